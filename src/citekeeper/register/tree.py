"""A YAML text as nodes with positions, and as plain values: every scalar stays the text that a person wrote.

YAML 1.1 would read ``no`` as false, ``on`` as true, ``1:30`` as 90 and ``010`` as 8. Here a scalar is its text, and
only the field that it stands in says what it means. The one exception is null (an empty value, ``~`` or ``null``,
unquoted), which every field may be.
"""

from __future__ import annotations

import bisect
import contextlib
import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import yaml
from yaml.error import MarkedYAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Plain = str | list["Plain"] | dict[str, "Plain"] | None
"""A YAML value as text, lists and mappings."""

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
MAX_DEPTH = 60
"""Nesting deeper than any register; libyaml's composer would overflow the C stack far above it."""
MAX_EXPANSION = 200_000
"""Values that aliases may stand for, all together: a “billion laughs” file ends here."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ALIAS = re.compile(r"(?m)(?:^|[\s\[{,:-])\*[^\s*]")
_KNOWN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
)


class Flaw(Exception):  # noqa: N818 - not an error of the program: it becomes an InputFileError with its place
    """Something in the text that cannot be taken: at a character index, with what was expected and a hint."""

    def __init__(self, index: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.index, self.message, self.hint = index, message, hint


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """Without Python's cyclic garbage collector: reading makes many objects and no cycles, and is 3 times as fast."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@dataclass(frozen=True)
class Tree:
    """A parsed text. ``text`` has no byte order mark; node marks are character indexes into it."""

    text: str
    root: Node | None
    bom: bool = False

    @cached_property
    def plain(self) -> Plain:
        """The whole text as plain values."""
        return None if self.root is None else plain(self.root)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def place(self, index: int) -> tuple[int, int]:
        """The 1-based line and column of a character index, as editors count them."""
        line = bisect.bisect_right(self._line_starts, index)
        return line, index - self._line_starts[line - 1] + 1

    def index_of(self, keys: tuple[str | int, ...]) -> int:
        """Where the value under ``keys`` starts; of its nearest existing ancestor where there is none."""
        node = self.root
        if node is None:
            return 0
        for key in keys:
            child = child_of(node, key)
            if child is None:
                break
            node = child
        return node.start_mark.index


class _Composer(yaml.CSafeLoader):
    """libyaml's composer with a resolver that resolves nothing, and a limit on depth."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0

    def resolve(self, kind: type[Node], value: object, implicit: object) -> str:  # noqa: ARG002
        return ""

    def descend_resolver(self, parent: Node | None, index: object) -> None:  # noqa: ARG002
        self.depth += 1
        if self.depth > MAX_DEPTH and parent is not None:
            raise Flaw(
                parent.start_mark.index, f"nested more than {MAX_DEPTH} levels deep", "Write it with fewer levels."
            )

    def ascend_resolver(self) -> None:
        self.depth -= 1


def parse(data: bytes) -> Tree:
    """Read YAML bytes into a tree.

    Raises:
        Flaw: not UTF-8, not YAML, more than one document, nested too deep, or an alias bomb.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        readable = len(data[: error.start].decode("utf-8-sig", "replace"))
        raise Flaw(
            readable, f"not UTF-8: byte 0x{data[error.start]:02x} belongs to no character", "Save the file as UTF-8."
        ) from error
    bom = text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}")
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        raise Flaw(
            forbidden.start(),
            f"the control character U+{ord(forbidden[0]):04X} may not stand in YAML",
            "Remove it, or write it in double quotes as an escape.",
        )
    root = _compose(text)
    if root is not None and _ALIAS.search(text):
        _refuse_alias_bombs(root)
    return Tree(text, root, bom)


def _compose(text: str) -> Node | None:
    composer = _Composer(text)
    try:
        return composer.get_single_node()
    except MarkedYAMLError as error:
        raise _yaml_flaw(text, error) from error
    finally:
        composer.dispose()


