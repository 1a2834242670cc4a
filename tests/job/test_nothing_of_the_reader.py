"""No command leaves anything of the reader in a file: every byte that all of them wrote is searched, decompressed."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from citekeeper.sandbox import Sandbox
from in_process import Run

_ADDRESS = "93.184.216.34"
_SOURCE = "https://www.svoboda.org/a/reader-test/31787493.html"
_LOGIN = "secret-login:secret-password"
_REGISTER = f"""version: 1
documents: [{{source: letter.md, title: A letter, language: en}}]
settings: {{services: [wayback, google]}}
citations:
  - id: fn1
    title: Мост закрыт
    url: {_SOURCE.replace("https://", f"https://{_LOGIN}@")}
    private: false
    quotes: ["мост был закрыт в понедельник утром"]
  - id: fn2
    title: A wall
    url: https://wall.example/story
  - id: fn3
    title: Gone
    url: https://www.svoboda.org/a/nothing/1.html
"""
_COMMANDS = (
    ("import", "letter.md"),
    ("check",),
    ("check", "letter.md", "-f", "json", "-o", "checked.json"),
    ("check", "letter.md", "--cache", "seen.json"),
    ("archive", "--save", "always"),
    ("deposit", "fn2", "found.txt", "--captured-at", "2022-05-02", "--by", "A. Reader", "--how", "by hand"),
    ("translate",),
    ("verify",),
    ("run", "-f", "table,json,jsonl,markdown,html,junit,sarif,csv,atom,badge"),
    ("locate",),
    ("fix", "letter.md"),
    ("show", "fn1"),
    ("show", "fn1", "--custody"),
    ("withdraw", "fn2", "20220502T000000Z", "--reason", "a test"),
    ("report",),
    ("report", "--public", "public"),
)
_SECRETS = {
    "WAYBACK_ACCESS_KEY": "secret-access-key",
    "WAYBACK_SECRET_KEY": "secret-secret-key",
    "DEEPL_API_KEY": "secret-deepl-key",
}
_PERSON = {"USER": "secret-user-name", "LOGNAME": "secret-user-name", "HOSTNAME": "secret-host-name"}
_GZIP = re.compile(rb"\x1f\x8b\x08")
_DATA_URI = re.compile(rb"base64,([A-Za-z0-9+/=]{16,})")


def _layers(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes, and what is packed in them: members of ZIPs, gzip members anywhere, data: URIs."""
    yield data
    if depth > 4:
        return
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield name.encode()
                yield from _layers(package.read(name), depth + 1)
        return
    for match in _GZIP.finditer(data):
        engine = zlib.decompressobj(31)
        try:
            yield from _layers(engine.decompress(data[match.start() :]), depth + 1)
        except zlib.error:
            continue
    for match in _DATA_URI.finditer(data):
        try:
            yield from _layers(base64.b64decode(match[1]), depth + 1)
        except binascii.Error:
            continue


def test_the_search_sees_through_packing() -> None:
    """A word is found in a gzip member within a ZIP, and in a data: URI: else the next test would prove nothing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr(
            "a", b"x" + gzip.compress(b"<img src=data:;base64," + base64.b64encode(b"the secret word") + b">")
        )
    assert any(b"secret" in layer for layer in _layers(packed.getvalue()))


@pytest.fixture
def _internet(home: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources that tell the reader's address in headers and set cookies, and a reader with a name."""
    (home / "citations.yaml").write_text(_REGISTER, encoding="utf-8")
    (home / "letter.md").write_text(f"A claim.[^1]\n\n[^1]: [A source]({_SOURCE}).\n")
    (home / "found.txt").write_text("What was found on paper, long ago and far away, in the words of the source.\n")
    telling = {"X-Client-IP": _ADDRESS, "Set-Cookie": "session=secret-cookie; Path=/", "X-Forwarded-For": _ADDRESS}
    text = "<p>Мэр сообщил, что мост был закрыт в понедельник утром, а движение перенаправлено в объезд города.</p>" * 6
    sandbox.world.page(_SOURCE, f"<html lang=ru><title>Мост закрыт</title><article>{text}</article>", headers=telling)
    wall = "<title>Just a moment...</title><p>Blocked</p>"
    sandbox.world.page("https://wall.example/story", wall, status=403, headers={"cf-mitigated": "challenge", **telling})
    monkeypatch.setattr("socket.gethostname", lambda: "secret-host-name")
    monkeypatch.setattr("platform.node", lambda: "secret-host-name")
    monkeypatch.setattr("getpass.getuser", lambda: "secret-user-name")


@pytest.mark.usefixtures("_internet")
def test_no_command_leaves_anything_of_the_reader(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """Address, user and host name, home directory, cookies, credentials and keys are in no file and no output."""
    said = ""
    for command in _COMMANDS:
        done = citekeeper(*command, env={**_SECRETS, **_PERSON})
        assert done.code in (0, 1), (command, done.err)
        said += done.out + done.err
    assert any("Authorization" in request.headers for request in sandbox.log)  # the keys were in use
    assert any(b"session=withheld" in layer for layer in _all_layers(home))
    forbidden = [_ADDRESS, "secret-", str(home), str(home.parent)]
    written = [p for p in home.rglob("*") if p.is_file() and p.name not in ("citations.yaml", "letter.md", "found.txt")]
    assert {"archive", "reports", "public", "checked.json", "seen.json"} <= {
        p.relative_to(home).parts[0] for p in written
    }
    for path in written:
        for layer in _layers(path.read_bytes()):
            assert [word for word in forbidden if word.encode() in layer] == [], path
    assert "secret-" not in said
    assert _ADDRESS not in said


def _all_layers(home: Path) -> Iterator[bytes]:
    for path in (home / "archive").rglob("*"):
        if path.is_file():
            yield from _layers(path.read_bytes())
