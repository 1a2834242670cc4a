"""CommonMark's inline structure (spec 0.31, section 6) of one block: links with their places, and the words.

With GitHub's bare addresses, footnote references, inline notes and raw HTML. Work is linear in the length of the text
but for pathological input.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from citekeeper.content import markdown_text
from citekeeper.importers.bare import BARE_START, BARE_URL, as_url, is_web, trimmed
from citekeeper.importers.html_tags import Tag, addresses, parse_tag

_TOKEN = re.compile(rf"\\[!-/:-@\[-`{{-~]|`+|<|!?\[|\^\[|\]|{BARE_START}")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_COMMENT = re.compile(r"<!--(?:>|->|.*?-->)", re.S)
_INSTRUCTION = re.compile(r"<(?:\?.*?\?|![A-Za-z][^>]*|!\[CDATA\[.*?\]\])>", re.S)
_TAG = re.compile(
    r"""<(?:/[A-Za-z][A-Za-z0-9-]*\s*|[A-Za-z][A-Za-z0-9-]*"""
    r"""(?:\s++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:\s*=\s*(?:[^\s"'=<>`]++|'[^']*'|"[^"]*"))?)*+\s*/?)>"""
)
_LABEL = re.compile(r"\[((?:[^\\\[\]]|\\.){0,999})\]", re.S)
_POINTED = re.compile(r"<((?:[^<>\n\\]|\\.)*)>")
_DELIMITER = re.compile(r"[\s()\\]")
_TITLE = re.compile(r"""\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))""", re.S)
_MAX_DEPTH = 32  # of brackets in an address; the specification asks for at least three
_MAX_LABEL = 999  # characters, by the specification
_TICKS = re.compile(r"`+")
_BLANKS = re.compile(r"\s*")
_DEFINITION = re.compile(r"[ \t]{0,3}\[((?:[^\\\[\]]|\\.){1,999})\]:\s*", re.S)
_NO_BARE = {"a", "code", "pre", "kbd", "samp", "script", "style", "textarea"}


class InlineLink(NamedTuple):
    """A link: its words at ``text[start:end]``, and its address, which begins at ``text[place]``.

    ``place`` is None for a link by reference, whose address stands in its definition ``reference``.
    """

    start: int
    end: int
    url: str
    place: int | None
    kind: str  # inline, image, reference, auto, bare, html
    reference: str = ""


class Edit(NamedTuple):
    """What becomes of ``text[start:end]`` in the words: gone, or replaced; ``event`` says what it was."""

    start: int
    end: int
    replacement: str = ""
    event: str = ""  # code, tag:NAME, /tag:NAME, ref:LABEL, note, /note
    tag: Tag | None = None


@dataclass
class Inline:
    """One block's links (in order of their places) and edits."""

    links: list[InlineLink] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)


@dataclass(slots=True)
class _Opener:
    start: int
    end: int
    kind: str  # "[", "![" or "^["
    links: int
    edits: int


class Definition(NamedTuple):
    """A link reference definition: the address and where in its block it begins."""

    label: str
    url: str
    place: int
    end: int


def normal_label(label: str) -> str:
    """A label as references are matched: without regard to case and white space."""
    return " ".join(label.split()).casefold()


def unescaped(text: str) -> str:
    """Backslash escapes and character references resolved."""
    text = _ESCAPE.sub(r"\1", text) if "\\" in text else text
    return markdown_text(text)


def leading_definitions(text: str) -> list[Definition]:
    """The link reference definitions that a paragraph begins with."""
    found: list[Definition] = []
    position = 0
    while match := _DEFINITION.match(text, position):
        if not match[1].strip() or match[1].startswith("^"):
            break
        target = _destination(text, match.end(), until_paren=False)
        if target is None:
            break
        url, place, end = target
        title = _TITLE.match(text, end)
        if title and _line_ends(text, title.end()):
            end = title.end()
        elif not _line_ends(text, end):
            break
        newline = text.find("\n", end)
        end = len(text) if newline < 0 else newline + 1
        found.append(Definition(normal_label(match[1]), url, place, end))
        position = end
    return found


