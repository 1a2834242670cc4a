"""Observing: fetch once, judge, read, and capture what changed, as a stream."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citekeeper import judge, reading
from citekeeper.clock import Clock
from citekeeper.errors import NetworkDownError
from citekeeper.history import checks, due, new_event, strikes, validators, worth_recording
from citekeeper.model import (
    Capture,
    Citation,
    Comparison,
    Document,
    Event,
    Exchange,
    Failure,
    FailureKind,
    FetchRequest,
    Kind,
    Reading,
    Rendering,
    Shows,
    Verdict,
    VerdictKind,
)
from citekeeper.pipeline import browsing, doubts, drifting, oembed
from citekeeper.pipeline.choosing import Choice
from citekeeper.pipeline.memory import Histories, Memory
from citekeeper.pipeline.work import Work, check_fields
from citekeeper.reports.text import without_credentials
from citekeeper.settings import Settings
from citekeeper.workers import Here, WorkerLostError, Workers

if TYPE_CHECKING:
    from citekeeper.archive import Archive
    from citekeeper.fetch import Engine
    from citekeeper.pipeline.browsing import Browsing

CAPTURE_BODY = 64 * 1024 * 1024  # bytes of one body that a capture keeps
CHECK_BODY = 1024 * 1024  # bytes that a mere check reads
MAX_REQUISITES = 200  # per page
REQUISITE_DEPTH = 3  # page → stylesheet → its import → that one's images
ANSWER_BODY = 256 * 1024  # bytes of what a resolver or an oEmbed endpoint may answer
READING_SECONDS = 60.0  # a page that takes longer hangs its reader
SEALING_SECONDS = 900.0  # a page of 200 requisites of 64 MB each is sealed in this time on a slow disk

SecondVantage = Callable[[Iterable[FetchRequest]], Iterator[Exchange]]
"""Fetches through another network: the ``stream`` of an Engine behind the proxy of ``--second-opinion``."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What observing may write: where captures go, and whether unchanged pages are captured again."""

    archive: Archive
    root: Path
    document: Document | None
    options: Mapping[str, str]
    capture: bool
    always: bool = False


# Asks for nothing and comes back at once: what is ready without a question is handed on in its turn, and not heaped up.
_NOTHING = FetchRequest("", key="nothing")
_AWAY = Exchange("https://invalid/", failure=Failure(FailureKind.DNS_FAILURE, "the network is away"))


