r"""A linear scanner for style sheets: where they refer to other files, and what stands there instead.

It knows comments, strings, ``url(…)``, ``@import`` and ``image-set(…)``, and undoes escaped letters (``u\72l(``), by
which references are hidden. It does not parse rules: it copies what it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_ESCAPED_HEX = re.compile(r"\\0{0,4}([46][1-9a-fA-F]|[57][0-9aA])[ \t\n\f]?(?![0-9a-fA-F])")
_ESCAPED_PLAIN = re.compile(r"\\([g-zG-Z])")
_CHARSET = re.compile(rb'^@charset "([\w.:-]{1,40})";')
_STRING = r'"(?:[^"\\\n]|\\.)*+(?:"|(?=\n)|\Z)|' r"'(?:[^'\\\n]|\\.)*+(?:'|(?=\n)|\Z)"
_URL = rf"url\(\s*+(?:{_STRING}|(?:[^)\"'\\]|\\.)*+)\s*+(?:\)|\Z)?"
_TOKEN = re.compile(
    rf"(?P<comment>/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z))"
    rf"|(?P<import>@import\s*+(?P<target>{_URL}|{_STRING})(?P<media>[^;{{}}\"']*+)(?:;|(?=[{{}}])|\Z)?)"
    rf"|(?P<url>{_URL})"
    rf"|(?P<set>(?:-webkit-)?image-set\()"
    rf"|(?P<string>{_STRING})",
    re.IGNORECASE | re.DOTALL,
)
_IN_SET = rf"{_URL}|{_STRING}|[^()\"']"
_SET = re.compile(rf"(?:{_IN_SET}|\((?:{_IN_SET})*+\))*+", re.IGNORECASE | re.DOTALL)
_SET_PART = re.compile(
    rf"/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|type\((?:{_STRING}|[^)\"'])*+\)?|(?P<image>{_URL}|{_STRING})",
    re.IGNORECASE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\f]?|(\n)|(.))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a style sheet refers to; ``is_import`` for another style sheet, then ``media`` is the condition on it."""

    target: str
    is_import: bool = False
    media: str = ""


def decode_css(data: bytes, declared: str, fallback: str = "utf-8") -> str:
    """A style sheet's text: byte order mark, the HTTP charset, ``@charset``, else ``fallback``."""
    from citekeeper.archive.decoding import decode

    match = _CHARSET.match(data)
    return decode(data, declared or (match[1].decode("ascii") if match else "") or fallback)


def references(css: str) -> Iterator[Reference]:
    """Every reference of a style sheet or a style attribute, in order; ``data:`` and empty ones are left out."""
    found: list[Reference] = []

    def note(reference: Reference) -> Iterable[str]:
        found.append(reference)
        return ()

    for _ in rewritten(css, note):
        yield from (ref for ref in found if ref.target and not ref.target.lower().startswith(("data:", "#")))
        found.clear()


def rewritten(css: str, replacement: Callable[[Reference], Iterable[str]]) -> Iterator[str]:
    """The style sheet without comments, in parts, each reference replaced by what ``replacement`` returns for it.

    For ``@import`` that is a whole style sheet or nothing; for ``url(…)`` a complete CSS value, such as ``url("…")``.
    """
    if "\\" in css:
        css = _ESCAPED_PLAIN.sub(r"\1", _ESCAPED_HEX.sub(lambda match: chr(int(match[1], 16)), css))
    position = 0
    while match := _TOKEN.search(css, position):
        yield css[position : match.start()]
        position = match.end()
        if match["import"]:
            yield from replacement(Reference(_target(match["target"]), True, match["media"].strip()))
        elif match["url"]:
            yield from replacement(Reference(_target(match["url"])))
        elif match["set"]:
            images = _SET.match(css, position)
            assert images is not None  # it may be empty
            yield match["set"]
            yield _SET_PART.sub(lambda part: _image(part, replacement), images[0])
            position = images.end()
        elif match["string"]:
            yield match["string"]
        else:
            yield " "
    yield css[position:]


def _image(part: re.Match[str], replacement: Callable[[Reference], Iterable[str]]) -> str:
    return "".join(replacement(Reference(_target(part["image"])))) if part["image"] else part[0]


def _target(token: str) -> str:
    text = token.strip()
    if text[:4].lower() == "url(":
        text = text[4:].removesuffix(")").strip()
    if text[:1] in ("'", '"'):
        quote, text = text[0], text[1:]
        text = text.removesuffix(quote)
    return _ESCAPE.sub(_unescape, text).strip()


def _unescape(match: re.Match[str]) -> str:
    if match[1]:
        number = int(match[1], 16)
        return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\N{REPLACEMENT CHARACTER}"
    return "" if match[2] else match[3]
