"""The sentence that carries a mark."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

_LONGEST = 4000  # characters: a list or a table without a full stop is no sentence to be told for each of its marks

_END = re.compile(r"(?:[.!?…]+|[:;](?=\s*$))[\"'”’»“)\]]*\s+(?=[\"'“‘«„¿¡(\[–—-]*[^\W_a-zа-яёіїєґ])", re.UNICODE)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"«])(?:[^\W\d_]|[A-ZА-Я]\.\s?[A-ZА-Я]|d\.w\.z|o\.a|m\.b\.t|i\.v\.m|bijv|bv|enz|nr|art|dhr|mevr|mw|prof|dr|drs|"
    r"ir|mr|ing|jl|blz|pag|vgl|resp|st|e\.g|i\.e|mrs|ms|jr|sr|vs|no|vol|pp|ed|eds|gen|gov|sen|rep|z\.\s?B|d\.\s?h|u\.\s?a|"
    r"bzw|usw|ca|abs|hrsg|nr|vgl|str|т\.\s?е|т\.\s?к|т\.\s?н|т\.\s?д|т\.\s?п|г|гг|им|ул|стр|рис|см|др|тыс|млн|млрд|руб|"
    r"p\.\s?ex|cf|m|mm|mme|mlle)\.$",
    re.IGNORECASE,
)

_DAY_OF_MONTH = re.compile(  # German writes “am 3. Mai”
    r"(?<!\d)\d{1,2}\.\s+(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)


def sentence_bounds(text: str, position: int) -> tuple[int, int]:
    """Start and end in ``text`` of the sentence to which a mark at ``position`` belongs.

    A mark after a full stop belongs to the sentence that the stop ends; one in the middle to the sentence around it.
    Of what is far longer than a sentence, it is the words around the mark.
    """
    ends = _sentence_ends(text)
    number = bisect_right(ends, position)
    start = ends[number - 1] if number else 0
    end = ends[number] if number < len(ends) else len(text)
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end - start <= _LONGEST else _words_around(text, position, start, end)


@lru_cache(maxsize=2)  # the marks of a paragraph are asked about one after another
def _sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text end, with the white space behind them; the last is not among them."""
    last = len(text.rstrip())
    ends = [match.end() for match in _END.finditer(text) if not _is_abbreviation(text, match.start())]
    return ends[: bisect_left(ends, last)]


def _words_around(text: str, position: int, start: int, end: int) -> tuple[int, int]:
    """Whole words of ``text[start:end]`` before and behind a position."""
    first = max(start, min(position, end) - _LONGEST // 2)
    last = min(end, first + _LONGEST)
    if first > start and (space := text.find(" ", first, last)) >= 0:
        first = space + 1
    if last < end and (space := text.rfind(" ", first, last)) > first:
        last = space
    return first, last


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether the stop at ``text[stop]`` ends no sentence: of an abbreviation (``vs.``, not ``VS.``), of a day."""
    if _DAY_OF_MONTH.match(text, max(stop - 2, 0)) or _DAY_OF_MONTH.match(text, max(stop - 1, 0)):
        return True
    match = _ABBREVIATION.search(text, max(0, stop - 12), stop + 1)
    if match is None:
        return False
    word = match[0].strip(' (“"«.')
    return len(word) == 1 or "." in word or not word.isupper()
