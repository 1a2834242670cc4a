"""What archives answered in a run that has not ended well, so that the next one does not ask it again.

A killed run, and one in which an archive fell silent half-way, leave their answers here; a run that got them all leaves
nothing. Answers are used for some hours only: an archive may have been given a copy meanwhile. One SQLite file in the
user's cache directory; when it is damaged or cannot be written, the work goes on without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from citekeeper.clock import Clock
from citekeeper.model import LookupOutcome, Memento, MementoLookup, MementoState

KEPT_FOR = timedelta(hours=6)
_VERSION = 1
_TABLE = "CREATE TABLE IF NOT EXISTS answers (question BLOB PRIMARY KEY, at INTEGER NOT NULL, answer TEXT NOT NULL)"
_BUSY_SECONDS = 5.0
_TELLING = (LookupOutcome.FOUND, LookupOutcome.NONE, LookupOutcome.EXCLUDED)

Question = tuple[str, str, date | None]
"""Archive, URL, and the day on which the source was read."""


class Ledger:
    """The answers at ``path``, each written at once and for good.

    Attributes:
        warning: set where the file cannot be used; a sentence for people.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self.warning: str | None = None
        self._connection: sqlite3.Connection | None = None
        self._connection = self._open()

    def get(self, question: Question) -> MementoLookup | None:
        """The remembered answer; None where there is none that is young enough."""
        rows = self._run("SELECT at, answer FROM answers WHERE question=?", (_key(question),))
        now = self._clock.now().timestamp()
        if not rows or not 0 <= now - rows[0][0] <= KEPT_FOR.total_seconds():
            return None
        return _decoded(str(rows[0][1]))

    def put(self, question: Question, lookup: MementoLookup) -> None:
        """Remember what an archive said; that it said nothing is no answer."""
        if lookup.outcome in _TELLING:
            moment = int(self._clock.now().timestamp())
            self._run("INSERT OR REPLACE INTO answers VALUES (?,?,?)", (_key(question), moment, _encoded(lookup)))

    def forget(self, questions: Iterable[Question]) -> None:
        """Drop the answers of a run that got them all, and what has grown old."""
        for question in questions:
            self._run("DELETE FROM answers WHERE question=?", (_key(question),))
        oldest = int((self._clock.now() - KEPT_FOR).timestamp())
        self._run("DELETE FROM answers WHERE at<?", (oldest,))

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _run(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def _open(self) -> sqlite3.Connection | None:
        for is_last in (False, True):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                connection = sqlite3.connect(str(self._path), timeout=_BUSY_SECONDS, isolation_level=None)
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)
                return None
            try:
                if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, _VERSION):
                    raise sqlite3.DatabaseError("it is of another version")
                connection.execute(_TABLE)
                connection.execute(f"PRAGMA user_version={_VERSION}")
                return connection
            except sqlite3.Error as error:
                connection.close()
                if is_last or isinstance(error, sqlite3.OperationalError):
                    self._give_up(error)
                    return None
                with contextlib.suppress(OSError):
                    self._path.unlink()  # a cache of hours: nothing is lost but time
        return None

    def _give_up(self, error: Exception) -> None:
        reason = str(error).partition("\n")[0]
        self.warning = f"{self._path} cannot be used ({reason}); an interrupted run will ask the archives anew."
        self.close()


def _key(question: Question) -> bytes:
    archive, url, accessed = question
    text = f"{archive}\n{url}\n{accessed.isoformat() if accessed else ''}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _encoded(lookup: MementoLookup) -> str:
    memento = lookup.memento
    held = None
    if memento is not None:
        moment = memento.datetime.isoformat() if memento.datetime else None
        held = [memento.archive, memento.uri, moment, memento.distance_days, memento.note]
    return json.dumps([lookup.archive, str(lookup.outcome), lookup.message, held])


def _decoded(text: str) -> MementoLookup | None:
    try:
        archive, outcome, message, held = json.loads(text)
        memento = None
        if held is not None:
            keeper, uri, moment, distance, note = held
            when = datetime.fromisoformat(moment) if moment else None
            memento = Memento(str(keeper), str(uri), MementoState.FOUND, when, distance, note=note)
        return MementoLookup(str(archive), LookupOutcome(outcome), memento, str(message))
    except (ValueError, TypeError):
        return None
