"""The report as SARIF 2.1.0 (OASIS Standard, 2020), for code scanning and editors."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from citekeeper import __version__, urls
from citekeeper.clock import iso
from citekeeper.model import CitationReport, Finding, Report, Severity
from citekeeper.printing import one_line
from citekeeper.reports import words
from citekeeper.reports.streaming import Rows, encoded, in_full
from citekeeper.urls import without_credentials

SCHEMA_URI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.OK: "note"}


def render(report: Report) -> str:
    """JSON text of one run."""
    return "".join(pieces(report))


def pieces(report: Report) -> Iterator[str]:
    """The same in pieces."""
    return encoded(_outline(report))


def to_sarif(report: Report) -> dict[str, Any]:
    """The log as JSON values: a rule for each kind of finding, a result for each finding."""
    log: dict[str, Any] = in_full(_outline(report))
    return log


def _outline(report: Report) -> dict[str, Any]:
    findings = words.ordered_findings(report)
    rules = sorted({finding.rule for finding in findings})
    properties: dict[str, Any] = {
        "generatedAt": iso(report.generated_at),
        "staleAfter": words.stale_after(report).isoformat(),
        "summary": words.summary_sentence(report),
    }
    if report.stage_set:
        properties["stageSet"] = words.STAGE_SET
    run = {
        "tool": {
            "driver": {
                "name": "citekeeper",
                "semanticVersion": __version__,
                "rules": [_rule(name, findings) for name in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": Rows(_Results(report, rules), findings),
        "properties": properties,
    }
    return {"$schema": SCHEMA_URI, "version": "2.1.0", "runs": [run]}


def _rule(name: str, findings: Sequence[Finding]) -> dict[str, Any]:
    worst = next(finding for finding in findings if finding.rule == name)  # findings come with the worst first
    sentence = one_line(name.replace("-", " "), 200)
    rule: dict[str, Any] = {
        "id": one_line(name, 200),
        "name": "".join(part.capitalize() for part in sentence.split()),
        "shortDescription": {"text": f"{sentence.capitalize()}."},
        "defaultConfiguration": {"level": _LEVELS[worst.severity]},
    }
    if worst.advice:
        rule["help"] = {"text": one_line(worst.advice)}
    return rule


class _Results:
    """Makes the results, each finding's in its turn: those that are alike are numbered."""

    def __init__(self, report: Report, rules: Sequence[str]) -> None:
        self._report = report
        self._seen: Counter[bytes] = Counter()
        self._entries = {entry.citation.id: entry for entry in report.citations}
        self._places = {name: number for number, name in enumerate(rules)}

    def __call__(self, finding: Finding) -> dict[str, Any]:
        result: dict[str, Any] = {
            "ruleId": one_line(finding.rule, 200),
            "ruleIndex": self._places[finding.rule],
            "level": _LEVELS[finding.severity],
            "message": {"text": one_line(f"{finding.message} {finding.advice}")},
        }
        entry = self._entries.get(finding.citation or "")
        location = _location(self._report, finding, entry)
        if location:
            result["locations"] = [location]
        # Links of a document are numbered anew when one is added above; their addresses stay.
        address = without_credentials(entry.citation.url) if entry is not None else None
        identity = "\n".join((finding.rule, address or finding.citation or "", finding.file or ""))
        digest = hashlib.sha256(identity.encode("utf-8", "replace")).digest()[:16]
        self._seen[digest] += 1
        result["partialFingerprints"] = {"citekeeperFinding/v1": f"{digest.hex()}:{self._seen[digest]}"}
        return result


def _location(report: Report, finding: Finding, entry: CitationReport | None) -> dict[str, Any] | None:
    """Where the finding stands; GitHub shows no result without a place, so the citation's or the document's serves."""
    file, line, column = finding.file, finding.line, finding.column
    if file is None:
        if entry and entry.citation.found_in:
            place = entry.citation.found_in[0]
            file, line, column = place.file, place.line, place.column
        elif report.documents:
            file = report.documents[0].source
        else:
            return None
    physical: dict[str, Any] = {"artifactLocation": {"uri": _artifact_uri(file)}}
    if line is not None:
        physical["region"] = {"startLine": max(line, 1)} | ({"startColumn": max(column, 1)} if column else {})
    return {"physicalLocation": physical}


def _artifact_uri(file: str) -> str:
    if urls.is_web_url(file):
        return without_credentials(urls.parse(file).href) or ""
    path = quote(one_line(file, 4000).replace("\\", "/"), safe="/~!$&'()*+,;=@")
    return f"file://{path}" if path.startswith("/") else path
