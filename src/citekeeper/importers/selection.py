"""Which documents a command line names: files, directories, globs."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from citekeeper.errors import UsageError

_SKIPPED = {"node_modules", "__pycache__", "site-packages"}


def expand(inputs: Sequence[str], *, base: Path) -> Iterator[Path]:
    """The documents that ``inputs`` name, each once, in the order of the inputs and sorted within one.

    A directory stands for all documents of a known format under it, hidden directories, ``node_modules`` and virtual
    environments left out. A glob may hold ``**``. Relative inputs are taken from ``base``, and stay relative to it
    where ``base`` is the working directory.

    Raises:
        UsageError: an input matches nothing.
    """
    seen: set[str] = set()
    for text in inputs:
        found = False
        for path in _matches(text, base):
            found = True
            key = os.path.normcase(os.path.abspath(path))
            if key not in seen:
                seen.add(key)
                yield path
        if not found:
            raise UsageError(*_nothing(text, base))


def _matches(text: str, base: Path) -> Iterator[Path]:
    path = base / Path(text).expanduser()
    if path.is_dir():
        yield from _documents_under(path)
    elif path.exists():
        yield path
    elif glob.has_magic(text):
        for match in sorted(glob.glob(str(path), recursive=True)):
            candidate = Path(match)
            if candidate.is_file() and not _is_skipped(candidate, path):
                yield candidate


def _nothing(text: str, base: Path) -> tuple[str, str]:
    path = base / text
    if path.is_dir():
        return f"there is no document in the directory {text}", "Documents are .md, .html, .pdf and .txt files."
    if glob.has_magic(text):
        return f"no file matches {text}", "Check the pattern; ** stands for any number of directories."
    return f"there is no file or directory {text}", "Check the path, or quote a pattern such as 'docs/**/*.md'."


def _documents_under(directory: Path) -> Iterator[Path]:
    from citekeeper.importers import EXTENSIONS

    for folder, folders, files in os.walk(directory):
        folders[:] = sorted(
            name for name in folders if not _is_skipped_name(name) and not _is_environment(Path(folder, name))
        )
        for name in sorted(files):
            if Path(name).suffix.lower() in EXTENSIONS and not name.startswith("."):
                yield Path(folder, name)


def _is_skipped_name(name: str) -> bool:
    return name.startswith(".") or name in _SKIPPED


def _is_environment(folder: Path) -> bool:
    """Whether a folder is a virtual environment, whatever its name."""
    return (folder / "pyvenv.cfg").is_file()


def _is_skipped(path: Path, pattern: Path) -> bool:
    """Whether a match of a glob lies in a folder that is left out and that the pattern does not name itself."""
    named = set(pattern.parts)
    return any(_is_skipped_name(part) and part not in named for part in path.parts[:-1])
