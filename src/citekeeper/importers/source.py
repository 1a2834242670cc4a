"""A document's bytes as text, and where in it each character stands."""

from __future__ import annotations

import codecs
import hashlib
import re
import stat
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from citekeeper.errors import InputFileError
from citekeeper.model import Location

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MOST_BYTES = 1 << 30
_LINE_END = re.compile(r"\r\n|\r|\n")


class EmptyDocumentError(InputFileError):
    """There is nothing in a document: wrong where it was named, nothing to tell of where a directory holds it."""


@dataclass(frozen=True)
class Source:
    """One document in memory.

    Attributes:
        name: how the document is called in locations and messages.
        data: its bytes as they are on disk.
    """

    name: str
    data: bytes

    @classmethod
    def load(cls, path: Path, name: str) -> Source:
        """Read a document.

        Raises:
            InputFileError: there is no such file, it cannot be read, or there is nothing in it.
        """
        try:
            _refuse_endless(path, name)
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise InputFileError(name, "there is no such document", "Check the path.") from error
        except IsADirectoryError as error:
            raise InputFileError(name, "this is a directory", "Name a document in it.") from error
        except OSError as error:
            raise InputFileError(
                name, f"the document cannot be read: {error.strerror or error}", "Check its permissions."
            ) from error
        except ValueError as error:
            raise InputFileError(name, "no file can have this name", "Check the path.") from error
        if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
            raise EmptyDocumentError(name, "the document is empty", "Name a document with notes or links in it.")
        return cls(name, data)

    @cached_property
    def sha256(self) -> str:
        """The hash of the document's bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def text(self) -> str:
        """The document as text: by its byte order mark (which is no part of the text), else as UTF-8.

        Raises:
            InputFileError: it is neither.
        """
        for bom, encoding in _BOMS:
            if self.data.startswith(bom):
                return self._decoded(self.data[len(bom) :], encoding)
        return self._decoded(self.data, "utf-8")

    def _decoded(self, data: bytes, encoding: str) -> str:
        hint = "Save the document as text in UTF-8, and import that."
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            before = data[: error.start].decode(encoding, "replace")
            ends = list(_LINE_END.finditer(before))
            raise InputFileError(
                self.name,
                f"this is not text in {encoding.upper()}: byte 0x{data[error.start]:02x} cannot stand here",
                hint,
                line=len(ends) + 1,
                column=len(before) - (ends[-1].end() if ends else 0) + 1,
            ) from error
        if "\0" in text:
            raise InputFileError(self.name, "this is a binary file, not a text", hint)
        return text

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def location(self, offset: int) -> Location:
        """Line and column (both 1-based, in characters) of a position in ``text``."""
        line = bisect_right(self._line_starts, offset)
        return Location(self.name, line, offset - self._line_starts[line - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """The position in ``text`` of a 1-based line and 1-based column."""
        return self._line_starts[line - 1] + column - 1


def _refuse_endless(path: Path, name: str) -> None:
    """Refuse what would fill the memory before it is known for no document; a pipe is waited for."""
    found = path.stat()
    if stat.S_ISCHR(found.st_mode) or stat.S_ISBLK(found.st_mode):
        raise InputFileError(name, "this is a device, not a document", "Name a file; - stands for standard input.")
    if found.st_size > _MOST_BYTES:
        raise InputFileError(
            name, f"the document is larger than {_MOST_BYTES >> 20} MiB", "Divide it, or check a list of its addresses."
        )
