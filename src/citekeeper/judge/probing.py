"""The probe of Bar-Yossef et al., “Sic transit gloria telae” (2004): a name that cannot exist, and what it gets."""

from __future__ import annotations

from citekeeper.judge import redirects
from citekeeper.judge.facts import Facts, words_of
from citekeeper.judge.page import Page

_ALIKE = 0.6  # of all words: teasers and “most read” lists change from answer to answer …
_ALIKE_PROSE = 0.85  # … but what a page says in its own name does not


def probe_is_alike(facts: Facts) -> bool:
    """Whether a name that cannot exist got, with a success, the page that the cited name got.

    Words of either address are left out of the comparison, because templates repeat them.
    """
    probe = facts.probe
    if probe is None or probe.failure is not None or probe.status is None or not 200 <= probe.status < 300:
        return False
    other = Facts(probe)
    if facts.redirected and redirects.probe_ends_alike(facts):
        return True
    if not other.is_html:
        return False
    own = words_of(f"{facts.exchange.url} {probe.url}".replace("-", " ").replace("_", " "))
    return _similar_pages(facts.page, other.page, own)


def _similar_pages(first: Page, second: Page, ignored: frozenset[str]) -> bool:
    """Whether two pages say the same in their own name; a scan of nothing but furniture would find all pages alike."""
    if words_of(first.title) - ignored != words_of(second.title) - ignored:
        return False
    prose = _jaccard(words_of(first.prose) - ignored, words_of(second.prose) - ignored)
    return prose >= _ALIKE_PROSE and _jaccard(words_of(first.text) - ignored, words_of(second.text) - ignored) >= _ALIKE


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0
