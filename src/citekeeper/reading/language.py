"""Which language a text is in, told by the text itself and not by a page's label."""

from __future__ import annotations

_ENOUGH = 40  # letters; below this a guess would be a coin toss


def identify(text: str) -> str | None:
    """The ISO 639-1 code of ``text``'s language; None where there is too little text to tell."""
    sample = text[:20_000]
    if sum(1 for ch in sample if ch.isalpha()) < _ENOUGH:
        return None
    import py3langid

    language, _ = py3langid.classify(sample)
    return str(language)
