"""Every web link of a document, with its exact place."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from citekeeper import importers
from citekeeper.importers import markdown
from citekeeper.importers.source import Source
from citekeeper.model import Kind


def found(text: str | bytes, tmp_path: Path, name: str = "doc.md") -> list[tuple[str, int, int]]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(c.url or "", c.found_in[0].line or 0, c.found_in[0].column or 0) for c in importers.links(path)]


MARKDOWN = [
    ("an inline link", "see [a](https://x.example/a) now", [("https://x.example/a", 1, 9)]),
    (
        "twice the same in a line",
        "[a](https://x.example) [a](https://x.example)",
        [("https://x.example", 1, 5), ("https://x.example", 1, 28)],
    ),
    ("words that are the address", "[https://x.example](https://x.example)", [("https://x.example", 1, 21)]),
    ("words that are another address", "[https://y.example](https://x.example)", [("https://x.example", 1, 21)]),
    ("a title", '[a](https://x.example "T (x)")', [("https://x.example", 1, 5)]),
    ("pointed brackets and blanks", "[a]( <https://x.example/a b> )", [("https://x.example/a b", 1, 7)]),
    (
        "brackets in the address",
        "[a](https://x.example/w_(b)_(c)) (see https://x.example/d_(e))",
        [("https://x.example/w_(b)_(c)", 1, 5), ("https://x.example/d_(e)", 1, 39)],
    ),
    (
        "escapes",
        r"[a](https://x.example/a\_b\)) https://t.example/c\_d",
        [("https://x.example/a_b)", 1, 5), ("https://t.example/c_d", 1, 31)],
    ),
    ("character references", "[a](https://x.example/?a=1&amp;b=2)", [("https://x.example/?a=1&b=2", 1, 5)]),
    ("an autolink", "<https://x.example/a>", [("https://x.example/a", 1, 2)]),
    ("a bare address and its full stop", "See https://x.example/a.", [("https://x.example/a", 1, 5)]),
    ("a bare www", "(www.x.example)", [("http://www.x.example", 1, 2)]),
    ("a bare address in italics", "*https://x.example/a*", [("https://x.example/a", 1, 2)]),
    ("an image", "![a https://no.example](https://x.example/i.png)", [("https://x.example/i.png", 1, 25)]),
    (
        "a badge",
        "[![b](https://x.example/b.svg)](https://y.example)",
        [("https://x.example/b.svg", 1, 7), ("https://y.example", 1, 33)],
    ),
    (
        "a reference, at its definition",
        "[a][r], [r] and [R][]\n\n[r]: https://x.example 'T'",
        [("https://x.example", 3, 6)],
    ),
    ("a definition over two lines", "[a]\n\n[a]:\n  https://x.example\n  'T'", [("https://x.example", 4, 3)]),
    (
        "a footnote definition",
        "a[^1]\n\n[^1]: see <https://x.example>\n    and https://y.example",
        [("https://x.example", 3, 12), ("https://y.example", 4, 9)],
    ),
    ("an inline note", "a^[see [x](https://x.example)]", [("https://x.example", 1, 12)]),
    ("over two lines", "[a\nb](\nhttps://x.example)", [("https://x.example", 3, 1)]),
    ("a quote and a list", "> - a\n>   [b](https://x.example)\n", [("https://x.example", 2, 9)]),
    ("a lazy line", "> a\nhttps://x.example", [("https://x.example", 2, 1)]),
    (
        "a heading",
        "# https://x.example #\n\n[a](https://y.example)\n---",
        [("https://x.example", 1, 3), ("https://y.example", 3, 5)],
    ),
    (
        "a table",
        "| a | b |\n|---|---|\n| https://x.example/a|`b` | [c](https://y.example) |",
        [("https://x.example/a", 3, 3), ("https://y.example", 3, 33)],
    ),
    ("HTML", '<a href="https://x.example/?a&amp;b">https://no.example</a>', [("https://x.example/?a&b", 1, 10)]),
    (
        "an HTML block",
        "<div>\n<img src='https://x.example/i' >\nhttps://no.example\n</div>",
        [("https://x.example/i", 2, 11)],
    ),
    ("Markdown after HTML", "<div>\n\n[a](https://x.example)\n\n</div>", [("https://x.example", 3, 5)]),
    ("a code span", "`https://no.example` ``[a](https://no.example) ` ``", []),
    ("a code span over two lines", "`a\nhttps://no.example` b", []),
    ("an unclosed tick", "` https://x.example", [("https://x.example", 1, 3)]),
    ("a fence", "```sh\ncurl https://no.example\n```\nhttps://x.example", [("https://x.example", 4, 1)]),
    (
        "a fence in a list",
        "- a\n  ~~~\n  https://no.example\n  ~~~\n  https://x.example",
        [("https://x.example", 5, 3)],
    ),
    ("a fence that its list ends", "- ```\n  https://no.example\n\nhttps://x.example", [("https://x.example", 4, 1)]),
    (
        "indented code",
        "a\n\n    https://no.example\n\n- b\n\n      https://no.example\n\n  https://x.example",
        [("https://x.example", 9, 3)],
    ),
    (
        "a comment",
        "<!-- https://no.example\n\n[a](https://no.example) -->\nhttps://x.example a <!-- https://no.example -->",
        [("https://x.example", 4, 1)],
    ),
    ("front matter", "---\nurl: https://no.example\n---\nhttps://x.example", [("https://x.example", 4, 1)]),
    (
        "relative, mail and other schemes",
        "[a](b.md) [c](#d) <mailto:a@b.example> [e](//x.example) [f](ftp://x.example)",
        [],
    ),
    ("escaped brackets", r"\[a](https://x.example)", [("https://x.example", 1, 6)]),
    ("letters beyond ASCII", "«Привет» [é](https://пример.рф/путь)", [("https://пример.рф/путь", 1, 14)]),
    ("a tab", "\t\n-\t[a](https://x.example)", [("https://x.example", 2, 7)]),
    (
        "CRLF",
        "a\r\n\r\n[b](https://x.example)\r\n[c]\r\n\r\n[c]: https://y.example\r\n",
        [("https://x.example", 3, 5), ("https://y.example", 6, 6)],
    ),
    ("a byte order mark", "\ufeff[b](https://x.example)", [("https://x.example", 1, 5)]),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in MARKDOWN], ids=[case[0] for case in MARKDOWN])
def test_markdown_links(text: str, expected: list[tuple[str, int, int]], tmp_path: Path) -> None:
    """Links of every kind are found where their address stands; code, comments and relative links are not."""
    assert found(text, tmp_path) == expected


def test_links_are_numbered_entries(tmp_path: Path) -> None:
    """Each link is an entry of kind link, numbered in order, under the name that was asked for."""
    path = tmp_path / "a.md"
    path.write_text("[a](https://x.example) <https://y.example>")
    links = list(importers.links(path, name="docs/a.md"))
    assert [(c.id, c.kind, c.found_in[0].file) for c in links] == [
        ("link-1", Kind.LINK, "docs/a.md"),
        ("link-2", Kind.LINK, "docs/a.md"),
    ]


_FRAGMENTS = [
    "[a](https://x.example/1)",
    "[a](<https://x.example/2>)",
    "<https://x.example/3>",
    '![i](https://x.example/4 "t")',
    "[r]",
    "[a][r]",
    "\n\n[r]: https://x.example/5\n\n",
    "`",
    "``",
    "```\n",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "    ",
    "  ",
    "*",
    "_",
    "[",
    "]",
    "(",
    ")",
    "\\",
    "!",
    "a",
    "# ",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<div>",
    "|",
    "---\n",
    "~~~\n",
    "\t",
    "&amp;",
    "[^1]",
    "\n[^1]: ",
    "'",
    '"',
    "===\n",
]
_URL = re.compile(r"https://x\.example/\d")


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=14).map("".join))
def test_markdown_agrees_with_an_independent_parser(text: str) -> None:
    """What markdown-it takes for a link is found, and every place holds the address that it is said to hold."""
    source = Source("a.md", text.encode())
    ours = list(markdown.links(source)) if text.strip() else []
    for link in ours:
        location = link.found_in[0]
        assert location.line is not None
        assert location.column is not None
        assert source.text.startswith("https://x.example/", source.offset(location.line, location.column))
    if "[^1]" not in text and not text.startswith("---"):  # no footnotes and front matter in CommonMark
        assert _markdown_it_links(text) <= {unquote(link.url or "") for link in ours}


def _markdown_it_links(text: str) -> set[str]:
    links: set[str] = set()
    stack = MarkdownIt("commonmark").enable("table").parse(text)
    while stack:
        token = stack.pop()
        target = token.attrs.get("href") or (token.attrs.get("src") if token.type == "image" else None)
        if isinstance(target, str) and target.startswith("https:"):
            links.add(unquote(target))
        if token.type != "image":
            stack += token.children or []
    return links


def test_hostile_markdown_takes_no_time(tmp_path: Path) -> None:
    """Input made to be slow is not: no construct costs more than its length."""
    evils = '[ < <a <a·x=" [a]( ![[ <!-- **a·_b· https://x( >· [x](< [a]:·<x>·" -· ``·`·'
    for evil in evils.replace("·", "\0").split():
        evil = evil.replace("\0", " ")
        found("a" + evil * 8000, tmp_path)


def test_a_hundred_thousand_links(tmp_path: Path) -> None:
    """A big file is read to its end, and its last link's place is right."""
    count = 100_000
    links = found("".join(f"- [t](https://h.example/{n})\n" for n in range(count)), tmp_path)
    assert len(links) == count
    assert links[-1] == (f"https://h.example/{count - 1}", count, 7)


