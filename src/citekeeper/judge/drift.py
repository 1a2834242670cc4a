"""Answers, but with other content: compared with the capture that was cited, or with the citation's title and language.

With a comparison of both texts (:func:`citekeeper.evidence.compare`) the substance decides; its thresholds were chosen
on one half of the pairs of ``make drift-bench``. Without one, the thresholds are those of the Off-Topic Memento Toolkit
(cosine of word counts below 0.12, Jaccard distance above 0.96): they mean "another page", not "edited".
"""

from __future__ import annotations

import math
import re
from collections import Counter

from citekeeper.judge import walls
from citekeeper.judge.facts import Facts, script_of, words_of
from citekeeper.judge.knowledge import Family
from citekeeper.judge.soft404 import is_hollow
from citekeeper.judge.tongues import language_of_title
from citekeeper.judge.verdicts import ADVICE_DEAD, ADVICE_WALL, say
from citekeeper.model import ChangeKind, Comparison, Reading, TextChange, Verdict, VerdictKind
from citekeeper.patterns import late
from citekeeper.tags import primary

OFF_TOPIC_COSINE = 0.12
OFF_TOPIC_JACCARD_DISTANCE = 0.96
REPLACED_BELOW = 0.3  # of the earlier text's shingles still there: another text
LOST_FROM = 0.34  # of the earlier text's words gone: it no longer says what was cited
_ENOUGH_WORDS = 40
_COMPARABLE = 15  # words, below which only a contradiction counts
_SAME_FIGURES = 0.6
_TELLING_TITLE = 3  # words
_TELLING_LETTERS = 4
_NUMBER = 3  # digits
_YEAR = late(r"(?:19|20)\d\d$")
_WORD = late(r"[^\W\d_]{3,}")


def cosine(first: str, second: str) -> float:
    """Cosine similarity of the word counts of two texts, 0 to 1."""
    one, other = (Counter(_WORD.findall(text.casefold())) for text in (first, second))
    product = sum(count * other[word] for word, count in one.items())
    size = math.sqrt(sum(n * n for n in one.values())) * math.sqrt(sum(n * n for n in other.values()))
    return product / size if size else 0.0


def is_off_topic(now: Reading, then: Reading) -> bool:
    """Whether two readings are of different pages; False where either is too short to tell."""
    one, other = words_of(now.text), words_of(then.text)
    if min(len(one), len(other)) < _ENOUGH_WORDS:
        return False
    distance = 1 - len(one & other) / len(one | other)
    return cosine(now.text, then.text) < OFF_TOPIC_COSINE and distance > OFF_TOPIC_JACCARD_DISTANCE


def other_text(facts: Facts) -> Verdict | None:
    """Another text than was cited, most of it gone, or one that says something else; None where it says the same.

    A text that breaks off where its page goes on elsewhere, or where the reader should pay, has not drifted.
    """
    found = facts.comparison
    if found is None or not 200 <= facts.status < 300:
        return None
    if min(found.words_then, found.words_now) >= _COMPARABLE:
        if found.is_beginning and (wall := _cut_by_paywall(facts)) is not None:
            return wall
        if found.is_beginning and goes_on_elsewhere(facts):
            return None
        if found.similarity < REPLACED_BELOW and found.lost >= LOST_FROM:
            return _replaced(facts, found)
        if found.lost >= LOST_FROM:
            return _drifted(
                "text-missing",
                f"{facts.shown_host} answers, but {found.lost:.0%} of what the page said when it was cited is gone.",
            )
    if found.retracted is not None:
        said = " ".join(found.retracted.split())[:120]
        return _drifted("retracted", f"{facts.shown_host} answers, but has taken back what it said: “{said}”.")
    altered = [change for change in found.changes if change.kind in _SUBSTANCE]
    if not altered:
        return None
    more = f" ({len(altered)} sentences say something else)" if len(altered) > 1 else ""
    return _drifted("text-altered", f"{facts.shown_host} answers, but {_told(altered[0])}{more}.")


_SUBSTANCE = {
    ChangeKind.NUMBER: "another figure stands in",
    ChangeKind.NEGATION: "a negation came or went in",
    ChangeKind.OPPOSITE: "the contrary is said in",
    ChangeKind.NAME: "another name stands in",
}


