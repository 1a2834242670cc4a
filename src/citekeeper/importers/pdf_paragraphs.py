"""The printed lines of a PDF as paragraphs: the body's, and the notes at the foot of the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from citekeeper.importers.bare import BARE_URL, as_url, trimmed
from citekeeper.importers.pdf_page import Glyph, Line, Link, Pdf
from citekeeper.importers.richtext import LinkSpan, RichText, RichTextBuilder, Span
from citekeeper.model import Location

_BULLET = re.compile(r"[●•◦▪‣■⁃]")
_PAGE_NUMBER = re.compile(
    r"(?i)\W*(?:page|pagina|seite|стр\.?|p\.)?\s*\d{1,4}\s*(?:(?:/|of|van|von|из|sur)\s*\d{1,4})?\W*"
)
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]\d]*$")
_NOTE_NUMBER = re.compile(r"(\d{1,3})[.)]?\s+\S")
_OPEN_ADDRESS = re.compile(r"(?i)(?:https?://|www\.)\S*$")


def paragraphs(pdf: Pdf, name: str) -> Iterator[RichText]:
    """The document's paragraphs, in reading order; the notes come last."""
    lines = [line for line in pdf.lines if not _is_page_number(line, pdf.lines)]
    groups, notes = _grouped(lines, _body_size(lines))
    joiner = _Joiner({link.number: link for link in pdf.links}, name, _words(lines))
    for group in groups:
        yield joiner.rich(group.lines, 1 if group.heading else 0)
    for group in notes:
        yield joiner.rich(group.lines, 0, note_number=group.number)


def _body_size(lines: Sequence[Line]) -> float:
    """The size in which most of the document is set, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.glyphs)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_page_number(line: Line, lines: Sequence[Line]) -> bool:
    if not _PAGE_NUMBER.fullmatch(line.text):
        return False
    page = [other.baseline for other in lines if other.page == line.page]
    return line.baseline in (min(page), max(page)) and len(page) > 1


def _words(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset(word for line in lines for word in re.findall(r"[\w-]+", line.spaced))


# ── lines to groups ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Group:
    """The lines of one paragraph; ``number`` is the length of a note's number that is not raised."""

    lines: list[Line]
    heading: bool = False
    number: int = 0


@dataclass
class _Grouping:
    body_size: float
    groups: list[_Group] = field(default_factory=list)
    notes: list[_Group] = field(default_factory=list)
    in_notes: bool = False


def _grouped(lines: Sequence[Line], body_size: float) -> tuple[list[_Group], list[_Group]]:
    state = _Grouping(body_size)
    page = 0
    for line in lines:
        if line.page != page:
            page, state.in_notes = line.page, False
        number = _note_number(line, state)
        if number is not None:
            state.notes.append(_Group([line], number=number))
            state.in_notes = True
        elif _goes_on_with_note(line, state):
            state.notes[-1].lines.append(line)
            state.in_notes = True
        elif state.groups and _goes_on(state.groups[-1], line, body_size):
            state.groups[-1].lines.append(line)
            state.in_notes = False
        else:
            state.groups.append(_Group([line], heading=line.size > 1.06 * body_size))
            state.in_notes = False
    return state.groups, state.notes


def _note_number(line: Line, state: _Grouping) -> int | None:
    """0 where a line begins with a raised number, its length where with a plain one in small print; else None."""
    raised = "".join(glyph.char for glyph in _leading_raised(line)).strip()
    if re.fullmatch(r"\d{1,4}|[*†‡§]{1,3}", raised):
        return 0
    match = _NOTE_NUMBER.match(line.spaced)
    if match and line.size < 0.93 * state.body_size and (state.in_notes or _after_body(line, state)):
        return len(match[1])
    return None


def _leading_raised(line: Line) -> Iterator[Glyph]:
    for glyph in line.glyphs:
        if not line.is_raised(glyph):
            return
        yield glyph


def _after_body(line: Line, state: _Grouping) -> bool:
    return bool(state.groups) and state.groups[-1].lines[-1].page == line.page


def _goes_on_with_note(line: Line, state: _Grouping) -> bool:
    if not state.notes:
        return False
    last = state.notes[-1].lines[-1]
    if state.in_notes and last.page == line.page:
        return last.baseline - line.baseline < 1.8 * last.size and line.size < 1.2 * last.size
    if abs(last.size - line.size) > 0.06 * last.size:
        return False
    # a note that runs over the page: small print at the next page's foot, before any numbered one
    small = line.size < 0.93 * state.body_size
    return (
        small
        and last.page == line.page - 1
        and _after_body(line, state)
        and not _SENTENCE_END.search(last.text.strip())
    )


