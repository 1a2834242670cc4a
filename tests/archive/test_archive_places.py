"""`verify` names what does not belong where it lies, and tells litter from what somebody put there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from citekeeper.archive import state, verify
from citekeeper.model import CaptureState, Severity

from .program import Program
from .support import archive, seal

BELONGS = [".git/HEAD", ".gitattributes", ".gitignore", ".lock", ".citekeeper-tmp-x", "fn1/.citekeeper-tmp-y/z"]
LITTER = [
    ".DS_Store", "._fn1", "Thumbs.db", "desktop.ini", "fn1/.DS_Store", "fn1/Thumbs.db", "fn1/history.jsonl~",
    "fn1/.history.jsonl.swp", "fn1/#history.jsonl#", "fn1/history.jsonl.orig", "fn1/CAPTURE/.DS_Store",
    "fn1/CAPTURE/page.html~", "fn1/CAPTURE/@eaDir/x", "@eaDir/x", ".Trash-1000/x", "fn1/.nfs0000000012", "fn1/.gitkeep",
]  # fmt: skip
ADDED = [
    "evidence.pdf", ".hidden", "README.md", "fn1/evidence.pdf", "fn1/.hidden", "fn1/History.jsonl",
    "fn1/.gitattributes", "fn1/CAPTURE/extra.txt", "fn1/CAPTURE/PAGE.HTML", "fn1/CAPTURE/Manifest.json",
    "fn1/CAPTURE/sub/x", "notes/todo.txt",
]  # fmt: skip
FOREIGN_FOLDERS = ["My Notes/x", "FN1/x", "con/x", ".cache/x", "fn1/notes/x", "fn1/20260101T000000Z-x/y"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a capture."""
    store = archive(tmp_path)
    return store.folder(seal(store))


def _put(folder: Path, name: str) -> None:
    path = folder.parents[1] / name.replace("CAPTURE", folder.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")


def _told(folder: Path) -> list[tuple[str, str, Severity]]:
    problems = verify(folder.parents[1])
    return [(problem.path.replace(folder.name, "CAPTURE"), problem.what, problem.severity) for problem in problems]


def test_what_belongs_there_is_not_told(folder: Path) -> None:
    """Git's own files in the root, the lock of a run, and its temporaries."""
    for name in BELONGS:
        _put(folder, name)
    assert _told(folder) == []


@pytest.mark.parametrize("name", LITTER)
def test_litter_is_no_forgery(folder: Path, name: str) -> None:
    """What systems and editors leave is named, as a warning, and the capture is as intact as before."""
    _put(folder, name)
    (problem,) = verify(folder.parents[1])
    assert (problem.what, problem.severity) == ("litter", Severity.WARNING)
    (capture,) = archive(folder.parents[2]).captures("fn1")
    assert state(capture, [problem]) is CaptureState.INTACT


def test_litter_may_hold_what_was_withdrawn(folder: Path) -> None:
    """An editor's copy of a page outlives its withdrawal, and that is said."""
    store = archive(folder.parents[2])
    (folder / "page.html~").write_bytes(b"x")
    store.withdraw(store.captures("fn1")[0], "An order")
    told = [problem.message for problem in verify(folder.parents[1]) if problem.what == "litter"]
    assert len(told) == 1
    assert "may hold what was withdrawn" in told[0]


@pytest.mark.parametrize("name", ADDED)
def test_a_foreign_file_is_added(folder: Path, name: str) -> None:
    """In the root, beside the captures, in a capture; names that differ by case alone are other names."""
    _put(folder, name)
    path = "/".join(name.split("/")[: 3 if "CAPTURE" in name else 2])
    assert _told(folder) == [(path, "file-added", Severity.ERROR)]


@pytest.mark.parametrize("name", FOREIGN_FOLDERS)
def test_a_foreign_folder_is_told(folder: Path, name: str) -> None:
    """A folder that can be neither citation nor capture was not verified, and that is said."""
    _put(folder, name)
    assert _told(folder) == [(name.rpartition("/")[0], "folder-unknown", Severity.ERROR)]


LINKS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a citation's folder": ("folder-not-regular", lambda f: _linked(f.parent)),
    "the history": ("file-not-regular", lambda f: _linked(f.parent / "history.jsonl")),
    "a manifest": ("file-not-regular", lambda f: _linked(f / "manifest.json")),
    "a file of the capture": ("file-not-regular", lambda f: _linked(f / "page.html")),
    "nothing, in the root": ("file-added", lambda f: (f.parents[1] / "x").symlink_to("/nowhere")),
    "nothing, beside the captures": ("file-added", lambda f: (f.parent / "20200101T000000Z").symlink_to("/nowhere")),
    "itself": ("file-added", lambda f: (f / "loop").symlink_to("loop")),
}  # fmt: skip


def _linked(path: Path) -> None:
    """Put a link to it in its place."""
    elsewhere = path.parent / f".citekeeper-tmp-{path.name}"
    if path.exists():
        path.rename(elsewhere)
    else:
        elsewhere.write_bytes(b"")
    path.symlink_to(elsewhere)


@pytest.mark.parametrize("name", LINKS)
def test_a_link_is_told(folder: Path, name: str) -> None:
    """What a link leads to may be anywhere, and anything tomorrow."""
    what, act = LINKS[name]
    act(folder)
    assert what in {problem.what for problem in verify(folder.parents[1]) if problem.severity is Severity.ERROR}


def test_the_command_counts_litter_and_fails_for_what_was_added(tmp_path: Path) -> None:
    """Exit 0 with litter, 1 with a foreign file; only those of the citations asked for; names cannot move a cursor."""
    program = Program(tmp_path, "version: 1\ncitations: [{id: fn1, kind: citation, url: 'https://news.example/'}]\n")
    root = tmp_path / "archive"
    (root / "fn1").mkdir(parents=True)
    (root / ".DS_Store").write_bytes(b"x")
    done = program("verify")
    assert (done.code, done.out.split(":")[:3]) == (0, ["warning", " .DS_Store", " litter"])
    (root / "fn1" / "a\n\x1b[2Jb").write_bytes(b"x")
    (root / "fn1" / os.fsdecode(b"\xff")).write_bytes(b"x")
    (root / "notes.txt").write_bytes(b"x")
    done = program("verify")
    assert done.code == 1
    assert "error: notes.txt: file-added:" in done.out
    assert "error: fn1/a\\n\\x1b[2Jb: file-added:" in done.out
    assert "error: fn1/\\udcff: file-added:" in done.out
    assert "notes.txt" not in program("verify", "fn1").out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_a_history_that_is_no_file_does_not_hide_the_rest(tmp_path: Path) -> None:
    """A FIFO in its place is told and not waited for, and a forged page is still found."""
    program = Program(tmp_path)
    store = archive(tmp_path)
    folder = store.folder(seal(store))
    (folder / "page.html").write_bytes(b"forged")
    os.mkfifo(tmp_path / "archive" / "fn1" / "history.jsonl")
    done = program("verify")
    assert done.code == 1
    assert "fn1/history.jsonl: history-unreadable" in done.out
    assert "page.html: file-size-differs" in done.out


def test_a_folder_that_cannot_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the right to look into it, nothing is verified, and nothing crashes."""

    def refuse(self: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "iterdir", refuse)
    problems = verify(folder.parents[1], ["fn1"], whole=True)
    assert {(problem.path, problem.what) for problem in problems} == {
        ("", "folder-unreadable"),
        ("fn1", "folder-unreadable"),
    }
