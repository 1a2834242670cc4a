"""There, but not for this reader: bot walls by vendor, logins, consent pages and paywalls, with status 200 too.

A marker alone never decides: articles quote markup, and ordinary pages carry a vendor's harmless scripts. It counts
together with a refusing status, with the wall's own title, or on a page that holds next to no prose.
"""

from __future__ import annotations

from functools import cache

from citekeeper import urls
from citekeeper.judge import knowledge, wording
from citekeeper.judge.facts import REFUSING, Facts, under
from citekeeper.judge.knowledge import Family, Wall
from citekeeper.judge.verdicts import ADVICE_AGAIN, ADVICE_BLOCK, ADVICE_WALL, say
from citekeeper.model import Verdict, VerdictKind
from citekeeper.patterns import late

HARDLY_ANY_PROSE = 500
"""Characters outside links and navigation below which a page holds nothing but its wall."""


_A_MENU = 6  # links
_ENDS = " .!?…"
_SEGMENTS = late(r"\s[-–—|·:]\s|\s*[|:]\s+")


@cache
def wall_headers() -> frozenset[str]:
    """The names of all headers by which walls give themselves away."""
    return frozenset(header.partition(":")[0] for wall in knowledge.walls() for header in wall.headers)


@cache
def wall_addresses() -> tuple[str, ...]:
    """The parts of addresses, lower-case, at which walls stand."""
    return tuple(part for wall in knowledge.walls() for part in wall.urls)


@cache
def wall_titles() -> tuple[str, ...]:
    """The beginnings of all walls' titles, lower-case."""
    return tuple({title for wall in knowledge.walls() for title in (*wall.titles, *wall.alone)})


def vendor(facts: Facts) -> Verdict | None:
    """A known vendor's wall."""
    if not facts.exchange.hops:
        return None
    address = (facts.chain_urls[-1] if facts.chain_urls else facts.exchange.final_url.lower()).partition("?")[0]
    if (
        facts.status not in REFUSING
        and not facts.found(Family.WALL)
        and wall_headers().isdisjoint(facts.lower_headers)
        and not facts.lower_title.startswith(wall_titles())
        and not any(part in address for part in wall_addresses())
    ):
        return None
    for wall in knowledge.walls():
        if _stands(wall, facts, address):
            return _wall_verdict(wall, facts)
    return None


def _stands(wall: Wall, facts: Facts, address: str) -> bool:
    if wall.headers and any(_header_matches(facts, header) for header in wall.headers):
        return True
    if wall.urls and any(part in address for part in wall.urls):
        return True
    refusing = facts.status in REFUSING
    if refusing and wall.servers and facts.lower_headers.get("server", "").startswith(wall.servers):
        return True
    titled = bool(wall.titles) and facts.lower_title.startswith(wall.titles)
    if facts.status in (404, 410) or (not refusing and not facts.is_marked and not titled):
        return False
    marked = not wall.markers.isdisjoint(facts.found(Family.WALL))
    if wall.needs_form:
        titled = any(segment.strip(_ENDS) in wall.titles for segment in _SEGMENTS.split(facts.lower_title))
        return marked and (titled or refusing) and not _has_prose(facts)
    if marked and (refusing or _bears_its_very_title(wall, facts)):
        return not facts.page.is_article
    if marked and not _has_prose(facts):
        return not facts.page.is_article and not _shows_itself(facts)
    if titled and refusing:
        return True
    return bool(wall.alone) and facts.lower_title.startswith(wall.alone) and not _has_prose(facts)


def _bears_its_very_title(wall: Wall, facts: Facts) -> bool:
    """Whether the title is the wall's and nothing more; a forum's thread about the wall says more."""
    return facts.lower_title.strip(_ENDS) in {title.strip(_ENDS) for title in wall.titles}


def _shows_itself(facts: Facts) -> bool:
    """Whether a short page is a site's own, into which a vendor's script or form was put: it has a menu, or its title.

    A wall has hardly a link, and its headings speak of the reader and of the host.
    """
    if facts.content.count(b"<a ") >= _A_MENU or facts.is_titled_as_cited:
        return True
    spoken = (*wall_titles(), *knowledge.table("walls")["speech"]["words"])
    named = (heading.casefold() for heading in facts.page.headings)
    return any(
        heading in facts.lower_title and facts.host not in heading and not any(word in heading for word in spoken)
        for heading in named
    )


def _has_prose(facts: Facts) -> bool:
    return len(facts.page.prose) > HARDLY_ANY_PROSE or (facts.status < 300 and facts.page.is_article)


def _header_matches(facts: Facts, header: str) -> bool:
    name, _, beginning = header.partition(":")
    value = facts.lower_headers.get(name)
    return value is not None and value.startswith(beginning.strip())


