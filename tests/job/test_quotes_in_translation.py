"""An English quote of a Russian source: found in the translation, shown beside the original, counted once reviewed."""

from __future__ import annotations

import json
from pathlib import Path

from citekeeper.sandbox import Sandbox
from in_process import Run


def entry(home: Path) -> dict[str, object]:
    """The report's entry of the Russian source."""
    report = json.loads((home / "reports" / "report.json").read_text(encoding="utf-8"))
    return next(each for each in report["citations"] if each["id"] == "fn3")


def test_a_quote_in_a_translation_counts_once_reviewed(citekeeper: Run, home: Path) -> None:
    """Found, with the source's own paragraph; verifiable only after a review; shown in report and show."""
    citekeeper("run")
    (path,) = (home / "archive" / "fn3").glob("*/text.en.json")
    translated = json.loads(path.read_text(encoding="utf-8"))["paragraphs"]
    own = json.loads((path.parent / "text.json").read_text(encoding="utf-8"))["paragraphs"]
    index = max(range(len(translated)), key=lambda n: len(translated[n].split()))
    words = " ".join(translated[index].split()[1:7]).strip(".,;:")
    register = home / "citations.yaml"
    head, mark, tail = register.read_text(encoding="utf-8").partition("  - id: fn3\n")
    quoted = f"{head}{mark}    quotes: [{json.dumps(words)}]\n{tail}"
    register.write_text(quoted, encoding="utf-8")
    citekeeper("report")
    said = entry(home)
    (match,) = said["quotes"]  # type: ignore[misc]
    assert (match["found"], match["where"], match["fragment"]) == (True, "translation", None)
    assert match["original"] == own[index][:2000]
    assert said["verifiable"] is False
    assert own[index][:40] in (home / "reports" / "citations" / "fn3.html").read_text(encoding="utf-8")
    assert "the source's own words" in citekeeper("show", "fn3").out
    review = "    reviews: [{by: A. Reader, on: 2026-11-20, supports: yes}]\n"
    register.write_text(quoted.replace(mark, mark + review), encoding="utf-8")
    citekeeper("report")
    assert entry(home)["verifiable"] is True


def test_a_quote_is_found_in_the_translation_of_an_older_capture(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """The page drops the sentence after it was captured and translated: the older translation still holds it."""
    paragraphs = [
        f"Абзац номер {word} рассказывает о библиотеке, которую открыли в Новосибирске осенью прошлого года."
        for word in ("один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь")
    ]
    for number, paragraph in enumerate(paragraphs):
        sandbox.world.translator.teach(
            paragraph, f"Paragraph {number} tells of the library in Novosibirsk last autumn."
        )
    url = "https://library.example/news"
    (home / "citations.yaml").write_text(
        "version: 1\nsettings:\n  services: [google]\ncitations:\n  - id: fn3\n    language: ru\n"
        f'    url: {url}\n    quotes: ["Paragraph 3 tells of the library"]\n',
        encoding="utf-8",
    )

    def stage(shown: list[str]) -> None:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in shown)
        page = (
            f"<html lang=ru><meta charset=utf-8><title>Библиотека</title><article><h1>Библиотека</h1>{text}</article>"
        )
        sandbox.world.page(url, page)

    stage(paragraphs)
    citekeeper("run", "--browser", "never")
    stage([*paragraphs[:3], *paragraphs[4:]])
    citekeeper("run", "--browser", "never")
    assert len([*(home / "archive" / "fn3").glob("*/text.en.json")]) == 2
    (match,) = entry(home)["quotes"]  # type: ignore[misc]
    assert (match["found"], match["where"], match["original"]) == (True, "translation", paragraphs[3])
    assert citekeeper("verify").code == 0
    older, newer = (capture["sha256"] for capture in entry(home)["captures"])  # type: ignore[attr-defined]
    register = home / "citations.yaml"
    text = register.read_text(encoding="utf-8")
    for capture, counts in ((f", capture: {newer}", False), (f", capture: {older}", False), ("", True)):
        review = f"    reviews: [{{by: A. Reader, on: 2030-01-01, supports: yes{capture}}}]\n"
        register.write_text(text + review, encoding="utf-8")
        citekeeper("report")
        assert entry(home)["verifiable"] is counts, capture


