"""``citekeeper translate [ID…]``: what was captured in a foreign language, machine-translated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from citekeeper.commands.screen import Screen
from citekeeper.commands.workshop import open_workshop
from citekeeper.errors import UsageError


def run(
    ids: Sequence[str],
    *,
    register: Path | None,
    options: Mapping[str, Any],
    progress: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Translate what lacks a translation; 0 also when there was nothing to do."""
    from citekeeper.pipeline.translating import TranslationStage, languages_read

    if not str(options.get("translate_to", "any")).strip(", "):
        raise UsageError(f"--to “{options['translate_to']}” names no language.", "Use tags such as en, nl or pt-BR.")
    workshop = open_workshop(register, options)
    citations = workshop.chosen(ids)
    read = languages_read(workshop.settings, [document.language for document in workshop.documents])
    archive = workshop.archive
    with Screen(live=progress, quiet=quiet, verbose=verbose) as screen, archive.lock():
        with workshop.translator() as translator:
            if translator is None:
                screen.note(
                    "Offline, only argos translates; translators does not name it."
                    if workshop.settings.offline
                    else "Neither services nor translators names a translator (google, deepl, mymemory, libre; or "
                    "argos, which works on this machine), so nothing is translated."
                )
                return 0
            stage = TranslationStage(
                archive,
                translator,
                workshop.consent,
                workshop.clock,
                workshop.rng,
                workshop.history,
                workshop.settings.vantage,
                screen,
            )
            made = stage.translate(citations, workshop.settings.translate_to, read)
        screen.say(
            f"{made} text{'s' if made > 1 else ''} translated."
            if made
            else "Nothing to translate: capture sources first, or all is done."
        )
    return 0
