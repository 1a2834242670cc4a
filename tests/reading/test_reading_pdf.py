"""PDFs as a browser prints them: columns in order, ligatures, Cyrillic."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from citekeeper.reading import read

from .written_pages import ENGLISH, RUSSIAN, hop

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed to print with"),
]
_LIGATURES = (
    "The first office to offer a sufficient affidavit filed it on the official fifth floor without any conflict."
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """One PDF: Russian in two columns, and English with ligatures."""
    folder = tmp_path_factory.mktemp("print")
    columns = "".join(f"<p>{text}</p>" for text in RUSSIAN * 2)
    page = (
        "<!doctype html><html><head><meta charset='utf-8'><style>body{font:14px serif}"
        ".two{columns:2;column-gap:40px;text-align:justify}"
        "section{break-after:page}</style></head><body>"
        f"<section class='two' lang='ru'>{columns}</section>"
        f"<section lang='en'><p>{_LIGATURES}</p><p>{ENGLISH[0]}</p></section></body></html>"
    )
    (folder / "page.html").write_text(page, encoding="utf-8")
    subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--proxy-server=http://127.0.0.1:9",
            f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer",
            f"--print-to-pdf={folder / 'page.pdf'}", (folder / "page.html").as_uri(),
        ],
        capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    return Path(folder / "page.pdf").read_bytes()


def text_of(pdf: bytes) -> str:
    """What is read, in one line."""
    reading = read(hop(pdf, "application/pdf"))
    assert reading is not None
    return " ".join(" ".join(reading.paragraphs).split())


def test_columns_are_read_one_after_the_other(printed: bytes) -> None:
    """Every Russian paragraph stands whole, twice, none mixed with its neighbour's lines."""
    text = text_of(printed)
    for paragraph in RUSSIAN:
        assert text.count(paragraph) == 2, paragraph


def test_ligatures_are_letters(printed: bytes) -> None:
    """A word that the font draws with ligatures is the word."""
    text = text_of(printed)
    assert _LIGATURES in text
    assert ENGLISH[0] in text


def test_mislabelled_pdf_is_known_by_its_bytes(printed: bytes) -> None:
    """A PDF sent as HTML is a PDF."""
    reading = read(hop(printed, "text/html; charset=utf-8"))
    assert reading is not None
    assert reading.extractor == "pypdf"
