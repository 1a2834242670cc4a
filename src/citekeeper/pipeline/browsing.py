"""Between the observer, the fetcher and the browser: pages go to the browser, its requests to the fetcher, and back."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from citekeeper import reading
from citekeeper.model import Capture, Exchange, FetchRequest, Hop, Reading, Rendering, Verdict, VerdictKind, Where
from citekeeper.pipeline import oembed
from citekeeper.pipeline.work import Work
from citekeeper.settings import BrowserUse
from citekeeper.urls import host_of, unicode_host

if TYPE_CHECKING:
    from citekeeper.archive import Archive
    from citekeeper.archive.browser import Browser
    from citekeeper.fetch import Engine

ASKS = "browser"
"""The role of requests that a browser makes, in an Exchange's key."""
SHOWN = "shown"
"""The role of the empty Exchange that says that a browser is done with a page."""

SHOWN_BY_SCRIPTS = "shown-by-scripts"
"""The reason of a verdict on a page that says little, all of it only to a browser."""

_WORDS_OF_A_TITLE = 3
_MUCH_MORE = 1.5  # times the received text, before what scripts add is taken in its place

Fetch = Callable[[FetchRequest, Callable[[Exchange], None]], None]
"""How a browser asks for what a page needs: the request, and who is told its Exchange."""


class Browsing:
    """The browser of a run, as the observer sees it.

    Args:
        use: which pages are shown to it.
        make: makes the browser, given how it asks for what its pages need; None where there is none.
        missing: why there is none.
    """

    def __init__(self, use: BrowserUse, make: Callable[[Fetch], Browser] | None, missing: str = "") -> None:
        self._use = use
        self._make = make
        self._missing = missing
        self._browser: Browser | None = None
        self._engine: Engine | None = None
        self._numbers = itertools.count()
        self._answered: dict[str, Callable[[Exchange], None]] = {}
        self._shown: dict[str, Rendering] = {}
        self._lock = threading.Lock()
        self._without: set[str] = set()  # pages that a browser would have been shown
        self._faults: list[str] = []

    def attach(self, engine: Engine) -> None:
        """Let ``engine``, whose stream is about to run, answer the browser."""
        self._engine = engine

    def wants(self, hop: Hop, text: Reading | None, *, is_captured: bool) -> bool:
        """Whether a page goes to the browser: for its text, or, where it is captured anyway, for its picture."""
        if self._use is BrowserUse.NEVER:
            return False
        from citekeeper.archive import rendered

        if not rendered.is_page(hop):
            return False
        if not is_captured and not (self._use is BrowserUse.ALWAYS or rendered.needs_scripts(hop, text)):
            return False
        if self._make is None:
            self._without.add(hop.url)
        return self._make is not None

    def show(self, number: int, page: Exchange) -> None:
        """Give a page to the browser; the engine's stream yields ``NUMBER shown`` when it is done with it."""
        assert self._engine is not None
        assert self._make is not None
        if self._browser is None:
            self._browser = self._make(self._ask)
        engine, key = self._engine, f"{number} {SHOWN}"

        def done(rendering: Rendering) -> None:
            with self._lock:
                self._shown[key] = rendering
            engine.release(key)

        engine.hold()
        self._browser.visit(page, done)

    def repeat(self, number: int, rendering: Rendering) -> None:
        """What `show` would bring, of a page that the browser was shown already for another citation."""
        assert self._engine is not None
        key = f"{number} {SHOWN}"
        with self._lock:
            self._shown[key] = replace(rendering, counts=False)
        self._engine.hold()
        self._engine.release(key)

    def _ask(self, request: FetchRequest, answered: Callable[[Exchange], None]) -> None:
        """Called from the browser's thread."""
        assert self._engine is not None
        key = f"{ASKS} {next(self._numbers)}"
        with self._lock:
            self._answered[key] = answered
        self._engine.ask(replace(request, key=key))

    def answer(self, exchange: Exchange) -> None:
        """Hand the browser what it asked for."""
        with self._lock:
            answered = self._answered.pop(exchange.key)
        answered(exchange)

    def rendering(self, key: str) -> Rendering:
        """What the browser made of the page that ``key`` names."""
        with self._lock:
            rendering = self._shown.pop(key)
        if rendering.fault:
            self._faults.append(rendering.fault)
        return rendering

    def close(self) -> None:
        """End the browser."""
        if self._browser is not None:
            self._browser.close()

    @property
    def notes(self) -> list[str]:
        """What the run could not do for want of a browser, or because it failed, once each and in words."""
        notes = []
        if self._without:
            pages = "1 page was" if len(self._without) == 1 else f"{len(self._without)} pages were"
            notes.append(
                f"No browser: {self._missing}. {pages} kept as the server sent them, without a screenshot and "
                "without what only scripts show; `--browser never` says that this is meant."
            )
        trouble = self._browser.trouble if self._browser is not None else None
        if trouble:
            notes.append(f"Pages were kept without a screenshot, because {trouble}.")
        elif self._faults:
            pages = "1 page" if len(self._faults) == 1 else f"{len(self._faults)} pages"
            notes.append(
                f"The browser did not finish with {pages}: {self._faults[0]}. "
                "What it did not show was kept as the server sent it."
            )
        return notes