HTML = [
    ("a link", '<p><a class=x href="https://x.example/?a=1&amp;b=2">t</a>', [("https://x.example/?a=1&b=2", 1, 21)]),
    (
        "quotes of all kinds",
        "<a href='https://x.example'>a</a>\n<a href=https://y.example>b</a>\n<A HREF = \"\nhttps://z.example\">",
        [("https://x.example", 1, 10), ("https://y.example", 2, 9), ("https://z.example", 4, 1)],
    ),
    (
        "pictures",
        '<img src="https://x.example/1" srcset="https://x.example/1,2 1x, https://x.example/3 2x,b.png 3x">',
        [("https://x.example/1", 1, 11), ("https://x.example/1,2", 1, 40), ("https://x.example/3", 1, 66)],
    ),
    (
        "other tags",
        '<link rel=canonical href="https://x.example/1"><link rel="preconnect" href="https://no.example">'
        '<iframe src="https://x.example/2"></iframe><source srcset="https://x.example/3">',
        [("https://x.example/1", 1, 27), ("https://x.example/2", 1, 110), ("https://x.example/3", 1, 156)],
    ),
    (
        "comments and scripts",
        "<!-- <a href='https://no.example'> --><script>'<a href=https://no.example>'</script><a href=https://x.example>",
        [("https://x.example", 1, 93)],
    ),
    (
        "relative and mail",
        "<a href=/a>b</a><a href='mailto:a@b.example'>c</a><a href=//x.example>d</a> https://no.example",
        [],
    ),
    ("nothing closed", "<a href='https://x.example'>a<p><a href='https://no.example", [("https://x.example", 1, 10)]),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in HTML], ids=[case[0] for case in HTML])
def test_html_links(text: str, expected: list[tuple[str, int, int]], tmp_path: Path) -> None:
    """The addresses in a page's tags are found where they stand."""
    assert found(text, tmp_path, "a.html") == expected


def test_html_in_an_old_charset(tmp_path: Path) -> None:
    """A page that declares windows-1251 is read in it, and columns count characters."""
    page = '<meta charset="windows-1251">\n<p>Привет <a href="https://x.example">'.encode("windows-1251")
    assert found(page, tmp_path, "a.html") == [("https://x.example", 2, 20)]


def test_plain_text_links(tmp_path: Path) -> None:
    """Plain text has bare addresses only, without the sentence's punctuation, in any line ends and encoding."""
    text = "Zie (https://x.example/a), «https://y.example/b»;\r\nен www.z.example/c_(d). not a@www.b.example"
    expected = [("https://x.example/a", 1, 6), ("https://y.example/b", 1, 29), ("http://www.z.example/c_(d)", 2, 4)]
    assert found(text, tmp_path, "a.txt") == expected
    assert found(b"\xff\xfe" + text.encode("utf-16-le"), tmp_path, "a.txt") == expected
