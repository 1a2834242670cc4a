"""``citekeeper fix`` through its command line, over histories written by hand."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from citekeeper.__main__ import main
from citekeeper.history import History, new_event

GONE = "https://gone.example/a_(b)"
COPY = "https://web.archive.org/web/20220503101530/https://gone.example/a_(b)"
OLD = "https://moved.example/old"
NEW = "https://moved.example/new?a=1&b=2"
LOST = "https://lost.example/page"
ALIVE = "https://alive.example/page"


@dataclass
class Keeper:
    """A working directory with a register and histories."""

    home: Path
    entries: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    rng: random.Random = field(default_factory=lambda: random.Random(5))

    def cite(self, citation_id: str, url: str, *more: str) -> None:
        """Add an entry to the register."""
        lines = [f"  - id: {citation_id}", f"    url: {url}", *(f"    {line}" for line in more)]
        self.entries.append("\n".join(lines))
        documents = f"documents: [{', '.join(self.documents)}]\n"
        text = f"version: 1\n{documents}citations:\n" + "\n".join(self.entries) + "\n"
        (self.home / "citations.yaml").write_text(text, encoding="utf-8")

    def saw(self, citation_id: str, day: int, verdict: str, **fields: Any) -> None:
        """Record a check on a day of January 2026."""
        self._record(citation_id, "check", day, {"verdict": verdict, "reason": "x", **fields})

    def held(self, citation_id: str, uri: str, moment: str, state: str, day: int = 1) -> None:
        """Record a memento."""
        fields = {"archive": "wayback", "uri": uri, "datetime": moment, "state": state}
        self._record(citation_id, "memento", day, fields)

    def _record(self, citation_id: str, event: str, day: int, fields: dict[str, Any]) -> None:
        at = datetime(2026, 1, day, tzinfo=UTC)
        History(self.home / "archive", citation_id).append(new_event(event, at, "local", fields, self.rng))

    def letter(self) -> None:
        """A source that is gone and kept, one that moved, one that is gone without a copy, and one that lives."""
        self.cite("fn1", GONE, "accessed: 2022-05-04")
        self.saw("fn1", 1, "gone")
        self.held("fn1", COPY, "2022-05-03T10:15:30Z", "found")
        self.cite("fn2", OLD)
        self.saw("fn2", 1, "moved", final_url=NEW)
        self.cite("fn3", LOST)
        self.saw("fn3", 1, "gone")
        self.cite("fn4", ALIVE)
        self.saw("fn4", 1, "alive")


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    """An empty working directory, which the test works in."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    return Keeper(home)


@dataclass(frozen=True)
class Outcome:
    """What a finished command left."""

    code: int
    out: bytes
    err: str


Fix = Callable[..., Outcome]


@pytest.fixture
def fixed_here(keeper: Keeper, capfdbinary: pytest.CaptureFixture[bytes]) -> Fix:
    """Run the command in this process, which takes less time."""

    def run(*arguments: str) -> Outcome:
        capfdbinary.readouterr()
        code = main(["fix", *arguments])
        done = capfdbinary.readouterr()
        return Outcome(code, done.out, done.err.decode())

    return run


@pytest.fixture
def fix(keeper: Keeper) -> Fix:
    """Run ``citekeeper fix`` as a person would."""

    def run(*arguments: str) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "citekeeper", "fix", *arguments],
            cwd=keeper.home,
            env=dict(os.environ),
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr.decode())

    return run
