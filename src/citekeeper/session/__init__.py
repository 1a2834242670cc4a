"""Requests to services (archives, translators): a total deadline, a rate limit, and one tree of errors.

`requests` itself has no total deadline: its timeout starts anew with every byte, so a server that drips keeps it for
hours. The session made here ends a request when its time is up, whatever the server does.

Importing this module is cheap; ``requests`` is imported when the first session is made.
"""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

from citekeeper.clock import Clock, SystemClock
from citekeeper.content import Headers
from citekeeper.errors import ServiceUnavailableError
from citekeeper.network import Network

DEADLINE = 30.0
MAX_BODY = 4 * 1024 * 1024
_MOST_PATIENCE = 7 * 86400.0  # a Retry-After beyond a week is noise


class MaybeSentError(ServiceUnavailableError):
    """The request may have reached the service before it failed: look what came of it before asking again."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered. ``cut`` is True where the body was longer than was asked for."""

    url: str
    status: int
    headers: Headers = field(repr=False)
    body: bytes = field(repr=False)
    cut: bool = False

    @property
    def text(self) -> str:
        """The body by its declared charset (UTF-8 where it names none or an unknown one); bad bytes are replaced."""
        message = Message()
        message["content-type"] = self.headers.get("content-type") or "text/plain"
        charset = message.get_content_charset() or "utf-8"
        try:
            return self.body.decode(charset, "replace")
        except (LookupError, ValueError):  # no such codec, or one that replaces nothing (idna, undefined)
            return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            ValueError: it is none, or nested beyond reason.
        """
        try:
            return json.loads(self.body)
        except RecursionError as error:
            raise ValueError("JSON nested too deeply") from error


class ServiceSession(Protocol):
    """Requests to one service. Safe to share between threads."""

    service: str

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
        """Send one request and read the whole answer within ``deadline`` seconds.

        Args:
            method: GET, HEAD or POST.
            url: an http or https URL.
            params: added to the query.
            form: sent as application/x-www-form-urlencoded.
            body: sent as it is, in place of ``form``; its Content-Type belongs into ``headers``.
            headers: further request headers; ``Authorization`` never follows a redirect to another origin.
            deadline: seconds for everything, name look-up and redirects included; default: the session's.
            redirects: how many redirects to follow; only those of GET and HEAD are followed, never to plain http
                from https. With 0 the redirect itself is the reply.
            max_body: the most bytes of decoded body; default: the session's.
            cut_body: a longer body is cut (``Reply.cut``) instead of refused.
            accept: statuses to return that would otherwise be an error (429 is the only one that is).

        Raises:
            ServiceThrottledError: 429.
            MaybeSentError: it failed after the request began to leave.
            ServiceUnavailableError: it failed before that.
        """

    def close(self) -> None:
        """Close the pooled connections."""


def service_session(
    network: Network,
    *,
    service: str,
    user_agent: str,
    deadline: float = DEADLINE,
    max_body: int = MAX_BODY,
    clock: Clock | None = None,
) -> ServiceSession:
    """A session for one service, over exactly the proxies and certificates of ``network``.

    Args:
        network: proxies, hosts without proxy, and the CA bundle; the environment is not read.
        service: the service's name, for messages.
        user_agent: the User-Agent header.
        deadline: seconds that one request may take in all.
        max_body: the most bytes of decoded body.
        clock: for a Retry-After that names a date.
    """
    from citekeeper.session.transport import RequestsSession

    return RequestsSession(network, service, user_agent, deadline, max_body, clock or SystemClock())


def parse_retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110 section 10.2.3): a number, or an HTTP date; else None."""
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", value):
        return min(float(value), _MOST_PATIENCE)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), _MOST_PATIENCE)


class RateLimit:
    """At most ``calls`` in any ``per`` seconds, shared by whoever holds it, from any thread.

    After `throttled` everyone waits, and the window stretches (twice as long each time, eight times at most) until
    ``calls`` calls in a row have succeeded.
    """

    def __init__(self, clock: Clock, *, calls: int, per: float) -> None:
        self._clock = clock
        self._calls = calls
        self._per = per
        self._stretch = 1
        self._successes = 0
        self._starts: deque[float] = deque(maxlen=calls)
        self._held_until = float("-inf")
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Wait until one more call is allowed, and count it."""
        while (delay := self._claim()) > 0:
            self._clock.sleep(delay)

    def _claim(self) -> float:
        with self._lock:
            delay = self._delay()
            if delay == 0:
                self._starts.append(self._clock.monotonic())
            return delay

    def _delay(self) -> float:
        free_at = self._held_until
        if len(self._starts) == self._calls:
            free_at = max(free_at, self._starts[0] + self._per * self._stretch)
        return max(free_at - self._clock.monotonic(), 0.0)

    @property
    def free_in(self) -> float:
        """Seconds until one more call is allowed; 0 where it is now."""
        with self._lock:
            return self._delay()

    def remember(self, seconds_ago: Sequence[float]) -> None:
        """Count calls that were made before this object was: by an earlier process."""
        with self._lock:
            now = self._clock.monotonic()
            made = sorted([*self._starts, *(now - ago for ago in seconds_ago)])
            self._starts.clear()
            self._starts.extend(made)

    def throttled(self, retry_after: float | None = None, *, at_least: float = 0.0) -> None:
        """The service said “too many”: hold every call for ``retry_after`` seconds (a whole window where unknown)."""
        with self._lock:
            pause = max(self._per if retry_after is None else retry_after, at_least)
            self._held_until = max(self._held_until, self._clock.monotonic() + pause)
            self._stretch = min(self._stretch * 2, 8)
            self._successes = 0

    def succeeded(self) -> None:
        """The service answered as it should; after enough of these the pace recovers."""
        with self._lock:
            self._successes += 1
            if self._successes >= self._calls and self._stretch > 1:
                self._stretch //= 2
                self._successes = 0

    @property
    def held_for(self) -> float:
        """Seconds until calls are let through again after `throttled`; 0 where nothing is held."""
        with self._lock:
            return max(self._held_until - self._clock.monotonic(), 0.0)
