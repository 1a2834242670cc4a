"""The four files that citekeeper's users and their tools rely on, as models and as JSON Schemas (draft 2020-12).

citations.yaml is validated with its model on every load. report.json, manifest.json and history.jsonl are written by
the rooms that own them; their models are the contract for whoever reads them. Keys that a model does not name are
allowed everywhere: files outlive versions.
"""

from __future__ import annotations

import difflib
import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from citekeeper import urls
from citekeeper.errors import UsageError
from citekeeper.ids import DEVICES, ID_PATTERN, is_valid_id
from citekeeper.model import CaptureState, ChangeKind, Kind, MementoState, Severity, Shows, VerdictKind, Where
from citekeeper.settings_model import Settings

# ── the words of citations.yaml ─────────────────────────────────────────────────────────────────────────────────────

_ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[Tt ]\S.*)?")
_SHA256 = r"^[0-9a-f]{64}$"
Moment = datetime


def _check_id(value: object) -> object:
    text = str(value)
    if text.lower() in DEVICES:
        raise ValueError(f"“{text}” is the name of a Windows device and cannot be a folder there")
    if not is_valid_id(text):
        shown = text if len(text) <= 80 else text[:79] + "…"
        raise ValueError(f"“{shown}” is no id: at most 64 of a-z, 0-9 and “-”, beginning with a letter or digit")
    return text


def _check_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    match = _ISO_DATE.fullmatch(value.strip())
    try:
        return date.fromisoformat(match[1] if match else value)
    except ValueError as error:
        raise ValueError(f"“{value}” is no date; write it as 2022-04-07") from error


def _check_url(value: object) -> object:
    if isinstance(value, str):
        try:
            urls.parse(value)
        except urls.BadUrlError as error:
            raise ValueError(str(error)) from error
    return value


def check_verdict(value: object) -> object:
    """``value`` as it is, if it is a verdict or None.

    Raises:
        ValueError: it is not, with the nearest one.
    """
    if isinstance(value, str) and value not in set(VerdictKind):
        near = difflib.get_close_matches(value.lower(), [kind.value for kind in VerdictKind], n=1, cutoff=0.5)
        suggestion = f"did you mean “{near[0]}”?" if near else f"verdicts: {', '.join(VerdictKind)}"
        raise ValueError(f"“{value}” is no verdict; {suggestion}")
    return value


def _check_supports(value: object) -> object:
    return {"true": "yes", "false": "no"}.get(str(value).lower(), str(value).lower())


def _check_version(value: object) -> object:
    if str(value) != "1":
        raise ValueError(f"expected 1, the layout that this citekeeper knows, but “{value}” stands there")
    return 1


def _null_is(default: Any) -> BeforeValidator:
    return BeforeValidator(lambda value: default() if value is None else value)


