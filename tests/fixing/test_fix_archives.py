"""Which archived copy ``fix`` cites, of several archives."""

from __future__ import annotations

from typing import Any

import pytest

from citekeeper.model import Event
from fixing.conftest import GONE, Fix, Keeper

ARQUIVO = f"https://arquivo.pt/wayback/20220502101530/{GONE}"
NEARER = f"https://web.archive.org/web/20220503101530/{GONE}"
TODAY = f"https://archive.ph/20220504101530/{GONE}"


@pytest.fixture
def cited(keeper: Keeper) -> Keeper:
    """A source that is gone, with a quote."""
    keeper.cite("fn1", GONE, "accessed: 2022-05-04", 'quotes: ["the words"]')
    keeper.saw("fn1", 1, "gone")
    (keeper.home / "a.md").write_text(f"See <{GONE}>.\n", encoding="utf-8")
    return keeper


def hold(keeper: Keeper, uri: str, moment: str, **more: Any) -> None:
    fields = {"archive": "x", "uri": uri, "datetime": moment, "state": "verified", **more}
    keeper._record("fn1", "memento", 2, fields)


def test_the_copy_that_holds_the_quote_is_cited(cited: Keeper, fixed_here: Fix) -> None:
    """Before a nearer one that lacks it, and in whatever archive it lies."""
    hold(cited, NEARER, "2022-05-03T10:15:30Z", shows="source", quotes={"the words": 0.0})
    hold(cited, ARQUIVO, "2022-05-02T10:15:30Z", shows="source", quotes={"the words": 1.0})
    assert fixed_here("a.md", "--style", "replace").out.decode() == f"See <{ARQUIVO}>.\n"


def test_what_shows_something_else_is_not_cited(cited: Keeper, fixed_here: Fix) -> None:
    """However near it is."""
    hold(cited, NEARER, "2022-05-03T10:15:30Z", shows="failure")
    hold(cited, ARQUIVO, "2022-05-02T10:15:30Z", state="found")
    assert ARQUIVO in fixed_here("a.md", "--style", "replace").out.decode()


def test_archive_today_is_not_cited(cited: Keeper, fixed_here: Fix) -> None:
    """Not when it was looked up, and not when a person pinned it."""
    hold(cited, TODAY, "2022-05-04T10:15:30Z")
    done = fixed_here("a.md", "--style", "replace")
    assert done.out.decode() == f"See <{GONE}>.\n"
    assert "no archived copy is known" in done.err
    cited.entries.clear()
    cited.cite("fn1", GONE, "accessed: 2022-05-04", f"archived: ['{TODAY}']")
    assert fixed_here("a.md", "--style", "replace").out.decode() == f"See <{GONE}>.\n"


def test_an_event_is_of_the_kind_that_histories_hold() -> None:
    """What this file writes is what a run writes."""
    from datetime import UTC, datetime

    from citekeeper.pipeline.saved import memento_fields, memento_of, recorded_mementos

    at = datetime(2026, 1, 1, tzinfo=UTC)
    judged = {"shows": "source", "quotes": {"a": 1.0}, "sha256": "0" * 64}
    fields = {"archive": "x", "uri": ARQUIVO, "state": "verified", **judged}
    memento = memento_of(Event("1", at, "memento", None, fields))
    assert memento is not None
    assert memento_fields(memento) == fields
    later = Event("2", at, "memento", None, {"archive": "x", "uri": ARQUIVO, "state": "found", "job_id": "j"})
    (merged,) = recorded_mementos([Event("1", at, "memento", None, fields), later])
    assert merged == memento
