"""``citekeeper run`` from document to report, and again."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from citekeeper.sandbox import STAGED_FATES, Sandbox
from in_process import Run

_TIMES = {"generated_at", "checked_at", "elapsed_ms", "last_alive_at"}


def without_times(value: Any) -> Any:
    """A report without what differs from run to run by its nature."""
    if isinstance(value, dict):
        return {name: without_times(item) for name, item in value.items() if name not in _TIMES}
    return [without_times(item) for item in value] if isinstance(value, list) else value


def report_of(home: Path) -> dict[str, Any]:
    """The report that the last run wrote."""
    return dict(json.loads((home / "reports" / "report.json").read_text(encoding="utf-8")))


def tree_of(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` and its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_run_takes_the_letter_from_register_to_report(citekeeper: Run, home: Path) -> None:
    """Each source meets its fate; captures, mementos, translations and reports are where the contract puts them."""
    done = citekeeper("run")
    assert done.code == 1, done.err  # fn5 is gone: an error, and so a finding
    report = report_of(home)
    verdicts = {entry["id"]: entry["verdict"] for entry in report["citations"]}
    assert verdicts == {name: verdict for name, (verdict, _) in STAGED_FATES.items()}
    by_id = {entry["id"]: entry for entry in report["citations"]}
    for name in ("fn1", "fn3", "fn4"):
        (capture,) = by_id[name]["captures"]
        assert capture["shows"] == "source"
        assert capture["state"] == "intact"
        folder = home / capture["path"]
        names = {path.name for path in folder.iterdir()}
        assert {"capture.wacz", "page.html", "text.json", "manifest.json"} <= names
        states = {memento["state"] for memento in by_id[name]["mementos"]}
        assert "verified" in states  # saved with the staged keys, and seen to replay
    for name in ("fn2", "fn5", "fn6"):
        assert all(capture["shows"] == "failure" for capture in by_id[name]["captures"])
    assert by_id["fn5"]["verifiable"]  # through its memento
    assert [made["language"] for made in by_id["fn3"]["translations"]] == ["en"]
    text = json.loads((home / by_id["fn3"]["captures"][0]["path"] / "text.json").read_text())
    made = json.loads((home / by_id["fn3"]["translations"][0]["path"]).read_text())
    assert text["charset"] == "windows-1251"
    assert len(made["paragraphs"]) == len(text["paragraphs"]) > 5
    assert all(made["paragraphs"])
    assert made["label"] == "machine translation"
    for name in ("index.html", "report.md", "citations/fn3.html"):
        assert (home / "reports" / name).stat().st_size > 500
    assert "alive" in done.out
    assert "gone" in done.out


def test_second_run_changes_nothing(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """No second capture of unchanged pages, nothing asked of the translator, nothing saved anew, the same report."""
    first = citekeeper("run")
    report, captured = report_of(home), tree_of(home / "archive")
    asked = len(sandbox.log)
    second = citekeeper("run")
    assert (first.code, second.code) == (1, 1), second.err
    assert without_times(report_of(home)) == without_times(report)
    after = tree_of(home / "archive")
    assert set(after) == set(captured)
    changed = {name for name in after if after[name] != captured[name]}
    assert changed <= {f"{dead}/history.jsonl" for dead in ("fn2", "fn5", "fn6")}  # failures go on record every time
    later = sandbox.log[asked:]
    assert not [request.url for request in later if "translate.google" in request.host]
    assert not [request.url for request in later if request.method == "POST"]


def test_capture_holds_the_bytes_as_received(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """The WACZ is a package with its digests, and the WARC in it holds the source's bytes in its own charset."""
    citekeeper("archive", "fn3", "--to", "local")
    (wacz,) = (home / "archive" / "fn3").rglob("capture.wacz")
    with zipfile.ZipFile(wacz) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert {"datapackage.json", "datapackage-digest.json", "pages/pages.jsonl"} <= set(names)
        assert all(item.compress_type == zipfile.ZIP_STORED for item in package.infolist())
        warc = package.read(next(name for name in names if name.startswith("archive/")))
    bodies = [
        record.content_stream().read()
        for record in ArchiveIterator(io.BytesIO(warc))
        if record.rec_type == "response" and "31787493" in record.rec_headers.get_header("WARC-Target-URI")
    ]
    assert any("остаться человеком".encode("cp1251") in body for body in bodies)


def test_without_keys_sources_are_looked_up_only_and_the_run_says_so(citekeeper: Run, sandbox: Sandbox) -> None:
    """No keys: no save is tried, and a note tells it."""
    done = citekeeper("run", env={"WAYBACK_ACCESS_KEY": None, "WAYBACK_SECRET_KEY": None})
    assert "key" in done.err.lower()
    assert not [request for request in sandbox.log if request.method == "POST" or "/save" in request.url]
    assert [request for request in sandbox.log if "/cdx/" in request.url]


def test_check_writes_only_history(citekeeper: Run, home: Path) -> None:
    """A check captures nothing; with --no-record it writes nothing at all."""
    citekeeper("check", "--no-record", "-f", "json")
    assert not [path for path in (home / "archive").rglob("*") if path.is_file()] or not (home / "archive").exists()
    done = citekeeper("check", "-f", "json")
    assert json.loads(done.out)["schema"] == "citekeeper.report/1"
    kept = {path.name for path in (home / "archive").rglob("*") if path.is_file()}
    assert kept <= {"history.jsonl", ".gitattributes"}


