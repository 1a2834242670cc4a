"""The text of a PDF source."""

from __future__ import annotations

import io
import re

from citekeeper.model import Reading

_MAX_PAGES = 400


def read_pdf(data: bytes) -> Reading:
    """Read a PDF's text layer; a broken, encrypted or scanned one gives a Reading without paragraphs."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    from citekeeper.reading.extract import clean
    from citekeeper.reading.language import identify

    title = None
    pages: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(data))
        title = clean(str(reader.metadata.title or "")) or None if reader.metadata else None
        pages = [page.extract_text() or "" for page in reader.pages[:_MAX_PAGES]]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        pages = []  # pypdf raises all of these on files that are broken in their own way
    paragraphs = tuple(
        text for page in pages for text in map(clean, re.split(r"\n\s*\n|(?<=[.!?…»”])\n", page)) if text
    )
    return Reading(paragraphs, title=title, language=identify("\n".join(paragraphs)), extractor="pypdf")
