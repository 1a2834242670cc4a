"""What a corrupt address may have been: repairs that can be reasoned, and the addresses above it."""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from citekeeper.urls import BadUrlError, decode_translated, parse, without_tracking

_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
_ENCODED_BLANKS = re.compile(r"(?i)(?:%(?:20|09|0A|0D|C2%A0|C2%AD|AD|A0|E2%80%8[B-F]|E2%81%A0|EF%BB%BF))+")
_DASHES = re.compile(r"(?i)[\u2010-\u2015\u2212]|%E2%80%9[0-5]|%E2%88%92")
_ELLIPSIS = re.compile(r"(?i)(?:…|%E2%80%A6|\.{3})")
_ENCODED_DELIMITERS = {"%3F": "?", "%3D": "=", "%26": "&", "%23": "#"}
_TAIL = re.compile(r"(?:\[\d{1,3}\]|[.,;:!?)\]}>»”“\"'’*_|\\]|%(?:20|22|29|5D|E2%80%9D|C2%BB|2C|C2%A0|3E))+$", re.I)
_SCHEME = re.compile(r"(?i)^(?:h{0,2}[tx]{0,3}ps?[:;]?/{1,3}|//)")
_BEFORE = re.compile(r"(?i)^(?:<|\(|«|“|\"|url:\s*|link:\s*)+(?=https?:)")
_SCHEMES = re.compile(r"(?i)^(?:https?:/{1,3})+(?=https?:/)")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TWICE_ENCODED = re.compile(r"%25([0-9A-Fa-f]{2})")
_INNER = re.compile(r"(?i)https?:/{1,2}[^/\s]+\.[^/\s]+")
_LEAST = 12  # characters of a path that an archived prefix must have, to say anything


def repairs(url: str) -> list[tuple[str, str]]:
    """Addresses that ``url`` may have been, likeliest first, each with what was done to it, in words."""
    found: dict[str, str] = {}
    for text, how in _repaired(url.strip()):
        try:
            parsed = parse(text)
        except BadUrlError:
            continue
        found.setdefault(parsed.without_fragment, how)
    with contextlib.suppress(BadUrlError):
        found.pop(parse(url).without_fragment, None)
    return list(found.items())


def _repaired(url: str) -> Iterator[tuple[str, str]]:
    closed = _UNSEEN.sub("", url)
    if closed != url:
        yield closed, "blanks and invisible characters taken out"
    url = closed
    bare = _BEFORE.sub("", url)
    if bare != url:
        yield _TAIL.sub("", bare), "what stood before and behind it cut off"
    elif not re.match(r"(?i)https?://[^/]", url):
        yield _SCHEME.sub("https://", url) if _SCHEME.match(url) else f"https://{url}", "its beginning made whole"
    once = _SCHEMES.sub("", url)
    if once != url:
        yield once, "its beginning, which stood there twice, taken once"
    inner = [match.start() for match in _INNER.finditer(url)]
    if len(inner) > 1:
        yield url[inner[-1] :], "the second of two addresses run together"
        yield url[: inner[1]], "the first of two addresses run together"
    if translated := decode_translated(url):
        yield translated.source, "the source behind a translation's address"
    for inner_url in _wrapped(url):
        yield inner_url, "the address within another's query"
    if "&amp;" in url or "&#" in url:
        yield html.unescape(html.unescape(url)), "HTML's escapes undone"
    if _TAIL.search(url):
        yield _TAIL.sub("", url), "the sentence's punctuation cut off its end"
    yield from _decoded_once_too_few(url)
    yield from _retyped(url)
    if _LONE_PERCENT.search(url):
        yield _LONE_PERCENT.sub("%25", url), "percent signs that encode nothing encoded"
        yield url[: _LONE_PERCENT.search(url).start()], "cut at a broken percent sign"  # type: ignore[union-attr]
    yield from _reencoded(url)


def _wrapped(url: str) -> Iterator[str]:
    """Addresses that a redirector or a network's exit page carries in its query."""
    query = url.partition("?")[2].partition("#")[0]
    for part in query.split("&"):
        value = unquote(part.partition("=")[2])
        if "%" in part and re.match(r"(?i)https?://[^/]", value):
            yield value


