"""Figures in any notation, what is no figure, and what a claim seems to take from its source."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper.evidence import figures, find_number, propose
from citekeeper.evidence.number_words import dutch
from citekeeper.model import QuoteMatch, Where


def look(number: str, *paragraphs: str) -> QuoteMatch:
    return find_number(number, paragraphs, Where.LIVE)


NOTATIONS = ["1200", "1 200", "1\u00a0200", "1\u202f200", "1.200", "1,200", "1'200", "1,2 тыс.", "1.2 thousand"]


@pytest.mark.parametrize("wanted", NOTATIONS)
@pytest.mark.parametrize("said", [*NOTATIONS, "twelve hundred", "1,2 тысячи", "1,2 duizend", "1.2k"])
def test_one_number_in_every_notation(wanted: str, said: str) -> None:
    """The notation of a number does not matter, whichever way round."""
    assert look(wanted, f"In all {said} people came.").score == 1.0


@pytest.mark.parametrize(
    ("wanted", "source"),
    [
        ("1.2 million", "1,2 miljoen mensen"),
        ("1,2 млн", "1.2 million people"),
        ("1200000", "1,2 млн. рублей"),
        ("1.200.000", "1,200,000 people"),
        ("3 miljard", "3 billion euros"),
        ("3 bn", "три миллиарда"),
        ("7000000", "семь миллионов человек"),
        ("1500", "полторы тысячи человек"),
        ("€ 5 miljoen", "5 миллионов евро"),
        ("$5m", "5 million dollars"),
        ("12%", "12 процентов"),
        ("12 %", "twelve per cent of them"),
        ("12 procent", "12%"),
        ("0,5", "een daling van 0.5 punt"),
        ("-5", "bij −5 graden"),
        ("25", "двадцати пяти человек"),
        ("25", "с двадцатью пятью людьми"),
        ("90", "около девяноста"),
        ("100", "сто человек"),
        ("120", "сто двадцать человек"),
        ("25", "vijfentwintig mensen"),
        ("22", "tweeëntwintig mensen"),
        ("21", "twenty-one people"),
        ("21", "twenty one people"),
        ("100", "a hundred men"),
        ("120", "one hundred and twenty men"),
        ("2022", "in 2022 they left"),
        ("2022", "on 7 April 2022"),
        ("2022", "07.04.2022"),
        ("7 april 2022", "опубликовано 7 апреля 2022 года"),
        ("7 april 2022", "published on April 7, 2022"),
        ("7 april 2022", "2022-04-07"),
        ("10-15", "10–15 people"),
        ("10-15", "from 10 to 15 people"),
        ("10-15", "от 10 до 15 человек"),
        ("10–15 million", "between 10 and 15 million people"),
        ("10-15%", "10–15 процентов"),
        ("5", "a walk of 5km"),
        ("16", "16GB"),
        ("5th", "on the 5th day"),
    ],
)
def test_found_in_any_words(wanted: str, source: str) -> None:
    """Multipliers, percentages, number words with their endings, ranges and dates are read in every language."""
    match = look(wanted, source)
    assert (match.found, match.score) == (True, 1.0)


@pytest.mark.parametrize(
    ("wanted", "source"),
    [
        ("2022", "there were 12022"),
        ("2022", "there were 20220 and 2022,5 and 1 202 2"),
        ("200", "1 200 people"),
        ("1200", "1.2 people"),
        ("12%", "12 people and 13 %"),
        ("12", "1,2"),
        ("7", "on 7 April 2022"),
        ("4", "07.04.2022"),
        ("10", "at 10:30"),
        ("19", "COVID-19"),
        ("12", "дело № 12-345"),
        ("12", "см. https://a.example/12/34"),
        ("5", "5G"),
        ("495", "+7 495 123-45-67"),
        ("20", "двадцать пять человек"),
        ("5", "двадцать пять человек"),
        ("20", "twenty-first"),
        ("20", "двадцать первый"),
        ("5", "пятый"),
        ("7", "ушёл с семьёй; любил семью"),
        ("1000000", "millions of people"),
        ("10", "ten slotte is dat de man van het huis"),
        ("1", "een man van het huis"),
        ("€ 5 million", "5 million dollars"),
        ("10-15", "10 men and 3 women of 15"),
        ("10-15", "15–10"),
        ("7 april 2022", "on 8 April 2022, and 7 May 2022"),
        ("5", "-5 degrees"),
        ("3", "as was said.[3]"),
        ("2", "10² metres, version 1.2.3"),
    ],
)
def test_not_what_was_meant(wanted: str, source: str) -> None:
    """Parts of bigger numbers, dates, codes, other units and ordinals are not the figure."""
    assert not look(wanted, source).found


def test_one_end_of_a_range_is_told() -> None:
    """A figure that the source gives only as one end of a range is found, but not at full score."""
    match = look("10 million", "10–15 million people")
    assert (match.found, match.score, match.difference) == (True, 0.95, "it is one end of a range")


def test_a_bare_figure_that_is_a_percentage_is_told() -> None:
    """The source may give the unit that the document left out."""
    assert look("12", "12 % of them").difference == "it is a percentage"


def test_where_it_stands() -> None:
    """The match names the paragraph, the offset and a link in the page's own notation."""
    match = look("1200", "Nothing.", "In all 1 200 people.")
    assert (match.paragraph, match.offset, match.fragment) == (1, 7, "#:~:text=1%20200")


