"""What a sentence seems to take from its source: the words it quotes and the figures it names."""

from __future__ import annotations

import re

from citekeeper.evidence.notation import read_figures

_QUOTED = re.compile(
    r"""
      «(?P<a>[^«»]{3,1000})»
    | »(?P<b>[^«»]{3,1000})«
    | “(?P<c>[^“”]{3,1000})”
    | „(?P<d>[^„“”]{3,1000})[“”]
    | (?<!\w)"(?P<e>[^"]{3,1000})"(?!\w)
    | (?<!\w)[‘‚](?P<f>[^‘]{3,1000}?)[’‘](?!\w)
    | (?<!\w)'(?P<g>(?:[^']|(?<=\w)'(?=\w)){3,1000})'(?!\w)
    """,
    re.VERBOSE,
)
_POINTER = re.compile(  # “note 4”, “p. 33”: where something stands, in this document or another
    r"(?i)(?:\b(?:voetnoot|noot|footnote|note|fn|pagina|pag|blz|page|pp|seite|fußnote|стр|сноска|примечание|рис)\.?"
    r"|\b[psсп]\.)\s*$"
)
_FEWEST_WORDS = 2  # one word in quotation marks is distance more often than a quote


def propose(claim: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The quoted phrases and the figures in the sentence that carries a footnote's mark, for a person to confirm.

    Args:
        claim: the sentence, in the document's language.

    Returns:
        Quotes as written, without their marks, and figures as written, each once and in order. Single words in
        quotation marks, dates, bare years, ordinals, small numbers in words, and numbers of pages and notes are not
        proposed; nor are figures within a quote, which the quote covers.
    """
    quoted = [match for match in _QUOTED.finditer(claim) if len(match[match.lastgroup or 0].split()) >= _FEWEST_WORDS]
    quotes = [" ".join(match[match.lastgroup or 0].split()).rstrip(",") for match in quoted]
    rest = claim
    for match in quoted:
        rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    numbers: list[str] = []
    start = 0
    for figure in (figures := read_figures(rest)):
        index = figures.index(figure)
        if figure.linked:
            numbers[-1:] = [rest[start : figure.end].strip()] if numbers else []
            continue
        start = figure.start
        linked_next = index + 1 < len(figures) and figures[index + 1].linked
        bare_year = 1500 <= figure.value <= 2199 and figure.scale == 1 and not figure.percent and not figure.currency
        written = rest[figure.start : figure.end].strip()
        small_word = not any(ch.isdigit() for ch in written) and figure.value <= 12
        points = bool(_POINTER.search(rest[max(figure.start - 20, 0) : figure.start]))
        if linked_next or not (points or figure.date or figure.ordinal or bare_year or small_word):
            numbers.append(written)
    return tuple(dict.fromkeys(quotes)), tuple(dict.fromkeys(numbers))
