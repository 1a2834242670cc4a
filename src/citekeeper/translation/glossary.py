"""Names that a person has decided how to write: «Роскомнадзора» is sent as “Roskomnadzor”, which engines leave alone.

The name is put into the source text in the target's spelling before it is sent. Engines copy a word that is in the
target's script already, with the sentence around it intact, where placeholders of signs and digits come back mangled.
Whether it did come back is checked; if not, the text is sent once more as it stood.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_ENDINGS = """
а я о е ё и ы у ю ь й і ї є
ой ей ою ею єю ом ем ём єм ам ям ах ях ов ев ёв ів їв ий ый ой ій их ых їх им ым їм ая яя ое ее ую юю ью ия ие ии ию
ого его ому ему ими ыми їми ами ями иям иях ием ией ові еві єві ієї ьою
"""
_ANY_ENDING = "(?:" + "|".join(sorted(set(_ENDINGS.split()), key=len, reverse=True)) + ")?"
_ENDING = re.compile("(?:" + "|".join(sorted(set(_ENDINGS.split()), key=len, reverse=True)) + ")$")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text with the glossary's names in the target's spelling, and which these are."""

    text: str
    names: tuple[str, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def digest(self) -> str:
        """Tells which entries were applied; empty where none was."""
        if not self.terms:
            return ""
        return hashlib.sha256(repr(sorted(self.terms)).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def lost_names(self, result: str) -> tuple[str, ...]:
        """The names that ``result`` does not hold, in whatever case and spacing."""
        folded = _folded(result)
        return tuple(name for name in self.names if _folded(name) not in folded)


class Glossary:
    """The entries for one target language.

    Args:
        entries: a name as the sources have it, and its spelling: for every language, or by language.
        target: BCP 47 tag.
    """

    def __init__(self, entries: Mapping[str, str | Mapping[str, str]], target: str) -> None:
        self._spelling: dict[str, str] = {}
        for term, given in entries.items():
            spelling = given if isinstance(given, str) else _for_language(given, target)
            if term.strip() and spelling and spelling.strip():
                self._spelling[" ".join(term.split())] = spelling.strip()

    @property
    def names(self) -> re.Pattern[str] | None:
        """Finds every entry's name, in whatever case form; None where there is no entry."""
        return self._pattern if self._spelling else None

    def prepare(self, text: str) -> Prepared:
        """``text`` with every entry's name, in whatever case form, in the target's spelling."""
        if not self._spelling:
            return Prepared(text)
        used: dict[str, str] = {}

        def spelled(match: re.Match[str]) -> str:
            term = self._terms[int((match.lastgroup or "t0")[1:])]
            used[term] = self._spelling[term]
            return self._spelling[term]

        prepared = self._pattern.sub(spelled, text)
        return Prepared(prepared, tuple(dict.fromkeys(used.values())), tuple(used.items()))

    @cached_property
    def _terms(self) -> list[str]:
        return sorted(self._spelling, key=len, reverse=True)  # the longer name first, where one holds another

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        alternatives = (f"(?P<t{number}>{_term_pattern(term)})" for number, term in enumerate(self._terms))
        return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?!\w)(?!-\w)")


def _for_language(spellings: Mapping[str, str], target: str) -> str | None:
    """The spelling for a language tag, or for the language that it is a variety of."""
    folded = {tag.lower(): spelling for tag, spelling in spellings.items()}
    return folded.get(target.lower(), folded.get(target.lower().split("-")[0]))


def _term_pattern(term: str) -> str:
    """A regular expression for a name in all its case forms."""
    return r"\s+".join(_word_pattern(word) for word in term.split())


def _word_pattern(word: str) -> str:
    if not _CYRILLIC.fullmatch(word):
        return "-".join(_word_pattern(part) for part in word.split("-")) if _is_hyphenated(word) else re.escape(word)
    if word.isupper():  # an abbreviation: МИД, МИДа, МИДом
        return _letters(word) + _ANY_ENDING
    stem = _ENDING.sub("", word)
    if len(stem) < _SHORTEST_STEM:
        stem = word
    pattern = _letters(stem) + _ANY_ENDING
    capitals = _letters(stem.upper()) + _ANY_ENDING.upper()
    return f"(?:{pattern}|{capitals})"


def _is_hyphenated(word: str) -> bool:
    parts = word.split("-")
    return len(parts) > 1 and all(_CYRILLIC.fullmatch(part) for part in parts)


def _letters(stem: str) -> str:
    """The letters as they stand, ё and е alike."""
    return "".join({"ё": "[ёе]", "е": "[ёе]", "Ё": "[ЁЕ]", "Е": "[ЁЕ]"}.get(letter, letter) for letter in stem)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
