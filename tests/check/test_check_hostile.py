"""What a pull request may hand to `check`: no input is a fault of citekeeper, hangs it or commands the terminal."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from citekeeper.errors import StorageError
from citekeeper.files import write_atomic
from citekeeper.importers.markdown_inline import InlineParser
from citekeeper.importers.richtext import RichTextBuilder
from citekeeper.model import Location
from in_process import Outcome, run_here

LINK = "[a](http://a.example/)\n"


def offline(home: Path, *arguments: str) -> Outcome:
    """The program without a network."""
    done = run_here((*arguments, "--offline") if arguments[0] == "check" else arguments, home, {})
    assert "fault of citekeeper" not in done.err
    return done


@pytest.mark.parametrize("label", ["undefined", "idna", "punycode", "rot13", "unicode_escape", "utf-7"])
def test_a_charset_that_python_alone_knows_is_no_crash(tmp_path: Path, label: str) -> None:
    """Python has codecs that fail in words of their own; the page is read as browsers would read it."""
    page = f'<meta charset="{label}"><a href="http://a.example/ф">ф</a>'.encode() + b"\\ud800\xff"
    (tmp_path / "a.html").write_bytes(page)
    assert offline(tmp_path, "check", "a.html", "-f", "json").code in (0, 2)


@pytest.mark.parametrize("url", [{}, [], 5])
def test_a_baseline_with_an_address_that_is_none_is_damaged(tmp_path: Path, url: object) -> None:
    """A baseline is input like any other: exit 2 and a sentence."""
    (tmp_path / "a.md").write_text(LINK)
    finding = {"rule": "http-404", "severity": "error", "citation": "a"}
    report = {"schema": "citekeeper.report/1", "citations": [{"id": "a", "url": url}], "findings": [finding]}
    (tmp_path / "b.json").write_text(json.dumps(report))
    done = offline(tmp_path, "check", "a.md", "--baseline", "b.json")
    assert (done.code, "damaged report" in done.err) == (2, True)


@pytest.mark.parametrize("command", ["check", "import"])
@pytest.mark.parametrize(
    "name", ["a" * 5000, "x/" * 3000, "?" * 500, "~nobody-of-this-name/x.md", "a\0b.md", "/dev/zero"]
)
def test_a_name_that_no_document_has_is_told(tmp_path: Path, command: str, name: str) -> None:
    """Too long, somebody's home who is not, a NUL, a device without end: exit 2."""
    assert offline(tmp_path, command, name).code == 2


def test_a_directory_is_read_without_waiting_for_a_pipe(tmp_path: Path) -> None:
    """A FIFO that is called like a document does not hold up the rest."""
    (tmp_path / "a.md").write_text(LINK)
    os.mkfifo(tmp_path / "b.md")
    assert len(offline(tmp_path, "check", ".", "-f", "json").report["citations"]) == 1


@pytest.mark.parametrize("text", ['version: "\\e[2J"\n', 'version: 1\nsettings: {"\\e]0;x\\a": 1}\n'])
def test_an_error_cannot_command_the_terminal(tmp_path: Path, text: str) -> None:
    """What stands in a file is quoted in the message, its escapes are not sent."""
    (tmp_path / "citations.yaml").write_text(text + "citations: []\n")
    done = offline(tmp_path, "check")
    assert done.code == 2
    assert "\N{REPLACEMENT CHARACTER}" in done.err
    assert all(ch.isprintable() or ch == "\n" for ch in done.err)
    assert all(ch.isprintable() or ch == "\n" for ch in offline(tmp_path, "check", "no\x1b[2Jsuch").err)


@pytest.mark.parametrize("name", ["archive_dir", "reports_dir", "tsa_roots"])
@pytest.mark.parametrize("path", ["\\0", "a/" * 3000, "a" * 300, "", " "])
def test_a_setting_that_names_no_possible_file_is_told(tmp_path: Path, name: str, path: str) -> None:
    """Exit 2 before anything is done, and not a crash in the middle of it."""
    text = f'version: 1\nsettings: {{{name}: "{path}"}}\ncitations: [{{id: a, url: "http://a.example/"}}]\n'
    (tmp_path / "citations.yaml").write_text(text)
    for command in ("check", "report", "verify"):
        done = offline(tmp_path, command)
        assert (done.code, name in done.err) == (2, True)


@pytest.mark.parametrize("command", [["check"], ["verify"], ["report", "-f", "json"], ["show", "a"]])
@pytest.mark.parametrize("kind", ["file", "loop", "pipe"])
def test_an_archive_that_is_no_directory_is_told(tmp_path: Path, command: list[str], kind: str) -> None:
    """Exit 2, whatever stands in its place; nothing is read out of it, and nothing put there."""
    (tmp_path / "citations.yaml").write_text('version: 1\ncitations: [{id: a, url: "http://a.example/"}]\n')
    place = tmp_path / "kept"
    {"file": place.touch, "loop": lambda: place.symlink_to("kept"), "pipe": lambda: os.mkfifo(place)}[kind]()
    done = offline(tmp_path, *command, "--archive-dir", "kept")
    assert done.code == 2
    assert "kept is to hold the archive, and is no directory." in done.err
    done = offline(tmp_path, *command, "--archive-dir", " ")
    assert (done.code, "--archive-dir: it is empty" in done.err) == (2, True)


def test_what_needs_no_archive_does_not_mind_what_is_called_so(tmp_path: Path) -> None:
    """A check of addresses or documents reads nothing there, and writes nothing."""
    (tmp_path / "archive").touch()
    assert offline(tmp_path, "check", "http://a.example/").code == 0


def test_writing_into_a_loop_of_links_is_told(tmp_path: Path) -> None:
    """A target that leads to itself is trouble with the storage."""
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(StorageError):
        write_atomic(tmp_path / "loop", b"x")
    assert (tmp_path / "loop").is_symlink()


def test_backticks_of_a_thousand_widths_take_linear_time() -> None:
    """Each unclosed run was looked for to the end of the block: 20 s for a megabyte."""
    text = "".join("`" * width + " " for width in range(1, 1500))
    began = time.process_time()
    assert InlineParser({}).parse(text).edits == []
    assert time.process_time() - began < 2


def test_code_spans_end_at_the_next_run_of_their_width() -> None:
    """Also where a longer or a shorter run, or an escaped backtick, stands between."""
    found = InlineParser({}).parse(r"``a`b```c`` \`d` `e`").edits
    assert [(edit.start, edit.end, edit.event) for edit in found if edit.event] == [
        (0, 2, "code"), (9, 11, "/code"), (15, 16, "code"), (17, 18, "/code"),
    ]  # fmt: skip


def test_italics_take_linear_time() -> None:
    """The words so far were joined anew for each italic: minutes for 300 kB."""
    builder = RichTextBuilder(Location("a.md", 1, 1))
    began = time.process_time()
    for _ in range(50_000):
        here = builder.here
        builder.add(" ab ")
        builder.italic(builder.words_since(here))
    assert time.process_time() - began < 3
    built = builder.build()
    assert [built.text[start:end] for start, end in built.italics[:3]] == ["ab", "ab", "ab"]
