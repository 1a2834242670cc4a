"""Which page was cited: the pure part, in tables."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekeeper.locating import (
    POSSIBLE,
    Page,
    Wanted,
    chosen,
    date_in,
    directories,
    headlines,
    misprints,
    network_host,
    page_key,
    ranked,
    repairs,
    shared_beginning,
    slug_words,
    spellings,
    words,
)
from locating.seeded import seeded_pages

SPRING = datetime(2023, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("russian", "slugs"),
    [
        ("щи и ящик", ["shchi-i-yashchik", "schi-i-yaschik", "šči-i-jaščik"]),
        ("эмиграция", ["emigratsiya", "emigraciya", "emigracia", "emigratsiia", "emigracija"]),
        ("эвакуация", ["evakuatsiya", "evacuacia"]),
        ("остаться", ["ostatsya", "ostatsa", "ostatsia"]),
        ("хорошие люди", ["khoroshie-lyudi", "horoshie-liudi", "horosije-ljudi"]),
        ("объявление", ["obyavlenie", "obiavlenie", "obyavleniye"]),
        ("«Первый отдел»", ["pervyy-otdel", "pervyi-otdel", "pervyj-otdel", "pervy-otdel"]),
        ("жёсткий", ["zhestkiy", "zhyostkij", "žestkij"]),
        ("правозащитный", ["pravozaschitnyy", "pravozashchitnyi", "pravozaščitnyj"]),
        ("чтобы человек", ["chtoby-chelovek", "čtoby-čelovek"]),
        ("об’єднання", ["obednannya", "obyednannya"]),
    ],
)
def test_transliterations_fall_together(russian: str, slugs: list[str]) -> None:
    """Whatever the scheme, the slug's words are the title's, or differ by a letter that the ranking allows."""
    for slug in slugs:
        page = Page(f"https://x.example/{slug}-oslo-2", SPRING)
        assert ranked(Wanted(f"{russian} Осло"), [page])[0].slug > 0.8, (words(russian), words(slug))


def test_latin_titles_lose_only_their_accents() -> None:
    """French, German and Dutch slugs are their titles' words."""
    assert words("L’été à Zürich: 3 idées") == words("lete-a-zurich-3-idees")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.example/2022/05/03/a-b", date(2022, 5, 3)),
        ("https://x.example/news/2022-05-03-a", date(2022, 5, 3)),
        ("https://x.example/20220503/a", date(2022, 5, 3)),
        ("https://x.example/2022/5/3/a", date(2022, 5, 3)),
        ("https://x.example/03.05.2022/a", date(2022, 5, 3)),
        ("https://twitter.com/eucopresident/status/1511619372057608193", date(2022, 4, 6)),
        ("https://x.example/a/31718829.html", None),
        ("https://x.example/2022/13/45/a", None),
        ("https://x.example/?d=1", None),
    ],
)
def test_dates_in_addresses(url: str, day: date | None) -> None:
    """A day in the path, or in a tweet's number."""
    assert date_in(url) == day


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://x.example/a/odin-dva-tri/317.html", "odin-dva-tri"),
        ("https://x.example/odin-dva-tri.html?utm_source=a", "odin-dva-tri"),
        ("https://x.example/%D0%BE%D0%B4%D0%B8%D0%BD-%D0%B4%D0%B2%D0%B0", "один-два"),
        ("https://x.example/?title=odin+dva+tri", "odin-dva-tri"),
        ("https://x.example/317", ""),
    ],
)
def test_the_slug_is_the_segment_with_most_words(url: str, slug: str) -> None:
    """Numbers and extensions are no words of it."""
    assert slug_words(url) == words(slug)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.x.example/a/b/", "http://x.example/a/b"),
        ("https://m.x.example/a/b", "https://x.example/a/b"),
        ("https://x.example/a/b/amp/", "https://x.example/a/b"),
        ("https://x.example/amp/a/b", "https://x.example/a/b"),
        ("https://x.example/a/b?utm_source=z", "https://x.example/a/b"),
    ],
)
def test_views_of_one_page_count_once(one: str, other: str) -> None:
    """Mobile, AMP, tracked and insecure addresses are of the same page."""
    assert page_key(one) == page_key(other)
    assert len(ranked(Wanted("A b"), [Page(one, SPRING), Page(other, SPRING)])) == 1


def test_misprints_of_a_host() -> None:
    """Hosts that the register knows come first; then confused letters; the host itself is none of them."""
    assert misprints("medusa.io", [], 6)[0] == "meduza.io"
    assert misprints("guardain.com", ["guardian.com", "other.example", "guardain.com"], 0) == ["guardian.com"]
    assert "bloomberg.com" in misprints("blomberg.com", ["bloomberg.com"], 2)
    assert "example.com" in misprints("exmaple.com", [], 20)
    assert network_host("Twitter.") == "twitter.com"
    assert network_host("de Volkskrant") is None


