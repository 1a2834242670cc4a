"""Quotes: what counts as found, what must not, where it stands and the link that shows it."""

from __future__ import annotations

import time
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekeeper.evidence import best_matches, find_quote, is_foreign, normalise, text_fragment
from citekeeper.model import QuoteMatch, QuotePlace, Where


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("половина суммы уже поступила подрядчикам", "Но половина суммы уже посту пила подрядчикам.", True),
        ("the vice-president was constitutionally fine", "And the vicepresident was con sti tu tion al ly fine.", True),
        ("the vicepresident was constitutionally fine", "And the vice-president was constitutionally fine.", True),
        ("the vice-president was fine […] and self-confident officers flew", "The vice president was fine. All "
         "said so, and selfconfident officers flew off.", True),
        ("некоторые из них уже поступили подрядчикам", "Деньги, не которые из них уже поступили подрядчикам.", False),
        ("не большой ли мост построили за рекой", "Небольшой ли мост построили за рекой.", False),
        ("in the year 20 12 people were hurt there", "In the year 2012 people were hurt there.", False),
        ("stituted a committee of the whole house", "They constituted a committee of the whole house.", False),
    ],
)  # fmt: skip
def test_words_hyphenated_in_print(quote: str, text: str, *, found: bool) -> None:
    """Spaces and hyphens that typesetting puts into words do not matter; in figures, and beside “не”, they do."""
    match = find_quote(quote, ["An earlier paragraph of it.", text], Where.CAPTURE)
    is_typeset = match.difference == "its words are set apart, or hyphenated, in another way"
    assert (match.found and match.score == 0.99 and is_typeset) is found


def look(quote: str, *paragraphs: str, where: Where = Where.LIVE) -> QuoteMatch:
    return find_quote(quote, paragraphs, where)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("остаться человеком", "«Я уехала, чтобы остаться человеком». Эмиграция или эвакуация?"),
        ("“the end” of it", "This is «the end» of it."),
        ("the 'end' of it", "This is the “end” of it."),
        ("don't go", "They said: don’t go."),
        ("all of it – left", "He said all of it — left."),
        ("all of it—left", "He said all of it - left."),
        ("the years 2019-2021", "In the years 2019–2021 it grew."),
        ("co-operation", "It is co‑operation."),
        ("a hundred roubles", "a hundred\u00a0roubles"),
        ("government", "the govern\u00adment of"),
        ("все еще здесь", "Они всё ещё здесь."),
        ("чтобы понять", "что\u0301бы поня\u0301ть"),
        ("the first office", "the ﬁrst oﬃce"),
        ("café noir", "cafe\u0301 noir"),
        ("ijs en weder", "ĳs en weder"),
        ("The government left", "Today the government left."),
        ("the government left", "The government left."),
        ("[T]he government left", "Yesterday the government left."),
        ("they was [sic] gone", "He wrote: they was gone."),
        ("It is over.", "It is over, he said."),
        ("international law", "inter-\nnational law"),
        ("CO2 levels", "CO₂ levels"),
    ],
)
def test_typesetting_does_not_matter(quote: str, source: str) -> None:
    """What typesetting decides makes a quote no less verbatim."""
    match = look(quote, source)
    assert (match.found, match.score, match.difference) == (True, 1.0, None)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("there were 120 people in the old building", "there were 130 people in the old building"),
        ("he did not say that the war would end soon", "he did say that the war would end soon"),
        ("he did say that the war would end soon", "he did not say that the war would end soon"),
        ("Yesterday Ivan Petrov signed the order", "Yesterday Ivan Sidorov signed the order"),
        ("Yesterday Maria Ivanova signed the order", "Yesterday Maria Ivanov signed the order"),
        ("she can't have known what they would do there", "she can have known what they would do there"),
        ("hij heeft dat niet gezegd in het parlement", "hij heeft dat gezegd in het parlement"),
        ("er was geen reden om het land te verlaten", "er was een reden om het land te verlaten"),
        ("он не был виновен в этом преступлении", "он был виновен в этом преступлении"),
        ("он был убил в тот самый вечер дома", "он был убит в тот самый вечер дома"),
        ("er hat das nicht gesagt an diesem Abend", "er hat das gesagt an diesem Abend"),
        ("il n'a jamais dit cela au parlement hier", "il a dit cela au parlement hier"),
        ("він не казав цього у парламенті вчора", "він казав цього у парламенті вчора"),
        ("it was an illegal act of the whole government", "it was a legal act of the whole government"),
        ("they allegedly killed a man on that night", "they killed a man on that night"),
        ("the law may prescribe this to all the people", "the law may proscribe this to all the people"),
        ("200 people", "there were 1 200 people"),
        ("200 people left the old city today", "there were 1 200 people left the old city today"),
        ("costs 5", "it costs 5.2 million"),
        ("art", "the party"),
        ("the man killed the dog on that night", "the dog killed the man on that night"),
        ("the people of Moscow left the city", "the people of Minsk left the city"),
        ("a rise of 5-6 per cent in the year", "a rise of 56 per cent in the year"),
        ("Is the government guilty? The people say so", "Is the government guilty. The people say so"),
        ("area of 102 square metres in all", "area of 10² square metres in all"),
    ],
)
def test_another_sense_is_not_found(quote: str, source: str) -> None:
    """A changed figure, a lost negation, another name, ending or order is another sentence, however alike it looks."""
    match = look(quote, source)
    assert not match.found
    assert match.nearest is None or match.difference


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("The goverment signed the order on mobilisation", "Yesterday the government signed the order on mobilisation"),
        ("they recieved nothing from the ministry", "they received nothing from the ministry"),
        ("it was definately the end of the war", "it was definitely the end of the war"),
        ("de regering heeft de database gesloten", "de regering heeft de data base gesloten"),
        ("there were 1,200 people in the old building", "there were 1.200 people in the old building"),
        ("двадцать пять тысяч человек покинули страну весной", "25 тысяч человек покинули страну весной"),
        ("he went to the court in a hurry", "he went to court in a hurry"),
        ("The NATO member states agreed on it", "The Nato member states agreed on it"),
        ("well, he said that it was over", "well he said, that it was over"),
    ],
)
def test_a_slip_counts_and_is_told(quote: str, source: str) -> None:
    """What cannot change the sense counts as found, below a full score and with the difference in words."""
    match = look(quote, source)
    assert match.found
    assert 0.8 <= match.score < 1
    assert match.difference


