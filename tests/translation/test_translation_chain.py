"""The chain of engines: who is asked, who takes over, what is told, what survives a kill; and argostranslate."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from citekeeper.errors import ServiceRefusedError, ServiceThrottledError, ServiceUnavailableError
from citekeeper.sandbox import Sandbox, World
from citekeeper.translation import open_translator
from citekeeper.translation.argos import ArgosEngine, argos_code
from citekeeper.translation.memory import Memory
from citekeeper.translation.refusals import LanguageRefusedError, TextRefusedError
from citekeeper.translation.translator import Translator

TEXTS = tuple(f"Абзац {word} о событиях в городе." for word in ("один", "два", "три", "четыре", "пять"))


def english(text: str) -> str:
    """A translation that the guards believe."""
    return "".join({"а": "a", "«": "“", "»": "”"}.get(ch, "e" if "а" <= ch.lower() <= "я" else ch) for ch in text)


class Stub:
    """An engine by a function; remembers what it was asked."""

    def __init__(
        self,
        name: str,
        answer: Callable[[str], str | None] = english,
        *,
        longest: int = 1500,
        is_local: bool = False,
        delay: float = 0.0,
    ) -> None:
        self.name, self.version, self.is_local = name, f"{name} 1", is_local
        self.asked: list[str] = []
        self.most_at_once = 0
        self._now = 0
        self._answer, self._longest, self._delay = answer, longest, delay
        self._lock = threading.Lock()

    def longest(self, text: str) -> int:
        return self._longest

    def translate(self, text: str, *, source: str, target: str, names: Sequence[str] = ()) -> str | None:
        with self._lock:
            self.asked.append(text)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            time.sleep(self._delay)
            return self._answer(text)
        finally:
            with self._lock:
                self._now -= 1


def raising(error: Exception) -> Callable[[str], str | None]:
    def answer(_text: str) -> str | None:
        raise error

    return answer


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    made = Memory(tmp_path / "memory.sqlite")
    yield made
    made.close()


def run(translator: Translator, texts: Sequence[str] = TEXTS, *, source: str = "ru", **more: Any) -> Any:
    return translator.translate(texts, source=source, target="en", source_sha256="0", **more)


@pytest.mark.parametrize(
    "fault",
    [
        raising(ServiceRefusedError("first", "quota.")),
        raising(ServiceThrottledError("first", "too often.", retry_after=3600)),
        raising(ServiceUnavailableError("first", "no answer came in time.")),
        raising(LanguageRefusedError("first", "it does not know one of the languages.")),
        raising(TextRefusedError("first", "it does not take this text.")),
        lambda text: text,
        lambda _text: None,
        lambda _text: "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY.",
    ],
    ids=["quota", "throttled", "timeout", "language", "text", "echo", "none", "warning"],
)
def test_the_next_engine_takes_over(memory: Memory, clock: Any, fault: Callable[[str], str | None]) -> None:
    """Whatever the first does instead of translating, the page is whole and says who made it."""
    first, second = Stub("first", fault), Stub("second")
    made = run(Translator([first, second], memory, clock, parallel=1))
    assert made.paragraphs == tuple(english(text) for text in TEXTS)
    assert set(made.engines) == {"second"}
    assert (made.engine, made.version) == ("second", "second 1")


def test_a_refusal_holds_for_the_run_and_is_told(memory: Memory, clock: Any) -> None:
    """The engine gets one request in the whole run, over sources; each result says why it took no part."""
    first = Stub("first", raising(ServiceRefusedError("first", "the quota is used up.", "Run again next month.")))
    translator = Translator([first, Stub("second")], memory, clock, parallel=1)
    for texts in (TEXTS[:2], TEXTS[2:]):
        made = run(translator, texts)
        assert made.warnings == ("first was left out: first: the quota is used up. Run again next month.",)
    assert len(first.asked) == 1
    assert translator.standing_warnings == made.warnings


def test_an_unknown_language_does_not_end_an_engines_part(memory: Memory, clock: Any) -> None:
    """A source in a language that it lacks leaves it in for the others."""
    engine = Stub("one")
    engine._answer = raising(LanguageRefusedError("one", "it does not know one of the languages."))
    translator = Translator([engine], memory, clock, parallel=1)
    made = run(translator, source="kk")
    assert made.paragraphs == (None,) * 5
    assert len(engine.asked) == 1
    assert made.warnings[0].startswith("Paragraph")
    assert made.warnings[-1] == "one was passed over: one: it does not know one of the languages."
    engine._answer = english
    assert None not in run(translator).paragraphs


def test_private_sources_reach_no_service(memory: Memory, clock: Any) -> None:
    """Only an engine on this machine is asked, whatever stands before it."""
    service, local = Stub("google"), Stub("argos", is_local=True)
    translator = Translator([service, local], memory, clock)
    made = run(translator, may_tell=lambda _service: False)
    assert service.asked == []
    assert set(made.engines) == {"argos"}
    assert translator.has_engine(lambda _service: False)
    assert not Translator([service], memory, clock).has_engine(lambda _service: False)
    assert run(Translator([service], memory, clock), may_tell=lambda name: name == "deepl").paragraphs == (None,) * 5


def test_an_engine_of_short_texts_gets_them_shorter(memory: Memory, clock: Any) -> None:
    """Pieces within its limit, cut at sentence ends, joined again; each remembered by itself."""
    paragraph = " ".join(TEXTS)
    short = Stub("short", longest=70)
    made = run(Translator([short], memory, clock), [paragraph])
    assert made.paragraphs == (english(paragraph),)
    assert len(short.asked) == 3
    assert all(len(text) <= 70 and text.endswith(".") for text in short.asked)
    again = Stub("short", longest=70)
    assert run(Translator([again], memory, clock), [paragraph]).paragraphs == made.paragraphs
    assert again.asked == []
    # what one piece could not be, the next engine makes of the whole
    failing = Stub("short2", lambda text: None if "три" in text else english(text), longest=70)
    second = Stub("second")
    assert run(Translator([failing, second], memory, clock), [paragraph]).engines == ("second",)
    assert second.asked == [paragraph]


def test_a_stretch_without_end_is_not_sent(memory: Memory, clock: Any) -> None:
    """Half a megabyte without a space goes to nobody, and costs no time in the guards."""
    engine = Stub("one")
    began = time.monotonic()
    made = run(Translator([engine], memory, clock), ["я" * 500_000])
    assert made.paragraphs == (None,)
    assert engine.asked == []
    assert time.monotonic() - began < 5
    assert "without a space" in made.warnings[0]


def test_several_engines_in_one_paragraph_are_all_named(memory: Memory, clock: Any) -> None:
    """A long paragraph whose parts two engines made says so."""
    long = " ".join(f"Предложение под названием {'слово ' * 60}конец." for _ in range(8)) + " " + TEXTS[0]
    first = Stub("first", lambda text: None if TEXTS[0] in text else english(text))
    made = run(Translator([first, Stub("second")], memory, clock), [long, TEXTS[1]])
    assert made.engines == ("first+second", "first")
    assert made.paragraphs == (english(long), english(TEXTS[1]))


def test_parallel_requests_are_bounded(memory: Memory, clock: Any) -> None:
    """As many at once as was asked for, and no more."""
    engine = Stub("one", delay=0.02)
    texts = [f"Абзац {'а' * n} о событиях в городе." for n in range(12)]
    run(Translator([engine], memory, clock, parallel=3), texts)
    assert 2 <= engine.most_at_once <= 3


def test_marks_that_a_cut_parted_pair_again(memory: Memory, clock: Any) -> None:
    """A quotation over two segments comes back between marks of one kind."""
    straight = Stub("one", lambda text: english(text).replace("“", '"').replace("”", '"'), longest=45)
    made = run(
        Translator([straight], memory, clock), ["Он сказал: «Это было вчера вечером. А это было сегодня утром»."]
    )
    assert len(straight.asked) == 2
    assert made.paragraphs[0].count("“") == made.paragraphs[0].count("”") == 1
    assert '"' not in made.paragraphs[0]


# ── the glossary in the chain ───────────────────────────────────────────────────────────────────────────────────────

ENTRIES = {"Роскомнадзор": "Roskomnadzor"}
SENTENCE = "Сайт закрыт Роскомнадзором по решению суда."


def test_a_name_goes_in_the_targets_spelling(memory: Memory, clock: Any) -> None:
    """The engine sees it as it shall come back; what was made is remembered with the entry."""
    engine = Stub("one")
    made = run(Translator([engine], memory, clock, glossary=ENTRIES), [SENTENCE, "Роскомнадзор"])
    assert engine.asked == ["Сайт закрыт Roskomnadzor по решению суда."]
    assert made.paragraphs[0] == english(engine.asked[0])
    assert (made.paragraphs[1], made.engines[1]) == ("Roskomnadzor", None)  # nothing left to ask
    run(Translator([engine], memory, clock, glossary=ENTRIES), [SENTENCE])
    assert len(engine.asked) == 1
    run(Translator([engine], memory, clock, glossary={"Роскомнадзор": "RKN"}), [SENTENCE])
    assert engine.asked[1:] == ["Сайт закрыт RKN по решению суда."]
    run(Translator([engine], memory, clock), [SENTENCE])
    assert engine.asked[2:] == [SENTENCE]


def test_a_mangled_name_costs_a_second_request_and_a_warning(memory: Memory, clock: Any) -> None:
    """The text goes once more as it stood; the paragraph is there, and says which name it does not hold."""
    engine = Stub("one", lambda text: english(text.replace("Roskomnadzor", "R0sk0m")))
    translator = Translator([engine], memory, clock, glossary=ENTRIES)
    for _ in range(2):
        made = run(translator, [SENTENCE])
        assert made.paragraphs == (english(SENTENCE),)
        assert made.warnings == ("Paragraph 1: one did not keep “Roskomnadzor”.",)
    assert engine.asked == ["Сайт закрыт Roskomnadzor по решению суда.", SENTENCE]


def test_a_name_never_costs_a_paragraph(memory: Memory, clock: Any) -> None:
    """With the name it fails, without it it fails or is refused: what was sound of it is kept."""
    engine = Stub("one", lambda text: "" if "Roskomnadzor" in text else english(text))
    assert run(Translator([engine], memory, clock, glossary=ENTRIES), [SENTENCE]).paragraphs == (english(SENTENCE),)
    other = Stub("other", lambda text: "The site is closed by R0skomn." if "Rosk" in text else None)
    made = run(Translator([other], memory, clock, glossary=ENTRIES), [SENTENCE])
    assert made.paragraphs == ("The site is closed by R0skomn.",)
    assert "did not keep" in made.warnings[0]


def test_a_long_name_does_not_make_a_text_too_long(memory: Memory, clock: Any) -> None:
    """Where the text with the name in full is refused, it goes as it stood."""

    def answer(text: str) -> str:
        if len(text) > 60:
            raise TextRefusedError("one", "the text is too long for it.")
        return english(text)

    engine = Stub("one", answer, longest=60)
    spelling = {"Роскомнадзор": "Federal Service for Supervision of Communications"}
    made = run(Translator([engine], memory, clock, glossary=spelling), [SENTENCE])
    assert made.paragraphs == (english(SENTENCE),)
    assert "did not keep" in made.warnings[0]


# ── over sockets ────────────────────────────────────────────────────────────────────────────────────────────────────

_CHILD = """
import sys
from pathlib import Path
from citekeeper.clock import SystemClock
from citekeeper.network import Network
from citekeeper.translation import open_translator
import os
translator = open_translator(["google"], Network.from_environ(os.environ), SystemClock(), memory_path=Path(sys.argv[1]))
texts = [f"Абзац под номером {n} о событиях." for n in range(100, 114)]
made = translator.translate(texts, source="ru", target="en", source_sha256="0", may_tell=lambda _service: True)
print(sum(text is not None for text in made.paragraphs))
"""


def test_a_killed_run_is_taken_up_where_it_was(tmp_path: Path) -> None:
    """SIGKILL in the middle: the next run asks only for what was not answered before."""
    world = World()
    for number in range(100, 114):
        world.translator.teach(
            f"Абзац под номером {number} о событиях.", f"Paragraph number {number} about the events."
        )
    command = [sys.executable, "-c", _CHILD, str(tmp_path / "m.sqlite")]
    with Sandbox(world) as sandbox:
        environ = {"PATH": "/usr/bin", **sandbox.environ}
        victim = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE)
        give_up_at = time.monotonic() + 60
        while len(sandbox.log) < 4 and time.monotonic() < give_up_at:
            time.sleep(0.01)
        victim.send_signal(signal.SIGKILL)
        victim.communicate()
        before = len(sandbox.log)
        assert 4 <= before < 14
        done = subprocess.run(command, env=environ, stdout=subprocess.PIPE, check=True, timeout=100)
        assert done.stdout.strip() == b"14"
        again = len(sandbox.log) - before
        assert 14 - before <= again <= 14 - before + 3  # what was on the wire at the kill


# ── argostranslate ──────────────────────────────────────────────────────────────────────────────────────────────────


class _Provider(Enum):
    OPENNMT = 0
    LIBRETRANSLATE = 1
    OPENAI = 2


class _Language:
    """As ``argostranslate.translate.Language``: a code, and ``get_translation(to)``, which may be None."""

    def __init__(self, code: str, translations: dict[str, Any]) -> None:
        self.code = code
        self._translations = translations

    def get_translation(self, to: _Language) -> Any:
        return self._translations.get(to.code)


@pytest.fixture
def argos(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The library as its release 1.11 is to a caller, with a model from Russian to English."""
    told: list[str] = []
    state = SimpleNamespace(told=told, error=None)

    def translate(text: str) -> str:
        told.append(text)
        if state.error:
            raise state.error
        return english(text)

    english_, russian = _Language("en", {}), _Language("ru", {"en": SimpleNamespace(translate=translate)})
    root, settings = ModuleType("argostranslate"), ModuleType("argostranslate.settings")
    package, library = ModuleType("argostranslate.package"), ModuleType("argostranslate.translate")
    settings.ModelProvider, settings.model_provider = _Provider, _Provider.OPENNMT  # type: ignore[attr-defined]
    package.get_installed_packages = lambda path=None: [  # type: ignore[attr-defined]
        SimpleNamespace(type="translate", from_code="ru", to_code="en", package_version="1.9"),
        SimpleNamespace(type="sbd", from_code=None, to_code=None, package_version="1.0"),
    ]
    library.get_installed_languages = lambda: [english_, russian]  # type: ignore[attr-defined]
    for module in (root, settings, package, library):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr("importlib.metadata.version", lambda name: "1.11.0")
    state.settings = settings
    return state


