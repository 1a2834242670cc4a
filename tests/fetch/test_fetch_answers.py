"""What the Engine records of answers, redirects, retries and failures, over real sockets."""

from __future__ import annotations

import gzip
import random
import socket
import struct
import time

import pytest

from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import FailureKind, FetchRequest
from citekeeper.network import Network

from .conftest import page, redirect


def _close_after(data: bytes):
    def handler(connection: socket.socket, _head: bytes, _count: int) -> None:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_RDWR)
        connection.close()

    return handler


def test_answer_is_recorded_verbatim(serve, get):
    """Head bytes, duplicate fields, windows-1251 bytes and the peer come back as they were."""
    head = b"HTTP/1.1 200 \xce\xea\r\nX-A: 1\r\nx-a: \xcf\xf0\r\nContent-Length: 2\r\n\r\n"
    server = serve(head + b"ok")
    exchange = get(server.url("/%CF%F0?q=%E8#part"), key="k")
    hop = exchange.last
    assert (exchange.key, exchange.status, exchange.failure, exchange.attempts) == ("k", 200, None, 1)
    assert (hop.response_head, hop.body, hop.truncated) == (head, b"ok", None)
    assert hop.peer == f"127.0.0.1:{server.port}"
    assert hop.started_at is not None
    assert server.heads[0].startswith(b"GET /%CF%F0?q=%E8 HTTP/1.1\r\n")
    assert b"Accept-Encoding: gzip, deflate, br\r\n" in server.heads[0]
    assert b"link" not in server.heads[0].lower()


def test_verbatim_request_head(serve, get):
    """A capture's hop holds the request bytes that the server saw."""
    server = serve(page())
    hop = get(server.url("/x"), verbatim=True, headers=(("If-None-Match", '"1"'),)).last
    assert hop.request_head == server.heads[0]
    assert b'If-None-Match: "1"\r\n' in hop.request_head


def test_chunked_body_with_trailer_and_early_hints(serve, get):
    """Chunks are joined, trailers and 1xx heads kept apart from the head."""
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n"
    server = serve(hints + head + b"3\r\nabc\r\n2\r\nde\r\n0\r\nX-T: 9\r\n\r\n")
    hop = get(server.url()).last
    assert (hop.body, hop.dechunked) == (b"abcde", True)
    assert hop.response_head == head
    assert hop.informational_heads == (hints,)
    assert b"X-T: 9" in hop.trailers


def test_gzip_stays_encoded(serve, get):
    """The body is kept before content-decoding."""
    import gzip

    packed = gzip.compress(b"hello")
    hop = get(serve(page(packed, "200 OK", "Content-Encoding: gzip")).url()).last
    assert hop.body == packed
    assert hop.content() == b"hello"


def test_body_cap_ends_the_transfer_at_once(serve, get):
    """An endless body is cut at the cap, at once, and is no failure."""

    def handler(connection, _head, _count):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 10_000)

    began = time.monotonic()
    exchange = get(serve(handler).url(), max_body=50_001)
    assert exchange.failure is None
    assert (len(exchange.last.body), exchange.last.truncated) == (50_001, "length")
    assert time.monotonic() - began < 3


def test_body_exactly_at_the_cap_is_whole(serve, get):
    """A body as long as the cap is not marked."""
    assert get(serve(page(b"x" * 100)).url(), max_body=100).last.truncated is None


def test_redirect_chain_is_recorded(serve, get):
    """Each hop is kept; relative Locations and raw bytes in them are followed as they came."""
    server = serve([redirect("/a/b?x=1"), redirect("../\xcf\xf0"), redirect("#only"), page(b"end")])
    exchange = get(server.url("/start#frag"))
    paths = [hop.url.partition(str(server.port))[2] for hop in exchange.hops]
    assert paths == ["/start", "/a/b?x=1", "/%CF%F0"]
    assert exchange.failure.kind is FailureKind.REDIRECT_LOOP


@pytest.mark.parametrize(("verbatim", "kept"), [(False, 16 * 1024), (True, 1024 * 1024)])
def test_redirect_brings_no_ballast(serve, get, verbatim, kept):
    """Of a redirect's body no more is held than a redirect has: a chain of large ones would fill the memory."""
    data = page(b"x" * 2_000_000, "302 Found", "Location: /b")
    server = serve(lambda c, head, _: c.sendall(data if head.startswith(b"GET /a ") else page()))
    exchange = get(server.url("/a"), verbatim=verbatim, max_body=4_000_000)
    assert [hop.status for hop in exchange.hops] == [302, 200]
    assert (len(exchange.hops[0].body), exchange.hops[0].truncated) == (kept, "length")


