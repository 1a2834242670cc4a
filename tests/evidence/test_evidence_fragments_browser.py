"""Text fragments in a real browser: what it scrolls to is the passage."""

from __future__ import annotations

import html
import shutil
import subprocess
from pathlib import Path

import pytest

from citekeeper.evidence import find_quote
from citekeeper.model import Where

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]
_FILLER = "Nothing of what stands here is quoted anywhere, and it goes on for a while."


@pytest.mark.parametrize(
    ("paragraph", "quote"),
    [
        ("Costs rose by 3-4 %, profits & wages fell, she said.", "3-4 %, profits & wages fell"),
        ("Он сказал: «этого — никогда не было», и ушёл.", "этого — никогда не было"),
        ("It was said once more in the long report of the committee that had been set up to look into the case.",
         "the long report of the committee that had been set up to look into the case"),
    ],
)  # fmt: skip
def test_the_browser_scrolls_to_the_passage(tmp_path: Path, paragraph: str, quote: str) -> None:
    """Commas, hyphens, ampersands and Cyrillic survive the way into the address."""
    paragraphs = [*([_FILLER] * 200), paragraph, *([_FILLER] * 200)]
    match = find_quote(quote, paragraphs, Where.LIVE)
    assert match.found
    assert match.fragment is not None
    body = "".join(f"<p{' id=here' if text == paragraph else ''}>{html.escape(text)}</p>" for text in paragraphs)
    # The browser tells by the place it scrolled to: the passage within the window.
    script = (
        "<script>setTimeout(() => { const box = document.getElementById('here').getBoundingClientRect();"
        "document.title = box.top >= 0 && box.bottom <= innerHeight && scrollY > 500 ? 'REACHED' : 'MISSED ' + scrollY"
        "}, 1500)</script>"
    )
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><title>-</title>{body}{script}", encoding="utf-8")
    done = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--proxy-server=http://127.0.0.1:9",
            f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=4000", "--dump-dom",
            page.as_uri() + match.fragment,
        ],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "<title>REACHED</title>" in done.stdout
