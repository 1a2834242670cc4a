"""The short way of plain links in long lists: it is taken, and says what the long way says."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from citekeeper.clock import SystemClock
from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import Citation, Exchange
from citekeeper.pipeline.observe import Observer
from citekeeper.settings import Settings, load_settings
from in_process import run_here
from loopback_site import LoopbackSite

ARTICLE = (
    "<!doctype html><html lang=en><head><title>{title} | The Courier</title></head><body><h1>{title}</h1>"
    + "<p>The council met on Tuesday and heard what the engineers had found under the old bridge.</p>" * 12
    + "</body></html>"
)
THIN = "<!doctype html><title>A notice</title><p>Closed on Monday.</p>"
MISSING = "<!doctype html><title>Page not found</title><h1>Page not found</h1><p>We looked everywhere.</p>"
PAGES = {
    "/bridge": ARTICLE.format(title="The bridge"),
    "/road": ARTICLE.format(title="The road"),
    "/again/1": ARTICLE.format(title="One page for all"),
    "/again/2": ARTICLE.format(title="One page for all"),
    "/thin": THIN,
    "/missing": MISSING,
}
PLAIN = {"/bridge", "/road"}


def serve(request: BaseHTTPRequestHandler) -> tuple[str, bytes]:
    """A page of PAGES; anything else looks like what is missing."""
    path = request.path.partition("?")[0]
    return "text/html; charset=utf-8", PAGES.get(path, MISSING).encode()


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    """The pages."""
    made = LoopbackSite(serve)
    yield made
    made.close()


def links(site: LoopbackSite) -> list[Citation]:
    """One for each page, in order, and one to a place within a page."""
    paths = [*PAGES, "/bridge#below"]
    return [Citation(f"link-{n}", url=site.url + path) for n, path in enumerate(paths)]


def observed(
    site: LoopbackSite, citations: list[Citation], settings: Settings, *, short: bool, takes: bool = True
) -> tuple[dict[str, str], set[str]]:
    """What came out of each path, as far as it can be told without the time, and which were taken on the short way."""
    said: dict[str, str] = {}
    taken: set[str] = set()

    def take(citation: Citation, exchange: Exchange, message: str, moment: datetime) -> bool:
        path = (citation.url or "").removeprefix(site.url)
        assert exchange.url == citation.url
        assert moment.tzinfo is not None
        if takes:
            taken.add(path)
            said[path] = f"alive ok {message}"
        return takes

    with Engine(EngineConfig(allow_private=True, retries=0, per_host=1)) as engine:
        observer = Observer(engine, settings, SystemClock(), random.Random(1))
        for work in observer.observe(citations, takes_plain=take if short else None):
            assert work.verdict is not None
            path = (work.citation.url or "").removeprefix(site.url)
            assert path not in said
            said[path] = f"{work.verdict.kind} {work.verdict.reason} {work.verdict.message}"
    return said, taken


def test_the_short_way_says_what_the_long_way_says(site: LoopbackSite) -> None:
    """The same verdict on every page; plain articles need no Work, whatever is doubtful gets its full look."""
    citations, settings = links(site), Settings(vantage="local", allow_private=True)
    long, none = observed(site, citations, settings, short=False)
    short, taken = observed(site, citations, settings, short=True)
    assert short == long
    assert not none
    assert taken >= PLAIN
    assert not taken & {"/missing", "/bridge#below"}
    assert short["/missing"].startswith("soft-404")


def test_who_takes_nothing_gets_every_work(site: LoopbackSite) -> None:
    """A taker that wants to say more of a link gets it as a Work, once, with the same verdict."""
    citations, settings = links(site), Settings(vantage="local", allow_private=True)
    assert observed(site, citations, settings, short=True, takes=False) == (
        observed(site, citations, settings, short=False)[0],
        set(),
    )


def test_quotes_and_decisions_are_not_passed_over(site: LoopbackSite) -> None:
    """A link with a quote is read, and one that the settings leave out is not asked."""
    quoted = Citation("quoted", url=f"{site.url}/bridge", quotes=("under the old bridge",))
    settings = load_settings(command_line={"exclude": ["/road"], "vantage": "local", "allow_private": True})
    said, taken = observed(site, [quoted, *links(site)[1:2]], settings, short=True)
    assert not taken
    assert said["/road"].startswith("unchecked excluded")
    assert said["/bridge"].startswith("alive ok")


def test_lines_are_those_of_the_whole_report(site: LoopbackSite, tmp_path: Path) -> None:
    """What ``-f jsonl`` writes of a list is, entry for entry, what ``-f json`` says of it."""
    given = "\n".join(str(link.url) for link in links(site)) + "\n"
    lines, whole = (
        run_here(("check", "-", "-f", form, "--allow-private", "--no-progress"), tmp_path, {}, given)
        for form in ("jsonl", "json")
    )
    by_line = {entry["url"]: entry for entry in lines.entries}
    by_report = {entry["url"]: entry for entry in whole.report["citations"]}
    assert len(by_line) == len(PAGES) + 1
    for entry in (*by_line.values(), *by_report.values()):
        for key in ("checked_at", "last_alive_at", "first_failed_at", "elapsed_ms", "findings"):
            entry.pop(key, None)
    assert by_line == by_report
