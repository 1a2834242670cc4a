"""Large PDFs and DOCX files are read whole: what says where their parts are stands at the end."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from citekeeper.archive.deposited_page import page_of
from citekeeper.model import Hop
from citekeeper.reading import read
from pdf_container import pdf_of

WORDS = "The bridge was closed on Monday because of repairs."
BALLAST = bytes(9 << 20)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _pdf() -> bytes:
    """One page of words, after a picture of nine megabytes."""
    drawing = f"BT /F1 12 Tf 72 700 Td ({WORDS}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</Font<</F1 6 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(BALLAST), BALLAST),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    return pdf_of(objects)


def _docx() -> bytes:
    """One paragraph, after a picture of nine megabytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/media/image1.bmp", BALLAST)
        document = f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p></w:body></w:document>'
        package.writestr("word/document.xml", document)
    return made.getvalue()


@pytest.mark.parametrize(("media_type", "body"), [("application/pdf", _pdf()), (DOCX, _docx())], ids=["pdf", "docx"])
def test_a_large_file_is_read(media_type: str, body: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a source, and as a deposit, of which other kinds of files are read in part."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n".encode()
    found = read(Hop("https://a.example/report", 200, head, body))
    assert found is not None
    assert found.paragraphs == (WORDS,)
    monkeypatch.setattr("citekeeper.archive.deposited_page.READ_LIMIT", 1_000)
    path = tmp_path / ("report.pdf" if media_type == "application/pdf" else "report.docx")
    path.write_bytes(body)
    page = page_of(path, None)
    assert page is not None
    assert page.body == body
