r"""A linear scanner for style sheets: where they refer to other files, and what stands there instead.

It knows comments, strings, ``url(…)``, ``@import`` and ``image-set(…)``, also in escaped letters (``u\72l(``), by which
references are hidden. It does not parse rules: it copies what it does not know. Wherever it and a browser could see
different tokens, it writes something that has one reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass

_CHARSET = re.compile(rb'^@charset "([\w.:-]{1,40})";')
_STRING = r'"(?:[^"\\\n]|\\.)*+(?:"|(?=\n)|\Z)|' r"'(?:[^'\\\n]|\\.)*+(?:'|(?=\n)|\Z)"
_COMMENT = r"/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)"
_BLANK = rf"(?:\s|{_COMMENT})*+"
_ADDRESS = rf"\(\s*+(?:{_STRING}|(?:[^)\"'\\]|\\.)*+)\s*+(?:\)|\Z)?"
_URL = rf"(?:url|(?<![\w-])src){_ADDRESS}"  # src() is url() in the words of CSS Values 4
_FLAGS = re.IGNORECASE | re.DOTALL
_IN_NAME = r"(?:[\w-]|[^\x00-\x7f])"
_ESCAPED_NAME = rf"{_IN_NAME}*+(?:\\(?:[0-9a-fA-F]{{1,6}}[ \t\n]?|[^\n0-9a-fA-F]){_IN_NAME}*+)++"
_TOKEN = re.compile(
    r"(?=[/<@uUsSiI\"'\\-])(?:"  # what may begin one: it is looked for at every letter
    rf"(?P<comment>{_COMMENT}|<!--|-->)"  # the latter two, from when browsers knew no CSS, say nothing
    rf"|(?P<import>@import{_BLANK}(?P<target>{_URL}|{_STRING})"
    rf"(?P<condition>(?:{_COMMENT}|{_STRING}|[^;{{}}\"'])*+)(?:;|(?=[{{}}])|\Z)?)"
    rf"|(?P<broken>@import)"
    rf"|(?P<url>{_URL})"
    rf"|(?P<set>(?:-webkit-)?image(?:-set)?\()"
    rf"|(?P<string>{_STRING})"
    r"|(?P<escape>\\))",
    _FLAGS,
)
_NAME = re.compile(_ESCAPED_NAME, re.DOTALL)
_ARGUMENT = re.compile(_ADDRESS, _FLAGS)
_IN_SET = re.compile(
    rf"(?P<comment>{_COMMENT})|(?P<type>(?<![\w-])type\(\s*+(?:{_STRING})?+\s*+\)?)|(?P<image>{_URL}|{_STRING})"
    rf"|(?<!{_IN_NAME})(?P<hidden>{_ESCAPED_NAME})\(?|(?<!{_IN_NAME})(?P<function>{_IN_NAME}*+)\(|(?P<end>\))",
    _FLAGS,
)
_CONSTANT = re.compile(
    r"(?i)|[a-z-]*gradient|(?:-webkit-)?image-set|image|cross-fade|rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|"
    r"color-mix|light-dark|calc|min|max|clamp"
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n]?|(\n)|(.))", re.DOTALL)
_LAYER = re.compile(r"(?i)layer(?:\(([^()]*)\)|(?![\w(-]))")
_SUPPORTS = re.compile(r"(?i)supports\(((?:[^()]|\([^()]*\))*+)\)")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a style sheet refers to; ``is_import`` for another style sheet, then ``condition`` says when it applies."""

    target: str
    is_import: bool = False
    condition: str = ""

    def enclosing(self) -> tuple[str, str]:
        """What has to stand before and after the imported rules, so that they apply where the import does."""
        rest, opened = self.condition, []
        for pattern, rule in ((_LAYER, "@layer"), (_SUPPORTS, "@supports")):
            match = pattern.match(rest)
            if match:
                rest = rest[match.end() :].strip()
                said = (match[1] or "").strip()
                opened.append(f"{rule} {_as_condition(said) if rule == '@supports' else said} {{\n")
        if rest:
            opened.append(f"@media {rest} {{\n")
        return "".join(reversed(opened)), "}\n" * len(opened)


