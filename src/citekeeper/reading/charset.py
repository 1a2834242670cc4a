"""Which charset a page's bytes are in, by evidence first and labels second.

Rule: a byte order mark; then bytes that come in pairs; then strict UTF-8, which disproves itself; then the labels of
header and meta, each single-byte Cyrillic label believed only where letter frequency agrees (KOI8-R decodes as
windows-1251 without an error); then the Cyrillic charset that reads best; last, a statistical guess. The choice comes
with its reason.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from citekeeper.reading.labels import codec_of, standard_name
from citekeeper.reading.labels import labels as labels_of

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CYRILLIC: Final = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "koi8-u")
_WIDE: Final = {"big5", "big5hkscs", "cp932", "cp949", "euc_jp", "euc_kr", "gb18030", "gbk", "gb2312", "shift_jis"}
_WESTERN: Final = {"cp1252", "iso8859-15", "mac-roman"}

# Letters in running Russian text, per thousand (Russian National Corpus, rounded), and those that Ukrainian adds.
_PER_THOUSAND: Final = (
    "о110 е85 а80 и74 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з17 б16 ч15 й12 х10 ж9 ш7 ю6 ц5 щ4 "
    "э3 ф3 ъ1 ё1 і57 ї6 є6 ґ1 ў8"
)
_FREQUENCY: Final = {entry[0]: int(entry[1:]) for entry in _PER_THOUSAND.split()}
_PROSE_MEAN: Final = 57.0  # the mean of these frequencies over the letters of Russian prose
_CYRILLIC_LETTER = re.compile("[Ѐ-ӿ]")
_INNER_CAPITAL = re.compile("[а-яёіїєґў][А-ЯЁІЇЄҐЎ]")
_MARKUP = re.compile(rb"<[^<>]*>")
_SAMPLE: Final = 96 * 1024  # bytes
_ENOUGH_LETTERS: Final = 24  # below this, letter frequency says nothing
_CYRILLIC_ENOUGH: Final = 0.6  # of the score; other scripts read as Cyrillic stay under 0.5
_AS_GOOD: Final = 0.02  # of the score: two charsets so close read the same letters
_STRAY: Final = 10  # whole characters for each broken one, from which on a page is UTF-8 with faults


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A page's text with the charset (its WHATWG name) that was chosen, and why."""

    text: str
    charset: str
    reason: str


