"""The scenarios: each starts its servers, runs the tools on the same list in turn, and says what it measured.

Everything is on loopback, bounded in time, and ended when the scenario ends.
"""

from __future__ import annotations

import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.nginx import Nginx, addresses
from benchmarks.process import Run, measure
from benchmarks.servers import WeatherServer
from benchmarks.tools import BARE, CITEKEEPER, LINKCHECKER, LYCHEE, ROOM, Load, Tool, available


@dataclass(frozen=True)
class Size:
    """How large the scenarios are, and how often each tool runs."""

    pages: int = 20_000
    page_hosts: int = 1000
    links: int = 3000
    sulk: float = 20.0  # seconds
    rough: int = 2000
    stream: int = 100_000
    again: int = 2000
    repeat: int = 5


_BOUNDED_FROM = 1_000_000  # addresses: those remembered, so that none is asked twice, reach their bound at half of it
FULL = Size(stream=_BOUNDED_FROM)
NORMAL = Size()
QUICK = Size(
    pages=3000, page_hosts=150, links=600, sulk=3.0, rough=400, stream=20_000, again=300, repeat=1
)  # for CI: shows that it works and what is grossly wrong; its figures are mostly start-up time


@dataclass(frozen=True)
class Goal:
    """One target: what is compared, the figure, the most it may be, and whether it is kept."""

    what: str
    figure: float
    most: float

    @property
    def is_met(self) -> bool:
        """Whether the figure is within the target."""
        return self.figure <= self.most


@dataclass
class Result:
    """What a scenario found: the median run of each tool, and the targets."""

    title: str
    runs: dict[str, Run] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def alternate(
    tools: Sequence[Tool], urls: Sequence[str], load: Load, *, repeat: int, limit: float, folder: Path
) -> dict[str, Run]:
    """Run ``tools`` in turn, ``repeat`` times; the median of each figure by tool."""
    listed = folder / "urls.txt"
    listed.write_text("\n".join(urls) + "\n")
    runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for _ in range(repeat):
        for tool in tools:
            output = folder / "output"
            run = measure(
                tool.command(listed, load), stdin=listed if tool.by_stdin else None, stdout=output, limit=limit
            )
            if run.complete and run.code not in tool.codes:
                said = output.with_suffix(".err").read_text("utf-8", "replace")[-500:]
                raise RuntimeError(f"{tool.name} ended with {run.code}: {said}")
            runs[tool.name].append(run)
    return {name: _median(each) for name, each in runs.items()}


def _median(runs: Sequence[Run]) -> Run:
    return Run(
        statistics.median(run.wall for run in runs),
        statistics.median(run.cpu for run in runs),
        max(run.memory for run in runs),
        max(run.code for run in runs),
        all(run.complete for run in runs),
    )


def _lines(folder: Path) -> int:
    with (folder / "output").open("rb") as output:
        return sum(1 for _ in output)


def pages(size: Size, folder: Path) -> Result:
    """Many pages of 18 kB on many hosts, with full verdicts."""
    result = Result(f"{size.pages:,} pages of 18 kB on {size.page_hosts:,} hosts")
    with Nginx(folder, addresses(size.page_hosts)) as server:
        urls = server.urls(size.pages)
        random.Random(1).shuffle(urls)  # noqa: S311
        tools = available(CITEKEEPER, ROOM, LYCHEE, BARE)
        result.runs = alternate(tools, urls, Load(), repeat=size.repeat, limit=300, folder=folder)
        slow = available(LINKCHECKER)
        few = urls[: min(500, size.pages)]
        for name, run in alternate(slow, few, Load(), repeat=1, limit=90, folder=folder).items():
            result.runs[f"{name} ({len(few)} pages only)"] = run
    own, bare = result.runs[CITEKEEPER.name], result.runs[BARE.name]
    if LYCHEE.name in result.runs:
        other = result.runs[LYCHEE.name]
        result.goals += [
            Goal("wall time / lychee's", own.wall / other.wall, 1.0),
            Goal("CPU / lychee's", own.cpu / other.cpu, 0.9),
            Goal("memory / lychee's", own.memory / other.memory, 1 / 8),
        ]
    result.goals.append(Goal("wall time / the bare loop's", own.wall / bare.wall, 1.7))
    return result


def latency(size: Size, folder: Path) -> Result:
    """1,000 URLs with 100 ms of latency: on 200 hosts, and on one."""
    result = Result("1,000 URLs, 100 ms of latency")
    with WeatherServer(addresses(200, second=20)) as server:
        for shown, hosts, load in (
            ("200 hosts, -j 512", 200, Load(jobs=512)),
            ("one host, --per-host 512", 1, Load(jobs=512, per_host=512)),
        ):
            urls = [server.url(number % hosts, f"/wait/100/{number}") for number in range(1000)]
            tools = available(CITEKEEPER, ROOM, LYCHEE)
            for name, run in alternate(tools, urls, load, repeat=max(1, size.repeat), limit=60, folder=folder).items():
                result.runs[f"{name}: {shown}"] = run
            result.goals.append(Goal(f"seconds, {shown}", result.runs[f"{CITEKEEPER.name}: {shown}"].wall, 0.8))
    return result


