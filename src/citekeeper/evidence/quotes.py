"""Are the words that a document quotes in its source? Verbatim, or but for a slip of the pen; else what is nearest."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from citekeeper.evidence.differences import Alignment, align, are_harmless, described
from citekeeper.evidence.editing import without_clauses, without_remarks
from citekeeper.evidence.folding import WORD, Folded, bare, flat, folded, normalise
from citekeeper.evidence.fragments import text_fragment
from citekeeper.evidence.spans import (
    EDGES,
    cuts,
    edited_in_order,
    in_order,
    turn_left_out,
    typeset_in_order,
    whole_words,
)
from citekeeper.evidence.withdrawn import TAKEN_BACK, standing, takes_back
from citekeeper.model import QuoteMatch, QuotePlace, Where

FOUND_FROM = 0.8  # a passage less alike than this is never taken for the quote, however harmless each difference
FEWEST_WORDS = 4  # shorter quotes must be verbatim: one slip in three words may make another phrase
_NEAREST_SHOWN = 400
_BEFORE_NEAREST = 80
_LONGEST_ALIGNED = 4000  # words
_LONG = 100  # words from which the first guess at the place is sure enough, and others too dear
_VOTES_PER_WORD = 3
_GAP = re.compile(r"\s*(?:\[\s*(?:…|\.{3,})\s*\]|\(\s*(?:…|\.{3,})\s*\)|<\s*(?:…|\.{3,})\s*>|…|\.{3,})\s*")
_CYRILLIC, _LATIN = re.compile(r"[\u0400-\u052f]"), re.compile(r"[A-Za-z\u00c0-\u024f]")
_LETTERS_TO_TELL = 12  # a name or a brand of one word may stand in Latin in a Russian text
_TYPESET = "its words are set apart, or hyphenated, in another way"
_SPOKEN = "it leaves out who said it, between the words"
_EDITED = "the words in brackets are the document's own"


def find_quote(quote: str, paragraphs: Sequence[str], where: Where) -> QuoteMatch:
    """Look for ``quote`` in the paragraphs of one copy of the source.

    Args:
        quote: as the document gives it; ``[…]``, ``(…)`` and ``…`` stand for left-out words, ``[T]he`` for a changed
            capital, and ``[sic]`` is the document's own.
        paragraphs: the copy's text.
        where: which copy it is, for the match.

    Returns:
        A match with its score from 0 to 1 (1: verbatim but for typesetting and the first capital), the paragraph and
        offset where it begins, and the fragment that links to it; where it is not found, the nearest passage. In
        either case ``difference`` says in words how the passage differs.
    """
    if takes_back(quote):
        return _find(quote, tuple(paragraphs), where)
    stands = standing(tuple(paragraphs))
    match = _find(quote, stands, where)
    if match.found or stands == tuple(paragraphs):
        return match
    withdrawn = _find(quote, tuple(paragraphs), where)
    return _not_found(withdrawn, paragraphs, TAKEN_BACK) if withdrawn.found else match


def _find(quote: str, paragraphs: tuple[str, ...], where: Where) -> QuoteMatch:
    pieces = _GAP.split(without_remarks(quote))
    parts = [part for part in (flat(piece).strip(EDGES) for piece in pieces) if part]
    text = folded(paragraphs)
    if not parts:
        return QuoteMatch(quote, found=False)
    spans = in_order([normalise(part) for part in parts], text.text)
    if spans is not None:
        match = _verbatim(quote, parts, spans, text, where)
        turn = turn_left_out(text.text, spans)
        return match if turn is None else _not_found(match, paragraphs, f"what is left out, “{turn}”, turns the sense")
    spans = edited_in_order(pieces, text.text)
    if spans is not None:
        return replace(_verbatim(quote, [], spans, text, where), score=0.95, difference=_EDITED)
    spans = typeset_in_order([normalise(part) for part in parts], text)
    if spans is not None:
        return replace(_verbatim(quote, parts, spans, text, where), score=0.99, difference=_TYPESET)
    match = _alike(quote, parts, text, where)
    if not match.found and _is_said_in_pieces(parts, paragraphs):
        return replace(match, found=True, score=0.95, where=where, nearest=None, difference=_SPOKEN)
    return match


def _is_said_in_pieces(parts: Sequence[str], paragraphs: tuple[str, ...]) -> bool:
    spoken = tuple(map(without_clauses, paragraphs))
    if spoken == paragraphs:
        return False
    return (
        in_order([normalise(part).replace(",", "") for part in parts], folded(spoken).text.replace(",", "")) is not None
    )


def _not_found(match: QuoteMatch, paragraphs: Sequence[str], why: str) -> QuoteMatch:
    """What was found, but may not count."""
    start = max((match.offset or 0) - _BEFORE_NEAREST, 0)
    nearest = paragraphs[match.paragraph or 0][start:][:_NEAREST_SHOWN]
    return replace(match, found=False, where=None, fragment=None, nearest=nearest, difference=why)


def is_foreign(quote: str, paragraphs: Iterable[str]) -> bool:
    """Whether a text is in another script than a quote (Latin, Cyrillic), so that only its translation may hold it."""
    own, theirs = _cyrillic_share(quote), _cyrillic_share("".join(paragraphs))
    return own is not None and theirs is not None and ((own == 0 and theirs > 0.5) or (own > 0.5 and theirs == 0))


def _cyrillic_share(text: str) -> float | None:
    """How much of the Latin and Cyrillic letters is Cyrillic; None where there are too few to tell."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    return cyrillic / (cyrillic + latin) if cyrillic + latin >= _LETTERS_TO_TELL else None


