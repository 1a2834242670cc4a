"""manifest.json and history.jsonl, what is on record of a capture and a source: the contract for their readers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from citekeeper.model import MementoState, Shows, VerdictKind
from citekeeper.schema.words import Id, Moment, Open, Sha256, Tool


class ManifestFile(Open):
    """A file that the manifest seals."""

    name: str = Field(pattern=r"^[^/\\]+$", description="within the capture's folder")
    sha256: Sha256
    bytes: int = Field(ge=0)


class ManifestHop(Open):
    """One request of the chain of redirects, with the hash of the body received."""

    url: str
    status: int
    body_sha256: Sha256 | None = None


class ManifestFileModel(Open):
    """manifest.json: how, when and by what a capture was made.

    A later one (manifest.1.json, …) seals what came after and names what it follows. Only what both have is required.
    """

    schema_: Literal["citekeeper.manifest/1"] = Field(alias="schema")
    event: str = Field(description="capture, deposit, translation, timestamp or withdraw")
    id: str = Field(description="the capture's folder")
    citation: Id
    tool: Tool
    sealed_at: Moment = Field(description="when this manifest was written")
    files: list[ManifestFile]
    previous: list[Sha256] = Field(description="the hash of every manifest of this citation that had no successor")
    captured_at: Moment | None = None
    origin: Literal["captured", "deposited"] | None = None
    shows: Shows | None = None
    url_cited: str | None = None
    url_requested: str | None = None
    url_final: str | None = None
    hops: list[ManifestHop] | None = None
    http_status: int | None = None
    verdict: VerdictKind | None = None
    reason: str | None = None
    method: str | None = Field(None, description="the method in words")


class HistoryLine(Open):
    """One line of history.jsonl. Readers sort by time and drop duplicates by id."""

    id: str = Field(min_length=1, description="unique; sorts by time")
    at: Moment
    event: str = Field(description="check, capture, manifest, memento, translation, deposit or withdraw")
    vantage: str | None = Field(None, description="the name of the place of observation")
    verdict: VerdictKind | None = None
    reason: str | None = None
    http_status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    manifest: Sha256 | None = Field(None, description="the hash of a manifest")
    job_id: str | None = Field(None, description="an archive's job")
    live_text_sha256: Sha256 | None = Field(None, description="the source's own text that the memento stands for")
    request: str | None = Field(None, description="our own name for a save, written before it is sent")
    state: MementoState | None = None
