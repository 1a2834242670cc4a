"""Plain text: bare addresses, and notes that begin with ``[1]`` or a raised number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citekeeper.importers.assembly import Draft, assemble
from citekeeper.importers.bare import BARE_URL, as_url, trimmed
from citekeeper.importers.numbered import find_numbered_notes
from citekeeper.importers.outside import outside_notes
from citekeeper.importers.richtext import RichText, RichTextBuilder
from citekeeper.importers.source import Source
from citekeeper.model import Citation, Imported, Kind

_PARAGRAPH_END = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\s*")
_LINE = re.compile(r"[^\r\n]+")
_UNDERLINE = re.compile(r"[=\-~*#]{3,}\s*")


def links(source: Source) -> Iterator[Citation]:
    """Every bare address of a text."""
    for number, (offset, url) in enumerate(_addresses(source.text), 1):
        yield Citation(f"link-{number}", kind=Kind.LINK, url=url, found_in=(source.location(offset),))


def read(source: Source) -> Imported:
    """A text with notes."""
    body, notes = find_numbered_notes(list(_paragraphs(source)))
    return assemble(source, Draft(tuple(body), tuple(notes), outside_notes(links(source), notes)))


def _addresses(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
    for match in BARE_URL.finditer(text, start, len(text) if end is None else end):
        if address := trimmed(match[0]):
            yield match.start(), as_url(address)


def _paragraphs(source: Source) -> Iterator[RichText]:
    text = source.text
    start = len(text) - len(text.lstrip())
    first = True
    for end, following in [
        *((m.start(), m.end()) for m in _PARAGRAPH_END.finditer(text, start)),
        (len(text), len(text)),
    ]:
        paragraph = _paragraph(source, start, end, may_be_title=first)
        if paragraph.text:
            yield paragraph
            first = False
        start = following


def _paragraph(source: Source, start: int, end: int, *, may_be_title: bool) -> RichText:
    lines = list(_LINE.finditer(source.text, start, end))
    underlined = len(lines) == 2 and bool(_UNDERLINE.fullmatch(lines[1][0]))
    is_title = (
        may_be_title
        and len(lines) == 1
        and len(lines[0][0]) < 200
        and not re.search(r"[.:;,]\s*$|https?://", lines[0][0])
    )
    builder = RichTextBuilder(source.location(start), heading=1 if underlined or is_title else 0)
    for line in lines[:1] if underlined else lines:
        builder.break_line()
        last = line.start()
        for match in BARE_URL.finditer(source.text, line.start(), line.end()):
            if address := trimmed(match[0]):
                builder.add(source.text[last : match.start()])
                builder.link(builder.add(address), as_url(address), source.location(match.start()), bare=True)
                last = match.start() + len(address)
        builder.add(source.text[last : line.end()])
    return builder.build()
