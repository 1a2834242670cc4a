"""Preserving: what the Wayback Machine holds of each source, and asking it to keep what it lacks.

Submitted jobs are history events, so a save that outlives this process is picked up by the next run, on any machine,
and nothing is submitted anew that may have succeeded.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from citekeeper import judge, reading
from citekeeper.archive.manifest import decoded_sha256
from citekeeper.archive.texts import text_sha256
from citekeeper.clock import Clock, iso
from citekeeper.consent import Consent
from citekeeper.errors import ServiceError
from citekeeper.history import History, new_event, pending_jobs
from citekeeper.mementos import WAYBACK, Archive, raw_uri
from citekeeper.mementos.addresses import moment_of
from citekeeper.model import (
    Citation,
    Comparison,
    Drift,
    Event,
    Exchange,
    FetchRequest,
    Hop,
    LookupOutcome,
    Memento,
    MementoState,
    Reading,
    Verdict,
    VerdictKind,
)
from citekeeper.pipeline import drifting
from citekeeper.pipeline.work import Work, check_fields
from citekeeper.progress import Progress

_HELD = (MementoState.FOUND, MementoState.CAPTURED, MementoState.VERIFIED)
_MUCH_CLOSER = 7  # days, for which a look at what the archive holds is worth a request
_CHECK_BODY = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SavePolicy:
    """When to ask for a new memento: ``needed`` (none within ``fresh``), ``always`` or ``never``."""

    when: str = "needed"
    fresh: timedelta = timedelta(days=30)


class Preserver:
    """Looks mementos up, checks those that evidence rests on, and saves.

    Args:
        archive: the Wayback Machine.
        consent: asked before every look-up and save.
        history: gives a citation's history.
        fetch: fetches a memento's raw bytes, to be judged and read like a live page.
    """

    def __init__(
        self,
        archive: Archive,
        consent: Consent,
        clock: Clock,
        rng: random.Random,
        history: Callable[[str], History],
        fetch: Callable[[FetchRequest], Exchange],
        vantage: str | None,
        progress: Progress,
    ) -> None:
        self._archive = archive
        self._consent = consent
        self._clock = clock
        self._rng = rng
        self._history = history
        self._fetch = fetch
        self._vantage = vantage
        self._progress = progress

    def preserve(self, works: Sequence[Work], policy: SavePolicy) -> None:
        """Look up and, where wanted and possible, save each source; the works' mementos say what came of it."""
        asked = [work for work in works if work.citation.url and self._consent.allows(WAYBACK, work.citation)]
        if not asked:
            return
        self._progress.begin("Wayback Machine: looking up", len(asked))
        for work in asked:
            self._look_up(work)
            self._progress.step(work.citation.id)
        self._finish_earlier_jobs(asked)
        if policy.when != "never":
            self._save(asked, policy)
        for work in asked:
            if not work.is_living:
                for memento in self._held(work):
                    self._check_held(work, memento)
            elif work.made_capture and work.lookup is not None and work.lookup.memento is not None:
                self._compare(work, work.lookup.memento)
            work.mementos = recorded_mementos(self._events(work))

    # ── looking up ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _look_up(self, work: Work) -> None:
        citation = work.citation
        assert citation.url is not None
        lookup = self._archive.lookup(citation.url, citation.accessed)
        work.lookup = lookup
        if lookup.outcome is LookupOutcome.UNKNOWN:
            self._progress.note(f"{citation.id}: the Wayback Machine gave no answer: {lookup.message}")
        elif lookup.memento is not None:
            self._record(work, lookup.memento)

    def _held(self, work: Work) -> list[Memento]:
        """The Wayback Machine's copies that evidence may rest on: what a person pinned, and what was looked up."""
        pinned = [
            Memento(WAYBACK, uri, MementoState.FOUND, moment_of(uri))
            for uri in work.citation.archived
            if moment_of(uri) is not None
        ]
        found = [work.lookup.memento] if work.lookup is not None and work.lookup.memento is not None else []
        return list({memento.uri: memento for memento in (*pinned, *found)}.values())

    def _check_held(self, work: Work, memento: Memento) -> None:
        """Judge and read the found memento of a source that no longer answers: an archived wall is no evidence."""
        exchange = self._fetch(FetchRequest(raw_uri(memento), max_body=_CHECK_BODY))
        verdict = judge.judge(exchange, work.citation)
        last = exchange.last
        if verdict.kind is VerdictKind.ALIVE and last is not None and len(exchange.hops) == 1:
            text = reading.read(last)
            shown = replace(memento, state=MementoState.VERIFIED, note="its raw bytes show the source")
            self._record(work, _hashed(shown, last, text))
            if text is not None:
                work.memento_readings.append(text)
        else:
            self._progress.note(f"{work.citation.id}: its memento does not show the source: {verdict.message}")

    def _compare(self, work: Work, memento: Memento) -> None:
        """Compare a text seen for the first time with a memento closer to when it was read than any capture is."""
        citation, exchange, now = work.citation, work.exchange, work.reading
        own = work.baseline.distance_days if work.baseline is not None else self._days_since(citation)
        if exchange is None or now is None or memento.distance_days is None or own is None:
            return
        if memento.distance_days + _MUCH_CLOSER >= own:
            return
        answer = self._fetch(FetchRequest(raw_uri(memento), max_body=_CHECK_BODY))
        then = reading.read(answer.last) if answer.last is not None and len(answer.hops) == 1 else None
        if then is None or not then.paragraphs or judge.judge(answer, citation).kind is not VerdictKind.ALIVE:
            return
        self._record(work, replace(memento, state=MementoState.VERIFIED, note="its raw bytes show the source"))

        def judged(baseline: Reading | None, comparison: Comparison | None) -> Verdict:
            return judge.judge(exchange, citation, reading=now, baseline=baseline, comparison=comparison)

        baseline = drifting.Baseline(memento.uri, then, memento.distance_days)
        verdict, drift = drifting.judge_by_text(citation, exchange, now, baseline, judged)
        if work.verdict is None or work.verdict.kind not in drifting.BY_TEXT:
            return
        # Kept where nothing differs too: later runs must not take the first capture for what was cited.
        work.verdict, work.drift = verdict, drift or Drift(1.0, memento.uri)
        now_or_later = self._clock.now()
        if work.checked_at is not None:  # readers sort by time: this one follows the check that it corrects
            now_or_later = max(now_or_later, work.checked_at + timedelta(microseconds=1))
        event = new_event("check", now_or_later, self._vantage, check_fields(work), self._rng)
        self._history(citation.id).append(event)

    def _days_since(self, citation: Citation) -> int | None:
        """How far today's capture, the first one, is from when the source was read."""
        return None if citation.accessed is None else abs((self._clock.now().date() - citation.accessed).days)

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
        held = [memento.datetime for memento in recorded_mementos(self._events(work)) if memento.state in _HELD]
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
        if outcome.state is MementoState.VERIFIED:
            raw = self._fetch(FetchRequest(raw_uri(outcome), max_body=_CHECK_BODY))
            if raw.last is not None and raw.status == 200 and len(raw.hops) == 1:
                outcome = _hashed(outcome, raw.last, reading.read(raw.last))
        self._record(work, outcome)

    # ── remembering ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _events(self, work: Work) -> Sequence[Event]:
        return self._history(work.citation.id).events()

    def _record(self, work: Work, memento: Memento) -> None:
        """Write what is new about a memento; what is known of it is never replaced by a mere find."""
        recorded = {(m.job_id or m.uri): m for m in recorded_mementos(self._events(work))}
        known = recorded.get(memento.job_id or memento.uri)
        is_news = known is None or (known.sha256 is None and memento.sha256 is not None)
        if known is not None and not is_news and memento.state in (known.state, MementoState.FOUND):
            return
        event = new_event("memento", self._clock.now(), self._vantage, memento_fields(memento), self._rng)
        self._history(work.citation.id).append(event)


def _hashed(memento: Memento, raw: Hop, text: Reading | None) -> Memento:
    """The memento with the hashes of its raw bytes and their text, for comparison with the local copies."""
    sha256 = decoded_sha256(raw) if raw.truncated is None else None
    return replace(memento, sha256=sha256, text_sha256=text_sha256(text) if sha256 else None)


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
            str(fields["archive"]),
            str(fields["uri"]),
            MementoState(fields["state"]),
            datetime.fromisoformat(str(moment)) if moment else None,
            int(fields["distance_days"]) if fields.get("distance_days") is not None else None,
            str(fields["job_id"]) if fields.get("job_id") else None,
            str(fields["note"]) if fields.get("note") else None,
            *(str(fields[name]) if fields.get(name) else None for name in ("sha256", "text_sha256")),
        )
    except (KeyError, ValueError, TypeError):
        return None


def recorded_mementos(events: Sequence[Event]) -> list[Memento]:
    """The mementos that history knows, each in its latest state, oldest record first."""
    latest: dict[str, Memento] = {}
    for event in events:
        memento = memento_of(event) if event.event == "memento" else None
        if memento is not None:
            latest[memento.job_id or memento.uri] = memento
    return list(latest.values())
