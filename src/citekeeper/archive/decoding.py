"""Bytes to text by a charset label, as browsers read labels (WHATWG Encoding), and to a parsed page."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ALIASES = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "x-user-defined": ""}
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


def parse_html(text: str) -> HtmlElement | None:
    """The page as a tree; None where there is nothing to parse."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = text.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace")
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _codec(label: str) -> str:
    """Python's name of a text codec that the web uses; "" for other labels (Python's include rot13 and zlib)."""
    label = label.strip().lower()
    label = _ALIASES.get(label, label)
    if not label.isascii() or not label:
        return ""
    try:
        name = codecs.lookup(label).name
        "a".encode(name)  # LookupError for codecs that are not text encodings
    except LookupError:
        return ""
    return "" if name in _NOT_ON_THE_WEB else name
