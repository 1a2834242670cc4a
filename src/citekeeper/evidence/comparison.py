"""A text beside an earlier one of the same source: what still stands, and what now says something else.

Sentences are compared as a set, so that paragraphs may change places and new ones may come. A sentence that is gone is
laid beside the new one most like it; where the two differ in a figure, a negation, a name or an opposite, the source
says something else, however little else has changed. Everything further is a matter of how much is gone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from citekeeper.evidence.differences import Difference
from citekeeper.evidence.folding import WORD, bare, normalise
from citekeeper.evidence.notation import read_figures, values
from citekeeper.evidence.polarity import are_opposites, changes_by_itself, is_negation
from citekeeper.evidence.withdrawn import retraction
from citekeeper.model import ChangeKind, Comparison, Reading, TextChange

_SENTENCE_END = re.compile(r"(?<!\b\d\.)(?<!\b\d\d\.)(?<=[.!?…])[»”\"')\]]*\s+(?=[«“„\"'(\[—–-]*\s*[^\W_a-zа-яёіїєґ])")
_MOST_SENTENCES = 3000
_MOST_PAIRED = 60_000  # pairs of sentences without a twin, beyond which only shares are told
_MOST_SOUGHT = 500
_EDITED_FROM = 0.5  # of their words in common: below this it is another sentence
_ALTERED_FROM = 0.6  # above this a figure or name in the place of another is a change of what is said
_FEWEST_WORDS = 4
_LONGEST_NEGATION = 3  # words: “did not sign” for “signed”; more is another way to put it
_LONGEST_SENTENCE = 120  # words; longer ones are compared in pieces
_MOST_READ = 200_000  # characters in which figures are read
_SHINGLE = 3
_NEW_HERE = 0.2  # of what is there now may be new in a text that was cut short
_CUT_TO = 0.75
_TELLING_FIGURES = 3
_MOST_CHANGES = 60
_LONGEST_RUN = 60  # words of an unchanged or changed run that are shown
_CONTRADICTIONS = (ChangeKind.NEGATION, ChangeKind.NUMBER, ChangeKind.OPPOSITE, ChangeKind.NAME)
_ORDER = (*_CONTRADICTIONS, ChangeKind.WORDING, ChangeKind.LOST, ChangeKind.ADDED)


def contradicts(change: TextChange) -> bool:
    """Whether a change makes the text say something else, and not only otherwise or less."""
    return change.kind in _CONTRADICTIONS


@dataclass(frozen=True)
class _Sentence:
    text: str
    words: tuple[str, ...]

    @cached_property
    def key(self) -> str:
        return f" {' '.join(self.words)} "

    @cached_property
    def written(self) -> list[str]:
        """The words as they stand, as many as ``words`` where that can be told; else the words."""
        own = [token for token in self.text.split() if bare(normalise(token))]
        return own if len(own) == len(self.words) else list(self.words)


def compare(now: Reading, then: Reading, *, page_text: Callable[[], str] = str) -> Comparison:
    """Compare what a source says with what it said.

    Args:
        now: the text of today.
        then: the baseline's.
        page_text: all text of today's page, a line for each block. It is asked for only where something seems to be
            gone, for an extractor may have left out what a reader still sees.
    """
    before, after = _sentences(then.paragraphs), _sentences(now.paragraphs)
    stands = _standing(after)
    gone = _not_in(before, after, stands)
    stood = _standing(before)
    new = _not_in(after, before, stood)
    elsewhere: list[_Sentence] = []
    if gone:
        shown = _sentences(page_text()[:_MOST_READ].split("\n"))
        stands += _standing(shown)
        gone = _not_in(gone, (), stands)
        elsewhere = _not_in(shown, (*before, *after), stood)
    pairs = _paired(gone, new)
    answered = {id(one) for one, _, _ in pairs}
    pairs += _paired([each for each in gone if id(each) not in answered], elsewhere)
    changes = [change for one, other, _ in pairs if (change := _change(one, other, then.language)) is not None]
    title = _title_change(now, then)
    changes += [title] if title is not None else []
    edited = {id(one) for one, _, _ in pairs}
    replies = {id(other) for _, other, _ in pairs}
    lost = [each for each in gone if id(each) not in edited]
    changes += [TextChange(ChangeKind.LOST, (("-", _cut(each.text)),)) for each in lost]
    added = [each for each in new if id(each) not in replies]
    changes += [TextChange(ChangeKind.ADDED, (("+", _cut(each.text)),)) for each in added]
    total = sum(len(each.words) for each in before)
    another_language = bool(then.language and now.language and then.language[:2] != now.language[:2])
    gone_words = sum(len(each.words) for each in lost)
    gone_words += sum(round(len(one.words) * (1 - alike)) for one, _, alike in pairs)
    return Comparison(
        _containment(before, stands),
        gone_words / total if total else 0.0,
        total,
        sum(len(each.words) for each in after),
        _is_beginning(before, after, {id(each) for each in gone}, new),
        _same_figures(then, now) if another_language else None,
        another_language,
        tuple(sorted(changes, key=lambda change: _ORDER.index(change.kind))[:_MOST_CHANGES]),
        None if retraction(then.said) else retraction(now.said),
    )


def _sentences(paragraphs: Sequence[str]) -> list[_Sentence]:
    found = []
    for paragraph in paragraphs:
        for text in _SENTENCE_END.split(" ".join(paragraph.split())):
            for piece in _pieces(text):
                words = tuple(_words(piece))
                if words:
                    found.append(_Sentence(piece, words))
                if len(found) >= _MOST_SENTENCES:
                    return found
    return found


def _pieces(text: str) -> Iterator[str]:
    tokens = text.split(" ")
    for start in range(0, len(tokens), _LONGEST_SENTENCE):
        yield " ".join(tokens[start : start + _LONGEST_SENTENCE])


def _words(text: str) -> list[str]:
    return [word for match in WORD.finditer(normalise(text)) if (word := bare(match[0])) and word != "?"]


def _not_in(wanted: Sequence[_Sentence], others: Sequence[_Sentence], text: str) -> list[_Sentence]:
    """Those that are neither one of the others nor anywhere in the text, where they may be cut into otherwise."""
    keys = {other.key for other in others}
    left = [each for each in wanted if each.key not in keys]
    # Looking a sentence up in the whole text is dear; of two texts with so little in common it finds nothing.
    return [each for each in left if each.key not in text] if len(left) <= _MOST_SOUGHT else left


def _standing(sentences: Sequence[_Sentence]) -> str:
    return f" {' '.join(word for each in sentences for word in each.words)} "


def _containment(before: Sequence[_Sentence], stands: str) -> float:
    """The share of the earlier text's shingles in today's; shingles do not cross sentences, which may change places."""
    words = stands.split()
    held = {tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
    wanted = [each.words[i : i + _SHINGLE] for each in before for i in range(max(len(each.words) - _SHINGLE + 1, 0))]
    return sum(shingle in held for shingle in wanted) / len(wanted) if wanted else 1.0


# ── sentences beside each other ─────────────────────────────────────────────────────────────────────────────────────


def _paired(gone: Sequence[_Sentence], new: Sequence[_Sentence]) -> list[tuple[_Sentence, _Sentence, float]]:
    """Each sentence that is gone with the new one most like it, the likest pairs first; no sentence twice."""
    if len(gone) * len(new) > _MOST_PAIRED:
        return []
    from rapidfuzz.distance import Indel

    scored = []
    theirs = [Counter(other.words) for other in new]
    for i, one in enumerate(gone):
        own = Counter(one.words)
        for j, other in enumerate(new):
            if (own & theirs[j]).total() * 2 < _EDITED_FROM * (len(one.words) + len(other.words)):
                continue
            alike = Indel.normalized_similarity(one.words, other.words)
            if alike >= _EDITED_FROM:
                scored.append((alike, -abs(i - j), i, j))
    pairs, taken_one, taken_other = [], set(), set()
    for alike, _, i, j in sorted(scored, reverse=True):
        if i not in taken_one and j not in taken_other:
            taken_one.add(i)
            taken_other.add(j)
            pairs.append((gone[i], new[j], alike))
    return pairs


def _differences(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    from rapidfuzz.distance import Levenshtein

    merged: list[tuple[str, int, int, int, int]] = []
    for edit in Levenshtein.opcodes(one, other):
        tag = "=" if edit.tag == "equal" else "~"
        if merged and merged[-1][0] == tag == "~":
            merged[-1] = ("~", merged[-1][1], edit.src_end, merged[-1][3], edit.dest_end)
        else:
            merged.append((tag, edit.src_start, edit.src_end, edit.dest_start, edit.dest_end))
    return merged


def _change(one: _Sentence, other: _Sentence, language: str | None) -> TextChange | None:
    steps = _differences(one.words, other.words)
    places = [step for step in steps if step[0] == "~"]
    if not places:
        return None
    kind = _kind(one, other, places, language)
    return TextChange(kind, _runs(one.written, other.written, steps))


def _kind(
    one: _Sentence, other: _Sentence, places: Sequence[tuple[str, int, int, int, int]], language: str | None
) -> ChangeKind:
    from rapidfuzz.distance import Indel

    alike = Indel.normalized_similarity(one.words, other.words)
    shorter = min(len(one.words), len(other.words))
    if alike < _ALTERED_FROM or shorter < _FEWEST_WORDS or changes_by_itself(f"{one.text} {other.text}", shorter):
        return ChangeKind.WORDING
    differences = [Difference(one.words[a:b], other.words[c:d]) for _, a, b, c, d in places]
    negated = sum(
        _negations(each.wanted, language) - _negations(each.said, language)
        for each in differences
        if max(len(each.wanted), len(each.said)) <= _LONGEST_NEGATION
    )
    if negated % 2:
        return ChangeKind.NEGATION
    if _other_figures(one.text, other.text):
        return ChangeKind.NUMBER
    if any(_are_opposite(each) for each in differences):
        return ChangeKind.OPPOSITE
    if any(_other_name(one.written[a:b], other.written[c:d], a and c, language) for _, a, b, c, d in places):
        return ChangeKind.NAME
    if _changed_places(one, other, places):
        return ChangeKind.NAME
    return ChangeKind.WORDING


def _negations(words: Sequence[str], language: str | None) -> int:
    return sum(is_negation(word, language) for word in words)


def _other_figures(one: str, other: str) -> bool:
    """Whether a figure stands in the place of another; one merely left out or put in is no contradiction."""
    (before, _), (after, _) = values(one), values(other)
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return bool(gone and new)


def _are_opposite(each: Difference) -> bool:
    if len(each.wanted) != len(each.said):
        return False
    return any(are_opposites(wanted, said) for wanted, said in zip(each.wanted, each.said, strict=True))


def _other_name(before: Sequence[str], after: Sequence[str], is_inside: object, language: str | None) -> bool:
    """Whether a word with a capital, within its sentence, stands in the place of quite another such word.

    Where every noun has a capital (German), only the exchange of words that all have one is taken for a name's.
    """
    one, other = _names(before), _names(after)
    if not is_inside or ((language or "").startswith("de") and (len(one), len(other)) != (len(before), len(after))):
        return False
    return bool(one and other) and not any(_are_one_name(a, b) for a in one for b in other)


def _changed_places(one: _Sentence, other: _Sentence, places: Sequence[tuple[str, int, int, int, int]]) -> bool:
    """Whether a name has taken the place of something, and something its place: “he sued Orlov”, “Orlov sued him”."""
    swaps = [
        (set(_names(one.written[a:b])), set(_names(other.written[c:d]))) for _, a, b, c, d in places if a < b and c < d
    ]
    return any(
        (gone & new_there) or (new & gone_there) for (gone, new), (gone_there, new_there) in combinations(swaps, 2)
    )


def _names(words: Sequence[str]) -> list[str]:
    return [bare(normalise(word)) for word in words if word.strip("«“„\"'‘(")[:1].isupper()]


def _are_one_name(one: str, other: str) -> bool:
    """Another ending, another spelling: Иванов, Иванова; Zelensky, Zelenskyy."""
    from rapidfuzz.distance import OSA, Prefix

    shorter = min(len(one), len(other))
    if shorter >= 4 and Prefix.similarity(one, other) >= max(4, shorter - 2):
        return True
    return shorter >= 6 and OSA.distance(one, other) <= 1 + (shorter >= 9)


def _title_change(now: Reading, then: Reading) -> TextChange | None:
    """What a headline says otherwise; a headline written anew is none of the source's substance."""
    if not (now.title and then.title):
        return None
    one, other = (_Sentence(title, tuple(_words(title))) for title in (then.title, now.title))
    if one.words == other.words or not _paired([one], [other]):
        return None
    return _change(one, other, then.language)


# ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_beginning(
    before: Sequence[_Sentence], after: Sequence[_Sentence], gone: set[int], new: Sequence[_Sentence]
) -> bool:
    """Whether the text now breaks off: all that is there stood there, and what is gone is the end."""
    now = sum(len(each.words) for each in after)
    total = sum(len(each.words) for each in before)
    if not now or not gone or now > _CUT_TO * total:
        return False
    if sum(len(each.words) for each in new) > max(_NEW_HERE * now, 30):
        return False
    last = max((i for i, each in enumerate(before) if id(each) not in gone), default=-1)
    behind = sum(len(each.words) for each in before[last + 1 :])
    missing = sum(len(each.words) for each in before if id(each) in gone)
    return last >= 0 and behind >= 0.9 * missing


def _same_figures(then: Reading, now: Reading) -> float | None:
    """Figures are the same in every language: by them a translation is told from another article."""
    one, other = (
        {f.value for f in read_figures(text) if f.value >= 10}
        for text in (then.text[:_MOST_READ], now.text[:_MOST_READ])
    )
    return len(one & other) / len(one) if len(one) >= _TELLING_FIGURES else None


# ── for people ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _runs(
    one: Sequence[str], other: Sequence[str], steps: Sequence[tuple[str, int, int, int, int]]
) -> tuple[tuple[str, str], ...]:
    runs: list[tuple[str, str]] = []
    for tag, a, b, c, d in steps:
        if tag == "=":
            runs.append(("=", _short(other[c:d])))
            continue
        runs += [("-", _short(one[a:b]))] if b > a else []
        runs += [("+", _short(other[c:d]))] if d > c else []
    return tuple(runs)


def _short(words: Sequence[str]) -> str:
    if len(words) <= _LONGEST_RUN:
        return " ".join(words)
    return " ".join([*words[: _LONGEST_RUN // 2], "…", *words[-_LONGEST_RUN // 2 :]])


def _cut(text: str) -> str:
    return _short(text.split())[:2000]
