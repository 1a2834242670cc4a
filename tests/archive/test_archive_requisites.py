"""What a page and a style sheet need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper.archive.css import references, rewritten
from citekeeper.archive.requisites import source_set, survey
from citekeeper.archive.surt import surt

from .support import HTML, hop

BASE = "https://news.example/a/page"
CSS = b"HTTP/1.1 200 OK\r\nContent-Type: text/css; charset=utf-8\r\n\r\n"


def _page(html: str) -> list[str]:
    return [url.removeprefix("https://news.example") for url in survey(hop(BASE, HTML, html.encode()), BASE).requisites]


def _css(css: str) -> list[str]:
    return [url.removeprefix("https://news.example") for url in survey(hop(BASE, CSS, css.encode()), BASE).requisites]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<link rel=stylesheet href=s.css>", ["/a/s.css"]),
        ("<link rel='Shortcut ICON' href=/f.ico><link rel=apple-touch-icon href=t.png>", ["/f.ico", "/a/t.png"]),
        ("<link rel=preload as=font href=f.woff2><link rel=preload as=fetch href=x.json>", ["/a/f.woff2"]),
        ("<link rel=modulepreload href=m.js><script type=module src=n.js></script>", ["/a/m.js", "/a/n.js"]),
        ("<link rel=canonical href=/c><link rel=next href=/n><a href=/a>x</a>", []),
        ("<script src=//cdn.example/x.js></script>", ["https://cdn.example/x.js"]),
        ("<img src=1.png><img src=1.png><img src='2.png#x'>", ["/a/1.png", "/a/2.png"]),
        ("<img srcset='1.png 1x, 2.png 2x,3.png 3x'>", ["/a/1.png", "/a/2.png", "/a/3.png"]),
        ("<picture><source srcset='p.avif'><source srcset=q.webp><img src=r.png></picture>",
         ["/a/p.avif", "/a/q.webp", "/a/r.png"]),
        ("<video poster=p.jpg src=v.mp4><source src=w.mp4></video><audio src=a.mp3></audio>", ["/a/p.jpg"]),
        ("<iframe src=f.html></iframe><embed src=e.svg><object data=o.pdf></object>",
         ["/a/f.html", "/a/e.svg", "/a/o.pdf"]),
        ("<style>@import 'i.css'; p{background:url(b.png)}</style><p style='background:url(\"c.png\")'>",
         ["/a/i.css", "/a/b.png", "/a/c.png"]),
        ("<base href=/other/><img src=x.png>", ["/other/x.png"]),
        ("<img src='data:image/png;base64,AA'><img src='javascript:1'><img src='ftp://x/y'><img src=''>", []),
        ("<img data-src=lazy.png src='data:image/gif;base64,R0'>", ["/a/lazy.png"]),
        ("<svg><image href=i.png /><use xlink:href='s.svg#x'/></svg>", ["/a/i.png", "/a/s.svg"]),
        ("<body background=b.gif><input type=image src=i.gif>", ["/a/b.gif", "/a/i.gif"]),
        ("<noscript><img src=n.png></noscript>", ["/a/n.png"]),
        ("<img src='http://президент.рф/ф.png'>", ["http://xn--d1abbgf6aiiy.xn--p1ai/%D1%84.png"]),
        ("<img src='http://[bad/'>", []),
        ("", []),
        ("\x00\x00", []),
    ],
)  # fmt: skip
def test_a_page_needs_what_a_browser_would_fetch(html: str, found: list[str]) -> None:
    """Absolute web addresses, in order, each once."""
    assert _page(html) == found


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("@import url(a.css); @import \"b.css\" screen; @IMPORT 'c.css';", ["/a/a.css", "/a/b.css", "/a/c.css"]),
        ("p{background:url( 'x.png' )} q{src:url(y.woff2) format('woff2'), url(\"z.ttf\")}",
         ["/a/x.png", "/a/y.woff2", "/a/z.ttf"]),
        ("/* url(no.png) */ p{content:'url(no.png)'} q{background:url(data:image/png;base64,AA)}", []),
        ("p{background:u\\72l(hidden.png)} q{background:\\75 rl(h2.png)}", ["/a/hidden.png", "/a/h2.png"]),
        ("p{background:url(a\\)b.png)}", ["/a/a)b.png"]),
        ("p{background:image-set('a.png' 1x)}", ["/a/a.png"]),
        ("p{background:image-set(url(a.png) 1x, 'b.png' type('image/png') 2x, 'c.png' 3x) , url(d.png)}",
         ["/a/a.png", "/a/b.png", "/a/c.png", "/a/d.png"]),
        ("p{background:url(unclosed.png", ["/a/unclosed.png"]),
        ("p{fill:url(#gradient)}", []),
        ("/* unclosed url(x.png)", []),
    ],
)  # fmt: skip
def test_a_style_sheet_needs_its_imports_images_and_fonts(css: str, found: list[str]) -> None:
    """Comments and strings are no references; escaped letters are."""
    assert _css(css) == found


def test_other_types_need_nothing() -> None:
    """A PDF or a picture refers to nothing, whatever its bytes look like."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/svg+xml\r\n\r\n"
    assert survey(hop(BASE, head, b"<img src=x.png>"), BASE).requisites == []


def test_a_page_in_windows_1251_without_label_is_read() -> None:
    """Addresses are found whatever the charset, and undecodable bytes stop nothing."""
    body = "<meta charset=windows-1251><p>Привет</p><img src=x.png>".encode("cp1251")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    assert survey(hop(BASE, head, body), BASE).requisites == ["https://news.example/a/x.png"]


def test_source_sets_keep_commas_within_addresses() -> None:
    """Image services put commas into addresses; candidates end in a comma followed by space or at a descriptor's."""
    assert source_set("https://i.example/w_1,h_2/a.png 1x, b.png 2x") == [
        ("https://i.example/w_1,h_2/a.png", "1x"),
        ("b.png", "2x"),
    ]
    assert source_set(" , a.png, b.png,") == [("a.png", ""), ("b.png", "")]


@given(st.text(alphabet="url(@import'\"\\)/* ;{}a\n<image-set", max_size=80))
def test_scanning_hostile_css_ends_and_keeps_no_url(css: str) -> None:
    """Any text is scanned to its end, and once its references are replaced there are none left to fetch."""
    cleaned = "".join(rewritten(css, lambda _: ["none"]))
    assert all(not reference.target for reference in references(cleaned) if not reference.is_import)


@pytest.mark.parametrize(
    "piece", ["url(", "/*", '"', "@import ", "image-set(", "\\75", "url('\\", "(", "a\\", "a\\\n", "image-set(v\\61 ("]
)
def test_scanning_is_linear(piece: str) -> None:
    """A hundred thousand repetitions of any beginning take no time worth a test's patience."""
    assert isinstance(list(references(piece * 100_000)), list)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.org/B/?y=2&x=1#f", "org,example)/b?x=1&y=2"),
        ("http://example.org:8080", "org,example:8080)/"),
        ("http://192.0.2.1/x", "192.0.2.1)/x"),
        ("http://президент.рф/", "xn--p1ai,xn--d1abbgf6aiiy)/"),
        ("urn:text:x", "urn:text:x"),
    ],
)
def test_index_keys(url: str, key: str) -> None:
    """SURT keys as indexers write them."""
    assert surt(url) == key
