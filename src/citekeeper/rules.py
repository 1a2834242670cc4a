"""What a verdict, its history and its copies mean for the document: severity, verifiability, findings, exit code.

Pure functions over values (CONTRACT section 3, last paragraphs). A finding stands where the document cites the source
first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from citekeeper.model import (
    BASE_SEVERITY,
    Capture,
    CaptureState,
    Citation,
    Finding,
    Kind,
    Memento,
    MementoState,
    QuoteMatch,
    Review,
    Severity,
    Shows,
    Verdict,
    VerdictKind,
    Where,
)

if TYPE_CHECKING:
    from citekeeper.settings import FailOn

LIVING = frozenset({VerdictKind.ALIVE, VerdictKind.MOVED})
DEAD = frozenset({VerdictKind.GONE, VerdictKind.SOFT_404, VerdictKind.USURPED})
FLEETING = frozenset({VerdictKind.FAILING, VerdictKind.UNREACHABLE})
"""Failures that may pass: warnings until history, or ``--strict``, makes them errors."""

_RULE_OF = {
    VerdictKind.GONE: "dead-source",
    VerdictKind.SOFT_404: "soft-404",
    VerdictKind.USURPED: "usurped-source",
    VerdictKind.MOVED: "moved",
    VerdictKind.DRIFTED: "drifted",
    VerdictKind.WALLED: "walled",
    VerdictKind.BLOCKED: "blocked",
    VerdictKind.THROTTLED: "throttled",
    VerdictKind.FAILING: "failing",
    VerdictKind.UNREACHABLE: "unreachable",
    VerdictKind.INSECURE: "insecure",
}
_UNCHECKED_RULES = {"no-url": "lost-link", "private-address": "private-address", "bad-url": "bad-url"}

RULES: dict[str, str] = {
    "dead-source": "The source answers 404 or 410, or its domain no longer exists.",
    "soft-404": "The source is not found, in the guise of success.",
    "usurped-source": "The source's domain is parked, for sale, or taken over.",
    "moved": "The source has moved for good; the document cites its old address.",
    "drifted": "The source answers, but no longer says what was cited.",
    "walled": "The source is there, but refuses this reader.",
    "blocked": "The source is withheld by law or place.",
    "throttled": "The source's server was asked too often.",
    "failing": "The source's server answers with errors.",
    "unreachable": "The source's server could not be reached.",
    "insecure": "The source's certificate or encryption cannot be trusted.",
    "lost-link": "The document lost the address of the source.",
    "bad-url": "The source's address is none that could be fetched.",
    "private-address": "The source's address lies in a private network.",
    "as-expected": "The verdict is the one that a person expects of this source.",
    "quote-missing": "Words or figures that the document relies on are in no copy of the source.",
    "quote-altered": "The source says something close to, but not the same as, what the document quotes.",
    "quote-unchecked": "Words or figures that the document relies on could not be looked for.",
    "quote-in-translation": "Words were found only in a machine translation, and no review supports them.",
    "no-copy": "Nobody keeps a copy of the source.",
    "only-copy": "The source is dead, and the only copy is the archive's own.",
    "capture-tampered": "An archived file is not what its manifest says.",
    "stale-review": "A newer capture differs from the one that was reviewed.",
    "claim-unsupported": "A reviewer found that the source does not, or only partly, support the claim.",
    "pin-unverified": "The source is dead, and the pinned copy has not been shown to hold every quote.",
    "fragment-missing": "The part of the page that the citation points at is no longer there.",
}
"""Every rule id that a finding may bear, with what it says."""


class RowOfFailures(Protocol):
    """What a history says of the failures up to now (:class:`citekeeper.history.Strikes`)."""

    @property
    def count(self) -> int:
        """How many in a row."""

    @property
    def first_failed_at(self) -> datetime | None:
        """When the row began."""

    @property
    def last_alive_at(self) -> datetime | None:
        """When the source was last alive."""

    @property
    def qualifies(self) -> bool:
        """Whether they are enough, over time enough, to be no failure of the moment."""


class ExpectsVerdict(Protocol):
    """What the rules need of a host's settings."""

    expect: str | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What it comes to for one citation.

    Attributes:
        verdict: the verdict that counts: the judge's, or ``drifted`` where the living page lost a quote.
        severity: that verdict's severity after history, expectation and pinned copies.
        verifiable: whether a reader can convince himself today (CONTRACT section 3).
        findings: what a person should know or do, the worst first.
    """

    verdict: Verdict
    severity: Severity
    verifiable: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything the rules weigh for one citation."""

    citation: Citation
    verdict: Verdict
    strikes: RowOfFailures | None
    captures: Sequence[Capture]
    mementos: Sequence[Memento]
    quotes: Sequence[QuoteMatch]
    strict: bool
    expected: str | None
    pinned_ok: bool
    copies_looked_for: bool
    missing_fragment: str | None

    @property
    def intact(self) -> list[Capture]:
        return [c for c in self.captures if c.state is CaptureState.INTACT and c.shows is Shows.SOURCE]

    @property
    def verified(self) -> list[Memento]:
        return [memento for memento in self.mementos if memento.state is MementoState.VERIFIED]

    @property
    def is_expected(self) -> bool:
        return self.expected == self.verdict.kind.value and self.verdict.kind is not VerdictKind.ALIVE


