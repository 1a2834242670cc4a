"""Asking a peer: paced, asked again while it flaps, and patient when it says “too many” — up to a point."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote

from citekeeper.clock import Clock
from citekeeper.errors import ServiceError, ServiceRefusedError, ServiceThrottledError, ServiceUnavailableError
from citekeeper.model import LookupOutcome, MementoLookup
from citekeeper.session import RateLimit, Reply, ServiceSession, parse_retry_after

LONGEST_WAIT = 300.0
"""Seconds that one question may be held back by an earlier 429; beyond that the peer counts as silent for this run."""
_REFUSAL_PAUSE = 60.0
_TRIES = 3


class Asker:
    """Questions to one service.

    Args:
        session: the transport.
        limit: the pace.
        clock: for waits.
        rng: jitter of the back-off.
    """

    def __init__(self, session: ServiceSession, limit: RateLimit, clock: Clock, rng: random.Random) -> None:
        self.session = session
        self.limit = limit
        self._clock = clock
        self._rng = rng

    @property
    def service(self) -> str:
        """The service's name, for messages."""
        return self.session.service

    def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, max_body: int, cut_body: bool = False
    ) -> Reply:
        """The answer, whatever its status but 429 and 5xx.

        Raises:
            ServiceError: it refused, throttled or failed to the end of the tries.
        """
        was_throttled = False
        attempt = 0
        while True:
            self.refuse_long_waits()
            self.limit.wait()
            try:
                reply = self._once(url, headers, max_body, cut_body)
            except ServiceThrottledError as error:
                self.limit.throttled(error.retry_after, at_least=_REFUSAL_PAUSE)
                if was_throttled:
                    raise
                was_throttled = True
                continue
            except ServiceUnavailableError:
                attempt += 1
                if attempt == _TRIES:
                    raise
                self._clock.sleep(2.0**attempt * (0.75 + self._rng.random() / 2))
                continue
            self.limit.succeeded()
            return reply

    def refuse_long_waits(self) -> None:
        """Give up a question that an earlier refusal would hold back for too long.

        Raises:
            ServiceThrottledError: it would.
        """
        held = self.limit.held_for
        if held > LONGEST_WAIT:
            raise ServiceThrottledError(
                self.service, f"it asks for {round(held)} s of patience.", "Run again then.", retry_after=held
            )

    def _once(self, url: str, headers: Mapping[str, str] | None, max_body: int, cut_body: bool) -> Reply:
        reply = self.session.request("GET", url, headers=headers, max_body=max_body, cut_body=cut_body)
        if reply.status >= 500:
            wait = parse_retry_after(reply.headers.get("retry-after"), self._clock.now())
            if wait is not None and reply.status == 503:
                raise ServiceThrottledError(self.service, "it answered HTTP 503 and asks to wait.", retry_after=wait)
            raise ServiceUnavailableError(self.service, f"it answered HTTP {reply.status}.", "Run again later.")
        return reply


def refused(service: str, status: int) -> ServiceRefusedError:
    """The error for a status that says no."""
    return ServiceRefusedError(service, f"it refused with HTTP {status}.")


def garbled(service: str, what: str) -> ServiceUnavailableError:
    """The error for an answer that is not what was asked for."""
    return ServiceUnavailableError(service, f"it answered with something else than {what}.", "Run again later.")


def filled(template: str, url: str) -> str:
    """A URL template with ``{url}`` filled in: as a query's value percent-encoded, in a path as it stands."""
    where = template.find("{url}")
    in_query = "?" in template[:where]
    return template.replace("{url}", quote(url, safe="") if in_query else url)


_Lookup = TypeVar("_Lookup", bound=Callable[..., MementoLookup])


def never_raises(lookup: _Lookup) -> _Lookup:
    """A look-up whose failures become the outcome ``UNKNOWN``: a refusal is never “nothing”."""

    @wraps(lookup)
    def answer(self: Any, *args: Any, **kwargs: Any) -> MementoLookup:
        try:
            return lookup(self, *args, **kwargs)
        except ServiceError as error:
            return MementoLookup(self.name, LookupOutcome.UNKNOWN, None, error.message)

    return answer  # type: ignore[return-value]
