"""Whether a page has running text, by its bytes alone: most pages are no thin ones, and need no parse to say so."""

from __future__ import annotations

from citekeeper.judge.page import plain

THIN_PROSE = 700
"""Characters of running text below which a page is thin."""
_FEW_PARAGRAPHS = 5


def has_paragraphs(content: bytes) -> bool:
    """Whether there are more than a few paragraphs, or a long one; the first few of most pages tell it."""
    starts: list[int] = []
    start = 0
    for _ in range(_FEW_PARAGRAPHS):
        start = content.find(b"<p", start) + 2
        if start == 1:
            enough = content.count(b"<p") + content.count(b"<br") // 2 >= _FEW_PARAGRAPHS
            return enough or any(_is_long(content, at) for at in starts)
        starts.append(start)
    return True


def _is_long(content: bytes, start: int) -> bool:
    """Whether the first run of text in the element whose tag begins here makes a page no thin one by itself."""
    inside = content.find(b">", start) + 1
    end = content.find(b"<", inside) if inside else -1
    return end - inside >= THIN_PROSE and len(plain(content[inside:end].decode("utf-8", "ignore"))) >= THIN_PROSE
