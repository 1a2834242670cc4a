"""A fourth lot, written after the third had been learnt from, and run once before any change.

Of that first run: 1 of 26 sources that are not dead was called an error, and 14 of 32 dead ones alive. It is a hard lot:
most of its dead pages stand alone on hosts that answer 404 to any other name, so that the probe cannot help.
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

_TEXT = {
    "nl": "De rechtbank oordeelde dinsdag dat de gemeente de omwonenden eerder had moeten inlichten over de sloop van de oude gasfabriek. De uitspraak volgt op een klacht van veertien gezinnen uit de Tuinstraat.",
    "en": "The court ruled on Tuesday that the town should have told residents sooner about the demolition of the old gasworks. The ruling follows a complaint by fourteen families of Garden Street.",
    "de": "Das Gericht entschied am Dienstag, die Stadt hätte die Anwohner früher über den Abriss des alten Gaswerks unterrichten müssen. Dem Urteil ging eine Klage von vierzehn Familien voraus.",
    "fr": "Le tribunal a jugé mardi que la ville aurait dû informer plus tôt les riverains de la démolition de l'ancienne usine à gaz, après une plainte de quatorze familles.",
    "ru": "Суд во вторник постановил, что город должен был раньше известить жителей о сносе старого газового завода. Решению предшествовала жалоба четырнадцати семей с Садовой улицы.",
    "uk": "Суд у вівторок постановив, що місто мало раніше повідомити мешканців про знесення старого газового заводу. Рішенню передувала скарга чотирнадцяти родин.",
    "sv": "Domstolen slog på tisdagen fast att kommunen tidigare borde ha berättat för de boende om rivningen av det gamla gasverket, efter ett klagomål från fjorton familjer.",
    "fi": "Oikeus katsoi tiistaina, että kaupungin olisi pitänyt kertoa asukkaille aiemmin vanhan kaasulaitoksen purkamisesta. Ratkaisua edelsi neljäntoista perheen valitus.",
    "ro": "Tribunalul a hotărât marți că orașul ar fi trebuit să îi anunțe mai devreme pe locuitori despre demolarea vechii uzine de gaz, după plângerea a paisprezece familii.",
    "zh": "法院周二裁定，市政府本应更早告知居民拆除旧煤气厂的计划。此前花园街十四户家庭提出了申诉。",
}  # fmt: skip


def local(language: str, title: str, main: str, head: str = "", foot: str = "Stadskrant, sinds 1921") -> str:
    """A local paper's page: a masthead, a bar of links, a story, a list of others, a footer of prose."""
    bar = " | ".join(f'<a href="/r{n}/">{n}</a>' for n in range(7))
    others = "".join(f'<li><a href="/s/{n}">{n}0</a></li>' for n in range(9))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<div id="masthead"><img alt="Stadskrant" src="/l.png"></div><div class="bar">{bar}</div><div id="story">{main}</div>'
        f'<ul class="more">{others}</ul><div class="foot">{foot}</div><script src="/a.js"></script></body></html>'
    )


def told(language: str, times: int = 3) -> str:
    """The story."""
    return f"<div class='t'>{_TEXT[language]}</div>" * times


# ── living ──────────────────────────────────────────────────────────────────────────────────────────────────────────

