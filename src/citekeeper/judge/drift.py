"""Answers, but with other content: compared with the last capture, or with the citation's own title and language.

The thresholds are those of the Off-Topic Memento Toolkit (cosine of word counts below 0.12, Jaccard distance above
0.96): they mean "another page", not "edited".
"""

from __future__ import annotations

import math
import re
from collections import Counter

from citekeeper.judge.facts import Facts, script_of, words_of
from citekeeper.judge.tongues import language_of_title, primary
from citekeeper.judge.verdicts import ADVICE_DEAD, say
from citekeeper.model import Reading, Verdict, VerdictKind

OFF_TOPIC_COSINE = 0.12
OFF_TOPIC_JACCARD_DISTANCE = 0.96
_ENOUGH_WORDS = 40
_TELLING_TITLE = 3  # words
_TELLING_LETTERS = 4
_WORD = re.compile(r"[^\W\d_]{3,}")


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


def other_content(facts: Facts) -> Verdict | None:
    """Another site's content (usurped), or another text than was captured (drifted)."""
    now, then = facts.reading, facts.baseline
    if now is None or not 200 <= facts.status < 300:
        return None
    if then is not None:
        if not is_off_topic(now, then) or facts.is_titled_as_cited:
            return None
        if _speaks_otherwise(now, then.language) and not _shares_title(facts):
            return _usurped(facts, "title, language and text have nothing in common with the last capture")
        return say(
            VerdictKind.DRIFTED,
            "content-differs",
            f"{facts.shown_host} answers, but its text has next to nothing in common with the last capture.",
            "Compare it with the capture; if it no longer says what was cited, pin the archived copy.",
        )
    if facts.citation is None or not _speaks_otherwise(now, facts.citation.language) or not facts.is_titled_otherwise:
        return None
    if len(words_of(now.text)) < _ENOUGH_WORDS or _mentions_title(now, facts):
        return None
    return _usurped(facts, "title, language and text have nothing in common with what was cited")


def unlike_citation(facts: Facts) -> Verdict | None:
    """Not one word of the cited title in all that a page of some length says, though it was known in one language."""
    if not facts.is_html or not 200 <= facts.status < 300 or not facts.lacks_known_title or facts.citation is None:
        return None
    here = words_of(f"{facts.title} {facts.page.text} {facts.end.path if facts.end else ''}")
    language = primary(facts.citation.language)
    known = [
        title
        for title in facts.known_titles
        if len(words_of(title)) >= _TELLING_TITLE and script_of(title) == script_of(facts.title)
    ]
    if not language or not known or len(here) < _ENOUGH_WORDS:
        return None
    if any(_long(title) & here or language_of_title(title, language) != language for title in known):
        return None
    return say(
        VerdictKind.DRIFTED,
        "title-nowhere",
        f"{facts.shown_host} answers with “{facts.title[:80]}”; not one word of the cited title is on the page.",
        "Look whether it still says what was cited; if not, pin an archived copy under “archived:”.",
    )


def _long(title: str) -> frozenset[str]:
    return frozenset(word for word in words_of(title) if len(word) >= _TELLING_LETTERS)


def _usurped(facts: Facts, why: str) -> Verdict:
    return say(
        VerdictKind.USURPED,
        "other-content",
        f"{facts.shown_host} now shows “{facts.title[:80]}”: {why}.",
        ADVICE_DEAD,
    )


def _speaks_otherwise(now: Reading, language: str | None) -> bool:
    if not now.language or not language:
        return False
    return now.language.partition("-")[0].lower() != language.partition("-")[0].lower()


def _shares_title(facts: Facts) -> bool:
    here = words_of(facts.title)
    return any(words_of(title) & here or script_of(title) != script_of(facts.title) for title in facts.known_titles)


def _mentions_title(now: Reading, facts: Facts) -> bool:
    text = words_of(now.text)
    return any(len(words_of(title) & text) * 3 >= len(words_of(title)) for title in facts.known_titles)
