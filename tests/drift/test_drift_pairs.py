"""“Drifted” over labelled pairs of pages: precision and recall, and the edits that must never be mistaken."""

from __future__ import annotations

from collections import Counter

import pytest

from .bench import ARTICLES, Outcome, halves, outcome, real_pairs, scores
from .pairs import written


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """Every pair of written articles, judged."""
    return [outcome(pair) for pair in written()]


def test_written_pairs(outcomes: list[Outcome]) -> None:
    """Both measures hold over all pairs, and over either half of the articles."""
    assert len(outcomes) >= 120
    for chosen in (outcomes, *([o for o in outcomes if o.pair in set(half)] for half in halves(written()))):
        precision, recall = scores(chosen)
        wrong = [f"{each.pair.name} {each.said}" for each in chosen if each.positive != each.pair.drifted]
        assert min(precision, recall) >= 0.95, wrong


def test_what_is_never_drift(outcomes: list[Outcome]) -> None:
    """Furniture, a typo, another order, a follow-up and the like: not one is called drift."""
    called = Counter(each.pair.edit for each in outcomes if each.positive and not each.pair.drifted)
    assert not called


@pytest.mark.parametrize("edit", ["number", "negation", "replaced", "replaced, same title", "translated", "cut short"])
def test_what_is_always_drift(outcomes: list[Outcome], edit: str) -> None:
    """In every language, every time."""
    assert all(each.positive for each in outcomes if each.pair.edit == edit)


def test_reasons(outcomes: list[Outcome]) -> None:
    """A text cut short is a wall where the page marks itself as paid; a translation is told from another text."""
    said = {edit: {each.said for each in outcomes if each.pair.edit == edit} for edit in ("paywall", "translated")}
    assert said["paywall"] == {"walled/paywall"}
    # A story with fewer than three telling figures cannot be told from another one in that language.
    assert said["translated"] == {"drifted/other-language", "drifted/content-differs"}


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the real pages are not beside this checkout")
@pytest.mark.parametrize("every", [pytest.param(40, id="sample"), pytest.param(1, id="all", marks=pytest.mark.soak)])
def test_real_pairs(every: int) -> None:
    """The same edits in the markup of real pages."""
    found = [outcome(pair) for pair in real_pairs(every)]
    wrong = [f"{each.pair.name} {each.said}" for each in found if each.positive != each.pair.drifted]
    assert min(scores(found)) >= 0.95, wrong
