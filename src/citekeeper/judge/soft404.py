"""“Not found” in the guise of success.

A wording alone never decides, because people write about missing pages, and cite them. It takes a title or heading
that *is* such a wording, and a support in the structure: the page is the same as that of a name which cannot exist (the
probe of Bar-Yossef et al., 2004), its template calls itself an error page, or it holds nothing but the wording.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from citekeeper import urls
from citekeeper.judge import hosts, parking, redirects, wording
from citekeeper.judge.facts import Facts, words_of
from citekeeper.judge.knowledge import Family
from citekeeper.judge.page import Page
from citekeeper.judge.paragraphs import THIN_PROSE
from citekeeper.judge.probing import probe_is_alike
from citekeeper.judge.showing import PLAYERS, is_door, is_logo, shows_something
from citekeeper.judge.tongues import language_of_title
from citekeeper.judge.verdicts import ADVICE_DEAD, say
from citekeeper.judge.wording import is_wording
from citekeeper.model import Verdict, VerdictKind
from citekeeper.patterns import late
from citekeeper.tags import primary

_ERROR_CLASS = late(
    r"(?:(?:page|path|body|template|tpl|layout|is|error|cms|view|status|http|route|wp)[-_])*"
    r"(?:(?:error|page|http|status|template)?[-_]?404|page[-_]?not[-_]?found|not[-_]?found|no-?route|error[-_]?page|error[-_]template)"
    r"(?:[-_](?:page|index|template|error|body|index-index))*"
)
"""What templates call a body that holds an error (WordPress, Ghost, Magento, PrestaShop, OpenCart, Shopify, …)."""
_HARDLY_ANY_PROSE = 250
_LITTLE_PROSE = 400
_SOME_PROSE = 1200
_NEXT_TO_NOTHING = 40
_STATIC_TEXT = 200  # characters of visible text above which a page is more than a program's empty shell
_TELLING_LETTERS = 4
ADVICE_LOOK = (
    "Look at it once; if it is an error message, pin an archived copy; if it is what was cited, say so with “expect:”."
)
_MOSTLY = 0.3  # cookie notices and the like stand beside it
_FOR_THE_MOST_PART = 0.5  # where nothing is known of what was cited
_WHOLLY = 0.9
_DATE_FOLDERS = late(r"/(?:19|20)\d\d(?:/[01]?\d(?:/[0-3]?\d)?)?(?=/)")
_FILE_PATH = late(r"(?i)\.(?:pdf|docx?|odt|xlsx?|csv|pptx?|jpe?g|png|gif|tiff?|zip|mp[34]|epub)$")


def is_cited_as_such(facts: Facts) -> bool:
    """Whether the source was known under a “not found” title, or bore one in its address, when it was cited."""
    if any(is_wording(title) or "404" in title for title in facts.known_titles):
        return True
    return facts.cited is not None and redirects.says_not_found(facts.cited)


def may_be_judged(facts: Facts) -> bool:
    """Whether a page came with a success, so that it is its text that has to tell."""
    return facts.is_html and 200 <= facts.status < 300 and facts.cited is not None


def _suspected(facts: Facts) -> bool:
    """Whether it is worth a closer look; costs nothing on an ordinary page."""
    return may_be_judged(facts) and (bool(facts.found(Family.NOT_FOUND)) or facts.title_names_absence)


def _is_thin(facts: Facts) -> bool:
    """Whether an inner page says so little that it may be no more than its template; a count spares most the parse."""
    return facts.cited is not None and redirects.is_deep(facts.cited) and says_little(facts)


def says_little(facts: Facts) -> bool:
    """The same of any page but a front page."""
    return not facts.has_paragraphs and _is_little(facts, lambda page: page.prose)


def _main_says_little(facts: Facts) -> bool:
    """The same of a page between teasers, of what it says in its own name; only where it has been parsed anyway."""
    return facts.probe is not None and _is_little(facts, lambda page: " ".join(page.own_blocks))


def _is_little(facts: Facts, said: Callable[[Page], str]) -> bool:
    if not may_be_judged(facts) or facts.cited is None or redirects.is_front(facts.cited):
        return False
    return len(said(facts.page)) < THIN_PROSE and not facts.page.is_article and not hosts.needs_script(facts)


def _is_foreign(facts: Facts) -> bool:
    """Whether an inner page declares another language than that of the source: reason enough to ask further."""
    return facts.declares_another_language and facts.cited is not None and redirects.is_deep(facts.cited)


def _says_it(facts: Facts) -> tuple[bool, bool]:
    """(the title says it, a heading says it); beside more words than its own a heading names something else."""
    return is_wording(facts.title), any(map(wording.is_mostly_wording, facts.page.shown_headings))


def _text_says_it(facts: Facts) -> bool:
    shown = " ".join(facts.page.blocks)  # what is hidden a program keeps ready for another time
    return wording.speaks_of_absence(shown) or wording.share_of_absence(*facts.page.own_blocks) > 0


def not_found(facts: Facts) -> Verdict | None:
    """The page says “not found” of itself, and its structure bears that out."""
    is_plain = _suspected(facts) or says_little(facts)
    if not (is_plain or _main_says_little(facts)) or is_cited_as_such(facts) or facts.is_titled_as_cited:
        return None
    titled, headed = _says_it(facts)
    worded = titled or headed
    prose = len(facts.page.prose)
    if not worded and (prose >= THIN_PROSE or not _text_says_it(facts)):
        return None
    if facts.page.is_article and prose > _SOME_PROSE:
        return None
    support = _support(facts, titled=titled, headed=headed)
    if support is None:
        return None
    reason = "title-not-found" if titled else "heading-not-found" if headed else "text-not-found"
    said = facts.title if titled else next((h for h in facts.page.headings if is_wording(h)), facts.page.prose)
    is_cleared = facts.probe_is_absent and not worded and (_says_something_else(facts) or _is_titled_by_number(facts))
    is_about_it = facts.cited is not None and redirects.names_absence(facts.cited)
    is_doubt = not is_plain or is_about_it
    if (facts.page.is_bare or is_cleared) and not _lacks_cited_title(facts):
        is_doubt = True
    if is_doubt and not probe_is_alike(facts):
        return say(
            VerdictKind.DRIFTED,
            "not-found-wording",
            f"{facts.shown_host} answers {facts.status} with nothing but “{said[:80]}”, which says that something is "
            "missing; whether that is the page itself cannot be told.",
            ADVICE_LOOK,
        )
    return say(
        VerdictKind.SOFT_404,
        reason,
        f"{facts.shown_host} answers {facts.status}, but the page says “{said[:80]}”, and {support}.",
        ADVICE_DEAD,
    )


def bears_error_class(facts: Facts) -> bool:
    """Whether the template calls the body of the page an error."""
    return any(map(is_error_class, facts.page.body_classes))


def is_error_class(name: str) -> bool:
    """Whether a (lower-case) class or id calls what bears it an error."""
    return _ERROR_CLASS.fullmatch(name) is not None


def _says_something_else(facts: Facts) -> bool:
    """Whether more than wordings stands on a page: a host that knows what it has not may tell of another loss here."""
    if facts.page.own_headings:  # of a message, or there would be no support
        return False
    return wording.share_of_absence(*facts.page.own_blocks) < _WHOLLY


def _is_titled_by_number(facts: Facts) -> bool:
    """Whether a title names one thing by its number: the article of a law that was repealed says so under its own."""
    site = words_of(" ".join((*facts.page.site_names, facts.host, *(other.title for other in facts.impossible_pages))))
    return any(any(map(str.isdigit, word)) for word in facts.title.casefold().split() if not words_of(word) & site)


def _support(facts: Facts, *, titled: bool, headed: bool) -> str | None:
    """What in the structure bears the wording out; None where nothing does."""
    prose = len(facts.page.prose)
    if (titled or headed or _is_told_of_page(facts)) and probe_is_alike(facts):
        return "a name that cannot exist gets the same page"
    if redirects.cites_search(facts):
        return None
    if titled or headed:
        if bears_error_class(facts) and prose < _SOME_PROSE:
            return "its template is that of an error page"
        if _stands_for_file(facts) and prose < _LITTLE_PROSE:
            return "it stands where a file was"
        canonical = _own_address(facts)
        if canonical is not None and redirects.says_not_found(canonical) and not _is_address_cited(facts, canonical):
            return "it calls itself an error page"
    if facts.page.is_article:
        return None
    offers_help = wording.helps_the_lost(_beside_headings(facts))
    if wording.names_status(facts.title) and prose < _HARDLY_ANY_PROSE and facts.is_headed_by_nothing and offers_help:
        return "it says little else"
    if titled and headed and prose < _LITTLE_PROSE and offers_help:
        return "it holds nothing else"
    if prose < _HARDLY_ANY_PROSE and _lacks_cited_title(facts):
        first = facts.page.headings[0] if facts.page.headings else ""
        is_told = wording.share_of_absence(*facts.page.own_blocks) > _MOSTLY and not shows_something(facts)
        if is_wording(first) or is_told:
            return "it holds nothing else"
    is_wording_all = headed or (titled and facts.is_headed_by_nothing)
    if is_wording_all and prose < _LITTLE_PROSE and "noindex" in facts.page.metas.get("robots", "").lower():
        return "it keeps itself out of search engines"
    lost = (titled or headed) and prose < _HARDLY_ANY_PROSE and facts.is_headed_by_nothing
    if lost and offers_help:
        return "it offers the lost reader a way on, and nothing else"
    says_little = prose < _HARDLY_ANY_PROSE and facts.is_headed_by_nothing
    if says_little and wording.share_of_absence(*facts.page.own_blocks) >= _FOR_THE_MOST_PART:
        return "it holds hardly anything else"
    return None


def _lacks_cited_title(facts: Facts) -> bool:
    """Whether a page lacks a title that is in its own language, or the source's: a translated one is on no page."""
    if not facts.lacks_known_title:
        return False
    language = primary(facts.citation.language) if facts.citation is not None else ""
    spoken = facts.page.language or language
    return not spoken or any(language_of_title(title, spoken) == spoken for title in facts.known_titles)


