"""Writing into a hand-edited register: only the lines that must change do."""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from citekeeper.errors import InputFileError, UsageError
from citekeeper.model import Location, TranslationLink
from citekeeper.register import read_register, update
from citekeeper.register.render import Bare, Style, clean, flow, is_plain_safe, scalar
from citekeeper.register.tree import parse

PATH = Path("citations.yaml")

HAND_EDITED = """\
# my sources
version: 1   # do not touch
citations:
    # the first one
    -   id: fn1     # Bloomberg
        url: ~      # lost!
        title:   'It''s here'
        colour: [ red,   green ]

        # quotes follow
        quotes:
        - "one"   # first
        -   two
    - {id: fn2, url: null, label: "2"}

    -   label: "3"
        url:
        note: |
            several
            lines

        id: fn3
# the end"""


def _diff(before: bytes, after: bytes) -> list[str]:
    lines = difflib.ndiff(before.decode().splitlines(keepends=True), after.decode().splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("citation", "changes", "expected"),
    [
        (
            "fn1",
            {"url": "https://example.org/a"},
            ["-         url: ~      # lost!", "+         url: https://example.org/a      # lost!"],
        ),
        ("fn1", {"title": "It isn't"}, ["-         title:   'It''s here'", "+         title:   'It isn''t'"]),
        ("fn1", {"title": None}, ["-         title:   'It''s here'"]),
        ("fn1", {"quotes": ["one", "two", "three: 3"]}, ['+         - "three: 3"']),
        ("fn1", {"quotes": ["one"]}, ["-         -   two"]),
        ("fn1", {"quotes": ["one!", "two"]}, ['-         - "one"   # first', '+         - "one!"   # first']),
        ("fn1", {"language": "no"}, ['+         language: "no"']),
        ("fn1", {"accessed": date(2022, 5, 2)}, ["+         accessed: 2022-05-02"]),
        ("fn1", {"private": True}, ["+         private: true"]),
        ("fn1", {"numbers": ["1:30", "5"]}, ['+         numbers: ["1:30", "5"]']),
        (
            "fn1",
            {"found_in": [Location("letter.md", 3, 5)]},
            ["+         found_in:", "+         - {file: letter.md, line: 3, column: 5}"],
        ),
        (
            "fn1",
            {"translations": [TranslationLink("en", "Google")]},
            ["+         translations:", "+         - language: en", "+           by: Google"],
        ),
        ("fn1", {"colour": ["red", "green", "a, b"]}, ["green ]", 'green, "a, b" ]']),
        ("fn2", {"url": "https://example.org/b"}, ["url: null", "url: https://example.org/b"]),
        ("fn2", {"label": None, "quotes": ["x"]}, ["label", "{id: fn2, url: null, quotes: [x]}"]),
        ("fn3", {"url": "https://example.org/c"}, ["-         url:", "+         url: https://example.org/c"]),
        ("fn3", {"accept": [403]}, ["+         accept: [403]"]),
        ("fn3", {"quotes": ["x"]}, ["+         quotes:", "+         - x"]),
    ],
)
def test_only_the_lines_that_must_change_do(citation, changes, expected, bom, newline):
    """Comments, order, quotes, indents, line ends, the byte order mark and the missing last line end stay."""
    before = (bom + HAND_EDITED.replace("\n", newline)).encode()
    after = update(before, citation, changes, path=PATH)
    told = _diff(before, after)
    assert len(told) == len(expected)
    for line, part in zip(told, expected, strict=True):
        assert part in line
    assert b"\r\n" in after or newline == "\n"
    assert after.replace(b"\r\n", b"").count(b"\n") == (0 if newline == "\r\n" else after.count(b"\n"))
    assert after.startswith(bom.encode())
    assert after.endswith(b"# the end")
    again = update(after, citation, changes, path=PATH)
    assert again == after


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        ("citations:\n- id: a\n  url: ~", {"note": "x"}, "citations:\n- id: a\n  url: ~\n  note: x"),
        ("citations:\n- id: a\n  quotes: []  # none\n", {"quotes": ["x"]}, "  quotes:  # none\n  - x\n"),
        ("citations:\n- id: a\n  quotes: # soon\n", {"quotes": ["x"]}, "  quotes: # soon\n  - x\n"),
        ("citations:\n- id: a\n  quotes:\n  - x\n  note: y\n", {"quotes": []}, "  quotes: []\n  note: y\n"),
        ("citations:\n- id: a\n  quotes:\n  - x\n  note: y\n", {"quotes": None}, "- id: a\n  note: y\n"),
        ("citations:\n-\n  id: a\n", {"label": "1"}, 'citations:\n-\n  id: a\n  label: "1"\n'),
        ("citations:\n- note: a\n  id: a\n", {"note": None}, "citations:\n- id: a\n"),
        ("citations: [{id: a}]\n", {"url": "https://x.org/"}, "citations: [{id: a, url: https://x.org/}]\n"),
        ("citations: [{id: a, url: }]\n", {"url": "https://x.org/"}, "citations: [{id: a, url: https://x.org/}]\n"),
        ("citations: [{url, id: a}]\n", {"url": "https://x.org/"}, "citations: [{url: https://x.org/, id: a}]\n"),
        ('{"citations": [{"id": "a"}]}', {"label": "1"}, '{"citations": [{"id": "a", "label": "1"}]}'),
        ("citations:\n- id: a\n  note: >\n    x\n    y\n", {"note": "z"}, "- id: a\n  note: z\n"),
        ("citations:\n- id: a\n  note: x\n    y\n  label: b\n", {"note": "z"}, "- id: a\n  note: z\n  label: b\n"),
        ("citations:\n- ? id\n  : a\n", {"label": "b"}, "- ? id\n  : a\n  label: b\n"),
        ("citations:\n- &one\n  id: a\n", {"label": "b"}, "- &one\n  id: a\n  label: b\n"),
        ("citations:\n- id: a\n\n- id: b\n", {"label": "b"}, "- id: a\n  label: b\n\n- id: b\n"),
        (
            "citations:\n- id: a\n  found_in:\n  - {file: x, line: 3}\n",
            {"found_in": [Location("x", 4), Location("z", 1)]},
            "  - {file: x, line: 4}\n  - {file: z, line: 1}\n",
        ),
        (
            "citations:\n- id: a\n  quotes: [\n    x,  # one\n    y\n  ]\n",
            {"quotes": ["x", "y", "z"]},
            "  quotes: [\n    x,  # one\n    y, z\n  ]\n",
        ),
    ],
)
def test_every_usual_layout_can_be_changed(text, changes, expected):
    """Block and flow, indented and not, JSON, folded texts, explicit keys and anchors."""
    after = update(text.encode(), "a", changes, path=PATH).decode()
    assert expected in after


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("all: &u https://x.org/\ncitations:\n- id: a\n  url: *u\n", {"url": "https://y.org/"}),
    ],
)
def test_a_layout_that_defeats_splicing_is_left_to_a_person(text, changes):
    """A change that would harm another value is refused, with what to write by hand."""
    with pytest.raises(InputFileError) as caught:
        update(text.encode(), "a", changes, path=PATH)
    assert "by hand" in caught.value.hint
    assert caught.value.line is not None


