"""Labelled pairs: a page as it was cited, the page as it answers now, and whether its substance changed.

What counts as drift, where people could differ:

- A figure, date, name, negation or opposite that changed in one sentence is drift; so is a third of the text gone.
- Another headline, another order, a rewritten lead over the same body, a follow-up, a live blog that grew, one
  paragraph less: no drift. The words that were cited are there, or quotes decide.
- A text that breaks off is a wall where the page marks itself as paid, no drift where it links to its next page, and
  drift where nothing says why.
- A translation in the page's place is drift: the words are gone.
"""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from .articles import ARTICLES, Article
from .pages import URL, Furniture, exchange, render


@dataclass(frozen=True)
class Pair:
    """One labelled pair of pages."""

    edit: str
    subject: str  # which article; halves are made of these
    then: str
    now: str
    drifted: bool
    title: str = ""
    url: str = URL

    @property
    def name(self) -> str:
        """For tables and test ids."""
        return f"{self.edit}:{self.subject}"


_FREE = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
_MOVED_ON = Furniture(
    views=88_412, updated="05.05.2022, 09:41", weather="−3 °C", rate="1 USD = 0,91 EUR", teasers=5,
    comments=tuple(f"Comment number {n}: I remember 12 people there, and the minister said no." for n in range(40)),
)  # fmt: skip


def _swapped(article: Article, *swaps: tuple[str, str]) -> tuple[str, ...]:
    paragraphs = article.paragraphs
    for old, new in swaps:
        assert any(old in text for text in paragraphs), (article.language, old)
        done = False
        changed = []
        for text in paragraphs:
            changed.append(text.replace(old, new, 1) if not done and old in text else text)
            done = done or old in text
        paragraphs = tuple(changed)
    return paragraphs


def _other(article: Article, *, story: str | None = None, language: str | None = None) -> Article:
    return next(
        other
        for other in ARTICLES
        if other.story == (story or article.story) and other.language == (language or article.language)
    )


def written() -> Iterator[Pair]:
    """The pairs made of the written articles."""
    for article in ARTICLES:
        yield from _of_article(article)


def _of_article(article: Article) -> Iterator[Pair]:
    base = Furniture()
    rng = random.Random(f"{article.story} {article.language}")
    then = render(article.language, article.title, article.paragraphs, base)
    another = _other(article, story="factory" if article.story == "law" else "law")

    def pair(
        edit: str, paragraphs: tuple[str, ...], *, drifted: bool, title: str = "", about: Furniture = base
    ) -> Pair:
        page = render(article.language, title or article.title, paragraphs, about)
        return Pair(edit, f"{article.story}-{article.language}", then, page, drifted, article.title)

    same = article.paragraphs
    shuffled = list(same)
    rng.shuffle(shuffled)
    half = len(same) // 2
    yield pair("unchanged", same, drifted=False)
    yield pair("furniture", same, drifted=False, about=_MOVED_ON)
    yield pair("views", same, drifted=False, about=replace(base, views=1205))
    yield pair("comments grew", same, drifted=False, about=replace(base, comments=_MOVED_ON.comments))
    yield pair("read also", same, drifted=False, about=replace(base, read_also=another.title))
    yield pair("advertisement", same, drifted=False, about=replace(base, advertisement="Buy 2, get 1 free"))
    yield pair("redesigned", same, drifted=False, about=replace(_MOVED_ON, is_redesigned=True))
    yield pair("typo", _swapped(article, article.typo), drifted=False)
    yield pair("wording", _swapped(article, article.wording), drifted=False)
    yield pair("name respelled", _swapped(article, article.respelled), drifted=False)
    yield pair("headline", same, drifted=False, title=article.new_title)
    yield pair("order", tuple(shuffled), drifted=False)
    yield pair("paragraphs joined", tuple(" ".join(same[i : i + 2]) for i in range(0, len(same), 2)), drifted=False)
    yield pair("lead rewritten", (article.new_lead, *same[1:]), drifted=False, title=article.new_title, about=_MOVED_ON)
    yield pair("follow-up", (*same, article.follow_up), drifted=False, about=_MOVED_ON)
    yield pair("live blog", (*another.paragraphs[:3], article.follow_up, *same), drifted=False, about=_MOVED_ON)
    yield pair("paragraph less", (*same[:4], *same[5:]), drifted=False)
    yield pair("paywall", same[:2], drifted=False, about=replace(base, head=_FREE))
    split = '<p><a rel="next" href="/2022/05/03/story-4711.html?page=2">2</a></p>'
    yield pair("split", same[:half], drifted=False, about=replace(base, tail=split))

    yield pair("number", _swapped(article, article.number), drifted=True)
    yield pair("number amid furniture", _swapped(article, article.number), drifted=True, about=_MOVED_ON)
    yield pair("negation", _swapped(article, article.negation), drifted=True)
    yield pair("name", _swapped(article, article.name), drifted=True)
    yield pair("opposite", _swapped(article, article.opposite), drifted=True)
    yield pair("date", _swapped(article, article.date), drifted=True)
    yield pair("number and order", _swapped(replace(article, paragraphs=tuple(shuffled)), article.number), drifted=True)
    if article.altered_headline:
        yield pair("headline's number", same, drifted=True, title=article.altered_headline)
    yield pair("half gone", same[half:], drifted=True)
    yield pair("cut short", same[:2], drifted=True)
    yield pair("rolled off", (*another.paragraphs, *same[:2]), drifted=True)
    yield pair("replaced", another.paragraphs, drifted=True, title=another.title)
    yield pair("replaced, same title", another.paragraphs, drifted=True)
    foreign = _other(article, language="en" if article.language != "en" else "nl")
    yield Pair(
        "translated",
        f"{article.story}-{article.language}",
        then,
        render(foreign.language, foreign.title, foreign.paragraphs, base),
        True,
        article.title,
    )


