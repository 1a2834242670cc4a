"""Which of several mementos shows best what was read on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from itertools import islice

from citekeeper.model import Memento, MementoState

_FIRST_CAPTURE = date(1996, 1, 1)


def end_of_day(day: date) -> datetime:
    """The last second of ``day`` in UTC."""
    return datetime.combine(max(day, _FIRST_CAPTURE), time(23, 59, 59), UTC)


def found(archive: str, uri: str, moment: datetime, accessed: date | None, note: str | None = None) -> Memento:
    """A memento that was looked up."""
    distance = abs((moment.astimezone(UTC).date() - accessed).days) if accessed else None
    return Memento(archive, uri, MementoState.FOUND, moment, distance, note=note)


def by_preference(mementos: Iterable[Memento], accessed: date | None) -> list[Memento]:
    """Those before the end of the access day, then those after, closest first each; without one the newest first."""
    if accessed is None:
        return sorted(mementos, key=lambda memento: -_seconds(memento))
    end = end_of_day(accessed).timestamp()
    return sorted(mementos, key=lambda memento: (_seconds(memento) > end, abs(_seconds(memento) - end)))


def around(mementos: Iterable[Memento], accessed: date | None, most: int) -> tuple[Memento, ...]:
    """Up to ``most`` before and ``most`` after the end of the access day, by preference."""
    ordered = by_preference(mementos, accessed)
    if accessed is None:
        return tuple(ordered[: 2 * most])
    end = end_of_day(accessed).timestamp()
    before = (memento for memento in ordered if _seconds(memento) <= end)
    after = (memento for memento in ordered if _seconds(memento) > end)
    return (*islice(before, most), *islice(after, most))


def _seconds(memento: Memento) -> float:
    return memento.datetime.timestamp() if memento.datetime else float("-inf")
