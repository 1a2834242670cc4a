"""Every kind of tampering is found and named, and nothing broken raises."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from citekeeper.archive import Archive, state, verify
from citekeeper.archive.records import BrokenWarcError, read_records
from citekeeper.history import History
from citekeeper.model import CaptureState, Event, Severity, Translation
from citekeeper.pipeline.chronicle import record_manifests

from .forger import DIGEST, INDEX, PACKAGE, PAGES, WARC, Forger
from .program import Program
from .support import HTML, NOON, PNG, TEXT, FixedClock, archive, exchange, hop, page, reading, seal

PNG_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"


def _flip(data: bytes, at: int = -20) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at:][1:]


def _swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def act(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new)

    return act


def _more(after: bytes, more: bytes) -> Callable[[bytes], bytes]:
    return _swap(after, after + more)


def _response_swap(old: bytes, new: bytes) -> Callable[[list[bytes]], list[bytes]]:
    return lambda parts: [part.replace(old, new) if b"WARC-Type: response" in part else part for part in parts]


def _drop(kind: bytes) -> Callable[[list[bytes]], list[bytes]]:
    return lambda parts: [part for part in parts if b"WARC-Type: " + kind not in part]


def _without_last_line(data: bytes) -> bytes:
    return b"".join(data.splitlines(keepends=True)[:-1])


def _reversed_lines(data: bytes) -> bytes:
    return b"".join(reversed(data.splitlines(keepends=True)))


def _json_edit(act: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def edit(data: bytes) -> bytes:
        value = json.loads(data)
        act(value)
        return json.dumps(value).encode()

    return edit


def _add_member(forger: Forger) -> None:
    forger.repack({**forger.members(), "archive/second.warc.gz": b"x"})


def _rename_wacz(forger: Forger) -> None:
    (forger.folder / "capture.wacz").rename(forger.folder / "other.wacz")


def _link(forger: Forger) -> None:
    target = forger.folder.parents[2] / "elsewhere"
    forger.wacz.rename(target)
    forger.wacz.symlink_to(target)


def _around(act: Callable[[bytes], bytes]) -> Callable[[Forger], None]:
    """Change the bytes of the package outside its members; the manifest is made to agree."""

    def change(forger: Forger) -> None:
        forger.edit("capture.wacz", act)
        forger.reseal("capture.wacz")

    return change


def _hide_between(data: bytes) -> bytes:
    """A package with a member of which its directory knows nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
            if name == WARC:
                new.writestr("hidden", b"payload")
                new.filelist.pop()
    return made.getvalue()


def _comment(data: bytes) -> bytes:
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as package:
        package.comment = b"A comment."
    return made.getvalue()


def _fill_gzip_header(forger: Forger) -> None:
    def fill(data: bytes) -> bytes:
        return data[:3] + b"\x10" + data[4:10] + b"a comment\x00" + data[10:]

    forger.change(WARC, fill)


