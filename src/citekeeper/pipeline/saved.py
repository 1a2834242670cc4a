"""What the history remembers of mementos: each as an event, and the events together as each memento's surest state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from citekeeper.clock import iso
from citekeeper.model import Event, Memento, MementoState, Shows

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


def is_save(memento: Memento) -> bool:
    """Whether we asked for it; else it was found."""
    return bool(memento.request or memento.job_id)


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
        "sha256": memento.sha256,
        "text_sha256": memento.text_sha256,
        "shows": str(memento.shows) if memento.shows else None,
        "quotes": dict(memento.quotes) if memento.quotes else None,
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
            archive=str(fields["archive"]),
            uri=str(fields["uri"]),
            state=MementoState(fields["state"]),
            datetime=_moment(fields.get("datetime")),
            distance_days=int(fields["distance_days"]) if fields.get("distance_days") is not None else None,
            job_id=_text(fields.get("job_id")),
            note=_text(fields.get("note")),
            sha256=_text(fields.get("sha256")),
            text_sha256=_text(fields.get("text_sha256")),
            shows=Shows(fields["shows"]) if fields.get("shows") else None,
            quotes=_scores(fields.get("quotes")),
            request=_text(fields.get("request")),
            reason=_text(fields.get("reason")),
            retry_at=_moment(fields.get("retry_at")),
        )
    except (KeyError, ValueError, TypeError):
        return None


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(str(value)) if value else None


def _text(value: object) -> str | None:
    return str(value) if value else None


def _scores(value: object) -> tuple[tuple[str, float], ...] | None:
    return tuple((str(text), float(score)) for text, score in value.items()) if isinstance(value, Mapping) else None


def recorded_mementos(events: Sequence[Event]) -> list[Memento]:
    """The mementos that history knows, each once and in its surest state, oldest record first.

    One that was saved, and found by a look-up too, is one. Of the saves that failed only the last is told, and only
    while no later one has succeeded.
    """
    by_uri: dict[str, Memento] = {}
    waiting: list[Memento] = []
    for memento in _without_failures_outdone(recorded_saves_and_finds(events)):
        has_no_copy = memento.state is MementoState.FAILED and is_save(memento) and memento.datetime is None
        if memento.state is MementoState.SUBMITTED or has_no_copy:
            waiting.append(memento)
            continue
        other = by_uri.get(memento.uri)
        by_uri[memento.uri] = _merged(memento, other) if other is not None else memento
    return [*by_uri.values(), *waiting]


def _without_failures_outdone(known: Sequence[Memento]) -> list[Memento]:
    """The mementos without the saves that failed, but for the last while no later save is known."""
    failed = [at for at, memento in enumerate(known) if memento.state is MementoState.FAILED and is_save(memento)]
    if not failed:
        return list(known)
    outdone = any(map(is_save, known[failed[-1] + 1 :]))
    left_out = set(failed if outdone else failed[:-1])
    return [memento for at, memento in enumerate(known) if at not in left_out]


def _merged(memento: Memento, other: Memento) -> Memento:
    """Two records of one memento as one: the surer, with what is known from the other alone."""
    surer, other = (other, memento) if certainty(other) > certainty(memento) else (memento, other)
    distance = surer.distance_days if surer.distance_days is not None else other.distance_days
    return replace(with_judgement_of(surer, other), distance_days=distance)


def recorded_saves_and_finds(events: Sequence[Event]) -> list[Memento]:
    """Each save and each find by itself, those that failed too, with what was found when it was judged."""
    surest: dict[str, Memento] = {}
    for event in events:
        memento = memento_of(event) if event.event == "memento" else None
        if memento is None:
            continue
        before = surest.get(name_of(memento))
        if before is None:
            surest[name_of(memento)] = memento
        elif certainty(memento) >= certainty(before):
            surest[name_of(memento)] = with_judgement_of(memento, before)
    return list(surest.values())


def with_judgement_of(memento: Memento, other: Memento) -> Memento:
    """``memento`` with what was found when ``other``, another record of it, was judged."""
    if memento.shows is not None or (other.shows is None and other.sha256 is None):
        return memento
    return replace(
        memento,
        shows=other.shows,
        quotes=memento.quotes or other.quotes,
        sha256=memento.sha256 or other.sha256,
        text_sha256=memento.text_sha256 or other.text_sha256,
    )


def certainty(memento: Memento) -> tuple[int, bool]:
    """How sure a state is; a later record of the same save replaces one that is no surer.

    A failure of a copy that was looked at (it has a date, or was judged) is as sure as that one was verified. A save
    whose job the archive named is surer than one that was only written down to be sent.
    """
    state = memento.state
    if state is MementoState.FAILED and (memento.datetime is not None or memento.shows is not None):
        state = MementoState.VERIFIED
    return _SURER.index(state), memento.job_id != memento.request
