"""The proxy: every host, real TLS, faults, the log, and an end of its own."""

from __future__ import annotations

import io
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pycurl
import pytest
import requests

from citekeeper.sandbox import Fault, FaultKind, Request, Response, Sandbox, World

CONNECT_REFUSED = {pycurl.E_COULDNT_CONNECT, pycurl.E_RECV_ERROR}  # by libcurl's version


def curl(sandbox: Sandbox, url: str, *, verify: bool = True, timeout_ms: int = 4000) -> tuple[int, bytes, str]:
    """One pycurl transfer: (libcurl's error code or 0, body, error text)."""
    body = io.BytesIO()
    handle = pycurl.Curl()
    handle.setopt(pycurl.URL, url)
    handle.setopt(pycurl.PROXY, sandbox.proxy_url)
    handle.setopt(pycurl.CAINFO, sandbox.ca_file)
    handle.setopt(pycurl.SSL_VERIFYPEER, int(verify))
    handle.setopt(pycurl.SSL_VERIFYHOST, 2 if verify else 0)
    handle.setopt(pycurl.TIMEOUT_MS, timeout_ms)
    handle.setopt(pycurl.WRITEDATA, body)
    handle.setopt(pycurl.NOSIGNAL, 1)
    opened: list[socket.socket] = []  # pycurl duplicates what it is given: the original is ours to close

    def open_socket(_: int, address: tuple[int, int, int, object]) -> socket.socket:
        opened.append(socket.socket(*address[:3]))
        return opened[-1]

    handle.setopt(pycurl.OPENSOCKETFUNCTION, open_socket)
    try:
        handle.perform()
    except pycurl.error as error:
        return error.args[0], body.getvalue(), error.args[1]
    finally:
        handle.close()
        for sock in opened:
            sock.close()
    return 0, body.getvalue(), ""


@pytest.mark.parametrize("url", ["http://a.example/x", "https://a.example/x", "https://xn--d1abbgf6aiiy.xn--p1ai/"])
def test_answers_http_and_https(http: requests.Session, world: World, url: str) -> None:
    """Absolute-form HTTP and HTTPS through CONNECT both reach the staged page, with Date and length."""
    world.page(url, "<title>here</title>")
    answer = http.get(url)
    assert answer.status_code == 200
    assert answer.text == "<title>here</title>"
    assert answer.headers["Date"] == "Mon, 02 May 2022 09:30:00 GMT"
    assert answer.headers["Content-Length"] == "19"


def test_strict_verification_accepts_the_certificates(sandbox: Sandbox, world: World) -> None:
    """OpenSSL's strict X.509 profile, the default since Python 3.13, finds nothing to mend in chain and names."""
    world.page("https://strict.example/", "ok")
    context = ssl.create_default_context(cafile=sandbox.ca_file)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    host, port = sandbox.proxy_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as raw:
        raw.sendall(b"CONNECT strict.example:443 HTTP/1.1\r\nHost: strict.example:443\r\n\r\n")
        assert raw.recv(4096).startswith(b"HTTP/1.1 200")
        with context.wrap_socket(raw, server_hostname="strict.example") as tls:
            certificate = tls.getpeercert()
    assert certificate is not None
    assert certificate["subjectAltName"] == (("DNS", "strict.example"),)


