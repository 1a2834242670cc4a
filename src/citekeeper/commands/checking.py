"""``citekeeper check [INPUT…]``: is each source alive? Of the register, or of any document, URL or list."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from citekeeper.commands.delivery import deliver
from citekeeper.commands.screen import Screen
from citekeeper.commands.workshop import Workshop, open_workshop, split_list
from citekeeper.model import Citation, Kind, Report

_URL = re.compile(r"(?i)^[a-z][a-z0-9+.-]*://")


def run(
    inputs: Sequence[str],
    *,
    register: Path | None,
    options: Mapping[str, Any],
    formats: str | None,
    output: str | None,
    progress: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Check and report; the exit code is that of the findings."""
    from citekeeper import rules
    from citekeeper.reports import FORMATS

    names = split_list(formats, list(FORMATS), "format") or ["table"]
    workshop = open_workshop(register, options, needs_register=not inputs)
    with Screen(live=progress, quiet=quiet, verbose=verbose) as screen:
        report = check_inputs(workshop, inputs, screen) if inputs else check_register(workshop, screen)
    deliver(report, names, output)
    return rules.exit_code(report.findings, workshop.settings.fail_on)


def check_register(workshop: Workshop, screen: Screen) -> Report:
    """Check the register's citations, and remember what was seen unless ``no_record``."""
    from citekeeper.pipeline.assemble import Sources, assemble
    from citekeeper.pipeline.observe import Keeping, Observer

    settings, archive = workshop.settings, workshop.archive
    citations = workshop.chosen([])
    with workshop.engine() as engine:
        keeping = None if settings.no_record else Keeping(archive, Path(settings.archive_dir), None, {}, capture=False)
        if keeping is not None:
            archive.prepare()
        observer = Observer(engine, settings, workshop.clock, workshop.rng, keeping=keeping, conditional=True)
        screen.begin("Checking", len(citations))
        works = {}
        for work in observer.observe(citations):
            works[work.citation.id] = work
            screen.step(f"{work.citation.id} {work.verdict.kind if work.verdict else ''}")
    sources = Sources(settings, workshop.documents, workshop.clock.now(), archive, workshop.history)
    return assemble(citations, works, sources, notes=screen.notes)


def check_inputs(workshop: Workshop, inputs: Sequence[str], screen: Screen) -> Report:
    """Check what documents, URLs or stdin name; nothing is written under the archive."""
    from citekeeper.pipeline.assemble import Sources, assemble
    from citekeeper.pipeline.observe import Observer

    places = merged(links_of(inputs))
    with workshop.engine() as engine:
        observer = Observer(engine, workshop.settings, workshop.clock, workshop.rng)
        screen.begin("Checking", len(places))
        works = {}
        for work in observer.observe(places):
            works[work.citation.id] = work
            screen.step(work.citation.url or "")
    sources = Sources(workshop.settings, (), workshop.clock.now())
    return assemble(places, works, sources, notes=screen.notes)


def links_of(inputs: Sequence[str]) -> Iterator[Citation]:
    """Every web link that the inputs name, in order: URLs as given, lines of stdin for ``-``, documents' links."""
    from citekeeper import importers

    for given in inputs:
        if given == "-":
            yield from _from_stdin()
        elif _URL.match(given):
            yield Citation(id="", url=given)
        else:
            for path in importers.expand([given], base=Path()):
                yield from importers.links(path, name=path.as_posix())


def _from_stdin() -> Iterator[Citation]:
    for line in sys.stdin:
        url = line.strip()
        if url and not url.startswith("#"):
            yield Citation(id="", url=url)


def merged(links: Iterable[Citation]) -> list[Citation]:
    """One entry for each URL, with every place where it stands: a URL is asked once however often it is linked."""
    from dataclasses import replace

    by_url: dict[str, Citation] = {}
    for link in links:
        key = link.url or link.id
        known = by_url.get(key)
        by_url[key] = link if known is None else replace(known, found_in=known.found_in + link.found_in)
    return [
        replace(link, id=f"link-{number}", kind=Kind.CITATION) for number, link in enumerate(by_url.values(), start=1)
    ]
