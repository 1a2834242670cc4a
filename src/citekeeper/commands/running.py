"""``citekeeper run``: the whole job in one pass, each source fetched once."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citekeeper.commands.delivery import deliver, print_table
from citekeeper.commands.screen import Screen
from citekeeper.commands.stamping import check_roots, stamp_captures
from citekeeper.commands.vantage import second_vantage, told_in_doubt
from citekeeper.commands.workshop import Workshop, one_of, open_workshop, split_list
from citekeeper.consent import KNOWN_SERVICES, TRANSLATORS
from citekeeper.model import Citation, Kind, Reading, Report
from citekeeper.progress import Progress
from citekeeper.settings import Settings

if TYPE_CHECKING:
    from citekeeper.fetch import Engine
    from citekeeper.pipeline.needs import SavePolicy
    from citekeeper.pipeline.work import Work
    from citekeeper.workers import Workers

SAVE_WORDS = ("needed", "always", "never")


def run(
    *,
    register: Path | None,
    options: Mapping[str, Any],
    formats: str | None,
    dry_run: bool,
    save: str,
    fresh: int,
    progress: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Do the job and end in the table; the exit code is that of the findings."""
    from citekeeper import rules

    when = one_of(save, SAVE_WORDS, "answer to --save")
    workshop = open_workshop(register, options)
    citations = workshop.chosen([])
    if dry_run:
        return _tell(workshop, citations)
    names = _site_formats(formats)
    with Screen(live=progress, quiet=quiet, verbose=verbose) as screen:
        report = whole_job(workshop, citations, screen, screen.notes, save=when, fresh=timedelta(days=fresh))
        workshop.write_site(report, names)
    print_table(report)
    if not quiet:
        sys.stderr.write(f"Report: {Path(workshop.settings.reports_dir) / 'index.html'}\n")
    deliver(report, [name for name in names if name == "github"], None)
    return rules.exit_code(report.findings, workshop.settings.fail_on)


def _site_formats(formats: str | None) -> list[str]:
    from citekeeper.reports import FORMATS, SITE

    return [*SITE, *split_list(formats, list(FORMATS), "format")]


def whole_job(
    workshop: Workshop,
    citations: Sequence[Citation],
    progress: Progress,
    notes: Sequence[str],
    *,
    save: str,
    fresh: timedelta,
    capture: bool = True,
    mementos: bool = True,
    translate: bool = True,
    always: bool = False,
    stage_set: bool = False,
) -> Report:
    """Observe, preserve, translate and assemble; writes under the archive, and nothing elsewhere."""
    if capture:
        check_roots(workshop)
    # The workers come first: they load for longer than all else here takes to be ready.
    with workshop.workers(len(citations) if capture else 0) as workers, workshop.archive.lock():
        from citekeeper.pipeline.assemble import Sources, assemble
        from citekeeper.pipeline.chronicle import record_manifests
        from citekeeper.pipeline.needs import SavePolicy

        archive, settings, clock = workshop.archive, workshop.settings, workshop.clock
        ids = [citation.id for citation in citations]
        archive.prepare()
        record_manifests(archive, workshop.history, ids, clock, workshop.rng, settings.vantage)
        with workshop.engine() as engine:
            works = _observe(workshop, engine, workers, citations, progress, capture=capture, always=always)
            cited = [works[citation.id] for citation in citations if citation.kind is Kind.CITATION]
            if mementos:
                _keep_in_web_archives(workshop, engine, citations, cited, SavePolicy(save, fresh), progress)
        stamping = stamp_captures(workshop, ids) if capture else []
        if translate:
            _translate(workshop, cited, progress)
        sources = Sources(settings, workshop.documents, clock.now(), archive, workshop.history)
        return assemble(citations, works, sources, notes=[*notes, *stamping], stage_set=stage_set)


def _observe(
    workshop: Workshop,
    engine: Engine,
    workers: Workers,
    citations: Sequence[Citation],
    progress: Progress,
    *,
    capture: bool,
    always: bool,
) -> dict[str, Work]:
    """Fetch, judge, read and capture; the works by their citations."""
    from citekeeper.pipeline.capturing import Keeping
    from citekeeper.pipeline.observe import Observer

    settings, document = workshop.settings, workshop.documents[0] if workshop.documents else None
    works = {}
    with workshop.browsing() as browsing:
        keeping = Keeping(
            workshop.archive, Path(settings.archive_dir), document, _capture_options(settings),
            capture=capture, always=always,
        )  # fmt: skip
        observer = Observer(
            engine, settings, workshop.clock, workshop.rng,
            keeping=keeping, second=second_vantage(workshop), browsing=browsing, workers=workers, thorough=True,
            nameservers=workshop.nameservers,
        )  # fmt: skip
        addressed = sum(1 for citation in citations if citation.url)
        if addressed:
            progress.begin(f"Fetching, judging{' and capturing' if capture else ''}", addressed)
        for work in observer.observe(citations):
            works[work.citation.id] = work
            for note in work.notes:
                progress.note(note)
            if work.citation.url:
                progress.step(f"{work.citation.id} {work.verdict.kind if work.verdict else ''}")
    workers.close()  # what follows waits for services, without them
    for note in browsing.notes:
        progress.note(note)
    return works


