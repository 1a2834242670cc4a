"""page.html shows the page, and nothing in it can run or fetch."""

from __future__ import annotations

import base64
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekeeper.archive.page import write_page
from citekeeper.archive.requisites import survey
from citekeeper.model import Exchange, Shows

from .harmless import VECTORS, assert_harmless
from .support import HTML, NOON, PNG, exchange, hop, page

URL = "https://news.example/a/page"
IMAGE_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
CSS_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n"


def _render(main: Exchange, *requisites: Exchange, charset: str | None = None, shows: Shows = Shows.SOURCE) -> str:
    stream = io.BytesIO()
    write_page(stream, main, requisites, charset, NOON, shows)
    return stream.getvalue().decode("utf-8")


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_hostile_survives(vector: str) -> None:
    """Every known way to run or fetch something leaves a page without any."""
    assert_harmless(_render(page(f"<!DOCTYPE html><title>t</title><p>before</p>{vector}<p>after</p>", URL)))


@given(
    st.lists(st.sampled_from(VECTORS), min_size=2, max_size=4),
    st.sampled_from(["", "<svg>", "<math>", "<table>", "<p title='"]),
)
@settings(max_examples=60, deadline=None)
def test_nothing_hostile_survives_in_combination(vectors: list[str], wrapper: str) -> None:
    """Vectors nested in each other and in foreign content survive no better."""
    text = _render(page(f"{wrapper}{''.join(vectors)}", URL))
    assert_harmless(text)


