"""The article among a page's blocks: three well-kept extractors vote on each block, and layout decides where it ends.

readability-lxml finds the element that holds the article, jusText judges each paragraph by its function words, and
trafilatura's fast path knows common templates. Each is fooled by pages on which the others are right, so a block counts
by the votes it gets; the article is the stretch of blocks with the greatest sum, from the headline on, and ends where
blocks come that no article has.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import islice
from typing import Any, Final

from citekeeper.reading.context import revise
from citekeeper.reading.days import spelled_day
from citekeeper.reading.furniture import closes, is_furniture, opens_comments
from citekeeper.reading.tree import Block, blocks, clean, parse

_WORD = re.compile(r"\w+")
_WEIGHTS: Final = {"readability-lxml": 1.0, "justext": 0.45, "trafilatura": 0.45, "json-ld": 1.0}
_NEEDED: Final = 0.6  # of votes; a block with more adds to the article's sum, one with less takes away
_INTERRUPTION: Final = 3.0  # words' worth that any block without the votes costs
_LEAD_REACH: Final = 12  # blocks between headline and text, in which a lead may stand
_ARTICLE_ENOUGH: Final = 60  # words, after which a heading of other content ends the article
_SHINGLE: Final = 5  # words
_MAX_ROWS: Final = 2_500
_MAX_PARAGRAPHS: Final = 4_000  # that jusText judges
_MAX_READING: Final = 400_000  # characters of one extractor's text
_MAX_ENDINGS: Final = 100  # places where an article is tried to end
_DATE_REACH: Final = 4  # blocks from the headline
_DATE_LINE: Final = 100  # characters


@dataclass(slots=True)
class _Row:
    block: Block
    words: list[str]
    votes: frozenset[str]
    furniture: bool
    lead: bool = False

    @property
    def weight(self) -> float:
        support = sum(_WEIGHTS[name] for name in self.votes)
        if self.furniture:
            return -2.0 - (0 if support > 1 else 0.3 * min(len(self.words), 10))
        value = len(self.words) * (support - _NEEDED)
        return value if value >= 0 else max(value, -12.0) - _INTERRUPTION


def find_article(root: Any, titles: Sequence[str], body: str | None, language: str) -> tuple[list[str], str]:
    """The article's paragraphs in order, and which extractors they were read by.

    Args:
        root: the pruned tree; it is left as it is.
        titles: what the page calls itself, best first.
        body: the text that the page's JSON-LD gives, if any.
        language: jusText's name of the language, for its function words.
    """
    rows = _rows(root, body, language)
    if not rows:
        return [], "none"
    heading = _headline(rows, titles)
    start, end = _stretch(rows, heading)
    kept = _without_tail(rows[start:end])
    kept = _once([row for row in kept if _belongs(row)], titles)
    voters = {name for row in kept for name in row.votes}
    return [row.block.text for row in kept], "+".join(name for name in _WEIGHTS if name in voters) or "none"


def _rows(root: Any, body: str | None, language: str) -> list[_Row]:
    readings = {
        "readability-lxml": _by_readability(root),
        "justext": _by_justext(root, language),
        "trafilatura": _by_trafilatura(root),
        "json-ld": body or "",
    }
    haystacks = {
        name: f" {' '.join(_WORD.findall(text[:_MAX_READING].lower()))} " for name, text in readings.items() if text
    }
    rows = []
    for block in islice(blocks(root), _MAX_ROWS):
        words = _WORD.findall(block.text.lower())
        if not words or block.node.tag in ("html", "head", "title"):
            continue
        needle = f" {' '.join(words)} "
        votes = frozenset(name for name, text in haystacks.items() if needle in text)
        rows.append(_Row(block, words, votes, is_furniture(block)))
    return rows


def _by_readability(root: Any) -> str:
    from lxml.etree import LxmlError
    from readability import Document as ReadableDocument
    from readability.readability import Unparseable

    try:
        summary = ReadableDocument(copy.deepcopy(root)).summary(html_partial=True)
    except (Unparseable, LxmlError, ValueError, TypeError, AttributeError, IndexError):
        return ""  # readability raises all of these on pages without a body
    tree = parse(summary)
    return "\n".join(block.text for block in blocks(tree)) if tree is not None else ""


def _by_justext(root: Any, language: str) -> str:
    from justext.core import ParagraphMaker, classify_paragraphs

    paragraphs = ParagraphMaker.make_paragraphs(root)[:_MAX_PARAGRAPHS]
    for paragraph in paragraphs:
        paragraph.__class__ = _remembering()
    # jusText goes over the whole list for each page: it gets what of it stands in this one.
    own = {word.lower() for paragraph in paragraphs for word in paragraph.text.split()}
    classify_paragraphs(paragraphs, _function_words(language) & own)
    revise(paragraphs)
    return "\n".join(clean(paragraph.text) for paragraph in paragraphs if not paragraph.is_boilerplate)


@cache
def _remembering() -> type:
    """JusText's paragraph, but its text is put together once: it is asked for ten times, which was half of the work."""
    from justext.paragraph import Paragraph

    return type("Remembering", (Paragraph,), {"text": cached_property(Paragraph.text.fget)})


