"""``citekeeper import DOC…``: citations out of documents, merged into the register."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from citekeeper.commands.screen import Screen
from citekeeper.commands.workshop import DEFAULT_REGISTER
from citekeeper.errors import UsageError


def run(documents: Sequence[str], *, register: Path | None, quiet: bool, verbose: bool) -> int:
    """Import each document and write the register once, or not at all."""
    from citekeeper import evidence, importers
    from citekeeper.files import write_atomic
    from citekeeper.model import Imported, Kind
    from citekeeper.register import merge

    screen = Screen(live=False, quiet=quiet, verbose=verbose)
    path = register or Path(os.environ.get("CITEKEEPER_CITATIONS", "") or DEFAULT_REGISTER)
    known = _existing(path)
    imports: list[Imported] = []
    for document in documents:
        source = Path(document)
        imported = importers.read(source, name=source.as_posix())
        imports.append(imported)
        cited = sum(1 for citation in imported.citations if citation.kind is Kind.CITATION)
        screen.say(f"{source.as_posix()}: {cited} citations, {len(imported.citations) - cited} other links")
        for defect in imported.defects:
            place = f"{defect.citation}: " if defect.citation else ""
            screen.say(f"  {place}{defect.message} [{defect.rule}]")
            if defect.advice:
                screen.say(f"    {defect.advice}")
    only_comments = known is not None and not any(
        line.strip() and not line.lstrip().startswith(b"#") for line in known.splitlines()
    )
    result = merge(None if only_comments else known, imports, path=path, propose=evidence.propose)
    for citation_id, field, why in result.kept:
        screen.say(f"  {citation_id}: kept {field} as it stands in {path}: {why}")
    if result.unchanged:
        screen.say(f"{path} says all of this already; nothing was changed.")
        return 0
    heading = known.rstrip() + b"\n\n" if only_comments and known is not None and known.strip() else b""
    write_atomic(path, heading + result.data)
    screen.say(f"{path}: {len(result.added)} entries added, {len(result.filled)} fields filled in.")
    if result.proposed:
        count = len(result.proposed)
        screen.say(
            f"{count} {'entry has' if count == 1 else 'entries have'} quotes or figures proposed as comments: "
            "remove the “# ” before those that the source must hold."
        )
    return 0


def _existing(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Correct its permissions.") from error
