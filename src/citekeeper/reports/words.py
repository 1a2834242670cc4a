"""What a Report says in words: the same sentences, symbols and order for every format that people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from citekeeper import urls
from citekeeper.model import (
    Capture,
    CaptureState,
    ChangeKind,
    CitationReport,
    Finding,
    Kind,
    Memento,
    MementoState,
    QuoteMatch,
    Report,
    Review,
    Severity,
    Shows,
    TranslationSummary,
    VerdictKind,
    Where,
)
from citekeeper.printing import one_line

STAGE_SET = (
    "Stage set: this report was made over citekeeper’s sandbox internet on this machine. Its pages, dates and verdicts "
    "are staged and say nothing about the real web."
)

SYMBOLS = {
    VerdictKind.ALIVE: "✓",
    VerdictKind.MOVED: "→",
    VerdictKind.DRIFTED: "≈",
    VerdictKind.SOFT_404: "✗",
    VerdictKind.USURPED: "✗",
    VerdictKind.GONE: "✗",
    VerdictKind.WALLED: "■",
    VerdictKind.BLOCKED: "■",
    VerdictKind.THROTTLED: "…",
    VerdictKind.FAILING: "!",
    VerdictKind.UNREACHABLE: "?",
    VerdictKind.INSECURE: "!",
    VerdictKind.UNCHECKED: "–",
}
"""A sign beside each verdict's word, so that colour never carries the meaning alone."""

SEVERITY_SYMBOLS = {Severity.OK: "·", Severity.WARNING: "!", Severity.ERROR: "✗"}
SEVERITY_WORDS = {Severity.OK: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}

MEANINGS = {
    VerdictKind.ALIVE: "answers with what was cited",
    VerdictKind.MOVED: "lives at a new address for good",
    VerdictKind.DRIFTED: "answers, but no longer says what was cited",
    VerdictKind.SOFT_404: "says “not found” in the guise of success",
    VerdictKind.USURPED: "is parked, for sale, or taken over",
    VerdictKind.GONE: "is no longer there",
    VerdictKind.WALLED: "is there, but refuses this reader",
    VerdictKind.BLOCKED: "is withheld by law or place",
    VerdictKind.THROTTLED: "asks for patience; not decided",
    VerdictKind.FAILING: "answers with an error of its server",
    VerdictKind.UNREACHABLE: "could not be reached; not decided",
    VerdictKind.INSECURE: "has a certificate that does not verify",
    VerdictKind.UNCHECKED: "was not checked",
}

# Not strftime: its words follow the machine's locale.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(moment: date | datetime) -> str:
    """A date in words, in UTC: 2 May 2022."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(UTC)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def minute(moment: datetime) -> str:
    """A time in words: 2 May 2022, 09:30 UTC."""
    return f"{day(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


_LANGUAGES = {
    "ar": "Arabic",
    "be": "Belarusian",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "it": "Italian",
    "ka": "Georgian",
    "kk": "Kazakh",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def language(tag: str) -> str:
    """A language's English name, where its tag (BCP 47) is a common one; else the tag."""
    return _LANGUAGES.get(tag.lower().partition("-")[0]) or one_line(tag, 35)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """``number`` with its noun: 1 copy, 2 copies."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


# ── the report as a whole ───────────────────────────────────────────────────────────────────────────────────────────


def checked(report: Report) -> tuple[datetime, datetime] | None:
    """When the report's oldest and newest checks were made; None where nothing was ever checked."""
    moments = [entry.checked_at for entry in report.counted if entry.checked_at is not None]
    return (min(moments), max(moments)) if moments else None


def stale_after(report: Report) -> date:
    """The last day on which to rely on the report: it is as old as its oldest check."""
    known = checked(report)
    since = known[0] if known else report.generated_at
    return since.astimezone(UTC).date() + timedelta(days=report.stale_after_days)


