"""Documents with notes in Markdown, HTML and plain text, and documents that cannot be read."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from citekeeper import importers
from citekeeper.errors import InputFileError
from citekeeper.model import Citation, Imported, Kind


def read(text: str | bytes, tmp_path: Path, name: str = "brief.md") -> Imported:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return importers.read(path, name=name)


def notes(imported: Imported) -> list[Citation]:
    return [citation for citation in imported.citations if citation.kind is Kind.CITATION]


def summary(imported: Imported) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(c.id, c.title, c.url, c.claim) for c in notes(imported)]


DUTCH = """\
# Brief aan de *minister*

De regering neemt maatregelen om hen te behouden.[^1] Zij zijn niet genoeg[^lang], zo is er
gebleken. Zie ook [de site](https://site.example/) en nog eens [hier](https://www.site.example).

[^1]: [“De titel van het stuk”](https://www.nrc.nl/a) *nrc.nl*. 28 februari 2022. Geraadpleegd op 2 mei 2022.
[^lang]: “Titel twee”, *de Volkskrant*,
    https://volkskrant.nl/b.

    Een tweede alinea.
"""


def test_markdown_footnotes(tmp_path: Path) -> None:
    """Standard footnotes become citations, with the sentence of their marks; links outside are entries, once each."""
    imported = read(DUTCH, tmp_path)
    assert summary(imported) == [
        ("fn1", "De titel van het stuk", "https://www.nrc.nl/a", "De regering neemt maatregelen om hen te behouden."),
        ("fn-lang", "Titel twee", "https://volkskrant.nl/b", "Zij zijn niet genoeg, zo is er gebleken."),
    ]
    first = imported.citations[0]
    assert (first.publisher, first.published, first.accessed) == ("nrc.nl", date(2022, 2, 28), date(2022, 5, 2))
    assert [(place.file, place.line, place.column) for place in first.found_in] == [("brief.md", 6, 33)]
    assert imported.document.title == "Brief aan de minister"
    assert imported.document.language == "nl"
    assert imported.document.sha256 == hashlib.sha256(DUTCH.encode()).hexdigest()
    link = imported.citations[-1]
    assert (link.id, link.url) == ("link-1", "https://site.example/")
    assert [place.column for place in link.found_in] == [29, 71]
    assert imported.defects == ()


@pytest.mark.parametrize(("ending", "bom"), [("\r\n", ""), ("\r", ""), ("\n", "\ufeff")])
def test_line_ends_change_nothing(ending: str, bom: str, tmp_path: Path) -> None:
    """Windows and old Macintosh line ends and a byte order mark give the same citations at the same places."""
    changed = read((bom + DUTCH.replace("\n", ending)).encode(), tmp_path)
    assert changed.citations == read(DUTCH, tmp_path).citations


def test_inline_notes(tmp_path: Path) -> None:
    """Pandoc's inline notes get the numbers that are free."""
    imported = read("One.^[See [the title](https://a.example).] Two.[^1]\n\n[^1]: https://b.example\n", tmp_path)
    assert [(c.id, c.url, c.claim) for c in notes(imported)] == [
        ("fn1", "https://b.example", "Two."),
        ("fn2", "https://a.example", "One."),
    ]


def test_raised_numbers_in_markdown(tmp_path: Path) -> None:
    """Raised numbers, as HTML or as characters, mark notes, powers do not; several notes may stand together."""
    text = """\
Eerste 5 m<sup>2</sup> zin<sup>1</sup> hier. Tweede zin.² Nee.

---

<sup>1</sup> [A, een titel](https://a.example)
² [B, een titel](https://b.example)
"""
    imported = read(text, tmp_path)
    assert [(c.id, c.url, c.claim, c.found_in[0].line) for c in notes(imported)] == [
        ("fn1", "https://a.example", "Eerste 5 m2 zin hier.", 5),
        ("fn2", "https://b.example", "Tweede zin.", 6),
    ]


def test_ids_are_safe_and_unique(tmp_path: Path) -> None:
    """Whatever the labels, ids are lower-case, short and unique without regard to case."""
    labels = ["1", "01", "Note_A", "note-a", "con", "сноска", "a/../b", "x" * 99]
    marks = " ".join(f"S[^{label}]." for label in labels)
    defined = "\n".join(f"[^{label}]: https://{number}.example" for number, label in enumerate(labels))
    text = f"{marks}\n\n{defined}\n"
    ids = [c.id for c in notes(read(text, tmp_path))]
    assert ids[:5] == ["fn1", "fn1-2", "fn-note-a", "fn-note-a-2", "fn-con"]
    assert len(set(ids)) == len(labels)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", ident) for ident in ids)


def test_a_claim_prefers_an_unmistakable_mark(tmp_path: Path) -> None:
    """Where a translation repeats [1] as text, the raised mark's sentence is the claim, and its language counts."""
    text = """\
The house of the minister is for us[1]. It was there.

De zin van het huis is voor ons<sup>1</sup> te zien.

<sup>1</sup> https://a.example
"""
    imported = read(text, tmp_path)
    assert notes(imported)[0].claim == "De zin van het huis is voor ons te zien."
    assert imported.document.language == "nl"


PANDOC = """<!DOCTYPE html>
<html lang="de"><head><title>Kopf</title></head><body><h1>Offener Brief</h1>
<p>Die Regierung tut nichts.<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>
Das ist <a href="https://b.example/?x&amp;y">nicht</a> genug<a href="#fn2" class="footnote-ref" id="fnref2"
><sup>2</sup></a>, sagt man.</p>
<!-- <a href="https://no.example">x</a> -->
<section class="footnotes" role="doc-endnotes"><hr><ol>
<li id="fn1"><p><a href="https://spiegel.example/a">„Die Lage“</a>, <em>Der Spiegel</em>, 7. April 2022.
<a href="#fnref1" class="footnote-back">↩︎</a></p></li>
<li id="fn2"><p>Siehe https://bare.example/x.<a href="#fnref2" class="footnote-back">↩︎</a></p></li>
</ol></section></body></html>"""

WIKIPEDIA = """<h1>N.</h1>
<p>He was arrested in Moscow.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup>
He died.<sup id="cite_ref-B_2-0" class="reference"><a href="#cite_note-B-2">[2]</a></sup>
So it was.<sup id="cite_ref-B_2-1"><a href="#cite_note-B-2">[2]</a></sup></p>
<ol class="references"><li id="cite_note-1"><b><a href="#cite_ref-1">^</a></b>
<cite><a href="https://nyt.example/a">"Arrested"</a>.
<i>The Times</i>. January 17, 2021. Retrieved January 19, 2021.</cite></li>
<li id="cite_note-B-2">^ <a href="#cite_ref-B_2-0"><sup>a</sup></a> <a href="#cite_ref-B_2-1"><sup>b</sup></a>
<a href="https://bbc.example/b">"He died"</a> (in Russian). BBC.</li></ol>"""

WORDPRESS = """<p>Een zin.<sup><a href="#ftn1">1</a></sup></p>
<p id="ftn1"><sup>1</sup> <a href='https://a.example/x'>De titel</a>, NRC</p>"""

WORD = """<p>Een zin.<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a></p>
<div id=ftn1><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a>
<a href="https://a.example/x">De titel</a>, NRC</p></div>"""


def test_pandoc_html(tmp_path: Path) -> None:
    """Pandoc's footnotes are read with places; links in comments are not."""
    imported = read(PANDOC, tmp_path, "a.html")
    assert summary(imported) == [
        ("fn1", "Die Lage", "https://spiegel.example/a", "Die Regierung tut nichts."),
        ("fn2", None, "https://bare.example/x", "Das ist nicht genug, sagt man."),
    ]
    assert [(c.found_in[0].line, c.found_in[0].column) for c in notes(imported)] == [(8, 26), (10, 23)]
    assert [c.url for c in imported.citations[2:]] == ["https://b.example/?x&y"]
    assert (imported.document.title, imported.document.language) == ("Offener Brief", "de")
    assert (imported.citations[0].publisher, imported.citations[0].published) == ("Der Spiegel", date(2022, 4, 7))


def test_wikipedia_html(tmp_path: Path) -> None:
    """Wikipedia's references, also one that is cited twice."""
    imported = read(WIKIPEDIA, tmp_path, "a.html")
    assert summary(imported) == [
        ("fn1", "Arrested", "https://nyt.example/a", "He was arrested in Moscow."),
        ("fn2", "He died", "https://bbc.example/b", "He died."),
    ]
    assert [(c.publisher, c.language) for c in notes(imported)] == [("The Times", None), ("BBC", "ru")]


@pytest.mark.parametrize("page", [WORDPRESS, WORD], ids=["WordPress", "Word"])
def test_other_html_footnotes(page: str, tmp_path: Path) -> None:
    """Other programs' footnotes: raised links, and Word's anchors."""
    imported = read(page, tmp_path, "a.html")
    assert summary(imported) == [("fn1", "De titel", "https://a.example/x", "Een zin.")]
    assert notes(imported)[0].publisher == "NRC"


def test_a_menu_is_no_note(tmp_path: Path) -> None:
    """Links within a page that are no marks make no notes."""
    page = '<ul><li><a href="#a">1</a></li></ul><p id="a">Text <a href="https://x.example">y</a></p>'
    assert notes(read(page, tmp_path, "a.html")) == []


def test_deep_html(tmp_path: Path) -> None:
    """A page nested beyond reason is read, and not with recursion."""
    imported = read("<div>" * 3000 + '<a href="https://x.example">y</a>', tmp_path, "a.html")
    assert [c.url for c in imported.citations] == ["https://x.example"]


RUSSIAN = """\
Открытое письмо

Правительство не приняло мер, и это всем известно [1]. Они не согласны с этим [2], как и мы.

Примечания

[1] «Правда о войне», Новая газета, 7 апреля 2022,
    https://novaya.example/a (дата обращения: 02.05.2022).
[2] Иванов И. И. Мы // Медуза. URL: https://meduza.example/b.
"""


def test_plain_text(tmp_path: Path) -> None:
    """Notes of a plain text, line after line, with places."""
    imported = read(RUSSIAN, tmp_path, "a.txt")
    assert summary(imported) == [
        ("fn1", "Правда о войне", "https://novaya.example/a", "Правительство не приняло мер, и это всем известно."),
        ("fn2", "Мы", "https://meduza.example/b", "Они не согласны с этим, как и мы."),
    ]
    assert [(c.found_in[0].line, c.found_in[0].column) for c in notes(imported)] == [(8, 5), (9, 37)]
    assert (imported.document.title, imported.document.language) == ("Открытое письмо", "ru")
    assert notes(imported)[0].language is None  # its letters are Bulgarian as well


def test_defects_are_reported_not_mended(tmp_path: Path) -> None:
    """Every defect is told with its note and place, and the document's words stay as they are."""
    text = """\
A.[^1] B.[^2] C.[^3] D.[^4] E.[^5]

[^1]: [“A”](#) nrc.nl
[^2]: [“B”](https://meduza.example/ahttps://b.example) medusa.io
[^3]: [https://a.example/x](https://b.example/x)
[^4]: [“D”](https://d.example/1) and [more](https://e.example)
[^5]: [“E, another”](https://d.example/1)
"""
    imported = read(text, tmp_path)
    assert [(d.rule, d.citation, d.location.line if d.location else None) for d in imported.defects] == [
        ("lost-link", "fn1", 3),
        ("corrupt-url", "fn2", 4),
        ("printed-domain-differs", "fn2", 4),
        ("printed-url-differs", "fn3", 5),
        ("several-links", "fn4", 6),
        ("duplicate-url", "fn5", 7),
    ]
    assert notes(imported)[1].url == "https://meduza.example/ahttps://b.example"
    assert all(d.message.endswith(".") and d.advice.endswith(".") for d in imported.defects)


def test_secrets_stay_out_of_messages(tmp_path: Path) -> None:
    """A corrupt address with a password in it is told without the password."""
    imported = read("A[^1]\n\n[^1]: <https://me:s3cret@a.example/b%zz>\n", tmp_path)
    assert imported.defects
    assert "s3cret" not in "".join(d.message + d.advice for d in imported.defects)


BAD = [
    ("empty.md", b"", "the document is empty"),
    ("blank.md", b"\xef\xbb\xbf \r\n", "the document is empty"),
    ("bare.md", b"# Only words\n\nand no more", "neither notes nor links"),
    ("bare.html", b"<p>Only words", "neither notes nor links"),
    ("a.docx", b"PK\x03\x04", "Word documents are not read"),
    ("a.unknown", b"\x7fELF\0\0", "no format that citekeeper knows"),
    ("a.unknown", b"abc \xff\xfe\xfd", "no format that citekeeper knows"),
    ("latin1.md", "Één\nzin één [a](https://a.example)".encode("latin-1"), "latin1.md:1:1: this is not text in UTF-8"),
    ("later.md", b"abc\r\nde \xe9 [a](https://a.example)", "later.md:2:4: this is not text in UTF-8"),
    ("zero.txt", b"https://a.example\0", "binary file"),
    ("cut.pdf", b"%PDF-1.7\n1 0 obj", "damaged"),
]


@pytest.mark.parametrize(("name", "data", "message"), BAD, ids=[f"{case[0]}-{n}" for n, case in enumerate(BAD)])
def test_documents_that_cannot_be_read(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    """What cannot be read is told in a sentence with its place and the act that resolves it; exit code 2."""
    with pytest.raises(InputFileError, match=message) as caught:
        read(data, tmp_path, name)
    assert caught.value.exit_code == 2
    assert caught.value.hint
    assert caught.value.message.startswith(name)


def test_missing_documents(tmp_path: Path) -> None:
    """A missing file and a directory are told apart, also when only links are asked for."""
    with pytest.raises(InputFileError, match="no such document"):
        importers.read(tmp_path / "none.md")
    with pytest.raises(InputFileError, match="this is a directory"):
        importers.links(tmp_path)


def test_formats_are_recognised_by_content(tmp_path: Path) -> None:
    """A file without a telling name is taken for what it holds."""
    for data in ("<!doctype html><a href='https://x.example'>", "[a](https://x.example)", "https://x.example"):
        assert [c.url for c in read(data, tmp_path, "README").citations] == ["https://x.example"]
