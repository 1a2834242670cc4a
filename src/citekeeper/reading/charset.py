"""Which charset a page's bytes are in, by evidence first and labels second.

Rule: a byte order mark; then strict UTF-8, which disproves itself; then the labels of header and meta, each single-byte
Cyrillic label believed only where Russian letter frequency agrees (KOI8-R decodes as windows-1251 without an error);
then the Cyrillic charset that reads best; last, a statistical guess. The choice comes with its reason.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "koi8-u")
_WESTERN = {"cp1252", "iso8859-1", "iso8859-15", "ascii", "latin-1"}
_NAMES = {
    "cp1251": "windows-1251",
    "cp866": "ibm866",
    "mac-cyrillic": "x-mac-cyrillic",
    "iso8859-5": "iso-8859-5",
    "cp1252": "windows-1252",
    "iso8859-1": "windows-1252",
}

# Letters in running Russian text, per thousand (National Corpus of Russian, rounded).
_PER_THOUSAND = (
    "о110 е85 а80 и74 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з17 б16 ч15 й12 х10 ж9 ш7 ю6 ц5 щ4 "
    "э3 ф3 ъ1 ё1"
)
_FREQUENCY = {entry[0]: int(entry[1:]) for entry in _PER_THOUSAND.split()}
_CYRILLIC_LETTER = re.compile("[Ѐ-ӿ]")
_INNER_CAPITAL = re.compile("[а-яёіїєў][А-ЯЁІЇЄЎ]")
_META = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""")
_XML = re.compile(rb"""(?i)^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-z0-9_:.-]{2,40})""")
_SAMPLE = 128 * 1024
_ENOUGH_LETTERS = 24  # below this, letter frequency says nothing


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
            return DecodedText(body[len(mark) :].decode(name, "replace"), _public(name), "byte order mark")
    wide = _utf16_without_mark(body)
    if wide:
        return DecodedText(body.decode(wide, "replace"), _public(wide), "its bytes come in pairs, as in UTF-16")
    labels = _labels(body, content_type)
    utf8 = _as_utf8(body, truncated=truncated)
    if utf8 is not None:
        claimed = [place for place, name in labels if name == "utf-8"]
        contrary = [f"{place} says {_public(name)}" for place, name in labels if name != "utf-8"]
        reason = "the bytes are valid UTF-8"
        if body.isascii():
            reason = "plain ASCII"
        elif contrary:
            reason += f", though {' and '.join(contrary)}"
        elif claimed:
            reason += f", as the {' and '.join(claimed)} says"
        return DecodedText(utf8, "utf-8", reason)
    return _by_labels(body, labels) or _by_frequency(body, labels) or _by_statistics(body, labels)


def _public(name: str) -> str:
    return _NAMES.get(name, name)


