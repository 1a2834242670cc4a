"""text.json and text.<lang>.json, and the hash by which two captures are said to have one content."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Any

from citekeeper.clock import iso
from citekeeper.model import Reading, Translation
from citekeeper.tags import is_language_tag

LARGEST = 32 * 1024 * 1024
"""Bytes of a text.json or text.<lang>.json; no reading has so much text."""

_VALUES = (b'",', b"{", b"[", b"null")
_MOST_VALUES = 500_000  # of a kind; parsed, each takes up to sixty bytes
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def to_json(value: object) -> bytes:
    """A JSON file as this room writes it: UTF-8, two spaces, keys in the order given, a line end at the end."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return utf8(text) + b"\n"


def utf8(text: str) -> bytes:
    """``text`` as UTF-8; lone surrogates, which no file may hold, become U+FFFD, everywhere alike."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode("utf-8")


def normalised(reading: Reading) -> str:
    """The text for comparing: NFC, no invisible characters, runs of white space as one space, no empty paragraphs."""
    lines = (" ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", p)).split()) for p in reading.paragraphs)
    return "\n".join(line for line in lines if line)


def text_sha256(reading: Reading | None) -> str | None:
    """SHA-256 of the normalised text; None where there is no text to compare by."""
    text = normalised(reading) if reading is not None else ""
    return hashlib.sha256(utf8(text)).hexdigest() if text else None


def plain_text(reading: Reading) -> bytes:
    """The text as the WARC's conversion record holds it: paragraphs joined by blank lines, UTF-8."""
    return utf8(reading.text)


def reading_to_json(reading: Reading) -> bytes:
    """The content of text.json."""
    # Told only where paragraphs differ: as many entries as paragraphs, null for those in the text's own language.
    others = {"languages": list(reading.languages)} if any(reading.languages) else {}
    frames = {"frames": reading.frames, "frames_unread": reading.frames_unread}
    return to_json(
        {
            "title": reading.title,
            "authors": list(reading.authors),
            "published": reading.published.isoformat() if reading.published else None,
            "language": reading.language,
            "charset": reading.charset,
            "charset_reason": reading.charset_reason,
            "extractor": reading.extractor,
            **{name: list(urls) for name, urls in frames.items() if urls},
            "paragraphs": list(reading.paragraphs),
            **others,
            **({"beside": list(reading.beside)} if reading.beside else {}),
        }
    )


def reading_from_json(data: bytes) -> Reading:
    """Read text.json back.

    Raises:
        ValueError: it is not such a file.
    """
    value = _object(data)
    paragraphs = value.get("paragraphs")
    if not isinstance(paragraphs, list) or not all(isinstance(p, str) for p in paragraphs):
        raise ValueError("“paragraphs” is not a list of strings")
    published = _text(value, "published")
    return Reading(
        paragraphs=tuple(paragraphs),
        title=_text(value, "title"),
        authors=_strings(value, "authors"),
        published=date.fromisoformat(published) if published else None,
        language=_text(value, "language"),
        charset=_text(value, "charset"),
        charset_reason=_text(value, "charset_reason"),
        extractor=_text(value, "extractor"),
        languages=_languages(value, len(paragraphs)),
        frames=_strings(value, "frames"),
        frames_unread=_strings(value, "frames_unread"),
        beside=_strings(value, "beside"),
    )


def _languages(value: dict[str, Any], paragraphs: int) -> tuple[str | None, ...]:
    found = value.get("languages") or []
    if not isinstance(found, list) or len(found) not in (0, paragraphs):
        raise ValueError("“languages” is not a list with an entry for each paragraph")
    if not all(tag is None or (isinstance(tag, str) and is_language_tag(tag)) for tag in found):
        raise ValueError("“languages” holds something that is no language")
    return tuple(found)


def _strings(value: dict[str, Any], key: str) -> tuple[str, ...]:
    found = value.get(key) or []
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise ValueError(f"“{key}” is not a list of strings")
    return tuple(found)


def _engines(value: dict[str, Any]) -> tuple[str | None, ...]:
    found = value.get("engines") or []
    if not isinstance(found, list) or not all(e is None or isinstance(e, str) for e in found):
        raise ValueError("“engines” is not a list of strings and nulls")
    return tuple(found)


def translation_to_json(translation: Translation) -> bytes:
    """The content of text.<lang>.json."""
    return to_json(
        {
            "label": translation.label,
            "language": translation.language,
            "engine": translation.engine,
            "version": translation.version,
            "made_at": iso(translation.made_at),
            "source_sha256": translation.source_sha256,
            "paragraphs": list(translation.paragraphs),
            "engines": list(translation.engines),
            "warnings": list(translation.warnings),
        }
    )


def translation_from_json(data: bytes) -> Translation:
    """Read text.<lang>.json back.

    Raises:
        ValueError: it is not such a file.
    """
    value = _object(data)
    paragraphs = value.get("paragraphs")
    if not isinstance(paragraphs, list) or not all(p is None or isinstance(p, str) for p in paragraphs):
        raise ValueError("“paragraphs” is not a list of strings and nulls")
    return Translation(
        language=str(value.get("language")),
        engine=str(value.get("engine")),
        version=str(value.get("version")),
        made_at=moment(value.get("made_at")),
        source_sha256=str(value.get("source_sha256")),
        paragraphs=tuple(paragraphs),
        engines=_engines(value),
        warnings=_strings(value, "warnings"),
        label=str(value.get("label") or "machine translation"),
    )


def moment(value: object) -> datetime:
    """An RFC 3339 time as a value.

    Raises:
        ValueError: it is none, or names no offset.
    """
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a time")  # noqa: TRY004 — the file is wrong
    parsed = datetime.fromisoformat(value)
    if parsed.tzinfo is None:
        raise ValueError(f"{value!r} names no offset from UTC")
    return parsed.astimezone(UTC)


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """For ``json.loads``: an object whose names are each given once. Of two values, readers differ on which counts.

    Raises:
        ValueError: one is given twice.
    """
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return value


def _object(data: bytes) -> dict[str, Any]:
    if any(data.count(mark) > _MOST_VALUES for mark in _VALUES):
        raise ValueError("it holds more than any text does")
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=unique)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 — the file is wrong, not the caller
    return value


def _text(value: dict[str, Any], key: str) -> str | None:
    found = value.get(key)
    if found is not None and not isinstance(found, str):
        raise ValueError(f"“{key}” is not a string")
    return found
