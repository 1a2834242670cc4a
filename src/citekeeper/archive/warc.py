"""The WARC/1.1 file of one capture: every request and response as it crossed the wire, one gzip member a record.

warcio writes the records, but neither heads nor digests: its header class percent-encodes non-ASCII bytes and raises on
Cyrillic status lines, and its digests are sha1. Four things differ from the bytes on the wire, and the metadata record
of each response says so: transfer-coding removed (the header's name gets ``x-orig-`` before it, as Browsertrix does, so
that readers do not de-chunk again), bare line feeds in heads written as CRLF, withheld values, and cut bodies.
1xx heads, trailers and TLS facts are in the metadata record too, since a response record has room for one head only.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from citekeeper.archive import warc_terms
from citekeeper.archive.sniff import sniff
from citekeeper.archive.surt import surt
from citekeeper.archive.withheld import redact_request, redact_response, redact_url
from citekeeper.clock import stamp14
from citekeeper.model import Exchange, Hop, Tls
from citekeeper.urls import BadUrlError, parse

WARC_NAME = "data.warc.gz"
COMPRESSION = 6
_COMPRESSED = frozenset({
    "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "video/mp4", "video/webm", "application/ogg",
    "audio/mpeg", "font/woff", "font/woff2", "application/zip", "application/gzip",
})  # fmt: skip

_PIECE = 1 << 20
_TRANSFER_ENCODING = re.compile(rb"(?im)^(transfer-encoding[ \t]*:)")
_BINARY_VERSION = re.compile(rb"\A((?:[A-Z]+ [^ \r\n]* )?)HTTP/[23](?:\.0)?(?=[ \r])")


def sha256_label(*parts: bytes) -> str:
    """``sha256:`` and the hexadecimal digest of the concatenated parts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return f"sha256:{digest.hexdigest()}"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One line of the CDXJ index: where a response's record lies and what it holds."""

    url: str
    timestamp: str
    digest: str
    mime: str
    offset: int
    length: int
    status: int
    record_digest: str

    def line(self) -> str:
        """The line, as CDXJ 0.1.0 and pywb write it (numbers as strings)."""
        fields = {
            "url": self.url,
            "digest": self.digest,
            "mime": self.mime,
            "filename": WARC_NAME,
            "offset": str(self.offset),
            "length": str(self.length),
            "status": str(self.status),
            "recordDigest": self.record_digest,
        }
        return f"{surt(self.url)} {self.timestamp} {json.dumps(fields, ensure_ascii=True)}"


@dataclass(frozen=True, slots=True)
class _Original:
    """A response whose payload a revisit record can refer to."""

    record_id: str
    url: str
    date: str


