"""How fast pages are archived: ``python -m benchmarks archive [--quick]``, beside wget (Debian: apt-get install wget).

A loopback server gives pages of 8 images of 20 kB each, every answer after the latency. ``citekeeper archive --to
local`` makes a sealed capture of each (WACZ, page.html, text, manifest); ``wget -p --warc-file`` makes a WARC. Pages
without requisites are archived and checked. The tools run in turn, and each target is a ratio within one round; the
median over the rounds counts. Then ``verify`` and reading, by `benchmarks.verify_bench`.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks import verify_bench

REQUISITES = 8
IMAGE = b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(20_000)  # noqa: S311 - test data


class Server:
    """Answers on loopback from a thread of its own: ``/N/`` is a page with images, ``/plain/N/`` one without."""

    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self.port = 0
        threading.Thread(target=self._run, daemon=True).start()
        self._ready.wait(10)

    def _run(self) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode("ascii")
                if self._latency:
                    await asyncio.sleep(self._latency)
                kind, body = ("text/html", _page(path)) if path.endswith("/") else ("image/png", IMAGE + path.encode())
                writer.write(
                    f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def _page(path: str) -> bytes:
    number = path.strip("/").rpartition("/")[2]
    images = "".join(f'<img src="a{part}.png" alt="">' for part in range(REQUISITES))
    text = "".join(f"<p>Paragraph {line} of page {number} says what the town hall said.</p>" for line in range(20))
    shown = text if path.startswith("/plain/") else text + images
    return f"<!DOCTYPE html><html><head><title>Page {number}</title></head><body>{shown}</body></html>".encode()


@dataclass(frozen=True)
class Job:
    """What one program is to do: so many pages under this address."""

    address: str
    pages: int
    options: tuple[str, ...] = ()

    @property
    def urls(self) -> list[str]:
        """The pages' addresses."""
        return [f"{self.address}{number}/" for number in range(self.pages)]


def _register(job: Job, home: Path) -> None:
    entries = "".join(
        f"  - id: fn{n}\n    kind: citation\n    title: Page {n}\n    url: {url}\n" for n, url in enumerate(job.urls)
    )
    (home / "citations.yaml").write_text(f"version: 1\ndocuments: [{{source: a.md}}]\ncitations:\n{entries}")


def archiving(job: Job, home: Path) -> list[str]:
    """``citekeeper archive`` over the pages."""
    _register(job, home)
    command = [sys.executable, "-m", "citekeeper", "archive", "--to", "local", "--allow-private", *job.options]
    return [*command, "--browser", "never", "--no-progress", "-q", "--fail-on", "never"]


def checking(job: Job, home: Path) -> list[str]:
    """``citekeeper check`` over the same pages, likewise from a register."""
    _register(job, home)
    command = [sys.executable, "-m", "citekeeper", "check", "--allow-private", *job.options]
    return [*command, "--no-progress", "-q", "--fail-on", "never"]


def by_wget(job: Job, home: Path) -> list[str]:
    """``wget`` with a WARC of the pages and their requisites."""
    (home / "urls").write_text("\n".join(job.urls))
    return ["wget", "-q", "-p", "--no-proxy", "-e", "robots=off", "--warc-file=all", "-i", "urls"]


@cache
def _workplace() -> tempfile.TemporaryDirectory[str]:
    """Where all programs work; removed at the end: ext4 is slow to make files for minutes after others were deleted."""
    return tempfile.TemporaryDirectory(prefix="citekeeper-bench-")


def _seconds(command: Callable[[Job, Path], list[str]], job: Job) -> float:
    """How long a program takes; it must do the whole job."""
    environ = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: modules are compiled once
    home = Path(tempfile.mkdtemp(dir=_workplace().name))
    arguments = command(job, home)
    began = time.perf_counter()
    done = subprocess.run(arguments, cwd=home, env=environ, capture_output=True, check=False)  # noqa: S603
    seconds = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"{arguments[:4]} ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    files = [path for path in home.rglob("*") if path.is_file()]
    if command is archiving and sum(path.name == "manifest.json" for path in files) != job.pages:
        raise SystemExit("Not every page was captured.")
    for path in files:
        os.truncate(path, 0)  # which gives the space back, and deletes nothing
    return seconds


Pair = tuple[Callable[[Job, Path], list[str]], Callable[[Job, Path], list[str]]]


def _compared(pair: Pair, job: Job, rounds: int) -> tuple[float, float, float]:
    """The median seconds of both programs, and the median of the second's over the first's within a round."""
    times = [tuple(_seconds(command, job) for command in pair) for _ in range(rounds)]
    first, second = (statistics.median(column) for column in zip(*times, strict=True))
    return first, second, statistics.median(b / a for a, b in times)


