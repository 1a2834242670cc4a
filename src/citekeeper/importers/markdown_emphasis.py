"""Emphasis in CommonMark (spec 0.31, section 6.2): which asterisks and underscores are markup, and what is italic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from citekeeper.importers.markdown_inline import Edit

_RUN = re.compile(r"\*+|_+|~~+")


@dataclass(slots=True)
class _Delimiter:
    char: str
    start: int
    end: int  # what is left of the run is text[start:end]
    opens: bool
    closes: bool


def emphasis(text: str, start: int, edits: Sequence[Edit]) -> list[Edit]:
    """The delimiters of emphasis in ``text[start:]``, outside ``edits`` (sorted) and code, as edits of their own.

    Those of italics carry the event ``em`` or ``/em``.
    """
    found: list[Edit] = []
    stack: list[_Delimiter] = []
    for delimiter in _delimiters(text, start, edits):
        if delimiter.closes:
            _close(delimiter, stack, found)
        if delimiter.opens and delimiter.start < delimiter.end:
            stack.append(delimiter)
    return sorted(found)


def _close(closer: _Delimiter, stack: list[_Delimiter], found: list[Edit]) -> None:
    while closer.start < closer.end:
        index = next(
            (n for n in range(len(stack) - 1, max(-1, len(stack) - 100), -1) if stack[n].char == closer.char), None
        )
        if index is None:
            return
        opener = stack[index]
        del stack[index + 1 :]
        strong = min(opener.end - opener.start, closer.end - closer.start) >= 2
        width = 2 if strong else 1
        event = "" if strong else "em"
        found.append(Edit(opener.end - width, opener.end, event=event))
        found.append(Edit(closer.start, closer.start + width, event=f"/{event}" if event else ""))
        opener.end -= width
        closer.start += width
        if opener.start == opener.end:
            stack.pop()


def _delimiters(text: str, start: int, edits: Sequence[Edit]) -> list[_Delimiter]:
    found = []
    position, in_code = start, False
    for edit in [*edits, Edit(len(text), len(text))]:
        if not in_code:
            found += [_delimiter(text, match) for match in _RUN.finditer(text, position, max(position, edit.start))]
        position = max(position, edit.end)
        if edit.event in ("code", "/code"):
            in_code = edit.event == "code"
    return found


def _delimiter(text: str, match: re.Match[str]) -> _Delimiter:
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    left = not after.isspace() and (not _is_mark(after) or before.isspace() or _is_mark(before))
    right = not before.isspace() and (not _is_mark(before) or after.isspace() or _is_mark(after))
    char = match[0][0]
    if char == "_":
        left, right = left and (not right or _is_mark(before)), right and (not left or _is_mark(after))
    return _Delimiter(char, match.start(), match.end(), left, right)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
