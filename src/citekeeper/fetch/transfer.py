"""One libcurl easy handle, used for one hop after another: set up, filled by callbacks, read out as a Hop."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote

import pycurl

from citekeeper import values
from citekeeper.fetch.faults import Ending
from citekeeper.fetch.guard import is_public
from citekeeper.files import append_whole, nameless
from citekeeper.model import Hop, Timings, Tls
from citekeeper.patterns import late
from citekeeper.urls import Url, unicode_host

if TYPE_CHECKING:
    from citekeeper.fetch.config import EngineConfig
    from citekeeper.fetch.journey import Journey

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_SUPPRESS_CONNECT_HEADERS = 265  # CURLOPT_SUPPRESS_CONNECT_HEADERS, which pycurl has no name for
_BLANK = (b"\r\n", b"\n")
_BUFFER = 64 * 1024  # most pages come in one read; libcurl's own 16 kB make it two
_CHUNKED = late(rb"(?im)^transfer-encoding:[^\n]*chunked")
_CIPHER = late(r"SSL connection using ([^\s/]+) / ([^\s/]+)")
_PROXY_CREDENTIALS = late(rb"(?im)^(proxy-authorization:)[^\r\n]*")
_HTTP_VERSIONS = {
    pycurl.CURL_HTTP_VERSION_1_0: "1.0",
    pycurl.CURL_HTTP_VERSION_1_1: "1.1",
    pycurl.CURL_HTTP_VERSION_2_0: "2",
    30: "3",
}
# OpenSSL ignores this flag (it is Schannel's), but libcurl shares connections only between equal settings. So captures
# get connections of their own, whose certificates and cipher were recorded.
_OWN_CONNECTIONS = pycurl.SSLOPT_REVOKE_BEST_EFFORT
# libcurl goes through its whole name cache at every look-up unless entries live for ever (a tenth of all its work with
# 1,000 hosts). So they do, and the Engine has those of hosts that it is done with removed. Only a proxy's name is
# libcurl's own to look up.
_FOR_EVER = -1
_PROXY_NAME_LIFETIME = 60  # seconds
_NO_TIMINGS = Timings()
# A body beyond this waits for its end on disk: a hundred large ones may be under way at once.
_IN_MEMORY = 1024 * 1024


@values.dataclass(frozen=True, slots=True)
class Route:
    """How a hop is to be reached: everything of a handle that seldom changes from one hop to the next."""

    https: bool
    proxy: str | None = None
    verify: bool = True
    obsolete: bool = False  # TLS 1.0 and weak keys allowed
    http1: bool = False
    verbatim: bool = False
    ca_bundle: str = ""


@dataclass(slots=True)
class Received:
    """What a transfer brought: the hop, as far as a head came, and how it ended where it failed."""

    hop: Hop | None
    ending: Ending | None


class Transfer:
    """A reusable libcurl handle with the buffers of the hop under way."""

    def __init__(self, config: EngineConfig, wires: dict[int, Tls]) -> None:
        self.curl = pycurl.Curl()
        self.journey: Journey | None = None
        self.url: Url | None = None
        self.began = 0.0  # monotonic
        self._looked_at = 0.0
        self._seen_size = self._seen_lines = self._slow_looks = 0
        self._config = config
        self._wires = wires  # what is known of each TLS connection, by libcurl's connection id
        self._route: Route | None = None
        self._headers: list[str] | None = None
        self._userpwd = ""
        self._keeps = True
        self._has_entries = False  # whether RESOLVE is set
        self._lines: list[bytes] = []  # one list for all hops: libcurl's callback is its own append
        self._chunks: list[bytes] = []
        self._size = 0
        self._cap = 0
        self._limit = 0  # of the body's size, from which more is to be done than to keep the piece
        self._spilled: IO[bytes] | None = None
        self._loose = 0  # bytes that came since something was last written there
        self._address = ""
        self._cut = False
        self._refused: str | None = None
        self._sent: list[bytes] = []
        self._handshake: tuple[str, str] | None = None
        self._resolved: tuple[str, ...] = ()
        self._started_at: datetime | None = None
        self._default_headers = [
            f"Accept: {ACCEPT}",
            f"Accept-Language: {config.accept_language}",
            "Accept-Encoding: gzip, deflate, br",
        ]
        self._set_up()

    def _set_up(self) -> None:
        set_option = self.curl.setopt
        config = self._config
        set_option(pycurl.NOSIGNAL, 1)
        set_option(pycurl.BUFFERSIZE, _BUFFER)
        set_option(pycurl.FOLLOWLOCATION, 0)
        set_option(pycurl.PATH_AS_IS, 1)
        set_option(pycurl.USERAGENT, config.user_agent)
        set_option(pycurl.HTTPHEADER, self._default_headers)
        # libcurl tells how far a connection came only where it ends the transfer itself, so its watch ends first.
        set_option(pycurl.CONNECTTIMEOUT_MS, max(1, int(min(config.connect_timeout, config.timeout) * 1000)))
        set_option(pycurl.TIMEOUT_MS, max(1, int(config.total_timeout * 1000)))
        set_option(pycurl.HEADERFUNCTION, self._lines.append)
        set_option(pycurl.WRITEFUNCTION, self._on_body)
        set_option(pycurl.PROXY, "")  # libcurl must not read the environment itself
        set_option(pycurl.NOPROXY, "")
        set_option(_SUPPRESS_CONNECT_HEADERS, 1)

    def arm(
        self,
        journey: Journey,
        url: Url,
        route: Route,
        addresses: tuple[str, ...],
        headers: list[str] | None,
        max_body: int,
        started_at: datetime,
        began: float,
        stale: list[str],
        *,
        keep: bool,
    ) -> None:
        """Make the handle ready for one hop.

        ``headers`` are additional lines, ``addresses`` vetted ones; ``stale`` are entries of libcurl's own name cache
        that are to go, as CURLOPT_RESOLVE writes them; ``keep`` says whether the connection is to stay open afterwards.
        """
        self.journey, self.url, self.began, self._started_at = journey, url, began, started_at
        self._lines.clear()
        self._chunks = []
        self._size, self._cap, self._cut, self._refused = 0, max_body, False, None
        self._limit, self._loose = min(max_body, _IN_MEMORY), 0
        self._resolved = addresses
        self.look_away(began)
        set_option = self.curl.setopt
        self._address = sent_url(url)
        set_option(pycurl.URL, self._address)
        if route is not self._route:
            self._take(route)
        if headers != self._headers:
            self._headers = headers
            set_option(pycurl.HTTPHEADER, self._with_defaults(headers) if headers else self._default_headers)
        if keep is not self._keeps:
            self._keeps = keep
            set_option(pycurl.FORBID_REUSE, 0 if keep else 1)
        self._set_credentials(url, journey)
        self._set_addresses(url, addresses, stale)
        if route.verbatim:
            self._sent, self._handshake = [], None

    def _with_defaults(self, headers: list[str]) -> list[str]:
        """Header lines with the defaults of those names that they do not have."""
        given = {line.partition(":")[0].lower() for line in headers}
        return [line for line in self._default_headers if line.partition(":")[0].lower() not in given] + headers

    def _set_credentials(self, url: Url, journey: Journey) -> None:
        userpwd = ""
        if url.has_credentials and journey.may_send_secrets(url):
            userpwd = f"{unquote(url.username)}:{unquote(url.password)}"
        if userpwd != self._userpwd:
            self._userpwd = userpwd
            if userpwd:
                self.curl.setopt(pycurl.HTTPAUTH, pycurl.HTTPAUTH_BASIC)
                self.curl.setopt(pycurl.USERNAME, unquote(url.username))
                self.curl.setopt(pycurl.PASSWORD, unquote(url.password))
            else:
                self.curl.unsetopt(pycurl.USERPWD)

    def _set_addresses(self, url: Url, addresses: tuple[str, ...], stale: list[str]) -> None:
        entries = stale
        if addresses:
            shown = ",".join(f"[{a}]" if ":" in a else a for a in addresses)
            entries = [*stale, f"+{url.host}:{url.port}:{shown}"]
        if entries or self._has_entries:
            # Set each time: libcurl reads the list when a transfer starts.
            self.curl.setopt(pycurl.RESOLVE, entries)
            self._has_entries = bool(entries)

    def _take(self, route: Route) -> None:
        set_option = self.curl.setopt
        self._route = route
        set_option(pycurl.PROXY, route.proxy or "")
        guarded = route.proxy is None and not self._config.allow_private
        if guarded:
            set_option(pycurl.OPENSOCKETFUNCTION, self._open_socket)
        else:
            self.curl.unsetopt(pycurl.OPENSOCKETFUNCTION)
        set_option(pycurl.DNS_CACHE_TIMEOUT, _PROXY_NAME_LIFETIME if route.proxy else _FOR_EVER)
        set_option(pycurl.VERBOSE, 1 if route.verbatim else 0)
        if route.verbatim:
            set_option(pycurl.DEBUGFUNCTION, self._on_debug)
        if route.proxy and route.ca_bundle:
            set_option(pycurl.PROXY_CAINFO, route.ca_bundle)
        if not route.https:
            set_option(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
            set_option(pycurl.PIPEWAIT, 0)
            return
        if route.ca_bundle:
            set_option(pycurl.CAINFO, route.ca_bundle)
        set_option(pycurl.SSL_VERIFYPEER, 1 if route.verify else 0)
        set_option(pycurl.SSL_VERIFYHOST, 2 if route.verify else 0)
        plain = not (route.http1 or route.verbatim)
        version = pycurl.CURL_HTTP_VERSION_2TLS if plain else pycurl.CURL_HTTP_VERSION_1_1
        set_option(pycurl.HTTP_VERSION, version)
        set_option(pycurl.PIPEWAIT, 1 if plain else 0)
        set_option(pycurl.SSL_SESSIONID_CACHE, 0 if route.verbatim else 1)
        set_option(pycurl.OPT_CERTINFO, 1 if route.verbatim or not route.verify else 0)
        set_option(pycurl.SSL_OPTIONS, _OWN_CONNECTIONS if route.verbatim else 0)
        set_option(pycurl.SSLVERSION, pycurl.SSLVERSION_TLSv1_0 if route.obsolete else pycurl.SSLVERSION_DEFAULT)
        if route.obsolete:
            set_option(pycurl.SSL_CIPHER_LIST, "DEFAULT:@SECLEVEL=0")
        else:
            self.curl.unsetopt(pycurl.SSL_CIPHER_LIST)

    # ── callbacks: libcurl calls them, so they must be short and must not raise ─────────────────────────────────────

    def _on_body(self, data: bytes) -> int | None:
        self._size += len(data)
        if self._size > self._limit:
            return self._on_large(data)
        self._chunks.append(data)
        return None

    def _on_large(self, data: bytes) -> int | None:
        if self._size > self._cap:
            self._chunks.append(data[: len(data) - (self._size - self._cap)])
            self._cut = True
            return -1  # ends the transfer with WRITE_ERROR, which finish() understands
        self._chunks.append(data)
        self._loose += len(data)
        if self._loose >= _IN_MEMORY:
            self._spill()
        return None

    def _spill(self) -> bool:
        """Put what came so far on disk; False where that fails, and memory has to do."""
        try:
            if self._spilled is None:
                self._spilled = nameless(self._config.scratch)
            append_whole(self._spilled, b"".join(self._chunks))
        except OSError:
            self._limit = self._cap
            return False
        self._chunks, self._loose = [], 0
        return True

    def _body(self) -> bytes:
        if self._spilled is None:
            return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)
        is_whole = self._spill()
        self._spilled.seek(0)
        whole = self._spilled.read()
        return whole if is_whole else b"".join((whole, *self._chunks))

    def _on_debug(self, kind: int, data: bytes) -> None:
        if kind == pycurl.INFOTYPE_HEADER_OUT:
            if not data.startswith(b"CONNECT "):
                if self._sent and self._sent[-1].endswith(b"\r\n\r\n"):
                    self._sent.clear()  # libcurl sent it again: the reused connection had died
                self._sent.append(bytes(data))
        elif kind == pycurl.INFOTYPE_TEXT and self._handshake is None and b"SSL connection using" in data:
            match = _CIPHER.search(data.decode("ascii", "replace"))
            if match:
                self._handshake = (match[1], match[2])

    def _open_socket(self, _purpose: int, address: Any) -> socket.socket | int:
        family, kind, protocol, where = address[:4]
        target = where[0].decode("ascii", "replace") if isinstance(where[0], bytes) else str(where[0])
        if not is_public(target):
            self._refused = target
            return int(pycurl.SOCKET_BAD)
        return socket.socket(family, kind, protocol)

    # ── patience: libcurl's own low-speed watch costs a timer a second for each transfer, and counts whole seconds ──

    def look_away(self, now: float) -> None:
        """Begin the watch anew: the transfer starts, or nobody looked at its socket for a while."""
        self._looked_at, self._slow_looks = now, 0
        self._seen_size, self._seen_lines = self._size, len(self._lines)

    def is_silent(self, now: float) -> bool:
        """Whether less than the least rate came for the whole timeout, looked at in two halves."""
        half = self._config.timeout / 2
        if now - self._looked_at < half:
            return False
        is_slow = len(self._lines) == self._seen_lines and self._size - self._seen_size < self._config.min_rate * half
        slow_looks = self._slow_looks + 1 if is_slow else 0
        self.look_away(now)
        self._slow_looks = slow_looks
        return slow_looks >= 2

    # ── reading out ─────────────────────────────────────────────────────────────────────────────────────────────────

    def finish(self, code: int, text: str) -> Received:
        """What the transfer brought, once libcurl is through with it (``code`` 0 is success)."""
        url, route = self.url, self._route
        assert url is not None
        assert route is not None
        get = self.curl.getinfo
        if self._cut and code == pycurl.E_WRITE_ERROR:
            code = 0
        head, informational, trailers, complete = split_heads(self._lines)
        hop = None
        # A failed CONNECT leaves a response code too, but no head of the source.
        status = get(pycurl.RESPONSE_CODE) if complete else 0
        if status:
            hop = self._hop(route, status, head, informational, trailers, code)
        ending = self._ending(code, text, complete) if code else None
        return Received(hop, ending)

    def _hop(
        self,
        route: Route,
        status: int,
        head: bytes,
        informational: tuple[bytes, ...],
        trailers: bytes,
        code: int,
    ) -> Hop:
        get = self.curl.getinfo
        version = get(pycurl.INFO_HTTP_VERSION)
        truncated = None
        if self._cut:
            truncated = "length"
        elif code:
            truncated = "time" if code == pycurl.E_OPERATION_TIMEDOUT else "disconnect"
        peer = None
        if route.proxy is None:
            address = get(pycurl.PRIMARY_IP)
            port = get(pycurl.PRIMARY_PORT)
            peer = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        is_chunked = version < pycurl.CURL_HTTP_VERSION_2_0 and _is_chunked(head)
        # By position: keywords cost a third more, and a check makes a Hop for every page.
        return Hop(
            self._address,
            status,
            head,
            self._body(),
            _PROXY_CREDENTIALS.sub(rb"\1 withheld", b"".join(self._sent)) if route.verbatim else b"",
            "GET",
            informational,
            trailers,
            is_chunked,
            truncated,
            peer,
            route.proxy is not None,
            _HTTP_VERSIONS.get(version, "1.1"),
            self._tls(route) if route.https else None,
            self._timings() if route.verbatim else _NO_TIMINGS,
            self._started_at,
            self._resolved,
            get(pycurl.LOCAL_IP) or None if route.verbatim else None,
        )

    def _timings(self) -> Timings:
        get = self.curl.getinfo
        return Timings(
            get(pycurl.NAMELOOKUP_TIME),
            get(pycurl.CONNECT_TIME),
            get(pycurl.APPCONNECT_TIME),
            get(pycurl.STARTTRANSFER_TIME),
            get(pycurl.TOTAL_TIME),
        )

    def _tls(self, route: Route) -> Tls | None:
        """The facts of this hop's connection; those of a reused one were kept when it was made."""
        if not route.verbatim and route.verify:
            return None
        connection = self.curl.getinfo(pycurl.CONN_ID)
        if self.curl.getinfo(pycurl.NUM_CONNECTS) or connection not in self._wires:
            version, cipher = self._handshake or (None, None)
            tls = Tls(version, cipher, self.chain(), self.curl.getinfo(pycurl.SSL_VERIFYRESULT))
            if len(self._wires) >= 4096:
                self._wires.pop(next(iter(self._wires)))
            self._wires[connection] = tls
        return self._wires[connection]

    def chain(self) -> tuple[str, ...]:
        """The PEM certificates that the server showed, leaf first, as far as libcurl recorded them."""
        found = []
        for certificate in self.curl.getinfo_raw(pycurl.INFO_CERTINFO) or ():
            for name, value in certificate:
                if name == b"Cert":
                    found.append(value.decode("ascii", "replace"))
        return tuple(found)

    def _ending(self, code: int, text: str, complete: bool) -> Ending:
        get = self.curl.getinfo
        url, route = self.url, self._route
        assert url is not None
        assert route is not None
        # Of a connection that stood already libcurl gives no times.
        is_reused = get(pycurl.REQUEST_SIZE) > 0 and get(pycurl.NUM_CONNECTS) == 0
        return Ending(
            code=code,
            text=text,
            host=unicode_host(url.host),
            os_errno=get(pycurl.OS_ERRNO),
            connected=is_reused or get(pycurl.CONNECT_TIME) > 0,
            secured=is_reused or not route.https or get(pycurl.APPCONNECT_TIME) > 0,
            via_proxy=route.proxy is not None,
            connect_status=get(pycurl.HTTP_CONNECTCODE),
            dripped=bool(self._lines) and not complete,
            head_complete=complete,
            refused_address=self._refused,
            verify_result=get(pycurl.SSL_VERIFYRESULT),
        )

    def release(self) -> None:
        """Let go of the hop's buffers; the handle itself is kept for the next."""
        self.journey = self.url = None
        self._lines.clear()
        self._chunks, self._sent = [], []
        if self._spilled is not None:
            self._spilled.close()
            self._spilled = None

    def close(self) -> None:
        """Free the handle."""
        self.curl.close()


