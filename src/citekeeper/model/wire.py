"""What went over the wire: requests, hops, exchanges, what failed, and what a browser made of a page."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from citekeeper.content import Headers, decode_content
from citekeeper.values import dataclass


class FailureKind(StrEnum):
    """Why an exchange brought no usable answer. The judge maps these to verdicts; nothing else interprets them."""

    DNS_NXDOMAIN = "dns-nxdomain"  # the resolver says that the name does not exist
    DNS_FAILURE = "dns-failure"  # the resolver failed, or the network is away
    NO_ROUTE = "no-route"
    CONNECT_REFUSED = "connect-refused"
    CONNECT_TIMEOUT = "connect-timeout"
    TIMEOUT = "timeout"  # connected, but no complete answer in time (slow drip included)
    RESET = "connection-reset"
    EMPTY_REPLY = "empty-reply"
    TRUNCATED = "truncated-body"
    MALFORMED = "malformed-response"
    TLS_HANDSHAKE = "tls-handshake"
    CLIENT_CERTIFICATE = "client-certificate"  # the server wants one of the reader
    PROXY_UNREACHABLE = "proxy-unreachable"
    PROXY_REFUSED = "proxy-refused"  # the proxy answered CONNECT with an error
    TOO_MANY_REDIRECTS = "too-many-redirects"
    REDIRECT_LOOP = "redirect-loop"
    BAD_REDIRECT = "bad-redirect"  # to file:, ftp:, javascript: …, or unparsable
    PRIVATE_ADDRESS = "private-address"
    BAD_URL = "bad-url"
    HEADERS_TOO_LARGE = "headers-too-large"
    NOT_ASKED = "host-asks-to-wait"  # it turned other addresses away until later
    INTERNAL = "client-error"  # libcurl refused for a reason of ours; never a statement about the source


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed transfer: kind, a sentence for people, and libcurl's code where there was one."""

    kind: FailureKind
    message: str
    curl_code: int | None = None


class TlsFaultKind(StrEnum):
    """Which certificate or protocol fault made a page insecure; the values are verdict reasons."""

    EXPIRED = "tls-expired"
    NOT_YET_VALID = "tls-not-yet-valid"
    WRONG_HOST = "tls-wrong-host"
    SELF_SIGNED = "tls-self-signed"
    UNTRUSTED_ISSUER = "tls-untrusted-issuer"
    OBSOLETE = "tls-obsolete"
    OTHER = "tls-invalid"


@dataclass(frozen=True, slots=True)
class TlsFault:
    """A certificate that did not verify: whose (``host``), and its issuer's common name where known."""

    kind: TlsFaultKind
    message: str
    issuer: str | None = None
    host: str = ""


@dataclass(frozen=True, slots=True)
class Tls:
    """The TLS facts of one connection. ``chain`` holds PEM certificates, leaf first."""

    version: str | None = None
    cipher: str | None = None
    chain: tuple[str, ...] = ()
    verify_result: int | None = None  # X509 verify code, 0 = ok


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds from the start of the transfer, as libcurl counts them."""

    name_lookup: float = 0.0
    connect: float = 0.0
    app_connect: float = 0.0
    start_transfer: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and its response, verbatim.

    ``request_head`` and ``response_head`` are the bytes on the wire including the blank line (empty where they are
    not known). ``body`` is after de-chunking and before content-decoding.
    """

    url: str
    status: int
    response_head: bytes
    body: bytes = b""
    request_head: bytes = b""
    method: str = "GET"
    informational_heads: tuple[bytes, ...] = ()
    trailers: bytes = b""
    dechunked: bool = False
    truncated: str | None = None  # length | time | disconnect
    peer: str | None = None  # "192.0.2.1:443"; None through a proxy
    via_proxy: bool = False
    http_version: str = "1.1"
    tls: Tls | None = None
    timings: Timings = Timings()  # of verbatim hops only
    started_at: datetime | None = None
    resolved: tuple[str, ...] = ()  # the addresses that DNS gave
    local: str | None = None  # this machine's end of the connection, where verbatim; never written to a file

    @property
    def headers(self) -> Headers:
        """The response's headers, parsed leniently from ``response_head``."""
        return Headers.parse(self.response_head)

    def content(self, limit: int = 16 * 1024 * 1024) -> bytes:
        """The body after content-decoding, at most ``limit`` bytes of it; undecodable bytes come back as they are."""
        return decode_content(self.headers.codings, self.body, limit).data


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """One URL to fetch. ``key`` is the caller's and comes back on the Exchange unchanged."""

    url: str
    key: str = ""
    headers: tuple[tuple[str, str], ...] = ()  # additional request headers, e.g. If-None-Match
    max_body: int = 2 * 1024 * 1024  # bytes; a longer body is cut and marked truncated="length"
    verbatim: bool = False  # record request head, cipher and certificate chain (captures)
    referer: str | None = None
    verify: bool = True
    once: bool = False  # not asked again where it fails: what it would say is not worth the wait


@dataclass(frozen=True, slots=True)
class Exchange:
    """Everything that happened for one URL, redirects included. Fetched once and shared by every room."""

    url: str
    key: str = ""
    hops: tuple[Hop, ...] = ()
    failure: Failure | None = None
    tls_fault: TlsFault | None = None  # set: the last hops were fetched unverified, for the verdict only
    attempts: int = 1
    retry_after: float | None = None  # what the last answer asked to wait, seconds
    started_at: datetime | None = None
    elapsed: float = 0.0

    @property
    def last(self) -> Hop | None:
        """The final hop, if any answered."""
        return self.hops[-1] if self.hops else None

    @property
    def final_url(self) -> str:
        """Where the chain of redirects ended (the URL asked for where nothing answered)."""
        return self.hops[-1].url if self.hops else self.url

    @property
    def size(self) -> int:
        """Bytes of all bodies together, as received."""
        return sum(len(hop.body) for hop in self.hops)

    @property
    def status(self) -> int | None:
        """The last HTTP status; None where nothing answered or the transfer failed before a status."""
        return self.hops[-1].status if self.hops else None


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a browser made of a fetched page: each of its requests was answered by the fetcher, or not at all.

    ``document`` is the page as HTML after its scripts ran, ``screenshot`` a PNG; ``fault`` says why either is missing.
    ``counts`` says that the page shows itself only to scripts, so that its text is taken from ``document``.
    """

    browser: str  # name and version
    user_agent: str  # what scripts were told; requests carry the fetcher's
    viewport: tuple[int, int]
    started_at: datetime
    elapsed: float = 0.0
    url: str | None = None  # where the browser ended
    document: str | None = None
    screenshot: bytes | None = None
    size: tuple[int, int] | None = None  # of the screenshot, in CSS pixels
    page_height: int | None = None  # larger than the screenshot's where that was cut
    settled: bool = False  # False: the page was still loading when its time was over
    sandboxed: bool = True
    locale: str = ""
    time_zone: str = ""
    exchanges: tuple[Exchange, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()  # address → why it was not fetched
    fault: str | None = None
    counts: bool = False
