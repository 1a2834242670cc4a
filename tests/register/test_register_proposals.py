"""What a claim seems to quote is proposed as comments, once, and nothing else of the register is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from citekeeper import importers
from citekeeper.evidence import propose
from citekeeper.model import Citation, Document, Imported, Kind, Location
from citekeeper.register import merge, read_register

PATH = Path("citations.yaml")
CLAIM = 'He said “we had: no "warning" # at all” and 1 200 of 34 left.'
QUOTES = (
    '    # quotes: ["we had: no \\"warning\\" # at all"]  # proposed: remove the “# ” in front to have it looked for\n'
)
NUMBERS = '    # numbers: ["1 200", "34"]  # proposed: remove the “# ” in front to have it looked for\n'


def letter(claim: str | None = CLAIM, kind: Kind = Kind.CITATION) -> Imported:
    """A document of one note."""
    note = Citation("fn1", label="1", kind=kind, claim=claim, url="https://a.example/", found_in=(Location("a.md", 3),))
    return Imported(Document("a.md"), (note,))


def imported(before: bytes | None, document: Imported) -> str:
    """The register after an import."""
    return merge(before, [document], path=PATH, propose=propose).data.decode()


def test_proposals_are_comments_that_become_fields() -> None:
    """They stand in their entry, change no value, and say what was quoted once the mark before them is gone."""
    text = imported(None, letter())
    assert QUOTES + NUMBERS + "    found_in:" in text
    assert read_register(text.encode(), PATH).citations[0].quotes == ()
    (confirmed,) = read_register(text.replace("    # ", "    ").encode(), PATH).citations
    assert confirmed.quotes == ('we had: no "warning" # at all',)
    assert confirmed.numbers == ("1 200", "34")


def test_a_second_import_changes_no_byte() -> None:
    """Neither with the comments as they were written, nor confirmed, nor removed."""
    text = imported(None, letter())
    for edited in (text, text.replace("    # quotes", "    quotes"), text.replace(QUOTES, "").replace(NUMBERS, "")):
        assert imported(edited.encode(), letter()) == edited
        assert imported(edited.encode(), letter("Another 56 claim")) == edited  # the register's claim stays


def test_a_claim_that_comes_later_is_read_then() -> None:
    """An entry without a claim gets its proposals when a document brings one; a person's own quotes stay alone."""
    bare = imported(None, letter(None))
    assert "#     quotes" not in bare
    assert QUOTES + NUMBERS in imported(bare.encode(), letter())
    own = bare.replace("    found_in:", "    quotes: [left]\n    found_in:")
    text = imported(own.encode(), letter())
    assert "# quotes" not in text
    assert "    quotes: [left]\n" + NUMBERS in text


def test_layouts() -> None:
    """Line ends are kept; entries on one line have no room for comments and stay as they are; links are not read."""
    crlf = merge(None, [letter(None)], path=PATH).data.replace(b"\n", b"\r\n")
    text = imported(crlf, letter())
    assert "\n" not in text.replace("\r\n", "")
    assert "# quotes" in text
    flow = b"version: 1\ncitations: [{id: fn1, label: '1', url: 'https://a.example/', found_in: [{file: a.md}]}]\n"
    assert "# quotes" not in imported(flow, letter())
    assert "# quotes" not in imported(None, letter(kind=Kind.LINK))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "Hij zei „dat weten wij niet” en 1.200 mensen.[^1]\n\n[^1]: Krant, https://a.example/1\n",
         ("dat weten wij niet", "1.200")),
        ("b.md", "Он сказал «этого не было никогда», 12,5 млн рублей.[^1]\n\n[^1]: Газета, https://a.example/1\n",
         ("этого не было никогда", "12,5 млн рублей")),
        ("c.txt", "She said “we do not know yet” of 34%.[1]\n\n[1] Paper, “Title”, https://a.example/1\n",
         ("we do not know yet", "34%")),
        ("d.md", "Er sagte „wir wissen es nicht“ und „ja“, 2022, am 3. Mai.[^1]\n\n[^1]: Blatt, https://a.example/1\n",
         ("wir wissen es nicht", None)),
        ("e.html", "<p>Il a dit « nous ne savons pas » le 3 mai 2022<sup><a href='#n1' id='r1'>1</a></sup>.</p>"
         "<ol><li id='n1'><a href='https://a.example/1'>Journal</a> <a href='#r1'>↩</a></li></ol>",
         ("nous ne savons pas", None)),
    ],
)  # fmt: skip
def test_every_format_and_language(tmp_path: Path, name: str, text: str, expected: tuple[str, str | None]) -> None:
    """Quotation marks of five languages; dates, years, single words and the notes' own marks are not proposed."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    register = imported(None, importers.read(tmp_path / name, name=name))
    quote, number = expected
    assert f'# quotes: ["{quote}"]' in register
    assert (f'# numbers: ["{number}"]' in register) is (number is not None)
    assert ("# numbers" in register) is (number is not None)
