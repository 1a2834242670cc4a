"""When a source is saved, why, and what becomes of it: the whole program over the sandbox, with time that flies."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from citekeeper.clock import stamp14
from citekeeper.sandbox import Sandbox, World
from citekeeper.sandbox.messages import Answer, Request, Response
from citekeeper.sandbox.wayback import SaveReply
from in_process import Outcome, Run

URL = "https://news.test/stories/ministry-denies-everything"
TITLE = "Ministry denies everything"
NO_KEYS: dict[str, str | None] = {"WAYBACK_ACCESS_KEY": None, "WAYBACK_SECRET_KEY": None}
CHALLENGE = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    '<script>window._cf_chl_opt={cvId:"3"};</script><div id="cf-challenge-running"></div></body></html>'
)


class FlyingClock:
    """The machine's time, plus all that anybody slept, at once."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._lock = threading.Lock()
        self.interrupt_after: int | None = None

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def monotonic(self) -> float:
        return self.now().timestamp()

    def sleep(self, seconds: float) -> None:
        if self.interrupt_after is not None:
            self.interrupt_after -= 1
            if self.interrupt_after < 0:
                self.interrupt_after = None
                raise KeyboardInterrupt
        self.advance(timedelta(seconds=seconds))

    def advance(self, span: timedelta) -> None:
        with self._lock:
            self._offset += span


def story(sentence: str = "The ministry said on Monday that nothing had happened.") -> str:
    """A page that shows what is cited."""
    rest = " ".join(f"Official number {n} repeated the statement to reporters in the capital." for n in range(30))
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>"
        f"<p>{sentence}</p><p>{rest}</p></article></body></html>"
    )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FlyingClock:
    clock = FlyingClock()
    monkeypatch.setattr("citekeeper.commands.workshop.SystemClock", lambda: clock)
    return clock


@pytest.fixture
def world(clock: FlyingClock) -> World:
    world = World(clock=clock)
    world.page(URL, story())
    return world


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    with Sandbox(world) as sandbox:
        yield sandbox


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    write_register(home, {"a": URL})
    return home


@pytest.fixture
def save(citekeeper: Run) -> Callable[..., Outcome]:
    """``archive``, to both places, with a summary of what went wrong."""

    def archive(*options: str, env: dict[str, str | None] | None = None, cwd: Path | None = None) -> Outcome:
        done = citekeeper("archive", *options, env=env, **({"cwd": cwd} if cwd else {}))
        assert "unexpected" not in done.err, done.err
        return done

    return archive


def write_register(home: Path, urls: dict[str, str], *, services: str = "[wayback]", more: str = "") -> None:
    entries = "".join(f"  - id: {name}\n    title: {TITLE}\n    url: {url}\n{more}" for name, url in urls.items())
    text = f"version: 1\ndocuments: []\nsettings:\n  services: {services}\ncitations:\n{entries}"
    (home / "citations.yaml").write_text(text, encoding="utf-8")


def mementos(home: Path, name: str = "a") -> list[dict[str, Any]]:
    """The memento events of a history."""
    path = home / "archive" / name / "history.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    return [line for line in lines if line["event"] == "memento"]


def saves_of(home: Path) -> list[dict[str, Any]]:
    """Those of them that are about a save, and not about a copy that was there before."""
    return [line for line in mementos(home) if "request" in line]


def posts(sandbox: Sandbox) -> int:
    return sum(request.method == "POST" for request in sandbox.log)


def test_a_source_without_a_memento_is_saved_and_the_reason_is_shown(
    save: Run, citekeeper: Run, home: Path, sandbox: Sandbox
) -> None:
    """Submitted, captured, verified; the reason stands in the history, in the report and in ``show``."""
    save()
    events = mementos(home)
    assert [event["state"] for event in events] == ["submitted", "submitted", "captured", "verified"]
    assert len({event["request"] for event in events}) == 1
    assert "not known to hold a copy" in events[-1]["reason"]
    assert "not known to hold a copy" in citekeeper("show", "a").out
    (told,) = json.loads(citekeeper("report", "-f", "json", "-o", "-").out or "{}").get("citations", [{}])
    assert told.get("mementos", [{"reason": "not known"}])[0]["reason"]
    assert posts(sandbox) == 1


