"""How people edit what they quote: words of their own in brackets, an ending changed, a remark on emphasis."""

from __future__ import annotations

import re
from typing import Final

from citekeeper.evidence.folding import WORD, bare, normalise
from citekeeper.evidence.polarity import negates

_REMARK = re.compile(
    r"""(?xi)\s*[\[(]\s*(?:
      (?:sic | так\ в\ оригинале | так!)\s*!?
    | (?:my | our)?\s*(?:emphasis | italics | bold)(?:\ (?:is | are))?
        \ (?:added | mine | ours | my\ own | in\ (?:the\ )?original)
    | (?:cursivering | nadruk | onderstreping)\ (?:toegevoegd | van\ \w+ | door\ \w+ | \w+)
    | hervorhebung(?:en)?\ [\w\ .]{2,30}
    | c['’]est\ (?:nous | moi)\ qui\ souligne\w* | (?:nous | je)\ soulign\w* | souligné\ par\ \w+
    | (?:курсив | выделено | выделение)\ [\w\ .]{2,20}
    )\s*[\])]"""
)
_CHANGED_CAPITAL = re.compile(r"\[(\w)\](?=\w)")
_BRACKET = re.compile(r"\[([^\[\]]{1,60})\]")
# “We waited,” she said, “all night.” — what stands between the speaker's words, who may be quoted without it.
_CLAUSE = re.compile(r"(?<=[\w,.!?…])[”\"»]\s+(?:[^\s”“\"«»]{1,30}\s+){1,8}[“\"«](?=\w)")
_MOST_REPLACED: Final = 4  # words of the source in whose place a bracket stands
_FEWEST_OWN: Final = 4  # words of the source that must be left
_GAP: Final = "gap"
_SOME: Final = "[^ .!?]{1,40}"
_REPLACED: Final = rf"(?: ?{_SOME}(?: {_SOME}){{0,{_MOST_REPLACED - 1}}}?)??"


def without_remarks(quote: str) -> str:
    """The quote without ``[sic]``, ``(emphasis added)`` and the brackets of a changed capital."""
    return _REMARK.sub("", _CHANGED_CAPITAL.sub(r"\1", quote))


def without_clauses(paragraph: str) -> str:
    """A paragraph without the short clauses that interrupt what somebody says: ``,” she said, “``."""
    return _CLAUSE.sub(" ", paragraph)


def as_edited(part: str) -> re.Pattern[str] | None:
    """What a part of a quote may be in the source's normalised text, its brackets being the document's own words.

    ``[the minister]`` stands for up to four words or none, ``want[ed]`` for the word with another ending. None where
    the part has no bracket, or one with which the document says the contrary, or too few words of the source's.
    """
    pieces = _BRACKET.split(part)
    own, inserted = pieces[::2], pieces[1::2]
    words = [bare(match[0]) for piece in own for match in WORD.finditer(normalise(piece))]
    if not inserted or len([word for word in words if word]) < _FEWEST_OWN:
        return None
    if any(negates(bare(word)) for text in inserted for word in normalise(text).split()):
        return None
    # A bracket that begins or ends the part may stand for anything there, and needs no place of its own.
    if not own[0].strip():
        own = own[1:]
    if len(own) > 1 and not own[-1].strip() and not own[-2][-1:].isalpha():
        own = own[:-1]
    pattern = ""
    for index, piece in enumerate(own):
        if index:
            is_ending = own[index - 1][-1:].isalpha()
            pattern += r"\w{0,4}" if is_ending else rf"(?P<{_GAP}{index}>{_REPLACED})"
            pattern += "" if is_ending and piece[:1] not in (" ", "\u00a0") else " ?"
        pattern += re.escape(normalise(piece).strip(" '"))
        pattern += " ?" if index + 1 < len(own) and not piece[-1:].isalpha() else ""
    return re.compile(pattern)


def replaces_sense(match: re.Match[str]) -> bool:
    """Whether what stands in the source where the document has a bracket is a negation or a figure."""
    replaced = [text for name, text in match.groupdict().items() if name.startswith(_GAP) and text]
    return any(negates(bare(word)) or any(map(str.isdigit, word)) for text in replaced for word in text.split())
