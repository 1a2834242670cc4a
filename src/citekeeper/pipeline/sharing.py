"""Several citations of one page: the first of them fetches it, and what came serves all."""

from __future__ import annotations

from collections import defaultdict


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
