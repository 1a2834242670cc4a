"""Documents, places and what may be said of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citekeeper.sandbox import World
from in_process import Run

from .conftest import PAGE

DEAD = "https://a.example/dead"


@pytest.fixture
def document(world: World, home: Path) -> str:
    """A document that links one dead source twice and a living one once."""
    world.page(DEAD, "no", status=404)
    world.page("https://a.example/page", PAGE)
    text = f"# Links\n\nSee [one]({DEAD}) and\n[two](https://a.example/page).\n\nAgain: <{DEAD}>.\n"
    (home / "doc.md").write_text(text, encoding="utf-8")
    return "doc.md"


def test_each_place_of_a_dead_link_is_told(check: Run, document: str, world: World) -> None:
    """A URL linked twice is asked once, and both places are in json, github, sarif and junit."""
    done = check(document, "-f", "json")
    assert done.code == 1
    places = [(found["file"], found["line"], found["column"]) for found in done.report["findings"]]
    assert [place[:2] for place in places] == [("doc.md", 3), ("doc.md", 6)]
    assert all(column for _, _, column in places)
    assert world.hits(DEAD) == 1
    out = check(document, "-f", "github").out
    assert f"::error file=doc.md,line=3,col={places[0][2]}," in out
    assert f"::error file=doc.md,line=6,col={places[1][2]}," in out
    runs = check(document, "-f", "sarif").report["runs"]
    regions = [item["locations"][0]["physicalLocation"]["region"] for item in runs[0]["results"]]
    assert [(at["startLine"], at["startColumn"]) for at in regions] == [place[1:] for place in places]
    junit = check(document, "-f", "junit").out
    assert f"doc.md:3:{places[0][2]}" in junit
    assert f"doc.md:6:{places[1][2]}" in junit


def test_checking_a_document_leaves_nothing_behind(check: Run, document: str, home: Path) -> None:
    """``check DOC`` writes no archive and no other file."""
    before = set(home.rglob("*"))
    check(document, "-f", "json")
    check(document, "-f", "jsonl")
    assert set(home.rglob("*")) == before


def test_streamed_lines_say_the_same_as_the_report(check: Run, document: str) -> None:
    """``-f jsonl`` gives each entry once, in order of completion, with its findings, in the words of ``-f json``."""
    whole = check(document, "-f", "json").report
    report = {entry["id"]: entry for entry in whole["citations"]}
    done = check(document, "-f", "jsonl")
    assert done.code == 1
    lines = {entry["id"]: entry for entry in done.entries}
    assert set(lines) == set(report)
    moving = {"checked_at": None, "elapsed_ms": None, "last_alive_at": None}
    for name, entry in lines.items():
        found = [finding for finding in whole["findings"] if finding["citation"] == name]
        told = {"findings": found} if found else {}
        assert {**entry, **moving} == {**report[name], **moving, **told}


def test_streamed_line_says_what_fails_the_run(check: Run, document: str) -> None:
    """A fragment that is gone is a finding about a living page: its line says so, which explains the exit code."""
    done = check("https://a.example/page#nowhere", "-f", "jsonl", "--fail-on", "warning")
    (entry,) = done.entries
    assert (done.code, entry["verdict"]) == (1, "alive")
    assert [finding["rule"] for finding in entry["findings"]] == ["fragment-missing"]


def test_streamed_stdin_keeps_other_encodings(check: Run, world: World) -> None:
    """Raw windows-1251 in an address is asked for as it stands, and not as replacement characters."""
    world.page("https://a.example/%CF%F0%E8", PAGE)
    done = check("-", "-f", "jsonl", stdin=b"https://a.example/\xcf\xf0\xe8\n")
    assert [(entry["url"], entry["verdict"]) for entry in done.entries] == [("https://a.example/%CF%F0%E8", "alive")]


def test_streamed_stdin(check: Run, document: str, world: World) -> None:
    """Lines of stdin: comments and repetitions are left out, bytes that are no text are bad addresses."""
    listed = (
        b"\xef\xbb\xbf# a list\nhttps://a.example/page\n\nhttps://a.example/page\n\xff\xfe\nhttps://a.example/dead\n"
    )
    done = check("-", "-f", "jsonl", stdin=listed)
    assert sorted(entry["verdict"] for entry in done.entries) == ["alive", "gone", "unchecked"]
    assert world.hits("https://a.example/page") == 1
    assert done.code == 1


def test_streamed_file_appears_whole(check: Run, document: str, home: Path) -> None:
    """``-f jsonl -o FILE`` and ``-o DIR/`` write the lines there and leave no temporary file."""
    assert check(document, "-f", "jsonl", "-o", "lines.jsonl").out == ""
    assert len((home / "lines.jsonl").read_text().splitlines()) == 2
    check(document, "-f", "jsonl", "-o", "out/")
    assert [path.name for path in (home / "out").iterdir()] == ["report.jsonl"]
    assert not list(home.glob(".*"))


def test_network_down_is_no_verdict(check: Run, document: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the proxy is away nothing is said about any source: exit 3, nothing remembered, no file left."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    options = ("--retries", "0", "--cache", "c.db", "-o", "lines.jsonl")
    done = check(document, "-f", "jsonl", *options)
    assert done.code == 3, done.err
    assert not (home / "lines.jsonl").exists()


# ── guards ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name", ["table", "json", "jsonl", "markdown", "html", "junit", "sarif", "github", "csv", "atom"]
)
def test_credentials_are_never_printed(check: Run, world: World, home: Path, name: str) -> None:
    """A password in a URL stands in no output, message or progress, nor in the cache."""
    world.page("https://a.example/dead", "no", status=404)
    world.page("https://a.example/page", PAGE)
    world.redirect("https://a.example/old", "https://user:hunter2@a.example/page")
    text = "".join(f"<https://user:hunter2@a.example/{page}>\n" for page in ("dead", "page", "old"))
    (home / "doc.md").write_text(text, encoding="utf-8")
    done = check("doc.md", "ftp://user:hunter2@a.example/", "-v", "-f", name, "--cache", "c.db")
    assert "hunter2" not in done.out + done.err
    assert b"hunter2" not in (home / "c.db").read_bytes()


def test_credentials_are_not_kept_in_a_history(check: Run, world: World, home: Path) -> None:
    """Nor in the history of a register's citation."""
    from .conftest import write_register

    world.page("https://a.example/page", PAGE)
    world.redirect("https://a.example/old", "https://user:hunter2@a.example/page")
    write_register(home, "- {id: a, url: 'https://user:hunter2@a.example/old'}\n")
    done = check("-v", "-f", "json")
    assert "hunter2" not in done.out + done.err
    assert "hunter2" not in (home / "archive/a/history.jsonl").read_text()


