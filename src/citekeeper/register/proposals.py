"""Proposals: words and figures that a claim seems to take from its source, as comments that a person may confirm.

They are written once, with the claim they are read from: an entry that is there already, or whose proposals a person
removed, is not asked about again. Removing the ``#`` makes a line what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from yaml.nodes import MappingNode, SequenceNode

from citekeeper.register.render import clean, scalar
from citekeeper.register.splice import key_column, line_start, style_of
from citekeeper.register.tree import Flaw, Tree, child_of, is_flow, key_text, parse

Propose = Callable[[str], tuple[Sequence[str], Sequence[str]]]
"""Reads quotes and figures out of a claim."""

Proposal = Mapping[str, Sequence[str]]
"""Values by field: ``quotes``, ``numbers``."""

_HINT = "  # proposed: remove the “# ” in front to have it looked for"
_BEFORE = ("found_in", "archived", "translations", "reviews", "note", "accept", "expect", "ignore")


def add_proposals(data: bytes, proposals: Mapping[str, Proposal]) -> bytes:
    """The register with comment lines in the entries of those ids; unchanged where its layout has no room for them."""
    if not proposals:
        return data
    tree = parse(data)
    pieces = ["\N{ZERO WIDTH NO-BREAK SPACE}" if tree.bom else ""]
    done = 0
    for start, lines in sorted(_edits(tree, proposals)):
        pieces += tree.text[done:start], lines
        done = start
    changed = "".join((*pieces, tree.text[done:])).encode()
    try:
        is_same = parse(changed).plain == tree.plain
    except Flaw:
        is_same = False
    return changed if is_same else data  # a comment is not worth a damaged register


def _edits(tree: Tree, proposals: Mapping[str, Proposal]) -> list[tuple[int, str]]:
    citations = child_of(tree.root, "citations") if tree.root is not None else None
    if not isinstance(citations, SequenceNode):
        return []
    newline = style_of(tree).newline
    edits = []
    for entry in citations.value:
        if not isinstance(entry, MappingNode) or is_flow(entry) or not entry.value:
            continue
        values = {key_text(key): (key, value) for key, value in entry.value}
        proposal = proposals.get(str(values["id"][1].value)) if "id" in values else None
        if proposal is None:
            continue
        place = next((values[name][0] for name in _BEFORE if name in values), None)
        if place is None:
            continue
        start = line_start(tree.text, place.start_mark.index)
        if tree.text[start : place.start_mark.index].strip(" "):
            continue  # the key stands on its entry's dash
        indent = " " * key_column(tree, place)
        lines = [f"{indent}# {field}: {_flow(texts)}{_HINT}{newline}" for field, texts in proposal.items() if texts]
        edits.append((start, "".join(lines)))
    return edits


def _flow(texts: Sequence[str]) -> str:
    return "[" + ", ".join(scalar(clean(text), flow=True, as_json=True) for text in texts) + "]"
