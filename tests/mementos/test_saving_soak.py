"""Two thousand saves through the sandbox's Wayback Machine, in a process that is killed again and again.

The archive itself keeps the books: every submission with its time and what became of it, whatever the client believes.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from citekeeper.history import History
from citekeeper.model import MementoState
from citekeeper.pipeline.saved import recorded_mementos, recorded_saves_and_finds
from citekeeper.sandbox import Sandbox, World
from citekeeper.sandbox.messages import Answer, Fault, FaultKind, Request, Response
from citekeeper.sandbox.wayback import OFFLINE, RESET, TOO_MANY_REQUESTS, SaveReply

from .saving_process import FileClock, address, page_of

SAVES = int(os.environ.get("SOAK_SAVES", "2000"))
KILLS = 16
SEED = 20261120
HANGS = 8
HOUR, MINUTE = 3600.0, 60.0
MOST_RUNS = 80


@dataclass
class Submission:
    """One POST as the archive saw it. ``refused``: the client was told for certain that nothing was submitted."""

    at: float
    url: str
    refused: bool


@dataclass
class Archive:
    """The sandbox's Wayback Machine behind seeded trouble; it may kill the client at any request."""

    world: World
    clock: FileClock
    rng: random.Random
    submissions: list[Submission] = field(default_factory=list)
    replies: Counter[str] = field(default_factory=Counter)
    killer: Any = None
    kill_at: int | None = None
    kill_how: str = "before"
    requests: int = 0
    hangs: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, request: Request) -> Answer:
        """Answer, count, and pass some time."""
        with self._lock:
            self.requests += 1
            doomed = self.kill_at is not None and self.requests >= self.kill_at
            if doomed:
                self.kill_at = None
            if doomed and self.kill_how == "before":
                self.killer()
                return RESET  # the request never arrived
            is_submit = request.method == "POST"
            answer = self._submit(request) if is_submit else self._troubled(request)
            if doomed:
                self.killer()  # it did its work, and nobody hears of it
                if is_submit:
                    self.submissions[-1].refused = False
            self.clock.advance(self.rng.uniform(0.02, 0.6))
            return answer

    def _submit(self, request: Request) -> Answer:
        url, at = request.form["url"], self.clock.monotonic()
        kind = self.rng.choices(
            ("plain", "429", "503", "523", "reset", "lost-answer", "hang", "cap", "delayed", "lost", "error", "late"),
            (74, 4, 3, 3, 2, 2, 1, 2, 2, 2, 3, 2),
        )[0]
        if kind == "hang" and self.hangs >= HANGS:
            kind = "plain"
        self.replies[kind] += 1
        answer: Answer
        scripted = {
            "523": SaveReply.timeout_but_captured(),
            "cap": SaveReply.session_cap(),
            "delayed": SaveReply.delayed(240),
            "lost": SaveReply.lost(),
            "error": SaveReply.job_error("browsing-timeout"),
            "late": SaveReply.late_replay(900),
        }.get(kind)
        if scripted is not None:
            self.world.wayback.script(url, [scripted])
        match kind:
            case "429":
                answer = Response(429, (("Retry-After", "30"),), b"slow down")
            case "503":
                answer = OFFLINE
            case "reset":
                answer = RESET
            case "lost-answer":
                self.world.wayback.answer(request)
                answer = RESET
            case "hang":
                self.hangs += 1
                self.world.wayback.answer(request)
                answer = Fault(FaultKind.HANG)
            case _:
                answer = self.world.wayback.answer(request)
        self.submissions.append(Submission(at, url, kind in ("429", "cap") or _is_refusal(answer)))
        if answer is TOO_MANY_REQUESTS:
            self.replies["over the pace"] += 1
        return answer

    def _troubled(self, request: Request) -> Answer:
        trouble = self.rng.random()
        if trouble < 0.015:
            return OFFLINE
        if trouble < 0.02:
            return TOO_MANY_REQUESTS
        if trouble < 0.022:
            return RESET
        if "/cdx/" in request.url and trouble < 0.1:
            return Response.text("")  # “nothing”, although it may be held
        return self.world.wayback.answer(request)


def _is_refusal(answer: Answer) -> bool:
    if not isinstance(answer, Response) or answer.status != 200:
        return isinstance(answer, Response) and answer.status == 429
    return "job_id" not in json.loads(answer.body)


