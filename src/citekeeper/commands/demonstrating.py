"""``citekeeper demo``: the whole job on the packaged letter, over a sandbox internet on loopback."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

from citekeeper.commands.delivery import print_table
from citekeeper.commands.running import whole_job
from citekeeper.commands.screen import Screen
from citekeeper.commands.workshop import open_workshop
from citekeeper.errors import UsageError
from citekeeper.files import storage_error
from citekeeper.model import Report

_MARKER = ".citekeeper-demo"
_OWN = ("PATH", "CITEKEEPER_BROWSER", "CITEKEEPER_BROWSER_PATH")  # where a browser is, and whether it is wanted


def run(directory: Path | None, *, open_report: bool, progress: bool) -> int:
    """Stage the internet, do the job, show the table; 0 when each source met its staged fate."""
    from citekeeper.sandbox import STAGED_FATES, Sandbox, letter_world

    place = _stage(directory)
    register = place / "citations.yaml"
    register.write_bytes(files("citekeeper").joinpath("data/citations.yaml").read_bytes())
    with Screen(live=progress) as screen, Sandbox(letter_world()) as sandbox:
        screen.say("A stage set: every page of this run is made up and served on this machine.")
        own = {name: os.environ[name] for name in _OWN if name in os.environ}
        environ = {**own, "CITEKEEPER_CACHE_DIR": str(place / "cache"), **sandbox.environ}
        options = {"archive_dir": str(place / "archive"), "reports_dir": str(place / "reports"), "timeout": 10.0}
        workshop = open_workshop(register, options, environ=environ)
        citations = workshop.chosen([])
        report = whole_job(
            workshop, citations, screen, screen.notes, save="needed", fresh=timedelta(days=30), stage_set=True
        )
    workshop.write_site(report, ["html", "json", "markdown"])
    print_table(report)
    index = place / "reports" / "index.html"
    sys.stdout.write(f"\nReport (of a stage set, not of the real web): {index}\n")
    if open_report:
        import webbrowser

        webbrowser.open(index.resolve().as_uri())
    return _compare(report, STAGED_FATES)


def _stage(directory: Path | None) -> Path:
    """An empty directory to work in; one that an earlier demo left is emptied, any other is left alone."""
    if directory is None:
        return Path(tempfile.mkdtemp(prefix="citekeeper-demo-"))
    if os.path.lexists(directory) and not directory.is_dir():
        raise UsageError(f"{directory} is no directory.", "Name a directory that is new, empty, or an earlier demo's.")
    if directory.exists() and not (directory / _MARKER).exists() and any(directory.iterdir()):
        raise UsageError(
            f"{directory} holds something else than a demo.",
            "Name a directory that is new, empty, or an earlier demo's.",
        )
    try:
        if directory.exists():
            shutil.rmtree(directory)
        directory.mkdir(parents=True)
        (directory / _MARKER).touch()
    except OSError as error:
        raise storage_error(directory, error) from error
    return directory


def _compare(report: Report, fates: Mapping[str, tuple[str, str | None]]) -> int:
    """0 when each source met its staged fate; else say which did not."""
    met = {entry.citation.id: str(entry.verdict.kind) for entry in report.citations}
    wrong = [
        f"{name}: staged {verdict}, judged {met.get(name)}"
        for name, (verdict, _) in fates.items()
        if met.get(name) != verdict
    ]
    for line in wrong:
        sys.stderr.write(f"citekeeper demo: {line}\n")
    return 1 if wrong else 0
