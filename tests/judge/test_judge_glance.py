"""What a glance stops at: every title and every address of which some rule has something to say."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citekeeper.judge import glance, scanner, walls

from .judge_build import CITED, answer, article


@pytest.fixture(autouse=True, params=["with Hyperscan", "without"])
def finder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Both ways to look for words: with Hyperscan's wheel, and where there is none."""
    if request.param == "without":
        monkeypatch.setitem(sys.modules, "hyperscan", None)
    else:
        pytest.importorskip("hyperscan")
    glance._perhaps_telling.cache_clear()
    yield
    glance._perhaps_telling.cache_clear()


def passes(title: str, url: str = CITED) -> bool:
    """Whether a page with this title, alive in all else, needs no second look."""
    return glance.ordinary_host(answer(article(title), url=url), None) is not None


@pytest.mark.parametrize("title", ["The river rose in spring", "Река вышла из берегов", "Ö", "Law &amp; order"])
def test_an_ordinary_title_passes(title: str) -> None:
    """In any script; an ampersand that is written as HTML wants it is no hindrance."""
    assert passes(title)


def test_titles_that_begin_like_a_wall_are_looked_at() -> None:
    """All of them, in small letters and in capitals."""
    for start in glance._telling_starts():
        assert not passes(f"{start} – The Courier"), start
        assert not passes(f"{start} – The Courier".upper()), start


def test_titles_that_name_absence_or_a_takeover_are_looked_at() -> None:
    """Wherever in the title the words stand, with any white space between them."""
    for word in glance._telling_words():
        for shown in (word, f"Courier: {word}", f"A {word.upper()} story", f"x {word}".replace(" ", "\n  ")):
            assert not passes(shown), shown


def test_words_of_a_title_mean_nothing_in_an_address_nor_the_other_way_round() -> None:
    """Each is asked for its own."""
    assert passes("The river rose", "https://news.example.org/casino/14041")
    assert passes("What vk.com/429.html shows")


def test_addresses_of_walls_are_looked_at() -> None:
    """Small letters or capitals, and wherever they stand."""
    for part in walls.wall_addresses():
        place = part if part.startswith("/") else f"/{part}"
        assert not passes("The river rose", f"https://news.example.org{place}"), part
        assert not passes("The river rose", f"https://news.example.org{place.upper()}x"), part


LETTERS = st.text("ab4 éя", min_size=1, max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.lists(LETTERS, min_size=1, max_size=5), text=st.text("ab4 éя\n", max_size=12))
def test_a_word_finder_finds_what_stands_there(words: list[str], text: str) -> None:
    """It says the same as asking for one word after the other."""
    assert scanner.word_finder(words)(text) == any(word in text for word in words)
