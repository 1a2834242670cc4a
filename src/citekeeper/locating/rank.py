"""Which of the pages that an archive holds is the one that was cited, how sure that is, and why.

Three witnesses: the words of the address, the page's own headline, and the day. A page is chosen only if its headline
or its slug is, word for word, the cited title, and no other page comes near; what merely resembles it is shown and
left to a person. Words count by how rare they are among all pages looked at.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from citekeeper.locating.repair import shared_beginning
from citekeeper.locating.slug import date_in, page_key, slug_words
from citekeeper.locating.titles import without_site
from citekeeper.locating.translit import words

CHOSEN = 0.8
"""A page with this score or more may be chosen."""
MARGIN = 0.1
"""By how much it must lead over the next page."""
POSSIBLE = 0.45
"""A page below this score is not shown."""
_VERBATIM = 0.97
_FEWEST_WORDS = 3
"""A shorter title or slug can be anybody's: it never proves a page by itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of the source: its printed title and days, and its address where that is corrupt or dead."""

    title: str | None = None
    published: date | None = None
    accessed: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page that the archive holds: address, first capture, and the memento's address."""

    url: str
    moment: datetime
    memento: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page with its score from 0 to 1, the parts that it is made of, and how it was found.

    Attributes:
        slug: likeness of the address's words to the title.
        headline: likeness of the page's own headline; None where the page has not been read.
        day: what the days say: 0 against, 0.5 nothing, 1 the very day of publishing.
        is_repair: the address follows from a corrupt one by a repair or as its longest archived beginning.
        is_misprint: it stands at another host than was printed.
        notes: more reasons, in words.
    """

    page: Page
    score: float
    slug: float
    headline: float | None
    day: float
    is_repair: bool = False
    is_misprint: bool = False
    notes: tuple[str, ...] = ()

    @property
    def how(self) -> str:
        """How it was found, as the register keeps it."""
        ways = [
            "headline" if self.headline is not None and self.headline >= max(self.slug, POSSIBLE) else "",
            "slug" if self.slug >= POSSIBLE else "",
            "day" if self.day >= 0.9 else "",
            "repair" if self.is_repair else "",
            "misprinted-host" if self.is_misprint else "",
        ]
        return ", ".join(way for way in ways if way) or "search"

    @property
    def reason(self) -> str:
        """Why it scores as it does, for people."""
        told = [f"words of the address {self.slug:.0%}"]
        if self.headline is not None:
            told.append(f"the copy's headline {self.headline:.0%}")
        told.append(_day_words(self.day))
        return "; ".join([*told, *self.notes])


def _day_words(day: float) -> str:
    if day >= 1:
        return "the day of publishing is in the address"
    if day >= 0.9:
        return "the address's day is within two days of publishing"
    return "the days contradict" if day == 0 else "the days fit" if day > 0.5 else "no day to go by"


class Weights:
    """How much a word tells: rare ones much, those of every address little, short ones less.

    Args:
        pages: the words of every page looked at.
    """

    def __init__(self, pages: Iterable[Sequence[str]]) -> None:
        self._count: Counter[str] = Counter()
        self._pages = 0
        for found in pages:
            self._pages += 1
            self._count.update(set(found))

    def of(self, word: str) -> float:
        """The weight of one word."""
        rarity = math.log((self._pages + 50) / (self._count[word] + 1))
        return max(rarity, 0.1) * min(1.0, 0.25 + len(word) / 8)

    def likeness(self, one: Sequence[str], other: Sequence[str]) -> float:
        """How much two titles have in common, from 0 to 1: the harmonic mean of what each has of the other."""
        if not one or not other:
            return 0.0
        ours, theirs = Counter(one), Counter(other)
        here = sum(self.of(word) * count for word, count in ours.items())
        there = sum(self.of(word) * count for word, count in theirs.items())
        shared = sum(self.of(word) * count for word, count in (ours & theirs).items())
        shared += self._nearly_shared(ours - theirs, theirs - ours)
        recall, precision = min(shared / here, 1.0), min(shared / there, 1.0)
        return 2 * recall * precision / (recall + precision) if shared else 0.0

    def _nearly_shared(self, ours: Counter[str], theirs: Counter[str]) -> float:
        """The weight of words that differ by an ending or a letter of transliteration."""
        from rapidfuzz.fuzz import ratio

        total, left = 0.0, [word for word in theirs if len(word) >= 4]
        for word in ours:
            alike = [(ratio(word, other), other) for other in left if other[:1] == word[:1] and len(word) >= 4]
            best, other = max(alike, default=(0.0, ""))
            if best >= 75:
                left.remove(other)
                total += min(self.of(word), self.of(other)) * best / 100
        return total


def ranked(
    wanted: Wanted,
    pages: Sequence[Page],
    headlines: Mapping[str, Sequence[str]] | None = None,
    *,
    is_repair: bool = False,
    is_misprint: bool = False,
    notes: tuple[str, ...] = (),
) -> list[Candidate]:
    """All pages as candidates, best first; the views of one page (mobile, print, http) count as one.

    Args:
        wanted: what is known of the source.
        pages: what the archive holds.
        headlines: by address, the headlines of the pages that were read.
        is_repair: the pages were asked for by a repaired address.
        is_misprint: the pages are of another host than was printed.
        notes: reasons that hold for all of them.
    """
    title = words(wanted.title or "")
    slugs = {page.url: slug_words(page.url) for page in pages}
    weights = Weights(slugs.values())
    best: dict[str, Candidate] = {}
    for page in pages:
        slug = weights.likeness(title, slugs[page.url]) if _tells(title, slugs[page.url]) else 0.0
        read = headlines.get(page.url) if headlines is not None else None
        headline = _headline_likeness(title, read, weights) if read is not None else None
        day = _day(page, wanted)
        repaired = is_repair or _is_beginning(wanted, page)
        score = _score(slug, headline, day, repaired)
        made = Candidate(page, score, slug, headline, day, repaired, is_misprint, notes)
        key = page_key(page.url)
        if key not in best or _order(made) < _order(best[key]):
            best[key] = made
    return sorted(best.values(), key=_order)


def _tells(title: Sequence[str], slug: Sequence[str]) -> bool:
    return len(title) >= 2 and len(slug) >= 2


def _headline_likeness(title: Sequence[str], read: Sequence[str], weights: Weights) -> float:
    return max(
        (weights.likeness(title, words(variant)) for text in read for variant in without_site(text)), default=0.0
    )


def _is_beginning(wanted: Wanted, page: Page) -> bool:
    return wanted.url is not None and shared_beginning(wanted.url, page.url) is not None


def _day(page: Page, wanted: Wanted) -> float:
    """What the days say of a page."""
    named = date_in(page.url)
    if wanted.published is not None:
        if named is not None:
            off = abs((named - wanted.published).days)
            return 1.0 if off == 0 else 0.9 if off <= 2 else 0.5 if off <= 14 else 0.0
        early = wanted.published - timedelta(days=2)
        late = wanted.published + timedelta(days=31)
        return 0.0 if page.moment.date() < early else 0.7 if page.moment.date() <= late else 0.5
    if wanted.accessed is not None and named is not None:
        return 0.0 if named > wanted.accessed + timedelta(days=1) else 0.7
    return 0.5


def _score(slug: float, headline: float | None, day: float, is_repair: bool) -> float:
    """One number: the better of the two texts, moved a little by the day; a contradicting day costs much."""
    text = slug if headline is None else max(headline, slug * 0.9)
    if is_repair:
        text = max(text, 0.7 if headline is None else 0.4 + 0.6 * headline)
    return round(text * (0.88 + 0.12 * day) * (1.0 if day else 0.6), 3)


def _order(candidate: Candidate) -> tuple[float, float, int, bool, str]:
    url = candidate.page.url
    return -candidate.score, -candidate.day, len(url), not url.startswith("https:"), url


def combined(*lists: Sequence[Candidate]) -> list[Candidate]:
    """Several rankings as one; a page that is in more than one keeps its best place."""
    best: dict[str, Candidate] = {}
    for candidate in (candidate for one in lists for candidate in one):
        key = page_key(candidate.page.url)
        if key not in best or _order(candidate) < _order(best[key]):
            best[key] = candidate
    return sorted(best.values(), key=_order)


def proved(candidate: Candidate, wanted: Wanted) -> bool:
    """Whether a page may be taken for the source: its headline, or its slug, says the cited title word for word."""
    if candidate.score < CHOSEN:
        return False
    if len(words(wanted.title or "")) < _FEWEST_WORDS:
        return False
    if candidate.headline is not None and candidate.headline >= _VERBATIM:
        return True
    is_contradicted = candidate.headline is not None and candidate.headline < 0.5
    return candidate.slug >= _VERBATIM and not is_contradicted


def chosen(candidates: Sequence[Candidate], wanted: Wanted) -> Candidate | None:
    """The page that is taken for the source: proved, and clearly ahead; None where a person has to look."""
    if not candidates or not proved(candidates[0], wanted):
        return None
    first = candidates[0]
    if len(candidates) > 1 and first.score - candidates[1].score < MARGIN and proved(candidates[1], wanted):
        return None
    if len(candidates) > 1 and first.score - candidates[1].score < MARGIN / 2:
        return None
    return first
