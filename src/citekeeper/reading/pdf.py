"""The text of a PDF source, a bounded part of it in bounded time."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final

from citekeeper.model import Reading
from citekeeper.reading.plain import join_lines
from citekeeper.reading.tree import clean

_MAX_PAGES: Final = 300
_MAX_SECONDS: Final = 20.0
_MAX_CHARACTERS: Final = 2_000_000
_MAX_PARAGRAPHS: Final = 50_000
_MAX_PAGE_CONTENT: Final = 4 * 1024 * 1024  # bytes of one page's unpacked drawing instructions
_LINE_END = re.compile(r"[.!?…»”\")]\s*$")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u0000": None})
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:\d{1,4}|page \d+(?: of \d+)?|стр\. ?\d+)[-–—\s]*", re.IGNORECASE)


def read_pdf(data: bytes, clock: Callable[[], float] = time.monotonic) -> Reading:
    """Read a PDF's text layer; a broken, encrypted or scanned one gives a Reading without paragraphs.

    Args:
        data: the file.
        clock: seconds of a monotonic clock, by which reading stops after 20 seconds with what it has.
    """
    from citekeeper.reading.language import identify_all

    title, authors, created, pages = _read(data, clock)
    lines = [page.translate(_LIGATURES).split("\n") for page in pages]
    running = _running_lines(lines)
    paragraphs = tuple(
        text for text in _paragraphs([line for page in lines for line in page if clean(line) not in running]) if text
    )
    paragraphs = paragraphs[:_MAX_PARAGRAPHS]
    language, others = identify_all(paragraphs)
    return Reading(
        paragraphs,
        title=title,
        authors=authors,
        published=created,
        language=language,
        languages=others,
        extractor="pypdf",
    )


def _read(data: bytes, clock: Callable[[], float]) -> tuple[str | None, tuple[str, ...], date | None, list[str]]:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of each of a broken file's faults
    deadline = clock() + _MAX_SECONDS
    title: str | None = None
    authors: tuple[str, ...] = ()
    created: date | None = None
    pages: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(data))
        information = reader.metadata
        if information:
            title = clean(str(information.title or "")) or None
            authors = tuple(name for name in (clean(str(information.author or "")),) if name)
            creation: Any = information.creation_date
            created = creation.date() if isinstance(creation, datetime) else None
        size = 0
        for page in reader.pages[:_MAX_PAGES]:
            if clock() > deadline or size > _MAX_CHARACTERS:
                break
            contents = page.get_contents()
            if contents is None or len(contents.get_data()) > _MAX_PAGE_CONTENT:
                continue
            pages.append(page.extract_text() or "")
            size += len(pages[-1])
    except (
        PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, OSError,
        AssertionError, NotImplementedError,
    ):  # fmt: skip
        # pypdf raises all of these on files that are broken in their own way; pages read before count.
        return title, authors, created, pages
    return title, authors, created, pages


def _running_lines(pages: Sequence[Sequence[str]]) -> set[str]:
    """Heads and feet that many pages repeat, and bare page numbers."""
    edges = Counter(
        clean(line)
        for page in pages
        for line in {*[line for line in page if line.strip()][:2], *[line for line in page if line.strip()][-2:]}
    )
    repeated = {line for line, count in edges.items() if _is_running(count, len(pages))}
    return repeated | {line for line in edges if _PAGE_NUMBER.fullmatch(line)}


def _is_running(count: int, pages: int) -> bool:
    return count >= (0.4 if count >= 3 else 0.8) * pages and count >= 2


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Lines joined into paragraphs: one ends at a blank line, or at a sentence that ends on a line clearly short."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    usual = lengths[int(len(lengths) * 0.8)] if lengths else 0
    paragraphs: list[str] = []
    current: list[str] = []
    for line in lines:
        if line.strip():
            current.append(line.strip())
        short = len(line.strip()) < 0.85 * usual
        if current and (not line.strip() or (short and _LINE_END.search(line))):
            paragraphs.append(join_lines("\n".join(current)))
            current = []
    if current:
        paragraphs.append(join_lines("\n".join(current)))
    return paragraphs
