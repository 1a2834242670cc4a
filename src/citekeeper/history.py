"""archive/<id>/history.jsonl: what was seen of a source and done for it, an event a line, never rewritten.

Git merges two branches' histories by keeping the lines of both (``merge=union``), so readers sort and drop duplicates.
The rules that weigh a history (strikes, what is worth a line, what is due) are pure functions over events.
"""

from __future__ import annotations

import json
import random as random_module
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from citekeeper.clock import iso
from citekeeper.errors import StorageError, UsageError
from citekeeper.files import Syncing, append_line
from citekeeper.ids import is_valid_id
from citekeeper.model import Event, MementoState, VerdictKind
from citekeeper.values import dataclass

FILE_NAME = "history.jsonl"
STRIKES_NEEDED = 3
STRIKES_SPAN = timedelta(days=3)
UNCHANGED_INTERVAL = timedelta(days=7)
"""An unchanged source that answers adds no line sooner than this after its last."""
CLOCKS_DIFFER = timedelta(days=1)
"""How far the clocks of the machines that write one history may be apart."""
JITTER = 0.25
"""How much earlier than ``max_age`` a source may be due, as a part of it, so that not all are due in the same run."""

_FAILURES = frozenset({VerdictKind.FAILING, VerdictKind.UNREACHABLE})
_SAYS_NOTHING = frozenset({VerdictKind.WALLED, VerdictKind.THROTTLED, VerdictKind.BLOCKED, VerdictKind.UNCHECKED})
"""Verdicts about the reader or the place rather than the source: they neither lengthen nor end a row of failures."""
_LIVING = frozenset({VerdictKind.ALIVE, VerdictKind.MOVED})
_QUIET = _LIVING | {
    VerdictKind.DRIFTED,
    VerdictKind.WALLED,
    VerdictKind.BLOCKED,
    VerdictKind.THROTTLED,
    VerdictKind.INSECURE,
}
"""Verdicts of a source that is there; seeing the same again is news only once a week."""
_SETTLED = frozenset({MementoState.CAPTURED, MementoState.VERIFIED, MementoState.FAILED})
_OWN_KEYS = ("id", "at", "event", "vantage")
_TEXTS = frozenset(
    {"verdict", "reason", "etag", "last_modified", "sha256", "manifest", "capture", "job_id", "request", "state"}
)
"""Fields that are texts wherever they stand: a line in which one of them is not was written by no citekeeper."""


class History:
    """One citation's history file.

    Args:
        archive_dir: the archive directory; it need not exist.
        citation_id: whose history.

    Attributes:
        damaged: how many lines the last `events` could not read (torn by a crash, conflict markers).
        contradicted: how many said otherwise than another of the same id; the first of them counts.

    Raises:
        UsageError: the id may not be a folder's name.
    """

    def __init__(self, archive_dir: Path, citation_id: str) -> None:
        if not is_valid_id(citation_id):
            raise UsageError(
                f"“{citation_id}” is no citation id.",
                "Ids have at most 64 of a-z, 0-9 and “-”; correct citations.yaml.",
            )
        self.path = archive_dir / citation_id / FILE_NAME
        self.damaged = 0
        self.contradicted = 0

    def events(self) -> tuple[Event, ...]:
        """All events by time, each once; () where there is no file. Lines that cannot be read count as `damaged`.

        Raises:
            StorageError: the file is there and cannot be read.
        """
        try:
            if not self.path.is_file() and self.path.exists():  # a FIFO would be waited for
                raise StorageError(f"{self.path} is no regular file.", "Put the file back, for instance out of git.")
            data = self.path.read_bytes()
        except FileNotFoundError:
            self.damaged = self.contradicted = 0
            return ()
        except OSError as error:
            raise StorageError(f"{self.path} could not be read: {error.strerror}.", "Make it readable.") from error
        found, self.damaged, self.contradicted = _read_lines(data)
        return found

    def append(self, *events: Event, syncing: Syncing | None = None) -> None:
        """Add events, forced to disk together: at once, or by ``syncing``.

        Raises:
            StorageError: it could not be written.
            ValueError: a field has the name of one of the event's own keys, or a value that JSON cannot hold.
        """
        append_line(self.path, *map(encoded, events), syncing=syncing)


