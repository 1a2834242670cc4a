"""Sources that live, the tricky ones above all."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from citekeeper.model import Expectation
from citekeeper.sandbox import Request, Response, World

from .pages import Site, host_of, html, redirects, together
from .scenario import Stage, Truth, Zoo

ZOO = Zoo()
living = ZOO.adder(Truth.LIVING)

BODE = Site("Noordzeebode", "nl")
KURIER = Site("Hafenkurier", "de", "wordpress")
GAZETTE = Site("The Quay Gazette", "en")
BLOG = Site("Marginalia", "en", "wordpress")
PHARE = Site("Le Phare du Nord", "fr")
VESTNIK = Site("Северный вестник", "ru")
ADMIN = Site("Администрация Приморского района", "ru", "bitrix", "windows-1251")
OLD_RU = Site("Библиотека приморья", "ru", "static", "windows-1251", label=False)
KOI = Site("Домашняя страница", "ru", "static", "koi8-r")
KRAY = Site("Край", "uk")
STATIC = Site("J. Hofman's pages", "en", "static")
BARE = Site("Notes", "en", "bare")


# ── plain pages in six languages and many encodings ─────────────────────────────────────────────────────────────────

living(
    "article-en",
    "https://quay-gazette.press/2022/04/07/harbour-wall-report-12",
    GAZETTE.shows(GAZETTE.article("Harbour wall report names three causes", marked=True)),
    "alive/ok",
    title="Harbour wall report names three causes",
    language="en",
)
living(
    "article-nl",
    "https://noordzeebode.press/artikel/dijk-rapport-noemt-drie-oorzaken",
    BODE.shows(BODE.article("Rapport over dijk noemt drie oorzaken")),
    "alive/ok",
    title="Rapport over dijk noemt drie oorzaken",
    language="nl",
)
living(
    "article-de",
    "https://hafenkurier.press/2022/damm-bericht",
    KURIER.shows(KURIER.article("Dammbericht nennt drei Ursachen")),
    "alive/ok",
    language="de",
)
living(
    "article-fr",
    "https://phare-du-nord.press/rapport-sur-la-digue-1284",
    PHARE.shows(PHARE.article("Le rapport sur la digue nomme trois causes", marked=True)),
    "alive/ok",
    language="fr",
)
living(
    "article-ru",
    "https://severnyj-vestnik.press/news/2022/05/03/doklad-o-dambe",
    VESTNIK.shows(VESTNIK.article("Доклад о дамбе называет три причины")),
    "alive/ok",
    title="Доклад о дамбе называет три причины",
    language="ru",
)
living(
    "article-uk",
    "https://kray.press/news/842211.html",
    KRAY.shows(KRAY.article("Звіт про дамбу називає три причини")),
    "alive/ok",
    title="Звіт про дамбу називає три причини",
    language="uk",
)
living(
    "article-cp1251-table-layout",
    "https://admin-primor.press/about/info/news/4412/",
    ADMIN.shows(ADMIN.article("О ремонте причальной стенки")),
    "alive/ok",
    language="ru",
)
living(
    "article-cp1251-unlabelled",
    "https://biblio-primor.press/texts/damba.htm",
    OLD_RU.shows(OLD_RU.article("Дамба и город")),
    "alive/ok",
    title="Дамба и город",
    language="ru",
)
living(
    "article-koi8",
    "https://koi-home.press/~ivan/damba.html",
    KOI.shows(KOI.article("Записки о дамбе")),
    "alive/ok",
    language="ru",
)
living(
    "article-utf16",
    "https://utf16.press/report.htm",
    html(STATIC.article("The sixteen-bit report").decode().encode("utf-16"), Content_Type="text/html"),
    "alive/ok",
    title="The sixteen-bit report",
)
living(
    "article-mislabelled-latin1",
    "https://mislabel.press/a/1284",
    html(VESTNIK.article("Ошибочная кодировка города"), Content_Type="text/html; charset=iso-8859-1"),
    "alive/ok",
    language="ru",
)
living(
    "article-cp1251-labelled-utf8",
    "https://mislabel2.press/a/1284",
    html(OLD_RU.article("Страница не найдена: повесть"), Content_Type="text/html; charset=utf-8"),
    "alive",
    title="Страница не найдена: повесть",
    language="ru",
)
living(
    "title-in-readers-language",
    "https://severnyj-vestnik2.press/news/2022/05/04/otezd",
    VESTNIK.shows(VESTNIK.article("Почему они уехали")),
    "alive/ok",
    title="Waarom ze vertrokken [Почему они уехали, in het Russisch]",
    language="ru",
)
living(
    "dutch-title-russian-casino-news",
    "https://severnyj-vestnik3.press/news/2022/05/05/kazino",
    VESTNIK.shows(VESTNIK.article("В Приморье закрыли последнее казино")),
    "alive/ok",
    title="Laatste speelhal van Primorje gesloten",
    language="ru",
)
living(
    "english-title-german-casino-law",
    "https://hafenkurier9.press/2022/casino-gesetz",
    KURIER.shows(KURIER.article("Neues Casino-Gesetz tritt in Kraft")),
    "alive/ok",
    title="New gambling law enters into force",
    language="de",
)

# ── pages about missing pages ───────────────────────────────────────────────────────────────────────────────────────

living(
    "about-404-design",
    "https://marginalia.press/2021/why-your-404-page-matters",
    BLOG.shows(BLOG.article("Why your 404 page matters")),
    "alive",
    language="en",
)
living(
    "about-page-not-found",
    "https://quay-gazette2.press/features/page-not-found-how-local-news-disappears",
    GAZETTE.shows(GAZETTE.article("Page not found: how local news disappears", sentences=24)),
    "alive",
    language="en",
)
living(
    "about-page-not-found-titled-only-that",
    "https://marginalia3.press/essays/page-not-found",
    BLOG.shows(BLOG.article("Page not found", sentences=24)),
    "alive",
    language="en",
)
living(
    "about-page-not-found-cited",
    "https://quay-gazette3.press/features/page-not-found",
    GAZETTE.shows(GAZETTE.article("Page not found", sentences=8)),
    "alive",
    title="Page not found",
    language="en",
)
living(
    "mdn-like-404",
    "https://webdocs.press/en-US/docs/Web/HTTP/Status/404",
    BARE.shows(
        BARE.article(
            "404 Not Found",
            "The HTTP 404 Not Found client error response status code indicates that the server cannot find the requested resource.",
            sentences=6,
            head='<link rel="canonical" href="https://webdocs.press/en-US/docs/Web/HTTP/Status/404">',
            page_title="404 Not Found - HTTP | Web Docs",
        )
    ),
    "alive",
    language="en",
)
living(
    "wikipedia-like-404",
    "https://en.wikilike.press/wiki/HTTP_404",
    STATIC.shows(
        STATIC.article(
            "HTTP 404",
            "In computer network communications, the HTTP 404, 404 not found, page not found or file not found error message is a standard response code.",
            sentences=20,
            page_title="HTTP 404 - Wikilike",
        )
    ),
    "alive",
)
living(
    "peugeot-404",
    "https://de.wikilike.press/wiki/Peugeot_404",
    Site("Wikilike", "de", "static").shows(
        Site("Wikilike", "de", "static").article("Peugeot 404", page_title="Peugeot 404 – Wikilike")
    ),
    "alive/ok",
)
living(
    "museum-object-404",
    "https://sammlung.press/objekt/404",
    KURIER.shows(KURIER.article("Objekt 404: Kanne", sentences=3)),
    "alive/ok",
    language="de",
)
living(
    "bus-404-timetable",
    "https://stadsvervoer.press/lijnen/404",
    BODE.shows(
        BODE.article(
            "404", "Lijn 404 rijdt van het station naar de haven.", sentences=2, page_title="404 – Stadsvervoer"
        )
    ),
    "alive",
    title="Dienstregeling lijn 404",
    language="nl",
)
living(
    "band-not-found",
    "https://bandbase.press/artist/not-found",
    BARE.shows(
        BARE.article(
            "Not Found",
            "Not Found is a three-piece band from Utrecht formed in 2009. Their first record appeared on a cassette of forty copies.",
            "Members: A. de Wit (guitar), S. Bakker (drums), L. Mulder (bass).",
            sentences=10,
            page_title="Not Found - BandBase",
        )
    ),
    "alive",
    language="en",
)
living(
    "novel-not-found-cited",
    "https://bookshelf.press/book/9780141036144",
    GAZETTE.shows(
        GAZETTE.article(
            "Not Found", "A novel by Anna Lind. 312 pages.", sentences=2, page_title="Not Found by Anna Lind"
        )
    ),
    "alive",
    title="Anna Lind, Not Found (novel)",
    language="en",
)
living(
    "film-stranica-udalena",
    "https://kinoarhiv.press/film/88123/",
    VESTNIK.shows(
        VESTNIK.article(
            "Страница удалена",
            "Художественный фильм, 2019 год. Режиссёр М. Орлов.",
            sentences=8,
            page_title="Страница удалена (фильм, 2019) — КиноАрхив",
        )
    ),
    "alive",
    language="ru",
)
living(
    "poem-nicht-gefunden",
    "https://gedichte.press/nicht-gefunden",
    STATIC.shows(
        STATIC.article(
            "Nicht gefunden",
            "Ich suchte dich im Garten,<br>ich suchte dich im Haus,<br>die Uhren und die Karten<br>die lachten mich nur aus.",
            "Ich schrieb dir lange Zeilen,<br>der Wind nahm Blatt um Blatt,<br>und tausend leere Meilen<br>lagen vor dieser Stadt.",
            "Dann fand ich deine Schuhe<br>am Ufer, ordentlich,<br>und fand zuletzt die Ruhe,<br>und fand zuletzt auch mich.",
            sentences=0,
            page_title="Nicht gefunden – Gedichte",
        )
    ),
    "alive",
    language="de",
)
living(
    "poem-niet-gevonden-cited",
    "https://gedichten.press/niet-gevonden",
    BARE.shows(BARE.article("Niet gevonden", "Ik zocht je in de tuin.", sentences=0, page_title="Niet gevonden")),
    "alive",
    title="Niet gevonden",
    language="nl",
)
living(
    "says-has-been-removed",
    "https://tr.standards.press/TR/2004/report-removed",
    STATIC.shows(
        STATIC.article(
            "Changes in this version",
            "The section on encodings has been removed. This page has been removed from the list of normative references.",
            sentences=6,
        )
    ),
    "alive/ok",
)
living(
    "short-note-has-been-removed",
    "https://quay-gazette4.press/notes/88",
    GAZETTE.shows(
        GAZETTE.article(
            "Statue leaves the square",
            "The statue has been removed on Monday. The city's page has been removed as well, a spokesman said.",
            sentences=0,
        )
    ),
    "alive",
    language="en",
)
living(
    "says-stranica-udalena",
    "https://severnyj-vestnik4.press/news/1",
    VESTNIK.shows(
        VESTNIK.article("Мэрия удалила отчёт", "На сайте мэрии теперь написано: «Страница удалена».", sentences=4)
    ),
    "alive/ok",
    language="ru",
)
living(
    "cp1251-says-not-found",
    "https://admin-primor2.press/news/77/",
    ADMIN.shows(
        ADMIN.article(
            "О работе сайта", "При переходе по старым ссылкам показывается «Страница не найдена».", sentences=6
        )
    ),
    "alive/ok",
    language="ru",
)
living(
    "koi8-says-not-found",
    "https://koi-home2.press/faq.html",
    KOI.shows(KOI.article("Частые вопросы", "Если страница не найдена, напишите мне.", sentences=6)),
    "alive/ok",
    language="ru",
)
living(
    "short-news-site-deleted-article",
    "https://severnyj-vestnik5.press/news/2",
    VESTNIK.shows(
        VESTNIK.article(
            "Издание удалило статью о дамбе",
            "Материал удалён с сайта издания во вторник. По старому адресу открывается надпись «материал не найден».",
            sentences=1,
        )
    ),
    "alive",
    language="ru",
)
living(
    "sidebar-404-words",
    "https://quay-gazette5.press/sport/regatta-2022",
    GAZETTE.shows(
        GAZETTE.article(
            "Regatta ends in fog",
            sentences=6,
            aside='<div class="w"><h2>Page not found</h2><p>Our podcast about the lost internet. Listen now.</p></div>',
        )
    ),
    "alive",
    language="en",
)
living(
    "sidebar-404-short-page",
    "https://quay-gazette6.press/photo/3312",
    GAZETTE.shows(
        GAZETTE.article(
            "The fog in pictures",
            "Photo: staff",
            sentences=0,
            aside='<div class="w"><a href="/podcast">Page not found – a podcast</a></div>',
            main='<figure><img src="/1.jpg"></figure><figure><img src="/2.jpg"></figure>',
        )
    ),
    "alive/ok",
    language="en",
)
living(
    "js-alert-in-script",
    "https://quay-gazette7.press/map/2022",
    GAZETTE.shows(
        GAZETTE.article(
            "Map of closures",
            "Click a street.",
            sentences=0,
            main='<script>var messages={404:"Page not found",410:"This page no longer exists"};</script>',
        )
    ),
    "alive",
    language="en",
)
living(
    "lost-and-found-nl",
    "https://noordzeebode2.press/dienst/verloren",
    BODE.shows(BODE.article("Verloren of niet gevonden?", "Meld uw verloren voorwerp bij de balie.", sentences=3)),
    "alive",
    language="nl",
)
living(
    "issue-page-not-found",
    "https://codeforge.press/quay/website/issues/112",
    BARE.shows(
        BARE.article(
            "Page not found when opening /archive",
            "Steps: open /archive. Expected: the archive. Actual: page not found.",
            sentences=3,
            page_title="Page not found when opening /archive · Issue #112 · quay/website",
        )
    ),
    "alive",
)
living(
    "error-dashboard-docs",
    "https://webdocs2.press/errors",
    BARE.shows(
        BARE.article(
            "Errors",
            "<b>404</b> Page not found. <b>410</b> This page no longer exists. <b>500</b> Something broke.",
            sentences=1,
        )
    ),
    "alive/ok",
)

# ── empty results, thin pages and programs ──────────────────────────────────────────────────────────────────────────

living(
    "empty-search-cited-en",
    "https://catalogue.press/search?q=harbour+1921",
    GAZETTE.shows(
        GAZETTE.missing(
            "Search results for “harbour 1921” | Catalogue", "No results", "Nothing was found for “harbour 1921”."
        )
    ),
    "alive/ok",
    title="Search for “harbour 1921”: no results",
    language="en",
)
living(
    "empty-search-cited-ru",
    "https://reestr.press/search/?query=%D0%B4%D0%B0%D0%BC%D0%B1%D0%B0",
    VESTNIK.shows(VESTNIK.missing("Поиск по реестру", "Результаты поиска", "По вашему запросу ничего не найдено.")),
    "alive",
    language="ru",
)
living(
    "empty-search-niet-gevonden",
    "https://register.press/zoek?naam=Hofman",
    BODE.shows(
        BODE.missing(
            "Zoekresultaat | Register",
            "Zoekresultaat",
            "Uw zoekopdracht leverde 0 resultaten op. Dossier niet gevonden.",
        )
    ),
    "alive",
    title="Zoekresultaat register Hofman",
    language="nl",
)
living(
    "record-card-on-soft-host",
    "https://bibliotheek.press/record/55012",
    BODE.living_among(
        BODE.missing(
            "Catalogus",
            "Kaart van de haven, 1884",
            "Kaart, 60 × 40 cm, gekleurd. Uitgever: Wed. Mulder, Delfzijl. Signatuur: K 1884-12. Herkomst: legaat Wiersma 1931. Bestand niet gevonden: scan ontbreekt.",
        ),
        BODE.missing("Catalogus", "", "Document niet gevonden."),
    ),
    "alive",
    language="nl",
)
living(
    "spa-empty-root",
    "https://app-atlas.press/map/region/12",
    html(
        '<!doctype html><html lang="en"><head><title>Atlas of closures</title><script type="module" src="/assets/index-3f2.js"></script></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>'
    ),
    "alive/javascript-required",
    title="Atlas of closures",
)
_SPA = '<!doctype html><html lang="en"><head><title>Open Data Portal</title></head><body><div id="app"></div><script>window.__I18N__={"errors":{"notFound":"Page not found","gone":"This page no longer exists"},"nav":{"home":"Home"}}</script><script src="/app.8812.js"></script></body></html>'


def _same_everywhere(body: str) -> Stage:
    def stage(world: World, url: str) -> None:
        world.handler(host_of(url), lambda _request: Response.html(body))

    return stage


living(
    "spa-with-i18n-bundle",
    "https://opendata.press/dataset/harbour-levels-2022",
    _same_everywhere(_SPA),
    "alive/javascript-required",
    language="en",
)
living(
    "spa-noscript-full-text",
    "https://quay-gazette8.press/story/9911",
    GAZETTE.shows(GAZETTE.article("Story with scripts", sentences=12)),
    "alive/ok",
)
living(
    "next-app-full-text",
    "https://quay-next.press/story/9912",
    BARE.shows(
        BARE.article(
            "A server-rendered story",
            sentences=12,
            main='<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"page":"/404","err":"Page not found"}</script>',
        )
    ),
    "alive",
)
living(
    "wildcard-host-living-untitled",
    "https://dorpsblad.press/nieuws/harmonie-wint-prijs",
    BODE.living_among(BODE.article("Harmonie wint prijs", sentences=2), BODE.front()),
    "alive/ok",
    language="nl",
)
living(
    "wildcard-host-says-removed",
    "https://dorpsblad2.press/nieuws/bank-verwijderd",
    BODE.living_among(
        BODE.article(
            "Bankje weg",
            "Het bankje is weg. De pagina is verwijderd van de gemeentesite, meldt de wijkraad, die daarover verbaasd is.",
            sentences=0,
        ),
        BODE.front("Dorpsblad"),
    ),
    "alive",
    language="nl",
)
living(
    "canonical-to-front",
    "https://badcms.press/news/2022/item-881",
    GAZETTE.shows(
        GAZETTE.article(
            "A badly configured page", sentences=4, head='<link rel="canonical" href="https://badcms.press/">'
        )
    ),
    "alive/ok",
    language="en",
)
living(
    "canonical-to-front-wildcard",
    "https://badcms2.press/news/2022/item-882",
    GAZETTE.living_among(
        GAZETTE.article(
            "Another badly configured page", sentences=4, head='<link rel="canonical" href="https://badcms2.press/">'
        ),
        GAZETTE.front(),
    ),
    "alive/ok",
    language="en",
)
living(
    "thin-photo-page",
    "https://fotoarchief.press/beeld/3312",
    BODE.shows(BODE.page("Fotoarchief", '<img src="/3312.jpg" alt="De haven in 1921">')),
    "alive/ok",
    language="nl",
)
living(
    "thin-page-on-wildcard-host",
    "https://fotoarchief2.press/beeld/3313",
    BODE.living_among(
        BODE.page(
            "Fotoarchief",
            '<figure><img src="/3313.jpg" alt="haven"><figcaption>De haven met de stoomboot Dollard, oktober 1921. Foto: Wiersma.</figcaption></figure>',
        ),
        BODE.page("Fotoarchief", ""),
    ),
    "alive/ok",
    language="nl",
)
living(
    "gallery-security-check",
    "https://quay-gazette9.press/gallery/airport",
    BARE.shows(
        BARE.article(
            "Security check at the airport",
            "Five pictures from the queue.",
            sentences=0,
            main='<form action="/contact"><div class="g-recaptcha" data-sitekey="k"></div></form>',
        )
    ),
    "alive",
    language="en",
)
living(
    "frameset",
    "https://oldframes.press/index2.html",
    html(
        "<html><head><title>Ortschronik</title></head><frameset cols='20%,80%'><frame src='menu.html'><frame src='text.html'></frameset></html>"
    ),
    "alive",
    language="de",
)
living(
    "empty-head-no-title",
    "https://notitle.press/readme.html",
    html("<p>" + " ".join(STATIC.prose(12)) + "</p>"),
    "alive/ok",
)
living(
    "broken-html",
    "https://broken.press/a.html",
    html(
        "<html><head><title>Report<body><p>The report<div><table><tr><td>"
        + " ".join(STATIC.prose(12))
        + "</p></tr></b></i><p>"
    ),
    "alive/ok",
)
living(
    "huge-page",
    "https://huge.press/minutes/1921",
    html("<title>Minutes of 1921</title>" + "".join(f"<p>{line}</p>" for line in STATIC.prose(12)) * 1500),
    "alive/ok",
    title="Minutes of 1921",
)

# ── parking words, walls' words and block words in living pages ─────────────────────────────────────────────────────

living(
    "news-domain-sold",
    "https://quay-gazette10.press/tech/domain-sold",
    GAZETTE.shows(
        GAZETTE.article(
            "Town's web address sold for 12 pounds", "Visitors now read: “This domain is for sale”.", sentences=3
        )
    ),
    "alive/ok",
    language="en",
)
living(
    "news-domain-sold-short-ru",
    "https://severnyj-vestnik6.press/news/3",
    VESTNIK.shows(
        VESTNIK.article(
            "Домен города выставлен на торги", "На месте сайта теперь надпись «Домен продаётся».", sentences=3
        )
    ),
    "alive/ok",
    language="ru",
)
living(
    "help-domein-gereserveerd",
    "https://hosthulp.press/help/domeinnaam-gereserveerd",
    BODE.shows(
        BODE.article(
            "Deze domeinnaam is gereserveerd: wat betekent dat?",
            "Ziet u de melding “deze domeinnaam is gereserveerd”, dan heeft iemand de naam geregistreerd maar nog geen website geplaatst. U kunt in het register opzoeken wie de houder is. Neem daarna contact op met de registrar.",
            sentences=2,
        )
    ),
    "alive",
    language="nl",
)
living(
    "future-home-of",
    "https://quay-gazette11.press/culture/future-home-of-the-concert-hall",
    GAZETTE.shows(GAZETTE.article("Future home of the concert hall revealed", sentences=4)),
    "alive/ok",
    language="en",
)
living(
    "sponsored-listings-page",
    "https://vergelijk.press/laptops/lichtgewicht",
    BODE.shows(
        BODE.page(
            "Lichte laptops vergelijken | Vergelijk",
            "<h1>Lichte laptops</h1><h2>Sponsored listings</h2>"
            + "".join(f"<div><a href='/p/{n}'>Laptop {n}</a> € {400 + n}</div>" for n in range(30)),
        )
    ),
    "alive",
    language="nl",
)
living(
    "related-searches-page",
    "https://lexicon.press/begriff/deich",
    KURIER.shows(
        KURIER.page(
            "Deich – Lexikon",
            "<h1>Deich</h1><p>Ein Deich ist ein künstlich aufgeschütteter Damm entlang einer Küste oder eines Flusses.</p><h2>Related searches</h2><a href='/damm'>Damm</a>",
        )
    ),
    "alive",
    language="de",
)
living(
    "account-suspended-news",
    "https://quay-gazette12.press/tech/mayor-suspended",
    GAZETTE.shows(
        GAZETTE.article(
            "Mayor's account suspended", "The page now says: “This account has been suspended”.", sentences=3
        )
    ),
    "alive/ok",
    language="en",
)
living(
    "broker-article",
    "https://www.sedo.com/us/news/market-report-2022/",
    BARE.shows(BARE.article("Domain market report 2022", "Buy this domain buttons convert better.", sentences=3)),
    "alive/ok",
    language="en",
)
living(
    "forum-captcha-thread",
    "https://forum.scrapers.press/t/just-a-moment/8812",
    BARE.shows(
        BARE.article(
            "Just a moment... keeps showing",
            "I get <code>window._cf_chl_opt={cvId:'2'}</code> and cf-chl-widget and then g-recaptcha.",
            sentences=6,
            page_title="Just a moment... keeps showing - Scrapers Forum",
        )
    ),
    "alive",
    language="en",
)
living(
    "forum-captcha-short",
    "https://forum.scrapers.press/t/just-a-moment/8813",
    BARE.shows(
        BARE.article(
            "Just a moment… loop",
            "Same here: challenges.cloudflare.com/turnstile again and again. Any fix?",
            sentences=2,
            page_title="Just a moment… loop - Scrapers Forum",
        )
    ),
    "alive",
    "walled",
    language="en",
)
living(
    "challenge-script-on-page",
    "https://quay-gazette13.press/opinion/441",
    GAZETTE.shows(
        GAZETTE.article(
            "Opinion on walls",
            sentences=10,
            main='<script>(function(){var d=document;d.src="/cdn-cgi/challenge-platform/h/b/scripts/jsd/x.js"})();</script>',
        )
    ),
    "alive/ok",
    language="en",
)
living(
    "ddos-guard-server-header",
    "https://quay-gazette14.press/opinion/442",
    GAZETTE.shows(
        GAZETTE.article("Served by a guard", sentences=10),
        headers={
            "Server": "ddos-guard",
            "CF-RAY": "7a1-AMS",
            "X-Robots-Tag": "noindex",
            "X-Frame-Options": "DENY",
            "Set-Cookie": "__ddg1_=x; Domain=.quay-gazette14.press",
        },
    ),
    "alive/ok",
    language="en",
)
living(
    "datadome-harmless-header",
    "https://quay-gazette15.press/opinion/443",
    GAZETTE.shows(
        GAZETTE.article(
            "Served with DataDome", sentences=10, main='<script src="https://js.datadome.co/tags.js"></script>'
        ),
        headers={"X-DataDome": "protected"},
    ),
    "alive/ok",
    language="en",
)
living(
    "news-site-blocked-by-court",
    "https://severnyj-vestnik7.press/news/4",
    VESTNIK.shows(
        VESTNIK.article(
            "Роскомнадзор заблокировал сайт",
            "При попытке открыть его появляется надпись: «Доступ к запрашиваемому ресурсу ограничен».",
            sentences=8,
        )
    ),
    "alive/ok",
    language="ru",
)
living(
    "news-site-blocked-short",
    "https://severnyj-vestnik8.press/news/5",
    Site("Телеграф", "ru", "bare").shows(
        Site("Телеграф", "ru", "bare").article(
            "Сайт заблокирован по решению суда",
            "Об этом сообщила прокуратура области. Издание намерено обжаловать решение.",
            sentences=2,
        )
    ),
    "alive",
    "blocked",
    title="Сайт заблокирован по решению суда",
    language="ru",
)
living(
    "geo-words-in-news",
    "https://quay-gazette16.press/tech/streaming",
    GAZETTE.shows(
        GAZETTE.article("Streaming stops at the border", "“Not available in your country”, viewers read.", sentences=8)
    ),
    "alive/ok",
    language="en",
)
living(
    "login-docs",
    "https://webdocs3.press/guide/sign-in",
    BARE.shows(
        BARE.article(
            "Sign in with a key",
            "Type your name in <input type=text> and the word in <input type=password>.",
            sentences=8,
        )
    ),
    "alive/ok",
    language="en",
)
living(
    "login-form-in-header",
    "https://phpforum.press/viewtopic.php?f=4&t=8812",
    BARE.shows(
        BARE.article("Login problems of 2009", sentences=6, main='<form><input type="password" name="p"></form>')
    ),
    "alive/ok",
)
living(
    "casino-regulator",
    "https://regulator.press/casino-report",
    GAZETTE.shows(GAZETTE.article("Online casino supervision report 2022")),
    "alive/ok",
    title="Online casino supervision report 2022",
    language="en",
)

# ── other kinds of content, statuses and headers ────────────────────────────────────────────────────────────────────

living(
    "pdf",
    "https://rapporten.press/dijk.pdf",
    html(
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n" + b"0" * 4000, Content_Type="application/pdf"
    ),
    "alive/ok",
    title="Dijkrapport",
)
living(
    "pdf-octet-stream",
    "https://rapporten.press/dijk2.pdf",
    html(b"%PDF-1.4\n" + b"0" * 4000, Content_Type="application/octet-stream"),
    "alive/ok",
)
living(
    "pdf-labelled-html",
    "https://rapporten.press/dijk3.pdf",
    html(b"%PDF-1.4\n404 Not Found" + b"0" * 4000, Content_Type="text/html"),
    "alive/ok",
)
living(
    "pdf-viewer-page",
    "https://rapporten2.press/doc/dijk.pdf",
    BODE.shows(BODE.article("Dijkrapport", "<object data='/raw/dijk.pdf'></object>", sentences=0)),
    "alive",
    language="nl",
)
living(
    "wiki-file-page-jpg",
    "https://commons.wikilike.press/wiki/File:Harbour_1921.jpg",
    BARE.living_among(
        BARE.article(
            "File:Harbour 1921.jpg",
            "No higher resolution available. Photograph of the harbour, 1921. Author unknown.",
            "Licensing: public domain.",
            sentences=2,
        ),
        BARE.article("File missing", "No file by this name exists.", sentences=0),
    ),
    "alive",
)
living(
    "image",
    "https://fotos.press/haven.jpg",
    html(b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x01" * 5000, Content_Type="image/jpeg"),
    "alive/ok",
)
living(
    "plain-text-log",
    "https://logs.press/2022-04-07.txt",
    html("GET /x 404 Not Found\nPage not found\n" * 50, Content_Type="text/plain"),
    "alive/ok",
)
living(
    "json",
    "https://api.press/v1/levels/7",
    html(json.dumps({"level": 7, "station": "Delfzijl"}), Content_Type="application/json"),
    "alive/ok",
)
living(
    "xml-feed",
    "https://feeds.press/rss.xml",
    html(
        "<?xml version='1.0'?><rss><channel><title>Not found</title></channel></rss>",
        Content_Type="application/rss+xml",
    ),
    "alive/ok",
)
living(
    "xhtml",
    "https://xhtml.press/a.xhtml",
    html(
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>Deed</title></head><body><p>"
        + " ".join(STATIC.prose(8))
        + "</p></body></html>",
        Content_Type="application/xhtml+xml",
    ),
    "alive/ok",
)
living(
    "no-content-type",
    "https://nolabel.press/a",
    html("<html><title>Deed</title><p>" + " ".join(STATIC.prose(8)), Content_Type=""),
    "alive/ok",
)
living(
    "status-203",
    "https://s203.press/a",
    GAZETTE.shows(GAZETTE.article("By a transforming proxy"), status=203),
    "alive/ok",
)
living("status-206", "https://s206.press/a", GAZETTE.shows(GAZETTE.article("In part"), status=206), "alive/ok")
living("status-201", "https://s201.press/a", GAZETTE.shows(GAZETTE.article("Created, oddly"), status=201), "alive/ok")
living(
    "gzip-chunked",
    "https://gzip.press/a",
    GAZETTE.shows(GAZETTE.article("Compressed"), compress=True, chunked=True),
    "alive/ok",
)
living(
    "gzip-double-label",
    "https://gzip2.press/a",
    html(gzip.compress(GAZETTE.article("Compressed always")), Content_Encoding="x-gzip", Content_Type="text/html"),
    "alive/ok",
)


def _not_modified(world: World, url: str) -> None:
    world.page(url, GAZETTE.article("Unchanged"), headers={"ETag": '"v1"'})


living("etag-304", "https://etag.press/a", _not_modified, "alive/ok", etag='"v1"')
living(
    "accepted-403",
    "https://accept403.press/a",
    html("Forbidden", 403),
    "alive/accepted-status",
    expectation=Expectation(accept=(403,)),
)


def _refuses_head(world: World, url: str) -> None:
    page, absent = Response.html(GAZETTE.article("No HEAD, please").decode()), Response.text("no such page", 404)

    def answer(request: Request) -> Response:
        if request.method != "GET":
            return Response.text("no", 405)
        return page if request.url == url else absent

    world.handler(host_of(url), answer)


living("refuses-head", "https://nohead.press/a", _refuses_head, "alive/ok")

# ── slow, flaky and limiting servers that answer in the end ─────────────────────────────────────────────────────────


def _after(*firsts: Response) -> Stage:
    def stage(world: World, url: str) -> None:
        world.sequence(url, [*firsts, Response.html(GAZETTE.article("Better late").decode())])

    return stage


def _limited(**headers: str) -> Response:
    return Response(429, tuple((name.replace("_", "-"), value) for name, value in headers.items()), b"slow down")


def _date(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


def _limited_until(world: World, url: str) -> None:
    _after(_limited(Retry_After=_date(1)))(world, url)


def _reset_once(world: World, url: str) -> None:
    world.page(url, GAZETTE.article("Reset once"))
    world.fault(url, "reset", times=1)


def _empty_once(world: World, url: str) -> None:
    world.page(url, GAZETTE.article("Silent once"))
    world.fault(url, "empty-reply", times=1)


living("slow", "https://slow.press/a", GAZETTE.shows(GAZETTE.article("Slow but alive"), delay=0.7), "alive/ok")
living("503-then-200", "https://flaky1.press/a", _after(Response.text("busy", 503)), "alive/ok")
living(
    "502-503-then-200",
    "https://flaky2.press/a",
    _after(Response.text("busy", 502), Response.text("busy", 503)),
    "alive/ok",
)
living("reset-then-200", "https://flaky3.press/a", _reset_once, "alive/ok")
living("empty-reply-then-200", "https://flaky4.press/a", _empty_once, "alive/ok")
living("429-plain", "https://limit1.press/a", _after(_limited()), "alive/ok")
living("429-seconds", "https://limit2.press/a", _after(_limited(Retry_After="1")), "alive/ok")
living("429-date", "https://limit3.press/a", _limited_until, "alive/ok")
living("429-unit", "https://limit4.press/a", _after(_limited(Retry_After="800ms")), "alive/ok")
living("429-zero", "https://limit5.press/a", _after(_limited(Retry_After="0")), "alive/ok")
living("429-nonsense", "https://limit6.press/a", _after(_limited(Retry_After="soon")), "alive/ok")
living(
    "429-github",
    "https://limit7.press/a",
    _after(_limited(X_RateLimit_Remaining="0", X_RateLimit_Reset="1")),
    "alive/ok",
)
living("429-ietf", "https://limit8.press/a", _after(_limited(RateLimit='"default";r=0;t=1')), "alive/ok")
living(
    "429-gitlab", "https://limit9.press/a", _after(_limited(RateLimit_Remaining="0", RateLimit_Reset="1")), "alive/ok"
)
living(
    "503-retry-after",
    "https://limit10.press/a",
    _after(Response(503, (("Retry-After", "1"),), b"maintenance")),
    "alive/ok",
)

# ── redirects that are no loss ──────────────────────────────────────────────────────────────────────────────────────

STORY = GAZETTE.article("Harbour wall report", marked=True)


def _wants_cookie(world: World, url: str) -> None:
    page = Response.html(STORY.decode())

    def answer(request: object) -> Response:
        if "seen=1" in request.headers.get("cookie", ""):  # type: ignore[attr-defined]
            return page
        return Response.redirect(url, 302, (("Set-Cookie", "seen=1; Path=/"),))

    world.handler(host_of(url), answer)  # type: ignore[arg-type]


living("cookie-for-redirect", "https://cookie.press/story/1", _wants_cookie, "alive")
living(
    "http-https-www",
    "http://hop.press/story/1",
    redirects("https://hop.press/story/1", "https://www.hop.press/story/1", end=STORY),
    "alive/redirect-same-page",
    "moved",
)
living(
    "trailing-slash",
    "https://slash.press/story/harbour",
    redirects("https://slash.press/story/harbour/", end=STORY),
    "alive/redirect-same-page",
)
living(
    "mobile-host",
    "https://m.mob.press/story/1",
    redirects("https://www.mob.press/story/1", end=STORY),
    "alive",
    "moved",
)
living(
    "moved-new-path",
    "https://paths.press/2022/04/07/harbour.html",
    redirects("https://paths.press/news/harbour", end=STORY),
    "moved/redirect-permanent",
)
living(
    "moved-308",
    "https://paths2.press/2022/04/07/harbour.html",
    redirects("https://paths2.press/news/harbour", status=308, end=STORY),
    "moved/redirect-permanent",
)
living(
    "moved-new-domain",
    "https://olddomain.press/story/harbour-wall",
    redirects("https://newdomain.press/story/harbour-wall", end=STORY),
    "moved/redirect-permanent",
    title="Harbour wall report",
)
living(
    "temporary-302",
    "https://temp.press/story/1",
    redirects("https://temp.press/story/1/view", status=302, end=STORY),
    "alive/redirect-temporary",
)
living(
    "slug-renamed",
    "https://slugs.press/story/123",
    redirects("https://slugs.press/story/123-harbour-wall-report", end=STORY),
    "moved",
)
living(
    "slug-dropped",
    "https://slugs2.press/story/12345/harbour-wall-report-of-2022",
    redirects("https://slugs2.press/story/12345", end=STORY),
    "moved",
    "alive",
)
living(
    "front-to-language",
    "https://lang.press/",
    redirects("https://lang.press/en/", status=302, end=GAZETTE.front()),
    "alive",
)
living(
    "front-to-language-301",
    "https://lang2.press",
    redirects("https://lang2.press/nl/home", end=BODE.front()),
    "alive",
    "moved",
)
living(
    "article-language-version",
    "https://lang3.press/article/4412/harbour",
    redirects("https://lang3.press/en/article/4412/harbour", status=302, end=STORY),
    "alive",
)
living(
    "old-front-to-new-domain",
    "http://www.oldministry.press/",
    redirects("https://ministry.press/", end=BODE.front()),
    "moved",
    "alive",
)
living(
    "section-became-site",
    "https://uni.press/blog",
    redirects("https://blog.uni.press/", end=BLOG.front()),
    "moved",
    "alive",
)
living(
    "project-became-site",
    "https://uni2.press/projects/atlas/",
    redirects("https://atlas.uni2.press/", end=BLOG.front("Atlas of closures")),
    "moved",
    "alive",
    "drifted",
)
living(
    "report-became-site",
    "https://instituut.press/onderzoek/dijkenrapport-2022",
    redirects("https://dijkenrapport.press/", end=BODE.front("Dijkenrapport 2022")),
    "moved",
    "alive",
    "drifted",
    language="nl",
)
living(
    "one-page-site",
    "https://onepager.press/over-ons/contact",
    redirects("https://onepager.press/#contact", end=BODE.front("Buurthuis")),
    "alive",
    "moved",
    "drifted",
    language="nl",
)
living(
    "front-titled-as-cited",
    "https://campaign.press/en/petition-harbour-2022",
    redirects("https://campaign.press/", end=GAZETTE.front("Petition for the harbour 2022")),
    "alive",
    "moved",
    title="Petition for the harbour 2022",
)
living(
    "shortener",
    "https://bit.ly/3harbour",
    redirects("https://short-target.press/", end=GAZETTE.front()),
    "alive",
    "moved",
)
living(
    "doi",
    "https://doi.org/10.5555/12345678",
    redirects("https://journal.press/article/view/812", status=302, end=GAZETTE.article("On walls", sentences=10)),
    "alive/persistent-identifier",
)
living(
    "thread-page",
    "https://forum2.press/thread/12345-the-wall/page-2",
    redirects("https://forum2.press/thread/12345-the-wall/", end=STORY),
    "moved",
    "alive",
)
living(
    "amp-to-canonical",
    "https://amp.press/2022/04/07/harbour-wall/amp",
    redirects("https://amp.press/2022/04/07/harbour-wall", end=STORY),
    "moved",
    "alive",
)
living(
    "php-to-folder",
    "https://docs.press/handleiding/inleiding.php",
    redirects("https://docs.press/handleiding/inleiding/", end=BODE.article("Inleiding")),
    "moved",
    "alive",
)
living(
    "index-html-dropped",
    "https://docs2.press/handleiding/index.html",
    redirects("https://docs2.press/handleiding/", end=BODE.article("Handleiding")),
    "alive",
    "moved",
)
living(
    "query-became-path",
    "https://cms.press/index.php?option=com_content&id=77",
    redirects("https://cms.press/news/77-harbour", end=STORY),
    "moved",
)
living(
    "path-has-404",
    "https://papers.press/404/intro",
    redirects("https://papers.press/papers/404/intro", end=STORY),
    "moved",
    "alive",
)


def _beside(path: str) -> Stage:
    """An article at another address of the host."""

    def stage(world: World, url: str) -> None:
        world.page(f"https://{host_of(url)}{path}", STORY)

    return stage


living(
    "meta-refresh-onward",
    "https://refresh.press/old/harbour.html",
    together(
        html(
            '<html><head><title>Moved</title><meta http-equiv="refresh" content="0; url=/new/harbour.html"></head><body><a href="/new/harbour.html">moved</a></body></html>'
        ),
        _beside("/new/harbour.html"),
    ),
    "alive/meta-refresh",
)
living(
    "meta-refresh-ticker",
    "https://ticker.press/live/2022",
    GAZETTE.shows(GAZETTE.article("Live: the flood", head='<meta http-equiv="refresh" content="300">')),
    "alive/ok",
)
living(
    "meta-refresh-front-language",
    "https://refresh2.press/",
    together(html('<html><head><meta http-equiv="refresh" content="0;url=/nl/"></head></html>'), _beside("/nl/")),
    "alive/meta-refresh",
)
living(
    "js-redirect-for-mobiles",
    "https://jsm.press/story/1",
    GAZETTE.shows(
        GAZETTE.article(
            "Story with a mobile twin",
            main="<script>if(/iphone|android/i.test(navigator.userAgent)){location.href='/'}</script>",
        )
    ),
    "alive/ok",
)
living(
    "js-frame-buster",
    "https://jsm2.press/story/2",
    BARE.shows(
        BARE.article(
            "A short note",
            "Four lines about nothing much.",
            sentences=0,
            main="<script>if(top!=self){top.location.href='https://jsm2.press/'}</script>",
        )
    ),
    "alive/ok",
)
living(
    "cp1251-path",
    "https://cp1251path.press/%CF%F0%E8%EC%EE%F0%FC%E5.html",
    ADMIN.shows(ADMIN.article("Приморье")),
    "alive/ok",
    language="ru",
)
living(
    "rf-host",
    "https://президент-библиотека.рф/фонд/12",
    VESTNIK.shows(VESTNIK.article("Фонд 12")),
    "alive/ok",
    language="ru",
)
living(
    "cyrillic-path",
    "https://severnyj-vestnik9.press/новости/дамба-2022",
    VESTNIK.shows(VESTNIK.article("Дамба")),
    "alive/ok",
    language="ru",
)
living(
    "fragment",
    "https://frag.press/law#art-12",
    BARE.shows(BARE.article("The Dike Act", main='<h2 id="art-12">Article 12</h2>')),
    "alive/ok",
)

# ── sites with manners of their own ─────────────────────────────────────────────────────────────────────────────────

_TG_HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Telegram: Contact @harbour</title><meta property="og:title" content="Harbour watch"></head><body class="no_transition"><div class="tgme_background_wrap"></div><div class="tgme_page_wrap"><div class="tgme_head_wrap"></div><div class="tgme_body_wrap"><div class="tgme_page">'
living(
    "telegram-channel-preview",
    "https://t.me/s/harbourwatch",
    html(
        _TG_HEAD
        + '<section class="tgme_channel_history"><div class="tgme_widget_message_wrap"><div class="tgme_widget_message_text">Water is rising.</div></div></section></div></body></html>'
    ),
    "alive/ok",
)
living(
    "telegram-post-embed",
    "https://t.me/harbourwatch/12?embed=1",
    html(
        '<html><body class="widget_frame_base"><div class="tgme_widget_message"><div class="tgme_widget_message_text js-message_text">Water is rising. The page not found was funny.</div></div></body></html>'
    ),
    "alive/ok",
)
living(
    "telegram-post-page",
    "https://t.me/harbourwatch/12",
    html(
        _TG_HEAD
        + '<div class="tgme_page_widget" id="widget"><script async src="https://telegram.org/js/telegram-widget.js" data-telegram-post="harbourwatch/12"></script></div><div class="tgme_page_title">Harbour watch</div></div></body></html>'
    ),
    "alive/telegram-post-unseen",
)


def _oembed(world: World, url: str, endpoint: str, answer: Response) -> None:
    from urllib.parse import quote

    world.stage(endpoint + quote(url, safe=""), answer)


_TWEET_SHELL = '<html><body><noscript><p>JavaScript is not available.</p></noscript><div id="react-root"></div><script src="/main.js"></script></body></html>'
_X_OEMBED = "https://publish.twitter.com/oembed?omit_script=1&dnt=1&url="
living(
    "tweet-with-oembed",
    "https://twitter.com/harbour/status/1511",
    together(
        html(_TWEET_SHELL),
        lambda w, u: _oembed(
            w,
            u,
            _X_OEMBED,
            Response.json(
                {"url": u, "author_name": "Harbour", "html": "<blockquote><p>Water is rising.</p></blockquote>"}
            ),
        ),
    ),
    "alive",
)
ZOO.add(
    Truth.DEAD,
    "tweet-deleted-oembed",
    "https://twitter.com/harbour/status/1512",
    together(html(_TWEET_SHELL), lambda w, u: _oembed(w, u, _X_OEMBED, Response.json({}, 404))),
    "gone",
    "soft-404",
)
living(
    "youtube-video",
    "https://www.youtube.com/watch?v=aaaaaaaaaaa",
    together(
        html(
            '<html><head><title>The flood of 1921 - YouTube</title></head><body><script>var ytInitialPlayerResponse = {"playabilityStatus":{"status":"OK"},"videoDetails":{"title":"The flood of 1921"}};</script></body></html>'
        ),
        lambda w, u: _oembed(
            w,
            u,
            "https://www.youtube.com/oembed?format=json&url=",
            Response.json({"title": "The flood of 1921", "html": "<iframe>"}),
        ),
    ),
    "alive/ok",
)
living(
    "translate-goog",
    "https://www-severnyj-press.translate.goog/a/1?_x_tr_sl=ru&_x_tr_tl=en",
    GAZETTE.shows(GAZETTE.article("The dam and the city")),
    "alive/ok",
)


def _memento(world: World, url: str) -> None:
    world.handler("web.archive.org", lambda _request: Response.html(VESTNIK.article("Доклад о дамбе").decode()))


living(
    "wayback-memento",
    "https://web.archive.org/web/20220501101530/https://severnyj-vestnik.press/404",
    _memento,
    "alive/ok",
    language="ru",
)
living(
    "livejournal-like",
    "https://ivan.dnevnik.press/1234.html",
    VESTNIK.shows(VESTNIK.article("Запись удалена?", "Мне пишут, что запись удалена. Нет, она на месте.", sentences=4)),
    "alive",
    language="ru",
)
living(
    "together-two-hops-and-slow",
    "https://hops.press/a",
    together(
        redirects("https://hops.press/b", "https://hops.press/c"),
        lambda world, _url: world.page("https://hops.press/c", STORY, delay=0.3),
    ),
    "moved",
)


# ── named like an absence ───────────────────────────────────────────────────────────────────────────────────────────


def _named(title: str, said: str, language: str = "en") -> Stage:
    return html(
        f'<!doctype html><html lang="{language}"><head><title>{title}</title></head><body><header><a href="/">Home</a></header>'
        f"<main><h1>{title.partition(' | ')[0]}</h1><p>{said}</p></main><footer>Quay 1998</footer></body></html>"
    )


for number, (title, said, language) in enumerate(
    (
        ("The Missing Link", "Search the archive for more songs.", "en"),
        ("No Entry", "Road sign C1.", "en"),
        ("Article Removed", "Installation, oil on paper, 1999.", "en"),
        ("404 | Motor museum", "Saloon, 1960 to 1975.", "fr"),
        ("Not found", "Heron, bittern, ruff.", "en"),
        (
            "Document verdwenen",
            "Het charter van 1340 is sinds dinsdag zoek, zegt de archivaris van het waterschap.",
            "nl",
        ),
        ("Fout 404", "De sensor is los. Zet hem vast.", "nl"),
        ("Error 404 | pump manual", "Pump stopped: sensor cable. Reset with key 3.", "en"),
    )
):
    living(
        f"named-like-absence-{number}",
        f"https://named{number}.press/works/{number}a",
        _named(title, said, language),
        "alive",
    )

for number, said in enumerate(
    ("no entry", "<p>Missing link</p>", "<p>No record.</p>", "<p>The story has been removed from the 2nd edition.</p>")
):
    living(f"tiny-and-untitled-{number}", f"https://tiny{number}.press/notes/{number}b", html(said), "alive")

for number, said in enumerate(
    ("<p>The item is unavailable: lent until May.</p>", "<p>Item missing</p><p>Shelf 4</p>", "<p>404</p>", "not found")
):  # what these say cannot be told from an error message, nor an error message from them
    living(
        f"tiny-and-doubtful-{number}",
        f"https://doubt{number}.press/notes/{number}b",
        html(said),
        "drifted/not-found-wording",
    )
