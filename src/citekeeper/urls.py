"""URLs by the WHATWG URL Standard (through Ada), and what the citations of a document need to know about them.

Percent-encoded bytes are kept as they are (``%CF%F0`` is windows-1251 and stays so); host names in other scripts become
their ASCII form and can be shown in their own.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

import ada_url

from citekeeper.patterns import late
from citekeeper.values import dataclass

WEB_SCHEMES = ("http", "https")


class BadUrlError(ValueError):
    """Not a URL that the web could answer; the message says why."""


@dataclass(frozen=True, slots=True)
class Url:
    """A parsed web URL. ``href`` is its normal form, ``host`` is ASCII and lower-case without brackets or port."""

    href: str
    scheme: str
    host: str
    port: int
    path: str
    query: str
    fragment: str
    username: str
    password: str

    @property
    def origin(self) -> str:
        """Scheme, host and non-default port, e.g. ``https://example.org:8443``."""
        default = {"http": 80, "https": 443}.get(self.scheme)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == default else f":{self.port}")

    @property
    def without_fragment(self) -> str:
        """The URL as it is asked of the server."""
        return self.href.partition("#")[0]

    @property
    def has_credentials(self) -> bool:
        """Whether a user name or password stands in the URL."""
        return bool(self.username or self.password)


@lru_cache(maxsize=1024)
def parse(text: str) -> Url:
    """Parse a web URL by the WHATWG URL Standard.

    Most URLs are in their normal form already; those are read by one pattern, which costs a tenth of the full parser.

    Raises:
        BadUrlError: ``text`` is not an absolute http or https URL with a host.
    """
    match = _ORDINARY(text)
    if match is None:
        return parse_fully(text)
    scheme, host, port, path, query = match.groups()
    default = 80 if scheme == "http" else 443
    number = int(port) if port else default
    if (port and (number == default or number > 65535)) or _DOTS.search(path) or not _is_ordinary_host(host):
        return parse_fully(text)
    return Url(text, scheme, host, number, path, query or "", "", "", "")


_ORDINARY = re.compile(
    r"(https?)://"
    r"([a-z0-9.-]+)"
    r"(?::([1-9]\d{0,4}))?"
    r"(/[A-Za-z0-9_~!$&()*+,;=:@%/.-]*)"
    r"(?:\?([A-Za-z0-9_~!$&()*+,;=:@%/?.-]+))?",
    re.ASCII,
).fullmatch
_ORDINARY_HOST = re.compile(
    r"(?:(?!xn--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?!xn--)[a-z][a-z0-9]*"  # a name whose last label is no number
    r"|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}",  # or an IPv4 address
    re.ASCII,
).fullmatch
_DOTS = late(r"(?i)/(?:\.|%2e)")  # perhaps a dot segment, which the full parser resolves


@lru_cache(maxsize=4096)
def _is_ordinary_host(host: str) -> bool:
    return _ORDINARY_HOST(host) is not None


def parse_fully(text: str) -> Url:
    """What :func:`parse` does, by the Standard's own algorithm (Ada) whatever the URL looks like."""
    try:
        url = ada_url.URL(text.strip())
    except ValueError as error:
        raise BadUrlError(f"“{shown(text)}” is not a URL") from error
    scheme = url.protocol.rstrip(":")
    if scheme not in WEB_SCHEMES:
        raise BadUrlError(f"“{shown(text)}” has the scheme {scheme}:, and only http: and https: are fetched")
    if not url.hostname:
        raise BadUrlError(f"“{shown(text)}” names no host")
    port = int(url.port) if url.port else (443 if scheme == "https" else 80)
    return Url(
        url.href,
        scheme,
        url.hostname.strip("[]"),
        port,
        url.pathname,
        url.search[1:],
        url.hash[1:],
        url.username,
        url.password,
    )


def join(base: str, reference: str) -> str:
    """Resolve ``reference`` against ``base``; the result may have any scheme.

    Raises:
        BadUrlError: the two make no URL.
    """
    try:
        return str(ada_url.join_url(base, reference))
    except ValueError as error:
        raise BadUrlError(f"“{shown(reference)}” is not a reference that {shown(base)} can resolve") from error