def decoded_events(data: bytes) -> tuple[Event, ...]:
    """The events of a history's lines by time, each once; lines that cannot be read are left out."""
    return _read_lines(data)[0]


def _read_lines(data: bytes) -> tuple[tuple[Event, ...], int, int]:
    """The events, how many lines could not be read, and how many contradict another of their id."""
    found: dict[str, Event] = {}
    damaged = contradicted = 0
    for line in data.split(b"\n"):
        if not line.strip():
            continue
        try:
            for event in _decoded(line):
                known = found.setdefault(event.id, event)
                contradicted += known is not event and known != event
        except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
            damaged += 1
    return tuple(sorted(found.values(), key=lambda event: (event.at, event.id))), damaged, contradicted


def encoded(event: Event) -> bytes:
    """An event as its line, without line end: id, at, event, vantage, then its fields; empty ones are left out."""
    clash = [name for name in event.fields if name in _OWN_KEYS]
    if clash:
        raise ValueError(f"an event's fields cannot be named {', '.join(clash)}")
    line: dict[str, Any] = {"id": event.id, "at": iso(event.at), "event": event.event}
    if event.vantage is not None:
        line["vantage"] = event.vantage
    line.update((name, value) for name, value in event.fields.items() if value is not None)
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_json_value)
    return text.encode("utf-8", "replace")


def _json_value(value: object) -> object:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise ValueError(f"{type(value).__name__} is no value for a history")


def _decoded(line: bytes) -> Iterator[Event]:
    """The events of one line: one, or several where a lost line end glued them together."""
    text = line.decode("utf-8").strip()
    decoder = json.JSONDecoder()
    while text:
        value, end = decoder.raw_decode(text)
        yield _event(value)
        text = text[end:].lstrip()


def _event(value: dict[str, Any]) -> Event:
    identity, kind, vantage = value["id"], value["event"], value.get("vantage")
    if not (isinstance(identity, str) and isinstance(kind, str) and isinstance(vantage, str | None)):
        raise TypeError("an event's id, kind and vantage are texts")
    if not all(isinstance(value[name], str | None) for name in _TEXTS & value.keys()):
        raise TypeError("what names a verdict, a capture or a job is a text")
    at = datetime.fromisoformat(value["at"])
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    fields = {name: item for name, item in value.items() if name not in _OWN_KEYS}
    return Event(identity, at, kind, vantage, MappingProxyType(fields))


def new_event(
    event: str, at: datetime, vantage: str | None, fields: Mapping[str, Any], random: random_module.Random
) -> Event:
    """An event with a new id: its time, so that ids sort, and 32 random bits, so that no two branches make the same.

    Args:
        event: check, capture, manifest, memento, translation, deposit or withdraw.
        at: when, timezone-aware; kept to the second, the id to the microsecond.
        vantage: the name of the place of observation.
        fields: what belongs to this kind of event.
        random: where the random bits come from.
    """
    moment = at.astimezone(UTC)
    identity = f"{moment:%Y%m%dT%H%M%S}.{moment.microsecond:06d}Z-{random.getrandbits(32):08x}"
    return Event(identity, moment.replace(microsecond=0), event, vantage, MappingProxyType(dict(fields)))


# ── what a history says ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Strikes:
    """The row of failures at the end of a history, seen from one vantage.

    Attributes:
        count: how many in a row.
        first_failed_at: when the row began; None without one.
        last_alive_at: when the source was last alive or moved, before or after; None if never.
        qualifies: at least 3 in a row over at least 3 days: no longer a failure of the moment.
    """

    count: int = 0
    first_failed_at: datetime | None = None
    last_alive_at: datetime | None = None
    qualifies: bool = False


def up_to(events: Sequence[Event], now: datetime) -> Sequence[Event]:
    """The events of which it can be true that they happened: those that a wrong clock dated ahead of ``now`` cannot.

    As the last of all they would hide, for years, what was seen since.
    """
    latest = now + CLOCKS_DIFFER
    if not events or events[-1].at <= latest:
        return events
    return tuple(event for event in events if event.at <= latest)


def checks(events: Iterable[Event], vantage: str | None) -> list[Event]:
    """The checks made from one vantage (None: from any), in order of time."""
    return [e for e in events if e.event == "check" and (vantage is None or e.vantage == vantage)]


