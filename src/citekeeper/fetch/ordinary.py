"""Ordinary URLs read without the full parser: most are in their normal form already, and a check meets very many.

The result is always what ``urls.parse`` gives (a property test holds it to that); anything unusual is left to it.
"""

from __future__ import annotations

import re

from citekeeper.urls import Url, parse

_ORDINARY = re.compile(
    r"(https?)://"
    r"((?:(?!xn--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?!xn--)[a-z][a-z0-9]*"  # a name whose last label is no number
    r"|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!/|:)|(?=[:/]))){4})"  # or an IPv4 address
    r"(?::([1-9]\d{0,4}))?"
    r"(/[A-Za-z0-9_~!$&()*+,;=:@%/.-]*)"
    r"(?:\?([A-Za-z0-9_~!$&()*+,;=:@%/?.-]+))?",
    re.ASCII,
)
_DOTS = re.compile(r"(?i)/(?:\.|%2e)")  # perhaps a dot segment, which the full parser resolves
_DEFAULT_PORTS = {"http": 80, "https": 443}


def read_url(text: str) -> Url:
    """Parse a web URL exactly as ``urls.parse`` does, sooner where it is an ordinary one.

    Raises:
        BadUrlError: ``text`` is not an absolute http or https URL with a host.
    """
    match = _ORDINARY.fullmatch(text)
    if match is None:
        return parse(text)
    scheme, host, port, path, query = match.groups()
    default = _DEFAULT_PORTS[scheme]
    number = int(port) if port else default
    if (port and (number == default or number > 65535)) or _DOTS.search(path):
        return parse(text)
    return Url(text, scheme, host, number, path, query or "", "", "", "")
