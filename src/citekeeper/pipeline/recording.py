"""Mementos as history events, and what a history knows of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from citekeeper.clock import Clock, iso
from citekeeper.history import History, new_event
from citekeeper.model import Event, Memento, MementoState, Shows

_SUREST_FIRST = (MementoState.VERIFIED, MementoState.CAPTURED, MementoState.FOUND, MementoState.FAILED)


@dataclass(frozen=True, slots=True)
class MementoRecord:
    """Writes mementos into citations' histories: what is new about them, and that alone."""

    history: Callable[[str], History]
    clock: Clock
    rng: random.Random
    vantage: str | None

    def events(self, citation_id: str) -> Sequence[Event]:
        """Everything that a citation's history holds."""
        return self.history(citation_id).events()

    def write(self, citation_id: str, memento: Memento) -> None:
        """Write what is new; what is known of a memento is never replaced by a mere find."""
        known = {_name(one): one for one in latest_mementos(self.events(citation_id))}.get(_name(memento))
        if known is not None:
            judged = memento.shows is not None and _judgement(memento) != _judgement(known)
            news = memento.state is not known.state and memento.state is not MementoState.FOUND
            if not (judged or news):
                return
        event = new_event("memento", self.clock.now(), self.vantage, memento_fields(memento), self.rng)
        self.history(citation_id).append(event)


def _name(memento: Memento) -> str:
    return memento.job_id or memento.uri


def _judgement(memento: Memento) -> tuple[object, ...]:
    return memento.shows, memento.quotes, memento.sha256, memento.text_sha256


def memento_fields(memento: Memento) -> dict[str, object]:
    """A memento as a history event keeps it."""
    fields: dict[str, object] = {
        "archive": memento.archive,
        "uri": memento.uri,
        "state": str(memento.state),
        "datetime": iso(memento.datetime) if memento.datetime else None,
        "distance_days": memento.distance_days,
        "job_id": memento.job_id,
        "note": memento.note,
        "shows": str(memento.shows) if memento.shows else None,
        "quotes": dict(memento.quotes) if memento.quotes else None,
        "sha256": memento.sha256,
        "text_sha256": memento.text_sha256,
    }
    return {name: value for name, value in fields.items() if value is not None}


def memento_of(event: Event) -> Memento | None:
    """The memento that a history event records; None where its fields are not understood."""
    fields = event.fields
    try:
        moment = fields.get("datetime")
        return Memento(
            archive=str(fields["archive"]),
            uri=str(fields["uri"]),
            state=MementoState(fields["state"]),
            datetime=datetime.fromisoformat(str(moment)) if moment else None,
            distance_days=int(fields["distance_days"]) if fields.get("distance_days") is not None else None,
            job_id=_text(fields.get("job_id")),
            note=_text(fields.get("note")),
            sha256=_text(fields.get("sha256")),
            text_sha256=_text(fields.get("text_sha256")),
            shows=Shows(fields["shows"]) if fields.get("shows") else None,
            quotes=_scores(fields.get("quotes")),
        )
    except (KeyError, ValueError, TypeError):
        return None


def _text(value: object) -> str | None:
    return str(value) if value else None


def _scores(value: object) -> tuple[tuple[str, float], ...] | None:
    return tuple((str(text), float(score)) for text, score in value.items()) if isinstance(value, Mapping) else None


def latest_mementos(events: Sequence[Event]) -> list[Memento]:
    """Each memento and each save in its latest state, with what was found when it was judged; oldest record first."""
    latest: dict[str, Memento] = {}
    for event in events:
        memento = memento_of(event) if event.event == "memento" else None
        if memento is None:
            continue
        before = latest.get(_name(memento))
        latest[_name(memento)] = _with_judgement_of(memento, before) if before is not None else memento
    return list(latest.values())


def recorded_mementos(events: Sequence[Event]) -> list[Memento]:
    """The mementos that history knows, each once: one that was saved, and found by a look-up too, is one."""
    by_uri: dict[str, Memento] = {}
    waiting: list[Memento] = []
    for memento in latest_mementos(events):
        if memento.state is MementoState.SUBMITTED or (memento.state is MementoState.FAILED and memento.job_id):
            waiting.append(memento)
            continue
        other = by_uri.get(memento.uri)
        if other is None:
            by_uri[memento.uri] = memento
            continue
        surer, other = sorted((other, memento), key=lambda one: _SUREST_FIRST.index(one.state))
        merged = _with_judgement_of(surer, other)
        distance = merged.distance_days if merged.distance_days is not None else other.distance_days
        by_uri[memento.uri] = replace(merged, distance_days=distance)
    return [*by_uri.values(), *waiting]


def _with_judgement_of(memento: Memento, other: Memento) -> Memento:
    """``memento`` with what was found when ``other``, an earlier record of it, was judged."""
    if memento.shows is not None or other.shows is None:
        return memento
    return replace(
        memento,
        shows=other.shows,
        quotes=other.quotes,
        sha256=memento.sha256 or other.sha256,
        text_sha256=memento.text_sha256 or other.text_sha256,
    )
