"""Out of disk, not allowed to write, merged by git: no half capture is ever visible, no finished one lost."""

from __future__ import annotations

import errno
import os
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
from citekeeper.errors import StorageError
from citekeeper.model import CaptureState, Translation

from .support import CITATION, HTML, NOON, TEXT, FixedClock, archive, exchange, git, hop, page, reading, seal

ROOT = Path(__file__).parents[2]


def _visible(root: Path) -> list[str]:
    home = root / "fn1"
    return sorted(p.name for p in home.iterdir() if not p.name.startswith(".")) if home.is_dir() else []


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

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("citekeeper.archive.page.write_page", interrupt)
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


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_two_branches_merge_into_one_graph_that_verifies(tmp_path: Path) -> None:
    """Captures made apart keep verifying after a merge, also in a clone with autocrlf; the next one follows both."""
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "-q", "-b", "main")
    archive(work).prepare()
    seal(archive(work))
    git(work, "add", ".")
    git(work, "commit", "-qm", "base")
    git(work, "checkout", "-qb", "other")
    store = archive(work)
    capture = seal(store, page("<p>line\r\nends\n", CITATION.url or ""))
    store.add_translation(capture, Translation("en", "e", "1", NOON, TEXT, ("x", None)))
    git(work, "add", ".")
    git(work, "commit", "-qm", "other")
    git(work, "checkout", "-q", "main")
    later = exchange(hop("https://news.example/story", HTML, b"<p>three", started_at=NOON.replace(hour=13)))
    seal(archive(work, NOON.replace(hour=13)), later)
    git(work, "add", ".")
    git(work, "commit", "-qm", "main")
    git(work, "merge", "-qm", "merge", "other")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", str(work), "clone")
    for place in (work, tmp_path / "clone"):
        merged = archive(place, NOON.replace(hour=14))
        assert verify(place / "archive") == []
        assert len(merged.captures("fn1")) == 3
        assert len(merged.heads("fn1")) == 2
        seal(merged, page("<p>after the merge", CITATION.url or ""))
        assert len(merged.heads("fn1")) == 1
        assert verify(place / "archive") == []
