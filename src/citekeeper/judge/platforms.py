"""What content systems and forums say of their own missing pages, in elements of their own.

A wiki or forum marks the element in which it says that there is nothing. That is the software's own word, and stronger
than any phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from citekeeper.judge import knowledge, redirects, refusals, wording
from citekeeper.judge.facts import Facts
from citekeeper.judge.knowledge import Family
from citekeeper.judge.page import plain
from citekeeper.judge.soft404 import is_cited_as_such, is_error_class
from citekeeper.judge.verdicts import ADVICE_AGAIN, ADVICE_DEAD, say
from citekeeper.model import Verdict, VerdictKind
from citekeeper.patterns import late

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST_MESSAGE = 600
_LITTLE_BESIDES = 300
_NEXT_TO_NOTHING = 40
_MUCH_PROSE = 700
_FOR_THE_MOST_PART = 0.5
_NEARLY_ALL = 0.7
_SPEAKING = late(
    r"[a-z]{2,20}[-_]{1,2}(?:removed|deleted|unavailable|inactive|expired|missing|withdrawn|not-?found)"
    r"(?:[-_](?:msg|message|notice|page|text|info|title))?"
)
"""Names of elements that say themselves what they hold, as in data/phrases.toml."""
_PROGRAM_ERRORS = (
    b"Warning", b"Fatal error", b"Parse error", b"Deprecated", b"Server Error in", b"Traceback", b"Exception",
    b"establishing a database connection",
)  # fmt: skip
_PROGRAM_ERROR = late(
    r"(?:Runtime Error )?(?:"
    r"(?:PHP )?(?:Warning|Fatal error|Parse error|Notice|Deprecated)\s*: .{1,400}? in \S{1,300}? on line \d+"
    r"|Server Error in ['‘][^'’]{1,80}['’] Application"
    r"|Traceback \(most recent call last\):"
    r"|Error establishing a database connection"
    r"|(?:[a-z]\w{0,40}\.){1,8}\w{1,60}Exception: .{1,300}? at (?:[\w$]{1,60}\.){1,10}[\w$<>]{1,60}\()"
)


def program_error(facts: Facts) -> Verdict | None:
    """200, but the page begins and ends with the message of a program that failed (PHP, ASP.NET, Python, Java)."""
    if facts.status != 200 or not facts.is_html or facts.has_paragraphs:
        return None
    if not any(word in facts.content for word in _PROGRAM_ERRORS):  # spares most of the rest the parse
        return None
    if len(facts.page.text) > _MUCH_PROSE or facts.is_titled_as_cited:
        return None
    if not _PROGRAM_ERROR.match(facts.page.text):
        return None
    return say(
        VerdictKind.FAILING,
        "program-error",
        f"{facts.shown_host} answers 200, but with the message of a program that failed: “{facts.page.text[:80]}”.",
        ADVICE_AGAIN,
    )


def absent_by_element(facts: Facts) -> Verdict | None:
    """An element of the platform's own for “nothing here”, or one for errors that says so, and little else."""
    if not facts.found(Family.ABSENT_ELEMENT) or not 200 <= facts.status < 300 or facts.has_paragraphs:
        return None
    if facts.page.is_article or redirects.cites_search(facts) or is_cited_as_such(facts):
        return None
    platforms = knowledge.table("phrases")["platforms"]
    empty = frozenset(platforms["empty"])
    notices = list(_little_else(facts, empty))
    all_said = " ".join(said for _, said in notices)
    for element, said in notices:
        if element.tag not in ("html", "body"):
            return _perhaps_absent(facts, said) if _is_under_a_name(facts, all_said) else _absent(facts, said)
        if _is_worded(facts) or not all(map(is_error_class, empty & facts.page.body_classes)):
            return _absent(facts, said)
    for _, said in _little_else(facts, frozenset(platforms["vacant"])):
        if next(facts.page.elements_of(frozenset(platforms["listings"])), None) is None:
            return _absent(facts, said)
    if facts.is_titled_as_cited or not facts.is_headed_by_nothing:
        return None
    for kind, says_so in (("errors", _speaks_of_absence), ("notices", _says_nothing_else)):
        for _, said in _little_else(facts, frozenset(platforms[kind])):
            if len(said) > _LONGEST_MESSAGE or not says_so(said):
                continue
            is_all = _is_worded(facts) or _is_all_that_is_said(facts, said)
            return _absent(facts, said) if is_all else _perhaps_absent(facts, said)
    return None


def _little_else(facts: Facts, classes: frozenset[str]) -> Iterator[tuple[HtmlElement, str]]:
    """The elements of some classes beside which a page says little, each with what it says."""
    for element in facts.page.elements_of(classes):
        said = plain(" ".join(element.itertext()))
        if len(facts.page.prose) - len(said) < _LITTLE_BESIDES:
            yield element, said


