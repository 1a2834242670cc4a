"""Failing only on what is new: ``--baseline`` and ``--changed-since``."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from citekeeper.sandbox import World
from in_process import Run

from .conftest import PAGE


@pytest.fixture(autouse=True)
def _staged(world: World) -> None:
    world.page("https://a.example/dead", "no", status=404)
    world.page("https://a.example/gone", "no", status=410)
    world.page("https://a.example/page", PAGE)


def write(home: Path, *names: str, file: str = "doc.md", lead: str = "") -> None:
    """A document with a link a line."""
    (home / file).write_text(lead + "".join(f"<https://a.example/{name}>\n\n" for name in names), encoding="utf-8")


# ── --baseline ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_baseline_forgives_what_is_known(check: Run, home: Path) -> None:
    """A dead link of the baseline is shown but does not fail, though its line and id changed; a new one does."""
    write(home, "dead", "page")
    assert check("doc.md", "-f", "json", "-o", "base.json").code == 1
    write(home, "page", "dead", lead="# New\n\n")
    done = check("doc.md", "-f", "json", "--baseline", "base.json")
    assert done.code == 0
    (found,) = done.report["findings"]
    assert (found["severity"], found["rule"]) == ("ok", "dead-source")
    assert found["message"].endswith("(known from the baseline)")
    assert "<failure" not in check("doc.md", "-f", "junit", "--baseline", "base.json").out
    assert "::error" not in check("doc.md", "-f", "github", "--baseline", "base.json").out
    assert check("doc.md", "-f", "jsonl", "--baseline", "base.json").code == 0
    write(home, "page", "dead", "gone")
    assert check("doc.md", "-f", "jsonl", "--baseline", "base.json").code == 1
    done = check("doc.md", "-f", "json", "--baseline", "base.json")
    assert done.code == 1
    assert sorted(found["severity"] for found in done.report["findings"]) == ["error", "ok"]


def test_baseline_is_per_file(check: Run, home: Path) -> None:
    """The same dead link in another document is new."""
    write(home, "dead")
    check("doc.md", "-f", "json", "-o", "base.json")
    write(home, "dead", file="other.md")
    assert check("doc.md", "other.md", "-f", "json", "--baseline", "base.json").code == 1


def test_baseline_does_not_forgive_worse(check: Run, world: World, home: Path) -> None:
    """What was a warning in the baseline and is an error now counts; a baseline made with a baseline still serves."""
    world.page("https://a.example/dead", "busy", status=500)
    write(home, "dead")
    check("doc.md", "-f", "json", "-o", "base.json", "--retries", "0")
    assert check("doc.md", "-f", "json", "--retries", "0", "--strict", "--baseline", "base.json").code == 1
    done = check("doc.md", "-f", "json", "-o", "b2.json", "--retries", "0", "--baseline", "base.json")
    assert done.code == 0
    again = ("--baseline", "b2.json", "--fail-on", "warning")
    assert check("doc.md", "-f", "json", "--retries", "0", *again).code == 0


@pytest.mark.parametrize("content", ["", "not json", "[]", '{"schema": "other/1"}', '{"a":1}\n{"a":2}\n', None])
def test_wrong_baseline_is_a_usage_error(check: Run, world: World, home: Path, content: str | None) -> None:
    """A file that is no report of citekeeper is refused before anything is asked."""
    write(home, "page")
    if content is not None:
        (home / "base.json").write_text(content, encoding="utf-8")
    done = check("doc.md", "--baseline", "base.json")
    assert done.code == 2
    assert "base.json" in done.err
    assert "-f json" in done.err
    assert world.hits("https://a.example/page") == 0


# ── --changed-since ─────────────────────────────────────────────────────────────────────────────────────────────────


def git(home: Path, *arguments: str) -> None:
    """Run git, without any person's configuration."""
    environ = {
        "PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@a.example",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@a.example",
    }  # fmt: skip
    subprocess.run(["git", *arguments], cwd=home, env=environ, check=True, capture_output=True)


@pytest.fixture
def repository(home: Path) -> Path:
    """A repository with a document that holds a dead link."""
    git(home, "init", "-q", "-b", "main")
    (home / "sub dir").mkdir()
    write(home, "dead", "page", file="sub dir/dök.md")
    git(home, "add", ".")
    git(home, "commit", "-q", "-m", "one")
    return home


