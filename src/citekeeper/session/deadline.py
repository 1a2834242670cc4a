"""A deadline that no server can stretch: when time is up, the sockets of the request are shut from outside.

Shutting makes every blocked ``recv``, TLS handshake and ``send`` return at once, whether the server drips header
bytes, body bytes or nothing.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from contextvars import ContextVar
from types import TracebackType
from typing import Any, cast

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

_CURRENT: ContextVar[Deadline] = ContextVar("citekeeper_deadline")


class Deadline:
    """The time that one request has, redirects included; a context manager that arms and disarms the watchdog.

    Attributes:
        expired: whether the watchdog has struck.
        sent: whether a request began to leave on an open connection.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expired = False
        self.sent = False
        self._ends = time.monotonic() + seconds
        self._handles: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._strike)
        self._timer.daemon = True

    @property
    def remaining(self) -> float:
        """Seconds left; never below a millisecond, as sockets take 0 for “do not block”."""
        return max(self._ends - time.monotonic(), 0.001)

    def __enter__(self) -> Deadline:
        self._token = _CURRENT.set(self)
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._timer.cancel()
        _CURRENT.reset(self._token)
        with self._lock:
            for handle in self._handles:
                handle.close()
            self._handles.clear()

    def watch(self, sock: socket.socket) -> None:
        """Shut ``sock`` when time is up. A duplicate is kept, since wrapping in TLS detaches the original."""
        handle = socket.fromfd(sock.fileno(), sock.family, sock.type)
        with self._lock:
            self._handles.append(handle)
            if self.expired:
                _shut(handle)

    def _strike(self) -> None:
        with self._lock:
            self.expired = True
            for handle in self._handles:
                _shut(handle)


def _shut(handle: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the other side may have closed it already
        handle.shutdown(socket.SHUT_RDWR)


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of ``host``, in the system's order; a resolver that hangs is left behind after ``seconds``.

    Raises:
        socket.gaierror: the name has no address, or no answer came.
        TimeoutError: the resolver took too long.
    """
    found: list[str] = []
    failure: list[OSError] = []

    def look_up() -> None:
        try:
            found.extend(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as error:
            failure.append(error)
        except UnicodeError:
            failure.append(socket.gaierror(socket.EAI_NONAME, "not a host name"))

    worker = threading.Thread(target=look_up, daemon=True)
    worker.start()
    worker.join(seconds)
    if failure:
        raise failure[0]
    if worker.is_alive() or not found:
        raise TimeoutError("the resolver did not answer in time")
    return list(dict.fromkeys(found))


class _Watched(HTTPConnection):
    """A connection whose sockets the current `Deadline` knows."""

    def _new_conn(self) -> socket.socket:
        deadline = _CURRENT.get()
        host = self._dns_host
        try:
            addresses = resolve(host.strip("[]"), self.port, deadline.remaining)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "the resolver did not answer in time") from error
        failure: OSError | None = None
        for position, address in enumerate(addresses):
            share = deadline.remaining / (len(addresses) - position)  # one dead address leaves time for the next
            try:
                sock = create_connection((address, self.port), share, socket_options=self.socket_options)
            except OSError as error:
                failure = error
                continue
            sock.settimeout(deadline.remaining + 1.0)  # the watchdog comes first
            deadline.watch(sock)
            return sock
        if isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(self, "no address answered in time") from failure
        raise NewConnectionError(self, "no address could be connected to") from failure

    def request(self, *args: Any, **kwargs: Any) -> None:
        deadline = _CURRENT.get()
        if self.sock is None:
            self.connect()
        else:
            deadline.watch(cast("socket.socket", self.sock))
        deadline.sent = True
        super().request(*args, **kwargs)


class WatchedHTTPConnection(_Watched):
    """Plain HTTP under a deadline."""


class WatchedHTTPSConnection(_Watched, HTTPSConnection):
    """HTTPS under a deadline, from the TCP handshake on."""


class WatchedHTTPPool(HTTPConnectionPool):
    """A pool of `WatchedHTTPConnection`."""

    ConnectionCls = WatchedHTTPConnection


class WatchedHTTPSPool(HTTPSConnectionPool):
    """A pool of `WatchedHTTPSConnection`."""

    ConnectionCls = WatchedHTTPSConnection


POOL_CLASSES = {"http": WatchedHTTPPool, "https": WatchedHTTPSPool}