def _wall_verdict(wall: Wall, facts: Facts) -> Verdict:
    kind = VerdictKind(wall.verdict)
    status = f", with status {facts.status}" if facts.status else ""
    advice = {VerdictKind.THROTTLED: ADVICE_AGAIN, VerdictKind.BLOCKED: ADVICE_BLOCK}.get(kind, ADVICE_WALL)
    canonical = urls.decode_bloomberg_wall(facts.pending_target or facts.exchange.final_url)
    guarded = f" It guards {urls.shown(canonical)}." if canonical else ""
    host = facts.cited.host if facts.cited else facts.host
    shown = urls.shown(urls.unicode_host(host), 80)
    return say(
        kind,
        wall.reason,
        f"The page at {shown} may well be there, but {wall.says}{status}.{guarded}",
        advice,
        canonical_url=canonical,
    )


# ── logins and consent ──────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _gate(name: str) -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str], tuple[str, ...]]:
    entry = knowledge.table("walls")[name]
    return tuple(entry["hosts"]), tuple(entry["prefixes"]), frozenset(entry["segments"]), tuple(entry.get("titles", ()))


def is_consent_host(host: str) -> bool:
    """Whether nothing but consent is asked for at this host."""
    return host in _gate("consent")[0]


def login_titles() -> tuple[str, ...]:
    """The beginnings of login pages' titles, lower-case."""
    return _gate("login")[3]


def _is_gate(name: str, url: urls.Url) -> bool:
    hosts, prefixes, segments, _ = _gate(name)
    if any(under(url.host, host) for host in hosts) or url.host.startswith(prefixes):
        return True
    return any(segment in segments for segment in url.path.lower().split("/"))


def _gate_in_chain(name: str, facts: Facts) -> urls.Url | None:
    """The gate at which the chain ended (or broke off), unless the cited address is such a gate itself."""
    target = facts.pending_target or (facts.exchange.final_url if facts.redirected else "")
    if not target or facts.cited is None:
        return None
    try:
        url = urls.parse(target)
    except urls.BadUrlError:
        return None
    return url if _is_gate(name, url) and not _is_gate(name, facts.cited) else None


def _is_what_was_cited(facts: Facts) -> bool:
    """Whether the page at an address like a gate's bears the cited title: there are checkpoints in towns, too."""
    return 200 <= facts.status < 300 and facts.is_titled_as_cited and not facts.page.has_password_field


def _is_a_text(facts: Facts) -> bool:
    """Whether a page at an address like a login's holds prose and asks for no password: “identification” of plants."""
    if (
        not 200 <= facts.status < 300
        or facts.end is None
        or facts.end.host != (facts.cited.host if facts.cited else "")
    ):
        return False
    return len(facts.page.prose) > HARDLY_ANY_PROSE and not facts.page.has_password_field


def consent(facts: Facts) -> Verdict | None:
    """Sent to a page that asks for consent to cookies or terms first."""
    gate = _gate_in_chain("consent", facts)
    if gate is None and facts.end and is_consent_host(facts.end.host):
        gate = facts.end
    if gate is None or facts.status in (404, 410) or _is_what_was_cited(facts):
        return None
    return say(
        VerdictKind.WALLED,
        "consent-wall",
        f"{urls.shown(gate.host)} asks for consent before the page can be seen.",
        ADVICE_WALL,
    )


def login(facts: Facts) -> Verdict | None:
    """Sent to a login page, or shown one in the page's place."""
    gate = _gate_in_chain("login", facts)
    is_page = gate is not None and (_is_what_was_cited(facts) or (not gate.query and _is_a_text(facts)))
    if gate is not None and facts.status not in (404, 410) and not is_page:
        return say(
            VerdictKind.WALLED,
            "login-required",
            f"The reader is sent to a login page at {urls.shown(gate.host)}.",
            ADVICE_WALL,
        )
    if not 200 <= facts.status < 300 or not facts.is_html or not facts.lower_title.startswith(login_titles()):
        return None
    if facts.cited and _is_gate("login", facts.cited):
        return None
    if not facts.page.has_password_field or len(facts.page.prose) > HARDLY_ANY_PROSE or facts.is_titled_as_cited:
        return None
    if facts.page.is_article or _is_headed_by_another_thing(facts):
        return None
    return say(
        VerdictKind.WALLED,
        "login-required",
        f"{facts.shown_host} shows a login form in the page's place, titled “{facts.title[:80]}”.",
        ADVICE_WALL,
    )


def _is_headed_by_another_thing(facts: Facts) -> bool:
    """Whether the first heading is neither a login's nor the site's: then the form is one that stands on every page."""
    heading = facts.page.own_headings[0] if facts.page.own_headings else ""
    if not heading or heading in facts.page.site_names or wording.is_label(heading):
        return False
    return not any(title in heading.casefold() for title in login_titles())


def paywall(facts: Facts) -> Verdict | None:
    """A page that its own schema.org markup calls not free, unless everything that was quoted can be read in it."""
    if not facts.found(Family.PAYWALL) or not facts.page.says_paywalled:
        return None
    quotes = facts.citation.quotes if facts.citation else ()
    if quotes and facts.reading is not None:
        text = " ".join(facts.reading.text.split()).casefold()
        if all(" ".join(quote.split()).casefold() in text for quote in quotes):
            return None
    return say(
        VerdictKind.WALLED,
        "paywall",
        f"{facts.shown_host} marks the page as not accessible for free; what is shown may be a part of it.",
        "Read it with a subscription and keep what you saw; or pin an archived copy under “archived:”.",
    )
