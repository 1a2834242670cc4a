"""Mending a document: the bytes of its links, and not one byte beside them.

``mended`` takes a text, its links with their places and what is to become of them, and gives edits; `Written` puts
edits into the document's bytes in its own encoding; `unified_diff` shows them as a patch. Everything here is pure.
"""

from citekeeper.fixing.edits import Edit, Skipped, mended
from citekeeper.fixing.links import Form, Link, Mend, Style
from citekeeper.fixing.patch import unified_diff
from citekeeper.fixing.words import archived_words
from citekeeper.fixing.written import UnsafeBytesError, Written

__all__ = [
    "Edit",
    "Form",
    "Link",
    "Mend",
    "Skipped",
    "Style",
    "UnsafeBytesError",
    "Written",
    "archived_words",
    "mended",
    "unified_diff",
]
