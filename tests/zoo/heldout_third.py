"""A third lot: content systems, frameworks, registrars and languages as they are met, run once before any change.

Of that first run: 2 of 57 sources that are not dead were called an error, and 21 of 62 dead ones alive.
"""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import json

from .heldout import soft
from .pages import everywhere, html, redirects
from .scenario import Truth, Zoo

ZOO = Zoo()
living = ZOO.adder(Truth.LIVING)
dead = ZOO.adder(Truth.DEAD)
barred = ZOO.adder(Truth.BARRED)

_STORY = {
    "en": "The harbour board voted seven to two on Thursday to raise the sluice by forty centimetres, after engineers warned that the old gates would not outlast another winter. Work begins in May and should take two years.",
    "nl": "Het havenbestuur stemde donderdag met zeven tegen twee voor het verhogen van de sluis, nadat ingenieurs hadden gewaarschuwd dat de oude deuren geen winter meer zouden doorstaan. Het werk begint in mei en duurt twee jaar.",
    "de": "Der Hafenrat stimmte am Donnerstag mit sieben zu zwei dafür, die Schleuse um vierzig Zentimeter zu erhöhen, weil die alten Tore nach Ansicht der Ingenieure keinen Winter mehr überstehen. Die Arbeiten beginnen im Mai.",
    "fr": "Le conseil du port a voté jeudi par sept voix contre deux le rehaussement de l'écluse, les ingénieurs ayant averti que les vieilles portes ne passeraient pas un hiver de plus. Les travaux débuteront en mai.",
    "ru": "Совет порта в четверг семью голосами против двух решил поднять шлюз на сорок сантиметров: инженеры предупредили, что старые ворота не переживут ещё одну зиму. Работы начнутся в мае и займут два года.",
    "uk": "Рада порту в четвер сімома голосами проти двох вирішила підняти шлюз на сорок сантиметрів: інженери попередили, що старі ворота не витримають ще однієї зими. Роботи почнуться у травні.",
    "es": "La junta del puerto votó el jueves por siete a dos elevar la esclusa cuarenta centímetros, después de que los ingenieros advirtieran de que las viejas compuertas no resistirían otro invierno. Las obras empiezan en mayo.",
    "it": "Il consiglio del porto ha votato giovedì con sette voti contro due per alzare la chiusa di quaranta centimetri, dopo che gli ingegneri avevano avvertito che le vecchie porte non avrebbero retto un altro inverno.",
    "pl": "Rada portu zagłosowała w czwartek siedmioma głosami przeciw dwóm za podniesieniem śluzy o czterdzieści centymetrów, gdy inżynierowie ostrzegli, że stare wrota nie przetrwają kolejnej zimy. Prace ruszą w maju.",
    "pt": "O conselho do porto votou na quinta-feira, por sete a dois, elevar a eclusa em quarenta centímetros, depois de os engenheiros avisarem que as velhas comportas não resistiriam a outro inverno.",
    "tr": "Liman kurulu perşembe günü ikiye karşı yedi oyla savağın kırk santim yükseltilmesine karar verdi; mühendisler eski kapakların bir kış daha dayanamayacağı konusunda uyarmıştı.",
}  # fmt: skip


def wordpress(language: str, title: str, main: str, classes: str = "single single-post", head: str = "") -> str:
    """A WordPress theme of our years: blocks, a widget column, recent posts."""
    recent = "".join(f'<li><a href="/?p={n}">Post {n}</a></li>' for n in range(11, 19))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width">'
        f'<title>{title}</title>{head}<meta name="generator" content="WordPress 6.4"><link rel="https://api.w.org/" href="/wp-json/"></head>'
        f'<body class="{classes} wp-embed-responsive"><div id="page" class="site"><header id="masthead"><a href="/" rel="home">Havenblad</a>'
        f'<nav><ul><li><a href="/over">Over</a></li><li><a href="/contact">Contact</a></li></ul></nav></header>'
        f'<div id="content"><main>{main}</main><aside id="secondary"><section class="widget"><h2>Recent</h2><ul>{recent}</ul></section></aside></div>'
        f'<footer>Proudly powered by WordPress</footer></div><script src="/wp-includes/js/wp-emoji.js"></script></body></html>'
    )


def blocks(language: str, times: int = 4) -> str:
    """Body text of a story."""
    return "".join(f"<p>{_STORY[language]}</p>" for _ in range(times))


def next_page(title: str, inner: str, data: object, head: str = "") -> str:
    """A server-rendered Next.js page with its data blob."""
    blob = json.dumps(
        {
            "props": {"pageProps": data},
            "page": "/_error" if "statusCode" in str(data) else "/[slug]",
            "buildId": "kX1",
            "isFallback": False,
        }
    )
    return (
        f'<!DOCTYPE html><html><head><meta charSet="utf-8"/><title>{title}</title>{head}<link rel="preload" href="/_next/static/css/a.css" as="style"/></head>'
        f'<body><div id="__next">{inner}</div><script id="__NEXT_DATA__" type="application/json">{blob}</script>'
        '<script src="/_next/static/chunks/main.js" async=""></script></body></html>'
    )


_SHELL = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"/><link rel="icon" href="/favicon.ico"/><title>Harbour Data Portal</title>'
    '<script defer src="/static/js/main.8f1.js"></script></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>'
)
_BITRIX = (
    '<!DOCTYPE html><html xml:lang="ru" lang="ru"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><title>%s</title>'
    '<link href="/bitrix/cache/css/s1/main/kernel_main.css" rel="stylesheet" /></head><body><div id="panel"></div><table class="head"><tr><td><a href="/">Администрация порта</a></td>'
    '<td><a href="/about/">О порте</a> <a href="/news/">Новости</a> <a href="/docs/">Документы</a></td></tr></table><div class="workarea">%s</div>'
    '<div class="foot">© Администрация порта, 2009–2024. Тел. (00) 12-34-56</div><script>BX.setCSSList([]);</script></body></html>'
)
_DLE = (
    '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>%s</title><meta name="generator" content="DataLife Engine (http://dle-news.ru)"></head>'
    '<body><div class="wrap"><ul class="menu"><li><a href="/politika/">Политика</a></li><li><a href="/sport/">Спорт</a></li></ul><div id="dle-content">%s</div>'
    '<div class="side"><a href="/index.php?do=register">Регистрация</a></div></div><script src="/engine/classes/min/index.php"></script></body></html>'
)
_MEDIAWIKI = (
    '<!DOCTYPE html><html class="client-nojs" lang="%s"><head><meta charset="UTF-8"><title>%s</title><meta name="generator" content="MediaWiki 1.39">%s</head>'
    '<body class="mediawiki ltr ns-0 ns-subject page-Sluice rootpage-Sluice skin-vector action-view"><div id="content" class="mw-body" role="main"><h1 id="firstHeading">%s</h1>'
    '<div id="mw-content-text" class="mw-body-content">%s</div></div><div id="mw-navigation"><a href="/Main_Page">Main page</a><a href="/Special:Random">Random page</a></div></body></html>'
)
_PHPBB = (
    '<!DOCTYPE html><html dir="ltr" lang="%s"><head><meta charset="utf-8"><title>%s</title></head><body id="phpbb" class="nojs notouch section-viewtopic"><div id="wrap">'
    '<a id="logo" href="./index.php">Portforum</a><ul class="navlinks"><li><a href="./faq.php">FAQ</a></li><li><a href="./ucp.php?mode=login">Login</a></li></ul>'
    '<div id="page-body"><div class="panel" id="message"><div class="inner"><h2 class="message-title">%s</h2><p>%s</p></div></div></div>'
    '<div class="copyright">Powered by phpBB</div></div></body></html>'
)

