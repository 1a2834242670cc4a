"""What frameworks and content systems say of their own missing pages, in a form that is meant for machines.

A single-page framework hands its program the state of the page, status code included; a wiki or forum marks the element
in which it says that there is nothing. That is the software's own word, and stronger than any phrase.
"""

from __future__ import annotations

import json
import re
from typing import Any

from citekeeper.judge import knowledge, wording
from citekeeper.judge.facts import Facts
from citekeeper.judge.knowledge import Family
from citekeeper.judge.page import plain
from citekeeper.judge.soft404 import has_paragraphs
from citekeeper.judge.verdicts import ADVICE_AGAIN, ADVICE_DEAD, say
from citekeeper.model import Verdict, VerdictKind

_ABSENT = frozenset({404, 410, "404", "410"})
_ERROR_PAGES = frozenset({"/404", "/_error", "/410"})
_NUXT = re.compile(r"\berror\s*:\s*\{[^{}]{0,300}?\bstatusCode\s*:\s*(?:404|410)\b")
_LONGEST_MESSAGE = 600
_LITTLE_BESIDES = 300
_MUCH_PROSE = 700
_FOR_THE_MOST_PART = 0.5


def absent_by_state(facts: Facts) -> Verdict | None:
    """The page's own state, made for its program or for crawlers, says 404: Next.js, Nuxt, prerenderers."""
    if not facts.found(Family.ABSENT_STATE) or not 200 <= facts.status < 300 or facts.is_titled_as_cited:
        return None
    if not _state_says_absent(facts) or (len(facts.page.prose) > _MUCH_PROSE and not facts.title_names_absence):
        return None
    return say(
        VerdictKind.SOFT_404,
        "state-not-found",
        f"{facts.shown_host} answers {facts.status}, but the state that the page hands to its own program says 404.",
        ADVICE_DEAD,
    )


def _state_says_absent(facts: Facts) -> bool:
    metas = facts.page.metas
    if metas.get("next-error") == "not-found" or metas.get("prerender-status-code", "").strip() in ("404", "410"):
        return True
    for element in facts.page.root.iter("script") if facts.page.root is not None else ():
        code, name = element.text or "", element.get("id")
        if name == "__NEXT_DATA__":
            return _next_says_absent(_parsed(code))
        if name == "__NUXT_DATA__" and _nuxt_says_absent(_parsed(code)):
            return True
        if "__NUXT__" in code and _NUXT.search(code):
            return True
    return False


def _parsed(code: str) -> Any:
    try:
        return json.loads(code)
    except (ValueError, RecursionError):
        return None


def _next_says_absent(state: Any) -> bool:
    if not isinstance(state, dict):
        return False
    props = state.get("props")
    inner = props.get("pageProps") if isinstance(props, dict) else None
    for holder in (inner, props, state.get("err")):
        if isinstance(holder, dict) and _scalar(holder.get("statusCode")) in _ABSENT:
            return True
    if state.get("page") in ("/404", "/410"):
        return True
    return isinstance(inner, dict) and inner.get("notFound") is True and state.get("page") in _ERROR_PAGES


def _nuxt_says_absent(state: Any) -> bool:
    """Nuxt 3 flattens its state into one list, in which an object's values are positions."""
    if not isinstance(state, list):
        return False
    return any(
        isinstance(item, dict)
        and isinstance(place := item.get("statusCode"), int)
        and 0 <= place < len(state)
        and _scalar(state[place]) in _ABSENT
        for item in state
    )


def _scalar(value: Any) -> Any:
    return value if isinstance(value, int | str) else None


_PROGRAM_ERRORS = (
    b"Warning", b"Fatal error", b"Parse error", b"Deprecated", b"Server Error in", b"Traceback", b"Exception",
    b"establishing a database connection",
)  # fmt: skip
_PROGRAM_ERROR = re.compile(
    r"(?:Runtime Error )?(?:"
    r"(?:PHP )?(?:Warning|Fatal error|Parse error|Notice|Deprecated)\s*: .{1,400}? in \S{1,300}? on line \d+"
    r"|Server Error in ['‘][^'’]{1,80}['’] Application"
    r"|Traceback \(most recent call last\):"
    r"|Error establishing a database connection"
    r"|(?:[a-z]\w{0,40}\.){1,8}\w{1,60}Exception: .{1,300}? at (?:[\w$]{1,60}\.){1,10}[\w$<>]{1,60}\()"
)


def program_error(facts: Facts) -> Verdict | None:
    """200, but the page begins and ends with the message of a program that failed (PHP, ASP.NET, Python, Java)."""
    if facts.status != 200 or not facts.is_html or has_paragraphs(facts.content):
        return None
    if not any(word in facts.content for word in _PROGRAM_ERRORS):  # spares most of the rest the parse
        return None
    if len(facts.page.text) > _MUCH_PROSE or facts.is_titled_as_cited:
        return None
    if not _PROGRAM_ERROR.match(facts.page.text):
        return None
    return say(
        VerdictKind.FAILING,
        "program-error",
        f"{facts.shown_host} answers 200, but with the message of a program that failed: “{facts.page.text[:80]}”.",
        ADVICE_AGAIN,
    )


def absent_by_element(facts: Facts) -> Verdict | None:
    """An element of the platform's own for “nothing here”, or one for errors that says so, and little else."""
    if not facts.found(Family.ABSENT_ELEMENT) or not 200 <= facts.status < 300 or has_paragraphs(facts.content):
        return None
    if facts.page.is_article:
        return None
    platforms = knowledge.table("phrases")["platforms"]
    prose = len(facts.page.prose)
    for element in facts.page.elements_of(frozenset(platforms["empty"])):
        said = plain(" ".join(element.itertext()))
        if prose - len(said) < _LITTLE_BESIDES:
            return _absent(facts, said)
    if facts.is_titled_as_cited or not facts.is_headed_by_nothing:
        return None
    for kind, says_so in (("errors", wording.speaks_of_absence), ("notices", _says_nothing_else)):
        for element in facts.page.elements_of(frozenset(platforms[kind])):
            said = plain(" ".join(element.itertext()))
            if len(said) <= _LONGEST_MESSAGE and says_so(said) and prose - len(said) < _LITTLE_BESIDES:
                return _absent(facts, said)
    return None


def _says_nothing_else(message: str) -> bool:
    return wording.share_of_absence(message) >= _FOR_THE_MOST_PART


def _absent(facts: Facts, said: str) -> Verdict:
    return say(
        VerdictKind.SOFT_404,
        "element-not-found",
        f"{facts.shown_host} answers {facts.status}, but the page holds its platform's own notice “{said[:80]}”.",
        ADVICE_DEAD,
    )
