"""Standard streams that are closed or full: the program does what it can and says what it cannot; it ends with no 1."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

CITEKEEPER = shlex.join([sys.executable, "-m", "citekeeper"])


def shell(command: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which ``citekeeper`` is the program."""
    return subprocess.run(
        ["sh", "-c", f'citekeeper() {{ {CITEKEEPER} "$@"; }}; {command}'],
        cwd=folder,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["--version", "schema citations", "--help"])
def test_full_disk_behind_stdout(tmp_path: Path, command: str, unbuffered: str) -> None:
    """The answer was not delivered, which is trouble outside and no fault of the program."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = shell(f"citekeeper {command} > /dev/full", tmp_path, PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 3
    assert "citekeeper: Standard output could not be written: No space left on device." in done.stderr
    assert "Traceback" not in done.stderr


def test_closed_stdout(tmp_path: Path) -> None:
    """Nobody reads the answer: that is said, and no file that is opened meanwhile gets it."""
    done = shell("citekeeper schema citations >&-", tmp_path)
    assert done.returncode == 3
    assert "Standard output could not be written: Bad file descriptor." in done.stderr


def test_closed_stdin_is_an_empty_one(tmp_path: Path) -> None:
    """There is nothing to check, as with an empty list."""
    done = shell("citekeeper check - -f json <&-", tmp_path)
    assert done.returncode == 0
    assert '"citations": 0' in done.stdout


def test_closed_stderr_takes_nothing_from_the_exit_code(tmp_path: Path) -> None:
    """Messages are lost; what the code means stays."""
    assert shell("citekeeper check nosuch.md 2>&-", tmp_path).returncode == 2
    assert shell("citekeeper schema citations >&- 2>&- <&-", tmp_path).returncode == 3
    if Path("/dev/full").exists():
        assert shell("citekeeper check nosuch.md 2> /dev/full", tmp_path).returncode == 2


def test_files_do_not_take_the_place_of_closed_streams(tmp_path: Path) -> None:
    """A report goes whole into its file, with all three streams closed, and nothing else into it."""
    done = shell("citekeeper check - -f json -o report.json >&- 2>&- <&-", tmp_path)
    assert done.returncode == 0
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert text.startswith("{\n")
    assert text.endswith("}\n")


def test_reader_that_goes_away(tmp_path: Path) -> None:
    """A pipe closed by its reader ends the program quietly."""
    done = shell("{ citekeeper schema citations; echo $? >&2; } | true", tmp_path, PYTHONUNBUFFERED="1")
    assert done.stderr in ("3\n", "0\n")  # 0 where it had written all before the reader was gone


@pytest.mark.parametrize("output", ["/dev/null", "/dev/stdout", "/dev/full", "pipe"])
@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_outputs_that_are_no_files(tmp_path: Path, output: str, form: str) -> None:
    """A device or a pipe named with -o is written to, and never replaced."""
    before = Path("/dev/null").stat().st_mode
    command = f"printf 'mailto:a@b.example\\n' | citekeeper check - -q -f {form} -o {output}"
    if output == "pipe":
        os.mkfifo(tmp_path / "pipe")
        command = f"cat pipe & {command}; wait"
    done = shell(command, tmp_path)
    assert ("link-1" in done.stdout) == (output in ("/dev/stdout", "pipe"))
    if output == "/dev/full":
        assert done.returncode == 3
        assert "/dev/full could not be written: the disk is full." in done.stderr
    else:
        assert (done.returncode, done.stderr) == (0, "")
    assert Path("/dev/null").stat().st_mode == before


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_file_in_place_of_the_directory(tmp_path: Path, form: str) -> None:
    """What stands in the way is named."""
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    done = shell(f"citekeeper check - -q -f {form} -o out/ < /dev/null", tmp_path)
    assert done.returncode == 3
    assert "citekeeper: out could not be written: a file stands in its place." in done.stderr
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(("form", "said"), [("table", "–"), ("json", "é@b.example"), ("markdown", "–")])
def test_old_locales(tmp_path: Path, form: str, said: str) -> None:
    """Files and pipes get UTF-8 under any locale; an encoding that was asked for is used as far as it goes.

    JSON is UTF-8 by definition, and a letter that is written by its number would make it none.
    """
    command = f"printf 'mailto:\\303\\251@b.example\\n' | citekeeper check - -q -f {form} > out"
    old = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert shell(command, tmp_path, **old).returncode == 0
    assert said in (tmp_path / "out").read_text(encoding="utf-8")
    assert shell(command, tmp_path, PYTHONIOENCODING="ascii").returncode == 0
    written = (tmp_path / "out").read_bytes()
    assert json.loads(written) if form == "json" else written.isascii()


def test_too_little_memory(tmp_path: Path) -> None:
    """What the system refuses is trouble outside, and told as such."""
    done = shell("ulimit -v 100000; citekeeper check http://127.0.0.1:9/ -f json", tmp_path)
    assert done.returncode in (0, 3)  # 0 where it was enough
    assert "a fault of citekeeper" not in done.stderr
