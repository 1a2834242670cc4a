"""Web archives through the whole program: which copy is trusted, who is told, and what one copy alone means."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from citekeeper.sandbox import Response, Sandbox, World
from in_process import Run

GONE = "https://news.example/2022/council-votes"
QUOTE = "They voted seven to five against the harbour"
TALK = (
    "The council met on a long evening in the town hall, and many citizens came to listen to what its members had to "
    "say about the harbour, the schools and the roads of the town. "
) * 3
PEERS = "peers: {own: {timemap: 'https://memgator.example/timemap/link/{url}'}}"


def page(*more: str, title: str = "Council votes on harbour") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in (TALK, *more))
    return f"<html lang=en><head><title>{title}</title></head><body><h1>{title}</h1>{paragraphs}</body></html>"


MISSING = "<html><head><title>Page not found</title></head><body><h1>Page not found</h1><p>Sorry.</p></body></html>"


@pytest.fixture
def world() -> World:
    """One source, gone; archives that hold nothing yet."""
    world = World()
    world.page(GONE, "<title>Not found</title><h1>404</h1>", status=404)
    return world


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    """Its internet."""
    with Sandbox(world) as sandbox:
        yield sandbox


Cite = Callable[..., None]


@pytest.fixture
def cite(home: Path) -> Cite:
    """Write a register of one citation."""

    def write(services: str, *lines: str, url: str = GONE) -> None:
        entry = [f"url: {url}", "title: Council votes on harbour", "accessed: 2022-05-01", *lines]
        text = "\n    ".join(["  - id: a", *entry])
        head = f"version: 1\nsettings:\n  services: [{services}]\n  {PEERS}\ncitations:\n"
        (home / "citations.yaml").write_text(f"{head}{text}\n", encoding="utf-8")

    return write


def told(home: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The citation's entry in the report, and the findings."""
    report = json.loads((home / "reports" / "report.json").read_text(encoding="utf-8"))
    return report["citations"][0], report["findings"]


def rules_of(findings: list[dict[str, Any]]) -> set[str]:
    return {finding["rule"] for finding in findings}


def run_it(citekeeper: Run) -> str:
    done = citekeeper("run", "--no-progress", "--save", "never")
    assert done.code in (0, 1), done.err
    return done.err


def test_the_closest_memento_that_holds_the_quote_is_preferred(
    citekeeper: Run, world: World, home: Path, cite: Cite
) -> None:
    """It is tried after the closest, recorded with the reason, and a later report still knows it."""
    cite("wayback", f"quotes: ['{QUOTE}']")
    world.wayback.hold(GONE, "20220501101530", page("An early version."))
    world.wayback.hold(GONE, "20220428101530", page(f"{QUOTE}."))
    world.wayback.hold(GONE, "20220420101530", page(f"{QUOTE}.", "And more."))
    run_it(citekeeper)
    entry, findings = told(home)
    held = {memento["uri"][28:36]: memento for memento in entry["mementos"]}
    assert set(held) == {"20220501", "20220428"}
    assert held["20220501"]["quotes"] == []
    assert held["20220428"]["quotes"] == [QUOTE]
    assert "preferred to the closer one of 2022-05-01: it lacks" in held["20220428"]["note"]
    assert entry["verifiable"]
    assert any("20220428101530" in finding["advice"] + finding["message"] for finding in findings)
    assert citekeeper("report").code in (0, 1)
    assert told(home)[0]["verifiable"]
    assert [quote["where"] for quote in told(home)[0]["quotes"]] == ["memento"]


def test_an_archived_shell_is_no_proof(citekeeper: Run, world: World, home: Path, cite: Cite) -> None:
    """A memento without a text that could be read is not verified: it is told as unsure, and why; the next is tried."""
    cite("wayback")
    shell = "<html><head><title>Council votes on harbour</title></head><body><div id=root></div><script src=/a.js>"
    world.wayback.hold(GONE, "20220501101530", f"{shell}</script></body></html>")
    run_it(citekeeper)
    entry, _ = told(home)
    assert not entry["verifiable"]
    assert [memento["state"] for memento in entry["mementos"]] == ["found"]
    assert "unsure" in entry["mementos"][0]["note"]
    assert "scripts would have to show" in entry["mementos"][0]["note"]
    world.wayback.hold(GONE, "20220430101530", page())
    run_it(citekeeper)
    entry, _ = told(home)
    assert {memento["state"] for memento in entry["mementos"]} == {"found", "verified"}
    assert entry["verifiable"]


@pytest.mark.parametrize(
    ("body", "headers"),
    [(MISSING, {}), ("<title>One moment</title><p>Please wait", {"Server": "cloudflare", "cf-mitigated": "challenge"})],
    ids=["soft-404", "wall"],
)
def test_an_archived_wall_is_no_copy(
    citekeeper: Run, world: World, home: Path, cite: Cite, body: str, headers: dict[str, str]
) -> None:
    """What its bytes show counts, not that it is there; the next one is looked at."""
    cite("wayback")
    world.wayback.hold(GONE, "20220501101530", body, headers=headers)
    run_it(citekeeper)
    entry, findings = told(home)
    assert [memento["shows"] for memento in entry["mementos"]] == ["failure"]
    assert not entry["verifiable"]
    assert "single-copy" not in rules_of(findings)
    world.wayback.hold(GONE, "20220430101530", page())
    run_it(citekeeper)
    entry, findings = told(home)
    assert {memento["shows"] for memento in entry["mementos"]} == {"failure", "source"}
    assert entry["verifiable"]
    assert "single-copy" in rules_of(findings)


