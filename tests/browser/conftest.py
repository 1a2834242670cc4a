"""A small web of pages that say nothing without scripts, and the program run over it with a real browser."""

from __future__ import annotations

import json
import shutil
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citekeeper.sandbox import Sandbox
from citekeeper.sandbox.sites.pictures import png
from citekeeper.sandbox.world import World
from in_process import Outcome, run_here

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
STORY = "https://spa.example/story"
QUOTE = "The ferry to Ostholm was withdrawn on the ninth of March"
_SHELL = """<!DOCTYPE html><html lang=en><head><title>Loading</title><link rel=stylesheet href=/old.css></head>
<body><div id=root></div><img src=/seen.png srcset="/seen.png 1x, /large.png 2x" alt="">
<script src=/app.js></script></body></html>"""
_APP = """
document.title = 'The last ferry';
fetch('/api/story.json').then((answer) => answer.json()).then((story) => {
  document.getElementById('root').innerHTML = '<article><h1>The last ferry</h1>' +
    story.paragraphs.map((p) => `<p>${p}</p>`).join('') + '</article>';
  fetch('/api/second.json?after=' + story.paragraphs.length);
});
fetch('https://other.example/open.json', {headers: {'X-Asked-By': 'page'}})
  .then((a) => a.text()).then((t) => { document.body.dataset.other = t; });
fetch('/track', {method: 'POST', body: 'who'}).catch(() => 0);
navigator.sendBeacon('/beacon', 'who');
try { new WebSocket('wss://spa.example/live'); } catch (error) { }
fetch('https://10.1.2.3/router').catch(() => 0);
document.cookie = 'seen=1';
"""
PARAGRAPHS = [
    f"{QUOTE}, after forty years in which it had carried the islanders, their sheep and their letters.",
    "The company said that the quay could no longer be repaired at a price that anyone was willing to pay for it.",
    "Those who stayed on the island now row across in summer, and in winter they wait for the ice to bear a sledge.",
]


def stage(world: World) -> None:
    """A story that only scripts show, with everything that scripts like to do besides."""
    world.page(STORY, _SHELL)
    world.page("https://spa.example/app.js", _APP, media_type="text/javascript")
    world.page(
        "https://spa.example/api/story.json",
        json.dumps({"paragraphs": PARAGRAPHS}),
        media_type="application/json",
        compress=True,
    )
    world.page("https://spa.example/api/second.json?after=3", "{}", media_type="application/json")
    world.redirect("https://spa.example/old.css", "https://cdn.example/deep/new.css", 302)
    world.page(
        "https://cdn.example/deep/new.css",
        "body{background:rgb(1,2,3) url(tile.png);color:#fff}",
        media_type="text/css",
    )
    world.page("https://cdn.example/deep/tile.png", png(8, 8, (1, 2, 3), (4, 5, 6)), media_type="image/png")
    world.page("https://spa.example/seen.png", png(64, 32, (200, 0, 0), (0, 0, 200)), media_type="image/png")
    world.page("https://spa.example/large.png", png(128, 64, (200, 0, 0), (0, 0, 200)), media_type="image/png")
    world.page(
        "https://other.example/open.json",
        "{}",
        headers={"Access-Control-Allow-Origin": "*"},
        media_type="application/json",
    )


@dataclass(frozen=True)
class Kept:
    """One capture's folder."""

    folder: Path

    @property
    def manifest(self) -> dict[str, Any]:
        """manifest.json."""
        fields: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text())
        return fields

    @property
    def text(self) -> str:
        """The text of text.json."""
        return "\n".join(json.loads((self.folder / "text.json").read_text())["paragraphs"])

    @property
    def index(self) -> dict[str, dict[str, str]]:
        """The lines of the WACZ's index, by address."""
        with zipfile.ZipFile(self.folder / "capture.wacz") as package:
            lines = package.read("indexes/index.cdx").decode().splitlines()
        fields = [json.loads(line.split(" ", 2)[2]) for line in lines]
        return {line["url"]: line for line in fields}

    @property
    def picture_size(self) -> tuple[int, int]:
        """The pixels of screenshot.png."""
        width, height = struct.unpack(">II", (self.folder / "screenshot.png").read_bytes()[16:24])
        return width, height


def cite(home: Path, sources: dict[str, str], *, quote: str | None = None) -> Path:
    """Write a register of these sources, all with the same quote."""
    quotes = f", quotes: [{json.dumps(quote)}]" if quote else ""
    entries = "".join(f"  - {{id: {name}, url: {json.dumps(url)}{quotes}}}\n" for name, url in sources.items())
    (home / "citations.yaml").write_text(f"version: 1\ncitations:\n{entries}", encoding="utf-8")
    return home


def run(home: Path, sandbox: Sandbox, *arguments: str, env: dict[str, str] | None = None) -> Outcome:
    """The program in this process, in ``home``, with the sandbox as its internet and the browser as by default."""
    return run_here(arguments, home, {"CITEKEEPER_BROWSER": None, **sandbox.environ, **(env or {})})


def captures(home: Path, name: str = "story") -> list[Kept]:
    """The captures of a citation, oldest first."""
    return [Kept(path.parent) for path in sorted((home / "archive" / name).glob("*/manifest.json"))]
