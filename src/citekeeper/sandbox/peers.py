"""The sandbox's other web archives: arquivo.pt, archive.today, and a Memento aggregator one runs oneself.

Each answers as the real one does, its errors included; ``trouble`` queues what the next requests get instead. Stage
them through ``world.arquivo``, ``world.archive_today`` and ``world.memgator``::

    world.arquivo.hold(url, "20220501101530", body)
    world.memgator.trouble(Response.text("Too Many Requests", 429), times=2)
"""

from __future__ import annotations

import json
import re
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from citekeeper.clock import stamp14
from citekeeper.sandbox.messages import Answer, Request, Response
from citekeeper.sandbox.wayback.holdings import Held, Holdings

_HTML = (("Content-Type", "text/html; charset=utf-8"),)


class PeerArchive(ABC):
    """What the doubles share: holdings, troubles, and replay with or without the archive's own wrapping.

    Attributes:
        hosts: the names it answers at.
        holdings: the mementos.
    """

    hosts: tuple[str, ...] = ()

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.holdings = Holdings(now)
        self._troubles: deque[list[Answer | int | None]] = deque()
        self._lock = threading.Lock()

    def hold(self, url: str, when: str, body: str | bytes = b"", *, status: int = 200) -> Held:
        """Hold a memento of ``url`` captured at ``when`` (14 digits)."""
        content = body.encode() if isinstance(body, str) else body
        return self.holdings.add(url, when, status=status, headers=_HTML, body=content)

    def trouble(self, answer: Answer, times: int | None = 1) -> None:
        """Let the next ``times`` requests (None: all) get ``answer``."""
        with self._lock:
            self._troubles.append([answer, times])

    def recover(self) -> None:
        """End every trouble."""
        with self._lock:
            self._troubles.clear()

    def answer(self, request: Request) -> Answer:
        """Answer one request to one of its hosts."""
        with self._lock:
            if self._troubles:
                answer, left = self._troubles[0]
                if isinstance(left, int):
                    self._troubles[0][1] = left - 1
                    if left <= 1:
                        self._troubles.popleft()
                assert answer is not None
                assert not isinstance(answer, int)
                return answer
        return self.serve(request.url.split("://", 1)[1].partition("/")[2], request)

    @abstractmethod
    def serve(self, target: str, request: Request) -> Answer:
        """Answer what no trouble took; ``target`` is the address behind the host, as received."""

    def _replayed(self, stamp: str, url: str, *, raw: bool) -> Response:
        held = self.holdings.nearest(url, stamp)
        if held is None:
            return _not_found()
        if held.timestamp != stamp:
            return Response.redirect(self.memento_address(held))
        body = held.body if raw else _wrapped(held.body)
        moment = format_datetime(held.moment, usegmt=True)
        return Response(held.status, (*_HTML, ("Memento-Datetime", moment)), body)

    @abstractmethod
    def memento_address(self, held: Held) -> str:
        """The address that its TimeMap gives a memento."""

    def _timemap(self, url: str, own: str, gate: str) -> Response:
        held = self.holdings.of(url)
        if not held:
            return _not_found()
        lines = [f'<{url}>; rel="original"', f'<{own}>; rel="self"; type="application/link-format"']
        lines.append(f'<{gate}>; rel="timegate"')
        for number, one in enumerate(held):
            rel = " ".join(["first"] * (number == 0) + ["last"] * (number == len(held) - 1) + ["memento"])
            moment = format_datetime(one.moment, usegmt=True)
            lines.append(f'<{self.memento_address(one)}>; rel="{rel}"; datetime="{moment}"')
        return Response(200, (("Content-Type", "application/link-format"),), ",\n".join(lines).encode() + b"\n")


