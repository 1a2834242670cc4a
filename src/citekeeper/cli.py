"""The command line: options in, one command called, an exit code out. Nothing here does any work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from citekeeper import __version__
from citekeeper.options import (
    AllowPrivate,
    ArchiveDir,
    BrowserOption,
    Citations,
    Exclude,
    FailOnOption,
    Format,
    Fresh,
    Ids,
    Include,
    Jobs,
    Links,
    MaxAge,
    NoProgress,
    NoRecord,
    Offline,
    Output,
    PerHost,
    Quiet,
    ReportsDir,
    Retries,
    Save,
    SaveWithoutKeys,
    SecondOpinion,
    Strict,
    Timeout,
    TsaRoots,
    Vantage,
    Verbose,
)
from citekeeper.startup import convert_plainly, named_alone

app = typer.Typer(
    name="citekeeper",
    help="Keep a document's evidence verifiable: check, seal, translate and report what it cites.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_INTERRUPTED = 130

# Typer brings Click's exceptions along, under a name of its own or Click's, as its version goes.
_BadCommandLine: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")


def run(arguments: Sequence[str]) -> int:
    """Parse ``arguments``, call one command and return its exit code; CitekeeperErrors pass through."""
    command = typer.main.get_command(named_alone(app, arguments))
    convert_plainly(command)
    try:
        result = command.main(args=list(arguments), prog_name="citekeeper", standalone_mode=False)
    except _BadCommandLine as error:
        error.show()
        return 2
    except (typer.Abort, EOFError) as error:
        raise KeyboardInterrupt from error
    except SystemExit as ending:
        if isinstance(ending.__context__, BrokenPipeError):
            raise ending.__context__ from None  # Click would exit with 1, which means findings
        raise
    if result == _INTERRUPTED:
        raise KeyboardInterrupt  # Typer swallowed it; the error boundary tells the person what was kept
    return result if isinstance(result, int) else 0


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"citekeeper {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("-V", "--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def _options(**values: Any) -> dict[str, Any]:
    """The options that were given, for the settings; an empty list means not given."""
    return {name: value for name, value in values.items() if value not in (None, [])}


# ── the commands ────────────────────────────────────────────────────────────────────────────────────────────────────


@app.command("import")
def import_(
    documents: Annotated[list[str], typer.Argument(metavar="DOC", help="Documents: PDF, Markdown, HTML or text.")],
    citations: Citations = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Read citations out of documents into citations.yaml; never undoes a person's edits."""
    from citekeeper.commands import importing

    return importing.run(documents, register=citations, quiet=quiet, verbose=verbose)


@app.command()
def check(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT",
            help="Documents, directories, globs, URLs, or - for stdin; without any, the register's citations.",
        ),
    ] = None,
    citations: Citations = None,
    archive_dir: ArchiveDir = None,
    format_: Format = None,
    output: Output = None,
    fail_on: FailOnOption = None,
    strict: Strict = None,
    jobs: Jobs = None,
    per_host: PerHost = None,
    timeout: Timeout = None,
    retries: Retries = None,
    include: Include = None,
    exclude: Exclude = None,
    max_age: MaxAge = None,
    cache: Annotated[
        Path | None,
        typer.Option("--cache", metavar="FILE", help="Without a register: remember here what was seen, between runs."),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Fail only on what is not in this earlier -f json report."),
    ] = None,
    changed_since: Annotated[
        str | None,
        typer.Option("--changed-since", metavar="REV", help="Fail only on lines that git says changed since REV."),
    ] = None,
    second_opinion: SecondOpinion = None,
    vantage: Vantage = None,
    links: Links = None,
    allow_private: AllowPrivate = None,
    offline: Offline = None,
    no_record: NoRecord = None,
    no_progress: NoProgress = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Check whether sources are alive: the register's citations, or any document's links."""
    from citekeeper.commands import checking

    return checking.run(
        inputs or [],
        register=citations,
        options=_options(
            archive_dir=archive_dir, fail_on=fail_on, strict=strict, jobs=jobs, per_host=per_host, timeout=timeout,
            retries=retries, include=include, exclude=exclude, max_age=max_age, vantage=vantage, links=links,
            allow_private=allow_private, offline=offline, no_record=no_record, second_opinion=second_opinion,
        ),
        scope=checking.Scope(cache, baseline, changed_since),
        formats=format_,
        output=output,
        progress=not no_progress,
        quiet=quiet,
        verbose=verbose,
    )  # fmt: skip


@app.command()
def archive(
    ids: Ids = None,
    to: Annotated[
        str, typer.Option("--to", metavar="LIST", help="Where to keep copies: local, wayback, or both.")
    ] = "local,wayback",
    citations: Citations = None,
    archive_dir: ArchiveDir = None,
    save: Save = "needed",
    fresh: Fresh = 30,
    save_without_keys: SaveWithoutKeys = None,
    always: Annotated[
        bool, typer.Option("--always", help="Capture even what has not changed.", show_default=False)
    ] = False,
    jobs: Jobs = None,
    per_host: PerHost = None,
    timeout: Timeout = None,
    retries: Retries = None,
    browser: BrowserOption = None,
    vantage: Vantage = None,
    allow_private: AllowPrivate = None,
    fail_on: FailOnOption = None,
    no_progress: NoProgress = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Keep a sealed local copy of each source, and a memento in the Wayback Machine."""
    from citekeeper.commands import archiving

    return archiving.run(
        ids or [],
        to=to,
        register=citations,
        options=_options(
            archive_dir=archive_dir, jobs=jobs, per_host=per_host, timeout=timeout, retries=retries, vantage=vantage,
            allow_private=allow_private, fail_on=fail_on, browser=browser, save_without_keys=save_without_keys,
        ),
        save=save,
        fresh=fresh,
        always=always,
        progress=not no_progress,
        quiet=quiet,
        verbose=verbose,
    )  # fmt: skip