@pytest.mark.parametrize(
    ("days", "change", "reason"),
    [
        (2, lambda _world: None, None),
        (40, lambda _world: None, "40 days old"),
        (
            2,
            lambda world: world.page(URL, story("The ministry said that much had happened after all, and more.")),
            "text",
        ),
        (0.5, lambda world: world.page(URL, story("The ministry said that much had happened, and more.")), None),
        (2, lambda world: world.page(URL, story().replace("number 7 ", "number 777 ")), None),
        (2, lambda world: world.redirect(URL, "https://news.test/new/ministry-denies-everything"), "moved"),
        (2, lambda world: world.fault(URL, "tls-expired"), "certificate"),
    ],
    ids=["young", "old", "changed", "changed-within-a-day", "only-a-figure", "moved", "expired-certificate"],
)
def test_a_second_save_needs_a_reason(
    save: Run,
    home: Path,
    sandbox: Sandbox,
    world: World,
    clock: FlyingClock,
    days: float,
    change: Callable[[World], None],
    reason: str | None,
) -> None:
    """Age, a changed text, and signs of dying are reasons; a page that is as it was is none."""
    world.page("https://news.test/new/ministry-denies-everything", story())
    save()
    clock.advance(timedelta(days=days))
    change(world)
    done = save()
    assert posts(sandbox) == (2 if reason else 1), done.err
    last = mementos(home)[-1]
    if reason:
        assert reason in last["reason"]
        assert last["state"] == "verified", last
    if days >= 1:
        again = posts(sandbox)
        clock.advance(timedelta(days=1.5))
        save()
        assert posts(sandbox) == again  # the new copy answers the reason


@pytest.mark.parametrize(
    "trouble",
    [
        Response.html("<title>Service Unavailable</title>", 503),
        Response.html("<!DOCTYPE html><title>Page not found</title><h1>404</h1><p>Page not found.</p>", 404),
    ],
    ids=["5xx", "404"],
)
def test_a_source_that_failed_since_its_copy_is_saved_when_it_is_back(
    save: Run, home: Path, sandbox: Sandbox, world: World, clock: FlyingClock, trouble: Response
) -> None:
    """While it fails nothing is saved; when it answers again it is, because it may not for long."""
    save()
    clock.advance(timedelta(days=2))
    world.stage(URL, trouble)
    save()
    assert posts(sandbox) == 1
    clock.advance(timedelta(days=1))
    world.page(URL, story())
    save()
    assert posts(sandbox) == 2
    assert "after the newest copy was made" in mementos(home)[-1]["reason"]
    clock.advance(timedelta(days=1))
    save()
    assert posts(sandbox) == 2


def test_an_archived_wall_is_no_copy(save: Run, home: Path, sandbox: Sandbox, world: World, clock: FlyingClock) -> None:
    """A young memento that shows a challenge does not keep the source from being saved."""
    world.wayback.hold(URL, stamp14(clock.now() - timedelta(days=5)), CHALLENGE)
    save()
    assert "does not show the source" in mementos(home)[-1]["reason"]
    assert mementos(home)[-1]["state"] == "verified"
    assert posts(sandbox) == 1


def test_a_young_copy_of_others_will_do(
    save: Run, home: Path, sandbox: Sandbox, world: World, clock: FlyingClock
) -> None:
    """The look-up names the copy closest to the access date; whether there is a younger one is asked."""
    write_register(home, {"a": URL}, more="    accessed: 2022-05-02\n")
    world.wayback.hold(URL, "20220501101530", story())
    world.wayback.hold(URL, stamp14(clock.now() - timedelta(days=3)), story() + "<!-- served to the archive -->")
    save()
    assert posts(sandbox) == 0
    save("--fresh", "1")
    assert posts(sandbox) == 1


@pytest.mark.parametrize("between", [0, 6], ids=["beside the page it repeats", "after many others"])
def test_a_young_revisit_by_others_will_do(
    save: Run, home: Path, sandbox: Sandbox, world: World, clock: FlyingClock, between: int
) -> None:
    """A row that says “unchanged since” (status “-”) is a copy, however far back the page is that it repeats."""
    write_register(home, {"a": URL}, more="    accessed: 2022-05-02\n")
    world.wayback.hold(URL, stamp14(clock.now() - timedelta(days=400)), story())
    for days in range(between + 1):
        world.wayback.hold(URL, stamp14(clock.now() - timedelta(days=9 - days)), story())
    done = save()
    assert done.code == 0, done.err
    assert posts(sandbox) == 0
    newest = f"{clock.now() - timedelta(days=9 - between):%Y-%m-%d}"
    assert newest in {event["datetime"][:10] for event in mementos(home)}


def test_a_young_revisit_of_an_error_page_is_no_copy(
    save: Run, home: Path, sandbox: Sandbox, world: World, clock: FlyingClock
) -> None:
    """What a revisit repeats may be an archived 404."""
    world.wayback.hold(URL, stamp14(clock.now() - timedelta(days=400)), story())
    world.wayback.hold(URL, stamp14(clock.now() - timedelta(days=9)), "<h1>Not found</h1>", status=404)
    world.wayback.hold(URL, stamp14(clock.now() - timedelta(days=8)), "<h1>Not found</h1>", status=404)
    save()
    assert posts(sandbox) == 1
    assert "400 days old" in saves_of(home)[-1]["reason"]