def test_a_value_that_the_register_forbids_is_not_written():
    """An update is validated before it is given back."""
    with pytest.raises(InputFileError, match="not possible"):
        update(b"citations:\n- id: a\n", "a", {"url": "no address"}, path=PATH)


def test_an_unknown_id_is_told_the_nearest():
    """Nothing is written for a citation that is not there."""
    with pytest.raises(UsageError) as caught:
        update(b"citations:\n- id: fn12\n", "fn21", {"note": "x"}, path=PATH)
    assert "fn12" in caught.value.hint


# ── properties ──

_texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["no", "on", "1:30", "~", "null", "2022-05-02", "- a", "a: b", "a #b", "#", "[x", "'", '"', "é, ]", "\\n"]
    ),
)
_names = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6).map(lambda name: f"x-{name}")


@given(_texts)
def test_every_text_is_read_back_as_itself(text):
    """Quoted or not, in a block or in brackets, in this reader and in any YAML reader: the same text."""
    import yaml

    text = clean(text)
    for rendered in (f"k: {scalar(text, flow=False)}\n", f"k: {flow([text, {'a': text}], Style())}\n"):
        value = parse(rendered.encode()).plain
        assert isinstance(value, dict)
        assert value["k"] in (text, [text, {"a": text}])
        assert yaml.safe_load(rendered)["k"] in (text, [text, {"a": text}])


@given(_texts, st.sampled_from(["'", '"']))
def test_kept_quotes_hold_every_text(text, quote):
    """A replaced value keeps its quotes where they can hold the new one."""
    text = clean(text)
    assert parse(f"k: {scalar(text, flow=False, quote=quote)}\n".encode()).plain == {"k": text}


def test_words_are_not_quoted_without_need():
    """Ordinary titles in any script stand as they are."""
    for text in ("Титул — «цитата»", "https://example.org/a?b=c&d=e#f", "l’été, déjà", "a - b", "x:y", "50%"):
        assert is_plain_safe(text, flow=False)
        assert scalar(text, flow=False) == text


def test_a_bare_value_has_no_quotes():
    """A date of ours is written as a date."""
    assert scalar(Bare("2022-05-02"), flow=False) == "2022-05-02"
    assert scalar("2022-05-02", flow=False) == '"2022-05-02"'


