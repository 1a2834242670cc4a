"""The sandbox's web: which hosts exist, and what each URL answers.

A World holds staged URLs, handlers for whole hosts, and the two services that citekeeper talks to: a Wayback Machine
(``world.wayback``) and Google's translation page (``world.translator``). It knows nothing of sockets, so a test can ask
it directly with :meth:`World.answer`.

The order in which a request finds its answer: what :meth:`World.fault` or :meth:`World.sequence` queued for the URL;
the URL's own staging; the host's handler; the staging of the same URL under https (a 301 to it, as sites do); 404.
"""

from __future__ import annotations

import hashlib
import random
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import urlsplit

from citekeeper.clock import Clock, SystemClock
from citekeeper.content import Headers
from citekeeper.sandbox.messages import (
    CONNECT_FAULTS,
    TLS_FAULTS,
    Answer,
    Fault,
    FaultKind,
    Handler,
    HeaderPairs,
    Request,
    Response,
    pairs,
)
from citekeeper.sandbox.peers import ArchiveToday, Arquivo, MemGator
from citekeeper.sandbox.services import DeepL, LibreTranslate, MyMemory
from citekeeper.sandbox.translate import Translator
from citekeeper.sandbox.wayback import WaybackMachine
from citekeeper.urls import BadUrlError, parse

LAST_MODIFIED = datetime(2022, 5, 1, 6, 0, 0, tzinfo=UTC)


