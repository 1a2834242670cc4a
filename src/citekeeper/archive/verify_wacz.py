"""What can be recomputed of one capture.wacz: package, hashes, records, index, page list, and the manifest's claims."""

from __future__ import annotations

import hashlib
import re
import struct
import uuid
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from zlib_ng import zlib_ng

from citekeeper.archive.records import (
    CHUNK,
    LONGEST_VALUE,
    RECORDS_LIMIT,
    BrokenWarcError,
    StoredRecord,
    read_block,
    read_records,
)
from citekeeper.archive.surt import surt
from citekeeper.archive.verify_claims import Claims
from citekeeper.archive.verify_faults import WARC_PATH, Fault, plain_url, strict_json
from citekeeper.archive.verify_records import check_records
from citekeeper.archive.verify_zip import check_directory, check_layout

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
_PAGES_HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
_PACKAGE_KEYS = {"description", "mainPageUrl", "resources"}
_PAGE_KEYS = {"id", "url", "ts", "title"}
_MEDIA_TYPE = re.compile(r"[\w.+*-]+/[\w.+*-]+", re.ASCII)
_INDEXED = ("response", "revisit", "resource")


def check_wacz(
    path: Path, manifest: Mapping[str, Any], text: bytes | None, title: str | None = None
) -> Iterator[Fault]:
    """Recompute a WACZ.

    Args:
        path: the file.
        manifest: the fields of its manifest.json, to be compared with the records.
        text: what text.json holds as plain text; None where there is none.
        title: the title in text.json, where it has one.
    """
    try:
        with path.open("rb") as stream:
            check_directory(stream)
        with path.open("rb") as stream, zipfile.ZipFile(path) as package:
            if sum(info.file_size for info in package.infolist()) > max(_UNPACKED_LIMIT, path.stat().st_size):
                yield Fault("", "zip-broken", "Its members say that they unpack to more than any capture holds.")
                return
            yield from (Fault(*oddity) for oddity in check_layout(package, stream, path.stat().st_size))
            yield from _Package(package, manifest, text, title).faults()
    except _ZIP_ERRORS as error:
        yield Fault("", "zip-broken", f"The package cannot be read as a ZIP file: {_sentence(error)}")


