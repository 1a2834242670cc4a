"""A fifth lot, written after the fourth had been learnt from and run once before any change.

Of that first run: 0 of 17 sources that are not dead were called an error, and 1 of 27 dead ones alive (the content farm
on a page of its own, whose few words say nothing of the site that was there). Nothing was changed after it.
Sites that show a soft error do so here for every unknown name, as most do; single deletions stand alone.
"""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

from .heldout import soft
from .pages import everywhere, html, redirects
from .scenario import Truth, Zoo

ZOO = Zoo()
living = ZOO.adder(Truth.LIVING)
dead = ZOO.adder(Truth.DEAD)
barred = ZOO.adder(Truth.BARRED)

_SAID = {
    "nl": "De vogelwerkgroep telde in de nacht van zaterdag op zondag ruim vierduizend trekkende lijsters boven de duinen. Volgens de coördinator was dat de beste nacht sinds het begin van de tellingen in 1994.",
    "en": "The bird group counted more than four thousand thrushes over the dunes in the night to Sunday. It was the best night since counts began in 1994, the coordinator said.",
    "de": "Die Vogelfreunde zählten in der Nacht zum Sonntag über viertausend Drosseln über den Dünen. Es war die beste Nacht seit Beginn der Zählungen im Jahr 1994.",
    "ru": "В ночь на воскресенье орнитологи насчитали над дюнами более четырёх тысяч дроздов. По словам координатора, это лучшая ночь с начала учётов в 1994 году.",
    "uk": "У ніч на неділю орнітологи нарахували над дюнами понад чотири тисячі дроздів. За словами координатора, це найкраща ніч від початку обліків у 1994 році.",
    "fr": "Dans la nuit de samedi à dimanche, les ornithologues ont compté plus de quatre mille grives au-dessus des dunes, la meilleure nuit depuis le début des comptages en 1994.",
    "es": "En la noche del sábado al domingo los ornitólogos contaron más de cuatro mil zorzales sobre las dunas, la mejor noche desde que empezaron los recuentos en 1994.",
}  # fmt: skip


def club(language: str, title: str, main: str, *, head: str = "", body: str = "") -> str:
    """A society's site: semantic elements, a card grid of recent notes, a newsletter form."""
    cards = "".join(
        f'<section class="card"><h3><a href="/n/{n}">{n}. {_SAID[language][:30]}</a></h3></section>' for n in range(6)
    )
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title><meta name="viewport" content="width=device-width">{head}</head>'
        f'<body {body}><header role="banner"><a href="/">Lijster</a><nav><a href="/a">A</a><a href="/b">B</a></nav></header><main>{main}</main>'
        f'<div class="grid">{cards}</div><form class="news"><label>E-mail<input></label></form><footer>Lijster 1994</footer></body></html>'
    )


def say(language: str, times: int = 3) -> str:
    """What the society says."""
    return f"<p>{_SAID[language]}</p>" * times


