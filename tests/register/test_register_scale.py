"""A register of a newspaper: thousands of documents and tens of thousands of entries cost as much as they are."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from citekeeper.model import Citation, Document, Imported, Kind, Location
from citekeeper.register import merge, read_register, update_all
from citekeeper.register.load import free_id
from citekeeper.register.splice import line_start
from growth import growth

PATH = Path("citations.yaml")
NOTES = 10


def _document(number: int, name: str = "texts/{}.md") -> Imported:
    file = name.format(number)
    notes = tuple(
        Citation(
            id=f"fn{note}",
            label=str(note),
            claim=f"What sentence {note} of text {number} says.",
            title=f"The title of source {note} of text {number}",
            url=f"https://source.example/{number}/{note}",
            found_in=(Location(file, note, 3),),
        )
        for note in range(1, NOTES)
    )
    link = Citation("link-1", kind=Kind.LINK, url=f"https://link.example/{number}", found_in=(Location(file, 90, 1),))
    return Imported(Document(file, f"Text {number}", "en", f"{number:064x}"), (*notes, link))


@pytest.mark.parametrize("name", ["texts/{}.md", "texts/{}/index.md"])
def test_importing_many_documents_is_linear(name: str):
    """Four times the documents take some four times as long, though all are merged into one register."""

    def work_of(count: int) -> Callable[[], object]:
        documents = [_document(number, name) for number in range(count)]
        return lambda: merge(None, documents, path=PATH)

    assert growth(work_of, 40) < 8


def test_a_site_of_pages_of_one_name_is_as_many_documents():
    """a/index.md and b/index.md are two documents, and a/index.md told from within a/ is the first of them."""
    first, second = (_document(number, "{}/index.md") for number in (1, 2))
    bare = tuple(Citation(f"fn{n}", label=str(n), found_in=(Location("2/index.md", n),)) for n in range(1, NOTES))
    result = merge(merge(None, [first], path=PATH).data, [Imported(second.document, bare)], path=PATH)
    assert len(result.added) == NOTES - 1
    assert not result.filled
    again = Imported(Document("index.md", None, "en", "1" * 64), bare)
    moved = Imported(
        again.document, tuple(Citation(c.id, label=c.label, found_in=(Location("index.md"),)) for c in bare)
    )
    assert not merge(merge(None, [first], path=PATH).data, [moved], path=PATH).added


def test_free_ids_are_found_without_counting_up_each_time():
    """The thousandth note 1 does not ask whether fn1-2, fn1-3, … are taken; the answers are those of counting."""

    class Asked(set[str]):
        times = 0

        def __contains__(self, item: object) -> bool:
            Asked.times += 1
            return super().__contains__(item)

    taken = Asked({"fn1", "fn1-5", "link-2", "link-7"})
    plain = set(taken)
    jumps: dict[tuple[str, int], int] = {}
    Asked.times = 0
    for wanted in ["fn1", "link-1", "link-2", "link-1"] * 250:
        found = free_id(wanted, taken, jumps)
        assert found == free_id(wanted, plain)
        taken.add(found)
        plain.add(found)
    assert Asked.times < 6000


def test_many_changes_are_written_in_one_go(monkeypatch: pytest.MonkeyPatch):
    """Setting fields of fifty entries parses the register as often as setting those of one."""
    data = merge(None, [_document(number) for number in range(6)], path=PATH).data
    parsed: list[int] = []
    merging = importlib.import_module("citekeeper.register.merge")
    parse = merging.parsed
    monkeypatch.setattr(merging, "parsed", lambda *given: parsed.append(1) or parse(*given))
    ids = [citation.id for citation in read_register(data, PATH).citations][:50]
    after = update_all(data, {wanted: {"note": f"seen {wanted}"} for wanted in ids}, path=PATH)
    assert len(parsed) == 2
    assert [citation.note for citation in read_register(after, PATH).citations[:50]] == [f"seen {each}" for each in ids]


def test_the_beginning_of_a_line_is_looked_for_in_that_line():
    """Where no line ends in a carriage return, a change at the end of a long register does not search all of it."""

    class Text(str):
        looked = 0

        def rfind(self, sought, start=0, end=None):  # type: ignore[no-untyped-def, override]
            end = len(self) if end is None else end
            found = super().rfind(sought, start, end)
            Text.looked += end - max(found, start)
            return found

    text = Text("key: value\n" * 10_000)
    assert line_start(text, len(text) - 3) == len(text) - 11
    assert Text.looked < 100
    assert line_start("a\r\nb\rcd", 6) == 5
    assert line_start("a\rb\ncd", 5) == 4