@given(st.text(alphabet="<>/=\"'!- abscriptylemgvonxd&;#", max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_soup_is_too_strange(soup: str) -> None:
    """Any text is rendered, and harmless; rendering the result again changes nothing that matters."""
    text = _render(page(soup, URL))
    assert_harmless(text)


def test_everything_it_needs_is_inside() -> None:
    """Style sheets with their imports, images and fonts are inlined; what was not fetched is left out."""
    main = page(
        "<head><link rel=stylesheet href=/s.css media=screen><style>h1{color:red}</style></head>"
        "<body><h1 class=big>Hi</h1><img src=i.png alt=Pic><img src=missing.png alt=Gone></body>",
        URL,
    )
    sheet = b'@import "deep/t.css" print; body{background:url("../i.png")} @font-face{src:url(f.woff2)}'
    text = _render(
        main,
        exchange(hop("https://news.example/s.css", CSS_HEAD, sheet)),
        exchange(hop("https://news.example/deep/t.css", CSS_HEAD, b"p{background:url(../a/i.png)}")),
        exchange(hop("https://news.example/a/i.png", IMAGE_HEAD, PNG)),
        exchange(hop("https://news.example/i.png", IMAGE_HEAD, PNG)),
        exchange(hop("https://news.example/f.woff2", IMAGE_HEAD.replace(b"image/png", b"font/woff2"), b"wOF2....")),
    )
    assert_harmless(text)
    uri = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    assert text.count(uri) == 3
    assert "@media print {" in text
    assert "data:font/woff2;base64," in text
    assert '<style media="screen">' in text
    assert "color:red" in text
    assert '<h1 class="big">Hi</h1>' in text
    assert '<img alt="Gone">' in text


def test_imports_in_a_circle_end() -> None:
    """Style sheets that import each other are inlined once a path."""
    main = page("<link rel=stylesheet href=/a.css>", URL)
    a = exchange(hop("https://news.example/a.css", CSS_HEAD, b"@import 'b.css'; a{}"))
    b = exchange(hop("https://news.example/b.css", CSS_HEAD, b"@import 'a.css'; b{}"))
    assert _render(main, a, b).count("a{}") == 1


def test_a_redirected_requisite_is_found_under_the_address_that_was_asked() -> None:
    """What the page names is the first address of the exchange."""
    moved = exchange(
        hop("https://news.example/a/i.png", b"HTTP/1.1 301 M\r\n\r\n", b"", status=301),
        hop("https://cdn.example/i.png", IMAGE_HEAD, PNG),
    )
    assert "data:image/png" in _render(page("<img src=i.png>", URL), moved)


@pytest.mark.parametrize(
    ("head", "meta", "codec", "charset"),
    [
        (b"text/html; charset=windows-1251", "", "cp1251", None),
        (b"text/html", "<meta charset=koi8-r>", "koi8-r", None),
        (b"text/html", "<meta http-equiv=content-type content='text/html; charset=windows-1251'>", "cp1251", None),
        (b"text/html", "", "cp1251", "windows-1251"),
        (b"text/html; charset=iso-8859-1", "", "cp1251", "windows-1251"),
        (b"text/html", "", "utf-8", None),
        (b"text/html; charset=rot13", "", "utf-8", None),
        (b"text/html; charset=nonsense", "", "utf-8", None),
        (b"text/html", "", "mac-cyrillic", "x-mac-cyrillic"),
        (b"text/html; charset=win-1251", "", "cp1251", None),
        (b"text/html; charset=gb2312", "", "gb18030", None),
        (b"text/html; charset=shift_jis", "", "cp932", None),
    ],
)
def test_the_page_is_utf_8_whatever_it_was(head: bytes, meta: str, codec: str, charset: str | None) -> None:
    """The reading's charset, else header, else meta; out comes UTF-8."""
    body = f"<html><head>{meta}</head><body><p>Съешь ещё</p></body></html>".encode(codec)
    main = page(body, URL, b"HTTP/1.1 200 OK\r\nContent-Type: " + head + b"\r\n\r\n")
    assert "Съешь ещё" in _render(main, charset=charset)


def test_the_bar_says_what_when_and_where() -> None:
    """Kind, address and time stand on top, escaped, without credentials."""
    main = page("<p>x", "https://u:p@news.example/?q=<b>\"'&x=1")
    text = _render(main, shows=Shows.FAILURE)
    assert_harmless(text)
    assert "Evidence of failure at" in text
    assert "2026-11-02T12:00:00Z" in text
    assert "u:p@" not in text
    assert "<b>" not in text


def test_links_stay_links() -> None:
    """Web links are made absolute, anchors stay within the page, frames become links."""
    text = _render(page("<a href='b?x=1&amp;y=2#z'>b</a><a href='#n'>n</a><iframe src=f.html></iframe>", URL))
    assert 'href="https://news.example/a/b?x=1&amp;y=2#z"' in text
    assert 'href="#n"' in text
    assert ">[iframe: https://news.example/a/f.html (it was not captured)]</a>" in text


def test_nesting_deeper_than_any_stack() -> None:
    """Fifty thousand nested elements are rendered, not a RecursionError."""
    assert "</html>" in _render(page("<div><b>" * 50_000 + "x", URL))


def test_one_picture_ten_thousand_times_does_not_fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inlining stops at its budget; the rest keeps its alternative text."""
    monkeypatch.setattr("citekeeper.archive.inlining.INLINE_BUDGET", 1000)
    image = exchange(hop("https://news.example/a/i.png", IMAGE_HEAD, PNG + b"x" * 300))
    text = _render(page("<img src=i.png alt=A>" * 100, URL), image)
    assert text.count("data:image/png") == 2
    assert text.count('alt="A"') == 100


@pytest.mark.parametrize("body", ["", " ", "\x00", "<", "<!--", "<html>", "plain words"])
def test_almost_no_page_is_a_page(body: str) -> None:
    """Empty and broken pages still make a valid file."""
    text = _render(page(body, URL, HTML))
    assert_harmless(text)
    assert text.endswith("</html>\n")


def test_a_page_too_large_to_show_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar tells what is not here: the rest of a huge page, of a cut answer, and what the budget left out."""
    monkeypatch.setattr("citekeeper.archive.page.SHOWN_BYTES", 1 << 20)
    whole = "<p>Words of a page.</p>" * 40_000
    assert "are shown" not in _render(page(whole, URL))
    text = _render(page(whole + "<p>The rest" * 40_000, URL))
    assert "This page is too large to be shown whole here." in text
    assert len(text) < 1_300_000
    cut = exchange(hop(URL, body=b"<p>Half a page", truncated="disconnect"))
    assert "The answer was cut off before its end" in _render(cut)
    monkeypatch.setattr("citekeeper.archive.inlining.INLINE_BUDGET", 10)
    assert "are not shown" in _render(
        page("<img src=a.png>", URL), exchange(hop("https://news.example/a/a.png", IMAGE_HEAD, PNG))
    )


@pytest.mark.parametrize(
    ("uri", "kind"),
    [
        ("data:image/svg+xml;utf8,<svg xmlns='x'/>", "image/svg+xml"),
        ("data:image/svg+xml,%3Csvg%3E%3C/svg%3E#part", "image/svg+xml"),
        ("data:image/svg+xml;charset=utf-8;base64,PHN2Zy8+", "image/svg+xml"),
        ("DATA:IMAGE/GIF;BASE64,R0lG", "image/gif"),
    ],
)
def test_pictures_that_the_page_brought_itself_stay(uri: str, kind: str) -> None:
    """As text or percent-encoded too, in an image and in a style sheet; they come out in base64."""
    text = _render(page(f'<style>p{{background:url("{uri}")}}</style><img src="{uri}">', URL))
    assert len(re.findall(rf"data:{re.escape(kind)};base64,[A-Za-z0-9+/]{{4,}}=*\"", text)) == 2


def test_an_endless_data_uri_takes_no_time() -> None:
    """Separators and blanks without end are read once."""
    for uri in ("data:image/png" + ";a" * 200_000, "data:image/png;" + " " * 200_000, "data:" + " " * 200_000):
        assert "data:image" not in _render(page(f'<img src="{uri}">', URL))


def test_what_style_sheets_choose_by_is_kept() -> None:
    """Classes of the root, marks of frameworks and custom elements: without them a page would lose its looks."""
    text = _render(
        page(
            "<html class='dark no-js' lang=ru data-theme=x onclick=evil() style='display:none' hidden><body>"
            f"<my-card data-v-7ba5bd90 _ngcontent-ng-c12 data-state='{'x' * 200}' onclick=evil()><p hidden>h</p>"
            "</my-card><dialog>Cookies?</dialog>",
            URL,
        )
    )
    assert_harmless(text)
    assert '<html class="dark no-js" lang="ru" data-theme="x" style="display:none">' in text
    assert '<my-card data-v-7ba5bd90="" _ngcontent-ng-c12=""><p hidden="' in text
    assert "<dialog>Cookies?</dialog>" in text


@pytest.mark.parametrize(
    ("link", "style"),
    [
        ("<link rel=stylesheet href=/s.css media=print onload=\"this.media='all'\">", '<style media="all">'),
        ("<link rel=preload as=style href=/s.css onload=\"this.onload=null;this.rel='stylesheet'\">", "<style>"),
        ("<link rel=stylesheet href=/s.css media=print>", '<style media="print">'),
    ],
)
def test_style_sheets_that_nobody_waits_for_count_too(link: str, style: str) -> None:
    """Pages load their style sheets late by calling them something else at first."""
    text = _render(page(link, URL), exchange(hop("https://news.example/s.css", CSS_HEAD, b"p{color:red}")))
    assert_harmless(text)
    assert f"{style}\np{{color:red}}" in text


@pytest.mark.parametrize(
    "image",
    [
        "<img src='data:image/gif;base64,R0lGOD' data-src=i.png>",
        "<img src='data:image/gif;base64,R0lGOD' data-lazy-src=i.png>",
        "<img src='data:image/gif;base64,R0lGOD' srcset='i.png 2x'>",
        "<img data-original=i.png>",
        "<picture><source srcset='data:image/gif;base64,R0lGOD' data-srcset='i.png 1x'></picture>",
    ],
)
def test_a_lazy_picture_is_not_its_place_holder(image: str) -> None:
    """Where a script would put the picture in, the picture is shown; the place holder only where that is missing."""
    uri = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    main = page(image, URL)
    assert "https://news.example/a/i.png" in survey(main.hops[0], URL).requisites
    shown = _render(main, exchange(hop("https://news.example/a/i.png", IMAGE_HEAD, PNG)))
    assert_harmless(shown)
    assert f'="{uri}{" 2x" if "2x" in image else ""}"' in shown
    assert "R0lGOD" not in shown
    assert ("R0lGOD" in _render(main)) is ("R0lGOD" in image)