def age_sentence(report: Report) -> str:
    """When the sources were checked, from where, and until when to rely on it; a warning where that day is past."""
    known = checked(report)
    if known is None:
        return f"Nothing was checked. Report made {minute(report.generated_at)}."
    vantages = sorted({entry.vantage for entry in report.citations if entry.vantage})
    seen_from = f" from vantage {', '.join(one_line(name, 40) for name in vantages)}" if vantages else ""
    oldest, newest = known
    when = minute(newest)
    if oldest.astimezone(UTC).date() != newest.astimezone(UTC).date():
        when = f"between {minute(oldest)} and {when}"
    until = stale_after(report)
    if report.generated_at.astimezone(UTC).date() > until:
        return f"STALE since {day(until)}: last checked {when}{seen_from}. Run: citekeeper run."
    return f"Checked {when}{seen_from}. Treat as stale after {day(until)}."


def document_title(report: Report) -> str:
    """What the report is about, for a heading."""
    names = [one_line(document.title or document.source, 200) for document in report.documents]
    if not names:
        return "Citations"
    return names[0] if len(names) == 1 else f"{names[0]} and {count(len(names) - 1, 'more document')}"


def needs_person(entry: CitationReport) -> bool:
    """Whether a person must act: the citation is not verifiable, or an error stands against it."""
    return not entry.verifiable or entry.severity is Severity.ERROR


def summary_sentence(report: Report) -> str:
    """The report in one sentence: 5 of 6 citations are verifiable; 1 needs you."""
    counted = report.counted
    links = links_of(report)
    if not counted:
        return _links_sentence(links) or "There are no citations here."
    good = sum(entry.verifiable for entry in counted)
    known = {entry.citation.id for entry in counted}
    needing = {entry.citation.id for entry in counted if needs_person(entry)} | {
        finding.citation
        for finding in report.findings
        if finding.severity is Severity.ERROR and finding.citation in known
    }
    if good == len(counted):
        head = "The one citation is verifiable" if good == 1 else f"All {good} citations are verifiable"
    elif len(counted) == 1:
        head = "The one citation is not verifiable"
    else:
        head = f"{good} of {len(counted)} citations {'is' if good == 1 else 'are'} verifiable"
    tail = f"; {len(needing)} {'needs' if len(needing) == 1 else 'need'} you" if needing else ""
    return f"{head}{tail}." + (f" {_links_sentence(links)}" if links else "")


def _links_sentence(links: Sequence[CitationReport]) -> str:
    if not links:
        return ""
    bad = sum(entry.severity is Severity.ERROR for entry in links)
    warned = sum(entry.severity is Severity.WARNING for entry in links)
    parts = [count(bad, "error")] * bool(bad) + [count(warned, "warning")] * bool(warned)
    return f"{count(len(links), 'link')}: {', '.join(parts) or 'no warnings or errors'}."


def links_of(report: Report) -> list[CitationReport]:
    """The entries that are links outside the notes."""
    return [entry for entry in report.citations if entry.citation.kind is Kind.LINK]


def ordered_findings(report: Report) -> list[Finding]:
    """Findings with the worst first; among equals as the document has them."""
    return worst_first(report.findings)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """``findings`` by severity; among equals in the order they came."""
    return sorted(findings, key=lambda finding: -finding.severity.rank)


def verdict_totals(entries: Iterable[CitationReport]) -> dict[VerdictKind, int]:
    """How many entries have each verdict, every verdict named, in the contract's order."""
    counts = Counter(entry.verdict.kind for entry in entries)
    return {kind: counts[kind] for kind in VerdictKind}


def severity_totals(entries: Iterable[CitationReport]) -> dict[Severity, int]:
    """How many entries have each severity, every severity named."""
    counts = Counter(entry.severity for entry in entries)
    return {severity: counts[severity] for severity in Severity}


# ── one citation ────────────────────────────────────────────────────────────────────────────────────────────────────


def label(entry: CitationReport) -> str:
    """What the document prints for the citation, else its id."""
    return one_line(entry.citation.label or entry.citation.id, 40)


def title(entry: CitationReport, limit: int = 300) -> str:
    """The source's title, else its address, else a plain statement that there is none."""
    citation = entry.citation
    return (
        one_line(citation.title or "", limit)
        or urls.shown(one_line(citation.url or ""), limit)
        or "Untitled, no address"
    )


def publisher(entry: CitationReport) -> str:
    """The publisher as cited, else the source's host in its own script."""
    citation = entry.citation
    return one_line(citation.publisher or "", 80) or one_line(urls.unicode_host(urls.host_of(citation.url or "")), 80)


