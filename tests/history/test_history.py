"""history.jsonl: what survives a crash and a merge, and what the rules make of it."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekeeper.errors import StorageError, UsageError
from citekeeper.history import (
    History,
    due,
    new_event,
    pending_jobs,
    strikes,
    up_to,
    validators,
    worth_recording,
)
from citekeeper.model import Event, MementoState, VerdictKind

START = datetime(2022, 5, 2, 9, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _check(after: timedelta, verdict: str, vantage: str = "ci", **fields: object) -> Event:
    return new_event("check", START + after, vantage, {"verdict": verdict, **fields}, random.Random(repr(after)))


def _memento(after: timedelta, state: str, job: str | None) -> Event:
    fields = {"state": state, "job_id": job}
    return new_event("memento", START + after, None, fields, random.Random(f"{after}{state}"))


def test_an_event_comes_back_as_it_went(tmp_path):
    """id, time, kind, vantage, then the fields; empty ones are left out, text stays readable."""
    history = History(tmp_path, "fn1")
    event = new_event(
        "check",
        START,
        "ci",
        {"verdict": VerdictKind.ALIVE, "reason": "ok", "etag": '"ё"', "sha256": None, "seen": START},
        random.Random(1),
    )
    history.append(event)
    line = (tmp_path / "fn1" / "history.jsonl").read_text(encoding="utf-8")
    assert list(json.loads(line)) == ["id", "at", "event", "vantage", "verdict", "reason", "etag", "seen"]
    assert '"at":"2022-05-02T09:30:00Z"' in line
    assert "ё" in line
    (back,) = history.events()
    assert (back.id, back.at, back.event, back.vantage) == (event.id, event.at, "check", "ci")
    assert back.fields["verdict"] == VerdictKind.ALIVE


@pytest.mark.parametrize("name", ["verdict", "reason", "etag", "manifest", "capture", "state", "job_id", "sha256"])
def test_line_with_a_thing_for_a_text_is_damaged(tmp_path, name):
    """What names a verdict or a capture is a text: a line where it is something else is left out, and no crash."""
    history = History(tmp_path, "fn1")
    history.append(_check(DAY, "failing"), _check(5 * DAY, "failing"))
    for wrong in (["x"], {"a": 1}, 7, True):
        line = {"id": f"{wrong}", "at": "2022-05-03T00:00:00Z", "event": "check", "vantage": "ci", name: wrong}
        with history.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
    events = history.events()
    assert (len(events), history.damaged) == (2, 4)
    assert strikes(events, "ci").count == 2
    assert not pending_jobs(events)


def test_events_ahead_of_the_clock_are_left_out():
    """What is dated more than a day ahead of now cannot have happened; clocks may differ by less."""
    events = [_check(n * DAY, "alive") for n in range(5)]
    assert up_to(events, START + 9 * DAY) is events
    assert list(up_to(events, START + 2 * DAY)) == events[:4]
    assert up_to((), START) == ()


def test_no_history_is_no_events(tmp_path):
    """A source that was never seen has an empty history, and asking makes no file."""
    assert History(tmp_path, "fn1").events() == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("bad", ["../x", "CON", "con", "", "a/b", "A"])
def test_an_id_that_is_no_folder_is_refused(tmp_path, bad):
    """No id leads out of the archive."""
    with pytest.raises(UsageError):
        History(tmp_path, bad)


def test_damage_is_skipped_and_counted(tmp_path):
    """Torn lines, conflict markers, foreign values and bytes that are no UTF-8 cost only themselves."""
    history = History(tmp_path, "fn1")
    history.append(_check(0 * DAY, "alive"))
    with history.path.open("ab") as stream:
        stream.write(
            b'<<<<<<< ours\n\n[]\n3\n{"id": 1, "at": "x", "event": "check"}\n\xff\n' + b"[" * 100_000 + b'\n{"id": "to'
        )
    history.append(_check(1 * DAY, "gone"))
    assert [e.fields["verdict"] for e in history.events()] == ["alive", "gone"]
    assert history.damaged == 7


def test_two_events_on_one_line_are_both_read(tmp_path):
    """A merge that lost a line end loses no event."""
    history = History(tmp_path, "fn1")
    history.append(_check(0 * DAY, "alive"))
    history.append(_check(1 * DAY, "gone"))
    history.path.write_bytes(history.path.read_bytes().replace(b"\n", b""))
    assert len(history.events()) == 2
    assert history.damaged == 0


@settings(max_examples=15, deadline=None)
@given(st.permutations(list(range(6))), st.lists(st.integers(0, 5), max_size=4))
def test_a_union_merge_gives_the_same_events(tmp_path_factory, order, repeated):
    """Lines in any order, some twice: read in order of time, each once."""
    events = [_check(n * HOUR, "alive") for n in range(6)]
    history = History(tmp_path_factory.mktemp("archive"), "fn1")
    for place in [*order, *repeated]:
        history.append(events[place])
    assert [e.id for e in history.events()] == [e.id for e in events]


def test_ids_sort_by_time_and_differ_within_a_moment():
    """Two machines that see something in the same microsecond make two ids."""
    rng = random.Random(7)
    ids = [new_event("check", START, "ci", {}, rng).id for _ in range(100)]
    later = new_event("check", START + timedelta(microseconds=1), "ci", {}, rng).id
    assert len(set(ids)) == 100
    assert later > max(ids)


@pytest.mark.parametrize("fields", [{"at": "x"}, {"id": "x"}, {"odd": object()}, {"number": float("nan")}])
def test_an_event_that_no_reader_would_understand_is_not_written(tmp_path, fields):
    """A clash with an event's own keys, or a value that JSON does not have."""
    history = History(tmp_path, "fn1")
    with pytest.raises(ValueError, match=r".+"):
        history.append(Event("x", START, "check", None, MappingProxyType(fields)))
    assert history.events() == ()


