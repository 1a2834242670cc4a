"""``citekeeper show ID --custody``: the account of every copy in words, with what it proves and what not."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from citekeeper.commands.custody import custody
from citekeeper.commands.workshop import open_workshop
from citekeeper.model import Citation

from .program import Program
from .support import HTML, PAGE, archive, page, seal

GZIP_HEAD = HTML.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n")


def test_a_captures_account(tmp_path: Path) -> None:
    """What, when, from where, how, every hash, and a memento that matches; tampering is said in the same breath."""
    program = Program(tmp_path)
    capture = seal(archive(tmp_path))
    body = hashlib.sha256(PAGE).hexdigest()
    uri = "https://web.archive.org/web/20261102/https://news.example/story"
    event = {"id": "x", "at": "2026-11-02T12:00:00Z", "event": "memento", "archive": "w", "uri": uri,
             "state": "verified", "sha256": body}  # fmt: skip
    manifest = {"id": "y", "at": "2026-11-02T12:00:00Z", "event": "manifest", "manifest": capture.manifest_sha256}
    (program.archive / "fn1" / "history.jsonl").write_text(f"{json.dumps(event)}\n{json.dumps(manifest)}\n")
    (program.archive / "fn1" / ".DS_Store").write_bytes(b"x")
    done = program("show", "fn1", "--custody")
    assert done.code == 0, done.err
    for told in (
        "(litter)",
        "captured; shows the source; found intact on verification",
        "Captured: 2026-11-02T12:00:00Z",
        "Request 1: https://news.example/story: HTTP 200 from 192.0.2.1:443",
        body,
        capture.sha256,
        "Withheld from the record: request Cookie",
        "Time stamp: none",
        f"Payload SHA-256 {body}: the same bytes as copy 1 ({capture.id}).",
        "follows nothing; recorded in the history",
        "The graph of 1 manifest is complete: none that",
        "What this proves:",
        "What it does not prove:",
    ):
        assert told in done.out, told
    history = program.archive / "fn1" / "history.jsonl"
    assert "of its lines cannot be read" not in done.out
    history.write_text(history.read_text() + json.dumps(manifest | {"manifest": "0" * 64}) + "\n{\n")
    assert "1 of its lines cannot be read, and 1 say otherwise" in program("show", "fn1", "--custody").out
    (tmp_path / capture.path / "text.json").write_text("{}")
    assert "found tampered on verification" in program("show", "fn1", "--custody").out


@pytest.mark.parametrize(
    ("hashes", "told"),
    [
        ({}, "Its raw bytes were not compared with the copies here."),
        ({"sha256": "0" * 64}, "other bytes than the copies here; no text could be read from it to compare."),
        ({"sha256": "0" * 64, "text_sha256": "1" * 64}, "other bytes than the copies here; its text differs too."),
        ({"sha256": "0" * 64, "text_sha256": "ours"}, "; its text is the same as that of copy 1 (20261102T120000Z)."),
    ],
)
def test_a_memento_is_compared_by_bytes_then_by_text(tmp_path: Path, hashes: dict[str, str], told: str) -> None:
    """Pages change a byte with every visit, so where the bytes differ the text decides what can be said."""
    citation = Citation(id="fn1", url="https://news.example/story")
    workshop = open_workshop(None, {"archive_dir": str(tmp_path / "archive")}, needs_register=False)
    capture = seal(archive(tmp_path), page(gzip.compress(PAGE), head=GZIP_HEAD))
    ours = {name: capture.text_sha256 if value == "ours" else value for name, value in hashes.items()}
    uri = "https://web.archive.org/web/20261102/https://news.example/story"
    event = {"id": "x", "at": "2026-11-02T12:00:00Z", "event": "memento", "archive": "w", "uri": uri,
             "state": "verified", **ours}  # fmt: skip
    (tmp_path / "archive" / "fn1" / "history.jsonl").write_text(json.dumps(event) + "\n")
    assert told in "\n".join(custody(workshop, citation))
    event |= {"id": "z", "sha256": hashlib.sha256(PAGE).hexdigest()}  # of what the gzip-coded body says
    (tmp_path / "archive" / "fn1" / "history.jsonl").write_text(json.dumps(event) + "\n")
    assert "the same bytes as copy 1" in "\n".join(custody(workshop, citation))


def test_a_time_stamp_without_a_token_proves_nothing(tmp_path: Path) -> None:
    """A manifest may say what it likes of a notary: without a token it is not called verified."""
    program = Program(tmp_path)
    capture = seal(archive(tmp_path))
    fields = json.loads((tmp_path / capture.path / "manifest.json").read_text())
    stamp = {"time": "2016-11-02T12:00:00Z", "signer": "CN=A notary", "over": "manifest.json"}
    fields |= {"event": "timestamp", "files": [], "previous": [capture.manifest_sha256], "timestamp": stamp}
    (tmp_path / capture.path / "manifest.1.json").write_text(json.dumps(fields))
    out = program("show", "fn1", "--custody").out
    assert "lists no token" in out
    assert "verified, down to a trusted root" not in out
    done = program("verify")
    assert done.code == 1
    assert "manifest.1.json: timestamp-missing" in done.out


def test_it_claims_no_more_than_is_proven(tmp_path: Path) -> None:
    """Who can write here can make all of it anew, or take the newest away with its line: the account says so."""
    program = Program(tmp_path)
    seal(archive(tmp_path))
    out = program("show", "fn1", "--custody").out
    not_proven = out.partition("What it does not prove:")[2]
    for told in ("made manifests and history anew", "can be cut off together with their lines", "sealed by nothing"):
        assert told in not_proven


def test_without_a_copy_it_proves_nothing(tmp_path: Path) -> None:
    """And says so."""
    done = Program(tmp_path)("show", "fn2", "--custody")
    assert "No copy of this source is kept here" in done.out


def test_what_others_wrote_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Escape sequences and line ends in a forged manifest are shown as what they are."""
    program = Program(tmp_path)
    capture = seal(archive(tmp_path))
    path = tmp_path / capture.path / "manifest.json"
    value = json.loads(path.read_text())
    value |= {
        "method": "\x1b[2Jwiped\nCopy 2: forged",
        "hops": "no list",
        "tls": 5,
        "tool": None,
        "dns": None,
        "withheld": {},
    }
    path.write_text(json.dumps(value))
    out = program("show", "fn1", "--custody").out
    assert "\x1b" not in out
    assert "\nCopy 2" not in out