def _is_told_of_page(facts: Facts) -> bool:
    """Whether a text says of its page that it is missing; doors, the same for all, speak of absence in passing."""
    if wording.share_of_absence(*facts.page.own_blocks) > _MOSTLY:
        return True
    return (len(facts.page.prose) < _HARDLY_ANY_PROSE or facts.lacks_known_title) and not is_door(facts)


def _beside_headings(facts: Facts) -> str:
    return " ".join(block for block in facts.page.own_blocks if block not in facts.page.headings)


def doubtful(facts: Facts) -> Verdict | None:
    """A page that says of something that it is missing, and no more: an error page, or a card with nothing on it.

    Whether that something is the page itself no rule can tell, so this is no death sentence.
    """
    if not says_little(facts) or is_cited_as_such(facts) or facts.is_titled_as_cited:
        return None
    if facts.cited is None or redirects.cites_search(facts) or len(facts.page.prose) >= _HARDLY_ANY_PROSE:
        return None
    said = facts.page.own_blocks
    beside = [block for block in said if block not in facts.page.headings]
    is_of_page = any(wording.is_about_the_page(block) for block in said)
    says_so = is_of_page or any(wording.names_absence(block) for block in (facts.title, *said))
    if not says_so or not all(map(wording.says_no_more, beside)):
        return None
    if not (is_of_page or all(map(wording.says_no_more, facts.page.own_headings))) or shows_something(facts):
        return None
    return say(
        VerdictKind.DRIFTED,
        "not-found-wording",
        f"{facts.shown_host} answers {facts.status}, but all that the page says is “{' '.join(said)[:80]}”: it looks "
        "like an error message, and nothing else tells what it is.",
        ADVICE_LOOK,
    )


