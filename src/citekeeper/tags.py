"""Language tags (BCP 47), as far as varieties of one language are to be taken as that language."""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def is_language_tag(language: str) -> bool:
    """Whether ``language`` may name a file: a BCP 47 tag such as ``en`` or ``zh-Hant``."""
    return len(language) <= 35 and _TAG.fullmatch(language) is not None


def primary(language: str | None) -> str:
    """The primary subtag of a tag, lower-case; "" for none."""
    return (language or "").replace("_", "-").partition("-")[0].strip().lower()
