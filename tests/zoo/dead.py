"""Sources that are not there any more, however they pretend."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

from citekeeper.sandbox import Request, Response, World

from .pages import Site, everywhere, host_of, html, redirects
from .scenario import Stage, Truth, Zoo

ZOO = Zoo()
dead = ZOO.adder(Truth.DEAD)

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
BARE = Site("Notes", "en", "bare")
RU_BARE = Site("Форум", "ru", "bare")

# ── hard ────────────────────────────────────────────────────────────────────────────────────────────────────────────

dead(
    "404",
    "https://hard1.press/a",
    GAZETTE.shows(GAZETTE.missing("Page not found", "Page not found"), status=404),
    "gone/http-404",
)
dead("410", "https://hard2.press/a", html("Gone", 410), "gone/http-410")
dead(
    "404-json",
    "https://hard3.press/v1/7",
    html('{"error":"not found"}', 404, Content_Type="application/json"),
    "gone/http-404",
)
dead(
    "404-behind-cloudflare",
    "https://hard4.press/a",
    html(
        GAZETTE.missing("Not found", "Oops") + b'<script src="/cdn-cgi/challenge-platform/h/b/x.js"></script>',
        404,
        Server="cloudflare",
        CF_RAY="7a1-AMS",
    ),
    "gone/http-404",
)
dead("404-empty", "https://hard5.press/a", html("", 404), "gone/http-404")
dead(
    "404-after-redirect",
    "https://hard6.press/a",
    lambda w, u: (w.redirect(u, "https://hard6.press/b"), w.page("https://hard6.press/b", "no", status=404))[0],
    "gone/http-404",
)
dead(
    "404-login-in-page",
    "https://hard7.press/a",
    html("<title>Login</title><form><input type=password></form>", 404),
    "gone/http-404",
)
dead(
    "404-with-adverts",
    "https://hard8.press/2022/04/07/harbour",
    GAZETTE.shows(GAZETTE.front(), status=404),
    "gone/http-404",
    title="Harbour wall report",
)

# ── soft, with a telling title or heading ───────────────────────────────────────────────────────────────────────────

_TITLED = {
    "en": (GAZETTE, "Page not found | The Quay Gazette", "Sorry, we can't find that page", "The page you are looking for may have been moved or deleted. Try the search."),
    "nl": (BODE, "Pagina niet gevonden - Noordzeebode", "Pagina niet gevonden", "De pagina die u zoekt bestaat niet of is verplaatst. Ga naar de homepage."),
    "de": (KURIER, "Seite nicht gefunden – Hafenkurier", "Hoppla! Diese Seite konnte nicht gefunden werden.", "Anscheinend wurde nichts gefunden. Versuchen Sie es mit der Suche."),
    "fr": (PHARE, "Page introuvable - Le Phare du Nord", "La page demandée est introuvable", "Elle a peut-être été déplacée ou supprimée."),
    "ru": (VESTNIK, "Страница не найдена — Северный вестник", "Ошибка 404", "К сожалению, запрашиваемая страница не найдена. Возможно, она была удалена или перемещена."),
    "uk": (KRAY, "Сторінку не знайдено — Край", "404", "На жаль, такої сторінки не існує. Перейдіть на головну."),
}  # fmt: skip
for _language, (_site, _title, _heading, _text) in _TITLED.items():
    dead(
        f"soft-titled-{_language}",
        f"https://soft-titled-{_language}.press/news/2022/04/07/harbour-1234.html",
        _site.shows_everywhere(_site.missing(_title, _heading, _text)),
        "soft-404",
        title="Harbour wall report",
        language=_language,
    )

_HEADED = {
    "en": (GAZETTE, "The Quay Gazette", "404", "Oops! That page can't be found."),
    "nl": (BODE, "Noordzeebode | het nieuws van de kust", "Helaas, deze pagina bestaat niet meer", "Probeer het via de zoekfunctie."),
    "de": (KURIER, "Hafenkurier", "Fehler 404: Die angeforderte Seite existiert nicht", "Zurück zur Startseite."),
    "fr": (PHARE, "Le Phare du Nord", "Oups ! Cette page n'existe plus.", "Revenez à l'accueil."),
    "ru": (ADMIN, "Администрация Приморского района", "Запрашиваемая страница не найдена", "Воспользуйтесь картой сайта."),
    "uk": (KRAY, "Край: новини", "Сторінку, яку ви шукаєте, видалено", "Скористайтеся пошуком."),
}  # fmt: skip
for _language, (_site, _title, _heading, _text) in _HEADED.items():
    dead(
        f"soft-headed-{_language}",
        f"https://soft-headed-{_language}.press/a/1234",
        _site.shows_everywhere(_site.missing(_title, _heading, _text)),
        "soft-404",
        language=_language,
    )

_TEXTUAL = {
    "en": (BLOG, "Marginalia", "The article you requested is no longer available. It may have been withdrawn by its author."),
    "nl": (BODE, "Noordzeebode", "Het artikel dat u probeert te openen is niet (meer) beschikbaar."),
    "de": (KURIER, "Hafenkurier", "Der gewünschte Artikel ist nicht mehr verfügbar."),
    "fr": (PHARE, "Le Phare du Nord", "L'article que vous avez demandé n'est plus en ligne."),
    "ru": (OLD_RU, "Библиотека приморья", "Документ не найден. Возможно, он был перемещён."),
    "uk": (KRAY, "Край", "Матеріал, на який ви перейшли, більше недоступний."),
}  # fmt: skip
for _language, (_site, _title, _text) in _TEXTUAL.items():
    dead(
        f"soft-textual-{_language}",
        f"https://soft-textual-{_language}.press/article.php?id=1234",
        _site.shows_everywhere(_site.missing(_title, "", _text)),
        "soft-404",
        language=_language,
    )


def _router(world: World, url: str, body: bytes, site: Site) -> None:
    """The cited address says so with 200; what cannot be an article's address at all is a hard 404."""
    world.page(url, body, media_type=site.media_type)


