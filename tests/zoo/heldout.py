"""Scenarios that were written after the rules had been tuned on the others, and run once before anything was changed.

Their pages have another skeleton than the rest of the zoo's. The figures of that first run stand in the project's notes;
since then they are animals like the others.
"""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

from citekeeper.sandbox import Response, World

from .pages import everywhere, host_of, html, redirects
from .scenario import Stage, Truth, Zoo

ZOO = Zoo()
living = ZOO.adder(Truth.LIVING)
dead = ZOO.adder(Truth.DEAD)
barred = ZOO.adder(Truth.BARRED)

_MENU = {
    "en": "Services Residents Business Council Planning Waste Libraries Jobs Accessibility Cymraeg",
    "nl": "Wonen Werken Bestuur Vergunningen Afval Paspoort Belastingen Vacatures Toegankelijkheid",
    "de": "Rathaus Bürgerservice Bauen Kultur Bildung Umwelt Stellenangebote Barrierefreiheit Datenschutz",
    "fr": "Mairie Démarches Urbanisme Enfance Culture Environnement Marchés Emploi Accessibilité",
    "ru": "Деятельность Документы Обращения Структура Пресс-центр Вакансии Закупки Противодействие Контакты",
    "uk": "Діяльність Документи Звернення Структура Пресцентр Вакансії Закупівлі Контакти Доступність",
}
_LOREM = {
    "en": "The board noted the findings of the audit and asked for a timetable. Officers will report back in the autumn, after the consultation with parishes has closed. ",
    "nl": "Het college heeft kennisgenomen van de bevindingen en vraagt om een planning. In het najaar volgt een terugkoppeling aan de raad, na de inspraak. ",
    "de": "Der Vorstand nahm die Ergebnisse zur Kenntnis und bat um einen Zeitplan. Im Herbst wird erneut berichtet, sobald die Anhörung beendet ist. ",
    "fr": "Le conseil a pris acte des constats et demandé un calendrier. Un nouveau point sera fait à l'automne, une fois la concertation close. ",
    "ru": "Совет принял выводы проверки к сведению и попросил представить график. Осенью, после общественных слушаний, будет доложено повторно. ",
    "uk": "Рада взяла висновки перевірки до відома і попросила подати графік. Восени, після громадських слухань, буде повторна доповідь. ",
}  # fmt: skip


def skin(
    language: str, title: str, main: str, *, org: str = "Portal", head: str = "", main_class: str = "region-content"
) -> str:
    """A public body's page, of nested divs and spans, with everything in lists and little in paragraphs."""
    items = "".join(
        f'<li class="menu-item"><a href="/{n}"><span>{word}</span></a></li>'
        for n, word in enumerate(_MENU[language].split())
    )
    return (
        f'<!DOCTYPE html><html lang="{language}" dir="ltr" class="no-js"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="icon" href="/f.ico"><script>document.documentElement.className="js";window.dataLayer=[];</script>{head}</head>'
        f'<body class="path-node page-node-type-page"><a class="skip" href="#c">▸</a><div class="banner"><div class="org">{org}</div><ul class="menu">{items}</ul></div>'
        f'<div class="{main_class}" id="c">{main}</div><div class="region-footer"><ul>{items}</ul><div>{org}, Postbus 1, tel. +00 12 345 67 89</div></div>'
        '<script src="/core/misc/drupal.js?v=10"></script></body></html>'
    )


def text(language: str, times: int = 6) -> str:
    """Running text in divs rather than paragraphs."""
    return "".join(f'<div class="field">{_LOREM[language]}</div>' for _ in range(times))


def soft(body: str, *, cited: str | None = None) -> Stage:
    """Every unknown address of the host answers 200 with ``body``; the cited one with ``cited``."""

    def stage(world: World, url: str) -> None:
        world.host(host_of(url), not_found=Response.html(body))
        if cited is not None:
            world.page(url, cited)

    return stage


# ── living ──────────────────────────────────────────────────────────────────────────────────────────────────────────