@app.command()
def deposit(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The citation that it is evidence for.")],
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="PDF, image, HTML, SingleFile, MHTML, WARC, WACZ, video or text."),
    ],
    captured_at: Annotated[
        str, typer.Option("--captured-at", metavar="T", help="When it was made: 2022-05-02 or 2022-05-02T09:30:00Z.")
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who hands it in.")],
    how: Annotated[str, typer.Option("--how", metavar="TEXT", help="How it was made, in words.")],
    citations: Citations = None,
    archive_dir: ArchiveDir = None,
    vantage: Vantage = None,
    quiet: Quiet = False,
) -> int:
    """Take evidence made elsewhere: sealed as it is, read, its quotes looked up, and labelled deposited."""
    from citekeeper.commands import depositing

    return depositing.run(
        id_,
        files,
        captured_at=captured_at,
        by=by,
        how=how,
        register=citations,
        options=_options(archive_dir=archive_dir, vantage=vantage),
        quiet=quiet,
    )


@app.command()
def withdraw(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The citation.")],
    capture: Annotated[str, typer.Argument(metavar="CAPTURE", help="The capture, as `citekeeper show ID` names it.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stays on record.")],
    citations: Citations = None,
    archive_dir: ArchiveDir = None,
    vantage: Vantage = None,
    quiet: Quiet = False,
) -> int:
    """Delete the files of a capture lawfully: hashes and a tombstone stay, and verify says withdrawn."""
    from citekeeper.commands import withdrawing

    return withdrawing.run(
        id_,
        capture,
        reason=reason,
        register=citations,
        options=_options(archive_dir=archive_dir, vantage=vantage),
        quiet=quiet,
    )