def cms(site: Site, body: bytes) -> Stage:
    """A CMS that knows 404, but not for articles that it has deleted."""
    return lambda world, url: _router(world, url, body, site)


dead(
    "cms-article-not-found-en",
    "https://cms1.press/article/88123",
    cms(
        GAZETTE,
        GAZETTE.missing(
            "Article not found | The Quay Gazette", "Article not found", "The article may have been removed."
        ),
    ),
    "soft-404",
    title="Harbour wall report",
    language="en",
)
dead(
    "cms-element-not-found-bitrix",
    "https://cms2.press/news/4412/",
    cms(ADMIN, ADMIN.missing("Новости", "", "Элемент не найден!")),
    "soft-404",
    title="О ремонте причала",
    language="ru",
)
dead(
    "cms-dle",
    "https://cms3.press/2022/04/07/doklad.html",
    VESTNIK.shows_everywhere(
        VESTNIK.missing(
            "Северный вестник",
            "Внимание, обнаружена ошибка",
            "По данному адресу публикаций на сайте не найдено, либо у Вас нет доступа для просмотра информации по данному адресу.",
        )
    ),
    "soft-404",
    title="Доклад о дамбе",
    language="ru",
)
dead(
    "cms-joomla",
    "https://cms4.press/index.php?option=com_content&view=article&id=77",
    cms(
        GAZETTE,
        GAZETTE.missing(
            "404 - Article not found",
            "404",
            "You may not be able to visit this page because of an out-of-date bookmark/favourite, a search engine that has an out-of-date listing for this site, or a mistyped address.",
        ),
    ),
    "soft-404",
    language="en",
)
dead(
    "cms-drupal-nl",
    "https://cms5.press/node/7712",
    BODE.shows_everywhere(
        BODE.missing(
            "Pagina niet gevonden | Waterschap",
            "Pagina niet gevonden",
            "De opgevraagde pagina kon niet worden gevonden.",
        )
    ),
    "soft-404",
    title="Peilbesluit 2022",
    language="nl",
)
dead(
    "wordpress-error404-class",
    "https://cms6.press/2022/04/harbour-wall",
    cms(
        BLOG,
        BLOG.missing(
            "Page not found – Marginalia",
            "Oops! That page can't be found.",
            "It looks like nothing was found at this location. Maybe try a search?",
            body_class="error404 wp-custom",
        ),
    ),
    "soft-404",
    language="en",
)
dead(
    "canonical-404",
    "https://cms7.press/2022/04/harbour-wall",
    cms(
        GAZETTE,
        GAZETTE.missing(
            "Not found", "Not found", "Try the archive.", head='<link rel="canonical" href="https://cms7.press/404">'
        ),
    ),
    "soft-404",
    language="en",
)
dead(
    "soft-cp1251-titled",
    "https://cms8.press/about/info/news/4412/",
    ADMIN.shows_everywhere(ADMIN.missing("Страница не найдена", "Страница не найдена", "Проверьте адрес.")),
    "soft-404",
    title="О ремонте",
    language="ru",
)
dead(
    "soft-cp1251-unlabelled",
    "https://cms9.press/texts/damba.htm",
    OLD_RU.shows_everywhere(OLD_RU.missing("Ошибка 404. Нет такой страницы", "Нет такой страницы")),
    "soft-404",
    title="Дамба и город",
    language="ru",
)
dead(
    "soft-koi8",
    "https://cms10.press/~ivan/damba.html",
    KOI.shows_everywhere(KOI.missing("Файл не найден", "Файл не найден", "Такого файла на сервере нет.")),
    "soft-404",
    language="ru",
)
dead(
    "soft-only-404-title",
    "https://cms11.press/a/b",
    BARE.shows_everywhere(BARE.missing("404", "404", "Nothing to see.")),
    "soft-404",
)
dead(
    "soft-random-teasers",
    "https://cms12.press/2022/04/07/harbour-wall",
    lambda w, u: w.handler(host_of(u), _random_teasers),
    "soft-404",
    title="Harbour wall report",
    language="en",
)
dead(
    "soft-echoes-address",
    "https://cms13.press/2022/04/07/harbour-wall",
    lambda w, u: w.handler(
        host_of(u),
        lambda r: Response.html(
            f"<html><head><title>Not Found</title></head><body><h1>Not Found</h1><p>The requested URL {r.path} was not found on this server.</p><hr><address>Apache/2.4.41 Server</address></body></html>"
        ),
    ),
    "soft-404",
)
dead(
    "removed-by-author-ru",
    "https://ivan.dnevnik2.press/1234.html",
    cms(VESTNIK, VESTNIK.missing("Запись удалена", "Запись удалена автором", "Автор удалил эту запись.")),
    "soft-404",
    title="Записки о дамбе",
    language="ru",
)
dead(
    "removed-by-author-en",
    "https://stories.press/@ivan/harbour-wall-8f3a",
    cms(BARE, BARE.missing("Stories", "This story has been removed", "The author deleted this story.")),
    "soft-404",
    title="Harbour wall report",
    language="en",
)
dead(
    "page-unavailable-social",
    "https://social.press/ivan/posts/8812",
    BARE.shows_everywhere(
        BARE.missing(
            "Social",
            "This page isn't available",
            "The link you followed may be broken, or the page may have been removed.",
        )
    ),
    "soft-404",
)
dead(
    "phpbb-topic-en",
    "https://phpforum2.press/viewtopic.php?f=4&t=8812",
    BARE.shows_everywhere(
        BARE.missing("Harbour forum - Information", "Information", "The requested topic does not exist.")
    ),
    "soft-404",
    title="The wall of 1921",
    language="en",
)
dead(
    "phpbb-topic-ru",
    "https://phpforum3.press/viewtopic.php?t=8812",
    RU_BARE.shows_everywhere(RU_BARE.missing("Форум • Информация", "Информация", "Запрошенной темы не существует.")),
    "soft-404",
    title="Дамба",
    language="ru",
)
dead(
    "vbulletin-thread",
    "https://vb.press/showthread.php?t=8812",
    GAZETTE.shows_everywhere(
        GAZETTE.missing(
            "vBulletin Message",
            "vBulletin Message",
            "Invalid Thread specified. If you followed a valid link, please notify the administrator",
        )
    ),
    "soft-404",
    title="The wall of 1921",
    language="en",
)
dead(
    "empty-template",
    "https://cms14.press/2022/04/07/harbour-wall",
    GAZETTE.shows_everywhere(GAZETTE.page("The Quay Gazette", '<div class="content"></div>')),
    "soft-404",
    "drifted",
    title="Harbour wall report",
    language="en",
)
dead(
    "empty-template-untitled-citation",
    "https://cms15.press/news/4412/",
    ADMIN.shows_everywhere(ADMIN.page("Администрация Приморского района", "<table><tr><td></td></tr></table>")),
    "soft-404",
    "drifted",
    language="ru",
)
dead(
    "front-in-place",
    "https://cms16.press/2022/04/07/harbour-wall",
    GAZETTE.shows_everywhere(GAZETTE.front()),
    "soft-404",
    "drifted",
    title="Harbour wall report",
    language="en",
)
dead(
    "front-in-place-canonical",
    "https://cms17.press/2022/04/07/harbour-wall",
    GAZETTE.shows_everywhere(
        GAZETTE.page(
            "The Quay Gazette", GAZETTE._teasers(40, "x"), head='<link rel="canonical" href="https://cms17.press/">'
        )
    ),
    "soft-404",
    language="en",
)
dead(
    "page-instead-of-pdf",
    "https://cms18.press/docs/rapport-2022.pdf",
    BODE.shows_everywhere(BODE.front()),
    "soft-404",
    language="nl",
)
dead(
    "page-instead-of-image",
    "https://cms19.press/img/haven.jpg",
    BODE.shows_everywhere(BODE.missing("Fout", "Er ging iets mis", "Het bestand is er niet.")),
    "soft-404",
    language="nl",
)
dead(
    "video-removed",
    "https://www.youtube.com/watch?v=bbbbbbbbbbb",
    html(
        '<html><head><title> - YouTube</title></head><body><script>var ytInitialPlayerResponse = {"playabilityStatus":{"status":"ERROR","reason":"Video unavailable"}};</script></body></html>'
    ),
    "soft-404/video-unavailable",
)
dead(
    "telegram-post-deleted",
    "https://t.me/harbourwatch/99?embed=1",
    html(
        '<html><body class="widget_frame_base"><div class="tgme_widget_message_error">Post not found</div></body></html>'
    ),
    "soft-404/telegram-post-missing",
)
dead(
    "telegram-no-channel",
    "https://t.me/nosuchharbour",
    html(
        '<html><head><title>Telegram: Contact @nosuchharbour</title></head><body><div class="tgme_page"><div class="tgme_page_icon"><i class="tgme_icon_user"></i></div><div class="tgme_page_description">If you have <strong>Telegram</strong>, you can contact @nosuchharbour right away.</div></div></body></html>'
    ),
    "soft-404/telegram-no-channel",
)
dead(
    "vk-post-deleted",
    "https://vk.com/wall-1_99",
    html(
        '<html><head><title>Ошибка | ВКонтакте</title></head><body><div class="message_page_body">Запись не найдена</div></body></html>'
    ),
    "soft-404/vk-missing",
)
dead(
    "squarespace-expired",
    "https://sqsp.press/journal/harbour",
    everywhere(
        "<html><head><title>Website Expired</title></head><body><h1>Website Expired</h1><p>This account has expired. If you are the site owner, click below to login.</p><a href='/config'>Login</a></body></html>"
    ),
    "usurped",
    "soft-404",
    title="Harbour journal",
)
dead(
    "soft-served-as-203",
    "https://cms20.press/a/b/c",
    lambda w, u: w.host(
        host_of(u), not_found=GAZETTE.response(GAZETTE.missing("Page not found", "Page not found", "Sorry."), 203)
    ),
    "soft-404",
)
dead(
    "soft-long-help",
    "https://cms21.press/2022/harbour",
    GAZETTE.shows_everywhere(
        GAZETTE.missing(
            "Page Not Found",
            "Page Not Found",
            *[
                "We have recently renewed our website and many addresses have changed. You can use the search above, browse the sections below, or write to the editors, who will gladly help you find what you were looking for."
                for _ in range(6)
            ],
        )
    ),
    "soft-404",
    title="Harbour wall report",
    language="en",
)


