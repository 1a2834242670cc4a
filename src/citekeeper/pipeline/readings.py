"""The reading of pages: each by a worker, and one that consists of frames again with these."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from citekeeper import reading
from citekeeper.model import Hop, Reading
from citekeeper.pipeline.awaiting import Awaiting
from citekeeper.pipeline.work import Work
from citekeeper.workers import HEAVY, WorkerLostError, Workers

if TYPE_CHECKING:
    from concurrent.futures import Future

    from citekeeper.pipeline.capturing import Capturing
    from citekeeper.pipeline.framing import Framing

READING_SECONDS = 60.0  # a page that takes longer hangs its reader


class Readings:
    """Gives works their text.

    Args:
        workers: read the pages.
        awaiting: tells when one is read.
        capturing: asks for frames; None where there is none.
        outlet_rules: a file of the user's own rules for outlets.
        then: called with a work and its number once it has its text, or the reason why it has none.
    """

    def __init__(
        self,
        workers: Workers,
        awaiting: Awaiting,
        capturing: Capturing | None,
        outlet_rules: str | None,
        then: Callable[[int, Work], None],
    ) -> None:
        self._workers = workers
        self._awaiting = awaiting
        self._framing = _framing(capturing)
        self._outlet_rules = outlet_rules
        self._then = then

    def read(self, number: int, work: Work, page: Hop, *, with_frames: bool) -> None:
        """Have a page read by itself, and ``with_frames`` by those of which it consists."""
        page = reading.portion(page)
        how = page, self._outlet_rules, None, _anchor(work)
        future = self._workers.submit(READING_SECONDS, reading_weight(page), reading.read, *how)
        self._awaiting.wait(number, future, lambda: self._take(number, work, future, with_frames=with_frames))

    def take_part(self, number: int, work: Work) -> bool:
        """Go on with a work for which a requisite came, if that was one of the frames with which it is read."""
        framing = self._framing
        if framing is None or not framing.is_gathering(number):
            return False
        if not work.is_waiting:
            self._read_frames(number, work, framing)
        return True

    def _take(self, number: int, work: Work, future: Future[Reading | None], *, with_frames: bool) -> None:
        _take_text(work, future)
        if self._framing is not None and self._framing.begin(number, work, ask=with_frames):
            self._read_frames(number, work, self._framing)
        else:
            self._then(number, work)

    def _read_frames(self, number: int, work: Work, framing: Framing) -> None:
        """Have a page read with its frames, once all of them have come."""
        frames = framing.go_on(number, work)
        if frames is None:
            return
        assert work.exchange is not None
        page = work.exchange.last
        assert page is not None
        weight = sum(map(reading_weight, (page, *frames.values())))
        future = self._workers.submit(READING_SECONDS, weight, reading.read, page, self._outlet_rules, frames)
        self._awaiting.wait(number, future, lambda: self._take_frames(number, work, framing, future))

    def _take_frames(self, number: int, work: Work, framing: Framing, future: Future[Reading | None]) -> None:
        _take_text(work, future)
        framing.end(work)
        self._then(number, work)


def _anchor(work: Work) -> str:
    return (work.citation.url or "").partition("#")[2]


def _framing(capturing: Capturing | None) -> Framing | None:
    if capturing is None:
        return None  # the words of a citation are in a register, whose sources are remembered
    from citekeeper.pipeline.framing import Framing

    return Framing(capturing)


def _take_text(work: Work, future: Future[Reading | None]) -> None:
    try:
        work.reading = future.result()
    except WorkerLostError as error:
        work.unread = error.message


def reading_weight(page: Hop) -> int:
    """What the reading of a page weighs, as workers count it."""
    return max(len(page.body), reading.weight(page, HEAVY))
