"""page.html looks as the page does: what a reader would miss, had it been left out."""

from __future__ import annotations

import base64
import io

import pytest

from citekeeper.archive.decoding import parse_html
from citekeeper.archive.doctype import ALMOST, QUIRKS, STANDARDS, doctype_for
from citekeeper.archive.page import write_page
from citekeeper.model import Exchange, Shows

from .harmless import assert_harmless
from .support import HTML, NOON, PNG, exchange, hop, page

URL = "https://news.example/a/page"
CSS = b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n"
IMAGE = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
SVG = b"HTTP/1.1 200 OK\r\nContent-Type: image/svg+xml\r\n\r\n"
PICTURE = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


def _file(name: str, body: bytes = PNG, head: bytes = IMAGE) -> Exchange:
    return exchange(hop(f"https://news.example/a/{name}", head, body))


def _render(html: str, *requisites: Exchange, charset: str | None = None) -> str:
    stream = io.BytesIO()
    write_page(stream, page(html, URL), requisites, charset, NOON, Shows.SOURCE)
    text = stream.getvalue().decode("utf-8-sig")
    assert_harmless(text)
    return text


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ("<!DOCTYPE html>", STANDARDS),
        ("\ufeff <!-- a --><?xml version='1.0'?>\n<!doctype HTML>", STANDARDS),
        ("<!DOCTYPE html SYSTEM 'about:legacy-compat'>", STANDARDS),
        ("<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN' 'http://www.w3.org/TR/html4/strict.dtd'>", STANDARDS),
        ("<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'>", STANDARDS),
        ("<html>", QUIRKS),
        ("text <!DOCTYPE html>", QUIRKS),
        ("<!DOCTYPE>", QUIRKS),
        ("<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 3.2 Final//EN'>", QUIRKS),
        ("<!DOCTYPE HTML PUBLIC '-//IETF//DTD HTML 2.0//EN'>", QUIRKS),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN" "http://www.w3.org/TR/REC-html40/loose.dtd">',
         QUIRKS),
        ("<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01 Transitional//EN'>", QUIRKS),
        ("<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01 Transitional//EN' 'http://www.w3.org/TR/html4/loose.dtd'>",
         ALMOST),
        ("<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Transitional//EN' 'x'>", ALMOST),
        ("<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Transitional//EN'>", ALMOST),
    ],
)  # fmt: skip
def test_a_page_is_laid_out_by_the_rules_of_its_time(start: str, found: str) -> None:
    """Quirks, almost standards, standards: as the page begins, so does its copy."""
    assert doctype_for(f"{start}<p>x") == found
    assert _render(f"{start}<html><body><p>x").startswith(f"{found}<html>")


def test_xhtml_has_no_quirks() -> None:
    """What is sent as XML is laid out as the standards say, whatever it begins with."""
    assert doctype_for("<html>", is_xml=True) == STANDARDS


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<body text=white link=red vlink=blue alink=lime topmargin=0>x",
         '<body text="white" link="red" vlink="blue" alink="lime" topmargin="0">'),
        ("<table bordercolor=red><td><nobr>x", '<table bordercolor="red"><td><nobr>x</nobr>'),
        ("<html style='font-size:62.5%;--a:1px'><body>x", '<html style="font-size:62.5%;--a:1px">'),
        ("<fieldset><legend>l</legend></fieldset><progress value=3 max=9></progress>",
         '<fieldset><legend>l</legend></fieldset><progress value="3" max="9"></progress>'),
        ("<button class=b onclick=x name=n>Go</button>", '<button class="b" name="n" type="button">Go</button>'),
        ("<form class=f action=/x>in it</form>", '<div class="f">in it</div>'),
        ("<xmp><b>x</b></xmp>", "<pre>&lt;b&gt;x&lt;/b&gt;</pre>"),
        ("<div popover>x</div>", '<div popover="">x</div>'),
        ("<a href='tel:+31-20'>x</a>", '<a href="tel:+31-20">x</a>'),
        ("<a href='javascript:void(0)'>x</a>", '<a href="#citekeeper-nowhere">x</a>'),
        ("<a name=x>x</a>", '<a name="x">x</a>'),
        ("<p slot=s part=p>x", '<p slot="s" part="p">x'),
    ],
)  # fmt: skip
def test_markup_that_tells_how_a_page_looks_is_kept(html: str, kept: str) -> None:
    """Attributes and elements of then and now that cannot run or send anything."""
    assert kept in _render(html)


@pytest.mark.parametrize(
    "head",
    ["<meta charset=utf-8><title>t</title>", "<title>t</title><style>p{}</style>", "<html><head><title>t</title>"],
)
@pytest.mark.parametrize("first", ["header", "article", "main", "section", "my-app", "svg", "dialog"])
def test_pages_without_the_tags_of_head_and_body_are_not_empty(head: str, first: str) -> None:
    """Minifiers leave those tags out, and libxml2 then leaves what it does not know in the head."""
    for after in ("", "<p>after", "tail"):
        text = _render(f"<!DOCTYPE html>{head}<{first} class=k><b>words</b></{first}>{after}")
        assert f'<body>\n<{first} class="k"><b>words</b></{first}>{after}' in text


