"""What is written may be many times what memory should hold: it goes out in pieces, or waits in a file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final, cast

from citekeeper.files import TEMPORARY_PREFIX

AT_ONCE: Final = 1 << 16
"""Characters that are written, and bytes that are copied, at once."""

_HELD: Final = 1024 * 1024  # bytes of what is being written that wait in memory; more of it waits in a file


def spool(beside: Path | None) -> IO[bytes]:
    """A place for what is being written; in a file on the file system of ``beside`` where it grows large."""
    return cast(
        "IO[bytes]", tempfile.SpooledTemporaryFile(_HELD, prefix=TEMPORARY_PREFIX, dir=str(beside) if beside else None)
    )


def write(stream: IO[bytes], parts: Iterable[str]) -> None:
    """Write text as UTF-8, many small parts at once."""
    waiting, size = [], 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= AT_ONCE:
            stream.write("".join(waiting).encode("utf-8", "replace"))
            waiting, size = [], 0
    stream.write("".join(waiting).encode("utf-8", "replace"))


def copy(source: IO[bytes], stream: IO[bytes]) -> None:
    """Write out all that waits in a place."""
    source.seek(0)
    shutil.copyfileobj(source, stream, AT_ONCE)
