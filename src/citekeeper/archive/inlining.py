"""What one page.html may take in: the files that were fetched for the page, as data: URIs and text, within a budget."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Sequence
from urllib.parse import unquote_to_bytes

from citekeeper.archive.css import decode_css
from citekeeper.archive.decoding import header_charset
from citekeeper.archive.sniff import sniff
from citekeeper.model import Exchange, Hop

INLINE_BUDGET = 64 * 1024 * 1024
"""Bytes of inlined files in one page: one that shows a picture ten thousand times must not fill a disk."""

STYLE_BUDGET = 8 * 1024 * 1024
"""Characters of style sheets in one page, before anything is inlined in them."""

_PIECE = 1 << 16
_IMAGE_TYPES = re.compile(r"image/(?:png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)")
_FONT_TYPES = re.compile(
    r"(?:font/(?:woff2?|otf|ttf|sfnt|collection)|application/(?:font-\w+|x-font-[\w-]+|vnd\.ms-fontobject))"
)
_DATA_URI = re.compile(r"(?i)data:\s*+([\w.+-]++/[\w.+-]++)\s*+(?:;\s*+(?!base64\s*+,)[^;,\"]*+)*+(;\s*+base64\s*+)?,")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*={0,2}")


class Inlined:
    """What was fetched for the page, by address, and what is left of the budget.

    Args:
        requisites: what was fetched.
        charset: the page's; that of style sheets which do not name theirs.
    """

    def __init__(self, requisites: Sequence[Exchange], charset: str = "utf-8") -> None:
        self._charset = charset
        self._hops: dict[str, Hop] = {}
        self._refused: dict[str, int] = {}
        for exchange in requisites:
            last = exchange.last
            if exchange.failure is None and last is not None:
                for url in (exchange.url, *(hop.url for hop in exchange.hops)):
                    if last.status < 400:
                        self._hops.setdefault(url.partition("#")[0], last)
                    else:
                        self._refused.setdefault(url.partition("#")[0], last.status)
        self.left = INLINE_BUDGET
        self._styles_left = STYLE_BUDGET
        self.is_spent = False
        """Whether something was left out because the budget was spent."""

    def hop(self, url: str | None) -> Hop | None:
        """The answer to an address; None where none came that is worth showing."""
        return self._hops.get(url or "")

    def refused(self, url: str) -> int | None:
        """The status with which a server refused an address; None where it did not."""
        return self._refused.get(url)

    def text(self, url: str | None) -> tuple[str, str] | None:
        """A style sheet's text and its own address."""
        hop = self.hop(url)
        if hop is None:
            return None
        content = hop.content(self._styles_left + 1) if self._styles_left else b""
        if len(content) > self._styles_left or not self._styles_left:
            self.is_spent = True
            return None
        text = decode_css(content, header_charset(hop.headers.get("content-type")), self._charset)
        self._styles_left -= min(len(content), self._styles_left)
        return (text, hop.url) if self.afford(len(text)) else None

    def data_uri(self, url: str | None) -> str | None:
        """An image or font as a data: URI; None where it was not fetched, is neither, or the budget is spent."""
        hop = self.hop(url)
        if hop is None:
            return None
        content = hop.content()
        media_type = _inlinable(sniff(content), hop.headers.media_type)
        if media_type is None or not self.afford(len(content) * 4 // 3):
            return None
        return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"

    def afford(self, size: int) -> bool:
        """Take ``size`` bytes from the budget, if that many are left."""
        if size > self.left:
            self.is_spent = True
            return False
        self.left -= size
        return True


def is_data(reference: str) -> bool:
    """Whether a reference brings what it refers to itself."""
    return reference[:5].lower() == "data:"


def own_data_uri(value: str) -> str | None:
    """A data: URI that the page itself brought, if it is an image or font; in base64, since text can hide markup."""
    match = _DATA_URI.match(value)
    kind = match[1].lower() if match else ""
    if match is None or not (_IMAGE_TYPES.fullmatch(kind) or _FONT_TYPES.fullmatch(kind)):
        return None
    data = value[match.end() :]
    if not match[2]:
        content = _unquoted(data.partition("#")[0])
        return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
    packed = _unquoted(data).translate(None, b" \t\n\r\f\v")
    return f"data:{kind};base64,{packed.decode('ascii')}" if _BASE64.fullmatch(packed) else None


def _unquoted(data: str) -> bytes:
    """Percent-encoding undone, a piece at a time: the library makes an object of each escape."""
    if "%" not in data:
        return data.encode("utf-8", "replace")
    out = io.BytesIO()
    start = 0
    while start < len(data):
        end = start + _PIECE
        cut = data.rfind("%", end - 2, end)  # no escape is cut in two
        end = cut if cut > start and end < len(data) else end
        out.write(unquote_to_bytes(data[start:end].encode("utf-8", "replace")))
        start = end
    return out.getvalue()


def _inlinable(sniffed: str, declared: str) -> str | None:
    for media_type in (sniffed, declared):
        if _IMAGE_TYPES.fullmatch(media_type) or _FONT_TYPES.fullmatch(media_type):
            return media_type
    return None
