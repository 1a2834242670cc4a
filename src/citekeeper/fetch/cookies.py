"""The cookies of one chain of redirects (RFC 6265, session part): kept for one request, then forgotten.

Some sites only answer a reader who brings back the cookie of the first hop. They go to no other registrable domain than
the one that set them, and a public suffix can set none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from citekeeper.content import Headers
from citekeeper.fetch.guard import is_literal
from citekeeper.urls import Url, public_suffixes

_MAX_COOKIES = 50
_MAX_SIZE = 4096


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie: who may see it (``domain``, and its subdomains unless ``host_only``), where, and over what."""

    name: str
    value: str
    domain: str
    host_only: bool
    path: str
    secure: bool

    def goes_to(self, url: Url) -> bool:
        """Whether a request for ``url`` carries this cookie."""
        if url.host != self.domain and (self.host_only or not url.host.endswith("." + self.domain)):
            return False
        if self.secure and url.scheme != "https":
            return False
        return url.path == self.path or url.path.startswith(self.path if self.path.endswith("/") else self.path + "/")


class CookieJar:
    """The cookies of one chain of redirects."""

    def __init__(self) -> None:
        self._cookies: dict[tuple[str, str, str], Cookie] = {}

    def take(self, url: Url, headers: Headers) -> None:
        """Keep what a response from ``url`` sets, and drop what it expires."""
        for line in headers.all("set-cookie"):
            cookie, lives = _parse(url, line)
            if cookie is None:
                continue
            key = (cookie.domain, cookie.path, cookie.name)
            if not lives:
                self._cookies.pop(key, None)
            elif key in self._cookies or len(self._cookies) < _MAX_COOKIES:
                self._cookies[key] = cookie

    def header_for(self, url: Url) -> str:
        """The Cookie header for a request to ``url``; "" where there is none. Longer paths come first."""
        matching = sorted((c for c in self._cookies.values() if c.goes_to(url)), key=lambda c: -len(c.path))
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in matching)


def _parse(url: Url, line: str) -> tuple[Cookie | None, bool]:
    pair, _, rest = line.partition(";")
    name, equals, value = pair.partition("=")
    name, value = name.strip(), value.strip()
    if not equals or not name or len(pair) > _MAX_SIZE or re.search(r"[\x00-\x1f\x7f]", line):
        return None, False
    attributes = {
        key.strip().lower(): content.strip() for key, _, content in (part.partition("=") for part in rest.split(";"))
    }
    domain, host_only = _domain(url.host, attributes.get("domain", ""))
    if domain is None or ("secure" in attributes and url.scheme != "https"):
        return None, False
    path = attributes.get("path", "")
    if not path.startswith("/"):
        path = url.path.rpartition("/")[0] or "/"
    return Cookie(name, value, domain, host_only, path, "secure" in attributes), _lives(attributes)


def _domain(host: str, attribute: str) -> tuple[str | None, bool]:
    domain = attribute.lstrip(".").lower()
    if not domain:
        return host, True
    if domain == host:
        return host, is_literal(host) or _is_public_suffix(domain)
    if is_literal(host) or not host.endswith("." + domain) or _is_public_suffix(domain):
        return None, True
    return domain, False


def _is_public_suffix(domain: str) -> bool:
    return bool(public_suffixes().publicsuffix(domain) == domain)


def _lives(attributes: dict[str, str]) -> bool:
    age = attributes.get("max-age")
    if age is not None and re.fullmatch(r"-?\d+", age):
        return int(age) > 0
    try:
        return parsedate_to_datetime(attributes["expires"]).year >= 2000
    except (KeyError, ValueError, TypeError):
        return True  # a session cookie, or a date that no one can read