def _translate(workshop: Workshop, cited: Sequence[Work], progress: Progress) -> None:
    """Translate what nobody of the register's readers reads; with ``--offline`` only by an engine on this machine."""
    from citekeeper.pipeline.translating import TranslationStage, languages_read

    with workshop.translator() as translator:
        if translator is None:
            return
        stage = TranslationStage(
            workshop.archive, translator, workshop.consent, workshop.clock, workshop.rng, workshop.history,
            workshop.settings.vantage, progress,
        )  # fmt: skip
        read = languages_read(workshop.settings, [document.language for document in workshop.documents])
        stage.translate([work.citation for work in cited], workshop.settings.translate_to, read)


def _keep_in_web_archives(
    workshop: Workshop,
    engine: Engine,
    citations: Sequence[Citation],
    cited: Sequence[Work],
    policy: SavePolicy,
    progress: Progress,
) -> None:
    """Look every source up in the archives that ``services`` names, save what should be, and judge what they hold."""
    from citekeeper.pipeline.preserve import untold

    unsaid = untold(workshop.consent, citations, offline=workshop.settings.offline)
    if unsaid:
        progress.note(unsaid)
    if workshop.settings.offline:
        return
    from citekeeper.mementos import WAYBACK
    from citekeeper.pipeline.judging import MementoJudge
    from citekeeper.pipeline.lookups import LookUps
    from citekeeper.pipeline.preserve import Preserver
    from citekeeper.pipeline.recording import MementoRecord

    archive, consent = workshop.archive, workshop.consent
    wayback = workshop.web_archive() if WAYBACK in consent.services else None
    peers = [*([wayback] if wayback else []), *workshop.peers()]
    if not peers:
        return

    def captured(citation_id: str) -> Reading | None:
        latest = archive.latest(citation_id)
        return archive.reading(latest) if latest is not None else None

    record = MementoRecord(workshop.history, workshop.clock, workshop.rng, workshop.settings.vantage)
    with workshop.ledger() as ledger, workshop.workers(0) as workers:
        judge = MementoJudge(workers, workshop.settings.outlet_rules)
        lookups = LookUps(peers, consent, record, engine.stream, captured, ledger, progress, judge)
        lookups.look_up(cited)
        if wayback is not None:
            preserver = Preserver(wayback, consent, workshop.clock, record, engine.fetch, captured, progress, judge)
            preserver.preserve(cited, policy)
        lookups.judge(cited)


def _capture_options(settings: Settings) -> dict[str, str]:
    """The options that shape a capture; their hash goes into its manifest."""
    return {"timeout": str(settings.timeout), "retries": str(settings.retries), "browser": str(settings.browser)}


def _tell(workshop: Workshop, citations: Sequence[Citation]) -> int:
    """``--dry-run``: what would be fetched, and what would be sent to whom."""
    from citekeeper.mementos import ARCHIVE_TODAY, ARQUIVO
    from citekeeper.pipeline.translating import is_read, languages_read
    from citekeeper.urls import shown

    lines: list[str] = []
    consent = workshop.consent
    read = languages_read(workshop.settings, [document.language for document in workshop.documents])
    for citation in citations:
        if not citation.url:
            lines.append(f"{citation.id}: not fetched: the document gives no address")
            continue
        lines.append(f"{citation.id}: fetch {shown(citation.url)} and what its page needs to be shown")
        peers = {name: f"{name}: the URL is looked up there" for name in workshop.settings.peers}
        unnamed = (ARQUIVO, ARCHIVE_TODAY, *TRANSLATORS)  # the many that nobody named are no news
        told = {name: text for name, text in KNOWN_SERVICES.items() if name not in unnamed or name in consent.services}
        for service, meaning in {**told, **peers}.items():
            refusal = consent.refusal(service, citation)
            if refusal or citation.kind is not Kind.CITATION:
                lines.append(f"  {service}: told nothing: {refusal or 'it is a link, not a citation'}")
            elif service in TRANSLATORS and service not in workshop.translators:
                lines.append(f"  {service}: told nothing: translators does not name it")
            elif service in TRANSLATORS and citation.language and is_read(citation.language, read):
                lines.append(f"  {service}: told nothing: the source's language needs no translation")
            else:
                unsure = " (if it turns out to be in one)" if service in TRANSLATORS and not citation.language else ""
                lines.append(f"  {service}: {meaning.partition(': ')[2]}{unsure}")
        lines += [f"  {line}" for line in told_in_doubt(workshop.settings, citation)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0
