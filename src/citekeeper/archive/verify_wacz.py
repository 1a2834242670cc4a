"""What can be recomputed of one capture.wacz: package, hashes, records, index, page list, and the manifest's claims."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from citekeeper.archive.records import CHUNK, RECORDS_LIMIT, BrokenWarcError, StoredRecord, read_records
from citekeeper.archive.surt import surt
from citekeeper.archive.verify_zip import check_directory, check_layout

WARC_PATH = "archive/data.warc.gz"
INDEX_PATH = "indexes/index.cdx"
PAGES_PATH = "pages/pages.jsonl"
PACKAGE_PATH = "datapackage.json"
DIGEST_PATH = "datapackage-digest.json"

_REQUIRED = (WARC_PATH, INDEX_PATH, PAGES_PATH, PACKAGE_PATH, DIGEST_PATH)
_JSON_LIMIT = 4 * 1024 * 1024
_LINES_LIMIT = 32 * 1024 * 1024
_MOST_LINES = 2 * RECORDS_LIMIT
_UNPACKED_LIMIT = 2 << 30
"""Bytes of all members together; a capture holds a tenth of that."""

_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    struct.error,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
_INDEXED = ("response", "revisit", "resource")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with which member ("" for the package as a whole)."""

    member: str
    what: str
    message: str


def check_wacz(path: Path, manifest: Mapping[str, Any], text: bytes | None) -> Iterator[Fault]:
    """Recompute a WACZ.

    Args:
        path: the file.
        manifest: the fields of its manifest.json, to be compared with the records.
        text: what text.json holds as plain text; None where there is none.
    """
    try:
        with path.open("rb") as stream:
            check_directory(stream)
        with path.open("rb") as stream, zipfile.ZipFile(path) as package:
            if sum(info.file_size for info in package.infolist()) > max(_UNPACKED_LIMIT, path.stat().st_size):
                yield Fault("", "zip-broken", "Its members say that they unpack to more than any capture holds.")
                return
            yield from (Fault(*oddity) for oddity in check_layout(package, stream, path.stat().st_size))
            yield from _Package(package, manifest, text).faults()
    except _ZIP_ERRORS as error:
        yield Fault("", "zip-broken", f"The package cannot be read as a ZIP file: {_sentence(error)}")


