"""How a passage differs from a quote, word by word, and whether any difference could change what is said.

The rule is a short list of what is harmless, not a list of what is harmful: an article, a compound written apart, a
figure in another notation, one evident slip of the pen within a long word. Everything else, a lost “not”, another
figure, another name or ending, makes it another sentence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from citekeeper.evidence.notation import values

_ARTICLES = frozenset(
    ["the", "a", "an", "de", "het", "een", "der", "die", "das", "den", "dem", "des", "le", "la", "les"]
)
_CASES = frozenset(["der", "den", "dem", "des"])
_STRESSED = frozenset(["een", "de", "het", "voor", "wel", "zo", "als", "nu", "al", "niet", "geen", "alle", "nooit",
                       "wij", "jij", "ook", "die", "dat", "deze"])  # fmt: skip
_AND = frozenset(["&", "and", "en", "und", "et", "и", "і", "та", "й"])
_WORDS_PER_SLIP = 8
_SHOWN = 5
_GRID = 1000  # words up to which the cheapest passage is sought by a full table


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where they differ: the quote's words and the passage's, either of them empty for words left out."""

    wanted: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The passage ``words[start:end]`` that a quote fits best, and every difference from it, in order."""

    start: int
    end: int
    differences: tuple[Difference, ...]

    @property
    def cost(self) -> int:
        """How many words differ."""
        return sum(max(len(each.wanted), len(each.said)) for each in self.differences)


def align(wanted: Sequence[str], words: Sequence[str]) -> Alignment:
    """Lay ``wanted`` along the stretch of ``words`` that differs from it in the fewest words (Sellers 1980)."""
    if len(wanted) > _GRID:
        return _align_long(wanted, words)
    width = len(words) + 1
    table = [[0] * width]
    for row, word in enumerate(wanted, 1):
        above, current = table[-1], [row]
        for column, other in enumerate(words, 1):
            diagonal = above[column - 1]
            if word == other:
                current.append(diagonal)
            else:
                current.append(1 + min(diagonal, above[column], current[-1]))
        table.append(current)
    end = min(range(width), key=lambda column: (table[-1][column], -column))
    row, column = len(wanted), end
    steps: list[tuple[str | None, str | None]] = []
    while row:
        here = table[row][column]
        if column and here == table[row - 1][column - 1] + (wanted[row - 1] != words[column - 1]):
            row, column = row - 1, column - 1
            steps.append((wanted[row], words[column]))
        elif here == table[row - 1][column] + 1:
            row -= 1
            steps.append((wanted[row], None))
        else:
            column -= 1
            steps.append((None, words[column]))
    return Alignment(column, end, _grouped(steps[::-1]))


def _grouped(steps: Sequence[tuple[str | None, str | None]]) -> tuple[Difference, ...]:
    """Neighbouring differences as one."""
    found = []
    for agrees, run in groupby(steps, key=lambda step: step[0] == step[1]):
        if not agrees:
            pairs = list(run)
            found.append(
                Difference(
                    tuple(word for word, _ in pairs if word is not None),
                    tuple(word for _, word in pairs if word is not None),
                )
            )
    return tuple(found)


def _align_long(wanted: Sequence[str], words: Sequence[str]) -> Alignment:
    """The same for a long quote by a bit-parallel edit distance; surplus words at both ends are not of the passage."""
    from rapidfuzz.distance import Levenshtein

    edits = list(Levenshtein.opcodes(list(wanted), list(words)))
    start, end = 0, len(words)
    if edits and edits[0].tag == "insert":
        start = edits.pop(0).dest_end
    if edits and edits[-1].tag == "insert":
        end = edits.pop().dest_start
    return Alignment(
        start,
        end,
        tuple(
            Difference(tuple(wanted[e.src_start : e.src_end]), tuple(words[e.dest_start : e.dest_end]))
            for e in edits
            if e.tag != "equal"
        ),
    )


def are_harmless(differences: Sequence[Difference], words: int, is_name: Callable[[str], bool]) -> bool:
    """Whether a quote of ``words`` words still says the same.

    Args:
        differences: from the passage that it was laid along.
        words: the quote's length.
        is_name: whether a word of the quote or passage is written with a capital within a sentence.
    """
    slips = 0
    for each in differences:
        if _articles_only(each) or _and_only(each) or _stress_only(each) or _same_figures(each) or _same_letters(each):
            continue
        if not _is_slip(each) or any(is_name(word) for word in (*each.wanted, *each.said)):
            return False
        slips += 1
    return slips <= max(words // _WORDS_PER_SLIP, 1)


def _articles_only(each: Difference) -> bool:
    if each.wanted and each.said and {*each.wanted, *each.said} <= _CASES:
        return False  # who did it to whom
    return len(each.wanted) < 2 and len(each.said) < 2 and {*each.wanted, *each.said} <= _ARTICLES


def _stress_only(each: Difference) -> bool:
    """Dutch puts accents on words that are stressed: één, dé, vóór."""
    if len(each.wanted) != 1 or len(each.said) != 1:
        return False
    one, other = (unicodedata.normalize("NFD", word[0]).replace("\u0301", "") for word in (each.wanted, each.said))
    return one == other and one in _STRESSED


def _and_only(each: Difference) -> bool:
    """“&” for the word, or the word for “&”."""
    return len(each.wanted) == len(each.said) == 1 and {*each.wanted, *each.said} <= _AND and "&" in (
        *each.wanted, *each.said,
    )  # fmt: skip


def _same_figures(each: Difference) -> bool:
    wanted, said = " ".join(each.wanted), " ".join(each.said)
    (left, left_rest), (right, right_rest) = values(wanted), values(said)
    return bool(left) and left == right and left_rest == right_rest


def _same_letters(each: Difference) -> bool:
    """``data base`` and ``database``, ``co-operate`` and ``cooperate``: the same word, written apart or together."""
    wanted, said = "".join(each.wanted), "".join(each.said)
    if any(ch.isdigit() for ch in wanted + said):
        return False
    return bool(_letters(wanted)) and _letters(wanted) == _letters(said)


def _letters(text: str) -> str:
    return "".join(ch for ch in text if ch.isalnum())


def _is_slip(each: Difference) -> bool:
    """One letter lost, doubled, swapped with its neighbour or one vowel taken for another, deep within a long word.

    Beginnings and endings carry the sense (legal, illegal; убил, убит), and short words turn into other words.
    """
    if len(each.wanted) != 1 or len(each.said) != 1:
        return False
    from rapidfuzz.distance import OSA, Postfix, Prefix

    one, other = each.wanted[0], each.said[0]
    if min(len(one), len(other)) < 7 or any(ch.isdigit() for ch in one + other):
        return False
    first, last = Prefix.similarity(one, other), Postfix.similarity(one, other)
    if OSA.distance(one, other) != 1 or first < 3 or last < 2:
        return False
    is_exchange = len(one) == len(other) and first + last == len(one) - 1
    return not is_exchange or {one[first], other[first]} <= set("aeiouyаеиоуыэюяіїє")


def described(differences: Sequence[Difference]) -> str:
    """The differences in words, the first few of them."""
    phrases = [_phrase(each) for each in differences[:_SHOWN]]
    more = len(differences) - _SHOWN
    return "; ".join(phrases) + (f"; and {more} more" if more > 0 else "")


def _phrase(each: Difference) -> str:
    wanted, said = _shortened(each.wanted), _shortened(each.said)
    if not each.said:
        return f"“{wanted}” is not there"
    if not each.wanted:
        return f"“{said}” is added"
    return f"“{said}” instead of “{wanted}”"


def _shortened(words: Sequence[str]) -> str:
    return " ".join(words) if len(words) <= 12 else " ".join([*words[:8], "…", *words[-3:]])
