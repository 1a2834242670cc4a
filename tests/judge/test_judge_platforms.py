"""What frameworks and platforms say of their own missing pages; maintenance; and what only looks like it."""

from __future__ import annotations

import pytest

from citekeeper.judge import judge
from citekeeper.judge.tongues import language_of_title
from citekeeper.judge.wording import is_label, is_wording, share_of_absence
from citekeeper.model import Citation

from .judge_build import answer, page

NEXT = '<script id="__NEXT_DATA__" type="application/json">%s</script>'
STORY = "The board met on Tuesday and heard eleven witnesses, most of them from the north."


def said(body: str, title: str | None = None) -> str:
    """``verdict/reason`` of one page with status 200."""
    verdict = judge(answer(body), Citation("a", title=title))
    return f"{verdict.kind}/{verdict.reason}"


@pytest.mark.parametrize(
    "body",
    [
        page("Paper", "Hm.", tail=NEXT % '{"props":{"pageProps":{"statusCode":404}},"page":"/_error"}'),
        page("Paper", "Hm.", tail=NEXT % '{"props":{"pageProps":{}},"page":"/404"}'),
        page("Paper", "Hm.", tail=NEXT % '{"props":{"pageProps":{"notFound":true}},"page":"/_error"}'),
        page("Paper", "Hm.", tail='<script>window.__NUXT__={data:[{}],error:{statusCode:404,message:"x"}}</script>'),
        page(
            "Paper",
            "Hm.",
            tail='<script id="__NUXT_DATA__" type="application/json">[{"error":1},{"statusCode":2},404]</script>',
        ),
        page("Paper", "Hm.", head_extra='<meta name="next-error" content="not-found">'),
        page("Paper", "Hm.", head_extra='<meta name="prerender-status-code" content="404">'),
    ],
)
def test_state_that_says_404(body: str) -> None:
    """Next.js, Nuxt and prerenderers tell machines what the status line kept to itself."""
    assert said(body) == "soft-404/state-not-found"


@pytest.mark.parametrize(
    "body",
    [
        page("Paper", STORY, tail=NEXT % '{"props":{"pageProps":{"messages":{"statusCode":404}}},"page":"/[slug]"}'),
        page("Paper", STORY, tail=NEXT % '{"props":{"pageProps":{"statusCode":200}},"page":"/404-days"}'),
        page("Paper", STORY, tail=NEXT % '{"page":"/404", broken'),
        page("Paper", STORY, tail=NEXT % '[[["/404"]]]'),
        page("Paper", STORY, tail="<script>window.__NUXT__={error:null}; var s={statusCode:404}</script>"),
        page("Paper", STORY, tail='<script id="__NUXT_DATA__" type="application/json">[{"statusCode":9},404]</script>'),
        page("Paper", STORY, head_extra='<meta name="prerender-status-code" content="200">'),
        page("Paper", *[STORY] * 20, tail=NEXT % '{"page":"/404"}'),
    ],
)
def test_state_that_says_something_else(body: str) -> None:
    """Texts about 404, other places of the state, broken state, and an article under it decide nothing."""
    assert said(body) == "alive/ok"


@pytest.mark.parametrize(
    ("tail", "verdict"),
    [
        ('<div class="noarticletext">There is currently no text in this page.</div>', "soft-404/element-not-found"),
        ('<font class="errortext">Элемент не найден.</font>', "soft-404/element-not-found"),
        ('<div class="x blockMessage">The requested thread could not be found.</div>', "soft-404/element-not-found"),
        ('<div class="error-message" style="display:none">Page not found</div>', "alive/ok"),
        ('<div class="error-message" hidden>Page not found</div>', "alive/ok"),
        ('<div class="eTitle">Документ не найден: как чиновники потеряли архив порта</div>', "alive/ok"),
        ('<div class="eTitle">Запрашиваемый материал не найден.</div>', "soft-404/element-not-found"),
        ('<div class="alert">This event has been cancelled.</div>', "alive/ok"),
    ],
)
def test_element_that_says_so(tail: str, verdict: str) -> None:
    """An element that the platform keeps for it counts; a hidden one, or one that says something else, does not."""
    assert said(page("Town Wiki", tail=tail)) == verdict


def test_element_beside_a_story_is_a_widget() -> None:
    """A box that misses something is not the page."""
    body = page("Gates", *[STORY] * 6, heading="Gates", tail='<div class="alert">Document not found</div>')
    assert said(body) == "alive/ok"
    assert said(page("Gates", STORY, heading="Gates", tail='<div class="alert">Document not found</div>')) == "alive/ok"


def test_maintenance_is_a_failure_of_the_moment() -> None:
    """A notice with status 200 is failing, not dead; a road under maintenance lives."""
    assert said(page("Website in onderhoud", "Even geduld.")) == "failing/maintenance"
    assert said(page("Технические работы", "Сайт временно недоступен.")) == "failing/maintenance"
    assert (
        said(page("Dike under maintenance", STORY, heading="Dike under maintenance"), "Dike under maintenance")
        == "alive/ok"
    )
    assert said(page("Maintenance law", *[STORY] * 30, heading="Scheduled maintenance of dikes")) == "alive/ok"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Página no encontrada", True),
        ("Strona, której szukasz, nie istnieje", True),
        ("Strona nie istnieje", True),
        ("Diese Seite gibt es leider nicht mehr", True),
        ("Такой страницы у нас нет", True),
        ("ページが見つかりません", True),
        ("No comment", False),
        ("Нет войне", False),
        ("Geen verhaal zonder bron", False),
    ],
)
def test_wordings_in_other_tongues(text: str, verdict: bool) -> None:
    """A whole segment that denies a thing of the web is a wording; a denial of anything else is not."""
    assert is_wording(text) is verdict


def test_labels_name_nothing() -> None:
    """“Error” is a label, a name is not."""
    assert is_label("Ошибка!")
    assert is_label("Oops! We ran into some problems.")
    assert not is_label("The problem of evil")
    assert share_of_absence("| |", "Page not found.", "Home") > 0.7


def test_title_in_a_seldom_language() -> None:
    """A Dutch title of a Turkish page is known for Dutch; where the language itself is unknown, nothing is claimed."""
    assert language_of_title("De sluis gaat omhoog", "tr") == "nl"
    assert language_of_title("De sluis gaat omhoog", "xx") == ""
