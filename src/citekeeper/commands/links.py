"""What ``check INPUT…`` is to ask: the links of documents, the addresses given, the lines of stdin."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from citekeeper.commands.stdin import lines_of
from citekeeper.model import Citation, Kind
from citekeeper.patterns import late

_URL = late(r"(?i)^[a-z][a-z0-9+.-]*://")
_WINDOW = 250_000


def names_document(given: str) -> bool:
    """Whether an input is a document, directory or glob: neither an address nor stdin."""
    return given != "-" and not _URL.match(given)


def merged(inputs: Sequence[str]) -> list[Citation]:
    """One entry for each address, with every place where it stands: it is asked once however often it is linked."""
    by_url: dict[str, Citation] = {}
    places: dict[str, list[Citation]] = {}
    for link in _links(inputs):
        url = link.url or ""
        by_url.setdefault(url, link)
        places.setdefault(url, []).append(link)
    return [
        _numbered(replace(link, found_in=tuple(place for at in places[url] for place in at.found_in)), number)
        for number, (url, link) in enumerate(by_url.items(), start=1)
    ]


def streamed(inputs: Sequence[str]) -> Iterator[Citation | None]:
    """The same, an entry at a time: documents' links merged, then addresses and stdin without keeping them.

    An address that was among the last quarter million is not asked again; beyond that, nothing is remembered of it.
    None stands for a line of stdin that has not arrived yet: what is under way goes on meanwhile.
    """
    seen = _Window(_WINDOW)
    number = 0
    documents = [given for given in inputs if names_document(given)]
    for named in merged(documents) if documents else ():
        number += 1
        seen.is_new(named.url or "")
        yield named
    for url in _addresses([given for given in inputs if not names_document(given)], waits=False):
        if url is None:
            yield None
        elif seen.is_new(url):
            number += 1
            yield Citation(id=f"link-{number}", url=url)


def _numbered(link: Citation, number: int) -> Citation:
    # As all of them are links, all count: kind "citation" is what totals count.
    return replace(link, id=f"link-{number}", kind=Kind.CITATION)


def _links(inputs: Iterable[str]) -> Iterator[Citation]:
    """Every web link that the inputs name, in order; a document that several of them name counts once."""
    from citekeeper import importers

    known: set[Path] = set()
    for given in inputs:
        if names_document(given):
            for path in importers.expand([given], base=Path()):
                if path.absolute() in known:
                    continue
                known.add(path.absolute())
                try:
                    yield from importers.links(path, name=path.as_posix())
                except importers.EmptyDocumentError:
                    if path == Path(given):  # in a directory it is no slip: there is nothing to check in it
                        raise
        else:
            yield from (Citation(id="", url=url) for url in _addresses([given], waits=True) if url is not None)


def _addresses(inputs: Iterable[str], *, waits: bool) -> Iterator[str | None]:
    """The addresses given; None for a line of stdin that has not arrived, unless it ``waits`` for it."""
    for given in inputs:
        if given == "-":
            yield from _from_stdin(waits=waits)
        else:
            yield given


def _from_stdin(*, waits: bool) -> Iterator[str | None]:
    """An address a line; empty lines and comments (#) are left out."""
    first = True
    for line in lines_of(sys.stdin.buffer, waits=waits):
        if line is None:
            yield None
            continue
        url = _decoded(line.removeprefix(BOM_UTF8) if first else line).strip()
        first = False
        if url and url[0] != "#":
            yield url


def _decoded(line: bytes) -> str:
    """A line of UTF-8; bytes of another encoding are kept as an address can hold them (``%CF%F0``)."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in line)


class _Window:
    """Which addresses were seen lately, as 64-bit hashes in two generations: bounded however many there are."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._young: set[int] = set()
        self._old: set[int] = set()

    def is_new(self, url: str) -> bool:
        """Whether an address is not in the window; it is from now on."""
        mark = hash(url)
        if mark in self._young:
            return False
        is_new = mark not in self._old
        self._young.add(mark)
        if len(self._young) >= self._size:
            self._old, self._young = self._young, set()
        return is_new