TAMPERINGS: dict[str, tuple[str, Callable[[Forger], object]]] = {
    # files against the manifest
    "a bit flipped in the package": ("file-changed", lambda f: f.edit("capture.wacz", _flip)),
    "the package cut": ("file-size-differs", lambda f: f.edit("capture.wacz", lambda d: d[:-100])),
    "the package made garbage": ("zip-broken", lambda f: f.edit("capture.wacz", lambda d: b"\x00" * len(d))),
    "the package emptied": ("zip-broken", lambda f: f.edit("capture.wacz", lambda d: b"")),
    "the package removed": ("file-absent", lambda f: f.wacz.unlink()),
    "the package renamed": ("file-added", _rename_wacz),
    "the package replaced by a link": ("file-not-regular", _link),
    "page.html changed": ("file-changed", lambda f: f.edit("page.html", _swap(b"First", b"Worst"))),
    "a file added": ("file-added", lambda f: (f.folder / "extra.txt").write_text("x")),
    "text.json changed and the manifest resealed": (
        "text-differs-from-manifest",
        lambda f: (f.edit("text.json", _swap(b"First", b"Worst")), f.reseal("text.json")),
    ),
    "text.json and its hash changed, conversion left": (
        "conversion-differs",
        lambda f: (f.edit("text.json", _swap(b"First", b"Worst")), f.reseal("text.json")),
    ),
    "text.json made garbage": (
        "text-invalid",
        lambda f: (f.edit("text.json", lambda d: b"[]"), f.reseal("text.json")),
    ),
    # the package itself, outer hashes made to agree
    "a member changed, its hash left": (
        "resource-hash-differs",
        lambda f: f.change(PAGES, _swap(b'"Title"', b'"Other"'), rehash=False),
    ),
    "a member shortened, its size left": (
        "resource-size-differs",
        lambda f: f.change(PAGES, lambda d: d + b"\n", rehash=False),
    ),
    "datapackage.json changed, its digest left": (
        "package-digest-differs",
        lambda f: f.change(PACKAGE, _swap(b"Title", b"Other"), rehash=False),
    ),
    "a member added": ("resource-unlisted", _add_member),
    "the index removed": (
        "member-missing",
        lambda f: f.repack({name: data for name, data in f.members().items() if name != INDEX}),
    ),
    "a listed member removed": (
        "resource-missing",
        lambda f: f.repack({name: data for name, data in f.members().items() if name != PAGES}),
    ),
    "a member compressed": ("member-compressed", lambda f: f.repack(f.members(), compress=INDEX)),
    "mainPageUrl changed": (
        "package-page-differs",
        lambda f: f.change(PACKAGE, _json_edit(lambda v: v.update(mainPageUrl="https://evil.example/"))),
    ),
    "datapackage.json made garbage": (
        "member-invalid",
        lambda f: f.change(PACKAGE, lambda d: b"{" * 100_000, rehash=False),
    ),
    "the digest file made a list": ("member-invalid", lambda f: f.change(DIGEST, lambda d: b"[]", rehash=False)),
    "bytes put behind the package": ("zip-slack", _around(lambda d: d + b"more")),
    "bytes put before the package": ("zip-slack", _around(lambda d: b"#!/bin/sh\n" + d)),
    "a member hidden between two": ("zip-slack", _around(_hide_between)),
    "a comment on the package": ("zip-comment", _around(_comment)),
    "a member's own header changed": ("zip-header-differs", _around(lambda d: d[:10] + b"\x01\x02" + d[12:])),
    "the directory changed": (
        "zip-header-differs",
        _around(lambda d: d[: d.rfind(b"PK\x01\x02") + 12] + b"\x01\x02" + d[d.rfind(b"PK\x01\x02") + 14 :]),
    ),
    "a gzip header filled": ("gzip-header-differs", _fill_gzip_header),
    # records
    "a payload changed": ("payload-digest-differs", lambda f: f.records(_response_swap(b"First", b"Worst"))),
    "a header changed": ("block-digest-differs", lambda f: f.records(_response_swap(b"text/html", b"text/plai"))),
    "a record's length changed": (
        "warc-broken",
        lambda f: f.records(_response_swap(b"\r\nContent-Length: ", b"\r\nContent-Length: 1")),
    ),
    "the WARC cut": ("warc-broken", lambda f: f.change(WARC, lambda d: d[:-30])),
    "bytes put behind the WARC": ("warc-broken", lambda f: f.change(WARC, lambda d: d + b"more")),
    "the warcinfo removed": ("warcinfo-missing", lambda f: f.records(_drop(b"warcinfo"))),
    "all responses removed": ("manifest-hop-differs", lambda f: f.records(_drop(b"response"))),
    "the requisite removed": ("requisite-missing", lambda f: f.records(lambda p: p[:5])),
    "the conversion removed": ("conversion-missing", lambda f: f.records(_drop(b"conversion"))),
    "records reordered": ("index-offset-wrong", lambda f: f.records(lambda p: p[:1] + p[:0:-1])),
    # index and page list
    "an index line removed": ("index-line-missing", lambda f: f.change(INDEX, _without_last_line)),
    "an index line repeated": (
        "index-line-twice",
        lambda f: f.change(INDEX, lambda d: d.splitlines(keepends=True)[0] + d),
    ),
    "the index reordered": ("index-unsorted", lambda f: f.change(INDEX, _reversed_lines)),
    "an index offset changed": ("index-offset-wrong", lambda f: f.change(INDEX, _more(b'"offset": "', b"9"))),
    "an index address changed": ("index-line-differs", lambda f: f.change(INDEX, _more(b"news.example", b".evil"))),
    "an index status changed": ("index-line-differs", lambda f: f.change(INDEX, _swap(b'"200"', b'"404"'))),
    "an index record digest changed": (
        "index-line-differs",
        lambda f: f.change(INDEX, _swap(b'"recordDigest": "sha256:', b'"recordDigest": "sha256:0')),
    ),
    "an index line made garbage": ("index-line-invalid", lambda f: f.change(INDEX, lambda d: b"!\n" + d)),
    "the page's address changed": ("pages-url-differs", lambda f: f.change(PAGES, _swap(b"/story", b"/other"))),
    "the page's time changed": ("pages-time-differs", lambda f: f.change(PAGES, _swap(b"2026-11-02", b"2022-11-02"))),
    "the page list emptied": ("pages-invalid", lambda f: f.change(PAGES, lambda d: b"")),
    # the manifest
    "the manifest made garbage": ("manifest-invalid", lambda f: f.edit("manifest.json", lambda d: d[:50])),
    "a name given twice in the manifest": (
        "manifest-invalid",
        lambda f: f.edit("manifest.json", _swap(b'"origin":', b'"origin": "deposited", "origin":')),
    ),
    "another first address claimed": (
        "manifest-contradicts-itself",
        lambda f: f.manifest(lambda m: m.update(url_requested="https://evil.example/")),
    ),
    "the manifest removed": ("manifest-missing", lambda f: (f.folder / "manifest.json").unlink()),
    "another schema claimed": ("manifest-invalid", lambda f: f.manifest(lambda m: m.update(schema="other/1"))),
    "another citation claimed": ("manifest-misplaced", lambda f: f.manifest(lambda m: m.update(citation="fn2"))),
    "another time claimed": (
        "manifest-time-differs",
        lambda f: f.manifest(lambda m: m.update(captured_at="2022-01-01T00:00:00Z")),
    ),
    "another status claimed": (
        "manifest-contradicts-itself",
        lambda f: f.manifest(lambda m: m.update(http_status=404)),
    ),
    "another body claimed": (
        "manifest-hop-differs",
        lambda f: f.manifest(lambda m: m["hops"][0].update(body_sha256="0" * 64)),
    ),
    "a path out of the archive listed": (
        "manifest-invalid",
        lambda f: f.manifest(lambda m: m["files"][0].update(name="../../x")),
    ),
    "a name listed that no file can have": (
        "manifest-invalid",
        lambda f: f.manifest(lambda m: m["files"][0].update(name="x" * 5000)),
    ),
    "another predecessor claimed": ("manifest-lost", lambda f: f.manifest(lambda m: m.update(previous=["0" * 64]))),
    "the folder renamed": ("manifest-misplaced", lambda f: f.folder.rename(f.folder.with_name("20220101T000000Z"))),
}  # fmt: skip


