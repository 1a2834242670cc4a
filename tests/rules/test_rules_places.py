"""Where a source is kept: one place is a warning, and an archive's silence is not its emptiness."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from citekeeper import rules
from citekeeper.model import (
    BASE_SEVERITY,
    Capture,
    CaptureState,
    Citation,
    LookupOutcome,
    Memento,
    MementoLookup,
    MementoState,
    QuoteMatch,
    Severity,
    Shows,
    Verdict,
    VerdictKind,
    Where,
)

URL = "https://e.org/a"
CITED = Citation("fn1", url=URL)
COPY = Capture("x", "fn1", datetime(2022, 5, 2, tzinfo=UTC), "archive/fn1/x", "a" * 64)
ALIVE = Verdict(VerdictKind.ALIVE, "ok", "It answers.")
GONE = Verdict(VerdictKind.GONE, "http-404", "It is gone.", "", BASE_SEVERITY[VerdictKind.GONE])


def memento(host: str, state: MementoState = MementoState.VERIFIED, shows: Shows | None = Shows.SOURCE) -> Memento:
    return Memento("x", f"https://{host}/web/20220501000000/{URL}", state, shows=shows)


WAYBACK, ARQUIVO, TODAY = memento("web.archive.org"), memento("arquivo.pt"), memento("archive.ph")
SILENT = MementoLookup("arquivo", LookupOutcome.UNKNOWN, None, "429")
EMPTY = MementoLookup("arquivo", LookupOutcome.NONE)


def single(**facts: object) -> str | None:
    """The message of the finding, if there is one."""
    judged = rules.assess(CITED, ALIVE, copies_looked_for=True, **facts)  # type: ignore[arg-type]
    return next((f"{f.message} {f.advice}" for f in judged.findings if f.rule == "single-copy"), None)


@pytest.mark.parametrize(
    ("captures", "mementos", "place"),
    [
        ([COPY], [], "this archive"),
        ([], [WAYBACK], "the Wayback Machine"),
        ([], [WAYBACK, memento("wayback.archive.org", MementoState.FOUND, None)], "the Wayback Machine"),
        ([], [ARQUIVO, TODAY], "arquivo.pt"),
        ([COPY], [TODAY], "this archive"),
        ([COPY], [memento("web.archive.org", shows=Shows.FAILURE)], "this archive"),
        ([COPY], [memento("web.archive.org", MementoState.SUBMITTED, None)], "this archive"),
        ([replace(COPY, state=CaptureState.TAMPERED)], [WAYBACK], "the Wayback Machine"),
        ([replace(COPY, shows=Shows.FAILURE)], [WAYBACK], "the Wayback Machine"),
    ],
)
def test_one_place_is_a_warning_that_names_it(captures: list[Capture], mementos: list[Memento], place: str) -> None:
    """Two mementos in one archive are one place; what shows something else, or proves nothing, is none."""
    judged = rules.assess(CITED, ALIVE, captures=captures, mementos=mementos, copies_looked_for=True)
    (finding,) = [finding for finding in judged.findings if finding.rule == "single-copy"]
    assert finding.severity is Severity.WARNING
    assert f"is {place}." in finding.message
    assert finding.advice


def test_two_places_are_enough() -> None:
    """Here and in an archive, or in two archives; a memento that was found counts until it is shown to be another."""
    assert single(captures=[COPY], mementos=[WAYBACK]) is None
    assert single(mementos=[WAYBACK, ARQUIVO]) is None
    assert single(captures=[COPY], mementos=[memento("web.archive.org", MementoState.FOUND, None)]) is None


def test_the_advice_is_not_to_do_what_was_done() -> None:
    """Who named the Wayback Machine is not told to name it; a save under way is waited for."""
    assert "name wayback in services" in (single(captures=[COPY]) or "")
    named = single(captures=[COPY], wayback_is_named=True) or ""
    assert "name wayback" not in named
    assert "citekeeper archive" in named
    under_way = [memento("web.archive.org", MementoState.SUBMITTED, None)]
    assert "run again later" in (single(captures=[COPY], mementos=under_way, wayback_is_named=True) or "")


def test_silence_is_told_and_is_not_emptiness() -> None:
    """Only an archive that gave no answer is said to be unknown."""
    assert "No answer came from arquivo" in (single(captures=[COPY], lookups=[SILENT]) or "")
    assert "No answer" not in (single(captures=[COPY], lookups=[EMPTY]) or "")
    judged = rules.assess(CITED, ALIVE, copies_looked_for=True, lookups=[SILENT])
    assert "whether there is a copy is unknown" in judged.findings[0].message


def test_it_is_told_to_nobody_whom_it_does_not_help() -> None:
    """A private source may have no second place; a mere check knows of no copies."""
    private = replace(CITED, private=True)
    judged = rules.assess(private, ALIVE, captures=[COPY], copies_looked_for=True)
    assert "single-copy" not in [finding.rule for finding in judged.findings]
    assert "single-copy" not in [f.rule for f in rules.assess(CITED, ALIVE, captures=[COPY]).findings]


def test_a_dead_source_cannot_be_captured_anew() -> None:
    """The advice is one that can be followed."""
    judged = rules.assess(CITED, GONE, mementos=[WAYBACK], copies_looked_for=True)
    (finding,) = [finding for finding in judged.findings if finding.rule == "single-copy"]
    assert "citekeeper deposit fn1" in finding.advice


@pytest.mark.parametrize("host", ["archive.today", "archive.ph", "archive.is"])
def test_archive_today_verifies_nothing(host: str) -> None:
    """Not the citation, and not a dead source that a person pinned there."""
    quoted = replace(CITED, quotes=("words",), archived=(memento(host).uri,))
    matches = [QuoteMatch("words", found=True, score=1.0, where=Where.MEMENTO)]
    judged = rules.assess(quoted, GONE, mementos=[memento(host)], quotes=matches)
    assert not judged.verifiable
    assert judged.severity is Severity.ERROR


def test_a_pin_counts_by_what_it_holds_itself() -> None:
    """That another memento holds the quote does not make the pinned one hold it."""
    pinned = replace(WAYBACK, quotes=(("words", 0.0),))
    other = replace(ARQUIVO, quotes=(("words", 1.0),))
    quoted = replace(CITED, quotes=("words",), archived=(pinned.uri,))
    matches = [QuoteMatch("words", found=True, score=1.0, where=Where.MEMENTO)]
    assert rules.assess(quoted, GONE, mementos=[pinned, other], quotes=matches).severity is Severity.ERROR
    pinned = replace(pinned, quotes=(("words", 1.0),))
    assert rules.assess(quoted, GONE, mementos=[pinned, other], quotes=matches).severity is Severity.WARNING
