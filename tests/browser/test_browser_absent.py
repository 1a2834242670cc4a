"""Without a browser: what a run says, and which pages it would have shown to one. No Chromium is needed here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from citekeeper.archive.browser import find_browser
from citekeeper.archive.rendered import as_shown, needs_scripts
from citekeeper.errors import UsageError
from citekeeper.model import Exchange, Hop, Reading, Rendering
from citekeeper.sandbox import Sandbox
from citekeeper.sandbox.world import World

from .conftest import STORY, captures, cite, run, stage

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """The story's web."""
    world = World()
    stage(world)
    with Sandbox(world) as sandbox:
        yield sandbox


def test_auto_without_a_browser_says_so_once(tmp_path: Path, sandbox: Sandbox) -> None:
    """The page is kept as the server sent it, and one sentence says what is missing and what would mend it."""
    cite(tmp_path, {"story": STORY, "again": f"{STORY}?again"})
    done = run(tmp_path, sandbox, "archive", "--to", "local", env={"PATH": "/nonexistent"})
    assert done.err.count("No browser:") == 1, done.err
    assert "no Chromium, Chrome or Edge was found" in done.err
    assert not (captures(tmp_path)[0].folder / "screenshot.png").exists()
    assert captures(tmp_path)[0].manifest["browser"] is None


def test_never_says_nothing(tmp_path: Path, sandbox: Sandbox) -> None:
    """Who wants no browser is not told that there is none."""
    cite(tmp_path, {"story": STORY})
    done = run(tmp_path, sandbox, "archive", "--to", "local", "--browser", "never", env={"PATH": "/nonexistent"})
    assert "rowser" not in done.err + done.out


@pytest.mark.parametrize(
    ("options", "env", "words"),
    [
        (["--browser", "always"], {"PATH": "/nonexistent"}, "--browser always needs a browser"),
        (["--browser", "sometimes"], {}, "--browser"),
        ([], {"CITEKEEPER_BROWSER_PATH": "/nonexistent/chrome"}, "browser_path"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_before_anything_is_fetched(
    tmp_path: Path, sandbox: Sandbox, options: list[str], env: dict[str, str], words: str
) -> None:
    """Exit 2, with the act that mends it, and no request was made."""
    cite(tmp_path, {"story": STORY})
    done = run(tmp_path, sandbox, "archive", "--to", "local", *options, env=env)
    assert done.code == 2
    assert words in done.err
    assert sandbox.world.hits(STORY) == 0


def test_browser_that_cannot_start_is_told_and_the_run_goes_on(tmp_path: Path, sandbox: Sandbox) -> None:
    """A program that is no browser: the pages are kept without it, and the folder it lies in is not told."""
    false = tmp_path / "secret-name" / "chrome"
    false.parent.mkdir()
    false.write_text("#!/bin/sh\nexit 1\n")
    false.chmod(0o755)
    cite(tmp_path, {"story": STORY})
    done = run(tmp_path, sandbox, "archive", "--to", "local", env={"CITEKEEPER_BROWSER_PATH": str(false)})
    assert done.code == 0, done.err
    assert "the browser could not be started" in done.err
    assert "secret-name" not in done.err
    assert captures(tmp_path)[0].manifest["browser"]["fault"].startswith("the browser could not be started")


def _page(body: str, url: str = "https://news.example/a", head: bytes = _HEAD) -> Hop:
    return Hop(url, 200, head, body.encode())


_LONG = Reading(("A paragraph that says a good deal more than a program's shell ever would. " * 4,))


@pytest.mark.parametrize(
    ("hop", "text", "needs"),
    [
        (_page("<div id=app></div><script src=a.js></script>"), None, True),
        (_page("<div id=app></div><SCRIPT src=a.js></SCRIPT>"), Reading(("Loading…",)), True),
        (_page("<frameset cols=9%,*><FRAME SRC=a><frame src=b></frameset>"), None, True),
        (_page("<p>See:</p><iframe src=a></iframe>"), Reading(("See:",)), True),
        (_page("<p>long</p><iframe src=a></iframe>"), _LONG, False),
        (_page("<p>Short, but all there is.</p>"), Reading(("Short, but all there is.",)), False),
        (_page("<script>0</script><p>long</p>"), _LONG, False),
        (_page("<p>long</p>", "https://mobile.twitter.com/a/status/1"), _LONG, True),
        (_page("<p>long</p>", "https://nottwitter.com/a/status/1"), _LONG, False),
        (_page("<script>", head=b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"), None, False),
    ],
)
def test_which_pages_need_scripts(hop: Hop, text: Reading | None, needs: bool) -> None:
    """Hardly any text beside scripts or frames, or a site that is known for it; nothing that is no page."""
    assert needs_scripts(hop, text) is needs


def test_page_as_shown_keeps_the_redirects_and_never_the_record() -> None:
    """Only a rendering that counts stands in for the page, and the exchange that was recorded stays as it is."""
    from citekeeper.clock import SystemClock

    exchange = Exchange("https://a.example/", hops=(Hop("https://a.example/", 302, b""), _page("<p>received")))
    rendering = Rendering("b", "u", (1, 1), SystemClock().now(), document="<p>shown — €")
    assert as_shown(exchange, rendering) is exchange
    assert as_shown(exchange, None) is exchange
    from dataclasses import replace

    shown = as_shown(exchange, replace(rendering, counts=True))
    assert [hop.status for hop in shown.hops] == [302, 200]
    assert shown.hops[-1].content() == "<p>shown — €".encode()
    assert exchange.hops[-1].body == b"<p>received"


def test_find_browser_takes_the_one_that_is_named(tmp_path: Path) -> None:
    """The setting wins over PATH, and must be a program."""
    for name in ("chromium", "mine"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    environ = {"PATH": str(tmp_path)}
    assert find_browser(None, environ) == (tmp_path / "chromium", "")
    assert find_browser(str(tmp_path / "mine"), environ) == (tmp_path / "mine", "")
    (tmp_path / "mine").chmod(0o644)
    with pytest.raises(UsageError, match="browser_path"):
        find_browser(str(tmp_path / "mine"), environ)


def test_without_playwright_there_is_no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Then the sentence names the extra to install."""
    monkeypatch.setattr("citekeeper.archive.browser.finding.find_spec", lambda _: None)
    found, missing = find_browser(None, {"PATH": str(tmp_path)})
    assert found is None
    assert "citekeeper[browser]" in missing
