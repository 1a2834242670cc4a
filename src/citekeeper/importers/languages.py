"""Names of languages in the languages that footnotes are written in, and a guess at the language of a text."""

from __future__ import annotations

import re
from collections import Counter

_NAMES = """
ru russisch russische russian русский русском russe russischen russischer русского
en engels engelse english английский английском anglais anglaise englisch englische englischen английского
nl nederlands nederlandse dutch нидерландском голландском нидерландский néerlandais néerlandaise niederländisch
de duits duitse german немецком немецкий allemand allemande deutsch deutsche deutschen немецкого
fr frans franse french французском французский français française französisch französische французского
uk oekraïens oekraïense ukrainian украинском украинский ukrainien ukrainienne ukrainisch ukrainische
be belarussisch wit-russisch belarusian белорусском белорусский biélorusse belarussische belarusisch
pl pools poolse polish польском польский polonais polonaise polnisch polnische
es spaans spaanse spanish испанском испанский espagnol espagnole spanisch spanische
it italiaans italiaanse italian итальянском итальянский italien italienne italienisch italienische
zh chinees chinese китайском китайский chinois chinoise chinesisch chinesische
ar arabisch arabische arabic арабском арабский arabe
tr turks turkse turkish турецком турецкий turc turque türkisch türkische
"""
LANGUAGE_NAMES = {name: code for code, *names in map(str.split, _NAMES.split("\n")[1:-1]) for name in names}
"""Lower-case name → ISO 639-1 code."""

_NAME = "|".join(sorted(map(re.escape, LANGUAGE_NAMES), key=len, reverse=True))
NAME_PATTERN = rf"(?P<language>{_NAME})"
"""A pattern (to be used without regard to case) for any of the names."""

_STATED = re.compile(
    rf"(?i)[(\[]\s*(?:in\s+het|in\s+de|in|auf|en|на|im)?\s*{NAME_PATTERN}(?:\s+(?:языке|language|taal))?\s*[)\]]"
    rf"|(?<![\w(])(?:in het|in|auf|на)\s+(?P<bare>{_NAME})(?:\s+языке)?(?=\s*[.,;]|\s*$)"
)


def find_stated_language(text: str) -> tuple[int, int, str] | None:
    """Where a note says in which language its source is, as in ``(in het Russisch)``, and the ISO code."""
    match = _STATED.search(text)
    if not match:
        return None
    name = match["language"] or match["bare"]
    return match.start(), match.end(), LANGUAGE_NAMES[name.lower()]


_STOP_WORDS = {
    "nl": "de het een en van in is op dat die te voor met zijn niet aan er ook als bij of uit door maar naar dan wordt "
    "worden heeft hebben nog wij deze dit om zij hun",
    "en": "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they "
    "which one you were all their has would will we",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
    "hat dass sie nach wird bei einer um am sind noch wie",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux "
    "d l cette ou été mais nous leur",
    "ru": "и в не на я что он с по это как к у но из за то все так его от же для мы бы о был была только они который "
    "или если при",
    "uk": "і в не на що з до та це як за у але від для про його який було вони або якщо є ми так",
}
_PROFILES = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def guess_language(text: str) -> str | None:
    """The language of ``text`` among nl, en, de, fr, ru, uk by its small words; None where they do not tell."""
    words = Counter(_WORD.findall(text.lower()))
    total = sum(words.values())
    scores = sorted(
        ((sum(words[word] for word in profile), language) for language, profile in _PROFILES.items()), reverse=True
    )
    (best, language), (second, _) = scores[0], scores[1]
    if best < 3 or best < 0.08 * total or best < 1.25 * second:
        return None
    return language


_RUSSIAN_ONLY = re.compile(r"[ыэъё]", re.I)
_NOT_RUSSIAN = re.compile(r"[іїєґўѓќљњђћџәғқңөұүһј]", re.I)


def is_russian(text: str) -> bool:
    """Whether the letters alone prove Russian: Cyrillic, with a letter of its own and none of its neighbours'."""
    return bool(_RUSSIAN_ONLY.search(text)) and not _NOT_RUSSIAN.search(text)
