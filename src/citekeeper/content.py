"""What content is written in: HTTP headers, content-codings, and character references.

Headers are kept as they came; content-decoding (RFC 9110 section 8.4) can be turned into a bomb by no hostile body;
references are resolved as HTML and Markdown each do.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import AnyStr, Final

from citekeeper.patterns import late
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

    @property
    def codings(self) -> str:
        """The Content-Encoding: where it is given more than once, all of it as one list (RFC 9110 section 5.3)."""
        return ", ".join(self.all("content-encoding"))


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
    """Undo the Content-Encoding codings (gzip, deflate, br; several in order), holding at most ``limit`` bytes.

    Args:
        encoding: the header's value, as received.
        body: the bytes on the wire, after de-chunking.
        limit: the most bytes to return.

    Returns:
        The decoded bytes. A coding that is unknown or whose data is not what the label says leaves the bytes as they
        are (servers label plain pages "gzip"); that and a cut are told by ``complete``.
    """
    decoding = Decoding(encoding, body, limit)
    if decoding.is_plain:
        return Decoded(body[:limit], len(body) <= limit)
    out = io.BytesIO()  # gives back what it holds without a second copy
    for piece in decoding:
        out.write(piece)
    out.truncate(limit)
    return Decoded(out.getvalue(), decoding.complete)


class Decoding:
    """The Content-Encoding codings undone piece by piece: whatever the body, little of it is held at once.

    ``complete`` tells, once all pieces were taken, whether they are the whole content.

    Args:
        encoding: the header's value, as received.
        body: the bytes on the wire, after de-chunking.
        limit: no more bytes are wanted; the pieces end soon after. No coding on the way unpacks to more either.
    """

    def __init__(self, encoding: str, body: bytes, limit: int) -> None:
        codings = [coding for c in encoding.split(",") if (coding := c.strip().lower()) not in ("", "identity")]
        self._codings = codings[::-1]
        self._body = body
        self._limit = limit
        self.complete = True
        self._gave_up = _MOST_CODINGS  # at which coding; it and what the header names before it cannot be undone

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to undo."""
        return not (self._codings and self._body)

    def __iter__(self) -> Iterator[bytes]:
        body = memoryview(self._body)
        pieces: Iterator[bytes] = (
            bytes(body[start : start + _WIRE_PIECE]) for start in range(0, len(body), _WIRE_PIECE)
        )
        self.complete = len(self._codings) <= _MOST_CODINGS
        for number, coding in enumerate(self._codings if self.complete else ()):
            pieces = self._undone(number, coding, pieces)
        size = 0
        for piece in pieces:
            yield piece
            size += len(piece)
            if size > self._limit:
                self.complete = False
                return

    def _undone(self, number: int, coding: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """One coding undone; as it is, where it is not what its label says."""
        most = self._limit + self._limit // 8 + _PIECE  # packed once more, what is wanted may be a little longer
        size, held, decoders = 0, b"", _decoders(coding)
        decoder = next(decoders, None)
        for piece in pieces:
            if decoder is None or self._gave_up <= number:
                self._gave_up, self.complete, decoder = min(self._gave_up, number), False, None
                yield piece
                continue
            if not size:
                held += piece  # until the first byte comes out, this may turn out to be something else
            data = piece
            while decoder is not None:
                try:
                    for out in decoder.take(data):
                        yield out
                        size += len(out)
                        if size > most:
                            self.complete = False
                            return
                    break
                except _BROKEN:
                    if size:
                        self.complete = False
                        return
                    decoder, data = next(decoders, None), held
            if decoder is None or (not size and len(held) > _SILENT):
                self._gave_up, self.complete, decoder = number, False, None
                yield held
            elif decoder.has_ended:
                return
        if decoder is not None and not decoder.is_whole:
            self.complete = False


_BROKEN: Final = (zlib.error, EOFError)
_WIRE_PIECE: Final = 1 << 14  # what zlib does not use it copies, each time it has given a piece
_FIRST_PIECE, _PIECE = 1 << 10, 1 << 18
_SILENT: Final = 1 << 20  # bytes out of which nothing was unpacked are not packed
_MOST_CODINGS: Final = 8
_MOST_MEMBERS: Final = 100_000  # of gzip in one body


def _decoders(coding: str) -> Iterator[_Inflating | _Unbrotling]:
    """Those that may undo a coding; the second is tried where the first finds that it is something else."""
    if coding in ("gzip", "x-gzip"):
        yield _Inflating(31)
    elif coding == "deflate":
        yield _Inflating(15)
        yield _Inflating(-15)
    elif coding == "br":
        yield _Unbrotling()


class _Inflating:
    """Undoes gzip, of which members may follow one another, or deflate with or without its zlib header."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._engine = zlib.decompressobj(wbits)
        self._members = 1
        # By and by, as an error takes with it what its call would give; but bare deflate may be anything at all.
        self._piece = _FIRST_PIECE if wbits > 0 else _PIECE
        self._between = b""  # the one byte after a member that may be the next one's first
        self.has_ended = False

    @property
    def is_whole(self) -> bool:
        """Whether what was taken ends where the data do."""
        return self.has_ended or self._engine.eof

    def take(self, data: bytes) -> Iterator[bytes]:
        """Inflate the next bytes.

        Raises:
            zlib.error: they are no such data.
            EOFError: there are more members than any page has.
        """
        data, self._between = self._between + data, b""
        while data:
            if self._engine.eof:
                if self._wbits != 31 or not data.startswith(_GZIP[: len(data)]):
                    self.has_ended = True  # what follows is padding
                    return
                if len(data) < len(_GZIP):
                    self._between = data
                    return
                self._members += 1
                if self._members > _MOST_MEMBERS:
                    raise EOFError
                self._engine = zlib.decompressobj(self._wbits)
            out = self._engine.decompress(data, self._piece)
            self._piece = min(2 * self._piece, _PIECE)
            if out:
                yield out
            data = self._engine.unused_data if self._engine.eof else self._engine.unconsumed_tail
        while not self._engine.eof and (out := self._engine.decompress(b"", _PIECE)):
            yield out


_GZIP: Final = b"\x1f\x8b"


class _Unbrotling:
    """Undoes brotli (RFC 7932)."""

    def __init__(self) -> None:
        import brotli

        self._engine = brotli.Decompressor()
        self._error = brotli.error
        self.has_ended = False

    @property
    def is_whole(self) -> bool:
        """Whether what was taken ends where the data do."""
        return self.has_ended

    def take(self, data: bytes) -> Iterator[bytes]:
        """Unpack the next bytes.

        Raises:
            zlib.error: they are no such data.
        """
        held: list[bytes] | None = []  # what is something else may yield a little before that shows
        try:
            out = self._engine.process(data, output_buffer_limit=_PIECE)
            while not (self._engine.is_finished() or self._engine.can_accept_more_data()):
                if held:
                    yield held.pop()
                    held = None
                if held is None:
                    yield out
                else:
                    held.append(out)
                out = self._engine.process(b"", output_buffer_limit=_PIECE)
        except self._error as error:
            raise zlib.error(str(error)) from error
        self.has_ended = self._engine.is_finished()
        yield from held or ()
        if out:
            yield out


_REFERENCE = late(r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+)|[A-Za-z][A-Za-z0-9]*);?")


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


_PICTURE: Final = r"data:[a-z]{1,20}/[\w.+-]{1,60}+[^\s\"'<>()]{1000,}+"
_IN_TEXT, _IN_BYTES = re.compile(_PICTURE), re.compile(_PICTURE.encode())


def without_pictures(page: AnyStr) -> AnyStr:
    """A page without the long ``data:`` addresses in it: pictures and fonts, of which some have megabytes."""
    return _IN_BYTES.sub(b"data:,", page) if isinstance(page, bytes) else _IN_TEXT.sub("data:,", page)


def first_tags(page: str, most: int) -> str:
    """A page's beginning, with at most so many opening and closing tags."""
    if page.count("<") <= most:
        return page
    beyond = next(islice(re.finditer("<", page), most, None))
    return page[: beyond.start()]


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