def test_an_unreadable_history_is_a_storage_error(tmp_path):
    """It is not taken for an empty one."""
    history = History(tmp_path, "fn1")
    history.path.mkdir(parents=True)
    with pytest.raises(StorageError):
        history.events()


@pytest.mark.parametrize(
    ("seen", "count", "qualifies"),
    [
        ([], 0, False),
        ([(0, "failing")], 1, False),
        ([(0, "failing"), (1, "unreachable"), (3, "failing")], 3, True),
        ([(0, "failing"), (1, "failing"), (2, "failing")], 3, False),
        ([(0, "failing"), (4, "failing")], 2, False),
        ([(0, "failing"), (1, "alive"), (2, "failing"), (4, "failing"), (5, "failing")], 3, True),
        ([(0, "failing"), (1, "walled"), (2, "throttled"), (2, "blocked"), (2, "failing"), (3, "failing")], 3, True),
        ([(0, "failing"), (1, "gone"), (3, "failing"), (4, "failing")], 2, False),
        ([(0, "failing"), (1, "failing"), (3, "failing"), (4, "alive")], 0, False),
        ([(0, "failing"), (1, "insecure"), (2, "failing")], 1, False),
    ],
)
def test_strikes_are_failures_in_a_row_over_three_days(seen, count, qualifies):
    """What speaks of the reader neither counts nor ends the row; an answer of the source ends it."""
    row = strikes([_check(day * DAY, verdict) for day, verdict in seen], "ci")
    assert (row.count, row.qualifies) == (count, qualifies)
    assert (row.first_failed_at is None) == (count == 0)


def test_strikes_are_counted_for_one_vantage():
    """Failures elsewhere are not failures here; the last time alive is told."""
    events = [
        _check(0 * DAY, "alive"),
        _check(1 * DAY, "failing", "home"),
        _check(2 * DAY, "failing"),
        _check(5 * DAY, "failing"),
    ]
    row = strikes(events, "ci")
    assert (row.count, row.first_failed_at, row.last_alive_at) == (2, START + 2 * DAY, START)
    assert strikes(events, "home").count == 1


@pytest.mark.parametrize(
    ("before", "verdict", "reason", "after", "worth"),
    [
        (None, "alive", "ok", 0 * DAY, True),
        (None, "unchecked", "no-url", 0 * DAY, False),
        ("alive", "alive", "ok", 1 * DAY, False),
        ("alive", "alive", "ok", 7 * DAY, True),
        ("alive", "alive", "other", HOUR, True),
        ("alive", "moved", "ok", HOUR, True),
        ("walled", "walled", "ok", 1 * DAY, False),
        ("failing", "failing", "ok", HOUR, True),
        ("gone", "gone", "ok", HOUR, True),
    ],
)
def test_an_unchanged_living_source_adds_a_line_a_week(before, verdict, reason, after, worth):
    """Changes and failures always do, an unchecked source never does."""
    events = [] if before is None else [_check(0 * DAY, before, reason="ok")]
    assert worth_recording(events, verdict, reason, "ci", START + after) is worth
    assert worth_recording(events, verdict, reason, "home", START + after) is (verdict != "unchecked")


def test_validators_are_those_of_the_last_living_answer():
    """Not those of an error page, of another vantage, or of an older answer that had more of them."""
    events = [
        _check(0 * DAY, "alive", etag='"1"', last_modified="Mon, 02 May 2022 09:30:00 GMT"),
        _check(1 * DAY, "alive", etag='"2"'),
        _check(2 * DAY, "soft-404", etag='"3"'),
        _check(3 * DAY, "alive", "home", etag='"4"'),
    ]
    assert validators(events, "ci") == {"etag": '"2"'}
    assert validators(events, "nowhere") == {}
    assert validators([_check(0 * DAY, "alive", etag="a\r\nCookie: b", last_modified=3)], "ci") == {}


def test_pending_jobs_are_those_without_an_end():
    """Submitted and not yet captured, verified or failed, whoever submitted them."""
    events = [
        _memento(0 * HOUR, MementoState.SUBMITTED, "a"),
        _memento(1 * HOUR, MementoState.SUBMITTED, "b"),
        _memento(2 * HOUR, MementoState.CAPTURED, "a"),
        _memento(3 * HOUR, MementoState.SUBMITTED, "c"),
        _memento(4 * HOUR, MementoState.FAILED, "c"),
        _memento(5 * HOUR, MementoState.FOUND, None),
    ]
    assert [e.fields["job_id"] for e in pending_jobs(events)] == ["b"]


def test_what_was_not_alive_is_always_due():
    """--max-age skips only what was found living."""
    rng = random.Random(1)
    for verdict in VerdictKind:
        is_due = due([_check(0 * DAY, verdict)], START + HOUR, 7 * DAY, rng)
        assert is_due is (verdict not in ("alive", "moved"))
    assert due([], START, DAY, rng)
    assert due([_check(0 * DAY, "alive")], START + HOUR, None, rng)
    assert due([_check(0 * DAY, "alive")], START + HOUR, DAY, rng, "home")
    assert due([_check(1 * DAY, "alive")], START, DAY, rng)


@given(st.integers(0, 2**32), st.floats(0, 3))
def test_jitter_makes_due_sooner_and_never_later(seed, age):
    """Within the last quarter of max_age chance decides, so that not all fall due in one run."""
    is_due = due([_check(0 * DAY, "alive")], START + age * DAY, DAY, random.Random(seed))
    if age >= 1:
        assert is_due
    elif age < 0.75:
        assert not is_due
