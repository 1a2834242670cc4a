"""The Wayback Machine's double: CDX, availability, replay, TimeMaps, and Save Page Now with its refusals."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
import requests
from waybackpy import WaybackMachineAvailabilityAPI, WaybackMachineCDXServerAPI, WaybackMachineSaveAPI
from waybackpy.exceptions import BlockedSiteError, NoCDXRecordFound

from citekeeper.sandbox import OFFLINE, TOO_MANY_REQUESTS, Fault, FaultKind, Response, Sandbox, SaveReply, World

from .conftest import HandClock

CDX = "https://web.archive.org/cdx/search/cdx"
PAGE = "https://www.site.example/a?b=1"
KEYS = {"Authorization": "LOW sandbox-access-key:sandbox-secret-key", "Accept": "application/json"}


@pytest.fixture
def held(world: World) -> World:
    """A world whose archive holds a page three times, its front page, and a page of a sub-domain."""
    for when, status in (("20210101000000", 200), ("20220401120000", 404), ("20220501101530", 200)):
        world.wayback.hold(PAGE, when, f"body of {when}", status=status)
    world.wayback.hold("http://site.example/", "20200101000000", "front")
    world.wayback.hold("https://sub.site.example/x.png", "20200202000000", b"\x89PNG", media_type="image/png")
    return world


def cdx(http: requests.Session, **query: Any) -> list[str]:
    """The lines of a CDX answer."""
    answer = http.get(CDX, params={"url": PAGE, **query})
    assert answer.status_code == 200, answer.text
    return answer.text.splitlines()


# ── CDX ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_cdx_rows(http: requests.Session, held: World) -> None:
    """A row has the seven fields; the digest is the base32 SHA-1 of the payload."""
    first = cdx(http)[0].split(" ")
    digest = base64.b32encode(hashlib.sha1(b"body of 20210101000000").digest()).decode()
    assert first[:6] == ["example,site)/a?b=1", "20210101000000", PAGE, "text/html", "200", digest]
    assert first[6].isdigit()


@pytest.mark.parametrize(
    ("query", "stamps"),
    [
        ({}, ["20210101000000", "20220401120000", "20220501101530"]),
        ({"filter": "statuscode:200"}, ["20210101000000", "20220501101530"]),
        ({"filter": "!statuscode:2.."}, ["20220401120000"]),
        ({"filter": "statuscode:20"}, []),
        ({"filter": ["statuscode:200", "timestamp:2022.*"]}, ["20220501101530"]),
        ({"from": "2022"}, ["20220401120000", "20220501101530"]),
        ({"to": "2021"}, ["20210101000000"]),
        ({"from": "20220401", "to": "20220430"}, ["20220401120000"]),
        ({"limit": 1}, ["20210101000000"]),
        ({"limit": -2}, ["20220401120000", "20220501101530"]),
        ({"sort": "closest", "closest": "20220415"}, ["20220401120000", "20220501101530", "20210101000000"]),
        ({"sort": "closest", "closest": "20220415", "limit": 1}, ["20220401120000"]),
        ({"sort": "reverse"}, ["20220501101530", "20220401120000", "20210101000000"]),
        ({"collapse": "timestamp:4"}, ["20210101000000", "20220401120000"]),
        ({"url": "http://SITE.example:80/A/?b=1"}, ["20210101000000", "20220401120000", "20220501101530"]),
        ({"url": "http://site.example/a?b=2"}, []),
        ({"url": "https://never.example/"}, []),
        ({"url": "site.example", "matchType": "host", "from": "2020", "to": "2020"}, ["20200101000000"]),
        ({"url": "site.example", "matchType": "domain", "to": "2020"}, ["20200101000000", "20200202000000"]),
        ({"url": "*.site.example", "to": "2020"}, ["20200101000000", "20200202000000"]),
        ({"url": "site.example/a*", "limit": 1}, ["20210101000000"]),
        ({"url": "site.example/a", "matchType": "prefix", "limit": 1}, ["20210101000000"]),
    ],
)
def test_cdx_parameters(http: requests.Session, held: World, query: dict[str, Any], stamps: list[str]) -> None:
    """Scope, time, filter, collapse, sort and limit work as the CDX server's do."""
    assert [line.split(" ")[1] for line in cdx(http, **query)] == stamps


