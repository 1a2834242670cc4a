"""Cutting a paragraph into pieces that an engine takes, and putting it together again exactly.

Cuts fall at sentence ends, else at the gentlest space near the limit: never inside a word, a number, an abbreviation,
a name of the glossary or (while there is any other place) one that shows by its capitals. White space at the cuts is
kept here and not sent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LIMIT = 1500
"""Characters to a segment: longer Cyrillic makes URLs that services refuse."""

_ABBREVIATION_LIST = """
г гг в вв ул д кв стр корп обл р п пос с дер просп пр пл пер им т тт тыс млн млрд трлн руб коп долл см мм км кг ср напр
др проч н э род ум акад проф доц чл кор ген полк подп лейт кап мл ст зам пом гл рис табл илл изд сост ред рег тел факс
ок янв фев мар апр июн июл авг сен сент окт ноя нояб дек пн вт чт пт сб вс о м ч
mr mrs ms dr prof st sr jr vs etc no vol pp p ed eds cf al inc ltd co corp gen col lt sgt capt rev hon jan feb apr jun
jul aug sep sept oct nov dec approx dept est fig
dhr mevr mw drs ir ing bijv bv nl enz evt resp art lid nr blz jl usw ca str hr fr abs vgl mme mlle mm chap av env
"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())
_SENTENCE_END = re.compile(r"[.!?…]+[\"'»”’“)\]]*(?=\s)|[。！？]+[」』”’）]*")
_LAST_WORD = re.compile(r"[^\s\"'«»“”„(\[]*$")
_SPACE = re.compile(r"\s+")
_MONTH = re.compile(
    r"(?i)(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру|jan|feb|"
    r"maart|march|apr|mei|may|jun|jul|aug|sep|o[kc]t|nov|de[cz])[^\W\d_]{0,6}\.?"
)
_CLAUSE_END = (",", ";", ":", "—", "–", ")")


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece: the text to translate (no white space around it), and the white space that follows it."""

    text: str
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Segmented:
    """A paragraph in pieces; ``lead`` is the white space before the first."""

    lead: str
    segments: tuple[Segment, ...]

    def join(self, texts: Sequence[str] | None = None) -> str:
        """The paragraph again, with ``texts`` (one for each segment) in place of the segments' own.

        Raises:
            ValueError: not as many texts as segments.
        """
        given = [segment.text for segment in self.segments] if texts is None else texts
        pieces = zip(given, self.segments, strict=True)
        return self.lead + "".join(text + segment.gap for text, segment in pieces)


def split(paragraph: str, limit: int = LIMIT, names: re.Pattern[str] | None = None) -> Segmented:
    """Cut ``paragraph`` into segments of about ``limit`` characters; ``split(p).join() == p`` for every p.

    A stretch without any space or sentence end stays whole, however long.

    Args:
        paragraph: the text.
        limit: characters to a segment.
        names: what must stay in one piece, whatever its words look like: the glossary's names.
    """
    core = paragraph.lstrip()
    lead = paragraph[: len(paragraph) - len(core)]
    segments: list[Segment] = []
    while core:
        end = _cut(core, limit, names) if len(core.rstrip()) > limit else len(core.rstrip())
        text = core[:end].rstrip()
        rest = core[end:].lstrip()
        segments.append(Segment(text, core[len(text) : len(core) - len(rest)]))
        core = rest
    return Segmented(lead, tuple(segments))


def _cut(text: str, limit: int, names: re.Pattern[str] | None) -> int:
    """Where to cut ``text``, which is longer than ``limit``: the index after the segment's last character."""
    whole = [match.span() for match in names.finditer(text)] if names is not None else []

    def is_free(at: int) -> bool:
        return not any(start < at < end for start, end in whole)

    found = [match for match in _SENTENCE_END.finditer(text, 0, limit + 1) if match.end() <= limit]
    ends = [match.end() for match in found if _ends_sentence(text, match) and is_free(match.end())]
    if ends:
        return ends[-1]
    spaces = [match.start() for match in _SPACE.finditer(text, 0, limit + 1) if match.start() > 0]
    spaces = [at for at in spaces if is_free(at)]
    for is_gentle in (_after_clause, _between_plain_words, _outside_number):
        place = next((at for at in reversed(spaces) if is_gentle(text, at)), None)
        if place is not None:
            return place
    following = _SPACE.search(text, limit)
    while following and not (_outside_number(text, following.start()) and is_free(following.start())):
        following = _SPACE.search(text, following.end())
    return following.start() if following else len(text)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence, and not an abbreviation, an initial or an ordinal."""
    following = text[match.end() :].lstrip()[:1]
    if following.islower():
        return False
    if not match[0].startswith(".") or match[0].startswith(".."):
        return True
    word = _LAST_WORD.search(text, 0, match.start())
    last = word[0] if word else ""
    if last.isdigit():
        return len(last) > 2  # “1. Januar”, “5. maart”, but “… in 2022.”
    return not _is_abbreviation(last)


def _is_abbreviation(word: str) -> bool:
    bare = word.lower().rstrip(".")
    return bare in _ABBREVIATIONS or bare.rpartition(".")[2] in _ABBREVIATIONS or (len(bare) == 1 and bare.isalpha())


def _after_clause(text: str, at: int) -> bool:
    return text[at - 1] in _CLAUSE_END and _outside_number(text, at) and at > len(text[:at]) // 2


def _between_plain_words(text: str, at: int) -> bool:
    """Not in a number, after an abbreviation or initial, or between two capitalised words, which may be a name."""
    following = text[at:].lstrip()[:1]
    before = _LAST_WORD.search(text, 0, at)
    last = before[0] if before else ""
    in_name = last[:1].isupper() and following.isupper()
    return _outside_number(text, at) and not in_name


def _outside_number(text: str, at: int) -> bool:
    """Not in a number (“1 200”), before its unit, in a date (“мая 2022”), or after an abbreviation (“ул. Ленина”)."""
    following = text[at : at + 20].lstrip()[:1]
    last = text[at - 1]
    if last.isdigit() or (following.isdigit() and last in "№§$€£#"):
        return False
    before = _LAST_WORD.search(text, 0, at)
    if following.isdigit() and before is not None and _MONTH.fullmatch(before[0]):
        return False
    return not (last == "." and before is not None and _is_abbreviation(before[0].rstrip(".")))
