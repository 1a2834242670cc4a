"""Framing: a page that consists of frames says what they say, so they are fetched before it is read."""

from __future__ import annotations

from dataclasses import replace

from citekeeper import judge, reading, rules
from citekeeper.model import Hop, Reading, Verdict, VerdictKind
from citekeeper.pipeline.capturing import Capturing
from citekeeper.pipeline.work import LIVING, Work
from citekeeper.urls import shown

_NOT_READ = Verdict(VerdictKind.UNCHECKED, "frame-not-read", "It was not read.")
_CUT_SHORT = Verdict(VerdictKind.UNCHECKED, "frame-cut-short", "Only its beginning was received.")
_NOT_ASKED = Verdict(VerdictKind.UNCHECKED, "frame-not-asked", "It was not asked for.")


class Framing:
    """Gathers the frames of pages, a level at a time.

    Args:
        capturing: asks for them, and holds what came; its Exchanges come back as those of other requisites do.
    """

    def __init__(self, capturing: Capturing) -> None:
        self._capturing = capturing
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
            work.reading = _marked(work)
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
            self._capturing.want_frames(number, work, survey.missing)
            if work.is_waiting:
                return None
        for url, why in survey.refused if survey is not None else ():
            work.unseen[url] = Verdict(VerdictKind.UNCHECKED, "frame-refused", f"{why}.")
        del self._came[number]
        return {url: hop for url, hop in came.items() if hop is not None}

    def end(self, work: Work) -> None:
        """Say what is not in the text of a page that was read by its frames, and why there is none."""
        if work.unread:  # the reader was lost over them
            work.unseen = dict.fromkeys(work.frames, _NOT_READ)
        work.reading = _marked(work)
        if work.unseen and not work.unread and not (work.reading is not None and work.reading.paragraphs):
            url, verdict = next(iter(work.unseen.items()))
            work.unread = f"it consists of frames, of which {shown(url)} was not read: {verdict.message}"

    def _look_at(self, url: str, work: Work) -> Hop | None:
        """The answer to a frame's request, where it is what the page would show; else the work says what is wrong."""
        exchange = self._capturing.part(work, url)
        verdict = judge.judge(exchange) if exchange is not None else _NOT_ASKED
        hop = exchange.last if exchange is not None and verdict.kind in LIVING else None
        if hop is None or hop.truncated:
            work.unseen[url] = verdict if hop is None else _CUT_SHORT
        return hop


def _marked(work: Work) -> Reading | None:
    """A page's text, with the frames that may say more; what a frame has lost is not said any more."""
    unread = tuple(url for url, verdict in work.unseen.items() if verdict.kind not in rules.DEAD)
    return None if work.reading is None else replace(work.reading, frames_unread=unread)


def _page(work: Work) -> Hop:
    assert work.exchange is not None
    assert work.exchange.last is not None
    return work.exchange.last
