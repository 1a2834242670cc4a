"""Quotation marks of the languages that footnotes are written in, and the titles between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSERS = {"“": '”“"', "„": '“”"', "«": "»", "»": "«", '"': '"”', "‘": "’", "”": "”"}
_NESTING = {("“", "”"), ("«", "»"), ("‘", "’")}


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks: ``text[start:end]`` with the marks, ``inner`` without."""

    start: int
    end: int
    inner: tuple[int, int]


def find_quotations(text: str) -> list[Quotation]:
    """The outermost quotations in ``text``, in order. A stray mark of another kind within one changes nothing."""
    found = []
    position = 0
    while position < len(text):
        if text[position] in _CLOSERS and _opens(text, position):
            end = _closing(text, position)
            if end is not None and text[position + 1 : end].strip():
                found.append(Quotation(position, end + 1, (position + 1, end)))
                position = end
        position += 1
    return found


def _opens(text: str, position: int) -> bool:
    before = text[position - 1] if position else " "
    after = text[position + 1 : position + 2]
    return not before.isalnum() and (bool(after.strip()) or (text[position] == "«" and bool(after)))


def _closing(text: str, start: int) -> int | None:
    opener = text[start]
    closers = _CLOSERS[opener]
    depth = 0
    for position in range(start + 1, len(text)):
        char = text[position]
        if (opener, closers[0]) in _NESTING and char == opener and _opens(text, position):
            depth += 1
        elif char in closers and _closes(text, position):
            if depth == 0:
                return position
            depth -= 1
    return None


def _closes(text: str, position: int) -> bool:
    """Whether a mark ends a quotation: no word goes on behind it (an apostrophe's letter does)."""
    return not text[position + 1 : position + 2].isalnum()


_OUTER = {"“": "”", "„": "“”", '"': '"', "‘": "’"}


def trimmed_title(text: str) -> str | None:
    """A title as citekeeper keeps it: without the quotation marks around it and the full stop or comma at its end.

    Three full stops are an ellipsis and stay; so does the stop of “etc.”. Inner marks stay as they are.
    """
    title = re.sub(r"\s+", " ", text.replace("\0", " ")).strip()
    while len(title) > 1 and title[0] in _OUTER and title[-1] in _OUTER[title[0]]:
        title = title[1:-1].strip()
    title = title.replace("...", "…")
    if title.endswith((".", ",")) and not re.search(
        r"(?i)(?:\b(?:etc|enz|inc|ltd|co|corp|jr|sr|др|пр|usw)|\.\w)\.$", title
    ):
        title = title[:-1].rstrip()
    return title or None
