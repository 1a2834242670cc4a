"""The service session: deadlines that hold, errors that say what to do, secrets that stay."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import inspect
import socket
import threading
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest
import requests
import urllib3.exceptions
from hypothesis import given
from hypothesis import strategies as st

from citekeeper.errors import ServiceError, ServiceThrottledError, ServiceUnavailableError
from citekeeper.network import Network
from citekeeper.session import MaybeSentError, RateLimit, ServiceSession, parse_retry_after, service_session
from citekeeper.session.failures import SENTENCES, sentence_for

PAGE = "https://service.test/page"
SHORT = 0.25


@pytest.fixture
def session(internet: Any) -> Any:
    made = service_session(internet.network(), service="Test", user_agent="tests/1")
    yield made
    made.close()


def _drip(pieces: Callable[[], bytes]) -> Callable[[socket.socket], None]:
    def write(sock: socket.socket) -> None:
        end = time.monotonic() + 15
        with contextlib.suppress(OSError):
            while time.monotonic() < end:
                sock.sendall(pieces())
                time.sleep(0.05)

    return write


HEADER_DRIP = b"HTTP/1.1 200 OK\r\nX-Slow: "
BODY_DRIPS = {
    "no length": b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n",
    "length": b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
}


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", b"H"),
        (HEADER_DRIP, b"a"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (BODY_DRIPS["no length"], b"a"),
        (BODY_DRIPS["length"], b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 100000\r\n\r\n", b""),
    ],
    ids=["status line", "header bytes", "header lines", "body", "body with length", "chunks", "silence"],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_dripping_server_is_left_at_the_deadline(
    internet: Any, loopback: Any, session: ServiceSession, start: bytes, piece: bytes, scheme: str
) -> None:
    """Header and body drips, plain and in TLS, end with the deadline and not with the server."""

    def write(sock: socket.socket) -> None:
        sock.sendall(start)
        _drip(lambda: piece)(sock)

    internet.app = lambda _request: loopback.Answer(raw=write)
    began = time.monotonic()
    with pytest.raises(MaybeSentError, match=r"within 0\.25 s"):
        session.request("GET", f"{scheme}://service.test/page", deadline=SHORT)
    assert time.monotonic() - began < SHORT + 0.8


def test_a_silent_proxy_and_a_silent_handshake_end_at_the_deadline(authority: Any) -> None:
    """A proxy that never answers CONNECT, and a server that never answers the TLS hello, are left in time."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        networks = (
            Network(https_proxy=f"http://127.0.0.1:{port}", ca_bundle=str(authority.bundle)),
            Network(ca_bundle=str(authority.bundle)),
        )
        for network in networks:
            client = service_session(network, service="Test", user_agent="t")
            began = time.monotonic()
            with pytest.raises(ServiceUnavailableError) as caught:
                client.request("GET", f"https://127.0.0.1:{port}/", deadline=SHORT)
            assert time.monotonic() - began < SHORT + 0.8
            assert not isinstance(caught.value, MaybeSentError)
            client.close()


def test_a_hanging_resolver_is_left_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's resolver has no timeout; the session has."""
    release = threading.Event()

    def hang(*_args: object, **_options: object) -> list[Any]:
        release.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    client = service_session(Network(), service="Test", user_agent="t")
    began = time.monotonic()
    with pytest.raises(ServiceUnavailableError, match=r"in time|within"):
        client.request("GET", "http://slow-resolver.test/", deadline=SHORT)
    assert time.monotonic() - began < SHORT + 0.8
    release.set()
    client.close()


def test_a_reused_connection_is_watched_too(internet: Any, loopback: Any, session: ServiceSession) -> None:
    """The second request on a kept connection has a deadline as well."""
    internet.app = lambda _request: loopback.Answer(200, b"first")
    assert session.request("GET", PAGE).body == b"first"
    internet.app = lambda _request: loopback.Answer(raw=_drip(lambda: b"x"))
    began = time.monotonic()
    with pytest.raises(MaybeSentError):
        session.request("GET", PAGE, deadline=SHORT)
    assert time.monotonic() - began < SHORT + 0.8


def test_nothing_is_left_running_after_a_request(internet: Any, loopback: Any, session: ServiceSession) -> None:
    """Watchdog threads end with their requests."""
    internet.app = lambda _request: loopback.Answer(200, b"ok")
    for _ in range(5):
        session.request("GET", PAGE)
    time.sleep(0.05)
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_a_long_body_is_refused_or_cut(internet: Any, loopback: Any, session: ServiceSession) -> None:
    """The cap counts decoded bytes, so a small bomb is caught too."""
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = engine.compress(b"a" * 5_000_000) + engine.flush()
    internet.app = lambda _request: loopback.Answer(200, bomb, {"Content-Encoding": "gzip"})
    with pytest.raises(ServiceUnavailableError, match="longer than 1000 bytes"):
        session.request("GET", PAGE, max_body=1000)
    reply = session.request("GET", PAGE, max_body=1000, cut_body=True)
    assert (len(reply.body), reply.cut) == (1000, True)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 5 ", 5.0),
        ("Fri, 20 Nov 2026 12:01:30 GMT", 90.0),
        ("Friday, 20-Nov-26 12:00:10 GMT", 10.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("999999999", 7 * 86400.0),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(value: str, seconds: float | None) -> None:
    """Both forms of RFC 9110; nonsense is None, and eternity a week."""
    assert parse_retry_after(value, dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)) == seconds


