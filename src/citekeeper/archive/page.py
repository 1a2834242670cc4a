"""page.html: the captured page as one file that opens offline in any browser, and in which nothing can run.

The page is not cleaned but written anew: only elements and attributes that are known to be harmless are copied into a
document of our own, whose serialisation escapes everything else. Scripts, handlers, forms, foreign content (SVG,
MathML) and every address that would be fetched are not among them. A Content-Security-Policy stands behind that as a
second wall. A frame that was captured is such a document of its own, in a sandbox.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from citekeeper.archive.css import Reference, rewrite
from citekeeper.archive.decoding import CharsetOf, decode, page_charset, parse_html
from citekeeper.archive.frames import SANDBOX, Frame, Frames, grid
from citekeeper.archive.inlining import INLINE_BUDGET, Inlined, own_data_uri
from citekeeper.archive.markup import VOID, is_dropped, is_harmless, is_harmless_at_root, is_kept, is_sheet, media_of
from citekeeper.archive.requisites import LAZY_SOURCES, SOURCE_SETS, page_base, resolve, source_set
from citekeeper.archive.withheld import redact_url
from citekeeper.clock import iso
from citekeeper.model import Exchange, Hop, Shows

if TYPE_CHECKING:
    from lxml.html import HtmlElement

POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline' data:; font-src data:; media-src data:; "
    "base-uri 'none'; form-action 'none'"
)
SHOWN_BYTES = 16 * 1024 * 1024
"""Bytes of a page, decoded, that are shown."""

_FRAMESET_DEPTH = 8
_IMPORT_DEPTH = 6
_NOTHING = 'url("data:,")'


_BAR_STYLE = "".join(
    f"{declaration}!important;"  # or the page's own style sheet could hide it
    for declaration in (
        "all:initial",
        "display:block",
        "box-sizing:border-box",
        "width:100%",
        "padding:6px 12px",
        "background:#1f2937",
        "color:#fff",
        "font:13px/1.5 system-ui,sans-serif",
        "direction:ltr",
        "position:relative",
        "z-index:2147483647",
    )
)


def render_page(
    main: Exchange,
    requisites: Sequence[Exchange],
    charset: str | None,
    captured_at: datetime,
    shows: Shows,
    *,
    after_scripts: bool = False,
    charset_of: CharsetOf = page_charset,
) -> bytes:
    """The page as one UTF-8 file.

    Args:
        main: the exchange whose last hop is an HTML page.
        requisites: what was fetched for it; what is not among them is left out of the page.
        charset: how the page's bytes were read, where a reading decided that.
        captured_at: for the bar on top.
        shows: for the bar on top.
        after_scripts: for the bar on top: the page is as a browser showed it.
        charset_of: how the bytes of its frames are read, and its own where no reading decided that.
    """
    last = main.last
    assert last is not None
    body = last.content(SHOWN_BYTES + 1)
    is_cut, body = len(body) > SHOWN_BYTES, body[:SHOWN_BYTES]
    root = parse_html(decode(body, charset or charset_of(body, last.headers.get("content-type"))))
    inlined = Inlined(requisites)
    page = None
    if root is not None:
        addresses = frozenset(url.partition("#")[0] for url in (main.url, *(hop.url for hop in main.hops)))
        page = Frame(root, page_base(root, last.url), last.url, (addresses,))
    title = "" if root is None else " ".join((root.findtext(".//title") or "").split())
    head = (
        '<meta name="robots" content="noindex">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
    )
    parts = _PageWriter(inlined, Frames(inlined, charset_of), page).parts() if page else _Parts()
    said = _missing(last, is_cut=is_cut, is_spent=inlined.is_spent)
    bar = _bar(last.url, captured_at, shows, after_scripts, said) + "\n"
    return parts.document(head, bar).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is written of a document: attributes of its html and body elements, style sheets, and the body's content."""

    html: str = ""
    styles: str = ""
    body: str = ""
    content: str = ""

    def document(self, head: str = "", bar: str = "") -> str:
        """A document in which nothing can run or be fetched, whatever its parts might hold."""
        return (
            f'<!DOCTYPE html>\n<html{self.html}>\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            f'<meta name="referrer" content="no-referrer">\n{head}{self.styles}</head>\n'
            f"<body{self.body}>\n{bar}{self.content}\n</body>\n</html>\n"
        )


def _missing(last: Hop, *, is_cut: bool, is_spent: bool) -> str:
    """What a reader would not see here, in sentences for the bar."""
    sentences = []
    if last.truncated:
        sentences.append("The answer was cut off before its end: what follows is not here at all.")
    if is_cut:
        sentences.append(f"Only the first {SHOWN_BYTES >> 20} MiB of this page are shown.")
    if is_spent:
        sentences.append(f"Style sheets, pictures and frames beyond {INLINE_BUDGET >> 20} MiB are not shown.")
    return "".join(f" {sentence}" for sentence in sentences)


def _bar(url: str, captured_at: datetime, shows: Shows, after_scripts: bool, missing: str) -> str:
    address = escape(redact_url(url))
    what = "Copy of" if shows is Shows.SOURCE else "Evidence of failure at"
    link = f'<a href="{address}" rel="noopener noreferrer nofollow" style="color:#93c5fd">{address}</a>'
    return (
        f'<div role="note" style="{_BAR_STYLE}">{what} {link}, captured by citekeeper on '
        f"{iso(captured_at)}{', as a browser showed it after its scripts ran' if after_scripts else ''}. For reading "
        "only: scripts and forms are removed; the bytes as received are in capture.wacz beside this file."
        f"{missing}</div>"
    )


