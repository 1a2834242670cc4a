"""``citekeeper verify [ID…]``: offline fixity of everything under the archive, and the quotes in the captures."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from citekeeper.commands.workshop import DEFAULT_REGISTER, Workshop, open_workshop
from citekeeper.ids import is_valid_id
from citekeeper.model import CaptureState, Severity, Shows


def run(ids: Sequence[str], *, register: Path | None, options: Mapping[str, Any], quiet: bool) -> int:
    """Print every problem, a line each; 1 where there is any.

    The archive is enough: without a register, and for what no register names any more, hashes and graph are verified;
    quotes are looked up where there is one.
    """
    from citekeeper.archive import verify
    from citekeeper.reports.words import count

    has_register = register is not None or "CITEKEEPER_CITATIONS" in os.environ or DEFAULT_REGISTER.exists()
    workshop = open_workshop(register, options, needs_register=has_register)
    if not has_register and not Path(workshop.settings.archive_dir).is_dir():
        open_workshop(register, options)  # neither register nor archive: says what is missing
    root = Path(workshop.settings.archive_dir)
    wanted = _wanted(workshop, root, ids)
    chronicles = {citation_id: workshop.history(citation_id) for citation_id in wanted}
    histories = {citation_id: chronicle.events() for citation_id, chronicle in chronicles.items()}
    problems = verify(root, wanted, histories, tsa_roots=workshop.settings.tsa_roots)
    lines = [f"{problem.severity}: {problem.path}: {problem.what}: {problem.message}" for problem in problems]
    damaged = [
        f"warning: {citation_id}/history.jsonl: history-damaged: {count(chronicle.damaged, 'line')} cannot be read"
        for citation_id, chronicle in chronicles.items()
        if chronicle.damaged
    ]
    missing = _missing_quotes(workshop, wanted)
    lines += damaged + missing
    sys.stdout.write("".join(line + "\n" for line in lines))
    if not quiet:
        captures = sum(len(workshop.archive.captures(citation_id)) for citation_id in wanted)
        wrong = len(damaged) + len(missing) + sum(problem.severity is not Severity.OK for problem in problems)
        verdict = count(wrong, "problem") if wrong else "no problem"
        sys.stderr.write(f"Verified {count(captures, 'capture')} of {count(len(wanted), 'citation')}: {verdict}.\n")
    return 1 if missing or any(problem.severity is Severity.ERROR for problem in problems) else 0


def _wanted(workshop: Workshop, root: Path, ids: Sequence[str]) -> list[str]:
    """The ids to verify: those asked for; else the register's, and what lies in the archive without being in it.

    Raises:
        UsageError: an id is neither in the register nor in the archive.
    """
    kept = sorted(entry.name for entry in root.iterdir() if entry.is_dir()) if root.is_dir() else []
    kept = [name for name in kept if is_valid_id(name)]
    if ids:
        elsewhere = [wanted for wanted in ids if wanted not in kept]
        if elsewhere:
            workshop.chosen(elsewhere)  # refuses what nobody knows
        return list(dict.fromkeys(ids))
    return list(dict.fromkeys([*(citation.id for citation in workshop.chosen([])), *kept]))


def _missing_quotes(workshop: Workshop, wanted: Sequence[str]) -> list[str]:
    from citekeeper.commands.reporting import report_of_record

    report = report_of_record(workshop)
    return [
        f"error: {entry.citation.id}: quote-missing: “{match.text}” is in no capture"
        for entry in report.citations
        if entry.citation.id in wanted
        and any(c.shows is Shows.SOURCE and c.state is not CaptureState.WITHDRAWN for c in entry.captures)
        for match in entry.quotes
        if not (match.found or match.is_unread or match.is_foreign)
    ]
