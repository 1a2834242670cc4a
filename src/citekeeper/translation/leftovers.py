"""Whether a translation still holds words of a source in Cyrillic, beyond names and titles kept on purpose.

A name may stay as it is, and a translator may keep «Новая газета», or give a film's own title beside a translated one.
An ordinary word, which is not capitalised, has no business there, and two words in a row even less.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(r"«([^«»]*)»|“([^“”„]*)”|„([^„“”]*)[“”]|\"([^\"]*)\"")
_SPEECH_FOLLOWS = re.compile(r"\s*,?\s*[—–]\s*[а-яёіїєґў]|\s*,\s+-\s")
_CYRILLIC = r"[\u0400-\u04ff]+(?:[-’'][\u0400-\u04ff]+)*"
_WORD = re.compile(_CYRILLIC)
_RUN = re.compile(rf"{_CYRILLIC}(?:[\s,]+{_CYRILLIC})+")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_TITLE = 8  # words
_SHORTEST_WORD = 3  # letters of an ordinary word; a shorter one may be an abbreviation (ул., им.)
_ONE_IN = 30  # words, among which a single one may be left: a term that has no translation


def without_kept_titles(text: str, result: str) -> str:
    """``result`` without the titles that ``text`` has between quotation marks; what somebody says is no title."""
    for match in _QUOTED.finditer(text):
        title = next(group for group in match.groups() if group is not None).strip()
        words = title.split()
        is_speech = _SPEECH_FOLLOWS.match(text, match.end()) or text[: match.start()].rstrip().endswith(":")
        if not words or len(words) > _LONGEST_TITLE or is_speech:
            continue
        pattern = r"\s+".join(map(re.escape, words))
        result = re.sub(pattern, " | ", result, count=0, flags=re.IGNORECASE)
    return result


def has_ordinary_words(result: str) -> bool:
    """Whether words in Cyrillic that are no names are left in a text that should be in another script."""
    if any(any(map(_is_ordinary, _WORD.findall(run[0]))) for run in _RUN.finditer(result)):
        return True
    ordinary = sum(map(_is_ordinary, _WORD.findall(result)))
    return ordinary > len(_ANY_WORD.findall(result)) // _ONE_IN


def _is_ordinary(word: str) -> bool:
    return word[0].islower() and len(word) >= _SHORTEST_WORD
