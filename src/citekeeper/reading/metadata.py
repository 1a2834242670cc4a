"""What a page says of itself: schema.org JSON-LD, OpenGraph and other meta elements, headings and bylines.

A page's own statements are distrusted where they cannot be: dates in the future of nothing, authors that are addresses
or the outlet itself. Wayback replays are read as the pages they replay.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from citekeeper.reading.days import iso_day, spelled_day
from citekeeper.reading.tree import clean

_MAX_SCRIPT: Final = 1024 * 1024  # characters of one JSON-LD script
_MAX_NODES: Final = 2_000
_ARTICLE_TYPES = re.compile(
    r"Article$|^(?:Report|BlogPosting|LiveBlogPosting|SocialMediaPosting|VideoObject|NewsStory)$"
)
_REPLAYED = re.compile(r"^(?:https?://web\.archive\.org)?/web/\d{1,14}[a-z_]{0,4}/(?=https?:)", re.IGNORECASE)
_BY = re.compile(r"(?i)^\W*(?:by|door|von|par|автор[ыи]?|авторка|текст|підготував|подготовила?)\b[:\s]+")
_AND = re.compile(r"\s*(?:;|,| and | en | und | и | та | et )\s*")
_NAME = re.compile(r"(?=.*[^\W\d_])[^<>@/\\|{}\[\]]{2,60}")
_NOT_A_PERSON = re.compile(
    r"(?i)https?:|www\.|\d{3}|\w\.(?:ru|com|org|net|ua|info|nl|de|by|kz)\b|\b(?:ltd|inc|llc|gmbh|co|b\.?v|ооо|оао|зао|"
    r"design\w*|programming|web\w*|html|studio|студия|admin\w*|агентство|агенство|новости|news|издательство)\b|:"
)
_WORD = re.compile(r"\w+")
_LONGEST_TITLE: Final = 300  # characters of a heading
_AGREEING: Final = 1.2  # of 2: how much of heading and title are in each other
_SUFFIX = re.compile(r"\s+(?:[|—–:»«/·•-]{1,2}|::|//)\s+")
_PUBLISHED: Final = (
    "article:published_time", "datepublished", "article:published", "og:published_time", "publishdate", "pubdate",
    "parsely-pub-date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date",
    "sailthru.date", "publication_date", "date", "mediator_published_time", "citation_publication_date",
)  # fmt: skip
_MODIFIED: Final = ("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "last-modified")
_AUTHOR_META: Final = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl",
                       "sailthru.author", "mediator_author", "citation_author", "twitter:creator:name")  # fmt: skip


@dataclass(slots=True)
class Metadata:
    """A page's statements on itself; ``titles`` best first, ``body`` the article as JSON-LD gives it."""

    titles: list[str] = field(default_factory=list)
    title: str | None = None
    description: str | None = None
    authors: list[str] = field(default_factory=list)
    published: date | None = None
    modified: date | None = None
    language: str | None = None
    image: str | None = None
    is_free: bool | None = None
    body: str | None = None
    is_video: bool = False


def read_metadata(root: Any) -> Metadata:
    """Read a page's statements out of its whole tree, scripts included; the tree is left as it is."""
    found = Metadata()
    meta = _meta(root)
    nodes = list(json_ld(root))
    articles = [node for node in nodes if _is_article(node)]
    for node in articles:
        _take_article(found, node)
    _take_meta(found, meta)
    _take_page(found, root)
    found.is_video = _is_video(meta, articles)
    found.title = _title(root, found.titles)
    site = {name.lower() for name in (meta.get("og:site_name"), _publisher(articles)) if name}
    found.authors = _distinct(name for name in found.authors if name.lower() not in site)
    if found.image:
        found.image = original(found.image)
        if not re.match(r"https?://", found.image):
            found.image = None
    return found


def original(url: str) -> str:
    """The address that a Wayback Machine replay rewrote into its own, or ``url`` itself."""
    return _REPLAYED.sub("", url.strip())


