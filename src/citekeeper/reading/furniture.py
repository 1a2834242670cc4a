"""What stands around an article and is not it: comments, "read also", sharing, subscription, tags, credits, dates.

The words by which it is known, in the markup (class and id) and in the text (Russian, Ukrainian, English, Dutch,
German, French), are in data/furniture.toml; none is of one outlet, whose own are in data/outlets.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from citekeeper.reading.knowledge import any_of, phrases, table
from citekeeper.reading.tree import Block, text_length

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_FURNITURE_TAGS: Final = ("footer", "form", "figcaption", "figure", "aside")
_SEMANTIC: Final = re.compile(r"(?i)articlebody|article-body|article__body|entry-content|post-content")

_ROLES: Final = ("navigation", "search", "banner", "contentinfo")

_LONGEST_BLOCK: Final = 30_000  # characters; no paragraph is so long, but data in a page is
_LONGEST_ASIDE: Final = 30  # words; a longer paragraph is never taken for an aside by its opening
_LONGEST_HEADING: Final = 8  # words of a heading that closes the article


_LONGEST_LABEL: Final = 8  # words; a label that is also the beginning of a sentence counts in no longer block
_SENTENCE_END = re.compile(r"[.!?…][\W_]*$")


def openings(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for a block that begins with one of some phrases (lower case, “е” for “ё”)."""
    return re.compile(rf"[^\w©]*(?:{any_of(phrases)})(?!\w)")


@cache
def _asides() -> re.Pattern[str]:
    return openings(phrases("furniture", "asides"))


@cache
def _labels() -> re.Pattern[str]:
    return openings(phrases("furniture", "labels"))


@cache
def _closings() -> re.Pattern[str]:
    return openings(phrases("furniture", "closings"))


@cache
def _comments() -> re.Pattern[str]:
    known = table("furniture")["comments"]
    words = f"(?:{any_of(known['stems'])}|(?:{any_of(known['words'])})\\b)"
    return re.compile(rf"\W*(?:(?:{any_of(known['before'])})\s+)?{words}")


@cache
def _date_words() -> re.Pattern[str]:
    known = table("furniture")["dates"]
    return re.compile(rf"\d+|(?:{any_of(known['stems'])})\w{{0,4}}|{any_of(known['words'])}")


@cache
def _markup() -> re.Pattern[str]:
    return _named(table("furniture")["markup"]["words"])


@cache
def _others() -> re.Pattern[str]:
    known = table("furniture")["markup"]
    return _named([*(word for word in known["words"] if word not in known["own"]), *known["others"]])


def _named(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{any_of(words)})(?=$|[\s_\d-])")


@cache
def _credits() -> re.Pattern[str]:
    known = any_of(table("furniture")["credits"]["openings"])
    return re.compile(rf"(?i)^\W*(?:©|\(c\)|\(с\)|copyright\b|(?:{known})\b[^.!?]{{0,90}}$)")


@cache
def _agencies() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?:/ ?|\()?(?:{any_of(table('furniture')['credits']['agencies'])})\W*$")


_WORD = re.compile(r"\w+")
_CAPTURED_SCRIPT = re.compile(
    r"function\s*\(|var \w+\s*=|document\.\w+|\{[^{}]{0,200}:[^{};]{0,200};|</?(?:div|a|img|p|span|script)\b"
)


def prune_furniture(root: Any) -> None:
    """Take out, in place, the parts whose markup says that they are not the article.

    What holds the main heading, or much of the page's running text, stays: such names are also given to whole pages.
    """
    whole = max(running_text(root), 1)
    for node in [*root.iter(*_FURNITURE_TAGS), *root.xpath("//*[@class or @id or @role]")]:
        if node.tag in ("html", "body", "article", "main", "h1") or node.getparent() is None:
            continue
        if node.tag not in _FURNITURE_TAGS and not _says_furniture(node):
            continue
        if node.find(".//h1") is not None or _SEMANTIC.search(f"{node.get('itemprop')} {node.get('class')}"):
            continue
        limit = 0.3 if node.tag in _FURNITURE_TAGS or "comment" not in f"{node.get('class')} {node.get('id')}" else 0.7
        if running_text(node) < limit * whole:
            node.drop_tree()


def _says_furniture(node: Any) -> bool:
    return bool(_markup().search(_names(node))) or node.get("role") in _ROLES


def _names(node: Any) -> str:
    return _CAMEL.sub("-", f"{node.get('class', '')} {node.get('id', '')}").lower()


def says_other(node: Any) -> bool:
    """Whether an element's names say that it belongs to others: other articles, readers, advertisers, the site."""
    return bool(_others().search(_names(node))) or node.get("role") in _ROLES


def running_text(node: Any) -> int:
    """Characters in text nodes long enough to be running text; menus and captions have none."""
    if text_length(node) < 80:
        return 0
    return sum(len(part) for part in node.itertext() if len(part) > 80)


def is_furniture(block: Block) -> bool:
    """Whether a block inside the article's part of the page is not the article's text, by its words and links."""
    text = block.text
    words = _WORD.findall(text.lower())
    if not words or len(text) > _LONGEST_BLOCK:
        return True
    if is_aside(text, len(words)):
        return True
    density = block.link_density
    if density > 0.8 or (density > 0.5 and len(words) < 25):
        return True
    if len(words) <= 20 and sum(1 for word in words if _date_words().fullmatch(word)) >= 0.65 * len(words):
        return True
    if len(words) <= 20 and (_credits().match(text) or (len(words) <= 12 and _agencies().search(text))):
        return True
    return bool(_CAPTURED_SCRIPT.search(text))


def is_aside(text: str, words: int) -> bool:
    """Whether a text of so many words begins as no paragraph of an article does."""
    if words > _LONGEST_ASIDE:
        return False
    said = plain(text)
    if _asides().match(said):
        return True
    return words <= _LONGEST_LABEL and bool(_labels().match(said)) and not _SENTENCE_END.search(text)


def closes(block: Block) -> bool:
    """Whether a block is the heading of what follows an article: other pages, or readers' comments."""
    text = plain(block.text)
    return len(_WORD.findall(text)) <= _LONGEST_HEADING and bool(_closings().match(text))


def opens_comments(block: Block) -> bool:
    """Whether a block is the heading of readers' comments."""
    text = plain(block.text)
    return len(_WORD.findall(text)) <= _LONGEST_HEADING and bool(_comments().match(text))


def plain(text: str) -> str:
    """``text`` as the phrases are written: in lower case, “е” for “ё”."""
    return text.lower().replace("ё", "е")
