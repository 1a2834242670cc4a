"""A page as the judge looks at it: its title from the bytes, and a parse only where there is a suspicion."""

from __future__ import annotations

import codecs
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from citekeeper.content import without_floods
from citekeeper.judge import furnishing
from citekeeper.judge.knowledge import SCAN_LIMIT
from citekeeper.judge.lazy import lazy
from citekeeper.patterns import late

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LABEL = late(rb"(?i)charset\s*=\s*[\"']?\s*([a-z0-9_:.-]{1,40})")
_LANGUAGE = late(rb"(?i)<html\b[^>]{0,300}?\blang\s*=\s*[\"']?([a-z]{2,3})\b")
_HREF = late(rb"(?i)\bhref\s*=\s*[\"']?([^\"'\s>]{1,1000})")
_SHORT_SCRIPT = 1000
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head", "textarea", "select", "iframe"})
_BOILERPLATE = frozenset({"a", "nav", "button", "option", "footer", "header", "aside"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub",
     "sup", "time", "tt", "u", "wbr"}
)  # fmt: skip
_SAMPLES = ("pre", "samp", "code")
_SHORTEST_REMARK = 20
_LEADS_HOME = late(r"\.?/|(?:\.?/)?index\.(?:php|html?)")
_SHORTEST_NAME, _LONGEST_NAME = 3, 60
_LISTED = 3
_MOST_HEADINGS = 200
_DIGITS = late(r"\d+")
_BLOCK = "\x1e"  # white space to the rest of the program
_ARTICLE_TYPES = late(r'"@type"\s*:\s*\[?\s*"(?:News|Blog|Scholarly|Reportage|Opinion)?(?:Article|Posting)"')
_PAYWALLED = late(r"(?i)[\"']isaccessibleforfree[\"']\s*:\s*[\"']?false")


def charset_of(content: bytes, content_type: str) -> str:
    """A codec in which the bytes can be read for judging: UTF-8 where they are that, else a label, else a guess."""
    head = content[:SCAN_LIMIT]
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return name
    if _is_utf8(head):
        return "utf-8"
    for source in (content_type.encode("latin-1", "replace"), head[:4096]):
        match = _LABEL.search(source)
        if match:
            try:
                name = codecs.lookup(match[1].decode("ascii")).name
            except LookupError:
                continue
            if name not in ("utf-8", "cp1251", "koi8-r", "koi8-u", "iso8859-1", "ascii"):
                return name
            break
    return _guess_single_byte(head)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(data) - 3 and len(data) > 3
    return True


_BELOW_C0 = bytes(range(0xC0))
_C0_TO_DF = bytes(range(0xC0, 0xE0))


def _guess_single_byte(data: bytes) -> str:
    """Cyrillic text is mostly lower-case: 0xE0–0xFF in windows-1251, 0xC0–0xDF in KOI8-R; else Western."""
    letters = data.translate(None, _BELOW_C0)
    high = len(letters)
    if high * 12 < len(data) and high < 40:
        return "cp1252"
    upper_half = len(letters.translate(None, _C0_TO_DF))
    return "cp1251" if upper_half * 2 >= high else "koi8-r"


def plain(text: str) -> str:
    """Text with white space folded and the ends trimmed."""
    return " ".join(text.split())  # a fifth of what a pattern takes


