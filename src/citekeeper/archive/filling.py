"""Filling a capture's folder while it is still hidden, and sealing it with its manifest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from citekeeper.archive import texts
from citekeeper.archive.decoding import CharsetOf
from citekeeper.archive.folders import measured
from citekeeper.archive.manifest_fields import CaptureFacts, capture_fields
from citekeeper.archive.sniff import is_html
from citekeeper.clock import Clock
from citekeeper.files import sync_all


def write_capture(
    staging: Path,
    name: str,
    facts: CaptureFacts,
    clock: Clock,
    heads: Callable[[], list[str]],
    charset_of: CharsetOf,
) -> None:
    """Write capture.wacz, page.html, screenshot.png and text.json into a hidden folder, and seal them.

    Args:
        staging: the folder, empty.
        name: what it will be called.
        facts: what was fetched, judged and read.
        clock: the time of sealing.
        heads: the hashes of the manifests that this one follows.
        charset_of: how the bytes of a page's frames are read.
    """
    from citekeeper.archive.page import write_page
    from citekeeper.archive.rendered import as_shown
    from citekeeper.archive.wacz import write_wacz

    reading, last = facts.reading, facts.exchange.last
    assert last is not None
    title = (reading.title if reading else None) or facts.citation.title
    identity = f"{facts.citation.id}/{name}"
    packed = write_wacz(
        staging / "capture.wacz", identity, facts.captured_at, facts.exchange, facts.requisites, reading, title,
        facts.rendering,
    )  # fmt: skip
    if not facts.unshown and is_html(last.headers.media_type, last.content(4096)):
        charset = reading.charset if reading else None
        shown, captured_at = as_shown(facts.exchange, facts.rendering), facts.captured_at
        with (staging / "page.html").open("xb") as stream:
            write_page(
                stream, shown, facts.requisites, charset, captured_at, facts.shows,
                after_scripts=shown is not facts.exchange, charset_of=charset_of, beside=staging,
            )  # fmt: skip
    if facts.rendering is not None and facts.rendering.screenshot is not None:
        (staging / "screenshot.png").write_bytes(facts.rendering.screenshot)
    if reading is not None:
        (staging / "text.json").write_bytes(texts.reading_to_json(reading))
    files = [measured(path) for path in sorted(staging.iterdir())]
    fields = capture_fields(facts, name, clock.now(), files, packed.withheld, heads())
    write_manifest(staging, fields)


def write_manifest(staging: Path, fields: Mapping[str, object]) -> None:
    """Seal a folder that is still hidden, and force all of it to disk."""
    (staging / "manifest.json").write_bytes(texts.to_json(fields))
    sync_all([*staging.iterdir(), staging])