def sulking(size: Size, folder: Path) -> Result:
    """Links on 900 hosts with 200 ms of latency, one of which sulks and then fails: it alone may decide the end."""
    result = Result(f"{size.links:,} links on 900 hosts, 200 ms; one sulks {size.sulk:g} s, then 503")
    # At 128 at once, 3,000 answers of 200 ms take 4.7 s however good the checker is.
    load = Load(jobs=256, timeout=size.sulk * 1.5)
    with WeatherServer(addresses(900, second=30)) as server:
        urls = [
            server.url(number % 900, f"/sulk/{size.sulk * 1000:.0f}/{number}")
            if number % 900 == 0
            else server.url(number % 900, f"/wait/200/{number}")
            for number in range(size.links)
        ]
        for tool in available(CITEKEEPER, ROOM, LYCHEE):
            began = time.monotonic()
            runs = alternate([tool], urls, load, repeat=1, limit=12 * size.sulk + 30, folder=folder)
            rest = server.last_answer() - began
            result.runs[tool.name] = runs[tool.name]
            result.notes.append(f"{tool.name}: all but the sulking host done after {rest:.1f} s")
            if tool is CITEKEEPER:
                result.goals.append(Goal("seconds until the rest is done", rest, 5.0))
    return result


def rough(size: Size, folder: Path) -> Result:
    """A rough web; the whole may take little longer than its longest host alone."""
    result = Result(
        f"a rough web: {size.rough:,} URLs, log-normal latency, 10 % redirects, 3 % hang, 2 % 429, one host a tenth"
    )
    load = Load(timeout=4, retries=1)
    with WeatherServer(addresses(300, second=40)) as server:
        urls = list(_rough_urls(server, size.rough, random.Random(7)))  # noqa: S311
        longest = [url for url in urls if url.startswith(server.url(0, "/"))]
        alone = alternate([CITEKEEPER], longest, load, repeat=1, limit=300, folder=folder)[CITEKEEPER.name]
        result.runs["citekeeper, longest host alone"] = alone
        # The server limits each address once; a second list with other names meets it fresh.
        again = [f"{url}-again" for url in urls]
        result.runs |= alternate([CITEKEEPER], again, load, repeat=1, limit=300, folder=folder)
        for tool in available(LYCHEE):
            other = [f"{url}-{tool.name}" for url in urls]
            result.runs |= alternate([tool], other, load, repeat=1, limit=300, folder=folder)
    result.goals.append(
        Goal("wall time / the longest host's alone", result.runs[CITEKEEPER.name].wall / alone.wall, 1.2)
    )
    return result


def _rough_urls(server: WeatherServer, count: int, rng: random.Random) -> Iterable[str]:
    for number in range(count):
        host = 0 if number % 10 == 0 else 1 + rng.randrange(len(server.hosts) - 1)
        wait = round(min(3000.0, rng.lognormvariate(math.log(300), 0.6)))
        chance = rng.random()
        if chance < 0.10:
            path = f"/moved/{wait}/{number}"
        elif chance < 0.13:
            path = f"/hang/{number}"
        elif chance < 0.15:
            path = f"/limit/{wait}/1/{number}"
        else:
            path = f"/wait/{wait}/{number}"
        yield server.url(host, path)


def streaming(size: Size, folder: Path) -> Result:
    """A long list from stdin to JSON lines, in memory that does not grow with it."""
    result = Result(f"{size.stream:,} URLs from stdin to JSON lines")
    with Nginx(folder, addresses(1000), tiny=True) as server:
        for count in (size.stream // 2, size.stream):
            runs = alternate([CITEKEEPER], server.urls(count), Load(), repeat=1, limit=60 + count / 500, folder=folder)
            result.runs[f"citekeeper, {count:,} URLs"] = runs[CITEKEEPER.name]
            if _lines(folder) != count:
                result.notes.append(f"only {_lines(folder):,} of {count:,} lines came")
    half, whole = result.runs.values()
    result.goals += [
        Goal("MB at the peak", whole.memory, 300.0),
        # Until the addresses that are remembered have reached their bound, a list twice as long takes a little more.
        Goal("memory / half of the list's", whole.memory / half.memory, 1.1 if size.stream >= _BOUNDED_FROM else 1.2),
    ]
    return result


def again(size: Size, folder: Path) -> Result:
    """A second run over pages that have not changed, with a memory of the first."""
    result = Result(f"{size.again:,} pages of 18 kB twice, with ETag and --cache")
    remembering = Tool(
        CITEKEEPER.name, lambda urls, load: [*CITEKEEPER.command(urls, load), "--cache", str(folder / "cache")]
    )
    sent = []
    with Nginx(folder, addresses(200), logs=True) as server:
        urls = server.urls(size.again)
        for name in ("first run", "second run"):
            runs = alternate([remembering], urls, Load(), repeat=1, limit=120, folder=folder)
            result.runs[f"citekeeper, {name}"] = runs[CITEKEEPER.name]
            sent.append(server.sent())
            result.notes.append(f"{name}: {sent[-1]:,} bytes of responses")
    result.goals.append(Goal("bytes / the first run's", sent[1] / max(1, sent[0]), 0.02))
    return result


Scenario = Callable[[Size, Path], Result]
SCENARIOS: dict[str, Scenario] = {
    "pages": pages,
    "latency": latency,
    "sulking": sulking,
    "rough": rough,
    "streaming": streaming,
    "again": again,
}


def run(name: str, size: Size) -> Result:
    """Run one scenario in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="citekeeper-bench-") as folder:
        sys.stderr.write(f"{name} …\n")
        return SCENARIOS[name](size, Path(folder))
