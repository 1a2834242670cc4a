"""Hundreds of look-ups over real sockets with a clock that waits in no time: paced, adaptive, resumable."""

from __future__ import annotations

import random
import sqlite3
from collections import deque
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from citekeeper.consent import Consent
from citekeeper.history import History
from citekeeper.mementos import Peer, PeerAddress, peers
from citekeeper.mementos.ledger import KEPT_FOR, Ledger
from citekeeper.mementos.wayback import Wayback
from citekeeper.model import Citation, LookupOutcome, Memento, MementoLookup, MementoState
from citekeeper.pipeline.judging import MementoJudge
from citekeeper.pipeline.lookups import LookUps
from citekeeper.pipeline.recording import MementoRecord
from citekeeper.pipeline.work import Work
from citekeeper.workers import Here

from .loopback import Answer, FakeClock, Internet, Request

DAY = date(2022, 5, 2)


class Screen:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def begin(self, what: str, total: int) -> None:
        """Nothing to see."""

    def step(self, what: str = "") -> None:
        """Nothing to see."""

    def note(self, text: str) -> None:
        """Keep it."""
        self.notes.append(text)


class Cdx:
    """Holds every second source, allows 30 questions in any minute, and refuses whoever asks more or asks too soon."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.asked: list[str] = []
        self.offences = 0
        self.held_until = 0.0
        self.refuse_at: set[int] = set()
        self._window: deque[float] = deque()

    def __call__(self, request: Request) -> Answer:
        if request.path != "/cdx/search/cdx":
            return Answer(404)
        now = self.clock.monotonic()
        while self._window and self._window[0] <= now - 60:
            self._window.popleft()
        if now < self.held_until or len(self._window) >= 30:
            self.offences += 1
            return Answer(429)
        self._window.append(now)
        self.asked.append(request.query["url"])
        if len(self.asked) in self.refuse_at:
            self.held_until = now + 120
            return Answer(429, b"", {"Retry-After": "120"})
        number = int(request.query["url"].rpartition("/")[2])
        if number % 2 or "to" not in request.query:
            return Answer(200, b"", {"Content-Type": "text/plain"})
        row = f"k 20220501000000 {request.query['url']} text/html 200 {'A' * 32} 12\n"
        return Answer(200, row.encode(), {"Content-Type": "text/plain"})


def works(count: int) -> list[Work]:
    return [Work(Citation(f"c{number}", url=f"https://news.test/{number}", accessed=DAY)) for number in range(count)]


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def record(tmp_path: Path, clock: FakeClock) -> MementoRecord:
    return MementoRecord(lambda name: History(tmp_path / "archive", name), clock, random.Random(3), "local")


def look_up(peer: Peer, record: MementoRecord, ledger: Ledger, screen: Screen, todo: list[Work]) -> None:
    consent = Consent.of([peer.name], ["own"])
    judge = MementoJudge(Here())
    LookUps([peer], consent, record, lambda _: iter(()), lambda _: None, ledger, screen, judge).look_up(todo)


def test_two_hundred_sources_are_asked_within_the_rate(
    internet: Internet, clock: FakeClock, record: MementoRecord, screen: Screen, tmp_path: Path
) -> None:
    """No question comes too soon, 429s are waited out, and every source gets its true answer."""
    cdx = Cdx(clock)
    cdx.refuse_at = {40, 150}
    internet.app = cdx
    todo = works(200)
    began = clock.monotonic()
    look_up(
        Wayback(internet.network(), clock, rng=random.Random(1)),
        record,
        Ledger(tmp_path / "l.sqlite", clock),
        screen,
        todo,
    )
    assert cdx.offences == 0
    for number, work in enumerate(todo):
        expected = LookupOutcome.NONE if number % 2 else LookupOutcome.FOUND
        assert work.lookups[0].outcome is expected
    minutes = (clock.monotonic() - began) / 60
    assert 300 / 30 - 1 <= minutes < 60  # two questions where nothing lies before, and the pace recovers


def test_a_killed_run_goes_on_where_it_was(
    internet: Internet, clock: FakeClock, record: MementoRecord, screen: Screen, tmp_path: Path
) -> None:
    """What was learnt is not asked again; after a run that got all answers, everything is."""
    cdx = Cdx(clock)
    internet.app = cdx
    machine = Wayback(internet.network(), clock, rng=random.Random(1))

    class Killed(BaseException):
        """As if by a signal."""

    class Dying(Screen):
        """Dies at the 60th source."""

        def step(self, what: str = "") -> None:
            if what == "c60":
                raise Killed

    with pytest.raises(Killed):
        look_up(machine, record, Ledger(tmp_path / "l.sqlite", clock), Dying(), works(100))
    first = set(cdx.asked)
    assert len(first) == 61
    cdx.asked.clear()
    todo = works(100)
    look_up(machine, record, Ledger(tmp_path / "l.sqlite", clock), screen, todo)
    assert not first & set(cdx.asked)
    assert len(set(cdx.asked)) == 39
    assert all(len(work.lookups) == 1 for work in todo)
    assert any("61 answers" in note for note in screen.notes)
    cdx.asked.clear()
    look_up(machine, record, Ledger(tmp_path / "l.sqlite", clock), screen, works(3))
    assert len(set(cdx.asked)) == 3


def test_a_silent_archive_is_left_alone(
    internet: Internet, clock: FakeClock, record: MementoRecord, screen: Screen, tmp_path: Path
) -> None:
    """After three silences it is asked nothing more; what it did not say is unknown, what it said before is kept."""
    answers = 0

    def app(request: Request) -> Answer:
        nonlocal answers
        answers += 1
        return Answer(404) if answers <= 2 else Answer(503)

    internet.app = app
    at = {"own": PeerAddress(timemap="https://own.test/{url}", per_minute=600)}
    (peer,) = peers(["own"], at, internet.network(), clock, rng=random.Random(1))
    todo = works(50)
    look_up(peer, record, Ledger(tmp_path / "l.sqlite", clock), screen, todo)
    assert len({request.target for request in internet.log}) == 5
    outcomes = [work.lookups[0].outcome for work in todo]
    assert outcomes == [LookupOutcome.NONE] * 2 + [LookupOutcome.UNKNOWN] * 48
    internet.log.clear()
    answers = -100
    look_up(peer, record, Ledger(tmp_path / "l.sqlite", clock), screen, works(10))
    assert len({request.target for request in internet.log}) == 8  # two are known


# ── the ledger ──────────────────────────────────────────────────────────────────────────────────────────────────────


QUESTION = ("wayback", "https://a.test/", DAY)
HELD = Memento("wayback", "https://w.test/1", MementoState.FOUND, datetime(2022, 5, 1, tzinfo=UTC), 1, note="a note")


@pytest.mark.parametrize(
    "lookup",
    [
        MementoLookup("wayback", LookupOutcome.FOUND, HELD),
        MementoLookup("wayback", LookupOutcome.NONE, None, "nothing"),
        MementoLookup("wayback", LookupOutcome.EXCLUDED, None, "withheld"),
    ],
)
def test_the_ledger_gives_back_what_it_was_given(tmp_path: Path, clock: FakeClock, lookup: MementoLookup) -> None:
    """For some hours, through another opening of the file, and for just that question."""
    ledger = Ledger(tmp_path / "deep" / "l.sqlite", clock)
    ledger.put(QUESTION, lookup)
    ledger.close()
    ledger = Ledger(tmp_path / "deep" / "l.sqlite", clock)
    assert ledger.get(QUESTION) == lookup
    assert ledger.get(("arquivo", *QUESTION[1:])) is None
    assert ledger.get((*QUESTION[:2], None)) is None
    clock.moment += KEPT_FOR + timedelta(seconds=1)
    assert ledger.get(QUESTION) is None


def test_silence_is_not_remembered(tmp_path: Path, clock: FakeClock) -> None:
    """An archive that gave no answer is asked again."""
    ledger = Ledger(tmp_path / "l.sqlite", clock)
    ledger.put(QUESTION, MementoLookup("wayback", LookupOutcome.UNKNOWN, None, "429"))
    assert ledger.get(QUESTION) is None


@pytest.mark.parametrize("damage", [b"no database", b"SQLite format 3\0" + b"\0" * 5000])
def test_a_damaged_ledger_is_begun_anew(tmp_path: Path, clock: FakeClock, damage: bytes) -> None:
    """It is a cache of hours."""
    (tmp_path / "l.sqlite").write_bytes(damage)
    ledger = Ledger(tmp_path / "l.sqlite", clock)
    ledger.put(QUESTION, MementoLookup("wayback", LookupOutcome.NONE))
    assert ledger.get(QUESTION) is not None
    assert ledger.warning is None


def test_a_ledger_that_cannot_be_written_stops_nothing(tmp_path: Path, clock: FakeClock) -> None:
    """The work goes on without it, and says so once."""
    (tmp_path / "file").write_text("in the way")
    ledger = Ledger(tmp_path / "file" / "l.sqlite", clock)
    ledger.put(QUESTION, MementoLookup("wayback", LookupOutcome.NONE))
    assert ledger.get(QUESTION) is None
    assert ledger.warning is not None


def test_nonsense_in_the_ledger_is_no_answer(tmp_path: Path, clock: FakeClock) -> None:
    """A row that cannot be read counts as not there."""
    Ledger(tmp_path / "l.sqlite", clock).put(QUESTION, MementoLookup("wayback", LookupOutcome.NONE))
    with sqlite3.connect(tmp_path / "l.sqlite") as connection:
        connection.execute("UPDATE answers SET answer='[1, 2]'")
    connection.close()
    assert Ledger(tmp_path / "l.sqlite", clock).get(QUESTION) is None