def test_redirect_in_utf8_and_to_the_end(serve, get):
    """UTF-8 bytes in a Location are percent-encoded."""
    server = serve([redirect("/привет".encode().decode("latin-1")), page(b"end")])
    exchange = get(server.url())
    assert exchange.final_url.endswith("/%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82")
    assert [hop.status for hop in exchange.hops] == [302, 200]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.test/", "javascript:alert(1)", "data:,x", "http://"])
def test_bad_redirects_are_refused(serve, get, target):
    """A redirect out of the web is a failure that keeps the redirect's hop."""
    exchange = get(serve(redirect(target)).url())
    assert exchange.failure.kind is FailureKind.BAD_REDIRECT
    assert exchange.status == 302


def test_redirect_limits(serve, get):
    """Endless redirects end at the limit, circles as circles."""
    count = iter(range(100))
    server = serve(lambda c, h, n: c.sendall(redirect(f"/{next(count)}")))
    exchange = get(server.url(), max_redirects=3)
    assert exchange.failure.kind is FailureKind.TOO_MANY_REDIRECTS
    assert len(exchange.hops) == 4
    ring = serve(lambda c, h, n: c.sendall(redirect("/b" if h.startswith(b"GET /a") else "/a")))
    assert get(ring.url("/a")).failure.kind is FailureKind.REDIRECT_LOOP


def test_cookie_gate_is_no_loop(serve, get):
    """A site that sets a cookie and sends back to the same address gets the cookie and answers."""

    def handler(connection, head, _count):
        gate = redirect("/", "302 Found", "Set-Cookie: seen=1; Path=/")
        connection.sendall(page(b"in") if b"Cookie: seen=1" in head else gate)

    exchange = get(serve(handler).url())
    assert [hop.status for hop in exchange.hops] == [302, 200]


def test_cookies_are_forgotten(serve):
    """The next request of the same engine brings no cookie of the one before."""
    from citekeeper.fetch import Engine, EngineConfig
    from citekeeper.model import FetchRequest

    server = serve([redirect("/2", "302 Found", "Set-Cookie: a=1; Path=/"), page(), page()])
    with Engine(EngineConfig(allow_private=True)) as engine:
        engine.fetch(FetchRequest(server.url()))
        engine.fetch(FetchRequest(server.url()))
    assert b"Cookie: a=1" in server.heads[1]
    assert b"Cookie" not in server.heads[2]


def test_credentials_go_to_their_origin_only(serve, get):
    """Basic credentials are sent to the host of the URL, not after a redirect to another, and stand in no hop."""
    other = serve(page())
    first = serve([redirect("/same"), redirect(other.url())])
    exchange = get(first.url("/").replace("127.0.0.1", "user:p%40ss@127.0.0.1"))
    assert b"Authorization: Basic dXNlcjpwQHNz\r\n" in first.heads[0]
    assert b"Authorization" not in other.heads[0]
    assert not any("p%40ss" in hop.url for hop in exchange.hops)


def test_503_then_200_is_200(serve, get):
    """A passing failure is retried and forgotten."""
    exchange = get(serve([page(b"", "503 No"), page(b"", "500 No"), page()]).url())
    assert (exchange.status, exchange.attempts, len(exchange.hops)) == (200, 3, 1)


@pytest.mark.parametrize(("status", "attempts"), [(404, 1), (501, 1), (505, 1), (500, 3), (408, 3), (425, 3)])
def test_which_statuses_are_retried(serve, get, status, attempts):
    """Server errors that may pass are asked again, others not."""
    exchange = get(serve(page(b"", f"{status} X")).url(), retries=2)
    assert (exchange.status, exchange.attempts) == (status, attempts)


def test_retry_after_is_honoured(serve, get):
    """A 429 is asked again after the seconds it named."""
    began = time.monotonic()
    exchange = get(serve([page(b"", "429 Slow", "Retry-After: 1"), page()]).url())
    assert exchange.status == 200
    assert 0.95 < time.monotonic() - began < 3


def test_403_without_any_quota_left_is_waited_for(serve, get):
    """GitHub's 403 with “remaining: 0” is a 429 in other words; a plain 403 is no matter of waiting."""
    spent = page(b"", "403 Forbidden", "X-RateLimit-Remaining: 0", f"X-RateLimit-Reset: {int(time.time()) + 1}")
    exchange = get(serve([spent, page()]).url())
    assert (exchange.status, exchange.attempts) == (200, 2)
    exchange = get(serve([page(b"", "403 Forbidden", "X-RateLimit-Remaining: 9"), page()]).url())
    assert (exchange.status, exchange.attempts) == (403, 1)


