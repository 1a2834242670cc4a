"""The domain's words as values: Citation, Exchange, Verdict, Capture, Memento, Reading, Translation, Finding, Report.

Everything here is a frozen dataclass without behaviour that touches disk, network or clock. Rooms talk to each other
only in these terms, so a room can be tested with values alone. Times are timezone-aware UTC; durations are seconds
unless a name ends in ``_ms`` or ``_days``; hashes are lower-case hexadecimal SHA-256.

The rooms import from here; the files beside are this package's own division.
"""

from citekeeper.model.citations import (
    Citation,
    Defect,
    Document,
    Expectation,
    Imported,
    Kind,
    Location,
    Review,
    TranslationLink,
)
from citekeeper.model.kept import (
    ArchivedFile,
    Capture,
    CaptureState,
    Event,
    LookupOutcome,
    Memento,
    MementoLookup,
    MementoState,
    Shows,
)
from citekeeper.model.reports import CitationReport, Finding, QuoteMatch, QuotePlace, Report, TranslationSummary, Where
from citekeeper.model.texts import ChangeKind, Comparison, Drift, Reading, TextChange, Translation
from citekeeper.model.verdicts import BASE_SEVERITY, Severity, Verdict, VerdictKind
from citekeeper.model.wire import (
    Exchange,
    Failure,
    FailureKind,
    FetchRequest,
    Hop,
    Rendering,
    Timings,
    Tls,
    TlsFault,
    TlsFaultKind,
)

__all__ = [
    "BASE_SEVERITY",
    "ArchivedFile",
    "Capture",
    "CaptureState",
    "ChangeKind",
    "Citation",
    "CitationReport",
    "Comparison",
    "Defect",
    "Document",
    "Drift",
    "Event",
    "Exchange",
    "Expectation",
    "Failure",
    "FailureKind",
    "FetchRequest",
    "Finding",
    "Hop",
    "Imported",
    "Kind",
    "Location",
    "LookupOutcome",
    "Memento",
    "MementoLookup",
    "MementoState",
    "QuoteMatch",
    "QuotePlace",
    "Reading",
    "Rendering",
    "Report",
    "Review",
    "Severity",
    "Shows",
    "TextChange",
    "Timings",
    "Tls",
    "TlsFault",
    "TlsFaultKind",
    "Translation",
    "TranslationLink",
    "TranslationSummary",
    "Verdict",
    "VerdictKind",
    "Where",
]
