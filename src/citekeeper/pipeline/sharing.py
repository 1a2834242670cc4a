"""What several citations need is fetched once: a page that two of them cite, a stylesheet that two pages name."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar

from citekeeper.model import Exchange
from citekeeper.pipeline.shelf import Part, Shelf

_MOST_HELD = 64 * 1024 * 1024  # bytes of requisites that came, and that further pages may name
_OVERHEAD = 4096  # bytes that an answer takes beside its bodies, about


class _Sized(Protocol):
    @property
    def size(self) -> int: ...


_S = TypeVar("_S", bound=_Sized)


class Waiting:
    """Which work asked for something, and which others wait for the answer."""

    def __init__(self) -> None:
        self._asked: dict[Hashable, tuple[int, list[int]]] = {}

    def asks(self, number: int, wanted: Hashable) -> bool:
        """Whether this work has to ask, as none does; else it waits for the one that did."""
        first, others = self._asked.setdefault(wanted, (number, []))
        if first == number:
            return True
        others.append(number)
        return False

    def end(self, number: int, wanted: Hashable) -> list[int]:
        """The works that waited for what ``number`` had asked for; who wants it from now on asks anew."""
        if self._asked.get(wanted, (None,))[0] != number:
            return []
        return self._asked.pop(wanted)[1]


class Held(Generic[_S]):
    """What came, by its address, within bytes; what was not used for longest goes first.

    Args:
        most: bytes, with what each takes beside its bodies.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._came: OrderedDict[str, _S] = OrderedDict()

    def get(self, url: str) -> _S | None:
        """What came from an address, where it is still held."""
        came = self._came.get(url)
        if came is not None:
            self._came.move_to_end(url)
        return came

    def put(self, url: str, came: _S) -> list[_S]:
        """Hold what came; returns what there is no more room for."""
        self._came[url] = came
        self._size += came.size + _OVERHEAD
        dropped = []
        while self._size > self._most:
            _, oldest = self._came.popitem(last=False)
            self._size -= oldest.size + _OVERHEAD
            dropped.append(oldest)
        return dropped


class Sharing:
    """Knows which work fetches an address, and which others wait for it."""

    def __init__(self) -> None:
        self._waiting = Waiting()

    def follows(self, number: int, url: str, *, captured: bool) -> bool:
        """Whether another work is fetching this address already, so that this one may wait for its answer."""
        return not self._waiting.asks(number, _address(url, captured))

    def end(self, number: int, url: str, *, captured: bool) -> list[int]:
        """The works that waited for one that has fetched all; who cites the address from now on asks for it anew."""
        return self._waiting.end(number, _address(url, captured))


def _address(url: str, captured: bool) -> tuple[str, bool]:
    return url.partition("#")[0], captured


class Requisites:
    """The page requisites of a run: which are under way, for whom, and those that came.

    Every page asks for them in the same way, without cookies and without a referrer, so one answer serves all. Each
    capture still holds its own copy.

    Args:
        shelf: where what came is held.
        most: bytes of it.
    """

    def __init__(self, shelf: Shelf, most: int = _MOST_HELD) -> None:
        self._shelf = shelf
        self._waiting = Waiting()
        self._held: Held[Part] = Held(most)

    def ask(self, number: int, url: str) -> Part | bool:
        """What came for another page, to be dropped like one's own; else whether this one has to ask, as nobody does.

        Args:
            number: the work that needs it; where another has asked, `received` names it among those that waited.
            url: its address.
        """
        part = self._held.get(url)
        return self._shelf.share(part) if part is not None else self._waiting.asks(number, url)

    def received(self, number: int, url: str, exchange: Exchange, part: Part) -> list[int]:
        """Hold what came for a work, where it is the file itself; the others that waited for it."""
        if exchange.status == 200 and exchange.last is not None and not exchange.last.truncated:
            for dropped in self._held.put(url, self._shelf.share(part)):
                self._shelf.drop(dropped)
        return self._waiting.end(number, url)
