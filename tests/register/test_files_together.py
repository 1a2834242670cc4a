"""Many files at once: each whole or not at all, forced to disk together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from citekeeper import files
from citekeeper.errors import StorageError
from citekeeper.files import write_together


def test_all_stand_there_with_their_permissions(tmp_path: Path) -> None:
    """New files get what the umask allows, old ones keep what they have, links stay links."""
    (tmp_path / "old").write_bytes(b"before")
    (tmp_path / "old").chmod(0o640)
    (tmp_path / "link").symlink_to("target")
    given = [(tmp_path / name, [name.encode(), b"!"]) for name in ("new", "old", "link")]
    assert list(write_together(given)) == [path for path, _ in given]
    assert [(tmp_path / name).read_bytes() for name in ("new", "old", "target")] == [b"new!", b"old!", b"link!"]
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "new", "old", "target"]


def test_the_directory_is_forced_to_disk_by_the_hundred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of a thousand pages does not wait for the disk a thousand times, one page after the other."""
    waits: list[int] = []
    sync_all = files.sync_all
    monkeypatch.setattr(files, "sync_all", lambda paths: waits.append(1) or sync_all(paths))
    assert len(list(write_together((tmp_path / f"{n}.html", [b"x"]) for n in range(600)))) == 600
    assert len(waits) == 3


def test_what_fails_leaves_nothing_half_and_nothing_behind(tmp_path: Path) -> None:
    """Where a page cannot be made, or its directory is not there, old files are as they were."""
    (tmp_path / "a").write_bytes(b"before")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        list(write_together([(tmp_path / "a", pieces())]))
    with pytest.raises(StorageError, match="does not exist"):
        list(write_together([(tmp_path / "a", [b"after"]), (tmp_path / "none" / "b", [b"x"])]))
    assert (tmp_path / "a").read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
