"""Changing a YAML text by cutting at the positions of its nodes, so that everything not changed stays to the byte.

`rewrite` takes a tree and the values that it should hold, finds where the two differ, and replaces or inserts text
there and only there. What comes out is parsed again and compared with what was intended: a layout that this does not
understand ends in a request to edit by hand, never in a damaged file.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from citekeeper.register.render import SPACED_KEYS, Style, flow, item_lines, key_name, pair_lines, scalar
from citekeeper.register.tree import Flaw, Plain, Tree, child_of, is_flow, key_text, parse

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]")
_BY_HAND = "Make this change by hand: {what}; or write that entry in the usual layout, a key on each line."


def rewrite(tree: Tree, intended: Plain) -> bytes:
    """The text of ``tree`` with the smallest changes that make it hold ``intended``.

    The order of keys in ``intended`` says after which key a new one is put.

    Raises:
        Flaw: the text's layout defeats splicing; nothing is changed.
    """
    if not isinstance(intended, dict) or not isinstance(tree.root, MappingNode) or not isinstance(tree.plain, dict):
        raise Flaw(0, "not a mapping of keys to values", "Begin the file with “version: 1”.")
    splicer = _Splicer(tree)
    splicer.mapping(tree.root, tree.plain, intended)
    text = splicer.applied()
    data = ("\N{ZERO WIDTH NO-BREAK SPACE}" if tree.bom else "").encode() + text.encode()
    try:
        understood = parse(data).plain == intended
    except Flaw:
        understood = False
    if not understood:
        raise _defeated(tree, intended)
    return data


def _defeated(tree: Tree, intended: Plain) -> Flaw:
    """Where and what a person has to change, as the splice could not."""
    keys: tuple[str | int, ...] = ()
    old, new = tree.plain, intended
    while old != new:
        if isinstance(old, dict) and isinstance(new, dict):
            name = next(key for key in [*new, *old] if key not in old or key not in new or old[key] != new[key])
            keys, old, new = (*keys, name), old.get(name), new.get(name)
        elif isinstance(old, list) and isinstance(new, list):
            shared = min(len(old), len(new))
            place = next((i for i in range(shared) if old[i] != new[i]), shared)
            keys = (*keys, place)
            old, new = (old[place] if place < len(old) else None), (new[place] if place < len(new) else None)
        else:
            break
        if old is None or new is None:
            break
    what = f"{'.'.join(str(key) for key in keys)} = {flow(new, Style())}"
    return Flaw(
        tree.index_of(keys),
        "this layout of YAML cannot be changed without harm to the rest",
        _BY_HAND.format(what=what),
    )


def style_of(tree: Tree) -> Style:
    """The layout that the file already has."""
    style = Style()
    line_end = _LINE_END.search(tree.text)
    if line_end:
        style = replace(style, newline=line_end[0])
    root = tree.root
    if not isinstance(root, MappingNode) or not root.value:
        return style
    if is_flow(root) and root.value[0][0].style == '"':
        style = replace(style, json=True)
    citations = child_of(root, "citations")
    items = citations.value if citations is not None and _is_block_list(citations) else []
    for owner in [*(item for item in items[:50] if isinstance(item, MappingNode)), root]:
        for key, value in owner.value:
            if _is_block_list(value):
                return replace(
                    style,
                    dash_offset=_dash_column(tree, value) - key_column(tree, key),
                    item_offset=max(2, _item_offset(tree, value, value.value[0])),
                )
    return style


def _is_block_list(node: Node) -> bool:
    return isinstance(node, SequenceNode) and not is_flow(node) and bool(node.value)


def line_start(text: str, index: int) -> int:
    """Where the line that holds a character begins."""
    feed = text.rfind("\n", 0, index) + 1
    return max(feed, text.rfind("\r", feed, index) + 1)  # most files have no carriage return to be found in all of them


def key_column(tree: Tree, key: Node) -> int:
    """The column of a block mapping's keys, told by one of them; ``? key`` counts from its question mark."""
    start = key.start_mark.index
    line = line_start(tree.text, start)
    before = tree.text[line:start].rstrip(" ")
    return len(before) - 1 if before.endswith("?") else start - line


