"""``citekeeper verify [ID…]``: offline fixity of everything under the archive, and the quotes in the captures."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citekeeper.commands.stamping import check_named_roots
from citekeeper.commands.workshop import DEFAULT_REGISTER, Workshop, open_workshop
from citekeeper.errors import StorageError
from citekeeper.history import FILE_NAME, History
from citekeeper.ids import is_valid_id
from citekeeper.model import CaptureState, Event, Severity, Shows

if TYPE_CHECKING:
    from citekeeper.archive import Archive

_CONTRADICTED = "lines of one id say different things, which no merge does: one was put in or changed by hand."
_UNSTAMPED = (
    "that all parts agree is shown, not that nobody with access made them all anew (`citekeeper show ID --custody`)."
)


def run(ids: Sequence[str], *, register: Path | None, options: Mapping[str, Any], quiet: bool) -> int:
    """Print every problem, a line each; 1 where there is any.

    The archive is enough: without a register, and for what no register names any more, hashes and graph are verified;
    quotes are looked up where there is one.
    """
    from citekeeper.archive import verify
    from citekeeper.archive.folders import capture_folders
    from citekeeper.reports.words import count

    has_register = register is not None or "CITEKEEPER_CITATIONS" in os.environ or DEFAULT_REGISTER.exists()
    workshop = open_workshop(register, options, needs_register=has_register, is_offline=True)
    if not has_register and not Path(workshop.settings.archive_dir).is_dir():
        open_workshop(register, options, is_offline=True)  # neither register nor archive: says what is missing
    check_named_roots(workshop)
    root = Path(workshop.settings.archive_dir)
    wanted = _wanted(workshop, root, ids)
    histories = _Histories({citation_id: workshop.history(citation_id) for citation_id in wanted})
    problems = verify(root, wanted, histories, tsa_roots=workshop.settings.tsa_roots, whole=not ids)
    lines = [f"{problem.severity}: {problem.path}: {problem.what}: {problem.message}" for problem in problems]
    damaged, unreadable = list(histories.damage()), histories.unreadable()
    missing: list[str] = []
    if not unreadable:
        try:
            missing = _missing_quotes(workshop, wanted)
        except StorageError as error:  # which must not keep from being told what was found
            unreadable = [f"error: quotes-not-looked-up: {error.message} {error.hint}"]
    lines += damaged + unreadable + missing
    sys.stdout.write("".join(_printable(line) + "\n" for line in lines))
    if not quiet:
        captures = sum(len(capture_folders(root / citation_id)) for citation_id in wanted)
        wrong = (
            len(damaged)
            + len(unreadable)
            + len(missing)
            + sum(problem.severity is not Severity.OK for problem in problems)
        )
        verdict = count(wrong, "problem") if wrong else "no problem"
        sys.stderr.write(f"Verified {count(captures, 'capture')} of {count(len(wanted), 'citation')}: {verdict}.\n")
        unstamped = _unstamped(workshop.archive, wanted)
        if unstamped:
            sys.stderr.write(f"{unstamped} without a time stamp: {_UNSTAMPED}\n")
    return 1 if any(line.startswith(f"{Severity.ERROR}:") for line in lines) else 0


def _wanted(workshop: Workshop, root: Path, ids: Sequence[str]) -> list[str]:
    """The ids to verify: those asked for; else the register's, and what lies in the archive without being in it.

    Raises:
        UsageError: an id is neither in the register nor in the archive.
    """
    kept = sorted(entry.name for entry in root.iterdir() if entry.is_dir()) if root.is_dir() else []
    kept = [name for name in kept if is_valid_id(name)]
    if ids:
        elsewhere = [wanted for wanted in ids if wanted not in kept]
        if elsewhere:
            workshop.chosen(elsewhere)  # refuses what nobody knows
        return list(dict.fromkeys(ids))
    return list(dict.fromkeys([*(citation.id for citation in workshop.chosen([])), *kept]))


class _Histories(Mapping[str, Sequence[Event]]):
    """The histories, each read when it is asked for and not kept: those of ten years fill more than a memory.

    One that cannot be read must not keep the rest from being verified.
    """

    def __init__(self, chronicles: Mapping[str, History]) -> None:
        self._chronicles = chronicles
        self._unreadable: dict[str, StorageError] = {}

    def __getitem__(self, citation_id: str) -> Sequence[Event]:
        try:
            return self._chronicles[citation_id].events()
        except StorageError as error:
            self._unreadable[citation_id] = error
            return ()

    def __contains__(self, citation_id: object) -> bool:
        return citation_id in self._chronicles

    def __iter__(self) -> Iterator[str]:
        return iter(self._chronicles)

    def __len__(self) -> int:
        return len(self._chronicles)

    def damage(self) -> Iterator[str]:
        """Lines for what is wrong within those that were read."""
        for citation_id, chronicle in self._chronicles.items():
            yield from _damage(citation_id, chronicle)

    def unreadable(self) -> list[str]:
        """A line for each that could not be read."""
        return [
            f"error: {citation_id}/{FILE_NAME}: history-unreadable: {error.message} {error.hint} "
            "Quotes were not looked up."
            for citation_id in self._chronicles
            if (error := self._unreadable.get(citation_id)) is not None
        ]


def _unstamped(archive: Archive, citation_ids: Sequence[str]) -> int:
    """How many captures have no time stamp, as far as their manifests can be read."""
    found = 0
    for citation_id in citation_ids:
        with contextlib.suppress(StorageError):
            found += len(archive.unstamped(citation_id))
    return found


def _damage(citation_id: str, chronicle: History) -> Iterator[str]:
    """A line for what is wrong within a history."""
    from citekeeper.reports.words import count

    path = f"{citation_id}/{FILE_NAME}"
    if chronicle.damaged:
        yield f"warning: {path}: history-damaged: {count(chronicle.damaged, 'line')} cannot be read"
    if chronicle.contradicted:
        yield f"error: {path}: history-contradicts-itself: {_CONTRADICTED}"


def _printable(line: str) -> str:
    """A line that shows what a hostile file name holds, and does nothing to a terminal."""
    return "".join(ch if ch.isprintable() else ch.encode("unicode_escape").decode("ascii") for ch in line)


def _missing_quotes(workshop: Workshop, wanted: Sequence[str]) -> list[str]:
    from citekeeper.pipeline.assemble import Sources, assemble_entry

    sources = Sources(workshop.settings, workshop.documents, workshop.clock.now(), workshop.archive, workshop.history)
    concerned = set(wanted)
    entries = (
        assemble_entry(citation, None, sources)[0] for citation in workshop.chosen([]) if citation.id in concerned
    )
    return [
        f"error: {entry.citation.id}: quote-missing: “{match.text}” is in no capture"
        for entry in entries
        if any(c.shows is Shows.SOURCE and c.state is not CaptureState.WITHDRAWN for c in entry.captures)
        for match in entry.quotes
        if not (match.found or match.is_unread or match.is_foreign)
    ]