def _yaml_flaw(text: str, error: MarkedYAMLError) -> Flaw:
    mark = error.problem_mark or error.context_mark
    index = min(mark.index, len(text)) if mark is not None else 0
    problem = error.problem or "it cannot be parsed"
    message = f"not valid YAML: {problem}" + (f" ({error.context})" if error.context else "")
    hint = "Correct the line, or the one above it; a text that holds “: ” or “ #” needs quotes around it."
    line_start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    if "\t" in re.match(r"\s*", text[line_start : index + 1])[0]:  # type: ignore[index]
        hint = "Indent with spaces; YAML allows no tabs there."
    elif "expected a single document" in message:
        hint = "Keep one document: remove the line “---” between them."
    elif "alias" in problem:
        hint = "A text that begins with “*” or “&” needs quotes around it."
    return Flaw(index, message, hint)


def _refuse_alias_bombs(root: Node) -> None:
    """Count what the aliases stand for, each place by itself; refuse cycles and more than MAX_EXPANSION values."""
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()
    counted = 0

    def size(node: Node) -> int:
        nonlocal counted
        if isinstance(node, ScalarNode):
            return 1
        if id(node) in open_nodes:
            raise Flaw(node.start_mark.index, "this value contains itself through an alias", "Write it out instead.")
        if id(node) in sizes:
            counted += sizes[id(node)]
            if counted > MAX_EXPANSION:
                raise Flaw(
                    node.start_mark.index, "aliases repeat this value too often", "Write the values out instead."
                )
            return sizes[id(node)]
        open_nodes.add(id(node))
        sizes[id(node)] = 1 + sum(size(child) for child in _children(node))
        open_nodes.discard(id(node))
        return sizes[id(node)]

    size(root)


def _children(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, SequenceNode) else []


def plain(node: Node) -> Plain:
    """A node's value: text, None, list or dict.

    Raises:
        Flaw: a key stands twice, or a tag that is not one of YAML's own.
    """
    kind = type(node)
    if kind is ScalarNode:
        value: str = node.value
        if node.tag:
            return _tagged(node)
        return None if value in NULLS and not node.style else value  # type: ignore[attr-defined]
    if node.tag and node.tag not in _KNOWN_TAGS:
        raise Flaw(node.start_mark.index, f"the tag {node.tag} is not used here", "Remove the tag.")
    if kind is SequenceNode:
        return [plain(child) for child in node.value]
    return _mapping(node)


def _tagged(node: Node) -> Plain:
    if node.tag.endswith(":null"):
        return None
    if node.tag not in _KNOWN_TAGS and node.tag != "!":
        raise Flaw(node.start_mark.index, f"the tag {node.tag} is not used here", "Remove the tag.")
    return str(node.value)


def _mapping(node: Node) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    inherited: dict[str, Plain] = {}
    for key, value in node.value:
        name = key_text(key)
        if name == "<<" and not getattr(key, "style", None):
            inherited = {**_merged(value), **inherited}
            continue
        if name in values:
            raise Flaw(
                key.start_mark.index,
                f"the key “{name}” stands twice in one entry",
                "Keep one of the two, remove the other.",
            )
        values[name] = plain(value)
    return {**inherited, **values} if inherited else values


def _merged(node: Node) -> dict[str, Plain]:
    """What a ``<<`` key brings in; of several mappings the first has precedence."""
    parts = node.value if isinstance(node, SequenceNode) else [node]
    merged: dict[str, Plain] = {}
    for part in parts:
        if not isinstance(part, MappingNode):
            raise Flaw(
                node.start_mark.index, "“<<” takes a mapping", "Name an anchor of a mapping, e.g. <<: *defaults."
            )
        merged = {**_mapping(part), **merged}
    return merged


def key_text(key: Node) -> str:
    """A key as text; a key that is itself a list or mapping as a text that no plain key can be."""
    if isinstance(key, ScalarNode):
        return str(key.value)
    return f"\x00{plain(key)!r}"


def is_flow(node: Node) -> bool:
    """Whether a node is a collection in ``[]`` or ``{}``."""
    return bool(getattr(node, "flow_style", False))


def child_of(node: Node, key: str | int) -> Node | None:
    """The value node under a mapping's key or a sequence's index, if there is one."""
    if isinstance(node, SequenceNode):
        return node.value[key] if isinstance(key, int) and -len(node.value) <= key < len(node.value) else None
    if isinstance(node, MappingNode):
        return next((value for name, value in node.value if key_text(name) == key), None)
    return None
