"""The report in the terminal: one row a citation, then what to do, then the totals.

The verdict is always a word beside its sign. A console that cannot print a sign or a letter gets a plain one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from citekeeper.model import CitationReport, Kind, Report
from citekeeper.printing import one_line
from citekeeper.reports import words
from citekeeper.reports.grid import Cell, Column, Grid, Line
from citekeeper.reports.grouping import FindingGroup, grouped, names

WIDE = 116
"""Columns of the terminal from which on every fact has a column of its own, where all of them find place."""

_NAMED = 12  # citations of one finding
_STYLES = {"ok": "green", "warning": "yellow", "error": "bold red", "neutral": "dim"}
_ASCII = str.maketrans("✓→≈✗■–…“”’·±", '+>~x#-~""\'-+')


def render(report: Report) -> str:
    """The table as plain text, 100 columns wide whatever the terminal."""
    stream = io.StringIO()
    print_table(report, plain_console(stream))
    return stream.getvalue()


def plain_console(file: TextIO) -> Console:
    """A console that gives ``file`` what is piped or kept: 100 columns whatever the terminal, and no colours."""
    return Console(file=file, width=100, color_system=None, force_terminal=False, legacy_windows=False, _environ={})


def print_table(report: Report, console: Console) -> None:
    """Print the report; what is piped to a file gets no blanks at the ends of its lines."""
    if console.is_terminal:
        console.print(ReportTable(report))
        return
    with console.capture() as captured:
        console.print(ReportTable(report))
    console.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


class ReportTable:
    """A rich renderable of a Report, which fits itself to the console that prints it."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the parts for a console of ``options.max_width`` columns."""
        yield from _parts(self.report, _Speller(options.encoding), options.max_width)