def _random_teasers(request: Request) -> Response:
    site = Site(f"The Quay Gazette{hash(request.url) % 97}", "en")
    body = site.missing("The Quay Gazette", "We could not find that page", "It may have been moved.").replace(
        site.name.encode(), b"The Quay Gazette"
    )
    return Response.html(body.decode())


# ── thrown back ─────────────────────────────────────────────────────────────────────────────────────────────────────

FRONT = GAZETTE.front()
_DEEP = "/2022/04/07/harbour-wall-report.html"
dead(
    "home-301",
    f"https://back1.press{_DEEP}",
    redirects("https://back1.press/", end=FRONT, all_paths=True),
    "soft-404/redirect-to-front-page",
    title="Harbour wall report",
)
dead(
    "home-302",
    f"https://back2.press{_DEEP}",
    redirects("https://back2.press/", status=302, end=FRONT),
    "soft-404/redirect-to-front-page",
)
dead(
    "home-https-www",
    f"http://back3.press{_DEEP}",
    redirects("https://back3.press/", "https://www.back3.press/", end=FRONT),
    "soft-404/redirect-to-front-page",
)
dead(
    "home-index",
    f"https://back4.press{_DEEP}",
    redirects("https://back4.press/index.php", end=FRONT),
    "soft-404/redirect-to-front-page",
)
dead(
    "home-query",
    f"https://back5.press{_DEEP}",
    redirects("https://back5.press/?utm_source=404&ref=old", status=302, end=FRONT),
    "soft-404/redirect-to-front-page",
)
dead(
    "home-language",
    f"https://back6.press{_DEEP}",
    redirects("https://back6.press/nl/", end=BODE.front()),
    "soft-404/redirect-to-front-page",
)
dead(
    "home-ru-main",
    "https://back7.press/news/4412/",
    redirects("https://back7.press/main", end=VESTNIK.front()),
    "soft-404/redirect-to-front-page",
    language="ru",
)
dead(
    "home-of-new-owner",
    f"https://back8.press{_DEEP}",
    redirects("https://bigmedia.press/", end=GAZETTE.front("Big Media"), all_paths=True),
    "soft-404/redirect-to-front-page",
)
dead(
    "home-deleted-post-only",
    f"https://back9.press{_DEEP}",
    redirects("https://back9.press/", end=FRONT),
    "soft-404/redirect-to-front-page",
    title="Harbour wall report",
)
dead(
    "home-shallow-probe",
    "https://back10.press/harbour",
    redirects("https://back10.press/", status=302, end=FRONT, all_paths=True),
    "soft-404/redirect-to-front-page",
)
dead(
    "home-by-id-query",
    "https://back11.press/article.php?id=8812",
    redirects("https://back11.press/", status=302, end=FRONT),
    "soft-404/redirect-to-front-page",
)
dead(
    "home-meta-refresh",
    f"https://back12.press{_DEEP}",
    html('<html><head><meta http-equiv="refresh" content="0; url=/"></head><body></body></html>'),
    "soft-404/redirect-to-front-page",
)
dead(
    "home-meta-refresh-slow",
    f"https://back13.press{_DEEP}",
    BODE.shows(
        BODE.missing(
            "Noordzeebode",
            "",
            "U wordt over 5 seconden doorgestuurd naar de voorpagina.",
            head='<meta http-equiv="refresh" content="5;URL=https://back13.press/index.html">',
        )
    ),
    "soft-404/redirect-to-front-page",
)
dead(
    "home-js-location",
    f"https://back14.press{_DEEP}",
    html('<html><head><script type="text/javascript">window.location.href = "/";</script></head><body></body></html>'),
    "soft-404/redirect-to-front-page",
)
dead(
    "home-js-replace",
    f"https://back15.press{_DEEP}",
    html(
        "<!doctype html><html><body><script>window.location.replace('https://back15.press')</script><noscript>Redirecting…</noscript></body></html>"
    ),
    "soft-404/redirect-to-front-page",
)
dead(
    "home-js-timeout",
    f"https://back16.press{_DEEP}",
    html(
        "<html><head><title>Redirecting</title></head><body><p>One moment.</p><script>setTimeout(function(){document.location='/index.php'},1500)</script></body></html>"
    ),
    "soft-404/redirect-to-front-page",
)
dead(
    "section",
    f"https://back17.press/news{_DEEP}",
    redirects("https://back17.press/news/", end=GAZETTE.section("News")),
    "soft-404/redirect-to-section",
)
dead(
    "section-date",
    "https://back18.press/2022/04/07/harbour-wall-report.html",
    redirects("https://back18.press/2022/04/07/", end=GAZETTE.section("7 April")),
    "soft-404/redirect-to-section",
)
dead(
    "section-tag-ru",
    "https://back19.press/novosti/obshestvo/doklad-o-dambe-2022-17761.html",
    redirects("https://back19.press/novosti/obshestvo", status=302, end=VESTNIK.section("Общество")),
    "soft-404/redirect-to-section",
    title="Доклад о дамбе",
    language="ru",
)
dead(
    "section-elsewhere",
    "https://back20.press/artikel/2022/dijkrapport-drie-oorzaken",
    redirects("https://back20.press/nieuws/", end=BODE.section("Nieuws")),
    "soft-404",
    "drifted",
    title="Rapport over dijk noemt drie oorzaken",
    language="nl",
)
dead(
    "to-404-html",
    f"https://back21.press{_DEEP}",
    redirects("https://back21.press/404.html", status=302, end=GAZETTE.missing("Sorry", "Sorry")),
    "soft-404/redirect-to-not-found",
)
dead(
    "to-error-code",
    f"https://back22.press{_DEEP}",
    redirects("https://back22.press/error?code=404", status=302, end=GAZETTE.missing("Sorry", "Sorry")),
    "soft-404/redirect-to-not-found",
)
dead(
    "to-notfound",
    f"https://back23.press{_DEEP}",
    redirects("https://back23.press/en/notfound", end=GAZETTE.missing("Sorry", "Sorry")),
    "soft-404/redirect-to-not-found",
)
dead(
    "to-aspx-error",
    f"https://back24.press{_DEEP}",
    redirects(
        f"https://back24.press/errors/PageNotFound.aspx?aspxerrorpath={_DEEP}",
        status=302,
        end=GAZETTE.missing("Sorry", "Sorry"),
    ),
    "soft-404/redirect-to-not-found",
)
dead(
    "to-search",
    f"https://back25.press{_DEEP}",
    redirects(
        "https://back25.press/search?q=harbour+wall+report",
        status=302,
        end=GAZETTE.missing("Search | The Quay Gazette", "Search", "0 results for harbour wall report"),
    ),
    "soft-404",
    "drifted",
    language="en",
)
dead(
    "to-search-ru",
    "https://back26.press/news/doklad-o-dambe",
    redirects(
        "https://back26.press/poisk/?s=doklad+o+dambe",
        status=302,
        end=VESTNIK.missing("Поиск", "Поиск", "Ничего не найдено"),
    ),
    "soft-404",
    "drifted",
    language="ru",
)
dead(
    "to-sorry-page",
    f"https://back27.press{_DEEP}",
    redirects(
        "https://back27.press/page-removed",
        status=302,
        end=GAZETTE.missing("The Quay Gazette", "This page has been removed", "We withdrew it."),
    ),
    "soft-404",
    title="Harbour wall report",
)
dead(
    "to-archive-notice",
    f"https://back28.press{_DEEP}",
    redirects(
        "https://back28.press/site-closed.html",
        all_paths=True,
        end=GAZETTE.missing(
            "The Quay Gazette has closed",
            "The Quay Gazette has closed",
            "After 101 years we have stopped publishing. Thank you for reading us.",
        ),
    ),
    "soft-404",
    "drifted",
    title="Harbour wall report",
)
dead(
    "meta-refresh-to-404",
    f"https://back29.press{_DEEP}",
    html('<html><head><meta http-equiv="refresh" content="0; url=/404.php"></head></html>'),
    "soft-404/redirect-to-not-found",
)

