"""What is heavy is done in a process even where few tasks are expected, and large tasks are sent without copies."""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from citekeeper.processes import Pool, WhenHeavy
from citekeeper.workers import HEAVY, WorkerLostError


def digest(data: bytes, *, also: bytes = b"") -> tuple[int, str]:
    """The process, and what it was given."""
    return os.getpid(), hashlib.sha256(data + also).hexdigest()


def spin() -> None:
    """Never end."""
    while True:
        pass


def test_light_tasks_are_done_here_and_heavy_ones_beside() -> None:
    """A process is begun for the first heavy one only."""
    workers = WhenHeavy()
    try:
        assert workers.submit(10, HEAVY - 1, digest, b"light").result()[0] == os.getpid()
        assert workers.submit(30, HEAVY, digest, b"heavy").result()[0] != os.getpid()
    finally:
        workers.close()
    WhenHeavy().close()


def test_a_heavy_task_that_hangs_is_ended() -> None:
    """And the next one is done."""
    workers = WhenHeavy()
    try:
        with pytest.raises(WorkerLostError, match=r"It took more than 0\.5 seconds"):
            workers.submit(0.5, HEAVY, spin).result()
        assert workers.submit(30, HEAVY, digest, b"heavy").result()[0] != os.getpid()
    finally:
        workers.close()


def test_large_tasks_arrive_whole() -> None:
    """Several of them, through one process, with small ones between."""
    with Pool(1) as pool:
        for size in (5_000_000, 10, 3_000_001, 1 << 20):
            data = os.urandom(size)
            found = pool.submit(60, size, digest, data, also=b"more").result()[1]
            assert found == hashlib.sha256(data + b"more").hexdigest()


def test_a_large_task_that_cannot_be_sent_is_done_here() -> None:
    """Half of it was on its way: that process is let go of, and the next task gets another."""
    with Pool(1) as pool:
        large = [os.urandom(3_000_000), lambda: None]
        assert pool.submit(60, 3_000_000, len, large).result() == 2
        assert pool.submit(60, 10, digest, b"next").result()[0] != os.getpid()


_SEND = """
import resource, sys
from citekeeper.processes import Pool
if __name__ == "__main__":
    body = bytes(100_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Pool(1) as pool:
        assert pool.submit(60, len(body), len, body).result() == len(body)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_DATA"), reason="needs the system's count of memory")
def test_what_is_sent_is_not_copied(tmp_path: Path) -> None:
    """A page of 100 MB costs its sender next to nothing more."""
    script = tmp_path / "send.py"
    script.write_text(_SEND)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 20_000
