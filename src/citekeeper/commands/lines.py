"""Writing results a line at a time, as they come: to stdout, or to a file that appears when it is complete.

Lines that come together are written together: the caller flushes when it has to wait for more.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from citekeeper.files import ensure_directory, output_file, storage_error
from citekeeper.streams import carry_utf8

_MOST_WAITING = 512  # lines


class Lines:
    """Lines on their way to a text stream.

    Args:
        stream: where they go.
        path: its file, for messages; None for stdout, whose errors are the error boundary's.
    """

    def __init__(self, stream: TextIO | codecs.StreamWriter, path: Path | None = None) -> None:
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
    directory = output.endswith("/") or Path(output).is_dir()
    target = Path(output) / filename if directory else Path(output)
    if directory:
        ensure_directory(target.parent)
    with output_file(target) as stream:
        lines = Lines(codecs.getwriter("utf-8")(stream), target)
        yield lines
        lines.flush()