def test_cdx_forms(http: requests.Session, held: World) -> None:
    """JSON has a header row; no rows are [] or an empty text; fl chooses fields; gzip=false is plain."""
    query = {"url": PAGE, "output": "json", "fl": "timestamp,statuscode", "limit": "1"}
    assert http.get(CDX, params=query).json() == [["timestamp", "statuscode"], ["20210101000000", "200"]]
    assert http.get(CDX, params={"url": "never.example", "output": "json"}).json() == []
    empty = http.get(CDX, params={"url": "never.example"})
    assert (empty.status_code, empty.text) == (200, "")
    assert http.get(CDX, params={"url": PAGE}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in http.get(CDX, params={"url": PAGE, "gzip": "false"}).headers
    wrongs = ("filter=nonsense", "filter=statuscode:(", "from=x", "limit=x", "fl=x", "matchType=x", "sort=closest")
    for wrong in wrongs:
        assert http.get(f"{CDX}?url=site.example&{wrong}").status_code == 400
    assert http.get(CDX).status_code == 400


def test_cdx_resume_key(http: requests.Session, held: World) -> None:
    """With showResumeKey the key of the rest stands after a blank line, and brings the rest."""
    lines = cdx(http, limit=2, showResumeKey="true")
    assert (len(lines), lines[2]) == (4, "")
    rest = http.get(f"{CDX}?url={quote(PAGE, safe='')}&showResumeKey=true&limit=2&resumeKey={lines[3]}").text
    assert [line.split(" ")[1] for line in rest.splitlines()] == ["20220501101530"]
    as_json = http.get(CDX, params={"url": PAGE, "limit": "2", "showResumeKey": "true", "output": "json"}).json()
    assert as_json[-2:] == [[], [lines[3]]]


def test_revisits(http: requests.Session, held: World) -> None:
    """A capture that repeats the payload before it is a warc/revisit with status -, and replays all the same."""
    held.wayback.hold(PAGE, "20220501120000", "body of 20220501101530")
    row = cdx(http, limit=-1)[0].split(" ")
    assert row[3:5] == ["warc/revisit", "-"]
    assert http.get(f"https://web.archive.org/web/20220501120000id_/{PAGE}").text == "body of 20220501101530"


def test_waybackpy_unmodified(led: Sandbox, held: World) -> None:
    """Waybackpy's CDX, availability and save clients work against it through the environment alone."""
    query = WaybackMachineCDXServerAPI(PAGE, "test", filters=["statuscode:200"], limit="1")
    assert [one.timestamp for one in query.snapshots()] == ["20210101000000", "20220501101530"]
    assert query.near(year=2022, month=5, day=2).archive_url.endswith(f"/web/20220501101530/{PAGE}")
    with pytest.raises(NoCDXRecordFound):
        WaybackMachineCDXServerAPI("https://never.example/", "test").near(year=2022)
    availability = WaybackMachineAvailabilityAPI(PAGE, "test")
    availability.api_call_time_gap = 0
    assert availability.near(year=2022, month=5).archive_url == f"https://web.archive.org/web/20220501101530/{PAGE}"
    held.wayback.exclude("site.example")
    with pytest.raises(BlockedSiteError):
        list(WaybackMachineCDXServerAPI(PAGE, "test").snapshots())
    held.page("https://fresh.example/", "fresh")
    held.wayback.spn.keyless_open = True
    saved = WaybackMachineSaveAPI("https://fresh.example/", "test").save()
    assert saved == "https://web.archive.org/web/20220502093000/https://fresh.example/"


# ── availability ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_availability(http: requests.Session, held: World) -> None:
    """Hits name the closest capture, misses are an empty object, and false misses can be had."""
    ask = {"url": PAGE, "timestamp": "20220502"}
    address = "https://archive.org/wayback/available"
    hit = http.get(address, params=ask).json()
    assert hit["archived_snapshots"]["closest"] == {
        "status": "200",
        "available": True,
        "url": f"http://web.archive.org/web/20220501101530/{PAGE}",
        "timestamp": "20220501101530",
    }
    assert http.get(address, params={"url": "never.example"}).json()["archived_snapshots"] == {}
    held.wayback.false_misses(PAGE, times=1)
    answers = [http.get(address, params=ask).json()["archived_snapshots"] for _ in range(2)]
    assert [bool(answer) for answer in answers] == [False, True]
    held.wayback.false_misses()
    assert http.get(address, params=ask).json()["archived_snapshots"] == {}
    held.wayback.refuse()  # the other host is away, this one answers
    assert http.get(address, params=ask).status_code == 200


# ── replay ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_memento(http: requests.Session, held: World) -> None:
    """An exact capture answers with Memento-Datetime, the original's headers, and RFC 7089 links."""
    answer = http.get(f"https://web.archive.org/web/20220501101530id_/{PAGE}", allow_redirects=False)
    assert (answer.status_code, answer.text) == (200, "body of 20220501101530")
    assert answer.headers["memento-datetime"] == "Sun, 01 May 2022 10:15:30 GMT"
    assert answer.headers["x-archive-orig-content-type"] == "text/html; charset=utf-8"
    assert answer.headers["x-archive-src"].endswith(".warc.gz")
    link = answer.headers["link"]
    assert f'<{PAGE}>; rel="original"' in link
    assert f'<https://web.archive.org/web/20210101000000/{PAGE}>; rel="first memento"; datetime=' in link
    assert f'<https://web.archive.org/web/20220401120000/{PAGE}>; rel="prev memento"; datetime=' in link
    assert f'<https://web.archive.org/web/20220501101530/{PAGE}>; rel="last memento"; datetime=' in link


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("20220501101529", "20220501101530"),
        ("2021", "20210101000000"),
        ("20220410", "20220401120000"),
        ("", "20220501101530"),
    ],
)
def test_no_exact_capture_redirects(http: requests.Session, held: World, asked: str, led_to: str) -> None:
    """Elsewhere in time: 302 to the nearest, with a reason and without Memento-Datetime."""
    stamp = f"{asked}id_/" if asked else ""
    answer = http.get(f"https://web.archive.org/web/{stamp}{PAGE}", allow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["location"] == f"https://web.archive.org/web/{led_to}{'id_' if asked else ''}/{PAGE}"
    assert "found capture at" in answer.headers["x-archive-redirect-reason"]
    assert "memento-datetime" not in answer.headers


def test_timegate(http: requests.Session, held: World) -> None:
    """Accept-Datetime negotiates."""
    wish = {"Accept-Datetime": "Fri, 01 Jan 2021 00:00:00 GMT"}
    answer = http.get(f"https://web.archive.org/web/{PAGE}", headers=wish, allow_redirects=False)
    assert answer.headers["location"].startswith("https://web.archive.org/web/20210101000000/")
    assert answer.headers["vary"] == "accept-datetime"


def test_archived_errors_and_redirects_keep_their_status(http: requests.Session, held: World) -> None:
    """An archived 404, 429 or 301 is a memento with that status; what was never archived is a 404 that is none."""
    gone = http.get(f"https://web.archive.org/web/20220401120000/{PAGE}")
    assert (gone.status_code, "memento-datetime" in gone.headers) == (404, True)
    held.wayback.hold("https://r.example/", "20220101000000", status=301, headers={"Location": "/there"})
    moved = http.get("https://web.archive.org/web/20220101000000id_/https://r.example/", allow_redirects=False)
    assert (moved.status_code, "memento-datetime" in moved.headers) == (301, True)
    assert moved.headers["location"] == "https://web.archive.org/web/20220101000000id_/https://r.example/there"
    assert moved.headers["x-archive-orig-location"] == "/there"
    never = http.get("https://web.archive.org/web/2022/https://never.example/")
    assert (never.status_code, "memento-datetime" in never.headers) == (404, False)


def test_views(http: requests.Session, world: World) -> None:
    """The plain view has a toolbar and rewritten links, if_ the links alone, id_ the bytes as they were."""
    html = (
        "<html><head><title>т</title></head><body><a href='/b'>b</a><img src=\"https://x.example/i.png\"></body></html>"
    )
    original = html.encode("cp1251")
    world.wayback.hold("https://v.example/a", "20220101000000", original, media_type="text/html")
    world.wayback.hold("https://v.example/s.css", "20220101000000", "a{background:url(/i.png)}", media_type="text/css")
    base = "https://web.archive.org/web/20220101000000"
    plain, framed, identical = (http.get(f"{base}{kind}/https://v.example/a").content for kind in ("", "if_", "id_"))
    assert identical == original
    assert b"BEGIN WAYBACK TOOLBAR INSERT" in plain
    assert b"FILE ARCHIVED ON" in plain
    assert b"TOOLBAR" not in framed
    assert f"{base}if_/https://v.example/b".encode() in framed
    assert f"{base}/https://x.example/i.png".encode() in plain
    assert f"{base}im_/https://v.example/i.png".encode() in http.get(f"{base}cs_/https://v.example/s.css").content


def test_timemaps(http: requests.Session, held: World) -> None:
    """Link format lists every memento with combined rel values; JSON has a header row."""
    text = http.get(f"https://web.archive.org/web/timemap/link/{PAGE}").text
    assert text.count("memento") == 3
    assert 'rel="first memento"; datetime="Fri, 01 Jan 2021 00:00:00 GMT"' in text
    rows = http.get(f"https://web.archive.org/web/timemap/json/{PAGE}").json()
    assert rows[0][:2] == ["urlkey", "timestamp"]
    assert [row[1] for row in rows[1:]] == ["20210101000000", "20220401120000", "20220501101530"]
    assert http.get("https://web.archive.org/web/timemap/link/https://never.example/").status_code == 404


def test_exclusion(http: requests.Session, held: World) -> None:
    """An excluded site is a 403 with the runtime error in header and body, in index and replay."""
    held.wayback.exclude("site.example")
    for url in (f"{CDX}?url={quote(PAGE, safe='')}", f"https://web.archive.org/web/2022/{PAGE}"):
        answer = http.get(url)
        assert answer.status_code == 403
        assert "AdministrativeAccessControlException" in answer.headers["X-Archive-Wayback-Runtime-Error"]
        assert answer.text.startswith("org.archive.util.io.RuntimeIOException: ")
    refused = http.post("https://web.archive.org/save", data={"url": PAGE}, headers=KEYS).json()
    assert refused["status_ext"] == "error:blocked-url"


def test_flapping(http: requests.Session, held: World) -> None:
    """429, 503 and refused connections come and go, each as often as it was staged."""
    held.wayback.trouble("cdx", TOO_MANY_REQUESTS)
    held.wayback.trouble("cdx", OFFLINE, times=2)
    statuses = [http.get(CDX, params={"url": PAGE}).status_code for _ in range(4)]
    assert statuses == [429, 503, 503, 200]
    held.wayback.trouble("all", Fault(FaultKind.RESET), times=None)
    with pytest.raises(requests.ConnectionError):
        http.get(CDX, params={"url": PAGE})
    held.wayback.recover()
    assert cdx(http)
    held.wayback.refuse(times=1)
    with pytest.raises(requests.ConnectionError):
        http.get(CDX, params={"url": PAGE}, headers={"Connection": "close"})
    with pytest.raises(ValueError, match="no surface"):
        held.wayback.trouble("nonsense", OFFLINE)


# ── Save Page Now ───────────────────────────────────────────────────────────────────────────────────────────────────


def save(http: requests.Session, url: str, **options: str) -> dict[str, Any]:
    """Submit ``url`` with keys; the JSON answer, which must come with 200."""
    answer = http.post("https://web.archive.org/save", data={"url": url, **options}, headers=KEYS)
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


def poll(http: requests.Session, job: str) -> dict[str, Any]:
    """The status of a job."""
    said: dict[str, Any] = http.get(f"https://web.archive.org/save/status/{job}", headers=KEYS).json()
    return said


def test_a_save_holds_what_the_world_answers(http: requests.Session, world: World, clock: HandClock) -> None:
    """Submit, pending, success; the memento has identical bytes, its redirect and its requisites too."""
    body = '<html><head><link rel="stylesheet" href="/s.css"></head><body>снимок</body></html>'.encode("cp1251")
    world.redirect("https://n.example/old", "/new")
    world.page("https://n.example/new", body, media_type="text/html", compress=True, chunked=True)
    world.page("https://n.example/s.css", "a{}", media_type="text/css")
    job = save(http, "https://n.example/old")["job_id"]
    assert job.startswith("spn2-")
    assert poll(http, job) == {"status": "pending", "job_id": job, "resources": []}
    clock.sleep(1)
    done = poll(http, job)
    assert (done["status"], done["original_url"], done["timestamp"]) == (
        "success",
        "https://n.example/new",
        "20220502093000",
    )
    assert done["resources"] == ["https://n.example/new", "https://n.example/s.css"]
    assert done["first_archive"] is True
    base = "https://web.archive.org/web/20220502093000id_"
    assert http.get(f"{base}/https://n.example/new").content == body
    assert http.get(f"{base}/https://n.example/old").history[0].status_code == 301
    assert http.get(f"{base}/https://n.example/s.css").text == "a{}"
    assert world.hits("https://n.example/new") == 0


def test_reuse_and_daily_cap(http: requests.Session, world: World, clock: HandClock) -> None:
    """Within the hour the same job comes back with a message; the sixth capture of a day is refused inside a 200."""
    world.handler("n.example", lambda _: Response.html(clock.now().isoformat()))
    first = save(http, "https://n.example/")
    clock.sleep(120)
    again = save(http, "https://n.example/")
    assert again["job_id"] == first["job_id"]
    assert again["message"].startswith("The same snapshot had been made 2 minutes ago.")
    for _ in range(4):
        clock.sleep(3601)
        assert "message" not in save(http, "https://n.example/")
    clock.sleep(3601)
    refused = save(http, "https://n.example/")
    assert (refused["status"], refused["status_ext"]) == ("error", "error:too-many-daily-captures")
    assert "job_id" not in refused
    assert "job_id" in save(http, "https://n.example/", if_not_archived_within="3d 5h 20m")
    assert save(http, "https://example.com/")["status_ext"] == "error:too-many-daily-captures"


def test_keys_rate_and_sessions(http: requests.Session, world: World, clock: HandClock) -> None:
    """No keys: 401. Eight submits a minute: 429. More jobs than sessions: a message and nothing else."""
    world.handler("n.example", lambda request: Response.html(request.url))
    for headers in ({}, {"Authorization": "LOW wrong:keys"}):
        answer = http.post("https://web.archive.org/save", data={"url": "https://n.example/"}, headers=headers)
        assert answer.status_code == 401
        assert answer.json() == {"message": "You need to be logged in to use Save Page Now."}
    assert http.get("https://web.archive.org/save/https://n.example/").status_code == 429
    world.wayback.spn.sessions = 2
    said = [save(http, f"https://n.example/{n}") for n in range(3)]
    assert ["job_id" in one for one in said] == [True, True, False]
    assert list(said[2]) == ["message"]
    user = http.get("https://web.archive.org/save/status/user?_t=1", headers=KEYS).json()
    assert user == {"available": 0, "processing": 2, "daily_captures": 2, "daily_captures_limit": 30000}
    clock.sleep(1)
    for n in range(4):
        save(http, f"https://n.example/x{n}")
    eighth = http.post("https://web.archive.org/save", data={"url": "https://n.example/y"}, headers=KEYS)
    assert eighth.status_code == 429
    clock.sleep(60)
    assert "job_id" in save(http, "https://n.example/y")


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (lambda w: w.page("https://t.example/", "", status=404), "not-found"),
        (lambda w: w.page("https://t.example/", "", status=403), "no-access"),
        (lambda w: w.page("https://t.example/", "", status=429), "too-many-requests"),
        (lambda w: w.page("https://t.example/", "", status=503), "service-unavailable"),
        (lambda w: w.fault("https://t.example/", "hang"), "browsing-timeout"),
        (lambda w: w.fault("https://t.example/", "reset"), "protocol-error"),
        (lambda w: w.redirect("https://t.example/", "/"), "too-many-redirects"),
        (lambda w: w.remove("t.example"), "invalid-host-resolution"),
    ],
)
def test_failing_targets_fail_the_job(
    http: requests.Session, world: World, clock: HandClock, stage: Callable[[World], None], code: str
) -> None:
    """What the crawler meets becomes the job's status_ext."""
    stage(world)
    job = save(http, "https://t.example/")["job_id"]
    clock.sleep(1)
    done = poll(http, job)
    assert (done["status"], done["status_ext"], done["resources"]) == ("error", f"error:{code}", [])
    assert done["message"]