# ── parked, for sale, suspended, empty ──────────────────────────────────────────────────────────────────────────────

_P = "/news/2022/04/07/harbour-wall.html"
dead(
    "park-sedo",
    f"https://park1.press{_P}",
    everywhere(
        '<!DOCTYPE html><html lang="en"><head><title>park1.press&nbsp;-&nbsp;This website is for sale!&nbsp;-&nbsp;park1 Resources and Information.</title></head><body><div id="content"><div class="buybox"><a href="https://sedo.com/search/details/?domain=park1.press">This domain may be for sale by its owner!</a></div><script src="https://img.sedoparking.com/js/jquery-1.11.3.custom.min.js"></script><div class="rp"><a>Harbour</a><a>News</a></div></div></body></html>'
    ),
    "usurped",
)
dead(
    "park-bodis",
    f"https://park2.press{_P}",
    everywhere(
        '<!doctype html><html data-adblockkey="MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAN" lang="en"><head><title></title></head><body><div id="target" style="opacity: 0"></div><script>window.park = "eyJ1dWlkIjoi";</script><script src="/bxYzAbc.js"></script></body></html>'
    ),
    "usurped/parking-page",
)
dead(
    "park-parkingcrew",
    f"https://park3.press{_P}",
    everywhere(
        '<html><head><title>park3.press</title><script src="//www.google.com/adsense/domains/caf.js"></script></head><body><div id="tc"></div><script src="https://d38psrni17bvxu.cloudfront.net/themes/x.js"></script></body></html>'
    ),
    "usurped/parking-page",
)
dead(
    "park-godaddy-lander",
    f"https://park4.press{_P}",
    everywhere(
        '<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href="/lander"}</script></head></html>'
    ),
    "usurped",
)
dead(
    "park-godaddy-redirect",
    f"https://park5.press{_P}",
    redirects(
        "https://park5.press/lander",
        status=302,
        end='<html><head><title>park5.press</title></head><body><div id="root"></div><script src="https://img1.wsimg.com/parking-lander/static/js/main.js"></script></body></html>',
    ),
    "usurped",
)
dead(
    "park-hugedomains",
    f"https://park6.press{_P}",
    redirects(
        "https://www.hugedomains.com/domain_profile.cfm?d=park6.press",
        status=302,
        end="<title>Park6.press is for sale | HugeDomains</title>",
    ),
    "usurped/domain-for-sale",
)
dead(
    "park-dan",
    f"https://park7.press{_P}",
    redirects(
        "https://dan.com/buy-domain/park7.press",
        status=302,
        end="<title>The domain name park7.press is for sale | Dan.com</title>",
    ),
    "usurped/domain-for-sale",
)
dead(
    "park-afternic-frame",
    f"https://park8.press{_P}",
    everywhere(
        '<html><head><title>park8.press is for sale</title></head><body><h1>park8.press</h1><p>This domain is for sale. Get this domain before someone else does.</p><a href="https://www.afternic.com/forsale/park8.press">Buy now</a></body></html>'
    ),
    "usurped/domain-for-sale",
)
dead(
    "park-ww25",
    f"http://park9.press{_P}",
    redirects(
        f"http://ww25.park9.press{_P}?subid1=2022",
        status=302,
        end="<html><head><title>park9.press</title></head><body></body></html>",
    ),
    "usurped/parking-page",
)
dead(
    "park-regru",
    f"https://park10.press{_P}",
    everywhere(
        '<!doctype html><html><head><meta charset="utf-8"><title>park10.press</title><link rel="stylesheet" href="https://parking.reg.ru/css/x.css"></head><body><h1>park10.press</h1><p>Домен зарегистрирован и припаркован.</p><p>Срок регистрации домена истекает 12.12.2026</p><a href="https://www.reg.ru/whois">Проверить</a></body></html>'
    ),
    "usurped/parking-page",
    language="ru",
)
dead(
    "park-nicru",
    f"https://park11.press{_P}",
    everywhere(
        '<html><head><meta charset="utf-8"><title>Домен park11.press зарегистрирован в RU-CENTER</title></head><body><h1>Этот домен продаётся</h1><p>Сделайте предложение владельцу.</p></body></html>'
    ),
    "usurped",
    language="ru",
)
dead(
    "park-timeweb",
    f"https://park12.press{_P}",
    everywhere(
        '<html><head><meta charset="utf-8"><title>Домен не прилинкован ни к одной из директорий</title></head><body><h1>Домен не прилинкован ни к одной из директорий на сервере!</h1><p>Если вы владелец, привяжите его в панели управления.</p></body></html>'
    ),
    "usurped/parking-page",
    language="ru",
)
dead(
    "park-nl-sale",
    f"https://park13.press{_P}",
    everywhere(
        '<html lang="nl"><head><title>park13.press te koop</title></head><body><h1>park13.press</h1><p>Dit domein is te koop! Vul uw bod in.</p><form><input name="bod"></form></body></html>'
    ),
    "usurped",
    language="nl",
)
dead(
    "park-transip",
    f"https://park14.press{_P}",
    everywhere(
        '<html lang="nl"><head><title>Gereserveerd domein</title></head><body><h1>Deze domeinnaam is gereserveerd</h1><p>Deze domeinnaam is geregistreerd door een klant. Ook een domeinnaam? Bekijk ons aanbod.</p></body></html>'
    ),
    "usurped",
    language="nl",
)
dead(
    "park-de-sale",
    f"https://park15.press{_P}",
    everywhere(
        '<html lang="de"><head><title>park15.press steht zum Verkauf</title></head><body><p>Die Domain park15.press steht zum Verkauf. Diese Domain kaufen: Anfrage an den Inhaber.</p></body></html>'
    ),
    "usurped",
    language="de",
)
dead(
    "park-ionos",
    f"https://park16.press{_P}",
    everywhere(
        '<html lang="de"><head><title>Domain bereits registriert</title></head><body><h1>Hier entsteht eine neue Internetpräsenz</h1><p>Diese Domain wurde registriert, es ist noch keine Website hinterlegt.</p></body></html>'
    ),
    "usurped",
    language="de",
)
dead(
    "park-fr",
    f"https://park17.press{_P}",
    everywhere(
        '<html lang="fr"><head><title>park17.press</title></head><body><h1>Ce nom de domaine est à vendre</h1><p>Contactez le propriétaire.</p></body></html>'
    ),
    "usurped",
    language="fr",
)
dead(
    "park-ovh",
    f"https://park18.press{_P}",
    everywhere(
        '<html lang="fr"><head><title>Site en construction</title></head><body><h1>Félicitations ! Votre domaine a bien été créé.</h1><p>Ce domaine est réservé, aucun site n\'est encore en ligne.</p></body></html>'
    ),
    "usurped",
    language="fr",
)
dead(
    "park-uk",
    f"https://park19.press{_P}",
    everywhere(
        '<html><head><meta charset="utf-8"><title>park19.press</title></head><body><h1>Домен продається</h1><p>Зв\'яжіться з власником.</p></body></html>'
    ),
    "usurped",
    language="uk",
)
dead(
    "park-namecheap",
    f"https://park20.press{_P}",
    everywhere(
        "<html><head><title>park20.press - Registered at Namecheap.com</title></head><body><h1>park20.press</h1><p>This domain is registered at Namecheap. This domain was recently registered at Namecheap. Please check back later!</p></body></html>"
    ),
    "usurped",
)
dead(
    "expired-registrar",
    f"https://park21.press{_P}",
    everywhere(
        "<html><head><title>park21.press has expired</title></head><body><h1>This domain has expired</h1><p>If you owned this domain, contact your registration service provider for help.</p></body></html>"
    ),
    "usurped",
)
dead(
    "expired-ru",
    f"https://park22.press{_P}",
    everywhere(
        '<html><head><meta charset="utf-8"><title>park22.press</title></head><body><p>Срок регистрации домена истёк. Продлите домен в личном кабинете.</p></body></html>'
    ),
    "usurped",
    language="ru",
)
dead(
    "cpanel-suspended",
    f"https://park23.press{_P}",
    everywhere(
        "<html><head><title>Account Suspended</title></head><body><h1>Account Suspended</h1><p>This Account has been suspended.</p><p>Contact your hosting provider for more information.</p></body></html>"
    ),
    "usurped",
    "soft-404",
)
dead(
    "cpanel-suspended-redirect",
    f"https://park24.press{_P}",
    redirects(
        "https://park24.press/cgi-sys/suspendedpage.cgi",
        status=302,
        end="<html><head><title>Account Suspended</title></head><body>This Account has been suspended.</body></html>",
    ),
    "usurped",
)
dead(
    "beget-suspended",
    f"https://park25.press{_P}",
    everywhere(
        '<html><head><meta charset="utf-8"><title>Сайт временно отключён</title></head><body><h1>Сайт временно отключён</h1><p>Хостинг сайта приостановлен за неуплату. Обратитесь к владельцу сайта.</p></body></html>'
    ),
    "usurped",
    "soft-404",
    language="ru",
)
dead(
    "default-apache",
    f"https://park26.press{_P}",
    everywhere(
        "<html><head><title>Apache2 Debian Default Page: It works</title></head><body><h1>Apache2 Debian Default Page</h1><p>This is the default welcome page used to test the correct operation of the Apache2 server after installation on Debian systems. If you can read this page, it means that the Apache HTTP server installed at this site is working properly. You should replace this file (located at /var/www/html/index.html) before continuing to operate your HTTP server.</p></body></html>"
    ),
    "usurped",
    "soft-404",
)
dead(
    "default-nginx",
    f"https://park27.press{_P}",
    everywhere(
        "<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p></body></html>"
    ),
    "usurped",
    "soft-404",
)
dead(
    "default-plesk",
    f"https://park28.press{_P}",
    everywhere(
        "<html><head><title>Domain Default page</title></head><body><h1>Web Server's Default Page</h1><p>This page is generated by Plesk, the leading hosting automation software. You see this page because there is no Web site at this address.</p></body></html>"
    ),
    "usurped",
    "soft-404",
)
dead(
    "wildcard-isp-search",
    "http://park29.press/news/2022/a-b-c.html",
    redirects(
        "http://searchassist.provider.press/?q=park29.press",
        status=302,
        end="<html><head><title>Did you mean?</title></head><body><h1>Sorry, we couldn't find park29.press</h1><p>Here are some related searches.</p><a>Harbour</a></body></html>",
        all_paths=True,
    ),
    "usurped",
    "soft-404",
    "drifted",
    title="Harbour wall report",
)

