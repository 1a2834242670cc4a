"""Rules for single outlets: found by the host behind archives and translations, checked when read, never in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from citekeeper.errors import InputFileError
from citekeeper.model import Hop, Reading
from citekeeper.reading import check_outlet_rules, outlets, read
from citekeeper.reading.furniture import is_aside
from citekeeper.reading.knowledge import phrases, table

from .written_pages import RUSSIAN, hop

_LEAD, _TEXT = RUSSIAN[0], RUSSIAN[1:]
_SVOBODA = f"""<html><head><title>Мосты</title></head><body><h1>Власти утвердили план ремонта мостов</h1>
<div class="intro m-t-md"><p>{_LEAD}</p></div><div id="article-content"><div class="wsw">
<p>{_TEXT[0]}</p>
<div class="wsw__embed"><p>Эта вставка рассказывает совсем о другом и стоит среди текста статьи.</p></div>
<p>{_TEXT[1]}</p><p>Смотри также Как живут те, кого отрезала от города река, и что им обещают власти области</p>
<p>{_TEXT[2]}</p></div></div>
<div class="more"><p>{"Другая статья, в которой говорится о совсем других вещах и людях. " * 12}</p></div>
</body></html>"""

RULE = """[[outlet]]
name = "The Example"
hosts = ["example.org"]
body = [".story"]
drop = [".ad"]
title = [".headline"]
author = [".by"]
published = [".day"]
asides = ["our app:"]
closings = ["more from the example"]
"""


def _at(url: str, page: str = _SVOBODA, rules: str | None = None) -> Reading:
    reading = read(replace(hop(page), url=url), rules)
    assert reading is not None
    return reading


@pytest.mark.parametrize(
    "url",
    [
        "https://www.svoboda.org/a/1.html",
        "https://SVOBODA.org/a/1.html",
        "https://web.archive.org/web/20220502000000/https://www.svoboda.org/a/1.html",
        "https://web.archive.org/web/20220502000000id_/https://www.svoboda.org/a/1.html",
        "https://arquivo.pt/wayback/20220502000000/https://www.svoboda.org/a/1.html",
        "https://www-svoboda-org.translate.goog/a/1.html?_x_tr_sl=ru&_x_tr_tl=en&_x_tr_hl=en",
        "https://web.archive.org/web/20220502000000/https://www-svoboda-org.translate.goog/a/1.html?_x_tr_sl=ru",
    ],
)
def test_rule_holds_for_the_host_behind_an_address(url: str) -> None:
    """Live, replayed or translated by Google: the outlet's page is read by the outlet's rule."""
    reading = _at(url)
    assert reading.extractor == "the rules for RFE/RL and Voice of America"
    assert reading.paragraphs == RUSSIAN


@pytest.mark.parametrize(
    "url", ["https://notsvoboda.org/", "https://svoboda.org.example.com/", "https://org/", "", "https://127.0.0.1/"]
)
def test_other_hosts_have_no_rule(url: str) -> None:
    """A host that merely looks like an outlet's is not that outlet."""
    assert outlets.rule_for(url) is None


def test_page_made_anew_is_read_in_the_general_way() -> None:
    """Where what the rule names holds next to nothing, the extractors decide as for any page."""
    page = _SVOBODA.replace('class="wsw"', 'class="new-design"').replace("wsw__embed", "x")
    reading = _at("https://www.svoboda.org/a/1.html", page)
    assert "rules" not in (reading.extractor or "")
    assert _TEXT[0] in reading.paragraphs


