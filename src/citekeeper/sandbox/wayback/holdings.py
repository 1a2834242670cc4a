"""What the sandbox's Wayback Machine holds: its mementos, and how they are found by URL and time."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from citekeeper.clock import stamp14

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")


@dataclass(frozen=True, slots=True)
class Held:
    """One memento: the response as it was captured, before content-coding.

    ``visible_from`` is when index and replay begin to know it; ``revisit`` says that it repeats an earlier payload.
    """

    timestamp: str
    original: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    visible_from: datetime
    revisit: bool = False

    @property
    def urlkey(self) -> str:
        """The sort-friendly key of its URL."""
        return surt(self.original)

    @property
    def mimetype(self) -> str:
        """The Content-Type without parameters, as the index writes it."""
        value = next((value for name, value in self.headers if name.lower() == "content-type"), "")
        return value.partition(";")[0].strip().lower() or "unk"

    @property
    def digest(self) -> str:
        """Base32 SHA-1 of the payload."""
        return base64.b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode("ascii")

    @property
    def moment(self) -> datetime:
        """When it was captured."""
        return moment_of(self.timestamp)

    def row(self) -> dict[str, str]:
        """Its line in the CDX index, by field name."""
        length = 420 + len(zlib.compress(self.body, 1))
        mimetype, status = ("warc/revisit", "-") if self.revisit else (self.mimetype, str(self.status))
        values = (self.urlkey, self.timestamp, self.original, mimetype, status, self.digest, str(length))
        return dict(zip(FIELDS, values, strict=True))


def moment_of(timestamp: str) -> datetime:
    """The moment a 1–14-digit timestamp means, missing parts being the earliest; nonsense is clamped to valid dates."""
    padded = (timestamp + "00000101000000"[len(timestamp) :])[:14]
    year, month, day, hour, minute, second = (
        int(padded[start:end]) for start, end in ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))
    )
    try:
        return datetime(max(year, 1994), month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return datetime(max(year, 1994), min(max(month, 1), 12), 1, tzinfo=UTC)


def surt(url: str) -> str:
    """The Wayback Machine's canonical key: host reversed, no www, scheme, default port or last slash; lower-case."""
    parts = urlsplit(url if re.match(r"(?i)[a-z][a-z0-9+.-]*://", url) else f"http://{url}")
    host = re.sub(r"^www\d*\.", "", (parts.hostname or "").lower())
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    path = parts.path.lower().rstrip("/") or "/"
    query = "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    return ",".join(reversed(host.split("."))) + port + ")" + path + (f"?{query}" if query else "")


class Holdings:
    """The mementos, in order of key and time.

    Args:
        now: tells the time that decides what is visible.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.RLock()
        self._held: dict[str, list[Held]] = {}

    def add(
        self,
        url: str,
        when: datetime | str,
        *,
        status: int,
        headers: tuple[tuple[str, str], ...],
        body: bytes,
        visible_from: datetime | None = None,
    ) -> Held:
        """Keep a memento; one whose payload the URL's latest already has is a revisit of it."""
        timestamp = when if isinstance(when, str) else stamp14(when)
        with self._lock:
            mine = self._held.setdefault(surt(url), [])
            held = Held(timestamp, url, status, headers, body, visible_from or moment_of(timestamp))
            last = next((other for other in reversed(mine) if other.timestamp <= timestamp), None)
            if last is not None and last.status == status and last.digest == held.digest:
                held = Held(timestamp, url, status, headers, body, held.visible_from, revisit=True)
            mine[:] = sorted([*(other for other in mine if other.timestamp != timestamp), held], key=_by_time)
            return held

    def of(self, url: str) -> list[Held]:
        """The visible mementos of one URL, oldest first."""
        return self._visible(self._held.get(surt(url), []))

    def everything(self) -> list[Held]:
        """All visible mementos, by key and time."""
        with self._lock:
            return [held for key in sorted(self._held) for held in self._visible(self._held[key])]

    def nearest(self, url: str, timestamp: str) -> Held | None:
        """The visible memento of ``url`` nearest to ``timestamp``; None where there is none."""
        wanted = moment_of(timestamp)
        return min(self.of(url), key=lambda held: abs((held.moment - wanted).total_seconds()), default=None)

    def latest_including_hidden(self, url: str) -> Held | None:
        """The newest memento of ``url``, also one that index and replay do not know yet."""
        with self._lock:
            return max(self._held.get(surt(url), []), key=_by_time, default=None)

    def _visible(self, held: list[Held]) -> list[Held]:
        now = self._now()
        with self._lock:
            return [one for one in held if one.visible_from <= now]


def _by_time(held: Held) -> str:
    return held.timestamp
