"""``--changed-since REV``: only links on lines that git says were changed since REV can fail the run.

Changed means: added or altered between the merge base of REV and HEAD, and the working tree. Uncommitted changes count,
and so does every line of a file that git does not track. A file that was only renamed did not change.
"""

from __future__ import annotations

import os
import re
import subprocess
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
from pathlib import Path

from citekeeper.errors import UsageError
from citekeeper.model import CitationReport, Finding

UNCHANGED = "not on a changed line"
_HUNK = re.compile(rb"(?m)^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_BINARY = re.compile(rb"(?m)^Binary files ")
_GIT_SECONDS = 120
_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.external=")
_DIFF = ("--no-color", "--no-ext-diff", "--no-textconv", "--inter-hunk-context=0")
_MISLEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_DIFF_OPTS")  # the last would put unchanged lines between the changed
_NO_GIT = "Run it inside a git repository, where git is installed, or leave out --changed-since."


class ChangedLines:
    """Which lines of which documents were changed since a revision.

    Args:
        revision: anything that git understands as a commit.
        documents: those that are given, as files or directories.

    Raises:
        UsageError: git is missing, or this or a document is in no repository, or that knows no such revision.
    """

    def __init__(self, revision: str, documents: Iterable[Path] = ()) -> None:
        if not revision or revision.startswith("-"):
            raise UsageError(f"“{revision}” is no revision.", "Give --changed-since a commit, tag or branch.")
        self._revision = revision
        self._bases: dict[Path, str] = {}
        self._known: dict[str, _Lines] = {}
        self._renamed: dict[Path, dict[str, str]] = {}
        self._tops: dict[Path, Path] = {}
        self._tracked: dict[Path, set[str]] = {}
        self._changed: dict[Path, set[str] | None] = {}
        folders = {path if path.is_dir() else path.parent for path in (each.resolve() for each in documents)}
        for folder in sorted(folders) or [Path()]:
            self._base(_top(folder))

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

    def _tracked_in(self, top: Path) -> set[str]:
        """The files that git tracks: asked for once, as there may be a finding in each of thousands of documents."""
        if top not in self._tracked:
            self._tracked[top] = _file_names(_git(top, "ls-files", "-z"))
        return self._tracked[top]

    def _changed_in(self, top: Path) -> set[str] | None:
        """The files that differ from the base; None where git does not say."""
        if top not in self._changed:
            told = _git(top, "diff", *_DIFF, "--find-renames", "--name-only", "-z", self._base(top))
            self._changed[top] = None if told is None else _file_names(told)
        return self._changed[top]

    def _lines_of(self, file: Path) -> _Lines:
        if not file.exists():
            return _Lines(())
        path = file.resolve()
        if path.parent not in self._tops:
            self._tops[path.parent] = _top(path.parent)
        top = self._tops[path.parent]
        name = path.relative_to(top).as_posix()
        if name not in self._tracked_in(top):
            return _Lines(None)
        changed = self._changed_in(top)
        if changed is not None and name not in changed:
            return _Lines(())
        names = [f":(literal,top){each}" for each in (name, self._earlier_names(top).get(name)) if each]
        diff = _git(top, "diff", *_DIFF, "--find-renames", "-U0", self._base(top), "--", *names)
        if diff is None or _BINARY.search(diff):
            return _Lines(None)
        hunks = [(int(match[1]), int(match[2] or 1)) for match in _HUNK.finditer(diff)]
        return _Lines([range(first, first + count) for first, count in hunks])


_begin = attrgetter("start")


class _Lines:
    """Changed lines of one file; ``ranges`` is None where all count."""

    def __init__(self, ranges: Iterable[range] | None) -> None:
        hunks = None if ranges is None else list(ranges)
        self._is_changed = hunks is None or bool(hunks)
        self._ranges: Sequence[range] | None = None if hunks is None else sorted(filter(None, hunks), key=_begin)

    def hold(self, line: int | None) -> bool:
        """Whether a line is among them; what has no line counts where the file has any change."""
        if self._ranges is None:
            return True
        if line is None:
            return self._is_changed
        before = bisect_right(self._ranges, line, key=_begin)
        return before > 0 and line in self._ranges[before - 1]


def _file_names(told: bytes | None) -> set[str]:
    return {os.fsdecode(name) for name in (told or b"").split(b"\0") if name}


def _top(directory: Path) -> Path:
    found = _git(directory, "rev-parse", "--show-toplevel")
    if found is None:
        raise UsageError(
            f"{directory.resolve()} is in no git repository, so no line is known to have changed.", _NO_GIT
        )
    return Path(os.fsdecode(found.rstrip(b"\n"))).resolve()


def _git(directory: Path, *arguments: str) -> bytes | None:
    """What git says; None where it fails."""
    environ = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
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
