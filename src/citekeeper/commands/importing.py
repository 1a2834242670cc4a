"""``citekeeper import DOC…``: citations out of documents, merged into the register."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from citekeeper.commands.screen import Screen
from citekeeper.commands.workshop import DEFAULT_REGISTER
from citekeeper.errors import UsageError
from citekeeper.model import Defect


def run(documents: Sequence[str], *, register: Path | None, quiet: bool, verbose: bool) -> int:
    """Import each document and write the register once, or not at all."""
    from citekeeper import evidence, importers
    from citekeeper.files import write_atomic
    from citekeeper.model import Imported, Kind
    from citekeeper.register import merge
    from citekeeper.reports.words import count

    screen = Screen(live=False, quiet=quiet, verbose=verbose)
    path = register or Path(os.environ.get("CITEKEEPER_CITATIONS", "") or DEFAULT_REGISTER)
    known = _existing(path)
    imports: list[Imported] = []
    for document in documents:
        source = Path(document)
        imported = importers.read(source, name=source.as_posix())
        imports.append(imported)
        cited = sum(1 for citation in imported.citations if citation.kind is Kind.CITATION)
        others = len(imported.citations) - cited
        screen.say(f"{source.as_posix()}: {count(cited, 'citation')}, {count(others, 'other link')}")
    only_comments = known is not None and not any(
        line.strip() and not line.lstrip().startswith(b"#") for line in known.splitlines()
    )
    result = merge(None if only_comments else known, imports, path=path, propose=evidence.propose)
    for imported, names in zip(imports, result.names, strict=True):
        for defect in imported.defects:
            _tell(screen, defect, names, result.addressed)
    for citation_id, field, why in result.kept:
        screen.say(f"  {citation_id}: kept {field} as it stands in {path}: {why}")
    if result.unchanged:
        screen.say(f"{path} says all of this already; nothing was changed.")
        return 0
    heading = known.rstrip() + b"\n\n" if only_comments and known is not None and known.strip() else b""
    write_atomic(path, heading + result.data)
    added, filled = count(len(result.added), "entry", "entries"), count(len(result.filled), "field")
    screen.say(f"{path}: {added} added, {filled} filled in.")
    if result.proposed:
        have = "entry has" if len(result.proposed) == 1 else "entries have"
        screen.say(
            f"{len(result.proposed)} {have} quotes or figures proposed as comments: "
            "remove the “# ” before those that the source must hold."
        )
    return 0


def _tell(screen: Screen, defect: Defect, names: Mapping[str, str], addressed: Collection[str]) -> None:
    """A defect under the register's name of its citation; how to mend a lost link only while it is lost."""
    citation = names.get(defect.citation, defect.citation) if defect.citation else None
    is_mended = defect.rule == "lost-link" and citation in addressed
    place = f"{citation}: " if citation else ""
    screen.say(f"  {place}{defect.message} [{defect.rule}]")
    if is_mended:
        screen.say("    The register has its address.")
    elif defect.advice:
        screen.say(f"    {defect.advice}")


def _existing(path: Path) -> bytes | None:
    from citekeeper.files import read_capped
    from citekeeper.register import REGISTER_LIMIT

    try:
        return read_capped(path, REGISTER_LIMIT)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Correct its permissions.") from error
