"""Number words of Dutch, English and Russian, inflected forms too, and the words and signs that multiply a figure."""

from __future__ import annotations

import re
from functools import lru_cache

_EN_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_EN_TEENS = "seventeen eighteen nineteen"
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NL_UNITS = "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien"
_NL_TEENS = "zeventien achttien negentien"
_NL_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig"

_DE_UNITS = """null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn
siebzehn achtzehn neunzehn"""
_DE_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_FR_UNITS = """zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept
dix-huit dix-neuf"""
_FR_TENS = "vingt trente quarante cinquante soixante"

# Each line: the value and its forms. “семью” is left out: far more often it is the family than seven.
_RU = """
0 ноль нуль ноля нуля нулю нулем
1 один одна одно одного одной одному одним одном одну
2 два две двух двум двумя
3 три трех трем тремя
4 четыре четырех четырем четырьмя
5 пять пяти пятью
6 шесть шести шестью
7 семь семи
8 восемь восьми восемью восьмью
9 девять девяти девятью
10 десять десяти десятью
11 одиннадцать одиннадцати одиннадцатью
12 двенадцать двенадцати двенадцатью
13 тринадцать тринадцати тринадцатью
14 четырнадцать четырнадцати четырнадцатью
15 пятнадцать пятнадцати пятнадцатью
16 шестнадцать шестнадцати шестнадцатью
17 семнадцать семнадцати семнадцатью
18 восемнадцать восемнадцати восемнадцатью
19 девятнадцать девятнадцати девятнадцатью
20 двадцать двадцати двадцатью
30 тридцать тридцати тридцатью
40 сорок сорока
50 пятьдесят пятидесяти пятьюдесятью
60 шестьдесят шестидесяти шестьюдесятью
70 семьдесят семидесяти семьюдесятью
80 восемьдесят восьмидесяти восемьюдесятью восьмьюдесятью
90 девяносто девяноста
100 сто ста
200 двести двухсот двумстам двумястами двухстах
300 триста трехсот тремстам тремястами трехстах
400 четыреста четырехсот четыремстам четырьмястами четырехстах
500 пятьсот пятисот пятистам пятьюстами пятистах
600 шестьсот шестисот шестистам шестьюстами шестистах
700 семьсот семисот семистам семьюстами семистах
800 восемьсот восьмисот восьмистам восемьюстами восьмистах
900 девятьсот девятисот девятистам девятьюстами девятистах
"""

_THOUSAND = """k thousand duizend тыс тысяча тысячи тысяч тысяче тысячу тысячей тысячам тысячами тысячах
tausend tsd mille тисяча тисячі тисяч тисячу"""
_MILLION = """mln mio million millions miljoen млн миллион миллиона миллионов миллиону миллионом миллионе миллионы
миллионам миллионами миллионах millionen мільйон мільйона мільйонів мільйони"""
_MILLIARD = """bn mrd mld billion billions miljard млрд миллиард миллиарда миллиардов миллиарду миллиардом миллиарде
миллиарды миллиардам миллиардами миллиардах milliarde milliarden milliard milliards мільярд мільярда мільярдів
мільярди"""
_BILLION = """trillion trillions biljoen трлн триллион триллиона триллионов триллиону триллионом триллионе billionen
трильйон трильйона трильйонів"""

MULTIPLIERS = {
    word: value
    for words, value in ((_THOUSAND, 10**3), (_MILLION, 10**6), (_MILLIARD, 10**9), (_BILLION, 10**12))
    for word in words.split()
}
"""What a word behind a figure multiplies it by; normalised, without a full stop."""

SINGULAR = frozenset(
    ["duizend", "tausend", "тысяча", "тысячу", "миллион", "миллиард", "миллиарду", "триллион", "miljoen", "miljard"]
)
"""Multipliers that stand for a number alone; “millions” and “тысячи” say no number."""

PERCENT = frozenset(
    [
        "%",
        "percent",
        "procent",
        "procenten",
        "pct",
        "prozent",
        "pourcent",
        "процент",
        "процента",
        "процентов",
        "проценту",
        "процентом",
        "проценте",
        "проценты",
        "процентам",
        "процентами",
        "процентах",
        "проц",
        "відсоток",
        "відсотка",
        "відсотків",
        "відсотки",
    ]
)
"""Words and signs that make a figure a percentage."""


# What an ordinal is called in words, from the first to the twelfth; endings may follow.
_ORDINALS = """
first eerste erste première premier перв перш
second tweede zweite deuxième seconde втор друг
third derde dritte troisième трет
fourth vierde vierte quatrième четверт
fifth vijfde fünfte cinquième пят
sixth zesde sechste sixième шест шост
seventh zevende siebte septième седьм сьом
eighth achtste achte huitième восьм
ninth negende neunte neuvième девят дев'ят
tenth tiende zehnte dixième десят
eleventh elfde elfte onzième одиннадцат одинадцят
twelfth twaalfde zwölfte douzième двенадцат дванадцят
"""
_CYRILLIC_ENDING = "(?:ый|ий|ой|ая|ое|ого|ому|ую|ом|ым|ья|ье|ьего|ьей|ью|а|е|у)"


