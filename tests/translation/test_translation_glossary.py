"""Names that a person decided how to write, and quotation marks: what must come back as it was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper.translation.glossary import Glossary
from citekeeper.translation.guards import problem
from citekeeper.translation.typography import lost_quotation, statements, with_own_quotation_marks

ENTRIES = {
    "Роскомнадзор": "Roskomnadzor",
    "Первый отдел": {"en": "First Department", "nl": "Eerste Afdeling"},
    "отдел": "unit",
    "МИД": {"en": "MFA"},
    "Медуза": "Meduza",
    "Кремлёвка": "Kremlyovka",
    "Навальный": "Navalny",
    "Нью-Йорк": {"nl": "New York"},
    "BBC": "the BBC",
    "  ": "nothing",
}


@pytest.mark.parametrize(
    ("text", "prepared"),
    [
        ("Роскомнадзор заблокировал сайт.", "Roskomnadzor заблокировал сайт."),
        ("Сайт Роскомнадзора закрыт Роскомнадзором.", "Сайт Roskomnadzor закрыт Roskomnadzor."),
        ("О Роскомнадзоре и РОСКОМНАДЗОРЕ", "О Roskomnadzor и Roskomnadzor"),
        ("Первый отдел, Первого отдела, Первым\u00a0отделом", "First Department, First Department, First Department"),
        ("Сотрудник отдела", "Сотрудник unit"),
        ("Отдела нет", "Отдела нет"),  # another capital, another word
        ("МИД, МИДа, МИДом", "MFA, MFA, MFA"),
        ("мид, МИДовский, МИДОС", "мид, МИДовский, МИДОС"),
        ("«Медузе» и «Медузой»", "«Meduza» и «Meduza»"),
        ("медуза плавает", "медуза плавает"),
        ("Кремлевке, Кремлёвку", "Kremlyovka, Kremlyovka"),
        ("Навального, Навальному, Навальная", "Navalny, Navalny, Navalny"),
        ("Роскомнадзоровский, экс-Роскомнадзор", "Роскомнадзоровский, экс-Роскомнадзор"),
        ("Нью-Йорк", "Нью-Йорк"),  # has no English spelling here
        ("BBC и BBCs", "the BBC и BBCs"),
        ("Роскомнадзору, Роскомнадзорові", "Roskomnadzor, Roskomnadzor"),
    ],
)
def test_names_are_found_in_every_case_form(text: str, prepared: str) -> None:
    """Russian and Ukrainian endings, capitals, ё and е, and no part of another word."""
    assert Glossary(ENTRIES, "en").prepare(text).text == prepared


def test_each_language_has_its_own_spelling() -> None:
    """An entry by language holds for that language and its varieties alone."""
    text = "Первый отдел в Нью-Йорке"
    assert Glossary(ENTRIES, "nl-BE").prepare(text).text == "Eerste Afdeling в New York"
    assert Glossary(ENTRIES, "de").prepare("Первый отдел").names == ("unit",)
    assert Glossary({}, "en").prepare(text).text == text


def test_what_was_applied_is_part_of_the_memory() -> None:
    """The digest tells entries apart, and is empty for a text that none concerns."""
    one, other = Glossary({"Медуза": "Meduza"}, "en"), Glossary({"Медуза": "Medusa"}, "en")
    assert one.prepare("Медузы").digest != other.prepare("Медузы").digest
    assert one.prepare("Медузы").digest == Glossary(ENTRIES, "en").prepare("Медузе").digest
    assert one.prepare("Текст").digest == ""


def test_lost_names_are_seen() -> None:
    """Case and hyphens do not matter; absence does."""
    prepared = Glossary(ENTRIES, "en").prepare("Первый отдел и Медуза")
    assert prepared.lost_names("the first-department and MEDUZA") == ()
    assert prepared.lost_names("the first section and Meduza") == ("First Department",)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=80))
def test_any_entry_and_any_text(term: str, spelling: str, text: str) -> None:
    """No entry is a pattern that breaks, and a text without it stays as it is."""
    prepared = Glossary({term: spelling}, "en").prepare(text)
    assert prepared.terms or prepared.text == text


# ── quotation marks ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("result", "target", "expected"),
    [
        ("He said: «Yes, I know».", "en", "He said: “Yes, I know”."),
        ('He said: "Yes", she: "No".', "nl", "He said: “Yes”, she: “No”."),
        ("He said: “Yes”.", "en", "He said: “Yes”."),
        ("De zaak „Memorial” is dicht.", "nl", "De zaak “Memorial” is dicht."),
        ("«The «Memorial» case» is closed", "en", "“The ‘Memorial’ case” is closed"),
        ('A "b', "en", 'A "b'),
        ("»a«", "en", "»a«"),
        ('A 5" pipe and "b c"', "en", 'A 5" pipe and “b c”'),
        ("Er sagte: «Ja».", "de", "Er sagte: «Ja»."),
        ("", "en", ""),
    ],
)
def test_marks_come_in_the_targets_pairs(result: str, target: str, expected: str) -> None:
    """Guillemets and straight marks become the target's own; what does not pair stays as it came."""
    assert with_own_quotation_marks(result, target) == expected


