"""The domain's words as values: Citation, Exchange, Verdict, Capture, Memento, Reading, Translation, Finding, Report.

Everything here is a frozen dataclass without behaviour that touches disk, network or clock. Rooms talk to each other
only in these terms, so a room can be tested with values alone. Times are timezone-aware UTC; durations are seconds
unless a name ends in ``_ms`` or ``_days``; hashes are lower-case hexadecimal SHA-256.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from citekeeper import urls
from citekeeper.content import Headers, decode_content
from citekeeper.values import dataclass

# ── documents and their citations ───────────────────────────────────────────────────────────────────────────────────


class Kind(StrEnum):
    """What an entry of the register is: a cited source, or a mere link outside the notes."""

    CITATION = "citation"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a citation stands in a document: 1-based line and column, 1-based page for paged formats."""

    file: str
    line: int | None = None
    column: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class TranslationLink:
    """A translation that the document itself offers of a source (for instance a translate.goog link)."""

    language: str
    by: str | None = None
    title: str | None = None
    url: str | None = None
    accessed: date | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A person's judgement on whether the source supports the claim; stale when a newer capture differs."""

    by: str
    on: date
    supports: str  # yes | partly | no
    note: str | None = None
    capture: str | None = None  # sha256 of the capture that was read


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a person says about a source's liveness: ``accept`` extra statuses, ``expect`` a verdict, ``ignore`` it."""

    accept: tuple[int, ...] = ()
    expect: str | None = None
    ignore: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """One entry of citations.yaml (CONTRACT section 2)."""

    id: str
    label: str | None = None
    key: str | None = None
    kind: Kind = Kind.CITATION
    claim: str | None = None
    title: str | None = None
    publisher: str | None = None
    language: str | None = None
    published: date | None = None
    accessed: date | None = None
    url: str | None = None
    private: bool = False
    quotes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    found_in: tuple[Location, ...] = ()
    archived: tuple[str, ...] = ()
    translations: tuple[TranslationLink, ...] = ()
    reviews: tuple[Review, ...] = ()
    note: str | None = None
    expectation: Expectation = Expectation()  # a value: sharing it does no harm
    declared_public: bool = False  # a person wrote "private: false": overrides the guess from the URL


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose citations are kept: its path, title, language (BCP 47) and the hash of its bytes."""

    source: str
    title: str | None = None
    language: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong in the document itself, found on import: reported, never silently mended."""

    rule: str  # kebab-case, e.g. "corrupt-url", "printed-domain-differs"
    citation: str | None  # id
    message: str
    advice: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an importer read out of one document."""

    document: Document
    citations: tuple[Citation, ...]
    defects: tuple[Defect, ...] = ()


# ── the wire ────────────────────────────────────────────────────────────────────────────────────────────────────────


class FailureKind(StrEnum):
    """Why an exchange brought no usable answer. The judge maps these to verdicts; nothing else interprets them."""

    DNS_NXDOMAIN = "dns-nxdomain"  # the resolver says that the name does not exist
    DNS_FAILURE = "dns-failure"  # the resolver failed, or the network is away
    NO_ROUTE = "no-route"
    CONNECT_REFUSED = "connect-refused"
    CONNECT_TIMEOUT = "connect-timeout"
    TIMEOUT = "timeout"  # connected, but no complete answer in time (slow drip included)
    RESET = "connection-reset"
    EMPTY_REPLY = "empty-reply"
    TRUNCATED = "truncated-body"
    MALFORMED = "malformed-response"
    TLS_HANDSHAKE = "tls-handshake"
    PROXY_UNREACHABLE = "proxy-unreachable"
    PROXY_REFUSED = "proxy-refused"  # the proxy answered CONNECT with an error
    TOO_MANY_REDIRECTS = "too-many-redirects"
    REDIRECT_LOOP = "redirect-loop"
    BAD_REDIRECT = "bad-redirect"  # to file:, ftp:, javascript: …, or unparsable
    PRIVATE_ADDRESS = "private-address"
    BAD_URL = "bad-url"
    HEADERS_TOO_LARGE = "headers-too-large"
    INTERNAL = "client-error"  # libcurl refused for a reason of ours; never a statement about the source


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed transfer: kind, a sentence for people, and libcurl's code where there was one."""

    kind: FailureKind
    message: str
    curl_code: int | None = None


