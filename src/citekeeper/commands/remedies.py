"""What a rotten or moved link should become, by the register and the histories alone: nobody is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from citekeeper.fixing import Mend
from citekeeper.history import strikes
from citekeeper.mementos.addresses import moment_of, original_within
from citekeeper.mementos.linkformat import stamp_of
from citekeeper.model import Citation, Event, Memento, MementoState, Shows, VerdictKind
from citekeeper.pipeline.saved import recorded_mementos
from citekeeper.register import Register
from citekeeper.register.load import parsed
from citekeeper.urls import is_evidence, is_web_url, looks_private, same_document_key

_DEAD = {VerdictKind.GONE, VerdictKind.SOFT_404, VerdictKind.USURPED, VerdictKind.DRIFTED}
_DECEIVES = {VerdictKind.SOFT_404, VerdictKind.USURPED, VerdictKind.DRIFTED}
"""Verdicts of sources that go on answering: an archive that looked later kept the wrong page with status 200."""
_FAILING = {VerdictKind.FAILING, VerdictKind.UNREACHABLE}
_NO_OBSERVATION = {VerdictKind.THROTTLED, VerdictKind.UNCHECKED}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How a citation's source is, by its last check.

    Attributes:
        verdict: of the last check; None where none is recorded.
        is_rotten: whether its link should be mended.
        since: when the row of checks that found it so began.
    """

    verdict: VerdictKind | None = None
    is_rotten: bool = False
    since: datetime | None = None


def diagnose(citation: Citation, events: Sequence[Event]) -> Diagnosis:
    """Weigh a history: dead is what its last check found so, and what failed three times in a row over three days.

    Checks of an address that the citation no longer has say nothing.
    """
    events = [event for event in events if _is_of(event, citation)]
    seen = [(event, verdict) for event in events if (verdict := _verdict(event)) not in (None, *_NO_OBSERVATION)]
    if not seen:
        return Diagnosis()
    last = seen[-1][1]
    if last in _FAILING:
        row = strikes(events, None)
        return Diagnosis(last, row.qualifies, row.first_failed_at)
    if last not in _DEAD:
        return Diagnosis(last)
    since = seen[-1][0].at
    for event, verdict in reversed(seen):
        if verdict not in _DEAD:
            break
        since = event.at
    return Diagnosis(last, is_rotten=True, since=since)


def _is_of(event: Event, citation: Citation) -> bool:
    """Whether an event is about the citation's present address, as far as it tells."""
    hops = event.fields.get("hops")
    first = hops[0] if isinstance(hops, list) and hops else None
    asked = first.get("url") if isinstance(first, dict) else None
    if not isinstance(asked, str) or not citation.url:
        return True
    return same_document_key(asked) == same_document_key(citation.url)


def _verdict(event: Event) -> VerdictKind | None:
    if event.event != "check":
        return None
    try:
        return VerdictKind(event.fields.get("verdict", ""))
    except ValueError:
        return None


def remedy(citation: Citation, events: Sequence[Event]) -> Mend | None:
    """The new address of a source that moved, or the archived copy of a rotten one; None where neither is known."""
    found = diagnose(citation, events)
    if found.verdict is VerdictKind.MOVED:
        return _new_address(citation, events)
    return archived_copy(citation, events, found) if found.is_rotten else None


def _new_address(citation: Citation, events: Sequence[Event]) -> Mend | None:
    moved = [event for event in events if _is_of(event, citation) and _verdict(event) is VerdictKind.MOVED]
    target = str(moved[-1].fields.get("final_url") or "")
    if not is_web_url(target) or looks_private(target):
        return None
    return None if target == citation.url else Mend(target, moved=True)


def archived_copy(citation: Citation, events: Sequence[Event], found: Diagnosis) -> Mend | None:
    """The copy to cite: one that a person pinned, else one whose bytes were verified, else one that was found.

    Of several it is the one that holds most of the quotes, and of these the one closest before the end of the access
    date, else closest after. What is no evidence, or was seen to show something else, is never cited.
    """
    end = datetime.combine(citation.accessed, time(23, 59, 59), UTC) if citation.accessed else None
    pinned = [
        Memento("pinned", uri, MementoState.FOUND, moment_of(uri) or stamp_of(uri))
        for uri in citation.archived
        if is_evidence(uri)
    ]
    recorded = [memento for memento in recorded_mementos(events) if _shows_source(memento, citation, found)]
    for copies in (
        pinned,
        [memento for memento in recorded if memento.is_proof],
        [memento for memento in recorded if memento.state is MementoState.FOUND],
    ):
        if copies:
            best = min(copies, key=lambda copy: (_lacking(copy, citation), _distance(copy.datetime, end)))
            return Mend(best.uri, _day(best.datetime))
    return None


def _lacking(memento: Memento, citation: Citation) -> int:
    """How many of the quotes and numbers a memento was not seen to hold."""
    held = {text for text, score in memento.quotes or () if score > 0}
    return sum(text not in held for text in (*citation.quotes, *citation.numbers))


def _shows_source(memento: Memento, citation: Citation, found: Diagnosis) -> bool:
    original = original_within(memento.uri)
    if not memento.is_evidence or memento.shows is Shows.FAILURE:
        return False
    if not citation.url or same_document_key(original) != same_document_key(citation.url):
        return False
    if found.verdict in _DECEIVES and found.since is not None:
        return memento.datetime is not None and memento.datetime < found.since
    return True


def _distance(moment: datetime | None, end: datetime | None) -> tuple[int, float]:
    """Sorts copies by how well they show what was read on the access date; without one, the oldest is best."""
    if moment is None:
        return 2, 0.0
    if end is None:
        return 0, moment.timestamp()
    return (0, (end - moment).total_seconds()) if moment <= end else (1, (moment - end).total_seconds())


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(UTC).date() if moment is not None else None


def relocations(register: Register) -> dict[str, str]:
    """Addresses that “citekeeper locate” replaced, with those that it put in their place."""
    values = parsed(register.raw, register.path).plain
    entries = values.get("citations") if isinstance(values, dict) else None
    found: dict[str, str] = {}
    for entry in entries if isinstance(entries, list) else ():
        located = entry.get("located") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(located, dict):
            continue
        was, now = located.get("was"), entry.get("url")
        if isinstance(was, str) and isinstance(now, str) and is_web_url(was) and is_web_url(now):
            found[was] = now
    return found
