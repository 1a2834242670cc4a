"""Merging documents into the register: fills what is empty, keeps what a person wrote, and is the same in any order."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekeeper.errors import InputFileError
from citekeeper.model import Citation, Document, Imported, Kind, Location, TranslationLink
from citekeeper.register import merge, read_register

PATH = Path("citations.yaml")
URLS = {n: f"https://example.org/articles/{n}.html?x={n}" for n in range(1, 7)}


def _citation(number: int, file: str, *, lost: bool = False, **changes: object) -> Citation:
    place = Location(file, 30 + number, 4) if file.endswith(".md") else Location(file, page=2)
    citation = Citation(
        id=f"fn{number}",
        label=str(number),
        claim=f"De zin die noot {number} draagt: met een dubbele punt.",
        title=f"Заголовок номер {number}",
        publisher="example.org",
        language="ru",
        published=date(2022, 4, number),
        accessed=date(2022, 5, 2),
        url=None if lost else URLS[number],
        found_in=(place,),
        translations=(TranslationLink("en", "Google", f"Title {number}", None if lost else "https://x.example/"),),
    )
    return dataclasses.replace(citation, **changes)  # type: ignore[arg-type]


MARKDOWN = Imported(
    Document("open-letter.md", "Open brief", "nl", "a" * 64),
    tuple(_citation(n, "open-letter.md", lost=n != 3) for n in range(1, 7)),
)
PDF = Imported(
    Document("open-letter.pdf", None, "nl", "b" * 64),
    (
        *(_citation(n, "open-letter.pdf") for n in range(1, 7)),
        Citation("link-1", kind=Kind.LINK, title="t.me", url="https://t.me/x", found_in=(Location("open-letter.pdf"),)),
    ),
)


def _facts(data: bytes) -> object:
    register = read_register(data, PATH)
    documents = sorted((dataclasses.astuple(d) for d in register.documents), key=str)
    citations = {
        c.id: dataclasses.replace(c, found_in=tuple(sorted(c.found_in, key=lambda p: p.file)))
        for c in register.citations
    }
    return documents, citations


def test_a_new_register_says_who_is_told_what():
    """The first import writes a readable file with services, and a comment on what each is told."""
    result = merge(None, [MARKDOWN], path=PATH)
    text = result.data.decode()
    assert text.index("Internet Archive") < text.index("services: [wayback, google]") < text.index("translate_to: [en]")
    assert text.index("Google Translate") < text.index("services:")
    assert result.added == tuple(f"fn{n}" for n in range(1, 7))
    assert not result.unchanged
    assert "url: null" in text
    assert "published: 2022-04-01\n" in text
    assert 'label: "1"' in text
    assert "private" not in text[text.index("citations:") :]
    assert "title: Заголовок номер 1\n" in text
    assert max(map(len, text.splitlines())) < 130
    assert read_register(result.data, PATH).settings == {"services": ["wayback", "google"], "translate_to": ["en"]}


def test_the_pdf_fills_in_what_the_markdown_lost():
    """Lost URLs are filled in, on their lines alone; the second document's places are added; nothing else moves."""
    first = merge(None, [MARKDOWN], path=PATH)
    second = merge(first.data, [PDF], path=PATH)
    assert second.added == ("link-1",)
    assert {field for _, field in second.filled} == {"url", "translations"}
    assert second.kept == ()
    assert [c.url for c in read_register(second.data, PATH).citations[:6]] == list(URLS.values())
    before, after = first.data.decode().splitlines(), second.data.decode().splitlines()
    gone = [line for line in before if line not in after]
    assert {line.strip() for line in gone} <= {"url: null"}


@pytest.mark.parametrize("order", list(itertools.permutations([MARKDOWN, PDF])))
def test_the_order_of_imports_does_not_matter(order):
    """One after the other in either order, or both at once: the same facts."""
    data = None
    for imported in order:
        data = merge(data, [imported], path=PATH).data
    together = merge(None, order, path=PATH).data
    assert data is not None
    assert _facts(data) == _facts(together) == _facts(merge(None, [PDF, MARKDOWN], path=PATH).data)


def test_the_same_import_again_changes_no_byte():
    """Merging is idempotent."""
    data = merge(None, [MARKDOWN, PDF], path=PATH).data
    for again in ([MARKDOWN], [PDF], [PDF, MARKDOWN]):
        result = merge(data, again, path=PATH)
        assert result.unchanged
        assert result.data == data
        assert (result.added, result.filled, result.kept) == ((), (), ())


