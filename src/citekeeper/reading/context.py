"""jusText's second pass, by which doubtful paragraphs are judged by those around them, in linear time.

The library looks from each doubtful paragraph to the next sure one, which on a page of thousands of short lines is most
of the work of reading it. Here one walk down and one up find the sure ones; what comes out is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final, Protocol

_HEADING_REACH: Final = 200  # characters between a heading and what it heads


class Paragraph(Protocol):
    """What of jusText's paragraph this needs."""

    cf_class: str
    class_type: str
    heading: bool

    @property
    def text(self) -> str:
        """Its text."""


def revise(paragraphs: Sequence[Paragraph]) -> None:
    """Set each paragraph's ``class_type``, good or bad, by its own class (``cf_class``) and those around it."""
    classes = [paragraph.cf_class for paragraph in paragraphs]
    classes = _without_short(classes)
    classes = _without_near_good(classes)
    for index, paragraph in enumerate(paragraphs):
        was_doubtful = classes[index] == "bad" and paragraph.cf_class != "bad"
        if paragraph.heading and was_doubtful and _heads(paragraphs, classes, index):
            classes[index] = "good"
    for paragraph, found in zip(paragraphs, classes, strict=True):
        paragraph.class_type = found


def _without_short(classes: Sequence[str]) -> list[str]:
    """Short ones are as the sure ones around them; between unlike ones, good where something near good is next."""
    sure, near = ("good", "bad"), ("good", "bad", "neargood")
    above, below = _before(classes, sure), _after(classes, sure)
    near_above, near_below = _before(classes, near), _after(classes, near)
    found = list(classes)
    for index, own in enumerate(classes):
        if own != "short":
            continue
        if above[index] == below[index]:
            found[index] = above[index]
        else:
            bad_side = near_above if above[index] == "bad" else near_below
            found[index] = "good" if bad_side[index] == "neargood" else "bad"
    return found


def _without_near_good(classes: Sequence[str]) -> list[str]:
    """What is near good is good, unless it stands between bad ones."""
    below = _after(classes, ("good", "bad"))
    found: list[str] = []
    for index, own in enumerate(classes):
        above = found[-1] if found else "bad"
        found.append(("bad" if above == below[index] == "bad" else "good") if own == "neargood" else own)
    return found


def _before(classes: Iterable[str], kinds: Sequence[str]) -> list[str]:
    """For each place the last class of some kinds before it; bad, where there is none."""
    found, last = [], "bad"
    for own in classes:
        found.append(last)
        last = own if own in kinds else last
    return found


def _after(classes: Sequence[str], kinds: Sequence[str]) -> list[str]:
    return _before(classes[::-1], kinds)[::-1]


def _heads(paragraphs: Sequence[Paragraph], classes: Sequence[str], index: int) -> bool:
    """Whether something good comes soon after a heading."""
    distance = 0
    for place in islice(range(index + 1, len(classes)), _HEADING_REACH + 1):
        if distance > _HEADING_REACH:
            return False
        if classes[place] == "good":
            return True
        distance += len(paragraphs[place].text)
    return False
