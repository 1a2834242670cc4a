"""Capturing: which pages a run keeps, what is fetched for them, and the sealing of the copy."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from citekeeper.model import Capture, Citation, Document, Exchange, FetchRequest, Kind, Shows
from citekeeper.pipeline import browsing, oembed
from citekeeper.pipeline.work import CAPTURE_BODY, Work
from citekeeper.values import dataclass
from citekeeper.workers import Workers

if TYPE_CHECKING:
    from citekeeper.archive import Archive
    from citekeeper.fetch import Engine

MAX_REQUISITES = 200  # per page
REQUISITE_DEPTH = 3  # page → stylesheet → its import → that one's images
SEALING_SECONDS = 900.0  # a page of 200 requisites of 64 MB each is sealed in this time on a slow disk


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

    def captures(self, citation: Citation) -> bool:
        """Whether this entry is captured: links outside the notes are checked, never archived."""
        return self._keeping.capture and citation.kind is Kind.CITATION

    def needs_capture(self, work: Work) -> bool:
        """Whether a living page is another than the latest copy, which becomes the work's."""
        keeping = self._keeping
        assert work.exchange is not None
        latest = keeping.archive.latest(work.citation.id, origin="captured")
        work.capture = latest
        if keeping.always or latest is None:
            return True
        if browsing.is_but_the_shell_of(work, latest, keeping.archive):
            return False
        return not keeping.archive.same_content(latest, work.reading, work.exchange)

    def failure_is_new(self, work: Work) -> bool:
        """Whether this failure is not the one that the newest failure capture already shows."""
        assert work.verdict is not None
        latest = self._keeping.archive.latest(work.citation.id, Shows.FAILURE)
        if latest is None:
            return True
        return self._keeping.archive.judged(latest) != (str(work.verdict.kind), work.verdict.reason)

    def want_requisites(self, number: int, work: Work, parent: Exchange, depth: int) -> None:
        """Fetch what a page or a part of it names, unless it lies too deep."""
        hop = parent.last
        if hop is None or hop.status != 200 or depth > REQUISITE_DEPTH:
            return
        from citekeeper.archive import requisites

        for url in requisites.find(hop, hop.url):
            if url in work.parts or url in work.left_out:
                continue
            if len(work.parts) >= MAX_REQUISITES:
                work.left_out[url] = f"more than {MAX_REQUISITES} page requisites"
                continue
            work.parts[url] = None
            work.depth[url] = depth
            request = FetchRequest(url, key=f"{number} part {url}", max_body=CAPTURE_BODY, verbatim=True)
            self._engine.add(request)

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
        parts = [part for part in work.parts.values() if part is not None]
        keeping.archive.notice((exchange, *parts))  # what a worker learns stays there
        weight = sum(len(hop.body) for each in (exchange, *parts) for hop in each.hops)
        return workers.submit(
            SEALING_SECONDS,
            weight,
            keeping.archive.capture,
            work.citation,
            exchange,
            verdict,
            reading=work.reading,
            requisites=parts,
            left_out=list(work.left_out.items()),
            document=keeping.document,
            options=keeping.options,
            shows=shows,
            rendering=work.rendering,
        )