def tone(entry: CitationReport) -> str:
    """ok, warning, error, or neutral for what was not checked: the name of a colour, never its only bearer."""
    if entry.verdict.kind is VerdictKind.UNCHECKED and entry.severity is Severity.OK:
        return "neutral"
    return entry.severity.value


def local_copies(entry: CitationReport) -> str:
    """The local captures in a few words."""
    if not entry.captures:
        return "none"
    groups: Counter[str] = Counter()
    for capture in entry.captures:
        intact = capture.state is CaptureState.INTACT
        groups[("intact" if capture.shows is Shows.SOURCE else "of a failure") if intact else capture.state.value] += 1
    return ", ".join(f"{number} {what}" for what, number in groups.items())


_STATE_ORDER = (
    MementoState.VERIFIED,
    MementoState.CAPTURED,
    MementoState.FOUND,
    MementoState.SUBMITTED,
    MementoState.FAILED,
)


def best_memento(entry: CitationReport) -> Memento | None:
    """The memento to rely on: the surest state, then the most quotes, then the one closest to the access date."""
    return min(entry.mementos, key=_reliance, default=None)


def _reliance(memento: Memento) -> tuple[object, ...]:
    return (
        not memento.is_evidence,
        memento.shows is Shows.FAILURE,
        _STATE_ORDER.index(memento.state),
        -sum(score > 0 for _, score in memento.quotes or ()),
        memento.distance_days if memento.distance_days is not None else 10**9,
        memento.uri,
    )


def memento_state(memento: Memento) -> str:
    """A memento's state in words."""
    if not memento.is_evidence:
        return "no evidence: this archive has altered snapshots"
    if memento.shows is Shows.FAILURE:
        return "held by the archive, but it does not show the source"
    return MEMENTO_STATES[memento.state]


def _state_word(memento: Memento) -> str:
    if not memento.is_evidence:
        return "no evidence:"
    return "useless" if memento.shows is Shows.FAILURE else memento.state.value


def memento_short(entry: CitationReport) -> str:
    """The best memento in a few words: verified 2022-05-02."""
    best = best_memento(entry)
    if best is None:
        return "none"
    return _state_word(best) + (f" {best.datetime.astimezone(UTC):%Y-%m-%d}" if best.datetime else "")


def memento_brief(entry: CitationReport) -> str:
    """The best memento in fewest words: its state, and its days after (+) or before (-) the access date."""
    best, accessed = best_memento(entry), entry.citation.accessed
    if best is None:
        return "none"
    if best.distance_days is None or best.datetime is None or accessed is None:
        return memento_short(entry)
    sign = "-" if best.datetime.astimezone(UTC).date() < accessed else "+"
    return f"{_state_word(best)} {sign if best.distance_days else '±'}{best.distance_days} d"


MEMENTO_STATES = {
    MementoState.FOUND: "found in the archive, not replayed by citekeeper",
    MementoState.SUBMITTED: "asked for; the archive has not reported back yet",
    MementoState.CAPTURED: "made; replay not verified yet",
    MementoState.VERIFIED: "replayed and verified",
    MementoState.FAILED: "refused by the archive",
}


def distance(memento: Memento, accessed: date | None) -> str:
    """How far a memento lies from the day on which the author read the source; "" where that is unknown."""
    days = memento.distance_days
    if days is None:
        return ""
    if days == 0:
        return "on the day it was read"
    if memento.datetime is None or accessed is None:
        return f"{count(days, 'day')} from the day it was read"
    side = "before" if memento.datetime.astimezone(UTC).date() < accessed else "after"
    return f"{count(days, 'day')} {side} it was read"


CAPTURE_STATES = {
    CaptureState.INTACT: "intact",
    CaptureState.ABSENT: "not here: kept elsewhere, or not fetched",
    CaptureState.WITHDRAWN: "withdrawn; its hashes remain",
    CaptureState.TAMPERED: "tampered with: its bytes are not those that were sealed",
}

_WHERE = {
    Where.LIVE: "on the live page",
    Where.CAPTURE: "in the sealed copy",
    Where.TRANSLATION: "in the machine translation",
    Where.MEMENTO: "in the web archive’s copy",
}


