"""Reports of a hundred thousand entries: written in pieces, and in time that grows with them and no faster."""

from __future__ import annotations

import json
import os
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from citekeeper import reports
from citekeeper.files import TEMPORARY_PREFIX
from citekeeper.model import Citation, CitationReport, Finding, Report, Severity, Verdict, VerdictKind
from citekeeper.printing import escape_unsafe_json
from citekeeper.reports import words
from citekeeper.reports.sarif import to_sarif
from growth import growth

from .canned import canned

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _report(count: int) -> Report:
    verdict = Verdict(VerdictKind.GONE, "http-404", "The page is not there.", "Look for it.", Severity.ERROR)
    entries = tuple(
        CitationReport(
            Citation(id=f"c{n}", label=str(n), title=f"Source {n}", url=f"https://example.org/{n}"),
            verdict,
            Severity.ERROR,
            verifiable=False,
            checked_at=NOON,
        )
        for n in range(count)
    )
    findings = tuple(Finding("dead-source", Severity.ERROR, f"c{n}", "Gone.", "Look.", "a.md", n) for n in range(count))
    return Report(NOON, (), entries, findings)


@pytest.mark.parametrize("about", [words.summary_sentence, "json", "sarif", "junit", "markdown", "atom", "badge"])
def test_reports_grow_with_their_entries(about: Callable[[Report], object] | str):
    """Four times the dead sources take some four times as long to tell."""

    def work_of(count: int) -> Callable[[], object]:
        report = _report(count)
        return lambda: reports.render(report, about) if isinstance(about, str) else about(report)

    assert growth(work_of, 400) < 8


@pytest.mark.parametrize("report", [canned(), canned(stage_set=True), replace(canned(), citations=(), findings=())])
def test_json_in_pieces_is_what_json_writes(report: Report):
    """The documents written in pieces are, to the letter, what Python's encoder makes of them."""
    for name, document in (("json", reports.to_document(report)), ("sarif", to_sarif(report))):
        assert (
            reports.render(report, name)
            == escape_unsafe_json(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"
        )


def test_junit_in_pieces_is_one_document():
    """A test case among the others is indented and counted as in a document written as a whole."""
    text = reports.render(canned(), "junit")
    root = ET.fromstring(text.encode())
    ET.indent(root)
    assert text == '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
    for suite in root:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
        assert suite.get("skipped") == str(len(suite.findall("testcase/skipped")))
        assert suite.get("time") == f"{sum(float(case.get('time', '')) for case in cases):.3f}"


@pytest.mark.parametrize(("name", "most"), [("json", 1), ("jsonl", 1), ("csv", 1), ("sarif", 1), ("junit", 3)])
def test_what_machines_read_is_not_held_in_memory(name: str, most: int):
    """Writing a report takes less memory than its text would, and not many times as much as a tree of it."""
    report = _report(1500)
    whole = len(reports.render(report, name))
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        assert sum(len(piece) for piece in reports.pieces(report, name)) == whole
        peak = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    assert peak < most * whole


def test_what_killed_runs_left_is_swept(tmp_path: Path):
    """Temporary files of runs that were killed do not heap up in the reports; those of a run that lives stay."""
    (tmp_path / "citations").mkdir()
    for folder in (tmp_path, tmp_path / "citations"):
        for name, age in (("old", 7200.0), ("young", 0.0)):
            path = folder / f"{TEMPORARY_PREFIX}{name}"
            path.write_bytes(b"half")
            os.utime(path, (time.time() - age,) * 2)
    reports.write_site(canned(), tmp_path)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob(f"{TEMPORARY_PREFIX}*"))
    assert left == [f"{TEMPORARY_PREFIX}young", f"citations/{TEMPORARY_PREFIX}young"]
