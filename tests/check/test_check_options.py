"""The options of ``check``, one by one, through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from citekeeper.sandbox import World
from in_process import Run

from .conftest import PAGE, write_register


@pytest.fixture
def page(world: World) -> str:
    """A living source."""
    world.page("https://a.example/page", PAGE)
    return "https://a.example/page"


def test_formats_go_into_a_directory_together(check: Run, page: str, home: Path) -> None:
    """Several formats with ``-o DIR/`` are a file each; several on stdout are refused before anything is fetched."""
    done = check(page, "-f", "json,junit,sarif,csv,markdown,jsonl,github", "-o", "out/")
    assert done.code == 0, done.err
    assert {path.name for path in (home / "out").iterdir()} >= {
        "report.json",
        "junit.xml",
        "citekeeper.sarif",
        "citations.csv",
        "report.md",
        "report.jsonl",
    }
    assert check(page, "-f", "json,junit").code == 2


def test_output_names_a_file(check: Run, page: str, home: Path) -> None:
    """``-o FILE`` writes there and nothing on stdout."""
    done = check(page, "-f", "json", "-o", "r.json")
    assert done.out == ""
    assert json.loads((home / "r.json").read_text())["citations"][0]["verdict"] == "alive"


def test_fail_on_and_strict(check: Run, world: World) -> None:
    """A warning fails the run from ``--fail-on warning`` on; ``--strict`` makes an error of a failure that may pass."""
    world.page("https://a.example/busy", "later", status=500)
    url = "https://a.example/busy"
    options = ("--retries", "0", "-q")
    assert check(url, *options).code == 0
    assert check(url, *options, "--fail-on", "warning").code == 1
    assert check(url, *options, "--strict").code == 1
    assert check(url, *options, "--strict", "--fail-on", "never").code == 0


def test_include_and_exclude_choose(check: Run, world: World, page: str) -> None:
    """What is left out is unchecked and says so; it is not asked."""
    world.page("https://b.example/page", PAGE)
    done = check(page, "https://b.example/page", "-f", "json", "--exclude", r"b\.example")
    assert done.verdicts["https://b.example/page"] == "unchecked/excluded"
    assert world.hits("https://b.example/page") == 0
    done = check(page, "https://b.example/page", "-f", "json", "--include", r"b\.example")
    assert done.verdicts == {page: "unchecked/excluded", "https://b.example/page": "alive/ok"}


def test_offline_asks_nobody(check: Run, world: World, page: str) -> None:
    """``--offline`` leaves everything unchecked."""
    assert check(page, "-f", "json", "--offline").verdicts == {page: "unchecked/offline"}
    assert world.hits(page) == 0


def test_links_of_the_register_only_on_demand(check: Run, world: World, page: str, home: Path) -> None:
    """Entries of kind link are left out unless ``--links`` is given, and then count in no total."""
    world.page("https://b.example/page", PAGE)
    write_register(home, f"- {{id: a, url: '{page}'}}\n- {{id: b, kind: link, url: 'https://b.example/page'}}\n")
    assert list(check("-f", "json", "--no-record").verdicts) == [page]
    done = check("-f", "json", "--no-record", "--links")
    assert set(done.verdicts) == {page, "https://b.example/page"}
    assert done.report["totals"]["citations"] == 1
    assert not (home / "archive").exists()


def test_accept_expect_and_ignore_of_a_citation(check: Run, world: World, home: Path) -> None:
    """A person's word about one citation outranks the judge."""
    world.page("https://a.example/forbidden", "no", status=403)
    world.page("https://a.example/dead", "no", status=404)
    world.page("https://a.example/left", PAGE)
    write_register(
        home,
        "- {id: a, url: 'https://a.example/forbidden', accept: [403]}\n"
        "- {id: b, url: 'https://a.example/dead', expect: gone}\n"
        "- {id: c, url: 'https://a.example/left', ignore: true}\n",
    )
    done = check("-f", "json", "--no-record", "--fail-on", "error")
    assert done.code == 0, done.out
    assert done.verdicts == {
        "https://a.example/forbidden": "alive/accepted-status",
        "https://a.example/dead": "gone/http-404",
        "https://a.example/left": "unchecked/ignored",
    }
    assert world.hits("https://a.example/left") == 0


