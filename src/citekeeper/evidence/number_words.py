"""Number words of Dutch, English and Russian, inflected forms too, and the words and signs that multiply a figure."""

from __future__ import annotations

from functools import lru_cache

_EN_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_EN_TEENS = "seventeen eighteen nineteen"
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NL_UNITS = "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien"
_NL_TEENS = "zeventien achttien negentien"
_NL_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig"

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
def russian() -> dict[str, int]:
    """Russian number words up to nine hundred in all their cases, of which the others are put together."""
    words = {}
    for line in _RU.strip().splitlines():
        value, *forms = line.split()
        words.update(dict.fromkeys(forms, int(value)))
    return words