def _is_under_a_name(facts: Facts, said: str) -> bool:
    """Whether a heading beside a notice names something: then it may be a widget's that waits for its script."""
    site = facts.page.site_names
    return any(
        heading not in said and heading not in site and not (wording.is_wording(heading) or wording.is_label(heading))
        for heading in facts.page.own_headings
    )


def _is_all_that_is_said(facts: Facts, said: str) -> bool:
    besides = (block for block in facts.page.own_blocks if block not in said and not wording.is_label(block))
    return len(" ".join(besides)) < _NEXT_TO_NOTHING


def _is_worded(facts: Facts) -> bool:
    """Whether a page says of itself that something is absent: by its title, a heading, or most of its text."""
    if any(map(wording.is_wording, (facts.title, *facts.page.headings))):
        return True
    return wording.share_of_absence(*facts.page.own_blocks) >= _FOR_THE_MOST_PART


def absent_by_name(facts: Facts) -> Verdict | None:
    """An element that says by its own name that it holds a removal; a comment's and a widget's do so, too."""
    if not facts.found(Family.ABSENT_ELEMENT) or not 200 <= facts.status < 300 or facts.has_paragraphs:
        return None
    if facts.page.is_article or redirects.cites_search(facts):
        return None
    if facts.is_titled_as_cited or not facts.is_headed_by_nothing:
        return None
    for element in facts.page.elements_called(_SPEAKING):
        said = plain(" ".join(element.itertext()))
        if len(said) > _LONGEST_MESSAGE or len(facts.page.prose) - len(said) >= _LITTLE_BESIDES:
            continue
        if not wording.speaks_of_absence(said):
            continue
        if wording.share_of_absence(*facts.page.own_blocks) >= _NEARLY_ALL:
            return _absent(facts, said)
        return _perhaps_absent(facts, said)
    return None


def message_in_place(facts: Facts) -> Verdict | None:
    """A forum's message where a topic was: none such, not for this reader, or something else that is no topic."""
    if not facts.found(Family.ABSENT_ELEMENT) or not 200 <= facts.status < 300 or facts.is_titled_as_cited:
        return None
    if len(facts.page.prose) >= _MUCH_PROSE or facts.page.is_article or not _is_headed_by_site(facts):
        return None
    if next(facts.page.elements_called(refusals.POST), None) is not None:
        return None
    for element in facts.page.elements_of(frozenset(knowledge.table("phrases")["platforms"]["messages"])):
        holder = element.getparent() if element.tag in ("h1", "h2", "h3") else element
        blocks = [plain(text) for text in holder.itertext()] if holder is not None else []
        message = plain(" ".join(block for block in blocks if block and not wording.is_label(block)))
        if not message or len(message) > _LONGEST_MESSAGE:
            continue
        if refusals.is_for_members(message):
            return refusals.members_only(facts, message)
        if wording.share_of_absence(message) >= _FOR_THE_MOST_PART:
            return _absent(facts, message)
        return say(
            VerdictKind.DRIFTED,
            "message-in-place",
            f"{facts.shown_host} answers {facts.status}, with a message of its forum in the page's place: "
            f"“{message[:80]}”.",
            "Look at it once; if what was cited is gone, pin an archived copy under “archived:”.",
        )
    return None


def _is_headed_by_site(facts: Facts) -> bool:
    """Whether no heading names anything but the site itself, as it does in its title and in the link to its front."""
    site = {*facts.page.site_names, *(part.strip() for part in re.split(r"\s[-–—|•·»]\s", facts.title))}
    if facts.page.root is not None:  # phpBB's
        bars = facts.page.elements_of(frozenset({"headerbar"}))
        site |= {plain("".join(one.itertext())) for bar in bars for one in bar.iter("h1")}
    return all(wording.is_wording(text) or wording.is_label(text) or text in site for text in facts.page.own_headings)


def _speaks_of_absence(message: str) -> bool:
    """Whether a message says of a thing of the web that it is absent, or of anything by its number (“Bug #44”)."""
    return wording.speaks_of_absence(re.sub(r"[#№]?\d+", "", message))


def _says_nothing_else(message: str) -> bool:
    return wording.share_of_absence(message) >= _FOR_THE_MOST_PART


def _perhaps_absent(facts: Facts, said: str) -> Verdict:
    return say(
        VerdictKind.DRIFTED,
        "element-not-found",
        f"{facts.shown_host} answers {facts.status}, and the page holds the notice “{said[:80]}”; whether of the "
        "page itself cannot be told.",
        "Look at it once; if what was cited is gone, pin an archived copy under “archived:”.",
    )


def _absent(facts: Facts, said: str) -> Verdict:
    return say(
        VerdictKind.SOFT_404,
        "element-not-found",
        f"{facts.shown_host} answers {facts.status}, but the page holds its platform's own notice “{said[:80]}”.",
        ADVICE_DEAD,
    )
