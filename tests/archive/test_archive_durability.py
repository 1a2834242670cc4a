"""Killed, out of disk, not allowed to write, merged by git: no half capture is ever visible, no finished one lost."""

from __future__ import annotations

import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from citekeeper.archive import Archive, verify
from citekeeper.clock import SystemClock
from citekeeper.errors import StorageError
from citekeeper.model import CaptureState, Translation

from .support import CITATION, HTML, NOON, FixedClock, archive, exchange, hop, page, reading, seal

ROOT = Path(__file__).parents[2]

CHILD = """
import os
import sys
from pathlib import Path
from citekeeper.archive import Archive
from citekeeper.clock import SystemClock
from archive.support import page, seal
from citekeeper.model import Translation
from archive.support import NOON
store = Archive(Path(sys.argv[1]), SystemClock())
with store.lock():
    store.prepare()
    os.write(1, b"ready\\n")
    number = int(sys.argv[2])
    while True:
        number += 1
        capture = seal(store, page(f"<p>{number}</p>" + "x" * 60_000))
        store.add_translation(capture, Translation("en", "e", "1", NOON, "0" * 64, (str(number),)))
        os.write(1, f"{capture.id}\\n".encode())  # in one piece: the kill must not fall between id and line end
"""


def _visible(root: Path) -> list[str]:
    home = root / "fn1"
    return sorted(p.name for p in home.iterdir() if not p.name.startswith(".")) if home.is_dir() else []


