"""The grammar of absence: when a title, heading or sentence says “not found” of its page, and nothing else.

Besides the set phrases of data/phrases.toml, a wording is any run of words that names a thing of the web (page,
article, topic, …) and says that it is absent (not found, removed, no longer available, …), with nothing left over but
fillers. So “This story has been removed” and “Запрошенной темы не существует” need no entry of their own.
"""

from __future__ import annotations

from functools import cache

from citekeeper.judge import knowledge
from citekeeper.patterns import late

_SEPARATORS = late(r"\s[-–—|•·:/»«›‹]+\s|\s*[|•·»«›‹:!.?,;]+\s*|\s+[–—]\s*|\s*[–—]\s+")
_SENTENCES = late(r"(?<=[.!?…])\s+")
_NEXT_TO_NOTHING = 40
_NO_TELLING_WORDS = 2  # at most: hardly a word that tells anything
_SHORT_OFFER = 100
_SHORT_SENTENCE = 9  # words
_LONGEST_NOTICE = 12  # words
_WORDS = late(r"[^\W_]+(?:['’ʼ][^\W_]+)?")
_ELISION = late(r"(?:l|d|un|dell|all|dall|nell|sull)'(?=[^\W\d_]{3})")
_CASE_ENDING = late(r"(?<=[а-яіїєґё]{5})(?:ая|ой|ую|ые|ый|ий|ого|ому|ое|ых|ым|ими|ыми|ої|ій|их|им|ого|у|а|е|і)$")
_MOST_OF_HEADING = 0.5
_BETWEEN = 4  # words at most between “not” and “available”


@cache
def _fillers() -> frozenset[str]:
    return frozenset(knowledge.table("phrases")["fillers"])


@cache
def _grammar() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    table = knowledge.table("phrases")["grammar"]
    return frozenset(table["things"]), _longest_first(table["absence"]), frozenset(table["links"])


def _longest_first(phrases: list[str]) -> tuple[str, ...]:
    """Phrases in the order in which they have to be taken out of a sentence, as some are parts of others."""
    return tuple(sorted(phrases, key=len, reverse=True))


@cache
def _suspensions() -> tuple[str, ...]:
    return _longest_first(knowledge.table("phrases")["grammar"]["suspensions"])


@cache
def _bare_absences() -> tuple[str, ...]:
    """Words such as “no” and “нет”: they deny a thing only where nothing else is said."""
    return tuple(knowledge.table("phrases")["grammar"]["bare"])


def _words(text: str) -> list[str]:
    """The words, lower-case, without an article that was run together with them (“l'articolo”)."""
    found = (word.replace("’", "'").replace("ʼ", "'") for word in _WORDS.findall(text.lower()))
    return [_ELISION.sub("", word, count=1) if "'" in word else word for word in found]


@cache
def _folded_fillers() -> frozenset[str]:
    return frozenset(_CASE_ENDING.sub("", word) for word in (*_fillers(), *_grammar()[2]) if _CASE_ENDING.search(word))


def _is_filler(word: str) -> bool:
    """Whether a word says nothing in a wording, in whichever case it stands (“запрошенной”, “запитуваного”)."""
    if word in _fillers():
        return True
    stem = _CASE_ENDING.sub("", word)
    return stem != word and stem in _folded_fillers()


def _core(text: str) -> str:
    """The words of a wording that are left without fillers, case and punctuation."""
    return " ".join(word for word in _words(text) if not _is_filler(word))


@cache
def _cores() -> frozenset[str]:
    return frozenset(_core(phrase) for phrase in knowledge.not_found_phrases())


def is_wording(text: str) -> bool:
    """Whether a title or heading has a segment that says “not found” and nothing else, and does not ask it."""
    return any(_is_wording_segment(part) and not _is_asked(part, text) for part in (text, *_SEPARATORS.split(text)))


def _is_asked(part: str, text: str) -> bool:
    """Whether a segment stands in its text as a question: “Deleted post?” is what somebody wrote about one."""
    return bool(part) and f"{part.rstrip(' ?')}?" in text.replace(" ?", "?")


def is_mostly_wording(heading: str) -> bool:
    """Whether a heading says “not found” and hardly anything besides: “404 – a short film” does not."""
    return is_wording(heading) and (_is_wording_segment(heading) or share_of_absence(heading) >= _MOST_OF_HEADING)


def _is_wording_segment(part: str) -> bool:
    core = _core(part)
    if not core:
        return "404" in part
    return core in _cores() or _is_grammatical(part)


def _is_grammatical(part: str) -> bool:
    """Whether the words are a thing, its absence, and nothing but fillers and links besides."""
    words = _words(part)
    if not 2 <= len(words) <= 16 or _may_be_name(words):
        return False
    return _names_absence(words) or _names_absence([word for word in words if not _is_filler(word)])


