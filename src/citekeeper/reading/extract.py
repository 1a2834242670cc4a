"""Main text and metadata of an HTML page, from one parse of it."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any, Final

from citekeeper.reading import beside
from citekeeper.reading.article import day_by_heading, find_article, told_once
from citekeeper.reading.furniture import is_furniture, prune_furniture
from citekeeper.reading.metadata import Metadata, day_by_htmldate, names_in, read_metadata
from citekeeper.reading.outlets import Outlet, rule_for
from citekeeper.reading.posts import read_posts
from citekeeper.reading.tree import blocks, clean, parse, prune
from citekeeper.reading.video import read_video

__all__ = ["Extract", "clean", "extract"]

_WORD = re.compile(r"\w+")
_WHOLE_BODY: Final = 100  # words of a JSON-LD article, from which on it may stand in for a page without text
_BY_RULE: Final = 25  # words, from which on what an outlet's rule names is the article
_SAMPLE: Final = 60_000  # characters by which the language of jusText's function words is chosen


@dataclass(frozen=True, slots=True)
class Extract:
    """Paragraphs in order, and what the page says of itself."""

    paragraphs: tuple[str, ...]
    extractor: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    language: str | None = None
    modified: date | None = None
    image: str | None = None
    is_free: bool | None = None
    beside: tuple[str, ...] = ()


def extract(html: str, url: str, own_rules: str | None = None, anchor: str = "") -> Extract:
    """Read an article out of a page.

    Args:
        html: the decoded page.
        url: its address, which metadata readers use, and by which an outlet's rule is found.
        own_rules: a file with the user's own rules for outlets.
        anchor: the fragment of the cited address, which may name a comment.

    Returns:
        The extract; with no paragraphs where the page holds no running text.
    """
    root = parse(html)
    if root is None:
        return Extract((), "none")
    rule = rule_for(url, own_rules)
    metadata = read_metadata(root)
    if rule is not None:
        rule.drop_from(root)
        _take_fields(metadata, rule, root)
    video = read_video(html, url)
    if video is not None:
        metadata.authors = [video.channel] if video.channel else metadata.authors
        return _told(video.paragraphs, video.extractor, metadata, video.title, video.published)
    posts = read_posts(root)
    if posts is not None:
        return _told(posts.paragraphs, posts.extractor, metadata, posts.title, posts.published)
    if metadata.is_video and metadata.description:
        lines = [text for text in map(clean, metadata.description.split("\n")) if text]
        return _told(lines, "description", metadata)
    scripts = list(root.iter("script"))
    prune(root)
    if metadata.published is None:
        metadata.published = day_by_heading(root, metadata.title) or day_by_htmldate(root, url)
    titles = [title for title in (metadata.title, *metadata.titles) if title]
    if rule is not None and (by_rule := _article_by_rule(rule, root, titles)):
        more = beside.shown_of(root, anchor)
        return _told(by_rule, f"the rules for {rule.name}", metadata, more=more)
    more = beside.shown_of(root, anchor)
    prune_furniture(root)
    paragraphs, extractor = find_article(root, titles, metadata.body, _stoplist(root))
    if rule is not None:
        paragraphs = _without_asides(rule, paragraphs)
    if metadata.body and _says_more(metadata.body, paragraphs):
        paragraphs, extractor = [text for text in map(clean, metadata.body.split("\n")) if text], "json-ld"
    more += beside.of_program(scripts, paragraphs, metadata.description)
    return _told(paragraphs, extractor, metadata, more=more)


def _take_fields(metadata: Metadata, rule: Outlet, root: Any) -> None:
    """Take title, day and authors from where the outlet's rule says that they stand."""
    metadata.title = rule.title_of(root) or metadata.title
    metadata.published = rule.day_of(root) or metadata.published
    metadata.authors = names_in(rule.author_lines(root)) or metadata.authors


def _article_by_rule(rule: Outlet, root: Any, titles: Sequence[str]) -> list[str]:
    """The paragraphs in the elements that the rule names; none where these hold next to nothing."""
    from lxml import html as lxml_html

    article = lxml_html.Element("article")
    for node in rule.elements("body", root):
        part = copy.deepcopy(node)
        part.tail = None
        part.attrib.clear()  # a name that would make it furniture
        article.append(part)
    prune_furniture(article)
    within = takewhile(lambda block: not rule.closes(block.text), blocks(article))
    paragraphs = _without_asides(rule, told_once([block for block in within if not is_furniture(block)], titles))
    return paragraphs if sum(len(_WORD.findall(text)) for text in paragraphs) >= _BY_RULE else []


def _without_asides(rule: Outlet, paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs up to where the outlet's articles are over, without its asides."""
    end = next((i for i, text in enumerate(paragraphs) if rule.closes(text)), len(paragraphs))
    return [text for text in paragraphs[:end] if not rule.is_aside(text)]


def _told(
    paragraphs: Sequence[str],
    extractor: str,
    metadata: Metadata,
    title: str | None = None,
    published: date | None = None,
    more: Sequence[str] = (),
) -> Extract:
    return Extract(
        tuple(paragraphs),
        extractor,
        title or metadata.title,
        tuple(metadata.authors),
        published or metadata.published,
        metadata.language,
        metadata.modified,
        metadata.image,
        metadata.is_free,
        beside.untold(more, paragraphs, title or metadata.title),
    )


def _says_more(body: str, paragraphs: Sequence[str]) -> bool:
    """Whether JSON-LD holds an article that the page's markup does not show (scripts would put it there)."""
    told = Counter(_WORD.findall(body.lower()))
    shown = Counter(word for text in paragraphs for word in _WORD.findall(text.lower()))
    return told.total() >= _WHOLE_BODY and (told & shown).total() < 0.3 * told.total()


def _stoplist(root: Any) -> str:
    """The page's language by its text, as jusText names it; English where it has no list for it."""
    from citekeeper.reading.language import identify

    text = " ".join(root.itertext())[-_SAMPLE:]
    return _STOPLISTS.get(identify(text) or "", "English")


_STOPLISTS: Final = {
    "ru": "Russian", "uk": "Ukrainian", "be": "Belarusian", "bg": "Bulgarian", "en": "English", "nl": "Dutch",
    "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "pl": "Polish",
    "cs": "Czech", "sk": "Slovak", "sv": "Swedish", "da": "Danish", "fi": "Finnish", "hu": "Hungarian",
    "ro": "Romanian", "lt": "Lithuanian", "lv": "Latvian", "et": "Estonian", "tr": "Turkish", "kk": "Kazakh",
    "ka": "Georgian", "hy": "Armenian", "el": "Greek", "sr": "Serbian", "mk": "Macedonian", "hr": "Croatian",
    "no": "Norwegian_Bokmal", "nb": "Norwegian_Bokmal", "az": "Azerbaijani", "he": "Hebrew", "ar": "Arabic",
}  # fmt: skip
