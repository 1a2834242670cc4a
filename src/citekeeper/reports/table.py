"""The report in the terminal: one row a citation, then what to do, then the totals.

The verdict is always a word beside its sign. A console that cannot print a sign or a letter gets a plain one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, Group, OverflowMethod, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from citekeeper.model import CitationReport, Kind, Report
from citekeeper.printing import one_line
from citekeeper.reports import words
from citekeeper.reports.grouping import FindingGroup, grouped, names

WIDE = 116
"""Columns of the terminal from which on every fact has a column of its own."""

_NAMED = 12  # citations of one finding
_STYLES = {"ok": "green", "warning": "yellow", "error": "bold red", "neutral": "dim"}
_ASCII = str.maketrans("✓→≈✗■–…“”’·±", '+>~x#-~""\'-+')


def render(report: Report) -> str:
    """The table as plain text, 100 columns wide whatever the terminal."""
    stream = io.StringIO()
    console = Console(
        file=stream, width=100, color_system=None, force_terminal=False, legacy_windows=False, _environ={}
    )
    print_table(report, console)
    return stream.getvalue()


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
        yield from _parts(self.report, _Speller(options.encoding), wide=options.max_width >= WIDE)


class _Speller:
    """Makes Text that the console's encoding can carry."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.plain = not encoding.lower().startswith("utf")

    def text(self, words_: str, style: str = "", *, ellipsis: bool = False) -> Text:
        if self.plain:
            words_ = words_.translate(_ASCII).encode(self.encoding, "replace").decode(self.encoding)
        cut: OverflowMethod = "crop" if self.plain else "ellipsis"  # rich's ellipsis is a character that may be missing
        return Text(words_, style=style, overflow=cut if ellipsis else "fold", no_wrap=ellipsis)


def _parts(report: Report, speller: _Speller, *, wide: bool) -> Iterator[RenderableType]:
    if report.stage_set:
        yield speller.text(words.STAGE_SET, "bold magenta")
        yield Text()
    if report.citations:
        yield (_wide_table if wide else _narrow_table)(report, speller)
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


def _wide_table(report: Report, speller: _Speller) -> Table:
    table = _empty_table()
    table.add_column("№" if not speller.plain else "No", no_wrap=True, max_width=12)
    table.add_column("Title", ratio=1, no_wrap=True, min_width=20)
    table.add_column("Publisher", no_wrap=True, max_width=18)
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Reason", max_width=22)
    table.add_column("Local copy", max_width=14)
    table.add_column("Web copy", max_width=10)
    table.add_column("Translation", max_width=14)
    table.add_column("Verifiable", no_wrap=True)
    for entry in report.citations:
        table.add_row(
            speller.text(words.label(entry), "bold", ellipsis=True),
            speller.text(_title(entry), ellipsis=True),
            speller.text(words.publisher(entry), ellipsis=True),
            _verdict(entry, speller),
            speller.text(one_line(entry.verdict.reason, 60), "dim"),
            speller.text(words.local_copies(entry)),
            speller.text(words.memento_short(entry)),
            speller.text(words.translation_short(entry) or "–"),
            _verifiable(entry, speller),
        )
    return table


def _narrow_table(report: Report, speller: _Speller) -> Table:
    table = _empty_table()
    table.add_column("№" if not speller.plain else "No", no_wrap=True, max_width=8)
    table.add_column("Source", ratio=1, no_wrap=True, min_width=16)
    table.add_column("Verdict", max_width=18)
    table.add_column("Copies (wb: Wayback)", max_width=20)
    table.add_column("Verifiable", no_wrap=True, width=10)
    for entry in report.citations:
        copies = [f"local: {words.local_copies(entry)}", f"{_keeper(entry)}: {words.memento_brief(entry)}"]
        translation = words.translation_short(entry)
        table.add_row(
            speller.text(words.label(entry), "bold", ellipsis=True),
            Group(
                speller.text(_title(entry), ellipsis=True),
                speller.text(words.publisher(entry), "dim", ellipsis=True),
            ),
            Group(_verdict(entry, speller), speller.text(one_line(entry.verdict.reason, 60), "dim")),
            speller.text("\n".join(copies)),
            Group(
                _verifiable(entry, speller),
                *([speller.text(f"tr: {translation}", "dim")] if translation else []),
            ),
        )
    return table


def _empty_table() -> Table:
    return Table(box=None, expand=True, header_style="bold underline", pad_edge=False, padding=(0, 2, 0, 0))


def _keeper(entry: CitationReport) -> str:
    best = words.best_memento(entry)
    return "wb" if best is None or best.archive in ("wayback", "pinned") else one_line(best.archive, 12)


def _title(entry: CitationReport) -> str:
    return ("link: " if entry.citation.kind is Kind.LINK else "") + words.title(entry)


def _verdict(entry: CitationReport, speller: _Speller) -> Text:
    kind = entry.verdict.kind
    return speller.text(f"{words.SYMBOLS[kind]} {kind.value}", _STYLES[words.tone(entry)])


def _verifiable(entry: CitationReport, speller: _Speller) -> Text:
    if entry.citation.kind is Kind.LINK:
        return speller.text("–", "dim")
    return speller.text("✓ yes", "green") if entry.verifiable else speller.text("✗ no", "bold red")
