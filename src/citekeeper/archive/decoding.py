"""Bytes to text by a charset label, as browsers read labels (WHATWG Encoding), and to a parsed page."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from citekeeper.content import first_tags, without_floods

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
MOST_TAGS = 200_000
"""Opening and closing tags of one page that are looked at."""

CharsetOf = Callable[[bytes, str], str]
"""The charset of a page's bytes, given its Content-Type."""

_ALIASES = {
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "x-cp1252"), "cp1252"),
    **dict.fromkeys(("x-cp1251", "win-1251", "windows1251", "cp-1251"), "cp1251"),
    **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), "mac-cyrillic"),
    **dict.fromkeys(("koi", "koi8", "koi8_r"), "koi8-r"),
    **dict.fromkeys(("windows-874", "dos-874", "tis-620", "iso-8859-11"), "cp874"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "windows-949"), "cp949"),
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    "x-user-defined": "",
}
"""Where browsers read a label otherwise than Python, or Python does not know it."""
_NOT_ON_THE_WEB = {
    "utf-7",
    "idna",
    "punycode",
    "raw-unicode-escape",
    "raw_unicode_escape",
    "unicode-escape",
    "unicode_escape",
    "undefined",
    "mbcs",
    "oem",
}
_META = re.compile(rb"(?i)<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})")
_HEADER = re.compile(r"(?i)charset\s*=\s*[\"']?\s*([\w.:-]{1,40})")


def header_charset(content_type: str) -> str:
    """The charset that a Content-Type names; "" where it names none."""
    match = _HEADER.search(content_type)
    return match[1] if match else ""


def page_charset(body: bytes, content_type: str) -> str:
    """The charset of an HTML page by its label: header, then meta; else UTF-8 if it is that, else windows-1252."""
    declared = header_charset(content_type)
    if _codec(declared):
        return declared
    match = _META.search(body[:4096])
    if match and (label := _codec(match[1].decode("ascii", "replace"))):
        return "utf-8" if label.startswith("utf-16") else label
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decode(body: bytes, label: str) -> str:
    """The text of ``body``; a byte order mark outranks the label, and what cannot be decoded becomes U+FFFD."""
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    return body.decode(_codec(label) or "utf-8", "replace")


def bounded(text: str) -> str:
    """A page's beginning, with as many tags as are parsed: an element takes some hundred bytes, its tag three."""
    return first_tags(text, MOST_TAGS)


def parse_html(text: str) -> HtmlElement | None:
    """The page as a tree; None where there is nothing to parse."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    text = without_floods(bounded(text))
    data = text.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace")
    del text  # a tree takes many times as much: nothing else should stay beside it
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    _end_head(root)
    return root


_IN_HEAD = {
    "base",
    "basefont",
    "bgsound",
    "link",
    "meta",
    "noframes",
    "noscript",
    "script",
    "style",
    "template",
    "title",
}


def _end_head(root: HtmlElement) -> None:
    """Give the body what libxml2 leaves in the head: where tags are left out, it knows no element younger than HTML 4.

    Pages may leave out the tags of head and body, and those that are made smaller do.
    """
    head = root.find("head")
    if head is None:
        return
    first = next((child for child in head if child.tag not in _IN_HEAD), None)
    if first is None or root.find("frameset") is not None:
        return
    moved = [first, *first.itersiblings()]
    body = root.find("body")
    if body is None:
        body = root.makeelement("body")
        root.append(body)
    moved[-1].tail = (moved[-1].tail or "") + (body.text or "")
    body.text = None
    body[:0] = moved


def _codec(label: str) -> str:
    """Python's name of a text codec that the web uses; "" for other labels (Python's include rot13 and zlib)."""
    label = label.strip().lower()
    label = _ALIASES.get(label, label)
    if not label.isascii() or not label:
        return ""
    try:
        name = codecs.lookup(label).name
        "a".encode(name)  # LookupError for codecs that are not text encodings
    except (LookupError, ValueError):  # “undefined” fails on whatever it is given
        return ""
    return "" if name in _NOT_ON_THE_WEB else name
