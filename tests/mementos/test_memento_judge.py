"""Who reads what an archive served, and what becomes of a memento that nobody can read in time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar

from citekeeper.model import Citation, Exchange, Hop, Memento, MementoState, Shows
from citekeeper.pipeline.judging import MementoJudge
from citekeeper.processes import WhenHeavy
from citekeeper.workers import HEAVY, Here, WorkerLostError

_P = ParamSpec("_P")
_T = TypeVar("_T")

URI = "https://web.archive.org/web/20220501000000/https://news.test/a"
FOUND = Memento("wayback", URI, MementoState.FOUND, datetime(2022, 5, 1, tzinfo=UTC))
CITATION = Citation("fn1", url="https://news.test/a", title="The bridge stays closed")
PAGE = b"<title>The bridge stays closed</title><p>" + b"The mayor told reporters that the bridge stays closed. " * 9


class Lost:
    """Workers that lose every task."""

    def submit(
        self, seconds: float, _weight: int, _task: Callable[_P, _T], /, *_args: _P.args, **_kwargs: _P.kwargs
    ) -> Future[_T]:
        """Nobody does it."""
        future: Future[_T] = Future()
        future.set_exception(WorkerLostError(f"It took more than {seconds:g} seconds."))
        return future

    def close(self) -> None:
        """There is nothing to let go of."""


class Weighing(Here):
    """Does everything at once, and keeps what it weighed."""

    def __init__(self) -> None:
        self.weights: list[int] = []

    def submit(
        self, seconds: float, weight: int, task: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs
    ) -> Future[_T]:
        """Do it now."""
        self.weights.append(weight)
        return super().submit(seconds, weight, task, *args, **kwargs)


def served(body: bytes, media_type: str = "text/html") -> Exchange:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nMemento-Datetime: Sun, 01 May 2022 00:00:00 GMT\r\n\r\n"
    return Exchange(URI, hops=(Hop(URI, 200, head.encode(), body),))


def test_what_cannot_be_read_in_time_is_unsure() -> None:
    """The memento stays found, and its note tells a person why nothing more is known."""
    judgement = MementoJudge(Lost()).judged(FOUND, served(PAGE), CITATION, None, is_raw=True)
    assert judgement.memento.state is MementoState.FOUND
    assert judgement.memento.shows is None
    assert judgement.memento.note.startswith("unsure: what the archive keeps could not be read: It took more than")
    assert judgement.reading is None
    assert not judgement.is_unanswered


def test_what_was_verified_before_stays_so() -> None:
    """Its bytes showed the source once; that a machine is slow today takes nothing from that."""
    before = Memento("wayback", URI, MementoState.VERIFIED, FOUND.datetime, shows=Shows.SOURCE, note="its raw bytes")
    judgement = MementoJudge(Lost()).judged(before, served(PAGE), CITATION, None, is_raw=True)
    assert judgement.memento == before
    assert judgement.is_unanswered


def test_pages_are_light_and_files_are_not() -> None:
    """A page of usual size needs no process; a PDF, small as it is, may take any time, and gets one."""
    workers = Weighing()
    page = MementoJudge(workers).judged(FOUND, served(PAGE), CITATION, None, is_raw=True)
    MementoJudge(workers).judged(FOUND, served(b"%PDF-1.7 broken", "application/pdf"), CITATION, None, is_raw=True)
    assert page.memento.state is MementoState.VERIFIED
    assert page.memento.shows is Shows.SOURCE
    assert workers.weights[0] < HEAVY <= workers.weights[1]


def test_a_process_gives_the_same_judgement() -> None:
    """What a process is handed and gives back crosses a pipe; nothing is lost on the way."""
    large = served(PAGE + b"<!-- " + b"x" * HEAVY + b" -->")
    workers = WhenHeavy()
    try:
        by_process = MementoJudge(workers).judged(FOUND, large, CITATION, None, is_raw=True)
    finally:
        workers.close()
    assert by_process == MementoJudge(Here()).judged(FOUND, large, CITATION, None, is_raw=True)
    assert by_process.memento.state is MementoState.VERIFIED


def test_no_answer_is_no_work() -> None:
    """Where the archive gave nothing, there is nothing to read."""
    workers = Weighing()
    judgement = MementoJudge(workers).judged(FOUND, Exchange(URI), CITATION, None, is_raw=True)
    assert judgement.is_unanswered
    assert workers.weights == [0]
