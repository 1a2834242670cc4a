"""Writing mementos into histories: what is new about them, and that alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from citekeeper.clock import Clock
from citekeeper.history import History, new_event
from citekeeper.model import Event, Memento, MementoState
from citekeeper.pipeline.saved import certainty, is_save, memento_fields, name_of, recorded_saves_and_finds


@dataclass(frozen=True, slots=True)
class MementoRecord:
    """Writes mementos into citations' histories."""

    history: Callable[[str], History]
    clock: Clock
    rng: random.Random
    vantage: str | None

    def events(self, citation_id: str) -> Sequence[Event]:
        """Everything that a citation's history holds."""
        return self.history(citation_id).events()

    def write(
        self, citation_id: str, memento: Memento, *, live_text: str | None = None, has_news: bool = False
    ) -> None:
        """Write what is new; what is known of a memento is never replaced by a mere find.

        Args:
            citation_id: whose history.
            memento: as it is now known.
            live_text: the hash of the source's own text, of which the memento was seen to hold all that matters.
            has_news: write it, whatever is known already.
        """
        if not has_news and not _is_news(memento, recorded_saves_and_finds(self.events(citation_id))):
            return
        fields = memento_fields(memento)
        if live_text is not None:
            fields["live_text_sha256"] = live_text
        self.history(citation_id).append(new_event("memento", self.clock.now(), self.vantage, fields, self.rng))


def _is_news(memento: Memento, recorded: Sequence[Memento]) -> bool:
    if is_save(memento):
        same = [known for known in recorded if name_of(known) == name_of(memento)]
    else:
        same = [known for known in recorded if known.uri == memento.uri]
    was_judged = memento.shows is not None or memento.sha256 is not None
    if not same or (was_judged and all(_judgement(known) != _judgement(memento) for known in same)):
        return True
    if is_save(memento):
        return all((known.state, known.job_id) != (memento.state, memento.job_id) for known in same)
    if memento.state is MementoState.FOUND:
        return False
    return all(known.state is not memento.state and certainty(known) <= certainty(memento) for known in same)


def _judgement(memento: Memento) -> tuple[object, ...]:
    return memento.shows, dict(memento.quotes or ()), memento.sha256, memento.text_sha256