def best_matches(
    wanted: Iterable[str], found: Sequence[Sequence[QuoteMatch]], names: Sequence[str | None] = ()
) -> tuple[QuoteMatch, ...]:
    """For each wanted text the best match over several copies, with every other copy that holds it.

    The first copy that holds it counts, even where an older one holds it more exactly: a slip mended in the living
    page does not make the quote lost. Where none does, the nearest passage is told.

    Args:
        wanted: the quotes or numbers, in order.
        found: for each copy, in order of preference, its matches in the order of ``wanted``.
        names: what each copy is called: a path, an address, a language.
    """
    best = []
    for index, text in enumerate(wanted):
        candidates = [matches[index] for matches in found]
        if not candidates:
            best.append(QuoteMatch(text, found=False, is_unread=True))
            continue
        # Of equals the first: max() keeps the order of preference.
        chosen = max(range(len(candidates)), key=lambda n: (candidates[n].found, _nearness(candidates[n])))
        others = tuple(
            QuotePlace(match.where, match.score, names[n] if n < len(names) else None)
            for n, match in enumerate(candidates)
            if n != chosen and match.found and match.where is not None
        )
        best.append(replace(candidates[chosen], also=others))
    return tuple(best)


def _nearness(match: QuoteMatch) -> float:
    return 0.0 if match.found else match.score


# ── verbatim ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _verbatim(
    quote: str, parts: Sequence[str], spans: Sequence[tuple[int, int]], text: Folded, where: Where
) -> QuoteMatch:
    places = [_place(text, *span) for span in spans]
    # Capitals within a quote may tell a name from a word, so a difference in them is told, but it does not matter.
    said = [flat(_source(text, place)).strip(EDGES) for place in places]
    recased = any(part[1:] != other[1:] for part, other in zip(parts, said, strict=False))
    difference = "it is written with other capitals" if recased else None
    first = places[0]
    return QuoteMatch(
        quote,
        True,
        0.99 if recased else 1.0,
        where,
        _fragment(text, first, where),
        first.paragraph,
        offset=first.offset,
        difference=difference,
    )


# ── where it stands ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Place:
    """A passage of the copy as it stands, from one paragraph and offset to another."""

    paragraph: int
    offset: int
    last_paragraph: int
    end: int


def _place(text: Folded, start: int, end: int) -> _Place:
    return _Place(*text.place(start), *text.place(end, is_end=True))


def _source(text: Folded, place: _Place) -> str:
    paragraphs = text.paragraphs
    if place.paragraph == place.last_paragraph:
        return paragraphs[place.paragraph][place.offset : place.end]
    between = paragraphs[place.paragraph + 1 : place.last_paragraph]
    ends = paragraphs[place.paragraph][place.offset :], paragraphs[place.last_paragraph][: place.end]
    return "\n".join([ends[0], *between, ends[1]])


def _fragment(text: Folded, place: _Place, where: Where) -> str | None:
    """The fragment that shows the passage on the living page; None for a translation, whose words are not there."""
    if where is Where.TRANSLATION:
        return None
    starts = [0]
    for paragraph in text.paragraphs[: place.last_paragraph]:
        starts.append(starts[-1] + len(paragraph) + 1)
    start, end = starts[place.paragraph] + place.offset, starts[place.last_paragraph] + place.end
    return text_fragment("\n".join(text.paragraphs), start, end) or None


# ── nearly, or not at all ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Passage:
    """The stretch of the copy that one part of a quote fits best."""

    start: int  # in the folded text
    end: int
    alignment: Alignment
    score: float
    length: int  # of the part of the quote
    is_found: bool
    is_cut: bool  # it is part of a longer figure


