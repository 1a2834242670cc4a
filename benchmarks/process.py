"""Running a program and measuring it: wall time, CPU time with its children's, and peak memory of the whole tree."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_SAMPLE = 0.05  # seconds between two looks at the memory of the tree
_LIBC = ctypes.CDLL(None)


@dataclass(frozen=True)
class Run:
    """One measured run: seconds, seconds of CPU, MB at the peak; ``complete`` is False where it was cut off."""

    wall: float
    cpu: float
    memory: float
    code: int
    complete: bool = True


def tied_to_parent() -> None:
    """For ``preexec_fn``: the child is ended when its parent dies, so that nothing is left running."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def end_process(process: subprocess.Popen[bytes]) -> None:
    """End a server that this program started, wait for it, and close the pipes from it."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def measure(command: Sequence[str], *, stdin: Path | None, stdout: Path, limit: float) -> Run:
    """Run ``command`` and measure it; after ``limit`` seconds it is cut off."""
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        given = stack.enter_context(stdin.open("rb")) if stdin else subprocess.DEVNULL
        taken = stack.enter_context(stdout.open("wb"))
        said = stack.enter_context(stdout.with_suffix(".err").open("wb"))
        process = subprocess.Popen(  # noqa: S603
            command, stdin=given, stdout=taken, stderr=said, preexec_fn=tied_to_parent, start_new_session=True,
            env={name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        )  # fmt: skip
        watch = _MemoryWatch(process.pid)
        cut = threading.Event()

        def cut_off() -> None:
            cut.set()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(limit, cut_off)
        timer.start()
        watch.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            cut_off()
            process.wait()
            raise
        finally:
            timer.cancel()
            watch.stopped.set()
            watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - began
    # What the kernel tells at the end (ru_maxrss) counts the moment between fork and exec too, in which the child is as
    # large as this process.
    memory = (watch.peak or usage.ru_maxrss * 1024) / 1e6
    return Run(wall, usage.ru_utime + usage.ru_stime, memory, process.returncode, not cut.is_set())


class _MemoryWatch(threading.Thread):
    """Adds up the resident memory of a process and its descendants, time and again."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.peak = 0
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.wait(_SAMPLE):
            if _command_line(self._pid) in (b"", _command_line(os.getpid())):
                continue  # not yet, or no more, the program that was asked for
            family = _family(self._pid)
            now = sum(_resident(pid) for pid in family) if len(family) > 1 else _high_water(self._pid)
            self.peak = max(self.peak, now)


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _high_water(pid: int) -> int:
    """The most that a process ever had in memory, in bytes."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(each for child in children for each in _family(int(child)))]


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
