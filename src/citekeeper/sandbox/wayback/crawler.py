"""The crawler behind Save Page Now: visits the world, holds what it answers, and says how the job ended."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from random import Random
from typing import Any, Protocol
from urllib.parse import urljoin

from citekeeper.clock import Clock
from citekeeper.sandbox.messages import Answer, Fault, FaultKind, Response
from citekeeper.sandbox.wayback.holdings import Held, Holdings
from citekeeper.urls import is_web_url

MAX_REDIRECTS = 10
INDEX_DELAY = timedelta(hours=12)  # what delay_wb_availability asks for

_MESSAGES = {
    "invalid-url-syntax": "Target URL syntax is not valid.",
    "blocked-url": "This URL is in the Save Page Now service block list and cannot be captured.",
    "too-many-daily-captures": "This URL has been already captured {n} times today. Please try again tomorrow.",
    "invalid-host-resolution": "Couldn't resolve host for {url}.",
    "not-found": "Target URL not found (status=404).",
    "unauthorized": "The server requires authentication (status=401).",
    "no-access": "Target URL could not be accessed (status=403).",
    "too-many-requests": "The target host has received too many requests from SPN2 and is blocking it (status=429).",
    "browsing-timeout": "SPN2 back-end headless browser timeout.",
    "too-many-redirects": "Too many redirects.",
}
_STATUS_ERRORS = {
    401: "unauthorized",
    403: "no-access",
    404: "not-found",
    405: "method-not-allowed",
    410: "not-found",
    429: "too-many-requests",
    500: "internal-server-error",
    501: "not-implemented",
    502: "bad-gateway",
    503: "service-unavailable",
    504: "gateway-timeout",
    505: "http-version-not-supported",
    509: "bandwidth-limit-exceeded",
    511: "network-authentication-required",
}
_FAULT_ERRORS = {
    FaultKind.UNKNOWN_HOST: "invalid-host-resolution",
    FaultKind.REFUSED: "bad-gateway",
    FaultKind.TIMED_OUT: "gateway-timeout",
    FaultKind.HANG: "browsing-timeout",
    FaultKind.DRIP: "read-timeout",
    FaultKind.ENDLESS: "filesize-limit",
    FaultKind.RAW: "invalid-server-response",
}


class Web(Protocol):
    """What the Wayback Machine needs of the world around it."""

    clock: Clock
    random: Random

    def visit(self, url: str) -> Answer:
        """What a crawler gets for ``url``."""


class Crawler:
    """Captures pages as the Archive's browser does: redirects, the page, its images, scripts and style sheets."""

    def __init__(self, web: Web, holdings: Holdings) -> None:
        self._web = web
        self._holdings = holdings

    def visit(
        self,
        url: str,
        *,
        capture_all: bool = False,
        delayed: bool = False,
        tells_first: bool = True,
        hidden: float = 0.0,
        after: float = 0.0,
    ) -> dict[str, Any]:
        """Visit ``url``, hold what it answers and what its page needs, and give the job's final status.

        Args:
            url: where.
            capture_all: hold error pages too.
            delayed: let index and replay learn of it only after :data:`INDEX_DELAY`.
            tells_first: say when it is the first capture of the URL.
            hidden: seconds until index and replay learn of it.
            after: seconds until the visit takes place.
        """
        now = self._web.clock.now() + timedelta(seconds=after)
        visible = now + timedelta(seconds=hidden) + (INDEX_DELAY if delayed else timedelta())
        is_first = self._holdings.latest_including_hidden(url) is None
        here = url
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._web.visit(here)
            if isinstance(answer, Fault):
                return failure(_FAULT_ERRORS.get(answer.kind, "protocol-error"), url)
            code = _STATUS_ERRORS.get(answer.status, "job-failed" if answer.status >= 400 else None)
            if code is not None and not capture_all:
                return failure(code, url)
            held = self._hold(here, answer, now, visible)
            location = answer.header("location")
            if not (300 <= answer.status < 400 and location):
                break
            here = urljoin(here, location)
        else:
            return failure("too-many-redirects", url)
        resources = [here, *self._embeds(held, now, visible)]
        outcome = success(held, round(1.0 + len(resources) / 4, 3), resources)
        return {**outcome, **({"first_archive": True} if is_first and tells_first else {})}

    def _embeds(self, page: Held, now: datetime, visible: datetime) -> list[str]:
        """Hold the images and style sheets of a page too, as the crawler's browser does."""
        if page.mimetype != "text/html":
            return []
        found = re.findall(rb"""(?i)<(?:img|script)[^>]+src=["']([^"'>]+)|<link[^>]+href=["']([^"'>]+)""", page.body)
        urls = {urljoin(page.original, (one or other).decode("latin-1")) for one, other in found}
        kept = []
        for url in sorted(urls - {page.original}):
            answer = self._web.visit(url) if is_web_url(url) else None
            if (
                isinstance(answer, Response)
                and answer.status == 200
                and not answer.header("content-type").startswith("text/html")
            ):
                self._hold(url, answer, now, visible)
                kept.append(url)
        return kept

    def _hold(self, url: str, answer: Response, now: datetime, visible: datetime) -> Held:
        return self._holdings.add(
            url, now, status=answer.status, headers=tuple(answer.headers), body=answer.body, visible_from=visible
        )


def success(held: Held, seconds: float, resources: list[str]) -> dict[str, Any]:
    """The final status of a job that captured ``held`` in ``seconds``."""
    return {
        "status": "success",
        "original_url": held.original,
        "timestamp": held.timestamp,
        "duration_sec": seconds,
        "resources": resources,
        "outlinks": [],
        "counters": {"outlinks": 0, "embeds": len(resources) - 1},
        "http_status": held.status,
    }


def message_for(status_ext: str, url: str, count: int = 5) -> str:
    """The sentence that goes with a status_ext; ``count`` is that of today's captures."""
    return _MESSAGES.get(status_ext, f"The capture failed ({status_ext}).").format(url=url, n=count)


def failure(status_ext: str, url: str, message: str = "") -> dict[str, Any]:
    """The final status of a job that failed."""
    return {
        "status": "error",
        "status_ext": f"error:{status_ext}",
        "exception": f"SPN2Error: {status_ext}",
        "message": message or message_for(status_ext, url),
        "resources": [],
    }
