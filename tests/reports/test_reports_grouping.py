"""What is found alike of many citations is told once to people, with every citation named; machines get each."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from citekeeper.model import Finding, Report, Severity
from citekeeper.reports import render
from citekeeper.reports.grouping import grouped, names

from .canned import alive, canned


def _finding(citation: str | None, message: str = "One place only.", **more: object) -> Finding:
    fields: dict[str, object] = {"advice": "Save it.", "file": "letter.md", "line": 3, **more}
    return Finding("single-copy", Severity.WARNING, citation, message, **fields)  # type: ignore[arg-type]


def _report(count: int) -> Report:
    report, entry = canned(), alive()
    entries = [replace(entry, citation=replace(entry.citation, id=f"c{n}", label=f"L{n}")) for n in range(count)]
    return replace(report, citations=tuple(entries), findings=tuple(_finding(f"c{n}") for n in range(count)))


def test_three_of_a_kind_are_one() -> None:
    """Two stay two, other words or advice are another finding, and what is about no citation is never merged."""
    alike = [_finding(f"c{n}") for n in range(3)]
    other = [_finding("c1", "Another."), _finding("c2", "Another."), _finding("c9", advice="Do more.")]
    alone = [_finding(None), _finding(None), _finding(None)]
    groups = grouped([other[0], alike[0], *other[1:], *alike[1:], *alone])
    assert [len(group.findings) for group in groups] == [1, 1, 3, 1, 1, 1, 1]
    assert [finding for group in groups for finding in group.findings if finding in alike] == alike


def test_names_are_counted_beyond_a_few() -> None:
    """Labels where there are some, each once, and how many more."""
    (group,) = grouped([_finding(f"c{n}") for n in range(5)])
    assert names(group, {"c0": "1", "c1": "1"}, 2) == "1, c2 and 2 more"
    assert names(group, {}, 5) == "c0, c1, c2, c3, c4"


@pytest.mark.parametrize(("name", "times"), [("table", 1), ("markdown", 1), ("html", 1 + 20)])
def test_people_read_it_once(name: str, times: int) -> None:
    """With the names of those it is about; the one HTML file also has each citation's own section."""
    text = render(_report(20), name)
    assert "\n".join(text.split()).count("One\nplace\nonly.") == times
    assert "L0" in text
    assert "L11" in text


def test_machines_get_each() -> None:
    """report.json holds twenty findings."""
    assert len(json.loads(render(_report(20), "json"))["findings"]) == 20
