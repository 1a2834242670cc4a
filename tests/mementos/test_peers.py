"""Archives beside the Wayback Machine, over real sockets: the right memento, and a refusal is never “nothing”."""

from __future__ import annotations

import datetime as dt
import random
import socket
from collections.abc import Callable
from urllib.parse import unquote

import pytest

from citekeeper.mementos import Peer, PeerAddress, peers
from citekeeper.model import LookupOutcome, Memento, MementoState

from .loopback import Answer, App, FakeClock, Internet, Request

URL = "https://news.test/story?id=1&b=2"
DAY = dt.date(2022, 5, 2)
OWN = PeerAddress(timemap="https://own.test/timemap/link/{url}")
GATE = PeerAddress(timegate="https://own.test/timegate/{url}")

Make = Callable[..., Peer]


@pytest.fixture
def make(internet: Internet, clock: FakeClock) -> Make:
    """A peer whose host answers as a function says."""

    def made(app: App, name: str = "own", at: PeerAddress = OWN) -> Peer:
        internet.app = app
        (peer,) = peers([name], {"own": at}, internet.network(), clock, rng=random.Random(1))
        return peer

    return made


def http_date(stamp: str) -> str:
    return dt.datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")


def timemap(*stamps: str, url: str = URL, more: str = "") -> Answer:
    lines = [f'<{url}>; rel="original"', '<https://own.test/timegate/x>; rel="timegate"']
    lines += [f'<https://own.test/{stamp}/{url}>; rel="memento"; datetime="{http_date(stamp)}"' for stamp in stamps]
    return Answer(200, (",\n".join(lines) + more).encode(), {"Content-Type": "application/link-format"})


# ── TimeMaps ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("stamps", "chosen", "distance"),
    [
        (("20210101000000", "20220501000000", "20220503000000"), "20220501000000", 1),
        (("20220502235959", "20220503000000"), "20220502235959", 0),
        (("20230101000000", "20220601000000"), "20220601000000", 30),
    ],
)
def test_the_closest_before_is_chosen_else_the_closest_after(
    make: Make, internet: Internet, stamps: tuple[str, ...], chosen: str, distance: int
) -> None:
    """The same rule as for the Wayback Machine."""
    found = make(lambda _: timemap(*stamps)).lookup(URL, DAY)
    assert found.outcome is LookupOutcome.FOUND
    assert found.memento is not None
    assert found.memento.uri == f"https://own.test/{chosen}/{URL}"
    assert found.memento.distance_days == distance
    assert internet.log[-1].target == f"/timemap/link/{URL}"


def test_an_address_in_a_query_is_encoded(make: Make, internet: Internet) -> None:
    """Else the source's own query would become the archive's."""
    make(lambda _: timemap("20220501000000"), at=PeerAddress(timemap="https://own.test/tm?url={url}&x=1")).lookup(
        URL, DAY
    )
    assert internet.log[-1].query["url"] == URL


