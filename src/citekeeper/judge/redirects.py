"""Where redirects lead: thrown back to the front page or a section, to a “not found” address, moved, or no matter.

A permanent redirect is 301 or 308 (RFC 9110 section 15.4). Only a chain of those is a move, and only when its end is
the page that was cited: a chain to a login, a consent page, a front or a section page is not.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote

from citekeeper import urls
from citekeeper.judge.facts import Facts, under, words_of
from citekeeper.judge.verdicts import ADVICE_DEAD, say
from citekeeper.model import Verdict, VerdictKind
from citekeeper.patterns import late

PERMANENT = frozenset({301, 308})

_NOT_FOUND_SEGMENT = late(
    r"(?:error[-_]?|http[-_]?|page[-_]?)?404(?:[-_]?(?:error|page|not[-_]?found))?(?:\.[a-z]{2,5})?"
    r"|(?:page|file|content|article|story|url|error|item|post)?[-_]?not?[-_]?found(?:\.[a-z]{2,5})?"
    r"|(?:pagina[-_]niet[-_]gevonden|niet[-_]gevonden|seite[-_]nicht[-_]gefunden|nicht[-_]gefunden|page[-_]introuvable"
    r"|page[-_]non[-_]trouvee|stranica[-_]ne[-_]najdena)(?:\.[a-z]{2,5})?"
)
_NOT_FOUND_QUERY = late(
    r"(?i)(?:^|&)(?:(?:error|err|status|code|e|page)=404|404|(?:error|status)=not[-_]?found)(?:&|=|$)"
)
_NO_PICTURE = late(
    r"(?:(?:image|img|photo|picture|pic|thumb|thumbnail|file|video)[-_]?)?"
    r"(?:(?:no|not|un)[-_]?(?:longer[-_]?)?(?:available|found|exist|here|image|img|photo|picture|pic|thumb|thumbnail|video)"
    r"|missing|removed|deleted|placeholder)(?:[-_]?(?:image|img|photo|picture|pic|thumb|thumbnail|file|video))?"
    r"\.(?:png|gif|jpe?g|webp|svg)"
)
"""Pictures that are shown in the place of one that is not there."""
_GONE_NAMES = frozenset({"gone", "removed", "deleted", "missing", "expired", "unavailable"})
_FRONT_PATH = late(
    r"(?i)/(?:(?:index|default|home|main|start|startseite|accueil|welcome)(?:[-_.][a-z]{1,2})?(?:\.[a-z]{2,5})?/?|"
    r"[a-z]{2}(?:[-_][a-z]{2})?/?(?:(?:index|home)(?:\.[a-z]{2,5})?/?)?)?"
)
_HOME_NAME = late(
    r"(?i)(?:home(?:[-_]?page)?|main(?:[-_]?page)?|start(?:[-_]?(?:page|seite|pagina))?|hauptseite|hoofdpagina"
    r"|accueil|welcome|portada|inicio|pagina[-_]?principale|strona[-_]?główna|заглавная[-_]страница|головна[-_]сторінка"
    r"|english|deutsch|français|francais|nederlands|español|espanol|italiano|polski|russian|ukrainian"
    r"|cms|joomla|wordpress|wp|drupal|typo3|site|web|www|public|html|portal)(?:\.[a-z]{2,5})?"
)
"""What content systems, wikis and languages call a front page, or the folder of one (``/wiki/Main_Page``)."""
_INDEX_NAME = late(r"(?i)(?:index|default)(?:\.[a-z]{2,5})?")
_LISTING_NAME = late(
    r"(?i)(?:tags?|topics?|keywords?|categor(?:y|ies)|subjects?|authors?|find|results?|browse|filter|trefwoord(?:en)?"
    r"|schlagw(?:ort|örter|orte)|mots?-cles?|rubriek(?:en)?|dossiers?)(?:\.[a-z]{2,5})?"
)
_FEW_LINKS = 8
_SEVERAL_WORDS = 3
_DEPTH_OF_HOME = 3  # segments
_HARMLESS_QUERY = late(
    r"(?i)(?:utm_\w+|ref|from|source|src|error|err|status|404|redirected|redirect|r|lang|hl|cmp|fbclid|gclid|nr|msg|"
    r"_ga|intcmp|ito|notfound|not_found|return_?(?:url|path|to)?|aspxerrorpath)"
)
_YEAR = late(r"(?:19|20)\d\d")
_DATE_PART = late(r"(?:(?:19|20)\d\d|[01]?\d|[0-3]\d|(?:19|20)\d\d-?[01]\d(?:-?[0-3]\d)?)")
_SURELY_ARTICLE = late(r"(?i)(?:.*\d{3,}.*|[^/]*-[^/]*-[^/]*|.{25,})")
_ARTICLE_LIKE = late(rf"{_SURELY_ARTICLE.pattern}|(?:.+\.(?:html?|php|aspx?|shtml|pdf))")

# Addresses made to lead elsewhere: landing on a front page is what they are for.
_SHORTENERS = (
    "bit.ly", "t.co", "tinyurl.com", "goo.gl", "ow.ly", "is.gd", "buff.ly", "lnkd.in", "vk.cc", "clck.ru", "youtu.be",
    "dlvr.it", "rebrand.ly", "cutt.ly", "fb.me", "wp.me", "redd.it", "amzn.to", "trib.al", "shorturl.at", "t.ly",
    "v.gd", "nyti.ms", "reut.rs", "bbc.in", "econ.st", "wapo.st",
)  # fmt: skip
_PERSISTENT = (
    "doi.org", "hdl.handle.net", "purl.org", "w3id.org", "n2t.net", "nbn-resolving.org", "persistent-identifier.nl",
    "urn.nb.no",
)  # fmt: skip


def says_not_found(url: urls.Url) -> bool:
    """Whether an address itself says that nothing is there: ``/404.html``, ``/page-not-found``, ``?error=404``."""
    segments = [segment for segment in url.path.lower().split("/") if segment]
    if any(_NOT_FOUND_SEGMENT.fullmatch(segment) for segment in segments):
        return True
    if segments and _NO_PICTURE.fullmatch(segments[-1]):
        return True
    if segments[-2:-1] and segments[-2] in ("error", "errors") and segments[-1].partition(".")[0] in _GONE_NAMES:
        return True
    return bool(_NOT_FOUND_QUERY.search(url.query))


_NAMED_ABSENCE = late(r"(?i)(?<![0-9a-z])(?:404|410|(?:page|file)?[-_]?not[-_]?found)(?![0-9a-z])")


def names_absence(url: urls.Url) -> bool:
    """Whether an address has a word for absence in it, so that an absence may be what stands there by right."""
    return says_not_found(url) or _NAMED_ABSENCE.search(f"{url.path}?{url.query}") is not None


def is_front(url: urls.Url) -> bool:
    """Whether an address is a front page: the root, an index, a language's root; no query that could name a page."""
    if not _FRONT_PATH.fullmatch(url.path):
        return False
    return all(_HARMLESS_QUERY.fullmatch(name) for name, _ in parse_qsl(url.query, keep_blank_values=True))


