"""The whole program, unmodified, over the sandbox internet."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest

from citekeeper.sandbox import Sandbox, letter_world


@dataclass(frozen=True)
class Outcome:
    """What a finished command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A working directory with the packaged register."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "citations.yaml").write_bytes(files("citekeeper").joinpath("data/citations.yaml").read_bytes())
    return home


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """The letter's internet."""
    with Sandbox(letter_world()) as sandbox:
        yield sandbox


@pytest.fixture
def citekeeper(home: Path, tmp_path: Path, sandbox: Sandbox) -> Run:
    """Run the program as a person would, in ``home``, with the sandbox as its internet."""
    plain = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    base = {**plain, "CITEKEEPER_CACHE_DIR": str(tmp_path / "cache"), **sandbox.environ}

    def run(*arguments: str, env: dict[str, str | None] | None = None, stdin: str = "", cwd: Path = home) -> Outcome:
        environ = {name: value for name, value in {**base, **(env or {})}.items() if value is not None}
        done = subprocess.run(
            [sys.executable, "-m", "citekeeper", *arguments],
            cwd=cwd,
            env=environ,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run
