"""What one page may take, and what two citations of one page share: over a site on loopback."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from citekeeper.archive import Archive, verify
from citekeeper.clock import SystemClock
from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import Citation, FetchRequest
from citekeeper.pipeline import allotment, capturing, sharing
from citekeeper.pipeline.capturing import Keeping
from citekeeper.pipeline.observe import Observer
from citekeeper.pipeline.shelf import Shelf, Shelved
from citekeeper.pipeline.work import Work
from citekeeper.settings import load_settings
from loopback_site import LoopbackSite

TEXT = "<p>" + "The mayor told reporters about the bridge that was closed on Monday. " * 4 + "</p>"
PNG = b"\x89PNG\r\n\x1a\n"


class _Site(LoopbackSite):
    """A site whose paths are given; it counts what it is asked for."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.pages: dict[str, tuple[str, bytes]] = {}
        super().__init__(self._answer)

    def _answer(self, request: BaseHTTPRequestHandler) -> tuple[str, bytes]:
        self.asked[request.path] += 1
        return self.pages.get(request.path, ("image/png", PNG + request.path.encode() * 100))

    def page(self, path: str, content: str, kind: str = "text/html") -> None:
        """Put a page there."""
        title = "<title>The bridge</title>" if kind == "text/html" else ""
        self.pages[path] = (kind, f"{title}{content}".encode())


@pytest.fixture
def site() -> Iterator[_Site]:
    """An empty site."""
    made = _Site()
    yield made
    made.close()


def _capture(tmp_path: Path, *urls: str) -> list[Work]:
    """Observe and capture these addresses, each for a citation fn0, fn1 and so on."""
    settings = load_settings(command_line={"vantage": "local", "allow_private": True})
    root = tmp_path / "archive"
    root.mkdir(exist_ok=True)
    keeping = Keeping(Archive(root, SystemClock()), root, None, {}, capture=True)
    citations = [Citation(f"fn{number}", url=url) for number, url in enumerate(urls)]
    with Engine(EngineConfig(allow_private=True, retries=0)) as engine:
        works = list(Observer(engine, settings, SystemClock(), random.Random(1), keeping=keeping).observe(citations))
    assert sorted(work.citation.id for work in works) == [citation.id for citation in citations]
    assert [problem.what for problem in verify(root)] == []
    return works


def _requisites(tmp_path: Path, citation: str = "fn0") -> dict[str, list[dict[str, Any]]]:
    manifest = next((tmp_path / "archive" / citation).glob("2*/manifest.json"))
    found: dict[str, list[dict[str, Any]]] = json.loads(manifest.read_text())["requisites"]
    return found


def _left_out(tmp_path: Path) -> dict[str, str]:
    return {item["url"]: item["reason"] for item in _requisites(tmp_path)["left_out"]}


def _images(count: int) -> str:
    return "".join(f"<img src=/{number}.png>" for number in range(count))


def test_a_page_that_several_cite_is_fetched_once(site: _Site, tmp_path: Path) -> None:
    """Each citation gets a complete capture of its own, with its own address, out of one visit."""
    site.page("/story", TEXT + "<link rel=stylesheet href=/a.css><h2 id=part>Part</h2>" + _images(3))
    site.page("/a.css", "h1{background:url(/deep.png)}", "text/css")
    works = _capture(tmp_path, *(site.url + path for path in ("/story", "/other", "/story#part", "/story")))
    assert all(work.made_capture for work in works)
    assert set(site.asked.values()) == {1}, site.asked
    shown = {name: [item["url"] for item in _requisites(tmp_path, name)["fetched"]] for name in ("fn0", "fn2", "fn3")}
    assert len(shown["fn0"]) == 5
    assert shown["fn0"] == shown["fn2"] == shown["fn3"]
    manifest = json.loads(next((tmp_path / "archive" / "fn2").glob("2*/manifest.json")).read_text())
    assert manifest["url_cited"].endswith("/story#part")


def test_a_new_citation_of_an_unchanged_page_is_captured(site: _Site, tmp_path: Path) -> None:
    """The first citation needs no new capture and fetches no requisites; the second one does both."""
    site.page("/story", TEXT + _images(2))
    _capture(tmp_path, f"{site.url}/story")
    works = {work.citation.id: work for work in _capture(tmp_path, f"{site.url}/story", f"{site.url}/story")}
    assert (works["fn0"].made_capture, works["fn1"].made_capture) == (False, True)
    assert site.asked == {"/story": 2, "/0.png": 2, "/1.png": 2}
    assert len(_requisites(tmp_path, "fn1")["fetched"]) == 2


