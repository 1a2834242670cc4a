"""What a check remembers between runs: ``--cache``, strikes, conditional requests, a second vantage."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

import pytest

from citekeeper.errors import UsageError
from citekeeper.history import History, new_event, strikes, validators
from citekeeper.model import Citation, Event
from citekeeper.pipeline.cache import Cache
from citekeeper.sandbox import Sandbox, World
from in_process import Run

from .conftest import PAGE, write_register

URL = "https://a.example/page"
NOW = datetime.now(UTC)


def seen(days_ago: float, verdict: str, **fields: str) -> Event:
    """A check of some days ago."""
    fields = {"verdict": verdict, "reason": "connection-reset", "message": "It failed.", **fields}
    return new_event("check", NOW - timedelta(days=days_ago), "local", fields, Random(days_ago))


def remember(path: Path, url: str, *events: Event) -> None:
    """Put events into a cache."""
    with Cache(path, "local") as cache:
        for event in events:
            cache.append(Citation(id="x", url=url), event)


def test_second_run_costs_next_to_nothing(check: Run, world: World, sandbox: Sandbox) -> None:
    """With ``--cache`` the second run sends validators, gets 304s and says alive again, in under 2 % of the bytes."""
    urls = [f"https://h{n}.example/page" for n in range(20)]
    for url in urls:
        world.page(url, PAGE * 8)
    first = check(*urls, "-f", "json", "--cache", "c.db")
    asked = len(sandbox.log)
    second = check(*urls, "-f", "json", "--cache", "c.db")
    assert {entry["http_status"] for entry in first.report["citations"]} == {200}
    assert {entry["http_status"] for entry in second.report["citations"]} == {304}
    assert second.verdicts == first.verdicts
    assert all(request.headers.get("if-none-match") for request in sandbox.log[asked:])
    third = check(*urls, "-f", "jsonl", "--cache", "c.db")
    assert {entry["http_status"] for entry in third.entries} == {304}  # validators outlive a 304
    assert {entry["last_alive_at"] is not None for entry in third.entries} == {True}


def test_changed_page_is_read_again(check: Run, world: World) -> None:
    """A page that changed answers 200 and is judged anew."""
    world.page(URL, PAGE)
    check(URL, "--cache", "c.db", "-q")
    world.page(URL, PAGE + "<p>More.</p>")
    (entry,) = check(URL, "-f", "json", "--cache", "c.db").report["citations"]
    assert (entry["verdict"], entry["http_status"]) == ("alive", 200)


def test_304_of_another_page_is_not_believed(check: Run, world: World, sandbox: Sandbox) -> None:
    """Where the address leads elsewhere now, a 304 from there says nothing: the page is asked without validators."""
    world.redirect(URL, "https://a.example/one", 302)
    world.page("https://a.example/one", PAGE)
    world.page("https://a.example/two", PAGE)  # the same bytes, and so the same tag
    check(URL, "--cache", "c.db", "-q")
    world.redirect(URL, "https://a.example/two", 302)
    (entry,) = check(URL, "-f", "json", "--cache", "c.db").report["citations"]
    assert (entry["http_status"], entry["final_url"]) == (200, "https://a.example/two")
    assert "if-none-match" not in sandbox.log[-1].headers


@pytest.mark.parametrize("status", [400, 412, 500])
def test_server_that_takes_offence_at_validators_is_asked_plainly(
    check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    """A server that answers validators alone with an error has the page; what fails without them, too, fails."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, is_conditional = PAGE.encode(), "if-none-match" in self.headers
            if self.path == "/page":
                asked.append(is_conditional)
                self.send_response(status if is_conditional else 200)
            else:
                self.send_response(404)
            self.send_header("ETag", '"1"')
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            return

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/page"
        options = ("--allow-private", "--retries", "0", "-f", "json", "--cache", "c.db")
        check(url, *options)
        asked.clear()
        assert check(url, *options).verdicts == {url: "alive/ok"}
        server.shutdown()
    assert asked == [True, False]


def test_fragments_and_quotes_need_the_page(check: Run, world: World, sandbox: Sandbox) -> None:
    """An address with a fragment is asked whole, since only the page tells whether the fragment is there."""
    world.page(URL, PAGE)
    for _ in range(2):
        done = check(f"{URL}#nowhere", "-f", "json", "--cache", "c.db")
        assert [found["rule"] for found in done.report["findings"]] == ["fragment-missing"]
    assert "if-none-match" not in sandbox.log[-1].headers


