"""Posts of Telegram's public preview: a channel's page (t.me/s/…) and the embed of one post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from citekeeper.reading.metadata import day
from citekeeper.reading.tree import blocks, clean, text_length

_POST = "//*[contains(concat(' ', normalize-space(@class), ' '), ' tgme_widget_message ')]"
_TEXT = "contains(concat(' ', normalize-space(@class), ' '), ' tgme_widget_message_text ')"
_REPLY = "contains(@class, 'tgme_widget_message_reply')"


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts' paragraphs, oldest first as the page has them, with the channel's name and the last post's day."""

    paragraphs: tuple[str, ...]
    title: str | None
    published: date | None
    extractor: str = "telegram preview"


def read_posts(root: Any) -> Posts | None:
    """Read Telegram posts; None where the page holds none, which a channel without preview is like as well."""
    posts = root.xpath(_POST)
    if not posts:
        return None
    paragraphs: list[str] = []
    days: list[date] = []
    for post in posts:
        # A post quotes the one it answers with the same class inside the reply's box; that is another post's text.
        for text in post.xpath(f".//*[{_TEXT}][not(ancestor::*[{_REPLY}])][not(ancestor::*[{_TEXT}])]"):
            if text_length(text):
                paragraphs += [block.text for block in blocks(text)]
        days += [found for node in post.xpath(".//time[@datetime]") if (found := day(node.get("datetime")))]
    names = root.xpath("//*[contains(@class, 'tgme_channel_info_header_title') or contains(@class, '_owner_name')]")
    title = clean("".join(names[0].itertext())) if names else None
    return Posts(tuple(paragraphs), title or None, days[-1] if days else None)
