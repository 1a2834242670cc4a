"""The grammar of a footnote, with its dates, quotation marks and languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper.importers.bare import BARE_URL, as_url, trimmed
from citekeeper.importers.dates import find_dates
from citekeeper.importers.languages import find_stated_language, guess_language, is_russian
from citekeeper.importers.notes import Note, parse_note
from citekeeper.importers.quotation import find_quotations, trimmed_title
from citekeeper.importers.richtext import LinkSpan, RichText, RichTextBuilder
from citekeeper.importers.sentences import sentence_bounds
from citekeeper.model import Location, TranslationLink

HERE = Location("letter.md", 1, 1)


def note(text: str) -> Note:
    """Read a note written with ``[words](address)`` for links and ``*…*`` for italics."""
    import re

    builder = RichTextBuilder(HERE)
    for match in re.finditer(
        r"\[(?P<words>[^\]]*)\]\((?P<url>[^)]*)\)|\*(?P<italic>[^*]+)\*|(?P<plain>[^[*]+|.)", text
    ):
        if match["url"] is not None:
            builder.link(builder.add(match["words"]), match["url"], HERE)
        elif match["italic"]:
            builder.italic(builder.add(match["italic"]))
        else:
            last, plain = 0, match["plain"]
            for found in BARE_URL.finditer(plain):
                if url := trimmed(found[0]):
                    builder.add(plain[last : found.start()])
                    builder.link(builder.add(url), as_url(url), HERE, bare=True)
                    last = found.start() + len(url)
            builder.add(plain[last:])
    return parse_note(builder.build())


U = "https://example.org/a"

NOTES = [
    # Dutch
    (
        f"[“Titel van het stuk”]({U}) *nrc.nl*. 28 februari 2022. Geraadpleegd op 2 mei 2022.",
        "Titel van het stuk",
        "nrc.nl",
        None,
        (2022, 2, 28),
        (2022, 5, 2),
    ),
    (
        f"“Заголовок статьи.” [svoboda.org]({U}) (in het Russisch). 7 april 2022. Geraadpleegd op 2 mei 2022.",
        "Заголовок статьи",
        "svoboda.org",
        "ru",
        (2022, 4, 7),
        (2022, 5, 2),
    ),
    (
        f"Jan Jansen, „De kop”, *de Volkskrant*, 3-5-2022, {U} (bezocht op 4 mei 2022)",
        "De kop",
        "de Volkskrant",
        None,
        (2022, 5, 3),
        (2022, 5, 4),
    ),
    (f"Zie: {U}.", None, None, None, None, None),
    (f"[“Bericht”]({U}). Geraadpleegd op 2 mei 2022 – via Twitter.", "Bericht", "Twitter", None, None, (2022, 5, 2)),
    # English: Wikipedia, Chicago, APA
    (
        f'["Navalny Arrested"]({U}). *The New York Times*. January 17, 2021. Retrieved January 19, 2021.',
        "Navalny Arrested",
        "The New York Times",
        None,
        (2021, 1, 17),
        (2021, 1, 19),
    ),
    (
        f"Jane Doe, “A Title, with Comma,” *The Guardian*, 3 May 2022, {U}.",
        "A Title, with Comma",
        "The Guardian",
        None,
        (2022, 5, 3),
        None,
    ),
    (
        f"Doe, J. (2022, May 3). *A title in italics*. The Guardian. {U}",
        "A title in italics",
        "The Guardian",
        None,
        (2022, 5, 3),
        None,
    ),
    (
        f"Doe, J. (n.d.). A plain title. Wired. Retrieved May 2, 2022, from {U}",
        "A plain title",
        "Wired",
        None,
        None,
        (2022, 5, 2),
    ),
    (f"A Plain Title. {U}", "A Plain Title", None, None, None, None),
    (
        f"A Plain Title. BBC. 2 May 2022. {U}. Accessed 3rd May 2022.",
        "A Plain Title",
        "BBC",
        None,
        (2022, 5, 2),
        (2022, 5, 3),
    ),
    (U, None, None, None, None, None),
    (f"[A page]({U})", "A page", None, None, None, None),
    # Russian: GOST
    (
        f"Иванов И. И. Правда // Новая газета. 07.04.2022. URL: {U} (дата обращения: 02.05.2022).",
        "Правда",
        "Новая газета",
        None,
        (2022, 4, 7),
        (2022, 5, 2),
    ),
    (
        f"[«Мы ещё здесь»]({U}). Медуза. 7 апреля 2022 г. Дата обращения: 2 мая 2022.",
        "Мы ещё здесь",
        "Медуза",
        "ru",
        (2022, 4, 7),
        (2022, 5, 2),
    ),
    # German, French
    (
        f"[„Die Lage der Nation“]({U}), Der Spiegel (auf Russisch), 7. April 2022, abgerufen am 2. Mai 2022.",
        "Die Lage der Nation",
        "Der Spiegel",
        "ru",
        (2022, 4, 7),
        (2022, 5, 2),
    ),
    (
        f"[« La Russie et nous »]({U}), *Le Monde* (en russe), 1er mai 2022 (consulté le 2 mai 2022)",
        "La Russie et nous",
        "Le Monde",
        "ru",
        (2022, 5, 1),
        (2022, 5, 2),
    ),
]


@pytest.mark.parametrize(
    ("text", "title", "publisher", "language", "published", "accessed"), NOTES, ids=[case[0][:40] for case in NOTES]
)
def test_notes(
    text: str,
    title: str | None,
    publisher: str | None,
    language: str | None,
    published: tuple[int, int, int] | None,
    accessed: tuple[int, int, int] | None,
) -> None:
    """Title, publisher, language, dates and address of a note, as people write them in five languages."""
    read = note(text)
    dates = [date(*parts) if parts else None for parts in (published, accessed)]
    assert (read.title, read.publisher, read.published, read.accessed, read.url) == (title, publisher, *dates, U)
    if language or not (title and is_russian(title)):
        assert read.language == language


GOOG = "https://example-org.translate.goog/a?_x_tr_sl=ru&_x_tr_tl=en"


@pytest.mark.parametrize(
    ("words", "by", "language"),
    [
        ("Engelse vertaling door Google", "Google", "en"),
        ("English translation by Google", "Google", "en"),
        ("Machine translation by DeepL", "DeepL", "en"),
        ("Английский перевод Google", "Google", "en"),
        ("Englische Übersetzung von Google", "Google", "en"),
        ("Traduction anglaise par Google", "Google", "en"),
        ("Nederlandse vertaling door DeepL", "DeepL", "nl"),
    ],
)
def test_a_translation_is_the_citations(words: str, by: str, language: str) -> None:
    """A translation that a note offers is read with its own title and date, and its language from words or address."""
    read = note(
        f"[“Заголовок”]({U}) svoboda.org. 7 april 2022. {words}: [“A headline”]({GOOG}). Geraadpleegd op 2 mei 2022."
    )
    assert (read.title, read.url, read.published, read.accessed) == ("Заголовок", U, date(2022, 4, 7), None)
    assert read.translations == (TranslationLink(language, by, "A headline", GOOG, date(2022, 5, 2)),)
    assert read.language == "ru"
    assert read.others == ()


def test_a_translated_main_link_is_decoded() -> None:
    """A note that cites a translate.goog address cites the source behind it."""
    read = note(f"[“A headline”]({GOOG}).")
    assert (read.url, read.language) == ("https://example.org/a", "ru")
    assert read.translations == (TranslationLink("en", "Google", url=GOOG),)


def test_a_copy_in_the_archive_is_pinned() -> None:
    """A Wayback address beside the source, or alone, is the citation's archived copy; its date is not the source's."""
    copy = f"https://web.archive.org/web/20220503000000/{U}"
    read = note(f"[“T”]({U}). NRC. [Archived]({copy}) from the original on 3 May 2022. Retrieved 4 May 2022.")
    assert (read.url, read.archived, read.published, read.accessed) == (U, (copy,), None, date(2022, 5, 4))
    read = note(f"[“T”]({copy}), NRC")
    assert (read.url, read.archived, read.publisher) == (U, (copy,), "NRC")


def test_lost_links() -> None:
    """A link to # is lost, and an address that its words spell is kept."""
    read = note("[“T”](#) *nrc.nl*.")
    assert (read.url, len(read.lost), read.title, read.publisher) == (None, 1, "T", "nrc.nl")
    read = note(f"“T”, [{U}](#)")
    assert (read.url, read.lost, read.title) == (U, (), "T")


