"""What a browser made of a page is sealed with it: picture, document, and how; forging any of it is found."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from citekeeper.archive import Archive, verify
from citekeeper.archive.records import read_records
from citekeeper.model import Capture, Rendering, Shows

from .support import ALIVE, CITATION, DOCUMENT, NOON, PNG, archive, page, reading

_DOCUMENT = "<!DOCTYPE html><html><head><title>Shown</title></head><body><p>Shown by scripts.</p></body></html>"
_RENDERING = Rendering(
    "chromium 1.2", "Mozilla/5.0", (1280, 800), NOON, url="https://news.example/story", document=_DOCUMENT,
    screenshot=PNG, size=(1280, 800), page_height=800, settled=True, counts=True,
)  # fmt: skip


def seal(store: Archive, rendering: Rendering) -> Capture:
    """A capture of a shell that a browser was shown."""
    return store.capture(
        CITATION, page("<div id=app></div><script src=/a.js></script>"), ALIVE, reading=reading("Shown by scripts."),
        document=DOCUMENT, options={}, shows=Shows.SOURCE, rendering=rendering,
    )  # fmt: skip


def kinds(folder: Path) -> list[tuple[str, str]]:
    """The WACZ's records: type and address."""
    with zipfile.ZipFile(folder / "capture.wacz") as package, package.open("archive/data.warc.gz") as warc:
        return [(record.kind, record.url) for record in read_records(warc)]


def manifest_of(folder: Path) -> dict[str, Any]:
    """manifest.json."""
    fields: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return fields


def test_picture_and_document_are_records_and_files(tmp_path: Path) -> None:
    """A resource and a conversion beside the bytes received, the picture as a file, and the page as it was shown."""
    store = archive(tmp_path)
    folder = store.folder(seal(store, _RENDERING))
    assert ("resource", "urn:view:https://news.example/story") in kinds(folder)
    assert ("conversion", "urn:dom:https://news.example/story") in kinds(folder)
    assert (folder / "screenshot.png").read_bytes() == PNG
    shown = (folder / "page.html").read_text()
    assert "Shown by scripts." in shown
    assert "as a browser showed it after its scripts ran" in shown
    assert "chromium 1.2" in manifest_of(folder)["method"]
    assert verify(tmp_path / "archive", [CITATION.id]) == []


def test_picture_alone_changes_no_text(tmp_path: Path) -> None:
    """Where the server's page says it all, there is a picture and no document."""
    store = archive(tmp_path)
    folder = store.folder(seal(store, replace(_RENDERING, counts=False)))
    assert "conversion" not in {kind for kind, url in kinds(folder) if url.startswith("urn:dom:")}
    assert (folder / "screenshot.png").exists()
    assert manifest_of(folder)["browser"]["text_from"] == "response"
    assert "after its scripts ran" not in (folder / "page.html").read_text()


@pytest.mark.parametrize("fault", ["the page took more than 45 s", None])
def test_a_browser_that_failed_is_told(tmp_path: Path, fault: str | None) -> None:
    """Without a picture there is no file, and a warning says why, or that the page was still loading."""
    store = archive(tmp_path)
    rendering = replace(_RENDERING, document=None, screenshot=None, settled=False, fault=fault)
    folder = store.folder(seal(store, rendering))
    assert not (folder / "screenshot.png").exists()
    (warning,) = manifest_of(folder)["warnings"]
    assert (fault or "still loading") in warning


def test_exchanged_picture_is_found(tmp_path: Path) -> None:
    """A forger who swaps the picture and mends the manifest is betrayed by the record in the WACZ."""
    store = archive(tmp_path)
    folder = store.folder(seal(store, _RENDERING))
    forged = PNG + b"forged"
    (folder / "screenshot.png").write_bytes(forged)
    fields = manifest_of(folder)
    for file in fields["files"]:
        if file["name"] == "screenshot.png":
            file |= {"sha256": hashlib.sha256(forged).hexdigest(), "bytes": len(forged)}
    (folder / "manifest.json").write_text(json.dumps(fields))
    assert "screenshot-differs" in {problem.what for problem in verify(tmp_path / "archive", [CITATION.id])}
