"""Articles are read whole and alone; every other kind of source too; nothing hostile raises or lasts."""

from __future__ import annotations

import io
import json
import time
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citekeeper.reading import read
from citekeeper.reading.language import identify_others
from citekeeper.reading.plain import join_lines

from .written_pages import DUTCH, ENGLISH, RUSSIAN, UKRAINIAN, hop, news_page

_PAGES = [
    (RUSSIAN, "Власти утвердили план ремонта мостов", "ru"),
    (UKRAINIAN, "Міськрада ухвалила ремонт лікарні", "uk"),
    (DUTCH, "Gemeente vervangt de oude brug", "nl"),
    (ENGLISH, "Council to replace the old bridge", "en"),
]


@pytest.mark.parametrize(("paragraphs", "headline", "language"), _PAGES, ids=[page[2] for page in _PAGES])
def test_news_page(paragraphs: tuple[str, ...], headline: str, language: str) -> None:
    """The article's paragraphs, in order, once, and nothing of what stands around them."""
    reading = read(hop(news_page(paragraphs, headline, language)))
    assert reading is not None
    assert reading.paragraphs == paragraphs
    assert reading.title == headline
    assert reading.language == language
    assert reading.published == date(2021, 11, 22)


def test_wayback_replay_reads_like_the_original() -> None:
    """The toolbar and rewritten links of a replay leave no trace."""
    original = news_page(RUSSIAN, "Власти утвердили план ремонта мостов", "ru")
    toolbar = (
        '<script src="//archive.org/includes/athena.js"></script><!-- BEGIN WAYBACK TOOLBAR INSERT -->'
        '<div id="wm-ipp-base">'
        '<div id="wm-ipp"><p>The Wayback Machine has saved this page 12 times between 2021 and 2022, see them all.</p>'
        "</div></div><!-- END WAYBACK TOOLBAR INSERT -->"
    )
    image = (
        '<meta property="og:image" content="https://web.archive.org/web/20211123000000im_/https://example.org/i.jpg">'
    )
    replay = original.replace("<body>", "<body>" + toolbar).replace("</head>", image + "</head>")
    replay = replay.replace('href="/', 'href="/web/20211123000000/https://example.org/')
    one, other = read(hop(original)), read(hop(replay))
    assert one is not None
    assert other is not None
    assert other.paragraphs == one.paragraphs
    assert other.image == "https://example.org/i.jpg"


def test_metadata_of_json_ld() -> None:
    """JSON-LD gives authors, dates, image and whether the page is free."""
    data = {
        "@graph": [
            {
                "@type": "NewsArticle", "headline": "Council to replace the old bridge", "isAccessibleForFree": "False",
                "datePublished": "2021-11-22T14:05:00+03:00", "dateModified": "2021-11-23",
                "author": [{"name": "Jane Doe"}, {"name": "Example News"}], "publisher": {"name": "Example News"},
                "image": {"url": "https://example.org/lead.jpg"},
            }
        ]
    }  # fmt: skip
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    reading = read(hop(news_page(ENGLISH, "Council to replace the old bridge", "en", head)))
    assert reading is not None
    assert reading.authors == ("Jane Doe",)
    assert (reading.published, reading.modified) == (date(2021, 11, 22), date(2021, 11, 23))
    assert reading.image == "https://example.org/lead.jpg"
    assert reading.is_free is False


def test_article_that_only_json_ld_holds() -> None:
    """A page that scripts would fill is read from its articleBody."""
    body = "\n".join([*ENGLISH, *DUTCH, *ENGLISH[::-1], *DUTCH[::-1]])
    data = json.dumps({"@type": "NewsArticle", "headline": "A bridge", "articleBody": body})
    page = f'<html><body><div id="app"></div><script type="application/ld+json">{data}</script></body></html>'
    reading = read(hop(page))
    assert reading is not None
    assert reading.extractor == "json-ld"
    assert reading.paragraphs[0] == ENGLISH[0]


def test_telegram_preview() -> None:
    """A channel's preview gives its posts, without the posts they answer."""
    page = f"""<html><body><div class="tgme_channel_info_header_title"><span>Новости моста</span></div>
    <div class="tgme_widget_message js-widget_message"><a class="tgme_widget_message_reply"><div
    class="tgme_widget_message_text">старое</div></a><div class="tgme_widget_message_text">{RUSSIAN[0]}<br>
    <br>{RUSSIAN[1]}    </div><time datetime="2022-05-01T10:00:00+00:00">10:00</time></div></body></html>"""
    reading = read(hop(page, url="https://t.me/s/example"))
    assert reading is not None
    assert reading.paragraphs == RUSSIAN[:2]
    assert (reading.title, reading.published) == ("Новости моста", date(2022, 5, 1))


def test_video_page_gives_its_description() -> None:
    """A video's text is what its page says of it."""
    head = '<meta property="og:type" content="video.other"><meta property="og:title" content="A bridge falls">'
    head += f'<meta property="og:description" content="{ENGLISH[0]}">'
    reading = read(hop(f"<html><head>{head}</head><body><p>Sign in</p></body></html>"))
    assert reading is not None
    assert (reading.title, reading.paragraphs) == ("A bridge falls", (ENGLISH[0],))


