"""A process that saves, for the soak: it forks a run for each line on stdin, and says how the run ended.

The simulated time lives in a file that outlives every run. A run dies by SIGKILL, from outside or, at the append that
its orders name, from within: before the line is written, when half of it is, or after.
"""

from __future__ import annotations

import json
import mmap
import os
import random
import signal
import struct
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from citekeeper import files, history, judge, reading
from citekeeper.consent import Consent
from citekeeper.errors import ServiceError
from citekeeper.history import History
from citekeeper.mementos import spn2
from citekeeper.mementos.wayback import Wayback
from citekeeper.model import Citation, Exchange, Failure, FailureKind, FetchRequest, Hop, Verdict, VerdictKind
from citekeeper.network import Network
from citekeeper.pipeline.judging import MementoJudge
from citekeeper.pipeline.needs import SavePolicy
from citekeeper.pipeline.preserve import Preserver
from citekeeper.pipeline.recording import MementoRecord
from citekeeper.pipeline.work import Work
from citekeeper.progress import Silent
from citekeeper.session import ServiceSession, service_session
from citekeeper.workers import Here

EPOCH = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


class FileClock:
    """Simulated time in a file: seconds since `EPOCH`. It passes when somebody sleeps or `advance` is called."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(struct.pack("<d", 0.0))
        with path.open("r+b") as stream:
            self._map = mmap.mmap(stream.fileno(), 8)

    def monotonic(self) -> float:
        return float(struct.unpack_from("<d", self._map)[0])

    def now(self) -> datetime:
        return EPOCH + timedelta(seconds=self.monotonic())

    def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        struct.pack_into("<d", self._map, 0, self.monotonic() + max(seconds, 0.0))


def address(number: int) -> str:
    """The address of a source."""
    return f"https://site-{number}.soak.test/story"


def page_of(number: int) -> str:
    """What a source shows: every one something else."""
    words = " ".join(f"word{(number * 37 + place) % 997}" for place in range(120))
    return f"<!DOCTYPE html><html><head><title>Story {number}</title></head><body><p>{words}.</p></body></html>"


def _work(number: int, now: datetime) -> Work:
    citation = Citation(f"fn{number}", url=address(number), title=f"Story {number}")
    hop = Hop(address(number), 200, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    return Work(
        citation,
        exchange=Exchange(address(number), hops=(hop,), started_at=now),
        verdict=Verdict(VerdictKind.ALIVE, "http-200", "It answers."),
    )


def _fetching(session: ServiceSession, now: datetime) -> Any:
    """Fetches a memento's bytes over the same connection; the engine has its own tests."""

    def fetch(request: FetchRequest) -> Exchange:
        try:
            reply = session.request("GET", request.url, accept=(429,))
        except ServiceError as error:
            return Exchange(request.url, failure=Failure(FailureKind.RESET, error.message), started_at=now)
        told = ("content-type", "memento-datetime")
        lines = [f"HTTP/1.1 {reply.status} Said", *(f"{name}: {reply.headers.get(name)}" for name in told)]
        head = "\r\n".join([*lines, "", ""])
        return Exchange(request.url, hops=(Hop(request.url, reply.status, head.encode(), reply.body),), started_at=now)

    return fetch


def _die_at(orders: dict[str, Any]) -> None:
    """Let the process be killed at an append to a history."""
    if orders.get("append") is None:
        return
    left = int(orders["append"])
    plain = files.append_line

    def append_line(path: Path, line: bytes, *, syncing: files.Syncing | None = None) -> None:
        nonlocal left
        left -= 1
        if left == 0 and orders["how"] == "torn":
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as stream:
                stream.write(line[: len(line) // 2])
        if left or orders["how"] == "after":
            plain(path, line, syncing=syncing)
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    history.append_line = append_line


def _run(folder: Path, count: int, orders: dict[str, Any]) -> None:
    """One run over every source, as ``citekeeper run`` makes it once the sources have been fetched."""
    clock = FileClock(folder / "clock")
    rng = random.Random(orders["seed"])
    network = Network.from_environ(os.environ)
    session = service_session(network, service="Wayback Machine", user_agent="soak", clock=clock)
    keys = {"access_key": os.environ["WAYBACK_ACCESS_KEY"], "secret_key": os.environ["WAYBACK_SECRET_KEY"]}
    _die_at(orders)
    preserver = Preserver(
        Wayback(network, clock, **keys, rng=rng, session=session),
        Consent.of(["wayback"]),
        clock,
        MementoRecord(lambda name: History(folder / "archive", name), clock, rng, "soak"),
        _fetching(session, clock.now()),
        lambda _: None,
        Silent(),
        MementoJudge(Here()),
    )
    preserver.save([_work(number, clock.now()) for number in range(count)], SavePolicy(fresh=timedelta(days=3650)))


def _load_everything() -> None:
    """Import and compile once what every run needs, before the forks."""
    body = page_of(0).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    hop = Hop(address(0), 200, head, body)
    judge.judge(Exchange(address(0), hops=(hop,)), Citation("fn0", url=address(0), title="Story 0"))
    reading.read(hop)
    service_session(Network(), service="nobody", user_agent="soak").close()


def main(folder: Path, count: int) -> None:
    """Serve the orders on stdin."""
    os.fsync = lambda _descriptor: None  # a killed process loses nothing that was written; only a power cut would
    spn2._SUBMIT_DEADLINE = 0.4  # real seconds, for the requests that hang
    _load_everything()
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            _run(folder, count, json.loads(line))
            os._exit(0)
        _say(pid)
        status = os.waitpid(pid, 0)[1]
        _say(-os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
