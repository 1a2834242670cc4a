"""What goes over the sandbox's wire, as values: Request, Response, and Fault for everything that is not a response."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from citekeeper.content import Headers

HeaderPairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as a server sees it; the proxy's log is made of these.

    ``url`` is absolute and without fragment; bytes of the request line above 0x7F are shown percent-encoded.
    ``at`` is the time on the sandbox's clock.
    """

    at: datetime
    method: str
    url: str
    host: str
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path of the URL, undecoded."""
        return urlsplit(self.url).path

    @property
    def query(self) -> dict[str, str]:
        """The query's decoded fields; the last of a name wins."""
        return dict(self.query_pairs)

    @property
    def query_pairs(self) -> list[tuple[str, str]]:
        """The query's decoded fields in order, duplicates kept."""
        return parse_qsl(urlsplit(self.url).query, keep_blank_values=True)

    @property
    def form(self) -> dict[str, str]:
        """The body's fields, read as application/x-www-form-urlencoded."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Response:
    """One response. Content-Length (or chunked coding), Date and Connection are added on the wire.

    Attributes:
        compress: send it gzip-coded to clients that accept that.
        chunked: send it with chunked transfer coding.
        delay: seconds before the first byte.
    """

    status: int = 200
    headers: HeaderPairs = ()
    body: bytes = b""
    reason: str | None = None
    compress: bool = False
    chunked: bool = False
    delay: float = 0.0

    def header(self, name: str) -> str:
        """The first header of that name; "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @classmethod
    def html(cls, text: str, status: int = 200, headers: HeaderPairs = ()) -> Response:
        """A UTF-8 page."""
        return cls(status, (("Content-Type", "text/html; charset=utf-8"), *headers), text.encode())

    @classmethod
    def text(cls, text: str, status: int = 200, headers: HeaderPairs = ()) -> Response:
        """A plain UTF-8 text."""
        return cls(status, (("Content-Type", "text/plain; charset=utf-8"), *headers), text.encode())

    @classmethod
    def json(cls, value: Any, status: int = 200, headers: HeaderPairs = ()) -> Response:
        """A JSON document."""
        return cls(status, (("Content-Type", "application/json"), *headers), json.dumps(value).encode())

    @classmethod
    def redirect(cls, to: str, status: int = 302, headers: HeaderPairs = ()) -> Response:
        """A redirect with the short body that servers give it."""
        return cls(status, (("Location", to), ("Content-Type", "text/html"), *headers), b"<html>redirected</html>\n")


class FaultKind(StrEnum):
    """Ways of not answering. The first group breaks one exchange, the second the way to the host, the third its TLS."""

    RESET = "reset"  # TCP reset instead of a response
    EMPTY = "empty-reply"  # closed without one byte
    HANG = "hang"  # silence for ``seconds`` (0: until the client leaves or the sandbox closes)
    TRUNCATED = "truncated"  # half the body that Content-Length promised, then closed
    TRUNCATED_CHUNK = "truncated-chunk"  # half a chunk, then closed
    DRIP = "slow-drip"  # one byte of the body every ``seconds``
    ENDLESS = "endless"  # a body without end
    RAW = "raw"  # ``data`` verbatim, then closed

    UNKNOWN_HOST = "unknown-host"  # the proxy cannot resolve the name
    REFUSED = "connect-refused"  # the proxy is refused by the host
    TIMED_OUT = "connect-timeout"  # the proxy's own connection times out

    TLS_EXPIRED = "tls-expired"
    TLS_NOT_YET_VALID = "tls-not-yet-valid"
    TLS_WRONG_HOST = "tls-wrong-host"
    TLS_SELF_SIGNED = "tls-self-signed"
    TLS_UNTRUSTED_ISSUER = "tls-untrusted-issuer"
    TLS_OBSOLETE = "tls-obsolete"  # TLS 1.0 only
    TLS_HANDSHAKE = "tls-handshake"  # a fatal alert instead of a handshake


CONNECT_FAULTS = frozenset({FaultKind.UNKNOWN_HOST, FaultKind.REFUSED, FaultKind.TIMED_OUT})
TLS_FAULTS = frozenset(kind for kind in FaultKind if kind.startswith("tls-"))


@dataclass(frozen=True, slots=True)
class Fault:
    """A way of not answering.

    Attributes:
        data: the bytes of RAW.
        seconds: what HANG waits, or DRIP waits between two bytes.
        response: whose body TRUNCATED, TRUNCATED_CHUNK and DRIP break.
    """

    kind: FaultKind
    data: bytes = b""
    seconds: float = 0.0
    response: Response = field(
        default_factory=lambda: Response.html("<html><body><p>" + "A page that does not end well. " * 40)
    )


Answer = Response | Fault
Handler = Callable[[Request], Answer]


def pairs(headers: Mapping[str, str] | HeaderPairs) -> tuple[tuple[str, str], ...]:
    """Headers given as a mapping or as pairs, as pairs."""
    return tuple(headers.items()) if isinstance(headers, Mapping) else tuple(headers)