class _Package:
    def __init__(self, package: zipfile.ZipFile, manifest: Mapping[str, Any], text: bytes | None) -> None:
        self._package = package
        self._manifest = manifest
        self._text = text
        self._hashes: dict[str, tuple[str, int]] = {}

    def faults(self) -> Iterator[Fault]:
        names = [info.filename for info in self._package.infolist()]
        for name in sorted(name for name, count in Counter(names).items() if count > 1):
            yield Fault(name, "member-twice", "The package holds two members of this name.")
        missing = [name for name in _REQUIRED if name not in names]
        for name in missing:
            yield Fault(name, "member-missing", "The package lacks this member.")
        for info in self._package.infolist():
            if info.compress_type != zipfile.ZIP_STORED:
                yield Fault(info.filename, "member-compressed", "The member is compressed; it was stored as it is.")
        records: list[StoredRecord] = []
        if WARC_PATH in names:
            yield from self._records(records)
        for name in dict.fromkeys(names):
            yield from self._hash(name)
        if PACKAGE_PATH in names:
            yield from self._datapackage(names)
        if DIGEST_PATH in names:
            yield from self._digest()
        if INDEX_PATH in names:
            yield from self._index(records)
        if PAGES_PATH in names:
            yield from self._pages(records)
        if WARC_PATH in names:
            yield from self._claims(records)

    # ── members and hashes ──────────────────────────────────────────────────────────────────────────────────────────

    def _records(self, records: list[StoredRecord]) -> Iterator[Fault]:
        """Read every record into ``records``; the member is hashed on the way."""
        try:
            with self._package.open(WARC_PATH) as member:
                hashing = _Hashing(member)
                try:
                    for record in read_records(hashing):
                        records.append(record)
                        yield from _record_faults(record)
                except BrokenWarcError as error:
                    message = f"The record at offset {error.offset} is broken: {error}."
                    yield Fault(WARC_PATH, "warc-broken", message)
                    hashing.drain()
                self._hashes[WARC_PATH] = hashing.result()
        except _ZIP_ERRORS as error:
            yield Fault(WARC_PATH, "member-broken", f"The member cannot be read: {_sentence(error)}")
            self._hashes[WARC_PATH] = ("", -1)
        if not records or records[0].kind != "warcinfo":
            yield Fault(WARC_PATH, "warcinfo-missing", "The WARC does not begin with a warcinfo record.")

    def _hash(self, name: str) -> Iterator[Fault]:
        if name in self._hashes:
            return
        try:
            with self._package.open(name) as member:
                hashing = _Hashing(member)
                hashing.drain()
                self._hashes[name] = hashing.result()
        except _ZIP_ERRORS as error:
            yield Fault(name, "member-broken", f"The member cannot be read: {_sentence(error)}")
            self._hashes[name] = ("", -1)

    def _json(self, name: str) -> tuple[Any, Fault | None]:
        try:
            if self._package.getinfo(name).file_size > _JSON_LIMIT:
                return None, Fault(name, "member-invalid", "The member is larger than any such file can be.")
            return json.loads(self._package.read(name).decode("utf-8")), None
        except (*_ZIP_ERRORS, RecursionError) as error:
            return None, Fault(name, "member-invalid", f"It is not JSON: {_sentence(error)}")

    def _datapackage(self, names: list[str]) -> Iterator[Fault]:
        value, fault = self._json(PACKAGE_PATH)
        resources = value.get("resources") if isinstance(value, dict) else None
        if fault or not isinstance(resources, list):
            yield fault or Fault(PACKAGE_PATH, "package-invalid", "It lists no resources.")
            return
        listed = {str(item.get("path")): item for item in resources if isinstance(item, dict)}
        for name, item in listed.items():
            if name not in names:
                yield Fault(name, "resource-missing", "datapackage.json lists it, but the package does not hold it.")
                continue
            digest, size = self._hashes[name]
            if item.get("hash") != f"sha256:{digest}":
                yield Fault(name, "resource-hash-differs", "Its hash is not the one in datapackage.json.")
            if item.get("bytes") != size:
                yield Fault(name, "resource-size-differs", f"It has {size} bytes, datapackage.json says otherwise.")
        for name in sorted(set(names) - set(listed) - {PACKAGE_PATH, DIGEST_PATH}):
            yield Fault(name, "resource-unlisted", "datapackage.json does not list this member.")
        final = self._manifest.get("url_final")
        if not isinstance(final, str) or not _same_url(str(value.get("mainPageUrl")), final):
            yield Fault(PACKAGE_PATH, "package-page-differs", "Its mainPageUrl is not the manifest's url_final.")

    def _digest(self) -> Iterator[Fault]:
        value, fault = self._json(DIGEST_PATH)
        if fault or not isinstance(value, dict):
            yield fault or Fault(DIGEST_PATH, "member-invalid", "It is not a JSON object.")
            return
        digest = self._hashes.get(PACKAGE_PATH, ("", 0))[0]
        if value.get("path") != PACKAGE_PATH or value.get("hash") != f"sha256:{digest}":
            yield Fault(DIGEST_PATH, "package-digest-differs", "It does not hold the hash of datapackage.json.")

    # ── index and pages ─────────────────────────────────────────────────────────────────────────────────────────────

    def _lines(self, name: str) -> list[str] | None:
        try:
            if self._package.getinfo(name).file_size > _LINES_LIMIT:
                return None
            data = self._package.read(name)
            return data.decode("utf-8").splitlines() if data.count(b"\n") <= _MOST_LINES else None
        except _ZIP_ERRORS:
            return None

    def _index(self, records: list[StoredRecord]) -> Iterator[Fault]:
        lines = self._lines(INDEX_PATH)
        if lines is None:
            yield Fault(INDEX_PATH, "index-invalid", "The index cannot be read.")
            return
        if lines != sorted(lines, key=str.encode):
            yield Fault(INDEX_PATH, "index-unsorted", "Its lines are not in byte order.")
        by_offset = {record.offset: record for record in records}
        seen: set[int] = set()
        for number, line in enumerate(lines, 1):
            fault, offset = _index_line(line, number, by_offset)
            if fault:
                yield fault
            if offset in seen:
                yield Fault(INDEX_PATH, "index-line-twice", f"Line {number} repeats the record at {offset}.")
            if offset is not None:
                seen.add(offset)
        for record in records:
            if record.kind in _INDEXED and record.offset not in seen:
                message = f"No line leads to the {record.kind} of {record.url[:200]} at offset {record.offset}."
                yield Fault(INDEX_PATH, "index-line-missing", message)

    def _pages(self, records: list[StoredRecord]) -> Iterator[Fault]:
        lines = self._lines(PAGES_PATH)
        try:
            header, *pages = [json.loads(line) for line in lines or ()]
            if header["format"] != "json-pages-1.0" or len(pages) != 1:
                raise ValueError("not one page under a json-pages-1.0 header")
            url, moment = pages[0]["url"], str(pages[0]["ts"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            yield Fault(PAGES_PATH, "pages-invalid", f"It is no list of one page: {_sentence(error)}")
            return
        dates = [r.headers.get("warc-date") for r in records if r.kind in ("response", "revisit") and r.url == url]
        if not dates:
            yield Fault(PAGES_PATH, "pages-url-differs", "No response in the WARC has the page's address.")
        elif not any(date[:19] == moment[:19] for date in dates):
            yield Fault(PAGES_PATH, "pages-time-differs", "No response in the WARC has the page's time.")

    # ── the manifest's claims ───────────────────────────────────────────────────────────────────────────────────────

    def _claims(self, records: list[StoredRecord]) -> Iterator[Fault]:
        responses = [record for record in records if record.kind in ("response", "revisit")]
        yield from self._hops(responses)
        yield from self._picture(records)
        yield from self._requisites(responses)
        if self._text:
            digest = hashlib.sha256(self._text).hexdigest()
            texts = [record.block_sha256 for record in records if record.kind == "conversion"]
            if digest not in texts:
                message = "The conversion record does not hold the text of text.json."
                yield Fault(WARC_PATH, "conversion-differs" if texts else "conversion-missing", message)

    def _requisites(self, responses: list[StoredRecord]) -> Iterator[Fault]:
        """Each requisite has its record, with its bytes, in the order in which the manifest lists them."""
        held: dict[str, set[str]] = {}
        for record in responses:
            held.setdefault(record.headers.get("warc-payload-digest"), set()).add(record.url)
        requisites = self._manifest.get("requisites")
        fetched = requisites.get("fetched") if isinstance(requisites, dict) else None
        hops = self._manifest.get("hops")
        following = iter([record.url for record in responses[len(hops) if isinstance(hops, list) else 0 :]])
        for item in fetched if isinstance(fetched, list) else ():
            if not isinstance(item, dict):
                continue
            url, digest = _plain_url(str(item.get("url"))), f"sha256:{item.get('sha256')}"
            if digest not in held:
                message = f"No record holds the requisite {url[:200]} that the manifest lists."
                yield Fault(WARC_PATH, "requisite-missing", message)
            elif url not in following:
                message = f"The record of the requisite {url[:200]} does not stand where the manifest lists it."
                yield Fault(WARC_PATH, "records-reordered", message)
                return
            elif url not in held[digest] and not _is_redirected(url, responses):
                message = f"The record of the requisite {url[:200]} holds other bytes than the manifest says."
                yield Fault(WARC_PATH, "requisite-differs", message)

    def _picture(self, records: list[StoredRecord]) -> Iterator[Fault]:
        files = self._manifest.get("files")
        for file in files if isinstance(files, list) else ():
            if isinstance(file, dict) and file.get("name") == "screenshot.png":
                held = [record.block_sha256 for record in records if record.kind == "resource"]
                if file.get("sha256") not in held:
                    yield Fault(
                        WARC_PATH, "screenshot-differs", "No resource record holds the bytes of screenshot.png."
                    )

    def _hops(self, responses: list[StoredRecord]) -> Iterator[Fault]:
        hops = self._manifest.get("hops")
        if not isinstance(hops, list) or not hops or not all(isinstance(hop, dict) for hop in hops):
            yield Fault("", "manifest-claims-no-hops", "The manifest lists no hops.")
            return
        for number, hop in enumerate(hops):
            record = responses[number] if number < len(responses) else None
            claimed = (hop.get("status"), f"sha256:{hop.get('body_sha256')}")
            stored = (record.status, record.headers.get("warc-payload-digest")) if record else None
            if record is None or stored != claimed or not _same_url(record.url, str(hop.get("url"))):
                message = f"Hop {number + 1} of the manifest ({str(hop.get('url'))[:200]}) is not what the WARC holds."
                yield Fault(WARC_PATH, "manifest-hop-differs", message)
        if _plain_url(str(hops[0].get("url"))) != _plain_url(str(self._manifest.get("url_requested"))):
            yield Fault("", "manifest-contradicts-itself", "The manifest's url_requested is not that of its first hop.")
        last = hops[-1]
        for key, value in (("body_sha256", last.get("body_sha256")), ("http_status", last.get("status"))):
            if self._manifest.get(key) != value:
                yield Fault("", "manifest-contradicts-itself", f"The manifest's {key} is not that of its last hop.")


def _record_faults(record: StoredRecord) -> Iterator[Fault]:
    where = f"The {record.kind or 'nameless'} record at offset {record.offset}"
    block = record.headers.get("warc-block-digest")
    if block != f"sha256:{record.block_sha256}":
        yield Fault(WARC_PATH, "block-digest-differs", f"{where}: its block is not what its WARC-Block-Digest says.")
    payload = record.headers.get("warc-payload-digest")
    if record.kind == "response" and payload != f"sha256:{record.payload_sha256}":
        yield Fault(WARC_PATH, "payload-digest-differs", f"{where}: its payload is not what its digest says.")
    if not record.is_plain_member:
        yield Fault(WARC_PATH, "gzip-header-differs", f"{where}: its gzip header holds more than it was written with.")


def _index_line(line: str, number: int, by_offset: Mapping[int, StoredRecord]) -> tuple[Fault | None, int | None]:
    try:
        key, timestamp, tail = line.split(" ", 2)
        fields = json.loads(tail)
        offset, length, status = (int(fields[name]) for name in ("offset", "length", "status"))
        url = str(fields["url"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return Fault(INDEX_PATH, "index-line-invalid", f"Line {number} is not a CDXJ line."), None
    record = by_offset.get(offset)
    if record is None:
        return Fault(INDEX_PATH, "index-offset-wrong", f"Line {number}: no record begins at offset {offset}."), None
    is_resource = record.kind == "resource"  # no HTTP: its block is its payload
    expected = {
        "key": surt(record.url),
        "timestamp": "".join(ch for ch in record.headers.get("warc-date")[:19] if ch.isdigit()),
        "url": record.url,
        "length": record.length,
        "status": 200 if is_resource else record.status,
        "digest": record.headers.get("warc-block-digest" if is_resource else "warc-payload-digest"),
        "recordDigest": f"sha256:{record.record_sha256}",
        "filename": "data.warc.gz",
    }
    found = {
        "key": key,
        "timestamp": timestamp,
        "url": url,
        "length": length,
        "status": status,
        "digest": fields.get("digest"),
        "recordDigest": fields.get("recordDigest"),
        "filename": fields.get("filename"),
    }
    wrong = [name for name, value in expected.items() if found[name] != value]
    if wrong:
        message = f"Line {number} ({url[:200]}) differs from its record in {', '.join(wrong)}."
        return Fault(INDEX_PATH, "index-line-differs", message), offset
    return None, offset


class _Hashing:
    """A stream that is hashed and counted as it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self._size = 0

    def read(self, size: int, /) -> bytes:
        data = self._stream.read(size)
        self._digest.update(data)
        self._size += len(data)
        return data

    def drain(self) -> None:
        while self.read(CHUNK):
            continue

    def result(self) -> tuple[str, int]:
        self.drain()
        return self._digest.hexdigest(), self._size


def _is_redirected(url: str, responses: list[StoredRecord]) -> bool:
    """Whether the record of an address is a redirect, whose end holds the bytes."""
    return any(record.url == url and 300 <= (record.status or 0) < 400 for record in responses)


def _same_url(stored: str, claimed: str) -> bool:
    return stored == _plain_url(claimed)


def _plain_url(claimed: str) -> str:
    """An address as records name it."""
    from citekeeper.urls import BadUrlError, parse

    try:
        return parse(claimed).without_fragment
    except BadUrlError:
        return claimed


def _sentence(error: BaseException) -> str:
    text = " ".join(str(error).split())[:160] or type(error).__name__
    return f"{text}."
