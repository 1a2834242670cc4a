"""What several citations need is fetched once: a page that two of them cite, a stylesheet that two pages name."""

from __future__ import annotations

from collections import OrderedDict, defaultdict

from citekeeper.model import Exchange
from citekeeper.pipeline.shelf import Part, Shelf

_MOST_HELD = 64 * 1024 * 1024  # bytes of requisites that came, and that further pages may name
_MOST_HELD_FILES = 2_000


class Sharing:
    """Knows which work fetches an address, and which others wait for it."""

    def __init__(self) -> None:
        self._fetching: dict[tuple[str, bool], int] = {}
        self._followers: defaultdict[int, list[int]] = defaultdict(list)

    def follows(self, number: int, url: str, *, captured: bool) -> bool:
        """Whether another work is fetching this address already, so that this one may wait for its answer."""
        leader = self._fetching.setdefault(_address(url, captured), number)
        if leader == number:
            return False
        self._followers[leader].append(number)
        return True

    def end(self, number: int, url: str, *, captured: bool) -> list[int]:
        """The works that waited for one that has fetched all; who cites the address from now on asks for it anew."""
        if self._fetching.get(_address(url, captured)) == number:
            del self._fetching[_address(url, captured)]
        return self._followers.pop(number, [])


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
        self._most = most
        self._under_way: dict[str, list[int]] = {}
        self._came: OrderedDict[str, Part] = OrderedDict()
        self._held = 0

    def ask(self, number: int, url: str) -> Part | bool:
        """What came for another page, to be dropped like one's own; else whether this one has to ask, as nobody does.

        Args:
            number: the work that needs it; where another has asked, `received` names it among those that waited.
            url: its address.
        """
        part = self._came.get(url)
        if part is not None:
            self._came.move_to_end(url)
            return self._shelf.share(part)
        if url in self._under_way:
            self._under_way[url].append(number)
            return False
        self._under_way[url] = []
        return True

    def received(self, url: str, exchange: Exchange, part: Part) -> list[int]:
        """Hold what came, where it is the file itself; the works that waited for it."""
        if exchange.status == 200 and exchange.last is not None and not exchange.last.truncated:
            self._came[url] = self._shelf.share(part)
            self._held += exchange.size
            while self._held > self._most or len(self._came) > _MOST_HELD_FILES:
                _, oldest = self._came.popitem(last=False)
                self._held -= oldest.size
                self._shelf.drop(oldest)
        return self._under_way.pop(url, [])