def _told(change: TextChange) -> str:
    """The change with a few words around it, for one sentence."""
    text, seen = [], False
    for mark, words in change.runs:
        if mark == "=":
            parts = words.split()
            text.append(" ".join(parts[:4] if seen else parts[-4:]))
            if seen:
                break
        else:
            seen = True
            text.append(f"[-{words}-]" if mark == "-" else f"[+{words}+]")
    return f"{_SUBSTANCE[change.kind]} “{' '.join(text)[:200]}”"


def _drifted(reason: str, message: str) -> Verdict:
    return say(
        VerdictKind.DRIFTED,
        reason,
        message,
        "Compare it with the capture; if it no longer says what was cited, pin the archived copy under “archived:”.",
    )


def _replaced(facts: Facts, found: Comparison) -> Verdict:
    if found.another_language and (found.same_figures or 0.0) >= _SAME_FIGURES:
        return _other_language(facts)
    if found.another_language and not _shares_title(facts):
        if facts.baseline is not None and _is_offered_in(facts, facts.baseline.language):
            return _other_language(facts)
        return _usurped(facts, "title, language and text have nothing in common with the capture")
    return _drifted(
        "content-differs", f"{facts.shown_host} answers, but its text has next to nothing in common with the capture."
    )


def _other_language(facts: Facts) -> Verdict:
    return _drifted(
        "other-language",
        f"{facts.shown_host} answers in another language than the capture; it may be a translation.",
    )


def _is_offered_in(facts: Facts, language: str | None) -> bool:
    """Whether a page links to itself in a language (``hreflang``): its site speaks several, and chose another one."""
    known = primary(language)
    links = facts.page.root.iter("link", "a") if known and facts.page.root is not None else ()
    return any(primary(link.get("hreflang") or "") == known for link in links)


def _cut_by_paywall(facts: Facts) -> Verdict | None:
    """What walls make of a text that breaks off: schema.org's mark, or the reader's own finding."""
    wall = walls.paywall(facts)
    if wall is None and facts.reading is not None and facts.reading.is_free is False:
        wall = say(
            VerdictKind.WALLED,
            "paywall",
            f"{facts.shown_host} shows the beginning only, and marks the page as not accessible for free.",
            ADVICE_WALL,
        )
    return wall


_NEXT_PAGE = late(
    rb"""(?ix)<(?:a|link)\b[^>]{0,300}?
    (?: rel\s*=\s*["']?next\b [^>]{0,300}? href\s*=\s*["']?(?P<one>[^"'\s>]{1,500})
      | href\s*=\s*["']?(?P<two>[^"'\s>]{1,500})["']?[^>]{0,300}?rel\s*=\s*["']?next\b)"""
)
_PAGE_TWO = late(r"(?i)(?:[?&](?:page|p|pg|pagina|seite|part)=2\b|/(?:page/)?2/?$|[-_.](?:p|page)?2(?:\.html?)?$)")


def goes_on_elsewhere(facts: Facts) -> bool:
    """Whether the page links to a second page of itself: an article that is now split over several."""
    if facts.cited is None or not facts.is_html:
        return False
    stem = re.sub(r"(?i)(?:\.\w{2,5}|/)$", "", facts.cited.path)
    for match in _NEXT_PAGE.finditer(facts.content):
        target = (match["one"] or match["two"] or b"").decode("utf-8", "replace")
        is_own = target.startswith("?") or (bool(stem) and stem in target)
        if is_own and _PAGE_TWO.search(target):
            return True
    return False