def test_capture_all_keeps_errors(http: requests.Session, world: World, clock: HandClock) -> None:
    """With capture_all a 404 is captured with its status."""
    world.page("https://t.example/", "gone", status=404)
    job = save(http, "https://t.example/", capture_all="1")["job_id"]
    clock.sleep(1)
    assert poll(http, job)["http_status"] == 404
    assert cdx(http, url="https://t.example/")[0].split(" ")[4] == "404"


def test_scripted_replies(http: requests.Session, world: World, clock: HandClock) -> None:
    """Every reply that the service is known for can be had in any order, and then service goes on."""
    url = "https://t.example/"
    world.page(url, "now")
    world.wayback.hold(url, "20210101000000", "old")
    world.wayback.script(
        url,
        [
            SaveReply.session_cap(),
            SaveReply.refused("user-session-limit", "Too many."),
            SaveReply.lost(),
            SaveReply.job_error("celery"),
            Response.html("<title>502</title>", 502),
        ],
    )
    assert list(save(http, url)) == ["message"]
    assert save(http, url) == {"status": "error", "status_ext": "error:user-session-limit", "message": "Too many."}
    lost, broken = save(http, url)["job_id"], save(http, url)["job_id"]
    clock.sleep(600)
    assert {poll(http, lost)["status"] for _ in range(5)} == {"pending"}
    assert poll(http, broken)["status_ext"] == "error:celery"
    assert http.post("https://web.archive.org/save", data={"url": url}, headers=KEYS).status_code == 502
    world.wayback.script(url, [SaveReply.delayed(120)])
    said = save(http, url)
    assert "capture will start in" in said["message"]
    assert [poll(http, said["job_id"])["status"] for _ in range(4)] == ["pending"] * 4
    clock.sleep(121)
    assert poll(http, said["job_id"])["status"] == "success"
    assert poll(http, "spn2-unknown")["status"] == "pending"


