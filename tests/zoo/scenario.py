"""What an animal of the zoo is: a staged source, what is cited of it, what is true of it, and what should be said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from citekeeper.model import Citation, Expectation, VerdictKind
from citekeeper.sandbox import World

Stage = Callable[[World, str], None]


class Truth(StrEnum):
    """What a person with a browser would say of the source."""

    LIVING = "living"  # there, with what was cited
    DEAD = "dead"  # not there any more: missing, replaced, parked, usurped
    BARRED = "barred"  # there, but walled, blocked or throttled for this reader
    TROUBLED = "troubled"  # nothing can be said today: failing, unreachable, insecure, or not asked


ERRORS = frozenset({VerdictKind.GONE, VerdictKind.SOFT_404, VerdictKind.USURPED})
OKAYS = frozenset({VerdictKind.ALIVE, VerdictKind.MOVED})


@dataclass(frozen=True)
class Scenario:
    """One animal.

    Attributes:
        stage: builds its world; None where it needs another than the common proxy (``lookup`` says what DNS answers).
        expect: acceptable ``verdict`` or ``verdict/reason``, the first the best.
    """

    name: str
    truth: Truth
    url: str
    stage: Stage | None
    expect: tuple[str, ...]
    title: str | None = None
    language: str | None = None
    quotes: tuple[str, ...] = ()
    expectation: Expectation = field(default_factory=Expectation)
    etag: str | None = None  # that of an earlier, alive check
    nameservers: tuple[str, ...] | None = None  # who serves its name; None: a registrar's default

    @property
    def citation(self) -> Citation:
        """The citation of this source."""
        return Citation(
            self.name,
            url=self.url,
            title=self.title,
            language=self.language,
            quotes=self.quotes,
            expectation=self.expectation,
        )


class Zoo:
    """A collection of scenarios with unique names."""

    def __init__(self) -> None:
        self._all: dict[str, Scenario] = {}

    def add(self, truth: Truth, name: str, url: str, stage: Stage | None, *expect: str, **about: object) -> None:
        """Add one."""
        if name in self._all:
            raise ValueError(f"two scenarios are called {name}")
        self._all[name] = Scenario(name, truth, url, stage, expect, **about)  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[Scenario]:
        return iter(self._all.values())

    def __len__(self) -> int:
        return len(self._all)

    def adder(self, truth: Truth) -> Callable[..., None]:
        """``add`` for one truth."""

        def add(name: str, url: str, stage: Stage | None, *expect: str, **about: object) -> None:
            self.add(truth, name, url, stage, *expect, **about)

        return add
