"""A paragraph as every format gives it: its words, and what lies over them (links, italics, superscripts, marks)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from operator import attrgetter, itemgetter
from typing import TypeVar

from citekeeper.model import Location

Span = tuple[int, int]
_Item = TypeVar("_Item")
_first = itemgetter(0)
_start = attrgetter("start")
_position = attrgetter("position")


@dataclass(frozen=True, slots=True)
class LinkSpan:
    """A link over ``text[start:end]``. ``bare`` says that the words are the address itself."""

    start: int
    end: int
    url: str
    location: Location
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A note's mark that stood before ``text[position]``. ``strong``: unmistakably one, and not merely ``[1]``."""

    position: int
    label: str
    strong: bool = True


@dataclass(frozen=True, slots=True)
class RichText:
    """One paragraph: white space is single blanks, ``breaks`` are the positions at which a printed line began.

    What lies over the words is in the order of their places.
    """

    text: str
    location: Location
    links: tuple[LinkSpan, ...] = ()
    italics: tuple[Span, ...] = ()
    supers: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    breaks: tuple[int, ...] = ()
    heading: int = 0  # 1…6 for a heading, 0 for a paragraph

    def without(self, spans: Sequence[Span]) -> RichText:
        """The same without the words in ``spans`` (sorted, not overlapping); what lay over them alone is gone."""
        if not spans:
            return self
        kept, last = [], 0
        for start, end in spans:
            kept.append(self.text[last:start])
            last = end
        kept.append(self.text[last:])
        lost = [0, *accumulate(end - start for start, end in spans)]

        def moved(position: int) -> int:
            before = bisect_left(spans, position, key=_first)
            return position - lost[before] + (max(spans[before - 1][1] - position, 0) if before else 0)

        def moved_spans(items: Sequence[Span]) -> tuple[Span, ...]:
            return tuple((moved(a), moved(b)) for a, b in items if moved(a) < moved(b))

        return replace(
            self,
            text="".join(kept),
            links=tuple(
                replace(link, start=moved(link.start), end=moved(link.end))
                for link in self.links
                if moved(link.start) < moved(link.end) or link.start == link.end
            ),
            italics=moved_spans(self.italics),
            supers=moved_spans(self.supers),
            marks=tuple(replace(mark, position=moved(mark.position)) for mark in self.marks),
            breaks=tuple(moved(position) for position in self.breaks),
        )

    def part(self, start: int, end: int) -> RichText:
        """``text[start:end]`` with what lies wholly in it, without blanks at its ends."""
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1

        def here(items: Sequence[_Item], place: Callable[[_Item], int]) -> Sequence[_Item]:
            """Those that begin in it."""
            return items[bisect_left(items, start, key=place) : bisect_right(items, end, key=place)]

        def inside(items: Sequence[Span]) -> tuple[Span, ...]:
            return tuple((a - start, b - start) for a, b in here(items, _first) if b <= end)

        return replace(
            self,
            text=self.text[start:end],
            links=tuple(
                replace(link, start=link.start - start, end=link.end - start)
                for link in here(self.links, _start)
                if link.end <= end
            ),
            italics=inside(self.italics),
            supers=inside(self.supers),
            marks=tuple(replace(mark, position=mark.position - start) for mark in here(self.marks, _position)),
            breaks=tuple(
                position - start
                for position in self.breaks[bisect_right(self.breaks, start) : bisect_left(self.breaks, end)]
            ),
        )


_BLANKS = re.compile(r"\s+")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\N{SOFT HYPHEN}": None}
)


@dataclass
class RichTextBuilder:
    """Puts a paragraph together, piece by piece, joining white space as it goes."""

    location: Location
    heading: int = 0
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _blank_due: bool = False
    _break_due: bool = False
    _links: list[LinkSpan] = field(default_factory=list)
    _italics: list[Span] = field(default_factory=list)
    _supers: list[Span] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)
    _breaks: list[int] = field(default_factory=list)
    _blanks: set[int] = field(default_factory=set)

    def add(self, text: str) -> Span:
        """Append words; returns where in the paragraph they stand (without blanks around them)."""
        text = text.translate(_LIGATURES)
        words = _BLANKS.sub(" ", text)
        if words.startswith(" "):
            self._blank_due = True
            words = words[1:]
        if not words:
            return self._length, self._length
        trailing = words.endswith(" ")
        words = words[:-1] if trailing else words
        if self._blank_due and self._length and words:
            self._pieces.append(" ")
            self._blanks.add(self._length)
            self._length += 1
        if words:
            if self._break_due and self._length:
                self._breaks.append(self._length)
            self._break_due = False
        start = self._length
        self._pieces.append(words)
        self._length += len(words)
        self._blank_due = trailing
        return start, self._length

    def break_line(self) -> None:
        """A new printed line begins: white space, and a place where a note may begin."""
        self._blank_due = self._break_due = True

    def link(self, span: Span, url: str, location: Location, *, bare: bool = False) -> None:
        """Lay a link over words."""
        self._links.append(LinkSpan(*span, url, location, bare))

    def italic(self, span: Span) -> None:
        """Lay italics over words."""
        if span[0] < span[1]:
            self._italics.append(span)

    def superscript(self, span: Span) -> None:
        """Raise words."""
        if span[0] < span[1]:
            self._supers.append(span)

    def mark(self, label: str, *, strong: bool = True) -> None:
        """Put a note's mark here."""
        self._marks.append(Mark(self._length, label, strong))

    @property
    def here(self) -> int:
        """The position at which the next words come, should a blank not come first."""
        return self._length

    def words_since(self, start: int) -> Span:
        """Where the words since ``here`` was ``start`` stand, without the blank before them."""
        return start + (start in self._blanks), self._length

    def build(self) -> RichText:
        """The paragraph."""
        return RichText(
            "".join(self._pieces),
            self.location,
            tuple(sorted(self._links, key=lambda link: link.start)),
            tuple(sorted(self._italics)),
            tuple(sorted(self._supers)),
            tuple(sorted(self._marks, key=lambda mark: mark.position)),
            tuple(self._breaks),
            self.heading,
        )
