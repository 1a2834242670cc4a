"""One pass over a page's bytes for all markers at once.

Markers are words, phrases (any white space between words, any apostrophe, either case, any of four encodings) and a few
patterns (``re:…``). Two engines find the same markers, both in linear time:

- :class:`PatternScanner`: all of them as one google-re2 set. On 18 kB of English that takes 31 µs; on news pages in
  Russian, whose bytes lead its automaton to ever new states, a millisecond and more.
- :class:`NeedleScanner`: Hyperscan (Vectorscan) looks for bytes that every match must hold, 10 µs for 18 kB whatever
  they say, and only markers whose bytes are there are looked for by RE2. It is used where its wheel is installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Protocol

_SPACE = rb"(?:\s|&nbsp;|\xc2\xa0)+"
_APOSTROPHE = rb"(?:'|\xe2\x80\x99|\x92|&#0?39;|&apos;|&rsquo;|&#8217;)"
_ENCODINGS = ("utf-8", "cp1251", "koi8-r", "latin-1")
_PATTERN = "re:"
_LONG_ENOUGH = 4  # letters of a word that makes a needle with its neighbour
_RARE_FROM = 6  # … and alone


class Scanner(Protocol):
    """Finds markers."""

    def match(self, content: bytes) -> Iterable[int]:
        """The positions, in the list of markers, of those that stand in ``content``."""


def scanner_for(markers: Sequence[str]) -> Scanner:
    """The quickest scanner that this machine has."""
    try:
        import hyperscan
    except ImportError:
        return PatternScanner(markers)
    try:
        return NeedleScanner(markers, hyperscan)
    except hyperscan.error:  # a processor without the instructions that it needs
        return PatternScanner(markers)


def word_finder(words: Sequence[str]) -> Callable[[str], bool]:
    """What tells whether any of some words stands in a short text; of both, small letters are meant.

    With Hyperscan that takes a fifth of a microsecond, however many the words are.
    """

    def plainly(text: str) -> bool:
        return any(word in text for word in words)

    try:
        import hyperscan
    except ImportError:
        return plainly
    try:
        database = _database(hyperscan, [word.encode() for word in words])
    except hyperscan.error:  # as above
        return plainly

    def stands_in(text: str) -> bool:
        found: list[tuple[int, int]] = []
        database.scan(text.encode(), match_event_handler=_note, context=found)
        return bool(found)

    return stands_in


def _note(number: int, _start: int, end: int, _flags: int, found: list[tuple[int, int]]) -> None:
    found.append((number, end))


def _database(hyperscan: Any, needles: Sequence[bytes]) -> Any:
    """Needles, whatever the case of their ASCII letters, as one database that names them by their positions."""
    database = hyperscan.Database()
    flags = [hyperscan.HS_FLAG_CASELESS] * len(needles)
    database.compile(expressions=list(needles), flags=flags, literal=True)
    return database


# ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────────────


class PatternScanner:
    """All markers as one RE2 set over bytes."""

    def __init__(self, markers: Sequence[str]) -> None:
        import re2

        self._set = re2.Set.SearchSet(_options())
        for marker in markers:
            self._set.Add(pattern_of(marker))
        self._set.Compile()

    def match(self, content: bytes) -> Iterable[int]:
        """The positions of the markers that stand in ``content``."""
        found: Iterable[int] = self._set.Match(content)
        return found


def _options() -> Any:
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = 128 << 20
    options.log_errors = False
    return options


def pattern_of(marker: str) -> bytes:
    """A marker as a pattern over bytes, for RE2 and for ``re``, to be matched without regard to case.

    A phrase with letters outside ASCII becomes one alternative for each encoding it can be written in.
    """
    if marker.startswith(_PATTERN):
        return marker.removeprefix(_PATTERN).encode()
    if marker.isascii():
        return b"".join(_ascii(char) for char in marker)
    alternatives = []
    for encoding in _ENCODINGS:
        try:
            alternatives.append(b"".join(_encoded(char, encoding) for char in marker))
        except UnicodeEncodeError:
            continue
    return b"(?:" + b"|".join(dict.fromkeys(alternatives)) + b")"


def _ascii(char: str) -> bytes:
    if char == " ":
        return _SPACE
    if char == "'":
        return _APOSTROPHE
    return char.encode() if char.isalnum() else b"\\x%02x" % ord(char)


def _encoded(char: str, encoding: str) -> bytes:
    if char.isascii():
        return _ascii(char)
    forms = {char.lower().encode(encoding), char.upper().encode(encoding)}
    return b"(?:" + b"|".join(_hex(form) for form in sorted(forms)) + b")"


def _hex(data: bytes) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in data)


# ── needles ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_ODD = (b"\n", b"\r", b"\t", b"\f", b"&nbsp;", b"\xc2\xa0")
_GAPS = (*_ODD, b"  ", *(b" " + odd for odd in _ODD))
"""How white space between two words begins where it is more, or other, than one space."""
_COMMON = frozenset(
    {"about", "account", "article", "available", "been", "cannot", "code", "content", "could", "country",
    "disabled", "document", "does", "domain", "domaine", "enable", "enabled", "error", "exist", "file", "find",
    "found", "from", "generated", "here", "internet", "javascript", "link", "location", "longer", "missing",
    "name", "nicht", "offer", "page", "pages", "pagina", "post", "region", "removed", "required", "sale",
    "security", "seite", "site", "split", "story", "that", "this", "website", "with", "your", "була", "была",
    "временно", "данному", "добавлен", "документ", "домен", "домена", "доступ", "закрыт", "запись",
    "зарегистрирован", "купить", "материал", "матеріал", "нашли", "новость", "объект", "ограничен", "ресурсу",
    "сайт", "сайта", "сайту", "соответствии", "срок", "статья", "сторінка", "сторінки", "страница", "страницу",
    "страницы", "такой", "только", "управления", "файл", "хостинг", "этот"}
)  # fmt: skip
"""Words of half of all pages, which make poor needles."""


_SPACES = (" ", "\n", "\r", "\t", "\f")
_WIDE = (*_SPACES[1:], *(f" {space}" for space in _SPACES))
_NEEDLES_OF_PATTERNS: dict[str, tuple[str, ...]] = {
    're:cf-error-code">10(?:06|07|08|10|12|20)<': ("cf-error-code",),
    "re:error(?: code:)?\\s+10(?:06|07|08|10|12|20)\\b": tuple(
        f"{space}10{rest}" for space in _SPACES for rest in ("06", "07", "08", "10", "12", "20")
    ),
    "re:Reference\\s*(?:&#32;)?(?:#|&#35;)\\s*\\d+(?:\\.|&#46;)[0-9a-f]{6,}": (
        *("reference#", "reference #", "reference&#3", "reference &#3"),
        *(f"reference{gap}" for gap in _WIDE),
    ),
    "re:isaccessibleforfree[\"']?\\s*:\\s*[\"']?false": ("isaccessibleforfree",),
    "re:itemprop=[\"']isaccessibleforfree[\"'][^>]{0,40}false": ("isaccessibleforfree",),
    "re:location(?:\\.href)?\\s*=\\s*[\"']/lander[/?\"']": ("'/lander", '"/lander'),
    're:"statuscode"\\s*:\\s*"?4(?:04|10)\\b': ('"statuscode"',),
    "re:\\bstatuscode\\s*:\\s*4(?:04|10)\\b": ("statuscode",),
    're:"page"\\s*:\\s*"/4(?:04|10)"': ('"/404"', '"/410"'),
    're:"notfound"\\s*:\\s*true': ('"notfound"',),
    "re:name=[\"']?next-error\\b": ("next-error",),
    "re:[\"']?(?:component|page(?:[-_]?(?:path|type|name|category|template))?|template|view|screen|name)[\"']?\\s*[:=]"
    "\\s*[\"'][^\"'<>]{0,40}(?:not[-_]?found|404)(?:[-_]?page|\\.html?|/)?[\"']": tuple(
        f"{word}{ending}{mark}"
        for word in ("notfound", "not-found", "not_found", "404")
        for ending in ("", "page", "-page", "_page", ".htm", ".html", "/")
        for mark in ("'", '"')
    ),
    "re:(?:class|id)=[\"']?(?:[^\"'>]*\\s)?[a-z]{2,20}[-_]{1,2}"
    "(?:removed|deleted|unavailable|inactive|expired|missing|withdrawn|not-?found)"
    "(?:[-_](?:msg|message|notice|page|text|info|title))?[\\s\"'>]": tuple(
        f"{mark}{word}"
        for mark in "-_"
        for word in (
            "removed", "deleted", "unavailable", "inactive", "expired", "missing", "withdrawn", "notfound", "not-found",
        )
    ),
    "re:data-page=[^>]{0,40}component[^>]{0,60}(?:not[-_]?found|404)": ("data-page=",),
    're:"(?:code|status|error_?code|http_?status)" ?: ?"?4(?:04|10)\\b': tuple(
        f'{name}"{gap}{mark}4{rest}'
        for name in ("code", "status")
        for gap in (":", ": ", " :", " : ")
        for mark in ("", '"')
        for rest in ("04", "10")
    ),
    're:"(?:status_?msg|message|msg|error)" ?: ?"[^"]{0,60}(?:(?:not exist|n\'t exist)[^"]{0,40}|not found[.!]?)"': (
        "not exist", "n't exist", 'not found"', 'not found."', 'not found!"',
    ),
    "re:<meta[^>]{0,40}http-equiv=[\"']?refresh": ("equiv=refresh", "equiv='refresh", 'equiv="refresh'),
    "re:location(?:\\.href)?\\s*=\\s*[\"']": tuple(
        f"location{part}{gap}" for part in ("", ".href") for gap in ("=", " =", *_WIDE)
    ),
    "re:location\\.(?:replace|assign)\\s*\\(\\s*[\"']": ("location.replace", "location.assign"),
    're:<div[^>]{0,80}\\bid=["\']?(?:root|app|__next|__nuxt|react-root|main-app|svelte)["\']?'
    "[^>]{0,80}>\\s*</div>": tuple(
        f"id={mark}{name}"
        for name in ("root", "app", "__next", "__nuxt", "react-root", "main-app", "svelte")
        for mark in ("", "'", '"')
    ),
}  # fmt: skip
"""For each pattern bytes of which one stands in whatever it matches."""


@cache
def needles_of(marker: str) -> tuple[bytes, ...]:
    """Bytes of which at least one stands, without regard to the case of ASCII letters, in whatever a marker matches.

    Of a phrase this is its rarest word; where all are common, two neighbours, and the first of them with every odd gap
    behind it. A word with other letters is taken in each encoding, in small and in capital letters, and without its
    first letter, which may be a capital by itself.
    """
    if marker.startswith(_PATTERN):
        return tuple(needle.encode() for needle in _NEEDLES_OF_PATTERNS.get(marker) or _class_names(marker))
    if _is_literal(marker):
        return (marker.encode(),)
    words = [word.split("'") for word in marker.split(" ")]
    hyphens = "-" if not marker.isascii() else None  # a capital may follow one
    parts = [part for word in words for whole in word for part in (whole.split(hyphens) if hyphens else (whole,))]
    rarest = max(parts, key=lambda part: (_is_rare(part), len(part)))
    if not rarest.isascii():
        return _encoded_forms(rarest, marker)
    pairs = [(one[-1], two[0]) for one, two in pairwise(words) if len(one[-1]) >= _LONG_ENOUGH]
    pairs = [pair for pair in pairs if "".join(pair).isascii()]
    if _is_rare(rarest) or not pairs:
        return (rarest.encode(),)
    first, second = max(pairs, key=lambda pair: len(pair[0] + pair[1]))
    return (f"{first} {second}".encode(), *(first.encode() + gap for gap in _GAPS))


def _encoded_forms(word: str, marker: str) -> tuple[bytes, ...]:
    forms: list[bytes] = []
    for encoding in _ENCODINGS:
        try:
            f"{marker}{marker.upper()}".encode(encoding)
        except UnicodeEncodeError:
            continue
        forms += [word[1:].encode(encoding), word[1:].upper().encode(encoding)]
    return tuple(dict.fromkeys(forms))


def _class_names(marker: str) -> tuple[str, ...]:
    """The names of which a pattern for a ``class`` attribute asks for one."""
    match = re.fullmatch(r"re:\(\?:class\|id\)=.*\(\?:([\w|-]+)\)\[[^\[]+", marker)
    return tuple(match[1].split("|")) if match else ()


def _is_rare(word: str) -> bool:
    return len(word) >= _RARE_FROM and word not in _COMMON


def _is_literal(marker: str) -> bool:
    """Whether a marker is found where its bytes are."""
    return marker.isascii() and " " not in marker and "'" not in marker and not marker.startswith(_PATTERN)


_AROUND = 400  # bytes on either side of a needle in which its marker must lie; the longest have 150
_MOST_PLACES = 32  # of a marker's needles in one page, beyond which the whole page is searched
_MANY = 250  # needles
_EVERY_PLACE = b"\x01\x02"
"""A needle that no text holds. Among many needles Hyperscan looks only at every second or fourth place of a page, where
all of them are long enough for it, and takes so many words for one of them that a pass takes up to twice as long. One
needle of two bytes makes it look at every place."""


class NeedleScanner:
    """Needles by Hyperscan, and around those that are there their markers by RE2.

    A phrase with hundreds of white-space bytes between two of its words may be missed; PatternScanner finds it.
    """

    def __init__(self, markers: Sequence[str], hyperscan: Any) -> None:
        self._markers = markers
        self._patterns: dict[int, Any] = {}
        owners: dict[bytes, list[int]] = {}
        for index, marker in enumerate(markers):
            for needle in needles_of(marker):
                owners.setdefault(needle.lower(), []).append(index)
        if len(owners) >= _MANY:
            owners[_EVERY_PLACE] = []
        self._owners = list(owners.values())
        self._needles = list(owners)
        self._always: dict[int, list[int]] = {i: [] for i, marker in enumerate(markers) if not needles_of(marker)}
        self._database = _database(hyperscan, self._needles)  # fails at once where the processor will not do

    def match(self, content: bytes) -> Iterable[int]:
        """The positions of the markers that stand in ``content``."""
        hits: list[tuple[int, int]] = []
        self._database.scan(content, match_event_handler=_note, context=hits)
        if not (hits or self._always):
            return ()
        suspects = {index: list(places) for index, places in self._always.items()}
        for number, end in hits:
            for index in self._owners[number]:
                suspects.setdefault(index, []).append(end)
        return [index for index, places in suspects.items() if self._stands(index, content, places)]

    def _stands(self, index: int, content: bytes, places: Sequence[int]) -> bool:
        """Whether a marker stands around one of the places of its needles."""
        if _is_literal(self._markers[index]):
            return True
        pattern = self._patterns.get(index)
        if pattern is None:
            import re2

            pattern = self._patterns[index] = re2.compile(pattern_of(self._markers[index]), _options())
        if not 0 < len(places) <= _MOST_PLACES:
            return pattern.search(content) is not None
        return any(pattern.search(content[max(0, at - _AROUND) : at + _AROUND]) is not None for at in places)