def test_max_age_with_cache(check: Run, world: World) -> None:
    """Within ``--max-age`` a living source is told from the cache; what failed is always asked again."""
    world.page(URL, PAGE)
    world.page("https://a.example/dead", "no", status=404)
    for name in ("json", "jsonl", "json"):
        done = check(URL, "https://a.example/dead", "-f", name, "--cache", "c.db", "--max-age", "7d")
        assert done.code == 1
    assert done.verdicts == {URL: "alive/ok", "https://a.example/dead": "gone/http-404"}
    assert (world.hits(URL), world.hits("https://a.example/dead")) == (1, 3)


def test_third_strike_is_an_error(check: Run, world: World) -> None:
    """Two failures on earlier days and one now, over three days and more, are an error; with fewer it is a warning."""
    world.page(URL, "broken", status=500)
    options = ("--retries", "0", "-f", "json", "--cache", "c.db")
    assert check(URL, *options).code == 0
    remember(Path("d.db"), URL, seen(5, "failing"), seen(2, "unreachable"))
    done = check(URL, *options[:-1], "d.db")
    assert done.code == 1
    (entry,) = done.report["citations"]
    assert (entry["strikes"], entry["severity"]) == (3, "error")


def test_a_check_that_nothing_remembers_counts_too(check: Run, world: World, home: Path) -> None:
    """The failure seen now is one of the row, with ``--no-record`` and without any memory."""
    world.page(URL, "broken", status=500)
    (entry,) = check(URL, "--retries", "0", "-f", "json").report["citations"]
    assert (entry["strikes"], entry["first_failed_at"], entry["severity"]) == (1, entry["checked_at"], "warning")
    write_register(home, f"- {{id: a, url: '{URL}'}}\n")
    History(home / "archive", "a").append(seen(5, "failing"), seen(2, "unreachable"))
    before = (home / "archive/a/history.jsonl").read_bytes()
    done = check("--retries", "0", "-f", "json", "--no-record")
    (entry,) = done.report["citations"]
    assert (done.code, entry["strikes"], entry["severity"]) == (1, 3, "error")
    assert (home / "archive/a/history.jsonl").read_bytes() == before


@pytest.mark.parametrize("with_register", [True, False])
def test_lines_from_the_future_hide_nothing(check: Run, world: World, home: Path, *, with_register: bool) -> None:
    """What a wrong clock dated years ahead neither saves a source from its third strike nor makes a first one three."""
    world.page(URL, "broken", status=500)
    for verdict, others, strikes_now in [("alive", [5.0, 2.0], 3), ("failing", [], 1)]:
        ahead = [seen(-4000 - n, verdict, etag='"x"') for n in range(0, 9, 4)]
        events = [*(seen(days, "failing") for days in others), *ahead]
        if with_register:
            write_register(home, f"- {{id: a, url: '{URL}'}}\n")
            History(home / "archive", "a").append(*events)
            arguments: tuple[str, ...] = ()
        else:
            remember(home / f"{verdict}.db", URL, *ahead, *(seen(days, "failing") for days in others))
            arguments = (URL, "--cache", f"{verdict}.db")
        for again in range(2):
            (entry,) = check(*arguments, "--retries", "0", "--max-age", "30d", "-f", "json").report["citations"]
            assert (entry["verdict"], entry["strikes"]) == ("failing", strikes_now + again)
        if with_register:
            (home / "archive/a/history.jsonl").unlink()


@pytest.mark.parametrize("name", ["c.db", "cache"])
def test_damaged_cache_is_set_aside(check: Run, world: World, home: Path, name: str) -> None:
    """A cache that is no database any more is moved away with a word, and begun anew."""
    world.page(URL, PAGE)
    check(URL, "--cache", name, "-q")
    (home / name).write_bytes((home / name).read_bytes()[:2000] + b"\0garbage" * 999)
    done = check(URL, "-f", "json", "--cache", name)
    assert done.code == 0
    assert "damaged" in done.err
    assert (home / f"{name}.damaged").exists()
    (home / name).write_bytes(b"no database at all")
    assert "damaged" in check(URL, "-f", "json", "--cache", name).err


