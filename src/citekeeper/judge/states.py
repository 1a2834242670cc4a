"""The state that a page hands to its own program, where it says that the page is missing.

Frameworks send the status that the envelope should have borne (Next.js, Nuxt, Remix), the name of the view that is to
be shown (Inertia, Gatsby, tag managers),
or what the program's store got for an answer: an error, and nothing beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from citekeeper.judge import redirects, wording
from citekeeper.judge.facts import Facts
from citekeeper.judge.knowledge import Family
from citekeeper.judge.verdicts import ADVICE_DEAD, say
from citekeeper.model import Verdict, VerdictKind
from citekeeper.patterns import late

_ABSENT = frozenset({404, 410, "404", "410"})
_ERROR_PAGES = frozenset({"/404", "/_error", "/410"})
_NUXT = late(r"\berror\s*:\s*\{[^{}]{0,300}?\bstatusCode\s*:\s*(?:404|410)\b")
_NUXT_OBJECT = late(r"__NUXT__\s*=\s*(\(\s*function\b)?")
_NESTING = late(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[{}]")
_MUCH_PROSE = 700
_NEXT_TO_NOTHING = 40
_FOR_THE_MOST_PART = 0.5
_MOST_REFERENCES = 5
_MOST_NODES = 20_000
_MOST_ENTRIES = 50  # of a list in a state, in which what is shown may stand
_VIEW_KEYS = frozenset(
    {
        "component",
        "page",
        "pagepath",
        "pagetype",
        "pagename",
        "pagecategory",
        "pagetemplate",
        "template",
        "view",
        "screen",
    }
)  # fmt: skip
_ROUTE_KEYS = frozenset({"route", "currentroute", "activeroute", "router"})
_ABSENT_VIEW = late(
    r"(?i)/?(?:(?:pages?|views?|errors?|static|shared|common|templates?|screens?)[/.:])*"
    r"(?:(?:error|page|http|status)[-_ ]?)?(?:not[-_ ]?found|404)(?:[-_ ]?(?:error|page|view|screen|template))?"
    r"(?:\.(?:html?|vue|tsx?|jsx?))?/?"
)
_TAGGED_VIEW = late(r"(?i)[\"']?\bpage[-_]?(?:type|name|category|template)[\"']?\s*[:=]\s*([\"'])([^\"']{3,60})\1")
_ASSIGNED = late(r"(?:\bwindow(?:\.|\[[\"'])\w{1,60}(?:[\"']\])?|\b__\w{1,60})\s*=\s*(?=[\[{])")
_DEFINING = late(
    r"(?:not|on|default|global|app|site|page|route)?(?:found|404|410|errors?|fallback|routes|pages|templates|layouts|views"
    r"|screens|components|config(?:uration|s)?|settings|options|defaults?|i18n|l10n|messages|translations|locales?"
    r"|strings|labels|manifest|menus?|sitemap|features|flags)(?:pages?|map|list|by\w+)?"
)
"""What stands under such a key says what there may be, and not what is shown."""
_DEFINING_PART = late(r"404|410|notfound|error|fallback|boundary|catchall|wildcard")
"""Such a key does so whatever else is in it (``pageNotFound``, ``errorElement``, ``http404``)."""
_MAY_BE_A_NUMBER = frozenset({"page"})  # of a list's pages
_VIEW_DEPTH = 5  # levels of a state in which it says which view is shown
_CONDITION = late(r"\bif\s*\(|\bcase\b|\?\s|\bfunction\b|=>|==")
_BEFORE = 300  # characters in which the condition of a statement stands
_CODES = frozenset({"code", "status", "statuscode", "errorcode", "httpstatus"})
_MESSAGES = frozenset({"message", "msg", "statusmsg", "error", "reason", "errormessage"})
_ERRORS = frozenset({"error", "err", "errors", "failure"})


def absent_by_state(facts: Facts) -> Verdict | None:
    """The page's own state, made for its program or for crawlers, says 404."""
    if not facts.found(Family.ABSENT_STATE) or not 200 <= facts.status < 300 or facts.is_titled_as_cited:
        return None
    if facts.cited is not None and redirects.says_not_found(facts.cited):
        return None
    if len(facts.page.prose) > _MUCH_PROSE and not facts.title_names_absence:
        return None
    says_so = _says_absent(facts)
    if says_so and not _shows_otherwise(facts):
        return say(
            VerdictKind.SOFT_404,
            "state-not-found",
            f"{facts.shown_host} answers {facts.status}, but the state that the page hands its program says 404.",
            ADVICE_DEAD,
        )
    if not says_so and not any(map(_store_got_nothing, _states(facts))):
        return None
    return say(
        VerdictKind.DRIFTED,
        "state-not-found",
        f"{facts.shown_host} answers {facts.status}, but the page hands to its own program that something was not "
        "found: perhaps the page itself, perhaps a part of it.",
        "Open it in a browser; if what was cited is not there, pin an archived copy under “archived:”.",
    )


