"""Writing so that nothing is ever half written."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
import time

import pytest

from citekeeper import files
from citekeeper.errors import StorageError


def _temporaries(directory):
    return [p.name for p in directory.iterdir() if p.name.startswith(files.TEMPORARY_PREFIX)]


def test_a_write_replaces_the_whole_file_and_keeps_its_permissions(tmp_path):
    """The new content is there, the old permissions too, and no temporary file."""
    path = tmp_path / "citations.yaml"
    files.write_atomic(path, b"old")
    path.chmod(0o640)
    files.write_text_atomic(path, "новый\r\n")
    assert path.read_bytes() == "новый\r\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert _temporaries(tmp_path) == []


def test_a_new_file_has_the_permissions_of_the_umask_or_those_asked_for(tmp_path):
    """Not the 0600 of a temporary file."""
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    files.write_atomic(tmp_path / "new", b"x")
    files.write_atomic(tmp_path / "secret", b"x", mode=0o600)
    assert (tmp_path / "new").stat().st_mode == plain.stat().st_mode
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_a_symbolic_link_stays_one(tmp_path):
    """The file that the link names is replaced."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    link.symlink_to(real)
    files.write_atomic(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize("failing", ["fsync", "fchmod"])
@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "permission"), (errno.EIO, "error")],
)
def test_a_failed_write_leaves_the_old_file_and_says_what_to_do(tmp_path, monkeypatch, failing, code, words):
    """Disk full, read-only, no rights, a broken disk: the old content, no temporary file, a sentence and a hint."""
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fail(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(StorageError) as caught:
        files.write_atomic(path, b"new")
    assert words in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 3
    assert path.read_bytes() == b"old"
    assert _temporaries(tmp_path) == []


def test_ctrl_c_leaves_nothing_half_written(tmp_path, monkeypatch):
    """An interrupt goes through, and neither a half file nor a temporary stays."""
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert _temporaries(tmp_path) == []


@pytest.mark.parametrize("place", ["missing/file", "file/below", "directory"])
def test_an_impossible_place_is_told(tmp_path, place):
    """A missing directory, a file in the path, a directory in its place."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "directory").mkdir()
    with pytest.raises(StorageError) as caught:
        files.write_atomic(tmp_path / place, b"x")
    assert caught.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_a_real_file_size_limit_leaves_the_old_file(tmp_path):
    """The kernel itself refuses in the middle of the write."""
    import subprocess

    path = tmp_path / "file"
    path.write_bytes(b"old")
    program = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom citekeeper import errors, files\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "path = Path(sys.argv[1])\n"
        "for write in (lambda: files.write_atomic(path, b'x' * 5000), lambda: files.append_line(path, b'x' * 5000)):\n"
        "    try:\n        write()\n        sys.exit(9)\n    except errors.StorageError:\n        pass\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False, timeout=60)
    assert done.returncode == 0
    assert path.read_bytes() == b"old"
    assert _temporaries(tmp_path) == []


def test_lines_are_appended_and_a_torn_one_is_closed_first(tmp_path):
    """What a crash left without its line end does not swallow the next line."""
    path = tmp_path / "deep" / "history.jsonl"
    files.append_line(path, b"one")
    files.append_line(path, b"two\n")
    with path.open("ab") as stream:
        stream.write(b'{"torn')
    files.append_line(path, b"three")
    assert path.read_bytes() == b'one\ntwo\n{"torn\nthree\n'
    with pytest.raises(ValueError, match="line feed"):
        files.append_line(path, b"a\nb")


def test_many_writers_never_mix_their_lines(tmp_path):
    """Each line is one write."""
    path = tmp_path / "log"
    threads = [
        threading.Thread(target=lambda n=n: [files.append_line(path, f"{n}:{i}".encode() * 50) for i in range(20)])
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    lines = path.read_bytes().splitlines()
    assert sorted(lines) == sorted(f"{n}:{i}".encode() * 50 for n in range(4) for i in range(20))


def test_only_stale_temporaries_are_swept(tmp_path):
    """What a killed run left goes; what a living run writes, and other files, stay."""
    old, young, other = (tmp_path / name for name in (".citekeeper-tmp-a", ".citekeeper-tmp-b", "citations.yaml"))
    for path in (old, young, other):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    assert files.sweep_temporaries(tmp_path) == 1
    assert {p.name for p in tmp_path.iterdir()} == {young.name, other.name}
    assert files.sweep_temporaries(tmp_path / "nowhere") == 0


def test_lines_that_are_synced_later_are_there_at_once_and_on_disk_when_settled(tmp_path, monkeypatch):
    """Other processes read them before; `settle` comes back when every log and new directory entry was forced."""
    forced, real = [], os.fsync

    def slow(descriptor):
        time.sleep(0.05)
        real(descriptor)
        forced.append(os.readlink(f"/proc/self/fd/{descriptor}"))  # noqa: PTH115

    monkeypatch.setattr(files.os, "fsync", slow)
    syncing, logs = files.Syncing(), [tmp_path / name / "log" for name in "abc"]
    for log in logs:
        files.append_line(log, b"one", syncing=syncing)
    files.append_line(logs[0], b"two", syncing=syncing)
    assert [log.read_bytes() for log in logs] == [b"one\ntwo\n", b"one\n", b"one\n"]
    assert len(forced) < 7
    syncing.settle()
    assert sorted(forced) == sorted(map(str, [*logs, logs[0], *(log.parent for log in logs)]))


def test_a_disk_that_does_not_take_lines_is_told_by_the_next_or_at_the_end(tmp_path, monkeypatch):
    """An error of forcing to disk is not lost, though its caller went on."""

    def failing(_descriptor):
        raise OSError(errno.EIO, "Input/output error")

    log, syncing = tmp_path / "log", files.Syncing()
    log.touch()
    monkeypatch.setattr(files.os, "fsync", failing)
    files.append_line(log, b"one", syncing=syncing)
    with pytest.raises(OSError, match="Input/output"):
        syncing.settle()
    files.append_line(log, b"two", syncing=syncing)
    time.sleep(0.2)
    with pytest.raises(StorageError):
        files.append_line(log, b"three", syncing=syncing)
    assert log.read_bytes() == b"one\ntwo\nthree\n"


# ── devices and pipes ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def null(tmp_path):
    """A device like /dev/null, where this test may make one; else the real one."""
    made = tmp_path / "null"
    try:
        os.mknod(made, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        made.write_bytes(b"x")
    except OSError:
        pytest.skip("only root can make a device, and not everywhere")
    return made


def test_no_file_is_put_in_the_place_of_a_device(null):
    """Root could: then /dev/null would be a file, for every program of the machine."""
    with pytest.raises(StorageError, match="it is a device or a pipe"):
        files.write_atomic(null, b"x")
    files.write_output(null, b"x")
    assert stat.S_ISCHR(null.lstat().st_mode)
    assert _temporaries(null.parent) == []


def test_a_pipe_gets_what_is_written(tmp_path):
    """A named pipe stays one, and its reader gets all."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(StorageError, match="it is a device or a pipe"):
        files.write_atomic(path, b"x")
    got = []
    reader = threading.Thread(target=lambda: got.append(path.read_bytes()))
    reader.start()
    files.write_output(path, b"x" * 100_000)
    reader.join(10)
    assert got == [b"x" * 100_000]
    assert stat.S_ISFIFO(path.lstat().st_mode)


def test_a_descriptor_by_its_name_is_written_behind_what_it_has(tmp_path):
    """``-o /dev/stdout >> file`` keeps what the file held."""
    path = tmp_path / "file"
    path.write_bytes(b"before ")
    with path.open("ab") as stream:
        name = f"/dev/fd/{stream.fileno()}"
        if not os.path.exists(name):  # noqa: PTH110
            pytest.skip("this system has no /dev/fd")
        files.write_output(type(path)(name), b"after")
    assert path.read_bytes() == b"before after"


def test_what_the_writer_raises_is_told_as_it_is(tmp_path):
    """The file was not written, so what stood there stands; the error is nobody else's."""
    path = tmp_path / "file"
    path.write_bytes(b"old")
    writing = files.whole_file(path)
    writing.__enter__().write(b"half")
    error = ValueError("mine")
    assert not writing.__exit__(ValueError, error, None)
    assert path.read_bytes() == b"old"
    assert _temporaries(tmp_path) == []


def test_a_full_device_is_told():
    """What cannot be written to a device is said, with its name."""
    full = files.Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(StorageError, match="/dev/full could not be written: the disk is full"):
        files.write_output(full, b"x")


def test_a_file_in_place_of_a_directory(tmp_path):
    """It is said what stands in the way."""
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(StorageError, match="out could not be written: a file stands in its place"):
        files.ensure_directory(tmp_path / "out")


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch):
    """As in a container that runs as a number: no crash, and the variable that resolves it is named."""

    def homeless():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("pathlib.Path.home", homeless)
    with pytest.raises(StorageError) as caught:
        files.cache_directory({})
    assert "CITEKEEPER_CACHE_DIR" in caught.value.hint
    assert files.cache_directory({"CITEKEEPER_CACHE_DIR": "c"}) == files.Path("c")
