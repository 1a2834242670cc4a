"""``citekeeper check`` through its command line, over a sandbox internet of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from citekeeper.sandbox import Sandbox, World
from in_process import Outcome, Run, run_here

PAGE = "<!doctype html><title>A source</title><h1>A source</h1>" + "<p>What it says, in so many words.</p>" * 40


@pytest.fixture
def world() -> World:
    """An empty internet."""
    return World()


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    """It, served."""
    with Sandbox(world, lifetime=100) as sandbox:
        yield sandbox


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def check(home: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``citekeeper check`` with the sandbox as its internet, in ``home`` unless the test goes elsewhere."""
    for name, value in sandbox.environ.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str, stdin: str | bytes = b"") -> Outcome:
        return run_here(("check", *arguments), Path.cwd(), {}, stdin)

    return run


def write_register(home: Path, entries: str, settings: str = "") -> None:
    """A citations.yaml in ``home``."""
    (home / "citations.yaml").write_text(f"version: 1\n{settings}citations:\n{entries}", encoding="utf-8")
