"""This room's data files, each parsed once, when it is first asked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """One data file as it stands."""
    text = resources.files("citekeeper.reading.data").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def phrases(name: str, section: str) -> tuple[str, ...]:
    """The phrases of one section of a data file, in all languages."""
    return tuple(phrase for listed in table(name)[section].values() for phrase in listed)


def any_of(phrases: Iterable[str]) -> str:
    """A regular expression for any of some phrases, the longer before what it begins with."""
    return "|".join(map(re.escape, sorted(set(phrases), key=len, reverse=True)))
