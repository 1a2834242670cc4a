"""Writing results a line at a time, as they come: to stdout, or to a file that appears when it is complete."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from citekeeper.errors import StorageError
from citekeeper.files import TEMPORARY_PREFIX


@contextmanager
def line_sink(output: str | None, filename: str) -> Iterator[Callable[[str], None]]:
    """What takes one text after the other.

    Args:
        output: a file, a directory (existing, or ending in a slash), or None or "-" for stdout.
        filename: the file's name in a directory.

    Raises:
        StorageError: the file could not be written; what stood there is unharmed.
    """
    if output in (None, "-"):
        yield _to_stdout
        return
    assert output is not None
    directory = output.endswith("/") or Path(output).is_dir()
    target = Path(output) / filename if directory else Path(output)
    try:
        if directory:
            target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, dir=target.resolve().parent)
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:

            def to_file(text: str) -> None:
                try:
                    file.write(text)
                except OSError as error:
                    raise _unwritable(target, error) from error

            yield to_file
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target.resolve())
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _to_stdout(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _unwritable(path: Path, error: OSError) -> StorageError:
    return StorageError(f"{path} could not be written: {error.strerror}.", "Free space, or write elsewhere with -o.")