def test_two_runs_share_a_cache(tmp_path: Path) -> None:
    """A run that is under way keeps no other from the file, and neither loses what the other saw of one source."""
    with Cache(tmp_path / "c.db", "local") as slow:
        slow.append(Citation(id="x", url=URL), seen(5.1, "failing"))
        slow.append(Citation(id="y", url=f"{URL}/2"), seen(9, "alive"))
        began = time.monotonic()
        remember(tmp_path / "c.db", URL, seen(5, "failing"))
        assert time.monotonic() - began < 1
        assert len(slow.events(Citation(id="x", url=URL))) == 2
    with Cache(tmp_path / "c.db", "local") as later:
        assert strikes(later.events(Citation(id="x", url=URL)), "local").count == 2
        assert len(later.events(Citation(id="y", url=f"{URL}/2"))) == 1


def test_cache_never_takes_another_file(check: Run, home: Path, world: World) -> None:
    """A document or another program's database is refused and left as it is; so is a cache beside a register."""
    world.page(URL, PAGE)
    (home / "letter.md").write_text("a letter", encoding="utf-8")
    assert check(URL, "--cache", "letter.md").code == 2
    assert (home / "letter.md").read_text() == "a letter"
    with sqlite3.connect(home / "other.db") as other:
        other.execute("CREATE TABLE theirs (a)")
    other.close()
    assert check(URL, "--cache", "other.db").code == 2
    assert check(URL, "--cache", "nowhere/c.db").code == 2
    write_register(home, f"- {{id: a, url: '{URL}'}}\n")
    assert check("--cache", "c.db").code == 2


def test_cache_keeps_what_the_rules_need(tmp_path: Path) -> None:
    """However long the row, a cache row stays short, and strikes and validators come out as from the whole history."""
    events = [seen(60, "alive", etag='"a"'), *(seen(50 - n, "unreachable") for n in range(40)), seen(0, "walled")]
    remember(tmp_path / "c.db", URL, *events)
    with Cache(tmp_path / "c.db", "local") as cache:
        kept = cache.events(Citation(id="x", url=URL))
        assert not cache.events(Citation(id="x", url="https://other.example/"))
    assert len(kept) < 30
    assert validators(kept, "local") == {"etag": '"a"'}
    whole, short = strikes(events, "local"), strikes(kept, "local")
    assert (short.qualifies, short.first_failed_at, short.last_alive_at) == (
        True,
        whole.first_failed_at,
        whole.last_alive_at,
    )


def test_cache_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """A layout that is not known is neither read nor overwritten."""
    remember(tmp_path / "c.db", URL, seen(1, "alive"))
    connection = sqlite3.connect(tmp_path / "c.db")
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(UsageError, match="newer"):
        Cache(tmp_path / "c.db", "local")


# ── a second vantage ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def elsewhere() -> Iterator[Sandbox]:
    """Another internet, in which the source is there."""
    world = World()
    world.page("http://a.example/page", PAGE)
    world.host("b.example")
    with Sandbox(world, lifetime=100) as sandbox:
        yield sandbox