_TEXT_SCHEMA = {"type": ["string", "number", "boolean", "null"]}
Id = Annotated[str, BeforeValidator(_check_id), WithJsonSchema({"type": "string", "pattern": ID_PATTERN})]
Text = Annotated[str | None, WithJsonSchema(_TEXT_SCHEMA)]
Day = Annotated[
    date | None, BeforeValidator(_check_date), WithJsonSchema({"type": ["string", "null"], "format": "date"})
]
WebUrl = Annotated[
    str | None,
    BeforeValidator(_check_url),
    WithJsonSchema({"type": ["string", "null"], "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}),
]
CountingNumber = Annotated[int | None, Field(ge=1)]
Verdict = Annotated[
    str | None,
    BeforeValidator(check_verdict),
    WithJsonSchema({"enum": [*(kind.value for kind in VerdictKind), None]}),
]
Figure = Annotated[str, WithJsonSchema({"type": ["string", "number"]})]
Sha256 = Annotated[str, Field(pattern=_SHA256)]


class _OrNull:
    """Tells the JSON Schema that null may stand where a list is expected."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core), "type": ["array", "null"]}


def _listed(item: Any) -> Any:
    """A list of ``item``; null is the empty list."""
    return Annotated[list[item], _null_is(list), _OrNull()]


class _Open(BaseModel):
    """A mapping whose unknown keys are kept."""

    model_config = ConfigDict(extra="allow")


class DocumentEntry(_Open):
    """A document whose citations are kept."""

    source: str = Field(description="the document's path, relative to this file")
    title: Text = None
    language: Text = Field(None, description="BCP 47 tag")
    sha256: Text = Field(None, description="hash of the document's bytes at the last import")


class LocationEntry(_Open):
    """Where a citation stands in a document."""

    file: str = Field(description="the document's path")
    line: CountingNumber = Field(None, description="counted from 1")
    column: CountingNumber = Field(None, description="counted from 1")
    page: CountingNumber = Field(None, description="counted from 1, for paged formats")


class TranslationEntry(_Open):
    """A translation that the document itself offers of a source."""

    language: str = Field(description="BCP 47 tag")
    by: Text = Field(None, description="who translated")
    title: Text = None
    url: WebUrl = None
    accessed: Day = None


class ReviewEntry(_Open):
    """A person's judgement on whether the source supports the claim."""

    by: str = Field(description="who judged")
    on: Annotated[date, BeforeValidator(_check_date), WithJsonSchema({"type": "string", "format": "date"})] = Field(
        description="when"
    )
    supports: Annotated[
        Literal["yes", "partly", "no"],
        BeforeValidator(_check_supports),
        WithJsonSchema({"enum": ["yes", "partly", "no", True, False]}),
    ] = Field(description="yes, partly or no")
    note: Text = None
    capture: Text = Field(None, description="sha256 of the capture that was read; stale when a newer one differs")


class CitationEntry(_Open):
    """One cited source, or one link outside the notes."""

    id: Id = Field(description="stable; the folder name under archive/")
    label: Text = Field(None, description="as printed in the document")
    key: Text = Field(None, description="the document's own key, where it has one (BibTeX)")
    kind: Annotated[Kind, _null_is(lambda: Kind.CITATION)] = Field(
        Kind.CITATION, description="citation, or link: a link outside the notes, checked but not archived"
    )
    claim: Text = Field(None, description="the sentence that carries the mark")
    title: Text = None
    publisher: Text = None
    language: Text = Field(None, description="BCP 47 tag of the source")
    published: Day = None
    accessed: Day = None
    url: WebUrl = Field(None, description="null when the document lost it")
    private: bool = Field(False, description="true: URL and text reach nobody but the source itself")
    quotes: _listed(str) = Field(default_factory=list, description="words the document relies on")  # type: ignore[valid-type]
    numbers: _listed(Figure) = Field(default_factory=list, description="figures it relies on, as written")  # type: ignore[valid-type]
    found_in: _listed(LocationEntry) = Field(default_factory=list)  # type: ignore[valid-type]
    archived: _listed(WebUrl) = Field(default_factory=list, description="copies pinned by a person")  # type: ignore[valid-type]
    translations: _listed(TranslationEntry) = Field(default_factory=list)  # type: ignore[valid-type]
    reviews: _listed(ReviewEntry) = Field(default_factory=list)  # type: ignore[valid-type]
    note: Text = None
    accept: _listed(Annotated[int, Field(ge=100, le=999)]) = Field(  # type: ignore[valid-type]
        default_factory=list, description="HTTP statuses that count as alive for this source"
    )
    expect: Verdict = Field(None, description="the verdict that is normal for this source, and so no finding")
    ignore: bool = Field(False, description="do not check this source")


class RegisterFile(_Open):
    """citations.yaml: the documents, who may be told about their sources, and the citations."""

    version: Annotated[Literal[1], BeforeValidator(_check_version), WithJsonSchema({"const": 1})] = Field(
        1, description="of this layout"
    )
    documents: _listed(DocumentEntry) = Field(default_factory=list)  # type: ignore[valid-type]
    settings: Annotated[Settings, _null_is(dict)] = Field(default_factory=lambda: Settings.model_validate({}))
    citations: _listed(CitationEntry) = Field(default_factory=list)  # type: ignore[valid-type]


# ── report.json ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Tool(_Open):
    """The program that wrote a file."""

    name: str
    version: str


class ReportDocument(_Open):
    """A document whose citations are reported."""

    source: str
    title: str | None
    language: str | None
    sha256: str | None


class Totals(_Open):
    """Counts over the citations; mere links are not in them."""

    citations: int = Field(ge=0)
    verifiable: int = Field(ge=0)
    by_verdict: dict[VerdictKind, int]
    by_severity: dict[Severity, int]


class ReportHop(_Open):
    """One step of the chain of redirects."""

    url: str
    status: int


class ReportLocation(_Open):
    """Where the citation stands; counted from 1."""

    file: str
    line: int | None
    column: int | None
    page: int | None


class ReportRun(_Open):
    """Words of a changed sentence: ``=`` in both texts, ``-`` in the baseline, ``+`` in the live text."""

    mark: Literal["=", "-", "+"]
    text: str


class ReportChange(_Open):
    """A sentence that differs."""

    kind: ChangeKind
    runs: list[ReportRun]


class ReportDrift(_Open):
    """How far the live text has moved from its baseline."""

    similarity: float = Field(ge=0, le=1, description="share of the baseline's three-word shingles that still stand")
    baseline: str
    note: str | None = None
    changes: list[ReportChange] = Field(default_factory=list, description="sentences that differ; bounded")


class ReportFile(_Open):
    """A file of a capture."""

    name: str
    sha256: str


class ReportCapture(_Open):
    """A sealed copy."""

    id: str
    captured_at: Moment
    path: str
    origin: Literal["captured", "deposited"]
    shows: Shows
    sha256: str
    state: CaptureState
    files: list[ReportFile]


class ReportMemento(_Open):
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


class ReportQuotePlace(_Open):
    """A copy that holds a quote or number, and how exactly; ``copy`` is its path, address or language."""

    where: Where
    score: float = Field(ge=0, le=1)
    copy_: str | None = Field(None, alias="copy")


class ReportQuote(_Open):
    """Whether a quote or number was found, and in which copy."""

    text: str
    found: bool
    score: float = Field(ge=0, le=1)
    where: Where | None = Field(description="the copy that counts: the first of live, capture, memento, translation")
    fragment: str | None
    also: list[ReportQuotePlace] = Field(default_factory=list, description="the other copies that hold it")
    original: str | None = Field(None, description="found in a translation: the source's own words beside it")


class ReportTranslation(_Open):
    """A machine translation that is kept."""

    language: str
    engine: str
    path: str | None
    paragraphs: int
    warnings: list[str]


class ReportReview(_Open):
    """A person's judgement."""

    by: str
    on: date
    supports: Literal["yes", "partly", "no"]
    note: str | None
    capture: str | None


class ReportCitation(_Open):
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


class ReportFinding(_Open):
    """Something that a person should know or do."""

    rule: str
    severity: Severity
    citation: str | None
    file: str | None
    line: int | None
    column: int | None
    message: str
    advice: str


class ReportFileModel(_Open):
    """report.json: what a run or a check found."""

    schema_: Literal["citekeeper.report/1"] = Field(alias="schema")
    generated_at: Moment
    tool: Tool
    documents: list[ReportDocument]
    totals: Totals
    citations: list[ReportCitation]
    findings: list[ReportFinding]


# ── manifest.json ───────────────────────────────────────────────────────────────────────────────────────────────────


class ManifestFile(_Open):
    """A file that the manifest seals."""

    name: str = Field(pattern=r"^[^/\\]+$", description="within the capture's folder")
    sha256: Sha256
    bytes: int = Field(ge=0)


class ManifestHop(_Open):
    """One request of the chain of redirects, with the hash of the body received."""

    url: str
    status: int
    body_sha256: Sha256 | None = None


class ManifestFileModel(_Open):
    """manifest.json: how, when and by what a capture was made.

    A later one (manifest.1.json, …) seals what came after and names what it follows. Only what both have is required.
    """

    schema_: Literal["citekeeper.manifest/1"] = Field(alias="schema")
    event: str = Field(description="capture, deposit, translation, timestamp or withdraw")
    id: str = Field(description="the capture's folder")
    citation: Id
    tool: Tool
    sealed_at: Moment = Field(description="when this manifest was written")
    files: list[ManifestFile]
    previous: list[Sha256] = Field(description="the hash of every manifest of this citation that had no successor")
    captured_at: Moment | None = None
    origin: Literal["captured", "deposited"] | None = None
    shows: Shows | None = None
    url_cited: str | None = None
    url_requested: str | None = None
    url_final: str | None = None
    hops: list[ManifestHop] | None = None
    http_status: int | None = None
    verdict: VerdictKind | None = None
    reason: str | None = None
    method: str | None = Field(None, description="the method in words")


# ── history.jsonl ───────────────────────────────────────────────────────────────────────────────────────────────────


class HistoryLine(_Open):
    """One line of history.jsonl. Readers sort by time and drop duplicates by id."""

    id: str = Field(min_length=1, description="unique; sorts by time")
    at: Moment
    event: str = Field(description="check, capture, manifest, memento, translation, deposit or withdraw")
    vantage: str | None = Field(None, description="the name of the place of observation")
    verdict: VerdictKind | None = None
    reason: str | None = None
    http_status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    manifest: Sha256 | None = Field(None, description="the hash of a manifest")
    job_id: str | None = Field(None, description="an archive's job")
    live_text_sha256: Sha256 | None = Field(None, description="the source's own text that the memento stands for")
    request: str | None = Field(None, description="our own name for a save, written before it is sent")
    state: MementoState | None = None


# ── JSON Schemas ────────────────────────────────────────────────────────────────────────────────────────────────────

_FILES: dict[str, type[BaseModel]] = {
    "citations.yaml": RegisterFile,
    "report.json": ReportFileModel,
    "manifest.json": ManifestFileModel,
    "history.jsonl": HistoryLine,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DURATION_SCHEMA = {
    "type": ["string", "number", "null"],
    "description": "such as 14d, 12h or 90s; a bare number is seconds",
}
_WORDS_SCHEMA = {"type": ["array", "string", "null"], "items": {"type": "string"}}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a file.

    Args:
        name: citations.yaml, report.json, manifest.json or history.jsonl (there: of one line); the extension may be
            left out.

    Raises:
        UsageError: there is no such file.
    """
    full = next((known for known in _FILES if name.lower() in (known, known.partition(".")[0])), None)
    if full is None:
        names = [*_FILES, *(known.partition(".")[0] for known in _FILES)]
        near = difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.5)
        hint = f"Did you mean “{near[0]}”?" if near else f"Schemas: {', '.join(_FILES)}."
        raise UsageError(f"There is no schema “{urls.shown(name, 80)}”.", hint)
    generated = _FILES[full].model_json_schema(by_alias=True, mode="validation")
    if full == "citations.yaml":
        _describe_settings(generated["$defs"]["Settings"])
        generated["$defs"]["HostRule"]["properties"]["expect"]["anyOf"][0]["enum"] = list(VerdictKind)
    description = generated.pop("description")
    head = {"$schema": _DIALECT, "$id": f"urn:citekeeper:schema:{full}:1", "title": full, "description": description}
    generated.pop("title")
    schema: dict[str, Any] = head | _undecorated(generated)
    return schema


def _describe_settings(settings: dict[str, Any]) -> None:
    """Correct what pydantic cannot know: durations, and lists that may be one text, are read by functions of ours."""
    settings["description"] = "Settings; the command line and the environment come before them."
    for field in settings["properties"].values():
        branches = field.get("anyOf", [field])
        default = field.pop("default", None)
        if any(branch.get("format") == "duration" for branch in branches):
            field.pop("anyOf", None)
            field.pop("format", None)
            told = field.get("description", "")
            field.update(_DURATION_SCHEMA, description=f"{told}; {_DURATION_SCHEMA['description']}".lstrip("; "))
        elif field.get("type") == "array":
            field.update(_WORDS_SCHEMA)
        elif default is not None:
            field["default"] = default


def _undecorated(value: Any) -> Any:
    """Without the titles that pydantic makes of names: an editor shows the names themselves."""
    if isinstance(value, list):
        return [_undecorated(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _undecorated(item) for key, item in value.items() if not (key == "title" and isinstance(item, str))}
