"""Pages made to be slow to read: what is quadratic in a library is kept from what it is quadratic in."""

from __future__ import annotations

import time

import pytest

from citekeeper.model import Hop
from citekeeper.reading import read

WORDS = "The bridge was closed on Monday, as the mayor said to the paper, and nobody was surprised at all. "
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
SLOW = {
    "a tag of many attributes": "<a " + " ".join(f"a{number}=1" for number in range(90_000)) + ">x</a>",
    "a style attribute of many addresses": f"<p style='{'url(' * 25_000}'>x</p>",
    "many short paragraphs": "<p>a" * 240_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_what_takes_libraries_minutes_is_read_in_seconds(name: str) -> None:
    """And the page's text is found all the same."""
    page = f"<title>A bridge</title><article><h1>A bridge</h1><p>{WORDS * 5}<p>{WORDS * 5}</article>{SLOW[name]}"
    began = time.process_time()
    reading = read(Hop("https://news.example/story", 200, HEAD, page.encode()))
    assert time.process_time() - began < 12
    assert reading is not None
    assert WORDS.strip() in " ".join(reading.paragraphs)