def _normal(label: str) -> str | None:
    cleaned = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(cleaned).name
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _labels(body: bytes, content_type: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    header = re.search(r"(?i)charset\s*=\s*[\"']?\s*([^\s;\"',]+)", content_type)
    if header and (name := _normal(header[1])):
        found.append(("header", name))
    for pattern in (_XML, _META):
        match = pattern.search(body[:4096])
        if match and (name := _normal(match[1].decode("ascii"))):
            found.append(("meta", name))
            break
    return found


def _utf16_without_mark(body: bytes) -> str | None:
    sample = body[:4096]
    low, high = sample[0::2], sample[1::2]
    if len(sample) < 16 or not sample.count(0):
        return None
    for name, upper, lower in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        # Markup is ASCII and Cyrillic is the block U+04xx, so nearly every upper byte is 00, 04 or 20 (quotes, dashes).
        usual = sum(upper.count(byte) for byte in (0x00, 0x04, 0x20))
        if upper.count(0) and usual > 0.95 * len(upper) and not lower.count(0):
            return name
    return None


def _as_utf8(body: bytes, *, truncated: bool) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if truncated and error.start >= len(body) - 4:
            return body[: error.start].decode("utf-8")
    text = body.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    whole = sum(1 for ch in text if ord(ch) > 127) - broken
    # One mangled character in a long page, as content systems leave, does not make it another charset.
    return text if whole >= 200 * max(broken, 1) else None


def _by_labels(body: bytes, labels: Sequence[tuple[str, str]]) -> DecodedText | None:
    for place, name in labels:
        if name == "utf-8":
            continue
        try:
            text = body.decode(name)
        except (UnicodeDecodeError, LookupError):
            if name not in CYRILLIC and name not in _WESTERN:
                continue
            text = body.decode(name, "replace")
        if name in CYRILLIC:
            best = _best_cyrillic(body)
            if best is None or russian_score(text) >= best[1] - 0.02:
                return DecodedText(text, _public(name), f"the {place} says so, and Russian letter frequency agrees")
        elif name in _WESTERN:
            best = _best_cyrillic(body)
            if best is None or best[1] < 0.8 or not _mostly_high(body):
                return DecodedText(text, _public(name), f"the {place} says so")
        else:
            return DecodedText(text, _public(name), f"the {place} says so, and the bytes decode")
    return None


def _by_frequency(body: bytes, labels: Sequence[tuple[str, str]]) -> DecodedText | None:
    best = _best_cyrillic(body)
    if best is None or best[1] < 0.6:
        return None
    name, score = best
    contrary = [f"{place} says {_public(label)}" for place, label in labels if label != name]
    reason = f"Russian letter frequency ({score:.2f})" + (f", though {' and '.join(contrary)}" if contrary else "")
    return DecodedText(body.decode(name, "replace"), _public(name), reason)


def _by_statistics(body: bytes, labels: Sequence[tuple[str, str]]) -> DecodedText:
    from charset_normalizer import from_bytes

    match = from_bytes(body[:_SAMPLE]).best()
    if match is not None and not labels:
        return DecodedText(body.decode(match.encoding, "replace"), _public(match.encoding), "statistical guess")
    name = labels[0][1] if labels else "cp1252"
    return DecodedText(body.decode(name, "replace"), _public(name), "nothing fits; the web's default or label was kept")


def _mostly_high(body: bytes) -> bool:
    """Whether letters outside ASCII are as frequent as in a Cyrillic text, and not the odd accent of a Western one."""
    text = re.sub(rb"(?s)<script.*?</script>|<style.*?</style>|<[^>]*>", b" ", body[:_SAMPLE])
    high = sum(1 for byte in text if byte >= 0x80)
    low = sum(1 for byte in text if 0x41 <= byte <= 0x5A or 0x61 <= byte <= 0x7A)
    return high > low


def _best_cyrillic(body: bytes) -> tuple[str, float] | None:
    """The Cyrillic charset that reads most like Russian, and its score; None where there is too little to tell."""
    high = bytes(byte for byte in body[:_SAMPLE] if byte >= 0x80 or byte in b" \n.,")
    if sum(1 for byte in high if byte >= 0x80) < _ENOUGH_LETTERS:
        return None
    scored = [(name, russian_score(high.decode(name, "replace"))) for name in CYRILLIC]
    return max(scored, key=lambda pair: pair[1])


def russian_score(text: str) -> float:
    """How much ``text``, apart from its ASCII, looks like Russian: 0 (not at all) to about 1 (running prose)."""
    foreign = [ch for ch in text if ord(ch) > 127]
    letters = [ch for ch in foreign if _CYRILLIC_LETTER.match(ch)]
    if not letters:
        return 0.0
    lower = [ch.lower() for ch in letters]
    typical = sum(_FREQUENCY.get(ch, 0) for ch in lower) / len(lower) / 57.0  # 57: the mean in Russian prose
    capitals = sum(1 for ch in letters if ch.isupper()) / len(letters)
    swapped = len(_INNER_CAPITAL.findall(text)) / len(letters)
    share = len(letters) / len(foreign)
    return max(0.0, min(typical, 1.2) * share - max(0.0, capitals - 0.3) - 2 * swapped)
