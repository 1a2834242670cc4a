"""``citekeeper archive [ID…]``: sealed local copies, and mementos in the Wayback Machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from citekeeper.commands.delivery import print_table
from citekeeper.commands.running import SAVE_WORDS, whole_job
from citekeeper.commands.screen import Screen
from citekeeper.commands.workshop import one_of, open_workshop, split_list

PLACES = ("local", "wayback")


def run(
    ids: Sequence[str],
    *,
    to: str,
    register: Path | None,
    options: Mapping[str, Any],
    save: str,
    fresh: int,
    always: bool,
    progress: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Capture and save; the exit code is that of the findings."""
    from citekeeper import rules

    places = split_list(to, PLACES, "place to archive to")
    when = one_of(save, SAVE_WORDS, "answer to --save")
    workshop = open_workshop(register, options)
    with Screen(live=progress, quiet=quiet, verbose=verbose) as screen:
        report = whole_job(
            workshop,
            workshop.chosen(ids),
            screen,
            screen.notes,
            save=when,
            fresh=timedelta(days=fresh),
            capture="local" in places,
            mementos="wayback" in places,
            translate=False,
            always=always,
        )
    print_table(report)
    return rules.exit_code(report.findings, workshop.settings.fail_on)
