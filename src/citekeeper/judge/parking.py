"""Usurped: the domain is parked, for sale, or taken over.

A for-sale phrase or an ad-feed script alone never decides: there are articles about domain trade, and brokers that are
themselves cited. Two signs of different kinds do, or one on a page that holds nothing else.

What a parked domain shows (templates, brokers' hosts and networks, one page for every name) tells more than who answers
for its name, so the nameservers come last, and only beside a page that holds next to nothing
(:mod:`citekeeper.judge.nameservers`).
"""

from __future__ import annotations

import ipaddress
from functools import cache

from citekeeper import urls
from citekeeper.judge import knowledge
from citekeeper.judge.facts import Facts, script_of, under, words_of
from citekeeper.judge.knowledge import Family
from citekeeper.judge.probing import probe_is_alike
from citekeeper.judge.tongues import USUAL, language_of_title
from citekeeper.judge.verdicts import ADVICE_DEAD, say
from citekeeper.model import Verdict, VerdictKind
from citekeeper.tags import primary

_NOTHING_ELSE = 700
_TEMPLATE_PROSE = 400
_FURNISHED = 900
_MANY_LINKS = 12
_LINK = 200  # bytes


@cache
def _networks() -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(network) for network in knowledge.table("parking")["networks"])


def is_broker(host: str) -> bool:
    """Whether a host is that of a broker or parking service itself."""
    return _broker(host) is not None


def _broker(host: str) -> str | None:
    return next((domain for domain in knowledge.table("parking")["hosts"] if under(host, domain)), None)


def _is_parking_peer(peer: str | None) -> bool:
    if not peer:
        return False
    try:
        address = ipaddress.ip_address(peer.rpartition(":")[0].strip("[]"))
    except ValueError:
        return False
    return any(address in network for network in _networks())


def _usurped(reason: str, message: str) -> Verdict:
    return say(VerdictKind.USURPED, reason, message, ADVICE_DEAD)


def sold(facts: Facts) -> Verdict | None:
    """Redirected to a broker, to a parking front (``ww25.…``) or to a registrar's lander."""
    if not facts.redirected or facts.cited is None or facts.end is None or _broker(facts.cited.host):
        return None
    broker = _broker(facts.end.host)
    if broker and facts.status < 500:
        return _usurped(
            "domain-for-sale", f"{facts.cited.host} now leads to {broker}, where domains are parked or sold."
        )
    label, _, rest = facts.end.host.partition(".")
    table = knowledge.table("parking")
    bare = facts.cited.host.removeprefix("www.")
    if label in table["labels"] and rest == bare and label != facts.cited.host.partition(".")[0]:
        return _usurped("parking-page", f"{facts.cited.host} now leads to {facts.end.host}, a front of domain parking.")
    if facts.end.path.lower() in table["paths"] and facts.cited.path.lower() not in table["paths"]:
        return _usurped(
            "parking-page", f"{facts.cited.host} now leads to {facts.end.path}, where registrars park domains."
        )
    return None


def parked(facts: Facts) -> Verdict | None:
    """A parking, for-sale or registrar's page in the place of the site."""
    scripts = frozenset(mark for mark in facts.found(Family.PARKING_SCRIPT) if _is_used(mark, facts))
    sale = facts.found(Family.FOR_SALE)
    templates = facts.found(Family.PARKING_TEMPLATE)
    if not (scripts or sale or templates) or facts.cited is None:
        return None
    if _broker(facts.cited.host) or facts.is_titled_as_cited or facts.page.is_article:
        return None
    prose = len(facts.page.prose)
    if prose > _NOTHING_ELSE:
        return None
    # A site's own navigation and teasers, which no template has:
    furnished = len(facts.page.text) > _FURNISHED or facts.content.count(b"<a ") >= _MANY_LINKS
    host = urls.unicode_host(facts.cited.host)
    peer = facts.last.peer if facts.last else None
    names_itself = facts.cited.host.removeprefix("www.") in facts.lower_title
    if scripts:
        return _usurped(
            "domain-for-sale" if sale else "parking-page",
            f"{urls.shown(host)} shows a parking page: it holds next to no text, but the script or link of a parking "
            f"service ({_plain(min(scripts))}).",
        )
    if furnished or _has_other_pages(facts):
        return None
    if sale and (names_itself or _is_parking_peer(peer) or prose < _TEMPLATE_PROSE):
        return _usurped("domain-for-sale", f"{urls.shown(host)} is offered for sale (“{min(sale)}”).")
    if templates and (names_itself or _is_parking_peer(peer) or _is_template(facts, templates)):
        return _usurped("parking-page", f"{urls.shown(host)} shows a registrar's template (“{min(templates)}”).")
    return None


def _is_used(mark: str, facts: Facts) -> bool:
    """Whether a parking service's mark is at work, and not quoted in a text, or the link of another name's offer."""
    if mark.lower() in facts.page.text.lower():
        return False
    if mark not in knowledge.table("parking")["offers"] or facts.cited is None:
        return True
    name = (urls.registrable_domain(facts.cited.host) or facts.cited.host).partition(".")[0].encode()
    content = facts.content.lower()
    at = content.find(mark.encode())
    while at >= 0:
        if name in content[at : at + _LINK]:
            return True
        at = content.find(mark.encode(), at + 1)
    return False


def _has_other_pages(facts: Facts) -> bool:
    """Whether a name that cannot exist got something else: an honest 404, or another page. No answer says nothing."""
    return facts.probe_is_absent or any(
        200 <= other.status < 300 and not _bears_words_of_parking(other) for other in facts.impossible_pages
    )


