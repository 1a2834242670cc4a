"""Which documents a command line names."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from citekeeper import importers
from citekeeper.errors import UsageError


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    names = """
        README.md b.HTML c.pdf d.txt photo.png docs/z.md docs/a/deep.md docs/a/x.rst .github/h.md node_modules/n.md
        .venv/v.md env/pyvenv.cfg env/e.md docs/.hidden.md empty/photo.png odd[1].md
    """
    for name in names.split():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path


def expanded(base: Path, *inputs: str) -> list[str]:
    return [path.relative_to(base).as_posix() for path in importers.expand(inputs, base=base)]


ALL = ["README.md", "b.HTML", "c.pdf", "d.txt", "odd[1].md", "docs/z.md", "docs/a/deep.md"]


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (["README.md"], ["README.md"]),
        (["photo.png"], ["photo.png"]),
        (["."], ALL),
        (["docs"], ["docs/z.md", "docs/a/deep.md"]),
        (["docs/", "docs/z.md", "./README.md"], ["docs/z.md", "docs/a/deep.md", "README.md"]),
        (["*.md"], ["README.md", "odd[1].md"]),
        (["**/*.md"], ["README.md", "odd[1].md", "docs/z.md", "docs/a/deep.md"]),
        (["docs/**/*.md"], ["docs/z.md", "docs/a/deep.md"]),
        (["docs/**"], ["docs/z.md", "docs/a/deep.md"]),
        (["docs/*/*.rst"], ["docs/a/x.rst"]),
        (["*"], ["README.md", "b.HTML", "c.pdf", "d.txt", "odd[1].md"]),
        (["odd[1].md"], ["odd[1].md"]),
        ([".github"], [".github/h.md"]),
        ([".github/*.md"], [".github/h.md"]),
        (["node_modules/*.md"], ["node_modules/n.md"]),
        (["[!R]*.md"], ["odd[1].md"]),
    ],
)
def test_expand(inputs: list[str], expected: list[str], tree: Path) -> None:
    """Files, directories and globs name documents, each once; what is hidden or installed is left out unless named."""
    assert expanded(tree, *inputs) == expected


@pytest.mark.parametrize("text", ["none.md", "*.none", "empty", "none/**/*.md", "**/none"])
def test_what_matches_nothing(text: str, tree: Path) -> None:
    """An input that names nothing is an error of usage that says which."""
    with pytest.raises(UsageError, match=text.replace("*", r"\*").replace(".", r"\.")) as caught:
        expanded(tree, text)
    assert caught.value.exit_code == 2
    assert caught.value.hint


def test_links_between_folders_end(tree: Path) -> None:
    """A symbolic link back to a folder above does not lead around for ever."""
    (tree / "docs" / "back").symlink_to(tree, target_is_directory=True)
    assert expanded(tree, "docs/**/*.md", "docs") == ["docs/z.md", "docs/a/deep.md"]


def test_the_package_is_light() -> None:
    """Importing the room imports none of the formats' libraries."""
    code = (
        "import sys, citekeeper.importers; "
        "print([m for m in ('bs4', 'lxml', 'pdfminer', 'markdown_it', 'publicsuffixlist') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("text", [".", "docs", "**/*.md", "docs/*/*.rst"])
def test_a_directory_that_may_not_be_read_is_told(text: str, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in it would otherwise count as checked; by its own permissions root would read it."""
    locked = str(tree / "docs/a")

    def refusing(real: Callable[..., Any]) -> Callable[..., Any]:
        def listed(folder: Any = ".") -> Any:
            if os.fspath(folder) == locked:
                raise PermissionError(errno.EACCES, "Permission denied", locked)
            return real(folder)

        return listed

    monkeypatch.setattr(os, "scandir", refusing(os.scandir))
    monkeypatch.setattr(os, "listdir", refusing(os.listdir))
    with pytest.raises(UsageError, match="docs/a: this directory cannot be read: Permission denied"):
        expanded(tree, text)
