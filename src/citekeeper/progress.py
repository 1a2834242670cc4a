"""What a run tells while it works, without knowing any screen."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told by the pipeline; shown by a command, or by nobody."""

    def begin(self, stage: str, total: int | None) -> None:
        """A stage starts; ``total`` steps are expected, None where nobody knows."""

    def step(self, detail: str = "") -> None:
        """One step of the stage is done."""

    def tell(self, detail: str) -> None:
        """How the stage stands, between steps; for who watches, and not kept."""

    def note(self, message: str) -> None:
        """Something that a person should read even when all goes well."""


class Silent:
    """Progress that nobody watches; notes are kept, for the report."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def begin(self, stage: str, total: int | None) -> None:
        """Nothing to show."""

    def step(self, detail: str = "") -> None:
        """Nothing to show."""

    def tell(self, detail: str) -> None:
        """Nothing to show."""

    def note(self, message: str) -> None:
        """Keep the message."""
        self.notes.append(message)