def test_rules_for_host_patterns(check: Run, world: World, home: Path) -> None:
    """The same per host pattern in ``settings.hosts``, for a register and, through -c, for any document."""
    world.page("https://x.gov.example/a", "no", status=403)
    world.page("https://b.example/a", "no", status=404)
    world.page("https://c.example/a", PAGE)
    settings = (
        "settings:\n  hosts:\n    '*.gov.example': {accept: [403]}\n    b.example: {expect: gone}\n"
        "    c.example: {ignore: true}\n"
    )
    wanted = ["https://x.gov.example/a", "https://b.example/a", "https://c.example/a"]
    write_register(home, "".join(f"- {{id: n{n}, url: '{url}'}}\n" for n, url in enumerate(wanted)), settings)
    fates = ["alive/accepted-status", "gone/http-404", "unchecked/ignored"]
    done = check("-f", "json", "--no-record")
    assert (done.code, list(done.verdicts.values())) == (0, fates)
    done = check(*wanted, "-c", "citations.yaml", "-f", "json")
    assert (done.code, list(done.verdicts.values())) == (0, fates)


def test_settings_of_the_register_here_count_for_every_check(check: Run, world: World, home: Path) -> None:
    """Its entries are not asked for where something else is named; its settings are those of this place."""
    world.page("https://a.example/members", "no", status=403)
    write_register(home, "- {id: b, url: 'https://b.example/x'}\n", "settings: {hosts: {a.example: {accept: [403]}}}\n")
    for form in ("json", "jsonl"):
        done = check("https://a.example/members", "-f", form)
        (entry,) = done.report["citations"] if form == "json" else done.entries
        assert (entry["id"], entry["verdict"], entry["reason"]) == ("link-1", "alive", "accepted-status")
    assert not (home / "archive").exists()
    write_register(home, "[]\n", "settings: {jobz: 3}\n")
    assert check("https://a.example/members").code == 2


def test_max_age_skips_what_was_alive_lately(check: Run, world: World, page: str, home: Path) -> None:
    """A register's living source is not asked again within ``--max-age``, and is told from its history."""
    world.page("https://a.example/dead", "no", status=404)
    write_register(home, f"- {{id: a, url: '{page}'}}\n- {{id: b, url: 'https://a.example/dead'}}\n")
    check("-q")
    done = check("-f", "json", "--max-age", "7d")
    assert done.verdicts == {page: "alive/ok", "https://a.example/dead": "gone/http-404"}
    assert (world.hits(page), world.hits("https://a.example/dead")) == (1, 2)
    check("-q", "--max-age", "7d", "--no-record")
    assert world.hits(page) == 1


def test_register_asks_conditionally(check: Run, world: World, page: str, home: Path) -> None:
    """A second check sends the validators of the first; a 304 says alive again and adds no line to the history."""
    write_register(home, f"- {{id: a, url: '{page}'}}\n")
    check("-q")
    history = (home / "archive/a/history.jsonl").read_bytes()
    done = check("-f", "json")
    (entry,) = done.report["citations"]
    assert (entry["verdict"], entry["reason"], entry["http_status"]) == ("alive", "ok", 304)
    assert (home / "archive/a/history.jsonl").read_bytes() == history


def test_services_that_recover_and_that_do_not(check: Run, world: World) -> None:
    """503 then 200 is alive; a persistent 429 ends, as throttled."""
    world.page("https://a.example/busy", PAGE)
    world.sequence(
        "https://a.example/busy",
        [_response(503, "Retry-After", "0"), _response(200, "Content-Type", "text/html", PAGE.encode())],
    )
    world.stage("https://b.example/limit", _response(429, "Retry-After", "0"))
    done = check("https://a.example/busy", "https://b.example/limit", "-f", "json", "--retries", "1")
    assert done.verdicts == {"https://a.example/busy": "alive/ok", "https://b.example/limit": "throttled/http-429"}
    assert done.code == 0


def _response(status: int, name: str, value: str, body: bytes = b"later"):  # type: ignore[no-untyped-def]
    from citekeeper.sandbox import Response

    return Response(status, ((name, value),), body)
