"""Links as RFC 8288 and RFC 6690 write them: the Link header, and the TimeMaps of RFC 7089.

No kept library reads them lazily, so this is a scanner of its own: one pass over the text, each character looked at a
bounded number of times, and what makes no sense skipped up to the next link. What it reads is hostile until proven
otherwise; only mementos with a valid date and a web address come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from citekeeper.urls import BadUrlError, is_web_url, join

_LONGEST_TARGET = 8192
_MOST_PARAMETERS = 32
_LONGEST_VALUE = 1024
_SPACE = re.compile(r"[\s,]*")
_NAME = re.compile(r"\s*;\s*([!#$&+.^_`|~0-9A-Za-z-]{1,64}\*?)\s*")
_EMPTY_PARAMETER = re.compile(r"\s*;\s*(?=[;,]|\Z)")
_TOKEN = re.compile(r"[^\s;,\"]{0,1024}")
_STAMP = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/")


@dataclass(frozen=True, slots=True)
class Link:
    """One link: its target as an absolute address, its relations in lower case, and its other parameters."""

    target: str
    relations: frozenset[str]
    parameters: dict[str, str]

    def moment(self, name: str = "datetime") -> datetime | None:
        """A parameter that is a date."""
        return read_http_date(self.parameters.get(name, ""))


def read_http_date(text: str) -> datetime | None:
    """A date of HTTP as a moment in UTC; None where it is none."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def stamp_of(address: str) -> datetime | None:
    """The moment that an archive's address names with 14 digits; None where it names none."""
    match = _STAMP.search(address[:_LONGEST_TARGET])
    try:
        return datetime.strptime(match[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if match else None
    except ValueError:
        return None


def links(text: str, base: str) -> Iterator[Link]:
    """The links of a Link header or TimeMap, in order; targets are resolved against ``base``."""
    position = 0
    while True:
        start = text.find("<", position)
        if start < 0:
            return
        end = text.find(">", start + 1, start + 1 + _LONGEST_TARGET)
        if end < 0:
            position = start + 1
            continue
        parameters, position = _parameters(text, end + 1)
        target = resolved(text[start + 1 : end], base)
        if target is not None:
            yield Link(target, frozenset(parameters.pop("rel", "").lower().split()), parameters)


def resolved(reference: str, base: str) -> str | None:
    """A target as it stands, where it is absolute: archives' addresses hold others, which no parser should touch."""
    reference = reference.strip()
    if not reference.isprintable() or not reference:
        return None
    try:
        target = reference if is_web_url(reference) else join(base, reference)
    except BadUrlError:
        return None
    return target if is_web_url(target) else None


def _parameters(text: str, position: int) -> tuple[dict[str, str], int]:
    """The parameters that follow a target, the first of a name counting, and where they end."""
    found: dict[str, str] = {}
    for _ in range(_MOST_PARAMETERS):
        empty = _EMPTY_PARAMETER.match(text, position)
        if empty is not None and empty.end() > position:
            position = empty.end()
            continue
        name = _NAME.match(text, position)
        if name is None:
            break
        position = name.end()
        value = ""
        if text.startswith("=", position):
            value, position = _value(text, position + 1)
        found.setdefault(name[1].lower(), value)
    return found, position


def _value(text: str, position: int) -> tuple[str, int]:
    while position < len(text) and text[position] in " \t":
        position += 1
    if not text.startswith('"', position):
        match = _TOKEN.match(text, position)
        assert match is not None
        return match[0], match.end()
    end = position + 1
    while True:
        end = text.find('"', end, position + 2 + _LONGEST_VALUE)
        if end < 0:
            return "", position + 1
        escapes = end
        while text[escapes - 1] == "\\":
            escapes -= 1
        if (end - escapes) % 2 == 0:
            return re.sub(r"\\(.)", r"\1", text[position + 1 : end]), end + 1
        end += 1
