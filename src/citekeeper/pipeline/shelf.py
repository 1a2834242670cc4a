"""Page requisites that wait for the rest of their page: in memory, and beyond a total on disk.

Hundreds of pages may be under way at once, each with files that nobody looks at again before the page is sealed.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from citekeeper.files import append_whole, nameless
from citekeeper.model import Exchange

_MOST = 128 * 1024 * 1024  # bytes of bodies held in memory
_WORTH_IT = 16 * 1024  # bytes of a body that is worth a place on disk


@dataclass(frozen=True, slots=True)
class Shelved:
    """An exchange whose bodies are on disk, one after the other from ``offset``."""

    exchange: Exchange
    offset: int
    sizes: tuple[int, ...]

    @property
    def size(self) -> int:
        """Bytes of all bodies together, as of an Exchange."""
        return sum(self.sizes)


Part = Exchange | Shelved


class Shelf:
    """Keeps exchanges until they are dropped.

    Args:
        directory: where the file lies that outgrows memory; it has no name, and is gone when the process is.
        most: bytes that are held in memory.
    """

    def __init__(self, directory: Path | None, most: int = _MOST) -> None:
        self._directory = directory
        self._most = most
        self._held = 0
        self._on_disk = 0  # exchanges
        self._file: IO[bytes] | None = None

    def keep(self, exchange: Exchange) -> Part:
        """Take an exchange; to disk, where memory holds enough already."""
        size = exchange.size
        if self._held + size > self._most and size >= _WORTH_IT:
            with contextlib.suppress(OSError):  # a full disk ends the run where the capture is written, and says so
                return self._shelve(exchange)
        self._held += size
        return exchange

    def share(self, part: Part) -> Part:
        """The same for a second owner, who drops it too."""
        if isinstance(part, Shelved):
            self._on_disk += 1
        else:
            self._held += part.size
        return part

    def take(self, part: Part) -> Exchange:
        """The exchange, whole."""
        if isinstance(part, Exchange):
            return part
        assert self._file is not None
        self._file.seek(part.offset)
        hops = zip(part.exchange.hops, part.sizes, strict=True)
        return replace(part.exchange, hops=tuple(replace(hop, body=self._file.read(size)) for hop, size in hops))

    def drop(self, part: Part) -> None:
        """It is not needed any more."""
        if isinstance(part, Exchange):
            self._held -= part.size
            return
        self._on_disk -= 1
        if not self._on_disk and self._file is not None:
            self._file.truncate(0)

    def close(self) -> None:
        """Drop all."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _shelve(self, exchange: Exchange) -> Shelved:
        if self._file is None:
            self._file = nameless(self._directory)
        offset = self._file.seek(0, os.SEEK_END)
        for hop in exchange.hops:
            append_whole(self._file, hop.body)
        self._on_disk += 1
        bare = replace(exchange, hops=tuple(replace(hop, body=b"") for hop in exchange.hops))
        return Shelved(bare, offset, tuple(len(hop.body) for hop in exchange.hops))
