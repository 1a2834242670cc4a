"""Capturing: which pages a run keeps, what is fetched for them, and the sealing of the copy."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from citekeeper.model import (
    Capture,
    CaptureState,
    Citation,
    Document,
    Exchange,
    FetchRequest,
    Hop,
    Kind,
    Rendering,
    Shows,
)
from citekeeper.pipeline import allotment, browsing, oembed
from citekeeper.pipeline.sharing import Requisites, Sharing
from citekeeper.pipeline.shelf import Part, Shelf
from citekeeper.pipeline.work import CHECK_BODY, Work
from citekeeper.values import dataclass
from citekeeper.workers import HEAVY, Workers

if TYPE_CHECKING:
    from concurrent.futures import Future

    from citekeeper.archive import Archive
    from citekeeper.fetch import Engine

SEALING_SECONDS = 900.0  # a page with all the requisites that it may have is sealed in this time on a slow disk

_KEPT_PAGE = 2 * 1024 * 1024  # bytes of one page that are held until the run ends
_KEPT_FILE = 64 * 1024  # the same of a PDF, a picture, a film


@dataclass(frozen=True, slots=True)
class Keeping:
    """What observing may write: where captures go, and whether unchanged pages are captured again."""

    archive: Archive
    root: Path
    document: Document | None
    options: Mapping[str, str]
    capture: bool
    always: bool = False


class Capturing:
    """Keeps what a Keeping allows.

    Args:
        keeping: what may be written.
        engine: fetches page requisites; their Exchanges come back with the key ``NUMBER part URL``.
    """

    def __init__(self, keeping: Keeping, engine: Engine) -> None:
        self._keeping = keeping
        self._engine = engine
        self._shelf = Shelf(keeping.root)
        self.sharing = Sharing()
        self._requisites = Requisites(self._shelf)

    def close(self) -> None:
        """Let go of what was put aside."""
        self._shelf.close()

    def captures(self, citation: Citation) -> bool:
        """Whether this entry is captured: links outside the notes are checked, never archived."""
        return self._keeping.capture and citation.kind is Kind.CITATION

    def needs_capture(self, work: Work) -> bool:
        """Whether a living page is another than the latest copy, which becomes the work's."""
        keeping = self._keeping
        assert work.exchange is not None
        latest = keeping.archive.latest(work.citation.id, origin="captured")
        work.capture = latest
        if keeping.always:
            return True
        if latest is not None and browsing.is_but_the_shell_of(work, latest, keeping.archive):
            return False
        if latest is not None and work.unseen and not work.saw_frames_of(keeping.archive.reading(latest)):
            return False
        if latest is not None and keeping.archive.same_content(latest, work.reading, work.exchange):
            return False
        work.shows_withdrawn = self._was_withdrawn(work, work.exchange)
        return not work.shows_withdrawn

    def _was_withdrawn(self, work: Work, exchange: Exchange) -> bool:
        """Whether a person withdrew a copy of just this: no later run may undo that by itself."""
        archive = self._keeping.archive
        return any(
            capture.state is CaptureState.WITHDRAWN
            and capture.shows is Shows.SOURCE
            and archive.same_content(capture, work.reading, exchange)
            for capture in archive.captures(work.citation.id)
        )

    def failure_is_new(self, work: Work) -> bool:
        """Whether this failure is not the one that the newest failure capture already shows."""
        assert work.verdict is not None
        latest = self._keeping.archive.latest(work.citation.id, Shows.FAILURE)
        if latest is None:
            return True
        return self._keeping.archive.judged(latest) != (str(work.verdict.kind), work.verdict.reason)

    def want_requisites(self, number: int, work: Work, parent: Exchange, depth: int) -> None:
        """Fetch what a page or a part of it names, and list what it is refused."""
        self._look_for_parts(work, parent, depth)
        for url in work.frames if parent is work.exchange else ():
            frame = self.part(work, url)
            if frame is not None:
                self._look_for_parts(work, frame, work.depth.get(url, 1) + 1)
        self._ask_for_parts(number, work)

    def want_frames(self, number: int, work: Work, urls: Sequence[str]) -> None:
        """Fetch frames for their text, as much as a check reads where nothing is captured.

        What they name themselves is fetched once the page is captured.
        """
        depth = 1 + max((work.depth[url] for url in work.frames if url in work.depth), default=0)
        for url in urls:
            self._list_part(work, url, depth)
        self._ask_for_parts(number, work)

    def part(self, work: Work, url: str) -> Exchange | None:
        """A requisite that came for a work; None where it was not asked for."""
        part = work.parts.get(url)
        return None if part is None else self._shelf.take(part)

    def take_part(self, works: Mapping[int, Work], number: int, url: str, exchange: Exchange) -> list[int]:
        """Keep a requisite that came, and fetch what it names itself.

        Args:
            works: all that are under way.
            number: the one for which it was asked.
            url: its address, as the page names it.
            exchange: what came.

        Returns:
            The works that may go on: also others whose pages name it.
        """
        part = self._shelf.keep(exchange)
        waited = self._requisites.received(number, url, exchange, part)
        self._keep_part(works[number], url, exchange, part)
        for other in waited:
            self._keep_part(works[other], url, exchange, self._shelf.share(part))
        served = [number, *waited]
        for each in served:
            self._ask_for_parts(each, works[each])
        return served

    def _look_for_parts(self, work: Work, parent: Exchange, depth: int) -> None:
        """Put what a page or a part of it names on its list, within its allotment."""
        hop = parent.last
        if hop is None or hop.status != 200:
            return
        from citekeeper.archive import requisites

        room = _room(work)
        found = requisites.survey(hop, hop.url, room.unread)
        room.unread = max(0, room.unread - found.read)
        if found.is_cut:
            work.left_out.setdefault(hop.url, "only its beginning was looked through for what it names")
        if len(work.left_out) > allotment.MOST_NOTED:
            return
        for url in found.media:
            if url not in work.parts:
                work.left_out.setdefault(url, "media are not captured")
        for url in found.requisites:
            self._list_part(work, url, depth)

    def _list_part(self, work: Work, url: str, depth: int) -> None:
        """Put an address on a page's list, within its allotment."""
        if url in work.parts or url in work.left_out:
            return
        refusal = allotment.refusal(url, len(work.parts), depth)
        if refusal:
            work.left_out[url] = refusal
            return
        work.parts[url] = None
        work.depth[url] = depth
        _room(work).waiting.append(url)

    def _ask_for_parts(self, number: int, work: Work) -> None:
        """Ask for the next page requisites, while the page's allotment lasts; what another page had is at hand."""
        room, captured = _room(work), self.captures(work.citation)
        most = allotment.REQUISITE_BODY if captured else CHECK_BODY
        while (spent := room.spent()) is None and (turn := room.next()):
            for url in turn:
                shared = self._requisites.ask(number, url)
                if shared is True:
                    key = f"{number} part {url}"
                    self._engine.add(FetchRequest(url, key=key, max_body=most, verbatim=captured))
                elif shared is not False:
                    self._keep_part(work, url, self._shelf.take(shared), shared)
        if spent:
            for url in room.waiting:
                work.left_out[url] = spent
                del work.parts[url]
            room.waiting.clear()

    def _keep_part(self, work: Work, url: str, exchange: Exchange, part: Part) -> None:
        work.parts[url] = part
        _room(work).received(exchange)
        if work.wants_capture or url not in work.frames:
            self._look_for_parts(work, exchange, work.depth[url] + 1)

    def take_shown(self, work: Work, rendering: Rendering) -> None:
        """Keep what the browser fetched for a page."""
        for part in rendering.exchanges:
            if part.url not in work.parts:
                work.parts[part.url] = self._shelf.keep(part)
        work.left_out.update(rendering.left_out)

    def share(self, work: Work, other: Work) -> None:
        """Give what was fetched for a page to another work that cites it."""
        other.parts = {url: self._shelf.share(part) for url, part in work.parts.items() if part is not None}
        other.depth, other.left_out, other.shown = dict(work.depth), dict(work.left_out), work.rendering

    def lighten(self, work: Work) -> None:
        """Let go of what no later stage looks at."""
        for part in work.parts.values():
            if part is not None:
                self._shelf.drop(part)
        work.parts.clear()
        work.rendering = work.shown = None  # it holds the page's pictures and all that its scripts fetched
        if work.exchange is not None:
            work.exchange = _lightened(work.exchange)

    def shows(self, work: Work) -> Shows | None:
        """What a new capture of a work would show; None where none is to be made."""
        exchange, verdict = work.exchange, work.verdict
        if not self.captures(work.citation) or exchange is None or exchange.last is None:
            return None
        assert verdict is not None
        if work.is_living and verdict.reason != oembed.CONFIRMS:  # else the page is but an empty shell
            return Shows.SOURCE if work.wants_capture else None
        return Shows.FAILURE if self.failure_is_new(work) else None

    def seal(self, work: Work, shows: Shows, workers: Workers) -> Future[Capture]:
        """Have ``workers`` seal the copy of a work."""
        exchange, verdict, keeping = work.exchange, work.verdict, self._keeping
        assert exchange is not None
        assert verdict is not None
        parts = [self._shelf.take(part) for part in work.parts.values() if part is not None]
        work.cut_short = _cut_short(exchange, shows)
        keeping.archive.notice((exchange, *parts))  # what a worker learns stays there
        weight = max(sum(each.size for each in (exchange, *parts)), _unpacked((exchange, *parts)))
        return workers.submit(
            SEALING_SECONDS,
            weight,
            keeping.archive.capture,
            work.citation,
            exchange,
            verdict,
            reading=work.reading,
            requisites=parts,
            left_out=allotment.listed(work.left_out, exchange.final_url),
            document=keeping.document,
            options=keeping.options,
            shows=shows,
            rendering=work.rendering,
            unshown=work.unshown,
        )


