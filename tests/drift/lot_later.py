"""Pages then and now: what happens to a source in the years after it was cited, and whether it still says the same."""

# ruff: noqa: E501 - texts are kept in one piece
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from evidence.lot_pages import FILLER, page

TITLES = {
    "en": "Who paid for the new chamber",
    "nl": "Wie betaalde de nieuwe raadzaal",
    "de": "Wer den neuen Saal bezahlt hat",
    "ru": "Кто заплатил за новый зал",
}
STORIES: dict[str, tuple[str, ...]] = {
    "en": (
        "The pumps of the northern dam were sold in the autumn for 318,000 dollars, according to letters that Mayor Daniel "
        "Hale wrote to a contractor in October 2021.",
        "Engineer Ruth Marsh warned the council on 7 June 2021 that the gates would not survive another wet winter. Her report "
        "counts 41 cracks in the northern gate and 12 in the southern one.",
        "“Nobody asked me a single question about the report,” Marsh said. “They thanked me and went to lunch.”",
        "The flood that followed in January killed 12 people in the lower village and destroyed 240 houses. The district court "
        "in Altmark will hear the case against the contractor in September.",
        "Hale denies that the money of the sale was used for the new council chamber. He accused Marsh of hiding a second report.",
        "A spokesman for the ministry said that inspections had increased since then, and that every gate in the valley would "
        "be examined once a year.",
    ),
    "nl": (
        "De pompen van de noordelijke dijk zijn in het najaar voor 318.000 euro verkocht, blijkt uit brieven die burgemeester "
        "Daniël Haas in oktober 2021 aan een aannemer schreef.",
        "Ingenieur Ruth Vermeer waarschuwde de raad op 7 juni 2021 dat de poorten een volgende natte winter niet zouden "
        "overleven. Haar rapport telt 41 scheuren in de noordelijke poort.",
        "„Niemand heeft mij een vraag over het rapport gesteld”, zei Vermeer. „Ze bedankten me en gingen lunchen.”",
        "De overstroming van januari kostte twaalf mensen het leven en verwoestte 240 huizen. De rechtbank in Altmark behandelt "
        "de zaak tegen de aannemer in september.",
        "Haas ontkent dat het geld van de verkoop is gebruikt voor de nieuwe raadzaal.",
    ),
    "de": (
        "Die Pumpen des nördlichen Deichs wurden im Herbst für 318.000 Euro verkauft, wie aus Briefen hervorgeht, die "
        "Bürgermeister Daniel Haas im Oktober 2021 an einen Bauunternehmer schrieb.",
        "Die Ingenieurin Ruth Marsch warnte den Rat am 7. Juni 2021, dass die Tore keinen weiteren nassen Winter überstehen "
        "würden. Ihr Bericht zählt 41 Risse im nördlichen Tor.",
        "„Niemand hat mir eine Frage zu dem Bericht gestellt“, sagte Marsch. „Sie dankten mir und gingen essen.“",
        "Die Flut im Januar kostete zwölf Menschen das Leben und zerstörte 240 Häuser. Das Gericht in Altmark verhandelt im "
        "September gegen den Unternehmer.",
        "Haas bestreitet, dass der Erlös für den neuen Saal verwendet wurde.",
    ),
    "ru": (
        "Насосы северной дамбы были проданы осенью за 318 тысяч рублей, следует из писем, которые мэр Даниил Орлов направил "
        "подрядчику в октябре 2021 года.",
        "Инженер Рита Маркова предупредила совет 7 июня 2021 года, что ворота не переживут ещё одну дождливую зиму. В её "
        "докладе описана 41 трещина в северных воротах.",
        "«Никто не задал мне ни одного вопроса о докладе, — рассказала Маркова. — Меня поблагодарили и ушли обедать».",
        "Во время январского паводка погибли двенадцать человек, разрушено 240 домов. Суд в Альтмарке рассмотрит дело "
        "подрядчика в сентябре.",
        "Орлов отрицает, что выручка от продажи пошла на новый зал совета.",
    ),
}
_OTHER = (
    "The festival of lanterns returns to the lake this weekend. More than ninety groups have announced that they will come, and "
    "the organisers expect the boats to leave the quay soon after sunset.",
    "Visitors are advised to leave the car at home. Shuttle buses run every quarter of an hour from the old station, and the "
    "ferry takes bicycles for free on both days.",
    "Food stalls line the promenade from the pavilion to the lighthouse, with grilled fish, dumplings and apple cake baked by "
    "the women of the rowing club, whose proceeds go to the new boathouse.",
)


