"""A sandbox internet with one source, whose page a test edits, and the program in this process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from citekeeper.sandbox import Sandbox, World
from in_process import Outcome, Run, run_here


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The working directory."""
    home = tmp_path / "home"
    home.mkdir()
    return home


@pytest.fixture
def world() -> World:
    """An internet that the test fills."""
    return World()


@pytest.fixture
def citekeeper(home: Path, tmp_path: Path, world: World) -> Iterator[Run]:
    """Run the program as a person would, in ``home``."""
    with Sandbox(world) as sandbox:
        environment = {"CITEKEEPER_CACHE_DIR": str(tmp_path / "cache"), **sandbox.environ}

        def run(*arguments: str) -> Outcome:
            return run_here(arguments, home, environment)

        yield run
