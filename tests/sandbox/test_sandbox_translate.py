"""Google's page as deep-translator reads it, its translations and its mishaps."""

from __future__ import annotations

import pytest
import requests
from deep_translator import GoogleTranslator
from deep_translator.exceptions import RequestError, TooManyRequests, TranslationNotFound

from citekeeper.sandbox import Mishap, Sandbox
from citekeeper.sandbox.translate import MARK, transliterated


@pytest.fixture
def google(led: Sandbox) -> GoogleTranslator:
    """deep-translator, unmodified, led by the environment."""
    return GoogleTranslator(source="ru", target="en")


def test_taught_paragraphs(google: GoogleTranslator, led: Sandbox) -> None:
    """A taught paragraph comes back in its translation, markup escaped, whitespace ignored, line by line."""
    led.world.translator.teach("Если a < b & c,\xa0то <script>", "If a < b & c, then <script>")
    led.world.translator.teach("Вторая строка", "Second line")
    assert google.translate("Если a < b  & c, то <script>") == "If a < b & c, then <script>"
    assert google.translate("Вторая строка\nВторая строка") == "Second line\nSecond line"


def test_other_text_is_marked_and_keeps_its_figures(google: GoogleTranslator) -> None:
    """Unknown Cyrillic is transliterated and marked; digits and addresses stay."""
    said = google.translate("7 апреля 2022 года – https://meduza.io/x?y=1, Щёлково")
    assert said == f"7 aprelya 2022 goda – https://meduza.io/x?y=1, Shchyolkovo {MARK}"


@pytest.mark.parametrize("letter", "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВЩЪЄі")
def test_transliteration_leaves_no_cyrillic(letter: str) -> None:
    """No Cyrillic letter survives."""
    assert transliterated(letter).isascii()


def test_echo_of_what_needs_no_translation(google: GoogleTranslator) -> None:
    """Latin text comes back as it is, and punctuation alone makes deep-translator return None, as with the real one."""
    assert google.translate("Already English") == "Already English"
    assert google.translate("*** — ***") is None


def test_mishaps_as_the_library_sees_them(google: GoogleTranslator, led: Sandbox) -> None:
    """Each mishap is the exception, echo or emptiness that deep-translator makes of the real one; then it passes."""
    fail = led.world.translator.fail
    fail(Mishap.TOO_MANY_REQUESTS)
    with pytest.raises(TooManyRequests):
        google.translate("Привет")
    fail("consent")
    with pytest.raises(TranslationNotFound):
        google.translate("Привет")
    fail("server-error")
    with pytest.raises(RequestError):
        google.translate("Привет")
    fail("reset")
    with pytest.raises(requests.ConnectionError):
        google.translate("Привет")
    fail("echo")
    assert google.translate("Привет") == "Привет"
    fail("empty")
    assert google.translate("Привет") == ""
    fail("lost-digits")
    assert google.translate("В 2022 году") == f"V  godu {MARK}"
    assert google.translate("Привет") == f"Privet {MARK}"


def test_mishaps_for_some_texts_and_recovery(google: GoogleTranslator, led: Sandbox) -> None:
    """A mishap may concern one text alone, for ever, until recovery."""
    led.world.translator.fail("empty", times=None, containing="война")
    assert [google.translate("война"), google.translate("война"), google.translate("мир")] == ["", "", f"mir {MARK}"]
    led.world.translator.recover()
    assert google.translate("война") == f"voyna {MARK}"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"q": "x" * 5001, "tl": "en"}, 400),
        ({"q": "ы" * 4999, "tl": "en"}, 200),
        ({"q": "x" * 33000, "tl": "en"}, 414),
        ({"q": "x", "tl": "not a language"}, 400),
    ],
)
def test_limits(http: requests.Session, query: dict[str, str], status: int) -> None:
    """Too long a text or address, or no language, is Google's error page."""
    answer = http.get("https://translate.google.com/m", params=query)
    assert answer.status_code == status
    assert ("result-container" in answer.text) is (status == 200)


def test_translated_pages_need_javascript(http: requests.Session) -> None:
    """A *.translate.goog address answers, and names what it would translate."""
    answer = http.get("https://meduza-io.translate.goog/news/x?_x_tr_sl=ru&_x_tr_tl=en")
    assert answer.status_code == 200
    assert "https://meduza.io/news/x" in answer.text
