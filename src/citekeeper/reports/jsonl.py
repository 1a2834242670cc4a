"""The report as JSON lines: a citation a line, for streams and ``jq``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache

from citekeeper.clock import iso
from citekeeper.model import Citation, CitationReport, Exchange, Finding, Report, Severity, Verdict, VerdictKind
from citekeeper.printing import escape_unsafe_json
from citekeeper.reports.document import citation_document, finding_document


def render(report: Report) -> str:
    """One line for each entry, each ending in a line feed."""
    return "".join(pieces(report))


def pieces(report: Report) -> Iterator[str]:
    """The same in pieces."""
    about: dict[str | None, list[Finding]] = {}
    for finding in report.findings:
        about.setdefault(finding.citation, []).append(finding)
    return (render_line(entry, about.get(entry.citation.id, ())) for entry in report.citations)


def render_line(entry: CitationReport, findings: Iterable[Finding] = ()) -> str:
    """One entry as one line, so that a check can print results while it still runs.

    What was found about it stands under ``findings``, a key that is there only where there is any.
    """
    document = citation_document(entry)
    if found := [finding_document(finding) for finding in findings]:
        document["findings"] = found
    return escape_unsafe_json(_encode(document)) + "\n"


def render_living(
    citation: Citation, exchange: Exchange, message: str, checked_at: datetime, vantage: str
) -> str | None:
    """The line of a link that is alive with nothing more to say: what `render_line` gives, at a tenth of the cost.

    Returns:
        None where something about it is not that plain, and `render_line` is to be asked.
    """
    url = exchange.url
    words = f"{url}{message}{vantage}"
    if (
        len(exchange.hops) != 1
        or exchange.hops[0].url != url
        or citation.url != url
        or citation.title is not None
        or citation.language is not None
        or citation.label is not None
        or citation.found_in
        or "@" in url
        or not (words.isascii() and words.isprintable())
        or '"' in words
        or "\\" in words
    ):
        return None
    elapsed, moment = round(exchange.elapsed * 1000), iso(checked_at)
    return _living() % (
        citation.id, url, url, message, exchange.hops[0].status, url, exchange.hops[0].status, moment, vantage,
        elapsed, moment,
    )  # fmt: skip


@cache
def _living() -> str:
    """The line of such a link with a place for each of its values, made by `render_line` itself."""
    status, elapsed = 700_001, 700_002
    moment = datetime(2999, 12, 31, tzinfo=UTC)
    entry = CitationReport(
        Citation(id="<id>", url="<url>"),
        Verdict(VerdictKind.ALIVE, "ok", "<message>"),
        Severity.OK,
        verifiable=True,
        final_url="<url>",
        http_status=status,
        hops=(("<url>", status),),
        checked_at=moment,
        vantage="<vantage>",
        elapsed_ms=elapsed,
        last_alive_at=moment,
    )
    line = render_line(entry).replace("%", "%%")
    for place in ("<id>", "<url>", "<message>", "<vantage>", iso(moment), str(status), str(elapsed)):
        line = line.replace(place, "%s")
    return line


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