class _Package:
    def __init__(
        self, package: zipfile.ZipFile, manifest: Mapping[str, Any], text: bytes | None, title: str | None
    ) -> None:
        self._package = package
        self._manifest = manifest
        self._text = text
        self._title = title
        self._page: Mapping[str, Any] = {}  # the page list's one, once it was read
        self._hashes: dict[str, tuple[str, int]] = {}

    def faults(self) -> Iterator[Fault]:
        names = [info.filename for info in self._package.infolist()]
        for name in sorted(name for name, count in Counter(names).items() if count > 1):
            yield Fault(name, "member-twice", "The package holds two members of this name.")
        missing = [name for name in _REQUIRED if name not in names]
        for name in missing:
            yield Fault(name, "member-missing", "The package lacks this member.")
        for name in sorted(set(names) - set(_REQUIRED)):
            yield Fault(name, "member-added", "No capture's package has this member.")
        for info in self._package.infolist():
            if info.compress_type != zipfile.ZIP_STORED:
                yield Fault(info.filename, "member-compressed", "The member is compressed; it was stored as it is.")
        records: list[StoredRecord] = []
        if WARC_PATH in names:
            yield from self._records(records)
        for name in dict.fromkeys(names):
            yield from self._hash(name)
        if PAGES_PATH in names:
            yield from self._pages(records)
        if PACKAGE_PATH in names:
            yield from self._datapackage(names)
        if DIGEST_PATH in names:
            yield from self._digest()
        if INDEX_PATH in names:
            yield from self._index(records)
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
            return strict_json(self._package.read(name).decode("utf-8")), None
        except (*_ZIP_ERRORS, RecursionError) as error:
            return None, Fault(name, "member-invalid", f"It is not JSON: {_sentence(error)}")

    def _datapackage(self, names: list[str]) -> Iterator[Fault]:
        value, fault = self._json(PACKAGE_PATH)
        resources = value.get("resources") if isinstance(value, dict) else None
        if fault or not isinstance(resources, list):
            yield fault or Fault(PACKAGE_PATH, "package-invalid", "It lists no resources.")
            return
        listed = {str(item.get("path")): item for item in resources if isinstance(item, dict)}
        if len(listed) != len(resources):
            yield Fault(PACKAGE_PATH, "resource-twice", "It lists a resource twice, or one without a path.")
        for name, item in listed.items():
            if name not in names:
                yield Fault(name, "resource-missing", "datapackage.json lists it, but the package does not hold it.")
                continue
            digest, size = self._hashes[name]
            if item.get("hash") != f"sha256:{digest}":
                yield Fault(name, "resource-hash-differs", "Its hash is not the one in datapackage.json.")
            if type(item.get("bytes")) is not int or item["bytes"] != size:
                yield Fault(name, "resource-size-differs", f"It has {size} bytes, datapackage.json says otherwise.")
        for name in sorted(set(names) - set(listed) - {PACKAGE_PATH, DIGEST_PATH}):
            yield Fault(name, "resource-unlisted", "datapackage.json does not list this member.")
        if value.get("mainPageUrl") != plain_url(self._manifest.get("url_final")):
            yield Fault(PACKAGE_PATH, "package-page-differs", "Its mainPageUrl is not the manifest's url_final.")
        yield from self._package_facts(value)

    def _package_facts(self, value: Mapping[str, Any]) -> Iterator[Fault]:
        """What datapackage.json says of the whole, beside the manifest and the page list."""
        tool, captured = self._manifest.get("tool"), self._manifest.get("captured_at")
        page = self._page
        expected: dict[str, object] = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "created": captured,
            "modified": captured,
            "software": f"citekeeper {tool.get('version') if isinstance(tool, dict) else None}",
            "title": page.get("title", value.get("mainPageUrl")),
            "mainPageDate": page.get("ts"),
        }
        if more := set(value) - set(expected) - _PACKAGE_KEYS:
            message = f"It says more of the whole than belongs: {min(more)[:60]}."
            yield Fault(PACKAGE_PATH, "package-facts-differ", message)
        for name in (name for name, said in expected.items() if page and value.get(name) != said):
            message = f"Its {name} is not what the manifest and the page list say."
            yield Fault(PACKAGE_PATH, "package-facts-differ", message)

    def _digest(self) -> Iterator[Fault]:
        value, fault = self._json(DIGEST_PATH)
        if fault or not isinstance(value, dict):
            yield fault or Fault(DIGEST_PATH, "member-invalid", "It is not a JSON object.")
            return
        digest = self._hashes.get(PACKAGE_PATH, ("", 0))[0]
        if set(value) - {"path", "hash"}:
            yield Fault(DIGEST_PATH, "member-invalid", "It says more than path and hash; no signature was made.")
        if value.get("path") != PACKAGE_PATH or value.get("hash") != f"sha256:{digest}":
            yield Fault(DIGEST_PATH, "package-digest-differs", "It does not hold the hash of datapackage.json.")

    # ── index and pages ─────────────────────────────────────────────────────────────────────────────────────────────

    def _lines(self, name: str) -> list[str] | None:
        """The lines of a member, each ended by a line feed and by nothing else."""
        try:
            if self._package.getinfo(name).file_size > _LINES_LIMIT:
                return None
            data = self._package.read(name)
            if data.count(b"\n") > _MOST_LINES:
                return None
            *lines, rest = data.decode("ascii").split("\n")
            return [*lines, rest, ""] if rest else lines
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
            header, *pages = [strict_json(line) for line in lines or ()]
            if header != _PAGES_HEADER or len(pages) != 1:
                raise ValueError("not one page under a json-pages-1.0 header")
            if more := sorted(set(pages[0]) - _PAGE_KEYS):
                raise ValueError(f"it says more of its page than belongs: {more[0][:60]}")
            page = {name: str(value) for name, value in pages[0].items()}
            url, moment, identity = page["url"], page["ts"], page["id"]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            yield Fault(PAGES_PATH, "pages-invalid", f"It is no list of one page: {_sentence(error)}")
            return
        self._page = page
        folder = f"{self._manifest.get('citation')}/{self._manifest.get('id')}"
        if identity != uuid.uuid5(uuid.NAMESPACE_URL, f"{folder}\n{url}").hex:
            yield Fault(PAGES_PATH, "pages-invalid", "The page's id is not that of its capture and address.")
        dates = [r.said("warc-date") for r in records if r.kind in ("response", "revisit") and r.url == url]
        if not dates or url != plain_url(self._manifest.get("url_final")):
            message = "Its page is not the one that the manifest names last, or no response in the WARC is of it."
            yield Fault(PAGES_PATH, "pages-url-differs", message)
        elif not any(f"{date[:19]}Z" == moment for date in dates):
            yield Fault(PAGES_PATH, "pages-time-differs", "No response in the WARC has the page's time.")
        if self._title and page.get("title") != self._title:
            yield Fault(PAGES_PATH, "pages-title-differs", "Its page's title is not the one in text.json.")

    # ── records and the manifest's claims ───────────────────────────────────────────────────────────────────────────

    def _claims(self, records: list[StoredRecord]) -> Iterator[Fault]:
        yield from check_records(records, f"{self._manifest.get('citation')}/{self._manifest.get('id')}")
        yield from Claims(self._manifest, records, self._reread, self._text).faults()

    def _reread(self, record: StoredRecord, most: int) -> bytes:
        try:
            with self._package.open(WARC_PATH) as member:
                member.seek(record.offset)
                return read_block(member, record, most)
        except (*_ZIP_ERRORS, zlib_ng.error):  # type: ignore[misc]  # typed as an instance
            return b""


