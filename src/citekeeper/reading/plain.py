"""The paragraphs of plain text, whether they are set apart by blank lines, by indents, or stand one to a line."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from citekeeper.reading.tree import clean

_BLANK = re.compile(r"\n[ \t\u00a0]*\n")
_INDENT = re.compile(r"\n(?=[ \t\u00a0]{2,}\S)")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])(?:[-\u00ad]| ?\u2010)\n[ \t]*(?=[^\W\d_])")
_MOST: Final = 50_000  # paragraphs
_LONG_LINE: Final = 120  # characters; text wrapped by hand or by mail has shorter lines


def split_paragraphs(text: str) -> tuple[str, ...]:
    """Split plain text into paragraphs; lines broken by hand are joined again."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    chunks = _BLANK.split(text)
    paragraphs: list[str] = []
    for chunk in chunks:
        lines = [line for line in chunk.split("\n") if line.strip()]
        if sum(1 for line in lines if len(line) > _LONG_LINE) > len(lines) / 3:
            paragraphs += lines
        else:
            paragraphs += _INDENT.split(chunk)
    return tuple(islice((paragraph for raw in paragraphs if (paragraph := clean(raw))), _MOST))


def join_lines(text: str) -> str:
    """Lines of typeset text as one paragraph; a word hyphenated at a line's end is whole again."""

    def joined(match: re.Match[str]) -> str:
        after = text[match.end() : match.end() + 1]
        # A hyphen before a capital or digit belongs to the word (Санкт-Петербург), one before a small letter does not.
        return "-" if after.isupper() else ""

    return clean(_HYPHENATED.sub(joined, text))
