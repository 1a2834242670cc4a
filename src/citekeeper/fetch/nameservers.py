"""Who serves a domain: its NS records, asked of the system's nameservers, or read from a DNS message.

Silence, a refusal, “no such name” and nonsense are all the same here: nothing is known. dnspython is loaded when the
first question is asked, in the thread that asks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from citekeeper.patterns import late

if TYPE_CHECKING:
    import dns.rdtypes.ANY.NS
    import dns.rrset

Nameservers = Callable[[str], Sequence[str]]
"""A registrable domain → the names of its nameservers; none where nothing is known. Called in a thread."""

SECONDS = 3.0
"""How long one question may take, with all repetitions and over TCP too."""

_MOST_NAMES = 64  # of one answer
_HOST = late(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)+")


def nameservers_of(domain: str) -> tuple[str, ...]:
    """Ask the system's nameservers who serves a domain, over UDP, and over TCP where the answer does not fit.

    Returns:
        The names, lower-case; none where the system has no resolver configured, or its answer says nothing.
    """
    import dns.exception
    import dns.resolver

    try:
        answer = dns.resolver.get_default_resolver().resolve(f"{domain}.", "NS", lifetime=SECONDS, search=False)
    except (dns.exception.DNSException, OSError, ValueError):
        return ()
    return _names(answer.rrset) if _is_of(answer.rrset, domain) else ()


def nameservers_in(message: bytes, domain: str) -> tuple[str, ...]:
    """The nameservers that a DNS message (RFC 1035) gives for a domain, lower-case; none where it gives none."""
    import dns.exception
    import dns.flags
    import dns.message
    import dns.name
    import dns.rcode
    import dns.rdataclass
    import dns.rdatatype

    try:
        told = dns.message.from_wire(message)
        owner = dns.name.from_text(f"{domain}.")
        if not told.flags & dns.flags.QR or told.rcode() != dns.rcode.NOERROR:
            return ()
        return _names(told.get_rrset(told.answer, owner, dns.rdataclass.IN, dns.rdatatype.NS))
    except (dns.exception.DNSException, ValueError):
        return ()


def _is_of(found: dns.rrset.RRset | None, domain: str) -> bool:
    """Whether records are the domain's own, and not those of a name that it is an alias of."""
    return found is not None and found.name.to_text(omit_final_dot=True).lower() == domain


def _names(found: Iterable[dns.rdtypes.ANY.NS.NS] | None) -> tuple[str, ...]:
    """The host names among what was found; one that is none makes the whole answer worthless."""
    names = sorted(record.target.to_text(omit_final_dot=True).lower() for record in found or ())
    if len(names) > _MOST_NAMES or not all(map(_HOST.fullmatch, names)):
        return ()
    return tuple(names)