def test_unknown_host_is_a_refused_connect(sandbox: Sandbox, http: requests.Session) -> None:
    """A name that does not exist is the proxy's 502, for CONNECT and for plain HTTP, and never reaches a resolver."""
    code, _, text = curl(sandbox, "https://no-such-host.example/")
    assert code in CONNECT_REFUSED
    assert "502" in text
    plain = http.get("http://no-such-host.example/")
    assert plain.status_code == 502
    assert "host not found" in plain.text
    assert plain.headers["Proxy-Status"] == "citekeeper-sandbox; error=dns_error"
    assert [connect.host for connect in sandbox.connects] == ["no-such-host.example"]


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("reset", {pycurl.E_RECV_ERROR}),
        ("empty-reply", {pycurl.E_GOT_NOTHING}),
        ("hang", {pycurl.E_OPERATION_TIMEDOUT}),
        ("slow-drip", {pycurl.E_OPERATION_TIMEDOUT}),
        ("endless", {pycurl.E_OPERATION_TIMEDOUT}),
        ("truncated", {pycurl.E_PARTIAL_FILE, pycurl.E_RECV_ERROR}),
        ("truncated-chunk", {pycurl.E_PARTIAL_FILE, pycurl.E_RECV_ERROR}),
        ("connect-refused", CONNECT_REFUSED),
        ("connect-timeout", CONNECT_REFUSED),
        ("tls-handshake", {pycurl.E_SSL_CONNECT_ERROR}),
        ("tls-obsolete", {pycurl.E_SSL_CONNECT_ERROR}),
        ("tls-expired", {pycurl.E_PEER_FAILED_VERIFICATION}),
        ("tls-not-yet-valid", {pycurl.E_PEER_FAILED_VERIFICATION}),
        ("tls-wrong-host", {pycurl.E_PEER_FAILED_VERIFICATION}),
        ("tls-self-signed", {pycurl.E_PEER_FAILED_VERIFICATION}),
        ("tls-untrusted-issuer", {pycurl.E_PEER_FAILED_VERIFICATION}),
    ],
)
def test_faults_look_as_they_do_on_the_web(sandbox: Sandbox, world: World, kind: str, codes: set[int]) -> None:
    """Each fault gives libcurl the error that the real thing gives."""
    url = "https://faulty.example/page"
    world.page(url, "<p>content</p>" * 50)
    world.fault(url, kind, seconds=0.2 if kind == "slow-drip" else 0.0)
    code, _, text = curl(sandbox, url, timeout_ms=700)
    assert code in codes, text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("tls-expired", "expired"),
        ("tls-not-yet-valid", "not yet valid"),
        ("tls-wrong-host", "no alternative certificate subject name"),
        ("tls-self-signed", "self-signed certificate"),
        ("tls-untrusted-issuer", "unable to get local issuer"),
    ],
)
def test_a_bad_certificate_says_which_way_it_is_bad(sandbox: Sandbox, world: World, kind: str, words: str) -> None:
    """The TLS library names the fault that was staged, and the page is there for those who do not verify."""
    world.page("https://bad.example/", "still here")
    world.fault("https://bad.example/", kind)
    assert words in curl(sandbox, "https://bad.example/")[2]
    assert curl(sandbox, "https://bad.example/", verify=False)[:2] == (0, b"still here")


def test_raw_bytes_arrive_verbatim(sandbox: Sandbox, world: World) -> None:
    """Whatever a server may send, malformed heads included, can be staged to the byte."""
    raw = "HTTP/1.1 404 Не найдено\r\nX-Raw: ".encode() + "привет".encode("cp1251") + b"\r\n\r\nbody"
    world.fault("http://raw.example/", "raw", data=raw)
    host, port = sandbox.proxy_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as sock:
        sock.sendall(b"GET http://raw.example/ HTTP/1.1\r\nHost: raw.example\r\n\r\n")
        received = b"".join(iter(lambda: sock.recv(4096), b""))
    assert received == raw


def test_log_keeps_bodies_and_tells_who_was_asked(sandbox: Sandbox, http: requests.Session, world: World) -> None:
    """The privacy tests read here what left the program: method, URL, host, headers, body."""
    world.handler("api.example", lambda request: Response.json({"got": request.form}))
    said = http.post("https://api.example/v1?x=1", data={"q": "тайна"}, headers={"X-Mine": "1"})
    assert said.json() == {"got": {"q": "тайна"}}
    (logged,) = sandbox.log
    assert (logged.method, logged.url, logged.host) == ("POST", "https://api.example/v1?x=1", "api.example")
    assert logged.headers.get("x-mine") == "1"
    assert logged.body == b"q=%D1%82%D0%B0%D0%B9%D0%BD%D0%B0"
    assert sandbox.asked("example") == [logged]
    assert sandbox.asked("other.example") == []


def test_chunked_request_bodies_and_expect_continue(http: requests.Session, world: World, sandbox: Sandbox) -> None:
    """Uploads arrive whole, chunked or announced by Expect."""
    world.handler("up.example", lambda request: Response.text(str(len(request.body))))
    assert http.post("http://up.example/", data=iter([b"x" * 5000, b"y" * 7])).text == "5007"
    assert http.put("https://up.example/", data=b"z" * 9, headers={"Expect": "100-continue"}).text == "9"


def test_undecodable_paths_keep_their_bytes(sandbox: Sandbox, world: World) -> None:
    """%CF%F0 stays, and raw windows-1251 bytes in a request line are shown percent-encoded."""
    world.handler("old.example", lambda request: Response.text(request.url))
    assert curl(sandbox, "http://old.example/%CF%F0%E8")[1] == b"http://old.example/%CF%F0%E8"
    host, port = sandbox.proxy_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as sock:
        sock.sendall(b"GET http://old.example/\xcf\xf0 HTTP/1.0\r\n\r\n")
        assert b"http://old.example/%CF%F0" in b"".join(iter(lambda: sock.recv(4096), b""))


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"CONNECT x HTTP/1.1\r\n\r\n",
        b"GET http://[x HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_proxy_request_is_a_400(sandbox: Sandbox, sent: bytes) -> None:
    """The proxy refuses what it cannot serve, and survives it."""
    host, port = sandbox.proxy_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as sock:
        sock.sendall(sent)
        assert sock.recv(4096).startswith(b"HTTP/1.1 400")