def test_ellipses_match_in_order_across_paragraphs() -> None:
    """Left-out words may span paragraphs; the parts stand in the order of the quote."""
    source = ("First we packed our things.", "Nobody spoke.", "Then we drove to the border and crossed it.")
    for gap in ("[…]", "[...]", "(…)", "…", "..."):
        match = look(f"we packed our things {gap} crossed it", *source)
        assert (match.found, match.score, match.paragraph, match.offset) == (True, 1.0, 0, 6)
    assert not look("crossed it […] we packed our things", *source).found


def test_parts_are_taken_as_close_together_as_they_stand() -> None:
    """Of several places of the first part, the one nearest to the next part is meant."""
    match = look("we left […] the border", "Once we left home.", "Then we left town for the border.")
    assert match.paragraph == 1


def test_a_quote_runs_across_a_paragraph_break() -> None:
    """A quote may begin in one paragraph and end in the next; its link names both ends."""
    match = look("left the country. Then they came", "He left the country.", "Then they came back.")
    assert (match.found, match.score, match.paragraph, match.offset) == (True, 1.0, 0, 3)
    assert match.fragment == "#:~:text=left%20the%20country.,Then%20they%20came"


def test_place_is_that_of_the_page_as_it_stands() -> None:
    """Paragraph and offset count the characters of the copy, not of its normalised form."""
    source = "Ka\u00adra  said\u00a0— “we ﬁnally\u00a0left”."
    match = look('said - "we finally left"', "x", source)
    assert (match.paragraph, match.offset) == (1, source.index("said"))


def test_not_found_tells_the_nearest_passage_and_how_it_differs() -> None:
    """A quote that is not there comes with the passage it was likely taken from."""
    match = look(
        "there were 120 people in the old building",
        "Nothing here.",
        "A long beginning. In all there were 130 people in the old building, he said.",
    )
    assert not match.found
    assert match.where is None
    assert match.paragraph == 1
    assert match.nearest is not None
    assert "130 people" in match.nearest
    assert match.difference == "“130” instead of “120”"


@pytest.mark.parametrize("quote", ["", "…", "[…]", "«»", " . "])
def test_a_quote_without_words_is_not_found(quote: str) -> None:
    """Nothing is no evidence."""
    assert not look(quote, "Some text.").found


def test_no_text_holds_nothing() -> None:
    """A copy without text holds no quote and has no nearest passage."""
    assert look("some words").nearest is None
    assert look("some words", "", " ").found is False


def test_the_first_copy_that_holds_it_counts() -> None:
    """A slip mended in the living page does not make the quote lost, though an older copy holds it to the letter."""
    live = QuoteMatch("q", True, 0.98, Where.LIVE)
    old = QuoteMatch("q", True, 1.0, Where.CAPTURE)
    near, far = QuoteMatch("q", False, 0.9), QuoteMatch("q", False, 0.2)
    (match,) = best_matches(["q"], [[live], [old]], [None, "archive/fn1/2022"])
    assert match == replace(live, also=(QuotePlace(Where.CAPTURE, 1.0, "archive/fn1/2022"),))
    assert best_matches(["q"], [[far], [old]]) == (old,)
    assert best_matches(["q"], [[far], [near]]) == (near,)
    assert best_matches(["q"], []) == (QuoteMatch("q", found=False, is_unread=True),)


