"""Which entry of the register an imported citation is: by the document's key, its URL, its title, or its label."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from citekeeper import urls
from citekeeper.model import Citation, Document, Kind

_SOFT = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_QUOTES = str.maketrans(dict.fromkeys("„“”«»‹›‘’‚‛´`\"'", "'") | dict.fromkeys("‐‑‒–—―−", "-"))

Rule = Callable[[Citation, Citation], bool]


def folded(text: str | None) -> str:
    """A text for comparing: without what a PDF and a web page write differently (spaces, quotes, dashes, ligatures)."""
    if not text:
        return ""
    normal = unicodedata.normalize("NFKC", _SOFT.sub("", text)).translate(_QUOTES)
    return "".join(normal.split()).casefold()


def same_source(one: str, other: str) -> bool:
    """Whether two paths name one document."""
    return posixpath.normpath(one) == posixpath.normpath(other)


def same_work(one: Document, other: Document) -> bool:
    """Whether two documents are one work in two files: the same path, title, or file name but for its extension."""
    if same_source(one.source, other.source):
        return True
    if one.title and folded(one.title) == folded(other.title):
        return True
    stems = [posixpath.splitext(posixpath.basename(document.source))[0].casefold() for document in (one, other)]
    return bool(stems[0]) and stems[0] == stems[1]


@dataclass(frozen=True)
class Matcher:
    """Pairs the citations of one document with the register's.

    Attributes:
        document: what is imported.
        known: the register's documents.
    """

    document: Document
    known: Sequence[Document]

    def pairs(self, imported: Sequence[Citation], existing: Sequence[Citation]) -> dict[int, int]:
        """For each imported citation's index, the index of the entry it is. No entry is given away twice.

        The surest rule goes first over all citations, then the next over those left, so that a note that was only
        renumbered takes its own entry and not that of the note whose number it got.
        """
        found: dict[int, int] = {}
        taken: set[int] = set()
        for key_of, rule in self._rules():
            index: dict[str, list[int]] = {}
            for place, entry in enumerate(existing):
                if place not in taken and (key := key_of(entry)):
                    index.setdefault(key, []).append(place)
            for place, citation in enumerate(imported):
                if place in found or not (key := key_of(citation)):
                    continue
                fitting = [p for p in index.get(key, ()) if p not in taken and rule(citation, existing[p])]
                if fitting:
                    found[place] = fitting[0]
                    taken.add(fitting[0])
        return found

    def _rules(self) -> list[tuple[Callable[[Citation], str], Rule]]:
        """What both must have in common, and what must hold besides; from the surest to the least sure."""
        return [
            (_first_place, _is_twin),
            (lambda c: c.key or "", lambda a, b: a.kind is b.kind and self._is_here(b)),
            (lambda c: c.key or "", lambda a, b: a.kind is b.kind and _agree(_url_key(a), _url_key(b))),
            (_url_key, lambda a, b: a.kind is b.kind and a.label == b.label and self._is_here(b)),
            (_url_key, lambda a, b: a.kind is b.kind and a.label == b.label),
            (_url_key, lambda a, b: a.kind is b.kind and not (a.key and b.key and a.key != b.key)),
            (_url_key, lambda _, b: self._is_here(b)),
            (lambda c: folded(c.title), lambda a, b: a.kind is b.kind and a.label == b.label and self._is_here(b)),
            (lambda c: folded(c.title), lambda a, b: a.kind is b.kind and _agree(_url_key(a), _url_key(b))),
            (lambda c: c.label or "", self._may_be),
            (lambda c: folded(c.claim), self._may_be),
            (_first_place, self._may_be),
            (lambda c: c.id, self._may_be),
        ]

    def _may_be(self, imported: Citation, entry: Citation) -> bool:
        here = self._is_here(entry) or not (imported.found_in or entry.found_in)
        return imported.kind is entry.kind and here and not _contradict(imported, entry)

    def _is_here(self, entry: Citation) -> bool:
        """Whether an entry of the register is cited in the document that is imported, in whatever file format."""
        files = {location.file for location in entry.found_in}
        works = [d for d in self.known if any(same_source(d.source, file) for file in files)]
        works += [Document(file) for file in files]
        return any(same_work(self.document, work) for work in works)


def _url_key(citation: Citation) -> str:
    return urls.same_document_key(citation.url) if citation.url else ""


def _is_twin(imported: Citation, entry: Citation) -> bool:
    """Whether two entries agree in all that tells sources apart: where a document repeats a note, place decides."""
    return _identity(imported) == _identity(entry)


def _identity(citation: Citation) -> tuple[object, ...]:
    return citation.kind, citation.key, citation.label, _url_key(citation), folded(citation.title)


def _first_place(citation: Citation) -> str:
    return str(citation.found_in[0]) if citation.found_in else ""


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _contradict(imported: Citation, entry: Citation) -> bool:
    """Whether two entries under one label are about different sources: nothing that both tell agrees."""
    if imported.kind is Kind.LINK:
        return not _agree(_url_key(imported), _url_key(entry))
    told = [
        (_url_key(imported), _url_key(entry)),
        (folded(imported.title), folded(entry.title)),
        (folded(imported.claim), folded(entry.claim)),
    ]
    both = [(a, b) for a, b in told if a and b]
    return bool(both) and all(a != b for a, b in both) and len(both) > 1
