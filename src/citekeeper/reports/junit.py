"""The report as JUnit XML, valid for the Apache Ant schema and the laxer ones of Jenkins and GitLab.

A test case is an entry: an error is a failure, what was not checked is skipped. JUnit knows no warnings; they stand in
the suite's output.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC
from xml.etree import ElementTree as ET

from citekeeper.model import CitationReport, Finding, Report, Severity, VerdictKind
from citekeeper.printing import one_line
from citekeeper.reports import words


def render(report: Report) -> str:
    """The XML document."""
    by_citation: defaultdict[str | None, list[Finding]] = defaultdict(list)
    for finding in words.ordered_findings(report):
        by_citation[finding.citation].append(finding)
    known = {entry.citation.id for entry in report.citations}
    loose = [finding for name, found in by_citation.items() if name not in known for finding in found]
    root = ET.Element("testsuites")
    groups = {"citations": report.counted, "links": words.links_of(report)}
    for name, entries in groups.items():
        if entries or name == "citations":
            _add_suite(root, report, name, [(entry, by_citation[entry.citation.id]) for entry in entries])
    if loose:
        _add_documents_suite(root, report, loose)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_suite(
    root: ET.Element, report: Report, name: str, entries: Sequence[tuple[CitationReport, list[Finding]]]
) -> None:
    suite = _suite(root, report, name)
    warnings: list[Finding] = []
    for entry, findings in entries:
        seconds = (entry.elapsed_ms or 0) / 1000
        case = _case(suite, name, f"{words.label(entry)}: {words.title(entry)}", seconds)
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        warnings += [finding for finding in findings if finding.severity is Severity.WARNING]
        if errors:
            _fail(case, errors)
        elif entry.severity is Severity.ERROR:
            _fail(case, [_verdict_finding(entry)])
        elif entry.verdict.kind is VerdictKind.UNCHECKED:
            ET.SubElement(case, "skipped")
    _close(suite, report, warnings)


def _add_documents_suite(root: ET.Element, report: Report, findings: Sequence[Finding]) -> None:
    suite = _suite(root, report, "documents")
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    case = _case(suite, "documents", "findings outside the citations", 0)
    if errors:
        _fail(case, errors)
    _close(suite, report, [finding for finding in findings if finding.severity is Severity.WARNING])


def _verdict_finding(entry: CitationReport) -> Finding:
    verdict = entry.verdict
    return Finding(verdict.reason, entry.severity, entry.citation.id, verdict.message, verdict.advice)


def _suite(root: ET.Element, report: Report, name: str) -> ET.Element:
    suite = ET.SubElement(root, "testsuite", name=f"citekeeper.{name}", package="citekeeper", id=str(len(root)))
    # The schema's pattern allows no zone; "localhost" is its word for a host that is not told.
    suite.set("timestamp", f"{report.generated_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}")
    suite.set("hostname", "localhost")
    properties = ET.SubElement(suite, "properties")
    facts = {
        "summary": words.summary_sentence(report),
        "stale_after": words.stale_after(report).isoformat(),
        **({"stage_set": words.STAGE_SET} if report.stage_set else {}),
    }
    for key, value in facts.items():
        ET.SubElement(properties, "property", name=key, value=value)
    return suite


def _case(suite: ET.Element, group: str, name: str, seconds: float) -> ET.Element:
    return ET.SubElement(suite, "testcase", name=name, classname=f"citekeeper.{group}", time=f"{seconds:.3f}")


def _fail(case: ET.Element, findings: Sequence[Finding]) -> None:
    first = findings[0]
    failure = ET.SubElement(case, "failure", type=one_line(first.rule, 80), message=one_line(first.message, 1000))
    failure.text = "\n".join(_line(finding) for finding in findings)


def _line(finding: Finding) -> str:
    place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part is not None)
    parts = [
        place,
        f"{finding.severity.value} [{finding.rule}]",
        finding.citation or "",
        finding.message,
        finding.advice,
    ]
    return one_line(" ".join(part for part in parts if part), 4000)


def _close(suite: ET.Element, report: Report, warnings: Sequence[Finding]) -> None:
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", "0")
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    suite.set("time", f"{sum(float(case.get('time', '0')) for case in cases):.3f}")
    lines = [words.STAGE_SET] * report.stage_set + [_line(finding) for finding in warnings]
    ET.SubElement(suite, "system-out").text = "\n".join(lines)
    ET.SubElement(suite, "system-err")
