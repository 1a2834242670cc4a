"""``citekeeper withdraw ID CAPTURE``: a capture's files are deleted lawfully; hashes and a tombstone stay."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from citekeeper.archive import Archive
from citekeeper.commands.workshop import open_workshop
from citekeeper.errors import UsageError
from citekeeper.model import Capture

_LONGEST_REASON = 2000


def run(
    citation_id: str, capture_id: str, *, reason: str, register: Path | None, options: Mapping[str, Any], quiet: bool
) -> int:
    """Seal the tombstone, delete the files, and put that on record; again, it only completes what is missing."""
    from citekeeper.history import new_event
    from citekeeper.pipeline.chronicle import record_manifests

    workshop = open_workshop(register, options, is_offline=True)
    citation = workshop.chosen([citation_id])[0]
    why = " ".join(reason.split())
    if not why or len(why) > _LONGEST_REASON or not why.isprintable():
        raise UsageError(f"--reason is no text of 1 to {_LONGEST_REASON} characters.", "Say why: it stays on record.")
    archive = workshop.archive
    with archive.lock():
        capture = _capture(archive, citation.id, capture_id)
        deleted = archive.withdraw(capture, why)
        history = workshop.history(citation.id)
        vantage = workshop.settings.vantage
        if not any(e.event == "withdraw" and e.fields.get("capture") == capture.id for e in history.events()):
            fields = {"capture": capture.id, "sha256": capture.sha256, "reason": why}
            history.append(new_event("withdraw", workshop.clock.now(), vantage, fields, workshop.rng))
        record_manifests(archive, workshop.history, [citation.id], workshop.clock, workshop.rng, vantage)
    if not quiet:
        sys.stderr.write(_account(capture, deleted))
    return 0


def _capture(archive: Archive, citation_id: str, wanted: str) -> Capture:
    """The capture of that name; its path, as `show` prints it, does too.

    Raises:
        UsageError: there is none.
    """
    name = wanted.replace("\\", "/").rstrip("/").rpartition("/")[2]
    captures = archive.captures(citation_id)
    found = next((capture for capture in captures if capture.id == name), None)
    if found is None:
        known = ", ".join(capture.id for capture in captures) or "none"
        raise UsageError(f"{citation_id} has no capture “{wanted[:80]}”.", f"Its captures: {known}.")
    return found


def _account(capture: Capture, deleted: tuple[str, ...]) -> str:
    if not deleted:
        return f"{capture.path} was withdrawn already; nothing was left to delete.\n"
    return (
        f"Withdrew {capture.path}: deleted {', '.join(deleted)}. Hashes, manifests and the reason stay.\n"
        "Not reached from here: copies in git's history, in backups, in web archives, and in the translations' cache; "
        "`citekeeper report` writes the reports anew.\n"
    )
