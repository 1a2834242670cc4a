"""What could still be asked of a source once it is judged: its own oEmbed service, or another resolver."""

from __future__ import annotations

from typing import Final

from citekeeper.model import Exchange, FetchRequest
from citekeeper.pipeline import doubts, oembed
from citekeeper.pipeline.work import Work

OEMBED: Final = "oembed"
DOH: Final = "doh"
ROLES: Final = (OEMBED, DOH)
"""What a request's key names after the work's number, so that its answer is known."""

ACCEPT_DNS: Final = (("Accept", "application/dns-message"),)
"""The header that asks a resolver for a DNS message (RFC 8484)."""

ANSWER_BODY: Final = 256 * 1024
"""Bytes that a resolver or an oEmbed endpoint may answer."""


def further(number: int, work: Work, resolver: str | None) -> FetchRequest | None:
    """The request that asks on; None where no answer could change the verdict, or nobody may be asked.

    Args:
        number: the work's, for the request's key.
        work: fetched and judged.
        resolver: the address of a DNS-over-HTTPS resolver, where the settings name one.
    """
    exchange, verdict = work.exchange, work.verdict
    assert exchange is not None
    assert verdict is not None
    url = oembed.endpoint(exchange.url, verdict)
    if url is not None:
        return FetchRequest(url, key=f"{number} {OEMBED}", max_body=ANSWER_BODY)
    host = doubts.unknown_name(exchange, verdict) if resolver else None
    if resolver is None or host is None or not doubts.may_be_told(work.citation):
        return None
    url = doubts.doh_url(resolver, host)
    if url is None:
        return None
    return FetchRequest(url, key=f"{number} {DOH}", headers=ACCEPT_DNS, max_body=ANSWER_BODY)


def take(role: str, work: Work, answer: Exchange) -> None:
    """Weigh the answer: the verdict follows it, and what an oEmbed service tells of the source is its text."""
    assert work.exchange is not None
    assert work.verdict is not None
    if role == DOH:
        host = doubts.unknown_name(work.exchange, work.verdict)
        work.verdict = doubts.weigh_name(work.verdict, host or "", answer)
        return
    work.verdict = oembed.weigh(work.verdict, answer, is_shown=oembed.shows_itself(work.exchange))
    work.told = oembed.reading(answer)
    if work.verdict.reason == oembed.CONFIRMS:
        work.reading = work.told
