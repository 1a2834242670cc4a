"""Pages that need scripts, captured with a real browser that has no network of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citekeeper.sandbox.world import World

from .conftest import CHROMIUM, PARAGRAPHS, QUOTE, STORY, Run, captures, cite

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


def test_scripted_page_is_read_pictured_and_recorded(citekeeper: Run, home: Path, world: World) -> None:
    """Its text, its quotes, its picture and all of its traffic are in the capture, each address fetched once."""
    done = citekeeper("run")
    assert done.code == 0, done.err
    entry = json.loads((home / "reports" / "report.json").read_text())["citations"][0]
    assert (entry["verdict"], entry["reason"]) == ("alive", "ok")
    assert [(quote["found"], quote["where"]) for quote in entry["quotes"]] == [(True, "live")]
    (kept,) = captures(home)
    for paragraph in PARAGRAPHS:
        assert paragraph in kept.text
    page = (kept.folder / "page.html").read_text()
    assert QUOTE in page
    assert "<script" not in page
    assert "rgb(1,2,3)" in page  # the style sheet, through its redirect
    assert kept.picture_size[0] == 1280
    assert set(kept.index) >= {
        STORY, f"urn:view:{STORY}", "https://spa.example/app.js", "https://spa.example/api/story.json",
        "https://spa.example/api/second.json?after=3", "https://spa.example/old.css", "https://cdn.example/deep/new.css",
        "https://cdn.example/deep/tile.png", "https://other.example/open.json", "https://spa.example/large.png",
    }  # fmt: skip
    assert kept.index["https://spa.example/old.css"]["status"] == "302"
    for url in kept.index:
        assert url.startswith("urn:") or world.hits(url) == 1, url
    assert citekeeper("verify").code == 0
    assert "screenshot.png" in (home / "reports" / "citations" / "fn1.html").read_text()


def test_what_scripts_send_is_refused_and_listed(citekeeper: Run, home: Path, world: World) -> None:
    """A capture reads: posts, beacons and sockets reach nobody, private addresses neither, and each is listed."""
    assert citekeeper("archive", "--to", "local").code == 0
    requisites = captures(home)[0].manifest["requisites"]
    left_out = {item["url"]: item["reason"] for item in requisites["left_out"]}
    assert "POST" in left_out["https://spa.example/track"]
    assert "POST" in left_out["https://spa.example/beacon"]
    assert "socket" in left_out["wss://spa.example/live"]
    assert world.hits("https://spa.example/track") == world.hits("https://spa.example/beacon") == 0
    refused = {item["url"]: item["reason"] for item in requisites["failed"]}
    assert refused.get("http://10.1.2.3/router", "private-address") == "private-address"
    assert "http://10.1.2.3/router" not in captures(home)[0].index


def test_second_run_keeps_what_is_unchanged(citekeeper: Run, home: Path) -> None:
    """The text after scripts is compared, so a page that stays the same is captured once."""
    assert citekeeper("archive", "--to", "local").code == 0
    assert citekeeper("archive", "--to", "local").code == 0
    assert len(captures(home)) == 1


def test_a_run_without_a_browser_never_replaces_the_text_by_the_shell(citekeeper: Run, home: Path) -> None:
    """Later runs that see only the shell neither capture it over the good copy nor call the source drifted."""
    assert citekeeper("archive", "--to", "local").code == 0
    done = citekeeper("run", "--browser", "never")
    assert done.code == 0, done.out
    assert len(captures(home)) == 1
    entry = json.loads((home / "reports" / "report.json").read_text())["citations"][0]
    assert (entry["verdict"], entry["reason"]) == ("alive", "javascript-required")
    assert entry["quotes"][0]["where"] == "capture"


def test_ordinary_page_keeps_its_bytes_and_gains_a_picture(citekeeper: Run, home: Path, world: World) -> None:
    """Where the server's page says it all, the text is the server's; the browser adds the picture."""
    url = "https://plain.example/report"
    world.page(
        url,
        f"<title>Report</title><script>document.body.append('added by a script')</script><p>{QUOTE}."
        + "<p>More of the same. " * 40,
    )
    cite(home, {"fn1": url})
    assert citekeeper("archive", "--to", "local").code == 0
    (kept,) = captures(home)
    assert kept.manifest["browser"]["text_from"] == "response"
    assert kept.picture_size[0] == 1280
    assert "added by a script" not in kept.text


def test_failure_is_pictured_too(citekeeper: Run, home: Path, world: World) -> None:
    """The page that met the reader instead of the source is shown as the reader would have seen it."""
    world.page("https://plain.example/away", "<title>Not found</title><h1>Page not found</h1>", status=404)
    cite(home, {"fn1": "https://plain.example/away"})
    citekeeper("archive", "--to", "local")
    (kept,) = captures(home)
    assert kept.manifest["shows"] == "failure"
    assert kept.picture_size == (1280, 800)
    assert citekeeper("verify").code == 0


def test_frames_shadow_trees_and_made_styles_are_part_of_the_page(citekeeper: Run, home: Path, world: World) -> None:
    """An embedded post, a web component and rules that a script inserted are kept, though the HTML holds none."""
    url = "https://embed.example/post/1"
    world.page(url, """<title>A post</title><style id=s></style><my-note></my-note><iframe src="https://widget.example/1"></iframe>
      <script>document.getElementById('s').sheet.insertRule('body { color: rgb(9, 8, 7); }');
      customElements.define('my-note', class extends HTMLElement { connectedCallback() {
        this.attachShadow({mode: 'open'}).innerHTML = '<p>Told in a shadow.</p>'; } });</script>""")  # fmt: skip
    world.page("https://widget.example/1", f"<p>{QUOTE}, says the post that a frame shows.</p>")
    cite(home, {"fn1": url}, quote=QUOTE)
    assert citekeeper("archive", "--to", "local").code == 0
    (kept,) = captures(home)
    assert QUOTE in kept.text
    page = (kept.folder / "page.html").read_text()
    assert "Told in a shadow." in page
    assert "rgb(9, 8, 7)" in page


def test_scripted_not_found_is_not_alive(citekeeper: Run, home: Path, world: World) -> None:
    """A shell that answers 200 and then says that there is nothing: the page as shown is judged."""
    url = "https://spa.example/lost"
    say = "document.title='Page not found';"
    say += "document.body.innerHTML='<h1>Page not found</h1><p>The page you are looking for does not exist.</p>'"
    world.page(url, f"<title>App</title><div id=root></div><script>{say}</script>")
    cite(home, {"fn1": url})
    done = citekeeper("run")
    assert done.code == 1, done.out
    entry = json.loads((home / "reports" / "report.json").read_text())["citations"][0]
    assert entry["verdict"] == "soft-404"
