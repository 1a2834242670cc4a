"""Comparing two texts: what changes a sense, what does not, and what is shown of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper.evidence import compare
from citekeeper.evidence.polarity import are_opposites, changes_by_itself, is_negation
from citekeeper.model import ChangeKind, Reading

LONG = "The committee met on Tuesday evening and heard the witnesses who had come from the north."


def kinds(then: str, now: str, language: str = "en") -> set[str]:
    """The kinds of change between two one-paragraph texts."""
    found = compare(Reading((now,), language=language), Reading((then,), language=language))
    return {str(change.kind) for change in found.changes}


@pytest.mark.parametrize(
    ("then", "now", "language", "kind"),
    [
        ("The fire killed 12 people in the old mill.", "The fire killed 21 people in the old mill.", "en", "number"),
        ("Prices rose by 3.5 percent over the year.", "Prices rose by 5.3 percent over the year.", "en", "number"),
        ("He signed the contract on 3 May in Riga.", "He signed the contract on 8 May in Riga.", "en", "number"),
        ("Er kwamen twaalf mensen naar de avond toe.", "Er kwamen twintig mensen naar de avond toe.", "nl", "number"),
        ("Суд признал двенадцать человек потерпевшими.", "Суд признал двадцать человек потерпевшими.", "ru", "number"),
        ("The minister signed the order.", "The minister did not sign the order.", "en", "negation"),
        ("He said that he didn't see the letter.", "He said that he saw the letter.", "en", "negation"),
        ("Er was een akkoord over de dijk.", "Er was geen akkoord over de dijk.", "nl", "negation"),
        ("Министр подписал приказ о переводе.", "Министр не подписал приказ о переводе.", "ru", "negation"),
        ("Der Minister hat den Erlass gelesen.", "Der Minister hat den Erlass nicht gelesen.", "de", "negation"),
        ("The court convicted the driver of fraud.", "The court acquitted the driver of fraud.", "en", "opposite"),
        ("The tests were legal under the old act.", "The tests were illegal under the old act.", "en", "opposite"),
        ("Суд признал приказ законным в среду.", "Суд признал приказ незаконным в среду.", "ru", "opposite"),
        ("The report was written by Anna Brandt.", "The report was written by Judith Marlow.", "en", "name"),
        ("Im Amt sitzt nun Frau Clara Voss.", "Im Amt sitzt nun Frau Ruth Hansen.", "de", "name"),
    ],
)
def test_changes_of_substance(then: str, now: str, language: str, kind: str) -> None:
    """One word may turn a sentence."""
    assert kinds(then, now, language) == {kind}


@pytest.mark.parametrize(
    ("then", "now", "language"),
    [
        ("The comittee met in the old mill.", "The committee met in the old mill.", "en"),
        ("He told reporters that the works may last.", "He told journalists that the works may last.", "en"),
        ("President Zelensky thanked them in a letter.", "President Zelenskyy thanked them in a letter.", "en"),
        ("The fire killed 12 people in the mill.", "The fire killed at least 12 people in the mill.", "en"),
        ("Comments (12) and 345 views of this", "Comments (57) and 999 views of this", "en"),
        ("Обновлено 12 мая в 14:05, просмотров 300", "Обновлено 13 мая в 09:01, просмотров 877", "ru"),
        ("Der Rat tagt vor dem Sommer erneut.", "Der Rat tagt noch vor dem Sommer erneut.", "de"),
        ("Hij kwam pas om acht uur aan.", "Hij kwam om acht uur aan.", "nl"),
        ("“We saw it”, he said.", "«We saw it», he said.", "en"),
    ],
)
def test_changes_of_wording(then: str, now: str, language: str) -> None:
    """A slip mended, a synonym, another spelling of a name, a counter: other words at most."""
    assert kinds(then, now, language) <= {"wording"}


def test_a_sentence_that_a_reader_still_sees_is_not_lost() -> None:
    """What the extractor left out today, but the page holds, counts as there."""
    then, now = Reading((LONG, "Nobody was hurt in the mill.")), Reading((LONG,))
    assert compare(now, then).lost > 0
    assert compare(now, then, page_text=lambda: "Menu\nNobody was hurt in the mill.\nFooter").lost == 0
    edited = compare(now, then, page_text=lambda: "Menu\nSomebody was hurt in the mill.\nFooter")
    assert 0 < edited.lost < 0.1


def test_a_diff_shows_both_sides_in_order() -> None:
    """The runs, put together, give either sentence."""
    then, now = "The fire killed 12 people in the old mill.", "The big fire killed 21 people in the mill."
    (change,) = compare(Reading((now,)), Reading((then,))).changes
    assert " ".join(words for mark, words in change.runs if mark != "+") == then
    assert " ".join(words for mark, words in change.runs if mark != "-") == now


@given(st.lists(st.text(max_size=120), max_size=8))
def test_a_text_does_not_differ_from_itself(paragraphs: list[str]) -> None:
    """Nothing lost, nothing changed, whatever it is, and in whatever order it stands."""
    one, other = Reading(tuple(paragraphs)), Reading(tuple(reversed(paragraphs)))
    for now in (one, other):
        found = compare(now, one)
        assert (found.lost, found.changes) == (0.0, ())
    assert compare(one, one).similarity == 1.0


@given(st.text(max_size=300), st.text(max_size=300))
def test_measures_stay_within_bounds(then: str, now: str) -> None:
    """Shares are shares."""
    found = compare(Reading((now,)), Reading((then,)))
    assert 0 <= found.similarity <= 1
    assert 0 <= found.lost <= 1
    assert len(found.changes) <= 60


@pytest.mark.parametrize("text", ["a b. " * 100_000, "word " * 200_000, "." * 300_000, "( « " * 50_000])
def test_hostile_texts_take_bounded_time(text: str) -> None:
    """Long texts of any build are compared in bounded time, and little of them is shown."""
    started = time.process_time()
    found = compare(Reading((text + "end",)), Reading(("start " + text,)))
    assert time.process_time() - started < 8
    assert sum(len(words) for change in found.changes for _, words in change.runs) < 200_000


def test_negations_by_language() -> None:
    """Words that negate in one language and not in its neighbour."""
    assert is_negation("noch", "nl")
    assert not is_negation("noch", "de")
    assert not is_negation("pas", "nl")
    assert is_negation("wasn't", "en")
    assert are_opposites("вырос", "снизился")
    assert not are_opposites("said", "stated")


def test_contradictions_come_first() -> None:
    """The list for people begins with what matters."""
    then = Reading((LONG, "The fire killed 12 people in the old mill.", "It rained all day in the valley."))
    now = Reading((LONG, "The fire killed 21 people in the old mill.", "A new bridge was opened on the coast."))
    found = [change.kind for change in compare(now, then).changes]
    assert found == [ChangeKind.NUMBER, ChangeKind.LOST, ChangeKind.ADDED]


@pytest.mark.parametrize(
    ("line", "is_label"),
    [
        ("Nog 10 mensen bekijken dit product.", True),
        ("Dit artikel is 1204 keer gelezen", True),
        ("17 people are viewing this right now", True),
        ("Only 3 left in stock", True),
        ("4.7 out of 5 (123 ratings)", True),
        ("20 personnes consultent cet article", True),
        ("Mis à jour le 3 mai 2022", True),
        ("Il y a 5 minutes, par la rédaction", True),
        ("17 Personen sehen sich das gerade an", True),
        ("Vor 5 Minuten von der Redaktion", True),
        ("Сейчас смотрят этот товар: 17", True),
        ("Осталось 3 шт. на складе", True),
        ("17 people were watching the match when the roof fell", False),
        ("The committee counted 45 votes for the bill.", False),
        ("De partij kreeg 34 stemmen en twee zetels.", False),
        ("Le parti a obtenu 34 voix au premier tour.", False),
        ("Il y a 34 blessés et deux morts.", False),
        ("Die Stadt zählte 1234 Besucher im Jahr 2021.", False),
        ("В аварии погибли 17 человек, сообщил мэр.", False),
    ],
)
def test_labels_that_change_by_themselves(line: str, is_label: bool) -> None:
    """Counters of shops and readers say nothing of a source's substance; a sentence with a figure does."""
    assert changes_by_itself(line, len(line.split())) is is_label
