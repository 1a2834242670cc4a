"""Whether a manifest is of an event that there is, in its place, and lists the files of such an event and no others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from citekeeper.archive.manifest import Manifest
from citekeeper.archive.numbers import LATER_FILE
from citekeeper.archive.verify_faults import objects
from citekeeper.model import Shows, VerdictKind

_ORIGINS = {"capture": "captured", "deposit": "deposited"}
_PACKAGE = "capture.wacz"
_OF_CAPTURE = re.compile(r"capture\.wacz|page\.html|screenshot\.png|text\.json")
_OF_DEPOSIT = re.compile(r"deposited-.+|text\.json")
_LATER = {"translation": {"json"}, "timestamp": {"tsr", "pem"}, "withdraw": set[str]()}
"""What kinds of files each later event lists."""


def check_event(manifest: Manifest) -> Iterator[str]:
    """What is wrong with a manifest's event, in sentences."""
    names = [file.name for file in manifest.files]
    for name in sorted(name for name, count in Counter(names).items() if count > 1):
        yield f"It lists {name[:60]} twice."
    if manifest.moment("sealed_at") is None:
        yield "It does not say when it was sealed."
    yield from _later(manifest, names) if manifest.number else _first(manifest, names)


def _first(manifest: Manifest, names: list[str]) -> Iterator[str]:
    event, origin = manifest.event, manifest.fields.get("origin")
    if event not in _ORIGINS:
        yield f"A capture does not begin with “{event[:40]}”."
        return
    if origin != _ORIGINS[event]:
        yield f"Its event is “{event}”, but its origin “{str(origin)[:40]}”."
    known = _OF_CAPTURE if event == "capture" else _OF_DEPOSIT
    for name in (name for name in names if not known.fullmatch(name)):
        yield f"It lists {name[:60]}, which is no file of a {event}."
    if manifest.fields.get("shows") not in list(Shows):
        yield "It does not say whether it shows the source or a failure."
    if event == "capture":
        yield from _capture(manifest, names)
    if event == "deposit":
        deposited = {str(item.get("name")) for item in objects(manifest.fields.get("deposited"))}
        if deposited != {name for name in names if name != "text.json"}:
            yield "The files that it calls deposited are not those that it lists."


def _capture(manifest: Manifest, names: list[str]) -> Iterator[str]:
    if _PACKAGE not in names:
        yield f"It lists no {_PACKAGE}, without which there is nothing to hold the rest against."
    if manifest.fields.get("verdict") not in list(VerdictKind):
        yield "Its verdict is none that there is."
    began, ended = manifest.moment("started_at"), manifest.moment("finished_at")
    if began is None or ended is None or began > ended:
        yield "It does not say when it was begun and finished, one after the other."


def _later(manifest: Manifest, names: list[str]) -> Iterator[str]:
    if manifest.event not in _LATER:
        yield f"A later manifest is of no “{manifest.event[:40]}”."
        return
    for name in names:
        match = LATER_FILE.fullmatch(name)
        if match is None or match["kind"] not in _LATER[manifest.event]:
            yield f"It lists {name[:60]}, which is no file of a {manifest.event}."
