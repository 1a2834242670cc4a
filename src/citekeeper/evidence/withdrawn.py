"""What a page repeats and does not say: “An earlier version of this article said …”, “You searched for …”.

Such a sentence holds the words that were cited, and holds that they are wrong, or somebody else's question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_EARLIER = re.compile(
    r"""(?xi)
    \b(?:earlier | previous | original | initial | prior)\ versions?\ of
        \ (?:(?:this | our)\ (?:\w+\ )?
            (?:article | story | post | report | piece | column | item | caption | headline | page)
        | the\ (?:article | story | post | column | headline))\b
    | \b(?:this | the | our)\ (?:article | story | post | report | piece | headline)
        \ (?:originally | previously | initially | incorrectly | wrongly | mistakenly | erroneously)
        \ (?:said | stated | reported | claimed | gave | identified | described | quoted | suggested | named)\b
    | \b(?:eerdere | vorige | oorspronkelijke)\ versie\ van\ dit\ (?:artikel | bericht | stuk | verhaal)\b
    | \bin\ dit\ (?:artikel | bericht | stuk)\ stond\ (?:eerder | aanvankelijk | abusievelijk | ten\ onrechte)\b
    | \b(?:früheren | vorherigen | ursprünglichen | vorigen)\ (?:version | fassung)\ dieses
        \ (?:artikels | textes | beitrags | berichts)\b
    | \bin\ diesem\ (?:artikel | text | beitrag)\ hie(?:ß | ss)\ es
        \ (?:zunächst | ursprünglich | fälschlich\w* | zuvor)\b
    | \bversion\ (?:antérieure | précédente | initiale)\ de\ (?:cet\ article | ce\ texte)\b
    | \b(?:première | précédente)\ version\ de\ (?:cet\ article | ce\ texte)\b
    | \b(?:ранней | предыдущей | первоначальной | прежней)\ версии
        \ (?:(?:этого | данного | нашего)\ )?(?:текста | материала | заметки | новости)\b
    | \b(?:ранней | предыдущей | первоначальной | прежней)\ (?:версии | редакции)
        \ (?:этой | данной | нашей)\ (?:статьи | новости | заметки | публикации)\b
    | \b(?:попередній | первісній | ранній)\ версії
        \ (?:(?:цього | нашого)\ (?:тексту | матеріалу) | (?:цієї | нашої)\ (?:статті | новини))\b
    """
)
# What a page of results says of the search that it answers.
_ECHO = re.compile(
    r"""(?xi)^\W*(?:
      you\ searched\ for | (?:search\ )?results\ for
    | (?:there\ were\ )?no\ (?:\w+\ )?(?:results|matches)\ (?:\w+\ )?for
    | (?:u|je)\ zocht\ (?:op|naar) | (?:zoek)?resultaten\ voor | geen\ resultaten\ (?:gevonden\ )?voor
    | suchergebnisse\ für | sie\ suchten\ nach | ihre\ suche\ nach | keine\ (?:ergebnisse|treffer)\ für
    | (?:résultats|aucun\ résultat)\ (?:de\ (?:la\ )?recherche\ )?pour | vous\ avez\ cherché
    | результаты\ поиска | по\ (?:вашему\ )?запросу | вы\ искали
    | результати\ пошуку | за\ (?:вашим\ )?запитом | ви\ шукали
    )\b"""
)
_LONGEST = 600  # characters of a sentence that tells of an earlier version
_LONGEST_ECHO = 60  # words
# The full stop of a title or of an initial ends no sentence.
_END = re.compile(
    r"(?<!\b(?:Mr|Dr|St|Ms|No)\.)(?<!\b(?:Mrs|Gen|Col|Sen|Rep|Gov)\.)(?<!\b[A-ZА-ЯІЇЄ]\.)"
    r"(?<=[.!?…;])[»”\"'’)\]]*(?:\s+|$)|$"
)
_AFTER_MARK = re.compile(r"[.!?…][»”\"'’)\]]+(?:\s+(?=[^\W_a-zа-яёіїєґ])|$)")
_MASK = "\ue000"
TAKEN_BACK = "the page says so only of an earlier version of itself, or of what was searched for"


_RETRACTED = re.compile(
    r"""(?xi)
    ^\W*(?:retracted(?:\ article)?\b(?:[:.]|$) | retraction(?:\ notice)?\b\s*(?:[:.]|$))
    | \bthis\ (?:\w+\ )?(?:article | paper | story | study | report)\ (?:has\ been | was | is)
        \ (?:formally\ )?(?:retracted | withdrawn)\b
    | \b(?:have | has)\ (?:retracted | withdrawn)\ this\ (?:article | paper | story | study | report)\b
    | \bdit\ (?:artikel | bericht | stuk)\ is\ (?:ingetrokken | teruggetrokken)\b
    | \bdieser\ (?:artikel | beitrag | text)\ (?:wurde | ist)\ (?:\w+\ )?(?:zurückgezogen | widerrufen)\b
    | \bcet\ article\ a\ été\ (?:retiré | rétracté)\b
    | \b(?:эта\ |данная\ )?статья\ (?:была\ )?(?:отозвана | ретрагирована)\b
    | \bстат(?:тя | тю)\ (?:було\ )?відкликан[оа]\b
    """
)


def retraction(texts: Sequence[str]) -> str | None:
    """The text with which a page takes all of itself back; None where it does not."""
    return next((text for text in texts if _RETRACTED.search(text)), None)


def takes_back(text: str) -> bool:
    """Whether a text tells what an earlier version of its page said, or what was searched for."""
    text = " ".join(text.split())
    return _EARLIER.search(text) is not None or _ECHO.match(text) is not None


@lru_cache(maxsize=2)
def standing(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs with what tells of an earlier version, or repeats a search, masked character by character."""
    return tuple(map(_masked, paragraphs))


def _masked(paragraph: str) -> str:
    if _ECHO.match(paragraph) and len(paragraph.split()) <= _LONGEST_ECHO:
        return _MASK * len(paragraph)
    parts: list[str] = []
    position = 0
    while found := _EARLIER.search(paragraph, position):
        reach = found.end(), found.end() + _LONGEST
        ends = (_END.search(paragraph, *reach), _AFTER_MARK.search(paragraph, *reach))
        end = min(match.start() for match in ends if match)
        parts += [paragraph[position : found.start()], _MASK * (end - found.start())]
        position = end
    return "".join((*parts, paragraph[position:]))
