"""Time as an argument: everything that asks for the time or waits does so through a Clock, so tests run in no time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the rooms need of time."""

    def now(self) -> datetime:
        """The current time, timezone-aware UTC."""

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""

    def sleep(self, seconds: float) -> None:
        """Wait that many seconds."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The current time, timezone-aware UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait that many seconds."""
        time.sleep(seconds)


def stamp14(moment: datetime) -> str:
    """``moment`` as the 14-digit UTC timestamp of web archives, e.g. 20220502093000."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def folder_name(moment: datetime) -> str:
    """``moment`` as the name of a capture folder, e.g. 20220502T093000Z."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def iso(moment: datetime) -> str:
    """``moment`` as RFC 3339 UTC with seconds, e.g. 2022-05-02T09:30:00Z."""
    # A tenth of what strftime takes; reports and histories write a moment for every source.
    return moment.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"
