"""Links that make a browser show a passage: text directives of the WICG draft “URL Fragment Text Directives”.

``#:~:text=prefix-,start,end,-suffix``: a browser shows the first passage that matches, without regard to case, at the
bounds of words. So a directive is made of the page's own words, as few as lead to this passage and to no earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote as percent_encode

_WHOLE = 10  # words up to which a passage is written out
_LONGEST = 1500  # characters of a directive; longer ones break in mails and tables
_CONTEXT = 300  # characters looked at on either side for a prefix and a suffix


@dataclass(frozen=True, slots=True)
class _Directive:
    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        parts = [f"{_encoded(self.prefix)}-"] * bool(self.prefix) + [_encoded(self.start)]
        parts += [_encoded(self.end)] * bool(self.end) + [f"-{_encoded(self.suffix)}"] * bool(self.suffix)
        return "#:~:text=" + ",".join(parts)

    def leads_to(self, text: str, start: int, end: int) -> bool:
        """Whether a browser that obeys comes to ``text[start:end]`` first."""
        before = rf"(?<!\w){_loose(self.prefix)}\s*" if self.prefix else r"(?<!\w)"
        after = rf"\s*{_loose(self.suffix)}(?!\w)" if self.suffix else r"(?!\w)"
        between = rf"(?P<passage>{_loose(self.start)}"
        if not self.end:
            match = re.compile(rf"{before}{between}){after}", re.IGNORECASE).search(text)
            return match is not None and match.span("passage") == (start, end)
        opening = re.compile(rf"{before}{between})(?!\w)", re.IGNORECASE).search(text)
        if opening is None or opening.start("passage") != start:
            return False
        closing = re.compile(rf"(?<!\w)(?P<ending>{_loose(self.end)}){after}", re.IGNORECASE).search(
            text, opening.end()
        )
        return closing is not None and closing.end("ending") == end


def text_fragment(text: str, start: int = 0, end: int | None = None) -> str:
    """The fragment that makes a browser show ``text[start:end]`` on the page whose text is ``text``.

    Args:
        text: the page's text, paragraphs parted by line breaks; or a quote alone.
        start: where the passage begins.
        end: where it ends; at the end of ``text`` by default.

    Returns:
        ``#:~:text=…`` with context where the same words stand earlier on the page; "" where no directive of a sane
        length leads to the passage.
    """
    end = len(text) if end is None else end
    start, end = _trimmed(text, start, end)
    for directive in _candidates(text, start, end):
        if len(str(directive)) <= _LONGEST and directive.leads_to(text, start, end):
            return str(directive)
    return ""


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    passage = text[start:end]
    marks = " \t\r\n«»„“”\"'‘’.,;:…"
    start += len(passage) - len(passage.lstrip(marks))
    return start, max(end - (len(passage) - len(passage.rstrip(marks))), start)


def _candidates(text: str, start: int, end: int) -> Iterator[_Directive]:
    """Directives for the passage, the shortest first."""
    passage = text[start:end]
    words = passage.split()
    if not words:
        return
    # The outermost word of either side may be cut in two.
    before, after = f" {text[:start]}"[-_CONTEXT:].split()[1:], text[end:][:_CONTEXT].split()[:-1]
    contexts = [("", ""), *((" ".join(before[-n:]), " ".join(after[:n])) for n in (2, 4, 8, 16))]
    for prefix, suffix in contexts:
        if len(words) <= _WHOLE and "\n" not in passage:
            yield _Directive(passage, "", prefix, suffix)
            continue
        for n in (4, 8):
            if 2 * n <= len(words):
                yield _Directive(" ".join(words[:n]), " ".join(words[-n:]), prefix, suffix)
        if len(words) < 8:
            middle = (len(words) + 1) // 2
            yield _Directive(" ".join(words[:middle]), " ".join(words[middle:]), prefix, suffix)


def _loose(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _encoded(words: str) -> str:
    """Percent-encoded, with ``-``, ``,`` and ``&`` too, which have a meaning in a directive."""
    return percent_encode(" ".join(words.split()), safe="").replace("-", "%2D")
