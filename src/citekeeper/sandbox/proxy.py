"""The sandbox's forward proxy on loopback: absolute-form requests, CONNECT, and TLS ended with certificates of its own.

One daemon thread a connection: a test world has hundreds of them, most asleep, and a handler may block as it likes.
Nothing is ever connected outwards: every answer comes from the World.
"""

from __future__ import annotations

import contextlib
import socket
import tempfile
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from citekeeper.clock import Clock
from citekeeper.sandbox.authority import Authority
from citekeeper.sandbox.messages import Answer, Fault, FaultKind, Request, Response
from citekeeper.sandbox.wire import BadRequestError, RequestHead, Wire, negotiated
from citekeeper.sandbox.world import World

IDLE_SECONDS = 60.0
_HANDSHAKE_FAILURE = bytes.fromhex("15030300020228")  # a fatal TLS alert (RFC 8446 section 6)

_PROXY_ERRORS = {  # status, RFC 9209 error type, sentence
    FaultKind.UNKNOWN_HOST: (502, "dns_error", "host not found"),
    FaultKind.REFUSED: (502, "connection_refused", "connection refused"),
    FaultKind.TIMED_OUT: (504, "connection_timeout", "connection timed out"),
}


@dataclass(frozen=True, slots=True)
class Connect:
    """One CONNECT that the proxy was asked for, granted or not."""

    at: datetime
    host: str
    port: int


