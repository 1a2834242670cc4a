"""Every engine over real sockets, against services that answer and refuse in their own manner."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from citekeeper.errors import (
    ServiceError,
    ServiceRefusedError,
    ServiceThrottledError,
    ServiceUnavailableError,
)
from citekeeper.network import Network
from citekeeper.sandbox import Sandbox, World
from citekeeper.sandbox.services import DEEPL_KEY, LIBRE_HOST, LIBRE_KEY, MYMEMORY_WARNING
from citekeeper.translation import Access, open_translator
from citekeeper.translation.deepl import deepl_engine, target_code
from citekeeper.translation.engines import google_engine, libre_engine, mymemory_code, mymemory_engine
from citekeeper.translation.refusals import LanguageRefusedError, TextRefusedError

RU, EN, NL = (
    "Первый абзац о 1 200 событиях.",
    "The first paragraph about 1,200 events.",
    "De eerste alinea over 1.200 dingen.",
)
UK = "Перший абзац про події."
ENGINES: dict[str, Callable[..., Any]] = {
    "google": google_engine,
    "mymemory": mymemory_engine,
    "libre": lambda *args, **more: libre_engine(*args, url=f"https://{LIBRE_HOST}", **more),
    "deepl": lambda *args, **more: deepl_engine(*args, **{"key": DEEPL_KEY, **more}),
}
HOSTS = {
    "google": "translate.google.com",
    "mymemory": "api.mymemory.translated.net",
    "libre": LIBRE_HOST,
    "deepl": "api-free.deepl.com",
}


@pytest.fixture(scope="module")
def world() -> World:
    made = World()
    made.translator.teach(RU, EN)
    made.translator.teach(RU, NL, "nl")
    made.translator.teach(UK, "The first paragraph about events.")
    return made


@pytest.fixture(scope="module")
def served(world: World) -> Iterator[Sandbox]:
    with Sandbox(world) as sandbox:
        yield sandbox


@pytest.fixture(autouse=True)
def _all_well(world: World) -> Iterator[None]:
    yield
    for service in (world.translator, world.deepl, world.mymemory, world.libre):
        service.recover()
    world.libre.key = None


@pytest.fixture
def network(served: Sandbox) -> Network:
    return Network.from_environ(served.environ)


def service_of(world: World, name: str) -> Any:
    return world.translator if name == "google" else getattr(world, name)


def last(served: Sandbox, name: str) -> Any:
    return [request for request in served.log if request.host == HOSTS[name]][-1]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize(
    ("source", "target", "text", "expected"),
    [("ru", "en", RU, EN), ("ru-RU", "nl", RU, NL), ("uk", "en", UK, "The first paragraph about events.")],
)
def test_each_engine_translates(
    served: Sandbox, network: Network, clock: Any, name: str, source: str, target: str, text: str, expected: str
) -> None:
    """Russian into English and Dutch, Ukrainian into English; the pairs that deep-translator's lists lack too."""
    assert ENGINES[name](network, clock).translate(text, source=source, target=target) == expected
    assert last(served, name).url.startswith("https://")


@pytest.mark.parametrize("name", ENGINES)
def test_a_dripping_service_is_left_in_time(world: World, network: Network, clock: Any, name: str) -> None:
    """A byte now and then without end costs the deadline and no more."""
    service_of(world, name).fail("drip")
    began = time.monotonic()
    with pytest.raises(ServiceUnavailableError):
        ENGINES[name](network, clock, deadline=0.4).translate(RU, source="ru", target="en")
    assert time.monotonic() - began < 3


REFUSALS: list[tuple[str, str, type[ServiceError], str]] = [
    ("google", "too-many-requests", ServiceThrottledError, "too many"),
    ("google", "consent", ServiceRefusedError, "consent"),
    ("google", "server-error", ServiceUnavailableError, "error"),
    ("google", "reset", ServiceUnavailableError, "cut|proxy"),
    ("mymemory", "too-many-requests", ServiceRefusedError, "quota"),
    ("mymemory", "quota", ServiceRefusedError, "quota"),
    ("mymemory", "server-error", ServiceUnavailableError, "502"),
    ("mymemory", "reset", ServiceUnavailableError, "cut|proxy"),
    ("libre", "too-many-requests", ServiceThrottledError, "too many"),
    ("libre", "server-error", ServiceUnavailableError, "500"),
    ("libre", "reset", ServiceUnavailableError, "cut|proxy"),
    ("deepl", "too-many-requests", ServiceThrottledError, "too many"),
    ("deepl", "quota", ServiceRefusedError, "quota"),
    ("deepl", "server-error", ServiceUnavailableError, "503"),
    ("deepl", "reset", ServiceUnavailableError, "cut|proxy"),
]


@pytest.mark.parametrize(("name", "mishap", "error", "words"), REFUSALS)
def test_refusals_tell_what_to_do_next(
    world: World, network: Network, clock: Any, name: str, mishap: str, error: type[ServiceError], words: str
) -> None:
    """A used-up quota is a refusal for good, too many requests a pause, a failure a second try."""
    service_of(world, name).fail(mishap)
    with pytest.raises(error, match=words) as caught:
        ENGINES[name](network, clock).translate(RU, source="ru", target="en")
    assert not isinstance(caught.value, TextRefusedError | LanguageRefusedError)
    assert RU not in str(caught.value)