def is_home_by_name(url: urls.Url) -> bool:
    """Whether an address is called a front page: in a folder of its site's system, or in a language's."""
    segments = [segment for segment in unquote(url.path).split("/") if segment]
    if url.query or not 0 < len(segments) <= _DEPTH_OF_HOME:
        return False
    if len(segments) > 1 and _INDEX_NAME.fullmatch(segments[-1]):
        segments.pop()
    return not any(map(_YEAR.search, segments)) and _HOME_NAME.fullmatch(segments[-1]) is not None


def is_deep(url: urls.Url) -> bool:
    """Whether an address names one page of a site: two segments or more, an article's name, or a query with an id."""
    if is_front(url):
        return False
    segments = [segment for segment in url.path.split("/") if segment]
    if len(segments) >= 2 or any(_ARTICLE_LIKE.fullmatch(segment) for segment in segments):
        return True
    return any(value for _, value in parse_qsl(url.query))


_SEARCH_SEGMENT = late(
    r"(?:site[-_]?)?(?:search|zoek|zoeken|zoekresultaten|suche|suchergebnisse|recherche|rechercher|poisk)"
    r"(?:[-_]?results)?(?:\.[a-z]{2,5})?|%d0%bf%d0%be%d0%b8%d1%81%d0%ba|%d0%bf%d0%be%d1%88%d1%83%d0%ba"
)
_SEARCH_FIELDS = frozenset({"q", "s", "query", "search", "zoek", "keys", "searchword", "text", "term", "zoekterm"})


