"""Less common wires: HTTP/2 and its failures, IPv6, SOCKS proxies, and a machine that is short of descriptors."""

from __future__ import annotations

import socket
import struct
import subprocess
import sys
import threading

import pytest

from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import FailureKind, FetchRequest
from citekeeper.network import Network

from .conftest import page

# ── HTTP/2, spoken frame by frame (RFC 9113) ────────────────────────────────────────────────────────────────────────

_DATA, _HEADERS, _RST_STREAM, _SETTINGS, _GOAWAY = 0x0, 0x1, 0x3, 0x4, 0x7
_END_STREAM, _END_HEADERS = 0x1, 0x4
_PROTOCOL_ERROR, _HTTP_1_1_REQUIRED = 0x1, 0xD
_STATUS_200 = b"\x88"  # of HPACK's static table (RFC 7541, appendix A)


def _frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    return struct.pack(">I", len(payload))[1:] + bytes((kind, flags)) + struct.pack(">I", stream) + payload


def _wait_for_request(connection: socket.socket) -> None:
    """Read what follows the preface's first line until a HEADERS frame has come whole."""
    data = b""
    while True:
        data += connection.recv(65536)
        rest = data[len(b"SM\r\n\r\n") :]
        while len(rest) >= 9:
            length, kind = int.from_bytes(rest[:3], "big"), rest[3]
            if len(rest) < 9 + length:
                break
            if kind == _HEADERS:
                return
            rest = rest[9 + length :]


@pytest.fixture
def serve_both(serve, trusted, tmp_path):
    """A TLS server that offers HTTP/2, answers it with the given frames, and HTTP/1.1 with a page."""

    def start(*frames: bytes):
        context = trusted.context(tmp_path)
        context.set_alpn_protocols(["h2", "http/1.1"])

        def handler(connection, head, _count):
            if not head.startswith(b"PRI "):
                connection.sendall(page(b"<title>One</title>"))
                return
            connection.sendall(_frame(_SETTINGS, 0, 0))
            _wait_for_request(connection)
            connection.sendall(b"".join(frames))
            connection.recv(65536)

        return serve(handler, context)

    return start


def _requests(server) -> list[bytes]:
    return [head.split(b"\r\n")[0] for head in server.heads]


def test_http2_is_used_where_it_is_offered(serve_both, get, ca_network):
    """A plain check takes HTTP/2; a verbatim capture of the same source takes HTTP/1.1."""
    body = b"<title>Two</title>"
    server = serve_both(_frame(_HEADERS, _END_HEADERS, 1, _STATUS_200), _frame(_DATA, _END_STREAM, 1, body))
    plain = get(server.url("/a"), ca_network)
    assert (plain.status, plain.last.http_version, plain.last.body) == (200, "2", body)
    kept = get(server.url("/a"), ca_network, verbatim=True)
    assert (kept.status, kept.last.http_version) == (200, "1.1")


@pytest.mark.parametrize(
    "frames",
    [
        [_frame(_RST_STREAM, 0, 1, struct.pack(">I", _PROTOCOL_ERROR))],
        [_frame(_RST_STREAM, 0, 1, struct.pack(">I", _HTTP_1_1_REQUIRED))],
        [_frame(_HEADERS, _END_HEADERS, 1, b"\xff\xff\xff\xff\xff\xff")],
        [_frame(_HEADERS, _END_HEADERS, 1, _STATUS_200), b"\xff" * 64],
        [_frame(_GOAWAY, 0, 0, struct.pack(">II", 0, _HTTP_1_1_REQUIRED))],
    ],
    ids=["protocol-error", "http-1.1-required", "broken-hpack", "garbage-after-the-head", "goaway"],
)
def test_broken_http2_falls_back(serve_both, get, ca_network, frames):
    """Where HTTP/2 breaks, HTTP/1.1 is tried once, and its answer counts."""
    server = serve_both(*frames)
    exchange = get(server.url("/a"), ca_network)
    assert (exchange.status, exchange.failure) == (200, None)
    assert exchange.last.http_version == "1.1"
    assert exchange.last.body == b"<title>One</title>"
    assert _requests(server)[-1] == b"GET /a HTTP/1.1"


def test_server_that_hangs_up_on_http2_is_asked_again_without(serve, trusted, tmp_path, get, ca_network):
    """A connection that is closed upon HTTP/2's preface looks like a reset: the retry does without HTTP/2."""
    context = trusted.context(tmp_path)
    context.set_alpn_protocols(["h2", "http/1.1"])

    def handler(connection, head, _count):
        if head.startswith(b"PRI "):
            connection.close()
        else:
            connection.sendall(page(b"<title>One</title>"))

    exchange = get(serve(handler, context).url("/a"), ca_network, retries=1)
    assert (exchange.status, exchange.attempts, exchange.failure) == (200, 2, None)
    assert exchange.last.http_version == "1.1"


# ── IPv6 ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ipv6(serve, get):
    """A literal IPv6 address and a name that has only one are fetched, and the peer is written in brackets."""
    try:
        server = serve(page(), address="::1")
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    literal = get(server.url(host="[::1]"))
    assert (literal.status, literal.last.peer) == (200, f"[::1]:{server.port}")
    named = get(server.url(host="six.example"), lookup=lambda _host: ["::1"])
    assert (named.status, named.last.resolved) == (200, ("::1",))


