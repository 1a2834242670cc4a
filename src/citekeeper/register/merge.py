"""Bringing into the register what importers found in documents, without undoing what a person wrote there.

A value that stands in the register stays; an empty or missing one is filled. What a document says otherwise is told
(`MergeResult.kept`), not taken over. The register is changed as plain values, and `splice` writes the difference.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from citekeeper import urls
from citekeeper.errors import InputFileError, UsageError
from citekeeper.model import Citation, Document, Imported
from citekeeper.register.load import flaw_error, free_id, parsed, validated
from citekeeper.register.match import Known, folded, same_source
from citekeeper.register.proposals import Proposal, Propose, add_proposals
from citekeeper.register.render import Bare, clean
from citekeeper.register.splice import rewrite
from citekeeper.register.tree import Flaw, Plain, collector_paused

NEW_REGISTER = """\
# The sources of the documents below, kept verifiable by citekeeper. Edit freely: what you write here stays.
version: 1

documents: []

settings:
  # Who may be told about your sources. Remove a name and it is told nothing; [] tells nobody.
  #   wayback  the Internet Archive: every cited URL that is not private is looked up in the Wayback Machine, and, where
  #            you have set keys, saved there for everyone to see
  #   google   Google Translate: the text of sources in a foreign language that are not private is sent to be translated
  # A citation with “private: true” is told to nobody but the source itself.
  services: [wayback, google]
  translate_to: [en]

citations: []
"""

_ORDER = (
    *("id", "label", "key", "kind", "claim", "title", "publisher", "language", "published", "accessed", "url"),
    *("private", "quotes", "numbers", "found_in", "archived", "translations", "reviews", "note"),
    *("accept", "expect", "ignore"),
)
_DOCUMENT_ORDER = ("source", "title", "language", "sha256")
_LOCATION_ORDER = ("file", "line", "column", "page")
_TRANSLATION_ORDER = ("language", "by", "title", "url", "accessed")
_OF_ONE_DOCUMENT = frozenset({"label", "claim", "key", "kind", "accessed"})
"""Fields that say how one document cites; another document's differ without any of them being wrong."""

