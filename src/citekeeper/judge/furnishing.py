"""What stands on a page and is not its own: consent boxes, cards that lead elsewhere, menus, imprints, newsletters.

Pages of today bring much of it, and in paragraphs: a notice on cookies in front, a dozen teasers behind. What a page
says of itself is what is left without them.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from citekeeper.patterns import late

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CONSENT = late(r"(?:.*[-_])?(?:cookie|consent|gdpr|onetrust|didomi|usercentrics|cmplz|cybot)[a-z]*(?:[-_].*)?")
_MENTIONS = re.compile(rb"(?i)cookie|consent|gdpr|onetrust|didomi|usercentrics|cmplz").search
_BOXES = ("div", "section", "aside", "dialog", "form")
_PAGES_OWN = ("main", "nav", "article", "header", "footer")
_LONGEST_CONSENT = 1500
_CARDS = frozenset({"article", "li", "div", "section", "a"})
_CARD_HEADINGS = ("h2", "h3", "h4", "h5")
_LONGEST_CARD = 500
_SEVERAL = 3
_FURNITURE = frozenset(
    {"footer", "foot", "bottom", "copyright", "colophon", "breadcrumb", "breadcrumbs", "crumbs", "crumb", "menu",
     "navbar", "navigation", "site-footer", "page-footer", "site-header", "topbar", "cookie", "cookies"}
)  # fmt: skip
_LONGEST_IMPRINT = 160
_LONGEST_CONTACT = 60
_CALLABLE = late(
    r"(?:\+|\b00|\()\d[\d ().-]{6,20}\d$|\S@\S+\.\w{2,}$"
)  # ends in a telephone number or an e-mail address
_MOST_IN_BOX = 400  # elements
_HIDING = late(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_LITTLE_BEHIND = 600
_SILENT = frozenset({"script", "style", "template", "noscript"})
_BESIDE = ("aside", "footer", "nav", "dialog")


def consent_boxes(root: HtmlElement, content: bytes) -> frozenset[HtmlElement]:
    """The elements that ask for consent to cookies: called so, short, and with something to press.

    What is written about cookies has nothing to press, or is long; what holds a part of the page is the page's.
    """
    if _MENTIONS(content) is None:
        return frozenset()
    return frozenset(element for element in root.iter(*_BOXES) if _asks_for_consent(element))


def _asks_for_consent(element: HtmlElement) -> bool:
    names = (*(element.get("class") or "").lower().split(), (element.get("id") or "").lower())
    if not any(map(_CONSENT.fullmatch, names)) or _holds_more_than(_MOST_IN_BOX, element):
        return False
    if next(element.iter(*_PAGES_OWN), None) is not None:
        return False
    is_dialog = any("dialog" in (one.get("role") or "") for one in element.iter(*_BOXES))
    if not is_dialog and next(element.iter("h1"), None) is not None:
        return False
    return _has_button(element) and len("".join(element.itertext())) <= _LONGEST_CONSENT


def _has_button(element: HtmlElement) -> bool:
    return next(element.iter("button"), None) is not None or any(
        (field.get("type") or "").lower() in ("button", "submit", "checkbox") for field in element.iter("input")
    )


def _holds_more_than(number: int, element: HtmlElement, *tags: str) -> bool:
    """Whether there are more elements in one than a number, itself among them; looks no further than that."""
    return next(islice(element.iter(*tags), number, None), None) is not None


def after_main(root: HtmlElement) -> frozenset[HtmlElement]:
    """The elements behind the one ``<main>`` of a page, where it has one, and little but footers follows it."""
    mains = list(root.iter("main"))
    if len(mains) != 1 or not "".join(mains[0].itertext()).strip():
        return frozenset()
    within = frozenset(mains[0].iter())
    behind, has_begun = [], False
    for element in root.iter():
        has_begun = has_begun or element is mains[0]
        if has_begun and element not in within:
            behind.append(element)
    told = sum(len((one.text or "").strip()) for one in behind if one.tag not in _SILENT and _stands_in_text(one))
    return frozenset(behind) if told <= _LITTLE_BEHIND else frozenset()


def _stands_in_text(element: HtmlElement) -> bool:
    return element.tag not in _BESIDE and next(element.iterancestors(*_BESIDE), None) is None


def cards(root: HtmlElement) -> frozenset[HtmlElement]:
    """The cards that lead to other pages: short, with a heading that is a link, and several of a kind side by side."""
    found = {element for element in map(_card_around, root.iter(*_CARD_HEADINGS)) if element is not None}
    kinds = Counter((element.getparent(), element.tag) for element in found)
    return frozenset(element for element in found if kinds[element.getparent(), element.tag] >= _SEVERAL)


def _card_around(heading: HtmlElement) -> HtmlElement | None:
    """The outermost short element around a heading that is a link, and the only heading there."""
    if next(heading.iter("a"), None) is None and next(heading.iterancestors("a"), None) is None:
        return None
    card = None
    for around in heading.iterancestors():
        if around.tag not in _CARDS or _holds_more_than(1, around, "h1", *_CARD_HEADINGS):
            break
        if _holds_more_than(_MOST_IN_BOX, around) or len("".join(around.itertext())) > _LONGEST_CARD:
            break
        card = around
    return card


def stands_beside(element: HtmlElement, apart: frozenset[HtmlElement]) -> bool:
    """Whether an element stands in a column or footer, or within one that is known to be no part of the page's own."""
    if element in apart or next(element.iterancestors(*_BESIDE), None) is not None:
        return True
    return not apart.isdisjoint(element.iterancestors())


