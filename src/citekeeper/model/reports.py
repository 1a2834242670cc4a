"""What is reported: where quotes were found, findings, and all that is known of each citation after a run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from citekeeper.model.citations import Citation, Document, Kind
from citekeeper.model.kept import Capture, Memento
from citekeeper.model.texts import Drift
from citekeeper.model.verdicts import Severity, Verdict
from citekeeper.values import dataclass


class Where(StrEnum):
    """Which copy of the source held a quote."""

    LIVE = "live"
    CAPTURE = "capture"
    TRANSLATION = "translation"
    MEMENTO = "memento"


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """One copy that holds a quote or number, and how exactly; ``copy`` names it where there may be several."""

    where: Where
    score: float
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """Whether a quote or number was found; ``score`` from 0 to 1, 1 = verbatim after normalising."""

    text: str
    found: bool
    score: float = 0.0
    where: Where | None = None
    fragment: str | None = None  # a #:~:text= link to it
    paragraph: int | None = None
    nearest: str | None = None
    offset: int | None = None  # of the first character in that paragraph
    difference: str | None = None  # how the passage differs from the quote, in words; None where it is verbatim
    also: tuple[QuotePlace, ...] = ()  # the other copies in which it was found
    original: str | None = None  # found in a translation: the source's own words beside it
    capture: str | None = None  # found in a translation: the sha256 of the capture that was translated
    is_unread: bool = False  # no copy had a text to look in, so that it says nothing that it was not found
    is_foreign: bool = False  # the copies that were read are all in another script than the quote


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should know or do."""

    rule: str
    severity: Severity
    citation: str | None
    message: str
    advice: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class TranslationSummary:
    """A translation as the report lists it; ``pairs`` is (source, translation or None) for the bilingual page."""

    language: str
    engine: str
    path: str | None
    paragraphs: int
    warnings: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str | None], ...] = ()
    engines: tuple[str | None, ...] = ()  # which engine made each paragraph; None: copied or missing
    source_language: str | None = None
    languages: tuple[str | None, ...] = ()  # of each source paragraph in another language; empty where there is none

    @property
    def makers(self) -> tuple[str, ...]:
        """All engines that had a part, in the order in which they first appear."""
        names = dict.fromkeys(name for made in self.engines if made for name in made.split("+"))
        return tuple(names) or (self.engine,)


@dataclass(frozen=True, slots=True)
class CitationReport:
    """Everything known about one citation after a run (CONTRACT section 4)."""

    citation: Citation
    verdict: Verdict
    severity: Severity
    verifiable: bool
    final_url: str | None = None
    http_status: int | None = None
    hops: tuple[tuple[str, int], ...] = ()
    checked_at: datetime | None = None
    vantage: str | None = None
    elapsed_ms: int | None = None
    strikes: int = 0
    first_failed_at: datetime | None = None
    last_alive_at: datetime | None = None
    drift: Drift | None = None
    captures: tuple[Capture, ...] = ()
    mementos: tuple[Memento, ...] = ()
    quotes: tuple[QuoteMatch, ...] = ()
    translations: tuple[TranslationSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What every format renders. ``links`` entries are in ``citations`` too but count in no total."""

    generated_at: datetime
    documents: tuple[Document, ...]
    citations: tuple[CitationReport, ...]
    findings: tuple[Finding, ...]
    stage_set: bool = False  # made over the sandbox internet: every rendering says so
    stale_after_days: int = 14
    notes: tuple[str, ...] = ()  # e.g. "No Wayback Machine keys: looked up only."

    @property
    def counted(self) -> Sequence[CitationReport]:
        """The entries that count in the totals: citations, not mere links."""
        return [entry for entry in self.citations if entry.citation.kind is Kind.CITATION]
