"""What may name a citation: an id is the name of a folder on every file system, too."""

from __future__ import annotations

import re

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,63}$"
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))})


def is_valid_id(text: str) -> bool:
    """Whether ``text`` may name a citation, and so a folder on every file system."""
    return re.fullmatch(ID_PATTERN[1:-1], text) is not None and text not in DEVICES