class WarcFile:
    """Writes the records of one capture to ``out``, in order, and keeps the index entries and what was withheld.

    Args:
        out: a binary stream, written only forwards.
        identity: what makes the record ids of this capture its own (they are UUIDs of version 5, so that the same
            capture packed again gives the same bytes).
        moment: the date of records whose exchange has none.
    """

    def __init__(self, out: BinaryIO, identity: str, moment: datetime) -> None:
        self._out = out
        self._identity = identity
        self._moment = moment
        self._writer = _RecordWriter(io.BytesIO(), gzip=False, warc_version="1.1")
        self._originals: dict[str, _Original] = {}
        self._offset = 0
        self._count = 0
        self._last_response: tuple[str, str] | None = None
        self.entries: list[IndexEntry] = []
        self.withheld: list[str] = []

    def info(self, fields: Mapping[str, str]) -> None:
        """The warcinfo record: what wrote the file, and to which standard."""
        self._write("warcinfo", None, self._date(None), "application/warc-fields", (_warc_fields(fields.items()),))

    def exchange(self, exchange: Exchange) -> None:
        """Request, response and metadata of every hop."""
        via: str | None = None
        for hop in exchange.hops:
            self._hop(hop, exchange, via)
            via = target_uri(hop.url)

    def conversion(self, text: bytes) -> None:
        """The extracted text, as a conversion of the last response that was written.

        Its address is ``urn:text:`` and the page's: under the page's own, replay tools would offer it as the page.
        """
        assert self._last_response is not None
        record_id, url = self._last_response
        self._write(
            "conversion",
            f"urn:text:{url}",
            self._date(None),
            "text/plain; charset=utf-8",
            (text,),
            [("WARC-Refers-To", record_id)],
        )

    def document(self, html: bytes) -> None:
        """The page after its scripts ran in a browser, as a conversion of the last response that was written."""
        assert self._last_response is not None
        record_id, url = self._last_response
        kind = "text/html; charset=utf-8"
        self._write("conversion", f"urn:dom:{url}", self._date(None), kind, (html,), [("WARC-Refers-To", record_id)])

    def screenshot(self, png: bytes, moment: datetime) -> None:
        """A browser's picture of the page whose response was written last; replay tools look it up in the index."""
        assert self._last_response is not None
        record_id, page = self._last_response
        url, date = f"urn:view:{page}", self._date(moment)
        links = [("WARC-Concurrent-To", record_id)]
        _, place = self._write("resource", url, date, "image/png", (png,), links)
        timestamp = stamp14(datetime.fromisoformat(date))
        self.entries.append(
            IndexEntry(url, timestamp, sha256_label(png), "image/png", place.offset, place.length, 200, place.digest)
        )

    def _hop(self, hop: Hop, exchange: Exchange, via: str | None) -> None:
        date = self._date(hop.started_at or exchange.started_at)
        url = target_uri(hop.url)
        sent, withheld_sent = redact_request(hop.request_head)
        received, withheld_received = redact_response(hop.response_head)
        response_id = self._response(hop, url, date, received)
        if sent:
            block = (_stored_head(sent),)
            links = [("WARC-Concurrent-To", response_id), ("WARC-Payload-Digest", sha256_label(b""))]
            self._write("request", url, date, "application/http; msgtype=request", block, links)
        withheld = [f"request {name}" for name in withheld_sent] + [f"response {name}" for name in withheld_received]
        self.withheld += [name for name in dict.fromkeys(withheld) if name not in self.withheld]
        facts = _warc_fields(_hop_facts(hop, via, withheld, (sent, received)))
        self._write("metadata", url, date, "application/warc-fields", (facts,), [("WARC-Concurrent-To", response_id)])

    def _response(self, hop: Hop, url: str, date: str, head: bytes) -> str:
        head = _stored_head(head)
        if hop.dechunked:
            head = _TRANSFER_ENCODING.sub(rb"x-orig-\1", head)
        payload = sha256_label(hop.body)
        fields = [("WARC-Payload-Digest", payload), *_connection_fields(hop)]
        if hop.truncated:
            fields.append(("WARC-Truncated", warc_terms.truncation(hop.truncated)))
        original = self._originals.get(payload) if hop.status == 200 and hop.body and not hop.truncated else None
        content_type = "application/http; msgtype=response"
        if original is None:
            record_id, place = self._write(
                "response", url, date, content_type, (head, hop.body), fields, level=_level(hop)
            )
            if hop.status == 200 and hop.body and not hop.truncated:
                self._originals[payload] = _Original(record_id, url, date)
        else:
            fields += [
                ("WARC-Profile", warc_terms.REVISIT_PROFILE),
                ("WARC-Refers-To", original.record_id),
                ("WARC-Refers-To-Target-URI", original.url),
                ("WARC-Refers-To-Date", original.date),
            ]
            record_id, place = self._write("revisit", url, date, content_type, (head,), fields)
        mime = "warc/revisit" if original else _mime(hop)
        timestamp = stamp14(datetime.fromisoformat(date))
        entry = IndexEntry(url, timestamp, payload, mime, place.offset, place.length, hop.status, place.digest)
        self.entries.append(entry)
        self._last_response = record_id, url
        return record_id

    def _date(self, moment: datetime | None) -> str:
        utc = (moment or self._moment).astimezone(UTC).replace(tzinfo=None)
        return f"{utc.isoformat()}Z"

    def _write(
        self,
        kind: str,
        url: str | None,
        date: str,
        content_type: str,
        block: tuple[bytes, ...],
        fields: Sequence[tuple[str, str]] = (),
        *,
        level: int = COMPRESSION,
    ) -> tuple[str, _Place]:
        block_digest = sha256_label(*block)
        self._count += 1
        record_id = warc_terms.record_id(self._identity, self._count, kind, url or "", date, block_digest)
        headers = [("WARC-Type", kind), ("WARC-Record-ID", record_id), ("WARC-Date", date)]
        if url is not None:
            headers.append(("WARC-Target-URI", url))
        headers += [*fields, ("WARC-Block-Digest", block_digest)]
        length = sum(len(part) for part in block)
        fields_head = StatusAndHeaders("", headers, protocol="WARC/1.1")
        # Always "resource": for a revisit, warcio writes only heads that went through its own header class.
        record = ArcWarcRecord("warc", "resource", fields_head, block, None, content_type, length)
        member = _GzipMember(self._out, level)
        self._writer.write(member, record)
        place = _Place(self._offset, member.length, f"sha256:{member.digest.hexdigest()}")
        self._offset += member.length
        return record_id, place


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a stored record lies, and the digest of its stored bytes."""

    offset: int
    length: int
    digest: str


class _RecordWriter(WARCWriter):  # type: ignore[misc]  # warcio is untyped
    """warcio's record writer, with blocks given as parts and digests left to the caller."""

    def write(self, out: _GzipMember, record: Any) -> None:
        self._write_warc_record(out, record)

    def ensure_digest(self, record: Any, block: bool = True, payload: bool = True) -> None:
        """Nothing to ensure: the digests are in the headers. warcio would add payload digests to every record."""

    @classmethod
    def _iter_stream(cls, stream: tuple[bytes, ...]) -> Iterator[memoryview]:
        """In pieces: one call for all would hold a second copy of a large body, compressed."""
        for part in stream:
            whole = memoryview(part)
            for start in range(0, len(whole), _PIECE):
                yield whole[start : start + _PIECE]


