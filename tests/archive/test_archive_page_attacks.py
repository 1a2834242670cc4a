"""What a hostile page tries on page.html's style sheets, charset and bar, without the policy to stop it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from citekeeper.archive.css import rewritten
from citekeeper.archive.page import write_page
from citekeeper.archive.verify_texts import check_page
from citekeeper.model import Exchange, Shows

from .harmless import assert_harmless
from .support import HTML, NOON, exchange, hop, page

URL = "https://news.example/a/page"
CSS = b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n"
EVIL = "https://evil.example/x"
HIDDEN_REFERENCES = [
    f"p{{x:\"\f;background:url({EVIL})}}",
    f"p{{x:\"\r;background:url({EVIL});y:\"}}",
    f"p{{x:\"a\\\r\n\";background:url({EVIL});y:\"\"}}",
    f"p{{background:u\\72\r\nl({EVIL})}}",
    f"p{{background:url(a/*);background:u\\72l({EVIL});/**/}}",
    f"p{{background:image\\-set('{EVIL}' 1x)}}",
    f"p{{background:image\\2d set('{EVIL}' 1x)}}",
    f"p{{background:i\\00006dage-set('{EVIL}' 1x)}}",
    f"p{{background:image-set(linear-gradient(rgb(calc(1),2,3),red) 1x,'{EVIL}' 1x)}}",
    f"p{{background:image-set(/*)*/'{EVIL}' 1x)}}",
    f"p{{background:src('{EVIL}')}}",
    f"@import/**/'{EVIL}';",
    f"@import/*x*//**/url({EVIL});",
    f"@import\f'{EVIL}';",
]  # fmt: skip
"""Style sheets in which a browser sees a reference, and a reader who reads otherwise sees a string or nothing."""


def _render(html: str | bytes, *requisites: Exchange, head: bytes = HTML) -> bytes:
    stream = io.BytesIO()
    write_page(stream, page(html, URL, head), requisites, None, NOON, Shows.SOURCE)
    assert_harmless(stream.getvalue().decode("utf-8-sig"))
    return stream.getvalue()


def _sheet_of(text: bytes) -> str:
    """The page's own style sheets; the bar's stands before them."""
    return "".join(re.findall(r"(?s)<style>\n(.*?)</style>", text.decode()))


STRANGE_SHEETS = [
    *HIDDEN_REFERENCES,
    f"p{{background:u\\\\rl({EVIL})}}",
    f"p{{background:image-set(type(url({EVIL})) '{EVIL}' 1x)}}",
    f"p{{--x:'{EVIL}';background:image-set(var(--x) 1x);background:image-set(va\\72 (--x) 1x)}}",
    f'p{{background:url(a"b);background:url({EVIL});x:"}}',
    f"@function --f(){{result:'{EVIL}'}}p{{background:image-set(--f() 1x)}}",
]
"""With them some in which the address stays, where no browser takes it for a reference."""


@pytest.mark.parametrize("css", HIDDEN_REFERENCES)
def test_no_reference_is_hidden_from_the_scanner(css: str) -> None:
    """In a style element, in a file and, where it can stand there, in an attribute."""
    assert "evil" not in _sheet_of(_render(f"<style>{css}</style>"))
    linked = exchange(hop("https://news.example/a/s.css", CSS, css.encode()))
    assert "evil" not in _sheet_of(_render("<link rel=stylesheet href=s.css>", linked))
    if css.startswith("p{"):
        value = css[2:-1].replace('"', "&quot;")
        assert "evil" not in _render(f'<body><p style="{value}">x').decode().split("<body>", 1)[1]


@pytest.mark.parametrize(
    "name", ["var(--x)", "v\\61r(--x)", "va\\72 (--x)", "attr(data-x)", "env(x,'y')", "--f()", "if(x)"]
)
def test_the_images_of_a_set_do_not_come_from_elsewhere(name: str) -> None:
    """A string that stands elsewhere would be an address here: functions that bring it are made unknown ones."""
    css = "".join(rewritten(f"p{{--x:'{EVIL}';background:image-set({name} 1x)}}", lambda _: ["none"]))
    assert re.search(r"image-set\((unknown-[\w-]*|unknown)\(", css)


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        (f"@import 'b.css';\" ;background:url({EVIL}) ;z:\"", 'p{y:"'),
        (f"@import 'b.css';' ;background:url({EVIL}) ;z:'}}", "p{y:'\\"),
        (f"@import 'b.css';rl({EVIL})}}", "p{background:u\\"),
        (f"@import 'b.css';*/p{{background:u\\72l({EVIL})}}", "p{} /* "),
    ],
)
def test_an_imported_sheet_leaves_nothing_open(outer: str, inner: str) -> None:
    """What is open at its end cannot turn what follows from a string into a reference."""
    files = [
        exchange(hop(f"https://news.example/a/{n}.css", CSS, css.encode())) for n, css in (("a", outer), ("b", inner))
    ]
    stream = io.BytesIO()
    write_page(stream, page("<link rel=stylesheet href=a.css>", URL), files, None, NOON, Shows.SOURCE)
    css = _sheet_of(stream.getvalue())
    assert "url(https" not in re.sub(r""""[^"\n]*"|'(?:[^'\n]|\\')*'""", "", css)
    assert "u\\" not in css