def is_search(url: urls.Url) -> bool:
    """Whether an address asks a site's search for words."""
    segments = [segment for segment in url.path.lower().split("/") if segment]
    if any(_SEARCH_SEGMENT.fullmatch(segment) for segment in segments):
        return True
    return is_front_path(url) and any(name.lower() in _SEARCH_FIELDS for name, _ in parse_qsl(url.query))


def cites_search(facts: Facts) -> bool:
    """Whether a site's search was cited: that it finds nothing may be what was to be seen there."""
    return facts.cited is not None and is_search(facts.cited)


def is_front_path(url: urls.Url) -> bool:
    """Whether a path is a front page's, whatever the query."""
    return bool(_FRONT_PATH.fullmatch(url.path))


def is_forwarder(host: str) -> bool:
    """Whether a host exists to lead elsewhere (shorteners, persistent identifiers)."""
    return any(under(host, domain) for domain in (*_SHORTENERS, *_PERSISTENT))


def to_not_found(facts: Facts) -> Verdict | None:
    """Redirected to an address that says “not found”, with a success."""
    if not facts.redirected or facts.end is None or facts.cited is None or facts.same_page:
        return None
    if not says_not_found(facts.end) or says_not_found(facts.cited) or facts.is_titled_as_cited:
        return None
    return say(
        VerdictKind.SOFT_404,
        "redirect-to-not-found",
        f"The reader is sent to {urls.shown(facts.end.href, 120)}, whose very name says that nothing is found.",
        ADVICE_DEAD,
    )


def to_front(facts: Facts) -> Verdict | None:
    """A deep address thrown back to a front page; a shallow one only where a name that cannot exist ends there too."""
    if not lands_on_front(facts) or facts.is_titled_as_cited or _is_titled_as_addressed(facts):
        return None
    assert facts.cited is not None
    assert facts.end is not None  # lands_on_front saw both
    if not probe_ends_alike(facts):
        if not is_deep(facts.cited):
            return None
        if leaves_site(facts):
            return other_front_page(facts.end)
    return say(
        VerdictKind.SOFT_404,
        "redirect-to-front-page",
        f"In place of the page, the reader is sent to the front page {urls.shown(facts.end.href, 120)}.",
        ADVICE_DEAD,
    )


def _is_titled_as_addressed(facts: Facts) -> bool:
    """Whether a page's title holds all words of the cited address' name, and there are several: it has a site now."""
    assert facts.cited is not None  # lands_on_front saw it
    named = words_of(
        re.sub(r"\.\w{2,5}$", "", unquote(facts.cited.path).rstrip("/").rpartition("/")[2]).replace("_", " ")
    )
    return len(named) >= _SEVERAL_WORDS and named <= words_of(facts.title)


def other_front_page(target: urls.Url) -> Verdict:
    """The verdict on an address that leads to the front page of another site, where no other is known to do so."""
    return say(
        VerdictKind.DRIFTED,
        "redirect-to-other-front-page",
        f"This address alone leads to another site's front page, {urls.shown(target.href, 120)}: perhaps its own new "
        "home, perhaps no more than a farewell.",
        "Look whether that site still says what was cited; if not, pin an archived copy.",
    )


