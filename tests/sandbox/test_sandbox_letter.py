"""The letter's stage set: six sources, six fates, and everything a capture of them needs."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests

from citekeeper.model import VerdictKind
from citekeeper.sandbox import STAGED_FATES, Sandbox, letter_world
from citekeeper.sandbox.letter import BLOOMBERG, GONE_MEMENTO, MEDUZA, MEDUZA_NOW, SOURCES, SVOBODA_GONE
from citekeeper.sandbox.sites.articles import article, dictionary
from citekeeper.urls import decode_bloomberg_wall, parse

LETTER = Path(__file__).parents[2].parent / "shared" / "letter" / "open-letter.pdf"


@pytest.fixture(scope="module")
def stage() -> Iterator[requests.Session]:
    """A session in the letter's world."""
    with Sandbox(letter_world(), lifetime=60) as sandbox, requests.Session() as session:
        session.trust_env = False
        session.proxies = {"http": sandbox.proxy_url, "https": sandbox.proxy_url}
        session.verify = sandbox.ca_file
        yield session


def test_fates_are_verdicts() -> None:
    """Each source has a fate, and each fate is a verdict of the contract."""
    assert set(STAGED_FATES) == set(SOURCES) == {f"fn{n}" for n in range(1, 7)}
    assert {kind for kind, _ in STAGED_FATES.values()} <= {kind.value for kind in VerdictKind}


@pytest.mark.parametrize(
    ("name", "statuses", "title"),
    [
        ("fn1", [200], "The Ministry of Digital Development figured out how to keep IT specialists in Russia"),
        ("fn2", [302, 200], "Bloomberg - Are you a robot?"),
        ("fn3", [200], "«Я уехала, чтобы остаться человеком». Эмиграция или эвакуация?"),
        ("fn4", [301, 200], "Правозащитники рассказали о случаях вызова в ФСБ родственников россиян"),
        ("fn5", [404], "Страница не найдена"),
        ("fn6", [200], ""),
    ],
)
def test_each_source_meets_its_fate(stage: requests.Session, name: str, statuses: list[int], title: str) -> None:
    """The chain of statuses and the title that the reader finds."""
    answer = stage.get(SOURCES[name], timeout=10)
    assert [hop.status_code for hop in (*answer.history, answer)] == statuses
    text = answer.content.decode("cp1251" if name == "fn3" else "utf-8")
    found = re.search(r"<title>(.*?)</title>", text)
    assert found is not None
    assert found[1].startswith(title)


def test_bloombergs_wall_names_the_article(stage: requests.Session) -> None:
    """The wall's address carries the article's path in base64."""
    wall = stage.get(BLOOMBERG, timeout=10).url
    assert base64.b64decode(parse_qs(urlsplit(wall).query)["url"][0]).decode() == urlsplit(BLOOMBERG).path
    assert decode_bloomberg_wall(wall) == BLOOMBERG


def test_the_living_svoboda_article_is_windows_1251(stage: requests.Session) -> None:
    """The header names no charset, the page does, and the bytes are what it says."""
    answer = stage.get(SOURCES["fn3"], timeout=10)
    assert answer.headers["Content-Type"] == "text/html"
    assert b'<meta charset="windows-1251">' in answer.content
    with pytest.raises(UnicodeDecodeError):
        answer.content.decode("utf-8")
    text = answer.content.decode("cp1251")
    assert all(paragraph in text for paragraph in article("departure", "ru").paragraphs)


def test_meduza_comes_in_gzip_and_chunks(stage: requests.Session) -> None:
    """The moved article is alive, compressed and chunked."""
    answer = stage.get(MEDUZA, timeout=10)
    assert answer.url == MEDUZA_NOW
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Transfer-Encoding"] == "chunked"


def test_the_gone_article_is_in_the_archive(stage: requests.Session) -> None:
    """The memento before the access date holds the article and what its page needs; a later one is a 404."""
    base = f"https://web.archive.org/web/{GONE_MEMENTO}"
    memento = stage.get(f"{base}id_/{SVOBODA_GONE}", timeout=10)
    assert memento.status_code == 200
    assert all(paragraph in memento.content.decode() for paragraph in article("enlistment", "ru").paragraphs)
    assert stage.get(f"{base}im_/https://www.svoboda.org/img/lead.png", timeout=10).content.startswith(b"\x89PNG")
    assert stage.get(f"https://web.archive.org/web/20230311190207id_/{SVOBODA_GONE}", timeout=10).status_code == 404
    nothing = stage.get(f"https://web.archive.org/web/2022/{BLOOMBERG}", timeout=10)
    assert nothing.status_code == 404


