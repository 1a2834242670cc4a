"""The translator over its memory and over the real deep-translator, which talks to a Google of our own."""

from __future__ import annotations

import html
import inspect
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from deep_translator import exceptions as library_errors

from citekeeper.errors import (
    ServiceError,
    ServiceRefusedError,
    ServiceThrottledError,
    ServiceUnavailableError,
)
from citekeeper.translation import open_translator
from citekeeper.translation.engines import GoogleEngine, google_code, google_engine
from citekeeper.translation.library import FAULTS, service_error
from citekeeper.translation.memory import Key, Memory
from citekeeper.translation.translator import Translator

RU = ("Первый абзац о событиях в городе.", "Второй абзац, совсем другой.", "* * *", "Третий абзац: 1 200 человек.")
WORDS = {
    RU[0]: "The first paragraph about the events in the city.",
    RU[1]: "The second paragraph, quite different.",
    RU[3]: "The third paragraph: 1,200 people.",
}


class Engine:
    """An engine by a function; counts what it was asked."""

    is_local = False

    def __init__(self, answer: Callable[[str], str | None], name: str = "one", version: str = "1") -> None:
        self.name, self.version = name, version
        self.asked: list[str] = []
        self._answer = answer

    def longest(self, text: str) -> int:
        return 1500

    def translate(self, text: str, *, source: str, target: str, names: Sequence[str] = ()) -> str | None:
        assert (source, target) == ("ru", "en")
        self.asked.append(text)
        return self._answer(text)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    made = Memory(tmp_path / "cache" / "memory.sqlite")
    yield made
    made.close()


def run(engines: list[Any], memory: Memory, clock: Any, paragraphs: tuple[str, ...] = RU) -> Any:
    return Translator(engines, memory, clock).translate(paragraphs, source="ru", target="en", source_sha256="ab" * 32)


def raising(error: Exception) -> Callable[[str], str | None]:
    def answer(_text: str) -> str | None:
        raise error

    return answer


def test_paragraph_by_paragraph_in_order(memory: Memory, clock: Any) -> None:
    """As many as the source, in order; what has no letters is copied and not sent; who made what is told."""
    engine = Engine(WORDS.get)
    made = run([engine], memory, clock)
    assert made.paragraphs == (WORDS[RU[0]], WORDS[RU[1]], "* * *", WORDS[RU[3]])
    assert made.engines == ("one", "one", None, "one")
    assert (made.language, made.engine, made.version, made.warnings) == ("en", "one", "1", ())
    assert made.label == "machine translation"
    assert made.made_at == clock.now()
    assert "* * *" not in engine.asked


def test_nothing_is_asked_twice(memory: Memory, clock: Any) -> None:
    """Not in one run, not in the next, not for another source with the same paragraph."""
    engine = Engine(WORDS.get)
    run([engine], memory, clock, (*RU, RU[0]))
    assert sorted(engine.asked) == sorted(WORDS)
    began = time.monotonic()
    again = run([engine], memory, clock)
    assert time.monotonic() - began < 0.05
    assert again.paragraphs[0] == WORDS[RU[0]]
    assert len(engine.asked) == 3


def test_a_long_paragraph_is_put_together_again(memory: Memory, clock: Any) -> None:
    """Segments are sent, the paragraph comes back with its white space."""
    sentences = [f"Предложение под названием {word * 40}." for word in ("альфа", "бета", "гамма", "дельта")] * 5
    paragraph = "  " + "  ".join(sentences) + "\n"
    engine = Engine(lambda text: text.translate({ord(c): "a" for c in set(text) if "а" <= c.lower() <= "я"}))
    made = run([engine], memory, clock, (paragraph,))
    assert len(engine.asked) > 2
    assert all(len(text) <= 1500 for text in engine.asked)
    assert made.paragraphs[0] == engine._answer(paragraph)