class Saver:
    """The saving process: gives it orders, and kills the run under way."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        environ = {**os.environ, **sandbox.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mementos.saving_process", str(folder), str(SAVES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environ,
            text=True,
        )
        self._pid = 0

    def run(self, **orders: object) -> int:
        """One run; its exit code, or minus the signal that ended it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(orders) + "\n")
        self._process.stdin.flush()
        self._pid = int(self._process.stdout.readline())
        return int(self._process.stdout.readline())

    def kill(self) -> None:
        """SIGKILL to the run under way: it is waiting for an answer, so it is alive."""
        os.kill(self._pid, 9)

    def close(self) -> None:
        """Let the process end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files that outlive every run."""
    return tmp_path


@pytest.mark.soak
@pytest.mark.timeout(400)
def test_two_thousand_saves_survive_everything(folder: Path) -> None:
    """No job is lost, none submitted twice within its hour, and no minute holds more than seven submits."""
    rng = random.Random(SEED)
    clock = FileClock(folder / "clock")
    world = World(clock=clock, seed=SEED)
    world.handler("*.soak.test", lambda request: Response.html(page_of(int(request.host.split(".")[0][5:]))))
    archive = Archive(world, clock, random.Random(SEED + 1))
    for host in world.wayback.hosts:
        world.handler(host, archive.answer)
    world.wayback.spn.submits_per_minute = 10**6  # the pace is judged below, and not helped by a 429
    ends: Counter[int] = Counter()
    killed: Counter[str] = Counter()
    with Sandbox(world) as sandbox:
        saver = Saver(folder, sandbox)
        archive.killer = saver.kill
        try:
            for number in range(MOST_RUNS):
                orders: dict[str, object] = {"seed": SEED + number}
                archive.kill_at = None
                if number < KILLS:
                    how = rng.choice(("before", "during", "append before", "append after", "append torn"))
                    killed[how] += 1
                    if how.startswith("append"):
                        orders |= {"append": rng.randrange(1, SAVES // 3), "how": how.split()[1]}
                    else:
                        archive.kill_at, archive.kill_how = archive.requests + rng.randrange(1, SAVES // 2), how
                code = saver.run(**orders)
                ends[code] += 1
                assert code in (0, -9), code
                if code == 0 and number >= KILLS:
                    if all(_is_verified(folder, source) for source in range(SAVES)):
                        break
                    clock.advance(2 * HOUR if number < KILLS + 2 else 26 * HOUR)
        finally:
            saver.close()
    assert ends[-9] >= KILLS // 2
    _assert_nothing_lost(folder, world)
    _assert_the_hour(archive.submissions)
    _assert_the_pace(archive.submissions)
    assert set(archive.replies) >= {"429", "503", "523", "reset", "lost-answer", "hang", "cap", "lost", "error", "late"}


def _is_verified(folder: Path, number: int) -> bool:
    events = History(folder / "archive", f"fn{number}").events()
    return any(memento.state is MementoState.VERIFIED for memento in recorded_mementos(events))


def _assert_nothing_lost(folder: Path, world: World) -> None:
    """Every source ends verified, at a capture that the archive holds; no save is left without an end."""
    for number in range(SAVES):
        mementos = recorded_saves_and_finds(History(folder / "archive", f"fn{number}").events())
        verified = [memento for memento in mementos if memento.state is MementoState.VERIFIED]
        assert verified, (number, mementos)
        assert not [memento for memento in mementos if memento.state is MementoState.SUBMITTED]
        held = {
            f"https://web.archive.org/web/{one.timestamp}/{one.original}"
            for one in world.wayback.holdings.of(address(number))
        }
        assert {memento.uri for memento in verified} <= held


def _assert_the_hour(submissions: list[Submission]) -> None:
    """What may have been submitted is not submitted again within the hour."""
    by_url: defaultdict[str, list[float]] = defaultdict(list)
    for submission in submissions:
        assert not by_url[submission.url] or submission.at - by_url[submission.url][-1] >= HOUR, submission
        if not submission.refused:
            by_url[submission.url].append(submission.at)
    assert len(by_url) == SAVES


def _assert_the_pace(submissions: list[Submission]) -> None:
    """No minute of simulated time, wherever it begins, holds more than seven."""
    times = [submission.at for submission in submissions]
    assert times == sorted(times)
    crowded = [
        later - earlier for earlier, later in zip(times, times[7:], strict=False) if later - earlier < MINUTE - 1e-6
    ]
    assert not crowded, (len(crowded), min(crowded))
