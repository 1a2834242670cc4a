"""Whether a file is as it was sealed: there, a file, and of the hash and size that its manifest gives."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from citekeeper.archive.folders import is_lfs_pointer
from citekeeper.model import ArchivedFile, Severity

Finding = tuple[str, str, Severity]
"""Code, message and severity."""

_POINTER = re.compile(rb"^oid sha256:([0-9a-f]{64})\r?\nsize ([0-9]{1,18})\r?$", re.M)
_TEXT_LIMIT = 32 << 20
_TEXTS = {".json", ".html", ".pem", ".txt", ".md", ".csv", ".xml", ".eml", ".mhtml"}


def check_file(path: Path, sealings: Sequence[ArchivedFile]) -> Iterator[Finding]:
    """What is wrong with a file; ``sealings`` are several where two branches made it."""
    file = sealings[-1]
    if path.is_symlink() or (path.exists() and not path.is_file()):
        yield "file-not-regular", "A link or directory stands in its place.", Severity.ERROR
        return
    if not path.exists():
        yield "file-absent", "The file is not here.", Severity.ERROR
        return
    try:
        digest, size = _measured(path)
    except OSError as error:
        yield "file-unreadable", f"It cannot be read: {error.strerror}.", Severity.ERROR
        return
    if any((digest, size) == (sealing.sha256, sealing.size) for sealing in sealings):
        for other in (sealing for sealing in sealings if sealing.sha256 != digest):
            message = (
                f"Two branches each made this file, and their merge kept one; the other, SHA-256 {other.sha256}, "
                "is not here. Git has it, if it was so."
            )
            yield "file-merged-away", message, Severity.WARNING
    elif is_lfs_pointer(path):
        yield _pointer(path, sealings)
    elif size > file.size and _is_converted(path, sealings):
        yield "line-ends-converted", f"Its line ends were converted, and nothing else: {CONVERTED}", Severity.ERROR
    elif size != file.size:
        yield "file-size-differs", f"It has {size} bytes; {file.size} were sealed.", Severity.ERROR
    else:
        message = f"Its SHA-256 is {digest[:16]}…; {file.sha256[:16]}… was sealed."
        yield "file-changed", message, Severity.ERROR


def _measured(path: Path) -> tuple[str, int]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return digest, stream.tell()


def _pointer(path: Path, sealings: Sequence[ArchivedFile]) -> Finding:
    """A Git LFS pointer names what it stands for, which must be what was sealed."""
    found = _POINTER.search(path.read_bytes())
    named = (found[1].decode(), int(found[2])) if found else None
    if named in [(sealing.sha256, sealing.size) for sealing in sealings]:
        message = "Only the Git LFS pointer is here; run `git lfs pull` to fetch the file."
        return "file-is-lfs-pointer", message, Severity.WARNING
    return "file-changed", "A Git LFS pointer stands in its place, and not to what was sealed.", Severity.ERROR


def _is_converted(path: Path, sealings: Sequence[ArchivedFile]) -> bool:
    """Whether nothing but line ends differs, as after a checkout by git where archive/.gitattributes is missing."""
    if path.suffix not in _TEXTS or path.stat().st_size > _TEXT_LIMIT:
        return False
    return sha256_with_plain_line_ends(path) in [sealing.sha256 for sealing in sealings]


def sha256_with_plain_line_ends(path: Path) -> str:
    """The hash of what a file was before its line feeds got carriage returns."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


CONVERTED = "put archive/.gitattributes back as it was made, delete the file, and check it out again."
"""What resolves converted line ends."""
