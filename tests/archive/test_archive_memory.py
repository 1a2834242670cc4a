"""A page of 50 MB is sealed in bounded memory: beside the body itself, no second copy of it is ever held."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_SEAL = """
import os, resource, sys
from pathlib import Path
from archive.support import HTML, archive, page, reading, seal
from citekeeper.archive import verify
kind, home = sys.argv[1], Path(sys.argv[2])
seal(archive(home), page("<p>warm"))
head = HTML if kind == "text/html" else HTML.replace(b"text/html; charset=utf-8", kind.encode())
body = os.urandom(50_000_000) if kind != "text/html" else b"<p>A paragraph of words, and more.</p>" * 1_315_790
main = page(body, head=head)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
capture = seal(archive(home), main, text=reading("A paragraph of words."))
assert [problem.what for problem in verify(home / "archive")] == []
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def _growth(kind: str, home: Path) -> int:
    """By how many kB the peak of memory grew over the body that was there already."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root / 'tests'}"}
    done = subprocess.run(
        [sys.executable, "-c", _SEAL, kind, str(home)], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_50_mb_of_media_grow_memory_by_little(tmp_path: Path) -> None:
    """The records are compressed piece by piece onto the disk, and verification reads them in pieces."""
    assert _growth("video/mp4", tmp_path) < 30_000


def test_50_mb_of_html_grow_memory_by_what_is_shown_of_them(tmp_path: Path) -> None:
    """The page that opens offline shows the first 16 MiB; only these are parsed."""
    assert _growth("text/html", tmp_path) < 400_000
