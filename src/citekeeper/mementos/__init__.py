"""Web archives: what they hold of a URL, and asking them to keep a copy (RFC 7089).

One small interface, one file each. An archive that refuses or fails has said nothing about what it holds: that is
`LookupOutcome.UNKNOWN`, never `NONE`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from citekeeper.clock import Clock
from citekeeper.errors import ServiceRefusedError, ServiceThrottledError, ServiceUnavailableError
from citekeeper.model import Memento, MementoLookup
from citekeeper.network import Network

WAYBACK = "wayback"
ARQUIVO = "arquivo"
ARCHIVE_TODAY = "archive-today"
USER_AGENT = "citekeeper (keeps the sources of a document)"


class SubmissionUnknownError(ServiceUnavailableError):
    """A save was sent and no usable answer came: it may have succeeded.

    ``memento`` is ``submitted``, its job named by us: record it like any other; `Archive.poll` looks for the capture.
    """

    def __init__(self, service: str, message: str, memento: Memento) -> None:
        super().__init__(service, message, "Run again later: the archive is looked at before anything is sent anew.")
        self.memento = memento


class SaveRefusedError(ServiceRefusedError):
    """The archive will not keep this URL; ``retry_after`` seconds from now it may be asked again."""

    def __init__(self, service: str, message: str, hint: str = "", *, retry_after: float) -> None:
        super().__init__(service, message, hint)
        self.retry_after = retry_after


class AccountThrottledError(ServiceThrottledError):
    """A limit of the account or the address is used up: nothing more can be saved before ``retry_after``."""


class AccountRefusedError(ServiceRefusedError):
    """The keys, or the address one asks from, are not accepted: nothing can be saved."""


class Peer(Protocol):
    """An archive that is looked up. ``name`` is how ``services`` names it, ``title`` how people do."""

    name: str
    title: str
    is_evidence: bool
    """Whether what it holds can be evidence, and so is worth fetching."""

    def lookup(self, url: str, accessed: date | None) -> MementoLookup:
        """What the archive holds of ``url``: the memento closest before the end of ``accessed``, else closest after.

        Without ``accessed`` the newest. Only mementos with status 200, 203 or 206 count, where its index tells them.
        Never raises for what the service does: a refusal or failure is the outcome ``UNKNOWN`` with a message.
        """

    def neighbours(self, url: str, accessed: date | None, most: int) -> tuple[Memento, ...]:
        """Up to ``most`` mementos before the end of ``accessed`` and ``most`` after it, in order of preference.

        Raises:
            ServiceError: the archive refused or failed.
        """

    def keeps(self, uri: str) -> bool:
        """Whether ``uri`` is the address of a memento of this archive."""

    def raw(self, memento: Memento) -> str | None:
        """The address of a memento's original bytes; None where it can only be had as the archive replays it."""


class Archive(Peer, Protocol):
    """An archive that also saves. The three states of a save are kept apart: submitted, captured, verified."""

    @property
    def can_save(self) -> bool:
        """Whether `save` can be asked at all; where not, ``cannot_save_because`` says why."""

    @property
    def cannot_save_because(self) -> str:
        """The sentence for people; "" where saving is possible."""

    def save(self, url: str) -> Memento:
        """Ask for a copy; the memento returned is ``submitted``, for `poll`, and worth recording at once.

        Raises:
            ServiceRefusedError: keys are missing or wrong, or the archive will not keep this URL.
            ServiceThrottledError: a quota or rate is used up; nothing was submitted.
            ServiceUnavailableError: it failed. Where the request may have arrived, this is `SubmissionUnknownError`.
        """

    def poll(self, memento: Memento) -> Memento:
        """Wait, for a bounded time, for a ``submitted`` memento to become ``captured`` or ``failed``.

        One that stays undecided comes back ``submitted`` with a note; others come back as they are. Never raises for
        what the service does.
        """

    def verify(self, memento: Memento) -> Memento:
        """``verified`` where the archive replays exactly this memento and it shows a page; else it stays, with a note.

        Never raises for what the service does.
        """