def base_severity(kind: VerdictKind) -> Severity:
    """The severity of one observation (CONTRACT section 3)."""
    return BASE_SEVERITY[kind]


def assess(
    citation: Citation,
    verdict: Verdict,
    *,
    strikes: RowOfFailures | None = None,
    captures: Sequence[Capture] = (),
    mementos: Sequence[Memento] = (),
    quotes: Sequence[QuoteMatch] = (),
    strict: bool = False,
    rule: ExpectsVerdict | None = None,
    pinned_ok: bool | None = None,
    live_was_read: bool = False,
    copies_looked_for: bool = False,
    missing_fragment: str | None = None,
) -> Assessment:
    """Weigh one citation.

    Args:
        citation: what was cited.
        verdict: the judge's word on the newest observation.
        strikes: the row of failures up to and with that observation.
        captures: the archive's copies, verified.
        mementos: the web archives' copies. ``found`` counts for nothing until it was checked (``verified``).
        quotes: a match for every quote and number that was looked for.
        strict: failures that may pass are errors at once.
        rule: what people decided for the source's host.
        pinned_ok: whether a copy pinned under ``archived:`` was checked and holds every quote. None: it does where
            a verified memento is one of the pinned, and every quote and number was found in a memento.
        live_was_read: whether the quotes were looked for in the living page; one that is found only in older copies
            then makes it drifted.
        copies_looked_for: whether it is known which copies there are, so that there being none is a finding.
        missing_fragment: a fragment of the cited address that the page no longer holds.
    """
    if live_was_read and verdict.kind in LIVING:
        verdict = _drifted(citation, verdict, quotes) or verdict
    case = _Case(
        citation,
        verdict,
        strikes,
        captures,
        mementos,
        quotes,
        strict,
        citation.expectation.expect or (rule.expect if rule is not None else None),
        _holds_all(citation, mementos, quotes) if pinned_ok is None else pinned_ok,
        copies_looked_for,
        missing_fragment,
    )
    severity = _weigh(case)
    findings = [finding for make in _FINDERS for finding in make(case, severity)]
    return Assessment(
        verdict, severity, is_verifiable(citation, verdict, captures, mementos, quotes), in_order(findings)
    )


def _drifted(citation: Citation, verdict: Verdict, quotes: Sequence[QuoteMatch]) -> Verdict | None:
    lost = [match for match in quotes if match.found and match.where in (Where.CAPTURE, Where.MEMENTO)]
    if not lost or not (citation.quotes or citation.numbers):
        return None
    return Verdict(
        VerdictKind.DRIFTED,
        "quote-lost",
        f"The page answers, but no longer says “{_short(lost[0].text)}”, which an older copy holds.",
        "Cite the archived copy that holds it: pin it under “archived:”.",
        BASE_SEVERITY[VerdictKind.DRIFTED],
        verdict.canonical_url,
    )


def _holds_all(citation: Citation, mementos: Sequence[Memento], quotes: Sequence[QuoteMatch]) -> bool:
    pinned = set(citation.archived)
    if not any(m.uri in pinned and m.state is MementoState.VERIFIED for m in mementos):
        return False
    held = {match.text for match in quotes if match.found and match.where is Where.MEMENTO}
    return all(text in held for text in (*citation.quotes, *citation.numbers))


def _weigh(case: _Case) -> Severity:
    """The verdict's severity after expectation, history and pinned copies."""
    kind = case.verdict.kind
    if case.is_expected:
        return Severity.OK
    if kind is VerdictKind.UNCHECKED:
        return Severity.WARNING if case.verdict.reason in _UNCHECKED_RULES else case.verdict.severity
    if kind in FLEETING:
        qualifies = case.strikes is not None and case.strikes.qualifies
        return Severity.ERROR if case.strict or qualifies else BASE_SEVERITY[kind]
    if kind in DEAD and case.pinned_ok:
        return Severity.WARNING
    return BASE_SEVERITY[kind]


# ── verifiable ──────────────────────────────────────────────────────────────────────────────────────────────────────


