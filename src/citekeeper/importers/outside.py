"""Which of a document's links stand outside its notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from citekeeper.importers.assembly import DraftNote
from citekeeper.model import Citation


def outside_notes(links: Iterable[Citation], notes: Sequence[DraftNote]) -> tuple[Citation, ...]:
    """``links`` without those at whose place a note has one."""
    noted = {link.location for note in notes for link in note.body.links}
    return tuple(link for link in links if link.found_in[0] not in noted)
