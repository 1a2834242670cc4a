"""Markdown: CommonMark with GitHub's and Pandoc's footnotes, bare addresses and raw HTML."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import TypeVar

from citekeeper.importers.assembly import Draft, DraftNote, assemble
from citekeeper.importers.bare import is_web, unescape
from citekeeper.importers.html_tags import addresses, tags
from citekeeper.importers.markdown_blocks import Block, BlockParser
from citekeeper.importers.markdown_emphasis import emphasis
from citekeeper.importers.markdown_inline import (
    Definition,
    Edit,
    Inline,
    InlineLink,
    InlineParser,
    leading_definitions,
)
from citekeeper.importers.numbered import find_numbered_notes
from citekeeper.importers.outside import outside_notes
from citekeeper.importers.richtext import RichText, RichTextBuilder
from citekeeper.importers.source import Source
from citekeeper.model import Citation, Imported, Kind, Location


def links(source: Source) -> Iterator[Citation]:
    """Every web link of a Markdown document, in the order of the addresses."""
    return _Document(source).links()


def read(source: Source) -> Imported:
    """A Markdown document with notes: ``[^1]``, ``^[inline]``, or raised numbers."""
    document = _Document(source)
    paragraphs, notes = document.paragraphs_and_notes()
    body, numbered = find_numbered_notes(paragraphs)
    notes = [*notes, *numbered]
    return assemble(source, Draft(tuple(body), tuple(notes), outside_notes(document.links(), notes)))


class _Document:
    """One document's blocks and definitions."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._blocks: list[tuple[Block, list[Definition]]] = [
            (block, leading_definitions(block.text) if block.kind == "paragraph" and "]:" in block.text else [])
            for block in BlockParser(source.text).blocks()
        ]

    @cached_property
    def _definitions(self) -> dict[str, tuple[str, Location]]:
        found: dict[str, tuple[str, Location]] = {}
        for block, definitions in self._blocks:
            for definition in definitions:
                place = self._source.location(block.offset(definition.place))
                found.setdefault(definition.label, (definition.url, place))
        return found

    @cached_property
    def _inlines(self) -> InlineParser:
        footnotes = {block.note for block, _ in self._blocks if block.note}
        return InlineParser({label: url for label, (url, _) in self._definitions.items()}, footnotes)

    # ── links ──

    def links(self) -> Iterator[Citation]:
        """Every web link, with the place of its address."""
        number = 0
        for block, definitions in self._blocks:
            for place, url in sorted(self._addresses(block, definitions), key=itemgetter(0)):
                number += 1
                location = self._source.location(block.offset(place))
                yield Citation(f"link-{number}", kind=Kind.LINK, url=url, found_in=(location,))

    def _addresses(self, block: Block, definitions: list[Definition]) -> Iterator[tuple[int, str]]:
        """Place in the block and address of what a block links to; a reference counts where it is defined."""
        if block.kind == "html":
            for tag in tags(block.text):
                yield from addresses(tag)
            return
        for definition in definitions:
            if is_web(definition.url):
                yield definition.place, definition.url
        for link in self._inlines.parse(block.text, definitions[-1].end if definitions else 0).links:
            if link.place is not None and is_web(link.url):
                yield link.place, link.url

    # ── words ──

    def paragraphs_and_notes(self) -> tuple[list[RichText], list[DraftNote]]:
        """The body's paragraphs with their marks, and the notes that Markdown's own syntax marks as such."""
        paragraphs: list[RichText] = []
        defined: dict[str, list[RichText]] = {}
        inline_notes: list[RichText] = []
        for block, definitions in self._blocks:
            start = definitions[-1].end if definitions else 0
            if block.kind == "html" or not block.text[start:].strip():
                continue
            words = _Words(self._source, block, self._inlines.parse(block.text, start), self._definitions)
            rich = words.render(start, len(block.text), inline_notes)
            if block.note is None:
                paragraphs.append(rich)
            else:
                defined.setdefault(block.note, []).append(rich)
        return _labelled(paragraphs, {label: _joined(parts) for label, parts in defined.items()}, inline_notes)


def _joined(parts: list[RichText]) -> RichText:
    """The paragraphs of one note as one."""
    first = parts[0]
    links, italics = list(first.links), list(first.italics)
    shift = len(first.text) + 1
    for part in parts[1:]:
        links += (replace(link, start=link.start + shift, end=link.end + shift) for link in part.links)
        italics += ((a + shift, b + shift) for a, b in part.italics)
        shift += len(part.text) + 1
    text = " ".join(part.text for part in parts)
    return replace(first, text=text, links=tuple(links), italics=tuple(italics))


_INLINE_LABEL = re.compile(r"\0(\d+)")


def _labelled(
    paragraphs: list[RichText], defined: dict[str, RichText], inline_notes: list[RichText]
) -> tuple[list[RichText], list[DraftNote]]:
    """Give inline notes the numbers that are free, and put all notes in order: defined ones, then inline ones."""
    notes = [DraftNote(label, body) for label, body in defined.items()]
    taken = set(defined)
    names: dict[str, str] = {}
    number = 0
    for index, body in enumerate(inline_notes):
        number += 1
        while str(number) in taken:
            number += 1
        taken.add(str(number))
        names[f"\0{index}"] = str(number)
        notes.append(DraftNote(str(number), body))
    renamed = [
        replace(
            paragraph, marks=tuple(replace(mark, label=names.get(mark.label, mark.label)) for mark in paragraph.marks)
        )
        for paragraph in paragraphs
    ]
    return renamed, notes