def _as_condition(said: str) -> str:
    """What supports() says; a declaration there needs no brackets of its own, and in a rule it does."""
    return said if re.match(r"(?i)\(|not\b|[\w-]+\(", said) else f"({said})"


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
    A string that is open at its end is closed, or what is written after it would be taken for a part of it.
    """
    css = _preprocessed(css)
    position = 0
    while match := _TOKEN.search(css, position):
        name = _NAME.match(css, _start_of_name(css, position, match.start())) if match["escape"] else None
        yield css[position : name.start() if name else match.start()]
        position = match.end()
        if match["import"]:
            condition = re.sub(_COMMENT, " ", match["condition"], flags=re.DOTALL).strip()
            yield from replacement(Reference(_target(match["target"]), True, condition))
        elif match["broken"]:
            yield "@broken-import"
        elif match["url"]:
            yield from replacement(Reference(_target(match["url"])))
        elif match["set"]:
            yield match["set"]
            position = yield from _images(css, position, replacement)
        elif name:
            position = yield from _unhidden(name[0], css, name.end(), replacement)
        elif match["escape"]:
            yield match["escape"]  # of a line end, which is none
        elif match["string"]:
            yield match["string"] + (match["string"][0] if _is_open(match["string"]) and position == len(css) else "")
        else:
            yield "/**/"  # which separates words without being the blank that in a selector means “within”
    yield css[position:]


def closed(parts: Iterable[str]) -> Iterator[str]:
    """A style sheet from ``rewritten`` with every bracket closed at its end, as if it were a file of its own."""
    open_brackets = dict.fromkeys(_BRACKETS, 0)
    for part in parts:
        yield part
        if part[:1] not in ('"', "'"):
            plain = re.sub(r"\\.", "", part, flags=re.DOTALL) if "\\" in part else part
            for pair in _BRACKETS:
                open_brackets[pair] += plain.count(pair[0]) - plain.count(pair[1])
    yield "".join(pair[1] * open_brackets[pair] for pair in _BRACKETS) + "\n"


_BRACKETS = ("()", "[]", "{}")


def _images(css: str, position: int, replacement: Callable[[Reference], Iterable[str]]) -> Generator[str, None, int]:
    """The images of an image-set, each replaced, and where it ends; in it, a string is an address, too.

    A function whose value stands elsewhere, such as var(), is made one that nobody knows: it could be such a string.
    """
    depth = 1
    while depth and (match := _IN_SET.search(css, position)):
        yield css[position : match.start()]
        position = match.end()
        if match["image"]:
            yield from replacement(Reference(_target(match["image"])))
        elif match["type"]:
            yield match["type"] if match["type"].endswith(")") else "type()"
        elif match["end"]:
            depth -= 1
            yield ")"
        elif match["comment"]:
            yield "/**/"
        elif match["hidden"]:
            is_function = len(match[0]) > len(match["hidden"])
            depth += is_function
            yield "unknown(" if is_function else match[0]
        else:
            depth += 1
            name = match["function"]
            yield f"{name}(" if _CONSTANT.fullmatch(name) else f"unknown-{name}("
    return position


def _start_of_name(css: str, start: int, end: int) -> int:
    """Where the name begins in which there is an escape at ``end``."""
    while end > start and (css[end - 1].isalnum() or css[end - 1] in "-_" or css[end - 1] > "\x7f"):
        end -= 1
    return end


def _unhidden(
    name: str, css: str, position: int, replacement: Callable[[Reference], Iterable[str]]
) -> Generator[str, None, int]:
    """A name that is written with escapes: where it is one that refers to files, what stands there instead."""
    plain = _ESCAPE.sub(_unescape, name).lower()
    if plain == "import":
        yield "broken-import"
    elif plain.endswith(("url", "src")) and (match := _ARGUMENT.match(css, position)):
        yield from replacement(Reference(_target(f"url{match[0]}")))
        return match.end()
    elif plain.endswith(("image", "image-set")) and css.startswith("(", position):
        yield f"{plain[plain.rindex('image') :]}("
        return (yield from _images(css, position + 1, replacement))
    else:
        yield name
    return position


def _preprocessed(css: str) -> str:
    """The text as a CSS tokenizer takes it (CSS Syntax 3, section 3.3); a last backslash would escape what follows."""
    if "\r" in css or "\f" in css:
        css = css.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    css = css.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    return css[:-1] if _is_escaping(css) else css


def _is_escaping(text: str) -> bool:
    return text.endswith("\\") and (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _is_open(string: str) -> bool:
    """Whether a string's last character is not the quotation mark that ends it."""
    return len(string) == 1 or string[-1] != string[0] or _is_escaping(string[1:-1])


def _target(token: str) -> str:
    text = token.strip()
    if text[:4].lower() in ("url(", "src("):
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