def test_failing_twice_leaves_a_marked_hole_that_is_asked_again(memory: Memory, clock: Any) -> None:
    """Two tries, then None with a warning that names the paragraph; the next run asks only for that one."""
    engine = Engine(lambda text: text if text == RU[1] else WORDS.get(text))
    made = run([engine], memory, clock)
    assert made.paragraphs[1] is None
    assert made.engines[1] is None
    assert made.warnings == ("Paragraph 2 is not translated: one answered with the source text.",)
    assert engine.asked.count(RU[1]) == 2
    better = Engine(WORDS.get)
    assert run([better], memory, clock).paragraphs[1] == WORDS[RU[1]]
    assert better.asked == [RU[1]]


def test_a_second_try_may_succeed(memory: Memory, clock: Any) -> None:
    """A passing failure of the guard or the service costs nothing but a second request."""
    answers: list[Any] = [None, WORDS[RU[0]]]
    assert run([Engine(lambda _text: answers.pop(0))], memory, clock, RU[:1]).paragraphs == (WORDS[RU[0]],)
    tries: list[Any] = [ServiceUnavailableError("x", "away."), WORDS[RU[1]]]

    def flaky(_text: str) -> str | None:
        following = tries.pop(0)
        if isinstance(following, Exception):
            raise following
        return str(following)

    assert run([Engine(flaky)], memory, clock, RU[1:2]).paragraphs == (WORDS[RU[1]],)


def test_the_next_engine_takes_what_the_first_could_not(memory: Memory, clock: Any) -> None:
    """The chain goes on per segment, and the result says who made what."""
    first = Engine(lambda text: WORDS[text] if text == RU[0] else "", "first")
    second = Engine(WORDS.get, "second")
    made = run([first, second], memory, clock)
    assert made.engines == ("first", "second", None, "second")
    assert made.warnings == ()
    assert RU[0] not in second.asked


@pytest.mark.parametrize(
    "error",
    [
        ServiceRefusedError("one", "it asks for consent."),
        ServiceThrottledError("one", "too often.", retry_after=4000),
        ServiceThrottledError("one", "too often."),
    ],
)
def test_an_engine_that_refuses_is_left_alone(memory: Memory, clock: Any, error: ServiceError) -> None:
    """A refusal counts for the whole run: no hundred further requests, one warning that says why."""
    engine = Engine(raising(error))
    paragraphs = tuple(f"Абзац {'а' * number} конец" for number in range(40))
    made = Translator([engine], memory, clock, parallel=1).translate(
        paragraphs, source="ru", target="en", source_sha256="0"
    )
    assert made.paragraphs == (None,) * 40
    assert len(engine.asked) <= 2
    assert any("was left out" in warning for warning in made.warnings)
    assert len(made.warnings) <= 3
    assert made.warnings[-2].startswith("Paragraph")


def test_an_engine_that_is_away_is_given_up(memory: Memory, clock: Any) -> None:
    """Three failures in a row end the asking: an unreachable service does not cost a deadline a paragraph."""
    engine = Engine(raising(ServiceUnavailableError("one", "no route.")))
    paragraphs = tuple(f"Абзац {'а' * number} конец" for number in range(40))
    made = Translator([engine], memory, clock, parallel=1).translate(
        paragraphs, source="ru", target="en", source_sha256="0"
    )
    assert made.paragraphs == (None,) * 40
    assert len(engine.asked) == 3


def test_a_short_throttle_is_waited_out(memory: Memory, clock: Any) -> None:
    """Retry-After is honoured where it is bearable."""
    tries: list[Any] = [ServiceThrottledError("one", "too often.", retry_after=30.0), WORDS[RU[0]]]

    def flaky(_text: str) -> str | None:
        following = tries.pop(0)
        if isinstance(following, Exception):
            raise following
        return str(following)

    assert run([Engine(flaky)], memory, clock, RU[:1]).paragraphs == (WORDS[RU[0]],)
    assert sum(clock.slept) >= 30


def test_an_interrupt_ends_the_work(memory: Memory, clock: Any) -> None:
    """Ctrl-C in an engine comes out, and what was accepted before is remembered."""

    def answer(text: str) -> str | None:
        if text == RU[1]:
            raise KeyboardInterrupt
        return WORDS[text]

    with pytest.raises(KeyboardInterrupt):
        Translator([Engine(answer)], memory, clock, parallel=1).translate(
            RU, source="ru", target="en", source_sha256="0"
        )
    assert memory.get(Key(RU[0], "one", "1", "ru", "en")) == WORDS[RU[0]]


