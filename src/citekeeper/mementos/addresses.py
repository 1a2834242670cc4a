"""Addresses and timestamps of the Wayback Machine."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from citekeeper.clock import stamp14
from citekeeper.urls import BadUrlError, decode_wayback, parse

HOST = "https://web.archive.org"


def parse_stamp(stamp: str) -> datetime | None:
    """A 14-digit UTC timestamp as a moment; None where it is none."""
    if not re.fullmatch(r"[0-9]{14}", stamp):
        return None
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def memento_address(moment: datetime, original: str) -> str:
    """The address for people: with toolbar and rewritten links."""
    return f"{HOST}/web/{stamp14(moment)}/{original}"


def raw_address(uri: str) -> str:
    """The address of the original bytes of the memento at ``uri``.

    Raises:
        ValueError: it is no Wayback address with a timestamp.
    """
    decoded = decode_wayback(uri)
    if decoded is None or decoded.timestamp is None:
        raise ValueError("not the address of a Wayback memento")
    return f"{HOST}/web/{decoded.timestamp}id_/{decoded.original}"


def moment_of(uri: str) -> datetime | None:
    """The moment that a Wayback address names; None where it names none."""
    decoded = decode_wayback(uri)
    return parse_stamp(decoded.timestamp) if decoded and decoded.timestamp else None


def original_of(uri: str) -> str:
    """The original URL behind a Wayback address; "" where it is none."""
    decoded = decode_wayback(uri)
    return decoded.original if decoded else ""


_ANY_ARCHIVE = re.compile(r"(?i)https?://[^/]+/(?:[^/]+/){0,4}?\d{14}(?:[a-z]{2}_)?/(https?:/{1,2}.+)")


def original_within(uri: str) -> str:
    """The original URL that an archive's address holds behind a timestamp, as most archives write it; else ""."""
    match = _ANY_ARCHIVE.fullmatch(uri)
    return original_of(uri) or (re.sub(r"(?i)^(https?):/{1,2}", r"\1://", match[1]) if match else "")


def askable(url: str) -> str | None:
    """``url`` as an archive is asked for it: normal form, no fragment; None where it is no web URL."""
    try:
        return parse(url).without_fragment
    except BadUrlError:
        return None