def test_what_several_pages_name_is_fetched_once(site: _Site, tmp_path: Path) -> None:
    """Eight pages with one stylesheet, its import and 30 pictures: each is asked for once, and is in each copy."""
    site.page("/a.css", "@import url(/b.css); h1{background:url(/deep.png)}", "text/css")
    site.page("/b.css", "p{background:url(/deeper.png)}", "text/css")
    for number in range(8):
        own = f"<link rel=stylesheet href=/a.css><img src=/own{number}.png>{_images(30)}"
        site.page(f"/story{number}", TEXT + f"<p>Story {number}.</p>" + own)
    works = _capture(tmp_path, *(f"{site.url}/story{number}" for number in range(8)))
    assert all(work.made_capture for work in works)
    assert set(site.asked.values()) == {1}, site.asked
    for number in range(8):
        fetched = {item["url"].removeprefix(site.url) for item in _requisites(tmp_path, f"fn{number}")["fetched"]}
        files = {"/a.css", "/b.css", "/deep.png", "/deeper.png", f"/own{number}.png"}
        assert fetched == files | {f"/{picture}.png" for picture in range(30)}
        page = next((tmp_path / "archive" / f"fn{number}").glob("2*/page.html")).read_text()
        assert page.count("data:image/png") >= 33


def test_a_requisite_that_was_missing_is_asked_for_again_and_little_is_held(site: _Site, tmp_path: Path) -> None:
    """A later page gets its own answer where the earlier one got an error, or where what came is held no longer."""
    requisites = sharing.Requisites(Shelf(tmp_path), most=5_000)
    with Engine(EngineConfig(allow_private=True, retries=0)) as engine:
        came = {path: engine.fetch(FetchRequest(site.url + path)) for path in ("/a", "/b", "/missing")}
    failed = replace(came["/missing"], hops=(replace(came["/missing"].hops[0], status=503),))
    assert requisites.ask(1, "missing") is True
    assert requisites.ask(2, "missing") is False
    assert requisites.received(1, "missing", failed, failed) == [2]
    assert requisites.ask(3, "missing") is True
    for name in ("/a", "/b"):
        assert requisites.ask(1, name) is True
        assert requisites.received(1, name, came[name], came[name]) == []
    assert came["/a"].size + 4_096 < 5_000 < came["/a"].size + came["/b"].size + 8_192
    assert requisites.ask(2, "/b") is came["/b"]
    assert requisites.ask(2, "/a") is True


def test_what_several_cite_may_be_gone(site: _Site, tmp_path: Path) -> None:
    """A failure serves all of them too."""
    site.close()
    works = _capture(tmp_path, f"{site.url}/a", f"{site.url}/a")
    assert [str(work.verdict.kind) for work in works if work.verdict] == ["unreachable", "unreachable"]


