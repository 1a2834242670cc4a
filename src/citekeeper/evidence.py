"""Evidence: are the words and figures that a document relies on in the text of its source?

A quote is found verbatim after normalising what typesetting changes (quotation marks, dashes, spaces, soft hyphens, ё,
ligatures, case), with the gaps that ``[…]`` marks matched in order; else the nearest passage is aligned and scored.
A match below ``FOUND_FROM`` is not a find: it is shown as the nearest passage.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import quote as percent_encode

from citekeeper.model import QuoteMatch, Where

FOUND_FROM = 0.95  # of 1; leaves room for a typo mended in the source, not for another sentence
_GAP = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3})\s*")
_TABLE = str.maketrans(
    {
        **dict.fromkeys("«»„“”‟‹›″❝❞〝〞", '"'),
        **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301", ""),
        "ё": "е",
        "Ё": "Е",
    }
)
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d[\d\s.,\u00a0\u202f'’]*\d|\d")


def normalise(text: str) -> str:
    """``text`` without what typesetting, and not meaning, decides."""
    folded = unicodedata.normalize("NFKC", text.translate(_TABLE)).translate(_TABLE)
    return _SPACE.sub(" ", folded).strip().casefold()


def find_quote(quote: str, paragraphs: Sequence[str], where: Where) -> QuoteMatch:
    """Look for ``quote`` in the paragraphs of one copy of the source.

    Args:
        quote: as the document gives it; ``[…]`` stands for left-out words.
        paragraphs: the copy's text.
        where: which copy it is, for the match.

    Returns:
        A match with its score from 0 to 1, the paragraph, and a text-fragment link part where it is verbatim.
    """
    parts = [part for part in (normalise(piece).strip(" \"'.,;:") for piece in _GAP.split(quote)) if part]
    if not parts:
        return QuoteMatch(quote, found=False)
    texts = [normalise(paragraph) for paragraph in paragraphs]
    place = _in_order(parts, texts)
    if place is not None:
        return QuoteMatch(quote, True, 1.0, where, text_fragment(quote), place)
    return _nearest(quote, " ".join(parts), paragraphs, texts, where)


def _in_order(parts: Sequence[str], texts: Sequence[str]) -> int | None:
    """The paragraph where the first of ``parts`` stands, if all follow one another from there; None otherwise."""
    joined, starts = "", []
    for text in texts:
        starts.append(len(joined))
        joined += text + " "
    first = None
    position = 0
    for part in parts:
        found = _whole_words(joined, part, position)
        if found < 0:
            return None
        first = found if first is None else first
        position = found + len(part)
    assert first is not None
    return max(index for index, start in enumerate(starts) if start <= first)


def _whole_words(text: str, part: str, start: int) -> int:
    """Where ``part`` stands in ``text`` from ``start`` on, not cutting a word at either end; -1 if nowhere."""
    found = text.find(part, start)
    while found >= 0:
        before, after = text[found - 1 : found], text[found + len(part) : found + len(part) + 1]
        if not (before.isalnum() and part[0].isalnum()) and not (after.isalnum() and part[-1].isalnum()):
            return found
        found = text.find(part, found + 1)
    return -1


def _nearest(quote: str, wanted: str, paragraphs: Sequence[str], texts: Sequence[str], where: Where) -> QuoteMatch:
    from rapidfuzz import fuzz

    best_score, best_index = 0.0, None
    for index, text in enumerate(texts):
        if len(text) < len(wanted) // 2:
            continue
        alignment = fuzz.partial_ratio_alignment(wanted, text)
        score = alignment.score / 100 if alignment else 0.0
        if score > best_score:
            best_score, best_index = score, index
    if best_index is None:
        return QuoteMatch(quote, found=False)
    # A changed figure or a lost "not" is one edit in a long sentence, so figures must agree to call it found.
    same_figures = set(figures(wanted)) <= set(figures(texts[best_index]))
    found = best_score >= FOUND_FROM and same_figures and len(wanted) >= 20
    found = found and not _negation_differs(wanted, texts[best_index])
    return QuoteMatch(
        quote,
        found,
        round(best_score, 3),
        where if found else None,
        None,
        best_index,
        None if found else paragraphs[best_index][:400],
    )


_NEGATIONS = re.compile(r"\b(?:not|no|never|n't|niet|geen|nooit|не|нет|ни|никогда|nicht|kein\w*|nie|ne|pas|jamais)\b")


def _negation_differs(wanted: str, text: str) -> bool:
    return len(_NEGATIONS.findall(wanted)) > len(_NEGATIONS.findall(text))


def figures(text: str) -> list[str]:
    """The numbers in ``text`` in one notation: ``1 200``, ``1.200`` and ``1,200`` are all ``1200``; ``1,5`` is 1.5."""
    return [_plain_number(match) for match in _NUMBER.findall(text)]


def _plain_number(written: str) -> str:
    compact = re.sub(r"[\s\u00a0\u202f'’]", "", written)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", compact):
        return re.sub(r"[.,]", "", compact)
    decimal = re.fullmatch(r"(\d+)[.,](\d+)", compact)
    if decimal:
        return f"{decimal[1]}.{decimal[2]}"
    mixed = re.fullmatch(r"(\d{1,3}(?:([.,])\d{3})+)(?!\2)[.,](\d+)", compact)
    if mixed:
        return re.sub(r"[.,]", "", mixed[1]) + f".{mixed[3]}"
    return compact


def find_number(number: str, paragraphs: Sequence[str], where: Where) -> QuoteMatch:
    """Look for a figure in any notation; the same shape of result as for a quote."""
    wanted = figures(number)
    for index, paragraph in enumerate(paragraphs):
        if wanted and set(wanted) <= set(figures(paragraph)):
            return QuoteMatch(number, True, 1.0, where, None, index)
    return QuoteMatch(number, found=False)


def text_fragment(quote: str) -> str:
    """The ``#:~:text=`` directive that makes a browser show ``quote`` (WICG Scroll to Text Fragment)."""
    words = _GAP.split(quote.strip().strip("«»„“”\"'"))[0].split()
    pieces = [" ".join(words)] if len(words) <= 10 else [" ".join(words[:4]), " ".join(words[-4:])]
    return "#:~:text=" + ",".join(percent_encode(piece, safe="").replace("-", "%2D") for piece in pieces)


def best_matches(wanted: Iterable[str], found: Sequence[Sequence[QuoteMatch]]) -> tuple[QuoteMatch, ...]:
    """For each wanted text the best match over several copies: a find before none, then the higher score.

    Args:
        wanted: the quotes or numbers, in order.
        found: for each copy, in order of preference, its matches in the order of ``wanted``.
    """
    best = []
    for index, text in enumerate(wanted):
        candidates = [matches[index] for matches in found]
        best.append(max(candidates, key=lambda m: (m.found, m.score), default=QuoteMatch(text, found=False)))
    return tuple(best)
