"""When a source needs a new memento, and the reason in words, which is recorded with the save and shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from citekeeper.history import checks
from citekeeper.mementos import WAYBACK
from citekeeper.mementos.addresses import moment_of
from citekeeper.model import Event, Memento, MementoState, Reading, VerdictKind
from citekeeper.pipeline.saved import recorded_saves_and_finds
from citekeeper.pipeline.work import Work

HOUR = timedelta(hours=1)
CHANGE_INTERVAL = timedelta(days=1)
"""A page that differs at every visit is saved for that no more than once a day."""
_TELLING_WORDS = 5  # a shorter line may be furniture: a date, a button, a name
_TROUBLED = frozenset(
    {
        VerdictKind.FAILING,
        VerdictKind.UNREACHABLE,
        VerdictKind.GONE,
        VerdictKind.SOFT_404,
        VerdictKind.USURPED,
    }
)
_LEAVING = {VerdictKind.MOVED: "it has moved", VerdictKind.INSECURE: "its certificate is not in order"}
"""Verdicts of a source that still shows what was cited, and may not for long."""


@dataclass(frozen=True, slots=True)
class SavePolicy:
    """When to ask for a new memento: ``needed``, ``always`` or ``never``.

    It is needed where there is none within ``fresh``, the source has changed since, or it shows signs of dying.
    """

    when: str = "needed"
    fresh: timedelta = timedelta(days=30)


def can_be_saved(work: Work) -> bool:
    """Whether the archive would find the source there: not a wall or an error page."""
    if work.is_living:
        return True
    is_insecure = work.verdict is not None and work.verdict.kind is VerdictKind.INSECURE
    return is_insecure and work.exchange is not None and work.exchange.status == 200


def newest_held(events: Sequence[Event]) -> Memento | None:
    """The newest copy of the Wayback Machine that counts: held and dated, and not known to show something else."""
    known = recorded_saves_and_finds(events)
    held = [m for m in known if m.archive == WAYBACK and m.is_kept and m.datetime is not None]
    return max(held, key=lambda memento: memento.datetime.timestamp() if memento.datetime else 0.0, default=None)


def not_before(events: Sequence[Event], now: datetime, *, insisted: bool = False) -> str | None:
    """Why a source must not be asked for now; None where nothing stands against it.

    Args:
        events: the source's history.
        now: the time.
        insisted: a person wants it whatever the last failure was: a day after it, it may be asked for again.
    """
    saves = [memento for memento in recorded_saves_and_finds(events) if memento.request or memento.job_id]
    if any(memento.state is MementoState.SUBMITTED for memento in saves):
        return "it was asked for, and the archive has not reported back"
    if not saves:
        return None
    last, asked_at = saves[-1], _asked_at(saves[-1])
    if last.state is MementoState.FAILED:
        until = last.retry_at or (asked_at + HOUR if asked_at else now)
        if insisted and asked_at is not None:
            until = min(until, asked_at + timedelta(days=1))
        if now < until:
            return f"the last try failed, and it may be asked for again from {until:%Y-%m-%d %H:%M} UTC on"
    elif asked_at is not None and timedelta(0) <= now - asked_at < HOUR:
        return "it was saved within the hour"
    return None


def _asked_at(memento: Memento) -> datetime | None:
    """When a save was asked for: by its name, which holds a stamp where we gave it; else by its address."""
    stamp = re.search(r"\d{14}", memento.request or "")
    if stamp:
        return moment_of(f"https://web.archive.org/web/{stamp[0]}/http://a/")
    return moment_of(memento.uri)


def asked_lately(events: Sequence[Event], now: datetime) -> list[datetime]:
    """When saves were asked for within the last minutes, as far as the history knows."""
    saves = [memento for memento in recorded_saves_and_finds(events) if memento.request or memento.job_id]
    moments = [_asked_at(memento) for memento in saves]
    return [moment for moment in moments if moment is not None and abs(now - moment) < timedelta(minutes=2)]


def age_reason(newest: Memento | None, fresh: timedelta, now: datetime) -> str | None:
    """A reason where there is no memento within ``fresh``."""
    if newest is None or newest.datetime is None:
        return "the archive is not known to hold a copy"
    age = now - newest.datetime
    if age <= fresh:
        return None
    return f"the newest copy known is of {newest.datetime:%Y-%m-%d}, {age.days} days old"


def sign_of_dying(events: Sequence[Event], work: Work, newest: Memento) -> str | None:
    """What happened to the source since its newest memento that bodes ill; None where nothing did.

    Verdicts about the reader or the place (walled, blocked, throttled) are no such sign.
    """
    assert newest.datetime is not None
    seen = checks(events, None)
    later = [event for event in seen if event.at > newest.datetime]
    failed = next((event for event in reversed(later) if event.fields.get("verdict") in _TROUBLED), None)
    if failed is not None:
        what = failed.fields["verdict"]
        return f"it was {what} on {failed.at:%Y-%m-%d}, after the newest copy was made"
    kind = work.verdict.kind if work.verdict else None
    if kind in _LEAVING:
        before = [event for event in seen if event.at <= newest.datetime]
        if not before or before[-1].fields.get("verdict") != kind:
            return f"{_LEAVING[kind]} since the newest copy was made"
    return None


def has_changed(live: Reading, then: Reading) -> bool:
    """Whether a sentence has come or gone since a copy was made; figures alone (counters, clocks) make no change."""
    return _sentences(live) != _sentences(then)


def _sentences(reading: Reading) -> set[str]:
    parts = (re.findall(r"[^\W\d_]+", part) for part in re.split(r"[.!?…\n]+", reading.text.casefold()))
    return {" ".join(words) for words in parts if len(words) >= _TELLING_WORDS}