living(
    "5-story-nl",
    "https://g1.press/nieuws/lijsters",
    html(club("nl", "Topnacht voor lijsters", f"<h1>Topnacht voor lijsters</h1>{say('nl')}")),
    "alive",
    title="Topnacht voor lijsters",
    language="nl",
)
living(
    "5-story-es-short",
    "https://g2.press/noticias/zorzales",
    soft(
        club("es", "No encontrado", "<h1>No encontrado</h1>"),
        cited=club("es", "Zorzales", f"<h1>Zorzales</h1>{say('es', 1)}"),
    ),
    "alive",
    language="es",
)
living(
    "5-nest-not-found",
    "https://g3.press/waarneming/8",
    html(
        club(
            "nl",
            "Nest niet gevonden",
            "<h1>Nest niet gevonden</h1><p>Waarnemer: J. de Wit. Weer: mist. Wel sporen bij de sloot.</p>",
        )
    ),
    "alive",
    language="nl",
)
living(
    "5-species-missing",
    "https://g4.press/soort/ortolaan",
    html(club("de", "Ortolan vermisst", f"<h1>Ortolan vermisst</h1>{say('de', 1)}")),
    "alive",
    language="de",
)
living(
    "5-thread-closed",
    "https://g5.press/forum/8",
    html(
        club(
            "en",
            "Closed: ringed thrush",
            "<h1>Closed: ringed thrush</h1><p>This thread has been closed. Ring no. 8 was read at the lighthouse.</p>",
        )
    ),
    "alive",
    language="en",
)
living(
    "5-video-page",
    "https://g6.press/film/8",
    html(
        club(
            "ru",
            "Ночь дроздов",
            "<h1>Ночь дроздов</h1><video src='/8.mp4'></video><p>Видео недоступно в старых браузерах.</p>",
        )
    ),
    "alive",
    language="ru",
)
living(
    "5-empty-guestbook",
    "https://g7.press/gastenboek",
    html(club("nl", "Gastenboek", "<h1>Gastenboek</h1><p>Nog geen berichten.</p>")),
    "alive",
    language="nl",
)
living(
    "5-article-on-slots",
    "https://g8.press/en/slots",
    html(
        club(
            "en",
            "Time slots for ringers",
            f"<h1>Time slots for ringers</h1>{say('en', 2)}<p>A bonus slot goes to whoever leaves a deposit for the key; poker night is on Friday.</p>",
        )
    ),
    "alive",
    "drifted",
    title="Rota of the ringing group announced",
    language="en",
)
living(
    "5-translated-headline",
    "https://g9.press/uk/drozdy",
    html(club("uk", "Ніч дроздів", f"<h1>Ніч дроздів</h1>{say('uk')}")),
    "alive",
    title="Nacht van de lijsters",
    language="uk",
)
living(
    "5-domain-news",
    "https://g10.press/nieuws/domein",
    html(
        club(
            "nl",
            "Onze domeinnaam is verlopen geweest",
            f"<h1>Onze domeinnaam is verlopen geweest</h1>{say('nl', 1)}<p>Sinds gisteren werkt alles weer.</p>",
        )
    ),
    "alive",
    language="nl",
)
living(
    "5-under-construction-section",
    "https://g11.press/kaart",
    html(
        club(
            "fr",
            "Carte des nids",
            "<h1>Carte des nids</h1><p>En maintenance : la légende. Cliquez sur un point.</p><div id='map'></div>",
        )
    ),
    "alive",
    language="fr",
)
living(
    "5-count-404",
    "https://g12.press/telling/404",
    html(club("en", "Count 404: thrushes", f"<h1>Count 404: thrushes</h1>{say('en', 1)}")),
    "alive",
    language="en",
)
living(
    "5-canonical-front",
    "https://g13.press/nieuws/9",
    html(
        club(
            "nl",
            "Lijsters in de mist",
            f"<h1>Lijsters in de mist</h1>{say('nl')}",
            head='<link rel="canonical" href="https://g13.press/">',
        )
    ),
    "alive",
    language="nl",
)