def test_no_charset_but_utf_8_can_be_guessed() -> None:
    """A mark comes first of all: attributes of the root can be longer than what a browser reads to find the charset."""
    text = _render(f"<html class='{'a' * 5000}'><p title='\x1b$B'>t</p>\x1b(B<p title='\x1b(B onclick=evil() '>x")
    assert text.startswith(b"\xef\xbb\xbf")


def test_the_bars_words_are_the_first_rules_and_no_rule_of_the_page_can_join_them() -> None:
    """They stand in a layer without a name, before all style sheets; what they quote cannot end them."""
    url = "https://news.example/</style><script>\\\"'};*{display:none}"
    text = _render("<style>@layer{html::after{content:'fake'!important}}</style>").decode()
    assert text.index("<style>@layer{html{") < text.index("fake")
    stream = io.BytesIO()
    write_page(stream, page("<p>x", url), (), None, NOON, Shows.SOURCE)
    rules = stream.getvalue().decode().split("<style>", 1)[1].split("</style>", 1)[0]
    words = re.search(r'content:"([^"]*)"!important', rules)
    assert words is not None
    assert "captured by citekeeper on 2026-11-02T12:00:00Z" in words[1]
    assert rules.endswith("}")


def test_a_page_cannot_bring_a_note_of_ours() -> None:
    """An element that our rules would lay over the bar is not copied, only its content."""
    text = _render(
        "<citekeeper-note role=note><a href=https://evil.example/>All is well</a></citekeeper-note>"
    ).decode()
    assert text.count("<citekeeper-note") == 1


@pytest.mark.parametrize(
    ("html", "is_guarded"),
    [
        (b"", True),
        (b' class="a b" data-x="onclick=\'1\'" style="font-size:62.5%"', True),
        (b' onclick="evil()"', False),
        (b' onmouseover="evil()" class="a"', False),
        (b' style="background:url(https://evil.example/)"', False),
        (b' manifest="https://evil.example/"', False),
    ],
)
def test_a_page_whose_root_escapes_the_policy_is_told(tmp_path: Path, html: bytes, is_guarded: bool) -> None:
    """The html element stands before the policy: a handler of its own would be let through by every browser."""
    text = _render("<html><p>x").replace(b"<html>", b"<html" + html + b">", 1)
    (tmp_path / "page.html").write_bytes(text)
    assert [code for _, code, _ in check_page(tmp_path, ["page.html"])] == ([] if is_guarded else ["page-unguarded"])