def is_verifiable(
    citation: Citation,
    verdict: Verdict,
    captures: Sequence[Capture] = (),
    mementos: Sequence[Memento] = (),
    quotes: Sequence[QuoteMatch] = (),
) -> bool:
    """Whether the source, or a sound copy of it, is there and holds every quote and number (CONTRACT section 3)."""
    bases = _bases(verdict, captures, mementos)
    if not bases:
        return False
    reviewed = _supporting_review(citation, captures) is not None
    held = {match.text for match in quotes if match.found and _counts(match, bases, reviewed=reviewed)}
    return all(text in held for text in (*citation.quotes, *citation.numbers))


def _bases(verdict: Verdict, captures: Sequence[Capture], mementos: Sequence[Memento]) -> set[Where]:
    bases = set()
    if verdict.kind in LIVING:
        bases.add(Where.LIVE)
    if any(c.state is CaptureState.INTACT and c.shows is Shows.SOURCE for c in captures):
        bases.add(Where.CAPTURE)
    if any(memento.state is MementoState.VERIFIED for memento in mementos):
        bases.add(Where.MEMENTO)
    return bases


def _counts(match: QuoteMatch, bases: set[Where], *, reviewed: bool) -> bool:
    if match.where is Where.TRANSLATION:
        return reviewed
    return match.where is None or match.where in bases


def _supporting_review(citation: Citation, captures: Sequence[Capture]) -> Review | None:
    """The newest review, if it supports the claim and is not stale."""
    review = newest_review(citation)
    if review is None or review.supports.lower() not in ("yes", "true"):
        return None
    return None if is_stale(review, captures) else review


def newest_review(citation: Citation) -> Review | None:
    """The review that counts; the last one written of several of a day."""
    return max(citation.reviews, key=lambda review: review.on, default=None)


def is_stale(review: Review, captures: Sequence[Capture]) -> bool:
    """Whether a newer capture of the source differs from the one that was read.

    Captures with the same text do not differ, whatever their packaging. A review that names no capture is not stale.
    """
    shown = sorted((c for c in captures if c.shows is Shows.SOURCE), key=lambda c: c.captured_at)
    if review.capture is None or not shown or shown[-1].sha256 == review.capture:
        return False
    newest = shown[-1]
    read = next((c for c in shown if c.sha256 == review.capture), None)
    if read is None:
        return newest.captured_at.date() >= review.on
    if newest.captured_at <= read.captured_at:
        return False
    return newest.text_sha256 is None or newest.text_sha256 != read.text_sha256


# ── findings ────────────────────────────────────────────────────────────────────────────────────────────────────────


def finding(rule: str, severity: Severity, citation: Citation, message: str, advice: str = "") -> Finding:
    """A finding at the place where the document cites the source first."""
    place = citation.found_in[0] if citation.found_in else None
    return Finding(
        rule,
        severity,
        citation.id,
        message,
        advice,
        place.file if place else None,
        place.line if place else None,
        place.column if place else None,
    )


def _about_verdict(case: _Case, severity: Severity) -> Iterator[Finding]:
    verdict = case.verdict
    rule = _UNCHECKED_RULES.get(verdict.reason) if verdict.kind is VerdictKind.UNCHECKED else _RULE_OF.get(verdict.kind)
    if rule is None:
        return
    if case.is_expected:
        yield finding("as-expected", Severity.OK, case.citation, f"As expected: {verdict.message}")
        return
    yield finding(rule, severity, case.citation, verdict.message + _history(case), _advice(case))


def _history(case: _Case) -> str:
    row = case.strikes
    if row is None or case.verdict.kind not in FLEETING or row.count < 2 or row.first_failed_at is None:
        return ""
    since = f" It has failed {row.count} times in a row since {row.first_failed_at.date().isoformat()}"
    last = f"; last seen alive on {row.last_alive_at.date().isoformat()}" if row.last_alive_at else ""
    return f"{since}{last}."


def _advice(case: _Case) -> str:
    if case.verdict.kind in DEAD and case.pinned_ok:
        return "The pinned copy holds every quote; cite it beside or in place of the dead address (citekeeper fix)."
    if case.verdict.kind in DEAD and case.verified:
        return f"A verified copy is at {case.verified[0].uri}; pin it under “archived:”."
    return case.verdict.advice


def _about_pins(case: _Case, _severity: Severity) -> Iterator[Finding]:
    if case.verdict.kind in DEAD and case.citation.archived and not case.pinned_ok and not case.is_expected:
        yield finding(
            "pin-unverified",
            Severity.WARNING,
            case.citation,
            "A copy is pinned, but it was not shown to hold every quote, so the source still counts as dead.",
            "Run: citekeeper run; if the copy lacks a quote, pin one that holds it.",
        )