class TlsFaultKind(StrEnum):
    """Which certificate or protocol fault made a page insecure; the values are verdict reasons."""

    EXPIRED = "tls-expired"
    NOT_YET_VALID = "tls-not-yet-valid"
    WRONG_HOST = "tls-wrong-host"
    SELF_SIGNED = "tls-self-signed"
    UNTRUSTED_ISSUER = "tls-untrusted-issuer"
    OBSOLETE = "tls-obsolete"
    OTHER = "tls-invalid"


@dataclass(frozen=True, slots=True)
class TlsFault:
    """A certificate that did not verify. ``issuer`` is its issuer's common name where known."""

    kind: TlsFaultKind
    message: str
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Tls:
    """The TLS facts of one connection. ``chain`` holds PEM certificates, leaf first."""

    version: str | None = None
    cipher: str | None = None
    chain: tuple[str, ...] = ()
    verify_result: int | None = None  # X509 verify code, 0 = ok


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds from the start of the transfer, as libcurl counts them."""

    name_lookup: float = 0.0
    connect: float = 0.0
    app_connect: float = 0.0
    start_transfer: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and its response, verbatim.

    ``request_head`` and ``response_head`` are the bytes on the wire including the blank line (empty where they are
    not known). ``body`` is after de-chunking and before content-decoding.
    """

    url: str
    status: int
    response_head: bytes
    body: bytes = b""
    request_head: bytes = b""
    method: str = "GET"
    informational_heads: tuple[bytes, ...] = ()
    trailers: bytes = b""
    dechunked: bool = False
    truncated: str | None = None  # length | time | disconnect
    peer: str | None = None  # "192.0.2.1:443"; None through a proxy
    via_proxy: bool = False
    http_version: str = "1.1"
    tls: Tls | None = None
    timings: Timings = Timings()  # of verbatim hops only
    started_at: datetime | None = None
    resolved: tuple[str, ...] = ()  # the addresses that DNS gave
    local: str | None = None  # this machine's end of the connection, where verbatim; never written to a file

    @property
    def headers(self) -> Headers:
        """The response's headers, parsed leniently from ``response_head``."""
        return Headers.parse(self.response_head)

    def content(self, limit: int = 16 * 1024 * 1024) -> bytes:
        """The body after content-decoding, at most ``limit`` bytes of it; undecodable bytes come back as they are."""
        return decode_content(self.headers.get("content-encoding", ""), self.body, limit).data


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One URL to fetch. ``key`` is the caller's and comes back on the Exchange unchanged."""

    url: str
    key: str = ""
    headers: tuple[tuple[str, str], ...] = ()  # additional request headers, e.g. If-None-Match
    max_body: int = 2 * 1024 * 1024  # bytes; a longer body is cut and marked truncated="length"
    verbatim: bool = False  # record request head, cipher and certificate chain (captures)
    referer: str | None = None
    verify: bool = True


