"""``citekeeper check [INPUT…]``: is each source alive? Of the register, or of any document, URL or list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citekeeper.commands import links
from citekeeper.commands.delivery import check_target, deliver
from citekeeper.commands.lowering import Excuse, lowered, lowered_entry
from citekeeper.commands.screen import Screen
from citekeeper.commands.vantage import second_vantage
from citekeeper.commands.workshop import Workshop, open_workshop, split_list
from citekeeper.errors import UsageError
from citekeeper.model import Citation, Exchange, Report, Severity
from citekeeper.urls import shown
from citekeeper.values import dataclass

if TYPE_CHECKING:
    from citekeeper.commands.lines import Lines
    from citekeeper.fetch import Engine
    from citekeeper.pipeline.cache import Cache
    from citekeeper.pipeline.observe import Observer, TakesPlain

_SHORT_LIST = 200  # entries up to which a request more for each folder costs next to nothing


@dataclass(frozen=True, slots=True)
class Scope:
    """What a check remembers, and which findings it holds against the document.

    Attributes:
        cache: the memory of a check without a register.
        baseline: an earlier report, whose findings do not count again.
        changed_since: a revision; only findings on lines changed since count.
    """

    cache: Path | None = None
    baseline: Path | None = None
    changed_since: str | None = None

    def excuses(self, inputs: Sequence[str]) -> list[Excuse]:
        """Why findings would not count.

        Raises:
            UsageError: the baseline is none, or git knows no such revision.
        """
        made: list[Excuse] = []
        if self.baseline is not None:
            from citekeeper.commands.baseline import Baseline

            made.append(Baseline(self.baseline))
        if self.changed_since is not None:
            from citekeeper.commands.changed import ChangedLines

            if inputs and not any(links.names_document(given) for given in inputs):
                raise UsageError(
                    "--changed-since is about lines of documents, and none is given.",
                    "Name the documents, or leave out --changed-since.",
                )
            documents = [Path(given) for given in inputs if links.names_document(given)]
            made.append(ChangedLines(self.changed_since, [path for path in documents if path.exists()]))
        return made


def run(
    inputs: Sequence[str],
    *,
    register: Path | None,
    options: Mapping[str, Any],
    scope: Scope,
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
    check_target(names, output)
    if scope.cache is not None and not inputs:
        raise UsageError(
            "--cache is for checks of documents and URLs: a register's histories are its memory.",
            "Leave out --cache, or name what to check.",
        )
    workshop = open_workshop(register, options, needs_register=not inputs)
    excuses = scope.excuses(inputs)
    with Screen(live=progress, quiet=quiet, verbose=verbose) as screen:
        if (names == ["jsonl"] and inputs) or (names == ["csv"] and "-" in inputs):
            return stream_inputs(workshop, inputs, screen, scope.cache, excuses, output, as_csv=names == ["csv"])
        report = check_inputs(workshop, inputs, screen, scope.cache) if inputs else check_register(workshop, screen)
    report = lowered(report, excuses)
    deliver(report, names, output)
    return rules.exit_code(report.findings, workshop.settings.fail_on)


def check_register(workshop: Workshop, screen: Screen) -> Report:
    """Check the register's citations, and remember what was seen unless ``no_record``."""
    from citekeeper.pipeline.assemble import Sources, assemble
    from citekeeper.pipeline.capturing import Keeping
    from citekeeper.pipeline.memory import Histories
    from citekeeper.pipeline.observe import Observer

    settings, archive = workshop.settings, workshop.archive
    citations = workshop.chosen([])
    root = Path(settings.archive_dir)
    read = sum(bool(each.quotes or each.numbers) or (root / each.id).is_dir() for each in citations)
    with workshop.workers(read) as workers, workshop.engine() as engine:
        keeping = Keeping(archive, root, None, {}, capture=False)
        if not settings.no_record:
            archive.prepare()
        observer = Observer(
            engine,
            settings,
            workshop.clock,
            workshop.rng,
            keeping=keeping,
            conditional=True,
            memory=Histories(root, writable=not settings.no_record),
            second=second_vantage(workshop),
            workers=workers,
            thorough=True,
            nameservers=workshop.nameservers,
        )
        screen.begin("Checking", len(citations))
        works = {}
        for work in observer.observe(citations):
            works[work.citation.id] = work
            work.lighten()
            for note in work.notes:
                screen.note(note)
            screen.step(f"{work.citation.id} {work.verdict.kind if work.verdict else ''}")
    sources = Sources(settings, workshop.documents, workshop.clock.now(), archive, workshop.history, every_place=True)
    return assemble(citations, works, sources, notes=screen.notes)


