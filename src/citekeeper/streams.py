"""The standard streams as a program wants them: all three open, and stdout's failures told from those of files.

Those of stderr are not told: that a message reaches nobody is no reason to end the work.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Any, TextIO


class StdoutError(OSError):
    """Standard output could not be written: its disk is full, or it was closed before the program began.

    A reader that went away is a BrokenPipeError, as ever.
    """


def prepare() -> None:
    """Open what was closed before the start, and have failures of stdout raised as `StdoutError`.

    A closed stream's number would be taken by the first file or socket opened, and what others print would go there.
    Now nothing comes from a stdin that was closed, messages to such a stderr are lost, and writing to such a stdout
    fails, as it does for every program.
    """
    if sys.stdin is None:
        _fill(0, os.O_RDONLY)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it is open as long as the program runs
    if sys.stdout is None:
        _fill(1, os.O_RDONLY)
    sys.stdout = _telling(sys.stdout)
    if sys.stderr is None:
        _fill(2, os.O_WRONLY)
    sys.stderr = _forgiving(sys.stderr)


def carry_utf8() -> None:
    """Have stdout carry what machines read, byte for byte: a letter written by its number would spoil JSON."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")


def _fill(number: int, flags: int) -> None:
    """Open the null device under a descriptor's number."""
    null = os.open(os.devnull, flags)
    if null != number:
        os.dup2(null, number)
        os.close(null)
    os.set_inheritable(number, True)


def _telling(stdout: TextIO | None) -> TextIO:
    """Standard output, buffered as Python chose; letters that its encoding lacks are written by their numbers.

    Files and pipes get UTF-8 whatever the locale says, unless the environment names an encoding for Python.
    """
    raw = _Stdout(1, "w", closefd=False)
    buffer = io.BufferedWriter(raw)
    if not isinstance(stdout, io.TextIOWrapper):
        return io.TextIOWrapper(buffer, encoding="utf-8")
    stdout.flush()
    is_chosen = raw.isatty() or bool(os.environ.get("PYTHONIOENCODING"))
    errors = "backslashreplace" if stdout.errors == "strict" else stdout.errors
    return io.TextIOWrapper(
        buffer,
        encoding=stdout.encoding if is_chosen else "utf-8",
        errors=errors,
        line_buffering=stdout.line_buffering or stdout.write_through,
    )


def _forgiving(stderr: TextIO | None) -> TextIO:
    """Standard error, which takes what its disk or reader does not."""
    if stderr is not None:
        stderr.flush()
    encoding = "utf-8" if stderr is None else stderr.encoding
    buffer = io.BufferedWriter(_Stderr(2, "w", closefd=False))
    return io.TextIOWrapper(buffer, encoding=encoding, errors="backslashreplace", line_buffering=True)


class _Stderr(io.FileIO):
    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)


class _Stdout(io.FileIO):
    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise StdoutError(error.errno, error.strerror) from None