# ── the memory ──────────────────────────────────────────────────────────────────────────────────────────────────

KEY = Key("текст", "google", "1", "ru", "en")


def test_the_memory_tells_engines_versions_and_languages_apart(memory: Memory) -> None:
    """Each part of the key counts; the text itself is not stored."""
    memory.put(KEY, "text")
    assert memory.get(KEY) == "text"
    for other in (
        Key("текст ", "google", "1", "ru", "en"),
        Key("текст", "deepl", "1", "ru", "en"),
        Key("текст", "google", "2", "ru", "en"),
        Key("текст", "google", "1", "uk", "en"),
        Key("текст", "google", "1", "ru", "nl"),
    ):
        assert memory.get(other) is None
    assert memory.get(Key("\ud800", "g", "1", "ru", "en")) is None


def test_bit_rot_is_a_miss(memory: Memory) -> None:
    """A text that is no longer what was stored is not given out."""
    memory.put(KEY, "text")
    memory._connection.execute("UPDATE translations SET text = 'test'")
    assert memory.get(KEY) is None


@pytest.mark.parametrize("damage", ["garbage", "zeros", "truncated", "other version", "scrambled page"])
def test_a_damaged_memory_is_set_aside_and_rebuilt(tmp_path: Path, damage: str) -> None:
    """Never a crash: the old file is kept beside, the new one works, and the warning says so."""
    path = tmp_path / "memory.sqlite"
    first = Memory(path)
    for number in range(300):
        first.put(Key(str(number), "g", "1", "ru", "en"), "x" * 100)
    first.close()
    if damage == "garbage":
        path.write_bytes(b"this is no database" * 500)
    elif damage == "zeros":
        path.write_bytes(bytes(100) + path.read_bytes()[100:])
    elif damage == "truncated":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif damage == "other version":
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA user_version=99")
        connection.close()
    else:
        data = bytearray(path.read_bytes())
        data[4096:12288] = os.urandom(8192)
        path.write_bytes(data)
    second = Memory(path)
    held = [second.get(Key(str(number), "g", "1", "ru", "en")) for number in range(300)]
    assert set(held) <= {None, "x" * 100}
    assert second.warning is not None
    assert "set aside" in second.warning
    assert (tmp_path / "memory.sqlite.damaged").exists()
    second.put(KEY, "text")
    assert second.get(KEY) == "text"
    second.close()


def test_damage_while_open_is_survived(tmp_path: Path) -> None:
    """A file that breaks under a running process is rebuilt too."""
    path = tmp_path / "memory.sqlite"
    memory = Memory(path)
    memory.put(KEY, "text")
    memory._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    memory._connection.execute("PRAGMA cache_size=0")
    path.write_bytes(b"no database at all" * 1000)
    memory.get(Key("другой", "g", "1", "ru", "en"))
    memory.put(KEY, "again")
    assert memory.get(KEY) in ("again", None)
    memory.close()


def test_a_memory_that_cannot_be_written_is_no_crash(tmp_path: Path) -> None:
    """A directory in the way, or a file where a directory should be: the work goes on, with a warning."""
    (tmp_path / "taken").mkdir()
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "taken", tmp_path / "file" / "memory.sqlite"):
        memory = Memory(path)
        assert memory.warning is not None
        memory.put(KEY, "text")
        assert memory.get(KEY) == "text"
        memory.close()


def test_a_poisoned_memory_is_judged_again(memory: Memory, clock: Any) -> None:
    """What stands in the file passes the guards or is asked anew."""
    memory.put(Key(RU[0], "one", "1", "ru", "en"), RU[0])
    assert run([Engine(WORDS.get)], memory, clock, RU[:1]).paragraphs == (WORDS[RU[0]],)


_WRITER = """
import sys
from itertools import count
from pathlib import Path
from citekeeper.translation.memory import Key, Memory
path, prefix, amount = sys.argv[1], sys.argv[2], int(sys.argv[3])
memory = Memory(Path(path))
for number in range(amount) if amount else count():
    memory.put(Key(f"{prefix}{number}", "g", "1", "ru", "en"), str(number))
memory.close()
sys.exit(memory.warning)
"""