def _watch_page(response: object, before: str = "var ytInitialPlayerResponse = ") -> str:
    """A watch page as YouTube serves it: hardly any markup, a description cut short, and the player's response."""
    head = '<title>A bridge falls - YouTube</title><meta property="og:type" content="video.other">'
    head += '<meta property="og:title" content="A bridge falls"><meta property="og:description" content="The brid...">'
    code = f"{before}{response if isinstance(response, str) else json.dumps(response)};var meta = 1;"
    return f"<html><head>{head}</head><body><script>{code}</script><p>Sign in</p></body></html>"


_VIDEO = {
    "playabilityStatus": {"status": "OK"},
    "videoDetails": {
        "title": "Мост упал",
        "author": "Новости моста",
        "lengthSeconds": "125",
        "shortDescription": f"{RUSSIAN[0]}\n\n{RUSSIAN[1]}\nhttps://example.org/",
    },
    "microformat": {"playerMicroformatRenderer": {"publishDate": "2022-05-02T07:00:11-07:00"}},
}


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=abcdefghijk",
        "https://www.youtube.com/shorts/abcdefghijk",
        "https://m.youtube.com/watch?v=abcdefghijk",
        "https://youtu.be/abcdefghijk",
        "https://web.archive.org/web/20220502000000id_/https://www.youtube.com/watch?v=abcdefghijk",
    ],
)
@pytest.mark.parametrize("before", ["var ytInitialPlayerResponse = ", 'window["ytInitialPlayerResponse"]='])
def test_youtube_page_gives_title_and_whole_description(url: str, before: str) -> None:
    """What the page hands to its player is read, not the description that is cut short for previews."""
    reading = read(hop(_watch_page(_VIDEO, before), url=url))
    assert reading is not None
    assert reading.paragraphs == (*RUSSIAN[:2], "https://example.org/")
    assert (reading.title, reading.authors, reading.published) == ("Мост упал", ("Новости моста",), date(2022, 5, 2))
    assert (reading.extractor, reading.language) == ("youtube player response", "ru")


@pytest.mark.parametrize(
    "response",
    ["{", "[" * 50_000, '{"videoDetails": ' + '{"a":' * 50_000, {"videoDetails": [1]}, {"videoDetails": {"title": 7}},
     {}, '{"videoDetails": {"shortDescription": {"a": 1}}}'],
)  # fmt: skip
def test_hostile_player_responses(response: object) -> None:
    """What is no player's response is passed over, and the meta elements are read."""
    reading = read(hop(_watch_page(response), url="https://www.youtube.com/watch?v=abcdefghijk"))
    assert reading is not None
    assert (reading.paragraphs, reading.extractor) == (("The brid...",), "description")


def test_long_player_responses_are_cut() -> None:
    """A description has a length that is believed; many things that look like responses are not all tried."""
    long = {"videoDetails": {"title": "T" * 100_000, "shortDescription": "слово " * 200_000}}
    reading = read(hop(_watch_page(long), url="https://www.youtube.com/watch?v=abcdefghijk"))
    assert reading is not None
    assert reading.title is not None
    assert len(reading.title) <= 500
    assert len(reading.text) <= 20_000
    started = time.perf_counter()
    read(
        hop(
            _watch_page("{" + "ytInitialPlayerResponse = {" * 60_000), url="https://www.youtube.com/watch?v=abcdefghijk"
        )
    )
    assert time.perf_counter() - started < 5


def test_player_response_counts_on_youtube_only() -> None:
    """Another site's page is read as what it shows."""
    reading = read(hop(_watch_page(_VIDEO), url="https://example.org/watch?v=abcdefghijk"))
    assert reading is not None
    assert reading.extractor == "description"


def test_tweet_through_oembed() -> None:
    """A tweet's text is in the html of its oEmbed answer."""
    markup = (
        f'<blockquote class="twitter-tweet"><p lang="ru">{RUSSIAN[0]}</p>&mdash; Name (@name) <a href="#">May 1</a>'
    )
    answer = {"version": "1.0", "html": markup + "</blockquote><script></script>", "author_name": "Name"}
    reading = read(hop(json.dumps(answer), "application/json+oembed"))
    assert reading is not None
    assert reading.paragraphs == (RUSSIAN[0],)
    assert (reading.authors, reading.language) == (("Name",), "ru")


def test_plain_text() -> None:
    """Lines wrapped by hand are one paragraph, in any charset."""
    text = "\r\n\r\n".join(part.replace(", ", ",\r\n") for part in RUSSIAN)
    reading = read(hop(text.encode("koi8-r", "replace"), "text/plain; charset=windows-1251"))
    assert reading is not None
    assert reading.charset == "koi8-r"
    assert len(reading.paragraphs) == len(RUSSIAN)
    assert reading.paragraphs[0] == RUSSIAN[0]