def _dash_index(tree: Tree, sequence: Node) -> int:
    """Where the first dash of a block sequence stands (an anchor or tag may stand before it)."""
    start: int = sequence.start_mark.index
    if tree.text.startswith("-", start):
        return start
    match = re.compile(r"(?:^|(?<=[\r\n]))[ \t]*(-)(?=\s)").search(tree.text, start)
    if match is None:
        raise Flaw(start, "this list cannot be changed without harm", _BY_HAND.format(what="the list"))
    return match.start(1)


def _dash_column(tree: Tree, sequence: Node) -> int:
    index = _dash_index(tree, sequence)
    return index - line_start(tree.text, index)


def _item_offset(tree: Tree, sequence: Node, item: Node) -> int:
    """How far an item's text stands from its dash; 2 where it starts on a line of its own."""
    column = item.start_mark.index - line_start(tree.text, item.start_mark.index)
    before = tree.text[line_start(tree.text, item.start_mark.index) : item.start_mark.index]
    return column - _dash_column(tree, sequence) if "-" in before else 2


def _content_end(node: Node) -> int:
    """Where a node's last character ends: libyaml's mark of a block collection lies at the next token."""
    if isinstance(node, ScalarNode) or is_flow(node) or not node.value:
        return int(node.end_mark.index)
    if isinstance(node, SequenceNode):
        return max(_content_end(item) for item in node.value[-2:])
    return max(max(_content_end(key), _content_end(value)) for key, value in node.value[-1:])


