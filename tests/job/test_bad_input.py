"""Bad input gets one clear sentence and exit 2; trouble outside gets exit 3; nothing is lost or half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from citekeeper.sandbox import Sandbox
from in_process import Run


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("version: 1", "version: [1", "citations.yaml:"),
        ("id: fn2", "id: fn1", "fn1"),
        ("id: fn2", "id: ../../x", "../../x"),
        ("id: fn2", "id: fn2\n    expect: alife", "alive"),
        ("translate_to: [en]", "translate_two: [en]", "translate_to"),
        ("accessed: 2022-05-02", "accessed: yesterday", "yesterday"),
        ("services: [wayback, google]", "services: [wayback, gogle]", "google"),
        ("kind: citation", "kind: cite", "citation"),
    ],
)
def test_a_wrong_register_is_told_with_its_place(
    citekeeper: Run, home: Path, sandbox: Sandbox, old: str, new: str, told: str
) -> None:
    """Exit 2, a message that names what stood there and what was expected; nothing fetched, nothing written."""
    register = home / "citations.yaml"
    text = register.read_text()
    assert old in text
    register.write_text(text.replace(old, new, 1))
    for command in ("run", "check", "report"):
        done = citekeeper(command)
        assert done.code == 2, done.err
        assert told in done.err
        assert "Traceback" not in done.err
    assert not list(sandbox.log)
    assert {path.name for path in home.iterdir()} == {"citations.yaml"}


def test_a_missing_register_names_the_next_step(citekeeper: Run, home: Path) -> None:
    """Without citations.yaml the message says how to make one."""
    (home / "citations.yaml").unlink()
    done = citekeeper("run")
    assert done.code == 2
    assert "citekeeper import" in done.err


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.pdf", b"%PDF-1.4 and no more"),
        ("empty.md", b""),
        ("none.md", b"# A title\n\nA document without notes or links.\n"),
        ("letter.xyz", b"\x00\x01\x02"),
    ],
)
def test_an_unreadable_document_is_told_in_a_sentence(citekeeper: Run, home: Path, name: str, data: bytes) -> None:
    """Exit 2, the document is named, and the register stays as it was."""
    before = (home / "citations.yaml").read_bytes()
    (home / name).write_bytes(data)
    done = citekeeper("import", name)
    assert done.code == 2, done.err
    assert name in done.err
    assert "Traceback" not in done.err
    assert (home / "citations.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [("--nonsense",), ("run", "--jobs", "many"), ("run", "--fresh", "99999999999"), ("check", "no.md"), ("no",)],
)
def test_wrong_usage_is_exit_2(citekeeper: Run, arguments: tuple[str, ...]) -> None:
    """Unknown options, values, files and commands."""
    done = citekeeper(*arguments)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_a_network_that_is_down_is_exit_3_and_leaves_no_trace(citekeeper: Run, home: Path) -> None:
    """An unreachable proxy: exit 3, and no history is written."""
    away = "http://127.0.0.1:9"
    done = citekeeper(
        "run", "--retries", "0", env=dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), away)
    )
    assert done.code == 3, done.err
    assert "network" in done.err.lower()
    assert not list((home / "archive").rglob("history.jsonl"))
    assert not (home / "reports").exists()


@pytest.mark.parametrize(
    "variables", [{"SSL_CERT_FILE": "no/such.pem"}, {"HTTPS_PROXY": "http://[", "https_proxy": None}]
)
def test_what_needs_no_network_needs_no_way_to_it(citekeeper: Run, variables: dict[str, str | None]) -> None:
    """A CA variable that names nothing, or a proxy that is none, stops what fetches before it begins, and no more."""
    for arguments in (("verify",), ("report",), ("show", "fn1"), ("schema", "report.json")):
        assert citekeeper(*arguments, env=variables).code == 0
    for arguments in (("check",), ("archive",), ("run",), ("locate",)):
        outcome = citekeeper(*arguments, env=variables)
        assert (outcome.code, outcome.out) == (2, "")
        assert next(iter(variables)) in outcome.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes into read-only directories")
def test_a_read_only_archive_is_exit_3(citekeeper: Run, home: Path) -> None:
    """The message names the archive; nothing half-written remains."""
    (home / "archive").mkdir(mode=0o555)
    assert citekeeper("run").code == 3


def test_an_archive_that_is_no_directory_is_told(citekeeper: Run, home: Path) -> None:
    """Exit 3 with a sentence, no traceback."""
    (home / "archive").write_text("a file")
    done = citekeeper("run")
    assert done.code in (2, 3)
    assert "archive" in done.err
    assert "unexpected" not in done.err


def test_interrupted_in_the_middle_the_next_run_goes_on(
    citekeeper: Run, home: Path, sandbox: Sandbox, tmp_path: Path
) -> None:
    """Ctrl-C: exit 130, no half-written file, and the next run completes the job."""
    environ = {**os.environ, "CITEKEEPER_CACHE_DIR": str(tmp_path / "cache"), **sandbox.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "citekeeper", "run"], cwd=home, env=environ, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 30
    while len(list(sandbox.log)) < 5 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130, told
    assert "Traceback" not in told
    assert not [path for path in home.rglob("*") if "tmp" in path.name and path.is_file()]
    done = citekeeper("run")
    assert done.code == 1, done.err
    assert citekeeper("verify").code == 0


def test_a_title_that_is_markup_is_text_in_every_report(citekeeper: Run, home: Path) -> None:
    """``<script>`` in a title is never an element."""
    register = home / "citations.yaml"
    text = register.read_text().replace("title: Biden Seeks", 'title: "<script>alert(1)</script> Biden Seeks', 1)
    text = text.replace("With Visa Lure\n", 'With Visa Lure"\n', 1)
    register.write_text(text)
    citekeeper("run", "-f", "junit,sarif,csv,atom")
    for path in (home / "reports").rglob("*.html"):
        assert "<script" not in path.read_text().lower(), path
    assert "<script>" not in (home / "reports" / "report.md").read_text()


def test_a_misspelt_private_is_no_permission(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """A key that was meant to say ``private`` is refused with its place, before anybody is told."""
    register = home / "citations.yaml"
    text = register.read_text()
    for misspelt in ("privat", "Private", "prviate"):
        register.write_text(text.replace("  - id: fn3\n", f"  - id: fn3\n    {misspelt}: true\n"))
        done = citekeeper("run")
        assert done.code == 2
        assert f"unknown key “{misspelt}”" in done.err
        assert "citations.yaml:" in done.err
    assert not list(sandbox.log)


def test_a_register_of_comments_alone_is_filled(citekeeper: Run, home: Path) -> None:
    """Comments stay where they stand; the citations follow."""
    (home / "letter.md").write_text("A claim.[^1]\n\n[^1]: [A source](https://a.example/page).\n")
    register = home / "citations.yaml"
    register.write_text("# mine\n")
    assert citekeeper("import", "letter.md").code == 0
    assert register.read_text().startswith("# mine\n")
    assert "https://a.example/page" in register.read_text()
