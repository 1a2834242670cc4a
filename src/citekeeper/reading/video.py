"""YouTube's pages of a video: title, channel, day and description as the page hands them to its own player.

The description that the meta elements bear is cut short, and the page's markup holds none; a player's response in a
script holds all of it (watch, shorts and live pages, and their replays). An embedded player is handed the title alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from citekeeper.reading.days import iso_day
from citekeeper.reading.outlets import original_address
from citekeeper.reading.tree import clean
from citekeeper.urls import host_of

_HOSTS: Final = ("youtube.com", "youtube-nocookie.com", "youtu.be")
_RESPONSE = re.compile(r"\bytInitialPlayerResponse\b[\"']?\]?\s*=\s*(?=\{)")
_MAX_RESPONSE: Final = 3_000_000  # characters of a player's response; those of real pages have some 200,000
_MAX_TRIED: Final = 3  # places that look like one
_MAX_DESCRIPTION: Final = 20_000  # characters; YouTube allows 5,000
_LONGEST_FIELD: Final = 500


@dataclass(frozen=True, slots=True)
class Video:
    """What a page says of its video."""

    paragraphs: tuple[str, ...]
    title: str | None
    channel: str | None
    published: date | None
    extractor: str = "youtube player response"


def read_video(html: str, url: str) -> Video | None:
    """Read a YouTube page; None where it is none, or hands its player nothing that can be read.

    Args:
        html: the decoded page.
        url: its address, that of a replay as well.
    """
    host = host_of(original_address(url))
    if not any(host == known or host.endswith(f".{known}") for known in _HOSTS):
        return None
    for response in _responses(html):
        details = _member(response, "videoDetails")
        about = _member(_member(response, "microformat"), "playerMicroformatRenderer")
        title = _line(details.get("title")) or _line(_member(about, "title").get("simpleText"))
        described = details.get("shortDescription") or _member(about, "description").get("simpleText")
        lines = [clean(line) for line in _text(described)[:_MAX_DESCRIPTION].split("\n")]
        paragraphs = tuple(line for line in lines if line)
        if title or paragraphs:
            channel = _line(details.get("author")) or _line(about.get("ownerChannelName"))
            day = iso_day(_text(about.get("publishDate"))) or iso_day(_text(about.get("uploadDate")))
            return Video(paragraphs or ((title,) if title else ()), title, channel, day)
    return None


def _responses(html: str) -> Iterator[dict[str, Any]]:
    """The objects in a page that are assigned as its player's response, a few at most."""
    decoder = json.JSONDecoder(strict=False)
    for number, match in enumerate(_RESPONSE.finditer(html)):
        if number >= _MAX_TRIED:
            return
        try:
            value, _ = decoder.raw_decode(html[match.end() : match.end() + _MAX_RESPONSE])
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            yield value


def _member(holder: dict[str, Any], name: str) -> dict[str, Any]:
    value = holder.get(name)
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _line(value: object) -> str | None:
    return clean(_text(value)[:_LONGEST_FIELD]) or None
