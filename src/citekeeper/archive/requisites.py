"""What a page or a style sheet needs to be looked at: style sheets, images, fonts, scripts, frames, icons, posters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citekeeper.archive.sniff import is_html
from citekeeper.model import Hop
from citekeeper.urls import BadUrlError, join, parse

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CONTENT_LIMIT = 8 * 1024 * 1024
"""Bytes of a page, decoded, that are looked through."""
SHEET_LIMIT = 2 * 1024 * 1024
"""Bytes of a style sheet that are looked through."""
MOST_FOUND = 5_000
"""Addresses that are taken from one file."""

_LINKS = {
    "stylesheet",
    "icon",
    "apple-touch-icon",
    "apple-touch-icon-precomposed",
    "mask-icon",
    "preload",
    "modulepreload",
}
_PRELOADED = {"style", "image", "font", "script"}
LAZY_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")
"""Where an image's address stands, or that of the one which is put there when it is looked at."""
SOURCE_SETS = {
    "img": ("srcset", "data-srcset", "data-lazy-srcset"),
    "source": ("srcset", "data-srcset"),
    "link": ("imagesrcset",),
}
"""Where an element names several sizes of its image."""

_SOURCES = {
    "script": ("src",),
    "img": LAZY_SOURCES,
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "video": ("poster",),
    "input": ("src",),
    "body": ("background",),
    "table": ("background",),
    "td": ("background",),
    "th": ("background",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
}
_MEDIA = {"video": "src", "audio": "src", "source": "src", "track": "src"}
_FRAME_DEPTH = 3  # of frames within the text of frames
_CANDIDATE = re.compile(r"[\s,]*+(\S+)([^,(]*+(?:\([^)]*+\)[^,(]*+)*+)(?:,|$)")


@dataclass(frozen=True, slots=True)
class Found:
    """The addresses that a page or style sheet refers to: absolute, without fragment, each once, in order."""

    requisites: list[str]
    """What a browser would fetch to show it."""
    media: list[str]
    """Films and sounds, which are not captured; their posters are."""
    read: int = 0
    """Bytes that were looked through."""
    is_cut: bool = False
    """Whether there is more in it than was looked through, or taken."""


def survey(hop: Hop, base_url: str, most: int = CONTENT_LIMIT) -> Found:
    """What a page or style sheet refers to, as far as it is looked through.

    Args:
        hop: the response; anything else refers to nothing.
        base_url: what its references are relative to, unless the page has a ``<base>`` of its own.
        most: bytes that may be looked through.
    """
    media_type = hop.headers.media_type
    if media_type == "text/css":
        return _survey_sheet(hop, base_url, min(most, SHEET_LIMIT))
    if not is_html(media_type, hop.content(4096)):
        return Found([], [])
    most = min(most, CONTENT_LIMIT)
    body = hop.content(most + 1)
    from citekeeper.archive.decoding import bounded, decode, page_charset, parse_html

    text = decode(body[:most], page_charset(body, hop.headers.get("content-type")))
    shown = bounded(text)
    is_cut = len(body) > most or len(shown) < len(text)
    del text
    root = parse_html(shown)
    if root is None:
        return Found([], [], len(body), is_cut)
    base, own = page_base(root, base_url), base_url.partition("#")[0]
    found, media = _absolute(_in_page(root), base), _absolute(_media(root), base)
    is_cut = is_cut or max(len(found), len(media)) > MOST_FOUND
    return Found([url for url in found[:MOST_FOUND] if url != own], media[:MOST_FOUND], len(body), is_cut)


def _survey_sheet(hop: Hop, base_url: str, most: int) -> Found:
    from citekeeper.archive.css import decode_css, references
    from citekeeper.archive.decoding import header_charset

    body = hop.content(most + 1)
    text = decode_css(body[:most], header_charset(hop.headers.get("content-type")))
    found = _absolute((reference.target for reference in references(text)), base_url)
    return Found(found[:MOST_FOUND], [], len(body), len(body) > most or len(found) > MOST_FOUND)


def page_base(root: HtmlElement, base_url: str) -> str:
    """What the page's references are relative to: its first ``<base href>``, else its own address."""
    for element in root.iter("base"):
        href = element.get("href")
        if href is not None:
            return resolve(base_url, href) or base_url
    return base_url


def resolve(base: str, reference: str) -> str | None:
    """An absolute http(s) URL without its fragment; None for anything else."""
    try:
        return parse(join(base, reference.strip())).without_fragment
    except BadUrlError:
        return None


def source_set(value: str) -> list[tuple[str, str]]:
    """The candidates of a srcset: (address, descriptor). Addresses may hold commas, but not at their end."""
    found = []
    position = 0
    while position < len(value) and (match := _CANDIDATE.match(value, position)):
        address, descriptor = match[1], match[2].strip()
        position = match.end()
        if address.endswith(","):  # no descriptor: the comma ended the candidate
            position = match.end(1)
            address, descriptor = address.rstrip(","), ""
        if address:
            found.append((address, descriptor))
    return found


def link_kinds(element: HtmlElement) -> set[str]:
    """The lower-case tokens of an element's rel attribute."""
    return set((element.get("rel") or "").lower().split())


def _absolute(references: Iterable[str], base: str) -> list[str]:
    """Each address once, and one more than is taken."""
    resolved = (resolve(base, reference) for reference in references if reference.strip())
    found: dict[str, None] = {}
    for url in resolved:
        if url:
            found[url] = None
        if len(found) > MOST_FOUND:
            break
    return list(found)


def _media(root: HtmlElement) -> Iterator[str]:
    for element in root.iter(*_MEDIA):
        if element.tag != "source" or not _in_picture(element):
            yield element.get(_MEDIA[element.tag]) or ""


def _in_page(root: HtmlElement, frames: int = _FRAME_DEPTH) -> Iterator[str]:
    from citekeeper.archive.css import references
    from citekeeper.archive.decoding import parse_html

    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag == "link":
            yield from _in_link(element)
        for name in _SOURCES.get(tag, ()):
            yield element.get(name) or ""
        for name in SOURCE_SETS.get(tag, ()):
            if tag != "source" or _in_picture(element):
                yield from (address for address, _ in source_set(element.get(name) or ""))
        if tag == "style":
            yield from (reference.target for reference in references(element.text or ""))
        srcdoc = element.get("srcdoc") if tag == "iframe" and frames else None
        if srcdoc and (inner := parse_html(srcdoc)) is not None:
            yield from _in_page(inner, frames - 1)
        style = element.get("style")
        if style and "(" in style:
            yield from (reference.target for reference in references(style))


def _in_link(element: HtmlElement) -> Iterator[str]:
    kinds = link_kinds(element)
    if kinds == {"preload"} and (element.get("as") or "").lower() not in _PRELOADED:
        return
    if kinds & _LINKS or "shortcut" in kinds:
        yield element.get("href") or ""


def _in_picture(element: HtmlElement) -> bool:
    parent = element.getparent()
    while parent is not None and parent.tag == "source":  # libxml2 nests what it does not know to be void
        parent = parent.getparent()
    return parent is not None and parent.tag == "picture"
