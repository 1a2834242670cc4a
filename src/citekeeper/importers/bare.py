"""Addresses in running text, as linkify tools and GitHub find them."""

from __future__ import annotations

import html
import re

BARE_START = r"(?:[Hh](?<![A-Za-z0-9@./].)[Tt][Tt][Pp][Ss]?://|[Ww](?<![A-Za-z0-9@./].)[Ww][Ww]\.(?=[^\s.]))"
"""Where a bare address can begin. The letter is looked at before what precedes it, as that is seldom needed."""

_PLAIN = r"""[^\s<>"“”«»„`|()\[\]。，、；：！？）】」』》\x00-\x1f]"""
_ROUND = rf"\((?:{_PLAIN}++|\((?:{_PLAIN}++)?\))*+\)"
BARE_URL = re.compile(rf"{BARE_START}(?:{_PLAIN}++|{_ROUND}|\[(?:{_PLAIN}++)?\])++")
"""A bare address; round and square brackets belong to it when they are paired."""

_TAIL = re.compile(r"(?:[?!.,:;*_~'’…—]|&(?:lt|gt|quot|amp|nbsp);)+$")
_HOST = re.compile(r"(?i)(?:https?://(?:[^\s/?#@]*@)?[^\W_]|https?://\[|www\.[^\W_][^\s/?#]*\.[^\W_])")


def trimmed(text: str) -> str | None:
    """A match of ``BARE_URL`` without the punctuation that belongs to the sentence; None where no host is left."""
    text = _TAIL.sub("", text)
    return text if _HOST.match(text) else None


def as_url(text: str) -> str:
    """The address that a bare one stands for: ``www.`` alone means ``http://www.``."""
    return text if text[:4].lower() == "http" else f"http://{text}"


def is_web(url: str) -> bool:
    """Whether a link's target is an absolute web address, well-formed or not."""
    return url[:5].lower() == "http:" or url[:6].lower() == "https:"


def unescape(text: str) -> str:
    """Character references resolved, in text that may have none."""
    return html.unescape(text) if "&" in text else text
