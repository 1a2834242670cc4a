"""Showing pages to the browser: which ones, and what their works take over from what it made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citekeeper.model import Exchange, Rendering
from citekeeper.pipeline import browsing, oembed
from citekeeper.pipeline.capturing import Capturing
from citekeeper.pipeline.earlier import Earlier
from citekeeper.pipeline.work import Work

if TYPE_CHECKING:
    from citekeeper.pipeline.browsing import Browsing


class Showing:
    """Takes works to the browser and back; only pages that are captured are shown to it.

    Args:
        browsing: the browser, attached to the fetcher.
        capturing: what is kept of a page.
        earlier: judges a page as it was shown.
        outlet_rules: the user's own rules for reading outlets.
    """

    def __init__(
        self, browsing: Browsing, capturing: Capturing, earlier: Earlier, outlet_rules: str | None = None
    ) -> None:
        self._outlet_rules = outlet_rules
        self._browsing = browsing
        self._capturing = capturing
        self._earlier = earlier
        self.under_way: set[int] = set()
        """Works whose page the browser is being shown."""

    def answer(self, exchange: Exchange) -> bool:
        """Hand the browser what it asked for; False where an exchange is not the browser's."""
        if not exchange.key.startswith(browsing.ASKS):
            return False
        self._browsing.answer(exchange)
        return True

    def show(self, number: int, work: Work, *, is_captured: bool) -> bool:
        """Give the page to the browser where it is to see it; False where it is not."""
        last = work.exchange.last if work.exchange is not None else None
        if last is None or work.exchange is None or not self._capturing.captures(work.citation):
            return False
        if not self._browsing.wants(last, work.reading, is_captured=is_captured):
            return False
        self.under_way.add(number)
        if work.shown is not None:
            self._browsing.repeat(number, work.shown)
        else:
            self._browsing.show(number, work.exchange)
        return True

    def show_failure(self, number: int, work: Work) -> None:
        """Show the browser what is no source, or not yet: a shell for what it says, a failure for its picture."""
        assert work.exchange is not None
        assert work.verdict is not None
        if work.exchange.tls_fault is not None or work.exchange.failure is not None:
            return
        if work.verdict.reason == oembed.SHELL:
            self.show(number, work, is_captured=False)
        elif self._capturing.failure_is_new(work):
            self.show(number, work, is_captured=True)

    def take(self, number: int, work: Work, key: str) -> None:
        """Take what the browser made of the page: its text where that shows more, its picture, what it fetched."""
        assert work.exchange is not None
        assert work.verdict is not None
        self.under_way.discard(number)
        rendering = self._browsing.rendering(key)
        browsing.weigh(work, rendering, self._earlier.judged, self._outlet_rules)
        self._capturing.take_shown(work, rendering)
        if not work.is_living or work.verdict.reason == oembed.CONFIRMS:
            return
        if work.wants_capture or self._capturing.needs_capture(work):
            work.wants_capture = True
            self._want_further(number, work, rendering)
        else:
            self._earlier.remember(work)

    def _want_further(self, number: int, work: Work, rendering: Rendering) -> None:
        """Fetch what the page names and the browser did not ask for: other sizes of pictures, styles for print."""
        assert work.exchange is not None
        self._capturing.want_requisites(number, work, work.exchange, 1)
        if rendering.counts:
            self._capturing.want_requisites(number, work, browsing.as_seen(work), 1)
        for part in rendering.exchanges:
            self._capturing.want_requisites(number, work, part, 2)