def test_a_persons_edits_survive_and_the_difference_is_told():
    """Corrected values stay, explicit nulls are filled, comments and unknown keys stay, another id stays."""
    data = merge(None, [PDF], path=PATH).data.decode()
    edited = data.replace(URLS[2], "https://example.org/corrected  # theirs was corrupt")
    edited = edited.replace("Заголовок номер 4", "'My title'").replace(
        "  - id: fn5\n", "  - id: tweet\n    mine: yes\n"
    )
    edited = edited.replace(f"url: {URLS[6]}", "url: ~   # lost")
    result = merge(edited.encode(), [PDF, MARKDOWN], path=PATH)
    text = result.data.decode()
    assert "corrected  # theirs was corrupt" in text
    assert "title: 'My title'" in text
    assert "  - id: tweet\n    mine: yes\n" in text
    assert f"url: {URLS[6]}   # lost\n" in text
    assert result.added == ()
    assert result.filled == (("fn6", "url"),)
    told = {(citation, field) for citation, field, _ in result.kept}
    assert told == {("fn2", "url"), ("fn4", "title")}
    assert all("open-letter" in why for *_, why in result.kept)


def test_crlf_and_a_byte_order_mark_survive_a_merge():
    """A register saved by a Windows editor stays as it is; new lines end as the old ones."""
    data = merge(None, [MARKDOWN], path=PATH).data
    windows = b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")
    after = merge(windows, [PDF], path=PATH).data
    assert after == b"\xef\xbb\xbf" + merge(data, [PDF], path=PATH).data.replace(b"\n", b"\r\n")


def test_a_renumbered_note_keeps_its_entry():
    """A note inserted before others shifts their labels, not their identities."""
    data = merge(None, [PDF], path=PATH).data
    inserted = _citation(1, "open-letter.pdf", title="New", claim="Nieuw.", url="https://new.example/")
    shifted = [dataclasses.replace(c, id=f"fn{i + 2}", label=str(i + 2)) for i, c in enumerate(PDF.citations[:6])]
    result = merge(data, [dataclasses.replace(PDF, citations=(inserted, *shifted))], path=PATH)
    assert result.added == ("fn1-2",)
    assert {c.id: c.url for c in read_register(result.data, PATH).citations[:6]} == {f"fn{n}": URLS[n] for n in URLS}
    assert all(field == "label" for _, field, _ in result.kept)


def test_another_letters_notes_get_free_ids():
    """Two documents both have a note 1; a source that both cite is one entry with two places."""
    data = merge(None, [MARKDOWN], path=PATH).data
    other = Imported(
        Document("answer.md", "Het antwoord", "nl", "c" * 64),
        (
            Citation(
                "fn1",
                "1",
                claim="Iets anders.",
                title="Other",
                url="https://other.example/",
                found_in=(Location("answer.md", 1),),
            ),
            Citation(
                "fn2",
                "2",
                claim="Ook anders.",
                title="Same",
                url=URLS[3] + "#top",
                found_in=(Location("answer.md", 2),),
            ),
        ),
    )
    result = merge(data, [other], path=PATH)
    assert result.added == ("fn1-2",)
    shared = next(c for c in read_register(result.data, PATH).citations if c.id == "fn3")
    assert {place.file for place in shared.found_in} == {"open-letter.md", "answer.md"}


def test_another_documents_links_take_the_next_number():
    """Links have no label that a suffix would have to keep apart."""
    links = [
        Imported(Document(file), (Citation("link-1", kind=Kind.LINK, url=url, found_in=(Location(file, 1),)),))
        for file, url in (("a.md", "https://a.example/"), ("b.md", "https://b.example/"))
    ]
    assert merge(None, links, path=PATH).added == ("link-1", "link-2")


def test_one_source_cited_in_two_notes_stays_two_entries():
    """Notes 1 and 2 of a document that cite one URL each keep their claim, import after import."""
    twice = Imported(
        Document("a.md"), tuple(dataclasses.replace(_citation(n, "a.md"), url=URLS[1], title="T") for n in (1, 2))
    )
    data = merge(None, [twice], path=PATH).data
    assert len(read_register(data, PATH).citations) == 2
    assert merge(data, [twice], path=PATH).unchanged


def test_keys_of_a_bibliography_match_first():
    """An entry whose URL and title were corrected in the bibliography is still the one with its key."""
    one = Imported(
        Document("x.bib"),
        (Citation("smith", key="smith2020", title="A", url="https://a.example/", found_in=(Location("x.bib", 1),)),),
    )
    two = Imported(
        Document("x.bib"),
        (Citation("smith", key="smith2020", title="B", url="https://b.example/", found_in=(Location("x.bib", 1),)),),
    )
    result = merge(merge(None, [one], path=PATH).data, [two], path=PATH)
    assert result.added == ()
    assert {field for _, field, _ in result.kept} == {"title", "url"}


