"""Rules for single outlets, where a page is known to fool the general way; they are data (data/outlets.toml).

A rule says by CSS selectors where the outlet's pages hold the article, its title, authors and day, and what is none of
it. Where a page does not look as its rule says, for sites are made anew, it is read in the general way.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from citekeeper.reading.days import iso_day, spelled_day
from citekeeper.reading.furniture import openings, plain
from citekeeper.reading.knowledge import table
from citekeeper.reading.tree import clean
from citekeeper.urls import ascii_host, decode_translated, decode_wayback, host_of

_LISTS: Final = ("hosts", "body", "drop", "title", "author", "published", "asides", "closings")
_SELECTORS: Final = ("body", "drop", "title", "author", "published")
_HOST = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
_REPLAYED = re.compile(r"(?i)https?://[^/]+/(?:[^/]+/){0,4}?\d{14}(?:[a-z]{2}_)?/(https?:/{1,2}.+)")
_WORD = re.compile(r"\w+")
_LONGEST_ASIDE: Final = 30  # words
_WRAPPINGS: Final = 3  # a translation of a replayed page, and one more
_LONGEST_FIELD: Final = 300  # characters of a title or an author line


# not slotted: what is compiled late is kept in the instance
@dataclass(frozen=True)
class Outlet:
    """One outlet's rule (data/outlets.toml says what each field means)."""

    name: str
    hosts: tuple[str, ...]
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()

    def elements(self, field: str, root: Any) -> list[Any]:
        """The elements that a field's selectors name, those inside one another once, in the order of the page."""
        selectors: tuple[str, ...] = getattr(self, field)
        if not selectors:
            return []
        found = _compiled(", ".join(selectors))(root)
        within = set(found)
        return [node for node in found if not any(above in within for above in node.iterancestors())]

    def drop_from(self, root: Any) -> None:
        """Take out, in place, what the rule says is none of the article."""
        for node in self.elements("drop", root):
            if node.getparent() is not None:
                node.drop_tree()

    def title_of(self, root: Any) -> str | None:
        """The title as the outlet's pages print it."""
        return next(iter(_texts(self.elements("title", root))), None)

    def author_lines(self, root: Any) -> list[str]:
        """The lines in which the outlet's pages name the authors."""
        return _texts(self.elements("author", root))

    def day_of(self, root: Any) -> date | None:
        """The day on which the outlet's pages say that they were published."""
        for node in self.elements("published", root):
            given = (node.get("datetime"), node.get("content"), clean(" ".join(node.itertext()))[:_LONGEST_FIELD])
            found = next((found for text in given if text and (found := iso_day(text) or spelled_day(text))), None)
            if found:
                return found
        return None

    def is_aside(self, text: str) -> bool:
        """Whether a block begins as only this outlet's asides do."""
        is_short = len(_WORD.findall(text)) <= _LONGEST_ASIDE
        return is_short and self._asides is not None and bool(self._asides.match(plain(text)))

    def closes(self, text: str) -> bool:
        """Whether a block begins as what follows this outlet's articles does."""
        return self._closings is not None and bool(self._closings.match(plain(text)))

    @cached_property
    def _asides(self) -> re.Pattern[str] | None:
        return openings(tuple(map(plain, self.asides))) if self.asides else None

    @cached_property
    def _closings(self) -> re.Pattern[str] | None:
        return openings(tuple(map(plain, self.closings))) if self.closings else None


def rule_for(url: str, own_rules: str | None = None) -> Outlet | None:
    """The rule for the outlet that an address is of; None where there is none.

    A page that an archive replays, or that Google translates, is the page of the outlet behind it.

    Args:
        url: the page's address.
        own_rules: a file of the user's own, whose rules come before those that are known here.
    """
    labels = host_of(original_address(url)).split(".")
    names = [".".join(labels[i:]) for i in range(len(labels) - 1)]
    for rules in (_own(own_rules) if own_rules else {}, _known()):
        found = next((rules[name] for name in names if name in rules), None)
        if found is not None:
            return found
    return None


def original_address(url: str) -> str:
    """The address behind an archive's replay or a translation of it, or ``url`` itself."""
    for _ in range(_WRAPPINGS):
        replayed, translated = decode_wayback(url), decode_translated(url)
        match = _REPLAYED.fullmatch(url)
        if replayed is not None:
            url = replayed.original
        elif translated is not None:
            url = translated.source
        elif match:
            url = re.sub(r"(?i)^(https?):/{1,2}", r"\1://", match[1])
        else:
            break
    return url


def read_rules(text: str) -> tuple[Outlet, ...]:
    """The rules in the text of a file like data/outlets.toml.

    Raises:
        ValueError: it is no TOML, or a rule in it is wrong; the message says which, and what was expected.
    """
    return _outlets(tomllib.loads(text))


@cache
def _known() -> dict[str, Outlet]:
    return _by_host(_outlets(table("outlets")))


@cache
def _own(path: str) -> dict[str, Outlet]:
    return _by_host(read_rules(Path(path).read_text(encoding="utf-8")))


def _by_host(outlets: Sequence[Outlet]) -> dict[str, Outlet]:
    return {host: outlet for outlet in outlets for host in outlet.hosts}


def _outlets(given: dict[str, Any]) -> tuple[Outlet, ...]:
    entries = given.get("outlet", [])
    if set(given) - {"outlet"} or not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise ValueError("expected nothing but tables that begin with [[outlet]]")
    outlets: list[Outlet] = []
    for number, entry in enumerate(entries, 1):
        where = f"outlet {number} ({entry.get('name', 'without a name')})"
        try:
            outlets.append(_outlet(entry))
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from error
    hosts = [host for outlet in outlets for host in outlet.hosts]
    twice = next((host for host in hosts if hosts.count(host) > 1), None)
    if twice is not None:
        raise ValueError(f"two outlets have the host {twice}")
    return tuple(outlets)


def _outlet(entry: dict[str, Any]) -> Outlet:
    unknown = sorted(set(entry) - {"name", *_LISTS})
    if unknown:
        raise ValueError(f"“{unknown[0]}” is no field of a rule; the fields are name, {', '.join(_LISTS)}")
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ValueError("“name” is missing")
    lists: dict[str, tuple[str, ...]] = {}
    for field in _LISTS:
        value = entry.get(field, [])
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            raise ValueError(f"“{field}” is not a list of texts")
        lists[field] = tuple(text.strip() for text in value)
    if not lists["hosts"]:
        raise ValueError("“hosts” is missing")
    if not any(values for field, values in lists.items() if field != "hosts"):
        raise ValueError("it says nothing but hosts")
    for host in lists["hosts"]:
        if not _HOST.fullmatch(host):
            raise ValueError(
                f"“{host}” is no host name; write for instance example.org, which holds for www.example.org"
            )
    for field in _SELECTORS:
        for selector in lists[field]:
            _checked(selector)
    lists["hosts"] = tuple(ascii_host(host.lower()) for host in lists["hosts"])
    return Outlet(name.strip(), **lists)


def _checked(selector: str) -> None:
    from cssselect import GenericTranslator, SelectorError

    try:
        GenericTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise ValueError(f"“{selector}” is no CSS selector: {error}") from error


@cache
def _compiled(selector: str) -> Any:
    from lxml.cssselect import CSSSelector

    return CSSSelector(selector, translator="html")


def _texts(nodes: Sequence[Any]) -> list[str]:
    texts = (clean(node.get("content") or " ".join(node.itertext())) for node in nodes)
    return [text for text in texts if text and len(text) <= _LONGEST_FIELD]
