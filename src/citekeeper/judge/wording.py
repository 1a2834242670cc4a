"""The grammar of absence: when a title, heading or sentence says “not found” of its page, and nothing else.

Besides the set phrases of data/phrases.toml, a wording is any run of words that names a thing of the web (page,
article, topic, …) and says that it is absent (not found, removed, no longer available, …), with nothing left over but
fillers. So “This story has been removed” and “Запрошенной темы не существует” need no entry of their own.
"""

from __future__ import annotations

import re
from functools import cache

from citekeeper.judge import knowledge

_SEPARATORS = re.compile(r"\s[-–—|•·:/»«›‹]+\s|\s*[|•·»«›‹:!.?,;]+\s*|\s+[–—]\s*|\s*[–—]\s+")
_SENTENCES = re.compile(r"(?<=[.!?…])\s+")
_NEXT_TO_NOTHING = 40
_WORDS = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)?")


@cache
def _fillers() -> frozenset[str]:
    return frozenset(knowledge.table("phrases")["fillers"])


@cache
def _grammar() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    table = knowledge.table("phrases")["grammar"]
    return frozenset(table["things"]), tuple(table["absence"]), frozenset(table["links"])


@cache
def _bare_absences() -> tuple[str, ...]:
    """Words such as “no” and “нет”: they deny a thing only where nothing else is said."""
    return tuple(knowledge.table("phrases")["grammar"]["bare"])


def _words(text: str) -> list[str]:
    return [word.replace("’", "'").replace("ʼ", "'") for word in _WORDS.findall(text.lower())]


def _core(text: str) -> str:
    """The words of a wording that are left without fillers, case and punctuation."""
    return " ".join(word for word in _words(text) if word not in _fillers())


@cache
def _cores() -> frozenset[str]:
    return frozenset(_core(phrase) for phrase in knowledge.not_found_phrases())


def is_wording(text: str) -> bool:
    """Whether a title or heading has a segment that says “not found” and nothing else."""
    return any(_is_wording_segment(part) for part in (text, *_SEPARATORS.split(text)))


def _is_wording_segment(part: str) -> bool:
    core = _core(part)
    if not core:
        return "404" in part
    return core in _cores() or _is_grammatical(part)


def _is_grammatical(part: str) -> bool:
    """Whether the words are a thing, its absence, and nothing but fillers and links besides."""
    words = _words(part)
    if not 2 <= len(words) <= 16:
        return False
    return _names_absence(words) or _names_absence([word for word in words if word not in _fillers()])


def _names_absence(words: list[str]) -> bool:
    things, absences, links = _grammar()
    rest = f" {' '.join(words)} "
    absent = False
    for absence in (*absences, *_bare_absences()):
        if f" {absence} " in rest:
            rest = rest.replace(f" {absence} ", " ")
            absent = True
    left = rest.split()
    if not absent or not any(word in things for word in left):
        return False
    return all(word in things or word in links or word in _fillers() for word in left)


def is_label(text: str) -> bool:
    """Whether a heading says no more than that there is a message (“Information”, “Ошибка!”, “vBulletin Message”)."""
    labels = frozenset(knowledge.table("phrases")["platforms"]["labels"])
    return all(word in labels or word in _fillers() for word in _words(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly."""
    return [sentence for sentence in _SENTENCES.split(text) if sentence]


def speaks_of_absence(text: str) -> bool:
    """Whether any sentence names a thing of the web and says that it is absent, whatever else it says."""
    things, absences, _ = _grammar()
    for sentence in sentences(text):
        words = f" {' '.join(_words(sentence))} "
        if any(f" {absence} " in words for absence in absences) and any(word in things for word in words.split()):
            return True
    return False


def helps_the_lost(text: str) -> bool:
    """Whether a text offers what error pages offer (search, front page, another address), or next to nothing at all."""
    if len(text) < _NEXT_TO_NOTHING or speaks_of_absence(text):
        return True
    lower = text.lower()
    return any(word in lower for word in knowledge.table("phrases")["help"]["words"])


def share_of_absence(*blocks: str) -> float:
    """Which part of some blocks of text, 0 to 1, are wordings and nothing else."""
    said = [sentence for block in blocks for sentence in sentences(block) if _WORDS.search(sentence)]
    total = sum(len(sentence) for sentence in said)
    return sum(map(_said_of_absence, said)) / total if total else 0.0


def _said_of_absence(sentence: str) -> int:
    """How many characters of a sentence are wordings; “Document not found: how a town lost its archive” is little."""
    if _is_wording_segment(sentence):
        return len(sentence)
    return sum(len(part) for part in _SEPARATORS.split(sentence) if _is_wording_segment(part))
