"""The world: what is staged for a URL, in which order it is found, and conditional requests."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
import requests

from citekeeper.sandbox import Fault, FaultKind, Request, Response, World


def ask(world: World, url: str, method: str = "GET") -> Response | Fault:
    host = url.split("/")[2].split(":")[0]
    return world.answer(Request(world.clock.now(), method, url, host))


def status(world: World, url: str) -> int:
    answer = ask(world, url)
    assert isinstance(answer, Response)
    return answer.status


def test_unknown_path_is_404_and_a_host_may_say_it_otherwise(world: World) -> None:
    """A host that exists answers 404 to unknown paths, unless a soft 404 was staged for it."""
    world.page("https://site.example/a", "a")
    assert status(world, "https://site.example/b") == 404
    world.host("site.example", not_found=Response.html("<h1>Oops</h1>"))
    assert status(world, "https://site.example/b") == 200


def test_http_leads_to_the_https_page(world: World) -> None:
    """A page staged under https alone redirects its http address, as sites do."""
    world.page("https://site.example/a?b=1", "a")
    answer = ask(world, "http://site.example/a?b=1")
    assert isinstance(answer, Response)
    assert (answer.status, answer.header("location")) == (301, "https://site.example/a?b=1")


def test_equal_addresses_are_one_page(world: World) -> None:
    """Case of the host, default port, fragment and dot segments make no other page."""
    world.page("https://Site.Example:443/a/../b#x", "b")
    assert status(world, "https://site.example/b") == 200
    assert world.hits("https://site.example/b#y") == 1


def test_sequence_and_faults_for_a_time(world: World) -> None:
    """Sequences go step by step and stay at the last; a fault for n times gives way to the page."""
    world.sequence("https://s.example/", [Response(503), Response(429), Response(200)])
    assert [status(world, "https://s.example/") for _ in range(4)] == [503, 429, 200, 200]
    world.fault("https://s.example/", FaultKind.RESET, times=2)
    kinds = [type(ask(world, "https://s.example/")).__name__ for _ in range(3)]
    assert kinds == ["Fault", "Fault", "Response"]
    assert world.hits("https://s.example/") == 7
    with pytest.raises(ValueError, match="at least one"):
        world.sequence("https://s.example/", [])


def test_the_crawler_leaves_no_trace(world: World) -> None:
    """A visit of the Wayback Machine counts no hit, uses up no sequence, and sees dead hosts as dead."""
    world.sequence("https://s.example/", [Response(503), Response(200)])
    seen = [world.visit("https://s.example/") for _ in range(2)]
    assert [answer.status for answer in seen if isinstance(answer, Response)] == [503, 503]
    assert world.hits("https://s.example/") == 0
    gone = world.visit("https://nowhere.example/")
    assert isinstance(gone, Fault)
    assert gone.kind is FaultKind.UNKNOWN_HOST


def test_handlers_by_host_suffix_and_catch_all(world: World) -> None:
    """The nearest handler answers: the host's own, then the suffix, then the catch-all; pages come before all."""

    def naming(name: str) -> Callable[[Request], Response]:
        return lambda _: Response.text(name)

    for name in ("a.b.example", "*.b.example", "*"):
        world.handler(name, naming(name))
    world.page("https://a.b.example/page", "page")

    def body(url: str) -> bytes:
        answer = ask(world, url)
        assert isinstance(answer, Response)
        return answer.body

    assert body("https://a.b.example/") == b"a.b.example"
    assert body("https://c.b.example/") == b"*.b.example"
    assert body("https://d.c.b.example/") == b"*.b.example"
    assert body("https://elsewhere.example/") == b"*"
    assert body("https://a.b.example/page") == b"page"


def test_removed_hosts_vanish(world: World) -> None:
    """A host can be taken out of the world, services included."""
    world.page("https://gone.example/", "x")
    assert world.connect_fault("gone.example") is None
    world.remove("gone.example")
    world.remove("web.archive.org")
    assert world.connect_fault("gone.example") is FaultKind.UNKNOWN_HOST
    assert world.connect_fault("web.archive.org") is FaultKind.UNKNOWN_HOST


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"If-None-Match": "ETAG"}, 304),
        ({"If-None-Match": "W/ETAG"}, 304),
        ({"If-None-Match": '"other", ETAG'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": "Sun, 01 May 2022 06:00:00 GMT"}, 200),
        ({"If-Modified-Since": "Sun, 01 May 2022 06:00:00 GMT"}, 304),
        ({"If-Modified-Since": "Sat, 30 Apr 2022 06:00:00 GMT"}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
    ],
)
def test_conditional_requests(http: requests.Session, world: World, headers: dict[str, str], expected: int) -> None:
    """Validators are honoured by RFC 9110: If-None-Match before If-Modified-Since, weak comparison, lists."""
    world.page("https://c.example/", "content")
    etag = http.get("https://c.example/").headers["ETag"]
    answer = http.get("https://c.example/", headers={k: v.replace("ETAG", etag) for k, v in headers.items()})
    assert answer.status_code == expected
    assert answer.content == (b"" if expected == 304 else b"content")
    assert answer.headers["ETag"] == etag


def test_compression_is_negotiated_and_chunks_are_sent(http: requests.Session, world: World) -> None:
    """Gzip goes to those who accept it; chunked bodies arrive whole; HEAD has no body."""
    text = "длинный текст " * 1000
    world.page("https://z.example/", text, compress=True, chunked=True)
    packed = http.get("https://z.example/", stream=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Transfer-Encoding"] == "chunked"
    assert gzip.decompress(packed.raw.read(decode_content=False)).decode() == text
    for refusal in ("identity", "gzip;q=0, identity"):
        plain = http.get("https://z.example/", headers={"Accept-Encoding": refusal})
        assert "Content-Encoding" not in plain.headers
        assert plain.content.decode() == text
    assert http.head("https://z.example/").content == b""
    assert http.post("https://z.example/").status_code == 405


def test_redirects_take_any_location(http: requests.Session, world: World) -> None:
    """Location goes out as staged, a loop included."""
    world.redirect("https://r.example/a", "b", 302)
    world.redirect("https://r.example/b", "/a", 308)
    with pytest.raises(requests.TooManyRedirects):
        http.get("https://r.example/a")
    world.redirect("https://r.example/c", "javascript:alert(1)")
    assert http.get("https://r.example/c", allow_redirects=False).headers["Location"] == "javascript:alert(1)"
