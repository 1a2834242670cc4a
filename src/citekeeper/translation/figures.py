"""Whether the figures of a text are all in its translation, in whatever notation: words, months, “million”."""

from __future__ import annotations

import re
from collections import Counter

# A run of digits with the separators that stand inside numbers, dates and times.
_NUMBER = re.compile(r"\d+(?:(?:[.,:/’'\u00a0\u202f\u2009]| (?=\d{3}(?!\d))|-(?=\d{2}))\d+){0,20}")
_LONG_RUN = re.compile(r"\d{40,}")  # no quantity; compared as it stands, as Python converts no number of any length
_DIGITS = re.compile(r"\d+")
_SMALL_WORDS = {
    "en": (
        "zero no", "one first a an once single", "two second twice both pair double doubled",
        "three third thirds triple tripled", "four fourth fourths quarter quarters", "five fifth fifths",
        "six sixth", "seven seventh", "eight eighth", "nine ninth", "ten tenth", "eleven eleventh", "twelve twelfth",
    ),
    "nl": (
        "nul geen", "een één eerste", "twee tweede beide verdubbeld dubbele", "drie derde verdrievoudigd",
        "vier vierde kwart", "vijf vijfde", "zes zesde", "zeven zevende",
        "acht achtste", "negen negende", "tien tiende", "elf elfde", "twaalf twaalfde",
    ),
}  # fmt: skip
_ROUND_WORDS = {
    "en": {
        20: "twenty twenties twentieth", 30: "thirty thirties", 40: "forty forties", 50: "fifty fifties",
        60: "sixty sixties", 70: "seventy seventies", 80: "eighty eighties", 90: "ninety nineties",
        100: "hundred centenary centennial", 1000: "thousand", 1000000: "million",
    },
    "nl": {
        20: "twintig twintigste", 30: "dertig", 40: "veertig", 50: "vijftig", 60: "zestig", 70: "zeventig",
        80: "tachtig", 90: "negentig", 100: "honderd eeuwfeest", 1000: "duizend", 1000000: "miljoen",
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


def lost_numbers(text: str, result: str, target: str) -> list[str]:
    """The numbers of ``text`` that ``result`` does not hold, each as often as it is missing.

    Separators are normalised (1 200, 1.200 and 1,200 are one number), a date may be written in another order or with
    the month's name, a time by the 12-hour clock, and a number up to twelve in words.
    """
    missing = [run for run in _LONG_RUN.findall(text) if run not in result]
    text, result = _LONG_RUN.sub(" ", text), _LONG_RUN.sub(" ", result)
    found = _NUMBER.findall(result)
    available = Counter(name for match in _NUMBER.finditer(result) for name in _names(result, match))
    loose = {str(int(group)) for token in found if not _GROUPED.fullmatch(token) for group in _DIGITS.findall(token)}
    for match in _NUMBER.finditer(text):
        name = next((name for name in _names(text, match) if available[name] > 0), None)
        if name is not None:
            available[name] -= 1
            loose.update(_digits_within(text, match, name))
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
            names += [str(value) for value in _scaled(match[0], power)]
            names += _continued(text, match, power)
    return names


def _digits_within(text: str, match: re.Match[str], name: str) -> list[str]:
    """The rest of a number that went on after its “thousand”, once the whole of it is found."""
    is_whole = any(name in _continued(text, match, power) for power in _SCALES)
    following = _DIGITS.search(text, match.end()) if is_whole else None
    return [str(int(following[0]))] if following else []


def _scaled(token: str, power: int) -> set[int]:
    """What ``token`` times 10 to the ``power`` may be: its last part may be decimals, or three more digits."""
    *whole, last = _DIGITS.findall(token)
    if not whole:
        return {int(last) * 10**power}
    values = {int("".join(whole)) * 10**power + int(last[:power].ljust(power, "0"))}
    return values | ({int("".join((*whole, last))) * 10**power} if len(last) == 3 else set())


def _continued(text: str, match: re.Match[str], power: int) -> list[str]:
    """“5 тысяч 300” as ``5300``."""
    following = re.compile(r"[^\W\d]+\.?\s+(\d+)(?![\d.,])").match(text, match.end() + 1)
    if following is None or len(following[1]) > power:
        return []
    return [str(value + int(following[1])) for value in _scaled(match[0], power)]


def _is_there_otherwise(token: str, loose: set[str], result: str, language: str) -> bool:
    groups = [int(group) for group in _DIGITS.findall(token)]
    if len(groups) == 1:
        if 12 < groups[0] < 24 and re.search(rf"(?i)\b{groups[0] - 12}\s*p\.?\s?m\b", result):
            return True  # “в 20 часов” as “at 8 p.m.”
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
