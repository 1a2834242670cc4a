"""Markers are found by two engines, and both find the same."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citekeeper.judge import knowledge, scanner

MARKERS = tuple(dict.fromkeys(marker for _, marker in knowledge._markers()))
NOISE = (
    "<p>The council met on Tuesday; 1020 people came, and the page was turned.</p>",
    "<script>var locations = [];</script><div id='header'>",
    "<p>Сайт газеты напечатал материал; документ найдут в архиве.</p>",
    "&nbsp;&nbsp;<a href='/domain'>this domain</a>\n\t",
)


@pytest.fixture(scope="module")
def engines() -> tuple[scanner.Scanner, scanner.Scanner]:
    """Both engines over all markers."""
    hyperscan = pytest.importorskip("hyperscan")
    return scanner.NeedleScanner(MARKERS, hyperscan), scanner.PatternScanner(MARKERS)


def names(found: object) -> set[str]:
    """The markers that were found."""
    return {MARKERS[index] for index in found or ()}  # type: ignore[attr-defined]


@pytest.mark.parametrize("marker", MARKERS)
def test_every_marker_has_needles(marker: str) -> None:
    """No marker is left that would have to be searched for in every page."""
    assert scanner.needles_of(marker)


PHRASES = tuple(marker for marker in MARKERS if not marker.startswith("re:"))
GAPS = (" ", "  ", "\n", "\r\n  ", "\t", "\f ", "&nbsp;", "\xa0", " &nbsp; ")
SPELLINGS = (str.lower, str.upper, str.title, str.capitalize)


@settings(max_examples=600, deadline=None)
@given(marker=st.sampled_from(PHRASES), rng=st.randoms(use_true_random=False))
def test_whatever_a_phrase_matches_holds_a_needle(marker: str, rng: random.Random) -> None:
    """Needles are necessary: in any spelling, with any white space and apostrophe, one of them is there."""
    text = rng.choice(SPELLINGS)(marker)
    if marker.isascii():
        text = "".join(rng.choice((char.lower(), char.upper())) for char in marker)
    text = "".join(rng.choice(GAPS) if char == " " else char for char in text)
    text = text.replace("'", rng.choice(("'", "\u2019", "&#39;", "&rsquo;")))
    page = text.encode()
    assert re.search(scanner.pattern_of(marker), page, re.IGNORECASE)
    assert any(needle.lower() in page.lower() for needle in scanner.needles_of(marker))


@pytest.mark.parametrize("marker", [marker for marker in MARKERS if marker.startswith("re:")])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_a_pattern_matches_holds_a_needle(marker: str, data: st.DataObject) -> None:
    """The same of the patterns, over strings made from them (RE2's white space knows no vertical tab)."""
    pattern = re.compile(scanner.pattern_of(marker))
    match = data.draw(st.from_regex(pattern, fullmatch=True)).lower().replace(b"\v", b"\t")
    assert any(needle.lower() in match for needle in scanner.needles_of(marker))


@pytest.mark.parametrize("seed", range(60))
def test_both_engines_agree(engines: tuple[scanner.Scanner, scanner.Scanner], seed: int) -> None:
    """Over pages made of noise and of markers in any spelling, both find the same."""
    rng = random.Random(seed)
    encoding = rng.choice(("utf-8", "cp1251", "koi8-r"))
    parts = []
    for _ in range(rng.randrange(12)):
        text = rng.choice((*MARKERS, *NOISE)).removeprefix("re:")
        text = rng.choice((str, str.upper, str.lower, str.title, str.capitalize))(text)
        parts.append(text.replace(" ", rng.choice((" ", "  ", "\n   ", "\t", "&nbsp;", "\xa0", " \r\n"))))
    page = "<p>".join(parts).encode(encoding, "ignore")
    needles, patterns = engines
    assert names(needles.match(page)) == names(patterns.match(page))


@pytest.mark.parametrize("marker", PHRASES)
def test_both_engines_find_every_marker(engines: tuple[scanner.Scanner, scanner.Scanner], marker: str) -> None:
    """As it is written in the data files, and in capitals, far into a page."""
    for text in (marker, marker.upper()):
        page = b"x" * 5000 + text.encode() + b"y" * 5000
        for engine in engines:
            assert marker in names(engine.match(page)), text


def test_many_needles_are_no_marker(engines: tuple[scanner.Scanner, scanner.Scanner]) -> None:
    """A page with thousands of needles is still searched, and in a bounded time."""
    page = b"location = window; error 10060 location  " * 5000
    assert names(engines[0].match(page)) == names(engines[1].match(page)) == set()
    page += b'location = "https://example.org/"'
    assert names(engines[0].match(page)) == names(engines[1].match(page)) != set()


def test_without_hyperscan_the_patterns_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no wheel of Hyperscan, RE2 does all of it."""
    monkeypatch.setitem(sys.modules, "hyperscan", None)
    assert isinstance(scanner.scanner_for(["not found"]), scanner.PatternScanner)


def test_where_hyperscan_cannot_work_the_patterns_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    """A processor without the instructions it needs is told by its error when it compiles."""
    hyperscan = pytest.importorskip("hyperscan")

    class Unable:
        def compile(self, **_: object) -> None:
            raise hyperscan.error("no such instructions")

    monkeypatch.setattr(hyperscan, "Database", Unable)
    assert isinstance(scanner.scanner_for(["not found"]), scanner.PatternScanner)
    finds = scanner.word_finder(["casino", "404"])
    assert finds("error 404")
    assert not finds("a river")


@pytest.mark.parametrize("case", [str.lower, str.upper, str.title])
def test_capitals_before_a_no_break_space_are_found(
    engines: tuple[scanner.Scanner, scanner.Scanner], case: Callable[[str], str]
) -> None:
    """A needle that ends in bytes outside ASCII is found in capitals too."""
    page = f"<p>{case('enable')}\xa0{case('javascript')}</p>".encode()
    assert all("enable javascript" in names(engine.match(page)) for engine in engines)


def test_the_needle_for_speed_marks_nothing(engines: tuple[scanner.Scanner, scanner.Scanner]) -> None:
    """Bytes that are there for Hyperscan's pace alone are no marker where a page does hold them."""
    filler = scanner._EVERY_PLACE * 50
    for page in (filler, filler + MARKERS[0].encode() + filler):
        found = [names(engine.match(page)) for engine in engines]
        assert found[0] == found[1]
    assert not names(engines[0].match(filler))