def other_content(facts: Facts) -> Verdict | None:
    """Another site's content (usurped), or another text than was captured (drifted)."""
    now, then = facts.reading, facts.baseline
    if now is None or not 200 <= facts.status < 300:
        return None
    if facts.comparison is not None:
        return None
    if then is not None:
        if not is_off_topic(now, then) or facts.is_titled_as_cited:
            return None
        if _speaks_otherwise(now, then.language) and not _shares_title(facts):
            if _is_offered_in(facts, then.language):
                return _other_language(facts)
            return _usurped(facts, "title, language and text have nothing in common with the last capture")
        return say(
            VerdictKind.DRIFTED,
            "content-differs",
            f"{facts.shown_host} answers, but its text has next to nothing in common with the last capture.",
            "Compare it with the capture; if it no longer says what was cited, pin the archived copy.",
        )
    if facts.citation is None or not _speaks_otherwise(now, facts.citation.language) or not facts.is_titled_otherwise:
        return None
    if now.frames or len(words_of(now.text)) < _ENOUGH_WORDS or _mentions_title(now, facts):
        return None  # what stands in frames has a title of its own
    spoken = primary(now.language)
    if language_of_title(facts.title, spoken) == spoken:  # it cannot be compared with a title in another language
        return _drifted(
            "other-language",
            f"{facts.shown_host} answers in another language than that of what was cited, titled "
            f"“{facts.title[:80]}”; it may be a translation.",
        )
    return _usurped(facts, "title, language and text have nothing in common with what was cited")


def unlike_citation(facts: Facts) -> Verdict | None:
    """Not one word of the cited title in all that a page says, though it was known in one language.

    A short page may be what was cited in other words, unless it is an inner one with nothing but its site's frame.
    """
    if not facts.is_html or not 200 <= facts.status < 300 or not facts.lacks_known_title or facts.citation is None:
        return None
    hollow = is_hollow(facts)
    # The address goes on naming what was cited when next to nothing stands under it any more.
    said = " ".join(facts.page.own_blocks) if hollow else f"{facts.page.text} {facts.end.path if facts.end else ''}"
    here = words_of(f"{facts.title} {said}")
    language = primary(facts.citation.language)
    known = [title for title in facts.known_titles if script_of(title) == script_of(facts.title)]
    if not language or not known or (len(here) < _ENOUGH_WORDS and not hollow):
        return None
    judged = [_is_nowhere(title, here, facts, hollow=hollow) for title in known]
    if not any(judged) or False in judged:
        return None
    return say(
        VerdictKind.DRIFTED,
        "title-nowhere",
        f"{facts.shown_host} answers with “{facts.title[:80]}”; not one word of the cited title is on the page.",
        "Look whether it still says what was cited; if not, pin an archived copy under “archived:”.",
    )


def _is_nowhere(title: str, here: frozenset[str], facts: Facts, *, hollow: bool) -> bool | None:
    """Whether a page bears nothing of a title; None where the title is too short, or in too strange a tongue, to tell.

    On a page of next to nothing the number by which a thing is known must stand, and short titles tell something, too.
    """
    language = primary(facts.citation.language) if facts.citation else ""
    numbers = _numbers(title) if hollow else frozenset()
    if numbers:
        return not numbers & here
    if _long(title) & here:
        return False
    if len(words_of(title)) >= _TELLING_TITLE:
        return language_of_title(title, language) == language
    if facts.found(Family.META_REFRESH):
        return None  # it only sends the reader on
    return True if hollow and facts.page.language == language and _long(title) else None


def _long(title: str) -> frozenset[str]:
    return frozenset(word for word in words_of(title) if len(word) >= _TELLING_LETTERS)


def _numbers(title: str) -> frozenset[str]:
    """The numbers by which a title names one thing among its like; years do not."""
    return frozenset(
        word for word in words_of(title) if word.isdigit() and len(word) >= _NUMBER and not _YEAR.match(word)
    )


def _usurped(facts: Facts, why: str) -> Verdict:
    return say(
        VerdictKind.USURPED,
        "other-content",
        f"{facts.shown_host} now shows “{facts.title[:80]}”: {why}.",
        ADVICE_DEAD,
    )


def _speaks_otherwise(now: Reading, language: str | None) -> bool:
    spoken, known = primary(now.language), primary(language)
    return bool(spoken and known) and spoken != known


def _shares_title(facts: Facts) -> bool:
    here = words_of(facts.title)
    return any(words_of(title) & here or script_of(title) != script_of(facts.title) for title in facts.known_titles)


def _mentions_title(now: Reading, facts: Facts) -> bool:
    text = words_of(now.text)
    return any(len(words_of(title) & text) * 3 >= len(words_of(title)) for title in facts.known_titles)
