"""How fast ``verify`` goes through an archive: ``python -m benchmarks.verify_bench [MB]``.

Two archives are made and verified whole, as `citekeeper.archive.verify` does it offline: captures whose bulk is media
(bytes that do not compress), and captures of plain HTML. Told per megabyte of WACZ, as wall time and as CPU time, since
a busy machine stretches only the former.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from citekeeper.archive import Archive, verify
from citekeeper.clock import SystemClock
from citekeeper.model import Citation, Exchange, Hop, Reading, Severity, Shows, Verdict, VerdictKind

NOON = datetime(2026, 11, 2, 12, 0, 0, tzinfo=UTC)
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
VIDEO = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n"
WORDS = b"the bridge was closed on Monday as mayor told reporters town hall water".split()
MEGABYTE = 1_000_000


def _exchange(url: str, head: bytes, body: bytes) -> Exchange:
    return Exchange(url, hops=(Hop(url, 200, head, body, started_at=NOON),), started_at=NOON)


def _html(size: int, chance: random.Random) -> bytes:
    """A page whose text compresses about as prose does."""
    parts, length = [b"<!DOCTYPE html><title>A page</title>"], 0
    while length < size:
        words = b" ".join(chance.choices(WORDS, k=40))
        parts.append(
            b'<p class="c%d" id="p%d">%s %d</p>\n' % (chance.randrange(99), length, words, chance.getrandbits(60))
        )
        length += len(parts[-1])
    return b"".join(parts)


def make_archive(root: Path, megabytes: int, *, media: bool) -> tuple[int, int]:
    """Captures of about ``megabytes`` in all; returns the bytes of their WACZ files, and of the bodies in them."""
    chance = random.Random(1)  # noqa: S311 - test data
    archive = Archive(root, SystemClock())
    verdict = Verdict(VerdictKind.ALIVE, "ok", "It answers.", severity=Severity.OK)
    page = _html(120_000 if media else 400_000, chance)
    size = bodies = number = 0
    while size < megabytes * MEGABYTE:
        number += 1
        url = f"https://news.example/{number}"
        clip = chance.randbytes(8 * MEGABYTE) if media else b""
        requisites = [_exchange(f"{url}/clip.mp4", VIDEO, clip)] if media else []
        main = _exchange(url, HTML, page + str(number).encode())
        main = Exchange(url, hops=main.hops, started_at=NOON + timedelta(seconds=number))
        capture = archive.capture(
            Citation(f"fn{number % 8}", url=url), main, verdict, reading=Reading(("A paragraph.",)),
            requisites=requisites, document=None, options={}, shows=Shows.SOURCE,
        )  # fmt: skip
        bodies += len(page) + len(clip)
        size += next(file.size for file in capture.files if file.name == "capture.wacz")
    return size, bodies


def measured(megabytes: int) -> Iterator[tuple[str, str, float, float]]:
    """What was verified, the figures, the one that counts (MB/s of wall time), and what is wanted of it.

    Media count as they lie in the WACZ; plain HTML counts as HTML, which the WACZ holds deflated to a fifth or so.
    """
    for name, media, wanted in (("WACZ with media", True, 200.0), ("plain HTML", False, 60.0)):
        with tempfile.TemporaryDirectory() as directory:
            stored, bodies = make_archive(Path(directory), megabytes if media else megabytes // 5, media=media)
            size, inflated = stored / MEGABYTE, bodies / MEGABYTE
            wall, cpu = time.perf_counter(), time.process_time()
            problems = verify(Path(directory))
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        assert not problems, problems[:3]
        figures = f"{size:.0f} MB of WACZ, {inflated:.0f} MB inflated, {wall:.2f} s, {cpu:.2f} s of CPU"
        yield f"verify, {name}, MB/s", figures, (size if media else inflated) / wall, wanted
        if not media:
            yield "verify, plain HTML, MB/s of the WACZ that holds it", figures, size / wall, wanted


def main() -> int:
    """Make, verify, tell."""
    for what, figures, speed, wanted in measured(int(sys.argv[1]) if len(sys.argv) > 1 else 200):
        sys.stdout.write(f"{what}: {speed:.0f} (wanted: {wanted:.0f}); {figures}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
