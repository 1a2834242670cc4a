"""Preserving: asking the Wayback Machine to keep what it lacks, once it was looked up.

Submitted jobs are history events, so a save that outlives this process is picked up by the next run, on any machine,
and nothing is submitted anew that may have succeeded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from citekeeper.clock import Clock
from citekeeper.consent import Consent
from citekeeper.errors import ServiceError
from citekeeper.history import pending_jobs
from citekeeper.mementos import WAYBACK, Archive
from citekeeper.model import (
    Event,
    Memento,
    MementoState,
)
from citekeeper.pipeline.recording import MementoRecord, memento_of, recorded_mementos
from citekeeper.pipeline.work import Work
from citekeeper.progress import Progress


@dataclass(frozen=True, slots=True)
class SavePolicy:
    """When to ask for a new memento: ``needed`` (none within ``fresh``), ``always`` or ``never``."""

    when: str = "needed"
    fresh: timedelta = timedelta(days=30)


class Preserver:
    """Saves sources, and finishes what earlier runs submitted.

    Args:
        archive: the Wayback Machine.
        consent: asked before every save.
        clock: tells how old a memento is.
        record: the histories.
    """

    def __init__(
        self,
        archive: Archive,
        consent: Consent,
        clock: Clock,
        record: MementoRecord,
        progress: Progress,
    ) -> None:
        self._archive = archive
        self._consent = consent
        self._clock = clock
        self._record_of = record
        self._progress = progress

    def preserve(self, works: Sequence[Work], policy: SavePolicy) -> None:
        """Save each source where that is wanted and possible; the works' mementos say what came of it."""
        asked = [work for work in works if work.citation.url and self._consent.allows(WAYBACK, work.citation)]
        if not asked:
            return
        self._finish_earlier_jobs(asked)
        if policy.when != "never":
            self._save(asked, policy)
        for work in asked:
            work.mementos = recorded_mementos(self._events(work))

    # ── saving ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _finish_earlier_jobs(self, works: Sequence[Work]) -> None:
        for work in works:
            for event in self._pending(work):
                memento = memento_of(event)
                if memento is not None:
                    self._follow(work, memento)

    def _pending(self, work: Work) -> Sequence[Event]:
        return pending_jobs(self._events(work))

    def _save(self, works: Sequence[Work], policy: SavePolicy) -> None:
        wanted = [work for work in works if self._wants_save(work, policy)]
        if not wanted:
            return
        if not self._archive.can_save:
            self._progress.note(self._archive.cannot_save_because)
            return
        self._progress.begin("Wayback Machine: saving", len(wanted))
        submitted: list[tuple[Work, Memento]] = []
        for work in wanted:
            memento = self._submit(work)
            if memento is not None:
                submitted.append((work, memento))
        for work, memento in submitted:
            self._follow(work, memento)
            self._progress.step(work.citation.id)

    def _wants_save(self, work: Work, policy: SavePolicy) -> bool:
        if not work.is_living:
            return False  # the archive would keep the wall or the error page
        if any(event for event in self._pending(work)):
            return False
        if policy.when == "always":
            return True
        recorded = recorded_mementos(self._events(work))
        held = [memento.datetime for memento in recorded if memento.archive == WAYBACK and memento.is_kept]
        newest = max((moment for moment in held if moment is not None), default=None)
        return newest is None or self._clock.now() - newest > policy.fresh

    def _submit(self, work: Work) -> Memento | None:
        assert work.citation.url is not None
        try:
            memento = self._archive.save(work.citation.url)
        except ServiceError as error:
            uncertain = getattr(error, "memento", None)
            if isinstance(uncertain, Memento):
                self._record(work, uncertain)
            self._progress.note(f"{work.citation.id}: not saved: {error.message} {error.hint}".rstrip())
            return None
        self._record(work, memento)
        return memento

    def _follow(self, work: Work, memento: Memento) -> None:
        outcome = self._archive.poll(memento)
        if outcome.state is MementoState.CAPTURED:
            outcome = self._archive.verify(outcome)
        self._record(work, outcome)

    # ── remembering ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _events(self, work: Work) -> Sequence[Event]:
        return self._record_of.events(work.citation.id)

    def _record(self, work: Work, memento: Memento) -> None:
        self._record_of.write(work.citation.id, memento)
