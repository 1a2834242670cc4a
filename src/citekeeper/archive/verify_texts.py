"""Whether a capture's text is the one that was sealed, its translations are of it, and its page is a harmless one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from citekeeper.archive.folders import is_lfs_pointer
from citekeeper.archive.manifest import Manifest
from citekeeper.archive.numbers import LATER_FILE
from citekeeper.archive.texts import LARGEST, reading_from_json, text_sha256, translation_from_json
from citekeeper.files import read_capped
from citekeeper.model import Reading, Translation

Finding = tuple[str, str, str]
"""File, code and message."""

_NAME = "text.json"
_LABEL = "machine translation"
_PAGE = "page.html"
_BEGINNING = 1 << 16
# On the html element, which stands before the policy, nothing that the policy would have to keep in check.
_GUARDED = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<!DOCTYPE html(?: PUBLIC "[^">]*" "[^">]*")?>)?\s*"""
    rb"""<html(?:\s+(?:(?:class|dir|id|lang|(?:data|aria|_ngcontent|_nghost)-[a-z0-9_-]+)(?:="[^"]*")?|"""
    rb"""style="[^"(\\]*"))*\s*>\s*<head>\s*<meta charset="utf-8">\s*"""
    rb"""<meta http-equiv="Content-Security-Policy" content="default-src 'none';"""
)


def check_text(
    folder: Path, listed: Sequence[str], manifest: Mapping[str, Any]
) -> tuple[Reading | None, list[Finding]]:
    """The text of a capture, if it is here, and what is wrong with it."""
    path = folder / _NAME
    if _NAME not in listed or not path.is_file() or is_lfs_pointer(path):
        return None, []
    try:
        reading = reading_from_json(read_capped(path, LARGEST))
    except (OSError, ValueError) as error:
        return None, [(_NAME, "text-invalid", f"It is not a text file: {_why(error)}.")]
    said = {"charset": reading.charset, "charset_reason": reading.charset_reason, "text_sha256": text_sha256(reading)}
    named = {"text_sha256": "hash of its normalised text"}
    return reading, [
        (_NAME, "text-differs-from-manifest", f"The {named.get(name, name)} is not the manifest's {name}.")
        for name, value in said.items()
        if value != manifest.get(name)
    ]


def check_page(folder: Path, listed: Sequence[str]) -> Iterator[Finding]:
    """Whether page.html begins as every such file does: with what keeps scripts and the network out of what follows.

    That it is as it was sealed is seen by its hash; here, who seals a page of their own does not get it opened as ours.
    """
    path = folder / _PAGE
    if _PAGE not in listed or not path.is_file() or path.is_symlink() or is_lfs_pointer(path):
        return
    try:
        with path.open("rb") as stream:
            beginning = stream.read(_BEGINNING)
            is_guarded = _GUARDED.match(beginning) or _GUARDED.match(beginning + stream.read(LARGEST))
    except OSError:
        return  # which is told where files are compared
    if not is_guarded:
        message = "It does not begin with the policy that lets no script run and nothing be fetched: mind opening it."
        yield _PAGE, "page-unguarded", message


def check_translations(
    folder: Path, listed: Sequence[str], first: Manifest, reading: Reading | None
) -> Iterator[Finding]:
    """What is wrong with the translations; ``reading`` is None where the text is not here to compare."""
    sources = {str(first.fields.get("text_sha256")), *(file.sha256 for file in first.files)}
    for name in dict.fromkeys(listed):
        path = folder / name
        if not re.fullmatch(r"text\..+\.json", name) or not path.is_file() or is_lfs_pointer(path):
            continue
        try:
            translation = translation_from_json(read_capped(path, LARGEST))
        except (OSError, ValueError) as error:
            yield name, "translation-invalid", f"It is not a translation: {_why(error)}."
            continue
        for why in _differences(name, translation, sources, reading):
            yield name, "translation-differs", why


def _differences(name: str, translation: Translation, sources: set[str], reading: Reading | None) -> Iterator[str]:
    match = LATER_FILE.fullmatch(name)
    if match is None or match["stem"] != f"text.{translation.language}":
        yield f"It says that it is in {translation.language[:40]}, which is not what its name says."
    if translation.source_sha256 not in sources:
        yield "It says that it translates another text than this capture's."
    if reading is not None and len(translation.paragraphs) != len(reading.paragraphs):
        yield f"It has {len(translation.paragraphs)} paragraphs, and the text {len(reading.paragraphs)}."
    if translation.label != _LABEL:
        yield f"It is not labelled “{_LABEL}”, as everything that a machine translated is."


def _why(error: OSError | ValueError) -> str:
    return str((isinstance(error, OSError) and error.strerror) or error)
