"""A strict, streaming reader of WARC files of one gzip member a record, for verification.

It shares nothing with the writer: it recomputes each record's place and digests from the stored bytes, in bounded
memory, whatever the bytes are.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from zlib_ng import zlib_ng  # inflates four times as fast as zlib, and finds the same faults

from citekeeper.content import Headers

CHUNK = 1 << 18  # what is inflated at once: small enough to be hashed twice while it is in the processor's cache
HEAD_LIMIT = 1 << 20
HEADS_LIMIT = 32 << 20
"""Bytes of all records' headers, which are kept."""
_FIELD = 200  # bytes that a field takes beside its characters
_COMPARED = frozenset({"content-type", "content-encoding", "user-agent"})
LONGEST_VALUE = 8192
RECORDS_LIMIT = 50_000
UNPACKED_LIMIT = 2 << 30
"""Bytes of all records; gzip can make a thousand out of one, and a capture holds a tenth of this."""

_GZIP_OPENING = 8  # bytes: magic, method, flags, time
_STATUS = re.compile(rb"(?i)HTTP/[\d.]+[ \t]+(\d{3})")
_PLAIN_HEAD = re.compile(rb"WARC/1\.1\r\n(?:[A-Za-z][A-Za-z-]*: [!-~](?:[ -~]*[!-~])?\r\n)+\r\n")
"""A record's own header as it is written here: a field a line, in ASCII, nothing folded."""


class Readable(Protocol):
    """A binary stream, read forwards."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; empty at the end."""


class BrokenWarcError(ValueError):
    """From here on the bytes are no WARC; ``offset`` is where the broken record begins."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(slots=True)
class StoredRecord:
    """One record as stored: its place, its headers, and the digests of what is really there."""

    offset: int
    length: int = 0
    record_sha256: str = ""
    block_sha256: str = ""
    payload_sha256: str | None = None
    status: int | None = None
    http: Headers = field(default_factory=Headers)
    """Of the HTTP head what is compared: Content-Type, Content-Encoding and User-Agent, as far as they are of use."""
    block_bytes: int = 0
    payload_bytes: int = 0
    is_plain_head: bool = True
    is_plain_member: bool = True
    """Whether its gzip header holds neither name, comment, extra field nor time."""

    kind: str = ""
    """The WARC-Type."""
    url: str = ""
    """The WARC-Target-URI."""
    first: dict[str, str] = field(default_factory=dict)
    """The headers by lower-case name; of those given more than once, the first."""
    protocols: tuple[str, ...] = ()
    """Every WARC-Protocol."""
    is_repeating: bool = False
    """Whether any other header is given more than once."""

    def take_headers(self, head: bytes) -> None:
        """Read the record's own header."""
        fields = Headers.parse(head).fields
        self.first = {name.lower(): value for name, value in reversed(fields)}
        self.protocols = tuple(value for name, value in fields if name.lower() == "warc-protocol")
        self.is_repeating = len(fields) > len(self.first) + max(0, len(self.protocols) - 1)
        self.kind, self.url = self.said("warc-type"), self.said("warc-target-uri")

    def said(self, name: str) -> str:
        """The header of that name, in lower case; "" where there is none."""
        return self.first.get(name, "")


def read_records(stream: Readable) -> Iterator[StoredRecord]:
    """Every record of a WARC, in order.

    Raises:
        BrokenWarcError: a record is cut, is no gzip member, or is not framed as WARC/1.1 says.
    """
    offset = count = heads = 0
    left = UNPACKED_LIMIT
    pending = stream.read(CHUNK)
    while pending:
        member = _Member(offset, left)
        pending = member.consume(pending, stream)
        record = member.finish()
        offset += record.length
        count += 1
        heads += sum(len(name) + len(value) + _FIELD for name, value in (*record.first.items(), *record.http))
        left = member.left
        if count > RECORDS_LIMIT or heads > HEADS_LIMIT:
            raise BrokenWarcError(record.offset, "there are more records, or longer headers, than a capture has")
        yield record
        pending = pending or stream.read(CHUNK)


def read_block(stream: Readable, record: StoredRecord, most: int) -> bytes:
    """The first ``most`` bytes of a record's block, read once more; ``stream`` stands where the record begins.

    Raises:
        zlib_ng.error: it is not what it was.
    """
    engine, left, data = zlib_ng.decompressobj(31), record.length, bytearray()
    while left and len(data) < HEAD_LIMIT + most and (piece := stream.read(min(left, CHUNK))):
        left -= len(piece)
        data += engine.decompress(piece, CHUNK)
        while engine.unconsumed_tail and len(data) < HEAD_LIMIT + most:
            data += engine.decompress(engine.unconsumed_tail, CHUNK)
    start = data.find(b"\r\n\r\n") + 4
    return bytes(memoryview(data)[start : start + min(most, record.block_bytes)])


