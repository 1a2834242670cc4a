"""The process's standard streams: an answer arrives whole or its loss is told, and messages never end the work.

Python alone would exit with 120 where the disk under stdout is full, with 1 where stderr is closed, and with ``-u``
would write half an answer and say nothing; and a file that is opened while a stream is closed would take its number,
and its text.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any, TextIO

from citekeeper.errors import StorageError

_WHY = {errno.ENOSPC: "the disk is full", errno.EBADF: "it is closed"}


def settle() -> None:
    """Put streams in place of the standard ones that tell of losses; a closed one is empty, full, or hears nothing."""
    if sys.stdin is None:
        _end(0)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it lives as long as the process
    if sys.stdout is None:
        _end(1)
    if sys.stderr is None:
        _discard(2)
    sys.stdout = _Answer(*_of(1, sys.stdout, "replace"))
    sys.stderr = _Messages(*_of(2, sys.stderr, "backslashreplace"))


def carry_utf8() -> None:
    """Have stdout carry what machines read, byte for byte: UTF-8, whatever a terminal here would like."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")


def _end(number: int) -> None:
    """Have a descriptor be the end of a pipe that nobody writes into: reading finds an end, writing an error."""
    end, beginning = os.pipe()
    os.close(beginning)
    _become(number, end)


def _discard(number: int) -> None:
    """Have a descriptor take all, and keep nothing."""
    _become(number, os.open(os.devnull, os.O_WRONLY))


def _become(number: int, descriptor: int) -> None:
    if descriptor != number:
        os.dup2(descriptor, number)
        os.close(descriptor)


def _of(number: int, stream: TextIO | None, errors: str) -> tuple[Any, ...]:
    """Buffer, encoding, error handler, line ends and line buffering of a stream that stands for another."""
    if not isinstance(stream, io.TextIOWrapper):
        return io.BufferedWriter(io.FileIO(number, "w", closefd=False)), "utf-8", errors, None, True
    below: Any = stream.buffer  # a raw stream with -u; kept, as on Windows it is the console's own
    buffer = below if isinstance(below, io.BufferedIOBase) else io.BufferedWriter(below)
    handler = errors if stream.errors in ("strict", "surrogateescape") else stream.errors
    return buffer, stream.encoding, handler, None, stream.line_buffering or stream.write_through


class _Answer(io.TextIOWrapper):
    """Stdout. What it cannot take is told as trouble outside; a reader that went away is the error boundary's."""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._lost(error) from error

    def flush(self) -> None:
        try:
            super().flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._lost(error) from error

    def _lost(self, error: OSError) -> StorageError:
        _discard(1)  # else what waits is tried again at the end, and Python exits with 120
        why = _WHY.get(error.errno or 0, error.strerror or str(error))
        return StorageError(f"The answer could not be written to stdout: {why}.", "Free space, or lead it elsewhere.")


class _Messages(io.TextIOWrapper):
    """Stderr. Nobody is left to be told that it takes nothing; the work goes on."""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError:
            _discard(2)
