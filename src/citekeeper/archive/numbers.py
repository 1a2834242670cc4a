"""The numbers in names: of captures of one second, of later manifests, and of later versions of a file.

Two branches of a repository may seal at the same time, each blind to the other, and git keeps one file of a name. So
inside a git work tree a number is a generation and six digits: one above the highest there is, and what remains of a
hash (of the manifest's or the file's own bytes; of chance for a folder, whose name its manifests seal). Two branches
choose alike once in a million, the highest number still counts, and `citekeeper.archive.verify_order` recomputes every
such number from the graph and the bytes, so it leaves a forger no choice. Elsewhere the count is 1, 2, 3.

The first translation into a language and the first time stamp have fixed names, ``text.en.json`` and
``timestamp.tsr``. Where two branches made one each, git asks which stays; either does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from citekeeper.errors import StorageError

SPAN = 1_000_000
"""Numbers from here on are a generation and six digits; those below were counted."""

NUMBER = "[1-9][0-9]{0,11}"
"""A number in a name."""

LATER_FILE = re.compile(
    r"(?=text\..*json\Z|timestamp\..*(?:tsr|pem)\Z)"
    rf"(?P<stem>text\.[a-z]{{2,3}}(?:-[A-Za-z0-9]{{1,8}})*|timestamp)(?:\.(?P<number>{NUMBER}))?\.(?P<kind>json|tsr|pem)"
)
"""A translation, or a time stamp and its certificates: what may come after manifest.json."""

_END = 10**12


def next_number(taken: Iterable[int], sha256: str, *, apart: bool) -> int:
    """A number above all that are ``taken``.

    Args:
        taken: the numbers in use; the plain name's too.
        sha256: where the digits come from, hexadecimal.
        apart: whether another branch may be choosing at the same time.

    Raises:
        StorageError: no name has room for a higher one.
    """
    highest = max(taken, default=0)
    if not apart and highest + 1 < SPAN:
        return highest + 1
    number = (highest // SPAN + 1) * SPAN + int(sha256, 16) % SPAN
    if number >= _END:
        raise StorageError(
            f"A file with the number {highest} leaves no higher one.",
            "No run writes that many: see `citekeeper verify`.",
        )
    return number


def follows(number: int, taken: Iterable[int], sha256: str) -> bool:
    """Whether `next_number` could have given ``number``."""
    highest = max(taken, default=0)
    if number < SPAN:
        return number > highest
    return number // SPAN == highest // SPAN + 1 and number % SPAN == int(sha256, 16) % SPAN


def in_git(directory: Path) -> bool:
    """Whether ``directory``, which need not exist yet, lies in a git work tree."""
    place = directory.resolve()
    return any((parent / ".git").exists() for parent in (place, *place.parents))
