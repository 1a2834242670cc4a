"""Two branches of a real git repository work on one citation and are merged: nothing collides, everything verifies."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from citekeeper.archive import Archive, state, verify
from citekeeper.archive.deposits import Claim
from citekeeper.archive.timestamp import load_roots, query, verify_reply
from citekeeper.archive.verify import Problem
from citekeeper.clock import iso
from citekeeper.history import History
from citekeeper.model import Capture, CaptureState, Severity, Translation
from citekeeper.pipeline.chronicle import record_manifests

from .support import CITATION, NOON, TEXT, FixedClock, archive, git, page, reading, seal
from .timestamping import Authority

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
CLAIM = Claim(NOON - timedelta(days=9), "2026-10-24", "A. Editor", "Saved by hand")

Act = Callable[[Archive, Path], object]


def work(tree: Path, act: Act, seed: int) -> None:
    """Do something to the archive, and record its manifests, as every command does."""
    store = archive(tree)
    act(store, tree)
    record_manifests(
        store, lambda name: History(tree / "archive", name), ["fn1"], FixedClock(), random.Random(seed), None
    )


def commit(tree: Path, message: str) -> None:
    """Commit everything."""
    git(tree, "add", "-A")
    git(tree, "commit", "-qm", message)


def branches(tree: Path, base: Act, ours: Act, theirs: Act) -> None:
    """A repository with ``base``, and one branch for each of the two acts; ours is checked out."""
    tree.mkdir()
    git(tree, "init", "-q", "-b", "main")
    archive(tree).prepare()
    work(tree, base, 1)
    commit(tree, "base")
    git(tree, "checkout", "-qb", "theirs")
    work(tree, theirs, 2)
    commit(tree, "theirs")
    git(tree, "checkout", "-q", "main")
    work(tree, ours, 3)
    commit(tree, "ours")


def problems(tree: Path, authority: Authority | None = None) -> list[Problem]:
    """What `verify` finds, with the history as the command gives it."""
    root = tree / "archive"
    roots = str(authority.roots) if authority else None
    return verify(root, None, {"fn1": History(root, "fn1").events()}, tsa_roots=roots)


def only(store: Archive) -> Capture:
    """The first capture."""
    return store.captures("fn1")[0]


def one(store: Archive, _: Path) -> object:
    """A capture."""
    return seal(store)


def translate(text: str, language: str = "en") -> Act:
    """A translation of the first capture."""
    made = Translation(language, "engine", "1", NOON, TEXT, (text, None))
    return lambda store, _: store.add_translation(only(store), made)


def both(*acts: Act) -> Act:
    """Several acts in turn."""

    def act(store: Archive, tree: Path) -> None:
        for each in acts:
            each(store, tree)

    return act


def deposit(data: bytes) -> Act:
    """A deposit of the claimed date."""

    def act(store: Archive, tree: Path) -> None:
        scan = tree.parent / "scan.pdf"
        scan.write_bytes(data)
        store.deposit(CITATION, [scan], CLAIM, reading=reading("Text."), document=None)

    return act


def withdraw(store: Archive, _: Path) -> object:
    """The first capture's withdrawal."""
    return store.withdraw(only(store), "A court said so.")


def withdraw_too(store: Archive, _: Path) -> object:
    """The same, for a reason of its own."""
    return store.withdraw(only(store), "The author asked for it.")


def nothing(_: Archive, __: Path) -> None:
    """No act."""


SMOOTH: dict[str, tuple[Act, Act, Act, int]] = {
    "captures in one second": (nothing, one, lambda s, _: seal(s, page("<p>Other"), text=reading("Other.")), 2),
    "the same capture in one second": (one, one, one, 2),
    "deposits of one date": (one, deposit(b"%PDF-1.7 one"), deposit(b"%PDF-1.7 two"), 2),
    "the same deposit twice": (nothing, deposit(b"%PDF-1.7 one"), deposit(b"%PDF-1.7 one"), 2),
    "two deposits each": (
        deposit(b"%PDF-1.7 zero"),
        both(deposit(b"%PDF-1.7 one"), deposit(b"%PDF-1.7 three")),
        both(deposit(b"%PDF-1.7 two"), deposit(b"%PDF-1.7 four")),
        2,
    ),
    "translations into two languages": (one, translate("Hello"), translate("Hallo", "nl"), 2),
    "newer translations into one language": (
        both(one, translate("Helo")),
        both(translate("Hello"), translate("Hello!")),
        translate("Good day"),
        2,
    ),
    "translations into the same words": (one, translate("Hello"), translate("Hello"), 1),
    "a translation and a capture": (one, translate("Hello"), one, 2),
    "withdrawals": (one, withdraw, withdraw_too, 2),
}  # fmt: skip


