"""The report in a real browser: it opens from disk, without a console error and without a wish for the network."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from citekeeper.reports import render, write_site

from .canned import canned

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


def opened(page: Path, profile: Path) -> subprocess.CompletedProcess[str]:
    """The page's DOM on stdout and the console's lines on stderr."""
    assert CHROMIUM
    return subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--proxy-server=http://127.0.0.1:9",
            f"--user-data-dir={profile}",
            "--enable-logging=stderr",
            "--v=0",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


def messages(said: str) -> list[str]:
    """What pages told the console; the browser's own, which it opens beside ours, are slow on a busy machine."""
    return [line for line in said.splitlines() if "CONSOLE" in line and "source: chrome://" not in line]


@pytest.mark.parametrize("name", ["index.html", "citations/fn3.html", "citations/fn5.html", "single.html"])
def test_page_opens_without_a_console_error(tmp_path: Path, name: str) -> None:
    """No script ran, nothing was blocked, nothing failed to load."""
    folder = tmp_path / "reports"
    write_site(canned(stage_set=True), folder, formats=["html"])
    (folder / "single.html").write_text(render(canned(), "html"), encoding="utf-8")
    done = opened(folder / name, tmp_path / "profile")
    assert messages(done.stderr) == []
    assert "</html>" in done.stdout
    assert "<script" not in done.stdout


def test_the_check_sees_console_errors(tmp_path: Path) -> None:
    """A page that breaks its own policy does show up, so silence above means something."""
    page = tmp_path / "bad.html"
    page.write_text(render(canned(), "html").replace("<body>", '<body style="color:red">'), encoding="utf-8")
    assert messages(opened(page, tmp_path / "profile").stderr)
