"""Pages that need scripts, captured with a real browser that has no network of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from citekeeper.sandbox import Sandbox
from citekeeper.sandbox.messages import Response
from citekeeper.sandbox.world import World
from in_process import Outcome

from .conftest import CHROMIUM, PARAGRAPHS, QUOTE, STORY, Kept, captures, cite, run, stage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]

SOURCES = {
    "story": STORY,
    "plain": "https://plain.example/report",
    "embed": "https://embed.example/post/1",
    "frames": "https://old.example/",
    "away": "https://plain.example/away",
    "lost": "https://spa.example/lost",
    "greedy": "https://greedy.example/",
    "tweet": "https://twitter.com/islander/status/1511619372057608193",
    "noise": "https://twitter.com/islander/status/1511619372057608194",
}
_EMBED = """<title>A post</title><style id=s></style><my-note></my-note><iframe src="https://widget.example/1"></iframe>
<script>document.getElementById('s').sheet.insertRule('body { color: rgb(9, 8, 7); }');
customElements.define('my-note', class extends HTMLElement { connectedCallback() {
  this.attachShadow({mode: 'open'}).innerHTML = '<p>Told in a shadow.</p>'; } });</script>"""
_LOST = """<title>App</title><div id=root></div><script>document.title = 'Page not found';
document.body.innerHTML = '<h1>Page not found</h1><p>The page you are looking for does not exist.</p>';</script>"""
_GREEDY = """<title>Greedy</title><body><script>for (let n = 0; n < 400; n++) new Image().src = '/pixel?' + n;
document.body.innerHTML = '<div style="height:40000px">%s</div>';</script>"""


_TWEET = """<title></title><noscript>JavaScript is not available.</noscript><div id=react-root></div><script>
document.getElementById('react-root').innerHTML = '<article><p>%s</p></article>';</script>"""
_NOISE = "People on X are the first to know. Sign up now to get your own timeline of what is happening. " * 4


@dataclass
class Captured:
    """One run over every source, what it left, and the runs after it."""

    home: Path
    world: World
    sandbox: Sandbox
    done: Outcome
    entries: dict[str, Any]
    hits: dict[str, int] = field(default_factory=dict)

    def kept(self, name: str) -> Kept:
        """The one capture of a source."""
        (kept,) = captures(self.home, name)
        return kept

    def run(self, *arguments: str) -> Outcome:
        """A later run."""
        return run(self.home, self.sandbox, *arguments)


def _entries(home: Path) -> dict[str, Any]:
    report = json.loads((home / "reports" / "report.json").read_text())
    return {entry["id"]: entry for entry in report["citations"]}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Captured]:
    """The first run: one browser, every source."""
    world = World()
    stage(world)
    long = f"<p>{QUOTE}.</p>" + "<p>More of the same, as reports have it.</p>" * 30
    world.page(SOURCES["plain"], f"<title>Report</title><script>document.body.append('scripted')</script>{long}")
    world.page(SOURCES["embed"], _EMBED)
    world.page("https://widget.example/1", f"<p>{QUOTE}, says the post that a frame shows.</p>")
    world.page(SOURCES["frames"], "<title>Old</title><frameset cols='9%,*'><frame src=/m><frame src=/b></frameset>")
    world.page("https://old.example/m", "<ul><li>News</ul>")
    world.page("https://old.example/b", f"<p>{QUOTE}, says a frame.</p>")
    world.page(SOURCES["away"], "<title>Not found</title><h1>Page not found</h1>", status=404)
    world.page(SOURCES["lost"], _LOST)
    world.page(SOURCES["greedy"], _GREEDY % f"{QUOTE}. ")
    world.page(SOURCES["tweet"], _TWEET % f"{QUOTE}. And nobody came to the quay to see it go, says my aunt.")
    world.page(SOURCES["noise"], _TWEET % _NOISE)
    world.handler("publish.twitter.com", lambda _: Response.html("not now", 400))
    home = cite(tmp_path_factory.mktemp("captured"), SOURCES, quote=QUOTE)
    with Sandbox(world) as sandbox:
        done = run(home, sandbox, "run")
        hits = {url: world.hits(url) for url in captures(home)[0].index}
        yield Captured(home, world, sandbox, done, _entries(home), hits)


def test_scripted_page_is_read_and_quoted(first: Captured) -> None:
    """Its verdict, its text and its quotes are those of the page that a reader sees."""
    entry = first.entries["story"]
    assert (entry["verdict"], entry["reason"]) == ("alive", "ok"), first.done.err
    assert [(quote["found"], quote["where"]) for quote in entry["quotes"]] == [(True, "live")]
    for paragraph in PARAGRAPHS:
        assert paragraph in first.kept("story").text


def test_page_html_is_the_page_after_its_scripts(first: Captured) -> None:
    """It holds what scripts showed, styled through a redirected style sheet, and no script."""
    page = (first.kept("story").folder / "page.html").read_text()
    assert QUOTE in page
    assert "<script" not in page
    assert "rgb(1,2,3)" in page


def test_all_traffic_is_in_the_package_and_fetched_once(first: Captured) -> None:
    """Redirects, what scripts fetched, and the other sizes of pictures: each asked for once by the fetcher."""
    index = first.kept("story").index
    assert set(index) >= {
        STORY, f"urn:view:{STORY}", "https://spa.example/app.js", "https://spa.example/api/story.json",
        "https://spa.example/api/second.json?after=3", "https://spa.example/old.css", "https://cdn.example/deep/new.css",
        "https://cdn.example/deep/tile.png", "https://other.example/open.json", "https://spa.example/large.png",
    }  # fmt: skip
    assert index["https://spa.example/old.css"]["status"] == "302"
    # The site's icon is no part of a page: the browser may ask for it again with the next page of the site.
    asked = {url: count for url, count in first.hits.items() if not url.startswith("urn:")}
    asked.pop("https://spa.example/favicon.ico", None)
    assert {url: count for url, count in asked.items() if count != 1} == {}


def test_how_the_browser_was_used_is_on_record(first: Captured) -> None:
    """Name, version, viewport, time zone: what a later reader must know, and nothing of this machine's reader."""
    browser = first.kept("story").manifest["browser"]
    assert browser["text_from"] == "document"
    assert browser["viewport"] == [1280, 800]
    assert browser["time_zone"] == "UTC"
    assert "citekeeper/" in browser["user_agent"]
    assert str(CHROMIUM) not in json.dumps(first.kept("story").manifest)