class _Splicer:
    """Collects the replacements of one rewrite: (start, end, text), applied together at the end."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.text = tree, tree.text
        self.style = style_of(tree)
        self.edits: list[tuple[int, int, str]] = []

    def applied(self) -> str:
        """The text with all replacements made."""
        parts, done = [], 0
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2]):
            if start < done:
                raise Flaw(start, "two changes meet here", _BY_HAND.format(what="this line"))
            parts += [self.text[done:start], new]
            done = end
        return "".join(parts) + self.text[done:]

    # ── mappings ──

    def mapping(self, node: Node, old: dict[str, Plain], new: dict[str, Plain]) -> None:
        """Make a mapping hold ``new``: changed values first, then what is removed, then what is added."""
        own = {key_text(key): (key, value) for key, value in node.value}
        for name, wanted in new.items():
            if name in own and old[name] != wanted:
                self._value(node, *own[name], old[name], wanted)
        for name in own:
            if name not in new and name != "<<":
                self._remove_pair(node, name)
        added: dict[str | None, dict[str, Plain]] = {}
        predecessor: str | None = None
        for name, wanted in new.items():
            if name in own:
                predecessor = name
            elif name not in old or old[name] != wanted:
                added.setdefault(predecessor, {})[name] = wanted
        for after, pairs in added.items():
            self._add_pairs(node, own.get(after or ""), pairs)

    def _value(self, node: Node, key: Node, child: Node, old: Plain, new: Plain) -> None:
        if old and new and isinstance(old, dict) and isinstance(new, dict):
            self.mapping(child, old, new)
        elif old and new and isinstance(old, list) and isinstance(new, list):
            self._sequence(key_text(key), child, old, new)
        elif is_flow(node):
            self._replace_in_flow(child, new)
        elif isinstance(new, list | dict) and new and not self._keeps_flow(key, child):
            self._replace_by_block(key, child, new)
        else:
            self._replace_in_block(key, child, new)

    def _keeps_flow(self, key: Node, child: Node) -> bool:
        inline = len(pair_lines(key_text(key), ["x"], 0, self.style)) == 1
        return inline or (not isinstance(child, ScalarNode) and is_flow(child) and bool(child.value))

    def _replace_in_flow(self, child: Node, new: Plain) -> None:
        start, end = child.start_mark.index, child.end_mark.index
        text = self._flow_text(child, new)
        if start == end:
            text = f" {text}" if self.text[start - 1] == ":" else (text if self.text[start - 1] == " " else f": {text}")
        self.edits.append((start, end, text))

    def _flow_text(self, child: Node, new: Plain) -> str:
        if isinstance(new, list | dict):
            return flow(new, self.style)
        return scalar(new, flow=True, quote=_quote_of(child), as_json=self.style.json)

    def _replace_in_block(self, key: Node, child: Node, new: Plain) -> None:
        """Put a one-line value in the place of any value of a block mapping."""
        if isinstance(new, list | dict):
            text = flow(new, self.style)
        else:
            text = scalar(new, flow=False, quote=_quote_of(child))
        start, end = self._extent(key, child)
        spaced = text if self.text[start - 1] in " \t" else f" {text}"
        self.edits.append((start, end, spaced))

    def _replace_by_block(self, key: Node, child: Node, new: Plain) -> None:
        start, end = self._extent(key, child)
        while self.text[start - 1] in " \t":
            start -= 1
        self.edits.append((start, end, ""))
        lines = pair_lines(key_text(key), new, key_column(self.tree, key), self.style)
        self._insert_lines(end, lines[1:])

    def _extent(self, key: Node, child: Node) -> tuple[int, int]:
        """From where to where the value stands; a block collection from the colon of its key."""
        start, end = child.start_mark.index, _content_end(child)
        if not isinstance(child, ScalarNode) and not is_flow(child):
            start = self.text.index(":", _content_end(key)) + 1
        return start, max(start, len(self.text[:end].rstrip("\r\n"))) if _is_block_scalar(child) else end

    def _add_pairs(self, node: Node, after: tuple[Node, Node] | None, pairs: dict[str, Plain]) -> None:
        if is_flow(node):
            self._add_flow_pairs(node, after, pairs)
            return
        first, last = node.value[0], node.value[-1]
        column = key_column(self.tree, first[0])
        lines = [line for name, value in pairs.items() for line in pair_lines(name, value, column, self.style)]
        begin = line_start(self.text, first[0].start_mark.index)
        if after is None and not self.text[begin : first[0].start_mark.index].strip(" "):
            self.edits.append((begin, begin, "".join(line + self.style.newline for line in lines)))
            return
        key, value = after or last
        self._insert_lines(max(_content_end(key), _content_end(value)), lines)

    def _add_flow_pairs(self, node: Node, after: tuple[Node, Node] | None, pairs: dict[str, Plain]) -> None:
        text = ", ".join(f"{key_name(name, self.style)}: {flow(value, self.style)}" for name, value in pairs.items())
        if not node.value:
            opened = self.text.index("{", node.start_mark.index) + 1
            self.edits.append((opened, opened, text))
            return
        key, value = after or node.value[-1]
        end = max(_content_end(key), _content_end(value))
        self.edits.append((end, end, f"{' ' if value.start_mark.index == value.end_mark.index else ''}, {text}"))

    def _remove_pair(self, node: Node, name: str) -> None:
        names = [key_text(key) for key, _ in node.value]
        place = names.index(name)
        key, value = node.value[place]
        end = max(_content_end(key), _content_end(value))
        if is_flow(node):
            self._remove_from_flow([pair[0] for pair in node.value], place, end)
            return
        start = line_start(self.text, key.start_mark.index)
        if self.text[start : key.start_mark.index].strip(" ") not in ("", "?"):
            if place + 1 == len(node.value):
                raise Flaw(
                    key.start_mark.index, "this key stands on its list's dash", _BY_HAND.format(what=f"no {name}")
                )
            self.edits.append((key.start_mark.index, node.value[place + 1][0].start_mark.index, ""))
            return
        self.edits.append((start, self._next_line(end), ""))

    def _remove_from_flow(self, starts: list[Node], place: int, end: int) -> None:
        start = starts[place].start_mark.index
        if place + 1 < len(starts):
            self.edits.append((start, starts[place + 1].start_mark.index, ""))
        elif place:
            self.edits.append((self.text.rindex(",", 0, start), end, ""))
        else:
            self.edits.append((start, end, ""))

    # ── sequences ──

    def _sequence(self, name: str, node: Node, old: list[Plain], new: list[Plain]) -> None:
        head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        tail = 0
        while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        both = min(len(old), len(new)) - tail
        for place in range(head, both):
            self._item(name, node.value[place], node, old[place], new[place])
        for place in range(both, len(old) - tail):
            self._remove_item(node, place)
        added = new[both : len(new) - tail]
        if added:
            self._add_items(name, node, both, added)

    def _item(self, name: str, child: Node, node: Node, old: Plain, new: Plain) -> None:
        if old and new and isinstance(old, dict) and isinstance(new, dict):
            self.mapping(child, old, new)
        elif old and new and isinstance(old, list) and isinstance(new, list):
            self._sequence(name, child, old, new)
        elif is_flow(node) or isinstance(new, list | dict):
            self._replace_in_flow(child, new)
        else:
            end = _content_end(child)
            end = len(self.text[:end].rstrip("\r\n")) if _is_block_scalar(child) else end
            text = scalar(new, flow=False, quote=_quote_of(child))
            spaced = text if self.text[child.start_mark.index - 1] in " \t" else f" {text}"
            self.edits.append((child.start_mark.index, end, spaced))

    def _add_items(self, name: str, node: Node, place: int, items: list[Plain]) -> None:
        """Put items before the item that is at ``place`` now, or at the end."""
        if is_flow(node):
            text = ", ".join(flow(item, self.style) for item in items)
            if place:
                end = _content_end(node.value[place - 1])
                self.edits.append((end, end, f", {text}"))
            else:
                start = node.value[0].start_mark.index
                self.edits.append((start, start, f"{text}, "))
            return
        dash = _dash_column(self.tree, node)
        first = node.value[0]
        style = replace(self.style, item_offset=max(2, _item_offset(self.tree, node, first)))
        inline = isinstance(first, MappingNode) and is_flow(first)
        blank = [""] if self._has_blank_lines(name, node) else []
        lines = [line for item in items for line in [*blank, *item_lines(item, dash, style, inline=inline)]]
        if place:
            self._insert_lines(_content_end(node.value[place - 1]), lines)
            return
        start = line_start(self.text, _dash_index(self.tree, node))
        lines = [*lines[len(blank) :], *blank]
        self.edits.append((start, start, "".join(line + style.newline for line in lines)))

    def _has_blank_lines(self, name: str, node: Node) -> bool:
        if len(node.value) < 2:
            return name in SPACED_KEYS and isinstance(node.value[0], MappingNode) and not is_flow(node.value[0])
        ends = [(_content_end(a), b.start_mark.index) for a, b in pairwise(node.value[-2:])]
        return all(_BLANK_LINE.search(self.text, max(0, end - 1), start) for end, start in ends)

    def _remove_item(self, node: Node, place: int) -> None:
        item = node.value[place]
        end = _content_end(item)
        if is_flow(node):
            self._remove_from_flow(node.value, place, end)
            return
        dash = self.text.rindex(
            "-", 0, item.start_mark.index + 1 if item.start_mark.index == end else item.start_mark.index
        )
        start = line_start(self.text, dash)
        if self.text[start:dash].strip(" "):
            raise Flaw(dash, "this item stands on another list's dash", _BY_HAND.format(what="remove the item"))
        self.edits.append((start, self._next_line(end), ""))

    # ── lines ──

    def _next_line(self, index: int) -> int:
        """The start of the line after ``index``; the index itself where a block scalar already ends there."""
        if index and self.text[index - 1] in "\r\n":
            return index
        match = _LINE_END.search(self.text, index)
        return match.end() if match else len(self.text)

    def _insert_lines(self, index: int, lines: list[str]) -> None:
        """Put lines after the line in which ``index`` lies, keeping a missing final line end missing."""
        start = self._next_line(index)
        newline = self.style.newline
        if start and self.text[start - 1] not in "\r\n":
            self.edits.append((start, start, newline + newline.join(lines)))
        else:
            self.edits.append((start, start, "".join(line + newline for line in lines)))


def _quote_of(child: Node) -> str:
    return child.style if isinstance(child, ScalarNode) and child.style in ("'", '"') else ""


def _is_block_scalar(child: Node) -> bool:
    return isinstance(child, ScalarNode) and child.style in ("|", ">")
