"""Defects of a document: found where they are, and nowhere else."""

from __future__ import annotations

import pytest

from citekeeper.importers import defects

CORRUPT = [
    "https://www.bloomberg.com/news/articles/2022-04-29/biden-seeks-to-rob-putin-of-his-top-scientists-with-visa-lures-to-rob-putin-of-his-top-scientists-with-visa-lure/ar-AAWKGz3",
    "https://news.example/2022/the-ministry-of-digital-affairs-the-ministry-of-digital-affairs",
    "https://news.example/a/ar-BB1abcDE",
    "https://news.example/ahttps://other.example/b",
    "https://news.example/a%zz",
    "https://news.example/a b",
    "https://news.example/a\u200b",
    "https://",
    "https://exa mple.org/",
]
SOUND = [
    "https://www.msn.com/en-us/news/world/biden-seeks/ar-AAWKGz3",
    "https://web.archive.org/web/2022/https://example.org/a",
    "https://archive.ph/2022/https://example.org/a",
    "https://example.org/login?next=https://example.org/b",
    "https://example.org/share#https://example.org/b",
    "https://pbs.example/img/ar-tiles/ar-ab",
    "https://example.org/to-be-or-not-to-be-or-not-to-be",
    "https://example.org/a%20b/%D0%9F%D1%80%D0%B8",
    "https://ru.wikipedia.org/wiki/Заглавная_страница",
    "https://example.org/2022/05/03/the-long-and-winding-road-that-leads-to-your-door",
    "https://example.org/?q=100%",
    "https://img.shields.io/badge/https://a",
    "https://user:pw@example.org:8443/a;b=c/(d)/~e/@f/g,h",
    "https://www.svoboda.org/a/gosduma-prinyala-vo-vtorom-chtenii-zakonoproekt-o-yavke/31718829.html",
]


@pytest.mark.parametrize("url", CORRUPT)
def test_corrupt_addresses(url: str) -> None:
    """Pasted, broken and impossible addresses are told, with a reason."""
    assert defects.corruption(url)


@pytest.mark.parametrize("url", SOUND)
def test_sound_addresses(url: str) -> None:
    """Ordinary addresses, however odd they look, are left alone."""
    assert defects.corruption(url) is None


@pytest.mark.parametrize(
    ("publisher", "url", "differs"),
    [
        ("medusa.io", "https://meduza.io/news/1", True),
        ("meduza.io", "https://meduza.io/news/1", False),
        ("bbc.co.uk", "https://www.bbc.co.uk/a", False),
        ("bbc.co.uk", "https://www.bbc.com/a", True),
        ("www.nrc.nl", "https://nrc.nl/a", False),
        ("news.example.com", "https://example.com/a", False),
        ("президент.рф", "https://xn--d1abbgf6aiiy.xn--p1ai/a", False),
        ("The New York Times", "https://nytimes.com/a", False),
        ("St. Petersburg Times", "https://a.example", False),
        ("Booking.com B.V.", "https://a.example", False),
        ("A.S. Jansen", "https://a.example", False),
        ("README.zzzz", "https://a.example", False),
    ],
)
def test_printed_domains(publisher: str, url: str, differs: bool) -> None:
    """A printed domain of another owner than the link's is told; names that are no domains say nothing."""
    assert (defects.domain_differs(publisher, url) is not None) is differs


@pytest.mark.parametrize(
    ("words", "url", "differs"),
    [
        ("ttps://twitter.com/russia_nl", "https://twitter.com/russia_nl", True),
        ("https://a.example/x", "https://b.example/x", True),
        ("https://a.example/x", "http://www.a.example/x/", False),
        ("www.a.example/x", "https://a.example/x", False),
        ("https://a.example/long…", "https://a.example/long/way", False),
        ("https://a.example/long...", "https://b.example/long/way", True),
        ("https://a.example/путь", "https://a.example/%D0%BF%D1%83%D1%82%D1%8C", False),
        ("HTTPS://A.example/x", "https://a.example/x", False),
        ("https://a.example/x?utm_source=y", "https://a.example/x", False),
        (r"https://t.me/free\_nl", "https://t.me/free_nl", False),
        ("read https://a.example here", "https://b.example/x", False),
        ("a.example", "https://b.example/x", False),
        ("Title", "https://b.example/x", False),
    ],
)
def test_printed_addresses(words: str, url: str, differs: bool) -> None:
    """Words that spell another address than the link's are told; small liberties are not."""
    assert (defects.printed_address_differs(words, url) is not None) is differs
