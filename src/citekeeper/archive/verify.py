"""Offline verification: everything that can be recomputed from archive/ alone is, and what differs is named.

What is checked, outermost first: the graph of manifests against the history, each capture's files against its
manifests, the package's structure and hashes, every record and index line, and the manifest's claims against the
records. Nothing in an archive, however broken, raises; it becomes a `Problem`.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citekeeper.archive.folders import FOLDER_NAME, is_lfs_pointer, listings, read_manifests
from citekeeper.archive.manifest import Manifest, manifest_number
from citekeeper.archive.texts import plain_text
from citekeeper.archive.verify_events import check_event
from citekeeper.archive.verify_files import CONVERTED, check_file, sha256_with_plain_line_ends
from citekeeper.archive.verify_order import check_order
from citekeeper.archive.verify_places import LITTER, check_home, check_root, stranger
from citekeeper.archive.verify_texts import check_page, check_text, check_translations
from citekeeper.archive.verify_withdrawals import check_withdrawal
from citekeeper.archive.withdrawals import withdrawn_names
from citekeeper.errors import StorageError
from citekeeper.files import TEMPORARY_PREFIX
from citekeeper.ids import is_valid_id
from citekeeper.model import Capture, CaptureState, Event, Reading, Severity

_MOST_THREADS = 8
_AHEAD = 8  # captures for each thread
_HEX64 = re.compile(r"[0-9a-f]{64}")
_ABSENCES = {"file-absent", "file-is-lfs-pointer"}
_NOTICES = {
    LITTER,
    "manifest-unrecorded",
    "chain-time-reversed",
    "withdrawn",
    "withdrawal-incomplete",
    "file-merged-away",
    "timestamp-before-sealing",
    "sealed-before-captured",
    "timestamp-untrusted",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was sealed.

    ``what`` is a stable kebab-case code; ``path`` is relative to the archive directory; ``capture`` is the name of the
    folder, or None where the citation as a whole is concerned. ``severity`` is a warning for what is merely kept
    elsewhere or not yet recorded, and ok for what is lawful and told all the same (a withdrawal).
    """

    citation: str
    capture: str | None
    path: str
    what: str
    message: str
    severity: Severity = Severity.ERROR


_Checked = tuple[list[Manifest], list[Problem]]
"""A folder's manifests, and what is wrong with it."""


def verify(
    root: Path,
    citation_ids: Iterable[str] | None = None,
    histories: Mapping[str, Sequence[Event]] | None = None,
    *,
    tsa_roots: str | None = None,
    whole: bool | None = None,
) -> list[Problem]:
    """Recompute everything under ``root``.

    Args:
        root: the archive directory.
        citation_ids: whose captures; None: all that are there.
        histories: the events of each citation, whose captures must then be on record, with nothing else beside them;
            each is asked for when its citation's turn comes; None: read from history.jsonl, where there is one.
        tsa_roots: a PEM file of the roots that time stamps must lead to; None: Mozilla's.
        whole: whether to say what lies beside the citations' folders; None: only without ``citation_ids``.

    Returns:
        What is wrong, in a stable order; empty when all is as sealed.

    Raises:
        UsageError: ``tsa_roots`` holds no certificates.
    """
    ids = sorted(set(citation_ids)) if citation_ids is not None else _citations(root)
    problems = _beside(root) if whole or (whole is None and citation_ids is None) else []
    for citation, checked in _side_by_side(_Citation(root, citation, tsa_roots) for citation in ids):
        for folder, (manifests, found) in checked:
            citation.know(folder.name, manifests)
            problems += found
        recorded = _recorded(histories[citation.name]) if histories and citation.name in histories else None
        problems += citation.graph(recorded)
    return problems


def _side_by_side(citations: Iterable[_Citation]) -> Iterator[tuple[_Citation, Iterator[tuple[Path, _Checked]]]]:
    """Each citation with what was found in its folders, in order; a few folders are looked at ahead.

    Hashing and inflating let other threads run. What is done with a citation is let go of: an archive may hold a
    hundred thousand captures.
    """
    threads = min(_MOST_THREADS, os.cpu_count() or 1)
    with ThreadPoolExecutor(threads, "verify") as pool:
        ahead: deque[tuple[_Citation, list[tuple[Path, Future[_Checked]]]]] = deque()
        waiting = 0
        for citation in citations:
            folders = [(folder, pool.submit(citation.check, folder)) for folder in citation.folders()]
            ahead.append((citation, folders))
            waiting += len(folders)
            while waiting > _AHEAD * threads and len(ahead) > 1:
                first, begun = ahead.popleft()
                waiting -= len(begun)
                yield first, _results(begun)
        while ahead:
            first, begun = ahead.popleft()
            yield first, _results(begun)


