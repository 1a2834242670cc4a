"""Reading Link headers and TimeMaps: what is well formed is read, what is hostile costs nothing."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper.mementos.linkformat import links, read_http_date, stamp_of

BASE = "https://archive.test/timemap/link/http://a.test/"
WHEN = 'datetime="Sun, 01 May 2022 10:15:30 GMT"'
MOMENT = datetime(2022, 5, 1, 10, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "target", "relations"),
    [
        (f'<http://x.test/1>; rel="memento"; {WHEN}', "http://x.test/1", {"memento"}),
        (f'<http://x.test/1>;rel="first memento";{WHEN}', "http://x.test/1", {"first", "memento"}),
        (f'<http://x.test/1> ; REL = "Memento  Last" ; {WHEN}', "http://x.test/1", {"last", "memento"}),
        (f"<http://x.test/1>; {WHEN}; rel=memento", "http://x.test/1", {"memento"}),
        (f'</web/1>; rel="memento"; {WHEN}', "https://archive.test/web/1", {"memento"}),
        (f'<http://x.test/a,b;c>; rel="memento"; {WHEN}', "http://x.test/a,b;c", {"memento"}),
        (f'<http://x.test/1/http://y.test/?q=a"b>; rel="memento"; {WHEN}', None, {"memento"}),
        (f'<http://x.test/1>; title="a, <b>; \\"c\\""; rel="memento"; {WHEN}', "http://x.test/1", {"memento"}),
        (f'<http://x.test/1>;; rel="memento";; {WHEN};', "http://x.test/1", {"memento"}),
        (f'<http://x.test/1>; rel="memento"; rel="original"; {WHEN}', "http://x.test/1", {"memento"}),
    ],
)
def test_a_link_is_read_however_it_is_written(text: str, target: str | None, relations: set[str]) -> None:
    """Order, case, spaces, commas in targets and quotation marks in values are all allowed."""
    (link,) = links(text, BASE)
    assert link.target == target or target is None
    assert link.relations == relations
    assert link.moment() == MOMENT


def test_a_damaged_link_does_not_take_its_neighbours_along() -> None:
    """Rubbish between links, a bad date, and a target of another scheme are passed over."""
    text = (
        '<http://a.test/>; rel="original",\nrubbish, <javascript:alert(1)>; rel="memento", <no end, '
        f'<http://x.test/2>; rel="memento"; datetime="yesterday", <http://x.test/3>; rel="memento"; {WHEN}'
    )
    found = {link.target: link.moment() for link in links(text, BASE)}
    assert found["http://x.test/3"] == MOMENT
    assert "http://a.test/" in found
    assert not any(target.startswith("javascript") for target in found)


@given(st.text(alphabet='<>;,="\\ rel memento\n/:htp', max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever it is given, it ends, and only web addresses come out."""
    assert all(link.target.startswith(("http://", "https://")) for link in links(text, BASE))


@pytest.mark.parametrize(
    "text",
    ["<" * 400_000, '<http://a.test/>; a="' * 30_000, '<http://a.test/>;' + ";" * 400_000, '<a>;x="\\' * 50_000,
     "<http://a.test/>; rel=" + '"' * 300_000, '<http://a.test/>; r="' + "\\" * 300_000 + '"'],
)  # fmt: skip
def test_a_hostile_text_takes_no_more_than_its_length(text: str) -> None:
    """Time grows with the length, not with its square."""
    began = time.process_time()
    assert sum(1 for _ in links(text, BASE)) <= len(text)
    assert time.process_time() - began < 5.0


def test_a_hundred_thousand_mementos_are_read() -> None:
    """A TimeMap of a front page is long."""
    line = '<http://x.test/{}/http://a.test/>; rel="memento"; ' + WHEN
    text = ",\n".join(line.format(number) for number in range(100_000))
    assert sum("memento" in link.relations for link in links(text, BASE)) == 100_000


@pytest.mark.parametrize("text", ["", "x", "Sun, 99 May 2022 10:15:30 GMT", "9" * 5000, "Sun, 01 May 99999 10:15:30"])
def test_what_is_no_date_is_none(text: str) -> None:
    """Dates come from strangers."""
    assert read_http_date(text) is None


def test_the_stamp_of_an_address() -> None:
    """Fourteen digits between slashes, if they are a time."""
    assert stamp_of("https://x.test/20220501101530/http://a.test/") == MOMENT
    assert stamp_of("https://x.test/20220501101530id_/http://a.test/") == MOMENT
    assert stamp_of("https://x.test/20229901101530/http://a.test/") is None
    assert stamp_of("https://x.test/http://a.test/") is None