def sent_url(url: Url) -> str:
    """The URL as it is asked of the server: without fragment and without credentials."""
    href = url.href
    if url.fragment or "#" in href:
        href = href.partition("#")[0]
    if url.has_credentials:
        scheme, _, rest = href.partition("://")
        href = f"{scheme}://{rest.partition('@')[2]}"
    return href


def split_heads(lines: list[bytes]) -> tuple[bytes, tuple[bytes, ...], bytes, bool]:
    """Sort header lines into the final head, informational heads and trailers; the last says if the head is complete.

    libcurl hands them over one after another: each head ends in a blank line, and trailers follow the last.
    """
    if not lines:
        return b"", (), b"", False
    if lines[-1] in _BLANK and lines.index(lines[-1]) == len(lines) - 1 and lines[0][:1] == b"H":
        head = b"".join(lines)
        status = head.find(b" ") + 1
        if head[status : status + 1] != b"1" or not _is_informational(head):
            return head, (), b"", True
    heads: list[bytes] = []
    current: list[bytes] = []
    for line in lines:
        current.append(line)
        if line in _BLANK:
            heads.append(b"".join(current))
            current = []
    informational: list[bytes] = []
    for position, head in enumerate(heads):
        if not _is_informational(head):
            trailers = b"".join((*heads[position + 1 :], *current))
            return head, tuple(informational), trailers, True
        informational.append(head)
    return b"".join(current), tuple(informational), b"", False


def _is_chunked(head: bytes) -> bool:
    # The plain search spares almost all heads the pattern (“in” would take longer: it tries its left side as a number).
    return (head.find(b"hunked") >= 0 or head.find(b"HUNKED") >= 0) and _CHUNKED.search(head) is not None


def _is_informational(head: bytes) -> bool:
    parts = head[:64].split(b" ", 2)
    return len(parts) > 1 and parts[1][:1] == b"1" and len(parts[1].strip()) == 3
