"""The one warm browser of a run, in a thread of its own, so that the fetching never waits for it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citekeeper import __version__
from citekeeper.archive.browser.visit import MAX_HEIGHT, PAGE_SECONDS, Fetch, Visit
from citekeeper.clock import Clock
from citekeeper.model import Exchange, Rendering

if TYPE_CHECKING:
    from playwright.async_api import Browser as Program
    from playwright.async_api import BrowserContext, Playwright

WIDTH, HEIGHT = 1280, 800
LOCALE, TIME_ZONE = "en-US", "UTC"  # the same for every reader

_AT_ONCE = 2  # pages
_MOST_DEATHS = 3  # in a row, after which the browser is not started again
_START_SECONDS = 30.0
_CLOSE_SECONDS = 5.0
_MAX_DOCUMENT = 16 * 1024 * 1024  # characters
_SWITCHES = (
    # Nothing leaves it: no name is resolved, and the proxy is a closed port, for loopback too.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
    # Frames share the page's process, so that their requests are held with the page's.
    "--disable-site-isolation-trials",
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--mute-audio",
)


@dataclass(eq=False, slots=True)
class _Job:
    page: Exchange
    done: Callable[[Rendering], None]


class Browser:
    """Shows pages to a browser that is started with the first of them. `visit` and `close` belong to one thread.

    Args:
        executable: an installed Chromium, Chrome or Edge.
        fetch: brings what a page asks for.
        clock: when a page was shown.
    """

    def __init__(self, executable: Path, fetch: Fetch, clock: Clock) -> None:
        self._executable = executable
        self._fetch = fetch
        self._clock = clock
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._open: set[_Job] = set()
        self._jobs: asyncio.Queue[_Job]
        self._stop: asyncio.Event
        self._starting: asyncio.Lock
        self._driver: Playwright | None = None
        self._program: Program | None = None
        self._deaths = 0
        self.trouble: str | None = None
        """Why the browser is not started any more."""

    def visit(self, page: Exchange, done: Callable[[Rendering], None]) -> None:
        """Show a page that was fetched; ``done`` is called once, from the browser's thread, whatever happens."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="citekeeper-browser", daemon=True)
            self._thread.start()
            self._ready.wait()
        job = _Job(page, done)
        self._open.add(job)
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(self._jobs.put_nowait, job)
        except RuntimeError:  # its loop has ended
            self._finish(job, self._blank("the browser was closed"))

    def close(self) -> None:
        """Stop what is under way and end the browser; pages that it was not shown yet are given up."""
        if self._thread is None or self._loop is None:
            return
        with contextlib.suppress(RuntimeError):  # its loop has ended already
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_START_SECONDS)

    # ── in its thread ───────────────────────────────────────────────────────────────────────────────────────────────

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            self._ready.set()
            for job in list(self._open):
                self._finish(job, self._blank("the browser was closed"))

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._jobs, self._stop, self._starting = asyncio.Queue(), asyncio.Event(), asyncio.Lock()
        workers = [asyncio.create_task(self._work()) for _ in range(_AT_ONCE)]
        stop = asyncio.create_task(self._stop.wait())
        self._ready.set()
        try:
            finished, _ = await asyncio.wait([stop, *workers], return_when=asyncio.FIRST_COMPLETED)
            for task in finished:
                task.result()  # a worker ends only by a fault of ours, which is not to be hidden
        finally:
            for task in (stop, *workers):
                task.cancel()
            await asyncio.gather(stop, *workers, return_exceptions=True)
            await self._discard()

    async def _work(self) -> None:
        while True:
            job = await self._jobs.get()
            self._finish(job, await self._shown(job.page))

    def _finish(self, job: _Job, rendering: Rendering) -> None:
        self._open.discard(job)
        job.done(rendering)

    async def _shown(self, page: Exchange) -> Rendering:
        """The page, tried a second time where the browser died over it or over its neighbour."""
        rendering = self._blank(self.trouble or "")
        for _ in range(2):
            program = await self._running()
            if program is None:
                return self._blank(self.trouble or "the browser could not be started")
            rendering = await self._show(program, page)
            if program.is_connected():
                self._deaths = 0
                return rendering
            await self._bury(program)
        return rendering

    async def _show(self, program: Program, page: Exchange) -> Rendering:
        from playwright.async_api import Error as PlaywrightError

        began, started_at = self._clock.monotonic(), self._clock.now()
        fields: dict[str, Any] = {}
        context: BrowserContext | None = None
        visit: Visit | None = None
        try:
            async with asyncio.timeout(PAGE_SECONDS):
                context = await self._context(program)
                visit = Visit(context, page, self._fetch)
                fields["settled"] = await visit.load()
                fields |= await self._taken(visit)
        except TimeoutError:
            fields["fault"] = f"the page took more than {PAGE_SECONDS:.0f} s"
        except PlaywrightError as error:
            fields["fault"] = self._told(error)
        finally:
            await self._leave(program, context, visit)
        if visit is not None:
            fields |= {"exchanges": visit.exchanges, "left_out": visit.left_out}
        return Rendering(
            browser=f"{self._executable.stem} {program.version}",
            user_agent=_user_agent(program),
            viewport=(WIDTH, HEIGHT),
            started_at=started_at,
            elapsed=self._clock.monotonic() - began,
            sandboxed=not _is_root(),
            locale=LOCALE,
            time_zone=TIME_ZONE,
            **fields,
        )

    async def _taken(self, visit: Visit) -> dict[str, Any]:
        taken = await visit.document()
        if len(taken["html"]) > _MAX_DOCUMENT:
            return {"fault": "the page became too large"}
        height = max(1, min(int(taken["height"]), MAX_HEIGHT))
        return {
            "document": taken["html"],
            "url": taken["url"],
            "page_height": int(taken["height"]),
            "size": (WIDTH, height),
            "screenshot": await visit.picture(WIDTH, height),
        }

    async def _context(self, program: Program) -> BrowserContext:
        """A context that remembers nothing and tells nothing of the reader."""
        return await program.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            user_agent=_user_agent(program),
            locale=LOCALE,
            timezone_id=TIME_ZONE,
            service_workers="block",
            accept_downloads=False,
        )

    async def _leave(self, program: Program, context: BrowserContext | None, visit: Visit | None) -> None:
        from playwright.async_api import Error as PlaywrightError

        if visit is not None:
            await visit.close()
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                if context is not None:
                    await context.close()
        except PlaywrightError:
            return  # it died: seen by whoever asks whether it is connected
        except TimeoutError:
            await self._bury(program)

    # ── the program ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def _running(self) -> Program | None:
        from playwright.async_api import Error as PlaywrightError

        async with self._starting:
            if self._program is not None and self._program.is_connected():
                return self._program
            if self.trouble is not None:
                return None
            try:
                self._program = await self._start()
            except (PlaywrightError, OSError) as error:
                self.trouble = f"the browser could not be started: {self._told(error)}"
                await self._discard()
            return self._program

    async def _start(self) -> Program:
        from playwright.async_api import async_playwright

        self._driver = await async_playwright().start()
        return await self._driver.chromium.launch(
            executable_path=self._executable,
            headless=True,
            args=list(_SWITCHES),
            chromium_sandbox=not _is_root(),  # as root, Chromium refuses to start with its sandbox
            timeout=_START_SECONDS * 1000,
        )

    async def _bury(self, program: Program) -> None:
        """Forget a browser that died or does not answer."""
        async with self._starting:
            if self._program is not program:
                return
            self._deaths += 1
            if self._deaths >= _MOST_DEATHS:
                self.trouble = f"the browser died {self._deaths} times in a row"
            await self._discard()

    async def _discard(self) -> None:
        from playwright.async_api import Error as PlaywrightError

        program, driver = self._program, self._driver
        self._program = self._driver = None
        with contextlib.suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                if program is not None:
                    await program.close()
        with contextlib.suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                if driver is not None:
                    await driver.stop()

    def _told(self, error: Exception) -> str:
        """What an error says first, without the call log and without the folders of this machine."""
        text = str(getattr(error, "message", None) or error).strip()
        line = (text.splitlines() or [type(error).__name__])[0]
        return line.replace(str(self._executable), self._executable.name)[:200]

    def _blank(self, fault: str) -> Rendering:
        """What there is to say of a page that the browser was not shown."""
        return Rendering(self._executable.stem, "", (WIDTH, HEIGHT), self._clock.now(), fault=fault)


def _user_agent(program: Program) -> str:
    """What scripts are told: the browser's kind, without this machine's system, and who drives it."""
    major = program.version.partition(".")[0]
    engine = f"AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"
    return f"Mozilla/5.0 (X11; Linux x86_64) {engine} citekeeper/{__version__}"


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
