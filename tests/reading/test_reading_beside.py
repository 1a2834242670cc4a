"""What a page says beside its running text: kept to be looked up, and without what belongs to others."""

from __future__ import annotations

import json

import pytest

from citekeeper.archive.texts import reading_from_json, reading_to_json
from citekeeper.model import Reading
from citekeeper.reading import read

from .written_pages import ENGLISH, hop

WORDS = "The keys of the pump house were never handed over to the crew."


def reading(body: str, head: str = "") -> Reading:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH)
    page = f"<html lang=en><head><title>The pumps of the dam</title>{head}</head><body><h1>The pumps of the dam</h1>"
    found = read(hop(f"{page}<article>{text}{body}</article></body></html>"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "body",
    [
        f"<figure><img src=a.png alt=''><figcaption>{WORDS}</figcaption></figure>",
        f"<figure><img src=a.png alt='{WORDS}'></figure>",
        f"<aside class=pullquote><blockquote>{WORDS}</blockquote></aside>",
        f"<aside class=summary><ul><li>{WORDS}</li></ul></aside>",
        f"<table><tr><td>Keys</td><td>{WORDS}</td></tr></table>",
        f"<div class=collapse style='display:none'><p>{WORDS}</p></div>",
        f"<story-text><template shadowrootmode=open><p>{WORDS}</p></template></story-text>",
    ],
)
def test_its_own(body: str) -> None:
    """Captions, pictures' words, boxes, tables, what is folded: all of it can be cited."""
    assert WORDS in reading(body).said


@pytest.mark.parametrize(
    "body",
    [
        f"<aside class=related-articles><h3>The keys</h3><p>{WORDS}</p></aside>",
        f"<div class=most-read><ul><li>{WORDS}</li></ul></div>",
        f"<section><h2>Comments</h2><div><p>{WORDS}</p></div></section>",
        f"<div id=comments><div class=comment><p>{WORDS}</p></div></div>",
        f"<div class='ad advertisement'><p>{WORDS}</p></div>",
        f"<ul><li><a href=/other>{WORDS}</a></li></ul>",
        f"<a href=/other><img src=b.png alt='{WORDS}'></a>",
        f"<div hidden><p>{WORDS}</p></div>",
        f"<template><p>{WORDS}</p></template>",
        f"<p><del>{WORDS}</del></p>",
        f"<p><s>{WORDS}</s> It was not so.</p>",
        f"<script>var promo = {{headline: '{WORDS}'}};</script>",
    ],
)
def test_not_its_own(body: str) -> None:
    """Teasers, readers, advertisers, what no reader sees, and what was struck out."""
    assert not any(WORDS in text for text in reading(body).said)


def test_the_comment_that_is_cited() -> None:
    """A comment is the source's where the cited address names it, and only that one."""
    comments = f"<div id=comments><div id=c1><p>First!</p></div><div id='c 2'><p>{WORDS}</p></div></div>"
    page = hop("<h1>The pumps of the dam</h1>" + "".join(f"<p>{text}</p>" for text in ENGLISH) + comments)
    for anchor, found in (("c%202", True), ("c1", False), ("", False), ("c%202:~:text=keys", True)):
        text = read(page, anchor=anchor)
        assert text is not None
        assert (WORDS in text.said) is found


def test_marks_of_notes() -> None:
    """A raised mark is none of the sentence; a raised figure of a unit or a power is."""
    text = " ".join(
        reading(
            "<p>The crew of the dam was dismissed<sup><a href='#n7'>[7]</a></sup> in the summer<sup>2</sup> and the "
            "field of 40 km<sup>2</sup> with 10<sup>6</sup> trees was sold in the week after it.</p>"
        ).said
    )
    assert "was dismissed in the summer and the field of 40 km2 with 106 trees" in text


def test_the_state_of_a_program() -> None:
    """A page that only scripts show says what its server handed to them; a page with a text does not need it."""
    props = {
        "menu": ["Home and garden and much more besides"],
        "article": {"body": f"<p>{ENGLISH[0]}</p><p>{WORDS}</p>"},
    }
    state = f"<script id=__NEXT_DATA__ type=application/json>{json.dumps({'props': props})}</script>"
    shell = read(hop(f"<html><head><title>A page</title></head><body><div id=root></div>{state}</body></html>"))
    assert shell is not None
    assert (shell.paragraphs, WORDS in shell.beside) == ((), True)
    assert not any("garden" in text for text in shell.beside)
    assert WORDS not in reading(state).said


def test_kept_in_text_json() -> None:
    """text.json keeps it, and one of before this was read has none."""
    kept = Reading(("A text.",), beside=("A caption.",))
    assert reading_from_json(reading_to_json(kept)) == kept
    assert b"beside" not in reading_to_json(Reading(("A text.",)))
