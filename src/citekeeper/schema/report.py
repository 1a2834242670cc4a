"""report.json: the contract for whoever reads it; :mod:`citekeeper.reports` writes it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from citekeeper.model import CaptureState, ChangeKind, Kind, MementoState, Severity, Shows, VerdictKind, Where
from citekeeper.schema.words import Moment, Open, Tool


class ReportDocument(Open):
    """A document whose citations are reported."""

    source: str
    title: str | None
    language: str | None
    sha256: str | None


class Totals(Open):
    """Counts over the citations; mere links are not in them."""

    citations: int = Field(ge=0)
    verifiable: int = Field(ge=0)
    by_verdict: dict[VerdictKind, int]
    by_severity: dict[Severity, int]


class ReportHop(Open):
    """One step of the chain of redirects."""

    url: str
    status: int


class ReportLocation(Open):
    """Where the citation stands; counted from 1."""

    file: str
    line: int | None
    column: int | None
    page: int | None


class ReportRun(Open):
    """Words of a changed sentence: ``=`` in both texts, ``-`` in the baseline, ``+`` in the live text."""

    mark: Literal["=", "-", "+"]
    text: str


class ReportChange(Open):
    """A sentence that differs."""

    kind: ChangeKind
    runs: list[ReportRun]


class ReportDrift(Open):
    """How far the live text has moved from its baseline."""

    similarity: float = Field(ge=0, le=1, description="share of the baseline's three-word shingles that still stand")
    baseline: str
    note: str | None = None
    changes: list[ReportChange] = Field(default_factory=list, description="sentences that differ; bounded")


class ReportFile(Open):
    """A file of a capture."""

    name: str
    sha256: str


class ReportCapture(Open):
    """A sealed copy."""

    id: str
    captured_at: Moment
    path: str
    origin: Literal["captured", "deposited"]
    shows: Shows
    sha256: str
    state: CaptureState
    files: list[ReportFile]


class ReportMemento(Open):
    """A copy in a web archive (RFC 7089)."""

    archive: str
    uri: str
    datetime: Moment | None
    state: MementoState
    distance_days: int | None = Field(description="days between the copy and the date of access")
    evidence: bool = Field(True, description="false: the archive's copies count for nothing, because it altered some")
    shows: Shows | None = Field(None, description="what its bytes showed when they were judged")
    quotes: list[str] | None = Field(None, description="the quotes and figures that it holds; null: not looked for")
    note: str | None = Field(None, description="what was found out about it, in words")
    reason: str | None = Field(None, description="why the archive was asked to make it")


class ReportQuotePlace(Open):
    """A copy that holds a quote or number, and how exactly; ``copy`` is its path, address or language."""

    where: Where
    score: float = Field(ge=0, le=1)
    copy_: str | None = Field(None, alias="copy")


class ReportQuote(Open):
    """Whether a quote or number was found, and in which copy."""

    text: str
    found: bool
    score: float = Field(ge=0, le=1)
    where: Where | None = Field(description="the copy that counts: the first of live, capture, memento, translation")
    fragment: str | None
    also: list[ReportQuotePlace] = Field(default_factory=list, description="the other copies that hold it")
    original: str | None = Field(None, description="found in a translation: the source's own words beside it")


class ReportTranslation(Open):
    """A machine translation that is kept."""

    language: str
    engine: str
    path: str | None
    paragraphs: int
    warnings: list[str]


class ReportReview(Open):
    """A person's judgement."""

    by: str
    on: date
    supports: Literal["yes", "partly", "no"]
    note: str | None
    capture: str | None


class ReportCitation(Open):
    """Everything known about one citation."""

    id: str
    label: str | None
    kind: Kind
    title: str | None
    url: str | None
    final_url: str | None
    language: str | None
    private: bool
    verdict: VerdictKind
    reason: str = Field(description="stable kebab-case code")
    message: str
    advice: str
    severity: Severity
    verifiable: bool
    http_status: int | None
    hops: list[ReportHop]
    checked_at: Moment | None
    vantage: str | None
    elapsed_ms: int | None
    strikes: int = Field(ge=0, description="failures in a row from this vantage")
    first_failed_at: Moment | None
    last_alive_at: Moment | None
    found_in: list[ReportLocation]
    drift: ReportDrift | None
    captures: list[ReportCapture]
    mementos: list[ReportMemento]
    quotes: list[ReportQuote]
    translations: list[ReportTranslation]
    reviews: list[ReportReview]


class ReportFinding(Open):
    """Something that a person should know or do."""

    rule: str
    severity: Severity
    citation: str | None
    file: str | None
    line: int | None
    column: int | None
    message: str
    advice: str


class ReportFileModel(Open):
    """report.json: what a run or a check found."""

    schema_: Literal["citekeeper.report/1"] = Field(alias="schema")
    generated_at: Moment
    tool: Tool
    documents: list[ReportDocument]
    totals: Totals
    citations: list[ReportCitation]
    findings: list[ReportFinding]
