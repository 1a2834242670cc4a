"""What one page may take: its requisites are asked for a few at a time, within a count, bytes and seconds.

Seconds are those that transfers took, not those that passed: a page must not pay for the queue of others on its host.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from citekeeper.model import Exchange

MAX_REQUISITES = 200
REQUISITE_DEPTH = 3  # page → stylesheet → its import → that one's images
REQUISITE_BODY = 16 * 1024 * 1024  # bytes of one requisite
PAGE_BYTES = 128 * 1024 * 1024  # bytes of all requisites of a page
SURVEYED_BYTES = 16 * 1024 * 1024  # of a page and its style sheets and frames, looked through for what they name
PAGE_SECONDS = 300.0  # spent on transfers, of which several go on at once

_FIRST, _AT_ONCE = 8, 16  # requisites of one page that the fetcher is asked for, before any came and then
_MOST_LISTED = 1_000
_LONGEST_LISTED = 2_000  # characters of an address
LONGEST_ADDRESS = 8 * 1024  # characters of one that is asked for; manifests hold them all
MOST_NOTED = 20_000  # addresses of one page that are left out; of more it is not even kept which


@dataclass(slots=True)
class Allotment:
    """How much of its allotment a page has taken, and what waits for its turn."""

    waiting: deque[str] = field(default_factory=deque)
    under_way: int = 0
    size: int = 0
    largest: int = 0
    seconds: float = 0.0
    unread: int = SURVEYED_BYTES

    def received(self, exchange: Exchange) -> None:
        """Count what came."""
        self.under_way -= 1
        self.seconds += exchange.elapsed
        self.size += exchange.size
        self.largest = max(self.largest, exchange.size)

    def next(self) -> list[str]:
        """What is to be asked for now: as many as may fit, were each as large as the largest so far."""
        room = max(1, min(_AT_ONCE, (PAGE_BYTES - self.size) // self.largest)) if self.largest else _FIRST
        turn = [self.waiting.popleft() for _ in range(min(len(self.waiting), room - self.under_way))]
        self.under_way += len(turn)
        return turn

    def spent(self) -> str | None:
        """Why nothing more is asked for; None while something is left."""
        if self.size >= PAGE_BYTES:
            return f"more than {PAGE_BYTES >> 20} MiB of page requisites"
        if self.seconds >= PAGE_SECONDS:
            return f"the page's requisites had taken {PAGE_SECONDS:.0f} s of transfers"
        return None


def refusal(url: str, count: int, depth: int) -> str | None:
    """Why a requisite is not asked for, of a page that has ``count`` already; None where it is."""
    if len(url) > LONGEST_ADDRESS:
        return f"its address is longer than {LONGEST_ADDRESS >> 10} KiB"
    if depth > REQUISITE_DEPTH:
        return f"named by a file that is {REQUISITE_DEPTH} steps from the page"
    return f"more than {MAX_REQUISITES} page requisites" if count >= MAX_REQUISITES else None


def listed(left_out: dict[str, str], page: str) -> list[tuple[str, str]]:
    """What was left out, as the manifest lists it: a hostile page names more than any file should hold."""
    items = [(_cut(url), reason) for url, reason in left_out.items()]
    more = len(items) - _MOST_LISTED
    return [*items[:_MOST_LISTED], (page, f"{more} further addresses are not listed")] if more > 0 else items


def _cut(url: str) -> str:
    return url if len(url) <= _LONGEST_LISTED else f"{url[:_LONGEST_LISTED]}…"