def test_success_is_not_yet_replayable(http: requests.Session, world: World, clock: HandClock) -> None:
    """A success may replay as a 302 to an older capture, absent from CDX, until its time has come."""
    url = "https://late.example/"
    world.page(url, "new")
    world.wayback.hold(url, "20210101000000", "old")
    world.wayback.script(url, [SaveReply.late_replay(300)])
    job = save(http, url)["job_id"]
    clock.sleep(1)
    stamp = poll(http, job)["timestamp"]
    replay = f"https://web.archive.org/web/{stamp}id_/{url}"
    assert "/20210101000000id_/" in http.get(replay, allow_redirects=False).headers["location"]
    assert len(cdx(http, url=url)) == 1
    clock.sleep(300)
    assert http.get(replay).text == "new"
    assert len(cdx(http, url=url)) == 2


def test_a_timeout_may_hide_a_capture(http: requests.Session, world: World) -> None:
    """523 on submit, and the capture is there for those who look before they submit again."""
    url = "https://t.example/"
    world.page(url, "now")
    world.wayback.script(url, [SaveReply.timeout_but_captured()])
    assert http.post("https://web.archive.org/save", data={"url": url}, headers=KEYS).status_code == 523
    assert len(cdx(http, url=url)) == 1
    assert save(http, url)["message"].startswith("The same snapshot had been made 0 minutes ago.")


