"""The style sheets of one page, inlined: with what they import, and images and fonts as data: URIs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from citekeeper.archive.css import Reference, closed, rewritten
from citekeeper.archive.frames import Frame
from citekeeper.archive.inlining import Inlined, is_data, own_data_uri
from citekeeper.archive.markup import is_sheet, media_of
from citekeeper.archive.requisites import resolve

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_IMPORT_DEPTH = 6
_NOTHING = 'url("data:,")'
_OPENING = re.compile(r"<(?=[/!?A-Za-z])")
_ROOT_POSITIONED = re.compile(
    r"(?i)(?<![\w.#-])(?:html|:root)\s*(?:,[^{}]{0,100}+)?+\{[^{}]{0,1000}?position\s*:\s*relative"
)
_CDATA = re.compile(r"(?s)\s*<!\[CDATA\[(.*)\]\]>\s*")


class Sheets:
    """Writes a page's style sheets.

    Args:
        inlined: what was captured for it.
        page: its tree, and what its references are relative to.
    """

    def __init__(self, inlined: Inlined, page: Frame) -> None:
        self._inlined = inlined
        self._page = page
        self.is_root_positioned = False
        """Whether a style sheet that was written makes the html element what others are placed by."""

    def of_page(self) -> Iterator[str]:
        """Every style sheet of the page, inlined, in order."""
        preferred: str | None = None
        for element in self._page.root.iter("style", "link"):
            if is_sheet(element):
                title = element.get("title") or None  # of the sets that a page names, browsers apply the first
                preferred = preferred or title
                if title in (None, preferred):
                    yield from self.element(element)

    def element(self, element: HtmlElement) -> Iterator[str]:
        """One style sheet, inlined, in a style element."""
        media = media_of(element)
        opening = f'<style media="{escape(media)}">\n' if media else "<style>\n"
        return _enclosed(opening, _raw(self._sheet(element)), "\n</style>\n")

    def value(self, css: str) -> str:
        """What a style attribute says, or another that is read like one."""
        return "".join(self._css(css, self._page.base, ()))

    def _sheet(self, element: HtmlElement) -> Iterable[str]:
        if element.tag == "style":
            text = element.text or ""
            self._look(text)
            cdata = _CDATA.fullmatch(text)  # in drawings, of which an HTML parser makes nothing of its own
            return self._css(cdata[1] if cdata else text, self._page.base, ())
        return self._imported(resolve(self._page.base, element.get("href") or ""), ())

    def _imported(self, url: str | None, chain: tuple[str, ...]) -> Iterable[str]:
        if url is None or url in chain or len(chain) >= _IMPORT_DEPTH:
            return ()
        found = self._inlined.text(url)
        self._look(found[0] if found else "")
        return self._css(found[0], found[1], (*chain, url)) if found else ()

    def _look(self, css: str) -> None:
        self.is_root_positioned = self.is_root_positioned or _ROOT_POSITIONED.search(css) is not None

    def _css(self, css: str, base: str, chain: tuple[str, ...]) -> Iterator[str]:
        def replacement(reference: Reference) -> Iterable[str]:
            if reference.is_import:
                before, after = reference.enclosing()
                sheet = self._imported(resolve(base, reference.target), chain)
                return _enclosed(before, closed(sheet), after)
            if reference.target.startswith("#"):
                return (f'url("{_css_string(reference.target)}")',)
            return (self._css_url(base, reference.target),)

        return rewritten(css, replacement)

    def _css_url(self, base: str, target: str) -> str:
        uri = own_data_uri(target) if is_data(target) else self._inlined.data_uri(resolve(base, target))
        return f'url("{uri}")' if uri else _NOTHING


def _css_string(text: str) -> str:
    return re.sub(r'["\\\n\r\f<>]', lambda match: f"\\{ord(match[0]):x} ", text)


def _raw(css: Iterable[str]) -> Iterator[str]:
    """CSS that cannot end its style element, or begin a comment or CDATA section within it."""
    held = ""
    for part in css:
        if not held and "<" not in part:
            yield part
            continue
        part = held + part
        held = "<" if part.endswith("<") else ""  # the next part says what it begins
        yield _OPENING.sub(r"\\3c ", part[: len(part) - len(held)])
    yield held


def _enclosed(before: str, parts: Iterable[str], after: str) -> Iterator[str]:
    """Something between its beginning and end; nothing where it is but white space."""
    is_open = False
    for part in parts:
        if not is_open and part.strip():
            yield before
            is_open = True
        if is_open:
            yield part
    if is_open:
        yield after
