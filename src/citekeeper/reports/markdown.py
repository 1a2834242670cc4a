"""The report as GitHub-flavoured Markdown, fit for a job summary; every word from outside is literal text in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from citekeeper.model import CitationReport, Finding, Report
from citekeeper.printing import one_line
from citekeeper.reports import words
from citekeeper.reports.grouping import FindingGroup, grouped, names
from citekeeper.urls import web_link

# Markup, HTML, table cells, mathematics; "://", "www." and "@name" would become links or mentions, "#12" an issue.
_SPECIAL = re.compile(r"[\\`*_\[\]|~$&<>]|://|(?i:\bwww\.)|@(?=\w)|#(?=\d)|^\s*(?:[#+=-]|\d+[.)])")
_NAMED = 30  # citations of one finding
_WORD_JOINER = "&#8288;"
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    "://": "&#58;//",
    "@": f"@{_WORD_JOINER}",
    "#": f"&#35;{_WORD_JOINER}",
}


def render(report: Report) -> str:
    """The whole report."""
    return render_within(report, None)


def render_within(report: Report, rows: int | None) -> str:
    """The report with at most ``rows`` findings and as many citations; None: all of them."""
    return "\n\n".join(block for block in _blocks(report, rows) if block) + "\n"


def escape(text: str, limit: int = 2000) -> str:
    """``text`` as literal words of one line: no markup, HTML, link, mention, issue number or table cell of its own."""
    return _SPECIAL.sub(_escape_special, one_line(text, limit))


def _escape_special(match: re.Match[str]) -> str:
    found = match[0]
    if found in _ENTITIES:
        return _ENTITIES[found]
    return f"{found[:-1]}&#46;" if found.lower() == "www." else f"{found[:-1]}\\{found[-1]}"


def link(text: str, url: str | None) -> str:
    """``text`` (escaped here), linked where ``url`` is a web address."""
    target = web_link(url)
    return f"[{escape(text)}](<{_destination(target)}>)" if target else escape(text)


def _destination(url: str) -> str:
    return re.sub(r"""[<>\s|()`\\"'*_~&\[\]]""", lambda m: "&amp;" if m[0] == "&" else f"%{ord(m[0]):02X}", url)


def _blocks(report: Report, rows: int | None) -> Iterable[str]:
    yield f"# Evidence of {escape(words.document_title(report), 200)}"
    if report.stage_set:
        yield f"> [!CAUTION]\n> {words.STAGE_SET}"
    yield f"**{words.summary_sentence(report)}**"
    yield escape(words.age_sentence(report))
    yield "\n".join(f"- {escape(note, 500)}" for note in report.notes)
    findings = words.ordered_findings(report)
    if findings:
        yield "## What to do first"
        groups = grouped(findings)
        yield _findings_table(report, groups[:rows])
        yield _left_out(len(groups), rows)
    if report.counted:
        yield "## Citations"
        yield _citations_table(report.counted[:rows])
        yield _left_out(len(report.counted), rows)
        yield "## Totals"
        totals = words.verdict_totals(report.counted).items()
        yield _table(
            ("Verdict", "Citations", "A source that"),
            (
                (f"{words.SYMBOLS[kind]} {kind.value}", str(number), words.MEANINGS[kind])
                for kind, number in totals
                if number
            ),
        )
    links = words.links_of(report)
    if links:
        yield "## Links outside the notes"
        yield _links_table(links[:rows])
        yield _left_out(len(links), rows)


def _left_out(total: int, rows: int | None) -> str:
    return f"… and {total - rows} more in report.json." if rows is not None and total > rows else ""


def _findings_table(report: Report, groups: Iterable[FindingGroup]) -> str:
    labels = {entry.citation.id: words.label(entry) for entry in report.citations}
    return _table(
        ("Severity", "Citation", "Finding", "What to do"),
        (
            (
                f"{words.SEVERITY_SYMBOLS[group.first.severity]} {words.SEVERITY_WORDS[group.first.severity]}",
                escape(names(group, labels, _NAMED), 400) or _place(group.first),
                f"{escape(group.first.message, 600)} ({escape(group.first.rule, 60)})",
                escape(group.first.advice, 600),
            )
            for group in groups
        ),
    )


def _place(finding: Finding) -> str:
    return escape(":".join(str(part) for part in (finding.file, finding.line, finding.column) if part is not None), 200)


def _citations_table(entries: Iterable[CitationReport]) -> str:
    return _table(
        ("№", "Source", "Verdict", "Local copies", "Wayback Machine", "Translation", "Verifiable"),
        (
            (
                escape(words.label(entry), 40),
                _source(entry),
                _verdict(entry),
                words.local_copies(entry),
                _memento(entry),
                escape(words.translation_short(entry), 100) or "–",
                "✓ yes" if entry.verifiable else "✗ **no**",
            )
            for entry in entries
        ),
    )


def _links_table(entries: Iterable[CitationReport]) -> str:
    return _table(
        ("Link", "Verdict"),
        ((link(words.title(entry, 200), entry.citation.url), _verdict(entry)) for entry in entries),
    )


def _source(entry: CitationReport) -> str:
    publisher = words.publisher(entry)
    return link(words.title(entry, 200), entry.citation.url) + (f"<br>{escape(publisher, 80)}" if publisher else "")


def _verdict(entry: CitationReport) -> str:
    kind = entry.verdict.kind
    return f"{words.SYMBOLS[kind]} **{kind.value}**<br>{escape(entry.verdict.message, 600)}"


def _memento(entry: CitationReport) -> str:
    best = words.best_memento(entry)
    if best is None:
        return "none"
    away = words.distance(best, entry.citation.accessed)
    return link(words.memento_short(entry), best.uri) + (f"<br>{away}" if away else "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
