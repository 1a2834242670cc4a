"""Text without what typesetting decides, and the way back from a place in it to a place in the text as it stands."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

_PIECE = 2000  # characters: the way back normalises at most one piece a few times over
_LONGEST_PIECE = 8000  # where no space invites a cut
_MARKS = {
    **dict.fromkeys("«»„“”‟‹›″❝❞〝〞‘’‚‛′`´ʼ", "'"),
    '"': "'",
    **dict.fromkeys("‐‑‒–−", "-"),
    "―": "—",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301", ""),
    "ё": "е",
    "Ё": "Е",
}
_COMPATIBLE = ("<compat>", "<wide>", "<narrow>", "<noBreak>", "<font>", "<sub>")
_DOUBLED_MARK = re.compile(r"''+|,,(?=\w)|<<|>>")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-[ \t]*[\r\n]\s*(?=[^\W\d_])")
_DASH = re.compile(r" ?(?:—|(?<!-)--+) ?| - ")
_DASH_BETWEEN_FIGURES = re.compile(r"(?<=\d) - (?=\d)")
_SPACE = re.compile(r"\s+")
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])[ -](?=[^\W\d_])")
WORD = re.compile(r"\?|[^\s?]+")
_NOTE_MARK = re.compile(r"(?<=[^\s\[(])\[\d{1,3}\]")
_RAISED = re.compile(r"([^\W\d_]{1,3}|[.,;:!?')\]])([¹²³⁰⁴-⁹]{1,3})(?!\w)")
_UNITS = frozenset(["m", "km", "cm", "mm", "dm", "м", "км", "см", "мм", "дм"])
_LOOKS_LATIN, _IS_CYRILLIC = "aceopxyiïABCEHIKMOPTXÏ", "асеорхуіїАВСЕНІКМОРТХЇ"
_TO_CYRILLIC = str.maketrans(_LOOKS_LATIN, _IS_CYRILLIC)
_LETTERS = re.compile(r"[^\W\d_]+")
_SOME_CYRILLIC, _SOME_LATIN = re.compile(r"[\u0400-\u052f]"), re.compile(rf"[{_LOOKS_LATIN}]")
_TIME = re.compile(
    r"[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?(?:\s*[-–]+>?\s*\d{1,2}:\d\d(?::\d\d)?)?\s+(?=\S)"
)
_FEWEST_TIMES = 3  # paragraphs that begin with a time of day, from which on the text is a transcript
_CUT = re.compile(r"(?<=\w)[ \u00a0](?=[^\W\d_])")


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Ligatures, wide and other compatible forms (as in NFKC, but ² and ½ stay: 10² is not 102), and the marks."""
    table = {}
    for code in range(0xA0, 0x10000):
        if unicodedata.decomposition(chr(code)).startswith(_COMPATIBLE):
            table[code] = unicodedata.normalize("NFKC", chr(code))
    return table | {ord(mark): plain for mark, plain in _MARKS.items()}


def flat(text: str) -> str:
    """``text`` with one form of every quotation mark, dash and space, and with capitals as they are."""
    plain = unicodedata.normalize("NFC", text).translate(_table())
    plain = _DOUBLED_MARK.sub("'", _BROKEN_WORD.sub("", plain))
    plain = _one_script(_RAISED.sub(_lowered, _NOTE_MARK.sub("", plain)))
    # Spaces first: a pattern that may begin with many spaces takes quadratic time on them.
    plain = _DASH_BETWEEN_FIGURES.sub("-", _DASH.sub(" - ", _SPACE.sub(" ", plain)))
    return _SPACE.sub(" ", plain).strip()


def _lowered(match: re.Match[str]) -> str:
    """Raised figures behind a unit are part of it (m²), and those behind a longer word or a full stop mark a note."""
    before, raised = match[1], match[2]
    is_begun = match.start() > 0 and match.string[match.start() - 1].isalpha()
    if not is_begun and before.lower() in _UNITS:
        return before + unicodedata.normalize("NFKC", raised)
    return before if len(before) == 3 or not before.isalpha() else match[0]