def test_dead_ipv6_does_not_hide_living_ipv4(serve, get):
    """A name with an address that refuses and one that answers is alive."""
    server = serve(page())
    exchange = get(server.url(host="both.example"), lookup=lambda _host: ["::1", "127.0.0.1"])
    assert (exchange.status, exchange.last.peer) == (200, f"127.0.0.1:{server.port}")


# ── SOCKS ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Socks:
    """A SOCKS5 proxy (RFC 1928) that takes every name for ``target``, or refuses with ``reply``."""

    def __init__(self, target: int, reply: int = 0) -> None:
        self.names: list[bytes] = []
        self._target, self._reply = target, reply
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"socks5://127.0.0.1:{self._listening.getsockname()[1]}"

    def serve_once(self) -> None:
        with self._listening:
            connection, _ = self._listening.accept()
        connection.settimeout(5)
        with connection:
            methods = connection.recv(2)[1]
            connection.recv(methods)
            connection.sendall(b"\x05\x00")
            _version, _command, _reserved, kind, length = connection.recv(5)
            assert kind == 3  # a name: the proxy looks it up, not the client
            self.names.append(connection.recv(length + 2)[:-2])
            connection.sendall(bytes((5, self._reply, 0, 1)) + bytes(6))
            if self._reply:
                return
            with socket.create_connection(("127.0.0.1", self._target), timeout=5) as source:
                source.sendall(connection.recv(65536))
                connection.sendall(source.recv(65536))


def _no_dns(_host: str) -> list[str]:
    raise AssertionError("names are the proxy's to look up")


@pytest.mark.parametrize("reply", [0, 5])
def test_socks_proxy(serve, get, reply):
    """A SOCKS proxy is handed the name unresolved; its refusal is not the source's failure."""
    server = serve(page())
    proxy = _Socks(server.port, reply)
    thread = threading.Thread(target=proxy.serve_once, daemon=True)
    thread.start()
    exchange = get("http://source.example/", Network(http_proxy=proxy.url), lookup=_no_dns, retries=0)
    thread.join(5)
    assert proxy.names == [b"source.example"]
    if reply:
        assert exchange.failure.kind is FailureKind.PROXY_REFUSED
    else:
        assert (exchange.status, exchange.last.via_proxy, exchange.last.peer) == (200, True, None)


# ── descriptors ─────────────────────────────────────────────────────────────────────────────────────────────────────

_SHORT_OF_DESCRIPTORS = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[2]), int(sys.argv[2])))
from collections import Counter
from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import FetchRequest
config = EngineConfig(jobs=128, allow_private=True, backoff=0.01, timeout=10)
with Engine(config, lookup=lambda host: ["127.0.0.1"]) as engine:
    requests = (FetchRequest(f"http://host{n % 150}.example:{sys.argv[1]}/{n}") for n in range(450))
    said = Counter(str(e.failure.kind) if e.failure else str(e.status) for e in engine.stream(requests))
print(dict(said))
"""


@pytest.mark.parametrize("limit", [40, 64, 160])
def test_few_descriptors_are_never_a_verdict(serve, limit):
    """With few descriptors allowed, the Engine asks for fewer connections, and every living source answers."""
    server = serve(page())
    ran = subprocess.run(
        [sys.executable, "-c", _SHORT_OF_DESCRIPTORS, str(server.port), str(limit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.stdout.strip(), ran.stderr) == ("{'200': 450}", "")


_COMES_BACK = """
import resource, sys
from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import FetchRequest
hosts, limit = int(sys.argv[2]), int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_NOFILE, (64, limit))
config = EngineConfig(jobs=8, allow_private=True, timeout=10, look_ahead=10)
with Engine(config) as engine:
    for turn in range(3):
        urls = (f"http://127.77.{n // 250}.{n % 250 + 1}:{sys.argv[1]}/{turn}" for n in range(hosts))
        assert all(answer.status == 200 for answer in engine.stream(FetchRequest(url) for url in urls))
"""


@pytest.mark.parametrize(("hosts", "limit", "least", "most"), [(700, 4000, 700, 700), (300, 300, 300, 720)])
def test_a_list_that_comes_back_to_a_host_finds_its_connection_open(serve, hosts, limit, least, most):
    """A list goes round many hosts: each is connected to once; with few descriptors, some are kept and none is lost."""
    server = serve(page(), address="0.0.0.0")  # loopback has more addresses than one
    command = [sys.executable, "-c", _COMES_BACK, str(server.port), str(hosts), str(limit)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert least <= server.connections <= most


def test_what_would_be_too_many_idle_connections_is_closed_at_once(serve, monkeypatch):
    """With as many idle connections as are to be kept, a further host's is closed when its queue is empty."""
    monkeypatch.setattr("citekeeper.fetch.descriptors._KEPT", 5)
    server = serve(page(), address="0.0.0.0")
    with Engine(EngineConfig(jobs=1, allow_private=True, timeout=5)) as engine:
        urls = [f"http://127.78.0.{n + 1}:{server.port}/" for n in range(20)]
        for _ in range(2):
            assert all(answer.status == 200 for answer in engine.stream(FetchRequest(url) for url in urls))
    assert 20 + 15 <= server.connections <= 20 + 17  # a descriptor or two of libcurl's own count too