def test_the_tweet_shows_nothing_without_javascript(stage: requests.Session) -> None:
    """A shell that says so, and not a word of the post."""
    text = stage.get(SOURCES["fn6"], timeout=10).text
    assert "JavaScript is not available" in text
    assert "soldiers" not in text


@pytest.mark.parametrize("name", ["fn1", "fn3", "fn4", "fn6"])
def test_requisites_are_all_there(stage: requests.Session, name: str) -> None:
    """Every style sheet, script and picture of a living page answers with its own type."""
    answer = stage.get(SOURCES[name], timeout=10)
    requisites = re.findall(r'(?:src|<link rel="(?:stylesheet|icon)" href)="([^"]+)"', answer.text)
    assert requisites
    for reference in requisites:
        found = stage.get(urljoin(answer.url, reference), timeout=10)
        assert found.status_code == 200
        assert not found.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://freerussia.nl/", 200),
        ("https://t.me/freerussia_nl_chat", 200),
        ("https://t.me/FreeRussiaNL_important", 200),
        ("https://twitter.com/russia_nl", 200),
        ("https://www.instagram.com/freerussia.nl/", 302),
        ("https://www.facebook.com/FreeRussiaNL", 302),
        ("https://svoboda.org/a/x", 301),
        ("https://www.svoboda.org/a/no-such-page", 404),
        ("https://meduza.io/no-such-page", 404),
        ("https://www.aroged.com/no-such-page", 404),
    ],
)
def test_the_rest_of_the_letters_web(stage: requests.Session, url: str, status: int) -> None:
    """Links outside the notes answer plausibly, logins redirect, unknown pages are real 404s."""
    assert stage.get(url, allow_redirects=False, timeout=10).status_code == status
    assert stage.get(url, timeout=10).status_code in (200, 404)


@pytest.mark.parametrize("name", ["departure", "summons", "enlistment"])
def test_texts_fit_their_translations(name: str) -> None:
    """As many paragraphs in both languages, none too long for one request, all in windows-1251, figures kept."""
    russian, english = article(name, "ru"), article(name, "en")
    assert 8 <= len(russian.paragraphs) <= 14
    assert len(russian.whole) == len(english.whole)
    for left, right in zip(russian.whole, english.whole, strict=True):
        assert len(left) < 1200
        left.encode("cp1251")
        assert sorted(re.findall(r"\d+", left)) == sorted(re.findall(r"\d+", right)), left
        assert not re.search("[а-яё]", right)


def test_every_paragraph_has_its_translation(stage: requests.Session) -> None:
    """The translator gives the hand-written translation of everything that the Russian pages say."""
    translator = letter_world().translator
    for russian, english in dictionary():
        assert translator.translate(russian, "en") == english
    for name in ("fn3", "fn4"):
        answer = stage.get(SOURCES[name], timeout=10)
        text = answer.content.decode("cp1251" if name == "fn3" else "utf-8")
        shown = {part.strip() for part in re.findall(r">([^<>]*[а-яё][^<>]*)<", text)}
        said = {part: translator.translate(part, "en") for part in shown}
        assert {part for part, english in said.items() if "not a translation" in english} <= {
            part for part in shown if part.endswith("— Meduza") or part == "Радио Свобода"
        }


@pytest.mark.letter
def test_the_addresses_are_the_letters() -> None:
    """Every source stands in the letter's link annotations."""
    if not LETTER.is_file():
        pytest.skip("the open letter is not here (../shared/letter)")
    import pypdf

    annotated = set()
    for page in pypdf.PdfReader(LETTER).pages:
        for annotation in page.get("/Annots") or []:
            action = annotation.get_object().get("/A")
            if action is not None and "/URI" in action.get_object():
                annotated.add(parse(str(action.get_object()["/URI"])).href)
    assert {parse(url).href for url in SOURCES.values()} <= annotated