def _results(begun: Iterable[tuple[Path, Future[_Checked]]]) -> Iterator[tuple[Path, _Checked]]:
    return ((folder, future.result()) for folder, future in begun)


def state(capture: Capture, problems: Iterable[Problem]) -> CaptureState:
    """What ``problems`` make of a capture: intact, absent, withdrawn or tampered."""
    errors = {p.what for p in problems if p.citation == capture.citation and p.capture == capture.id}
    if errors - _ABSENCES - _NOTICES:
        return CaptureState.TAMPERED
    if capture.state is CaptureState.WITHDRAWN:
        return CaptureState.WITHDRAWN
    return CaptureState.ABSENT if errors & _ABSENCES else CaptureState.INTACT


def _citations(root: Path) -> list[str]:
    if not root.is_dir():
        return []
    return sorted(entry.name for entry in root.iterdir() if entry.is_dir() and is_valid_id(entry.name))


def _beside(root: Path) -> list[Problem]:
    """What lies beside the citations' folders and does not belong there."""
    try:
        return [_problem("", None, *found) for found in check_root(root)] if root.is_dir() else []
    except OSError as error:
        return [_problem("", None, "", "folder-unreadable", f"It cannot be read: {error.strerror}.")]


def _problem(
    citation: str, folder: str | None, name: str, what: str, message: str, severity: Severity = Severity.ERROR
) -> Problem:
    path = "/".join(part for part in (citation, folder, name) if part)
    return Problem(citation, folder, path, what, message, Severity.WARNING if what == LITTER else severity)


def _recorded(events: Iterable[Event]) -> set[str]:
    return {str(value) for event in events if _HEX64.fullmatch(str(value := event.fields.get("manifest")))}


def recorded_manifests(history: Path) -> set[str]:
    """The manifest hashes that a history.jsonl names; lines that are no JSON objects are the history's own affair."""
    found: set[str] = set()
    try:
        lines = history.read_bytes().splitlines() if history.is_file() else []
    except OSError:
        return found
    for line in lines:
        try:
            value = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and _HEX64.fullmatch(str(value.get("manifest"))):
            found.add(value["manifest"])
    return found