class Sandbox:
    """A running sandbox internet. Starts when made; use it in a ``with`` statement, or call :meth:`close`.

    Args:
        world: what it serves; default the letter's (:func:`citekeeper.sandbox.letter_world`).
        clock: replaces the world's clock.
        seed: replaces the seed of the world's random numbers, where given.
        lifetime: seconds after which it closes by itself; None: when closed, or with the process.

    Attributes:
        world: what it serves.
        proxy_url: e.g. ``http://127.0.0.1:40123``.
        ca_file: PEM of the CA that signed every certificate here.
        log: every request that reached the world, in order, bodies kept.
        connects: every CONNECT, those refused included.
    """

    def __init__(
        self,
        world: World | None = None,
        *,
        clock: Clock | None = None,
        seed: int | None = None,
        lifetime: float | None = None,
    ) -> None:
        if world is None:
            from citekeeper.sandbox.letter import letter_world

            world = letter_world()
        self.world = world
        if clock is not None:
            world.clock = clock
        if seed is not None:
            world.random.seed(seed)
        self.log: list[Request] = []
        self.connects: list[Connect] = []
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._wires: dict[Wire, threading.Thread] = {}
        self._directory = tempfile.TemporaryDirectory(prefix="citekeeper-sandbox-")
        self._authority = Authority(Path(self._directory.name))
        self.ca_file = str(self._authority.ca_file)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.proxy_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._acceptor = threading.Thread(target=self._accept, name="sandbox-proxy", daemon=True)
        self._acceptor.start()
        self._timer: threading.Timer | None = None
        if lifetime is not None:
            self._timer = threading.Timer(lifetime, self.close)
            self._timer.daemon = True
            self._timer.start()

    @property
    def environ(self) -> dict[str, str]:
        """The variables that lead any program into the sandbox: proxy, CA bundle, staged Wayback keys."""
        access, secret = self.world.wayback.keys[0]
        names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
        return {
            **dict.fromkeys([name for upper in names for name in (upper, upper.lower())], self.proxy_url),
            **dict.fromkeys(("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"), self.ca_file),
            "NO_PROXY": "",
            "no_proxy": "",
            "WAYBACK_ACCESS_KEY": access,
            "WAYBACK_SECRET_KEY": secret,
        }

    def asked(self, host: str) -> list[Request]:
        """The logged requests to ``host`` or a name under it."""
        host = host.lower()
        return [request for request in list(self.log) if f".{request.host}".endswith(f".{host}")]

    @property
    def closed(self) -> bool:
        """Whether it has been closed, by hand or by its lifetime."""
        return self._closing.is_set()

    def wait_closed(self, timeout: float | None = None) -> bool:
        """Wait until it is closed; False where ``timeout`` seconds passed before."""
        return self._closing.wait(timeout)

    def close(self) -> None:
        """Stop serving, break off every connection, and remove the temporary files. A second call does nothing."""
        with self._lock:
            if self._closing.is_set():
                return
            self._closing.set()
            wires = dict(self._wires)
        if self._timer is not None:
            self._timer.cancel()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes accept()
        self._listener.close()
        for wire, thread in wires.items():
            with contextlib.suppress(OSError):
                wire.sock.shutdown(socket.SHUT_RDWR)
            if thread is not threading.current_thread():
                thread.join(timeout=5)
        self._acceptor.join(timeout=5)
        self._directory.cleanup()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ── connections ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(IDLE_SECONDS)
            wire = Wire(sock)
            thread = threading.Thread(target=self._serve, args=(wire,), name="sandbox-connection", daemon=True)
            with self._lock:
                if self._closing.is_set():
                    sock.close()
                    return
                self._wires[wire] = thread
                thread.start()

    def _serve(self, wire: Wire) -> None:
        try:
            with contextlib.suppress(OSError):  # the client left, in whatever way
                self._converse(wire)
        finally:
            with self._lock:
                self._wires.pop(wire, None)
            wire.close()

    def _converse(self, wire: Wire) -> None:
        while not self._closing.is_set():
            try:
                head = wire.read_head()
                if head is None:
                    return
                if head.method == "CONNECT" and wire.origin is None:
                    wire.origin = self._open_tunnel(wire, head)
                    goes_on = wire.origin is not None
                else:
                    request = self._as_request(head, wire.read_body(head), wire.origin)
                    goes_on = self._exchange(wire, request, head.keeps_alive)
            except BadRequestError as error:
                wire.write(Response.text(f"{error}\n", 400), method="GET", now=self.world.clock.now(), close=True)
                return
            if not goes_on:
                return

    def _open_tunnel(self, wire: Wire, head: RequestHead) -> str | None:
        """Answer a CONNECT, and end TLS where the client starts it; the origin of what follows, or None."""
        host, _, port = head.target.rpartition(":")
        host = host.strip("[]").lower()
        now = self.world.clock.now()
        if not host or not port.isdigit():
            raise BadRequestError("CONNECT needs host:port")
        self.connects.append(Connect(now, host, int(port)))
        fault = self.world.connect_fault(host)
        if fault is not None:
            wire.write(_proxy_error(host, fault), method="GET", now=now, close=True)
            return None
        wire.sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        first = wire.sock.recv(1, socket.MSG_PEEK)
        netloc = f"[{host}]" if ":" in host else host
        if first != b"\x16":  # not a TLS record: plain HTTP in the tunnel
            return f"http://{netloc}" + ("" if port == "80" else f":{port}")
        tls_fault = self.world.tls_fault(host)
        if tls_fault is FaultKind.TLS_HANDSHAKE:
            wire.sock.recv(65536)
            wire.sock.sendall(_HANDSHAKE_FAILURE)
            return None
        context = self._authority.context(host, tls_fault)
        wire.sock = context.wrap_socket(wire.sock, server_side=True, do_handshake_on_connect=False)
        wire.sock.do_handshake()
        return f"https://{netloc}" + ("" if port == "443" else f":{port}")

    def _exchange(self, wire: Wire, request: Request, keeps_alive: bool) -> bool:
        """Answer one request; whether the connection may be used again."""
        now, method = request.at, request.method
        self.log.append(request)
        answer = self._answer(request, tunnelled=wire.origin is not None)
        if isinstance(answer, Fault):
            if answer.kind in _PROXY_ERRORS:
                wire.write(_proxy_error(request.host, answer.kind), method=method, now=now, close=True)
                return False
            wire.commit(answer, now=now, closing=self._closing)
            return False
        if answer.delay and self._closing.wait(answer.delay):
            return False
        close = not keeps_alive or "close" in answer.header("connection").lower()
        wire.write(negotiated(request, answer), method=method, now=now, close=close)
        return not close

    def _answer(self, request: Request, *, tunnelled: bool) -> Answer:
        fault = self.world.connect_fault(request.host, counted=not tunnelled)
        if fault is not None:
            return Fault(FaultKind.RESET if tunnelled else fault)  # a host that goes away takes its connections along
        return self.world.answer(request)

    def _as_request(self, head: RequestHead, body: bytes, tunnel: str | None) -> Request:
        if tunnel is not None:
            scheme = urlsplit(tunnel).scheme
            origin = f"{scheme}://{head.headers.get('host')}" if head.headers.get("host") else tunnel
            url = head.target if "://" in head.target.split("?")[0][:8] else origin + head.target
        else:
            url = head.target
        try:
            parts = urlsplit(url)
        except ValueError as error:
            raise BadRequestError("no URL") from error
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadRequestError("this is a proxy: absolute-form requests and CONNECT only")
        return Request(
            self.world.clock.now(), head.method, url.partition("#")[0], parts.hostname.lower(), head.headers, body
        )


def _proxy_error(host: str, kind: FaultKind) -> Response:
    status, code, sentence = _PROXY_ERRORS[kind]
    headers = (("Proxy-Status", f"citekeeper-sandbox; error={code}"), ("Via", "1.1 citekeeper-sandbox"))
    return Response.text(f"{host}: {sentence}\n", status, headers)
