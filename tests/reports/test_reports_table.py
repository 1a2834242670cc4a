"""The terminal table: every width, no colour, poor encodings, pipes; and how light the imports are."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from citekeeper.model import Citation, Report
from citekeeper.reports import print_table, render, render_table, words
from citekeeper.reports.grid import Cell, Column, Grid, Line

from .canned import NOW, alive, canned, gone, links, moved, translated, walled


def printed(
    report: Report, width: int, *, terminal: bool = False, encoding: str = "utf-8", no_color: bool | None = None
) -> str:
    """What a console of that width shows."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    console = Console(
        file=stream,
        width=width,
        force_terminal=terminal,
        legacy_windows=False,
        _environ={"TERM": "xterm"},
        no_color=no_color,
    )
    print_table(report, console)
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [40, 80, 100, 116, 160, 200])
def test_fits_the_width_and_says_everything(width: int) -> None:
    """No line is too long, and each verdict stands as a word."""
    text = printed(canned(), width)
    assert max(map(len, text.splitlines())) <= width
    if width >= 80:
        for word in ("alive", "walled", "moved", "gone", "unchecked", "robot-wall", "verified", "✗ no", "✓ yes"):
            assert word in text
    assert "3 of 6 citations are verifiable" in " ".join(text.split())


def test_no_word_is_broken_where_there_is_room() -> None:
    """Every fact has a column of its own where all of them find place, and not before."""
    assert "Publisher" in printed(canned(), 130)
    assert "Publisher" not in printed(canned(), 116)
    for width in (80, 100, 130, 200):
        for word in ("2022-05-02", "withdrawn", "robot-wall") if width >= 130 else ("tampered", "withdrawn"):
            assert word in printed(canned(), width)


_LINES = st.builds(Line, st.text("aß漢\u0301 -", max_size=40), st.just(""), st.sampled_from([None, "…", ""]))


@given(
    st.lists(st.tuples(*[st.lists(_LINES, max_size=3).map(tuple)] * 3), max_size=8),
    st.integers(min_value=12, max_value=120),
)
def test_a_grid_keeps_to_its_width(rows: list[tuple[Cell, Cell, Cell]], width: int) -> None:
    """Whatever stands in it: letters of two columns, of none, words longer than the console."""
    grid = Grid(
        (Column("A", most=8, folds=False), Column("Source", rest=True, least=16), Column("Told", most=20)), rows
    )
    console = Console(file=io.StringIO(), width=width, _environ={})
    console.print(grid, crop=False)
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert {cell_len(line) for line in lines} == {width}
    assert len(lines) >= 1 + len([row for row in rows if any(row)])


def test_piped_text_has_one_form() -> None:
    """However little there is to tell, at a hundred columns the facts stand below each other."""
    small = replace(alive(), citation=Citation("a", title="X"), captures=(), mementos=(), quotes=(), translations=())
    text = render(canned(citations=(small,), findings=()), "table")
    assert "Publisher" not in text
    assert "Copies (wb: Wayback)" in text


def test_piped_text_is_plain() -> None:
    """No escape sequence and no blanks at line ends."""
    text = printed(canned(), 80)
    assert "\x1b" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_without_colour_the_words_remain() -> None:
    """NO_COLOR: no colour sequence, the same words."""
    text = printed(canned(), 80, terminal=True, no_color=True)
    assert "\x1b[31m" not in text
    assert "\x1b[32m" not in text
    assert "✗ gone" in text


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "koi8-r"])
def test_a_poor_encoding_is_no_crash(encoding: str) -> None:
    """A console that knows no check mark gets plain signs."""
    text = printed(canned(), 80, encoding=encoding)
    assert "x gone" in text
    assert "+ yes" in text


def test_findings_come_worst_first_with_advice() -> None:
    """What to do stands below the table, errors before warnings."""
    text = render(canned(), "table")
    assert text.index("✗ error") < text.index("! warning") < text.index("· note")
    assert "→ Restore it from git." in text


def test_rich_markup_in_a_title_is_text() -> None:
    """[bold] in a page's title is no style."""
    assert "[x](j" in render(canned(), "table")


def test_renderable_goes_into_other_layouts() -> None:
    """render_table gives what any console can print."""
    console = Console(file=io.StringIO(), width=90, _environ={})
    console.print(render_table(canned()))
    assert "citations are verifiable" in console.file.getvalue()  # type: ignore[attr-defined]


def test_the_face_of_the_room_is_light() -> None:
    """Printing JSON loads neither the template engine nor rich."""
    code = (
        "import sys; from datetime import datetime, UTC; from citekeeper.model import Report;"
        "from citekeeper import reports; reports.render(Report(datetime.now(UTC), (), (), ()), 'json');"
        "print([name for name in ('rich', 'jinja2', 'lxml', 'requests') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ((), "There are no citations here."),
        ((alive(),), "The one citation is verifiable."),
        ((gone(),), "The one citation is not verifiable; 1 needs you."),
        ((alive(), translated()), "All 2 citations are verifiable."),
        ((alive(), translated(), walled()), "2 of 3 citations are verifiable; 1 needs you."),
        ((alive(), gone(), walled()), "1 of 3 citations is verifiable; 2 need you."),
        (links(), "2 links: no warnings or errors."),
        ((moved(), *links()), "The one citation is verifiable. 2 links: no warnings or errors."),
    ],
)
def test_summary_sentence(entries: tuple[object, ...], sentence: str) -> None:
    """The report in one plain sentence."""
    assert words.summary_sentence(Report(NOW, (), entries, ())) == sentence  # type: ignore[arg-type]


def test_expiry_is_the_settings() -> None:
    """The last good day follows stale_after."""
    assert "stale after 29 November 2026" in words.age_sentence(canned(stale_after_days=7))
