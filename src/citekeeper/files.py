"""Writing to disk so that a crash, a full disk or Ctrl-C leaves the old file or the new one, and never half of either.

A new version is written to a temporary file in the same directory, forced to disk, and renamed over the old one
(``rename(2)`` is atomic within a file system); then the directory itself is forced to disk, so the name survives too.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from citekeeper.errors import StorageError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

TEMPORARY_PREFIX = ".citekeeper-tmp-"
"""What every temporary name begins with, so that the next run knows and sweeps what a killed run left behind."""

_TOGETHER = 256  # files that are forced to disk together
STALE_AFTER = 3600.0
"""Seconds after which a temporary file cannot belong to a run that still lives."""

_HINTS = {
    errno.ENOSPC: ("the disk is full", "Free some space and run the command again; it goes on where it stopped."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space and run the command again."),
    errno.EROFS: ("the file system is read-only", "Mount it writable, or choose another directory."),
    errno.EACCES: ("permission is denied", "Give yourself the right to write there, or choose another directory."),
    errno.EPERM: ("permission is denied", "Give yourself the right to write there, or choose another directory."),
    errno.ENOTDIR: ("a part of the path is a file", "Move that file away, or choose another path."),
    errno.EEXIST: ("a file stands in its place", "Move that file away, or choose another path."),
    errno.EISDIR: ("a directory stands in its place", "Move that directory away, or choose another path."),
    errno.ENAMETOOLONG: ("the name is too long for this file system", "Choose a shorter path."),
    errno.ENOENT: ("its directory does not exist", "Create the directory, or choose another path."),
    errno.EFBIG: ("the file is too large for this file system or limit", "Raise the limit, or choose another disk."),
}


def read_capped(path: Path, most: int) -> bytes:
    """A file's bytes; of one that has no end (``/dev/zero``, a pipe that never closes) no more than ``most``.

    Raises:
        OSError: it cannot be read; ``EFBIG`` where it is longer.
    """
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is longer than {most >> 20} MiB")
    return data


def nameless(directory: Path | None) -> IO[bytes]:
    """A file for what waits, which has no name and is gone when it is closed or the process ends.

    Args:
        directory: on whose file system; None for the system's place for temporary files.

    Raises:
        OSError: it cannot be made there.
    """
    # Unbuffered: what a full disk does not take must not be tried again when the file is closed.
    return cast("IO[bytes]", tempfile.TemporaryFile(buffering=0, prefix=TEMPORARY_PREFIX, dir=directory))


def append_whole(file: IO[bytes], data: bytes) -> None:
    """Write ``data`` behind the last byte of an unbuffered file, whole or not at all.

    Raises:
        OSError: it could not be written; the file is as it was.
    """
    file.seek(0, os.SEEK_END)
    _write_whole(file.fileno(), data)


def storage_error(path: Path, error: OSError) -> StorageError:
    """``error`` as a sentence about ``path``, with the act that resolves it."""
    what, hint = _HINTS.get(
        error.errno or 0, (error.strerror or str(error), "Resolve that and run the command again; nothing was lost.")
    )
    return StorageError(f"{path} could not be written: {what}.", hint)


@contextlib.contextmanager
def _as_storage_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise storage_error(path, error) from error


def write_atomic(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Put ``data`` at ``path``, whole or not at all; see `whole_file`.

    Raises:
        StorageError: it could not be written; what stood there is unharmed.
    """
    with _as_storage_error(path), whole_file(path, mode=mode) as stream:
        stream.write(data)


@contextlib.contextmanager
def whole_file(path: Path, *, mode: int | None = None) -> Iterator[IO[bytes]]:
    """A stream whose content stands at ``path`` once all of it is written, and nothing of it before.

    A symbolic link is followed, so it stays a link. An existing file keeps its permissions unless ``mode`` is given; a
    new one gets ``mode``, or what the umask allows. A device or a pipe is no file, and nothing is put in its place.

    Args:
        path: where; its directory must exist.
        mode: permission bits, e.g. 0o600.

    Raises:
        StorageError: it could not be opened, or not be put there; what stood there is unharmed. What goes wrong with
            the writing is the caller's to tell.
    """
    with _as_storage_error(path):
        target, permissions = _place(path, mode)
        descriptor, name = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, dir=target.parent)
    stream = os.fdopen(descriptor, "wb")
    try:
        yield stream
        with _as_storage_error(path):
            stream.flush()
            os.fchmod(descriptor, permissions)
            os.fsync(descriptor)
            stream.close()
            Path(name).replace(target)
    except BaseException:  # Ctrl-C too leaves no temporary file
        with contextlib.suppress(OSError):
            stream.close()
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    with _as_storage_error(path):
        sync_directory(target.parent)


