"""Pages in full dress (consent boxes, columns, cards, newsletters around what a page says), and notices of removal."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import pytest

from citekeeper.judge import judge
from citekeeper.judge.page import Page
from citekeeper.model import Citation

from .judge_build import answer

URL = "https://n.example.org/politik/ausland/abzug-448112.html"
CONSENT = (
    '<div id="cookie-banner" class="box"><p>We and our many partners store and access information on a device, such as '
    "cookies, to personalise what you see and to measure audiences.</p><button>Accept all</button></div>"
)
LEADS = (
    "The draft passed its second reading by 212 votes to 148.",
    "Hospitals in three districts reported a shortage of insulin.",
    "Envoys met on the corridor and agreed to meet again.",
    "A village counted its missing, and found two more.",
)
CARDS = "".join(
    f'<article class="card"><a href="/{n}"><h3>{lead[:20]}</h3></a><p>{lead}</p></article>'
    for n, lead in enumerate(LEADS)
)
RAIL = f"<aside><h2>Most read</h2>{CARDS}</aside>"
AFTER = "<section><h2>Is this page useful?</h2><p>Tell us what you were looking for.</p></section>"
PROSE = "".join(f"<p>{one} {other}</p>" for one in LEADS for other in LEADS)


def dressed(
    title: str, main: str, *, head: str = "", before: str = CONSENT, after: str = AFTER, lang: str = "en"
) -> str:
    """A page of a newsroom."""
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{head}</head><body>{before}'
        f'<header><a href="/">The Record</a><nav><a href="/w">World</a></nav></header><main>{main}</main>{RAIL}{after}'
        "<footer>All rights reserved</footer></body></html>"
    )


def said(body: str, url: str = URL, probe: str | int | None = 404, **of: object) -> str:
    """``verdict/reason`` of one page with status 200, beside which a name that cannot exist got ``probe``."""
    other = None
    if probe is not None:
        name = "https://n.example.org/politik/ausland/qzkfjwmvbtrxlpahcnge.html"
        other = answer("<h1>404</h1>", probe, url=name) if isinstance(probe, int) else answer(probe, url=name)
    verdict = judge(answer(body, url=url), Citation("a", **of), probe=other)  # type: ignore[arg-type]
    return f"{verdict.kind}/{verdict.reason}"


@pytest.mark.parametrize(
    ("title", "main", "lang"),
    [
        ("Abzug aus dem Hafen", "<h1>Abzug aus dem Hafen</h1><p>Dieser Beitrag ist leider nicht mehr verfügbar.</p>" + CARDS, "de"),
        ("The crossing", "<h1>The crossing</h1><p>This story has been removed.</p><p>It was taken down for legal reasons.</p>", "en"),
        ("Генерал о потерях", "<h1>Генерал о потерях</h1><div>Материал удалён по требованию правообладателя.</div>", "ru"),
        ("Порт і війна", "<h1>Порт і війна</h1><div>Публікацію було видалено.</div>" + CARDS, "uk"),
        ("De haven", "<h1>De haven</h1><p>Deze uitzending is niet meer beschikbaar.</p><p>Dat is om juridische redenen.</p>", "nl"),
        ("Le port", "<h1>Le port</h1><p>Cette vidéo n’est plus disponible.</p>" + CARDS, "fr"),
        ("Port i wojna", "<h1>Port i wojna</h1><p>Ten artykuł został usunięty.</p>", "pl"),
    ],
)  # fmt: skip
def test_a_notice_under_the_own_title(title: str, main: str, lang: str) -> None:
    """The page is the right one, and says only that what stood on it is gone: a doubt, and no death."""
    page = dressed(f"{title} | The Record", main, lang=lang)
    assert said(page, probe=None, title=title, language=lang) == "drifted/removal-notice"
    assert said(page) == "drifted/removal-notice"


@pytest.mark.parametrize(
    ("title", "main", "head"),
    [
        ("The crossing", "<h1>The crossing</h1><p>This video is no longer available.</p>" + PROSE, ""),
        ("The crossing", "<h1>The crossing</h1><div class='vjs-error vjs-hidden'>This video is no longer available.</div>", ""),
        ("The crossing", "<h1>The crossing</h1><div hidden>This video is no longer available.</div><video src=a></video>", ""),
        ("Story removed after protest", "<h1>Story removed after protest</h1><p>The story was removed.</p>", ""),
        ("Oil lamp", "<h1>Oil lamp</h1><p>This article is no longer available.</p>", "<meta property='og:type' content='product'>"),
        ("Harbour debate", "<h1>Harbour debate</h1><p>Tickets are no longer available. With M. Ivanova and J. de Vries at 7.30.</p>", ""),
        ("The crossing", "<h1>The crossing</h1><p>This story has been removed from our list of the year's best, the jury said.</p>", ""),
        ("Ведомость", "<h1>Ведомость</h1><p>Видео недоступно: включите JavaScript.</p><p>Запись появится позже.</p>", ""),
        ("Die Sendung", "<h1>Die Sendung</h1><p>Dieser Inhalt ist ohne Ihre Zustimmung nicht mehr verfügbar.</p>", ""),
        ("The crossing", "<h1>The crossing</h1><p>This video is currently no longer available.</p>", ""),
        ("Закон о портах, статья 12", "<h1>Статья 12</h1><p>Статья удалена.</p>", ""),
        ("Lecture five", "<h1>Lecture five</h1><p>The recording is no longer available.</p><a href='/five.pdf'>Slides</a>", ""),
        ("Lot 44", "<h1>Lot 44</h1><p>This document has been withdrawn.</p><table><tr><td>1844</td></tr><tr><td>1871</td></tr></table>", ""),
    ],
)  # fmt: skip
def test_notices_that_are_not_all_of_a_page(title: str, main: str, head: str) -> None:
    """One dead video, a player's excuse, a report of a removal, a ware that is sold out, a repealed law, a record with a table."""
    page = dressed(f"{title} | The Record", main, head=head)
    assert said(page, probe=None, title=title, language="en") == "alive/ok"


