"""Which engines are still asked in this run."""

from __future__ import annotations

import threading
from collections.abc import Mapping

_FAILURES_IN_A_ROW = 3


class Roster:
    """One that refuses, or fails again and again, is asked no more in the run. Safe to share between threads."""

    def __init__(self) -> None:
        self._left_out: dict[str, str] = {}
        self._languages: dict[tuple[str, str, str], str] = {}
        self._failures: dict[str, int] = {}
        self._lock = threading.Lock()

    @property
    def left_out(self) -> Mapping[str, str]:
        """The engines that are asked no more, and why."""
        with self._lock:
            return dict(self._left_out)

    def leave_out(self, engine: str, reason: str) -> None:
        """Ask it no more; the first reason counts."""
        with self._lock:
            self._left_out.setdefault(engine, reason)

    def leave_out_for(self, engine: str, source: str, target: str, reason: str) -> None:
        """Ask it no more between these two languages."""
        with self._lock:
            self._languages.setdefault((engine, source, target), reason)

    def reason(self, engine: str, source: str, target: str) -> str | None:
        """Why it is asked no more between these languages; None where it is."""
        with self._lock:
            return self._left_out.get(engine) or self._languages.get((engine, source, target))

    def answered(self, engine: str) -> None:
        """It is there."""
        with self._lock:
            self._failures[engine] = 0

    def failed(self, engine: str, reason: str) -> None:
        """It did not answer; after three times in a row it is left out."""
        with self._lock:
            self._failures[engine] = self._failures.get(engine, 0) + 1
            if self._failures[engine] >= _FAILURES_IN_A_ROW:
                self._left_out.setdefault(engine, reason)
