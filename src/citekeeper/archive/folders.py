"""Capture folders as they lie on disk: which there are, what their manifests say, and what a killed run left."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from citekeeper.archive.manifest import Manifest, manifest_number, read_manifest
from citekeeper.archive.numbers import LATER_FILE
from citekeeper.errors import StorageError
from citekeeper.files import TEMPORARY_PREFIX, sync_file
from citekeeper.model import ArchivedFile, CaptureState

FOLDER_NAME = re.compile(r"(\d{8}T\d{6}Z)(?:-(\d{1,12}))?")
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"


def capture_folders(home: Path) -> list[Path]:
    """The capture folders of a citation that have a manifest, oldest first (by name: time, then number)."""
    found = []
    for entry in directories(home):
        match = FOLDER_NAME.fullmatch(entry.name)
        if match and (entry / "manifest.json").is_file():
            found.append((match[1], int(match[2] or 1), entry))
    return [entry for _, _, entry in sorted(found)]


def read_manifests(folder: Path) -> list[Manifest]:
    """The manifests of a capture, manifest.json first.

    Raises:
        StorageError: one cannot be read.
    """
    try:
        paths = list(folder.iterdir())
    except FileNotFoundError:
        return []
    numbered = sorted((number, path) for path in paths if (number := manifest_number(path.name)) is not None)
    manifests = []
    for _, path in numbered:
        try:
            manifests.append(read_manifest(path))
        except OSError as error:
            raise StorageError(
                f"{path} could not be read: {error.strerror}.",
                "Give yourself the right to read it, or put it back, for instance out of git.",
            ) from error
    return manifests


def cheap_state(folder: Path, manifests: Sequence[Manifest]) -> CaptureState:
    """The state of a capture by names and sizes, and by the hashes of its texts, in which quotes are found.

    All else is hashed by verify.
    """
    if any(manifest.event == "withdraw" for manifest in manifests):
        return CaptureState.WITHDRAWN
    if any(manifest.fault for manifest in manifests):
        return CaptureState.TAMPERED
    state = CaptureState.INTACT
    for name, sealings in listings(manifests).items():
        path = folder / name
        try:
            facts = path.stat()
            alike = [file.sha256 for file in sealings if file.size == facts.st_size]
            if alike and (not _is_text(name) or _sha256(path.absolute(), facts.st_mtime_ns, facts.st_size) in alike):
                continue
        except OSError:
            state = CaptureState.ABSENT
            continue
        if not is_lfs_pointer(path):
            return CaptureState.TAMPERED
        state = CaptureState.ABSENT
    return state


def _is_text(name: str) -> bool:
    return name.startswith("text.") and name.endswith(".json")


@lru_cache(maxsize=1024)  # a run asks for the captures of a citation several times
def _sha256(path: Path, _modified: int, _size: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def listings(manifests: Sequence[Manifest]) -> dict[str, list[ArchivedFile]]:
    """Every file that manifests list, by name, as each may lawfully lie there.

    That is one version of each; but where two branches each made a first translation or time stamp, a merge keeps
    either. Of all else the first manifest's word stands, whatever a later one says.
    """
    found: dict[str, list[ArchivedFile]] = {}
    for file in (file for manifest in manifests for file in manifest.files):
        sealings = found.setdefault(file.name, [])
        if not sealings or (LATER_FILE.fullmatch(file.name) and file not in sealings):
            sealings.append(file)
    return found


def present_files(folder: Path, manifests: Sequence[Manifest]) -> tuple[ArchivedFile, ...]:
    """The files that manifests list; of two versions of one name, the one that is here."""
    return tuple(_present(folder / name, sealings) for name, sealings in listings(manifests).items())


def _present(path: Path, sealings: Sequence[ArchivedFile]) -> ArchivedFile:
    if len(sealings) > 1:
        with contextlib.suppress(OSError):
            found = measured(path)
            return found if found in sealings else sealings[-1]
    return sealings[-1]


def is_lfs_pointer(path: Path) -> bool:
    """Whether a file is a Git LFS pointer whose content was not fetched."""
    try:
        with path.open("rb") as stream:
            return stream.read(1024).startswith(_LFS_POINTER) and path.stat().st_size <= 1024
    except OSError:
        return False


def directories(parent: Path) -> list[Path]:
    """The real directories in ``parent``, sorted by name; links are not followed."""
    try:
        with os.scandir(parent) as entries:
            return sorted(Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False))
    except (FileNotFoundError, NotADirectoryError):
        return []


def remove_temporaries(directory: Path) -> None:
    """Remove temporary files and folders in ``directory``, whatever their age; the caller holds the lock."""
    for entry in directory.glob(f"{TEMPORARY_PREFIX}*"):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                entry.unlink()


def remove_unlisted(folder: Path) -> None:
    """Remove translations and time stamps that a killed run wrote and did not come to list in a manifest.

    Nothing sealed them, and the next run makes them anew. Where a manifest cannot be understood, all is left alone.

    Raises:
        StorageError: a manifest cannot be read.
    """
    later = [path for path in folder.iterdir() if LATER_FILE.fullmatch(path.name) and path.is_file()]
    if not later:
        return
    manifests = read_manifests(folder)
    if not manifests or any(manifest.fault for manifest in manifests):
        return
    listed = {file.name for manifest in manifests for file in manifest.files}
    for path in later:
        if path.name not in listed:
            with contextlib.suppress(OSError):
                path.unlink()


def sealed(path: Path) -> ArchivedFile:
    """Force a finished file to disk, and read back what the manifest says of it."""
    sync_file(path)
    return measured(path)


def measured(path: Path) -> ArchivedFile:
    """What the manifest says of a finished file: its hash and size, read back."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return ArchivedFile(path.name, digest, os.fstat(stream.fileno()).st_size)


def named_moment(folder: str) -> datetime:
    """The time that a capture folder's name tells; 1970 where it tells none."""
    match = FOLDER_NAME.fullmatch(folder)
    with contextlib.suppress(ValueError):
        return datetime.strptime(match[1] if match else "", "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return datetime.fromtimestamp(0, UTC)
