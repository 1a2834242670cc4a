"""Worker processes: what a task does to its process costs that task alone, and no process outlives the pool."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from citekeeper.errors import InputFileError, StorageError
from citekeeper.processes import Pool
from citekeeper.workers import Here, WorkerLostError

SECONDS = 30.0
ALIVE = """
import os, sys, time
from citekeeper.processes import Pool
pool = Pool(2)
print(pool.submit(60, 0, os.getpid).result(), pool.submit(60, 0, os.getppid).result(), flush=True)
pool.submit(60, 0, time.sleep, 60)
{end}
"""


def _hog() -> int:
    return len([bytes(64 << 20) for _ in range(1000)])


def _spin() -> None:
    while True:
        pass


def _sulk() -> None:
    """Neither ends nor listens to requests to end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)


def _fail() -> None:
    raise StorageError("The disk is full.", "Free some space.")


def _complain() -> None:
    raise InputFileError("a.yaml", "It is broken.", line=3)


def _stumble() -> None:
    raise ZeroDivisionError("on this page")


def test_results_come_back_to_their_tasks() -> None:
    """Many tasks over two processes: each Future has its own result, and none is done in this process."""
    with Pool(2) as pool:
        futures = [pool.submit(SECONDS, 0, pow, n, 2) for n in range(200)]
        assert [future.result(SECONDS) for future in futures] == [n * n for n in range(200)]
        assert pool.submit(SECONDS, 0, os.getpid).result(SECONDS) != os.getpid()


def test_a_lost_task_costs_itself_alone() -> None:
    """A crash, a hang, a greedy task and a faulty one are told in plain words; what comes after is done."""
    with Pool(1, memory=1 << 30) as pool:
        crashed = pool.submit(SECONDS, 0, os._exit, 7)
        killed = pool.submit(SECONDS, 0, os.abort)
        hung = pool.submit(0.3, 0, _spin)
        greedy = pool.submit(SECONDS, 0, _hog)
        faulty = pool.submit(SECONDS, 0, _stumble)
        after = pool.submit(SECONDS, 0, pow, 2, 5)
        assert after.result(SECONDS) == 32
        for future, words in (
            (crashed, "exit code 7"),
            (killed, "SIGABRT"),
            (hung, "more than 0.3 seconds"),
            (greedy, "more memory"),
            (faulty, "ZeroDivisionError: on this page"),
        ):
            with pytest.raises(WorkerLostError, match=words):
                future.result(0)


def test_an_error_of_ours_comes_back_as_it_is() -> None:
    """What citekeeper raises on purpose keeps its type, message and hint, beside or in this process."""
    with Pool(1) as pool:
        for workers in (pool, Here()):
            with pytest.raises(StorageError) as caught:
                workers.submit(SECONDS, 0, _fail).result(SECONDS)
            assert (caught.value.message, caught.value.hint) == ("The disk is full.", "Free some space.")


def test_what_cannot_be_sent_is_done_here() -> None:
    """A task that no other process can import, and an error that cannot be sent back, are not lost."""
    with Pool(1) as pool:
        here = pool.submit(SECONDS, 0, lambda: os.getpid())
        assert here.result(SECONDS) == os.getpid()
        with pytest.raises(InputFileError, match=r"a\.yaml:3: It is broken"):
            pool.submit(SECONDS, 0, _complain).result(SECONDS)
        assert pool.submit(SECONDS, 0, pow, 2, 5).result(SECONDS) == 32


def test_no_process_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system gives no process, tasks are done in this one."""

    def refuse(*_: object) -> None:
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr("citekeeper.processes._Worker", refuse)
    with Pool(2) as pool:
        assert pool.submit(SECONDS, 0, os.getpid).result(SECONDS) == os.getpid()


def test_too_much_waiting_makes_the_submitter_wait() -> None:
    """Tasks that hold more than the pool may are not taken until others are done."""
    with Pool(1) as pool:
        slow = pool.submit(SECONDS, 200 << 20, time.sleep, 0.3)
        pool.submit(SECONDS, 200 << 20, time.sleep, 0)
        assert slow.done()


def test_closing_loses_what_is_under_way_and_leaves_no_process() -> None:
    """A task that will not end is killed with its process; one that waits is told so; both soon."""
    pool = Pool(1)
    pid = pool.submit(SECONDS, 0, os.getpid).result(SECONDS)
    stubborn, waiting = pool.submit(600, 0, _sulk), pool.submit(600, 0, pow, 2, 2)
    time.sleep(0.2)
    began = time.monotonic()
    pool.close()
    assert time.monotonic() - began < 10
    assert all(isinstance(future.exception(0), WorkerLostError) for future in (stubborn, waiting))
    assert not _is_there(pid)
    pool.close()
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(SECONDS, 0, pow, 2, 2)


@pytest.mark.parametrize(
    ("end", "sent"),
    [("", None), ("time.sleep(60)", signal.SIGINT), ("time.sleep(60)", signal.SIGKILL)],
    ids=["end", "ctrl-c", "kill"],
)
def test_no_process_outlives_the_program(tmp_path: Path, end: str, sent: signal.Signals | None) -> None:
    """The program's end, Ctrl-C and kill -9 each take the processes with them, busy ones too."""
    script = tmp_path / "program.py"
    body = "".join(f"    {line}\n" for line in ALIVE.format(end=end).strip().splitlines())
    script.write_text(f"if __name__ == '__main__':\n{body}", encoding="utf-8")
    program = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert program.stdout is not None
    pids = [int(pid) for pid in program.stdout.readline().split() if int(pid) != program.pid]
    if sent is not None:
        time.sleep(0.5)
        program.send_signal(sent)
    program.wait(20)
    program.stdout.close()
    until = time.monotonic() + 10
    while any(map(_is_there, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_is_there, pids))


def _is_there(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