def test_persistent_429_ends(serve, get):
    """A 429 for ever ends after the retries; one that asks for more than the cap is not asked again."""
    exchange = get(serve(page(b"", "429 Slow")).url(), retries=1)
    assert (exchange.status, exchange.attempts) == (429, 2)
    exchange = get(serve(page(b"", "429 Slow", "Retry-After: 1h30m")).url(), max_wait=5.0)
    assert (exchange.status, exchange.attempts, exchange.retry_after) == (429, 1, 5400.0)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", FailureKind.EMPTY_REPLY),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", FailureKind.TRUNCATED),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc", FailureKind.MALFORMED),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc", FailureKind.TRUNCATED),
        (b"what is this\r\n\r\n", FailureKind.MALFORMED),
        (b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", FailureKind.MALFORMED),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", FailureKind.MALFORMED),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 60_000, FailureKind.HEADERS_TOO_LARGE),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 400_000, FailureKind.HEADERS_TOO_LARGE),
    ],
    ids=[
        "empty",
        "short",
        "chunk-without-length",
        "short-chunk",
        "no-http",
        "no-colon",
        "two-lengths",
        "header-flood",
        "long-header",
    ],
)
def test_broken_answers(serve, get, data, kind):
    """Each way of breaking an answer has its own failure."""
    exchange = get(serve(_close_after(data)).url(), retries=0)
    assert exchange.failure.kind is kind, exchange.failure


def test_truncated_body_keeps_its_prefix(serve, get):
    """What came of a body that broke off stays in the hop, marked."""
    data = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"
    hop = get(serve(_close_after(data)).url(), retries=0).last
    assert (hop.body, hop.truncated) == (b"abc", "disconnect")


_PAGE = b"<html><title>A page</title>" + b"<p>words</p>" * 200 + b"</html>\r\n"


@pytest.mark.parametrize("rest", [b"Content-Length: 500\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n9\r\nab"])
def test_redirect_is_followed_whatever_becomes_of_its_body(serve, get, rest):
    """The head of a redirect says where to go; readers do not wait for its body, and nobody asks for it again."""
    server = serve(lambda c, h, _: _close_after(b"HTTP/1.1 301 Moved\r\nLocation: /b\r\n" + rest)(c, h, 1)
                   if h.startswith(b"GET /a ") else c.sendall(page()))  # fmt: skip
    exchange = get(server.url("/a"))
    assert ([hop.status for hop in exchange.hops], exchange.failure) == ([301, 200], None)
    assert (exchange.attempts, exchange.hops[0].truncated) == (2, "disconnect")


def test_redirect_whose_body_never_comes_is_followed(serve, get):
    """A redirect that owes its body is followed once that was waited for."""

    def handler(connection, head, _count):
        if head.startswith(b"GET /b "):
            connection.sendall(page())
            return
        connection.sendall(b"HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 500\r\n\r\n")
        time.sleep(3)

    exchange = get(serve(handler).url("/a"), timeout=1.0)
    assert ([hop.status for hop in exchange.hops], exchange.attempts) == ([301, 200], 2)


@pytest.mark.parametrize(("status", "attempts"), [("404 Gone", 1), ("410 Gone", 1), ("403 No", 1), ("503 Busy", 2)])
def test_error_is_one_whatever_becomes_of_its_body(serve, get, status, attempts):
    """The head of an error says all, so that a body that breaks off makes no failure of the moment of it."""
    data = f"HTTP/1.1 {status}\r\nContent-Length: 500\r\n\r\n<p>".encode()
    exchange = get(serve(_close_after(data)).url(), retries=1)
    assert (exchange.status, exchange.attempts, exchange.failure) == (int(status[:3]), attempts, None)


