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

CONTENT_LIMIT = 16 * 1024 * 1024
_LINKS = {"stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "preload"}
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
_CANDIDATE = re.compile(r"[\s,]*(\S+)([^,(]*(?:\([^)]*\)[^,(]*)*)(?:,|$)")


@dataclass(frozen=True, slots=True)
class Found:
    """The addresses that a page or style sheet refers to: absolute, without fragment, each once, in order."""

    requisites: list[str]
    """What a browser would fetch to show it."""
    media: list[str]
    """Films and sounds, which are not captured; their posters are."""


def survey(hop: Hop, base_url: str) -> Found:
    """What a page or style sheet refers to.

    Args:
        hop: the response; anything else refers to nothing.
        base_url: what its references are relative to, unless the page has a ``<base>`` of its own.
    """
    media_type = hop.headers.media_type
    if media_type == "text/css":
        return Found(_absolute(_in_css(hop), base_url), [])
    body = hop.content(CONTENT_LIMIT)
    if not is_html(media_type, body):
        return Found([], [])
    from citekeeper.archive.decoding import decode, page_charset, parse_html

    root = parse_html(decode(body, page_charset(body, hop.headers.get("content-type"))))
    if root is None:
        return Found([], [])
    base, own = page_base(root, base_url), base_url.partition("#")[0]
    found = [url for url in _absolute(_in_page(root), base) if url != own]
    return Found(found, _absolute(_media(root), base))


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
    resolved = (resolve(base, reference) for reference in references if reference.strip())
    return list(dict.fromkeys(url for url in resolved if url))


def _in_css(hop: Hop) -> Iterator[str]:
    from citekeeper.archive.css import decode_css, references
    from citekeeper.archive.decoding import header_charset

    text = decode_css(hop.content(CONTENT_LIMIT), header_charset(hop.headers.get("content-type")))
    return (reference.target for reference in references(text))


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