def _is_address_cited(facts: Facts, url: urls.Url) -> bool:
    return urls.same_document_key(url.href) in (
        urls.same_document_key(facts.exchange.url),
        urls.same_document_key(facts.exchange.final_url),
    )


def _own_address(facts: Facts) -> urls.Url | None:
    try:
        return urls.parse(urls.join(facts.exchange.final_url, facts.page.canonical)) if facts.page.canonical else None
    except urls.BadUrlError:
        return None


def replaced(facts: Facts) -> Verdict | None:
    """In place: the front page under an inner address, or a page where a file was, with the probe's agreement."""
    if facts.probe is None or not facts.is_html or not 200 <= facts.status < 300 or facts.is_titled_as_cited:
        return None
    if _stands_for_file(facts) and not _is_program(facts) and probe_is_alike(facts):
        return say(
            VerdictKind.SOFT_404,
            "page-instead-of-file",
            f"{facts.shown_host} answers with a web page where a file was cited, and a name that cannot exist gets "
            "the same page.",
            ADVICE_DEAD,
        )
    if _calls_itself_front(facts) and not _is_program(facts) and probe_is_alike(facts):
        return say(
            VerdictKind.SOFT_404,
            "front-page-in-place",
            f"{facts.shown_host} shows its front page under the cited address, as for a name that cannot exist.",
            ADVICE_DEAD,
        )
    if _calls_itself_front(facts) and facts.lacks_known_title and _is_thin(facts):
        return say(
            VerdictKind.DRIFTED,
            "front-page-in-place",
            f"{facts.shown_host} shows a page that gives the front page as its own address, and nothing of the cited "
            "title is on it.",
            "Open it in a browser; if what was cited is not there, pin an archived copy under “archived:”.",
        )
    if _is_vacant(facts) and (facts.lacks_known_title or not facts.page.prose):
        return say(
            VerdictKind.DRIFTED,
            "nothing-on-the-page",
            f"{facts.shown_host} answers with the frame of its site, and with nothing in it.",
            "Open it in a browser; if it is empty there too, pin an archived copy under “archived:”.",
        )
    if probe_is_alike(facts) and not _is_shell(facts) and not _is_known_by_its_name(facts):
        return say(
            VerdictKind.DRIFTED,
            "same-for-any-name",
            f"{facts.shown_host} shows under the cited address what it shows for a name that cannot exist: nothing of "
            "what was cited is in it.",
            "Open it in a browser; if it is empty there too, pin an archived copy under “archived:”.",
        )
    return None


