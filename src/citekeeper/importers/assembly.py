"""From what a format found (paragraphs, notes, links) to citations, link entries and defects: alike for all formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from citekeeper import urls
from citekeeper.errors import InputFileError
from citekeeper.importers import defects
from citekeeper.importers.bare import is_web
from citekeeper.importers.languages import guess_language
from citekeeper.importers.notes import Note, parse_note
from citekeeper.importers.richtext import LinkSpan, RichText
from citekeeper.importers.sentences import sentence_bounds
from citekeeper.importers.source import Source
from citekeeper.model import Citation, Defect, Document, Imported, Kind, Location


@dataclass(frozen=True, slots=True)
class DraftNote:
    """A note as a format found it: the label as printed, and its words without the label."""

    label: str
    body: RichText


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as a format found it, in reading order. ``links`` are all links outside the notes."""

    paragraphs: tuple[RichText, ...]
    notes: tuple[DraftNote, ...]
    links: tuple[Citation, ...]


def assemble(source: Source, draft: Draft) -> Imported:
    """Make the citations of a document.

    Raises:
        InputFileError: the document has neither notes nor links.
    """
    if not draft.notes and not draft.links:
        raise InputFileError(
            source.name,
            "this document has neither notes nor links",
            "Name a document with footnotes, or add citations to citations.yaml by hand.",
        )
    found: list[Defect] = []
    citations: list[Citation] = []
    extra: list[Citation] = []
    claims = _claims(draft)
    for ident, note in zip(_ids(draft.notes), draft.notes, strict=True):
        parsed = parse_note(note.body)
        location = parsed.link.location if parsed.link else note.body.location
        citation = _citation(ident, note.label, parsed, claims.get(note.label, (None, ""))[0], location)
        citations.append(citation)
        extra += [_link_entry(link) for link in parsed.others]
        found += _note_defects(citation, parsed, note.body, location)
    entries = _merged_links([*draft.links, *extra], citations)
    found += _duplicates(citations)
    found += _link_defects(entries, draft.paragraphs)
    document = Document(source.name, _title(draft), _language(draft, claims), source.sha256)
    return Imported(document, (*citations, *entries), tuple(found))


# ── identities ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _ids(notes: Sequence[DraftNote]) -> list[str]:
    """``fn1`` for the label 1, ``fn-long-note`` for ``longNote``; unique without regard to case."""
    taken: set[str] = set()
    ids = []
    for number, note in enumerate(notes, 1):
        slug = re.sub(r"[^a-z0-9]+", "-", note.label.lower()).strip("-")[:50]
        base = f"fn{int(slug)}" if slug.isdigit() else f"fn-{slug or number}"
        ident, again = base, 2
        while ident in taken:
            ident, again = f"{base}-{again}", again + 1
        taken.add(ident)
        ids.append(ident)
    return ids


def _citation(ident: str, label: str, note: Note, claim: str | None, location: Location) -> Citation:
    return Citation(
        ident,
        label=label,
        kind=Kind.CITATION,
        claim=claim,
        title=note.title,
        publisher=note.publisher,
        language=note.language,
        published=note.published,
        accessed=note.accessed,
        url=note.url,
        found_in=(location,),
        archived=note.archived,
        translations=note.translations,
    )


def _link_entry(link: LinkSpan) -> Citation:
    return Citation("link", kind=Kind.LINK, url=link.url, found_in=(link.location,))


def _merged_links(links: Iterable[Citation], citations: Sequence[Citation]) -> list[Citation]:
    """One entry an address, with every place it stands at; an address that a note cites is that note's."""
    cited = {urls.same_document_key(citation.url) for citation in citations if citation.url}
    by_key: dict[str, list[Citation]] = {}
    for link in sorted(links, key=_place):
        key = urls.same_document_key(link.url or "")
        if key not in cited:
            by_key.setdefault(key, []).append(link)
    return [
        replace(same[0], id=f"link-{number}", found_in=tuple(place for link in same for place in link.found_in))
        for number, same in enumerate(by_key.values(), 1)
    ]


def _place(link: Citation) -> tuple[int, int, int]:
    location = link.found_in[0]
    return location.page or 0, location.line or 0, location.column or 0


# ── the body ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _claims(draft: Draft) -> dict[str, tuple[str, str]]:
    """Label → the sentence that carries the mark, and its paragraph. An unmistakable mark precedes a mere ``[1]``."""
    claims: dict[str, tuple[str, str]] = {}
    for strong in (True, False):
        for paragraph in draft.paragraphs:
            for mark in paragraph.marks:
                if mark.strong is strong and mark.label not in claims:
                    start, end = sentence_bounds(paragraph.text, mark.position)
                    if sentence := paragraph.text[start:end].strip():
                        claims[mark.label] = sentence, paragraph.text
    return claims


