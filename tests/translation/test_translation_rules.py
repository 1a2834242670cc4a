"""The pure rules of translation: where a paragraph is cut, and what counts as a translation of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekeeper.translation.figures import lost_numbers
from citekeeper.translation.glossary import Glossary
from citekeeper.translation.guards import needs_no_translation, problem
from citekeeper.translation.segments import split

PIECES = st.sampled_from(
    ["Слово", "слово ", "г. ", "т. е. ", "1 200 ", "3,5%", "В. В. Путин ", "ул. Ленина ", ". ", "! ", "?» ", "…", "\n",
     "\u00a0", "\t", "  ", "https://a.test/b?c=d. ", "“", "。", "漢字", "x" * 30, "\u200b", "\x1c", "№ 5 ", "- "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join), st.integers(min_value=5, max_value=120))
def test_what_is_cut_joins_exactly(paragraph: str, limit: int) -> None:
    """join(split(p)) == p, and no segment has white space around it or is empty."""
    cut = split(paragraph, limit)
    assert cut.join() == paragraph
    for segment in cut.segments:
        assert segment.text
        assert segment.text == segment.text.strip()
        assert segment.gap.strip() == ""


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.integers(min_value=1, max_value=60))
def test_any_text_joins_exactly(paragraph: str, limit: int) -> None:
    """Whatever Unicode has."""
    assert split(paragraph, limit).join() == paragraph


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=60).map("".join), st.integers(min_value=5, max_value=120))
def test_no_cut_is_inside_a_word(paragraph: str, limit: int) -> None:
    """A cut is at white space, or after a full stop of a script without spaces."""
    cut = split(paragraph, limit)
    for segment in cut.segments[:-1]:
        assert segment.gap or re.search(r"[。！？][」』”’）]*$", segment.text)


_NAMES = Glossary(
    {"Первый отдел": "First Department", "Новая газета": "Novaya Gazeta", "Дом. Культуры": "House", "Рим, Юг": "R"},
    "en",
).names
_WITH_NAMES = st.sampled_from(
    ["Первого отдела ", "первый отдел ", "Новую  газету ", "Новой газеты. ", "Дом. Культуры ", "Рим, Юг, ", "слово ",
     "Слово. ", "В. ", "1 200 ", ", ", "x" * 20]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_WITH_NAMES, min_size=2, max_size=60).map("".join), st.integers(min_value=5, max_value=90))
def test_no_name_of_the_glossary_is_cut(paragraph: str, limit: int) -> None:
    """Every name, in every case form and with a full stop or comma in it, is whole in some segment."""
    assert _NAMES is not None
    cut = split(paragraph, limit, _NAMES)
    assert cut.join() == paragraph
    whole = sum(len(_NAMES.findall(segment.text)) for segment in cut.segments)
    assert whole == len(_NAMES.findall(paragraph))


def test_sentences_near_the_limit() -> None:
    """A long paragraph is cut after sentences, each piece within the limit."""
    paragraph = " ".join(f"Предложение номер {number} рассказывает о событиях в городе." for number in range(120))
    cut = split(paragraph)
    assert len(cut.segments) == 5
    assert all(len(segment.text) <= 1500 and segment.text.endswith(".") for segment in cut.segments)
    assert all(len(segment.text) > 1300 for segment in cut.segments[:-1])


@pytest.mark.parametrize(
    "text",
    [
        "Дом на ул. Ленина стоит",
        "Это было в 2022 г. Москва молчала",
        "Закон подписал В. В. Путин вчера",
        "Стоит 5 млн. Рублей больше нет",
        "Mr. Smith and Dr. Jones came",
        "De heer dhr. Jansen kwam",
        "Am 1. Januar war es",
        "См. рис. 3 и табл. 4 в тексте",
        "Сказал он. и пошёл дальше туда",
    ],
)
def test_abbreviations_and_initials_end_no_sentence(text: str) -> None:
    """None of these full stops is taken for the end of a sentence."""
    ends = [segment.text for segment in split(text, len(text) - 2).segments]
    assert not ends[0].endswith(".")


@pytest.mark.parametrize("long", ["1" * 5000, "1." * 5000 + "1", "12:" * 5000 + "1", "9" * 4299 + " млрд"])
def test_digits_without_end(long: str) -> None:
    """More digits than Python converts are compared as they stand."""
    text, result = f"Число {long} здесь", f"Number {long} here".replace("млрд", "billion")
    assert problem(text, result, source="ru", target="en") is None
    spoiled = result.replace("1", "2").replace("9", "8")
    assert "lost the number" in (problem(text, spoiled, source="ru", target="en") or "")


@pytest.mark.parametrize(
    ("text", "result", "sound"),
    [
        ("25 человек", "Vijfentwintig mensen", True),
        ("32 дня", "tweeëndertig dagen", True),
        ("13-летний", "dertienjarige", True),
        ("1,2 млн", "1.200.000", True),
        ("1,2 млн", "1,2 miljoen", True),
        ("5 марта", "5 mei", True),
        ("05.03.2022", "5 maart 2022", True),
        ("05.03.2022", "5 mei 2022", False),
        ("25 человек", "vijfenvijftig mensen", False),
    ],
)
def test_numbers_in_dutch(text: str, result: str, sound: bool) -> None:
    """Words, compounds and dates as Dutch writes them."""
    assert (lost_numbers(text, result, "nl") == []) is sound


@pytest.mark.parametrize(
    "whole",
    ["24 февраля 2022 года", "1,2 млн рублей", "1 200 000 человек", "А. С. Пушкин", "т. е.", "ул. Ленина", "№ 5",
     "ст. 207.3", "https://meduza.io/news/2022/05/03/a.b?c=d,e", "им. М. Горького", "5 мая 2022 г."],
)  # fmt: skip
def test_nothing_is_cut_in_two(whole: str) -> None:
    """Dates, amounts, names with initials, abbreviations and addresses stay whole wherever the limit falls."""
    paragraph = f"он сказал что {whole} это там было очень давно"
    atom = whole if whole.startswith("http") else whole.rpartition(" ")[0] if whole[0].isdigit() else whole
    for limit in range(8 + len(whole), len(paragraph)):
        pieces = [segment.text for segment in split(paragraph, limit).segments]
        assert any(atom in piece for piece in pieces), pieces


@pytest.mark.parametrize(
    ("text", "limit", "first"),
    [
        ("слово слово 1 200 000 рублей", 16, "слово слово"),
        ("он сказал Владимир Путин вчера", 20, "он сказал"),
        ("раз два три, четыре пять", 17, "раз два три,"),
        ("Раз. Два три четыре", 10, "Раз."),
        ("Он ушёл! «Да?» Нет", 14, "Он ушёл! «Да?»"),
        ("第一。第二。第三", 5, "第一。"),
        ("сверхдлинноеслово и ещё", 5, "сверхдлинноеслово"),
    ],
)
def test_the_gentlest_place_is_chosen(text: str, limit: int, first: str) -> None:
    """Sentence end, clause end, plain space; never in a number, and not in a name where there is another place."""
    assert split(text, limit).segments[0].text == first


def test_a_stretch_without_spaces_stays_whole() -> None:
    """It is not torn apart to fit."""
    assert len(split("а" * 9000).segments) == 1


def test_cutting_is_fast() -> None:
    """Half a megabyte without a sentence end are cut in a moment."""
    import time

    began = time.monotonic()
    assert len(split("слово " * 50_000).segments) > 100
    assert time.monotonic() - began < 8


SOURCE = "Сегодня, 24 февраля 2022 года, в 10:30 Роскомнадзор заблокировал 1 200 сайтов."
GOOD = "Today, February 24, 2022, at 10:30 Roskomnadzor blocked 1,200 sites."


@pytest.mark.parametrize(
    ("source", "result", "fault"),
    [
        (SOURCE, GOOD, None),
        (SOURCE, None, "nothing"),
        (SOURCE, "", "nothing"),
        (SOURCE, " \n\t", "nothing"),
        (SOURCE, SOURCE, "source text"),
        (SOURCE, SOURCE.upper() + " ", "source text"),
        ("Москва", "Москва", "source text"),
        (SOURCE, "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY.", "warning"),
        (SOURCE, "Error 500 (Server Error)!!1500.That’s an error. Please try again later.", "warning"),
        (SOURCE, "Today, 24 февраля 2022 года, в 10:30 Роскомнадзор blocked 1 200 сайтов.", "untranslated"),
        (SOURCE, "Today 24 2022 10:30 1200.", None),
        (SOURCE, "Yes 24.2.2022 10:30 1200", None),
        (SOURCE, GOOD * 6, "length"),
        (SOURCE * 3, "Ok.", "length"),
        (SOURCE, GOOD.replace("1,200", "1,300"), "number 1 200"),
        (SOURCE, GOOD.replace("2022", "2023"), "number 2022"),
        (SOURCE, GOOD.replace("24", "25"), "number 24"),
        ("Читайте на https://meduza.io/news.", "Read at https://meduza.io/news.", None),
        ("Читайте на https://meduza.io/news.", "Read at https://meduza.io/новости.", "web address"),
        ("Читайте на https://meduza.io/news.", "Read at the site.", "web address"),
        ("BBC News", "BBC News", None),
        ("Он сказал «да».", "He said “yes”.", None),
        ("Да", "Yes", None),
        ("Нет", "No", None),
        ("Проект «Медуза» закрыт властями окончательно.", "The project “Медуза” is closed down for good.", None),
    ],
)  # fmt: skip
def test_the_guards(source: str, result: str | None, fault: str | None) -> None:
    """Each way in which a service was seen to fail is caught, and sound translations pass."""
    found = problem(source, result, source="ru", target="en")
    assert (found is None) is (fault is None), found
    assert fault is None or fault in (found or "")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("24.02.2022", "02/24/2022"),
        ("24.02.2022", "February 24, 2022"),
        ("1 200", "1,200"),
        ("1\u00a0200\u00a0000", "1,200,000"),
        ("3,5", "3.5"),
        ("3,50", "3.5"),
        ("3,05", "3.05"),
        ("1.200", "1 200"),
        ("22:00", "10 p.m."),
        ("22:15", "10:15 p.m."),
        ("9:05", "9.05"),
        ("в 1990-х", "in the 1990s"),
        ("2-й", "the second"),
        ("2-й", "2nd"),
        ("1 человек", "one person"),
        ("5–7 дней", "5-7 days"),
        ("2014–2022", "2014-2022"),
        ("5-6-7", "5, 6 and 7"),
        ("№ 007", "No. 007"),
        ("٣٥", "35"),
        ("+7 495 123-45-67", "+7 (495) 123-45-67"),
        ("ст. 207.3", "Art. 207.3"),
        ("100 из 100", "100 out of 100"),
        ("1,2 тыс. человек", "1,200 people"),
        ("1,2 тыс. человек", "1.2 thousand people"),
        ("12 тыс.", "12,000"),
        ("24.02.22", "February 24, 2022"),
        ("01.09", "September 1"),
        ("2022-03-04", "March 4, 2022"),
        ("в 20-х числах", "in the twenties"),
        ("100-процентный", "one hundred percent"),
        ("13-летний", "thirteen-year-old"),
        ("25 человек", "Twenty-five people"),
        ("1 234,5 тыс. человек", "1,234,500 people"),
        ("5 тысяч 300 рублей", "5,300 rubles"),
        ("в 2 раза", "doubled"),
        ("2/3 опрошенных", "two thirds"),
        ("с 9 до 18 часов", "from 9 a.m. to 6 p.m."),
        ("1/3 жителей", "a third of the inhabitants, one of three"),
        ("1,2 млн рублей", "1,200,000 rubles"),
        ("1 200 000 рублей", "1.2 million rubles"),
        ("2 млрд", "2 billion"),
        ("30 тысяч", "30,000"),
        ("30 000", "30 thousand"),
        ("1,5 мільйона", "1.5 million"),
    ],
)
def test_numbers_in_another_notation_survive(text: str, result: str) -> None:
    """Separators, the order of dates, months by name, the 12-hour clock and small words are not losses."""
    assert lost_numbers(text, result, "en") == []


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 200", "1,2"),
        ("100", "10"),
        ("24.02.2022", "24.02.2023"),
        ("24.02.2022", "25.02.2022"),
        ("22:15", "10:51"),
        ("13", "thirty"),
        ("3 человека", "people"),
        ("3,5", "4"),
        ("3,5", "35"),
        ("35", "3.5"),
        ("2014–2022", "2014"),
        ("3,5 процента", "3 percent"),
        ("12 человек", "12,000 people"),
        ("24.02.2022", "March 24, 2022"),
        ("24.02.22", "February 24, 2021"),
        ("12 тыс.", "1,200"),
        ("25 человек", "twenty-six people"),
        ("1,2 млн", "12 million"),
        ("2 млрд", "2,000,000"),
        ("17 лет", "seventy years"),
        ("5 тысяч 300 рублей", "5,000 rubles"),
        ("в 20 часов", "at 9 p.m."),
    ],
)
def test_lost_numbers_are_seen(text: str, result: str) -> None:
    """A changed or missing figure is no translation."""
    assert lost_numbers(text, result, "en")


@pytest.mark.parametrize("text", ["", " ", "* * *", "24.02.2022", "https://a.test/ру", "—", "1 200 ₽", "👍"])
def test_what_has_no_letters_needs_no_translation(text: str) -> None:
    """It is copied, not sent."""
    assert needs_no_translation(text)


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=200)))
def test_the_guards_take_anything(text: str, result: str | None) -> None:
    """No input makes a guard fail itself."""
    fault = problem(text, result, source="ru", target="en")
    assert fault is None or fault.isprintable()


@pytest.mark.parametrize(
    ("source", "target", "text", "result", "sound"),
    [
        ("en", "ru", "The law was signed in Moscow.", "Закон был подписан в Москве.", True),
        ("en", "ru", "The law was signed in Moscow.", "The law was signed here in Moscow.", False),
        ("ru", "uk", "Закон подписан.", "Закон підписано.", True),
        ("zh", "en", "法律已经签署。", "The law has been signed by the president.", True),
        ("en", "nl", "The house", "Het huis", True),
        ("nl", "en", "radio", "radio", True),
    ],
)
def test_other_pairs_of_languages(source: str, target: str, text: str, result: str, sound: bool) -> None:
    """The rules know which scripts the languages are written in."""
    assert (problem(text, result, source=source, target=target) is None) is sound


_HALF = "Жители посёлка жалуются, что объезд занимает полтора часа."
_WHOLE = (
    "The regional government approved the plan for the repair of the bridges on Wednesday, and it begins in spring."
)
_LONG = f"{_WHOLE} {_WHOLE} {_WHOLE} "


@pytest.mark.parametrize(
    ("text", "result", "sound"),
    [
        # untranslated in part: half of it, a third, one sentence of many, two words, one
        (f"Правительство утвердило план. {_HALF}", f"The government approved the plan. {_HALF}", False),
        (f"План утвердили. Начнут весной. {_HALF}", f"The plan was approved. It begins in spring. {_HALF}", False),
        ("Предложение. " * 30 + "Жители жалуются.", _LONG + "Жители жалуются.", False),
        ("Предложение. " * 30 + "Они рады.", _LONG + "Они рады.", False),
        ("План утвердили в среду на два года.", "The plan was утвердили on Wednesday for two years.", False),
        ("Он сказал, что это нельзя.", "He said that it is нельзя.", False),
        ("Ответил Следственный комитет города.", "The Следственный комитет of the city answered.", False),
        ("«Мы ждали десять лет», — сказал он.", "“Мы ждали десять лет”, he said.", False),
        ("Он сказал: «Мы ждали десять лет».", "He said: “Мы ждали десять лет”.", False),
        # names and titles
        ("Об этом сообщил Иван Петров в среду вечером.", "This was said by Иван Петров on Wednesday evening.", True),
        ("Об этом сообщила «Новая газета» в среду вечером.", "Новая газета reported it on Wednesday evening.", True),
        ("Об этом пишет «Новая газета» в статье «Мост через реку» от среды.",
         "This is what “Новая газета” writes in the article “Мост через реку” of Wednesday.", True),
        ("Фильм «Ирония судьбы, или С лёгким паром!» вышел в 1976 году.",
         "The film “The Irony of Fate” (Ирония судьбы, или С лёгким паром!) was released in 1976.", True),
        ("Их называют силовиками. " + "Предложение. " * 30, _LONG + "They are called силовики.", True),
        ("Он живёт на ул. Ленина в Новосибирске и работает там же.",
         "He lives on ул. Ленина in Novosibirsk and works there, too.", True),
        ("Эхо Москвы сообщило об этом в среду утром.", "Эхо Москвы reported it on Wednesday morning, it says.", True),
    ],
)  # fmt: skip
def test_little_cyrillic_may_be_left(text: str, result: str, *, sound: bool) -> None:
    """Names and titles in quotation marks may stay as they are; an ordinary word, or a part of the text, may not."""
    fault = problem(text, result, source="ru", target="en")
    assert (fault is None) is sound, fault
