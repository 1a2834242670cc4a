"""How people edit what they quote, and what a page takes back: either side of each rule."""

from __future__ import annotations

import time

import pytest

from citekeeper.evidence import find_number, find_quote
from citekeeper.evidence.withdrawn import TAKEN_BACK
from citekeeper.model import Where


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        # Words of the document's own, for some of the source's, or for none.
        ("[the minister] had never seen the warning", "He had never seen the warning.", True),
        ("we know that [the minister] had seen the warning", "We know that he had seen the warning.", True),
        ("he [the mayor] never answered that letter", "He never answered that letter.", True),
        ("he never answered that letter [of June]", "He never answered that letter, he said.", True),
        ("the engineers want[ed] to close the gates", "The engineers want to close the gates.", True),
        ("the army ha[s] no plans to leave", "The army had no plans to leave.", True),
        ("[w]e know [them] and they know us […] very well", "We know the men and they know us, yes, very well.", True),
        ("we will [not] open the archive to them", "We will open the archive to them.", False),
        ("we know that [the minister] had seen the warning", "We know that nobody had seen the warning.", False),
        ("of them [12] people died in the flood", "Of them 21 people died in the flood.", False),
        ("we know that [he] had seen it", "We know that, as far as I can tell, the mayor had seen it.", False),
        ("[he] signed [it]", "Nobody signed. It was late.", False),
        # Who said it, between the words.
        ("we waited all night and nobody came", "“We waited all night,” she said, “and nobody came.”", True),
        ("we waited all night and nobody came", "“We waited all night,” she said. He says that nobody came.", False),
        ("we waited all night and nobody came", "“We waited all night.” And then “and nobody came.”", False),
        # Remarks.
        ("there was never any danger (emphasis added)", "There was never any danger.", True),
        ("опасности никогда не было (курсив мой)", "Опасности никогда не было.", True),
        ("there was never any danger (as he said)", "There was never any danger.", False),
        # What is left out.
        ("the militia did […] fire at them", "The militia did, he says, fire at them.", True),
        ("the militia did […] fire at them", "The militia did not fire at them.", False),
        ("der Minister hat die Weisung … erteilt", "Der Minister hat die Weisung nie erteilt.", False),
        ("he spoke […] and then left the room", "He spoke, as nobody had asked him to, and then left the room.", True),
    ],
)  # fmt: skip
def test_brackets_and_cuts(quote: str, text: str, *, found: bool) -> None:
    """Brackets are the document's own words; neither they nor a cut may turn what is said."""
    assert find_quote(quote, ["A first paragraph.", text, "A last one."], Where.LIVE).found is found


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("cледователи не нашли состава", "Следователи нe нaшли cocтaва.", True),  # Latin letters among them
        ("the crew was dismissed in June", "The crew was dismissed[12] in June.", True),
        ("the crew was dismissed in June", "The crew was dismissed² in June.¹", True),
        ("a field of 400 m2 was sold", "A field of 400 m² was sold.", True),
        ("a field of 400 m3 was sold", "A field of 400 m² was sold.", False),
        ("at most 102 of them were there", "At most 10² of them were there.", False),
        ("Hale and Sons received the contract", "Hale & Sons received the contract.", True),
        ("Hale or Sons received the contract", "Hale & Sons received the contract.", False),
    ],
)
def test_marks_and_letters(quote: str, text: str, *, found: bool) -> None:
    """Marks of notes, units with raised figures, “&”, and letters of another script that look alike."""
    assert find_quote(quote, [text], Where.LIVE).found is found


@pytest.mark.parametrize(
    "text",
    ["we know that " * 20_000, "we know that " + "a" * 300_000, "an earlier version of this article said it. " * 8_000],
)
def test_hostile_texts_take_bounded_time(text: str) -> None:
    """Neither gaps nor notices without end take more than a moment."""
    began = time.process_time()
    find_quote("we know that [the minister] and [all others] had seen the war[nings] then", [text], Where.LIVE)
    assert time.process_time() - began < 5


_NOTICES = [
    ("Correction: An earlier version of this article said that {}. That was wrong.", "the bridge was closed in 1987"),
    ("This story originally said that {}.", "the bridge was closed in 1987"),
    ("In een eerdere versie van dit artikel stond dat {}. Dat klopt niet.", "de brug was in 1987 dicht"),
    ("In einer früheren Version dieses Artikels hieß es, {}. Das ist falsch.", "die Brücke sei 1987 gesperrt worden"),
    ("Une version antérieure de cet article indiquait que {}.", "le pont était fermé en 1987"),
    ("В предыдущей версии этого текста говорилось, что {}. Это не так.", "мост закрыли в 1987 году"),
    ("У попередній версії цього тексту йшлося, що {}.", "міст закрили у 1987 році"),
]