def follow(base: str, location: str) -> str:
    """Where a Location header leads; its bytes, read as ISO-8859-1, are percent-encoded as they came, as browsers do.

    Raises:
        BadUrlError: it leads nowhere.
    """
    return join(base, "".join(ch if ch < "\x80" else f"%{ord(ch):02X}" for ch in location.strip()))


def is_web_url(text: str) -> bool:
    """Whether ``text`` is an absolute http or https URL with a host."""
    try:
        parse(text)
    except BadUrlError:
        return False
    return True


def host_of(text: str) -> str:
    """The ASCII host of a URL; "" where it is none."""
    try:
        return parse(text).host
    except BadUrlError:
        return ""


@lru_cache(maxsize=1)
def public_suffixes() -> Any:
    """The public suffix list (https://publicsuffix.org), loaded when first asked for."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


def registrable_domain(host: str) -> str | None:
    """The domain that somebody has registered: ``news.bbc.co.uk`` is under ``bbc.co.uk``.

    None for what is no name of the public web: an address, a single label, a public suffix, a top level domain that
    does not exist (``printer.local``, ``a.example``) or is not in the DNS (``.onion``, ``.arpa``).
    """
    name = host.rstrip(".").lower()
    if not name.isascii() or name.endswith((".onion", ".arpa")):
        return None
    found = public_suffixes().privatesuffix(name, accept_unknown=False)
    return str(found) if found else None


def unicode_host(host: str) -> str:
    """A host name in its own script, for people: ``xn--d1abbgf6aiiy.xn--p1ai`` is ``президент.рф``."""
    if "xn--" not in host or not host.isascii():
        return host
    return str(ada_url.idna_to_unicode(host))


def ascii_host(host: str) -> str:
    """A host name as DNS knows it: ``президент.рф`` is ``xn--d1abbgf6aiiy.xn--p1ai``."""
    return host if host.isascii() else ada_url.idna_to_ascii(host).decode("ascii")


def best_pattern(patterns: Iterable[str], host: str) -> str | None:
    """The most specific of ``patterns`` that matches ``host``: ``example.org`` itself, or ``*.example.org`` below it.

    Patterns may be written in ASCII or in their own script; ``*`` alone matches every host.
    """
    names = {host, unicode_host(host)}

    def matches(pattern: str) -> bool:
        if pattern == "*":
            return True
        suffix = pattern.lower().removeprefix("*.")
        below = pattern.startswith("*.")
        return any(name == suffix or (below and name.endswith("." + suffix)) for name in names)

    def specificity(pattern: str) -> tuple[int, bool]:
        return len(pattern.removeprefix("*.")), not pattern.startswith("*")

    return max((pattern for pattern in patterns if matches(pattern)), key=specificity, default=None)


# As lenient as the URL parser: https:user:word@host has credentials too, and so may a URL within the query.
_CREDENTIALS = late(r"(?i)((?:https?|ftp):[/\\]*|[a-z][a-z0-9+.-]{0,20}://|//)[^/\\?#]*@")
_UNSEEN_BY_PARSERS = dict.fromkeys(map(ord, "\t\r\n"))
_LONGEST_SHOWN = 10_000


def shown(text: str, width: int = 200) -> str:
    """A URL as messages and logs may show it: without credentials, control characters or excessive length."""
    clean = text.strip()[:_LONGEST_SHOWN]
    if not clean.isprintable():
        clean = clean.translate(_UNSEEN_BY_PARSERS)
        clean = "".join(ch if ch.isprintable() else "\N{REPLACEMENT CHARACTER}" for ch in clean)
    if "@" in clean:
        clean = _CREDENTIALS.sub(r"\1…@", clean)
    return clean if len(clean) <= width else clean[: width - 1] + "…"


# Anywhere in the text, because a web archive's address holds the source's address.
_USERINFO = late(r"://[^/?#\s]*@")


def without_credentials(url: str | None) -> str | None:
    """``url`` as written, but never with a user name or password."""
    if url is None or "@" not in url:
        return url
    try:
        parsed = parse(url)
    except BadUrlError:
        return _USERINFO.sub("://", url)
    return _USERINFO.sub("://", parsed.href if parsed.has_credentials else url)


def web_link(url: str | None) -> str | None:
    """``url`` in its normal form if a page may link to it: http or https, without credentials; else None."""
    return without_credentials(parse(url).href) if url is not None and is_web_url(url) else None


_TOKEN_NAMES = late(r"(?i)(?:^|[_-])(?:access_?token|auth(?:key|token)?|token|secret|api_?key|resourcekey|rlkey)$")
_MAYBE_TOKEN_NAMES = late(r"(?i)(?:^|[_-])(?:sig(?:nature)?|share|sharing|phpsessid|jsessionid|sessionid)$")
_PASSWORD_NAMES = late(r"(?i)^(?:password|passwd|pwd)$")
_SESSION_IN_PATH = late(r"(?i);jsessionid=[^;/]{8,}")


def _is_secret(name: str, value: str) -> bool:
    """Whether a parameter gives access; ``?share=facebook`` and ``?token=abc`` do not."""
    if _PASSWORD_NAMES.search(name):
        return bool(value)
    if len(value) < 8 or any(ch.isspace() for ch in value):
        return False
    if _TOKEN_NAMES.search(name):
        return True
    is_random = any(ch.isdigit() for ch in value) or (value != value.lower() and value != value.upper())
    return is_random and bool(_MAYBE_TOKEN_NAMES.search(name))


def looks_private(text: str) -> bool:
    """Whether a URL carries credentials or a share token, so that naming it to a service would give access away."""
    try:
        url = parse(text)
    except BadUrlError:
        return False
    if url.has_credentials or _SESSION_IN_PATH.search(url.path):
        return True
    return any(_is_secret(name, value) for part in (url.query, url.fragment) for name, value in parse_qsl(part))


# ── addresses that stand for other addresses ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class TranslatedUrl:
    """A translation service's address, decoded: the source it translates, and between which languages."""

    source: str
    source_language: str | None
    target_language: str | None
    by: str = "Google"