@given(st.text(max_size=40))
def test_no_retry_after_is_ever_fatal(value: str) -> None:
    """Whatever a server writes there gives seconds or None."""
    seconds = parse_retry_after(value, dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    assert seconds is None or 0 <= seconds <= 7 * 86400


def test_429_is_throttled_with_its_time(internet: Any, loopback: Any, clock: Any) -> None:
    """429 is an exception that names the wait, unless the caller takes 429 as an answer."""
    internet.app = lambda _request: loopback.Answer(429, b"slow down", {"Retry-After": "Fri, 20 Nov 2026 12:00:45 GMT"})
    client = service_session(internet.network(), service="Test", user_agent="t", clock=clock)
    with pytest.raises(ServiceThrottledError) as caught:
        client.request("GET", PAGE)
    assert caught.value.retry_after == 45.0
    assert client.request("GET", PAGE, accept=(429,)).status == 429
    client.close()


def _all_exceptions() -> list[type[Exception]]:
    found = {
        kind
        for module in (requests.exceptions, urllib3.exceptions)
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, requests.RequestException | urllib3.exceptions.HTTPError | http.client.HTTPException)
    }
    return sorted(found, key=lambda kind: (kind.__module__, kind.__name__))


@pytest.mark.parametrize("kind", _all_exceptions(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_exception_of_requests_and_urllib3_is_mapped(kind: type[Exception]) -> None:
    """Each class has a row of its own in the table: a new one in a new release fails here."""
    assert kind in SENTENCES


def test_the_innermost_cause_is_named() -> None:
    """One wraps urllib3 wraps the socket: the sentence is about the socket, not about the wrapping."""
    inner = urllib3.exceptions.NameResolutionError("h", None, socket.gaierror(-2, "no"))  # type: ignore[arg-type]
    outer = requests.ConnectionError(urllib3.exceptions.MaxRetryError(None, "/?secret", inner))  # type: ignore[arg-type]
    assert sentence_for(outer) == "the host name could not be resolved"
    assert sentence_for(requests.ReadTimeout("x")) == "no answer came in time"


def test_no_secret_is_in_an_error(internet: Any, loopback: Any) -> None:
    """Keys, queries and proxy credentials are in no message, hint, repr or chained exception that would be shown."""
    internet.refuse_tunnels = True
    client = service_session(internet.network(user="proxyuser:proxypass@"), service="Test", user_agent="t")
    dead = Network(https_proxy=f"http://proxyuser:proxypass@127.0.0.1:{loopback.dead_port()}")
    other = service_session(dead, service="Test", user_agent="t")
    shown = repr(client) + repr(other)
    for each, key in ((client, "LOW access:topsecret"), (client, "LOW access:topsecret\n"), (other, "LOW a:topsecret")):
        with pytest.raises(ServiceError) as caught:
            each.request("GET", f"{PAGE}?token=topsecret", headers={"Authorization": key})
        assert caught.value.__suppress_context__
        assert caught.value.__cause__ is None
        shown += f"{caught.value} {caught.value!r} {caught.value.hint}"
    assert "topsecret" not in shown
    assert "proxypass" not in shown
    client.close()
    other.close()


def test_the_environment_is_not_read(internet: Any, loopback: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies and CA come from Network alone; NO_PROXY of the Network counts."""
    internet.app = lambda _request: loopback.Answer(200, b"through the proxy")
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{loopback.dead_port()}")
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nonexistent")
    client = service_session(internet.network(), service="Test", user_agent="t")
    assert client.request("GET", PAGE).body == b"through the proxy"
    client.close()
    network = Network(http_proxy=f"http://127.0.0.1:{loopback.dead_port()}", no_proxy=("127.0.0.1",))
    direct = service_session(network, service="Test", user_agent="t")
    assert direct.request("GET", f"http://127.0.0.1:{internet.port}/").status == 200
    direct.close()


def test_a_certificate_of_another_authority_is_refused(internet: Any) -> None:
    """Verification is on, and the message says that it is about the certificate."""
    network = Network(https_proxy=internet.network().https_proxy)
    client = service_session(network, service="Test", user_agent="t")
    with pytest.raises(ServiceUnavailableError, match="certificate did not verify"):
        client.request("GET", PAGE)
    client.close()


def test_redirects_are_followed_only_as_far_as_allowed(internet: Any, loopback: Any, session: ServiceSession) -> None:
    """None by default, n where allowed, without the key to another host, never down to http, never after a POST."""

    def app(request: Any) -> Any:
        targets = {"/page": "https://other.test/two", "/two": "/three", "/down": "http://other.test/three"}
        if request.path in targets:
            return loopback.Answer(302, b"", {"Location": targets[request.path]})
        return loopback.Answer(200, b"end")

    internet.app = app
    assert session.request("GET", PAGE).status == 302
    assert session.request("GET", PAGE, redirects=1).status == 302
    reply = session.request("GET", PAGE, redirects=5, headers={"Authorization": "secret"})
    assert (reply.status, reply.url) == (200, "https://other.test/three")
    assert [entry.path for entry in internet.log if "authorization" in entry.headers] == ["/page"]
    assert session.request("POST", PAGE, redirects=5, form={"a": "b"}).status == 302
    assert session.request("GET", "https://service.test/down", redirects=5).status == 302


def test_cookies_are_not_kept(internet: Any, loopback: Any, session: ServiceSession) -> None:
    """A service gets no means to recognise the reader by."""
    internet.app = lambda _request: loopback.Answer(200, b"ok", {"Set-Cookie": "id=1; Path=/"})
    session.request("GET", PAGE)
    session.request("GET", PAGE)
    assert "cookie" not in internet.log[1].headers


def test_whether_the_request_was_sent_is_known(internet: Any, loopback: Any, session: ServiceSession) -> None:
    """A refused connection is no request; a connection cut afterwards may have been one."""
    internet.app = lambda _request: loopback.Answer(raw=lambda sock: sock.close())
    with pytest.raises(MaybeSentError):
        session.request("POST", PAGE, form={"url": "x"})
    network = Network(https_proxy=f"http://127.0.0.1:{loopback.dead_port()}")
    nowhere = service_session(network, service="Test", user_agent="t")
    with pytest.raises(ServiceUnavailableError) as caught:
        nowhere.request("POST", PAGE, form={"url": "x"})
    assert not isinstance(caught.value, MaybeSentError)
    nowhere.close()


@pytest.mark.parametrize(
    "reply",
    [
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70000 + b"\r\n\r\n",
    ],
)
def test_broken_answers_are_unavailable(internet: Any, loopback: Any, session: ServiceSession, reply: bytes) -> None:
    """Whatever is wrong with an answer, it is one ServiceUnavailableError and no other exception."""
    internet.app = lambda _request: loopback.Answer(raw=lambda sock: sock.sendall(reply))
    with pytest.raises(ServiceUnavailableError):
        session.request("GET", PAGE, deadline=5)


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://a.test/", "http://", "https://[::1/"])
def test_bad_addresses_are_errors_of_the_tree(session: ServiceSession, url: str) -> None:
    """An address that cannot be asked raises no raw exception."""
    with pytest.raises(ServiceUnavailableError):
        session.request("GET", url)


# ── the rate limit ──────────────────────────────────────────────────────────────────────────────────────────────


def test_no_window_holds_more_calls_than_allowed(clock: Any) -> None:
    """In simulated time, any 60 s hold at most 7 calls."""
    limit = RateLimit(clock, calls=7, per=60.0)
    starts = []
    for _ in range(50):
        limit.wait()
        starts.append(clock.monotonic())
        clock.pass_time(1.7)
    assert all(later - earlier >= 60.0 for earlier, later in zip(starts, starts[7:], strict=False))


def test_the_rate_limit_holds_across_threads() -> None:
    """Twelve threads over real time: never more than 5 in any 0.2 s."""
    from citekeeper.clock import SystemClock

    clock = SystemClock()
    limit = RateLimit(clock, calls=5, per=0.2)
    starts: list[float] = []
    lock = threading.Lock()

    def work() -> None:
        for _ in range(2):
            limit.wait()
            with lock:
                starts.append(clock.monotonic())

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    starts.sort()
    assert len(starts) == 24
    assert all(later - earlier > 0.15 for earlier, later in zip(starts, starts[5:], strict=False))


def test_a_throttle_holds_everyone_and_slows_the_pace(clock: Any) -> None:
    """After a 429 nobody asks until the time is over, then at half the pace until it recovers."""
    limit = RateLimit(clock, calls=2, per=10.0)
    limit.wait()
    limit.throttled(100.0)
    assert limit.held_for == 100.0
    began = clock.monotonic()
    limit.wait()
    assert clock.monotonic() - began == 100.0
    limit.wait()
    began = clock.monotonic()
    limit.wait()
    assert clock.monotonic() - began == 20.0
    limit.succeeded()
    limit.succeeded()
    began = clock.monotonic()
    limit.wait()
    assert clock.monotonic() - began <= 10.0


def test_importing_the_session_imports_no_requests() -> None:
    """`citekeeper --version` must not pay for requests."""
    import subprocess
    import sys

    code = (
        "import sys, citekeeper.session, citekeeper.mementos, citekeeper.translation; print('requests' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
