"""Words of a title and of a slug in one spelling, whichever way the Cyrillic was put into Latin letters.

``щ`` is shch, sch or šč, ``ц`` is ts or c, ``я`` is ya, ia or a: no scheme is guessed. Title and slug are both
reduced to a skeleton in which all usual schemes (passport, BGN, GOST, scientific, and the house styles of newsrooms)
fall together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "",
    "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a",
}  # fmt: skip
_USUAL = {
    "ё": ("e", "yo"), "ж": ("zh",), "й": ("y", "i"), "х": ("h", "kh"), "ц": ("ts", "c"), "ч": ("ch",), "ш": ("sh",),
    "щ": ("sch", "shch"), "ы": ("y",), "э": ("e",), "ю": ("yu", "iu"), "я": ("ya", "ia"), "к": ("k",),
}  # fmt: skip
_CARONS = str.maketrans({"č": "ch", "š": "sh", "ž": "zh", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe"})
_FOLDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("shch|sch|sh", "W"),
        ("tch|ch", "4"),
        ("kh", "h"),
        ("zh", "Z"),
        ("t[sz]|[cq]", "k"),
        ("x", "ks"),
        ("ph", "f"),
        ("w", "v"),
        ("[iyj]+(?=[aeou])", ""),
        ("[iyj]+", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"['’ʼ`´\u00ad\u200b-\u200d]")


def words(text: str) -> tuple[str, ...]:
    """The words of a title or slug as skeletons, in order."""
    return tuple(folded for word in _WORD.findall(_JOINED.sub("", text.lower())) if (folded := skeleton(word)))


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """One word (in lower case) in the spelling in which the schemes fall together."""
    latin = "".join(_LETTERS.get(char, char) for char in word).translate(_CARONS)
    if not latin.isascii():
        latin = "".join(char for char in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(char))
    for pattern, replacement in _FOLDS:
        latin = pattern.sub(replacement, latin)
    return latin


def spellings(word: str, most: int = 6) -> list[str]:
    """The beginnings by which a word would be found in addresses: one for each usual scheme, five letters at least."""
    stem = "".join(char for char in word.lower()[:7] if char not in "ьъ'’")
    choices = [_USUAL.get(char) or (_LETTERS.get(char, char),) for char in stem]
    found = ["".join(choice) for choice in product(*choices)][:most]
    return [one for one in dict.fromkeys(found) if one.isascii() and one.isalnum() and len(one) >= 4]


def telling_words(title: str, most: int = 4) -> list[str]:
    """The longest words of a title: the likeliest to be in its address and in few others."""
    found = {word.lower() for word in _WORD.findall(title) if len(word) >= 5}
    return sorted(found, key=lambda word: (-len(word), word))[:most]
