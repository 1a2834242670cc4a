"""Comparing a text seen for the first time with what a web archive kept closer to when the source was read."""

from __future__ import annotations

from datetime import timedelta

from citekeeper import judge
from citekeeper.history import new_event
from citekeeper.model import Citation, Comparison, Drift, Reading, Verdict
from citekeeper.pipeline import drifting
from citekeeper.pipeline.recording import MementoRecord
from citekeeper.pipeline.work import MementoText, Work, check_fields

_MUCH_CLOSER = 7  # days, for which a memento counts more than a copy of our own


def compare_with_mementos(work: Work, record: MementoRecord) -> None:
    """Judge a text seen for the first time by a memento closer to when it was read than any capture is."""
    citation, exchange, now, text = work.citation, work.exchange, work.reading, _closest(work)
    if not (work.is_living and work.made_capture) or exchange is None or now is None or text is None:
        return
    days = text.memento.distance_days
    own = work.baseline.distance_days if work.baseline is not None else _days_since(citation, record)
    if days is None or own is None or days + _MUCH_CLOSER >= own:
        return

    def judged(baseline: Reading | None, comparison: Comparison | None) -> Verdict:
        return judge.judge(exchange, citation, reading=now, baseline=baseline, comparison=comparison)

    baseline = drifting.Baseline(text.memento.uri, text.reading, days)
    verdict, drift = drifting.judge_by_text(citation, exchange, now, baseline, judged)
    if work.verdict is None or work.verdict.kind not in drifting.BY_TEXT:
        return
    # Kept where nothing differs too: later runs must not take the first capture for what was cited.
    work.verdict, work.drift = verdict, drift or Drift(1.0, text.memento.uri)
    now_or_later = record.clock.now()
    if work.checked_at is not None:  # readers sort by time: this one follows the check that it corrects
        now_or_later = max(now_or_later, work.checked_at + timedelta(microseconds=1))
    event = new_event("check", now_or_later, record.vantage, check_fields(work), record.rng)
    record.history(citation.id).append(event)


def _closest(work: Work) -> MementoText | None:
    """The memento that was read as it was received, and is closest to when the source was read."""
    texts = [
        text
        for text in work.memento_texts
        if text.is_raw and text.reading.paragraphs and text.memento.uri.startswith("https://")
    ]
    dated = [(text.memento.distance_days, text) for text in texts if text.memento.distance_days is not None]
    return min(dated, key=lambda pair: pair[0])[1] if dated else None


def _days_since(citation: Citation, record: MementoRecord) -> int | None:
    """How far today's capture, the first one, is from when the source was read."""
    return None if citation.accessed is None else abs((record.clock.now().date() - citation.accessed).days)