def lands_on_front(facts: Facts) -> bool:
    """Whether a redirect led from an inner address to a front page that could not be its new home."""
    cited, end = facts.cited, facts.end
    if not facts.redirected or cited is None or end is None or facts.same_page:
        return False
    if is_front(cited) or is_home_by_name(cited) or not is_front(end):
        return False
    if is_forwarder(cited.host) or facts.lands_on_part:
        return False
    # /blog → blog.example.org/: the section has become a site of its own.
    segments = [segment for segment in cited.path.lower().split("/") if segment]
    return not (segments and segments[-1] in end.host.split("."))


def leaves_site(facts: Facts) -> bool:
    """Whether the chain ended on another site than it began on (neither host lies under the other)."""
    cited, end = facts.cited, facts.end
    if cited is None or end is None:
        return False
    one, other = cited.host.removeprefix("www."), end.host.removeprefix("www.")
    return not (under(one, other) or under(other, one))


def to_search(facts: Facts) -> Verdict | None:
    """Sent to the site's search, with the address' own words or none: what sites do with names they do not know."""
    if not facts.redirected or facts.cited is None or facts.end is None or facts.same_page:
        return None
    if not is_search(facts.end) or is_search(facts.cited) or facts.is_titled_as_cited or is_forwarder(facts.cited.host):
        return None
    if _lists_by_word(facts.cited, facts.end):
        return None
    return say(
        VerdictKind.SOFT_404,
        "redirect-to-search",
        f"In place of the page, the reader is sent to a search, {urls.shown(facts.end.href, 120)}.",
        ADVICE_DEAD,
    )


def _lists_by_word(cited: urls.Url, end: urls.Url) -> bool:
    """Whether a list of what bears a word was cited, and a search for the same word has taken its place."""
    asked = {value.casefold() for _, value in parse_qsl(end.query)}
    pairs = set(parse_qsl(cited.query))
    if pairs and not all(value.isdigit() for _, value in pairs) and pairs <= set(parse_qsl(end.query)):
        return True
    before, _, last = unquote(cited.path).rstrip("/").rpartition("/")
    folder = before.rpartition("/")[2]
    if not (_LISTING_NAME.fullmatch(folder) or _LISTING_NAME.fullmatch(last)):
        return False
    words = {last.casefold(), last.replace("-", " ").casefold(), *(value.casefold() for _, value in pairs)}
    return not words.isdisjoint(asked)


def probe_ends_alike(facts: Facts) -> bool:
    """Whether a name that cannot exist ended at the very same address, with a success."""
    probe = facts.probe
    if probe is None or probe.status is None or not 200 <= probe.status < 300:
        return False
    return is_same_document(probe.final_url, facts.exchange.final_url)


def is_same_document(one: str, other: str) -> bool:
    """Whether two addresses are spellings of one."""
    return urls.same_document_key(one) == urls.same_document_key(other)


def to_section(facts: Facts) -> Verdict | None:
    """An article's address thrown back to a folder above it (``/news/2022/04/07/slug.html`` → ``/news/``)."""
    cited, end = facts.cited, facts.end
    if not facts.redirected or cited is None or end is None or facts.same_page or end.query:
        return None
    if cited.host.removeprefix("www.") != end.host.removeprefix("www.") or facts.is_titled_as_cited:
        return None
    before = [segment for segment in cited.path.lower().split("/") if segment]
    after = [segment for segment in end.path.lower().split("/") if segment]
    if not after or len(after) >= len(before) or before[: len(after)] != after:
        return None
    dropped, kept = before[len(after) :], after[-1]
    if not any(_ARTICLE_LIKE.fullmatch(segment) for segment in dropped):
        return None
    is_date = bool(_DATE_PART.fullmatch(kept)) and any(_YEAR.fullmatch(segment) for segment in after)
    if _ARTICLE_LIKE.fullmatch(kept) and not is_date:
        return None  # /story/12345/slug → /story/12345 only lost its ornament
    if any(char.isdigit() for char in kept) and not is_date:
        return None
    if dropped[-1].partition(".")[0] == kept:
        return None  # /lamps/lamps.html → /lamps/
    is_article = any(_SURELY_ARTICLE.fullmatch(segment) for segment in dropped)
    if not is_article and facts.is_html and not _lists_pages(facts):  # a site's own page may have been taken in
        return say(
            VerdictKind.DRIFTED,
            "redirect-to-section",
            f"The reader is sent to {urls.shown(end.href, 120)}, above the cited page: that is no list of pages, and "
            "perhaps what was cited has become part of it.",
            "Look whether it still says what was cited; if not, pin an archived copy.",
        )
    return say(
        VerdictKind.SOFT_404,
        "redirect-to-section",
        f"In place of the page, the reader is sent to the section {urls.shown(end.href, 120)}.",
        ADVICE_DEAD,
    )


