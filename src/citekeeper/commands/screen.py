"""What people see while a command works: on stderr, live where there is a terminal."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from citekeeper.printing import printable

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID


class Screen:
    """Progress on stderr: bars on a terminal, a line per stage elsewhere; notes always, unless ``quiet``.

    Args:
        live: False with ``--no-progress``.
        quiet: only errors are written.
        verbose: every step is written.
    """

    def __init__(self, *, live: bool = True, quiet: bool = False, verbose: bool = False) -> None:
        self.notes: list[str] = []
        self._quiet = quiet
        self._verbose = verbose
        self._live = live and not quiet and sys.stderr.isatty() and not os.environ.get("CI")
        self._bars: RichProgress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if self._live:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.fields[detail]}", markup=False),
            )
            self._bars = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()
            self._bars = None

    @property
    def shows_steps(self) -> bool:
        """Whether anybody sees what `step` is told."""
        return self._bars is not None or (self._verbose and not self._quiet)

    def begin(self, stage: str, total: int | None) -> None:
        """A stage starts."""
        if self._bars is not None:
            self._task = self._bars.add_task(stage, total=total, detail="")
        elif not self._quiet:
            self._write(f"{stage}{f' ({total})' if total is not None else ''} …")

    def step(self, detail: str = "") -> None:
        """One step is done."""
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, advance=1, detail=detail)
        elif self._verbose and not self._quiet and detail:
            self._write(f"  {detail}")

    def tell(self, detail: str) -> None:
        """How the stage stands, beside its bar."""
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, detail=detail)

    def note(self, message: str) -> None:
        """Something to read; it is kept for the report as well."""
        self.notes.append(message)
        if not self._quiet:
            self._write(f"note: {message}")

    def say(self, message: str) -> None:
        """A message of the command's own."""
        if not self._quiet:
            self._write(message)

    def _write(self, line: str) -> None:
        line = printable(line)
        if self._bars is not None:
            self._bars.console.print(line, markup=False, highlight=False)
        else:
            sys.stderr.write(line + "\n")
