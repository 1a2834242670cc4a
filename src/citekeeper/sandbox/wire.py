"""HTTP/1.1 on a blocking socket, the server's side (RFC 9112): read a request, write a response, commit a fault."""

from __future__ import annotations

import contextlib
import gzip
import re
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus

from citekeeper.content import Headers
from citekeeper.sandbox.messages import Fault, FaultKind, Request, Response

MAX_HEAD = 512 * 1024
MAX_BODY = 64 * 1024 * 1024
_QUICK_ACK: int | None = getattr(socket, "TCP_QUICKACK", None)  # Linux alone has it


class BadRequestError(Exception):
    """The client sent something that is no HTTP/1.x request."""


@dataclass(frozen=True, slots=True)
class RequestHead:
    """The request line and headers as received."""

    method: str
    target: str
    version: str
    headers: Headers

    @property
    def keeps_alive(self) -> bool:
        """Whether the client lets the connection live on (RFC 9112 section 9.3)."""
        connection = (self.headers.get("connection") or self.headers.get("proxy-connection")).lower()
        return "close" not in connection if self.version == "HTTP/1.1" else "keep-alive" in connection


class Wire:
    """One connection.

    Attributes:
        sock: replaced by a TLS socket when a tunnel starts to speak TLS.
        origin: ``https://host:port`` of the tunnel that a CONNECT opened, None before.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.origin: str | None = None
        self._is_reset = False
        self._buffer = bytearray()

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def read_head(self) -> RequestHead | None:
        """The next request's head; None where the client closed instead.

        Raises:
            BadRequestError: what came is no request head.
            OSError: the connection broke, or stayed silent beyond the socket's timeout.
        """
        while b"\r\n\r\n" not in self._buffer:
            if len(self._buffer) > MAX_HEAD:
                raise BadRequestError("head too large")
            if not self._receive():
                return None
        end = self._buffer.index(b"\r\n\r\n") + 4
        head = bytes(self._buffer[:end])
        del self._buffer[:end]
        parts = head.split(b"\r\n", 1)[0].split(b" ")
        if len(parts) != 3 or parts[2] not in (b"HTTP/1.1", b"HTTP/1.0"):
            raise BadRequestError("no request line")
        target = "".join(chr(byte) if 0x20 < byte < 0x7F else f"%{byte:02X}" for byte in parts[1])
        return RequestHead(parts[0].decode("latin-1"), target, parts[2].decode("ascii"), Headers.parse(head))

    def read_body(self, head: RequestHead) -> bytes:
        """The body that follows ``head``.

        Raises:
            BadRequestError: its framing is broken or it is too large.
            OSError: the connection broke.
        """
        chunked = "chunked" in head.headers.get("transfer-encoding").lower()
        length = head.headers.get("content-length") or "0"
        if not length.isdigit() or int(length) > MAX_BODY:
            raise BadRequestError("bad Content-Length")
        if (chunked or int(length)) and "100-continue" in head.headers.get("expect").lower():
            self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return b"".join(self._chunks()) if chunked else self._exactly(int(length))

    def _chunks(self) -> Iterator[bytes]:
        total = 0
        while True:
            size_line = self._line().split(b";")[0].strip()
            if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size_line):
                raise BadRequestError("bad chunk size")
            size = int(size_line, 16)
            total += size
            if total > MAX_BODY:
                raise BadRequestError("body too large")
            if size == 0:
                while self._line():
                    continue
                return
            yield self._exactly(size)
            self._line()

    def _line(self) -> bytes:
        while b"\r\n" not in self._buffer:
            self._fill()
        line, _, rest = bytes(self._buffer).partition(b"\r\n")
        self._buffer[:] = rest
        return line

    def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._fill()
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data

    def _fill(self) -> None:
        if not self._receive():
            raise BadRequestError("the client left in the middle of its request")

    def _receive(self) -> bool:
        """Take in what has come; False where the client closed."""
        if _QUICK_ACK is not None:  # urllib3 lets Nagle hold a body back until its head is acknowledged: 40 ms each
            self.sock.setsockopt(socket.IPPROTO_TCP, _QUICK_ACK, 1)
        data = self.sock.recv(65536)
        self._buffer += data
        return bool(data)

    # ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def write(self, response: Response, *, method: str, now: datetime, close: bool) -> None:
        """Send ``response``; a HEAD request gets its head alone."""
        bodiless = method == "HEAD" or response.status in (204, 304) or response.status < 200
        body = b"" if bodiless else (_chunked(response.body) if response.chunked else response.body)
        self.sock.sendall(_head(response, now, close=close) + body)

    def commit(self, fault: Fault, *, now: datetime, closing: threading.Event) -> None:
        """Break the exchange in the way of ``fault``; the connection cannot be used afterwards."""
        broken = fault.response
        match fault.kind:
            case FaultKind.RESET:
                self._is_reset = True
                self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            case FaultKind.HANG:
                self._wait_for_leaving(fault.seconds, closing)
            case FaultKind.RAW:
                self.sock.sendall(fault.data)
            case FaultKind.TRUNCATED:
                head = _head(replace(broken, chunked=False), now, close=True)
                self.sock.sendall(head + broken.body[: len(broken.body) // 2])
            case FaultKind.TRUNCATED_CHUNK:
                coded = _chunked(broken.body)
                self.sock.sendall(_head(replace(broken, chunked=True), now, close=True) + coded[: len(coded) // 2])
            case FaultKind.DRIP:
                self.sock.sendall(_head(broken, now, close=True))
                for byte in _chunked(broken.body) if broken.chunked else broken.body:
                    if closing.wait(fault.seconds):
                        return
                    self.sock.sendall(bytes([byte]))
            case FaultKind.ENDLESS:
                self.sock.sendall(_head(replace(broken, chunked=True), now, close=True))
                chunk = b"8000\r\n" + b"without end " * 2730 + b"enough..\r\n"
                while not closing.is_set():
                    self.sock.sendall(chunk)
            case _:
                return

    def close(self) -> None:
        """Close the connection, over TLS with a close_notify, so that only a staged fault looks like one."""
        if isinstance(self.sock, ssl.SSLSocket) and not self._is_reset:
            self.sock.settimeout(0)  # the client's own close_notify is not waited for
            with contextlib.suppress(OSError, ValueError):
                self.sock.unwrap()
        self.sock.close()

    def _wait_for_leaving(self, seconds: float, closing: threading.Event) -> None:
        self.sock.settimeout(seconds or None)
        while not closing.is_set() and self.sock.recv(65536):
            continue


def _head(response: Response, now: datetime, *, close: bool) -> bytes:
    reason = response.reason
    if reason is None:
        reason = HTTPStatus(response.status).phrase if response.status in set(HTTPStatus) else "Unknown"
    lines = [f"HTTP/1.1 {response.status} {reason}"]
    given = {name.lower() for name, _ in response.headers}
    lines += [f"{name}: {value}" for name, value in response.headers]
    if "date" not in given:
        lines.append(f"Date: {format_datetime(now, usegmt=True)}")
    if response.chunked:
        lines.append("Transfer-Encoding: chunked")
    elif "content-length" not in given and response.status not in (204, 304):
        lines.append(f"Content-Length: {len(response.body)}")
    if "connection" not in given:
        lines.append(f"Connection: {'close' if close else 'keep-alive'}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8")


def _chunked(body: bytes, size: int = 4096) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def negotiated(request: Request, response: Response) -> Response:
    """``response`` gzip-coded where it may be compressed and the client accepts that (RFC 9110 section 12.5.3)."""
    if not response.compress:
        return response
    headers = [*response.headers, ("Vary", "Accept-Encoding")]
    accepted = request.headers.get("accept-encoding").lower()
    body = response.body
    if re.search(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", accepted):
        headers.append(("Content-Encoding", "gzip"))
        body = gzip.compress(body, compresslevel=6, mtime=0)
    return replace(response, headers=tuple(headers), body=body, compress=False)