def test_what_follows_the_head_stays_in_order() -> None:
    """The body's own attributes and text stay, after what was in the head."""
    root = parse_html("<title>t</title><header>1</header><p>2</p>3")
    assert root is not None
    assert "".join(root.find("body").itertext()) == "123"
    root = parse_html("<html><head><title>t</title><x-y>1</x-y></head><body class=k>2<i>3</i></body></html>")
    assert root is not None
    assert root.find("body").get("class") == "k"
    assert "".join(root.find("body").itertext()) == "123"


def test_drawings_and_formulas_are_shown() -> None:
    """SVG and MathML in the page's own markup, their styles, and parts that they take from each other."""
    text = _render(
        "<svg class=i viewBox='0 0 9 9' onload=evil()><style>.cls{fill:red}</style><defs><linearGradient id=g /></defs>"
        "<path d='M0 0h9' fill='url(#g)' onclick=evil() /><use xlink:href='#s'/><image href=i.png />"
        "<text x=1>words</text></svg><svg><style><![CDATA[.c2{fill:blue}]]></style></svg>"
        "<math><mfrac><mi mathvariant=bold>x</mi><mn>2</mn></mfrac><annotation>no</annotation></math>",
        _file("i.png"),
    )
    assert '<svg class="i" viewbox="0 0 9 9">' in text
    assert '<path d="M0 0h9" fill="url(&quot;#g&quot;)"></path><use href="#s"></use>' in text
    assert f'<image href="{PICTURE}"></image><text x="1">words</text></svg>' in text
    assert ".cls{fill:red}" in text
    assert "\n.c2{fill:blue}\n" in text
    assert '<math><mfrac><mi mathvariant="bold">x</mi><mn>2</mn></mfrac></math>' in text


def test_parts_of_another_file_are_drawn_in_place() -> None:
    """Icons come out of one file for the whole site; browsers take them from the page's own site only."""
    sprite = (
        b"<svg xmlns='http://www.w3.org/2000/svg'><symbol id='a' viewBox='0 0 9 9' onload='evil()'><path d='M1 1'/>\
<script>evil()</script><use href='s.svg#a'/></symbol><g id='b'><circle r='4'/></g></svg>"
    )
    html = "<svg><use class=u x=2 href='s.svg#a'/><use xlink:href='s.svg#b'/><use href='s.svg#none'/></svg>"
    text = _render(html, _file("s.svg", sprite, SVG))
    assert '<g class="u" x="2"><svg x="2" viewbox="0 0 9 9"><path d="M1 1"></path></svg></g>' in text
    assert '<svg overflow="visible"><g id="b"><circle r="4"></circle></g></svg>' in text
    foreign = exchange(hop("https://cdn.example/s.svg", SVG, sprite))
    assert "M1 1" not in _render("<svg><use href='https://cdn.example/s.svg#a'/></svg>", foreign)