living(
    "4-sv-story",
    "https://d1.press/lokalt/gasverket",
    html(local("sv", "Gasverket rivs - Stadsbladet", f"<h2>Gasverket rivs</h2>{told('sv')}")),
    "alive",
    language="sv",
)
living(
    "4-fi-story-nl-title",
    "https://d2.press/uutiset/44",
    html(local("fi", "Kaasulaitos puretaan", f"<h2>Kaasulaitos puretaan</h2>{told('fi')}")),
    "alive",
    title="De gasfabriek gaat tegen de vlakte",
    language="fi",
)
living(
    "4-zh-story",
    "https://d3.press/news/44.html",
    html(local("zh", "煤气厂拆除案宣判", f"<h2>煤气厂拆除案宣判</h2>{told('zh')}")),
    "alive",
    title="煤气厂拆除案宣判",
    language="zh",
)
living(
    "4-casino-licence-report",
    "https://d4.press/nieuws/vergunning",
    html(
        local(
            "nl",
            "Nieuwe regels voor online kansspelen",
            "<h2>Nieuwe regels voor online kansspelen</h2><div>De toezichthouder beperkt bonus en storting; casino's moeten hun spelers beter beschermen. Ook poker en roulette vallen eronder, en Cruks wordt uitgebreid.</div>"
            + told("nl"),
        )
    ),
    "alive",
    "drifted",
    title="Kansspelautoriteit grijpt in",
    language="nl",
)
living(
    "4-casino-licence-report-untitled",
    "https://d5.press/nieuws/vergunning2",
    html(
        local(
            "nl",
            "Casino krijgt geen vergunning",
            "<h2>Casino krijgt geen vergunning</h2><div>De bonus, de storting, het poker: alles ligt stil.</div>"
            + told("nl"),
        )
    ),
    "alive",
    language="nl",
)
living(
    "4-maintenance-of-dike",
    "https://d6.press/project/dijk",
    html(
        local(
            "en",
            "Dike under maintenance until June",
            "<h2>Dike under maintenance until June</h2><div>Lane closed.</div>",
        )
    ),
    "alive",
    language="en",
)
living(
    "4-outage-report",
    "https://d7.press/news/outage",
    html(local("ru", "Технические работы на ГЭС", f"<h2>Технические работы на ГЭС</h2>{told('ru')}")),
    "alive",
    language="ru",
)
living(
    "4-product-unavailable",
    "https://d8.press/shop/book-44",
    html(
        local(
            "de",
            "Das Gaswerk. Eine Chronik",
            "<h1>Das Gaswerk. Eine Chronik</h1><div class='alert alert-warning'>Dieser Artikel ist derzeit nicht verfügbar.</div><div>Verlag Nord, 1998, 240 Seiten, ISBN 3-00-000000-0.</div>",
        )
    ),
    "alive",
    language="de",
)
living(
    "4-event-cancelled",
    "https://d9.press/agenda/44",
    html(
        local("fr", "Concert du 4 mai", "<h1>Concert du 4 mai</h1><div class='alert'>Cet événement est annulé.</div>")
    ),
    "alive",
    language="fr",
)
living(
    "4-form-error-alert",
    "https://d10.press/petitie/44",
    html(
        local(
            "nl",
            "Petitie gasfabriek",
            "<h1>Petitie gasfabriek</h1><div class='error-message' style='display:none'>Pagina niet gevonden</div><form><input name=naam></form>",
        )
    ),
    "alive",
    language="nl",
)
living(
    "4-wiki-stub",
    "https://d11.press/wiki/Gasworks",
    html(
        '<html lang="en"><head><title>Gasworks - TownWiki</title></head><body class="mediawiki"><h1 id="firstHeading">Gasworks</h1><div class="mw-parser-output"><p>Built in 1887. This article is a stub.</p></div></body></html>'
    ),
    "alive",
    title="Gasworks",
    language="en",
)
living(
    "4-next-status-in-post",
    "https://d12.press/dev/post",
    html(
        '<html lang="en"><head><title>Returning statusCode 404 in Next.js</title></head><body><div id="__next"><h1>Returning statusCode 404 in Next.js</h1><p>Set res.statusCode and return notFound.</p></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"post":{"body":"{\\"statusCode\\":404}","statusCode":"see text"}}},"page":"/dev/[slug]"}</script></body></html>'
    ),
    "alive",
    language="en",
)
living(
    "4-forum-info-heading",
    "https://d13.press/forum/info",
    html(local("ru", "Информация", "<h2>Информация</h2><div>Форум открыт с 2004 года. Правила: не ругаться.</div>")),
    "alive",
    language="ru",
)
living(
    "4-deleted-scene-uk",
    "https://d14.press/film/44",
    html(local("uk", "Видалена сцена", f"<h2>Видалена сцена</h2>{told('uk', 1)}")),
    "alive",
    language="uk",
)
living(
    "4-domain-law",
    "https://d15.press/recht/domein",
    html(local("nl", "Domeinnaam te koop: mag dat?", "<h2>Domeinnaam te koop: mag dat?</h2>" + told("nl", 2))),
    "alive",
    language="nl",
)
living(
    "4-short-notice-ro",
    "https://d16.press/anunt/44",
    html(local("ro", "Anunț", "<h2>Anunț</h2><div>Strada Grădinii este închisă marți.</div>")),
    "alive",
    language="ro",
)
living(
    "4-moved-https-www",
    "http://d17.press/nieuws/44-gasfabriek",
    redirects(
        "https://d17.press/nieuws/44-gasfabriek",
        "https://www.d17.press/nieuws/44-gasfabriek",
        end=local("nl", "Gasfabriek", told("nl")),
    ),
    "alive",
    language="nl",
)
living(
    "4-headline-only-changed",
    "https://d18.press/nieuws/45",
    html(
        local(
            "nl",
            "Gemeente tekent beroep aan tegen vonnis",
            f"<h1>Gemeente tekent beroep aan tegen vonnis</h1>{told('nl')}",
        )
    ),
    "alive",
    "drifted",
    title="Omwonenden gasfabriek winnen zaak",
    language="nl",
)

