"""arquivo.pt: looked up in its CDX server (pywb's), whose answer is a JSON object a line.

Its raw form is ``/noFrame/replay/<timestamp>id_/<url>``. It allows 250 questions a minute and blocks for good whoever
asks more, so it is asked far less often.
"""

from __future__ import annotations

import json
import re
from datetime import date

from citekeeper.mementos import ARQUIVO
from citekeeper.mementos.addresses import askable, parse_stamp
from citekeeper.mementos.asking import Asker, garbled, never_raises, refused
from citekeeper.mementos.nearest import around, by_preference, found
from citekeeper.model import LookupOutcome, Memento, MementoLookup
from citekeeper.urls import same_document_key, shown

TITLE = "Arquivo.pt"
PER_MINUTE = 60
_HOST = "https://arquivo.pt"
_SHOWS_A_PAGE = ("200", "203", "206")
_MOST_ROWS = 5000
_MAX_BODY = 8 * 1024 * 1024
_ADDRESS = re.compile(r"(?i)https?://(?:www\.)?arquivo\.pt/(?:wayback|noFrame/replay)/(\d{14})(?:[a-z]{2}_)?/(.+)")


class Arquivo:
    """`citekeeper.mementos.Peer` for arquivo.pt."""

    name = ARQUIVO
    title = TITLE
    is_evidence = True

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    @never_raises
    def lookup(self, url: str, accessed: date | None) -> MementoLookup:
        """See `citekeeper.mementos.Peer.lookup`."""
        held = by_preference(self._held(url, accessed), accessed)
        if not held:
            return MementoLookup(self.name, LookupOutcome.NONE, None, f"{TITLE} holds no usable copy.")
        return MementoLookup(self.name, LookupOutcome.FOUND, held[0])

    def neighbours(self, url: str, accessed: date | None, most: int) -> tuple[Memento, ...]:
        """See `citekeeper.mementos.Peer.neighbours`."""
        return around(self._held(url, accessed), accessed, most)

    def keeps(self, uri: str) -> bool:
        """See `citekeeper.mementos.Peer.keeps`."""
        return _ADDRESS.fullmatch(uri) is not None

    def raw(self, memento: Memento) -> str | None:
        """See `citekeeper.mementos.Peer.raw`."""
        match = _ADDRESS.fullmatch(memento.uri)
        return f"{_HOST}/noFrame/replay/{match[1]}id_/{match[2]}" if match else None

    def _held(self, url: str, accessed: date | None) -> list[Memento]:
        wanted = askable(url)
        if wanted is None:
            raise garbled(TITLE, f"an answer about “{shown(url)}”, which is no web address")
        address = f"{_HOST}/wayback/cdx"
        reply = self._asker.get(_query(address, wanted), max_body=_MAX_BODY)
        if reply.status == 404 and "no captures" in reply.text[:500].lower():
            return []
        if reply.status != 200:
            raise refused(TITLE, reply.status)
        rows = [self._row(line) for line in reply.text.splitlines() if line.strip()]
        key = same_document_key(wanted)
        mementos = [
            found(self.name, f"{_HOST}/wayback/{stamp}/{original}", moment, accessed)
            for stamp, original, status in rows
            if status in _SHOWS_A_PAGE
            and (moment := parse_stamp(stamp)) is not None
            and same_document_key(original) == key
        ]
        if len(rows) >= _MOST_ROWS and not mementos:
            raise garbled(TITLE, "a list that could be read to its end")
        return mementos

    @staticmethod
    def _row(line: str) -> tuple[str, str, str]:
        try:
            row = json.loads(line)
            return str(row["timestamp"]), str(row["url"]), str(row.get("status", ""))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise garbled(TITLE, "a list of captures") from error


def _query(address: str, url: str) -> str:
    from urllib.parse import urlencode

    return f"{address}?{urlencode({'url': url, 'output': 'json', 'limit': str(_MOST_ROWS)})}"
