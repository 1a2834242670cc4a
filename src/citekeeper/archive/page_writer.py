"""The harmless part of a page's tree as HTML: no scripts, nothing that could be fetched, frames as documents within."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from citekeeper.archive.doctype import STANDARDS
from citekeeper.archive.drawings import DRAWING, Drawings, is_property, reference_of
from citekeeper.archive.frames import SANDBOX, Frame, Frames, grid, is_borderless
from citekeeper.archive.inlining import INLINE_BUDGET, Inlined, is_data, own_data_uri
from citekeeper.archive.markup import (
    VOID,
    is_applied,
    is_dropped,
    is_harmless,
    is_harmless_at_root,
    is_shadow,
    written_as,
)
from citekeeper.archive.pictures import candidates, has_fallback
from citekeeper.archive.requisites import resolve
from citekeeper.archive.sheets import Sheets
from citekeeper.archive.spooling import AT_ONCE, spool, write
from citekeeper.archive.withheld import redact_url

if TYPE_CHECKING:
    from lxml.html import HtmlElement

POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
)
CLOSING = "\n</body>\n</html>\n"
"""The end of a document."""

_FRAMESET_DEPTH = 8
_FRAME = ("viewbox", "preserveaspectratio", "class", "fill", "stroke", "stroke-width")


def opening(html: str, doctype: str = STANDARDS) -> str:
    """The beginning of a document in which nothing can run or be fetched, whatever its parts might hold."""
    return (
        f'{doctype}<html{html}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta http-equiv="x-dns-prefetch-control" content="off">\n'
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
        self.sheets = Sheets(inlined, page)
        """Its style sheets."""
        self._drawings = Drawings(inlined)
        self._is_within_part = False

    def document(self) -> Iterator[str]:
        """The document of a frame."""
        yield opening(self.html_attributes())
        yield from self.sheets.of_page()
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
        return ' style="margin:0"' if body is None else "".join(self._attributes(body))

    def body(self) -> Iterator[str]:
        """The content of the page."""
        root = self._page.root
        body = root.find(".//body")
        if body is not None:
            yield from self._content(body)
            return
        for frameset in root.findall("frameset")[:1]:
            yield from self._frameset(frameset, "92vh")

    def _content(self, whole: HtmlElement) -> Iterator[str]:
        """What an element holds, without recursion: hostile pages nest deeper than any stack."""
        from lxml import etree

        walk = etree.iterwalk(whole, events=("start", "end"))
        dropped: set[HtmlElement] = set()
        for event, element in walk:
            if element is whole:
                yield escape(whole.text or "") if event == "start" else ""
            elif event == "start":
                if is_dropped(element) or (element.tag == "use" and self._is_elsewhere(element)):
                    walk.skip_subtree()
                    dropped.add(element)
                    yield from self._instead(element)
                else:
                    yield from self._start(element)
            else:
                if element in dropped:
                    dropped.discard(element)
                elif (name := written_as(element)) and name not in VOID:
                    yield f"</{name}>"
                yield escape(element.tail or "")

    def _start(self, element: HtmlElement) -> Iterator[str]:
        name = written_as(element)
        if name == "img" and has_fallback(element):
            return
        if name and element.tag != "body":
            yield f"<{name}"
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
        if element.tag == "use":
            return self._drawn_elsewhere(element)
        if element.tag in ("style", "link") and is_applied(element) and any(map(is_shadow, element.iterancestors())):
            return self.sheets.element(element)  # that of a shadow root applies there only
        return (self._medium(element),) if element.tag in ("object", "video", "audio") else ()

    def _frameset(self, element: HtmlElement, height: str, depth: int = 1) -> Iterator[str]:
        """A frameset as a grid: the element itself would leave no room for the bar."""
        yield f'<div style="{grid(element, height)}">'
        for child in element.iterchildren("frame", "frameset"):
            if child.tag == "frame":
                edge = ";border:0" if is_borderless(element) or is_borderless(child) else ""
                yield from self._frame(child, f"width:100%;height:100%;box-sizing:border-box{edge}")
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
        picture = f'<img{"".join(self._attributes(element))} src="{poster}" alt="">' if poster else ""
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
        is_drawn = element.tag in DRAWING
        if element.tag == "template" and is_shadow(element):
            yield f' shadowrootmode="{str(element.get("shadowrootmode")).lower()}"'
        for name, value in element.attrib.items():
            name = str(name)
            if is_drawn and is_property(name):
                yield f' {name}="{escape(self._value(value))}"'
            elif is_harmless(name, value):
                yield f' {name}="{escape(value)}"'
            elif name == "style":
                yield f' style="{self._background(element)}{escape(self.sheets.value(value))}"'
            elif name == "background" and element.get("style") is None and (style := self._background(element)):
                yield f' style="{style}"'
            elif name == "href" and element.tag in ("a", "area"):
                yield self._link(value)
        if element.tag in ("img", "source"):
            yield from self._image(element)
        elif element.tag == "button":
            yield ' type="button"'
        elif is_drawn:
            yield from self._drawn_reference(element)

    def _value(self, value: str) -> str:
        """An attribute that is read as a style's value is."""
        return self.sheets.value(value) if "(" in value or "\\" in value else value

    def _background(self, element: HtmlElement) -> str:
        """The picture behind an element that an attribute names, as the beginning of its style."""
        reference = element.get("background")
        uri = self._inlined.data_uri(resolve(self._base, reference)) if reference else None
        return f"background-image:url({uri});" if uri else ""

    def _drawn_reference(self, element: HtmlElement) -> Iterator[str]:
        """What a drawing's element refers to: a part of the page, or a picture."""
        reference = reference_of(element)
        if reference is None:
            return
        if reference.startswith("#"):
            yield f' href="{escape(reference)}"'
        elif element.tag == "image":
            uri = own_data_uri(reference) if is_data(reference) else self._picture(reference)
            yield f' href="{uri}"' if uri and uri.startswith("data:image/") else ""

    @staticmethod
    def _is_elsewhere(element: HtmlElement) -> bool:
        return not (reference_of(element) or "#").startswith("#")

    def _drawn_elsewhere(self, element: HtmlElement) -> Iterator[str]:
        """The part of another file that a drawing shows, as a drawing within it."""
        address, _, name = (reference_of(element) or "").partition("#")
        if self._is_within_part:
            return  # it could be the part that it is in
        part = self._drawings.part(resolve(self._base, address), name, self._page.own_url)
        if part is None:
            return
        self._is_within_part = True
        yield f"<g{''.join(self._attributes(element))}><svg"
        for attribute in ("x", "y", "width", "height"):
            if value := element.get(attribute):
                yield f' {attribute}="{escape(value)}"'
        if part.tag in ("symbol", "svg"):
            yield from (f' {name}="{escape(self._value(value))}"' for name in _FRAME if (value := part.get(name)))
            yield ">"
            yield from self._content(part)
            yield "</svg></g>"
        elif tag := written_as(part):
            yield f' overflow="visible"><{tag}'
            yield from self._attributes(part)
            yield ">"
            yield from self._content(part)
            yield f"</{tag}></svg></g>"
        else:
            yield "></svg></g>"
        self._is_within_part = False

    def _link(self, value: str) -> str:
        url = resolve(self._base, value)
        target = value.strip()
        if target.startswith("#") or (url == self._page.own_url.partition("#")[0] and "#" in target):
            # Within a frame “#part” alone would be a part of the file that the frame lies in.
            return f' href="{"about:srcdoc" if self._is_framed else ""}#{escape(target.partition("#")[2])}"'
        if url is not None:
            fragment = f"#{target.partition('#')[2]}" if "#" in target else ""
            return f' href="{escape(redact_url(url + fragment))}" rel="noopener noreferrer nofollow"{self._target()}'
        if re.match(r"(?i)(?:mailto|tel):[^\s]", target):
            return f' href="{escape(target)}"'
        # What is a link looks like one, also where it leads nowhere from here: to a script or another program.
        return f' href="{"about:srcdoc" if self._is_framed else ""}#citekeeper-nowhere"' if target else ""

    def _image(self, element: HtmlElement) -> Iterator[str]:
        """One source an image: the first of its candidates that was fetched.

        What it brings itself comes last: beside an address it is but what stands there until that is loaded.
        """
        for candidate, descriptor in sorted(candidates(element), key=lambda found: is_data(found[0])):
            if is_data(candidate):
                uri = own_data_uri(candidate)
            else:
                uri = self._inlined.data_uri(resolve(self._base, candidate))
            if uri and element.tag == "img" and not descriptor:
                yield f' src="{uri}"'
                return
            if uri:
                yield f' srcset="{uri}{" " if descriptor else ""}{descriptor}"'
                return