def test_connections_are_kept_alive_and_many(sandbox: Sandbox, http: requests.Session, world: World) -> None:
    """A session uses one CONNECT for many requests, and two hundred clients at once are all served."""
    world.handler("*", lambda request: Response.text(request.host))
    for _ in range(20):
        http.get("https://one.example/")
    assert len(sandbox.connects) == 1
    started = time.monotonic()
    with ThreadPoolExecutor(40) as pool:
        results = list(pool.map(lambda n: curl(sandbox, f"https://h{n % 50}.example/", timeout_ms=20000), range(200)))
    assert {code for code, _, _ in results} == {0}
    assert time.monotonic() - started < 15


def test_plain_http_in_a_tunnel(sandbox: Sandbox, world: World) -> None:
    """CONNECT to port 80 carries HTTP without TLS."""
    world.page("http://tunnelled.example/", "plain")
    host, port = sandbox.proxy_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as sock:
        sock.sendall(b"CONNECT tunnelled.example:80 HTTP/1.1\r\n\r\n")
        assert sock.recv(4096).startswith(b"HTTP/1.1 200")
        sock.sendall(b"GET / HTTP/1.1\r\nHost: tunnelled.example\r\nConnection: close\r\n\r\n")
        assert b"".join(iter(lambda: sock.recv(4096), b"")).endswith(b"\r\n\r\nplain")


def test_a_host_that_goes_away_takes_its_connections_along(http: requests.Session, world: World) -> None:
    """A refusal staged later also breaks connections that are open, and passes when its times are over."""
    world.page("https://flaky.example/", "ok")
    assert http.get("https://flaky.example/").text == "ok"
    world.fault("https://flaky.example/", "connect-refused", times=2)
    with pytest.raises(requests.exceptions.ConnectionError):
        http.get("https://flaky.example/")
    with pytest.raises(requests.exceptions.ProxyError):
        http.get("https://flaky.example/")
    with pytest.raises(requests.exceptions.ProxyError):
        http.get("https://flaky.example/")
    assert http.get("https://flaky.example/").text == "ok"


def test_close_ends_everything(world: World) -> None:
    """Closing breaks off hanging clients, frees the port, removes the CA file, and may be done twice."""
    running = Sandbox(world)
    world.fault("http://hang.example/", "hang")
    results: list[int] = []
    client = threading.Thread(target=lambda: results.append(curl(running, "http://hang.example/", timeout_ms=20000)[0]))
    client.start()
    while not running.log:
        time.sleep(0.01)
    assert Path(running.ca_file).is_file()
    started = time.monotonic()
    running.close()
    running.close()
    client.join(5)
    assert time.monotonic() - started < 5
    assert results
    assert results[0] != 0
    assert not Path(running.ca_file).exists()
    assert curl(running, "http://hang.example/")[0] == pycurl.E_COULDNT_CONNECT


def test_lifetime_ends_it_without_anybody(world: World) -> None:
    """A sandbox that nobody closes closes itself."""
    running = Sandbox(world, lifetime=0.05)
    assert running.wait_closed(5)
    assert running.closed


def test_environ_leads_unmodified_programs(led: Sandbox, world: World) -> None:
    """With the variables alone, requests in another process goes through the sandbox and trusts it."""
    world.page("https://for-a-child.example/", "seen by a child")
    script = "import requests; print(requests.get('https://for-a-child.example/', timeout=10).text)"
    done = subprocess.run(
        [sys.executable, "-c", script], env=dict(os.environ), capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "seen by a child", done.stderr


def test_by_hand() -> None:
    """``python -m citekeeper.sandbox`` prints the variables and leaves when its time is up."""
    done = subprocess.run(
        [sys.executable, "-m", "citekeeper.sandbox", "--seconds", "0.2"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "export HTTPS_PROXY=http://127.0.0.1:" in done.stdout
    assert "export SSL_CERT_FILE=" in done.stdout
    assert "closes after 0.2 seconds" in done.stdout


@pytest.mark.parametrize("make", [lambda: Response(200, body=b"late", delay=0.3), lambda: Response(999, body=b"late")])
def test_delay_and_odd_statuses(http: requests.Session, world: World, make: Callable[[], Response]) -> None:
    """A response may be late, or bear a status that no standard knows."""

    def odd(_: Request) -> Response | Fault:
        return make()

    world.handler("odd.example", odd)
    started = time.monotonic()
    answer = http.get("http://odd.example/")
    assert answer.text == "late"
    assert answer.status_code == 999 or time.monotonic() - started >= 0.3


def test_fault_kinds_have_the_values_that_verdicts_use() -> None:
    """The values of the TLS faults are the reasons of CONTRACT section 3, so tests can name them once."""
    from citekeeper.model import TlsFaultKind

    known = {kind.value for kind in FaultKind}
    assert {kind.value for kind in TlsFaultKind if kind is not TlsFaultKind.OTHER} <= known
