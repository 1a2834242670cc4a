"""The Engine: requests in, one Exchange out for each, over one libcurl loop in the calling thread."""

from __future__ import annotations

import heapq
import itertools
import math
import random
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any

import pycurl

from citekeeper.clock import Clock, SystemClock
from citekeeper.fetch.config import EngineConfig
from citekeeper.fetch.descriptors import fitting
from citekeeper.fetch.faults import Ending, failure_of
from citekeeper.fetch.guard import is_literal, public_only
from citekeeper.fetch.journey import Journey, Next
from citekeeper.fetch.lanes import Lane, Lanes
from citekeeper.fetch.loop import Loop
from citekeeper.fetch.resolver import Lookup, Resolver
from citekeeper.fetch.routing import Routing
from citekeeper.fetch.transfer import Received, Route, Transfer
from citekeeper.fetch.trust import Trust
from citekeeper.fetch.unfinished import suffices
from citekeeper.model import Exchange, Failure, FailureKind, FetchRequest, Tls
from citekeeper.network import Network
from citekeeper.urls import BadUrlError, Url, parse, unicode_host

_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]*[a-z][a-z0-9.-]*|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?:[/?#]|$)")
_BURST = 256  # requests read from the source between two looks at the network
_PAUSE = 0.02  # seconds until a source without a next request is asked again
_FAR_AHEAD = 10  # times look_ahead, where only full lanes are left
_ASKING = 1024  # names asked for at once before the source has to wait
_STALL = 1.0  # seconds away from the loop after which a timeout may be our own fault
_LATE = 4  # a server error after this part of the timeout is counted like silence: retries would take minutes
_MUTE_KINDS = frozenset(
    {FailureKind.CONNECT_TIMEOUT, FailureKind.CONNECT_REFUSED, FailureKind.TIMEOUT, FailureKind.NO_ROUTE}
)


class Engine:
    """Fetches many URLs at once, politely, over one libcurl loop in the calling thread.

    Use it as a context manager. A dead source is a value (Exchange.failure), never an exception.

    Args:
        config: limits and habits.
        network: proxy and certificate bundle.
        clock: the source of time; the machine's by default.
        rng: for the jitter of back-offs.
        lookup: host → addresses, raising OSError; the system's resolver by default.
    """

    def __init__(
        self,
        config: EngineConfig | None = None,
        network: Network | None = None,
        clock: Clock | None = None,
        rng: random.Random | None = None,
        *,
        lookup: Lookup | None = None,
    ) -> None:
        self._config = config or EngineConfig()
        self._network = network or Network()
        self._clock = clock or SystemClock()
        self._rng = rng or random.Random()  # noqa: S311 - jitter, not secrets
        self._resolver = Resolver(self._clock, lookup)
        self._loop = Loop(self._clock, self._resolver.wake_fd)
        self._jobs, kept = fitting(self._config.jobs)
        self._loop.keep_open(kept, beside=self._jobs)
        self._trust = Trust(self._network.ca_bundle, self._config)
        self._routing = Routing(self._config, self._network, self._trust)
        self._lanes = Lanes()
        self._wires: dict[int, Tls] = {}
        self._idle: list[Transfer] = []
        self._busy: dict[Any, tuple[Transfer, Lane]] = {}
        self._retries: list[tuple[float, int, Journey]] = []
        self._sequence = itertools.count()
        self._done: deque[Exchange] = deque()
        self._source: Iterator[FetchRequest | None] | None = None
        self._source_pauses = False  # the next request is not known yet
        self._inbox: deque[FetchRequest | Exchange] = deque()  # from other threads
        self._held = 0
        self._stale: list[str] = []  # what libcurl's name cache is to forget
        self._watch_due = 0.0
        self._left_loop_at: float | None = None
        self._stalled: tuple[float, float] = (0.0, 0.0)  # when the last long absence ended, and how long it was
        self._before_wait: Callable[[], None] | None = None
        self._streaming = self._closed = False

    # ── the public face ─────────────────────────────────────────────────────────────────────────────────────────────

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def stream(
        self, requests: Iterable[FetchRequest | None], *, before_wait: Callable[[], None] | None = None
    ) -> Iterator[Exchange]:
        """Fetch ``requests`` and yield an Exchange for each, as they complete.

        The source is read lazily, a bounded way ahead. A None in it says that the next request is not known yet: it
        is asked again shortly, and what is under way goes on. While a consumer iterates it may ``add`` further
        requests, or ``fetch`` one. Between two exchanges the network waits for the consumer: long work belongs
        elsewhere.

        Args:
            requests: what to fetch.
            before_wait: called whenever all that is known was yielded and the network is waited for; the time to flush.

        Raises:
            RuntimeError: a stream of this engine is running already, or the engine is closed.
        """
        if self._streaming or self._closed:
            raise RuntimeError("an Engine runs one stream at a time, until it is closed")
        self._streaming = True
        self._source = iter(requests)
        self._before_wait = before_wait
        self._loop.interrupts.install()
        try:
            while True:
                while self._done:
                    yield self._done.popleft()
                if not self._turn():
                    break
        finally:
            self._loop.interrupts.restore()
            self._abandon()
            self._before_wait = None
            self._streaming = False

    def add(self, request: FetchRequest) -> None:
        """Have the running stream fetch ``request`` too.

        Raises:
            RuntimeError: no stream is running.
        """
        if not self._streaming:
            raise RuntimeError("add() belongs to a running stream")
        self._admit(request)

    def fetch(self, request: FetchRequest) -> Exchange:
        """Fetch one request and wait for its Exchange; a running stream goes on meanwhile."""
        if self._closed:
            raise RuntimeError("the Engine is closed")
        try:
            url = parse(request.url)
        except BadUrlError as error:
            return _bad_url(request, error)
        answer: list[Exchange] = []
        journey = Journey(request, url, self._clock.monotonic(), self._clock.now())
        journey.sink = answer
        self._queue(journey, first=True)
        if not self._streaming:
            self._loop.interrupts.install()
        try:
            while not answer:
                self._turn()
        finally:
            if not self._streaming:
                self._loop.interrupts.restore()
                self._abandon()
        return answer[0]

    # ── for other threads ───────────────────────────────────────────────────────────────────────────────────────────

    def hold(self) -> None:
        """Keep the running stream open, though it may have nothing to fetch, until another thread calls `release`."""
        self._held += 1

    def ask(self, request: FetchRequest) -> None:
        """`add` from another thread, between `hold` and `release`."""
        self._inbox.append(request)
        self._resolver.wake()

    def release(self, key: str) -> None:
        """From another thread: what `hold` waited for is done; the stream yields an empty Exchange with this key."""
        self._inbox.append(Exchange("", key))
        self._resolver.wake()

    def _take_in(self) -> None:
        while self._inbox:
            item = self._inbox.popleft()
            if isinstance(item, FetchRequest):
                self._admit(item)
            elif self._held:
                self._held -= 1
                self._done.append(item)

    def close(self) -> None:
        """Drop what is under way and close every connection and thread."""
        if self._closed:
            return
        self._closed = True
        self._abandon()
        for transfer in self._idle:
            transfer.close()
        self._loop.close()
        self._resolver.close()
        self._trust.close()

    # ── one turn of the loop ────────────────────────────────────────────────────────────────────────────────────────

    def _turn(self) -> bool:
        """Start what may start, let the network work once, take what ended; False when nothing is left to do."""
        now = self._clock.monotonic()
        self._notice_stall(now)
        self._take_in()
        self._read_source()
        self._watch(now)
        self._bring_back(now)
        self._fill(now)
        retry_due = self._retries[0][0] if self._retries else math.inf
        due = min(retry_due, self._lanes.next_due, self._watch_due if self._busy else math.inf)
        if self._done:
            timeout: float | None = 0.0
        elif not (self._busy or self._retries or self._lanes.waiting or self._held or self._source is not None):
            return False
        elif self._source is not None and len(self._busy) < self._jobs and self._wants_more():
            timeout = max(0.0, min(_PAUSE, due - self._clock.monotonic())) if self._source_pauses else 0.0
        else:
            timeout = None if due == math.inf else max(0.0, due - self._clock.monotonic())
        if self._before_wait is not None and timeout != 0.0:
            self._before_wait()
        ended, woken = self._loop.run(timeout)
        if woken:
            for host in self._resolver.collect():
                if lane := self._lanes.get(host):
                    self._lanes.unpark(lane)
        if ended:
            now = self._clock.monotonic()
            for curl, code, text in ended:
                self._end(curl, code, text, now)
        self._left_loop_at = self._clock.monotonic()
        return True

    def _watch(self, now: float) -> None:
        """End the transfers that were silent for the timeout."""
        if now < self._watch_due:
            return
        self._watch_due = now + min(1.0, self._config.timeout / 8)
        silent = [transfer.curl for transfer, _lane in self._busy.values() if transfer.is_silent(now)]
        for curl in silent:
            self._end(curl, pycurl.E_OPERATION_TIMEDOUT, "silent for too long", now)

    def _look_away(self, now: float, length: float) -> None:
        self._stalled = (now, length)
        for transfer, _lane in self._busy.values():
            transfer.look_away(now)

    def _notice_stall(self, now: float) -> None:
        """Remember when the consumer kept us from the network for long: a timeout then is not the source's doing."""
        if self._left_loop_at is not None and self._busy and now - self._left_loop_at > _STALL:
            self._look_away(now, now - self._left_loop_at)

    def _wants_more(self) -> bool:
        if self._lanes.waiting < self._config.look_ahead:
            return self._resolver.pending < _ASKING
        is_starved = not self._lanes.has_ready and len(self._busy) < self._jobs
        return is_starved and self._lanes.waiting < _FAR_AHEAD * self._config.look_ahead

    def _read_source(self) -> None:
        if self._source is None or not self._wants_more():
            return
        before = self._clock.monotonic()
        count = 0
        self._source_pauses = False
        for request in itertools.islice(self._source, _BURST):
            if request is None:
                self._source_pauses = True
                break
            self._admit(request)
            count += 1
        if count < _BURST and not self._source_pauses:
            self._source = None
        now = self._clock.monotonic()
        if self._busy and now - before > _STALL:
            self._look_away(now, now - before)

    def _admit(self, request: FetchRequest) -> None:
        match = _PLAIN_HOST.match(request.url)
        if match:
            host = match[1]
        else:
            try:
                host = parse(request.url).host
            except BadUrlError as error:
                self._done.append(_bad_url(request, error))
                return
        self._lanes.push(self._lanes.lane(host, self._config.per_host_of(host)), request)

    def _queue(self, journey: Journey, *, first: bool) -> None:
        host = journey.url.host
        self._lanes.push(self._lanes.lane(host, self._config.per_host_of(host)), journey, first=first)

    def _bring_back(self, now: float) -> None:
        """Queue the retries whose time has come, and wake the lanes that waited for theirs."""
        while self._retries and self._retries[0][0] <= now:
            journey = heapq.heappop(self._retries)[2]
            self._resolver.forget_failure(journey.url.host)
            self._queue(journey, first=True)
        self._lanes.wake(now)

    def _fill(self, now: float) -> None:
        while len(self._busy) < self._jobs:
            lane = self._lanes.next_lane(now)
            if lane is None:
                return
            self._launch(lane, now)
            self._lanes.relist(lane)

    # ── one transfer ────────────────────────────────────────────────────────────────────────────────────────────────

    def _launch(self, lane: Lane, now: float) -> None:
        """Start the lane's next item, or find out that it cannot be started."""
        item = self._lanes.pop(lane)
        if isinstance(item, Journey):
            journey = item
        else:
            try:
                journey = Journey(item, parse(item.url), now, self._clock.now())
            except BadUrlError as error:
                self._done.append(_bad_url(item, error))
                self._leave(lane)
                return
        if lane.closed_until and lane.is_closed(now):
            message = f"{unicode_host(lane.host)} turned the last requests away, so this one was not sent."
            self._stop(journey, lane, Failure(FailureKind.NOT_ASKED, message), now)
            return
        url = journey.url
        if lane.silences and journey is not item and (silence := lane.silence_at(url.port, now)):
            message = f"{unicode_host(url.host)} answered none of {silence.count} requests, so this one was not sent."
            self._stop(journey, lane, Failure(silence.kind, message), now)
            return
        proxy = self._routing.proxy_for(url)
        addresses: tuple[str, ...] = ()
        if proxy is None and not is_literal(url.host):
            answer = self._resolver.peek(url.host)
            if answer is None:
                lane.parked = True
                self._lanes.push(lane, journey, first=True)
                lane.active -= 1
                self._resolver.ask(url.host)
                return
            if answer.failure is not None:
                self._stop(journey, lane, Failure(answer.failure, answer.message), now)
                return
            addresses = answer.addresses
        refused = self._routing.refusal(url, proxy, addresses)
        if refused is not None:
            self._stop(journey, lane, refused, now)
            return
        if not self._config.allow_private:
            addresses = public_only(addresses)
        route = self._routing.route(journey, url, proxy, http1=lane.http1)
        self._start(journey, lane, url, route, addresses, now)

    def _start(
        self, journey: Journey, lane: Lane, url: Url, route: Route, addresses: tuple[str, ...], now: float
    ) -> None:
        transfer = self._idle.pop() if self._idle else Transfer(self._config, self._wires)
        journey.attempts += 1
        request = journey.request
        headers, moment = journey.headers(), self._clock.now()
        keep = bool(lane.queue) or self._loop.keeps_open(lane.host)
        transfer.arm(journey, url, route, addresses, headers, request.max_body, moment, now, self._stale, keep=keep)
        if self._stale:
            self._stale = []
        lane.ports.add(url.port)
        if lane.delay:
            lane.not_before = max(lane.not_before, now + lane.delay)
        self._busy[transfer.curl] = (transfer, lane)
        self._loop.add(transfer.curl)

    # ── what came back ──────────────────────────────────────────────────────────────────────────────────────────────

    def _end(self, curl: Any, code: int, text: str, now: float) -> None:
        transfer, lane = self._busy.pop(curl)
        journey, began = transfer.journey, transfer.began
        assert journey is not None
        received = transfer.finish(code, text)
        self._loop.remove(curl)
        transfer.release()
        self._idle.append(transfer)
        self._judge(journey, lane, received, began, now)
        if len(self._busy) < self._jobs and lane.may_start() and lane.not_before <= now:
            self._launch(lane, now)
        self._lanes.relist(lane)

    def _judge(self, journey: Journey, lane: Lane, received: Received, began: float, now: float) -> None:
        config = self._config
        hop, end = received.hop, received.ending
        if hop is not None and (end is None or suffices(hop, end)):
            if journey.obsolete:
                journey.reached_by_obsolete_tls()
            patient = lane.is_patient_with(config.retries)
            if lane.silences:
                lane.spoke(journey.url.port)
            after = journey.answered(hop, config, self._clock.now(), self._rng, patient=patient)
            # Who wants to be left alone for longer than anybody waits is not asked again; what it would give until
            # then it says itself, as many that count down to zero go on answering.
            is_beyond = journey.asked is not None and journey.asked > config.max_wait
            sulks = hop.status >= 500 and now - began > config.timeout / _LATE
            status = 429 if journey.has_spent_quota(hop) else hop.status
            lane.answered(status, now, None if is_beyond else journey.asked, sulks=sulks)
            if status >= 400 and after is Next.DONE and not journey.request.once:
                lane.ended(status, now, journey.asked if is_beyond else None)
        elif end is not None:
            if self._is_own_fault(end, began, journey):
                after = Next.NOW
                journey.attempts -= 1
            else:
                after = self._learn_from_failure(journey, lane, received, end, now)
        else:
            failure = Failure(FailureKind.MALFORMED, f"{unicode_host(journey.url.host)} sent no HTTP response head.")
            after = journey.stopped(failure, None, config, self._rng, patient=False)
        self._go_on(journey, lane, after, now)

    def _learn_from_failure(self, journey: Journey, lane: Lane, received: Received, end: Ending, now: float) -> Next:
        patient = lane.mute <= self._config.retries
        kind = failure_of(end).kind
        if kind in _MUTE_KINDS and received.hop is None:
            lane.fell_silent(journey.url.port, kind, now)
        else:
            lane.spoke(journey.url.port)
        after = journey.failed(end, received.hop, self._config, self._rng, patient=patient)
        if journey.http1 and not journey.obsolete:
            lane.http1 = True
        return after

    def _is_own_fault(self, end: Ending, began: float, journey: Journey) -> bool:
        """Whether a timeout came because this program did not look at its sockets for a while."""
        stalled_at, length = self._stalled
        if end.code != 28 or began >= stalled_at or journey.forgiven >= 3:
            return False
        if length < min(self._config.timeout, self._config.connect_timeout) / 4:
            return False
        journey.forgiven += 1
        return True

    def _stop(self, journey: Journey, lane: Lane, failure: Failure, now: float) -> None:
        """End or retry a journey that could not even be started."""
        journey.attempts += 1
        after = journey.stopped(failure, None, self._config, self._rng, patient=lane.mute <= self._config.retries)
        self._go_on(journey, lane, after, now)

    def _go_on(self, journey: Journey, lane: Lane, after: Next, now: float) -> None:
        if after is Next.DONE:
            exchange = journey.exchange(self._clock.monotonic() - journey.began)
            if journey.sink is None:
                self._done.append(exchange)
            else:
                journey.sink.append(exchange)
        elif after is Next.LATER:
            heapq.heappush(self._retries, (now + journey.wait, next(self._sequence), journey))
        else:
            self._queue(journey, first=True)
        self._leave(lane)

    def _leave(self, lane: Lane) -> None:
        """One of the lane's transfers has ended; libcurl forgets a host's addresses with its lane."""
        if self._lanes.done(lane) and ":" not in lane.host:
            self._stale.extend(f"-{lane.host}:{port}" for port in lane.ports)

    # ── housekeeping ────────────────────────────────────────────────────────────────────────────────────────────────

    def _abandon(self) -> None:
        for transfer, _lane in self._busy.values():
            self._loop.remove(transfer.curl)
            transfer.release()
            self._idle.append(transfer)
        self._busy.clear()
        self._retries.clear()
        self._lanes.clear()
        self._done.clear()
        self._inbox.clear()
        self._held = 0
        self._source = None
        self._left_loop_at = None


def _bad_url(request: FetchRequest, error: BadUrlError) -> Exchange:
    return Exchange(request.url, request.key, failure=Failure(FailureKind.BAD_URL, f"{error}."))
