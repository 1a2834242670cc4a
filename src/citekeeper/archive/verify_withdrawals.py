"""Whether a withdrawal left what it should: the tombstone names what was sealed, and what it names is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from citekeeper.archive.manifest import Manifest
from citekeeper.archive.withdrawals import TIMESTAMP_FILE, withdrawn_names
from citekeeper.model import ArchivedFile, Severity

Finding = tuple[str, str, str, Severity]
"""File, code, message and severity."""


def check_withdrawal(
    folder: Path, manifests: Sequence[Manifest], listed: Mapping[str, Sequence[ArchivedFile]]
) -> Iterator[Finding]:
    """What is to be said of a capture's tombstones, if it has any; a lawful one is told as well."""
    tombstones = [manifest for manifest in manifests if manifest.event == "withdraw"]
    deleted: set[object] = set()
    for manifest in tombstones:
        reason = str(manifest.fields.get("reason"))[:200]
        message = f"Its files were deleted at {manifest.fields.get('sealed_at')}; their hashes stay. Reason: {reason}"
        yield manifest.path.name, "withdrawn", message, Severity.OK
        items = manifest.fields.get("withdrawn")
        for item in items if isinstance(items, list) else ():
            said = (item.get("sha256"), item.get("bytes")) if isinstance(item, dict) else (None, None)
            deleted.add(said[0])
            sealings = listed.get(str(item.get("name")), ()) if isinstance(item, dict) else ()
            if sealings and said not in [(file.sha256, file.size) for file in sealings]:
                message = f"The tombstone gives another hash or size of {sealings[0].name} than was sealed."
                yield manifest.path.name, "tombstone-differs", message, Severity.ERROR
    if not tombstones:
        return
    gone = withdrawn_names(manifests)
    for name in (file.name for file in manifests[0].files if file.name not in gone):
        message = f"No tombstone names {name[:60]}: whoever withdraws a capture withdraws all that it was sealed with."
        yield tombstones[0].path.name, "tombstone-differs", message, Severity.ERROR
    for name in sorted(path.name for path in folder.iterdir() if path.name in gone or path.name in listed):
        is_ours = any(file.sha256 not in deleted for file in listed.get(name, ()))
        if is_ours and not TIMESTAMP_FILE.fullmatch(name):
            message = "It came from a branch that did not know of the withdrawal; run `citekeeper withdraw` again."
            yield name, "withdrawal-incomplete", message, Severity.WARNING
        elif name in gone:
            message = "The capture was withdrawn, but this file is still here; run `citekeeper withdraw` again."
            yield name, "withdrawal-unfinished", message, Severity.ERROR
