"""The whole program, unmodified, over the sandbox internet."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest

from citekeeper.__main__ import main
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
def citekeeper(home: Path, tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the program as a person would, in ``home``, with the sandbox as its internet.

    It runs in this process, which spares each run the second that loading its libraries takes; the tests of signals
    and of the entry point start processes of their own.
    """
    base = {"CITEKEEPER_CACHE_DIR": str(tmp_path / "cache"), **sandbox.environ}

    def run(*arguments: str, env: dict[str, str | None] | None = None, stdin: str = "", cwd: Path = home) -> Outcome:
        kept, err = io.BytesIO(), io.StringIO()
        out = io.TextIOWrapper(kept, encoding="utf-8", write_through=True)
        with monkeypatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name, value in {**base, **(env or {})}.items():
                if value is None:
                    patch.delenv(name, raising=False)
                else:
                    patch.setenv(name, value)
            patch.chdir(cwd)
            patch.setattr("sys.stdin", io.StringIO(stdin))
            code = main(list(arguments))
        out.flush()
        return Outcome(code, kept.getvalue().decode("utf-8"), err.getvalue())

    return run