def test_what_stands_around_says_nothing_of_the_page() -> None:
    """Consent, a column's heading and a question for feedback do not hide that the page says it is missing."""
    missing = "<h1>Invalid or deleted file</h1><p>The key was invalid, as the file is no longer stored.</p>"
    assert said(dressed("Sharebox", missing)) == "drifted/not-found-wording"
    assert said(dressed("Sharebox", missing), probe=dressed("Sharebox", missing)).startswith("soft-404/")
    kept = "<h1>Deleted files: a history</h1><p>The key was invalid, as the file is no longer stored.</p>"
    assert said(dressed("Deleted files: a history", kept)) == "alive/ok"


def test_what_a_program_keeps_ready_is_not_said() -> None:
    """A hidden message is for another time; a page that is hidden as a whole waits for its scripts."""
    ready = (
        '<div id="none" style="display:none"><h1>Page not found</h1><p>The page you requested does not exist.</p></div>'
    )
    shell = f'<html><head><title>Court - Cases</title><script src="/m.js"></script></head><body><h1>Court</h1><div>Loading…</div>{ready}</body></html>'
    assert said(shell, probe=shell).partition("/")[0] == "alive"
    whole = f'<html><head><title>Court</title></head><body><div style="visibility:hidden"><nav><a href="/">Court</a></nav>{ready[38:]}</div></body></html>'
    assert said(whole, probe=whole).startswith("soft-404/")


def test_a_page_about_absence_by_its_address() -> None:
    """A help page on “404” stands under such an address, and is no death; the page of any name is."""
    url = "https://n.example.org/help/errors/404-page-not-found"
    page = dressed("Error 404: Page not found - Help", "<h1>Error 404: Page not found</h1><p>Check the address.</p>")
    assert said(page, url) == "drifted/not-found-wording"
    assert said(page, url, probe=page).startswith("soft-404/")
    assert said(page).startswith("soft-404/")


def test_words_that_a_page_has_from_its_folder_or_its_site() -> None:
    """The page of any name is not known by the folder's name, by the site's, or for being an article."""
    url = "https://n.example.org/entscheidungen/haven/record-of-the-hearing.html"
    other = "https://n.example.org/entscheidungen/haven/qzkfjwmvbtrxlpahcnge.html"
    head = '<meta property="og:site_name" content="The Record"><meta property="og:type" content="article">'
    for main in (f"<h1>Entscheidungen</h1>{PROSE}", f"<h1>Garden furniture</h1>{PROSE}"):
        page = dressed("Entscheidungen", main, head=head)
        verdict = judge(answer(page, url=url), Citation("a"), probe=answer(page, url=other))
        assert f"{verdict.kind}/{verdict.reason}" == "drifted/same-for-any-name"
    page = dressed("The hearing", f"<h1>The hearing</h1>{PROSE}", head=head)
    verdict = judge(answer(page, url=url), Citation("a"), probe=answer(page, url=other))
    assert str(verdict.kind) == "alive"


def test_consent_boxes_are_told_from_texts_on_cookies() -> None:
    """A box has a button, and is short; a policy on cookies, or a page within such an element, is the page's own."""
    assert Page(dressed("A", "<p>The keeper told it.</p>").encode()).prose.startswith("The keeper told it.")
    policy = dressed("A", f'<div class="cookie-policy"><p>We use cookies.</p>{PROSE}</div>', before="")
    assert "We use cookies." in Page(policy.encode()).prose
    wrapped = (
        '<body><div class="has-cookie-banner"><main><p>The keeper told it.</p><button>OK</button></main></div></body>'
    )
    assert Page(wrapped.encode()).prose == "The keeper told it."
