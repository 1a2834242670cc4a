"""page.html shows the frames of a page, each a document of its own in which nothing can run or fetch."""

from __future__ import annotations

import io
import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from lxml.html import HtmlElement

from citekeeper.archive.decoding import CharsetOf, page_charset
from citekeeper.archive.page import write_page
from citekeeper.model import Exchange, Shows
from citekeeper.reading.charset import decode

from .harmless import VECTORS, assert_harmless
from .support import HTML, NOON, PNG, exchange, hop, page

URL = "https://news.example/a/page"
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
IMAGE = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
CSS = b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n"


def _frame(name: str, body: bytes | str, head: bytes = HTML, status: int = 200) -> Exchange:
    data = body.encode() if isinstance(body, str) else body
    return exchange(hop(f"https://news.example/a/{name}", head, data, status=status))


def _render(main: str, *requisites: Exchange, charset_of: CharsetOf = page_charset) -> str:
    stream = io.BytesIO()
    write_page(stream, page(main, URL), requisites, None, NOON, Shows.SOURCE, charset_of=charset_of)
    text = stream.getvalue().decode()
    assert_harmless(text)
    return text


def _documents(text: str) -> list[HtmlElement]:
    """The frames' documents, parsed, in order; not those within them."""
    tree = lxml_html.document_fromstring(text.encode())
    return [lxml_html.document_fromstring(frame.get("srcdoc").encode()) for frame in tree.iter("iframe")]


def test_a_captured_frame_is_shown_with_its_pictures_and_styles() -> None:
    """Its own base, style sheet and picture count, and its size stays; scripts and handlers do not."""
    text = _render(
        '<p>before<iframe src="deep/f.html" width=400 height=80 title="Post" onload=evil()>fallback</iframe>after',
        _frame("deep/f.html", "<link rel=stylesheet href=f.css><h1 onclick=x>In</h1><img src=i.png><script>1</script>"),
        _frame("deep/f.css", "h1{color:red;background:url(i.png)}", CSS),
        _frame("deep/i.png", PNG, IMAGE),
    )
    assert '<iframe width="400" height="80" title="Post" sandbox=' in text
    assert "fallback" not in text
    (inner,) = _documents(text)
    assert inner.findtext(".//h1") == "In"
    assert inner.find(".//img").get("src").startswith("data:image/png;base64,")
    assert "color:red" in inner.findtext(".//style")
    assert "data:image/png;base64," in inner.findtext(".//style")


def test_links_of_a_frame_open_beside_it() -> None:
    """A frame's policy lets nothing load in it; anchors stay within, and links of the page itself stay as they were."""
    text = _render("<a href=/x>x</a><iframe src=f.html></iframe>", _frame("f.html", "<a href=/y>y</a><a href=#z>z</a>"))
    (inner,) = _documents(text)
    assert [link.get("target") for link in inner.iter("a")] == ["_blank", None]
    assert [link.get("href") for link in inner.iter("a")] == ["https://news.example/y", "about:srcdoc#z"]
    assert lxml_html.document_fromstring(text).xpath("//a[text()='x']/@target") == []


