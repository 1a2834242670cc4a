"""The glance: does anything about a page give any rule of the table something to say? Most living pages pass at once.

It looks at what the rules look at, only coarser, and knows no verdict but one: whatever it is not sure of is the
table's to judge. So it can cost time, but never change a verdict; the zoo's tests hold it to that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from citekeeper import urls
from citekeeper.content import decode_content
from citekeeper.judge import hosts, knowledge, parking, redirects, soft404, walls
from citekeeper.judge.knowledge import SCAN_LIMIT, TITLE_ONLY, Family
from citekeeper.judge.page import Page
from citekeeper.judge.paragraphs import has_paragraphs
from citekeeper.model import Citation, Exchange

_HTML = re.compile(rb"\ncontent-type:[ \t]*(?:text/html|application/xhtml\+xml)[ \t]*[;\r\n]").search
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LONGEST_TITLE = 300


def load() -> None:
    """Read and compile now what the first page would have to wait for: most of a tenth of a second."""
    walls.wall_addresses()
    _odd_header()
    _is_ordinary_title(b"<title>A page</title>")
    knowledge.scan(b"<p>")


def ordinary_host(exchange: Exchange, citation: Citation | None) -> str | None:
    """The host, as people write it, of a page about which there is nothing to ask: it is alive.

    Returns:
        None where some rule might have something to say, or a probe might change what it says.
    """
    if len(exchange.hops) != 1 or exchange.failure is not None or exchange.tls_fault is not None:
        return None
    hop = exchange.hops[0]
    if hop.status != 200 or not hop.body or (citation is not None and not _is_bare(citation)):
        return None
    host = _ordinary_address(exchange.url)
    if host is None:
        return None
    head = hop.response_head.lower()
    if _HTML(head) is None or _odd_header()(head) is not None:
        return None
    content = hop.body[:SCAN_LIMIT]
    if head.find(b"\ncontent-encoding:") >= 0:  # “in” would take six times as long: it tries a number first
        content = decode_content(hop.headers.codings, hop.body, SCAN_LIMIT).data
    return host if _is_ordinary_page(content) else None


def _is_bare(citation: Citation) -> bool:
    """Whether nothing is known of the source with which its page could be compared, and nothing was decided of it."""
    expected = citation.expectation
    return not (citation.title or citation.language or expected.accept or expected.expect or expected.ignore)


@lru_cache(maxsize=4096)
def _host(host: str) -> str | None:
    """The host in its own script; None where some rule knows it."""
    if hosts.has_rule(host) or walls.is_consent_host(host):
        return None
    return None if ":" in host else urls.shown(urls.unicode_host(host), 80)


def _ordinary_address(address: str) -> str | None:
    """The host of an address that is in its normal form, and of which no rule has anything to say."""
    try:
        url = urls.parse(address)  # remembered: the engine asked for it when it fetched the page
    except urls.BadUrlError:
        return None
    if url.href != address or url.fragment or url.has_credentials or address[-1] == "#":
        return None
    if not _holds_none(address.lower(), walls.wall_addresses()) or soft404.names_file(url.path):
        return None
    return _host(url.host)


def _holds_none(text: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110 - half the time of all(), and this is done for every page
        if word in text:
            return False
    return True


@cache
def _odd_header() -> Callable[[bytes], re.Match[bytes] | None]:
    """Finds a wall's header, one that sends readers on, or a line that goes on with the one before."""
    names = b"|".join(re.escape(name.encode()) for name in sorted({*walls.wall_headers(), "refresh"}))
    return re.compile(b"\n(?:[ \t]|(?:" + names + b")[ \t]*:)").search


def _is_ordinary_page(content: bytes) -> bool:
    if content[:2] in _UTF16 or not has_paragraphs(content) or not _is_ordinary_title(content):
        return False
    hits = knowledge.scan(content)
    if not hits:
        return True
    return len(hits) == 1 and Family.CANONICAL in hits and _names_inner_page(Page(content).canonical)


def _is_ordinary_title(content: bytes) -> bool:
    """Whether there is a title, in plain UTF-8, that begins with no wall's words and names no absence or takeover.

    Wordings of absence that are markers too (all but those for titles only) are left to the scan.
    """
    tag = content.find(b"<title")
    start = content.find(b">", tag) + 1 if tag >= 0 else 0
    end = content.find(b"</", start, start + _LONGEST_TITLE) if start else -1
    if end < 0:
        return False
    raw = content[start:end].replace(b"&amp;", b"+")
    try:
        title = " ".join(raw.decode().lower().split())
    except UnicodeDecodeError:
        return False
    if not title or b"&" in raw or title.startswith(_telling_starts()):
        return False
    return _holds_none(title, _telling_words(ascii_only=title.isascii()))


@cache
def _telling_starts() -> tuple[str, ...]:
    return (*walls.wall_titles(), *walls.login_titles(), *parking.default_titles())


@cache
def _telling_words(*, ascii_only: bool) -> tuple[str, ...]:
    words = ("404", *sorted(TITLE_ONLY), *parking.takeover_words())
    return tuple(word for word in words if word.isascii()) if ascii_only else words


def _names_inner_page(canonical: str) -> bool:
    """Whether what a page calls its own address is that of an inner page, and so no sign of a front page in place."""
    try:
        return redirects.is_deep(urls.parse(canonical))
    except urls.BadUrlError:
        return False
