"""Politeness: a queue per host, with its own limit and pace, so that one sulking host never holds the others.

A lane is drained on its open connection: when one of its transfers ends, its next takes the place. A host that answers
429 or 503 is asked more slowly (Lane.delay), and not at all before the moment it named (Lane.not_before). One that has
turned away several addresses in a row is not asked for its others (Lane.is_closed).
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from dataclasses import dataclass, field
from typing import TypeAlias

from citekeeper.fetch.journey import Journey
from citekeeper.model import FailureKind, FetchRequest

Waiting: TypeAlias = FetchRequest | Journey

_FIRST_DELAY = 0.5  # seconds between requests after a 429; it doubles
_LONGEST_DELAY = 30.0
_SERVER_ERROR_DELAY = 0.2  # added for each 5xx
_LONGEST_SERVER_ERROR_DELAY = 1.0  # one request at a time and a second between two burdens nobody, however ill
_BROKEN = 4  # addresses in a row that end in server errors: no other of the host is asked more than once
_FORGET_BELOW = 0.05
_KEPT_IDLE = 20_000
_TURNED_AWAY = 10  # addresses in a row: minutes of nothing but 429, as the pace is down to _LONGEST_DELAY by then
_SENT_OFF = 3  # of them where the host named a time that nobody waits for here
_CLOSED_FOR = 300.0  # seconds, where it named none
_SILENT = 12  # attempts in a row on one port without an answer, and
_SILENT_FOR = 40.0  # seconds that this lasts, until its further addresses are not tried
_TRIED_AGAIN_AFTER = 300.0  # seconds
_DEEP = 8  # a queue that long, and four times the average, gets several connections at once


@dataclass(slots=True)
class Silence:
    """Attempts in a row on one port of a host that brought no answer: how many, since when (monotonic), and how."""

    count: int
    since: float
    last: float
    kind: FailureKind


@dataclass(slots=True, eq=False)
class Lane:
    """One host's queue.

    ``mute`` counts attempts in a row that could not connect, brought no answer, or only a late server error, and
    ``turned_away`` addresses in a row that were not answered because the host is asked too often.
    """

    host: str
    limit: int
    queue: deque[Waiting] = field(default_factory=deque)
    active: int = 0
    not_before: float = 0.0  # monotonic
    delay: float = 0.0
    mute: int = 0
    exhausted: bool = False  # a 429 lasted to the end of the retries: later URLs get one attempt
    turned_away: int = 0
    closed_until: float = 0.0  # monotonic: no further address of it is asked before
    broken: int = 0  # addresses in a row that ended in a server error
    silences: dict[int, Silence] = field(default_factory=dict)  # by port
    http1: bool = False  # its HTTP/2 failed
    listed: bool = False
    parked: bool = False  # waits for its addresses, or for its time
    ports: set[int] = field(default_factory=set)  # those that were asked

    def may_start(self) -> bool:
        """Whether another of its transfers may begin, apart from the time."""
        return bool(self.queue) and not self.parked and self.active < (1 if self.delay else self.limit)

    def answered(self, status: int, now: float, asked: float | None, *, sulks: bool = False) -> None:
        """Learn from an answer: ``asked`` is what it wants to wait, in seconds; ``sulks``: a late server error."""
        self.mute = self.mute + 1 if sulks else 0
        if status < 500:
            self.broken = 0
        if status == 429:
            self.delay = min(max(self.delay * 2, _FIRST_DELAY), _LONGEST_DELAY)
        elif status >= 500:
            self.delay = max(self.delay, min(self.delay + _SERVER_ERROR_DELAY, _LONGEST_SERVER_ERROR_DELAY))
        else:
            self.turned_away = 0
            if self.delay:
                self.exhausted = False
                self.delay = self.delay / 2 if self.delay / 2 >= _FORGET_BELOW else 0.0
        if asked:
            self.not_before = max(self.not_before, now + asked)

    def ended(self, status: int, now: float, beyond: float | None = None) -> None:
        """Learn from the last answer that an address got; ``beyond``: seconds it asks for that nobody waits."""
        if status == 429 or (beyond is not None and status >= 500):
            self.exhausted = self.exhausted or status == 429
            self._turned_away(now, beyond)
        elif status >= 500:
            self.broken += 1

    def _turned_away(self, now: float, beyond: float | None) -> None:
        self.turned_away += 1
        if self.turned_away >= (_TURNED_AWAY if beyond is None else _SENT_OFF):
            self.closed_until = now + (_CLOSED_FOR if beyond is None else beyond)
            self.not_before = 0.0

    def fell_silent(self, port: int, kind: FailureKind, now: float) -> None:
        """Learn that an attempt brought no answer."""
        self.mute += 1
        silence = self.silences.setdefault(port, Silence(0, now, now, kind))
        silence.count, silence.last, silence.kind = silence.count + 1, now, kind

    def spoke(self, port: int) -> None:
        """Learn that something came from a port."""
        self.silences.pop(port, None)

    def silence_at(self, port: int, now: float) -> Silence | None:
        """The silence of a port that lasts so long that no further address is tried there; None otherwise."""
        silence = self.silences.get(port)
        if silence is None or silence.count < _SILENT or now - silence.since < _SILENT_FOR:
            return None
        return silence if now - silence.last < _TRIED_AGAIN_AFTER else None

    def is_patient_with(self, retries: int) -> bool:
        """Whether an address that fails now may be asked again: not where the whole host is ill, or has had enough."""
        return not self.exhausted and self.mute <= retries and self.broken < _BROKEN

    def is_closed(self, now: float) -> bool:
        """Whether its further addresses are not asked at all."""
        return now < self.closed_until

    @property
    def is_blank(self) -> bool:
        """Whether nothing is known of the host that is worth remembering."""
        return not (self.delay or self.mute or self.exhausted or self.http1 or self.turned_away or self.broken)


class Lanes:
    """All lanes, and the order in which they get their turn."""

    def __init__(self) -> None:
        self._lanes: dict[str, Lane] = {}
        self._ready: deque[Lane] = deque()
        self._later: list[tuple[float, int, Lane]] = []
        self._sequence = 0
        self.waiting = 0

    def lane(self, host: str, limit: int) -> Lane:
        """The lane of ``host``, made where there is none."""
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = Lane(host, limit)
        return lane

    def get(self, host: str) -> Lane | None:
        """The lane of ``host``, if there is one."""
        return self._lanes.get(host)

    def push(self, lane: Lane, item: Waiting, *, first: bool = False) -> None:
        """Queue ``item``; journeys that are under way go ``first``."""
        if first:
            lane.queue.appendleft(item)
        else:
            lane.queue.append(item)
        self.waiting += 1
        if not lane.listed:
            self._list(lane)

    def pop(self, lane: Lane) -> Waiting:
        """Take the lane's next item and count it as active."""
        lane.active += 1
        self.waiting -= 1
        return lane.queue.popleft()

    def next_lane(self, now: float) -> Lane | None:
        """A lane that may start a transfer now; it is put at the end of the ring, or first where its queue is deep."""
        while self._ready:
            lane = self._ready.popleft()
            lane.listed = False
            if not lane.may_start():
                continue
            if lane.not_before > now:
                self.park_until(lane, lane.not_before)
                continue
            return lane
        return None

    def relist(self, lane: Lane) -> None:
        """Give the lane another turn if it has something to start."""
        if not lane.listed and lane.may_start():
            self._list(lane)

    def _list(self, lane: Lane) -> None:
        lane.listed = True
        if len(lane.queue) >= _DEEP and len(lane.queue) * len(self._lanes) > 4 * self.waiting:
            self._ready.appendleft(lane)
        else:
            self._ready.append(lane)

    @property
    def has_ready(self) -> bool:
        """Whether a lane is in the ring (it may still turn out to be unable to start)."""
        return bool(self._ready)

    def park_until(self, lane: Lane, moment: float) -> None:
        """Leave the lane alone until ``moment`` (monotonic)."""
        lane.parked = True
        self._sequence += 1
        heapq.heappush(self._later, (moment, self._sequence, lane))

    def unpark(self, lane: Lane) -> None:
        """The lane's addresses are there: it may go on."""
        lane.parked = False
        self.relist(lane)

    def wake(self, now: float) -> None:
        """Bring back the lanes whose time has come."""
        while self._later and self._later[0][0] <= now:
            self.unpark(heapq.heappop(self._later)[2])

    @property
    def next_due(self) -> float:
        """When the next parked lane's time comes (monotonic); infinity where none waits for one."""
        return self._later[0][0] if self._later else math.inf

    def done(self, lane: Lane) -> bool:
        """One of the lane's transfers has ended; whether the lane was forgotten, as nothing is left to remember."""
        lane.active -= 1
        if lane.active or lane.queue or lane.parked:
            return False
        if lane.is_blank or len(self._lanes) > _KEPT_IDLE:
            self._lanes.pop(lane.host, None)
            return True
        return False

    def clear(self) -> None:
        """Forget all queues, not what was learnt of the hosts."""
        for lane in self._lanes.values():
            lane.queue.clear()
            lane.active, lane.listed, lane.parked = 0, False, False
        self._ready.clear()
        self._later.clear()
        self.waiting = 0