def _seconds_of_a_capture(root: Path) -> float:
    """How long a capture takes on this machine now; the second one counts, as the first loads the modules."""
    store = Archive(root, SystemClock())
    with store.lock():
        store.prepare()
        for number in range(2):
            began = time.monotonic()
            seal(store, page(f"<p>{number}</p>" + "x" * 60_000))
    return time.monotonic() - began


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Thirty kills: every visible folder is a whole capture, every announced one is there, the next run cleans up."""
    root = tmp_path / "archive"
    chance = random.Random(11)
    announced: list[str] = []
    # So that kills fall before, within and after captures; the first after a fork takes longer.
    long = 0.1 + 3 * _seconds_of_a_capture(tmp_path / "measure")
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"}
    child = subprocess.Popen(
        [sys.executable, "-c", _forking(CHILD), str(root)],
        stdout=subprocess.PIPE, stdin=subprocess.PIPE, env=environment, text=True, cwd=ROOT,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    for kill in range(30):
        child.stdin.write(f"{kill * 1000} {chance.uniform(0.0, long)}\n")
        child.stdin.flush()
        for line in child.stdout:
            if line.strip() == "killed":
                break
            if line.strip() != "ready":
                announced.append(line.strip())
        captures = Archive(root, SystemClock()).captures("fn1")
        assert [c.id for c in captures if c.state is not CaptureState.INTACT] == []
        assert {capture.id for capture in captures} == set(_visible(root))
    child.stdin.close()
    child.stdout.close()
    assert child.wait(timeout=20) == 0
    store = Archive(root, SystemClock())
    assert set(announced) <= {capture.id for capture in store.captures("fn1")}
    assert announced
    with store.lock():
        store.prepare()
    assert list(root.rglob(".citekeeper-tmp-*")) == []
    for capture in store.captures("fn1"):  # what a kill left untranslated is translated by the next run
        if store.translation(capture, "en") is None:
            store.add_translation(capture, Translation("en", "e", "1", NOON, "0" * 64, ("x",)))
    assert {p.what for p in verify(root)} <= {"chain-time-reversed"}
    assert len(store.heads("fn1")) == 1


def _forking(program: str) -> str:
    """``program`` run in a fresh process for every line on stdin (start number, seconds), then killed with SIGKILL.

    The modules are loaded once in the parent, so that thirty kills take seconds and hit the writing, not the imports.
    """
    body = program.replace("sys.argv[2]", "start").replace("\n", "\n        ")
    return (
        "import os, signal, sys, time\n"
        "import citekeeper.archive.wacz, citekeeper.archive.page, lxml.html, archive.support\n"
        "for line in sys.stdin:\n"
        "    start, seconds = line.split()\n"
        "    pid = os.fork()\n"
        "    if pid == 0:\n"
        f"        {body}\n"
        "    time.sleep(0.01 + float(seconds))\n"
        "    os.kill(pid, signal.SIGKILL)\n"
        "    os.waitpid(pid, 0)\n"
        "    print('killed', flush=True)\n"
    )


@pytest.mark.parametrize("step", ["os.fsync", "os.rename", "pathlib.Path.mkdir", "pathlib.Path.write_bytes"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_a_disk_that_refuses_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    """At whatever step the disk refuses, the error says so, and neither a capture nor a temporary is left."""
    store = archive(tmp_path)
    first = seal(store)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(step, refuse)
    with pytest.raises(StorageError) as caught:
        seal(store, page("<p>Another"))
    monkeypatch.undo()
    assert caught.value.hint
    assert store.captures("fn1") == (first,)
    assert list((tmp_path / "archive").rglob(".citekeeper-tmp-*")) == []
    assert verify(tmp_path / "archive") == []


def test_interrupted_by_ctrl_c(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """KeyboardInterrupt in the middle passes through and leaves nothing behind."""
    store = archive(tmp_path)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("citekeeper.archive.page.render_page", interrupt)
    with pytest.raises(KeyboardInterrupt):
        seal(store)
    assert _visible(tmp_path / "archive") == []
    assert list((tmp_path / "archive").rglob(".citekeeper-tmp-*")) == []


def test_a_file_size_limit_is_a_full_disk(tmp_path: Path) -> None:
    """A real refusal by the system, in the middle of writing the package."""
    store = archive(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
        with pytest.raises(StorageError, match="could not be written"):
            seal(store, page(os.urandom(100_000)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert _visible(tmp_path / "archive") == []
    assert list((tmp_path / "archive").rglob(".citekeeper-tmp-*")) == []


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("no file system can be mounted here (needs root)")
    yield place
    subprocess.run([str(shutil.which("umount")), str(place)], check=True)


def _fill(store: Archive) -> None:
    for _ in range(20):
        seal(store, page(os.urandom(30_000)), text=reading("t"))


def test_a_disk_that_is_really_full(full_disk: Path) -> None:
    """On a small file system the last capture fails cleanly, the earlier ones stay whole, and work goes on after."""
    store = Archive(full_disk / "archive", FixedClock())
    with pytest.raises(StorageError, match="disk is full") as caught:
        _fill(store)
    assert "Free some space" in caught.value.hint
    made = store.captures("fn1")
    assert made
    assert verify(full_disk / "archive") == []
    shutil.rmtree(store.folder(made[-1]))
    assert seal(store, page("<p>small")).state is CaptureState.INTACT


def test_a_read_only_archive(tmp_path: Path) -> None:
    """Without the right to write, the error says what to do."""
    root = tmp_path / "archive"
    root.mkdir()
    root.chmod(0o555)
    if os.access(root, os.W_OK):
        root.rmdir()
        root.write_text("a file in its place refuses root too")
    with pytest.raises(StorageError) as caught:
        seal(archive(tmp_path))
    assert caught.value.hint
    with pytest.raises(StorageError), archive(tmp_path).lock():
        pass
    if root.is_dir():
        root.chmod(0o755)


def test_the_lock_of_a_dead_process_is_free(tmp_path: Path) -> None:
    """A killed holder leaves a file but no lock."""
    root = tmp_path / "archive"
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom citekeeper.archive import Archive\n"
        "from citekeeper.clock import SystemClock\n"
        "with Archive(Path(sys.argv[1]), SystemClock()).lock():\n    print('held', flush=True)\n    time.sleep(30)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(root)], stdout=subprocess.PIPE, env=environment, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    with pytest.raises(StorageError, match=f"process {child.pid}"), archive(tmp_path).lock():
        pass
    child.kill()
    child.wait(timeout=10)
    child.stdout.close()
    deadline = time.monotonic() + 5
    while True:
        try:
            with archive(tmp_path).lock():
                break
        except StorageError:
            assert time.monotonic() < deadline
            time.sleep(0.02)


# ── git ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _git(where: Path, *arguments: str) -> None:
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(where), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org",
        "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org",
    }  # fmt: skip
    done = subprocess.run(["git", *arguments], cwd=where, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_two_branches_merge_into_one_graph_that_verifies(tmp_path: Path) -> None:
    """Captures made apart keep verifying after a merge, also in a clone with autocrlf; the next one follows both."""
    work = tmp_path / "work"
    work.mkdir()
    _git(work, "init", "-q", "-b", "main")
    archive(work).prepare()
    seal(archive(work))
    _git(work, "add", ".")
    _git(work, "commit", "-qm", "base")
    _git(work, "checkout", "-qb", "other")
    store = archive(work)
    capture = seal(store, page("<p>line\r\nends\n", CITATION.url or ""))
    store.add_translation(capture, Translation("en", "e", "1", NOON, "0" * 64, ("x",)))
    _git(work, "add", ".")
    _git(work, "commit", "-qm", "other")
    _git(work, "checkout", "-q", "main")
    later = exchange(hop("https://news.example/story", HTML, b"<p>three", started_at=NOON.replace(hour=13)))
    seal(archive(work, NOON.replace(hour=13)), later)
    _git(work, "add", ".")
    _git(work, "commit", "-qm", "main")
    _git(work, "merge", "-qm", "merge", "other")
    _git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", str(work), "clone")
    for place in (work, tmp_path / "clone"):
        merged = archive(place, NOON.replace(hour=14))
        assert verify(place / "archive") == []
        assert len(merged.captures("fn1")) == 3
        assert len(merged.heads("fn1")) == 2
        seal(merged, page("<p>after the merge", CITATION.url or ""))
        assert len(merged.heads("fn1")) == 1
        assert verify(place / "archive") == []
