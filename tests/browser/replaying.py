"""ReplayWeb.page on loopback, and a browser that opens our packages in it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

_PAGE = """<!doctype html><meta charset=utf-8>
<style>html,body,replay-web-page{height:100%;display:block;margin:0}</style>
<script src="/ui.js"></script>
<replay-web-page source="/capture.wacz" url="URL" replaybase="/replay/" embed="replayonly"></replay-web-page>"""
_TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".wacz": "application/wacz"}


class _Handler(BaseHTTPRequestHandler):
    """Answers Range requests, suffix ranges longer than the file included, as replay tools ask for them."""

    protocol_version = "HTTP/1.1"
    files: dict[str, bytes]

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        body = self.files.get(path)
        status, extra = (404, {}) if body is None else (200, {})
        body = body if body is not None else b"not here"
        wanted = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if status == 200 and wanted:
            first, last = wanted[1], wanted[2]
            start = int(first) if first else max(0, len(body) - int(last))
            end = min(int(last), len(body) - 1) if first and last else len(body) - 1
            extra = {"Content-Range": f"bytes {start}-{end}/{len(body)}"}
            status, body = 206, body[start : end + 1]
        self.send_response(status)
        kind = _TYPES.get(Path(path).suffix, "text/html; charset=utf-8")
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Accept-Ranges": "bytes", **extra}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 — the server's name for it

    def log_message(self, *_: object) -> None:
        """Silence."""


@contextmanager
def served(package: Path, replaywebpage: Path, url: str) -> Iterator[str]:
    """ReplayWeb.page, showing ``url`` out of ``package``; its address."""
    worker = (replaywebpage / "sw.js").read_bytes()
    files = {
        "/": _PAGE.replace("URL", url).encode(),
        "/ui.js": (replaywebpage / "ui.js").read_bytes(),
        "/sw.js": worker,
        "/replay/sw.js": worker,
        "/replay/": b'<!doctype html><script src="/ui.js"></script><replay-app-main></replay-app-main>',
        "/capture.wacz": package.read_bytes(),
    }
    handler = type("Handler", (_Handler,), {"files": files})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()
