"""Who serves the domains of pages in doubt: asked once a domain and run, and only of those who may be told."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from typing import TYPE_CHECKING, Final

from citekeeper import urls
from citekeeper.model import Citation, Exchange, FetchRequest
from citekeeper.pipeline import doubts, questions
from citekeeper.pipeline.sharing import Waiting

if TYPE_CHECKING:
    from citekeeper.fetch import Engine
    from citekeeper.fetch.nameservers import Nameservers

NAMES: Final = "names"
"""What the key of an answer names after the work's number, with the domain behind it."""

_AT_ONCE = 16  # threads that wait for DNS
_REMEMBERED = 4096  # domains


class Delegations:
    """The nameservers of a run's domains in doubt, and the works that wait to hear of one.

    Args:
        engine: fetches from a DNS-over-HTTPS resolver, and tells when a thread is done.
        resolver: the address of a DNS-over-HTTPS resolver, where the settings name one; then nobody else is asked.
        lookup: asks DNS; None where nobody speaks it (through a proxy).
    """

    def __init__(self, engine: Engine, resolver: str | None, lookup: Nameservers | None) -> None:
        self._engine = engine
        self._resolver = resolver
        self._lookup = lookup
        self._known: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._waiting = Waiting()
        self._queue: deque[tuple[int, str]] = deque()  # what is asked once a thread is free
        self._threads = 0
        self._told: dict[str, tuple[str, ...]] = {}  # from the threads

    def answer(self, domain: str) -> tuple[str, ...] | None:
        """The nameservers of a domain, none where nobody could say; None where it was not asked for yet."""
        return self._known.get(domain)

    def ask(self, number: int, citation: Citation, domain: str) -> bool:
        """Have a work wait for a domain's nameservers; False where nobody may be asked, or can be."""
        if self._resolver is None:
            if self._lookup is None:
                return False
            if self._waiting.asks(number, domain):
                self._ask_here(number, domain)
            return True
        url = doubts.doh_url(self._resolver, domain, doubts.NS)
        if url is None or not doubts.may_be_told(citation):
            return False
        if self._waiting.asks(number, domain):
            key = _key(number, domain)
            self._engine.add(FetchRequest(url, key, questions.ACCEPT_DNS, questions.ANSWER_BODY))
        return True

    def take(self, number: int, domain: str, answer: Exchange) -> list[int]:
        """Remember the answer to a work's question, and say who waited for it, that work first."""
        if self._resolver is not None:
            self._known[domain] = doubts.nameservers_told(answer, domain)
        else:
            self._known[domain] = self._told.pop(domain, ())
            self._threads -= 1
            if self._queue:
                self._start(*self._queue.popleft())
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return [number, *self._waiting.end(number, domain)]

    def _ask_here(self, number: int, domain: str) -> None:
        self._engine.hold()
        if self._threads < _AT_ONCE:
            self._start(number, domain)
        else:
            self._queue.append((number, domain))

    def _start(self, number: int, domain: str) -> None:
        self._threads += 1
        asker = threading.Thread(
            target=self._look_up, args=(number, domain), name="citekeeper-nameservers", daemon=True
        )
        asker.start()

    def _look_up(self, number: int, domain: str) -> None:
        """In a thread of its own."""
        assert self._lookup is not None
        try:
            self._told[domain] = tuple(self._lookup(domain))
        finally:
            self._engine.release(_key(number, domain))


def _key(number: int, domain: str) -> str:
    return f"{number} {NAMES} {domain}"


def domain_of(exchange: Exchange) -> str | None:
    """The registrable domain of the host where a page came from; None where it has none that is public."""
    return urls.registrable_domain(urls.host_of(exchange.final_url))