_ITALIC_TAGS = {"i", "em", "cite"}
_start = attrgetter("start")
_Placed = TypeVar("_Placed", Edit, InlineLink)


def _between(items: list[_Placed], start: int, end: int) -> list[_Placed]:
    """Those of sorted items that begin between two positions."""
    return items[bisect_left(items, start, key=_start) : bisect_right(items, end, key=_start)]


class _Words:
    """Renders a block's words, with what lies over them."""

    def __init__(
        self, source: Source, block: Block, inline: Inline, definitions: dict[str, tuple[str, Location]]
    ) -> None:
        self._source, self._block, self._definitions = source, block, definitions
        self._edits = sorted([*inline.edits, *emphasis(block.text, 0, inline.edits)])
        links = (link for link in inline.links if link.kind not in ("image", "html"))
        self._links = sorted(links, key=_start)

    def render(self, start: int, end: int, notes: list[RichText]) -> RichText:
        """The words between two positions; inline notes go to ``notes`` and leave a mark."""
        text = self._block.text
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        self._builder = RichTextBuilder(self._source.location(self._block.offset(first)), self._block.level)
        self._italic_from: int | None = None
        self._super_from: int | None = None
        self._anchors: list[tuple[int, str, Location]] = []
        self._in_code = False
        links = [link for link in _between(self._links, start, end) if link.end <= end]
        # of what is at one place, links close first and open last
        events: list[tuple[int, int, Edit | InlineLink]] = [
            *((edit.start, 1, edit) for edit in _between(self._edits, start, end) if edit.end <= end),
            *((link.start, 2, link) for link in links),
            *((link.end, 0, link) for link in links),
        ]
        opened: dict[InlineLink, int] = {}
        position = start
        for at, order, item in sorted(events, key=itemgetter(0, 1)):
            if at < position:
                continue  # within an inline note, which has been read
            self._plain(text[position:at])
            position = at
            if isinstance(item, InlineLink):
                if order == 2:
                    opened[item] = self._builder.here
                else:
                    self._link(item, opened.get(item, self._builder.here))
            elif item.event == "note":
                position = self._inline_note(item, end, notes)
            else:
                self._edit(item)
                position = item.end
        self._plain(text[position:end])
        return self._builder.build()

    def _plain(self, piece: str) -> None:
        """Words between markup."""
        for number, line in enumerate(piece.split("\n")):
            if number:
                self._builder.break_line()
            self._builder.add(line if self._in_code else unescape(line))

    def _toggle_italic(self) -> None:
        if self._italic_from is None:
            self._italic_from = self._builder.here
        else:
            self._builder.italic(self._builder.words_since(self._italic_from))
            self._italic_from = None

    def _link(self, link: InlineLink, start: int) -> None:
        """Lay a link over the words since ``start``."""
        if link.place is None:
            location = self._definitions[link.reference][1]
        else:
            location = self._source.location(self._block.offset(link.place))
        self._builder.link(self._builder.words_since(start), link.url, location, bare=link.kind in ("bare", "auto"))

    def _inline_note(self, opening: Edit, end: int, notes: list[RichText]) -> int:
        """Render an inline note by itself, and mark its place."""
        depth = 0
        closing = end
        for number in range(bisect_left(self._edits, opening.start, key=_start), len(self._edits)):
            edit = self._edits[number]
            if edit.event not in ("note", "/note"):
                continue
            depth += 1 if edit.event == "note" else -1
            if depth == 0:
                closing = edit.start
                break
        index = len(notes)
        notes.append(RichText("", self._builder.location))
        inner = copy(self)
        notes[index] = inner.render(opening.end, closing, notes)
        self._builder.mark(f"\0{index}")
        return min(closing + 1, end)

    def _edit(self, edit: Edit) -> None:
        if edit.event.startswith("ref:"):
            self._builder.mark(edit.event[4:])
        elif edit.event in ("em", "/em"):
            self._toggle_italic()
        elif edit.event in ("code", "/code"):
            self._in_code = edit.event == "code"
        elif edit.tag:
            self._tag(edit)
        else:
            self._builder.add(edit.replacement)

    def _tag(self, edit: Edit) -> None:
        tag = edit.tag
        assert tag
        if tag.name == "br":
            self._builder.break_line()
        elif tag.name in _ITALIC_TAGS:
            self._toggle_italic()
        elif tag.name == "sup":
            if not tag.closing:
                self._super_from = self._builder.here
            elif self._super_from is not None:
                self._builder.superscript(self._builder.words_since(self._super_from))
                self._super_from = None
        elif tag.name == "a":
            if not tag.closing:
                self._open_anchor(edit)
            elif self._anchors:
                start, url, location = self._anchors.pop()
                self._builder.link(self._builder.words_since(start), url, location)

    def _open_anchor(self, edit: Edit) -> None:
        assert edit.tag
        for attribute in edit.tag.attributes:
            if attribute.name == "href":
                location = self._source.location(self._block.offset(attribute.start))
                self._anchors.append((self._builder.here, attribute.value.strip(), location))
