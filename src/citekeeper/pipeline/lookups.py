"""Looking up: what the web archives hold of each source, whether it shows the source, and which copy shows it best.

Every archive is asked at its own pace, one source after the other, so that the archives' waits overlap. What was learnt
survives a killed run; an archive that falls silent is left alone for the rest of the run, and what it did not say stays
unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from citekeeper.consent import Consent
from citekeeper.errors import ServiceError
from citekeeper.mementos import Peer
from citekeeper.mementos.addresses import moment_of
from citekeeper.mementos.ledger import Ledger, Question
from citekeeper.mementos.linkformat import stamp_of
from citekeeper.model import (
    Exchange,
    FetchRequest,
    LookupOutcome,
    Memento,
    MementoLookup,
    MementoState,
    Reading,
    Shows,
)
from citekeeper.pipeline.comparing import compare_with_mementos
from citekeeper.pipeline.judging import CHECK_BODY, Judgement, MementoJudge
from citekeeper.pipeline.recording import MementoRecord
from citekeeper.pipeline.saved import recorded_mementos
from citekeeper.pipeline.work import MementoText, Work
from citekeeper.progress import Progress

NEIGHBOURS = 3
"""How many mementos before and after the access date are tried, where the closest does not hold every quote."""
_SILENCES = 3
"""An archive that gave so many sources in a row no answer is not asked again in this run."""


@dataclass(slots=True)
class _Search:
    """One work's mementos while they are judged: what is still to be tried, and what was found out."""

    work: Work
    waiting: list[tuple[Peer, Memento]] = field(default_factory=list)
    seen: dict[str, Judgement] = field(default_factory=dict)

    @property
    def wanted(self) -> tuple[str, ...]:
        return (*self.work.citation.quotes, *self.work.citation.numbers)