# ── real pages ──────────────────────────────────────────────────────────────────────────────────────────────────────

Reader = Callable[[str], Any]


def real(name: str, page: str, neighbour: str, read: Reader) -> Iterator[Pair]:
    """Pairs made of a real page, by edits in its markup; as many as it allows.

    Args:
        name: the page's.
        page: its HTML.
        neighbour: another page, which takes its place.
        read: reads HTML.
    """
    reading = read(page)
    rng = random.Random(name)
    told = [text for text in reading.paragraphs if len(text.split()) >= 8 and page.count(_marked(text)) == 1]
    title = reading.title or ""

    def pair(edit: str, now: str, *, drifted: bool) -> Pair:
        return Pair(edit, name, page, now, drifted, title)

    yield pair("unchanged", page, drifted=False)
    yield pair("replaced", neighbour, drifted=True)
    if len(told) < 4:
        return
    share = sum(len(text.split()) for text in told) / max(len(reading.text.split()), 1)
    first, last = told[0], told[-1]
    yield pair("typo", page.replace(_marked(told[1]), _marked(_mistyped(told[1], rng))), drifted=False)
    yield pair("order", _exchanged(page, told[1], told[-2]), drifted=False)
    inset = '<p>Читайте также: <a href="/x">Погода на выходные</a></p>'
    yield pair("read also", page.replace(_marked(told[1]), f"{_marked(told[1])}</p>{inset}<p>", 1), drifted=False)
    comments = "".join(
        f"<div class='comment'><b>Гость {n}</b> <p>Мне кажется, там было {n + 3} человек.</p></div>" for n in range(25)
    )
    yield pair("comments grew", page.replace("</body>", f"<h3>Комментарии (25)</h3>{comments}</body>"), drifted=False)
    follow_up = "Позднее в пресс-службе сообщили журналистам, что подробности будут объявлены на следующей неделе."
    yield pair("follow-up", page.replace(_marked(last), f"{_marked(last)}</p><p>{follow_up}"), drifted=False)
    altered = [(text, new) for text in told if (new := _renumbered(text)) is not None]
    if altered:
        text, new = rng.choice(altered)
        yield pair("number", page.replace(_marked(text), _marked(new)), drifted=True)
    denied = [(text, new) for text in told if (new := _denied(text)) is not None]
    if denied:
        text, new = rng.choice(denied)
        yield pair("negation", page.replace(_marked(text), _marked(new)), drifted=True)
    if share > 0.8:
        gone = page
        for text in told[: max(2, round(0.6 * len(told)))]:
            gone = gone.replace(_marked(text), "")
        words = sum(len(text.split()) for text in told[: max(2, round(0.6 * len(told)))])
        if words > 0.45 * len(reading.text.split()):
            yield pair("most gone", gone, drifted=True)
    if len(first.split()) < 0.2 * len(reading.text.split()):
        lead = "Стали известны новые подробности этой истории, о которой редакция рассказывала ранее на этой неделе."
        yield pair("lead rewritten", page.replace(_marked(first), lead), drifted=False)


def _marked(text: str) -> str:
    return html.escape(text, quote=False)


def _mistyped(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 7 and word.isalpha() and word.islower()]
    if not long:
        return text
    place = rng.choice(long)
    word = words[place]
    words[place] = word[:4] + word[5] + word[4] + word[6:]
    return " ".join(words)


def _exchanged(page: str, one: str, other: str) -> str:
    hole = "\N{OBJECT REPLACEMENT CHARACTER}"
    return page.replace(_marked(one), hole).replace(_marked(other), _marked(one)).replace(hole, _marked(other))


_FIGURE = re.compile(
    r"(?<![\w.,:/-])(\d{2,3})(?= [а-я]{4,})"
    r"(?! (?:год|лет|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр))"
)


def _renumbered(text: str) -> str | None:
    match = _FIGURE.search(text)
    if match is None:
        return None
    new = str(int(match[1]) + 17)
    return text[: match.start()] + new + text[match.end() :]


_DENIAL = re.compile(r"(?<=[а-я] )не (?=[а-я]{4,}(?:л|ла|ло|ли|ет|ют|ит|ят|ут)\b)")


def _denied(text: str) -> str | None:
    """The text without one of its negations."""
    match = _DENIAL.search(text)
    return None if match is None else text[: match.start()] + text[match.end() :]


__all__ = ["Pair", "exchange", "real", "written"]
