"""A Work: one citation with all that the stages have found out about it so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from citekeeper import values
from citekeeper.model import (
    Capture,
    Citation,
    Drift,
    Event,
    Exchange,
    Kind,
    Memento,
    MementoLookup,
    Reading,
    Rendering,
    Verdict,
    VerdictKind,
)
from citekeeper.pipeline.drifting import Baseline, drift_fields
from citekeeper.urls import without_credentials

if TYPE_CHECKING:
    from citekeeper.pipeline.allotment import Allotment
    from citekeeper.pipeline.shelf import Part
    from citekeeper.pipeline.siblings import Body

CAPTURE_BODY = 64 * 1024 * 1024  # bytes of one body that a capture keeps
CHECK_BODY = 1024 * 1024  # bytes that a mere check reads

LIVING = {VerdictKind.ALIVE, VerdictKind.MOVED, VerdictKind.DRIFTED}


@values.dataclass(frozen=True, slots=True)
class MementoText:
    """What a memento says that shows the source; ``is_raw``: read from its original bytes, not from a replay."""

    memento: Memento
    reading: Reading
    is_raw: bool


@dataclass(slots=True)
class Work:
    """One citation on its way through the stages; each stage fills in its part."""

    citation: Citation
    exchange: Exchange | None = None
    was_glanced_at: bool = False  # its page was, and is not so plain that a glance will do
    repeated: Body | None = None  # the page, where it is the last one of its host
    siblings: tuple[Exchange, ...] = ()  # what names that cannot exist got beside it, while it is judged
    is_hollow: bool = False  # its page holds so little that who serves its name could matter
    nameservers: tuple[str, ...] = ()  # who serves its name, where that was asked
    verdict: Verdict | None = None
    reading: Reading | None = None
    told: Reading | None = None  # what the site's own oEmbed service said of it
    unread: str | None = None  # why the page's text could not be read, a sentence
    frames: tuple[str, ...] = ()  # asked for, as the page's text stands in them; their answers are among the parts
    unseen: dict[str, Verdict] = field(default_factory=dict)  # those of them that were not read, with the reason
    shows_withdrawn: bool = False  # a copy of just this was withdrawn, so that none was made
    checked_at: datetime | None = None
    capture: Capture | None = None
    wants_capture: bool = False
    made_capture: bool = False
    unshown: str | None = None  # why no page.html could be made, a sentence
    cut_short: str | None = None  # what of the source is not in the copy that was made, a sentence's end
    lookups: list[MementoLookup] = field(default_factory=list)
    mementos: list[Memento] = field(default_factory=list)
    memento_texts: list[MementoText] = field(default_factory=list)  # those read in this run
    parts: dict[str, Part | None] = field(default_factory=dict)
    depth: dict[str, int] = field(default_factory=dict)
    rendering: Rendering | None = None  # what a browser made of the page
    shown: Rendering | None = None  # what it made of the same page for another citation
    left_out: dict[str, str] = field(default_factory=dict)  # address → why it was not fetched
    allotment: Allotment | None = None  # what its page requisites may still take
    drift: Drift | None = None
    earlier: Baseline | None = None  # the copy from before this run, once it was read
    baseline: Baseline | None = None  # what the text was compared with
    known: Sequence[Event] = ()  # what was remembered of the source when it was asked
    also: Mapping[str, object] = field(default_factory=dict)  # what else the history keeps of this check

    @property
    def is_living(self) -> bool:
        """Whether the source itself answered with what was cited."""
        return self.verdict is not None and self.verdict.kind in LIVING and self.exchange is not None

    @property
    def notes(self) -> Iterator[str]:
        """What a person who waits for the run should know of it, beside the verdict."""
        if self.unread:
            yield f"{self.citation.id}: its text could not be read: {self.unread}"
        if self.unshown:
            yield f"{self.citation.id}: no page.html was made, but capture.wacz holds what was received: {self.unshown}"
        if self.cut_short:
            yield f"{self.citation.id}: the copy is not whole: {self.cut_short}"
        if self.shows_withdrawn:
            yield (
                f"{self.citation.id}: no copy was made, as one of the same content was withdrawn; "
                f"to make one all the same: citekeeper archive {self.citation.id} --always"
            )

    def saw_frames_of(self, earlier: Reading | None) -> bool:
        """Whether every frame of a page was read that an earlier text of it came from, as far as that is known."""
        if not self.unseen or earlier is None or not earlier.paragraphs:
            return True
        read = set(self.reading.frames) if self.reading is not None else set()
        return bool(earlier.frames) and set(earlier.frames) <= read - self.unseen.keys()

    def lighten(self) -> None:
        """Let go of what was remembered of the source, and of its page where only the report is still to be made."""
        self.known = ()
        if self.exchange is not None and "#" not in self.exchange.url:  # else what it points at is to be looked for
            self.exchange = replace(self.exchange, hops=tuple(replace(hop, body=b"") for hop in self.exchange.hops))

    @property
    def is_waiting(self) -> bool:
        """Whether a page requisite is still on its way."""
        return any(part is None for part in self.parts.values())


def check_fields(work: Work) -> dict[str, object]:
    """What the history keeps of one check, so that a later report can say it without asking again."""
    assert work.verdict is not None
    fields: dict[str, object] = {
        "verdict": str(work.verdict.kind),
        "reason": work.verdict.reason,
        "message": work.verdict.message,
        "advice": work.verdict.advice,
    }
    exchange = work.exchange
    if exchange is not None and exchange.last is not None:
        fields["http_status"] = exchange.status
        fields["final_url"] = without_credentials(exchange.final_url)
        fields["hops"] = [{"url": without_credentials(hop.url), "status": hop.status} for hop in exchange.hops]
        fields["elapsed_ms"] = round(exchange.elapsed * 1000)
        if work.verdict.kind is VerdictKind.ALIVE:
            headers = exchange.last.headers
            fields["etag"] = headers.get("etag") or None
            fields["last_modified"] = headers.get("last-modified") or None
    fields |= drift_fields(work.drift)
    fields |= work.also
    return {name: value for name, value in fields.items() if value not in (None, "")}


def selected(citations: Iterable[Citation], *, links: bool) -> list[Citation]:
    """The entries to work on: citations, and links where they were asked for."""
    return [citation for citation in citations if links or citation.kind is Kind.CITATION]
