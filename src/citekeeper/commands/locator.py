"""Looking for one citation's address in the Wayback Machine's index, and reading the likeliest pages there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from citekeeper.errors import ServiceError
from citekeeper.importers.defects import printed_domain
from citekeeper.locating import (
    POSSIBLE,
    Candidate,
    Page,
    Wanted,
    chosen,
    combined,
    directories,
    headlines,
    misprints,
    network_host,
    page_key,
    ranked,
    repairs,
    spellings,
    telling_words,
)
from citekeeper.mementos.addresses import raw_address
from citekeeper.mementos.cdx import ExcludedError
from citekeeper.mementos.search import CdxSearch, Hits
from citekeeper.model import Citation, Exchange, FetchRequest
from citekeeper.reading.charset import decode
from citekeeper.urls import host_of, looks_private

_BEFORE = timedelta(days=3)  # an archive may date a page by another time zone, or a person may cite a later edition
_AFTER = timedelta(days=120)
_UNDATED_BEFORE = timedelta(days=180)
_REPAIRS = 8
_DIRECTORIES = 2
_READ = 5  # pages whose headline is looked at
_WORTH_READING = 0.15
_MISPRINTS = 6
_MISPRINTS_OF_A_KNOWN_HOST = 2
_PAGE_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one search.

    Attributes:
        candidates: pages that may be it, best first.
        chosen: the one that is proved; None where a person has to look, or there is none.
        notes: what to know besides, in sentences.
        failure: the archive's failure, where it gave no answer to a question: then “nothing” is not known.
    """

    candidates: tuple[Candidate, ...]
    chosen: Candidate | None
    notes: tuple[str, ...] = ()
    failure: ServiceError | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """Pages that were found in one way."""

    pages: tuple[Page, ...]
    is_repair: bool = False
    is_misprint: bool = False
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Case:
    """One citation's search while it goes on."""

    citation: Citation
    wanted: Wanted
    groups: list[_Group] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headlines: dict[str, list[str]] = field(default_factory=dict)

    def candidates(self) -> list[Candidate]:
        """All pages found so far, best first; the citation's own address is none of them."""
        rankings = [
            ranked(
                self.wanted,
                group.pages,
                self.headlines,
                is_repair=group.is_repair,
                is_misprint=group.is_misprint,
                notes=group.notes,
            )
            for group in self.groups
        ]
        own = page_key(self.citation.url) if self.citation.url else None
        return [candidate for candidate in combined(*rankings) if page_key(candidate.page.url) != own]

    def is_promising(self) -> bool:
        """Whether some page may be it."""
        candidates = self.candidates()
        return bool(candidates) and candidates[0].score >= POSSIBLE


