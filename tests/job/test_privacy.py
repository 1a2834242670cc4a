"""No service hears of a source unless it is named and the citation is not private: proven by the proxy log."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from citekeeper.sandbox import Sandbox
from in_process import Run

_COMMANDS = (
    ("import", "letter.md"),
    ("check",),
    ("check", "letter.md"),
    ("archive",),
    ("deposit", "fn3", "found.txt", "--captured-at", "2022-05-02", "--by", "A. Reader", "--how", "by hand"),
    ("translate",),
    ("verify",),
    ("report",),
    ("report", "--public", "public"),
    ("run",),
    ("run", "--dry-run"),
    ("locate",),
    ("locate", "fn3", "fn5"),
    ("fix", "letter.md"),
    ("show", "fn3"),
    ("show", "fn3", "--custody"),
    ("schema", "report.json"),
    ("withdraw", "fn3", "20220502T000000Z", "--reason", "a test"),
)
_SERVICES = (
    "web.archive.org",
    "archive.org",
    "translate.google.com",
    "api-free.deepl.com",
    "api.deepl.com",
    "api.mymemory.translated.net",
)


@pytest.fixture(autouse=True)
def _documents(home: Path) -> None:
    """What some of the commands work on."""
    source = "https://www.svoboda.org/a/ya-uehala-chtoby-ostatsa-chelovekom-emigracia-ili-evacuacia/31787493.html"
    (home / "letter.md").write_text(f"A claim.[^1]\n\n[^1]: [A source]({source}).\n")
    (home / "found.txt").write_text("What was found on paper, long ago and far away, in the words of the source.\n")


def heard(sandbox: Sandbox) -> list[str]:
    """Everything that any service was told: addresses and bodies, decoded."""
    return [
        unquote_plus(request.url) + unquote_plus(request.body.decode("latin-1"))
        for request in sandbox.log
        if request.host in _SERVICES
    ]


def test_no_service_hears_anything_unless_it_is_named(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """With ``services: []`` no command asks any service."""
    register = home / "citations.yaml"
    register.write_text(register.read_text().replace("services: [wayback, google]", "services: []"))
    for command in _COMMANDS:
        done = citekeeper(*command)
        assert done.code in (0, 1), (command, done.err)
        assert heard(sandbox) == [], command


def test_no_service_hears_of_a_private_citation(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """A private citation's URL and text reach the source alone; the others are still looked after."""
    register = home / "citations.yaml"
    register.write_text(register.read_text().replace("  - id: fn3\n", "  - id: fn3\n    private: true\n"))
    for command in _COMMANDS:
        citekeeper(*command)
        assert not [text for text in heard(sandbox) if "31787493" in text or "Марина" in text], command
    assert [text for text in heard(sandbox) if "meduza.io" in text]


def test_a_share_token_keeps_a_source_private_until_a_person_decides(
    citekeeper: Run, home: Path, sandbox: Sandbox
) -> None:
    """A URL that carries access is told to nobody; ``private: false`` is a person's decision that it may be."""
    register = home / "citations.yaml"
    text = register.read_text().replace("31787493.html\n", "31787493.html?access_token=0123456789abcdef\n", 1)
    register.write_text(text)
    citekeeper("archive", "fn3")
    assert not [text for text in heard(sandbox) if "0123456789abcdef" in text]
    register.write_text(text.replace("  - id: fn3\n", "  - id: fn3\n    private: false\n"))
    citekeeper("archive", "fn3")
    assert [text for text in heard(sandbox) if "0123456789abcdef" in text]


def test_what_gives_access_is_not_published(citekeeper: Run, home: Path) -> None:
    """A source whose address carries a share token or credentials is in no public edition, until a person says so."""
    register = home / "citations.yaml"
    text = register.read_text().replace("31787493.html\n", "31787493.html?access_token=0123456789abcdef\n", 1)
    text = text.replace("https://www.aroged.com/2022", "https://reader:letmein@www.aroged.com/2022", 1)
    register.write_text(text)
    formats = ("-f", "html,json,markdown,junit,sarif,atom,badge,csv,jsonl")
    citekeeper("report", "--public", "public", *formats)
    published = "".join(path.read_text() for path in (home / "public").rglob("*.*") if path.is_file())
    assert "31718829.html" in published
    assert not [words for words in ("0123456789abcdef", "31787493", "letmein", "aroged") if words in published]
    register.write_text(text.replace("  - id: fn3\n", "  - id: fn3\n    private: false\n"))
    citekeeper("report", "--public", "public", *formats)
    assert "0123456789abcdef" in (home / "public/report.json").read_text()


def test_dry_run_names_what_would_go_to_whom(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """``run --dry-run`` lists it, sends nothing and writes nothing."""
    done = citekeeper("run", "--dry-run")
    assert done.code == 0
    assert "fn3: fetch https://www.svoboda.org/" in done.out
    assert "wayback:" in done.out
    assert "google:" in done.out
    assert not list(sandbox.log)
    assert not (home / "reports").exists()


def test_keys_are_never_printed_or_stored(citekeeper: Run, home: Path) -> None:
    """The archive's keys appear in no file and no output."""
    keys = {"WAYBACK_ACCESS_KEY": "staged-access-key-1", "WAYBACK_SECRET_KEY": "staged-secret-key-2"}
    done = citekeeper("run", "-v", env=dict(keys))
    for secret in keys.values():
        assert secret not in done.out + done.err
        for path in home.rglob("*"):
            assert not path.is_file() or secret.encode() not in path.read_bytes()
