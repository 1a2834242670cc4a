"""Handing a report over: formats to files or stdout, the table to the terminal, the summary to CI."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from citekeeper.errors import StorageError, UsageError
from citekeeper.model import Report
from citekeeper.streams import carry_utf8

_WIDTH_UNKNOWN = 80  # columns
_FOR_PEOPLE = ("table", "markdown")  # spelt as the terminal can; the others are UTF-8, as what reads them expects


def print_table(report: Report) -> None:
    """The terminal table, on stdout; plain where stdout is no terminal."""
    from rich.console import Console

    from citekeeper.reports import table

    console = Console() if sys.stdout.isatty() else table.plain_console(sys.stdout)
    if console.width < 1:  # COLUMNS=0, where a terminal's size is not known, would have nothing printed
        console.width = _WIDTH_UNKNOWN
    table.print_table(report, console)


def check_target(formats: Sequence[str], output: str | None) -> None:
    """Refuse what cannot be written where it is to go; asked before the work, not after it.

    Raises:
        UsageError: ``output`` is not a directory though there are several formats, or is in none.
        StorageError: a file stands where a directory is to be made.
    """
    if output is not None and output != "-":
        _check_place(output)
    if len(formats) > 1 and _directory(output) is None:
        raise UsageError(
            f"{len(formats)} formats cannot go into one {'file' if output not in (None, '-') else 'stream'}.",
            "Give one format, or a directory with -o DIR/.",
        )


def _check_place(output: str) -> None:
    if not output:
        raise UsageError("--output names nothing.", "Name a file, a directory with a slash behind it, or - for stdout.")
    path = Path(output)
    if output.endswith("/"):
        if path.exists() and not path.is_dir():
            raise StorageError(f"{path} could not be written: a file stands in its place.", "Choose another with -o.")
    elif not path.parent.is_dir():
        raise UsageError(f"There is no directory {path.parent} for --output.", "Make it first, or name another one.")


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
        StorageError: one could not be written.
    """
    from citekeeper.files import ensure_directory
    from citekeeper.reports import FORMATS, pieces

    check_target(formats, output)
    directory = _directory(output)
    for name in formats:
        if directory is not None:
            ensure_directory(directory)
            filename = FORMATS[name].filename or f"{name}.txt"
            _write(directory / filename, pieces(report, name))
        elif output is not None and output != "-":
            _write(Path(output), pieces(report, name))
        elif name == "table":
            print_table(report)
        else:
            if name not in _FOR_PEOPLE:
                carry_utf8()
            for piece in pieces(report, name):
                sys.stdout.write(piece)
        if name == "github":
            _job_summary(report)


def _write(path: Path, texts: Iterable[str]) -> None:
    from citekeeper.files import output_file, storage_error

    try:
        with output_file(path) as stream:
            for text in texts:
                stream.write(text.encode("utf-8"))
    except OSError as error:
        raise storage_error(path, error) from error


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