def test_reports_can_be_made_again_from_what_is_known(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """``report`` asks nobody and tells the same verdicts."""
    citekeeper("run")
    before = {entry["id"]: (entry["verdict"], entry["verifiable"]) for entry in report_of(home)["citations"]}
    asked = len(sandbox.log)
    citekeeper("report")
    after = {entry["id"]: (entry["verdict"], entry["verifiable"]) for entry in report_of(home)["citations"]}
    assert after == before
    assert len(sandbox.log) == asked


def test_verify_finds_a_flipped_byte(citekeeper: Run, home: Path) -> None:
    """Untouched captures verify; one flipped byte is found and named."""
    citekeeper("archive", "fn1", "--to", "local")
    assert citekeeper("verify").code == 0
    (page,) = (home / "archive" / "fn1").rglob("page.html")
    data = bytearray(page.read_bytes())
    data[len(data) // 2] ^= 1
    page.write_bytes(bytes(data))
    done = citekeeper("verify")
    assert done.code == 1
    assert "page.html" in done.out


def test_show_tells_everything_about_one_citation(citekeeper: Run) -> None:
    """``show`` names verdict, captures, mementos, translation and history."""
    citekeeper("run")
    done = citekeeper("show", "fn3")
    assert done.code == 0
    for word in ("verdict: alive", "captures:", "mementos:", "translations:", "history:"):
        assert word in done.out


def test_links_are_checked_and_never_archived(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """``run --links`` tells how links outside the notes fare, keeps no copy, and leaves the totals alone."""
    citekeeper("run", "--links", "--save", "never")
    report = report_of(home)
    links = [entry for entry in report["citations"] if entry["kind"] == "link"]
    assert len(links) == 6
    assert all(entry["verdict"] != "unchecked" for entry in links)
    assert report["totals"]["citations"] == 6
    kept = {path.name for path in (home / "archive").glob("link-*/*")}
    assert kept <= {"history.jsonl"}
    assert not [request for request in sandbox.log if "t.me" in request.url and "archive.org" in request.host]


def test_what_is_deposited_is_looked_up_for_quotes(citekeeper: Run, home: Path) -> None:
    """A walled source becomes verifiable through evidence handed in, also beside a failure capture of our own."""
    register = home / "citations.yaml"
    quoted = "  - id: fn2\n    quotes: [visas for scientists with advanced degrees]\n"
    register.write_text(register.read_text().replace("  - id: fn2\n", quoted))
    citekeeper("run", "--save", "never")
    assert not {entry["id"]: entry for entry in report_of(home)["citations"]}["fn2"]["verifiable"]
    (home / "page.txt").write_text(
        "The plan would ease visas for scientists with advanced degrees, officials said.\n" * 3
    )
    done = citekeeper(
        "deposit", "fn2", "page.txt", "--captured-at", "2022-05-02", "--by", "A. Reader", "--how", "copied from print"
    )
    assert done.code == 0, done.err
    citekeeper("report")
    entry = {entry["id"]: entry for entry in report_of(home)["citations"]}["fn2"]
    assert [(quote["found"], quote["where"]) for quote in entry["quotes"]] == [(True, "capture")]
    assert entry["verifiable"]
    assert {capture["origin"] for capture in entry["captures"]} == {"captured", "deposited"}
    assert citekeeper("verify", "fn2").code == 0


def test_the_public_edition_gives_nothing_away(citekeeper: Run, home: Path) -> None:
    """``report --public`` leaves out private sources, the sources' texts, and every link to a copy."""
    register = home / "citations.yaml"
    register.write_text(register.read_text().replace("  - id: fn1\n", "  - id: fn1\n    private: true\n"))
    citekeeper("run", "--save", "never")
    done = citekeeper("report", "--public", "public")
    assert done.code == 1, done.err
    published = tree_of(home / "public")
    assert "index.html" in published
    everything = b"".join(published.values()).decode("utf-8")
    assert "aroged" not in everything
    assert "Марина" not in everything  # from the text of fn3
    assert not re.findall(r'href="[^"]*(?:page\.html|capture\.wacz|text)', everything)  # named with hashes, not linked


def test_an_old_report_does_not_look_fresh(citekeeper: Run, home: Path) -> None:
    """``report`` asks nobody, so it dates its verdicts by the checks on record, and says when those are stale."""
    citekeeper("run", "--save", "never")
    for history in (home / "archive").glob("*/history.jsonl"):
        history.write_text(re.sub(r'"at":"20\d\d', '"at":"2024', history.read_text()))
    citekeeper("report")
    page = (home / "reports" / "index.html").read_text()
    assert "STALE since" in page
    assert "2024" in page


def test_a_failure_already_kept_is_not_kept_again(citekeeper: Run, home: Path) -> None:
    """Also where a kill came between sealing the copy and writing down the check."""
    citekeeper("run", "--save", "never")
    kept = set((home / "archive" / "fn5").iterdir())
    history = home / "archive" / "fn5" / "history.jsonl"
    lines = history.read_text().splitlines(keepends=True)
    history.write_text("".join(line for line in lines if '"event":"check"' not in line))
    citekeeper("run", "--save", "never")
    assert set((home / "archive" / "fn5").iterdir()) == kept


def test_custody_compares_the_mementos_payload(citekeeper: Run, home: Path) -> None:
    """Saved the moment it was captured, the memento holds the same bytes; a dead source's memento is hashed too."""
    citekeeper("archive", "fn3", "fn5", "--save", "always")
    assert "the same bytes as copy 1 (" in citekeeper("show", "fn3", "--custody").out
    dead = [event for event in _events(home, "fn5") if event["event"] == "memento" and event["state"] == "verified"]
    assert [len(event["sha256"]) for event in dead] == [64]
    assert "Payload SHA-256" in citekeeper("show", "fn5", "--custody").out
    lines = len(_events(home, "fn3"))
    citekeeper("archive", "fn3")
    assert len(_events(home, "fn3")) == lines


def _events(home: Path, citation_id: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (home / f"archive/{citation_id}/history.jsonl").read_text().splitlines()]
