"""page.html: the captured page as one file that opens offline in any browser, and in which nothing can run.

The page is not cleaned but written anew: only elements and attributes that are known to be harmless are copied into a
document of our own, whose serialisation escapes everything else. Scripts, handlers, forms, foreign content (SVG,
MathML) and every address that would be fetched are not among them. A Content-Security-Policy stands behind that as a
second wall. A frame that was captured is such a document of its own, in a sandbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import IO, TYPE_CHECKING

from citekeeper.archive.bar import Bar
from citekeeper.archive.decoding import CharsetOf, bounded, decode, page_charset, parse_html
from citekeeper.archive.doctype import doctype_for
from citekeeper.archive.frames import Frame, Frames
from citekeeper.archive.inlining import INLINE_BUDGET, STYLE_BUDGET, Inlined
from citekeeper.archive.page_writer import CLOSING, PageWriter, opening
from citekeeper.archive.requisites import page_base
from citekeeper.archive.spooling import copy, spool, write
from citekeeper.content import without_pictures
from citekeeper.model import Exchange, Hop, Shows

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SHOWN_BYTES = 8 * 1024 * 1024
"""Bytes of a page, decoded, that are shown."""


_HEAD = '<meta name="robots" content="noindex">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
_BYTE_ORDER_MARK = "\ufeff"
"""It outranks whatever a browser might guess from a page that is full of another charset's escapes."""


def write_page(
    stream: IO[bytes],
    main: Exchange,
    requisites: Sequence[Exchange],
    charset: str | None,
    captured_at: datetime,
    shows: Shows,
    *,
    after_scripts: bool = False,
    charset_of: CharsetOf = page_charset,
    beside: Path | None = None,
) -> None:
    """Write the page as one UTF-8 file, whose pictures may be many times what memory should hold.

    Args:
        stream: where to.
        main: the exchange whose last hop is an HTML page.
        requisites: what was fetched for it; what is not among them is left out of the page.
        charset: how the page's bytes were read, where a reading decided that.
        captured_at: for the bar on top.
        shows: for the bar on top.
        after_scripts: for the bar on top: the page is as a browser showed it.
        charset_of: how the bytes of its frames are read, and its own where no reading decided that.
        beside: on whose file system waits what memory should not hold; None for that of temporary files.
    """
    last = main.last
    assert last is not None
    shown = _parsed(last, charset, charset_of)
    root = shown.root
    inlined = Inlined(requisites, shown.charset)
    addresses = frozenset(url.partition("#")[0] for url in (main.url, *(hop.url for hop in main.hops)))
    page = Frame(root, page_base(root, last.url), last.url, (addresses,)) if root is not None else None
    writer = PageWriter(inlined, Frames(inlined, charset_of), page, beside) if page is not None else None
    title = "" if root is None else " ".join((root.findtext(".//title") or "").split())
    with spool(beside) as styles, spool(beside) as content:
        write(styles, writer.sheets.of_page() if writer else ())
        body = writer.body_attributes() if writer else ""
        write(content, writer.body() if writer else ())
        said = _missing(last, is_cut=shown.is_cut, is_spent=inlined.is_spent)
        bar = Bar(last.url, captured_at, shows, after_scripts, said)
        start = opening(writer.html_attributes() if writer else "", shown.doctype)
        rules = bar.style(is_root_positioned=writer is not None and writer.sheets.is_root_positioned)
        write(stream, (_BYTE_ORDER_MARK, start, _HEAD, f"<title>{escape(title)}</title>\n", rules))
        copy(styles, stream)
        write(stream, (f"</head>\n<body{body}>\n",))
        copy(content, stream)
        write(stream, ("\n", bar.note(), CLOSING))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What of a page is shown: its tree, and how it was read; ``is_cut`` where something of it is not in the tree."""

    root: HtmlElement | None
    charset: str
    doctype: str
    is_cut: bool


def _parsed(last: Hop, charset: str | None, charset_of: CharsetOf) -> _Shown:
    body = last.content(SHOWN_BYTES + 1)
    is_cut = len(body) > SHOWN_BYTES
    if is_cut:  # rather the text behind its pictures than half of them
        body = without_pictures(last.content(4 * SHOWN_BYTES))[:SHOWN_BYTES]
    charset = charset or charset_of(body, last.headers.get("content-type"))
    text = decode(body, charset)
    shown = bounded(text)
    doctype = doctype_for(shown, is_xml=last.headers.media_type == "application/xhtml+xml")
    return _Shown(parse_html(shown), charset, doctype, is_cut or len(shown) < len(text))


def _missing(last: Hop, *, is_cut: bool, is_spent: bool) -> str:
    """What a reader would not see here, in sentences for the bar."""
    sentences = []
    if last.truncated:
        sentences.append("The answer was cut off before its end: what follows is not here at all.")
    if is_cut:
        sentences.append("This page is too large to be shown whole here.")
    if is_spent:
        sentences.append(
            f"Style sheets beyond {STYLE_BUDGET >> 20} MiB, and pictures and frames beyond {INLINE_BUDGET >> 20} MiB, "
            "are not shown."
        )
    return "".join(f" {sentence}" for sentence in sentences)
