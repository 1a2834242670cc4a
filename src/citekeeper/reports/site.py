"""The reports directory: the HTML pages, and the other formats beside them, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from citekeeper.errors import UsageError
from citekeeper.files import ensure_directory, storage_error, sweep_temporaries, whole_file, write_together
from citekeeper.model import CitationReport, Report
from citekeeper.reports import FORMATS, check_format, html, pieces
from citekeeper.reports.site_names import page_name


def write_site(
    report: Report,
    directory: Path,
    *,
    formats: Sequence[str] = ("html", "json", "markdown"),
    public: bool = False,
    archive_root: Path | None = None,
) -> list[Path]:
    """Write the reports directory; see `citekeeper.reports.write_site`."""
    names = {name: FORMATS[check_format(name)].filename for name in formats}
    for name, filename in names.items():
        if filename is None:
            raise UsageError(
                f"The format “{name}” is no file of the reports directory.",
                f"Files are: {', '.join(name for name, known in FORMATS.items() if known.filename)}.",
            )
    shown = public_edition(report) if public else report
    archive = None if public else _way_to(archive_root or directory.parent, directory)
    ensure_directory(directory)
    sweep_temporaries(directory)
    written = []
    for name, filename in names.items():
        if name == "html":
            written += _write_pages(shown, directory, archive)
        elif filename is not None:
            written.append(_write(directory / filename, pieces(shown, name)))
    return written


def public_edition(report: Report) -> Report:
    """``report`` as it may be published: without private sources, what was found about them, and full texts."""
    hidden = {entry.citation.id for entry in report.citations if entry.citation.is_private}
    return replace(
        report,
        citations=tuple(_public_entry(entry) for entry in report.citations if entry.citation.id not in hidden),
        findings=tuple(finding for finding in report.findings if finding.citation not in hidden),
    )


def _public_entry(entry: CitationReport) -> CitationReport:
    drift = replace(entry.drift, changes=()) if entry.drift is not None else None
    quotes = tuple(replace(match, original=None) for match in entry.quotes)
    return replace(
        entry,
        drift=drift,
        quotes=quotes,
        translations=tuple(replace(item, path=None, pairs=(), engines=()) for item in entry.translations),
    )


def _write_pages(report: Report, directory: Path, archive: str | None) -> list[Path]:
    folder = directory / "citations"
    ensure_directory(folder)
    sweep_temporaries(folder)
    place = html.Place(home="../", archive=None if archive is None else f"../{archive}")
    pages = html.Pages(report)
    named = ((folder / page_name(entry.citation.id), map(_bytes, page)) for entry, page in pages.citations(place))
    written = list(write_together(named))
    # The index last: it never links to a page that is not there yet.
    written.append(_write(directory / "index.html", pages.index(html.Place(archive=archive))))
    _remove_stale(folder, {path.name for path in written})
    return written


def _remove_stale(folder: Path, current: Iterable[str]) -> None:
    for path in sorted(folder.glob("*.html")):
        if path.name not in current and path.is_file() and not path.is_symlink() and _is_ours(path):
            try:
                path.unlink()
            except OSError as error:
                raise storage_error(path, error) from error


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return html.MARKER.encode() in stream.read(512)
    except OSError:  # a file that we may not read is not ours to remove
        return False


def _way_to(root: Path, directory: Path) -> str:
    """The relative link from ``directory`` to ``root``; an absolute one where they stand on different drives."""
    try:
        return quote(os.fsencode(os.path.relpath(root, directory).replace(os.sep, "/"))) + "/"
    except ValueError:
        return root.resolve().as_uri() + "/"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8")


def _write(path: Path, texts: Iterable[str]) -> Path:
    try:
        with whole_file(path) as stream:
            for text in texts:
                stream.write(_bytes(text))
    except OSError as error:
        raise storage_error(path, error) from error
    return path