class _Speller:
    """Makes text that the console's encoding can carry."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.plain = not encoding.lower().startswith("utf")
        self._ending = "" if self.plain else "…"  # a character that may be missing

    def text(self, words_: str, style: str = "") -> Text:
        return Text(self._spelt(words_), style=style, overflow="fold")

    def line(self, words_: str, style: str = "") -> Line:
        """A line of a cell, which is folded where it is too long."""
        return Line(self._spelt(words_), style)

    def cut(self, words_: str, style: str = "") -> Line:
        """A line of a cell, which is cut where it is too long."""
        return Line(self._spelt(words_), style, self._ending)

    def _spelt(self, words_: str) -> str:
        if not self.plain:
            return words_
        return words_.translate(_ASCII).encode(self.encoding, "replace").decode(self.encoding)


def _parts(report: Report, speller: _Speller, width: int) -> Iterator[RenderableType]:
    if report.stage_set:
        yield speller.text(words.STAGE_SET, "bold magenta")
        yield Text()
    if report.citations:
        wide = _wide_table(report, speller) if width >= WIDE else None
        yield wide if wide is not None and wide.fits(width) else _narrow_table(report, speller)
    findings = words.ordered_findings(report)
    if findings:
        yield Text()
        yield speller.text("What to do", "bold")
        labels = {entry.citation.id: words.label(entry) for entry in report.citations}
        yield from (_finding(group, labels, speller) for group in grouped(findings))
    yield Text()
    yield speller.text(words.summary_sentence(report), "bold")
    totals = [f"{number} {kind.value}" for kind, number in words.verdict_totals(report.counted).items() if number]
    if totals:
        yield speller.text(f"Verdicts: {', '.join(totals)}.")
    yield speller.text(words.age_sentence(report), "dim")
    yield from (speller.text(one_line(note, 500), "dim") for note in report.notes)


def _finding(group: FindingGroup, labels: dict[str, str], speller: _Speller) -> RenderableType:
    finding = group.first
    style = _STYLES[finding.severity.value]
    sign = f"{words.SEVERITY_SYMBOLS[finding.severity]} {words.SEVERITY_WORDS[finding.severity]} "
    head = Text().append_text(speller.text(sign, style))
    if not group.is_single:
        head.append_text(speller.text(f"{one_line(names(group, labels, _NAMED), 400)}: ", "bold"))
    elif finding.citation:
        name = labels.get(finding.citation, finding.citation)
        shown = finding.citation if name == finding.citation else f"{name} ({finding.citation})"
        head.append_text(speller.text(f"{one_line(shown, 80)} ", "bold"))
    head.append_text(speller.text(f"{one_line(finding.message, 1000)} "))
    head.append_text(speller.text(f"[{one_line(finding.rule, 60)}] ", "dim"))
    place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part is not None)
    if group.is_single:
        head.append_text(speller.text(one_line(place, 200), "dim"))
    head.rstrip()
    advice = (
        [Padding(speller.text(f"→ {one_line(finding.advice, 1000)}"), (0, 0, 0, 4), expand=False)]
        if finding.advice
        else []
    )
    return Group(Padding(head, (0, 0, 0, 2), expand=False), *advice)


# ── the table ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _wide_table(report: Report, speller: _Speller) -> Grid:
    columns = (
        Column("№" if not speller.plain else "No", most=12, folds=False),
        Column("Title", rest=True, least=20),
        Column("Publisher", most=18, folds=False),
        Column("Verdict", folds=False),
        Column("Reason", most=22),
        Column("Local copy", most=14),
        Column("Web copy", most=10),
        Column("Translation", most=14),
        Column("Verifiable", folds=False),
    )
    rows = [
        (
            (speller.cut(words.label(entry), "bold"),),
            (speller.cut(_title(entry)),),
            (speller.cut(words.publisher(entry)),),
            (_verdict(entry, speller),),
            (speller.line(one_line(entry.verdict.reason, 60), "dim"),),
            (speller.line(words.local_copies(entry)),),
            (speller.line(words.memento_short(entry)),),
            (speller.line(words.translation_short(entry) or "–"),),
            (_verifiable(entry, speller),),
        )
        for entry in report.citations
    ]
    return Grid(columns, rows)


def _narrow_table(report: Report, speller: _Speller) -> Grid:
    columns = (
        Column("№" if not speller.plain else "No", most=8, folds=False),
        Column("Source", rest=True, least=16),
        Column("Verdict", most=18),
        Column("Copies (wb: Wayback)", most=20),
        Column("Verifiable", most=10, folds=False),
    )
    return Grid(columns, [_narrow_row(entry, speller) for entry in report.citations])


def _narrow_row(entry: CitationReport, speller: _Speller) -> tuple[Cell, ...]:
    translation = words.translation_short(entry)
    return (
        (speller.cut(words.label(entry), "bold"),),
        (speller.cut(_title(entry)), speller.cut(words.publisher(entry), "dim")),
        (_verdict(entry, speller), speller.line(one_line(entry.verdict.reason, 60), "dim")),
        (
            speller.line(f"local: {words.local_copies(entry)}"),
            speller.line(f"{_keeper(entry)}: {words.memento_brief(entry)}"),
        ),
        (_verifiable(entry, speller), *([speller.line(f"tr: {translation}", "dim")] if translation else [])),
    )


def _keeper(entry: CitationReport) -> str:
    best = words.best_memento(entry)
    return "wb" if best is None or best.archive in ("wayback", "pinned") else one_line(best.archive, 12)


def _title(entry: CitationReport) -> str:
    return ("link: " if entry.citation.kind is Kind.LINK else "") + words.title(entry)


def _verdict(entry: CitationReport, speller: _Speller) -> Line:
    kind = entry.verdict.kind
    return speller.line(f"{words.SYMBOLS[kind]} {kind.value}", _STYLES[words.tone(entry)])


def _verifiable(entry: CitationReport, speller: _Speller) -> Line:
    if entry.citation.kind is Kind.LINK:
        return speller.line("–", "dim")
    return speller.line("✓ yes", "green") if entry.verifiable else speller.line("✗ no", "bold red")