@pytest.mark.parametrize("name", ENGINES)
def test_a_language_that_a_service_lacks(network: Network, clock: Any, name: str) -> None:
    """It is refused for that pair alone."""
    with pytest.raises(LanguageRefusedError):
        ENGINES[name](network, clock).translate(RU, source="xx", target="en")


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"{}", b"[" * 100_000,
     b'{"responseData": null}', b'{"translations": []}', b'{"translatedText": 5}', b"<p>",
     b'{"responseData": {"translatedText": null}, "matches": []}', b'{"responseData": {"translatedText": ["x"]}}'],
)  # fmt: skip
@pytest.mark.parametrize("name", ["mymemory", "libre", "deepl"])
def test_answers_that_are_not_as_agreed(internet: Any, loopback: Any, clock: Any, name: str, body: bytes) -> None:
    """Whatever stands in the body, it is a failure of the service and no crash."""
    internet.app = lambda _request: loopback.Answer(200, body, {"Content-Type": "application/json"})
    with pytest.raises(ServiceError):
        ENGINES[name](internet.network(), clock).translate(RU, source="ru", target="en")


# ── DeepL ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_deepl_by_its_current_api(served: Sandbox, network: Network, clock: Any) -> None:
    """POST, JSON, the key in a header and nowhere else; the key decides the host."""
    deepl_engine(network, clock, key=DEEPL_KEY).translate(RU, source="ru-RU", target="en")
    request = last(served, "deepl")
    asked = json.loads(request.body)
    assert (request.method, request.path, request.query) == ("POST", "/v2/translate", {})
    assert request.headers.get("authorization") == f"DeepL-Auth-Key {DEEPL_KEY}"
    assert DEEPL_KEY not in request.url + request.body.decode()
    assert (asked["text"], asked["source_lang"], asked["target_lang"]) == ([RU], "RU", "EN-GB")
    assert "tag_handling" not in asked
    deepl_engine(network, clock, key=DEEPL_KEY.removesuffix(":fx")).translate(RU, source="ru", target="en")
    assert served.log[-1].host == "api.deepl.com"


def test_deepl_keeps_names_by_a_tag(world: World, served: Sandbox, network: Network, clock: Any) -> None:
    """A name goes in a tag that is left alone; signs that XML needs go and come back as they are."""
    text = "Сайт Roskomnadzor & «R<b>D» закрыт, a < b."
    world.translator.teach(text, "The site of Roskomnadzor & “R<b>D” is closed, a < b.")
    engine = deepl_engine(network, clock, key=DEEPL_KEY)
    made = engine.translate(text, source="ru", target="en", names=["Roskomnadzor"])
    assert made == "The site of Roskomnadzor & “R<b>D” is closed, a < b."
    asked = json.loads(last(served, "deepl").body)
    assert asked["text"] == ["Сайт <n>Roskomnadzor</n> &amp; «R&lt;b&gt;D» закрыт, a &lt; b."]
    assert (asked["tag_handling"], asked["ignore_tags"]) == ("xml", ["n"])


@pytest.mark.parametrize(
    ("key", "words"),
    [(None, "needs a key"), ("", "needs a key"), ("wrong-key-0000:fx", "does not accept"), ("a b\r\nX: y", "no key")],
)
def test_deepl_without_a_key_that_it_takes(network: Network, clock: Any, key: str | None, words: str) -> None:
    """Each says what to do; the key is not shown, and never makes a header of its own."""
    with pytest.raises(ServiceRefusedError, match=words) as caught:
        deepl_engine(network, clock, key=key).translate(RU, source="ru", target="en")
    assert not key or key not in str(caught.value) + caught.value.hint
    assert "DEEPL_API_KEY" in caught.value.hint + caught.value.message or "key" in caught.value.hint


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, TextRefusedError), (413, TextRefusedError), (404, ServiceRefusedError), (302, ServiceUnavailableError),
     (500, ServiceUnavailableError), (504, ServiceUnavailableError), (529, ServiceThrottledError),
     (456, ServiceRefusedError), (204, ServiceUnavailableError)],
)  # fmt: skip
def test_deepl_statuses(internet: Any, loopback: Any, clock: Any, status: int, error: type[ServiceError]) -> None:
    """Each of the documented statuses, and some that a proxy may make."""
    internet.app = lambda _request: loopback.Answer(status, b"")
    with pytest.raises(error):
        deepl_engine(internet.network(), clock, key=DEEPL_KEY).translate(RU, source="ru", target="en")


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "EN-GB"), ("en-US", "EN-US"), ("nl", "NL"), ("nl-BE", "NL"), ("pt", "PT-PT"), ("pt_BR", "PT-BR"),
     ("zh", "ZH"), ("zh-Hant", "ZH-HANT"), ("no", "NB"), ("uk", "UK")],
)  # fmt: skip
def test_languages_as_deepl_knows_them(tag: str, code: str) -> None:
    """BCP 47 in, DeepL's code out."""
    assert target_code(tag) == code