def weigh(work: Work, rendering: Rendering, judged: Callable[[Work], Verdict], outlet_rules: str | None = None) -> None:
    """Take what a browser made of a page into its work; where the page shows itself to scripts only, its text counts.

    Args:
        work: judged and read as the page was received.
        rendering: what the browser made of it.
        judged: the verdict on a work as it is seen now.
        outlet_rules: the user's own rules for reading outlets.
    """
    assert work.verdict is not None
    before, work.rendering = (work.verdict, work.reading), rendering
    if not (work.is_living or work.verdict.reason == oembed.SHELL) or not is_shell(work):
        return
    text = _read_shown(work, rendering, outlet_rules)
    if text is None or not _shows_more(text, work):
        return
    work.rendering, work.reading = replace(rendering, counts=True), text
    work.verdict = judged(work)
    if work.verdict.reason == oembed.SHELL:  # the post is short, but it was seen
        host = unicode_host(host_of(work.exchange.final_url if work.exchange is not None else ""))
        work.verdict = Verdict(VerdictKind.ALIVE, SHOWN_BY_SCRIPTS, f"{host} answers, and its scripts show the page.")
    if before[0].kind is VerdictKind.WALLED and not work.is_living:
        work.rendering, (work.verdict, work.reading) = rendering, before


def as_seen(work: Work) -> Exchange:
    """A work's exchange, with the page as its browser showed it where that is what counts."""
    assert work.exchange is not None
    if work.rendering is None:
        return work.exchange
    from citekeeper.archive.rendered import as_shown

    return as_shown(work.exchange, work.rendering)


def is_shell(work: Work) -> bool:
    """Whether the page, as it was received, needs scripts to show what it says."""
    from citekeeper.archive.rendered import needs_scripts

    last = work.exchange.last if work.exchange is not None else None
    return last is not None and needs_scripts(last, work.reading)


def is_but_the_shell_of(work: Work, latest: Capture, archive: Archive) -> bool:
    """Whether a browser showed what the last capture holds, and this time none did: the two cannot be compared."""
    if work.rendering is not None and work.rendering.counts:
        return False
    return is_shell(work) and archive.is_text_of_browser(latest)


def _read_shown(work: Work, rendering: Rendering, outlet_rules: str | None) -> Reading | None:
    """The text of a page as its browser showed it; None where it showed none."""
    from citekeeper.archive.rendered import as_shown

    assert work.exchange is not None
    shown = as_shown(work.exchange, replace(rendering, counts=True)).last
    if rendering.document is None or shown is None:
        return None
    text = reading.read(shown, outlet_rules)
    if text is None or not text.paragraphs:
        return None
    how = f"{text.extractor}, in a browser" if text.extractor else "in a browser"
    unread = work.reading.frames_unread if work.reading is not None else ()  # nor had the browser what did not come
    reason = "the browser's document"
    return replace(text, charset="utf-8", charset_reason=reason, extractor=how, frames_unread=unread)


def _shows_more(text: Reading, work: Work) -> bool:
    """Whether what the browser showed may be taken for the source.

    A page that was judged alive needs only clearly more text than was received. Where a site answers living and dead
    posts alike, the words around a missing post are no post: there, the text must hold something that is known of the
    source.
    """
    assert work.verdict is not None
    before = len(work.reading.text) if work.reading is not None else 0
    if work.verdict.kind is not VerdictKind.WALLED and work.verdict.reason != oembed.CONFIRMS:
        return len(text.text) > before * _MUCH_MORE
    from citekeeper import evidence

    said = [*([text.title] if text.title else []), *text.paragraphs]
    known = [*work.citation.quotes, *(work.reading.paragraphs if work.reading is not None else ())]
    title = work.citation.title or ""
    if len(title.split()) >= _WORDS_OF_A_TITLE:
        known.append(title)
    return any(evidence.find_quote(words, said, Where.LIVE).found for words in known if words.strip())
