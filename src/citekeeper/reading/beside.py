"""What a page says beside its running text: captions, boxes, tables, headings, the words of a picture, a lead.

No extractor takes these for the article, and people cite them. Left out is what belongs to others: teasers of other
articles, readers' comments, advertisements, menus. What is kept here is looked up, and neither compared nor translated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import unquote

from citekeeper.reading.furniture import closes, is_aside, opens_comments, plain, running_text, says_other
from citekeeper.reading.states import told_by_state
from citekeeper.reading.tree import Block, blocks, clean, text_length

_WORD = re.compile(r"\w+")
_MOST_BLOCKS: Final = 4_000
_MOST_CHARACTERS: Final = 400_000
_LONGEST: Final = 30_000  # characters of a block; what is longer is data
_MOSTLY_LINKS: Final = 0.8
_FEW_WORDS: Final = 40  # of running text, up to which a page may show itself to scripts only
_FEWEST_IN_PICTURE: Final = 3  # words; fewer name the thing, and say nothing of it
_LONGEST_COMMENT: Final = 20_000  # characters, white space too
_LONGEST_HEADING: Final = 100  # characters
_OTHERS: Final = 0.3  # of the page's running text: more is not a part that belongs to others


def prune_others(root: Any) -> None:
    """Take out, in place, what a page shows of other articles, of its readers and of advertisers.

    Parts are known by their markup's names, or by a heading such as “Comments” that opens them. What holds the main
    heading, or much of the page's running text, stays.
    """
    whole = max(running_text(root), 1)

    def drop(node: Any) -> None:
        if node.tag in ("html", "body", "article", "main", "h1", "table", "td", "tbody") or node.getparent() is None:
            return
        if node.find(".//h1") is None and running_text(node) < _OTHERS * whole:
            node.drop_tree()

    for node in [*root.iter("footer"), *root.xpath("//*[@class or @id or @role]")]:
        if node.tag == "footer" or says_other(node):
            drop(node)
    tried: set[Any] = set()
    for heading in list(root.iter("h2", "h3", "h4", "h5")):
        around = heading.getparent()
        if around is None or around in tried or text_length(heading) > _LONGEST_HEADING:
            continue
        block = Block(clean("".join(heading.itertext())), heading, 0)
        if closes(block) or opens_comments(block):
            tried.add(around)
            drop(around)


def shown_of(root: Any, anchor: str) -> list[str]:
    """What a pruned tree shows of its own, and the part that the cited address names; what is others' is taken out."""
    named = _named(root, unquote(anchor.partition(":~:")[0]))
    prune_others(root)
    return [*_shown(root), *named]


def _named(root: Any, name: str) -> list[str]:
    """The texts of the element with an identifier, if it is no larger than a comment."""
    found = root.xpath("//*[@id=$name or @name=$name][not(self::meta)]", name=name) if name else ()
    return [block.text for block in blocks(found[0])] if found and text_length(found[0]) <= _LONGEST_COMMENT else []


def _shown(root: Any) -> list[str]:
    """The texts of the blocks that a pruned tree shows, and of its pictures."""
    found: list[str] = []
    for block in blocks(root)[:_MOST_BLOCKS]:
        if block.node.tag in ("html", "head", "title") or len(block.text) > _LONGEST or not _WORD.search(block.text):
            continue
        if block.link_density > _MOSTLY_LINKS or is_aside(block.text, len(_WORD.findall(block.text))):
            continue
        found.append(block.text)
    for picture in root.iter("img"):
        words = clean(picture.get("alt") or "")
        if len(_WORD.findall(words)) >= _FEWEST_IN_PICTURE and next(picture.iterancestors("a"), None) is None:
            found.append(words)
    return found


def untold(texts: Sequence[str], paragraphs: Sequence[str], title: str | None) -> tuple[str, ...]:
    """Those of ``texts`` that neither the paragraphs nor the title hold, each once."""
    told = f" {' '.join(_WORD.findall(plain(' '.join((*paragraphs, title or '')))))} "
    found: dict[str, None] = {}
    size = 0
    for text in texts:
        if f" {' '.join(_WORD.findall(plain(text)))} " not in told:
            size += len(text)
            if size > _MOST_CHARACTERS:
                break
            found[text] = None
    return tuple(found)


def of_program(scripts: Sequence[Any], paragraphs: Sequence[str], description: str | None) -> list[str]:
    """What a page that shows itself to scripts only says all the same: its program's state, and its description."""
    if sum(len(_WORD.findall(text)) for text in paragraphs) > _FEW_WORDS:
        return []
    return [*told_by_state(scripts), *([description] if description else [])]
