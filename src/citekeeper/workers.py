"""Where work is done that costs more than its start: in this process, or beside it (:mod:`citekeeper.processes`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, ParamSpec, Protocol, TypeVar

from citekeeper.errors import CitekeeperError

if TYPE_CHECKING:
    from concurrent.futures import Future

_P = ParamSpec("_P")
_T = TypeVar("_T")

HEAVY: Final = 512 * 1024
"""Bytes from which on a task is worth a process of its own, even where there are few: it has to end in bounded time."""


class WorkerLostError(CitekeeperError):
    """A task was not done: it crashed, hung, or took all memory; the message says which."""


class Workers(Protocol):
    """Where work is done: beside this process, or in it."""

    def submit(
        self, seconds: float, weight: int, task: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> Future[_T]:
        """Have ``task`` done; its Future holds what it returns or raises.

        ``task`` is a function that a new process can import. After ``seconds`` it counts as hung. ``weight`` is how
        many bytes its arguments hold, about.
        """

    def close(self) -> None:
        """Let go of all processes; nothing is submitted after that."""


class Here:
    """No processes: each task is done at once, in this one. For few tasks, that is quicker."""

    def submit(
        self, _seconds: float, _weight: int, task: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> Future[_T]:
        """Do it now."""
        from concurrent.futures import Future  # late: it loads logging, and most checks have nothing done

        future: Future[_T] = Future()
        try:
            future.set_result(task(*args, **kwargs))
        except CitekeeperError as error:
            future.set_exception(error)
        return future

    def close(self) -> None:
        """There is nothing to let go of."""