class World:
    """A small internet. All methods may be called while a Sandbox serves it.

    Args:
        clock: the time that Date headers, mementos and limits go by; default the machine's.
        seed: of the random numbers that job ids are made of.

    Attributes:
        wayback: the Wayback Machine at web.archive.org and archive.org.
        arquivo: Arquivo.pt.
        archive_today: archive.today.
        memgator: an aggregator at memgator.example, and the one archive behind it.
        translator: Google's translation page at translate.google.com.
        deepl, mymemory, libre: the other translation services; they know what ``translator`` was taught.
    """

    def __init__(self, *, clock: Clock | None = None, seed: int = 0) -> None:
        self.clock: Clock = clock or SystemClock()
        self.random = random.Random(seed)  # noqa: S311 - job ids of a test double
        self._lock = threading.RLock()
        self._hosts: set[str] = set()
        self._staged: dict[str, Answer] = {}
        self._queued: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self._handlers: dict[str, Handler] = {}
        self._not_found: dict[str, Response] = {}
        self._hits: Counter[str] = Counter()
        self._connect_faults: dict[str, tuple[FaultKind, int | None]] = {}
        self._tls_faults: dict[str, FaultKind] = {}
        self.wayback = WaybackMachine(self)
        self.arquivo = Arquivo(self.clock.now)
        self.archive_today = ArchiveToday(self.clock.now)
        self.memgator = MemGator(self.clock.now)
        self.translator = Translator()
        self.deepl, self.mymemory = DeepL(self.translator), MyMemory(self.translator)
        self.libre = LibreTranslate(self.translator)
        for service in (self.deepl, self.mymemory, self.libre):
            for host in service.hosts:
                self.handler(host, service.answer)
        for archive in (self.wayback, self.arquivo, self.archive_today, self.memgator):
            for host in archive.hosts:
                self.handler(host, archive.answer)
        for host in self.translator.hosts:
            self.handler(host, self.translator.answer)

    # ── staging ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def page(
        self,
        url: str,
        body: str | bytes,
        *,
        status: int = 200,
        headers: Mapping[str, str] | HeaderPairs = (),
        media_type: str = "text/html; charset=utf-8",
        reason: str | None = None,
        validators: bool = True,
        compress: bool = False,
        chunked: bool = False,
        delay: float = 0.0,
    ) -> None:
        """Stage what ``url`` answers.

        Args:
            url: absolute; its host exists from now on.
            body: bytes as they go over the wire; text is encoded as UTF-8.
            status: the HTTP status.
            headers: further headers; a Content-Type among them replaces ``media_type``.
            media_type: the Content-Type; "" for none.
            reason: the reason phrase; default the standard's.
            validators: give a 200 an ETag and Last-Modified, and honour If-None-Match and If-Modified-Since.
            compress: gzip for clients that accept it.
            chunked: send it chunked.
            delay: seconds before the first byte.
        """
        content = body.encode() if isinstance(body, str) else body
        fields = list(pairs(headers))
        given = {name.lower() for name, _ in fields}
        if media_type and "content-type" not in given:
            fields.insert(0, ("Content-Type", media_type))
        if validators and status == 200:
            if "etag" not in given:
                fields.append(("ETag", f'"{hashlib.sha256(content).hexdigest()[:20]}"'))
            if "last-modified" not in given:
                fields.append(("Last-Modified", format_datetime(LAST_MODIFIED, usegmt=True)))
        self.stage(url, Response(status, tuple(fields), content, reason, compress, chunked, delay))

    def redirect(self, url: str, to: str, status: int = 301, *, headers: Mapping[str, str] | HeaderPairs = ()) -> None:
        """Stage a redirect; ``to`` goes into Location as it is, so it may be relative or nonsense."""
        self.stage(url, Response.redirect(to, status, pairs(headers)))

    def stage(self, url: str, answer: Answer) -> None:
        """Stage any answer for ``url``, replacing what was staged or queued for it."""
        with self._lock:
            key = _key(url)
            self._hosts.add(_host(key))
            self._queued.pop(key, None)
            self._staged[key] = answer

    def fault(
        self,
        url: str,
        kind: FaultKind | str,
        *,
        data: bytes = b"",
        seconds: float = 0.0,
        response: Response | None = None,
        times: int | None = None,
    ) -> None:
        """Stage a fault. Faults of connecting and of TLS concern the whole host of ``url``, the others the URL alone.

        Args:
            url: where.
            kind: a FaultKind or its value, e.g. ``"reset"`` or ``"tls-expired"``.
            data: for ``raw``: the bytes to send.
            seconds: for ``hang`` and ``slow-drip``.
            response: for ``truncated``, ``truncated-chunk`` and ``slow-drip``: whose body is broken; default what was
                staged for the URL.
            times: how often, before what was staged for the URL shows again; default always. Not for TLS.
        """
        kind = FaultKind(kind)
        host = _host(_key(url))
        with self._lock:
            if kind in CONNECT_FAULTS:
                self._hosts.add(host)
                self._connect_faults[host] = (kind, times)
                return
            if kind in TLS_FAULTS:
                self._hosts.add(host)
                self._tls_faults[host] = kind
                return
            staged = self._staged.get(_key(url))
            broken = response or (staged if isinstance(staged, Response) else None)
            made = Fault(kind, data, seconds, broken) if broken else Fault(kind, data, seconds)
            if times is None:
                self.stage(url, made)
            else:
                self._hosts.add(host)
                self._queued[_key(url)].extend([made] * times)

    def sequence(self, url: str, answers: Sequence[Answer]) -> None:
        """Stage one answer after the other for ``url``; the last one stays."""
        if not answers:
            raise ValueError("a sequence needs at least one answer")
        with self._lock:
            self.stage(url, answers[-1])
            self._queued[_key(url)].extend(answers[:-1])

    def handler(self, host: str, function: Handler) -> None:
        """Let ``function`` answer for ``host``; ``*.example.org`` is every name under it, ``*`` every name there is."""
        with self._lock:
            self._handlers[host.lower()] = function

    def host(self, host: str, *, not_found: Response | None = None) -> None:
        """Make ``host`` exist, and say what its unknown paths answer (a 404 by default)."""
        with self._lock:
            self._hosts.add(host.lower())
            if not_found is not None:
                self._not_found[host.lower()] = not_found

    def remove(self, host: str) -> None:
        """Make ``host`` vanish from the world: the proxy will no longer find it."""
        host = host.lower()
        with self._lock:
            self._hosts.discard(host)
            self._handlers.pop(host, None)
            for key in [key for key in self._staged if _host(key) == host]:
                del self._staged[key]
                self._queued.pop(key, None)

    # ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def hits(self, url: str) -> int:
        """How many requests reached ``url``, whatever their method; the Wayback Machine's own visits do not count."""
        with self._lock:
            return self._hits[_key(url)]

    def connect_fault(self, host: str, *, counted: bool = True) -> FaultKind | None:
        """Why the proxy cannot connect to ``host``; None where it can."""
        host = host.lower()
        with self._lock:
            kind, times = self._connect_faults.get(host, (None, None))
            if kind is not None:
                if times is not None and counted:
                    self._connect_faults[host] = (kind, times - 1)
                    if times <= 1:
                        del self._connect_faults[host]
                return kind
            return None if host in self._hosts or self._handler_for(host) else FaultKind.UNKNOWN_HOST

    def tls_fault(self, host: str) -> FaultKind | None:
        """What is wrong with the certificate of ``host``; None where nothing is."""
        with self._lock:
            return self._tls_faults.get(host.lower())

    def answer(self, request: Request, *, counted: bool = True) -> Answer:
        """What the world says to ``request``.

        Args:
            request: whose ``url`` decides.
            counted: False for the Wayback Machine's crawler, which neither counts as a hit nor uses up a sequence.
        """
        key = _key(request.url)
        with self._lock:
            if counted:
                self._hits[key] += 1
            queue = self._queued.get(key)
            queued = (queue.popleft() if counted else queue[0]) if queue else None
            staged = queued or self._staged.get(key)
            handler = self._handler_for(request.host)
        if staged is None and handler is not None:
            return handler(request)
        if staged is None:
            staged = self._otherwise(key)
        if isinstance(staged, Response):
            return _conditional(request, staged)
        return staged

    def visit(self, url: str) -> Answer:
        """What a crawler of the sandbox itself gets for ``url``: uncounted, uncompressed, and aware of dead hosts."""
        host = _host(_key(url))
        kind = self.connect_fault(host, counted=False)
        if kind is not None:
            return Fault(kind)
        headers = Headers((("Host", host), ("User-Agent", "Mozilla/5.0 (compatible; archive.org_bot)")))
        return self.answer(Request(self.clock.now(), "GET", url, host, headers), counted=False)

    def _handler_for(self, host: str) -> Handler | None:
        host = host.lower()
        names = [host, *("*." + host.split(".", n)[-1] for n in range(1, host.count(".") + 1)), "*"]
        return next((self._handlers[name] for name in names if name in self._handlers), None)

    def _otherwise(self, key: str) -> Answer:
        with self._lock:
            if key.startswith("http://") and (secure := "https://" + key.removeprefix("http://")) in self._staged:
                return Response.redirect(secure, 301)
            return self._not_found.get(_host(key), _NOT_FOUND)


_NOT_FOUND = Response.html(
    "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head>\n"
    "<body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>\n",
    404,
)


def _key(url: str) -> str:
    try:
        return parse(url).without_fragment
    except BadUrlError:
        return url.partition("#")[0]


def _host(key: str) -> str:
    return (urlsplit(key).hostname or "").lower()


def _conditional(request: Request, response: Response) -> Response:
    """``response``, or 304 where the client's copy is current (RFC 9110 section 13.2.2); 405 for writing methods."""
    if request.method not in ("GET", "HEAD"):
        return Response.text("Method Not Allowed\n", 405, (("Allow", "GET, HEAD"),))
    if response.status != 200:
        return response
    etag, modified = response.header("etag"), response.header("last-modified")
    wanted, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    if wanted:
        tags = [tag.strip().removeprefix("W/") for tag in wanted.split(",")]
        current = bool(etag) and (wanted.strip() == "*" or etag.removeprefix("W/") in tags)
    else:
        current = bool(since and modified) and _is_before(modified, since)
    if not current:
        return response
    kept = ("etag", "last-modified", "cache-control", "content-location", "expires", "vary")
    return Response(304, tuple(pair for pair in response.headers if pair[0].lower() in kept))


def _is_before(modified: str, since: str) -> bool:
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
