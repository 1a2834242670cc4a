"""The report as JUnit XML, valid for the Apache Ant schema and the laxer ones of Jenkins and GitLab.

A test case is an entry: an error is a failure, what was not checked is skipped. JUnit knows no warnings; they stand in
the suite's output.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from itertools import starmap
from xml.etree import ElementTree as ET

from citekeeper.model import CitationReport, Finding, Report, Severity, VerdictKind
from citekeeper.printing import one_line
from citekeeper.reports import words

_AFTER_CASES = "    <system-out"  # in a suite as it is written; within texts and values the sign is escaped


def render(report: Report) -> str:
    """The XML document."""
    return "".join(pieces(report))


def pieces(report: Report) -> Iterator[str]:
    """The same in pieces: only one test case at a time is a tree."""
    about: defaultdict[str | None, list[Finding]] = defaultdict(list)
    for finding in words.ordered_findings(report):
        about[finding.citation].append(finding)
    root = ET.Element("testsuites")
    suites: list[Iterable[ET.Element]] = []
    groups = {"citations": report.counted, "links": words.links_of(report)}
    for name, entries in groups.items():
        if entries or name == "citations":
            found = [(entry, about.pop(entry.citation.id, ())) for entry in entries]
            _add_suite(root, report, name, starmap(_Outcome.of, found))
            suites.append(map(partial(_case, name), starmap(_Outcome.of, found)))
    if about:
        loose = _Outcome("findings outside the citations", [finding for found in about.values() for finding in found])
        _add_suite(root, report, "documents", [loose])
        suites.append([_case("documents", loose)])
    ET.indent(root)
    first, *rest = ET.tostring(root, encoding="unicode").split(_AFTER_CASES)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n' + first
    for cases, after in zip(suites, rest, strict=True):
        for case in cases:
            ET.indent(case, level=2)
            yield f"    {ET.tostring(case, encoding='unicode')}\n"
        yield _AFTER_CASES + after
    yield "\n"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a test case tells."""

    name: str
    findings: Sequence[Finding]
    seconds: float = 0
    failure: Finding | None = None  # that of the entry itself, where it has no finding
    is_skipped: bool = False

    @classmethod
    def of(cls, entry: CitationReport, findings: Sequence[Finding]) -> _Outcome:
        """That of one entry."""
        name, seconds = f"{words.label(entry)}: {words.title(entry)}", (entry.elapsed_ms or 0) / 1000
        if any(finding.severity is Severity.ERROR for finding in findings):
            return cls(name, findings, seconds)
        if entry.severity is Severity.ERROR:
            return cls(name, findings, seconds, _verdict_finding(entry))
        return cls(name, findings, seconds, is_skipped=entry.verdict.kind is VerdictKind.UNCHECKED)

    @property
    def errors(self) -> list[Finding]:
        """What it fails for."""
        found = [finding for finding in self.findings if finding.severity is Severity.ERROR]
        return [self.failure] if self.failure is not None else found

    @property
    def warnings(self) -> list[Finding]:
        """What it warns of."""
        return [finding for finding in self.findings if finding.severity is Severity.WARNING]


def _case(group: str, outcome: _Outcome) -> ET.Element:
    case = ET.Element("testcase", name=outcome.name, classname=f"citekeeper.{group}", time=f"{outcome.seconds:.3f}")
    if errors := outcome.errors:
        failure = ET.SubElement(
            case, "failure", type=one_line(errors[0].rule, 80), message=one_line(errors[0].message, 1000)
        )
        failure.text = "\n".join(_line(finding) for finding in errors)
    elif outcome.is_skipped:
        ET.SubElement(case, "skipped")
    return case


def _verdict_finding(entry: CitationReport) -> Finding:
    verdict = entry.verdict
    return Finding(verdict.reason, entry.severity, entry.citation.id, verdict.message, verdict.advice)


def _add_suite(root: ET.Element, report: Report, name: str, outcomes: Iterable[_Outcome]) -> None:
    """A suite without its cases."""
    cases = failures = skipped = 0
    seconds = 0.0
    lines = [words.STAGE_SET] * report.stage_set
    for outcome in outcomes:
        cases += 1
        failures += bool(outcome.errors)
        skipped += outcome.is_skipped
        seconds += round(outcome.seconds, 3)
        lines += map(_line, outcome.warnings)
    suite = ET.SubElement(root, "testsuite", name=f"citekeeper.{name}", package="citekeeper", id=str(len(root)))
    # The schema's pattern allows no zone; "localhost" is its word for a host that is not told.
    suite.set("timestamp", f"{report.generated_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}")
    suite.set("hostname", "localhost")
    suite.set("tests", str(cases))
    suite.set("failures", str(failures))
    suite.set("errors", "0")
    suite.set("skipped", str(skipped))
    suite.set("time", f"{seconds:.3f}")
    properties = ET.SubElement(suite, "properties")
    facts = {
        "summary": words.summary_sentence(report),
        "stale_after": words.stale_after(report).isoformat(),
        **({"stage_set": words.STAGE_SET} if report.stage_set else {}),
    }
    for key, value in facts.items():
        ET.SubElement(properties, "property", name=key, value=value)
    ET.SubElement(suite, "system-out").text = "\n".join(lines)
    ET.SubElement(suite, "system-err")


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
