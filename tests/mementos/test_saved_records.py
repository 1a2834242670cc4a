"""What a history says of one memento that was found, saved, judged and lost again."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from citekeeper.history import History
from citekeeper.model import Memento, MementoState, Shows
from citekeeper.pipeline.recording import MementoRecord
from citekeeper.pipeline.saved import recorded_mementos

from .loopback import FakeClock

AT = datetime(2026, 5, 3, 12, tzinfo=UTC)
FOUND = Memento("wayback", "https://web.archive.org/web/20260503120000/https://a.test/", MementoState.FOUND, AT, 3)
ASKED = Memento(
    "wayback", "https://web.archive.org/web/20260503115900/https://a.test/", MementoState.SUBMITTED,
    job_id="j", request="r", reason="why",
)  # fmt: skip
CAPTURED = replace(ASKED, uri=FOUND.uri, state=MementoState.CAPTURED, datetime=AT)
JUDGED = replace(
    CAPTURED, state=MementoState.VERIFIED, shows=Shows.SOURCE, quotes=(("q", 1.0), ("b", 0.0)), sha256="0" * 64
)


@pytest.fixture
def record(tmp_path: Path) -> MementoRecord:
    """Writes into a history on disk."""
    return MementoRecord(lambda name: History(tmp_path, name), FakeClock(), random.Random(1), None)


def known(record: MementoRecord, *states: Memento) -> list[Memento]:
    """What is known once these were written, one after the other."""
    for memento in states:
        record.clock.sleep(1.0)
        record.write("a", memento)
    return recorded_mementos(record.events("a"))


def test_one_that_was_found_and_saved_is_one_with_all_that_is_known(record: MementoRecord) -> None:
    """The judgement and the reason come from the save, the distance from the find; nothing is written twice."""
    assert known(record, FOUND, ASKED, CAPTURED, JUDGED) == [replace(JUDGED, distance_days=3)]
    lines = len(record.events("a"))
    assert known(record, JUDGED, FOUND, JUDGED) == [replace(JUDGED, distance_days=3)]
    assert len(record.events("a")) == lines


def test_what_is_no_longer_served_has_failed_and_may_come_back(record: MementoRecord) -> None:
    """A copy that was looked at again counts as it was seen last."""
    gone = replace(JUDGED, state=MementoState.FAILED, note="no longer served")
    (lost,) = known(record, ASKED, JUDGED, gone)
    assert (lost.state, lost.is_kept) == (MementoState.FAILED, False)
    (back,) = known(record, JUDGED)
    assert back.is_proof


def test_who_only_gave_up_waiting_undoes_nothing(record: MementoRecord) -> None:
    """A failure without a copy is less than a copy that another machine saw replayed."""
    (memento,) = known(record, ASKED, JUDGED, replace(ASKED, state=MementoState.FAILED))
    assert memento.is_proof
