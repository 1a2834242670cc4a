"""``citekeeper translate [ID…]``: what was captured in a foreign language, machine-translated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from citekeeper.commands.screen import Screen
from citekeeper.commands.workshop import open_workshop
from citekeeper.errors import UsageError

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


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

    workshop = open_workshop(register, options)
    for language in workshop.settings.translate_to:
        if not _LANGUAGE.fullmatch(language):
            raise UsageError(f"“{language[:40]}” is no language tag.", "Use one such as en, nl or pt-BR.")
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
            f"{made} texts translated." if made else "Nothing to translate: capture sources first, or all is done."
        )
    return 0
