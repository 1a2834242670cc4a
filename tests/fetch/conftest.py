"""Small servers on loopback, one for each way in which the web answers or fails to."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import Exchange, FetchRequest
from citekeeper.network import Network

Handler = Callable[[socket.socket, bytes, int], None]


def page(body: bytes = b"<title>A page</title>", status: str = "200 OK", *headers: str) -> bytes:
    """A whole HTTP/1.1 response."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(location: str, status: str = "302 Found", *headers: str) -> bytes:
    """A redirect response."""
    return page(b"", status, f"Location: {location}", *headers)


class Server:
    """A threaded server on a loopback port; ``handler(connection, request_head, count)`` answers each request."""

    def __init__(self, handler: Handler, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> None:
        self.heads: list[bytes] = []
        self.connections = 0
        self._handler, self._tls = handler, tls
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._socket = socket.create_server((address, 0), family=family, backlog=256)
        self.port = self._socket.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._stopped = False
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """An address of this server."""
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def _accept(self) -> None:
        while not self._stopped:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(20)
        self._open.add(connection)
        with contextlib.suppress(OSError, ssl.SSLError):
            if self._tls:
                raw, connection = connection, self._tls.wrap_socket(connection, server_side=True)
                self._open.discard(raw)
                self._open.add(connection)
            while head := _read_head(connection):
                self.heads.append(head)
                self._handler(connection, head, len(self.heads))
        self._open.discard(connection)
        with contextlib.suppress(OSError):
            connection.close()

    def close(self) -> None:
        """Stop, and close what is open."""
        self._stopped = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
                connection.close()


def _read_head(connection: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        data = connection.recv(1)
        if not data:
            return b""
        head += data
    return head


Serve = Callable[..., Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers that are stopped after the test. Give bytes, a list of bytes in turn, or a handler."""
    servers: list[Server] = []

    def start(
        answer: bytes | Sequence[bytes] | Handler, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1"
    ) -> Server:
        if callable(answer):
            handler = answer
        else:
            answers = [answer] if isinstance(answer, bytes) else list(answer)

            def handler(connection: socket.socket, _head: bytes, count: int) -> None:
                connection.sendall(answers[min(count, len(answers)) - 1])

        server = Server(handler, tls, address)
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def get() -> Callable[..., Exchange]:
    """Fetch one URL with an engine of its own; keywords not known to FetchRequest go to EngineConfig."""
    of_request = set(FetchRequest.__slots__) - {"url"}

    def fetch(url: str, network: Network | None = None, lookup: object = None, **options: object) -> Exchange:
        asked = {name: options.pop(name) for name in list(options) if name in of_request}
        settings: dict[str, object] = {"allow_private": True, "backoff": 0.01, "timeout": 5.0, **options}
        with Engine(EngineConfig(**settings), network or Network(), lookup=lookup) as engine:  # type: ignore[arg-type]
            return engine.fetch(FetchRequest(url, **asked))  # type: ignore[arg-type]

    return fetch


# ── certificates ────────────────────────────────────────────────────────────────────────────────────────────────────

_NOW = dt.datetime.now(dt.UTC)
_DAY = dt.timedelta(days=1)


@dataclass
class Issuer:
    """A certificate authority of the tests' own."""

    name: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def __post_init__(self) -> None:
        subject = _name(self.name)
        builder = _builder(subject, subject, self.key, _NOW - _DAY, _NOW + 10 * _DAY)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self.certificate = builder.sign(self.key, hashes.SHA256())

    @property
    def pem(self) -> bytes:
        """The authority's own certificate."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def context(
        self, folder: Path, host: str = "127.0.0.1", begins: float = -1, ends: float = 5, *, self_signed: bool = False
    ) -> ssl.SSLContext:
        """A server context with a certificate for ``host``, valid from ``begins`` to ``ends`` days from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(host)
        issuer = subject if self_signed else self.certificate.subject
        try:
            alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
        except ValueError:
            alternative = x509.DNSName(host)
        builder = _builder(subject, issuer, key, _NOW + begins * _DAY, _NOW + ends * _DAY)
        builder = builder.add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        certificate = builder.sign(key if self_signed else self.key, hashes.SHA256())
        file = folder / f"{host}-{begins}-{ends}-{self_signed}.pem"
        file.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + (b"" if self_signed else self.pem)
            + key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, begins: dt.datetime, ends: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )


@pytest.fixture(scope="session")
def trusted() -> Issuer:
    """An authority that the tests' bundle holds."""
    return Issuer("Trusted Test CA")


@pytest.fixture(scope="session")
def unknown() -> Issuer:
    """An authority that no bundle holds."""
    return Issuer("Russian Trusted Root CA")


@pytest.fixture
def ca_network(tmp_path: Path, trusted: Issuer) -> Network:
    """A direct network whose bundle holds the trusted test authority alone."""
    bundle = tmp_path / "bundle.pem"
    bundle.write_bytes(trusted.pem)
    return Network(ca_bundle=str(bundle))