def strikes(events: Sequence[Event], vantage: str | None) -> Strikes:
    """Count the failures in a row (CONTRACT section 3, footnote 1).

    ``failing`` and ``unreachable`` count. ``walled``, ``blocked``, ``throttled`` and ``unchecked`` speak of the reader,
    the place or the moment: they neither count nor end the row. Any other verdict is an answer of the source itself and
    ends it, be it ``gone``.
    """
    row: list[Event] = []
    last_alive: datetime | None = None
    for event in checks(events, vantage):
        verdict = event.fields.get("verdict")
        if verdict in _FAILURES:
            row.append(event)
        elif verdict not in _SAYS_NOTHING:
            row = []
        if verdict in _LIVING:
            last_alive = event.at
    if not row:
        return Strikes(last_alive_at=last_alive)
    qualifies = len(row) >= STRIKES_NEEDED and row[-1].at - row[0].at >= STRIKES_SPAN
    return Strikes(len(row), row[0].at, last_alive, qualifies)


def worth_recording(events: Sequence[Event], verdict: str, reason: str, vantage: str | None, now: datetime) -> bool:
    """Whether a check deserves a line.

    The first check, every change of verdict or reason, and every failure do (``failing``, ``unreachable``, ``gone``,
    ``soft-404``, ``usurped``); the same again of a source that is there does once a week; ``unchecked`` is no
    observation and never does.
    """
    if verdict == VerdictKind.UNCHECKED:
        return False
    before = checks(events, vantage)
    if not before or verdict not in _QUIET:
        return True
    last = before[-1]
    if (last.fields.get("verdict"), last.fields.get("reason")) != (verdict, reason):
        return True
    return now - last.at >= UNCHANGED_INTERVAL


def validators(events: Sequence[Event], vantage: str | None) -> dict[str, str]:
    """What a conditional request may send (RFC 9110 section 13): ``etag`` and ``last_modified``, as far as known.

    They are those of the last check that found the source alive; those of an error page would confirm the error.
    """
    alive = [e for e in checks(events, vantage) if e.fields.get("verdict") == VerdictKind.ALIVE]
    known = {name: _header_value(alive[-1].fields.get(name)) for name in ("etag", "last_modified")} if alive else {}
    return {name: value for name, value in known.items() if value}


def _header_value(value: object) -> str | None:
    """A text that may go into a request header: histories come from branches and so are not to be trusted blindly."""
    return value if isinstance(value, str) and value.isascii() and value.isprintable() and len(value) < 1024 else None


def pending_jobs(events: Sequence[Event]) -> tuple[Event, ...]:
    """Saves that an archive was asked for and of which no end is known: any machine may ask what became of them.

    One event for each save whose state is submitted, without a captured, verified or failed one: the newest that bears
    the archive's own job id, else the newest. A save is known by its ``request`` where it has one, else by its job.
    """
    submitted: dict[str, Event] = {}
    settled: set[str] = set()
    for event in events:
        job = event.fields.get("job_id")
        save = event.fields.get("request", job)
        if event.event != "memento" or not isinstance(job, str) or not isinstance(save, str):
            continue
        if event.fields.get("state") == MementoState.SUBMITTED:
            known = submitted.get(save)
            if known is None or job != save or known.fields.get("job_id") == save:
                submitted[save] = event
        elif event.fields.get("state") in _SETTLED:
            settled.add(save)
    return tuple(event for save, event in submitted.items() if save not in settled)


def due(
    events: Sequence[Event],
    now: datetime,
    max_age: timedelta | None,
    random: random_module.Random,
    vantage: str | None = None,
) -> bool:
    """Whether a source is to be checked again.

    What was not found alive or moved at its last check always is. Living sources are once their last check is
    ``max_age`` old, or up to a quarter of it sooner, by chance, so that they spread over the runs. Without ``max_age``
    everything is.
    """
    if max_age is None:
        return True
    before = checks(events, vantage)
    if not before or before[-1].fields.get("verdict") not in _LIVING:
        return True
    age = now - before[-1].at
    return age < timedelta(0) or age >= max_age * (1 - JITTER * random.random())
