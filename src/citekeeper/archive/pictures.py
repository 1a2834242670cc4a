"""Which of the addresses that a page gives for one picture its copy should show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from citekeeper.archive.requisites import LAZY_SOURCES, SOURCE_SETS, source_set

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WIDE_ENOUGH = 1000  # pixels; the smallest picture of a set that has so many is looked at without loss
_SIZE = re.compile(r"(\d{1,5})w|(\d{1,2}(?:\.\d{1,3})?)x")


def candidates(element: HtmlElement) -> list[tuple[str, str]]:
    """The addresses of an img or source, the best first, each with what a set must say of it: 800w, 2x, or nothing.

    A set whose pictures are told by their width also tells how wide they are shown, so it comes before the one address.
    Where a script would put in the picture that is meant, that comes before what the page shows until then.
    """
    own = [element.get(name) or "" for name in LAZY_SOURCES[1:] + LAZY_SOURCES[:1]] if element.tag == "img" else []
    single = [(address, "") for address in map(str.strip, own) if address]
    is_automatic = (element.get("sizes") or element.get("data-sizes") or "").strip().lower().startswith("auto")
    sets = [
        (address, "" if is_automatic and descriptor.endswith("w") else descriptor)
        for name in SOURCE_SETS[element.tag]
        for address, descriptor in sorted(_told(element.get(name) or ""), key=_preference)
    ]
    is_by_width = any(descriptor.endswith("w") for _, descriptor in sets)
    return [*sets, *single] if is_by_width else [*single, *sets]


def _told(value: str) -> Iterator[tuple[str, str]]:
    for address, descriptor in source_set(value):
        match = _SIZE.fullmatch(descriptor)
        yield address, match[0] if match and match[0] not in ("1x", "0w") else ""


def _preference(candidate: tuple[str, str]) -> float:
    match = _SIZE.fullmatch(candidate[1])
    if match is None:
        return 0
    if match[2]:
        return float(match[2])
    width = int(match[1])
    return width if width >= _WIDE_ENOUGH else 100_000 - width


def has_fallback(element: HtmlElement) -> bool:
    """Whether an img waits for a script to fill it, and the page says beside it what is shown without scripts."""
    if not any(element.get(name) for name in (*LAZY_SOURCES[1:], *SOURCE_SETS["img"][1:])):
        return False
    parent = element.getparent()
    for place in (element, parent if parent is not None and parent.tag == "picture" else None):
        beside = place.getnext() if place is not None else None
        if beside is not None and beside.tag == "noscript" and beside.find(".//img") is not None:
            return True
    return False
