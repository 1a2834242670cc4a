"""``--changed-since REV``: only links on lines that git says were changed since REV can fail the run.

Changed means: added or altered between the merge base of REV and HEAD, and the working tree. Uncommitted changes count,
and so does every line of a file that git does not track. A file that was only renamed did not change.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from citekeeper.errors import UsageError
from citekeeper.model import CitationReport, Finding

UNCHANGED = "not on a changed line"
_HUNK = re.compile(rb"(?m)^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_BINARY = re.compile(rb"(?m)^Binary files ")
_GIT_SECONDS = 120
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.external=")
_DIFF = ("--no-color", "--no-ext-diff", "--no-textconv", "--inter-hunk-context=0")
_NO_GIT = "Run it inside a git repository, where git is installed, or leave out --changed-since."


class ChangedLines:
    """Which lines of which documents were changed since a revision.

    Args:
        revision: anything that git understands as a commit.

    Raises:
        UsageError: git is missing, or this is no repository, or it knows no such revision.
    """

    def __init__(self, revision: str) -> None:
        if not revision or revision.startswith("-"):
            raise UsageError(f"“{revision}” is no revision.", "Give --changed-since a commit, tag or branch.")
        self._revision = revision
        self._bases: dict[Path, str] = {}
        self._known: dict[str, _Lines] = {}
        self._renamed: dict[Path, dict[str, str]] = {}
        self._base(_top(Path()))

    def __call__(self, finding: Finding, _entry: CitationReport | None) -> str | None:
        """Why a finding does not count: it stands on no changed line."""
        if finding.file is None:
            return UNCHANGED
        if finding.file not in self._known:
            self._known[finding.file] = self._lines_of(Path(finding.file))
        return None if self._known[finding.file].hold(finding.line) else UNCHANGED

    def _base(self, top: Path) -> str:
        if top not in self._bases:
            commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{self._revision}^{{commit}}")
            if commit is None:
                raise UsageError(
                    f"git knows no revision “{self._revision}” in {top}.",
                    "Fetch it first (a shallow clone lacks most commits), or name another for --changed-since.",
                )
            forked = _git(top, "merge-base", commit.decode().strip(), "HEAD")
            self._bases[top] = (forked or commit).decode().strip()
        return self._bases[top]

    def _earlier_names(self, top: Path) -> dict[str, str]:
        """What renamed files were called, by their names of now."""
        if top not in self._renamed:
            options = ("--find-renames", "--diff-filter=R", "--name-status", "-z")
            told = _git(top, "diff", *_DIFF, *options, self._base(top))
            fields = [os.fsdecode(field) for field in (told or b"").split(b"\0")]
            self._renamed[top] = {now: before for _, before, now in zip(*[iter(fields)] * 3, strict=False)}
        return self._renamed[top]

    def _lines_of(self, file: Path) -> _Lines:
        if not file.exists():
            return _Lines(())
        path = file.resolve()
        top = _top(path.parent)
        name = path.relative_to(top).as_posix()
        if not _git(top, "ls-files", "-z", "--", f":(literal,top){name}"):
            return _Lines(None)
        names = [f":(literal,top){each}" for each in (name, self._earlier_names(top).get(name)) if each]
        diff = _git(top, "diff", *_DIFF, "--find-renames", "-U0", self._base(top), "--", *names)
        if diff is None or _BINARY.search(diff):
            return _Lines(None)
        hunks = [(int(match[1]), int(match[2] or 1)) for match in _HUNK.finditer(diff)]
        return _Lines([range(first, first + count) for first, count in hunks])


class _Lines:
    """Changed lines of one file; ``ranges`` is None where all count."""

    def __init__(self, ranges: Iterable[range] | None) -> None:
        self._ranges: Sequence[range] | None = None if ranges is None else list(ranges)

    def hold(self, line: int | None) -> bool:
        """Whether a line is among them; what has no line counts where the file has any change."""
        if self._ranges is None:
            return True
        if line is None:
            return bool(self._ranges)
        return any(line in changed for changed in self._ranges)


def _top(directory: Path) -> Path:
    found = _git(directory, "rev-parse", "--show-toplevel")
    if found is None:
        raise UsageError(
            f"{directory.resolve()} is in no git repository, so no line is known to have changed.", _NO_GIT
        )
    return Path(os.fsdecode(found.rstrip(b"\n"))).resolve()


def _git(directory: Path, *arguments: str) -> bytes | None:
    """What git says; None where it fails."""
    environ = {name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_WORK_TREE")}
    environ |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; the arguments are escaped for it
            ["git", *_SAFE, "-C", str(directory), *arguments],  # noqa: S607 - the person's own git
            capture_output=True,
            check=False,
            env=environ,
            timeout=_GIT_SECONDS,
        )
    except FileNotFoundError as error:
        raise UsageError("git is not installed, so no line is known to have changed.", _NO_GIT) from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(f"git did not answer within {_GIT_SECONDS} s.", _NO_GIT) from error
    return done.stdout if done.returncode == 0 else None
