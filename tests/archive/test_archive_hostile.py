"""Archives and deposits made to exhaust memory or time: each is refused in a sentence, in bounded memory."""

from __future__ import annotations

import gzip
import io
import json
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from citekeeper.archive import deposited_page, records, texts, verify_texts
from citekeeper.archive.manifest import read_manifest
from citekeeper.archive.verify_wacz import check_wacz

from .support import archive, page, reading, seal

_HEAD = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"


def _faults(data: bytes, path: Path) -> list[str]:
    path.write_bytes(data)
    return [f"{fault.what}: {fault.message}" for fault in check_wacz(path, {}, None)]


def _package(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in members.items():
            package.writestr(
                {"warc": "archive/data.warc.gz", "json": "datapackage.json", "index": "indexes/index.cdx"}[name], data
            )
    return stream.getvalue()


def _overlapping(count: int, size: int) -> bytes:
    """A package whose directory names one member's bytes again and again."""
    body, name = bytes(size), b"archive/data.warc.gz"
    crc = zlib.crc32(body)
    member = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 33, crc, size, size, len(name), 0) + name + body
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 33, crc, size, size, 8, 0, 0, 0, 0, 0, 0)
    directory = b"".join(entry + b"%08d" % number for number in range(count))
    most = min(count, 0xFFFF)
    return member + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, most, most, len(directory), len(member), 0)


def test_a_record_that_unpacks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given up where it has more than a capture holds."""
    monkeypatch.setattr(records, "UNPACKED_LIMIT", 1 << 20)
    bomb = gzip.compress(_HEAD % (1 << 40) + b"HTTP/1.1 200 OK\r\n\r\n" + bytes(50 << 20))
    faults = _faults(_package(warc=bomb), tmp_path / "a.wacz")
    assert "warc-broken: The record at offset 0 is broken: it unpacks to more than a capture holds." in faults


@pytest.mark.parametrize(("name", "limit"), [("RECORDS_LIMIT", 20), ("HEADS_LIMIT", 2_000)])
def test_records_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, limit: int) -> None:
    """Neither their number nor their headers fill the memory."""
    monkeypatch.setattr(records, name, limit)
    many = gzip.compress(_HEAD.replace(b"application/http", b"text/plain") % 0 + b"\r\n\r\n") * 100
    faults = _faults(_package(warc=many), tmp_path / "a.wacz")
    assert any("there are more records, or longer headers, than a capture has" in fault for fault in faults)


def test_members_that_overlap(tmp_path: Path) -> None:
    """One megabyte that a package names ten thousand times is not read ten thousand times."""
    began = time.process_time()
    faults = _faults(_overlapping(10_000, 1 << 20), tmp_path / "a.wacz")
    assert faults == ["zip-broken: Its members say that they unpack to more than any capture holds."]
    assert time.process_time() - began < 5


def test_a_directory_without_end(tmp_path: Path) -> None:
    """It is not taken into memory to be looked at."""
    (fault,) = _faults(_overlapping(100_000, 10), tmp_path / "a.wacz")
    assert fault.endswith("its directory is longer than that of any capture.")


def test_members_of_one_name_are_told_in_linear_time(tmp_path: Path) -> None:
    """A directory as long as is read takes seconds, not hours."""
    began = time.process_time()
    faults = _faults(_overlapping(15_000, 10), tmp_path / "a.wacz")
    assert any(fault.startswith("zip-slack") for fault in faults)
    assert time.process_time() - began < 10


def test_a_text_of_half_a_gigabyte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text file longer than any reading's is not parsed."""
    from citekeeper.archive import verify

    store = archive(tmp_path)
    capture = seal(store, page("<p>Words."), text=reading("Words."))
    path = store.folder(capture) / "text.json"
    path.write_bytes(path.read_bytes() + b" " * 5_000_000)
    for module in (verify_texts, texts):
        monkeypatch.setattr(module, "LARGEST", 4 << 20)
    said = {problem.what: problem.message for problem in verify(tmp_path / "archive")}
    assert said["text-invalid"] == "It is not a text file: it is longer than 4 MiB."
    assert store.reading(capture) is None


def test_a_manifest_of_a_hundred_megabytes(tmp_path: Path) -> None:
    """It is refused by its length, in words."""
    path = tmp_path / "manifest.json"
    with path.open("wb") as stream:
        stream.truncate(100 << 20)
    manifest = read_manifest(path)
    assert (manifest.fault, manifest.fields) == ("longer than 8 MiB, which none is", {})


@pytest.mark.parametrize("value", [b'"ab",', b"{},", b"[],", b"null,"])
def test_a_text_of_millions_of_paragraphs(value: bytes) -> None:
    """It is refused before JSON makes an object of each."""
    with pytest.raises(ValueError, match="it holds more than any text does"):
        texts.reading_from_json(b'{"paragraphs": [' + value * 600_000 + b'"end"]}')


def test_an_index_of_millions_of_lines(tmp_path: Path) -> None:
    """It is no index."""
    faults = _faults(_package(warc=b"", index=b"a\n" * 200_000), tmp_path / "a.wacz")
    assert "index-invalid: The index cannot be read." in faults


def test_a_web_archive_that_unpacks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands before the bomb is read; the bomb is not unpacked to its end."""
    monkeypatch.setattr(deposited_page, "_UNPACKED_LIMIT", 4 << 20)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The bridge."
    good = _HEAD.replace(b"WARC-Type", b"WARC-Target-URI: http://a.example/\r\nWARC-Type") % len(answer) + answer
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(good + b"\r\n\r\n" + _HEAD % (1 << 40)) + gzip.compress(bytes(200 << 20)))
    began = time.process_time()
    hop = deposited_page.page_of(path, None)
    assert time.process_time() - began < 5
    assert hop is not None
    assert hop.body == b"<p>The bridge."


def test_a_page_saved_as_one_file_is_read_behind_its_pictures(tmp_path: Path) -> None:
    """Fonts and pictures of twenty megabytes stand before the text."""
    path = tmp_path / "a.html"
    path.write_bytes(
        b"<style>@font-face{src:url(data:font/woff2;base64," + b"Ab" * 10_000_000 + b")}</style><p>The text."
    )
    hop = deposited_page.page_of(path, None)
    assert hop is not None
    assert hop.body.endswith(b"<p>The text.")
    assert len(hop.body) < 1000


def test_a_list_of_resources_without_end(tmp_path: Path) -> None:
    """It is not parsed: JSON takes twenty times its length."""
    faults = _faults(_package(json=json.dumps({"resources": [{}] * 3_000_000}).encode()), tmp_path / "a.wacz")
    assert "member-invalid: The member is larger than any such file can be." in faults