def _bears_words_of_parking(facts: Facts) -> bool:
    if any(map(facts.found, (Family.PARKING_SCRIPT, Family.FOR_SALE, Family.PARKING_TEMPLATE))):
        return True
    return facts.lower_title.startswith(default_titles())


def is_doubtful(facts: Facts) -> bool:
    """Whether the page would be called parked by its words alone, so that a name that cannot exist should be asked.

    A parked or suspended host gives every name the same page; one that answers 404 to it is a site with a story.
    """
    if not 200 <= facts.status < 300 or not facts.is_html:
        return False
    if left_to_server(facts) is not None:
        return True
    worded = facts.found(Family.FOR_SALE) or facts.found(Family.PARKING_TEMPLATE)
    return bool(worded) and not facts.found(Family.PARKING_SCRIPT) and parked(facts) is not None


def _is_template(facts: Facts, templates: frozenset[str]) -> bool:
    """A template's phrase is its title or heading, or nearly all that the page says."""
    heads = " ".join((facts.lower_title, *facts.page.headings)).lower()
    return any(phrase in heads for phrase in templates) or len(facts.page.text) < _TEMPLATE_PROSE // 2


def _plain(marker: str) -> str:
    return "lander" if marker.startswith("re:") else marker.strip(" =\"'/")


@cache
def default_titles() -> tuple[str, ...]:
    """The beginnings of the titles of servers' and hosting panels' own pages, lower-case."""
    return tuple(knowledge.table("parking")["defaults"])


def left_to_server(facts: Facts) -> Verdict | None:
    """A server's or hosting panel's own page in the place of the site: “Welcome to nginx!” under an inner address."""
    if not facts.is_html or not 200 <= facts.status < 300 or not facts.redirected_or_deep:
        return None
    title = facts.lower_title
    if (
        not title.startswith(default_titles())
        or _has_other_pages(facts)
        or facts.is_titled_as_cited
        or facts.page.is_article
    ):
        return None
    if len(facts.page.text) > _FURNISHED * 3:
        return None
    return _usurped("default-page", f"{facts.shown_host} shows its server's own page, “{facts.title[:80]}”.")


@cache
def takeover_words() -> tuple[str, ...]:
    """What titles of sites hold that take over others' addresses, lower-case."""
    return tuple(knowledge.table("parking")["takeover_titles"])


def taken_over(facts: Facts) -> Verdict | None:
    """Gambling and the like under a known address, which nothing that is known of the citation leads to expect.

    People write about that trade, and about sites that fell to it; so it takes several of its words, and not one of the
    title that was cited.
    """
    if facts.citation is None or not facts.is_html or not 200 <= facts.status < 300:
        return None
    signs = takeover_words()
    titled = any(word in facts.lower_title for word in signs)
    comparable = script_of(facts.title) in ("", *map(script_of, facts.known_titles))
    if not titled and not facts.lacks_known_title and (comparable or not facts.known_titles):
        return None  # of a bare link only the title may tell: its text may be on that trade
    if any(word in known.lower() for known in facts.known_titles for word in signs) or facts.is_titled_as_cited:
        return None
    trade = _trade_words(facts)
    if titled and _declares_unusual_language(facts):
        is_sure = trade >= _TRADE_WORDS_TITLED or probe_is_alike(facts)
        return _now_shows(facts) if is_sure else _perhaps_taken_over(facts)
    stands_everywhere = probe_is_alike(facts)
    if trade < (_TRADE_WORDS_TITLED if titled else _TRADE_WORDS) and not (titled and stands_everywhere):
        return None
    known = _comparable_titles(facts)
    if any(words_of(title) & words_of(facts.title) or _telling(title) & words_of(facts.page.text) for title in known):
        return None
    if known and (stands_everywhere or (titled and trade >= _TRADE_WORDS_CERTAIN)):
        return _now_shows(facts)
    if not known and trade < _TRADE_WORDS_CERTAIN:
        return None
    return _perhaps_taken_over(facts)


def _perhaps_taken_over(facts: Facts) -> Verdict:
    """A report on the trade whose headline was rewritten looks the same from here: no more than a doubt."""
    return say(
        VerdictKind.DRIFTED,
        "trade-page",
        f"{facts.shown_host} shows “{facts.title[:80]}”, in the words of gambling and the like, and not one of the "
        "cited title.",
        "Open it in a browser; if it is another site now, pin an archived copy under “archived:”.",
    )


_TRADE_WORDS_TITLED = 3
_TRADE_WORDS = 4
_TRADE_WORDS_CERTAIN = 6


def _now_shows(facts: Facts) -> Verdict:
    return _usurped(
        "taken-over",
        f"{facts.shown_host} now shows “{facts.title[:80]}”, which has nothing to do with what was cited.",
    )


def _trade_words(facts: Facts) -> int:
    """How many words of gambling, pills and the like the page uses, counted once each."""
    said = f"{facts.lower_title} {facts.page.prose.lower()}"
    return sum(word in said for word in knowledge.table("parking")["takeover_words"])


def _declares_unusual_language(facts: Facts) -> bool:
    language = primary(facts.citation.language) if facts.citation else ""
    # among the usual ones the citation's own language may be the document's by mistake
    return bool(language) and facts.page.language not in ("", language, *USUAL)


def _comparable_titles(facts: Facts) -> list[str]:
    """The known titles in the page's letters and the source's language."""
    language = primary(facts.citation.language) if facts.citation else ""
    return [
        known
        for known in facts.known_titles
        if script_of(known) == script_of(facts.title)
        and (not language or language_of_title(known, language) == language)
    ]


def _telling(title: str) -> frozenset[str]:
    return frozenset(word for word in words_of(title) if len(word) > _TELLING_LETTERS)


_TELLING_LETTERS = 4
