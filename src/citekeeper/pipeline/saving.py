"""The queue of saves: asked for at the archive's pace, followed, proven, and written down before and after each step.

What is written down survives the process and the machine. A save is recorded before it is sent, so that one whose
answer was lost (a kill, a broken connection) is looked for in the archive and not sent anew; the next run, anywhere,
goes on from the histories.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from citekeeper.clock import Clock
from citekeeper.errors import ServiceError, ServiceRefusedError, ServiceThrottledError
from citekeeper.mementos import AccountRefusedError, AccountThrottledError, SavingArchive, SubmissionUnknownError
from citekeeper.mementos.addresses import moment_of
from citekeeper.model import Memento, MementoState
from citekeeper.pipeline.work import Work
from citekeeper.progress import Progress

_MOST_UNDER_WAY = 6  # fewer than the archive allows, so that a person beside us may save too
_PATIENCE = 120.0  # seconds; the archive gives a capture 2 minutes in all
_LISTED_AFTER = 30.0  # seconds until a capture whose job is unknown is worth looking for
_LONGEST_PAUSE = 6.0
_REFUSAL_PAUSE = 60.0
_TRIES = 3
_IN_A_ROW = 3
_SHOWN_IDS = 8


@dataclass(slots=True)
class _Wish:
    """A source to be saved, and why."""

    work: Work
    reason: str
    tries: int = 0


@dataclass(slots=True)
class _Flight:
    """A save under way, when to ask next, and when to leave it to a later run."""

    work: Work
    memento: Memento
    next_ask: float
    give_up: float
    asks: int = 0


@dataclass(slots=True)
class Tally:
    """How the queue stands."""

    left: int = 0
    pending: int = 0
    captured: int = 0
    verified: int = 0
    failed: int = 0
    submitted: int = 0


class SaveQueue:
    """Saves sources one after the other, and follows several at once.

    Args:
        archive: the Wayback Machine.
        clock: paces and waits.
        record: writes a memento's state into the history of its source.
        prove: looks whether a captured memento replays and shows the source; it comes back verified, captured with a
            note, or failed.
        progress: told how the queue stands, and what a person should know at the end.
    """

    def __init__(
        self,
        archive: SavingArchive,
        clock: Clock,
        record: Callable[[Work, Memento], None],
        prove: Callable[[Work, Memento], Memento],
        progress: Progress,
    ) -> None:
        self._archive = archive
        self._clock = clock
        self._record = record
        self._prove = prove
        self._progress = progress
        self._waiting: deque[_Wish] = deque()
        self._flying: list[_Flight] = []
        self._left_pending: list[Work] = []
        self._unproven: list[Work] = []
        self._current: _Wish | None = None
        self._in_air: Work | None = None
        self._troubles = 0
        self._began = 0.0
        self.tally = Tally()

    def follow(self, work: Work, memento: Memento) -> None:
        """Ask what became of a save that an earlier run, here or elsewhere, asked for."""
        now, asked_at = self._clock.monotonic(), moment_of(memento.uri)
        age = (self._clock.now() - asked_at).total_seconds() if asked_at is not None else _PATIENCE
        self._flying.append(_Flight(work, memento, now, now + max(_PATIENCE - age, _LONGEST_PAUSE)))

    def add(self, work: Work, reason: str) -> None:
        """Save a source."""
        self._waiting.append(_Wish(work, reason))

    def work_off(self, asked_before: Sequence[datetime] = ()) -> Tally:
        """Work until all is settled, or left for another run; what is left is told.

        Args:
            asked_before: when earlier processes asked for saves: they count for the pace.
        """
        if not self._waiting and not self._flying:
            return self.tally
        self._archive.asked_before(asked_before)
        self._began = self._clock.monotonic()
        self._progress.begin(
            "Wayback Machine: saving, at the pace that it allows", len(self._waiting) + len(self._flying)
        )
        try:
            while self._waiting or self._flying:
                if self._may_submit() and self._archive.turn_in == 0:
                    self._submit(self._waiting.popleft())
                self._ask_what_is_due()
                self._rest()
        except KeyboardInterrupt:
            if self._current is not None:
                self._waiting.appendleft(self._current)
            if self._in_air is not None:
                self._left_pending.append(self._in_air)
            self._left_pending += [flight.work for flight in self._flying]
            self._tell_what_is_left("Interrupted. ")
            raise
        self._tell_what_is_left()
        return self.tally

    # ── submitting ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _submit(self, wish: _Wish) -> None:
        sent: list[Memento] = []

        def sending(memento: Memento) -> None:
            self._current, self._in_air = None, wish.work
            sent.append(replace(memento, reason=wish.reason))
            self._record(wish.work, sent[0])

        assert wish.work.citation.url is not None
        self._current = wish
        wish.tries += 1
        try:
            memento = self._archive.save(wish.work.citation.url, sending)
        except SubmissionUnknownError as error:
            self._troubles = 0
            self._take_off(wish, replace(error.memento, reason=wish.reason), _LISTED_AFTER)
        except ServiceError as error:
            self._current = self._in_air = None
            self._refused(wish, sent[0] if sent else None, error)
        else:
            self._troubles = 0
            is_known = memento.job_id != memento.request
            self._take_off(wish, replace(memento, reason=wish.reason), 1.0 if is_known else _LISTED_AFTER)

    def _take_off(self, wish: _Wish, memento: Memento, look_after: float) -> None:
        self._in_air = None
        self._record(wish.work, memento)
        now = self._clock.monotonic()
        self.tally.submitted += 1
        self._flying.append(_Flight(wish.work, memento, now + look_after, now + _PATIENCE))
        self._show()

    def _refused(self, wish: _Wish, sent: Memento | None, error: ServiceError) -> None:
        """Nothing was submitted; whether to ask again for this source, or at all, is in the kind of the error."""
        if sent is not None:
            again = self._clock.now() + timedelta(seconds=getattr(error, "retry_after", None) or _REFUSAL_PAUSE)
            self._record(wish.work, replace(sent, state=MementoState.FAILED, note=error.message, retry_at=again))
        if isinstance(error, AccountRefusedError | AccountThrottledError):
            self._stop(wish, error)
        elif isinstance(error, ServiceRefusedError):
            self.tally.failed += 1
            self._progress.note(f"{wish.work.citation.id}: not saved: {error.message} {error.hint}".rstrip())
            self._done(wish.work)
        else:
            self._try_later(wish, error)

    def _try_later(self, wish: _Wish, error: ServiceError) -> None:
        """A throttle or a failure before anything was sent: wait, and ask again while that makes sense."""
        self._troubles += 1
        if self._troubles >= _IN_A_ROW:
            self._stop(wish, error)
            return
        if wish.tries < _TRIES:
            self._waiting.append(wish)
        else:
            self._progress.note(f"{wish.work.citation.id}: not saved: {error.message} {error.hint}".rstrip())
            self.tally.failed += 1
            self._done(wish.work)
        pause = error.retry_after if isinstance(error, ServiceThrottledError) else None
        self._clock.sleep(max(pause or 0.0, _REFUSAL_PAUSE))

    def _stop(self, wish: _Wish, error: ServiceError) -> None:
        """Whatever would be asked for next would be refused as well."""
        left = [wish.work, *(other.work for other in self._waiting)]
        self._waiting.clear()
        self.tally.left = len(left)
        again = "" if error.hint.startswith("Run again") else " A later run asks for them."
        count = f"{len(left)} source{'s' if len(left) > 1 else ''} not saved"
        self._progress.note(f"Saving stopped: {error.message} {count} ({_ids(left)}). {error.hint}".rstrip() + again)

    # ── following ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _ask_what_is_due(self) -> None:
        for flight in list(self._flying):
            if flight.next_ask <= self._clock.monotonic():
                self._ask(flight)

    def _ask(self, flight: _Flight) -> None:
        memento = self._archive.poll(flight.memento, 0.0)
        if memento.state is MementoState.CAPTURED:
            self._record(flight.work, memento)
            memento = self._prove(flight.work, memento)
        if memento.state is not MementoState.SUBMITTED:
            self._settle(flight, memento)
            return
        flight.memento = memento
        flight.asks += 1
        now = self._clock.monotonic()
        flight.next_ask = now + min(_LONGEST_PAUSE, 2.0**flight.asks)
        # Without a job there is nothing but the index to ask, and it learns of captures by the hour.
        has_job = memento.job_id != memento.request and _is_young(memento, self._clock)
        if not has_job or flight.next_ask >= flight.give_up:
            self._flying.remove(flight)
            self._left_pending.append(flight.work)
            self._record(flight.work, memento)
            self._done(flight.work)

    def _settle(self, flight: _Flight, memento: Memento) -> None:
        self._record(flight.work, memento)
        self._flying.remove(flight)
        if memento.state is MementoState.VERIFIED:
            self.tally.verified += 1
        elif memento.state is MementoState.CAPTURED:
            self.tally.captured += 1
            self._unproven.append(flight.work)
        else:
            self.tally.failed += 1
            self._progress.note(
                f"{flight.work.citation.id}: not saved: {memento.note or 'the archive gave no reason.'}"
            )
        self._done(flight.work)

    def _may_submit(self) -> bool:
        return bool(self._waiting) and len(self._flying) < _MOST_UNDER_WAY

    def _rest(self) -> None:
        """Wait for the next thing to do: a job to ask for, or the turn of the next save."""
        now = self._clock.monotonic()
        pauses = [flight.next_ask - now for flight in self._flying]
        if self._may_submit():
            pauses.append(self._archive.turn_in)
        pause = min(pauses, default=0.0)
        if pause > 0:
            self._clock.sleep(max(pause, 0.001))  # time must pass, however coarse the clock

    # ── telling ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _done(self, work: Work) -> None:
        self._progress.step(f"{work.citation.id}: {self._standing()}")

    def _show(self) -> None:
        self._progress.tell(self._standing())

    def _standing(self) -> str:
        tally = self.tally
        pending = len(self._flying) + len(self._left_pending)
        counts = (
            (tally.submitted, "submitted"),
            (pending, "pending"),
            (tally.captured, "captured"),
            (tally.verified, "verified"),
            (tally.failed, "not saved"),
            (len(self._waiting), "left"),
        )
        return " · ".join(f"{count} {what}" for count, what in counts if count) + self._time_left()

    def _time_left(self) -> str:
        """How long the rest takes at the pace so far; "" while that is not known."""
        passed = self._clock.monotonic() - self._began
        if not self._waiting or not self.tally.submitted or passed < _LONGEST_PAUSE:
            return ""
        minutes = len(self._waiting) * passed / self.tally.submitted / 60
        if minutes < 1:
            return " · <1 min"
        return f" · {minutes:.0f} min" if minutes < 100 else f" · {minutes / 60:.0f} h"

    def _tell_what_is_left(self, begin: str = "") -> None:
        pending, waiting = self._left_pending, [wish.work for wish in self._waiting]
        self.tally.pending = len(pending)
        self.tally.left += len(waiting)
        sentences = []
        if pending:
            sentences.append(f"{_saves(len(pending))} still pending ({_ids(pending)}).")
        if self._unproven:
            sentences.append(f"{_saves(len(self._unproven))} captured but not seen to replay ({_ids(self._unproven)}).")
        if waiting:
            sentences.append(f"{len(waiting)} not asked for yet ({_ids(waiting)}).")
        if sentences:
            act = "The next citekeeper run or archive goes on from there, here or on any machine with these files."
            self._progress.note(f"{begin}Wayback Machine: {' '.join(sentences)} {act}")


def _is_young(memento: Memento, clock: Clock) -> bool:
    """Whether the archive still knows the job."""
    asked_at = moment_of(memento.uri)
    return asked_at is not None and clock.now() - asked_at <= timedelta(hours=1)


def _saves(count: int) -> str:
    return f"{count} save{' is' if count == 1 else 's are'}"


def _ids(works: Sequence[Work]) -> str:
    """The first few by name."""
    names = [work.citation.id for work in works[:_SHOWN_IDS]]
    more = len(works) - len(names)
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")
