"""Reading: from the bytes of a source to its text — charset, main text, title, date, language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from citekeeper.content import without_pictures
from citekeeper.errors import InputFileError
from citekeeper.model import Hop, Reading
from citekeeper.patterns import late

if TYPE_CHECKING:
    from citekeeper.reading.framed import FrameSurvey

_HTML_TYPES: Final = {"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"}
_TEXT_TYPES: Final = {"text/plain", "text/markdown", "text/x-markdown", "text/csv"}
_DOCX_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OEMBED_TYPE: Final = "application/json+oembed"
_MAYBE_ANYTHING: Final = {"", "application/octet-stream", "binary/octet-stream", "application/x-download"}
_MAX_BODY: Final = 8 * 1024 * 1024  # bytes after content-decoding; what lies behind is not read
_MAX_LOOKED_AT: Final = 32 * 1024 * 1024  # the same, before the pictures in it are left out
_MAX_FILE: Final = 64 * 1024 * 1024  # the same, of files that cannot be read in part
_MAX_TEXT: Final = 2_000_000  # characters of plain text
_LITTLE_TEXT: Final = 200  # characters of a page that may consist of frames
_FRAME = late(rb"(?i)<i?frame[\s/>]")
_HTML_START = late(
    rb"(?i)(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,400}?-->\s*)*"
    rb"<(?:!doctype html|html|head|body|title|meta)\b",
    re.DOTALL,
)


def is_html(hop: Hop) -> bool:
    """Whether a response is an HTML page, by its label or, without a telling one, by its first bytes."""
    media_type = hop.headers.media_type
    if media_type in _HTML_TYPES:
        return True
    return media_type in _MAYBE_ANYTHING and bool(_HTML_START.match(hop.content(2048)))


def read(
    hop: Hop, outlet_rules: str | None = None, frames: Mapping[str, Hop] | None = None, anchor: str = ""
) -> Reading | None:
    """The Reading of one response; None where its type holds no text that is read here (images, archives, …).

    HTML pages, Telegram previews, plain text, PDF, DOCX and oEmbed answers are read. What cannot be parsed, or holds no
    running text, gives a Reading without paragraphs: that is known, too. Never raises, whatever the bytes are.

    Args:
        hop: the response.
        outlet_rules: a file of the user's own rules for outlets, which :func:`check_outlet_rules` has found right.
        frames: the frames that the page consists of, as :func:`survey_frames` names them: their text is its text.
        anchor: the fragment of the cited address: a reader's comment that it names is the source's, too.
    """
    own = _read_alone(hop, outlet_rules, anchor)
    if own is None or frames is None:
        return own
    from citekeeper.reading.framed import read_frames

    return read_frames(hop, own, frames, lambda frame: _read_alone(frame, outlet_rules))


def survey_frames(hop: Hop, text: Reading | None, known: Mapping[str, Hop | None]) -> FrameSurvey | None:
    """What is still missing of the frames that a page consists of; None for a page that has a text of its own.

    Args:
        hop: the page.
        text: what was read of it without its frames.
        known: the frames that were asked for, by the address that the page gives them; None where one did not come.
    """
    if text is None or len(text.text) > _LITTLE_TEXT or not _FRAME.search(hop.content(_MAX_BODY)):
        return None
    from citekeeper.reading.framed import survey

    found = survey(hop, known)
    return found if found.missing or found.refused or known else None


def _read_alone(hop: Hop, outlet_rules: str | None, anchor: str = "") -> Reading | None:
    media_type = hop.headers.media_type
    body = _beginning(hop)
    if media_type == "application/pdf" or body.startswith(b"%PDF-"):
        from citekeeper.reading.pdf import read_pdf

        return read_pdf(_whole_file(hop))
    if media_type == _DOCX_TYPE or (media_type in _MAYBE_ANYTHING and body.startswith(b"PK\x03\x04")):
        from citekeeper.reading.docx import read_docx

        return read_docx(_whole_file(hop)) if media_type == _DOCX_TYPE else read_docx(_whole_file(hop)) or None
    if is_html(hop):
        return _read_html(hop, body, outlet_rules, anchor)
    if media_type == _OEMBED_TYPE or (media_type == "application/json" and b'"html"' in body and b'"version"' in body):
        from citekeeper.reading.oembed import read_oembed

        return read_oembed(body)
    if media_type in _TEXT_TYPES:
        return _read_text(hop, body)
    return None


def portion(hop: Hop) -> Hop:
    """The response without what `read` does not look at, so that less of it is carried about."""
    if hop.headers.get("content-encoding") or len(hop.body) <= _MAX_LOOKED_AT or _is_file(hop):
        return hop
    return replace(hop, body=hop.body[:_MAX_LOOKED_AT], truncated=hop.truncated or "length")


def _beginning(hop: Hop) -> bytes:
    """As much of a response as is read; of a longer one, without the pictures that stand in it as text."""
    body = hop.content(_MAX_BODY)
    return body if len(body) < _MAX_BODY else without_pictures(hop.content(_MAX_LOOKED_AT))[:_MAX_BODY]


def weight(hop: Hop, heavy: int) -> int:
    """How many bytes there are to read, not counted beyond ``heavy``; files of libraries' own formats are all heavy."""
    return heavy if _is_file(hop) else len(hop.content(heavy))


