"""Checks of long lists: what is done with is let go of, and git is not asked by the document."""

from __future__ import annotations

import gc
import subprocess
from pathlib import Path

import pytest

from citekeeper.commands import changed
from citekeeper.model import Finding, Hop, Report, Severity
from citekeeper.pipeline import assemble
from citekeeper.sandbox import World
from in_process import Run

from .conftest import PAGE, write_register

PAGES = 12


def _bodies(urls: list[str]) -> int:
    """How many answers of these addresses are in memory with the page that they brought."""
    gc.collect()
    hops = [each for each in gc.get_objects() if type(each) is Hop and each.url in urls]
    return sum(len(each.body) > 500 for each in hops)


@pytest.mark.parametrize("of_register", [True, False])
def test_pages_are_not_kept_until_the_report(
    home: Path, check: Run, world: World, monkeypatch: pytest.MonkeyPatch, of_register: bool
):
    """The pages of a list, or of a register, are forgotten as soon as they are judged."""
    urls = [f"https://h{number}.example/page" for number in range(PAGES)]
    for number, url in enumerate(urls):
        world.page(url, PAGE.replace("A source", f"Source {number}"))
    kept: list[int] = []
    report_of = assemble.Assembly.report  # all pages have been judged when it is called

    def counted(self: assemble.Assembly, *given: object, **named: object) -> Report:
        kept.append(_bodies(urls))
        return report_of(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(assemble.Assembly, "report", counted)
    if of_register:
        write_register(home, "".join(f"- {{id: c{n}, url: '{url}'}}\n" for n, url in enumerate(urls)))
        report = check("-f", "json").report
    else:
        report = check("-", "-f", "json", stdin="\n".join(urls)).report
    assert [entry["url"] for entry in report["citations"]] == urls
    assert {entry["verdict"] for entry in report["citations"]} == {"alive"}
    assert kept[0] < PAGES / 2


def test_the_report_of_a_list_is_in_its_order(check: Run, world: World) -> None:
    """Entries of stdin come in the order of the lines, though sources answer in another."""
    urls = [f"https://h{number % 7}.example/{number}" for number in range(40)]
    for number, url in enumerate(urls):
        world.page(
            url, "no" if number % 3 else "<title>A page</title><p>It is here.", status=404 if number % 3 else 200
        )
    report = check("-", "-f", "json", stdin="\n".join(urls)).report
    assert [entry["url"] for entry in report["citations"]] == urls
    assert [entry["id"] for entry in report["citations"]] == [f"link-{number}" for number in range(1, 41)]
    assert report["totals"]["by_verdict"]["gone"] == len([finding["citation"] for finding in report["findings"]]) == 26


def test_git_is_asked_about_all_documents_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a finding in each of many documents, git is asked for the lines of those that changed alone."""

    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments], cwd=home, check=True)

    git("init", "-q")
    names = [f"d{number}.md" for number in range(30)]
    for name in names:
        (home / name).write_text("One.\n\nTwo.\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "first")
    (home / "d3.md").write_text("One.\n\nTwo!\n", encoding="utf-8")
    (home / "new.md").write_text("One.\n", encoding="utf-8")
    asked: list[str] = []
    ask = changed._git
    monkeypatch.setattr(changed, "_git", lambda *given: asked.append(given[1]) or ask(*given))
    lines = changed.ChangedLines("HEAD", [home / name for name in names])
    counted = {
        (name, line)
        for name in (*names, "new.md")
        for line in (1, 3)
        if lines(Finding("x", Severity.ERROR, None, "", "", name, line), None) is None
    }
    assert counted == {("d3.md", 3), ("new.md", 1), ("new.md", 3)}
    assert len(asked) < 12