_TRANSLATE_HOSTS = {"translate.google.com", "translate.googleusercontent.com"}


def decode_translated(text: str) -> TranslatedUrl | None:
    """The source behind a Google Translate address, in the new ``*.translate.goog`` or an old form; None for others."""
    try:
        url = parse(text)
    except BadUrlError:
        return None
    if url.host.endswith(".translate.goog"):
        return _decode_translate_goog(url)
    is_old = url.host in _TRANSLATE_HOSTS or re.fullmatch(r"translate\.google\.[a-z.]{2,6}", url.host)
    if is_old:
        query = dict(parse_qsl(url.query))
        source = query.get("u", "")
        if source and not source.lower().startswith(("http://", "https://")):
            source = f"http://{source}"
        if is_web_url(source):
            return TranslatedUrl(source, query.get("sl") or None, query.get("tl") or None)
    return None


def _decode_translate_goog(url: Url) -> TranslatedUrl | None:
    query = dict(parse_qsl(url.query, keep_blank_values=True))
    host = query.get("_x_tr_hp", "") + url.host.removesuffix(".translate.goog")
    flags = [flag for flag in query.get("_x_tr_enc", "").split(",") if flag]
    idn = False
    if "1" in flags and host.startswith("1-"):
        host = host[2:]
    if "0" in flags and host.startswith("0-"):
        host, idn = host[2:], True
    host = re.sub(r"(?<=[^-])-(?=[^-])", ".", host).replace("--", "-")
    if idn:
        host = f"xn--{host}"
    scheme = query.get("_x_tr_sch") or "https"
    kept = "&".join(part for part in url.query.split("&") if part and not part.startswith("_x_tr_"))
    source = f"{scheme}://{host}{url.path}" + (f"?{kept}" if kept else "")
    source += f"#{url.fragment}" if url.fragment else ""
    if not is_web_url(source):
        return None
    return TranslatedUrl(source, query.get("_x_tr_sl") or None, query.get("_x_tr_tl") or None)


_WAYBACK = late(
    r"(?i)^https?://(?:web\.archive\.org|wayback\.archive\.org)/(?:web/)?(\d{1,14}|\d{0,13}\*)?([a-z]{2}_)?/?(https?:/{1,2}.+)$"
)
_WAYBACK_BARE = late(
    r"(?i)^https?://(?:web\.archive\.org|wayback\.archive\.org)/web/(\d{1,14}|\d{0,13}\*)(?:[a-z]{2}_)?/"
    r"((?:[\w-]+\.)+[a-z][a-z0-9-]+(?::\d+)?(?:[/?#].*)?)$"
)