def test_what_scripts_send_is_refused_and_listed(first: Captured) -> None:
    """A capture reads: posts, beacons and sockets reach nobody, private addresses neither, and each is listed."""
    requisites = first.kept("story").manifest["requisites"]
    left_out = {item["url"]: item["reason"] for item in requisites["left_out"]}
    assert "POST" in left_out["https://spa.example/track"]
    assert "POST" in left_out["https://spa.example/beacon"]
    assert "socket" in left_out["wss://spa.example/live"]
    assert first.world.hits("https://spa.example/track") == first.world.hits("https://spa.example/beacon") == 0
    assert {"url": "https://10.1.2.3/router", "reason": "private-address"} in requisites["failed"]


def test_limits_hold_and_are_told(first: Captured) -> None:
    """A page that asks for hundreds of things gets the first of them; one of 40,000 pixels is shown to 10,000."""
    kept = first.kept("greedy")
    left_out = [item["reason"] for item in kept.manifest["requisites"]["left_out"]]
    assert left_out.count("more than 200 requests of the browser") >= 190
    assert sum(url.startswith("https://greedy.example/pixel") for url in kept.index) <= 200
    assert kept.picture_size == (1280, 10_000)
    assert kept.manifest["browser"]["screenshot"]["page_height"] >= 40_000