def test_system_status_and_old_jobs(http: requests.Session, world: World, clock: HandClock) -> None:
    """The system's status is ok, a sentence or a 502; a job is forgotten after an hour."""
    address = "https://web.archive.org/save/status/system"
    assert http.get(address).json() == {"status": "ok"}
    world.wayback.spn.system_status = "Save Page Now servers are temporarily overloaded."
    assert http.get(address).json()["status"].startswith("Save Page Now servers")
    world.wayback.spn.system_status = None
    assert http.get(address).status_code == 502
    world.page("https://t.example/", "x")
    job = save(http, "https://t.example/")["job_id"]
    clock.sleep(1)
    assert poll(http, job)["status"] == "success"
    clock.sleep(3601)
    assert poll(http, job)["status"] == "pending"


def test_a_clock_that_stands_still_keeps_nobody_waiting(http: requests.Session, world: World) -> None:
    """At its third poll a job is done at the latest."""
    world.page("https://t.example/", "x")
    job = save(http, "https://t.example/")["job_id"]
    assert [poll(http, job)["status"] for _ in range(3)] == ["pending", "pending", "success"]


def test_gzip_bodies_are_held_plain(http: requests.Session, world: World) -> None:
    """A page that is itself a gzip file is held as the file that it is."""
    data = gzip.compress(b"archive", mtime=0)
    world.page("https://t.example/f.gz", data, media_type="application/gzip")
    save(http, "https://t.example/f.gz")
    assert http.get("https://web.archive.org/web/20220502093000id_/https://t.example/f.gz").content == data