_LINE_REST = re.compile(r"[ \t]*(?:\n|\Z)")


def _line_ends(text: str, position: int) -> bool:
    return _LINE_REST.match(text, position) is not None


def _destination(text: str, start: int, *, until_paren: bool) -> tuple[str, int, int] | None:
    """A link's destination at ``start``: (address, its place, its end)."""
    if match := _POINTED.match(text, start):
        return unescaped(match[1]), match.start(1), match.end()
    if text.startswith("<", start):
        return None
    depth = 0
    position = start
    while match := _DELIMITER.search(text, position):
        char = match[0]
        position = match.end()
        if char == "\\":
            position += 1
        elif char == "(":
            depth += 1
            if depth > _MAX_DEPTH:
                return None
        elif char == ")" and depth:
            depth -= 1
        else:
            if char == ")" and not until_paren:
                return None
            position = match.start()
            break
    else:
        position = len(text)
    if depth or (position == start and not until_paren):
        return None
    return unescaped(text[start:position]), start, position


def _inline_target(text: str, start: int) -> tuple[str, int, int] | None:
    """The part of an inline link behind its words, from ``(`` on: (address, its place, end behind the bracket)."""
    match = _BLANKS.match(text, start + 1)
    assert match
    target = _destination(text, match.end(), until_paren=True)
    if target is None:
        return None
    url, place, end = target
    if title := _TITLE.match(text, end):
        end = title.end()
    match = _BLANKS.match(text, end)
    assert match
    return (url, place, match.end() + 1) if text.startswith(")", match.end()) else None


class InlineParser:
    """Parses one block at a time.

    Args:
        definitions: normal label → address of every link reference definition of the document.
        footnotes: labels of the footnotes that the document defines.
    """

    def __init__(self, definitions: Mapping[str, str], footnotes: Collection[str] = ()) -> None:
        self._definitions = definitions
        self._footnotes = footnotes

    def parse(self, text: str, start: int = 0) -> Inline:
        """Links and edits of a block's text from ``start`` on."""
        return _Run(text, self._definitions, self._footnotes).run(start)


