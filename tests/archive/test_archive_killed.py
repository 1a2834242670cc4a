"""Killed with SIGKILL at random points, 200 times: no half capture is ever visible, no finished one lost.

The writers are forked from one warm process, so that kills take milliseconds and hit the writing, not the imports.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from citekeeper.archive import Archive, verify
from citekeeper.clock import SystemClock
from citekeeper.history import History
from citekeeper.model import CaptureState
from citekeeper.pipeline.chronicle import record_manifests

from .support import page, seal

ROOT = Path(__file__).parents[2]
ROUNDS, KILLS, ENOUGH = 10, 20, 10

SPAWNER = r"""
import os, random, signal, sys, time
from datetime import UTC, datetime
from pathlib import Path
import citekeeper.archive.wacz, citekeeper.archive.page, lxml.html
from citekeeper.archive import Archive
from citekeeper.archive.deposits import Claim
from citekeeper.clock import SystemClock
from citekeeper.history import History, new_event
from citekeeper.model import Translation
from citekeeper.pipeline.chronicle import record_manifests
from archive.support import CITATION, DOCUMENT, NOON, TEXT, page, reading, seal

def work(root, number):
    clock, rng = SystemClock(), random.Random(number)
    store, history = Archive(root, clock), History(root, "fn1")
    paper = root.parent / "paper.txt"
    with store.lock():
        store.prepare()
        os.write(1, b"ready\n")
        while True:
            number += 1
            made = seal(store, page(f"<p>{number}</p>" + "x" * 60_000))
            tell("sealed", made)
            history.append(new_event("capture", clock.now(), "local", {"capture": made.id}, rng))
            store.add_translation(made, Translation("en", "e", "1", NOON, TEXT, (str(number), None)))
            store.add_timestamp(made, b"token", b"chain", {"time": "staged"})
            tell("translated", made)
            claim = Claim(NOON, "2026-11-02", "A. Editor", "by hand")
            kept = store.deposit(CITATION, [paper], claim, reading=reading("t"), document=DOCUMENT)
            tell("sealed", kept)
            store.withdraw(kept, "a test")
            tell("withdrawn", kept)
            record_manifests(store, lambda _: history, ["fn1"], clock, rng, "local")

def tell(what, capture):  # in one piece: the kill must not fall within a line
    os.write(1, f"{what} {capture.id}\n".encode())

for line in sys.stdin:
    root, number, seconds = line.rstrip("\n").split("\t")
    pid = os.fork()
    if pid == 0:
        work(Path(root), int(number))
    time.sleep(float(seconds))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    print("killed", flush=True)
"""


class Spawner:
    """The warm process; it forks a writer, lets it work for a while, and kills it."""

    def __init__(self) -> None:
        path = f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"
        self._process = subprocess.Popen(
            [sys.executable, "-c", SPAWNER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip

    def kill_after(self, seconds: float, root: Path, number: int) -> list[str]:
        """What the writer announced before it was killed."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f"{root}\t{number}\t{seconds}\n")
        stdin.flush()
        lines = []
        while (line := stdout.readline().strip()) != "killed":
            assert line or self._process.poll() is None, "the spawner died"
            lines.append(line)
        return lines

    def __enter__(self) -> Spawner:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=20)


def _seconds_of_a_capture(root: Path) -> float:
    """How long a capture takes on this machine now; the second one counts, as the first loads the modules."""
    store = Archive(root, SystemClock())
    with store.lock():
        store.prepare()
        for number in range(2):
            began = time.monotonic()
            seal(store, page(f"<p>{number}</p>" + "x" * 60_000))
    return time.monotonic() - began


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """After each of 200 kills every visible folder is whole; the next run cleans up, and what was finished is there."""
    chance = random.Random(11)
    # Kills fall before, within and after each step; on a busy machine the test must still end.
    long = min(6 * _seconds_of_a_capture(tmp_path / "measure"), 0.2)
    interrupted = finished = number = 0
    with Spawner() as spawner:
        # A machine that others keep busy may finish next to nothing so soon: then the writers get more of both.
        while number < ROUNDS or (min(interrupted, finished) <= ENOUGH and number < 2 * ROUNDS):
            long = long if number < ROUNDS else 3 * _seconds_of_a_capture(tmp_path / f"measure-{number}")
            home = tmp_path / f"round-{number}"
            home.mkdir()
            (home / "paper.txt").write_bytes(os.urandom(50_000))
            announced: list[str] = []
            for kill in range(KILLS):
                announced += spawner.kill_after(chance.uniform(0.005, long), home / "archive", kill * 1000)
                interrupted += any((home / "archive").rglob(".citekeeper-tmp-*"))
                _check_what_is_visible(home / "archive")
            finished += _check_after_the_next_run(home / "archive", {line for line in announced if line != "ready"})
            number += 1
    assert min(interrupted, finished) > ENOUGH  # else the kills missed the writing, and this test proves nothing


def _check_what_is_visible(root: Path) -> None:
    captures = Archive(root, SystemClock()).captures("fn1")
    assert {c.state for c in captures} <= {CaptureState.INTACT, CaptureState.WITHDRAWN}
    folders = root.joinpath("fn1").iterdir() if root.joinpath("fn1").is_dir() else ()
    visible = {path.name for path in folders if path.is_dir() and not path.name.startswith(".")}
    assert {capture.id for capture in captures} == visible


def _check_after_the_next_run(root: Path, announced: set[str]) -> int:
    """How many captures there are; on a busy machine all writers of a round may have been too slow to finish one."""
    store = Archive(root, SystemClock())
    with store.lock():
        store.prepare()
        record_manifests(store, lambda _: History(root, "fn1"), ["fn1"], SystemClock(), random.Random(), "local")
    assert list(root.rglob(".citekeeper-tmp-*")) == []
    captures = {capture.id: capture for capture in store.captures("fn1")}
    for what, name in (line.split() for line in announced):
        capture = captures[name]  # sealed, and there
        if what == "withdrawn":
            assert capture.state is CaptureState.WITHDRAWN
        elif what == "translated":
            assert store.translation(capture, "en") is not None
    # The staged tokens are no RFC 3161 replies, which verify says; times of captures within one second may be reversed.
    staged = {"chain-time-reversed", "timestamp-invalid", "withdrawn"}
    assert {problem.what for problem in verify(root)} <= staged
    assert len(store.heads("fn1")) == bool(captures)
    history = History(root, "fn1")
    assert {event.fields.get("manifest") for event in history.events()} >= set(store.manifests("fn1"))
    assert history.damaged == 0
    return len(captures)