@cache
def _function_words(language: str) -> frozenset[str]:
    from justext import get_stoplist

    return frozenset(get_stoplist(language))


def _by_trafilatura(root: Any) -> str:
    from trafilatura import extract

    text = extract(copy.deepcopy(root), include_comments=False, include_tables=False, fast=True)
    return "\n".join(clean(line) for line in (text or "").split("\n"))


def _headline(rows: Sequence[_Row], titles: Sequence[str]) -> int | None:
    """The row in which the page's title stands as a heading; None where it does not."""
    best: tuple[float, int] | None = None
    for title in titles:
        wanted = set(_WORD.findall(title.lower()))
        if len(wanted) < 2:
            continue
        for index, row in enumerate(rows):
            if not 2 <= len(row.words) <= 30:
                continue
            own = set(row.words)
            shared = len(own & wanted)
            if shared < 0.75 * len(own) or shared < 0.3 * len(wanted):
                continue
            score = shared / len(own) + shared / len(wanted) + {"h1": 0.5, "h2": 0.2, "h3": 0.2}.get(_tag(row), 0.0)
            score -= 0.6 if row.block.link_density > 0.8 else 0.0
            if best is None or score > best[0] + 1e-9:
                best = (score, index)
    return best[1] if best else None


def day_by_heading(root: Any, title: str | None) -> date | None:
    """The day printed beside the headline, in a short line of its own; None where there is none."""
    wanted = _WORD.findall((title or "").lower())
    nearby = [block for block in blocks(root) if block.node.tag not in ("html", "head", "title")]
    places = [i for i, block in enumerate(nearby) if wanted and _is_headline(block, wanted)]
    for place in sorted(places, key=lambda i: nearby[i].node.tag != "h1")[:1]:
        after = range(place + 1, min(place + 1 + _DATE_REACH, len(nearby)))
        before = range(place - 1, max(place - 1 - _DATE_REACH, -1), -1)
        for index in sorted([*after, *before], key=lambda i: abs(i - place)):
            text = nearby[index].text
            if len(text) <= _DATE_LINE and (found := spelled_day(text)):
                return found
    return None


def _is_headline(block: Block, title: list[str]) -> bool:
    """Whether a block is the headline, which may bear a subtitle or, without a space, a counter of comments."""
    words = _WORD.findall(block.text.lower())
    return words == title or (block.node.tag == "h1" and " ".join(words).startswith(" ".join(title)))


def _tag(row: _Row) -> str:
    return str(row.block.node.tag)


def _stretch(rows: Sequence[_Row], heading: int | None) -> tuple[int, int]:
    """Where the article begins and ends: the stretch with the greatest sum, after the headline if there is one."""
    weights = [row.weight for row in rows]
    value, start, end = _greatest_sum(weights, 0)
    if heading is None:
        return start, end
    after = _greatest_sum(weights, heading + 1)
    if after[0] >= 0.5 * value:
        _, start, end = after
    if heading < start <= heading + _LEAD_REACH:
        for index in range(start - 1, heading, -1):
            if _may_be_lead(rows[index], index - heading):
                rows[index].lead = True
                start = index
    return start, end


