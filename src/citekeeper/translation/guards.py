"""What an engine returns is a translation only if nothing speaks against it. Pure functions.

Every rule here answers something that a service was seen to do: return nothing, return the source, return its own
warning as if it were the translation, drop a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from citekeeper.translation.typography import lost_quotation

_URL = re.compile(r"(?i)\b(?:https?://|www\.)[^\s<>\"«»“”]+[^\s<>\"«»“”.,;:!?)\]]")
_HANDLE = re.compile(r"(?<![\w.])@[A-Za-z]\w{2,}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)  # @channel, name@example.org
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

# A run of digits with the separators that stand inside numbers, dates and times.
_NUMBER = re.compile(r"\d+(?:(?:[.,:/’'\u00a0\u202f\u2009]| (?=\d{3}(?!\d))|-(?=\d{2}))\d+)*")
_DIGITS = re.compile(r"\d+")
_SMALL_WORDS = {
    "en": (
        "zero no", "one first a an once single", "two second twice both pair", "three third", "four fourth",
        "five fifth", "six sixth", "seven seventh", "eight eighth", "nine ninth", "ten tenth", "eleven eleventh",
        "twelve twelfth",
    ),
    "nl": (
        "nul geen", "een één eerste", "twee tweede beide", "drie derde", "vier vierde", "vijf vijfde", "zes zesde",
        "zeven zevende", "acht achtste", "negen negende", "tien tiende", "elf elfde", "twaalf twaalfde",
    ),
}  # fmt: skip
_ROUND_WORDS = {
    "en": {
        20: "twenty twenties twentieth", 30: "thirty thirties", 40: "forty forties", 50: "fifty fifties",
        60: "sixty sixties", 70: "seventy seventies", 80: "eighty eighties", 90: "ninety nineties", 100: "hundred",
        1000: "thousand", 1000000: "million",
    },
    "nl": {
        20: "twintig twintigste", 30: "dertig", 40: "veertig", 50: "vijftig", 60: "zestig", 70: "zeventig",
        80: "tachtig", 90: "negentig", 100: "honderd", 1000: "duizend", 1000000: "miljoen",
    },
}  # fmt: skip
_TEENS = {
    13: ("thirteen", "dertien"), 14: ("fourteen", "veertien"), 15: ("fifteen", "vijftien"), 16: ("sixteen", "zestien"),
    17: ("seventeen", "zeventien"), 18: ("eighteen", "achttien"), 19: ("nineteen", "negentien"),
}  # fmt: skip
_MONTHS = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "nl": "jan feb maa apr mei jun jul aug sep okt nov dec",
}
_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?|(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_GROUPED = re.compile(r"\d{1,3}(?:[^\d:/]\d{3})+")
_SCALES = {
    3: re.compile(r"(?i)[\s\u00a0\u202f-]*(?:тыс|тис|thousand|duizend|k\b)"),
    6: re.compile(r"(?i)[\s\u00a0\u202f-]*(?:млн|миллион|мільйон|million|miljoen|m(?:ln|io)?\b)"),
    9: re.compile(r"(?i)[\s\u00a0\u202f-]*(?:млрд|миллиард|мільярд|billion|miljard|bn\b|mld\b)"),
    12: re.compile(r"(?i)[\s\u00a0\u202f-]*(?:трлн|триллион|трильйон|trillion|biljoen)"),
}


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
    if _has_foreign_letters(result, source, target):
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
        return f"lost the number {lost[0]}"
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


def _has_foreign_letters(result: str, source: str, target: str) -> bool:
    """Whether more than a little of the result is still in the source's script, or too little in the target's."""
    ours, theirs = script_of_language(target), script_of_language(source)
    if ours == theirs:
        return False
    scripts = Counter(_script(ch) for ch in _URL.sub(" ", result) if ch.isalpha())
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


def lost_numbers(text: str, result: str, target: str) -> list[str]:
    """The numbers of ``text`` that ``result`` does not hold, each as often as it is missing.

    Separators are normalised (1 200, 1.200 and 1,200 are one number), a date may be written in another order or with
    the month's name, a time by the 12-hour clock, and a number up to twelve in words.
    """
    found = _NUMBER.findall(result)
    available = Counter(name for match in _NUMBER.finditer(result) for name in _names(result, match))
    loose = {str(int(group)) for token in found if not _GROUPED.fullmatch(token) for group in _DIGITS.findall(token)}
    missing = []
    for match in _NUMBER.finditer(text):
        name = next((name for name in _names(text, match) if available[name] > 0), None)
        if name is not None:
            available[name] -= 1
        elif not _is_there_otherwise(match[0], loose, result, target.lower().split("-")[0]):
            missing.append(match[0])
    return missing


def _canonical(token: str) -> str:
    """The digits of a number without separators and leading zeros, in ASCII; of 3,5 and 3.50 as ``3.5``, unlike 35."""
    groups = _DIGITS.findall(token)
    if _DECIMAL.fullmatch(token) and not (len(groups[1]) == 3 and len(groups[0]) <= 3):
        return f"{int(groups[0])}.{str(int(groups[1][::-1]))[::-1]}"
    return str(int("".join(_DIGITS.findall(token))))


def _names(text: str, match: re.Match[str]) -> list[str]:
    """The number as it stands, and where “thousand” or the like follows it, as that many: ``1,2`` as ``1200``."""
    names = [_canonical(match[0])]
    for power, pattern in _SCALES.items():
        if pattern.match(text, match.end()):
            whole, *decimals = _DIGITS.findall(match[0])
            if decimals and len(decimals[0]) == 3 and len(decimals) == 1:
                names.append(str(int(whole + decimals[0]) * 10**power))
            digits = (decimals[0] if decimals else "")[:power].ljust(power, "0")
            names.append(str(int(whole) * 10**power + int(digits)))
    return names


def _is_there_otherwise(token: str, loose: set[str], result: str, language: str) -> bool:
    groups = [int(group) for group in _DIGITS.findall(token)]
    if len(groups) == 1:
        return str(groups[0]) in loose or _in_words(groups[0], result, language)
    if all(str(group) in loose or _in_words(group, result, language) for group in groups):
        return True  # also “1/3” as “one third”
    if _TIME.fullmatch(token):
        return str(groups[0] % 12 or 12) in loose and (groups[1] == 0 or str(groups[1]) in loose)
    date = _DATE.fullmatch(token)
    return date is not None and _is_date_there(date, loose, result, language)


def _is_date_there(date: re.Match[str], loose: set[str], result: str, language: str) -> bool:
    """Whether day, month (by number or name) and year (in two digits or four) of a date all stand in ``result``."""
    day, month, year = (date[6], date[5], date[4]) if date[4] else (date[1], date[2], date[3])
    is_year_there = year is None or not loose.isdisjoint({str(int(year)), f"20{year}", f"19{year}"})
    is_month_there = str(int(month)) in loose or _names_month(int(month), result, language)
    return str(int(day)) in loose and is_year_there and is_month_there


def _names_month(month: int, result: str, language: str) -> bool:
    names = _MONTHS.get(language)
    if not 1 <= month <= 12:
        return False
    return names is None or re.search(rf"\b{names.split()[month - 1]}", result.lower()) is not None


def _in_words(number: int, result: str, language: str) -> bool:
    """Whether a number that is often written in words stands so in ``result``; believed of languages not known here."""
    small = _SMALL_WORDS.get(language)
    if small is None:
        return number <= 12
    words = small[number] if number < len(small) else _ROUND_WORDS[language].get(number, "")
    there = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", result.lower()))
    there |= {part for word in there for part in word.split("-")}
    if set(words.split()) & there:
        return True
    if number in _TEENS:
        stem = _TEENS[number][language == "nl"]
    elif 20 < number < 100 and number % 10:
        ten, one = _ROUND_WORDS[language][number // 10 * 10].split()[0], number % 10
        ones = small[one].split()
        stem = f"{ten}[- ]{ones[0]}|{ten}[- ]{ones[1]}" if language == "en" else f"{ones[0]}[eë]n{ten}"
    else:
        return False
    return re.search(rf"\b(?:{stem})", result.lower()) is not None
