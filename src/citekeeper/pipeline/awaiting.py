"""Waiting for workers: what is to be done with a work once its worker is done, which the stream of exchanges tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from concurrent.futures import Future

    from citekeeper.fetch import Engine

DONE: Final = "work"
"""What the key of such an Exchange names after the work's number."""


class Awaiting:
    """The works of a run for which a worker is at work.

    Args:
        engine: wakes its stream when one is done.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._then: dict[int, Callable[[], None]] = {}

    def __contains__(self, number: int) -> bool:
        return number in self._then

    def wait(self, number: int, future: Future[Any], then: Callable[[], None]) -> None:
        """Have ``then`` done once ``future`` is; now, where it is already."""
        if future.done():
            then()
            return
        self._then[number] = then
        self._engine.hold()
        future.add_done_callback(lambda _: self._engine.release(f"{number} {DONE}"))

    def end(self, number: int) -> None:
        """The worker of this work is done."""
        self._then.pop(number)()
