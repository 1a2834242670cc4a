"""``citekeeper translate`` with more than one engine, over the sandbox internet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citekeeper.sandbox import Sandbox
from citekeeper.sandbox.services import DEEPL_KEY
from in_process import Run

_HOSTS = {
    "translate.google.com": "google",
    "api-free.deepl.com": "deepl",
    "api.deepl.com": "deepl",
    "api.mymemory.translated.net": "mymemory",
    "libre.sandbox.example": "libre",
}
_KEY = {"DEEPL_API_KEY": DEEPL_KEY}


def configure(home: Path, settings: str, *, private: bool = False) -> None:
    """Put ``settings`` in the place of the packaged register's services."""
    register = home / "citations.yaml"
    text = register.read_text().replace("  services: [wayback, google]\n", settings)
    register.write_text(text.replace("  - id: fn3\n", "  - id: fn3\n    private: true\n") if private else text)


def asked(sandbox: Sandbox) -> set[str]:
    """The translators that heard anything."""
    return {_HOSTS[request.host] for request in sandbox.log if request.host in _HOSTS}


def texts(home: Path, language: str, citation: str = "fn3") -> list[dict[str, object]]:
    """The translations of a citation's captures, the older first."""
    return [json.loads(path.read_text()) for path in sorted(home.glob(f"archive/{citation}/*/text.{language}*.json"))]


