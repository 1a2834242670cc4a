"""A document's bytes and its text, tied together so that an edit of the text changes those bytes alone."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from citekeeper.fixing.edits import Edit

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?i)charset\s*=\s*["']?\s*([a-z0-9_:.-]+)""")


class UnsafeBytesError(ValueError):
    """The bytes cannot be written back exactly as they were, so nothing is changed."""


@dataclass(frozen=True, slots=True)
class Written:
    """A document as bytes, and the encoding by which they are its text.

    Attributes:
        data: the bytes, byte order mark included.
        text: what they say, without the mark.
        mark: the byte order mark.
        encoding: a codec's name.
    """

    data: bytes
    text: str
    mark: bytes
    encoding: str

    @classmethod
    def of(cls, data: bytes, text: str) -> Written:
        """Tie ``data`` to the ``text`` that was read from it.

        Raises:
            UnsafeBytesError: no encoding turns the one into the other and back without loss.
        """
        for mark, encoding in _candidates(data):
            body = data[len(mark) :]
            try:
                if body.decode(encoding) == text and text.encode(encoding) == body:
                    return cls(data, text, mark, encoding)
            except (UnicodeError, LookupError):
                continue
        raise UnsafeBytesError("its encoding cannot be written back without changing other bytes")

    def with_edits(self, edits: Iterable[Edit]) -> bytes:
        """The document with ``edits``, which do not overlap; every byte outside of them is as it was.

        A letter that the encoding lacks is written as a character reference, which HTML understands.
        """
        pieces = [self.mark]
        position = 0
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            if edit.start < position:
                raise ValueError("edits overlap")
            pieces.append(self.text[position : edit.start].encode(self.encoding))
            pieces.append(edit.new.encode(self.encoding, "xmlcharrefreplace"))
            position = edit.end
        pieces.append(self.text[position:].encode(self.encoding))
        return b"".join(pieces)


def _candidates(data: bytes) -> Iterator[tuple[bytes, str]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            yield mark, encoding
    yield b"", "utf-8"
    for match in _DECLARED.finditer(data[:4096]):
        yield b"", match[1].decode("ascii")
    yield b"", "windows-1252"