@dataclass(frozen=True, slots=True)
class Exchange:
    """Everything that happened for one URL, redirects included. Fetched once and shared by every room."""

    url: str
    key: str = ""
    hops: tuple[Hop, ...] = ()
    failure: Failure | None = None
    tls_fault: TlsFault | None = None  # set: the last hops were fetched unverified, for the verdict only
    attempts: int = 1
    retry_after: float | None = None  # what the last answer asked to wait, seconds
    started_at: datetime | None = None
    elapsed: float = 0.0

    @property
    def last(self) -> Hop | None:
        """The final hop, if any answered."""
        return self.hops[-1] if self.hops else None

    @property
    def final_url(self) -> str:
        """Where the chain of redirects ended (the URL asked for where nothing answered)."""
        return self.hops[-1].url if self.hops else self.url

    @property
    def status(self) -> int | None:
        """The last HTTP status; None where nothing answered or the transfer failed before a status."""
        return self.hops[-1].status if self.hops else None


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a browser made of a fetched page: each of its requests was answered by the fetcher, or not at all.

    ``document`` is the page as HTML after its scripts ran, ``screenshot`` a PNG; ``fault`` says why either is missing.
    ``counts`` says that the page shows itself only to scripts, so that its text is taken from ``document``.
    """

    browser: str  # name and version
    user_agent: str  # what scripts were told; requests carry the fetcher's
    viewport: tuple[int, int]
    started_at: datetime
    elapsed: float = 0.0
    url: str | None = None  # where the browser ended
    document: str | None = None
    screenshot: bytes | None = None
    size: tuple[int, int] | None = None  # of the screenshot, in CSS pixels
    page_height: int | None = None  # larger than the screenshot's where that was cut
    settled: bool = False  # False: the page was still loading when its time was over
    sandboxed: bool = True
    locale: str = ""
    time_zone: str = ""
    exchanges: tuple[Exchange, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()  # address → why it was not fetched
    fault: str | None = None
    counts: bool = False


# ── the judge's word ────────────────────────────────────────────────────────────────────────────────────────────────


class Severity(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for ok, 1 for warning, 2 for error."""
        return ("ok", "warning", "error").index(self.value)


class VerdictKind(StrEnum):
    """The verdicts of CONTRACT section 3."""

    ALIVE = "alive"
    MOVED = "moved"
    DRIFTED = "drifted"
    SOFT_404 = "soft-404"
    USURPED = "usurped"
    GONE = "gone"
    WALLED = "walled"
    BLOCKED = "blocked"
    THROTTLED = "throttled"
    FAILING = "failing"
    UNREACHABLE = "unreachable"
    INSECURE = "insecure"
    UNCHECKED = "unchecked"


BASE_SEVERITY: Mapping[VerdictKind, Severity] = MappingProxyType(
    {
        VerdictKind.ALIVE: Severity.OK,
        VerdictKind.MOVED: Severity.WARNING,
        VerdictKind.DRIFTED: Severity.WARNING,
        VerdictKind.SOFT_404: Severity.ERROR,
        VerdictKind.USURPED: Severity.ERROR,
        VerdictKind.GONE: Severity.ERROR,
        VerdictKind.WALLED: Severity.WARNING,
        VerdictKind.BLOCKED: Severity.WARNING,
        VerdictKind.THROTTLED: Severity.WARNING,
        VerdictKind.FAILING: Severity.WARNING,
        VerdictKind.UNREACHABLE: Severity.WARNING,
        VerdictKind.INSECURE: Severity.WARNING,
        VerdictKind.UNCHECKED: Severity.OK,
    }
)
"""The severity of one observation of each kind (CONTRACT section 3)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of one Exchange: kind, a stable kebab-case reason, a sentence, and advice.

    ``severity`` is that of one observation; history (strikes) and pinned copies are weighed by the rules.
    """

    kind: VerdictKind
    reason: str
    message: str
    advice: str = ""
    severity: Severity = Severity.OK
    canonical_url: str | None = None  # where a wall names the page it guards, or where a moved source lives now


# ── reading and translating ─────────────────────────────────────────────────────────────────────────────────────────


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

    @property
    def text(self) -> str:
        """All paragraphs, joined by blank lines."""
        return "\n\n".join(self.paragraphs)


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


# ── kept copies ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Shows(StrEnum):
    """What a capture shows: the source itself, or the failure that met the reader."""

    SOURCE = "source"
    FAILURE = "failure"