def _may_be_name(words: list[str]) -> bool:
    """Whether two words could as well be what a thing is called: “Missing Link”, “No Entry”."""
    kernel = [word for word in words if word not in ("the", "a")]
    return len(kernel) == 2 and kernel[0] in knowledge.table("phrases")["grammar"]["before"]


def _names_absence(words: list[str]) -> bool:
    things, _, links = _grammar()
    left, absent = _without_absences(words)
    if not absent or not any(word in things for word in left):
        return False
    return all(word in things or word in links or _is_filler(word) for word in left)


def names_status(text: str) -> bool:
    """Whether a segment of a title is the status itself: “Error 404”, “HTTP 404”, “404 – chyba”, but no bare “404”."""
    return any(_is_status(part) for part in (text, *_SEPARATORS.split(text)))


def _is_status(part: str) -> bool:
    words = _words(part)
    is_code = "404" in words or "410" in words
    return is_code and len(words) > 1 and all(word in ("404", "410") or word in _status_words() for word in words)


@cache
def _status_words() -> frozenset[str]:
    return frozenset(knowledge.table("phrases")["status_words"])


@cache
def _absences_by_word(*, bare: bool, suspended: bool) -> dict[str, tuple[tuple[int, str], ...]]:
    """What says “absent”, by its first word, each with its place in the order of taking them out of a sentence."""
    ordered = (*_grammar()[1], *(_bare_absences() if bare else ()), *(_suspensions() if suspended else ()))
    found: dict[str, list[tuple[int, str]]] = {}
    for place, phrase in enumerate(ordered):
        found.setdefault(phrase.partition(" ")[0], []).append((place, f" {phrase} "))
    return {word: tuple(phrases) for word, phrases in found.items()}


def _without_phrases(words: list[str], *, bare: bool, suspended: bool) -> tuple[list[str], int]:
    """The words without the phrases that say “absent”, and how many kinds of those stood there."""
    by_word = _absences_by_word(bare=bare, suspended=suspended)
    rest = f" {' '.join(words)} "
    count = 0
    for _, phrase in sorted({one for word in words for one in by_word.get(word, ())}):
        if phrase in rest:
            rest = rest.replace(phrase, " ")
            count += 1
    return rest.split(), count


def _without_absences(words: list[str], *, bare: bool = True, suspended: bool = False) -> tuple[list[str], bool]:
    """(the words that say no absence, whether any did); ``bare`` denials are “no”, “нет” and the like."""
    rest, count = _without_phrases(words, bare=bare, suspended=suspended)
    left, denied = _without_denials(rest)
    return left, count > 0 or denied


@cache
def _denials() -> tuple[frozenset[str], tuple[str, ...]]:
    table = knowledge.table("phrases")["grammar"]
    return frozenset(table["negations"]), tuple(table["states"])


def _without_denials(words: list[str]) -> tuple[list[str], bool]:
    """The words without “not … available” in any of its forms, and whether one stood there.

    Between the denial and what it denies may stand a few words that say nothing (“nie jest już dostępne”).
    """
    negations, states = _denials()
    links = _grammar()[2]
    left: list[str] = []
    start = 0
    denied = False
    while start < len(words):
        end = start + 1
        if words[start] in negations:
            while end < min(len(words), start + 1 + _BETWEEN) and not words[end].startswith(states):
                if not (words[end] in negations or words[end] in links or _is_filler(words[end])):
                    break
                end += 1
            if end < len(words) and words[end].startswith(states):
                denied, start = True, end + 1
                continue
        left.append(words[start])
        start += 1
    return left, denied


