"""Drift through the command line: found on the page, told in report and show, and remembered."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from citekeeper.sandbox import World
from in_process import Run

from .articles import ARTICLES
from .pages import URL, Furniture, render

STORY = ARTICLES[0]
PLAIN = render("en", STORY.title, STORY.paragraphs, Furniture())


def register(home: Path, more: str = "") -> None:
    """A register of the one source; nobody else is told of it."""
    (home / "citations.yaml").write_text(
        "version: 1\nsettings: {services: [], translate_to: []}\ncitations:\n"
        f"  - id: fn1\n    title: {STORY.title}\n    language: en\n    url: {URL}\n    accessed: 2022-05-03\n{more}",
        encoding="utf-8",
    )


def edited(old: str, new: str) -> str:
    """The story's page after an edit."""
    assert old in PLAIN
    return PLAIN.replace(old, new)


def entry(home: Path) -> Any:
    """The one entry of the written report."""
    return json.loads((home / "reports" / "report.json").read_text(encoding="utf-8"))["citations"][0]


def test_a_changed_figure_is_found_told_and_remembered(citekeeper: Run, home: Path, world: World) -> None:
    """Run, report, check and show say the same of it, and the page of the citation shows the words that changed."""
    register(home)
    world.page(URL, PLAIN)
    assert citekeeper("run").code == 0
    assert entry(home)["drift"] is None
    world.page(URL, edited("killed 12 people", "killed 21 people &lt;script&gt;alert(1)&lt;/script&gt;"))
    for command in (
        ["run", "--fail-on", "warning"],
        ["report", "--fail-on", "warning"],
        ["run", "--fail-on", "warning"],
    ):
        done = citekeeper(*command)
        assert done.code == 1, done.err
        said = entry(home)
        assert (said["verdict"], said["reason"]) == ("drifted", "text-altered")
        assert said["drift"]["similarity"] > 0.9
        assert said["drift"]["baseline"] == said["captures"][0]["path"]
        page = (home / "reports" / "citations" / "fn1.html").read_text(encoding="utf-8")
        assert "<del>12</del> <ins>21</ins>" in page
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
    shown = citekeeper("show", "fn1").out
    assert "[-12-] {+21+}" in shown
    checked = json.loads(citekeeper("check", "-f", "json").out)["citations"][0]
    assert (checked["verdict"], checked["reason"]) == ("drifted", "text-altered")


@pytest.mark.parametrize(
    ("old", "new"),
    [("regional", "regonal"), ("Comments (2)", "Comments (57)"), ("1204", "88412"), ("+12 °C", "−3 °C")],
)
def test_what_changes_by_itself_is_alive(citekeeper: Run, home: Path, world: World, old: str, new: str) -> None:
    """A typo, counters and the weather leave the source alive."""
    register(home)
    world.page(URL, PLAIN)
    citekeeper("run")
    world.page(URL, edited(old, new))
    citekeeper("run")
    assert (entry(home)["verdict"], entry(home)["reason"]) == ("alive", "ok")


def test_quotes_decide(citekeeper: Run, home: Path, world: World) -> None:
    """All quotes there: alive with a note, whatever else changed; one gone: drifted, however little changed."""
    register(home, '    quotes: ["inspectors had found no defects"]\n')
    world.page(URL, PLAIN)
    citekeeper("run")
    world.page(URL, edited("killed 12 people", "killed 21 people"))
    citekeeper("run")
    for command in ("run", "report"):
        citekeeper(command)
        said = entry(home)
        assert (said["verdict"], said["reason"], said["verifiable"]) == ("alive", "text-changed", True)
        assert "every quote" in said["drift"]["note"]
    world.page(URL, edited("had found no defects", "had seen little of note"))
    for command in ("run", "report"):
        citekeeper(command)
        said = entry(home)
        assert (said["verdict"], said["reason"], said["verifiable"]) == ("drifted", "quote-lost", True)
        assert said["quotes"][0]["where"] == "capture"


def test_the_baseline_is_the_copy_closest_to_when_it_was_read(citekeeper: Run, home: Path, world: World) -> None:
    """A later capture of a changed page does not become what the next run compares with."""
    register(home)
    world.page(URL, PLAIN)
    citekeeper("run")
    world.page(URL, edited("killed 12 people", "killed 21 people"))
    citekeeper("run")
    citekeeper("run")
    said = entry(home)
    assert len(said["captures"]) == 2
    assert said["verdict"] == "drifted"


def test_every_copy_that_holds_a_quote_is_told(citekeeper: Run, home: Path, world: World) -> None:
    """The best place in ``where``, the others in ``also``."""
    register(home, '    quotes: ["inspectors had found no defects"]\n    numbers: ["12"]\n')
    world.page(URL, PLAIN)
    citekeeper("run")
    (quote, number) = entry(home)["quotes"]
    capture = entry(home)["captures"][0]["path"]
    for match in (quote, number):
        assert match["where"] == "live"
        assert match["also"] == [{"where": "capture", "score": 1.0, "copy": capture}]
    assert f"also in the sealed copy ({capture})" in (home / "reports" / "citations" / "fn1.html").read_text()


def test_the_public_edition_holds_no_text_of_the_source(citekeeper: Run, home: Path, world: World) -> None:
    """It tells that the text changed, and not its sentences."""
    register(home)
    world.page(URL, PLAIN)
    citekeeper("run")
    world.page(URL, edited("killed 12 people", "killed 21 people"))
    citekeeper("run")
    citekeeper("report", "--public", "public", "-f", "json,html")
    assert json.loads((home / "public" / "report.json").read_text())["citations"][0]["drift"]["changes"] == []
    assert "<del>" not in (home / "public" / "citations" / "fn1.html").read_text()


def test_a_memento_closer_to_the_date_of_access_is_the_baseline(citekeeper: Run, home: Path, world: World) -> None:
    """A page that changed before it was first captured is told by what the archive kept; asked once, then known."""
    register(home)
    path = home / "citations.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("services: []", "services: [wayback]"), encoding="utf-8")
    world.page(URL, edited("killed 12 people", "killed 21 people"))
    world.wayback.hold(URL, datetime(2022, 5, 4, tzinfo=UTC), PLAIN)
    for command in ("run", "report", "run", "run"):
        done = citekeeper(command)
        said = entry(home)
        assert (said["verdict"], said["reason"]) == ("drifted", "text-altered"), (command, done.err)
        assert said["drift"]["baseline"].startswith("https://web.archive.org/web/20220504")
        assert {change["kind"] for change in said["drift"]["changes"]} == {"number"}
    checked = json.loads(citekeeper("check", "-f", "json").out)["citations"][0]
    assert checked["verdict"] == "drifted"
    history = (home / "archive" / "fn1" / "history.jsonl").read_text(encoding="utf-8")
    assert history.count('"event":"check"') + history.count('"event": "check"') == 2
    world.page(URL, PLAIN)
    citekeeper("run")
    assert entry(home)["verdict"] == "alive"