def test_further_sources_are_not_swallowed() -> None:
    """The first link is the source, others to other pages are told, the same page again is not."""
    read = note(f"[First]({U}) and [Second](https://b.example/), again [here]({U}#top)")
    assert read.url == U
    assert [link.url for link in read.others] == ["https://b.example/"]


@given(st.text(max_size=120))
def test_no_note_breaks_the_grammar(text: str) -> None:
    """Whatever the words, the grammar answers, and a link's address is the URL."""
    body = RichTextBuilder(HERE)
    body.add(text)
    built = body.build()
    assert parse_note(built).url is None
    linked = RichText(built.text, HERE, (LinkSpan(0, len(built.text), U, HERE),))
    assert parse_note(linked).url == U


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("28 februari 2022", (2022, 2, 28)),
        ("23 February 2022", (2022, 2, 23)),
        ("February 23, 2022", (2022, 2, 23)),
        ("Feb. 3rd, 2022", (2022, 2, 3)),
        ("2022, May 3", (2022, 5, 3)),
        ("1er août 2022", (2022, 8, 1)),
        ("7. März 2022", (2022, 3, 7)),
        ("7 апреля 2022 года", (2022, 4, 7)),
        ("2022-04-07", (2022, 4, 7)),
        ("07.04.2022", (2022, 4, 7)),
        ("7/4/2022", (2022, 4, 7)),
        ("3-5-2022", (2022, 5, 3)),
        ("4/23/2022", (2022, 4, 23)),
        ("31 februari 2022", None),
        ("2022", None),
        ("in mei 2022", None),
        ("12.2022", None),
        ("a2022-04-07", None),
    ],
)
def test_dates(text: str, expected: tuple[int, int, int] | None) -> None:
    """Dates in five languages, ISO and numeric with the day first; what is no day is no date."""
    assert [found.value for found in find_dates(f"({text}).")] == ([date(*expected)] if expected else [])