@lru_cache(maxsize=16)
def ordinal(value: int) -> re.Pattern[str] | None:
    """The words for an ordinal in any of the languages; None where it has none here."""
    lines = _ORDINALS.strip().splitlines()
    if not 1 <= value <= len(lines):
        return None
    words = [word + (_CYRILLIC_ENDING if "а" <= word[0] <= "я" else "[nrsm]?") for word in lines[value - 1].split()]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def roman(value: int) -> str:
    """A number below forty in Roman figures."""
    units = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (value // 10) + units[value % 10]


# Each line: one unit's names, which are no other's; a figure in one unit is none in another.
_UNITS = """
km kilometer kilometers kilometre kilometres kilomètre kilomètres километр километра километров км
mile miles mijl mijlen meile meilen миля мили миль
m meter meters metre metres mètre mètres метр метра метров
cm centimeter centimeters centimetre centimetres сантиметр сантиметра сантиметров
kg kilo kilos kilogram kilograms kilogramme kilogramm кг килограмм килограмма килограммов
ton tons tonne tonnes tonnen тонн тонны тонна
pound-weight lb lbs
litre litres liter liters литр литра литров
hectare hectares hectaren hektar гектар гектара гектаров га
acre acres
hour hours uur uren stunde stunden heure heures час часа часов година години годин
minute minutes minuut minuten минут минуты минута
day days dag dagen tag tage tagen jour jours день дня дней днів
week weeks weken woche wochen semaine semaines неделя недели недель
month months maand maanden monat monate monaten mois месяц месяца месяцев
year years jaar jaren jahr jahre jahren ans année années год года лет років
"""
_UNIT_OF = {name: line.split()[0] for line in _UNITS.strip().splitlines() for name in line.split()}


def unit_of(words: str) -> str | None:
    """The unit that the words behind a figure name, of a few."""
    return _UNIT_OF.get(words)


@lru_cache(maxsize=1)
def english() -> dict[str, int]:
    """English number words up to ninety and “hundred”, of which the others are put together."""
    units = {word: value for value, word in enumerate(f"{_EN_UNITS} {_EN_TEENS}".split())}
    tens = {word: value for value, word in zip(range(20, 100, 10), _EN_TENS.split(), strict=True)}
    return {**units, **tens, "hundred": 100}


@lru_cache(maxsize=1)
def dutch() -> dict[str, int]:
    """Dutch number words from 0 to 999, each one word; “een” is left out, which is the article."""
    words = {word: value for value, word in enumerate(f"{_NL_UNITS} {_NL_TEENS}".split())}
    spoken = {1: "een", **{value: word for word, value in words.items() if 1 < value < 10}}
    for ten, name in zip(range(20, 100, 10), _NL_TENS.split(), strict=True):
        words[name] = ten
        for unit, short in spoken.items():
            words[f"{short}{'ën' if short.endswith('e') else 'en'}{name}"] = ten + unit
            words[f"{short}en{name}"] = ten + unit  # often written without the dots
    below = dict(words)
    for hundreds in range(1, 10):
        name = "honderd" if hundreds == 1 else f"{spoken[hundreds]}honderd"
        words[name] = hundreds * 100
        for word, value in below.items():
            if value:
                words[name + word] = words[name + "en" + word] = hundreds * 100 + value
        words[name + "een"] = hundreds * 100 + 1
    return words


@lru_cache(maxsize=1)
def german() -> dict[str, int]:
    """German number words from 0 to 999, each one word; “ein” is left out, which is the article."""
    words = {word: value for value, word in enumerate(_DE_UNITS.split())}
    spoken = {1: "ein", **{value: word for word, value in words.items() if 1 < value < 10}}
    for ten, name in zip(range(20, 100, 10), _DE_TENS.split(), strict=True):
        words[name] = ten
        words.update({f"{short}und{name}": ten + unit for unit, short in spoken.items()})
    below = dict(words)
    for hundreds in range(1, 10):
        for name in ("hundert", "einhundert") if hundreds == 1 else (f"{spoken[hundreds]}hundert",):
            words[name] = hundreds * 100
            words.update(
                {f"{name}{und}{word}": hundreds * 100 + n for word, n in below.items() if n for und in ("", "und")}
            )
    return words | {"zwo": 2}


@lru_cache(maxsize=1)
def french() -> dict[str, int]:
    """French number words from 0 to 99 and “cent”, with the Belgian and Swiss ones; “un” is left out, the article."""
    words = {word: value for value, word in enumerate(_FR_UNITS.split()) if word != "un"}
    units = {value: word for word, value in words.items()} | {1: "un"}
    for ten, name in zip((20, 30, 40, 50, 60), _FR_TENS.split(), strict=True):
        words[name] = ten
        words.update({f"{name}-{units[n]}": ten + n for n in range(2, 10)})
        words.update({f"{name}-et-un": ten + 1, f"{name}-et-une": ten + 1})
    words.update({f"soixante-{units[n]}": 60 + n for n in range(10, 20)} | {"soixante-et-onze": 71})
    words.update({f"quatre-vingt-{units[n]}": 80 + n for n in range(1, 20)})
    words.update({"quatre-vingts": 80, "quatre-vingt": 80, "quatre-vingt-une": 81})
    for ten, name in ((70, "septante"), (80, "huitante"), (90, "nonante")):
        words.update({name: ten} | {f"{name}-{units[n]}": ten + n for n in range(2, 10)})
    return words | {"cent": 100, "cents": 100}


@lru_cache(maxsize=1)
def russian() -> dict[str, int]:
    """Russian number words up to nine hundred in all their cases, of which the others are put together."""
    words = {}
    for line in _RU.strip().splitlines():
        value, *forms = line.split()
        words.update(dict.fromkeys(forms, int(value)))
    return words