class SavingArchive(Archive, Protocol):
    """An archive that can be asked to keep copies, as `citekeeper.pipeline.saving` asks it."""

    def save(self, url: str, sending: Callable[[Memento], None] | None = None) -> Memento:
        """Ask once for a copy, waiting for the turn that the archive's pace allows.

        Args:
            url: what to keep.
            sending: told of the memento to be, right before it is asked for: what is written down then is not lost
                when the process dies before the answer. Not called where nothing is sent.

        Raises:
            SaveRefusedError: the archive will not keep this URL.
            AccountRefusedError, AccountThrottledError: nothing can be saved (for now).
            ServiceThrottledError: too fast; nothing was submitted.
            SubmissionUnknownError: it may have been submitted.
            ServiceUnavailableError: nothing was submitted.
        """

    @property
    def turn_in(self) -> float:
        """Seconds until the pace allows the next `save`."""

    def poll(self, memento: Memento, patience: float | None = None) -> Memento:
        """See `Archive.poll`; ``patience`` is how many seconds to wait, 0 for one question."""

    def asked_before(self, moments: Sequence[datetime]) -> None:
        """Saves that an earlier process asked for at these times count for the pace."""


def raw_uri(memento: Memento) -> str:
    """The address of a Wayback memento's original bytes (``id_``), without toolbar and rewritten links.

    Raises:
        ValueError: ``memento.uri`` is no Wayback address with a timestamp.
    """
    from citekeeper.mementos.addresses import raw_address

    return raw_address(memento.uri)


def wayback_machine(
    network: Network,
    clock: Clock,
    *,
    access_key: str | None = None,
    secret_key: str | None = None,
    user_agent: str = USER_AGENT,
    fresh: timedelta = timedelta(hours=1),
    rng: random.Random | None = None,
    without_keys: bool = False,
) -> SavingArchive:
    """The Wayback Machine, ready to ask.

    Args:
        network: proxies and certificates.
        clock: paces, waits and dates.
        access_key: the archive.org S3 access key; with ``secret_key`` it allows saving.
        secret_key: the archive.org S3 secret key.
        user_agent: the User-Agent header.
        fresh: a capture younger than this is taken in place of a new one.
        rng: jitter of the back-off, and names for saves.
        without_keys: try the public form where there are no keys; it mostly refuses.
    """
    from citekeeper.mementos.wayback import Wayback

    return Wayback(
        network,
        clock,
        access_key=access_key,
        secret_key=secret_key,
        user_agent=user_agent,
        fresh=fresh,
        rng=rng,
        without_keys=without_keys,
    )


@dataclass(frozen=True, slots=True)
class PeerAddress:
    """Where a peer of the keeper's own choosing is asked: addresses with ``{url}`` (``raw``: also ``{timestamp}``)."""

    timemap: str | None = None
    timegate: str | None = None
    raw: str | None = None
    per_minute: int = 30


def peers(
    services: Collection[str],
    addresses: Mapping[str, PeerAddress],
    network: Network,
    clock: Clock,
    *,
    user_agent: str = USER_AGENT,
    rng: random.Random | None = None,
) -> list[Peer]:
    """The archives beside the Wayback Machine that ``services`` names, ready to be looked up.

    Args:
        services: who may be told about a source.
        addresses: peers of the keeper's own choosing, by name; one that ``services`` does not name is not asked.
        network: proxies and certificates.
        clock: paces and waits.
        user_agent: the User-Agent header.
        rng: jitter of the back-off.
    """
    named = [name for name in (ARQUIVO, ARCHIVE_TODAY, *addresses) if name in services]
    if not named:
        return []
    from citekeeper.mementos import archive_today, arquivo
    from citekeeper.mementos.asking import Asker
    from citekeeper.mementos.timemap import MementoPeer, Templates
    from citekeeper.session import RateLimit, service_session

    jitter = rng or random.Random()  # noqa: S311  # jitter, not secrecy

    def asker(title: str, per_minute: int) -> Asker:
        session = service_session(network, service=title, user_agent=user_agent, clock=clock)
        return Asker(session, RateLimit(clock, calls=per_minute, per=60.0), clock, jitter)

    made: list[Peer] = []
    for name in dict.fromkeys(named):
        if name == ARQUIVO:
            made.append(arquivo.Arquivo(asker(arquivo.TITLE, arquivo.PER_MINUTE)))
        elif name == ARCHIVE_TODAY:
            made.append(archive_today.archive_today(asker(archive_today.TITLE, archive_today.PER_MINUTE), clock))
        else:
            at = addresses[name]
            templates = Templates(at.timemap, at.timegate, at.raw)
            made.append(MementoPeer(name, name, templates, asker(name, at.per_minute), clock))
    return made