def test_only_changed_lines_can_fail(check: Run, repository: Path) -> None:
    """A dead link on an old line is shown but does not fail; on an added line, committed or not, it does."""
    document = "sub dir/dök.md"
    done = check(document, "-f", "json", "--changed-since", "HEAD")
    assert done.code == 0
    assert done.report["findings"][0]["message"].endswith("(not on a changed line)")
    write(repository, "dead", "page", file=document, lead="New words.\n\n")
    assert check(document, "-f", "json", "--changed-since", "HEAD").code == 0
    write(repository, "dead", "page", "gone", file=document)
    assert check(document, "-f", "jsonl", "--changed-since", "HEAD").code == 1
    git(repository, "commit", "-q", "-a", "-m", "two")
    assert check(document, "-f", "json", "--changed-since", "HEAD").code == 0
    done = check(document, "-f", "json", "--changed-since", "HEAD~1")
    assert done.code == 1
    assert [(found["severity"], found["line"]) for found in done.report["findings"]] == [("error", 5), ("ok", 1)]


def test_a_persons_way_of_looking_at_changes_does_not_count(check: Run, repository: Path) -> None:
    """Their git may show changes that stand close together as one; the lines between them are as they were."""
    git(repository, "config", "diff.interHunkContext", "20")
    document = repository / "sub dir/dök.md"
    document.write_text(f"New.\n\n{document.read_text()}\nNew.\n")
    done = check("sub dir/dök.md", "-f", "json", "--changed-since", "HEAD")
    assert done.code == 0
    assert [found["severity"] for found in done.report["findings"]] == ["ok"]


def test_untracked_documents_are_new(check: Run, repository: Path) -> None:
    """Every line of a file that git does not know counts."""
    write(repository, "dead", file="new.md")
    assert check("new.md", "--changed-since", "HEAD", "-q").code == 1


def test_renamed_document_did_not_change(check: Run, repository: Path) -> None:
    """A document that got another name, in another alphabet, can fail on the lines that were altered besides only."""
    new = repository / "письма" / "é.md"
    new.parent.mkdir()
    git(repository, "mv", "sub dir/dök.md", "письма/é.md")
    done = check("письма/é.md", "-f", "json", "--changed-since", "HEAD")
    assert (done.code, {found["severity"] for found in done.report["findings"]}) == (0, {"ok"})
    write(repository, "dead", "page", "gone", file="письма/é.md")
    done = check("письма/é.md", "-f", "json", "--changed-since", "HEAD")
    assert done.code == 1
    assert [(found["severity"], found["line"]) for found in done.report["findings"]] == [("error", 5), ("ok", 1)]


def test_what_the_other_branch_changed_is_not_ours(check: Run, repository: Path) -> None:
    """The change is counted from where the branches parted."""
    document = "sub dir/dök.md"
    git(repository, "checkout", "-q", "-b", "work")
    git(repository, "checkout", "-q", "main")
    write(repository, "page", file=document)
    git(repository, "commit", "-q", "-a", "-m", "main takes the dead link out")
    git(repository, "checkout", "-q", "work")
    assert check(document, "--changed-since", "main", "-q").code == 0


def test_changed_since_needs_git_a_revision_and_documents(
    check: Run, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them missing is a usage error that says what to do."""
    write(repository, "page")
    for revision in ("no-such-branch", "--output=x", ""):
        assert check("doc.md", "--changed-since", revision).code == 2
    assert check("https://a.example/page", "--changed-since", "HEAD").code == 2
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "page")
    done = check("doc.md", "--changed-since", "HEAD")
    assert (done.code, "git repository" in done.err) == (2, True)
    monkeypatch.setenv("PATH", str(tmp_path))
    done = check("doc.md", "--changed-since", "HEAD")
    assert (done.code, "not installed" in done.err) == (2, True)


def test_baseline_and_changed_lines_together(check: Run, repository: Path) -> None:
    """Either excuse suffices."""
    document = "sub dir/dök.md"
    check(document, "-f", "json", "-o", "base.json")
    write(repository, "page", "dead", file=document)
    options = ("-f", "json", "--changed-since", "HEAD")
    assert check(document, *options).code == 1
    assert check(document, *options, "--baseline", "base.json").code == 0
    assert json.loads((repository / "base.json").read_text())["schema"] == "citekeeper.report/1"