def _place(path: Path, mode: int | None) -> tuple[Path, int]:
    """Where a file that was named goes, and with which permissions."""
    target = Path(os.path.realpath(path))  # Path.resolve tells of a loop of links in words of its own
    if _is_special(target):
        raise OSError(None, "it is a device or a pipe, and no file")
    return target, _permissions(target) if mode is None else mode


def write_together(files: Iterable[tuple[Path, Iterable[bytes]]]) -> Iterator[Path]:
    """Put many files in their places, each whole or not at all, as `whole_file` does; tell each once it is there.

    They are forced to disk a few hundred at a time, which takes little longer than one.

    Raises:
        StorageError: one could not be written; what stood there is unharmed.
    """
    waiting: list[tuple[Path, Path, Path]] = []  # as it was named, where it goes, where it is
    try:
        for path, pieces in files:
            with _as_storage_error(path):
                target, permissions = _place(path, None)
                descriptor, name = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, dir=target.parent)
                waiting.append((path, target, Path(name)))
                with os.fdopen(descriptor, "wb") as stream:
                    stream.writelines(pieces)
                    os.fchmod(descriptor, permissions)
            if len(waiting) >= _TOGETHER:
                yield from _put_in_place(waiting)
        yield from _put_in_place(waiting)
    finally:  # Ctrl-C too leaves no temporary file
        for *_, temporary in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _put_in_place(waiting: list[tuple[Path, Path, Path]]) -> Iterator[Path]:
    if not waiting:
        return
    with _as_storage_error(waiting[0][0].parent):
        sync_all(temporary for *_, temporary in waiting)
    done = [path for path, *_ in waiting]
    directories = dict.fromkeys(target.parent for _, target, _ in waiting)
    while waiting:
        path, target, temporary = waiting[-1]
        with _as_storage_error(path):
            temporary.replace(target)
        waiting.pop()
    for directory in directories:
        sync_directory(directory)
    yield from done


@contextlib.contextmanager
def output_file(path: Path) -> Iterator[IO[bytes]]:
    """What a person named as the place for an output: a file (see `whole_file`), or a device or pipe, written as it is.

    ``/dev/null``, ``/dev/stdout``, a named pipe and the shell's ``>(…)`` are such. Opening a pipe waits for its reader.

    Raises:
        StorageError: it could not be opened, or not be put there.
    """
    if not _is_special(path):
        with whole_file(path) as stream:
            yield stream
        return
    with _as_storage_error(path):
        stream = path.open("ab")  # behind what the shell has there already, where it is /dev/stdout
    try:
        yield stream
        with _as_storage_error(path):
            stream.close()
    finally:
        with contextlib.suppress(OSError):
            stream.close()


def ensure_directory(path: Path) -> None:
    """Make a directory with those above it, if it is not there.

    Raises:
        StorageError: it could not be made.
    """
    with _as_storage_error(path):
        path.mkdir(parents=True, exist_ok=True)


def write_output(path: Path, data: bytes) -> None:
    """Put ``data`` where a person wants it; see `output_file`.

    Raises:
        StorageError: it could not be written.
    """
    with _as_storage_error(path), output_file(path) as stream:
        stream.write(data)


def _is_special(path: Path) -> bool:
    """Whether something is written to rather than replaced: a device, a pipe, or an open descriptor by its name."""
    if str(path).startswith(("/dev/fd/", "/dev/std", "/proc/")):
        return True
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def write_text_atomic(path: Path, text: str, *, mode: int | None = None) -> None:
    """Put ``text`` at ``path`` as UTF-8, line ends as they are; see `write_atomic`."""
    write_atomic(path, text.encode("utf-8"), mode=mode)


def append_line(path: Path, *lines: bytes, syncing: Syncing | None = None) -> None:
    """Append a line, or several, to a log in a single write, and force it to disk.

    A last line that a crash left without its line end is ended first, so the new ones stand alone.

    Args:
        path: the log; made with its directories if it is not there.
        lines: each without or with its final line feed; no line feed within.
        syncing: forces it to disk later; other processes see the lines at once.

    Raises:
        StorageError: it could not be written.
        ValueError: one of ``lines`` is more than one line.
    """
    bare = [line.removesuffix(b"\n") for line in lines]
    if any(b"\n" in line for line in bare):
        raise ValueError("a line holds no line feed")
    with _as_storage_error(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o666)
        try:
            _lock(descriptor)  # let go of with the descriptor
            torn = _last_byte(descriptor) not in (b"", b"\n")
            _write_whole(descriptor, b"\n".join((*([b""] if torn else ()), *bare, b"")))
            if syncing is None:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if syncing is not None:
            syncing.add(path, *([path.parent] if is_new else ()))
        elif is_new:
            sync_directory(path.parent)