def _shows_otherwise(facts: Facts) -> bool:
    """Whether a reader sees a heading that names something, or a text about something else than absence.

    A mark for a part of the page, or one that a template or plugin left there by mistake, says nothing of the page.
    """
    if any(_names_something(heading, facts) for heading in facts.page.own_headings):
        return True
    said = facts.page.own_blocks
    if wording.is_wording(facts.title) or len(" ".join(said)) < _NEXT_TO_NOTHING:
        return False
    return wording.share_of_absence(*said) < _FOR_THE_MOST_PART


def _names_something(heading: str, facts: Facts) -> bool:
    if heading in facts.page.site_names or wording.is_label(heading):
        return False
    return wording.share_of_absence(heading) < _FOR_THE_MOST_PART


def _says_absent(facts: Facts) -> bool:
    """Whether a framework's own mark says so: its status, or the name of the view."""
    metas = facts.page.metas
    if metas.get("next-error") == "not-found" or metas.get("prerender-status-code", "").strip() in ("404", "410"):
        return True
    codes = list(facts.page.root.iter("script")) if facts.page.root is not None else []
    for element in codes:
        code, name = element.text or "", element.get("id")
        if name == "__NEXT_DATA__":
            return _next_says_absent(_parsed(code))
        if name == "__NUXT_DATA__" and _nuxt_says_absent(_parsed(code)):
            return True
        if "__NUXT__" in code and _is_shown_by_nuxt(code):
            return True
    own = _alphanumeric(f"{facts.cited.path}{facts.cited.query}") if facts.cited is not None else ""
    if _tags_absent_view("\n".join(element.text or "" for element in codes), own):
        return True
    return any(_shows_absent_view(state, own) for state in _states(facts))


def _is_shown_by_nuxt(code: str) -> bool:
    """Whether the error of a Nuxt 2 program stands at the top of its state, and not in something that it defines."""
    error, begun = _NUXT.search(code), _NUXT_OBJECT.search(code)
    if error is None or begun is None:
        return False
    nested = [match[0] for match in _NESTING.finditer(code, begun.end(), error.start())]
    return nested.count("{") - nested.count("}") == (2 if begun[1] else 1)