@given(st.dates(date(1500, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    """Every day is found in each numeric form."""
    for text in (f"{day:%Y-%m-%d}", f"{day.day}.{day.month}.{day.year}", f"{day.day} mei {day.year}"):
        assert len(find_dates(text)) == 1
    assert find_dates(f"{day:%Y-%m-%d}")[0].value == day
    assert find_dates(f"{day.day:02}/{day.month:02}/{day.year}")[0].value == day


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“a” b", ["a"]),
        ("“«Я», a?” b", ["«Я», a?"]),
        ("“Я». a?” b", ["Я». a?"]),
        ("„a“ and „b”", ["a", "b"]),
        ("«a «b» c»", ["a «b» c"]),
        ('"it\'s" and "x"', ["it's", "x"]),
        ("‘it’s’", ["it’s"]),
        ("don’t “a", []),
        ("”a”", ["a"]),
    ],
)
def test_quotations(text: str, inner: list[str]) -> None:
    """Outer quotations are found, whatever stands within."""
    assert [text[slice(*quotation.inner)] for quotation in find_quotations(text)] == inner


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("“A title.”", "A title"),
        ("A title,", "A title"),
        ("more, etc.", "more, etc."),
        ("Soldiers...", "Soldiers…"),
        ("«Я»?", "«Я»?"),
        ("  two\n words ", "two words"),
        ("made in the U.S.", "made in the U.S."),
        ("“”", None),
    ],
)
def test_titles(printed: str, kept: str | None) -> None:
    """A title loses the marks around it and the stop at its end, and nothing else."""
    assert trimmed_title(printed) == kept


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two¹ goes on. Three.", "Two goes on."),
        ("One. Two.¹ Three.", "Two."),
        ("Een. De VS.¹ Nu", "De VS."),
        ("Dr. de Vries zei het (bijv. A. S. Jansen).¹ Nee.", "Dr. de Vries zei het (bijv. A. S. Jansen)."),
        ("Zij zei: “Nee!”¹ En ging.", "Zij zei: “Nee!”"),
        ("И вот. Это т. е. так¹, да. Нет.", "Это т. е. так, да."),
        ("Het kostte 3.5 miljoen.¹", "Het kostte 3.5 miljoen."),
        ("only this¹", "only this"),
    ],
)
def test_the_sentence_of_a_mark(text: str, sentence: str) -> None:
    """A mark belongs to the sentence around it, or before it where it follows the stop."""
    position = text.index("¹")
    text = text.replace("¹", "")
    assert text[slice(*sentence_bounds(text, position))] == sentence


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De ouders van ballingen lopen het risico dat zij worden vervolgd door de autoriteiten.", "nl"),
        ("The parents of those who left are at risk of being persecuted by the authorities.", "en"),
        ("Die Eltern derer, die das Land verlassen haben, werden von den Behörden verfolgt.", "de"),
        ("Les parents de ceux qui ont quitté le pays sont dans le viseur des autorités.", "fr"),
        ("Родители тех, кто уехал из страны, не могут быть спокойны: за ними следят.", "ru"),
        ("https://example.org 12", None),
        ("", None),
    ],
)
def test_language_of_a_text(text: str, language: str | None) -> None:
    """Small words tell the language; without them it is unknown."""
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("x (in het Russisch).", "ru"),
        ("x [in Russian]", "ru"),
        ("x (на русском языке).", "ru"),
        ("x (auf Deutsch).", "de"),
        ("x (en néerlandais)", "nl"),
        ("x, in het Oekraïens.", "uk"),
        ("in Russian roulette we", None),
    ],
)
def test_stated_languages(text: str, language: str | None) -> None:
    """A note says its source's language in its own."""
    stated = find_stated_language(text)
    assert (stated[2] if stated else None) == language
