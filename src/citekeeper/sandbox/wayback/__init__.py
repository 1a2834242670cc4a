"""The sandbox's Wayback Machine, at web.archive.org and archive.org: faithful to the services, their errors included.

Stage it through ``world.wayback``::

    world.wayback.hold(url, "20220501101530", body)            a memento
    world.wayback.script(url, [SaveReply.session_cap()])       what the next submits of a URL get
    world.wayback.trouble("cdx", OFFLINE, times=2)             what the next requests to a part of it get
    world.wayback.refuse(times=1)                              connections refused
    world.wayback.exclude("example.org")                       a site that asked to be excluded
    world.wayback.false_misses(url)                            the availability API forgets a URL
    world.wayback.index_misses(url, times=1)                   CDX forgets a URL
    world.wayback.spn.sessions = 1                             limits of Save Page Now
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from citekeeper.sandbox.messages import Answer, Fault, FaultKind, HeaderPairs, Request, Response, pairs
from citekeeper.sandbox.wayback.cdx import answer_cdx
from citekeeper.sandbox.wayback.crawler import Web
from citekeeper.sandbox.wayback.holdings import Held, Holdings, surt
from citekeeper.sandbox.wayback.replay import answer_replay, answer_timemap
from citekeeper.sandbox.wayback.spn2 import TOO_MANY_REQUESTS, SaveKind, SavePageNow, SaveReply

OFFLINE = Response.html(
    "<!DOCTYPE html>\n<html><head><title>Internet Archive: Temporarily Offline</title></head>\n"
    "<body><h1>Temporarily Offline</h1><p>Internet Archive services are temporarily offline.</p></body></html>\n",
    503,
)
RESET = Fault(FaultKind.RESET)
HANG = Fault(FaultKind.HANG)
SURFACES = ("cdx", "replay", "timemap", "availability", "save", "status")
_BLOCKED = (
    "org.archive.util.io.RuntimeIOException: "
    "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error\n"
)


class World(Web, Protocol):
    """What the facade needs of the world, beyond what Save Page Now does."""

    def fault(self, url: str, kind: FaultKind | str, *, times: int | None = None) -> None:
        """Stage a fault."""


class WaybackMachine:
    """The double of the Internet Archive's services.

    Attributes:
        holdings: the mementos.
        spn: Save Page Now, with its limits.
        hosts: the names it answers at.
    """

    hosts = ("web.archive.org", "archive.org", "www.archive.org", "wayback.archive.org", "web-static.archive.org")

    def __init__(self, world: World) -> None:
        self._world = world
        self._lock = threading.RLock()
        self._troubles: defaultdict[str, deque[tuple[Answer, int | None]]] = defaultdict(deque)
        self._excluded: set[str] = set()
        self._false_misses: dict[str, int | None] = {}
        self._index_misses: dict[str, int | None] = {}
        self.holdings = Holdings(lambda: world.clock.now())
        self.spn = SavePageNow(world, self.holdings)

    # ── staging ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def keys(self) -> list[tuple[str, str]]:
        """The access and secret keys that Save Page Now accepts."""
        return self.spn.keys

    def hold(
        self,
        url: str,
        when: datetime | str,
        body: str | bytes = b"",
        *,
        status: int = 200,
        headers: Mapping[str, str] | HeaderPairs = (),
        media_type: str = "text/html; charset=utf-8",
        visible_from: datetime | None = None,
    ) -> Held:
        """Hold a memento of ``url`` captured at ``when`` (a moment, or 14 digits).

        ``visible_from`` delays index and replay; media_type "" gives no Content-Type of its own.
        """
        fields = pairs(headers)
        if media_type and all(name.lower() != "content-type" for name, _ in fields):
            fields = (("Content-Type", media_type), *fields)
        content = body.encode() if isinstance(body, str) else body
        return self.holdings.add(url, when, status=status, headers=fields, body=content, visible_from=visible_from)

    def script(self, url: str, replies: Sequence[SaveReply | Answer]) -> None:
        """Queue replies for the next submits of ``url`` to Save Page Now."""
        self.spn.script(url, replies)

    def trouble(self, surface: str, answer: Answer, times: int | None = 1) -> None:
        """Let the next ``times`` requests (None: all) to a surface get ``answer``; "all" is every surface.

        Call it several times for a flap: 429, then 503, then service.
        """
        if surface not in (*SURFACES, "all"):
            raise ValueError(f"{surface!r} is no surface; there are {', '.join(SURFACES)} and all")
        with self._lock:
            self._troubles[surface].append((answer, times))

    def recover(self) -> None:
        """End every trouble."""
        with self._lock:
            self._troubles.clear()
            self._false_misses.clear()
            self._index_misses.clear()

    def refuse(self, times: int | None = None, host: str = "web.archive.org") -> None:
        """Refuse connections, as the Archive does to those who ignored its 429."""
        self._world.fault(f"https://{host}/", FaultKind.REFUSED, times=times)

    def exclude(self, host: str) -> None:
        """Exclude a site: 403 from index and replay, and no saving."""
        with self._lock:
            self._excluded.add(surt(f"http://{host}/").partition(")")[0])
            self.spn.blocked_hosts.update((host, f"www.{host}"))

    def false_misses(self, url: str = "*", times: int | None = None) -> None:
        """Let the availability API say "nothing" of ``url`` (or of all) although it is held."""
        with self._lock:
            self._false_misses[url] = times

    def index_misses(self, url: str = "*", times: int | None = None) -> None:
        """Let CDX say "no rows" of ``url`` (or of all), with a 200, although it is held: the index flaps."""
        with self._lock:
            self._index_misses[url] = times

    # ── answering ───────────────────────────────────────────────────────────────────────────────────────────────────

    def answer(self, request: Request) -> Answer:
        """Answer one request to one of its hosts."""
        tail = request.url.split("://", 1)[1].partition("/")[2]  # urlsplit would eat the inner URL's query
        surface = _surface(request.host, tail)
        trouble = self._next_trouble(surface)
        if trouble is not None:
            return trouble
        match surface:
            case "cdx":
                return self._unless_excluded(request.query.get("url", ""), lambda: self._index(request))
            case "availability":
                return self._availability(request.query.get("url", ""), request.query.get("timestamp", ""))
            case "save" | "status":
                return self.spn.answer(request)
            case "timemap":
                _, form, url = tail.removeprefix("web/").split("/", 2)
                return self._unless_excluded(url, lambda: answer_timemap(form, url, self.holdings))
            case "replay":
                return self._replay(tail.removeprefix("web/"), request)
            case _:
                return self._elsewhere(request)

    def _index(self, request: Request) -> Answer:
        if self._is_miss(request.query.get("url", ""), self._index_misses):
            is_json = request.query.get("output") == "json"
            return Response.json([]) if is_json else Response.text("")
        return answer_cdx(request, self.holdings)

    def _replay(self, target: str, request: Request) -> Answer:
        original = target.partition("/")[2] if target[:1].isdigit() or target.startswith("*") else target
        accept = request.headers.get("accept-datetime")
        now = self._world.clock.now()
        return self._unless_excluded(original, lambda: answer_replay(target, now, accept, self.holdings))

    def _availability(self, url: str, timestamp: str) -> Response:
        if not url:
            return Response.json({"error": "missing url"}, 400)
        said: dict[str, Any] = {"url": url, "archived_snapshots": {}}
        digits = "".join(ch for ch in timestamp if ch.isdigit())[:14]
        if digits:
            said["timestamp"] = timestamp
        held = self.holdings.nearest(url, digits or self._world.clock.now().strftime("%Y%m%d%H%M%S"))
        if held is not None and not self._is_excluded(url) and not self._is_miss(url, self._false_misses):
            said["archived_snapshots"] = {
                "closest": {
                    "status": str(held.status),
                    "available": True,
                    "url": f"http://web.archive.org/web/{held.timestamp}/{held.original}",
                    "timestamp": held.timestamp,
                }
            }
        return Response.json(said)

    def _elsewhere(self, request: Request) -> Response:
        if request.path in ("", "/"):
            return Response.html("<html><head><title>Wayback Machine</title></head><body>Sandbox</body></html>")
        return Response.html("<html><head><title>404 Not Found</title></head><body></body></html>", 404)

    def _unless_excluded(self, url: str, answer: Any) -> Answer:
        if self._is_excluded(url):
            reason = _BLOCKED.split(": ", 1)[1].strip()
            return Response(
                403,
                (("Content-Type", "text/plain"), ("X-Archive-Wayback-Runtime-Error", reason)),
                _BLOCKED.encode(),
            )
        made: Answer = answer()
        return made

    def _is_excluded(self, url: str) -> bool:
        host = surt(url.strip("*").lstrip(".")).partition(")")[0]
        return any(host == excluded or host.startswith(f"{excluded},") for excluded in self._excluded)

    def _is_miss(self, url: str, misses: dict[str, int | None]) -> bool:
        with self._lock:
            name = next((name for name in (url, "*") if name in misses), None)
            if name is None:
                return False
            left = misses[name]
            if left is not None:
                misses[name] = left - 1
                if left <= 1:
                    del misses[name]
            return True

    def _next_trouble(self, surface: str) -> Answer | None:
        with self._lock:
            queue = self._troubles[surface] or self._troubles["all"]
            if not queue:
                return None
            answer, left = queue[0]
            if left is not None:
                if left <= 1:
                    queue.popleft()
                else:
                    queue[0] = (answer, left - 1)
            return answer


def _surface(host: str, tail: str) -> str:
    path = tail.partition("?")[0]
    if path.startswith("wayback/available"):
        return "availability"
    if host != "web.archive.org" and host != "wayback.archive.org":
        return "other"
    if path.startswith(("cdx/search/cdx", "cdx")):
        return "cdx"
    if path.startswith("save/status"):
        return "status"
    if path == "save" or path.startswith("save/"):
        return "save"
    if path.startswith("web/timemap/") and path.count("/") > 2:
        return "timemap"
    return "replay" if path.startswith("web/") else "other"


__all__ = [
    "HANG",
    "OFFLINE",
    "RESET",
    "TOO_MANY_REQUESTS",
    "Held",
    "SaveKind",
    "SavePageNow",
    "SaveReply",
    "WaybackMachine",
]
