"""What content is written in: HTTP headers, content-codings, and character references.

Headers are kept as they came; content-decoding (RFC 9110 section 8.4) can be turned into a bomb by no hostile body;
references are resolved as HTML and Markdown each do.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from citekeeper.values import dataclass

_USUAL_HEAD: Final = 8192  # bytes; longer ones are not remembered


@dataclass(frozen=True, slots=True)
class Headers:
    """Header fields in the order received, duplicates kept; names compare without regard to case.

    Bytes are read as ISO-8859-1, which loses nothing: ``value.encode("latin-1")`` gives them back.
    """

    fields: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, head: bytes) -> Headers:
        """Read the header lines of a response or request head; the start line and lines without a colon are skipped."""
        return _parsed(head) if len(head) <= _USUAL_HEAD else cls(_fields(head))

    def get(self, name: str, default: str = "") -> str:
        """The first field of that name, or ``default``."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), default)

    def all(self, name: str) -> list[str]:
        """Every field of that name, in order."""
        wanted = name.lower()
        return [value for key, value in self.fields if key.lower() == wanted]

    def __contains__(self, name: str) -> bool:
        wanted = name.lower()
        return any(key.lower() == wanted for key, _ in self.fields)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.fields)

    @property
    def media_type(self) -> str:
        """The Content-Type without parameters, lower-case; "" where there is none."""
        return self.get("content-type").partition(";")[0].strip().lower()


@lru_cache(maxsize=256)  # sealing a capture asks for the headers of each of its answers eight times
def _parsed(head: bytes) -> Headers:
    return Headers(_fields(head))


def _fields(head: bytes) -> tuple[tuple[str, str], ...]:
    fields: list[tuple[str, str]] = []
    lines = head.decode("latin-1").split("\n")
    for line in lines[1:]:
        line = line.rstrip("\r")
        if line[:1] in (" ", "\t") and fields:
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if colon and name:
            fields.append((name.strip(), value.strip()))
    return tuple(fields)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded bytes; ``complete`` is False where the limit cut them or the coding was broken or unknown."""

    data: bytes
    complete: bool


def decode_content(encoding: str, body: bytes, limit: int) -> Decoded:
    """Undo the Content-Encoding codings (gzip, deflate, br; several in order), holding at most ``limit`` bytes each.

    Args:
        encoding: the header's value, as received.
        body: the bytes on the wire, after de-chunking.
        limit: the most bytes to return.

    Returns:
        The decoded bytes. A coding that is unknown or whose data is not what the label says leaves the bytes as they
        are (servers label plain pages "gzip"); that and a cut are told by ``complete``.
    """
    codings = [c.strip().lower() for c in encoding.split(",") if c.strip()]
    data, complete = body, True
    for coding in reversed(codings):
        if coding == "identity" or not data:
            continue
        decoded = _decode_one(coding, data, limit)
        if decoded is None:
            return Decoded(data[:limit], False)
        data, complete = decoded.data, complete and decoded.complete
    return Decoded(data[:limit], complete and len(data) <= limit)


def _decode_one(coding: str, data: bytes, limit: int) -> Decoded | None:
    if coding in ("gzip", "x-gzip"):
        return _inflate(data, limit, 31)
    if coding == "deflate":
        return _inflate(data, limit, 15) or _inflate(data, limit, -15)
    if coding == "br":
        return _brotli(data, limit)
    return None


def _inflate(data: bytes, limit: int, wbits: int) -> Decoded | None:
    """Inflate up to ``limit`` bytes; None where the very start is not such a stream. Gzip members may follow on."""
    out = bytearray()
    rest = data
    while rest and len(out) < limit:
        engine = zlib.decompressobj(wbits)
        try:
            out += engine.decompress(rest, limit - len(out))
        except zlib.error:
            return Decoded(bytes(out), False) if out else None
        if not engine.eof:
            return Decoded(bytes(out), False)
        rest = engine.unused_data
        if wbits != 31 or not rest.startswith(b"\x1f\x8b"):
            rest = b""
    return Decoded(bytes(out), not rest)


def _brotli(data: bytes, limit: int) -> Decoded | None:
    import brotli

    engine = brotli.Decompressor()
    out = bytearray()
    try:
        out += engine.process(data, output_buffer_limit=limit)
        while not engine.is_finished() and not engine.can_accept_more_data() and len(out) < limit:
            out += engine.process(b"", output_buffer_limit=limit - len(out))
    except brotli.error:
        return Decoded(bytes(out[:limit]), False) if out else None
    return Decoded(bytes(out[:limit]), engine.is_finished() and len(out) <= limit)


_REFERENCE = re.compile(r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+)|[A-Za-z][A-Za-z0-9]*);?")


def attribute_value(written: str) -> str:
    """An HTML attribute's value with its character references resolved.

    A named reference without its semicolon is left alone before ``=``, a letter or a digit: ``?a=1&copy=2`` is an
    address (HTML standard, section 13.2.5.73).
    """
    return _REFERENCE.sub(_in_attribute, written) if "&" in written else written


def markdown_text(written: str) -> str:
    """Markdown with its character references resolved; each of them ends in a semicolon (CommonMark, section 2.5)."""
    return _REFERENCE.sub(_in_markdown, written) if "&" in written else written


def _in_attribute(match: re.Match[str]) -> str:
    from html import unescape
    from html.entities import html5

    reference = match[0]
    if reference[1] != "#":
        before_equals = match.string[match.end() : match.end() + 1] == "=" and not reference.endswith(";")
        if reference[1:] not in html5 or before_equals:
            return reference
    return unescape(reference)


def _in_markdown(match: re.Match[str]) -> str:
    return _in_attribute(match) if match[0].endswith(";") else match[0]


_ATTRIBUTE: Final = r"""[\s/]++[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_MOST_ATTRIBUTES: Final = 1000
_LONG_TAG: Final = 3 * _MOST_ATTRIBUTES  # characters; a shorter one cannot hold more
_LONG_PAGE: Final = 32_768


def without_floods(markup: str) -> str:
    """HTML in which no tag has more than a thousand attributes: parsers compare each with all before it.

    A page of a megabyte that is a single tag takes them minutes. Time here is linear, and short pages are let pass.
    """
    if len(markup) < _LONG_PAGE:
        return markup
    tags, attributes = _tag_patterns()
    kept, last = [], 0
    for tag in tags.finditer(markup):
        if tag.end() - tag.start() < _LONG_TAG:
            continue
        beyond = next(islice(attributes.finditer(tag[0]), _MOST_ATTRIBUTES, None), None)
        if beyond is not None:
            kept.append(markup[last : tag.start() + beyond.start()])
            last = tag.end()
    return "".join([*kept, markup[last:]]) if kept else markup


@lru_cache(maxsize=1)
def _tag_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE})*+"), re.compile(_ATTRIBUTE)
