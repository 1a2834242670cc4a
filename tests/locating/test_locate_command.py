"""``citekeeper locate`` as a person runs it, and the search beneath it under troubles."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from citekeeper.errors import ServiceError
from citekeeper.history import History, new_event
from citekeeper.mementos.search import MOST_ROWS, cdx_search
from citekeeper.network import Network
from citekeeper.register import load
from citekeeper.sandbox import OFFLINE, TOO_MANY_REQUESTS, Response, Sandbox, World
from locating.conftest import Locate, write_register
from locating.seeded import seed_rows

GAZETTE = "https://www.gazette.example.org/2023/03/01/the-river-that-moved-its-border-overnight"
PAGE = "<title>The river that moved its border overnight - Gazette</title><h1>The river</h1>"
RENAMED = "https://vestnik.example.org/story/reka-kotoraya-peredvinula-granicu"
RENAMED_PAGE = "<meta charset=utf-8><title>Граница сдвинулась за одну ночь вместе с рекой — Вестник</title>"
CORRUPT = f"{GAZETTE}-the-river-that-moved-its-border/ar-AA1bCdE"
ENTRIES = f"""  # the river
  - id: river
    title: The river that moved its border overnight
    publisher: gazette.example.org   # as printed
    published: 2023-03-01
    accessed: 2023-03-05
    url: null
    extra: 'kept'
  - id: renamed
    title: «Граница сдвинулась за одну ночь вместе с рекой»
    publisher: westnik.example.org
    published: 2023-03-02
    accessed: 2023-03-05
    url: ~
  - id: unheld
    title: A bridge that nobody crossed in a hundred years
    publisher: gazette.example.org
    published: 2023-03-03
    url: null
  - id: corrupt
    title: The river that moved its border overnight
    url: {CORRUPT}
  - id: secret
    title: The river that moved its border overnight
    publisher: secret.example.org
    private: true
    url: null
