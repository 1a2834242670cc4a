"""A server for the web's weather: each address says how it is answered, so that a list of URLs is a whole scenario.

``/wait/MS/…`` a small page after MS milliseconds · ``/moved/MS/…`` a redirect to that · ``/hang/…`` no answer ever ·
``/limit/MS/S/…`` 429 with ``Retry-After: S`` the first time, then as wait · ``/sulk/MS/…`` 503 after MS ·
``/stats`` when ordinary addresses were answered last (monotonic, seconds), and how many requests came.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

_BODY = b"<!DOCTYPE html><html><head><title>Weather of %s</title></head><body><p>" + b"Rain, then sun. " * 60
_PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
_EMPTY = b"HTTP/1.1 %s\r\n%s: %s\r\nContent-Length: 0\r\n\r\n"
_LONGEST_LIFE = 1200.0  # seconds, after which it ends by itself whatever happened


class Weather(asyncio.Protocol):
    """One connection."""

    last_answer = 0.0
    requests = 0
    limited: set[bytes] = set()  # noqa: RUF012 - shared by all connections on purpose

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = transport
        self._rest = b""

    def data_received(self, data: bytes) -> None:
        """Answer each complete request head."""
        *heads, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for head in heads:
            Weather.requests += 1
            self._plan(head.split(b" ", 2)[1])

    def _plan(self, path: bytes) -> None:
        kind, *rest = path.strip(b"/").split(b"/")
        if kind == b"stats":
            stats = json.dumps({"last": Weather.last_answer, "requests": Weather.requests}).encode()
            self._send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(stats), stats), counts=False)
        elif kind == b"hang":
            return
        elif kind == b"sulk":
            self._later(rest[0], _EMPTY % (b"503 Service Unavailable", b"X-Mood", b"sullen"), counts=False)
        elif kind == b"moved":
            self._later(rest[0], _EMPTY % (b"302 Found", b"Location", b"/wait/" + b"/".join(rest)))
        elif kind == b"limit" and path not in Weather.limited:
            Weather.limited.add(path)
            self._later(rest[0], _EMPTY % (b"429 Too Many Requests", b"Retry-After", rest[1]))
        else:
            body = _BODY % path  # another for each address, as a site's pages are
            self._later(rest[0], _PAGE % (len(body), body))

    def _later(self, milliseconds: bytes, answer: bytes, *, counts: bool = True) -> None:
        asyncio.get_running_loop().call_later(int(milliseconds) / 1000, self._send, answer, counts)

    def _send(self, answer: bytes, counts: bool) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)  # type: ignore[attr-defined]
        if counts:
            Weather.last_answer = time.monotonic()


async def serve(port: int, hosts: list[str]) -> None:
    """Serve on all ``hosts``, until the process is ended or its time is over."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Weather, hosts, port, backlog=4096)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    async with server:
        await asyncio.sleep(_LONGEST_LIFE)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2:]))
