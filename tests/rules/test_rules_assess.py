"""History, copies, quotes and people's decisions → severity, verifiability, findings, exit code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper import rules
from citekeeper.model import (
    BASE_SEVERITY,
    ArchivedFile,
    Capture,
    CaptureState,
    Citation,
    Expectation,
    Finding,
    Kind,
    Location,
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
from citekeeper.settings import FailOn, HostRule

CITED = Citation("fn1", url="https://e.org/a", found_in=(Location("letter.md", 37, 5), Location("letter.md", 90, 1)))
QUOTED = replace(CITED, quotes=("the water rose",))
COPY = Capture("20220502T000000Z", "fn1", datetime(2022, 5, 2, tzinfo=UTC), "archive/fn1/x", "a" * 64, text_sha256="t1")
NEWER = replace(COPY, id="n", captured_at=datetime(2023, 5, 2, tzinfo=UTC), sha256="b" * 64, text_sha256="t2")
HELD = Memento("wayback", "https://web.archive.org/web/2022/https://e.org/a", MementoState.VERIFIED)
REVIEW = Review("Ann", date(2022, 5, 4), "yes", capture=COPY.sha256)


def shell(*files: str) -> Capture:
    """A capture of a page that holds no text, with these files besides."""
    kept = tuple(ArchivedFile(name, "0" * 64, 1) for name in ("capture.wacz", "page.html", *files))
    return replace(COPY, text_sha256=None, files=kept)


@dataclass(frozen=True)
class Row:
    """A row of failures."""

    count: int = 3
    first_failed_at: datetime | None = datetime(2022, 5, 1, tzinfo=UTC)
    last_alive_at: datetime | None = datetime(2022, 4, 1, tzinfo=UTC)
    qualifies: bool = True


def verdict(kind: str, reason: str = "some-reason") -> Verdict:
    """A verdict as the judge gives it."""
    found = VerdictKind(kind)
    return Verdict(found, reason, "A sentence.", "Some advice.", BASE_SEVERITY[found])


def match(where: Where | None, *, found: bool = True, score: float = 1.0, nearest: str | None = None) -> QuoteMatch:
    """What the evidence says of the one quote."""
    return QuoteMatch("the water rose", found, score, where, nearest=nearest)


def ids(judged: rules.Assessment) -> list[str]:
    """The rules of the findings."""
    return [finding.rule for finding in judged.findings]


@pytest.mark.parametrize("kind", list(VerdictKind))
def test_base_severity_is_the_contracts(kind: VerdictKind) -> None:
    """Without history, copies or decisions, a verdict weighs what the table says, and has one finding if anything."""
    judged = rules.assess(CITED, verdict(kind.value))
    assert judged.severity is rules.base_severity(kind)
    assert len(judged.findings) == (0 if kind.value in ("alive", "unchecked") else 1)
    for finding in judged.findings:
        assert finding.rule in rules.RULES
        assert (finding.file, finding.line, finding.column, finding.citation) == ("letter.md", 37, 5, "fn1")


@pytest.mark.parametrize("kind", ["failing", "unreachable"])
def test_fleeting_failures_become_errors(kind: str) -> None:
    """After enough strikes, or with --strict, a failure is an error; before, a warning."""
    assert rules.assess(CITED, verdict(kind), strikes=Row(qualifies=False)).severity is Severity.WARNING
    judged = rules.assess(CITED, verdict(kind), strikes=Row())
    assert judged.severity is Severity.ERROR
    assert "3 times in a row since 2022-05-01; last seen alive on 2022-04-01" in judged.findings[0].message
    assert "later runs" not in judged.verdict.advice
    assert judged.verdict.advice == judged.findings[0].advice
    assert "stays away" in judged.verdict.advice
    assert rules.assess(CITED, verdict(kind), strict=True).severity is Severity.ERROR


@pytest.mark.parametrize("kind", ["walled", "throttled", "blocked", "insecure", "moved", "drifted"])
def test_strikes_do_not_touch_other_verdicts(kind: str) -> None:
    """Only failing and unreachable escalate."""
    assert rules.assess(CITED, verdict(kind), strikes=Row(), strict=True).severity is Severity.WARNING


@pytest.mark.parametrize("kind", ["gone", "soft-404", "usurped"])
def test_pinned_copy_lowers_death_to_a_warning(kind: str) -> None:
    """A pinned copy helps only once it was checked and holds every quote."""
    pinned = replace(QUOTED, archived=(HELD.uri,))
    assert rules.assess(pinned, verdict(kind), pinned_ok=True).severity is Severity.WARNING
    found = rules.assess(pinned, verdict(kind), mementos=[HELD], quotes=[match(Where.MEMENTO)])
    assert found.severity is Severity.WARNING
    assert found.verifiable
    unread = rules.assess(pinned, verdict(kind), mementos=[replace(HELD, state=MementoState.FOUND)])
    assert unread.severity is Severity.ERROR
    assert "pin-unverified" in ids(unread)
    assert (
        rules.assess(QUOTED, verdict(kind), mementos=[HELD], quotes=[match(Where.MEMENTO)]).severity is Severity.ERROR
    )


@pytest.mark.parametrize(
    ("reason", "severity", "rule"),
    [
        ("no-url", Severity.WARNING, "lost-link"),
        ("private-address", Severity.WARNING, "private-address"),
        ("bad-url", Severity.WARNING, "bad-url"),
        ("excluded", Severity.OK, None),
        ("offline", Severity.OK, None),
        ("ignored", Severity.OK, None),
    ],
)
def test_unchecked(reason: str, severity: Severity, rule: str | None) -> None:
    """A lost link and a private address warn; what a person left out does not."""
    judged = rules.assess(CITED, verdict("unchecked", reason))
    assert judged.severity is severity
    assert ids(judged) == ([rule] if rule else [])


def test_expected_verdicts_are_ok_with_a_note() -> None:
    """What a person expects is no finding but a note; another verdict still counts."""
    own = replace(CITED, expectation=Expectation(expect="walled"))
    for judged in (
        rules.assess(own, verdict("walled")),
        rules.assess(CITED, verdict("walled"), rule=HostRule(expect="walled")),
    ):
        assert judged.severity is Severity.OK
        assert ids(judged) == ["as-expected"]
    assert rules.assess(own, verdict("gone")).severity is Severity.ERROR


@pytest.mark.parametrize(
    ("kind", "captures", "mementos", "quotes", "verifiable"),
    [
        ("alive", [], [], [match(Where.LIVE)], True),
        ("moved", [], [], [match(Where.LIVE)], True),
        ("alive", [], [], [], False),
        ("alive", [], [], [match(None, found=False)], False),
        ("walled", [], [], [match(Where.LIVE)], False),
        ("gone", [COPY], [], [match(Where.CAPTURE)], True),
        ("gone", [replace(COPY, state=CaptureState.TAMPERED)], [], [match(Where.CAPTURE)], False),
        ("gone", [replace(COPY, state=CaptureState.ABSENT)], [], [match(Where.CAPTURE)], False),
        ("gone", [replace(COPY, shows=Shows.FAILURE)], [], [match(Where.CAPTURE)], False),
        ("gone", [], [HELD], [match(Where.MEMENTO)], True),
        ("gone", [], [replace(HELD, state=MementoState.FOUND)], [match(Where.MEMENTO)], False),
        ("gone", [], [replace(HELD, state=MementoState.SUBMITTED)], [match(Where.MEMENTO)], False),
        ("alive", [COPY], [], [match(Where.TRANSLATION)], False),
        ("gone", [shell()], [], [match(Where.CAPTURE)], False),
        ("gone", [shell("screenshot.png")], [], [match(Where.CAPTURE)], True),
        ("gone", [replace(shell("Scan.PNG"), origin="deposited")], [], [match(Where.CAPTURE)], True),
        ("gone", [replace(shell("interview.mp3"), origin="deposited")], [], [match(Where.CAPTURE)], True),
        ("gone", [replace(shell("setup.exe"), origin="deposited")], [], [match(Where.CAPTURE)], False),
        ("gone", [replace(shell("setup.exe"), origin="deposited", text_sha256="t")], [], [match(Where.CAPTURE)], True),
        ("gone", [replace(shell(), text_sha256="t")], [], [match(Where.CAPTURE)], True),
    ],
)
def test_verifiable(
    kind: str, captures: list[Capture], mementos: list[Memento], quotes: list[QuoteMatch], verifiable: bool
) -> None:
    """A source or a sound copy must be there, and hold the quote."""
    assert (
        rules.assess(QUOTED, verdict(kind), captures=captures, mementos=mementos, quotes=quotes).verifiable
        is verifiable
    )


def test_without_quotes_a_living_source_is_verifiable() -> None:
    """Nothing to find is nothing missing; but a dead source without a copy shows nothing."""
    assert rules.assess(CITED, verdict("alive")).verifiable
    assert not rules.assess(CITED, verdict("gone")).verifiable


def test_translated_quote_counts_with_a_fresh_supporting_review() -> None:
    """A match in a translation counts once a review supports it, until a newer capture differs."""
    found = [match(Where.TRANSLATION)]
    reviewed = replace(QUOTED, reviews=(REVIEW,))
    assert rules.assess(reviewed, verdict("gone"), captures=[COPY], quotes=found).verifiable
    stale = rules.assess(reviewed, verdict("alive"), captures=[COPY, NEWER], quotes=found)
    assert not stale.verifiable
    assert {"stale-review", "quote-in-translation"} <= set(ids(stale))
    same_text = [COPY, replace(NEWER, text_sha256="t1")]
    assert rules.assess(reviewed, verdict("alive"), captures=same_text, quotes=found).verifiable
    refused = replace(QUOTED, reviews=(REVIEW, replace(REVIEW, on=date(2022, 6, 1), supports="no")))
    judged = rules.assess(refused, verdict("alive"), captures=[COPY], quotes=found)
    assert not judged.verifiable
    assert "claim-unsupported" in ids(judged)


@pytest.mark.parametrize(
    ("read", "held", "newer_text", "state", "counts"),
    [
        ("newer", "newer", "t2", CaptureState.INTACT, True),
        ("newer", "older", "t2", CaptureState.INTACT, False),
        ("newer", "older", "t1", CaptureState.INTACT, True),
        (None, "older", "t2", CaptureState.INTACT, True),
        ("newer", None, "t2", CaptureState.INTACT, True),
        ("older", "older", "t2", CaptureState.INTACT, False),
        (None, "older", "t2", CaptureState.TAMPERED, False),
    ],
)
def test_review_is_about_the_copy_that_was_read(
    read: str | None, held: str | None, newer_text: str, state: CaptureState, *, counts: bool
) -> None:
    """A review of one capture says nothing of words that only the translation of another, different one holds."""
    copies = {"older": replace(COPY, text_sha256="t1", state=state), "newer": replace(NEWER, text_sha256=newer_text)}
    review = replace(REVIEW, capture=copies[read].sha256 if read else None)
    found = replace(match(Where.TRANSLATION), capture=copies[held].sha256 if held else None)
    judged = rules.assess(
        replace(QUOTED, reviews=(review,)), verdict("alive"), captures=list(copies.values()), quotes=[found]
    )
    assert judged.verifiable is counts
    assert ("quote-in-translation" in ids(judged)) is not counts


def test_quotes_missing_altered_and_unchecked() -> None:
    """Missing is an error, altered and unread are warnings."""
    assert ids(rules.assess(QUOTED, verdict("alive"), quotes=[match(None, found=False)])) == ["quote-missing"]
    near = [match(None, found=False, score=0.9, nearest="the water rises")]
    assert ids(rules.assess(QUOTED, verdict("alive"), quotes=near)) == ["quote-altered"]
    unread = rules.assess(QUOTED, verdict("walled"), quotes=[match(None, found=False)])
    assert "quote-unchecked" in ids(unread)
    assert "quote-missing" not in ids(unread)


def test_quote_that_only_the_copy_holds_makes_it_drifted() -> None:
    """Where the living page was read, a quote only in the capture means that the page has drifted."""
    found = [match(Where.CAPTURE)]
    judged = rules.assess(QUOTED, verdict("alive"), captures=[COPY], quotes=found, live_was_read=True)
    assert (judged.verdict.kind, judged.verdict.reason) == (VerdictKind.DRIFTED, "quote-lost")
    assert judged.verifiable
    assert rules.assess(QUOTED, verdict("alive"), captures=[COPY], quotes=found).verdict.kind is VerdictKind.ALIVE


def test_copies() -> None:
    """Tampering is an error; a dead source's only copy, and having none, are warnings; links are not archived."""
    tampered = replace(COPY, state=CaptureState.TAMPERED)
    assert ids(rules.assess(CITED, verdict("alive"), captures=[tampered])) == ["capture-tampered"]
    assert "only-copy" in ids(rules.assess(CITED, verdict("gone"), captures=[COPY]))
    assert "only-copy" not in ids(rules.assess(CITED, verdict("gone"), captures=[COPY], mementos=[HELD]))
    assert ids(rules.assess(CITED, verdict("alive"), copies_looked_for=True)) == ["no-copy"]
    link = replace(CITED, kind=Kind.LINK)
    assert ids(rules.assess(link, verdict("alive"), copies_looked_for=True)) == []