def _writer(path: Path, prefix: str, amount: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", _WRITER, str(path), prefix, str(amount)])


def test_two_processes_share_the_memory_and_one_is_killed(tmp_path: Path) -> None:
    """Two write at once while a third is killed in mid-write: nothing is lost, nothing is damaged."""
    path = tmp_path / "memory.sqlite"
    victim, *writers = (_writer(path, "k", 0), _writer(path, "a", 150), _writer(path, "b", 150))
    assert [writer.wait(60) for writer in writers] == [0, 0]
    memory = Memory(path)
    give_up_at = time.monotonic() + 60
    while memory.get(Key("k20", "g", "1", "ru", "en")) is None and time.monotonic() < give_up_at:
        time.sleep(0.02)
    victim.kill()
    victim.wait(10)
    assert memory.warning is None
    memory.close()
    memory = Memory(path)
    assert memory.warning is None
    assert all(memory.get(Key(f"{p}{n}", "g", "1", "ru", "en")) == str(n) for p in "ab" for n in range(150))
    assert memory.get(Key("k20", "g", "1", "ru", "en")) == "20"
    memory.close()


# ── Google, through the real deep-translator ────────────────────────────────────────────────────────────────────


def page(text: str, css: str = "result-container") -> bytes:
    return f'<html><body><div class="{css}">{html.escape(text)}</div></body></html>'.encode()


@pytest.fixture
def google(internet: Any, clock: Any) -> GoogleEngine:
    return google_engine(internet.network(), clock, deadline=3.0)


def ask(engine: GoogleEngine, text: str = RU[0]) -> str | None:
    return engine.translate(text, source="ru", target="en")


@pytest.mark.parametrize("css", ["t0", "result-container"])
def test_google_translates(internet: Any, loopback: Any, google: GoogleEngine, css: str) -> None:
    """The library's own request reaches translate.google.com through the proxy, with our CA."""
    internet.app = lambda request: loopback.Answer(200, page(WORDS[request.query["q"]], css))
    assert ask(google) == WORDS[RU[0]]
    request = internet.log[0]
    assert (request.host, request.path) == ("translate.google.com", "/m")
    assert request.query == {"sl": "ru", "tl": "en", "q": RU[0]}


def test_the_libraries_stay_as_they_were(google: GoogleEngine) -> None:
    """Nothing is replaced in the module that others import."""
    import deep_translator.google
    import requests

    assert deep_translator.google.requests is requests
    assert google._library.requests is not requests


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        ({"status": 429}, ServiceThrottledError),
        (
            {"status": 302, "headers": {"Location": "https://www.google.com/sorry/index?continue=x"}},
            ServiceThrottledError,
        ),
        ({"status": 302, "headers": {"Location": "https://consent.google.com/m?continue=x"}}, ServiceRefusedError),
        ({"status": 200, "body": b"<html>Before you continue to Google</html>"}, ServiceRefusedError),
        ({"status": 200, "body": b""}, ServiceRefusedError),
        ({"status": 500}, ServiceUnavailableError),
        ({"status": 404}, ServiceUnavailableError),
        ({"status": 302, "headers": {"Location": "/m"}}, ServiceUnavailableError),
        ({"raw": lambda sock: sock.close()}, ServiceUnavailableError),
        ({"status": 200, "body": b"x" * 2_000_000}, ServiceUnavailableError),
    ],
    ids=["429", "sorry", "consent host", "consent page", "empty", "500", "404", "loop", "cut", "too long"],
)
def test_google_refusing_or_failing(
    internet: Any, loopback: Any, google: GoogleEngine, reply: dict[str, Any], error: type[ServiceError]
) -> None:
    """Each is the error that tells what to do next."""

    def app(request: Any) -> Any:
        if request.path.startswith("/sorry"):
            return loopback.Answer(429, b"unusual traffic", {"Retry-After": "60"})
        if request.host.startswith("consent."):
            return loopback.Answer(200, b"<html>consent</html>")
        return loopback.Answer(**reply)

    internet.app = app
    with pytest.raises(error):
        ask(google)