living(
    "h-gov-note-in-divs",
    "https://raad-ho.press/besluiten/2022/peil",
    html(skin("nl", "Peilbesluit 2022 | Waterschap", "<h1>Peilbesluit 2022</h1>" + text("nl", 3))),
    "alive",
    title="Peilbesluit 2022",
    language="nl",
)
living(
    "h-withdrawn-decree",
    "https://pravo-ho.press/document/1720",
    html(
        skin(
            "ru",
            "Приказ № 1720",
            "<h1>Приказ № 1720</h1><div>Документ утратил силу. Приложение удалено на основании приказа № 1803.</div>",
        )
    ),
    "alive",
    language="ru",
)
living(
    "h-retracted-paper",
    "https://journal-ho.press/article/8812",
    html(
        skin(
            "en",
            "RETRACTED: Effects of dikes on eels",
            "<h1>RETRACTED: Effects of dikes on eels</h1><div>This article has been withdrawn at the request of the authors. The Publisher apologises for any inconvenience.</div>",
        )
    ),
    "alive",
    title="Effects of dikes on eels",
    language="en",
)
living(
    "h-retracted-untitled",
    "https://journal-ho2.press/article/8813",
    html(
        skin(
            "en",
            "Notice of withdrawal",
            "<h1>Notice of withdrawal</h1><div>This article has been withdrawn at the request of the editors. See volume 12, page 40.</div>",
        )
    ),
    "alive",
    language="en",
)
living(
    "h-missing-person",
    "https://politie-ho.press/vermist/2022/jan",
    html(
        skin(
            "nl",
            "Vermist: Jan de W. (54)",
            "<h1>Vermist: Jan de W. (54)</h1><div>Sinds dinsdag wordt Jan vermist. Hij is nog niet gevonden. Signalement: 1.80 m, groene jas.</div>",
        )
    ),
    "alive",
    language="nl",
)
living(
    "h-thin-on-catch-all",
    "https://foto-ho.press/album/12/foto/7",
    soft(
        skin("de", "Stadtarchiv", "<h1>Stadtarchiv</h1><div>Willkommen im digitalen Lesesaal.</div>"),
        cited=skin(
            "de",
            "Stadtarchiv",
            "<h1>Stadtarchiv</h1><div>Hafenansicht, 1921, Glasnegativ 13 × 18, Signatur F-77. Aufnahme: Atelier Brunn.</div>",
        ),
    ),
    "alive",
    language="de",
)
living(
    "h-video-embed-page",
    "https://tv-ho.press/video/4412",
    html(skin("uk", "Сюжет про дамбу", "<h1>Сюжет про дамбу</h1><iframe src='https://player.press/4412'></iframe>")),
    "alive",
    language="uk",
)
living(
    "h-spa-custom-root",
    "https://app-ho.press/projects/88/timeline",
    everywhere(
        '<!doctype html><html lang="nl"><head><title>Projectatlas</title><link rel="stylesheet" href="/styles.8d.css"></head><body><app-shell></app-shell><script src="/runtime.11.js" type="module"></script><script src="/main.77.js" type="module"></script></body></html>'
    ),
    "alive",
    language="nl",
)
living(
    "h-spa-with-static-shell",
    "https://app-ho2.press/dossiers/8812",
    everywhere(skin("nl", "Dossierportaal", '<div id="dossier-view" data-api="/api/dossiers"></div>')),
    "alive",
    "drifted",
    language="nl",
)
living(
    "h-spa-splash-text",
    "https://app-ho3.press/reports/2022/7",
    everywhere(
        "<!doctype html><html><head><title>Reports</title></head><body><div id='application'>Loading, please wait…</div><script src='/bundle.js'></script></body></html>"
    ),
    "alive",
    language="en",
)
living(
    "h-novel-geloescht",
    "https://verlag-ho.press/buch/9783",
    html(
        skin(
            "de",
            "Gelöscht - Roman - Verlag",
            "<h1>Gelöscht</h1><div>Roman, 240 Seiten, gebunden. Ein Archivar findet seine eigene Akte nicht mehr.</div>",
        )
    ),
    "alive",
    language="de",
)
living(
    "h-song-404",
    "https://lyrics-ho.press/song/404-not-found",
    html(
        skin(
            "en",
            "404 Not Found lyrics",
            "<h1>404 Not Found</h1><div>I rang your bell and nobody came,<br>the wire was cut, the light was the same</div>"
            + text("en", 2),
        )
    ),
    "alive",
    language="en",
)
living(
    "h-wiki-disambiguation",
    "https://ru-wiki-ho.press/wiki/%D0%9D%D0%B5_%D0%BD%D0%B0%D0%B9%D0%B4%D0%B5%D0%BD%D0%BE",
    html(
        skin(
            "ru",
            "Не найдено (значения) — Энциклопедия",
            "<h1>Не найдено (значения)</h1><ul><li>«Не найдено» — рассказ А. Петрова.</li><li>«Не найдено» — альбом 2011 года.</li></ul>",
        )
    ),
    "alive",
    language="ru",
)
living(
    "h-status-page",
    "https://status-ho.press/incidents/77",
    html(
        skin(
            "en",
            "Incident 77: page not found errors on the portal",
            "<h1>Incident 77: page not found errors on the portal</h1><div>Resolved. Between 9:00 and 9:40 users saw “page not found”.</div>",
        )
    ),
    "alive",
    language="en",
)
living(
    "h-archived-notice",
    "https://gov-ho.press/guidance/dikes",
    html(
        skin(
            "en",
            "Dike guidance - Archive",
            "<h1>Dike guidance</h1><div class='notice'>This page is no longer maintained. It has been archived.</div>"
            + text("en", 4),
        )
    ),
    "alive",
    language="en",
)
living(
    "h-vacancy-expired-shown",
    "https://werk-ho.press/vacature/8812",
    html(
        skin(
            "nl",
            "Dijkgraaf (m/v) | Vacatures",
            "<h1>Dijkgraaf (m/v)</h1><div>Deze vacature is verlopen.</div>" + text("nl", 5),
        )
    ),
    "alive",
    title="Vacature dijkgraaf",
    language="nl",
)
living(
    "h-moved-http-port",
    "http://oud-ho.press:8080/dijk/verslag",
    redirects("https://oud-ho.press/dijk/verslag", end=skin("nl", "Verslag", text("nl"))),
    "alive",
    "moved",
    language="nl",
)
living(
    "h-redirect-search-cited",
    "https://zoek-ho.press/zoek?q=dijk",
    redirects("https://zoek-ho.press/zoeken/?q=dijk", end=skin("nl", "Zoeken", "<div>12 resultaten</div>")),
    "alive",
    "moved",
    language="nl",
)
living(
    "h-redirect-permalink",
    "https://blog-ho.press/?p=8812",
    redirects("https://blog-ho.press/2022/04/07/dammbericht/", end=skin("de", "Dammbericht", text("de"))),
    "moved",
    "alive",
    language="de",
)
living(
    "h-redirect-find-tool",
    "https://gov-ho2.press/guidance/find-a-dike",
    redirects("https://gov-ho2.press/find", end=skin("en", "Find a dike", text("en", 2))),
    "alive",
    "moved",
    title="Find a dike",
    language="en",
)
living(
    "h-redirect-to-results-page",
    "https://verkiezing-ho.press/2022/uitslagen",
    redirects("https://verkiezing-ho.press/results", end=skin("nl", "Uitslagen 2022", text("nl", 2))),
    "alive",
    "moved",
    "drifted",
    language="nl",
)
living(
    "h-redirect-folder-index",
    "https://kennis-ho.press/handboek/hoofdstuk-1-inleiding",
    redirects("https://kennis-ho.press/handboek/hoofdstuk-1-inleiding/start", end=skin("nl", "Inleiding", text("nl"))),
    "alive",
    "moved",
    language="nl",
)
living(
    "h-js-redirect-login-link",
    "https://forum-ho.press/t/8812",
    html(
        skin(
            "fr",
            "La digue - Forum",
            "<h1>La digue</h1><button onclick=\"location.href='/connexion'\">Connexion</button>" + text("fr", 4),
        )
    ),
    "alive",
    language="fr",
)
living(
    "h-print-version-scripts",
    "https://krant-ho.press/print/8812",
    html(
        "<html><head><title>Dijk hersteld</title><script>window.onload=function(){window.print();setTimeout(function(){location.href='/'},60000)}</script></head><body><h1>Dijk hersteld</h1>"
        + text("nl", 1)
        + "</body></html>"
    ),
    "alive",
    language="nl",
)
living(
    "h-domain-auction-news-bare",
    "https://nieuws-ho.press/2022/domein",
    html(
        "<html><head><title>Gemeente verkoopt webadres: dit domein is te koop</title></head><body><h1>Gemeente verkoopt webadres</h1><p>Wie nu het oude adres opent, leest: dit domein is te koop. "
        + _LOREM["nl"] * 3
        + "</p></body></html>"
    ),
    "alive",
    language="nl",
)
living(
    "h-casino-article-no-language",
    "https://zeitung-ho.press/lokales/casino-schliesst",
    html(
        skin(
            "de",
            "Casino am Hafen schließt nach 40 Jahren",
            "<h1>Casino am Hafen schließt nach 40 Jahren</h1>" + text("de", 5),
        )
    ),
    "alive",
    title="Spielbank schließt",
)
living(
    "h-index-of-listing",
    "https://files-ho.press/pub/reports/",
    html(
        "<html><head><title>Index of /pub/reports</title></head><body><h1>Index of /pub/reports</h1><pre><a href='a.pdf'>a.pdf</a> 12-Apr-2022 <a href='b.pdf'>b.pdf</a></pre></body></html>"
    ),
    "alive",
    language="en",
)
living(
    "h-account-page-of-host",
    "https://help-ho.press/articles/account-suspended",
    html(
        "<html><head><title>Account suspended: what now?</title></head><body><h1>Account suspended: what now?</h1><p>When an account is suspended, visitors see a notice. Pay the invoice to restore it.</p></body></html>"
    ),
    "alive",
    language="en",
)

