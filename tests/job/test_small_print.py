"""What commands say and how they end: empty options, endless files, SIGTERM, plurals, names, advice."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest

from citekeeper.sandbox import Sandbox
from in_process import Run

_LOST = "A claim.[^1] Another.[^2]\n\n[^1]: [The source](#)\n[^2]: [Other](https://other.example/x)\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("archive", "--save", ""), "No answer to --save is named"),
        (("archive", "--save", "needed,always"), "more than one answer to --save"),
        (("archive", "--to", ","), "No place to archive to is named"),
        (("run", "--save", ""), "No answer to --save is named"),
        (("check", "-f", ""), "No format is named"),
        (("report", "-f", " , "), "No format is named"),
        (("check", "-o", ""), "--output names nothing"),
        (("check", "--archive-dir", ""), "option --archive-dir: it is empty"),
        (("report", "--reports-dir", ""), "option --reports-dir: it is empty"),
        (("check", "--vantage", " "), "option --vantage: a vantage is a name"),
        (("check", ""), "One of the inputs is empty"),
    ],
)
def test_an_option_that_names_nothing_is_exit_2(
    citekeeper: Run, home: Path, arguments: tuple[str, ...], told: str
) -> None:
    """An empty list or name, as of a variable that is not set, is a slip, told before anything is done."""
    before = sorted(home.rglob("*"))
    done = citekeeper(*arguments)
    assert (done.code, told in done.err) == (2, True), done.err
    assert any(words in done.err for words in ("Known: ", "Give one of", "Name a ", "Correct or remove it."))
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize(
    ("output", "code", "told"),
    [
        ("none/x.json", 2, "There is no directory none"),
        ("file/x", 2, "There is no directory"),
        ("file/", 3, "file could not be written: a file stands in its place"),
    ],
)
@pytest.mark.parametrize("command", [("check", "-f", "json"), ("report",), ("fix", "letter.md")])
def test_a_place_that_takes_no_output_is_told_before_the_work(
    citekeeper: Run, home: Path, sandbox: Sandbox, command: tuple[str, ...], output: str, code: int, told: str
) -> None:
    """Nothing was asked or written."""
    (home / "file").touch()
    (home / "letter.md").write_text(_LOST)
    done = citekeeper(*command, "-o", output)
    assert (done.code, told in done.err) == (code, True), done.err
    assert not sandbox.log


@pytest.mark.parametrize(
    "command", [("verify", "--tsa-roots", "none.pem"), ("show", "fn3", "--custody", "--tsa-roots", "citations.yaml")]
)
def test_roots_that_are_none_are_told_before_they_are_needed(citekeeper: Run, command: tuple[str, ...]) -> None:
    """Where nothing is stamped yet, a misspelt file would pass unseen until something is."""
    done = citekeeper(*command)
    assert (done.code, done.out) == (2, "")
    assert "tsa_roots" in done.err


def test_a_demo_never_takes_the_place_of_a_file(citekeeper: Run, home: Path) -> None:
    """Neither is it a crash."""
    done = citekeeper("demo", "citations.yaml")
    assert (done.code, "citations.yaml is no directory" in done.err) == (2, True)
    assert (home / "citations.yaml").is_file()


def test_copies_are_found_wherever_the_archive_stands(citekeeper: Run, home: Path) -> None:
    """The report's links lead to them; ``path`` is as the person gave it, or tells nothing of what lies above it."""
    citekeeper("archive", "fn3", "--to", "local", "--archive-dir", "store", "-q")
    before = home / "store"
    for place, shown in (
        ("sub dir/копии", "sub dir/копии/"),
        (f"{home}/kept", "kept/"),
        ("../elsewhere", "elsewhere/"),
    ):
        (home / place).parent.mkdir(exist_ok=True)
        before = before.rename(home / place)
        citekeeper("report", "--archive-dir", place)
        entries = json.loads((home / "reports/report.json").read_text("utf-8"))["citations"]
        (capture,) = next(entry["captures"] for entry in entries if entry["id"] == "fn3")
        assert capture["path"] == f"{shown}fn3/{capture['id']}"
        for page in (home / "reports/index.html", home / "reports/citations/fn3.html"):
            links = re.findall(r'href="([^"]*/page\.html)"', page.read_text("utf-8"))
            assert links
            assert all((page.parent / os.fsdecode(unquote_to_bytes(link))).is_file() for link in links), links


def test_an_empty_register_is_no_crash(citekeeper: Run, home: Path) -> None:
    """Nothing cited yet: each command ends with 0, and the report says so."""
    (home / "citations.yaml").write_text("version: 1\ncitations: []\n")
    for command in (("check",), ("run",), ("archive",), ("translate",), ("verify",), ("locate",), ("report",)):
        done = citekeeper(*command)
        assert (done.code, command) == (0, command), done.err
    assert "There are no citations here." in (home / "reports/index.html").read_text()
    beside = {"report.json", "report.md", "junit.xml", "citekeeper.sarif", "feed.atom", "badge.svg"}
    assert {path.name for path in (home / "reports").iterdir()} == {"index.html", "citations", *beside}
    assert citekeeper("report", "--public", "public").code == 0
    assert (home / "public/index.html").exists()


@pytest.mark.parametrize("summary", ["none/summary.md", "."])
def test_a_job_summary_that_cannot_be_written_is_3(citekeeper: Run, summary: str) -> None:
    """The annotations are there; what is missing is told in a sentence."""
    done = citekeeper("report", "-f", "github", env={"GITHUB_STEP_SUMMARY": summary})
    assert (done.code, "::notice" in done.out) == (3, True)
    assert f"{summary} could not be written" in done.err


