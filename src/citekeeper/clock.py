"""Time as an argument: everything that asks for the time or waits does so through a Clock, so tests run in no time."""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime
from functools import lru_cache, partial
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

    # Functions of C, with no Python between: a check asks for the time ten times a page.
    now = staticmethod(partial(datetime.now, UTC))
    monotonic = staticmethod(time.monotonic)
    sleep = staticmethod(time.sleep)


def stamp14(moment: datetime) -> str:
    """``moment`` as the 14-digit UTC timestamp of web archives, e.g. 20220502093000."""
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def folder_name(moment: datetime) -> str:
    """``moment`` as the name of a capture folder, e.g. 20220502T093000Z."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def iso(moment: datetime) -> str:
    """``moment`` as RFC 3339 UTC with seconds, e.g. 2022-05-02T09:30:00Z."""
    return _iso_second(math.floor(moment.timestamp()))


@lru_cache(maxsize=256)  # a check writes a moment for every source, thousands in the same second
def _iso_second(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).isoformat()[:19] + "Z"