def _record_faults(record: StoredRecord) -> Iterator[Fault]:
    where = f"The {record.kind or 'nameless'} record at offset {record.offset}"
    block = record.said("warc-block-digest")
    if block != f"sha256:{record.block_sha256}":
        yield Fault(WARC_PATH, "block-digest-differs", f"{where}: its block is not what its WARC-Block-Digest says.")
    payload = record.said("warc-payload-digest")
    if record.kind in ("response", "request") and payload != f"sha256:{record.payload_sha256}":
        yield Fault(WARC_PATH, "payload-digest-differs", f"{where}: its payload is not what its digest says.")
    if not record.is_plain_member:
        yield Fault(WARC_PATH, "gzip-header-differs", f"{where}: its gzip header holds more than it was written with.")


def _index_line(line: str, number: int, by_offset: Mapping[int, StoredRecord]) -> tuple[Fault | None, int | None]:
    try:
        key, timestamp, tail = line.split(" ", 2)
        fields = strict_json(tail)
        offset, url = int(fields["offset"]), str(fields["url"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return Fault(INDEX_PATH, "index-line-invalid", f"Line {number} is not a CDXJ line."), None
    record = by_offset.get(offset)
    if record is None:
        return Fault(INDEX_PATH, "index-offset-wrong", f"Line {number}: no record begins at offset {offset}."), None
    found = {"key": key, "timestamp": timestamp, **fields, "mime": str(fields.get("mime"))[:LONGEST_VALUE]}
    expected = _expected(record)
    wrong = [name for name in {**expected, **found} if found.get(name) != expected.get(name)]
    if wrong:
        names = ", ".join(name[:40] for name in wrong[:8])
        message = f"Line {number} ({url[:200]}) differs from its record in {names}."
        return Fault(INDEX_PATH, "index-line-differs", message), offset
    return None, offset


def _expected(record: StoredRecord) -> dict[str, str]:
    """What the index says of a record."""
    is_resource = record.kind == "resource"  # no HTTP: its block is its payload
    declared = record.http.media_type if _MEDIA_TYPE.fullmatch(record.http.media_type) else "unk"
    mimes = {"revisit": "warc/revisit", "resource": record.said("content-type")}
    return {
        "key": surt(record.url),
        "timestamp": "".join(ch for ch in record.said("warc-date")[:19] if ch.isdigit()),
        "url": record.url,
        "digest": record.said("warc-block-digest" if is_resource else "warc-payload-digest"),
        "mime": mimes.get(record.kind, declared),
        "filename": "data.warc.gz",
        "offset": str(record.offset),
        "length": str(record.length),
        "status": "200" if is_resource else str(record.status),
        "recordDigest": f"sha256:{record.record_sha256}",
    }


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


def _sentence(error: BaseException) -> str:
    text = " ".join(str(error).split())[:160] or type(error).__name__
    return f"{text}."
