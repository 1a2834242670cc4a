"""Withdrawals: the files of a capture are deleted, and its manifests, time stamps and a tombstone stay.

The tombstone comes first: from the moment it is sealed the capture counts as withdrawn, and whatever a crash left
undeleted is deleted by the next run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from citekeeper.archive.folders import read_manifests
from citekeeper.archive.manifest import Manifest, is_file_name, manifest_number
from citekeeper.archive.numbers import NUMBER
from citekeeper.files import sync_directory

TIMESTAMP_FILE = re.compile(rf"timestamp(?:\.{NUMBER})?\.(?:tsr|pem)")
"""Tokens and their certificates: they hold hashes and no content, so a withdrawal leaves them."""

_TEXT_FILE = re.compile(r"text(?:\..+)?\.json")


def withdrawal_list(folder: Path, manifests: Sequence[Manifest]) -> list[dict[str, Any]]:
    """What a withdrawal deletes, with the hashes that stay: each file that a manifest lists, and that is no token.

    What an earlier tombstone names is not repeated.
    """
    done = withdrawn_names(manifests)
    files = {file for manifest in manifests for file in manifest.files}
    names = {file.name for file in files}
    listed = sorted((file.name, file.sha256, file.size) for file in files if not TIMESTAMP_FILE.fullmatch(file.name))
    unlisted = [(name, None, None) for name in _unlisted_texts(folder) if name not in names]
    return [
        {"name": name, "sha256": sha256, "bytes": size}
        for name, sha256, size in [*listed, *unlisted]
        if name not in done
    ]


def withdrawn_names(manifests: Sequence[Manifest]) -> set[str]:
    """The names of the files that tombstones say were deleted; manifests and paths that lead elsewhere never are."""
    return {
        str(item.get("name"))
        for manifest in manifests
        if manifest.event == "withdraw" and isinstance(manifest.fields.get("withdrawn"), list)
        for item in manifest.fields["withdrawn"]
        if isinstance(item, dict) and _is_deletable(str(item.get("name")))
    }


def finish_withdrawal(folder: Path) -> tuple[str, ...]:
    """Delete what a tombstone in ``folder`` names and is still there; returns the names of what was deleted.

    Raises:
        OSError: a file cannot be deleted.
    """
    if not any((manifest_number(path.name) or 0) > 0 for path in folder.iterdir()):
        return ()
    deleted = []
    for name in sorted(withdrawn_names(read_manifests(folder))):
        path = folder / name
        if path.is_symlink() or path.is_file():
            path.unlink()
            deleted.append(name)
    if deleted:
        sync_directory(folder)
    return tuple(deleted)


def _unlisted_texts(folder: Path) -> list[str]:
    """Translations that a killed run wrote and did not list."""
    return sorted(path.name for path in folder.iterdir() if _TEXT_FILE.fullmatch(path.name) and path.is_file())


def _is_deletable(name: str) -> bool:
    return is_file_name(name) and manifest_number(name) is None and not TIMESTAMP_FILE.fullmatch(name)
