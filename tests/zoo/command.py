"""``python tests/zoo``: the confusion matrix of citekeeper, and of other checkers on the same zoo."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from . import (
    barred,
    dead,
    heldout,
    heldout_eighth,
    heldout_eleventh,
    heldout_fifth,
    heldout_fourth,
    heldout_ninth,
    heldout_second,
    heldout_seventh,
    heldout_sixth,
    heldout_tenth,
    heldout_tenth_living,
    heldout_third,
    heldout_thirteenth,
    heldout_thirteenth_living,
    heldout_twelfth,
    heldout_twelfth_living,
    living,
    rivals,
    served,
)
from .run import direct, false_deaths, false_lives, observe, rendered
from .scenario import Scenario, Truth


def scenarios() -> list[Scenario]:
    """All animals that live behind the sandbox's proxy."""
    lots = (
        living,
        dead,
        barred,
        heldout,
        heldout_second,
        heldout_third,
        heldout_fourth,
        heldout_fifth,
        heldout_sixth,
        heldout_seventh,
        heldout_eighth,
        heldout_ninth,
        heldout_tenth,
        heldout_tenth_living,
        heldout_eleventh,
        heldout_twelfth,
        heldout_twelfth_living,
        heldout_thirteenth,
        heldout_thirteenth_living,
        served,
    )
    return [one for lot in lots for one in lot.ZOO]


def main() -> int:
    """Print the matrices; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python tests/zoo", description=__doc__)
    parser.add_argument("--list", action="store_true", help="also print what was said of each that was not expected")
    parser.add_argument("--rivals", type=Path, metavar="BIN", help="directory that holds lychee and linkchecker")
    arguments = parser.parse_args()
    began = time.monotonic()
    outcomes = [*observe(scenarios()), *direct()]
    out = sys.stdout.write
    out(f"citekeeper, {len(outcomes)} scenarios in {time.monotonic() - began:.1f} s\n{rendered(outcomes)}\n")
    if arguments.list:
        for one in outcomes:
            if not one.as_expected:
                wanted = ", ".join(one.scenario.expect)
                out(f"  {one.scenario.truth.value:9}{one.scenario.name:38}{one.said:38} wanted {wanted}\n")
    for name, ask in (("lychee", rivals.lychee), ("linkchecker", rivals.linkchecker)):
        if arguments.rivals is None:
            continue
        if not (arguments.rivals / name).exists():
            out(f"\n{name}: not installed in {arguments.rivals}\n")
            continue
        began = time.monotonic()
        wrong = ask(scenarios(), arguments.rivals.resolve() / name)
        out(f"\n{rivals.rendered(name, wrong, scenarios())}\nin {time.monotonic() - began:.1f} s\n")
    dead_ones = sum(one.scenario.truth is Truth.DEAD for one in outcomes)
    return int(bool(false_deaths(outcomes)) or 50 * len(false_lives(outcomes)) > dead_ones)
