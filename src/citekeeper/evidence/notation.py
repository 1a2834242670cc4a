"""Figures in any notation: what number a text says, and whether a source says it too.

``1 200``, ``1.200``, ``1,200`` and ``1200`` are one number, ``1,2 тыс.`` and ``twelve hundred`` as well. Dates, times,
phone numbers and codes such as COVID-19 are not figures; a year stands alone or in a date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from citekeeper.evidence import number_words

_SPACE = r"[ \u00a0\u2007\u2009\u202f]"
_MONTH_NAMES = (
    r"jan(?:uar[yi]|uari|vier)?|янв(?:ар[ьяе])?|січ(?:ень|ня)",
    r"feb(?:ruar[yi]|ruari|r)?|f[ée]vrier|фев(?:рал[ьяе]|р)?|лют(?:ий|ого)",
    r"mar(?:ch|s)?|maart|märz|mrt|март[ае]?|берез(?:ень|ня)",
    r"apr(?:il)?|avril|апр(?:ел[ьяе])?|квіт(?:ень|ня)",
    r"ma[iy]|mei|ма[йяе]|трав(?:ень|ня)",
    r"jun[ei]?|juin|июн[ьяе]|черв(?:ень|ня)",
    r"jul[iy]?|juillet|июл[ьяе]|лип(?:ень|ня)",
    r"aug(?:ust(?:us)?)?|août|авг(?:уст[ае]?)?|серп(?:ень|ня)",
    r"sept?(?:ember|embre)?|сент?(?:ябр[ьяе])?|верес(?:ень|ня)",
    r"o[ck]t(?:ober|obre)?|окт(?:ябр[ьяе])?|жовт(?:ень|ня)",
    r"nov(?:ember|embre)?|ноя(?:бр[ьяе])?|листопада?",
    r"de[cz](?:ember)?|décembre|дек(?:абр[ьяе])?|груд(?:ень|ня)",
)
_MONTHS = rf"(?:{'|'.join(_MONTH_NAMES)})\b\.?"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_TOKEN = re.compile(
    rf"""
      (?P<date>
          (?<![\w.,/-])\d{{1,2}}\.?{_SPACE}?(?:-{_SPACE}?\d{{1,2}}\.?{_SPACE})?{_MONTHS}(?:,?\s+(?:{_YEAR})\b)?
        | \b{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d|[.,]\d|{_SPACE}\d{{3}}\b)(?:,?\s+(?:{_YEAR})\b)?
        | \b{_YEAR}-\d\d?-\d\d?(?:[Tt ]\d\d?:\d\d(?::\d\d)?)?\b
        | (?<![\w.,/-])\d{{1,2}}(?P<separator>[./-])\d{{1,2}}(?P=separator)(?:{_YEAR}|\d\d)\b
      )
    | (?P<other>
          (?<!\w)\+\d[\d\s()-]{{6,18}}\d                      # a telephone
        | (?<![\w.,])\d{{1,2}}:\d\d(?::\d\d)?\b                # a time, a score
        | https?://\S+ | \S+@\S+
        | \b\d+(?:\.\d+){{2,}}\b(?<!\.\d{{3}})                  # a version, an address of the net
        | \[\d{{1,3}}\]                                        # the mark of a note
        | (?:№\s?|\#|\b(?:pp?|стр|blz|pag)\.\s?)\d[\w/-]*                                      # a document's number
        | [^\W\d_]+[-‑]?\d(?:[.,]?[\w-])*                          # COVID-19, F16, T-72
        | \b\d+(?:[-‑–]\d+){{2,}}\b                                # a book's or a file's number
        | \b(?:isbn|issn|tel|fax|тел|инн|огрн|iban|p\.?o\.?\s?box|postbus|postfach)\b[.:]*\s*\d[\d\s()./-]*
        | \b(?:street|road|avenue|[^\W\d_]*(?:straat|stra(?:ß|ss)e|laan|plein|gracht)|str\.|ул\.\s[^\W\d_]+,|дом|д\.)
              \s\d{{1,4}}(?=\s*[,.;)]|$)                          # a house
      )
    | (?P<figure>
          (?P<sign>(?:(?<=^)|(?<=[\s(]))[-−])?
          (?:(?P<grouped>\d{{1,3}}(?:(?P<group>[.,'’]|{_SPACE})\d{{3}}(?:(?P=group)\d{{3}})*))(?![\d])
              (?:(?P<point>[.,])(?P<decimals>\d+))?
            | (?P<plain>\d+)(?:(?P<point2>[.,])(?P<decimals2>\d+))?)
          (?P<ordinal>st\b|nd\b|rd\b|th\b|e\b|de\b|ste\b|-?(?:й|го|му|м|я|ая|ый|ого|ой|х)\b)?
          (?P<glued>[^\W\d_]+)?
      )
    | (?P<word>
          quatre[-‑]vingts?(?:[-‑][^\W\d_]+){{0,2}} | soixante[-‑](?:dix[-‑]|et[-‑])[^\W\d_]+
        | (?:vingt|trente|quarante|cinquante)[-‑]et[-‑]une?\b
        | [^\W\d_]+(?:[-‑][^\W\d_]+)?
      )
    | (?P<mark>%|[^\w\s])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CURRENCIES = {
    "eur": "€ eur euro euros евро євро",
    "usd": "$ usd dollar dollars долларов доллара доллар долл доларів",
    "gbp": "£ gbp pound pounds pond фунтов",
    "rub": "₽ rub ruble rubles rouble roubles roebel rubel рублей рубля рубль руб",
    "uah": "₴ uah hryvnia hryvnias гривен гривны гривень",
}
_CURRENCY_OF = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
_LINKS = frozenset(["-", "–", "—", "−", "‑", "to", "tot", "t/m", "bis", "до", "à"])
_BETWEEN = frozenset(["between", "tussen", "между", "zwischen", "entre", "між"])
_AND = frozenset(["and", "en", "и", "und", "et", "і", "та"])
_ONE_AND_A_HALF = frozenset(["полтора", "полторы", "полутора", "anderhalf", "anderhalve"])
_ORDINAL_WORD = re.compile(
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|перв|втор|трет|четверт|пят[ыо]|шест[ыо]|седьм|"
    r"восьм[ыо]|девят[ыо])"
)
_GLUED_UNITS = frozenset("kmghsкмгсч")
_ENGLISH_MARKS = frozenset(["the", "and", "to", "that", "for", "with", "from", "by", "were", "at"])
_DUTCH_MARKS = frozenset(["de", "het", "een", "van", "en", "dat", "niet", "met", "voor", "zijn", "bij", "naar"])
_GERMAN_MARKS = frozenset(["der", "die", "das", "und", "nicht", "ein", "eine", "mit", "von", "für", "den", "dem", "ist",
                           "war", "es", "im", "zu", "sich", "auf", "wurden"])  # fmt: skip
_FRENCH_MARKS = frozenset(["le", "la", "les", "des", "et", "du", "une", "dans", "est", "qui", "que", "pour", "ont",
                           "été", "à", "sur", "ne", "au", "aux", "l", "d"])  # fmt: skip
_TIME_OF_DAY = re.compile(r"(?<=\d)[t ]\d\d?:.*")
_MINUS = frozenset(["minus", "минус", "мінус"])
_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅕": "0.2"}
_LONGEST = 24  # digits; longer ones are codes


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text says: its value, what it counts in, and where it stands."""

    value: Decimal
    start: int
    end: int
    percent: bool = False
    currency: str | None = None
    linked: bool = False  # the other end of a range that the figure before it began
    date: tuple[int, int, int | None] | None = None  # day, month, year; the value is the year then
    ordinal: bool = False
    scale: int = 1  # what “million” and the like have multiplied it by
    unit: str | None = None  # of a few that are taken for one another

    @property
    def plain(self) -> str:
        """The value in digits with a decimal point."""
        return f"{self.value:f}"


def figures(text: str) -> list[str]:
    """The numbers in ``text`` in one notation: ``1 200``, ``1.200`` and ``1,200`` are all ``1200``; ``1,5`` is 1.5."""
    return [figure.plain for figure in read_figures(text) if figure.date is None]


def values(text: str) -> tuple[Sequence[tuple[object, ...]], str]:
    """What the figures in ``text`` say, in order, and the text without them."""
    found = read_figures(text)
    rest, position = "", 0
    for figure in found:
        rest += text[position : figure.start]
        position = figure.end
    rest += text[position:]
    said = [(figure.value, figure.percent, figure.currency, figure.date, figure.ordinal) for figure in found]
    return said, " ".join(rest.split())


class _Token(NamedTuple):
    kind: str  # figure | word | mark | date | other
    text: str  # in small letters
    match: re.Match[str]


def read_figures(text: str) -> list[Figure]:
    """The figures and dates in ``text``, in order."""
    tokens = [_Token(m.lastgroup or "", m[0].lower().replace("ё", "е"), m) for m in _TOKEN.finditer(text)]
    spoken = _spoken(tokens)
    found: list[Figure] = []
    end = index = 0
    while index < len(tokens):
        figure, after = _figure_at(tokens, index, spoken)
        if figure is None:
            index += 1
            continue
        if found and figure.date is None and _is_range(tokens, end, index):
            found[-1] = _as_first_of_range(found[-1], figure)
            figure = replace(figure, linked=True)
        found.append(figure)
        end = index = after
    return found


def _figure_at(tokens: Sequence[_Token], index: int, spoken: Mapping[str, int]) -> tuple[Figure | None, int]:
    """The figure that begins at a token, and the index of the first token behind it."""
    token = tokens[index]
    if token.kind == "date":
        return _date(token), index + 1
    if token.kind == "figure":
        figure = _written(token.match)
        return _scaled(figure, tokens, index) if figure else (None, index)
    if token.kind == "word":
        figure, after = _in_words(tokens, index, spoken)
        return _with_unit(figure, tokens, index, after) if figure else (None, index)
    return None, index


def _date(token: _Token) -> Figure:
    numbers = [int(part) for part in re.findall(r"\d+", _TIME_OF_DAY.sub("", token.text))]
    months = [index for index, name in enumerate(_MONTH_NAMES, 1) if re.search(rf"\b(?:{name})\b", token.text)]
    year: int | None
    if months:
        month, day = months[0], numbers[0]
        year = numbers[-1] if numbers[-1] > 31 else None
    elif numbers[0] > 31:
        year, month, day = numbers[:3]
    else:
        day, month, year = numbers[:3]
        year += 2000 if year < 100 else 0
        if month > 12:  # written the American way
            day, month = month, day
    return Figure(Decimal(year or 0), token.match.start(), token.match.end(), date=(day, month, year))


def _written(match: re.Match[str]) -> Figure | None:
    """A figure in digits; None where letters glued to it make it a code."""
    digits, group = match["grouped"], match["group"]
    decimals = match["decimals"] or match["decimals2"]
    glued = match["glued"] or ""
    fraction = _FRACTIONS.get(glued)
    if digits is None:
        digits = match["plain"]
    elif group == match["point"]:
        return None
    elif digits.startswith("0") and group in (".", ","):
        digits, decimals = digits.split(group, 1)
    elif group:
        digits = digits.replace(group, "")
    if len(digits) > _LONGEST or (len(glued) == 1 and glued not in _GLUED_UNITS and not fraction):
        return None
    value = Decimal(f"{digits}.{decimals[:_LONGEST]}" if decimals else digits)
    value += Decimal(fraction or 0)
    end = match.end() - (0 if fraction else len(glued))
    return Figure(-value if match["sign"] else value, match.start(), end, ordinal=bool(match["ordinal"]))


def _scaled(figure: Figure, tokens: Sequence[_Token], index: int) -> tuple[Figure, int]:
    """A figure in digits with the “million” or “тыс.” behind or glued to it, and its unit; “minus” before it counts."""
    if index and _is_minus(tokens, index - 1) and figure.value > 0:
        figure = replace(figure, value=-figure.value)
    match = tokens[index].match
    glued, after = (match["glued"] or "").lower(), index + 1
    scale = number_words.MULTIPLIERS.get(glued)
    if scale is None and glued == "m" and index and tokens[index - 1].text in _CURRENCY_OF:
        scale = 10**6
    if scale is None and not glued and after < len(tokens) and tokens[after].kind == "word":
        scale = number_words.MULTIPLIERS.get(tokens[after].text)
        after += scale is not None
        if scale and after < len(tokens) and tokens[after].text == "." and _is_short(tokens[after - 1].text):
            after += 1
    if scale:
        group = match["group"]
        if match["grouped"] and group in (".", ",") and match["grouped"].count(group) == 1 and not match["point"]:
            figure = replace(figure, value=Decimal(match["grouped"].replace(",", ".")))
        end = tokens[after - 1].match.end()
        figure = replace(figure, value=figure.value * scale, end=end, scale=scale)
    return _with_unit(figure, tokens, index, after)


def _is_minus(tokens: Sequence[_Token], index: int) -> bool:
    if tokens[index].text == "moins":  # which is “less” after “au” and the like
        return index > 0 and tokens[index - 1].text not in ("au", "du", "le", "de", "à", "plus", "en")
    return tokens[index].text in _MINUS


def _is_short(word: str) -> bool:
    return word in ("тыс", "млн", "млрд", "трлн", "mln", "mld", "mrd", "mio", "bn", "tsd")


def _with_unit(figure: Figure, tokens: Sequence[_Token], index: int, after: int) -> tuple[Figure, int]:
    """The figure with the currency before or behind it, or as the percentage that the words behind it make it."""
    following = [token.text for token in tokens[after : after + 2]]
    if following and following[0] in number_words.PERCENT:
        return replace(figure, percent=True, end=tokens[after].match.end()), after + 1
    if following in (["per", "cent"], ["pour", "cent"]):
        return replace(figure, percent=True, end=tokens[after + 1].match.end()), after + 2
    if index and tokens[index - 1].text in _CURRENCY_OF:
        start = tokens[index - 1].match.start()
        return replace(figure, currency=_CURRENCY_OF[tokens[index - 1].text], start=start), after
    if following and following[0] in _CURRENCY_OF:
        return replace(figure, currency=_CURRENCY_OF[following[0]], end=tokens[after].match.end()), after + 1
    glued = (tokens[after - 1].match.groupdict().get("glued") or "").lower()
    unit = number_words.unit_of(glued or " ".join(following)) or number_words.unit_of(following[0] if following else "")
    return replace(figure, unit=unit), after


def _is_range(tokens: Sequence[_Token], end: int, index: int) -> bool:
    """Whether nothing but “to”, a dash or the like stands between the figure that ends at ``end`` and this one."""
    between = [token.text for token in tokens[end:index] if token.text not in _CURRENCY_OF]
    if len(between) != 1:
        return False
    if between[0] in _LINKS:
        return True
    opener = next((token.text for token in reversed(tokens[max(end - 3, 0) : end]) if token.text in _BETWEEN), None)
    return between[0] in _AND and opener is not None


def _as_first_of_range(first: Figure, second: Figure) -> Figure:
    """What the second figure counts in counts for the first too: 10–15 million, 10–15 %."""
    if first.date:
        return first
    shared = second.scale if first.scale == 1 and first.value < 1000 else 1
    return replace(
        first,
        value=first.value * shared,
        scale=first.scale * shared,
        percent=first.percent or second.percent,
        currency=first.currency or second.currency,
    )


# ── number words ────────────────────────────────────────────────────────────────────────────────────────────────────


def _spoken(tokens: Sequence[_Token]) -> Mapping[str, int]:
    """The number words of the language that the tokens seem to be in; short texts may be in several."""
    words = {token.text for token in tokens if token.kind == "word"}
    if any("а" <= word[0] <= "я" for word in words):
        return {**number_words.english(), **number_words.russian()}
    marks = [len(words & marks) for marks in (_ENGLISH_MARKS, _DUTCH_MARKS, _GERMAN_MARKS, _FRENCH_MARKS)]
    known = (number_words.english, number_words.dutch, number_words.german, number_words.french)
    most = max(marks)
    # French words are other words of its neighbours (onze, six): they count where there is a sign of French.
    likely = [
        read for read, count in zip(known, marks, strict=True) if count == most and (count or read is not known[3])
    ]
    return {word: value for read in likely for word, value in read().items()}


def _in_words(tokens: Sequence[_Token], index: int, spoken: Mapping[str, int]) -> tuple[Figure | None, int]:
    """The longest number in words that begins at a token: “two hundred and five thousand”, «двадцать пять»."""
    total, current = Decimal(0), None
    scale, last, position = 1, index, index
    while position < len(tokens) and tokens[position].kind in ("word", "mark"):
        text = tokens[position].text.replace("‑", "-")
        if text == "and" and current and current % 100 == 0:
            position += 1
            continue
        first, hyphen, second = (text, "", "") if text in spoken else text.partition("-")
        multiplier = number_words.MULTIPLIERS.get(text)
        if multiplier and (current is not None or _stands_alone(tokens, position)):
            total, current, scale = total + (1 if current is None else current) * multiplier, None, multiplier
        elif current is None and text in _ONE_AND_A_HALF and not total:
            current = Decimal("1.5")
        elif (joined := _joined(current, spoken.get(first))) is not None:
            current = joined
            if hyphen:
                tail = _joined(current, spoken.get(second))
                if tail is None and _ORDINAL_WORD.match(second):
                    return None, index
                current = current if tail is None else tail
                if tail is None:
                    last = position
                    break
        else:
            break
        last = position
        position += 1
    value = total + (current or 0)
    if not total and current is None:
        return None, index
    follows = tokens[last + 1].text if last + 1 < len(tokens) else ""
    if value % 10 == 0 and value >= 20 and _ORDINAL_WORD.match(follows):
        return None, index  # «двадцать первый» is an ordinal
    return Figure(value, tokens[index].match.start(), tokens[last].match.end(), scale=scale), last + 1


def _stands_alone(tokens: Sequence[_Token], position: int) -> bool:
    """Whether “million” without a figure says one million: not in “millions”, nor where it follows another figure."""
    before = tokens[position - 1].text if position else ""
    return tokens[position].text in number_words.SINGULAR or before in ("a", "an", "één", "een")


def _joined(current: Decimal | None, word: int | None) -> Decimal | None:
    """The number that a further number word makes of ``current``; None where it begins another number."""
    if word is None:
        return None
    if current is None:
        return Decimal(word)
    if word == 100:
        return current * 100 if 0 < current < 100 else None
    room = 100 if current % 100 == 0 and current >= 100 else 10 if current % 10 == 0 and current % 100 >= 20 else 0
    return current + word if 0 < word < room else None
