"""Findings: what a person should know or do about one citation, and how findings are ordered and counted.

A finding stands where the document cites the source first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from citekeeper.model import (
    CaptureState,
    Citation,
    Finding,
    Kind,
    LookupOutcome,
    Memento,
    MementoState,
    Severity,
    VerdictKind,
    Where,
)
from citekeeper.printing import one_line
from citekeeper.rules.case import (
    DEAD,
    FLEETING,
    LIVING,
    Case,
    bases_of,
    is_about,
    is_stale,
    newest_review,
    supporting_review,
)
from citekeeper.urls import keeper_of

if TYPE_CHECKING:
    from citekeeper.settings import FailOn

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
UNCHECKED_RULES = {
    "no-url": "lost-link",
    "private-address": "private-address",
    "overlay-network": "private-address",
    "bad-url": "bad-url",
}

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
    "single-copy": "The source is known to be kept in one place only.",
    "capture-tampered": "An archived file is not what its manifest says.",
    "stale-review": "A newer capture differs from the one that was reviewed.",
    "claim-unsupported": "A reviewer found that the source does not, or only partly, support the claim.",
    "pin-unverified": "The source is dead, and the pinned copy has not been shown to hold every quote.",
    "fragment-missing": "The part of the page that the citation points at is no longer there.",
}
"""Every rule id that a finding may bear, with what it says."""


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


def _about_verdict(case: Case, severity: Severity) -> Iterator[Finding]:
    verdict = case.verdict
    rule = UNCHECKED_RULES.get(verdict.reason) if verdict.kind is VerdictKind.UNCHECKED else _RULE_OF.get(verdict.kind)
    if rule is None:
        return
    if case.is_expected:
        yield finding("as-expected", Severity.OK, case.citation, f"As expected: {verdict.message}")
        return
    yield finding(rule, severity, case.citation, verdict.message + _history(case), advice(case))


_ADVICE_AWAY = (
    "It stays away: look for its new address, or pin an archived copy that was checked under “archived:” in "
    "citations.yaml."
)


def _history(case: Case) -> str:
    row = case.strikes
    if row is None or case.verdict.kind not in FLEETING or row.count < 2 or row.first_failed_at is None:
        return ""
    since = f" It has failed {row.count} times in a row since {row.first_failed_at.date().isoformat()}"
    last = f"; last seen alive on {row.last_alive_at.date().isoformat()}" if row.last_alive_at else ""
    return f"{since}{last}."


def advice(case: Case) -> str:
    """What to do about the verdict: the judge's word, or the copy that can stand in for a dead source."""
    if case.verdict.kind in DEAD and case.pinned_ok:
        return "The pinned copy holds every quote; cite it beside or in place of the dead address."
    stays_away = case.verdict.kind in FLEETING and case.strikes is not None and case.strikes.qualifies
    if (case.verdict.kind in DEAD or stays_away) and case.verified:
        best = max(case.verified, key=_held)
        return f"A verified copy is at {best.uri}; pin it under “archived:”."
    return _ADVICE_AWAY if stays_away else case.verdict.advice


def _held(memento: Memento) -> int:
    """How many of the quotes and numbers a memento holds."""
    return sum(score > 0 for _, score in memento.quotes or ())


def _about_pins(case: Case, _severity: Severity) -> Iterator[Finding]:
    if case.verdict.kind in DEAD and case.citation.archived and not case.pinned_ok and not case.is_expected:
        yield finding(
            "pin-unverified",
            Severity.WARNING,
            case.citation,
            "A copy is pinned, but it was not shown to hold every quote, so the source still counts as dead.",
            "Run: citekeeper run; if the copy lacks a quote, pin one that holds it.",
        )


def _about_quotes(case: Case, _severity: Severity) -> Iterator[Finding]:
    citation = case.citation
    matches = {match.text: match for match in case.quotes}
    readable = (
        bool(bases_of(case.verdict, case.captures, case.mementos)) and case.verdict.reason != "javascript-required"
    )
    review = supporting_review(citation, case.captures)
    for text in (*citation.quotes, *citation.numbers):
        match = matches.get(text)
        if match is not None and match.found:
            if match.where is Where.TRANSLATION and (review is None or not is_about(review, match, case.captures)):
                elsewhere = " of another copy than the one that was reviewed" if review is not None else ""
                yield finding(
                    "quote-in-translation",
                    Severity.WARNING,
                    citation,
                    f"“{short(text)}” was found only in a machine translation{elsewhere}.",
                    "Compare it with the source's own words, and write a review with “supports: yes”.",
                )
        elif match is None or match.is_unread or not (readable or case.intact):
            if case.quotes or case.copies_looked_for:
                yield finding(
                    "quote-unchecked",
                    Severity.WARNING,
                    citation,
                    f"“{short(text)}” could not be looked for: the source's text, or a part of it, could not be read.",
                    "Open it in a browser and keep what you saw; or pin a copy that holds it under “archived:”.",
                )
        elif match.is_foreign:
            yield finding(
                "quote-unchecked",
                Severity.WARNING,
                citation,
                f"“{short(text)}” is in another script than the source, and no translation of it was there to look in.",
                "Run: citekeeper translate; or put the source's own words under “quotes:”.",
            )
        elif match.nearest and match.score >= 0.8:
            yield finding(
                "quote-altered",
                Severity.WARNING,
                citation,
                f"“{short(text)}” was not found word for word; the source says “{short(match.nearest)}”"
                + (f" ({one_line(match.difference, 200)})." if match.difference else "."),
                "Correct the quote, or pin the copy that it was taken from.",
            )
        else:
            yield finding(
                "quote-missing",
                Severity.ERROR,
                citation,
                f"“{short(text)}” was found in no copy of the source.",
                "Correct the quote, or pin the copy that it was taken from.",
            )


