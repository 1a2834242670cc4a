"""Endurance: files of a sealed capture and of deposits with bytes flipped, cut, repeated and put in, by a seed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from citekeeper.archive.deposited_page import page_of
from citekeeper.archive.verify import verify
from citekeeper.history import History
from citekeeper.model import Severity
from citekeeper.pipeline.chronicle import record_manifests

from .support import HTML, PAGE, FixedClock, archive, page, reading, seal

WORDS = (b"null", b"[]", b"{}", b"1e999", b'"\\ud800"', b"-1", b"9" * 5000, b"[" * 500, b"\x1b[2J", b"\n\n", b"\0")
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/story\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n------B\r\n'
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    b"Content-Location: https://news.example/story\r\n\r\n" + PAGE.replace(b"=", b"=3D") + b"\r\n------B--\r\n"
)
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/story\r\n"
    b"WARC-Date: 2022-05-02T09:30:00Z\r\nWARC-Record-ID: <urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8>\r\n"
    b"Content-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    % (len(HTML + PAGE), HTML + PAGE)
)


def mutated(good: bytes, chance: random.Random) -> bytes:
    """The bytes with one to five small changes."""
    data = bytearray(good)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        place = chance.randrange(len(data)) if data else 0
        match chance.randrange(6):
            case 0 if data:
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                del data[place : place + chance.choice((1, 2, 16, 200))]
            case 2:
                data[place:place] = data[max(0, place - chance.randint(1, 200)) : place]
            case 3:
                data[place:place] = chance.randbytes(chance.randint(1, 20))
            case 4:
                data[place:place] = chance.choice(WORDS)
            case _:
                data += chance.randbytes(chance.randint(1, 30))
    return bytes(data)


@pytest.mark.soak
def test_no_changed_file_of_a_capture_is_called_clean(tmp_path: Path) -> None:
    """Whatever is done to a sealed file or to a manifest is an error, and never an exception."""
    store = archive(tmp_path)
    folder = store.folder(seal(store, page(PAGE), text=reading("The bridge was closed on Monday.")))
    root = tmp_path / "archive"
    record_manifests(store, lambda name: History(root, name), ["fn1"], FixedClock(), random.Random(1), None)
    events = {"fn1": History(root, "fn1").events()}
    assert not verify(root, None, events)
    chance = random.Random(6)
    good = {path: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    for _ in range(1500):
        path = chance.choice(list(good))
        data = mutated(good[path], chance)
        if data == good[path]:
            continue
        path.write_bytes(data)
        found = verify(root, None, events)
        assert any(each.severity is Severity.ERROR for each in found), (path.name, data)
        path.write_bytes(good[path])


@pytest.mark.soak
@pytest.mark.parametrize(("name", "good"), [("a.mhtml", MHTML), ("a.warc", WARC), ("a.html", PAGE)])
def test_no_deposit_is_a_crash(tmp_path: Path, name: str, good: bytes) -> None:
    """A page is found in what was changed, or none."""
    path, chance = tmp_path / name, random.Random(6)
    path.write_bytes(good)
    assert page_of(path, "https://news.example/story") is not None
    for _ in range(1500):
        path.write_bytes(mutated(good, chance))
        page_of(path, "https://news.example/story")
