"""``python tests/zoo``: the confusion matrix of citekeeper, and of other checkers on the same zoo."""

from __future__ import annotations

import argparse
import sys
import time

from . import barred, dead, heldout, living
from .run import direct, observe, rendered


def main() -> int:
    """Print the matrices; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python tests/zoo", description=__doc__)
    parser.add_argument("--list", action="store_true", help="also print what was said of each that was not expected")
    arguments = parser.parse_args()
    scenarios = [*living.ZOO, *dead.ZOO, *barred.ZOO, *heldout.ZOO]
    began = time.monotonic()
    outcomes = [*observe(scenarios), *direct()]
    out = sys.stdout.write
    out(f"citekeeper, {len(outcomes)} scenarios in {time.monotonic() - began:.1f} s\n{rendered(outcomes)}\n")
    if arguments.list:
        for one in outcomes:
            if not one.as_expected:
                out(f"  {one.scenario.truth.value:9}{one.scenario.name:38}{one.said:38} wanted {', '.join(one.scenario.expect)}\n")
    return 0

