"""Whatever a page calls itself stays text: any title, in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from citekeeper import reports
from citekeeper.model import CitationReport, Document, Report
from citekeeper.printing import escape_unsafe_json, one_line
from citekeeper.reports.markdown import escape, link
from citekeeper.urls import web_link, without_credentials

from .canned import FINDINGS, HOSTILE, alive, canned

ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
NASTY = [
    "<",
    ">",
    "&",
    '"',
    "'",
    "`",
    "|",
    "]]>",
    "--",
    "javascript:",
    "=",
    "\n",
    "\r",
    "\x1b[0m",
    "\u202e",
    "\ud800",
    "{{",
]
titles = st.one_of(
    st.text(st.characters(), max_size=60),
    st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=4)), max_size=12).map("".join),
)


def titled(title: str) -> Report:
    """A report in which ``title`` stands wherever the web's words may stand."""
    entry = alive()
    named = replace(entry.citation, title=title, publisher=title, claim=title, note=title, label=title)
    hostile: CitationReport = replace(
        entry, citation=named, verdict=replace(entry.verdict, message=title, advice=title)
    )
    return Report(
        canned().generated_at,
        (Document(title or "letter.md", title, "nl"),),
        (hostile,),
        (replace(FINDINGS[0], citation="fn1", message=title, advice=title, file=title),),
        notes=(title,),
    )


@given(titles)
def test_html_gains_no_element(title: str) -> None:
    """The page's elements are those of the template, whatever the title."""
    tags = [element.name for element in BeautifulSoup(reports.render(titled(title), "html"), "lxml").find_all(True)]
    assert not {"script", "img", "iframe", "object", "form", "base"} & set(tags)
    assert tags.count("title") == tags.count("style") == 1


@given(titles)
def test_xml_formats_stay_well_formed(title: str) -> None:
    """JUnit, Atom and badge parse."""
    for name in ("junit", "atom", "badge"):
        etree.fromstring(reports.render(titled(title), name).encode())


@given(titles)
def test_json_gives_the_title_back(title: str) -> None:
    """Escaped, never changed."""
    text = reports.render(titled(title), "json")
    text.encode("utf-8")
    assert json.loads(text)["citations"][0]["title"] == title
    assert len(reports.render(titled(title), "jsonl").splitlines()) == 1


@given(titles)
def test_csv_keeps_its_shape(title: str) -> None:
    """Two rows, no formula."""
    rows = list(csv.reader(io.StringIO(reports.render(titled(title), "csv"))))
    assert len(rows) == 2
    assert not [cell for cell in rows[1] if cell.startswith(("=", "+", "-", "@"))]


@given(titles)
def test_github_prints_one_line_a_finding(title: str) -> None:
    """No line of its own, no control character."""
    text = reports.render(titled(title), "github")
    assert len(text.splitlines()) == 2
    assert not ACTING.search(text.replace("\n", ""))


@given(titles)
def test_markdown_words_stay_words(title: str) -> None:
    """Escaped text renders as one paragraph of plain text: no markup, HTML, link or table cell."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(escape(title))
    assert [token.type for token in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"])
    for token in tokens:
        for child in token.children or []:
            assert child.type in {"text", "text_special"}
    if tokens:
        shown = "".join(child.content for child in tokens[1].children or []).replace("\u2060", "")
        assert shown == one_line(title).replace("\u2060", "")


@given(titles)
def test_table_prints_no_control_character(title: str) -> None:
    """The terminal obeys us, not the title."""
    assert not ACTING.search(reports.render(titled(title), "table").replace("\n", ""))


@pytest.mark.parametrize("name", [name for name in reports.FORMATS if name not in {"json", "jsonl"}])
def test_script_in_a_title_is_text(name: str) -> None:
    """The override and the escape character are gone; HTML and XML escape the rest."""
    text = reports.render(canned(), name)
    assert not ACTING.search(text.replace("\r", "").replace("\n", ""))
    if name in {"html", "markdown", "junit", "atom"}:
        assert "<script" not in text
        assert "&lt;script&gt;" in text


def test_only_web_addresses_become_links() -> None:
    """javascript: and data: are shown as words."""
    assert web_link("javascript:alert(1)") is None
    assert web_link("data:text/html,x") is None
    assert web_link("  https://EXAMPLE.com/a b ") == "https://example.com/a%20b"
    assert link("t", "javascript:alert(1)") == "t"
    html = BeautifulSoup(reports.render(canned(), "html"), "lxml")
    for anchor in html.find_all("a"):
        assert str(anchor["href"]).startswith(("http://", "https://", "#", "../archive/")), anchor
    outward = [anchor for anchor in html.find_all("a") if str(anchor["href"]).startswith("http")]
    assert all(anchor["rel"] == ["noopener", "noreferrer", "nofollow"] for anchor in outward)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://u:p@example.org/a", "https://example.org/a"),
        ("https:\\\\u:p@example.org/a", "https://example.org/a"),
        (
            "https://web.archive.org/web/2022/https://u:p@example.org/a",
            "https://web.archive.org/web/2022/https://example.org/a",
        ),
        ("https://example.org/@user?mail=a@b.c", "https://example.org/@user?mail=a@b.c"),
        ("ftp://u:p@example.org/a", "ftp://example.org/a"),
        (None, None),
    ],
)
def test_credentials_are_taken_out(url: str | None, shown: str | None) -> None:
    """In every position; an @ elsewhere stays."""
    assert without_credentials(url) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  a \n\t b ", "a b"),
        ("\u202eabc", "\ufffdabc"),
        ("a\x00b\x1b[1m", "a\ufffdb\ufffd[1m"),
        ("\ud800", "\ufffd"),
        ("Я уехала", "Я уехала"),
        ("a\u2028b\x85c", "a b c"),
        (HOSTILE, HOSTILE.replace("\u202e", "\ufffd").replace("\x1b", "\ufffd").replace("\x00", "\ufffd")),
    ],
)
def test_one_line(text: str, shown: str) -> None:
    """One line; what acts is shown as having been there."""
    assert one_line(text) == shown


def test_one_line_caps() -> None:
    """A megabyte of title is cut."""
    assert one_line("x" * 1_000_000, 10) == "x" * 9 + "…"


@given(st.text(st.characters()))
def test_json_escapes_change_no_value(text: str) -> None:
    """Also beyond the Basic Multilingual Plane."""
    assert json.loads(escape_unsafe_json(json.dumps(text, ensure_ascii=False))) == text