class _Citation:
    """The verification of one citation's folder."""

    def __init__(self, root: Path, citation: str, tsa_roots: str | None) -> None:
        self._root = root
        self._tsa_roots = tsa_roots
        self.name = citation
        self._home = root / citation
        self._folders: dict[str, list[Manifest]] = {}

    def folders(self) -> list[Path]:
        """What lies in the citation's folder and may be a capture."""
        with contextlib.suppress(OSError):  # which `graph` tells
            entries = sorted(self._home.iterdir()) if self._home.is_dir() else []
            return [entry for entry in entries if FOLDER_NAME.fullmatch(entry.name) and entry.is_dir()]
        return []

    def check(self, folder: Path) -> tuple[list[Manifest], list[Problem]]:
        """The manifests of one folder, and everything wrong with it; changes nothing, so threads may call it."""
        try:
            manifests = read_manifests(folder)
        except StorageError as error:
            return [], [self._problem(folder.name, _unreadable(folder), "manifest-unreadable", error.message)]
        except OSError as error:
            return [], [self._problem(folder.name, "", "folder-unreadable", f"It cannot be read: {error.strerror}.")]
        return manifests, list(self._folder(folder, manifests))

    def know(self, folder: str, manifests: list[Manifest]) -> None:
        """Keep a folder's manifests for the graph."""
        self._folders[folder] = manifests

    def graph(self, recorded: set[str] | None) -> list[Problem]:
        """What is wrong between the manifests; ``recorded`` are those that the history names, None: read it."""
        if recorded is None:
            return [*self._beside(), *self._graph(recorded_manifests(self._home / "history.jsonl"))]
        return [*self._beside(), *self._graph(recorded), *self._unwitnessed(recorded)]

    def _beside(self) -> list[Problem]:
        """What lies beside the captures and does not belong there."""
        try:
            return [self._problem(None, *found) for found in check_home(self._home)] if self._home.is_dir() else []
        except OSError as error:
            return [self._problem(None, "", "folder-unreadable", f"It cannot be read: {error.strerror}.")]

    def _unwitnessed(self, recorded: set[str]) -> Iterator[Problem]:
        if any(self._folders.values()) and not recorded:
            message = (
                "The history records no manifest at all, though there are captures: it was removed or emptied, and "
                "whether newer captures were cut off cannot be told. Restore it, for instance out of git."
            )
            yield self._problem(None, "history.jsonl", "history-missing", message)

    def _problem(
        self, folder: str | None, name: str, what: str, message: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        return _problem(self.name, folder, name, what, message, severity)

    def _folder(self, folder: Path, manifests: Sequence[Manifest]) -> Iterator[Problem]:
        name = folder.name
        if folder.is_symlink():
            yield self._problem(name, "", "folder-not-regular", "A link stands in the place of the capture's folder.")
            return
        if not manifests or manifests[0].number != 0:
            yield self._problem(name, "manifest.json", "manifest-missing", "The capture has no manifest.json.")
        for manifest in manifests:
            yield from self._manifest(name, manifest)
        yield from self._files(folder, manifests)
        if manifests and not manifests[0].fault:
            yield from self._content(folder, manifests)
            yield from self._stamps(folder, manifests)

    def _stamps(self, folder: Path, manifests: Sequence[Manifest]) -> Iterator[Problem]:
        if not any(_is_about_time(manifest) for manifest in manifests):
            return
        from citekeeper.archive.stamping import trusted_roots
        from citekeeper.archive.verify_stamps import check_stamps

        for name, what, message in check_stamps(folder, manifests, trusted_roots(self._tsa_roots)):
            severity = Severity.WARNING if what == "timestamp-before-sealing" else Severity.ERROR
            yield self._problem(folder.name, name, what, message, severity)

    def _manifest(self, folder: str, manifest: Manifest) -> Iterator[Problem]:
        if manifest.path.is_symlink():
            yield self._problem(folder, manifest.path.name, "file-not-regular", "A link stands in its place.")
        if manifest.fault:
            yield self._problem(folder, manifest.path.name, "manifest-invalid", f"The manifest is {manifest.fault}.")
            return
        for key, expected in (("id", folder), ("citation", self.name)):
            if manifest.fields.get(key) != expected:
                message = f"The manifest's {key} is {_short(manifest.fields.get(key))}, but it lies in {expected}."
                yield self._problem(folder, manifest.path.name, "manifest-misplaced", message)
        for why in check_event(manifest):
            yield self._problem(folder, manifest.path.name, "manifest-event-wrong", why)
        captured = manifest.moment("captured_at")
        if manifest.number == 0 and (captured is None or f"{captured:%Y%m%dT%H%M%SZ}" != folder[:16]):
            message = (
                f"The manifest says captured at {_short(manifest.fields.get('captured_at'))}, the folder {folder}."
            )
            yield self._problem(folder, manifest.path.name, "manifest-time-differs", message)
        sealed = manifest.moment("sealed_at")
        if captured is not None and sealed is not None and sealed < captured:
            message = "It says that it was sealed before it was captured: a clock was set back meanwhile, or this one."
            yield self._problem(folder, manifest.path.name, "sealed-before-captured", message, Severity.WARNING)

    # ── files ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _files(self, folder: Path, manifests: Sequence[Manifest]) -> Iterator[Problem]:
        listed = listings(manifests)
        withdrawn = withdrawn_names(manifests)
        readable = all(manifest.fault is None for manifest in manifests)
        for name, sealings in listed.items():
            if name not in withdrawn:
                for what, message, severity in check_file(folder / name, sealings):
                    yield self._problem(folder.name, name, what, message, severity)
        for finding in check_withdrawal(folder, manifests, listed):
            yield self._problem(folder.name, *finding)
        for path in sorted(folder.iterdir()):
            is_known = path.name in listed or manifest_number(path.name) is not None
            if is_known or path.name.startswith(TEMPORARY_PREFIX) or not readable:
                continue
            name, what, message = stranger(path, "No manifest lists this file.")
            if what == LITTER and withdrawn:
                message += " It may hold what was withdrawn."
            yield self._problem(folder.name, name, what, message)

    # ── what is in the files ────────────────────────────────────────────────────────────────────────────────────────

    def _content(self, folder: Path, manifests: Sequence[Manifest]) -> Iterator[Problem]:
        first = manifests[0].fields
        listed = [file.name for manifest in manifests for file in manifest.files]
        reading, found = check_text(folder, listed, first)
        found += [*check_translations(folder, listed, manifests[0], reading), *check_page(folder, listed)]
        for name, what, message in found:
            yield self._problem(folder.name, name, what, message)
        wacz = folder / "capture.wacz"
        if "capture.wacz" in listed and wacz.is_file() and not is_lfs_pointer(wacz):
            yield from self._package(folder, wacz, first, reading)

    def _package(
        self, folder: Path, wacz: Path, fields: Mapping[str, Any], reading: Reading | None
    ) -> Iterator[Problem]:
        from citekeeper.archive.verify_wacz import check_wacz

        text, title = (plain_text(reading), reading.title) if reading is not None else (None, None)
        for fault in check_wacz(wacz, fields, text, title):
            member = f"capture.wacz!/{fault.member}" if fault.member else "capture.wacz"
            yield self._problem(folder.name, member, fault.what, fault.message)

    # ── the graph ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _graph(self, recorded: set[str]) -> Iterator[Problem]:
        known = {m.sha256: (folder, m) for folder, manifests in self._folders.items() for m in manifests}
        missing: dict[str, str] = {}
        for folder, manifest in known.values():
            for sha256 in manifest.previous:
                if sha256 not in known:
                    missing.setdefault(sha256, f"{folder}/{manifest.path.name}")
        converted = self._converted() if {*missing, *recorded} - set(known) else {}
        for sha256, (folder, manifest) in converted.items():
            if sha256 in missing or sha256 in recorded:
                message = f"Its line ends were converted, and nothing else: {CONVERTED}"
                yield self._problem(folder, manifest.path.name, "line-ends-converted", message)
                recorded = recorded - {sha256} | {manifest.sha256}
                missing.pop(sha256, None)
        for sha256, named_by in missing.items():
            message = f"{named_by} follows the manifest {sha256[:16]}…, which is not here: it was changed or removed."
            yield self._problem(None, "", "manifest-lost", message)
        yield from self._order(known)
        for folder, name, what, message in check_order(self._folders):
            yield self._problem(folder, name, what, message)
        for sha256 in sorted(recorded - set(known) - set(missing)):
            message = (
                f"The history records the manifest {sha256[:16]}…, which is not here: it was changed or cut off, or a "
                "merge dropped it; then take it, and what it lists, out of git again under a free number."
            )
            yield self._problem(None, "history.jsonl", "manifest-cut-off", message)
        if recorded:
            for sha256 in sorted(set(known) - recorded):
                folder, manifest = known[sha256]
                message = (
                    "The history does not record this manifest: a run was cut off between sealing and recording, or "
                    "the file was changed or put here by something else."
                )
                yield self._problem(folder, manifest.path.name, "manifest-unrecorded", message, Severity.WARNING)

    def _converted(self) -> dict[str, tuple[str, Manifest]]:
        """The manifests with carriage returns, by the hash that they would have without; none is made with any."""
        found: dict[str, tuple[str, Manifest]] = {}
        for folder, manifests in self._folders.items():
            for manifest in (manifest for manifest in manifests if not manifest.fault):
                with contextlib.suppress(OSError):
                    found[sha256_with_plain_line_ends(manifest.path)] = folder, manifest
        return {sha256: place for sha256, place in found.items() if sha256 != place[1].sha256}

    def _order(self, known: Mapping[str, tuple[str, Manifest]]) -> Iterator[Problem]:
        """Times: none is older than what it follows. Two beginnings are lawful (merged branches)."""
        for folder, manifest in known.values():
            sealed = manifest.moment("sealed_at")
            for sha256 in manifest.previous:
                before = known[sha256][1].moment("sealed_at") if sha256 in known else None
                if sealed and before and before > sealed:
                    message = f"It was sealed before {known[sha256][0]}, which it follows."
                    name = manifest.path.name
                    yield self._problem(folder, name, "chain-time-reversed", message, Severity.WARNING)


def _unreadable(folder: Path) -> str:
    """The manifest that could not be read, as far as that can be seen."""
    names = sorted(path.name for path in folder.iterdir() if not path.is_file())
    return next((name for name in names if manifest_number(name) is not None), "manifest.json")


def _is_about_time(manifest: Manifest) -> bool:
    """Whether a manifest lists a time stamp, or speaks of one."""
    has_token = any(file.name.endswith(".tsr") for file in manifest.files)
    return has_token or manifest.event == "timestamp" or "timestamp" in manifest.fields


def _short(value: object) -> str:
    return f"“{str(value)[:60]}”"