def _docx(paragraphs: tuple[str, ...]) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f"<w:p><w:r><w:t>{p}</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>" for p in paragraphs
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def test_docx() -> None:
    """A DOCX gives its paragraphs, whether labelled or not, without deleted text; another ZIP gives nothing."""
    for label in (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/octet-stream",
    ):
        reading = read(hop(_docx(DUTCH), label))
        assert reading is not None
        assert (reading.paragraphs, reading.language) == (DUTCH, "nl")
    assert read(hop(b"PK\x03\x04 broken", "application/octet-stream")) is None


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "video/mp4"])
def test_types_without_text(kind: str) -> None:
    """What holds no text has no Reading."""
    assert read(hop(b"\x89PNG....", kind)) is None


def test_short_text_has_no_language() -> None:
    """A few words are too little to tell a language by."""
    reading = read(hop("Ok, doe maar", "text/plain"))
    assert reading is not None
    assert reading.language is None


_HOSTILE = {
    "deep": b"<div>" * 100_000 + b"x",
    "unclosed comments": b"<!--" * 100_000,
    "signs": b"<" * 500_000,
    "nested json": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
    "bytes": b"\xff" * 300_000,
    "empty": b"",
    "blank": b" " * 100_000,
    "frames": b"<html><frameset><frame src=x></frameset></html>",
    "broken pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\ntrailer << /Root 1 0 R >>",
    "many": b"<p>" + b"abc. <br>" * 30_000,
}


@pytest.mark.parametrize("name", sorted(_HOSTILE))
def test_hostile_bodies(name: str) -> None:
    """Nothing raises, and nothing takes longer than some seconds."""
    started = time.process_time()
    read(hop(_HOSTILE[name], "text/html"))
    assert time.process_time() - started < 10


_PIECES = ("<", ">", "<!--", "</div>", "<table>", "<svg>", '<a href="http://[::">', '<base href="http://[x">', "&#0;")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 60), st.sampled_from(_PIECES)), max_size=12))
def test_mutilated_pages(edits: list[tuple[int, int, str]]) -> None:
    """A page cut and spliced anywhere still reads without an error."""
    page = news_page(ENGLISH, "Council to replace the old bridge", "en")
    for place, length, piece in edits:
        page = page[:place] + piece + page[place + length :]
    assert read(hop(page)) is not None


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("ver-\nantwoord", "verantwoord"),
        ("ver\u00ad\nantwoord", "verantwoord"),
        ("ver \u2010\nantwoord", "verantwoord"),  # as Chromium prints a soft hyphen
        ("раз‐\nдел", "раздел"),
        ("Санкт-\nПетербург", "Санкт-Петербург"),
        ("1990-\n1995", "1990- 1995"),
    ],
)
def test_words_hyphenated_at_a_line_end_are_whole(lines: str, text: str) -> None:
    """Whatever hyphen the typesetter used; a name keeps its own."""
    assert join_lines(lines) == text


def test_mixed_languages_are_told_by_what_most_of_the_text_is() -> None:
    """A Russian page with an English paragraph is Russian, and both are read."""
    mixed = (*RUSSIAN, ENGLISH[0])
    reading = read(hop(news_page(mixed, "Власти утвердили план ремонта мостов", "en")))
    assert reading is not None
    assert reading.language == "ru"
    assert set(mixed) <= set(reading.paragraphs)


def test_paragraphs_in_another_language_are_told() -> None:
    """Each paragraph that is clearly not in the text's language, and no other; a short one only by its script."""
    told = identify_others((*RUSSIAN, ENGLISH[0], UKRAINIAN[0] + " " + UKRAINIAN[1], "The New York Times"), "ru")
    assert told == (None, None, None, None, "en", "uk", None)
    assert identify_others(RUSSIAN, "ru") == ()
    assert identify_others((*DUTCH, ENGLISH[0]), None) == ()
    quoted = "«Мы ждали этого моста десять лет», — сказал он журналистам в среду."
    assert identify_others((DUTCH[0], " ".join(ENGLISH), quoted), "nl") == (None, "en", "ru")


def test_telegram_embed() -> None:
    """One post as Telegram embeds it: its text, and nothing of the widget."""
    page = (
        '<html><body class="widget_frame_base"><div class="tgme_widget_message_wrap"><div class="tgme_widget_message" '
        'data-post="news/77"><div class="tgme_widget_message_author">News</div>'
        f'<div class="tgme_widget_message_text" dir="auto">{RUSSIAN[0]}<br/><br/>{RUSSIAN[1]}</div>'
        '<div class="tgme_widget_message_footer"><span class="tgme_widget_message_views">1.2K</span>'
        '<time datetime="2022-05-03T10:00:00+00:00">10:00</time></div></div></div></body></html>'
    )
    reading = read(hop(page, "text/html", "https://t.me/news/77?embed=1"))
    assert reading is not None
    text = " ".join(reading.paragraphs)
    assert RUSSIAN[0] in text
    assert RUSSIAN[1] in text
    assert "1.2K" not in text
    assert reading.published == date(2022, 5, 3)
