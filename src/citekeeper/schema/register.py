"""citations.yaml, validated with these models on every load."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from citekeeper.model import Kind
from citekeeper.schema.words import (
    CountingNumber,
    Day,
    Figure,
    Id,
    Open,
    Text,
    Verdict,
    WebUrl,
    check_date,
    listed,
    null_is,
)
from citekeeper.settings_model import Settings


def _check_supports(value: object) -> object:
    return {"true": "yes", "false": "no"}.get(str(value).lower(), str(value).lower())


def _check_version(value: object) -> object:
    if str(value) != "1":
        raise ValueError(f"expected 1, the layout that this citekeeper knows, but “{value}” stands there")
    return 1


class DocumentEntry(Open):
    """A document whose citations are kept."""

    source: str = Field(description="the document's path, relative to this file")
    title: Text = None
    language: Text = Field(None, description="BCP 47 tag")
    sha256: Text = Field(None, description="hash of the document's bytes at the last import")


class LocationEntry(Open):
    """Where a citation stands in a document."""

    file: str = Field(description="the document's path")
    line: CountingNumber = Field(None, description="counted from 1")
    column: CountingNumber = Field(None, description="counted from 1")
    page: CountingNumber = Field(None, description="counted from 1, for paged formats")


class TranslationEntry(Open):
    """A translation that the document itself offers of a source."""

    language: str = Field(description="BCP 47 tag")
    by: Text = Field(None, description="who translated")
    title: Text = None
    url: WebUrl = None
    accessed: Day = None


class ReviewEntry(Open):
    """A person's judgement on whether the source supports the claim."""

    by: str = Field(description="who judged")
    on: Annotated[date, BeforeValidator(check_date), WithJsonSchema({"type": "string", "format": "date"})] = Field(
        description="when"
    )
    supports: Annotated[
        Literal["yes", "partly", "no"],
        BeforeValidator(_check_supports),
        WithJsonSchema({"enum": ["yes", "partly", "no", True, False]}),
    ] = Field(description="yes, partly or no")
    note: Text = None
    capture: Text = Field(None, description="sha256 of the capture that was read; stale when a newer one differs")


class CitationEntry(Open):
    """One cited source, or one link outside the notes."""

    id: Id = Field(description="stable; the folder name under archive/")
    label: Text = Field(None, description="as printed in the document")
    key: Text = Field(None, description="the document's own key, where it has one (BibTeX)")
    kind: Annotated[Kind, null_is(lambda: Kind.CITATION)] = Field(
        Kind.CITATION, description="citation, or link: a link outside the notes, checked but not archived"
    )
    claim: Text = Field(None, description="the sentence that carries the mark")
    title: Text = None
    publisher: Text = None
    language: Text = Field(None, description="BCP 47 tag of the source")
    published: Day = None
    accessed: Day = None
    url: WebUrl = Field(None, description="null when the document lost it")
    private: bool = Field(False, description="true: URL and text reach nobody but the source itself")
    quotes: listed(str) = Field(default_factory=list, description="words the document relies on")  # type: ignore[valid-type]
    numbers: listed(Figure) = Field(default_factory=list, description="figures it relies on, as written")  # type: ignore[valid-type]
    found_in: listed(LocationEntry) = Field(default_factory=list)  # type: ignore[valid-type]
    archived: listed(WebUrl) = Field(default_factory=list, description="copies pinned by a person")  # type: ignore[valid-type]
    translations: listed(TranslationEntry) = Field(default_factory=list)  # type: ignore[valid-type]
    reviews: listed(ReviewEntry) = Field(default_factory=list)  # type: ignore[valid-type]
    note: Text = None
    accept: listed(Annotated[int, Field(ge=100, le=999)]) = Field(  # type: ignore[valid-type]
        default_factory=list, description="HTTP statuses that count as alive for this source"
    )
    expect: Verdict = Field(None, description="the verdict that is normal for this source, and so no finding")
    ignore: bool = Field(False, description="do not check this source")


class RegisterFile(Open):
    """citations.yaml: the documents, who may be told about their sources, and the citations."""

    version: Annotated[Literal[1], BeforeValidator(_check_version), WithJsonSchema({"const": 1})] = Field(
        1, description="of this layout"
    )
    documents: listed(DocumentEntry) = Field(default_factory=list)  # type: ignore[valid-type]
    settings: Annotated[Settings, null_is(dict)] = Field(default_factory=lambda: Settings.model_validate({}))
    citations: listed(CitationEntry) = Field(default_factory=list)  # type: ignore[valid-type]
