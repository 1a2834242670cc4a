"""``make drift-bench``: precision and recall of “drifted” over labelled pairs, tuned on and held out.

Each pair goes the way of a run: both pages are read, compared, and the live one is judged with the comparison.
"""

from __future__ import annotations

import gzip
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from citekeeper import evidence, judge, reading
from citekeeper.model import Citation, Reading, VerdictKind

from .articles import ARTICLES as WRITTEN
from .pages import URL, exchange
from .pairs import Pair, real, written

ARTICLES = Path(__file__).parents[2].parent / "shared" / "data" / "ru-articles"
_STORIES = {article.story for article in WRITTEN}
DRIFTED = (VerdictKind.DRIFTED, VerdictKind.USURPED)


@dataclass(frozen=True)
class Outcome:
    """A pair, and what was said of it."""

    pair: Pair
    said: str

    @property
    def positive(self) -> bool:
        """Whether drift was called."""
        return self.said.split("/")[0] in DRIFTED


@lru_cache(maxsize=4)
def read(html: str) -> Reading:
    """What citekeeper reads in a page."""
    found = reading.read(exchange(html).hops[0])
    assert found is not None
    return found


def outcome(pair: Pair) -> Outcome:
    """Judge the page of today against that of the citation."""
    live = exchange(pair.now, pair.url)
    now, then = read(pair.now), read(pair.then)
    found = evidence.compare(now, then, page_text=lambda: reading.page_text(live.hops[0]))
    citation = Citation("fn1", title=pair.title, language=then.language, url=pair.url)
    verdict = judge.judge(live, citation, reading=now, baseline=then, comparison=found)
    return Outcome(pair, f"{verdict.kind}/{verdict.reason}")


def real_pairs(every: int = 1) -> Iterator[Pair]:
    """The pairs made of real pages, where they are beside the checkout."""
    pages: list[tuple[str, str]] = []
    if not ARTICLES.is_dir():
        return
    with tarfile.open(ARTICLES / "daniel.tar.xz") as archive:
        for member in archive:
            stream = archive.extractfile(member) if "html/" in member.name else None
            if stream is not None:
                pages.append((Path(member.name).name, stream.read().decode("utf-8", "replace")))
    pages.sort()
    outlets = sorted(ARTICLES.glob("fundus/*/*.html.gz"))
    pages += [(path.name, gzip.decompress(path.read_bytes()).decode("utf-8", "replace")) for path in outlets]
    for index in range(0, len(pages), every):
        name, page = pages[index]
        yield from real(name, page, pages[(index + 1) % len(pages)][1], read)


HELD_OUT_STORY = "school"


def halves(pairs: Iterable[Pair]) -> tuple[list[Pair], list[Pair]]:
    """What was tuned on, and what was not: a story written afterwards, and every other real page."""
    both: tuple[list[Pair], list[Pair]] = ([], [])
    order: dict[str, int] = {}
    for pair in pairs:
        number = order.setdefault(pair.subject, len(order)) % 2
        if pair.url == URL and pair.subject.partition("-")[0] in _STORIES:
            number = int(pair.subject.startswith(HELD_OUT_STORY))
        both[number].append(pair)
    return both


def scores(outcomes: Iterable[Outcome]) -> tuple[float, float]:
    """Precision and recall."""
    outcomes = list(outcomes)
    hits = sum(each.positive and each.pair.drifted for each in outcomes)
    called = sum(each.positive for each in outcomes)
    wanted = sum(each.pair.drifted for each in outcomes)
    return hits / max(called, 1), hits / max(wanted, 1)


def table(name: str, outcomes: list[Outcome]) -> str:
    """One line."""
    precision, recall = scores(outcomes)
    drifted = sum(each.pair.drifted for each in outcomes)
    return f"{name:34}{len(outcomes):5} pairs, {drifted:4} drifted   precision {precision:.3f}   recall {recall:.3f}"


def main() -> int:
    """Print the tables, and every pair that was judged wrongly; 1 where a goal is missed."""
    lines, everything = [], []
    for name, pairs in (("written", list(written())), ("real", list(real_pairs()))):
        for half, chosen in zip(("tuned on", "held out"), halves(pairs), strict=True):
            found = [outcome(pair) for pair in chosen]
            everything += found
            if found:
                lines.append(table(f"{name}, {half}", found))
    lines.append(table("all", everything))
    by_edit: dict[str, list[Outcome]] = defaultdict(list)
    for each in everything:
        by_edit[each.pair.edit].append(each)
    lines.append("")
    for edit, found in by_edit.items():
        right = sum(each.positive == each.pair.drifted for each in found)
        lines.append(f"  {edit:26}{'drift' if found[0].pair.drifted else 'same':7}{right:4} of {len(found)} right")
    wrong = [each for each in everything if each.positive != each.pair.drifted]
    lines += ["", *(f"  wrong: {each.pair.name} said {each.said}" for each in wrong)]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(min(scores(everything)) < 0.95)
