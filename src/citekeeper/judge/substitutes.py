"""Something else in the place of what was cited, on a site that has not changed hands: never certain, so no death.

A quote is the best witness there is: a page that bears neither the title nor a word of what was quoted is another page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from citekeeper.judge import hosts, knowledge, redirects, showing, soft404, wording
from citekeeper.judge.facts import Facts, words_of
from citekeeper.judge.tongues import language_of_title
from citekeeper.judge.verdicts import say
from citekeeper.model import Verdict, VerdictKind
from citekeeper.patterns import late
from citekeeper.tags import primary

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_A_QUOTE = 5  # words
_RUN = 3  # words in a row by which a quote is recognised
_ENOUGH_TEXT = 80  # characters
_LITTLE_PROSE = 100
_SHOWING = ("img", "iframe", "video", "audio", "object", "embed", "canvas", "table", "form", "script", "svg")
_NEXT_TO_NOTHING = 40
_LONGEST_NOTICE = 400
_A_FEW_WORDS = 10  # characters
_WARE = late(r'"@type"\s*:\s*\[?\s*"(?:Product|Offer|Book|Event)"')
_PROVISION = late(
    r"(?i)(?:\b(?:art(?:icle|ikel|ículo|icolo|igo|\.)?|artykuł\w*|стать\w*|статт\w*|артыкул\w*|section|пункт\w*|absatz)|§)\s*\W?\s*\w{0,2}\d"
)
_CALLED_HIDDEN = late(r"(?i)(?:^|[\s_-])(?:hidden|hide|invisible|d-none|vjs|jw)(?:$|[\s_-])")
_ADVICE = "Open it in a browser; if what was cited is not there, pin an archived copy under “archived:”."


def not_the_file(facts: Facts) -> Verdict | None:
    """A web page where a file was, with nothing of the cited title, and no way to the file either."""
    if not 200 <= facts.status < 300 or not facts.is_html or facts.cited is None or facts.end is None:
        return None
    if not soft404.names_file(facts.cited.path) or not facts.lacks_known_title or facts.page.root is None:
        return None
    name = unquote(facts.cited.path.rpartition("/")[2]).lower()
    for element in facts.page.root.iter("a", "iframe", "embed", "object", "img", "video", "source", "meta", "form"):
        for value in element.values():
            if name in unquote(value).lower():
                return None
    return say(
        VerdictKind.DRIFTED,
        "page-instead-of-file",
        f"{facts.shown_host} answers with a web page, “{facts.title[:80]}”, where a file was cited; the page bears "
        "nothing of the cited title, and does not lead to the file.",
        _ADVICE,
    )


def without_quotes(facts: Facts) -> Verdict | None:
    """A page with neither the title nor any run of words of what was quoted from it, in the language of both."""
    if not 200 <= facts.status < 300 or not facts.is_html or facts.citation is None or not facts.lacks_known_title:
        return None
    language = primary(facts.citation.language)
    quotes = [quote for quote in facts.citation.quotes if len(quote.split()) >= _A_QUOTE]
    if not quotes or not language or len(facts.page.text) < _ENOUGH_TEXT or hosts.needs_script(facts):
        return None
    if any(language_of_title(quote, language) != language for quote in quotes):
        return None
    if facts.page.root is not None and next(facts.page.root.iter("frame"), None) is not None:
        return None  # what it says stands elsewhere
    text = " ".join(_words(f"{facts.page.text} {facts.reading.text if facts.reading else ''}"))
    if any(run in text for quote in quotes for run in _runs(quote)):
        return None
    return say(
        VerdictKind.DRIFTED,
        "quotes-nowhere",
        f"{facts.shown_host} answers with “{facts.title[:80]}”; neither the cited title nor what was quoted is there.",
        _ADVICE,
    )


def _words(text: str) -> list[str]:
    return ["".join(char for char in word if char.isalnum()) for word in text.casefold().split()]


def _runs(quote: str) -> list[str]:
    words = [word for word in _words(quote) if word]
    return [" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]


def gutted(facts: Facts) -> Verdict | None:
    """An article's frame, title perhaps included, whose own element for the text is empty."""
    if not 200 <= facts.status < 300 or not facts.is_html or facts.cited is None or not redirects.is_deep(facts.cited):
        return None
    if facts.has_paragraphs or hosts.needs_script(facts):
        return None
    texts = list(facts.page.elements_of(frozenset(knowledge.table("phrases")["platforms"]["texts"])))
    if not texts or not all(map(_is_empty, texts)) or len(facts.page.prose) >= _LITTLE_PROSE:
        return None
    return say(
        VerdictKind.DRIFTED,
        "nothing-on-the-page",
        f"{facts.shown_host} answers with the frame of an article, and its text is empty.",
        _ADVICE,
    )


