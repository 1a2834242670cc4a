"""Which entry of the register an imported citation is: by the document's key, its URL, its title, or its label."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from citekeeper import urls
from citekeeper.model import Citation, Document, Kind, Location

_SOFT = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_QUOTES = str.maketrans(dict.fromkeys("„“”«»‹›‘’‚‛´`\"'", "'") | dict.fromkeys("‐‑‒–—―−", "-"))

_Key = Callable[[Citation], str]
_Rule = Callable[[Citation, Citation], bool]


def folded(text: str | None) -> str:
    """A text for comparing: without what a PDF and a web page write differently (spaces, quotes, dashes, ligatures)."""
    if not text:
        return ""
    normal = unicodedata.normalize("NFKC", _SOFT.sub("", text)).translate(_QUOTES)
    return "".join(normal.split()).casefold()


@lru_cache(maxsize=4096)
def _path(source: str) -> str:
    return posixpath.normpath(source)


def same_source(one: str, other: str) -> bool:
    """Whether two paths name one document."""
    return _path(one) == _path(other)


class _Paths:
    """Paths, to be found by others that may name the same document.

    One may be told from elsewhere (``texts/letter.md`` and ``letter.md``) or be of another format
    (``print/letter.pdf``). Of one format, ``a/index.md`` and ``b/index.md`` are two documents, of which a site has
    thousands.
    """

    def __init__(self) -> None:
        self._of_end: defaultdict[str, set[str]] = defaultdict(set)
        self._of_name: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def add(self, path: str) -> None:
        """Know a further path."""
        for end in _ends(path):
            self._of_end[end].add(path)
        name, extension = _name(path)
        self._of_name[name][extension].add(path)

    def alike(self, path: str) -> set[str]:
        """The paths that may name the document which ``path`` does."""
        name, extension = _name(path)
        formats: Mapping[str, set[str]] = self._of_name.get(name, {})
        known = formats.get(extension, set())
        found = {end for end in _ends(path) if end in known} | self._of_end.get(path, set())
        return found.union(*(paths for other, paths in formats.items() if other != extension))


def _ends(path: str) -> Iterator[str]:
    """The path from each of its folders on: ``a/b.md``, ``b.md``."""
    parts = path.split("/")
    return ("/".join(parts[number:]) for number in range(len(parts)))


def _name(path: str) -> tuple[str, str]:
    name, extension = posixpath.splitext(posixpath.basename(path))
    return name.casefold(), extension.casefold()


class Known:
    """The register's documents and entries, to be found by what tells them apart, while documents are brought in.

    What a document has to be compared with is looked up, so that importing thousands of documents into a register of
    tens of thousands of entries takes as long as they have notes.

    Attributes:
        documents: the register's documents.
        citations: its entries.
    """

    def __init__(self, documents: Iterable[Document], citations: Iterable[Citation]) -> None:
        self.documents: list[Document] = []
        self.citations: list[Citation] = []
        self._by_path: dict[str, int] = {}
        self._paths_of_title: defaultdict[str, set[str]] = defaultdict(set)
        self._paths = _Paths()
        self._files = _Paths()
        self._places_of_file: defaultdict[str, set[int]] = defaultdict(set)
        self._nowhere: set[int] = set()  # entries that no document is known to cite
        self._places: dict[_Key, defaultdict[str, list[int]]] = {key: defaultdict(list) for key in _EVERYWHERE}
        for document in documents:
            self.add_document(document)
        for citation in citations:
            self.add(citation)

    # ── documents ──

    def place_of(self, document: Document) -> int | None:
        """Which of the documents it is by its path; None where it is a new one."""
        return self._by_path.get(_path(document.source))

    def add_document(self, document: Document) -> None:
        """Know a further document."""
        path = _path(document.source)
        self._by_path.setdefault(path, len(self.documents))
        self.documents.append(document)
        if title := folded(document.title):
            self._paths_of_title[title].add(path)
        self._paths.add(path)

    def cites(self, citation: Citation, document: Document) -> bool:
        """Whether an entry is cited in a known document that is one work with ``document``."""
        return not self._works(document).isdisjoint(_path(location.file) for location in citation.found_in)

    def _works(self, document: Document) -> set[str]:
        """The paths of the known documents that are one work: alike in path or title."""
        title = folded(document.title)
        return self._paths.alike(_path(document.source)).union(self._paths_of_title.get(title, ()) if title else ())

    def _cited_in(self, document: Document) -> set[int]:
        """The entries that are cited in ``document``, in whatever file format."""
        paths = self._works(document) | self._files.alike(_path(document.source))
        return set().union(*(self._places_of_file.get(path, ()) for path in paths))

    # ── entries ──

    def add(self, citation: Citation) -> None:
        """Know a further entry."""
        place = len(self.citations)
        self.citations.append(citation)
        for key_of, places in self._places.items():
            if key := key_of(citation):
                places[key].append(place)
        self._locate(place, citation.found_in)

    def put(self, place: int, citation: Citation) -> None:
        """Know an entry anew, which was filled in."""
        before, self.citations[place] = self.citations[place], citation
        for key_of, places in self._places.items():
            was, key = key_of(before), key_of(citation)
            if was == key:
                continue
            if was:
                places[was].remove(place)
            if key:
                insort(places[key], place)
        kept = {location.file for location in citation.found_in}
        for file in {location.file for location in before.found_in} - kept:
            self._places_of_file[_path(file)].discard(place)
        self._locate(place, citation.found_in)

    def _locate(self, place: int, locations: Collection[Location]) -> None:
        for file in {location.file for location in locations}:
            path = _path(file)
            if path not in self._places_of_file:
                self._files.add(path)
            self._places_of_file[path].add(place)
        (self._nowhere.discard if locations else self._nowhere.add)(place)

    def pairs(self, document: Document, imported: Sequence[Citation]) -> dict[int, int]:
        """For each citation of ``document`` the entry it is, both by index. No entry is given away twice.

        The surest rule goes first over all citations, then the next over those left, so that a note that was only
        renumbered takes its own entry and not that of the note whose number it got.
        """
        here = self._cited_in(document)
        nowhere = self._nowhere if any(not citation.found_in for citation in imported) else ()
        near = sorted(here.union(nowhere))
        found: dict[int, int] = {}
        taken: set[int] = set()
        for key_of, rule, is_near in _RULES:
            places = _by_key(key_of, near, self.citations) if is_near else self._places[key_of]
            for number, citation in enumerate(imported):
                if number in found or not (key := key_of(citation)):
                    continue
                for place in places.get(key, ()):
                    entry = self.citations[place]
                    if place in taken or (is_near and place not in here and (rule is not _may_be or citation.found_in)):
                        continue
                    if rule(citation, entry):
                        found[number] = place
                        taken.add(place)
                        break
        return found


def _by_key(key_of: _Key, places: Iterable[int], citations: Sequence[Citation]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place in places:
        if key := key_of(citations[place]):
            found.setdefault(key, []).append(place)
    return found


def _key(citation: Citation) -> str:
    return citation.key or ""


def _label(citation: Citation) -> str:
    return citation.label or ""


def _title(citation: Citation) -> str:
    return folded(citation.title)


def _claim(citation: Citation) -> str:
    return folded(citation.claim)


def _id(citation: Citation) -> str:
    return citation.id


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


def _is_alike(imported: Citation, entry: Citation) -> bool:
    return imported.kind is entry.kind


def _has_label(imported: Citation, entry: Citation) -> bool:
    return imported.kind is entry.kind and imported.label == entry.label


def _may_be(imported: Citation, entry: Citation) -> bool:
    return imported.kind is entry.kind and not _contradict(imported, entry)


def _leads_alike(imported: Citation, entry: Citation) -> bool:
    return imported.kind is entry.kind and _agree(_url_key(imported), _url_key(entry))


def _has_no_other_key(imported: Citation, entry: Citation) -> bool:
    return imported.kind is entry.kind and _agree(_key(imported), _key(entry))


def _is_any(_imported: Citation, _entry: Citation) -> bool:
    return True


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


_RULES: tuple[tuple[_Key, _Rule, bool], ...] = (
    (_first_place, _is_twin, False),
    (_key, _is_alike, True),
    (_key, _leads_alike, False),
    (_url_key, _has_label, True),
    (_url_key, _has_label, False),
    (_url_key, _has_no_other_key, False),
    (_url_key, _is_any, True),
    (_title, _has_label, True),
    (_title, _leads_alike, False),
    (_label, _may_be, True),
    (_claim, _may_be, True),
    (_first_place, _may_be, True),
    (_id, _may_be, True),
)
"""What both must have in common, what must hold besides, and whether only entries of the same document count (or, with
`_may_be`, a citation and an entry neither of which stands in any); from the surest to the least sure."""

_EVERYWHERE = tuple(dict.fromkeys(key_of for key_of, _, is_near in _RULES if not is_near))
