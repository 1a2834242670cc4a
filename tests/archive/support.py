"""What the archive's tests are made of: exchanges written by hand, and an archive with a clock of its own."""

from __future__ import annotations

import gzip
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli

from citekeeper.archive import Archive
from citekeeper.archive.texts import text_sha256
from citekeeper.model import Capture, Citation, Document, Exchange, Hop, Reading, Severity, Shows, Verdict, VerdictKind
from citekeeper.urls import parse

NOON = datetime(2026, 11, 2, 12, 0, 0, tzinfo=UTC)
ALIVE = Verdict(VerdictKind.ALIVE, "ok", "It answers.", severity=Severity.OK)
GONE = Verdict(VerdictKind.GONE, "http-404", "Not found.", severity=Severity.ERROR)
CITATION = Citation(id="fn1", title="A source", url="https://news.example/story")
DOCUMENT = Document("letter.md", sha256="ab" * 32)
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nDate: Mon, 02 Nov 2026 12:00:00 GMT\r\n\r\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
PAGE = b"<!DOCTYPE html><title>Title</title><p>First paragraph.</p><img src=/a.png>"


class FixedClock:
    """A clock that moves only when told to."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


def hop(url: str, head: bytes = HTML, body: bytes = PAGE, *, status: int = 200, **more: object) -> Hop:
    """One request and its answer; the request carries secrets, as a careless client's would."""
    target = parse(url)
    request = (
        f"GET {target.path} HTTP/1.1\r\nHost: {target.host}\r\nUser-Agent: citekeeper-test\r\n"
        "Cookie: sid=SECRET-cookie\r\nAuthorization: Basic SECRET-auth\r\n"
        "Proxy-Authorization: Basic SECRET-proxy\r\n\r\n"
    ).encode("ascii")
    fields: dict[str, object] = {"request_head": request, "started_at": NOON, "peer": "192.0.2.1:443", **more}
    return Hop(url, status, head, body, **fields)  # type: ignore[arg-type]


def exchange(*hops: Hop) -> Exchange:
    """The exchange of these hops."""
    return Exchange(hops[0].url, hops=hops, started_at=hops[0].started_at or NOON, elapsed=1.5)


def page(body: bytes | str, url: str = "https://news.example/story", head: bytes = HTML) -> Exchange:
    """One page that answers at once."""
    return exchange(hop(url, head, body.encode() if isinstance(body, str) else body))


def reading(*paragraphs: str) -> Reading:
    """A text."""
    return Reading(paragraphs, title="Title", language="en", charset="utf-8", charset_reason="header", extractor="t")


TEXT = str(text_sha256(reading("First paragraph.", "Second paragraph.")))
"""The hash of the text of what `seal` seals by default, as its translations name it."""


def archive(tmp_path: Path, moment: datetime = NOON) -> Archive:
    """An archive in a directory of its own."""
    return Archive(tmp_path / "archive", FixedClock(moment))


def seal(
    store: Archive,
    main: Exchange | None = None,
    *,
    text: Reading | None = None,
    requisites: tuple[Exchange, ...] = (),
    citation: Citation = CITATION,
    shows: Shows = Shows.SOURCE,
) -> Capture:
    """Capture with everything that a test does not care about."""
    main = main or page(PAGE)
    text = text or reading("First paragraph.", "Second paragraph.")
    verdict = ALIVE if shows is Shows.SOURCE else GONE
    return store.capture(
        citation,
        main,
        verdict,
        reading=text,
        requisites=requisites,
        left_out=[("https://news.example/video.mp4", "too large")],
        document=DOCUMENT,
        options={"timeout": "20"},
        shows=shows,
    )


def _head(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html", *lines, "", "")).encode(encoding)


NASTY: dict[str, Exchange] = {
    "chunked": exchange(
        hop("https://a.example/chunked", _head("Transfer-Encoding: chunked"), b"<p>chunks", dechunked=True)
    ),
    "gzip": exchange(hop("https://a.example/gzip", _head("Content-Encoding: gzip"), gzip.compress(b"<p>gz", mtime=0))),
    "gzip-chunked": exchange(
        hop(
            "https://a.example/gzc",
            _head("Content-Encoding: gzip", "Transfer-Encoding: chunked"),
            gzip.compress(b"<p>gz", mtime=0),
            dechunked=True,
        )
    ),
    "brotli": exchange(hop("https://a.example/br", _head("Content-Encoding: br"), brotli.compress(b"<p>br" * 9))),
    "informational": exchange(
        hop(
            "https://a.example/103",
            _head(),
            informational_heads=(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n",),
            trailers=b"X-Trailer: 1\r\n",
        )
    ),
    "truncated": exchange(
        hop("https://a.example/cut", _head("Content-Length: 500"), b"<p>cut", truncated="disconnect")
    ),
    "cyrillic-reason": exchange(
        hop("https://a.example/cyr", _head("X-Имя: Привет").replace(b"OK", "Хорошо".encode()), b"<p>x")
    ),
    "windows-1251-head": exchange(
        hop("https://a.example/1251h", _head("X-A: Привет", encoding="cp1251").replace(b"OK", b"\xd5\xee"), b"<p>x")
    ),
    "bare-line-feeds": exchange(hop("https://a.example/lf", b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n", b"<p>x")),
    "windows-1251-body": exchange(hop("https://a.example/%CF%F0?a=%CF", _head(), "<p>Привет, мир".encode("cp1251"))),
    "zero-bytes": exchange(hop("https://a.example/zero", _head("Content-Length: 0"), b"")),
    "nul-bytes": exchange(hop("https://a.example/nul", _head(), b"<p>\x00\x00\xff" * 9)),
    "http-2": exchange(
        hop("https://a.example/h2", b"HTTP/2 200 \r\ncontent-type: text/html\r\n\r\n", b"<p>2", http_version="2")
    ),
    "redirect-idn": exchange(
        hop(
            "http://www.a.example/",
            "HTTP/1.1 301 Moved\r\nLocation: https://президент.рф/x\r\n\r\n".encode(),
            b"moved",
            status=301,
        ),
        hop("https://президент.рф/x", _head(), b"<p>there"),
    ),
}
"""Pages as the web really sends them."""


def git(where: Path, *arguments: str, fails: bool = False) -> str:
    """Run git in ``where`` as nobody in particular."""
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(where), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org",
        "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org",
    }  # fmt: skip
    done = subprocess.run(["git", *arguments], cwd=where, env=environment, check=False, capture_output=True, text=True)
    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    return done.stdout
