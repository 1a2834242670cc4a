"""Processes beside this one for work that costs more than its start: reading pages, sealing captures.

A fork of this process would inherit its sockets and locks, so one clean process is spawned, which loads what tasks need
once; the others fork from that one, in milliseconds, and share its memory (multiprocessing's fork server). They begin
when something is submitted, and end with the pool, with Ctrl-C, and when this process is gone. What a task does to its
process (a crash, a hang, all memory) costs that task alone: its Future tells why, and another process takes the place.
"""

from __future__ import annotations

import atexit
import contextlib
import enum
import gc
import importlib
import multiprocessing
import os
import pickle
import queue
import signal
import sys
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Final, ParamSpec, Self, TypeVar, cast

from citekeeper.errors import CitekeeperError
from citekeeper.workers import HEAVY, Here, WorkerLostError

_P = ParamSpec("_P")
_T = TypeVar("_T")

_START: Final = 60.0  # seconds that a process may take to begin on a machine under load
_GRACE: Final = 2.0  # seconds that a process gets to clean up before it is killed
_MEMORY: Final = 2 << 30  # bytes of data that one process may hold
_WEIGHT: Final = 256 << 20  # bytes of tasks that may wait; who would add more waits
_STREAMED: Final = 1 << 20  # bytes of a task that is sent as it lies in memory, and not as a copy
_SELDOM: Final = 20_000  # objects more than before, after which Python looks for cycles
_READY: Final = "ready"
_UNSENDABLE: Final = (pickle.PickleError, TypeError, AttributeError)


