"""Searching the CDX index for pages whose address is not known: all of a site, or all under an address.

Every question goes through the same transport and the same pace as look-ups. A refusal raises; it is never “nothing”.
"""

from __future__ import annotations

import random
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime

from waybackpy.cdx_utils import full_url

from citekeeper.clock import Clock, stamp14
from citekeeper.errors import ServiceThrottledError, ServiceUnavailableError
from citekeeper.mementos import USER_AGENT
from citekeeper.mementos.addresses import memento_address, parse_stamp
from citekeeper.mementos.asking import LONGEST_WAIT
from citekeeper.mementos.cdx import SERVICE, SHOWS_A_PAGE, Cdx, _Query, rows_of
from citekeeper.network import Network
from citekeeper.session import RateLimit, service_session
from citekeeper.urls import BadUrlError, parse

MOST_ROWS = 6000
"""Rows of one answer; a site that has more in the span is asked with words, or told to be too large."""
_MAX_BODY = 16 * 1024 * 1024
_DEADLINE = 120.0  # seconds: a search over a large site is slow
_TRIES = 4
_REFUSAL_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that the archive holds: its address in normal form, and its first fitting capture."""

    url: str
    moment: datetime
    memento: str


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found. ``complete`` is False where the archive holds more than it was asked to name."""

    pages: tuple[Hit, ...]
    complete: bool


class _Search(_Query):
    """A query whose answer may be long."""

    def cdx_api_manager(self, payload: dict[str, str], headers: dict[str, str]) -> Generator[str, None, None]:
        """Yield the one page of rows; refusals and what is no CDX raise."""
        payload["limit"] = str(self.limit)
        wanted = {name: value for name, value in headers.items() if name.lower() != "user-agent"}
        address = full_url(self.endpoint, params=payload)
        yield rows_of(self._session.request("GET", address, headers=wanted, deadline=_DEADLINE, max_body=_MAX_BODY))


class CdxSearch:
    """Searches, each asked once however often it is wanted.

    Args:
        cdx: the session and its pace.
        clock: for waits.
        rng: jitter of the back-off.
    """

    def __init__(self, cdx: Cdx, clock: Clock, rng: random.Random) -> None:
        self._cdx = cdx
        self._clock = clock
        self._rng = rng
        self._known: dict[tuple[object, ...], Hits] = {}

    def site(self, domain: str, since: datetime | None, until: datetime | None, words: Sequence[str] = ()) -> Hits:
        """Pages of a domain and the hosts below it that were captured in a span of time.

        Args:
            domain: a host name.
            since: the beginning of the span; None for no limit.
            until: its end; None for no limit.
            words: regular expressions; only addresses (in lower case) that hold one of them are named.

        Raises:
            ServiceError: the archive refused or failed.
        """
        return self._ask(domain, "domain", since, until, words)

    def under(self, address: str) -> Hits:
        """Pages whose address begins with ``address``, whenever they were captured.

        Raises:
            ServiceError: the archive refused or failed.
        """
        return self._ask(address, "prefix", None, None, ())

    def at(self, url: str) -> Hits:
        """The page at exactly this address, if the archive holds it.

        Raises:
            ServiceError: the archive refused or failed.
        """
        return self._ask(url, "exact", None, None, ())

    def _ask(self, url: str, match: str, since: datetime | None, until: datetime | None, words: Sequence[str]) -> Hits:
        key = (url, match, since, until, tuple(words))
        if key not in self._known:
            self._known[key] = self._persistently(url, match, since, until, words)
        return self._known[key]

    def _persistently(
        self, url: str, match: str, since: datetime | None, until: datetime | None, words: Sequence[str]
    ) -> Hits:
        """Ask again while the service flaps; after a 429 once more, when the pace allows it."""
        was_throttled = False
        for attempt in range(1, _TRIES + 1):
            patience = self._cdx.limit.held_for
            if patience > LONGEST_WAIT:
                raise ServiceThrottledError(
                    SERVICE, f"it asks for {round(patience)} s of patience.", "Run again then.", retry_after=patience
                )
            self._cdx.limit.wait()
            try:
                hits = self._once(url, match, since, until, words)
            except ServiceThrottledError as error:
                self._cdx.limit.throttled(error.retry_after, at_least=_REFUSAL_PAUSE)
                if was_throttled:
                    raise
                was_throttled = True
                continue
            except ServiceUnavailableError:
                if attempt == _TRIES:
                    raise
                self._clock.sleep(2.0**attempt * (0.75 + self._rng.random() / 2))
                continue
            self._cdx.limit.succeeded()
            return hits
        raise ServiceUnavailableError(SERVICE, "the CDX server kept failing.", "Run again later.")

    def _once(self, url: str, match: str, since: datetime | None, until: datetime | None, words: Sequence[str]) -> Hits:
        filters = [f"statuscode:({'|'.join(SHOWS_A_PAGE)})", "mimetype:(text/html|application/xhtml.xml)"]
        if words:
            filters.append(f"urlkey:.*({'|'.join(words)}).*")
        query = _Search(
            self._cdx.session,
            url,
            start_timestamp=stamp14(since) if since else None,
            end_timestamp=stamp14(until) if until else None,
            filters=filters,
            match_type=match,
            collapses=["urlkey"],
            limit=str(MOST_ROWS),
        )
        rows = list(query.snapshots())
        pages: dict[str, Hit] = {}
        for row in rows:
            hit = _hit(row.original, row.timestamp)
            if hit is not None and row.statuscode in SHOWS_A_PAGE:
                pages.setdefault(hit.url, hit)
        return Hits(tuple(pages.values()), len(rows) < MOST_ROWS)


def _hit(original: str, timestamp: str) -> Hit | None:
    moment = parse_stamp(timestamp)
    try:
        url = parse(original).without_fragment
    except BadUrlError:
        return None
    return Hit(url, moment, memento_address(moment, original)) if moment is not None else None


def cdx_search(network: Network, clock: Clock, rng: random.Random) -> CdxSearch:
    """A search of the Wayback Machine's index, at the documented pace of 30 questions a minute."""
    session = service_session(network, service=SERVICE, user_agent=USER_AGENT, clock=clock)
    return CdxSearch(Cdx(session, RateLimit(clock, calls=30, per=60.0)), clock, rng)