@app.command()
def translate(
    ids: Ids = None,
    to: Annotated[str | None, typer.Option("--to", metavar="LIST", help="Languages. [default: en]")] = None,
    citations: Citations = None,
    archive_dir: ArchiveDir = None,
    no_progress: NoProgress = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Machine-translate the captured text of foreign-language sources."""
    from citekeeper.commands import translating

    return translating.run(
        ids or [],
        register=citations,
        options=_options(archive_dir=archive_dir, translate_to=to),
        progress=not no_progress,
        quiet=quiet,
        verbose=verbose,
    )


@app.command()
def verify(
    ids: Ids = None,
    citations: Citations = None,
    archive_dir: ArchiveDir = None,
    tsa_roots: TsaRoots = None,
    quiet: Quiet = False,
) -> int:
    """Offline: recompute every hash under the archive, the manifest graph, and look the quotes up in the captures."""
    from citekeeper.commands import verifying

    options = _options(archive_dir=archive_dir, tsa_roots=tsa_roots)
    return verifying.run(ids or [], register=citations, options=options, quiet=quiet)


@app.command()
def report(
    citations: Citations = None,
    archive_dir: ArchiveDir = None,
    reports_dir: ReportsDir = None,
    format_: Format = None,
    output: Output = None,
    public: Annotated[
        Path | None,
        typer.Option(
            "--public",
            metavar="DIR",
            help="Write the edition that may be published: no full text, copies, or private sources.",
        ),
    ] = None,
    fail_on: FailOnOption = None,
    strict: Strict = None,
    vantage: Vantage = None,
    links: Links = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Write the reports from what is known; asks nobody."""
    from citekeeper.commands import reporting

    return reporting.run(
        register=citations,
        options=_options(
            archive_dir=archive_dir,
            reports_dir=reports_dir,
            fail_on=fail_on,
            strict=strict,
            vantage=vantage,
            links=links,
        ),
        formats=format_,
        output=output,
        public=public,
        quiet=quiet,
        verbose=verbose,
    )


@app.command("run")
def run_(
    citations: Citations = None,
    archive_dir: ArchiveDir = None,
    reports_dir: ReportsDir = None,
    format_: Format = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Only list what would be fetched, and what sent to whom.", show_default=False),
    ] = False,
    save: Save = "needed",
    fresh: Fresh = 30,
    save_without_keys: SaveWithoutKeys = None,
    fail_on: FailOnOption = None,
    strict: Strict = None,
    jobs: Jobs = None,
    per_host: PerHost = None,
    timeout: Timeout = None,
    retries: Retries = None,
    include: Include = None,
    exclude: Exclude = None,
    browser: BrowserOption = None,
    vantage: Vantage = None,
    second_opinion: SecondOpinion = None,
    links: Links = None,
    allow_private: AllowPrivate = None,
    no_progress: NoProgress = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Check, capture, save, translate and report every citation, fetching each source once."""
    from citekeeper.commands import running

    return running.run(
        register=citations,
        options=_options(
            archive_dir=archive_dir, reports_dir=reports_dir, fail_on=fail_on, strict=strict, jobs=jobs,
            per_host=per_host, timeout=timeout, retries=retries, include=include, exclude=exclude, vantage=vantage,
            links=links, allow_private=allow_private, second_opinion=second_opinion,
            save_without_keys=save_without_keys, browser=browser,
        ),
        formats=format_,
        dry_run=dry_run,
        save=save,
        fresh=fresh,
        progress=not no_progress,
        quiet=quiet,
        verbose=verbose,
    )  # fmt: skip


@app.command()
def locate(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Citations to search for; without any, those that lost their address."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Put what is proved into the register.", show_default=False)
    ] = False,
    citations: Citations = None,
    archive_dir: ArchiveDir = None,
    no_progress: NoProgress = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Find the address of a citation that lost it, or a dead source's copy, in the Wayback Machine's index."""
    from citekeeper.commands import locating

    return locating.run(
        ids or [],
        write=write,
        register=citations,
        options=_options(archive_dir=archive_dir),
        progress=not no_progress,
        quiet=quiet,
        verbose=verbose,
    )


@app.command()
def fix(
    document: Annotated[str, typer.Argument(metavar="DOC", help="The document: Markdown or HTML.")],
    style: Annotated[
        str,
        typer.Option(
            "--style",
            metavar="STYLE",
            help="beside: link the archived copy behind the link; replace: lead there; robust: with HTML attributes.",
        ),
    ] = "beside",
    diff: Annotated[
        bool, typer.Option("--diff", help="Give a patch instead of the document.", show_default=False)
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Change the document in place.", show_default=False)] = False,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write it; - is stdout, the default.")
    ] = None,
    citations: Citations = None,
    archive_dir: ArchiveDir = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Give a document anew with archived copies for its rotten links, and new addresses for moved ones; asks nobody."""
    from citekeeper.commands import fixing

    return fixing.run(
        document,
        style=style,
        diff=diff,
        write=write,
        output=output,
        register=citations,
        options=_options(archive_dir=archive_dir),
        quiet=quiet,
        verbose=verbose,
    )


@app.command()
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The citation to show.")],
    custody: Annotated[
        bool, typer.Option("--custody", help="The chain of custody in words, verified anew.", show_default=False)
    ] = False,
    citations: Citations = None,
    archive_dir: ArchiveDir = None,
    tsa_roots: TsaRoots = None,
) -> int:
    """Show one citation: history, captures, mementos, quotes, translation."""
    from citekeeper.commands import showing

    options = _options(archive_dir=archive_dir, tsa_roots=tsa_roots)
    return showing.run(id_, register=citations, options=options, with_custody=custody)


@app.command()
def demo(
    directory: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Where to work. [default: a new temporary directory]"),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the report in the browser.", show_default=False)] = False,
    no_progress: NoProgress = False,
) -> int:
    """Run the whole job on the packaged letter over a sandbox internet on loopback; needs no network."""
    from citekeeper.commands import demonstrating

    return demonstrating.run(directory, open_report=open_, progress=not no_progress)


@app.command()
def schema(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="citations.yaml, report.json, manifest.json or history.jsonl.")
    ],
) -> int:
    """Print the JSON Schema of one of citekeeper's files."""
    from citekeeper.commands import schemas

    return schemas.run(name)
