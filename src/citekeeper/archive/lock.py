"""One writer at a time: a lock on ``archive/.lock`` that the operating system releases when its holder dies.

The file is removed on release, so that git sees nothing of it. It names the holder by process number and start time,
never by user or host name.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from citekeeper.clock import Clock, iso
from citekeeper.errors import StorageError
from citekeeper.files import storage_error

LOCK_NAME = ".lock"


@contextlib.contextmanager
def archive_lock(root: Path, clock: Clock) -> Iterator[None]:
    """Hold the archive at ``root``; the directory is made if it is not there.

    Raises:
        StorageError: another process holds it, or the lock file cannot be written.
    """
    path = root / LOCK_NAME
    try:
        root.mkdir(parents=True, exist_ok=True)
        descriptor = _acquire(path)
    except OSError as error:
        raise storage_error(path, error) from error
    try:
        _name_holder(descriptor, f"process {os.getpid()}, since {iso(clock.now())}")
        yield
    finally:
        # Removed while still held: whoever waits for it will see that its file is gone, and open a new one.
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(descriptor)


def _acquire(path: Path) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
        if not _try_lock(descriptor):
            holder = os.read(descriptor, 200).decode("ascii", "replace").strip() or "another process"
            os.close(descriptor)
            raise StorageError(
                f"archive locked by {holder} ({path.parent}).",
                "Wait until that run has ended, or stop it; a lock whose process has died releases itself.",
            )
        if _is_current(descriptor, path):
            return descriptor
        os.close(descriptor)  # its holder removed it between our opening and our locking


def _is_current(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _name_holder(descriptor: int, holder: str) -> None:
    with contextlib.suppress(OSError):  # a full disk must not keep anyone from reading what is there
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, holder.encode("ascii") + b"\n")


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, 1024, os.SEEK_SET)  # beyond the text, which others must be able to read
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
