"""The container of a PDF (ISO 32000-1, 7.5): numbered objects, the table of their places, and the trailer."""

from __future__ import annotations

from collections.abc import Sequence


def pdf_of(objects: Sequence[bytes], *, info: int | None = None) -> bytes:
    """A PDF of these objects, the first of which is the catalogue; ``info`` is the number of that with its title."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    about = b"" if info is None else b" /Info %d 0 R" % info
    out += b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, about, start)
    return bytes(out)