def test_a_chain_into_two_languages_and_its_page(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """DeepL garbles one paragraph, Google takes it over; the page shows who made which, in both languages."""
    configure(home, "  services: [deepl, google]\n  translators: [deepl, google]\n")
    citekeeper("archive", "fn3")
    source = json.loads(next(home.glob("archive/fn3/*/text.json")).read_text())["paragraphs"]
    sandbox.world.deepl.fail("echo", times=None, containing=source[1][:40])
    assert citekeeper("translate", "fn3", "--to", "en,nl", env=_KEY).code == 0
    for made in (*texts(home, "en"), *texts(home, "nl")):
        engines = made["engines"]
        assert isinstance(engines, list)
        assert len(made["paragraphs"]) == len(source) == len(engines)  # type: ignore[arg-type]
        assert (engines[1], set(engines[2:]) - {None}) == ("google", {"deepl"})
        assert (made["engine"], made["label"]) == ("deepl", "machine translation")
        assert str(made["version"]).startswith("v2; google: deep-translator ")
    requests = len(sandbox.log)
    assert "Nothing to translate" in citekeeper("translate", "fn3", "--to", "en,nl", env=_KEY).err
    assert len(sandbox.log) == requests
    citekeeper("report")
    [page] = [path.read_text() for path in home.glob("reports/**/*fn3*.html")]
    for part in ("Translation into English", "Translation into Dutch", "by machine: google", "by machine: deepl"):
        assert part in page, part
    assert not [path for path in home.rglob("*") if path.is_file() and DEEPL_KEY.encode() in path.read_bytes()]


def test_a_used_up_quota_is_told_once_and_the_next_engine_works(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """One request to the engine that refuses, one line about it, every paragraph translated by the next."""
    configure(home, "  services: [deepl, google]\n")
    citekeeper("archive")
    sandbox.world.deepl.fail("quota", times=None)
    done = citekeeper("translate", env=_KEY)
    assert done.code == 0
    assert done.err.count("deepl was left out: DeepL: the key's quota is used up.") == 1
    assert len([request for request in sandbox.log if "deepl" in request.host]) <= 2  # two threads
    for citation in ("fn3", "fn5"):
        for made in texts(home, "en", citation):
            assert None not in made["paragraphs"]  # type: ignore[operator]
            assert made["engine"] == "google"
            assert any("quota" in warning for warning in made["warnings"])  # type: ignore[attr-defined]


def test_an_engine_is_told_nothing_that_services_does_not_name(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """A chain with an engine that ``services`` lacks is refused before anything is sent."""
    configure(home, "  services: [google]\n  translators: [deepl, google]\n")
    done = citekeeper("translate", env=_KEY)
    assert done.code == 2
    assert "deepl" in done.err
    assert "services" in done.err
    assert asked(sandbox) == set()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("  services: [google]\n  translators: [gogle]\n", "google"),
        ("  services: [libre]\n", "libre_url"),
        ("  services: [libre]\n  libre_url: not an address\n", "web address"),
        ("  services: [argos]\n", "translators"),
        ("  services: [google]\n  glossary: [a, b]\n", "glossary"),
        ("  services: [google]\n  glossary: {a: [b]}\n", "glossary"),
    ],
)
def test_settings_that_are_wrong_are_told(citekeeper: Run, home: Path, settings: str, words: str) -> None:
    """Exit 2, one sentence, what to do."""
    configure(home, settings)
    done = citekeeper("translate")
    assert done.code == 2
    assert words in done.err
    assert "Traceback" not in done.err


def test_a_private_citation_is_translated_by_nobody_else(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """With four services named, none hears of it; argostranslate, not installed here, is named as the way."""
    configure(
        home,
        "  services: [google, deepl, mymemory, libre]\n  translators: [google, deepl, mymemory, libre, argos]\n"
        "  libre_url: https://libre.sandbox.example/\n",
        private=True,
    )
    citekeeper("archive", "fn3")
    done = citekeeper("translate", "fn3", env=_KEY)
    assert done.code == 0
    assert asked(sandbox) == set()
    assert "citekeeper[offline]" in done.err
    assert texts(home, "en") == []


@pytest.mark.parametrize("engine", ["mymemory", "libre", "deepl"])
def test_each_engine_alone_does_the_whole_source(citekeeper: Run, home: Path, sandbox: Sandbox, engine: str) -> None:
    """The whole of a source through one service, short segments and all, and no other is asked."""
    configure(home, f"  services: [{engine}]\n  libre_url: https://libre.sandbox.example\n")
    citekeeper("archive", "fn3")
    done = citekeeper("translate", "fn3", env=_KEY)
    assert done.code == 0
    [made] = texts(home, "en")
    assert made["engine"] == engine
    assert None not in made["paragraphs"], made["warnings"]  # type: ignore[operator]
    assert asked(sandbox) == {engine}


def test_dry_run_names_each_translator(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """What would be sent to whom, with every engine of the chain."""
    configure(home, "  services: [google, deepl, mymemory]\n  translators: [deepl, google]\n")
    done = citekeeper("run", "--dry-run", env=_KEY)
    assert "deepl: the text of foreign-language sources" in done.out
    assert "mymemory: told nothing: translators does not name it" in done.out
    assert "libre" not in done.out
    assert not list(sandbox.log)


def test_the_glossary_of_the_settings_reaches_the_page(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """A name of the register's glossary stands in the translation as decided."""
    configure(
        home, "  services: [google]\n  glossary:\n    Марина: Marina-as-decided\n    ФСБ: {en: the FSB, nl: de FSB}\n"
    )
    citekeeper("archive", "fn3")
    citekeeper("translate", "fn3", "--to", "nl")
    [made] = texts(home, "nl")
    assert "Marina-as-decided" in " ".join(text or "" for text in made["paragraphs"])  # type: ignore[attr-defined]


def test_a_new_glossary_mends_what_was_translated(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """Only the passages that hold the name are asked again, once; the earlier file stays as it was."""
    configure(home, "  services: [google]\n")
    citekeeper("archive", "fn3")
    citekeeper("translate", "fn3", "--to", "nl")
    before = len(sandbox.log)
    register = home / "citations.yaml"
    register.write_text(
        register.read_text().replace("  translate_to:", "  glossary: {Марина: Marina-as-decided}\n  translate_to:")
    )
    citekeeper("translate", "fn3", "--to", "nl")
    older, newer = texts(home, "nl")[::-1] if "Marina-as" in str(texts(home, "nl")[0]) else texts(home, "nl")
    assert "Marina-as-decided" in str(newer["paragraphs"])
    assert 0 < len(sandbox.log) - before < len(older["paragraphs"])  # type: ignore[arg-type]
    again = len(sandbox.log)
    assert "Nothing to translate" in citekeeper("translate", "fn3", "--to", "nl").err
    assert len(sandbox.log) == again


def test_varieties_of_a_language_that_is_read(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """Who reads ru-RU reads ru; nothing is sent."""
    configure(home, "  services: [google]\n  languages_read: [nl, ru-RU]\n")
    citekeeper("archive", "fn3")
    citekeeper("translate", "fn3")
    assert asked(sandbox) == set()


def test_a_source_that_nobody_may_hear_of_is_named(citekeeper: Run, home: Path) -> None:
    """That a foreign source stays untranslated because it is private is said."""
    configure(home, "  services: [google]\n", private=True)
    citekeeper("archive", "fn3")
    assert "fn3: not translated: no translator may be told of it." in citekeeper("translate", "fn3").err


def test_offline_no_service_is_asked(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """Only an engine on this machine counts, in ``translate`` and in ``run``."""
    configure(home, "  services: [google, deepl]\n  translators: [google, deepl, argos]\n")
    citekeeper("archive", "fn3")
    before = len(sandbox.log)
    offline = {"CITEKEEPER_OFFLINE": "1", **_KEY}
    for command in (("translate", "fn3"), ("run",)):
        assert "citekeeper[offline]" in citekeeper(*command, env=dict(offline)).err
    assert len(sandbox.log) == before
    kept = (home / "citations.yaml").read_text().replace("  translators: [google, deepl, argos]\n", "")
    (home / "citations.yaml").write_text(kept)
    assert "only argos translates" in citekeeper("translate", "fn3", env=dict(offline)).err
