"""The program, run in this process: it spares each run the second that loading its libraries takes."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from citekeeper.__main__ import main


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


Run = Callable[..., Outcome]


def run_here(
    arguments: tuple[str, ...], cwd: Path, environment: Mapping[str, str | None], stdin: str | bytes = b""
) -> Outcome:
    """Run the program as a person would, in ``cwd``; a variable that is None is not set."""
    said, told = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(said, encoding="utf-8", write_through=True)
    typed = io.BytesIO(stdin.encode() if isinstance(stdin, str) else stdin)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(told):
        for name, value in environment.items():
            if value is None:
                patch.delenv(name, raising=False)
            else:
                patch.setenv(name, value)
        patch.chdir(cwd)
        patch.setattr("sys.stdin", io.TextIOWrapper(typed, encoding="utf-8"))
        code = main(list(arguments))
    return Outcome(code, said.getvalue().decode("utf-8"), told.getvalue())
