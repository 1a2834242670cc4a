"""Reads what lies beside it: articles under texts/, Russian ones translated by hand, and templates under pages/."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its title, and its paragraphs in order; short ones without a full stop are sub-headings."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def whole(self) -> tuple[str, ...]:
        """Title and paragraphs."""
        return (self.title, *self.paragraphs)


@cache
def article(name: str, language: str) -> Article:
    """The article texts/<name>.<language>.txt; paragraphs are parted by blank lines, the first is the title."""
    blocks = (files(__package__) / "texts" / f"{name}.{language}.txt").read_text(encoding="utf-8").split("\n\n")
    title, *paragraphs = (" ".join(block.split()) for block in blocks if block.strip())
    return Article(title, tuple(paragraphs))


@cache
def dictionary() -> tuple[tuple[str, str], ...]:
    """Every Russian text of the stage set with its English translation."""
    known = [
        pair
        for name in ("departure", "summons", "enlistment")
        for pair in zip(article(name, "ru").whole, article(name, "en").whole, strict=True)
    ]
    lines = (files(__package__) / "texts" / "interface.tsv").read_text(encoding="utf-8").splitlines()
    return (*known, *((left, right) for left, _, right in (line.partition("\t") for line in lines)))


@cache
def _template(name: str) -> Template:
    return Template((files(__package__) / "pages" / name).read_text(encoding="utf-8"))


def fill(name: str, /, **values: str) -> str:
    """The template pages/<name> with its ``$names`` replaced; values are put in as they are, so escape them before."""
    return _template(name).substitute(values)
