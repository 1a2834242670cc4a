"""``citekeeper fix DOC``: the document again, with its rotten links mended."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from citekeeper.commands.delivery import check_target
from citekeeper.commands.placing import Placed, place
from citekeeper.commands.remedies import diagnose, relocations, remedy
from citekeeper.commands.screen import Screen
from citekeeper.commands.workshop import Workshop, open_workshop
from citekeeper.errors import InputFileError, UsageError
from citekeeper.fixing import Edit, Link, Mend, Skipped, Style, UnsafeBytesError, Written, mended, unified_diff
from citekeeper.model import Citation, VerdictKind
from citekeeper.urls import same_document_key, shown


def run(
    document: str,
    *,
    style: str,
    diff: bool,
    write: bool,
    output: str | None,
    register: Path | None,
    options: Mapping[str, Any],
    quiet: bool,
    verbose: bool,
) -> int:
    """Mend, and hand the document over: to stdout, a file, or (``write``) in its own place.

    Raises:
        UsageError: options that contradict each other, or a document that cannot be mended.
    """
    chosen = _style(style)
    check_target(["document"], output)
    if write and (diff or output):
        raise UsageError(
            "--write changes the document itself; with --diff or --output that is not what is asked.",
            "Give one of them.",
        )
    path = Path(document)
    placed = place(path)
    if chosen is Style.ROBUST and not placed.is_html:
        raise UsageError(
            "Robust Links are attributes of HTML, and this is Markdown.", "Give --style beside or --style replace."
        )
    workshop = open_workshop(register, options, is_offline=True)
    screen = Screen(live=False, quiet=quiet, verbose=verbose)
    data = _mended(path, placed, chosen, workshop, screen)
    if diff and b"\0" in placed.data:
        raise UsageError(f"{document} is in UTF-16 or UTF-32, which no patch can hold.", "Leave out --diff.")
    if write:
        _write_back(path, placed.data, data)
    else:
        _hand_over(unified_diff(_patch_name(path), placed.data, data) if diff else data, output)
    return 0


def _style(name: str) -> Style:
    try:
        return Style(name)
    except ValueError as error:
        raise UsageError(f"“{name}” is no style.", f"Known: {', '.join(Style)}.") from error


def _mended(path: Path, placed: Placed, style: Style, workshop: Workshop, screen: Screen) -> bytes:
    try:
        written = Written.of(placed.data, placed.text)
    except UnsafeBytesError as error:
        raise InputFileError(path.as_posix(), str(error), "Save it in UTF-8.") from error
    remedies = Remedies(workshop, screen)
    edits: list[Edit] = []
    links: set[Link] = set()
    language = _language(path, workshop) if style is Style.BESIDE else None
    for outcome in mended(placed.text, placed.links, remedies.for_link, style, language):
        if isinstance(outcome, Skipped):
            screen.say(f"left alone: {shown(outcome.link.url)}: {outcome.why}")
            continue
        link, edit = outcome
        links.add(link)
        edits.append(edit)
    screen.say(f"{path.as_posix()}: {len(links)} of {len(placed.links)} links mended.")
    return written.with_edits(edits)


class Remedies:
    """Finds what each of a document's links should become, and tells which rotten ones nothing is known for."""

    def __init__(self, workshop: Workshop, screen: Screen) -> None:
        self._screen = screen
        self._workshop = workshop
        self._citing: defaultdict[str, list[Citation]] = defaultdict(list)
        for citation in workshop.citations:
            if citation.url:
                self._citing[same_document_key(citation.url)].append(citation)
        self._relocations: dict[str, str] = {}
        for was, now in relocations(workshop.register).items() if workshop.register else ():
            self._relocations.setdefault(same_document_key(was), now)
        self._mends: dict[str, Mend | None] = {}
        self._without: dict[str, str] = {}

    def _mend(self, key: str) -> Mend | None:
        """What an address should become: of a large register, few are in one document."""
        if key not in self._mends:
            self._mends[key] = next(filter(None, map(partial(self._remedy, key), self._citing.get(key, ()))), None)
            if self._mends[key] is None and key in self._relocations:
                self._mends[key] = Mend(self._relocations[key], moved=True)
        return self._mends[key]

    def _remedy(self, key: str, citation: Citation) -> Mend | None:
        events = self._workshop.history(citation.id).events()
        mend = remedy(citation, events)
        if mend is None and (found := diagnose(citation, events)).is_rotten:
            verdict = found.verdict or VerdictKind.GONE
            self._without[key] = f"{citation.id} is rotten ({verdict}), and no archived copy is known"
        return mend

    def for_link(self, link: Link) -> Mend | None:
        """See `citekeeper.fixing.mended`."""
        key = same_document_key(link.url)
        if self._mend(key) is not None:
            return self._settled(key, link)
        if key in self._without:
            self._screen.say(f"{self._without.pop(key)}: find one with “citekeeper run”, or pin one as archived:.")
        return None

    def _settled(self, key: str, link: Link) -> Mend | None:
        """A new address that is itself rotten or moved on is no remedy, and would be mended again the next time."""
        mend = self._mend(key)
        assert mend is not None
        onward = same_document_key(mend.target)
        following = self._mend(onward) if mend.moved and onward != key else None
        if following is not None:
            if following.moved:
                self._screen.say(f"left alone: {shown(link.url)}: where it moved to has moved on; check it again")
                return None
            return following
        return mend


def _language(path: Path, workshop: Workshop) -> str | None:
    """The document's language: by the register, else by itself."""
    from citekeeper import importers

    names = {path.as_posix(), Path(os.path.normpath(path)).as_posix()}
    for document in workshop.documents:
        if document.source in names and document.language:
            return document.language
    try:
        return importers.read(path).document.language
    except InputFileError:
        return None  # it has neither notes nor links, so there is nothing to put into words


def _patch_name(path: Path) -> str:
    """The document's name in a patch: relative to the working directory where it lies below that."""
    absolute = Path(os.path.normpath(Path.cwd() / path))
    try:
        return absolute.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.name


def _write_back(path: Path, before: bytes, after: bytes) -> None:
    from citekeeper.files import write_atomic

    if after == before:
        return
    if path.read_bytes() != before:
        raise UsageError(f"{path} was changed meanwhile; nothing was written.", "Run the command again.")
    write_atomic(path, after)


def _hand_over(data: bytes, output: str | None) -> None:
    from citekeeper.files import write_output

    if output is not None and output != "-":
        write_output(Path(output), data)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
