"""Pages in two languages: each paragraph is translated from its own, and what needs no translation stays as it is."""

from __future__ import annotations

import json
from pathlib import Path

from bs4 import BeautifulSoup

from citekeeper.sandbox import Sandbox
from in_process import Run

RUSSIAN = (
    "Библиотеку открыли в Новосибирске осенью прошлого года, и с тех пор в неё записались больше десяти тысяч "
    "читателей со всего города, рассказали сотрудники, которые помогали переносить книги из старого здания "
    "на соседней улице."
)
FURTHER = (
    "Жители окрестных улиц говорят, что ждали этого много лет: прежнее помещение было тесным, крыша протекала, и зимой "
    "в читальном зале приходилось сидеть в пальто, а детский отдел и вовсе закрыли ещё позапрошлой весной из-за холода."
)
OPENED = (
    "The library was opened in Siberia in the autumn of last year, and since then more than ten thousand readers from "
    "the whole city have joined, said the staff who helped to carry the books over from the old building nearby."
)
ENGLISH = (
    "The mayor said on Tuesday that the library would stay open through the winter, whatever the heating may cost."
)
DUTCH = [
    f"De bibliotheek in de {wijk} bleef deze week gesloten, omdat de verwarming in het oude gebouw het had begeven."
    for wijk in ("binnenstad", "Schilderswijk", "nieuwe wijk", "haven", "oude stad", "buitenwijk")
]


def stage(sandbox: Sandbox, home: Path, *paragraphs: str) -> None:
    """One source with these paragraphs, cited by a Dutch document."""
    for paragraph in paragraphs:
        sandbox.world.translator.teach(paragraph, OPENED)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    url = "https://library.example/news"
    sandbox.world.page(url, f"<html><meta charset=utf-8><title>Nieuws</title><article><h1>Nieuws</h1>{text}</article>")
    (home / "citations.yaml").write_text(
        "version: 1\ndocuments: [{source: brief.md, language: nl}]\nsettings:\n  services: [google]\n"
        f"citations:\n  - id: fn1\n    url: {url}\n",
        encoding="utf-8",
    )


def sent(sandbox: Sandbox) -> list[str]:
    """What the translator was asked to translate."""
    return [request.query.get("q", "") for request in sandbox.log if request.host == "translate.google.com"]


def made(home: Path) -> dict[str, tuple[str | None, str | None]]:
    """The kept translation, with its source's paragraphs."""
    (path,) = (home / "archive" / "fn1").glob("*/text.en.json")
    own = json.loads((path.parent / "text.json").read_text(encoding="utf-8"))["paragraphs"]
    kept = json.loads(path.read_text(encoding="utf-8"))
    return dict(zip(own, zip(kept["paragraphs"], kept["engines"], strict=True), strict=True))


def test_an_english_paragraph_in_a_russian_page_stays(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """It is in the language wanted already, so nobody is asked about it."""
    stage(sandbox, home, RUSSIAN, FURTHER, ENGLISH)
    citekeeper("run", "--browser", "never")
    kept = made(home)
    assert kept[ENGLISH] == (ENGLISH, None)
    assert (kept[RUSSIAN], kept[FURTHER]) == ((OPENED, "google"), (OPENED, "google"))
    assert not any("mayor" in text for text in sent(sandbox))


def test_the_other_language_is_told_where_the_text_is_kept(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """text.json says which paragraph is in which other language, and the report marks it for readers and browsers."""
    stage(sandbox, home, RUSSIAN, FURTHER, ENGLISH)
    citekeeper("run", "--browser", "never")
    (path,) = (home / "archive" / "fn1").glob("*/text.json")
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["language"] == "ru"
    assert dict(zip(kept["paragraphs"], kept["languages"], strict=True)) == {
        RUSSIAN: None,
        FURTHER: None,
        ENGLISH: "en",
    }
    page = BeautifulSoup((home / "reports" / "citations" / "fn1.html").read_text(encoding="utf-8"), "lxml")
    cells = {row.td.bdi.text: row.td for row in page.select(".pairs tbody tr")}
    assert [cells[text]["lang"] for text in (RUSSIAN, FURTHER, ENGLISH)] == ["ru", "ru", "en"]
    assert "in English" in cells[ENGLISH].text
    assert "in English" not in cells[RUSSIAN].text
    assert citekeeper("verify").code == 0


def test_a_text_in_one_language_says_so_once(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """Where no paragraph differs, text.json has no list of languages."""
    stage(sandbox, home, RUSSIAN, FURTHER)
    citekeeper("run", "--browser", "never")
    (path,) = (home / "archive" / "fn1").glob("*/text.json")
    assert "languages" not in json.loads(path.read_text(encoding="utf-8"))


def test_a_russian_passage_in_a_dutch_page_is_translated(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """The page's own language is read, so that only the passage is sent."""
    stage(sandbox, home, *DUTCH[:3], RUSSIAN, *DUTCH[3:])
    citekeeper("run", "--browser", "never")
    kept = made(home)
    assert kept[RUSSIAN][1] == "google"
    assert [kept[paragraph] for paragraph in DUTCH] == [(paragraph, None) for paragraph in DUTCH]
    assert not any("bibliotheek" in text for text in sent(sandbox))
    requests = len(sandbox.log)
    assert "Nothing to translate" in citekeeper("translate").err
    assert len(sandbox.log) == requests


def test_a_page_that_is_read_is_not_sent(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """Neither a Dutch page nor one with a Russian name in it goes to the translator."""
    stage(
        sandbox, home, *DUTCH, "De krant heet «Новая газета» en verschijnt sinds 1993, zei de hoofdredacteur dinsdag."
    )
    citekeeper("run", "--browser", "never")
    assert sent(sandbox) == []