def _unpacked(exchanges: Sequence[Exchange]) -> int:
    """How many bytes exchanges unpack to, not counted further than it takes to know that they are many."""
    size = 0
    for exchange in exchanges:
        if size < HEAVY and exchange.last is not None and exchange.last.headers.get("content-encoding"):
            size += len(exchange.last.content(HEAVY))
    return size


def _room(work: Work) -> allotment.Allotment:
    """What a page's requisites may still take."""
    work.allotment = work.allotment or allotment.Allotment()
    return work.allotment


def _cut_short(exchange: Exchange, shows: Shows) -> str | None:
    """What a person should know of a source that was not received to its end; None where all of it was."""
    last = exchange.last
    if last is None or last.truncated is None or shows is not Shows.SOURCE:
        return None
    if last.truncated == "length":
        return (
            f"only its first {len(last.body) >> 20} MiB are kept; download it, and hand it in with citekeeper deposit."
        )
    return "the answer broke off before its end; try again later with --always."


def _lightened(exchange: Exchange) -> Exchange:
    """The exchange, its bodies cut to what a later stage may still read of them: a page's text, and no more."""
    hops = tuple(
        hop if len(hop.body) <= (kept := _kept(hop)) else replace(hop, body=hop.body[:kept], truncated="length")
        for hop in exchange.hops
    )
    return exchange if all(map(operator.is_, hops, exchange.hops)) else replace(exchange, hops=hops)


def _kept(hop: Hop) -> int:
    media_type = hop.headers.media_type
    return _KEPT_PAGE if not media_type or media_type.startswith("text/") or "xml" in media_type else _KEPT_FILE