class _Run:
    def __init__(self, text: str, definitions: Mapping[str, str], footnotes: Collection[str]) -> None:
        self._text = text
        self._definitions = definitions
        self._footnotes = footnotes
        self._result = Inline()
        self._openers: list[_Opener] = []
        self._no_bare: list[str] = []
        self._ticks: dict[int, list[int]] | None = None
        self._comment_open = True

    def run(self, start: int) -> Inline:
        text, position = self._text, start
        while match := _TOKEN.search(text, position):
            token = match[0]
            first = token[0]
            if first == "\\":
                self._result.edits.append(Edit(match.start(), match.end(), token[1]))
                position = match.end()
            elif first == "`":
                position = self._code(match.start(), match.end())
            elif first == "<":
                position = self._pointed(match.start())
            elif first == "]":
                position = self._close(match.start())
            elif token in ("[", "![", "^["):
                self._openers.append(
                    _Opener(match.start(), match.end(), token, len(self._result.links), len(self._result.edits))
                )
                position = match.end()
            else:
                position = self._bare(match.start())
        self._result.edits.sort()
        return self._result

    def _code(self, start: int, end: int) -> int:
        width = end - start
        places = self._runs_of_ticks().get(width, ())
        after = bisect_left(places, end)
        if after == len(places):
            return end
        closing = places[after]
        self._result.edits.append(Edit(start, end, event="code"))
        self._result.edits.append(Edit(closing, closing + width, event="/code"))
        return closing + width

    def _runs_of_ticks(self) -> dict[int, list[int]]:
        """Where the runs of backticks of each width begin; a search for each opener would be quadratic."""
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(self._text):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
        return self._ticks

    def _pointed(self, start: int) -> int:
        """At ``<``: an autolink, a comment, a tag, or just the sign."""
        text = self._text
        if match := _AUTOLINK.match(text, start):
            if is_web(match[1]):
                self._result.links.append(InlineLink(match.start(1), match.end(1), match[1], match.start(1), "auto"))
            self._result.edits += [Edit(start, start + 1), Edit(match.end() - 1, match.end())]
            return match.end()
        if text.startswith("<!--", start):
            if self._comment_open and (match := _COMMENT.match(text, start)):
                self._result.edits.append(Edit(start, match.end()))
                return match.end()
            self._comment_open = False
            return start + 1
        if text[start + 1 : start + 2] in "?!" and (match := _INSTRUCTION.match(text, start)):
            self._result.edits.append(Edit(start, match.end()))
            return match.end()
        tag = parse_tag(text, start) if _TAG.match(text, start) else None
        if tag is None:
            return start + 1
        self._tag(tag)
        return tag.end

    def _tag(self, tag: Tag) -> None:
        for place, url in addresses(tag):
            self._result.links.append(InlineLink(tag.end, tag.end, url, place, "html"))
        self._result.edits.append(
            Edit(tag.start, tag.end, event=f"{'/' if tag.closing else ''}tag:{tag.name}", tag=tag)
        )
        if tag.name in _NO_BARE:
            if not tag.closing:
                self._no_bare.append(tag.name)
            elif tag.name in self._no_bare:
                while self._no_bare.pop() != tag.name:
                    continue

    def _bare(self, start: int) -> int:
        match = BARE_URL.match(self._text, start)
        if match is None:
            return start + 1
        url = trimmed(match[0])
        if url is None:
            return start + 4
        end = start + len(url)
        escapes = [Edit(m.start(), m.end(), m[1]) for m in _ESCAPE.finditer(self._text, start, end)]
        self._result.edits += escapes
        if not self._no_bare:
            self._result.links.append(InlineLink(start, end, as_url(unescaped(url)), start, "bare"))
        return end

    def _close(self, position: int) -> int:
        """At ``]``: the end of a link, an image, a reference or a note, or just the sign."""
        if not self._openers:
            return position + 1
        opener = self._openers.pop()
        inner = self._text[opener.end : min(position, opener.end + _MAX_LABEL + 1)]
        if opener.kind == "^[":
            self._result.edits += [
                Edit(opener.start, opener.end, event="note"),
                Edit(position, position + 1, event="/note"),
            ]
            return position + 1
        if opener.kind == "[" and inner.startswith("^") and inner[1:] in self._footnotes:
            del self._result.links[opener.links :], self._result.edits[opener.edits :]
            self._result.edits.append(Edit(opener.start, position + 1, event=f"ref:{inner[1:]}"))
            return position + 1
        if opener.kind == "[" and any(
            link.kind not in ("bare", "image", "html") for link in self._result.links[opener.links :]
        ):
            return position + 1  # links do not hold links
        end = self._link_end(opener, inner, position)
        return position + 1 if end is None else end

    def _link_end(self, opener: _Opener, inner: str, position: int) -> int | None:
        text = self._text
        url: str | None
        place: int | None = None
        reference = ""
        end = position + 1
        if text.startswith("(", end) and (target := _inline_target(text, end)):
            url, place, end = target
        else:
            label = _LABEL.match(text, end)
            words = label[1] if label and label[1].strip() else inner
            if len(words) > _MAX_LABEL or not self._definitions:
                return None
            reference = normal_label(words)
            url = self._definitions.get(reference)
            if url is None and label and label[1].strip():
                return None
            end = label.end() if label and url is not None else end
        if url is None:
            return None
        image = opener.kind == "!["
        held = self._result.links[opener.links :]
        del self._result.links[opener.links :]
        if not image:
            self._result.links += [link for link in held if link.kind != "bare"]
        kind = "image" if image else "inline" if place is not None else "reference"
        self._result.links.append(InlineLink(opener.end, position, url, place, kind, reference))
        edits = [edit for edit in self._result.edits[opener.edits :] if edit.end <= position]
        self._result.edits[opener.edits :] = [Edit(opener.start, opener.end), *edits, Edit(position, end)]
        return end
