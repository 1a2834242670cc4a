"""Sources that do say what was cited, in another dress: as real pages are set, and as people quote."""

# ruff: noqa: E501 - texts are kept in one piece
from __future__ import annotations

import unicodedata
from functools import partial

from .lot_case import TITLE, Case, number, quote, whole
from .lot_pages import FILLER, column, linked_data, make_pdf, page, shell, state, story, wrapped

_q = partial(quote, found=True)
_n = partial(number, found=True)
_w = partial(whole, found=True)
_ORDERS = "We had no orders, and we knew that nobody would come to relieve us before the spring."


def _cyrillic(encoding: str) -> bytes:
    body = story("ru", "Губернатор признал, что «деньги на ремонт плотины исчезли ещё весной», и ушёл.")
    return page("ru", TITLE["ru"], body, kind="old", label=False).encode(encoding, "replace")


def _pdf_story(*middle: str) -> bytes:
    """A report of one column whose key lines are given as they are broken."""
    lines = [*wrapped(FILLER["en"][0]), "", *wrapped(FILLER["en"][1]), "", *middle, "", *wrapped(FILLER["en"][2])]
    return make_pdf([column(["Life behind the dam", "", *lines])])


def _pdf_columns() -> bytes:
    left = [*wrapped(FILLER["en"][0], 44), "The inspectors wrote that the northern",
            "gate had been painted rather than", "repaired, and that the money meant for"]  # fmt: skip
    right = ["its hinges had been spent on a reception", "for the opening of the season.",
             *wrapped(FILLER["en"][3], 44)]  # fmt: skip
    return make_pdf([[(72.0, 740.0, 16.0, "Life behind the dam"), *column(left), *column(right, x=320)]])


def _pdf_running() -> bytes:
    first = [*wrapped(FILLER["en"][0] + " " + FILLER["en"][1]), "The commission finds that the warnings of",
             "the engineers were read by three ministers and"]  # fmt: skip
    second = [
        "answered by none of them, for reasons that no",
        "witness was able to explain.",
        *wrapped(FILLER["en"][3]),
    ]
    head = (72.0, 760.0, 8.0, "Report of the Commission on the Northern Dam")
    return make_pdf([
        [head, *column(first), (300.0, 40.0, 8.0, "41")],
        [head, *column(second), (300.0, 40.0, 8.0, "42")],
    ])  # fmt: skip


def _frameset() -> tuple[str, dict[str, str]]:
    top = ('<html><head><title>Life behind the dam</title></head><frameset cols="160,*"><frame src="menu.htm" name="m">'
           '<frame src="text.htm" name="t"></frameset></html>')  # fmt: skip
    text = f"<html><body>{story('en', _ORDERS)}</body></html>"
    return top, {
        "menu.htm": "<html><body><a href=a.htm>Home</a><br><a href=b.htm>Links</a></body></html>",
        "text.htm": text,
    }


_MAIL = (
    "From: Anna Marsh <anna@example.org>\nSubject: Life behind the dam\n\n"
    + "\n".join(f"> {line}" for line in wrapped(FILLER["en"][0], 60))
    + "\n>\n> The pumps were sold in\n> the autumn to pay for the\n> new council chamber.\n>\n"
    + "\n".join(wrapped(FILLER["en"][2], 60))
)
_TRANSCRIPT = "<p>00:01:10 Good evening.</p><p>00:01:14 We were told the pumps would hold</p>" \
    "<p>00:01:18 through the winter and the people</p><p>00:01:21 downstream would be warned in time.</p>"  # fmt: skip

