"""Values: frozen dataclasses with slots, made quickly."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import timeit

import pytest

from citekeeper import values
from citekeeper.model import Citation, Exchange, Hop, Verdict, VerdictKind


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    """What the standard library makes of these fields."""

    name: str
    size: int = 3
    parts: list[str] = dataclasses.field(default_factory=list)
    last: str | None = None


@values.dataclass(frozen=True, slots=True)
class Quick:
    """The same fields."""

    name: str
    size: int = 3
    parts: list[str] = dataclasses.field(default_factory=list)
    last: str | None = None

    @property
    def doubled(self) -> int:
        """Behaviour that reads a field."""
        return 2 * self.size


@pytest.mark.parametrize("made", [{"name": "a"}, {"name": "a", "size": 4, "parts": ["x"], "last": "z"}])
def test_is_made_like_the_standard_one(made: dict[str, object]) -> None:
    """Positions, keywords, defaults and factories give the fields that the standard dataclass has."""
    one, other = Quick(**made), Standard(**made)  # type: ignore[arg-type]
    assert dataclasses.asdict(one) == dataclasses.asdict(other)
    assert repr(one) == repr(other).replace("Standard", "Quick")
    assert Quick(*made.values()) == one  # type: ignore[arg-type]
    assert type(one) is Quick
    assert one.doubled == 2 * other.size


def test_factories_make_anew() -> None:
    """Two values do not share what a factory made."""
    assert Quick("a").parts is not Quick("b").parts


@pytest.mark.parametrize("arguments", [(), ("a", 1, [], None, "too many")])
def test_wrong_arguments_are_refused(arguments: tuple[object, ...]) -> None:
    """A missing or an additional argument is a TypeError."""
    with pytest.raises(TypeError):
        Quick(*arguments)  # type: ignore[arg-type]


def test_is_frozen() -> None:
    """Nothing can be assigned, deleted or added."""
    value = Quick("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.name
    with pytest.raises((dataclasses.FrozenInstanceError, AttributeError, TypeError)):
        value.other = 1  # type: ignore[attr-defined]


def test_replace_copy_and_pickle() -> None:
    """A value survives replacing, copying and the way to another process."""
    exchange = Exchange("https://example.org/", "k", (Hop("https://example.org/", 200, b"HTTP/1.1 200 OK\r\n\r\n"),))
    assert pickle.loads(pickle.dumps(exchange)) == exchange
    assert copy.deepcopy(exchange) == exchange
    changed = dataclasses.replace(exchange, key="other")
    assert (changed.key, changed.hops) == ("other", exchange.hops)
    assert type(changed) is Exchange


def test_equality_and_hash() -> None:
    """Values are equal by their fields, and equal ones hash alike."""
    one, other = Citation("fn1", title="A"), Citation("fn1", title="A")
    assert one == other
    assert hash(one) == hash(other)
    assert one != dataclasses.replace(one, title="B")
    assert {Verdict(VerdictKind.ALIVE, "ok", ""): 1}[Verdict(VerdictKind.ALIVE, "ok", "")] == 1


def test_shows_its_signature() -> None:
    """Help and editors see the fields and their defaults."""
    assert list(inspect.signature(Quick).parameters) == ["name", "size", "parts", "last"]


def test_other_uses_are_refused() -> None:
    """The decorator says what it is not for."""
    with pytest.raises(TypeError, match="standard"):
        values.dataclass(frozen=False, slots=True)  # type: ignore[call-overload]


def test_is_quicker_than_the_standard_one() -> None:
    """That is what it is for: a value with many fields takes a fraction of the time."""
    names = [field.name for field in dataclasses.fields(Hop)]
    standard = dataclasses.make_dataclass("Standard", names, frozen=True, slots=True)
    given = tuple(names)
    quick = min(timeit.repeat(lambda: Hop(*given), number=2000, repeat=9))  # type: ignore[arg-type]
    slow = min(timeit.repeat(lambda: standard(*given), number=2000, repeat=9))
    assert quick < slow