class _GzipMember:
    """One gzip member, compressed onto ``out``, hashed and counted as it is stored."""

    def __init__(self, out: BinaryIO, level: int) -> None:
        self._out = out
        self._engine = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        self.length = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes | memoryview) -> None:
        self._store(self._engine.compress(data))

    def flush(self) -> None:
        self._store(self._engine.flush())

    def _store(self, data: bytes) -> None:
        if not data:
            return
        self._out.write(data)
        self.length += len(data)
        self.digest.update(data)


# ── what the records hold ───────────────────────────────────────────────────────────────────────────────────────────


def target_uri(url: str) -> str:
    """``url`` as a record may name it: an ASCII URI without credentials and fragment."""
    try:
        return redact_url(parse(url).without_fragment)
    except BadUrlError:
        return quote(redact_url(url), safe="%/:=&?~#+!$,;'@()*[]")


def _stored_head(head: bytes) -> bytes:
    """A head as WARC readers expect it: lines end in CRLF, and HTTP/2, which has no such text, is told as HTTP/1.1."""
    return _BINARY_VERSION.sub(rb"\1HTTP/1.1", re.sub(rb"\r?\n", b"\r\n", head))


def _level(hop: Hop) -> int:
    """0 for a body that is compressed already: trying again takes most of the time, and gains nothing."""
    if hop.headers.get("content-encoding").strip().lower() not in ("", "identity"):
        return 0
    return 0 if sniff(hop.body) in _COMPRESSED else COMPRESSION


def _mime(hop: Hop) -> str:
    media_type = hop.headers.media_type
    return media_type if re.fullmatch(r"[\w.+*-]+/[\w.+*-]+", media_type, re.ASCII) else "unk"


def _connection_fields(hop: Hop) -> list[tuple[str, str]]:
    fields = []
    if hop.peer and not hop.via_proxy:
        fields.append(("WARC-IP-Address", hop.peer.rpartition(":")[0].strip("[]") or hop.peer))
    fields.append(("WARC-Protocol", warc_terms.http_protocol(hop.http_version)))
    if hop.tls and hop.tls.version:
        fields.append(("WARC-Protocol", warc_terms.tls_protocol(hop.tls.version)))
    if hop.tls and hop.tls.cipher and (cipher := warc_terms.cipher_suite(hop.tls.cipher)):
        fields.append(("WARC-Cipher-Suite", cipher))
    return fields


def _hop_facts(hop: Hop, via: str | None, withheld: list[str], heads: tuple[bytes, bytes]) -> Iterator[tuple[str, str]]:
    """Everything known of one hop that its request and response records cannot hold, as warc-fields."""
    if via:
        yield "via", via
    yield "fetchTimeMs", str(round(hop.timings.total * 1000))
    for name, seconds in (
        ("nameLookup", hop.timings.name_lookup),
        ("connect", hop.timings.connect),
        ("appConnect", hop.timings.app_connect),
        ("startTransfer", hop.timings.start_transfer),
    ):
        yield f"{name}Ms", f"{seconds * 1000:.3f}"
    for address in hop.resolved:
        yield "dnsAnswer", address
    if hop.via_proxy:
        yield "proxy", "used; the peer address is the proxy's and is not recorded"
    if hop.tls:
        yield from _tls_facts(hop.tls)
    for head in hop.informational_heads:
        yield "informationalHead", _quoted(redact_response(head)[0])
    if hop.trailers:
        yield "trailers", _quoted(redact_response(hop.trailers)[0])
    if hop.dechunked:
        yield "transferCoding", "removed; the header is named x-orig-transfer-encoding"
    if hop.truncated:
        yield "truncated", hop.truncated
    for name, head in zip(("requestHead", "responseHead"), heads, strict=True):
        if _stored_head(head) != head:
            yield f"{name}AsReceivedBase64", base64.b64encode(head).decode("ascii")
    for item in withheld:
        yield "withheld", item


def _tls_facts(tls: Tls) -> Iterator[tuple[str, str]]:
    if tls.version:
        yield "tlsVersion", tls.version
    if tls.cipher:
        yield "tlsCipher", tls.cipher
    if tls.verify_result is not None:
        yield "tlsVerifyResult", str(tls.verify_result)
    for certificate in tls.chain:  # DER in base64, leaf first
        yield "tlsCertificate", "".join(line for line in certificate.splitlines() if not line.startswith("-----"))


def _quoted(head: bytes) -> str:
    """Bytes on one line: a JSON string of their ISO-8859-1 characters."""
    return json.dumps(head.decode("latin-1"))


def _warc_fields(fields: Iterable[tuple[str, str]]) -> bytes:
    lines = (f"{name}: {' '.join(str(value).split())}\r\n" for name, value in fields)
    return "".join(lines).encode("utf-8", "replace")
