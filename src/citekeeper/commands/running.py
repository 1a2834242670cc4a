"""``citekeeper run``: the whole job in one pass, each source fetched once."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from citekeeper.commands.delivery import deliver, print_table
from citekeeper.commands.screen import Screen
from citekeeper.commands.stamping import stamp_captures
from citekeeper.commands.vantage import second_vantage, told_in_doubt
from citekeeper.commands.workshop import Workshop, open_workshop, split_list
from citekeeper.consent import KNOWN_SERVICES
from citekeeper.model import Citation, Kind, Report
from citekeeper.progress import Progress
from citekeeper.settings import Settings

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

    when = split_list(save, SAVE_WORDS, "answer to --save")[0]
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
    from citekeeper.reports import FORMATS

    return ["html", "json", "markdown", *split_list(formats, list(FORMATS), "format")]


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
    from citekeeper.pipeline.assemble import Sources, assemble
    from citekeeper.pipeline.chronicle import record_manifests
    from citekeeper.pipeline.needs import SavePolicy
    from citekeeper.pipeline.observe import Keeping, Observer
    from citekeeper.pipeline.preserve import Preserver, untold
    from citekeeper.pipeline.translating import TranslationStage, languages_read

    settings, archive = workshop.settings, workshop.archive
    with archive.lock():
        archive.prepare()
        ids = [citation.id for citation in citations]
        record_manifests(archive, workshop.history, ids, workshop.clock, workshop.rng, settings.vantage)
        with workshop.engine() as engine:
            root = Path(settings.archive_dir)
            document = workshop.documents[0] if workshop.documents else None
            keeping = Keeping(archive, root, document, _capture_options(settings), capture=capture, always=always)
            second = second_vantage(workshop)
            observer = Observer(engine, settings, workshop.clock, workshop.rng, keeping=keeping, second=second)
            progress.begin("Fetching, judging and capturing", len(citations))
            works = {}
            for work in observer.observe(citations):
                works[work.citation.id] = work
                progress.step(f"{work.citation.id} {work.verdict.kind if work.verdict else ''}")
            cited = [works[citation.id] for citation in citations if citation.kind is Kind.CITATION]
            unsaid = untold(workshop.consent, citations, offline=settings.offline) if mementos else None
            if unsaid:
                progress.note(unsaid)
            if mementos and "wayback" in workshop.consent.services and not settings.offline:
                preserver = Preserver(
                    workshop.web_archive(),
                    workshop.consent,
                    workshop.clock,
                    workshop.rng,
                    workshop.history,
                    engine.fetch,
                    settings.vantage,
                    progress,
                )
                preserver.preserve(cited, SavePolicy(save, fresh))
        stamping = stamp_captures(workshop, ids) if capture else []
        with workshop.translator() as translator:
            if translate and translator is not None and not settings.offline:
                stage = TranslationStage(
                    archive, translator, workshop.consent, workshop.clock, workshop.rng, workshop.history,
                    settings.vantage, progress,
                )  # fmt: skip
                read = languages_read(settings, [document.language for document in workshop.documents])
                stage.translate([work.citation for work in cited], settings.translate_to, read)
        sources = Sources(settings, workshop.documents, workshop.clock.now(), archive, workshop.history)
        return assemble(citations, works, sources, notes=[*notes, *stamping], stage_set=stage_set)


def _capture_options(settings: Settings) -> dict[str, str]:
    """The options that shape a capture; their hash goes into its manifest."""
    return {"timeout": str(settings.timeout), "retries": str(settings.retries)}


def _tell(workshop: Workshop, citations: Sequence[Citation]) -> int:
    """``--dry-run``: what would be fetched, and what would be sent to whom."""
    from citekeeper.pipeline.translating import languages_read
    from citekeeper.urls import shown

    lines: list[str] = []
    consent = workshop.consent
    read = languages_read(workshop.settings, [document.language for document in workshop.documents])
    for citation in citations:
        if not citation.url:
            lines.append(f"{citation.id}: not fetched: the document gives no address")
            continue
        lines.append(f"{citation.id}: fetch {shown(citation.url)} and what its page needs to be shown")
        for service, meaning in KNOWN_SERVICES.items():
            refusal = consent.refusal(service, citation)
            if refusal or citation.kind is not Kind.CITATION:
                lines.append(f"  {service}: told nothing: {refusal or 'it is a link, not a citation'}")
            elif service == "google" and citation.language in read:
                lines.append("  google: told nothing: the source's language needs no translation")
            else:
                unsure = " (if it turns out to be in one)" if service == "google" and not citation.language else ""
                lines.append(f"  {service}: {meaning.partition(': ')[2]}{unsure}")
        lines += [f"  {line}" for line in told_in_doubt(workshop.settings, citation)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0
