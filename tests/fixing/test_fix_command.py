"""``citekeeper fix`` as a person runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from citekeeper.sandbox import Sandbox, World
from fixing.conftest import ALIVE, COPY, GONE, LOST, NEW, OLD, Fix, Keeper

DOCUMENT = (
    "# Brief\r\n\r\nEen[^1] twee[^2] drie[^3] vier[^4].\r\n\r\n"
    f"[^1]: [“Een”](<{GONE}>). Geraadpleegd op 4 mei 2022.\r\n[^2]: [Twee]({OLD})\n"
    f"[^3]: [Drie]({LOST})\r\n[^4]: [Vier]({ALIVE})"
)
BESIDE = DOCUMENT.replace(
    f"[“Een”](<{GONE}>)",
    f"[“Een”](<{GONE}>) ([gearchiveerd op 3 mei 2022]({COPY.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}))",
).replace(OLD, NEW)


@pytest.fixture
def doc(keeper: Keeper) -> Path:
    """A Dutch letter with four notes."""
    keeper.documents.append("{source: brief.md, language: nl}")
    keeper.letter()
    path = keeper.home / "brief.md"
    path.write_bytes(DOCUMENT.encode())
    return path


def test_the_document_comes_out_mended_and_stays_as_it_is(fix: Fix, doc: Path) -> None:
    """By default copies stand beside dead links, on stdout; what has no copy is said on stderr."""
    outcome = fix("brief.md")
    assert (outcome.code, outcome.out.decode()) == (0, BESIDE)
    assert "fn3 is rotten (gone), and no archived copy is known" in outcome.err
    assert "2 of 4 links mended" in outcome.err
    assert doc.read_bytes() == DOCUMENT.encode()


def test_written_in_place_once(fix: Fix, doc: Path) -> None:
    """``--write`` changes the file and keeps its permissions; a second time nothing changes."""
    doc.chmod(0o640)
    assert fix("brief.md", "--write").out == b""
    assert doc.read_bytes() == BESIDE.encode()
    assert doc.stat().st_mode & 0o777 == 0o640
    when = doc.stat().st_mtime_ns
    outcome = fix("brief.md", "--write")
    assert "0 of 5 links mended" in outcome.err
    assert (doc.read_bytes(), doc.stat().st_mtime_ns) == (BESIDE.encode(), when)


def test_output_goes_to_a_file(fixed_here: Fix, doc: Path, keeper: Keeper) -> None:
    """``-o FILE`` writes there and leaves stdout empty."""
    outcome = fixed_here("brief.md", "--style", "replace", "-o", "out.md", "-q")
    assert (outcome.out, outcome.err) == (b"", "")
    assert f"[“Een”](<{COPY}>)" in (keeper.home / "out.md").read_text()


@pytest.mark.parametrize("tool", [["git", "apply"], ["patch", "-p1", "--binary"]])
def test_the_patch_is_one_that_tools_take(fix: Fix, doc: Path, keeper: Keeper, tool: list[str]) -> None:
    """``--diff`` applied by git or patch gives the mended document, mixed line ends and all."""
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not installed")
    patch = fix("brief.md", "--diff").out
    assert patch.startswith(b"--- a/brief.md\n+++ b/brief.md\n@@ ")
    subprocess.run(tool, cwd=keeper.home, input=patch, check=True, capture_output=True)
    assert doc.read_bytes() == BESIDE.encode()
    assert fix("brief.md", "--diff").out == b""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none.md",), "there is no such document"),
        (("letter.pdf",), "only those of Markdown and HTML can"),
        (("brief.md", "--style", "robust"), "Robust Links are attributes of HTML"),
        (("brief.md", "--style", "bold"), "no style"),
        (("brief.md", "--write", "--diff"), "--write"),
        (("brief.md", "-c", "none.yaml"), "does not exist"),
        (("latin.md",), "not text in UTF-8"),
    ],
)
def test_what_cannot_be_done_is_said(
    fixed_here: Fix, doc: Path, keeper: Keeper, arguments: tuple[str, ...], said: str
) -> None:
    """Usage errors are exit 2 with a sentence, and nothing on stdout."""
    (keeper.home / "letter.pdf").write_bytes(b"%PDF-1.4\n")
    (keeper.home / "latin.md").write_bytes("слово".encode("cp1251"))
    outcome = fixed_here(*arguments)
    assert (outcome.code, outcome.out) == (2, b"")
    assert said in outcome.err


def copies(keeper: Keeper, verdict: str, *held: tuple[str, str], pinned: str = "", checks: int = 1) -> None:
    keeper.cite("fn1", GONE, "accessed: 2022-05-04", f"archived: [{pinned}]")
    for number in range(checks):
        keeper.saw("fn1", 1 + 2 * number, verdict)
    for stamp, state in held:
        moment = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T10:15:30Z"
        keeper.held("fn1", f"https://web.archive.org/web/{stamp}101530/{GONE}", moment, state)


@pytest.mark.parametrize(
    ("verdict", "held", "pinned", "chosen"),
    [
        ("gone", [("20220401", "found"), ("20220503", "found"), ("20220505", "found")], "", "20220503"),
        ("gone", [("20220503", "found"), ("20220401", "verified")], "", "20220401"),
        ("gone", [("20220601", "found"), ("20220505", "found")], "", "20220505"),
        ("gone", [("20220503", "submitted"), ("20220503", "failed")], "", None),
        ("gone", [("20220503", "verified")], f"'https://web.archive.org/web/20210101000000/{GONE}'", "20210101"),
        ("drifted", [("20260102", "found")], "", None),
        ("drifted", [("20251231", "found")], "", "20251231"),
        ("usurped", [("20220503", "found")], "", "20220503"),
        ("walled", [("20220503", "verified")], "", None),
        ("failing", [("20220503", "verified")], "", None),
    ],
)
def test_the_copy_is_the_one_that_shows_what_was_cited(
    fixed_here: Fix, keeper: Keeper, verdict: str, held: list[tuple[str, str]], pinned: str, chosen: str | None
) -> None:
    """Pinned before verified before found, closest before the access date; none made after the page went wrong."""
    copies(keeper, verdict, *held, pinned=pinned)
    (keeper.home / "a.md").write_text(f"<{GONE}>\n")
    out = fixed_here("a.md", "--style", "replace").out.decode()
    assert out == (f"<{GONE}>\n" if chosen is None else out)
    if chosen:
        assert f"/web/{chosen}" in out


def test_three_failures_in_a_row_over_days_are_rot(fixed_here: Fix, keeper: Keeper) -> None:
    """A source that fails for days counts as dead; one failure does not (the table above)."""
    copies(keeper, "failing", ("20220503", "verified"), checks=3)
    (keeper.home / "a.md").write_text(f"<{GONE}>\n")
    assert b"/web/20220503" in fixed_here("a.md", "--style", "replace").out


def test_what_locate_found_replaces_what_was(fixed_here: Fix, keeper: Keeper) -> None:
    """An address that locate replaced in the register is replaced in the document; old checks of it say nothing."""
    keeper.cite("fn1", NEW, f"located: {{how: slug, score: 1.0, on: 2026-01-02, was: '{OLD}'}}")
    keeper.saw("fn1", 1, "gone", hops=[{"url": OLD, "status": 404}])
    (keeper.home / "a.md").write_text(f"[a]({OLD})\n")
    outcome = fixed_here("a.md", "--write")
    assert (keeper.home / "a.md").read_text() == f"[a]({NEW})\n"
    assert "rotten" not in outcome.err
    assert fixed_here("a.md").out.decode() == f"[a]({NEW})\n"


def test_from_import_over_run_to_fix(keeper: Keeper) -> None:
    """The whole way: a page that is gone and kept by the Wayback Machine, imported, run, and mended in its document."""
    url, page = "https://news.example/story", "<title>A story</title><h1>A story</h1>" + "<p>What it says.</p>" * 50
    world = World()
    world.host("news.example")
    world.wayback.hold(url, "20220503101530", page)
    document = f"Said.[^1]\n\n[^1]: [“A story”]({url}) *news.example*. 3 May 2022. Retrieved 4 May 2022.\n"
    (keeper.home / "doc.md").write_text(document)
    with Sandbox(world, lifetime=100) as sandbox:

        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-m", "citekeeper", *arguments]
            environ = {**os.environ, **sandbox.environ}
            return subprocess.run(
                command, cwd=keeper.home, env=environ, capture_output=True, text=True, timeout=100, check=False
            )

        assert run("import", "doc.md").returncode == 0
        assert run("run", "--no-progress").returncode == 1
        fixed = run("fix", "doc.md")
    copy = f"https://web.archive.org/web/20220503101530/{url}"
    assert fixed.stdout == document.replace(f"({url})", f"({url}) ([archived 3 May 2022]({copy}))"), fixed.stderr
