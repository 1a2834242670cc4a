"""The session over ``requests``: explicit proxies and certificates, a deadline, a cap, and the error map."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from citekeeper.clock import Clock
from citekeeper.content import Headers
from citekeeper.errors import ServiceError, ServiceThrottledError, ServiceUnavailableError
from citekeeper.network import Network
from citekeeper.session import MaybeSentError, Reply, parse_retry_after
from citekeeper.session.deadline import POOL_CLASSES, Deadline
from citekeeper.session.failures import TRANSPORT_ERRORS, sentence_for
from citekeeper.urls import BadUrlError, is_web_url, join, parse, shown

_REDIRECTS = (301, 302, 303, 307, 308)
_PIECE = 65536


class _WatchedAdapter(HTTPAdapter):
    """requests' adapter over connections that a `Deadline` can end."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOL_CLASSES

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not proxy.lower().startswith("socks"):  # SOCKS has connections of its own
            manager.pool_classes_by_scheme = POOL_CLASSES
        return manager


class RequestsSession:
    """`citekeeper.session.ServiceSession` over a `requests.Session` without cookies and environment."""

    def __init__(
        self, network: Network, service: str, user_agent: str, deadline: float, max_body: int, clock: Clock
    ) -> None:
        self.service = service
        self._network = network
        self._deadline = deadline
        self._max_body = max_body
        self._clock = clock
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers.update({"User-Agent": user_agent})
        self._session.verify = network.ca_bundle or True
        self._session.mount("https://", _WatchedAdapter())
        self._session.mount("http://", _WatchedAdapter())

    def __repr__(self) -> str:
        return f"<session for {self.service}>"

    def close(self) -> None:
        """Close the pooled connections."""
        self._session.close()

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        deadline: float | None = None,
        redirects: int = 0,
        max_body: int | None = None,
        cut_body: bool = False,
        accept: Collection[int] = (),
    ) -> Reply:
        """See `citekeeper.session.ServiceSession.request`."""
        limit = self._max_body if max_body is None else max_body
        sending = dict(headers or {})
        data = form if body is None else body
        with Deadline(self._deadline if deadline is None else deadline) as time_left:
            while True:
                reply = self._once(time_left, method, url, params, data, sending, limit, cut_body)
                target = self._redirect_target(method, reply) if redirects > 0 else None
                if target is None:
                    break
                redirects -= 1
                if parse(target).origin != parse(reply.url).origin:
                    sending = {name: value for name, value in sending.items() if name.lower() != "authorization"}
                url, params = target, None
        if reply.status == 429 and 429 not in accept:
            wait = parse_retry_after(reply.headers.get("retry-after"), self._clock.now())
            raise ServiceThrottledError(
                self.service,
                f"{urlsplit(reply.url).hostname} answered 429, too many requests.",
                "Wait and run again.",
                retry_after=wait,
            )
        return reply

    def _once(
        self,
        deadline: Deadline,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        data: Mapping[str, str] | bytes | None,
        headers: Mapping[str, str],
        limit: int,
        cut: bool,
    ) -> Reply:
        if not is_web_url(url):
            raise ServiceUnavailableError(self.service, f"“{shown(url)}” is not an address that can be asked.")
        proxy = self._network.proxy_for(url)
        try:
            with self._session.request(
                method,
                url,
                params=params,
                data=data,
                headers=dict(headers),
                timeout=deadline.remaining + 1.0,  # the watchdog decides; this is for what it cannot see
                allow_redirects=False,
                stream=True,
                proxies={"http": proxy, "https": proxy} if proxy else {},
            ) as response:
                body = self._read(response, limit, deadline)
        except TRANSPORT_ERRORS as error:
            raise self._failure(url, deadline, sentence_for(error)) from None  # its own text may hold secrets
        if deadline.expired:
            raise self._failure(url, deadline, "")
        if len(body) > limit and not cut:
            raise self._failure(url, deadline, f"the answer is longer than {limit} bytes")
        fields = tuple((str(name), str(value)) for name, value in response.raw.headers.items())
        return Reply(response.url, response.status_code, Headers(fields), body[:limit], len(body) > limit)

    @staticmethod
    def _read(response: requests.Response, limit: int, deadline: Deadline) -> bytes:
        """The decoded body, up to one byte over ``limit``."""
        body = bytearray()
        while len(body) <= limit and not deadline.expired:
            piece = response.raw.read(min(_PIECE, limit + 1 - len(body)), decode_content=True)
            if not piece:
                break
            body += piece
        return bytes(body)

    def _failure(self, url: str, deadline: Deadline, sentence: str) -> ServiceError:
        if deadline.expired:
            sentence = f"no complete answer came within {deadline.seconds:g} s"
        kind = MaybeSentError if deadline.sent else ServiceUnavailableError
        return kind(self.service, f"{urlsplit(url).hostname}: {sentence}.", "Run again later.")

    @staticmethod
    def _redirect_target(method: str, reply: Reply) -> str | None:
        location = reply.headers.get("location")
        if method not in ("GET", "HEAD") or reply.status not in _REDIRECTS or not location:
            return None
        try:
            target = join(reply.url, location)
        except BadUrlError:
            return None
        is_downgrade = reply.url.startswith("https:") and target.startswith("http:")
        return target if is_web_url(target) and not is_downgrade else None
