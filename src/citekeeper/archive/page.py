"""page.html: the captured page as one file that opens offline in any browser, and in which nothing can run.

The page is not cleaned but written anew: only elements and attributes that are known to be harmless are copied into a
document of our own, whose serialisation escapes everything else. Scripts, handlers, frames, forms, foreign content
(SVG, MathML) and every address that would be fetched are not among them. A Content-Security-Policy stands behind that
as a second wall.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_to_bytes

from citekeeper.archive.css import Reference, decode_css, rewrite
from citekeeper.archive.decoding import decode, header_charset, page_charset, parse_html
from citekeeper.archive.requisites import link_kinds, page_base, resolve, source_set
from citekeeper.archive.sniff import sniff
from citekeeper.archive.withheld import redact_url
from citekeeper.clock import iso
from citekeeper.model import Exchange, Hop, Shows

if TYPE_CHECKING:
    from lxml.html import HtmlElement

POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline' data:; font-src data:; media-src data:; "
    "base-uri 'none'; form-action 'none'"
)
INLINE_BUDGET = 64 * 1024 * 1024
"""Bytes of inlined files in one page: one that shows a picture ten thousand times must not fill a disk."""

SHOWN_BYTES = 16 * 1024 * 1024
"""Bytes of a page, decoded, that are shown."""

_IMPORT_DEPTH = 6
_NOTHING = 'url("data:,")'


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = {"area", "br", "col", "hr", "img", "source", "wbr"}
_ELEMENTS = _words(
    "a abbr acronym address area article aside b bdi bdo big blockquote body br caption center cite code col "
    "colgroup data dd del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header "
    "hgroup hr i img ins kbd label legend li main map mark menu nav ol p picture pre q rp rt ruby s samp section "
    "small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
_DROPPED = _words(
    "applet audio base datalist embed head iframe frame frameset input link math meta noembed noframes object "
    "option param portal script select style svg template textarea title track video"
)
_ATTRIBUTES = _words(
    "abbr align alt axis bgcolor border cellpadding cellspacing char charoff class clear color cols colspan compact "
    "coords datetime dir face headers height hspace id lang media name nowrap noshade open reversed rowspan rules "
    "scope shape size sizes span start summary title type usemap valign value vspace width"
)
_IMAGE_TYPES = re.compile(r"image/(?:png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)")
_FONT_TYPES = re.compile(
    r"(?:font/(?:woff2?|otf|ttf|sfnt|collection)|application/(?:font-\w+|x-font-[\w-]+|vnd\.ms-fontobject))"
)
_DATA_URI = re.compile(r"(?i)data:\s*+([\w.+-]++/[\w.+-]++)\s*+(?:;\s*+(?!base64\s*+,)[^;,\"]*+)*+(;\s*+base64\s*+)?,")
_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")

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
) -> bytes:
    """The page as one UTF-8 file.

    Args:
        main: the exchange whose last hop is an HTML page.
        requisites: what was fetched for it; what is not among them is left out of the page.
        charset: how the page's bytes were read, where a reading decided that.
        captured_at: for the bar on top.
        shows: for the bar on top.
        after_scripts: for the bar on top: the page is as a browser showed it.
    """
    last = main.last
    assert last is not None
    body = last.content(SHOWN_BYTES + 1)
    is_cut, body = len(body) > SHOWN_BYTES, body[:SHOWN_BYTES]
    root = parse_html(decode(body, charset or page_charset(body, last.headers.get("content-type"))))
    files = _Files(requisites)
    writer = _PageWriter(files, page_base(root, last.url) if root is not None else last.url, last.url)
    styles, content = ("", "") if root is None else (writer.styles(root), writer.body(root))
    attributes = "" if root is None else _language(root)
    title = "" if root is None else " ".join((root.findtext(".//title") or "").split())
    said = _missing(last, is_cut=is_cut, is_spent=files.is_spent)
    return (
        f'<!DOCTYPE html>\n<html{attributes}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{styles}</head>\n"
        f"<body{writer.body_attributes(root)}>\n{_bar(last.url, captured_at, shows, after_scripts, said)}\n"
        f"{content}\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def _missing(last: Hop, *, is_cut: bool, is_spent: bool) -> str:
    """What a reader would not see here, in sentences for the bar."""
    sentences = []
    if last.truncated:
        sentences.append("The answer was cut off before its end: what follows is not here at all.")
    if is_cut:
        sentences.append(f"Only the first {SHOWN_BYTES >> 20} MiB of this page are shown.")
    if is_spent:
        sentences.append(f"Style sheets and pictures beyond {INLINE_BUDGET >> 20} MiB are not shown.")
    return "".join(f" {sentence}" for sentence in sentences)


def _bar(url: str, captured_at: datetime, shows: Shows, after_scripts: bool, missing: str) -> str:
    address = escape(redact_url(url))
    what = "Copy of" if shows is Shows.SOURCE else "Evidence of failure at"
    link = f'<a href="{address}" rel="noopener noreferrer nofollow" style="color:#93c5fd">{address}</a>'
    return (
        f'<div role="note" style="{_BAR_STYLE}">{what} {link}, captured by citekeeper on '
        f"{iso(captured_at)}{', as a browser showed it after its scripts ran' if after_scripts else ''}. For reading "
        "only: scripts, frames and forms are removed; the bytes as received are in capture.wacz beside this file."
        f"{missing}</div>"
    )


def _language(root: HtmlElement) -> str:
    language = root.get("lang") or ""
    direction = (root.get("dir") or "").lower()
    attributes = f' lang="{language}"' if re.fullmatch(r"[A-Za-z0-9-]{1,35}", language) else ""
    return attributes + (f' dir="{direction}"' if direction in ("ltr", "rtl", "auto") else "")


class _Files:
    """What was fetched for the page, by address, as data: URIs, within the budget."""

    def __init__(self, requisites: Sequence[Exchange]) -> None:
        self._hops: dict[str, Hop] = {}
        for exchange in requisites:
            last = exchange.last
            if exchange.failure is None and last is not None and last.status < 400:
                for url in (exchange.url, *(hop.url for hop in exchange.hops)):
                    self._hops.setdefault(url.partition("#")[0], last)
        self._left = INLINE_BUDGET
        self.is_spent = False
        """Whether something was left out because the budget was spent."""

    def text(self, url: str | None) -> tuple[str, str] | None:
        """A style sheet's text and its own address."""
        hop = self._hops.get(url or "")
        if hop is None:
            return None
        text = decode_css(hop.content(), header_charset(hop.headers.get("content-type")))
        return (text, hop.url) if self._afford(len(text)) else None

    def data_uri(self, url: str | None) -> str | None:
        """An image or font as a data: URI; None where it was not fetched, is neither, or the budget is spent."""
        hop = self._hops.get(url or "")
        if hop is None:
            return None
        content = hop.content()
        media_type = _inlinable(sniff(content), hop.headers.media_type)
        if media_type is None or not self._afford(len(content) * 4 // 3):
            return None
        return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"

    def _afford(self, size: int) -> bool:
        if size > self._left:
            self.is_spent = True
            return False
        self._left -= size
        return True


def _inlinable(sniffed: str, declared: str) -> str | None:
    for media_type in (sniffed, declared):
        if _IMAGE_TYPES.fullmatch(media_type) or _FONT_TYPES.fullmatch(media_type):
            return media_type
    return None


class _PageWriter:
    """Writes the harmless part of a tree."""

    def __init__(self, files: _Files, base: str, own_url: str) -> None:
        self._files = files
        self._base = base
        self._own_url = own_url

    def styles(self, root: HtmlElement) -> str:
        """Every style sheet of the page, inlined, in order."""
        out = []
        for element in root.iter("style", "link"):
            if _inside(element, ("svg", "math", "template")):
                continue
            css = self._sheet(element)
            if css.strip():
                media = element.get("media")
                attribute = f' media="{escape(media)}"' if media else ""
                out.append(f"<style{attribute}>\n{_raw(css)}\n</style>\n")
        return "".join(out)

    def _sheet(self, element: HtmlElement) -> str:
        if element.tag == "style":
            return self._css(element.text or "", self._base, ())
        kinds = link_kinds(element)
        if "stylesheet" not in kinds or "alternate" in kinds or element.get("disabled") is not None:
            return ""
        return self._imported(resolve(self._base, element.get("href") or ""), ())

    def _imported(self, url: str | None, chain: tuple[str, ...]) -> str:
        if url is None or url in chain or len(chain) >= _IMPORT_DEPTH:
            return ""
        found = self._files.text(url)
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
        uri = _own_data_uri(target) if target[:5].lower() == "data:" else self._files.data_uri(resolve(base, target))
        return f'url("{uri}")' if uri else _NOTHING

    def body_attributes(self, root: HtmlElement | None) -> str:
        """The attributes of the page's body element."""
        element = root.find(".//body") if root is not None else None
        return "" if element is None else "".join(self._attributes(element))

    def body(self, root: HtmlElement) -> str:
        """The content of the page, without recursion: hostile pages nest deeper than any stack."""
        from lxml import etree

        body = root.find(".//body")
        if body is None:
            return "<br>".join(self._placeholder(frame) for frame in root.iter("frame"))
        out: list[str] = []
        walk = etree.iterwalk(body, events=("start", "end"))
        dropped: set[HtmlElement] = set()
        for event, element in walk:
            if element is body:
                out.append(escape(body.text or "") if event == "start" else "")
            elif event == "start":
                if _is_dropped(element):
                    walk.skip_subtree()
                    dropped.add(element)
                    out.append(self._placeholder(element))
                else:
                    out += self._start(element)
            else:
                if element in dropped:
                    dropped.discard(element)
                elif element.tag in _ELEMENTS and element.tag not in _VOID:
                    out.append(f"</{element.tag}>")
                out.append(escape(element.tail or ""))
        return "".join(out)

    def _start(self, element: HtmlElement) -> Iterator[str]:
        if element.tag in _ELEMENTS and element.tag != "body":
            yield f"<{element.tag}"
            yield from self._attributes(element)
            yield ">"
        yield escape(element.text or "")

    def _placeholder(self, element: HtmlElement) -> str:
        """A frame, video or object that is not kept: a link to it, and a video's poster."""
        if element.tag not in ("iframe", "frame", "embed", "object", "video", "audio"):
            return ""
        sources = [
            element.get("src") or element.get("data") or "",
            *(s.get("src") or "" for s in element.iter("source")),
        ]
        url = next((found for source in sources if source and (found := resolve(self._base, source))), None)
        poster = (
            self._files.data_uri(resolve(self._base, element.get("poster") or "")) if element.get("poster") else None
        )
        picture = f'<img src="{poster}" alt="">' if poster else ""
        address = escape(redact_url(url)) if url else ""
        link = f'<a href="{address}" rel="noopener noreferrer nofollow">[{element.tag}: {address}]</a>' if url else ""
        return picture + link

    def _attributes(self, element: HtmlElement) -> Iterator[str]:
        for name, value in element.attrib.items():
            name = str(name)
            if name in _ATTRIBUTES or re.fullmatch(r"aria-[a-z]{1,30}", name) or name == "role":
                yield f' {name}="{escape(value)}"'
            elif name == "style":
                yield f' style="{escape(self._css(value, self._base, ()))}"'
            elif name == "background" and (uri := self._files.data_uri(resolve(self._base, value))):
                yield f' style="background-image:url({uri})"' if element.get("style") is None else ""
            elif name == "href" and element.tag in ("a", "area"):
                yield self._link(value)
        if element.tag in ("img", "source"):
            yield from self._image(element)

    def _link(self, value: str) -> str:
        url = resolve(self._base, value)
        target = value.strip()
        if target.startswith("#") or (url == self._own_url.partition("#")[0] and "#" in target):
            return f' href="#{escape(target.partition("#")[2])}"'
        if url is not None:
            fragment = f"#{target.partition('#')[2]}" if "#" in target else ""
            return f' href="{escape(redact_url(url + fragment))}" rel="noopener noreferrer nofollow"'
        if re.match(r"(?i)mailto:[^\s]", target):
            return f' href="{escape(target)}"'
        return ""

    def _image(self, element: HtmlElement) -> Iterator[str]:
        """One source an image: its own, its lazy one, or the first of its set that was fetched."""
        candidates = [element.get("src") or "", element.get("data-src") or ""] if element.tag == "img" else []
        for name in ("srcset", "data-srcset"):
            candidates += [address for address, _ in source_set(element.get(name) or "")]
        for candidate in candidates:
            if candidate.strip()[:5].lower() == "data:":
                uri = _own_data_uri(candidate.strip())
            else:
                uri = self._files.data_uri(resolve(self._base, candidate)) if candidate.strip() else None
            if uri:
                yield f' {"src" if element.tag == "img" else "srcset"}="{uri}"'
                return


def _is_dropped(element: HtmlElement) -> bool:
    return not isinstance(element.tag, str) or element.tag in _DROPPED


def _inside(element: HtmlElement, tags: tuple[str, ...]) -> bool:
    return any(ancestor.tag in tags for ancestor in element.iterancestors())


def _own_data_uri(value: str) -> str | None:
    """A data: URI that the page itself brought, if it is an image or font; in base64, since text can hide markup."""
    match = _DATA_URI.match(value)
    kind = match[1].lower() if match else ""
    if match is None or not (_IMAGE_TYPES.fullmatch(kind) or _FONT_TYPES.fullmatch(kind)):
        return None
    data = value[match.end() :]
    if not match[2]:
        content = unquote_to_bytes(data.partition("#")[0].encode("utf-8", "replace"))
        return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
    text = "".join(unquote(data).split())
    return f"data:{kind};base64,{text}" if _BASE64.fullmatch(text) else None


def _is_media(condition: str) -> bool:
    """Whether an @import's condition is a media query; a layer or a supports() is left out, not half kept."""
    return bool(condition) and not re.search(r"(?i)\b(?:layer|supports)\b", condition)


def _css_string(text: str) -> str:
    return re.sub(r'["\\\n\r\f<>]', lambda match: f"\\{ord(match[0]):x} ", text)


def _raw(css: str) -> str:
    """CSS that cannot end its style element, or begin a comment or CDATA section within it."""
    return re.sub(r"<(?=[/!?A-Za-z])", r"\\3c ", css)