def _about_quotes(case: _Case, _severity: Severity) -> Iterator[Finding]:
    citation = case.citation
    matches = {match.text: match for match in case.quotes}
    readable = bool(_bases(case.verdict, case.captures, case.mementos)) and case.verdict.reason != "javascript-required"
    reviewed = _supporting_review(citation, case.captures) is not None
    for text in (*citation.quotes, *citation.numbers):
        match = matches.get(text)
        if match is not None and match.found:
            if match.where is Where.TRANSLATION and not reviewed:
                yield finding(
                    "quote-in-translation",
                    Severity.WARNING,
                    citation,
                    f"“{_short(text)}” was found only in a machine translation.",
                    "Compare it with the source's own words, and write a review with “supports: yes”.",
                )
        elif match is None or not (readable or case.intact):
            if case.quotes or case.copies_looked_for:
                yield finding(
                    "quote-unchecked",
                    Severity.WARNING,
                    citation,
                    f"“{_short(text)}” could not be looked for: no text of the source could be read.",
                    "Deposit a copy that holds it: citekeeper deposit ID FILE.",
                )
        elif match.nearest and match.score >= 0.8:
            yield finding(
                "quote-altered",
                Severity.WARNING,
                citation,
                f"“{_short(text)}” was not found word for word; the source says “{_short(match.nearest)}”.",
                "Correct the quote, or pin the copy that it was taken from.",
            )
        else:
            yield finding(
                "quote-missing",
                Severity.ERROR,
                citation,
                f"“{_short(text)}” was found in no copy of the source.",
                "Correct the quote, or pin or deposit the copy that it was taken from.",
            )


def _about_copies(case: _Case, _severity: Severity) -> Iterator[Finding]:
    for capture in case.captures:
        if capture.state is CaptureState.TAMPERED:
            yield finding(
                "capture-tampered",
                Severity.ERROR,
                case.citation,
                f"The capture {capture.path} is not what its manifest says.",
                "Restore it from another copy of the archive (git log shows who changed it).",
            )
    if case.citation.kind is not Kind.CITATION:
        return
    held = [m for m in case.mementos if m.state in (MementoState.FOUND, MementoState.CAPTURED, MementoState.VERIFIED)]
    if case.verdict.kind in DEAD and case.intact and not held:
        yield finding(
            "only-copy",
            Severity.WARNING,
            case.citation,
            "The source is dead, and the only copy known is the one in this archive.",
            "Keep the archive in more than one place.",
        )
    elif case.copies_looked_for and not held and not case.captures and case.verdict.reason not in _UNCHECKED_RULES:
        yield finding(
            "no-copy",
            Severity.WARNING,
            case.citation,
            "Nobody is known to keep a copy of this source.",
            "Run: citekeeper archive, or deposit a copy made by hand.",
        )


def _about_reviews(case: _Case, _severity: Severity) -> Iterator[Finding]:
    review = newest_review(case.citation)
    if review is None:
        return
    if is_stale(review, case.captures):
        yield finding(
            "stale-review",
            Severity.WARNING,
            case.citation,
            f"The review by {review.by} of {review.on.isoformat()} is of an older text than the newest capture's.",
            "Read the newest capture, and write a new review.",
        )
    elif review.supports.lower() in ("no", "false", "partly"):
        how = "only partly supports" if review.supports.lower() == "partly" else "does not support"
        yield finding(
            "claim-unsupported",
            Severity.WARNING,
            case.citation,
            f"{review.by} found on {review.on.isoformat()} that the source {how} the claim.",
            "Correct the claim, or cite a source that supports it.",
        )


def _about_fragment(case: _Case, _severity: Severity) -> Iterator[Finding]:
    if case.missing_fragment and case.verdict.kind in LIVING:
        yield finding(
            "fragment-missing",
            Severity.WARNING,
            case.citation,
            f"The page is there, but holds nothing that {case.missing_fragment} points at.",
            "Point at a part that exists, or at the page alone.",
        )


_FINDERS: tuple[Callable[[_Case, Severity], Iterator[Finding]], ...] = (
    _about_verdict,
    _about_pins,
    _about_quotes,
    _about_copies,
    _about_reviews,
    _about_fragment,
)


def _short(text: str, width: int = 120) -> str:
    clean = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return clean if len(clean) <= width else clean[: width - 1] + "…"


# ── all findings together ───────────────────────────────────────────────────────────────────────────────────────────


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, the worst first, then by place in the documents, citation and rule."""
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda f: (
                -f.severity.rank,
                f.file or "",
                f.line or 0,
                f.column or 0,
                f.citation or "",
                f.rule,
                f.message,
            ),
        )
    )


def exit_code(findings: Iterable[Finding], fail_on: FailOn) -> int:
    """1 where a finding is at or above ``fail_on``, else 0."""
    if fail_on.value == "never":
        return 0
    limit = Severity(fail_on.value).rank
    return int(any(found.severity.rank >= limit for found in findings))
