"""A disk that refuses, for real: the whole program on a full and on a read-only file system, as root too.

The file systems are mounted in a mount namespace of the test's own, so that nothing is left behind on the machine.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .program import Done, Program

_NAMESPACES = (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"])
_READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1" && shift && exec "$@"'
_SMALL = 'mount -t tmpfs -o size=128k tmpfs "$1/disk" && cd "$1" && shift && exec "$@"'
_COMMANDS = """
import contextlib, io, json, sys
from pathlib import Path
from citekeeper.__main__ import main
for command in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(command)
    left = sorted(str(path) for path in Path().rglob("*") if path.is_file())
    print(json.dumps([code, out.getvalue(), err.getvalue(), left]))
"""
_SAID = ("--captured-at=2022-05-02", "--by=A", "--how=by hand")


def _inside(script: str, home: Path, commands: list[list[str]]) -> list[tuple[Done, list[str]]]:
    """Commands, one after the other in one process, in a mount namespace; skips where the kernel gives none.

    Returns:
        What each left, and the files that were visible after it.
    """
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    probe = ["sh", "-c", 'mount -t tmpfs tmpfs "$1"', "sh", str(home)]
    for namespace in _NAMESPACES:
        if shutil.which("unshare") is None or subprocess.run([*namespace, *probe], capture_output=True).returncode:
            continue
        program = [sys.executable, "-c", _COMMANDS, json.dumps(commands)]
        done = subprocess.run(
            [*namespace, "sh", "-c", script, "sh", str(home), *program],
            env=environment, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return [(Done(code, out, err), left) for code, out, err, left in lines]
    pytest.skip("the kernel gives no mount namespace here")


@pytest.fixture
def sealed(tmp_path: Path) -> Program:
    """A home with one deposit."""
    program = Program(tmp_path)
    (tmp_path / "disk").mkdir()
    (tmp_path / "story.txt").write_text("It is known that the bridge was closed on Monday, said the mayor.\n" * 5)
    (tmp_path / "large.bin").write_bytes(os.urandom(300_000))
    (tmp_path / "letter.md").write_text("A claim.[^1]\n\n[^1]: [Other](https://third.example/x)\n")
    assert program.deposit("story.txt").code == 0
    return program


def test_read_only(sealed: Program) -> None:
    """What only reads works; what writes says in words that the file system is read-only, and changes nothing."""
    before = sorted(str(path.relative_to(sealed.home)) for path in sealed.home.rglob("*") if path.is_file())
    reading = [["verify"], ["show", "fn1", "--custody"], ["report", "-f", "json", "-o", "-"]]
    writing = [
        ["deposit", "fn2", "story.txt", *_SAID],
        ["withdraw", "fn1", "20220502T093000Z", "--reason=a test"],
        ["report"],
        ["archive", "--to=local"],
        ["translate"],
        ["import", "letter.md"],
    ]
    done = _inside(_READ_ONLY, sealed.home, [*reading, *writing])
    for (outcome, left), command in zip(done, [*reading, *writing], strict=True):
        assert left == before, command
        if command in reading:
            assert outcome.code in (0, 1), (command, outcome.err)
            assert outcome.out or command == ["verify"]
        else:
            assert outcome.code == 3, (command, outcome)
            assert "the file system is read-only" in outcome.err, (command, outcome.err)
            assert "Mount it writable" in outcome.err


def test_a_full_disk(sealed: Program) -> None:
    """The deposit that does not fit is refused whole: nothing of it is visible; a smaller one is kept afterwards."""
    large = ["deposit", "fn1", "large.bin", *_SAID, "--archive-dir=disk/archive"]
    small = ["deposit", "fn1", "story.txt", *_SAID, "--archive-dir=disk/archive"]
    (refused, left), (kept, _), (verified, _) = _inside(
        _SMALL, sealed.home, [large, small, ["verify", "fn1", "--archive-dir=disk/archive"]]
    )
    assert (refused.code, "the disk is full" in refused.err, "Free some space" in refused.err) == (3, True, True)
    assert [path for path in left if path.startswith("disk/archive/fn1")] == []
    assert not [path for path in left if ".citekeeper-tmp-" in path]
    assert kept.code == 0, kept.err
    assert verified.code == 0, verified.out
