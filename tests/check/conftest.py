"""``citekeeper check`` through its command line, over a sandbox internet of the test's own."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from citekeeper.__main__ import main
from citekeeper.sandbox import Sandbox, World

PAGE = "<!doctype html><title>A source</title><h1>A source</h1>" + "<p>What it says, in so many words.</p>" * 40


@dataclass(frozen=True)
class Outcome:
    """What a finished command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """Stdout as the JSON report."""
        return dict(json.loads(self.out))

    @property
    def entries(self) -> list[dict[str, Any]]:
        """Stdout as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def verdicts(self) -> dict[str, str]:
        """URL → verdict/reason of the JSON report."""
        return {entry["url"]: f"{entry['verdict']}/{entry['reason']}" for entry in self.report["citations"]}


Check = Callable[..., Outcome]


@pytest.fixture
def world() -> World:
    """An empty internet."""
    return World()


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    """It, served."""
    with Sandbox(world, lifetime=100) as sandbox:
        yield sandbox


class _Stdin(io.TextIOWrapper):
    """A stdin that holds what a test wrote."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def check(home: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Check:
    """Run ``citekeeper check`` in ``home`` with the sandbox as its internet."""
    for name, value in sandbox.environ.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str, stdin: str | bytes = b"") -> Outcome:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", _Stdin(io.BytesIO(data), encoding="utf-8"))
        capfd.readouterr()
        code = main(["check", *arguments])
        done = capfd.readouterr()
        return Outcome(code, done.out, done.err)

    return run


def write_register(home: Path, entries: str, settings: str = "") -> None:
    """A citations.yaml in ``home``."""
    (home / "citations.yaml").write_text(f"version: 1\n{settings}citations:\n{entries}", encoding="utf-8")
