"""The language model is kept unpacked, and whatever happens to the copy, the answers stay the same."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from citekeeper.reading.language_model import open_model

CODES = ["de", "en", "fr", "nl", "ru", "uk", "xx"]
TEXTS = (
    "The mayor told reporters on Monday that the bridge would stay closed for the whole winter.",
    "Der Bürgermeister sagte am Montag, die Brücke bleibe den ganzen Winter gesperrt.",
    "Мэр заявил в понедельник, что мост будет закрыт всю зиму.",
    "Мер заявив у понеділок, що міст буде закритий усю зиму.",
    "De burgemeester zei maandag dat de brug de hele winter dicht blijft.",
    "",
    "12345",
)


def told(directory: Path | None) -> list[tuple[str, float]]:
    """What a model says of all texts."""
    model = open_model(CODES, directory)
    return [(str(language), round(float(sure), 6)) for language, sure in map(model.classify, TEXTS)]


@pytest.fixture(scope="module")
def packed() -> list[tuple[str, float]]:
    """What the packed model says."""
    return told(None)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache directory with an unpacked model in it."""
    directory = tmp_path_factory.mktemp("kept")
    told(directory)
    return directory


def only(directory: Path) -> Path:
    """The one model that is kept there."""
    (folder,) = directory.iterdir()
    return folder


def test_kept_unpacked_it_says_the_same(tmp_path: Path, packed: list[tuple[str, float]]) -> None:
    """The first process unpacks it, the second maps it; both answer like the packed one, unknown codes left out."""
    assert told(tmp_path / "cache") == packed
    before = {path.name: path.stat().st_mtime_ns for path in only(tmp_path / "cache").iterdir()}
    assert told(tmp_path / "cache") == packed
    assert {path.name: path.stat().st_mtime_ns for path in only(tmp_path / "cache").iterdir()} == before
    assert [language for language, _ in packed[:5]] == ["en", "de", "ru", "uk", "nl"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("model.json", b"{}"),
        ("nb_ptc.npy", b""),
        ("tk_row.npy", b"no array"),
        ("tk_nextmove.npy", None),
    ],
)
def test_a_damaged_copy_is_made_anew(
    tmp_path: Path, kept: Path, packed: list[tuple[str, float]], name: str, data: bytes | None
) -> None:
    """A file cut off, or of other content, is noticed, and the copy replaced."""
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    damaged = only(tmp_path) / name
    size = damaged.stat().st_size
    damaged.write_bytes(damaged.read_bytes()[: size // 2] if data is None else data)
    assert told(tmp_path) == packed
    assert (only(tmp_path) / name).stat().st_size == size


def test_a_missing_file_is_made_anew(tmp_path: Path, kept: Path, packed: list[tuple[str, float]]) -> None:
    """A copy that lacks a part is not used."""
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    (only(tmp_path) / "tk_output.npy").unlink()
    assert told(tmp_path) == packed
    assert (only(tmp_path) / "tk_output.npy").is_file()


def test_where_it_cannot_be_kept_it_is_unpacked(tmp_path: Path, packed: list[tuple[str, float]]) -> None:
    """A cache directory that is a file, as after a mistake: nothing is kept, nothing fails."""
    (tmp_path / "cache").write_text("not a directory")
    assert told(tmp_path / "cache") == packed


def test_other_languages_are_another_copy(tmp_path: Path, kept: Path) -> None:
    """Two versions of the program tell different languages apart: each finds its own copy."""
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    assert open_model(["de", "en"], tmp_path).nb_classes == ["de", "en"]
    assert len(list(tmp_path.iterdir())) == 2


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    """An unfinished copy is removed once it is old; a young one may be another process's."""
    old, young = (tmp_path / f"language-0123456789abcdef.part-{name}" for name in ("old", "young"))
    for left in (old, young):
        left.mkdir()
        (left / "nb_ptc.npy").write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    open_model(CODES, tmp_path)
    assert not old.exists()
    assert young.exists()
