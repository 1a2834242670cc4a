"""Texts: what a source says, its translation, and how what it says now differs from what it said."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from citekeeper.values import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a source: paragraphs in order, with how its charset and main text were found."""

    paragraphs: tuple[str, ...]
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str | None = None
    charset: str | None = None
    charset_reason: str | None = None
    extractor: str | None = None
    modified: date | None = None
    image: str | None = None  # the lead image's address
    is_free: bool | None = None  # schema.org isAccessibleForFree; None where the page does not say
    languages: tuple[str | None, ...] = ()  # of each paragraph in another language; empty where there is none
    frames: tuple[str, ...] = ()  # the addresses of the page's frames that say this, and of those that they lie in
    frames_unread: tuple[str, ...] = ()  # of its frames that may say more, and were not read
    beside: tuple[str, ...] = ()  # captions, boxes, tables and the like: looked up, and neither compared nor translated

    @property
    def said(self) -> tuple[str, ...]:
        """All that the source says, in which quotes and numbers are looked up: title, paragraphs, what is beside."""
        return (*((self.title,) if self.title else ()), *self.paragraphs, *self.beside)

    @property
    def text(self) -> str:
        """All paragraphs, joined by blank lines."""
        return "\n\n".join(self.paragraphs)

    @property
    def is_whole(self) -> bool:
        """Whether there is a text, and nothing of it is known to be left out."""
        return bool(self.paragraphs) and not self.frames_unread


@dataclass(frozen=True, slots=True)
class Translation:
    """A machine translation: as many paragraphs as the source, in order; None where none could be had."""

    language: str
    engine: str
    version: str
    made_at: datetime
    source_sha256: str
    paragraphs: tuple[str | None, ...]
    engines: tuple[str | None, ...] = ()
    warnings: tuple[str, ...] = ()
    label: str = "machine translation"


class ChangeKind(StrEnum):
    """What a change of one sentence does to what it says."""

    NUMBER = "number"  # another figure or date
    NEGATION = "negation"  # a “not” that came or went
    OPPOSITE = "opposite"  # acquitted for convicted
    NAME = "name"  # another person or place
    WORDING = "wording"  # other words, a slip mended
    LOST = "lost"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class TextChange:
    """One sentence that differs: its words in runs of ``=`` (in both), ``-`` (in the baseline), ``+`` (live)."""

    kind: ChangeKind
    runs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a text relates to an earlier one of the same source.

    Attributes:
        similarity: the share of the earlier text's three-word shingles that still stand (containment), 0 to 1.
        lost: the share of its words in sentences that are gone, 0 to 1.
        words_then, words_now: how long both are.
        is_beginning: what is there now is the earlier text's beginning, and next to nothing else.
        same_figures: the share of the earlier text's telling figures that still stand, where the languages differ;
            None where they do not, or it has too few.
        another_language: both languages are known, and differ.
        changes: every sentence that differs, those that change what is said first; bounded.
        retracted: the sentence with which the page takes itself back, where it did not do so then.
    """

    similarity: float
    lost: float
    words_then: int
    words_now: int
    is_beginning: bool = False
    same_figures: float | None = None
    another_language: bool = False
    changes: tuple[TextChange, ...] = ()
    retracted: str | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """How far the live text has moved from its baseline; similarity 0 to 1."""

    similarity: float
    baseline: str
    note: str | None = None
    changes: tuple[TextChange, ...] = ()
