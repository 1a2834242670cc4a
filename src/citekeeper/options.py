"""The options that several commands share, as Typer reads them from a command's parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Ids = Annotated[list[str] | None, typer.Argument(metavar="ID", help="Citations to work on; all without any.")]
Citations = Annotated[
    Path | None, typer.Option("-c", "--citations", metavar="FILE", help="The register. [default: citations.yaml]")
]
ArchiveDir = Annotated[
    str | None, typer.Option("--archive-dir", metavar="DIR", help="Where captures are kept. [default: archive]")
]
ReportsDir = Annotated[
    str | None, typer.Option("--reports-dir", metavar="DIR", help="Where reports are written. [default: reports]")
]
Format = Annotated[
    str | None,
    typer.Option(
        "-f",
        "--format",
        metavar="LIST",
        help="table, json, jsonl, markdown, html, junit, sarif, github, csv, atom, badge.",
    ),
]
Output = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write the format; - is stdout.")
]
FailOnOption = Annotated[
    str | None,
    typer.Option("--fail-on", metavar="SEVERITY", help="error, warning or never: when to exit 1. [default: error]"),
]
Strict = Annotated[
    bool | None, typer.Option("--strict", help="Warnings for want of history are errors.", show_default=False)
]
Jobs = Annotated[int | None, typer.Option("-j", "--jobs", metavar="N", help="Transfers at once. [default: 128]")]
PerHost = Annotated[
    int | None, typer.Option("--per-host", metavar="N", help="Connections at once to one host. [default: 4]")
]
Timeout = Annotated[float | None, typer.Option("--timeout", metavar="S", help="Seconds for one attempt. [default: 20]")]
Retries = Annotated[
    int | None, typer.Option("--retries", metavar="N", help="Attempts after a passing failure. [default: 3]")
]
Include = Annotated[
    list[str] | None, typer.Option("--include", metavar="REGEX", help="Only URLs that match one of these.")
]
Exclude = Annotated[
    list[str] | None, typer.Option("--exclude", metavar="REGEX", help="No URLs that match one of these.")
]
MaxAge = Annotated[
    str | None,
    typer.Option("--max-age", metavar="DURATION", help="Skip what was checked alive since, for instance 7d or 12h."),
]
Vantage = Annotated[
    str | None,
    typer.Option("--vantage", metavar="NAME", help="The name of this place. [default: ci when CI is set, else local]"),
]
SecondOpinion = Annotated[
    str | None,
    typer.Option(
        "--second-opinion",
        metavar="PROXY",
        help="Ask through this proxy too before a failing source counts as dead; it hears the address.",
    ),
]
Links = Annotated[bool | None, typer.Option("--links", help="Also check entries of kind: link.", show_default=False)]
AllowPrivate = Annotated[
    bool | None,
    typer.Option("--allow-private", help="Allow private, loopback and link-local addresses.", show_default=False),
]
Offline = Annotated[bool | None, typer.Option("--offline", help="Use no network.", show_default=False)]
NoRecord = Annotated[
    bool | None, typer.Option("--no-record", help="Write nothing under the archive.", show_default=False)
]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="Show no live progress.", show_default=False)]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Only errors on stderr.", show_default=False)]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say more on stderr.", show_default=False)]
BrowserOption = Annotated[
    str | None,
    typer.Option("--browser", metavar="WHEN", help="Show pages to a browser: auto, always or never. [default: auto]"),
]
TsaRoots = Annotated[
    str | None,
    typer.Option("--tsa-roots", metavar="FILE", help="Roots (PEM) that time stamps must lead to. [default: Mozilla's]"),
]
Save = Annotated[
    str, typer.Option("--save", metavar="WHEN", help="Save in the Wayback Machine: needed, always or never.")
]
_CENTURY = 36_525  # days; more is a slip, and far more is no time span
Fresh = Annotated[
    int,
    typer.Option("--fresh", metavar="DAYS", help="A memento this young needs no new one.", min=0, max=_CENTURY),
]
SaveWithoutKeys = Annotated[
    bool | None,
    typer.Option(
        "--save-without-keys",
        help="Without keys, try the Wayback Machine's public form once a source; it mostly refuses.",
        show_default=False,
    ),
]