def test_ordinary_page_keeps_its_bytes_and_gains_a_picture(first: Captured) -> None:
    """Where the server's page says it all, the text is the server's; the browser adds the picture."""
    kept = first.kept("plain")
    assert kept.manifest["browser"]["text_from"] == "response"
    assert kept.picture_size[0] == 1280
    assert "scripted" not in kept.text


def test_failure_is_pictured_too(first: Captured) -> None:
    """The page that met the reader instead of the source is shown as the reader would have seen it."""
    kept = first.kept("away")
    assert kept.manifest["shows"] == "failure"
    assert kept.picture_size == (1280, 800)


def test_frames_shadow_trees_and_made_styles_are_part_of_the_page(first: Captured) -> None:
    """An embedded post, a web component and rules that a script inserted are kept, though the HTML holds none."""
    kept = first.kept("embed")
    assert QUOTE in kept.text
    page = (kept.folder / "page.html").read_text()
    assert "Told in a shadow." in page
    assert "rgb(9, 8, 7)" in page


def test_a_frameset_says_what_its_frames_say(first: Captured) -> None:
    """An old site holds no word itself: what its frames show is its text, and page.html lays them out."""
    kept = first.kept("frames")
    assert [(quote["found"], quote["where"]) for quote in first.entries["frames"]["quotes"]] == [(True, "live")]
    assert QUOTE in kept.text
    page = (kept.folder / "page.html").read_text()
    assert "grid-template-columns:minmax(0,9%) minmax(0,1fr)" in page
    assert page.count(" srcdoc=") == 2


def test_scripted_not_found_is_not_alive(first: Captured) -> None:
    """A shell that answers 200 and then says that there is nothing: the page as shown is judged."""
    assert first.entries["lost"]["verdict"] == "soft-404"


def test_a_post_counts_as_seen_only_where_it_holds_what_was_cited(first: Captured) -> None:
    """A site that answers living and dead posts alike: the quote proves the post, words around it prove nothing."""
    assert (first.entries["tweet"]["verdict"], first.entries["tweet"]["reason"]) == ("alive", "shown-by-scripts")
    assert first.kept("tweet").manifest["shows"] == "source"
    assert (first.entries["noise"]["verdict"], first.entries["noise"]["reason"]) == ("walled", "javascript-required")
    assert first.kept("noise").manifest["shows"] == "failure"
    assert first.kept("noise").picture_size[0] == 1280


def test_the_report_shows_the_picture_and_the_public_edition_does_not(first: Captured) -> None:
    """The working edition has the screenshot beside the copy; what is published has no copy at all."""
    name = first.kept("story").folder.name
    assert (
        f'src="../../archive/story/{name}/screenshot.png"'
        in (first.home / "reports" / "citations" / "story.html").read_text()
    )
    assert first.run("report", "--public", "edition", "--fail-on", "never").code == 0
    public = (first.home / "edition" / "citations" / "story.html").read_text()
    assert "<img" not in public
    assert not list((first.home / "edition").rglob("*.png"))


def test_everything_verifies(first: Captured) -> None:
    """Pictures and documents are records like any other."""
    done = first.run("verify", "story", "plain", "embed", "greedy")
    assert "no problem" in done.err, done.out


def test_later_runs_keep_what_is_unchanged(first: Captured, tmp_path: Path) -> None:
    """The text after scripts is compared; and one who sees only the shell neither captures it nor calls it drifted."""
    home = tmp_path / "later"
    shutil.copytree(first.home, home)
    assert run(home, first.sandbox, "archive", "story", "frames", "--to", "local").code == 0
    assert len(captures(home)) == 1
    run(home, first.sandbox, "run", "--browser", "never")
    assert len(captures(home)) == 1
    entry = _entries(home)["story"]
    assert (entry["verdict"], entry["reason"]) == ("alive", "javascript-required")
    assert entry["quotes"][0]["where"] == "capture"
    frames = _entries(home)["frames"]
    assert (frames["verdict"], frames["quotes"][0]["where"]) == ("alive", "live")
    assert len(captures(home, "frames")) == 1
