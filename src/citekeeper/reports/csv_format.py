"""The report as CSV (RFC 4180), a citation a row, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from citekeeper.clock import iso
from citekeeper.model import CaptureState, CitationReport, Location, Report, Shows
from citekeeper.printing import one_line
from citekeeper.reports import words
from citekeeper.urls import without_credentials

COLUMNS = (
    "id",
    "label",
    "kind",
    "title",
    "publisher",
    "language",
    "url",
    "final_url",
    "verdict",
    "reason",
    "severity",
    "verifiable",
    "http_status",
    "message",
    "advice",
    "checked_at",
    "vantage",
    "strikes",
    "first_failed_at",
    "last_alive_at",
    "intact_captures",
    "memento",
    "memento_state",
    "quotes_found",
    "quotes",
    "translations",
    "file",
    "line",
    "column",
    "places",
)


_FORMULA_STARTS = "=+-@＝＋－＠"


def render(report: Report) -> str:
    """CSV text with a header row and CRLF line ends."""
    return "".join(pieces(report))


def pieces(report: Report) -> Iterator[str]:
    """The same in pieces."""
    yield render_header()
    yield from map(render_row, report.citations)


def render_header() -> str:
    """The first line: the names of the columns."""
    return _line(COLUMNS)


def render_row(entry: CitationReport) -> str:
    """One entry's row with its line end, so that a check can print results while it still runs."""
    return _line([_cell(value) for value in _row(entry)])


def _line(cells: Sequence[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerow(cells)
    return stream.getvalue()


def _row(entry: CitationReport) -> list[object]:
    citation, verdict = entry.citation, entry.verdict
    place = citation.found_in[0] if citation.found_in else None
    memento = words.best_memento(entry)
    intact = sum(capture.state is CaptureState.INTACT and capture.shows is Shows.SOURCE for capture in entry.captures)
    return [
        citation.id,
        citation.label,
        citation.kind.value,
        citation.title,
        citation.publisher,
        citation.language,
        without_credentials(citation.url),
        without_credentials(entry.final_url),
        verdict.kind.value,
        verdict.reason,
        entry.severity.value,
        "yes" if entry.verifiable else "no",
        entry.http_status,
        verdict.message,
        verdict.advice,
        iso(entry.checked_at) if entry.checked_at else None,
        entry.vantage,
        entry.strikes,
        iso(entry.first_failed_at) if entry.first_failed_at else None,
        iso(entry.last_alive_at) if entry.last_alive_at else None,
        intact,
        without_credentials(memento.uri) if memento else None,
        memento.state.value if memento else None,
        sum(quote.found for quote in entry.quotes),
        len(entry.quotes),
        " ".join(item.language for item in entry.translations),
        place.file if place else None,
        place.line if place else None,
        place.column if place else None,
        "; ".join(_shown(at) for at in citation.found_in),
    ]


def _shown(place: Location) -> str:
    """``letter.md:37:5``, as far as it is known."""
    return ":".join(str(part) for part in (place.file, place.line, place.column) if part is not None)


def _cell(value: object) -> str:
    """One cell; text that a spreadsheet would run as a formula gets an apostrophe before it (CSV injection)."""
    text = "" if value is None else one_line(str(value))
    return f"'{text}" if text.startswith(tuple(_FORMULA_STARTS)) else text