class Observer:
    """Fetches citations, judges and reads them, and captures what a Keeping allows.

    Args:
        engine: the fetcher.
        settings: host rules, filters, vantage.
        clock, rng: time and chance.
        keeping: None where nothing may be written.
        conditional: ask with validators, so that an unchanged page costs no body (checks).
        memory: what earlier runs saw; default: the histories under the Keeping's root, where there is one.
        second: asked before a failure of this place would make a source count as dead.
        browsing: the browser that captured pages are shown to.
        workers: where pages are read and captures sealed; default: here, while the network waits.
    """

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        clock: Clock,
        rng: random.Random,
        *,
        keeping: Keeping | None = None,
        conditional: bool = False,
        memory: Memory | None = None,
        second: SecondVantage | None = None,
        browsing: Browsing | None = None,
        workers: Workers | None = None,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._clock = clock
        self._rng = rng
        self._keeping = keeping
        self._conditional = conditional
        self._memory = memory if memory is not None or keeping is None else Histories(keeping.root)
        self._second = second
        self._browsing = browsing
        if browsing is not None:
            browsing.attach(engine)
        self._sent_validators: set[int] = set()
        self._open_questions: dict[int, Exchange | None] = {}  # works that wait for oEmbed or DNS, with their probe
        self._at_browser: set[int] = set()  # works whose page the browser is being shown
        self._workers = workers or Here()
        self._under_way: dict[int, Callable[[], None]] = {}  # what to do with a work once its worker is done
        self._doubtful: list[Work] = []  # works that wait for the second vantage
        self._works: dict[int, Work] = {}
        self._ready: deque[Work] = deque()
        self._unwritten: list[tuple[Citation, Event]] = []
        self._heard = False  # some source gave a byte, or failed in a way that only a living network allows
        self._away = False  # some source failed in a way that the whole network's absence would explain
        self._choice = Choice(settings)

    def observe(
        self, citations: Iterable[Citation | None], *, before_wait: Callable[[], None] | None = None
    ) -> Iterator[Work]:
        """Observe every citation, yielding each as it is finished (not in order); None for one not known yet.

        Args:
            citations: what to observe.
            before_wait: called whenever everything finished was yielded, and the network is waited for.

        Raises:
            NetworkDownError: after the last one, if the network as a whole is away; no history was written then.
        """
        for exchange in self._engine.stream(self._requests(citations), before_wait=before_wait):
            self._receive(exchange)
            while self._ready:
                yield self._ready.popleft()
        while self._ready:
            yield self._ready.popleft()
        if self._away and not self._heard:
            raise NetworkDownError(
                "The network is down: no source gave one byte, and names do not resolve or the proxy is away.",
                "Check the connection and the proxy variables, then run again; nothing was recorded.",
            )
        yield from self._second_opinions()

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _requests(self, citations: Iterable[Citation | None]) -> Iterator[FetchRequest | None]:
        for number, citation in enumerate(citations):
            if citation is None:
                yield None
                continue
            work = Work(citation)
            unchecked = self._choice.why_unchecked(citation)
            if unchecked is not None:
                work.verdict = unchecked
                self._ready.append(work)
                yield _NOTHING
                continue
            if self._memory is not None:
                work.known = self._memory.events(citation)
            if not self._is_due(work):
                self._ready.append(work)  # without a verdict: what is recorded still holds
                yield _NOTHING
                continue
            assert citation.url is not None
            self._works[number] = work
            capturing = self._captures(citation)
            yield FetchRequest(
                citation.url,
                key=str(number),
                headers=self._validators(number, work),
                max_body=CAPTURE_BODY if capturing else CHECK_BODY,
                verbatim=capturing,
            )

    def _captures(self, citation: Citation) -> bool:
        """Whether this entry is captured: links outside the notes are checked, never archived."""
        return self._keeping is not None and self._keeping.capture and citation.kind is Kind.CITATION

    def _is_due(self, work: Work) -> bool:
        settings = self._settings
        if settings.max_age is None or self._memory is None:
            return True
        return due(work.known, self._clock.now(), settings.max_age, self._rng, settings.vantage)

    def _validators(self, number: int, work: Work) -> tuple[tuple[str, str], ...]:
        """The headers of a conditional request; none where the page's text is needed to judge it."""
        citation = work.citation
        if not (self._conditional and work.known) or citation.quotes or citation.numbers or "#" in (citation.url or ""):
            return ()
        known = validators(work.known, self._settings.vantage)
        names = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}
        headers = tuple((names[name], value) for name, value in known.items())
        if headers:
            self._sent_validators.add(number)
        return headers

    # ── receiving ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _receive(self, exchange: Exchange) -> None:
        if exchange.key == _NOTHING.key:
            return
        if exchange.key.startswith(browsing.ASKS):
            assert self._browsing is not None
            self._browsing.answer(exchange)
            return
        digits, _, rest = exchange.key.partition(" ")
        role, _, part = rest.partition(" ")
        number = int(digits)
        if role == "work":
            self._under_way.pop(number)()
            return
        work = self._works[number]
        if not role:
            self._listen(exchange)
            if not self._receive_page(number, work, exchange):
                return
        elif role == "probe":
            self._settle(number, work, exchange)
        elif role == browsing.SHOWN:
            self._take_rendering(number, work, exchange.key)
        elif role in ("oembed", "doh"):
            self._hear(role, number, work, exchange)
        else:
            work.parts[part] = exchange
            self._want_requisites(number, work, exchange, work.depth[part] + 1)
        self._go_on(number, work)

    def _go_on(self, number: int, work: Work) -> None:
        """Take the next step of a work that waits for nothing more."""
        waits_for = (self._open_questions, self._at_browser, self._under_way)
        if any(number in waiting for waiting in waits_for) or work.is_waiting or work.verdict is None:
            return
        if self._works.pop(number, None) is None:
            return  # it went on already
        if self._second is not None and self._is_doubtful(work):
            self._doubtful.append(work)
        else:
            self._finish(number, work, self._workers)

    def _receive_page(self, number: int, work: Work, exchange: Exchange) -> bool:
        """Take the answer of the source itself; False where something else has to be asked first."""
        conditional = number in self._sent_validators
        self._sent_validators.discard(number)
        if exchange.status == 304 and conditional and not self._repeats(work, exchange):
            assert work.citation.url is not None
            self._engine.add(FetchRequest(work.citation.url, key=exchange.key, max_body=CHECK_BODY))
            return False
        work.exchange = exchange
        work.checked_at = self._clock.now()
        if work.verdict is not None:
            return True
        rule = self._settings.rule_for(exchange.url)
        title = self._unlike_earlier(work)
        verdict, probe = judge.first_look(exchange, work.citation, rng=self._rng, rule=rule, baseline_title=title)
        if probe is not None:
            self._engine.add(FetchRequest(probe, key=f"{number} probe", max_body=CHECK_BODY))
            return False
        if self._is_settled(work, verdict):
            work.verdict = verdict
            self._ready.append(self._works.pop(number))
            return False
        self._settle(number, work, None, verdict)
        return True

    def _is_settled(self, work: Work, verdict: Verdict) -> bool:
        """Whether a mere link is alive with nothing more to ask, read or remember: the short way of most pages."""
        citation = work.citation
        return (
            verdict.reason == "ok"
            and self._keeping is None
            and self._memory is None
            and not (citation.quotes or citation.numbers)
            and not oembed.may_ask(citation.url or "")
        )

    def _repeats(self, work: Work, exchange: Exchange) -> bool:
        """Take a 304 as the last alive verdict again; False where the answer is another address's."""
        alive = [e for e in checks(work.known, self._settings.vantage) if e.fields.get("verdict") == VerdictKind.ALIVE]
        if not alive or alive[-1].fields.get("final_url") != without_credentials(exchange.final_url):
            return False
        fields = alive[-1].fields
        reason, message, advice = (str(fields.get(name, "")) for name in ("reason", "message", "advice"))
        work.verdict = Verdict(VerdictKind.ALIVE, reason, message, advice)
        kept = drifting.remembered(work.known, self._settings.vantage)
        if kept is not None:
            work.verdict, work.drift = kept
        assert exchange.last is not None
        told = exchange.last.headers
        work.also = {
            "etag": told.get("etag") or fields.get("etag"),
            "last_modified": told.get("last-modified") or fields.get("last_modified"),
        }
        return True

    def _listen(self, exchange: Exchange) -> None:
        """Notice whether the network is there; addresses that were never asked tell nothing of it."""
        if not self._heard:
            self._away = self._away or judge.network_is_down([exchange])
            self._heard = not judge.network_is_down([exchange, _AWAY])

    def _settle(self, number: int, work: Work, probe: Exchange | None, verdict: Verdict | None = None) -> None:
        """Judge the page unless ``verdict`` says it already, and ask on where its verdict leaves something open."""
        assert work.exchange is not None
        work.verdict = verdict or self._judged(work, probe)
        request = self._further_question(number, work.exchange, work.citation, work.verdict)
        if request is not None:
            self._open_questions[number] = probe
            self._engine.add(request)
        else:
            self._read(number, work, probe)

    def _further_question(
        self, number: int, exchange: Exchange, citation: Citation, verdict: Verdict
    ) -> FetchRequest | None:
        """What the site's own oEmbed service, or another resolver, could still say."""
        url = oembed.endpoint(exchange.url, verdict)
        if url is not None:
            return FetchRequest(url, key=f"{number} oembed", max_body=ANSWER_BODY)
        host = doubts.unknown_name(exchange, verdict) if self._settings.doh else None
        if self._settings.doh is None or host is None or not doubts.may_be_told(citation):
            return None
        url = doubts.doh_url(self._settings.doh, host)
        if url is None:
            return None
        accept = (("Accept", "application/dns-message"),)
        return FetchRequest(url, key=f"{number} doh", headers=accept, max_body=ANSWER_BODY)

    def _hear(self, role: str, number: int, work: Work, answer: Exchange) -> None:
        """Take the answer to a further question."""
        probe = self._open_questions.pop(number)
        assert work.exchange is not None
        assert work.verdict is not None
        if role == "doh":
            host = doubts.unknown_name(work.exchange, work.verdict)
            work.verdict = doubts.weigh_name(work.verdict, host or "", answer)
            return
        work.verdict = oembed.weigh(work.verdict, answer)
        work.told = oembed.reading(answer)
        if work.verdict.reason == oembed.CONFIRMS:
            work.reading = work.told
            self._show(number, work, is_captured=False)
        else:
            self._read(number, work, probe)

    def _read(self, number: int, work: Work, probe: Exchange | None) -> None:
        """Read a living page where its text is needed, judge it again by its text, and see whether to capture it."""
        assert work.exchange is not None
        last = work.exchange.last
        if last is None or last.status == 304:
            return
        citation = work.citation
        if work.is_living and (citation.quotes or citation.numbers or self._captures(citation) or self._has_copy(work)):
            rules = self._settings.outlet_rules
            future = self._workers.submit(READING_SECONDS, len(last.body), reading.read, last, rules)
            self._await(number, future, lambda: self._take_reading(number, work, probe, future))
        else:
            self._see_to_capture(number, work)

    def _take_reading(self, number: int, work: Work, probe: Exchange | None, future: Future[Reading | None]) -> None:
        """Judge a page again by its text, and see whether to capture it."""
        try:
            work.reading = future.result()
        except WorkerLostError as error:
            work.unread = error.message
        if work.told is not None and not (work.reading is not None and work.reading.paragraphs):
            work.reading = work.told  # an embedded player says nothing, its site does
        work.verdict = self._judged(work, probe)
        self._see_to_capture(number, work)
        self._go_on(number, work)

    def _see_to_capture(self, number: int, work: Work) -> None:
        if not self._captures(work.citation):
            self._remember(work)
        elif work.is_living:
            self._want_capture(number, work)
        else:
            self._show_failure(number, work)

    def _want_capture(self, number: int, work: Work) -> None:
        """Fetch what a capture of a living page takes, where one is needed; of a shell, its browser decides that."""
        assert work.exchange is not None
        if self._show(number, work, is_captured=False):
            return
        if not self._needs_capture(work):
            self._remember(work)
            return
        work.wants_capture = True
        if not self._show(number, work, is_captured=True):
            self._want_requisites(number, work, work.exchange, 1)

    def _await(self, number: int, future: Future[Any], then: Callable[[], None]) -> None:
        """Go on with other works until a worker is done, which the stream of exchanges tells; then do ``then``."""
        if future.done():
            then()
            return
        self._under_way[number] = then
        self._engine.hold()
        future.add_done_callback(lambda _: self._engine.release(f"{number} work"))

    # ── the browser ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _show_failure(self, number: int, work: Work) -> None:
        """Show the browser what is no source, or not yet: a shell for what it says, a failure for its picture."""
        assert work.exchange is not None
        assert work.verdict is not None
        if work.exchange.tls_fault is not None or work.exchange.failure is not None:
            return
        if work.verdict.reason == oembed.SHELL:
            self._show(number, work, is_captured=False)
        elif self._keeping is not None and self._failure_is_new(work, self._keeping):
            self._show(number, work, is_captured=True)

    def _show(self, number: int, work: Work, *, is_captured: bool) -> bool:
        """Give the page to the browser where it is to see it; False where it is not."""
        last = work.exchange.last if work.exchange is not None else None
        if self._browsing is None or last is None or work.exchange is None or not self._captures(work.citation):
            return False
        if not self._browsing.wants(last, work.reading, is_captured=is_captured):
            return False
        self._at_browser.add(number)
        self._browsing.show(number, work.exchange)
        return True

    def _take_rendering(self, number: int, work: Work, key: str) -> None:
        """Take what the browser made of the page: its text where that shows more, its picture, what it fetched."""
        assert self._browsing is not None
        assert work.exchange is not None
        assert work.verdict is not None
        self._at_browser.discard(number)
        rendering = self._browsing.rendering(key)
        browsing.weigh(work, rendering, self._judged, self._settings.outlet_rules)
        work.parts.update({part.url: part for part in rendering.exchanges})
        work.left_out.update(rendering.left_out)
        if not work.is_living or work.verdict.reason == oembed.CONFIRMS:
            return
        if work.wants_capture or self._needs_capture(work):
            work.wants_capture = True
            self._want_further(number, work, rendering)
        else:
            self._remember(work)

    def _want_further(self, number: int, work: Work, rendering: Rendering) -> None:
        """Fetch what the page names and the browser did not ask for: other sizes of pictures, styles for print."""
        assert work.exchange is not None
        self._want_requisites(number, work, work.exchange, 1)
        if rendering.counts:
            self._want_requisites(number, work, browsing.as_seen(work), 1)
        for part in rendering.exchanges:
            self._want_requisites(number, work, part, 2)

    def _remember(self, work: Work) -> None:
        """Keep what was said of this same text beside an earlier memento."""
        kept = drifting.remembered(work.known, self._settings.vantage)
        if kept is None or work.verdict is None or work.verdict.kind not in drifting.BY_TEXT:
            return
        if self._says_the_same(work):
            work.verdict, work.drift = kept

    def _says_the_same(self, work: Work) -> bool:
        assert work.exchange is not None
        latest = self._keeping.archive.latest(work.citation.id, origin="captured") if self._keeping else None
        if latest is None or self._keeping is None:
            return False
        return self._keeping.archive.same_content(latest, work.reading, work.exchange)

    def _judged(self, work: Work, probe: Exchange | None = None) -> Verdict:
        """The verdict; with the text, where it has been read, compared to what was cited."""
        shown = browsing.as_seen(work)
        rule = self._settings.rule_for(shown.url)

        def judged(then: Reading | None, comparison: Comparison | None) -> Verdict:
            return judge.judge(
                shown, work.citation, reading=work.reading, probe=probe, rule=rule, baseline=then, comparison=comparison
            )

        if work.reading is None:
            return judged(None, None)
        work.baseline = self._baseline(work)
        verdict, work.drift = drifting.judge_by_text(work.citation, shown, work.reading, work.baseline, judged)
        return verdict

    def _has_copy(self, work: Work) -> bool:
        """Whether there is an earlier text to compare the page with."""
        return work.citation.kind is Kind.CITATION and self._baseline(work) is not None

    def _unlike_earlier(self, work: Work) -> str | None:
        """The title of the earlier text, where the page now bears neither it nor the cited one."""
        if self._keeping is None or work.exchange is None or judge.is_recognised(work.exchange, work.citation):
            return None
        earlier = self._baseline(work)
        if earlier is None or judge.is_recognised(work.exchange, work.citation, earlier.reading.title):
            return None
        return earlier.reading.title

    def _baseline(self, work: Work) -> drifting.Baseline | None:
        """The copy to compare the page with; None where this one was not seen as the last one was."""
        citation = work.citation
        if self._keeping is None or citation.kind is not Kind.CITATION:
            return None
        archive = self._keeping.archive
        latest = archive.latest(citation.id)
        if latest is None or browsing.is_but_the_shell_of(work, latest, archive):
            return None
        if work.earlier is None:  # asked for up to four times in the course of one work
            work.earlier = drifting.baseline_of(citation, archive)
        return work.earlier

    def _needs_capture(self, work: Work) -> bool:
        keeping = self._keeping
        assert keeping is not None
        assert work.exchange is not None
        latest = keeping.archive.latest(work.citation.id, origin="captured")
        work.capture = latest
        if keeping.always or latest is None:
            return True
        if browsing.is_but_the_shell_of(work, latest, keeping.archive):
            return False
        return not keeping.archive.same_content(latest, work.reading, work.exchange)

    def _want_requisites(self, number: int, work: Work, parent: Exchange, depth: int) -> None:
        hop = parent.last
        if hop is None or hop.status != 200 or depth > REQUISITE_DEPTH:
            return
        from citekeeper.archive import requisites

        for url in requisites.find(hop, hop.url):
            if url in work.parts or url in work.left_out:
                continue
            if len(work.parts) >= MAX_REQUISITES:
                work.left_out[url] = f"more than {MAX_REQUISITES} page requisites"
                continue
            work.parts[url] = None
            work.depth[url] = depth
            request = FetchRequest(url, key=f"{number} part {url}", max_body=CAPTURE_BODY, verbatim=True)
            self._engine.add(request)

    # ── a second vantage ────────────────────────────────────────────────────────────────────────────────────────────

    def _is_doubtful(self, work: Work) -> bool:
        assert work.verdict is not None
        if not doubts.may_be_told(work.citation):
            return False
        return doubts.deserves_second_opinion(
            work.verdict, is_error=self._settings.strict or self._is_last_strike(work)
        )

    def _is_last_strike(self, work: Work) -> bool:
        assert work.verdict is not None
        assert work.checked_at is not None
        vantage = self._settings.vantage
        this = Event("", work.checked_at, "check", vantage, {"verdict": str(work.verdict.kind)})
        return strikes([*work.known, this], vantage).qualifies

    def _second_opinions(self) -> Iterator[Work]:
        """Ask the second vantage about every doubtful work, together, when the others are done."""
        if not self._doubtful or self._second is None:
            return
        requests = [
            FetchRequest(work.citation.url or "", key=str(number), max_body=CHECK_BODY)
            for number, work in enumerate(self._doubtful)
        ]
        for exchange in self._second(requests):
            work = self._doubtful[int(exchange.key)]
            assert work.verdict is not None
            rule = self._settings.rule_for(exchange.url)
            other = judge.judge(exchange, work.citation, rule=rule)
            work.verdict = doubts.weigh_opinion(work.verdict, other)
            work.also = {**work.also, "second_opinion": {"verdict": str(other.kind), "reason": other.reason}}
            self._finish(-1, work, Here())
            while self._ready:
                yield self._ready.popleft()

    # ── the end of one work ─────────────────────────────────────────────────────────────────────────────────────────

    def _finish(self, number: int, work: Work, workers: Workers) -> None:
        shows = self._shows(work)
        if shows is None:
            self._put_on_record(work)
            return
        future = self._sealing(work, shows, workers)
        self._await(number, future, lambda: self._take_capture(work, shows, future))

    def _shows(self, work: Work) -> Shows | None:
        """What a new capture of a work would show; None where none is to be made."""
        exchange, verdict = work.exchange, work.verdict
        if self._keeping is None or not self._captures(work.citation):
            return None
        if exchange is None or exchange.last is None:
            return None
        assert verdict is not None
        if work.is_living and verdict.reason != oembed.CONFIRMS:  # else the page is but an empty shell
            return Shows.SOURCE if work.wants_capture else None
        return Shows.FAILURE if self._failure_is_new(work, self._keeping) else None

    def _sealing(self, work: Work, shows: Shows, workers: Workers) -> Future[Capture]:
        exchange, verdict, keeping = work.exchange, work.verdict, self._keeping
        assert exchange is not None
        assert verdict is not None
        assert keeping is not None
        parts = [part for part in work.parts.values() if part is not None]
        keeping.archive.notice((exchange, *parts))  # what a worker learns stays there
        weight = sum(len(hop.body) for each in (exchange, *parts) for hop in each.hops)
        return workers.submit(
            SEALING_SECONDS,
            weight,
            keeping.archive.capture,
            work.citation,
            exchange,
            verdict,
            reading=work.reading,
            requisites=parts,
            left_out=list(work.left_out.items()),
            document=keeping.document,
            options=keeping.options,
            shows=shows,
            rendering=work.rendering,
        )

    def _take_capture(self, work: Work, shows: Shows, future: Future[Capture]) -> None:
        try:
            capture = future.result()
        except WorkerLostError:  # a page that its writer does not survive may be one that this process does
            capture = self._sealing(work, shows, Here()).result()
        work.made_capture = True
        if shows is Shows.SOURCE:
            work.capture = capture
        moment = self._clock.now()
        self._note(work, "capture", moment, {"capture": capture.id, "sha256": capture.sha256, "shows": str(shows)})
        self._note(work, "manifest", moment, {"capture": capture.id, "manifest": capture.manifest_sha256})
        self._put_on_record(work)

    def _put_on_record(self, work: Work) -> None:
        if self._memory is not None:
            self._note_check(work, self._memory)
            self._write(self._memory)
        work.parts.clear()
        work.rendering = None  # it holds the page's pictures and all that its scripts fetched
        self._ready.append(work)

    def _failure_is_new(self, work: Work, keeping: Keeping) -> bool:
        """Whether this failure is not the one that the newest failure capture already shows."""
        assert work.verdict is not None
        latest = keeping.archive.latest(work.citation.id, Shows.FAILURE)
        if latest is None:
            return True
        return keeping.archive.judged(latest) != (str(work.verdict.kind), work.verdict.reason)

    # ── remembering ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _note_check(self, work: Work, memory: Memory) -> None:
        verdict, moment = work.verdict, work.checked_at
        if verdict is None or moment is None or verdict.kind is VerdictKind.UNCHECKED:
            return
        vantage = self._settings.vantage or "local"
        if memory.keeps_every_check or worth_recording(work.known, str(verdict.kind), verdict.reason, vantage, moment):
            self._note(work, "check", moment, check_fields(work))

    def _note(self, work: Work, kind: str, moment: datetime, fields: Mapping[str, object]) -> None:
        event = new_event(kind, moment, self._settings.vantage, fields, self._rng)
        self._unwritten.append((work.citation, event))

    def _write(self, memory: Memory) -> None:
        """Write what is noted; while the network may be down altogether, nothing goes on record."""
        if not self._heard:
            return
        for citation, noted in groupby(self._unwritten, key=itemgetter(0)):
            memory.append(citation, *(event for _, event in noted))
        self._unwritten.clear()