def test_what_is_not_shown_is_a_link_that_says_why() -> None:
    """Not captured, refused, and no page; a frame without an address is nothing."""
    text = _render(
        "<iframe src=none.html></iframe><iframe src=gone.html></iframe><iframe src=f.pdf></iframe><iframe></iframe>"
        "<iframe src='about:blank'></iframe><iframe src='javascript:evil()'></iframe>",
        _frame("gone.html", "no", status=404),
        _frame("f.pdf", "%PDF-1.7", b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"),
    )
    assert "[iframe: https://news.example/a/none.html (it was not captured)]" in text
    assert "[iframe: https://news.example/a/gone.html (it answered with 404)]" in text
    assert "[iframe: https://news.example/a/f.pdf (it is no HTML page; capture.wacz holds it)]" in text
    assert text.count("[iframe: ") == 3


@pytest.mark.parametrize(
    ("header", "own_site", "elsewhere"),
    [
        ("X-Frame-Options: DENY", False, False),
        ("x-frame-options: SameOrigin", True, False),
        ("X-Frame-Options: ALLOWALL", True, True),
        ("Content-Security-Policy: default-src *; frame-ancestors 'none'", False, False),
        ("Content-Security-Policy: frame-ancestors 'self'", True, False),
        ("Content-Security-Policy: frame-ancestors", False, False),
        ("Content-Security-Policy: frame-ancestors https://news.example", True, True),
        ("Content-Security-Policy: frame-ancestors *\r\nX-Frame-Options: DENY", True, True),
        ("Content-Security-Policy: default-src 'self'", True, True),
    ],
)
def test_a_frame_that_no_reader_saw_is_not_shown(header: str, own_site: bool, elsewhere: bool) -> None:
    """What forbids to be framed stayed empty in every browser: a copy that showed it would show too much."""
    head = HTML.replace(b"\r\n\r\n", f"\r\n{header}\r\n\r\n".encode())
    for url, is_shown in (("https://news.example/f", own_site), ("https://other.example/f", elsewhere)):
        text = _render(f"<iframe src={url}></iframe>", exchange(hop(url, head, b"<p>framed")))
        assert ("framed" in text) is is_shown
        assert ("it refuses to be shown in this page" in text) is not is_shown


def test_a_redirected_frame_is_relative_to_where_it_led() -> None:
    """References of a frame are resolved at its last address."""
    moved = exchange(
        hop("https://news.example/a/f", b"HTTP/1.1 301 M\r\n\r\n", b"", status=301),
        hop("https://cdn.example/x/f.html", HTML, b"<img src=i.png alt=A><a href=b>b</a>"),
    )
    text = _render("<iframe src=f></iframe>", moved, exchange(hop("https://cdn.example/x/i.png", IMAGE, PNG)))
    (inner,) = _documents(text)
    assert inner.find(".//a").get("href") == "https://cdn.example/x/b"
    assert inner.find(".//img").get("src")


def test_the_text_of_a_srcdoc_is_shown() -> None:
    """A frame whose document stands in the page needs nothing fetched; two deep as well."""
    inmost = escape('<p title=\'"\'>deep & "quoted"</p>')
    text = _render(
        f'<iframe srcdoc="{escape(f"<p>first<iframe srcdoc={chr(34)}{inmost}{chr(34)}></iframe>")}"></iframe>'
    )
    (inner,) = _documents(text)
    assert inner.findtext(".//p") == "first"
    (innermost,) = _documents(lxml_html.tostring(inner, encoding="unicode"))
    assert innermost.findtext(".//p") == 'deep & "quoted"'


@pytest.mark.parametrize(
    ("codec", "label", "charset_of"),
    [
        ("cp1251", b"; charset=windows-1251", page_charset),
        ("koi8-r", b"; charset=koi8-r", page_charset),
        ("mac-cyrillic", b"; charset=x-mac-cyrillic", page_charset),
        ("utf-8", b"", page_charset),
        ("cp1251", b"", lambda body, label: decode(body, label).charset),
        ("koi8-r", b"", lambda body, label: decode(body, label).charset),
        ("koi8-r", b"; charset=windows-1251", lambda body, label: decode(body, label).charset),
    ],
)
def test_a_frame_has_a_charset_of_its_own(codec: str, label: bytes, charset_of: CharsetOf) -> None:
    """Its label, or what reading makes of its bytes, whatever the page around it is in."""
    words = "Мост был закрыт в понедельник из-за ремонта, сообщила администрация города"
    framed = _frame("f", f"<p>{words}".encode(codec), PLAIN.replace(b"text/html", b"text/html" + label))
    (inner,) = _documents(_render("<p>Größe<iframe src=f></iframe>", framed, charset_of=charset_of))
    assert inner.findtext(".//p") == words


def test_a_frameset_is_laid_out_as_it_says() -> None:
    """Old sites are nothing but framesets: their frames stand in a grid, in order, noframes is left out."""
    text = _render(
        "<frameset cols='20%,*,<b>'><frame src=menu.html name=m><frameset rows='100,2*'><frame src=top.html>"
        "<frame src=gone.html></frameset><noframes><p>no frames</p></noframes></frameset>",
        _frame("menu.html", "<p>Menu"),
        _frame("top.html", "<p>Top"),
    )
    assert [document.findtext(".//p") for document in _documents(text)] == ["Menu", "Top"]
    assert "grid-template-columns:minmax(0,20%) minmax(0,1fr) minmax(0,1fr)" in text
    assert "grid-template-rows:minmax(0,100px) minmax(0,2fr)" in text
    assert "[frame: https://news.example/a/gone.html (it was not captured)]" in text
    assert "no frames" not in text


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("mark", ["", '"></iframe>', "'></iframe>", "&quot;></iframe>", "</iframe>", "-->", "]]>"])
def test_nothing_hostile_breaks_out_of_a_frame(vector: str, mark: str) -> None:
    """What ends a frame in the page's own text is only text in the frame."""
    _render("<iframe src=f.html></iframe><p>after", _frame("f.html", f"<p>a{mark}{vector}{mark}{vector}"))


@given(st.text(alphabet="<>/=\"'&;!- srcdoifamequt#341", max_size=120))
@settings(max_examples=100, deadline=None)
def test_no_soup_breaks_out_of_a_frame(soup: str) -> None:
    """Whatever a frame holds, around it all stays as it was."""
    text = _render("<p>before<iframe src=f.html></iframe><i>after", _frame("f.html", f"<p>x{soup}"))
    tree = lxml_html.document_fromstring(text.encode())
    assert [element.tag for element in tree.find("body").iter()] == ["body", "p", "iframe", "i", "citekeeper-note", "a"]


def test_frames_in_a_circle_end() -> None:
    """A frame that holds itself, its page, or one that holds it, is a link in there."""
    around = _frame("f.html", "<p>f<iframe src=g.html></iframe><iframe src=page></iframe>")
    text = _render("<iframe src=f.html></iframe>", around, _frame("g.html", "<p>g<iframe src=f.html></iframe>"))
    assert text.count("it contains itself") == 2
    own = exchange(
        hop("https://news.example/a/loop", b"HTTP/1.1 302 F\r\n\r\n", b"", status=302), page("", URL).hops[0]
    )
    assert "it contains itself" in _render("<iframe src=loop></iframe>", own)


def test_frames_lie_three_deep() -> None:
    """As deep as they are captured."""
    frames = [_frame(f"{n}.html", f"<p>{n}<iframe src={n + 1}.html></iframe>") for n in range(1, 9)]
    assert "4.html (it lies deeper than 3 frames)" in _render("<iframe src=1.html></iframe>", *frames)


def test_a_thousand_frames_are_a_hundred() -> None:
    """A page of a thousand frames, each of which holds ten, costs no more than the cap."""
    began = time.process_time()
    text = _render(
        "<iframe src=f.html></iframe>" * 1_000,
        _frame("f.html", "<p>f" + "<iframe src=g.html></iframe>" * 10),
        _frame("g.html", "<p>g"),
    )
    assert text.count("<iframe ") + text.count("&lt;iframe ") == 100
    assert "(more than 100 frames)" in text
    assert time.process_time() - began < 20


def test_frames_have_their_share_of_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents of frames count together; what is over says so, and so does one that escaping makes too large."""
    monkeypatch.setattr("citekeeper.archive.frames.FRAMED_BYTES", 1000)
    one, written = _frame("f.html", "<p>" + "x" * 600), f'<iframe srcdoc="<p>{"y" * 600}"></iframe>'
    text = _render("<iframe src=f.html></iframe>" * 2 + written, one)
    assert text.count("(all frames of a page may take 0 MiB)") == 1
    assert "[iframe: all frames of a page may take 0 MiB]" in text
    monkeypatch.setattr("citekeeper.archive.inlining.INLINE_BUDGET", 5000)
    text = _render("<iframe src=q.html></iframe>", _frame("q.html", "<p>" + '"' * 900))
    assert "[iframe: https://news.example/a/q.html" in text
    assert "Style sheets beyond 8 MiB, and pictures and frames beyond" in text


def test_pictures_count_once_however_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a frame inlines is taken from the page's budget once, not once a level."""
    monkeypatch.setattr("citekeeper.archive.inlining.INLINE_BUDGET", 30_000)
    text = _render(
        "<iframe src=f.html></iframe>",
        _frame("f.html", "<iframe src=g.html></iframe>"),
        _frame("g.html", "<img src=i.png>"),
        _frame("i.png", PNG + b"x" * 15_000, IMAGE),
    )
    assert "data:image/png" in text


def test_objects_that_are_pictures_are_shown() -> None:
    """An object, embed or frame of a picture is one; another stays a link."""
    text = _render(
        "<object data=i.png width=5><p>x</object><iframe src=i.png></iframe><embed src=i.png><embed src=f.swf>",
        _frame("i.png", PNG, IMAGE),
    )
    assert text.count('src="data:image/png;base64,') == 3
    assert '<img width="5" src=' in text
    assert "[embed: https://news.example/a/f.swf (not captured)]" in text


def test_what_follows_an_embed_is_not_lost() -> None:
    """It is void, though libxml2 takes the rest of the page for its content."""
    text = _render("<p>a<embed src=f.swf><p>after</p><b>bold</b><track src=t><i>end</i>")
    assert "<p>after</p><b>bold</b>" in text
    assert "<i>end</i>" in text