def test_missing_fragment() -> None:
    """A lost part of a living page is a warning."""
    judged = rules.assess(CITED, verdict("alive"), missing_fragment="#p3")
    assert ids(judged) == ["fragment-missing"]
    assert judged.severity is Severity.OK


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        (Severity.ERROR, FailOn.ERROR, 1), (Severity.WARNING, FailOn.ERROR, 0), (Severity.WARNING, FailOn.WARNING, 1),
        (Severity.OK, FailOn.WARNING, 0), (Severity.ERROR, FailOn.NEVER, 0),
    ],
)  # fmt: skip
def test_exit_code(severity: Severity, fail_on: FailOn, code: int) -> None:
    """1 at or above --fail-on, else 0."""
    assert rules.exit_code([Finding("moved", severity, "a", "x")], fail_on) == code
    assert rules.exit_code([], fail_on) == 0


FINDINGS = st.builds(
    Finding,
    st.sampled_from(["a", "b"]),
    st.sampled_from(list(Severity)),
    st.sampled_from([None, "x", "y"]),
    st.sampled_from(["m", "n"]),
    st.just(""),
    st.sampled_from([None, "f.md"]),
    st.sampled_from([None, 1, 2]),
)


@given(st.lists(FINDINGS, max_size=12), st.randoms())
def test_order_is_stable_and_without_doubles(findings: list[Finding], rng: object) -> None:
    """Any order in gives one order out: each once, the worst first."""
    shuffled = list(findings)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    ordered = rules.in_order(findings)
    assert ordered == rules.in_order(shuffled) == rules.in_order(ordered)
    assert set(ordered) == set(findings)
    ranks = [finding.severity.rank for finding in ordered]
    assert ranks == sorted(ranks, reverse=True)
