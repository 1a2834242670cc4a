"""Which network addresses citekeeper may connect to: public ones, unless a person allows the others.

Private (RFC 1918), loopback, link-local, shared (RFC 6598), multicast, unspecified and reserved addresses are refused,
also where IPv6 only wraps them: mapped, compatible, 6to4 (RFC 3056), NAT64 (RFC 6052) and Teredo (RFC 4380).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from functools import lru_cache

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
# Azure's metadata service answers on an address of a public range.
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})


@lru_cache(maxsize=4096)
def is_public(address: str) -> bool:
    """Whether ``address`` (a literal without brackets) is one that the public web can live on."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(each) for each in (parsed, *_wrapped(parsed)))


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None or address in _NAT64:
            return True  # the wrapped address decides
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved and address not in _METADATA


def _wrapped(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    inner = [address.ipv4_mapped, address.sixtofour]
    if address.teredo is not None:
        inner.extend(address.teredo)
    if address in _NAT64 or address in _COMPATIBLE:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in inner if each is not None]


@lru_cache(maxsize=4096)
def is_literal(host: str) -> bool:
    """Whether ``host`` (of a parsed URL) is an IP address and not a name."""
    if ":" in host:
        return True
    return host[-1:].isdigit() and host.count(".") == 3 and all(part.isdigit() for part in host.split("."))


def is_local_name(host: str) -> bool:
    """Whether ``host`` is a name that always means this machine (RFC 6761)."""
    return host == "localhost" or host.endswith((".localhost", ".localhost.")) or host == "localhost."


def public_only(addresses: Iterable[str]) -> tuple[str, ...]:
    """Those of ``addresses`` that are public, in their order."""
    return tuple(address for address in addresses if is_public(address))