def test_bytes_of_a_page_are_bounded(site: _Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond them nothing more is asked for, and what is left out is listed with the reason."""
    monkeypatch.setattr(allotment, "PAGE_BYTES", 5_000)
    site.page("/story", TEXT + _images(40))
    _capture(tmp_path, f"{site.url}/story")
    left_out = _left_out(tmp_path)
    assert 20 < len(left_out) < 40
    assert set(left_out.values()) == {"more than 0 MiB of page requisites"}
    assert len(_requisites(tmp_path)["fetched"]) + len(left_out) == 40
    assert len(site.asked) == 1 + len(_requisites(tmp_path)["fetched"])


def test_time_of_a_page_is_bounded(site: _Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once transfers have taken too long, the rest is left out."""
    monkeypatch.setattr(allotment, "PAGE_SECONDS", 0.000_001)
    site.page("/story", TEXT + _images(40))
    _capture(tmp_path, f"{site.url}/story")
    assert len(_requisites(tmp_path)["fetched"]) == 8  # those that were under way
    assert set(_left_out(tmp_path).values()) == {"the page's requisites had taken 0 s of transfers"}
    assert len(_left_out(tmp_path)) == 32


def test_count_depth_and_media_are_told(site: _Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is not fetched is listed: one too many, too far from the page, a film; what names no end is cut."""
    monkeypatch.setattr(allotment, "MAX_REQUISITES", 6)
    monkeypatch.setattr(allotment, "_MOST_LISTED", 6)
    for number in range(5):
        site.page(f"/{number}.css", f"@import '/{number + 1}.css';", "text/css")
    films = "<video src=/a.mp4 poster=/p.png><track src=/t.vtt></video><audio><source src=/s.ogg></audio>"
    site.page(
        "/story", f"{TEXT}<link rel=stylesheet href=/0.css>{films}<iframe srcdoc='<img src=/frame.png>'></iframe>"
    )
    _capture(tmp_path, f"{site.url}/story")
    left_out = _left_out(tmp_path)
    assert left_out == {
        f"{site.url}/a.mp4": "media are not captured",
        f"{site.url}/t.vtt": "media are not captured",
        f"{site.url}/s.ogg": "media are not captured",
        f"{site.url}/3.css": "named by a file that is 3 steps from the page",
    }
    site.page("/other", TEXT + _images(20))
    (tmp_path / "other").mkdir()
    _capture(tmp_path / "other", f"{site.url}/other")
    left_out = _left_out(tmp_path / "other")
    assert left_out.pop(f"{site.url}/other") == "8 further addresses are not listed"
    assert set(left_out.values()) == {"more than 6 page requisites"}
    assert len(left_out) == 6


def test_what_memory_does_not_hold_waits_on_disk(site: _Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requisites that were put aside are sealed as they came, for every citation of the page."""
    monkeypatch.setattr(capturing, "Shelf", partial(Shelf, most=0))
    for number in range(3):
        site.pages[f"/{number}.png"] = ("image/png", PNG + random.Random(number).randbytes(60_000))
    site.page("/story", TEXT + _images(3))
    _capture(tmp_path, f"{site.url}/story", f"{site.url}/story")
    for citation in ("fn0", "fn1"):
        assert [item["bytes"] for item in _requisites(tmp_path, citation)["fetched"]] == [60_008] * 3


def test_a_shelf_gives_back_what_it_was_given(site: _Site, tmp_path: Path) -> None:
    """From memory, from disk, or, where the disk takes nothing, from memory again; what is dropped makes room."""
    for number in range(3):
        site.pages[f"/{number}.png"] = ("image/png", random.Random(number).randbytes(40_000))
    with Engine(EngineConfig(allow_private=True)) as engine:
        given = list(engine.stream([FetchRequest(f"{site.url}/{number}.png") for number in range(3)]))
    shelf = Shelf(tmp_path, most=50_000)
    parts = [shelf.keep(exchange) for exchange in given]
    assert [isinstance(part, Shelved) for part in parts] == [False, True, True]
    again = shelf.share(parts[1])
    assert [shelf.take(part) for part in parts] == given
    for part in parts:
        shelf.drop(part)
    assert shelf.take(again) == given[1]
    assert not isinstance(shelf.keep(given[0]), Shelved)
    shelf.close()
    full = Shelf(tmp_path / "nowhere", most=0)
    assert full.keep(given[0]) == given[0]
    assert list(tmp_path.iterdir()) == []


def test_large_bodies_are_let_go_of_once_they_are_sealed(site: _Site, tmp_path: Path) -> None:
    """A run of many large files holds little of each until its end."""
    site.pages["/large.png"] = ("image/png", PNG + random.Random(1).randbytes(3_000_000))
    (work,) = _capture(tmp_path, f"{site.url}/large.png")
    assert work.exchange is not None
    assert work.exchange.last is not None
    assert len(work.exchange.last.body) == 64 * 1024
    manifest = json.loads(next((tmp_path / "archive" / "fn0").glob("2*/manifest.json")).read_text())
    assert (manifest["body_bytes"], manifest["truncated"]) == (3_000_008, None)


def test_what_was_cut_is_said(site: _Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the cap is no whole copy: the run says so, and how to get one; the manifest names what was cut."""
    monkeypatch.setattr("citekeeper.pipeline.observe.CAPTURE_BODY", 1_500_000)
    monkeypatch.setattr(allotment, "REQUISITE_BODY", 1_000)
    site.pages["/large.png"] = ("image/png", PNG + random.Random(1).randbytes(3_000_000))
    site.page("/story", TEXT + _images(1))
    site.pages["/0.png"] = ("image/png", PNG + bytes(5_000))
    large, page = _capture(tmp_path, f"{site.url}/large.png", f"{site.url}/story")
    (note,) = large.notes
    assert "fn0: the copy is not whole: only its first 1 MiB are kept" in note
    assert "citekeeper deposit" in note
    assert list(page.notes) == []
    (picture,) = (item for item in _requisites(tmp_path, "fn1")["fetched"] if item["url"].endswith("0.png"))
    assert (picture["bytes"], picture["truncated"]) == (1_000, "length")