def test_argos_translates_on_this_machine(argos: SimpleNamespace, memory: Memory, clock: Any) -> None:
    """Installed models, their versions as provenance."""
    engine = ArgosEngine()
    assert engine.is_local
    assert engine.version == "argostranslate 1.11.0, ru_en 1.9"
    made = run(Translator([engine], memory, clock, parallel=3), source="ru-RU")
    assert made.paragraphs == tuple(english(text) for text in TEXTS)
    assert sorted(argos.told) == sorted(TEXTS)


def test_argos_without_a_model_says_how_to_get_it(argos: SimpleNamespace) -> None:
    """The commands that install it are in the hint."""
    with pytest.raises(LanguageRefusedError, match="no model from uk to nl") as caught:
        ArgosEngine().translate("Текст", source="uk-UA", target="nl")
    assert "argospm install translate-uk_nl" in caught.value.hint
    with pytest.raises(LanguageRefusedError):
        ArgosEngine().translate("Text", source="en", target="ru")


def test_argos_that_would_ask_a_server_is_refused(argos: SimpleNamespace) -> None:
    """A setting of the library turns it into a client of a server: then it is not offline, and gets no word."""
    argos.settings.model_provider = _Provider.LIBRETRANSLATE
    with pytest.raises(ServiceRefusedError, match="ask a server"):
        ArgosEngine().translate("Текст", source="ru", target="en")
    assert argos.told == []