@pytest.mark.parametrize(("notice", "words"), _NOTICES)
def test_what_is_taken_back(notice: str, words: str) -> None:
    """What a page says of an earlier version of itself it says no more, unless it says it elsewhere too."""
    told = notice.format(words)
    match = find_quote(words, ["A first paragraph.", told], Where.LIVE)
    assert (match.found, match.difference) == (False, TAKEN_BACK)
    assert words in str(match.nearest)
    assert not find_number("1987", [told], Where.LIVE).found
    assert find_quote(words, [told, f"And yet {words}."], Where.LIVE).found
    assert find_quote(told, [told], Where.LIVE).found
    assert find_number("1987", [told, "It was 1987."], Where.LIVE).found


@pytest.mark.parametrize(
    "text",
    [
        "An earlier version of the report said that the bridge was closed in 1987, and the minister knew it.",
        "The first version of this text says that the bridge was closed in 1987.",
        "This article originally appeared in a journal that said the bridge was closed in 1987.",
        "В предыдущей редакции статьи 12 закона говорилось: the bridge was closed in 1987.",
        "He searched for those who said that the bridge was closed in 1987.",
    ],
)
def test_what_others_said_earlier(text: str) -> None:
    """What a source tells of another text's versions, or of a search, is what it says."""
    assert find_quote("the bridge was closed in 1987", [text], Where.LIVE).found


@pytest.mark.parametrize(
    "echo",
    ["You searched for: “{}”.", "No results for {}", "Результаты поиска: {}", "Geen resultaten gevonden voor {}"],
)
def test_what_was_searched_for(echo: str) -> None:
    """A page of results repeats a question, and says nothing."""
    words = "the bridge was closed in 1987"
    assert not find_quote(words, [echo.format(words), "Try other words."], Where.LIVE).found
    assert find_quote(words, [echo.format(words), f"1. Report: {words} and never opened."], Where.LIVE).found


def test_what_follows_a_notice_still_stands() -> None:
    """Only the sentence that tells of the earlier version is taken back."""
    text = "An earlier version of this article misspelled the name of Mr. Hale. The dam was sold for 300 pounds in May."
    assert find_quote("The dam was sold for 300 pounds", [text], Where.LIVE).found
    assert find_number("300", [text], Where.LIVE).found
    assert not find_quote("misspelled the name of Mr. Hale", [text], Where.LIVE).found
    text = "An earlier version of this article gave the number of the lost as 12; it is 14. It fell."
    assert find_number("14", [text], Where.LIVE).found
    assert not find_number("12", [text], Where.LIVE).found


@pytest.mark.parametrize(
    ("number", "text", "found"),
    [
        ("47", "Es starben siebenundvierzig Menschen.", True),
        ("47", "Es starben siebenundsechzig Menschen.", False),
        ("250", "Zweihundertfünfzig Häuser wurden zerstört.", True),
        ("4711", "Ticket #4711 was closed.", False),
        ("#4711", "Ticket #4711 was closed.", True),
        ("147", "See p. 147 of the report.", False),
        ("2 million", "Der Fonds erhielt zwei Millionen Briefe.", True),
        ("97", "Quatre-vingt-dix-sept maisons ont été détruites.", True),
        ("80", "Quatre-vingt-dix-sept maisons ont été détruites.", False),
        ("71", "Soixante-et-onze des maisons ont brûlé.", True),
        ("11", "Onze huizen zijn verloren.", False),  # Dutch: our houses
        ("3½", "The trial lasted 3.5 years.", True),
        ("3.5", "The trial lasted 3½ years.", True),
        ("-5.2", "Es waren minus 5,2 Grad.", True),
        ("-5.2", "Il y avait au moins 5,2 degrés.", False),
        ("47 km", "The wall is 47 kilometres long.", True),
        ("47 km", "The wall is 47 miles long.", False),
        ("3 years", "It took 3 months.", False),
        ("3 jaar", "It took 3 years.", True),
        ("47 km", "The wall is 47 long.", True),
        ("5th", "It was the fifth breach.", True),
        ("5th", "Это пятый прорыв.", True),
        ("5th", "It was the fifteenth breach.", False),
        ("19", "Дамбу построили в XIX веке.", True),
        ("19", "Henry XIX was there.", False),
        ("18", "Дамбу построили в XIX веке.", False),
    ],
)
def test_numbers_in_words_and_units(number: str, text: str, *, found: bool) -> None:
    """Words of five languages, fractions, signs, and units that are no other's."""
    assert find_number(number, [text], Where.LIVE).found is found