def is_label(text: str) -> bool:
    """Whether a heading says no more than that there is a message (“Information”, “Ошибка!”, “vBulletin Message”)."""
    labels = frozenset(knowledge.table("phrases")["platforms"]["labels"])
    return all(word in labels or _is_filler(word) for word in _words(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly."""
    return [sentence for sentence in _SENTENCES.split(text) if sentence]


def speaks_of_absence(text: str) -> bool:
    """Whether any sentence names a thing of the web and says that it is absent, whatever else it says."""
    things = _grammar()[0]
    for sentence in sentences(text):
        words = _words(sentence)
        if sentence.endswith("?"):
            continue
        names_thing = any(word in things for word in words) and not names_audience(sentence)
        if names_thing and _without_absences(words, bare=False)[1]:
            return True
    return False


def names_audience(sentence: str) -> bool:
    """Whether a sentence says for whom, or for how long, something is not: what some may see, or will, is there."""
    lower = sentence.lower()
    grammar = knowledge.table("phrases")["grammar"]
    if any(whom in lower for whom in grammar["audience"]):
        return True
    if not any(word in lower for word in grammar["passing"]):
        return False
    return (
        _without_phrases(_words(sentence), bare=False, suspended=False)[1] == 1
    )  # “removed, or temporarily down”: two


def denies(sentence: str) -> bool:
    """Whether a sentence says of anything that it is absent, whatever else it says."""
    return _without_absences(_words(sentence), bare=False)[1]


def _says_next_to_nothing(text: str) -> bool:
    """Whether hardly a word is left that tells something; a species list of three words does tell something."""
    links = _grammar()[2]
    telling = [word for word in _words(text) if word not in links and not _is_filler(word)]
    return len(text) < _NEXT_TO_NOTHING and len(telling) <= _NO_TELLING_WORDS


def helps_the_lost(text: str) -> bool:
    """Whether a text offers what error pages offer (search, front page, another address), or next to nothing at all."""
    if _says_next_to_nothing(text) or speaks_of_absence(text):
        return True
    lower = text.lower()
    return any(word in lower for word in knowledge.table("phrases")["help"]["words"])


def offers_way_on(sentence: str) -> bool:
    """Whether a sentence offers what error pages offer, or only repeats that “it” is gone."""
    lower = sentence.lower()
    if len(sentence) < _SHORT_OFFER and any(word in lower for word in knowledge.table("phrases")["help"]["words"]):
        return True
    things, _, links = _grammar()
    rest, absent = _without_absences(_words(sentence))
    return absent and all(word in things or word in links or _is_filler(word) for word in rest)


def is_about_the_page(block: str) -> bool:
    """Whether any sentence of a block is a wording about the page itself, by a word that means nothing else."""
    pages = frozenset(knowledge.table("phrases")["grammar"]["pages"])
    return any(not pages.isdisjoint(_words(said)) and is_wording(said) for said in sentences(block))


def says_no_more(block: str) -> bool:
    """Whether each sentence of a block names an absence, whatever of, offers a way on, or says next to nothing."""
    return all(
        names_absence(sentence) or offers_way_on(sentence) or is_label(sentence) or not _core(sentence)
        for sentence in sentences(block)
    )


def names_absence(sentence: str) -> bool:
    """Whether a short sentence is a wording for the most part, or says of anything that it is absent, and no more."""
    if _said_of_absence(sentence) * 2 >= len(sentence) > 0:
        return True
    words = _words(sentence)
    if (
        len(words) > _SHORT_SENTENCE
        or names_audience(sentence)
        or _may_be_name(words)
        or any(char.isdigit() for char in sentence)
    ):
        return False
    left, is_absent = _without_absences(words, bare=False, suspended=True)  # “geen resultaten” may be what was cited
    return is_absent and len(_telling(left)) <= _NO_TELLING_WORDS


def is_notice_of_removal(sentence: str) -> bool:
    """Whether a short sentence says that something published is there no more, and hardly anything besides."""
    table = knowledge.table("phrases")["removals"]
    published, words = frozenset(table["publications"]), _words(sentence)
    if published.isdisjoint(words) or len(words) > _LONGEST_NOTICE or any(char.isdigit() for char in sentence):
        return False
    lower = sentence.lower()
    if sentence.endswith("?") or names_audience(sentence) or any(want in lower for want in table["wants"]):
        return False
    left, is_absent = _without_absences(words, bare=False)
    return is_absent and sum(word not in published for word in _telling(left)) <= _NO_TELLING_WORDS


def _telling(words: list[str]) -> list[str]:
    """The words that are neither things of the web nor such as say nothing."""
    things, _, links = _grammar()
    return [word for word in words if word not in things and word not in links and not _is_filler(word)]


def goes_with_removal(sentence: str) -> bool:
    """Whether a sentence says no more than a notice of removal does: why, once more that, or where to go from here."""
    lower = sentence.lower()
    if any(reason in lower for reason in knowledge.table("phrases")["removals"]["reasons"]):
        return True
    return names_absence(sentence) or offers_way_on(sentence) or is_label(sentence) or not _core(sentence)


def share_of_absence(*blocks: str) -> float:
    """Which part of some blocks of text, 0 to 1, are wordings and nothing else.

    Ways on that are offered, and what only says once more that it is gone, do not count.
    """
    said = [
        sentence
        for block in blocks
        for sentence in sentences(block)
        if _WORDS.search(sentence) and (_said_of_absence(sentence) or not offers_way_on(sentence))
    ]
    total = sum(len(sentence) for sentence in said)
    return sum(map(_said_of_absence, said)) / total if total else 0.0


def _said_of_absence(sentence: str) -> int:
    """How many characters of a sentence are wordings; “Document not found: how a town lost its archive” is little."""
    if names_audience(sentence) or sentence.endswith("?"):
        return 0
    if _is_wording_segment(sentence):
        return len(sentence)
    return sum(len(part) for part in _SEPARATORS.split(sentence) if _is_wording_segment(part))