def _alike(quote: str, parts: Sequence[str], text: Folded, where: Where) -> QuoteMatch:
    """Each part where it fits best behind the one before, up to the first that is not found."""
    passages: list[_Passage] = []
    position = 0
    for part in parts:
        passage = _exact_passage(part, text, position) or _best_passage(part, text, position)
        passage = passage or _best_passage(part, text, 0)
        if passage is None:
            break
        if passage.start < position:
            passage = replace(passage, is_found=False)
        passages.append(passage)
        if not passage.is_found:
            break
        position = passage.end
    if not passages:
        return QuoteMatch(quote, found=False)
    found = len(passages) == len(parts) and all(passage.is_found for passage in passages)
    score = sum(passage.score * passage.length for passage in passages) / sum(map(len, parts))
    told = passages[0] if found else passages[-1]
    place = _place(text, told.start, told.end)
    differences = [each for passage in passages for each in passage.alignment.differences]
    return QuoteMatch(
        quote,
        found,
        round(min(score, 0.99), 3),
        where if found else None,
        _fragment(text, place, where) if found else None,
        place.paragraph,
        None if found else _shown(text, place),
        offset=place.offset,
        difference=described(differences) or _without_words(parts, passages, found=found),
    )


def _without_words(parts: Sequence[str], passages: Sequence[_Passage], *, found: bool) -> str:
    """How a passage differs from a quote of the same words, or which part of the quote has no passage at all."""
    if found:
        return "it is punctuated otherwise"
    if passages[-1].is_found:
        return f"“{parts[len(passages)]}” is not there"
    if passages[-1].is_cut:
        return "a longer figure stands there"
    return "its parts stand in another order" if len(parts) > 1 else "it is punctuated otherwise"


def _shown(text: Folded, place: _Place) -> str:
    """The nearest passage with a little of what stands around it."""
    paragraph = text.paragraphs[place.paragraph]
    end = place.end if place.last_paragraph == place.paragraph else len(paragraph)
    spare = max(_NEAREST_SHOWN - (end - place.offset), 0) // 2
    start = max(place.offset - spare, 0)
    shown = paragraph[start : start + _NEAREST_SHOWN]
    return ("…" if start else "") + shown.strip() + ("…" if start + _NEAREST_SHOWN < len(paragraph) else "")


def _exact_passage(part: str, text: Folded, position: int) -> _Passage | None:
    wanted = normalise(part)
    start = whole_words(text.text, wanted, position)
    if start < 0:
        return None
    end = start + len(wanted)
    return _Passage(start, end, Alignment(0, 0, ()), 1.0, len(part), is_found=True, is_cut=False)


def _best_passage(part: str, text: Folded, position: int) -> _Passage | None:
    """The passage behind ``position`` that ``part`` fits in the most words; None where they share no word."""
    from rapidfuzz import fuzz

    wanted = _words(part)[:_LONGEST_ALIGNED]
    words, starts = text.words
    best: tuple[int, Alignment] | None = None
    for low, high in _windows(wanted, text, position):
        alignment = align(wanted, words[low:high])
        if alignment.end > alignment.start and (best is None or alignment.cost < best[1].cost):
            best = (low, alignment)
    if best is None:
        return None
    low, alignment = best
    first, last = low + alignment.start, low + alignment.end - 1
    start, end = starts[first], starts[last] + len(words[last])
    score = fuzz.ratio(" ".join(wanted), " ".join(words[first : last + 1])) / 100
    is_cut = cuts(text.text, start, end)
    is_found = (
        score >= FOUND_FROM
        and not is_cut
        and len(wanted) >= FEWEST_WORDS
        and are_harmless(alignment.differences, len(wanted), _Names(part, _source(text, _place(text, start, end))))
    )
    return _Passage(start, end, alignment, score, len(part), is_found, is_cut)


def _words(part: str) -> list[str]:
    words = [bare(match[0]) for match in WORD.finditer(normalise(part))]
    return [word for word in words if word]


class _Names:
    """Which words of a quote and a passage are written with a capital and do not begin them."""

    def __init__(self, *texts: str) -> None:
        self._names = {
            bare(normalise(match[0]))
            for text in texts
            for match in re.finditer(r"(?<=\S\s)[«“„\"'‘(]*\w\S*", flat(text))
            if bare(match[0])[:1].isupper()
        }

    def __call__(self, word: str) -> bool:
        return word in self._names


def _windows(wanted: Sequence[str], text: Folded, position: int) -> list[tuple[int, int]]:
    """The stretches of words where the quote may stand: those that hold the most of its words in their order."""
    words, starts = text.words
    places: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(wanted):
        if len(places[word]) < _VOTES_PER_WORD:
            places[word].append(index)
    length = len(wanted)
    width = max(8, length // 4)
    rarity = Counter(word for word in words if word in places)
    votes: dict[int, float] = defaultdict(float)
    for index, word in enumerate(words):
        if word in places and starts[index] >= position:
            weight = 1 / rarity[word] ** 0.5
            for place in places[word]:
                votes[(index - place) // width] += weight
    best = sorted(votes, key=lambda bucket: votes[bucket] + votes.get(bucket + 1, 0.0), reverse=True)
    return [
        (max(bucket * width - width, 0), min(bucket * width + length + 3 * width, len(words)))
        for bucket in best[: 1 if length > _LONG else 3]
    ]
