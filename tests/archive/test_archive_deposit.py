"""``citekeeper deposit``: evidence made elsewhere is sealed as it is, read, looked up and labelled."""

from __future__ import annotations

import base64
import email.message
import gzip
import hashlib
import os
from pathlib import Path

import pytest

from citekeeper.archive.deposited_page import page_of
from citekeeper.archive.deposits import _safe_name
from citekeeper.archive.wacz import write_wacz

from .program import Program
from .support import NOON, PNG, page

SENTENCE = "It is known that the bridge was closed on Monday, as the mayor told reporters in the town hall."
PAGE = (
    f"<!DOCTYPE html><html><head><title>A story</title></head><body><article><p>{SENTENCE}</p></article></body></html>"
)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with a register of two citations."""
    return Program(tmp_path)


def mhtml() -> bytes:
    """A saved page as Chromium writes it."""
    outer = email.message.Message()
    outer["Snapshot-Content-Location"] = "https://news.example/story"
    outer["Content-Type"] = 'multipart/related; type="text/html"; boundary="b"'
    part = email.message.Message()
    part["Content-Type"] = "text/html; charset=windows-1251"
    part["Content-Transfer-Encoding"] = "base64"
    part["Content-Location"] = "https://news.example/story"
    part.set_payload(base64.encodebytes(PAGE.replace("town hall", "Ратуша").encode("cp1251")).decode())
    outer.attach(part)
    return outer.as_bytes()


def warc(version: str = "1.0") -> bytes:
    """An uncompressed WARC of two pages, of which the second is the cited one."""
    records = []
    for url, body in (("https://news.example/", "<p>Front page"), ("https://news.example/story", PAGE)):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}"
        records.append(
            f"WARC/{version}\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2022-05-02T09:30:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n{http}\r\n\r\n"
        )
    return "".join(records).encode()


def test_a_deposit_is_sealed_labelled_and_counts(program: Program) -> None:
    """Bytes untouched, the manifest and the history say deposited, the quote is found, and verify agrees."""
    (program.home / "saved page.html").write_text(PAGE)
    done = program.deposit("saved page.html")
    assert done.code == 0, done.err
    path = done.out.strip()
    assert path == "archive/fn1/20220502T093000Z"
    assert "Found in it: “the bridge was closed on Monday”" in done.err
    kept = (program.home / path / "deposited-saved-page.html").read_bytes()
    assert kept == PAGE.encode()
    manifest = program.manifest(path)
    assert (manifest["event"], manifest["origin"], manifest["by"]) == ("deposit", "deposited", "A. Editor")
    assert manifest["captured_at"] == "2022-05-02T09:30:00Z" < manifest["sealed_at"]
    assert manifest["deposited"][0]["original_name"] == "saved page.html"
    assert [event["event"] for event in program.events()] == ["deposit", "manifest"]
    verified = program("verify")
    assert (verified.code, verified.out) == (0, ""), verified.out
    entry = program.entry()
    (capture,) = entry["captures"]
    assert (capture["origin"], capture["state"]) == ("deposited", "intact")
    assert capture["sha256"] == hashlib.sha256(kept).hexdigest()
    assert entry["verifiable"] is True
    assert entry["quotes"][0]["where"] == "capture"
    assert "deposited" in program("show", "fn1").out


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("story.mhtml", mhtml()),
        ("story.warc", warc()),
        ("story.warc.gz", gzip.compress(warc("1.1"), mtime=0)),
        ("story.txt", SENTENCE.encode()),
    ],
)
def test_what_the_file_holds_is_read(program: Program, name: str, data: bytes) -> None:
    """The page of an MHTML or WARC, and plain text, give the text in which quotes are looked up."""
    (program.home / name).write_bytes(data)
    done = program.deposit(name, at="2022-05-02")
    assert done.code == 0, done.err
    assert "Found in it" in done.err
    assert program("verify").code == 0


def test_the_page_of_a_package_is_read(program: Program) -> None:
    """A WACZ made by another run gives its main page; its own hashes are not mistaken for a capture of ours."""
    write_wacz(program.home / "capture.wacz", "x/y", NOON, page(PAGE), (), None, "A story")
    done = program.deposit("capture.wacz")
    assert "Found in it" in done.err
    assert (program.home / done.out.strip() / "deposited-capture.wacz").is_file()
    assert program("verify").code == 0


def test_several_files_are_one_deposit_and_names_are_safe(program: Program) -> None:
    """Path parts, other alphabets, clashes and the archive's own names do no harm; the first file is the evidence."""
    folder = program.home / "sub"
    folder.mkdir()
    (folder / "Снимок (2).PNG").write_bytes(PNG)
    (program.home / "manifest.json").write_bytes(b"{}")
    (folder / "manifest.json").write_bytes(b"[]")
    done = program.deposit("sub/Снимок (2).PNG", "manifest.json", "sub/manifest.json", id_="fn2")
    assert done.code == 0, done.err
    fields = program.manifest(done.out.strip())
    assert [item["name"] for item in fields["deposited"]] == [
        "deposited-2.png",
        "deposited-manifest.json",
        "deposited-manifest-2.json",
    ]
    assert fields["deposited"][0]["original_name"] == "Снимок (2).PNG"
    assert "sub" not in str(fields["deposited"])
    assert program("verify", "fn2").code == 0