@dataclass(frozen=True)
class Page:
    """The decoded prefix of an HTML body. Everything is computed when first asked for."""

    content: bytes
    content_type: str = ""

    @lazy
    def charset(self) -> str:
        """The codec used for reading."""
        return charset_of(self.content, self.content_type)

    @lazy
    def title(self) -> str:
        """The text of the first ``<title>``, cut at 300 characters; "" where there is none."""
        content = self.content
        start = content.find(b"<title")
        if start < 0:
            start = content.find(b"<TITLE")
        if start < 0:
            start = content[:4096].lower().find(b"<title")
        if start < 0:
            return ""
        start = content.find(b">", start) + 1
        if start == 0:
            return ""
        end = content.find(b"</", start)
        raw = content[start : end if 0 <= end < start + 2000 else start + 2000]
        text = raw.decode("ascii") if raw.isascii() else raw.decode(self.charset, "replace")
        return plain(html.unescape(text))[:300]

    @property
    def is_bare(self) -> bool:
        """Whether it has neither title nor link, and so nothing of a site's template."""
        return not self.title and (self.root is None or next(self.root.iter("a", "nav", "form"), None) is None)

    @lazy
    def root(self) -> HtmlElement | None:
        """The parsed page, or None where there is nothing to parse."""
        from lxml import etree
        from lxml.html import HTMLParser, document_fromstring

        text = self.content[:SCAN_LIMIT].decode(self.charset, "replace").replace("\x00", "")
        if not text.strip():
            return None
        parser = HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return document_fromstring(without_floods(text).encode("utf-8", "replace"), parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            return None

    @lazy
    def _texts(self) -> tuple[str, str]:
        """(all visible text, prose: visible text outside links, navigation and other furniture)."""
        if self.root is None:
            return "", ""
        visible: list[str] = []
        prose: list[str] = []
        for text, is_prose in _walk(self.root, apart=self._consent_boxes):
            visible.append(text)
            if is_prose:
                prose.append(text)
        return plain(" ".join(visible)), plain(" ".join(prose))

    @property
    def text(self) -> str:
        """What a reader without scripts would see."""
        return self._texts[0]

    @lazy
    def blocks(self) -> tuple[str, ...]:
        """The prose that is not hidden, divided where the page begins a new block (paragraph, cell, heading, …).

        Footers, menus and the like are left out where they are called so, too, and so are consent boxes, what little
        comes after the main part, and samples of code beside what is said of them.
        """
        if self.root is None:
            return ()
        if next(self.root.iter(*_SAMPLES), None) is not None:
            said = self._blocks_of(samples=False)
            if any(len(block) > _SHORTEST_REMARK and block not in self.headings for block in said):
                return said
        return self._blocks_of(samples=True)

    @lazy
    def _consent_boxes(self) -> frozenset[HtmlElement]:
        return furnishing.consent_boxes(self.root, self.content) if self.root is not None else frozenset()

    @lazy
    def _apart(self) -> frozenset[HtmlElement]:
        """The elements that are no part of what the page says in its own name."""
        if self.root is None:
            return frozenset()
        return self._consent_boxes | furnishing.after_main(self.root)

    def _blocks_of(self, *, samples: bool) -> tuple[str, ...]:
        return self._blocks_without(self._apart, samples=samples)

    def _blocks_without(self, apart: frozenset[HtmlElement], *, samples: bool) -> tuple[str, ...]:
        pieces = _walk(self.root, hidden=self._kept_back, furniture=False, samples=samples, apart=apart)
        prose = "".join(text for text, is_prose in pieces if is_prose)
        return tuple(block for block in map(plain, prose.split(_BLOCK)) if block)

    @lazy
    def own_blocks(self) -> tuple[str, ...]:
        """The blocks without what stands on every page of a site: its name with address or hours, numbers alone.

        Nor do blocks count that stand there again and again but for their figures: times and labels in a list.
        """
        names = tuple(name.casefold() for name in self.site_names)
        forms = Counter(_DIGITS.sub("0", block) for block in self.blocks)
        return tuple(
            block
            for block in self.blocks
            if block not in self._list_headings
            and not furnishing.is_imprint(block, names)
            and forms[_DIGITS.sub("0", block)] < _LISTED
        )

    @lazy
    def told_blocks(self) -> tuple[str, ...]:
        """The own blocks without headings and cards that lead to other pages: what is told to who came for this one."""
        if self.root is None:
            return ()
        beside_cards = self._blocks_without(self._apart | furnishing.cards(self.root), samples=True)
        return tuple(block for block in self.own_blocks if block in beside_cards and block not in self._all_headings)

    @lazy
    def _all_headings(self) -> frozenset[str]:
        levels = ("h1", "h2", "h3", "h4", "h5", "h6")
        found = self.root.iter(*levels) if self.root is not None else ()
        return frozenset(plain("".join(one.itertext())) for one in found)

    @lazy
    def site_names(self) -> tuple[str, ...]:
        """What the site calls itself: in its links to the front page, and in ``og:site_name``."""
        found = {self.metas.get("og:site_name", "")}
        for link in self.root.iter("a") if self.root is not None else ():
            if _LEADS_HOME.fullmatch(link.get("href") or ""):
                found.add(plain("".join(link.itertext())))
        return tuple(sorted(name for name in found if _SHORTEST_NAME <= len(name) <= _LONGEST_NAME))

    def elements_of(self, classes: frozenset[str]) -> Iterator[HtmlElement]:
        """The visible elements that bear one of some (lower-case) classes, or one of these names as their id."""
        if self.root is None:
            return
        for element in self.root.iter():
            names = (element.get("class") or "").lower().split()
            is_meant = not classes.isdisjoint(names) or (element.get("id") or "").lower() in classes
            if is_meant and not furnishing.is_hidden(element):
                yield element

    def elements_called(self, name: re.Pattern[str]) -> Iterator[HtmlElement]:
        """The visible elements with a class or an id of such a name."""
        for element in self.root.iter() if self.root is not None else ():
            names = (*(element.get("class") or "").lower().split(), (element.get("id") or "").lower())
            if any(map(name.fullmatch, names)) and not furnishing.is_hidden(element):
                yield element

    @property
    def prose(self) -> str:
        """The visible text outside links, navigation, header and footer."""
        return self._texts[1]

    @lazy
    def headings(self) -> tuple[str, ...]:
        """The texts of the first three h1 and h2, in order."""
        if self.root is None:
            return ()
        found = []
        for element in self.root.iter("h1", "h2"):
            text = plain("".join(element.itertext()))
            if text:
                found.append(text[:300])
            if len(found) == 3:
                break
        return tuple(found)

    @lazy
    def shown_headings(self) -> tuple[str, ...]:
        """The headings without those that are hidden: the messages that a program keeps ready are such."""
        shown = {
            text
            for one, text in self._first_headings
            if one not in self._kept_back and self._kept_back.isdisjoint(one.iterancestors())
        }
        return tuple(heading for heading in self.headings if heading in shown)

    @lazy
    def _kept_back(self) -> frozenset[HtmlElement]:
        return furnishing.kept_back(self.root) if self.root is not None else frozenset()

    @lazy
    def _first_headings(self) -> tuple[tuple[HtmlElement, str], ...]:
        """The elements of the first h1 and h2 with their texts, cut as in :attr:`headings`."""
        found = self.root.iter("h1", "h2") if self.root is not None else ()
        return tuple((one, plain("".join(one.itertext()))[:300]) for one in islice(found, _MOST_HEADINGS))

    @lazy
    def own_headings(self) -> tuple[str, ...]:
        """The headings without those that stand over a list of links to other pages, or beside the page's own part."""
        return tuple(
            heading
            for heading in self.shown_headings
            if heading not in self._list_headings and heading not in self._headings_beside
        )

    @lazy
    def _headings_beside(self) -> frozenset[str]:
        """Headings of columns, consent boxes and what comes after the main part (“Most read”, “Newsletter”)."""
        beside: dict[str, bool] = {}
        for one, text in self._first_headings:
            beside[text] = beside.get(text, True) and furnishing.stands_beside(one, self._apart)
        return frozenset(text for text, is_beside in beside.items() if is_beside)

    @lazy
    def _list_headings(self) -> frozenset[str]:
        return furnishing.heading_links(self.root) if self.root is not None else frozenset()

    @lazy
    def metas(self) -> dict[str, str]:
        """``<meta>`` contents by lower-case name, property or http-equiv; the first of each."""
        found: dict[str, str] = {}
        if self.root is not None:
            for element in self.root.iter("meta"):
                name = element.get("property") or element.get("name") or element.get("http-equiv") or ""
                found.setdefault(name.lower(), element.get("content") or "")
        return found

    @lazy
    def base(self) -> str:
        """What the page has its addresses resolved against (``<base href>``); "" where that is its own address."""
        found = None if self.root is None else self.root.find(".//base[@href]")
        return "" if found is None else (found.get("href") or "").strip()

    @lazy
    def canonical(self) -> str:
        """What the page calls its own address (``rel=canonical``), read from the bytes; "" where it does not say."""
        at = self.content.find(b"canonical")
        while at >= 0:
            start, end = self.content.rfind(b"<", max(0, at - 600), at), self.content.find(b">", at, at + 1200)
            tag = self.content[start : end + 1] if 0 <= start < end else b""
            if tag[:5].lower() == b"<link":
                match = _HREF.search(tag)
                if match:
                    return html.unescape(match[1].decode("utf-8", "replace")).strip()
            at = self.content.find(b"canonical", at + 9, SCAN_LIMIT)
        return ""

    @lazy
    def is_article(self) -> bool:
        """Whether the page is marked up as an article (Open Graph, schema.org, or a long ``<article>``)."""
        if self.metas.get("og:type", "").lower() == "article" or "article:published_time" in self.metas:
            return True
        if any(_ARTICLE_TYPES.search(block) for block in self.json_ld):
            return True
        if self.root is None:
            return False
        return any(len(plain("".join(element.itertext()))) > 1500 for element in self.root.iter("article"))

    @lazy
    def json_ld(self) -> tuple[str, ...]:
        """The texts of the schema.org blocks."""
        if self.root is None:
            return ()
        return tuple(
            element.text or ""
            for element in self.root.iter("script")
            if "ld+json" in (element.get("type") or "").lower()
        )

    @lazy
    def says_paywalled(self) -> bool:
        """Whether schema.org markup says ``isAccessibleForFree: false``."""
        if any(_PAYWALLED.search(block) for block in self.json_ld):
            return True
        return self.root is not None and any(
            (element.get("content") or element.get("href") or "").lower().rpartition("/")[2] == "false"
            for element in self.root.iter("meta", "link", "span")
            if (element.get("itemprop") or "").lower() == "isaccessibleforfree"
        )

    @lazy
    def language(self) -> str:
        """The primary language that the page declares (``<html lang>``), lower-case; "" where it does not say."""
        match = _LANGUAGE.search(self.content, 0, 2048)
        return match[1].decode("ascii").lower() if match else ""

    @lazy
    def body_classes(self) -> frozenset[str]:
        """The classes and id of ``<body>`` and ``<html>``, lower-case."""
        if self.root is None:
            return frozenset()
        words: list[str] = []
        for element in self.root.iter("html", "body"):
            words += (element.get("class") or "").lower().split()
            words.append((element.get("id") or "").lower())
        return frozenset(words)

    @lazy
    def has_password_field(self) -> bool:
        """Whether the page asks for a password."""
        if self.root is None:
            return False
        return any((element.get("type") or "").lower() == "password" for element in self.root.iter("input"))

    @lazy
    def has_script(self) -> bool:
        """Whether any script runs on the page."""
        return self.root is not None and next(self.root.iter("script"), None) is not None

    @lazy
    def script_redirect(self) -> str | None:
        """Where a short inline script without conditions sends the reader; None where none does."""
        for element in self.root.iter("script") if self.root is not None else ():
            code = element.text or ""
            match = _SENDS_ON.search(code) if len(code) < _SHORT_SCRIPT else None
            if (
                match is not None
                and not _CONDITION.search(code[: match.start()])
                and not _LATE.search(code, match.end())
            ):
                return str(match[1] or match[2])
        return None

    @lazy
    def refresh_target(self) -> tuple[float, str] | None:
        """(seconds, address) of a meta refresh that leads elsewhere; None where there is none."""
        return refresh_in(self.metas.get("refresh", ""))


def refresh_in(value: str) -> tuple[float, str] | None:
    """(seconds, address) of a refresh, be it an element's or a header's; None where it leads nowhere else."""
    match = re.match(r"(?is)\s*(\d{1,6}(?:\.\d{0,6})?)\s*[;,]\s*(?:url\s*=)?\s*[\"']?([^\"']+)", value)
    return (float(match[1]), match[2].strip()) if match else None


_SENDS_ON = late(
    r"location(?:\.href)?\s*=\s*[\"']([^\"'\s]{1,1000})[\"']"
    r"|location\.(?:replace|assign)\s*\(\s*[\"']([^\"'\s]{1,1000})[\"']"
)
_LATE = late(r"[,\s](?:\d{2,}\s*\*\s*1000|\d{5,})\s*\)")  # a delay of ten seconds or more
_CONDITION = late(r"\bif\s*\(|\?|&&|\|\||onclick|addEventListener\(\s*[\"'](?!load|DOMContentLoaded)")


def _walk(
    root: HtmlElement,
    *,
    hidden: frozenset[HtmlElement] = frozenset(),
    furniture: bool = True,
    samples: bool = True,
    apart: frozenset[HtmlElement] = frozenset(),
) -> Iterator[tuple[str, bool]]:
    """Pieces of text in order, each with whether it is prose. Iterative: pages can be nested very deep.

    What is hidden counts but for what is in ``hidden``: many pages show themselves only once their scripts have run.
    What is furniture by its class alone is no prose where ``furniture`` is False, nor code where ``samples`` is, nor
    anything in the elements that stand ``apart``.
    """
    stack: list[tuple[HtmlElement, bool, bool]] = [(root, True, False)]
    while stack:
        element, is_prose, leaving = stack.pop()
        if leaving:
            if element.tag not in _INLINE:
                yield _BLOCK, is_prose
            if element.tail and element is not root:
                yield element.tail, is_prose
            continue
        stack.append((element, is_prose, True))
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SILENT or not tag or element in hidden:
            continue
        if not samples and tag in _SAMPLES:
            continue
        inside = is_prose and tag not in _BOILERPLATE and (furniture or not furnishing.is_furniture(element))
        inside = inside and element not in apart
        if tag not in _INLINE:
            yield _BLOCK, is_prose
        if element.text:
            yield element.text, inside
        stack.extend((child, inside, False) for child in reversed(element))
