"""Nasty pages as bytes on a real socket, fetched by the real engine: what wires do is in no hop written by hand."""

from __future__ import annotations

import gzip
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import brotli

from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import Exchange, FetchRequest
from citekeeper.network import Network

LARGE = b"<!DOCTYPE html><title>50 MB</title>" + b"<p>A paragraph of words, and more of them.</p>\n" * 1_063_829
"""A page of 50 million bytes."""


@dataclass(frozen=True)
class Wire:
    """What the server sends, to the byte, and the body that it means."""

    sent: bytes
    body: bytes


def _answer(body: bytes, *lines: str, status: str = "200 OK", length: int | None = None) -> bytes:
    size = [] if length is None else [f"Content-Length: {length}"]
    head = "\r\n".join((f"HTTP/1.1 {status}", "Content-Type: text/html", *size, *lines, "", ""))
    return head.encode("utf-8") + body


def _chunked(body: bytes, trailers: bytes = b"") -> bytes:
    parts = (body[i : i + 7] for i in range(0, len(body), 7))
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n" + trailers + b"\r\n"


_RUSSIAN = "<p>Привет, мир: мост закрыт с понедельника".encode("cp1251")
_GZIP = gzip.compress(b"<p>compressed" * 20, mtime=0)
_GZIP_TOO = gzip.compress(b"<p>compressed and chunked" * 20, mtime=0)
_BROTLI = brotli.compress(b"<p>compressed" * 20)
_EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"

WIRES: dict[str, Wire] = {
    "windows-1251-without-label": Wire(_answer(_RUSSIAN, length=len(_RUSSIAN)), _RUSSIAN),
    "chunked": Wire(
        _answer(_chunked(b"<p>in chunks of seven"), "Transfer-Encoding: chunked"), b"<p>in chunks of seven"
    ),
    "chunked-with-trailers": Wire(
        _answer(_chunked(b"<p>trailed", b"X-Trailer: 1\r\n"), "Transfer-Encoding: chunked"), b"<p>trailed"
    ),
    "gzip": Wire(_answer(_GZIP, "Content-Encoding: gzip", length=len(_GZIP)), _GZIP),
    "gzip-chunked": Wire(
        _answer(_chunked(_GZIP_TOO), "Content-Encoding: gzip", "Transfer-Encoding: chunked"), _GZIP_TOO
    ),
    "brotli": Wire(_answer(_BROTLI, "Content-Encoding: br", length=len(_BROTLI)), _BROTLI),
    "informational": Wire(_EARLY + _answer(b"<p>after hints", length=14), b"<p>after hints"),
    "truncated": Wire(_answer(b"<p>cut", length=500), b"<p>cut"),
    "cyrillic": Wire(_answer(b"<p>cyr", "X-Имя: Привет", status="200 Хорошо", length=6), b"<p>cyr"),
    "past-content-length": Wire(_answer(b"<p>whole<p>and more", length=8), b"<p>whole"),
    "zero-bytes": Wire(_answer(b"", length=0), b""),
    "50-mb": Wire(_answer(LARGE, length=len(LARGE)), LARGE),
}


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        path = self.rfile.readline().split()[1].decode("ascii")
        while self.rfile.readline().strip():
            pass
        self.wfile.write(WIRES[path.strip("/")].sent)


@contextmanager
def served() -> Iterator[str]:
    """A server on loopback with a page at each name of `WIRES`; each answer ends its connection."""

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join(5)


def fetched() -> dict[str, Exchange]:
    """Every page of `WIRES` as the engine received it."""
    config = EngineConfig(allow_private=True, backoff=0.01, timeout=10.0, retries=0)
    with served() as base, Engine(config, Network()) as engine:
        requests = (FetchRequest(f"{base}/{name}", name, max_body=64 << 20, verbatim=True) for name in WIRES)
        found = {exchange.key: exchange for exchange in engine.stream(requests)}
    return {name: found[name] for name in WIRES}