def _one_script(text: str) -> str:
    """Words of Cyrillic letters with Latin ones among them that look alike (а typed as a), all Cyrillic."""
    if not (_SOME_CYRILLIC.search(text) and _SOME_LATIN.search(text)):
        return text
    return _LETTERS.sub(
        lambda word: word[0].translate(_TO_CYRILLIC) if _SOME_CYRILLIC.search(word[0]) else word[0], text
    )


def normalise(text: str) -> str:
    """``text`` without what typesetting, and not meaning, decides; capitals too."""
    # Casefolding may leave a letter decomposed (ǰ), hence the second composition.
    return unicodedata.normalize("NFC", flat(text).casefold())


def tight(text: str) -> tuple[str, list[int]]:
    """Normalised text without spaces and hyphens between letters, and where each of its characters stood."""
    left_out = {at for match in _BETWEEN_LETTERS.finditer(text) for at in range(*match.span())}
    places = [at for at in range(len(text)) if at not in left_out]
    return "".join(text[at] for at in places), places


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of one paragraph: where it begins there, and its text as it stands."""

    paragraph: int
    offset: int
    text: str


class Folded:
    """The paragraphs of a copy as one normalised text, in which every place knows where it comes from.

    Paragraphs are joined by a space, so a quote may run across their ends; a transcript's times are no part of it.
    """

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.paragraphs = tuple(paragraphs)
        self._pieces: list[_Piece] = []
        self._starts: list[int] = []
        folded: list[str] = []
        length = 0
        times = [_TIME.match(paragraph) for paragraph in self.paragraphs]
        is_transcript = sum(map(bool, times)) >= _FEWEST_TIMES
        for index, paragraph in enumerate(self.paragraphs):
            time = times[index] if is_transcript else None
            begin = time.end() if time else 0
            for offset, text, ends_in_space in _cut(paragraph[begin:]):
                self._pieces.append(_Piece(index, begin + offset, text))
                self._starts.append(length)
                folded.append(normalise(text) + (" " if ends_in_space else ""))
                length += len(folded[-1])
        self.text = "".join(folded)

    @cached_property
    def words(self) -> tuple[list[str], list[int]]:
        """The words, bare of punctuation, and where each begins in ``text``."""
        words, starts = [], []
        for match in WORD.finditer(self.text):
            word = bare(match[0])
            if word:
                words.append(word)
                starts.append(match.start() + match[0].find(word))
        return words, starts

    @cached_property
    def tight(self) -> tuple[str, list[int]]:
        """``text`` without spaces and hyphens between letters, and where each of its characters stands in ``text``."""
        return tight(self.text)

    def place(self, position: int, *, is_end: bool = False) -> tuple[int, int]:
        """The paragraph and the offset in it that ``position`` of ``text`` comes from.

        With ``is_end`` the place is that just behind the character before ``position``.
        """
        index = max(bisect_right(self._starts, position - is_end) - 1, 0)
        piece, inside = self._pieces[index], position - self._starts[index]
        low, high = 0, len(piece.text)
        while low < high:
            middle = (low + high) // 2
            reached = len(normalise(piece.text[: middle + (not is_end)]))
            if reached < inside + (not is_end):
                low = middle + 1
            else:
                high = middle
        return piece.paragraph, piece.offset + low


def _cut(paragraph: str) -> list[tuple[int, str, bool]]:
    """Pieces of a paragraph as (offset, text, whether a space follows), cut at spaces between words if possible."""
    pieces, start = [], 0
    while len(paragraph) - start > _PIECE:
        space = _CUT.search(paragraph, start + _PIECE, start + _LONGEST_PIECE)
        end = space.start() if space else min(start + _LONGEST_PIECE, len(paragraph))
        pieces.append((start, paragraph[start:end], space is not None))
        start = space.end() if space else end
    return [*pieces, (start, paragraph[start:], True)]


@lru_cache(maxsize=4)  # the quotes of one citation are looked for in the same few copies
def folded(paragraphs: tuple[str, ...]) -> Folded:
    """The paragraphs, folded once for all quotes."""
    return Folded(paragraphs)


def bare(word: str) -> str:
    """A normalised word without the punctuation around it; a question mark is a word of its own (it turns a sense)."""
    return word.strip("'.,;:!()[]{}-…/*_#|<>")
