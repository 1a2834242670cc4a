"""The facts of the open letter, from its PDF and from its Markdown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from citekeeper import importers
from citekeeper.model import Citation, Imported, Kind

LETTER = Path(__file__).parents[2].parent / "shared" / "letter"
pytestmark = [
    pytest.mark.letter,
    pytest.mark.skipif(not LETTER.is_dir(), reason="the open letter is not beside the checkout"),
]


@pytest.fixture(scope="module")
def pdf() -> Imported:
    return importers.read(LETTER / "open-letter.pdf", name="letter.pdf")


@pytest.fixture(scope="module")
def md() -> Imported:
    return importers.read(LETTER / "open-letter.md", name="letter.md")


def notes(imported: Imported) -> list[Citation]:
    return [citation for citation in imported.citations if citation.kind is Kind.CITATION]


@pytest.fixture(params=["pdf", "md"])
def letter(request: pytest.FixtureRequest) -> Imported:
    imported: Imported = request.getfixturevalue(request.param)
    return imported


def test_both_forms_give_the_same_six(letter: Imported) -> None:
    """Ids, labels, publishers, languages and dates of the six notes are the same from either form."""
    accessed = date(2022, 5, 2)
    assert [(c.id, c.label, c.publisher, c.language, c.published, c.accessed) for c in notes(letter)] == [
        ("fn1", "1", "aroged.com", None, date(2022, 2, 28), accessed),
        ("fn2", "2", "bloomberg.com", None, None, accessed),
        ("fn3", "3", "svoboda.org", "ru", date(2022, 4, 7), accessed),
        ("fn4", "4", "medusa.io", "ru", date(2022, 5, 3), date(2022, 5, 3)),
        ("fn5", "5", "svoboda.org", "ru", date(2022, 2, 23), accessed),
        ("fn6", "6", "Twitter", None, None, accessed),
    ]


def test_titles_are_the_same(pdf: Imported, md: Imported) -> None:
    """Titles are the same but for the quotation mark that the Markdown has lost."""
    assert [(c.title or "").removeprefix("«") for c in notes(pdf)] == [c.title for c in notes(md)]
    assert notes(pdf)[2].title == "«Я уехала, чтобы остаться человеком». Эмиграция или эвакуация?"
    assert notes(pdf)[0].title == (
        "The Ministry of Digital Development figured out how to keep IT specialists in Russia – "
        "preferential mortgages, deferment from the army, etc."
    )
    assert notes(pdf)[1].title == "Biden Seeks to Rob Putin of His Top Scientists With Visa Lure"
    assert notes(md)[5].title == "I have one message for Russian soldiers…"


def test_claims_are_the_dutch_sentences(letter: Imported) -> None:
    """The claim is the whole sentence of the Dutch text that carries the raised mark."""
    claims = [c.claim or "" for c in notes(letter)]
    assert claims[0].startswith(
        "De Russische regering neemt haastige maatregelen om hen te behouden, bijvoorbeeld door "
    )
    assert claims[0].endswith(
        " met korting te verstrekken en tijdelijke vrijstelling van militaire dienstplicht te beloven."
    )
    assert claims[1].startswith("Europa en Nederland zouden")
    assert claims[1].endswith("naar het voorbeeld van de VS.")
    assert claims[2] == "Een van de meest voorkomende is dat zij hun ouders moeten achterlaten."
    assert claims[3].startswith("Nu de mensen die Rusland verlaten vaak als 'verraders' en ")
    assert claims[3].endswith("onder druk gezet te worden door de autoriteiten.")
    assert claims[4] == "Een recent haastig wetsvoorstel maakt het moeilijker om dienstplicht te ontlopen."
    assert claims[5] == (
        "Zoals voorgesteld door de voorzitter van de Europese Raad, Charles Michel, zou Europa bescherming moeten "
        "bieden aan die jonge mannen die aan de dienstplicht ontsnappen."
    )


def test_document(letter: Imported) -> None:
    """The document has its first heading as title, and the language of the part with the notes."""
    assert letter.document.title == "Open brief aan de Ministers Hoekstra, Yeşilgöz-Zegerius en Bruins Slot"
    assert letter.document.language == "nl"
    assert letter.document.sha256 is not None
    assert len(letter.document.sha256) == 64


def test_translations_belong_to_their_citations(letter: Imported) -> None:
    """Google's translations are translations of 3, 4 and 5, with their own titles and dates."""
    translations = {c.id: c.translations for c in notes(letter) if c.translations}
    assert list(translations) == ["fn3", "fn4", "fn5"]
    assert all(len(items) == 1 for items in translations.values())
    third, fourth, fifth = (items[0] for items in translations.values())
    assert (third.language, third.by, third.accessed) == ("en", "Google", date(2022, 5, 2))
    assert third.title == "«I left to be human.» Emigration or evacuation?"
    assert fourth.accessed == date(2022, 5, 3)
    assert (fifth.title or "").startswith("The State Duma adopted in the second reading")


