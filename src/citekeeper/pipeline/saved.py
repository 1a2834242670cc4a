"""What the history remembers of mementos: each as an event, and the events together as each memento's surest state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from citekeeper.clock import iso
from citekeeper.model import Event, Memento, MementoState

_SURER = (
    MementoState.FOUND,
    MementoState.SUBMITTED,
    MementoState.FAILED,
    MementoState.CAPTURED,
    MementoState.VERIFIED,
)
"""From what is least to what is most certain of one save. Histories of two machines may be merged: what one of them
has seen replayed is not undone by the other, which only gave up waiting."""


def name_of(memento: Memento) -> str:
    """What stays the same through all states of a memento: our name for the save, else the job, else the address."""
    return memento.request or memento.job_id or memento.uri


def memento_fields(memento: Memento) -> dict[str, object]:
    """A memento as a history event keeps it."""
    fields: dict[str, object] = {
        "archive": memento.archive,
        "uri": memento.uri,
        "state": str(memento.state),
        "datetime": iso(memento.datetime) if memento.datetime else None,
        "distance_days": memento.distance_days,
        "job_id": memento.job_id,
        "note": memento.note,
        "request": memento.request,
        "reason": memento.reason,
        "retry_at": iso(memento.retry_at) if memento.retry_at else None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def memento_of(event: Event) -> Memento | None:
    """The memento that a history event records; None where its fields are not understood."""
    fields = event.fields
    try:
        return Memento(
            str(fields["archive"]),
            str(fields["uri"]),
            MementoState(fields["state"]),
            _moment(fields.get("datetime")),
            int(fields["distance_days"]) if fields.get("distance_days") is not None else None,
            _text(fields.get("job_id")),
            _text(fields.get("note")),
            _text(fields.get("request")),
            _text(fields.get("reason")),
            _moment(fields.get("retry_at")),
        )
    except (KeyError, ValueError, TypeError):
        return None


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(str(value)) if value else None


def _text(value: object) -> str | None:
    return str(value) if value else None


def recorded_mementos(events: Sequence[Event]) -> list[Memento]:
    """The mementos that history knows, each in its surest state, oldest record first.

    Of the saves that failed only the last is told, and only while no later one has succeeded.
    """
    known = recorded_saves_and_finds(events)
    failed = [memento for memento in known if memento.state is MementoState.FAILED]
    if not failed:
        return known
    last = failed[-1]
    later = known[known.index(last) + 1 :]
    outdone = any(memento.request or memento.job_id for memento in later)
    return [m for m in known if m.state is not MementoState.FAILED or (m is last and not outdone)]


def recorded_saves_and_finds(events: Sequence[Event]) -> list[Memento]:
    """The same, with every save that failed."""
    surest: dict[str, Memento] = {}
    for event in events:
        memento = memento_of(event) if event.event == "memento" else None
        if memento is None:
            continue
        before = surest.get(name_of(memento))
        if before is None or certainty(memento) >= certainty(before):
            surest[name_of(memento)] = memento
    return list(surest.values())


def certainty(memento: Memento) -> tuple[int, bool]:
    """How sure a state is; a later record of the same save replaces one that is no surer.

    A failure with a date is a copy that was looked at and is no evidence: surer than that it was captured. A save whose
    job the archive named is surer than one that was only written down to be sent.
    """
    state = memento.state
    if state is MementoState.FAILED and memento.datetime is not None:
        state = MementoState.CAPTURED
    return _SURER.index(state), memento.job_id != memento.request
