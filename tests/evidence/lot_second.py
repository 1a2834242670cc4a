"""A second lot, written after the first was learnt from, and run once before anything was changed for it."""

# ruff: noqa: E501 - texts are kept in one piece
from __future__ import annotations

from functools import partial

from .lot_case import TITLE, Case, number, quote, whole
from .lot_pages import column, make_pdf, shell, state, wrapped

_q = partial(quote, found=True)
_n = partial(number, found=True)
_no = partial(quote, found=False)
_nn = partial(number, found=False)
_QUIET = "A sober paragraph about the weather, which had been mild for the season and pleased the farmers."

CASES: list[Case] = [
    _q(
        "s-reporting-clause",
        "en",
        "We waited for the boats […] and nobody came",
        "“We waited for the boats,” she said, wiping her hands, “and nobody came.”",
    ),
    _q(
        "s-reporting-clause-unmarked",
        "en",
        "We waited for the boats all night and nobody came before the morning",
        "“We waited for the boats all night,” she said, “and nobody came before the morning.”",
        said="a quote joined over “she said”, as most readers would accept",
    ),
    _q(
        "s-russian-clause",
        "ru",
        "Никто не задал мне вопроса [...] Меня поблагодарили и ушли обедать",
        "«Никто не задал мне вопроса, — рассказала она. — Меня поблагодарили и ушли обедать».",
    ),
    _q(
        "s-bracket-name",
        "ru",
        "[Орлов] знал о трещинах и ничего не сделал",
        "По её словам, он знал о трещинах и ничего не сделал.",
    ),
    _q(
        "s-bracket-two",
        "en",
        "[She] told the council that [the gates] would fail within a year",
        "Marsh told the council that they would fail within a year.",
    ),
    _q(
        "s-abbreviation",
        "en",
        "Mr Hale met Dr Marsh on the dam in the rain",
        "Mr. Hale met Dr. Marsh on the dam in the rain.",
    ),
    _q(
        "s-dialog-dashes",
        "ru",
        "Мы ждали лодки всю ночь, но никто не пришёл",
        "— Мы ждали лодки всю ночь, но никто не пришёл, — говорит она.",
    ),
    _q(
        "s-infobox",
        "en",
        "Reservoir capacity: forty million cubic metres",
        '<table class="infobox"><tr><th>Reservoir capacity</th><td>forty million cubic metres</td></tr></table>',
        kind="office",
    ),
    _q(
        "s-tabs",
        "nl",
        "het advies werd nooit aan de raad gestuurd",
        '<div role="tabpanel" id="t2" style="display: none"><p>Het advies werd nooit aan de raad gestuurd.</p></div>',
    ),
    _q(
        "s-slider-caption",
        "de",
        "Das Pumpenhaus nach der Flut, aufgenommen vom Deich aus",
        '<div class="gallery"><figure><img src="a.jpg"><figcaption>Das Pumpenhaus nach der Flut, aufgenommen vom Deich aus</figcaption></figure></div>',
    ),
    _q(
        "s-author-note",
        "en",
        "The author advised the contractor until the spring of last year",
        '<p class="disclosure"><small>The author advised the contractor until the spring of last year.</small></p>',
    ),
    _q(
        "s-blockquote-cite",
        "fr",
        "personne ne nous a écoutés, et maintenant il est trop tard",
        "<blockquote><p>« Personne ne nous a écoutés,<br>et maintenant il est trop tard. »</p><footer>— Une habitante</footer></blockquote>",
    ),
    _q(
        "s-footnote-text",
        "en",
        "The minutes of that meeting were destroyed in the fire of the archive",
        '<div class="footnotes"><ol><li id="n1">The minutes of that meeting were destroyed in the fire of the archive. <a href="#r1">↩</a></li></ol></div>',
    ),
    _q(
        "s-ordered-cut",
        "en",
        "three gates… were closed… by hand",
        "That night three gates on the river were closed one after another by hand.",
    ),
    _q(
        "s-ocr",
        "en",
        "the modern machinery was installed in the following year",
        "The modem machinery was installed in the following year.",
        said="a scanned page's rn; a person reads over it",
    ),
    _q("s-uppercase-sharp-s", "de", "Straße und Fluss trennen das Dorf", "STRASSE UND FLUSS TRENNEN DAS DORF"),
    whole(
        "s-nuxt",
        "en",
        "The keys were handed to nobody before the flood came",
        shell(
            "en",
            TITLE["en"],
            tail=state("en", TITLE["en"], "The keys were handed to nobody before the flood came.", "blocks"),
        ),
        found=True,
    ),
    whole(
        "s-pdf-footnote",
        "en",
        "the gates were sold to a firm in the capital",
        make_pdf(
            [
                column(
                    [*wrapped(_QUIET), "In the end the gates were sold to a", "firm in the capital.2 Nobody asked why."]
                )
            ]
        ),
        found=True,
        media_type="application/pdf",
    ),
    _n("s-number-dozen-words", "nl", "24", "Er kwamen vierentwintig boten."),
    _n("s-number-hundred", "de", "250", "Zweihundertfünfzig Häuser wurden zerstört."),
    _n("s-number-thousand-words", "en", "3,500", "Three and a half thousand people left."),
    _n("s-number-fraction", "en", "two thirds", "Two-thirds of the gates were shut."),
    _n("s-number-mixed-units", "nl", "12 hectare", "Het terrein is 12 ha groot."),
    _n("s-number-k", "en", "45,000", "It drew 45k signatures."),
    _n("s-date-french", "fr", "1er juin 2021", "Signé le 1er juin 2021 à la mairie."),
    _n("s-date-ukrainian", "uk", "24.02.2022", "Підписано 24 лютого 2022 року."),
    _nn("s-percent-points", "en", "3.5%", "Support rose by 3.5 percentage points.", said="points are no share"),
    # ── not there ──
    _no(
        "s-unless-if",
        "en",
        "the gates will be opened if the council agrees in time",
        "The gates will be opened unless the council agrees in time.",
    ),
    _no(
        "s-only", "en", "only the engineers knew of the second report", "Even the engineers knew of the second report."
    ),
    _no(
        "s-from-to",
        "en",
        "the pumps were moved from the dam to the village",
        "The pumps were moved to the dam from the village.",
    ),
    _no(
        "s-question",
        "en",
        "the mayor knew of the cracks before the vote",
        "“The mayor knew of the cracks before the vote?” she asked herself.",
        said="asked and not said",
    ),
    _no(
        "s-bracket-contrary",
        "en",
        "they [never] warned the people of the lower village",
        "They warned the people of the lower village.",
    ),
    _no(
        "s-cut-two-speakers",
        "nl",
        "ik heb het rapport gelezen […] en niets gedaan",
        "„Ik heb het rapport gelezen”, zegt Vermeer. Haas heeft volgens haar het geld geteld en veel gedaan.",
    ),
    _no(
        "s-recommended-card",
        "de",
        "Der Bürgermeister hat die Briefe selbst vernichtet",
        _QUIET,
        aside='<section class="recommendations"><article><h3><a href="/x">Der Bürgermeister hat die Briefe selbst vernichtet</a></h3><p>Der Bürgermeister hat die Briefe selbst vernichtet, sagt ein Zeuge.</p></article></section>',
    ),
    _no(
        "s-newsletter",
        "en",
        "every Friday the best stories of the valley in your mailbox",
        _QUIET,
        aside='<div class="newsletter-signup"><p>Every Friday the best stories of the valley in your mailbox.</p></div>',
    ),
    _no(
        "s-update-struck",
        "ru",
        "погибли сорок человек, сообщил губернатор",
        "<s>Погибли сорок человек, сообщил губернатор.</s>",
        "Погибли четырнадцать человек.",
    ),
    _no(
        "s-earlier-quote",
        "en",
        "he had sold the pumps to his brother",
        "Editor’s note: This story previously stated that he had sold the pumps to his brother. He sold them to a cousin.",
    ),
    _no(
        "s-tense",
        "en",
        "the ministry has published the maps of the valley",
        "The ministry will publish the maps of the valley.",
    ),
    _no(
        "s-possessive",
        "en",
        "it was her brother who signed the order that night",
        "It was his brother who signed the order that night.",
    ),
    _no(
        "s-russian-case",
        "ru",
        "Орлова обвинила Маркова в подделке подписи",
        "Орлову обвинил Марков в подделке подписи.",
    ),
    _no(
        "s-plural-name", "fr", "les maires ont signé la lettre le même soir", "Le maire a signé la lettre le même soir."
    ),
    _nn("s-nn-score", "en", "47", "The home side won 47:12 that evening."),
    _nn("s-nn-model", "en", "47", "A rifle of the type AK-47 was found."),
    _nn("s-nn-hash", "en", "4711", "Ticket #4711 was closed by the office."),
    _nn("s-nn-weeks-days", "en", "12 weeks", "The trial lasted 12 days."),
    _nn("s-nn-tonnes", "nl", "12 ton", "Er lag 12 kilo in de kast."),
    _nn("s-nn-dollars-words", "en", "900 euros", "They were promised 900 dollars."),
    _nn("s-nn-half", "en", "47", "It took 47½ hours."),
    _nn("s-nn-page", "en", "147", "See p. 147 of the report."),
    _nn("s-nn-footer", "en", "2019", _QUIET, aside="<footer><p>© 2003–2019 Valley Post</p></footer>"),
]
