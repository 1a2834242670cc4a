"""Mending a document beside a register of tens of thousands of entries: only what it links to is looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from citekeeper.history import History, new_event
from citekeeper.model import Memento
from citekeeper.pipeline.saved import recorded_mementos

from .conftest import COPY, GONE, Fix, Keeper


def test_only_the_histories_of_the_documents_links_are_read(
    keeper: Keeper, fixed_here: Fix, monkeypatch: pytest.MonkeyPatch
):
    """Of a hundred sources with histories, those that the document does not link to are left unread."""
    for number in range(100):
        keeper.cite(f"c{number}", f"https://e{number}.example/page")
    keeper.letter()
    (keeper.home / "doc.md").write_text(f"See [it](<{GONE}>) and [that](https://e7.example/page).\n", encoding="utf-8")
    read: list[Path] = []
    events = History.events
    monkeypatch.setattr(History, "events", lambda history: read.append(history.path) or events(history))
    done = fixed_here("doc.md", "--style", "replace")
    assert COPY.replace("(", "%28").replace(")", "%29") in done.out.decode() or COPY in done.out.decode()
    assert {path.parent.name for path in read} == {"fn1", "c7"}


def test_failed_saves_are_not_compared_with_each_other(keeper: Keeper, monkeypatch: pytest.MonkeyPatch):
    """Ten years of saves that failed leave the last of them, without comparing each with each."""
    for number in range(300):
        uri = f"https://web.archive.org/save/{number}"
        fields = {"archive": "wayback", "uri": uri, "state": "failed", "job_id": uri}
        event = new_event("memento", datetime(2026, 1, 1 + number % 27, tzinfo=UTC), "local", fields, keeper.rng)
        History(keeper.home / "archive", "fn1").append(event)
    compared: list[int] = []
    alike = Memento.__eq__
    monkeypatch.setattr(Memento, "__eq__", lambda one, other: compared.append(1) or alike(one, other))
    found = recorded_mementos(History(keeper.home / "archive", "fn1").events())
    assert len(found) == 1
    assert len(compared) < 10