def test_always_and_never(save: Run, sandbox: Sandbox, clock: FlyingClock, home: Path) -> None:
    """``never`` sends nothing; ``always`` saves anew, but not within the hour, and says so."""
    save("--save", "never")
    assert posts(sandbox) == 0
    save("--save", "always")
    done = save("--save", "always")
    assert "saved within the hour" in done.err
    assert posts(sandbox) == 1
    clock.advance(timedelta(hours=2))
    save("--save", "always")
    assert posts(sandbox) == 2
    assert mementos(home)[-1]["reason"] == "--save always was given"


@pytest.mark.parametrize(
    ("for_the_archive", "words"),
    [
        (Response.html(CHALLENGE), "not show the source"),
        (Response.redirect("https://news.test/", 302), "kept https://news.test/"),
        (
            Response.html("<!DOCTYPE html><title>Page not found</title><h1>Page not found</h1>"),
            "not show the source",
        ),
    ],
    ids=["wall", "front-page", "soft-404"],
)
def test_a_copy_of_something_else_is_not_verified(
    save: Run,
    home: Path,
    sandbox: Sandbox,
    world: World,
    clock: FlyingClock,
    for_the_archive: Answer,
    words: str,
) -> None:
    """The archive says success, and kept a wall, the front page or a soft 404: failed, and left alone for a week."""

    def serve(request: Request) -> Answer:
        if request.path == "/":
            return Response.html("<title>News</title><h1>News of the day</h1>")
        is_archive = "archive.org_bot" in request.headers.get("user-agent")
        return for_the_archive if is_archive else Response.html(story())

    world.remove("news.test")
    world.handler("news.test", serve)
    save()
    last = mementos(home)[-1]
    assert last["state"] == "failed", last
    assert words in last["note"]
    clock.advance(timedelta(days=2))
    save()
    assert posts(sandbox) == 1
    clock.advance(timedelta(days=6))
    save()
    assert posts(sandbox) == 2


@pytest.mark.parametrize("reply", [SaveReply.timeout_but_captured(), SaveReply.cut_but_captured()], ids=["523", "cut"])
def test_a_lost_answer_is_looked_for_and_not_sent_anew(
    save: Run, home: Path, sandbox: Sandbox, world: World, clock: FlyingClock, reply: SaveReply
) -> None:
    """The capture was made, the answer never came, and the index flaps: the next run finds it."""
    world.wayback.script(URL, [reply])
    world.wayback.index_misses(URL, times=2)
    done = save()
    assert "1 save is still pending (a)" in done.err
    assert mementos(home)[-1]["state"] == "submitted"
    clock.advance(timedelta(hours=3))
    save()
    assert mementos(home)[-1]["state"] == "verified"
    assert posts(sandbox) == 1


def test_a_capture_that_does_not_replay_yet_is_verified_later(
    save: Run, home: Path, sandbox: Sandbox, world: World, clock: FlyingClock
) -> None:
    """Success is not replayable: captured at first, verified by a later run, sent once."""
    world.wayback.hold(URL, "20200101000000", story())
    world.wayback.script(URL, [SaveReply.late_replay(7200)])
    done = save()
    assert saves_of(home)[-1]["state"] == "captured"
    assert "captured but not seen to replay (a)" in done.err
    clock.advance(timedelta(hours=3))
    save("--save", "never")
    assert saves_of(home)[-1]["state"] == "verified"
    assert posts(sandbox) == 1


def test_two_machines_go_on_with_the_same_job(
    save: Run, citekeeper: Run, home: Path, sandbox: Sandbox, world: World, clock: FlyingClock, tmp_path: Path
) -> None:
    """Both ask, nobody submits, and the merged history tells one save, verified."""
    world.wayback.script(URL, [SaveReply.delayed(900)])
    done = save()
    assert "goes on from there" in done.err
    other = tmp_path / "other"
    shutil.copytree(home, other)
    clock.advance(timedelta(minutes=20))
    save()
    save(cwd=other)
    assert posts(sandbox) == 1
    history = home / "archive" / "a" / "history.jsonl"
    merged = history.read_text().splitlines() + (other / "archive" / "a" / "history.jsonl").read_text().splitlines()
    history.write_text("\n".join(dict.fromkeys(merged)) + "\n")
    shown = citekeeper("show", "a").out
    assert shown.count("verified, asked for because") == 1
    assert "submitted" not in shown.split("history:")[0]


