"""Writing results a line at a time, as they come: to stdout, or to a file that appears when it is complete.

Lines that come together are written together: the caller flushes when it has to wait for more.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TextIO

from citekeeper.files import TEMPORARY_PREFIX, is_stream, storage_error, sync_file
from citekeeper.streams import carry_utf8

_MOST_WAITING = 512  # lines


class Lines:
    """Lines on their way to a text stream.

    Args:
        stream: where they go.
        path: its file, for messages; None for stdout, whose errors are the error boundary's.
    """

    def __init__(self, stream: TextIO, path: Path | None = None) -> None:
        self._stream = stream
        self._path = path
        self._waiting: list[str] = []

    def write(self, line: str) -> None:
        """Take a line; it is written with the next flush, or when many wait."""
        self._waiting.append(line)
        if len(self._waiting) >= _MOST_WAITING:
            self.flush()

    def flush(self) -> None:
        """Write what waits.

        Raises:
            StorageError: the file could not be written.
        """
        if not self._waiting:
            return
        text = "".join(self._waiting)
        self._waiting.clear()
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError as error:
            if self._path is None:
                raise
            raise storage_error(self._path, error) from error


@contextmanager
def line_sink(output: str | None, filename: str) -> Iterator[Lines]:
    """What takes one line after the other.

    Args:
        output: a file, a directory (existing, or ending in a slash), or None or "-" for stdout.
        filename: the file's name in a directory.

    Raises:
        StorageError: the file could not be written; what stood there is unharmed.
    """
    if output is None or output == "-":
        carry_utf8()
        lines = Lines(sys.stdout)
        try:
            yield lines
        finally:
            lines.flush()
        return
    if is_stream(Path(output)):
        with _into(Path(output), output) as lines:
            yield lines
        return
    directory = output.endswith("/") or Path(output).is_dir()
    target = Path(output) / filename if directory else Path(output)
    try:
        if directory:
            target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, dir=Path(os.path.realpath(target)).parent)
    except OSError as error:
        raise storage_error(target, error) from error
    with ExitStack() as cleaning:
        cleaning.callback(Path(name).unlink, missing_ok=True)
        with _into(target, descriptor) as lines:
            yield lines
        mask = os.umask(0)
        os.umask(mask)
        try:
            sync_file(Path(name))
            Path(name).chmod(0o666 & ~mask)
            Path(name).replace(os.path.realpath(target))  # Path.resolve tells of a loop in words of its own
        except OSError as error:
            raise storage_error(target, error) from error


@contextmanager
def _into(target: Path, opened: str | int) -> Iterator[Lines]:
    """Lines for a path or descriptor, which is closed behind them; ``target`` is what messages call it."""
    try:
        stream = open(opened, "w", encoding="utf-8", newline="\n")  # noqa: PTH123, SIM115 - may be a descriptor
    except OSError as error:
        raise storage_error(target, error) from error
    lines = Lines(stream, target)
    try:
        yield lines
        lines.flush()
    except BaseException:
        with suppress(OSError):  # what still waits has no way either, and the error that is known says more
            stream.close()
        raise
    stream.close()
