"""One parse of a page for all its readers: a tree without scripts, hidden parts or archive toolbars, and its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from citekeeper.content import first_tags, without_floods, without_pictures

MAX_CHARACTERS: Final = 1_000_000  # of markup; a longer page is cut before it is parsed
_MAX_DEPTH: Final = 120  # elements inside one another; extractors recurse, so deeper ones give up their tags
_MAX_STYLE: Final = 4_000  # characters of a style attribute
_MAX_TAGS: Final = 16_000  # opening and closing; dropping or walking more takes seconds

_BLOCKS: Final = (
    "address article aside blockquote body caption center col colgroup dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul option"
)
BLOCK_TAGS: Final = frozenset(_BLOCKS.split())
_UNREAD: Final = (
    "script style noscript noframes template iframe object embed applet svg canvas audio video select textarea button "
    "datalist map nav dialog menu"
)
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_HIDDEN = re.compile(r"(?i)(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_UNFOLDS = re.compile(
    r"(?i)(?:^|[\s_-])(?:collaps\w*|accordion|expand\w*|more|readmore|full|spoiler|toggle\w*|tab|tabs|tabpanel|panel|answer)"
    r"(?=$|[\s_\d-])"
)
_NOTE_MARK = re.compile(r"\[[^\[\]]{1,40}\]|\(?\d{1,3}\)?|[*†‡§]{1,3}|[a-z]")
_STRUCK: Final = "del s strike"
_SENTENCE_END = re.compile(r"[.!?…:;»”\"]\s*$")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
# What the Wayback Machine lays over a replayed page.
_TOOLBARS: Final = ("wm-ipp-base", "wm-ipp", "wm-ipp-print", "donato", "wm-capinfo")


def clean(text: str) -> str:
    """One paragraph's text: soft hyphens and zero-width marks dropped, white space folded."""
    return " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())


def parse(html: str) -> Any | None:
    """The page's tree (lxml), bounded in length, depth and number of elements; None where there is none."""
    from lxml import html as lxml_html
    from lxml.etree import LxmlError

    markup = _CONTROL.sub(" ", without_floods(_bounded(html))).encode("utf-8")
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(markup, parser=parser)
    except (LxmlError, ValueError):
        return None  # nothing but white space, or a comment
    _flatten(root)
    return root


def _bounded(html: str) -> str:
    """The page's beginning, as much of it as is parsed; pictures that stand in it as text are not counted."""
    if len(html) > MAX_CHARACTERS:
        html = without_pictures(html)[:MAX_CHARACTERS]
    return first_tags(html, _MAX_TAGS)


def _flatten(root: Any) -> None:
    """Bound a tree's depth: elements below it give up their tag, which leaves their text to the element around them."""
    from lxml import etree

    depth = 0
    deep: list[Any] = []
    for event, node in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth > _MAX_DEPTH:
            deep.append(node)
    for node in reversed(deep):
        if node.getparent() is not None:
            node.drop_tag()


def prune(root: Any) -> None:
    """Take out, in place, what no reader sees or reads as text: scripts, forms' controls, hidden parts, toolbars."""
    for node in root.xpath("//template[@shadowrootmode or @shadowroot]"):
        node.tag = "div"  # which browsers show
    for node in list(root.iter(*_UNREAD.split())):
        _drop(node)
    for node in list(root.iter("sup")):
        if _marks_note(node):
            _drop(node)
    for name in _TOOLBARS:
        for node in root.xpath("//*[@id=$name]", name=name):
            _drop(node)
    whole = max(text_length(root), 1)
    for node in root.xpath("//*[@hidden or contains(@style, 'none') or contains(@style, 'hidden')]"):
        shown = node.get("hidden") is None and not _HIDDEN.search(node.get("style", ""))
        # A script may be what shows the article, so what is hidden and yet most of the page stays.
        if not shown and text_length(node) < whole / 3 and not _unfolds(node):
            _drop(node)
    for node in list(root.iter(*_STRUCK.split())):
        if text_length(node) < whole / 3:
            _drop(node)
    for node in root.xpath(f"//*[string-length(@style) > {_MAX_STYLE}]"):
        del node.attrib["style"]  # lxml looks for links in it in quadratic time, and no reader needs it any more


def _unfolds(node: Any) -> bool:
    """Whether a hidden part is one that its reader unfolds: “read more”, an accordion, a tab."""
    return bool(_UNFOLDS.search(f"{node.get('class', '')} {node.get('id', '')}")) or node.get("role") == "tabpanel"


def _marks_note(node: Any) -> bool:
    """Whether a raised sign marks a note: a link into the page, a sign in brackets, a figure behind a longer word."""
    text = "".join(node.itertext()).strip()
    if not _NOTE_MARK.fullmatch(text):
        return False
    if text[0] in "[*†‡§" or any((link.get("href") or "").startswith("#") for link in node.iter("a")):
        return True
    previous = node.getprevious()
    around = node.getparent()
    before = (previous.tail if previous is not None else around.text if around is not None else None) or ""
    return text.isdigit() and bool(re.search(r"[^\W\d_]{4}$|[.,;:!?”»\"')]$", before))


def _drop(node: Any) -> None:
    if node.getparent() is not None:
        node.drop_tree()


def text_length(node: Any) -> int:
    """Characters of text in an element, runs of white space not counted out."""
    return int(_string_length()(node))


@cache
def _string_length() -> Any:
    from lxml.etree import XPath

    return XPath("string-length()")


@dataclass(slots=True)
class Block:
    """A paragraph as laid out: its text, the element that holds it, and how much of it is links."""

    text: str
    node: Any
    link_characters: int

    @property
    def link_density(self) -> float:
        """The share of the text inside links, 0 to 1."""
        return min(1.0, self.link_characters / max(len(self.text), 1))


def blocks(root: Any) -> list[Block]:
    """The tree's text in order, a block for each block element, double line break, or line break after a sentence."""
    return list(_blocks(root))


def _blocks(root: Any) -> Iterator[Block]:
    from lxml import etree

    parts: list[str] = []
    links = 0
    in_link = 0
    holders: list[Any] = [root]
    line_broken = False

    def block() -> Iterator[Block]:
        nonlocal links
        text = clean("".join(parts))
        if text:
            yield Block(text, holders[-1], links)
        parts.clear()
        links = 0

    def add(text: str | None) -> None:
        nonlocal links, line_broken
        if text:
            parts.append(text)
            if in_link:
                links += len(text.strip())
            if not text.isspace():
                line_broken = False

    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag
        if not isinstance(tag, str):
            if event == "end":
                add(node.tail)
            continue
        if event == "start":
            if tag in BLOCK_TAGS:
                yield from block()
                holders.append(node)
            elif tag == "a":
                in_link += 1
            add(node.text)
            continue
        if tag in BLOCK_TAGS:
            yield from block()
            holders.pop()
        elif tag == "a":
            in_link -= 1
        elif tag == "br":
            if line_broken or _SENTENCE_END.search("".join(parts[-3:])):
                yield from block()
            else:
                parts.append("\n")
            line_broken = True
        if node is not root:
            add(node.tail)
    yield from block()
