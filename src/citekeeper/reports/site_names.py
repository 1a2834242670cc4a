"""The names of files in reports/ that belong to one citation."""

from __future__ import annotations

import hashlib
import re

_SAFE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def page_name(citation: str) -> str:
    """The file name of a citation's page: its id, or a hash where the id could not be a file name everywhere."""
    if not _SAFE.fullmatch(citation):
        citation = f"citation-{hashlib.sha256(citation.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return f"{citation}.html"