def _is_program(facts: Facts) -> bool:
    """Whether a page fills itself, and is the same for all names until it has."""
    return _is_shell(facts) or hosts.needs_script(facts)


def _is_shell(facts: Facts) -> bool:
    """Whether a page is a program that has yet to fill itself, so that its likeness to another says nothing."""
    page = facts.page
    if not page.has_script or len(page.text) >= _STATIC_TEXT or len(" ".join(page.own_blocks)) >= _NEXT_TO_NOTHING:
        return False
    return all(heading in page.title or heading in page.site_names for heading in page.own_headings)


def _is_known_by_its_name(facts: Facts) -> bool:
    """Whether a page bears its address' own words, or is an article: there are sites that find it by a number alone.

    Such a site shows it under any name that holds the number, or under any name beside it. Words that the address of
    the name which cannot exist has, too, and the site's own name, tell nothing of the page.
    """
    if _is_thin(facts) or facts.lacks_known_title or facts.cited is None or facts.probe is None:
        return False
    shared = facts.probe.url.partition("://")[2].partition("/")[2]
    here = words_of(" ".join((facts.title, *facts.page.headings))) - words_of(" ".join(facts.page.site_names))
    named = words_of(unquote(facts.cited.path).replace("_", " ")) - words_of(unquote(shared).replace("_", " "))
    telling = {word for word in named if len(word) >= _TELLING_LETTERS and word.isalpha()}
    is_numbered = not telling or any(map(str.isdigit, _DATE_FOLDERS.sub("/", f"/{shared}")))
    return bool(telling & here) or (facts.page.is_article and is_numbered)


