"""The browser under hostile pages and sudden ends: every page gets an answer in time, and nothing stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from citekeeper.archive.browser import Browser, visit
from citekeeper.clock import SystemClock
from citekeeper.model import Exchange, Failure, FailureKind, FetchRequest, Hop, Rendering
from citekeeper.sandbox import Sandbox
from citekeeper.sandbox.world import World

from .conftest import CHROMIUM, cite

pytestmark = [
    pytest.mark.browser,
    pytest.mark.soak,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found through /proc"),
]

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def page(body: str, url: str = "https://a.example/") -> Exchange:
    """A page that was fetched."""
    return Exchange(url, hops=(Hop(url, 200, _HEAD, body.encode()),))


class Shown:
    """Waits for what the browser made of pages."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def __call__(self, body: str, seconds: float = 60) -> Rendering:
        """One page, shown."""
        done, answer = threading.Event(), []

        def take(rendering: Rendering) -> None:
            answer.append(rendering)
            done.set()

        self._browser.visit(page(body), take)
        assert done.wait(seconds), "the browser gave no answer"
        return answer[0]


def refuse(request: FetchRequest, answered: Callable[[Exchange], None]) -> None:
    """A fetcher that brings nothing."""
    answered(Exchange(request.url, failure=Failure(FailureKind.CONNECT_REFUSED, "refused")))


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A browser whose fetcher brings nothing."""
    assert CHROMIUM
    made = Browser(Path(CHROMIUM), refuse, SystemClock())
    yield made
    made.close()


def descendants(pid: int) -> list[int]:
    """All processes below ``pid``."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            below.setdefault(int(fields[1]), []).append(int(entry.name))
    found, ahead = [], [pid]
    while ahead:
        children = below.get(ahead.pop(), [])
        found += children
        ahead += children
    return found


def command_of(pid: int) -> str:
    """A process's command line; "" where it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def browsers(pid: int) -> list[int]:
    """The main processes of the browsers below ``pid``."""
    return [p for p in descendants(pid) if "--proxy-server=" in command_of(p) and "--type=" not in command_of(p)]


def test_dead_browser_is_started_again(browser: Browser) -> None:
    """Killed between two pages, it is back for the second; closed, it leaves no process."""
    shown = Shown(browser)
    assert shown("<p>one").screenshot
    first = browsers(os.getpid())
    assert first
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    assert shown("<p>two").screenshot
    assert browser.trouble is None
    browser.close()
    assert browsers(os.getpid()) == []


def test_endless_script_is_ended(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that never lets go of its thread loses its turn, and the next one is shown."""
    monkeypatch.setattr("citekeeper.archive.browser.browser.PAGE_SECONDS", 5.0)
    shown = Shown(browser)
    faulty = shown("<p>before</p><script>while (true) {}</script>")
    assert faulty.fault
    assert faulty.screenshot is None
    assert shown("<p>after").screenshot


def test_hostile_pages_are_shown_or_given_up(browser: Browser) -> None:
    """Dialogs, pop-ups, navigation in circles, other schemes, downloads: each ends in a picture or a sentence."""
    shown = Shown(browser)
    for body in (
        "<script>alert(1); confirm(2); prompt(3); onbeforeunload = () => 'stay'</script><p>said",
        "<script>window.open('https://pop.example/'); window.open('about:blank')</script><p>said",
        "<script>location.href = 'file:///etc/passwd'</script><p>said",
        "<script>if (!location.hash) location.hash = 'x'; else location.reload()</script><p>said",
        "<script>Object.prototype.toJSON = () => { throw 1 }; Node.prototype.cloneNode = null</script><p>said",
        "<meta http-equiv=refresh content='0;url=chrome://version'><p>said",
        "<script>document.open(); document.close(); document.documentElement.remove()</script>",
    ):
        rendering = shown(body)
        assert rendering.screenshot or rendering.fault, body
        assert "root:" not in (rendering.document or "")


def test_fetcher_that_never_answers_costs_the_page_its_time_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was not answered is listed, and the page is pictured without it."""
    assert CHROMIUM
    monkeypatch.setattr(visit, "_LOAD_SECONDS", 2.0)
    monkeypatch.setattr(visit, "_SETTLE_SECONDS", 1.0)
    browser = Browser(Path(CHROMIUM), lambda *_: None, SystemClock())
    try:
        rendering = Shown(browser)("<p>said<img src=/never.png>")
    finally:
        browser.close()
    assert rendering.screenshot, rendering.fault
    assert not rendering.settled
    assert dict(rendering.left_out)["https://a.example/never.png"] == "no answer within the page's time"


def test_closed_browser_answers_for_its_pages(browser: Browser) -> None:
    """A page that waits when the browser is closed is given up, not forgotten."""
    answers: list[Rendering] = []
    for _ in range(5):
        browser.visit(page("<p>x"), answers.append)
    browser.close()
    assert len(answers) == 5
    assert browsers(os.getpid()) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_program(tmp_path: Path, how: signal.Signals) -> None:
    """Interrupted or killed while the browser is at work, it takes the browser along; Ctrl-C is exit 130."""
    world = World()
    world.page("https://slow.example/", "<title>Slow</title><script src=/slow.js></script>")
    world.page("https://slow.example/slow.js", "0", media_type="text/javascript", delay=30.0)
    cite(tmp_path, {"slow": "https://slow.example/"})
    environ = {name: value for name, value in os.environ.items() if name != "CITEKEEPER_BROWSER"}
    with Sandbox(world) as sandbox:
        child = subprocess.Popen(
            [sys.executable, "-m", "citekeeper", "archive", "--to", "local", "--no-progress"],
            cwd=tmp_path, env={**environ, **sandbox.environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + 40
        while world.hits("https://slow.example/slow.js") == 0 and time.monotonic() < deadline:
            time.sleep(0.1)
        started = descendants(child.pid)
        assert browsers(child.pid)
        child.send_signal(how)
        code = child.wait(timeout=30)
    assert code == (130 if how is signal.SIGINT else -signal.SIGKILL)
    deadline = time.monotonic() + 15
    while any("--proxy-server=" in command_of(pid) for pid in started) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [command_of(pid) for pid in started if "--proxy-server=" in command_of(pid)] == []
