"""Language tags (BCP 47), as far as varieties of one language are to be taken as that language."""

from __future__ import annotations


def primary(language: str | None) -> str:
    """The primary subtag of a tag, lower-case; "" for none."""
    return (language or "").replace("_", "-").partition("-")[0].strip().lower()
