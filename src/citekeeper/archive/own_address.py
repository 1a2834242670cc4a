"""Pages that repeat the reader's own network address: the bytes stay as they were sent, and the manifest marks them.

No tool knows the address under which servers see it. It is learned from what crosses the wire: the connection's own
end, where that is a public address, and the headers in which servers name their visitor (Wikipedia does in every
answer). What is only called the reader's by the page itself, as walls do (“Your IP: …”), is marked as that.
The address itself is written nowhere.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from citekeeper.archive.withheld import READER_ADDRESS_NAMES, redact_response, redact_url
from citekeeper.model import Exchange, Hop

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_SEARCHED = 4 * 1024 * 1024
_LABELLED = 1024 * 1024
_BEFORE = 96
_TEXT = re.compile(r"(?:text/.*|application/(?:json|javascript|x-javascript|xhtml\+xml|xml|ld\+json))?")
_LITERAL = re.compile(
    rb"(?<![0-9A-Za-z.:])(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}|(?:[0-9A-Fa-f]{1,4}:){2,7}[0-9A-Fa-f:]{1,14})(?![0-9A-Za-z:])"
)
_RUSSIAN = [f"{word} ip".encode(codec) for word in ("ваш", "Ваш", "ВАШ") for codec in ("utf-8", "cp1251", "koi8-r")]
_LABEL = re.compile(
    rb"(?i)(?:your|client|user|visitor|remote|my)[\W_]{0,3}(?:current |public )?(?:ip|addr)|footer-ip|x-forwarded-for|"
    rb"[\"']ip[\"']\s*:|" + b"|".join(map(re.escape, _RUSSIAN))
)


def learned(exchanges: Sequence[Exchange]) -> dict[Address, str]:
    """The reader's addresses as these exchanges show them, each with how: ``connection`` or ``header``."""
    found: dict[Address, str] = {}
    for hop in _hops(exchanges):
        for name, value in hop.headers:
            if name.lower().encode("latin-1") in READER_ADDRESS_NAMES:
                for address in _addresses(value.encode("latin-1")):
                    found.setdefault(address, "header")
        own = _public(hop.local or "")
        if own is not None:
            found[own] = "connection"
    return found


def echoes(exchanges: Sequence[Exchange], known: Mapping[Address, str]) -> list[dict[str, str]]:
    """What repeats the reader's address: its URL (the address taken out), where (body, head, url), and how it is known.

    ``known_by`` is ``connection``, ``header``, or ``label`` where only the page calls it the reader's.
    """
    patterns = {address: _pattern(address) for address in known}
    found = []
    for hop in _hops(exchanges):
        head = redact_response(hop.response_head)[0]
        body = hop.content(_SEARCHED) if _TEXT.fullmatch(hop.headers.media_type) else b""
        places = {"url": hop.url.encode("utf-8", "replace"), "head": head, "body": body}
        for place, data in places.items():
            how = next((known[address] for address, pattern in patterns.items() if pattern.search(data)), None)
            if how is None and place == "body" and _is_labelled(data[:_LABELLED]):
                how = "label"
            if how is not None:
                found.append({"url": _without(redact_url(hop.url), patterns.values()), "in": place, "known_by": how})
    return found


def _hops(exchanges: Sequence[Exchange]) -> Iterator[Hop]:
    return (hop for exchange in exchanges for hop in exchange.hops)


def _is_labelled(data: bytes) -> bool:
    return any(
        _LABEL.search(data, max(match.start() - _BEFORE, 0), match.start()) and _public(match[0].decode("ascii"))
        for match in _LITERAL.finditer(data)
    )


def _addresses(data: bytes) -> Iterator[Address]:
    for match in _LITERAL.finditer(data):
        address = _public(match[0].decode("ascii"))
        if address is not None:
            yield address


def _public(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return address if address.is_global else None


def _pattern(address: Address) -> re.Pattern[bytes]:
    """The address in its usual spellings, and not as a part of a longer one."""
    forms = {str(address), address.exploded} if address.version == 6 else {str(address)}
    either = b"|".join(re.escape(form.encode("ascii")) for form in sorted(forms))
    return re.compile(rb"(?<![0-9A-Za-z.:])(?:" + either + rb")(?![0-9A-Za-z:]|\.[0-9])", re.IGNORECASE)


def _without(url: str, patterns: Iterable[re.Pattern[bytes]]) -> str:
    data = url.encode("utf-8", "replace")
    for pattern in patterns:
        data = pattern.sub(b"withheld", data)
    return data.decode("utf-8", "replace")
