"""Translating: the captured text of foreign-language sources, paragraph by paragraph, once."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from citekeeper.archive import Archive
from citekeeper.clock import Clock
from citekeeper.consent import Consent
from citekeeper.history import History, new_event
from citekeeper.model import Capture, Citation, Reading
from citekeeper.pipeline.chronicle import record_manifests
from citekeeper.progress import Progress
from citekeeper.settings import Settings
from citekeeper.tags import primary
from citekeeper.translation import Translates

_LONG = 200  # characters of a paragraph whose language is told apart from the page's
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def is_read(language: str, read: set[str]) -> bool:
    """Whether a language, or the one that it is a variety of, needs no translation: who reads nl-BE reads nl."""
    return primary(language) in {primary(known) for known in read}


def _languages(text: Reading, main: str, target: str, read: set[str]) -> list[str | None]:
    """The language of each paragraph where it is clear and not the page's; the target's for what is to stay."""
    from citekeeper.reading.language import identify

    if is_read(main, read):
        foreign = _foreign(text, read)
        return [foreign.get(paragraph, target) for paragraph in text.paragraphs]
    found = ((paragraph, identify(paragraph)) for paragraph in text.paragraphs)
    return [spoken if spoken == primary(target) or len(one) >= _LONG else None for one, spoken in found]


def _foreign(text: Reading, read: set[str]) -> dict[str, str]:
    """The long paragraphs of a page in a language that is read which are in one, and in letters, that are not."""
    from citekeeper.reading.language import identify

    if not any(map(_is_latin, text.paragraphs)):
        return {}
    long = [one for one in text.paragraphs if len(one) >= _LONG and not _is_latin(one)]
    others = ((paragraph, identify(paragraph)) for paragraph in long)
    return {paragraph: spoken for paragraph, spoken in others if spoken and not is_read(spoken, read)}


def _is_latin(paragraph: str) -> bool:
    return 2 * len(_LATIN.findall(paragraph)) >= sum(map(str.isalpha, paragraph))


def languages_read(settings: Settings, document_languages: Sequence[str | None]) -> set[str]:
    """The languages that need no translation: as set, else those of the documents and English."""
    return set(settings.languages_read) or {"en", *(language for language in document_languages if language)}


class TranslationStage:
    """Brings the newest capture of each foreign-language source into the wanted languages."""

    def __init__(
        self,
        archive: Archive,
        translator: Translates,
        consent: Consent,
        clock: Clock,
        rng: random.Random,
        history: Callable[[str], History],
        vantage: str | None,
        progress: Progress,
    ) -> None:
        self._archive = archive
        self._translator = translator
        self._consent = consent
        self._clock = clock
        self._rng = rng
        self._history = history
        self._vantage = vantage
        self._progress = progress
        self._told: set[str] = set()

    def translate(self, citations: Sequence[Citation], targets: Sequence[str], read: set[str]) -> int:
        """Translate what lacks a whole translation; returns how many texts were made or mended."""
        jobs = [job for citation in citations for job in self._jobs(citation, targets, read)]
        if not jobs:
            return 0
        self._progress.begin("Translating", len(jobs))
        for citation, capture, text, target in jobs:
            self._translate_one(citation, capture, text, target, read)
            self._progress.step(f"{citation.id} → {target}")
        return len(jobs)

    def _jobs(
        self, citation: Citation, targets: Sequence[str], read: set[str]
    ) -> list[tuple[Citation, Capture, Reading, str]]:
        capture = self._archive.latest(citation.id)
        text = self._archive.reading(capture) if capture else None
        if capture is None or text is None or not text.paragraphs:
            return []
        language = text.language or citation.language
        if language is None:
            self._progress.note(
                f"{citation.id}: not translated: its language is not known. Write it under “language” in the register."
            )
            return []
        passages = is_read(language, read)
        if passages and not _foreign(text, read):
            return []
        lacking = [
            (citation, capture, text, target)
            for target in targets
            if (passages or primary(target) != primary(language)) and not self._is_whole(capture, text, target)
        ]
        if lacking and not self._translator.has_engine(lambda service: self._consent.allows(service, citation)):
            self._progress.note(f"{citation.id}: not translated: no translator may be told of it.")
            return []
        return lacking

    def _is_whole(self, capture: Capture, text: Reading, target: str) -> bool:
        known = self._archive.translation(capture, target)
        return known is not None and self._translator.is_complete(text.paragraphs, known)

    def _translate_one(self, citation: Citation, capture: Capture, text: Reading, target: str, read: set[str]) -> None:
        language = text.language or citation.language
        assert language is not None
        known = self._archive.translation(capture, target)
        made = self._translator.translate(
            text.paragraphs,
            source=language,
            target=target,
            source_sha256=capture.text_sha256 or capture.sha256,
            may_tell=lambda service: self._consent.allows(service, citation),
            languages=_languages(text, language, target, read),
        )
        self._tell(citation, target, made.warnings)
        if all(paragraph is None for paragraph in made.paragraphs):
            return  # nothing was had: no file is better than an empty one, and the next run asks again
        is_better = self._translator.is_complete(text.paragraphs, made)
        if known is not None and known.paragraphs == made.paragraphs and not is_better:
            return
        path = self._archive.add_translation(capture, made)
        moment = self._clock.now()
        history = self._history(citation.id)
        fields = {"capture": capture.id, "language": target, "engine": made.engine, "path": path}
        history.append(new_event("translation", moment, self._vantage, fields, self._rng))
        record_manifests(self._archive, self._history, [citation.id], self._clock, self._rng, self._vantage)

    def _tell(self, citation: Citation, target: str, warnings: Sequence[str]) -> None:
        """Note the warnings; what holds for the whole run is noted once."""
        standing = self._translator.standing_warnings
        for warning in warnings:
            if warning not in standing:
                self._progress.note(f"{citation.id}: translation into {target}: {warning}")
            elif warning not in self._told:
                self._told.add(warning)
                self._progress.note(f"Translation: {warning}")
