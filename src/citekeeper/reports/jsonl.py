"""The report as JSON lines: a citation a line, for streams and ``jq``."""

from __future__ import annotations

import json

from citekeeper.model import CitationReport, Report
from citekeeper.reports.document import citation_document
from citekeeper.reports.text import escape_unsafe_json


def render(report: Report) -> str:
    """One line for each entry, each ending in a line feed."""
    return "".join(render_line(entry) for entry in report.citations)


def render_line(entry: CitationReport) -> str:
    """One entry as one line, so that a check can print results while it still runs."""
    return escape_unsafe_json(_encode(citation_document(entry))) + "\n"


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