"""


@pytest.fixture
def world(world: World) -> World:
    """An archive with three of the sources among a thousand pages of the same sites."""
    sites = ["gazette.example.org", "vestnik.example.org", "other.example.org"]
    seed_rows(world, sites, 1_000, datetime(2023, 2, 20, tzinfo=UTC), weeks=3)
    world.wayback.hold(GAZETTE, "20230302101500", PAGE)
    world.wayback.hold(RENAMED, "20230304101500", RENAMED_PAGE)
    return world


def test_found_written_and_nothing_else_touched(home: Path, citekeeper: Locate, sandbox: Sandbox) -> None:
    """What is lost, misprinted or corrupt is found; no other line is touched; nobody hears of what is private."""
    write_register(home, ENTRIES)
    before = (home / "citations.yaml").read_text()
    asked = citekeeper("locate", "--no-progress")
    assert asked.first == {
        "river": f"chosen {GAZETTE}",
        "renamed": f"chosen {RENAMED}",
        "corrupt": f"chosen {GAZETTE}",
    }, asked.out
    assert "unheld: A bridge that nobody crossed in a hundred years\n  Nothing found" in asked.out
    assert "secret: not searched for: the citation is private" in asked.err
    assert not [request for request in sandbox.asked("web.archive.org") if "secret" in request.url]
    assert "westnik.example.org is perhaps a misprint of vestnik.example.org" in asked.out
    assert (home / "citations.yaml").read_text() == before
    assert citekeeper("locate", "river", "corrupt", "--write", "--no-progress").code == 0
    after = (home / "citations.yaml").read_text()
    kept = [line for line in before.splitlines() if line not in ("    url: null", f"    url: {CORRUPT}")]
    assert [line for line in after.splitlines() if line in kept] == kept
    citations = {citation.id: citation for citation in load(home / "citations.yaml").citations}
    assert citations["river"].url == citations["corrupt"].url == GAZETTE
    assert f"was: {CORRUPT}" in after
    assert after.count("located:") == 2
    assert "how: headline, slug, day" in after


def test_nobody_is_asked_without_leave(home: Path, citekeeper: Locate, sandbox: Sandbox) -> None:
    """Where services does not name wayback, no request leaves."""
    write_register(home, ENTRIES, services="[]")
    outcome = citekeeper("locate", "--no-progress")
    assert (outcome.code, outcome.out) == (0, "")
    assert "services does not name wayback" in outcome.err
    assert not sandbox.asked("web.archive.org")


def test_usage(home: Path, citekeeper: Locate) -> None:
    """An unknown id is exit 2; a register where nothing is lost says so."""
    write_register(home, f"  - id: a\n    url: {GAZETTE}\n")
    assert citekeeper("locate", "b").code == 2
    outcome = citekeeper("locate")
    assert (outcome.code, outcome.out) == (0, "")
    assert "Every citation has an address" in outcome.err


def test_a_site_that_is_withheld_is_no_nothing(home: Path, citekeeper: Locate, world: World) -> None:
    """Where the archive answers no question, that is exit 3 and its reason, not “nothing found”."""
    write_register(home, ENTRIES)
    world.wayback.exclude("gazette.example.org")
    outcome = citekeeper("locate", "river", "--no-progress")
    assert outcome.code == 3
    assert "withholds this site" in outcome.err
    assert "Nothing found" not in outcome.out


def test_a_dead_source_is_found_at_its_new_home(home: Path, citekeeper: Locate) -> None:
    """A source that is gone, with no copy known, is looked for by its title on its own site; one that lives is not."""
    old = "https://www.gazette.example.org/index.php?id=17"
    entry = f"title: The river that moved its border overnight\n    accessed: 2023-03-05\n    url: {old}\n"
    write_register(home, f"  - id: dead\n    {entry}  - id: living\n    {entry}")
    for citation_id, verdict in (("dead", "gone"), ("living", "alive")):
        at = datetime(2026, 1, 1, tzinfo=UTC)
        event = new_event("check", at, "local", {"verdict": verdict, "reason": "x"}, random.Random(1))
        History(home / "archive", citation_id).append(event)
    outcome = citekeeper("locate", "--write", "--no-progress")
    assert outcome.first == {"dead": f"chosen {GAZETTE}"}
    assert [citation.url for citation in load(home / "citations.yaml").citations] == [GAZETTE, old]


class FakeClock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.ticks = 0.0
        self.started: list[float] = []

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.ticks)

    def monotonic(self) -> float:
        return self.ticks

    def sleep(self, seconds: float) -> None:
        self.ticks += seconds


@pytest.fixture
def network(sandbox: Sandbox) -> Network:
    """The sandbox as the network of this process."""
    return Network.from_environ(sandbox.environ)


def test_the_search_outlives_flaps_and_keeps_the_pace(network: Network, world: World) -> None:
    """A 429 holds everything for a minute, a 503 is asked again; no more than 30 questions go out a minute."""
    clock = FakeClock()
    search = cdx_search(network, clock, random.Random(1))
    world.wayback.trouble("cdx", TOO_MANY_REQUESTS)
    world.wayback.trouble("cdx", OFFLINE)
    assert search.at(GAZETTE).pages[0].url == GAZETTE
    assert clock.ticks >= 60
    search.at(GAZETTE)
    before = clock.ticks
    for number in range(31):
        assert search.at(f"https://gazette.example.org/{number}").pages == ()
    assert clock.ticks - before >= 60


def test_a_service_that_stays_away_raises(network: Network, world: World) -> None:
    """“Temporarily offline” to the end is an error, never an empty answer."""
    world.wayback.trouble("cdx", OFFLINE, times=None)
    with pytest.raises(ServiceError):
        cdx_search(network, FakeClock(), random.Random(1)).site("gazette.example.org", None, None)


def test_a_site_with_too_many_pages_is_told(network: Network, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that fills the limit is not complete; with words it can be."""
    monkeypatch.setattr("citekeeper.mementos.search.MOST_ROWS", 50)
    assert MOST_ROWS > 50
    search = cdx_search(network, FakeClock(), random.Random(1))
    assert not search.site("gazette.example.org", None, None).complete
    narrowed = search.site("gazette.example.org", None, None, ["border", "overnight"])
    assert narrowed.complete
    assert [hit.url for hit in narrowed.pages] == [GAZETTE]
    assert narrowed.pages[0].memento == f"https://web.archive.org/web/20230302101500/{GAZETTE}"


def test_a_site_named_in_brackets_and_a_search_that_is_held_back(
    citekeeper: Locate, world: World, home: Path, sandbox: Sandbox
) -> None:
    """A publisher's site counts wherever it is printed; an archive that asks for a day of patience ends the search."""
    entry = "  - {id: river, title: The river that moved its border overnight, published: 2023-03-01, "
    write_register(home, entry + "publisher: 'The Gazette (gazette.example.org)', url: null}\n")
    assert citekeeper("locate").first["river"] == f"chosen {GAZETTE}"
    world.wayback.trouble("cdx", Response.text("Too Many Requests", 429, (("Retry-After", "86400"),)), times=None)
    done = citekeeper("locate")
    assert done.code == 3
    assert "s of patience" in done.err


def test_an_address_within_that_gives_access_is_told_to_nobody(
    citekeeper: Locate, home: Path, sandbox: Sandbox
) -> None:
    """A redirector's query may carry what must not be named."""
    inner = "https%3A%2F%2Fuser%3Aword%40gazette.example.org%2Fa"
    write_register(home, f"  - {{id: a, title: The river that moved, url: 'https://out.example.org/?u={inner}'}}\n")
    done = citekeeper("locate", "a")
    assert "told to nobody" in done.out
    assert not any(
        "%2F%2Fuser" in request.query.get("url", "") or "user:word@" in request.url for request in sandbox.log
    )