def _about_copies(case: Case, _severity: Severity) -> Iterator[Finding]:
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
    held = [memento for memento in case.mementos if memento.is_kept]
    places = _places(case)
    silent = _silent(case)
    if case.verdict.kind in DEAD and case.intact and not held:
        yield finding(
            "only-copy",
            Severity.WARNING,
            case.citation,
            f"The source is dead, and the only copy known is the one in this archive.{silent}",
            "Keep the archive in more than one place.",
        )
    elif case.copies_looked_for and not held and not case.captures and case.verdict.reason not in UNCHECKED_RULES:
        yield finding(
            "no-copy",
            Severity.WARNING,
            case.citation,
            f"Nobody is known to keep a copy of this source.{silent}",
            "Run: citekeeper archive; or keep a copy made by hand, and pin it under “archived:”.",
        )
    elif case.copies_looked_for and len(places) == 1 and not case.citation.is_private:  # that may have no other
        yield finding(
            "single-copy",
            Severity.WARNING,
            case.citation,
            f"The only place known to keep a copy of this source is {places[0]}.{silent}",
            _second_place(case, silent),
        )


_HERE = "this archive"


def _places(case: Case) -> list[str]:
    """Who is known to keep a copy that may be evidence: this archive, and web archives, each once."""
    here = [_HERE] if case.intact else []
    return list(dict.fromkeys([*here, *(keeper_of(memento.uri) for memento in case.mementos if memento.is_kept)]))


def _silent(case: Case) -> str:
    """Which archives gave no answer, so that what they hold is unknown; and what counts for nothing."""
    unknown = [lookup.archive for lookup in case.lookups if lookup.outcome is LookupOutcome.UNKNOWN]
    said = ""
    if unknown:
        said += f" No answer came from {', '.join(dict.fromkeys(unknown))}: whether there is a copy is unknown."
    if any(not memento.is_evidence for memento in case.mementos):
        said += " A snapshot at archive.today is no evidence and does not count."
    return said


def _second_place(case: Case, silent: str) -> str:
    if "No answer" in silent:
        return "Run again later; if it stays the only one, have a second archive keep it."
    if _places(case) != [_HERE]:
        if case.verdict.kind in LIVING:
            return "Run: citekeeper archive, which keeps a copy here."
        return f"Save that copy, and keep it here too: citekeeper deposit {case.citation.id} FILE."
    if any(memento.state is MementoState.SUBMITTED for memento in case.mementos):
        return "A save in a web archive was asked for; run again later to see what became of it."
    if case.wayback_is_named:
        return (
            f"Have the Wayback Machine keep it: with its keys set, run: citekeeper archive {case.citation.id}; "
            "or save it by hand, and pin the copy under “archived:”."
        )
    return (
        "Have a web archive keep it: name wayback in services and set its keys; or save it by hand, and pin the copy "
        "under “archived:”."
    )


def _about_reviews(case: Case, _severity: Severity) -> Iterator[Finding]:
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


def _about_fragment(case: Case, _severity: Severity) -> Iterator[Finding]:
    if case.missing_fragment and case.verdict.kind in LIVING:
        yield finding(
            "fragment-missing",
            Severity.WARNING,
            case.citation,
            f"The page is there, but holds nothing that {case.missing_fragment} points at.",
            "Point at a part that exists, or at the page alone.",
        )


_FINDERS: tuple[Callable[[Case, Severity], Iterator[Finding]], ...] = (
    _about_verdict,
    _about_pins,
    _about_quotes,
    _about_copies,
    _about_reviews,
    _about_fragment,
)


def short(text: str) -> str:
    """A quote as a sentence may hold it."""
    return one_line(text, 120)


def find(case: Case, severity: Severity) -> tuple[Finding, ...]:
    """Everything there is to say about one citation, the worst first."""
    return in_order(found for make in _FINDERS for found in make(case, severity))


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
