"""The least that a checker on libcurl could do: fetch what stdin names, keep the bodies a moment, print the statuses.

Nothing is guarded, judged or retried; the connection cache is libcurl's default. It is the floor beside which
citekeeper is measured.
"""

from __future__ import annotations

import select
import sys
import time
from typing import Any

import pycurl

_MASKS = {pycurl.POLL_IN: select.EPOLLIN, pycurl.POLL_OUT: select.EPOLLOUT}


def main(jobs: int) -> None:
    """Fetch every URL of stdin, at most ``jobs`` at once, and print a line for each."""
    multi = pycurl.CurlMulti()
    poller = select.epoll()
    watched: set[int] = set()
    due: list[float | None] = [None]

    def on_socket(what: int, fd: int, _multi: Any, _data: Any) -> None:
        if what == pycurl.POLL_REMOVE:
            watched.discard(fd)
            poller.unregister(fd)
        elif fd in watched:
            poller.modify(fd, _MASKS.get(what, select.EPOLLIN | select.EPOLLOUT))
        else:
            watched.add(fd)
            poller.register(fd, _MASKS.get(what, select.EPOLLIN | select.EPOLLOUT))

    def on_timer(milliseconds: int) -> None:
        due[0] = None if milliseconds < 0 else time.monotonic() + milliseconds / 1000

    multi.setopt(pycurl.M_SOCKETFUNCTION, on_socket)
    multi.setopt(pycurl.M_TIMERFUNCTION, on_timer)
    urls = (line.strip() for line in sys.stdin)
    idle = [pycurl.Curl() for _ in range(jobs)]
    buffers: dict[Any, list[bytes]] = {}
    for curl in idle:
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.CONNECTTIMEOUT, 10)
        curl.setopt(pycurl.TIMEOUT, 30)
    exhausted = False
    write = sys.stdout.write
    while True:
        while idle and not exhausted:
            url = next(urls, None)
            if url is None:
                exhausted = True
                break
            curl = idle.pop()
            chunks: list[bytes] = []
            buffers[curl] = chunks
            curl.setopt(pycurl.URL, url)
            curl.setopt(pycurl.WRITEFUNCTION, chunks.append)
            multi.add_handle(curl)
        if exhausted and not buffers:
            return
        wait = -1.0 if due[0] is None else max(0.0, due[0] - time.monotonic())
        for fd, mask in poller.poll(wait):
            bits = (pycurl.CSELECT_IN if mask & ~select.EPOLLOUT else 0) | (
                pycurl.CSELECT_OUT if mask & select.EPOLLOUT else 0
            )
            multi.socket_action(fd, bits)
        if due[0] is not None and due[0] <= time.monotonic():
            due[0] = None
            multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
        _, succeeded, failed = multi.info_read()
        for curl in (*succeeded, *(entry[0] for entry in failed)):
            body = b"".join(buffers.pop(curl))
            write(f"{curl.getinfo(pycurl.RESPONSE_CODE)} {len(body)} {curl.getinfo(pycurl.EFFECTIVE_URL)}\n")
            multi.remove_handle(curl)
            idle.append(curl)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 128)