# ── dead ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_P = "/archief/2021/gasfabriek-gesloopt"
dead(
    "4-sv-missing",
    f"https://e1.press{_P}",
    html(
        local(
            "sv", "Stadsbladet", "<h1>Hoppsan! Sidan du letar efter finns inte längre</h1><div>Gå till startsidan</div>"
        )
    ),
    "soft-404",
    "drifted",
    language="sv",
)
dead(
    "4-da-missing",
    f"https://e2.press{_P}",
    html(local("da", "Siden blev ikke fundet", "<h1>Siden blev ikke fundet</h1>")),
    "soft-404",
    "drifted",
    language="da",
)
dead(
    "4-hu-missing",
    f"https://e3.press{_P}",
    html(local("hu", "Az oldal nem található", "<h1>404</h1><div>A keresett oldal nem található.</div>")),
    "soft-404",
    "drifted",
    language="hu",
)
dead(
    "4-bg-missing",
    f"https://e4.press{_P}",
    soft(local("bg", "Градски вестник", "<h1>Няма такава страница</h1><div>Опитайте с търсачката.</div>")),
    "soft-404",
    "drifted",
    language="bg",
)
dead(
    "4-ja-missing",
    f"https://e5.press{_P}",
    html(
        local(
            "ja",
            "ページが見つかりません | 町新聞",
            "<h1>ページが見つかりません</h1><div>URLが変更されたか、削除された可能性があります。</div>",
        )
    ),
    "soft-404",
    "drifted",
    language="ja",
)
dead(
    "4-nl-archived-away",
    f"https://e6.press{_P}",
    html(
        local(
            "nl",
            "Stadskrant",
            "<h2>Artikel niet meer beschikbaar</h2><div>Dit artikel is uit ons archief verwijderd.</div>",
        )
    ),
    "soft-404",
    language="nl",
)
dead(
    "4-en-quirky",
    f"https://e7.press{_P}",
    html(
        local(
            "en",
            "Lost? - Town Crier",
            "<h1>Looks like you took a wrong turn</h1><div>There is no page at this address any more.</div>",
        )
    ),
    "soft-404",
    "drifted",
    "alive",
    language="en",
)
dead(
    "4-ru-blunt",
    f"https://e8.press{_P}",
    html(local("ru", "Городская газета", "<div class='err'>Увы, такой страницы у нас нет.</div>")),
    "soft-404",
    "drifted",
    language="ru",
)
dead(
    "4-uk-h1",
    f"https://e9.press{_P}",
    html(local("uk", "Міська газета", "<h1>Сторінку, яку ви шукаєте, не знайдено</h1>")),
    "soft-404",
    language="uk",
)
dead(
    "4-fr-moved-or-deleted",
    f"https://e10.press{_P}",
    html(local("fr", "Le Courrier", "<h1>Oups, cette page n'existe plus</h1><div>Retournez à l'accueil.</div>")),
    "soft-404",
    language="fr",
)
dead(
    "4-de-titled",
    f"https://e11.press{_P}",
    html(
        local("de", "Fehler 404 – Stadtanzeiger", "<h1>Hoppla</h1><div>Unter dieser Adresse finden wir nichts.</div>")
    ),
    "soft-404",
    "drifted",
    title="Gaswerk wird abgerissen",
    language="de",
)
dead(
    "4-next-app-router",
    f"https://e12.press{_P}",
    html(
        '<!DOCTYPE html><html lang="nl"><head><meta charSet="utf-8"/><meta name="robots" content="noindex"/><meta name="next-error" content="not-found"/><title>Stadskrant</title></head><body><main>Even zoeken…</main><script>self.__next_f.push([0])</script></body></html>'
    ),
    "soft-404",
    language="nl",
)
dead(
    "4-prerender",
    f"https://e13.press{_P}",
    html(
        '<html lang="nl"><head><title>Stadskrant</title><meta name="prerender-status-code" content="404"></head><body><div id="app"><span>Deze link werkt niet.</span></div><script src="/app.js"></script></body></html>'
    ),
    "soft-404",
    language="nl",
)
dead(
    "4-json-graphql",
    "https://e14.press/api/article/44",
    html(
        '{"data":null,"errors":[{"message":"Article does not exist","extensions":{"code":"NOT_FOUND"}}]}',
        Content_Type="application/json",
    ),
    "soft-404",
)
dead(
    "4-ipb-error",
    "https://e15.press/topic/44-gas/",
    html(
        '<html lang="en"><head><title>Error - TownForum</title></head><body><div class="ipsMessage"><div>Sorry, there is a problem</div><h1>We could not locate the item you are trying to view.</h1><div>Error code: 2F173/H</div></div></body></html>'
    ),
    "soft-404",
    "drifted",
    language="en",
)
dead(
    "4-xenforo-error",
    "https://e16.press/threads/gas.44/",
    html(
        '<html lang="en"><head><title>Oops! We ran into some problems. | TownForum</title></head><body><h1>Oops! We ran into some problems.</h1><div class="blockMessage">The requested thread could not be found.</div></body></html>'
    ),
    "soft-404",
    language="en",
)
dead(
    "4-livejournal-deleted",
    "https://e17.press/44.html",
    html(
        '<html lang="ru"><head><title>Ошибка</title></head><body><h1>Ошибка</h1><p>Журнал этого пользователя удалён.</p></body></html>'
    ),
    "soft-404",
    "drifted",
    language="ru",
)
dead(
    "4-docs-portal",
    "https://e18.press/document/44",
    html(
        local(
            "nl",
            "Documentenportaal",
            "<h1>Documentenportaal</h1><div class='messages--error'>Het gevraagde document bestaat niet of is verlopen.</div>",
        )
    ),
    "soft-404",
    "drifted",
    "alive",
    language="nl",
)
dead(
    "4-park-generic-ads",
    f"https://e19.press{_P}",
    everywhere(
        '<html><head><title>e19.press</title><meta name="description" content="e19.press is your first and best source for all of the information you are looking for."></head><body><h1>e19.press</h1><ul><li><a>Loans</a></li><li><a>Insurance</a></li></ul><p>The domain owner maintain no relationship with the advertisers.</p></body></html>'
    ),
    "usurped",
    "drifted",
    language="nl",
)
dead(
    "4-park-sav",
    f"https://e20.press{_P}",
    everywhere(
        "<html><head><title>e20.press is for sale | Sav</title></head><body><h1>e20.press</h1><p>This domain name may be available. Make an offer or buy it now.</p></body></html>"
    ),
    "usurped",
    "drifted",
    language="nl",
)
dead(
    "4-park-strato",
    f"https://e21.press{_P}",
    everywhere(
        '<html lang="de"><head><title>STRATO - Domain reserved</title></head><body><h1>STRATO</h1><p>Diese Internetpräsenz wurde soeben freigeschaltet. Es sind noch keine Inhalte hinterlegt.</p></body></html>'
    ),
    "usurped",
    "drifted",
    language="de",
)
dead(
    "4-hosting-limit",
    f"https://e22.press{_P}",
    everywhere(
        '<html lang="en"><head><title>Website disabled</title></head><body><h1>This website has been disabled</h1><p>Please contact your hosting provider about your invoice.</p></body></html>'
    ),
    "usurped",
    "drifted",
    "soft-404",
    language="nl",
)
dead(
    "4-wix-unconnected",
    f"https://e23.press{_P}",
    everywhere(
        '<html lang="en"><head><title>Error ConnectYourDomain</title></head><body><h1>Looks Like This Domain Isn\'t Connected To A Website Yet</h1><p>Learn how to connect your domain to Wix.</p></body></html>'
    ),
    "usurped",
    "drifted",
    "soft-404",
    language="nl",
)
dead(
    "4-apache-default",
    f"https://e24.press{_P}",
    everywhere(
        "<html><head><title>Apache2 Debian Default Page: It works</title></head><body><h1>It works!</h1><p>This is the default welcome page used to test the correct operation of the Apache2 server.</p></body></html>"
    ),
    "usurped",
    language="nl",
)
dead(
    "4-pharma-takeover",
    f"https://e25.press{_P}",
    html(
        local(
            "en",
            "Buy Cialis online without prescription",
            "<h1>Buy Cialis online</h1><div>Order Viagra and Levitra from a trusted online pharmacy, without prescription, shipped overnight.</div>",
        )
    ),
    "usurped",
    "drifted",
    title="Council closes the old gasworks",
    language="en",
)
dead(
    "4-betting-takeover-de",
    f"https://e26.press{_P}",
    soft(
        local(
            "de",
            "Die besten Wettanbieter ohne OASIS im Test",
            "<h1>Die besten Wettanbieter</h1>"
            + "<div>Sichern Sie sich Bonus und Freispiele, schnelle Auszahlung und hohe Quoten bei jedem Sportereignis, ganz ohne Limit.</div>"
            * 4,
        )
    ),
    "usurped",
    "drifted",
    title="Gaswerk: Stadt verliert vor Gericht",
    language="de",
)
dead(
    "4-seo-blog-takeover",
    f"https://e27.press{_P}",
    soft(
        local(
            "en",
            "Top 10 tips for choosing a mattress",
            "<h1>Top 10 tips for choosing a mattress</h1>"
            + "<div>Foam keeps its shape, springs breathe, latex lasts: here is how to choose between them on a budget.</div>"
            * 4,
        )
    ),
    "usurped",
    "drifted",
    title="Omwonenden gasfabriek winnen rechtszaak",
    language="nl",
)
dead(
    "4-front-with-hash",
    f"https://e28.press{_P}",
    redirects(
        "https://www.e28.press/",
        status=301,
        all_paths=True,
        end=local("nl", "Stadskrant - het nieuws uit uw stad", told("nl")),
    ),
    "soft-404",
    language="nl",
)
dead(
    "4-section-parent",
    "https://e29.press/nieuws/2021/gasfabriek-gesloopt-na-vonnis.html",
    redirects("https://e29.press/nieuws/", status=302, end=local("nl", "Nieuws", told("nl"))),
    "soft-404",
    language="nl",
)
dead(
    "4-redirect-notfound-q",
    f"https://e30.press{_P}",
    redirects("https://e30.press/?page=404", status=302, end=local("nl", "Stadskrant", told("nl", 1))),
    "soft-404",
    language="nl",
)
dead(
    "4-farewell",
    f"https://e31.press{_P}",
    everywhere(
        '<html lang="nl"><head><title>Stadskrant stopt</title></head><body><h1>Stadskrant stopt</h1><p>Na honderd jaar houden wij ermee op. Bedankt.</p></body></html>'
    ),
    "soft-404",
    "usurped",
    "drifted",
    language="nl",
)
dead(
    "4-spa-soft",
    f"https://e32.press{_P}",
    html(
        '<html lang="nl"><head><title>Niet gevonden | Stadskrant</title></head><body><div id="root"></div><script src="/m.js"></script><noscript>Zet JavaScript aan.</noscript></body></html>'
    ),
    "soft-404",
    "drifted",
    language="nl",
)