CASES: list[Case] = [
    # ── typesetting ──
    _q(
        "curly-quotes",
        "en",
        "The gate was 'never' inspected, and everyone in the office knew it",
        "Mr Hale wrote: “The gate was ‘never’ inspected, and everyone in the office knew it.”",
    ),
    _q(
        "guillemets-within",
        "ru",
        'он назвал это "обычной рабочей встречей" и отказался от интервью',
        "Позже он назвал это «обычной рабочей встречей» и&nbsp;отказался от&nbsp;интервью.",
    ),
    _q(
        "german-quotes-nested",
        "de",
        "\"Wir haben den Satz 'niemand kommt zu Schaden' nie gehört\"",
        "„Wir haben den Satz ‚niemand kommt zu Schaden‘ nie gehört“, sagte die Anwältin.",
    ),
    _q(
        "dashes",
        "en",
        "we had no orders - and so we stayed - until the water came",
        "In her words, we had no orders&thinsp;—&thinsp;and so we stayed&thinsp;—&thinsp;until the water came.",
    ),
    _q(
        "double-hyphen",
        "en",
        "The plan -- if it was a plan -- failed within a week",
        "The plan—if it was a plan—failed within a week.",
    ),
    _q(
        "ellipsis-character",
        "nl",
        "Ik weet het niet... misschien was het beter geweest om te zwijgen",
        "„Ik weet het niet… misschien was het beter geweest om te zwijgen”, zei ze.",
    ),
    _q(
        "soft-hyphens",
        "de",
        "Das Bundesverfassungsgericht hat die Beschwerde nicht angenommen",
        "Das Bundes&shy;verfassungs&shy;gericht hat die Be&shy;schwer&shy;de nicht an&shy;ge&shy;nommen.",
    ),
    _q(
        "wbr",
        "en",
        "the intergovernmental commission never met in public",
        "According to him the inter<wbr>governmental commis<wbr>sion never met in public.",
    ),
    _q(
        "letter-spaced-word",
        "de",
        "Der Minister hat die Weisung nie erteilt, sagte sein Anwalt",
        "Der M i n i s t e r hat die Weisung n i e erteilt, sagte sein Anwalt.",
    ),
    _q(
        "letter-spaced-heading",
        "en",
        "Verdict of the court",
        "<h2>V E R D I C T &nbsp; O F &nbsp; T H E &nbsp; C O U R T</h2>",
        "The judges took an hour.",
    ),
    _q(
        "french-spaces",
        "fr",
        "La digue tiendra-t-elle ? Oui : elle tiendra, je vous le promets !",
        "«\u202fLa digue tiendra-t-elle\u202f? Oui\u00a0: elle tiendra, je vous le promets\u202f!\u202f»",
    ),
    _q(
        "zero-width",
        "en",
        "the ministry deleted the minutes of the meeting",
        "It says the\u200b ministry\u2060 dele\u200bted the \ufeffminutes of\u200e the meet\u200cing.",
    ),
    _q(
        "stress-marks",
        "ru",
        "после этого замок был закрыт для посетителей навсегда",
        "После э\u0301того за\u0301мок был закры\u0301т для посети\u0301телей навсегда\u0301.",
    ),
    _q(
        "yo",
        "ru",
        "Ещё тёплый пепел развеяли над озером, и всё кончилось",
        "Еще теплый пепел развеяли над озером, и все кончилось.",
    ),
    _q(
        "ukrainian-apostrophe",
        "uk",
        "об'єкт здали без п'яти обов'язкових перевірок",
        "За його словами, об’єкт здали без пʼяти обов`язкових перевірок.",
    ),
    _q(
        "latin-i-in-ukrainian",
        "uk",
        "Україна не отримала жодної відповіді на свій запит",
        "Укра\u00efна не отримала жодної вiдповiдi на свiй запит.",
        said="Latin ï and i, as many keyboards have it",
    ),
    _q(
        "latin-letters-in-russian",
        "ru",
        "следователи не нашли состава преступления в его действиях",
        "По их словам, cлeдoвaтeли нe нaшли cocтaвa прecтуплeния в его действиях.",
    ),
    _q(
        "dutch-ij",
        "nl",
        "IJsland kreeg gelijk: het tij was niet te keren",
        "Ĳsland kreeg gelĳk: het tĳ was niet te keren.",
    ),
    _q(
        "swiss-ss",
        "de",
        "Die Straße war groß, und außer uns wusste es niemand",
        "Die Strasse war gross, und ausser uns wusste es niemand.",
    ),
    _q(
        "old-spelling-german",
        "de",
        "Er wusste, dass der Fluss die Brücke mitreißen muss",
        "Er wußte, daß der Fluß die Brücke mitreißen muß.",
    ),
    _q(
        "pre-reform-russian",
        "ru",
        "В Петербурге объявлен новый закон о печати",
        "Въ Петербургѣ объявленъ новый законъ о печати.",
        said="an old newspaper in its own spelling, quoted in today's",
    ),
    _q(
        "decomposed",
        "ru",
        "зимой новый район остался без отопления на целый месяц",
        unicodedata.normalize("NFD", "Зимой новый район остался без отопления на целый месяц."),
    ),
    _q(
        "ligatures",
        "en",
        "the official offered a sufficient affidavit on the fifth floor",
        "the oﬃcial oﬀered a suﬃcient aﬃdavit on the ﬁfth ﬂoor.",
    ),
    _q(
        "capitals",
        "en",
        "The minister lied to parliament about the pumps",
        "<h2>THE MINISTER LIED TO PARLIAMENT ABOUT THE PUMPS</h2>",
        "A sober paragraph follows.",
    ),
    _q(
        "subscript",
        "en",
        "emissions of CO2 rose faster than the ministry admitted",
        "Emissions of CO<sub>2</sub> rose faster than the ministry admitted.",
    ),
    _q(
        "superscript-unit",
        "nl",
        "het terrein van 400 m2 werd in stilte verkocht",
        "Het terrein van 400 m² werd in stilte verkocht.",
    ),
    _q(
        "markup-in-word",
        "en",
        "that is simply unbelievable, and the council knows it",
        "“That is simply un<em>believ</em>able, and the <strong>c</strong>ouncil knows it.”",
    ),
    _q(
        "drop-cap",
        "en",
        "The morning began with a siren that nobody had expected",
        '<p><span class="dropcap">T</span>he morning began with a siren that nobody had expected.</p>',
    ),
    _q(
        "drop-cap-block",
        "de",
        "Der Morgen begann mit einer Sirene, die niemand erwartet hatte",
        '<div class="text"><div class="initial" style="float:left">D</div>er Morgen begann mit einer Sirene, die niemand '
        "erwartet hatte.</div>",
    ),
    _q(
        "hyphenated-otherwise",
        "en",
        "senior decision makers ignored the e-mail for weeks",
        "Senior decision-makers ignored the email for weeks.",
    ),
    _q(
        "ampersand",
        "en",
        "the firm of Hale and Sons received the contract without a tender",
        "The firm of Hale &amp; Sons received the contract without a tender.",
    ),
    _q(
        "poem-slashes",
        "en",
        "The river takes what it is owed / and never asks the name",
        "The river takes what it is owed<br>and never asks the name<br>of those who built too near.",
    ),
    # ── how people quote ──
    _q(
        "cut-brackets",
        "en",
        "The pumps were sold […] to pay for a reception",
        "The pumps were sold in the autumn, over the protest of the crew, to pay for a reception.",
    ),
    _q(
        "cut-dots",
        "ru",
        "Деньги на ремонт... исчезли ещё до начала зимы",
        "Деньги на ремонт, о котором говорили с трибун, исчезли ещё до начала зимы.",
    ),
    _q(
        "cut-round",
        "nl",
        "De wethouder wist ervan (...) en heeft gezwegen tot het te laat was",
        "De wethouder wist ervan, zo blijkt uit de mails, en heeft gezwegen tot het te laat was.",
    ),
    _q(
        "cut-over-paragraphs",
        "fr",
        "Personne n'a été prévenu […] Nous avons tout perdu cette nuit-là",
        "« Personne n’a été prévenu. Le maire dormait.",
        "Nous avons tout perdu cette nuit-là. »",
    ),
    _q(
        "cut-at-both-ends",
        "en",
        "… nobody had read the report before they signed the contract …",
        "It turned out that nobody had read the report before they signed the contract with the builders.",
    ),
    _q(
        "sic",
        "en",
        "the comission [sic] was never asked for its opinion",
        "He wrote that the comission was never asked for its opinion.",
    ),
    _q(
        "insertion-for-pronoun",
        "en",
        "[the minister] had never seen the warning, and did not ask for it",
        "Her lawyer said that he had never seen the warning, and did not ask for it.",
    ),
    _q(
        "insertion-added",
        "nl",
        "Hij [de burgemeester] heeft die brief nooit beantwoord",
        "Hij heeft die brief nooit beantwoord.",
    ),
    _q(
        "bracketed-letter",
        "en",
        "[t]he dam will not hold another winter like this",
        "The dam will not hold another winter like this.",
    ),
    _q(
        "bracketed-ending",
        "en",
        "the engineers want[ed] to close the gates but were overruled",
        "“The engineers want to close the gates but were overruled.”",
    ),
    _q(
        "emphasis-added",
        "en",
        "there was never any danger to the public (emphasis added)",
        "“There was never any danger to the public.”",
    ),
    _q(
        "capital-changed",
        "de",
        "Niemand hat uns gewarnt, obwohl alle es wussten",
        "Sie sagt, niemand hat uns gewarnt, obwohl alle es wussten.",
    ),
    _q(
        "full-stop-within",
        "en",
        '"We are ready for the winter."',
        "“We are ready for the winter,” the mayor said on the steps.",
    ),
    # ── structure ──
    _q(
        "two-paragraphs",
        "en",
        "We waited for the boats. Nobody came before the morning.",
        "“We waited for the boats.",
        "“Nobody came before the morning.”",
    ),
    _q(
        "list-items",
        "en",
        "The commission recommends: replace the gates; train the crew; publish the maps",
        "<p>The commission recommends:</p><ul><li>replace the gates;</li><li>train the crew;</li><li>publish the maps.</li></ul>",
    ),
    _q(
        "heading-and-text",
        "nl",
        "Conclusie De dijk is in tien jaar niet een keer geïnspecteerd",
        "<h3>Conclusie</h3><p>De dijk is in tien jaar niet één keer geïnspecteerd.</p>",
    ),
    _q(
        "note-marks",
        "en",
        "The crew was dismissed in the summer and never replaced",
        'The crew was dismissed<sup id="r1"><a href="#n1">[1]</a></sup> in the summer<sup>2</sup> and never replaced.¹',
    ),
    _q(
        "wiki-marks",
        "en",
        "the works were finished by the local militia after the war",
        'The works were finished<sup class="reference"><a href="#cite_note-7">[7]</a></sup><sup class="noprint">[<i>citation '
        "needed</i>]</sup> by the local militia after the war.",
        kind="office",
    ),
    _q(
        "link-within",
        "ru",
        "суд отказался изучать показания двух свидетелей обвинения",
        'Суд <a href="/t/1">отказался изучать</a> показания <a href="/t/2">двух свидетелей</a> обвинения.',
    ),
    _q(
        "interrupted-by-ad",
        "en",
        "The council decided that the road would stay closed until the inquiry was over",
        '<div>The council decided that the road<div class="ad"><span>Advertisement</span></div> would stay closed until the '
        "inquiry was over.</div>",
    ),
    _q(
        "interrupted-by-script",
        "de",
        "Die Gutachter fanden an keiner Stelle einen Hinweis auf Sabotage",
        "Die Gutachter fanden <script>ads.push({slot:'mid'})</script>an keiner Stelle einen Hinweis auf Sabotage.",
    ),
    _q(
        "interrupted-by-box",
        "nl",
        "De pompen werden verkocht. Van het geld kwam een feestzaal.",
        "De pompen werden verkocht.",
        '<aside class="readmore"><b>Lees ook</b><a href="/a/9">Ooievaars keren terug</a></aside>',
        "Van het geld kwam een feestzaal.",
    ),
    _q(
        "lead",
        "nl",
        "de waterkering al jaren niet meer dan een decorstuk",
        "Dat blijkt uit stukken.",
        lead="Volgens ingenieurs is de waterkering al jaren niet meer dan een decorstuk.",
    ),
    _q(
        "summary-box",
        "de",
        "Die Tore wurden gestrichen statt repariert",
        aside="",
        lead='<aside class="summary"><h4>Das Wichtigste in Kürze</h4><ul><li>Die Tore wurden gestrichen statt '
        "repariert.</li><li>Das Geld ist weg.</li></ul></aside>",
    ),
    _q(
        "pull-quote",
        "en",
        "I signed because everyone before me had signed",
        '<aside class="pullquote"><blockquote>“I signed because everyone before me had signed.”</blockquote></aside>',
    ),
    _q(
        "caption",
        "fr",
        "Le pont un mois avant l'effondrement, déjà fermé aux camions",
        '<figure><img src="/p.jpg" alt=""><figcaption>Le pont un mois avant l’effondrement, déjà fermé aux camions. '
        "(Photo DR)</figcaption></figure>",
    ),
    _q(
        "alternative-text",
        "en",
        "Map: the three villages that were never evacuated",
        '<figure><img src="/map.png" alt="Map: the three villages that were never evacuated"></figure>',
        said="a graphic's words, which its reader sees in the picture",
    ),
    _q(
        "table-cells",
        "en",
        "Gates inspected since the opening: none",
        "<table><tr><th>Item</th><th>Result</th></tr><tr><td>Gates inspected since the opening:</td>"
        "<td>none</td></tr><tr><td>Pumps working</td><td>one</td></tr></table>",
        kind="office",
    ),
    _q(
        "live-entry",
        "en",
        "the last bus has left the station with people standing in the aisle",
        '<div class="live-blog"><div class="entry"><time>14:07</time><h3>Roads closed</h3><p>Police close the bridge.</p></div>'
        '<div class="entry"><time>13:52</time><h3>Evacuation</h3><p>The last bus has left the station with people standing in the '
        "aisle.</p></div></div>",
    ),
    _q(
        "cited-comment",
        "en",
        "I worked on that gate and we were told to paint over the cracks",
        "A short text.",
        comments=("First!", "I worked on that gate and we were told to paint over the cracks."),
        anchor="comment-2",
        said="the address names the comment",
    ),
    _q(
        "details",
        "nl",
        "het besluit is genomen zonder dat de raad de stukken had gezien",
        "<details><summary>Wat ging eraan vooraf?</summary><p>Het besluit is genomen zonder dat de raad de stukken had "
        "gezien.</p></details>",
    ),
    _q(
        "read-more-collapsed",
        "en",
        "she kept the original letters in a biscuit tin under the stairs",
        '<p>She was a careful woman.</p><div class="collapse more-text" style="display:none"><p>She kept the original letters in a '
        "biscuit tin under the stairs.</p></div><button>Read more</button>",
        said="a click shows it",
    ),
    _q(
        "embedded-post",
        "ru",
        "мы никого не эвакуировали, потому что приказа не было",
        '<blockquote class="twitter-tweet"><p>Мы никого не эвакуировали, потому что приказа не было</p>&mdash; Пресс-служба '
        "(@press)</blockquote>",
    ),
    _q(
        "definition-list",
        "en",
        "Breach: a gap in the embankment through which water leaves the river",
        "<dl><dt>Breach</dt><dd>A gap in the embankment through which water leaves the river.</dd></dl>",
        kind="office",
    ),
    _q(
        "shadow-root",
        "en",
        "the keys of the pump house were never handed over to the new crew",
        '<story-text><template shadowrootmode="open"><p>The keys of the pump house were never handed over to the new crew.</p>'
        "</template></story-text>",
        said="browsers show it",
    ),
    _q(
        "old-markup",
        "ru",
        "плотину строили без проекта и без единого инженера",
        '<font size="2">Плотину строили <b>без проекта</b> и без единого<br>инженера.<br><br>',
        kind="old",
    ),
    _q(
        "transcript",
        "en",
        "We were told the pumps would hold through the winter and the people downstream would be warned in time",
        f"<div class=transcript>{_TRANSCRIPT}</div>",
    ),
    _w(
        "meta-description-of-a-shell",
        "en",
        "the pumps were sold to pay for the council chamber",
        shell("en", TITLE["en"], description="Documents show that the pumps were sold to pay for the council chamber."),
    ),
    _w(
        "json-ld-body",
        "nl",
        "de sluiswachter werd tweemaal gewaarschuwd en deed niets",
        shell(
            "nl",
            TITLE["nl"],
            head=linked_data(
                "nl",
                TITLE["nl"],
                " ".join(
                    (*FILLER["nl"], "Volgens het rapport: de sluiswachter werd tweemaal gewaarschuwd en deed niets.")
                ),
            ),
        ),
    ),
    _w("next-state", "en", _ORDERS, shell("en", TITLE["en"], tail=state("en", TITLE["en"], _ORDERS))),
    _w(
        "initial-state",
        "ru",
        "приказа об эвакуации не было ни вечером, ни ночью",
        shell(
            "ru",
            TITLE["ru"],
            tail=state("ru", TITLE["ru"], "Приказа об эвакуации не было ни вечером, ни ночью.", "initial"),
        ),
    ),
    _w(
        "preloaded-blocks",
        "uk",
        "наказу про евакуацію не було ні ввечері, ні вночі",
        shell(
            "uk",
            TITLE["uk"],
            tail=state("uk", TITLE["uk"], "Наказу про евакуацію не було ні ввечері, ні вночі.", "blocks"),
        ),
    ),
    _w("frameset", "en", _ORDERS, _frameset()[0], frames=_frameset()[1]),
    _w(
        "windows-1251", "ru", "деньги на ремонт плотины исчезли ещё весной", _cyrillic("cp1251"), media_type="text/html"
    ),
    _w("koi8-r", "ru", "деньги на ремонт плотины исчезли ещё весной", _cyrillic("koi8-r"), media_type="text/html"),
    _w(
        "latin-1-that-is-1252",
        "de",
        "„Niemand hat uns gewarnt“ – so begann der Brief",
        page(
            "de",
            TITLE["de"],
            story("de", "„Niemand hat uns gewarnt“ – so begann der Brief, den sie später verbrannte."),
            charset="iso-8859-1",
        ).encode("cp1252"),
        media_type="text/html; charset=iso-8859-1",
    ),
    _w(
        "mail-quoted",
        "en",
        "The pumps were sold in the autumn to pay for the new council chamber.",
        _MAIL,
        media_type="text/plain; charset=utf-8",
    ),
    _w(
        "pdf-line-ends",
        "en",
        "the committee had not considered the warnings of its own engineers",
        _pdf_story(
            "In the end the com-", "mittee had not con-", "sidered the warn-", "ings of its own engin-", "eers."
        ),
        media_type="application/pdf",
    ),
    _w(
        "pdf-ligatures",
        "en",
        "the first official flood figures were never filed",
        _pdf_story("He told us that the \x01rst of\x01cial \x02ood \x01gures were never \x01led."),
        media_type="application/pdf",
    ),
    _w(
        "pdf-heading-spaced",
        "en",
        "Findings of the inquiry",
        _pdf_story("F I N D I N G S   O F   T H E   I N Q U I R Y", "", "The inquiry sat for a year."),
        media_type="application/pdf",
    ),
    _w(
        "pdf-columns",
        "en",
        "the money meant for its hinges had been spent on a reception",
        _pdf_columns(),
        media_type="application/pdf",
    ),
    _w(
        "pdf-running-head",
        "en",
        "the engineers were read by three ministers and answered by none of them",
        _pdf_running(),
        media_type="application/pdf",
    ),
    _w(
        "pdf-compound-hyphen",
        "en",
        "a long-term agreement with the neighbouring districts",
        _pdf_story("It wanted a long-", "term agreement with the neigh-", "bouring districts."),
        media_type="application/pdf",
    ),
    # ── numbers ──
    _n("grouping-comma", "en", "1 234 567", "The fund received 1,234,567 letters."),
    _n("grouping-point", "de", "1234567", "Der Fonds erhielt 1.234.567 Briefe."),
    _n("grouping-apostrophe", "de", "1,234,567", "Der Fonds erhielt 1’234’567 Briefe."),
    _n("grouping-thin", "fr", "1,234,567", "Le fonds a reçu 1\u202f234\u202f567 lettres."),
    _n("grouping-markup", "ru", "1234567", "Фонд получил <b>1</b>&nbsp;<b>234</b>&nbsp;567 писем."),
    _n("million-words", "nl", "1.2 million", "Het fonds kreeg 1,2 miljoen brieven."),
    _n("million-abbreviated", "ru", "1.2 million", "Фонд получил 1,2 млн писем."),
    _n("million-written-out", "en", "1,200,000", "The fund received 1.2 million letters."),
    _n("million-in-words", "de", "2 million", "Der Fonds erhielt zwei Millionen Briefe."),
    _n("one-and-a-half", "nl", "1.5 million", "Het fonds kreeg anderhalf miljoen brieven."),
    _n("one-and-a-half-russian", "ru", "1,5 миллиона", "Фонд получил полтора миллиона писем."),
    _n("percent-word", "en", "47%", "Support fell to 47 per cent in the villages."),
    _n("percent-dutch", "nl", "47 percent", "De steun daalde tot 47 procent in de dorpen."),
    _n("percent-space", "de", "47%", "Die Zustimmung fiel auf 47\u202f% in den Dörfern."),
    _n("unit", "en", "47 km", "The wall runs for 47 kilometres along the border."),
    _n("degrees", "nl", "47°C", "Het werd 47 graden Celsius in de kas."),
    _n("date-english", "nl", "7 april 2022", "It was signed on April 7th, 2022, in the town hall."),
    _n("date-iso", "ru", "2022-04-07", "Договор подписали 7 апреля 2022 года."),
    _n("date-dotted", "de", "7 April 2022", "Unterzeichnet am 07.04.2022 im Rathaus."),
    _n("euros", "nl", "3.5 million euros", "De zaal kostte € 3,5 miljoen."),
    _n("billions-short", "en", "1.2 billion dollars", "The wall cost $1.2bn in all."),
    _n("billions-russian", "en", "3 billion", "Стена обошлась в 3 млрд рублей."),
    _n("ordinal-word", "en", "5th", "It was the fifth breach since the war."),
    _n("range-end", "en", "47", "Between 40–47 houses were lost."),
    _n("range", "en", "40-47", "About 40–47 houses were lost, he said."),
    _n("decimal-comma", "en", "3.7", "Het peil steeg met 3,7 meter."),
    _n("negative", "de", "-5.2", "In der Nacht fiel das Thermometer auf −5,2 Grad."),
    _n("negative-word", "de", "-5.2", "In der Nacht fiel das Thermometer auf minus 5,2 Grad."),
    _n("number-word", "en", "12", "She named twelve villages that were flooded."),
    _n("number-word-russian", "ru", "34", "Погибли тридцать четыре человека."),
    _n("number-word-german", "de", "47", "Es starben siebenundvierzig Menschen."),
    _n("number-word-french", "fr", "97", "Quatre-vingt-dix-sept maisons ont été détruites."),
    _n("roman-century", "en", "19", "Дамбу построили в XIX веке.", said="a person counts XIX as nineteen"),
    _n("half", "en", "3½", "The trial lasted 3.5 years."),
    _n(
        "table-figure",
        "en",
        "4 318 000",
        "<table><tr><td>Spent on the gates</td><td>4,318,000</td></tr></table>",
        kind="office",
    ),
]
