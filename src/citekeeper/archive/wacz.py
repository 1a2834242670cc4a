"""WACZ 1.1.1: the WARC, its index, the page list and the hashes of all of them, in one ZIP whose members are STORED."""

from __future__ import annotations

import hashlib
import json
import uuid
import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from citekeeper import __version__
from citekeeper.archive.texts import plain_text, to_json, utf8
from citekeeper.archive.warc import WARC_NAME, WarcFile, target_uri
from citekeeper.clock import iso
from citekeeper.model import Exchange, Reading, Rendering

WARC_PATH = f"archive/{WARC_NAME}"
INDEX_PATH = "indexes/index.cdx"
PAGES_PATH = "pages/pages.jsonl"
PACKAGE_PATH = "datapackage.json"
DIGEST_PATH = "datapackage-digest.json"
SOFTWARE = f"citekeeper {__version__}"

_ZIP64_FROM = 1 << 30
_EARLIEST_ZIP = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Packed:
    """What the writer of the manifest needs to know of a WACZ: header values that were withheld."""

    withheld: tuple[str, ...]


def write_wacz(
    path: Path,
    identity: str,
    moment: datetime,
    main: Exchange,
    requisites: Sequence[Exchange],
    reading: Reading | None,
    title: str | None,
    rendering: Rendering | None = None,
) -> Packed:
    """Write the WACZ of one capture to ``path``, which must not exist. The same arguments give the same bytes.

    Args:
        path: the new file.
        identity: what the capture is called, unique in its archive.
        moment: when it was captured; also the date of every ZIP member.
        main: the page itself, with its redirects.
        requisites: what the page needs to be looked at, in order.
        reading: its text, kept as a conversion record.
        title: the page's title for replay tools.
        rendering: what a browser made of the page; what it asked for is among the requisites.

    Raises:
        OSError: it could not be written.
    """
    with path.open("xb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        members = _Members(package, moment)
        large = _size(main, requisites) > _ZIP64_FROM
        with closing(members.open(WARC_PATH, large=large)) as out:
            warc = WarcFile(out, identity, moment)
            _write_records(warc, main, requisites, reading, rendering)
        lines = sorted(entry.line().encode("ascii") + b"\n" for entry in warc.entries)
        members.add(INDEX_PATH, b"".join(lines))
        members.add(PAGES_PATH, _pages(identity, moment, main, title))
        package_json = _package(members, moment, main, title)
        members.add(PACKAGE_PATH, package_json)
        digest = {"path": PACKAGE_PATH, "hash": f"sha256:{hashlib.sha256(package_json).hexdigest()}"}
        members.add(DIGEST_PATH, to_json(digest))
    return Packed(tuple(warc.withheld))


def _write_records(
    warc: WarcFile,
    main: Exchange,
    requisites: Sequence[Exchange],
    reading: Reading | None,
    rendering: Rendering | None,
) -> None:
    warc.info(
        {
            "software": SOFTWARE,
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "robots": "ignored: one address that a person cited, and what its page needs",
        }
    )
    warc.exchange(main)
    if reading is not None and main.hops and reading.paragraphs:
        warc.conversion(plain_text(reading))
    if rendering is not None and rendering.counts and rendering.document is not None:
        warc.document(utf8(rendering.document))
    if rendering is not None and rendering.screenshot is not None:
        warc.screenshot(rendering.screenshot, rendering.started_at)
    for exchange in requisites:
        warc.exchange(exchange)


def _size(main: Exchange, requisites: Sequence[Exchange]) -> int:
    return sum(len(hop.body) + len(hop.response_head) for exchange in (main, *requisites) for hop in exchange.hops)


def _pages(identity: str, moment: datetime, main: Exchange, title: str | None) -> bytes:
    header = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    url = target_uri(main.final_url)
    page: dict[str, str] = {
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{identity}\n{url}").hex,
        "url": url,
        "ts": iso(page_moment(main, moment)),
    }
    if title:
        page["title"] = utf8(title).decode("utf-8")
    return b"".join(json.dumps(line).encode("ascii") + b"\n" for line in (header, page))


def page_moment(main: Exchange, moment: datetime) -> datetime:
    """When the page itself (the last hop) was asked for: replay tools look it up at that time."""
    started = main.last.started_at if main.last else None
    return started or main.started_at or moment


def _package(members: _Members, moment: datetime, main: Exchange, title: str | None) -> bytes:
    return to_json(
        {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": title or target_uri(main.final_url),
            "description": "One cited source, captured with everything its page needs.",
            "created": iso(moment),
            "modified": iso(moment),
            "software": SOFTWARE,
            "mainPageUrl": target_uri(main.final_url),
            "mainPageDate": iso(page_moment(main, moment)),
            "resources": members.resources(),
        }
    )


class _Hashed:
    """A stream that is hashed and counted as it is written."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self._out.write(data)

    def close(self) -> None:
        self._out.close()


class _Members:
    """The members of the package in order, with what datapackage.json says of each."""

    def __init__(self, package: zipfile.ZipFile, moment: datetime) -> None:
        self._package = package
        self._date = max(moment.astimezone(UTC), _EARLIEST_ZIP)
        self._written: list[tuple[str, _Hashed]] = []

    def open(self, name: str, *, large: bool = False) -> BinaryIO:
        info = zipfile.ZipInfo(name, self._date.timetuple()[:6])
        info.compress_type = zipfile.ZIP_STORED
        info.create_system = 3
        info.external_attr = 0o644 << 16
        hashed = _Hashed(cast("BinaryIO", self._package.open(info, "w", force_zip64=large)))
        self._written.append((name, hashed))
        return cast("BinaryIO", hashed)

    def add(self, name: str, data: bytes) -> None:
        with closing(self.open(name)) as out:
            out.write(data)

    def resources(self) -> list[dict[str, str | int]]:
        return [
            {
                "name": name.rpartition("/")[2],
                "path": name,
                "hash": f"sha256:{hashed.digest.hexdigest()}",
                "bytes": hashed.size,
            }
            for name, hashed in self._written
        ]