def two_strikes(home: Path, *, url: str = "http://a.example/page", more: str = "") -> None:
    """A register with one citation that failed twice already."""
    write_register(home, f"- {{id: a, url: '{url}'{more}}}\n")
    folder = home / "archive" / "a"
    folder.mkdir(parents=True)
    lines = [
        {"id": f"e{days}", "at": f"{NOW - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}", "event": "check",
         "vantage": "local", "verdict": "unreachable", "reason": "connection-reset"}
        for days in (5, 2)
    ]  # fmt: skip
    (folder / "history.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


@pytest.fixture(autouse=True)
def _second_vantage_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second vantage hears of a source only where ``services`` names it."""
    monkeypatch.setenv("CITEKEEPER_SERVICES", "second-opinion")


def test_second_opinion_needs_to_be_named(
    check: Run, home: Path, elsewhere: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its name in ``services`` the option is refused, and nobody is told anything."""
    two_strikes(home)
    monkeypatch.setenv("CITEKEEPER_SERVICES", "wayback")
    done = check("--second-opinion", elsewhere.proxy_url)
    assert done.code == 2
    assert "second-opinion" in done.err
    assert not list(elsewhere.log)


def test_second_opinion_saves_from_the_third_strike(check: Run, world: World, home: Path, elsewhere: Sandbox) -> None:
    """A source that answers a second vantage stays a warning, now and in later reports; it is asked there once."""
    two_strikes(home)
    world.fault("http://a.example/page", "reset")
    options = ("--retries", "0", "-f", "json")
    done = check(*options, "--second-opinion", elsewhere.proxy_url)
    assert done.code == 0, done.out
    assert done.verdicts == {"http://a.example/page": "unreachable/unreachable-from-here"}
    (found,) = [found for found in done.report["findings"] if found["rule"] == "unreachable"]
    assert found["severity"] == "warning"
    assert "from here only" in found["message"]
    assert len(elsewhere.log) == 1
    last = json.loads((home / "archive/a/history.jsonl").read_text().splitlines()[-1])
    assert last["second_opinion"] == {"verdict": "alive", "reason": "ok"}
    assert check(*options, "--offline").code == 0


def test_second_opinion_that_agrees(check: Run, world: World, home: Path, elsewhere: Sandbox) -> None:
    """Where the second vantage sees no more, the third strike counts."""
    two_strikes(home)
    world.fault("http://a.example/page", "reset")
    elsewhere.world.page("http://a.example/page", "no", status=500)
    done = check("--retries", "0", "-f", "json", "--second-opinion", elsewhere.proxy_url)
    assert done.code == 1
    assert "second vantage" in done.report["findings"][0]["message"]


@pytest.mark.parametrize("case", ["alive", "first strike", "private", "token"])
def test_second_vantage_hears_of_nothing_else(
    check: Run, world: World, home: Path, elsewhere: Sandbox, case: str
) -> None:
    """It is told neither what lives, nor what fails for the first time, nor what is private."""
    url = "http://a.example/page" + ("?access_token=123456789" if case == "token" else "")
    if case == "first strike":
        write_register(home, f"- {{id: a, url: '{url}'}}\n")
    else:
        two_strikes(home, url=url, more=", private: true" if case == "private" else "")
    if case == "alive":
        world.page(url, PAGE)
    else:
        world.fault(url, "reset")
    check("--retries", "0", "-f", "json", "--second-opinion", elsewhere.proxy_url)
    assert not elsewhere.log


def test_strict_asks_at_once(check: Run, world: World, elsewhere: Sandbox) -> None:
    """With ``--strict`` the first failure would be an error, so the second vantage is asked then."""
    world.fault("http://a.example/page", "reset")
    options = ("http://a.example/page", "--retries", "0", "-f", "jsonl", "--strict")
    assert check(*options).code == 1
    done = check(*options, "--second-opinion", elsewhere.proxy_url)
    assert done.code == 0
    assert done.entries[0]["reason"] == "unreachable-from-here"


def test_bad_proxy_is_a_usage_error(check: Run) -> None:
    """What is no proxy is refused, without its password."""
    for address in (
        "gopher://user:hunter2@p.example",
        "http://user:hunter2@p:99999",
        "http://user:hunter2/x@p.example:1",
    ):
        done = check("http://a.example/", "--second-opinion", address)
        assert done.code == 2
        assert "hunter2" not in done.err


def test_run_too_asks_a_second_vantage_and_says_so_before(
    check: Run, world: World, home: Path, elsewhere: Sandbox, capfd: pytest.CaptureFixture[str]
) -> None:
    """``run --second-opinion`` weighs the same way, and ``--dry-run`` names who would hear of what."""
    from citekeeper.__main__ import main

    two_strikes(home)
    world.fault("http://a.example/page", "reset")
    proxy = elsewhere.proxy_url.replace("://", "://user:hunter2@")
    assert main(["run", "--dry-run", "--second-opinion", proxy]) == 0
    told = capfd.readouterr().out
    assert f"second vantage {elsewhere.proxy_url.replace('://', '://…@')}" in told
    assert "hunter2" not in told
    assert not elsewhere.log
    command = [sys.executable, "-m", "citekeeper", "run", "--retries", "0", "-q"]
    done = subprocess.run(
        [*command, "--second-opinion", elsewhere.proxy_url], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads((home / "reports/report.json").read_text())["citations"][0]["reason"] == "unreachable-from-here"


def test_million_lines_leave_no_trace_in_memory(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Streaming keeps no entry, no address and no page: twice as many lines take no more memory, but for hashes."""
    import tracemalloc

    from citekeeper.commands import links

    monkeypatch.setattr(links, "_WINDOW", 1000)

    def peak(count: int) -> int:
        monkeypatch.setattr("sys.stdin", _Endless(count))
        tracemalloc.start()
        try:
            total = sum(1 for _ in links.streamed(["-"]))
            assert total == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1000)
    assert peak(40_000) < 1.2 * peak(10_000)


class _Endless:
    """A stdin of so many different addresses."""

    def __init__(self, count: int) -> None:
        self._lines = (b"https://h%d.example/\n" % number for number in range(count))
        self.buffer = self

    def readline(self, _limit: int) -> bytes:
        """The next address."""
        return next(self._lines, b"")
