"""The mechanics of libcurl's multi interface: sockets watched by epoll, its one timer, and what has finished.

``socket_action`` touches only transfers on which something happens, and knows no limit of 1,024 descriptors as select
does. Where there is no epoll, poll serves.
"""

from __future__ import annotations

import select
import signal
import threading
from types import FrameType
from typing import Any

import pycurl

from citekeeper.clock import Clock

_READ = getattr(select, "EPOLLIN", 1)
_WRITE = getattr(select, "EPOLLOUT", 4)
_MASKS = {pycurl.POLL_IN: _READ, pycurl.POLL_OUT: _WRITE, pycurl.POLL_INOUT: _READ | _WRITE}
_LONGEST_POLL = 3600.0


class Loop:
    """A libcurl multi handle driven in the calling thread.

    Args:
        clock: for libcurl's timer.
        wake_fd: a descriptor that ends the wait when it becomes readable.
    """

    def __init__(self, clock: Clock, wake_fd: int) -> None:
        self._clock = clock
        self._wake_fd = wake_fd
        self._poller = _Poller()
        self._watched: dict[int, int] = {}
        # Connections that wait for a next transfer, give or take a few: one that libcurl closed counts until its
        # descriptor is given out again, and so does the descriptor by which libcurl wakes itself.
        self._idle = self._kept = 0
        self._kept_hosts: dict[str, None] = {}  # whose connections are left open, the first first
        self._due: float | None = None
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._on_socket)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._on_timer)
        self._poller.register(wake_fd, _READ)
        self.interrupts = Interrupts()

    def keep_open(self, connections: int, *, beside: int) -> None:
        """Keep so many idle connections, ``beside`` those at work."""
        self._kept = connections
        self._multi.setopt(pycurl.M_MAXCONNECTS, connections + beside)

    def keeps_open(self, host: str) -> bool:
        """Whether a host's connection is to stay open though nothing more is known to be asked of it.

        Beyond what may be kept, further hosts' connections are better closed at once: libcurl itself would look at all
        of them for the oldest, each time that it makes a new one.
        """
        if host in self._kept_hosts:
            return True
        if self._idle >= self._kept:
            return False
        self._kept_hosts[host] = None
        if len(self._kept_hosts) > self._kept:
            del self._kept_hosts[next(iter(self._kept_hosts))]
        return True

    def add(self, curl: Any) -> None:
        """Begin a transfer."""
        self._multi.add_handle(curl)

    def remove(self, curl: Any) -> None:
        """Take a transfer out, finished or not."""
        self._multi.remove_handle(curl)

    def run(self, timeout: float | None) -> tuple[list[tuple[Any, int, str]], bool]:
        """Wait for something to happen, at most ``timeout`` seconds (None: as long as it takes), and let libcurl work.

        Returns:
            The transfers that ended, as (handle, libcurl's code, its text), and whether ``wake_fd`` became readable.
        """
        if self._due is not None:
            until_due = max(0.0, self._due - self._clock.monotonic())
            timeout = until_due if timeout is None else min(timeout, until_due)
        events = self._poller.poll(_LONGEST_POLL if timeout is None else min(timeout, _LONGEST_POLL))
        woken = False
        act = self._multi.socket_action
        with self.interrupts:
            for fd, mask in events:
                if fd == self._wake_fd:
                    woken = True
                    continue
                if not self._watched.get(fd):
                    self._forget(fd)
                    continue
                bits = pycurl.CSELECT_IN if mask & ~_WRITE else 0
                if mask & _WRITE:
                    bits |= pycurl.CSELECT_OUT
                act(fd, bits)
            if self._due is not None and self._due <= self._clock.monotonic():
                self._due = None
                act(pycurl.SOCKET_TIMEOUT, 0)
        return self._finished(), woken

    def _finished(self) -> list[tuple[Any, int, str]]:
        ended: list[tuple[Any, int, str]] = []
        while True:
            left, succeeded, failed = self._multi.info_read()
            ended.extend((curl, 0, "") for curl in succeeded)
            ended.extend(failed)
            if not left:
                return ended

    def _on_socket(self, what: int, fd: int, _multi: Any, _data: Any) -> None:
        if what == pycurl.POLL_REMOVE:
            if self._watched.get(fd):
                self._watched[fd] = 0  # it most likely waits for the lane's next transfer, on the same connection
                self._idle += 1
            return
        mask = _MASKS.get(what, 0)
        known = self._watched.get(fd)
        if known == mask:
            return
        self._watched[fd] = mask
        if known is None:
            self._poller.register(fd, mask)
            return
        if not known:
            self._idle -= 1
        self._poller.modify(fd, mask)

    def _forget(self, fd: int) -> None:
        """Watch no longer what no transfer waits for: the server closed an idle connection."""
        if self._watched.pop(fd, None) is not None:
            self._idle -= 1
        self._poller.unregister(fd)

    def _on_timer(self, milliseconds: int) -> None:
        self._due = None if milliseconds < 0 else self._clock.monotonic() + milliseconds / 1000

    def close(self) -> None:
        """Close all connections."""
        self._multi.close()
        self._poller.close()


class _Poller:
    """epoll, or poll where the system has none; timeouts in seconds."""

    def __init__(self) -> None:
        self._unit = 1.0 if hasattr(select, "epoll") else 1000.0
        self._poll: Any = select.epoll() if hasattr(select, "epoll") else select.poll()

    def register(self, fd: int, mask: int) -> None:
        try:
            self._poll.register(fd, mask)
        except FileExistsError:  # the descriptor was closed and given out again without word
            self._poll.modify(fd, mask)

    def modify(self, fd: int, mask: int) -> None:
        try:
            self._poll.modify(fd, mask)
        except FileNotFoundError:  # likewise: it was closed, which unregisters
            self._poll.register(fd, mask)

    def unregister(self, fd: int) -> None:
        try:
            self._poll.unregister(fd)
        except (OSError, KeyError):
            return  # closed already, which unregisters too

    def poll(self, seconds: float) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = self._poll.poll(seconds * self._unit)
        return found

    def close(self) -> None:
        if hasattr(self._poll, "close"):
            self._poll.close()


class Interrupts:
    """Holds Ctrl-C back while libcurl works: an exception inside its callbacks would be lost, and the key press too."""

    def __init__(self) -> None:
        self._previous: Any = None
        self._pressed = False
        self._inside = False

    def install(self) -> None:
        """From now on a Ctrl-C inside libcurl is raised as KeyboardInterrupt after it. Main thread only."""
        is_main = threading.current_thread() is threading.main_thread()
        if is_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._previous = signal.signal(signal.SIGINT, self._on_signal)

    def restore(self) -> None:
        """Give the signal back."""
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._previous)
            self._previous = None

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if not self._inside:
            signal.default_int_handler(number, frame)
        self._pressed = True

    def __enter__(self) -> None:
        self._inside = True

    def __exit__(self, *_exc: object) -> None:
        self._inside = False
        if self._pressed:
            self._pressed = False
            raise KeyboardInterrupt
