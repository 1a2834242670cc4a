"""Assembling: from Works and what the archive and the histories hold to the Report that every format renders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from citekeeper import judge, rules
from citekeeper.history import History, strikes, up_to
from citekeeper.model import (
    Capture,
    CaptureState,
    Citation,
    CitationReport,
    Document,
    Drift,
    Event,
    Finding,
    Memento,
    MementoState,
    QuoteMatch,
    Reading,
    Report,
    Severity,
    Shows,
    TranslationSummary,
    Verdict,
    VerdictKind,
    Where,
)
from citekeeper.patterns import late
from citekeeper.pipeline import drifting
from citekeeper.pipeline.doubts import PASSING
from citekeeper.pipeline.memory import Memory
from citekeeper.pipeline.oembed import SHELL
from citekeeper.pipeline.saved import recorded_mementos
from citekeeper.pipeline.work import Work
from citekeeper.settings import Settings
from citekeeper.values import dataclass

if TYPE_CHECKING:
    from citekeeper.archive import Archive

_ORIGINAL_SHOWN = 2000  # characters of the paragraph of which a quote is a translation
_TRANSLATION = late(r"text\.(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)(?:\.(?P<number>\d+))?\.json")


@dataclass(frozen=True, slots=True)
class Sources:
    """Where an assembled report takes its facts from; ``archive`` and ``history`` are None for mere link checks.

    ``memory`` is what a link check remembers of earlier runs. With ``every_place`` a finding stands at every place
    that names the source, as annotations need it; else at the first.
    """

    settings: Settings
    documents: tuple[Document, ...]
    now: datetime
    archive: Archive | None = None
    history: Callable[[str], History] | None = None
    memory: Memory | None = None
    every_place: bool = False

    def events(self, citation: Citation) -> Sequence[Event]:
        """What is remembered of a citation."""
        if self.history is not None:
            return up_to(self.history(citation.id).events(), self.now)
        return up_to(self.memory.events(citation), self.now) if self.memory is not None else ()


def assemble(
    citations: Iterable[Citation],
    works: Mapping[str, Work],
    sources: Sources,
    *,
    notes: Sequence[str] = (),
    stage_set: bool = False,
) -> Report:
    """Make the report.

    Args:
        citations: the entries to report, in order.
        works: what this run found out, by citation id; an entry without one is told from what is recorded.
        sources: the archive, the histories, the settings and the time.
        notes: sentences about the run as a whole.
        stage_set: the run went over the sandbox internet.
    """
    assembly = Assembly(sources)
    for citation in citations:
        assembly.add(citation, works.get(citation.id))
    return assembly.report(sources.now, notes=notes, stage_set=stage_set)


class Assembly:
    """A report in the making: a work whose entry is made need not be kept, and a work holds its page.

    Args:
        sources: see `assemble`.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._entries: dict[str, CitationReport] = {}
        self._findings: list[Finding] = []

    def add(self, citation: Citation, work: Work | None) -> None:
        """Make the entry of a citation."""
        entry, about = assemble_entry(citation, work, self._sources)
        self._entries[citation.id] = entry
        self._findings += about

    def report(
        self,
        now: datetime,
        *,
        order: Iterable[str] | None = None,
        notes: Sequence[str] = (),
        stage_set: bool = False,
    ) -> Report:
        """The report of what was added.

        Args:
            now: when it is made.
            order: the ids of the entries in order; default: that in which they were added.
            notes: sentences about the run as a whole.
            stage_set: the run went over the sandbox internet.
        """
        entries = self._entries.values() if order is None else map(self._entries.__getitem__, order)
        return Report(
            now,
            self._sources.documents,
            tuple(entries),
            tuple(rules.in_order(self._findings)),
            stage_set=stage_set,
            stale_after_days=self._sources.settings.stale_after.days,
            notes=tuple(dict.fromkeys(notes)),
        )


