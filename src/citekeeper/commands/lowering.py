"""Findings that are known or not of this change: still shown, but they no longer decide how the run ends.

``--baseline`` and ``--changed-since`` each say of a finding why it does not count, or None where it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from citekeeper.model import CitationReport, Finding, Report, Severity

Excuse = Callable[[Finding, CitationReport | None], str | None]
"""Why a finding about an entry does not count, in a few words; None where it does."""


def lowered(report: Report, excuses: Sequence[Excuse]) -> Report:
    """The report with every excused finding lowered to ``ok`` and marked."""
    from citekeeper.rules import in_order

    if not excuses:
        return report
    about: dict[str | None, list[Finding]] = {}
    for finding in report.findings:
        about.setdefault(finding.citation, []).append(finding)
    entries, findings = [], list(about.pop(None, []))
    for entry in report.citations:
        kept, weighed = lowered_entry(entry, about.pop(entry.citation.id, ()), excuses)
        entries.append(kept)
        findings += weighed
    findings += [finding for rest in about.values() for finding in rest]
    return replace(report, citations=tuple(entries), findings=in_order(findings))


def lowered_entry(
    entry: CitationReport, findings: Iterable[Finding], excuses: Sequence[Excuse]
) -> tuple[CitationReport, tuple[Finding, ...]]:
    """One entry and its findings, lowered; the entry itself is where each of its findings is."""
    if not excuses:
        return entry, tuple(findings)
    weighed = tuple(_lowered_finding(finding, entry, excuses) for finding in findings)
    if weighed and all(finding.severity is Severity.OK for finding in weighed):
        entry = replace(entry, severity=Severity.OK)
    return entry, weighed


def _lowered_finding(finding: Finding, entry: CitationReport, excuses: Sequence[Excuse]) -> Finding:
    if finding.severity is Severity.OK:
        return finding
    why = next((why for excuse in excuses if (why := excuse(finding, entry)) is not None), None)
    return finding if why is None else replace(finding, severity=Severity.OK, message=f"{finding.message} ({why})")
