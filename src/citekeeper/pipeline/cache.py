"""The memory of checks without a register: the SQLite file of ``--cache``."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import time
from collections.abc import Sequence
from datetime import timedelta
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from citekeeper.errors import StorageError, UsageError
from citekeeper.history import checks, decoded_events, encoded, strikes, up_to
from citekeeper.model import Citation, Event, VerdictKind

_APPLICATION_ID = 0x636B6361  # "ckca"
_VERSION = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS seen (
    source BLOB NOT NULL, vantage TEXT NOT NULL, at INTEGER NOT NULL, events BLOB NOT NULL,
    PRIMARY KEY (source, vantage)
) WITHOUT ROWID
"""
_KEPT_FOR = timedelta(days=365)
_FAILURES_KEPT = 20
_BUSY_SECONDS = 10.0
_BATCH = 1000
_BATCH_SECONDS = 2.0
_NOT_A_CACHE = frozenset(
    {".md", ".markdown", ".html", ".htm", ".pdf", ".txt", ".yaml", ".yml", ".toml", ".json", ".jsonl", ".py", ".tex"}
)


class Cache:
    """One SQLite file, a row for each address and vantage.

    Addresses are kept as hashes. A row holds the events that later runs weigh: the last check, the last that was alive
    (with its validators) and the row of failures. Rows not renewed for a year are dropped. Writing is batched into
    transactions of two seconds at most, so a killed run loses no more than that.

    Args:
        path: the file; made if it is not there.
        vantage: whose checks these are.

    Attributes:
        warning: set where a damaged file was set aside; a sentence for people.

    Raises:
        UsageError: the file is something else than a cache.
        StorageError: it cannot be opened.
    """

    keeps_every_check = True

    def __init__(self, path: Path, vantage: str) -> None:
        self._path = path
        self._vantage = vantage
        self.warning: str | None = None
        self._pending: dict[bytes, list[Event]] = {}
        self._began = 0.0
        self._connection = self._open_or_renew()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def events(self, citation: Citation) -> Sequence[Event]:
        """What earlier runs saw of the citation's address from this vantage."""
        key = _key(citation)
        try:
            return _by_time([*self._stored(key), *self._pending.get(key, ())])
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def append(self, citation: Citation, *events: Event) -> None:
        """Remember checks, and forget what they make worthless."""
        if not self._pending:
            self._began = time.monotonic()
        self._pending.setdefault(_key(citation), []).extend(events)
        if len(self._pending) >= _BATCH or time.monotonic() - self._began > _BATCH_SECONDS:
            self._commit()

    def settle(self) -> None:
        """Nothing to do: `close` writes what is pending."""

    def close(self) -> None:
        """Write what is pending, drop what is a year old, and close the file."""
        try:
            self._commit()
            newest = self._connection.execute("SELECT max(at) FROM seen").fetchone()[0] or 0
            self._connection.execute("DELETE FROM seen WHERE at < ?", (newest - int(_KEPT_FOR.total_seconds()),))
        except sqlite3.Error as error:
            raise self._failed(error) from error
        finally:
            self._connection.close()

    def _commit(self) -> None:
        """Write what is pending in one go, so that a slow run keeps no other from the file."""
        if not self._pending:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for key, events in self._pending.items():
                known = up_to(_by_time([*self._stored(key), *events]), events[-1].at)
                lines = b"\n".join(encoded(item) for item in _worth_keeping(known, self._vantage))
                row = (key, self._vantage, int(events[-1].at.timestamp()), lines)
                self._connection.execute("INSERT OR REPLACE INTO seen VALUES (?,?,?,?)", row)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._failed(error) from error
        self._pending.clear()

    def _stored(self, key: bytes) -> Sequence[Event]:
        query = "SELECT events FROM seen WHERE source=? AND vantage=?"
        row = self._connection.execute(query, (key, self._vantage)).fetchone()
        return decoded_events(row[0]) if row is not None and isinstance(row[0], bytes) else ()

    # ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _open_or_renew(self) -> sqlite3.Connection:
        if self._path.is_file() and self._path.stat().st_size and not _is_sqlite(self._path):
            if self._path.suffix.lower() in _NOT_A_CACHE:
                raise UsageError(f"{self._path} is no cache of citekeeper.", "Name another file for --cache.")
            self._set_aside()
        try:
            return self._open()
        except sqlite3.OperationalError as error:
            raise self._failed(error) from error
        except sqlite3.DatabaseError:
            self._set_aside()
        try:
            return self._open()
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def _open(self) -> sqlite3.Connection:
        if not self._path.parent.is_dir():
            raise UsageError(f"There is no directory {self._path.parent} for --cache.", "Make it first.")
        connection = sqlite3.connect(str(self._path), timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            owner = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if tables and owner != _APPLICATION_ID:
                raise UsageError(f"{self._path} is a database of another program.", "Name another file for --cache.")
            if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, _VERSION):
                raise UsageError(
                    f"{self._path} was written by a newer citekeeper.", "Upgrade, or name another file for --cache."
                )
            if tables and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
            connection.execute("PRAGMA synchronous=NORMAL")
            if not tables:
                connection.execute(f"PRAGMA application_id={_APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version={_VERSION}")
                connection.execute(_TABLE)
            connection.execute("SELECT source, vantage, at, events FROM seen LIMIT 1").fetchall()
        except (sqlite3.Error, UsageError):
            connection.close()
            raise
        return connection

    def _set_aside(self) -> None:
        aside = self._path.with_name(self._path.name + ".damaged")
        try:
            self._path.replace(aside)
        except OSError as error:
            raise StorageError(f"The cache {self._path} is damaged.", "Remove it.") from error
        with contextlib.suppress(OSError):
            self._path.with_name(self._path.name + "-journal").unlink()
        self.warning = f"The cache {self._path} was damaged; it is set aside as {aside} and begun anew."

    def _failed(self, error: sqlite3.Error) -> StorageError:
        return StorageError(
            f"The cache {self._path} cannot be used: {error}.",
            "Make it writable, wait for the other run to end, or name another file for --cache.",
        )


def _key(citation: Citation) -> bytes:
    address = (citation.url or "").encode("utf-8", "surrogatepass")
    return hashlib.blake2b(address, digest_size=16).digest()


def _by_time(events: list[Event]) -> Sequence[Event]:
    return sorted(events, key=attrgetter("at"))


def _is_sqlite(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError as error:
        raise StorageError(f"The cache {path} cannot be read: {error.strerror}.", "Make it readable.") from error


def _worth_keeping(events: Sequence[Event], vantage: str) -> list[Event]:
    """The events that the rules of :mod:`citekeeper.history` need: the same answers come out of these as out of all."""
    seen = checks(events, vantage)
    row = strikes(seen, vantage)
    failures = [e for e in seen if row.first_failed_at is not None and e.at >= row.first_failed_at]
    alive = [e for e in seen if e.fields.get("verdict") == VerdictKind.ALIVE][-1:]
    living = [e for e in seen if e.fields.get("verdict") in (VerdictKind.ALIVE, VerdictKind.MOVED)][-1:]
    kept = {id(e) for e in [*alive, *living, *seen[-1:], *failures[:1], *failures[-_FAILURES_KEPT:]]}
    return [e for e in seen if id(e) in kept]
