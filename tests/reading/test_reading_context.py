"""Doubtful paragraphs are judged by those around them just as jusText judges them, in linear time."""

from __future__ import annotations

import time
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from citekeeper.reading.context import revise


@dataclass
class _Paragraph:
    """A paragraph as jusText leaves it after its first pass."""

    cf_class: str
    heading: bool
    text: str
    class_type: str = ""


_PARAGRAPHS = st.lists(
    st.builds(
        _Paragraph,
        st.sampled_from(["short", "short", "neargood", "good", "bad"]),
        st.booleans(),
        st.sampled_from(["a", "a" * 90, "a" * 201]),
    ),
    max_size=30,
)


@given(_PARAGRAPHS)
def test_it_is_what_the_library_finds(paragraphs: list[_Paragraph]) -> None:
    """Of any list of paragraphs."""
    from justext.core import revise_paragraph_classification

    revise(paragraphs)
    found = [paragraph.class_type for paragraph in paragraphs]
    for paragraph in paragraphs:
        paragraph.class_type = ""
    revise_paragraph_classification(paragraphs)
    assert found == [paragraph.class_type for paragraph in paragraphs]


def test_a_hundred_thousand_short_lines_take_no_time() -> None:
    """The library takes minutes."""
    paragraphs = [_Paragraph("short", heading=True, text="a") for _ in range(100_000)]
    began = time.process_time()
    revise(paragraphs)
    assert time.process_time() - began < 5
    assert {paragraph.class_type for paragraph in paragraphs} == {"bad"}
