"""What could still be asked of a source once it is judged: its oEmbed service, another resolver, where it sends on."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from citekeeper import judge, rules, urls
from citekeeper.model import BASE_SEVERITY, Exchange, FetchRequest, Verdict, VerdictKind
from citekeeper.pipeline import doubts, oembed
from citekeeper.pipeline.work import CHECK_BODY, Work

OEMBED: Final = "oembed"
DOH: Final = "doh"
ONWARD: Final = "onward"
ROLES: Final = (OEMBED, DOH, ONWARD)
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
    if verdict.reason == judge.SENDS_ON and verdict.canonical_url is not None:
        return FetchRequest(verdict.canonical_url, key=f"{number} {ONWARD}", max_body=CHECK_BODY)
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
    if role == ONWARD:
        work.verdict = _where_it_leads(work.verdict, judge.judge(answer, work.citation))
        return
    work.verdict = oembed.weigh(work.verdict, answer, is_shown=oembed.shows_itself(work.exchange))
    work.told = oembed.reading(answer)
    if work.verdict.reason == oembed.CONFIRMS:
        work.reading = work.told


def _where_it_leads(verdict: Verdict, there: Verdict) -> Verdict:
    """The verdict on a page that only sends its reader on: what is there decides, short of a death.

    A script or a form may lead elsewhere than to where the page was seen to lead.
    """
    sent = f"The page only sends the reader on to {urls.shown(verdict.canonical_url or '', 120)}"
    if there.kind in (VerdictKind.ALIVE, VerdictKind.MOVED):
        return replace(verdict, message=f"{sent}, which answers.")
    if there.kind not in rules.DEAD:
        return replace(there, message=f"{sent}. {there.message}")
    return Verdict(
        VerdictKind.DRIFTED,
        "sent-on-to-nothing",
        f"{sent}. {there.message}",
        "Open it in a browser; if it ends there too, look for its new address, or pin an archived copy.",
        BASE_SEVERITY[VerdictKind.DRIFTED],
    )
