"""The judge's data files, read once and late, and the one pass of patterns over a page's bytes.

All markers and phrases are looked for in one linear pass however many there are (:mod:`citekeeper.judge.scanner`).
Letters outside ASCII are looked for in UTF-8, windows-1251 and KOI8-R (Latin-1 for accented letters) in both cases, so
that no page has to be decoded to be asked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from citekeeper.judge.scanner import Scanner, scanner_for
from citekeeper.values import dataclass

SCAN_LIMIT = 256 * 1024
"""The most bytes of a decoded body that are looked at."""


class Family(StrEnum):
    """What a marker in a body is a sign of."""

    WALL = "wall"
    PAYWALL = "paywall"
    BLOCK = "block"
    GEO = "geo"
    PARKING_SCRIPT = "parking-script"
    FOR_SALE = "for-sale"
    PARKING_TEMPLATE = "parking-template"
    NOT_FOUND = "not-found"
    ABSENT_STATE = "absent-state"
    ABSENT_ELEMENT = "absent-element"
    MAINTENANCE = "maintenance"
    WANTS_SCRIPT = "wants-script"
    SCRIPT_ROOT = "script-root"
    META_REFRESH = "meta-refresh"
    SCRIPT_REDIRECT = "script-redirect"
    CANONICAL = "canonical"
    HOST = "host"


Hits = dict[Family, frozenset[str]]
"""The markers found, by family, spelt as in the data files."""

NO_HITS: Hits = {}

_HOST_MARKERS = (
    "tgme_widget_message_error",
    '"playabilityStatus":{"status":"ERROR"',
    '"playabilityStatus":{"status":"LOGIN_REQUIRED"',
    '"playabilityStatus":{"status":"UNPLAYABLE"',
)
_SCRIPT_REDIRECTS = (
    "re:location(?:\\.href)?\\s*=\\s*[\"']",
    "re:location\\.(?:replace|assign)\\s*\\(\\s*[\"']",
)
_REFRESH = "re:<meta[^>]{0,40}http-equiv=[\"']?refresh"


@dataclass(frozen=True, slots=True)
class Wall:
    """One vendor's wall (data/walls.toml says what each field means)."""

    vendor: str
    reason: str
    says: str
    verdict: str = "walled"
    headers: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    markers: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    needs_form: bool = False


@cache
def table(name: str) -> dict[str, Any]:
    """One data file as it stands, parsed once."""
    text = resources.files("citekeeper.judge.data").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def walls() -> tuple[Wall, ...]:
    """The vendors' walls, in the order of their file, which is the order of asking."""
    return tuple(
        Wall(
            vendor=entry["vendor"],
            reason=entry["reason"],
            says=entry["says"],
            verdict=entry.get("verdict", "walled"),
            headers=tuple(entry.get("headers", ())),
            urls=tuple(entry.get("urls", ())),
            markers=frozenset(entry.get("markers", ())),
            titles=tuple(entry.get("titles", ())),
            servers=tuple(entry.get("servers", ())),
            alone=tuple(entry.get("alone", ())),
            needs_form=bool(entry.get("needs_form", False)),
        )
        for entry in table("walls")["wall"]
    )


@cache
def not_found_phrases() -> frozenset[str]:
    """The wordings of “not found” in all languages, lower-case."""
    return frozenset(phrase for phrases in table("phrases")["phrases"].values() for phrase in phrases)


@cache
def absence_patterns() -> Any:
    """“404” and all wordings of “not found”, in either case."""
    import re2

    options = re2.Options()
    options.case_sensitive = False
    patterns = re2.Set.SearchSet(options)
    patterns.Add("404|" + "|".join(re2.escape(word) for word in sorted(not_found_phrases())))
    patterns.Compile()
    return patterns


@cache
def blocked_domains() -> dict[str, str]:
    """Domain → who has its name blocked by law: "eu", "ru" or "ua" (the first list that names it)."""
    lists = table("blocked_domains")
    return {domain: where for where in reversed(list(lists)) for domain in lists[where]}


def _class_pattern(names: Iterable[str]) -> str:
    """An RE2 pattern for a ``class`` (or ``id``) attribute with one of some names in it."""
    return f"re:(?:class|id)=[\"']?(?:[^\"'>]*\\s)?(?:{'|'.join(sorted(set(names)))})[\\s\"'>]"


def _markers() -> Iterator[tuple[Family, str]]:
    for wall in walls():
        for marker in sorted(wall.markers):
            yield Family.WALL, marker
    parking, blocks, phrases = table("parking"), table("blocks"), table("phrases")
    absent_classes = [
        name for kind in ("empty", "vacant", "errors", "notices", "messages") for name in phrases["platforms"][kind]
    ]
    lists: tuple[tuple[Family, Iterable[str]], ...] = (
        (Family.PAYWALL, table("walls")["paywall"]["patterns"]),
        (Family.BLOCK, blocks["phrases"]),
        (Family.GEO, blocks["geo"]),
        (Family.PARKING_SCRIPT, parking["scripts"]),
        (Family.FOR_SALE, parking["sale"]),
        (Family.PARKING_TEMPLATE, parking["templates"]),
        (Family.NOT_FOUND, (phrase for phrase in sorted(not_found_phrases()) if phrase not in TITLE_ONLY)),
        (Family.ABSENT_STATE, phrases["platforms"]["states"]),
        (Family.ABSENT_ELEMENT, (_class_pattern(absent_classes), phrases["platforms"]["speaking"])),
        (Family.MAINTENANCE, phrases["maintenance"]["phrases"]),
        (Family.WANTS_SCRIPT, phrases["scripts"]["wants"]),
        (Family.SCRIPT_ROOT, phrases["scripts"]["roots"]),
        (Family.META_REFRESH, (_REFRESH,)),
        (Family.SCRIPT_REDIRECT, _SCRIPT_REDIRECTS),
        (Family.CANONICAL, ("canonical",)),  # a sign of nothing, but it spares most pages the search for the link
        (Family.HOST, _HOST_MARKERS),
    )
    for family, markers in lists:
        for marker in markers:
            yield family, marker


# Words of half of all running text and scripts: looked for in titles and headings, never as markers.
TITLE_ONLY = frozenset(
    {
        "not found",
        "не найдено",
        "не найдена",
        "не знайдено",
        "niet gevonden",
        "nicht gefunden",
        "non trouvé",
        "non trouvée",
        "nothing here",
        "no disponible",
    }
)


@cache
def _scanner() -> tuple[Scanner, tuple[tuple[Family, str], ...]]:
    markers = tuple(_markers())
    return scanner_for([marker for _, marker in markers]), markers


@cache
def _removals() -> Scanner:
    return scanner_for(list(table("phrases")["removals"]["phrases"]))


def names_removal(content: bytes) -> bool:
    """Whether the first :data:`SCAN_LIMIT` bytes hold words of a notice of removal; asked of few pages."""
    return bool(_removals().match(content[:SCAN_LIMIT]))


def scan(content: bytes) -> Hits:
    """All markers in the first :data:`SCAN_LIMIT` bytes, in one pass."""
    scanner, markers = _scanner()
    indexes = scanner.match(content[:SCAN_LIMIT])
    if not indexes:
        return NO_HITS
    found: dict[Family, set[str]] = {}
    for index in indexes:
        family, marker = markers[index]
        found.setdefault(family, set()).add(marker)
    return {family: frozenset(names) for family, names in found.items()}
