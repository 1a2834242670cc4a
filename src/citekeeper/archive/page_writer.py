"""The harmless part of a page's tree as HTML: no scripts, nothing that could be fetched, frames as documents within."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from citekeeper.archive.css import Reference, rewritten
from citekeeper.archive.frames import SANDBOX, Frame, Frames, grid
from citekeeper.archive.inlining import INLINE_BUDGET, Inlined, own_data_uri
from citekeeper.archive.markup import VOID, is_dropped, is_harmless, is_harmless_at_root, is_kept, is_sheet, media_of
from citekeeper.archive.requisites import LAZY_SOURCES, SOURCE_SETS, resolve, source_set
from citekeeper.archive.spooling import AT_ONCE, spool, write
from citekeeper.archive.withheld import redact_url

if TYPE_CHECKING:
    from lxml.html import HtmlElement

POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline' data:; font-src data:; media-src data:; "
    "base-uri 'none'; form-action 'none'"
)
CLOSING = "\n</body>\n</html>\n"
"""The end of a document."""

_FRAMESET_DEPTH = 8
_IMPORT_DEPTH = 6
_NOTHING = 'url("data:,")'


def opening(html: str) -> str:
    """The beginning of a document in which nothing can run or be fetched, whatever its parts might hold."""
    return (
        f'<!DOCTYPE html>\n<html{html}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n'
    )


class PageWriter:
    """Writes the harmless part of a page, a piece at a time.

    Args:
        inlined: what was captured for it.
        frames: the documents of its frames.
        page: its tree, and what its references are relative to.
        beside: on whose file system waits what memory should not hold.
    """

    def __init__(self, inlined: Inlined, frames: Frames, page: Frame, beside: Path | None) -> None:
        self._beside = beside
        self._inlined = inlined
        self._frames = frames
        self._page = page
        self._base = page.base

    def document(self) -> Iterator[str]:
        """The document of a frame."""
        yield opening(self.html_attributes())
        yield from self.styles()
        yield f"</head>\n<body{self.body_attributes()}>\n"
        yield from self.body()
        yield CLOSING

    def html_attributes(self) -> str:
        """Those of the html element."""
        items = self._page.root.attrib.items()
        return "".join(f' {name}="{escape(value)}"' for name, value in items if is_harmless_at_root(name, value))

    def body_attributes(self) -> str:
        """Those of the body element."""
        body = self._page.root.find(".//body")
        return "" if body is None else "".join(self._attributes(body))

    def styles(self) -> Iterator[str]:
        """Every style sheet of the page, inlined, in order."""
        for element in self._page.root.iter("style", "link"):
            if not is_sheet(element):
                continue
            media = media_of(element)
            opening = f'<style media="{escape(media)}">\n' if media else "<style>\n"
            yield from _enclosed(opening, _raw(self._sheet(element)), "\n</style>\n")

    def _sheet(self, element: HtmlElement) -> Iterable[str]:
        if element.tag == "style":
            return self._css(element.text or "", self._base, ())
        return self._imported(resolve(self._base, element.get("href") or ""), ())

    def _imported(self, url: str | None, chain: tuple[str, ...]) -> Iterable[str]:
        if url is None or url in chain or len(chain) >= _IMPORT_DEPTH:
            return ()
        found = self._inlined.text(url)
        return self._css(found[0], found[1], (*chain, url)) if found else ()

    def _css(self, css: str, base: str, chain: tuple[str, ...]) -> Iterator[str]:
        def replacement(reference: Reference) -> Iterable[str]:
            if reference.is_import:
                sheet = self._imported(resolve(base, reference.target), chain)
                is_media = _is_media(reference.media)
                return _enclosed(f"@media {reference.media} {{\n", sheet, "\n}\n") if is_media else sheet
            if reference.target.startswith("#"):
                return (f'url("{_css_string(reference.target)}")',)
            return (self._css_url(base, reference.target),)

        return rewritten(css, replacement)

    def _css_url(self, base: str, target: str) -> str:
        uri = own_data_uri(target) if _is_data(target) else self._inlined.data_uri(resolve(base, target))
        return f'url("{uri}")' if uri else _NOTHING

    def body(self) -> Iterator[str]:
        """The content of the page, without recursion: hostile pages nest deeper than any stack."""
        from lxml import etree

        root = self._page.root
        body = root.find(".//body")
        if body is None:
            for frameset in root.findall("frameset")[:1]:
                yield from self._frameset(frameset, "92vh")
            return
        walk = etree.iterwalk(body, events=("start", "end"))
        dropped: set[HtmlElement] = set()
        for event, element in walk:
            if element is body:
                yield escape(body.text or "") if event == "start" else ""
            elif event == "start":
                if is_dropped(element):
                    walk.skip_subtree()
                    dropped.add(element)
                    yield from self._instead(element)
                else:
                    yield from self._start(element)
            else:
                if element in dropped:
                    dropped.discard(element)
                elif is_kept(element) and element.tag not in VOID:
                    yield f"</{element.tag}>"
                yield escape(element.tail or "")

    def _start(self, element: HtmlElement) -> Iterator[str]:
        if is_kept(element) and element.tag != "body":
            yield f"<{element.tag}"
            yield from self._attributes(element)
            yield ">"
        elif element.tag == "embed":  # void, but libxml2 does not know it: what follows it in the page lies within
            yield self._medium(element)
        yield escape(element.text or "")

    def _instead(self, element: HtmlElement) -> Iterable[str]:
        """What stands for an element that is not copied: a frame's document, an object's picture, or a link."""
        if element.tag in ("iframe", "frame"):
            return self._frame(element, "")
        if element.tag == "frameset":
            return self._frameset(element, "92vh")
        return (self._medium(element),) if element.tag in ("object", "video", "audio") else ()

    def _frameset(self, element: HtmlElement, height: str, depth: int = 1) -> Iterator[str]:
        """A frameset as a grid: the element itself would leave no room for the bar."""
        yield f'<div style="{grid(element, height)}">'
        for child in element.iterchildren("frame", "frameset"):
            if child.tag == "frame":
                yield from self._frame(child, "width:100%;height:100%;box-sizing:border-box")
            elif depth < _FRAMESET_DEPTH:
                yield from self._frameset(child, "100%", depth + 1)
        yield "</div>"

    def _frame(self, element: HtmlElement, style: str) -> Iterator[str]:
        """A frame with its document inside, if it was captured; else a link that says why it is not shown."""
        frame = self._frames.find(element, self._base, self._page.lineage)
        if isinstance(frame, str):
            own = element.get("src") or ""
            if frame and (uri := self._picture(own)):
                yield f'<img{"".join(self._attributes(element))} src="{uri}" alt="">'
            elif frame:
                yield self._link_to(element, [own], frame)
            return
        before = self._inlined.left
        with spool(self._beside) as document:
            writer = PageWriter(self._inlined, self._frames, frame, self._beside)
            write(document, map(escape, writer.document()))
            already = before - self._inlined.left
            if not self._inlined.afford(max(0, document.tell() - already)):
                yield self._link_to(element, [element.get("src") or ""], f"more than {INLINE_BUDGET >> 20} MiB")
                return
            outer = f' style="{style}"' if style else "".join(self._attributes(element))
            yield f'<iframe{outer} sandbox="{SANDBOX}" srcdoc="'
            document.seek(0)
            text = io.TextIOWrapper(document, "utf-8", newline="")
            yield from iter(lambda: text.read(AT_ONCE), "")
        yield '"></iframe>'

    def _medium(self, element: HtmlElement) -> str:
        """A film, a sound or an object: its picture where it is one, else its poster and a link."""
        own = element.get("src") or element.get("data") or ""
        if element.tag in ("embed", "object") and (uri := self._picture(own)):
            return f'<img{"".join(self._attributes(element))} src="{uri}">'
        poster = self._picture(element.get("poster") or "")
        picture = f'<img src="{poster}" alt="">' if poster else ""
        inner = element.iter("source") if element.tag in ("video", "audio") else ()
        sources = [own, *(source.get("src") or "" for source in inner)]
        return picture + self._link_to(element, sources, "not captured")

    def _picture(self, reference: str) -> str | None:
        uri = self._inlined.data_uri(resolve(self._base, reference)) if reference.strip() else None
        return uri if uri and uri.startswith("data:image/") else None

    def _link_to(self, element: HtmlElement, sources: Sequence[str], reason: str) -> str:
        """A link to what is not shown, and why it is not."""
        url = next((found for source in sources if source.strip() and (found := resolve(self._base, source))), None)
        if url is None:
            return f"[{element.tag}: {reason}]" if element.get("srcdoc") is not None else ""
        address = escape(redact_url(url))
        return (
            f'<a href="{address}" rel="noopener noreferrer nofollow"{self._target()}>'
            f"[{element.tag}: {address} ({reason})]</a>"
        )

    def _target(self) -> str:
        """Where a link opens: not in a frame, whose policy lets it go nowhere."""
        return ' target="_blank"' if self._is_framed else ""

    @property
    def _is_framed(self) -> bool:
        return len(self._page.lineage) > 1

    def _attributes(self, element: HtmlElement) -> Iterator[str]:
        for name, value in element.attrib.items():
            name = str(name)
            if is_harmless(name, value):
                yield f' {name}="{escape(value)}"'
            elif name == "style":
                yield f' style="{escape("".join(self._css(value, self._base, ())))}"'
            elif name == "background" and (uri := self._inlined.data_uri(resolve(self._base, value))):
                yield f' style="background-image:url({uri})"' if element.get("style") is None else ""
            elif name == "href" and element.tag in ("a", "area"):
                yield self._link(value)
        if element.tag in ("img", "source"):
            yield from self._image(element)

    def _link(self, value: str) -> str:
        url = resolve(self._base, value)
        target = value.strip()
        if target.startswith("#") or (url == self._page.own_url.partition("#")[0] and "#" in target):
            # Within a frame “#part” alone would be a part of the file that the frame lies in.
            return f' href="{"about:srcdoc" if self._is_framed else ""}#{escape(target.partition("#")[2])}"'
        if url is not None:
            fragment = f"#{target.partition('#')[2]}" if "#" in target else ""
            return f' href="{escape(redact_url(url + fragment))}" rel="noopener noreferrer nofollow"{self._target()}'
        if re.match(r"(?i)mailto:[^\s]", target):
            return f' href="{escape(target)}"'
        return ""

    def _image(self, element: HtmlElement) -> Iterator[str]:
        """One source an image: its own, its lazy one, or the first of its set that was fetched.

        What it brings itself comes last: beside an address it is but what stands there until that is loaded.
        """
        candidates = [element.get(name) or "" for name in LAZY_SOURCES] if element.tag == "img" else []
        for name in SOURCE_SETS[element.tag]:
            candidates += [address for address, _ in source_set(element.get(name) or "")]
        for candidate in sorted(filter(None, map(str.strip, candidates)), key=_is_data):
            if _is_data(candidate):
                uri = own_data_uri(candidate)
            else:
                uri = self._inlined.data_uri(resolve(self._base, candidate))
            if uri:
                yield f' {"src" if element.tag == "img" else "srcset"}="{uri}"'
                return


def _is_data(reference: str) -> bool:
    return reference[:5].lower() == "data:"


def _is_media(condition: str) -> bool:
    """Whether an @import's condition is a media query; a layer or a supports() is left out, not half kept."""
    return bool(condition) and not re.search(r"(?i)\b(?:layer|supports)\b", condition)


def _css_string(text: str) -> str:
    return re.sub(r'["\\\n\r\f<>]', lambda match: f"\\{ord(match[0]):x} ", text)


def _raw(css: Iterable[str]) -> Iterator[str]:
    """CSS that cannot end its style element, or begin a comment or CDATA section within it."""
    held = ""
    for part in css:
        part = held + part
        held = "<" if part.endswith("<") else ""  # the next part says what it begins
        yield _OPENING.sub(r"\\3c ", part[: len(part) - len(held)])
    yield held


_OPENING = re.compile(r"<(?=[/!?A-Za-z])")


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
