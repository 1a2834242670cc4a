"""archive.today: looked up by its TimeMap, and never more than that.

It cannot be automated beyond that (CAPTCHA), and the English Wikipedia deprecated it in 2026 for altered snapshots:
what it holds is told to people, and counts for nothing.
"""

from __future__ import annotations

from citekeeper.clock import Clock
from citekeeper.mementos import ARCHIVE_TODAY
from citekeeper.mementos.asking import Asker
from citekeeper.mementos.timemap import MementoPeer, Templates

TITLE = "archive.today"
PER_MINUTE = 6


def archive_today(asker: Asker, clock: Clock) -> MementoPeer:
    """The peer; it publishes no rate, so it is asked seldom."""
    templates = Templates(timemap="https://archive.today/timemap/{url}")
    return MementoPeer(ARCHIVE_TODAY, TITLE, templates, asker, clock, is_evidence=False)
