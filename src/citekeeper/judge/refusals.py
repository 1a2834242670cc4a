"""Pages that refuse this reader in words of their own, or by a check that needs a browser, with a success."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citekeeper import urls
from citekeeper.judge import knowledge, walls, wording
from citekeeper.judge.facts import Facts
from citekeeper.judge.verdicts import ADVICE_WALL, say
from citekeeper.model import Verdict, VerdictKind
from citekeeper.patterns import late

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_REFUSAL = 600
_HARDLY_ANY_TEXT = 200
POST = late(r"post(?:body|bit|content|wrapper|container|_wrapper|_message_\d+)|message-body|inner-?post")
"""What forums call the elements that hold a post (phpBB, vBulletin, SMF, XenForo): the topic stands there."""
_FEW_OTHER_WORDS = 0.5  # for each character of the refusal
_SMALL_PAGE = 20_000  # bytes


def is_for_members(text: str) -> bool:
    """Whether a short text says that what stands here is for those with an account, or with certain rights."""
    lower = text.lower().replace("’", "'")
    return any(words in lower for words in knowledge.table("walls")["login"]["members"])


def members_only(facts: Facts, said: str) -> Verdict:
    """The verdict on a page that says so."""
    return say(
        VerdictKind.WALLED,
        "login-required",
        f"{facts.shown_host} shows what was cited to some readers only: “{said[:80]}”.",
        ADVICE_WALL,
    )


def refusal(facts: Facts) -> Verdict | None:
    """A page of next to nothing but the word that it is not for this reader, or the way to another login."""
    if not 200 <= facts.status < 300 or not facts.is_html or facts.has_paragraphs:
        return None
    if len(facts.page.text) > _REFUSAL or len(facts.page.prose) > walls.HARDLY_ANY_PROSE or facts.is_titled_as_cited:
        return None
    if facts.page.is_article or facts.page.root is None or next(facts.page.elements_called(POST), None) is not None:
        return None
    said = f"{facts.title}. {facts.page.prose}"
    if is_for_members(said) and not wording.speaks_of_absence(said) and _is_no_more_than_refusal(facts):
        return members_only(facts, facts.page.prose)
    ways = knowledge.table("walls")["login"]["institutions"]
    forms = [
        (form.get("action") or "").lower()
        for form in facts.page.root.iter("form")
        if next(form.iterancestors("header", "nav", "aside", "footer"), None) is None
    ]
    if any(way in action for way in ways for action in forms):
        return members_only(facts, facts.title)
    return None


def _is_no_more_than_refusal(facts: Facts) -> bool:
    """Whether what refuses the reader is nearly all that a page says; who may vote, or come on Mondays, is no wall."""
    told = [said for block in facts.page.own_blocks for said in wording.sentences(block) if said not in facts.title]
    refusing = sum(len(said) for said in told if is_for_members(said))
    others = sum(
        len(said)
        for said in told
        if not (is_for_members(said) or wording.is_label(said) or wording.offers_way_on(said))
    )
    return refusing == 0 or others <= refusing * _FEW_OTHER_WORDS


_COOKIE_SET = late(r"\bdocument\.cookie\s*=[^=]")
_COMES_BACK = late(
    r"\blocation\.reload\s*\("
    r"|\blocation(?:\.href)?\s*(?:=(?!=)|\.(?:replace|assign)\s*\()\s*(?:[\"'](?P<target>[^\"']{0,500})[\"'])?"
)


def cookie_check(facts: Facts) -> Verdict | None:
    """A page that shows nothing, and whose script leaves a cookie and comes back: a check that only browsers pass."""
    if not 200 <= facts.status < 300 or not facts.is_html or len(facts.content) > _SMALL_PAGE:
        return None
    if b"document.cookie" not in facts.content or len(facts.page.text) > _HARDLY_ANY_TEXT or facts.page.root is None:
        return None
    if facts.is_titled_as_cited or _has_contents(facts.page.root):
        return None
    codes = [element.text or "" for element in facts.page.root.iter("script")]
    if not any(_COOKIE_SET.search(code) and _comes_back(code, facts) for code in codes):
        return None
    return say(
        VerdictKind.WALLED,
        "cookie-check",
        f"{facts.shown_host} first has the reader's browser leave a cookie and come back.",
        ADVICE_WALL,
    )


def _has_contents(root: HtmlElement) -> bool:
    """Whether a page shows what no check does: pictures, frames, or ways to several other pages."""
    if next(root.iter("img", "frame", "iframe", "video", "audio", "table"), None) is not None:
        return True
    return sum(1 for link in root.iter("a") if not (link.get("href") or "#").startswith(("#", "javascript:"))) > 1


def _comes_back(code: str, facts: Facts) -> bool:
    """Whether a script loads the page anew, or leads to its own path; one that leaves a frame leads to another."""
    for match in _COMES_BACK.finditer(code):
        target = match["target"]
        if not target or target.startswith("?"):
            return True
        try:
            path = urls.parse(urls.join(facts.exchange.final_url, target)).path
        except urls.BadUrlError:
            continue
        if facts.end is not None and path.rstrip("/") == facts.end.path.rstrip("/"):
            return True
    return False
