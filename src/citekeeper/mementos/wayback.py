"""The Wayback Machine: look up (CDX, and the availability API beside it), save (SPN2), verify by replay."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from citekeeper.clock import Clock, stamp14
from citekeeper.errors import (
    ServiceError,
    ServiceRefusedError,
    ServiceThrottledError,
    ServiceUnavailableError,
)
from citekeeper.mementos import USER_AGENT, WAYBACK, SaveRefusedError, SubmissionUnknownError
from citekeeper.mementos.addresses import (
    askable,
    memento_address,
    moment_of,
    original_of,
    parse_stamp,
    raw_address,
)
from citekeeper.mementos.asking import LONGEST_WAIT
from citekeeper.mementos.cdx import SHOWS_A_PAGE, Cdx, ExcludedError, is_exclusion
from citekeeper.mementos.keyless import Keyless
from citekeeper.mementos.nearest import around, end_of_day, found
from citekeeper.mementos.spn2 import KEYS_HINT, SERVICE, Captured, Keys, Pending, Spn2
from citekeeper.mementos.statuses import SaveFault
from citekeeper.model import LookupOutcome, Memento, MementoLookup, MementoState
from citekeeper.network import Network
from citekeeper.session import MaybeSentError, RateLimit, Reply, ServiceSession, service_session
from citekeeper.urls import same_document_key, shown

AVAILABILITY = "https://archive.org/wayback/available"
_LOOKUP_TRIES = 4
_REFUSAL_PAUSE = 60.0  # ignoring a 429 for a minute earns an hour of dropped packets
_JOB_PATIENCE = 120.0  # seconds; the archive gives a capture 2 minutes in all
_JOB_INTERVAL = 6.0
_JOB_KEPT = timedelta(hours=1)  # after that the archive answers “pending” for ever
_UNANSWERED = "unanswered-"  # begins our own name for a job of which the archive gave no id
_CAPTURE_APPEARS = timedelta(days=1)
_ROOM_HOLDS = 60.0  # seconds for which the account's room need not be asked for again
_REPLAY_TRIES = 4
_REPLAY_PEEK = 65536


class Wayback:
    """`citekeeper.mementos.Archive` for the Wayback Machine. Safe to share between threads.

    Args:
        network: proxies and certificates.
        clock: paces, waits and dates.
        access_key: archive.org S3 key, with ``secret_key``; without both nothing is saved.
        secret_key: see ``access_key``.
        user_agent: the User-Agent header.
        fresh: a capture younger than this is reused.
        rng: jitter of the back-off.
        session: requests to archive.org; made from ``network`` where not given.
        without_keys: save through the public form where there are no keys.
    """

    name = WAYBACK
    title = "the Wayback Machine"
    is_evidence = True

    def __init__(
        self,
        network: Network,
        clock: Clock,
        *,
        access_key: str | None = None,
        secret_key: str | None = None,
        user_agent: str = USER_AGENT,
        fresh: timedelta = timedelta(hours=1),
        rng: random.Random | None = None,
        session: ServiceSession | None = None,
        without_keys: bool = False,
    ) -> None:
        self._clock = clock
        self._rng = rng or random.Random()  # noqa: S311  # jitter, not secrecy
        self._session = session or service_session(
            network, service="Wayback Machine", user_agent=user_agent, clock=clock
        )
        self._cdx = Cdx(self._session, RateLimit(clock, calls=30, per=60.0))
        self._availability_limit = RateLimit(clock, calls=30, per=60.0)
        self._replay_limit = RateLimit(clock, calls=600, per=60.0)
        self._status_limit = RateLimit(clock, calls=60, per=60.0)
        self._fresh = fresh
        self._room_asked_at: float | None = None
        self._spn2: Spn2 | None = None
        self._keyless: Keyless | None = None
        self._submit_limit = RateLimit(clock, calls=7 if access_key and secret_key else 3, per=60.0)
        if access_key and secret_key:
            self._spn2 = Spn2(self._session, Keys(access_key, secret_key), self._submit_limit, fresh)
        elif without_keys:
            self._keyless = Keyless(self._session, fresh)

    @property
    def can_save(self) -> bool:
        """Whether there are keys, or it was asked to try without."""
        return self._spn2 is not None or self._keyless is not None

    @property
    def cannot_save_because(self) -> str:
        """Why nothing is saved; "" where saving is possible."""
        return "" if self.can_save else f"No Wayback Machine keys: looked up only. {KEYS_HINT}"

    # ── look up ─────────────────────────────────────────────────────────────────────────────────────────────────

    def lookup(self, url: str, accessed: date | None) -> MementoLookup:
        """See `citekeeper.mementos.Archive.lookup`."""
        wanted = askable(url)
        if wanted is None:
            return self._unknown(f"“{shown(url)}” is no web address, so the archive was not asked.")
        try:
            return self._ask_cdx(wanted, accessed)
        except ExcludedError as error:
            return MementoLookup(self.name, LookupOutcome.EXCLUDED, None, error.message)
        except ServiceError as error:
            refused = error
        second = self._ask_availability(wanted, accessed)
        if second is not None:
            note = f"{refused.message} The availability API names this one; a closer one may exist."
            return MementoLookup(self.name, LookupOutcome.FOUND, replace(second, note=note), note)
        if isinstance(refused, ServiceThrottledError):
            return self._ask_once_more(wanted, accessed)
        return self._unknown(refused.message)

    def _ask_once_more(self, url: str, accessed: date | None) -> MementoLookup:
        """After a 429 the rate limit holds; ask again when it lets go, unless that is a long time off."""
        held = self._cdx.limit.held_for
        if held > LONGEST_WAIT:
            return self._unknown(f"Wayback Machine: it asks for {round(held)} s of patience.")
        try:
            return self._ask_cdx(url, accessed)
        except ExcludedError as error:
            return MementoLookup(self.name, LookupOutcome.EXCLUDED, None, error.message)
        except ServiceError as error:
            return self._unknown(error.message)

    def _ask_cdx(self, url: str, accessed: date | None) -> MementoLookup:
        """The CDX server's answer, asked again while it flaps.

        Raises:
            ServiceError: it refused, or kept failing.
        """
        patience = self._cdx.limit.held_for
        if patience > LONGEST_WAIT:
            raise ServiceThrottledError(SERVICE, f"it asks for {round(patience)} s of patience.", retry_after=patience)
        for attempt in range(1, _LOOKUP_TRIES + 1):
            try:
                row = self._cdx.closest(url, accessed, self._clock.now())
            except ServiceThrottledError as error:
                self._cdx.limit.throttled(error.retry_after, at_least=_REFUSAL_PAUSE)
                raise
            except ServiceUnavailableError:
                if attempt == _LOOKUP_TRIES:
                    raise
                self._back_off(attempt)
                continue
            if row is None:
                return MementoLookup(self.name, LookupOutcome.NONE, None, "The archive holds no usable copy.")
            held = self._found(parse_stamp(row.timestamp), row.original, accessed)
            return MementoLookup(self.name, LookupOutcome.FOUND, held)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _ask_availability(self, url: str, accessed: date | None) -> Memento | None:
        """The memento that the availability API names; None where it names none, which proves nothing."""
        moment = end_of_day(accessed) if accessed else self._clock.now()
        self._availability_limit.wait()
        try:
            reply = self._session.request("GET", AVAILABILITY, params={"url": url, "timestamp": stamp14(moment)})
        except ServiceThrottledError as error:
            self._availability_limit.throttled(error.retry_after, at_least=_REFUSAL_PAUSE)
            return None
        except ServiceError:
            return None
        named = read_availability(reply)
        if named is None or same_document_key(named[1]) != same_document_key(url):
            return None
        return self._found(named[0], named[1], accessed)

    def neighbours(self, url: str, accessed: date | None, most: int) -> tuple[Memento, ...]:
        """See `citekeeper.mementos.Peer.neighbours`."""
        wanted = askable(url)
        if wanted is None:
            return ()
        try:
            rows = self._cdx.around(wanted, accessed, self._clock.now(), most)
        except ServiceThrottledError as error:
            self._cdx.limit.throttled(error.retry_after, at_least=_REFUSAL_PAUSE)
            raise
        held = [self._found(parse_stamp(row.timestamp), row.original, accessed) for row in rows]
        return around(held, accessed, most)

    def keeps(self, uri: str) -> bool:
        """See `citekeeper.mementos.Peer.keeps`."""
        return moment_of(uri) is not None

    def raw(self, memento: Memento) -> str | None:
        """See `citekeeper.mementos.Peer.raw`."""
        try:
            return raw_address(memento.uri)
        except ValueError:
            return None

    def _found(self, moment: datetime | None, original: str, accessed: date | None) -> Memento:
        if moment is None:
            raise ServiceUnavailableError("Wayback Machine", "it named a capture without a time.")
        return found(self.name, memento_address(moment, original), moment, accessed)

    def _unknown(self, message: str) -> MementoLookup:
        return MementoLookup(self.name, LookupOutcome.UNKNOWN, None, message)

    def _back_off(self, attempt: int) -> None:
        self._clock.sleep(2.0**attempt * (0.75 + self._rng.random() / 2))

    # ── save ────────────────────────────────────────────────────────────────────────────────────────────────────

    def save(self, url: str, sending: Callable[[Memento], None] | None = None) -> Memento:
        """See `citekeeper.mementos.SavingArchive.save`."""
        wanted = askable(url)
        if wanted is None:
            raise ServiceRefusedError(SERVICE, f"“{shown(url)}” is no web address.", "Correct the URL.")
        if self._spn2 is not None:
            self._make_sure_of_room(self._spn2)
        elif self._keyless is None:
            raise ServiceRefusedError(SERVICE, "saving needs keys.", KEYS_HINT)
        self._submit_limit.wait()
        asked_at = self._clock.now()
        name = f"{_UNANSWERED}{stamp14(asked_at)}-{self._rng.getrandbits(32):08x}"
        to_be = Memento(self.name, memento_address(asked_at, wanted), MementoState.SUBMITTED, job_id=name, request=name)
        if sending is not None:
            sending(to_be)
        try:
            if self._spn2 is None:
                assert self._keyless is not None
                return self._keyless.save(wanted, to_be)
            submission = self._spn2.submit(wanted)
        except (SaveRefusedError, ServiceThrottledError):
            self._room_asked_at = None  # a quota may be what is behind it
            raise
        except MaybeSentError as error:
            note = f"{error.message} It may have been taken all the same."
            raise SubmissionUnknownError(SERVICE, note, replace(to_be, note=note)) from error
        # A job without an id keeps the name of ours: CDX tells what became of it.
        return replace(to_be, job_id=submission.job_id or name, note=submission.note)

    def _make_sure_of_room(self, spn2: Spn2) -> None:
        """Ask for the account's room, once a minute; where that cannot be had, the submission itself will tell."""
        now = self._clock.monotonic()
        if self._room_asked_at is not None and now - self._room_asked_at < _ROOM_HOLDS:
            return
        for attempt in (1, 2):
            try:
                spn2.preflight(self._rng.randrange(10**9))
                break
            except ServiceUnavailableError:
                if attempt == 1:
                    self._back_off(attempt)
        self._room_asked_at = self._clock.monotonic()

    @property
    def turn_in(self) -> float:
        """See `citekeeper.mementos.SavingArchive.turn_in`."""
        return self._submit_limit.free_in

    def asked_before(self, moments: Sequence[datetime]) -> None:
        """See `citekeeper.mementos.SavingArchive.asked_before`."""
        now = self._clock.now()
        ages = [(now - moment).total_seconds() - 1.0 for moment in moments]  # moments are written to the second
        self._submit_limit.remember([max(age, 0.0) for age in ages if -60.0 < age < 60.0])

    def poll(self, memento: Memento, patience: float | None = None) -> Memento:
        """See `citekeeper.mementos.SavingArchive.poll`."""
        if memento.state is not MementoState.SUBMITTED:
            return memento
        asked_at = moment_of(memento.uri)
        expired = asked_at is not None and self._clock.now() - asked_at > _JOB_KEPT
        job_id = memento.job_id or _UNANSWERED
        if job_id.startswith(_UNANSWERED) or self._spn2 is None or expired:
            return self._look_for_capture(memento, asked_at)
        return self._poll_job(self._spn2, memento, job_id, _JOB_PATIENCE if patience is None else patience)

    def _poll_job(self, spn2: Spn2, memento: Memento, job_id: str, patience: float) -> Memento:
        give_up_at = self._clock.monotonic() + patience
        asking = 0
        while True:
            self._status_limit.wait()
            pause = min(_JOB_INTERVAL, 1.0 * 2**asking)  # small pages are captured within seconds
            asking += 1
            try:
                status = spn2.status(job_id)
            except ServiceRefusedError as error:
                return replace(memento, note=error.message)
            except ServiceThrottledError as error:
                note = error.message
                self._status_limit.throttled(error.retry_after, at_least=2 * _JOB_INTERVAL)
            except ServiceUnavailableError as error:
                note = error.message
            else:
                if not isinstance(status, Pending):
                    return self._settled(memento, status)
                self._status_limit.succeeded()
                note = "The archive has not finished; the next run asks again."
            if self._clock.monotonic() + pause >= give_up_at:
                break
            self._clock.sleep(pause)
        return replace(memento, note=note)

    def _settled(self, memento: Memento, status: Captured | SaveFault) -> Memento:
        if isinstance(status, SaveFault):
            again = self._clock.now() + timedelta(seconds=status.retry.seconds)
            return replace(memento, state=MementoState.FAILED, note=status.note, retry_at=again)
        asked_for = original_of(memento.uri)
        notes = [memento.note] if memento.note else []
        if same_document_key(status.original_url) != same_document_key(asked_for):
            notes.append(f"The archive was redirected and kept {shown(status.original_url)}.")
        if status.http_status is not None and not 200 <= status.http_status < 300:
            notes.append(f"What it kept is an answer with HTTP {status.http_status}.")
        return replace(
            memento,
            uri=memento_address(status.moment, status.original_url),
            state=MementoState.CAPTURED,
            datetime=status.moment,
            note=" ".join(notes) or None,
        )

    def _look_for_capture(self, memento: Memento, asked_at: datetime | None) -> Memento:
        """Whether a capture appeared since the save was asked for, where the job itself can no longer be asked."""
        url = askable(original_of(memento.uri))
        if url is None or asked_at is None:
            return replace(memento, state=MementoState.FAILED, note="This is not the record of a submitted save.")
        # A reused capture is older than the asking by at most the freshness that was asked for.
        try:
            row = self._cdx.since(url, asked_at - self._fresh)
        except ServiceThrottledError as error:
            self._cdx.limit.throttled(error.retry_after, at_least=_REFUSAL_PAUSE)
            return replace(memento, note=error.message)
        except ServiceError as error:
            return replace(memento, note=error.message)
        if row is not None:
            moment = parse_stamp(row.timestamp)
            uri = row.archive_url
            return replace(memento, uri=uri, state=MementoState.CAPTURED, datetime=moment, note=None)
        if self._clock.now() - asked_at < _CAPTURE_APPEARS:
            return replace(memento, note="No capture has appeared yet; captures may take a day to be listed.")
        note = "No capture appeared within a day of asking; it may be asked for again."
        return replace(memento, state=MementoState.FAILED, note=note)

    # ── verify ──────────────────────────────────────────────────────────────────────────────────────────────────

    def verify(self, memento: Memento) -> Memento:
        """See `citekeeper.mementos.Archive.verify`."""
        if memento.state in (MementoState.SUBMITTED, MementoState.FAILED):
            return memento
        try:
            address = raw_address(memento.uri)
        except ValueError:
            return replace(memento, note="This is not the address of a Wayback memento.")
        tries = _REPLAY_TRIES if memento.state is MementoState.CAPTURED else 2
        note: str | None = None
        for attempt in range(1, tries + 1):
            if attempt > 1:
                self._back_off(attempt)  # a fresh capture needs a moment until it replays
            try:
                reply = self._replay(address)
            except ServiceThrottledError as error:
                self._replay_limit.throttled(error.retry_after, at_least=_REFUSAL_PAUSE)
                return replace(memento, note=error.message)
            except ServiceError as error:
                note = error.message
                continue
            note = replay_fault(reply, moment_of(memento.uri))
            if note is None:
                return replace(memento, state=MementoState.VERIFIED)
            if "memento-datetime" in reply.headers:
                break  # it replays, and what it shows will not change
        return replace(memento, note=note)

    def _replay(self, address: str) -> Reply:
        """The first bytes of a replay, whatever its status: an archived 429 is a memento too."""
        self._replay_limit.wait()
        reply = self._session.request("GET", address, max_body=_REPLAY_PEEK, cut_body=True, accept=(429,), redirects=0)
        if reply.status == 429 and "memento-datetime" not in reply.headers:
            raise ServiceThrottledError("Wayback Machine", "replay answered 429, too many requests.")
        self._replay_limit.succeeded()
        return reply


