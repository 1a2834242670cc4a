"""The rot zoo: hundreds of staged sources over real sockets, and what citekeeper says of them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from citekeeper.model import VerdictKind

from .command import scenarios
from .run import Outcome, direct, false_deaths, false_lives, observe
from .scenario import Truth


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """Everything in the zoo, asked once."""
    return [*observe(scenarios()), *direct()]


def test_no_source_that_is_not_dead_is_called_an_error(outcomes: list[Outcome]) -> None:
    """Not one living, barred or troubled source is called gone, missing or usurped."""
    assert [(one.scenario.name, one.said) for one in false_deaths(outcomes)] == []


def test_hardly_any_dead_source_is_called_alive(outcomes: list[Outcome]) -> None:
    """At most 2 % of the dead sources pass for alive or moved."""
    dead = sum(one.scenario.truth is Truth.DEAD for one in outcomes)
    missed = [(one.scenario.name, one.said) for one in false_lives(outcomes)]
    assert len(missed) * 50 <= dead, missed


def test_verdicts_and_reasons_are_the_expected_ones(outcomes: list[Outcome]) -> None:
    """The verdict, and the reason where the scenario fixes one, are among the acceptable ones."""
    assert [(one.scenario.name, one.said, one.scenario.expect) for one in outcomes if not one.as_expected] == []


@pytest.mark.soak
@pytest.mark.parametrize("thorough", [True, False], ids=["short-list", "long-list"])
def test_nameservers_alone_kill_no_site(*, thorough: bool) -> None:
    """Were all names served as parked ones are, only pages that show nothing would be taken for parked."""
    told = observe(scenarios(), thorough=thorough, served_by=("ns1.sedoparking.com", "ns2.sedoparking.com"))
    mistaken = [one for one in false_deaths(told) if one.verdict.reason == "parking-page"]
    assert false_deaths(told) == mistaken
    living = [one.scenario.name for one in mistaken if one.scenario.truth is Truth.LIVING]
    assert [name for name in living if not re.search("spa-|app-|shell-|name-only|one-line", name)] == []
    assert len(mistaken) * 40 <= len(told), [one.scenario.name for one in mistaken]


@pytest.mark.soak
@pytest.mark.parametrize("thorough", [True, False], ids=["short-list", "long-list"])
def test_bare_links_are_not_called_dead(*, thorough: bool) -> None:
    """Where neither titles nor quotes are known, only such sources are mistaken as nothing else tells from the dead."""
    bare = [replace(one, title=None, language=None, quotes=()) for one in scenarios()]
    told = observe(bare, thorough=thorough)
    mistaken = [one.scenario.name for one in false_deaths(told)]
    assert [name for name in mistaken if not re.search("-titled-|-quoted-|-sample", name)] == []
    assert len(mistaken) <= 3
    dead = sum(one.scenario.truth is Truth.DEAD for one in told)
    assert len(false_lives(told)) * (10 if thorough else 6) <= dead


def test_the_zoo_is_large_and_holds_every_verdict(outcomes: list[Outcome]) -> None:
    """At least 150 scenarios, and every verdict of the contract among what was said."""
    assert len(outcomes) >= 150
    assert {one.verdict.kind for one in outcomes} == set(VerdictKind)
