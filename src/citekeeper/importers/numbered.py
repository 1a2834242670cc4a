"""Notes that are only typography: paragraphs that begin with a raised or bracketed number, and their marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from citekeeper.importers.assembly import DraftNote
from citekeeper.importers.richtext import Mark, RichText, Span

_LABEL = re.compile(r"\d{1,4}|[*†‡§]{1,3}|[a-z]")
_BRACKETED = re.compile(r"\[(\d{1,4})\]")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")
_PLAIN_NUMBER = re.compile(r"(\d{1,3})[.)]?\s+(?=\S)")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNIT = re.compile(r"(?:^|[\s\d/])(?:[kcdmµ]?m|км|см|мм|м)$")
_NOTES_HEADING = re.compile(
    r"(?i)\W*(?:(?:foot|end|voet|eind)?(?:notes?|noten)|referenties|references|bronnen|bronvermelding|sources|bibliography|"
    r"works cited|literatuur|примечания|источники|сноски|литература|ссылки|(?:fu(?:ß|ss)|end)noten|anmerkungen|"
    r"einzelnachweise|quellen|références|bibliographie|notes et références|voetnoten)\W*"
)


def find_numbered_notes(paragraphs: Sequence[RichText]) -> tuple[list[RichText], list[DraftNote]]:
    """Tell notes from body.

    A paragraph is a note when it begins with a label that is a mark elsewhere, or stands under a heading such as
    “Notes”. Returned are the body, with marks in place of the numbers that were marks, and the notes.
    """
    lines = [line for paragraph in paragraphs for line in _split_at_labels(paragraph)]
    heads = [_head(line) for line in lines]
    under_heading = list(_under_notes_heading(lines))
    elsewhere = {
        label
        for line, head in zip(lines, heads, strict=True)
        for label, span, _ in _possible_marks(line)
        if head is None or span[0] >= head[1][1]
    }
    body: list[RichText] = []
    notes: list[DraftNote] = []
    seen: set[str] = set()
    for line, head, listed in zip(lines, heads, under_heading, strict=True):
        head = head or (_plain_head(line) if listed else None)
        if head and head[0] not in seen and (head[0] in elsewhere or listed) and line.text[head[1][1] :].strip():
            seen.add(head[0])
            notes.append(DraftNote(head[0], line.part(head[1][1], len(line.text))))
        else:
            body.append(line)
    return [_with_marks(line, seen) for line in body], notes


def _head(line: RichText) -> tuple[str, Span] | None:
    """The label that a paragraph begins with, and where it stands."""
    if line.heading:
        return None
    for start, end in line.supers:
        if start == 0 and (label := _raised_label(line.text[start:end])):
            return label, (0, end)
    for pattern in (_BRACKETED, _RAISED):
        if match := pattern.match(line.text):
            return match[match.lastindex or 0].translate(_DIGITS), match.span()
    return None


def _plain_head(line: RichText) -> tuple[str, Span] | None:
    match = _PLAIN_NUMBER.match(line.text)
    return (match[1], match.span()) if match and not line.heading else None


def _raised_label(text: str) -> str | None:
    text = text.strip(" []()").translate(_DIGITS)
    return text if _LABEL.fullmatch(text) else None


def _possible_marks(line: RichText) -> Iterator[tuple[str, Span, bool]]:
    """Labels that could be marks: raised numbers (strong) and bracketed ones."""
    for start, end in line.supers:
        label = _raised_label(line.text[start:end])
        if label and not _is_power(line.text, start, label):
            yield label, (start, end), True
    raised = iter(line.supers)
    start, end = next(raised, (0, 0))
    reach = 0  # how far what was raised before the match reaches
    for match in _BRACKETED.finditer(line.text):
        while start < end and start <= match.start():
            reach = max(reach, end)
            start, end = next(raised, (0, 0))
        if match.start() >= reach:
            yield match[1], match.span(), False
    for match in _RAISED.finditer(line.text):
        if _is_power(line.text, match.start(), match[0].translate(_DIGITS)):
            continue
        yield match[0].translate(_DIGITS), match.span(), True


def _is_power(text: str, start: int, label: str) -> bool:
    """Whether a raised 2 or 3 belongs to a unit of area or volume."""
    return label in ("2", "3") and _UNIT.search(text, max(0, start - 6), start) is not None


def _with_marks(line: RichText, labels: set[str]) -> RichText:
    """The paragraph with its marks taken out of the words."""
    marks = sorted((span, label, strong) for label, span, strong in _possible_marks(line) if label in labels)
    if not marks:
        return line
    spans = [_with_blank(line.text, *span) for span, _, _ in marks]
    bare = line.without(spans)
    removed = 0
    found = []
    for (start, end), (_, label, strong) in zip(spans, marks, strict=True):
        found.append(Mark(start - removed, label, strong))
        removed += end - start
    return replace(bare, marks=tuple(sorted((*line.marks, *found), key=attrgetter("position"))))


def _with_blank(text: str, start: int, end: int) -> Span:
    """A mark with the blank before it, where the words around it would otherwise be parted wrongly."""
    parted = text[start - 1 : start] == " " and (end == len(text) or text[end] in " .,;:!?)»”")
    return (start - 1, end) if parted else (start, end)


def _split_at_labels(paragraph: RichText) -> Iterator[RichText]:
    """A paragraph of notes, one a printed line, as the notes it is of."""
    if _head(paragraph) is None:
        yield paragraph
        return
    raised = {start for start, _ in paragraph.supers}
    starts = [0] + [
        position
        for position in paragraph.breaks
        if position in raised or _BRACKETED.match(paragraph.text, position) or _RAISED.match(paragraph.text, position)
    ]
    for start, end in zip(starts, [*starts[1:], len(paragraph.text)], strict=True):
        part = paragraph.part(start, end)
        yield part if start == 0 or not part.links else replace(part, location=part.links[0].location)


def _under_notes_heading(lines: Sequence[RichText]) -> Iterator[bool]:
    """For each paragraph whether the last heading before it announces notes."""
    listed = False
    for line in lines:
        if line.heading or (len(line.text) < 40 and _NOTES_HEADING.fullmatch(line.text)):
            listed = bool(_NOTES_HEADING.fullmatch(line.text))
            yield False
        else:
            yield listed
