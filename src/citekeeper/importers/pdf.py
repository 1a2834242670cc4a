"""PDF: link annotations laid over the printed words, raised numbers as marks, lines at a page's foot as notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from citekeeper.importers.assembly import Draft, assemble
from citekeeper.importers.bare import is_web
from citekeeper.importers.numbered import find_numbered_notes
from citekeeper.importers.pdf_page import Link, Pdf, load_pdf
from citekeeper.importers.pdf_paragraphs import paragraphs
from citekeeper.importers.source import Source
from citekeeper.model import Citation, Imported, Kind, Location


def links(source: Source) -> Iterator[Citation]:
    """Every web address that a link annotation leads to, page by page; one that runs over lines counts once."""
    pdf = load_pdf(source.data, source.name, with_text=False)
    for number, link in enumerate(_web_links(pdf), 1):
        yield _entry(link, source.name, f"link-{number}")


def read(source: Source) -> Imported:
    """A PDF with notes."""
    pdf = load_pdf(source.data, source.name)
    body, notes = find_numbered_notes(list(paragraphs(pdf, source.name)))
    noted = {(span.url, span.location.page) for note in notes for span in note.body.links}
    outside = tuple(_entry(link, source.name, "link") for link in _web_links(pdf) if (link.url, link.page) not in noted)
    imported = assemble(source, Draft(tuple(body), tuple(notes), outside))
    document = imported.document
    return replace(imported, document=replace(document, title=document.title or pdf.title))


def _web_links(pdf: Pdf) -> Iterator[Link]:
    """The links to the web, each once though its words run over several printed lines."""
    return (link for link in pdf.links if link.number == link.first and is_web(link.url))


def _entry(link: Link, name: str, ident: str) -> Citation:
    return Citation(ident, kind=Kind.LINK, url=link.url, found_in=(Location(name, page=link.page),))
