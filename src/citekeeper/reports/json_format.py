"""The report as one JSON document, indented for people and diffs."""

from __future__ import annotations

from collections.abc import Iterator

from citekeeper.model import Report
from citekeeper.reports.document import outline
from citekeeper.reports.streaming import encoded


def render(report: Report) -> str:
    """UTF-8 JSON text ending in a line feed; characters that act on a screen are written as escapes."""
    return "".join(pieces(report))


def pieces(report: Report) -> Iterator[str]:
    """The same in pieces."""
    return encoded(outline(report))
