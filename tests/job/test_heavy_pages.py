"""Hostile and merely large pages through the whole of a run: bounded memory and time, and the bytes are sealed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from citekeeper.archive import Archive, verify
from citekeeper.clock import SystemClock
from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import Citation
from citekeeper.pipeline import readings
from citekeeper.pipeline.capturing import Keeping
from citekeeper.pipeline.observe import Observer
from citekeeper.pipeline.work import Work
from citekeeper.processes import WhenHeavy
from citekeeper.settings import load_settings
from loopback_site import LoopbackSite

TEXT = (
    "<title>The bridge</title><h1>The bridge</h1>" + "<p>The mayor told reporters that the bridge was closed.</p>" * 9
)
ROOT = Path(__file__).parents[2]
_HAS_COUNTS = Path("/proc/self/status").exists()

_ARCHIVE = """
import resource, sys
from citekeeper.__main__ import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
own = int(status["VmHWM"].split()[0]) >> 10  # the kernel counts what began a process into its ru_maxrss
print("PEAKS", own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10, code)
"""


def _bomb(megabytes: int, unit: bytes, beginning: bytes = b"") -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = unit * ((1 << 20) // len(unit))
    return engine.compress(beginning) + b"".join(engine.compress(block) for _ in range(megabytes)) + engine.flush()


class _Site(LoopbackSite):
    """One page; what it names is a megabyte each."""

    def __init__(self) -> None:
        self.body, self.kind, self.encoding = b"", "text/html; charset=utf-8", ""
        super().__init__(self._answer)

    def _answer(self, request: BaseHTTPRequestHandler) -> tuple[str, bytes]:
        if request.path != "/story":
            return "image/png", b"\x89PNG\r\n\x1a\n" + random.Random(request.path).randbytes(1 << 20)
        coding = f"\r\nContent-Encoding: {self.encoding}" if self.encoding else ""
        return self.kind + coding, self.body


@pytest.fixture
def site() -> Iterator[_Site]:
    """A site without a page."""
    made = _Site()
    yield made
    made.close()


def _peaks(site: _Site, home: Path) -> tuple[int, int]:
    """MiB that `citekeeper archive` of the page took at most, and that the largest of its processes took."""
    register = f"version: 1\ncitations:\n  - {{id: fn1, title: The bridge, url: '{site.url}/story'}}\n"
    (home / "citations.yaml").write_text(register)
    arguments = ["archive", "--to", "local", "--allow-private", "--browser", "never", "--no-progress", "--retries", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "CITEKEEPER_CACHE_DIR": str(home / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", _ARCHIVE, *arguments],
        cwd=home, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    own, child, code = done.stdout.split("PEAKS")[1].split()
    assert code in ("0", "1"), done.stderr
    assert [problem.what for problem in verify(home / "archive")] == []
    return int(own), int(child)


@pytest.mark.skipif(not _HAS_COUNTS, reason="memory is counted by Linux's /proc")
def test_a_bomb_of_300_megabytes(site: _Site, tmp_path: Path) -> None:
    """A page that unpacks to 300 MB of tags is read, shown and hashed in less than 300 MB, and sealed as it came."""
    site.body, site.encoding = _bomb(300, b"<p>a", TEXT.encode()), "gzip"
    own, child = _peaks(site, tmp_path)
    assert own < 300
    assert child < 300
    manifest = json.loads(next((tmp_path / "archive" / "fn1").glob("2*/manifest.json")).read_text())
    assert (manifest["body_bytes"], manifest["decoded_body_sha256"]) == (len(site.body), None)


@pytest.mark.soak
@pytest.mark.skipif(not _HAS_COUNTS, reason="memory is counted by Linux's /proc")
@pytest.mark.parametrize("name", ["zeros", "plain", "cyrillic", "pictures", "picture", "data", "paragraphs"])
def test_large_pages_take_less_than_300_megabytes(site: _Site, tmp_path: Path, name: str) -> None:
    """Whatever it is that makes them large."""
    text = TEXT.encode()
    site.body = {
        "zeros": lambda: _bomb(300, bytes(1 << 20)),
        "plain": lambda: (text + b"<p>The mayor told reporters on Monday.</p>\n" * 1_600_000)[: 64 << 20],
        "cyrillic": lambda: text + ("<p>Мэр сказал в понедельник, что мост закрыт.</p>\n" * 1_100_000).encode("cp1251"),
        "pictures": lambda: text + b"".join(b"<img src=/%d.png>" % number for number in range(200)),
        "picture": lambda: b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(60 << 20),
        "data": lambda: text + b"<img src='data:image/svg+xml," + b"%41" * (5 << 20) + b"'>",
        "paragraphs": lambda: text + b"<p>A short line.</p>" * 100_000,
    }[name]()
    site.encoding = "gzip" if name == "zeros" else ""
    site.kind = {"picture": "image/png", "cyrillic": "text/html; charset=windows-1251"}.get(name, site.kind)
    own, child = _peaks(site, tmp_path)
    most = 340 if name == "pictures" else 300  # all of a page's 128 MiB of requisites are sealed at once
    assert own < most
    assert child < most


def _observed(site: _Site, home: Path) -> Work:
    settings = load_settings(command_line={"vantage": "local", "allow_private": True})
    keeping = Keeping(Archive(home, SystemClock()), home, None, {}, capture=True)
    workers = WhenHeavy()
    try:
        with Engine(EngineConfig(allow_private=True, retries=0)) as engine:
            observer = Observer(engine, settings, SystemClock(), random.Random(1), keeping=keeping, workers=workers)
            (work,) = observer.observe([Citation("fn1", url=f"{site.url}/story", title="The bridge")])
    finally:
        workers.close()
    return work


def test_what_is_not_read_in_time_is_sealed_and_said(
    site: _Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One page alone, whose reading and page.html take too long: a sentence for each, and the bytes are kept."""
    monkeypatch.setattr(readings, "READING_SECONDS", 0.01)
    monkeypatch.setattr("citekeeper.pipeline.capturing.SEALING_SECONDS", 0.01)
    site.body = TEXT.encode() + b"<p>The mayor told reporters on Monday.</p>" * 20_000
    work = _observed(site, tmp_path)
    assert list(work.notes) == [
        "fn1: its text could not be read: It took more than 0.01 seconds.",
        "fn1: no page.html was made, but capture.wacz holds what was received: It took more than 0.01 seconds.",
    ]
    (folder,) = (tmp_path / "fn1").glob("2*")
    assert sorted(path.name for path in folder.iterdir()) == ["capture.wacz", "manifest.json"]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["body_bytes"] == len(site.body)
    assert "No page.html could be made of it: It took more than 0.01 seconds." in manifest["warnings"]
    assert [problem.what for problem in verify(tmp_path)] == []


def test_what_a_page_names_without_end_is_cut(site: _Site, tmp_path: Path) -> None:
    """Addresses as long as books, and a million of them, make no manifest that nobody can read."""
    long = "".join(f"<img src=/{number}{'x' * 20_000}.png>" for number in range(40))
    many = ", ".join(f"/{number}.png?{'y' * 3_000} {number}w" for number in range(2_000))
    site.body = f"{TEXT}{long}<img srcset='{many}'>".encode()
    _observed(site, tmp_path)
    (path,) = (tmp_path / "fn1").glob("2*/manifest.json")
    assert path.stat().st_size < 8 << 20
    left_out = json.loads(path.read_text())["requisites"]["left_out"]
    assert {"its address is longer than 8 KiB", "more than 200 page requisites"} <= {
        item["reason"] for item in left_out
    }
    assert max(len(item["url"]) for item in left_out) <= 2_001
    assert len(left_out) <= 1_001