def test_parts_that_are_drawn_often_are_paid_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large drawing shown ten thousand times ends with the budget."""
    monkeypatch.setattr("citekeeper.archive.inlining.INLINE_BUDGET", 1000)
    sprite = _file("s.svg", b"<svg><symbol id=a><path d='" + b"M0" * 150 + b"'/></symbol></svg>", SVG)
    assert _render("<svg>" + "<use href='s.svg#a'/>" * 100 + "</svg>", sprite).count("M0M0M0") < 300


def test_shadow_roots_are_shown_with_their_own_styles() -> None:
    """A declarative shadow root needs no script; its styles stay within, and other templates stay hidden."""
    text = _render(
        "<my-card><template shadowrootmode=OPEN><style>p{color:red}</style><link rel=stylesheet href=s.css>"
        "<script>evil()</script><p>in<slot name=t></slot></p></template><b slot=t>title</b></my-card>"
        "<template><p>unseen</p></template><img><template shadowrootmode=open>no host</template>",
        _file("s.css", b"i{}", CSS),
    )
    shadow = '<my-card><template shadowrootmode="open"><style>\np{color:red}\n</style>\n<style>\ni{}\n</style>\n<p>in'
    assert shadow in text
    assert '<slot name="t"></slot></p></template><b slot="t">title</b></my-card>' in text
    assert "unseen" not in text
    assert "no host" not in text or "<template>" not in text


@pytest.mark.parametrize(
    ("image", "shown"),
    [
        ("<img src=s.png srcset='s.png 300w, m.png 800w, l.png 1600w, x.png 3000w' sizes=50vw>", "x 1600w"),
        ("<img src=s.png srcset='s.png 300w, m.png 800w'>", "x 800w"),
        ("<img srcset='l.png 2x'>", "x 2x"),
        ("<img src=s.png srcset='l.png 2x'>", "x"),
        ("<img data-srcset='s.png 300w' data-sizes=auto>", "x"),
        ("<img src=blank.gif data-src=s.png>", "x"),
        ("<picture><source srcset='gone.avif' type=image/avif><source srcset='s.png 2x, l.png 1x'></picture>", "x"),
    ],
)
def test_a_picture_of_a_set_is_as_large_as_it_was(image: str, shown: str) -> None:
    """One of a set is taken in, with what the set says of it: without that it would be shown at its own size."""
    found = [_file(name) for name in ("s.png", "m.png", "l.png", "x.png")]
    blank = _file("blank.gif", b"GIF89a-blank", b"HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n\r\n")
    text = _render(image, *found, blank)
    assert text.count(PICTURE) == 1
    assert f'="{PICTURE}{shown[1:]}"' in text
    assert "image/gif" not in text


def test_a_picture_with_a_fallback_is_shown_once() -> None:
    """Without scripts what waits for one shows nothing, and what noscript holds is shown."""
    for image in (
        "<img class=lazy data-src=s.png><noscript><img class=real src=s.png></noscript>",
        "<picture><img class=lazy data-srcset='s.png 1x'></picture><noscript><img class=real src=s.png></noscript>",
    ):
        text = _render(image, _file("s.png"))
        assert text.count(PICTURE) == 1
        assert 'class="real"' in text
        assert "lazy" not in text


@pytest.mark.parametrize(
    ("css", "written"),
    [
        ("@import 'i.css' layer(base) supports(display:grid) screen;",
         "@media screen {\n@supports (display:grid) {\n@layer base {\ni{}\n}\n}\n}"),
        ("@import url(i.css) layer;", "@layer  {\ni{}\n}"),
        ("@import 'i.css' supports(not (a:b));", "@supports not (a:b) {\ni{}\n}"),
        ("@import/* why */'i.css'/* then */print;", "@media print {\ni{}\n}"),
        ("<!-- .old{color:red} -->", "/**/ .old{color:red} /**/"),
        ("a/**/.b{}", "a/**/.b{}"),
        (".sm\\:w-1\\/2{}.\\31 0{content:'\\2014\\\\'}", ".sm\\:w-1\\/2{}.\\31 0{content:'\\2014\\\\'}"),
    ],
)  # fmt: skip
def test_style_sheets_apply_where_they_did(css: str, written: str) -> None:
    """Layers and conditions of imports, comments that were a browser's fences, and escapes that mean themselves."""
    assert written in _render(f"<style>{css}</style>", _file("i.css", b"i{}", CSS))


def test_an_imported_sheet_that_is_left_open_ends_where_it_ends() -> None:
    """Its brackets and strings are closed, as a browser closes them at the end of a file."""
    text = _render("<style>@import 'i.css' print;b{}</style>", _file("i.css", b"@media all{p{content:'x", CSS))
    assert "@media print {\n@media all{p{content:'x'}}\n}\nb{}" in text


@pytest.mark.parametrize(
    ("sheets", "applied"),
    [
        ("<style type='text/less'>no{}</style><style type='TEXT/CSS'>yes{}</style>", ["yes"]),
        ("<style title=A>one{}</style><style title=B>two{}</style><style>all{}</style>", ["one", "all"]),
        ("<link rel=stylesheet type=text/x href=i.css><link rel='alternate stylesheet' href=i.css>", []),
    ],
)
def test_only_style_sheets_that_a_browser_applies_are_applied(sheets: str, applied: list[str]) -> None:
    """Other languages, and sets that the reader would have had to choose, are not."""
    text = _render(sheets, _file("i.css", b"i{}", CSS))
    assert [name for name in ("no", "yes", "one", "two", "all", "i") if f"\n{name}{{}}\n" in text] == applied


def test_a_style_sheet_without_a_charset_is_in_the_pages() -> None:
    """Words that a windows-1251 page's style sheet shows are read as that page is."""
    sheet = "p::before{content:'Цитата'}".encode("cp1251")
    assert "Цитата" in _render("<link rel=stylesheet href=s.css>", _file("s.css", sheet, CSS), charset="windows-1251")


def test_backgrounds_stand_beside_styles() -> None:
    """A cell's background picture and its style, and a film's poster with the film's size."""
    text = _render("<td background=i.png style='color:red'>x", _file("i.png"))
    assert f'style="background-image:url({PICTURE});color:red"' in text
    assert '<img width="400" class="v" src="data:' in _render("<video width=400 class=v poster=i.png>", _file("i.png"))


def test_frames_without_edges_have_none() -> None:
    """A frameset fills its window."""
    text = _render("<frameset cols=* border=0><frame src=f.html></frameset>", _file("f.html", b"<p>f", HTML))
    assert '<body style="margin:0">' in text
    assert ';border:0" sandbox' in text
