"""page.html in a real browser: it shows its frames, and nothing in it runs or asks for anything."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive.harmless import VECTORS
from archive.support import HTML, NOON, exchange, hop, page
from archive.test_archive_page_attacks import STRANGE_SHEETS
from citekeeper.archive.page import write_page
from citekeeper.model import Shows

from .conftest import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
_EVIL = "document.title='EVIL';top.document.title='EVIL';new Image().src='https://evil.example/leak'"
_PARTS = "<a id=to href=#end>down</a><p style='margin-top:3000px' id=end>End"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser with which pages are looked at."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield launched
        launched.close()


def test_frames_are_shown_and_nothing_runs(browser: Browser, tmp_path: Path) -> None:
    """Every hostile page in a frame of its own: all are shown, none runs, none asks, and links to parts work."""
    bodies = [f"<p>shown{vector.replace('evil()', _EVIL)}" for vector in VECTORS] + [f"<p>shown{_PARTS}"]
    frames = [
        exchange(hop(f"https://news.example/{number}", HTML, body.encode())) for number, body in enumerate(bodies)
    ]
    main = page("<title>Calm</title>" + "".join(f"<iframe src=/{number}></iframe>" for number in range(len(frames))))
    path = tmp_path / "page.html"
    with path.open("wb") as stream:
        write_page(stream, main, frames, None, NOON, Shows.SOURCE)
    asked: list[str] = []
    said: list[str] = []
    shown = browser.new_context(offline=True).new_page()
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("console", lambda message: said.append(message.text))
    shown.goto(path.as_uri(), wait_until="load")
    assert said == []  # looking into the frames makes the browser complain of the looking
    inner = [frame for frame in shown.frames[1:] if frame.parent_frame is shown.main_frame]
    assert len(inner) == len(frames)
    assert all("shown" in frame.inner_text("body") for frame in inner)
    last = next(frame for frame in inner if frame.query_selector("#to"))
    last.click("#to")
    last.wait_for_url("about:srcdoc#end")
    assert shown.title() == "Calm"
    shown.close()
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]


_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_COVER = "position:fixed!important;inset:0!important;z-index:2147483647!important;background:red!important"
_AGAINST_THE_BAR = [
    "<style>html,body{display:none!important;opacity:0!important;visibility:hidden!important}</style>",
    "<style>html{transform:translate(-999px);clip-path:inset(100%);filter:opacity(0);zoom:.1;rotate:9deg}</style>",
    "<style>:root:root:root::after{content:'All is well'!important;color:transparent!important;all:unset}</style>",
    "<style>@layer{html::after{display:none!important}}html::before{display:none!important}</style>",
    "<style>html{position:relative;margin:-500px 0 0 -9999px!important;width:0!important}</style>",
    "<style>body{display:grid;grid-template-columns:1fr 1fr}html{display:flex;flex-direction:row-reverse}</style>",
    "<style>html{offset-path:path('M-999 -999');columns:3;contain:strict;content-visibility:hidden}</style>",
    "<style>html{transform-style:preserve-3d;perspective:9px}body,b{transform:translateZ(5px)}</style><b>x</b>",
    "<style>*{unicode-bidi:bidi-override!important;direction:rtl!important}</style>",
    "<style>@font-face{font-family:system-ui;src:local('DejaVu Serif');size-adjust:900%}</style>",
    f"<style>html{{overflow:scroll;scroll-marker-group:before}}html::scroll-button(*){{content:'x';{_COVER}}}</style>",
    "<style>html{overflow:hidden}p{scroll-initial-target:nearest!important;margin-top:3000px}</style>",
    f"<style>body::after,body::before,p::after{{content:'x';{_COVER}}}</style>",
    f"<div style='{_COVER}'>x</div><dialog open style='{_COVER}'>x</dialog><svg style='{_COVER}'></svg>",
    f"<iframe srcdoc='<body style=background:red>' style='{_COVER}'></iframe>",
]


def _written(path: Path, html: str) -> Path:
    with path.open("wb") as stream:
        write_page(stream, page(html), (), None, NOON, Shows.SOURCE)
    return path


def test_the_bar_stays_what_it_is_whatever_the_page_does(browser: Browser, tmp_path: Path) -> None:
    """Hidden, moved, covered, reworded: to the pixel it is the bar of a page that tries nothing."""
    shown = browser.new_page(viewport={"width": 900, "height": 400})
    pictures = []
    for attack in ("", *_AGAINST_THE_BAR):
        shown.goto(_written(tmp_path / "page.html", f"<!DOCTYPE html>{attack}<p>words").as_uri())
        pictures.append(shown.screenshot(clip={"x": 0, "y": 0, "width": 880, "height": 40}))
    shown.close()
    assert [
        attack for attack, picture in zip(_AGAINST_THE_BAR, pictures[1:], strict=True) if picture != pictures[0]
    ] == []


def test_nothing_is_asked_for_even_without_the_policy(browser: Browser, tmp_path: Path) -> None:
    """The policy is the second wall: without it, no style sheet and no element fetches or runs anything either."""
    shown = browser.new_context(offline=True).new_page()
    asked: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    path = tmp_path / "page.html"
    for hostile in (*(f"<style>{css}</style><p>x" for css in STRANGE_SHEETS), *VECTORS):
        text = _written(path, hostile.replace("evil()", _EVIL)).read_text(encoding="utf-8")
        path.write_text(_POLICY.sub("", text), encoding="utf-8")
        shown.goto(path.as_uri(), wait_until="load")
        assert shown.title() != "EVIL"
        assert shown.evaluate("document.characterSet") == "UTF-8"
    shown.close()
    assert {url for url in asked if not url.startswith("data:")} == {path.as_uri()}


def test_a_page_begins_under_the_bar_and_in_its_own_mode(browser: Browser, tmp_path: Path) -> None:
    """What a page places at the top of its window is not hidden, and a page of the 1990s is laid out as one."""
    shown = browser.new_page(viewport={"width": 900, "height": 400})
    header = "<body style='margin:0'><b id=top style='position:absolute;top:0;left:0'>Header</b>"
    for start, mode in (("<!DOCTYPE html>", "CSS1Compat"), ("", "BackCompat")):
        shown.goto(_written(tmp_path / "page.html", f"{start}<html>{header}").as_uri())
        bar = shown.evaluate("parseFloat(getComputedStyle(document.documentElement, '::after').height)")
        assert bar >= 30
        assert shown.evaluate("document.getElementById('top').getBoundingClientRect().top") == pytest.approx(bar, abs=1)
        assert shown.evaluate("document.compatMode") == mode
        assert shown.evaluate("document.elementFromPoint(50, 10).href") == page("").url
    shown.close()