def _lists_pages(facts: Facts) -> bool:
    """Whether a page consists of links for the most part, as a section's does, or shows nothing."""
    root = facts.page.root
    links = sum(1 for _ in root.iter("a")) if root is not None else 0
    return links >= _FEW_LINKS or not facts.page.prose


def moved(facts: Facts) -> Verdict | None:
    """A chain of redirects that ended on a living page: moved, or alive with the reason why it is no move."""
    if not facts.redirected or facts.cited is None or facts.end is None:
        return None
    if facts.same_page:
        return say(VerdictKind.ALIVE, "redirect-same-page", _same_page_message(facts))
    if any(under(facts.cited.host, domain) for domain in _PERSISTENT):
        message = f"The persistent identifier leads to {urls.shown(facts.end.href, 120)}, as it is meant to."
        return say(VerdictKind.ALIVE, "persistent-identifier", message)
    permanent = all(hop.status in PERMANENT for hop in facts.exchange.hops[:-1])
    if facts.is_html and _is_another_page(facts, permanent=permanent) and not _slug_survives(facts):
        return say(
            VerdictKind.DRIFTED,
            "redirect-to-other-page",
            f"It redirects to {urls.shown(facts.end.href, 120)}, titled “{facts.title[:80]}”, which shares no word "
            "with the title that was cited.",
            "Look whether that page still says what was cited; if not, pin an archived copy.",
        )
    if not permanent:
        message = f"Answers, after a temporary redirect, at {urls.shown(facts.end.href, 120)}."
        return say(VerdictKind.ALIVE, "redirect-temporary", message)
    target = facts.end.href
    if facts.cited.fragment and not facts.end.fragment:
        target = f"{target}#{facts.cited.fragment}"
    return say(
        VerdictKind.MOVED,
        "redirect-permanent",
        f"It has moved for good to {urls.shown(target)}.",
        f"Cite the new address: {urls.shown(target)}",
        canonical_url=target,
    )


def _is_another_page(facts: Facts, *, permanent: bool) -> bool:
    return facts.is_titled_otherwise or (permanent and facts.lacks_known_title)


def _same_page_message(facts: Facts) -> str:
    assert facts.cited is not None
    assert facts.end is not None  # moved saw both
    if facts.cited.scheme != facts.end.scheme:
        return f"Answers at {urls.shown(facts.end.href, 120)}, the same page over {facts.end.scheme}."
    return f"Answers at {urls.shown(facts.end.href, 120)}, another spelling of the same address."


def _slug_survives(facts: Facts) -> bool:
    """Whether the article's own name or number came along into the new address."""
    assert facts.cited is not None
    assert facts.end is not None  # moved saw both
    tokens = {token for token in re.split(r"[^0-9a-z]+", facts.cited.path.lower()) if len(token) > 3 or token.isdigit()}
    tokens -= {"html", "https", "http", "news", "article", "articles", "story"}
    here = set(re.split(r"[^0-9a-z]+", f"{facts.end.path} {facts.end.query}".lower()))
    return bool(tokens) and len(tokens & here) * 2 >= len(tokens)