def _decoded_once_too_few(url: str) -> Iterator[tuple[str, str]]:
    """Percent signs that were themselves encoded, once or several times over."""
    once = _TWICE_ENCODED.sub(r"%\1", url)
    if once == url:
        return
    yield once, "an encoding that was applied twice undone once"
    whole = once
    while (further := _TWICE_ENCODED.sub(r"%\1", whole)) != whole:
        whole = further
    if whole != once:
        yield whole, "an encoding that was applied several times undone"


def _retyped(url: str) -> Iterator[tuple[str, str]]:
    """What word processors, and those who copy by hand, make of an address."""
    head, slashes, rest = url.partition("://")
    if _ENCODED_BLANKS.search(rest):
        yield f"{head}{slashes}{_ENCODED_BLANKS.sub('', rest)}", "encoded blanks and invisible characters taken out"
    if _DASHES.search(rest):
        yield f"{head}{slashes}{_DASHES.sub('-', rest)}", "dashes made hyphens again"
    if ellipsis := _ELLIPSIS.search(rest):
        yield f"{head}{slashes}{rest[: ellipsis.start()]}", "cut where it was shortened"
    host, slash, path = rest.partition("/")
    if "," in host:
        yield f"{head}{slashes}{host.replace(',', '.')}{slash}{path}", "a comma in the host's name made a full stop"
    before, mark, query = path.partition("?")
    if "//" in before and "http" not in before:
        single = re.sub(r"/{2,}", "/", before).lstrip("/")
        yield f"{head}{slashes}{host}/{single}{mark}{query}", "doubled slashes made single"
    plain = re.sub(r"(?i)%(?:3F|3D|26|23)", lambda match: _ENCODED_DELIMITERS[match[0].upper()], path)
    if plain != path:
        yield f"{head}{slashes}{host}{slash}{plain}", "encoded ?, = and & decoded"
    untracked = without_tracking(url)
    if untracked != url:
        yield untracked, "tracking parameters taken off"


def _reencoded(url: str) -> Iterator[tuple[str, str]]:
    """A percent-encoded path whose last letter was cut in two, and one that is UTF-8 read as windows-1252."""
    head, _, path = url.partition("://")
    raw = unquote(path, encoding="latin-1").encode("latin-1", "replace")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(raw) - 3 and error.start >= len(raw) - 4:
            whole = raw[: error.start].decode("utf-8", "ignore")
            yield (
                f"{head}://{quote(whole, safe='/?&=#:+,;@!$()*~-._%')}",
                "a letter that was cut in two taken off its end",
            )
    try:
        mended = unquote(path).encode("cp1252").decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return
    if mended != unquote(path):
        yield (
            f"{head}://{quote(mended, safe='/?&=#:+,;@!$()*~-._')}",
            "UTF-8 that had been read as windows-1252 restored",
        )


def directories(url: str, most: int = 3) -> list[str]:
    """The folders above an address, deepest first, never the whole site."""
    try:
        parsed = parse(url)
    except BadUrlError:
        return []
    segments = parsed.path.split("/")[1:-1]
    return [
        f"{parsed.origin}/{'/'.join(segments[:count])}/"
        for count in range(len(segments), max(len(segments) - most, 0), -1)
    ]


def shared_beginning(corrupt: str, candidate: str) -> int | None:
    """How many characters of the path of ``candidate`` the corrupt address goes on from; None where it does not.

    The whole candidate must stand at the beginning of the corrupt address, up to where a word ends.
    """
    try:
        one, other = parse(corrupt), parse(candidate)
    except BadUrlError:
        return None
    if one.host.removeprefix("www.") != other.host.removeprefix("www."):
        return None
    begun = unquote(other.path).rstrip("/")
    whole = unquote(one.path)
    if other.query or len(begun) < _LEAST or not whole.startswith(begun) or whole.rstrip("/") == begun:
        return None
    following = whole[len(begun)]
    return len(begun) if not following.isalnum() or not begun[-1].isalnum() else None