def test_pdf_urls(pdf: Imported) -> None:
    """The PDF's links are the sources', also the corrupt one, and the translations' as they are."""
    urls = [c.url for c in notes(pdf)]
    assert urls[1] == (
        "https://www.bloomberg.com/news/articles/2022-04-29/biden-seeks-to-rob-putin-of-his-top-scientists-with-visa-lures"
        "-to-rob-putin-of-his-top-scientists-with-visa-lure/ar-AAWKGz3"
    )
    assert (
        urls[2] == "https://www.svoboda.org/a/ya-uehala-chtoby-ostatsa-chelovekom-emigracia-ili-evacuacia/31787493.html"
    )
    assert urls[5] == "https://twitter.com/eucopresident/status/1511619372057608193"
    assert all("translate.goog" not in (url or "") for url in urls)
    assert [c.translations[0].url or "" for c in notes(pdf)[2:5]] == [
        f"{address}?_x_tr_sl=ru&_x_tr_tl=en&_x_tr_hl=en&_x_tr_pto=wapp"
        for address in (
            "https://www-svoboda-org.translate.goog/a/ya-uehala-chtoby-ostatsa-chelovekom-emigracia-ili-evacuacia/31787493.html",
            "https://meduza-io.translate.goog/news/2022/05/03/pravozaschitnyy-proekt-pervyy-otdel-fsb-priglashaet-na-besedy-"
            "rodstvennikov-rossiyan-kotorye-uehali-iz-strany",
            "https://www-svoboda-org.translate.goog/a/gosduma-prinyala-vo-vtorom-chtenii-zakonoproekt-o-yavke-v-voenkomat-bez-"
            "povestki/31718829.html",
        )
    ]
    assert [c.found_in[0].page for c in notes(pdf)] == [1, 1, 1, 1, 2, 2]


def test_markdown_lost_its_urls(md: Imported) -> None:
    """Where the link is lost the URL is None, and that is reported for each note."""
    assert [c.url for c in notes(md)] == [None] * 6
    assert [d.citation for d in md.defects if d.rule == "lost-link"] == [f"fn{n}" for n in range(1, 7)]
    assert [c.found_in[0].line for c in notes(md)] == [29, 31, 33, 35, 61, 63]


def test_links_outside_the_notes(pdf: Imported, md: Imported) -> None:
    """Links outside the notes are entries of kind link, once each, with both places; the Markdown lost the first."""
    expected = [
        "https://freerussia.nl/",
        "https://t.me/freerussia_nl_chat",
        "https://www.instagram.com/freerussia.nl/",
        "https://twitter.com/russia_nl",
        "https://t.me/FreeRussiaNL_important",
        "https://www.facebook.com/FreeRussiaNL",
    ]
    from_pdf = [c for c in pdf.citations if c.kind is Kind.LINK]
    assert [c.url for c in from_pdf] == expected
    assert [c.id for c in from_pdf] == [f"link-{n}" for n in range(1, 7)]
    assert all([place.page for place in c.found_in] == [2, 4] for c in from_pdf)
    assert [c.url for c in md.citations if c.kind is Kind.LINK] == expected[1:]


def test_pdf_defects(pdf: Imported) -> None:
    """The PDF's defects: a corrupt URL, a domain that is not the link's, two printed URLs that lost a letter."""
    assert [(d.rule, d.citation) for d in pdf.defects] == [
        ("corrupt-url", "fn2"),
        ("printed-domain-differs", "fn4"),
        ("printed-url-differs", "link-4"),
        ("printed-url-differs", "link-6"),
    ]
    assert "medusa.io" in pdf.defects[1].message
    assert "meduza.io" in pdf.defects[1].message


def test_markdown_has_no_other_defects(md: Imported) -> None:
    """A converter's backslashes in printed addresses are no defect of the document."""
    assert {d.rule for d in md.defects} == {"lost-link"}


def test_every_link_of_the_pdf() -> None:
    """All links of the PDF, those over several lines once."""
    urls = [c.url or "" for c in importers.links(LETTER / "open-letter.pdf")]
    assert len(urls) == 21
    assert sum("translate.goog" in url for url in urls) == 3
