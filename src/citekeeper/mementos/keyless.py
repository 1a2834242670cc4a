"""Saving without keys: the public form, ``GET /save/<url>``, which is best effort and mostly refuses.

Whatever it says, a copy counts as asked for, and no more, until the archive is seen to replay it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from citekeeper.errors import ServiceThrottledError
from citekeeper.mementos import AccountRefusedError, AccountThrottledError, SaveRefusedError
from citekeeper.mementos.addresses import HOST, memento_address, moment_of, original_of
from citekeeper.mementos.spn2 import KEYS_HINT, SERVICE
from citekeeper.mementos.statuses import Retry
from citekeeper.model import Memento
from citekeeper.session import MaybeSentError, Reply, ServiceSession
from citekeeper.urls import BadUrlError, join

_DEADLINE = 150.0  # the form answers only when the capture is made, and a capture may take 2 minutes


@dataclass(frozen=True, slots=True)
class Keyless:
    """The form, asked once for a URL; a refusal is not asked again."""

    session: ServiceSession
    fresh: timedelta = timedelta(hours=1)

    def save(self, url: str, to_be: Memento) -> Memento:
        """Ask for a capture of ``url``; ``to_be`` comes back with the address that the form names, if it names one.

        Raises:
            AccountThrottledError: the archive takes no more without keys for now; nothing was submitted.
            AccountRefusedError: it wants a log-in.
            SaveRefusedError: it refuses the URL.
            MaybeSentError: it failed, or made no sense; a capture may have been made.
        """
        try:
            reply = self.session.request("GET", f"{HOST}/save/{url}", deadline=_DEADLINE, cut_body=True)
        except ServiceThrottledError as error:
            raise AccountThrottledError(
                SERVICE,
                "without keys it takes no more for now (HTTP 429), which is its usual answer.",
                KEYS_HINT,
                retry_after=error.retry_after or 3600.0,
            ) from error
        if reply.status in (401, 407):
            raise AccountRefusedError(SERVICE, "without keys it does not save (HTTP 401).", KEYS_HINT)
        if 400 <= reply.status < 500:
            words = f"it refused the URL with HTTP {reply.status}."
            raise SaveRefusedError(SERVICE, words, KEYS_HINT, retry_after=Retry.UNKNOWN.seconds)
        if reply.status >= 500:
            raise MaybeSentError(SERVICE, f"without keys it answered HTTP {reply.status}.")
        return self._named(reply, to_be)

    def _named(self, reply: Reply, to_be: Memento) -> Memento:
        """The memento at the address that the answer names, where that is no older than what would be reused."""
        asked_at = moment_of(to_be.uri)
        named = named_capture(reply)
        if named is None or asked_at is None:
            raise MaybeSentError(SERVICE, f"without keys it answered HTTP {reply.status} and named no capture.")
        moment, original = named
        if moment < asked_at - self.fresh - timedelta(minutes=1):
            note = f"Asked without keys, the archive led to its older copy of {moment.date().isoformat()}."
            return replace(to_be, note=note)
        note = "Asked without keys: the archive named a copy, which is not proven until it replays."
        return replace(to_be, uri=memento_address(moment, original), note=note)


def named_capture(reply: Reply) -> tuple[datetime, str] | None:
    """Moment and original of the capture that Content-Location or Location names; None where they name none."""
    for header in ("content-location", "location"):
        value = reply.headers.get(header)
        if not value:
            continue
        try:
            address = join(f"{HOST}/", value)
        except BadUrlError:
            continue
        moment, original = moment_of(address), original_of(address)
        if moment is not None and original:
            return moment, original
    return None