def test_the_daily_cap_in_the_middle_of_a_run(
    save: Run, home: Path, sandbox: Sandbox, world: World, clock: FlyingClock
) -> None:
    """What is left is told once, and saved the next day."""
    urls = {f"s{n}": f"https://site{n}.test/ministry" for n in range(5)}
    write_register(home, urls)
    for url in urls.values():
        world.page(url, story())
    world.wayback.spn.daily_limit = 2
    done = save()
    assert done.err.count("Saving stopped") == 1
    assert "sources not saved" in done.err
    verified = [name for name in urls if mementos(home, name) and mementos(home, name)[-1]["state"] == "verified"]
    assert len(verified) == 2
    clock.advance(timedelta(hours=25))
    world.wayback.spn.daily_limit = 30_000
    save()
    assert all(mementos(home, name)[-1]["state"] == "verified" for name in urls)


def test_interrupted_saving_goes_on_where_it_was(
    save: Run, home: Path, sandbox: Sandbox, world: World, clock: FlyingClock
) -> None:
    """Ctrl-C says what is pending and how to go on; the next run sends nothing that was sent."""
    world.wayback.script(URL, [SaveReply.delayed(300)])
    clock.interrupt_after = 1
    done = save()
    assert done.code == 130
    assert "1 save is still pending (a)" in done.err
    assert "goes on from there" in done.err
    clock.advance(timedelta(minutes=10))
    save()
    assert mementos(home)[-1]["state"] == "verified"
    assert posts(sandbox) == 1


def test_keys_that_are_refused_are_told_once(save: Run, home: Path, sandbox: Sandbox) -> None:
    """The queue stops at the first 401, and says how to get keys."""
    done = save(env={"WAYBACK_ACCESS_KEY": "wrong"})
    assert done.err.count("does not accept the keys") == 1
    assert "https://archive.org/account/s3.php" in done.err
    assert all(event["state"] != "submitted" for event in mementos(home)[-1:])


# ── without keys ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_keys_the_form_is_tried_only_if_asked(save: Run, home: Path, sandbox: Sandbox) -> None:
    """By default nothing is sent; where asked for, the usual 429 is told once, with the way to keys."""
    write_register(home, {"a": URL, "b": URL + "?page=2"})
    done = save(env=NO_KEYS)
    assert "WAYBACK_ACCESS_KEY" in done.err
    assert not [request for request in sandbox.log if "/save" in request.url]
    done = save("--save-without-keys", env=NO_KEYS)
    assert len([request for request in sandbox.log if "/save/" in request.url]) == 1
    assert "without keys it takes no more for now" in done.err
    assert "https://archive.org/account/s3.php" in done.err
    assert {event["state"] for event in mementos(home)} == {"submitted", "failed"}


@pytest.mark.parametrize(
    ("staged", "first", "later"),
    [
        (None, "verified", "verified"),
        (Response.html("<title>520</title>", 520), "submitted", "failed"),
        (Response.html("<title>Saved?</title>"), "submitted", "failed"),
        (Response.redirect("https://web.archive.org/web/20200101000000/" + URL, 302), "submitted", "failed"),
    ],
    ids=["works", "520", "names-nothing", "leads-to-an-older-copy"],
)
def test_without_keys_nothing_is_claimed_without_proof(
    save: Run, home: Path, world: World, clock: FlyingClock, staged: Answer | None, first: str, later: str
) -> None:
    """Only a copy that replays counts; what named none stays submitted until the index has had its day."""
    world.wayback.spn.keyless_open = True
    if staged is not None:
        world.wayback.script(URL, [staged])
    save("--save-without-keys", env=NO_KEYS)
    assert mementos(home)[-1]["state"] == first
    clock.advance(timedelta(hours=25))
    save("--save-without-keys", "--save", "never", env=NO_KEYS)
    assert mementos(home)[-1]["state"] == later


# ── who is told nothing ─────────────────────────────────────────────────────────────────────────────────────────────


def test_what_the_archive_was_not_told_is_said(save: Run, home: Path, sandbox: Sandbox) -> None:
    """Unnamed, offline or private: nothing is sent, and the run says which of these it was."""
    write_register(home, {"a": URL}, services="[]")
    assert "services does not name wayback" in save().err
    write_register(home, {"a": URL}, more="    private: true\n")
    assert "told nothing of 1 private source (a)" in save().err
    write_register(home, {"a": URL})
    assert "Offline: nothing was looked up or saved" in save(env={"CITEKEEPER_OFFLINE": "1"}).err
    assert not sandbox.asked("archive.org")


def test_progress_is_for_terminals(save: Run, home: Path) -> None:
    """--no-progress and --quiet: no standing of the queue; verbose: a line for each save."""
    assert "verified" not in save("--no-progress").err
    write_register(home, {"b": URL})
    assert "b: 1 submitted · 1 verified" in save("-v", "--fresh", "0").err
