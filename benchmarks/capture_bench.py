"""How fast pages are captured, beside wget: ``python -m benchmarks.capture_bench [pages] [latency in ms]``.

A loopback server gives pages of 8 images of 20 kB each, every answer after the latency. ``citekeeper archive --to
local`` makes a sealed capture of each (WACZ, page.html, text, manifest); ``wget -p --warc-file`` makes a WARC.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

REQUISITES = 8
IMAGE = b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(20_000)  # noqa: S311 - test data


class Server:
    """Answers on loopback from a thread of its own: ``/N/`` is a page, all else an image."""

    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self.port = 0
        threading.Thread(target=self._run, daemon=True).start()
        self._ready.wait(10)

    def _run(self) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode("ascii")
                await asyncio.sleep(self._latency)
                kind, body = ("text/html", _page(path)) if path.endswith("/") else ("image/png", IMAGE + path.encode())
                writer.write(
                    f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def _page(path: str) -> bytes:
    number = path.strip("/")
    images = "".join(f'<img src="a{part}.png" alt="">' for part in range(REQUISITES))
    text = "".join(f"<p>Paragraph {line} of page {number} says what the town hall said.</p>" for line in range(20))
    return f"<!DOCTYPE html><html><head><title>Page {number}</title></head><body>{text}{images}</body></html>".encode()


def _citekeeper(port: int, pages: int, home: Path) -> list[str]:
    entries = "".join(
        f"  - id: fn{n}\n    kind: citation\n    title: Page {n}\n    url: http://127.0.0.1:{port}/{n}/\n"
        for n in range(pages)
    )
    (home / "citations.yaml").write_text(f"version: 1\ndocuments: [{{source: a.md}}]\ncitations:\n{entries}")
    command = [sys.executable, "-m", "citekeeper", "archive", "--to", "local", "--allow-private", "--per-host", "64"]
    return [*command, "--browser", "never", "--no-progress", "-q", "--fail-on", "never"]


def _wget(port: int, pages: int, home: Path) -> list[str]:
    (home / "urls").write_text("".join(f"http://127.0.0.1:{port}/{n}/\n" for n in range(pages)))
    return ["wget", "-q", "-p", "--no-proxy", "-e", "robots=off", "--warc-file=all", "-i", "urls"]


def main() -> int:
    """Run both, tell pages per second."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    latency = float(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0.05
    server = Server(latency)
    environ = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    for name, command in (("citekeeper", _citekeeper), ("wget", _wget)):
        if name == "wget" and shutil.which("wget") is None:
            sys.stdout.write("wget is not installed\n")
            continue
        with tempfile.TemporaryDirectory() as directory:
            arguments = command(server.port, pages, Path(directory))
            started = time.perf_counter()
            done = subprocess.run(arguments, cwd=directory, env=environ, capture_output=True, check=False)  # noqa: S603
            seconds = time.perf_counter() - started
            sealed = len(list(Path(directory).rglob("manifest.json"))) if name == "citekeeper" else pages
        told = f"{name}: {sealed} pages in {seconds:.1f} s: {sealed / seconds:.1f} pages/s (exit {done.returncode})"
        sys.stdout.write(f"{told} at {latency * 1000:.0f} ms latency\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