def test_page_that_unpacks_to_its_end_is_whole(serve, get):
    """Its length from before the packing was announced, as some servers do; half of it is broken off all the same."""
    head, body = b"HTTP/1.1 200 OK\r\nContent-Length: 50000\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(_PAGE)
    exchange = get(serve(_close_after(head + body)).url())
    assert (exchange.status, exchange.failure, exchange.attempts) == (200, None, 1)
    assert exchange.last.truncated == "disconnect"
    broken = get(serve(_close_after(head + body[: len(body) // 2])).url(), retries=0)
    assert broken.failure.kind is FailureKind.TRUNCATED


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"Content-Length: 50000\r\n\r\n", _PAGE),
        (b"Content-Length: 50000\r\n\r\n", b"%PDF-1.4" + b"x" * 3000 + b"\n%%EOF\n"),
        (b"Transfer-Encoding: chunked\r\n\r\n" + b"%x\r\n" % len(_PAGE), _PAGE + b"\r\n"),
        (b"Transfer-Encoding: chunked\r\nContent-Encoding: dunno\r\n\r\n" + b"%x\r\n" % len(_PAGE), _PAGE + b"\r\n"),
    ],
    ids=["length", "pdf", "no-last-chunk", "unknown-coding"],
)
def test_what_is_shorter_than_announced_is_broken_off(serve, get, head, body):
    """Whatever its last bytes look like: nobody knows what would have followed."""
    broken = get(serve(_close_after(b"HTTP/1.1 200 OK\r\n" + head + body)).url(), retries=0)
    assert broken.failure.kind is FailureKind.TRUNCATED


def test_reset(serve, get):
    """A connection that is reset is retried, then reported."""

    def handler(connection, _head, _count):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    exchange = get(serve(handler).url(), retries=1)
    assert (exchange.failure.kind, exchange.attempts) == (FailureKind.RESET, 2)


def test_refused_connection(get):
    """A closed port is a refusal, after the retries."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    exchange = get(f"http://127.0.0.1:{port}/", retries=2)
    assert (exchange.failure.kind, exchange.attempts, exchange.hops) == (FailureKind.CONNECT_REFUSED, 3, ())


def test_silence_is_a_timeout(serve, get):
    """A server that takes the request and says nothing ends the attempt after the timeout."""
    began = time.monotonic()
    exchange = get(serve(lambda c, h, n: time.sleep(8)).url(), timeout=1.0, retries=0)
    assert exchange.failure.kind is FailureKind.TIMEOUT
    assert 0.9 < time.monotonic() - began < 3.5


@pytest.mark.parametrize(("prefix", "failure"), [(10, FailureKind.TIMEOUT), (5000, None)])
def test_slow_drip_is_cut(serve, get, prefix, failure):
    """A drip is cut at the total time: with a usable prefix it is an answer cut for time, without it a timeout."""

    def handler(connection, _head, _count):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + b"x" * prefix)
        while True:
            connection.sendall(b"y")
            time.sleep(0.1)

    exchange = get(serve(handler).url(), total_timeout=1.0, retries=0)
    assert (exchange.failure and exchange.failure.kind) == failure
    assert exchange.last.truncated == "time"


def test_dripping_server_is_asked_twice_at_most(serve, get):
    """Every try at a drip takes the whole time: one more look is enough, however many retries are allowed."""

    def handler(connection, _head, _count):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n")
        while True:
            connection.sendall(b"y")
            time.sleep(0.05)

    exchange = get(serve(handler).url(), total_timeout=0.4, retries=3)
    assert (exchange.attempts, exchange.failure.kind) == (2, FailureKind.TIMEOUT)


def test_dripping_head_is_waited_for_twice_at_most(serve, get):
    """The same where it is the head that drips."""

    def handler(connection, _head, _count):
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X: y\r\n")
            time.sleep(0.05)

    exchange = get(serve(handler).url(), total_timeout=0.4, retries=3)
    assert (exchange.attempts, exchange.failure.kind) == (2, FailureKind.TIMEOUT)


def test_bad_urls(get):
    """What is no web address is a failure and never an exception."""
    for url in ("", "mailto:a@b.test", "http://", "not a url", "http://[::1", "ftp://x.test/"):
        assert get(url).failure.kind is FailureKind.BAD_URL


def test_a_request_sent_again_is_recorded_once(serve):
    """When a reused connection had died, libcurl sends the request anew; the record shows what was answered."""

    def once(connection: socket.socket, _head: bytes, _count: int) -> None:
        connection.sendall(page())
        connection.shutdown(socket.SHUT_RDWR)  # without having said so

    server = serve(once)
    with Engine(EngineConfig(allow_private=True, per_host=1), Network()) as engine:
        urls = [server.url(f"/{number}") for number in range(12)]
        heads = [e.hops[0].request_head for e in engine.stream(FetchRequest(url, verbatim=True) for url in urls)]
    assert server.connections == 12
    assert [head.count(b"GET /") for head in heads] == [1] * 12


@pytest.mark.parametrize("scratch", [".", "not-there"])
def test_a_large_body_comes_whole_whether_the_disk_takes_it_or_not(serve, tmp_path, scratch):
    """Beyond a megabyte it waits on disk for its end; a body that is cut there is cut at the byte."""
    body = random.Random(3).randbytes(5_000_000)
    with Engine(EngineConfig(allow_private=True, scratch=tmp_path / scratch)) as engine:
        server = serve(page(body))
        whole, cut = (engine.fetch(FetchRequest(server.url(), max_body=most)).last for most in (64_000_000, 3_000_001))
    assert (whole.body == body, whole.truncated) == (True, None)
    assert (cut.body == body[:3_000_001], cut.truncated) == (True, "length")
    assert list(tmp_path.iterdir()) == []
