"""Framing: a page that consists of frames says what they say, so they are fetched before it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from citekeeper import judge, reading, rules
from citekeeper.model import Exchange, FetchRequest, Hop, Reading, Verdict, VerdictKind
from citekeeper.pipeline.work import CHECK_BODY, LIVING, Work
from citekeeper.urls import shown

if TYPE_CHECKING:
    from citekeeper.fetch import Engine

_NOT_READ = Verdict(VerdictKind.UNCHECKED, "frame-not-read", "It was not read.")
_CUT_SHORT = Verdict(VerdictKind.UNCHECKED, "frame-cut-short", "Only its beginning was received.")
_NOT_ASKED = Verdict(VerdictKind.UNCHECKED, "frame-not-asked", "It was not asked for.")


class Fetching(Protocol):
    """Who asks for frames; their Exchanges come back with the key ``NUMBER part URL``."""

    def want_frames(self, number: int, work: Work, urls: Sequence[str]) -> None:
        """Ask for frames, and put each among the work's parts when it comes."""

    def take_part(self, works: Mapping[int, Work], number: int, url: str, exchange: Exchange) -> list[int]:
        """Take one that came; the works that may go on."""

    def part(self, work: Work, url: str) -> Exchange | None:
        """One that came for a work; None where it was not asked for."""


class Asking:
    """Asks for the frames of pages that are only checked, each for its own page.

    Args:
        engine: fetches them.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def want_frames(self, number: int, work: Work, urls: Sequence[str]) -> None:
        """Ask for frames."""
        for url in urls:
            work.parts[url] = None
            self._engine.add(FetchRequest(url, key=f"{number} part {url}", max_body=CHECK_BODY))

    def take_part(self, works: Mapping[int, Work], number: int, url: str, exchange: Exchange) -> list[int]:
        """Take one that came."""
        works[number].parts[url] = exchange
        return [number]

    def part(self, work: Work, url: str) -> Exchange | None:
        """One that came for a work, which is let go of."""
        part = work.parts.pop(url, None)
        return part if isinstance(part, Exchange) else None


class Framing:
    """Gathers the frames of pages, a level at a time.

    Args:
        fetching: asks for them.
    """

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching
        self._came: dict[int, dict[str, Hop | None]] = {}

    def is_gathering(self, number: int) -> bool:
        """Whether the frames of a work are on their way."""
        return number in self._came

    def begin(self, number: int, work: Work, *, ask: bool) -> bool:
        """Begin with a page that was read by itself; False where it does not consist of frames, or none is to be read.

        Args:
            number: the work's.
            work: its page is living.
            ask: whether frames may be asked for.
        """
        survey = reading.survey_frames(_page(work), work.reading, {})
        if survey is None:
            return False
        if ask:
            self._came[number] = {}
        else:
            work.unseen = dict.fromkeys(survey.missing, _NOT_ASKED)
            work.reading = with_unread(work)
        return ask

    def go_on(self, number: int, work: Work) -> dict[str, Hop] | None:
        """The frames of a page, by their addresses; None where some are still to come, so that it is called again."""
        came = self._came[number]
        while True:
            for url in work.frames:
                if url not in came:
                    came[url] = self._look_at(url, work)
            survey = reading.survey_frames(_page(work), work.reading, came)
            if survey is None or not survey.missing:
                break
            work.frames = (*work.frames, *survey.missing)
            self._fetching.want_frames(number, work, survey.missing)
            if work.is_waiting:
                return None
        for url, why in survey.refused if survey is not None else ():
            work.unseen[url] = Verdict(VerdictKind.UNCHECKED, "frame-refused", f"{why}.")
        del self._came[number]
        return {url: hop for url, hop in came.items() if hop is not None}

    def _look_at(self, url: str, work: Work) -> Hop | None:
        """The answer to a frame's request, where it is what the page would show; else the work says what is wrong."""
        exchange = self._fetching.part(work, url)
        verdict = judge.judge(exchange) if exchange is not None else _NOT_ASKED
        hop = exchange.last if exchange is not None and verdict.kind in LIVING else None
        if hop is None or hop.truncated:
            work.unseen[url] = verdict if hop is None else _CUT_SHORT
        return hop


def why_unread(work: Work) -> str | None:
    """Why nothing was read of a page that consists of frames; None where something was, or nothing was in the way."""
    if not work.unseen or (work.reading is not None and work.reading.paragraphs):
        return None
    url, verdict = next(iter(work.unseen.items()))
    return f"it consists of frames, of which {shown(url)} was not read: {verdict.message}"


def with_unread(work: Work) -> Reading | None:
    """A page's text, with the frames that may say more; what a frame has lost is not said any more."""
    if work.unread:  # the reader was lost over them
        work.unseen = dict.fromkeys(work.frames, _NOT_READ)
    unread = tuple(url for url, verdict in work.unseen.items() if verdict.kind not in rules.DEAD)
    return None if work.reading is None else replace(work.reading, frames_unread=unread)


def holds_frames_of(work: Work, earlier: Reading | None) -> bool:
    """Whether every frame of a page was read that an earlier text of it came from, as far as that is known."""
    if not work.unseen or earlier is None or not earlier.paragraphs:
        return True
    read = work.reading.frames if work.reading is not None else ()
    return bool(earlier.frames) and set(earlier.frames) <= set(read)


def _page(work: Work) -> Hop:
    assert work.exchange is not None
    assert work.exchange.last is not None
    return work.exchange.last
