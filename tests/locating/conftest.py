"""``citekeeper locate`` through its command line, over a sandbox internet of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from citekeeper.sandbox import Sandbox, World
from in_process import Outcome, run_here


class Located(Outcome):
    """What a finished search left."""

    @property
    def first(self) -> dict[str, str]:
        """Citation id → mark and address of its first candidate."""
        found: dict[str, str] = {}
        current = ""
        for line in self.out.splitlines():
            if not line.startswith(" "):
                current = line.partition(":")[0]
            elif line[2:4] in ("0.", "1.") and current not in found:
                _, mark, url = line.split()
                found[current] = f"{mark} {url}"
        return found


Locate = Callable[..., Located]


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
def sandbox(world: World) -> Iterator[Sandbox]:
    """It, served."""
    with Sandbox(world, lifetime=110) as sandbox:
        yield sandbox


@pytest.fixture
def citekeeper(home: Path, sandbox: Sandbox) -> Locate:
    """Run any command as a person would."""

    def run(*arguments: str) -> Located:
        done = run_here(arguments, home, sandbox.environ)
        return Located(done.code, done.out, done.err)

    return run


def write_register(home: Path, entries: str, services: str = "[wayback]") -> None:
    """A citations.yaml in ``home``."""
    text = f"version: 1\nsettings: {{services: {services}}}\ncitations:\n{entries}"
    (home / "citations.yaml").write_text(text, encoding="utf-8")
