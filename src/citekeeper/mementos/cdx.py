"""Asking the CDX server, through waybackpy's query builder and snapshot type with a transport of our own.

waybackpy has no timeout, and reads a short error body as “never archived”. Here its one method that does I/O is ours:
only a 200 whose every line is a CDX row, or an empty one, comes through.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from waybackpy import WaybackMachineCDXServerAPI
from waybackpy.cdx_snapshot import CDXSnapshot
from waybackpy.cdx_utils import full_url

from citekeeper.clock import stamp14
from citekeeper.errors import ServiceRefusedError, ServiceUnavailableError
from citekeeper.mementos.addresses import parse_stamp
from citekeeper.mementos.nearest import end_of_day
from citekeeper.session import RateLimit, Reply, ServiceSession

SERVICE = "Wayback Machine"
SHOWS_A_PAGE = ("200", "203", "206")
_REVISIT, _REVISIT_STATUS = "warc/revisit", "-"
_ROWS = 5  # a few more than one, in case a server takes from/to loosely
_ROW = re.compile(r"\S+ [0-9]{14} \S+ \S+ \S+ \S+ \S+")


class ExcludedError(ServiceRefusedError):
    """The archive withholds this site, at its owner's wish or by law."""


class _Query(WaybackMachineCDXServerAPI):
    """waybackpy's query, over our own session."""

    def __init__(self, session: ServiceSession, url: str, **options: Any) -> None:
        super().__init__(url, **options)
        self._session = session

    def cdx_api_manager(self, payload: dict[str, str], headers: dict[str, str]) -> Generator[str, None, None]:
        """Yield the one page of rows; refusals and what is no CDX raise."""
        payload["limit"] = str(self.limit)
        wanted = {name: value for name, value in headers.items() if name.lower() != "user-agent"}
        yield rows_of(self._session.request("GET", full_url(self.endpoint, params=payload), headers=wanted))


def rows_of(reply: Reply) -> str:
    """The rows of a CDX answer, as text; "" where the server properly says that there are none.

    Raises:
        ExcludedError: the site is withheld.
        ServiceRefusedError: another refusal (4xx).
        ServiceUnavailableError: a failure, or something that is no CDX answer.
    """
    if is_exclusion(reply):
        raise ExcludedError(SERVICE, "it withholds this site (excluded at the owner's wish, or by law).")
    if 400 <= reply.status < 500:
        raise ServiceRefusedError(SERVICE, f"the CDX server refused with HTTP {reply.status}.")
    if reply.status != 200:
        raise ServiceUnavailableError(SERVICE, f"the CDX server answered HTTP {reply.status}.", "Run again later.")
    text = reply.text.strip()
    if text in ("", "[]"):
        return ""
    if not all(_ROW.fullmatch(line) and parse_stamp(line.split(" ")[1]) for line in text.splitlines()):
        raise ServiceUnavailableError(SERVICE, "the CDX server answered with something else.", "Run again later.")
    return text


def is_exclusion(reply: Reply) -> bool:
    """Whether the archive says that it withholds the site (403 with its runtime error)."""
    if reply.status != 403:
        return False
    said = reply.headers.get("x-archive-wayback-runtime-error") + " " + reply.text[:2000]
    return "AdministrativeAccessControl" in said or "Blocked Site" in said


@dataclass(frozen=True, slots=True)
class Cdx:
    """The CDX server: four questions, each a few small requests however many captures a URL has."""

    session: ServiceSession
    limit: RateLimit

    def closest(self, url: str, accessed: date | None, now: datetime) -> CDXSnapshot | None:
        """The capture closest before the end of ``accessed``, else closest after; without ``accessed`` the newest.

        Raises:
            ServiceError: the server refused or failed.
        """
        if accessed is None:
            return self._newest(url, now)
        end = end_of_day(accessed)
        before = [row for row in self._rows(url, end, to=end) if _moment(row) <= end]
        if before:
            return max(before, key=_moment)
        after = [row for row in self._rows(url, end, since=end) if _moment(row) > end]
        return min(after, key=_moment, default=None)

    def _newest(self, url: str, now: datetime) -> CDXSnapshot | None:
        """The newest capture that shows a page, or that found the bytes of one unchanged (a revisit)."""
        rows = self._rows(url, now, to=now, statuses=(*SHOWS_A_PAGE, _REVISIT_STATUS))
        pages = [row for row in rows if row.statuscode in SHOWS_A_PAGE]
        of_pages, of_others = {page.digest for page in pages}, set[str]()
        for row in sorted((row for row in rows if _moment(row) <= now), key=_moment, reverse=True):
            if row in pages or row.digest in of_pages:
                return row
            if row.mimetype == _REVISIT and row.digest not in of_others:
                if self._rows(url, now, to=now, digest=row.digest):
                    return row
                of_others.add(row.digest)  # it repeats a capture that shows no page
        known = self._rows(url, now, to=now) if rows and not pages else []
        return max(known, key=_moment, default=None)

    def around(self, url: str, accessed: date | None, now: datetime, most: int) -> list[CDXSnapshot]:
        """The captures closest to the end of ``accessed`` (or to now), about ``most`` before and ``most`` after.

        Raises:
            ServiceError: the server refused or failed.
        """
        end = end_of_day(accessed) if accessed else now
        before = self._rows(url, end, to=end, limit=2 * most)
        after = self._rows(url, end, since=end, limit=2 * most) if accessed else []
        return [*before, *after]

    def since(self, url: str, moment: datetime) -> CDXSnapshot | None:
        """The first capture at or after ``moment``, whatever its status.

        Raises:
            ServiceError: the server refused or failed.
        """
        rows = self._rows(url, moment, since=moment, statuses=())
        return min((row for row in rows if _moment(row) >= moment), key=_moment, default=None)

    def _rows(
        self,
        url: str,
        closest: datetime,
        *,
        since: datetime | None = None,
        to: datetime | None = None,
        statuses: tuple[str, ...] = SHOWS_A_PAGE,
        digest: str | None = None,
        limit: int = _ROWS,
    ) -> list[CDXSnapshot]:
        query = _Query(
            self.session,
            url,
            sort="closest",
            closest=stamp14(closest),
            start_timestamp=stamp14(since) if since else None,
            end_timestamp=stamp14(to) if to else None,
            filters=[
                *([f"statuscode:({'|'.join(statuses)})"] if statuses else []),
                *([f"digest:{re.escape(digest)}"] if digest else []),
            ],
            limit=str(limit),
        )
        self.limit.wait()
        rows = list(query.snapshots())
        self.limit.succeeded()
        kept = (row for row in rows if not statuses or row.statuscode in statuses)
        return [row for row in kept if digest is None or row.digest == digest]


def _moment(row: CDXSnapshot) -> datetime:
    moment: datetime = row.datetime_timestamp.replace(tzinfo=UTC)
    return moment