@pytest.mark.parametrize("merges", ["main", "theirs"])
@pytest.mark.parametrize("name", SMOOTH)
def test_concurrent_work_merges_without_a_conflict(tmp_path: Path, name: str, merges: str) -> None:
    """Git needs nobody; the graph has every head, the next capture names them all, and a clone with autocrlf agrees."""
    base, ours, theirs, heads = SMOOTH[name]
    tree = tmp_path / "work"
    branches(tree, base, ours, theirs)
    git(tree, "checkout", "-q", merges)
    git(tree, "merge", "-q", "-m", "merged", "theirs" if merges == "main" else "main")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", str(tree), "clone")
    for place in (tree, tmp_path / "clone"):
        assert {p.what for p in problems(place)} <= {"withdrawn"}
        before = archive(place).heads("fn1")
        assert len(before) == heads
        work(place, lambda store, _: seal(store, page("<p>after"), text=reading("After.")), 4)
        assert len(archive(place).heads("fn1")) == 1
        assert {p.what for p in problems(place)} <= {"withdrawn"}
        manifests = [json.loads(path.read_bytes()) for path in (place / "archive" / "fn1").rglob("manifest*.json")]
        assert sorted(before) in [manifest["previous"] for manifest in manifests]
    assert git(tree, "status", "--porcelain", "--", "archive/fn1/history.jsonl") != ""


