"""Drifting: the text of today beside that of the copy closest to when the source was cited, and what the quotes say.

The quotes decide over the score: where every quote and number still stands in the living page it is alive, with a note;
where one is gone that the baseline holds it has drifted, however little else has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from citekeeper import rules
from citekeeper.history import checks
from citekeeper.model import (
    Capture,
    CaptureState,
    ChangeKind,
    Citation,
    Comparison,
    Drift,
    Event,
    Exchange,
    QuoteMatch,
    Reading,
    Shows,
    TextChange,
    Verdict,
    VerdictKind,
    Where,
)
from citekeeper.values import dataclass

if TYPE_CHECKING:
    from citekeeper.archive import Archive

Judging = Callable[[Reading | None, Comparison | None], Verdict]
"""Judges the same exchange with a baseline and a comparison, or without."""

_BY_TEXT = frozenset(
    ["text-missing", "text-altered", "content-differs", "other-language", "other-content", "paywall", "title-nowhere"]
)
_GROUNDS_KEPT = 3  # changes that a history line keeps
BY_TEXT = frozenset({VerdictKind.ALIVE, VerdictKind.DRIFTED})
"""The verdicts that a comparison of texts decides between."""

_STILL_THERE = "The text has changed since it was cited, but every quote and number is still there."


@dataclass(frozen=True, slots=True)
class Baseline:
    """The copy that today's text is compared with: where it is, what it says, and its days from the date of access."""

    path: str
    reading: Reading
    distance_days: int | None = None


