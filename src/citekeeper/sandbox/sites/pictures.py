"""Pictures drawn for the stage set, so that captures have something to keep."""

from __future__ import annotations

import struct
import zlib

Colour = tuple[int, int, int]


def png(width: int, height: int, top: Colour, bottom: Colour) -> bytes:
    """A PNG (ISO 15948) that fades from ``top`` to ``bottom``, with a horizon; sizes in pixels."""
    horizon = height * 2 // 3
    rows = bytearray()
    for y in range(height):
        part = y / max(1, height - 1)
        shade = 0.55 if y > horizon else 1.0
        pixel = bytes(int((a + (b - a) * part) * shade) for a, b in zip(top, bottom, strict=True))
        rows += b"\0" + pixel * width
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(bytes(rows), 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def logo(letter: str, colour: str) -> str:
    """A round SVG logo with one letter on ``colour`` (CSS)."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 48 48">'
        f'<circle cx="24" cy="24" r="24" fill="{colour}"/><text x="24" y="33" font-family="serif" font-size="26" '
        f'fill="#fff" text-anchor="middle">{letter}</text></svg>\n'
    )
