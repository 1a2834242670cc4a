"""``check`` as a process of its own: a reader that goes away, a person who interrupts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from citekeeper.sandbox import Response, Sandbox, World

from .conftest import PAGE


def started(sandbox: Sandbox, home: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """``citekeeper check - -f jsonl``, reading a list from its stdin; another format among ``arguments`` wins."""
    command = [sys.executable, "-m", "citekeeper", "check", "-", "-f", "jsonl", "--cache", "c.db", *arguments]
    environ = {**os.environ, **sandbox.environ}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=home, env=environ, stdin=pipe, stdout=pipe, stderr=pipe)


def test_reader_that_goes_away_is_no_finding(world: World, sandbox: Sandbox, home: Path) -> None:
    """``| head -1`` ends the run with 3 (not delivered), never with 1, and without a traceback."""
    world.handler("a.example", lambda _: Response.html(PAGE))
    with started(sandbox, home) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"".join(b"http://a.example/%d\n" % number for number in range(600)))
        process.stdin.close()
        assert process.stdout.readline().startswith(b'{"id":')
        process.stdout.close()
        assert process.wait(60) == 3
        assert b"raceback" not in process.stderr.read()


def test_a_line_of_stdin_is_asked_at_once(world: World, sandbox: Sandbox, home: Path) -> None:
    """Who writes an address and waits gets the answer while the list is still open, and so for the next one."""
    world.handler("a.example", lambda _: Response.html(PAGE))
    with started(sandbox, home, "--exclude", "skipped") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for name in (b"one", b"two", b"skipped", b"three"):
            process.stdin.write(b"http://a.example/%s\n" % name)
            process.stdin.flush()
            assert b"http://a.example/%s" % name in process.stdout.readline()
        process.stdin.write(b"http://a.example/no-line-end")
        process.stdin.close()
        assert b"http://a.example/no-line-end" in process.stdout.readline()
        assert process.wait(60) == 0


def test_rows_of_csv_come_as_they_are_known(world: World, sandbox: Sandbox, home: Path) -> None:
    """CSV of a list that trickles in: the header, then a row for each answer while the list is open."""
    world.handler("a.example", lambda _: Response.html(PAGE))
    with started(sandbox, home, "-f", "csv") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number, name in enumerate((b"one", b"two")):
            process.stdin.write(b"http://a.example/%s\n" % name)
            process.stdin.flush()
            if number == 0:
                assert process.stdout.readline().startswith(b"id,label,")
            assert b"http://a.example/%s" % name in process.stdout.readline()
        process.stdin.close()
        assert process.wait(60) == 0


def test_lists_are_asked_while_they_arrive_in_any_format(world: World, sandbox: Sandbox, home: Path) -> None:
    """A report that is one piece is written at the end, but its sources are asked as their lines come."""
    asked = threading.Event()

    def answer(_: object) -> Response:
        asked.set()
        return Response.html(PAGE)

    world.handler("a.example", answer)
    with started(sandbox, home, "-f", "json") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"http://a.example/one\n")
        process.stdin.flush()
        assert asked.wait(30)
        process.stdin.write(b"http://a.example/two\nhttp://a.example/one\n")
        process.stdin.close()
        report = json.loads(process.stdout.read())
        assert [entry["url"] for entry in report["citations"]] == ["http://a.example/one", "http://a.example/two"]
        assert process.wait(60) == 0


def test_interruption_keeps_what_was_seen(world: World, sandbox: Sandbox, home: Path) -> None:
    """Ctrl-C ends with 130 and a word; what was written stays, and the cache is sound."""
    world.page("http://a.example/page", PAGE)
    world.fault("http://b.example/slow", "hang", seconds=60)
    with started(sandbox, home) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"http://b.example/slow\nhttp://a.example/page\n")
        process.stdin.close()
        assert b'"alive"' in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert b"Interrupted" in process.stderr.read()
    from citekeeper.model import Citation
    from citekeeper.pipeline.cache import Cache

    with Cache(home / "c.db", "local") as cache:
        assert len(cache.events(Citation(id="x", url="http://a.example/page"))) == 1
