"""What the archive holds, read by its manifests: captures, their texts, translations and heads."""

from __future__ import annotations

import contextlib
import hashlib
import re
from pathlib import Path

from citekeeper.archive import texts
from citekeeper.archive.folders import (
    FOLDER_NAME,
    capture_folders,
    cheap_state,
    named_moment,
    present_files,
    read_manifests,
)
from citekeeper.archive.manifest import read_manifest
from citekeeper.archive.manifest_fields import decoded_sha256
from citekeeper.archive.numbers import LATER_FILE
from citekeeper.archive.withdrawals import TIMESTAMP_FILE
from citekeeper.errors import UsageError
from citekeeper.files import read_capped
from citekeeper.model import Capture, CaptureState, Exchange, Reading, Shows, Translation
from citekeeper.tags import is_language_tag

_CITATION_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class ArchiveReader:
    """The captures under one directory, as they are read; nothing here writes.

    Args:
        root: the archive directory.
        prefix: what paths in `Capture` and messages begin with: the directory's name as the user knows it.
    """

    def __init__(self, root: Path, *, prefix: str) -> None:
        self._root = root
        self._prefix = prefix

    def captures(self, citation_id: str) -> tuple[Capture, ...]:
        """Every capture of a citation, oldest first, by its manifests and a look at names and sizes (no hashing)."""
        return tuple(self._read(folder) for folder in capture_folders(self._home(citation_id)))

    def latest(self, citation_id: str, shows: Shows = Shows.SOURCE, *, origin: str | None = None) -> Capture | None:
        """The newest capture that shows ``shows``, is of ``origin`` (None: of any) and was not withdrawn."""
        for folder in reversed(capture_folders(self._home(citation_id))):
            capture = self._read(folder)
            if capture.origin != (origin or capture.origin):
                continue
            if capture.shows is shows and capture.state is not CaptureState.WITHDRAWN:
                return capture
        return None

    def unstamped(self, citation_id: str) -> tuple[Capture, ...]:
        """The captures of a citation that have no time stamp and were not withdrawn, oldest first."""
        return tuple(
            capture
            for capture in self.captures(citation_id)
            if capture.state is not CaptureState.WITHDRAWN
            and not any(file.name.endswith(".tsr") and TIMESTAMP_FILE.fullmatch(file.name) for file in capture.files)
        )

    def judged(self, capture: Capture) -> tuple[str, str] | None:
        """The verdict and reason under which a capture was made; None where its manifest does not say."""
        with contextlib.suppress(OSError):
            fields = read_manifest(self._folder(capture) / "manifest.json").fields
            return str(fields.get("verdict")), str(fields.get("reason"))
        return None

    def is_text_of_browser(self, capture: Capture) -> bool:
        """Whether a capture's text is that of the page after its scripts ran in a browser."""
        with contextlib.suppress(OSError):
            browser = read_manifest(self._folder(capture) / "manifest.json").fields.get("browser")
            return isinstance(browser, dict) and browser.get("text_from") == "document"
        return False

    def reading(self, capture: Capture) -> Reading | None:
        """The text of a capture; None where it has none, or none that can be read."""
        try:
            return texts.reading_from_json(read_capped(self._folder(capture) / "text.json", texts.LARGEST))
        except (OSError, ValueError):
            return None

    def translation(self, capture: Capture, language: str) -> Translation | None:
        """The translation into ``language`` that counts (the highest number); None where there is none to read."""
        if not is_language_tag(language):
            return None
        folder = self._folder(capture)
        numbered = later_versions(folder, f"text.{language}")
        if not numbered:
            return None
        try:
            return texts.translation_from_json(read_capped(folder / numbered[max(numbered)], texts.LARGEST))
        except (OSError, ValueError):
            return None

    def same_content(self, capture: Capture, reading: Reading | None, exchange: Exchange) -> bool:
        """Whether a new capture would show what ``capture`` shows: equal normalised text, else equal decoded body."""
        text = texts.text_sha256(reading)
        if text is not None and capture.text_sha256 is not None:
            return text == capture.text_sha256
        last = exchange.last
        if last is None or (text is None) != (capture.text_sha256 is None):
            return False
        with contextlib.suppress(OSError):
            fields = read_manifest(self._folder(capture) / "manifest.json").fields
            decoded = decoded_sha256(last)
            if decoded is not None and fields.get("decoded_body_sha256") is not None:
                return bool(decoded == fields["decoded_body_sha256"])
            return bool(hashlib.sha256(last.body).hexdigest() == fields.get("body_sha256"))
        return False

    def heads(self, citation_id: str) -> list[str]:
        """The hashes of the manifests that no other manifest names as previous, sorted."""
        manifests = [m for folder in capture_folders(self._home(citation_id)) for m in read_manifests(folder)]
        named = {sha256 for manifest in manifests for sha256 in manifest.previous}
        return sorted({manifest.sha256 for manifest in manifests} - named)

    def manifests(self, citation_id: str) -> list[str]:
        """The hashes of all manifests of a citation, oldest folder first: what its history should know."""
        return [m.sha256 for folder in capture_folders(self._home(citation_id)) for m in read_manifests(folder)]

    def folder(self, capture: Capture) -> Path:
        """Where a capture's files lie on this machine."""
        return self._folder(capture)

    def _read(self, folder: Path) -> Capture:
        manifests = read_manifests(folder)
        first = manifests[0]
        wacz = next((file for file in first.files if file.name == "capture.wacz"), None)
        evidence = wacz or (first.files[0] if first.files else None)
        fields = first.fields
        return Capture(
            id=folder.name,
            citation=folder.parent.name,
            captured_at=first.moment("captured_at") or named_moment(folder.name),
            path=f"{self._prefix}/{folder.parent.name}/{folder.name}",
            sha256=evidence.sha256 if evidence else "",
            origin="deposited" if fields.get("origin") == "deposited" else "captured",
            shows=Shows.FAILURE if fields.get("shows") == "failure" else Shows.SOURCE,
            state=cheap_state(folder, manifests),
            files=present_files(folder, manifests),
            manifest_sha256=manifests[-1].sha256,
            text_sha256=fields.get("text_sha256") if isinstance(fields.get("text_sha256"), str) else None,
        )

    def _home(self, citation_id: str) -> Path:
        if not _CITATION_ID.fullmatch(citation_id):
            raise UsageError(
                f"“{citation_id[:80]}” cannot be a citation's id.",
                "Use 1 to 64 of a-z, 0-9 and -, beginning with a letter or digit.",
            )
        return self._root / citation_id

    def _folder(self, capture: Capture) -> Path:
        if not FOLDER_NAME.fullmatch(capture.id):
            raise UsageError(f"“{capture.id[:80]}” is not the id of a capture.", "See `citekeeper show`.")
        return self._home(capture.citation) / capture.id


def later_versions(folder: Path, stem: str) -> dict[int, str]:
    """The translations into a language, or the tokens, that a manifest lists, by number.

    One that a killed run left unlisted does not count: the next run removes it.
    """
    names = {file.name for manifest in read_manifests(folder) for file in manifest.files}
    matches = [match for name in names if (match := LATER_FILE.fullmatch(name))]
    return {int(m["number"] or 1): m[0] for m in matches if m["stem"] == stem and m["kind"] != "pem"}