def _goes_on(group: _Group, line: Line, body_size: float) -> bool:
    last = group.lines[-1]
    if _BULLET.match(line.text) or abs(last.size - line.size) > 0.06 * last.size:
        return False
    text = last.text.strip()
    if last.page != line.page:
        is_body = abs(line.size - body_size) < 0.06 * body_size
        return last.page == line.page - 1 and is_body and not _SENTENCE_END.search(text)
    if not 0 < last.baseline - line.baseline < 1.6 * max(last.size, line.size):
        return False
    first = group.lines[0]
    if _BULLET.match(first.text) and line.left < first.left - 1:
        return False
    indented = line.left > last.left + 0.8 * line.size and len(group.lines) > 1
    return not (indented and _SENTENCE_END.search(text))


# ── lines to words ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Joiner:
    """Joins printed lines to running text, with what lies over it."""

    links: dict[int, Link]
    name: str
    words: frozenset[str]

    def rich(self, lines: Sequence[Line], heading: int, note_number: int = 0) -> RichText:
        """One paragraph. Of a note whose number is not raised, ``note_number`` is that number's length."""
        builder = RichTextBuilder(Location(self.name, page=lines[0].page), heading)
        for index, line in enumerate(lines):
            glyphs = list(line.glyphs)
            following = lines[index + 1] if index + 1 < len(lines) else None
            joins, drops = self._joins(line, following)
            if drops:
                glyphs = glyphs[: max(n for n, glyph in enumerate(glyphs) if not glyph.char.isspace())]
            if index == 0 and note_number:
                builder.superscript(builder.add("".join(glyph.char for glyph in glyphs[:note_number])))
                glyphs = glyphs[note_number:]
            self._add_line(builder, line, glyphs)
            if not joins:
                builder.break_line()
        return _with_bare_addresses(_with_whole_links(builder.build()))

    def _joins(self, line: Line, following: Line | None) -> tuple[bool, bool]:
        """Whether the next line goes on with this one's last word, and whether a hyphen goes."""
        if following is None:
            return False, False
        before, after = line.spaced.rstrip(), following.spaced.lstrip()
        if _OPEN_ADDRESS.search(before):
            return bool(re.match(r"\S*[/=&%_?-]|[-\w.]+\.(?:html?|php|pdf)\b", after)) or before[
                -1:
            ] in "/-_=&?%#", False
        if before.endswith("\N{SOFT HYPHEN}"):
            return True, True
        if re.search(r"[^\W\d_]-$", before) and (match := re.match(r"[^\W\d_]+", after)) and match[0][0].islower():
            start = re.findall(r"[\w-]+$", before)[0]
            return True, start + match[0] not in self.words
        return False, False

    def _add_line(self, builder: RichTextBuilder, line: Line, glyphs: Sequence[Glyph]) -> None:
        run: list[Glyph] = []
        for glyph in glyphs:
            if run and (line.gap(run[-1], glyph) or self._style(run[-1], line) != self._style(glyph, line)):
                blank = line.gap(run[-1], glyph)
                self._add_run(builder, line, run)
                run = []
                if blank:
                    builder.add(" ")
            run.append(glyph)
        self._add_run(builder, line, run)

    def _style(self, glyph: Glyph, line: Line) -> tuple[int | None, bool, bool]:
        return glyph.link, glyph.italic, line.is_raised(glyph)

    def _add_run(self, builder: RichTextBuilder, line: Line, run: Sequence[Glyph]) -> None:
        if not run:
            return
        number, italic, raised = self._style(run[0], line)
        span = builder.add("".join(glyph.char for glyph in run))
        if number is not None and span[0] < span[1]:
            link = self.links[number]
            builder.link(span, self.links[link.first].url, Location(self.name, page=link.page))
        if italic:
            builder.italic(span)
        if raised:
            builder.superscript(span)


def _with_whole_links(paragraph: RichText) -> RichText:
    """The pieces of a link (its words run over lines and fonts) as one, and so with italics."""
    whole: list[LinkSpan] = []
    for link in paragraph.links:
        last = whole[-1] if whole else None
        if last and last.url == link.url and not paragraph.text[last.end : link.start].strip():
            whole[-1] = replace(last, end=link.end)
        else:
            whole.append(link)
    italics: list[Span] = []
    for start, end in paragraph.italics:
        if italics and not paragraph.text[italics[-1][1] : start].strip():
            italics[-1] = italics[-1][0], end
        else:
            italics.append((start, end))
    return replace(paragraph, links=tuple(whole), italics=tuple(italics))


def _with_bare_addresses(paragraph: RichText) -> RichText:
    """With the printed addresses over which no link lies."""
    found = [
        LinkSpan(match.start(), match.start() + len(text), as_url(text), paragraph.location, bare=True)
        for match in BARE_URL.finditer(paragraph.text)
        if (text := trimmed(match[0]))
        and not any(link.start < match.end() and match.start() < link.end for link in paragraph.links)
    ]
    return replace(paragraph, links=tuple(sorted([*paragraph.links, *found], key=lambda link: link.start)))
