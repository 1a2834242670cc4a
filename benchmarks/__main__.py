"""``python -m benchmarks [SCENARIO…|archive] [--quick|--full] [--repeat N] [--json FILE]``."""

from __future__ import annotations

import argparse
import compileall
import dataclasses
import json
import os
import platform
import resource
import site
import sys
from pathlib import Path

import citekeeper
from benchmarks import capture_bench
from benchmarks.nginx import find_nginx
from benchmarks.scenarios import FULL, NORMAL, QUICK, SCENARIOS, Result, run
from benchmarks.tools import HOW_TO_GET_OTHERS, LINKCHECKER, LYCHEE, available

ARCHIVE = "archive"
_DESCRIPTORS = 16_384


def main() -> int:
    """Run the scenarios and print their tables; 1 where a target is missed and ``--strict`` was given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure citekeeper beside others.")
    names = [*SCENARIOS, ARCHIVE]
    parser.add_argument("scenario", nargs="*", choices=[*names, []], help=f"{', '.join(names)} (alone)")
    parser.add_argument("--quick", action="store_true", help="scaled down, for CI")
    parser.add_argument("--full", action="store_true", help="with a million URLs in the streaming scenario")
    parser.add_argument("--repeat", type=int, help="runs of each tool")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--strict", action="store_true", help="exit 1 where a target is missed")
    given = parser.parse_args()
    compile_modules()
    if given.scenario == [ARCHIVE]:
        missed_any = capture_bench.main(quick=given.quick)
        return missed_any if given.strict else 0
    size = QUICK if given.quick else FULL if given.full else NORMAL
    if given.repeat:
        size = dataclasses.replace(size, repeat=given.repeat)
    if find_nginx() is None:
        sys.stderr.write("nginx is needed (on Debian: apt-get install nginx-light; it need not run).\n")
        return 2
    if not raise_descriptors():
        sys.stderr.write(
            f"Needs {_DESCRIPTORS} open files (ulimit -Hn); a checker would be measured short of sockets.\n"
        )
        return 2
    if len(available(LYCHEE, LINKCHECKER)) < 2:
        sys.stderr.write(f"Not all checkers to compare with are there; to have them: {HOW_TO_GET_OTHERS}\n")
    sys.stdout.write(f"{interpreter()}\n")
    results = [run(name, size) for name in given.scenario or SCENARIOS if name != ARCHIVE]
    for result in results:
        sys.stdout.write(table(result) + "\n")
    if given.json:
        given.json.write_text(json.dumps([dataclasses.asdict(result) for result in results], indent=1) + "\n")
    missed = [goal for result in results for goal in result.goals if not goal.is_met]
    return int(bool(missed) and given.strict)


def compile_modules() -> None:
    """Compile all modules once, as they are where a program is used; else every start would be measured doing it."""
    for folder in (*site.getsitepackages(), str(Path(citekeeper.__file__).parent), str(Path(__file__).parent)):
        compileall.compile_dir(folder, quiet=2)


def interpreter() -> str:
    """What runs the programs in Python, citekeeper among them: how it was compiled is up to a tenth of their time."""
    made = f"{platform.python_implementation()} {platform.python_version()} ({platform.python_compiler()})"
    return f"Python: {made} of {sys.base_prefix}"


def raise_descriptors() -> bool:
    """Raise the limit of open files for the servers and the tools; whether it is enough."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _DESCRIPTORS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted >= 4096


def table(result: Result) -> str:
    """A scenario's figures and targets as Markdown."""
    cores = len(os.sched_getaffinity(0))
    lines = [f"\n### {result.title}", f"| {cores} cores | wall, s | CPU, s | memory, MB |", "|---|---:|---:|---:|"]
    for name, measured in result.runs.items():
        cut = "" if measured.complete else " (cut off)"
        lines.append(f"| {name}{cut} | {measured.wall:.2f} | {measured.cpu:.2f} | {measured.memory:.0f} |")
    lines += [f"\n{note}" for note in result.notes]
    lines.append("")
    lines += [
        f"- {'met' if goal.is_met else 'MISSED'}: {goal.what}: {goal.figure:.3g} (at most {goal.most:.3g})"
        for goal in result.goals
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
