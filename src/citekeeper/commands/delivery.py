"""Handing a report over: formats to files or stdout, the table to the terminal, the summary to CI."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from citekeeper.errors import UsageError
from citekeeper.model import Report


def print_table(report: Report) -> None:
    """The terminal table, on stdout; plain where stdout is no terminal."""
    from rich.console import Console

    from citekeeper import reports

    if sys.stdout.isatty():
        reports.print_table(report, Console())
    else:
        sys.stdout.write(reports.render(report, "table"))


def check_target(formats: Sequence[str], output: str | None) -> None:
    """Refuse several formats for one file or stream; asked before the work, not after it.

    Raises:
        UsageError: ``output`` is not a directory though there are several formats.
    """
    if len(formats) > 1 and _directory(output) is None:
        raise UsageError(
            f"{len(formats)} formats cannot go into one {'file' if output not in (None, '-') else 'stream'}.",
            "Give one format, or a directory with -o DIR/.",
        )


def _directory(output: str | None) -> Path | None:
    return Path(output) if output and (output.endswith("/") or Path(output).is_dir()) else None


def deliver(report: Report, formats: Sequence[str], output: str | None) -> None:
    """Write the report in each format.

    Args:
        report: what to write.
        formats: names of formats; more than one needs ``output`` to be a directory.
        output: a file, a directory (existing, or ending in a slash), or None or "-" for stdout.

    Raises:
        UsageError: several formats for one file.
    """
    from citekeeper.files import ensure_directory, write_output
    from citekeeper.reports import FORMATS, render

    check_target(formats, output)
    directory = _directory(output)
    for name in formats:
        if directory is not None:
            ensure_directory(directory)
            filename = FORMATS[name].filename or f"{name}.txt"
            write_output(directory / filename, render(report, name).encode("utf-8"))
        elif output is not None and output != "-":
            write_output(Path(output), render(report, name).encode("utf-8"))
        elif name == "table":
            print_table(report)
        else:
            sys.stdout.write(render(report, name))
        if name == "github":
            _job_summary(report)


def _job_summary(report: Report) -> None:
    from citekeeper.reports.github import job_summary

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        from citekeeper.files import storage_error

        try:
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(job_summary(report))
        except OSError as error:
            raise storage_error(Path(path), error) from error