@pytest.mark.parametrize(
    "answer",
    [
        Answer(500),
        Answer(503),
        Answer(403, b"no"),
        Answer(400, b"no"),
        Answer(200, b"<html>Welcome</html>"),
        Answer(200, b""),
        Answer(302, b"", {"Location": "https://own.test/login"}),
        timemap("20220501000000", url="https://other.test/"),
        Answer(raw=lambda sock: sock.close()),
        Answer(raw=lambda sock: sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<")),
    ],
)
def test_what_is_no_timemap_is_no_answer(make: Make, answer: Answer) -> None:
    """Errors, refusals, other pages and other addresses' TimeMaps say nothing of what is held."""
    found = make(lambda _: answer).lookup(URL, DAY)
    assert found.outcome is LookupOutcome.UNKNOWN
    assert found.message


def test_a_404_is_nothing_held(make: Make) -> None:
    """As RFC 7089 has it."""
    assert make(lambda _: Answer(404, b"404 page not found")).lookup(URL, DAY).outcome is LookupOutcome.NONE


def test_an_empty_timemap_is_nothing_held(make: Make) -> None:
    """It names the original, and no memento."""
    assert make(lambda _: timemap()).lookup(URL, DAY).outcome is LookupOutcome.NONE


def test_pages_of_a_timemap_are_read_where_they_matter(make: Make, internet: Internet) -> None:
    """An index of pages leads to the one about the date; other hosts' and endless ones are not followed."""
    pages = ",\n".join(
        f'<https://own.test/page/{year}>; rel="timemap"; from="{http_date(f"{year}0101000000")}"; '
        f'until="{http_date(f"{year}1231235959")}"'
        for year in range(1997, 2024)
    )
    elsewhere = ',\n<https://evil.test/page>; rel="timemap"'

    def app(request: Request) -> Answer:
        if request.path.startswith("/page/"):
            year = request.path.rpartition("/")[2]
            return timemap(f"{year}0430000000", more=f",\n{pages}{elsewhere}")
        return timemap(more=f",\n{pages}{elsewhere}")

    found = make(app).lookup(URL, DAY)
    assert found.memento is not None
    assert found.memento.uri == f"https://own.test/20220430000000/{URL}"
    assert "too long" in (found.memento.note or "")
    assert len(internet.log) == 5
    assert {request.host for request in internet.log} == {"own.test"}
    assert internet.log[1].path == "/page/2022"


def test_a_429_is_waited_out_once(make: Make, clock: FakeClock) -> None:
    """Retry-After is kept to, and never less than a minute."""
    answers = [Answer(429, b"", {"Retry-After": "90"}), timemap("20220501000000")]
    assert make(lambda _: answers.pop(0)).lookup(URL, DAY).outcome is LookupOutcome.FOUND
    assert sum(clock.slept) == pytest.approx(90, abs=1)


def test_a_week_of_patience_is_not_slept(make: Make, internet: Internet, clock: FakeClock) -> None:
    """It is told instead, and nothing more is asked until then."""
    peer = make(lambda _: Answer(429, b"", {"Retry-After": "604800"}))
    for _ in range(3):
        assert peer.lookup(URL, DAY).outcome is LookupOutcome.UNKNOWN
    assert len(internet.log) == 1
    assert sum(clock.slept) == 0


def test_neighbours_lie_on_both_sides(make: Make) -> None:
    """Up to three before, closest first, then up to three after."""
    stamps = [f"202204{day:02}000000" for day in range(20, 31)] + [f"202205{day:02}000000" for day in range(3, 13)]
    around = make(lambda _: timemap(*stamps)).neighbours(URL, DAY, 3)
    assert [memento.uri[17:25] for memento in around] == [
        "20220430", "20220429", "20220428", "20220503", "20220504", "20220505",
    ]  # fmt: skip


# ── TimeGates ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_timegate_is_asked_for_the_day(make: Make, internet: Internet) -> None:
    """Accept-Datetime is the end of the access day; a Location on another host is the answer, and is not fetched."""
    link = f'<https://dark.test/m/1>; rel="first memento"; datetime="{http_date("20220502010203")}"'
    answer = Answer(302, b"", {"Location": "https://dark.test/m/1", "Vary": "accept-datetime", "Link": link})
    found = make(lambda _: answer, at=GATE).lookup(URL, DAY)
    assert found.memento is not None
    assert found.memento.uri == "https://dark.test/m/1"
    assert found.memento.datetime == dt.datetime(2022, 5, 2, 1, 2, 3, tzinfo=dt.UTC)
    assert [request.host for request in internet.log] == ["own.test"]
    assert internet.log[0].headers["accept-datetime"] == "Mon, 02 May 2022 23:59:59 GMT"


def test_a_timegate_on_the_memento_s_own_host_is_followed(make: Make, internet: Internet) -> None:
    """Without dates in the Link header, the memento itself says when it was made."""

    def app(request: Request) -> Answer:
        if request.path.startswith("/timegate/"):
            return Answer(302, b"", {"Location": "/m/7", "Vary": "accept-datetime"})
        return Answer(200, b"<p>x", {"Memento-Datetime": http_date("20220501000000")})

    found = make(app, at=GATE).lookup(URL, DAY)
    assert found.memento is not None
    assert found.memento.uri == "https://own.test/m/7"
    assert found.memento.distance_days == 1


def test_content_location_names_the_memento(make: Make) -> None:
    """A TimeGate that answers 200 itself says where the memento is (RFC 7089, pattern 1.2)."""
    headers = {
        "Memento-Datetime": http_date("20220501000000"),
        "Content-Location": "/m/8",
        "Vary": "accept-datetime",
    }
    found = make(lambda _: Answer(200, b"<p>x", headers), at=GATE).lookup(URL, DAY)
    assert found.memento is not None
    assert found.memento.uri == "https://own.test/m/8"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(404), LookupOutcome.NONE),
        (Answer(200, b"<p>Welcome"), LookupOutcome.UNKNOWN),
        (Answer(403), LookupOutcome.UNKNOWN),
        (Answer(502), LookupOutcome.UNKNOWN),
        (Answer(302, b"", {"Location": "https://own.test/timegate/again"}), LookupOutcome.UNKNOWN),
        (Answer(302, b"", {"Location": "https://dark.test/undated"}), LookupOutcome.UNKNOWN),
        (Answer(302, b"", {"Location": "file:///etc/passwd"}), LookupOutcome.UNKNOWN),
        (Answer(200, b"x", {"Memento-Datetime": "yesterday"}), LookupOutcome.UNKNOWN),
    ],
)
def test_what_is_no_choice_is_no_answer(make: Make, answer: Answer, outcome: LookupOutcome) -> None:
    """Only 404 says that nothing is held; loops end."""
    assert make(lambda _: answer, at=GATE).lookup(URL, DAY).outcome is outcome


