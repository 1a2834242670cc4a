"""Where the links of a document stand, as `citekeeper.fixing` needs them: address, form, and the place behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from citekeeper.errors import InputFileError
from citekeeper.fixing import Form, Link
from citekeeper.importers import EXTENSIONS
from citekeeper.importers.bare import is_web
from citekeeper.importers.html import in_declared_charset
from citekeeper.importers.html_tags import Attribute, Tag, tags
from citekeeper.importers.markdown_blocks import Block, BlockParser
from citekeeper.importers.markdown_inline import Inline, InlineParser, leading_definitions
from citekeeper.importers.source import Source

_MENDED = ("markdown", "html")
_FORMS = {"inline": Form.INLINE, "auto": Form.AUTO, "bare": Form.BARE}


@dataclass(frozen=True, slots=True)
class Placed:
    """A document with its links in place."""

    data: bytes
    text: str
    links: tuple[Link, ...]
    is_html: bool


def place(path: Path) -> Placed:
    """Read a Markdown or HTML document's links.

    Raises:
        InputFileError: it is missing or empty, not text, or in a format whose links are not mended.
    """
    name = path.as_posix()
    source = Source.load(path, name)
    form = EXTENSIONS.get(path.suffix.lower())
    if form not in _MENDED or source.data.lstrip()[:5] == b"%PDF-":
        raise InputFileError(
            name,
            "the links of this kind of document cannot be mended; only those of Markdown and HTML can",
            "Mend the document that it was made from, and make it anew.",
        )
    if form == "html":
        source = in_declared_charset(source)
        links = tuple(_anchors(tags(source.text)))
    else:
        links = tuple(_markdown(source.text))
    return Placed(source.data, source.text, links, form == "html")


def _anchors(found: Iterable[Tag]) -> Iterator[Link]:
    """Links in tags, by the places that the tags have; an anchor that is never closed has no place behind it."""
    opened: list[tuple[Tag, Attribute]] = []
    for tag in found:
        if tag.name == "area" and not tag.closing:
            yield from (_attribute_link(tag, attribute) for attribute in _addresses(tag))
        elif tag.name == "a":
            yield from (_attribute_link(*anchor, tag.end if tag.closing else None) for anchor in opened)
            opened = [] if tag.closing else [(tag, attribute) for attribute in _addresses(tag)]
    yield from (_attribute_link(*anchor) for anchor in opened)


def _addresses(tag: Tag) -> Iterator[Attribute]:
    first = next((attribute for attribute in tag.attributes if attribute.name == "href"), None)
    if first is not None and is_web(first.value.strip()):
        yield first


def _attribute_link(tag: Tag, attribute: Attribute, behind: int | None = None) -> Link:
    blank = len(attribute.value) - len(attribute.value.lstrip())
    names = {attribute.name for attribute in tag.attributes}
    return Link(
        Form.ATTRIBUTE,
        attribute.value.strip(),
        attribute.start + blank,
        () if behind is None else (behind,),
        bool(names & {"data-versionurl", "data-originalurl"}),
    )


def _markdown(text: str) -> Iterator[Link]:
    """Every web link but images, whose archived copies would need another address."""
    blocks = [
        (block, leading_definitions(block.text) if block.kind == "paragraph" and "]:" in block.text else [])
        for block in BlockParser(text).blocks()
    ]
    addresses: dict[str, str] = {}
    for _, definitions in blocks:
        for definition in definitions:
            addresses.setdefault(definition.label, definition.url)
    parser = InlineParser(addresses, {block.note for block, _ in blocks if block.note})
    uses: defaultdict[str, list[int]] = defaultdict(list)
    for block, definitions in blocks:
        if block.kind == "html":
            yield from (_shifted(link, block) for link in _anchors(tags(block.text)))
            continue
        inline = parser.parse(block.text, definitions[-1].end if definitions else 0)
        yield from (_shifted(link, block) for link in _inline_links(inline))
        closings = _closings(inline)
        for link in inline.links:
            if link.kind == "reference":
                behind = closings.get(link.end)
                uses[link.reference] += [] if behind is None else [_offset_behind(block, behind)]
    seen: set[str] = set()
    for block, definitions in blocks:
        for definition in definitions:
            if definition.label not in seen and is_web(definition.url):
                places = tuple(uses[definition.label])
                yield Link(Form.DEFINITION, definition.url, block.offset(definition.place), places)
            seen.add(definition.label)


def _inline_links(inline: Inline) -> Iterator[Link]:
    yield from _anchors(edit.tag for edit in inline.edits if edit.tag is not None)
    closings = _closings(inline)
    for link in inline.links:
        if link.kind not in _FORMS or link.place is None or not is_web(link.url):
            continue
        form = _FORMS[link.kind]
        behind = closings.get(link.end) if form is Form.INLINE else link.end + (form is Form.AUTO)
        yield Link(form, link.url, link.place, () if behind is None else (behind,))


def _closings(inline: Inline) -> dict[int, int]:
    """By the end of a link's words: the position behind the bracket that ends the link."""
    closings: dict[int, int] = {}
    for edit in inline.edits:
        if not edit.event:
            closings.setdefault(edit.start, edit.end)
    return closings


def _shifted(link: Link, block: Block) -> Link:
    """A link of a block by its positions in the document."""
    behind = tuple(_offset_behind(block, place) for place in link.beside)
    return Link(link.form, link.url, block.offset(link.start), behind, link.is_robust)


def _offset_behind(block: Block, position: int) -> int:
    return block.offset(position - 1) + 1
