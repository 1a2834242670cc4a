"""Which pages need a browser to show what they say, and a page as a browser showed it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files

from citekeeper.archive.sniff import is_html
from citekeeper.model import Exchange, Hop, Reading, Rendering
from citekeeper.urls import host_of

_LITTLE_TEXT = 200  # characters of text under which a page with scripts is taken for a program's empty shell
_LOOKED_AT = 2 * 1024 * 1024
_ELSEWHERE = re.compile(rb"(?i)<(?:script|i?frame)[\s/>]")  # where else a page's text may come from
_HEAD = b"HTTP/1.1 %d OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def is_page(hop: Hop) -> bool:
    """Whether a response is a page that a browser would lay out."""
    return is_html(hop.headers.media_type, hop.content(4096))


def needs_scripts(hop: Hop, reading: Reading | None) -> bool:
    """Whether only a browser shows what a page says: hardly any text beside scripts or frames, or a site known for it.

    Args:
        hop: the page.
        reading: its text as it was received.
    """
    if not is_page(hop):
        return False
    if _is_scripted(host_of(hop.url)):
        return True
    letters = len(reading.text) if reading is not None else 0
    return letters < _LITTLE_TEXT and _ELSEWHERE.search(hop.content(_LOOKED_AT)) is not None


def as_shown(exchange: Exchange, rendering: Rendering | None) -> Exchange:
    """The exchange with the page as its browser showed it, where that is what counts; else as it is.

    For reading, judging and page.html, never for the record of what was received.
    """
    last = exchange.last
    if rendering is None or not rendering.counts or rendering.document is None or last is None:
        return exchange
    body = rendering.document.encode("utf-8", "replace")
    shown = replace(last, response_head=_HEAD % last.status, body=body, truncated=None, dechunked=False)
    return replace(exchange, hops=(*exchange.hops[:-1], shown))


def _is_scripted(host: str) -> bool:
    names = host.split(".")
    return any(".".join(names[start:]) in _hosts() for start in range(len(names)))


@cache
def _hosts() -> frozenset[str]:
    text = files("citekeeper.archive").joinpath("data/scripted_hosts.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