@given(st.text(alphabet="«»“”„\"' aб.5", max_size=40))
def test_marks_change_nothing_else(result: str) -> None:
    """Letters stay, and a second time changes nothing."""
    once = with_own_quotation_marks(result, "en")
    assert len(once) == len(result)
    assert with_own_quotation_marks(once, "en") == once or '"' in once


@pytest.mark.parametrize(
    ("text", "result", "lost"),
    [
        ("Он сказал: «Я никуда не уеду отсюда».", "He said: “I will not leave.”", False),
        ("Он сказал: «Я никуда не уеду отсюда».", "He said: 'I will not leave.'", False),
        ("Он сказал: «Я никуда не уеду отсюда».", "He said he would not leave.", True),
        ("Проект «Медуза» закрыт.", "The Meduza project is closed.", False),
        ("«Я никуда не уеду» и «Мы все останемся здесь»", "“I won't leave”, and we all stay here", True),
        ("Текст без кавычек", "Text", False),
    ],
)
def test_a_statement_keeps_its_marks(text: str, result: str, lost: bool) -> None:
    """Who said something stays visible; the marks around a title may go."""
    assert lost_quotation(text, result) is lost
    assert statements(result) <= max(statements(text), 2)


# ── the guards in the pairs that matter ─────────────────────────────────────────────────────────────────────────────

_SOURCES = {
    ("ru", "en"): (
        "Роскомнадзор 24 февраля 2022 года заблокировал 1 200 сайтов, см. https://rkn.gov.ru/news и @rkn_info.",
        "On February 24, 2022, Roskomnadzor blocked 1,200 sites, see https://rkn.gov.ru/news and @rkn_info.",
    ),
    ("ru", "nl"): (
        "Роскомнадзор 24 февраля 2022 года заблокировал 1 200 сайтов, см. https://rkn.gov.ru/news и @rkn_info.",
        "Op 24 februari 2022 blokkeerde Roskomnadzor 1.200 sites, zie https://rkn.gov.ru/news en @rkn_info.",
    ),
    ("uk", "en"): (
        "Служба безпеки 24 лютого 2022 року заблокувала 1 200 сайтів, див. https://rkn.gov.ru/news і @rkn_info.",
        "On February 24, 2022, the Security Service blocked 1,200 sites, see https://rkn.gov.ru/news and @rkn_info.",
    ),
}
_SPOILS = {
    "nothing": lambda text, _good: None,
    "empty": lambda text, _good: " ",
    "echo": lambda text, _good: text,
    "echo in capitals": lambda text, _good: text.upper(),
    "MyMemory's quota": lambda _text, _good: "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY.",
    "MyMemory's limit": lambda _text, _good: "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS",
    "MyMemory's languages": lambda _text, _good: "PLEASE SELECT TWO DISTINCT LANGUAGES",
    "Google's error page": lambda _text, _good: "Error 500 (Server Error)!!1500.That’s an error.",
    "Google's robot wall": lambda _text, _good: "Our systems have detected unusual traffic from your computer network.",
    "half of it": lambda text, good: good[: len(good) // 3] + text[len(text) // 3 :],
    "much too short": lambda _text, _good: "1200 24 2022.",
    "much too long": lambda _text, good: good * 4,
    "another year": lambda _text, good: good.replace("2022", "2023"),
    "another figure": lambda _text, good: good.replace("200", "300"),
    "no figures": lambda _text, good: "".join(ch for ch in good if not ch.isdigit()),
    "no address": lambda _text, good: good.replace("https://rkn.gov.ru/news", "the site"),
    "address translated": lambda _text, good: good.replace("/news", "/nieuws"),
    "no channel": lambda _text, good: good.replace("@rkn_info", "them"),
}


@pytest.mark.parametrize("pair", _SOURCES)
@pytest.mark.parametrize("spoil", _SPOILS)
def test_every_way_to_fail_is_seen_in_each_pair(pair: tuple[str, str], spoil: str) -> None:
    """The sound translation passes, and each of its ruins is caught."""
    text, good = _SOURCES[pair]
    assert problem(text, good, source=pair[0], target=pair[1]) is None
    spoiled = _SPOILS[spoil](text, good)
    assert problem(text, spoiled, source=pair[0], target=pair[1]) is not None


@pytest.mark.parametrize(
    ("text", "result", "fault"),
    [
        ("Тег <b>важно</b> и <br/>", "The tag <b>important</b> and <br />", None),
        ("Тег <b>важно</b>", "The tag important", "markup"),
        ("Пишите на news@meduza.io.", "Write to news@meduza.io.", None),
        ("Пишите на news@meduza.io.", "Write to us.", "address"),
        ("Курс: 5 < 7 и 9 > 8", "The rate: 5 < 7 and 9 > 8", None),
        ("Он сказал: «Я никуда не уеду».", "He said he would not go anywhere.", "quotation"),
    ],
)
def test_markup_addresses_and_quotations(text: str, result: str, fault: str | None) -> None:
    """What stands in the text for more than its words survives."""
    found = problem(text, result, source="ru", target="en")
    assert (found is None) is (fault is None), found
    assert fault is None or fault in (found or "")
