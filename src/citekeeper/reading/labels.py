"""The charsets that a page is labelled with: Content-Type header, XML declaration, meta elements.

Labels are those of the WHATWG Encoding Standard and a few that Russian servers use besides (data/charsets.toml); the
prescan of meta elements follows the HTML Standard (section 13.2.3.2), over a longer stretch.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from citekeeper.reading.knowledge import table

_PRESCAN: Final = 8192  # bytes; the standard's 1024 miss labels behind long comments and scripts

_HEADER = re.compile(r"(?i)charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;,\"']+))")
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']?([^"'\s>?]{2,40})""", re.IGNORECASE)
_TAG = re.compile(rb"<!--.*?-->|<!-->|<meta[\s/]+|</?[a-zA-Z][^>\s/]*[\s/]*|<[!/?][^>]*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)|(?=>)))?""")
_IN_CONTENT = re.compile(rb"""charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))""", re.IGNORECASE)


def codec_of(label: str) -> str | None:
    """Python's codec for a charset label; None for one that no browser knows."""
    return _codecs().get(label.strip(" \t\r\n\f\"'").lower())


@cache
def _codecs() -> dict[str, str]:
    return {label: codec for codec, labels in table("charsets")["labels"].items() for label in labels}


def standard_name(codec: str) -> str:
    """A codec's name in the WHATWG Encoding Standard, in lower case."""
    known = table("charsets")["standard_names"].get(codec)
    if known is not None:
        return str(known)
    return (
        codec.replace("iso8859-", "iso-8859-") if codec.startswith("iso") else re.sub(r"^cp(?=125)", "windows-", codec)
    )


def labels(body: bytes, content_type: str) -> list[tuple[str, str]]:
    """The charsets that header and page name, each as (“header” or “meta”, Python's codec), the header's first."""
    found: list[tuple[str, str]] = []
    header = _HEADER.search(content_type)
    if header and (codec := codec_of(header[1] or header[2] or header[3] or "")):
        found.append(("header", codec))
    if codec := _declared(body[:_PRESCAN]):
        found.append(("meta", codec))
    return found


def _declared(head: bytes) -> str | None:
    xml = _XML.match(head)
    if xml and (codec := _in_markup(xml[1])):
        return codec
    position = 0
    while match := _TAG.search(head, position):
        position = match.end()
        tag = match[0].lower()
        if tag.startswith((b"<!", b"<?")) or (tag.startswith(b"</") and not tag[2:3].isalpha()):
            continue
        attributes, position = _attributes(head, position)
        if tag.startswith(b"<meta") and tag[5:6] in (b" ", b"\t", b"\n", b"\r", b"\f", b"/"):
            codec = _of_meta(attributes)
            if codec:
                return codec
    return None


def _attributes(head: bytes, position: int) -> tuple[dict[bytes, bytes], int]:
    found: dict[bytes, bytes] = {}
    while match := _ATTRIBUTE.match(head, position):
        value = match[2] if match[2] is not None else match[3] if match[3] is not None else match[4] or b""
        found.setdefault(match[1].lower(), value)
        position = match.end()
    return found, position


def _of_meta(attributes: dict[bytes, bytes]) -> str | None:
    if b"charset" in attributes:
        return _in_markup(attributes[b"charset"])
    if attributes.get(b"http-equiv", b"").strip().lower() == b"content-type":
        match = _IN_CONTENT.search(attributes.get(b"content", b""))
        return _in_markup(match[1] or match[2] or match[3] or b"") if match else None
    return None


def _in_markup(label: bytes) -> str | None:
    codec = codec_of(label.decode("latin-1"))
    # What could be read as ASCII to find this label is not in UTF-16 (HTML Standard).
    return "utf-8" if codec and codec.startswith("utf-16") else codec
