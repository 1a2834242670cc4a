"""Documents of one long line, with tens of thousands of notes: reading takes as long as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from citekeeper import importers
from citekeeper.importers.defects import corruption
from citekeeper.importers.richtext import LinkSpan, Mark, RichText
from citekeeper.importers.sentences import sentence_bounds
from citekeeper.model import Location
from growth import growth

SENTENCE = "It was said that the court ruled on the law in the spring"


def _markdown(count: int) -> str:
    body = " ".join(f"{SENTENCE}[^{n}]." for n in range(count))
    notes = "\n".join(f"[^{n}]: A source, <https://example.org/{n}>." for n in range(count))
    return f"{body}\n\n{notes}\n"


def _inline_notes(count: int) -> str:
    return " ".join(f"{SENTENCE}^[See *it*, <https://example.org/{n}>]." for n in range(count))


def _html(count: int) -> str:
    body = " ".join(f'{SENTENCE}<a href="#fn{n}"><sup>{n}</sup></a>.' for n in range(count))
    notes = "".join(f'<li id="fn{n}">A source, https://example.org/a?b=1&amp;c={n}.</li>' for n in range(count))
    return f"<p>{body}</p><ol>{notes}</ol>"


def _text(count: int) -> str:
    body = " ".join(f"{SENTENCE} [{n}]." for n in range(count))
    notes = "\n".join(f"[{n}] A source, https://example.org/{n}." for n in range(count))
    return f"{body}\n\n{notes}\n"


def _same_link(count: int) -> str:
    return "".join(f"{SENTENCE} at https://example.org/same, and\nhttps://example.org/{n}.\n\n" for n in range(count))


def _long_note(count: int) -> str:
    return "Said.[^1]\n\n[^1]: A source.\n\n" + "".join(f"    {SENTENCE} *there*.\n\n" for _ in range(count))


@pytest.mark.parametrize(
    ("name", "write", "small"),
    [
        ("notes.md", _markdown, 250),
        ("inline.md", _inline_notes, 250),
        ("notes.html", _html, 250),
        ("notes.txt", _text, 250),
        ("links.txt", _same_link, 400),
        ("long.md", _long_note, 400),
    ],
)
def test_reading_is_linear(tmp_path: Path, name: str, write: Callable[[int], str], small: int):
    """Four times the notes of one line take some four times as long to read."""

    def work_of(count: int) -> Callable[[], object]:
        path = tmp_path / f"{count}-{name}"
        path.write_text(write(count), encoding="utf-8")
        return lambda: importers.read(path)

    assert growth(work_of, small) < 8


def test_what_is_no_sentence_is_no_claim(tmp_path: Path):
    """Of a list without a full stop, each mark's claim is the words around it, and not all of the list."""
    words = " ".join(f"item {n}[^{n}]" for n in range(3000))
    notes = "\n".join(f"[^{n}]: <https://example.org/{n}>" for n in range(0, 3000, 100))
    path = tmp_path / "list.md"
    path.write_text(f"{words}\n\n{notes}\n", encoding="utf-8")
    claims = {each.label: each.claim or "" for each in importers.read(path).citations if each.label}
    assert all(f"item {label}" in claim and len(claim) <= 4000 for label, claim in claims.items())
    assert claims["0"].startswith("item 0 ")
    assert claims["1500"].split()[0] == "item" or claims["1500"].split()[0].isdigit()


def test_sentences_of_a_long_paragraph_are_those_of_a_short_one():
    """Where a sentence begins and ends does not depend on what else the paragraph holds."""
    short = "One is here. Two is there. Three is nowhere"
    for position in range(len(short)):
        start, end = sentence_bounds(short, position)
        before = "Something else is said. " * 300
        assert sentence_bounds(before + short, len(before) + position) == (len(before) + start, len(before) + end)


def test_words_taken_out_move_what_lies_behind_them():
    """A position is moved by exactly the words that were taken out before it."""
    place = Location("a.md")
    text = "abcdefghijklmnopqrst"
    spans = [(1, 3), (5, 6), (9, 14)]
    rich = RichText(text, place, marks=tuple(Mark(at, "1") for at in range(len(text) + 1)))
    kept = [at for at in range(len(text)) if not any(start <= at < end for start, end in spans)]
    wanted = [sum(each < at for each in kept) for at in range(len(text) + 1)]
    assert [mark.position for mark in rich.without(spans).marks] == wanted


def test_a_part_has_what_lies_wholly_in_it():
    """Links, italics, marks and line beginnings of a part are those within it, by its own positions."""
    place = Location("a.md")
    links = tuple(LinkSpan(at, at + 3, f"https://e.example/{at}", place) for at in range(0, 20, 2))
    rich = RichText("x" * 24, place, links, italics=((0, 24), (5, 9), (6, 20)), marks=(Mark(5, "a"), Mark(9, "b")))
    part = rich.part(5, 12)
    assert [link.start for link in part.links] == [1, 3]
    assert part.italics == ((0, 4),)
    assert [mark.position for mark in part.marks] == [0, 4]


def test_a_path_of_thousands_of_words_is_looked_at_in_no_time():
    """What would be compared at the cost of its length cubed is no headline that was pasted twice."""

    def work_of(count: int) -> Callable[[], object]:
        url = "https://example.org/" + "-".join(f"w{n}" for n in range(count))
        return lambda: corruption(url)

    assert growth(work_of, 500) < 8