def _sealed(tmp_path: Path) -> tuple[Archive, Path]:
    store = archive(tmp_path)
    capture = seal(store, requisites=(exchange(hop("https://news.example/a.png", PNG_HEAD, PNG)),))
    assert verify(tmp_path / "archive") == []
    return store, store.folder(capture)


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_and_named(tmp_path: Path, name: str) -> None:
    """Each change is told by its own code, in words, and makes the capture other than intact."""
    store, folder = _sealed(tmp_path)
    what, act = TAMPERINGS[name]
    act(Forger(folder))
    problems = verify(tmp_path / "archive")
    assert what in {problem.what for problem in problems}, problems
    assert all(problem.message.endswith(".") and problem.citation == "fn1" for problem in problems)
    for capture in store.captures("fn1"):
        expected = CaptureState.ABSENT if what == "file-absent" else CaptureState.TAMPERED
        lost = what == "manifest-lost"  # a matter of the chain, not of the capture's files
        assert lost or state(capture, problems) is expected


_ORDER: dict[str, tuple[str, Callable[[list[bytes]], list[bytes]]]] = {
    "two requisites change places": ("records-reordered", lambda p: p[:5] + p[8:] + p[5:8]),
    "two requisites change addresses": (
        "requisite-differs",
        lambda p: [
            part.replace(b"/a.png", b"/@").replace(b"/b.png", b"/a.png").replace(b"/@", b"/b.png") for part in p
        ],
    ),
}


