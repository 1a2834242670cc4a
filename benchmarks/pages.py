"""Pages of the size and make of a news article: 18 kB each, the same on every machine."""

from __future__ import annotations

import random
from pathlib import Path

PAGE_SIZE = 18_000
TINY_SIZE = 4_000
PAGES = 50

_WORDS = (
    "the of a government minister said report that region company people court on Tuesday after city official in and",
    "to letter published newspaper according source reader archive document evidence statement between against year",
    "month several many other new large small first last open closed public state water road school hospital market",
)
_CYRILLIC = ("суд решение город власть письмо человек страна закон работа время слово статья газета источник",)


def _split(lines: tuple[str, ...]) -> list[str]:
    return [word for line in lines for word in line.split()]


def page(number: int, size: int = PAGE_SIZE) -> bytes:
    """Page ``number`` in ``size`` bytes: head with metadata, navigation, paragraphs with links, scripts and a footer.

    A page that is to be smaller than that has a title and as much text as there is room for.
    """
    rng = random.Random(number)  # noqa: S311 - text, not secrets
    latin, cyrillic = _split(_WORDS), _split(_CYRILLIC)
    title = " ".join(rng.choices(latin, k=7)).capitalize()
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title} | The Example Courier</title>\n"
        f'<meta property="og:title" content="{title}">\n<meta property="og:type" content="article">\n'
        '<link rel="stylesheet" href="/static/site.css"><script src="/static/site.js" defer></script>\n'
        "<script>window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);}</script>\n"
        '</head>\n<body class="article">\n<header><nav><ul>'
        + "".join(f'<li><a href="/section/{word}">{word.capitalize()}</a></li>' for word in latin[3:18])
        + f"</ul></nav></header>\n<main><article><h1>{title}</h1>\n"
    )
    foot = "</article></main>\n<footer><p>© The Example Courier. All rights reserved.</p></footer>\n</body>\n</html>\n"
    room = size - len(foot.encode())
    body = head.encode()
    if len(body) > room:
        body = f"<!DOCTYPE html><html><head><title>{title}</title></head><body>".encode()
    while len(body) < room:
        words = rng.choices(cyrillic if rng.random() < 0.25 else latin, k=60)
        words[rng.randrange(60)] = f'<a href="/{rng.randrange(10_000)}/{rng.choice(latin)}">{rng.choice(words)}</a>'
        body += f"<p>{' '.join(words).capitalize()}.</p>\n".encode()
    cut = body[:room].rpartition(b"<p>")[0] or body[:room]
    return cut + b" " * (room - len(cut)) + foot.encode()


def write_pages(folder: Path, size: int) -> None:
    """Write all pages as ``00.html``, ``01.html`` and so on."""
    for number in range(PAGES):
        (folder / f"{number:02}.html").write_bytes(page(number, size))
