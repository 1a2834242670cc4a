"""Which documents a command line names: files, directories, globs."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from citekeeper.errors import InputFileError, UsageError

EXTENSIONS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".mdx": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".txt": "text",
    ".text": "text",
}
"""Extension (lower case) → the module of this package that reads the format."""

_SKIPPED = {"node_modules", "__pycache__", "site-packages"}


def expand(inputs: Sequence[str], *, base: Path) -> Iterator[Path]:
    """The documents that ``inputs`` name, each once, in the order of the inputs and sorted within one.

    A directory stands for all documents of a known format under it, hidden directories, ``node_modules`` and virtual
    environments left out. A glob may hold ``**``. Relative inputs are taken from ``base``, and stay relative to it
    where ``base`` is the working directory.

    Raises:
        UsageError: an input is empty, or matches nothing.
        InputFileError: a directory cannot be read.
    """
    seen: set[str] = set()
    for text in inputs:
        if not text:
            raise UsageError("One of the inputs is empty.", "Name a document, a directory or a pattern.")
        found = False
        for path in _matches(text, base):
            found = True
            key = os.path.normcase(path.absolute())
            if key not in seen:
                seen.add(key)
                yield path
        if not found:
            raise UsageError(*_nothing(text, base))


def _matches(text: str, base: Path) -> Iterator[Path]:
    path = base / os.path.expanduser(text)  # noqa: PTH111 - leaves the ~ of nobody known as it is
    if _is_dir(path):
        yield from _documents_under(path)
    elif os.path.exists(path):  # noqa: PTH110 - no for a name that no file can have
        yield path
    elif glob.has_magic(text):
        parts = path.parts
        fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
        yield from _matching(Path(*parts[:fixed]), parts[fixed:])


def _is_dir(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - no for a name that no file can have (too long, with a NUL)


def _nothing(text: str, base: Path) -> tuple[str, str]:
    path = base / text
    if _is_dir(path):
        return f"there is no document in the directory {text}", "Documents are .md, .html, .pdf and .txt files."
    if glob.has_magic(text):
        return f"no file matches {text}", "Check the pattern; ** stands for any number of directories."
    return f"there is no file or directory {text}", "Check the path, or quote a pattern such as 'docs/**/*.md'."


def _documents_under(directory: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(directory, onerror=_refuse_unreadable):
        folders[:] = sorted(name for name in folders if not _is_left_out(Path(folder, name)))
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix.lower() in EXTENSIONS and not name.startswith(".") and not path.is_fifo():
                yield path


def _refuse_unreadable(error: OSError) -> None:
    """What may not be read might hold documents: leaving it out in silence would call them checked.

    Raises:
        InputFileError: always.
    """
    raise InputFileError(
        os.fsdecode(error.filename),
        f"this directory cannot be read: {error.strerror}",
        "Correct its permissions, or name documents and directories beside it.",
    ) from error


def _is_skipped_name(name: str) -> bool:
    return name.startswith(".") or name in _SKIPPED


def _is_environment(folder: Path) -> bool:
    """Whether a folder is a virtual environment, whatever its name."""
    return os.path.isfile(folder / "pyvenv.cfg")  # noqa: PTH113 - no for a folder that may not be read


def _matching(folder: Path, pattern: Sequence[str]) -> Iterator[Path]:
    """The files under ``folder`` that a pattern's parts lead to; ``**`` does not follow symbolic links to folders."""
    first, rest = pattern[0], pattern[1:]
    if first == "**":
        yield from _matching(folder, rest or ("*",))
    for entry in sorted(_entries(folder), key=lambda entry: entry.name):
        if first == "**":
            if entry.is_dir() and not entry.is_symlink() and not _is_left_out(entry):
                yield from _matching(entry, pattern)
        elif _part_matches(entry.name, first):
            if not rest:
                if entry.is_file() and (first != "*" or entry.suffix.lower() in EXTENSIONS):
                    yield entry
            elif entry.is_dir() and (entry.name == first or not _is_left_out(entry)):
                yield from _matching(entry, rest)


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except PermissionError as error:
        _refuse_unreadable(error)
    except OSError:
        pass  # no folder: nothing in it matches
    return []


def _part_matches(name: str, pattern: str) -> bool:
    """As the shell: a leading dot is matched by a dot only."""
    return fnmatch.fnmatchcase(name, pattern) and (not name.startswith(".") or pattern.startswith("."))


def _is_left_out(folder: Path) -> bool:
    return _is_skipped_name(folder.name) or _is_environment(folder)
