"""What a page shows or asks besides its words: players, tables, pictures of its own, buttons to press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citekeeper.judge.facts import Facts

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PLAYERS = ("iframe", "frame", "video", "audio", "object", "embed", "canvas")


def shows_something(facts: Facts) -> bool:
    """Whether a page holds a player, a frame or a table of more than one row, which no text tells of."""
    root = facts.page.root
    if root is None:
        return False
    has_table = any(sum(1 for _ in table.iter("tr")) > 1 for table in root.iter("table"))
    return has_table or next(root.iter(*PLAYERS), None) is not None


def is_logo(image: HtmlElement) -> bool:
    """Whether a picture is the link to the front page, is called a logo, or stands in the site's header or footer."""
    around = image.getparent()
    if around is not None and around.tag == "a" and around.get("href") == "/":
        return True
    if any("logo" in (image.get(name) or "").lower() for name in ("src", "class", "id", "alt")):
        return True
    return next(image.iterancestors("header", "footer", "nav"), None) is not None


def is_door(facts: Facts) -> bool:
    """Whether a page asks its reader to press something, other than a search's button."""
    root = facts.page.root
    for button in root.iter("button", "input") if root is not None else ():
        form = next(button.iterancestors("form"), None)
        fields = [(field.get("type") or "text").lower() for field in form.iter("input")] if form is not None else []
        kind = (button.get("type") or ("submit" if button.tag == "button" else "text")).lower()
        presses = kind in ("submit", "button", "checkbox", "radio") and not {"text", "search"} & set(fields)
        if presses and not any(map(_is_of_every_page, button.iterancestors())):
            return True
    return False


def _is_of_every_page(element: HtmlElement) -> bool:
    """Whether an element is a site's header or the like, or a notice on cookies."""
    name = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return element.tag in ("header", "nav", "aside", "footer") or "cookie" in name or "consent" in name
