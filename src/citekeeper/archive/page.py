"""page.html: the captured page as one file that opens offline in any browser, and in which nothing can run.

The page is not cleaned but written anew: only elements and attributes that are known to be harmless are copied into a
document of our own, whose serialisation escapes everything else. Scripts, handlers, forms, foreign content (SVG,
MathML) and every address that would be fetched are not among them. A Content-Security-Policy stands behind that as a
second wall. A frame that was captured is such a document of its own, in a sandbox.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from citekeeper.archive.css import Reference, rewritten
from citekeeper.archive.decoding import CharsetOf, bounded, decode, page_charset, parse_html
from citekeeper.archive.frames import SANDBOX, Frame, Frames, grid
from citekeeper.archive.inlining import INLINE_BUDGET, STYLE_BUDGET, Inlined, own_data_uri
from citekeeper.archive.markup import VOID, is_dropped, is_harmless, is_harmless_at_root, is_kept, is_sheet, media_of
from citekeeper.archive.requisites import LAZY_SOURCES, SOURCE_SETS, page_base, resolve, source_set
from citekeeper.archive.withheld import redact_url
from citekeeper.clock import iso
from citekeeper.content import without_pictures
from citekeeper.files import TEMPORARY_PREFIX
from citekeeper.model import Exchange, Hop, Shows

if TYPE_CHECKING:
    from lxml.html import HtmlElement

POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline' data:; font-src data:; media-src data:; "
    "base-uri 'none'; form-action 'none'"
)
SHOWN_BYTES = 8 * 1024 * 1024
"""Bytes of a page, decoded, that are shown."""

_HELD = 1024 * 1024  # bytes of what is being written that wait in memory; more of it waits in a file
_AT_ONCE = 1 << 16  # characters
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


def write_page(
    stream: IO[bytes],
    main: Exchange,
    requisites: Sequence[Exchange],
    charset: str | None,
    captured_at: datetime,
    shows: Shows,
    *,
    after_scripts: bool = False,
    charset_of: CharsetOf = page_charset,
    beside: Path | None = None,
) -> None:
    """Write the page as one UTF-8 file, whose pictures may be many times what memory should hold.

    Args:
        stream: where to.
        main: the exchange whose last hop is an HTML page.
        requisites: what was fetched for it; what is not among them is left out of the page.
        charset: how the page's bytes were read, where a reading decided that.
        captured_at: for the bar on top.
        shows: for the bar on top.
        after_scripts: for the bar on top: the page is as a browser showed it.
        charset_of: how the bytes of its frames are read, and its own where no reading decided that.
        beside: on whose file system waits what memory should not hold; None for that of temporary files.
    """
    last = main.last
    assert last is not None
    root, is_cut = _parsed(last, charset, charset_of)
    inlined = Inlined(requisites)
    addresses = frozenset(url.partition("#")[0] for url in (main.url, *(hop.url for hop in main.hops)))
    page = Frame(root, page_base(root, last.url), last.url, (addresses,)) if root is not None else None
    writer = _PageWriter(inlined, Frames(inlined, charset_of), page, beside) if page is not None else None
    title = "" if root is None else " ".join((root.findtext(".//title") or "").split())
    with _spool(beside) as styles, _spool(beside) as content:
        _write(styles, writer.styles() if writer else ())
        body = writer.body_attributes() if writer else ""
        _write(content, writer.body() if writer else ())
        said = _missing(last, is_cut=is_cut, is_spent=inlined.is_spent)
        bar = _bar(last.url, captured_at, shows, after_scripts, said)
        _write(
            stream, (_opening(writer.html_attributes() if writer else ""), _HEAD, f"<title>{escape(title)}</title>\n")
        )
        _copy(styles, stream)
        _write(stream, (f"</head>\n<body{body}>\n{bar}\n",))
        _copy(content, stream)
        _write(stream, (_CLOSING,))


def _parsed(last: Hop, charset: str | None, charset_of: CharsetOf) -> tuple[HtmlElement | None, bool]:
    """The page's tree, and whether something of the page is not in it."""
    body = last.content(SHOWN_BYTES + 1)
    is_cut = len(body) > SHOWN_BYTES
    if is_cut:  # rather the text behind its pictures than half of them
        body = without_pictures(last.content(4 * SHOWN_BYTES))[:SHOWN_BYTES]
    text = decode(body, charset or charset_of(body, last.headers.get("content-type")))
    shown = bounded(text)
    return parse_html(shown), is_cut or len(shown) < len(text)


_HEAD = '<meta name="robots" content="noindex">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
_CLOSING = "\n</body>\n</html>\n"


def _opening(html: str) -> str:
    """The beginning of a document in which nothing can run or be fetched, whatever its parts might hold."""
    return (
        f'<!DOCTYPE html>\n<html{html}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n'
    )


def _spool(beside: Path | None) -> IO[bytes]:
    return cast(
        "IO[bytes]", tempfile.SpooledTemporaryFile(_HELD, prefix=TEMPORARY_PREFIX, dir=str(beside) if beside else None)
    )


def _write(stream: IO[bytes], parts: Iterable[str]) -> None:
    """Write text as UTF-8, many small parts at once."""
    waiting, size = [], 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= _AT_ONCE:
            stream.write("".join(waiting).encode("utf-8", "replace"))
            waiting, size = [], 0
    stream.write("".join(waiting).encode("utf-8", "replace"))


def _copy(spool: IO[bytes], stream: IO[bytes]) -> None:
    spool.seek(0)
    shutil.copyfileobj(spool, stream, _AT_ONCE)


def _missing(last: Hop, *, is_cut: bool, is_spent: bool) -> str:
    """What a reader would not see here, in sentences for the bar."""
    sentences = []
    if last.truncated:
        sentences.append("The answer was cut off before its end: what follows is not here at all.")
    if is_cut:
        sentences.append("This page is too large to be shown whole here.")
    if is_spent:
        sentences.append(
            f"Style sheets beyond {STYLE_BUDGET >> 20} MiB, and pictures and frames beyond {INLINE_BUDGET >> 20} MiB, "
            "are not shown."
        )
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

    def __init__(self, inlined: Inlined, frames: Frames, page: Frame, beside: Path | None) -> None:
        self._beside = beside
        self._inlined = inlined
        self._frames = frames
        self._page = page
        self._base = page.base

    def document(self) -> Iterator[str]:
        """The document of a frame."""
        yield _opening(self.html_attributes())
        yield from self.styles()
        yield f"</head>\n<body{self.body_attributes()}>\n"
        yield from self.body()
        yield _CLOSING

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
        with _spool(self._beside) as document:
            writer = _PageWriter(self._inlined, self._frames, frame, self._beside)
            _write(document, map(escape, writer.document()))
            already = before - self._inlined.left
            if not self._inlined.afford(max(0, document.tell() - already)):
                yield self._link_to(element, [element.get("src") or ""], f"more than {INLINE_BUDGET >> 20} MiB")
                return
            outer = f' style="{style}"' if style else "".join(self._attributes(element))
            yield f'<iframe{outer} sandbox="{SANDBOX}" srcdoc="'
            document.seek(0)
            text = io.TextIOWrapper(document, "utf-8", newline="")
            yield from iter(lambda: text.read(_AT_ONCE), "")
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
