"""What is mended: a link with its place, and what is to become of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Form(StrEnum):
    """How an address is written; each form has escapes of its own."""

    INLINE = "inline"  # Markdown: [words](address "title")
    DEFINITION = "definition"  # Markdown: [label]: address
    AUTO = "auto"  # Markdown: <address>
    BARE = "bare"  # Markdown: an address in running text
    ATTRIBUTE = "attribute"  # HTML: href="address"


class Style(StrEnum):
    """What a rotten link becomes."""

    REPLACE = "replace"  # it leads to the archived copy
    BESIDE = "beside"  # it stays, and the archived copy is linked beside it
    ROBUST = "robust"  # HTML: it leads to the copy, and Robust Links attributes name original, copy and date


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a document, by positions in its text.

    Attributes:
        form: how its address is written.
        url: the address that is meant, escapes resolved.
        start: where the written address begins.
        beside: where words about it may be put: behind the link, or behind each use of a definition; () for nowhere.
        is_robust: it has Robust Links attributes already.
    """

    form: Form
    url: str
    start: int
    beside: tuple[int, ...] = ()
    is_robust: bool = False


@dataclass(frozen=True, slots=True)
class Mend:
    """What a citation's link should become.

    Attributes:
        target: the address of the archived copy, or the new address of a source that moved.
        day: the day of the archived copy, where it is known.
        moved: the target is a new address, which replaces the old one in every style.
    """

    target: str
    day: date | None = None
    moved: bool = False
