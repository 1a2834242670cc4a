"""The text of a DOCX source (ISO/IEC 29500): its paragraphs and properties, read without unpacking bombs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from citekeeper.model import Reading

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MAX_PART: Final = 24 * 1024 * 1024  # bytes of one unpacked part
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
            document = _part(package, "word/document.xml")
            properties = _part(package, "docProps/core.xml")
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, RuntimeError):
        return None  # zipfile raises RuntimeError on encrypted members, NotImplementedError on rare compressions
    if document is None:
        return None
    paragraphs = tuple(text for raw in _paragraphs(document) if (text := clean(raw)))

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


def _part(package: zipfile.ZipFile, name: str) -> Any | None:
    import zlib

    from lxml import etree

    if name not in package.namelist():
        return None
    try:
        with package.open(name) as stream:
            content = stream.read(_MAX_PART)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        return etree.fromstring(content, parser)
    except (etree.LxmlError, zlib.error):
        return None


def _paragraphs(document: Any) -> Iterator[str]:
    """The text of each paragraph: what is inserted counts, what is deleted or instructs a field does not."""
    from lxml import etree

    parts: list[str] = []
    names = {
        f"{space}{name}": name for space in (_W, _STRICT_W) for name in ("p", "t", "tab", "br", "cr", "noBreakHyphen")
    }
    for event, node in etree.iterwalk(document, events=("start", "end")):
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
