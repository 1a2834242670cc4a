"""The translation memory: what an engine has translated well is never asked again.

One SQLite file, shared by processes. It is a cache: when it is damaged it is set aside and begun anew, and when it
cannot be written the work goes on without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS translations (
    segment TEXT NOT NULL, engine TEXT NOT NULL, version TEXT NOT NULL,
    source TEXT NOT NULL, target TEXT NOT NULL, text TEXT NOT NULL, seal TEXT NOT NULL,
    PRIMARY KEY (segment, engine, version, source, target)
) WITHOUT ROWID
"""
_BUSY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Key:
    """What a remembered translation is of, and whose; ``glossary`` tells which entries were applied."""

    text: str
    engine: str
    version: str
    source: str
    target: str
    glossary: str = ""

    @property
    def columns(self) -> tuple[str, str, str, str, str]:
        """The primary key; the text itself is not stored, only its hash."""
        version = f"{self.version}, glossary {self.glossary}" if self.glossary else self.version
        return _sha256(self.text), self.engine, version, self.source, self.target


class Memory:
    """The memory at ``path``. Safe to share between threads, and between processes that open the same file.

    Attributes:
        warning: set once the memory cannot be used as it should; a sentence for people.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.warning: str | None = None
        self._connection = self._open_or_rebuild()

    def get(self, key: Key) -> str | None:
        """The remembered translation, or None."""
        query = (
            "SELECT text, seal FROM translations WHERE segment=? AND engine=? AND version=? AND source=? AND target=?"
        )
        rows = self._run(query, key.columns)
        text, seal = rows[0] if rows else (None, None)
        return text if isinstance(text, str) and _sha256(text) == seal else None  # SQLite does not notice bit rot

    def put(self, key: Key, text: str) -> None:
        """Remember ``text``; at once and for good, so that a killed run has lost nothing that it had been given."""
        self._run("INSERT OR REPLACE INTO translations VALUES (?,?,?,?,?,?,?)", (*key.columns, text, _sha256(text)))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _run(self, statement: str, values: tuple[str, ...]) -> list[tuple[object, ...]]:
        with self._lock:
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.OperationalError as error:  # locked, full, read-only: the file itself is sound
                self.warning = self._unusable(error)
                return []
            except sqlite3.DatabaseError:
                self._connection.close()
                self._set_aside()
                self._connection = self._open_or_rebuild()
                return self._connection.execute(statement, values).fetchall()

    def _open_or_rebuild(self) -> sqlite3.Connection:
        try:
            return _open(self._path)
        except sqlite3.OperationalError as error:
            self.warning = self._unusable(error)
        except sqlite3.DatabaseError:
            self._set_aside()
            with contextlib.suppress(sqlite3.Error, OSError):
                return _open(self._path)
            self.warning = f"The translation memory {self._path} is damaged and could not be replaced."
        except OSError as error:
            self.warning = self._unusable(error)
        return _open(None)

    def _set_aside(self) -> None:
        """Move the damaged file out of the way, so that a person may look at it; its journals belong to it."""
        self.warning = f"The translation memory {self._path} was damaged; it was set aside and begun anew."
        with contextlib.suppress(OSError):
            self._path.replace(self._path.with_name(self._path.name + ".damaged"))
        for suffix in ("-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._path.with_name(self._path.name + suffix).unlink()

    def _unusable(self, error: Exception) -> str:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        return f"The translation memory {self._path} cannot be used ({reason}); what is not in it is asked again."


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _open(path: Path | None) -> sqlite3.Connection:
    """Open (or create) the file, or a memory that lasts as long as the process.

    Raises:
        sqlite3.Error, OSError: it cannot be opened, or is no such file.
    """
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    name = ":memory:" if path is None else str(path)
    connection = sqlite3.connect(name, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode=WAL").fetchall()
        connection.execute("PRAGMA synchronous=NORMAL")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, _SCHEMA_VERSION):
            raise sqlite3.DatabaseError("the file is of another version")
        connection.execute(_SCHEMA)
        connection.execute(f"PRAGMA user_version={_SCHEMA_VERSION}")
    except (sqlite3.Error, OSError):
        connection.close()
        raise
    return connection
