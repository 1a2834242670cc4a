"""The whole program, unmodified, over the sandbox internet."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from citekeeper.sandbox import Sandbox, letter_world
from in_process import Outcome, Run, run_here


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
    """Run the program as a person would, in ``home``, with the sandbox as its internet.

    It runs in this process, which spares each run the second that loading its libraries takes; the tests of signals
    and of the entry point start processes of their own.
    """
    base = {"CITEKEEPER_CACHE_DIR": str(tmp_path / "cache"), **sandbox.environ}

    def run(*arguments: str, env: dict[str, str | None] | None = None, stdin: str = "", cwd: Path = home) -> Outcome:
        return run_here(arguments, cwd, {**base, **(env or {})}, stdin)

    return run