class CaptureState(StrEnum):
    """What verification found."""

    INTACT = "intact"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"
    TAMPERED = "tampered"


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """One file of a capture as its manifest records it: name, hash, bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Capture:
    """One sealed copy under archive/<citation>/<id>/. ``sha256`` is that of capture.wacz (or the deposited file)."""

    id: str
    citation: str
    captured_at: datetime
    path: str  # relative to the archive directory's parent, with forward slashes
    sha256: str
    origin: str = "captured"
    shows: Shows = Shows.SOURCE
    state: CaptureState = CaptureState.INTACT
    files: tuple[ArchivedFile, ...] = ()
    manifest_sha256: str | None = None
    text_sha256: str | None = None  # of the normalised text: equal means unchanged content


class MementoState(StrEnum):
    """found: looked up; submitted, captured, verified: the three states of a save; failed: refused for good."""

    FOUND = "found"
    SUBMITTED = "submitted"
    CAPTURED = "captured"
    VERIFIED = "verified"
    FAILED = "failed"


_Moment = datetime  # a field of Memento bears its name


@dataclass(frozen=True, slots=True)
class Memento:
    """A copy in a web archive (RFC 7089). ``distance_days`` is |memento - access date| in whole days.

    ``shows`` is what its bytes showed when they were judged; None: they were not. ``quotes`` has, for every quote and
    number that was looked for in it, how well it holds it (0: not at all). Where it could only be had as the archive
    replays it, its hashes are not known.

    Of a save: ``request`` is our own name for the asking, given before it is sent, so that all its states are known to
    be the same save's; ``reason`` says why it was asked for, ``retry_at`` when one that failed may be asked for again.
    """

    archive: str
    uri: str
    state: MementoState
    datetime: datetime | None = None
    distance_days: int | None = None
    job_id: str | None = None
    note: str | None = None
    sha256: str | None = None  # of its payload, content-decoded, where its raw bytes were fetched whole
    text_sha256: str | None = None  # of that payload's normalised text
    shows: Shows | None = None
    quotes: tuple[tuple[str, float], ...] | None = None
    request: str | None = None
    reason: str | None = None
    retry_at: _Moment | None = None

    @property
    def is_evidence(self) -> bool:
        """Whether its archive's copies can be evidence at all."""
        return urls.is_evidence(self.uri)

    @property
    def is_proof(self) -> bool:
        """Whether it was verified, and shows the source as far as is known."""
        return self.state is MementoState.VERIFIED and self.shows is not Shows.FAILURE and self.is_evidence

    @property
    def is_kept(self) -> bool:
        """Whether it counts as a copy that somebody keeps: held by an archive, and not known to show something else."""
        held = self.state in (MementoState.FOUND, MementoState.CAPTURED, MementoState.VERIFIED)
        return held and self.shows is not Shows.FAILURE and self.is_evidence


class LookupOutcome(StrEnum):
    """What an archive answered. ``UNKNOWN``: it refused or failed, which says nothing about what it holds."""

    FOUND = "found"
    NONE = "none"
    UNKNOWN = "unknown"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class MementoLookup:
    """The answer to "what do you hold of this URL", never confusing a refusal with "nothing"."""

    archive: str
    outcome: LookupOutcome
    memento: Memento | None = None
    message: str = ""


# ── evidence and reports ────────────────────────────────────────────────────────────────────────────────────────────


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
class Event:
    """One line of history.jsonl. ``fields`` holds what belongs to this kind of event (verdict, etag, job_id, …)."""

    id: str
    at: datetime
    event: str  # check | capture | manifest | memento | translation | deposit | withdraw
    vantage: str | None = None
    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


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
    """

    similarity: float
    lost: float
    words_then: int
    words_now: int
    is_beginning: bool = False
    same_figures: float | None = None
    another_language: bool = False
    changes: tuple[TextChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Drift:
    """How far the live text has moved from its baseline; similarity 0 to 1."""

    similarity: float
    baseline: str
    note: str | None = None
    changes: tuple[TextChange, ...] = ()


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