@dataclass(frozen=True)
class Later:
    """A source when it was cited, and at a later look.

    Attributes:
        drifted: whether a person who compares both would say that it no longer says what was cited.
        quotes, numbers: what the citation relies on; without any, the whole text counts.
    """

    name: str
    then: str
    now: str
    drifted: bool
    language: str = "en"
    quotes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    said: str = ""


def written(language: str, own: Sequence[str] | None = None, *, title: str = "", raw: str = "", **more: object) -> str:
    """The page of the story, or of other paragraphs."""
    paragraphs = STORIES[language] if own is None else own
    fill = FILLER[language]
    body = "".join(f"<p>{text}</p>" for text in (*(escape(each, quote=False) for each in paragraphs), fill[1], fill[3]))
    return page(language, title or TITLES[language], raw + body, **more)  # type: ignore[arg-type]


def case(name: str, language: str, *swaps: tuple[str, str], drifted: bool, quotes: Sequence[str] = (),
         numbers: Sequence[str] = (), said: str = "", **more: object) -> Later:  # fmt: skip
    """The story, and later the same with words exchanged and in another dress."""
    text = "\n\n".join(STORIES[language])
    for old, new in swaps:
        assert old in text, (name, old)
        text = text.replace(old, new)
    now = written(language, [part for part in text.split("\n\n") if part], **more)
    return Later(name, written(language), now, drifted, language, tuple(quotes), tuple(numbers), said)


def _lines(text: str) -> str:
    return "".join(f"<p>{escape(each, quote=False)}</p>" for each in text.split("\n") if each)


_d = partial(case, drifted=True)
_s = partial(case, drifted=False)
_EN = STORIES["en"]
_TABLE = ("<table><tr><th>Year</th><th>Breaches</th><th>Houses lost</th></tr><tr><td>2019</td><td>3</td><td>118</td></tr>"
          "<tr><td>2020</td><td>5</td><td>207</td></tr><tr><td>2021</td><td>9</td><td>640</td></tr></table>")  # fmt: skip
_OFFICE = partial(written, "en", FILLER["en"][:2], kind="office")
_QUOTE = "Nobody asked me a single question about the report"

