"""Usurped, by a second sign: a page that holds next to nothing, under a domain that a parking service answers for.

Parked pages without a phrase or script that is known (data/parking.toml) are told by who serves their name. That alone
never decides. All nameservers must be of a kind that serves nobody else (data/nameservers.toml; registrars that serve
living customers from the same names are not on that list), and the page must have nothing of a site: no prose, no
article, no navigation, no pictures or players, nothing said of itself to search engines, no cited quote or title.
And its host must give a name that cannot exist the same page, where that tells anything (of a front page it does not).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from citekeeper import urls
from citekeeper.judge import hosts, knowledge, parking, soft404
from citekeeper.judge.facts import Facts, under, words_of
from citekeeper.judge.probing import probe_is_alike
from citekeeper.judge.verdicts import ADVICE_DEAD, say
from citekeeper.model import Verdict, VerdictKind
from citekeeper.patterns import late

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LITTLE_PROSE = 400
_LITTLE_TEXT = 900
_MANY_LINKS = 12
_NAVIGATION = 3  # inner pages that a template of parking does not have
_MANY_PICTURES = 3  # a logo and a seal are no site
_LARGEST = 100_000  # bytes; a page without content is no larger, and to parse one would take long
_PLENTY = 2000  # bytes of text that make a page no hollow one, so that it need not be parsed
_OPEN = frozenset({VerdictKind.ALIVE, VerdictKind.MOVED, VerdictKind.DRIFTED})
_PRESENTING = frozenset({"alternate", "manifest", "search", "webmention", "me"})
_PLAYERS = ("video", "audio", "object", "embed", "canvas")


def parked(facts: Facts) -> Verdict | None:
    """A page without content, whose domain is served by nameservers of parking services alone."""
    services = [_service_of(name) for name in facts.nameservers]
    if not services or None in services or not (holds_nothing(facts) and _stands_for_any_name(facts)):
        return None
    return say(
        VerdictKind.USURPED,
        "parking-page",
        f"{facts.shown_host} shows next to nothing of its own, and its name is served by "
        f"{urls.shown(facts.nameservers[0], 80)}, as parked domains are ({services[0]}).",
        ADVICE_DEAD,
    )


def could_tell(facts: Facts, verdict: Verdict) -> bool:
    """Whether knowing the nameservers could change a verdict: asking is worth it on that suspicion only."""
    return may_be_asked(facts, verdict) and _stands_for_any_name(facts)


def may_be_asked(facts: Facts, verdict: Verdict) -> bool:
    """The same, before it is known what a name that cannot exist gets."""
    return verdict.kind in _OPEN and holds_nothing(facts)


def holds_nothing(facts: Facts) -> bool:
    """Whether a page that came with success has nothing of a site in it; counts spare most pages the parse.

    An article has prose, or says that it is one.
    """
    if not facts.is_html or not 200 <= facts.status < 300 or not 0 < len(facts.content) <= _LARGEST:
        return False
    if facts.has_paragraphs or facts.content.count(b"<a ") >= _MANY_LINKS:
        return False
    if facts.is_titled_as_cited or _is_known_site(facts) or _says_plenty(facts.content):
        return False
    if len(facts.page.prose) >= _LITTLE_PROSE or len(facts.page.text) >= _LITTLE_TEXT:
        return False
    return not (_holds_what_was_cited(facts) or _is_furnished(facts) or _presents_itself(facts) or _sends_on(facts))


_OUTSIDE_TAGS = late(rb">([^<]+)")


def _says_plenty(content: bytes) -> bool:
    """Whether so much stands outside tags, scripts and styles that it takes no parse to see it."""
    shown = _without(_without(content.lower(), b"script"), b"style")
    return sum(len(text.strip()) for text in _OUTSIDE_TAGS.findall(shown)) > _PLENTY


def _without(content: bytes, tag: bytes) -> bytes:
    """A page in lower case without the elements of one kind; one that does not end takes the rest with it."""
    kept, at = [], 0
    while (start := content.find(b"<" + tag, at)) >= 0:
        kept.append(content[at:start])
        at = content.find(b"</" + tag, start)
        if at < 0:
            return b"".join(kept)
    return b"".join((*kept, content[at:]))


def _stands_for_any_name(facts: Facts) -> bool:
    """Whether a name that cannot exist got the same page, or there is none to be asked beside this one."""
    if facts.probe is not None:
        return probe_is_alike(facts)
    return facts.cited is not None and soft404.has_no_siblings(facts, facts.cited)


@cache
def _services() -> tuple[tuple[str, str], ...]:
    """(nameserver, whose) for all names of the list."""
    groups = knowledge.table("nameservers")["group"]
    return tuple((name, group["who"]) for group in groups for name in group["names"])


def _service_of(nameserver: str) -> str | None:
    """The parking service that a nameserver belongs to; None for any other."""
    return next((who for name, who in _services() if under(nameserver, name)), None)


def _is_known_site(facts: Facts) -> bool:
    """Whether there are rules of its own for the site, it keeps copies of others, or trades in domains itself."""
    if "memento-datetime" in facts.lower_headers or urls.is_archive(facts.exchange.final_url):
        return True
    return any(
        address is not None and (hosts.has_rule(address.host) or parking.is_broker(address.host))
        for address in (facts.cited, facts.end)
    )


def _holds_what_was_cited(facts: Facts) -> bool:
    """Whether most words of a quote, or a figure, of the citation stand on the page."""
    citation = facts.citation
    if citation is None or not (citation.quotes or citation.numbers):
        return False
    here = words_of(facts.page.text)
    relied_on = [words_of(text) for text in (*citation.quotes, *citation.numbers)]
    return any(words and len(words & here) * 2 > len(words) for words in relied_on)


def _is_furnished(facts: Facts) -> bool:
    """Whether a page shows what only a site has: navigation, pictures, a player, a table."""
    root = facts.page.root
    if root is None:
        return False
    if next(root.iter("nav", *_PLAYERS), None) is not None or sum(1 for _ in root.iter("img")) >= _MANY_PICTURES:
        return True
    if any(sum(1 for _ in table.iter("tr")) > 1 for table in root.iter("table")):
        return True
    if any(link.find(".//img") is not None and _leads_in(link, facts.host) for link in root.iter("a")):
        return True  # a picture to press, and enter by
    return len(set(_inner_paths(facts))) >= _NAVIGATION


def _presents_itself(facts: Facts) -> bool:
    """Whether a page describes itself to social networks, readers of feeds, telephones or search engines."""
    page = facts.page
    if any(name.startswith(("og:", "twitter:", "article:")) for name in page.metas) or page.json_ld:
        return True
    links = page.root.iter("link") if page.root is not None else ()
    return any(not _PRESENTING.isdisjoint((link.get("rel") or "").lower().split()) for link in links)


def _inner_paths(facts: Facts) -> list[str]:
    """The paths of the site's own pages to which a page links; a template's links tell their pages by the query."""
    root = facts.page.root
    paths = (_leads_in(link, facts.host) for link in root.iter("a")) if root is not None else ()
    return [path for path in paths if path]


def _leads_in(link: HtmlElement, host: str) -> str:
    """The path of the site's own page to which a link leads; "" where it leads elsewhere, or names it by a query."""
    try:
        target = urlsplit((link.get("href") or "").strip())
    except ValueError:
        return ""
    is_own = not target.netloc or (target.hostname or "").removeprefix("www.") == host.removeprefix("www.")
    is_page = target.scheme in ("", "http", "https") and not target.query and target.path.strip("/") != ""
    return target.path if is_own and is_page else ""


def _sends_on(facts: Facts) -> bool:
    """Whether a page only sends its reader on: to another site, as owners of two domains do, or to a page of its own.

    Parking sends the reader to a broker, or back to where he is with a query of its own.
    """
    page = facts.page
    frames = [frame.get("src") for frame in page.root.iter("frame")] if page.root is not None else []
    refresh = page.refresh_target[1] if page.refresh_target is not None else None
    return any(_is_of_a_site(facts, address) for address in (page.script_redirect, refresh, *frames) if address)


def _is_of_a_site(facts: Facts, address: str) -> bool:
    try:
        target = urls.parse(urls.join(facts.exchange.final_url, address))
    except urls.BadUrlError:
        return False
    here, there = facts.host.removeprefix("www."), target.host.removeprefix("www.")
    if under(there, here) or under(here, there):
        return bool(target.path.strip("/")) and not target.query and facts.end is not None and target != facts.end
    return not parking.is_broker(target.host)
