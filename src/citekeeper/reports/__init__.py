"""Every way of showing a Report: terminal table, JSON, Markdown, HTML site, and the formats that CI systems read.

The registry is a plain dictionary and each format is its own module, imported when it is asked for: a check that
prints JSON never loads the template engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from citekeeper.errors import UsageError
from citekeeper.model import Report
from citekeeper.values import dataclass

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the module whose ``render`` makes it, its file name in reports/ (None: not a file there), its use."""

    module: str
    filename: str | None
    purpose: str


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "table": Format("table", None, "a table for the terminal"),
        "json": Format("json_format", "report.json", "everything, one document"),
        "jsonl": Format("jsonl", "report.jsonl", "a citation a line"),
        "markdown": Format("markdown", "report.md", "GitHub-flavoured Markdown"),
        "html": Format("html", "index.html", "pages for a browser, without JavaScript or network"),
        "junit": Format("junit", "junit.xml", "test results for CI systems"),
        "sarif": Format("sarif", "citekeeper.sarif", "SARIF 2.1.0 for code scanning"),
        "github": Format("github", None, "annotations for GitHub Actions"),
        "csv": Format("csv_format", "citations.csv", "a spreadsheet, a citation a row"),
        "atom": Format("atom", "feed.atom", "a feed of findings"),
        "badge": Format("badge", "badge.svg", "an SVG badge with count and date"),
    }
)
"""The formats by name."""

SITE = ("html", "json", "markdown", "junit", "sarif", "atom", "badge")
"""The formats that the reports directory always holds; csv and jsonl are files in it where they are asked for."""


def check_format(name: str) -> str:
    """``name``, if it is a format.

    Raises:
        UsageError: it is none; the hint names the nearest one.
    """
    if name in FORMATS:
        return name
    near = get_close_matches(name.lower(), FORMATS, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise UsageError(f"There is no report format “{name[:40]}”.", f"{hint}Formats: {', '.join(FORMATS)}.")


def render(report: Report, format: str) -> str:
    """``report`` as one text in ``format``; html is one page that holds every citation.

    Raises:
        UsageError: there is no such format.
    """
    return "".join(pieces(report, format))


def pieces(report: Report, format: str) -> Iterator[str]:
    """The same in pieces, of which those that can be long are made as they are taken: a report may fill a memory.

    Raises:
        UsageError: there is no such format.
    """
    module = import_module(f"{__name__}.{FORMATS[check_format(format)].module}")
    made: Iterator[str] = module.pieces(report) if hasattr(module, "pieces") else iter((module.render(report),))
    return made


def to_document(report: Report) -> dict[str, Any]:
    """``report`` as the JSON document of schema ``citekeeper.report/1``, keys in their published order."""
    from citekeeper.reports import document

    return document.to_document(report)


def job_summary(report: Report) -> str:
    """The Markdown for the file that ``$GITHUB_STEP_SUMMARY`` names, within GitHub's limit of 1 MiB."""
    from citekeeper.reports import github

    return github.job_summary(report)


def render_table(report: Report) -> RenderableType:
    """``report`` as something that a rich console can print, fitted to the console's width and encoding."""
    from citekeeper.reports import table

    return table.ReportTable(report)


def print_table(report: Report, console: Console) -> None:
    """Print ``report`` on ``console``; plain text where the console is no terminal or colour is unwanted."""
    from citekeeper.reports import table

    table.print_table(report, console)


def write_site(
    report: Report,
    directory: Path,
    *,
    formats: Sequence[str] = ("html", "json", "markdown"),
    public: bool = False,
    archive_root: Path | None = None,
) -> list[Path]:
    """Write the reports directory: ``index.html``, a page per citation, and the files of the other ``formats``.

    Each file is written whole or not at all. Pages of citations that are no more are removed if citekeeper made them;
    nothing else in ``directory`` is touched.

    Args:
        report: what to show.
        directory: where; made if it is not there.
        formats: names of FORMATS that are files (all but table and github).
        public: the edition for publication: no private sources, full texts, page copies or screenshots.
        archive_root: the directory that captures' paths are relative to; default: the parent of ``directory``.

    Returns:
        The files written, in order.

    Raises:
        UsageError: a format does not exist or is no file.
        StorageError: a file could not be written.
    """
    from citekeeper.reports import site

    return site.write_site(report, directory, formats=formats, public=public, archive_root=archive_root)