def test_the_version_that_counts_is_the_same_whoever_merges(tmp_path: Path) -> None:
    """Of two newer translations the highest number counts, on both sides; the next one is above both."""
    tree = tmp_path / "work"
    branches(tree, both(one, translate("Helo")), translate("Hello"), translate("Good day"))
    counts = []
    for here, there in (("main", "theirs"), ("theirs", "main")):
        git(tree, "checkout", "-q", "-B", f"merged-{here}", here)
        git(tree, "merge", "-q", "-m", "merged", there)
        counts.append(archive(tree).translation(only(archive(tree)), "en"))
    assert counts[0] == counts[1]
    assert counts[0] is not None
    work(tree, translate("The newest"), 5)
    newest = archive(tree).translation(only(archive(tree)), "en")
    assert newest is not None
    assert newest.paragraphs[0] == "The newest"
    assert problems(tree) == []


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A real time-stamp authority."""
    return Authority(tmp_path_factory.mktemp("tsa") / "own")


def stamp(authority: Authority, nonce: int) -> Act:
    """A real time stamp of the first capture."""

    def act(store: Archive, _: Path) -> None:
        capture = only(store)
        digest = hashlib.sha256((store.folder(capture) / "manifest.json").read_bytes()).digest()
        reply = authority.reply(query(digest, nonce))
        found = verify_reply(reply, digest, load_roots(authority.roots.read_bytes()), nonce=nonce)
        facts = {"time": iso(found.time), "nonce": str(nonce), "over": "manifest.json"}
        store.add_timestamp(capture, reply, "".join(found.chain).encode(), facts)

    return act


@pytest.mark.parametrize("side", ["--ours", "--theirs"])
@pytest.mark.parametrize("kind", ["translation", "token"])
def test_either_side_of_a_first_version_will_do(tmp_path: Path, side: str, kind: str, authority: Authority) -> None:
    """text.en.json and timestamp.tsr have fixed names: git asks, either answer verifies, what it dropped is told."""
    tree = tmp_path / "work"
    acts = [translate(text) for text in ("Hello", "Good day", "Newest")]
    if kind == "token":
        acts = [stamp(authority, nonce) for nonce in (5, 7, 9)]
    name = "text.en.json" if kind == "translation" else "timestamp.tsr"
    branches(tree, one, acts[0], acts[1])
    git(tree, "merge", "-q", "-m", "merged", "theirs", fails=True)
    file = f"archive/fn1/{only(archive(tree)).id}/{name}"
    assert git(tree, "diff", "--name-only", "--diff-filter=U").split() == [file]
    if kind == "translation":  # a conflict's markers are no version
        assert "file-size-differs" in {p.what for p in problems(tree)}
    git(tree, "checkout", side, "--", file)
    commit(tree, "merged")
    found = problems(tree, authority)
    assert [(p.what, p.severity) for p in found if p.what != "timestamp-before-sealing"] == [
        ("file-merged-away", Severity.WARNING)
    ]
    capture = only(archive(tree))
    assert state(capture, found) is capture.state is CaptureState.INTACT
    assert len(capture.files) == len({listed.name for listed in capture.files})
    work(tree, acts[2], 5)
    assert {p.what for p in problems(tree, authority)} == {p.what for p in found}
    assert len(archive(tree).heads("fn1")) == 1


def test_what_git_takes_for_moved_is_merged_without_looking_for_renames(tmp_path: Path) -> None:
    """Both branches withdraw one capture and deposit its like: the documented way of merging needs nobody."""
    tree = tmp_path / "work"
    ours, theirs = both(deposit(b"%PDF-1.7 one"), withdraw), both(deposit(b"%PDF-1.7 two"), withdraw_too)
    branches(tree, deposit(b"%PDF-1.7 zero"), ours, theirs)
    git(tree, "merge", "-q", "-s", "recursive", "-X", "no-renames", "-m", "merged", "theirs")
    assert {p.what for p in problems(tree)} == {"withdrawn"}
    assert len(archive(tree).heads("fn1")) == 2


def test_a_withdrawal_meets_a_translation(tmp_path: Path) -> None:
    """What another branch translated meanwhile is told as left over, and a second withdrawal takes it too."""
    tree = tmp_path / "work"
    branches(tree, one, withdraw, translate("Hello"))
    git(tree, "merge", "-q", "-m", "merged", "theirs")
    assert {(p.what, p.severity) for p in problems(tree)} == {
        ("withdrawn", Severity.OK),
        ("withdrawal-incomplete", Severity.WARNING),
    }
    assert state(only(archive(tree)), problems(tree)) is CaptureState.WITHDRAWN
    work(tree, withdraw, 6)
    assert {p.what for p in problems(tree)} == {"withdrawn"}
    assert all(path.name.startswith("manifest") for path in archive(tree).folder(only(archive(tree))).iterdir())
    assert archive(tree).withdraw(only(archive(tree)), "Again.") == ()
    assert len(archive(tree).heads("fn1")) == 1


def test_a_withdrawn_translation_meets_another(tmp_path: Path) -> None:
    """One branch translated and withdrew, the other translated: the left-over has the name of what is gone."""
    tree = tmp_path / "work"
    branches(tree, one, both(translate("Hello"), withdraw), translate("Good day"))
    git(tree, "merge", "-q", "-m", "merged", "theirs")
    assert not [p for p in problems(tree) if p.severity is Severity.ERROR]
    assert "withdrawal-incomplete" in {p.what for p in problems(tree)}
    work(tree, withdraw, 6)
    assert {p.what for p in problems(tree)} == {"withdrawn"}


def test_outside_git_names_are_counted(tmp_path: Path) -> None:
    """Where no branch can be, the plain names stand; a repository made later goes on above them."""
    store = archive(tmp_path)
    first, second = seal(store), seal(store)
    assert (first.id, second.id) == ("20261102T120000Z", "20261102T120000Z-2")
    for text in ("Helo", "Hello"):
        translate(text)(store, tmp_path)
    git(tmp_path, "init", "-q")
    store = archive(tmp_path)
    translate("Good day")(store, tmp_path)
    third = seal(store)
    shutil.rmtree(tmp_path / ".git")
    store = archive(tmp_path)
    translate("Good bye")(store, tmp_path)
    fourth = seal(store)
    names = sorted((p.name for p in store.folder(first).glob("manifest*")), key=lambda name: (len(name), name))
    assert names[:3] == ["manifest.json", "manifest.1.json", "manifest.2.json"]
    assert [len(name) for name in names[3:]] == [len("manifest.1000000.json")] * 2
    assert [capture.id for capture in store.captures("fn1")] == [first.id, second.id, third.id, fourth.id]
    assert verify(tmp_path / "archive") == []
    newest = store.translation(first, "en")
    assert newest is not None
    assert newest.paragraphs[0] == "Good bye"
