"""What an address says of its page: the words of its slug, and a date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from urllib.parse import unquote

from citekeeper.locating.translit import words
from citekeeper.urls import BadUrlError, parse, same_document_key

_DATES = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[/_.-]?(?P<m>0[1-9]|1[0-2])[/_.-]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)/(?P<m>[1-9]|1[0-2])/(?P<d>[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>0[1-9]|[12]\d|3[01])[_.-](?P<m>0[1-9]|1[0-2])[_.-](?P<y>(?:19|20)\d\d)(?!\d)"),
)
_SNOWFLAKE = re.compile(r"^/[^/]+/status/(\d{15,19})$")
_TWITTER_EPOCH = 1_288_834_974_657  # milliseconds
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?|jsp|amp)$", re.I)
_OTHER_VIEWS = re.compile(r"(?i)/(?:amp|print|embed)(?=/|$)|(?<=/)(?:amp|print)/|\.amp(?=\.|$)")
_MOBILE = re.compile(r"^(?:m|mobile|amp)\.")


def slug_words(url: str) -> tuple[str, ...]:
    """The words of the segment that holds most of them, without numbers, as skeletons."""
    try:
        parsed = parse(url)
    except BadUrlError:
        return ()
    segments = [_EXTENSION.sub("", segment) for segment in unquote(parsed.path).split("/")]
    segments += [part.partition("=")[2] for part in unquote(parsed.query.replace("+", " ")).split("&") if part]
    found = [tuple(word for word in words(segment) if not word.isdigit()) for segment in segments if segment]
    return max(found, key=len, default=())


def date_in(url: str) -> date | None:
    """The day that an address names, in its path or in the number of a tweet; None where it names none."""
    try:
        path = unquote(parse(url).path)
    except BadUrlError:
        return None
    if match := _SNOWFLAKE.match(path):
        moment = ((int(match[1]) >> 22) + _TWITTER_EPOCH) / 1000
        return datetime.fromtimestamp(moment, UTC).date()
    for pattern in _DATES:
        for match in pattern.finditer(path):
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                continue
    return None


def page_key(url: str) -> str:
    """A key under which the views of one page fall together: mobile, AMP and print versions, http and https."""
    key = same_document_key(url).lower()
    return _OTHER_VIEWS.sub("", _MOBILE.sub("", key)).rstrip("/")
