"""The program as a person runs it, in a directory of its own and without a network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REGISTER = """version: 1
documents: [{source: letter.md, title: A letter, language: en}]
citations:
  - id: fn1
    kind: citation
    title: A story
    url: https://news.example/story
    quotes: ["the bridge was closed on Monday"]
  - id: fn2
    kind: citation
    title: Another
    url: https://other.example/
"""


@dataclass(frozen=True)
class Done:
    """What a finished command left."""

    code: int
    out: str
    err: str


class Program:
    """Runs commands in ``home``."""

    def __init__(self, home: Path, register: str = REGISTER) -> None:
        self.home = home
        self.archive = home / "archive"
        (home / "citations.yaml").write_text(register, encoding="utf-8")

    def __call__(self, *arguments: str, env: dict[str, str] | None = None) -> Done:
        plain = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        done = subprocess.run(
            [sys.executable, "-m", "citekeeper", *arguments],
            cwd=self.home,
            env={**plain, **(env or {})},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    def deposit(self, *files: str, id_: str = "fn1", at: str = "2022-05-02T09:30:00Z", **more: str) -> Done:
        """A deposit with everything that a test does not care about."""
        said = {"by": "A. Editor", "how": "Saved from the browser", **more}
        options = [f"--{name}={value}" for name, value in said.items()]
        return self("deposit", id_, *files, f"--captured-at={at}", *options)

    def manifest(self, path: str, name: str = "manifest.json") -> dict[str, Any]:
        """A manifest's fields."""
        value: dict[str, Any] = json.loads((self.home / path / name).read_text(encoding="utf-8"))
        return value

    def events(self, id_: str = "fn1") -> list[dict[str, Any]]:
        """The history's lines."""
        lines = (self.archive / id_ / "history.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def entry(self, id_: str = "fn1") -> dict[str, Any]:
        """The citation's entry of the report made from the record."""
        self("report")
        report = json.loads((self.home / "reports" / "report.json").read_text(encoding="utf-8"))
        found: dict[str, Any] = next(entry for entry in report["citations"] if entry["id"] == id_)
        return found