Entry = dict[str, Plain]


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a merge made of the register.

    Attributes:
        data: the register's new bytes.
        added: ids of new citations.
        filled: (id, field) that were empty and now are not.
        kept: (id, field, why) where the register and the document differ and the register's value stays.
        unchanged: whether ``data`` is what was there before.
        names: for each import, the register's id by the id that the importer gave: an id may have been taken.
        addressed: ids of citations that have a URL, from the document or from a person.
        proposed: ids of entries whose new claim has quotes or figures to confirm.
    """

    data: bytes
    added: tuple[str, ...]
    filled: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str, str], ...]
    unchanged: bool
    names: tuple[Mapping[str, str], ...] = ()
    addressed: frozenset[str] = frozenset()
    proposed: tuple[str, ...] = ()


def merge(
    register_bytes: bytes | None, imports: Sequence[Imported], *, path: Path, propose: Propose | None = None
) -> MergeResult:
    """Bring documents' citations into a register.

    Args:
        register_bytes: the register as it is; None for a new one.
        imports: what importers read.
        path: the register's path, for messages.
        propose: reads quotes and figures out of a new claim; they become comments in the entry.

    Raises:
        InputFileError: the register is not valid, or is laid out so that it cannot be changed without harm.
    """
    with collector_paused():
        return _merge(register_bytes, imports, path, propose)


def _merge(
    register_bytes: bytes | None, imports: Sequence[Imported], path: Path, propose: Propose | None
) -> MergeResult:
    before = NEW_REGISTER.encode() if register_bytes is None or not register_bytes.strip() else register_bytes
    if register_bytes is not None and before is not register_bytes:
        register_bytes = None
    tree = parsed(before, path)
    register = validated(tree, before, path)
    values: Any = tree.plain
    merger = _Merger(dict(values), list(register.documents), list(register.citations))
    names = tuple(merger.bring(imported) for imported in imports)
    try:
        data = before if merger.values == tree.plain else rewrite(tree, merger.values)
    except Flaw as flaw:
        raise flaw_error(flaw, before, path) from flaw
    proposals = merger.proposals(propose) if propose is not None else {}
    if data is not before:
        validated(parsed(data, path), data, path)
        data = add_proposals(data, proposals)
    return MergeResult(
        data,
        tuple(merger.added),
        tuple(merger.filled),
        tuple(dict.fromkeys(merger.kept)),
        data == register_bytes,
        names,
        frozenset(citation.id for citation in merger.citations if citation.url),
        tuple(proposals),
    )


def update(data: bytes, citation_id: str, changes: Mapping[str, Any], *, path: Path) -> bytes:
    """Set fields of one citation.

    Args:
        data: the register as it is.
        citation_id: which citation.
        changes: new values by field: texts, dates, numbers, booleans, lists, mappings, or model dataclasses. None
            removes a field; a lost URL becomes ``null``.
        path: the register's path, for messages.

    Raises:
        UsageError: no citation has that id.
        InputFileError: the register is not valid, would not be, or cannot be changed without harm.
    """
    return update_all(data, {citation_id: changes}, path=path)


def update_all(data: bytes, changes: Mapping[str, Mapping[str, Any]], *, path: Path) -> bytes:
    """Set fields of several citations, which takes as long as setting those of one; see `update`.

    Raises:
        UsageError: no citation has one of the ids.
        InputFileError: see `update`.
    """
    with collector_paused():
        return _update(data, changes, path)


def _update(data: bytes, changes: Mapping[str, Mapping[str, Any]], path: Path) -> bytes:
    tree = parsed(data, path)
    register = validated(tree, data, path)
    places = {citation.id: place for place, citation in enumerate(register.citations)}
    values: Any = dict(tree.plain)  # type: ignore[arg-type]
    values["citations"] = list(values.get("citations") or ())
    for citation_id, fields in changes.items():
        if citation_id not in places:
            near = difflib.get_close_matches(citation_id, places, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"“citekeeper check” lists the ids in {path}."
            raise UsageError(f"{path} has no citation “{citation_id}”.", hint)
        place = places[citation_id]
        entry = dict(values["citations"][place])
        for field, value in fields.items():
            if value is None and field != "url":
                entry.pop(field, None)
            else:
                _put(entry, field, to_plain(value), _ORDER)
        values["citations"][place] = entry
    if values == tree.plain:
        return data
    try:
        changed = rewrite(tree, values)
    except Flaw as flaw:
        raise flaw_error(flaw, data, path) from flaw
    try:
        validated(parsed(changed, path), changed, path)
    except InputFileError as error:
        names = ", ".join(f"“{citation_id}”" for citation_id in changes)
        raise InputFileError(
            str(path), f"the change to {names} is not possible: {error.message}", error.hint
        ) from error
    return changed


# ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def to_plain(value: Any) -> Plain:
    """A value of the model as the register writes it; empty fields of a dataclass are left out."""
    if value is None:
        return None
    if isinstance(value, bool):
        return Bare("true" if value else "false")
    if isinstance(value, date):
        return Bare(value.isoformat()[:10])
    if isinstance(value, int | float):
        return Bare(value)
    if isinstance(value, Bare):
        return value
    if isinstance(value, str):
        return clean(str(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {name: to_plain(item) for name, item in fields if item is not None}
    if isinstance(value, Mapping):
        return {clean(str(key)): to_plain(item) for key, item in value.items()}
    return [to_plain(item) for item in value]


def entry_of(citation: Citation) -> Entry:
    """A citation as its entry in the register: a lost URL is null, other empty fields are left out."""
    entry: Entry = {}
    for name in _ORDER[:-3]:
        value = getattr(citation, name)
        if name == "url":
            entry["url"] = to_plain(value)
        elif name == "private":
            if citation.private or citation.declared_public:
                entry[name] = to_plain(citation.private)
        elif value is not None and value != ():
            entry[name] = to_plain(value)
    expected = citation.expectation
    for name, value in (("accept", expected.accept), ("expect", expected.expect), ("ignore", expected.ignore)):
        if value:
            entry[name] = to_plain(value)
    return entry


def _put(entry: Entry, field: str, value: Plain, order: Sequence[str]) -> None:
    """Set a field; a new one goes behind the fields that come before it in ``order``."""
    if field in entry or field not in order:
        entry[field] = value
        return
    before = set(order[: order.index(field)])
    names = list(entry)
    place = max((names.index(name) + 1 for name in names if name in before), default=0)
    items = list(entry.items())
    entry.clear()
    entry.update([*items[:place], (field, value), *items[place:]])


def _is_same(one: Plain, other: Plain, field: str) -> bool:
    """Whether two values say the same, however they are written."""
    if isinstance(one, str) and isinstance(other, str):
        if field == "url":
            return one == other or urls.same_document_key(one) == urls.same_document_key(other)
        return folded(one) == folded(other)
    if isinstance(one, list) and isinstance(other, list):
        return {folded(str(item)) for item in other} <= {folded(str(item)) for item in one}
    return one == other


def _shown(value: Plain) -> str:
    text = ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
    return urls.shown(text, 80)


class _Merger:
    """The register's values while documents are brought in; ``values`` is replaced, never changed in place."""

    def __init__(self, values: dict[str, Plain], documents: list[Document], citations: list[Citation]) -> None:
        self.values = values
        self._known = Known(documents, citations)
        self.added: list[str] = []
        self.filled: list[tuple[str, str]] = []
        self.kept: list[tuple[str, str, str]] = []
        self._entries: list[Any] = list(values.get("citations") or ())
        self._ids = {citation.id for citation in citations}
        self._jumps: dict[tuple[str, int], int] = {}

    @property
    def citations(self) -> Sequence[Citation]:
        """The register's entries, as far as documents have been brought in."""
        return self._known.citations

    def bring(self, imported: Imported) -> dict[str, str]:
        """Merge one document; returns the register's ids by the document's."""
        self._document(imported.document)
        pairs = self._known.pairs(imported.document, imported.citations)
        for place, citation in enumerate(imported.citations):
            usable = self._usable(citation)
            if place in pairs:
                self._fill(pairs[place], usable, imported.document)
            else:
                pairs[place] = len(self.citations)
                self._append(usable)
        self._put_top("citations", self._entries)
        return {citation.id: self.citations[pairs[place]].id for place, citation in enumerate(imported.citations)}

    def _put_top(self, name: str, entries: list[Any]) -> None:
        if entries or self.values.get(name):
            _put(self.values, name, entries, ("version", "documents", "settings", "citations"))

    def _usable(self, citation: Citation) -> Citation:
        """A citation whose URL no browser could open keeps the text of it in its note, where a person sees it."""
        if citation.url is None or urls.is_web_url(citation.url):
            return citation
        note = f"The document's address is no web address: {citation.url}"
        return dataclasses.replace(citation, url=None, note=f"{citation.note} {note}" if citation.note else note)

    def proposals(self, propose: Propose) -> dict[str, Proposal]:
        """What the claims that came with this merge propose, for fields that the entry does not have."""
        new = {*self.added, *(name for name, field in self.filled if field == "claim")}
        found: dict[str, Proposal] = {}
        for entry in self._entries:
            if entry.get("id") not in new or entry.get("kind") == "link" or not entry.get("claim"):
                continue
            quotes, numbers = propose(str(entry["claim"]))
            proposal = {"quotes": quotes, "numbers": numbers}
            proposal = {field: texts for field, texts in proposal.items() if texts and field not in entry}
            if proposal:
                found[str(entry["id"])] = proposal
        return found

    # ── documents ──

    def _document(self, document: Document) -> None:
        entries: list[Any] = list(self.values.get("documents") or ())
        place = self._known.place_of(document)
        if place is None:
            entries.append(to_plain(document))
            self._known.add_document(document)
        else:
            entry = dict(entries[place])
            for name in _DOCUMENT_ORDER[1:]:
                value = getattr(document, name)
                if value is not None and (name == "sha256" or entry.get(name) is None):
                    _put(entry, name, clean(value), _DOCUMENT_ORDER)
            entries[place] = entry
        self._put_top("documents", entries)

    # ── citations ──

    def _append(self, citation: Citation) -> None:
        citation = dataclasses.replace(citation, id=free_id(citation.id, self._ids, self._jumps))
        self._ids.add(citation.id)
        self._known.add(citation)
        self._entries.append(entry_of(citation))
        self.added.append(citation.id)

    def _fill(self, place: int, citation: Citation, document: Document) -> None:
        entry = dict(self._entries[place])
        known = self.citations[place]
        same = self._known.cites(known, document)
        for field, value in entry_of(citation).items():
            if field in ("id", "found_in", "translations") or value is None:
                continue
            if entry.get(field) is None:
                if field == "kind" or (field == "note" and value == entry.get(field)):
                    continue
                _put(entry, field, value, _ORDER)
                self.filled.append((known.id, field))
            elif not _is_same(entry[field], value, field) and (same or field not in _OF_ONE_DOCUMENT):
                self._keep(known.id, field, value, document)
        self._locate(entry, citation)
        self._translate(known.id, entry, citation, document)
        self._entries[place] = entry
        self._known.put(place, self._filled_citation(known, citation))

    def _keep(self, citation_id: str, field: str, value: Plain, document: Document) -> None:
        self.kept.append((citation_id, field, f"{document.source} says “{_shown(value)}”; the register's value stays"))

    @staticmethod
    def _filled_citation(known: Citation, citation: Citation) -> Citation:
        """The citation as the next document of the same merge will find it."""
        names = ("label", "key", "claim", "title", "publisher", "language", "published", "accessed", "url")
        missing = {name: getattr(citation, name) for name in names if getattr(known, name) is None}
        others = tuple(loc for loc in known.found_in if loc.file not in {new.file for new in citation.found_in})
        return dataclasses.replace(known, **missing, found_in=others + citation.found_in)

    def _locate(self, entry: Entry, citation: Citation) -> None:
        """Where the document cites it now: its places are updated, those in other documents stay."""
        places: list[Any] = list(entry.get("found_in") or ())
        new: list[Any] = [to_plain(loc) for loc in citation.found_in]
        if not new:
            return
        here = [i for i, place in enumerate(places) if same_source(place["file"], new[0]["file"])]
        for index, wanted in zip(here, new, strict=False):
            places[index] = _moved(places[index], wanted)
        if len(new) > len(here):
            at = here[-1] + 1 if here else len(places)
            places[at:at] = new[len(here) :]
        for index in reversed(here[len(new) :]):
            del places[index]
        if places != (entry.get("found_in") or []):
            _put(entry, "found_in", places, _ORDER)

    def _translate(self, citation_id: str, entry: Entry, citation: Citation, document: Document) -> None:
        """The document's translations: one in a language that is there is filled in, one in another is added."""
        if not citation.translations or entry.get("translations") == []:
            return
        known: list[Any] = list(entry.get("translations") or ())
        before = list(known)
        for offered in citation.translations:
            new: Any = to_plain(offered)
            place = next((i for i, e in enumerate(known) if _is_same_translation(e, new)), None)
            if place is None:
                known.append(new)
                continue
            merged = dict(known[place])
            for field, value in new.items():
                if merged.get(field) is None:
                    _put(merged, field, value, _TRANSLATION_ORDER)
                elif not _is_same(merged[field], value, field):
                    self._keep(citation_id, f"translations.{field}", value, document)
            known[place] = merged
        if known != before:
            _put(entry, "translations", known, _ORDER)
            self.filled.append((citation_id, "translations"))


def _moved(place: Entry, wanted: Entry) -> Entry:
    moved = dict(place)
    for name in _LOCATION_ORDER[1:]:
        if wanted.get(name) is not None:
            if moved.get(name) != wanted[name]:
                _put(moved, name, wanted[name], _LOCATION_ORDER)
        elif moved.get(name) is not None:
            del moved[name]
    return moved


def _is_same_translation(known: Entry, new: Entry) -> bool:
    if str(known.get("language")).casefold() != str(new.get("language")).casefold():
        return False
    return known.get("by") is None or new.get("by") is None or folded(str(known["by"])) == folded(str(new["by"]))
