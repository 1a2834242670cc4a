"""One request on its way: its hops, retries and labelled second tries, until there is an Exchange."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from citekeeper.content import Headers
from citekeeper.fetch.faults import (
    E_PEER_FAILED_VERIFICATION,
    E_SSL_CONNECT_ERROR,
    HTTP2_ERRORS,
    Ending,
    failure_of,
    tls_fault,
    tls_fault_kind,
)
from citekeeper.fetch.patience import asked_wait
from citekeeper.fetch.redirects import REDIRECT_STATUSES, redirect_target
from citekeeper.model import Exchange, Failure, FailureKind, FetchRequest, Hop, TlsFault, TlsFaultKind
from citekeeper.patterns import late
from citekeeper.urls import BadUrlError, Url, unicode_host

if TYPE_CHECKING:
    from citekeeper.fetch.config import EngineConfig
    from citekeeper.fetch.cookies import CookieJar

RETRIED_STATUSES = frozenset({408, 425, 429, *range(500, 600)} - {501, 505})
RETRIED_FAILURES = frozenset(
    {
        FailureKind.DNS_FAILURE,
        FailureKind.NO_ROUTE,
        FailureKind.CONNECT_REFUSED,
        FailureKind.CONNECT_TIMEOUT,
        FailureKind.TIMEOUT,
        FailureKind.RESET,
        FailureKind.EMPTY_REPLY,
        FailureKind.TRUNCATED,
        FailureKind.PROXY_UNREACHABLE,
        FailureKind.INTERNAL,
    }
)
_LONGEST_BACKOFF = 30.0
# A transfer that ran out of time is an answer all the same where its head says an error, or so much of the page came
# that a reader could tell what it is. The hop says truncated="time".
_USABLE_PREFIX = 1024
_REDIRECT, _RECORDED_REDIRECT = 16 * 1024, 1024 * 1024  # bytes of a redirect's body, in a check and in a capture
_BROKEN_OFF = frozenset({FailureKind.RESET, FailureKind.EMPTY_REPLY})
_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
_RATE_LIMIT = late(rb"(?i)\nx?-?rate-?limit")


class Next(Enum):
    """What becomes of a journey after a transfer."""

    DONE = "done"
    NOW = "now"  # another hop or labelled try, at once
    LATER = "later"  # a retry, after ``Journey.wait`` seconds


class Journey:
    """One FetchRequest under way.

    Attributes:
        url: where the next hop goes.
        wait: seconds until the retry, after ``Next.LATER``.
        asked: what the last answer asked to wait, in seconds.
    """

    __slots__ = (
        "_asked_for",
        "_cookies",
        "_hops",
        "_seen",
        "_tries",
        "_unverified",
        "asked",
        "attempts",
        "began",
        "failure",
        "forgiven",
        "http1",
        "obsolete",
        "request",
        "sink",
        "started_at",
        "tls_fault",
        "url",
        "wait",
    )

    def __init__(self, request: FetchRequest, url: Url, began: float, started_at: datetime) -> None:
        self.request = request
        self.url = url
        self.began = began
        self.started_at = started_at
        self.attempts = 0
        self.wait = 0.0
        self.asked: float | None = None
        self.failure: Failure | None = None
        self.sink: list[Exchange] | None = None  # where Engine.fetch waits for it
        self.tls_fault: TlsFault | None = None
        self.obsolete = False
        self.http1 = False
        self.forgiven = 0  # timeouts that were this program's own stalling
        self._asked_for = url
        self._hops: list[Hop] = []
        self._tries = 0  # back-off retries made for the present hop
        self._unverified: str | None = None  # the host that is fetched without verification
        self._cookies: CookieJar | None = None
        self._seen: set[tuple[str, str]] | None = None

    # ── what the next hop is sent ───────────────────────────────────────────────────────────────────────────────────

    @property
    def verify(self) -> bool:
        """Whether the next hop's certificate must verify."""
        return self.request.verify and self._unverified != self.url.host

    def may_send_secrets(self, url: Url) -> bool:
        """Whether credentials may go to ``url``: only to the origin that was asked for, and never unverified."""
        return self.tls_fault is None and self._unverified is None and url.origin == self._asked_for.origin

    def headers(self) -> list[str] | None:
        """The additional header lines of the next hop; None where there are none."""
        request = self.request
        if not (request.headers or request.referer or self._cookies):
            return None
        trusted = self.may_send_secrets(self.url)
        lines = [
            f"{name}: {value}" for name, value in request.headers if trusted or name.lower() not in _SECRET_HEADERS
        ]
        if request.referer:
            lines.append(f"Referer: {request.referer.partition('#')[0]}")
        if self._cookies is not None and self._unverified is None and (cookie := self._cookies.header_for(self.url)):
            lines.append(f"Cookie: {cookie}")
        # A line break in a value would be a second header.
        return [re.sub(r"[\r\n\0]+", " ", line) for line in lines] or None

    # ── what came back ──────────────────────────────────────────────────────────────────────────────────────────────

    def answered(self, hop: Hop, config: EngineConfig, now: datetime, rng: random.Random, *, patient: bool) -> Next:
        """Take a complete answer; ``patient`` is False where the host has used up its retries."""
        status = hop.status
        self.asked = None
        if status >= 400 or status == 304 or _names_rate_limit(hop.response_head):
            self.asked = asked_wait(hop.headers, now)
        if (status in RETRIED_STATUSES or self.has_spent_quota(hop)) and self._may_retry(config, patient):
            self._back_off(config, rng)
            if self.asked is not None:
                self.wait = max(self.wait, self.asked)
            return Next.LATER
        self._keep(hop)
        if status in REDIRECT_STATUSES:
            return self._redirected(hop, config)
        return Next.DONE

    def has_spent_quota(self, hop: Hop) -> bool:
        """Whether an answer is a 403 of the kind that GitHub gives in place of a 429: none of the quota remains."""
        return hop.status == 403 and self.asked is not None and _names_rate_limit(hop.response_head)

    def _keep(self, hop: Hop) -> None:
        self._hops.append(hop)
        if self.tls_fault is not None and hop.tls is not None and hop.tls.chain and self._unverified == self.url.host:
            # Only the unverified connection shows whose certificate it was.
            kind, host, text = self.tls_fault.kind, self.tls_fault.host, self.tls_fault.message
            is_its_own = host == unicode_host(self.url.host)
            if self.tls_fault.issuer is None and kind is not TlsFaultKind.OTHER and is_its_own:
                self.tls_fault = tls_fault(kind, host, text, hop.tls.chain)

    def _redirected(self, hop: Hop, config: EngineConfig) -> Next:
        headers = hop.headers
        try:
            target = redirect_target(self.url.href, headers)
        except BadUrlError as error:
            self.failure = Failure(FailureKind.BAD_REDIRECT, str(error))
            return Next.DONE
        if target is None:
            return Next.DONE
        self._take_cookies(headers)
        if self._seen is None:
            self._seen = {(self.url.without_fragment, "")}
        step = (target.without_fragment, self._cookies.header_for(target) if self._cookies else "")
        if step in self._seen:
            message = f"The redirects run in a circle back to {target.host}."
            self.failure = Failure(FailureKind.REDIRECT_LOOP, message)
            return Next.DONE
        if len(self._hops) > config.max_redirects:
            message = f"There were more than {config.max_redirects} redirects."
            self.failure = Failure(FailureKind.TOO_MANY_REDIRECTS, message)
            return Next.DONE
        self._seen.add(step)
        self._hops[-1] = self._without_ballast(hop)
        self._move_to(target)
        return Next.NOW

    def _without_ballast(self, hop: Hop) -> Hop:
        """A redirect with no more of its body than one has: nobody reads it, and a chain of them would be held."""
        most = _RECORDED_REDIRECT if self.request.verbatim else _REDIRECT
        return hop if len(hop.body) <= most else replace(hop, body=hop.body[:most], truncated="length")

    def _move_to(self, target: Url) -> None:
        self.url = target
        self._tries = 0
        self.obsolete = self.http1 = False
        if self._unverified != target.host:
            self._unverified = None

    def _take_cookies(self, headers: Headers) -> None:
        if "set-cookie" not in headers:
            return
        if self._cookies is None:
            from citekeeper.fetch.cookies import CookieJar

            self._cookies = CookieJar()
        self._cookies.take(self.url, headers)

    def failed(self, end: Ending, hop: Hop | None, config: EngineConfig, rng: random.Random, *, patient: bool) -> Next:
        """Take a transfer that failed: a labelled second try, a retry, or the end with its failure."""
        if end.code == E_PEER_FAILED_VERIFICATION and self.verify and not end.refused_address:
            return self._go_unverified(tls_fault(tls_fault_kind(end), end.host, end.text))
        failure = failure_of(end)
        if end.code == E_SSL_CONNECT_ERROR and failure.kind is FailureKind.TLS_HANDSHAKE and not self.obsolete:
            self.obsolete = True
            self.http1 = True
            return Next.NOW
        if end.code in HTTP2_ERRORS and not self.http1:
            self.http1 = True
            return Next.NOW
        if failure.kind in _BROKEN_OFF and hop is None and end.secured and self.url.scheme == "https":
            self.http1 = True  # servers that stumble over HTTP/2 often just hang up: the retry does without
        if failure.kind is FailureKind.TIMEOUT and (hop is not None or end.dripped):
            if hop is not None and _is_usable(hop):
                self._keep(hop)
                return Next.DONE
            patient = patient and self._tries == 0  # who drips once, by design, drips again: one more look is enough
        return self.stopped(failure, hop, config, rng, patient=patient)

    def stopped(
        self, failure: Failure, hop: Hop | None, config: EngineConfig, rng: random.Random, *, patient: bool
    ) -> Next:
        """Take a failure that needs no second look: retry it if it may pass, else end with it."""
        self.asked = None
        if failure.kind in RETRIED_FAILURES and self._may_retry(config, patient):
            self._back_off(config, rng)
            return Next.LATER
        if hop is not None:
            self._keep(hop)
        self.failure = failure
        return Next.DONE

    def _go_unverified(self, fault: TlsFault) -> Next:
        self.tls_fault = self.tls_fault or fault
        self._unverified = self.url.host
        return Next.NOW

    def reached_by_obsolete_tls(self) -> None:
        """The labelled retry with obsolete TLS brought an answer."""
        if self.tls_fault is None:
            self.tls_fault = tls_fault(TlsFaultKind.OBSOLETE, unicode_host(self.url.host), "")
        self._unverified = self.url.host

    def _may_retry(self, config: EngineConfig, patient: bool) -> bool:
        if not patient or self.request.once or self.tls_fault is not None or self._tries >= config.retries:
            return False
        return self.asked is None or self.asked <= config.max_wait

    def _back_off(self, config: EngineConfig, rng: random.Random) -> None:
        self.wait = min(config.backoff * 2**self._tries, _LONGEST_BACKOFF) * rng.uniform(0.75, 1.25)
        self._tries += 1

    def exchange(self, elapsed: float) -> Exchange:
        """Everything that happened."""
        return Exchange(
            url=self.request.url,
            key=self.request.key,
            hops=tuple(self._hops),
            failure=self.failure,
            tls_fault=self.tls_fault,
            attempts=max(1, self.attempts),
            retry_after=self.asked,
            started_at=self.started_at,
            elapsed=elapsed,
        )


def _names_rate_limit(head: bytes) -> bool:
    # The plain search spares almost all heads the pattern.
    return (head.find(b"imit") >= 0 or head.find(b"IMIT") >= 0) and _RATE_LIMIT.search(head) is not None


def _is_usable(hop: Hop) -> bool:
    return hop.status >= 400 or len(hop.body) >= _USABLE_PREFIX