def _is_vacant(facts: Facts) -> bool:
    """Whether an inner page has a site's frame, and next to nothing between: no words, pictures, frames or forms."""
    page = facts.page
    if not _is_thin(facts) or page.root is None or page.is_bare or bool(page.has_script):
        return False
    if facts.found(Family.META_REFRESH) or next(page.root.iter("a", "nav", "form"), None) is None:
        return False  # it sends the reader on, or is nobody's frame
    shows = next(page.root.iter("img", "table", *PLAYERS), None)
    return shows is None and len(" ".join(page.own_blocks)) < _NEXT_TO_NOTHING and not page.headings


def is_hollow(facts: Facts) -> bool:
    """Whether an inner page says a sentence or two and shows nothing, as no article does."""
    if not _is_thin(facts) or facts.page.root is None or facts.page.is_bare or shows_something(facts):
        return False
    shows_picture = any(not is_logo(image) for image in facts.page.root.iter("img"))
    return not shows_picture and len(" ".join(facts.page.own_blocks)) < _HARDLY_ANY_PROSE


def names_file(path: str) -> bool:
    """Whether a path ends in the name of a document, picture or other file that is no web page."""
    return _FILE_PATH.search(path) is not None


def _stands_for_file(facts: Facts) -> bool:
    return facts.cited is not None and names_file(facts.cited.path) and facts.is_html


def _calls_itself_front(facts: Facts) -> bool:
    if facts.cited is None or not facts.found(Family.CANONICAL) or not redirects.is_deep(facts.cited):
        return False
    address = _own_address(facts)
    return address is not None and redirects.is_front(address) and not facts.page.is_article


def probe_wanted(facts: Facts, *, thorough: bool = False) -> bool:
    """Whether asking for a name that cannot exist could change the verdict; ``thorough`` waits for no sign of that."""
    if facts.exchange.failure or facts.exchange.tls_fault or facts.probe or facts.cited is None:
        return False
    if not 200 <= facts.status < 300 or not facts.is_html or facts.is_titled_as_cited or is_cited_as_such(facts):
        return False
    if redirects.lands_on_front(facts):
        return not redirects.is_deep(facts.cited) or redirects.leaves_site(facts)
    if thorough and not has_no_siblings(facts, facts.cited):
        return True
    if _stands_for_file(facts) or _calls_itself_front(facts):
        return True
    if _is_thin(facts) or parking.is_doubtful(facts) or facts.lacks_known_title or _is_foreign(facts):
        return True
    return _suspected(facts) and any(_says_it(facts))


def has_no_siblings(facts: Facts, cited: urls.Url) -> bool:
    """Whether nothing could be learnt beside an address: its host finds pages by other means, or shows scripts only."""
    if redirects.is_front(cited) or redirects.is_search(cited) or redirects.is_forwarder(cited.host):
        return True
    if hosts.has_rule(cited.host) or urls.is_archive(cited.href) or "memento-datetime" in facts.lower_headers:
        return True
    return hosts.needs_script(facts)


def suspicion(facts: Facts) -> Verdict | None:
    """Alive, but saying so with a doubt: the wording is there, and nothing bears it out."""
    if _stands_for_file(facts) and not facts.redirected:
        return say(
            VerdictKind.ALIVE,
            "page-instead-of-file",
            f"{facts.shown_host} answers with a web page where the address names a file; nothing says it is an error.",
            "Look whether the file can still be had there.",
        )
    if not _suspected(facts) or is_cited_as_such(facts) or facts.is_titled_as_cited:
        return None
    titled, _ = _says_it(facts)
    if not titled:
        return None
    return say(
        VerdictKind.ALIVE,
        "not-found-wording",
        f"{facts.shown_host} answers {facts.status} with a page titled “{facts.title[:80]}”, but nothing else says "
        "that it is an error page.",
        "Look at it once; if it is an error page, say so with “expect:” or pin an archived copy.",
    )
