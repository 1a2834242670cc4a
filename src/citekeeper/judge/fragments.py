"""Whether the part of a page that a citation points at is still there: ``#id`` and ``#:~:text=`` fragments."""

from __future__ import annotations

from urllib.parse import unquote

from citekeeper import urls
from citekeeper.judge import hosts
from citekeeper.judge.facts import Facts
from citekeeper.judge.knowledge import SCAN_LIMIT
from citekeeper.model import Exchange
from citekeeper.patterns import late

_LETTERS = late(r"[\W_]+")


def missing_fragment(exchange: Exchange) -> str | None:
    """The fragment of the cited address that the page does not hold; None where it does, or where nobody can tell.

    Nobody can tell of pages that are no HTML or need scripts, of ``#!`` and ``#/`` routes, and of bodies that were cut.
    ``#:~:text=`` follows the URL Fragment Text Directives draft: each directive's start (and end) must occur in the
    visible text, compared by letters and digits alone.
    """
    facts = Facts(exchange)
    fragment = facts.cited.fragment if facts.cited else ""
    if not fragment or not 200 <= facts.status < 300 or not facts.is_html or exchange.failure:
        return None
    last = facts.last
    if last is None or last.truncated or len(facts.content) >= SCAN_LIMIT or hosts.needs_script(facts):
        return None
    element, mark, directive = fragment.partition(":~:")
    if mark and (lost := _missing_text(directive, facts)):
        return lost
    if not element or element.lower() == "top" or element[0] in "!/" or "=" in element:
        return None
    return None if _has_target(element, facts) else f"#{element}"


def _has_target(element: str, facts: Facts) -> bool:
    if facts.page.root is None:
        return True
    names = {element, unquote(element)}
    names |= {f"user-content-{name}" for name in names}
    return any(
        target.get("id") in names or target.get("name") in names
        for target in facts.page.root.iter()
        if isinstance(target.tag, str)
    )


def _missing_text(directive: str, facts: Facts) -> str | None:
    text = _letters(facts.page.text)
    for part in directive.split("&"):
        name, _, value = part.partition("=")
        if name != "text":
            continue
        pieces = [unquote(piece) for piece in value.split(",") if not piece.startswith("-") and not piece.endswith("-")]
        if any(_letters(piece) not in text for piece in pieces):
            return f"#:~:text={urls.shown(unquote(value), 100)}"
    return None


def _letters(text: str) -> str:
    return _LETTERS.sub("", text.casefold())
