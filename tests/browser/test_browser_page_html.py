"""page.html in a real browser: it shows its frames, and nothing in it runs or asks for anything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive.harmless import VECTORS
from archive.support import HTML, NOON, exchange, hop, page
from citekeeper.archive.page import write_page
from citekeeper.model import Shows

from .conftest import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
_EVIL = "document.title='EVIL';top.document.title='EVIL';new Image().src='https://evil.example/leak'"
_PARTS = "<a id=to href=#end>down</a><p style='margin-top:3000px' id=end>End"


def test_frames_are_shown_and_nothing_runs(tmp_path: Path) -> None:
    """Every hostile page in a frame of its own: all are shown, none runs, none asks, and links to parts work."""
    from playwright.sync_api import sync_playwright

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
    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        try:
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
        finally:
            browser.close()
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
