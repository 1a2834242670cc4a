"""Looking up mementos: the right one is chosen, and a refusal is never read as “nothing there”."""

from __future__ import annotations

import datetime as dt
import json
import random

import pytest

from citekeeper.clock import stamp14
from citekeeper.mementos import PeerAddress, peers, raw_uri, wayback_machine
from citekeeper.mementos.wayback import Wayback
from citekeeper.model import LookupOutcome, Memento, MementoState

from .loopback import Answer, FakeClock, Internet, Request

URL = "https://news.test/story?id=1"
DAY = dt.date(2022, 5, 2)
BLOCKED = (
    b"org.archive.util.io.RuntimeIOException: org.archive.wayback.exception.AdministrativeAccessControlException: "
    b"Blocked Site Error"
)
DIGEST = "A" * 32


class Archive:
    """CDX and availability, faithful to what the real ones do with these parameters."""

    def __init__(self, captures: list[tuple[str, str]] | None = None) -> None:
        self.captures = captures or []
        self.cdx_first: list[Answer] = []  # answers given before the true ones
        self.cdx_always: Answer | None = None
        self.available: Answer = Answer(200, b'{"url":"x","archived_snapshots":{}}')
        self.cdx_requests: list[Request] = []
        self.availability_requests: list[Request] = []
        self.rows_sent = 0

    def __call__(self, request: Request) -> Answer:
        if (request.host, request.path) == ("web.archive.org", "/cdx/search/cdx"):
            self.cdx_requests.append(request)
            if self.cdx_first:
                return self.cdx_first.pop(0)
            return self.cdx_always or self._cdx(request)
        if (request.host, request.path) == ("archive.org", "/wayback/available"):
            self.availability_requests.append(request)
            return self.available
        return Answer(404)

    def _cdx(self, request: Request) -> Answer:
        query = request.query
        rows = [
            (stamp, status)
            for stamp, status in self.captures
            if query.get("from", "0") <= stamp <= query.get("to", "9" * 14)
        ]
        if "filter" in query:
            allowed = query["filter"].removeprefix("statuscode:(").rstrip(")").split("|")
            rows = [row for row in rows if row[1] in allowed]
        if query.get("sort") == "closest":
            wanted = dt.datetime.strptime(query["closest"], "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
            rows.sort(key=lambda row: abs(dt.datetime.strptime(row[0], "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC) - wanted))
        rows = rows[: int(query["limit"])]
        self.rows_sent += len(rows)
        lines = [f"test,news)/story?id=1 {stamp} {URL} text/html {status} {DIGEST} 1234" for stamp, status in rows]
        return Answer(200, "\n".join([*lines, ""]).encode() if lines else b"", {"Content-Type": "text/plain"})


@pytest.fixture
def archive(internet: Internet) -> Archive:
    double = Archive()
    internet.app = double
    return double


@pytest.fixture
def machine(internet: Internet, clock: FakeClock) -> Wayback:
    return Wayback(internet.network(), clock, rng=random.Random(1))


def available(stamp: str, url: str = URL, status: str = "200") -> Answer:
    closest = {
        "status": status,
        "available": True,
        "url": f"http://web.archive.org/web/{stamp}/{url}",
        "timestamp": stamp,
    }
    return Answer(200, json.dumps({"url": url, "archived_snapshots": {"closest": closest}}).encode())


@pytest.mark.parametrize(
    ("captures", "accessed", "expected", "distance"),
    [
        (["20220401000000", "20220502120000", "20220503000000"], DAY, "20220502120000", 0),
        (["20220502235959", "20220503000000"], DAY, "20220502235959", 0),
        (["20220101000000", "20220503000001"], DAY, "20220101000000", 121),
        (["20220510000000", "20220601000000"], DAY, "20220510000000", 8),
        (["20100101000000", "20240101000000", "20260101000000"], None, "20260101000000", None),
    ],
    ids=["same day", "end of the day", "before beats nearer after", "only after", "newest without a date"],
)
def test_the_memento_closest_before_the_access_date(
    archive: Archive,
    machine: Wayback,
    captures: list[str],
    accessed: dt.date | None,
    expected: str,
    distance: int | None,
) -> None:
    """Closest before the end of the access day, else closest after; the newest where no date is known."""
    archive.captures = [(stamp, "200") for stamp in captures]
    found = machine.lookup(URL, accessed)
    assert found.outcome is LookupOutcome.FOUND
    assert found.memento is not None
    assert found.memento.uri == f"https://web.archive.org/web/{expected}/{URL}"
    assert found.memento.datetime is not None
    assert stamp14(found.memento.datetime) == expected
    assert found.memento.distance_days == distance
    assert found.memento.state is MementoState.FOUND


def test_only_statuses_that_show_a_page(archive: Archive, machine: Wayback) -> None:
    """301, 404 and revisit rows are passed over."""
    archive.captures = [
        ("20220501000000", "404"),
        ("20220502000000", "301"),
        ("20220430000000", "-"),
        ("20220401000000", "203"),
    ]
    found = machine.lookup(URL, DAY)
    assert found.memento is not None
    assert "20220401000000" in found.memento.uri


def test_a_server_that_ignores_filters_is_checked(archive: Archive, machine: Wayback) -> None:
    """Status and time are judged here too, not only asked for there."""
    rows = [("20220501000000", "404"), ("20220601000000", "200"), ("20220301000000", "200")]
    lines = "\n".join(f"k {stamp} {URL} text/html {status} {DIGEST} 1" for stamp, status in rows)
    archive.cdx_always = Answer(200, lines.encode())
    found = machine.lookup(URL, DAY)
    assert found.memento is not None
    assert "20220301000000" in found.memento.uri


def test_fifty_thousand_captures_cost_a_handful_of_rows(archive: Archive, machine: Wayback) -> None:
    """A much-archived page costs one small request, or two."""
    begin = dt.datetime(2022, 5, 3, tzinfo=dt.UTC)
    archive.captures = [(stamp14(begin + dt.timedelta(minutes=number)), "200") for number in range(50_000)]
    found = machine.lookup(URL, DAY)
    assert found.memento is not None
    assert "20220503000000" in found.memento.uri
    assert len(archive.cdx_requests) == 2
    assert archive.rows_sent <= 10


@pytest.mark.parametrize("body", [b"", b"\n", b"[]", b"[]\n"])
def test_a_proper_empty_answer_is_none(archive: Archive, machine: Wayback, body: bytes) -> None:
    """200 without rows, in either form, is the one way to NONE."""
    archive.cdx_always = Answer(200, body, {"Content-Type": "text/plain"})
    found = machine.lookup(URL, DAY)
    assert found.outcome is LookupOutcome.NONE
    assert not archive.availability_requests


REFUSALS = {
    "429": Answer(429, b"Too many"),
    "429 short html": Answer(429, b"<html>x"),
    "503 offline": Answer(503, b"<title>Internet Archive: Temporarily Offline</title>"),
    "502": Answer(502),
    "404": Answer(404, b"not here"),
    "403 without the header": Answer(403, b"Forbidden"),
    "401": Answer(401),
    "redirect": Answer(302, b"", {"Location": "https://archive.org/"}),
    "204": Answer(204),
    "html with 200": Answer(200, b"<html><body>We are sorry</body></html>"),
    "short html with 200": Answer(200, b"<html>"),
    "json error with 200": Answer(200, b'{"error":"overload"}'),
    "truncated row": Answer(200, f"k 20220501000000 {URL} text/html 200".encode()),
    "impossible time": Answer(200, f"k 20229901000000 {URL} text/html 200 {DIGEST} 1".encode()),
    "rows then html": Answer(200, f"k 20220501000000 {URL} text/html 200 {DIGEST} 1\n<html>".encode()),
    "cut off": Answer(raw=lambda sock: sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nk 2022")),
    "nothing": Answer(raw=lambda sock: sock.close()),
    "binary": Answer(200, bytes(range(256))),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=list(REFUSALS))
def test_a_refusal_is_never_nothing(archive: Archive, machine: Wayback, refusal: Answer) -> None:
    """CDX refusing and availability's {} together mean UNKNOWN, with a message."""
    archive.cdx_always = refusal
    found = machine.lookup(URL, DAY)
    assert found.outcome is LookupOutcome.UNKNOWN
    assert found.memento is None
    assert found.message
    assert len(archive.cdx_requests) <= 4


def test_an_unreachable_archive_is_unknown(clock: FakeClock) -> None:
    """A refused connection says nothing about the archive's holdings."""
    from citekeeper.network import Network

    from .loopback import dead_port

    machine = Wayback(Network(https_proxy=f"http://127.0.0.1:{dead_port()}"), clock, rng=random.Random(1))
    assert machine.lookup(URL, DAY).outcome is LookupOutcome.UNKNOWN


@pytest.mark.parametrize("flap", [503, 502, 500])
def test_a_flapping_server_is_asked_again(archive: Archive, machine: Wayback, clock: FakeClock, flap: int) -> None:
    """503 “Temporarily Offline” passes within seconds: the third try has the answer."""
    archive.captures = [("20220501000000", "200")]
    archive.cdx_first = [Answer(flap), Answer(flap)]
    assert machine.lookup(URL, DAY).outcome is LookupOutcome.FOUND
    assert 2 <= sum(clock.slept) <= 15


def test_an_excluded_site(archive: Archive, machine: Wayback) -> None:
    """Blocked Site Error is EXCLUDED, asked once; by header alone as well."""
    archive.cdx_always = Answer(
        403, BLOCKED, {"X-Archive-Wayback-Runtime-Error": "AdministrativeAccessControlException"}
    )
    assert machine.lookup(URL, DAY).outcome is LookupOutcome.EXCLUDED
    assert len(archive.cdx_requests) == 1
    archive.cdx_always = Answer(
        403, b"", {"X-Archive-Wayback-Runtime-Error": "AdministrativeAccessControlException: x"}
    )
    assert machine.lookup(URL, DAY).outcome is LookupOutcome.EXCLUDED


def test_availability_is_the_second_source(archive: Archive, machine: Wayback) -> None:
    """Where CDX refuses, the other host's hit counts, and its note says that a closer one may exist."""
    archive.cdx_always = Answer(429, b"")
    archive.available = available("20220430080000")
    found = machine.lookup(URL, DAY)
    assert found.outcome is LookupOutcome.FOUND
    assert found.memento is not None
    assert found.memento.uri == f"https://web.archive.org/web/20220430080000/{URL}"
    assert found.memento.distance_days == 2
    assert "closer" in found.message
    assert archive.availability_requests[0].query == {"url": URL, "timestamp": "20220502235959"}


@pytest.mark.parametrize(
    "answer",
    [
        available("20220430080000", "https://other.test/"),
        available("20220430080000", status="404"),
        available("20229930080000"),
        Answer(200, b""),
        Answer(200, b"[]"),
        Answer(200, b'{"archived_snapshots":{"closest":[]}}'),
        Answer(200, b'{"archived_snapshots":{"closest":{"available":true,"status":"200","url":"javascript:1"}}}'),
        Answer(200, b"[" * 100_000),
        Answer(429),
        Answer(503),
    ],
)
def test_a_useless_availability_answer_stays_unknown(archive: Archive, machine: Wayback, answer: Answer) -> None:
    """Another page's capture, a 404's, an impossible one or garbage is no memento, and no NONE."""
    archive.cdx_always = Answer(503)
    archive.available = answer
    assert machine.lookup(URL, DAY).outcome is LookupOutcome.UNKNOWN


def test_after_a_429_nobody_asks_for_a_minute(archive: Archive, machine: Wayback, clock: FakeClock) -> None:
    """Ignoring a 429 earns an hour of dropped packets: the next question waits, and then is answered."""
    archive.captures = [("20220501000000", "200")]
    archive.cdx_first = [Answer(429, b"", {"Retry-After": "5"})]
    assert machine.lookup(URL, DAY).outcome is LookupOutcome.FOUND
    assert sum(clock.slept) >= 60


def test_lookups_are_paced_at_thirty_a_minute(archive: Archive, machine: Wayback, clock: FakeClock) -> None:
    """Sixty-one look-ups take two minutes of simulated time."""
    archive.captures = [("20220501000000", "200")]
    began = clock.monotonic()
    for _ in range(61):
        assert machine.lookup(URL, DAY).outcome is LookupOutcome.FOUND
    assert clock.monotonic() - began == pytest.approx(120, abs=1)


@pytest.mark.parametrize("url", ["", "not a url", "ftp://x.test/", "https://", "javascript:alert(1)"])
def test_what_is_no_web_address_is_not_asked(archive: Archive, machine: Wayback, url: str) -> None:
    """Nothing is sent for it, and nothing is claimed."""
    assert machine.lookup(url, DAY).outcome is LookupOutcome.UNKNOWN
    assert not archive.cdx_requests


def test_the_fragment_is_not_sent_and_the_host_is_ascii(archive: Archive, machine: Wayback) -> None:
    """The archive is asked for the URL as a server would be."""
    machine.lookup("https://президент.рф/новость#часть-2", DAY)
    asked = archive.cdx_requests[0].query["url"]
    assert asked.startswith("https://xn--d1abbgf6aiiy.xn--p1ai/%D0%BD")
    assert "#" not in asked


def test_the_raw_address() -> None:
    """The `id_` form of a memento's address, and an error for what is none."""
    memento = Memento("wayback", "https://web.archive.org/web/20220501000000/https://a.test/?b=c", MementoState.FOUND)
    assert raw_uri(memento) == "https://web.archive.org/web/20220501000000id_/https://a.test/?b=c"
    with pytest.raises(ValueError, match="Wayback"):
        raw_uri(Memento("x", "https://archive.test/1", MementoState.FOUND))


def test_no_archive_is_asked_that_is_not_named(internet: Internet, clock: FakeClock) -> None:
    """`services` decides who exists."""
    addresses = {"own": PeerAddress(timemap="http://own.test/{url}")}
    assert peers([], addresses, internet.network(), clock) == []
    assert peers(["google", "wayback"], addresses, internet.network(), clock) == []
    named = peers(["google", "archive-today", "own", "arquivo"], addresses, internet.network(), clock)
    assert [peer.name for peer in named] == ["arquivo", "archive-today", "own"]


def test_without_keys_nothing_is_saved(internet: Internet, clock: FakeClock) -> None:
    """And the reason is told."""
    made = wayback_machine(internet.network(), clock)
    assert not made.can_save
    assert made.cannot_save_because.startswith("No Wayback Machine keys: looked up only.")
    assert "WAYBACK_SECRET_KEY" in made.cannot_save_because