def test_places_are_updated_when_the_document_moves_on():
    """A note that stands elsewhere now gets its new line; its places in other documents stay."""
    data = merge(None, [MARKDOWN, PDF], path=PATH).data
    moved = tuple(
        dataclasses.replace(c, found_in=(Location("open-letter.md", 99, 1), Location("open-letter.md", 120, 7)))
        for c in MARKDOWN.citations[:1]
    )
    after = merge(data, [dataclasses.replace(MARKDOWN, citations=moved)], path=PATH)
    places = read_register(after.data, PATH).citations[0].found_in
    assert [(p.file, p.line) for p in places] == [
        ("open-letter.md", 99),
        ("open-letter.md", 120),
        ("open-letter.pdf", None),
    ]
    assert merge(after.data, [MARKDOWN], path=PATH).data == data


def test_a_changed_document_gets_its_new_hash():
    """The hash is that of the last import; a person's title of the document stays."""
    data = merge(None, [MARKDOWN], path=PATH).data.replace(b"title: Open brief", b'title: "My letter"')
    changed = dataclasses.replace(MARKDOWN, document=dataclasses.replace(MARKDOWN.document, sha256="d" * 64))
    document = read_register(merge(data, [changed], path=PATH).data, PATH).documents[0]
    assert (document.title, document.sha256) == ("My letter", "d" * 64)


@pytest.mark.parametrize(
    "text",
    ["{}", "version: 1\n", "settings: {services: []}\n", "version: 1\ncitations:\n", '{"version": 1, "citations": []}'],
)
def test_a_bare_register_can_be_filled(text):
    """What a person began by hand is continued, and ``services`` is never added to it."""
    result = merge(text.encode(), [PDF], path=PATH)
    register = read_register(result.data, PATH)
    assert len(register.citations) == 7
    assert not register.settings.get("services")


@pytest.mark.parametrize("bad", ["../../x", "CON", "", "Ü", "a" * 80])
def test_an_importers_bad_id_never_reaches_the_file(bad):
    """Ids come from documents (BibTeX keys), and documents are not to be trusted."""
    hostile = Imported(Document("x.md"), (Citation(bad, title="a\u202eb\x00c", url="javascript:alert(1)"),))
    citation = read_register(merge(None, [hostile], path=PATH).data, PATH).citations[0]
    assert citation.id == "source"
    assert citation.url is None
    assert "javascript:" in (citation.note or "")
    assert citation.title == "a\u202eb\x00c"


def test_a_broken_register_is_not_merged_into():
    """The error has its place, and nothing is given back to be written."""
    with pytest.raises(InputFileError, match=r"citations\.yaml:2:9"):
        merge(b"citations:\n  - id: ../x\n", [PDF], path=PATH)


_words = st.one_of(st.none(), st.text(min_size=1, max_size=12), st.sampled_from(["no", "1", "a: b", "x"]))


@st.composite
def _imports(draw: st.DrawFn) -> Imported:
    """A document whose notes stand in different lines and, where they have labels, have different ones."""
    file = draw(st.sampled_from(["a.md", "a.pdf", "b.md"]))
    labels = draw(st.lists(st.sampled_from(["1", "2", "3"]), max_size=3, unique=True))
    lines = draw(st.lists(st.integers(1, 9), min_size=len(labels) + 1, max_size=len(labels) + 1, unique=True))
    citations = tuple(
        Citation(
            draw(st.sampled_from(["fn1", "fn2", "x!"])),
            label,
            claim=draw(_words),
            title=draw(_words),
            url=draw(st.sampled_from([None, *URLS.values()])),
            quotes=tuple(draw(st.lists(st.text(min_size=1, max_size=5), max_size=2))),
            found_in=(Location(file, line),),
        )
        for label, line in zip([*labels, None], lines, strict=True)
    )
    return Imported(Document(file, sha256="e" * 64), citations)


@settings(max_examples=50, deadline=None)
@given(st.lists(_imports(), min_size=1, max_size=3))
def test_any_imports_merge_and_merge_again_without_a_change(imports):
    """Whatever documents hold: the result loads, no URL is lost, and the last import again changes nothing."""
    data = None
    for imported in imports:
        data = merge(data, [imported], path=PATH).data
    assert data is not None
    known = {c.url for c in read_register(data, PATH).citations}
    assert merge(data, [imports[-1]], path=PATH).unchanged
    first = merge(None, [imports[0]], path=PATH).data
    assert {c.url for c in read_register(first, PATH).citations} - {None} <= known
