"""The headlines that a page gives itself, out of its text."""

from __future__ import annotations

import html
import re

_TAGS = re.compile(r"<[^>]*>")
_ELEMENTS = re.compile(r"(?is)<(title|h1)\b[^>]*>(.{1,2000}?)</\1\s*>")
_META = re.compile(r"(?is)<meta\b[^>]{0,4000}>")
_NAMED = re.compile(r"""(?i)(?:property|name|itemprop)\s*=\s*["']?(?:og:title|twitter:title|headline)["'\s>]""")
_CONTENT = re.compile(r"""(?is)\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_HEADLINE = re.compile(r'"headline"\s*:\s*"((?:[^"\\]|\\.){1,600})"')
_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_SITE = re.compile(r"\s+[|—–\-·•:/]+\s+")
_MOST = 12
_LONGEST = 600


def headlines(page: str) -> list[str]:
    """Title, first headings, and what its metadata call its title, each once, without markup."""
    found = [match[2] for match in _ELEMENTS.finditer(page)]
    contents = (_CONTENT.search(match[0]) for match in _META.finditer(page) if _NAMED.search(match[0]))
    found += [content[1] or content[2] or "" for content in contents if content]
    found += [
        _UNICODE.sub(lambda m: chr(int(m[1], 16)), match[1]).replace('\\"', '"') for match in _HEADLINE.finditer(page)
    ]
    clean = (" ".join(html.unescape(_TAGS.sub(" ", text)).split())[:_LONGEST] for text in found)
    return [text for text in dict.fromkeys(clean) if text][:_MOST]


def without_site(title: str) -> list[str]:
    """A title as it is, and without the name of the site that may stand at its end or its beginning."""
    parts = _SITE.split(title)
    found = [title]
    for count in range(len(parts) - 1, 0, -1):
        kept = title[: _nth_break(title, count)]
        found.append(kept.strip())
    if len(parts) > 1:
        found.append(title[_SITE.search(title).end() :].strip())  # type: ignore[union-attr]
    return [text for text in dict.fromkeys(found) if text]


def _nth_break(title: str, count: int) -> int:
    breaks = list(_SITE.finditer(title))
    return breaks[count - 1].start()
