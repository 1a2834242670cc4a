"""``citekeeper deposit ID FILE…``: evidence made elsewhere is sealed as it is, read, and looked up for the quotes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from citekeeper.commands.stamping import check_roots, stamp_captures
from citekeeper.commands.workshop import Workshop, open_workshop
from citekeeper.errors import UsageError
from citekeeper.model import Capture, Citation, Reading
from citekeeper.pipeline.readings import READING_SECONDS
from citekeeper.workers import HEAVY

_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_TOLERANCE = timedelta(minutes=5)
_LONGEST_NAME, _LONGEST_ACCOUNT = 200, 4000
_LONGEST_TEXT, _MOST_PARAGRAPHS = 6_000_000, 100_000  # characters and paragraphs of all files of one deposit


def run(
    citation_id: str,
    files: Sequence[str],
    *,
    captured_at: str,
    by: str,
    how: str,
    register: Path | None,
    options: Mapping[str, Any],
    quiet: bool,
) -> int:
    """Seal the files and put that on record; prints the capture's path."""
    from citekeeper.archive.deposits import Claim
    from citekeeper.history import new_event
    from citekeeper.pipeline.chronicle import record_manifests

    workshop = open_workshop(register, options)
    citation = workshop.chosen([citation_id])[0]
    claim = Claim(
        claimed_moment(captured_at, workshop.clock.now()),
        captured_at.strip(),
        _told(by, "--by", _LONGEST_NAME),
        _told(how, "--how", _LONGEST_ACCOUNT),
    )
    paths = [Path(file) for file in files]
    archive = workshop.archive
    check_roots(workshop)
    with archive.lock():
        archive.prepare()
        document = workshop.documents[0] if workshop.documents else None
        reading, unread = _reading(workshop, paths, citation)
        capture = archive.deposit(citation, paths, claim, reading=reading, document=document)
        fields = {
            "capture": capture.id,
            "sha256": capture.sha256,
            "shows": str(capture.shows),
            "origin": capture.origin,
            "by": claim.by,
        }
        now, vantage = workshop.clock.now(), workshop.settings.vantage
        workshop.history(citation.id).append(new_event("deposit", now, vantage, fields, workshop.rng))
        record_manifests(archive, workshop.history, [citation.id], workshop.clock, workshop.rng, vantage)
        notes = stamp_captures(workshop, [citation.id])
    sys.stdout.write(f"{capture.path}\n")
    if not quiet:
        sys.stderr.write("".join(f"{line}\n" for line in (*unread, *_account(citation, capture, reading), *notes)))
    return 0


def claimed_moment(text: str, now: datetime) -> datetime:
    """When the depositor says it was made: a date, or a time with its offset from UTC.

    Raises:
        UsageError: it is neither, names no offset, or lies in the future or before 1900.
    """
    given = text.strip()
    hint = "Write for instance 2022-05-02, or 2022-05-02T09:30:00Z."
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
            moment = datetime.combine(date.fromisoformat(given), time(), UTC)
        else:
            moment = datetime.fromisoformat(given)
    except ValueError:
        raise UsageError(f"--captured-at: “{given[:60]}” is no date or time.", hint) from None
    if moment.tzinfo is None:
        raise UsageError(f"--captured-at: “{given[:60]}” names no offset from UTC.", "Add Z, or for instance +02:00.")
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        raise UsageError(f"--captured-at: “{given[:60]}” is no possible time.", hint) from None
    if moment > now + _TOLERANCE:
        raise UsageError(f"--captured-at: “{given[:60]}” lies in the future.", "Correct it, or this machine's clock.")
    if moment < _EARLIEST:
        raise UsageError(
            f"--captured-at: “{given[:60]}” is before 1900.", "Say when this copy was made, not its source."
        )
    return moment


def _told(text: str, option: str, longest: int) -> str:
    """What a person said, on one line.

    Raises:
        UsageError: nothing, too much, or characters that are no text.
    """
    line = " ".join(text.split())
    if not line:
        raise UsageError(f"{option} is empty.", "Say it in words: a court will ask.")
    if len(line) > longest or not line.isprintable():
        raise UsageError(f"{option} is no text of at most {longest} characters.", "Say it in plain words.")
    return line


def _reading(workshop: Workshop, paths: Sequence[Path], citation: Citation) -> tuple[Reading | None, list[str]]:
    """The text of all files together, in order (None where none could be read), and what kept one from being read.

    Raises:
        UsageError: a file is missing or cannot be read.
    """
    from citekeeper.archive.deposits import check_deposits
    from citekeeper.reading.language import identify_others
    from citekeeper.workers import WorkerLostError

    check_deposits(paths)
    found: list[Reading] = []
    notes = []
    with workshop.workers(1) as workers:
        for path in paths:
            weight = HEAVY if _is_package(path) else path.stat().st_size
            future = workers.submit(
                READING_SECONDS, weight, read_deposit, path, citation.url, workshop.settings.outlet_rules
            )
            try:
                text = future.result()
            except WorkerLostError as error:
                notes.append(f"{path.name} is sealed, but its text could not be read: {error.message}")
                continue
            if text is not None and text.paragraphs:
                found.append(text)
    if not found:
        return None, notes
    paragraphs = _bounded(paragraph for text in found for paragraph in text.paragraphs)
    extractors = dict.fromkeys(text.extractor for text in found if text.extractor)
    others = identify_others(paragraphs, found[0].language)
    whole = replace(found[0], paragraphs=paragraphs, extractor="; ".join(extractors) or None, languages=others)
    return whole, notes


def read_deposit(path: Path, url: str | None, outlet_rules: str | None) -> Reading | None:
    """The text of one file; None where it holds none that is read here."""
    from citekeeper import reading
    from citekeeper.archive.deposited_page import page_of

    hop = page_of(path, url)
    return reading.read(hop, outlet_rules) if hop is not None else None


def _is_package(path: Path) -> bool:
    """Whether a file may unpack to many times its size, or is of a format that hostile files make slow."""
    with path.open("rb") as stream:
        start = stream.read(8)
    return start.startswith((b"PK", b"\x1f\x8b", b"%PDF", b"WARC/"))


def _bounded(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """As many paragraphs as a text may have."""
    kept: list[str] = []
    size = 0
    for paragraph in paragraphs:
        size += len(paragraph)
        if size > _LONGEST_TEXT or len(kept) >= _MOST_PARAGRAPHS:
            break
        kept.append(paragraph)
    return tuple(kept)


def _account(citation: Citation, capture: Capture, text: Reading | None) -> list[str]:
    """What was done, and what the quotes' look-up in it found."""
    from citekeeper import evidence
    from citekeeper.model import Where

    evidence_files = [file for file in capture.files if file.name != "text.json"]
    lines = [f"Sealed {file.name}: {file.size} bytes, sha256 {file.sha256}" for file in evidence_files]
    lines.append("It is labelled deposited: what is proven is its state since now, not where it came from.")
    if text is None:
        lines.append("No text could be read from it, so no quote can be looked up in it.")
        return lines
    matches = [
        *(evidence.find_quote(quote, text.said, Where.CAPTURE) for quote in citation.quotes),
        *(evidence.find_number(number, text.said, Where.CAPTURE) for number in citation.numbers),
    ]
    lines += [f"{'Found' if match.found else 'Not found'} in it: “{match.text}”" for match in matches]
    return lines
