"""What is remembered of sources between runs: the register's histories, or the file of ``--cache`` (`cache.py`).

The observer knows only a Memory: events of a citation, oldest first, and a place for new ones, to which its Notes go.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Protocol

from citekeeper.files import Syncing, storage_error
from citekeeper.history import History, new_event, worth_recording
from citekeeper.model import Capture, Citation, Event, VerdictKind
from citekeeper.pipeline.work import Work, check_fields


class Memory(Protocol):
    """What is known of earlier runs."""

    keeps_every_check: bool
    """Whether each check is written; else only what :func:`citekeeper.history.worth_recording` says."""

    def events(self, citation: Citation) -> Sequence[Event]:
        """What happened to a source, oldest first."""

    def append(self, citation: Citation, *events: Event) -> None:
        """Remember further events, oldest first."""

    def settle(self) -> None:
        """Wait until all of them are where a crash of the machine cannot take them."""


class Histories:
    """The histories of a register's citations under the archive directory.

    Args:
        root: the archive directory.
        writable: False to only read (``--no-record``).
    """

    keeps_every_check = False

    def __init__(self, root: Path, *, writable: bool = True) -> None:
        self._root = root
        self._writable = writable
        self._syncing = Syncing()

    def events(self, citation: Citation) -> Sequence[Event]:
        """The citation's history."""
        return History(self._root, citation.id).events()

    def append(self, citation: Citation, *events: Event) -> None:
        """Add to the citation's history."""
        if self._writable:
            History(self._root, citation.id).append(*events, syncing=self._syncing)

    def settle(self) -> None:
        """Wait until the disk has them: meanwhile other sources are fetched and judged.

        Raises:
            StorageError: it does not take them.
        """
        try:
            self._syncing.settle()
        except OSError as error:
            raise storage_error(self._root, error) from error


class Notes:
    """What a run has seen and not yet written into a Memory.

    Args:
        memory: where it goes.
        vantage: from where it was seen.
        rng: chance, for the events' ids.
    """

    def __init__(self, memory: Memory, vantage: str | None, rng: random.Random) -> None:
        self._memory = memory
        self._vantage = vantage
        self._rng = rng
        self._unwritten: list[tuple[Citation, Event]] = []

    def note_check(self, work: Work) -> None:
        """Note what a check found, where that is worth a line."""
        verdict, moment = work.verdict, work.checked_at
        if verdict is None or moment is None or verdict.kind is VerdictKind.UNCHECKED:
            return
        vantage = self._vantage or "local"
        every = self._memory.keeps_every_check
        if every or worth_recording(work.known, str(verdict.kind), verdict.reason, vantage, moment):
            self._note(work.citation, "check", moment, check_fields(work))

    def note_capture(self, work: Work, capture: Capture, moment: datetime) -> None:
        """Note a new capture and its manifest."""
        made = {"capture": capture.id, "sha256": capture.sha256, "shows": str(capture.shows)}
        self._note(work.citation, "capture", moment, made)
        self._note(work.citation, "manifest", moment, {"capture": capture.id, "manifest": capture.manifest_sha256})

    def _note(self, citation: Citation, kind: str, moment: datetime, fields: Mapping[str, object]) -> None:
        self._unwritten.append((citation, new_event(kind, moment, self._vantage, fields, self._rng)))

    def write(self) -> None:
        """Write all that was noted, in one go for each citation."""
        for citation, noted in groupby(self._unwritten, key=itemgetter(0)):
            self._memory.append(citation, *(event for _, event in noted))
        self._unwritten.clear()

    def settle(self) -> None:
        """Wait until all that was written is on disk."""
        self._memory.settle()