@dataclass(frozen=True, slots=True)
class WaybackUrl:
    """A Wayback Machine address: the original, and the 14-digit timestamp where it names one."""

    original: str
    timestamp: str | None


def decode_wayback(text: str) -> WaybackUrl | None:
    """The original behind a ``web.archive.org/web/…`` address; None for other addresses."""
    match = _WAYBACK.match(text.strip())
    if not match:
        bare = _WAYBACK_BARE.match(text.strip())  # the Wayback Machine adds http:// itself
        return WaybackUrl(f"http://{bare[2]}", bare[1] if bare[1].isdigit() else None) if bare else None
    original = re.sub(r"^(?i:(https?):/{1,2})", lambda m: f"{m[1].lower()}://", match[3])
    return WaybackUrl(original, match[1] if match[1] and match[1].isdigit() else None)


_ARCHIVE_TODAY = frozenset(f"archive.{end}" for end in ("today", "is", "ph", "fo", "li", "md", "vn"))
_WAYBACK_HOSTS = frozenset(("web.archive.org", "wayback.archive.org", "archive.org"))


def keeper_of(text: str) -> str:
    """Who keeps the archived copy at an address, in one name for all of an archive's hosts."""
    host = host_of(text).removeprefix("www.")
    if host in _WAYBACK_HOSTS:
        return "the Wayback Machine"
    return "archive.today" if host in _ARCHIVE_TODAY else host


def is_archive(text: str) -> bool:
    """Whether an address is one of the Wayback Machine's or archive.today's."""
    return host_of(text).removeprefix("www.") in _WAYBACK_HOSTS | _ARCHIVE_TODAY


def is_evidence(text: str) -> bool:
    """Whether an archive's address can be evidence: archive.today's cannot, because snapshots were altered there."""
    return host_of(text).removeprefix("www.") not in _ARCHIVE_TODAY


def decode_bloomberg_wall(text: str) -> str | None:
    """The article behind Bloomberg's robot wall ``/tosv2.html?…&url=<base64 of path>``; None for other addresses."""
    try:
        url = parse(text)
    except BadUrlError:
        return None
    if not f".{url.host}".endswith(".bloomberg.com") or url.path != "/tosv2.html":
        return None
    encoded = dict(parse_qsl(url.query)).get("url", "")
    try:
        path = base64.b64decode(encoded.replace(" ", "+") + "=" * (-len(encoded) % 4)).decode("utf-8")
    except ValueError:  # no ASCII, no base64, or no UTF-8 within
        return None
    article = f"{url.origin}{path}" if path.startswith("/") else path
    return parse(article).href if is_web_url(article) else None


_TRACKING = late(r"(?i)^(?:utm_[a-z_]+|fbclid|gclid|yclid|dclid|mc_cid|mc_eid|_openstat|igshid|ref_src)$")


def without_tracking(text: str) -> str:
    """An address without the parameters that only tell where its reader came from; else byte for byte as it was."""
    before, mark, rest = text.partition("?")
    query, hash_mark, fragment = rest.partition("#")
    kept = [part for part in query.split("&") if not _TRACKING.match(part.partition("=")[0])]
    if len(kept) == len(query.split("&")):
        return text
    return before + (mark + "&".join(kept) if kept else "") + hash_mark + fragment


def same_document_key(text: str) -> str:
    """A key under which two addresses of one page fall together; for comparing, never for fetching.

    Scheme, ``www.``, fragment, tracking and a trailing slash are dropped, and the query is sorted.
    """
    try:
        url = parse(text)
    except BadUrlError:
        return text.strip()
    host = url.host.removeprefix("www.")
    pairs: Iterable[tuple[str, str]] = sorted(
        (name, value)
        for name, value in parse_qsl(url.query, keep_blank_values=True, encoding="latin-1")
        if not _TRACKING.match(name)
    )
    port = "" if url.port in (80, 443) else f":{url.port}"
    # Latin-1 keeps every byte apart; windows-1251 read as UTF-8 would make one address of many.
    return f"{host}{port}{unquote(url.path, 'latin-1').rstrip('/')}" + (f"?{urlencode(list(pairs))}" if pairs else "")
