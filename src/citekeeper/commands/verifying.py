"""``citekeeper verify [ID…]``: offline fixity of everything under the archive, and the quotes in the captures."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from citekeeper.commands.workshop import Workshop, open_workshop
from citekeeper.model import CaptureState, Severity, Shows


def run(ids: Sequence[str], *, register: Path | None, options: Mapping[str, Any], quiet: bool) -> int:
    """Print every problem, a line each; 1 where there is any."""
    from citekeeper.archive import verify

    workshop = open_workshop(register, options)
    wanted = [citation.id for citation in workshop.chosen(ids)]
    root = Path(workshop.settings.archive_dir)
    histories = {citation_id: workshop.history(citation_id).events() for citation_id in wanted}
    problems = verify(root, wanted, histories, tsa_roots=workshop.settings.tsa_roots)
    lines = [f"{problem.severity}: {problem.path}: {problem.what}: {problem.message}" for problem in problems]
    missing = _missing_quotes(workshop, wanted)
    lines += missing
    sys.stdout.write("".join(line + "\n" for line in lines))
    if not quiet:
        captures = sum(len(workshop.archive.captures(citation_id)) for citation_id in wanted)
        count = len(missing) + sum(problem.severity is not Severity.OK for problem in problems)
        verdict = "no problem" if not count else f"{count} problem{'s' if count > 1 else ''}"
        sys.stderr.write(f"Verified {captures} captures of {len(wanted)} citations: {verdict}.\n")
    return 1 if missing or any(problem.severity is Severity.ERROR for problem in problems) else 0


def _missing_quotes(workshop: Workshop, wanted: Sequence[str]) -> list[str]:
    from citekeeper.commands.reporting import report_of_record

    report = report_of_record(workshop)
    return [
        f"error: {entry.citation.id}: quote-missing: “{match.text}” is in no capture"
        for entry in report.citations
        if entry.citation.id in wanted
        and any(c.shows is Shows.SOURCE and c.state is not CaptureState.WITHDRAWN for c in entry.captures)
        for match in entry.quotes
        if not match.found
    ]