class WhenHeavy:
    """Light tasks are done here, where few are expected; for the first heavy one processes are begun.

    Args:
        prepare: a module whose import loads what tasks need.
    """

    def __init__(self, prepare: str | None = None) -> None:
        self._prepare = prepare
        self._here = Here()
        self._pool: Pool | None = None

    def submit(
        self, seconds: float, weight: int, task: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> Future[_T]:
        """Do it now, or have a process do it."""
        if weight < HEAVY:
            return self._here.submit(seconds, weight, task, *args, **kwargs)
        self._pool = self._pool or Pool(prepare=self._prepare)
        return self._pool.submit(seconds, weight, task, *args, **kwargs)

    def close(self) -> None:
        """Let go of the processes, if any were begun."""
        if self._pool is not None:
            self._pool.close()


class Pool:
    """Processes that stay warm between tasks, each led by a thread of this process.

    Args:
        processes: how many; default: as many as there are processors.
        prepare: a module whose import loads what tasks need.
        memory: bytes of data that one may hold.
    """

    def __init__(self, processes: int | None = None, prepare: str | None = None, *, memory: int = _MEMORY) -> None:
        self._size = processes or _processors()
        self._prepare = prepare
        self._memory = memory
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._leaders: list[threading.Thread] = []
        self._processes: set[Any] = set()
        self._lock = threading.Condition()
        self._weight = 0
        self._unfinished = 0
        self._closed = False
        _open_pools.add(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def submit(
        self, seconds: float, weight: int, task: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> Future[_T]:
        """Have a process do it; waits only where too much is waiting already.

        Raises:
            RuntimeError: the pool is closed.
        """
        future: Future[_T] = Future()
        with self._lock:
            while self._weight and self._weight + weight > _WEIGHT:
                self._lock.wait()
            if self._closed:
                raise RuntimeError("the pool is closed")
            self._weight += weight
            self._unfinished += 1
            if len(self._leaders) < min(self._size, self._unfinished):
                leader = threading.Thread(target=self._lead, name="workers", daemon=True)
                self._leaders.append(leader)
                leader.start()
        self._tasks.put(_Task(seconds, weight, task, args, kwargs, future))
        return future

    def warm_up(self) -> None:
        """Begin every process now, while this one waits for something else."""
        for _ in range(self._size):
            self.submit(_START, 0, _nothing)

    def close(self) -> None:
        """End every process; what is under way or waiting is lost. Once is enough, again does no harm."""
        with self._lock:
            self._closed = True
            self._lock.notify_all()
        for _ in self._leaders:
            self._tasks.put(None)
        for number, grace in ((signal.SIGTERM, _GRACE), (signal.SIGKILL, None)):
            self._signal(number)
            until = time.monotonic() + (grace or 0)
            for leader in self._leaders:
                leader.join(None if grace is None else max(0.0, until - time.monotonic()))
        while True:
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                break
            if task is not None:
                self._finish(task, WorkerLostError("It was not done: the program ended first."))
        _open_pools.discard(self)

    def _signal(self, number: signal.Signals) -> None:
        with self._lock:  # under it no process is reaped, so no number can be another's by now
            for process in self._processes:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.pid, number)

    # ── in a leader's thread ────────────────────────────────────────────────────────────────────────────────────────

    def _lead(self) -> None:
        worker: _Worker | None = None
        while (task := self._tasks.get()) is not None:
            if self._closed:
                self._finish(task, WorkerLostError("It was not done: the program ended first."))
                continue
            try:
                worker = worker or self._hire()
                outcome = worker.work(task) if worker is not None else task.done_here()
            except WorkerLostError as error:
                outcome = error
            except _UNSENDABLE:
                outcome = task.done_here()  # a new process cannot import it, or its error cannot come back
            if worker is not None and worker.loss is not None:
                self._dismiss(worker)
                outcome = outcome or WorkerLostError(worker.obituary(task.seconds))
                worker = None
            self._finish(task, outcome)
            del task, outcome  # they hold whole pages, and the next task may be long in coming
        if worker is not None:
            self._dismiss(worker)

    def _hire(self) -> _Worker | None:
        """A new process; None where the system gives none, so that the work has to be done here."""
        try:
            worker = _Worker(self._prepare, self._memory)
        except (OSError, EOFError):
            return None
        with self._lock:
            self._processes.add(worker.process)
            closed = self._closed
        if closed:
            self._dismiss(worker)
            raise WorkerLostError("It was not done: the program ended first.")
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        with self._lock:
            self._processes.discard(worker.process)
        worker.end()

    def _finish(self, task: _Task, outcome: object) -> None:
        with self._lock:
            self._weight -= task.weight
            self._unfinished -= 1
            self._lock.notify_all()
        if isinstance(outcome, _Value):
            task.future.set_result(outcome.value)
        else:
            task.future.set_exception(cast("CitekeeperError", outcome))


class _Task:
    __slots__ = ("args", "future", "kwargs", "seconds", "task", "weight")

    def __init__(
        self, seconds: float, weight: int, task: Callable[..., Any], args: Any, kwargs: Any, future: Future[Any]
    ) -> None:
        self.seconds, self.weight = seconds, weight
        self.task, self.args, self.kwargs = task, args, kwargs
        self.future = future

    def done_here(self) -> object:
        """Do it in this process; a `_Value`, or the error that it raised."""
        return _outcome(self.task, self.args, self.kwargs)


class _Value:
    """What a task returned, as distinct from what it raised."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


class _Worker:
    """One process, and the pipe to it."""

    def __init__(self, prepare: str | None, memory: int) -> None:
        context = _context(prepare)
        self._pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, prepare, memory), name="citekeeper", daemon=True)
        self.loss: _Loss | None = None
        self._is_ready = False
        self._exit_code: int | None = None
        try:
            self.process.start()
        except (OSError, EOFError):
            self._pipe.close()
            raise
        finally:
            theirs.close()

    def work(self, task: _Task) -> object:
        """Do one task: a `_Value` or the error that it raised; None where the process is lost, as ``loss`` says."""
        try:
            if not self._is_ready:
                self._wait(_START)
                self._is_ready = True
            self._send(task)
            return self._wait(task.seconds)
        except (EOFError, OSError):
            self.loss = _Loss.DIED
        except _HungError:
            self.loss = _Loss.HUNG
        return None

    def _send(self, task: _Task) -> None:
        what = (task.seconds, task.task, task.args, task.kwargs)
        if task.weight < _STREAMED:
            self._pipe.send(what)
            return
        self._pipe.send(None)
        try:
            with open(self._pipe.fileno(), "wb", closefd=False) as stream:
                pickle.dump(what, stream, protocol=5)
        except _UNSENDABLE:
            self.loss = _Loss.DIED  # half of it is on its way
            raise

    def _wait(self, seconds: float) -> object:
        if not self._pipe.poll(seconds):
            raise _HungError
        return self._pipe.recv()

    def end(self) -> None:
        """End the process and wait for it, so that none is left behind."""
        self._pipe.close()  # a process that waits for a task ends by that
        if self.loss is not _Loss.HUNG:
            self.process.join(_GRACE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        self._exit_code = self.process.exitcode
        self.process.close()

    def obituary(self, seconds: float) -> str:
        """Why a task that was to take at most ``seconds`` was lost with its process."""
        if self.loss is _Loss.HUNG or self._exit_code == -signal.SIGXCPU:
            return f"It took more than {seconds:g} seconds."
        return f"The process that did it died ({_cause(self._exit_code)})."


def _context(prepare: str | None) -> Any:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([prepare] if prepare else [])
    return context


class _Loss(enum.Enum):
    """How a process was lost."""

    DIED = enum.auto()
    HUNG = enum.auto()


class _HungError(Exception):
    """No answer within the time."""


def _cause(exit_code: int | None) -> str:
    if exit_code is None:
        return "no exit code"
    if exit_code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _nothing() -> None:
    """A task that only makes a process begin."""


_open_pools: weakref.WeakSet[Pool] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    for pool in list(_open_pools):
        pool.close()


# ── in the process ──────────────────────────────────────────────────────────────────────────────────────────────────


def _serve(pipe: Connection[Any, Any], prepare: str | None, memory: int) -> None:
    """Do one task after another until the pipe is closed from the other side, or by the end of that process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the other process's affair, which then ends this one
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that a task cleans up behind itself
    threading.Thread(target=_follow, name="follow", daemon=True).start()
    _limit_memory(memory)
    if prepare is not None:
        importlib.import_module(prepare)  # most often it was, before the fork
    gc.collect()
    gc.freeze()  # what is loaded stays, and need not be looked at again
    gc.set_threshold(_SELDOM)
    with contextlib.suppress(EOFError, OSError):
        pipe.send(_READY)
        while True:
            seconds, task, args, kwargs = pipe.recv() or _streamed(pipe)
            _limit_time(seconds)
            outcome = _outcome(task, args, kwargs)
            del task, args, kwargs
            pipe.send(outcome)
            del outcome


def _streamed(pipe: Connection[Any, Any]) -> Any:
    """A task with large parts, which are read to where they stay."""
    with open(pipe.fileno(), "rb", closefd=False) as stream:
        try:
            return pickle.load(stream)  # noqa: S301 - from the process that began this one
        except MemoryError:
            os._exit(1)  # the rest of it is still in the pipe


def _follow() -> None:
    """End with the process that began this one, though it was killed: nobody else's work may meet an orphan's."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _outcome(task: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]) -> object:
    try:
        return _Value(task(*args, **kwargs))
    except CitekeeperError as error:
        return error
    except MemoryError:
        return WorkerLostError("It needs more memory than one task may have.")
    except Exception as error:  # noqa: BLE001 — what a page makes a library raise must not end the run
        return WorkerLostError(f"It failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}")


def _limit_memory(memory: int) -> None:
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _limit_time(seconds: float) -> None:
    """Let the kernel end this process if it goes on computing after its time, even when nobody is left to kill it."""
    import resource

    with contextlib.suppress(ValueError, OSError):
        limit = int(time.process_time() + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))