def test_an_edition_for_publication_is_never_the_working_one(citekeeper: Run, home: Path) -> None:
    """``-o`` beside ``--public`` would write private sources, and a table is no edition: both are refused."""
    for options in (("-f", "json", "-o", "public/report.json"), ("-f", "table"), ("-f", "json,github")):
        done = citekeeper("report", "--public", "public", *options)
        assert (done.code, done.out) == (2, ""), done.err
    assert not (home / "public").exists()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero here")
@pytest.mark.parametrize("command", [("check",), ("import", "letter.md")])
def test_an_endless_register_is_not_read_to_its_end(citekeeper: Run, home: Path, command: tuple[str, ...]) -> None:
    """It is refused in a sentence, exit 2."""
    (home / "letter.md").write_text(_LOST)
    done = citekeeper(*command, "-c", "/dev/zero")
    assert done.code == 2
    assert "longer than 64 MiB" in done.err


def test_sigterm_ends_like_an_interruption(home: Path, sandbox: Sandbox) -> None:
    """The sentence is said, the exit code is 130, the lock is let go of, and no temporary is left."""
    for number in range(3):
        sandbox.world.page(f"https://slow.example/{number}", "<p>late", delay=30)
    urls = "".join(f"  - {{id: s{n}, title: t, url: https://slow.example/{n}}}\n" for n in range(3))
    (home / "citations.yaml").write_text(f"version: 1\ncitations:\n{urls}")
    child = subprocess.Popen(
        [sys.executable, "-m", "citekeeper", "archive", "--to", "local"],
        cwd=home, env={**os.environ, **sandbox.environ}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 20
    while not any(r.host == "slow.example" for r in sandbox.log) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (home / "archive/.lock").exists()
    child.send_signal(signal.SIGTERM)
    _, err = child.communicate(timeout=20)
    assert child.returncode == 130, err
    assert "citekeeper: Interrupted." in err
    assert "Traceback" not in err
    assert not (home / "archive/.lock").exists()
    assert not list(home.rglob(".citekeeper-tmp-*"))


def test_import_counts_and_names_as_the_register_does(citekeeper: Run, home: Path) -> None:
    """One is one; defects bear the register's ids; a lost link that a person mended is not asked for again."""
    register = home / "citations.yaml"
    register.unlink()
    (home / "letter.md").write_text("A claim.[^1]\n\n[^1]: [The source](#)\n")
    first = citekeeper("import", "letter.md")
    assert "letter.md: 1 citation, 0 other links" in first.err
    assert "1 entry added" in first.err
    assert "fn1: " in first.err
    advice = first.err.partition("[lost-link]\n")[2].splitlines()[0].strip()
    assert advice
    register.write_text(register.read_text().replace("    url: null\n", "    url: https://a.example/x\n"))
    again = citekeeper("import", "letter.md")
    assert "[lost-link]" in again.err
    assert advice not in again.err
    assert "The register has its address." in again.err
    (home / "second.md").write_text("Other.[^1]\n\n[^1]: [Quite another source](#)\n")
    second = citekeeper("import", "second.md")
    added = register.read_text().partition("Quite another source")[0].rpartition("- id: ")[2].split()[0]
    assert added != "fn1"
    assert f"  {added}: " in second.err
    assert "  fn1: " not in second.err


def test_report_prints_a_table_where_one_is_asked_for(citekeeper: Run, home: Path) -> None:
    """A table is no file of the reports directory, so it goes to stdout; beside files, files are written."""
    done = citekeeper("report", "-f", "table")
    assert "svoboda.org" in done.out
    assert not (home / "reports").exists()
    both = citekeeper("report", "-f", "json,table")
    assert (home / "reports/report.json").exists()
    assert both.out.splitlines()[:-1] == done.out.splitlines()[:-1]


def test_advice_of_a_dead_source_names_its_copy(citekeeper: Run, home: Path) -> None:
    """Where a verified memento can stand in, the page's own advice says so too, not only the finding."""
    citekeeper("run")
    entries = json.loads((home / "reports/report.json").read_text())["citations"]
    dead = next(entry for entry in entries if entry["id"] == "fn5")
    assert dead["verdict"] == "gone"
    assert dead["advice"].startswith("A verified copy is at https://web.archive.org/")
    for entry in entries:
        if entry["verdict"] == "alive":
            assert entry["last_alive_at"] == entry["checked_at"], entry["id"]
    citekeeper("check")
    citekeeper("report")
    entries = json.loads((home / "reports/report.json").read_text())["citations"]
    assert all(e["last_alive_at"] >= e["checked_at"] for e in entries if e["verdict"] == "alive")


def test_what_was_withdrawn_is_not_captured_again(citekeeper: Run, home: Path) -> None:
    """A later run makes no copy of the same content and says so; ``--always``, which a person types, does."""
    captures = home / "archive" / "fn3"

    def names() -> list[str]:
        return sorted(path.name for path in captures.iterdir() if path.is_dir())

    citekeeper("archive", "fn3", "--to", "local")
    (first,) = names()
    citekeeper("withdraw", "fn3", first, "--reason", "a court order")
    again = citekeeper("archive", "fn3", "--to", "local")
    assert names() == [first]
    assert "fn3: no copy was made, as one of the same content was withdrawn" in again.out + again.err
    citekeeper("archive", "fn3", "--to", "local", "--always")
    assert len(names()) == 2