CASES: list[Later] = [
    # ── no longer the same ──
    _d("figure", "en", ("killed 12 people", "killed 14 people")),
    _d("figure-in-words", "nl", ("kostte twaalf mensen", "kostte veertien mensen")),
    _d("figure-in-words-russian", "ru", ("погибли двенадцать человек", "погибли двадцать человек")),
    _d("sum", "de", ("318.000 Euro", "31.800 Euro")),
    _d("magnitude", "ru", ("318 тысяч рублей", "318 млн рублей")),
    _d("name", "en", ("Mayor Daniel Hale", "Mayor Samuel Brandt"), ("Hale denies", "Brandt denies")),
    _d("date", "en", ("on 7 June 2021", "on 7 July 2021")),
    _d("year", "nl", ("7 juni 2021", "7 juni 2019")),
    _d("negation-gone", "de", ("keinen weiteren nassen Winter", "einen weiteren nassen Winter")),
    _d("negation-come", "en", ("would not survive another", "would survive another")),
    _d("negation-russian", "ru", ("ворота не переживут", "ворота переживут")),
    _d(
        "roles-swapped",
        "en",
        ("He accused Marsh of hiding a second report", "Marsh accused him of hiding a second report"),
    ),
    _d("injured-not-killed", "en", ("killed 12 people", "injured 12 people")),
    _d("rise-is-fall", "en", ("inspections had increased", "inspections had decreased")),
    _d("denies-admits", "nl", ("Haas ontkent dat", "Haas erkent dat")),
    _d(
        "quote-cut",
        "en",
        (
            "“Nobody asked me a single question about the report,” Marsh said. “They thanked me and went to "
            "lunch.”\n\n",
            "",
        ),
        quotes=[_QUOTE],
    ),
    _d("quote-softened", "en", (_QUOTE, "Hardly anybody asked me a question about the report"), quotes=[_QUOTE]),
    _d("quote-of-another", "en", ("Marsh said. “They", "Hale said. “They"), said="the words are in another's mouth"),
    Later(
        "quote-struck",
        written("en"),
        written("en")
        .replace("<p>“Nobody asked", "<p><del>“Nobody asked")
        .replace("went to lunch.”", "went to lunch.”</del>"),
        True,
        quotes=(_QUOTE,),
    ),
    _d("number-cited", "en", ("destroyed 240 houses", "destroyed 204 houses"), numbers=["240"]),
    Later(
        "withdrawn-with-notice",
        written("en"),
        written(
            "en",
            [*_EN[:1], *_EN[3:]],
            raw="<p class=note>Correction: an earlier version of this "
            f"article quoted Ruth Marsh as saying: “{_QUOTE}.” She did not say so.</p>",
        ),
        True,
        quotes=(_QUOTE,),
    ),
    Later(
        "retracted-text-gone",
        written("en"),
        written(
            "en",
            [
                "This article has been retracted by the editors, as the letters on which "
                "it relied proved to be forged. We apologise to all who were named in it."
            ],
        ),
        True,
    ),
    Later(
        "retracted-text-stands",
        written("en"),
        written(
            "en",
            raw="<div class=notice><strong>RETRACTED.</strong> The editors have retracted "
            "this article, as the letters on which it relies proved to be forged. It is kept here for the record.</div>",
        ),
        True,
        said="a reader of the letter must know",
    ),
    Later("other-article", written("en"), written("en", _OTHER, title="Festival of lanterns returns"), True),
    Later("other-text-same-title", written("en"), written("en", _OTHER), True),
    Later("first-lines-only", written("en"), page("en", TITLES["en"], f"<p>{_EN[0]}</p>"), True),
    Later("half-the-text", written("en"), written("en", [_EN[0], _EN[5]]), True),
    Later("table-figure", _OFFICE(raw=_TABLE), _OFFICE(raw=_TABLE.replace("640", "460")), True, numbers=("640",)),
    Later("table-figure-uncited", _OFFICE(raw=_TABLE), _OFFICE(raw=_TABLE.replace("<td>640", "<td>1,640")), True),
    Later(
        "list-page-moved-on",
        written("en", raw=_lines("Latest\nDam pumps sold, letters show\nMayor denies\nCourt date set")),
        written("en", _OTHER, raw=_lines("Latest\nLanterns on the lake\nBuses run late\nNew boathouse")),
        True,
    ),
    Later(
        "quote-only-in-comments",
        written("en"),
        written("en", [*_EN[:2], *_EN[3:]], comments=(f"It used to say “{_QUOTE}” here.",)),
        True,
        quotes=(_QUOTE,),
    ),
    _d("translated", "ru", *[(old, new) for old, new in zip(STORIES["ru"], STORIES["de"], strict=True)]),
    # ── still the same ──
    Later("redesign", written("en"), written("en", kind="blog"), False),
    Later("redesign-old", written("ru", kind="old"), written("ru", kind="news"), False, "ru"),
    Later(
        "related-comments",
        written("en"),
        written(
            "en",
            related=("Mayor charged over 900 houses", "Storm kills 31"),
            comments=("I never believed him", "Not true: 99 houses"),
        ),
        False,
    ),
    Later(
        "update-added",
        written("en"),
        written(
            "en", [*_EN, "Update: the court has since heard the first witnesses and will sit again after the summer."]
        ),
        False,
    ),
    _s(
        "typesetting",
        "nl",
        ("„Niemand", "“Niemand"),
        ("gesteld”", "gesteld“"),
        ("„Ze", "“Ze"),
        ("318.000 euro", "€\u00a0318.000"),
    ),
    _s("misprints", "en", ("according to letters", "acording to letters"), ("examined", "examned")),
    _s("grouping", "en", ("318,000 dollars", "$318 000")),
    _s("words-to-digits", "nl", ("twaalf mensen", "12 mensen")),
    _s("words-to-digits-russian", "ru", ("двенадцать человек", "12 человек"), ("318 тысяч", "318 000")),
    _s("yo", "ru", ("ещё одну", "еще одну"), ("её", "ее")),
    _s("date-form", "de", ("am 7. Juni 2021", "am 07.06.2021")),
    _s("date-form-english", "en", ("on 7 June 2021", "on June 7, 2021")),
    _s(
        "paragraphs-merged",
        "en",
        ("went to lunch.”\n\nThe flood", "went to lunch.” The flood"),
        ("report.\n\nA spokesman", "report. A spokesman"),
    ),
    _s("contraction", "en", ("would not survive", "wouldn’t survive")),
    _s("spelling-of-a-name", "ru", ("в Альтмарке", "в Альтмарке (Германия)")),
    Later(
        "old-notice", written("en"), written("en", raw="<p class=age>This article is more than 4 years old.</p>"), False
    ),
    Later(
        "correction-of-spelling",
        written("en"),
        written(
            "en",
            raw="<p><em>Correction: an earlier version of this article misspelled the name of the contractor.</em></p>",
        ),
        False,
    ),
    Later(
        "appeal-in-the-middle",
        written("de"),
        written(
            "de",
            [
                *STORIES["de"][:2],
                "Unterstützen Sie unabhängigen Journalismus: Mit 5 Euro im Monat helfen Sie uns, weiter zu berichten.",
                *STORIES["de"][2:],
            ],
        ),
        False,
        "de",
    ),
    Later(
        "quote-kept-rest-rewritten",
        written("en"),
        written("en", [_EN[2], *_OTHER[:1], _EN[3]]),
        False,
        quotes=(_QUOTE,),
    ),
    Later(
        "number-kept-in-words",
        written("en"),
        written("en", [each.replace("killed 12 people", "killed twelve people") for each in _EN]),
        False,
        numbers=("12",),
    ),
    Later(
        "captions-added",
        written("nl"),
        written(
            "nl",
            raw='<figure><img src="/d.jpg" alt=""><figcaption>De dijk in de herfst. Foto: A. Bakker'
            "</figcaption></figure>",
        ),
        False,
        "nl",
    ),
    Later(
        "author-box",
        written("en"),
        written(
            "en",
            aside="<aside class=author><h4>Anna Marsh</h4><p>Anna has written about water since 1998. She "
            "won 3 prizes.</p></aside>",
        ),
        False,
    ),
    Later(
        "dates-of-the-page",
        written("en", raw="<p class=date>Published 3 days ago · 214 views</p>"),
        written("en", raw="<p class=date>Published 4 years ago · 88,412 views · Updated 3 March 2025</p>"),
        False,
    ),
    Later("headline", written("en"), written("en", title="Letters show how the dam lost its pumps"), False),
    Later(
        "charset",
        written("ru"),
        written("ru").replace("—", "–").replace("«", "&laquo;").replace("»", "&raquo;"),
        False,
        "ru",
    ),
    Later(
        "cookie-text",
        written("de"),
        written("de").replace(
            "<body>",
            "<body><div class='cookie-banner' role='dialog'><p>Wir und unsere 842 "
            "Partner speichern Daten. Sie können nicht ablehnen, ohne die Einstellungen zu öffnen.</p></div>",
        ),
        False,
        "de",
    ),
    Later(
        "table-grown",
        _OFFICE(raw=_TABLE),
        _OFFICE(raw=_TABLE.replace("</table>", "<tr><td>2022</td><td>2</td><td>75</td></tr></table>")),
        False,
        numbers=("640",),
    ),
    Later(
        "notes-added",
        written("en"),
        written("en")
        .replace("October 2021.", 'October 2021.<sup><a href="#n1">[1]</a></sup>')
        .replace("winter.", 'winter.<sup><a href="#n2">[2]</a></sup>'),
        False,
    ),
    Later(
        "translated-furniture",
        written("en"),
        written("en")
        .replace("All rights reserved", "Tous droits réservés")
        .replace("Sign in", "Se connecter")
        .replace("Read more", "À lire aussi"),
        False,
    ),
]
