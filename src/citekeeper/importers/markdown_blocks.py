"""CommonMark's block structure (spec 0.31, section 3 to 5), with tables, footnotes and front matter; places kept exact.

Only what links and notes need is kept: which words are running text, which are raw HTML, and which are code and so no
text at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["paragraph", "heading", "html"]


@dataclass(frozen=True, slots=True)
class Block:
    """One leaf block of running text or raw HTML.

    Attributes:
        text: its lines without the markers of quotes and lists, joined by line feeds.
        starts, offsets: ``text[starts[i]:]`` stands at ``offsets[i]`` in the document, up to the next start.
        note: the label of the footnote definition that holds the block.
    """

    kind: Kind
    text: str
    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    level: int = 0
    note: str | None = None

    def offset(self, position: int) -> int:
        """Where ``text[position]`` stands in the document."""
        index = bisect_right(self.starts, position) - 1
        return self.offsets[index] + position - self.starts[index]


_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
_FRONT_MATTER = re.compile(
    r"(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)(?:.*?(?:\r\n|\r|\n))??(?:\1|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.S
)
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r"(?:(=+)|(-+))[ \t]*$")
_BREAK = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)")
_FOOTNOTE = re.compile(r"\[\^([^\s\]]+)\]:[ \t]*")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL_END = re.compile(r"(?:[^\\|]|\\.)+")

_HTML_BLOCKS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead "
    "title tr track ul"
)
_HTML_STARTS: tuple[tuple[re.Pattern[str], re.Pattern[str] | None, bool], ...] = (
    (
        re.compile(r"(?i)<(?:script|pre|style|textarea)(?:[\s>]|$)"),
        re.compile(r"(?i)</(?:script|pre|style|textarea)>"),
        True,
    ),
    (re.compile(r"<!--"), re.compile(r"-->"), True),
    (re.compile(r"<\?"), re.compile(r"\?>"), True),
    (re.compile(r"<![A-Za-z]"), re.compile(r">"), True),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>"), True),
    (re.compile(rf"(?i)</?(?:{'|'.join(_HTML_BLOCKS.split())})(?:\s|/?>|$)"), None, True),
    (
        re.compile(
            r"""(?:<[A-Za-z][\w-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*/?>"""
            r"""|</[A-Za-z][\w-]*\s*>)\s*$"""
        ),
        None,
        False,
    ),
)
"""Start, end (None: a blank line) and whether it can interrupt a paragraph, of the seven kinds of HTML block."""


@dataclass(slots=True)
class _Container:
    kind: Literal["quote", "item", "note"]
    indent: int = 0  # columns that its content is indented by
    label: str | None = None


@dataclass
class _Leaf:
    kind: Kind
    lines: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Cursor:
    """A position in a line, and the column it is at (tabs reach to the next multiple of four)."""

    line: str
    position: int = 0
    column: int = 0

    def indent(self) -> int:
        """Columns of white space from here."""
        column = self.column
        for char in self.line[self.position :]:
            if char == " ":
                column += 1
            elif char == "\t":
                column += 4 - column % 4
            else:
                break
        return column - self.column

    def skip_blanks(self, columns: int) -> None:
        """Go over at most so many columns of white space."""
        goal = self.column + columns
        while self.column < goal and self.position < len(self.line):
            char = self.line[self.position]
            if char == " ":
                self.column += 1
            elif char == "\t":
                width = 4 - self.column % 4
                if self.column + width > goal:
                    self.column = goal  # a part of the tab; the rest counts as indentation of what follows
                    return
                self.column += width
            else:
                return
            self.position += 1

    def skip(self, characters: int) -> None:
        """Go over characters that are no white space."""
        self.position += characters
        self.column += characters

    @property
    def rest(self) -> str:
        """What follows."""
        return self.line[self.position :]

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space follows."""
        return not self.line[self.position :].strip(" \t")


class BlockParser:
    """Walks the lines of one document once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._containers: list[_Container] = []
        self._leaf: _Leaf | None = None
        self._fence: tuple[str, int] | None = None  # its character and length
        self._html_end: re.Pattern[str] | None = None

    def blocks(self) -> Iterator[Block]:
        """The leaf blocks in order."""
        front = _FRONT_MATTER.match(self._text)
        position = front.end() if front else 0
        while position < len(self._text):
            match = _LINE.match(self._text, position)
            assert match
            yield from self._take(match[1], position)
            position = match.end()
        yield from self._close_leaf()

    # ── one line ──

    def _take(self, line: str, offset: int) -> Iterator[Block]:
        cursor = _Cursor(line)
        matched = self._continue_containers(cursor)
        if matched == len(self._containers) and (self._fence or (self._leaf and self._leaf.kind == "html")):
            yield from self._continue_verbatim(cursor, offset)
            return
        if matched < len(self._containers):
            if self._is_lazy(cursor):
                self._add(cursor, offset)
                return
            yield from self._close_leaf()
            del self._containers[matched:]
        yield from self._open_containers(cursor)
        if cursor.is_blank:
            yield from self._close_leaf()
            return
        yield from self._take_leaf(cursor, offset)

    def _continue_containers(self, cursor: _Cursor) -> int:
        """How many of the open containers go on in this line."""
        for number, container in enumerate(self._containers):
            if container.kind == "quote":
                if cursor.indent() > 3 or cursor.line[cursor.position :].lstrip(" \t")[:1] != ">":
                    return number
                self._enter_quote(cursor)
            elif cursor.is_blank:
                continue
            elif cursor.indent() >= container.indent:
                cursor.skip_blanks(container.indent)
            else:
                return number
        return len(self._containers)

    def _enter_quote(self, cursor: _Cursor) -> None:
        cursor.skip_blanks(3)
        cursor.skip(1)
        cursor.skip_blanks(1)

    def _is_lazy(self, cursor: _Cursor) -> bool:
        """Whether the line goes on with a paragraph although it lacks its containers' markers."""
        if self._leaf is None or self._leaf.kind != "paragraph" or cursor.is_blank:
            return False
        if cursor.indent() > 3:
            return True
        rest = cursor.rest.lstrip(" \t")
        return not (
            rest.startswith(">")
            or _ITEM.match(rest)
            or _FENCE.match(rest)
            or _ATX.match(rest)
            or _BREAK.match(rest)
            or _FOOTNOTE.match(rest)
            or any(start.match(rest) for start, _, interrupts in _HTML_STARTS if interrupts)
        )

    def _open_containers(self, cursor: _Cursor) -> Iterator[Block]:
        while cursor.indent() <= 3:
            rest = cursor.rest.lstrip(" \t")
            if rest.startswith(">"):
                yield from self._close_leaf()
                self._enter_quote(cursor)
                self._containers.append(_Container("quote"))
            elif match := _FOOTNOTE.match(rest):
                yield from self._close_leaf()
                cursor.skip_blanks(3)
                cursor.skip(match.end())
                self._containers.append(_Container("note", 4, match[1]))
            elif (match := _ITEM.match(rest)) and self._opens_item(rest, match):
                yield from self._close_leaf()
                indent = cursor.indent()
                cursor.skip_blanks(3)
                cursor.skip(match.end())
                blanks = cursor.indent()
                width = 1 if cursor.is_blank or blanks > 4 else blanks
                cursor.skip_blanks(width)
                self._containers.append(_Container("item", indent + match.end() + width))
            else:
                return

    def _opens_item(self, rest: str, match: re.Match[str]) -> bool:
        if _BREAK.match(rest):
            return False
        if self._leaf is None or self._leaf.kind != "paragraph":
            return True
        if not rest[match.end() :].strip():
            return False  # an empty item cannot interrupt a paragraph, and a numbered one only with 1
        return match[1] is None or int(match[1]) == 1 or any(item.kind == "item" for item in self._containers)

    # ── leaves ──

    def _continue_verbatim(self, cursor: _Cursor, offset: int) -> Iterator[Block]:
        """A line within a fence or an HTML block."""
        if self._fence:
            character, length = self._fence
            rest = cursor.rest.strip(" \t")
            if cursor.indent() <= 3 and len(rest) >= length and not rest.strip(character):
                self._fence = None
            return
        if self._html_end is None and cursor.is_blank:
            yield from self._close_leaf()
            return
        self._add(cursor, offset)
        if self._html_end and self._html_end.search(cursor.rest):
            yield from self._close_leaf()

    def _take_leaf(self, cursor: _Cursor, offset: int) -> Iterator[Block]:
        in_paragraph = self._leaf is not None and self._leaf.kind == "paragraph"
        if cursor.indent() > 3:
            if in_paragraph:
                self._add(cursor, offset)
            return  # indented code
        rest = cursor.rest.lstrip(" \t")
        if in_paragraph and (match := _SETEXT.match(rest)):
            yield from self._close_leaf(level=1 if match[1] else 2)
        elif match := _FENCE.match(rest):
            yield from self._close_leaf()
            marker = match[1] or match[2]
            self._fence = (marker[0], len(marker))
        elif match := _ATX.match(rest):
            yield from self._close_leaf()
            start = offset + len(cursor.line) - len(rest) + match.start(2)
            yield Block("heading", match[2], (0,), (start,), len(match[1]), self._note())
        elif _BREAK.match(rest):
            yield from self._close_leaf()
        elif end := self._html_start(rest, in_paragraph):
            yield from self._close_leaf()
            self._html_end = end[0]
            self._leaf = _Leaf("html")
            self._add(cursor, offset)
            if end[0] and end[0].search(rest, 2):
                yield from self._close_leaf()
        else:
            if not in_paragraph:
                self._leaf = _Leaf("paragraph")
            self._add(cursor, offset)

    def _html_start(self, rest: str, in_paragraph: bool) -> tuple[re.Pattern[str] | None] | None:
        if not rest.startswith("<"):
            return None
        for start, end, interrupts in _HTML_STARTS:
            if (interrupts or not in_paragraph) and start.match(rest):
                return (end,)
        return None

    def _add(self, cursor: _Cursor, offset: int) -> None:
        assert self._leaf
        rest = cursor.rest
        stripped = rest.lstrip(" \t")
        self._leaf.lines.append((offset + len(cursor.line) - len(stripped), stripped))

    def _note(self) -> str | None:
        return next((container.label for container in reversed(self._containers) if container.label), None)

    def _close_leaf(self, level: int = 0) -> Iterator[Block]:
        leaf, self._leaf = self._leaf, None
        self._fence = self._html_end = None
        if leaf is None:
            return
        note = self._note()
        if leaf.kind == "paragraph" and not level and len(leaf.lines) > 1:
            rule = next(
                (n for n, (_, line) in enumerate(leaf.lines[1:], 1) if "-" in line and _TABLE_RULE.match(line)), None
            )
            if rule is not None and "|" in leaf.lines[rule - 1][1] and "|" in leaf.lines[rule][1]:
                if rule > 1:
                    yield _joined("paragraph", leaf.lines[: rule - 1], 0, note)
                for line_offset, line in [leaf.lines[rule - 1], *leaf.lines[rule + 1 :]]:
                    for cell in _CELL_END.finditer(line):
                        yield Block("paragraph", cell[0], (0,), (line_offset + cell.start(),), 0, note)
                return
        yield _joined("heading" if level else leaf.kind, leaf.lines, level, note)


def _joined(kind: Kind, lines: list[tuple[int, str]], level: int, note: str | None) -> Block:
    starts, offsets, length = [], [], 0
    for offset, line in lines:
        starts.append(length)
        offsets.append(offset)
        length += len(line) + 1
    return Block(kind, "\n".join(line for _, line in lines), tuple(starts), tuple(offsets), level, note)
