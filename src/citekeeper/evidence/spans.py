"""Where the parts of a quote stand in a normalised text, one after another, cutting no word and no figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from citekeeper.evidence.editing import as_edited, replaces_sense
from citekeeper.evidence.folding import WORD, Folded, bare, normalise, tight
from citekeeper.evidence.polarity import negates

_FEWEST_SPACED = 8  # letters of a part that is set letter by letter
_FEWEST_LETTERS = 20  # of a part whose words may be set apart or together in another way
_LONGEST_TURN = 2  # words: a cut of no more, with a negation among them, is made to turn the sense
_NEGATIONS = frozenset(("не", "ни", "no", "not", "non", "niet", "geen", "nicht", "kein", "ne", "pas"))
EDGES = " '.,;:!?-"


def in_order(parts: Sequence[str], text: str) -> list[tuple[int, int]] | None:
    """Where ``parts`` stand one after another, as close together as the end that comes first allows; None if not."""
    spans: list[tuple[int, int]] = []
    position = 0
    for part in parts:
        found = whole_words(text, part, position)
        if found < 0:
            return None
        position = found + len(part)
        spans.append((found, position))
    for index in range(len(parts) - 2, -1, -1):
        found = _last_whole_words(text, parts[index], spans[index][0], spans[index + 1][0])
        spans[index] = (found, found + len(parts[index]))
    return spans


def turn_left_out(text: str, spans: Sequence[tuple[int, int]]) -> str | None:
    """A negation and at most one word more, left out between two parts of a quote; None where there is none."""
    for (_, end), (start, _) in pairwise(spans):
        left_out = text[end:start].split()
        if len(left_out) <= _LONGEST_TURN and any(negates(bare(word)) for word in left_out):
            return " ".join(left_out)
    return None


def edited_in_order(pieces: Sequence[str], text: str) -> list[tuple[int, int]] | None:
    """Where the parts of a quote stand one after another, if the words in its brackets are the document's own."""
    if not any("[" in piece for piece in pieces):
        return None
    spans: list[tuple[int, int]] = []
    position = 0
    for piece in filter(str.strip, pieces):
        pattern = as_edited(piece) or re.compile(re.escape(normalise(piece).strip(EDGES)))
        for match in pattern.finditer(text, position):
            start, end = match.start() + len(match[0]) - len(match[0].lstrip()), match.start() + len(match[0].rstrip())
            if end > start and not cuts(text, start, end) and not replaces_sense(match):
                break
        else:
            return None
        spans.append((start, end))
        position = end
    return spans


def typeset_in_order(parts: Sequence[str], text: Folded) -> list[tuple[int, int]] | None:
    """Where ``parts`` stand one after another but for spaces and hyphens between letters; None if they do not.

    A PDF tells a word that was hyphenated at a line's end, or may be, in two pieces or without a hyphen of its own.
    “Не” and the like are words of their own on both sides, or the passage is another.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for part in parts:
        letters, _ = tight(part)
        if len(letters) < _FEWEST_SPACED:
            return None
        own, places = text.tight
        found = own.find(letters, position)
        while found >= 0:
            start, end = places[found], places[found + len(letters) - 1] + 1
            there = text.text[start:end]
            if _is_spaced(there) or (
                len(letters) >= _FEWEST_LETTERS
                and not cuts(text.text, start, end)
                and _negations(there) == _negations(part)
            ):
                break
            found = own.find(letters, found + 1)
        else:
            return None
        spans.append((start, end))
        position = found + len(letters)
    return spans


def _is_spaced(text: str) -> bool:
    """Whether a text is set l e t t e r  b y  l e t t e r."""
    return all(len(word) == 1 for word in text.split())


def _negations(text: str) -> Counter[str]:
    return Counter(word for word in map(bare, WORD.findall(text)) if word in _NEGATIONS)


def whole_words(text: str, part: str, start: int) -> int:
    """Where ``part`` stands in ``text`` from ``start`` on, not cutting a word or a figure at either end; -1 if not."""
    found = text.find(part, start)
    while found >= 0 and cuts(text, found, found + len(part)):
        found = text.find(part, found + 1)
    return found


def _last_whole_words(text: str, part: str, first: int, end: int) -> int:
    """The last place of ``part`` before ``end``; ``first`` is one where it stands."""
    found = text.rfind(part, first, end)
    while found > first and cuts(text, found, found + len(part)):
        found = text.rfind(part, first, found + len(part) - 1)
    return max(found, first)


def cuts(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends within a word or a figure."""
    before, after = text[start - 1] if start else " ", text[end] if end < len(text) else " "
    if (before.isalnum() and text[start].isalnum()) or (after.isalnum() and text[end - 1].isalnum()):
        return True
    # A figure goes on behind a point, a comma or a space before three digits: 5 is not in 5.2, nor 200 in 1 200.
    if text[end - 1].isdigit() and re.match(r"[.,']\d| \d{3}(?!\d)", text[end : end + 5]):
        return True
    return text[start].isdigit() and bool(
        re.search(r"\d[.,']$", text[max(start - 2, 0) : start])
        or (
            re.match(r"\d{3}(?!\d)", text[start : start + 4])
            and re.search(r"(?<!\d)\d{1,3} $", text[max(start - 5, 0) : start])
        )
    )
