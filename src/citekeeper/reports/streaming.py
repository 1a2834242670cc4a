"""JSON documents in pieces: what ``json.dumps(…, indent=2)`` gives, without a long list having to be in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from citekeeper.printing import escape_unsafe_json

_STEP = "  "
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=len(_STEP)).encode


class Rows:
    """A list in a document whose items are made as they are written.

    Args:
        make: gives the JSON value of an item.
        items: what the values are made of.
    """

    def __init__(self, make: Callable[[Any], Any], items: Iterable[Any]) -> None:
        self._make, self._items = make, items

    def __iter__(self) -> Iterator[Any]:
        return map(self._make, self._items)


def in_full(value: Any) -> Any:
    """A document with its Rows as lists."""
    if isinstance(value, Rows):
        return list(value)
    if isinstance(value, dict):
        return {name: in_full(item) for name, item in value.items()}
    return [in_full(item) for item in value] if isinstance(value, list) else value


def encoded(document: Any) -> Iterator[str]:
    """A document as text, indented for people and diffs, ending in a line feed; what acts on a screen is escaped."""
    yield from map(escape_unsafe_json, _pieces(document, 0))
    yield "\n"


def _pieces(value: Any, level: int) -> Iterator[str]:
    if not _holds_rows(value):
        yield _encode(value).replace("\n", "\n" + level * _STEP)  # within texts, line feeds are escaped
        return
    is_mapping = isinstance(value, dict)
    opening, closing = "{}" if is_mapping else "[]"
    line = "\n" + (level + 1) * _STEP
    before = opening
    for item in value.items() if is_mapping else value:
        name, inner = (f"{_encode(item[0])}: ", item[1]) if is_mapping else ("", item)
        yield f"{before}{line}{name}"
        yield from _pieces(inner, level + 1)
        before = ","
    yield opening + closing if before == opening else f"\n{level * _STEP}{closing}"


def _holds_rows(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_rows, value.values()))
    return isinstance(value, Rows) or (isinstance(value, list) and any(map(_holds_rows, value)))