def is_hidden(element: HtmlElement) -> bool:
    """Whether an element is hidden by an attribute of its own."""
    return element.get("hidden") is not None or bool(_HIDING.search(element.get("style") or ""))


def kept_back(root: HtmlElement) -> frozenset[HtmlElement]:
    """The hidden elements, but for a page that waits as a whole for its scripts: that has a menu, or links."""
    return frozenset(element for element in root.iter() if isinstance(element.tag, str) and _is_kept_back(element))


def _is_kept_back(element: HtmlElement) -> bool:
    if not is_hidden(element) or element.tag in ("html", "body") or next(element.iter("nav"), None) is not None:
        return False
    return not _holds_more_than(_SEVERAL, element, "a")


def is_furniture(element: HtmlElement) -> bool:
    """Whether an element inside the body is called a footer, a menu or the like by its class or id."""
    names = {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}
    is_called_so = not _FURNITURE.isdisjoint(names) or any(name.endswith(("-footer", "_footer")) for name in names)
    return is_called_so and element.tag not in ("html", "body", "main")


def is_imprint(block: str, names: tuple[str, ...]) -> bool:
    """Whether a short block is no sentence, and bears the site's name, a copyright sign, or no word at all."""
    if not any(char.isalpha() for char in block):
        return "404" not in block
    if _CALLABLE.search(block) and len(block) <= _LONGEST_CONTACT:
        return True
    if len(block) > _LONGEST_IMPRINT or block.endswith((".", "!", "?", "…")):
        return False
    lower = block.casefold()
    return "©" in block or any(name in lower for name in names)


def heading_links(root: HtmlElement) -> frozenset[str]:
    """The texts of the headings that share their element with what is for the most part the text of links."""
    measured: dict[HtmlElement, tuple[int, int, int]] = {}
    found = set()
    for heading in root.iter("h2", "h3", "h4"):
        around = heading.getparent()
        if around is None or around.tag in ("body", "main", "html"):
            continue
        if around not in measured:
            links = [_told(link) for link in around.iter("a")]
            measured[around] = len(links), sum(map(len, links)), len(_told(around))
        text = _told(heading)
        count, linked, whole = measured[around]
        if count >= _SEVERAL and linked * 2 > whole - len(text):
            found.add(text)
    return frozenset(found)


def _told(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
