"""Last words before a death sentence: another resolver (DNS over HTTPS), and another vantage (``--second-opinion``).

Pure: what to ask, and what the answer makes of a verdict.
"""

from __future__ import annotations

import base64
from dataclasses import replace

from citekeeper import urls
from citekeeper.model import BASE_SEVERITY, Citation, Exchange, FailureKind, Verdict, VerdictKind

NOT_HERE_ONLY = "dns-unknown-here"
FROM_HERE_ONLY = "unreachable-from-here"
PASSING = frozenset({NOT_HERE_ONLY, FROM_HERE_ONLY})
"""Reasons of a failure that is this place's own: however often it is repeated, the source is not to blame."""

_FLEETING = frozenset({VerdictKind.FAILING, VerdictKind.UNREACHABLE})
_NAME_GONE = frozenset({"dns-nxdomain", "redirect-to-nxdomain"})
_THERE = frozenset(
    {VerdictKind.ALIVE, VerdictKind.MOVED, VerdictKind.DRIFTED, VerdictKind.WALLED, VerdictKind.THROTTLED}
)
_NOERROR, _NXDOMAIN = 0, 3
A, NS = 1, 2
"""Types of DNS records that are asked for."""

_LARGEST_MESSAGE = 65_535


def may_be_told(citation: Citation) -> bool:
    """Whether a resolver or a vantage that a person named may hear of this source."""
    return bool(citation.url) and not citation.is_private


# ── another resolver ────────────────────────────────────────────────────────────────────────────────────────────────


def unknown_name(exchange: Exchange, verdict: Verdict) -> str | None:
    """The host whose non-existence is about to make a source gone; None where that is not the charge."""
    failure = exchange.failure
    if failure is None or failure.kind is not FailureKind.DNS_NXDOMAIN or verdict.reason not in _NAME_GONE:
        return None
    last = exchange.last
    target = exchange.url
    if last is not None and (location := last.headers.get("location")):
        try:
            target = urls.join(last.url, location)
        except urls.BadUrlError:
            return None
    return urls.host_of(target) or None


def doh_url(resolver: str, host: str, record: int = A) -> str | None:
    """The address that asks ``resolver`` for a host's records by RFC 8484 (GET); None where the name fits no query."""
    labels = [label.encode("ascii", "ignore") for label in host.rstrip(".").split(".")]
    if not all(0 < len(label) < 64 for label in labels) or len(host) > 253:
        return None
    name = b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
    # id 0 (for caches), recursion desired, one question; class IN
    query = b"\0\0\x01\0\0\x01\0\0\0\0\0\0" + name + bytes([0, record]) + b"\0\x01"
    encoded = base64.urlsafe_b64encode(query).rstrip(b"=").decode("ascii")
    return f"{resolver}{'&' if '?' in resolver else '?'}dns={encoded}"


def weigh_name(verdict: Verdict, host: str, answer: Exchange) -> Verdict:
    """The verdict with the other resolver's answer; one that cannot be understood changes no more than the message."""
    code = _response_code(answer)
    by = urls.shown(urls.host_of(answer.url), 80)
    name = urls.shown(urls.unicode_host(host), 80)
    if code == _NOERROR:
        return Verdict(
            VerdictKind.UNREACHABLE,
            NOT_HERE_ONLY,
            f"The resolver here says that the name {name} does not exist, but {by} knows it: "
            "it is withheld here, or the resolver here is at fault.",
            "Check it from another country or network (--second-opinion), and rely on an archived copy.",
            BASE_SEVERITY[VerdictKind.UNREACHABLE],
        )
    if code == _NXDOMAIN:
        return replace(verdict, message=f"{verdict.message} {by} says the same.")
    why = f": {answer.failure.kind}" if answer.failure is not None else ""
    return replace(verdict, message=f"{verdict.message} The other resolver, {by}, gave no usable answer{why}.")


def nameservers_told(answer: Exchange, domain: str) -> tuple[str, ...]:
    """The nameservers of a domain by another resolver's answer; none where it gives none."""
    message = _message(answer)
    if message is None:
        return ()
    from citekeeper.fetch.nameservers import nameservers_in

    return nameservers_in(message, domain)


def _response_code(answer: Exchange) -> int | None:
    """The RCODE of a DNS message (RFC 1035 section 4.1.1); None where the answer is none."""
    message = _message(answer)
    if message is None or len(message) < 12 or not message[2] & 0x80:
        return None
    return message[3] & 0x0F


def _message(answer: Exchange) -> bytes | None:
    """What should be a DNS message; None where the answer says that it is something else."""
    last = answer.last
    if answer.failure is not None or answer.tls_fault is not None or last is None or last.status != 200:
        return None
    if not last.headers.get("content-type", "").lower().startswith("application/dns-message"):
        return None
    return last.content(_LARGEST_MESSAGE)


# ── another vantage ─────────────────────────────────────────────────────────────────────────────────────────────────


def deserves_second_opinion(verdict: Verdict, *, is_error: bool) -> bool:
    """Whether another vantage is to be asked before this verdict counts.

    Args:
        verdict: this vantage's.
        is_error: a failure that may pass would count as an error now (the third strike, or ``--strict``).
    """
    if verdict.kind in _FLEETING:
        return is_error and verdict.reason not in PASSING
    return verdict.kind is VerdictKind.GONE and verdict.reason in _NAME_GONE


def weigh_opinion(verdict: Verdict, other: Verdict) -> Verdict:
    """The verdict with the other vantage's word."""
    if other.kind not in _THERE:
        return replace(verdict, message=f"{verdict.message} A second vantage sees no more ({other.kind}).")
    seen = "it answers" if other.kind is not VerdictKind.WALLED else "its server answers"
    return Verdict(
        VerdictKind.UNREACHABLE,
        FROM_HERE_ONLY,
        f"{verdict.message} From a second vantage {seen} ({other.kind}): it is unreachable from here only.",
        "The source is there; look for what keeps this network from it (a block, a firewall, the resolver).",
        BASE_SEVERITY[VerdictKind.UNREACHABLE],
        other.canonical_url,
    )
