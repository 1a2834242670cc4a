"""Preserving: asking the Wayback Machine to keep what it lacks, once it was looked up.

Submitted jobs are history events, so a save that outlives this process is picked up by the next run, on any machine,
and nothing is submitted anew that may have succeeded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from citekeeper.archive.texts import text_sha256
from citekeeper.clock import Clock
from citekeeper.consent import Consent
from citekeeper.history import pending_jobs
from citekeeper.mementos import WAYBACK, SavingArchive, raw_uri
from citekeeper.mementos.addresses import original_of
from citekeeper.model import Citation, Event, Exchange, FetchRequest, Memento, MementoState, Reading, Shows
from citekeeper.pipeline.judging import CHECK_BODY, Judgement, MementoJudge
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
from citekeeper.pipeline.recording import MementoRecord
from citekeeper.pipeline.saved import is_save, memento_of, recorded_mementos
from citekeeper.pipeline.saving import SaveQueue
from citekeeper.pipeline.work import Work
from citekeeper.progress import Progress
from citekeeper.urls import same_document_key, shown

_UNLIKE_FOR = timedelta(days=7)  # until a source of which the archive kept something else is asked for again


class Preserver:
    """Saves sources, proves what was saved, and goes on with what earlier runs submitted.

    Args:
        archive: the Wayback Machine.
        consent: asked before every save.
        clock: tells how old a memento is.
        record: the histories.
        fetch: fetches a memento's raw bytes, to be judged and read like a live page.
        reading_of_capture: the text of a citation's newest local copy; None where there is none.
        progress: the screen.
        judge: judges mementos.
    """

    def __init__(
        self,
        archive: SavingArchive,
        consent: Consent,
        clock: Clock,
        record: MementoRecord,
        fetch: Callable[[FetchRequest], Exchange],
        reading_of_capture: Callable[[str], Reading | None],
        progress: Progress,
        judge: MementoJudge,
    ) -> None:
        self._archive = archive
        self._consent = consent
        self._clock = clock
        self._record_of = record
        self._fetch = fetch
        self._reading_of_capture = reading_of_capture
        self._progress = progress
        self._judge = judge

    def preserve(self, works: Sequence[Work], policy: SavePolicy) -> None:
        """Save each source where that is wanted and possible; the works' mementos say what came of it."""
        asked = [work for work in works if work.citation.url and self._consent.allows(WAYBACK, work.citation)]
        if not asked:
            return
        self.save(asked, policy)
        for work in asked:
            work.mementos = recorded_mementos(self._events(work))

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
        about = [event.fields for event in self._events(work) if event.fields.get("uri") == newest.uri]
        known = [fields.get(key) for fields in about for key in ("text_sha256", "live_text_sha256")]
        if now_sha256 is None or now_sha256 in known:
            return None
        if newest.state is not MementoState.FOUND and self._clock.now() - newest.datetime < CHANGE_INTERVAL:
            return None
        if work.rendering is not None and work.rendering.counts:
            return None  # what scripts made of the page is not in the bytes that the archive kept
        seen = self._look_at(work, newest)
        if seen.memento.shows is Shows.FAILURE or seen.memento.state is MementoState.FAILED:
            self._record(work, seen.memento)
            what = "is no longer served" if seen.is_unanswered else "does not show the source"
            return f"the copy of {newest.datetime:%Y-%m-%d} {what}"
        if seen.reading is None:
            return None
        if has_changed(live, seen.reading):
            self._record(work, seen.memento)
            return f"the text has changed since the copy of {newest.datetime:%Y-%m-%d}"
        self._record_of.write(work.citation.id, seen.memento, live_text=now_sha256, has_news=True)
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
        if replayed.state is not MementoState.VERIFIED:
            return replayed
        seen = self._look_at(work, replace(replayed, state=MementoState.CAPTURED))
        if seen.is_unanswered:
            return replace(seen.memento, note="It could not be looked at whether it shows the source.")
        return seen.memento

    def _look_at(self, work: Work, memento: Memento) -> Judgement:
        """Judge a copy's bytes like a live page: an archived wall, soft 404 or other page is no evidence."""
        kept, ours = original_of(memento.uri), {same_document_key(work.citation.url or "")}
        if work.exchange is not None:
            ours.add(same_document_key(work.exchange.final_url))
        if same_document_key(kept) not in ours:
            elsewhere = f"The archive was led elsewhere and kept {shown(kept)}."
            return Judgement(self._unlike(replace(memento, shows=Shows.FAILURE, note=elsewhere)), None, elsewhere)
        exchange = self._fetch(FetchRequest(raw_uri(memento), max_body=CHECK_BODY))
        ours_now = work.reading if work.is_living else self._reading_of_capture(work.citation.id)
        seen = self._judge.judged(memento, exchange, work.citation, ours_now, is_raw=True)
        return replace(seen, memento=self._unlike(seen.memento)) if seen.memento.shows is Shows.FAILURE else seen

    def _unlike(self, memento: Memento) -> Memento:
        """A save that brought no evidence has failed, and may be asked for again later."""
        if not is_save(memento):
            return memento
        return replace(memento, state=MementoState.FAILED, retry_at=self._clock.now() + _UNLIKE_FOR)

    # ── remembering ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _events(self, work: Work) -> Sequence[Event]:
        return self._record_of.events(work.citation.id)

    def _record(self, work: Work, memento: Memento) -> None:
        """Write what is new about a memento; one saved just now holds the source's text of now."""
        is_now = memento.datetime is not None and self._clock.now() - memento.datetime < HOUR
        is_source = memento.state is MementoState.VERIFIED and work.is_living and is_now
        self._record_of.write(work.citation.id, memento, live_text=text_sha256(work.reading) if is_source else None)


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
