"""How a hop is reached: through which proxy, with which trust, and whether the guard lets it go there at all."""

from __future__ import annotations

import re
from typing import Any

from citekeeper.fetch.config import EngineConfig
from citekeeper.fetch.guard import is_literal, is_local_name, is_public
from citekeeper.fetch.journey import Journey
from citekeeper.fetch.transfer import Route
from citekeeper.fetch.trust import Trust
from citekeeper.model import Failure, FailureKind
from citekeeper.network import Network
from citekeeper.urls import Url, unicode_host

_PLAIN = Route(https=False)


class Routing:
    """Finds the Route of each hop; the few that there are, are made once.

    Args:
        config: whether private addresses and HTTP/2 are allowed.
        network: the proxies.
        trust: the certificate bundles.
    """

    def __init__(self, config: EngineConfig, network: Network, trust: Trust) -> None:
        self._config = config
        self._network = network
        self._trust = trust
        self._is_proxied = bool(network.http_proxy or network.https_proxy)
        self._routes: dict[tuple[Any, ...], Route] = {}

    def proxy_for(self, url: Url) -> str | None:
        """The proxy that the network setting names for a URL, as libcurl is to be told of it."""
        if not self._is_proxied:
            return None
        proxy = self._network.proxy_for(url.href)
        # The proxy looks names up; with these two libcurl would do it itself.
        return re.sub(r"^socks5://", "socks5h://", re.sub(r"^socks4://", "socks4a://", proxy)) if proxy else None

    def refusal(self, url: Url, proxy: str | None, addresses: tuple[str, ...]) -> Failure | None:
        """Why the guard refuses to go there, if it does."""
        if self._config.allow_private:
            return None
        if is_literal(url.host):
            bad = None if is_public(url.host) else url.host
        elif proxy is not None:
            bad = url.host if is_local_name(url.host) else None
        else:
            bad = None if any(is_public(address) for address in addresses) else addresses[0]
        if bad is None:
            return None
        where = "is" if bad == url.host else f"leads to {bad},"
        return Failure(FailureKind.PRIVATE_ADDRESS, f"{unicode_host(url.host)} {where} a private network address.")

    def route(self, journey: Journey, url: Url, proxy: str | None, *, http1: bool) -> Route:
        """The route of a journey's next hop.

        Args:
            journey: whether it is verbatim, and what earlier attempts have taught.
            url: where the hop goes.
            proxy: through what.
            http1: whether the host is known to fail with HTTP/2.
        """
        https = url.scheme == "https"
        verbatim = journey.request.verbatim
        if not (https or proxy or verbatim):
            return _PLAIN
        http1 = http1 or journey.http1 or not self._config.http2
        verify = journey.verify and not journey.obsolete
        ca_bundle = self._trust.bundle_for(url.host) if https or proxy else ""
        key = (https, proxy, verify, journey.obsolete, http1, verbatim, ca_bundle)
        route = self._routes.get(key)
        if route is None:
            route = self._routes[key] = Route(*key)
        return route
