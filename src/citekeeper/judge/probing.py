"""The probe of Bar-Yossef et al., “Sic transit gloria telae” (2004): a name that cannot exist, and what it gets.

A page and the probe's answer may be one page and still differ: sites echo the address, show a quote of the day, other
teasers, a number for the help desk. So where one answer leaves doubt a second name that cannot exist is asked for. Two
answers that are known to be errors tell what stays and what varies, and the page is their like where it holds what
stays, and differs from them no more than they do from each other.
"""

from __future__ import annotations

import random
import re
import string
from enum import Enum
from urllib.parse import parse_qsl, urlencode

from citekeeper import urls
from citekeeper.judge import redirects
from citekeeper.judge.facts import Facts, words_of
from citekeeper.judge.page import Page
from citekeeper.model import Exchange
from citekeeper.patterns import late

_ALIKE = 0.6  # of all words, where prose is the same: teasers and “most read” lists change from answer to answer
_ENOUGH_STANDS = 3  # words that stand in both answers, below which they tell nothing
_NEWER = 2  # times as much as the answers differ by: two of them may be alike by chance
_RECORD_NUMBER = late(r"(?!(?:19|20)\d\d$|(?:19|20)\d{2}[01]\d[0-3]\d$)\d{4,}")


class Likeness(Enum):
    """Whether the page is what a name that cannot exist gets."""

    UNLIKE = "unlike"
    UNSURE = "unsure"  # a second name would tell
    ALIKE = "alike"


def impossible_name(rng: random.Random) -> str:
    """A name that no page has."""
    return "".join(rng.choices(string.ascii_lowercase, k=20))


def sibling(url: urls.Url, name: str) -> str:
    """An address beside ``url`` whose name cannot exist: same folder, same ending.

    Where the query names the page (``article.php?id=5``), its last value becomes the name instead. A number in the
    folder before an ornamental last part (``/questions/4613/how-to``) is likely to name the page, and goes too.
    """
    folder, _, last = url.path.rpartition("/")
    pairs = parse_qsl(url.query, keep_blank_values=True)
    if pairs and (not last or re.search(r"(?i)\.(?:php|aspx?|jsp|cgi|pl|cfm|do)$", last) or redirects.is_front(url)):
        pairs[-1] = (pairs[-1][0], name)
        return f"{url.origin}{url.path}?{urlencode(pairs)}"
    closing = ""
    if not last and folder:
        folder, _, last = folder.rpartition("/")
        closing = "/"
    above, slash, number = folder.rpartition("/")
    if _RECORD_NUMBER.fullmatch(number) and not any(char.isdigit() for char in last):
        folder = f"{above}{slash}{name}"
    ending = re.search(r"\.[A-Za-z0-9]{1,5}$", last) if not closing else None
    return f"{url.origin}{folder}/{name}{ending[0] if ending else ''}{closing}"


def probe_is_alike(facts: Facts) -> bool:
    """Whether a name that cannot exist got, with a success, the page that the cited name got."""
    return likeness(facts) is Likeness.ALIKE


def likeness(facts: Facts) -> Likeness:
    """How the page compares with those of one or two names that cannot exist.

    Words of the addresses are left out of the comparison where the host repeats them.
    """
    answers = facts.impossible_pages
    if not answers or not all(map(_succeeded, answers)):
        return Likeness.UNLIKE
    if facts.redirected and redirects.probe_ends_alike(facts):
        return Likeness.ALIKE
    if any(_is_sent_here(answer, facts) for answer in answers):
        return Likeness.UNLIKE
    if not facts.is_html or not all(answer.is_html for answer in answers):
        return Likeness.UNLIKE
    own = _echoed(facts, answers)
    page, others = facts.page, [answer.page for answer in answers]
    if not all(_same_title(page, other, own) for other in others):
        return Likeness.UNLIKE
    if _same_pages(page, others[0], own):
        return Likeness.ALIKE
    if len(others) == 1:
        return Likeness.UNSURE
    return Likeness.ALIKE if _varies_alike(page, others[0], others[1], own) else Likeness.UNLIKE


def _succeeded(answer: Facts) -> bool:
    return answer.exchange.failure is None and 200 <= answer.status < 300


def _is_sent_here(answer: Facts, facts: Facts) -> bool:
    """Whether the impossible name was led to the page itself, as blogs do that guess what their reader meant."""
    return answer.redirected and redirects.is_same_document(answer.exchange.final_url, facts.exchange.url)


def _echoed(facts: Facts, answers: tuple[Facts, ...]) -> frozenset[str]:
    """The words of all addresses, where the host repeats to its reader what was asked for; else none.

    Words of its own address that stand on a page of another host are that page's own.
    """
    asked = _words_of_addresses(facts.exchange)
    for answer in answers:
        named = _words_of_addresses(answer.exchange)
        if (named - asked) & words_of(f"{answer.title} {answer.page.text}"):
            return asked.union(*(_words_of_addresses(each.exchange) for each in answers))
    return frozenset()


def _words_of_addresses(exchange: Exchange) -> frozenset[str]:
    return words_of(f"{exchange.url} {exchange.final_url}".replace("-", " ").replace("_", " "))


def _same_pages(first: Page, second: Page, ignored: frozenset[str]) -> bool:
    """Whether two pages say the same in their own name, and much the same in their links."""
    if words_of(first.prose) - ignored != words_of(second.prose) - ignored:
        return False
    return _jaccard(words_of(first.text) - ignored, words_of(second.text) - ignored) >= _ALIKE


def _same_title(first: Page, second: Page, ignored: frozenset[str]) -> bool:
    return words_of(first.title) - ignored == words_of(second.title) - ignored


def _varies_alike(page: Page, one: Page, other: Page, ignored: frozenset[str]) -> bool:
    """Whether a page holds what stands in two answers, and is hardly newer to them than they are to each other.

    Numbers pay for numbers only: a clock or a ticket number excuses no word.
    """
    pages = (page, one, other)
    prose = [words_of(each.prose) - ignored for each in pages]
    links = [words_of(each.text) - ignored - said for each, said in zip(pages, prose, strict=True)]
    if len(prose[1] & prose[2]) + len(links[1] & links[2]) < _ENOUGH_STANDS or prose[1] & prose[2] - prose[0]:
        return False
    words = [frozenset(word for word in said if not word.isdigit()) for said in prose]
    numbers = [said - worded for said, worded in zip(prose, words, strict=True)]
    return _is_no_newer(*words) and _is_no_newer(*numbers) and _is_much_like(*links)


def _is_no_newer(own: frozenset[str], one: frozenset[str], other: frozenset[str]) -> bool:
    return len(own - one - other) <= _NEWER * max(len(one - other), len(other - one))


def _is_much_like(own: frozenset[str], one: frozenset[str], other: frozenset[str]) -> bool:
    standing = one & other
    granted = max(_NEWER * max(len(one - other), len(other - one)), (1 - _ALIKE) * len(standing))
    return max(len(own - one - other), len(standing - own)) <= granted


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0