def check_inputs(workshop: Workshop, inputs: Sequence[str], screen: Screen, cache_file: Path | None) -> Report:
    """Check what documents, URLs or stdin name; nothing is written under the archive."""
    from citekeeper.pipeline.assemble import Assembly, Sources

    entries: list[Citation] = []
    trickles = "-" in inputs
    if not trickles:
        entries = links.merged(inputs)
    order: list[str] = [entry.id for entry in entries]
    with workshop.engine() as engine, _cache(workshop, cache_file, screen) as cache:
        observer = _observer(workshop, engine, cache, thorough=not trickles and len(entries) <= _SHORT_LIST)
        screen.begin("Checking", None if trickles else len(entries))
        sources = Sources(workshop.settings, (), workshop.clock.now(), memory=cache, every_place=True)
        assembly = Assembly(sources)
        for work in observer.observe(_noted(links.streamed(inputs), order) if trickles else entries):
            assembly.add(work.citation, work)
            screen.step(shown(work.citation.url or ""))
        return assembly.report(workshop.clock.now(), order=order, notes=screen.notes)


def _noted(arriving: Iterable[Citation | None], order: list[str]) -> Iterator[Citation | None]:
    """What arrives on stdin is asked at once; its place in the report is noted."""
    for entry in arriving:
        if entry is not None:
            order.append(entry.id)
        yield entry


def stream_inputs(
    workshop: Workshop,
    inputs: Sequence[str],
    screen: Screen,
    cache_file: Path | None,
    excuses: Sequence[Excuse],
    output: str | None,
    *,
    as_csv: bool = False,
) -> int:
    """Check and write each entry as a line of JSON or CSV once it is known: memory does not grow with the list.

    Lines come in the order in which sources answer.
    """
    from citekeeper.commands.lines import line_sink
    from citekeeper.pipeline.assemble import Sources, assemble_entry
    from citekeeper.reports.jsonl import render_line

    if as_csv:
        from citekeeper.reports import csv_format

    worst = 0
    with (
        workshop.engine() as engine,
        _cache(workshop, cache_file, screen) as cache,
        line_sink(output, "report.csv" if as_csv else "report.jsonl") as lines,
    ):
        arriving, is_short = _measured(links.streamed(inputs), trickles="-" in inputs)
        observer = _observer(workshop, engine, cache, thorough=is_short)
        sources = Sources(workshop.settings, (), workshop.clock.now(), memory=cache, every_place=True)
        screen.begin("Checking", None)
        if as_csv:
            lines.write(csv_format.render_header())
        before_wait = _in_the_meantime(lines.flush)
        takes_plain = None if as_csv else _plain_lines(lines, screen, workshop.settings.vantage or "local")
        for work in observer.observe(arriving, before_wait=before_wait, takes_plain=takes_plain):
            entry, findings = assemble_entry(work.citation, work, sources)
            entry, findings = lowered_entry(entry, findings, excuses)
            worst = max(worst, max((finding.severity.rank for finding in findings), default=0))
            lines.write(csv_format.render_row(entry) if as_csv else render_line(entry, findings))
            screen.step(shown(work.citation.url or ""))
    fail_on = workshop.settings.fail_on.value
    return int(fail_on != "never" and worst >= Severity(fail_on).rank)


def _measured(arriving: Iterator[Citation | None], *, trickles: bool) -> tuple[Iterable[Citation | None], bool]:
    """The entries, and whether they are few; how many will trickle in nobody knows."""
    if trickles:
        return arriving, False
    first = list(islice(arriving, _SHORT_LIST + 1))
    return chain(first, arriving), len(first) <= _SHORT_LIST


def _in_the_meantime(flush: Callable[[], None]) -> Callable[[], None]:
    """What to do whenever the network is waited for: flush; the first time also load what the first answer needs."""
    from citekeeper import judge

    todo = [judge.load]

    def do() -> None:
        if todo:
            todo.pop()()
        flush()

    return do


def _plain_lines(lines: Lines, screen: Screen, vantage: str) -> TakesPlain:
    """Writes the line of a plain living link; False where there is more to say of it than such a line holds."""
    from citekeeper.reports.jsonl import render_living

    is_watched = screen.shows_steps

    def take(citation: Citation, exchange: Exchange, message: str, moment: datetime) -> bool:
        line = render_living(citation, exchange, message, moment, vantage)
        if line is None:
            return False
        lines.write(line)
        if is_watched:
            screen.step(shown(exchange.url))
        return True

    return take


def _observer(workshop: Workshop, engine: Engine, cache: Cache | None, *, thorough: bool = False) -> Observer:
    from citekeeper.pipeline.observe import Observer

    return Observer(
        engine,
        workshop.settings,
        workshop.clock,
        workshop.rng,
        conditional=True,
        memory=cache,
        second=second_vantage(workshop),
        thorough=thorough,
        nameservers=workshop.nameservers,
    )


@contextmanager
def _cache(workshop: Workshop, path: Path | None, screen: Screen) -> Iterator[Cache | None]:
    """The memory of ``--cache``; None without one."""
    if path is None:
        yield None
        return
    from citekeeper.pipeline.cache import Cache

    with Cache(path, workshop.settings.vantage or "local") as cache:
        if cache.warning:
            screen.note(cache.warning)
        yield cache
