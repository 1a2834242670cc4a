"""The sentence that carries a mark."""

from __future__ import annotations

import re

_END = re.compile(r"(?:[.!?…]+|[:;](?=\s*$))[\"'”’»“)\]]*\s+(?=[\"'“‘«„¿¡(\[–—-]*[^\W_a-zа-яёіїєґ])", re.UNICODE)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"«])(?:[^\W\d_]|[A-ZА-Я]\.\s?[A-ZА-Я]|d\.w\.z|o\.a|m\.b\.t|i\.v\.m|bijv|bv|enz|nr|art|dhr|mevr|mw|prof|dr|drs|"
    r"ir|mr|ing|jl|blz|pag|vgl|resp|st|e\.g|i\.e|mrs|ms|jr|sr|vs|no|vol|pp|ed|eds|gen|gov|sen|rep|z\.\s?B|d\.\s?h|u\.\s?a|"
    r"bzw|usw|ca|abs|hrsg|nr|vgl|str|т\.\s?е|т\.\s?к|т\.\s?н|т\.\s?д|т\.\s?п|г|гг|им|ул|стр|рис|см|др|тыс|млн|млрд|руб|"
    r"p\.\s?ex|cf|m|mm|mme|mlle)\.$",
    re.IGNORECASE,
)

_DAY_OF_MONTH = re.compile(  # German writes “am 3. Mai”
    r"(?<!\d)\d{1,2}\.\s+(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)


def sentence_bounds(text: str, position: int) -> tuple[int, int]:
    """Start and end in ``text`` of the sentence to which a mark at ``position`` belongs.

    A mark after a full stop belongs to the sentence that the stop ends; one in the middle to the sentence around it.
    """
    start = 0
    for match in _END.finditer(text):
        if _is_abbreviation(text, match.start()):
            continue
        if match.end() > position or text[match.end() :].strip() == "":
            return start, len(text[: match.end()].rstrip())
        start = match.end()
    return start, len(text.rstrip())


def _is_abbreviation(text: str, stop: int) -> bool:
    """Whether the stop at ``text[stop]`` ends no sentence: of an abbreviation (``vs.``, not ``VS.``), of a day."""
    if _DAY_OF_MONTH.match(text, max(stop - 2, 0)) or _DAY_OF_MONTH.match(text, max(stop - 1, 0)):
        return True
    match = _ABBREVIATION.search(text, max(0, stop - 12), stop + 1)
    if match is None:
        return False
    word = match[0].strip(' (“"«.')
    return len(word) == 1 or "." in word or not word.isupper()
