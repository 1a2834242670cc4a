"""The report for GitHub Actions: workflow commands that annotate files, and the job summary."""

from __future__ import annotations

from citekeeper.model import Finding, Report, Severity
from citekeeper.printing import one_line
from citekeeper.reports import markdown, words

SUMMARY_LIMIT = 1024 * 1024
"""Bytes that GitHub takes as the summary of one step; it drops a longer one altogether."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.OK: "notice"}
_SUMMARY_ROWS = 200


def render(report: Report) -> str:
    """One workflow command a line for each finding, the worst first (GitHub shows only the first ten of a kind)."""
    lines = [_annotation(finding) for finding in words.ordered_findings(report)]
    closing = f"{words.summary_sentence(report)} {words.age_sentence(report)}"
    if report.stage_set:
        closing = f"{words.STAGE_SET} {closing}"
    lines.append(f"::notice title=citekeeper::{_data(closing)}")
    return "".join(f"{line}\n" for line in lines)


def job_summary(report: Report) -> str:
    """Markdown for ``$GITHUB_STEP_SUMMARY``; a report beyond GitHub's limit is shortened and says so."""
    text = markdown.render(report)
    return text if len(text.encode()) < SUMMARY_LIMIT else markdown.render_within(report, _SUMMARY_ROWS)


def _annotation(finding: Finding) -> str:
    title = f"{finding.citation}: {finding.rule}" if finding.citation else finding.rule
    properties = {"file": finding.file, "line": finding.line, "col": finding.column, "title": title}
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value is not None)
    message = f"{finding.message}\n{finding.advice}" if finding.advice else finding.message
    return f"::{_COMMANDS[finding.severity]} {shown}::{_data(message)}"


def _data(text: str) -> str:
    """A command's message, escaped as actions/toolkit does."""
    lines = "\n".join(one_line(line, 4000) for line in text.split("\n", 1))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str | int) -> str:
    return _data(one_line(str(value), 1000)).replace(":", "%3A").replace(",", "%2C")
