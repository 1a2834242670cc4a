"""Pages that consist of frames: which frames hold their text, and what these say.

The page names its frames, who fetches them hands over what came, and both go on until nothing is missing: frames may be
framesets themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from citekeeper.model import Hop, Reading
from citekeeper.urls import BadUrlError, host_of, join, parse

MOST_FRAMES: Final = 8
"""Frames of one page that are read, those within frames and those without text among them."""
FRAME_DEPTH: Final = 3
"""How deep frames may lie in frames."""

_BODY: Final = 1024 * 1024  # bytes of a page in which its frames are looked for
_ONE_IFRAME: Final = 64 * 1024  # bytes of a page that may be nothing but one
_OWN_TEXT: Final = 200  # characters that a frameset may hold beside its frames; browsers do not show them
_MENU: Final = 2 / 3  # the share of links in a frame's text from which on it is a menu
_FEW_WORDS: Final = 40  # of a frame that is but a heading or a banner, where another says four times as much
_WORD = re.compile(r"\w+")
_FRAMESET = re.compile(rb"(?i)<frameset[\s/>]")
_IFRAME = re.compile(rb"(?i)<iframe[\s/>]")
_FULL_WIDTH = re.compile(r"(?i)(?:^|[;\s])width\s*:\s*100(?:%|vw)")
_FULL_HEIGHT = re.compile(r"(?i)(?:^|[;\s])height\s*:\s*100(?:%|vh)")
_UNSEEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:[;\s]|$)")
_Path = tuple[str, ...]
"""The addresses of the frames that lead to one, and its own."""
_SHOWING: Final = "img picture object embed applet video audio canvas svg input select textarea form"


@dataclass(frozen=True, slots=True)
class FrameSurvey:
    """The frames of a page that have yet to be fetched, and those that are not read, with the reason."""

    missing: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def survey(page: Hop, known: Mapping[str, Hop | None]) -> FrameSurvey:
    """What is still missing of the frames that a page consists of; nothing of a page with a text of its own.

    Args:
        page: the page.
        known: the frames that were asked for, by the address that the page gives them; None where one did not come.
    """
    missing: dict[str, None] = {}
    refused: dict[str, str] = {}
    for path, _ in _walk(page, known):
        url = path[-1]
        if len(path) > FRAME_DEPTH:
            refused = refused or {url: f"it lies deeper than {FRAME_DEPTH} frames"}
        elif url in known or url in missing:
            continue
        elif len(known) + len(missing) >= MOST_FRAMES:
            refused = refused or {url: f"only the first {MOST_FRAMES} frames of a page are read"}
        else:
            missing[url] = None
    return FrameSurvey(tuple(missing), tuple(refused.items()))


def read_frames(page: Hop, own: Reading, frames: Mapping[str, Hop], read: Callable[[Hop], Reading | None]) -> Reading:
    """The reading of a page whose text stands in frames: theirs, in the order of the document, menus left out.

    Args:
        page: the page.
        own: what it says without them; its title, and the charset of its own bytes, hold.
        frames: the frames, by the address that the page gives them.
        read: reads one of them.
    """
    from citekeeper.reading.language import identify_all

    found = [(path, text) for path, hop in _documents(page, frames) if (text := _text_of(hop, read)) is not None]
    longest = max((_words(text) for _, text in found), default=0)
    found = [(path, text) for path, text in found if _words(text) >= min(_FEW_WORDS, longest / 4)]
    if not found:
        return replace(own, paragraphs=(), language=None, languages=(), beside=())
    main = max((text for _, text in found), key=_words)
    paragraphs = tuple(paragraph for _, text in found for paragraph in text.paragraphs)
    language, others = identify_all(paragraphs, main.language)
    return replace(
        main,
        paragraphs=paragraphs,
        title=own.title,
        language=language,
        languages=others,
        charset=own.charset,
        charset_reason=own.charset_reason,
        extractor=f"{main.extractor}, in frames" if main.extractor else "in frames",
        frames=tuple(dict.fromkeys(url for path, _ in found for url in path)),
        beside=tuple(dict.fromkeys(words for _, text in found for words in text.beside)),
    )


def _documents(page: Hop, frames: Mapping[str, Hop]) -> Iterator[tuple[_Path, Hop]]:
    """The frames that are no framesets themselves, each once."""
    walked = list(_walk(page, frames))
    framesets = {path[:-1] for path, _ in walked}
    told: set[str] = set()
    for path, hop in walked:
        if hop is not None and path not in framesets and path[-1] not in told:
            told.add(path[-1])
            yield path, hop


def _walk(page: Hop, known: Mapping[str, Hop | None]) -> Iterator[tuple[_Path, Hop | None]]:
    """Every frame in the order of the document, with what came; one too deep is named, and not looked into."""
    named: dict[str, _Path] = {}  # a frameset that many frames show is parsed once

    def within(hop: Hop, path: _Path, around: frozenset[str]) -> Iterator[tuple[_Path, Hop | None]]:
        if hop.url not in named:
            named[hop.url] = frames_of(hop)
        for url in named[hop.url]:
            came = known.get(url) if len(path) < FRAME_DEPTH else None
            if url in around or (came is not None and _bare(came.url) in around):
                continue  # it contains itself
            yield (*path, url), came
            if came is not None:
                yield from within(came, (*path, url), around | {url, _bare(came.url)})

    yield from within(page, (), frozenset({_bare(page.url)}))


def _bare(url: str) -> str:
    return url.partition("#")[0]


def _text_of(hop: Hop, read: Callable[[Hop], Reading | None]) -> Reading | None:
    """What one frame says; None where that is nothing, or a menu."""
    text = read(hop)
    return text if text is not None and text.paragraphs and not _is_menu(hop) else None


def _words(text: Reading) -> int:
    return len(_WORD.findall(text.text))


def _is_menu(hop: Hop) -> bool:
    """Whether most of a frame's text is links."""
    from citekeeper.reading.tree import blocks, prune

    root = _tree(hop)
    if root is None:
        return False
    prune(root)
    found = blocks(root)
    return sum(block.link_characters for block in found) > _MENU * sum(len(block.text) for block in found)