def test_a_quote_of_a_page_without_a_text_is_unchecked(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """Without a browser nothing is known of what scripts show: no command calls the quote missing."""
    url = "https://app.example/post"
    sandbox.world.page(
        url,
        "<title>App</title><div id=root></div><script src=/app.js></script>"
        "<noscript>You need to enable JavaScript to run this app.</noscript>",
    )
    sandbox.world.wayback.hold(
        url, "20220501101530", "<title>App</title><div id=root></div><script src=/app.js></script>"
    )
    (home / "citations.yaml").write_text(
        "version: 1\nsettings:\n  services: [wayback]\ncitations:\n  - id: fn3\n    accessed: 2022-05-02\n"
        f'    url: {url}\n    quotes: ["We have waited for this for ten years"]\n',
        encoding="utf-8",
    )
    done = citekeeper("run", "--browser", "never", "--save", "never")
    assert "could not be looked for" in done.out
    assert "it lacks" not in done.err
    for command in ("report", "verify"):
        assert citekeeper(command).code == 0, command
    again = citekeeper("run", "--browser", "never", "--save", "never")
    assert "quote-missing" not in again.out
    assert "quote-unchecked" in again.out
    page = (home / "reports" / "citations" / "fn3.html").read_text(encoding="utf-8")
    assert "ould not be looked for" in page


def quote_rules(home: Path) -> dict[str, str]:
    """What the report finds of quotes: the rule by the quote's first letters."""
    report = json.loads((home / "reports" / "report.json").read_text(encoding="utf-8"))
    return {each["message"][1:3]: each["rule"] for each in report["findings"] if "quote" in each["rule"]}


def test_an_english_quote_is_unchecked_until_there_is_a_translation(citekeeper: Run, home: Path) -> None:
    """Before it is translated, a Russian page cannot lack an English quote; once it is, it can."""
    register = home / "citations.yaml"
    text = register.read_text(encoding="utf-8")
    quotes = '    quotes: ["We never said these words to anybody", "Этих слов мы никому не говорили никогда"]\n'
    register.write_text(text.replace("  - id: fn3\n", f"  - id: fn3\n{quotes}"), encoding="utf-8")
    citekeeper("archive", "fn3", "--browser", "never", "--save", "never")
    citekeeper("report")
    assert quote_rules(home) == {"We": "quote-unchecked", "Эт": "quote-missing"}
    assert "We never" not in citekeeper("verify", "fn3").out
    citekeeper("translate", "fn3")
    citekeeper("report")
    assert quote_rules(home) == {"We": "quote-missing", "Эт": "quote-missing"}


def test_no_link_leads_to_a_living_page_that_lost_the_words(citekeeper: Run, home: Path, sandbox: Sandbox) -> None:
    """While the page says it, the report links to the words in it; once only the copy does, it does not."""
    url = "https://library.example/opening"
    (home / "citations.yaml").write_text(
        "version: 1\nsettings:\n  services: []\ncitations:\n  - id: fn3\n"
        f'    url: {url}\n    quotes: ["waited for this for ten years"]\n',
        encoding="utf-8",
    )
    lines = [f"Paragraph {number} tells how the library was built and what it holds today." for number in range(12)]
    linked = {}
    for years in ("ten", "fifteen"):
        text = "".join(f"<p>{line}</p>" for line in [*lines, f"“We waited for this for {years} years,” she said."])
        sandbox.world.page(
            url, f"<title>The library opened</title><article><h1>The library opened</h1>{text}</article>"
        )
        citekeeper("run", "--browser", "never")
        page = (home / "reports" / "citations" / "fn3.html").read_text(encoding="utf-8")
        linked[years] = "show in the page" in page
    assert entry(home)["verdict"] == "drifted"
    assert linked == {"ten": True, "fifteen": False}
