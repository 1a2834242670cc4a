"""``citekeeper show ID``: one citation, everything known about it, in words."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from citekeeper.clock import iso
from citekeeper.commands.stamping import check_named_roots
from citekeeper.commands.workshop import open_workshop
from citekeeper.model import CitationReport, Drift, Event, Finding, QuoteMatch
from citekeeper.printing import printable
from citekeeper.reports.words import count
from citekeeper.urls import without_credentials

_CHANGES_SHOWN = 20


def run(citation_id: str, *, register: Path | None, options: Mapping[str, Any], with_custody: bool = False) -> int:
    """Print it to stdout; ``with_custody`` the chain of custody in place of the overview."""
    from citekeeper.pipeline.assemble import Sources, assemble_entry

    workshop = open_workshop(register, options, is_offline=True)
    citation = workshop.chosen([citation_id])[0]
    if with_custody:
        from citekeeper.commands.custody import custody

        check_named_roots(workshop)
        _print(custody(workshop, citation))
        return 0
    sources = Sources(workshop.settings, workshop.documents, workshop.clock.now(), workshop.archive, workshop.history)
    entry, findings = assemble_entry(citation, None, sources)
    events = workshop.history(citation_id).events()
    _print(_lines(entry, findings, events))
    return 0


def _print(lines: Iterable[str]) -> None:
    """Lines on stdout; what a page or a forger put into them cannot steer the terminal, nor begin a line."""
    for line in lines:
        sys.stdout.write(printable(line) + "\n")


def _lines(entry: CitationReport, findings: Sequence[Finding], events: Sequence[Event]) -> Iterator[str]:
    citation = entry.citation
    yield f"{citation.id}: {citation.title or '(no title)'}"
    facts = {
        "claim": citation.claim,
        "publisher": citation.publisher,
        "language": citation.language,
        "published": citation.published,
        "accessed": citation.accessed,
        "url": without_credentials(citation.url) if citation.url else "none: the document lost it",
        "private": "yes: no service is told about it" if citation.private else None,
    }
    yield from (f"  {name}: {value}" for name, value in facts.items() if value)
    yield f"  verdict: {entry.verdict.kind} ({entry.verdict.reason}): {entry.verdict.message}"
    if entry.verdict.advice:
        yield f"    {entry.verdict.advice}"
    yield f"  verifiable: {'yes' if entry.verifiable else 'no'}"
    yield from _section(
        "captures",
        [
            f"{capture.path}: shows the {capture.shows}, {capture.origin}, {capture.state}, sha256 {capture.sha256}"
            for capture in entry.captures
        ],
    )
    yield from _section(
        "mementos",
        [
            f"{memento.uri}: {memento.state if memento.is_evidence else 'no evidence (altered snapshots are known)'}"
            + (
                f", {count(memento.distance_days, 'day')} from the access date"
                if memento.distance_days is not None
                else ""
            )
            + (f", asked for because {memento.reason}" if memento.reason else "")
            + (f" ({memento.note})" if memento.note else "")
            for memento in entry.mementos
        ],
    )
    yield from _section(
        "quotes",
        [line for match in entry.quotes for line in _quote_lines(match)],
    )
    if entry.drift is not None:
        yield from _section("drift", _drift_lines(entry.drift))
    yield from _section(
        "translations",
        [
            f"{made.language} by {', '.join(made.makers)} (machine translation): {made.path}"
            for made in entry.translations
        ],
    )
    yield from _section("findings", [f"{finding.severity}: {finding.message} {finding.advice}" for finding in findings])
    yield from _section("history", [_event_line(event) for event in events])


def _quote_lines(match: QuoteMatch) -> Iterator[str]:
    from citekeeper.reports.words import also_found

    others = also_found(match)
    yield (
        f"“{match.text}”: "
        + (f"found in the {match.where}" if match.found else "not found")
        + (f", {match.difference}" if match.found and match.difference else "")
        + (f"; {others}" if others else "")
        + (f"; nearest ({match.score:.2f}): “{match.nearest}”" if match.nearest else "")
    )
    if match.original:
        yield f"  the source's own words: “{match.original}”"


def _drift_lines(drift: Drift) -> Iterator[str]:
    yield f"{drift.similarity:.0%} of the words of {drift.baseline} still stand there, counted by threes"
    if drift.note:
        yield drift.note
    for change in drift.changes[:_CHANGES_SHOWN]:
        marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
        yield f"{change.kind}: " + " ".join(marks[mark].format(words) for mark, words in change.runs)
    if len(drift.changes) > _CHANGES_SHOWN:
        yield f"and {len(drift.changes) - _CHANGES_SHOWN} more changes, in the report"


def _section(name: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield f"  {name}:"
        yield from (f"    {line}" for line in lines)


def _event_line(event: Event) -> str:
    told = ("verdict", "reason", "state", "uri", "capture", "language", "manifest")
    details = " ".join(str(event.fields[name]) for name in told if event.fields.get(name))
    return f"{iso(event.at)} {event.event} from {event.vantage or 'unknown'}: {details}"
