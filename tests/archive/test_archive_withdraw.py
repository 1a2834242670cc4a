"""``citekeeper withdraw``: the files go, hashes and a tombstone stay, and it is never half done."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from citekeeper.archive import Archive, state, verify
from citekeeper.archive import withdrawals as withdrawals_module
from citekeeper.model import CaptureState, Severity

from .program import Program
from .support import archive, seal

SENTENCE = "It is known that the bridge was closed on Monday, as the mayor told reporters in the town hall."


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with one deposit."""
    program = Program(tmp_path)
    (tmp_path / "a.txt").write_text(SENTENCE)
    assert program.deposit("a.txt").code == 0
    return program


def test_the_files_go_and_the_hashes_stay(program: Program) -> None:
    """Only manifests remain; verify says withdrawn and exits 0; the report and show say so; nothing is verifiable."""
    done = program("withdraw", "fn1", "20220502T093000Z", "--reason", "A court order of 3 May")
    assert done.code == 0, done.err
    folder = program.archive / "fn1" / "20220502T093000Z"
    assert {path.name for path in folder.iterdir()} == {"manifest.json", "manifest.1.json"}
    tombstone = json.loads((folder / "manifest.1.json").read_text())
    first = json.loads((folder / "manifest.json").read_text())
    assert (tombstone["event"], tombstone["reason"]) == ("withdraw", "A court order of 3 May")
    assert {item["sha256"] for item in tombstone["withdrawn"]} == {item["sha256"] for item in first["files"]}
    assert [event["event"] for event in program.events()] == ["deposit", "manifest", "withdraw", "manifest"]
    verified = program("verify")
    assert verified.code == 0, verified.out
    assert "withdrawn: Its files were deleted" in verified.out
    assert "court order" in verified.out
    assert "no problem" in verified.err
    entry = program.entry()
    assert entry["captures"][0]["state"] == "withdrawn"
    assert entry["verifiable"] is False


def test_again_changes_nothing(program: Program) -> None:
    """The same command, with the path that show prints."""
    program("withdraw", "fn1", "20220502T093000Z", "--reason", "A court order")
    folder = program.archive / "fn1"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = program("withdraw", "fn1", "archive/fn1/20220502T093000Z/", "--reason", "Again")
    assert done.code == 0
    assert "already" in done.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("fn1", "20200101T000000Z", "--reason", "x"), "20220502T093000Z"),
        (("fn9", "20220502T093000Z", "--reason", "x"), "fn9"),
        (("fn1", "20220502T093000Z", "--reason", " "), "--reason"),
        (("fn1", "20220502T093000Z"), "--reason"),
        (("fn1", "../fn1/..", "--reason", "x"), "no capture"),
    ],
)
def test_wrong_usage_is_exit_2(program: Program, arguments: tuple[str, ...], told: str) -> None:
    """A sentence, and nothing is deleted."""
    done = program("withdraw", *arguments)
    assert done.code == 2
    assert told in done.err
    assert program("verify").out == ""


def _sealed(tmp_path: Path) -> tuple[Archive, Path]:
    store = archive(tmp_path)
    return store, store.folder(seal(store))


def test_a_crash_between_tombstone_and_deletion_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the tombstone the capture counts as withdrawn, verify names what is left, the next run deletes it."""
    store, folder = _sealed(tmp_path)
    real = Path.unlink
    deleted = []

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self.parent == folder and not self.name.startswith("."):
            if deleted:
                raise KeyboardInterrupt
            deleted.append(self.name)
        real(self, missing_ok)

    (capture,) = store.captures("fn1")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", unlink)
        with pytest.raises(KeyboardInterrupt):
            store.withdraw(capture, "a reason")
    (capture,) = store.captures("fn1")
    assert capture.state is CaptureState.WITHDRAWN
    problems = verify(tmp_path / "archive")
    assert {p.what for p in problems if p.severity is Severity.ERROR} == {"withdrawal-unfinished"}
    archive(tmp_path).prepare()
    assert {path.name for path in folder.iterdir()} == {"manifest.json", "manifest.1.json"}
    problems = verify(tmp_path / "archive")
    assert [p.what for p in problems] == ["withdrawn"]
    assert state(capture, problems) is CaptureState.WITHDRAWN


def test_a_disk_that_refuses_the_tombstone_keeps_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file goes before the tombstone is sealed."""
    store, folder = _sealed(tmp_path)
    (capture,) = store.captures("fn1")
    before = {path.name for path in folder.iterdir()}

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("citekeeper.archive.store.write_atomic", refuse)
    with pytest.raises(Exception, match="disk is full"):
        store.withdraw(capture, "a reason")
    assert {path.name for path in folder.iterdir()} == before


def test_a_tombstone_that_names_too_little_is_told(tmp_path: Path) -> None:
    """One that hides a capture from the reports and deletes nothing, or one file only, is none of ours."""
    store = archive(tmp_path)
    folder = store.folder(seal(store))
    fields = json.loads((folder / "manifest.json").read_text())
    for named in ([], [file for file in fields["files"] if file["name"] == "page.html"]):
        tombstone = fields | {"event": "withdraw", "files": [], "withdrawn": named, "previous": [_hash(folder)]}
        (folder / "manifest.1.json").write_text(json.dumps(tombstone | {"reason": "A reason"}))
        found = [problem for problem in verify(tmp_path / "archive") if problem.what == "tombstone-differs"]
        assert len(found) == 3 - len(named)
        assert {problem.severity for problem in found} == {Severity.ERROR}


def _hash(folder: Path) -> str:
    return hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()


NAMES = ("../../precious", "manifest.json", "timestamp.tsr", "..", "", "x" * 5000, "\0", "\ud800")


def test_a_forged_tombstone_reaches_no_other_file(tmp_path: Path) -> None:
    """Names that lead elsewhere, or to manifests and tokens, are no names of deleted files."""
    store, folder = _sealed(tmp_path)
    (capture,) = store.captures("fn1")
    precious = tmp_path / "archive" / "precious"
    precious.write_text("x")
    store.withdraw(capture, "a reason")
    path = folder / "manifest.1.json"
    value = json.loads(path.read_text())
    value["withdrawn"] += [{"name": name} for name in NAMES]
    value["withdrawn"][0]["sha256"] = "0" * 64
    path.write_text(json.dumps(value))
    assert withdrawals_module.finish_withdrawal(folder) == ()
    assert precious.exists()
    assert (folder / "manifest.json").exists()
    assert "tombstone-differs" in {p.what for p in verify(tmp_path / "archive")}
