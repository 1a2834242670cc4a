"""What earlier runs kept of a source, and the verdict on its page beside that: drift, a 304, a text that was compared.

Without an archive there is no earlier text, and a verdict is the page's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citekeeper import judge
from citekeeper.history import checks
from citekeeper.model import Comparison, Exchange, Kind, Reading, Verdict, VerdictKind
from citekeeper.pipeline import drifting
from citekeeper.pipeline.work import Work
from citekeeper.settings import Settings
from citekeeper.urls import without_credentials

if TYPE_CHECKING:
    from citekeeper.archive import Archive


class Earlier:
    """The earlier copies and checks of a run's sources.

    Args:
        settings: host rules, vantage.
        archive: where copies are kept; None where there is none.
    """

    def __init__(self, settings: Settings, archive: Archive | None) -> None:
        self._settings = settings
        self._archive = archive

    def judged(self, work: Work) -> Verdict:
        """The verdict; with the text, where it has been read, compared to what was cited."""
        shown = _as_seen(work)
        rule = self._settings.rule_for(shown.url)
        probe, second_probe = (*work.siblings, None, None)[:2]

        def judged(then: Reading | None, comparison: Comparison | None) -> Verdict:
            return judge.judge(
                shown,
                work.citation,
                reading=work.reading,
                probe=probe,
                second_probe=second_probe,
                rule=rule,
                baseline=then,
                comparison=comparison,
                nameservers=work.nameservers,
            )

        if work.reading is None:
            return judged(None, None)
        work.baseline = self._baseline(work)
        verdict, work.drift = drifting.judge_by_text(work.citation, shown, work.reading, work.baseline, judged)
        return verdict

    def has_text(self, work: Work) -> bool:
        """Whether there is an earlier text to compare the page with."""
        return work.citation.kind is Kind.CITATION and self._baseline(work) is not None

    def lost_title(self, work: Work) -> str | None:
        """The title of the earlier text, where the page now bears neither it nor the cited one."""
        if self._archive is None or work.exchange is None or judge.is_recognised(work.exchange, work.citation):
            return None
        earlier = self._baseline(work)
        if earlier is None or judge.is_recognised(work.exchange, work.citation, earlier.reading.title):
            return None
        return earlier.reading.title

    def repeat(self, work: Work, exchange: Exchange) -> bool:
        """Take a 304 as the last alive verdict again; False where the answer is another address's."""
        alive = [e for e in checks(work.known, self._settings.vantage) if e.fields.get("verdict") == VerdictKind.ALIVE]
        if not alive or alive[-1].fields.get("final_url") != without_credentials(exchange.final_url):
            return False
        fields = alive[-1].fields
        reason, message, advice = (str(fields.get(name, "")) for name in ("reason", "message", "advice"))
        work.verdict = Verdict(VerdictKind.ALIVE, reason, message, advice)
        kept = drifting.remembered(work.known, self._settings.vantage)
        if kept is not None:
            work.verdict, work.drift = kept
        assert exchange.last is not None
        told = exchange.last.headers
        work.also = {
            "etag": told.get("etag") or fields.get("etag"),
            "last_modified": told.get("last-modified") or fields.get("last_modified"),
        }
        return True

    def remember(self, work: Work) -> None:
        """Keep what was said of this same text beside an earlier memento."""
        kept = drifting.remembered(work.known, self._settings.vantage)
        if kept is None or work.verdict is None or work.verdict.kind not in drifting.BY_TEXT:
            return
        if self._says_the_same(work):
            work.verdict, work.drift = kept

    def _says_the_same(self, work: Work) -> bool:
        assert work.exchange is not None
        if self._archive is None:
            return False
        latest = self._archive.latest(work.citation.id, origin="captured")
        return latest is not None and self._archive.same_content(latest, work.reading, work.exchange)

    def _baseline(self, work: Work) -> drifting.Baseline | None:
        """The copy to compare the page with; None where this one was not seen as the last one was."""
        citation = work.citation
        if self._archive is None or citation.kind is not Kind.CITATION:
            return None
        latest = self._archive.latest(citation.id)
        if latest is None:
            return None
        from citekeeper.pipeline.browsing import is_but_the_shell_of

        if is_but_the_shell_of(work, latest, self._archive):
            return None
        if work.earlier is None:  # asked for up to four times in the course of one work
            work.earlier = drifting.baseline_of(citation, self._archive)
        is_part = work.reading is not None and work.reading.frames_unread
        if is_part and work.earlier is not None and not work.saw_frames_of(work.earlier.reading):
            return None
        return work.earlier


def _as_seen(work: Work) -> Exchange:
    """A work's exchange, as a browser showed it where one did; a run without a browser does not load its code."""
    assert work.exchange is not None
    if work.rendering is None:
        return work.exchange
    from citekeeper.pipeline.browsing import as_seen

    return as_seen(work)
