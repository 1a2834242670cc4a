"""Addresses as each form writes them: where one ends in a text, what it means, and how a new one is put there."""

from __future__ import annotations

import re

from citekeeper.content import attribute_value, markdown_text
from citekeeper.fixing.links import Form
from citekeeper.urls import BadUrlError, parse

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_POINTED = re.compile(r"(?:[^<>\n\r\\]|\\.)*")
_DELIMITER = re.compile(r"[\s()\\]")
_AUTO = re.compile(r"[^\s<>]*")
_BARE = re.compile(r"[^\s<>]*")
_PLAIN_BARE = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&+,;=%-]*[A-Za-z0-9/=]")
_UNQUOTED = re.compile(r"[^\s\"'<>`]+")
_FOR_MARKDOWN = {"|": "%7C", "`": "%60", "\\": "%5C", "<": "%3C", ">": "%3E"}


def is_pointed(text: str, start: int) -> bool:
    """Whether the address at ``start`` stands in angle brackets."""
    return text[start - 1 : start] == "<"


def end_of(text: str, start: int, form: Form, url: str) -> int | None:
    """Where the address that begins at ``start`` ends; None where what stands there does not mean ``url``."""
    end = _end(text, start, form, url)
    if end is None or end <= start:
        return None
    return end if _meaning(text[start:end], form) == url else None


def _end(text: str, start: int, form: Form, url: str) -> int | None:
    if form is Form.ATTRIBUTE:
        return _attribute_end(text, start)
    if form is Form.AUTO:
        found = _AUTO.match(text, start)
        return found.end() if found else None
    if form is Form.BARE:
        return _bare_end(text, start, url)
    if is_pointed(text, start):
        found = _POINTED.match(text, start)
        return found.end() if found else None
    return _destination_end(text, start)


def _attribute_end(text: str, start: int) -> int | None:
    """The end of an attribute's value without the white space at its end."""
    before = start
    while before and text[before - 1].isspace():
        before -= 1
    quote = text[before - 1 : before]
    if quote in ('"', "'"):
        closing = text.find(quote, start)
        return None if closing < 0 else start + len(text[start:closing].rstrip())
    found = _UNQUOTED.match(text, start)
    return found.end() if found else None


def _bare_end(text: str, start: int, url: str) -> int | None:
    """The shortest piece that means ``url``: what follows it is the sentence's punctuation."""
    found = _BARE.match(text, start)
    longest = found.end() if found else start
    for end in range(min(longest, start + len(url)), longest + 1):
        if _meaning(text[start:end], Form.BARE) == url:
            return end
    for end in range(longest, start, -1):
        if _meaning(text[start:end], Form.BARE) == url:
            return end
    return None


def _destination_end(text: str, start: int) -> int | None:
    depth = 0
    position = start
    while found := _DELIMITER.search(text, position):
        position = found.end()
        if found[0] == "\\":
            position += 1
        elif found[0] == "(":
            depth += 1
        elif found[0] == ")" and depth:
            depth -= 1
        else:
            return found.start()
    return len(text)


def _meaning(written: str, form: Form) -> str:
    """The address that a piece of text stands for."""
    if form is Form.AUTO:
        return written
    if form is Form.ATTRIBUTE:
        return attribute_value(written)
    plain = markdown_text(_ESCAPE.sub(r"\1", written))
    if form is Form.BARE and plain[:4].lower() != "http":
        return f"http://{plain}"
    return plain


def normal(url: str) -> str | None:
    """A target as it may be written anywhere: in normal form, ASCII, without white space; None for no web address."""
    try:
        return parse(url).href
    except BadUrlError:
        return None


def written_as(target: str, form: Form, *, pointed: bool, quote: str = '"') -> str:
    """A target (in `normal` form) as the form writes it, with what that needs around it.

    Args:
        target: the address.
        form: how the address that it replaces is written.
        pointed: whether that one stands in angle brackets.
        quote: the quotes around an attribute's value, "" where it has none.
    """
    if form is Form.ATTRIBUTE:
        value = target.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;").replace("<", "&lt;")
        return value if quote else f'"{value}"'
    target = "".join(_FOR_MARKDOWN.get(char, char) for char in target)
    if form is Form.AUTO:
        return target
    if form is Form.BARE:
        is_plain = _PLAIN_BARE.fullmatch(target) and markdown_text(target) == target
        return target if is_plain else f"<{target}>"
    if markdown_text(target) != target:
        target = target.replace("&", "&amp;")
    return target if pointed else re.sub(r"[()]", r"\\\g<0>", target)
