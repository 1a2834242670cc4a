"""One page in a context of its own: its requests held and answered, its text and its picture taken, within limits."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from citekeeper.model import Exchange, FetchRequest, Hop

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Page

PAGE_SECONDS = 45.0
"""The longest that one page may take."""
MAX_REQUESTS = 200
MAX_BYTES = 64 * 1024 * 1024
MAX_BODY = 16 * 1024 * 1024
MAX_HEIGHT = 10_000
"""CSS pixels of a page that its picture shows."""

_LOAD_SECONDS = 20.0
_SETTLE_SECONDS = 8.0  # for what scripts still fetch after the page has loaded, and again after it was scrolled
_QUIET_SECONDS = 0.5
_MOST_HELD = 2_000  # requests of any kind, after which a page that asks on is refused without a look
_MOST_LISTED = 500
_MOST_FRAMES = 8
_THIN = 200  # letters under which a page's own text is next to nothing, and its frames are its content
_NOT_FETCHED = {
    "Media": "media are not captured",
    "EventSource": "an event stream, which never ends, is not opened",
    "Prefetch": "what a later page may need is not captured",
    "Manifest": "an application's manifest is not captured",
}
# What the fetcher says for itself, or what would identify this browser or its reader.
_OWN_HEADERS = {"accept", "accept-encoding", "accept-language", "cookie", "host", "range", "referer", "user-agent"}
_NOT_REPLAYED = {"connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding", "trailer"}

Fetch = Callable[[FetchRequest, Callable[[Exchange], None]], None]
"""Asks the fetcher for one address; the callback may come from another thread."""


class Visit:
    """Shows one page in a context that nothing else uses.

    Args:
        context: empty; the caller closes it.
        page: what was fetched; its hops answer the first requests.
        fetch: brings what else the page asks for.
    """

    def __init__(self, context: BrowserContext, page: Exchange, fetch: Fetch) -> None:
        self._context = context
        self._main = page
        self._fetch = fetch
        self._answers: dict[str, Exchange | asyncio.Future[Exchange]] = {}
        self._hops: dict[str, Hop] = {hop.url.partition("#")[0]: hop for hop in page.hops}
        self._held = 0
        self._bytes = 0
        self._open: set[asyncio.Task[None]] = set()
        self._activity = asyncio.Event()
        self._left_out: dict[str, str] = {}
        self._session: CDPSession | None = None
        self._page: Page | None = None

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What was fetched for the page, in the order asked for."""
        return tuple(answer for answer in self._answers.values() if isinstance(answer, Exchange))

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """What the page asked for and was refused, with the reasons."""
        waiting = [url for url, answer in self._answers.items() if not isinstance(answer, Exchange)]
        return (*self._left_out.items(), *((url, "no answer within the page's time") for url in waiting))

    async def load(self) -> bool:
        """Open the page, let it load, scroll through it once, and let it rest; False where it did not come to rest."""
        from playwright.async_api import TimeoutError as PlaywrightTimeoutError

        page = self._page = await self._context.new_page()
        self._context.on("page", self._close_popup)
        page.on("websocket", lambda socket: self._leave_out(socket.url, "a web socket is not opened"))
        session = self._session = await self._context.new_cdp_session(page)
        session.on("Fetch.requestPaused", self._on_request)
        await session.send("Fetch.enable", {"patterns": [{"urlPattern": "*", "requestStage": "Request"}]})
        await page.goto(self._main.url, wait_until="commit", timeout=_LOAD_SECONDS * 1000)
        try:
            await page.wait_for_load_state("load", timeout=_LOAD_SECONDS * 1000)
            loaded = True
        except PlaywrightTimeoutError:
            loaded = False
        loaded = await self._rest() and loaded
        await page.evaluate(_SCROLL)  # what is loaded only when it is looked at
        return await self._rest() and loaded

    async def document(self) -> dict[str, Any]:
        """The page as it stands: ``html``, ``url``, ``height``.

        A page that says next to nothing itself, but holds frames that do, such as an embedded post, gets them at its
        end.
        """
        assert self._page is not None
        from playwright.async_api import Error as PlaywrightError

        taken: dict[str, Any] = await self._page.evaluate(_script())
        if taken["letters"] >= _THIN:
            return taken
        sections = []
        for frame in self._page.frames[1 : 1 + _MOST_FRAMES]:
            with contextlib.suppress(PlaywrightError):  # a frame may vanish at any time
                inner: dict[str, Any] = await frame.evaluate(_script())
                if inner["letters"]:
                    sections.append(f"<section>{inner['body']}</section>")
        before, end, after = str(taken["html"]).rpartition("</body>")
        return taken | {"html": before + "".join(sections) + end + after}

    async def picture(self, width: int, height: int) -> bytes:
        """A PNG of the page from its top."""
        assert self._page is not None
        clip: Any = {"x": 0, "y": 0, "width": width, "height": height}
        return await self._page.screenshot(full_page=True, clip=clip, type="png", animations="disabled", timeout=15_000)

    async def close(self) -> None:
        """Answer nothing more."""
        tasks = list(self._open)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # ── coming to rest ──────────────────────────────────────────────────────────────────────────────────────────────

    async def _rest(self) -> bool:
        """Wait until no request was open for a moment; False where the page did not come to that in time."""
        try:
            async with asyncio.timeout(_SETTLE_SECONDS):
                while True:
                    self._activity.clear()
                    if self._open:
                        await asyncio.wait(self._open)
                        continue
                    try:
                        async with asyncio.timeout(_QUIET_SECONDS):
                            await self._activity.wait()
                    except TimeoutError:
                        return True
        except TimeoutError:
            return False

    def _close_popup(self, popup: Page) -> None:
        if popup is not self._page:
            self._run(popup.close())

    # ── its requests ────────────────────────────────────────────────────────────────────────────────────────────────

    def _on_request(self, event: Mapping[str, Any]) -> None:
        self._held += 1
        self._activity.set()
        self._run(self._answer(event))

    def _run(self, work: Any) -> None:
        task = asyncio.ensure_future(self._tolerant(work))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    @staticmethod
    async def _tolerant(work: Any) -> None:
        from playwright.async_api import Error as PlaywrightError

        with contextlib.suppress(PlaywrightError):  # the page has gone on and forgot its request
            await work

    async def _answer(self, event: Mapping[str, Any]) -> None:
        request, kind, identifier = event["request"], event.get("resourceType", ""), event["requestId"]
        url, method = str(request["url"]), str(request["method"])
        scheme = url.partition(":")[0].lower()
        if scheme in ("data", "blob", "about"):
            await self._send("Fetch.continueRequest", requestId=identifier)
            return
        refusal = self._refusal(url, scheme, method, kind)
        if method == "OPTIONS" and refusal is None:
            self._leave_out(url, "a CORS preflight (OPTIONS) is answered by citekeeper, not sent")
            await self._fulfil(identifier, 204, _preflight(request["headers"]), b"")
            return
        if refusal is not None:
            self._leave_out(url, refusal)
            await self._send("Fetch.failRequest", requestId=identifier, errorReason="BlockedByClient")
            return
        hop = self._hops.get(url) or await self._fetched(url, request["headers"])
        if hop is None or not 200 <= hop.status <= 599:
            await self._send("Fetch.failRequest", requestId=identifier, errorReason="ConnectionFailed")
            return
        await self._fulfil(identifier, hop.status, _replayed(hop), hop.content(MAX_BODY))

    def _refusal(self, url: str, scheme: str, method: str, kind: str) -> str | None:
        if self._held > _MOST_HELD:
            return f"the page asked for more than {_MOST_HELD} things"
        if scheme not in ("http", "https"):
            return "it is no web address"
        if method == "OPTIONS":
            return None
        if method != "GET":
            return f"a script's {method[:20]} is not sent: a capture only reads"
        if url in self._hops or url in self._answers:
            return None
        if kind in _NOT_FETCHED:
            return _NOT_FETCHED[kind]
        if len(self._answers) >= MAX_REQUESTS:
            return f"more than {MAX_REQUESTS} requests of the browser"
        if self._bytes >= MAX_BYTES:
            return f"more than {MAX_BYTES >> 20} MiB for one page"
        return None

    async def _fetched(self, url: str, headers: Mapping[str, str]) -> Hop | None:
        """The first hop of what the fetcher brings for ``url``; its redirects answer the requests that follow them."""
        known = self._answers.get(url)
        if known is None:
            known = self._answers[url] = self._asked(url, headers)
        if isinstance(known, asyncio.Future):
            exchange = await asyncio.shield(known)
            if self._answers[url] is known:
                self._take(url, exchange)
        return self._hops.get(url)

    def _asked(self, url: str, headers: Mapping[str, str]) -> asyncio.Future[Exchange]:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Exchange] = loop.create_future()

        def settle(exchange: Exchange) -> None:
            if not future.done():
                future.set_result(exchange)

        def answered(exchange: Exchange) -> None:
            with contextlib.suppress(RuntimeError):  # the browser was closed meanwhile
                loop.call_soon_threadsafe(settle, exchange)

        kept = tuple((name, value) for name, value in headers.items() if _is_the_pages(name))
        referer = next((value for name, value in headers.items() if name.lower() == "referer"), None)
        self._fetch(FetchRequest(url, headers=kept, max_body=MAX_BODY, verbatim=True, referer=referer), answered)
        return future

    def _take(self, url: str, exchange: Exchange) -> None:
        self._answers[url] = exchange
        for hop in exchange.hops:
            self._hops[hop.url.partition("#")[0]] = hop
            self._bytes += len(hop.body)
        if exchange.failure is None and exchange.hops:
            self._hops.setdefault(url, exchange.hops[0])

    async def _fulfil(self, identifier: str, status: int, headers: bytes, body: bytes) -> None:
        await self._send(
            "Fetch.fulfillRequest",
            requestId=identifier,
            responseCode=status,
            binaryResponseHeaders=base64.b64encode(headers).decode("ascii"),
            body=base64.b64encode(body).decode("ascii"),
        )

    async def _send(self, method: str, **parameters: Any) -> None:
        assert self._session is not None
        await self._session.send(method, parameters)

    def _leave_out(self, url: str, reason: str) -> None:
        if len(self._left_out) < _MOST_LISTED:
            self._left_out.setdefault(url, reason)


