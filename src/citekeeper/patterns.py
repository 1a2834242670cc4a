"""Patterns that are compiled when they are first asked for something: a start compiles only those that it uses.

Compiling a hundred of them takes a thirtieth of a second, as Python's ``re`` does it in Python, and most are for pages
or errors that a run never meets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

__all__ = ["late"]

if TYPE_CHECKING:
    from typing import AnyStr

    def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """What ``re.compile`` gives, compiled late. A faulty pattern is found when it is first used."""
        ...
else:

    class late:  # noqa: N801 - a function to those who use it
        """What ``re.compile`` gives, compiled late. A faulty pattern is found when it is first used."""

        def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
            self.pattern = pattern
            self._flags = flags

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            if name == "_compiled":
                self._compiled = found = re.compile(self.pattern, self._flags)
            else:
                found = getattr(self._compiled, name)
                setattr(self, name, found)  # so this is asked once for each name
            return found

        def __repr__(self) -> str:
            return f"late({self.pattern!r})"