_P = "/nieuws/2020/lijsters-boven-duinen"
dead(
    "5-soft-nl",
    f"https://h1.press{_P}",
    soft(
        club("nl", "Lijster", "<h1>Deze pagina is weggevlogen</h1><p>Misschien vindt u wat u zoekt via het menu.</p>")
    ),
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "5-soft-de",
    f"https://h2.press{_P}",
    soft(club("de", "Seite nicht gefunden – Drossel", "<h1>404</h1><p>Diese Seite wurde leider nicht gefunden.</p>")),
    "soft-404",
    language="de",
)
dead(
    "5-soft-ru-portal",
    f"https://h3.press{_P}",
    soft(
        club(
            "ru",
            "Дрозд | Ошибка",
            "<h1>Ошибка 404</h1><p>Страница, на которую вы перешли, не существует. Проверьте адрес.</p>",
        )
    ),
    "soft-404",
    language="ru",
)
dead(
    "5-soft-es",
    f"https://h4.press{_P}",
    soft(club("es", "Zorzal", "<h1>¡Vaya! Esta página no existe</h1><p>Vuelve al inicio.</p>")),
    "soft-404",
    "drifted",
    language="es",
)
dead(
    "5-soft-uk",
    f"https://h5.press{_P}",
    soft(club("uk", "Дрізд", "<h1>Помилка 404</h1><p>Вибачте, такої сторінки не існує.</p>")),
    "soft-404",
    language="uk",
)
dead(
    "5-soft-image-only",
    f"https://h6.press{_P}",
    soft(club("en", "Thrush", "<img src='/404.png' alt='Page not found'>")),
    "soft-404",
    "drifted",
    language="en",
)
dead(
    "5-soft-front-in-place",
    f"https://h7.press{_P}",
    soft(
        club(
            "fr",
            "Grive - accueil",
            f"<h1>Bienvenue</h1>{say('fr', 2)}",
            head='<link rel="canonical" href="https://h7.press/">',
        )
    ),
    "soft-404",
    "drifted",
    language="fr",
)
dead(
    "5-soft-titled",
    f"https://h8.press{_P}",
    soft(club("nl", "Lijster - vogelvereniging", f"<h1>Welkom</h1>{say('nl', 1)}")),
    "soft-404",
    "drifted",
    title="Recordaantal trekvogels geteld",
    language="nl",
)
dead(
    "5-single-deleted-en",
    f"https://h9.press{_P}",
    html(club("en", "Thrush", "<h1>This article has been removed</h1><p>Please contact the editor.</p>")),
    "soft-404",
    language="en",
)
dead(
    "5-single-deleted-ru",
    f"https://h10.press{_P}",
    html(club("ru", "Дрозд", "<h1>Материал удалён</h1><p>Вернуться на главную.</p>")),
    "soft-404",
    language="ru",
)
dead(
    "5-single-deleted-fr",
    f"https://h11.press{_P}",
    html(
        club(
            "fr",
            "Article supprimé | Grive",
            "<h1>Article supprimé</h1><p>Cet article a été supprimé par son auteur.</p>",
        )
    ),
    "soft-404",
    language="fr",
)
dead(
    "5-file-to-page",
    "https://h12.press/docs/telling-1994.pdf",
    soft(club("nl", "Lijster", "<h1>Documenten</h1><p>Kies een jaar.</p>")),
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "5-sveltekit-error",
    f"https://h13.press{_P}",
    soft(
        '<!doctype html><html lang="en"><head><title>Thrush</title></head><body data-sveltekit-preload-data="hover"><div style="display: contents"><h1>404</h1><p>Not Found</p></div><script>{__sveltekit_1={base:""}}</script></body></html>'
    ),
    "soft-404",
    language="en",
)
dead(
    "5-spa-shell-titled",
    f"https://h14.press{_P}",
    soft(
        '<!doctype html><html lang="nl"><head><title>404 | Lijster</title></head><body><div id="app"></div><script type="module" src="/assets/index.js"></script></body></html>'
    ),
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "5-redirect-front-lang",
    f"https://h15.press{_P}",
    redirects("https://h15.press/nl/", status=302, all_paths=True, end=club("nl", "Lijster", say("nl"))),
    "soft-404",
    language="nl",
)
dead(
    "5-redirect-new-domain-front",
    f"https://h16.press{_P}",
    redirects("https://nieuw-h16.press/", all_paths=True, end=club("nl", "Nieuwe Lijster", say("nl"))),
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "5-redirect-oops",
    f"https://h17.press{_P}",
    redirects("https://h17.press/oops/not-found.html", status=302, end=club("en", "Thrush", "<p>Hm.</p>")),
    "soft-404",
    language="en",
)
dead(
    "5-parked-de",
    f"https://h18.press{_P}",
    everywhere(
        '<html lang="de"><head><title>h18.press steht zum Verkauf</title><script src="https://img.sedoparking.com/js/jquery.js"></script></head><body><h1>h18.press</h1><p>Die Domain h18.press steht zum Verkauf!</p></body></html>'
    ),
    "usurped",
    language="de",
)
dead(
    "5-parked-minimal",
    f"https://h19.press{_P}",
    everywhere(
        "<html><head><title>h19.press</title></head><body><center><h1>h19.press</h1>This domain is registered and parked by its owner.</center></body></html>"
    ),
    "usurped",
    "drifted",
    language="nl",
)
dead(
    "5-parked-ru",
    f"https://h20.press{_P}",
    everywhere(
        '<html lang="ru"><head><title>Домен h20.press припаркован</title></head><body><h1>h20.press</h1><p>Домен припаркован. Купить домен можно в магазине доменов.</p></body></html>'
    ),
    "usurped",
    language="ru",
)
dead(
    "5-suspended",
    f"https://h21.press{_P}",
    everywhere(
        "<html><head><title>Account Suspended</title></head><body><h1>Account Suspended</h1><p>This Account has been suspended. Contact your hosting provider for more information.</p></body></html>"
    ),
    "usurped",
    language="en",
)
dead(
    "5-nginx-default",
    f"https://h22.press{_P}",
    everywhere(
        "<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working.</p></body></html>"
    ),
    "usurped",
    language="nl",
)
dead(
    "5-casino-es",
    f"https://h23.press{_P}",
    soft(
        club(
            "es",
            "Mejores casinos online sin licencia 2025",
            "<h1>Mejores casinos online</h1>"
            + "<p>Bonos, giros gratis, ruleta en vivo y retiros rápidos: elige el mejor casino y juega hoy.</p>" * 5,
        )
    ),
    "usurped",
    "drifted",
    title="Recuento nocturno de zorzales",
    language="es",
)
dead(
    "5-crypto-takeover",
    f"https://h24.press{_P}",
    soft(
        club(
            "en",
            "Bitcoin profit: trade with AI",
            "<h1>Bitcoin profit</h1>"
            + "<p>Register today, deposit 250 dollars and let the robot trade for you around the clock.</p>" * 5,
        )
    ),
    "usurped",
    "drifted",
    title="Lijsters boven de duinen geteld",
    language="nl",
)
dead(
    "5-content-farm-html",
    f"https://h25.press{_P}",
    html(
        club(
            "en",
            "How to clean a dishwasher",
            "<h1>How to clean a dishwasher</h1>"
            + "<p>Vinegar on the top rack, soda on the floor, hottest cycle, door ajar, cloth along every rubber seal afterwards; filters rinse under running water while spray arms soak inside an old bucket overnight with lemon juice.</p>"
            * 2,
        )
    ),
    "usurped",
    "drifted",
    "alive",
    title="Recordaantal trekvogels boven de duinen",
    language="nl",
)
dead(
    "5-json-gone",
    "https://h26.press/api/counts/8",
    html('{"ok":false,"code":410,"message":"Gone"}', Content_Type="application/json"),
    "soft-404",
)
dead(
    "5-wp-trash",
    "https://h27.press/?p=88",
    html(
        club(
            "nl",
            "Niets gevonden - Lijster",
            "<h1>Niets gevonden</h1><p>Het lijkt erop dat we niet kunnen vinden wat je zoekt. Misschien helpt zoeken.</p>",
            body='class="search-no-results error404"',
        )
    ),
    "soft-404",
    language="nl",
)