# ── MyMemory and LibreTranslate ─────────────────────────────────────────────────────────────────────────────────────


def test_mymemory_goes_encrypted_and_by_bytes(served: Sandbox, network: Network, clock: Any, world: World) -> None:
    """The library's cleartext address is not used; 500 bytes are what the service counts."""
    engine = mymemory_engine(network, clock)
    assert engine.longest("Привет") == 249
    assert engine.longest("hello") == 499
    assert engine.longest("漢字") == 166
    engine.translate(RU, source="ru", target="nl")
    assert last(served, "mymemory").query == {"langpair": "ru-RU|nl-NL", "q": RU}
    with pytest.raises(TextRefusedError):
        engine.translate("слово " * 60, source="ru", target="en")
    world.translator.teach("Он сказал: «Да» & ушёл.", 'He said: "Yes" & left.')
    assert engine.translate("Он сказал: «Да» & ушёл.", source="ru", target="en") == 'He said: "Yes" & left.'


@pytest.mark.parametrize(
    ("tag", "code"),
    [("ru", "ru-RU"), ("uk", "uk-UA"), ("en", "en-GB"), ("en-US", "en-US"), ("nl", "nl-NL"), ("be", "be-BY"),
     ("zh-Hant", "zh-TW"), ("sr", "sr-Cyrl-RS"), ("de", "de-DE"), ("xx", "xx")],
)  # fmt: skip
def test_languages_as_mymemory_knows_them(tag: str, code: str) -> None:
    """It wants a region with every language."""
    assert mymemory_code(tag) == code


def test_mymemory_warning_ends_its_part(internet: Any, loopback: Any, clock: Any, tmp_path: Any) -> None:
    """The quota that comes as a translation with status 200: one request, and the engine is left out."""
    answer = {"responseData": {"translatedText": MYMEMORY_WARNING}, "responseStatus": 200, "matches": []}
    internet.app = lambda _request: loopback.Answer(200, json.dumps(answer).encode())
    made = open_translator(["mymemory"], internet.network(), clock, memory_path=tmp_path / "m.sqlite", parallel=1)
    assert made is not None
    paragraphs = tuple(f"Абзац {'а' * number} конец" for number in range(9))
    result = made.translate(paragraphs, source="ru", target="en", source_sha256="0", may_tell=lambda _service: True)
    made.close()
    assert result.paragraphs == (None,) * 9
    assert len(internet.log) == 1
    assert "quota" in result.warnings[0]


def test_libre_sends_a_form_and_no_key_unless_it_has_one(
    served: Sandbox, world: World, network: Network, clock: Any
) -> None:
    """Nothing of the text or the key stands in the address, and the library's dummy key is not sent."""
    libre_engine(network, clock, url=f"https://{LIBRE_HOST}/").translate(RU, source="ru", target="nl")
    request = last(served, "libre")
    assert (request.method, request.path, request.query) == ("POST", "/translate", {})
    assert request.form == {"q": RU, "source": "ru", "target": "nl", "format": "text"}
    world.libre.key = LIBRE_KEY
    for key in (None, "another-key"):
        with pytest.raises(ServiceRefusedError, match="key") as caught:
            libre_engine(network, clock, url=f"https://{LIBRE_HOST}", key=key).translate(RU, source="ru", target="en")
        assert "LIBRETRANSLATE_API_KEY" in caught.value.hint
    keyed = libre_engine(network, clock, url=f"https://{LIBRE_HOST}", key=LIBRE_KEY)
    assert keyed.translate(RU, source="ru", target="en") == EN
    assert LIBRE_KEY not in repr(Access(libre_key=LIBRE_KEY, deepl_key=LIBRE_KEY))
    assert keyed.version.endswith(f"at {LIBRE_HOST}")


@pytest.mark.parametrize(("name", "a_second"), [("google", 3), ("mymemory", 2), ("libre", 5), ("deepl", 5)])
def test_each_engine_keeps_its_pace(network: Network, clock: Any, name: str, a_second: int) -> None:
    """The request beyond those of a second waits; after “too many requests” the next waits longer."""
    engine = ENGINES[name](network, clock)
    for _ in range(a_second):
        engine.translate(RU, source="ru", target="en")
    assert clock.slept == []
    engine.translate(RU, source="ru", target="en")
    assert sum(clock.slept) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("name", ["google", "libre", "deepl"])
def test_too_many_requests_is_waited_out(world: World, network: Network, clock: Any, name: str) -> None:
    """One “too many” costs a pause, not the paragraph."""
    service_of(world, name).fail("too-many-requests")
    engine = ENGINES[name](network, clock)
    with pytest.raises(ServiceThrottledError):
        engine.translate(RU, source="ru", target="en")
    assert engine.translate(RU, source="ru", target="en") == EN
    assert sum(clock.slept) >= 10