# ── living ──────────────────────────────────────────────────────────────────────────────────────────────────────────

living(
    "3-next-article",
    "https://a1.press/verhalen/sluis-omhoog",
    html(
        next_page(
            "Sluis gaat omhoog - Havenblad",
            f"<h1>Sluis gaat omhoog</h1>{blocks('nl')}",
            {"post": {"id": 4, "views": 404}},
        )
    ),
    "alive",
    title="Sluis gaat omhoog",
    language="nl",
)
living(
    "3-next-article-mentions-notfound-chunk",
    "https://a2.press/news/sluice",
    html(
        next_page(
            "Sluice to rise",
            f"<h1>Sluice to rise</h1>{blocks('en', 2)}",
            {"messages": {"404.title": "Page not found", "404.text": "Sorry, we couldn't find that page."}},
        )
    ),
    "alive",
    title="Sluice to rise",
    language="en",
)
living("3-spa-shell", "https://a3.press/stations/8812", soft(_SHELL), "alive", "walled", language="en")
living(
    "3-spa-shell-titled",
    "https://a4.press/stations/8813",
    soft(_SHELL),
    "alive",
    "walled",
    "drifted",
    title="Tide gauge Noordhaven",
    language="en",
)
living(
    "3-wp-noindex-post",
    "https://a5.press/2019/04/sluis",
    html(
        wordpress(
            "nl",
            "De sluis – Havenblad",
            f"<article class='post'><h1 class='entry-title'>De sluis</h1>{blocks('nl', 2)}</article>",
            head='<meta name="robots" content="noindex, nofollow">',
        )
    ),
    "alive",
    language="nl",
)
living(
    "3-bitrix-document",
    "https://a6.press/docs/detail.php?ELEMENT_ID=311",
    html(
        _BITRIX
        % (
            "Документы",
            "<h1>Приказ о закрытии причала</h1>Причал № 4 закрыт. Объект недоступен для швартовки до 1 мая.<br/>Приложение: схема.",
        )
    ),
    "alive",
    language="ru",
)
living(
    "3-dle-news",
    "https://a7.press/politika/311-shlyuz.html",
    html(_DLE % ("Шлюз поднимут » Вести порта", f"<h1>Шлюз поднимут</h1><div class='full-story'>{_STORY['ru']}</div>")),
    "alive",
    title="Шлюз поднимут",
    language="ru",
)
living(
    "3-wiki-about-404",
    "https://a8.press/wiki/HTTP_404",
    html(
        _MEDIAWIKI
        % (
            "en",
            "HTTP 404 - Harbour Wiki",
            "",
            "HTTP 404",
            "<p>In computer network communications, the <b>HTTP 404</b>, <b>404 not found</b>, <b>page not found</b>, or <b>file not found</b> error message is a standard response code.</p>"
            * 3,
        )
    ),
    "alive",
    title="HTTP 404",
    language="en",
)
living(
    "3-wiki-about-404-untitled",
    "https://a9.press/wiki/Fout_404",
    html(
        _MEDIAWIKI
        % (
            "nl",
            "Pagina niet gevonden - Havenwiki",
            "",
            "Pagina niet gevonden",
            "<p><b>Pagina niet gevonden</b> is de melding die een webserver geeft met statuscode 404. De melding is in 1992 vastgelegd; verhalen over kamer 404 bij CERN zijn verzonnen. Ontwerpers maken er vaak een grap van.</p>"
            * 2,
        )
    ),
    "alive",
    language="nl",
)
living(
    "3-blog-parking-trade",
    "https://a10.press/blog/domain-parking-explained",
    html(
        wordpress(
            "en",
            "Domain parking explained",
            "<article><h1>Domain parking explained</h1><p>You type a name and read: “This domain is for sale. Buy this domain.” "
            + _STORY["en"]
            + "</p></article>",
        )
    ),
    "alive",
    language="en",
)
living(
    "3-hack-report",
    "https://a11.press/security/casino-hack",
    html(
        wordpress(
            "en",
            "How casino spam took over a town's website",
            f"<article><h1>How casino spam took over a town's website</h1>{blocks('en', 2)}</article>",
        )
    ),
    "alive",
    title="How casino spam took over a town's website",
    language="en",
)
living(
    "3-hack-report-renamed",
    "https://a12.press/nieuws/gokspam",
    html(
        wordpress(
            "nl",
            "Casino-spam op site van gemeente",
            f"<article><h1>Casino-spam op site van gemeente</h1>{blocks('nl', 2)}</article>",
        )
    ),
    "alive",
    "drifted",
    title="Gemeentesite gekaapt door gokbedrijven",
    language="nl",
)
living(
    "3-captcha-article",
    "https://a13.press/longread/captcha",
    html(
        wordpress(
            "en",
            "Are you a robot? A history of the captcha",
            "<article><h1>Are you a robot? A history of the captcha</h1><p>“Checking your browser before accessing…”, “Please verify you are a human”: "
            + _STORY["en"] * 3
            + "</p><div class='g-recaptcha' data-sitekey='x'></div></article>",
        )
    ),
    "alive",
    language="en",
)
living(
    "3-obituary-removed",
    "https://a14.press/obituaries/jansen",
    html(
        wordpress(
            "en",
            "Piet Jansen, 1931–2022",
            "<article><h1>Piet Jansen, 1931–2022</h1><p>The page that lists his works has been removed from the library; he did not mind. No longer available for interviews since 2019, he died on Sunday.</p></article>",
        )
    ),
    "alive",
    language="en",
)
living(
    "3-search-empty-es",
    "https://a15.press/buscar?q=esclusa",
    html(
        '<html lang="es"><head><title>Resultados de búsqueda</title></head><body><h1>Búsqueda: esclusa</h1><p>No se encontraron resultados.</p></body></html>'
    ),
    "alive",
    language="es",
)
living(
    "3-search-empty-ru",
    "https://a16.press/search/?q=шлюз",
    html(
        '<html lang="ru"><head><title>Поиск</title></head><body><h1>Поиск</h1><p>По вашему запросу ничего не найдено.</p></body></html>'
    ),
    "alive",
    language="ru",
)
living(
    "3-archive-list-empty-day",
    "https://a17.press/archief/2022/04/07/",
    html(
        wordpress(
            "nl",
            "Archief 7 april 2022",
            "<h1>7 april 2022</h1><p>Geen berichten gevonden op deze dag.</p>",
            "archive date",
        )
    ),
    "alive",
    language="nl",
)
living(
    "3-phpbb-locked",
    "https://a18.press/forum/viewtopic.php?t=311",
    html(
        _PHPBB
        % (
            "en",
            "Sluice gates - Portforum",
            "Sluice gates",
            "The old gates leak. Anyone know when work starts? <b>Topic locked, attachment deleted.</b>",
        )
    ),
    "alive",
    title="Sluice gates",
    language="en",
)
living(
    "3-discourse",
    "https://a19.press/t/page-not-found-after-upgrade/311",
    html(
        '<!DOCTYPE html><html lang="en"><head><title>Page not found after upgrade - support - Harbour Meta</title><meta name="generator" content="Discourse 3.1"><meta property="og:type" content="website"></head><body class="crawler"><header><a href="/">Harbour Meta</a></header><div id="main-outlet"><h1><a href="/t/311">Page not found after upgrade</a></h1><div class="topic-body"><div class="post"><p>Since 3.1 every topic shows Oops! That page doesn’t exist or is private.</p></div></div><div class="topic-body"><div class="post"><p>Rebuild the container.</p></div></div></div></body></html>'
    ),
    "alive",
    language="en",
)
living(
    "3-github-issue",
    "https://a20.press/harbour/tides/issues/404",
    html(
        '<!DOCTYPE html><html lang="en"><head><title>404 on /docs · Issue #404 · harbour/tides · GitHub</title><meta property="og:type" content="object"></head><body class="logged-out"><header><a href="/">GitHub</a></header><main><h1>404 on /docs <span>#404</span></h1><div class="comment-body"><p>Steps: open /docs. Result: “This is not the web page you are looking for.”</p></div></main></body></html>'
    ),
    "alive",
    language="en",
)
living(
    "3-consent-overlay",
    "https://a21.press/artikel/sluis",
    html(
        wordpress(
            "nl",
            "Sluis omhoog",
            f"<div class='cmp'><h2>Wij gebruiken cookies</h2><p>Accepteer om verder te gaan.</p><button>Akkoord</button></div><article><h1>Sluis omhoog</h1>{blocks('nl', 2)}</article>",
        )
    ),
    "alive",
    title="Sluis omhoog",
    language="nl",
)
living(
    "3-pl-story",
    "https://a22.press/wiadomosci/sluza",
    html(wordpress("pl", "Śluza wyżej", f"<article><h1>Śluza wyżej</h1>{blocks('pl')}</article>")),
    "alive",
    title="Śluza wyżej",
    language="pl",
)
living(
    "3-tr-story-nl-title",
    "https://a23.press/haber/311",
    html(wordpress("tr", "Savak yükseliyor", f"<article><h1>Savak yükseliyor</h1>{blocks('tr')}</article>")),
    "alive",
    title="De sluis gaat omhoog (Turkse krant)",
    language="tr",
)
living(
    "3-expired-tender",
    "https://a24.press/tender/311",
    html(
        wordpress(
            "en",
            "Tender 311: sluice gates",
            "<article><h1>Tender 311: sluice gates</h1><p>This tender has expired. Documents are no longer available.</p></article>",
        )
    ),
    "alive",
    language="en",
)
living(
    "3-sold-house",
    "https://a25.press/koop/huis-311",
    html(
        wordpress(
            "nl",
            "Havenstraat 3, Noordhaven",
            "<h1>Havenstraat 3</h1><p>Dit huis is verkocht. De advertentie is niet meer beschikbaar voor bezichtiging.</p>",
        )
    ),
    "alive",
    language="nl",
)
living(
    "3-moved-permanent-slug",
    "https://a26.press/2019/sluis-omhoog",
    redirects(
        "https://a26.press/artikel/sluis-omhoog",
        end=wordpress("nl", "Sluis omhoog", f"<article><h1>Sluis omhoog</h1>{blocks('nl')}</article>"),
    ),
    "moved",
    title="Sluis omhoog",
    language="nl",
)
living(
    "3-rubric-renamed",
    "https://a27.press/themas/water/",
    redirects("https://a27.press/onderwerpen/water/", end=wordpress("nl", "Water", f"<h1>Water</h1>{blocks('nl', 2)}")),
    "moved",
    "alive",
    language="nl",
)
living(
    "3-json-api",
    "https://a28.press/api/v1/tides/311",
    html(
        '{"station":"Noordhaven","status":"ok","error":null,"message":"no alarm found"}',
        Content_Type="application/json",
    ),
    "alive",
)
living(
    "3-text-file",
    "https://a29.press/data/readme.txt",
    html("404 lines. Page not found is reported by the old server.", Content_Type="text/plain"),
    "alive",
)
living(
    "3-domain-registrar-faq",
    "https://a30.press/help/verlopen-domein",
    html(
        '<html lang="nl"><head><title>Mijn domein is verlopen, wat nu? | Hulp</title></head><body><nav>'
        + "".join(f'<a href="/{n}">Hulp {n}</a>' for n in range(14))
        + "</nav><h1>Mijn domein is verlopen, wat nu?</h1><p>Log in en verleng. Een domein dat verlopen is blijft 40 dagen in quarantaine.</p></body></html>"
    ),
    "alive",
    language="nl",
)
living(
    "3-nginx-doc",
    "https://a31.press/docs/welcome-to-nginx",
    html(
        wordpress(
            "en",
            "Welcome to nginx: what the default page means",
            f"<article><h1>Welcome to nginx: what the default page means</h1>{blocks('en', 2)}</article>",
        )
    ),
    "alive",
    language="en",
)
living(
    "3-photo-page",
    "https://a32.press/foto/311",
    html(wordpress("nl", "Foto 311", "<figure><img src='/311.jpg'><figcaption>Sluisdeur, 1931</figcaption></figure>")),
    "alive",
    language="nl",
)
living(
    "3-missing-persons",
    "https://a33.press/propavshie/311",
    html(
        _BITRIX
        % (
            "Пропавшие без вести",
            "<h1>Не найден</h1>Иванов И. И., 1961 г. р. Ушёл из дома 4 мая. До сих пор не найден.",
        )
    ),
    "alive",
    language="ru",
)
living(
    "3-uk-decree-cancelled",
    "https://a34.press/npas/311",
    html(
        '<html lang="uk"><head><title>Про скасування наказу - Міністерство</title></head><body><h1>Про скасування наказу</h1><p>Наказ № 5 скасовано. Додаток вилучено; посилання на документ видалено з переліку.</p></body></html>'
    ),
    "alive",
    language="uk",
)

