"""In which language a known title is: a title that was translated for the reader shares no word with its page."""

from __future__ import annotations

from functools import cache
from typing import Any

USUAL = ("en", "nl", "de", "fr", "ru", "uk", "es", "it", "pl")


@cache
def _identifier(further: str) -> Any:
    """An identifier of the usual languages and a further one ("" for none); None where it does not know that one."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    try:
        identifier.set_languages(sorted({*USUAL, further or USUAL[0]}))
    except ValueError:
        return None
    return identifier


def language_of_title(title: str, wanted: str) -> str:
    """The language that a title seems to be in; "" where that cannot be told, as ``wanted`` is not a known one."""
    identifier = _identifier("" if wanted in USUAL else wanted)
    return str(identifier.classify(title)[0]) if identifier is not None else ""
