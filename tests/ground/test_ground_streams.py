"""What arrives through the standard streams: whole, in the right encoding, and whoever hears the messages."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

TITLE = "«Река поднялась» – ✓"
SCHEMA = ("schema", "report.json")  # an answer of some 20 kB that needs nothing
REPORT = ("report", "-o", "-", "-f")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A register with a title that few encodings hold."""
    (tmp_path / "citations.yaml").write_text(f"version: 1\ncitations:\n  - {{id: a, title: {TITLE}}}\n", "utf-8")
    return tmp_path


def run(
    *arguments: str, cwd: Path, redirected: str = "", out: IO[bytes] | int = subprocess.PIPE, **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own, by a shell that redirects its streams."""
    command = f'exec "$@" {redirected}'
    return subprocess.run(
        ["/bin/sh", "-c", command, "sh", sys.executable, "-m", "citekeeper", *arguments],
        stdout=out, stderr=subprocess.PIPE, stdin=subprocess.PIPE, cwd=cwd, env={**os.environ, **environ},
        timeout=60, check=False,
    )  # fmt: skip


def test_half_an_answer_is_told_also_where_python_does_not_buffer(home: Path) -> None:
    """The system takes a part of the answer only: Python's own unbuffered stream would drop the rest in silence."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with (home / "out").open("wb") as out:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
        try:
            done = run(*SCHEMA, cwd=home, out=out, PYTHONUNBUFFERED="1", PYTHONDONTWRITEBYTECODE="1")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (done.returncode, (home / "out").stat().st_size) == (3, 4096)
    assert b"Standard output could not be written" in done.stderr


@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full"])
def test_nobody_to_hear_messages_changes_nothing(home: Path, redirected: str) -> None:
    """Neither the answer nor the exit code: a crash would be Python's own 1, which means findings."""
    done = run("check", "--offline", "-f", "json", cwd=home, redirected=redirected)
    assert done.returncode == 0
    assert json.loads(done.stdout)["totals"]["citations"] == 1
    wrong = run("check", "-c", "none.yaml", cwd=home, redirected=redirected)
    assert (wrong.returncode, wrong.stdout) == (2, b"")


@pytest.mark.parametrize(("encoding", "name"), [("ascii", "json"), ("koi8-r", "csv"), ("latin-1", "junit")])
def test_what_machines_read_is_utf8_in_every_locale(home: Path, encoding: str, name: str) -> None:
    """XML says that it is, and JSON is by definition."""
    done = run(*REPORT, name, cwd=home, PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    assert TITLE in done.stdout.decode("utf-8")


def test_what_people_read_is_spelt_as_their_terminal_can(home: Path) -> None:
    """A table, and the words of other commands: what the encoding lacks is replaced, and nothing crashes."""
    table = run(*REPORT, "table", cwd=home, PYTHONIOENCODING="ascii")
    assert table.returncode == 0
    assert "- unchecked" in table.stdout.decode("ascii")
    shown = run("show", "a", cwd=home, PYTHONIOENCODING="koi8-r")
    assert shown.returncode == 0
    assert "Река поднялась" in shown.stdout.decode("koi8-r")


def test_a_terminal_that_says_nothing_of_its_width_gets_the_table(home: Path) -> None:
    """COLUMNS=0 is what some shells and containers set."""
    master, slave = os.openpty()
    done = run(*REPORT, "table", cwd=home, out=slave, COLUMNS="0")
    os.close(slave)
    shown = os.read(master, 65536)
    os.close(master)
    assert done.returncode == 0
    assert "unchecked" in shown.decode()