# ── which frames a page consists of ─────────────────────────────────────────────────────────────────────────────────


def frames_of(hop: Hop) -> tuple[str, ...]:
    """The addresses of the frames that a page consists of, more of them than are read; none of other pages.

    That is a frameset, or a page that holds nothing but one frame of its own site, as large as the page.
    """
    body = hop.content(_BODY)
    is_frameset = _FRAMESET.search(body) is not None
    if not is_frameset and not (len(body) <= _ONE_IFRAME and _IFRAME.search(body)):
        return ()
    root = _tree(hop)
    if root is None:
        return ()
    base, sources = _base(root, hop.url), _frame_sources(root) if is_frameset else _only_iframe(root)
    found: dict[str, None] = {}
    for source in sources:
        url = _absolute(base, source)
        if url is None or (not is_frameset and _site(url) != _site(hop.url)):
            continue
        found[url] = None
        if len(found) > 2 * MOST_FRAMES:
            break
    return tuple(found)


def _tree(hop: Hop) -> Any | None:
    from citekeeper.reading import is_html
    from citekeeper.reading.charset import decode
    from citekeeper.reading.tree import parse as parse_html

    if not is_html(hop):
        return None
    decoded = decode(hop.content(_BODY), hop.headers.get("content-type"), truncated=True)
    return parse_html(decoded.text)


def _frame_sources(root: Any) -> list[str]:
    """What the frames of a frameset name, in order; none where the page says something itself, so that it is none."""
    sources = [frame.get("src") or "" for frame in root.iter("frame")]
    for frameset in list(root.iter("frameset")):
        if frameset.getparent() is not None:
            frameset.drop_tree()
    return sources if len(_own_text(root)) <= _OWN_TEXT else []


def _only_iframe(root: Any) -> list[str]:
    """What the one iframe of a page names that shows nothing else; none of any other page."""
    iframes = list(root.iter("iframe"))
    if len(iframes) != 1 or not _fills_page(iframes[0]) or next(root.iter(*_SHOWING.split()), None) is not None:
        return []
    source = iframes[0].get("src") or ""
    return [] if _own_text(root) else [source]


def _fills_page(iframe: Any) -> bool:
    style = iframe.get("style") or ""
    if iframe.get("hidden") is not None or iframe.get("srcdoc") is not None or _UNSEEN.search(style):
        return False
    is_wide = (iframe.get("width") or "").strip() == "100%" or _FULL_WIDTH.search(style) is not None
    return is_wide and ((iframe.get("height") or "").strip() == "100%" or _FULL_HEIGHT.search(style) is not None)


def _own_text(root: Any) -> str:
    """What a page says itself, beside its head and its frames, which this takes out of it."""
    from citekeeper.reading.tree import clean, prune

    for head in list(root.iter("head", "title")):
        if head.getparent() is not None:
            head.drop_tree()
    prune(root)
    return clean("".join(root.itertext()))


def _base(root: Any, url: str) -> str:
    """What the page's references are relative to: its first ``<base href>``, else its own address."""
    hrefs = (href for element in root.iter("base") if (href := element.get("href")) is not None)
    return _absolute(url, next(hrefs, "")) or url


def _absolute(base: str, reference: str) -> str | None:
    """An absolute http(s) URL without its fragment; None for anything else."""
    if not reference.strip():
        return None
    try:
        return parse(join(base, reference.strip())).without_fragment
    except BadUrlError:
        return None


def _site(url: str) -> str:
    return host_of(url).removeprefix("www.")