def _may_be_lead(row: _Row, distance: int) -> bool:
    if row.furniture or len(row.words) < 8 or row.block.link_density > 0.3:
        return False
    return bool(row.votes) or _tag(row) in ("h2", "h3", "h4") or (distance <= 3 and len(row.words) >= 10)


def _greatest_sum(weights: Sequence[float], begin: int) -> tuple[float, int, int]:
    """The contiguous stretch with the greatest sum (Kadane's algorithm), as (sum, start, end)."""
    best = (0.0, begin, begin)
    current, start = 0.0, begin
    for index in range(begin, len(weights)):
        current += weights[index]
        if current <= 0:
            current, start = 0.0, index + 1
        elif current > best[0]:
            best = (current, start, index + 1)
    return best


def _belongs(row: _Row) -> bool:
    if row.lead:
        return True
    if row.furniture or not row.votes:
        return False
    return len(row.words) >= 4 or bool(row.votes & {"readability-lxml", "json-ld"})


def _without_tail(rows: Sequence[_Row]) -> list[_Row]:
    """Cut where other content begins: a heading such as “Comments”, or a run of blocks that no article has."""
    usual = _usual_votes(rows)
    taken = idle = tried = 0
    end = len(rows)
    for index, row in enumerate(rows):
        belongs = _belongs(row)
        idle = 0 if belongs else idle + 1
        suspicious = closes(row.block) or (_tag(row) == "h1" and taken) or idle >= 3
        if suspicious and taken >= _ARTICLE_ENOUGH and tried < _MAX_ENDINGS:
            tried += 1
            rest = rows[index + 1 :]
            if _is_clutter(rest) and (opens_comments(row.block) or _is_foreign(rest, usual)):
                end = index
                break
        taken += len(row.words) if belongs else 0
    while end and (not _belongs(rows[end - 1]) or (len(rows[end - 1].words) < 8 and len(rows[end - 1].votes) < 2)):
        end -= 1
    return list(rows[:end])


def _usual_votes(rows: Sequence[_Row]) -> frozenset[str]:
    """The extractors that agree on the first part of the article, which is the surest."""
    counts: Counter[str] = Counter()
    total = 0
    for row in rows:
        if _belongs(row) and total < _ARTICLE_ENOUGH:
            total += len(row.words)
            counts.update(dict.fromkeys(row.votes, len(row.words)))
    return frozenset(name for name, words in counts.items() if words > 0.5 * total)


def _is_clutter(rows: Sequence[_Row]) -> bool:
    """Whether what follows alternates between text and furniture, as lists of teasers and comments do."""
    return sum(1 for row in rows if not _belongs(row)) >= 0.25 * len(rows)


def _is_foreign(rows: Sequence[_Row], usual: frozenset[str]) -> bool:
    """Whether less than most of the words have the votes that the article had so far."""
    words = sum(len(row.words) for row in rows)
    return sum(len(row.words) for row in rows if row.votes >= usual) < 0.7 * words


def told_once(found: Sequence[Block], titles: Sequence[str]) -> list[str]:
    """The texts of an article's blocks, each once and without the headline."""
    rows = [_Row(block, words, frozenset(), False) for block in found if (words := _WORD.findall(block.text.lower()))]
    return [row.block.text for row in _once(rows, titles)]


def _once(rows: Sequence[_Row], titles: Sequence[str]) -> list[_Row]:
    """Each text once: without the headline, repeated paragraphs, and a lead that the text then repeats."""
    counts: Counter[tuple[str, ...]] = Counter()
    shingles = [{tuple(row.words[i : i + _SHINGLE]) for i in range(len(row.words) - _SHINGLE + 1)} for row in rows]
    for own in shingles:
        counts.update(own)
    headlines = {tuple(_WORD.findall(title.lower())) for title in titles}
    kept = []
    for row, own in zip(rows, shingles, strict=True):
        if tuple(row.words) in headlines:
            continue
        repeated = sum(1 for shingle in own if counts[shingle] > 1)
        if len(own) >= 4 and repeated >= 0.8 * len(own):
            counts.subtract(own)
            continue
        kept.append(row)
    return kept
