"""Observing: fetch once, judge, read, and capture what changed, as a stream."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from citekeeper import judge
from citekeeper.clock import Clock
from citekeeper.errors import NetworkDownError
from citekeeper.history import due, up_to, validators
from citekeeper.model import (
    Capture,
    Citation,
    Exchange,
    Failure,
    FailureKind,
    FetchRequest,
    Shows,
    Verdict,
)
from citekeeper.pipeline import oembed, questions
from citekeeper.pipeline.awaiting import DONE, Awaiting
from citekeeper.pipeline.choosing import Choice
from citekeeper.pipeline.delegations import NAMES, Delegations
from citekeeper.pipeline.earlier import Earlier
from citekeeper.pipeline.looking import Looking
from citekeeper.pipeline.memory import Histories, Memory, Notes
from citekeeper.pipeline.readings import Readings
from citekeeper.pipeline.work import CAPTURE_BODY, CHECK_BODY, Work
from citekeeper.settings import Settings
from citekeeper.workers import Here, WorkerLostError, Workers

if TYPE_CHECKING:
    from concurrent.futures import Future

    from citekeeper.fetch import Engine
    from citekeeper.fetch.nameservers import Nameservers
    from citekeeper.pipeline.browsing import Browsing
    from citekeeper.pipeline.capturing import Capturing, Keeping
    from citekeeper.pipeline.opinions import SecondOpinions, SecondVantage
    from citekeeper.pipeline.showing import Showing

# Asks for nothing and comes back at once: what is ready without a question is handed on in its turn, and not heaped up.
_NOTHING = FetchRequest("", key="nothing")
# With these some servers and their guards answer a conditional request, and a plain one with the page.
_UPSET = frozenset({400, 412, 500, 501})
TakesPlain: TypeAlias = Callable[[Citation, Exchange, str, datetime], bool]
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
        thorough: compare every page of which there is no earlier copy with what a name that cannot exist gets: one
            request a folder more. Without it that is done on a sign only, as long lists want.
        nameservers: tells who serves the domain of a page that holds next to nothing; None where nobody can be asked.
            It is not called where the settings name a DNS-over-HTTPS resolver.
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
        thorough: bool = False,
        nameservers: Nameservers | None = None,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._clock = clock
        self._rng = rng
        self._conditional = conditional
        self._memory = memory if memory is not None or keeping is None else Histories(keeping.root)
        self._notes = Notes(self._memory, settings.vantage, rng) if self._memory is not None else None
        self._earlier = Earlier(settings, keeping.archive if keeping is not None else None)
        self._capturing = _capturing(keeping, engine)
        self._showing = _showing(browsing, engine, self._capturing, self._earlier, settings)
        self._opinions = _opinions(second, settings)
        self._sent_validators: set[int] = set()
        self._open_questions: set[int] = set()  # works that wait for oEmbed or DNS
        delegations = Delegations(engine, settings.doh, nameservers)
        self._looking = Looking(
            engine, settings, self._earlier, rng, delegations, thorough=thorough, is_list=keeping is None
        )
        self._workers = workers or Here()
        self._awaiting = Awaiting(engine)
        self._readings = Readings(
            self._workers, self._awaiting, self._capturing, settings.outlet_rules, self._weigh_text
        )
        self._works: dict[int, Work] = {}
        self._unopened: dict[str, Citation] = {}  # by key: asked for, and most likely alive with nothing more to say
        self._takes_plain: TakesPlain | None = None
        self._ready: deque[Work] = deque()
        self._heard = False  # some source gave a byte, or failed in a way that only a living network allows
        self._away = False  # some source failed in a way that the whole network's absence would explain
        self._choice = Choice(settings)

    def observe(
        self,
        citations: Iterable[Citation | None],
        *,
        before_wait: Callable[[], None] | None = None,
        takes_plain: TakesPlain | None = None,
    ) -> Iterator[Work]:
        """Observe every citation, yielding each as it is finished (not in order); None for one not known yet.

        Args:
            citations: what to observe.
            before_wait: called whenever everything finished was yielded, and the network is waited for.
            takes_plain: called with a mere link that is alive, its Exchange, the verdict's message and when it came,
                where there is nothing to remember or to read. If it returns True, no Work is yielded for it; most of
                a long list goes this short way, for which no Work is made at all.

        Raises:
            NetworkDownError: after the last one, if the network as a whole is away; no history was written then.
        """
        self._takes_plain = takes_plain if self._memory is None and self._capturing is None else None
        try:
            yield from self._observed(citations, before_wait)
        finally:
            if self._capturing is not None:
                self._capturing.close()
            if self._notes is not None:
                self._notes.settle()

    def _observed(self, citations: Iterable[Citation | None], before_wait: Callable[[], None] | None) -> Iterator[Work]:
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
        if self._opinions is not None:
            for work in self._opinions.weighed():
                self._finish(-1, work, Here())
                while self._ready:
                    yield self._ready.popleft()

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _requests(self, citations: Iterable[Citation | None]) -> Iterator[FetchRequest | None]:
        is_plain_run = self._takes_plain is not None and self._choice.is_open and not self._looking.is_thorough
        for number, citation in enumerate(citations):
            if citation is None:
                yield None
                continue
            if is_plain_run and citation.url and _is_mere(citation):
                key = str(number)
                self._unopened[key] = citation
                yield FetchRequest(citation.url, key, max_body=CHECK_BODY)
                continue
            work = Work(citation)
            unchecked = self._choice.why_unchecked(citation)
            if unchecked is not None:
                work.verdict = unchecked
                self._ready.append(work)
                yield _NOTHING
                continue
            if self._memory is not None:
                work.known = up_to(self._memory.events(citation), self._clock.now())
            if not self._is_due(work):
                self._ready.append(work)  # without a verdict: what is recorded still holds
                yield _NOTHING
                continue
            assert citation.url is not None
            self._works[number] = work
            capturing = self._captures(citation)
            if self._follows(number, citation.url, captured=capturing):
                yield _NOTHING
                continue
            yield FetchRequest(
                citation.url,
                key=str(number),
                headers=self._validators(number, work),
                max_body=CAPTURE_BODY if capturing else CHECK_BODY,
                verbatim=capturing,
            )

    def _follows(self, number: int, url: str, *, captured: bool) -> bool:
        """Whether another work is fetching this address already: then its answer serves both."""
        if self._capturing is None or self._conditional:
            return False
        return self._capturing.sharing.follows(number, url, captured=captured)

    def _pass_on(self, number: int, work: Work, capturing: Capturing) -> None:
        """Give what was fetched for a work to those that cite the same; each is judged, read and captured by itself."""
        url, captured = work.citation.url or "", self._captures(work.citation)
        for follower in capturing.sharing.end(number, url, captured=captured):
            other = self._works[follower]
            assert work.exchange is not None
            assert other.citation.url is not None
            capturing.share(work, other)
            exchange = replace(work.exchange, url=other.citation.url, key=str(follower))
            if self._receive_page(follower, other, exchange):
                self._go_on(follower, other)

    def _captures(self, citation: Citation) -> bool:
        """Whether this entry is captured in this run."""
        return self._capturing is not None and self._capturing.captures(citation)

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
        citation = self._unopened.pop(exchange.key, None)
        if citation is not None:
            message = judge.glance_message(exchange, citation)
            if message is not None and self._passes(citation, exchange, message):
                return
            self._works[int(exchange.key)] = Work(citation, was_glanced_at=message is None)
        if exchange.key == _NOTHING.key:
            return
        if self._showing is not None and self._showing.answer(exchange):
            return
        digits, _, rest = exchange.key.partition(" ")
        role, _, part = rest.partition(" ")
        number = int(digits)
        if role == DONE:
            self._awaiting.end(number)
            return
        work = self._works[number]
        if not role:
            self._listen(exchange)
            if not self._receive_page(number, work, exchange):
                return
        elif role == "probe":
            for waiting in self._looking.take(number, part, exchange):
                other = self._works[waiting]
                verdict = self._looking.compare(waiting, other, exchange)
                if verdict is not None:
                    self._settle(waiting, other, verdict)
                    self._go_on(waiting, other)
            return
        elif role == NAMES:
            for waiting in self._looking.take_names(number, part, exchange):
                other = self._works[waiting]
                self._settle(waiting, other, self._looking.served(waiting, other, part))
                self._go_on(waiting, other)
            return
        elif role in questions.ROLES:
            self._hear(role, number, work, exchange)
        elif role == "part":
            assert self._capturing is not None
            for served in self._capturing.take_part(self._works, number, part, exchange):
                if not self._readings.take_part(served, self._works[served]):
                    self._go_on(served, self._works[served])
            return
        else:
            assert self._showing is not None
            self._showing.take(number, work, exchange.key)
        self._go_on(number, work)

    def _passes(self, citation: Citation, exchange: Exchange, message: str) -> bool:
        """Whether a mere link is so plainly alive that nothing is left to do for it: the short way of most pages."""
        take = self._takes_plain
        if take is None or oembed.may_ask(exchange.url) or self._looking.is_repeated(message, exchange):
            return False
        if not take(citation, exchange, message, self._clock.now()):
            return False
        self._heard = True
        return True

    def _go_on(self, number: int, work: Work) -> None:
        """Take the next step of a work that waits for nothing more."""
        at_browser = self._showing.under_way if self._showing is not None else ()
        waits_for = (self._open_questions, at_browser, self._awaiting)
        if any(number in waiting for waiting in waits_for) or work.is_waiting or work.verdict is None:
            return
        if self._works.pop(number, None) is None:
            return  # it went on already
        if self._capturing is not None:
            self._pass_on(number, work, self._capturing)
        if self._opinions is None or not self._opinions.take(work):
            self._finish(number, work, self._workers)

    def _receive_page(self, number: int, work: Work, exchange: Exchange) -> bool:
        """Take the answer of the source itself; False where something else has to be asked first."""
        conditional = number in self._sent_validators
        self._sent_validators.discard(number)
        if conditional and self._is_about_the_condition(work, exchange):
            assert work.citation.url is not None
            self._engine.add(FetchRequest(work.citation.url, key=exchange.key, max_body=CHECK_BODY))
            return False
        work.exchange = exchange
        work.checked_at = self._clock.now()
        if work.verdict is not None:
            return True
        verdict = self._looking.look(number, work, exchange)
        if verdict is None:
            return False
        if verdict.reason == "ok" and _is_mere(work.citation) and self._ends(number, work, verdict):
            return False
        self._settle(number, work, verdict)
        return True

    def _is_about_the_condition(self, work: Work, exchange: Exchange) -> bool:
        """Whether an answer may be due to the validators alone, so that the page itself is to be asked for."""
        if exchange.status == 304:
            return not self._earlier.repeat(work, exchange)
        return exchange.status in _UPSET

    def _ends(self, number: int, work: Work, verdict: Verdict) -> bool:
        """Whether a mere link that is alive ends here, as there is nothing more to ask, read or remember."""
        if self._capturing is not None or self._memory is not None or oembed.may_ask(work.citation.url or ""):
            return False
        assert work.exchange is not None
        assert work.checked_at is not None
        del self._works[number]
        take = self._takes_plain
        if "#" in work.exchange.url or verdict.advice:  # what such a link names within the page is yet to be told
            take = None
        if take is None or not take(work.citation, work.exchange, verdict.message, work.checked_at):
            work.verdict = verdict
            self._ready.append(work)
        return True

    def _listen(self, exchange: Exchange) -> None:
        """Notice whether the network is there; addresses that were never asked tell nothing of it."""
        if not self._heard:
            self._away = self._away or judge.network_is_down([exchange])
            self._heard = not judge.network_is_down([exchange, _AWAY])

    def _settle(self, number: int, work: Work, verdict: Verdict) -> None:
        """Ask on where a page's verdict leaves something open; else see to its text."""
        assert work.exchange is not None
        work.verdict = verdict
        request = questions.further(number, work, self._settings.doh)
        if request is not None:
            self._open_questions.add(number)
            self._engine.add(request)
        else:
            self._read(number, work)

    def _hear(self, role: str, number: int, work: Work, answer: Exchange) -> None:
        """Take the answer to a further question."""
        self._open_questions.remove(number)
        questions.take(role, work, answer)
        assert work.verdict is not None
        if role == questions.DOH:
            return
        if work.verdict.reason != oembed.CONFIRMS:
            self._read(number, work)
        elif self._showing is not None:
            self._showing.show(number, work, is_captured=False)

    def _read(self, number: int, work: Work) -> None:
        """Read a living page where its text is needed, judge it again by its text, and see whether to capture it."""
        assert work.exchange is not None
        last = work.exchange.last
        if last is None or last.status == 304:
            return
        citation = work.citation
        is_wanted = bool(citation.quotes or citation.numbers) or self._captures(citation)
        if work.is_living and (is_wanted or self._earlier.has_text(work)):
            self._readings.read(number, work, last, with_frames=is_wanted)
        else:
            self._see_to_capture(number, work)

    def _weigh_text(self, number: int, work: Work) -> None:
        """Judge a page again by its text, and see whether to capture it."""
        if work.told is not None and not (work.reading is not None and work.reading.paragraphs):
            work.reading = work.told  # an embedded player says nothing, its site does
        work.verdict = self._earlier.judged(work)
        self._see_to_capture(number, work)
        self._go_on(number, work)

    def _see_to_capture(self, number: int, work: Work) -> None:
        if self._capturing is None or not self._capturing.captures(work.citation):
            self._earlier.remember(work)
        elif work.is_living:
            self._want_capture(number, work, self._capturing)
        elif self._showing is not None:
            self._showing.show_failure(number, work)

    def _want_capture(self, number: int, work: Work, capturing: Capturing) -> None:
        """Fetch what a capture of a living page takes, where one is needed; of a shell, its browser decides that."""
        assert work.exchange is not None
        showing = self._showing
        if showing is not None and showing.show(number, work, is_captured=False):
            return
        if not capturing.needs_capture(work):
            self._earlier.remember(work)
            return
        work.wants_capture = True
        if showing is None or not showing.show(number, work, is_captured=True):
            capturing.want_requisites(number, work, work.exchange, 1)

    # ── the end of one work ─────────────────────────────────────────────────────────────────────────────────────────

    def _finish(self, number: int, work: Work, workers: Workers) -> None:
        capturing = self._capturing
        shows = capturing.shows(work) if capturing is not None else None
        if capturing is None or shows is None:
            self._put_on_record(work)
            return
        future = capturing.seal(work, shows, workers)
        self._awaiting.wait(number, future, lambda: self._take_capture(work, shows, capturing, future))

    def _take_capture(self, work: Work, shows: Shows, capturing: Capturing, future: Future[Capture]) -> None:
        try:
            capture = future.result()
        except WorkerLostError as error:  # what was received is sealed all the same, without the page made of it
            work.unshown = error.message
            capture = capturing.seal(work, shows, Here()).result()
        work.made_capture = True
        if shows is Shows.SOURCE:
            work.capture = capture
        if self._notes is not None:
            self._notes.note_capture(work, capture, self._clock.now())
        self._put_on_record(work)

    def _put_on_record(self, work: Work) -> None:
        work.siblings = ()
        if self._notes is not None:
            self._notes.note_check(work)
            if self._heard:  # while the network may be down altogether, nothing goes on record
                self._notes.write()
        if self._capturing is not None:
            self._capturing.lighten(work)
        self._ready.append(work)


def _is_mere(citation: Citation) -> bool:
    """Whether an entry is but a link: nothing is quoted from it, known of it or decided about it."""
    return not (
        citation.quotes or citation.numbers or citation.archived or citation.reviews or citation.expectation.ignore
    )


# What a run does not do is not loaded: a plain check keeps nothing, and asks neither a browser nor another vantage.


def _capturing(keeping: Keeping | None, engine: Engine) -> Capturing | None:
    if keeping is None:
        return None
    from citekeeper.pipeline.capturing import Capturing

    return Capturing(keeping, engine)


def _showing(
    browsing: Browsing | None, engine: Engine, capturing: Capturing | None, earlier: Earlier, settings: Settings
) -> Showing | None:
    if browsing is None or capturing is None:
        return None
    from citekeeper.pipeline.showing import Showing

    browsing.attach(engine)
    return Showing(browsing, capturing, earlier, settings.outlet_rules)


def _opinions(second: SecondVantage | None, settings: Settings) -> SecondOpinions | None:
    if second is None:
        return None
    from citekeeper.pipeline.opinions import SecondOpinions

    return SecondOpinions(second, settings)
