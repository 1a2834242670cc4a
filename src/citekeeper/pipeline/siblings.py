"""Names that cannot exist, asked for beside a run's pages: once a folder, however many of its pages are in doubt."""

from __future__ import annotations

import random
from collections import OrderedDict, defaultdict

from citekeeper import judge
from citekeeper.model import Exchange, FetchRequest
from citekeeper.pipeline.work import CHECK_BODY

_REMEMBERED = 16 * 1024 * 1024  # bytes of bodies
_HOSTS = 4096  # whose last page is remembered
_SAMPLE = 48  # bytes of a page
_OVERHEAD = 4096  # what an answer takes beside its bodies, about


class Siblings:
    """The answers to a run's probes, and the works that wait for one.

    Args:
        rng: makes the run's two names, so that pages of one folder share their siblings.
    """

    def __init__(self, rng: random.Random) -> None:
        self.names = (judge.impossible_name(rng), judge.impossible_name(rng))
        self._answers: OrderedDict[str, Exchange] = OrderedDict()
        self._size = 0
        self._shapes: dict[str, int] = {}
        self._waiting: defaultdict[str, list[int]] = defaultdict(list)
        self._asked: dict[int, str] = {}

    def has_seen(self, host: str, body: bytes) -> bool:
        """Whether the host's last page was this one, to all appearance: of one size, and the same in its middle.

        Done for every page of a list, so no more of them is looked at: the probe decides.
        """
        size = len(body)
        half = size >> 1
        shape = hash(body[half : half + _SAMPLE]) ^ size
        shapes = self._shapes
        if shapes.get(host) == shape:
            return True
        shapes[host] = shape
        if len(shapes) > _HOSTS:
            shapes.clear()
        return False

    def answer(self, address: str) -> Exchange | None:
        """What an address answered in this run, where that is remembered."""
        return self._answers.get(address)

    def request(self, number: int, address: str) -> FetchRequest | None:
        """Have a work wait for an address; None where it has been asked for already."""
        waiting = self._waiting[address]
        waiting.append(number)
        if len(waiting) > 1:
            return None
        self._asked[number] = address
        return FetchRequest(address, key=f"{number} probe", max_body=CHECK_BODY)

    def take(self, number: int, exchange: Exchange) -> list[int]:
        """Remember the answer to a work's request, and say who waited for it, that work first."""
        address = self._asked.pop(number)
        self._answers[address] = exchange
        self._size += _size(exchange)
        while self._size > _REMEMBERED:
            _, forgotten = self._answers.popitem(last=False)
            self._size -= _size(forgotten)
        return self._waiting.pop(address)


def _size(exchange: Exchange) -> int:
    return _OVERHEAD + sum(len(hop.body) for hop in exchange.hops)