def test_the_closest_figure_is_told() -> None:
    """A figure that is not there comes with the closest of its kind."""
    match = look("120 people", "There were 130 people and 12 %.")
    assert (match.found, match.difference) == (False, "“130” instead of “120 people”")


@pytest.mark.parametrize("wanted", ["", "many", "…"])
def test_words_without_a_figure_are_not_found(wanted: str) -> None:
    """What holds no figure is not found, and the match says why."""
    assert look(wanted, "1 2 3").difference == "there is no figure in it"


def test_figures_in_one_notation() -> None:
    """The figures of a text come out in one notation, without dates, times and codes."""
    text = "In 2022 150 people, 1.200,50 and 1,5; 10:30, v1.2.3, 07.04.2022, 5G, 16GB"
    assert figures(text) == ["2022", "150", "1200.50", "1.5", "16"]


@given(st.integers(0, 10**12), st.sampled_from(["", " ", ".", ",", "\u00a0", "'"]))
def test_every_number_is_read_back_from_its_groups(value: int, separator: str) -> None:
    """Grouping by threes never changes a number."""
    written = f"{value:,}".replace(",", separator)
    assert figures(f"x {written} x") == [str(value)]


@given(st.integers(1, 999))
def test_dutch_words_are_unambiguous(value: int) -> None:
    """Every Dutch number up to 999 has a word, and it is read as that number."""
    words = [word for word, number in dutch().items() if number == value]
    assert words
    assert figures(f"er zijn van de {words[0]} mensen") == [str(value)]


@given(st.text(max_size=200), st.text(max_size=30))
def test_any_text_gives_an_answer(text: str, wanted: str) -> None:
    """No text makes the reading of figures fail."""
    find_number(wanted, [text], Where.LIVE)
    propose(text)


@pytest.mark.parametrize(
    "text", ["1" * 500_000, "111 " * 100_000, "1." * 200_000, "a1-" * 150_000, "+1 " * 50_000, " " * 500_000]
)
def test_hostile_text_takes_bounded_time(text: str) -> None:
    """Texts made to be slow are read in time that grows with their length alone."""
    started = time.process_time()
    look("12", text)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("claim", "quotes", "numbers"),
    [
        ("Volgens “een van de leiders” waren er 1,2 miljoen mensen.", ("een van de leiders",), ("1,2 miljoen",)),
        ("Он сказал: «Я уехала, чтобы остаться человеком».", ("Я уехала, чтобы остаться человеком",), ()),
        ("Nu zij als 'verraders' en ‘volksvijanden’ worden aangemerkt.", (), ()),
        ("It's what they call 'the new order', isn't it?", ("the new order",), ()),
        ("Am 7. April 2022 sagte er „das ist nicht wahr“.", ("das ist nicht wahr",), ()),
        ("In 2021 left between 10 and 15 thousand, 12 % of them.[3]", (), ("10 and 15 thousand", "12 %")),
        ("Three of 25 were there.", (), ("25",)),
        ("He said “25 men left”.", ("25 men left",), ()),
        ("Dit staat in noot 4, pagina 33, p. 5.", (), ()),
        ("По данным опроса, 52% против, см. стр. 14 и п. 3.", (), ("52%",)),
        ("", (), ()),
    ],
)
def test_proposals(claim: str, quotes: tuple[str, ...], numbers: tuple[str, ...]) -> None:
    """Quoted phrases and figures are proposed; distance marks, dates, years and note marks are not."""
    assert propose(claim) == (quotes, numbers)
