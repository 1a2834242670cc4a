"""The letter's text, all its links lost, over an index of 10,000 other pages of the same sites and weeks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from citekeeper import importers
from citekeeper.locating import POSSIBLE, Page, Wanted, chosen, ranked
from citekeeper.register import load
from citekeeper.sandbox import World
from citekeeper.sandbox.letter import AROGED, MEDUZA, SOURCES, SVOBODA_ALIVE, SVOBODA_GONE, letter_world
from locating.conftest import Locate
from locating.seeded import seed_rows, seeded_pages

SITES = ["svoboda.org", "meduza.io", "aroged.com", "bloomberg.com", "twitter.com"]
BLOOMBERG_TRUE = (
    "https://www.bloomberg.com/news/articles/2022-04-29/biden-seeks-to-rob-putin-of-his-top-scientists-with-visa-lure"
)


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """The letter's own internet, whose archive holds four of its six sources, and thousands of pages besides."""
    world = letter_world()
    seed_rows(world, SITES, getattr(request, "param", 10_000), datetime(2022, 2, 20, tzinfo=UTC), weeks=11)
    return world


@pytest.fixture
def register(letter: Path, home: Path, citekeeper: Locate) -> Path:
    """The letter's text, imported, with leave to ask the Wayback Machine."""
    (home / "open-letter.md").write_bytes((letter / "open-letter.md").read_bytes())
    assert citekeeper("import", "open-letter.md").code == 0
    path = home / "citations.yaml"
    assert all(citation.url is None for citation in load(path).citations if citation.kind == "citation")
    return path


@pytest.mark.letter
def test_what_is_held_is_first_and_nothing_else_is_answered(register: Path, citekeeper: Locate) -> None:
    """Each source that the archive holds is found and chosen; for the two that it does not hold there is no answer."""
    outcome = citekeeper("locate", "--write", "--no-progress")
    assert outcome.code == 0, outcome.err
    held = {"fn1": AROGED, "fn3": SVOBODA_ALIVE, "fn4": MEDUZA, "fn5": SVOBODA_GONE}
    assert outcome.first == {citation: f"chosen {url}" for citation, url in held.items()}, outcome.out
    assert "medusa.io is perhaps a misprint of meduza.io" in outcome.out
    written = {citation.id: citation.url for citation in load(register).citations if citation.id in SOURCES}
    assert written == {**dict.fromkeys(SOURCES), **held}


@pytest.mark.letter
@pytest.mark.parametrize("world", [1_000], indirect=True)
def test_the_other_half(register: Path, world: World, citekeeper: Locate) -> None:
    """Where the archive holds the Bloomberg article and not Meduza's, it is the other way round."""
    world.wayback.hold(
        BLOOMBERG_TRUE, "20220430120000", "<title>Biden Seeks to Rob Putin of Scientists With Visa Lure</title>"
    )
    world.wayback.exclude("meduza.io")
    outcome = citekeeper("locate", "fn2", "fn4", "--no-progress")
    assert outcome.first == {"fn2": f"chosen {BLOOMBERG_TRUE}"}, outcome.out
    assert "withholds meduza.io, of which medusa.io may be a misprint" in outcome.out
    assert "Nothing was changed" in outcome.err


@pytest.mark.letter
@pytest.mark.parametrize("citation_id", ["fn1", "fn2", "fn3", "fn4", "fn5"])
def test_each_source_held_and_not_held(letter: Path, citation_id: str) -> None:
    """By its address alone each source is first among the pages of its site; without it, none of them comes near."""
    cited = next(c for c in importers.read(letter / "open-letter.md").citations if c.id == citation_id)
    wanted = Wanted(cited.title, cited.published, cited.accessed)
    truth = {**SOURCES, "fn2": BLOOMBERG_TRUE}[citation_id]
    begin = datetime(2022, 2, 20, tzinfo=UTC)
    others = [Page(url, moment) for url, moment in seeded_pages(SITES, 10_000, begin, weeks=11)]
    others = [page for page in others if page.url.split("/")[2] == truth.split("/")[2]]
    without = ranked(wanted, others)
    assert without[0].score < POSSIBLE
    assert chosen(without, wanted) is None
    found = ranked(wanted, [*others, Page(truth, datetime(2022, 5, 3, 12, tzinfo=UTC))])
    assert found[0].page.url == truth
    assert (chosen(found, wanted) is not None) is (citation_id != "fn4")  # whose slug has another headline
