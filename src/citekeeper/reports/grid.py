"""Columns of text for a console, for tens of thousands of rows.

rich's Table measures, wraps and pads each cell as if it could hold anything, which takes 0.65 ms a row. Here a cell is
a few lines of text, and only what is wider than its column is given to rich to be wrapped or cut.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

_GAP: Final = 2  # blanks between columns


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell. Where it is too long it is cut at ``ending`` (None: it is folded)."""

    text: str
    style: str = ""
    ending: str | None = None


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``most`` is the widest that it becomes (None: as its widest cell); with ``rest`` it takes what is left.

    Attributes:
        least: columns of the console that one with ``rest`` keeps.
        folds: whether it may become narrower than its cells.
    """

    head: str
    most: int | None = None
    least: int = 1
    rest: bool = False
    folds: bool = True


class Grid:
    """A rich renderable of rows beneath their heads; it fills the console's width.

    Args:
        columns: what is known of each column.
        rows: a cell for each of them.
    """

    def __init__(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        self._columns = columns
        self._rows = rows
        texts = [
            {column.head, *(line.text for row in rows for line in row[number])} for number, column in enumerate(columns)
        ]
        self._widest = [
            min(max(map(cell_len, own)), column.most or sys.maxsize) for column, own in zip(columns, texts, strict=True)
        ]
        self._narrowest = list(map(_narrowest, columns, texts, self._widest))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Yield a line's Segments for a console of ``options.max_width`` columns."""
        widths = self._widths(options.max_width)
        heads = [(Line(column.head, "bold underline", ""),) for column in self._columns]
        for cells in (heads, *self._rows):
            fitted = [_fitted(cell, width, console) for cell, width in zip(cells, widths, strict=True)]
            yield from _set_row(fitted, widths, console)

    def fits(self, room: int) -> bool:
        """Whether a console of ``room`` columns has place for it without a word being broken."""
        return sum(self._narrowest) <= room - self._gaps

    @property
    def _gaps(self) -> int:
        return _GAP * (len(self._columns) - 1)

    def _widths(self, room: int) -> list[int]:
        """The widths of all columns, whose sum with the gaps is at most ``room`` wherever that can be."""
        room -= self._gaps
        measured = zip(self._columns, self._narrowest, self._widest, strict=True)
        widths = [narrowest if column.rest else widest for column, narrowest, widest in measured]
        _press(widths, self._narrowest, room)
        _press(widths, [1] * len(widths), room)
        for number, column in enumerate(self._columns):
            if column.rest:
                widths[number] += max(room - sum(widths), 0)
        return widths


def _narrowest(column: Column, texts: set[str], widest: int) -> int:
    """The width of a column in which no word is broken, as far as it may be that wide."""
    if column.rest:
        return column.least
    return min(max(cell_len(word) for text in texts for word in text.split()), widest) if column.folds else widest


def _press(widths: list[int], least: Sequence[int], room: int) -> None:
    """Make the widest columns narrower, one by one, until all have room or none can give any."""
    while sum(widths) > room:
        giving = [number for number, width in enumerate(widths) if width > least[number]]
        if not giving:
            return
        widths[max(giving, key=widths.__getitem__)] -= 1


def _fitted(cell: Cell, width: int, console: Console) -> list[tuple[str, str]]:
    """The lines of a cell, none wider than its column, each with its style."""
    lines: list[tuple[str, str]] = []
    for line in cell:
        if cell_len(line.text) <= width:
            lines.append((line.text, line.style))
        elif line.ending is not None:
            lines.append((set_cell_size(line.text, width - cell_len(line.ending)) + line.ending, line.style))
        else:
            lines += [(part.plain.rstrip(), line.style) for part in Text(line.text).wrap(console, width)]
    return lines


def _set_row(cells: Sequence[Sequence[tuple[str, str]]], widths: Sequence[int], console: Console) -> Iterator[Segment]:
    for number in range(max(map(len, cells), default=0)):
        for place, (lines, width) in enumerate(zip(cells, widths, strict=True)):
            text, style = lines[number] if number < len(lines) else ("", "")
            gap = _GAP if place < len(widths) - 1 else 0
            blanks = " " * (width + gap - cell_len(text))
            yield Segment(text + blanks, _style(style, console))
        yield Segment.line()


def _style(name: str, console: Console) -> Style | None:
    return console.get_style(name) if name else None