def _compared(head: bytes) -> Headers:
    kept = ((name, value[:LONGEST_VALUE]) for name, value in Headers.parse(head) if name.lower() in _COMPARED)
    return Headers(tuple(kept))


class _Member:
    """Inflates one gzip member and parses the record within, holding at most its heads."""

    def __init__(self, offset: int, left: int) -> None:
        self.left = left
        self._record = StoredRecord(offset)
        self._engine = zlib_ng.decompressobj(31)
        self._stored = hashlib.sha256()
        self._block = hashlib.sha256()
        self._payload = hashlib.sha256()
        self._head = bytearray()
        self._http_head: bytearray | None = None
        self._due: int | None = None  # bytes of the block still to come; None while in the head
        self._trailer = bytearray()
        self._is_http = False  # known once the head is read
        self._opening = b""  # of the gzip header

    def consume(self, data: bytes, stream: Readable) -> bytes:
        """Take what belongs to this member from ``data`` and ``stream``; what follows it is returned."""
        while data:
            try:
                self._take(self._engine.decompress(data, CHUNK))
                while not self._engine.eof and self._engine.unconsumed_tail:
                    self._take(self._engine.decompress(self._engine.unconsumed_tail, CHUNK))
            except zlib_ng.error as error:  # type: ignore[misc]  # typed as an instance
                raise self._broken(f"the gzip data is broken ({error})") from error
            used = len(data) - len(self._engine.unused_data)
            if len(self._opening) < _GZIP_OPENING:
                self._opening += data[: _GZIP_OPENING - len(self._opening)]
            self._stored.update(memoryview(data)[:used])
            self._record.length += used
            if self._engine.eof:
                return self._engine.unused_data
            data = stream.read(CHUNK)
        raise self._broken("the record is cut off")

    def finish(self) -> StoredRecord:
        """The record, once its member has ended."""
        if self._due is None:
            raise self._broken("the WARC header does not end")
        if self._due:
            raise self._broken(f"the block is {self._due} bytes shorter than its Content-Length")
        if bytes(self._trailer) != b"\r\n\r\n":
            raise self._broken("the record does not end in two empty lines")
        record = self._record
        record.record_sha256 = self._stored.hexdigest()
        record.is_plain_member = not any(self._opening[3:])
        record.block_sha256 = self._block.hexdigest()
        if self._is_http:
            if self._http_head is not None:
                raise self._broken("the HTTP head does not end")
            record.payload_sha256 = self._payload.hexdigest()
        return record

    def _take(self, piece: bytes) -> None:
        self.left -= len(piece)
        if self.left < 0:
            raise self._broken("it unpacks to more than a capture holds")
        data: bytes | memoryview = self._take_head(piece) if self._due is None else piece
        if self._due is not None and data:
            view = memoryview(data)
            block, rest = view[: self._due], view[self._due :]
            self._due -= len(block)
            self._take_block(block)
            self._trailer += rest
            if len(self._trailer) > 4:
                raise self._broken("bytes stand between this record and the next")

    def _take_head(self, data: bytes) -> bytes | memoryview:
        if self._head:
            data = bytes(self._head) + data
            self._head.clear()
        end = data.find(b"\r\n\r\n")
        if end < 0:
            if len(data) > HEAD_LIMIT:
                raise self._broken("the WARC header does not end")
            self._head += data
            return b""
        head, rest = data[: end + 4], memoryview(data)[end + 4 :]
        if not head.startswith(b"WARC/1.1\r\n"):
            raise self._broken("it does not begin with WARC/1.1")
        self._record.is_plain_head = _PLAIN_HEAD.fullmatch(head) is not None
        self._record.take_headers(head)
        length = self._record.said("content-length")
        if not re.fullmatch(r"\d{1,15}", length):
            raise self._broken("its Content-Length is no number")
        self._due = self._record.block_bytes = int(length)
        self._is_http = self._record.said("content-type").startswith("application/http")
        self._http_head = bytearray() if self._is_http else None
        return rest

    def _take_block(self, data: memoryview) -> None:
        self._block.update(data)
        if not self._is_http:
            return
        if self._http_head is None:
            self._take_payload(data)
            return
        known = len(self._http_head)
        self._http_head += data[: HEAD_LIMIT + 4]
        end = self._http_head.find(b"\r\n\r\n")
        if end >= 0:
            status = _STATUS.match(bytes(self._http_head[:40]))
            self._record.status = int(status[1]) if status else None
            self._record.http = _compared(bytes(self._http_head[: end + 4]))
            self._http_head = None
            self._take_payload(data[end + 4 - known :])  # the head's end is in these bytes, else it was found before
        elif len(self._http_head) > HEAD_LIMIT:
            raise self._broken("the HTTP head does not end")

    def _take_payload(self, data: memoryview) -> None:
        self._payload.update(data)
        self._record.payload_bytes += len(data)

    def _broken(self, message: str) -> BrokenWarcError:
        return BrokenWarcError(self._record.offset, message)
