"""Withheld by law or place: censors' pages, and pages that other countries may not see."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from citekeeper import urls
from citekeeper.judge import knowledge, wording
from citekeeper.judge.facts import Facts
from citekeeper.judge.knowledge import Family
from citekeeper.judge.verdicts import ADVICE_BLOCK, say
from citekeeper.model import Verdict, VerdictKind

_BLOCK_PAGE_TEXT = 1500
_GEO_PAGE_PROSE = 800
_QUOTES = '«“„"‘'


@cache
def _locations() -> tuple[str, ...]:
    return tuple(knowledge.table("blocks")["locations"])


def redirected_to_censor(facts: Facts) -> Verdict | None:
    """Any hop after the cited address leads to a known block page."""
    cited = facts.exchange.url.lower().partition("#")[0]
    for address in facts.chain_urls:
        marker = next((part for part in _locations() if _names(address, part) and part not in cited), None)
        if marker is not None:
            return say(
                VerdictKind.BLOCKED,
                "censor-redirect",
                f"The reader is sent to {urls.shown(address, 120)}, a page that announces a block by law.",
                ADVICE_BLOCK,
            )
    return None


def _names(address: str, part: str) -> bool:
    """Whether an address' host and path hold a marker, at a label's or segment's beginning (never in the query)."""
    if "?" in part:
        return part in address
    place = address.partition("?")[0].partition("://")[2]
    start = place.find(part)
    return start == 0 or (start > 0 and place[start - 1] in "./")


def censor_page(facts: Facts) -> Verdict | None:
    """A short page that recites the law's formula. An article that quotes it is long, or marked up as one."""
    phrases = facts.found(Family.BLOCK)
    if not phrases or facts.is_titled_as_cited or facts.page.is_article:
        return None
    if facts.cited and facts.cited.host.endswith("rkn.gov.ru"):
        return None
    if len(facts.page.text) > _BLOCK_PAGE_TEXT:
        return None
    if _are_quoted(phrases, f"{facts.title}\n{facts.page.text}"):
        return None
    seen = min(phrases, key=len)
    return say(
        VerdictKind.BLOCKED,
        "censor-page",
        f"In place of the page stands an announcement that it is blocked by law (“{seen}”).",
        ADVICE_BLOCK,
    )


def _are_quoted(phrases: Collection[str], text: str) -> bool:
    """Whether a text says these words only within quotes, as news of a block do; a censor does not quote himself."""
    lower = text.lower()
    before = [lower[: at.start()][-1:] for phrase in phrases for at in re.finditer(re.escape(phrase), lower)]
    return bool(before) and all(mark and mark in _QUOTES for mark in before)


def _says_withheld(facts: Facts) -> bool:
    """Whether a page says for whom something is, and also that it is absent; the names of places do not say so."""
    said = [facts.title, *(one for block in facts.page.blocks for one in wording.sentences(block))]
    return any(map(wording.names_audience, said)) and any(map(wording.denies, said))


def geo_block(facts: Facts) -> Verdict | None:
    """A short page that says it is not for this country, or a refusal that says so."""
    phrases = facts.found(Family.GEO)
    if not phrases or facts.is_titled_as_cited or facts.page.is_article or len(facts.page.prose) > _GEO_PAGE_PROSE:
        return None
    if facts.status < 300 and len(facts.page.text) > _BLOCK_PAGE_TEXT and len(facts.page.prose) > _GEO_PAGE_PROSE // 4:
        return None  # a site with its furniture, and more to say than that
    if facts.status < 300 and not _says_withheld(facts):
        return None
    return say(
        VerdictKind.BLOCKED,
        "geo-block",
        f"{facts.shown_host} says that the page is not for readers here (“{min(phrases, key=len)}”).",
        ADVICE_BLOCK,
    )
