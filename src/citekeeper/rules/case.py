"""What the rules weigh for one citation, and whether a reader can convince himself of it today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from citekeeper.model import (
    Capture,
    CaptureState,
    Citation,
    Memento,
    MementoLookup,
    QuoteMatch,
    Review,
    Shows,
    Verdict,
    VerdictKind,
    Where,
)
from citekeeper.values import dataclass

LIVING = frozenset({VerdictKind.ALIVE, VerdictKind.MOVED})
DEAD = frozenset({VerdictKind.GONE, VerdictKind.SOFT_404, VerdictKind.USURPED})
FLEETING = frozenset({VerdictKind.FAILING, VerdictKind.UNREACHABLE})
"""Failures that may pass: warnings until history, or ``--strict``, makes them errors."""


_SEEN_OR_HEARD = (
    *(".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".heic", ".heif", ".bmp", ".tif", ".tiff", ".svg"),
    *(".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".ogv", ".3gp"),
    *(".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac", ".aac"),
)


class RowOfFailures(Protocol):
    """What a history says of the failures up to now (:class:`citekeeper.history.Strikes`)."""

    @property
    def count(self) -> int:
        """How many in a row."""

    @property
    def first_failed_at(self) -> datetime | None:
        """When the row began."""

    @property
    def last_alive_at(self) -> datetime | None:
        """When the source was last alive."""

    @property
    def qualifies(self) -> bool:
        """Whether they are enough, over time enough, to be no failure of the moment."""


class ExpectsVerdict(Protocol):
    """What the rules need of a host's settings."""

    @property
    def expect(self) -> str | None:
        """The verdict that is normal for the host."""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the rules weigh for one citation."""

    citation: Citation
    verdict: Verdict
    strikes: RowOfFailures | None
    captures: Sequence[Capture]
    mementos: Sequence[Memento]
    quotes: Sequence[QuoteMatch]
    strict: bool
    expected: str | None
    pinned_ok: bool
    copies_looked_for: bool
    missing_fragment: str | None
    lookups: Sequence[MementoLookup] = ()
    wayback_is_named: bool = False

    @property
    def intact(self) -> list[Capture]:
        """The intact captures that show the source."""
        return [c for c in self.captures if c.state is CaptureState.INTACT and c.shows is Shows.SOURCE]

    @property
    def verified(self) -> list[Memento]:
        """The mementos that were verified."""
        return [memento for memento in self.mementos if memento.is_proof]

    @property
    def is_expected(self) -> bool:
        """Whether a person expects this very verdict, other than alive."""
        return self.expected == self.verdict.kind.value and self.verdict.kind is not VerdictKind.ALIVE


def is_verifiable(
    citation: Citation,
    verdict: Verdict,
    captures: Sequence[Capture] = (),
    mementos: Sequence[Memento] = (),
    quotes: Sequence[QuoteMatch] = (),
) -> bool:
    """Whether the source, or a sound copy of it, is there and holds every quote and number (CONTRACT section 3)."""
    bases = bases_of(verdict, captures, mementos)
    if not bases:
        return False
    review = supporting_review(citation, captures)

    def counts(match: QuoteMatch) -> bool:
        if match.where is Where.TRANSLATION:
            return review is not None and is_about(review, match, captures)
        return match.where is None or match.where in bases

    held = {match.text for match in quotes if match.found and counts(match)}
    return all(text in held for text in (*citation.quotes, *citation.numbers))


def bases_of(verdict: Verdict, captures: Sequence[Capture], mementos: Sequence[Memento]) -> set[Where]:
    """Where quotes may be looked for: the living page, intact captures, verified mementos."""
    bases = set()
    if verdict.kind in LIVING:
        bases.add(Where.LIVE)
    if any(c.state is CaptureState.INTACT and c.shows is Shows.SOURCE and not is_mute(c) for c in captures):
        bases.add(Where.CAPTURE)
    if any(memento.is_proof for memento in mementos):
        bases.add(Where.MEMENTO)
    return bases


def is_mute(capture: Capture) -> bool:
    """Whether a capture is of something without a text that could be read, and without a picture of it.

    Such a page shows itself to scripts only, and nobody saw what: the copy proves nothing; nor does a deposit that
    could not be opened. A picture, a scan or a recording shows something without a text.
    """
    if capture.text_sha256 is not None:
        return False
    names = {file.name for file in capture.files}
    if capture.origin == "deposited":
        return not any(map(_shows_itself, names))
    return "page.html" in names and "screenshot.png" not in names


def _shows_itself(name: str) -> bool:
    """Whether a file is one to be looked at or listened to."""
    return name.lower().endswith(_SEEN_OR_HEARD)


def supporting_review(citation: Citation, captures: Sequence[Capture]) -> Review | None:
    """The newest review, if it supports the claim and is not stale."""
    review = newest_review(citation)
    if review is None or review.supports.lower() not in ("yes", "true"):
        return None
    return None if is_stale(review, captures) else review


def is_about(review: Review, match: QuoteMatch, captures: Sequence[Capture]) -> bool:
    """Whether a review is about the copy in whose translation a quote was found.

    Who read one capture has not compared the words that only another one holds. A review that names no capture is
    about the source as it is kept. A copy that was tampered with holds nothing.
    """
    if match.capture is None:
        return True
    if any(c.sha256 == match.capture and c.state is not CaptureState.INTACT for c in captures):
        return False
    if review.capture is None or review.capture == match.capture:
        return True
    texts = {capture.sha256: capture.text_sha256 for capture in captures}
    read = texts.get(review.capture)
    return read is not None and read == texts.get(match.capture)


def newest_review(citation: Citation) -> Review | None:
    """The review that counts; the last one written of several of a day."""
    return max(citation.reviews, key=lambda review: review.on, default=None)


def is_stale(review: Review, captures: Sequence[Capture]) -> bool:
    """Whether a newer capture of the source differs from the one that was read.

    Captures with the same text do not differ, whatever their packaging. A review that names no capture is not stale.
    """
    shown = sorted((c for c in captures if c.shows is Shows.SOURCE), key=lambda c: c.captured_at)
    if review.capture is None or not shown or shown[-1].sha256 == review.capture:
        return False
    newest = shown[-1]
    read = next((c for c in shown if c.sha256 == review.capture), None)
    if read is None:
        return newest.captured_at.date() >= review.on
    if newest.captured_at <= read.captured_at:
        return False
    return newest.text_sha256 is None or newest.text_sha256 != read.text_sha256
