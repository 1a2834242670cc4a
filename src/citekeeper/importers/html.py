"""HTML: footnotes as Pandoc, WordPress, Wikipedia and EPUB write them, raised numbers, and every link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from citekeeper.errors import InputFileError
from citekeeper.importers.assembly import Draft, DraftNote, assemble
from citekeeper.importers.bare import BARE_URL, as_url, trimmed
from citekeeper.importers.html_tags import addresses, parse_tag, tags
from citekeeper.importers.numbered import find_numbered_notes
from citekeeper.importers.outside import outside_notes
from citekeeper.importers.richtext import LinkSpan, RichText, RichTextBuilder
from citekeeper.importers.source import Source
from citekeeper.model import Citation, Imported, Kind, Location

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _names(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_SILENT = _names("script style template noscript head title textarea select svg math iframe")
_ITALICS = frozenset(("i", "em", "cite"))
_NOTE_BLOCKS = ("li", "p", "dd", "aside", "div", "td", "section", "tr")
_REF_LABEL = re.compile(r"[\[(]?\s*((?:note |noot |n )?[0-9]{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§]{1,3})\s*[\])]?[,;]?", re.I)
_REF_HINT = re.compile(
    r"(?i)(?:foot|end)?note|\bfn|cite[_-]?ref|reference|\bref\b|_ftn|_edn|sdfootnote|voetnoot|\bsup\b"
)
_BACK = re.compile(
    r"(?i)^[\s↑^↩︎⏎←⤴▲\ufe0e\ufe0f]*(?:(?:jump up|back|terug|zurück|omhoog|retour)[^.]{0,20})?[\s↑^↩︎⏎←⤴▲\ufe0e\ufe0f]*$"
)
_ARROWS = re.compile(r"[\s↑^]*")
_LABEL_END = re.compile(r"[\])]?[.:)]?\s+")
_BACKS = re.compile(r"[↑^]\s*|(?:[a-z]\s){1,6}(?=[“\"«A-ZА-Я])")
_NOTE_LIST = re.compile(
    r"(?i)(?:^|[\s_-])(?:footnotes?|endnotes?|references|reflist|voetnoten|fussnoten|notes)(?:$|[\s_-])"
)
_MARKUP_SHARE, _MARKUP_SPARE = 20, 20_000  # a block's source is at most so many times its words, and so much more
_CHARSET = re.compile(rb"""(?is)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:.-]+)""")


def links(source: Source) -> Iterator[Citation]:
    """Every absolute web address that a tag of the page refers to."""
    source = in_declared_charset(source)
    number = 0
    for tag in tags(source.text):
        for place, url in addresses(tag):
            number += 1
            yield Citation(f"link-{number}", kind=Kind.LINK, url=url, found_in=(source.location(place),))


def read(source: Source) -> Imported:
    """A page with notes."""
    from bs4 import BeautifulSoup

    source = in_declared_charset(source)
    soup = BeautifulSoup(source.text.replace("\r\n", "\n ").replace("\r", "\n"), "html.parser")
    page = _Page(source, soup)
    notes = page.anchored_notes() or page.listed_notes()
    paragraphs = page.paragraphs()
    if not notes:
        paragraphs, notes = find_numbered_notes(paragraphs)
    imported = assemble(source, Draft(tuple(paragraphs), tuple(notes), outside_notes(_page_links(source), notes)))
    document = imported.document
    language = _declared_language(soup)
    return replace(
        imported,
        document=replace(document, title=document.title or _head_title(soup), language=document.language or language),
    )


def in_declared_charset(source: Source) -> Source:
    """The page decoded by its byte order mark, its ``meta charset``, as UTF-8, else as windows-1252, as browsers do."""
    if source.data[:3] == b"\xef\xbb\xbf" or source.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return source
    declared = _CHARSET.search(source.data[:4096])
    encodings = [declared[1].decode("ascii")] if declared else []
    for encoding in [*encodings, "utf-8", "windows-1252"]:
        try:
            text = source.data.decode(encoding)
        except (UnicodeError, LookupError):  # some of Python's codecs (idna, undefined) fail in words of their own
            continue
        if "\0" in text:
            break
        decoded = Source(source.name, source.data)
        decoded.__dict__["text"] = text
        return decoded
    raise InputFileError(source.name, "the page's characters cannot be decoded", "Save it in UTF-8, and import that.")


def _page_links(source: Source) -> Iterator[Citation]:
    """The links that readers follow: not stylesheets, scripts and images, which the page is made of."""
    number = 0
    for tag in tags(source.text):
        if tag.name in ("a", "area", "iframe", "embed", "object", "blockquote", "q"):
            for place, url in addresses(tag):
                number += 1
                yield Citation(f"link-{number}", kind=Kind.LINK, url=url, found_in=(source.location(place),))


def _head_title(soup: BeautifulSoup) -> str | None:
    title = soup.find("title")
    return " ".join(title.get_text().split())[:500] or None if title else None


def _declared_language(soup: BeautifulSoup) -> str | None:
    root = soup.select_one("html")
    value = root.get("lang") if root else None
    return (
        value.strip().lower()
        if isinstance(value, str) and re.fullmatch(r"[A-Za-z]{2,3}(?:-[\w-]+)?", value.strip())
        else None
    )


def _lead_end(text: str, label: str) -> int:
    """Where a note's words begin: behind its label, and links back that are arrows or single letters.

    Without a pattern for each label, as compiling one takes longer than all else that a note takes.
    """
    arrows = _ARROWS.match(text)
    end = arrows.end() if arrows else 0
    inner = end + (text[end : end + 1] in ("[", "(") and text.startswith(label, end + 1))
    if text.startswith(label, inner) and (closing := _LABEL_END.match(text, inner + len(label))):
        end = closing.end()
    backs = _BACKS.match(text, end)
    return backs.end() if backs else end


class _Page:
    """One page's tree, from which notes are taken out before the paragraphs are read."""

    def __init__(self, source: Source, soup: BeautifulSoup) -> None:
        self._source, self._soup = source, soup
        self._marks: dict[int, str] = {}  # identity of a reference's tag → label
        self._taken: set[int] = set()  # identities of tags that are notes
        self._backs: set[int] = set()  # identities of links back from a note

    # ── notes ──

    def anchored_notes(self) -> list[DraftNote]:
        """Notes to which a short link within the page leads."""
        targets = self._targets()
        notes: list[DraftNote] = []
        label_of: dict[int, str] = {}
        labels: set[str] = set()
        blocks: list[tuple[Tag, str]] = []
        for anchor in self._soup.find_all("a", href=re.compile(r"#.")):
            fragment = str(anchor["href"]).partition("#")[2]
            target = targets.get(fragment)
            label = self._reference_label(anchor)
            if target is None or label is None or target is anchor:
                continue
            block = self._note_block(target)
            if block is None or id(anchor) in self._backs:
                continue
            if any(parent is block or id(parent) in label_of for parent in anchor.parents):
                continue  # it leads to what it stands in, or out of a note
            if id(block) not in label_of:
                unique = label if label not in labels else f"{label}-{len(label_of) + 1}"
                label_of[id(block)] = unique
                labels.add(unique)
                blocks.append((block, unique))
                self._mark_backs(block)
            self._marks[id(anchor)] = label_of[id(block)]
        for block, label in blocks:
            self._taken.add(id(block))
            notes.append(DraftNote(label, self._note_body(block, label)))
        return notes

    def listed_notes(self) -> list[DraftNote]:
        """The items of a list that its class or role calls footnotes, to which nothing leads."""
        for found in self._soup.find_all(["ol", "section", "div"]):
            role = str(found.get("role") or "")
            classes = " ".join(found.get("class") or [])
            if role == "doc-endnotes" or _NOTE_LIST.search(f"{classes} {found.get('id') or ''}"):
                listing = found if found.name == "ol" else found.find("ol")
                items = listing.find_all("li", recursive=False) if listing else []
                notes = [DraftNote(str(number), self._note_body(item, "")) for number, item in enumerate(items, 1)]
                if notes:
                    self._taken.update(id(item) for item in items)
                    return notes
        return []

    def _targets(self) -> dict[str, Tag]:
        targets: dict[str, Tag] = {}
        for tag in self._soup.find_all(True):
            for name in ("id", "name"):
                value = tag.get(name)
                if isinstance(value, str) and (name == "id" or tag.name == "a"):
                    targets.setdefault(value, tag)
        return targets

    def _reference_label(self, anchor: Tag) -> str | None:
        """The label of a link that can be a note's mark."""
        match = _REF_LABEL.fullmatch(anchor.get_text().strip())
        if not match:
            return None
        parent = anchor.parent
        hints = [anchor.get("role"), anchor.get("id"), anchor.get("class"), anchor.get("href"), anchor.get("epub:type")]
        if parent is not None:
            hints += [parent.name, parent.get("class"), parent.get("id")]
        raised = anchor.find("sup") is not None
        hint = " ".join(" ".join(item) if isinstance(item, list) else str(item) for item in hints if item)
        return match[1].strip() if raised or _REF_HINT.search(hint) or anchor.get_text().strip()[:1] == "[" else None

    def _note_block(self, target: Tag) -> Tag | None:
        """The block that a reference's target is, or stands in."""
        block: Tag | None = target
        while block is not None and block.name not in _NOTE_BLOCKS:
            block = block.parent
        return block

    def _mark_backs(self, block: Tag) -> None:
        """Find the links back: within the page, and no words but arrows or the label."""
        for anchor in block.find_all("a", href=re.compile(r"#.")):
            words = anchor.get_text().strip()
            classes = " ".join(anchor.get("class") or [])
            if (
                _BACK.match(words)
                or _REF_LABEL.fullmatch(words)
                or re.search(r"(?i)back", f"{classes} {anchor.get('role') or ''}")
            ):
                self._backs.add(id(anchor))

    def _note_body(self, block: Tag, label: str) -> RichText:
        builder = RichTextBuilder(self._tag_place(block))
        _Walker(self, builder).walk(block)
        body = builder.build()
        body = body.part(_lead_end(body.text, label) if label else 0, len(body.text))
        tail = re.search(r"[\s↑^↩︎⏎←⤴\ufe0e\ufe0f]+$", body.text)
        return self._with_bare_addresses(body.part(0, tail.start() if tail else len(body.text)), block)

    def _with_bare_addresses(self, body: RichText, block: Tag) -> RichText:
        """A note with the addresses that are printed in it and not linked."""
        found = []
        for match in BARE_URL.finditer(body.text):
            text = trimmed(match[0])
            if text and not any(link.start < match.end() and match.start() < link.end for link in body.links):
                location = self._place_of(text, block, within=_MARKUP_SPARE + _MARKUP_SHARE * len(body.text))
                found.append(LinkSpan(match.start(), match.start() + len(text), as_url(text), location, bare=True))
        return replace(body, links=tuple(sorted([*body.links, *found], key=lambda link: link.start)))

    def _place_of(self, words: str, block: Tag, within: int) -> Location:
        """Where words stand in the source near a block's begin; else, as where they are escaped, the block's place."""
        if block.sourceline is None or block.sourcepos is None:
            return Location(self._source.name)
        start = self._source.offset(block.sourceline, block.sourcepos + 1)
        found = self._source.text.find(words, start, start + within)
        return self._source.location(found if found >= 0 else start)

    # ── body ──

    def paragraphs(self) -> list[RichText]:
        """The page's paragraphs, without its notes."""
        found: list[RichText] = []
        walker = _BodyWalker(self, found)
        walker.walk(self._soup.select_one("body") or self._soup)
        walker.flush()
        return found

    # ── for the walkers ──

    def mark_of(self, tag: Tag) -> str | None:
        """The label of a note's reference."""
        return self._marks.get(id(tag))

    def is_taken(self, tag: Tag) -> bool:
        """Whether a tag is a note."""
        return id(tag) in self._taken

    def is_back(self, tag: Tag) -> bool:
        """Whether a tag leads back from a note."""
        return id(tag) in self._backs

    def _tag_place(self, tag: Tag) -> Location:
        return Location(self._source.name, tag.sourceline, (tag.sourcepos or 0) + 1 if tag.sourceline else None)

    def place(self, tag: Tag) -> Location:
        """Where a tag stands in the source."""
        return self._tag_place(tag)

    def href_place(self, tag: Tag) -> Location:
        """Where a link's address stands in the source."""
        if tag.sourceline is None or tag.sourcepos is None:
            return Location(self._source.name)
        start = self._source.offset(tag.sourceline, tag.sourcepos + 1)
        parsed = parse_tag(self._source.text, start)
        for place, _ in addresses(parsed) if parsed else ():
            return self._source.location(place)
        return self._source.location(start)