class LookUps:
    """Asks the archives that ``services`` names, and judges what they hold.

    Args:
        peers: the archives.
        consent: asked before every look-up and every fetch of a memento.
        record: the histories.
        stream: fetches mementos' bytes, to be judged and read like live pages.
        reading_of_capture: the text of a citation's newest local copy; None where there is none.
        ledger: the answers of a run that did not end well.
        progress: the screen.
        judge: judges mementos.
    """

    def __init__(
        self,
        peers: Sequence[Peer],
        consent: Consent,
        record: MementoRecord,
        stream: Callable[[Iterable[FetchRequest]], Iterator[Exchange]],
        reading_of_capture: Callable[[str], Reading | None],
        ledger: Ledger,
        progress: Progress,
        judge: MementoJudge,
    ) -> None:
        self._peers = peers
        self._consent = consent
        self._record = record
        self._stream = stream
        self._reading_of_capture = reading_of_capture
        self._ledger = ledger
        self._progress = progress
        self._memento_judge = judge
        self._silences: Counter[str] = Counter()

    # ── looking up ──────────────────────────────────────────────────────────────────────────────────────────────────

    def look_up(self, works: Sequence[Work]) -> None:
        """Ask every archive about every source that it may hear of; the works' look-ups say what they answered."""
        asked = [work for work in works if self._allowed(work)]
        if not asked:
            return
        self._progress.begin("Web archives: looking up, at the pace that they allow", len(asked))
        answers: dict[Question, MementoLookup] = {}
        reused = 0
        for work in asked:
            url = work.citation.url
            assert url is not None
            for peer in self._allowed(work):
                question = (peer.name, url, work.citation.accessed)
                known = answers.get(question) or self._ledger.get(question)
                reused += known is not None and question not in answers
                answers[question] = known or self._ask(peer, question)
                self._take(work, peer, answers[question])
            self._progress.step(work.citation.id)
        if reused:
            self._progress.note(f"Web archives: {reused} answers of an earlier, unfinished run were used again.")
        if all(answer.outcome is not LookupOutcome.UNKNOWN for answer in answers.values()):
            self._ledger.forget(answers)
        if self._ledger.warning:
            self._progress.note(self._ledger.warning)

    def _allowed(self, work: Work) -> list[Peer]:
        if not work.citation.url:
            return []
        return [peer for peer in self._peers if self._consent.allows(peer.name, work.citation)]

    def _ask(self, peer: Peer, question: Question) -> MementoLookup:
        if self._silences[peer.name] >= _SILENCES:
            message = f"{peer.title} was not asked: it had given no answer {_SILENCES} times in a row."
            return MementoLookup(peer.name, LookupOutcome.UNKNOWN, None, message)
        _, url, accessed = question
        lookup = peer.lookup(url, accessed)
        self._silences[peer.name] = self._silences[peer.name] + 1 if lookup.outcome is LookupOutcome.UNKNOWN else 0
        if self._silences[peer.name] == _SILENCES:
            self._progress.note(
                f"{peer.title} gave no answer {_SILENCES} times in a row and is not asked further; run again later: "
                "what was learnt is not asked anew."
            )
        self._ledger.put(question, lookup)
        return lookup

    def _take(self, work: Work, peer: Peer, lookup: MementoLookup) -> None:
        work.lookups.append(lookup)
        if lookup.outcome is LookupOutcome.UNKNOWN:
            self._progress.note(f"{work.citation.id}: {peer.title} gave no answer: {lookup.message}")
        elif lookup.memento is not None:
            self._record.write(work.citation.id, lookup.memento)

    # ── judging ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def judge(self, works: Sequence[Work]) -> None:
        """Judge each source's mementos by their own bytes, and look around where the closest are not good enough."""
        searches = [_Search(work) for work in works if self._allowed(work)]
        for search in searches:
            search.waiting = self._first_choices(search)
        self._progress.begin("Web archives: reading mementos", sum(len(search.waiting) for search in searches))
        self._fetch_all(searches)
        lacking = [search for search in searches if self._lacks(search)]
        for search in lacking:
            search.waiting = self._further_choices(search)
        while any(search.waiting for search in lacking):
            self._fetch_all(lacking, most=1)
            for search in lacking:
                if not self._lacks(search):
                    search.waiting.clear()
        for search in searches:
            compare_with_mementos(search.work, self._record)
            search.work.mementos = recorded_mementos(self._record.events(search.work.citation.id))

    def _first_choices(self, search: _Search) -> list[tuple[Peer, Memento]]:
        """What a person pinned, what was looked up, and what was saved, as far as it has to be judged (again)."""
        work = search.work
        known = {m.uri: m for m in recorded_mementos(self._record.events(work.citation.id))}
        found = [lookup.memento for lookup in work.lookups if lookup.memento is not None]
        saved = [m for m in known.values() if m.job_id and m.state is MementoState.VERIFIED and m.shows is None]
        pinned = [
            Memento("pinned", uri, MementoState.FOUND, moment_of(uri) or stamp_of(uri))
            for uri in work.citation.archived
        ]
        chosen: dict[str, tuple[Peer, Memento]] = {}
        for memento in (*pinned, *found, *saved[-1:]):
            memento = known.get(memento.uri, memento)
            peer = self._peer_of(work, memento)
            if peer is not None and memento.is_evidence and memento.uri not in chosen:
                is_new = work.made_capture and memento.shows is not Shows.FAILURE  # a new text is compared with theirs
                if work.is_living and not is_new and _is_judged(memento, search.wanted):
                    search.seen[memento.uri] = Judgement(memento)
                else:
                    named = memento if memento.archive != "pinned" else replace(memento, archive=peer.name)
                    chosen[memento.uri] = (peer, named)
        return list(chosen.values())

    def _peer_of(self, work: Work, memento: Memento) -> Peer | None:
        """The archive that may be asked for a memento's bytes: the one that named it, or that it lies in."""
        allowed = [peer for peer in self._allowed(work) if peer.is_evidence]
        named = [peer for peer in allowed if peer.name == memento.archive]
        return next((peer for peer in (*named, *allowed) if peer in named or peer.keeps(memento.uri)), None)

    def _lacks(self, search: _Search) -> bool:
        """Whether mementos were seen, and none of them shows the source with all its quotes."""
        known = recorded_mementos(self._record.events(search.work.citation.id))
        if any(memento.is_proof and _holds_all(memento, search.wanted) for memento in known):
            return False
        return any(not judgement.is_unanswered for judgement in search.seen.values())

    def _further_choices(self, search: _Search) -> list[tuple[Peer, Memento]]:
        work = search.work
        assert work.citation.url is not None
        further: list[tuple[Peer, Memento]] = []
        for peer in self._allowed(work):
            answered = any(one.archive == peer.name and one.memento is not None for one in work.lookups)
            if not (peer.is_evidence and answered) or self._silences[peer.name] >= _SILENCES:
                continue
            try:
                around = peer.neighbours(work.citation.url, work.citation.accessed, NEIGHBOURS)
            except ServiceError as error:
                self._progress.note(f"{work.citation.id}: {peer.title} named no further mementos: {error.message}")
                continue
            further += [(peer, memento) for memento in around if memento.uri not in search.seen and memento.is_evidence]
        return further

    def _fetch_all(self, searches: Sequence[_Search], most: int | None = None) -> None:
        """Fetch what the searches wait for (``most`` of each) together, and judge it."""
        batch: list[tuple[_Search, Peer, Memento]] = []
        for search in searches:
            now, search.waiting = search.waiting[:most], search.waiting[len(search.waiting[:most]) :]
            batch += [(search, peer, memento) for peer, memento in now]
        requests = [
            FetchRequest(peer.raw(memento) or memento.uri, key=str(number), max_body=CHECK_BODY)
            for number, (_, peer, memento) in enumerate(batch)
        ]
        for exchange in self._stream(requests) if requests else ():
            search, peer, memento = batch[int(exchange.key)]
            self._judge(search, peer, memento, exchange)

    def _judge(self, search: _Search, peer: Peer, memento: Memento, exchange: Exchange) -> None:
        citation = search.work.citation
        is_raw = peer.raw(memento) is not None
        captured = self._reading_of_capture(citation.id)
        judgement = self._memento_judge.judged(memento, exchange, citation, captured, is_raw=is_raw)
        passed_over = [one for one in search.seen.values() if one.reason and one.memento.archive == memento.archive]
        if passed_over and judgement.memento.is_proof and _holds_all(judgement.memento, search.wanted):
            judgement = judgement.preferred_to(passed_over[0])
        search.seen[memento.uri] = judgement
        seen = judgement.memento
        has_news = not judgement.is_unanswered and seen.note != memento.note
        if seen.shows is not None or seen.state is not memento.state or has_news:
            self._record.write(citation.id, judgement.memento)
        if judgement.reading is not None:
            search.work.memento_texts.append(MementoText(judgement.memento, judgement.reading, is_raw))
        if judgement.reason:
            self._progress.note(f"{citation.id}: {memento.uri}: {judgement.reason}")
        self._progress.step(citation.id)


def _is_judged(memento: Memento, wanted: Sequence[str]) -> bool:
    looked_for = {text for text, _ in memento.quotes or ()}
    if memento.shows is Shows.FAILURE:
        return True
    return memento.is_proof and memento.shows is not None and all(text in looked_for for text in wanted)


def _holds_all(memento: Memento, wanted: Sequence[str]) -> bool:
    held = {text for text, score in memento.quotes or () if score > 0}
    return all(text in held for text in wanted)
