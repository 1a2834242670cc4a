"""What is wrong in a document itself: corrupt and lost addresses, and words that promise another one.

Everything here only looks. A rule that could call an ordinary address corrupt has no place here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from publicsuffixlist import PublicSuffixList

from citekeeper import urls

_MSN_ID = re.compile(r"(?i)/(?:ar|vi|ss)-(?:AA|BB)[0-9A-Za-z]{5,6}(?:$|[/?#])")
_INNER_SCHEME = re.compile(r"(?i)https?:(?:/{1,2}|%2f%2f)")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNSAFE = re.compile(r"[\s<>\"`\\\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}]")
_RELAY_HOSTS = re.compile(
    r"(?i)archive|wayback|webcitation|arquivo|memento|translate|proxy|"
    r"(?:^|[.-])(?:perma|12ft|outline|validator|pagespeed|jina|cache|amp|ampproject|cdn|img|image|images|shields|badge|camo|"
    r"screenshot|viewer|embed|share|urlscan|virustotal|jsdelivr|unpkg|cors|rss|feed|qr)(?=[.-])"
)
"""Hosts of services whose addresses hold others: archives, translators, proxies, image services."""


def corruption(url: str) -> str | None:
    """Why ``url`` cannot be the address that its author meant, as a clause; None for one that looks sound."""
    text = url.strip()
    if not urls.is_web_url(text):
        return "it is no address that a browser would open"
    if match := _UNSAFE.search(text):
        what = "a blank" if match[0].isspace() else f"the character U+{ord(match[0]):04X}"
        return f"{what} stands in it"
    parsed = urls.parse(text)
    path = text.partition("?")[0].partition("#")[0]
    path = path[path.find("/", path.find("//") + 2) :] if "/" in path[path.find("//") + 2 :] else ""
    if _BAD_PERCENT.search(path):
        return "it has a percent sign that encodes nothing"
    if (inner := _INNER_SCHEME.search(path)) and not _is_relay(parsed.host, text):
        return f"a second address begins within it, at “{urls.shown(path[inner.start() :], 40)}”"
    pasted = []
    repeats = map(repeated_slug, unquote(parsed.path).split("/"))
    if repeated := next(filter(None, repeats), None):
        pasted.append(f"its path says “{urls.shown(repeated, 80)}” twice, as when two addresses are pasted together")
    if _MSN_ID.search(parsed.path) and not _belongs_to(parsed.host, "msn.com"):
        foreign = _msn_id(parsed.path)
        pasted.append(f"it ends in an article number of msn.com (“{foreign}”), which {parsed.host} does not use")
    return ", and ".join(pasted) or None


def _is_relay(host: str, url: str) -> bool:
    """Whether an address within the path is ordinary here: archives, translators, proxies and image services."""
    return (
        bool(_RELAY_HOSTS.search(host))
        or urls.decode_wayback(url) is not None
        or ("/http" in url[8:] and "web/" in url)
    )


def _msn_id(path: str) -> str:
    match = _MSN_ID.search(path)
    return match[0].strip("/?#") if match else ""


def _belongs_to(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


_MIN_REPEATED_WORDS = 4
_MOST_WORDS = 200  # of a path segment: what is longer is no headline, and looking costs their number cubed


def repeated_slug(segment: str) -> str | None:
    """A run of at least four words (20 characters) that stands twice, one after the other, in a path segment."""
    words = segment.split("-")
    if len(words) > _MOST_WORDS:
        return None
    for size in range(len(words) // 2, _MIN_REPEATED_WORDS - 1, -1):
        for start in range(len(words) - 2 * size + 1):
            first = words[start : start + size]
            for again in (start + size, start + size + 1):
                second = words[again : again + size]
                if (
                    len(second) == size
                    and first[1:-1] == second[1:-1]
                    and _akin(first, second)
                    and len("-".join(first)) >= 20
                ):
                    return "-".join(first)
    return None


def _akin(first: list[str], second: list[str]) -> bool:
    """Whether two runs differ at most in a cut first or last word (``lures`` and ``lure``)."""
    return all(
        a == b or (min(len(a), len(b)) > 2 and (a.startswith(b) or b.startswith(a)))
        for a, b in zip(first, second, strict=True)
    )


_DOMAIN = re.compile(r"(?i)(?:https?://)?(?P<host>(?:[\w-]+\.)+(?P<top>[^\W\d_]{2,24}|xn--[\w-]+))/?")


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def registrable(host: str) -> str:
    """The domain under which a host is registered: ``bbc.co.uk`` of ``www.bbc.co.uk``."""
    return _suffixes().privatesuffix(host) or host


def printed_domain(publisher: str) -> str | None:
    """The domain that a printed publisher is, in ASCII; None for a name that is no domain."""
    match = _DOMAIN.fullmatch(publisher.strip().rstrip("."))
    if not match:
        return None
    try:
        host = urls.parse(f"http://{match['host']}").host
    except urls.BadUrlError:
        return None
    return host if _suffixes().privatesuffix(host, accept_unknown=False) else None


def domain_differs(publisher: str, url: str) -> tuple[str, str] | None:
    """The printed domain and the linked host, where they belong to different owners; else None."""
    printed, linked = printed_domain(publisher), urls.host_of(url)
    if not printed or not linked or registrable(printed) == registrable(linked):
        return None
    return printed, linked


_PRINTED_URL = re.compile(r"(?i)^\W*(?P<url>(?:h?t?t?ps?:/{1,2}|https?[/;]+|www\.)[^\s<>“”\"]+)$")


def printed_address_differs(words: str, url: str) -> str | None:
    """The address that a link's words spell, where it is not the one the link leads to; else None.

    Scheme, ``www.``, a closing slash, case, percent-encoding, a fragment, a shortened end (``…``) and the backslashes
    of a clumsy converter do not count.
    """
    match = _PRINTED_URL.match(words.strip())
    if not match:
        return None
    printed = match["url"].rstrip(".,;)").replace("\\", "")
    if not re.match(r"(?i)(?:https?://|www\.)", printed):
        return printed  # a scheme that lost a letter: ``ttps://``
    shortened = printed.endswith(("…", "..."))
    full = printed.rstrip("….") if shortened else printed
    full = full if "//" in full else f"http://{full}"
    ours, theirs = _comparable(full), _comparable(url)
    same = theirs.startswith(ours) if shortened else ours == theirs
    return None if same else printed


def _comparable(url: str) -> str:
    return urls.same_document_key(url).casefold()
