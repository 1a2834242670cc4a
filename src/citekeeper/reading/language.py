"""Which language a text is in, told by the text itself and not by a page's label."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

_ENOUGH: Final = 40  # letters; below this a guess would be a coin toss
_ENOUGH_AMONG_OTHERS: Final = 120  # letters of a paragraph in the script of the text around it
_SURE: Final = 0.8
_QUITE_SURE: Final = 0.99
_SAMPLE: Final = 8_000  # characters
_MOST_TOLD: Final = 400  # paragraphs whose language is told one by one
# The languages of the sources that documents of this kind cite; the model's rarer ones are mostly its mistakes.
_LANGUAGES: Final = (
    "ar az be bg bn bs ca cs da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko ky lb lt lv mk mn "
    "ms mt nb nl nn no pl pt ro ru sk sl sq sr sv sw ta th tr uk ur vi zh"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")
_CYRILLIC = re.compile("[\u0370-\u052f]+")  # and Greek
_WIDE = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S{1,64}@\S{1,64}")


def identify(text: str, sure: float = _SURE) -> str | None:
    """The ISO 639-1 code of ``text``'s language; None where there is too little text to tell, or it is not clear."""
    sample = _LINK.sub(" ", text[:_SAMPLE])
    letters = sum(map(str.isalpha, sample))
    if letters + 2 * len(_WIDE.findall(sample)) < _ENOUGH:
        return None
    language, probability = _model().classify(sample)
    return str(language) if probability >= sure else None


def identify_paragraphs(paragraphs: Sequence[str]) -> str | None:
    """The language that most of the text is in, paragraph by paragraph where they differ.

    A page that quotes at length in another language is in the language of the greater part of its letters.
    """
    letters: Counter[str] = Counter()
    unasked = sum(map(len, paragraphs[:200]))
    for paragraph in sorted(paragraphs[:200], key=len, reverse=True):
        unasked -= len(paragraph)
        if language := identify(paragraph):
            letters[language] += len(paragraph)
            if letters[language] > 0.5 * (letters.total() + unasked):
                return language  # whatever the others are in
    language, most = letters.most_common(1)[0] if letters else ("", 0)
    return language if most > 0.5 * letters.total() else identify("\n".join(paragraphs))


def identify_all(paragraphs: Sequence[str], otherwise: str | None = None) -> tuple[str | None, tuple[str | None, ...]]:
    """The language of a text, ``otherwise`` where it does not tell, and of its paragraphs that are in another one."""
    language = identify_paragraphs(paragraphs) or otherwise
    return language, identify_others(paragraphs, language)


def identify_others(paragraphs: Sequence[str], language: str | None) -> tuple[str | None, ...]:
    """The language of each paragraph that is clearly not in the text's own; None for all others.

    Empty where there is no such paragraph. In the text's own script more letters are needed, and more certainty, than
    in another one, which shows by itself that the language is another.
    """
    if language is None or len(paragraphs) < 2:
        return ()
    own = Counter(map(_script, paragraphs)).most_common(1)[0][0]
    others: list[str | None] = []
    for paragraph in paragraphs[:_MOST_TOLD]:
        is_own = _script(paragraph) == own
        told = None
        if not is_own or sum(map(str.isalpha, paragraph)) >= _ENOUGH_AMONG_OTHERS:
            told = identify(paragraph, _QUITE_SURE if is_own else _SURE)
        others.append(told if told != language else None)
    if not any(others):
        return ()
    return (*others, *[None] * (len(paragraphs) - len(others)))


def _script(text: str) -> str:
    """The script that most letters of a text are in, of those that sources mix most."""
    letters = sum(map(len, _LETTERS.findall(text)))
    latin = sum(map(len, _LATIN.findall(text)))
    cyrillic = sum(map(len, _CYRILLIC.findall(text)))
    if not letters or letters - latin - cyrillic > max(latin, cyrillic):
        return ""
    return "Latin" if latin >= cyrillic else "Cyrillic"


@cache
def _model() -> Any:
    from citekeeper.files import cache_directory
    from citekeeper.reading.language_model import open_model

    return open_model(_LANGUAGES.split(), cache_directory(os.environ))
