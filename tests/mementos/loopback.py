"""A small internet on loopback for tests: one forward proxy that answers for every host, with certificates of its own.

Only what the clients of services need. Every reply is made by the test; nothing leaves 127.0.0.1.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from citekeeper.network import Network


@dataclass
class Request:
    """One request as the service saw it."""

    host: str
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    form: dict[str, str]
    target: str


@dataclass
class Answer:
    """One reply; ``raw`` takes over the socket instead."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    raw: Callable[[socket.socket], None] | None = None


App = Callable[[Request], Answer]


class FakeClock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.moment = dt.datetime(2026, 11, 20, 12, 0, 0, tzinfo=dt.UTC)
        self.ticks = 1000.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def now(self) -> dt.datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.ticks

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.pass_time(seconds)

    def pass_time(self, seconds: float) -> None:
        self.ticks += seconds
        self.moment += dt.timedelta(seconds=seconds)


class Authority:
    """A certificate authority that lives as long as the test session."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test authority")])
        self._certificate = self._sign(name, name, self._key.public_key(), is_authority=True)
        self.bundle = folder / "authority.pem"
        self.bundle.write_bytes(self._certificate.public_bytes(serialization.Encoding.PEM))
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()

    def _sign(
        self,
        subject: x509.Name,
        issuer: x509.Name,
        key: ec.EllipticCurvePublicKey,
        *,
        is_authority: bool,
        host: str = "",
    ) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=2))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )
        if host:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        return builder.sign(self._key, hashes.SHA256())

    def context_for(self, host: str) -> ssl.SSLContext:
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._make_context(host)
            return self._contexts[host]

    def _make_context(self, host: str) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:60])])
        leaf = self._sign(name, self._certificate.subject, key.public_key(), is_authority=False, host=host)
        path = self._folder / f"{host}.pem"
        path.write_bytes(
            leaf.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 64
    internet: Internet


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.request.settimeout(20)
        with contextlib.suppress(OSError, ssl.SSLError, ValueError):
            self.server.internet.serve(self.request)


class Internet:
    """The proxy. Set ``app`` to say what the hosts answer; ``log`` is what was asked."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.app: App = lambda _request: Answer(404)
        self.log: list[Request] = []
        self.refuse_tunnels = False
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.internet = self
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def network(self, *, user: str = "") -> Network:
        proxy = f"http://{user}127.0.0.1:{self.port}"
        return Network(http_proxy=proxy, https_proxy=proxy, ca_bundle=str(self.authority.bundle))

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def serve(self, sock: socket.socket) -> None:
        head, rest = _read_head(sock)
        line = head.split(b"\r\n")[0].decode("latin-1")
        method, target, _ = line.split(" ", 2)
        if method != "CONNECT":
            parts = urlsplit(target)
            if not parts.hostname:
                parts = urlsplit(f"http://127.0.0.1{target}")
            self._converse(sock, parts.hostname or "", head, rest)
            return
        if self.refuse_tunnels:
            sock.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        host = target.rpartition(":")[0]
        with self.authority.context_for(host).wrap_socket(sock, server_side=True) as secure:
            head, rest = _read_head(secure)
            self._converse(secure, host, head, rest)

    def _converse(self, sock: socket.socket, host: str, head: bytes, rest: bytes) -> None:
        while head:
            request, rest = _read_request(sock, host, head, rest)
            self.log.append(request)
            answer = self.app(request)
            if answer.raw is not None:
                answer.raw(sock)
                return
            sock.sendall(_encode(answer))
            head, rest = _read_head(sock, rest)


def _read_head(sock: socket.socket, data: bytes = b"") -> tuple[bytes, bytes]:
    while b"\r\n\r\n" not in data:
        piece = sock.recv(65536)
        if not piece:
            return b"", b""
        data += piece
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


def _read_request(sock: socket.socket, host: str, head: bytes, rest: bytes) -> tuple[Request, bytes]:
    lines = head.decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    length = int(headers.get("content-length", "0"))
    while len(rest) < length:
        rest += sock.recv(65536)
    body, rest = rest[:length], rest[length:]
    parts = urlsplit(target)
    form = dict(parse_qsl(body.decode("latin-1"), keep_blank_values=True))
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Request(host, method, parts.path, query, headers, form, target), rest


def _encode(answer: Answer) -> bytes:
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(answer.body)), **answer.headers}
    lines = [f"HTTP/1.1 {answer.status} Said", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + answer.body


def dead_port() -> int:
    """A port of loopback where nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
