"""Sources that do not say what was cited, though they look so: a word or figure changed, or the words in another's mouth."""

# ruff: noqa: E501 - texts are kept in one piece
from __future__ import annotations

from functools import partial

from .lot_case import TITLE, Case, number, quote, whole
from .lot_pages import column, linked_data, make_pdf, page, story, wrapped

_q = partial(quote, found=False)
_n = partial(number, found=False)
_w = partial(whole, found=False)
_SOLD = "The pumps were sold in the autumn to pay for the new council chamber"
_LATER = "A sober paragraph about the weather, which had been mild for the season and pleased the farmers."


def _other_column() -> bytes:
    """Two columns whose neighbouring lines, read across, would make the sentence."""
    left = [
        *wrapped("The mayor never said that in public, and those who were there agree on it.", 40),
        "The chamber was paid for by",
        "a loan.",
    ]
    right = [
        *wrapped("Nothing of this is written down anywhere in the records.", 40),
        "selling the pumps was refused by",
        "the council.",
    ]
    return make_pdf([[*column(left), *column(right, x=330)]])


CASES: list[Case] = [
    # ── one word, another meaning ──
    _q(
        "figure",
        "en",
        "killed 12 people and left hundreds without a roof",
        "The wave killed 21 people and left hundreds without a roof.",
    ),
    _q(
        "figure-word",
        "ru",
        "погибли двенадцать человек, ещё сорок ранены",
        "Погибли двадцать человек, ещё сорок ранены.",
    ),
    _q(
        "figure-grown",
        "en",
        "the inquiry heard 140 witnesses over two years",
        "The inquiry heard 1,140 witnesses over two years.",
    ),
    _q(
        "magnitude",
        "nl",
        "de zaal kostte 3,5 miljoen euro aan belastinggeld",
        "De zaal kostte 3,5 miljard euro aan belastinggeld.",
    ),
    _q(
        "currency",
        "en",
        "they were promised 900 dollars for each lost cow",
        "They were promised 900 roubles for each lost cow.",
    ),
    _q("year", "de", "Die Tore wurden 1987 zum letzten Mal überholt", "Die Tore wurden 1978 zum letzten Mal überholt."),
    _q(
        "month",
        "fr",
        "les vannes ont été fermées le 7 juin au matin",
        "Les vannes ont été fermées le 7 juillet au matin.",
    ),
    _q(
        "weekday",
        "en",
        "the siren was heard on Tuesday evening for an hour",
        "The siren was heard on Thursday evening for an hour.",
    ),
    _q(
        "name",
        "en",
        "Minister Hale signed the order on the same evening",
        "Minister Hall signed the order on the same evening.",
    ),
    _q("first-name", "ru", "приказ подписал Сергей Морозов ещё вечером", "Приказ подписал Андрей Морозов ещё вечером."),
    _q(
        "country",
        "en",
        "the pumps had been delivered from Austria in the spring",
        "The pumps had been delivered from Australia in the spring.",
    ),
    _q(
        "country-near",
        "en",
        "Slovakia refused to open its sluices that week",
        "Slovenia refused to open its sluices that week.",
    ),
    _q("place", "nl", "de noordelijke poort bleef die nacht gesloten", "De zuidelijke poort bleef die nacht gesloten."),
    _q(
        "not-gone",
        "en",
        "The engineers did not warn the mayor before the storm",
        "The engineers did warn the mayor before the storm.",
    ),
    _q(
        "not-come",
        "en",
        "the gates could be opened by hand in an emergency",
        "The gates could not be opened by hand in an emergency.",
    ),
    _q(
        "nt-come",
        "en",
        "the council was told of the cracks before the vote",
        "The council wasn’t told of the cracks before the vote.",
    ),
    _q(
        "never-come",
        "en",
        "the crew had been trained to close the gates at night",
        "The crew had never been trained to close the gates at night.",
    ),
    _q(
        "ne-gone",
        "ru",
        "власти не знали о трещинах до самого начала паводка",
        "Власти знали о трещинах до самого начала паводка.",
    ),
    _q(
        "ne-come",
        "ru",
        "жителей предупредили о сбросе воды за два часа",
        "Жителей не предупредили о сбросе воды за два часа.",
    ),
    _q(
        "ne-ukrainian",
        "uk",
        "мешканців попередили про скидання води заздалегідь",
        "Мешканців не попередили про скидання води заздалегідь.",
    ),
    _q(
        "geen",
        "nl",
        "de wethouder had een bezwaar tegen de verkoop van de pompen",
        "De wethouder had geen bezwaar tegen de verkoop van de pompen.",
    ),
    _q(
        "niet",
        "nl",
        "de dijk is na de storm niet geïnspecteerd door het waterschap",
        "De dijk is na de storm geïnspecteerd door het waterschap.",
    ),
    _q(
        "kein",
        "de",
        "Der Gutachter sah einen Grund für die sofortige Schließung",
        "Der Gutachter sah keinen Grund für die sofortige Schließung.",
    ),
    _q(
        "nicht",
        "de",
        "Die Warnung wurde an die Gemeinden weitergegeben",
        "Die Warnung wurde nicht an die Gemeinden weitergegeben.",
    ),
    _q(
        "ne-pas",
        "fr",
        "le maire savait que la digue était fissurée",
        "Le maire ne savait pas que la digue était fissurée.",
    ),
    _q(
        "aucun",
        "fr",
        "la commission a trouvé une preuve de négligence",
        "La commission n’a trouvé aucune preuve de négligence.",
    ),
    _q(
        "without",
        "en",
        "the wall was built with a permit from the district",
        "The wall was built without a permit from the district.",
    ),
    _q(
        "illegal",
        "en",
        "the court found the sale of the pumps legal in every respect",
        "The court found the sale of the pumps illegal in every respect.",
    ),
    _q(
        "unable",
        "en",
        "the crew was able to reach the lower gate in time",
        "The crew was unable to reach the lower gate in time.",
    ),
    _q(
        "innocent",
        "ru",
        "суд признал бывшего директора виновным в халатности",
        "Суд признал бывшего директора невиновным в халатности.",
    ),
    _q(
        "more-less",
        "en",
        "more than half of the gates had been inspected that year",
        "Less than half of the gates had been inspected that year.",
    ),
    _q(
        "before-after",
        "en",
        "the alarm was raised before the water reached the school",
        "The alarm was raised after the water reached the school.",
    ),
    _q(
        "rose-fell",
        "de",
        "Der Pegel ist in der Nacht um einen Meter gestiegen",
        "Der Pegel ist in der Nacht um einen Meter gefallen.",
    ),
    _q(
        "all-some",
        "en",
        "all of the witnesses confirmed the account of the crew",
        "Some of the witnesses confirmed the account of the crew.",
    ),
    _q(
        "may-will",
        "en",
        "the northern gate will collapse if the winter is wet",
        "The northern gate may collapse if the winter is wet.",
    ),
    _q(
        "now-not",
        "en",
        "the ministry is now willing to publish the maps",
        "The ministry is not willing to publish the maps.",
    ),
    _q(
        "prosecute",
        "en",
        "officials began to prosecute those who had spoken to the press",
        "Officials began to persecute those who had spoken to the press.",
    ),
    _q(
        "dead-deaf",
        "en",
        "two of the men in the cabin were dead when the boat came",
        "Two of the men in the cabin were deaf when the boat came.",
    ),
    _q(
        "he-she",
        "nl",
        "hij gaf toe dat de pompen waren verkocht om de zaal te betalen",
        "Zij gaf toe dat de pompen waren verkocht om de zaal te betalen.",
    ),
    _q(
        "we-they",
        "ru",
        "мы получили приказ открыть шлюзы без предупреждения",
        "Они получили приказ открыть шлюзы без предупреждения.",
    ),
    _q("subject-object", "en", "Hale accused Marsh of hiding the warning", "Marsh accused Hale of hiding the warning."),
    _q(
        "subject-object-russian",
        "ru",
        "Морозов обвинил Лаптева в сокрытии доклада",
        "Лаптев обвинил Морозова в сокрытии доклада.",
    ),
    _q(
        "subject-object-german",
        "de",
        "Der Bürgermeister hat den Ingenieur belogen",
        "Den Bürgermeister hat der Ingenieur belogen.",
    ),
    _q("attribution", "en", '"The gates are safe," said engineer Marsh', "“The gates are safe,” said Mayor Hale."),
    _q(
        "verb",
        "en",
        "the guards shot at the workers who had left the site",
        "The guards shouted at the workers who had left the site.",
    ),
    # ── parts ──
    _q(
        "half-gone",
        "en",
        "5 boats and two helicopters were sent, but none of them reached the lower village before dawn",
        "5 boats and two helicopters were sent.",
    ),
    _q(
        "similar-sentence",
        "en",
        "the council knew of the cracks and did nothing for years",
        "The council had heard of some cracks, but it was years before anything was done.",
    ),
    _q(
        "similar-words",
        "ru",
        "на плотине произошёл взрыв, причины которого неизвестны",
        "На плотине произошёл оползень, последствия которого неизвестны.",
    ),
    _q(
        "cut-reversed",
        "en",
        "Nobody came before the morning […] We waited for the boats",
        "“We waited for the boats. Nobody came before the morning.”",
    ),
    _q(
        "cut-hides-not",
        "en",
        "the militia did […] fire at the boats",
        "He insists that the militia did not fire at the boats.",
        said="the cut takes out the one word",
    ),
    _q(
        "cut-hides-never", "de", "Der Minister hat die Weisung […] erteilt", "Der Minister hat die Weisung nie erteilt."
    ),
    _q(
        "inserted-not",
        "en",
        "we will [not] open the archive to the public",
        "“We will open the archive to the public.”",
    ),
    _q(
        "cut-over-teaser",
        "en",
        "the pumps were sold in the autumn […] storks have come back to the polder again",
        "The pumps were sold in the autumn.",
        related=("Storks have come back to the polder again",),
    ),
    _q(
        "words-scattered",
        "nl",
        "de burgemeester wist van de scheuren",
        "De burgemeester zweeg. Van de scheuren wist alleen de sluiswachter.",
    ),
    # ── elsewhere on the page ──
    _q(
        "teaser",
        "en",
        "Minister lied to parliament about the pumps, leaked letters show",
        _LATER,
        related=("Minister lied to parliament about the pumps, leaked letters show",),
        said="another article's headline",
    ),
    _q(
        "teaser-summary",
        "en",
        "the guard admitted that he had been asleep since midnight",
        _LATER,
        aside='<aside class="related-articles"><h2>More on this story</h2><div class="card"><a href="/a/7"><h3>The guard</h3><p>The '
        "guard admitted that he had been asleep since midnight.</p></a></div></aside>",
    ),
    _q(
        "widget-most-read",
        "ru",
        "директор завода тайно вывез архив за границу",
        "Короткий текст о погоде.",
        aside='<div class="most-read"><h3>Самое читаемое</h3><ol><li><a href="/n/1">Директор завода тайно вывез архив за '
        "границу</a></li></ol></div>",
    ),
    _q(
        "reader-comment",
        "en",
        "the mayor took the money himself and everyone on the quay knows it",
        _LATER,
        comments=("the mayor took the money himself and everyone on the quay knows it", "Nonsense."),
        said="a reader says so, and the cited address is the article's",
    ),
    _q(
        "advertisement",
        "nl",
        "met deze pomp blijft uw kelder deze winter gegarandeerd droog",
        "Kort bericht.",
        aside='<div class="ad advertisement"><span>Advertentie</span><p>Met deze pomp blijft uw kelder deze winter gegarandeerd '
        "droog!</p></div>",
    ),
    _q("script-string", "en", _SOLD, _LATER, head=f'<script>var promo={{headline:"{_SOLD}",url:"/a/8"}};</script>'),
    _q("html-comment", "en", _SOLD, _LATER, head=f"<!-- {_SOLD} -->"),
    _q("template", "en", _SOLD, f'<p>{_LATER}</p><template id="tip"><p>{_SOLD}.</p></template>'),
    _q("hidden-input", "en", _SOLD, f'<p>{_LATER}</p><input type="hidden" name="t" value="{_SOLD}">'),
    _q("data-attribute", "en", _SOLD, f'<p data-share="{_SOLD}">{_LATER}</p>'),
    _q(
        "svg-title",
        "en",
        _SOLD,
        f"<p>{_LATER}</p><svg><title>{_SOLD}</title><path d='M0 0'/></svg>",
        said="an icon's label of another story",
    ),
    _q(
        "hidden-old-version", "en", _SOLD, f'<p>{_LATER}</p><div hidden class="previous-revision"><p>{_SOLD}.</p></div>'
    ),
    _q("struck-out", "en", _SOLD, f"<p><del>{_SOLD}.</del> {_LATER}</p>", said="struck out: taken back"),
    _q(
        "struck-s",
        "nl",
        "de wethouder heeft de pompen aan zijn broer verkocht",
        "<s>De wethouder heeft de pompen aan zijn broer verkocht.</s> Dat bleek onjuist; de koper was een aannemer.",
    ),
    _q(
        "stale-description",
        "en",
        "the flood killed 12 people in the lower village",
        "The flood killed 14 people in the lower village.",
        description="The flood killed 12 people in the lower village.",
        said="only search engines are still told so",
    ),
    _w(
        "search-echo",
        "en",
        _SOLD,
        page(
            "en",
            "Search",
            f"<p>You searched for: “{_SOLD}”</p><p>No results were found. Try other words.</p>",
            kind="office",
        ),
    ),
    _w(
        "url-slug",
        "en",
        "pumps were sold to pay for the council chamber",
        page(
            "en",
            TITLE["en"],
            story("en", f'{_LATER} <a href="/2022/pumps-were-sold-to-pay-for-the-council-chamber">Link</a>'),
        ),
    ),
    _w(
        "json-ld-of-another",
        "en",
        _SOLD,
        page("en", TITLE["en"], story("en", _LATER), head=linked_data("en", "The pumps", f"{_SOLD}.")).replace(
            '"NewsArticle"', '"NewsArticle","url":"https://other.example/a/8"'
        ),
        said="the linked data are another article's, as its address and headline say",
    ),
    # ── taken back ──
    _q(
        "correction-english",
        "en",
        "the bridge had been closed for ten years",
        _LATER,
        "<p class='correction'><em>Correction: An earlier "
        "version of this article said that the bridge had been closed for ten years. It was closed for ten weeks.</em></p>",
    ),
    _q(
        "correction-dutch",
        "nl",
        "de brug was tien jaar gesloten geweest",
        "<p><i>In een eerdere versie van dit artikel stond dat de brug was tien jaar "
        "gesloten geweest. Dat is onjuist.</i></p>",
    ),
    _q(
        "correction-german",
        "de",
        "die Brücke zehn Jahre lang gesperrt gewesen sei",
        "<p><i>Anm. d. Red.: In einer früheren Version dieses Artikels hieß es, dass "
        "die Brücke zehn Jahre lang gesperrt gewesen sei. Das war falsch.</i></p>",
    ),
    _q(
        "correction-french",
        "fr",
        "le pont était fermé depuis dix ans",
        "<p><i>Une version antérieure de cet article indiquait que le pont était fermé depuis "
        "dix ans. C’est inexact.</i></p>",
    ),
    _q(
        "correction-russian",
        "ru",
        "мост был закрыт для движения десять лет",
        "<p><i>В предыдущей версии этого текста говорилось, что мост был закрыт для движения "
        "десять лет. Это ошибка.</i></p>",
    ),
    # ── another language, another file ──
    _q(
        "translation",
        "en",
        "The authorities knew about the cracks and did nothing",
        "Власти знали о трещинах и ничего не сделали.",
    ),
    _q(
        "translation-near",
        "nl",
        "De minister was in oktober in het parlement",
        "Der Minister war im Oktober im Parlament.",
    ),
    _w(
        "pdf-figure",
        "en",
        "the fund paid 4,318 families for the loss of their houses",
        make_pdf([column(["The fund paid 4,381 families for", "the loss of their houses.", *wrapped(_LATER)])]),
        media_type="application/pdf",
    ),
    _w(
        "pdf-across-columns",
        "en",
        "The chamber was paid for by selling the pumps",
        _other_column(),
        media_type="application/pdf",
    ),
    # ── numbers ──
    _n("within-year", "en", "47", "The wall was begun in 1947 and finished in 1953."),
    _n("within-grouped", "en", "347", "The fund received 12,347 letters."),
    _n("begins-grouped", "en", "200", "The fund received 200,000 letters."),
    _n("within-decimal", "de", "1,5", "Das Wasser stieg um 11,5 Meter."),
    _n("longer-decimal", "en", "3.4", "The level rose by 3.47 metres."),
    _n("phone", "en", "555", "Call the desk on +31 20 555 01 88 for the report."),
    _n("identifier", "en", "8841", "The file is kept under number A-8841-C/2 in the archive."),
    _n("isbn", "en", "978", "The report appeared as ISBN 978-90-1234-567-8."),
    _n("clock", "en", "47", "The alarm was raised at 14:47 by a passer-by."),
    _n("date-only", "en", "23", "The mayor signed on 23 May 2022.", said="the day of a date is not the figure"),
    _n("note-mark", "en", "47", 'The gate was shut.<sup><a href="#n47">[47]</a></sup>'),
    _n("comment-count", "en", "347", _LATER, aside='<a class="comment-count" href="#comments">347 comments</a>'),
    _n("version", "en", "4.2", "The maps were made with version 4.2.11 of the software."),
    _n("million-billion", "en", "5 million", "The wall cost 5 billion."),
    _n("million-thousand", "ru", "5 млн", "Стена обошлась в 5 тысяч рублей."),
    _n("tenfold", "en", "4,318,000", "The gates cost 43,180,000."),
    _n("digit-swapped", "en", "4,318", "The fund paid 4,381 families."),
    _n("percent-other", "en", "47%", "Support fell to 4.7% in the villages."),
    _n("percent-none", "en", "47%", "There were 47 villages in the valley.", said="a share is not a count"),
    _n("unit-other", "en", "47 km", "The wall runs for 47 miles along the border."),
    _n("currency-other", "en", "€ 900", "They were promised $900 for each cow."),
    _n("date-other-year", "en", "7 April 2022", "It was signed on 7 April 2021 in the town hall."),
    _n("date-other-month", "ru", "7 апреля 2022", "Договор подписали 7 августа 2022 года."),
    _n("sign", "en", "-5.2", "The mean was 5.2 degrees that night."),
    _n("word-other", "ru", "34", "Погибли тридцать три человека."),
    _n("in-script", "en", "88412", _LATER, head="<script>var views=88412;</script>"),
    _n("in-style", "en", "8812", _LATER, head="<style>.a8812{width:8812px}</style>"),
    _n("struck", "en", "47", "<p>The flood took <del>47</del> <ins>41</ins> houses.</p>"),
    _n("teaser-number", "en", "347", _LATER, related=("Storm sinks 347 boats in the southern harbour",)),
    _n(
        "correction-number",
        "en",
        "347",
        "The flood took 341 houses.",
        "<p class='correction'>Correction: an earlier version of this article gave the number of houses as 347.</p>",
    ),
    _n("half-range", "en", "40-47", "Between 40 and 74 houses were lost."),
    _n("address", "en", "147", "The office is at Quay Street 147, second floor."),
]
