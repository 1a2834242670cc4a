"""What is kept: captures on this disk, mementos in web archives, and the lines of the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from citekeeper import urls
from citekeeper.values import dataclass


class Shows(StrEnum):
    """What a capture shows: the source itself, or the failure that met the reader."""

    SOURCE = "source"
    FAILURE = "failure"


class CaptureState(StrEnum):
    """What verification found."""

    INTACT = "intact"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"
    TAMPERED = "tampered"


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """One file of a capture as its manifest records it: name, hash, bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Capture:
    """One sealed copy under archive/<citation>/<id>/. ``sha256`` is that of capture.wacz (or the deposited file)."""

    id: str
    citation: str
    captured_at: datetime
    path: str  # relative to the archive directory's parent, with forward slashes
    sha256: str
    origin: str = "captured"
    shows: Shows = Shows.SOURCE
    state: CaptureState = CaptureState.INTACT
    files: tuple[ArchivedFile, ...] = ()
    manifest_sha256: str | None = None
    text_sha256: str | None = None  # of the normalised text: equal means unchanged content


class MementoState(StrEnum):
    """found: looked up; submitted, captured, verified: the three states of a save; failed: refused for good."""

    FOUND = "found"
    SUBMITTED = "submitted"
    CAPTURED = "captured"
    VERIFIED = "verified"
    FAILED = "failed"


_Moment = datetime  # a field of Memento bears its name


@dataclass(frozen=True, slots=True)
class Memento:
    """A copy in a web archive (RFC 7089). ``distance_days`` is |memento - access date| in whole days.

    ``shows`` is what its bytes showed when they were judged; None: they were not. ``quotes`` has, for every quote and
    number that was looked for in it, how well it holds it (0: not at all). Where it could only be had as the archive
    replays it, its hashes are not known.

    Of a save: ``request`` is our own name for the asking, given before it is sent, so that all its states are known to
    be the same save's; ``reason`` says why it was asked for, ``retry_at`` when one that failed may be asked for again.
    """

    archive: str
    uri: str
    state: MementoState
    datetime: datetime | None = None
    distance_days: int | None = None
    job_id: str | None = None
    note: str | None = None
    sha256: str | None = None  # of its payload, content-decoded, where its raw bytes were fetched whole
    text_sha256: str | None = None  # of that payload's normalised text
    shows: Shows | None = None
    quotes: tuple[tuple[str, float], ...] | None = None
    request: str | None = None
    reason: str | None = None
    retry_at: _Moment | None = None

    @property
    def is_evidence(self) -> bool:
        """Whether its archive's copies can be evidence at all."""
        return urls.is_evidence(self.uri)

    @property
    def is_proof(self) -> bool:
        """Whether it was verified, and shows the source as far as is known."""
        return self.state is MementoState.VERIFIED and self.shows is not Shows.FAILURE and self.is_evidence

    @property
    def is_kept(self) -> bool:
        """Whether it counts as a copy that somebody keeps: held by an archive, and not known to show something else."""
        held = self.state in (MementoState.FOUND, MementoState.CAPTURED, MementoState.VERIFIED)
        return held and self.shows is not Shows.FAILURE and self.is_evidence


class LookupOutcome(StrEnum):
    """What an archive answered. ``UNKNOWN``: it refused or failed, which says nothing about what it holds."""

    FOUND = "found"
    NONE = "none"
    UNKNOWN = "unknown"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class MementoLookup:
    """The answer to "what do you hold of this URL", never confusing a refusal with "nothing"."""

    archive: str
    outcome: LookupOutcome
    memento: Memento | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of history.jsonl. ``fields`` holds what belongs to this kind of event (verdict, etag, job_id, …)."""

    id: str
    at: datetime
    event: str  # check | capture | manifest | memento | translation | deposit | withdraw
    vantage: str | None = None
    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
