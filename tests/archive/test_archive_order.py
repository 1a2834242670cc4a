"""What a forger could do with numbers, names and merges: each is found and named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper.archive import Archive, state, verify
from citekeeper.archive.numbers import SPAN, follows, next_number
from citekeeper.errors import StorageError
from citekeeper.model import CaptureState, Severity, Translation

from .support import NOON, TEXT, archive, page, reading, seal


def _translation(text: str) -> Translation:
    return Translation("en", "engine", "1", NOON, TEXT, (text, None))


def _versions(tmp_path: Path, *, in_git: bool) -> tuple[Archive, Path]:
    """One capture with three versions of a translation, and a capture after it."""
    if in_git:
        (tmp_path / ".git").mkdir()
    store = archive(tmp_path)
    capture = seal(store)
    for text in ("Hello", "Good day", "Good morning"):
        store.add_translation(capture, _translation(text))
    seal(store, page("<p>Later"), text=reading("Later."))
    assert verify(tmp_path / "archive") == []
    return store, store.folder(capture)


def _later(folder: Path) -> list[Path]:
    """The later manifests, in the order of their numbers."""
    return sorted(folder.glob("manifest.*.json"), key=lambda path: int(path.name.split(".")[1]))


def _exchange(one: Path, other: Path) -> None:
    data = one.read_bytes(), other.read_bytes()
    one.write_bytes(data[1])
    other.write_bytes(data[0])


def _renumber(path: Path, by: int) -> None:
    number = int(path.name.split(".")[1])
    path.rename(path.with_name(f"manifest.{number + by}.json"))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _forge(folder: Path, name: str, data: bytes, **more: Any) -> None:
    """Write ``name`` and list it in a manifest of one's own, which follows the newest, with a number that fits."""
    store = archive(folder.parents[2])
    (folder / name).write_bytes(data)
    fields = json.loads(_later(folder)[-1].read_bytes())
    size = {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    fields |= {"files": [size], "previous": store.heads("fn1"), **more}
    sealed = json.dumps(fields).encode()
    taken = [int(path.name.split(".")[1]) for path in _later(folder) if _hash(path) in _above(folder, fields)]
    number = next_number(taken, hashlib.sha256(sealed).hexdigest(), apart=True)
    (folder / f"manifest.{number}.json").write_bytes(sealed)


def _above(folder: Path, fields: dict[str, Any]) -> set[str]:
    """Every manifest that one with these fields follows."""
    known = {_hash(path): json.loads(path.read_bytes()) for path in folder.parent.rglob("manifest*.json")}
    found: set[str] = set()
    ahead = list(fields["previous"])
    while ahead:
        sha256 = ahead.pop()
        found.add(sha256)
        ahead += known.get(sha256, {}).get("previous", [])
    return found


FORGED = json.dumps(
    {
        "label": "machine translation", "language": "en", "paragraphs": ["Forged", None],
        "made_at": "2026-11-02T12:00:00Z", "source_sha256": TEXT,
    }
).encode()  # fmt: skip
GIANT = "text.en.999999999999.json"

TAMPERINGS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "two later manifests change names": ("number-differs", lambda f: _exchange(*_later(f)[:2])),
    "a later manifest gets a higher number": ("number-differs", lambda f: _renumber(_later(f)[-1], SPAN)),
    "a later manifest gets other digits": ("number-differs", lambda f: _renumber(_later(f)[-1], 1)),
    "a later manifest gets a lower number": ("number-differs", lambda f: _renumber(_later(f)[-1], -2 * SPAN)),
    "a later manifest gets a counted number": (
        "number-differs",
        lambda f: _later(f)[-1].rename(f / "manifest.7.json"),
    ),
    "a translation that shall count for ever": ("number-differs", lambda f: _forge(f, GIANT, FORGED)),
    "a translation with a counted number": ("number-differs", lambda f: _forge(f, "text.en.3.json", FORGED)),
    "certificates without their token": ("number-differs", lambda f: _forge(f, "timestamp.1000042.pem", b"x")),
    "the page replaced, its new hash in a later manifest": (
        "file-relisted",
        lambda f: _forge(f, "page.html", b"<p>Forged"),
    ),
    "the text replaced, its new hash in a later manifest": ("file-relisted", lambda f: _forge(f, "text.json", FORGED)),
    "a translation replaced, its new hash in a later manifest": (
        "file-relisted",
        lambda f: _forge(f, "text.en.json", FORGED),
    ),
    "the page replaced, in a manifest that follows nothing": (
        "manifest-not-following",
        lambda f: _forge(f, "page.html", b"<p>Forged", previous=[]),
    ),
    "the page replaced, as if on a branch": (
        "file-relisted",
        lambda f: _forge(f, "page.html", b"<p>Wrong", previous=[_hash(f / "manifest.json")]),
    ),
    "a translation replaced, in a manifest that follows nothing": (
        "manifest-not-following",
        lambda f: _forge(f, "text.en.json", FORGED, previous=[]),
    ),
    "a merge that mixes both sides": (
        "file-size-differs",
        lambda f: (
            _forge(f, "text.en.json", FORGED, previous=[_hash(f / "manifest.json")]),
            (f / "text.en.json").write_bytes(b"<<<<<<<\n" + FORGED),
        ),
    ),
    "a later manifest removed": ("manifest-lost", lambda f: _later(f)[0].unlink()),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_with_order_is_found_and_named(tmp_path: Path, name: str) -> None:
    """Numbers, versions and listings leave no choice: each change is an error by its own code."""
    _, folder = _versions(tmp_path, in_git=True)
    what, act = TAMPERINGS[name]
    act(folder)
    problems = verify(tmp_path / "archive")
    assert what in {problem.what for problem in problems if problem.severity is Severity.ERROR}, problems


def test_counted_manifests_cannot_change_places(tmp_path: Path) -> None:
    """Where numbers are counted, what is sealed later has the higher one."""
    store, folder = _versions(tmp_path, in_git=False)
    _exchange(*_later(folder)[:2])
    problems = verify(tmp_path / "archive")
    assert {problem.what for problem in problems} == {"number-differs"}
    assert state(store.captures("fn1")[0], problems) is CaptureState.TAMPERED


def test_a_feigned_merge_is_told(tmp_path: Path) -> None:
    """A forged translation under the first one's name, as if from a branch, passes for a merge, but not unseen."""
    _, folder = _versions(tmp_path, in_git=True)
    sealed = _hash(folder / "text.en.json")
    _forge(folder, "text.en.json", FORGED, previous=[_hash(folder / "manifest.json")])
    (problem,) = verify(tmp_path / "archive")
    assert (problem.what, problem.severity) == ("file-merged-away", Severity.WARNING)
    assert sealed in problem.message


def test_a_feigned_merge_does_not_hide_what_was_cut(tmp_path: Path) -> None:
    """The manifest of the version that is said to be merged away must be there all the same."""
    _, folder = _versions(tmp_path, in_git=True)
    sealed = _later(folder)[0]
    _forge(folder, "text.en.json", FORGED, previous=[_hash(folder / "manifest.json")])
    sealed.unlink()
    assert "manifest-lost" in {problem.what for problem in verify(tmp_path / "archive")}


@given(
    st.lists(st.integers(1, 10**11), max_size=5), st.text("0123456789abcdef", min_size=64, max_size=64), st.booleans()
)
def test_the_next_number_is_the_highest_and_the_only_one(taken: list[int], sha256: str, apart: bool) -> None:
    """It is above all that are taken, `follows` knows it again, and no neighbour of it passes."""
    number = next_number(taken, sha256, apart=apart)
    assert number > max(taken, default=0)
    assert follows(number, taken, sha256)
    if number >= SPAN:
        assert not follows(number + 1, taken, sha256)
        assert not follows(number + SPAN, taken, sha256)


def test_no_number_is_too_long_for_a_name(tmp_path: Path) -> None:
    """Where no higher number is left, it is said, and nothing is written under a name that no reader knows."""
    with pytest.raises(StorageError, match="leaves no higher one"):
        next_number([10**12 - 1], "0" * 64, apart=False)


def test_a_manifest_that_an_older_merge_dropped_can_be_put_back(tmp_path: Path) -> None:
    """Counted names collided: the one that was dropped verifies under a free number, as the message says."""
    store = archive(tmp_path)
    folder = store.folder(seal(store))
    sealed = []
    for text in ("Hello", "Good day"):
        store.add_translation(store.captures("fn1")[0], _translation(text))
        sealed.append((folder / "manifest.1.json").read_bytes())
        (folder / "manifest.1.json").unlink()
    (folder / "manifest.1.json").write_bytes(sealed[1])
    lines = [{"id": str(n), "manifest": hashlib.sha256(data).hexdigest()} for n, data in enumerate(sealed)]
    lines.append({"id": "2", "manifest": _hash(folder / "manifest.json")})
    (folder.parent / "history.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    (problem,) = verify(tmp_path / "archive")
    assert problem.what == "manifest-cut-off"
    assert "out of git again under a free number" in problem.message
    (folder / "manifest.2.json").write_bytes(sealed[0])
    assert [problem.what for problem in verify(tmp_path / "archive")] == ["file-merged-away"]
