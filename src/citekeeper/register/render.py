"""Plain values as YAML text: on one line (flow style) or over several (block), quoted only where YAML needs it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from citekeeper.register.tree import Plain

INLINE_KEYS = frozenset({"numbers", "accept"})
"""Lists of short values that are written on one line; other lists get a line for each item."""

INLINE_ITEM_KEYS = frozenset({"found_in"})
"""Lists whose mappings are written on one line each: a new location is one new line."""

SPACED_KEYS = frozenset({"citations"})
"""Lists with a blank line between their items."""


class Bare(str):
    """A text that is written without quotes although it reads as a date, number or boolean: because it is one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is laid out: line end, the dash's offset under its key, the text's offset after the dash."""

    newline: str = "\n"
    dash_offset: int = 2
    item_offset: int = 2
    json: bool = False  # the file quotes its keys, as JSON does


# As it is: everything printable in any script. Escaped: control characters, line and paragraph separators, byte order
# marks, and the bidirectional controls that make a text look like another.
_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_START = re.compile(r"""[-?:,\[\]{}#&*!|>'"%@`=\s]""")
_NUMBER_1_2 = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")
_YAML_1_1 = yaml.resolver.Resolver()
_TEXT_TAG = "tag:yaml.org,2002:str"


def clean(text: str) -> str:
    """``text`` without lone surrogates, which no UTF-8 file can hold."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def is_plain_safe(text: str, *, flow: bool) -> bool:
    """Whether ``text`` without quotes is read back as this very text by YAML 1.1 and 1.2 readers alike."""
    if not text or _START.match(text) or text[-1] in " \t:" or _ESCAPED.search(text):
        return False
    if ": " in text or " #" in text or ":\t" in text or "\t#" in text or text.startswith(("---", "...")):
        return False
    if flow and re.search(r"[,?\[\]{}]", text):
        return False
    if _NUMBER_1_2.fullmatch(text) or text.lower() in ("y", "n", "null", "true", "false"):
        return False
    tag: str = _YAML_1_1.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag == _TEXT_TAG


def scalar(value: str | None, *, flow: bool, quote: str = "", as_json: bool = False) -> str:
    """One scalar as YAML.

    Args:
        value: the text; None is null.
        flow: whether it stands inside ``[]`` or ``{}``.
        quote: the quotes of the value it replaces (``'`` or ``"``), kept where they can hold it.
        as_json: quote as JSON does.
    """
    if value is None:
        return "null"
    if isinstance(value, Bare):
        return str(value)
    if as_json:
        return _double_quoted(value)
    if not quote and is_plain_safe(value, flow=flow):
        return value
    must_escape = bool(_ESCAPED.search(value))
    if not must_escape and (quote == "'" or (quote != '"' and ('"' in value or "\\" in value))):
        return "'" + value.replace("'", "''") + "'"
    return _double_quoted(value)


def _double_quoted(value: str) -> str:
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))


def flow(value: Plain, style: Style) -> str:
    """A value on one line: ``[a, b]``, ``{file: letter.md, line: 3}``, or a scalar."""
    if isinstance(value, Mapping):
        pairs = (f"{key_name(key, style)}: {flow(item, style)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item, style) for item in value) + "]"
    return scalar(value, flow=True, as_json=style.json)


def key_name(key: str, style: Style) -> str:
    """A mapping's key as text."""
    return scalar(key, flow=True, as_json=style.json)


def pair_lines(key: str, value: Plain, indent: int, style: Style) -> list[str]:
    """``key: value`` as lines without line ends, indented by ``indent`` columns."""
    head = " " * indent + key_name(key, style) + ":"
    if not isinstance(value, list | dict):
        return [f"{head} {scalar(value, flow=False)}"]
    if not value or key in INLINE_KEYS:
        return [f"{head} {flow(value, style)}"]
    if isinstance(value, dict):
        return [head, *mapping_lines(value, indent + 2, style)]
    dash = indent + style.dash_offset
    items = [item_lines(item, dash, style, inline=key in INLINE_ITEM_KEYS) for item in value]
    if key in SPACED_KEYS:
        items[1:] = [["", *lines] for lines in items[1:]]
    return [head, *(line for lines in items for line in lines)]


def mapping_lines(value: Mapping[str, Plain], indent: int, style: Style) -> list[str]:
    """A mapping in block style, as lines without line ends."""
    return [line for key, item in value.items() for line in pair_lines(key, item, indent, style)]


def item_lines(value: Plain, dash: int, style: Style, *, inline: bool = False) -> list[str]:
    """``- value`` as lines without line ends, with the dash at column ``dash``."""
    gap = " " * (style.item_offset - 1)
    head = " " * dash + "-" + gap
    if isinstance(value, dict) and value and not inline:
        lines = mapping_lines(value, dash + style.item_offset, style)
        return [head + lines[0].lstrip(" "), *lines[1:]]
    if isinstance(value, list | dict):
        return [head + flow(value, style)]
    return [head + scalar(value, flow=False)]
