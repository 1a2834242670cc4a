"""A peer that speaks Memento (RFC 7089): its TimeMap, and its TimeGate where it has no TimeMap or a cut one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime

from citekeeper.clock import Clock, stamp14
from citekeeper.errors import ServiceError
from citekeeper.mementos.addresses import askable
from citekeeper.mementos.asking import Asker, filled, garbled, never_raises, refused
from citekeeper.mementos.linkformat import Link, links, read_http_date, resolved, stamp_of
from citekeeper.mementos.nearest import around, by_preference, end_of_day, found
from citekeeper.model import LookupOutcome, Memento, MementoLookup
from citekeeper.session import Reply
from citekeeper.urls import host_of, is_web_url, parse, same_document_key, shown

_MAX_TIMEMAP = 8 * 1024 * 1024
_MAX_PEEK = 65536
_MOST_PAGES = 5
_MOST_HOPS = 4
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Templates:
    """Where a peer is asked: addresses with ``{url}``, and for raw bytes with ``{timestamp}`` too.

    Attributes:
        timemap: the TimeMap's, in link format.
        timegate: the TimeGate's.
        raw: of a memento's original bytes; only for mementos on the same host.
    """

    timemap: str | None = None
    timegate: str | None = None
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class _Listing:
    """What a TimeMap lists. ``complete`` is False where more of it is there than was read."""

    mementos: tuple[Memento, ...]
    complete: bool


class MementoPeer:
    """`citekeeper.mementos.Peer` for whatever has a TimeMap or a TimeGate.

    Args:
        name: as ``services`` names it.
        title: for people.
        templates: where it is asked.
        asker: the transport and its pace.
        clock: tells the time, for sources without a date of access.
        is_evidence: False for archives whose copies are known to be altered.
    """

    def __init__(
        self, name: str, title: str, templates: Templates, asker: Asker, clock: Clock, *, is_evidence: bool = True
    ) -> None:
        self.name = name
        self.title = title
        self.is_evidence = is_evidence
        self._templates = templates
        self._asker = asker
        self._clock = clock

    @never_raises
    def lookup(self, url: str, accessed: date | None) -> MementoLookup:
        """See `citekeeper.mementos.Peer.lookup`."""
        wanted = askable(url)
        if wanted is None:
            message = f"“{shown(url)}” is no web address, so {self.title} was not asked."
            return MementoLookup(self.name, LookupOutcome.UNKNOWN, None, message)
        if self._templates.timemap is None:
            return self._answer(self._by_gate(wanted, accessed))
        try:
            listing = self._listing(wanted, accessed)
        except ServiceError:
            if self._templates.timegate is None:
                raise
            return self._answer(self._by_gate(wanted, accessed))
        best = next(iter(by_preference(listing.mementos, accessed)), None)
        if listing.complete:
            return self._answer(best)
        return self._answer(self._better_by_gate(wanted, accessed, best))

    def neighbours(self, url: str, accessed: date | None, most: int) -> tuple[Memento, ...]:
        """See `citekeeper.mementos.Peer.neighbours`."""
        wanted = askable(url)
        if wanted is None or self._templates.timemap is None:
            return ()
        return around(self._listing(wanted, accessed).mementos, accessed, most)

    def keeps(self, uri: str) -> bool:
        """See `citekeeper.mementos.Peer.keeps`."""
        own = [self._templates.timemap, self._templates.timegate, self._templates.raw]
        return host_of(uri) in {host_of(template) for template in own if template}

    def raw(self, memento: Memento) -> str | None:
        """See `citekeeper.mementos.Peer.raw`."""
        if self._templates.raw is None or memento.datetime is None:
            return None
        if host_of(memento.uri) != host_of(self._templates.raw):
            return None
        stamp = stamp14(stamp_of(memento.uri) or memento.datetime)
        original = memento.uri.partition(f"/{stamp}/")[2] or memento.uri.partition(f"/{stamp}mp_/")[2]
        if not is_web_url(original):
            return None
        return filled(self._templates.raw.replace("{timestamp}", stamp), original)

    def _answer(self, memento: Memento | None) -> MementoLookup:
        if memento is None:
            return MementoLookup(self.name, LookupOutcome.NONE, None, f"{self.title} names no copy.")
        return MementoLookup(self.name, LookupOutcome.FOUND, memento)

    # ── TimeMap ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _listing(self, url: str, accessed: date | None) -> _Listing:
        """All mementos that the TimeMap and its pages list, as far as they are read: those about the date first.

        Raises:
            ServiceError: it gave no answer, or none that is a TimeMap about this address.
        """
        assert self._templates.timemap is not None
        wanted = end_of_day(accessed) if accessed else self._clock.now()
        first = filled(self._templates.timemap, url)
        waiting, asked = {first: 0.0}, set[str]()
        mementos: dict[str, Memento] = {}
        complete = True
        while waiting and len(asked) < _MOST_PAGES:
            page = min(waiting, key=lambda address: waiting[address])
            del waiting[page]
            asked.add(page)
            reply = self._asker.get(page, max_body=_MAX_TIMEMAP, cut_body=True)
            if reply.status == 404 and page == first:
                return _Listing((), complete=True)
            if reply.status != 200:
                raise refused(self.title, reply.status)
            complete = complete and not reply.cut
            for link in self._links(reply, url, page):
                if "memento" in link.relations:
                    moment = link.moment()
                    if moment is not None:
                        mementos[link.target] = found(self.name, link.target, moment, accessed)
                elif "timemap" in link.relations and link.target not in asked and _same_origin(link.target, first):
                    waiting[link.target] = _far(link, wanted)
        return _Listing(tuple(mementos.values()), complete and not waiting)

    def _links(self, reply: Reply, url: str, page: str) -> Iterable[Link]:
        """The links of one page of a TimeMap.

        Raises:
            ServiceUnavailableError: it is no TimeMap, or one of another address.
        """
        said = list(links(reply.text, page))
        relations = {relation for link in said for relation in link.relations}
        if not relations & {"original", "memento", "timegate", "self"}:
            raise garbled(self.title, "a TimeMap")
        originals = [link.target for link in said if "original" in link.relations]
        if originals and all(same_document_key(original) != same_document_key(url) for original in originals):
            raise garbled(self.title, "a TimeMap of the address that was asked for")
        return said

    # ── TimeGate ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _better_by_gate(self, url: str, accessed: date | None, best: Memento | None) -> Memento | None:
        """The better of a cut TimeMap's best and the TimeGate's choice.

        Raises:
            ServiceError: nothing was listed, and the TimeGate does not answer either.
        """
        if self._templates.timegate is None:
            if best is None:
                raise garbled(self.title, "a TimeMap short enough to be read")
            return _noted(best, "the TimeMap is too long to be read to its end; a closer one may exist")
        try:
            other = self._by_gate(url, accessed)
        except ServiceError:
            if best is None:
                raise
            return _noted(best, "the TimeMap is too long to be read to its end; a closer one may exist")
        return next(iter(by_preference([one for one in (best, other) if one is not None], accessed)), None)

    def _by_gate(self, url: str, accessed: date | None) -> Memento | None:
        """What the TimeGate chooses: the closest, be it before or after; None where it knows none.

        Redirects within the peer are followed; one to another host is the answer itself, which nobody asks here.

        Raises:
            ServiceError: it gave no answer, or none that names a memento.
        """
        assert self._templates.timegate is not None
        wanted = end_of_day(accessed) if accessed else self._clock.now()
        header = {"Accept-Datetime": format_datetime(wanted.astimezone(UTC), usegmt=True)}
        gate = address = filled(self._templates.timegate, url)
        told: dict[str, datetime] = {}
        for _ in range(_MOST_HOPS):
            reply = self._asker.get(address, headers=header, max_body=_MAX_PEEK, cut_body=True)
            told |= _told(reply, address)
            moment = read_http_date(reply.headers.get("memento-datetime"))
            target = _location(reply, address)
            if moment is not None and (target is None or 200 <= reply.status < 300):
                uri = _content_location(reply, address)
                if uri is None and _varies(reply) and address == gate:
                    uri = next((one for one, when in told.items() if when == moment), None)
                return found(self.name, uri or address, moment, accessed)
            if target is None:
                break
            if not _same_origin(target, gate) and host_of(target) != host_of(gate):
                return self._elsewhere(target, told, accessed)
            if target in told and reply.status == 302:
                return found(self.name, target, told[target], accessed)
            address = target
        if reply.status == 404:
            return None
        if 400 <= reply.status < 500:
            raise refused(self.title, reply.status)
        raise garbled(self.title, "a memento")

    def _elsewhere(self, target: str, told: dict[str, datetime], accessed: date | None) -> Memento:
        moment = told.get(target) or stamp_of(target)
        if moment is None:
            raise garbled(self.title, "a memento with a date")
        return found(self.name, target, moment, accessed)


def _noted(memento: Memento, note: str) -> Memento:
    return replace(memento, note=note)


def _far(link: Link, wanted: datetime) -> float:
    """How far a page of a TimeMap lies from the wanted moment, in seconds; 0 where it covers it or does not say."""
    since, until = link.moment("from"), link.moment("until")
    if since is not None and since > wanted:
        return (since - wanted).total_seconds()
    if until is not None and until < wanted:
        return (wanted - until).total_seconds()
    return 0.0


def _told(reply: Reply, base: str) -> dict[str, datetime]:
    """The mementos that a Link header names, with their dates."""
    said = links(", ".join(reply.headers.all("link"))[: _MAX_PEEK * 4], base)
    return {
        link.target: moment for link in said if "memento" in link.relations and (moment := link.moment()) is not None
    }


def _location(reply: Reply, base: str) -> str | None:
    return resolved(reply.headers.get("location"), base) if reply.status in _REDIRECTS else None


def _content_location(reply: Reply, base: str) -> str | None:
    return resolved(reply.headers.get("content-location"), base)


def _varies(reply: Reply) -> bool:
    return "accept-datetime" in reply.headers.get("vary").lower()


def _same_origin(one: str, other: str) -> bool:
    return parse(one).origin == parse(other).origin