class Arquivo(PeerArchive):
    """arquivo.pt: CDX as a JSON object a line, replay at /wayback/ and, without its frame, at /noFrame/replay/."""

    hosts = ("arquivo.pt", "www.arquivo.pt")

    def serve(self, target: str, request: Request) -> Answer:
        """Answer CDX, TimeMap and replay."""
        if target.startswith("wayback/cdx?"):
            return self._cdx(request.query.get("url", ""))
        if target.startswith("wayback/timemap/link/"):
            url = target.removeprefix("wayback/timemap/link/")
            return self._timemap(url, f"https://arquivo.pt/{target}", f"https://arquivo.pt/wayback/{url}")
        match = re.fullmatch(r"(?:wayback|noFrame/replay)/(\d{14})(id_|mp_)?/(.+)", target)
        return self._replayed(match[1], match[3], raw=match[2] == "id_") if match else _not_found()

    def memento_address(self, held: Held) -> str:
        """At /wayback/."""
        return f"https://arquivo.pt/wayback/{held.timestamp}/{held.original}"

    def _cdx(self, url: str) -> Response:
        names = {"statuscode": "status", "mimetype": "mime", "original": "url"}
        rows = [{names.get(name, name): value for name, value in held.row().items()} for held in self.holdings.of(url)]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        return Response(200, (("Content-Type", "text/x-ndjson"),), text.encode())


class ArchiveToday(PeerArchive):
    """archive.today: a TimeMap in link format; all else is a CAPTCHA."""

    hosts = ("archive.today", "archive.ph", "archive.is")

    def serve(self, target: str, request: Request) -> Answer:  # noqa: ARG002 - the others need it
        """Answer the TimeMap."""
        if target.startswith("timemap/"):
            url = target.removeprefix("timemap/")
            return self._timemap(url, f"https://archive.today/{target}", f"https://archive.today/timegate/{url}")
        return Response.html("<html><head><title>One more step</title></head><body>CAPTCHA</body></html>", 429)

    def memento_address(self, held: Held) -> str:
        """With a timestamp, as its TimeMap has it."""
        return f"http://archive.md/{held.timestamp}/{held.original}"


class MemGator(PeerArchive):
    """An aggregator: TimeMap, TimeGate, and for the tests an archive of its own behind it, with raw bytes."""

    hosts = ("memgator.example", "dark.example")

    def serve(self, target: str, request: Request) -> Answer:
        """Answer TimeMap, TimeGate and replay."""
        for form in ("timemap/link/", "timegate/"):
            if target.startswith(form):
                url = target.removeprefix(form)
                own, gate = f"https://memgator.example/{target}", f"https://memgator.example/timegate/{url}"
                return self._timemap(url, own, gate) if form != "timegate/" else self._gate(url, request)
        match = re.fullmatch(r"(\d{14})(id_)?/(.+)", target)
        return self._replayed(match[1], match[3], raw=bool(match[2])) if match else _not_found()

    def memento_address(self, held: Held) -> str:
        """At the archive behind it."""
        return f"https://dark.example/{held.timestamp}/{held.original}"

    def _gate(self, url: str, request: Request) -> Response:
        wished = request.headers.get("accept-datetime")
        try:
            wanted = stamp14(parsedate_to_datetime(wished).astimezone(UTC)) if wished else "99991231235959"
        except (TypeError, ValueError):
            return Response.text("Malformed datetime\n", 400)
        held = self.holdings.nearest(url, wanted)
        if held is None:
            return _not_found()
        moment = format_datetime(held.moment, usegmt=True)
        address = self.memento_address(held)
        link = f'<{url}>; rel="original", <{address}>; rel="memento"; datetime="{moment}"'
        return Response.redirect(address, 302, (("Vary", "accept-datetime"), ("Link", link)))


def _wrapped(body: bytes) -> bytes:
    """A page as an archive replays it: with a bar of its own."""
    return re.sub(rb"(?i)(<body[^>]*>)", rb'\1<div id="archive-bar">Kept by an archive</div>', body, count=1)


def _not_found() -> Response:
    return Response.text("404 page not found\n", 404)
