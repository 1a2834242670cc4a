"""The reports directory: what is written, what is removed, what is left alone, and what may be published."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from bs4 import BeautifulSoup

from citekeeper.errors import StorageError, UsageError
from citekeeper.model import Report
from citekeeper.reports import FORMATS, write_site
from citekeeper.reports.html import TEMPLATES

from .canned import alive, canned, gone, translated

FILES = [name for name, form in FORMATS.items() if form.filename]


def test_writes_what_was_asked_and_names_it(tmp_path: Path) -> None:
    """The list returned is the list of files there."""
    written = write_site(canned(), tmp_path / "reports", formats=FILES)
    assert sorted(written) == sorted(path for path in (tmp_path / "reports").rglob("*") if path.is_file())
    assert {"index.html", "report.json", "report.md", "junit.xml", "citekeeper.sarif", "feed.atom", "badge.svg"} <= {
        path.name for path in written
    }
    assert (tmp_path / "reports/citations/fn3.html").is_file()


@pytest.mark.parametrize("name", ["github", "table", "nonsense"])
def test_what_is_no_file_is_refused_before_writing(tmp_path: Path, name: str) -> None:
    """Nothing is written where one of the formats cannot be."""
    with pytest.raises(UsageError):
        write_site(canned(), tmp_path / "reports", formats=["json", name])
    assert not (tmp_path / "reports").exists()


def test_removes_its_own_stale_pages_only(tmp_path: Path) -> None:
    """A removed citation's page goes; README and a person's pages stay."""
    folder = tmp_path / "reports"
    write_site(canned(), folder)
    (folder / "README.md").write_text("mine")
    (folder / "citations" / "mine.html").write_text("<p>mine")
    write_site(canned(citations=(alive(),)), folder)
    assert sorted(path.name for path in (folder / "citations").iterdir()) == ["fn1.html", "mine.html"]
    assert (folder / "README.md").read_text() == "mine"


def test_a_second_run_writes_the_same_bytes(tmp_path: Path) -> None:
    """Equal reports make no diff in git."""
    first = {path: path.read_bytes() for path in write_site(canned(), tmp_path / "reports", formats=FILES)}
    assert first == {path: path.read_bytes() for path in write_site(canned(), tmp_path / "reports", formats=FILES)}


def test_internal_links_lead_somewhere(tmp_path: Path) -> None:
    """Every relative link of every page hits a page, an anchor, or a file of the archive."""
    folder = tmp_path / "reports"
    pages = [path for path in write_site(canned(), folder) if path.suffix == ".html"]
    for page in pages:
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
        for anchor in soup.find_all("a"):
            href = str(anchor["href"])
            if href.startswith("http"):
                continue
            path, fragment = urldefrag(href)
            target = (page.parent / unquote(path)).resolve() if path else page
            if (tmp_path / "archive").resolve() in target.parents:
                assert target.name in {"page.html", "capture.wacz", "text.json"}
                continue
            assert target.is_file(), href
            if fragment:
                assert BeautifulSoup(target.read_text(encoding="utf-8"), "lxml").find(id=fragment), href


def test_no_page_goes_over_the_whole_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of pages, each of which looks at all entries, would take minutes."""
    asked: list[Report] = []
    counted = Report.counted.fget  # type: ignore[attr-defined]
    monkeypatch.setattr(Report, "counted", property(lambda report: asked.append(report) or counted(report)))
    looked: list[int] = []
    for number in (20, 40):
        entries = tuple(replace(alive(), citation=replace(alive().citation, id=f"fn{n}")) for n in range(number))
        asked.clear()
        write_site(canned(citations=entries, findings=()), tmp_path, formats=["html"])
        looked.append(len(asked))
    assert looked[0] == looked[1]


def test_archive_elsewhere_is_linked_there(tmp_path: Path) -> None:
    """--archive-dir outside the repository still gives links that open."""
    written = write_site(canned(), tmp_path / "a" / "reports", archive_root=tmp_path / "b c")
    index = next(path for path in written if path.name == "index.html")
    page = next(path for path in written if path.name == "fn1.html")
    assert "../../b%20c/archive/fn1/20261101T080000Z/page.html" in index.read_text()
    assert "../../../b%20c/archive/fn1/20261101T080000Z/page.html" in page.read_text()