def json_ld(root: Any) -> Iterator[dict[str, Any]]:
    """Every object in the page's JSON-LD scripts, depth first, a bounded number of them."""
    queue: list[Any] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            value = _lenient_json((script.text or "")[:_MAX_SCRIPT])
            queue.append(value)
    count = 0
    while queue and count < _MAX_NODES:
        value = queue.pop(0)
        count += 1
        if isinstance(value, dict):
            yield value
            queue.extend(value.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"))
        elif isinstance(value, list):
            queue.extend(value[:100])


def _lenient_json(text: str) -> Any:
    text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)\s*$", "", text).strip()
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _meta(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        content = clean(node.get("content") or "")
        if name and content:
            found.setdefault(name, content)
    return found


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    return any(_ARTICLE_TYPES.search(str(kind)) for kind in (types if isinstance(types, list) else [types]))


def _is_video(meta: dict[str, str], articles: Sequence[dict[str, Any]]) -> bool:
    only_video = bool(articles) and all("VideoObject" in str(node.get("@type")) for node in articles)
    return meta.get("og:type", "").startswith("video") or only_video


def _take_article(found: Metadata, node: dict[str, Any]) -> None:
    for key in ("headline", "name"):
        _add_title(found, _string(node.get(key)))
    found.authors += _names(node.get("author"))
    found.published = found.published or day(_string(node.get("datePublished") or node.get("uploadDate")))
    found.modified = found.modified or day(_string(node.get("dateModified")))
    found.description = found.description or clean(_string(node.get("description"))) or None
    found.image = found.image or _image(node.get("image") or node.get("thumbnailUrl"))
    free = str(node.get("isAccessibleForFree", "")).lower()
    if found.is_free is None and free in ("true", "false"):
        found.is_free = free == "true"
    body = _string(node.get("articleBody"))
    if len(body) > len(found.body or ""):
        found.body = _text_of(body)


def _take_meta(found: Metadata, meta: dict[str, str]) -> None:
    for name in ("og:title", "twitter:title", "title", "dc.title", "headline"):
        _add_title(found, meta.get(name, ""))
    found.published = found.published or next((day(meta[name]) for name in _PUBLISHED if day(meta.get(name, ""))), None)
    found.modified = found.modified or next((day(meta[name]) for name in _MODIFIED if day(meta.get(name, ""))), None)
    found.description = found.description or meta.get("og:description") or meta.get("description")
    found.image = found.image or meta.get("og:image") or meta.get("twitter:image")
    if not found.authors:
        found.authors = next((names for name in _AUTHOR_META if (names := _names(meta.get(name)))), [])
    if not found.language and (match := re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", meta.get("og:locale", ""))):
        found.language = match[1].lower()


def _take_page(found: Metadata, root: Any) -> None:
    if match := re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", (root.get("lang") or root.get("xml:lang") or "").strip()):
        found.language = match[1].lower()
    _add_title(found, root.findtext(".//title") or "")
    if found.published is None:
        marked = root.xpath("//*[@itemprop='datePublished' or @pubdate][@datetime or @content]")
        found.published = next((d for node in marked if (d := day(node.get("datetime") or node.get("content")))), None)
    if found.modified is None:
        marked = root.xpath("//*[@itemprop='dateModified'][@datetime or @content]")
        found.modified = next((d for node in marked if (d := day(node.get("datetime") or node.get("content")))), None)
    if not found.authors:
        marked = root.xpath("//*[@itemprop='author' or @rel='author']") + root.xpath(
            "//*[contains(@class, 'byline') or contains(@class, 'author-name') or contains(@class, 'author__name')"
            " or contains(@class, 'article-author') or contains(@class, 'article__author')]"
        )
        for node in marked[:10]:
            inner = node.find(".//*[@itemprop='name']")
            text = clean("".join((inner if inner is not None else node).itertext()))
            if len(text) <= 120:
                found.authors += _names(text)


def _add_title(found: Metadata, text: str) -> None:
    title = clean(text)[:500]
    if title and title not in found.titles:
        found.titles.append(title)


def _title(root: Any, titles: Sequence[str]) -> str | None:
    """The page's headline: the heading that agrees with what the page calls itself, or that without the site's name."""
    wanted = [set(_WORD.findall(title.lower())) for title in titles]
    best: tuple[float, str] | None = None
    for tag, favour in (("h1", 0.3), ("h2", 0.0)):
        for text in (text for heading in root.iter(tag) for text in _wordings(heading)):
            own = set(_WORD.findall(text.lower()))
            for other in wanted:
                if not own or not other or len(text) > _LONGEST_TITLE:
                    continue
                shared = len(own & other)
                agreement = shared / len(own) + shared / len(other)
                # All of a heading inside a title, and no small part of it: the title has the site's name beside it.
                if shared < 0.8 * len(own) or shared < min(2, len(other)) or agreement <= _AGREEING:
                    continue
                if best is None or agreement + favour > best[0] + 1e-9:
                    best = (agreement + favour, text)
    if best:
        return best[1]
    return _without_site(titles[0]) if titles else None


def _wordings(heading: Any) -> list[str]:
    """A heading as it stands, without links into the page itself, and its first line, where a subtitle follows."""
    lines = [""]

    def take(node: Any) -> None:  # no deeper than a tree is parsed
        if node.tag == "br":
            lines.append("")
        elif isinstance(node.tag, str) and not (node.tag == "a" and (node.get("href") or "").startswith("#")):
            lines[-1] += node.text or ""
            for child in node:
                take(child)
        if node is not heading:
            lines[-1] += node.tail or ""

    take(heading)
    whole, first = clean(" ".join(lines)), clean(lines[0])
    return [whole] if first == whole or not first else [whole, first]


def _without_site(title: str) -> str:
    """The part of a title with the most words, which is seldom the site's name."""
    parts = _SUFFIX.split(title)
    most = max(parts, key=lambda part: len(_WORD.findall(part)))
    return most if len(_WORD.findall(most)) >= 3 else title


def _publisher(articles: Sequence[dict[str, Any]]) -> str | None:
    for node in articles:
        publisher = node.get("publisher")
        if isinstance(publisher, dict):
            return _string(publisher.get("name")) or None
    return None


def _string(value: Any) -> str:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    if isinstance(value, dict):
        value = value.get("@value", "")
    return value if isinstance(value, str) else ""


def _text_of(markup: str) -> str:
    """Text of a field that may hold markup or entities; line ends stay."""
    import html

    text = html.unescape(re.sub(r"(?i)</p>|<br\s*/?>", "\n", markup))
    return re.sub(r"<[^<>]{0,500}>", " ", text)


def names_in(lines: Sequence[str]) -> list[str]:
    """The persons named in lines such as “By A. B. and C. D.”, each once."""
    return _distinct(name for line in lines for name in _names(line))


def _names(value: Any) -> list[str]:
    """The persons that an author field names, in any of the shapes that sites give it."""
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names(item)]
    if isinstance(value, dict):
        return _names(value.get("name"))
    if not isinstance(value, str):
        return []
    parts = _AND.split(_BY.sub("", clean(value))) if len(value) <= 300 else []
    return [part for part in (raw.strip(" .,·|—–-") for raw in parts) if _is_name(part)]


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and len(text.split()) <= 5 and not _NOT_A_PERSON.search(text)


def _distinct(names: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.lower(), name)
    return list(found.values())


def _image(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl")
    return value if isinstance(value, str) and value else None


def day(text: str | None) -> date | None:
    """The day that a date field names, in ISO 8601 or as people write it; None where it names none."""
    text = (text or "")[:80]
    return iso_day(text) or spelled_day(text)


def day_by_htmldate(root: Any, url: str) -> date | None:
    """The date that htmldate reads out of the markup; its guesses from loose text are not asked for."""
    from htmldate import find_date

    return iso_day(find_date(copy.deepcopy(root), extensive_search=False, original_date=True, url=url or None))