def test_every_archive_that_is_named_is_asked_and_no_other(
    citekeeper: Run, world: World, home: Path, cite: Cite, sandbox: Sandbox
) -> None:
    """Two independent places are enough; archive.today is shown and counts for nothing."""
    cite("arquivo, archive-today, own")
    world.arquivo.hold(GONE, "20220430101530", page())
    world.archive_today.hold(GONE, "20220501101530", page())
    world.memgator.hold(GONE, "20220502101530", page())
    run_it(citekeeper)
    entry, findings = told(home)
    by_archive = {memento["archive"]: memento for memento in entry["mementos"]}
    assert {name: memento["evidence"] for name, memento in by_archive.items()} == {
        "arquivo": True, "archive-today": False, "own": True,
    }  # fmt: skip
    assert by_archive["arquivo"]["note"].startswith("its raw bytes show the source")
    assert "offers no raw bytes" in by_archive["own"]["note"]
    assert by_archive["archive-today"]["state"] == "found"
    assert "single-copy" not in rules_of(findings)
    hosts = {request.host for request in sandbox.log if request.host != "news.example"}
    assert hosts == {"arquivo.pt", "archive.today", "memgator.example", "dark.example"}
    shown = citekeeper("show", "a").out + citekeeper("show", "a", "--custody").out
    assert shown.count("no evidence") == 2
    assert "no evidence" in (home / "reports" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("uri", [f"https://archive.ph/20220501101530/{GONE}", "https://archive.today/AbCdE"])
def test_archive_today_alone_is_no_copy_at_all(
    citekeeper: Run, world: World, home: Path, cite: Cite, uri: str, sandbox: Sandbox
) -> None:
    """Not when a person pins it either, and its snapshot is never fetched."""
    cite("archive-today", f"archived: ['{uri}']")
    world.archive_today.hold(GONE, "20220501101530", page())
    run_it(citekeeper)
    entry, findings = told(home)
    assert not entry["verifiable"]
    assert "pin-unverified" in rules_of(findings)
    assert {request.url for request in sandbox.log if "archive" in request.host} == {
        f"https://archive.today/timemap/{GONE}"
    }


def test_a_private_source_is_told_to_nobody(citekeeper: Run, cite: Cite, sandbox: Sandbox, home: Path) -> None:
    """Whatever services names; and that it has but one copy is no news."""
    cite("wayback, arquivo, archive-today, own", "private: true")
    run_it(citekeeper)
    assert {request.host for request in sandbox.log} == {"news.example"}
    assert "single-copy" not in rules_of(told(home)[1])


def test_one_copy_is_a_warning_that_names_its_place(citekeeper: Run, world: World, home: Path, cite: Cite) -> None:
    """It says where the copy is, what to do, and which archives gave no answer."""
    alive = "https://news.example/alive"
    world.page(alive, page())
    cite("arquivo, own", url=alive)
    world.arquivo.trouble(Response.text("Bad Gateway", 502), times=None)
    run_it(citekeeper)
    (finding,) = [finding for finding in told(home)[1] if finding["rule"] == "single-copy"]
    assert finding["severity"] == "warning"
    assert "this archive" in finding["message"]
    assert "No answer came from arquivo" in finding["message"]
    assert "unknown" in finding["message"]
    world.arquivo.recover()
    world.arquivo.hold(alive, "20220501101530", page())
    run_it(citekeeper)
    assert "single-copy" not in rules_of(told(home)[1])


def test_a_refusal_is_never_nothing(citekeeper: Run, world: World, home: Path, cite: Cite) -> None:
    """An archive that fails while the source is gone: not archived is not what the report says."""
    cite("arquivo")
    world.arquivo.trouble(Response.text("Forbidden", 403), times=None)
    err = run_it(citekeeper)
    assert "Arquivo.pt gave no answer" in err
    (finding,) = [finding for finding in told(home)[1] if finding["rule"] == "no-copy"] or [None]
    assert finding is None or "unknown" in finding["message"]


def test_what_an_archive_serves_in_place_of_a_memento_is_not_the_memento(
    citekeeper: Run, world: World, home: Path, cite: Cite
) -> None:
    """An archive's own error page, be it 200, says nothing of what it keeps: still found, not verified, not refuted."""
    cite("arquivo")
    held = world.arquivo.hold(GONE, "20220430101530", page())
    world.page(f"https://arquivo.pt/noFrame/replay/{held.timestamp}id_/{GONE}", page("We are down for maintenance."))
    run_it(citekeeper)
    entry, _ = told(home)
    assert [(memento["state"], memento["shows"]) for memento in entry["mementos"]] == [("found", None)]
    assert not entry["verifiable"]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("peers: {own: {timemap: 'https://x.example/'}}", "{url}"),
        ("peers: {own: {timemap: 'x.example/{url}'}}", "{url}"),
        ("peers: {own: {}}", "timemap"),
        ("peers: {wayback: {timemap: 'https://x.example/{url}'}}", "wayback"),
        ("peers: {own: {timemap: 'https://x.example/{url}', raw: 'https://x.example/{url}'}}", "{timestamp}"),
        ("peers: {own: {timemp: 'https://x.example/{url}'}}", "timemp"),
    ],
)
def test_a_wrong_peer_is_refused_with_its_place(citekeeper: Run, home: Path, line: str, word: str) -> None:
    """Exit 2, file and line, and what was expected."""
    text = f"version: 1\nsettings:\n  services: [own]\n  {line}\ncitations: []\n"
    (home / "citations.yaml").write_text(text, encoding="utf-8")
    done = citekeeper("run")
    assert done.code == 2
    assert "citations.yaml:4" in done.err
    assert word in done.err
    assert "Traceback" not in done.err
