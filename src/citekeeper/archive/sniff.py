"""What bytes are, by their first ones: the magic numbers of the WHATWG MIME Sniffing Standard."""

from __future__ import annotations

import re

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBPVP", "image/webp"),
    (0, b"BM", "image/bmp"),
    (0, b"\x00\x00\x01\x00", "image/x-icon"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"OggS", "application/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (0, b"OTTO", "font/otf"),
    (0, b"\x00\x01\x00\x00", "font/ttf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
)
_HTML = re.compile(
    rb"(?is)(?:<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)"
    rb"[\s>/]"
)
_SVG = re.compile(rb"(?is)(?:<\?xml.*?\?>|<!--.*?-->|<!doctype[^>]*>|\s)*<svg[\s>]")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_WINDOW = 2048


def sniff(body: bytes) -> str:
    """The media type that the bytes themselves show; ``application/octet-stream`` where they show none."""
    start = body[:_WINDOW]
    for offset, magic, media_type in _MAGIC:
        if start.startswith(magic, offset):
            return media_type
    text = start.removeprefix(b"\xef\xbb\xbf")
    if _SVG.match(text):
        return "image/svg+xml"
    if _HTML.match(text):
        return "text/html"
    if text.lstrip().startswith(b"<?xml"):
        return "application/xml"
    if start.startswith((b"\xfe\xff", b"\xff\xfe")) or not _CONTROL.search(start):
        return "text/plain"
    return "application/octet-stream"


def is_html(declared: str, body: bytes) -> bool:
    """Whether a browser would show the body as an HTML page: its label says so, or it has no usable label."""
    if declared in ("text/html", "application/xhtml+xml"):
        return True
    return declared in ("", "application/octet-stream", "unknown/unknown", "*/*") and sniff(body) == "text/html"