class _Walker:
    """Reads the words of a tag into a builder, without recursion."""

    def __init__(self, page: _Page, builder: RichTextBuilder) -> None:
        self._page, self._builder = page, builder

    def walk(self, root: Tag) -> None:
        """Go through everything in ``root``."""
        from bs4 import Tag
        from bs4.element import CData, NavigableString, PreformattedString

        stack: list[tuple[object, int | None]] = [(root, None)]
        while stack:
            node, opened = stack.pop()
            if opened is not None:
                assert isinstance(node, Tag)
                self.leave(node, opened)
            elif isinstance(node, Tag):
                if (node is root or self.enter(node)) and node.name not in _SILENT:
                    stack.append((node, self._builder.here))
                    stack.extend((child, None) for child in reversed(node.contents))
            elif isinstance(node, NavigableString) and not (
                isinstance(node, PreformattedString) and not isinstance(node, CData)
            ):
                self._builder.add(str(node))

    def enter(self, tag: Tag) -> bool:
        """Whether to go into a tag."""
        if (label := self._page.mark_of(tag)) is not None:
            self._builder.mark(label)
            return False
        if self._page.is_back(tag):
            return False
        if tag.name in _BLOCKS or tag.name == "br":
            self._builder.break_line()
        return True

    def leave(self, tag: Tag, opened: int) -> None:
        """What lies over the words since ``opened``."""
        span = self._builder.words_since(opened)
        if tag.name == "a" and isinstance(href := tag.get("href"), str):
            if span[0] < span[1] or href.lower().startswith("http"):
                self._builder.link(span, href.strip(), self._page.href_place(tag))
        elif tag.name in _ITALICS:
            self._builder.italic(span)
        elif tag.name == "sup":
            self._builder.superscript(span)
        if tag.name in _BLOCKS:
            self._builder.break_line()


class _BodyWalker(_Walker):
    """The same, a paragraph for every block."""

    def __init__(self, page: _Page, found: list[RichText]) -> None:
        super().__init__(page, RichTextBuilder(Location("")))
        self._found = found

    def flush(self, tag: Tag | None = None) -> None:
        """End a paragraph; ``tag`` begins the next one."""
        paragraph = self._builder.build()
        if paragraph.text:
            self._found.append(paragraph)
        heading = int(tag.name[1]) if tag is not None and re.fullmatch(r"h[1-6]", tag.name) else 0
        location = self._page.place(tag) if tag is not None else paragraph.location
        self._builder = RichTextBuilder(location, heading)

    def enter(self, tag: Tag) -> bool:
        """Whether to go into a tag; notes are left out."""
        if self._page.is_taken(tag):
            return False
        if tag.name in _BLOCKS:
            self.flush(tag)
        return super().enter(tag)

    def leave(self, tag: Tag, opened: int) -> None:
        """What lies over the words since ``opened``; a block ends its paragraph."""
        super().leave(tag, opened)
        if tag.name in _BLOCKS:
            self.flush()