@st.composite
def _layouts(draw: st.DrawFn) -> tuple[str, int]:
    """A register as some person may have laid it out, and how many citations are in it."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    offset, gap = draw(st.sampled_from([0, 2, 4])), draw(st.sampled_from([2, 3, 4]))
    inner = draw(st.sampled_from([0, 2, 4]))
    comment = st.sampled_from(["", "", " # note: x", "   #"])
    between = st.sampled_from(["", "", f"{newline}", f"# between{newline}", f"      # deep{newline}{newline}"])

    def value(indent: int) -> str:
        text = draw(_texts.map(clean))
        kind = draw(st.integers(0, 6))
        quoted = scalar(text, flow=True, quote=draw(st.sampled_from(["", "'", '"'])))
        if kind == 0:
            return draw(st.sampled_from([" ~", " null", "", "  "]))
        if kind == 1:
            return f" [{quoted}, b]"
        if kind == 2:
            dash = " " * (indent + inner) + "- "
            return f"{draw(comment)}{newline}{dash}{quoted}{draw(comment)}{newline}{dash}{{a: 1}}"
        if kind == 3:
            pad = " " * (indent + 2)
            return f" |{newline}{pad}several{newline}{newline}{pad}lines"
        if kind == 4:
            return f"{newline}{' ' * (indent + 2)}deep:{draw(comment)}{newline}{' ' * (indent + 4)}er: {quoted}"
        return f" {quoted}"

    count = draw(st.integers(1, 3))
    parts = [draw(st.sampled_from(["", "\ufeff", f"# head{newline}"])), f"version: 1{newline}citations:{newline}"]
    for number in range(count):
        if draw(st.booleans()):
            parts.append(
                f"{' ' * offset}-{' ' * (gap - 1)}{{id: c{number}, url: {draw(st.sampled_from(['~', 'null']))}}}"
            )
            parts.append(newline)
            continue
        indent = offset + gap
        names = draw(st.lists(_names, max_size=4, unique=True))
        place = draw(st.integers(0, len(names)))
        lines = [f"{name}:{value(indent)}" for name in names]
        url = draw(st.sampled_from([[], ["url: ~"], ["url: null"], ["url:"], ["url: ''"]]))
        lines[place:place] = [f"id: c{number}", *(u for u in url if u != "url: ''")]
        for index, line in enumerate(lines):
            head = " " * indent if index else f"{' ' * offset}-{' ' * (gap - 1)}"
            tail = draw(comment) if not line.endswith(("lines", "|")) else ""
            parts.append(f"{head}{line}{tail}{newline}{draw(between)}")
    text = "".join(parts)
    if draw(st.booleans()):
        text += f"{draw(_names)}: end"
    return text, count


@settings(max_examples=100, deadline=None)
@given(_layouts(), st.data())
def test_a_write_changes_one_line_of_any_layout(layout, data):
    """Filling in a lost URL changes or adds one line; every other byte of any layout stays."""
    text, count = layout
    before = text.encode()
    wanted = f"c{data.draw(st.integers(0, count - 1))}"
    try:
        register = read_register(before, PATH)
    except InputFileError:
        assume(False)
    after = update(before, wanted, {"url": "https://example.org/x"}, path=PATH)
    found = {c.id: c.url for c in read_register(after, PATH).citations}
    assert found == {c.id: "https://example.org/x" if c.id == wanted else None for c in register.citations}
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    changed = [op for op in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if op[0] != "equal"]
    assert len(changed) == 1
    tag, a, b, c, d = changed[0]
    assert tag in ("replace", "insert")
    assert (b - a, d - c) in ((1, 1), (0, 1))


@settings(max_examples=60, deadline=None)
@given(_layouts(), st.data())
def test_adding_and_removing_gives_the_same_bytes_back(layout, data):
    """A field that is added and removed again leaves no trace."""
    text, count = layout
    before = text.encode()
    wanted = f"c{data.draw(st.integers(0, count - 1))}"
    try:
        read_register(before, PATH)
    except InputFileError:
        assume(False)
    value = data.draw(st.one_of(_texts.map(clean), st.lists(_texts.map(clean), min_size=1, max_size=3)))
    name = "quotes" if isinstance(value, list) else "note"
    added = update(before, wanted, {name: value}, path=PATH)
    citation = next(c for c in read_register(added, PATH).citations if c.id == wanted)
    assert getattr(citation, name) == (tuple(value) if isinstance(value, list) else value)
    removed = update(added, wanted, {name: None}, path=PATH)
    assert removed == before or removed == before + (b"\r\n" if b"\r\n" in before else b"\n")