class _PageWriter:
    """Writes the harmless part of a tree."""

    def __init__(self, inlined: Inlined, frames: Frames, page: Frame) -> None:
        self._inlined = inlined
        self._frames = frames
        self._page = page
        self._base = page.base

    def parts(self) -> _Parts:
        """The document."""
        root = self._page.root
        body = root.find(".//body")
        return _Parts(
            "".join(
                f' {name}="{escape(value)}"' for name, value in root.attrib.items() if is_harmless_at_root(name, value)
            ),
            self._styles(root),
            "" if body is None else "".join(self._attributes(body)),
            self._body(root, body),
        )

    def _styles(self, root: HtmlElement) -> str:
        """Every style sheet of the page, inlined, in order."""
        out = []
        for element in root.iter("style", "link"):
            css = self._sheet(element) if is_sheet(element) else ""
            if css.strip():
                media = media_of(element)
                attribute = f' media="{escape(media)}"' if media else ""
                out.append(f"<style{attribute}>\n{_raw(css)}\n</style>\n")
        return "".join(out)

    def _sheet(self, element: HtmlElement) -> str:
        if element.tag == "style":
            return self._css(element.text or "", self._base, ())
        return self._imported(resolve(self._base, element.get("href") or ""), ())

    def _imported(self, url: str | None, chain: tuple[str, ...]) -> str:
        if url is None or url in chain or len(chain) >= _IMPORT_DEPTH:
            return ""
        found = self._inlined.text(url)
        return self._css(found[0], found[1], (*chain, url)) if found else ""

    def _css(self, css: str, base: str, chain: tuple[str, ...]) -> str:
        def replacement(reference: Reference) -> str:
            if reference.is_import:
                sheet = self._imported(resolve(base, reference.target), chain)
                return f"@media {reference.media} {{\n{sheet}\n}}\n" if sheet and _is_media(reference.media) else sheet
            if reference.target.startswith("#"):
                return f'url("{_css_string(reference.target)}")'
            return self._css_url(base, reference.target)

        return rewrite(css, replacement)

    def _css_url(self, base: str, target: str) -> str:
        uri = own_data_uri(target) if _is_data(target) else self._inlined.data_uri(resolve(base, target))
        return f'url("{uri}")' if uri else _NOTHING

    def _body(self, root: HtmlElement, body: HtmlElement | None) -> str:
        """The content of the page, without recursion: hostile pages nest deeper than any stack."""
        from lxml import etree

        if body is None:
            return "".join(self._frameset(frameset, "92vh") for frameset in root.findall("frameset")[:1])
        out: list[str] = []
        walk = etree.iterwalk(body, events=("start", "end"))
        dropped: set[HtmlElement] = set()
        for event, element in walk:
            if element is body:
                out.append(escape(body.text or "") if event == "start" else "")
            elif event == "start":
                if is_dropped(element):
                    walk.skip_subtree()
                    dropped.add(element)
                    out.append(self._instead(element))
                else:
                    out += self._start(element)
            else:
                if element in dropped:
                    dropped.discard(element)
                elif is_kept(element) and element.tag not in VOID:
                    out.append(f"</{element.tag}>")
                out.append(escape(element.tail or ""))
        return "".join(out)

    def _start(self, element: HtmlElement) -> Iterator[str]:
        if is_kept(element) and element.tag != "body":
            yield f"<{element.tag}"
            yield from self._attributes(element)
            yield ">"
        elif element.tag == "embed":  # void, but libxml2 does not know it: what follows it in the page lies within
            yield self._medium(element)
        yield escape(element.text or "")

    def _instead(self, element: HtmlElement) -> str:
        """What stands for an element that is not copied: a frame's document, an object's picture, or a link."""
        if element.tag in ("iframe", "frame"):
            return self._frame(element, "")
        if element.tag == "frameset":
            return self._frameset(element, "92vh")
        return self._medium(element) if element.tag in ("object", "video", "audio") else ""

    def _frameset(self, element: HtmlElement, height: str, depth: int = 1) -> str:
        """A frameset as a grid: the element itself would leave no room for the bar."""
        cells = []
        for child in element.iterchildren("frame", "frameset"):
            if child.tag == "frame":
                cells.append(self._frame(child, "width:100%;height:100%;box-sizing:border-box"))
            elif depth < _FRAMESET_DEPTH:
                cells.append(self._frameset(child, "100%", depth + 1))
        return f'<div style="{grid(element, height)}">{"".join(cells)}</div>'

    def _frame(self, element: HtmlElement, style: str) -> str:
        """A frame with its document inside, if it was captured; else a link that says why it is not shown."""
        frame = self._frames.find(element, self._base, self._page.lineage)
        if isinstance(frame, str):
            own = element.get("src") or ""
            if frame and (uri := self._picture(own)):
                return f'<img{"".join(self._attributes(element))} src="{uri}" alt="">'
            return self._link_to(element, [own], frame) if frame else ""
        before = self._inlined.left
        document = escape(_PageWriter(self._inlined, self._frames, frame).parts().document())
        already = before - self._inlined.left
        if not self._inlined.afford(max(0, len(document) - already)):
            return self._link_to(element, [element.get("src") or ""], f"more than {INLINE_BUDGET >> 20} MiB")
        outer = f' style="{style}"' if style else "".join(self._attributes(element))
        return f'<iframe{outer} sandbox="{SANDBOX}" srcdoc="{document}"></iframe>'

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
                yield f' style="{escape(self._css(value, self._base, ()))}"'
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


def _raw(css: str) -> str:
    """CSS that cannot end its style element, or begin a comment or CDATA section within it."""
    return re.sub(r"<(?=[/!?A-Za-z])", r"\\3c ", css)
