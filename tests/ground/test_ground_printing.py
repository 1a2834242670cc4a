"""Lines for a terminal: nothing in them acts, and nothing that a language needs is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper.printing import one_line, printable


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("  set in by two", "  set in by two"),
        ("5\u00a0августа, «да»\u202f!", "5\u00a0августа, «да»\u202f!"),
        ("Donau\u00addampf", "Donau\u00addampf"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\x1b]0;owned\x07b", "a\ufffd]0;owned\ufffdb"),
        ("gpj\u202eexe", "gpj\ufffdexe"),
        ("one\nerror: forged\rline\u2028more\x85", "one error: forged line more "),
        ("a\ttab", "a tab"),
    ],
)
def test_a_line_stays_a_line(line: str, shown: str) -> None:
    """Its setting, its no-break spaces, hyphens and joiners stay; escapes, overrides and line ends do not."""
    assert printable(line) == shown


@given(st.text(st.characters()))
def test_no_text_acts(text: str) -> None:
    """Whatever it holds, one line comes out that UTF-8 can write, and making it harmless again changes nothing."""
    for make in (printable, one_line):
        shown = make(text)
        assert len(shown.splitlines()) <= 1
        assert shown.encode().decode() == shown
        assert make(shown) == shown
