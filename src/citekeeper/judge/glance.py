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
from citekeeper.judge.scanner import word_finder
from citekeeper.model import Citation, Exchange

_HTML = re.compile(rb"\ncontent-type:[ \t]*(?:text/html|application/xhtml\+xml)[ \t]*[;\r\n]").search
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LONGEST_TITLE = 300
_START = 2  # letters, by which almost all titles are known to begin with no wall's words


def load() -> None:
    """Read and compile now what the first page would have to wait for: most of a tenth of a second."""
    _odd_header()
    _is_ordinary("a page", "https://example.org/")
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
    if content[:2] in _UTF16 or not has_paragraphs(content):
        return None
    title = _title(content)
    return host if title and _is_ordinary(title, exchange.url.lower()) and _bears_no_marker(content) else None


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
    return None if soft404.names_file(url.path) else _host(url.host)


@cache
def _odd_header() -> Callable[[bytes], re.Match[bytes] | None]:
    """Finds a wall's header, one that sends readers on, or a line that goes on with the one before."""
    names = b"|".join(re.escape(name.encode()) for name in sorted({*walls.wall_headers(), "refresh"}))
    return re.compile(b"\n(?:[ \t]|(?:" + names + b")[ \t]*:)").search


def _bears_no_marker(content: bytes) -> bool:
    hits = knowledge.scan(content)
    if not hits:
        return True
    return len(hits) == 1 and Family.CANONICAL in hits and _names_inner_page(Page(content).canonical)


def _title(content: bytes) -> str | None:
    """The title in small letters; None where there is none in plain UTF-8, or with character references."""
    tag = content.find(b"<title")
    start = content.find(b">", tag) + 1 if tag >= 0 else 0
    end = content.find(b"</", start, start + _LONGEST_TITLE) if start else -1
    if end < 0:
        return None
    raw = content[start:end].replace(b"&amp;", b"+")
    try:
        return None if b"&" in raw else " ".join(raw.decode().lower().split())
    except UnicodeDecodeError:
        return None


def _is_ordinary(title: str, address: str) -> bool:
    """Whether a title begins with no wall's words and names no absence or takeover, and an address is no wall's.

    Wordings of absence that are markers too (all but those for titles only) are left to the scan.
    """
    if title[:_START] in _beginnings() and title.startswith(_telling_starts()):
        return False
    if not _perhaps_telling()(f"{title}\n{address}"):
        return True
    return not (
        any(word in title for word in _telling_words()) or any(part in address for part in walls.wall_addresses())
    )


@cache
def _telling_starts() -> tuple[str, ...]:
    return (*walls.wall_titles(), *walls.login_titles(), *parking.default_titles())


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(start[:_START] for start in _telling_starts())


@cache
def _telling_words() -> tuple[str, ...]:
    return ("404", *sorted(TITLE_ONLY), *parking.takeover_words())


@cache
def _perhaps_telling() -> Callable[[str], bool]:
    """Finds what tells of a wall in an address, or of absence or a takeover in a title: both are asked at once."""
    return word_finder((*_telling_words(), *walls.wall_addresses()))


def _names_inner_page(canonical: str) -> bool:
    """Whether what a page calls its own address is that of an inner page, and so no sign of a front page in place."""
    try:
        return redirects.is_deep(urls.parse(canonical))
    except urls.BadUrlError:
        return False
