"""Tools that are not ours agree on a browser's capture, and ReplayWeb.page shows our packages as they were."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from citekeeper.sandbox import Sandbox
from citekeeper.sandbox.sites.pictures import png
from citekeeper.sandbox.world import World

from .conftest import CHROMIUM, PARAGRAPHS, QUOTE, STORY, Kept, captures, cite, run, stage
from .replaying import served

VALIDATORS = Path(os.environ.get("CITEKEEPER_VALIDATORS") or "/nonexistent")
PLAIN = "https://plain.example/report"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.soak,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


def _tool(environment: str, name: str) -> str:
    path = VALIDATORS / environment / name
    if not path.exists():
        pytest.skip(f"{environment} is not in $CITEKEEPER_VALIDATORS (`make test` brings it)")
    return str(path)


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "ignore"}
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Kept]:
    """The scripted story as a browser showed it, and an ordinary page without any browser."""
    home = cite(tmp_path_factory.mktemp("replayed"), {"fn1": STORY, "fn2": PLAIN})
    world = World()
    stage(world)
    page = "<title>Report</title><link rel=stylesheet href=/report.css><h1>Report</h1><img src=/chart.png alt=''>"
    world.page(PLAIN, f"{page}<p>{QUOTE}.</p>" + "<p>And so on.</p>" * 30)
    world.page("https://plain.example/report.css", "body{background:rgb(1,2,3)}", media_type="text/css")
    world.page("https://plain.example/chart.png", png(64, 32, (0, 90, 0), (0, 0, 0)), media_type="image/png")
    with Sandbox(world) as sandbox:
        for name, browser in (("fn1", "always"), ("fn2", "never")):
            assert run(home, sandbox, "archive", name, "--to", "local", "--browser", browser).code == 0
    return {"browser": captures(home, "fn1")[0], "plain": captures(home, "fn2")[0]}


def _warc(kept: Kept, place: Path) -> str:
    with zipfile.ZipFile(kept.folder / "capture.wacz") as members:
        return members.extract("archive/data.warc.gz", place)


def test_py_wacz_validates(kept: dict[str, Kept]) -> None:
    """`wacz validate -f` accepts a package with a picture and a document in it."""
    result = _run(_tool("wacz", "bin/wacz"), "validate", "-f", str(kept["browser"].folder / "capture.wacz"))
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Validation succeeded" in result.stdout


def test_warcio_and_fastwarc_check(kept: dict[str, Kept], tmp_path: Path) -> None:
    """Every digest is right to both; of a revisit, FastWARC wants the payload that is elsewhere."""
    warc = _warc(kept["browser"], tmp_path)
    result = _run(_tool("warcio", "bin/warcio"), "check", "-v", warc)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "fail" not in result.stdout
    listed = _run(_tool("warcio", "bin/warcio"), "index", "-f", "warc-type,warc-record-id,warc-target-uri", warc).stdout
    assert (
        f'"resource", "warc-record-id": "{_id_of(listed, "resource")}", "warc-target-uri": "urn:view:{STORY}"' in listed
    )
    report = tmp_path / "report"
    _run(_tool("fastwarc", "bin/fastwarc"), "check", "-q", "-p", "-o", str(report), warc)
    failed = [line.split()[0].rstrip(":") for line in report.read_text().splitlines() if "FAIL" in line]
    assert set(failed) <= set(re.findall(r'"warc-type": "revisit", "warc-record-id": "([^"]+)"', listed))


def _id_of(listed: str, kind: str) -> str:
    found = re.search(rf'"warc-type": "{kind}", "warc-record-id": "([^"]+)"', listed)
    assert found, listed
    return found[1]


@pytest.fixture
def pywb(kept: dict[str, Kept], tmp_path: Path) -> Iterator[int]:
    """A pywb on loopback that holds the browser's capture."""
    manager, wayback = _tool("pywb", "bin/wb-manager"), _tool("pywb", "bin/wayback")
    environment = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "ignore"}
    warc = _warc(kept["browser"], tmp_path)
    for command in (["init", "all"], ["add", "all", warc]):
        subprocess.run([manager, *command], cwd=tmp_path, check=True, capture_output=True, env=environment)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [wayback, "-b", "127.0.0.1", "-p", str(port)],
        cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield port
    server.kill()
    server.wait(timeout=10)


def test_pywb_replays_what_scripts_fetched(pywb: int) -> None:
    """What only the browser's scripts asked for comes back, coded as the server sent it."""
    connection = http.client.HTTPConnection("127.0.0.1", pywb, timeout=20)
    connection.putrequest("GET", "/all/id_/https://spa.example/api/story.json", skip_accept_encoding=True)
    connection.putheader("Accept-Encoding", "gzip")
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, answer.read(2)) == (200, b"\x1f\x8b")
    connection.close()


@pytest.mark.parametrize(("name", "url", "words"), [("browser", STORY, PARAGRAPHS[2]), ("plain", PLAIN, QUOTE)])
def test_replayweb_page_shows_text_styles_and_images(kept: dict[str, Kept], name: str, url: str, words: str) -> None:
    """In ReplayWeb.page, offline, the page has its text (which scripts made), its computed style and its picture."""
    from playwright.sync_api import sync_playwright

    tool = Path(_tool("replaywebpage", "package/sw.js")).parent
    switches = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-sync"]
    switches.append("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    with served(kept[name].folder / "capture.wacz", tool, url) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=switches, chromium_sandbox=os.geteuid() != 0
        )
        page = browser.new_page()
        page.goto(base)
        replayed = page.frame_locator("replay-web-page iframe").frame_locator("replay-app-main iframe")
        replayed.get_by_text(words).wait_for(timeout=40_000)
        body, image = replayed.locator("body"), replayed.locator("img").first
        assert body.evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(1, 2, 3)"
        assert image.evaluate("async image => { await image.decode(); return image.naturalWidth; }") in (64, 128)
        browser.close()