def baseline_of(citation: Citation, archive: Archive) -> Baseline | None:
    """The capture of the source closest to the date of access (the first one where that is unknown), if it has text."""
    kept = [
        capture
        for capture in archive.captures(citation.id)
        if capture.shows is Shows.SOURCE and capture.state is CaptureState.INTACT
    ]
    for capture in closest(kept, citation):
        text = archive.reading(capture)
        if text is not None and text.paragraphs:
            days = None if citation.accessed is None else int(_distance(citation, capture) // 86_400)
            return Baseline(capture.path, text, days)
    return None


def closest(captures: Sequence[Capture], citation: Citation) -> list[Capture]:
    """Captures by their distance from the date of access; by age where that is unknown."""
    return sorted(captures, key=lambda capture: _distance(citation, capture))


def _distance(citation: Citation, capture: Capture) -> float:
    if citation.accessed is None:
        return capture.captured_at.timestamp()
    noon = datetime.combine(citation.accessed, time(12), UTC)
    return abs((capture.captured_at - noon).total_seconds())


def judge_by_text(
    citation: Citation, exchange: Exchange, now: Reading, baseline: Baseline | None, judging: Judging
) -> tuple[Verdict, Drift | None]:
    """The verdict with the text known, and how it relates to the baseline; None where nothing differs."""
    if baseline is None:
        return judging(None, None), None
    from citekeeper import evidence, reading

    last = exchange.last
    found = evidence.compare(
        now, baseline.reading, page_text=lambda: reading.page_text(last) if last is not None else ""
    )
    verdict = judging(baseline.reading, found)
    drift = _drift(found, baseline)
    wanted = (*citation.quotes, *citation.numbers)
    if not wanted:
        return verdict, drift
    missing = _missing(citation, now)
    if not missing and verdict.reason in _BY_TEXT:
        return _with_note(judging(None, None)), replace(drift, note=_STILL_THERE) if drift is not None else None
    lost = [text for text in missing if text not in _missing(citation, baseline.reading)]
    if lost and (verdict.kind in rules.LIVING or verdict.kind is VerdictKind.DRIFTED):
        verdict = rules.quote_lost(verdict, lost[0])
    return verdict, drift


def _drift(found: Comparison, baseline: Baseline) -> Drift | None:
    if not found.changes and not found.lost:
        return None
    return Drift(found.similarity, baseline.path, None, found.changes)


def _with_note(verdict: Verdict) -> Verdict:
    if verdict.kind is not VerdictKind.ALIVE or verdict.reason != "ok":
        return verdict
    return replace(verdict, reason="text-changed", message=_STILL_THERE)


def _missing(citation: Citation, text: Reading) -> list[str]:
    return [match.text for match in look_up(citation, text.said, Where.LIVE) if not match.found]


def look_up(citation: Citation, paragraphs: Sequence[str], where: Where) -> list[QuoteMatch]:
    """Look for every quote and number in one copy, in the register's order."""
    from citekeeper import evidence

    return [
        *(evidence.find_quote(quote, paragraphs, where) for quote in citation.quotes),
        *(evidence.find_number(number, paragraphs, where) for number in citation.numbers),
    ]


def remembered(known: Sequence[Event], vantage: str | None) -> tuple[Verdict, Drift] | None:
    """What a comparison with a memento said last: it holds for as long as the page says the same.

    Only the run that first sees a text asks the web archive what it said before.
    """
    last = checks(known, vantage)[-1:]
    drift = recorded_drift(last[0], None, None) if last else None
    if drift is None or not drift.baseline.startswith("https://"):
        return None
    fields = last[0].fields
    try:
        kind = VerdictKind(fields["verdict"])
    except (KeyError, ValueError):
        return None
    reason, message, advice = (str(fields.get(name, "")) for name in ("reason", "message", "advice"))
    return Verdict(kind, reason, message, advice, rules.base_severity(kind)), drift


# ── the record ──────────────────────────────────────────────────────────────────────────────────────────────────────


def drift_fields(drift: Drift | None) -> dict[str, object]:
    """What the history keeps of a drift: the verdict's grounds; the other changes can be told from the captures."""
    if drift is None:
        return {}
    from citekeeper.evidence import contradicts

    fields: dict[str, object] = {"similarity": round(drift.similarity, 4), "baseline": drift.baseline}
    if drift.note:
        fields["note"] = drift.note
    if grounds := [change for change in drift.changes if contradicts(change)][:_GROUNDS_KEPT]:
        fields["changes"] = [{"kind": str(each.kind), "runs": [list(run) for run in each.runs]} for each in grounds]
    return {"drift": fields}


def _recorded_changes(kept: Any) -> tuple[TextChange, ...]:
    """The changes that a check recorded; ones that make no sense are left out."""
    found = []
    for each in kept if isinstance(kept, list) else []:
        try:
            runs = tuple((str(mark), str(words)) for mark, words in each["runs"])
            found.append(TextChange(ChangeKind(each["kind"]), runs))
        except (KeyError, TypeError, ValueError):
            continue
    return tuple(found[:_GROUNDS_KEPT])


def recorded_drift(event: Event, citation: Citation | None, archive: Archive | None) -> Drift | None:
    """The drift that a check recorded, with the changes between its baseline and the newest capture."""
    kept: Any = event.fields.get("drift")
    try:
        similarity, baseline, note = float(kept["similarity"]), str(kept["baseline"]), kept.get("note")
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
    grounds = _recorded_changes(kept.get("changes"))
    drift = Drift(min(max(similarity, 0.0), 1.0), baseline, str(note) if note else None, grounds)
    if citation is None or archive is None:
        return drift
    then, newest = baseline_of(citation, archive), archive.latest(citation.id)
    if then is None or newest is None or not _is_same(then.path, baseline) or _is_same(newest.path, baseline):
        return drift
    now = archive.reading(newest)
    if now is None:
        return drift
    from citekeeper import evidence

    changes = evidence.compare(now, then.reading).changes
    return replace(drift, changes=tuple(dict.fromkeys((*grounds, *changes))))


def _is_same(path: str, other: str) -> bool:
    """Whether two paths name one capture, wherever the archive stood when each was written."""
    return path.split("/")[-2:] == other.split("/")[-2:]
