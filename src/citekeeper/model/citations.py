"""What a document cites: its citations as they are kept, and what an importer read out of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from citekeeper.values import dataclass


class Kind(StrEnum):
    """What an entry of the register is: a cited source, or a mere link outside the notes."""

    CITATION = "citation"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a citation stands in a document: 1-based line and column, 1-based page for paged formats."""

    file: str
    line: int | None = None
    column: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class TranslationLink:
    """A translation that the document itself offers of a source (for instance a translate.goog link)."""

    language: str
    by: str | None = None
    title: str | None = None
    url: str | None = None
    accessed: date | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A person's judgement on whether the source supports the claim; stale when a newer capture differs."""

    by: str
    on: date
    supports: str  # yes | partly | no
    note: str | None = None
    capture: str | None = None  # sha256 of the capture that was read


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a person says about a source's liveness: ``accept`` extra statuses, ``expect`` a verdict, ``ignore`` it."""

    accept: tuple[int, ...] = ()
    expect: str | None = None
    ignore: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """One entry of citations.yaml (CONTRACT section 2)."""

    id: str
    label: str | None = None
    key: str | None = None
    kind: Kind = Kind.CITATION
    claim: str | None = None
    title: str | None = None
    publisher: str | None = None
    language: str | None = None
    published: date | None = None
    accessed: date | None = None
    url: str | None = None
    private: bool = False
    quotes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    found_in: tuple[Location, ...] = ()
    archived: tuple[str, ...] = ()
    translations: tuple[TranslationLink, ...] = ()
    reviews: tuple[Review, ...] = ()
    note: str | None = None
    expectation: Expectation = Expectation()  # a value: sharing it does no harm
    declared_public: bool = False  # a person wrote "private: false": overrides the guess from the URL

    @property
    def is_private(self) -> bool:
        """Whether nobody but the source may hear of it: by a person's word or, until one decides, by its address."""
        if self.private or self.declared_public or not self.url:
            return self.private
        from citekeeper.urls import looks_private

        return looks_private(self.url)


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose citations are kept: its path, title, language (BCP 47) and the hash of its bytes."""

    source: str
    title: str | None = None
    language: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong in the document itself, found on import: reported, never silently mended."""

    rule: str  # kebab-case, e.g. "corrupt-url", "printed-domain-differs"
    citation: str | None  # id
    message: str
    advice: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an importer read out of one document."""

    document: Document
    citations: tuple[Citation, ...]
    defects: tuple[Defect, ...] = ()
