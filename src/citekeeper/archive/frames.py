"""The frames of a page that page.html can show: which there are, in what charset, and how a frameset lays them out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from citekeeper.archive.decoding import CharsetOf, decode, page_charset, parse_html
from citekeeper.archive.inlining import Inlined
from citekeeper.archive.requisites import page_base, resolve
from citekeeper.archive.sniff import is_html
from citekeeper.model import Hop

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_FRAMES = 100
"""Frames that one page.html shows, those within frames among them."""
FRAME_DEPTH = 3
"""How deep frames may lie in frames: as deep as they are captured."""
FRAMED_BYTES = 8 * 1024 * 1024
"""Bytes of all frames of one page, decoded, before anything is inlined in them."""

SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
"""Nothing runs in a frame and nothing is sent from it; a link that a reader follows opens beside it."""

_MOST_TRACKS = 50
_ANCESTORS = re.compile(r"(?i)(?:^|;)\s*frame-ancestors\b([^;]*)")
_TRACK = re.compile(r"\s*(\d{1,5}(?:\.\d{1,3})?)?\s*(%|\*|px)?\s*")

Lineage = tuple[frozenset[str], ...]
"""The addresses of a document, after those of each document that it lies in, the page first."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A document within another, ready to be written."""

    root: HtmlElement
    base: str
    own_url: str
    lineage: Lineage


class Frames:
    """Finds the documents of frames, as many as one page.html may show.

    Args:
        inlined: what was fetched for the page.
        charset_of: how the bytes of a frame are read.
    """

    def __init__(self, inlined: Inlined, charset_of: CharsetOf = page_charset) -> None:
        self._inlined = inlined
        self._charset_of = charset_of
        self._left = MOST_FRAMES
        self._bytes_left = FRAMED_BYTES

    def find(self, element: HtmlElement, base: str, lineage: Lineage) -> Frame | str:
        """The document of a frame element, or why it is not shown; "" where there is nothing to show or to say.

        Args:
            element: an iframe or frame.
            base: what addresses are relative to where it stands.
            lineage: the documents that it stands in.
        """
        own_text = element.get("srcdoc") if element.tag == "iframe" else None
        url = None if own_text is not None else resolve(base, element.get("src") or "")
        if own_text is None and (url is None or not (element.get("src") or "").strip()):
            return ""
        if _is_in(url, lineage):
            return "it contains itself"
        if len(lineage) > FRAME_DEPTH:
            return f"it lies deeper than {FRAME_DEPTH} frames"
        if self._left <= 0:
            return f"more than {MOST_FRAMES} frames"
        found = self._written(own_text, base, lineage) if own_text is not None else self._captured(url or "", lineage)
        self._left -= isinstance(found, Frame)
        return found

    def _written(self, text: str, base: str, lineage: Lineage) -> Frame | str:
        """A frame whose document stands in its attribute."""
        if len(text) > self._bytes_left:
            return self._too_much()
        self._bytes_left -= len(text)
        root = parse_html(text)
        return "" if root is None else Frame(root, page_base(root, base), base, (*lineage, frozenset()))

    def _captured(self, url: str, lineage: Lineage) -> Frame | str:
        hop = self._inlined.hop(url)
        if hop is None:
            status = self._inlined.refused(url)
            return f"it answered with {status}" if status else "it was not captured"
        own_url = hop.url.partition("#")[0]
        if _is_in(own_url, lineage):
            return "it contains itself"
        if _refuses(hop, lineage):
            return "it refuses to be shown in this page"
        body = hop.content(self._bytes_left + 1)
        content_type = hop.headers.get("content-type")
        if not is_html(hop.headers.media_type, body):
            return "it is no HTML page; capture.wacz holds it"
        if len(body) > self._bytes_left:
            return self._too_much()
        self._bytes_left -= len(body)
        root = parse_html(decode(body, self._charset_of(body, content_type)))
        return (
            ""
            if root is None
            else Frame(root, page_base(root, hop.url), hop.url, (*lineage, frozenset({url, own_url})))
        )

    @staticmethod
    def _too_much() -> str:
        return f"all frames of a page may take {FRAMED_BYTES >> 20} MiB"


def _refuses(hop: Hop, lineage: Lineage) -> bool:
    """Whether a browser would have left the frame empty, by its word on who may frame it (RFC 7034, CSP level 2)."""
    rule = _ANCESTORS.search(hop.headers.get("content-security-policy", ""))
    if rule is None:
        said = {"deny": ["'none'"], "sameorigin": ["'self'"]}.get(
            hop.headers.get("x-frame-options", "").strip().lower()
        )
    else:
        said = rule[1].lower().split()
    if said == ["'self'"]:
        own = urlsplit(hop.url)[:2]
        return not all(own in [urlsplit(url)[:2] for url in addresses] for addresses in lineage if addresses)
    return said in ([], ["'none'"])  # of a list of hosts none is held against the frame


def _is_in(url: str | None, lineage: Lineage) -> bool:
    return any(url in addresses for addresses in lineage)


def grid(frameset: HtmlElement, height: str) -> str:
    """The style that lays out a frameset's frames as its rows and columns say."""
    rows, columns = (_tracks(frameset.get(name) or "") for name in ("rows", "cols"))
    return escape(
        f"display:grid;width:100%;height:{height};min-height:0;grid-template-rows:{rows};grid-template-columns:{columns}"
    )


def is_borderless(element: HtmlElement) -> bool:
    """Whether a frameset or frame says that its frames have no edges."""
    return any((element.get(name) or "").strip().lower() in ("0", "no") for name in ("border", "frameborder"))


def _tracks(value: str) -> str:
    """The tracks of a CSS grid that an attribute such as ``20%,120,2*`` means."""
    tracks = []
    for part in value.split(",")[:_MOST_TRACKS]:
        match = _TRACK.fullmatch(part)
        number, unit = (match[1], match[2]) if match else (None, None)
        if unit == "%" and number:
            tracks.append(f"minmax(0,{number}%)")
        elif unit == "*" or not number:
            tracks.append(f"minmax(0,{number or 1}fr)")
        else:
            tracks.append(f"minmax(0,{number}px)")
    return " ".join(tracks)