# ── links to the passage ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_link_is_made_of_the_pages_own_words() -> None:
    """Browsers compare punctuation, so the page's quotation marks and dashes stand in the link, encoded."""
    match = look("a 'so-called' ally, friend & foe", "He is a «so-called» ally, friend & foe.")
    assert match.fragment == "#:~:text=a%20%C2%ABso%2Dcalled%C2%BB%20ally%2C%20friend%20%26%20foe"


def test_words_that_stand_earlier_too_get_context() -> None:
    """Where the same words stand earlier on the page, the words around this passage tell them apart."""
    text = "We left. Nobody spoke. They said that we left. The end."
    start = text.index("we left")
    fragment = text_fragment(text, start, start + 7)
    assert fragment == "#:~:text=said%20that-,we%20left,-.%20The"


def test_a_long_passage_is_named_by_its_ends() -> None:
    """A long quote is linked as a range from its first to its last words."""
    words = " ".join(f"word{n}" for n in range(40))
    assert text_fragment(words) == "#:~:text=word0%20word1%20word2%20word3,word36%20word37%20word38%20word39"


def test_no_link_rather_than_a_wrong_one() -> None:
    """Where nothing tells two places apart, there is no link."""
    text = "so it goes " * 100
    assert text_fragment(text, 550, 560) == ""


def test_a_translation_is_not_linked() -> None:
    """The words of a translation are not on the living page."""
    assert look("some words", "some words here", where=Where.TRANSLATION).fragment is None


# ── laws ────────────────────────────────────────────────────────────────────────────────────────────────────────────

WORDS = st.sampled_from(
    ["we", "left", "the", "old", "city", "—", "in", "1", "200", "«cars»", "and", "ﬁve", "boats,", "всё", "don’t", "5.2"]
)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=30).map(" ".join), min_size=1, max_size=5)


@given(PARAGRAPHS, st.data())
def test_every_passage_is_found_where_it_stands(paragraphs: list[str], data: st.DataObject) -> None:
    """A stretch of whole words of a copy is found verbatim, at an offset where it stands."""
    words = paragraphs[data.draw(st.integers(0, len(paragraphs) - 1))].split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    match = look(quote, *paragraphs)
    wanted = normalise(quote).strip(" '.,;:!?-")
    if not wanted or wanted[0].isdigit() or wanted[-1].isdigit():
        return  # a figure may be cut out of a longer one
    assert match.found
    assert match.score == 1.0
    assert match.paragraph is not None
    rest = normalise(" ".join([paragraphs[match.paragraph][match.offset :], *paragraphs[match.paragraph + 1 :]]))
    assert rest.startswith(wanted)


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    """Normalising is a projection."""
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=60), st.lists(st.text(max_size=120), max_size=4))
@settings(max_examples=200)
def test_any_text_gives_an_answer(quote: str, paragraphs: list[str]) -> None:
    """No quote and no page make the search fail."""
    match = find_quote(quote, paragraphs, Where.LIVE)
    assert 0 <= match.score <= 1
    if match.fragment:
        unquote(match.fragment, errors="strict")


@pytest.mark.parametrize(
    ("quote", "paragraphs"),
    [
        ("zebra", ["lorem ipsum dolor " * 5] * 10_000),
        ("lorem ipsum " * 400 + "zebra", ["lorem ipsum dolor " * 5] * 10_000),
        (" … ".join(["lorem"] * 500) + " zebra", ["lorem ipsum dolor " * 5] * 10_000),
        ("a a a b", ["a " * 1_000_000]),
        ("b", ["a" * 2_000_000]),
        ("b - b", ["- " * 1_000_000]),
        ("b b", [" " * 2_000_000]),
    ],
    ids=["one word", "5000 characters", "many gaps", "one word over and over", "no spaces", "dashes", "spaces"],
)
def test_hostile_pages_take_bounded_time(quote: str, paragraphs: list[str]) -> None:
    """Megabytes made to be slow are searched within seconds of processor time."""
    started = time.process_time()
    assert not look(quote, *paragraphs).found
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("quote", "text", "foreign"),
    [
        ("We have waited for this for ten years", "Мы ждали этого десять лет, сказала она.", True),
        ("Мы ждали этого десять лет", "We have waited for this for ten years, she said.", True),
        ("We have waited for this for ten years", "Wij hebben hier tien jaar op gewacht, zei zij.", False),
        ("Мы ждали этого десять лет", "Мы ждали этого двадцать лет, сказала она.", False),
        ("the words «Мы ждали этого десять лет»", "Мы ждали этого двадцать лет, сказала она.", False),
        ("Netflix", "Мы смотрели это на Netflix десять лет.", False),
        ("We have waited for this", "", False),
    ],
)
def test_a_quote_in_another_script_than_the_text(quote: str, text: str, foreign: bool) -> None:
    """Latin letters are not to be looked for in a Cyrillic text; a word or two tell nothing."""
    assert is_foreign(quote, [text]) is foreign
