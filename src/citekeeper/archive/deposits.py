"""Deposits: evidence made elsewhere, whose bytes are sealed as they are, with what the depositor says of them.

What a deposit proves is its state since it was sealed. Where it came from and when it was made is the depositor's word.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from citekeeper import __version__
from citekeeper.archive.folders import is_lfs_pointer
from citekeeper.archive.sniff import sniff
from citekeeper.archive.texts import text_sha256, utf8
from citekeeper.archive.withheld import redact_url
from citekeeper.clock import iso
from citekeeper.errors import UsageError
from citekeeper.model import ArchivedFile, Citation, Document, Reading, Shows

_CHUNK = 1 << 20
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}")
_LONGEST_STEM = 80


@dataclass(frozen=True, slots=True)
class Claim:
    """What the depositor says: when it was made (``claimed`` as they wrote it), by whom it is handed in, and how."""

    captured_at: datetime
    claimed: str
    by: str
    how: str


@dataclass(frozen=True, slots=True)
class Sealing:
    """What the manifest says of its own making."""

    folder: str
    sealed_at: datetime
    files: Sequence[ArchivedFile]
    previous: Sequence[str]


@dataclass(frozen=True, slots=True)
class Deposit:
    """One file to be sealed: where it is, the name it gets, and what its first bytes show."""

    path: Path
    name: str
    original_name: str
    sniffed_type: str

    def copied_to(self, folder: Path) -> ArchivedFile:
        """Copy the bytes, hashing them on the way; both ends are held open and read once.

        Raises:
            UsageError: the file cannot be read, or changed while it was copied.
            OSError: the copy cannot be written.
        """
        digest, size = hashlib.sha256(), 0
        try:
            source = self.path.open("rb")
        except OSError as error:
            raise _unreadable(self.path, error) from error
        with source, (folder / self.name).open("xb") as target:
            before = os.fstat(source.fileno())
            while chunk := self._chunk(source.fileno()):
                digest.update(chunk)
                target.write(chunk)
                size += len(chunk)
            after = os.fstat(source.fileno())
            target.flush()
            os.fsync(target.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
            raise UsageError(f"{self.path} changed while it was read.", "Wait until it is finished, and deposit again.")
        return ArchivedFile(self.name, digest.hexdigest(), size)

    def _chunk(self, descriptor: int) -> bytes:
        try:
            return os.read(descriptor, _CHUNK)
        except OSError as error:
            raise _unreadable(self.path, error) from error


def check_deposits(paths: Sequence[Path]) -> list[Deposit]:
    """Look at the files before anything is written.

    Raises:
        UsageError: one is missing, empty, no regular file, unreadable, a Git LFS pointer, or named twice.
    """
    deposits: list[Deposit] = []
    seen: set[tuple[int, int]] = set()
    for path in paths:
        try:
            facts = path.stat()
            if not stat.S_ISREG(facts.st_mode):
                raise UsageError(f"{path} is not a file.", "Name files, not directories or devices.")
            with path.open("rb") as stream:
                start = stream.read(4096)
        except OSError as error:
            raise _unreadable(path, error) from error
        except ValueError as error:  # a null byte in the name
            raise UsageError(f"{path!r} is not the name of a file.", "Correct the name.") from error
        if not start:
            raise UsageError(f"{path} is empty: there is nothing to keep.", "Make the copy again.")
        if is_lfs_pointer(path):
            raise UsageError(f"{path} is only a Git LFS pointer.", "Run `git lfs pull`, and deposit the file itself.")
        if (facts.st_dev, facts.st_ino) in seen:
            raise UsageError(f"{path} is named twice.", "Name each file once.")
        seen.add((facts.st_dev, facts.st_ino))
        name = _safe_name(path.name, len(deposits) + 1, {deposit.name.casefold() for deposit in deposits})
        deposits.append(Deposit(path, name, _original_name(path), sniff(start)))
    if not deposits:
        raise UsageError("No file to deposit was named.", "Run: citekeeper deposit ID FILE…")
    return deposits


def _unreadable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path} could not be read: {error.strerror}.", "Correct the name, or make it readable.")


def _original_name(path: PurePath) -> str:
    """The file's own name, without directories, as JSON can hold it."""
    return utf8(path.name).decode("utf-8")


def _safe_name(name: str, number: int, taken: set[str]) -> str:
    """A name that any file system takes and that is none of the archive's own: ``deposited-`` and what is plain of it.

    >>> _safe_name("Снимок экрана (2).PNG", 1, set())
    'deposited-2.png'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    stem, dot, last = plain.rpartition(".")
    extension = f".{last.lower()}" if dot and _EXTENSION.fullmatch(f".{last}") else ""
    stem = _UNSAFE.sub("-", stem if extension else plain).strip("-._")[:_LONGEST_STEM] or str(number)
    candidate, copy = f"deposited-{stem}{extension}", 1
    while candidate.casefold() in taken:
        copy += 1
        candidate = f"deposited-{stem}-{copy}{extension}"
    return candidate


def deposit_fields(
    citation: Citation,
    claim: Claim,
    deposits: Sequence[Deposit],
    reading: Reading | None,
    document: Document | None,
    sealing: Sealing,
) -> dict[str, Any]:
    """The fields of a deposit's manifest.json, in their order (see `citekeeper.archive.manifest`)."""
    return {
        "schema": "citekeeper.manifest/1",
        "event": "deposit",
        "id": sealing.folder,
        "citation": citation.id,
        "document_sha256": document.sha256 if document else None,
        "captured_at": iso(claim.captured_at),
        "captured_at_claimed": claim.claimed,
        "sealed_at": iso(sealing.sealed_at),
        "origin": "deposited",
        "shows": Shows.SOURCE.value,
        "by": claim.by,
        "how": claim.how,
        "url_cited": redact_url(citation.url) if citation.url else None,
        "tool": {"name": "citekeeper", "version": __version__},
        "deposited": [
            {"name": deposit.name, "original_name": deposit.original_name, "sniffed_type": deposit.sniffed_type}
            for deposit in deposits
        ],
        "charset": reading.charset if reading else None,
        "charset_reason": reading.charset_reason if reading else None,
        "text_sha256": text_sha256(reading),
        "warnings": [] if text_sha256(reading) else ["No text could be read from it, so no quote can be looked up."],
        "files": [{"name": file.name, "sha256": file.sha256, "bytes": file.size} for file in sealing.files],
        "previous": list(sealing.previous),
        "method": (
            f"Made elsewhere and deposited with citekeeper {__version__}, its bytes untouched. When, where and how it "
            "was made is the depositor's word; the hashes prove that it is unchanged since it was sealed."
        ),
    }
