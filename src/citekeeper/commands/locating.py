"""``citekeeper locate [ID…]``: the addresses of citations that lost theirs, and dead sources' copies under others."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citekeeper.commands.locator import Found, Locator
from citekeeper.commands.remedies import archived_copy, diagnose
from citekeeper.commands.screen import Screen
from citekeeper.commands.workshop import Workshop, open_workshop
from citekeeper.errors import UsageError
from citekeeper.importers.defects import corruption
from citekeeper.mementos import WAYBACK
from citekeeper.model import Citation, VerdictKind
from citekeeper.printing import printable
from citekeeper.urls import shown

if TYPE_CHECKING:
    from citekeeper.locating import Candidate

_SHOWN = 3
_WELL = {VerdictKind.ALIVE, VerdictKind.MOVED}


def run(
    ids: Sequence[str],
    *,
    write: bool,
    register: Path | None,
    options: Mapping[str, Any],
    progress: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Search, print what was found, and with ``write`` put what is proved into the register.

    Raises:
        UsageError: an id is unknown, or the network is not to be used.
        ServiceError: the archive answered no question at all.
    """
    workshop = open_workshop(register, options)
    if workshop.settings.offline:
        raise UsageError("locate asks the Wayback Machine, and offline is set.", "Leave out offline.")
    citations = workshop.chosen(ids) if ids else _lost(workshop)
    with Screen(live=progress, quiet=quiet, verbose=verbose) as screen:
        found = _search(workshop, _told(workshop, citations, screen), screen)
    for citation, outcome in found:
        _print(_lines(citation, outcome))
    if not citations:
        screen.say("Every citation has an address that answers or is archived; name an id to search all the same.")
    failures = [outcome.failure for _, outcome in found if outcome.failure is not None]
    if failures and len(failures) == len(found):
        raise failures[0]
    taken = [(citation, outcome.chosen) for citation, outcome in found if outcome.chosen is not None]
    if write:
        _write(workshop, taken, screen)
    elif taken:
        screen.say("Nothing was changed. With --write the chosen addresses are put into the register.")
    return 0


def _lost(workshop: Workshop) -> list[Citation]:
    """Citations without an address, or with one that is dead or corrupt and of which no copy is known."""
    return [citation for citation in workshop.chosen([]) if not citation.url or _is_lost(workshop, citation)]


def _is_lost(workshop: Workshop, citation: Citation) -> bool:
    events = workshop.history(citation.id).events()
    found = diagnose(citation, events)
    if archived_copy(citation, events, found) is not None:
        return False
    return found.is_rotten or (found.verdict not in _WELL and corruption(citation.url or "") is not None)


def _told(workshop: Workshop, citations: Sequence[Citation], screen: Screen) -> list[Citation]:
    """Those of which the Wayback Machine may hear."""
    allowed = []
    for citation in citations:
        refusal = workshop.consent.refusal(WAYBACK, citation)
        if refusal is None:
            allowed.append(citation)
        else:
            screen.note(f"{citation.id}: not searched for: {refusal}.")
    return allowed


def _search(workshop: Workshop, citations: Sequence[Citation], screen: Screen) -> list[tuple[Citation, Found]]:
    from citekeeper.mementos.search import cdx_search

    if not citations:
        return []
    screen.begin("Wayback Machine: searching", len(citations))
    found = []
    with workshop.engine() as engine:
        search = cdx_search(workshop.network, workshop.clock, workshop.rng)
        others = [citation for citation in workshop.citations if workshop.consent.allows(WAYBACK, citation)]
        locator = Locator(search, engine.fetch, workshop.clock.now(), others)
        for citation in citations:
            found.append((citation, locator.locate(citation)))
            screen.step(citation.id)
    return found


def _lines(citation: Citation, found: Found) -> Iterator[str]:
    yield f"{citation.id}: {citation.title or shown(citation.url or '') or '(no title)'}"
    for candidate in found.candidates[:_SHOWN]:
        mark = "chosen" if candidate is found.chosen else "possible"
        yield f"  {candidate.score:.2f} {mark}  {shown(candidate.page.url, 1000)}"
        yield f"       {candidate.how}: {candidate.reason}"
        yield f"       {shown(candidate.page.memento, 1000)}"
    yield from (f"  {note}" for note in found.notes)
    if found.failure is not None:
        yield f"  The archive did not answer everything: {found.failure.message} {found.failure.hint}".rstrip()
    elif not found.candidates:
        yield "  Nothing found: no page that the archive named fits."
    elif found.chosen is None:
        yield "  None is sure enough to be taken: look at them, and write the right one as url: yourself."


def _print(lines: Iterator[str]) -> None:
    sys.stdout.write("".join(printable(line) + "\n" for line in lines))


def _write(workshop: Workshop, taken: Sequence[tuple[Citation, Candidate]], screen: Screen) -> None:
    """Put the addresses into the register as it is now, with how each was found."""
    from citekeeper.files import write_atomic
    from citekeeper.register import update_all

    assert workshop.register is not None
    path = workshop.register.path
    before = path.read_bytes()
    changes: dict[str, dict[str, Any]] = {}
    for citation, candidate in taken:
        located: dict[str, Any] = {
            "how": candidate.how,
            "score": candidate.score,
            "on": workshop.clock.now().date(),
        }
        if citation.url:
            located["was"] = citation.url
        changes[citation.id] = {"url": candidate.page.url, "located": located}
    data = update_all(before, changes, path=path)
    if data != before:
        write_atomic(path, data)
    screen.say(
        f"{path}: {len(taken)} addresses written." if taken else f"{path}: nothing was sure enough to be written."
    )
