"""What an engine returns is a translation only if nothing speaks against it. Pure functions.

Every rule here answers something that a service was seen to do: return nothing, return the source, return its own
warning as if it were the translation, drop a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from citekeeper.translation.figures import lost_numbers
from citekeeper.translation.leftovers import has_ordinary_words, without_kept_titles
from citekeeper.translation.typography import lost_quotation

_URL = re.compile(r"(?i)\b(?:https?://|www\.)[^\s<>\"«»“”]+[^\s<>\"«»“”.,;:!?)\]]")
# @channel and name@example.org
_HANDLE = re.compile(r"(?<![\w.])@[A-Za-z]\w{2,}|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_WARNING = re.compile(
    r"(?i)MYMEMORY WARNING|YOU USED ALL AVAILABLE FREE|PLEASE SELECT TWO DISTINCT LANGUAGES|QUERY LENGTH LIMIT|"
    r"INVALID (?:SOURCE |TARGET )?LANGUAGE|NO QUERY SPECIFIED|INVALID EMAIL PROVIDED|Error \d{3} \(|That[’']s an error|"
    r"unusual traffic from your computer|too many requests|quota (?:has been )?exceeded|server error: you made"
)
_CYRILLIC_LANGUAGES = frozenset(
    ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn", "ce", "tt", "ba", "cv", "os")
)
_OTHER_SCRIPTS = {
    "el": "GREEK", "he": "HEBREW", "iw": "HEBREW", "ar": "ARABIC", "fa": "ARABIC", "ur": "ARABIC", "zh": "CJK",
    "ja": "CJK", "ko": "HANGUL", "hy": "ARMENIAN", "ka": "GEORGIAN", "hi": "DEVANAGARI", "th": "THAI",
}  # fmt: skip
_DENSE = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI")


def problem(text: str, result: str | None, *, source: str, target: str) -> str | None:
    """Why ``result`` cannot be the translation of ``text``; None where nothing speaks against it.

    Args:
        text: what was sent.
        result: what came back.
        source: BCP 47 tag of the source language.
        target: BCP 47 tag of the target language.
    """
    if result is None or not result.strip():
        return "answered with nothing"
    if _WARNING.search(result) and not _WARNING.search(text):
        return "answered with a warning of its own"
    if is_echo(text, result, target):
        return "answered with the source text"
    if _has_foreign_letters(text, result, source, target):
        return "left the text untranslated in part"
    if not _is_length_sane(text, result):
        return "answered with a text of quite another length"
    lost_url = next((url for url in _URL.findall(text) if _folded_url(url) not in _folded_url(result)), None)
    if lost_url is not None:
        return "lost a web address"
    if any(handle not in result for handle in _HANDLE.findall(text)):
        return "lost an address"
    if not _tags(text) <= _tags(result):
        return "lost markup"
    if lost_quotation(text, result):
        return "lost the quotation marks"
    lost = lost_numbers(_URL.sub(" ", text), _URL.sub(" ", result), target)
    if lost:
        return f"lost the number {lost[0][:40]}"
    return None


def needs_no_translation(text: str) -> bool:
    """Whether ``text`` holds no letters outside web addresses, so that it can be copied as it is."""
    return not any(ch.isalpha() for ch in _URL.sub(" ", text))


def is_echo(text: str, result: str, target: str) -> bool:
    """Whether the source came back although it holds letters that the target language is not written in."""
    if _letters_only(text) != _letters_only(result):
        return False
    script = script_of_language(target)
    return any(_script(ch) != script for ch in text if ch.isalpha())


def script_of_language(tag: str) -> str:
    """The script that a language is written in, as Unicode names it; LATIN unless known to be another."""
    parts = tag.lower().split("-")
    if "latn" in parts:
        return "LATIN"
    if "cyrl" in parts or parts[0] in _CYRILLIC_LANGUAGES:
        return "CYRILLIC"
    return _OTHER_SCRIPTS.get(parts[0], "LATIN")


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").partition(" ")[0]


def _letters_only(text: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFC", text).casefold() if ch.isalnum())


def _has_foreign_letters(text: str, result: str, source: str, target: str) -> bool:
    """Whether more than a little of the result is still in the source's script, or too little in the target's."""
    ours, theirs = script_of_language(target), script_of_language(source)
    if ours == theirs:
        return False
    rest = _URL.sub(" ", result)
    if (ours, theirs) == ("LATIN", "CYRILLIC"):
        rest = without_kept_titles(text, rest)
        if has_ordinary_words(rest):
            return True
    scripts = Counter(_script(ch) for ch in rest if ch.isalpha())
    total = sum(scripts.values())
    if ours == "LATIN":
        foreign = scripts["CYRILLIC"] if theirs in ("LATIN", "CYRILLIC") else scripts[theirs]
        return foreign > max(total // 10, min(12, total // 4))  # a name may stay as it is, even in a short text
    return total > 3 and scripts[ours] + sum(scripts[s] for s in _DENSE if ours == "CJK") < total / 3


def _is_length_sane(text: str, result: str) -> bool:
    sent, got = len(text.strip()), len(result.strip())
    dense_source = any(_script(ch) in _DENSE for ch in text if ch.isalpha())
    dense_result = any(_script(ch) in _DENSE for ch in result if ch.isalpha())
    low, high = (0.1, 1.5) if dense_result and not dense_source else (0.4, 2.5)
    if dense_source and not dense_result:
        low, high = 0.8, 10.0
    slack = 20  # a short word may become a long one
    return sent * low - slack <= got <= sent * high + slack


def _tags(text: str) -> Counter[str]:
    return Counter("".join(tag.split()).casefold() for tag in _MARKUP.findall(text))


def _folded_url(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()