# ── barred ──────────────────────────────────────────────────────────────────────────────────────────────────────────

barred(
    "4-cf-1020",
    f"https://f1.press{_P}",
    html(
        '<html lang="en-US"><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1><h2>You are unable to access f1.press</h2><p>Error 1020. Cloudflare Ray ID: 7a</p></body></html>',
        403,
        Server="cloudflare",
    ),
    "walled",
    language="nl",
)
barred(
    "4-kasada",
    f"https://f2.press{_P}",
    html(
        '<!DOCTYPE html><html><head></head><body><script>window.KPSDK={};KPSDK.now=1</script><script src="/149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39-8ed7-437e-a3be-862e0f06eea3/ips.js"></script></body></html>',
        429,
    ),
    "walled",
    "throttled",
    language="nl",
)
barred(
    "4-captcha-plain",
    f"https://f3.press{_P}",
    html(
        '<html lang="en"><head><title>Security check</title></head><body><h1>Please complete the security check to continue</h1><form><div class="h-captcha" data-sitekey="x"></div></form></body></html>'
    ),
    "walled",
    "drifted",
    "alive",
    language="nl",
)
barred(
    "4-age-gate",
    f"https://f4.press{_P}",
    redirects(
        "https://f4.press/age-verification?next=/x",
        status=302,
        end='<html lang="en"><head><title>Are you 18?</title></head><body><button>Yes</button></body></html>',
    ),
    "walled",
    "alive",
    "drifted",
    language="en",
)
barred(
    "4-geo-sports",
    f"https://f5.press{_P}",
    html(
        '<html lang="en"><head><title>Unavailable in your region</title></head><body><h1>This content is not available in your country</h1></body></html>'
    ),
    "blocked",
    "walled",
    language="en",
)
barred(
    "4-maintenance-nl",
    f"https://f6.press{_P}",
    everywhere(
        '<html lang="nl"><head><title>Website in onderhoud</title></head><body><h1>Onze website is tijdelijk niet beschikbaar</h1></body></html>'
    ),
    "failing",
    "drifted",
    language="nl",
)
barred(
    "4-maintenance-de",
    f"https://f7.press{_P}",
    everywhere(
        '<html lang="de"><head><title>Wartung</title></head><body><h1>Wir führen Wartungsarbeiten durch</h1><p>Die Seite ist in Kürze wieder verfügbar.</p></body></html>'
    ),
    "failing",
    "drifted",
    language="de",
)
barred(
    "4-rate-limit-200",
    f"https://f8.press{_P}",
    html(
        '<html lang="en"><head><title>Too Many Requests</title></head><body><h1>Too Many Requests</h1><p>Please slow down.</p></body></html>',
        429,
    ),
    "throttled",
    "walled",
    language="en",
)
