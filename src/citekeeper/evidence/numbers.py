"""Is a number that a document relies on in its source? In whatever notation either of them has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from citekeeper.evidence import number_words
from citekeeper.evidence.folding import normalise
from citekeeper.evidence.fragments import text_fragment
from citekeeper.evidence.notation import Figure, read_figures
from citekeeper.evidence.spans import whole_words
from citekeeper.evidence.withdrawn import TAKEN_BACK, standing
from citekeeper.model import QuoteMatch, Where

_NEAR = Decimal("0.5")
_FEW_ROMAN = 40
_ROMAN = re.compile(
    r"\b([IVX]+)(?:[-–]?(?:e|er|ème|th|st|nd|rd|й|го|м))?\b"
    r"(?=\.?\s+(?:centur|eeuw|siècle|jahrhundert|jh\b|век|вв?\.|стол|ст\.))",
    re.IGNORECASE,
)


def find_number(number: str, paragraphs: Sequence[str], where: Where) -> QuoteMatch:
    """Look for a figure, a range or a date in any notation.

    Args:
        number: as the document gives it. A percentage is found as one only; a currency must not be another one.
            Of a bare figure the source may give the unit.
        paragraphs: the copy's text.
        where: which copy it is, for the match.

    Returns:
        A match like that of a quote. Its score is below 1 where the figure is one end of a range only, or a
        percentage that the document does not call one; where it is not found, ``nearest`` shows the closest figure.
    """
    wanted = read_figures(number)
    if not wanted:
        return _literally(number, paragraphs, where)
    stands = standing(tuple(paragraphs))
    match = _find(number, wanted, stands, where)
    if match.found or stands == tuple(paragraphs) or not _find(number, wanted, tuple(paragraphs), where).found:
        return match
    return replace(match, difference=TAKEN_BACK)


def _literally(number: str, paragraphs: Sequence[str], where: Where) -> QuoteMatch:
    """A number of a book, a file or the like is no figure: it is found as it is written, or not."""
    words = normalise(number)
    for index, paragraph in enumerate(paragraphs):
        if any(map(str.isdigit, words)) and whole_words(normalise(paragraph), words, 0) >= 0:
            return QuoteMatch(number, True, 1.0, where, None, index)
    known = any(map(str.isdigit, words))
    return QuoteMatch(number, found=False, difference=None if known else "there is no figure in it")


def _find(number: str, wanted: Sequence[Figure], paragraphs: tuple[str, ...], where: Where) -> QuoteMatch:
    best: tuple[float, int, Figure, Figure, str] | None = None
    for index, said in enumerate(_read_all(paragraphs)):
        for position in range(len(said) - len(wanted) + 1):
            score, remark = _agreement(wanted, said, position)
            if score and (best is None or score > best[0]):
                best = (score, index, said[position], said[position + len(wanted) - 1], remark)
        if best is not None and best[0] == 1.0:
            break
    if best is None:
        best = _spelled(wanted, paragraphs)
    if best is None:
        return _nearest(number, wanted[0], paragraphs)
    score, index, first, last, remark = best
    fragment = "" if where is Where.TRANSLATION else _fragment(paragraphs, index, first.start, last.end)
    return QuoteMatch(
        number, True, score, where, fragment or None, index, offset=first.start, difference=remark or None
    )


def _spelled(wanted: Sequence[Figure], paragraphs: Sequence[str]) -> tuple[float, int, Figure, Figure, str] | None:
    """Where an ordinal stands as a word (fifth), or the number of a century in Roman figures (XIX)."""
    one = wanted[0]
    if len(wanted) > 1 or one.date or one.value != int(one.value) or not 0 < one.value < _FEW_ROMAN:
        return None
    if one.percent or one.currency or one.unit:
        return None
    words = number_words.ordinal(int(one.value)) if one.ordinal else None
    for index, paragraph in enumerate(paragraphs):
        if words is not None and (match := words.search(paragraph)):
            there = replace(one, start=match.start(), end=match.end())
            return 1.0, index, there, there, ""
        for match in _ROMAN.finditer(paragraph):
            if match[1] == number_words.roman(int(one.value)):
                there = replace(one, start=match.start(1), end=match.end(1))
                return 0.95, index, there, there, "it is written in Roman figures"
    return None


def _fragment(paragraphs: Sequence[str], index: int, start: int, end: int) -> str:
    before = sum(len(paragraph) + 1 for paragraph in paragraphs[:index])
    return text_fragment("\n".join(paragraphs), before + start, before + end)


def _agreement(wanted: Sequence[Figure], said: Sequence[Figure], position: int) -> tuple[float, str]:
    """How well the figures from ``position`` on say what is wanted, 0 for not at all, and what is to be said of it."""
    there = said[position : position + len(wanted)]
    if any(not _same(one, other) for one, other in zip(wanted, there, strict=True)):
        return 0.0, ""
    if any(one.linked and not other.linked for one, other in zip(wanted[1:], there[1:], strict=True)):
        return 0.0, ""
    if len(wanted) == 1:
        follows = position + 1 < len(said) and said[position + 1].linked
        if there[0].linked or follows:
            return 0.95, "it is one end of a range"
    if any(other.percent and not one.percent for one, other in zip(wanted, there, strict=True)):
        return 0.95, "it is a percentage"
    return 1.0, ""


def _same(wanted: Figure, said: Figure) -> bool:
    if wanted.date:
        return said.date is not None and _same_day(wanted.date, said.date)
    if wanted.value != said.value or (wanted.percent and not said.percent) or wanted.ordinal != said.ordinal:
        return False
    if said.date and not _is_year(wanted):
        return False
    if wanted.unit and said.unit and wanted.unit != said.unit:
        return False
    return not (wanted.currency and said.currency and wanted.currency != said.currency)


def _same_day(wanted: tuple[int, int, int | None], said: tuple[int, int, int | None]) -> bool:
    return wanted[:2] == said[:2] and wanted[2] in (None, said[2])


def _is_year(figure: Figure) -> bool:
    return 1500 <= figure.value <= 2199 and not figure.percent and not figure.currency


def _nearest(number: str, wanted: Figure, paragraphs: Sequence[str]) -> QuoteMatch:
    best: tuple[Decimal, int, Figure] | None = None
    for index, said in enumerate(_read_all(tuple(paragraphs))):
        for figure in said:
            if figure.percent != wanted.percent or (figure.date is None) != (wanted.date is None):
                continue
            off = abs(figure.value - wanted.value) / max(abs(wanted.value), abs(figure.value), Decimal(1))
            if off <= _NEAR and (best is None or off < best[0]):
                best = (off, index, figure)
    if best is None:
        return QuoteMatch(number, found=False)
    _, index, figure = best
    text = paragraphs[index]
    return QuoteMatch(
        number,
        found=False,
        paragraph=index,
        nearest=text[max(figure.start - 150, 0) : figure.end + 150].strip(),
        offset=figure.start,
        difference=f"“{text[figure.start : figure.end].strip()}” instead of “{number.strip()}”",
    )


@lru_cache(maxsize=2)  # the figures of one citation are looked for in the same few copies
def _read_all(paragraphs: tuple[str, ...]) -> tuple[tuple[Figure, ...], ...]:
    return tuple(tuple(read_figures(paragraph)) for paragraph in paragraphs)
