"""“archived 3 May 2022” in the document's language."""

from __future__ import annotations

from datetime import date

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
}
_WORDS = {
    "en": ("archived", "archived {day} {month} {year}"),
    "nl": ("gearchiveerd", "gearchiveerd op {day} {month} {year}"),
    "de": ("archiviert", "archiviert am {day}. {month} {year}"),
    "fr": ("archivé", "archivé le {day} {month} {year}"),
    "ru": ("архивировано", "архивировано {day} {month} {year}"),
    "uk": ("архівовано", "архівовано {day} {month} {year}"),
}


def archived_words(language: str | None, day: date | None) -> str:
    """The words that name an archived copy.

    Args:
        language: a BCP 47 tag; English for a language that has no words here.
        day: the day of the copy; None where it is not known.
    """
    code = (language or "en").lower().partition("-")[0]
    code = code if code in _WORDS else "en"
    undated, dated = _WORDS[code]
    if day is None:
        return undated
    number = "1er" if code == "fr" and day.day == 1 else str(day.day)
    return dated.format(day=number, month=_MONTHS[code].split()[day.month - 1], year=day.year)
