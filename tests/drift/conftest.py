"""A sandbox internet with one source, whose page a test edits, and the program in this process."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from citekeeper.__main__ import main
from citekeeper.sandbox import Sandbox, World


@dataclass(frozen=True)
class Outcome:
    """What a finished command left."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


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
def citekeeper(home: Path, tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run the program as a person would, in ``home``."""
    with Sandbox(world) as sandbox:
        environment = {"CITEKEEPER_CACHE_DIR": str(tmp_path / "cache"), **sandbox.environ}

        def run(*arguments: str) -> Outcome:
            kept, err = io.BytesIO(), io.StringIO()
            out = io.TextIOWrapper(kept, encoding="utf-8", write_through=True)
            with monkeypatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
                for name, value in environment.items():
                    patch.setenv(name, value)
                patch.chdir(home)
                code = main(list(arguments))
            return Outcome(code, kept.getvalue().decode("utf-8"), err.getvalue())

        yield run
