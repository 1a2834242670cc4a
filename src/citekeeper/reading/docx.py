"""The text of a DOCX source (ISO/IEC 29500): its paragraphs and properties, read without unpacking bombs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import IO, Any, Final

from citekeeper.model import Reading

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MAX_PART: Final = 64 * 1024 * 1024  # bytes of the document, unpacked
_MAX_PROPERTIES: Final = 1024 * 1024  # the same of what it says of itself
_MAX_CHARACTERS: Final = 2_000_000
_MAX_PARAGRAPHS: Final = 50_000
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_CREATOR: Final = "{http://purl.org/dc/elements/1.1/}creator"
_CREATED: Final = "{http://purl.org/dc/terms/}created"
_MODIFIED: Final = "{http://purl.org/dc/terms/}modified"


def read_docx(data: bytes) -> Reading | None:
    """Read a DOCX's body text; None where the bytes are a ZIP of another kind or no ZIP that can be read."""
    from citekeeper.reading.language import identify_all
    from citekeeper.reading.metadata import day
    from citekeeper.reading.tree import clean

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            found = _text(package)
            properties = _properties(package)
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, RuntimeError):
        return None  # zipfile raises RuntimeError on encrypted members, NotImplementedError on rare compressions
    if found is None:
        return None
    paragraphs = tuple(text for raw in found if (text := clean(raw)))

    def told(name: str) -> str:
        return clean(properties.findtext(name) or "") if properties is not None else ""

    language, others = identify_all(paragraphs)
    return Reading(
        paragraphs,
        title=told(_TITLE) or None,
        authors=(told(_CREATOR),) if told(_CREATOR) else (),
        published=day(told(_CREATED)),
        language=language,
        languages=others,
        extractor="docx",
        modified=day(told(_MODIFIED)),
    )


def _properties(package: zipfile.ZipFile) -> Any | None:
    import zlib

    from lxml import etree

    name = "docProps/core.xml"
    if name not in package.namelist():
        return None
    try:
        with package.open(name) as stream:
            content = stream.read(_MAX_PROPERTIES)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        return etree.fromstring(content, parser)
    except (etree.LxmlError, zlib.error):
        return None


def _text(package: zipfile.ZipFile) -> list[str] | None:
    """The paragraphs of the document, up to where more is unpacked or said than any document has; None without one."""
    import zlib

    from lxml import etree

    name = "word/document.xml"
    if name not in package.namelist():
        return None
    found: list[str] = []
    size = 0
    try:
        with package.open(name) as stream:
            for text in _paragraphs(_Capped(stream, _MAX_PART)):
                found.append(text)
                size += len(text)
                if size > _MAX_CHARACTERS or len(found) >= _MAX_PARAGRAPHS:
                    break
    except (etree.LxmlError, zlib.error):
        return found or None
    return found


class _Capped:
    """A stream that ends after so many bytes."""

    def __init__(self, stream: IO[bytes], left: int) -> None:
        self._stream = stream
        self._left = left

    def read(self, size: int) -> bytes:
        """The next bytes."""
        data = self._stream.read(min(size, self._left))
        self._left -= len(data)
        return data


def _paragraphs(document: _Capped) -> Iterator[str]:
    """The text of each paragraph: what is inserted counts, what is deleted or instructs a field does not."""
    from lxml import etree

    parts: list[str] = []
    names = {
        f"{space}{name}": name for space in (_W, _STRICT_W) for name in ("p", "t", "tab", "br", "cr", "noBreakHyphen")
    }
    events = etree.iterparse(
        document, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for event, node in events:
        name = names.get(node.tag)
        if (event == "end" and name == "p") or (event == "start" and name == "p" and parts):
            yield "".join(parts)
            parts.clear()
        elif event == "end" and name == "t":
            parts.append(node.text or "")
        elif event == "end" and name in ("tab", "br", "cr"):
            parts.append(" ")
        elif event == "end" and name == "noBreakHyphen":
            parts.append("-")
        if event == "end":
            _let_go(node)


def _let_go(node: Any) -> None:
    """Free what was read of the tree: an element's content, and what stands before it."""
    node.clear()
    parent = node.getparent()
    if parent is not None:
        while (before := node.getprevious()) is not None:
            parent.remove(before)
