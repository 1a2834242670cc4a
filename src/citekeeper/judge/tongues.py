"""In which language a known title is: a title that was translated for the reader shares no word with its page."""

from __future__ import annotations

from functools import cache
from typing import Any

USUAL = ("en", "nl", "de", "fr", "ru", "uk", "es", "it", "pl")


def primary(language: str | None) -> str:
    """The primary subtag of a BCP 47 tag, lower-case; "" for none."""
    return (language or "").replace("_", "-").partition("-")[0].strip().lower()


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(USUAL))
    return identifier


def language_of_title(title: str, wanted: str) -> str:
    """The language that a title seems to be in; ``wanted`` where the identifier does not know that language."""
    return str(_identifier().classify(title)[0]) if wanted in USUAL else wanted