barred(
    "5-cf-just-a-moment-nl",
    f"https://i1.press{_P}",
    html(
        '<html lang="nl-NL"><head><title>Een moment geduld...</title></head><body><script>window._cf_chl_opt={cType:"managed"}</script><noscript>Enable JavaScript and cookies to continue</noscript></body></html>',
        403,
        cf_mitigated="challenge",
    ),
    "walled",
    language="nl",
)
barred(
    "5-maintenance-es",
    f"https://i2.press{_P}",
    everywhere(
        '<html lang="es"><head><title>En mantenimiento</title></head><body><h1>Sitio en mantenimiento</h1><p>Volvemos pronto.</p></body></html>'
    ),
    "failing",
    "drifted",
    language="es",
)
barred(
    "5-login-wall",
    "https://i3.press/leden/verslag",
    html(club("nl", "Inloggen", "<form><input name=u><input type=password name=p><button>Inloggen</button></form>")),
    "walled",
    language="nl",
)
barred(
    "5-legal-ru",
    f"https://i4.press{_P}",
    html(
        "<html><head><meta charset='utf-8'><title>Доступ к ресурсу ограничен</title></head><body><p>Доступ к информационному ресурсу ограничен на основании Федерального закона от 27 июля 2006 г. № 149-ФЗ.</p></body></html>"
    ),
    "blocked",
    "walled",
    language="ru",
)