def test_a_dripping_google_is_left_in_time(internet: Any, loopback: Any, clock: Any) -> None:
    """The library has no timeout at all; the transport under it has a deadline."""

    def drip(sock: Any) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        end = time.monotonic() + 10
        while time.monotonic() < end:
            sock.sendall(b"<p>")
            time.sleep(0.05)

    internet.app = lambda _request: loopback.Answer(raw=drip)
    engine = google_engine(internet.network(), clock, deadline=0.5)
    began = time.monotonic()
    with pytest.raises(ServiceUnavailableError):
        ask(engine)
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    ("served", "text", "fault"),
    [
        (RU[0], RU[0], "source text"),
        ("", RU[0], "nothing"),
        ("—", "Да —", "nothing"),
        ("MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS", RU[0], "warning"),
    ],
    ids=["echo", "empty container", "punctuation", "warning"],
)
def test_what_google_returns_in_vain_is_no_translation(
    internet: Any, loopback: Any, google: GoogleEngine, memory: Memory, clock: Any, served: str, text: str, fault: str
) -> None:
    """Echo, emptiness and warnings leave a marked hole and nothing in the memory."""
    internet.app = lambda _request: loopback.Answer(200, page(served))
    made = run([google], memory, clock, (text,))
    if served == "—":
        assert made.paragraphs in ((None,), ("—",))
        return
    assert made.paragraphs == (None,)
    assert fault in made.warnings[0]
    assert memory.get(Key(text, google.name, google.version, "ru", "en")) is None


def test_a_whole_source_through_google(internet: Any, loopback: Any, clock: Any, tmp_path: Path) -> None:
    """Composition as a run has it: services name google; eight threads' worth of paragraphs keep their places."""
    paragraphs = tuple(f"Абзац под номером {number} о событиях." for number in range(100, 130))
    said = {text: f"Paragraph number {number} about the events." for number, text in enumerate(paragraphs, 100)}
    seen = threading.Lock()

    def app(request: Any) -> Any:
        with seen:
            return loopback.Answer(200, page(said[request.query["q"]]))

    internet.app = app
    made = open_translator(
        ["wayback", "google"], internet.network(), clock, memory_path=tmp_path / "m.sqlite", parallel=8
    )
    assert made is not None
    result = made.translate(paragraphs, source="ru-RU", target="en", source_sha256="00")
    assert result.paragraphs == tuple(said.values())
    assert json.dumps(result.warnings) == "[]"
    requests_made = len(internet.log)
    made.translate(paragraphs, source="ru-RU", target="en", source_sha256="00")
    assert len(internet.log) == requests_made == 30
    made.close()
    assert open_translator(["wayback"], internet.network(), clock, memory_path=tmp_path / "n.sqlite") is None
    assert not (tmp_path / "n.sqlite").exists()


@pytest.mark.parametrize(
    ("tag", "code"),
    [("ru", "ru"), ("ru-RU", "ru"), ("RU", "ru"), ("he", "iw"), ("zh", "zh-CN"), ("zh-Hant", "zh-TW"), ("nl-BE", "nl"),
     ("en_GB", "en"), ("zh-TW", "zh-TW"), ("xx", "xx")],
)  # fmt: skip
def test_language_tags_as_google_knows_them(tag: str, code: str) -> None:
    """BCP 47 in, Google's code out."""
    assert google_code(tag) == code


def test_an_unknown_language_is_a_refusal(google: GoogleEngine, internet: Any) -> None:
    """Without a request."""
    with pytest.raises(ServiceRefusedError, match="languages"):
        google.translate("текст", source="xx", target="en")
    assert not internet.log


def test_every_exception_of_the_library_is_mapped() -> None:
    """A new one in a new release fails here."""
    defined = {
        kind
        for _, kind in inspect.getmembers(library_errors, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__ == library_errors.__name__
    }
    assert defined == set(FAULTS)
    for kind in defined:
        error = service_error("Test", kind.__new__(kind))
        assert isinstance(error, ServiceError)


def test_a_key_in_a_library_error_is_not_shown() -> None:
    """One of the library's exceptions puts the key in its text."""
    assert "secret" not in str(service_error("Test", library_errors.AuthorizationException("secret")))
