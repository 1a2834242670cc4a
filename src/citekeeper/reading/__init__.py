"""Reading: from the bytes of a source to its text — charset, main text, title, date, language."""

from __future__ import annotations

import re

from citekeeper.model import Hop, Reading

_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_TEXT_TYPES = {"text/plain", "text/markdown", "text/csv"}


def is_html(hop: Hop) -> bool:
    """Whether a response is an HTML page, by its label or, without one, by its first bytes."""
    media_type = hop.headers.media_type
    if media_type:
        return media_type in _HTML_TYPES
    return bool(re.match(rb"(?i)\s*(?:<!--.{0,200}?-->\s*)?<(?:!doctype html|html|head|body)\b", hop.content(1024)))


def read(hop: Hop) -> Reading | None:
    """The Reading of one response; None where its type holds no text that is read here (images, archives, …).

    A page that cannot be parsed, or holds no running text, gives a Reading without paragraphs: that is known, too.
    """
    if is_html(hop):
        return _read_html(hop)
    media_type = hop.headers.media_type
    if media_type in _TEXT_TYPES:
        return _read_text(hop)
    if media_type == "application/pdf" or hop.body.startswith(b"%PDF-"):
        from citekeeper.reading.pdf import read_pdf

        return read_pdf(hop.content())
    return None


def _read_html(hop: Hop) -> Reading:
    from citekeeper.reading.charset import decode
    from citekeeper.reading.extract import extract
    from citekeeper.reading.language import identify

    decoded = decode(hop.content(), hop.headers.get("content-type"), truncated=hop.truncated is not None)
    found = extract(decoded.text, hop.url)
    return Reading(
        found.paragraphs,
        title=found.title,
        authors=found.authors,
        published=found.published,
        language=identify("\n".join(found.paragraphs)) or found.language,
        charset=decoded.charset,
        charset_reason=decoded.reason,
        extractor=found.extractor,
    )


def _read_text(hop: Hop) -> Reading:
    from citekeeper.reading.charset import decode
    from citekeeper.reading.extract import clean
    from citekeeper.reading.language import identify

    decoded = decode(hop.content(), hop.headers.get("content-type"), truncated=hop.truncated is not None)
    paragraphs = tuple(text for text in map(clean, re.split(r"\n\s*\n", decoded.text.replace("\r\n", "\n"))) if text)
    return Reading(
        paragraphs,
        language=identify("\n".join(paragraphs)),
        charset=decoded.charset,
        charset_reason=decoded.reason,
        extractor="plain text",
    )
