"""The page within a deposited file, as a response that can be read: out of HTML, MHTML, WARC, WACZ, PDF or text."""

from __future__ import annotations

import email
import email.policy
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from citekeeper.archive.sniff import sniff
from citekeeper.content import without_pictures
from citekeeper.model import Hop

READ_LIMIT = 16 * 1024 * 1024
"""Bytes of one file, or of one record, that are read for its text; the file itself is kept whole."""

_UNPACKED_LIMIT = 2 << 30  # bytes of a web archive, unpacked, that are looked through for the page
_RECORD_LIMIT = 64 * 1024 * 1024  # the same of what cannot be read in part
_MHTML_LIMIT = 8 * 1024 * 1024  # the same of MHTML, whose first part is the page
_FILE_LIMIT = 256 * 1024 * 1024  # the same, of files
_RECORDS_LIMIT = 200_000
_BUFFER = 1 << 16
_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_WHOLE = (_TYPES[".pdf"], _TYPES[".docx"])
_SNIFFED_TEXT = ("text/html", "application/pdf", "text/plain")
_READABLE = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")
_BROKEN = (
    ValueError,
    LookupError,
    OSError,
    EOFError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
)


def page_of(path: Path, url: str | None) -> Hop | None:
    """The page that a deposited file shows; None where it holds none that could be found (images, video, broken files).

    Args:
        path: the file.
        url: the cited address, which tells the page among the records of a WARC.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as stream:
        start = stream.read(4096)
    suffix = path.suffix.lower()
    try:
        if suffix == ".wacz" or (suffix == ".zip" and start.startswith(b"PK\x03\x04")):
            return _page_of_wacz(path, url)
        if start.startswith(b"WARC/") or path.name.lower().endswith((".warc", ".warc.gz")):
            with path.open("rb") as stream:
                return _page_of_warc(stream, _wanted(url))[0]
        if suffix in (".mhtml", ".mht") or b"multipart/related" in start[:2048].lower():
            return _page_of_mhtml(path, url)
    except _BROKEN:
        return None
    media_type = _TYPES.get(suffix) or (sniffed if (sniffed := sniff(start)) in _SNIFFED_TEXT else None)
    if media_type is None:
        return None
    with path.open("rb") as stream:
        if media_type in _WHOLE:
            return _hop(url, media_type, stream.read(_FILE_LIMIT))
        body = stream.read(_RECORD_LIMIT)
    return _hop(url, media_type, (without_pictures(body) if len(body) > READ_LIMIT else body)[:READ_LIMIT])


def _hop(url: str | None, content_type: str, body: bytes) -> Hop:
    plain = "".join(ch for ch in content_type if ch.isascii() and ch.isprintable())
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {plain}\r\n\r\n".encode("ascii")
    return Hop(url or "https://deposited.invalid/", 200, head, body)


def _wanted(*urls: object) -> list[str]:
    """The addresses to look for, the likeliest first, without fragments."""
    return [url.partition("#")[0] for url in urls if isinstance(url, str) and url]


# ── MHTML (RFC 2557) ────────────────────────────────────────────────────────────────────────────────────────────────


def _page_of_mhtml(path: Path, url: str | None) -> Hop | None:
    with path.open("rb") as stream:
        data = stream.read(_MHTML_LIMIT)
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    try:
        parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    except RecursionError:
        return None
    root = message.get_param("start")
    part = next((part for part in parts if root and part.get("Content-ID") == root), parts[0] if parts else None)
    body = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(body, bytes):
        return None
    charset = part.get_content_charset()
    content_type = part.get_content_type() + (f"; charset={charset}" if charset else "")
    return _hop(part.get("Content-Location") or message.get("Snapshot-Content-Location") or url, content_type, body)


# ── WARC and WACZ ───────────────────────────────────────────────────────────────────────────────────────────────────


def _page_of_wacz(path: Path, url: str | None) -> Hop | None:
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        wanted = _wanted(url, *_named_pages(package, names))
        found: Hop | None = None
        left = _UNPACKED_LIMIT
        for name in sorted(name for name in names if name.startswith("archive/") and ".warc" in name):
            with package.open(name) as stream:
                hop, left = _page_of_warc(stream, wanted, left)
            if hop is not None and (found is None or hop.url in wanted):
                found = hop
            if found is not None and found.url in wanted[:1]:
                break
        return found


def _named_pages(package: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    """What the package itself calls its page: datapackage.json, then the first lines of the page list."""
    if "datapackage.json" in names:
        value = _json(_head_of(package, "datapackage.json"))
        yield from (value[key] for key in ("mainPageUrl", "mainPageURL") if isinstance(value.get(key), str))
    if "pages/pages.jsonl" in names:
        for line in _head_of(package, "pages/pages.jsonl").splitlines()[:100]:
            url = _json(line).get("url")
            if isinstance(url, str):
                yield url


def _head_of(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as stream:
        return stream.read(1 << 20)


def _json(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


class _Bounded(io.RawIOBase):
    """A stream that ends where it has given as many bytes as may be looked through."""

    def __init__(self, stream: IO[bytes], left: int) -> None:
        self._stream = stream
        self.left = left

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes."""
        data = self._stream.read(min(len(buffer), self.left))
        buffer[: len(data)] = data
        self.left -= len(data)
        return len(data)


def _page_of_warc(stream: IO[bytes], wanted: list[str], left: int = _UNPACKED_LIMIT) -> tuple[Hop | None, int]:
    """The response to the likeliest of ``wanted``; else the first page that was answered with 200.

    With it, how many of the bytes that may be looked through are left.

    A deposit may come from any tool, so it is read leniently, by warcio: WARC 0.18 to 1.1, compressed or not.
    """
    import gzip

    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    is_packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    plain = _Bounded(gzip.GzipFile(fileobj=stream) if is_packed else stream, left)  # type: ignore[arg-type]
    best: tuple[int, Hop] | None = None
    try:
        for number, record in enumerate(ArchiveIterator(io.BufferedReader(plain, _BUFFER))):
            if number >= _RECORDS_LIMIT:
                break
            if record.rec_type != "response" or record.http_headers is None:
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            rank = wanted.index(url) if url in wanted else len(wanted)
            content_type = record.http_headers.get_header("Content-Type") or ""
            media_type = content_type.partition(";")[0].strip().lower()
            is_page = media_type in _READABLE
            if record.http_headers.get_statuscode() != "200" or not is_page or (best and best[0] <= rank):
                continue
            most = _RECORD_LIMIT if media_type in _WHOLE else READ_LIMIT
            best = rank, _hop(url, content_type, record.content_stream().read(most))
            if rank == 0 and wanted:
                break
    except (ArchiveLoadFailed, AttributeError, TypeError, *_BROKEN):  # warcio takes it that records name their page
        pass  # what was read before the damage is still what the file holds
    return best[1] if best else None, plain.left