def assemble_entry(
    citation: Citation, work: Work | None, sources: Sources
) -> tuple[CitationReport, tuple[Finding, ...]]:
    """One citation's entry and what there is to say about it."""
    if work is not None and is_plain(citation, work, sources):
        return _plain_entry(citation, work, sources), ()
    events = sources.events(citation)
    seen = _observation(work, events)
    captures = sources.archive.captures(citation.id) if sources.archive else ()
    mementos = tuple(work.mementos if work is not None and work.mementos else recorded_mementos(events))
    mementos += _pinned(citation, mementos)
    quotes = _quotes(citation, work, captures, mementos, sources.archive)
    vantage = seen.vantage or sources.settings.vantage or "local"
    row = strikes(_with_this_check(events, work, vantage), vantage)
    is_passing = seen.verdict.reason in PASSING
    judged = rules.assess(
        citation,
        seen.verdict,
        strikes=replace(row, qualifies=False) if is_passing else row,
        captures=captures,
        mementos=mementos,
        quotes=quotes,
        strict=sources.settings.strict and not is_passing,
        rule=sources.settings.rule_for(citation.url) if citation.url else None,
        live_was_read=_was_read(work),
        copies_looked_for=sources.archive is not None,
        missing_fragment=_missing_fragment(work),
        lookups=work.lookups if work is not None else (),
        wayback_is_named="wayback" in sources.settings.services,
    )
    entry = CitationReport(
        citation,
        judged.verdict,
        judged.severity,
        judged.verifiable,
        final_url=seen.final_url,
        http_status=seen.http_status,
        hops=seen.hops,
        checked_at=seen.checked_at,
        vantage=vantage if seen.checked_at else None,
        elapsed_ms=seen.elapsed_ms,
        strikes=row.count,
        first_failed_at=row.first_failed_at,
        last_alive_at=seen.checked_at if seen.verdict.kind in rules.LIVING and seen.checked_at else row.last_alive_at,
        drift=_drift(citation, work, events, sources.archive),
        captures=captures,
        mementos=mementos,
        quotes=quotes,
        translations=_translations(captures, sources.archive),
    )
    return entry, _at_every_place(citation, judged.findings) if sources.every_place else judged.findings


def _with_this_check(events: Sequence[Event], work: Work | None, vantage: str) -> Sequence[Event]:
    """What is remembered, and this run's own check where nothing remembers it: it too is one of a row."""
    if work is None or work.verdict is None or work.checked_at is None or work.verdict.kind is VerdictKind.UNCHECKED:
        return events
    moment = work.checked_at.replace(microsecond=0)  # as histories tell it
    if any(event.event == "check" and event.vantage == vantage and event.at >= moment for event in events):
        return events
    return [*events, Event("", moment, "check", vantage, {"verdict": str(work.verdict.kind)})]


def is_plain(citation: Citation, work: Work, sources: Sources) -> bool:
    """Whether an entry is but a link that is alive: nothing to weigh, look up or find fault with.

    A million of these may pass in one run, so they take the short way; the long one says the same.
    """
    return (
        work.verdict is not None
        and work.verdict.kind is VerdictKind.ALIVE
        and work.exchange is not None
        and not (sources.archive or sources.history or sources.memory)
        and not (citation.quotes or citation.numbers or citation.archived or citation.reviews or work.mementos)
        and "#" not in work.exchange.url
    )


def _plain_entry(citation: Citation, work: Work, sources: Sources) -> CitationReport:
    assert work.verdict is not None
    seen = _observation(work, ())
    return CitationReport(
        citation,
        work.verdict,
        Severity.OK,
        verifiable=True,
        final_url=seen.final_url,
        http_status=seen.http_status,
        hops=seen.hops,
        checked_at=seen.checked_at,
        vantage=sources.settings.vantage or "local",
        elapsed_ms=seen.elapsed_ms,
        last_alive_at=seen.checked_at,
    )


