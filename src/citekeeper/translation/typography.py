"""Quotation marks of a translation: who spoke must stay visible, and marks come in pairs of the target's own kind."""

from __future__ import annotations

import re

_MARKS = '«»“”„‟"❝❞〝〞＂'
_QUOTED = re.compile(r"«([^«»]*)»|“([^“”„]*)”|„([^„“”]*)[“”]|\"([^\"]*)\"")
_WORDS_OF_A_STATEMENT = 3
_PAIRS = {"en": "“”‘’", "nl": "“”‘’"}  # of a quotation, and of one within it


def statements(text: str) -> int:
    """How many passages of some words stand between quotation marks; a name of a word or two does not count."""
    found = 0
    for match in _QUOTED.finditer(text):
        inside = next(group for group in match.groups() if group is not None)
        found += len(re.findall(r"[^\W\d_]{2,}", inside)) >= _WORDS_OF_A_STATEMENT
    return found


def lost_quotation(text: str, result: str) -> bool:
    """Whether a statement that stands between marks in ``text`` has none left in ``result``."""
    wanted = statements(text)
    if not wanted:
        return False
    marks = sum(result.count(mark) for mark in _MARKS) + len(re.findall(r"(?<!\w)[‘']|[’'](?!\w)", result))
    return marks < 2 * wanted


def with_own_quotation_marks(result: str, target: str) -> str:
    """``result`` with the marks of the target language in matched pairs.

    Left as it stands where the marks do not pair, and in a language whose marks are not known here.
    """
    pair = _PAIRS.get(target.lower().split("-")[0])
    places = [at for at, ch in enumerate(result) if ch in _MARKS and not _is_measure(result, at)]
    if pair is None or not places or len(places) % 2:
        return result
    letters = list(result)
    depth = 0
    for number, at in enumerate(places):
        opens = _opens(result, at, number)
        depth += opens
        letters[at] = pair[(0 if opens else 1) + (2 if depth > 1 else 0)]
        depth -= not opens
        if depth < 0:
            return result
    return "".join(letters) if depth == 0 else result


def _opens(text: str, at: int, number: int) -> bool:
    mark = text[at]
    if mark in "«„〝❝‟":
        return True
    if mark in "»”〞❞":
        return False
    before = text[at - 1 : at]
    if mark == "“":  # opens in English, closes after „
        return not before or not (before.isalnum() or before in ".,!?…;:")
    return number % 2 == 0  # straight marks tell by their turn


def _is_measure(text: str, at: int) -> bool:
    """Whether a straight mark stands for inches: 5" and 12"."""
    return text[at] == '"' and text[at - 1 : at].isdigit() and text[:at].count('"') % 2 == 0
