"""Reading citations and links out of documents.

``read`` gives a document's notes as citations, ``links`` every web link with its place, ``expand`` the documents that a
command line names. Formats are imported when they are needed.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

from citekeeper.errors import InputFileError
from citekeeper.importers.selection import EXTENSIONS, expand
from citekeeper.importers.source import EmptyDocumentError, Source
from citekeeper.model import Citation, Imported

__all__ = ["EXTENSIONS", "EmptyDocumentError", "expand", "links", "read"]

_NOT_YET = {
    ".docx": "Word", ".doc": "Word", ".odt": "OpenDocument", ".rtf": "RTF", ".epub": "EPUB", ".bib": "BibTeX",
    ".ris": "RIS", ".tex": "LaTeX",
}  # fmt: skip
_WHAT_IS_READ = (
    "citekeeper reads Markdown (.md), HTML (.html), PDF (.pdf) and plain text (.txt): save the document as one of them."
)


class _Format(Protocol):
    def read(self, source: Source) -> Imported: ...

    def links(self, source: Source) -> Iterator[Citation]: ...


def read(path: Path, *, name: str | None = None) -> Imported:
    """Read one document's notes as citations (``fn1``, …), and its other web links as link entries (``link-1``, …).

    Args:
        path: the document.
        name: how it is called in ``found_in`` and ``documents``; ``path`` with forward slashes by default.

    Raises:
        InputFileError: the document is missing, empty, damaged, encrypted, of an unknown format, or has neither notes
            nor links.
    """
    source = Source.load(path, _name(path, name))
    return _format_of(path, source).read(source)


def links(path: Path, *, name: str | None = None) -> Iterator[Citation]:
    """Every web link of one document, in order, as link entries with line and column (page in a PDF) of the address.

    Relative links, other schemes, and addresses in code or comments are left out.

    Raises:
        InputFileError: the document is missing, empty, damaged, encrypted or of an unknown format.
    """
    source = Source.load(path, _name(path, name))
    return _format_of(path, source).links(source)


def _name(path: Path, name: str | None) -> str:
    return path.as_posix() if name is None else name


def _format_of(path: Path, source: Source) -> _Format:
    extension = path.suffix.lower()
    if extension in _NOT_YET:
        raise InputFileError(source.name, f"{_NOT_YET[extension]} documents are not read", _WHAT_IS_READ)
    module = EXTENSIONS.get(extension)
    if source.data.lstrip()[:5] == b"%PDF-":
        module = "pdf"  # whatever it is called
    elif module is None:
        module = _sniff(source)
    return cast("_Format", importlib.import_module(f"{__name__}.{module}"))


def _sniff(source: Source) -> str:
    """The format of a document without a telling extension, by its beginning."""
    head = source.data[:4096]
    if head[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rt") or (
        b"\0" in head and head[:2] not in (b"\xff\xfe", b"\xfe\xff")
    ):
        raise InputFileError(source.name, "this is no format that citekeeper knows", _WHAT_IS_READ)
    if re.match(
        rb"(?is)(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<\?xml.*?\?>\s*)*<(?:!doctype html|html|head|body)\b", head
    ):
        return "html"
    try:
        beginning = source.text[:100_000]
    except InputFileError as error:
        raise InputFileError(source.name, "this is no format that citekeeper knows", _WHAT_IS_READ) from error
    if re.search(r"(?m)^#{1,6} |\]\(|^\[[^\]\n]+\]:|<https?:|^```", beginning):
        return "markdown"
    return "text"
