"""``citekeeper show ID``: one citation, everything known about it, in words."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from citekeeper.clock import iso
from citekeeper.commands.workshop import open_workshop
from citekeeper.model import CitationReport, Event, Finding


def run(citation_id: str, *, register: Path | None, options: Mapping[str, Any], with_custody: bool = False) -> int:
    """Print it to stdout; ``with_custody`` the chain of custody in place of the overview."""
    from citekeeper.pipeline.assemble import Sources, assemble_entry

    workshop = open_workshop(register, options)
    citation = workshop.chosen([citation_id])[0]
    if with_custody:
        from citekeeper.commands.custody import custody

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
        sys.stdout.write("".join(ch if ch.isprintable() else "\N{REPLACEMENT CHARACTER}" for ch in line) + "\n")


def _lines(entry: CitationReport, findings: Sequence[Finding], events: Sequence[Event]) -> Iterator[str]:
    citation = entry.citation
    yield f"{citation.id}: {citation.title or '(no title)'}"
    facts = {
        "claim": citation.claim,
        "publisher": citation.publisher,
        "language": citation.language,
        "published": citation.published,
        "accessed": citation.accessed,
        "url": citation.url or "none: the document lost it",
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
            f"{memento.uri}: {memento.state}"
            + (f", {memento.distance_days} days from the access date" if memento.distance_days is not None else "")
            + (f", asked for because {memento.reason}" if memento.reason else "")
            + (f" ({memento.note})" if memento.note else "")
            for memento in entry.mementos
        ],
    )
    yield from _section(
        "quotes",
        [
            f"“{match.text}”: " + (f"found in the {match.where}" if match.found else "not found")
            + (f"; nearest ({match.score:.2f}): “{match.nearest}”" if match.nearest else "")
            for match in entry.quotes
        ],
    )  # fmt: skip
    yield from _section(
        "translations",
        [f"{made.language} by {made.engine} (machine translation): {made.path}" for made in entry.translations],
    )
    yield from _section("findings", [f"{finding.severity}: {finding.message} {finding.advice}" for finding in findings])
    yield from _section("history", [_event_line(event) for event in events])


def _section(name: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"  {name}:"
        yield from (f"    {line}" for line in lines)


def _event_line(event: Event) -> str:
    told = ("verdict", "reason", "state", "uri", "capture", "language", "manifest")
    details = " ".join(str(event.fields[name]) for name in told if event.fields.get(name))
    return f"{iso(event.at)} {event.event} from {event.vantage or 'unknown'}: {details}"
