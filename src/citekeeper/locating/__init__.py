"""Finding the address of a source that lost it: ranking what an archive holds, and mending corrupt addresses. Pure.

``ranked`` scores pages by their address, their headline and the day; ``chosen`` takes one only where it is proved and
clearly ahead. ``repairs`` and ``directories`` say what to ask for a corrupt address, ``misprints`` for a misprinted
host.
"""

from citekeeper.locating.hosts import misprints, network_host
from citekeeper.locating.rank import (
    CHOSEN,
    MARGIN,
    POSSIBLE,
    Candidate,
    Page,
    Wanted,
    chosen,
    combined,
    proved,
    ranked,
)
from citekeeper.locating.repair import directories, repairs, shared_beginning
from citekeeper.locating.slug import date_in, page_key, slug_words
from citekeeper.locating.titles import headlines
from citekeeper.locating.translit import spellings, telling_words, words

__all__ = [
    "CHOSEN",
    "MARGIN",
    "POSSIBLE",
    "Candidate",
    "Page",
    "Wanted",
    "chosen",
    "combined",
    "date_in",
    "directories",
    "headlines",
    "misprints",
    "network_host",
    "page_key",
    "proved",
    "ranked",
    "repairs",
    "shared_beginning",
    "slug_words",
    "spellings",
    "telling_words",
    "words",
]