# ── dead ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_P = "/2022/04/07/sluis-omhoog"
dead(
    "3-next-404-blob",
    f"https://b1.press{_P}",
    soft(
        next_page(
            "404: This page could not be found",
            '<div style="height:100vh;text-align:center"><div><h1 class="next-error-h1">404</h1><div><h2>This page could not be found<!-- -->.</h2></div></div></div>',
            {"statusCode": 404},
        )
    ),
    "soft-404",
    language="nl",
)
dead(
    "3-next-404-blob-bare-title",
    f"https://b2.press{_P}",
    soft(
        next_page(
            "Havenblad", '<header><a href="/">Havenblad</a></header><main><p>Tja.</p></main>', {"statusCode": 404}
        )
    ),
    "soft-404",
    language="nl",
)
dead(
    "3-next-404-single",
    f"https://b3.press{_P}",
    html(next_page("Havenblad", "<main><p>Hier stond iets.</p></main>", {"statusCode": 404, "notFound": True})),
    "soft-404",
    language="nl",
)
dead(
    "3-nuxt-404",
    f"https://b4.press{_P}",
    soft(
        '<!DOCTYPE html><html lang="en"><head><title>404 - Page not found: /x</title></head><body><div id="__nuxt"><div class="antialiased"><h1>404</h1><p>Page not found: /2022/04/07/sluis-omhoog</p><a href="/">Go back home</a></div></div><script type="application/json" id="__NUXT_DATA__">[{"error":1},{"statusCode":2},404]</script></body></html>'
    ),
    "soft-404",
    language="nl",
)
dead(
    "3-nuxt2-state",
    f"https://b5.press{_P}",
    html(
        '<!DOCTYPE html><html lang="nl"><head><title>Havenblad</title></head><body><div id="__nuxt"><div id="__layout"><div class="error-wrapper"><p>Helaas, deze bladzijde kennen wij niet.</p></div></div></div><script>window.__NUXT__={layout:"default",data:[{}],error:{statusCode:404,message:"This page could not be found"},serverRendered:!0}</script></body></html>'
    ),
    "soft-404",
    language="nl",
)
dead(
    "3-wp-404-title-only",
    f"https://b6.press{_P}",
    soft(
        wordpress(
            "nl",
            "Pagina niet gevonden – Havenblad",
            "<p>Misschien helpt zoeken?</p><form><input name='s'></form>",
            "error404 hfeed",
        )
    ),
    "soft-404",
    language="nl",
)
dead(
    "3-wp-oops-class",
    f"https://b7.press{_P}",
    html(
        wordpress(
            "en",
            "Harbour Courier",
            "<section class='error-404 not-found'><h1 class='page-title'>Oops! That page can’t be found.</h1><p>It looks like nothing was found at this location. Maybe try a search?</p></section>",
            "error404",
        )
    ),
    "soft-404",
    language="en",
)
dead(
    "3-h1-only-de",
    f"https://b8.press{_P}",
    soft(
        '<html lang="de"><head><title>Hafenkurier</title></head><body><h1>Diese Seite gibt es leider nicht (mehr)</h1><p>Zurück zur Startseite.</p></body></html>'
    ),
    "soft-404",
    language="de",
)
dead(
    "3-h1-only-es",
    f"https://b9.press{_P}",
    soft(
        '<html lang="es"><head><title>Diario del Puerto</title></head><body><h1>Página no encontrada</h1><p>Lo sentimos, la página que busca no existe.</p></body></html>'
    ),
    "soft-404",
    "drifted",
    language="es",
)
dead(
    "3-title-es-single",
    f"https://b10.press{_P}",
    html(
        '<html lang="es"><head><title>Página no encontrada | Diario del Puerto</title></head><body><h1>Página no encontrada</h1><p>Lo sentimos, la página que busca no existe o ha sido eliminada.</p></body></html>'
    ),
    "soft-404",
    "drifted",
    language="es",
)
dead(
    "3-title-pl-single",
    f"https://b11.press{_P}",
    html(
        '<html lang="pl"><head><title>Nie znaleziono strony - Kurier Portowy</title></head><body><h1>Błąd 404</h1><p>Strona, której szukasz, nie istnieje.</p></body></html>'
    ),
    "soft-404",
    "drifted",
    language="pl",
)
dead(
    "3-title-it",
    f"https://b12.press{_P}",
    soft(
        wordpress(
            "it",
            "Pagina non trovata - Corriere del Porto",
            "<h1>Pagina non trovata</h1><p>La pagina richiesta non esiste.</p>",
            "page",
        )
    ),
    "soft-404",
    "drifted",
    language="it",
)
dead(
    "3-title-pt-titled",
    f"https://b13.press{_P}",
    soft(
        '<html lang="pt"><head><title>Página não encontrada</title></head><body><h1>Ops!</h1><p>A página não existe.</p></body></html>'
    ),
    "soft-404",
    "drifted",
    title="Eclusa sobe quarenta centímetros",
    language="pt",
)
dead(
    "3-title-tr",
    f"https://b14.press{_P}",
    soft(
        '<html lang="tr"><head><title>Sayfa bulunamadı</title></head><body><h1>404</h1><p>Aradığınız sayfa bulunamadı.</p></body></html>'
    ),
    "soft-404",
    "drifted",
    language="tr",
)
dead(
    "3-title-cs-single",
    f"https://b15.press{_P}",
    html(
        '<html lang="cs"><head><title>Stránka nenalezena</title></head><body><h1>Stránka nenalezena</h1><p>Omlouváme se.</p></body></html>'
    ),
    "soft-404",
    "drifted",
    language="cs",
)
dead(
    "3-robots-noindex-404",
    f"https://b16.press{_P}",
    soft(
        '<html lang="nl"><head><title>Havenblad</title><meta name="robots" content="noindex"></head><body><h1>Oeps</h1><p>We kunnen dit niet (meer) vinden.</p></body></html>'
    ),
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "3-json-404",
    "https://b17.press/api/v1/tides/9",
    html(
        '{"timestamp":"2024-01-01T00:00:00Z","status":404,"error":"Not Found","path":"/api/v1/tides/9"}',
        Content_Type="application/json",
    ),
    "soft-404",
)
dead(
    "3-json-problem",
    "https://b18.press/api/v2/tides/9",
    html('{"success":false,"error":{"code":"NOT_FOUND","message":"Tide not found"}}', Content_Type="application/json"),
    "soft-404",
)
dead(
    "3-bitrix-404-text",
    "https://b19.press/docs/detail.php?ELEMENT_ID=9",
    html(_BITRIX % ("Документы", '<p><font class="errortext">Элемент не найден.</font></p>')),
    "soft-404",
    language="ru",
)
dead(
    "3-bitrix-404-page",
    f"https://b20.press{_P}",
    soft(
        _BITRIX
        % (
            "Карта сайта",
            "<h1>404 - HTTP not found</h1><p>Страница, которую вы ищете, переехала. Карта сайта:</p><ul><li>О порте</li><li>Новости</li></ul>",
        )
    ),
    "soft-404",
    language="ru",
)
dead(
    "3-dle-info",
    f"https://b21.press{_P}.html",
    html(
        _DLE
        % (
            "Внимание, обнаружена ошибка",
            "<div class='berrors'><b>Внимание, обнаружена ошибка</b><br>По данному адресу публикаций на сайте не найдено, либо у Вас нет доступа для просмотра информации по данному адресу.</div>",
        )
    ),
    "soft-404",
    language="ru",
)
dead(
    "3-ucoz-no-material",
    "https://b22.press/news/shluz/2012-04-07-311",
    html(
        '<html><head><meta charset="utf-8"><title>Ошибка</title></head><body><table><tr><td>Меню</td><td><div class="eTitle">Запрашиваемый материал не найден.</div>[ <a href="javascript:history.go(-1)">Вернуться назад</a> ]</td></tr></table><a href="http://www.ucoz.ru/">uCoz</a></body></html>'
    ),
    "soft-404",
    language="ru",
)
dead(
    "3-tilda-404",
    f"https://b23.press{_P}",
    soft(
        '<!DOCTYPE html><html lang="RU"><head><meta charset="utf-8"><title>404</title></head><body class="t-body"><div id="allrecords" data-tilda-project-id="1"><div class="t-rec"><div class="t001__title">Страница не найдена</div><div class="t001__descr">К сожалению, такой страницы больше нет</div></div></div><div class="t-tildalabel">Made on Tilda</div></body></html>'
    ),
    "soft-404",
    language="ru",
)
dead(
    "3-joomla-nf",
    "https://b24.press/index.php?option=com_content&view=article&id=311",
    html(
        '<!DOCTYPE html><html lang="nl-nl"><head><title>404 - Artikel niet gevonden</title></head><body><div class="error"><h1>404 - Artikel niet gevonden</h1><p>U kunt deze pagina niet bezoeken vanwege: een <strong>verouderde bladwijzer/favoriet</strong></p></div></body></html>'
    ),
    "soft-404",
    language="nl",
)
dead(
    "3-drupal-soft",
    f"https://b25.press{_P}",
    soft(
        '<!DOCTYPE html><html lang="en" dir="ltr"><head><title>Page not found | Port Authority</title><meta name="Generator" content="Drupal 9"></head><body class="path-system-404"><main><div data-drupal-messages-fallback class="hidden"></div><h1 class="page-title">Page not found</h1><div>The requested page could not be found.</div></main></body></html>'
    ),
    "soft-404",
    language="en",
)
dead(
    "3-wiki-no-text",
    "https://b26.press/wiki/Sluice",
    html(
        _MEDIAWIKI
        % (
            "en",
            "Sluice - Harbour Wiki",
            '<meta name="robots" content="noindex,nofollow">',
            "Sluice",
            '<div class="noarticletext"><p>There is currently no text in this page. You can <a href="/Special:Search/Sluice">search for this page title</a> in other pages, or <a href="/Special:Log">search the related logs</a>.</p></div>',
        )
    ),
    "soft-404",
    "drifted",
    title="Sluice",
    language="en",
)
dead(
    "3-wiki-no-text-ru",
    "https://b27.press/wiki/Шлюз",
    html(
        _MEDIAWIKI
        % (
            "ru",
            "Шлюз — Портовики",
            "",
            "Шлюз",
            '<div class="noarticletext"><p>В настоящее время текст на данной странице отсутствует. Вы можете найти упоминание данного названия на других страницах.</p></div>',
        )
    ),
    "soft-404",
    "drifted",
    title="Шлюз",
    language="ru",
)
dead(
    "3-wiki-deleted",
    "https://b28.press/wiki/Slot",
    html(
        _MEDIAWIKI
        % (
            "nl",
            "Slot - Havenwiki",
            "",
            "Slot",
            '<div class="mw-warning-with-logexcerpt"><p>Deze pagina is verwijderd. Hieronder staat het logboek.</p></div><div class="noarticletext"><p>Deze pagina bevat nog geen tekst.</p></div>',
        )
    ),
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "3-phpbb-gone",
    "https://b29.press/forum/viewtopic.php?t=9",
    html(_PHPBB % ("en", "Portforum - Information", "Information", "The requested topic does not exist.")),
    "soft-404",
    language="en",
)
dead(
    "3-phpbb-gone-ru",
    "https://b30.press/forum/viewtopic.php?t=9",
    html(_PHPBB % ("ru", "Форум порта - Информация", "Информация", "Запрошенной темы не существует.")),
    "soft-404",
    language="ru",
)
dead(
    "3-vbulletin-gone",
    "https://b31.press/showthread.php?t=9",
    html(
        '<html lang="en"><head><title>Harbour Forums</title></head><body><div class="standard_error"><h2 class="blockhead">vBulletin Message</h2><div class="blockbody">No Thread specified. If you followed a valid link, please notify the <a href="/sendmessage.php">administrator</a></div></div></body></html>'
    ),
    "soft-404",
    "drifted",
    language="en",
)
dead(
    "3-discourse-oops",
    "https://b32.press/t/sluice/9",
    soft(
        '<!DOCTYPE html><html lang="en"><head><title>Harbour Meta</title><meta name="generator" content="Discourse 3.1"></head><body><div id="main-outlet"><h1 class="page-not-found-title">Oops! That page doesn’t exist or is private.</h1><div class="page-not-found-topics"><h2>Popular</h2><a href="/t/1">Welcome</a></div></div></body></html>'
    ),
    "soft-404",
    language="en",
)
dead(
    "3-login-shell-listing",
    "https://b33.press/vacature/9",
    soft(
        '<html lang="nl"><head><title>Vacatures bij de haven</title></head><body><h1>Deze vacature is gesloten of bestaat niet</h1><ul><li>Sluiswachter</li></ul></body></html>'
    ),
    "soft-404",
    "drifted",
    title="Vacature: sluiswachter",
    language="nl",
)
dead(
    "3-video-removed",
    "https://b34.press/video/9",
    html(
        '<html lang="en"><head><title>HarbourTube</title></head><body><div class="player"><p>This video has been removed by the uploader</p></div></body></html>'
    ),
    "soft-404",
    language="en",
)
dead(
    "3-sedo",
    f"https://b35.press{_P}",
    everywhere(
        '<!DOCTYPE html><html lang="en" data-adblockkey="MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAN_x"><head><title>b35.press&nbsp;-&nbsp;This website is for sale!&nbsp;-&nbsp;b35 Resources and Information.</title></head><body id="afd"><div class="wrapper"><p>This website is for sale!</p><a href="/?domain_sale">Related Searches</a></div><script>var dto={"uiOptimize":false,"domainName":"b35.press"}</script></body></html>'
    ),
    "usurped",
    language="nl",
)
dead(
    "3-bodis-shell",
    f"https://b36.press{_P}",
    everywhere(
        '<!doctype html><html data-adblockkey="MFwx" lang="en" style="background:#2B2B2B"><head><meta charset="utf-8"></head><body><div id="target" style="opacity: 0"></div><script>window.park = "eyJ1dWlk";</script><script src="/bxyz.js"></script></body></html>'
    ),
    "usurped",
    language="nl",
)
dead(
    "3-godaddy-lander",
    f"https://b37.press{_P}",
    everywhere(
        '<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href="/lander?oref=x"}</script></head></html>'
    ),
    "usurped",
    language="nl",
)
dead(
    "3-namecheap",
    f"https://b38.press{_P}",
    everywhere(
        '<html><head><title>b38.press - Registered at Namecheap.com</title></head><body><h1>b38.press</h1><p>This domain is registered at <a href="https://www.namecheap.com/">Namecheap</a>.</p><p>This domain was recently registered at Namecheap. Please check back later!</p></body></html>'
    ),
    "usurped",
    language="nl",
)
dead(
    "3-regru",
    f"https://b39.press{_P}",
    everywhere(
        '<!doctype html><html lang="ru" class="is_adaptive" data-panel-url="https://server1.hosting.reg.ru/manager"><head><meta charset="UTF-8"><meta name="parking" content="regru-rdap"><title>b39.press</title><link rel="stylesheet" href="parking-rdap-auto.css"></head><body class="b-page"><h1 class="b-parking__header-title">b39.press</h1><h2>Домен зарегистрирован в компании Рег.ру</h2><p>и пока не подключён к услугам хостинга</p><a href="https://www.reg.ru/hosting/">Заказать хостинг</a></body></html>'
    ),
    "usurped",
    language="ru",
)
dead(
    "3-timeweb",
    f"https://b40.press{_P}",
    everywhere(
        '<html lang="ru"><head><title>Сайт b40.press не добавлен в панели управления хостингом</title></head><body><h1>Домен не прилинкован ни к одной из директорий на сервере!</h1><p>Если вы владелец сайта, обратитесь в службу поддержки Timeweb.</p></body></html>'
    ),
    "usurped",
    language="ru",
)
dead(
    "3-beget",
    f"https://b41.press{_P}",
    everywhere(
        '<html><head><meta charset="utf-8"><title>Домен не прилинкован</title></head><body><div class="logo"></div><p>Домен не прилинкован ни к одной из директорий на сервере!</p><a href="https://beget.com">beget.com</a></body></html>'
    ),
    "usurped",
    language="ru",
)
dead(
    "3-nicru",
    f"https://b42.press{_P}",
    everywhere(
        '<html lang="ru"><head><title>b42.press</title></head><body><h1>Срок регистрации домена b42.press закончился</h1><p>Продлить домен можно в личном кабинете RU-CENTER. Если вы не владелец, домен можно освободить и купить.</p><a href="https://www.nic.ru/">RU-CENTER</a></body></html>'
    ),
    "usurped",
    language="ru",
)
dead(
    "3-transip",
    f"https://b43.press{_P}",
    everywhere(
        '<html lang="nl"><head><title>TransIP - Reserved domain</title></head><body><div class="reserved"><h1>Gereserveerd domein</h1><p>Deze domeinnaam is gereserveerd door een klant van TransIP.</p></div></body></html>'
    ),
    "usurped",
    language="nl",
)
dead(
    "3-hostnet",
    f"https://b44.press{_P}",
    everywhere(
        '<html lang="nl"><head><title>Deze domeinnaam is geregistreerd door een klant van Hostnet</title></head><body><h1>b44.press</h1><p>Is dit jouw domeinnaam? Log in op Mijn Hostnet om een website te maken.</p></body></html>'
    ),
    "usurped",
    language="nl",
)
dead(
    "3-ionos",
    f"https://b45.press{_P}",
    everywhere(
        '<html lang="de"><head><title>b45.press</title></head><body><h1>Hier entsteht eine neue Internetpräsenz</h1><p>Diese Domain wurde bei IONOS registriert und ist noch nicht konfiguriert.</p></body></html>'
    ),
    "usurped",
    language="de",
)
dead(
    "3-ovh",
    f"https://b46.press{_P}",
    everywhere(
        '<html lang="fr"><head><title>Félicitations ! Votre domaine a bien été créé chez OVHcloud !</title></head><body><h1>Site en construction</h1><p>Votre hébergement est actif. Déposez vos fichiers dans le dossier www.</p></body></html>'
    ),
    "usurped",
    language="fr",
)
dead(
    "3-plesk",
    f"https://b47.press{_P}",
    everywhere(
        "<html lang=\"en\"><head><title>Web Server's Default Page</title></head><body><h1>Web Server's Default Page</h1><p>This page is generated by Plesk, the leading hosting automation software. You see this page because there is no Web site at this address.</p></body></html>"
    ),
    "usurped",
    language="nl",
)
dead(
    "3-cpanel-sorry",
    f"https://b48.press{_P}",
    everywhere(
        "<html><head><title>Default Web Site Page</title></head><body><h1>SORRY!</h1><p>If you are the owner of this website, please contact your hosting provider: webmaster@b48.press</p></body></html>"
    ),
    "usurped",
    language="nl",
)
dead(
    "3-ispmanager",
    f"https://b49.press{_P}",
    everywhere(
        '<html lang="ru"><head><title>b49.press</title></head><body><h1>Сайт только что создан.</h1><p>Реальное содержимое сайта ещё не загружено. Размещение сайта: ISPmanager.</p></body></html>'
    ),
    "usurped",
    language="ru",
)
dead(
    "3-iis",
    f"https://b50.press{_P}",
    everywhere(
        '<html><head><title>IIS Windows Server</title></head><body><div id="container"><a href="http://go.microsoft.com/fwlink/?linkid=66138"><img src="iisstart.png" alt="IIS"></a></div></body></html>'
    ),
    "usurped",
    language="nl",
)
dead(
    "3-index-of-empty",
    f"https://b51.press{_P}",
    everywhere(
        '<html><head><title>Index of /</title></head><body><h1>Index of /</h1><hr><pre><a href="../">../</a>\n<a href="cgi-bin/">cgi-bin/</a>  01-Jan-2024 00:00 -\n</pre><hr></body></html>'
    ),
    "usurped",
    "drifted",
    "soft-404",
    language="nl",
)
dead(
    "3-casino-takeover",
    f"https://b52.press{_P}",
    soft(
        wordpress(
            "nl",
            "Beste online casino zonder Cruks 2024",
            "<article><h1>Beste online casino zonder Cruks</h1>"
            + "<p>Wij vergelijken bonussen, gratis spins en uitbetalingen van aanbieders zonder registratie, zodat u meteen kunt spelen.</p>"
            * 6
            + "</article>",
        )
    ),
    "usurped",
    "drifted",
    title="Sluis gaat na jaren eindelijk omhoog",
    language="nl",
)
dead(
    "3-casino-takeover-ru",
    f"https://b53.press{_P}",
    html(
        wordpress(
            "ru",
            "Вулкан Вегас — играть на деньги, зеркало, бонус 100%",
            "<h1>Вулкан Вегас</h1>"
            + "<p>Рабочее зеркало клуба, бездепозитный бонус и фриспины за регистрацию, вывод выигрыша на карту без задержек.</p>"
            * 6,
        )
    ),
    "usurped",
    "drifted",
    title="Совет порта решил поднять шлюз",
    language="ru",
)
dead(
    "3-taken-over-other-language",
    f"https://b54.press{_P}",
    soft(
        wordpress(
            "id",
            "Daftar situs mahjong ways terpercaya hari ini",
            "<h1>Daftar situs mahjong ways</h1>"
            + "<p>Bermain bersama bandar resmi dengan deposit pulsa tanpa potongan dan bonus harian untuk anggota baru.</p>"
            * 6,
        )
    ),
    "usurped",
    "drifted",
    title="Рада порту вирішила підняти шлюз",
    language="uk",
)
dead(
    "3-redirect-front-302",
    f"https://b55.press{_P}",
    redirects(
        "https://b55.press/",
        status=302,
        end=wordpress("nl", "Havenblad", "<h1>Havenblad</h1>" + blocks("nl"), "home blog"),
    ),
    "soft-404",
    language="nl",
)
dead(
    "3-redirect-nieuwsoverzicht",
    f"https://b56.press{_P}",
    redirects(
        "https://b56.press/nieuws",
        all_paths=True,
        end=wordpress("nl", "Nieuws", "<h1>Nieuws</h1>" + blocks("nl", 2), "archive"),
    ),
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "3-redirect-404-aspx",
    f"https://b57.press{_P}.aspx",
    redirects(
        "https://b57.press/Error/PageNotFound?aspxerrorpath=/x",
        status=302,
        end="<html><head><title>Fout</title></head><body>Er ging iets mis.</body></html>",
    ),
    "soft-404",
    language="nl",
)
dead(
    "3-redirect-broker",
    f"https://b58.press{_P}",
    redirects(
        "https://www.afternic.com/forsale/b58.press",
        status=302,
        end="<html><head><title>b58.press</title></head><body>Get a price</body></html>",
    ),
    "usurped",
    language="nl",
)
dead(
    "3-js-to-parking",
    f"https://b59.press{_P}",
    everywhere(
        '<html><head><title>Loading...</title></head><body><script type="text/javascript">window.location.replace("http://ww25.b59.press/?subid1=2024");</script></body></html>'
    ),
    "usurped",
    "drifted",
    language="nl",
)
dead(
    "3-meta-refresh-front",
    f"https://b60.press{_P}",
    soft(
        '<html><head><meta http-equiv="refresh" content="3;url=/"><title>Havenblad</title></head><body>Deze pagina bestaat niet. U wordt doorgestuurd.</body></html>'
    ),
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "3-shutdown-notice",
    f"https://b61.press{_P}",
    everywhere(
        '<html lang="en"><head><title>Harbour Courier has closed</title></head><body><h1>Harbour Courier has closed</h1><p>After 30 years we have stopped publishing. Thank you for reading.</p></body></html>'
    ),
    "soft-404",
    "usurped",
    "drifted",
    title="Sluice to rise after all",
    language="en",
)
dead(
    "3-geocities-like",
    "https://b62.press/~jansen/sluis.htm",
    everywhere(
        '<html lang="en"><head><title>Service discontinued</title></head><body><p>Personal home pages have been discontinued as of 2019.</p></body></html>'
    ),
    "soft-404",
    "usurped",
    "drifted",
    language="nl",
)