def test_a_broken_model_is_a_failure_and_no_crash(argos: SimpleNamespace) -> None:
    """What the library raises is told."""
    argos.error = RuntimeError("Unable to open file 'model.bin'")
    with pytest.raises(ServiceUnavailableError, match="model failed"):
        ArgosEngine().translate("Текст", source="ru", target="en")


def test_argos_that_is_not_installed_says_so(
    monkeypatch: pytest.MonkeyPatch, clock: Any, tmp_path: Path, internet: Any
) -> None:
    """The next run of a machine without the extra is told what to install, and nothing breaks."""
    monkeypatch.setitem(sys.modules, "argostranslate", None)
    translator = open_translator(["argos"], internet.network(), clock, memory_path=tmp_path / "m.sqlite")
    assert translator is not None
    made = translator.translate(TEXTS, source="ru", target="en", source_sha256="0", may_tell=lambda _service: False)
    translator.close()
    assert made.paragraphs == (None,) * 5
    assert any("pip install 'citekeeper[offline]'" in warning for warning in made.warnings)
    assert internet.log == []


@pytest.mark.parametrize(("tag", "code"), [("ru-RU", "ru"), ("pt-BR", "pb"), ("zh-Hant", "zt"), ("uk", "uk")])
def test_languages_as_argos_knows_them(tag: str, code: str) -> None:
    """BCP 47 in, the library's code out."""
    assert argos_code(tag) == code
