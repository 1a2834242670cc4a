"""Preserving: what the Wayback Machine holds of each source, and asking it to keep what it lacks.

Submitted jobs are history events, so a save that outlives this process is picked up by the next run, on any machine,
and nothing is submitted anew that may have succeeded.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from citekeeper import judge, reading
from citekeeper.archive.texts import text_sha256
from citekeeper.clock import Clock
from citekeeper.consent import Consent
from citekeeper.history import History, new_event, pending_jobs
from citekeeper.mementos import WAYBACK, SavingArchive, raw_uri
from citekeeper.mementos.addresses import moment_of, original_of
from citekeeper.model import (
    Citation,
    Event,
    Exchange,
    FetchRequest,
    Hop,
    LookupOutcome,
    Memento,
    MementoState,
    Reading,
    VerdictKind,
)
from citekeeper.pipeline.needs import (
    CHANGE_INTERVAL,
    HOUR,
    SavePolicy,
    age_reason,
    asked_lately,
    can_be_saved,
    has_changed,
    newest_held,
    not_before,
    sign_of_dying,
)
from citekeeper.pipeline.saved import (
    certainty,
    memento_fields,
    memento_of,
    name_of,
    recorded_mementos,
    recorded_saves_and_finds,
)
from citekeeper.pipeline.saving import SaveQueue
from citekeeper.pipeline.work import Work
from citekeeper.progress import Progress
from citekeeper.urls import same_document_key, shown

_CHECK_BODY = 4 * 1024 * 1024
_SHOWING = (VerdictKind.ALIVE, VerdictKind.DRIFTED)
_SAYS_NOTHING = (VerdictKind.FAILING, VerdictKind.UNREACHABLE, VerdictKind.THROTTLED, VerdictKind.UNCHECKED)
_UNLIKE_FOR = timedelta(days=7)  # until a source of which the archive kept something else is asked for again


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
        archive: SavingArchive,
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
        self.save(asked, policy)
        for work in asked:
            if not work.is_living:
                for memento in self._held(work):
                    self._check_held(work, memento)
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
            self._record(work, replace(memento, state=MementoState.VERIFIED, note="its raw bytes show the source"))
            text = reading.read(last)
            if text is not None:
                work.memento_readings.append(text)
        else:
            self._progress.note(f"{work.citation.id}: its memento does not show the source: {verdict.message}")

    # ── saving ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def save(self, works: Sequence[Work], policy: SavePolicy) -> None:
        """Go on with earlier saves, whatever the policy, and ask for new ones where it wants them."""
        queue = SaveQueue(self._archive, self._clock, self._record, self._prove, self._progress)
        wants = policy.when != "never" and any(can_be_saved(work) for work in works)
        if wants and not self._archive.can_save:
            self._progress.note(self._archive.cannot_save_because)
        now, lately = self._clock.now(), []
        for work in works:
            events = self._events(work)
            lately += asked_lately(events, now)
            self._prove_again(work, events)
            for event in pending_jobs(events):
                memento = memento_of(event)
                if memento is not None:
                    queue.follow(work, memento)
            if wants and self._archive.can_save and can_be_saved(work):
                self._wish(queue, work, events, policy)
        queue.work_off(lately)

    def _wish(self, queue: SaveQueue, work: Work, events: Sequence[Event], policy: SavePolicy) -> None:
        insisted = policy.when == "always"
        against = not_before(events, self._clock.now(), insisted=insisted)
        reason = None if against else self._reason_to_save(work, policy)
        if reason is not None:
            queue.add(work, reason)
        elif against and insisted:
            self._progress.note(f"{work.citation.id}: not saved anew: {against}.")

    def _reason_to_save(self, work: Work, policy: SavePolicy) -> str | None:
        """Why the policy wants a new memento; None where it does not."""
        if policy.when == "always":
            return "--save always was given"
        newest = self._newest(work, policy)
        reason = age_reason(newest, policy.fresh, self._clock.now())
        if reason is not None or newest is None or newest.datetime is None:
            return reason
        sign = sign_of_dying(self._events(work), work, newest)
        if sign is not None or work.reading is None:
            return sign
        return self._difference(work, work.reading, newest)

    def _newest(self, work: Work, policy: SavePolicy) -> Memento | None:
        """The newest copy, known or asked for: the look-up told of the one closest to the access date only."""
        newest, now = newest_held(self._events(work)), self._clock.now()
        if age_reason(newest, policy.fresh, now) is None or work.citation.accessed is None:
            return newest
        assert work.citation.url is not None
        found = self._archive.lookup(work.citation.url, None).memento
        if found is None or age_reason(found, policy.fresh, now) is not None:
            return newest
        self._record(work, replace(found, note="the newest that the archive holds"))
        return found

    def _difference(self, work: Work, live: Reading, newest: Memento) -> str | None:
        """How the newest copy falls short of the source as it is now: it shows something else, or an older text."""
        assert newest.datetime is not None
        now_sha256 = text_sha256(live)
        known = [
            event.fields.get("text_sha256") for event in self._events(work) if event.fields.get("uri") == newest.uri
        ]
        if now_sha256 is None or now_sha256 in known:
            return None
        if newest.state is not MementoState.FOUND and self._clock.now() - newest.datetime < CHANGE_INTERVAL:
            return None
        seen, last = self._look_at(work, newest)
        if seen.state is MementoState.FAILED:
            self._record(work, seen)
            return f"the copy of {newest.datetime:%Y-%m-%d} does not show the source"
        then = reading.read(last) if last is not None else None
        if then is None:
            return None
        if has_changed(live, then):
            return f"the text has changed since the copy of {newest.datetime:%Y-%m-%d}"
        self._record(work, seen, text=now_sha256)
        return None

    # ── proving ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _prove_again(self, work: Work, events: Sequence[Event]) -> None:
        """A copy that did not replay at first, or whose replay was refused, is looked at by every later run."""
        for memento in recorded_mementos(events):
            if memento.state is MementoState.CAPTURED:
                self._record(work, self._prove(work, memento))

    def _prove(self, work: Work, memento: Memento) -> Memento:
        """Verified where the archive replays exactly this copy, and its bytes show the source."""
        replayed = self._archive.verify(memento)
        return self._look_at(work, replayed)[0] if replayed.state is MementoState.VERIFIED else replayed

    def _look_at(self, work: Work, memento: Memento) -> tuple[Memento, Hop | None]:
        """Judge a copy's bytes like a live page: an archived wall, soft 404 or other page is no evidence."""
        kept, ours = original_of(memento.uri), {same_document_key(work.citation.url or "")}
        if work.exchange is not None:
            ours.add(same_document_key(work.exchange.final_url))
        if same_document_key(kept) not in ours:
            return self._unlike(memento, f"The archive was led elsewhere and kept {shown(kept)}."), None
        exchange = self._fetch(FetchRequest(raw_uri(memento), max_body=_CHECK_BODY))
        verdict, last = judge.judge(exchange, work.citation), exchange.last
        if last is None or len(exchange.hops) != 1 or verdict.kind in _SAYS_NOTHING:
            state = MementoState.FOUND if memento.state is MementoState.FOUND else MementoState.CAPTURED
            return replace(memento, state=state, note="It could not be looked at whether it shows the source."), None
        if verdict.kind not in _SHOWING:
            return self._unlike(memento, f"What the archive kept does not show the source: {verdict.message}"), None
        return replace(memento, state=MementoState.VERIFIED), last

    def _unlike(self, memento: Memento, note: str) -> Memento:
        again = self._clock.now() + _UNLIKE_FOR
        return replace(memento, state=MementoState.FAILED, note=note, retry_at=again)

    # ── remembering ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _events(self, work: Work) -> Sequence[Event]:
        return self._history(work.citation.id).events()

    def _record(self, work: Work, memento: Memento, *, text: str | None = None) -> None:
        """Write what is new about a memento; what is known of it is never replaced by a mere find.

        ``text`` is the hash of the source's own text that the memento was seen to hold.
        """
        recorded = recorded_saves_and_finds(self._events(work))
        if memento.request is None and memento.job_id is None and text is None:
            same = [known for known in recorded if known.uri == memento.uri]
            if any(memento.state is MementoState.FOUND or certainty(known) >= certainty(memento) for known in same):
                return
        known = next((known for known in recorded if name_of(known) == name_of(memento)), None)
        if known is not None and (known.state, known.job_id) == (memento.state, memento.job_id) and text is None:
            return
        fields = memento_fields(memento)
        now = self._clock.now()
        if text is None and memento.state is MementoState.VERIFIED and work.is_living and memento.datetime is not None:
            text = text_sha256(work.reading) if now - memento.datetime < HOUR else None
        if text is not None:
            fields["text_sha256"] = text
        self._history(work.citation.id).append(new_event("memento", now, self._vantage, fields, self._rng))


def untold(consent: Consent, citations: Iterable[Citation], *, offline: bool) -> str | None:
    """What the Wayback Machine was not told, and why; None where it may be told of every source."""
    cited = [citation for citation in citations if citation.url]
    if offline:
        return "Offline: nothing was looked up or saved in the Wayback Machine."
    if WAYBACK not in consent.services:
        return "Nothing was looked up or saved in the Wayback Machine: services does not name wayback."
    refusals = {citation.id: consent.refusal(WAYBACK, citation) for citation in cited}
    private = [name for name, refusal in refusals.items() if refusal]
    if not private:
        return None
    count = f"{len(private)} private source{'s' if len(private) > 1 else ''}"
    return f"The Wayback Machine was told nothing of {count} ({', '.join(private[:8])}{', …' if private[8:] else ''})."
