"""What of a page's markup page.html may hold: harmless elements and attributes, and what is a style sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citekeeper.archive.requisites import link_kinds

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = {"area", "br", "col", "hr", "img", "source", "wbr"}
"""Those of the elements that have no end tag."""

_ELEMENTS = _words(
    "a abbr acronym address area article aside b bdi bdo big blockquote body br caption center cite code col "
    "colgroup data dd del details dfn dialog dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header "
    "hgroup hr i img ins kbd label legend li main map mark menu nav ol p picture pre q rp rt ruby s samp section "
    "small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
_DROPPED = _words(
    "applet audio base datalist head iframe frame frameset input link math meta noembed noframes object "
    "option param portal script select style svg template textarea title video"
)
_ATTRIBUTES = _words(
    "abbr align alt axis bgcolor border cellpadding cellspacing char charoff class clear color cols colspan compact "
    "coords datetime dir face frameborder headers height hidden hspace id lang marginheight marginwidth media name "
    "nowrap noshade open reversed role rowspan rules scope scrolling shape size sizes span start summary title type "
    "usemap valign value vspace width"
)
_AT_ROOT = _words("class dir id lang")
_CUSTOM = re.compile(r"[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){1,6}")
# Style sheets choose elements by what frameworks leave in these: Vue's data-v-7ba5bd90, Angular's _ngcontent-ng-c12.
_MARKS = re.compile(r"(?:data|aria|_ngcontent|_nghost)-[a-z0-9_-]{1,60}")
_LONGEST_MARK = 100  # characters; longer ones are data for scripts
_SET_WHEN_LOADED = re.compile(r"""\bmedia\s*=\s*(["'])([^"'<>]{1,80})\1""")
_SHEET_WHEN_LOADED = re.compile(r"""\brel\s*=\s*(["'])stylesheet\1""")


def is_dropped(element: HtmlElement) -> bool:
    """Whether neither an element nor anything in it is copied."""
    return not isinstance(element.tag, str) or element.tag in _DROPPED


def is_kept(element: HtmlElement) -> bool:
    """Whether an element itself is copied; of any other that is not dropped, only the content is."""
    return element.tag in _ELEMENTS or _CUSTOM.fullmatch(element.tag) is not None


def is_harmless(name: str, value: str) -> bool:
    """Whether an attribute can be copied as it is."""
    return name in _ATTRIBUTES or (len(value) <= _LONGEST_MARK and _MARKS.fullmatch(name) is not None)


def is_harmless_at_root(name: str, value: str) -> bool:
    """Whether an attribute of the html element can be copied: those that style sheets and languages need."""
    return name in _AT_ROOT or (name not in _ATTRIBUTES and is_harmless(name, value))


def is_sheet(element: HtmlElement) -> bool:
    """Whether a style or link element is a style sheet that a browser would apply, at once or when it is loaded."""
    if any(ancestor.tag in ("svg", "math", "template") for ancestor in element.iterancestors()):
        return False
    if element.tag == "style":
        return True
    kinds = link_kinds(element)
    if "alternate" in kinds or element.get("disabled") is not None:
        return False
    return "stylesheet" in kinds or (
        "preload" in kinds and _SHEET_WHEN_LOADED.search(element.get("onload") or "") is not None
    )


def media_of(element: HtmlElement) -> str | None:
    """What a style sheet is for, once it is loaded: a page that would not wait for it calls it one for print."""
    loaded = _SET_WHEN_LOADED.search(element.get("onload") or "")
    return loaded[2] if loaded else element.get("media")
