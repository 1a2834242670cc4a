"""The article in the state that a server hands to the program of its page (Next.js, Nuxt, and other programs' own)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

_MOST: Final = 4 * 1024 * 1024  # characters of one script
_ASSIGNED = re.compile(r"(?:window|self|globalThis)\s*(?:\.\s*[\w$]+|\[\s*[\"'][\w$]+[\"']\s*\])\s*=\s*(?=[{\[])")
_MARKUP = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)
_PROSE: Final = 6  # words, from which on a string is running text
_WORD = re.compile(r"[^\W\d_]{2,}")
_MAIN: Final = 0.6  # of the running text around: less is not the article
_MOST_VALUES: Final = 20_000
_DEEPEST: Final = 12


def told_by_state(scripts: Sequence[Any]) -> list[str]:
    """The running text of the largest article in a page's scripts of data, in order; none where there is none."""
    best: list[str] = []
    for script in scripts:
        text = (script.text or "")[:_MOST]
        value = _value(text, (script.get("type") or "").lower())
        found = _texts(_main(value)) if value is not None else []
        if sum(map(len, found)) > sum(map(len, best)):
            best = found
    return best


def _value(code: str, kind: str) -> Any:
    if "ld+json" in kind:
        return None
    start = 0
    if "json" not in kind:
        assigned = _ASSIGNED.search(code)
        if assigned is None:
            return None
        start = assigned.end()
    try:
        return json.JSONDecoder(strict=False).raw_decode(code[start:].lstrip())[0]
    except (ValueError, RecursionError):
        return None


def _main(value: Any) -> Any:
    """The smallest part that holds most of the running text of the part around it, and so on inwards."""
    size = _size(value)
    for _ in range(_DEEPEST):
        children = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        sizes = [_size(child) for child in children]
        largest = max(range(len(children)), key=sizes.__getitem__, default=None)
        if largest is None or not size or sizes[largest] < _MAIN * size:
            break
        value, size = children[largest], sizes[largest]
    return value


def _size(value: Any) -> int:
    return sum(len(text) for text in _strings(value) if _is_prose(text))


def _is_prose(text: str) -> bool:
    return len(_WORD.findall(text[:400])) >= _PROSE


def _texts(value: Any) -> list[str]:
    """The strings of running text in a value, markup taken out, in order."""
    from citekeeper.reading.tree import blocks, clean, parse

    found: list[str] = []
    for text in _strings(value):
        if not _is_prose(text):
            continue
        if _MARKUP.search(text):
            root = parse(text)
            found += [block.text for block in blocks(root)] if root is not None else []
        else:
            found += [line for line in map(clean, text.split("\n")) if line]
    return found


def _strings(value: Any) -> Iterator[str]:
    """The strings in a value, depth first, a bounded number of them."""
    stack, count = [value], 0
    while stack and count < _MOST_VALUES:
        here = stack.pop()
        count += 1
        if isinstance(here, str):
            yield here
        elif isinstance(here, dict):
            stack.extend(reversed(list(here.values())))
        elif isinstance(here, list):
            stack.extend(reversed(here))
