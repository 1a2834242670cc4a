"""Days as pages print them: in ISO 8601, in figures, or with the month's name in the languages read here."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_EARLIEST: Final = 1990  # there was no web before
_ISO = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_FIGURES = re.compile(r"(?<![\d.])(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})(?![\d])")
_MONTHS: Final = {
    1: "январ януар січ january januari januar jan janvier янв",
    2: "феврал лют february februari februar feb février фев",
    3: "март берез march maart märz mar mrt mars мар",
    4: "апрел квіт april apr avril апр",
    5: "май мая трав may mei mai",
    6: "июн черв june juni jun juin",
    7: "июл лип july juli jul juillet",
    8: "август серп august augustus aug août авг",
    9: "сентябр верес september sep sept septembre сен",
    10: "октябр жовт october oktober oct okt octobre окт",
    11: "ноябр листопад november nov novembre ноя",
    12: "декабр груд december dezember dec dez décembre дек",
}
_MONTH_OF: Final = {stem: month for month, stems in _MONTHS.items() for stem in stems.split()}
_STEM = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"(?i)(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|-го|\.)?\s+(?:of\s+)?({_STEM})\w{{0,4}}\.?,?\s+(\d{{4}})(?!\d)"
)
_MONTH_FIRST = re.compile(rf"(?i)\b({_STEM})\w{{0,4}}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)")


def iso_day(text: str | None) -> date | None:
    """The day of an ISO 8601 date or time at the start of ``text``, in its own time zone; None where it is none."""
    match = _ISO.match((text or "").strip())
    return _day(match[1], match[2], match[3]) if match else None


def spelled_day(text: str) -> date | None:
    """The first whole day (with year) that a short text names; None where it names none or is ambiguous.

    06/07/2020 may be June or July, and no language tells which: it counts only where both readings are one, or one of
    them is no day. 06.07.2020 is the sixth of July wherever dots are written.
    """
    found = [(match.start(), _day(match[3], _month(match[2]), match[1])) for match in _DAY_FIRST.finditer(text)]
    found += [(match.start(), _day(match[3], _month(match[1]), match[2])) for match in _MONTH_FIRST.finditer(text)]
    for match in _FIGURES.finditer(text):
        year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
        one, other = _day(year, match[3], match[1]), _day(year, match[1], match[3])
        if match[2] == "." or one == other or other is None:
            found.append((match.start(), one))
        elif one is None:
            found.append((match.start(), other))
    found += [(match.start(), _day(match[1], match[2], match[3])) for match in _ISO.finditer(text)]
    return next((day for _, day in sorted(found, key=lambda pair: pair[0]) if day), None)


def _month(name: str) -> int:
    return _MONTH_OF[name.lower()]


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= _EARLIEST else None