_SCROLL = """async () => {
  const end = Math.min(document.documentElement.scrollHeight, 10000);
  for (let y = 0; y < end; y += 700) { window.scrollTo(0, y); await new Promise((done) => setTimeout(done, 40)); }
  window.scrollTo(0, 0);
}"""


@cache
def _script() -> str:
    return files("citekeeper.archive.browser").joinpath("document.js").read_text(encoding="utf-8")


def _is_the_pages(name: str) -> bool:
    """Whether a request header is the page's doing, and not the browser's own."""
    name = name.lower()
    return name not in _OWN_HEADERS and not name.startswith((":", "sec-", "if-"))


def _replayed(hop: Hop) -> bytes:
    """A response's headers for the browser: as received, but for what belongs to the coding that is undone here."""
    kept = [f"{name}: {value}" for name, value in hop.headers if name.lower() not in _NOT_REPLAYED]
    return "\0".join(kept).encode("latin-1", "replace")


def _preflight(headers: Mapping[str, str]) -> bytes:
    """Leave to ask; whether the page may see the answer is for the answer's own headers to say."""
    asked = {name.lower(): value for name, value in headers.items()}
    allowed = {
        "Access-Control-Allow-Origin": asked.get("origin", "*"),
        "Access-Control-Allow-Methods": asked.get("access-control-request-method", "GET"),
        "Access-Control-Allow-Headers": asked.get("access-control-request-headers", "*"),
        "Access-Control-Allow-Credentials": "true",
    }
    return "\0".join(f"{name}: {value}" for name, value in allowed.items()).encode("latin-1", "replace")