def _is_file(hop: Hop) -> bool:
    """Whether a response may be a PDF or a DOCX."""
    start = hop.content(8)
    return hop.headers.media_type in ("application/pdf", _DOCX_TYPE) or start.startswith((b"%PDF-", b"PK\x03\x04"))


def _whole_file(hop: Hop) -> bytes:
    """A file's bytes; what says where its parts are stands at the end. One that unpacks to more than it was is cut."""
    return hop.content(max(_MAX_FILE, len(hop.body)))


def check_outlet_rules(path: str) -> None:
    """Read a file of rules for outlets before it is needed.

    Raises:
        InputFileError: it cannot be read, or a rule in it is wrong.
    """
    from citekeeper.reading.outlets import read_rules

    try:
        read_rules(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        hint = "Correct it, or take “outlet_rules” out of the settings; docs/outlets.md says what a rule looks like."
        raise InputFileError(path, f"no file of rules for outlets: {reason}.", hint) from error


def page_text(hop: Hop) -> str:
    """All text of an HTML page, menus too, a line for each block; "" where it is none.

    What a reader may still see though no extractor takes it for the article.
    """
    if not is_html(hop):
        return ""
    from citekeeper.reading.charset import decode
    from citekeeper.reading.tree import blocks, parse, prune

    body = _beginning(hop)
    root = parse(decode(body, hop.headers.get("content-type"), truncated=hop.truncated is not None).text)
    if root is None:
        return ""
    prune(root)
    return "\n".join(block.text for block in blocks(root))


def _read_html(hop: Hop, body: bytes, outlet_rules: str | None, anchor: str) -> Reading:
    from citekeeper.reading.charset import decode
    from citekeeper.reading.extract import extract
    from citekeeper.reading.language import identify_all

    decoded = decode(
        body,
        hop.headers.get("content-type"),
        truncated=hop.truncated is not None or len(hop.body) >= _MAX_BODY or len(body) >= _MAX_BODY,
    )
    found = extract(decoded.text, hop.url, outlet_rules, anchor)
    language, others = identify_all(found.paragraphs, found.language)
    return Reading(
        found.paragraphs,
        title=found.title,
        authors=found.authors,
        published=found.published,
        language=language,
        charset=decoded.charset,
        charset_reason=decoded.reason,
        extractor=found.extractor,
        modified=found.modified,
        image=found.image,
        is_free=found.is_free,
        languages=others,
        beside=found.beside,
    )


def _read_text(hop: Hop, body: bytes) -> Reading:
    from citekeeper.reading.charset import decode
    from citekeeper.reading.language import identify_all
    from citekeeper.reading.plain import split_paragraphs

    decoded = decode(
        body,
        hop.headers.get("content-type"),
        truncated=hop.truncated is not None or len(hop.body) >= _MAX_BODY or len(body) >= _MAX_BODY,
    )
    paragraphs = split_paragraphs(decoded.text[:_MAX_TEXT])
    language, others = identify_all(paragraphs)
    return Reading(
        paragraphs,
        language=language,
        charset=decoded.charset,
        charset_reason=decoded.reason,
        extractor="plain text",
        languages=others,
    )