@pytest.mark.parametrize("name", _ORDER)
def test_requisites_that_change_places_are_found(tmp_path: Path, name: str) -> None:
    """Even where index and hashes agree, the manifest says what each requisite held, and in which order."""
    what, act = _ORDER[name]
    parts = tuple(exchange(hop(f"https://news.example/{n}.png", PNG_HEAD, PNG + n.encode())) for n in "ab")
    store = archive(tmp_path)
    folder = store.folder(seal(store, requisites=parts))
    Forger(folder).records(act)
    assert what in {problem.what for problem in verify(tmp_path / "archive")}


def test_a_large_package_has_its_sizes_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package beyond 4 GB has 64-bit sizes in its headers, which is no oddity."""
    monkeypatch.setattr("citekeeper.archive.wacz._ZIP64_FROM", 0)
    store = archive(tmp_path)
    seal(store)
    assert verify(tmp_path / "archive") == []


def test_a_coding_named_twice_is_no_forgery(tmp_path: Path) -> None:
    """Two headers are one list; a manifest of before that was known, which undid the first alone, holds too."""
    head = HTML.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n")
    inner = gzip.compress(b"<p>Twice.", mtime=0)
    store = archive(tmp_path)
    folder = store.folder(seal(store, page(gzip.compress(inner, mtime=0), head=head)))
    assert verify(tmp_path / "archive") == []
    forger = Forger(folder)
    for body, found in ((inner, []), (b"<p>Other.", ["manifest-body-differs"])):
        forger.manifest(lambda m, b=body: m.update(decoded_body_sha256=hashlib.sha256(b).hexdigest()))
        assert [problem.what for problem in verify(tmp_path / "archive")] == found


@pytest.mark.parametrize("name", ["text.json", "text.en.json"])
def test_a_changed_text_shows_without_verify_too(tmp_path: Path, name: str) -> None:
    """Quotes are found in it, so a report must not call a capture intact whose text has other words of that length."""
    store, folder = _sealed(tmp_path)
    store.add_translation(store.captures("fn1")[0], Translation("en", "google", "1", NOON, TEXT, ("First", None)))
    assert store.captures("fn1")[0].state is CaptureState.INTACT
    Forger(folder).edit(name, _swap(b"First", b"Worst"))
    assert store.captures("fn1")[0].state is CaptureState.TAMPERED


def test_a_seal_older_than_what_it_seals_is_told(tmp_path: Path) -> None:
    """It may be a clock that was set back, so it is a warning."""
    _, folder = _sealed(tmp_path)
    Forger(folder).manifest(lambda m: m.update(sealed_at="2020-01-01T00:00:00Z"))
    told = {problem.what: problem.severity for problem in verify(tmp_path / "archive")}
    assert told == {"sealed-before-captured": Severity.WARNING}


def test_there_are_more_than_twenty_kinds() -> None:
    """The table is the promise: at least twenty kinds of tampering, by different codes."""
    assert len({what for what, _ in TAMPERINGS.values()}) > 20


def _chain(tmp_path: Path) -> Archive:
    store = archive(tmp_path)
    for text in ("<p>one", "<p>two", "<p>three"):
        seal(store, page(text))
    return store


def test_a_capture_cut_out_of_the_middle_is_missed(tmp_path: Path) -> None:
    """The next manifest names what is gone."""
    store = _chain(tmp_path)
    shutil.rmtree(store.folder(store.captures("fn1")[1]))
    assert [problem.what for problem in verify(tmp_path / "archive")] == ["manifest-lost"]


def test_an_edited_manifest_breaks_the_chain_after_it(tmp_path: Path) -> None:
    """Even an edit that contradicts nothing shows, since its successor names the old hash."""
    store = _chain(tmp_path)
    Forger(store.folder(store.captures("fn1")[0])).manifest(lambda m: m.update(reason="other"))
    assert "manifest-lost" in {problem.what for problem in verify(tmp_path / "archive")}


def _events(store: Archive) -> dict[str, list[Event]]:
    hashes = store.manifests("fn1")
    return {"fn1": [Event(str(n), NOON, "manifest", fields={"manifest": value}) for n, value in enumerate(hashes)]}


def test_the_newest_cut_off_shows_in_the_history(tmp_path: Path) -> None:
    """Nothing follows the newest capture, but the history has recorded its manifest."""
    store = _chain(tmp_path)
    histories = _events(store)
    assert verify(tmp_path / "archive", histories=histories) == []
    shutil.rmtree(store.folder(store.captures("fn1")[-1]))
    assert verify(tmp_path / "archive") == []
    assert [p.what for p in verify(tmp_path / "archive", histories=histories)] == ["manifest-cut-off"]
    shutil.rmtree(tmp_path / "archive" / "fn1")
    assert {p.what for p in verify(tmp_path / "archive", ["fn1"], histories)} == {"manifest-cut-off"}


def test_the_history_beside_the_captures_is_read_when_none_is_given(tmp_path: Path) -> None:
    """Nothing but archive/ is needed; lines that are no JSON do not stop it."""
    store = _chain(tmp_path)
    lines = [
        json.dumps({"id": str(n), "event": "manifest", "manifest": m}) for n, m in enumerate(store.manifests("fn1"))
    ]
    history = tmp_path / "archive" / "fn1" / "history.jsonl"
    history.write_text("\n".join([*lines, "garbage", "[1]", ""]))
    assert verify(tmp_path / "archive") == []
    shutil.rmtree(store.folder(store.captures("fn1")[-1]))
    assert [p.what for p in verify(tmp_path / "archive")] == ["manifest-cut-off"]


def test_an_unrecorded_manifest_is_a_warning(tmp_path: Path) -> None:
    """A run killed between sealing and recording leaves no error, but it is told."""
    store = _chain(tmp_path)
    histories = _events(store)
    histories["fn1"].pop()
    (problem,) = verify(tmp_path / "archive", histories=histories)
    assert (problem.what, problem.severity) == ("manifest-unrecorded", Severity.WARNING)
    assert state(store.captures("fn1")[-1], [problem]) is CaptureState.INTACT


def test_a_tampered_translation_is_found(tmp_path: Path) -> None:
    """Later files are checked against the later manifest."""
    store, folder = _sealed(tmp_path)
    store.add_translation(store.captures("fn1")[0], Translation("en", "google", "1", NOON, TEXT, ("Hello", None)))
    assert verify(tmp_path / "archive") == []
    Forger(folder).edit("text.en.json", _swap(b"Hello", b"Jello"))
    assert [problem.what for problem in verify(tmp_path / "archive")] == ["file-changed"]


def test_an_lfs_pointer_is_absent(tmp_path: Path) -> None:
    """An unfetched pointer is a warning with the act that resolves it."""
    store, folder = _sealed(tmp_path)
    data = (folder / "capture.wacz").read_bytes()
    pointer = f"oid sha256:{hashlib.sha256(data).hexdigest()}\nsize {len(data)}\n"
    (folder / "capture.wacz").write_text(f"version https://git-lfs.github.com/spec/v1\n{pointer}")
    (problem,) = verify(tmp_path / "archive")
    assert problem.severity is Severity.WARNING
    assert "git lfs pull" in problem.message
    assert state(store.captures("fn1")[0], [problem]) is CaptureState.ABSENT


def test_a_withdrawn_capture_is_neither_absent_nor_tampered(tmp_path: Path) -> None:
    """With a tombstone manifest, missing files are lawful."""
    store, folder = _sealed(tmp_path)
    tombstone = json.loads((folder / "manifest.json").read_bytes())
    tombstone |= {"event": "withdraw", "files": [], "withdrawn": tombstone["files"], "previous": store.heads("fn1")}
    (folder / "manifest.1.json").write_text(json.dumps(tombstone))
    for name in ("capture.wacz", "page.html", "text.json"):
        (folder / name).unlink()
    problems = verify(tmp_path / "archive")
    assert [problem.what for problem in problems] == ["withdrawn"]
    (capture,) = store.captures("fn1")
    assert state(capture, problems) is CaptureState.WITHDRAWN
    assert store.latest("fn1") is None


def test_only_the_citations_that_were_asked_for(tmp_path: Path) -> None:
    """Others are not looked at; an unknown id has nothing to verify."""
    _, folder = _sealed(tmp_path)
    (folder / "capture.wacz").unlink()
    assert verify(tmp_path / "archive", ["fn2"]) == []
    assert verify(tmp_path / "nowhere") == []
    assert len(verify(tmp_path / "archive", ["fn1"])) == 1


def test_what_nothing_of_ours_made_is_told(tmp_path: Path) -> None:
    """A foreign folder among the captures is named."""
    _, folder = _sealed(tmp_path)
    (folder.parent / "secret-extra").mkdir()
    (folder.parent / "20220101T000000Z").mkdir()
    assert sorted(p.what for p in verify(tmp_path / "archive")) == ["folder-unknown", "manifest-missing"]


def test_no_damage_whatever_raises(tmp_path: Path) -> None:
    """Three hundred random changes to the package, resealed, are problems (or harmless slack), never exceptions."""
    _, folder = _sealed(tmp_path)
    forger, chance = Forger(folder), random.Random(7)
    good = forger.wacz.read_bytes()
    found = 0
    for _ in range(300):
        data = bytearray(good)
        for _ in range(chance.choice((1, 1, 4, 40))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        forger.wacz.write_bytes(bytes(data))
        forger.reseal("capture.wacz")
        found += bool(verify(tmp_path / "archive"))
    assert found > 260


def test_a_decompression_bomb_is_streamed() -> None:
    """A record that unpacks to 200 MB is refused or read in bounded memory, not held."""
    import io
    import tracemalloc

    block = b"0" * (200 << 20)
    head = f"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: {len(block)}\r\n\r\n".encode()
    stored = io.BytesIO(gzip.compress(head + block + b"\r\n\r\n", 1))
    del block
    tracemalloc.start()
    (record,) = read_records(stored)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert record.block_bytes == 200 << 20
    assert peak < 16 << 20
    endless = io.BytesIO(gzip.compress(b"WARC/1.1\r\n" + b"A: b\r\n" * 1_000_000))
    with pytest.raises(BrokenWarcError, match="does not end"):
        list(read_records(endless))


def _on_record(tmp_path: Path) -> tuple[Program, Path]:
    """Two captures whose manifests the history records."""
    program = Program(tmp_path)
    store = archive(tmp_path)
    for text in (
        "It is known that the bridge was closed on Monday, as the mayor said.",
        "The bridge was closed on Monday.",
    ):
        capture = seal(store, page(f"<p>{text}"), text=reading(text))
    record_manifests(
        store, lambda name: History(tmp_path / "archive", name), ["fn1"], FixedClock(), random.Random(1), None
    )
    assert verify(tmp_path / "archive", None, {"fn1": History(tmp_path / "archive", "fn1").events()}) == []
    return program, store.folder(capture)


BESIDE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "the history removed": ("history-missing", lambda f: (f.parent / "history.jsonl").unlink()),
    "the history emptied": ("history-missing", lambda f: (f.parent / "history.jsonl").write_text("")),
    "the history removed and the newest cut off": (
        "history-missing",
        lambda f: ((f.parent / "history.jsonl").unlink(), shutil.rmtree(f)),
    ),
    "a file put beside the captures": ("file-added", lambda f: (f.parent / "evidence.pdf").write_text("x")),
    "a capture's folder replaced by a link": (
        "folder-not-regular",
        lambda f: (f.rename(f.parents[2] / "elsewhere"), f.symlink_to(f.parents[2] / "elsewhere")),
    ),
    "a capture's folder copied": ("manifest-misplaced", lambda f: shutil.copytree(f, f"{f}7")),
    "a capture moved to another citation": (
        "manifest-misplaced",
        lambda f: shutil.move(f, f.parents[1] / "fn2" / f.name),
    ),
    "the newest cut off": ("manifest-cut-off", shutil.rmtree),
    "a wall passed off as the source": (
        "manifest-cut-off",
        lambda f: Forger(f).manifest(lambda m: m.update(shows="failure")),
    ),
    "words hidden in the ZIP's comment": ("manifest-cut-off", lambda f: _hide_in_comment(f)),
}  # fmt: skip


def _hide_in_comment(folder: Path) -> None:
    with zipfile.ZipFile(folder / "capture.wacz", "a") as package:
        package.comment = b"hidden"
    Forger(folder).reseal("capture.wacz")


@pytest.mark.parametrize("name", BESIDE)
def test_tampering_around_the_captures_is_found(tmp_path: Path, name: str) -> None:
    """What a forger does to folders and history rather than to files, with the history given as `verify` gives it."""
    root = tmp_path / "archive"
    _, folder = _on_record(tmp_path)
    what, act = BESIDE[name]
    act(folder)
    problems = verify(root, None, {"fn1": History(root, "fn1").events()})
    assert what in {problem.what for problem in problems if problem.severity is Severity.ERROR}


def test_verify_needs_nothing_but_the_archive(tmp_path: Path) -> None:
    """Without a register, hashes and graph are verified all the same; without both, it is a usage error."""
    program, folder = _on_record(tmp_path)
    register = tmp_path / "citations.yaml"
    register.write_text(register.read_text().replace("id: fn1", "id: fn7"))
    assert "Verified 2 captures of 3 citations: no problem." in program("verify").err  # what left the register counts
    register.unlink()
    told = program("verify").err.splitlines()
    assert told[0] == "Verified 2 captures of 1 citation: no problem."
    assert told[1].startswith("2 without a time stamp: that all parts agree is shown, not that nobody")
    assert program("verify", "fn3").code == 2
    Forger(folder).edit("page.html", _flip)
    assert program("verify").code == 1
    shutil.rmtree(tmp_path / "archive")
    assert program("verify").code == 2


def test_a_damaged_history_is_a_warning(tmp_path: Path) -> None:
    """Conflict markers and torn lines are told; what can be read still counts."""
    program, folder = _on_record(tmp_path)
    history = folder.parent / "history.jsonl"
    history.write_bytes(b"<<<<<<< HEAD\n" + history.read_bytes())
    done = program("verify")
    assert (done.code, done.out) == (0, "warning: fn1/history.jsonl: history-damaged: 1 line cannot be read\n")


@pytest.mark.parametrize("name", ["manifest.json", "manifest.1.json"])
def test_a_manifest_that_is_no_file_does_not_hide_the_rest(tmp_path: Path, name: str) -> None:
    """A directory in its place is named, quotes are said not to be looked up, and another forgery is still found."""
    program, folder = _on_record(tmp_path)
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    first = next(path for path in sorted(folder.parent.iterdir()) if path.is_dir() and path != folder)
    (first / "page.html").write_text("forged")
    done = program("verify")
    assert done.code == 1
    assert f"{name}: manifest-unreadable: " in done.out
    assert "page.html: file-" in done.out


def test_lines_of_one_id_that_differ_are_an_error(tmp_path: Path) -> None:
    """The first of them would hide what the other records; a merge only ever repeats a line."""
    program, folder = _on_record(tmp_path)
    history = folder.parent / "history.jsonl"
    lines = history.read_bytes().splitlines(keepends=True)
    history.write_bytes(b"".join([*lines, lines[-1]]))
    assert program("verify").code == 0
    history.write_bytes(b"".join([lines[-1].replace(b'"manifest":"', b'"manifest":"0'), *lines]))
    done = program("verify")
    assert done.code == 1
    assert "error: fn1/history.jsonl: history-contradicts-itself: " in done.out


def test_converted_line_ends_are_told_from_forgery(tmp_path: Path) -> None:
    """Git converts them where archive/.gitattributes is missing; each file is named, with the act that resolves it."""
    _, folder = _on_record(tmp_path)
    names = ("manifest.json", "page.html", "text.json")
    for name in names:
        Forger(folder).edit(name, lambda data: data.replace(b"\n", b"\r\n"))
    found = verify(tmp_path / "archive", None, {"fn1": History(tmp_path / "archive", "fn1").events()})
    assert {(problem.path.rpartition("/")[2], problem.what) for problem in found} >= {
        (name, "line-ends-converted") for name in names
    }
    assert not {"manifest-lost", "manifest-cut-off", "manifest-unrecorded"} & {problem.what for problem in found}
    assert all(".gitattributes" in problem.message for problem in found if problem.what == "line-ends-converted")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_what_never_ends_is_not_waited_for(tmp_path: Path) -> None:
    """A FIFO or an endless sparse file in a manifest's place is told, not read."""
    _, folder = _sealed(tmp_path)
    os.mkfifo(folder / "manifest.1.json")
    assert "manifest-unreadable" in {problem.what for problem in verify(tmp_path / "archive")}
    (folder / "manifest.1.json").unlink()
    with (folder / "manifest.1.json").open("wb") as stream:
        stream.truncate(1 << 33)
    assert "manifest-invalid" in {problem.what for problem in verify(tmp_path / "archive")}
