"""Reading citations.yaml: strict about what it knows, tolerant of what it does not, every error with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from citekeeper.errors import InputFileError, UsageError
from citekeeper.files import read_capped
from citekeeper.ids import is_valid_id
from citekeeper.model import Citation, Document, Expectation, Location, Review, TranslationLink
from citekeeper.register.tree import Flaw, Plain, Tree, child_of, collector_paused, key_text, parse
from citekeeper.schema.register import CitationEntry, RegisterFile
from citekeeper.schema.words import check_verdict
from citekeeper.settings_model import Settings, nearest_hint, plain_message, unknown_key

REGISTER_LIMIT = 64 << 20
"""Bytes of a register; ten thousand citations are some 10 MB."""

_TOP_KEYS = ("version", "documents", "settings", "citations")
_EXPECTED = {
    "private": "Write true or false.",
    "ignore": "Write true or false.",
    "kind": "Write citation or link.",
    "supports": "Write yes, partly or no.",
    "version": "Begin the file with “version: 1”; a higher number needs a newer citekeeper.",
    "expect": "Write one of the verdicts that “citekeeper check” shows.",
    "accept": "Write HTTP statuses as a list, e.g. [403].",
    "id": "Write for instance fn3; the archive's folder bears this name.",
    "url": "Write the whole address, with https://, or null where it is lost.",
    "archived": "Write the whole address of the copy, with https://.",
}


@dataclass(frozen=True)
class Register:
    """A citations.yaml that was read: its bytes, and what they say.

    ``settings`` holds only what the file names, as `settings.Settings` types the values; pass it to `load_settings`.
    """

    path: Path
    raw: bytes
    documents: tuple[Document, ...]
    settings: Mapping[str, Any]
    citations: tuple[Citation, ...]

    @cached_property
    def _tree(self) -> Tree:
        return parse(self.raw)

    def position(self, *keys: str | int) -> tuple[int, int]:
        """The 1-based line and column of a value, e.g. ``position("citations", 2, "url")``.

        Where there is no such value, that of the nearest one around it.
        """
        return self._tree.place(self._tree.index_of(keys))


def load(path: Path) -> Register:
    """Read and validate a register.

    Raises:
        UsageError: there is no such file.
        InputFileError: it cannot be read or is not a register; with line and column.
    """
    try:
        raw = read_capped(path, REGISTER_LIMIT)
    except FileNotFoundError as error:
        raise UsageError(
            f"{path} does not exist.",
            "Make it from your document with “citekeeper import DOC”, or name another file with --citations.",
        ) from error
    except OSError as error:
        raise InputFileError(str(path), f"cannot be read: {error.strerror}", "Make it a readable file.") from error
    return read_register(raw, path)


def read_register(raw: bytes, path: Path) -> Register:
    """The register that ``raw`` holds; ``path`` is for messages.

    Raises:
        InputFileError: see `load`.
    """
    with collector_paused():
        return validated(parsed(raw, path), raw, path)


def parsed(raw: bytes, path: Path) -> Tree:
    """The tree of a register's bytes.

    Raises:
        InputFileError: not YAML, or not UTF-8.
    """
    try:
        tree = parse(raw)
        _ = tree.plain  # duplicate keys and foreign tags show here
    except Flaw as flaw:
        raise flaw_error(flaw, raw, path) from flaw
    return tree


def flaw_error(flaw: Flaw, raw: bytes, path: Path) -> InputFileError:
    """A flaw with its line and column."""
    text = raw.decode("utf-8", "replace").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    line, column = Tree(text, None).place(flaw.index)
    return InputFileError(str(path), flaw.message, flaw.hint, line=line, column=column)


def validated(tree: Tree, raw: bytes, path: Path) -> Register:
    """The register of a parsed tree.

    Raises:
        InputFileError: a value is of the wrong kind; the first one in the file is named.
    """
    try:
        model = _modelled(tree)
        _refuse_duplicate_ids(tree, model)
    except Flaw as flaw:
        raise flaw_error(flaw, raw, path) from flaw
    given = model.settings.model_dump(exclude_unset=True)
    return Register(
        path=path,
        raw=raw,
        documents=tuple(Document(d.source, d.title, d.language, d.sha256) for d in model.documents),
        settings=MappingProxyType(given),
        citations=tuple(_citation(entry) for entry in model.citations),
    )


def _modelled(tree: Tree) -> RegisterFile:
    values = tree.plain
    if values is None:
        raise Flaw(
            0, "the file is empty; expected “version: 1” and “citations:”", "Fill it with “citekeeper import DOC”."
        )
    if not isinstance(values, dict):
        raise Flaw(
            tree.index_of(()), "expected keys such as “citations:” at the top", "Begin the file with “version: 1”."
        )
    _refuse_misspelt_top_keys(tree, values)
    _refuse_misspelt_private(tree, values)
    settings = values.get("settings")
    if isinstance(settings, dict):
        values = {**values, "settings": _settings(tree, settings)}
    try:
        return RegisterFile.model_validate(values)
    except ValidationError as error:
        raise _first_flaw(tree, error) from error


def _refuse_misspelt_top_keys(tree: Tree, values: Mapping[str, Plain]) -> None:
    missing = [name for name in _TOP_KEYS if name not in values]
    for name in values:
        near = difflib.get_close_matches(name.lower(), missing, n=1, cutoff=0.75) if name not in _TOP_KEYS else []
        if near:
            raise Flaw(_key_index(tree, (), name), f"unknown key “{name}”", f"Did you mean “{near[0]}”?")


def _refuse_misspelt_private(tree: Tree, values: Mapping[str, Plain]) -> None:
    """Unknown keys of a citation are kept; but one that was meant to say “private” would disclose what it protects."""
    entries = values.get("citations")
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        for name in entry if isinstance(entry, dict) else ():
            if name != "private" and _is_like_private(name):
                place = _key_index(tree, ("citations", number), name)
                raise Flaw(place, f"unknown key “{name}”", "Did you mean “private”?")


@lru_cache(maxsize=1024)
def _is_like_private(name: str) -> bool:
    return difflib.SequenceMatcher(None, name.lower(), "private").ratio() > 0.8


def _settings(tree: Tree, settings: Mapping[str, Plain]) -> dict[str, Plain]:
    """The settings, with names that are known; a list left empty is the empty list."""
    values: dict[str, Plain] = {}
    for written, value in settings.items():
        name = written.replace("-", "_")
        if name not in Settings.model_fields:
            raise Flaw(
                _key_index(tree, ("settings",), written), f"there is no setting “{written}”", nearest_hint(written)
            )
        if name in values:
            raise Flaw(_key_index(tree, ("settings",), written), f"the setting “{name}” stands twice", "Remove one.")
        if name == "hosts" and isinstance(value, dict):
            _refuse_unknown_verdicts(tree, written, value)
        empty: Plain = [] if Settings.model_fields[name].default_factory is list else None
        values[name] = empty if value is None else value
    return {name: value for name, value in values.items() if value is not None}


def _refuse_unknown_verdicts(tree: Tree, written: str, hosts: Mapping[str, Plain]) -> None:
    for host, rule in hosts.items():
        try:
            check_verdict(rule.get("expect") if isinstance(rule, dict) else None)
        except ValueError as error:
            raise Flaw(tree.index_of(("settings", written, host, "expect")), str(error), _EXPECTED["expect"]) from error


def _key_index(tree: Tree, parents: tuple[str | int, ...], name: str) -> int:
    node = tree.root
    for key in parents:
        node = child_of(node, key) if node is not None else None
    for key, _ in node.value if node is not None else ():
        if key_text(key) == name:
            return int(key.start_mark.index)
    return tree.index_of(parents)


def _first_flaw(tree: Tree, error: ValidationError) -> Flaw:
    """The first error in the order of the file, in plain words."""
    flaws = []
    for item in error.errors(include_url=False):
        keys = tuple(key for key in item["loc"] if not str(key).startswith("function-"))
        flaws.append((tree.index_of(keys), keys, item))
    index, keys, item = min(flaws, key=lambda flaw: flaw[0])
    field = next((str(key) for key in reversed(keys) if isinstance(key, str)), "")
    if item["type"] == "missing":
        return Flaw(index, f"this entry has no “{field}”", _EXPECTED.get(field, f"Add a line “{field}: …”."))
    if unknown := unknown_key(item["type"], keys):
        return Flaw(_key_index(tree, keys[:-1], field), *unknown)
    message = _plain_words(item, field)
    more = f" ({len(flaws) - 1} more below.)" if len(flaws) > 1 else ""
    return Flaw(index, message, _EXPECTED.get(field, "Correct or remove it.") + more)


def _plain_words(item: Any, field: str) -> str:
    kinds = {
        "list_type": "expected a list, each item after “- ” or all in [ ]",
        "string_type": "expected a text",
        "model_type": "expected keys and values",
        "dict_type": "expected keys and values",
        "model_attributes_type": "expected keys and values",
        "bool_parsing": "expected true or false",
        "bool_type": "expected true or false",
        "int_parsing": "expected a whole number",
        "int_type": "expected a whole number",
    }
    expected = kinds.get(item["type"])
    found = item.get("input")
    if expected is None:
        return f"{field}: {plain_message(item)}"
    stands = (
        "" if isinstance(found, list | dict) else f", but {'nothing' if found is None else f'“{found}”'} stands there"
    )
    return f"{field}: {expected}{stands}"


def _refuse_duplicate_ids(tree: Tree, model: RegisterFile) -> None:
    places: dict[str, int] = {}
    for place, entry in enumerate(model.citations):
        first = places.setdefault(entry.id.casefold(), place)
        if first != place:
            line, _ = tree.place(tree.index_of(("citations", first, "id")))
            free = free_id(entry.id, places)
            raise Flaw(
                tree.index_of(("citations", place, "id")),
                f"the id “{entry.id}” stands in line {line} already",
                f"Give one of the two another id, e.g. {free}.",
            )


def free_id(
    wanted: str, taken: Mapping[str, object] | set[str], jumps: dict[tuple[str, int], int] | None = None
) -> str:
    """``wanted``, or the first free of wanted-2, wanted-3, …; a link, whose number says nothing, takes the next one.

    Args:
        wanted: the id to have.
        taken: the ids that are given away.
        jumps: where no id becomes free again, filled with the numbers to go on from, so that many questions for ids
            that are taken are answered in little more time than one.
    """
    jumps = {} if jumps is None else jumps
    base = wanted if is_valid_id(wanted) else "source"
    numbered = re.fullmatch(r"link-([0-9]{1,9})", base)
    stem, number = ("link", int(numbered[1])) if numbered else (base, 1)
    candidate = base
    passed = []
    while candidate in taken:
        passed.append((stem, number))
        number = jumps.get((stem, number), number + 1)
        suffix = f"-{number}"
        candidate = stem[: 64 - len(suffix)] + suffix
    jumps.update(dict.fromkeys(passed, number))
    return candidate


def _citation(entry: CitationEntry) -> Citation:
    return Citation(
        id=entry.id,
        label=entry.label,
        key=entry.key,
        kind=entry.kind,
        claim=entry.claim,
        title=entry.title,
        publisher=entry.publisher,
        language=entry.language,
        published=entry.published,
        accessed=entry.accessed,
        url=entry.url,
        private=entry.private,
        quotes=tuple(entry.quotes),
        numbers=tuple(entry.numbers),
        found_in=tuple(Location(f.file, f.line, f.column, f.page) for f in entry.found_in),
        archived=tuple(url for url in entry.archived if url),
        translations=tuple(TranslationLink(t.language, t.by, t.title, t.url, t.accessed) for t in entry.translations),
        reviews=tuple(Review(r.by, r.on, r.supports, r.note, r.capture) for r in entry.reviews),
        note=entry.note,
        expectation=Expectation(tuple(entry.accept), entry.expect, entry.ignore),
        declared_public="private" in entry.model_fields_set and not entry.private,
    )