def test_hostile_id_is_no_path(tmp_path: Path) -> None:
    """An id that is a path still names a file within citations/."""
    evil = replace(gone(), citation=replace(gone().citation, id="../../evil"))
    written = write_site(canned(citations=(evil,), findings=()), tmp_path / "reports", formats=["html"])
    assert {path.parent for path in written} == {tmp_path / "reports", tmp_path / "reports" / "citations"}
    assert not (tmp_path / "evil.html").exists()


def test_public_edition_holds_back(tmp_path: Path) -> None:
    """No private source, no full text, no link to copies; quotes, hashes and links stay, and it may be indexed."""
    written = write_site(canned(), tmp_path / "public", formats=FILES, public=True)
    text = "\n".join(path.read_text(encoding="utf-8") for path in written)
    assert "fn5" not in text
    assert "gone.example" not in text
    assert "I left to remain human" not in text
    assert "page.html" not in "".join(re.findall(r'href="[^"]*"', text))
    assert "noindex" not in text
    assert "остаться человеком" in text
    assert "1" * 64 in text


def test_working_edition_is_marked_noindex(tmp_path: Path) -> None:
    """Search engines stay out of every page, and nothing but the own style sheet may load."""
    for path in write_site(canned(), tmp_path / "reports", formats=["html"]):
        page = path.read_text(encoding="utf-8")
        assert '<meta name="robots" content="noindex">' in page
        assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
        assert " style=" not in page


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_unwritable_directory_is_said(tmp_path: Path) -> None:
    """A read-only place is an error with a hint."""
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError):
            write_site(canned(), tmp_path / "reports")
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    """A file where the directory should be is an error with a hint, and stays."""
    (tmp_path / "reports").write_text("mine")
    with pytest.raises(StorageError) as caught:
        write_site(canned(), tmp_path / "reports")
    assert caught.value.hint
    assert (tmp_path / "reports").read_text() == "mine"


# ── the page's own promises ─────────────────────────────────────────────────────────────────────────────────────────


def test_languages_are_marked(tmp_path: Path) -> None:
    """Titles, claims and both columns of the translation carry their language; a false tag is dropped."""
    write_site(canned(), tmp_path / "reports", formats=["html"])
    page = BeautifulSoup((tmp_path / "reports/citations/fn3.html").read_text(encoding="utf-8"), "lxml")
    assert [bdi["lang"] for bdi in page.select("h1 bdi")] == ["ru"]
    assert [quote["lang"] for quote in page.select(".claim blockquote")] == ["nl"]
    assert [cell["lang"] for cell in page.select(".pairs .quoted td")] == ["ru", "en"]
    assert "machine translation" in page.select(".machine")[0].get_text().lower()
    hostile = BeautifulSoup((tmp_path / "reports/citations/fn5.html").read_text(encoding="utf-8"), "lxml")
    assert [bdi.get("lang") for bdi in hostile.select("h1 bdi")] == [None]


def test_headings_descend_without_a_gap(tmp_path: Path) -> None:
    """One h1 a page, and no level left out."""
    for path in write_site(canned(), tmp_path / "reports", formats=["html"]):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        levels = [int(heading.name[1]) for heading in soup.find_all(re.compile(r"^h[1-6]$"))]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        identifiers = [str(element["id"]) for element in soup.find_all(id=True)]
        assert len(identifiers) == len(set(identifiers))


def test_stale_review_is_marked(tmp_path: Path) -> None:
    """A review of an older copy than the newest one says so; one of the newest copy does not."""
    write_site(canned(citations=(alive(), translated())), tmp_path / "reports", formats=["html"])
    assert "a newer copy differs" in (tmp_path / "reports/citations/fn3.html").read_text(encoding="utf-8")
    assert "a newer copy differs" not in (tmp_path / "reports/citations/fn1.html").read_text(encoding="utf-8")


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_have_contrast(theme: int) -> None:
    """WCAG 2.2 AA: 4.5 for text on its ground, 3 for the bar, in both colour schemes."""
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[theme]))
    grounds = ["paper", "card"]
    pairs = [(text, ground) for text in ("ink", "muted", "link", "ok", "warning", "error") for ground in grounds]
    pairs += [(tone, f"{tone}-wash") for tone in ("ok", "warning", "error", "neutral", "stage")]
    pairs += [("ink", "ok-wash"), ("muted", "ok-wash")]
    low = {pair: _contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: value for pair, value in low.items() if value < 4.5} == {}
    for tone in ("ok", "warning", "error", "neutral"):
        assert _contrast(colours[f"{tone}-fill"], colours["paper"]) >= 3