def test_own_rules(tmp_path: Path) -> None:
    """All fields of a rule in a file of the user's own, which comes before the rules known here."""
    file = tmp_path / "outlets.toml"
    file.write_text(RULE.replace('"example.org"', '"example.org", "svoboda.org"'), "utf-8")
    check_outlet_rules(str(file))
    page = f"""<html><head><title>The Example</title><meta name="author" content="Web Master"></head><body>
<div class="headline">Мосты починят</div><div class="by">Автор: Анна Иванова</div>
<span class="day">5 марта 2022 г., 10:28</span>
<div class="story"><p>{_LEAD}</p><p>{_TEXT[0]}</p><div class="ad">Купите у нас мост, очень дёшево и без обмана</div>
<p>Our app: читайте нас везде</p><p>{_TEXT[1]}</p><p>More from The Example</p><p>{_TEXT[2]}</p></div></body></html>"""
    for url in ("https://example.org/a", "https://www.svoboda.org/a"):
        reading = _at(url, page, str(file))
        assert reading.paragraphs == (_LEAD, _TEXT[0], _TEXT[1])
        assert (reading.title, reading.authors, reading.published) == (
            "Мосты починят",
            ("Анна Иванова",),
            date(2022, 3, 5),
        )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("body", "bdy"), "“bdy” is no field"),
        (lambda text: text.replace('".story"', '"div["'), "“div[” is no CSS selector"),
        (lambda text: text.replace('["example.org"]', '"example.org"'), "“hosts” is not a list"),
        (lambda text: text.replace("example.org", "https://example.org/"), "is no host name"),
        (lambda text: text.replace('name = "The Example"\n', ""), "“name” is missing"),
        (lambda text: text + text, "two outlets have the host example.org"),
        (lambda text: text.replace("[[outlet]]", "[[outlets]]"), "[[outlet]]"),
        (lambda text: "x" + text[1:] + "[", "outlet rules"),
        (lambda _: '[[outlet]]\nname = "A"\nhosts = ["a.org"]', "says nothing but hosts"),
    ],
)
def test_wrong_rules_are_told(change: Callable[[str], str], said: str, tmp_path: Path) -> None:
    """A file that cannot be used says which rule is wrong and what was expected, before anything is read by it."""
    file = tmp_path / "outlet rules.toml"
    file.write_text(change(RULE), "utf-8")
    with pytest.raises(InputFileError) as raised:
        check_outlet_rules(str(file))
    assert said in str(raised.value)
    assert "docs/outlets.md" in raised.value.hint


def test_missing_rules_are_told(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(InputFileError, match="No such file"):
        check_outlet_rules(str(tmp_path / "no.toml"))


def _all_rules() -> list[dict[str, Any]]:
    return list(table("outlets")["outlet"])


@pytest.mark.parametrize("rule", _all_rules(), ids=lambda rule: rule["name"])
def test_shipped_rules_are_sound(rule: dict[str, Any]) -> None:
    """Every rule that is shipped is right, is found by each of its hosts, and its selectors run."""
    for host in rule["hosts"]:
        found = outlets.rule_for(f"https://www.{host}/a/b.html")
        assert found is not None
        assert found.name == rule["name"]
        assert "rules" not in (_at(f"https://{host}/a/b.html", "<title>A</title><p>B</p>").extractor or "")


def test_phrases_are_written_as_they_are_matched() -> None:
    """Data files hold phrases in lower case and with “е” for “ё”, else they would never match."""
    sections = ("asides", "labels", "closings")
    for phrase in (phrase for section in sections for phrase in phrases("furniture", section)):
        assert phrase == phrase.lower().replace("ё", "е").strip()


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("Главная", True),
        ("Главная цель реформы, по словам министра, в другом.", False),
        ("Поддержать Украину в этой войне обязаны все страны союза.", False),
        ("Поддержите нас", True),
        ("По материалам дела, обвиняемый взял деньги в марте.", False),
        ("Реклама", True),
        ("Печать недоверия лежит на всём, что они делают.", False),
        ("Последние новости", True),
        ("Support us with a donation", True),
        ("Support US sanctions, he told the council, or be silent.", False),
        ("Читайте также: как живут те, кого отрезала река", True),
    ],
)
def test_labels_do_not_swallow_sentences(text: str, *, aside: bool) -> None:
    """A label counts where it stands for itself; a sentence that begins with the same word is the article's."""
    assert is_aside(text, len(text.split())) is aside


def test_rule_cannot_be_claimed_by_a_page() -> None:
    """What a page says of its own address is not believed: only where it was fetched from counts."""
    page = _SVOBODA.replace("<head>", '<head><link rel="canonical" href="https://www.svoboda.org/a/1.html">')
    assert "rules" not in (_at("https://example.com/", page).extractor or "")


def test_hop_without_address() -> None:
    """A page without an address is read as any other."""
    reading = read(Hop("", 200, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", _SVOBODA.encode()))
    assert reading is not None
    assert _TEXT[0] in reading.paragraphs
