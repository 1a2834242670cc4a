"""What of a page's markup page.html may hold: harmless elements and attributes, and what is a style sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citekeeper.archive.drawings import DRAWING
from citekeeper.archive.requisites import link_kinds

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = {"area", "br", "col", "hr", "img", "source", "wbr"}
"""Those of the elements that have no end tag."""

_ELEMENTS = _words(
    "a abbr acronym address area article aside b bdi bdo big blockquote body br button caption center cite code col "
    "colgroup data dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 "
    "h6 header hgroup hr i img ins kbd label legend li main map mark menu meter nav nobr ol output p picture pre "
    "progress q rp rt ruby s samp search section slot small source span strike strong sub summary sup table tbody td "
    "tfoot th thead time tr tt u ul var wbr"
)
_KEPT = _ELEMENTS | DRAWING
_INSTEAD = {"form": "div", "xmp": "pre", "listing": "pre", "plaintext": "pre"}
"""What stands for elements that would send something, or whose content is not read as markup."""
_IN_TABLES = {"table", "tbody", "tfoot", "thead", "tr"}
_DROPPED = _words(
    "animate animatemotion animatetransform annotation annotation-xml applet audio base datalist desc discard handler "
    "head iframe frame frameset input link meta metadata mpath noembed noframes object option param portal script "
    "select set style template textarea title video"
)
_ATTRIBUTES = _words(
    "abbr align alink alt axis bgcolor border bordercolor bottommargin cellpadding cellspacing char charoff class "
    "clear color cols colspan compact coords datetime dir exportparts face frame frameborder headers height hidden "
    "high hspace id lang leftmargin link low marginheight marginwidth max media min name nowrap noshade open optimum "
    "part popover reversed rightmargin role rowspan rules scope scrolling shape size sizes slot span start summary "
    "text title topmargin type usemap valign value vlink vspace width"
)
_AT_ROOT = _words("class dir id lang")
_PLAIN_STYLE = re.compile(r"[^(\\\"'<>&@]*")
_HOSTS = _words("article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span")
_STYLE_TYPES = ("", "text/css")
_CUSTOM = re.compile(r"[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){1,6}")
# Style sheets choose elements by what frameworks leave in these: Vue's data-v-7ba5bd90, Angular's _ngcontent-ng-c12.
_MARKS = re.compile(r"(?:data|aria|_ngcontent|_nghost)-[a-z0-9_-]{1,60}")
_LONGEST_MARK = 100  # characters; longer ones are data for scripts
_SET_WHEN_LOADED = re.compile(r"""\bmedia\s*=\s*(["'])([^"'<>]{1,80})\1""")
_SHEET_WHEN_LOADED = re.compile(r"""\brel\s*=\s*(["'])stylesheet\1""")


def is_dropped(element: HtmlElement) -> bool:
    """Whether neither an element nor anything in it is copied."""
    return not isinstance(element.tag, str) or (element.tag in _DROPPED and not is_shadow(element))


def written_as(element: HtmlElement) -> str | None:
    """The element that is written for one; None where only its content is copied."""
    tag = element.tag
    if tag in _KEPT:
        return str(tag)
    if tag in _INSTEAD:
        parent = element.getparent()
        return None if parent is not None and parent.tag in _IN_TABLES else _INSTEAD[tag]
    if _CUSTOM.fullmatch(tag) is not None:
        return None if tag.startswith("citekeeper-") else str(tag)  # which would be taken for ours
    return "template" if is_shadow(element) else None


def is_shadow(element: HtmlElement) -> bool:
    """Whether an element is a declarative shadow root: a template that is shown in place of its parent's content."""
    if element.tag != "template" or (element.get("shadowrootmode") or "").lower() not in ("open", "closed"):
        return False
    parent = element.getparent()
    return parent is not None and (parent.tag in _HOSTS or _CUSTOM.fullmatch(parent.tag) is not None)


def is_harmless(name: str, value: str) -> bool:
    """Whether an attribute can be copied as it is."""
    return name in _ATTRIBUTES or (len(value) <= _LONGEST_MARK and _MARKS.fullmatch(name) is not None)


def is_harmless_at_root(name: str, value: str) -> bool:
    """Whether an attribute of the html element can be copied: those that style sheets and languages need."""
    if name == "style":  # it stands before the policy
        return _PLAIN_STYLE.fullmatch(value) is not None
    return name in _AT_ROOT or (name not in _ATTRIBUTES and is_harmless(name, value))


def is_sheet(element: HtmlElement) -> bool:
    """Whether a style or link element is a style sheet of the page that a browser would apply, at once or later."""
    return is_applied(element) and not any(ancestor.tag in ("math", "template") for ancestor in element.iterancestors())


def is_applied(element: HtmlElement) -> bool:
    """Whether a style or link element is a style sheet for whatever it stands in, and applied."""
    if (element.get("type") or "").partition(";")[0].strip().lower() not in _STYLE_TYPES:
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
