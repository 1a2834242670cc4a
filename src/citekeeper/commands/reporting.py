"""``citekeeper report``: the reports anew from what is known; nobody is asked anything."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from citekeeper.commands.delivery import check_target, deliver
from citekeeper.commands.workshop import Workshop, open_workshop, split_list
from citekeeper.errors import UsageError
from citekeeper.model import Report

_EDITION = ("html", "json", "markdown")  # what is published where no formats are named


def run(
    *,
    register: Path | None,
    options: Mapping[str, Any],
    formats: str | None,
    output: str | None,
    public: Path | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Write the reports, or with ``-o`` just the formats asked for, or with ``--public`` the edition to publish."""
    from citekeeper import rules
    from citekeeper.reports import FORMATS, SITE

    names = split_list(formats, list(FORMATS), "format")
    shown = [name for name in names if not FORMATS[name].filename]  # a table is no file of the reports directory
    if output is not None:
        check_target(names or ["table"], output)
    if public is not None:
        _check_edition(shown, output)
    workshop = open_workshop(register, options, is_offline=True)
    report = report_of_record(workshop)
    if output is not None:
        deliver(report, names or ["table"], output)
        return rules.exit_code(report.findings, workshop.settings.fail_on)
    if shown != names or not names:
        usual = SITE if public is None else _EDITION
        written = workshop.write_site(report, names or usual, public=public)
        if not quiet:
            for path in written if verbose else [path for path in written if path.name == "index.html"] or written[:1]:
                sys.stderr.write(f"Report: {path}\n")
    for name in shown:
        deliver(report, [name], None)
    return rules.exit_code(report.findings, workshop.settings.fail_on)


def _check_edition(shown: Sequence[str], output: str | None) -> None:
    """Refuse what would write the working edition where the one for publication is asked for."""
    if output is not None:
        raise UsageError("--public and --output both say where to write.", "Give one of them; -f chooses the formats.")
    if shown:
        raise UsageError(f"The format “{shown[0]}” is no file of an edition.", "Leave it out, or leave out --public.")


def report_of_record(workshop: Workshop) -> Report:
    """The report as archive and histories tell it."""
    from citekeeper.pipeline.assemble import Sources, assemble

    sources = Sources(workshop.settings, workshop.documents, workshop.clock.now(), workshop.archive, workshop.history)
    return assemble(workshop.chosen([]), {}, sources)