def quote_result(quote: QuoteMatch) -> str:
    """Where and how well a quote was found, in words."""
    if quote.is_unread:
        return "could not be looked for: the source's text, or a part of it, was not read"
    if quote.is_foreign:
        return "could not be looked for: it is in another script than the source, and there is no translation"
    if not quote.found:
        near = f"; closest passage {_percent(quote.score)} alike" if quote.score > 0 else ""
        return f"not found{near}"
    place = _WHERE[quote.where] if quote.where else "in the source"
    place += " only" if quote.where is Where.TRANSLATION else ""
    others = also_found(quote)
    exactly = "word for word" if quote.score >= 1 else f"{_percent(quote.score)} alike"
    return f"found {place}, {exactly}" + (f"; {others}" if others else "")


def also_found(quote: QuoteMatch) -> str:
    """The other copies that hold a quote: “also in the sealed copy (archive/fn1/2026…)”; "" where there are none."""
    places = [_WHERE[place.where] + (f" ({place.copy})" if place.copy else "") for place in quote.also]
    return f"also {', '.join(places)}" if places else ""


CHANGE_KINDS = {
    ChangeKind.NUMBER: "Another figure",
    ChangeKind.NEGATION: "A negation",
    ChangeKind.OPPOSITE: "The contrary",
    ChangeKind.NAME: "Another name",
    ChangeKind.WORDING: "Other words",
    ChangeKind.LOST: "Gone",
    ChangeKind.ADDED: "New",
}
"""What a change of a sentence is called."""


def _percent(share: float) -> str:
    """A share rounded down, so that nothing short of whole is shown as 100%."""
    return f"{int(share * 100 + 1e-9)}%"


def quotes_short(entry: CitationReport) -> str:
    """How many of the quotes and figures were found: 1 of 2 quotes found."""
    found = sum(quote.found for quote in entry.quotes)
    return f"{found} of {count(len(entry.quotes), 'quote')} found"


def standing(entry: CitationReport) -> str:
    """What there is to verify the citation with, as facts: the source, copies, quotes found."""
    copies = sum(capture.state is CaptureState.INTACT and capture.shows is Shows.SOURCE for capture in entry.captures)
    verified = sum(memento.is_proof for memento in entry.mementos)
    bases = ["the living source"] * answers_as_cited(entry)
    bases += [count(copies, "intact copy", "intact copies")] * bool(copies)
    bases += [count(verified, "verified memento")] * bool(verified)
    if not bases:
        evidence = "none; the source does not answer as cited, and there is no intact copy and no verified memento"
    else:
        evidence = ", ".join(bases)
    return f"Evidence: {evidence}." + (f" {quotes_short(entry)}." if entry.quotes else "")


def answers_as_cited(entry: CitationReport) -> bool:
    """Whether the source itself can be read where it is cited, or where it leads."""
    return entry.verdict.kind in {VerdictKind.ALIVE, VerdictKind.MOVED}


def is_dead(entry: CitationReport) -> bool:
    """Whether the source itself no longer shows what was cited."""
    return entry.verdict.kind in {VerdictKind.GONE, VerdictKind.SOFT_404, VerdictKind.USURPED}


def made_by(item: TranslationSummary) -> str:
    """The engines that made a translation: "deepl, google"."""
    return ", ".join(one_line(name, 30) for name in item.makers)


def translation_short(entry: CitationReport) -> str:
    """The machine translations in a few words: "en (Google)"."""
    return ", ".join(f"{one_line(item.language, 12)} ({made_by(item)})" for item in entry.translations)


def review_is_stale(review: Review, captures: Sequence[Capture]) -> bool:
    """Whether the source has a newer capture with other content than the one that the reviewer read."""
    read = next((capture for capture in captures if capture.sha256 == review.capture), None)
    sources = [capture for capture in captures if capture.shows is Shows.SOURCE]
    if review.capture is None or not sources:
        return False
    newest = max(sources, key=lambda capture: (capture.captured_at, capture.id))
    if read and read.text_sha256 and newest.text_sha256:
        return read.text_sha256 != newest.text_sha256
    return newest.sha256 != review.capture


def language_of_claim(report: Report, entry: CitationReport) -> str | None:
    """The language of the document that makes the claim."""
    files = {place.file for place in entry.citation.found_in}
    languages = {document.language for document in report.documents if document.source in files or not files}
    return next(iter(languages)) if len(languages) == 1 else None