def row(what: str, figures: str, ratio: float, wanted: float, *, at_least: bool) -> bool:
    """Print one line of the table; whether the target is met."""
    is_met = ratio >= wanted if at_least else ratio <= wanted
    bound = "at least" if at_least else "at most"
    verdict = "met" if is_met else "MISSED"
    sys.stdout.write(f"| {what} | {figures} | {ratio:.3g} | {bound} {wanted:g} | {verdict} |\n")
    sys.stdout.flush()
    return is_met


def beside_wget(pages: int, latency: float, wanted: float, rounds: int) -> bool:
    """Pages with requisites: pages per second over wget's."""
    polite = ("--per-host", "64")  # one host here stands for many
    job = Job(f"http://127.0.0.1:{Server(latency).port}/", pages, polite)
    ours, theirs, ratio = _compared((archiving, by_wget), job, rounds)
    what = f"{pages} pages of {REQUISITES} requisites, {latency * 1000:.0f} ms latency, over wget"
    return row(what, f"{pages / ours:.1f} and {pages / theirs:.1f} pages/s", ratio, wanted, at_least=True)


def beside_check(pages: int, latency: float, rounds: int) -> bool:
    """Pages without requisites: the seconds of archiving over those of checking, with the usual politeness."""
    job = Job(f"http://127.0.0.1:{Server(latency).port}/plain/", pages)
    check, archive, ratio = _compared((checking, archiving), job, rounds)
    what = f"{pages} pages without requisites, {latency * 1000:.0f} ms latency, archiving over checking"
    return row(what, f"{archive:.2f} and {check:.2f} s", ratio, 2.0, at_least=False)


def news_page(number: int) -> bytes:
    """A page of 60 kB as news sites make them: menus, an article, teasers, comments, and scripts in between."""
    chance = random.Random(number)  # noqa: S311 - test data

    def prose(length: int) -> str:
        return b" ".join(chance.choices(verify_bench.WORDS, k=length)).decode().capitalize() + "."

    menu = "".join(f'<li class="item"><a href="/s/{n}">{prose(2)}</a></li>' for n in range(120))
    article = "".join(f"<p>{prose(60)}</p>" for _ in range(30))
    teasers = "".join(
        f'<div class="teaser"><a href="/n/{n}"><img src="/i/{n}.jpg" alt=""><h3>{prose(9)}</h3></a><span>12:0{n % 9}'
        f"</span><p>{prose(15)}</p></div>"
        for n in range(45)
    )
    comments = "".join(f'<div class="comment"><b>{prose(1)}</b><p>{prose(25)}</p></div>' for _ in range(60))
    script = f"<script>{'var a = {b: 1}; ' * 700}</script>"
    head = f"<title>Page {number}: {prose(6)}</title>{script}"
    body = (
        f"<ul>{menu}</ul><article><h1>Page {number}</h1>{article}</article>{script}<aside>{teasers}</aside>{comments}"
    )
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'.encode()


def reading_speed(pages: int) -> bool:
    """News pages read by warm processes, one a processor."""
    from citekeeper import reading
    from citekeeper.model import Hop
    from citekeeper.processes import Pool

    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    hops = [Hop(f"https://news.example/{n}", 200, head, news_page(n)) for n in range(pages)]
    with Pool(prepare="citekeeper.pipeline.loaded") as pool:
        for started in [pool.submit(60, 0, reading.read, hop) for hop in hops[:8]]:
            started.result()
        began = time.perf_counter()
        read = [future.result() for future in [pool.submit(60, len(hop.body), reading.read, hop) for hop in hops]]
        seconds = time.perf_counter() - began
    assert all(text is not None and len(text.paragraphs) >= 30 for text in read)
    size = statistics.mean(len(hop.body) for hop in hops) / 1000
    return row(f"reading, news pages of {size:.0f} kB", f"{seconds:.2f} s", pages / seconds, 20.0, at_least=True)


def main(*, quick: bool = False) -> int:
    """Print the table; 1 where a target is missed."""
    rounds, pages = (1, 40) if quick else (3, 200)
    cores = len(os.sched_getaffinity(0))
    sys.stdout.write(f"| {cores} cores | measured | ratio or figure | target | |\n|---|---|---:|---:|---|\n")
    _seconds(archiving, Job(f"http://127.0.0.1:{Server(0).port}/", 2))  # compiles the modules
    met = []
    if shutil.which("wget") is None:
        sys.stdout.write("wget is not installed (on Debian: apt-get install wget).\n")
    else:
        met += [beside_wget(pages, 0.05, 10.0, rounds), beside_wget(pages, 0.0, 1.0, rounds)]
    met += [beside_check(pages, 0.05, rounds), beside_check(pages, 0.0, rounds)]
    met += [row(*line, at_least=True) for line in verify_bench.measured(20 if quick else 200)]
    met.append(reading_speed(pages))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(quick="--quick" in sys.argv))
