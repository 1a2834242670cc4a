"""The checkers that are compared, as commands."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

OTHERS = Path(".venv-bench") / "bin"
HOW_TO_GET_OTHERS = "make rivals"


@dataclass(frozen=True)
class Load:
    """What a scenario asks of every tool: how much at once, and how long to wait. Durations in seconds."""

    jobs: int = 128
    per_host: int = 4
    timeout: float = 20.0
    retries: int = 3


@dataclass(frozen=True)
class Tool:
    """A checker: its name, its command for a list of URLs, how it takes that, and with which codes it ends in order."""

    name: str
    command: Callable[[Path, Load], list[str]]
    by_stdin: bool = True
    codes: tuple[int, ...] = (0,)


def _citekeeper(_urls: Path, load: Load) -> list[str]:
    return [
        *(sys.executable, "-m", "citekeeper", "check", "-", "-f", "jsonl", "--allow-private", "--no-progress", "-q"),
        *("--fail-on", "never", "-j", str(load.jobs), "--per-host", str(load.per_host)),
        *("--timeout", str(load.timeout), "--retries", str(load.retries)),
    ]


def _room(_urls: Path, load: Load) -> list[str]:
    return [
        *(sys.executable, "-m", "benchmarks.driver", "-j", str(load.jobs), "--per-host", str(load.per_host)),
        *("--timeout", str(load.timeout), "--retries", str(load.retries)),
    ]


def _bare(_urls: Path, load: Load) -> list[str]:
    return [sys.executable, "-m", "benchmarks.bare_loop", str(load.jobs)]


def _lychee(urls: Path, load: Load) -> list[str]:
    # Its own pace of 20 requests a second and host is lifted, or the comparison would be of patience.
    return [
        *(find("lychee") or "lychee", "--no-progress", "--format", "json", "--host-request-interval", "0s"),
        *("--max-concurrency", str(load.jobs), "--host-concurrency", str(max(10, load.per_host))),
        *("--timeout", str(round(load.timeout)), "--max-retries", str(load.retries), str(urls)),
    ]


def _linkchecker(_urls: Path, load: Load) -> list[str]:
    return [
        *(find("linkchecker") or "linkchecker", "--stdin", "-r", "0", "-t", "100", "-o", "none", "--no-robots"),
        *("--timeout", str(round(load.timeout))),
    ]


def find(program: str) -> str | None:
    """Where another checker is: in ``.venv-bench``, or on the path."""
    own = OTHERS / program
    return str(own.absolute()) if os.access(own, os.X_OK) else shutil.which(program)


CITEKEEPER = Tool("citekeeper", _citekeeper)
ROOM = Tool("engine and judge", _room)
BARE = Tool("bare libcurl loop", _bare)
LYCHEE = Tool("lychee", _lychee, by_stdin=False, codes=(0, 2))
LINKCHECKER = Tool("linkchecker", _linkchecker, codes=(0, 1))


def available(*tools: Tool) -> list[Tool]:
    """Those of ``tools`` that are installed."""
    needs = {"lychee": "lychee", "linkchecker": "linkchecker"}
    return [tool for tool in tools if tool.name not in needs or find(needs[tool.name])]