def removal_notice(facts: Facts) -> Verdict | None:
    """A page under its own title that tells its reader only that it was taken down: agencies' texts, broadcasts.

    Never certain: a video that stood in it may be meant, or the notice waits for a player that fails.
    """
    if not (facts.known_titles or facts.probe) or not soft404.may_be_judged(facts) or hosts.needs_script(facts):
        return None
    if facts.cited is None or redirects.is_front(facts.cited) or redirects.cites_search(facts):
        return None
    if not knowledge.names_removal(facts.content):
        return None
    if soft404.is_cited_as_such(facts) or redirects.names_absence(facts.cited) or _is_headed_by_absence(facts):
        return None
    page = facts.page
    if page.root is None or showing.shows_something(facts) or _sells(facts) or _leads_to_file(page.root):
        return None
    told = page.told_blocks
    if not told or len(" ".join(told)) > _LONGEST_NOTICE:
        return None
    said = [sentence for block in told for sentence in wording.sentences(block)]
    notices = [sentence for sentence in said if wording.is_notice_of_removal(sentence)]
    others = [sentence for sentence in said if sentence not in notices and not wording.goes_with_removal(sentence)]
    if not notices or len(" ".join(others)) > _NEXT_TO_NOTHING or not _is_shown(page.root, notices[0]):
        return None
    return say(
        VerdictKind.DRIFTED,
        "removal-notice",
        f"{facts.shown_host} answers {facts.status}, and says under “{facts.title[:80]}” only that it is gone: "
        f"“{notices[0][:80]}”.",
        _ADVICE,
    )


def _is_headed_by_absence(facts: Facts) -> bool:
    """Whether a title or heading speaks of a removal itself, or is that of a law's article, which may be repealed."""
    heads = (facts.title, *facts.known_titles, *facts.page.own_headings)
    reports = knowledge.table("phrases")["removals"]["reports"]
    if any(map(_PROVISION.search, heads)):
        return True
    return any(map(wording.denies, heads)) or any(word in head.lower() for head in heads for word in reports)


def _leads_to_file(root: HtmlElement) -> bool:
    """Whether something can still be had from a page: its slides, its data."""
    return any(soft404.names_file(link.get("href", "").partition("?")[0]) for link in root.iter("a"))


def _sells(facts: Facts) -> bool:
    """Whether a page is marked up as that of a ware, which is there when it can no longer be had."""
    if facts.page.metas.get("og:type", "").lower().startswith("product"):
        return True
    return any(_WARE.search(block) for block in facts.page.json_ld) or b"schema.org/Product" in facts.content


def _is_shown(root: HtmlElement, said: str) -> bool:
    """Whether a sentence stands in an element that is not called hidden: players keep their excuses ready in such."""
    for element in root.iter():
        text = " ".join((element.text or "").split()) if isinstance(element.tag, str) else ""
        if said in text or (len(text) > _A_FEW_WORDS and text in said):
            around = (element, *element.iterancestors())
            if any(_CALLED_HIDDEN.search(one.get("class") or "") for one in around):
                return False
    return True


def error_template(facts: Facts) -> Verdict | None:
    """A page in its system's template for errors, in words that no rule knows."""
    if facts.is_titled_as_cited or soft404.is_cited_as_such(facts) or not soft404.says_little(facts):
        return None
    if not soft404.bears_error_class(facts) or showing.shows_something(facts):
        return None
    return say(
        VerdictKind.DRIFTED,
        "error-template",
        f"{facts.shown_host} answers {facts.status} in its template for errors, and says “{facts.page.prose[:80]}”.",
        soft404.ADVICE_LOOK,
    )


def _is_empty(element: HtmlElement) -> bool:
    return not "".join(element.itertext()).strip() and next(element.iter(*_SHOWING), None) is None


def shell_of_absence(facts: Facts) -> Verdict | None:
    """A program that waits for its browser, and says meanwhile no more than that something is wrong or missing."""
    if not soft404.may_be_judged(facts) or soft404.is_cited_as_such(facts) or facts.is_titled_as_cited:
        return None
    if not hosts.needs_script(facts):
        return None
    site = words_of(facts.host)
    title = " ".join(word for word in facts.title.split() if not words_of(word) & site)
    is_label = title != "" and wording.is_label(title.removesuffix(" on"))
    shown = facts.page.text  # without what is for browsers that run no scripts at all
    headings = [text for text in facts.page.own_headings if text in shown and text not in facts.page.site_names]
    absences = [text for text in headings if wording.is_wording(text) or wording.names_absence(text)]
    says_so = bool(absences) and all(text in absences or wording.is_label(text) for text in headings)
    if not is_label and not says_so:
        return None
    said = (absences or headings or [facts.title])[0]
    return say(
        VerdictKind.DRIFTED,
        "not-found-wording",
        f"{facts.shown_host} answers {facts.status}, and all that a reader without scripts sees is “{said[:80]}”.",
        soft404.ADVICE_LOOK,
    )