@pytest.mark.parametrize(
    "name", ["..", "CON", "a" * 400 + ".pdf", ".htaccess", "x\u202egnp.exe", "timestamp.tsr", "  "]
)
def test_safe_names_are_safe(name: str) -> None:
    """Short, ASCII, prefixed."""
    safe = _safe_name(name, 1, set())
    assert safe.startswith("deposited-")
    assert safe.isascii()
    assert len(safe) < 120
    assert "/" not in safe
    assert not safe.endswith(".")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere.pdf",), "nowhere.pdf"),
        (("empty.pdf",), "empty"),
        ((".",), "not a file"),
        (("pointer.mp4",), "git lfs pull"),
        (("good.txt", "good.txt"), "twice"),
    ],
)
def test_files_that_cannot_be_taken_are_told(program: Program, arguments: tuple[str, ...], told: str) -> None:
    """Exit 2 with a sentence; nothing is written."""
    (program.home / "empty.pdf").write_bytes(b"")
    (program.home / "good.txt").write_text(SENTENCE)
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 12345\n"
    (program.home / "pointer.mp4").write_bytes(pointer)
    done = program.deposit(*arguments)
    assert done.code == 2
    assert told in done.err
    assert not list(program.archive.rglob("manifest.json"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"at": "yesterday"}, "no date or time"),
        ({"at": "2022-05-02T09:30:00"}, "offset"),
        ({"at": "2999-01-01"}, "future"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "no possible time"),
        ({"by": "  "}, "--by"),
        ({"how": "x" * 5000}, "--how"),
        ({"by": "A\x1b[31m"}, "--by"),
        ({"id_": "fn9"}, "fn9"),
    ],
)
def test_what_is_said_wrongly_is_told(program: Program, said: dict[str, str], told: str) -> None:
    """Exit 2 with a sentence; nothing is written."""
    (program.home / "good.txt").write_text(SENTENCE)
    done = program.deposit("good.txt", **said)
    assert done.code == 2
    assert told in done.err
    assert not list(program.archive.rglob("manifest.json"))


def test_a_record_that_names_no_page_is_no_page(tmp_path: Path) -> None:
    """A response without WARC-Target-URI, on which warcio stumbles, is kept without a text."""
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http;msgtype=response\r\n"
    path = tmp_path / "a.warc"
    path.write_bytes(head + b"Content-Length: 21\r\n\r\nHTTP/1.1 200 OK\r\n\r\nxx\r\n\r\n")
    assert page_of(path, "https://news.example/story") is None


@pytest.mark.parametrize("name", ["a.mhtml", "a.warc", "a.warc.gz", "a.wacz", "a.html", "a.pdf", "a.docx", "a.bin"])
def test_broken_files_are_kept_without_a_text(tmp_path: Path, name: str) -> None:
    """Whatever the bytes are, finding the page in them does not raise."""
    starts = (
        b"",
        b"WARC/1.0\r\n\r\n",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"Content-Type: multipart/related; boundary=x\r\n\r\n--x",
    )
    for start in starts:
        path = tmp_path / name
        path.write_bytes(start + os.urandom(2000))
        page_of(path, "https://news.example/story")


def test_a_video_is_kept_without_a_text_and_that_is_said(program: Program) -> None:
    """No text: the capture counts for no quote."""
    (program.home / "clip.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(3_000_000))
    done = program.deposit("clip.mp4")
    assert "No text could be read" in done.err
    assert program.entry()["verifiable"] is False


def test_a_changed_deposit_is_found(program: Program) -> None:
    """A byte changed, a file added, the label rewritten."""
    (program.home / "a.html").write_text(PAGE)
    folder = program.home / program.deposit("a.html").out.strip()
    sealed = (folder / "deposited-a.html").read_bytes()
    (folder / "deposited-a.html").write_bytes(sealed.replace(b"Monday", b"Friday"))
    assert "deposited-a.html: file-changed" in program("verify").out
    (folder / "deposited-a.html").write_bytes(sealed)
    manifest = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(manifest.replace('"origin": "deposited"', '"origin": "captured"'))
    done = program("verify")
    assert done.code == 1
    assert "manifest-cut-off" in done.out
