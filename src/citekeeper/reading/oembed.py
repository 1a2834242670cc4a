"""oEmbed answers (oembed.com): a tweet or another post as a publisher offers it for embedding."""

from __future__ import annotations

import json

from citekeeper.model import Reading
from citekeeper.reading.language import identify_paragraphs
from citekeeper.reading.metadata import original
from citekeeper.reading.tree import blocks, clean, parse, prune


def read_oembed(data: bytes) -> Reading | None:
    """Read an oEmbed answer: the text of its ``html``, its ``title`` and ``author_name``; None where it is not one."""
    try:
        answer = json.loads(data.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict) or "version" not in answer:
        return None
    markup, title, author = (answer.get(key) for key in ("html", "title", "author_name"))
    image = answer.get("thumbnail_url")
    paragraphs: list[str] = []
    root = parse(markup) if isinstance(markup, str) else None
    if root is not None:
        prune(root)
        # The last line of an embedded post is its signature: “— Name (@name) date”.
        paragraphs = [block.text for block in blocks(root) if not block.text.startswith(("— ", "&mdash; "))]
    return Reading(
        tuple(paragraphs),
        title=clean(title) or None if isinstance(title, str) else None,
        authors=(clean(author),) if isinstance(author, str) and clean(author) else (),
        language=identify_paragraphs(paragraphs),
        charset="utf-8",
        charset_reason="JSON is UTF-8 (RFC 8259)",
        extractor="oembed",
        image=original(image) if isinstance(image, str) and image else None,
    )
