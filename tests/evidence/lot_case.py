"""A case of the lots: one page, one quote or number that a citation relies on, and whether a person finds it there."""

from __future__ import annotations

from dataclasses import dataclass, field

from .lot_pages import page, story

HTML = "text/html; charset=utf-8"
TITLE = {
    "en": "Life behind the dam",
    "nl": "Leven achter de dijk",
    "de": "Leben hinter dem Deich",
    "fr": "La vie derrière la digue",
    "ru": "Жизнь за дамбой",
    "uk": "Життя за дамбою",
}


@dataclass(frozen=True)
class Case:
    """One page and what was cited of it.

    Attributes:
        wanted: the quote, or the number where ``is_number``.
        body: the page as it goes over the wire.
        anchor: the fragment of the cited address.
        frames: further pages of the same host, path → body.
        said: why the truth is what it is, where that is not plain.
    """

    name: str
    wanted: str
    body: bytes
    found: bool
    language: str = "en"
    is_number: bool = False
    media_type: str = HTML
    anchor: str = ""
    frames: dict[str, str] = field(default_factory=dict)
    said: str = ""


def quote(name: str, language: str, wanted: str, *middle: str, found: bool, said: str = "", anchor: str = "",
          wrap: str = "p", **more: object) -> Case:  # fmt: skip
    """A quote, and a story with ``middle`` in it."""
    body = page(language, TITLE[language], story(language, *middle, wrap=wrap), **more)  # type: ignore[arg-type]
    return Case(name, wanted, body.encode(), found, language, said=said, anchor=anchor)


def number(name: str, language: str, wanted: str, *middle: str, found: bool, said: str = "", **more: object) -> Case:
    """A number, and a story with ``middle`` in it."""
    body = page(language, TITLE[language], story(language, *middle), **more)  # type: ignore[arg-type]
    return Case(name, wanted, body.encode(), found, language, is_number=True, said=said)


def whole(name: str, language: str, wanted: str, body: str | bytes, *, found: bool, is_number: bool = False,
          media_type: str = HTML, frames: dict[str, str] | None = None, said: str = "") -> Case:  # fmt: skip
    """A page written out."""
    raw = body.encode() if isinstance(body, str) else body
    return Case(name, wanted, raw, found, language, is_number, media_type, frames=frames or {}, said=said)