def replay_fault(reply: Reply, moment: datetime | None) -> str | None:
    """Why a replay does not prove the memento of ``moment``; None where it does."""
    if is_exclusion(reply):
        return "The archive withholds this site."
    stated = reply.headers.get("memento-datetime")
    if not stated:
        if 300 <= reply.status < 400:
            return "The archive redirects to another capture: this one does not replay (yet)."
        return f"Replay answered HTTP {reply.status} without a memento."
    try:
        replayed = parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError):
        return "Replay names no valid time."
    if moment is None or replayed.tzinfo is None or replayed != moment:
        return f"The archive replays another capture, of {' '.join(stated.split())[:40]}."
    if str(reply.status) not in SHOWS_A_PAGE:
        return f"The memento shows no page but HTTP {reply.status}."
    if not reply.body:
        return "The memento is empty."
    return None


def read_availability(reply: Reply) -> tuple[datetime, str] | None:
    """Moment and original of the capture that an availability answer names; None where it names none that counts."""
    if reply.status != 200:
        return None
    try:
        said: Any = reply.json()
    except ValueError:
        return None
    snapshots = said.get("archived_snapshots") if isinstance(said, dict) else None
    closest = snapshots.get("closest") if isinstance(snapshots, dict) else None
    if not isinstance(closest, dict) or closest.get("available") is not True:
        return None
    if str(closest.get("status")) not in SHOWS_A_PAGE:
        return None
    address = str(closest.get("url", ""))
    moment, original = moment_of(address), original_of(address)
    return (moment, original) if moment and original else None
