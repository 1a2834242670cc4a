"""HTML tags in a source text, and the web addresses in their attributes, each with its exact place.

Written after the tokenizer of the HTML Living Standard (section 13.2.5) as far as tags, comments and raw text go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from citekeeper.content import attribute_value
from citekeeper.importers.bare import is_web

_MARKUP = re.compile(r"<!--|<(?=[!?])|<(/?)([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""[\s/]*(?:([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?)""")
_COMMENT_END = re.compile(r"--!?>")
_RAW_TEXT = {"script", "style", "textarea", "title", "xmp", "noembed", "noframes", "plaintext"}
_URL_ATTRIBUTES = {
    "a": ("href",), "area": ("href",), "link": ("href",), "img": ("src", "srcset"), "source": ("src", "srcset"),
    "iframe": ("src",), "frame": ("src",), "embed": ("src",), "script": ("src",), "audio": ("src",), "input": ("src",),
    "video": ("src", "poster"), "track": ("src",), "object": ("data",), "blockquote": ("cite",), "q": ("cite",),
    "ins": ("cite",), "del": ("cite",), "image": ("href", "xlink:href"),
}  # fmt: skip
_NO_PAGE = re.compile(r"(?i)\b(?:preconnect|dns-prefetch)\b")
_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*)")


class Attribute(NamedTuple):
    """An attribute: name in lower case, value with character references resolved, and where its value begins."""

    name: str
    value: str
    start: int


class Tag(NamedTuple):
    """A tag at ``text[start:end]``."""

    name: str
    closing: bool
    start: int
    end: int
    attributes: tuple[Attribute, ...]


def parse_tag(text: str, start: int) -> Tag | None:
    """The tag that begins at ``text[start]``; None where none does, or where it does not end."""
    match = _MARKUP.match(text, start)
    if not match or match[2] is None:
        return None
    attributes: list[Attribute] = []
    position = match.end()
    while True:
        end = _tag_end(text, position)
        if end is not None:
            return Tag(match[2].lower(), bool(match[1]), start, end, tuple(attributes))
        found = _ATTRIBUTE.match(text, position)
        if not found or found.end() == position:
            return None
        group = found.lastindex or 1
        value = found[group] if group > 1 else ""
        attributes.append(Attribute(found[1].lower(), attribute_value(value), found.start(group)))
        position = found.end()


_END = re.compile(r"[\s/]*>")


def _tag_end(text: str, position: int) -> int | None:
    match = _END.match(text, position)
    return match.end() if match else None


def tags(text: str, start: int = 0) -> Iterator[Tag]:
    """Every tag outside comments and raw text."""
    position = start
    while match := _MARKUP.search(text, position):
        if match[0] == "<!--":
            end = _COMMENT_END.search(
                text, match.end() - 2 if text[match.end() : match.end() + 1] == ">" else match.end()
            )
            if end is None:
                return
            position = end.end()
        elif match[2] is None:
            end_of = text.find(">", match.end())
            position = end_of + 1 if end_of >= 0 else match.end()
        elif tag := parse_tag(text, match.start()):
            yield tag
            position = tag.end
            if tag.name in _RAW_TEXT and not tag.closing:
                closing = re.compile(rf"(?i)</{re.escape(tag.name)}(?=[\s/>])").search(text, position)
                position = closing.start() if closing else len(text)
        elif text.find(">", match.end()) < 0:
            return  # no tag ends any more
        else:
            position = match.end()


def addresses(tag: Tag) -> Iterator[tuple[int, str]]:
    """The absolute web addresses that a tag refers to, with their places in the source text."""
    names = _URL_ATTRIBUTES.get(tag.name)
    if not names or tag.closing:
        return
    if tag.name == "link" and any(a.name == "rel" and _NO_PAGE.search(a.value) for a in tag.attributes):
        return
    for attribute in tag.attributes:
        if attribute.name not in names:
            continue
        if attribute.name == "srcset":
            for place, url in _candidates(attribute.value):
                if is_web(url):
                    yield attribute.start + place, url
        elif is_web(url := attribute.value.strip()):
            yield attribute.start + len(attribute.value) - len(attribute.value.lstrip()), url


def _candidates(srcset: str) -> Iterator[tuple[int, str]]:
    """Place and address of each image candidate (HTML Living Standard, section 4.8.4.2.1)."""
    position = 0
    while match := _CANDIDATE.match(srcset, position):
        url = match[1].rstrip(",")
        yield match.start(1), url
        position = match.end()
        if url == match[1]:  # a descriptor follows, up to the next comma
            comma = srcset.find(",", position)
            position = comma if comma >= 0 else len(srcset)