def _at_every_place(citation: Citation, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings at the first place of a source, repeated at each other place that names it."""
    if len(citation.found_in) < 2 or not findings:
        return findings
    first = citation.found_in[0]
    placed: list[Finding] = []
    for finding in findings:
        placed.append(finding)
        if (finding.file, finding.line, finding.column) == (first.file, first.line, first.column):
            others = citation.found_in[1:]
            placed += [replace(finding, file=at.file, line=at.line, column=at.column) for at in others]
    return tuple(placed)


def _was_read(work: Work | None) -> bool:
    """Whether the live page's own text was seen: a program's empty shell and a frameset lack every quote."""
    if work is None or work.verdict is None or work.reading is None or not work.reading.is_whole:
        return False
    return work.is_living and work.verdict.reason != SHELL


def _missing_fragment(work: Work | None) -> str | None:
    if work is None or work.exchange is None or not work.is_living:
        return None
    return judge.missing_fragment(work.exchange)


@dataclass(frozen=True, slots=True)
class _Observation:
    """The newest that is known of the source itself."""

    verdict: Verdict
    final_url: str | None = None
    http_status: int | None = None
    hops: tuple[tuple[str, int], ...] = ()
    checked_at: datetime | None = None
    vantage: str | None = None
    elapsed_ms: int | None = None


def _observation(work: Work | None, events: Sequence[Event]) -> _Observation:
    if work is not None and work.verdict is not None:
        exchange = work.exchange
        if exchange is None:
            return _Observation(work.verdict)
        return _Observation(
            work.verdict,
            exchange.final_url if exchange.hops else None,
            exchange.status,
            tuple((hop.url, hop.status) for hop in exchange.hops),
            work.checked_at,
            None,
            round(exchange.elapsed * 1000),
        )
    checks = [event for event in events if event.event == "check"]
    return _recorded(checks[-1]) if checks else _Observation(_NEVER_CHECKED)


_NEVER_CHECKED = Verdict(
    VerdictKind.UNCHECKED, "never-checked", "This source has not been checked yet.", "Run: citekeeper run", Severity.OK
)


def _recorded(event: Event) -> _Observation:
    """What the history says of the last check; a line that makes no sense says that nothing is known."""
    fields = event.fields
    try:
        kind = VerdictKind(fields["verdict"])
        hops = tuple((str(hop["url"]), int(hop["status"])) for hop in fields.get("hops", ()))
    except (KeyError, ValueError, TypeError):
        return _Observation(_NEVER_CHECKED)
    verdict = Verdict(
        kind,
        str(fields.get("reason", "")),
        str(fields.get("message", "")),
        str(fields.get("advice", "")),
        rules.base_severity(kind),
    )
    status, elapsed = fields.get("http_status"), fields.get("elapsed_ms")
    return _Observation(
        verdict,
        str(fields["final_url"]) if fields.get("final_url") else None,
        status if isinstance(status, int) else None,
        hops,
        event.at,
        event.vantage,
        elapsed if isinstance(elapsed, int) else None,
    )


def _drift(citation: Citation, work: Work | None, events: Sequence[Event], archive: Archive | None) -> Drift | None:
    if work is not None and work.verdict is not None:
        return work.drift
    checks = [event for event in events if event.event == "check"]
    return drifting.recorded_drift(checks[-1], citation, archive) if checks else None


def _pinned(citation: Citation, known: Sequence[Memento]) -> tuple[Memento, ...]:
    """The copies that a person pinned, which nobody has checked yet."""
    uris = {memento.uri for memento in known}
    return tuple(
        Memento("pinned", uri, MementoState.FOUND, note="pinned by a person")
        for uri in citation.archived
        if uri not in uris
    )


def _quotes(
    citation: Citation,
    work: Work | None,
    captures: Sequence[Capture],
    mementos: Sequence[Memento],
    archive: Archive | None,
) -> tuple[QuoteMatch, ...]:
    wanted = (*citation.quotes, *citation.numbers)
    if not wanted:
        return ()
    from citekeeper import evidence

    names: list[str | None] = []
    found: list[list[QuoteMatch]] = []
    texts: list[Sequence[str]] = []  # the source's own
    is_translated = False

    def add(name: str | None, matches: list[QuoteMatch], *, is_read: bool) -> None:
        """A copy without a text (a picture, a page that scripts make), or with a part of it, proves nothing absent."""
        if is_read or any(match.found for match in matches):
            names.append(name)
            found.append(matches)

    def add_text(name: str | None, text: Reading, where: Where) -> None:
        if text.paragraphs:
            texts.append(text.paragraphs)
        add(name, drifting.look_up(citation, text.said, where), is_read=text.is_whole)

    if work is not None and work.reading is not None and work.is_living:
        add_text(None, work.reading, Where.LIVE)
    quotable = _quotable(captures, citation) if archive is not None else []
    for capture in quotable:
        text = archive.reading(capture) if archive is not None else None
        if text is not None:
            add_text(capture.path, text, Where.CAPTURE)
    read = {text.memento.uri: text.reading for text in (work.memento_texts if work is not None else ())}
    for uri, text in read.items():
        add_text(uri, text, Where.MEMENTO)
    for memento in mementos:
        if memento.is_proof and memento.quotes and memento.uri not in read:
            has_text = memento.text_sha256 is not None or memento.sha256 is None
            add(memento.uri, _recorded_matches(memento, wanted), is_read=has_text)
    newest = _newest_source(captures)
    for capture in sorted(quotable, key=lambda one: one is not newest):  # the newest first, then as they were
        for language in translation_files(capture) if archive is not None else ():
            name = language if capture is newest else f"{language}, {capture.path}"
            add(name, _in_translation(citation, capture, language, archive), is_read=True)
            is_translated = True
    best = evidence.best_matches(wanted, found, names)
    if not texts or is_translated:
        return best
    foreign = {quote for quote in citation.quotes if all(evidence.is_foreign(quote, text) for text in texts)}
    return tuple(
        replace(match, is_foreign=True) if match.text in foreign and not match.found else match for match in best
    )


def _in_translation(citation: Citation, capture: Capture, language: str, archive: Archive | None) -> list[QuoteMatch]:
    """The matches in a machine translation of a capture, each with the source's own paragraph."""
    assert archive is not None
    made, text = archive.translation(capture, language), archive.reading(capture)
    paragraphs = [paragraph or "" for paragraph in made.paragraphs] if made is not None else []
    matches = drifting.look_up(citation, paragraphs, Where.TRANSLATION)
    own = text.paragraphs if text is not None else ()
    return [
        replace(match, original=own[match.paragraph][:_ORIGINAL_SHOWN], capture=capture.sha256)
        if match.found and match.paragraph is not None and match.paragraph < len(own)
        else match
        for match in matches
    ]


def _recorded_matches(memento: Memento, wanted: Sequence[str]) -> list[QuoteMatch]:
    """What an earlier run found in a memento that it read."""
    scores = dict(memento.quotes or ())
    return [QuoteMatch(text, bool(scores.get(text)), scores.get(text, 0.0), Where.MEMENTO) for text in wanted]


def _kept(captures: Sequence[Capture]) -> list[Capture]:
    """The captures that show the source and were not withdrawn, oldest first."""
    return [c for c in captures if c.shows is Shows.SOURCE and c.state is not CaptureState.WITHDRAWN]


def _quotable(captures: Sequence[Capture], citation: Citation) -> list[Capture]:
    """The copies in which quotes are looked up: the newest, the one of when it was cited, and what people deposited."""
    kept = _kept(captures)
    cited = drifting.closest(kept, citation)[:1]
    return [capture for capture in kept if capture is kept[-1] or capture in cited or capture.origin == "deposited"]


def _newest_source(captures: Sequence[Capture]) -> Capture | None:
    kept = _kept(captures)
    return kept[-1] if kept else None


def _translations(captures: Sequence[Capture], archive: Archive | None) -> tuple[TranslationSummary, ...]:
    newest = _newest_source(captures)
    text = archive.reading(newest) if archive is not None and newest is not None else None
    if archive is None or newest is None or text is None:
        return ()
    made = {path: archive.translation(newest, language) for language, path in translation_files(newest).items()}
    return tuple(
        TranslationSummary(
            translation.language,
            translation.engine,
            path,
            len(translation.paragraphs),
            translation.warnings,
            tuple(zip(text.paragraphs, translation.paragraphs, strict=False)),
            translation.engines,
            text.language,
            text.languages,
        )
        for path, translation in made.items()
        if translation is not None
    )


def translation_files(capture: Capture) -> dict[str, str]:
    """The path of the translation that counts in each language: of text.en.json and text.en.2.json, the latter."""
    newest: dict[str, tuple[int, str]] = {}
    for file in capture.files:
        match = _TRANSLATION.fullmatch(file.name)
        if match:
            numbered = (int(match["number"] or 1), f"{capture.path}/{file.name}")
            newest[match["language"]] = max(newest.get(match["language"], (0, "")), numbered)
    return {language: path for language, (_, path) in sorted(newest.items())}
