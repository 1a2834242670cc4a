"""The report as one JSON document, indented for people and diffs."""

from __future__ import annotations

import json

from citekeeper.model import Report
from citekeeper.printing import escape_unsafe_json
from citekeeper.reports.document import to_document


def render(report: Report) -> str:
    """UTF-8 JSON text ending in a line feed; characters that act on a screen are written as escapes."""
    return escape_unsafe_json(json.dumps(to_document(report), ensure_ascii=False, indent=2, allow_nan=False)) + "\n"
