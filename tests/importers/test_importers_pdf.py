"""PDFs made here, object by object: notes at the foot of pages, links over words, broken and encrypted files."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from citekeeper import importers
from citekeeper.errors import InputFileError
from citekeeper.model import Kind
from pdf_container import pdf_of

Run = tuple[float, float, float, str, str]  # x, y, size, font (F1 roman, F2 italic), words
Box = tuple[float, float, float, float]


def make_pdf(pages: list[tuple[list[Run], list[tuple[Box, str]]]], title: str = "") -> bytes:
    """A PDF 1.4 with Helvetica, one content stream a page, and link annotations."""
    objects: list[bytes] = [b"", b""]
    fonts = b"/Font << " + b"".join(
        b"/F%d << /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >> " % (number, name)
        for number, name in ((1, b"Helvetica"), (2, b"Helvetica-Oblique"))
    ) + b">>"  # fmt: skip
    kids = []
    for runs, links in pages:
        content = "".join(
            f"BT /{font} {size} Tf {x} {y} Td ({_escaped(words)}) Tj ET\n" for x, y, size, font, words in runs
        )
        stream = content.encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        contents = len(objects)
        annotations = b""
        for box, url in links:
            rect = " ".join(map(str, box)).encode()
            annotations += b"<< /Type /Annot /Subtype /Link /Rect [%s] /A << /S /URI /URI (%s) >> >> " % (
                rect,
                url.encode(),
            )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << %s >> /Contents %d 0 R /Annots [%s] >>"
            % (fonts, contents, annotations)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< /Title (%s) >>" % title.encode("cp1252"))
    return pdf_of(objects, info=len(objects))


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


FIRST: tuple[list[Run], list[tuple[Box, str]]] = (
    [
        (72, 720, 16, "F1", "Brief aan de minister"),
        (72, 690, 11, "F1", "De regering neemt maatregelen om hen te behouden"),
        (333, 694, 6.5, "F1", "1"),
        (340, 690, 11, "F1", "en te beloven. Het is niet ge-"),
        (72, 676, 11, "F1", "noeg voor de mensen die het land verlaten.  Men zegt:"),
        (72, 662, 11, "F1", "een alinea die over de bladzijde loopt en niet"),
        (72, 104, 5.5, "F1", "1"),
        (76, 100, 8, "F1", "“De titel van"),
        (72, 90, 8, "F1", "het stuk”"),
        (112, 90, 8, "F2", "nrc.nl."),
        (140, 90, 8, "F1", "28 februari 2022. Geraadpleegd op 2 mei 2022."),
        (300, 40, 8, "F1", "1"),
    ],
    [
        ((79, 98, 130, 108), "https://www.nrc.nl/a"),
        ((72, 88, 107, 98), "https://www.nrc.nl/a"),
    ],
)
SECOND: tuple[list[Run], list[tuple[Box, str]]] = (
    [
        (72, 720, 11, "F1", "op de eerste eindigt,"),
        (178, 724, 6.5, "F1", "2"),
        (186, 720, 11, "F1", "zoals hier. Zie"),
        (262, 720, 11, "F1", "onze site."),
        (72, 100, 8, "F1", "2 Jansen, “Een kop”, https://volkskrant.nl/lang-"),
        (72, 90, 8, "F1", "adres/artikel.html"),
        (300, 40, 8, "F1", "2"),
    ],
    [((262, 718, 306, 730), "https://site.example/")],
)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "brief.pdf"
    path.write_bytes(make_pdf([FIRST, SECOND], "Titel van het bestand"))
    return path


def test_notes_of_a_pdf(letter: Path) -> None:
    """Notes at the feet of two pages, raised and plain numbers, links over two lines, an address cut by the line."""
    imported = importers.read(letter, name="brief.pdf")
    first, second, link = imported.citations
    assert (first.id, first.title, first.publisher, first.url) == (
        "fn1",
        "De titel van het stuk",
        "nrc.nl",
        "https://www.nrc.nl/a",
    )
    assert first.claim == "De regering neemt maatregelen om hen te behouden en te beloven."
    assert (second.id, second.title, second.url) == ("fn2", "Een kop", "https://volkskrant.nl/lang-adres/artikel.html")
    assert second.claim == "Men zegt: een alinea die over de bladzijde loopt en niet op de eerste eindigt, zoals hier."
    assert [c.found_in[0].page for c in imported.citations] == [1, 2, 2]
    assert (link.kind, link.url) == (Kind.LINK, "https://site.example/")
    assert (imported.document.title, imported.document.language) == ("Brief aan de minister", "nl")
    assert imported.defects == ()


def test_links_of_a_pdf(letter: Path) -> None:
    """Link annotations with their pages; one over two lines counts once."""
    assert [(c.id, c.url, c.found_in[0].page) for c in importers.links(letter)] == [
        ("link-1", "https://www.nrc.nl/a", 1),
        ("link-2", "https://site.example/", 2),
    ]


def test_a_pdf_under_another_name(letter: Path, tmp_path: Path) -> None:
    """A PDF is one whatever it is called."""
    (tmp_path / "brief.txt").write_bytes(letter.read_bytes())
    assert len(importers.read(tmp_path / "brief.txt").citations) == 3


def test_a_pdf_without_notes_and_links(tmp_path: Path) -> None:
    """A PDF of words or of pictures alone is told as such."""
    for runs in ([], [(72.0, 700.0, 11.0, "F1", "Woorden.")]):
        (tmp_path / "a.pdf").write_bytes(make_pdf([(runs, [])]))
        with pytest.raises(InputFileError, match="neither notes nor links"):
            importers.read(tmp_path / "a.pdf")


def test_an_encrypted_pdf(letter: Path, tmp_path: Path) -> None:
    """A PDF that asks for a password is told so; one that any reader opens is read."""
    from pypdf import PdfReader, PdfWriter

    for password, readable in (("geheim", False), ("", True)):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(letter.read_bytes())))
        writer.encrypt(password, "owner", algorithm="AES-128")
        with (tmp_path / "locked.pdf").open("wb") as file:
            writer.write(file)
        if readable:
            assert len(importers.read(tmp_path / "locked.pdf").citations) == 3
        else:
            with pytest.raises(InputFileError, match="encrypted") as caught:
                importers.read(tmp_path / "locked.pdf")
            assert "password" in caught.value.hint


@pytest.mark.parametrize("cut", [0.1, 0.3, 0.5, 0.7, 0.9, 0.97])
def test_a_cut_off_pdf(letter: Path, cut: float, tmp_path: Path) -> None:
    """A PDF that ends too early is refused, or read as far as it goes; it never breaks the program."""
    data = letter.read_bytes()
    (tmp_path / "cut.pdf").write_bytes(data[: int(len(data) * cut)])
    imported = None
    with contextlib.suppress(InputFileError):
        imported = importers.read(tmp_path / "cut.pdf")
    assert imported is None or imported.citations


SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "documents" / "pdf-links"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the test data are not beside the checkout")
def test_links_of_other_programs() -> None:
    """Link annotations that lead to the web are found; those to files and pages are not."""
    assert [c.url for c in importers.links(SHARED / "annotation-link-text-popup.pdf")] == ["http://www.mozilla.org/"]
    for name in ("file_url_link.pdf", "page_with_number_and_link.pdf", "paragraph_and_link.pdf"):
        assert list(importers.links(SHARED / name)) == []