# ── taken over ──────────────────────────────────────────────────────────────────────────────────────────────────────

_SLOT = (
    "<!doctype html><html lang='id'><head><title>SITUS SLOT GACOR Hari Ini: Link Slot Online Terpercaya</title></head><body><h1>Slot Gacor</h1>"
    + "<p>Situs slot gacor hari ini menyediakan permainan slot online terbaik dengan bonus harian dan kemenangan besar untuk semua pemain setia kami.</p>"
    * 12
    + "</body></html>"
)
_PHARMA = (
    "<!doctype html><html lang='en'><head><title>Buy Cheap Viagra Online Without Prescription</title></head><body>"
    + "<p>Order generic pills with fast delivery and discreet packaging from our pharmacy today.</p>" * 12
    + "</body></html>"
)
_VIET = (
    "<!doctype html><html lang='vi'><head><title>Nhà cái uy tín – Tải ứng dụng nhận thưởng</title></head><body>"
    + "<p>Nhà cái hàng đầu với nhiều trò chơi hấp dẫn, khuyến mãi mỗi ngày và dịch vụ hỗ trợ khách hàng tận tâm suốt ngày đêm.</p>"
    * 12
    + "</body></html>"
)
_CHINESE = (
    "<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'><title>澳门新葡京_官方网站</title></head><body>"
    + "<p>澳门新葡京官方网站为您提供最新最全的游戏平台,注册即送彩金,欢迎您的光临。</p>" * 20
    + "</body></html>"
)
_JAPAN = (
    "<!doctype html><html lang='ja'><head><meta charset='utf-8'><title>激安ブランド通販 送料無料 人気バッグ</title></head><body>"
    + "<p>人気ブランドバッグを激安価格で販売しております。全国送料無料でお届けします。</p>" * 20
    + "</body></html>"
)
dead(
    "hijack-slot",
    f"https://jack1.press{_P}",
    everywhere(_SLOT),
    "usurped",
    title="Rapport over dijk noemt drie oorzaken",
    language="nl",
)
dead("hijack-slot-untitled-citation", f"https://jack2.press{_P}", everywhere(_SLOT), "usurped", language="nl")
dead(
    "hijack-pharma",
    f"https://jack3.press{_P}",
    everywhere(_PHARMA),
    "usurped",
    title="Harbour wall report names three causes",
    language="en",
)
dead(
    "hijack-viet",
    f"https://jack4.press{_P}",
    everywhere(_VIET),
    "usurped",
    title="Harbour wall report names three causes",
    language="en",
)
dead(
    "hijack-chinese",
    f"https://jack5.press{_P}",
    everywhere(_CHINESE),
    "usurped",
    title="Доклад о дамбе называет три причины",
    language="ru",
)
dead(
    "hijack-japanese",
    f"https://jack6.press{_P}",
    everywhere(_JAPAN),
    "usurped",
    title="Dammbericht nennt drei Ursachen",
    language="de",
)
dead(
    "hijack-russian-casino",
    f"https://jack7.press{_P}",
    everywhere(
        "<html lang='ru'><head><meta charset='utf-8'><title>Казино Вулкан: игровые автоматы онлайн</title></head><body>"
        + "<p>Играйте в лучшие игровые автоматы, получайте бонус за регистрацию и выводите выигрыш за час.</p>" * 10
        + "</body></html>"
    ),
    "usurped",
    title="Доклад о дамбе называет три причины",
    language="ru",
)
dead(
    "hijack-by-redirect",
    f"https://jack8.press{_P}",
    redirects(
        "https://bestcasino.press/welcome-bonus-offer",
        status=302,
        end="<html><head><title>Best Online Casino Bonus</title></head><body>"
        + "<p>Spin and win today with our welcome bonus.</p>" * 20
        + "</body></html>",
        all_paths=True,
    ),
    "usurped",
    "drifted",
    title="Harbour wall report",
    language="en",
)
dead(
    "hijack-escort",
    f"https://jack9.press{_P}",
    everywhere(
        "<html><head><title>Escort service 24/7</title></head><body>"
        + "<p>Call now, discreet and fast service in your town today.</p>" * 12
        + "</body></html>"
    ),
    "usurped",
    title="Rapport sur la digue",
    language="fr",
)