def test_private_addresses_are_refused(check: Run, world: World) -> None:
    """Loopback and link-local addresses are not asked, directly or after a redirect, unless that is allowed."""
    world.redirect("http://a.example/in", "http://127.0.0.1:9/secret")
    world.redirect("http://a.example/meta", "http://169.254.169.254/latest/meta-data/")
    urls = ["http://127.0.0.1:9/x", "http://a.example/in", "http://a.example/meta", "http://[::1]:9/"]
    done = check(*urls, "-f", "json", "--retries", "0")
    assert set(done.verdicts.values()) == {"unchecked/private-address"}
    assert world.hits("http://169.254.169.254/latest/meta-data/") == 0


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "javascript:alert(1)", "ftp://a.example/x", "data:text/html,x"]
)
def test_redirects_out_of_the_web_are_refused(check: Run, world: World, target: str) -> None:
    """A redirect to another scheme is not followed."""
    world.redirect("https://a.example/out", target)
    done = check("https://a.example/out", "-f", "json", "--retries", "0")
    assert done.verdicts == {"https://a.example/out": "failing/bad-redirect"}
    assert "root:" not in done.out


def test_redirect_message_shows_no_secret(check: Run, world: World) -> None:
    """Nor does a refused redirect print the credentials of its target."""
    world.redirect("https://a.example/out", "ftp://user:hunter2@b.example/x")
    done = check("https://a.example/out", "-f", "json", "--retries", "0")
    assert "hunter2" not in done.out + done.err
    assert json.loads(done.out)["citations"][0]["verdict"] == "failing"


def test_a_document_named_twice_counts_once(check: Run, document: str, home: Path) -> None:
    """By itself, its directory and a pattern, as a shell and a habit put it: each place is told once."""
    done = check(document, ".", "*.md", str(home / document), "-f", "json")
    places = [(found["file"], found["line"]) for found in done.report["findings"]]
    assert places == [("doc.md", 3), ("doc.md", 6)]


def test_an_empty_document_in_a_directory_is_no_error(check: Run, document: str, home: Path) -> None:
    """A place holder does not keep the rest from being checked; named by itself it is a slip."""
    (home / "placeholder.md").write_text("\n")
    assert check(".", "-f", "json").report["totals"]["citations"] == 2
    assert check("placeholder.md").code == 2