def _lock(descriptor: int) -> None:
    """Keep other writers of the same log out: a line of theirs, seen half-written, would look torn."""
    try:
        import fcntl
    except ImportError:
        return  # without it, one write in append mode keeps lines whole
    with contextlib.suppress(OSError):  # some network file systems know no locks
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _last_byte(descriptor: int) -> bytes:
    size = os.fstat(descriptor).st_size
    if not size:
        return b""
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1)


def _write_whole(descriptor: int, data: bytes) -> None:
    """One write; where the system took only a part (disk nearly full), the rest, or the error after taking it back."""
    before = os.fstat(descriptor).st_size
    written = 0
    try:
        while written < len(data):
            written += os.write(descriptor, data[written:])
    except OSError:
        if written and os.fstat(descriptor).st_size == before + written:  # nobody else wrote meanwhile
            os.ftruncate(descriptor, before)
        raise


def sweep_temporaries(directory: Path, *, older_than: float = STALE_AFTER, now: float | None = None) -> int:
    """Remove what a killed run left in ``directory`` (not below it).

    Args:
        directory: where to look; it need not exist.
        older_than: seconds; younger temporaries may belong to a run that is alive.
        now: the time to compare with, seconds since the epoch; default: the machine's.

    Returns:
        How many were removed. What cannot be removed stays, without an error: it harms nothing.
    """
    limit = (time.time() if now is None else now) - older_than
    removed = 0
    for entry in directory.glob(f"{TEMPORARY_PREFIX}*"):
        with contextlib.suppress(OSError):
            if entry.lstat().st_mtime <= limit and not entry.is_dir():
                entry.unlink()
                removed += 1
    return removed


def sync_directory(directory: Path) -> None:
    """Force a directory's names to disk, where the system can (Windows and some network disks cannot)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sync_file(path: Path) -> None:
    """Force a finished file to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Syncing:
    """Forces files and directories to disk, side by side and while the caller goes on with other work.

    Most file systems commit together what is asked for at the same time, at the price of one.
    """

    def __init__(self) -> None:
        self._under_way: deque[Future[None]] = deque()

    def add(self, *paths: Path) -> None:
        """Begin with these.

        Raises:
            OSError: one that was added before could not be.
        """
        while self._under_way and self._under_way[0].done():
            self._under_way.popleft().result()
        pool = _threads()
        for path in paths:
            sync = sync_directory if path.is_dir() else sync_file
            try:
                self._under_way.append(pool.submit(sync, path))
            except RuntimeError:  # the system gives no more threads
                sync(path)

    def settle(self) -> None:
        """Wait until all of them are on disk.

        Raises:
            OSError: one could not be; the others may be all the same.
        """
        while self._under_way:
            self._under_way.popleft().result()


def sync_all(paths: Iterable[Path]) -> None:
    """Force files and directories to disk, and wait for it; errors as in `Syncing`."""
    syncing = Syncing()
    syncing.add(*paths)
    syncing.settle()


@cache
def _threads() -> ThreadPoolExecutor:
    """Threads that wait for the disk; kept, since beginning one takes as long as half the work."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(8, "sync")


os.register_at_fork(after_in_child=_threads.cache_clear)  # a forked process has none of them


def _permissions(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        return 0o666 & ~_umask()


def _umask() -> int:
    """The process's umask, read without changing it where the system tells (Linux); setting it is not thread-safe."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def cache_directory(environ: Mapping[str, str]) -> Path:
    """Where caches that can be rebuilt live: CITEKEEPER_CACHE_DIR, else the user's cache directory (XDG).

    Raises:
        StorageError: neither is known, as in a container whose user has no home.
    """
    own = environ.get("CITEKEEPER_CACHE_DIR")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or _home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = _home() / "Library" / "Caches"
    else:
        base = Path(environ.get("XDG_CACHE_HOME") or _home() / ".cache")
    return base / "citekeeper"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:
        raise StorageError(
            "This user has no home directory, so there is no place for caches.",
            "Set CITEKEEPER_CACHE_DIR to a directory that may be written.",
        ) from error