def decode(body: bytes, content_type: str = "", *, truncated: bool = False) -> DecodedText:
    """Decode a page's bytes.

    Args:
        body: after content-decoding.
        content_type: the Content-Type header as received, "" where there was none.
        truncated: the body was cut, so a character may be cut at its end.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return DecodedText(_whole(body[len(mark) :], name), standard_name(name), "byte order mark")
    labels = labels_of(body, content_type)
    wide = _utf16_without_mark(body)
    if wide:
        return DecodedText(_whole(body, wide), standard_name(wide), "its bytes come in pairs, as in UTF-16")
    for place, name in labels:
        if name.startswith("utf-16") and body[:4096].count(0) and _fits(body[: len(body) // 2 * 2], name):
            return DecodedText(_whole(body, name), standard_name(name), f"the {place} says so, and the bytes decode")
    utf8 = _as_utf8(body, truncated=truncated)
    if utf8 is not None and not _is_escaped(body, labels):
        return DecodedText(utf8, "utf-8", _reason_for_utf8(body, labels))
    evidence = _cyrillic_evidence(body)
    return (
        _by_labels(body, labels, evidence)
        or _by_frequency(body, labels, evidence)
        or _by_statistics(body, labels, evidence)
    )


def _whole(body: bytes, name: str) -> str:
    """Decode two-byte text whose last byte may have been cut off."""
    if name.startswith("utf-16"):
        body = body[: len(body) // 2 * 2]
    return body.decode(name, "replace")


def _is_escaped(body: bytes, labels: Sequence[tuple[str, str]]) -> bool:
    """ISO-2022-JP is all ASCII with escape sequences; its label and an escape are needed to believe it."""
    return any(name == "iso2022_jp" for _, name in labels) and b"\x1b$" in body


def _reason_for_utf8(body: bytes, labels: Sequence[tuple[str, str]]) -> str:
    if body.isascii():
        return "plain ASCII"
    claimed = [place for place, name in labels if name == "utf-8"]
    if contrary := _contrary(labels, "utf-8"):
        return f"the bytes are valid UTF-8, though {contrary}"
    return "the bytes are valid UTF-8" + (f", as the {' and '.join(claimed)} says" if claimed else "")


def _contrary(labels: Sequence[tuple[str, str]], chosen: str) -> str:
    return " and ".join(f"the {place} says {standard_name(name)}" for place, name in labels if name != chosen)


def _utf16_without_mark(body: bytes) -> str | None:
    sample = body[:4096]
    low, high = sample[0::2], sample[1::2]
    if len(sample) < 16 or not sample.count(0):
        return None
    for name, upper, lower in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        # Markup is ASCII and Cyrillic is the block U+04xx, so nearly every upper byte is 00, 04 or 20 (quotes, dashes).
        usual = sum(upper.count(byte) for byte in (0x00, 0x04, 0x20))
        if upper.count(0) > 0.1 * len(upper) and usual > 0.9 * len(upper) and lower.count(0) < 0.02 * len(lower):
            return name
    return None


def _as_utf8(body: bytes, *, truncated: bool) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if truncated and error.start >= len(body) - 3:
            return body[: error.start].decode("utf-8")
    text = body.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    whole = sum(1 for ch in text if ord(ch) > 127) - broken
    # A few mangled characters, as content systems leave, do not make a page another charset.
    return text if whole >= _STRAY * max(broken, 1) else None


@dataclass(frozen=True, slots=True)
class _Evidence:
    """How well each Cyrillic charset reads; ``words``: bytes outside ASCII come in runs, as letters of a word do."""

    scores: dict[str, float]
    words: bool

    @property
    def best(self) -> tuple[str, float]:
        """The charset that reads best, and its score; the first of CYRILLIC among equals."""
        name = max(self.scores, key=lambda key: self.scores[key])
        return name, self.scores[name]

    @property
    def says_cyrillic(self) -> bool:
        """Whether the text is Russian or a language near it, in one of these charsets."""
        return self.words and self.best[1] >= _CYRILLIC_ENOUGH


def _cyrillic_evidence(body: bytes) -> _Evidence | None:
    """What letter frequency says; None where there is too little text to tell."""
    text = _MARKUP.sub(b" ", body[:_SAMPLE])
    if sum(1 for byte in text if byte >= 0x80) < _ENOUGH_LETTERS:
        text = body[:_SAMPLE]
    runs = re.findall(rb"[\x80-\xff]+", text)
    letters = sum(map(len, runs))
    if letters < _ENOUGH_LETTERS:
        return None
    joined = b" ".join(runs)
    scores = {name: russian_score(joined.decode(name, "replace")) for name in CYRILLIC}
    return _Evidence(scores, _in_words(text))


def _in_words(body: bytes) -> bool:
    """Whether bytes outside ASCII stand together, as the letters of a Cyrillic word do, and not alone as accents do."""
    runs = re.findall(rb"[\x80-\xff]+", body)
    return sum(len(run) for run in runs if len(run) > 1) > 0.6 * sum(map(len, runs))


def _by_labels(body: bytes, labels: Sequence[tuple[str, str]], evidence: _Evidence | None) -> DecodedText | None:
    for place, name in labels:
        if name in CYRILLIC:
            if evidence is None and (_in_words(body) or not _has_letters(body, name)):
                return _decoded(body, name, f"the {place} says so; too little text to check it by")
            if evidence is None:
                continue
            best = evidence.best
            if evidence.says_cyrillic and evidence.scores[name] >= best[1] - _AS_GOOD:
                return _decoded(body, name, f"the {place} says so, and letter frequency agrees ({best[1]:.2f})")
            if not evidence.words and not _has_letters(body, name):
                return _decoded(body, name, f"the {place} says so; signs alone lie outside ASCII")
        elif name in _WESTERN or name.startswith(("iso8859", "cp125", "cp874")):
            if evidence is None or not evidence.says_cyrillic:
                return _decoded(body, name, f"the {place} says so")
        elif not name.startswith("utf") and _fits(body, name):
            return _decoded(body, name, f"the {place} says so, and the bytes decode")
    return None


def _fits(body: bytes, name: str) -> bool:
    """Whether bytes are valid in a multi-byte charset, but for a few faults and a character cut at the end."""
    text = body.decode(name, "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    return sum(1 for ch in text if ord(ch) > 127) - broken >= 20 * broken


def _by_frequency(body: bytes, labels: Sequence[tuple[str, str]], evidence: _Evidence | None) -> DecodedText | None:
    if evidence is None or not evidence.says_cyrillic:
        return None
    name, score = evidence.best
    return _decoded(body, name, _but(f"letter frequency ({score:.2f})", labels, name))


def _by_statistics(body: bytes, labels: Sequence[tuple[str, str]], evidence: _Evidence | None) -> DecodedText:
    from charset_normalizer import from_bytes

    if evidence is None or not evidence.words:
        # Single accents in Latin text; guesses among the charsets for them are worse than the web's default.
        return _decoded(body, "cp1252", _but("the web's default for accents in Latin text", labels, "cp1252"))
    high = re.findall(rb"[^<>]{0,40}[\x80-\xff][^<>]{0,40}", _MARKUP.sub(b" ", body[:_SAMPLE]))
    match = from_bytes(b" ".join(high)[:16_384]).best() if high else None
    name = match.encoding if match is not None else ""
    if name in _WIDE or (codec_of(name.replace("_", "-")) and not name.startswith("utf")):
        return _decoded(body, name, _but("statistical guess", labels, name))
    return _decoded(body, "cp1252", _but("nothing fits; the web's default was taken", labels, "cp1252"))


def _but(reason: str, labels: Sequence[tuple[str, str]], chosen: str) -> str:
    contrary = _contrary(labels, chosen)
    return f"{reason}, though {contrary}" if contrary else reason


def _has_letters(body: bytes, name: str) -> bool:
    """Whether letters, and not only quotation marks and dashes, are among what lies outside ASCII."""
    text = _MARKUP.sub(b" ", body[:_SAMPLE]).decode(name, "replace")
    return any(ch.isalpha() for ch in text if ord(ch) > 127)


def _decoded(body: bytes, name: str, reason: str) -> DecodedText:
    return DecodedText(body.decode(name, "replace"), standard_name(name), reason)


def russian_score(text: str) -> float:
    """How much ``text``, apart from its ASCII, looks like Russian or Ukrainian: 0 (not at all) to about 1 (prose)."""
    foreign = [ch for ch in text if ord(ch) > 127]
    letters = [ch for ch in foreign if _CYRILLIC_LETTER.match(ch)]
    if not letters:
        return 0.0
    typical = sum(_FREQUENCY.get(ch.lower(), 0) for ch in letters) / len(letters) / _PROSE_MEAN
    capitals = sum(1 for ch in letters if ch.isupper()) / len(letters)
    swapped = len(_INNER_CAPITAL.findall(text)) / len(letters)
    share = len(letters) / len(foreign)
    return max(0.0, min(typical, 1.2) * share - max(0.0, capitals - 0.3) - 2 * swapped)