# ── arquivo.pt and archive.today ────────────────────────────────────────────────────────────────────────────────────


def cdxj(*rows: tuple[str, str], url: str = URL) -> Answer:
    lines = [
        f'{{"urlkey": "test,news)/story", "timestamp": "{stamp}", "url": "{url}", "status": "{status}"}}'
        for stamp, status in rows
    ]
    return Answer(200, "\n".join([*lines, ""]).encode(), {"Content-Type": "text/x-ndjson"})


def test_arquivo_shows_pages_only(make: Make, internet: Internet) -> None:
    """Redirects and errors that it archived are passed over; its raw form is the one without frame."""
    rows = (("20220501000000", "404"), ("20220430000000", "301"), ("20220429000000", "200"))
    peer = make(lambda _: cdxj(*rows), "arquivo")
    found = peer.lookup(URL, DAY)
    assert found.memento is not None
    assert found.memento.uri == f"https://arquivo.pt/wayback/20220429000000/{URL}"
    assert peer.raw(found.memento) == f"https://arquivo.pt/noFrame/replay/20220429000000id_/{URL}"
    assert internet.log[0].query["url"] == URL


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(200, b""), LookupOutcome.NONE),
        (Answer(404, b'{"message": "No Captures found for: x"}'), LookupOutcome.NONE),
        (Answer(404, b"Not Found"), LookupOutcome.UNKNOWN),
        (Answer(429, b"Too many requests"), LookupOutcome.UNKNOWN),
        (Answer(200, b"<html>maintenance</html>"), LookupOutcome.UNKNOWN),
        (Answer(200, b'["timestamp"]'), LookupOutcome.UNKNOWN),
        (Answer(200, b"[" * 100_000), LookupOutcome.UNKNOWN),
        (cdxj(("20220501000000", "200"), url="https://other.test/"), LookupOutcome.NONE),
    ],
)
def test_arquivo_s_refusals_are_not_nothing(make: Make, answer: Answer, outcome: LookupOutcome) -> None:
    """Only an empty list, or its own “No Captures found”, says that nothing is held."""
    assert make(lambda _: answer, "arquivo").lookup(URL, DAY).outcome is outcome


def test_archive_today_is_looked_up_and_is_no_evidence(make: Make, internet: Internet) -> None:
    """One TimeMap, and nothing else of it is ever asked."""
    line = f'<{URL}>; rel="original",\n<http://archive.md/20220501000000/{URL}>; rel="memento"; '
    body = (line + f'datetime="{http_date("20220501000000")}"').encode()
    peer = make(lambda _: Answer(200, body), "archive-today")
    found = peer.lookup(URL, DAY)
    assert found.memento is not None
    assert not peer.is_evidence
    assert not found.memento.is_evidence
    assert [unquote(request.target) for request in internet.log] == [f"/timemap/{URL}"]


@pytest.mark.parametrize("host", ["archive.today", "archive.ph", "www.archive.is", "archive.vn"])
def test_no_state_makes_archive_today_evidence(host: str) -> None:
    """Whoever names it, and however well it replays."""
    memento = Memento("own", f"https://{host}/20220501000000/{URL}", MementoState.VERIFIED)
    assert not memento.is_proof
    assert not memento.is_kept


def test_the_raw_form_stays_with_its_archive(make: Make) -> None:
    """A template for raw bytes serves that archive's mementos alone."""
    at = PeerAddress(timemap=OWN.timemap, raw="https://own.test/{timestamp}id_/{url}")
    peer = make(lambda _: Answer(404), at=at)
    moment = dt.datetime(2022, 5, 1, tzinfo=dt.UTC)
    mine = Memento("own", f"https://own.test/20220501000000/{URL}", MementoState.FOUND, moment)
    other = Memento("own", f"https://dark.test/20220501000000/{URL}", MementoState.FOUND, moment)
    assert peer.raw(mine) == f"https://own.test/20220501000000id_/{URL}"
    assert peer.raw(other) is None


def test_a_peer_that_hangs_ends_in_time(make: Make, internet: Internet) -> None:
    """A huge TimeMap is cut, and says so."""

    def endless(sock: socket.socket) -> None:
        line = f'<{URL}>; rel="original",\n'.encode() + b"".join(
            b'<https://own.test/%d/x>; rel="memento"; datetime="%s",\n' % (number, http_date("20220501000000").encode())
            for number in range(2000)
        )
        sock.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        try:
            for _ in range(200):
                sock.sendall(line)
        except OSError:
            return

    found = make(lambda _: Answer(raw=endless)).lookup(URL, DAY)
    assert found.memento is not None
    assert "too long" in (found.memento.note or "")
