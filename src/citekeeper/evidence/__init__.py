"""Evidence: are the words and figures that a document relies on in the text of its source?

A quote is found verbatim after normalising what typesetting changes (quotation marks, dashes, spaces, soft hyphens, ё,
ligatures), with the gaps that ``[…]`` marks matched in order; else it is laid along the nearest passage, which is taken
for it only where no difference could change what is said. A number is found in any notation. A source's text is
compared with what it said when it was cited.
"""

from citekeeper.evidence.comparison import compare, contradicts
from citekeeper.evidence.folding import normalise
from citekeeper.evidence.fragments import text_fragment
from citekeeper.evidence.notation import figures
from citekeeper.evidence.numbers import find_number
from citekeeper.evidence.proposals import propose
from citekeeper.evidence.quotes import FOUND_FROM, best_matches, find_quote, is_foreign

__all__ = [
    "FOUND_FROM",
    "best_matches",
    "compare",
    "contradicts",
    "figures",
    "find_number",
    "find_quote",
    "is_foreign",
    "normalise",
    "propose",
    "text_fragment",
]
