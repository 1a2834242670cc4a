"""A PDF's pages as printed lines of characters, each with its size, its place and the link that lies over it."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTContainer, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFNoValidXRef, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from citekeeper.errors import InputFileError

logging.getLogger("pdfminer").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle that leads to an address. A link whose words run over lines has one for each.

    Attributes:
        box: left, bottom, right, top in points.
        number: its place among the document's rectangles.
        first: the number of its link's first rectangle.
    """

    url: str
    page: int
    box: tuple[float, float, float, float]
    number: int
    first: int


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: where it stands (points, from the page's lower left), its size, and its link's number."""

    char: str
    left: float
    right: float
    baseline: float
    top: float
    size: float
    italic: bool
    link: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, left to right."""

    glyphs: tuple[Glyph, ...]
    page: int
    size: float  # of most of its characters
    baseline: float

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.glyphs[0].left

    @property
    def text(self) -> str:
        """The line's characters."""
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def spaced(self) -> str:
        """The line's words, with a blank wherever one is to be seen."""
        pieces: list[str] = []
        for index, glyph in enumerate(self.glyphs):
            if index and self.gap(self.glyphs[index - 1], glyph):
                pieces.append(" ")
            pieces.append(glyph.char)
        return "".join(pieces)

    def gap(self, left: Glyph, right: Glyph) -> bool:
        """Whether white space is to be seen between two neighbouring characters."""
        return right.left - left.right > 0.16 * min(left.size, right.size)

    def is_raised(self, glyph: Glyph) -> bool:
        """Whether a character is a superscript."""
        return glyph.size < 0.85 * self.size and glyph.baseline > self.baseline + 0.12 * self.size


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF's lines and links, in reading order, and the title it declares."""

    lines: tuple[Line, ...]
    links: tuple[Link, ...]
    title: str | None


class _Collector(PDFLayoutAnalyzer):
    """Keeps each page's characters as they are drawn."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager, laparams=None)
        self._characters: list[LTChar] = []

    def receive_layout(self, ltpage: LTPage) -> None:
        """Take a finished page; pdfminer does not finish an empty one."""
        self._characters = list(_characters(ltpage))

    def take(self) -> list[LTChar]:
        """The characters of the page that was processed last, once."""
        characters, self._characters = self._characters, []
        return characters


def load_pdf(data: bytes, name: str, *, with_text: bool = True) -> Pdf:
    """Read a PDF.

    Args:
        data: the file.
        name: for messages.
        with_text: whether the lines are wanted, and not the links alone.

    Raises:
        InputFileError: the file is encrypted or damaged.
    """
    try:
        return _load(data, with_text=with_text)
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise InputFileError(
            name, "this PDF is encrypted and asks for a password", "Save a copy without the password, and import that."
        ) from error
    except (PDFException, PSException) as error:
        raise InputFileError(name, _DAMAGED, _DAMAGED_HINT) from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError, EOFError,
            OverflowError, ArithmeticError, MemoryError) as error:  # fmt: skip
        # pdfminer trusts the file's structures: what it finds in a damaged one breaks in any of these ways
        raise InputFileError(name, _DAMAGED, _DAMAGED_HINT) from error


_DAMAGED = "this PDF is damaged or cut off, and cannot be read"
_DAMAGED_HINT = "Open it in a PDF reader, save or print it anew as PDF, and import that."


def _load(data: bytes, *, with_text: bool) -> Pdf:
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    manager = PDFResourceManager()
    collector = _Collector(manager)
    interpreter = PDFPageInterpreter(manager, collector)
    lines: list[Line] = []
    links: list[Link] = []
    pages = 0
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        pages = number
        found = list(_page_links(page, number, len(links)))
        links += found
        if with_text:
            interpreter.process_page(page)
            lines += _lines(collector.take(), found, number)
    if not pages:
        raise PDFNoValidXRef("it has no pages")
    return Pdf(tuple(lines), tuple(links), _title(document))


def _title(document: PDFDocument) -> str | None:
    for info in document.info:
        value = resolve1(info.get("Title"))
        if isinstance(value, bytes) and (title := decode_text(value).strip(" \0")):
            return title[:500]
    return None


# ── links ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _page_links(page: PDFPage, number: int, before: int) -> Iterator[Link]:
    """The page's links to addresses, from top to bottom."""
    annotations = resolve1(page.annots)
    found: list[tuple[str, tuple[float, float, float, float]]] = []
    for reference in annotations if isinstance(annotations, list) else ():
        annotation = resolve1(reference)
        if not isinstance(annotation, dict) or getattr(annotation.get("Subtype"), "name", "") != "Link":
            continue
        url = _action_url(annotation)
        if url:
            found += [(url, box) for box in _boxes(annotation)]
    found.sort(key=lambda item: (-round(item[1][3]), item[1][0]))
    last: dict[str, Link] = {}
    for index, (url, box) in enumerate(found, before):
        above = last.get(url)
        first = above.first if above and _continues(above.box, box) else index
        last[url] = Link(url, number, box, index, first)
        yield last[url]


def _continues(above: tuple[float, ...], below: tuple[float, ...]) -> bool:
    """Whether a rectangle is the next printed line of a link, or the next piece on the same line."""
    height = above[3] - above[1]
    gap = above[1] - below[3]
    return gap <= 0.8 * height and (gap > -0.5 * height or abs(below[0] - above[2]) < 0.5 * height)


def _action_url(annotation: dict[str, Any]) -> str | None:
    action = resolve1(annotation.get("A"))
    uri = resolve1(action.get("URI")) if isinstance(action, dict) else None
    if not isinstance(uri, bytes):
        return None
    try:
        return uri.decode("utf-8").strip()
    except UnicodeDecodeError:
        return uri.decode("latin-1").strip()


def _boxes(annotation: dict[str, Any]) -> list[tuple[float, float, float, float]]:
    """The rectangles of a link: its QuadPoints (one a printed line), else its Rect."""
    quads = _numbers(annotation.get("QuadPoints"))
    if quads and len(quads) % 8 == 0:
        return [
            (min(quad[0::2]), min(quad[1::2]), max(quad[0::2]), max(quad[1::2]))
            for quad in (quads[start : start + 8] for start in range(0, len(quads), 8))
        ]
    rect = _numbers(annotation.get("Rect"))
    if len(rect) != 4:
        return []
    return [(min(rect[0::2]), min(rect[1::2]), max(rect[0::2]), max(rect[1::2]))]


def _numbers(value: object) -> list[float]:
    items = resolve1(value)
    if not isinstance(items, list):
        return []
    numbers = [resolve1(item) for item in items]
    return [float(item) for item in numbers] if all(isinstance(item, int | float) for item in numbers) else []


# ── characters and lines ───────────────────────────────────────────────────────────────────────────────────────────


def _characters(container: LTContainer[Any]) -> Iterator[LTChar]:
    """Every character of a page, form by form, in the order in which they are drawn."""
    stack: list[Iterator[Any]] = [iter(container)]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            stack.append(iter(item))


def _lines(characters: Sequence[LTChar], links: Sequence[Link], page: int) -> list[Line]:
    """Characters as lines, from top to bottom.

    A raised number belongs to the line that it rises from: its box overlaps that line's by a half.
    """
    glyphs = [_glyph(char, links) for char in characters if char.upright and not char.get_text().startswith("(cid:")]
    glyphs.sort(key=lambda glyph: (-glyph.size, -glyph.baseline))
    rows: list[list[Glyph]] = []
    by_height: dict[int, list[list[Glyph]]] = {}  # rows by the tens of points of their baseline
    for glyph in glyphs:
        tens = int(glyph.baseline // 10)
        near = (row for height in (tens, tens - 1, tens + 1) for row in by_height.get(height, ()))
        row = next((row for row in near if _belongs(glyph, row[0])), None)
        if row is None:
            row = []
            rows.append(row)
            by_height.setdefault(tens, []).append(row)
        row.append(glyph)
    lines = []
    for row in rows:
        inked = [glyph for glyph in row if not glyph.char.isspace()]
        if inked:
            (size, baseline), _ = Counter((round(g.size, 2), round(g.baseline, 1)) for g in inked).most_common(1)[0]
            lines.append(Line(tuple(sorted(row, key=lambda glyph: glyph.left)), page, size, baseline))
    lines.sort(key=lambda line: -line.baseline)
    return lines


def _belongs(glyph: Glyph, first: Glyph) -> bool:
    """Whether a character stands in the line of ``first``, its largest: on its baseline, or smaller and raised."""
    rise = glyph.baseline - first.baseline
    if abs(rise) < 0.25 * first.size:
        return True
    return glyph.size < 0.85 * first.size and -0.3 * first.size < rise < 0.7 * first.size


def _glyph(char: LTChar, links: Sequence[Link]) -> Glyph:
    # the matrix places the glyph's origin: the baseline; the box's own bottom depends on the font's descent
    baseline = char.matrix[5]
    middle_x, middle_y = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
    link = next(
        (
            link.number
            for link in links
            if link.box[0] <= middle_x <= link.box[2] and link.box[1] - 1 <= middle_y <= link.box[3] + 1
        ),
        None,
    )
    font = char.fontname.lower()
    return Glyph(
        char.get_text(),
        char.x0,
        char.x1,
        baseline,
        baseline + char.size * 0.7,
        char.size,
        "ital" in font or "obli" in font,
        link,
    )
