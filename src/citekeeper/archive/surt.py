"""SURT keys of the index: ``https://www.example.org:8443/B?y=2&x=1`` becomes ``org,example:8443)/b?x=1&y=2``.

The same rules as the ``surt`` package that indexers and pywb use for ordinary addresses (host reversed, ``www.``
dropped, lower case, query sorted, trailing slash dropped); a function of our own because that package had its last
release in 2019 and drags in three others. Replay tools look up by the key and then compare the ``url`` in the line.
"""

from __future__ import annotations

import ipaddress
import re

from citekeeper.urls import BadUrlError, parse

_WWW = re.compile(r"^www\d*\.")


def surt(url: str) -> str:
    """The sort-friendly key of a web address; other addresses (``urn:``) are their own key."""
    try:
        parts = parse(url)
    except BadUrlError:
        return url
    host = _WWW.sub("", parts.host)
    default = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port == default else f":{parts.port}"
    path = parts.path.lower()
    path = path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.lower().split("&")))
    return f"{_reversed(host)}{port}){path}" + (f"?{query}" if query else "")


def _reversed(host: str) -> str:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return ",".join(reversed(host.split(".")))
    return host