class Locator:
    """Looks for citations' addresses.

    Args:
        search: the archive's index.
        fetch: fetches a memento's raw bytes.
        now: today, for searches that have no other end.
        others: the register's other citations: their hosts help with misprints and with publishers' names.
    """

    def __init__(
        self,
        search: CdxSearch,
        fetch: Callable[[FetchRequest], Exchange],
        now: datetime,
        others: Sequence[Citation],
    ) -> None:
        self._search = search
        self._fetch = fetch
        self._now = now
        self._others = others

    def locate(self, citation: Citation) -> Found:
        """Search for one citation; never raises for what the archive does."""
        wanted = Wanted(citation.title, citation.published, citation.accessed, citation.url)
        case = _Case(citation, wanted)
        failure: ServiceError | None = None
        try:
            self._ask(case)
        except ServiceError as error:
            failure = error
        self._read(case)
        candidates = [candidate for candidate in case.candidates() if candidate.score >= POSSIBLE]
        best = chosen(candidates, wanted) if failure is None else None
        return Found(tuple(candidates), best, tuple(case.notes), failure)

    def _ask(self, case: _Case) -> None:
        """Ask the index, from the surest question to the least sure, until something promising is there."""
        if case.citation.url:
            self._ask_for_repairs(case, case.citation.url)
        if case.is_promising():
            return
        if not case.citation.title:
            case.notes.append("It has no title, so no page can be told apart by it.")
            return
        hosts = self._hosts(case.citation)
        if not hosts:
            case.notes.append("Its publisher names no web site; write for instance publisher: example.org.")
            return
        for host in hosts:
            self._ask_site(case, host)
            if not case.is_promising():
                self._ask_for_misprints(case, host)
            if case.is_promising():
                return

    # ── corrupt addresses ───────────────────────────────────────────────────────────────────────────────────────

    def _ask_for_repairs(self, case: _Case, url: str) -> None:
        for repaired, how in repairs(url)[:_REPAIRS]:
            if looks_private(repaired) and not case.citation.declared_public:
                case.notes.append("An address within it carries credentials or a share token, and was told to nobody.")
                continue
            pages = _pages(self._search.at(repaired))
            if pages:
                case.groups.append(_Group(pages, is_repair=True, notes=(how,)))
        if case.is_promising():
            return
        for folder in directories(url, _DIRECTORIES):
            hits = self._search.under(folder)
            case.groups.append(_Group(_pages(hits)))
            if case.is_promising():
                return

    # ── sites ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _hosts(self, citation: Citation) -> list[str]:
        """The sites to look at: the one that is printed, that of the address, and those of the same publisher."""
        publisher = citation.publisher or ""
        pieces = [publisher, *re.split(r"[\s()\[\],;|/]+", publisher)]
        printed = next((domain for piece in pieces if piece and (domain := printed_domain(piece))), None)
        found = [printed or network_host(publisher) or "", host_of(citation.url) if citation.url else ""]
        if not any(found) and publisher:
            found += [
                host_of(other.url)
                for other in self._others
                if other.url and (other.publisher or "").casefold() == publisher.casefold()
            ]
        return list(dict.fromkeys(host.removeprefix("www.") for host in found if host))[:3]

    def _ask_site(self, case: _Case, host: str) -> None:
        """The pages of the weeks around publishing and reading; where none fits, of all times, by the title's words."""
        since, until = _span(case.citation.published, case.citation.accessed)
        patterns = _patterns(case.citation.title or "")
        hits = self._search.site(host, since, until)
        case.groups.append(_Group(_pages(hits)))
        if not hits.complete:
            hits = self._search.site(host, since, until, patterns) if patterns else hits
            case.groups.append(_Group(_pages(hits)))
        if not hits.complete:
            case.notes.append(f"The archive holds more of {host} than can be looked through.")
        if not case.is_promising() and patterns:
            published = case.citation.published
            earliest = _midnight(published - _BEFORE) if published else None
            case.groups.append(_Group(_pages(self._search.site(host, earliest, self._now, patterns))))

    def _ask_for_misprints(self, case: _Case, host: str) -> None:
        """Hosts that the printed one may be a misprint of, as far as the archive holds them."""
        known = {host_of(other.url).removeprefix("www.") for other in self._others if other.url}
        is_known = any(group.pages for group in case.groups)
        since, until = _span(case.citation.published, case.citation.accessed)
        most = _MISPRINTS_OF_A_KNOWN_HOST if is_known else _MISPRINTS
        for other in misprints(host, known, most):
            try:
                hits = self._search.site(other, since, until)
            except ExcludedError:
                case.notes.append(f"The archive withholds {other}, of which {host} may be a misprint.")
                continue
            note = f"{host} is perhaps a misprint of {other}"
            case.groups.append(_Group(_pages(hits), is_misprint=True, notes=(note,)))
            if case.is_promising():
                return

    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self, case: _Case) -> None:
        """Fetch the likeliest pages' bytes and take their headlines; no more where the first one's settles it."""
        worth = [c for c in case.candidates() if c.score >= _WORTH_READING or (c.day >= 1 and c.slug == 0)]
        for number, candidate in enumerate(worth[:_READ]):
            if number == 1 and chosen(case.candidates(), case.wanted) is not None:
                return
            exchange = self._fetch(FetchRequest(raw_address(candidate.page.memento), max_body=_PAGE_BYTES))
            last = exchange.last
            if last is None or len(exchange.hops) != 1 or last.status != 200:
                case.notes.append(f"The copy of {candidate.page.url} could not be read.")
                continue
            page = decode(last.content(), last.headers.get("content-type", ""), truncated=True).text
            case.headlines[candidate.page.url] = headlines(page)


def _pages(hits: Hits) -> tuple[Page, ...]:
    return tuple(Page(hit.url, hit.moment, hit.memento) for hit in hits.pages)


def _span(published: date | None, accessed: date | None) -> tuple[datetime | None, datetime | None]:
    """The weeks in which an archive is likely to have met the page."""
    days = [day for day in (published, accessed) if day is not None]
    if not days:
        return None, None
    since = published - _BEFORE if published else min(days) - _UNDATED_BEFORE
    return _midnight(since), _midnight(max(days) + _AFTER)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)


def _patterns(title: str) -> list[str]:
    """Beginnings of the title's most telling words, as they may be written in addresses."""
    return list(dict.fromkeys(spelling for word in telling_words(title) for spelling in spellings(word)))