@pytest.mark.parametrize(
    ("corrupt", "repaired"),
    [
        ("https://x.example/a-b).", "https://x.example/a-b"),
        ("https://x.example/a-b%C2%BB", "https://x.example/a-b"),
        ("https://x.example/a \u200bb", "https://x.example/ab"),
        ("htps//x.example/a", "https://x.example/a"),
        ("ttps://x.example/a", "https://x.example/a"),
        ("x.example/a", "https://x.example/a"),
        ("https://https://x.example/a", "https://x.example/a"),
        ("https://x.example/ahttps://y.example/b", "https://y.example/b"),
        ("https://x.example/?a=1&amp;b=2", "https://x.example/?a=1&b=2"),
        ("https://x.example/%25D0%25B0", "https://x.example/%D0%B0"),
        ("https://x.example/100%-b", "https://x.example/100%25-b"),
        ("https://x.example/%D0%B0%D0", "https://x.example/%D0%B0"),
        ("https://x-example.translate.goog/a?_x_tr_sl=ru&_x_tr_tl=en", "https://x.example/a"),
        ("https://x.example/a-%20b", "https://x.example/a-b"),
        ("https://x.example/a-%C2%ADb", "https://x.example/a-b"),
        ("https://x.example/a%0Ab", "https://x.example/ab"),
        ("https://x.example/a\u2013b/c", "https://x.example/a-b/c"),
        ("https://x.example/a%E2%80%94b", "https://x.example/a-b"),
        ("https://x.example/a-b-c\u2026", "https://x.example/a-b-c"),
        ("https://x.example/a-b[12]", "https://x.example/a-b"),
        ("https://x.example/%252525D0%252525B0", "https://x.example/%D0%B0"),
        ("https://x.example/?a=1&amp;amp;b=2", "https://x.example/?a=1&b=2"),
        ("https://x.example/p%3Fid%3D1%26b%3D2", "https://x.example/p?id=1&b=2"),
        ("https://x,example.org/a", "https://x.example.org/a"),
        ("https://x.example//a//b?c=//d", "https://x.example/a/b?c=//d"),
        ("https://x.example/a?utm_source=t&id=1&fbclid=9", "https://x.example/a?id=1"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fx.example%2Fa%3Fb%3D1&h=AT0", "https://x.example/a?b=1"),
        ("hhttps://x.example/a", "https://x.example/a"),
        ("hxxps://x.example/a", "https://x.example/a"),
        ("<https://x.example/a>.", "https://x.example/a"),
        ("URL: https://x.example/a", "https://x.example/a"),
        ("https://x.example/ahttps://x.example/a", "https://x.example/a"),
    ],
)
def test_corrupt_addresses_are_repaired(corrupt: str, repaired: str) -> None:
    """Each repair that can be reasoned is proposed, with what was done."""
    assert repaired in [url for url, how in repairs(corrupt) if how]


@pytest.mark.parametrize(
    "url",
    ["https://x.example/a-b", "https://x.example/a?id=1&b=2#c", "https://x.example/%D0%B0/1", "https://x.example/a,b/"],
)
def test_a_sound_address_needs_no_repair(url: str) -> None:
    """Nothing is guessed where nothing is wrong."""
    assert repairs(url) == []


@given(st.text(max_size=60).map(lambda text: f"https://x.example/{text}"))
def test_repairs_take_any_address(url: str) -> None:
    """Nothing raises, and no repair is the address itself."""
    assert url not in [repaired for repaired, _ in repairs(url)]


def test_the_beginning_of_a_pasted_address() -> None:
    """An archived page counts where the corrupt address goes on behind a whole word of it, at the same host."""
    true = "https://www.x.example/news/2022-04-29/robs-putin-of-his-visa-lure"
    corrupt = f"{true}s-to-rob-putin-of-his-visa-lure/ar-AAWKGz3"
    assert shared_beginning(f"{true}-robs-putin/ar-AA1", true) is not None
    assert shared_beginning(corrupt, true) is None
    assert shared_beginning(corrupt, "https://x.example/news/2022-04-29/robs-putin") is not None
    assert shared_beginning(corrupt, "https://y.example/news/2022-04-29/robs-putin") is None
    assert shared_beginning(corrupt, "https://x.example/news") is None
    assert directories(corrupt)[:2] == [corrupt.rpartition("/")[0] + "/", "https://www.x.example/news/2022-04-29/"]


def test_headlines_of_a_page() -> None:
    """Title, heading, metadata and JSON-LD, without markup and each once."""
    page = (
        "<title>A &amp; b — Site</title><h1 class=x>A <i>&amp;</i> b</h1>"
        "<meta property='og:title' content='A &amp; \"b\"'><meta name=description content=no>"
        '<script>{"headline": "\\u0410 \\"b\\""}</script>'
    )
    assert headlines(page) == ["A & b — Site", "A & b", 'A & "b"', 'А "b"']


TITLE = "Парламент принял во втором чтении закон о реестре электронных повесток"
TRUE = Page(
    "https://news.example/a/parlament-prinyal-vo-vtorom-chtenii-zakon-o-reestre-elektronnyh-povestok/7.html", SPRING
)
THIRD = Page(
    "https://news.example/a/parlament-prinyal-v-tretem-chtenii-zakon-o-reestre-elektronnyh-povestok/9.html", SPRING
)
SHORT = Page("https://news.example/a/zakon-o-reestre/8.html", SPRING)
OTHERS = [Page(url, moment) for url, moment in seeded_pages(["svoboda.org", "meduza.io"], 400, SPRING, 8)]


def test_the_page_is_chosen_among_those_that_resemble_it() -> None:
    """A sequel that differs in one word comes second, and the right one is taken."""
    wanted = Wanted(TITLE, date(2023, 3, 1))
    found = ranked(wanted, [*OTHERS, THIRD, SHORT, TRUE])
    assert [candidate.page for candidate in found[:2]] == [TRUE, THIRD]
    best = chosen(found, wanted)
    assert best is not None
    assert (best.page, best.how) == (TRUE, "slug")


def test_what_only_resembles_it_is_never_chosen() -> None:
    """Without the right page its sequel is shown, not taken, whatever its own headline says."""
    wanted = Wanted(TITLE, date(2023, 3, 1))
    for read in (None, {THIRD.url: [TITLE.replace("во втором", "в третьем") + " — Новости"]}):
        found = ranked(wanted, [*OTHERS, THIRD, SHORT], read)
        assert found[0].page == THIRD
        assert found[0].score >= POSSIBLE
        assert chosen(found, wanted) is None


def test_the_headline_decides_where_the_slug_is_another() -> None:
    """A slug with another headline is taken when the page itself bears the cited one."""
    wanted = Wanted(TITLE, date(2023, 3, 1))
    page = Page("https://news.example/2023/03/01/deputaty-progolosovali-za-reestr-povestok", SPRING)
    assert chosen(ranked(wanted, [page, *OTHERS]), wanted) is None
    found = ranked(wanted, [page, *OTHERS], {page.url: [f"{TITLE} | Новости"]})
    assert chosen(found, wanted) is found[0]
    assert "headline" in found[0].how
    assert "day" in found[0].how


def test_two_pages_with_the_same_words_are_left_to_a_person() -> None:
    """Where two pages are equally good, none is taken; the day can decide."""
    wanted = Wanted(TITLE, date(2023, 3, 1))
    slug = slug_of(TRUE)
    first, second = (Page(f"https://news.example/{day}/{slug}", SPRING) for day in ("a", "b"))
    assert chosen(ranked(wanted, [first, second]), wanted) is None
    dated, late = (Page(f"https://news.example/{day}/{slug}", SPRING) for day in ("2023/03/01", "2023/06/09"))
    assert chosen(ranked(wanted, [late, dated]), wanted) is not None
    assert ranked(wanted, [late, dated])[0].page == dated


def slug_of(page: Page) -> str:
    return page.url.split("/")[4]


@pytest.mark.parametrize(
    ("wanted", "page"),
    [
        (Wanted("Закон"), Page("https://news.example/zakon", SPRING)),
        (Wanted(None), TRUE),
        (Wanted(TITLE, date(2023, 9, 1)), TRUE),
        (Wanted("I have one message"), Page("https://twitter.com/a/status/1511619372057608193", SPRING)),
    ],
)
def test_too_little_proves_nothing(wanted: Wanted, page: Page) -> None:
    """One word, no title, a capture from before the publishing, or an address without words: no page is taken."""
    assert chosen(ranked(wanted, [page]), wanted) is None


_WORDS = "река город министр закон выборы школа музей поезд погода учёный театр письмо граница рынок хлеб"


@settings(max_examples=40)
@given(title=st.lists(st.sampled_from(_WORDS.split()), min_size=6, max_size=9, unique=True), seed=st.integers(0, 99))
def test_the_right_one_is_first_and_never_another(title: list[str], seed: int) -> None:
    """Among pages with the same stock of words, in whatever spelling, the right one is first, or nothing is taken."""
    rng = random.Random(seed)
    wanted = Wanted(" ".join(title))
    others = [rng.sample(_WORDS.split(), k=rng.randint(4, 9)) for _ in range(60)]
    others = [other for other in others if len(set(other) ^ set(title)) >= 2]
    slugs = ["-".join(rng.choice(spelt(word)) for word in other) for other in others]
    pages = [Page(f"https://n.example/{slug}/{number}", SPRING) for number, slug in enumerate(slugs)]
    assert chosen(ranked(wanted, pages), wanted) is None
    right = Page(f"https://n.example/{'-'.join(rng.choice(spelt(word)) for word in title)}/x", SPRING)
    assert ranked(wanted, [*pages, right])[0].page == right


def spelt(word: str) -> list[str]:
    """Whole short words as addresses spell them."""
    return spellings(word) or [word] if len(word) <= 7 else [word]
