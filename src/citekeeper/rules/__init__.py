"""What a verdict, its history and its copies mean for the document: severity, verifiability, findings, exit code.

Pure functions over values (CONTRACT section 3, last paragraphs).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citekeeper.model import (
    BASE_SEVERITY,
    Capture,
    Citation,
    Finding,
    Memento,
    MementoLookup,
    QuoteMatch,
    Severity,
    Verdict,
    VerdictKind,
    Where,
)
from citekeeper.rules.case import (
    DEAD,
    FLEETING,
    LIVING,
    Case,
    ExpectsVerdict,
    RowOfFailures,
    is_stale,
    is_verifiable,
    newest_review,
)
from citekeeper.rules.findings import RULES, UNCHECKED_RULES, advice, exit_code, find, finding, in_order, short
from citekeeper.values import dataclass

__all__ = [
    "DEAD",
    "FLEETING",
    "LIVING",
    "RULES",
    "Assessment",
    "ExpectsVerdict",
    "RowOfFailures",
    "assess",
    "base_severity",
    "exit_code",
    "finding",
    "in_order",
    "is_stale",
    "is_verifiable",
    "newest_review",
    "quote_lost",
]


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
    lookups: Sequence[MementoLookup] = (),
    wayback_is_named: bool = False,
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
        lookups: what the web archives answered in this run, refusals included.
        wayback_is_named: whether the Wayback Machine may be told of sources already.
    """
    if live_was_read and verdict.kind in LIVING:
        verdict = _drifted(citation, verdict, quotes) or verdict
    case = Case(
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
        lookups,
        wayback_is_named,
    )
    severity = _weigh(case)
    return Assessment(
        replace(verdict, advice=advice(case)),
        severity,
        is_verifiable(citation, verdict, captures, mementos, quotes),
        find(case, severity),
    )


def _drifted(citation: Citation, verdict: Verdict, quotes: Sequence[QuoteMatch]) -> Verdict | None:
    lost = [match for match in quotes if match.found and match.where in (Where.CAPTURE, Where.MEMENTO)]
    if not lost or not (citation.quotes or citation.numbers):
        return None
    return quote_lost(verdict, lost[0].text)


def quote_lost(verdict: Verdict, text: str) -> Verdict:
    """The verdict on a living page that lost a quote which an older copy holds."""
    return Verdict(
        VerdictKind.DRIFTED,
        "quote-lost",
        f"The page answers, but no longer says “{short(text)}”, which an older copy holds.",
        "Cite the archived copy that holds it: pin it under “archived:”.",
        BASE_SEVERITY[VerdictKind.DRIFTED],
        verdict.canonical_url,
    )


def _holds_all(citation: Citation, mementos: Sequence[Memento], quotes: Sequence[QuoteMatch]) -> bool:
    wanted = (*citation.quotes, *citation.numbers)
    found = {match.text for match in quotes if match.found and match.where is Where.MEMENTO}
    for memento in mementos:
        if memento.uri in citation.archived and memento.is_proof:
            own = {text for text, score in memento.quotes if score > 0} if memento.quotes is not None else found
            if all(text in own for text in wanted):
                return True
    return False


def _weigh(case: Case) -> Severity:
    """The verdict's severity after expectation, history and pinned copies."""
    kind = case.verdict.kind
    if case.is_expected:
        return Severity.OK
    if kind is VerdictKind.UNCHECKED:
        return Severity.WARNING if case.verdict.reason in UNCHECKED_RULES else case.verdict.severity
    if kind in FLEETING:
        qualifies = case.strikes is not None and case.strikes.qualifies
        return Severity.ERROR if case.strict or qualifies else BASE_SEVERITY[kind]
    if kind in DEAD and case.pinned_ok:
        return Severity.WARNING
    return BASE_SEVERITY[kind]