# ── dead ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_D = "/nieuws/2022/dijkherstel-gereed"
dead(
    "h-soft-nl-plain-words",
    f"https://d1-ho.press{_D}",
    soft(
        skin(
            "nl",
            "Gemeente",
            "<h1>Oeps</h1><div>Wat u zoekt staat hier niet (meer). Misschien helpt de zoekfunctie.</div>",
        )
    ),
    "soft-404",
    "drifted",
    title="Dijkherstel gereed",
    language="nl",
)
dead(
    "h-soft-de-humour",
    f"https://d2-ho.press{_D}",
    soft(
        skin(
            "de",
            "Ups! | Stadt",
            "<h1>Da ist wohl etwas schiefgelaufen</h1><div>Diese Seite macht gerade Urlaub. Oder sie ist umgezogen.</div>",
        )
    ),
    "soft-404",
    "drifted",
    title="Deich repariert",
    language="de",
)
dead(
    "h-soft-ru-gov",
    f"https://d3-ho.press{_D}",
    soft(
        skin(
            "ru",
            "Ошибка",
            "<h1>404</h1><div>Страница, которую Вы запрашиваете, отсутствует на сайте. Вы можете перейти на главную страницу.</div>",
        )
    ),
    "soft-404",
    title="О ремонте дамбы",
    language="ru",
)
dead(
    "h-soft-uk-gov",
    f"https://d4-ho.press{_D}",
    soft(
        skin("uk", "Помилка 404", "<h1>Вибачте!</h1><div>Такої сторінки на сайті немає або вона була видалена.</div>")
    ),
    "soft-404",
    language="uk",
)
dead(
    "h-soft-fr-mairie",
    f"https://d5-ho.press{_D}",
    soft(
        skin(
            "fr",
            "Erreur 404 - Mairie",
            "<h1>Erreur 404</h1><div>Nous sommes désolés, mais la page à laquelle vous tentez d'accéder n'existe pas.</div>",
        )
    ),
    "soft-404",
    language="fr",
)
dead(
    "h-soft-en-council-unprobed",
    f"https://d6-ho.press{_D}",
    html(
        skin(
            "en",
            "Page not found - Council",
            "<h1>Page not found</h1><div>If you typed the web address, check it is correct. If you pasted the web address, check you copied the entire address.</div><div>If the web address is correct, or you selected a link or button, contact us.</div>",
        )
    ),
    "soft-404",
    title="Dike repaired",
    language="en",
)
dead(
    "h-deleted-blog-entry",
    "https://dnevnik-ho.press/users/ivan/post8812/",
    soft(skin("ru", "Дневники", "<div>Сообщение удалено или у вас недостаточно прав для просмотра.</div>")),
    "soft-404",
    title="Записки о дамбе",
    language="ru",
)
dead(
    "h-ucoz-site-deleted",
    "https://d7-ho.press/publ/damba/1-1-0-8",
    everywhere(
        "<html><head><meta charset='utf-8'><title>Сайт удалён</title></head><body><h1>Сайт удалён</h1><p>Данный сайт удалён его владельцем либо за нарушение правил.</p></body></html>"
    ),
    "usurped",
    "soft-404",
    language="ru",
)
dead(
    "h-hosting-removed",
    "https://d8-ho.press/~jan/dijk.html",
    everywhere(
        "<html><head><title>Geen website</title></head><body><p>Er is geen website geconfigureerd op dit adres.</p></body></html>"
    ),
    "usurped",
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "h-wiki-no-page-200",
    "https://wiki-ho.press/index.php?title=Dijkherstel",
    soft(
        skin(
            "nl",
            "Dijkherstel – Wiki",
            "<h1>Dijkherstel</h1><div>Deze pagina bevat geen tekst. U kunt naar deze term zoeken in andere pagina's.</div>",
        ),
        cited=skin(
            "nl",
            "Dijkherstel – Wiki",
            "<h1>Dijkherstel</h1><div>Deze pagina bevat geen tekst. U kunt naar deze term zoeken in andere pagina's.</div>",
        ),
    ),
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "h-login-instead-of-all",
    "https://d9-ho.press/docs/8812",
    everywhere(skin("en", "Oops", "<h1>Something went wrong</h1><div>Please try again later.</div>")),
    "soft-404",
    "drifted",
    title="Dike repaired",
    language="en",
)
dead(
    "h-home-307",
    f"https://d10-ho.press{_D}",
    redirects("https://d10-ho.press/home", status=307, end=skin("nl", "Gemeente", text("nl"))),
    "soft-404",
    language="nl",
)
dead(
    "h-home-aspx",
    f"https://d11-ho.press{_D}",
    redirects("https://d11-ho.press/Default.aspx?ReturnUrl=x", status=302, end=skin("nl", "Gemeente", text("nl"))),
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "h-home-relative-js",
    f"https://d12-ho.press{_D}",
    html(
        "<html><head><script>\nvar target = '/';\nsetTimeout(\"window.location='\" + target + \"'\", 0);\n</script></head><body></body></html>"
    ),
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "h-home-meta-http",
    f"https://d13-ho.press{_D}",
    html("<HTML><HEAD><META HTTP-EQUIV=REFRESH CONTENT='1; URL=http://www.d13-ho.press'></HEAD></HTML>"),
    "soft-404",
    language="nl",
)
dead(
    "h-to-sitemap",
    f"https://d14-ho.press{_D}",
    redirects(
        "https://d14-ho.press/sitemap",
        end=skin("nl", "Sitemap", "<h1>Sitemap</h1><ul><li><a href='/a'>A</a></li></ul>"),
    ),
    "soft-404",
    "drifted",
    title="Dijkherstel gereed in Oost",
    language="nl",
)
dead(
    "h-to-error-path",
    f"https://d15-ho.press{_D}",
    redirects("https://d15-ho.press/fout/404?url=x", status=302, end=skin("nl", "Fout", "<h1>Fout</h1>")),
    "soft-404",
    language="nl",
)
dead(
    "h-to-niet-gevonden",
    f"https://d16-ho.press{_D}",
    redirects(
        "https://d16-ho.press/pagina-niet-gevonden.html", status=302, end=skin("nl", "Gemeente", "<h1>Helaas</h1>")
    ),
    "soft-404",
    language="nl",
)
dead(
    "h-section-other-name",
    "https://d17-ho.press/artikelen/politiek/dijkherstel-kost-12-miljoen~b8812",
    redirects("https://d17-ho.press/artikelen/politiek", end=skin("nl", "Politiek", "<h1>Politiek</h1>")),
    "soft-404",
    language="nl",
)
dead(
    "h-park-nl-registrar",
    f"https://d18-ho.press{_D}",
    everywhere(
        "<html lang='nl'><head><title>d18-ho.press is geregistreerd</title></head><body><h1>d18-ho.press</h1><p>Deze domeinnaam is geregistreerd via ons. De eigenaar heeft nog geen website geplaatst.</p><a href='/bestel'>Bestel uw eigen domein</a></body></html>"
    ),
    "usurped",
    language="nl",
)
dead(
    "h-park-offer-form",
    f"https://d19-ho.press{_D}",
    everywhere(
        "<html><head><title>d19-ho.press</title></head><body><h2>Interested in this domain?</h2><p>The owner of d19-ho.press is accepting offers. Make an offer today.</p><form><input name='offer'></form></body></html>"
    ),
    "usurped",
    "drifted",
    language="nl",
)
dead(
    "h-park-beian",
    f"https://d20-ho.press{_D}",
    everywhere(
        "<html><head><title>Domain expired</title></head><body><p>The domain d20-ho.press has expired. Please contact your registrar to renew it.</p></body></html>"
    ),
    "usurped",
    language="en",
)
dead(
    "h-park-js-only",
    f"https://d21-ho.press{_D}",
    everywhere(
        "<html><head><title>Loading...</title></head><body><script>window.location.replace('http://d21-ho.press/?ch=1&js=eyJhbGciOi');</script></body></html>"
    ),
    "usurped",
    "soft-404",
    "drifted",
    language="en",
)
dead(
    "h-hijack-essay",
    f"https://d22-ho.press{_D}",
    everywhere(
        "<html lang='en'><head><title>Best Essay Writing Service - Cheap Papers Online</title></head><body>"
        + "<p>Our writers deliver custom essays before the deadline at a fair price for every student.</p>" * 10
        + "</body></html>"
    ),
    "usurped",
    "drifted",
    title="Dijkherstel gereed in Oost-Groningen",
    language="nl",
)
dead(
    "h-hijack-loans-same-language",
    f"https://d23-ho.press{_D}",
    everywhere(
        "<html lang='nl'><head><title>Geld lenen zonder toetsing – snel en eenvoudig</title></head><body>"
        + "<p>Vergelijk leningen en vraag direct een minilening aan zonder papierwerk of wachttijd.</p>" * 10
        + "</body></html>"
    ),
    "usurped",
    "drifted",
    title="Dijkherstel gereed in Oost-Groningen",
    language="nl",
)
dead(
    "h-hijack-betting",
    f"https://d24-ho.press{_D}",
    everywhere(
        "<html lang='tr'><head><title>Deneme Bonusu Veren Bahis Siteleri 2024</title></head><body>"
        + "<p>Güvenilir bahis siteleri ve deneme bonusu veren siteler listesi burada.</p>" * 10
        + "</body></html>"
    ),
    "usurped",
    "drifted",
    title="Dijkherstel gereed in Oost-Groningen",
    language="nl",
)
dead(
    "h-api-not-found-200",
    "https://api-ho.press/v2/stations/8812",
    html('{"status":404,"error":"Not Found","message":"station not found"}', Content_Type="application/json"),
    "soft-404",
    "drifted",
    language="en",
)
dead(
    "h-pdf-gone-to-html-page",
    "https://d25-ho.press/media/rapport.pdf",
    html(
        skin(
            "nl",
            "Pagina niet gevonden | Gemeente",
            "<h1>Pagina niet gevonden</h1><div>Het document is niet meer beschikbaar.</div>",
        )
    ),
    "soft-404",
    language="nl",
)
dead(
    "h-comments-closed-topic",
    "https://board-ho.press/index.php?topic=8812.0",
    everywhere(
        skin(
            "en",
            "An Error Has Occurred!",
            "<h1>An Error Has Occurred!</h1><div>The topic or board you are looking for appears to be either missing or off limits to you.</div>",
        )
    ),
    "soft-404",
    "drifted",
    language="en",
)

# ── barred ──────────────────────────────────────────────────────────────────────────────────────────────────────────

barred(
    "h-cookiewall-nl",
    "https://krant-ho2.press/artikel/8812",
    redirects("https://krant-ho2.press/cookiewall?return=x", status=302, end="<title>Cookies</title>"),
    "walled",
    language="nl",
)
barred(
    "h-login-de",
    "https://amt-ho.press/akte/8812",
    redirects(
        "https://amt-ho.press/anmelden?weiter=x",
        status=302,
        end="<title>Anmelden</title><form><input type=password></form>",
    ),
    "walled",
    language="de",
)
barred(
    "h-browser-check",
    "https://shop-ho.press/p/8812",
    html(
        "<html><head><title>Checking your browser</title></head><body><p>Checking your browser before accessing shop-ho.press. This process is automatic.</p><script src='/.well-known/ddos-guard/js-challenge/index.js'></script></body></html>",
        403,
    ),
    "walled",
    language="en",
)
barred(
    "h-403-says-not-found",
    "https://shop-ho2.press/p/8812",
    html("<title>Page not found</title><h1>Access denied</h1>", 403),
    "walled/http-403",
    language="en",
)
