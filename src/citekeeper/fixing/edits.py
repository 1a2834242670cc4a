"""From links and mends to edits."""

from __future__ import annotations

import html
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from citekeeper.fixing.escapes import end_of, is_pointed, normal, written_as
from citekeeper.fixing.links import Form, Link, Mend, Style
from citekeeper.fixing.words import archived_words
from citekeeper.urls import decode_wayback, same_document_key

_NEAR = 80  # characters behind a link within which a link to an archived copy belongs to it


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` becomes ``new``."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A link that should be mended and was left alone, with the reason as a clause."""

    link: Link
    why: str


def mended(
    text: str,
    links: Sequence[Link],
    mend_for: Callable[[Link], Mend | None],
    style: Style,
    language: str | None = None,
) -> Iterator[tuple[Link, Edit] | Skipped]:
    """What has to change in a document, link by link.

    A link that already is as it should be gives nothing, so mending a mended document changes nothing.

    Args:
        text: the document.
        links: its links.
        mend_for: what a link should become; None for one that is well.
        style: what rotten links become; a moved source's new address replaces the old one in every style.
        language: the document's, for words beside a link.
    """
    places = sorted(links, key=lambda link: link.start)
    mender = _Mender(text, places, style, language)
    for link in places:
        mend = mend_for(link)
        if mend is None:
            continue
        target = normal(mend.target)
        if target is None:
            yield Skipped(link, "the address that it should get is no web address")
            continue
        yield from mender.mend(link, mend, _with_fragment(target, link.url))


def _with_fragment(target: str, url: str) -> str:
    """``target`` at the place of the page that ``url`` points to."""
    fragment = url.partition("#")[2]
    made = normal(f"{target}#{fragment}") if fragment and "#" not in target else None
    return made or target


class _Mender:
    def __init__(self, text: str, links: Sequence[Link], style: Style, language: str | None) -> None:
        self._text = text
        self._links = links
        self._starts = [link.start for link in links]
        self._style = style
        self._language = language

    def mend(self, link: Link, mend: Mend, target: str) -> Iterator[tuple[Link, Edit] | Skipped]:
        end = end_of(self._text, link.start, link.form, link.url)
        if end is None:
            yield Skipped(link, "its address is written in a way that is not understood")
        elif link.url == target or normal(link.url) == target or (not mend.moved and link.is_robust):
            return
        elif not mend.moved and self._style is Style.BESIDE:
            yield from self._beside(link, mend, target)
        elif not mend.moved and self._style is Style.ROBUST and link.form is Form.ATTRIBUTE:
            yield link, self._robust(link, end, mend, target)
        else:
            yield link, self._replaced(link, end, target)

    def _replaced(self, link: Link, end: int, target: str) -> Edit:
        pointed = is_pointed(self._text, link.start)
        return Edit(link.start, end, written_as(target, link.form, pointed=pointed, quote=self._quote(link.start)))

    def _quote(self, start: int) -> str:
        """The quotes around an attribute's value that begins, behind white space, before ``start``."""
        before = (
            self._text[:start].rstrip() if self._text[start - 1 : start].isspace() else self._text[start - 1 : start]
        )
        return before[-1:] if before[-1:] in ("'", '"') else ""

    def _robust(self, link: Link, end: int, mend: Mend, target: str) -> Edit:
        """A link to the copy that names original, copy and date (Robust Links 1.5)."""
        quote = self._quote(link.start)
        closing = self._text[end : self._text.index(quote, end) + 1] if quote else ""
        facts = {"originalurl": link.url, "versionurl": target}
        if mend.day is not None:
            facts["versiondate"] = mend.day.isoformat()
        more = "".join(f' data-{name}="{html.escape(value)}"' for name, value in facts.items())
        new = written_as(target, link.form, pointed=False, quote=quote) + closing + more
        return Edit(link.start, end + len(closing), new)

    def _beside(self, link: Link, mend: Mend, target: str) -> Iterator[tuple[Link, Edit] | Skipped]:
        if not link.beside:
            yield Skipped(link, "there is no place beside it for a second link")
            return
        words = archived_words(self._language, mend.day)
        if link.form is Form.ATTRIBUTE:
            new = f' (<a href="{written_as(target, link.form, pointed=False)}">{html.escape(words)}</a>)'
        else:
            new = f" ([{words}]({written_as(target, Form.INLINE, pointed=False)}))"
        for place in link.beside:
            if not self._has_copy_behind(place, link, target):
                yield link, Edit(place, place, new)

    def _has_copy_behind(self, place: int, link: Link, target: str) -> bool:
        """Whether the next link behind ``place`` is an archived copy of the same page already."""
        following = bisect_left(self._starts, place)
        if following == len(self._links):
            return False
        other = self._links[following]
        between = self._text[place : other.start]
        if len(between) > _NEAR or "\n\n" in between.replace("\r\n", "\n"):
            return False
        if normal(other.url) == target:
            return True
        archived = decode_wayback(other.url)
        return archived is not None and same_document_key(archived.original) == same_document_key(link.url)