def _alphanumeric(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _is_absent_view(name: str, own: str) -> bool:
    """Whether a view is called after an absence, and not after what was cited: ``/lines/404``, ``/docs/not-found``."""
    return _ABSENT_VIEW.fullmatch(name) is not None and _alphanumeric(name) not in own


def _tags_absent_view(code: str, own: str) -> bool:
    """Whether scripts name the page's type, without conditions, and every time as that of an error."""
    tagged = list(_TAGGED_VIEW.finditer(code))
    return bool(tagged) and all(
        _is_absent_view(match[2].strip(), own)
        and not _CONDITION.search(code, max(0, match.start() - _BEFORE), match.start())
        for match in tagged
    )


def _parsed(code: str) -> Any:
    try:
        return json.loads(code)
    except (ValueError, RecursionError):
        return None


def _states(facts: Facts) -> Iterator[Any]:
    """What is handed over as JSON: in scripts of that type, assigned to a name, or in a ``data-page``."""
    decoder = json.JSONDecoder()
    for element in facts.page.root.iter("script", "div", "main") if facts.page.root is not None else ():
        if element.tag != "script":
            if element.get("data-page", "").startswith("{"):
                yield _parsed(element.get("data-page", ""))
            continue
        code, kind = element.text or "", (element.get("type") or "").lower()
        if kind.endswith("json") and "ld+json" not in kind:
            yield _parsed(code)
        for match in _ASSIGNED.finditer(code) if not kind or "javascript" in kind else ():
            try:
                yield decoder.raw_decode(code, match.end())[0]
            except (ValueError, RecursionError):
                continue


def _walk(state: Any) -> Iterator[tuple[str, Any, bool]]:
    """Every value in a state with the (lower-case, plain) key under which it stands; at most so many.

    With each, whether it stands where a state says what is shown, and not under what it defines.
    """
    left = [("", state, _VIEW_DEPTH + 1)]
    for _ in range(_MOST_NODES):
        if not left:
            return
        key, value, depth = left.pop()
        yield key, value, depth > 0
        within = 0 if _DEFINING.fullmatch(key) or _DEFINING_PART.search(key) else depth - 1
        if isinstance(value, dict):
            left += [(plain_key(name), inner, within) for name, inner in value.items()]
        elif isinstance(value, list):
            left += [("", inner, within if number < _MOST_ENTRIES else 0) for number, inner in enumerate(value)]


def plain_key(name: str) -> str:
    """The name of a member without case and separators."""
    return name.lower().replace("_", "").replace("-", "")


def _shows_absent_view(state: Any, own: str) -> bool:
    """Whether the one view that a state names is that of an error; a list of all routes names several."""
    views: dict[str, set[str]] = {}
    is_shown = False
    for key, value, may_show in _walk(state):
        if _is_route_error(value):
            return True
        is_route = key in _ROUTE_KEYS and isinstance(value, dict)
        name = value.get("name") if is_route else value if key in _VIEW_KEYS else None
        if isinstance(name, str) and not (key in _MAY_BE_A_NUMBER and name.strip().isdigit()):
            views.setdefault("route" if is_route else key, set()).add(name)
            is_shown = is_shown or (may_show and _is_absent_view(name, own))
    return is_shown and any(all(_is_absent_view(name, own) for name in names) for names in views.values())


def _is_route_error(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("__type") != "RouteErrorResponse":
        return False
    return _scalar(value.get("status")) in _ABSENT


def _store_got_nothing(state: Any) -> bool:
    """Whether some part of a store holds an error that says 404, or that a thing is missing, and nothing beside it."""
    return any(isinstance(value, dict) and is_answer_of_absence(value) for _, value, _ in _walk(state))


def is_answer_of_absence(answer: dict[str, Any]) -> bool:
    """Whether an answer holds the error, and beside it a place where the thing should be, left empty."""
    if not any(value is None or value in ({}, []) for key, value in answer.items() if plain_key(key) not in _ERRORS):
        return False
    if _names_absence(answer):
        return True
    return any(
        plain_key(key) in _ERRORS and isinstance(value, dict) and _names_absence(value) for key, value in answer.items()
    )


def _names_absence(error: dict[str, Any]) -> bool:
    told = {plain_key(key): value for key, value in error.items()}
    if any(_scalar(told.get(key)) in _ABSENT for key in _CODES):
        return True
    failed = told.get("success", told.get("ok")) is False or any(told.get(key) not in (None, 0, 200) for key in _CODES)
    messages = [told[key] for key in _MESSAGES if isinstance(told.get(key), str)]
    return failed and any(wording.speaks_of_absence(message) for message in messages)


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
    """Nuxt 3 flattens its state into one list, in which an object's values are positions; its root bears the error."""
    root = next((item for item in state if isinstance(item, dict)), None) if isinstance(state, list) else None
    error: Any = root.get("error") if root is not None else None
    for _ in range(_MOST_REFERENCES):
        if isinstance(error, int) and 0 <= error < len(state):
            error = state[error]
        elif isinstance(error, list) and len(error) == 2 and isinstance(error[0], str):  # “NuxtError”, “Reactive”
            error = error[1]
    place = error.get("statusCode") if isinstance(error, dict) else None
    return isinstance(place, int) and 0 <= place < len(state) and _scalar(state[place]) in _ABSENT


def _scalar(value: Any) -> Any:
    return value if isinstance(value, int | str) else None
