"""Pages that refuse this reader in words of their own, or by a check that needs a browser, with a success."""

from __future__ import annotations

import re

from citekeeper.judge import knowledge, walls, wording
from citekeeper.judge.facts import Facts
from citekeeper.judge.soft404 import has_paragraphs
from citekeeper.judge.verdicts import ADVICE_WALL, say
from citekeeper.model import Verdict, VerdictKind

_REFUSAL = 600
_HARDLY_ANY_TEXT = 200
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
    if not 200 <= facts.status < 300 or not facts.is_html or has_paragraphs(facts.content):
        return None
    if len(facts.page.text) > _REFUSAL or len(facts.page.prose) > walls.HARDLY_ANY_PROSE or facts.is_titled_as_cited:
        return None
    if facts.page.is_article or facts.page.root is None:
        return None
    said = f"{facts.title}. {facts.page.prose}"
    if is_for_members(said) and not wording.speaks_of_absence(said):
        return members_only(facts, facts.page.prose)
    ways = knowledge.table("walls")["login"]["institutions"]
    forms = [(form.get("action") or "").lower() for form in facts.page.root.iter("form")]
    if any(way in action for way in ways for action in forms):
        return members_only(facts, facts.title)
    return None


_COOKIE_SET = re.compile(r"\bdocument\.cookie\s*=[^=]")
_COMES_BACK = re.compile(r"\blocation\.(?:reload|replace|assign)\s*\(|\blocation(?:\.href)?\s*=[^=]")


def cookie_check(facts: Facts) -> Verdict | None:
    """A page without text whose script leaves a cookie and comes back: a check that only browsers pass."""
    if not 200 <= facts.status < 300 or not facts.is_html or len(facts.content) > _SMALL_PAGE:
        return None
    if b"document.cookie" not in facts.content or len(facts.page.text) > _HARDLY_ANY_TEXT or facts.page.root is None:
        return None
    codes = [element.text or "" for element in facts.page.root.iter("script")]
    if not any(_COOKIE_SET.search(code) and _COMES_BACK.search(code) for code in codes):
        return None
    return say(
        VerdictKind.WALLED,
        "cookie-check",
        f"{facts.shown_host} first has the reader's browser leave a cookie and come back.",
        ADVICE_WALL,
    )
