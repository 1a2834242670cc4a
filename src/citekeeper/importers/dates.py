"""Dates as documents print them, in Dutch, English, German, French and Russian."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_MONTH_NAMES = """
1 januari january januar jänner janvier января январь jan янв janv
2 februari february februar feber février fevrier февраля февраль feb febr фев февр févr
3 maart march märz maerz mars марта март mrt mar mär мар
4 april avril апреля апрель apr апр avr
5 mei may mai мая май
6 juni june juin июня июнь jun
7 juli july juillet июля июль jul juil
8 augustus august août aout августа август aug авг
9 september septembre сентября сентябрь sep sept сен сент
10 oktober october octobre октября октябрь okt oct окт
11 november novembre ноября ноябрь nov ноя нояб
12 december dezember décembre decembre декабря декабрь dec dez déc дек
"""
_MONTHS = {name: int(number) for number, *names in map(str.split, _MONTH_NAMES.split("\n")[1:-1]) for name in names}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|ste|de|-го)?\b\.?"
_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)\b(?!-\d)"
_FORMS = tuple(
    re.compile(rf"(?i)(?<![\w-]){form}")
    for form in (
        r"(?P<year>(?:1[5-9]|20|21)\d\d)-(?P<month>\d{2})-(?P<day>\d{2})\b",
        rf"{_DAY}\s+(?:de\s+|of\s+)?{_MONTH},?\s+{_YEAR}(?:\s*(?:года|г\.))?",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_YEAR},?\s+{_MONTH}\s+{_DAY}",
        rf"{_YEAR},\s+{_DAY}\s+{_MONTH}",
        r"(?P<day>\d{1,2})(?P<by>[./-])(?P<month>\d{1,2})(?P=by)(?P<year>(?:1[5-9]|20|21)\d\d)\b",
    )
)


class PrintedDate(NamedTuple):
    """A date at ``text[start:end]``."""

    start: int
    end: int
    value: date


def find_dates(text: str) -> list[PrintedDate]:
    """Every full date in ``text``, in order. A numeric one has its day first, unless only the other order is a date."""
    found: list[PrintedDate] = []
    for form in _FORMS:
        for match in form.finditer(text):
            value = _as_date(match["year"], match["month"], match["day"])
            if value and not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append(PrintedDate(match.start(), match.end(), value))
    return sorted(found)


def _as_date(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    first = int(day)
    if number > 12 >= first:
        number, first = first, number
    try:
        return date(int(year), number, first)
    except ValueError:
        return None