def _title(draft: Draft) -> str | None:
    heading = next((paragraph.text for paragraph in draft.paragraphs if paragraph.heading and paragraph.text), None)
    return heading[:500] if heading else None


def _language(draft: Draft, claims: dict[str, tuple[str, str]]) -> str | None:
    """The language of the part with the notes: of the paragraphs that carry marks, else of the whole."""
    marked = " ".join(dict.fromkeys(paragraph for _, paragraph in claims.values()))
    whole = " ".join(paragraph.text for paragraph in draft.paragraphs[:2000])
    return (guess_language(marked) if marked else None) or guess_language(whole)


# ── defects ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _note_defects(citation: Citation, note: Note, body: RichText, location: Location) -> list[Defect]:
    found: list[Defect] = []

    def report(rule: str, message: str, advice: str, place: Location = location) -> None:
        found.append(Defect(rule, citation.id, message, advice, place))

    name = f"Note {citation.label}"
    if citation.url is None:
        what = "its link leads nowhere (“#”)" if note.lost else "there is no address in it"
        report(
            "lost-link",
            f"{name} does not lead to its source: {what}.",
            f"Find the page and write its address as url: of {citation.id}.",
        )
    elif note.lost:
        report("lost-link", f"{name} has a link that leads nowhere (“#”).", "Put the address into the document.")
    if note.url and (why := defects.corruption(note.url)):
        report(
            "corrupt-url",
            f"{name} leads to a corrupt address, {urls.shown(note.url)}: {why}.",
            "Open it; where it fails, find the page by its title and correct the address in the document.",
        )
    if citation.publisher and note.url and (differing := defects.domain_differs(citation.publisher, note.url)):
        printed, linked = differing
        report(
            "printed-domain-differs",
            f"{name} names {urls.unicode_host(printed)}, but leads to {urls.unicode_host(linked)}.",
            "See which of the two is meant, and correct the other in the document.",
        )
    for link in body.links:
        if is_web(link.url) and not link.bare:
            words = body.text[link.start : link.end]
            if printed_url := defects.printed_address_differs(words, link.url):
                report(*_printed_url_words(name, printed_url, link.url), link.location)
    if note.others:
        report(
            "several-links",
            f"{name} leads to {len(note.others) + 1} sources; the first is its citation, the others are kept as links.",
            "Give each source a note of its own.",
        )
    return found


def _printed_url_words(name: str, printed: str, url: str) -> tuple[str, str, str]:
    return (
        "printed-url-differs",
        f"{name} prints {urls.shown(printed)}, but leads to {urls.shown(url)}.",
        "Print the address that is meant.",
    )


def _link_defects(entries: Sequence[Citation], paragraphs: Sequence[RichText]) -> list[Defect]:
    """Defects of the links outside the notes."""
    found: list[Defect] = []
    ident_of = {urls.same_document_key(entry.url or ""): entry.id for entry in entries}
    for entry in entries:
        if entry.url and (why := defects.corruption(entry.url)):
            message = f"The link {urls.shown(entry.url)} is corrupt: {why}."
            found.append(Defect("corrupt-url", entry.id, message, "Correct it in the document.", entry.found_in[0]))
    seen: set[tuple[str, str]] = set()
    for paragraph in paragraphs:
        for link in paragraph.links:
            if link.bare or not is_web(link.url):
                continue
            printed = defects.printed_address_differs(paragraph.text[link.start : link.end], link.url)
            if printed and (printed, link.url) not in seen:
                seen.add((printed, link.url))
                rule, message, advice = _printed_url_words("A link", printed, link.url)
                ident = ident_of.get(urls.same_document_key(link.url))
                found.append(Defect(rule, ident, message, advice, link.location))
    return found


def _duplicates(citations: Sequence[Citation]) -> list[Defect]:
    """Notes that cite one address under different titles, which is more often a slip of the clipboard than meant."""
    first: dict[str, Citation] = {}
    found = []
    for citation in citations:
        if not citation.url:
            continue
        known = first.setdefault(urls.same_document_key(citation.url), citation)
        if (
            known is not citation
            and known.title
            and citation.title
            and known.title.casefold() != citation.title.casefold()
        ):
            found.append(
                Defect(
                    "duplicate-url",
                    citation.id,
                    f"Notes {known.label} and {citation.label} have different titles, but lead to one address, "
                    f"{urls.shown(citation.url)}.",
                    "See whether one of them was pasted by mistake.",
                    citation.found_in[0],
                )
            )
    return found
