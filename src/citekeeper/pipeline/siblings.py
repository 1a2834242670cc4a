"""Names that cannot exist, asked for beside a run's pages: once a folder, however many of its pages are in doubt."""

from __future__ import annotations

import random

from zlib_ng.zlib_ng import crc32  # twenty times as fast as zlib's

from citekeeper import judge
from citekeeper.model import Exchange, FetchRequest, Verdict
from citekeeper.pipeline.sharing import Held, Waiting
from citekeeper.pipeline.work import CHECK_BODY

_REMEMBERED = 16 * 1024 * 1024  # bytes of bodies
_ENOUGH = 3  # comparisons of one repeated page that agree
_HOSTS = 4096  # whose last page is remembered

Body = tuple[str, int]
"""A host, and the checksum of a page."""


class Siblings:
    """The answers to a run's probes, and the works that wait for one.

    Args:
        rng: makes the run's two names, so that pages of one folder share their siblings.
    """

    def __init__(self, rng: random.Random) -> None:
        self.names = (judge.impossible_name(rng), judge.impossible_name(rng))
        self._answers: Held[Exchange] = Held(_REMEMBERED)
        self._waiting = Waiting()
        self._verdicts: dict[Body, list[Verdict]] = {}
        self._last: dict[str, int] = {}  # checksums of hosts' last pages

    def repeated(self, host: str, body: bytes) -> Body | None:
        """A name for a page that is the last one of its host, byte for byte; None for any other.

        Pages of one template and one size are many in a list, and a comparison takes as long as a hundred pages take.
        """
        checksum = crc32(body)
        last = self._last
        if last.get(host) == checksum:
            return host, checksum
        last[host] = checksum
        if len(last) > _HOSTS:
            last.clear()
        return None

    def agreed(self, body: Body | None) -> Verdict | None:
        """What comparing this very page has come to again and again, under whatever address."""
        verdicts = self._verdicts.get(body) if body is not None else None
        return verdicts[0] if verdicts is not None and len(verdicts) >= _ENOUGH else None

    def learn(self, body: Body | None, verdict: Verdict) -> None:
        """Keep what comparing a repeated page came to, while all comparisons agree."""
        if body is None:
            return
        verdicts = self._verdicts.setdefault(body, [])
        if verdicts and verdicts[0].reason != verdict.reason:
            verdicts.clear()
        verdicts.append(verdict)
        if len(self._verdicts) > _HOSTS:
            self._verdicts.clear()

    def answer(self, address: str) -> Exchange | None:
        """What an address answered in this run, where that is remembered."""
        return self._answers.get(address)

    def request(self, number: int, address: str) -> FetchRequest | None:
        """Have a work wait for an address; None where it has been asked for already."""
        if not self._waiting.asks(number, address):
            return None
        return FetchRequest(address, key=f"{number} probe {address}", max_body=CHECK_BODY, once=True)

    def take(self, number: int, address: str, exchange: Exchange) -> list[int]:
        """Remember the answer to a work's request, and say who waited for it, that work first."""
        self._answers.put(address, exchange)
        return [number, *self._waiting.end(number, address)]