# ── barred ──────────────────────────────────────────────────────────────────────────────────────────────────────────

barred(
    "3-cf-turnstile-200",
    f"https://c1.press{_P}",
    html(
        '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"></head><body><div class="main-wrapper"><noscript><div class="h2">Enable JavaScript and cookies to continue</div></noscript></div><script>(function(){window._cf_chl_opt={cvId:"3"}})()</script></body></html>'
    ),
    "walled",
    language="nl",
)
barred(
    "3-cf-captcha-de",
    f"https://c2.press{_P}",
    html(
        '<html lang="de"><head><title>Nur einen Moment…</title></head><body><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=1"></script><noscript>Enable JavaScript and cookies to continue</noscript></body></html>',
        403,
        Server="cloudflare",
    ),
    "walled",
    language="de",
)
barred(
    "3-akamai-denied",
    f"https://c3.press{_P}",
    html(
        '<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n \nYou don\'t have permission to access "http&#58;&#47;&#47;c3&#46;press&#47;" on this server.<P>\nReference&#32;&#35;18&#46;2d351ab8\n</BODY>\n</HTML>\n',
        403,
    ),
    "walled",
    language="nl",
)
barred(
    "3-akamai-denied-200",
    f"https://c4.press{_P}",
    html(
        '<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n \nYou don\'t have permission to access "http&#58;&#47;&#47;c4&#46;press&#47;" on this server.<P>\nReference&#32;&#35;18&#46;2d351ab8\n<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18</P></BODY>\n</HTML>\n'
    ),
    "walled",
    language="nl",
)
barred(
    "3-imperva",
    f"https://c5.press{_P}",
    html(
        '<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"></head><body style="margin:0px;height:100%"><iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=1" frameborder=0>Request unsuccessful. Incapsula incident ID: 1-2</iframe></body></html>'
    ),
    "walled",
    language="nl",
)
barred(
    "3-perimeterx",
    f"https://c6.press{_P}",
    html(
        '<html lang="en"><head><title>Access to this page has been denied</title></head><body><script>window._pxAppId="PX1";</script><div id="px-captcha"></div><p>Press &amp; Hold to confirm you are a human</p></body></html>',
        403,
    ),
    "walled",
    language="nl",
)
barred(
    "3-datadome",
    f"https://c7.press{_P}",
    html(
        "<html lang=\"en\"><head><title>c7.press</title></head><body style=\"margin:0\"><p id=\"cmsg\">Please enable JS and disable any ad blocker</p><script>var dd={'rt':'c','cid':'A','host':'geo.captcha-delivery.com'}</script></body></html>",
        403,
    ),
    "walled",
    language="nl",
)
barred(
    "3-ddosguard",
    f"https://c8.press{_P}",
    html(
        '<!doctype html><html><head><title>DDoS-Guard</title></head><body><h1>Checking your browser before accessing c8.press</h1><script src="/.well-known/ddos-guard/js-challenge/index.js"></script></body></html>',
        403,
        Server="ddos-guard",
    ),
    "walled",
    language="ru",
)
barred(
    "3-qrator",
    f"https://c9.press{_P}",
    html(
        '<html><head><script src="/__qrator/qauth_utm_v2_1.js"></script></head><body>HTTP 401</body></html>',
        401,
        Server="QRATOR",
    ),
    "walled",
    language="ru",
)
barred(
    "3-smartcaptcha",
    f"https://c10.press{_P}",
    html(
        '<html lang="ru"><head><title>Вы не робот?</title></head><body><form id="checkbox-captcha-form" action="/checkcaptcha"><div class="CheckboxCaptcha"><span>Подтвердите, что запросы отправляли вы, а не робот</span><p>SmartCaptcha by Yandex Cloud</p></div></form></body></html>'
    ),
    "walled",
    language="ru",
)
barred(
    "3-anubis",
    f"https://c11.press{_P}",
    html(
        '<!doctype html><html lang="en"><head><title>Making sure you&#39;re not a bot!</title><script id="anubis_version" type="application/json">"v1.21"</script></head><body><h1>Making sure you&#39;re not a bot!</h1><p>Protected by Anubis from Techaro.</p></body></html>'
    ),
    "walled",
    language="nl",
)
barred(
    "3-awswaf",
    f"https://c12.press{_P}",
    html(
        '<!DOCTYPE html><html lang="en"><head><title></title><script src="https://x.token.awswaf.com/1/challenge.js"></script></head><body><div id="challenge-container"></div><noscript><h1>JavaScript is disabled</h1></noscript></body></html>',
        202,
        x_amzn_waf_action="challenge",
    ),
    "walled",
    language="nl",
)
barred(
    "3-sucuri",
    f"https://c13.press{_P}",
    html(
        '<html><title>You are being redirected...</title><noscript>Javascript is required. Please enable javascript before you are allowed to see this page.</noscript><script>var s={},u,c,U,r,i,l=0,a,e=eval,w=String.fromCharCode,sucuri_cloudproxy_js="",S="eA==";</script></html>'
    ),
    "walled",
    language="nl",
)
barred(
    "3-consent-nl",
    f"https://c14.press{_P}",
    redirects(
        "https://myprivacy.dpgmedia.nl/consent?siteKey=x&callbackUrl=https%3a%2f%2fc14.press",
        status=302,
        end='<html lang="nl"><head><title>DPG Media Privacy Gate</title></head><body><p>Wij gebruiken cookies</p></body></html>',
    ),
    "walled",
    language="nl",
)
barred(
    "3-paywall-jsonld",
    f"https://c15.press{_P}",
    html(
        wordpress(
            "nl",
            "Sluis omhoog",
            f"<article><h1>Sluis omhoog</h1><p>{_STORY['nl'][:120]}</p><div class='paywall'>Verder lezen? Word abonnee.</div></article>",
            head='<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>',
        )
    ),
    "walled",
    "alive",
    title="Sluis omhoog",
    language="nl",
)
barred(
    "3-login-ru",
    "https://c16.press/group/311",
    redirects(
        "https://c16.press/login?next=%2Fgroup%2F311",
        status=302,
        end='<html lang="ru"><head><title>Вход</title></head><body><form action="/login"><input name="email"><input type="password" name="pass"></form></body></html>',
    ),
    "walled",
    language="ru",
)
barred(
    "3-geo-en",
    f"https://c17.press{_P}",
    html(
        '<html lang="en"><head><title>Not available</title></head><body><h1>451: Unavailable due to legal reasons</h1><p>We recognize you are attempting to access this website from a country belonging to the European Economic Area (EEA) including the EU which enforces the General Data Protection Regulation (GDPR) and therefore access cannot be granted at this time.</p></body></html>'
    ),
    "blocked",
    "walled",
    language="en",
)
barred(
    "3-geo-ru",
    f"https://c18.press{_P}",
    html(
        '<html lang="ru"><head><title>Доступ ограничен</title></head><body><p>Доступ к сайту из вашей страны ограничен.</p></body></html>',
        403,
    ),
    "blocked",
    "walled",
    language="ru",
)
barred(
    "3-maintenance-200",
    f"https://c19.press{_P}",
    everywhere(
        '<html lang="nl"><head><title>Onderhoud</title></head><body><h1>Even geduld</h1><p>We zijn bezig met onderhoud aan de website. We zijn zo snel mogelijk terug.</p></body></html>'
    ),
    "failing",
    "drifted",
    "alive",
    language="nl",
)
barred(
    "3-maintenance-ru-200",
    f"https://c20.press{_P}",
    everywhere(
        '<html lang="ru"><head><title>Сайт на техническом обслуживании</title></head><body><h1>Ведутся технические работы</h1><p>Сайт временно недоступен. Приносим извинения.</p></body></html>'
    ),
    "failing",
    "drifted",
    "alive",
    language="ru",
)
barred(
    "3-maintenance-bitrix",
    f"https://c21.press{_P}",
    everywhere(
        '<html><head><meta charset="utf-8"><title>Сайт закрыт</title></head><body><h1>Извините, сайт временно закрыт на обслуживание</h1></body></html>'
    ),
    "failing",
    "drifted",
    "alive",
    title="Шлюз поднимут",
    language="ru",
)
barred(
    "3-wp-maintenance",
    f"https://c22.press{_P}",
    everywhere(
        '<html lang="en"><head><title>Maintenance</title></head><body><p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p></body></html>',
        503,
    ),
    "failing",
    language="en",
)
barred(
    "3-rkn-200",
    f"https://c23.press{_P}",
    html(
        '<html><head><meta charset="utf-8"><title>Доступ ограничен</title></head><body><p>Уважаемый пользователь! Доступ к запрашиваемому ресурсу ограничен по решению суда или по иным основаниям, установленным законодательством Российской Федерации. <a href="http://eais.rkn.gov.ru/">eais.rkn.gov.ru</a></p></body></html>'
    ),
    "blocked",
    language="ru",
)
