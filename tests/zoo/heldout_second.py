"""A second lot that was written after the first held-out one had been learnt from, and run once before any change."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

from .heldout import skin, soft, text
from .pages import everywhere, html, redirects
from .scenario import Truth, Zoo

ZOO = Zoo()
living = ZOO.adder(Truth.LIVING)
dead = ZOO.adder(Truth.DEAD)

living(
    "s-catch-all-with-real-page",
    "https://s1-zo.press/agenda/2022/dijkdag",
    soft(
        skin("nl", "Agenda", "<h1>Agenda</h1><div>Geen items.</div>"),
        cited=skin(
            "nl",
            "Agenda",
            "<h1>Agenda</h1><div>Dijkdag, 7 april 2022, 14.00 uur, Raadhuis. Aanmelden niet nodig.</div>",
        ),
    ),
    "alive",
    title="Dijkdag",
    language="nl",
)
living(
    "s-lyrics-deleted",
    "https://s2-zo.press/lyrics/deleted-scenes",
    html(
        skin(
            "en",
            "Deleted Scenes - album",
            "<h1>Deleted Scenes</h1><ul><li>Opening</li><li>Lost reel</li><li>Credits</li></ul>",
        )
    ),
    "alive",
    language="en",
)
living(
    "s-law-repealed",
    "https://s3-zo.press/wet/BWBR0001/artikel/12",
    html(skin("nl", "Artikel 12", "<h1>Artikel 12</h1><div>[Vervallen per 01-01-2022]</div>")),
    "alive",
    language="nl",
)
living(
    "s-error-log-ru",
    "https://s4-zo.press/forum/viewtopic.php?t=77",
    html(
        skin(
            "ru",
            "Ошибка 404 на сайте - Форум",
            "<h1>Ошибка 404 на сайте</h1><div>Подскажите, у всех страница не найдена или только у меня?</div>",
        )
    ),
    "alive",
    language="ru",
)
living(
    "s-obituary-translated",
    "https://s5-zo.press/2022/nachruf-meyer",
    html(skin("de", "Nachruf auf H. Meyer", "<h1>Nachruf auf H. Meyer</h1>" + text("de", 4))),
    "alive",
    title="Obituary: the engineer who saved the harbour",
    language="de",
)
living(
    "s-headline-rewritten",
    "https://s6-zo.press/news/8812",
    html(skin("en", "Minister resigns over flood", "<h1>Minister resigns over flood</h1>" + text("en", 5))),
    "alive",
    "drifted",
    title="Cabinet crisis deepens after dike report",
    language="en",
)
living(
    "s-maintenance-banner",
    "https://s7-zo.press/rapport/8812",
    html(
        skin(
            "fr",
            "Rapport sur la digue",
            "<div>Le site sera indisponible samedi.</div><h1>Rapport sur la digue</h1>" + text("fr", 4),
        )
    ),
    "alive",
    language="fr",
)
living(
    "s-redirect-home-tab",
    "https://s8-zo.press/over/missie",
    redirects("https://s8-zo.press/over", end=skin("nl", "Over ons: missie", text("nl", 2))),
    "alive",
    "moved",
    title="Missie",
    language="nl",
)
living(
    "s-redirect-lang-default",
    "https://s9-zo.press/ru/news/8812",
    redirects("https://s9-zo.press/news/8812", status=302, end=skin("ru", "О дамбе", text("ru"))),
    "alive",
    language="ru",
)
living(
    "s-app-download-page",
    "https://s10-zo.press/app/download",
    everywhere(
        "<html><head><title>Get the app</title></head><body><p>Download the tide app for your phone.</p><script>var ua=navigator.userAgent; if(/Android/.test(ua)){location.href='https://play.press/x'}</script></body></html>"
    ),
    "alive",
    "drifted",
    language="en",
)
living(
    "s-parked-car-page",
    "https://s11-zo.press/parkeren/tarieven",
    html(
        skin(
            "nl",
            "Parkeren",
            "<h1>Parkeren</h1><div>Tarief: 2 euro per uur. This domain is parked behind the station (kunstwerk).</div>",
        )
    ),
    "alive",
    language="nl",
)
living(
    "s-hosting-help-uk",
    "https://s12-zo.press/help/domen",
    html(
        skin(
            "uk",
            "Що робити, якщо домен припарковано",
            "<h1>Що робити, якщо домен припарковано</h1><div>Змініть записи DNS у кабінеті.</div>",
        )
    ),
    "alive",
    language="uk",
)
living(
    "s-json-status-field",
    "https://s13-zo.press/api/stations",
    html('{"items":[{"id":1,"status":4040,"note":"not found in 2021"}]}', Content_Type="application/json"),
    "alive",
)
living(
    "s-poem-cited-translated",
    "https://s14-zo.press/stihi/pusto",
    html(
        "<html><head><meta charset='utf-8'><title>Здесь ничего нет</title></head><body><h1>Здесь ничего нет</h1><p>Только ветер, и вода, и причал без корабля.</p></body></html>"
    ),
    "alive",
    title="Hier is niets (gedicht)",
    language="ru",
)
living(
    "s-short-redirect-tool",
    "https://s15-zo.press/go/8812",
    redirects("https://www.s15-zo.press/tides", status=302, end=skin("en", "Tide tables", text("en", 2))),
    "alive",
    language="en",
)

_D = "/artikel/8812/dijk-hersteld"
dead(
    "s-soft-humour-en",
    f"https://t1-zo.press{_D}",
    soft(
        skin(
            "en",
            "Well, this is awkward",
            "<h1>Well, this is awkward</h1><div>You have found a corner of our site that is not there.</div>",
        )
    ),
    "soft-404",
    "drifted",
    title="Dike repaired at last",
    language="en",
)
dead(
    "s-soft-fr-archive",
    f"https://t2-zo.press{_D}",
    soft(
        skin(
            "fr",
            "Document indisponible",
            "<h1>Document indisponible</h1><div>Ce document a été retiré de la consultation.</div>",
        )
    ),
    "soft-404",
    language="fr",
)
dead(
    "s-soft-uk-unprobed",
    f"https://t3-zo.press{_D}",
    html(skin("uk", "Новину видалено", "<h1>Новину видалено</h1><div>Перейдіть на головну сторінку.</div>")),
    "soft-404",
    title="Дамбу відремонтовано",
    language="uk",
)
dead(
    "s-soft-ru-cached",
    f"https://t4-zo.press{_D}",
    html(skin("ru", "Новости", "<h1>Новость не найдена</h1><div>Возможно, она удалена.</div>")),
    "soft-404",
    title="Дамба отремонтирована",
    language="ru",
)
dead(
    "s-home-lang-query",
    f"https://t5-zo.press{_D}",
    redirects("https://t5-zo.press/?lang=nl", status=302, end=skin("nl", "Gemeente", text("nl"))),
    "soft-404",
    language="nl",
)
dead(
    "s-new-site-landing",
    f"https://t6-zo.press{_D}",
    redirects(
        "https://t6-zo.press/nieuwe-website",
        all_paths=True,
        end=skin(
            "nl",
            "Onze nieuwe website",
            "<h1>Onze nieuwe website</h1><div>Welkom. Oude artikelen zijn niet meegekomen.</div>",
        ),
    ),
    "soft-404",
    "drifted",
    title="Dijk hersteld na jaren",
    language="nl",
)
dead(
    "s-new-site-landing-untitled",
    f"https://t7-zo.press{_D}",
    redirects("https://t7-zo.press/welkom-op-de-nieuwe-site", all_paths=True, end=skin("nl", "Welkom", text("nl", 2))),
    "soft-404",
    "drifted",
    language="nl",
)
dead(
    "s-park-generic",
    f"https://t8-zo.press{_D}",
    everywhere(
        "<html><head><title>t8-zo.press</title></head><body><h1>t8-zo.press</h1><p>Coming soon.</p></body></html>"
    ),
    "usurped",
    "drifted",
    language="nl",
)
dead(
    "s-park-frame",
    f"https://t9-zo.press{_D}",
    everywhere(
        "<html><head><title>t9-zo.press</title></head><frameset rows='100%'><frame src='http://ads.press/?d=t9'></frameset></html>"
    ),
    "usurped",
    "drifted",
    language="nl",
)
dead(
    "s-park-links-script",
    f"https://t10-zo.press{_D}",
    everywhere(
        "<html><head><title>t10-zo.press - Informationen zum Thema</title><script src='//parkingcrew.net/jsparkcaf.php'></script></head><body><a>Deich</a><a>Hafen</a></body></html>"
    ),
    "usurped",
    language="de",
)
dead(
    "s-hijack-own-404",
    f"https://t11-zo.press{_D}",
    html(
        "<html lang='en'><head><title>Top 10 Air Fryers of 2024 Reviewed</title></head><body>"
        + "<p>We tested air fryers so that you need not, and these are our favourites for every kitchen. The basket of the winner holds enough chips for four hungry people, heats within three minutes, and goes into the dishwasher without complaint. Cheaper models rattle, smell of plastic during their first week, or burn one side of a chicken while leaving the other pale.</p>"
        + "</body></html>"
    ),
    "usurped",
    "drifted",
    title="Dijkherstel gereed na twee jaar",
    language="nl",
)
dead(
    "s-hijack-untitled-same-page",
    f"https://t12-zo.press{_D}",
    everywhere(
        "<html lang='en'><head><title>Top 10 Air Fryers</title></head><body>"
        + "<p>We tested air fryers so that you need not, and these are our favourites.</p>" * 10
        + "</body></html>"
    ),
    "usurped",
    "drifted",
    language="nl",
)
dead(
    "s-bitrix-section",
    "https://t13-zo.press/news/detail.php?ID=8812",
    soft(skin("ru", "Новости", "<div>Раздел не найден.</div>")),
    "soft-404",
    language="ru",
)
dead(
    "s-suspended-fr",
    f"https://t14-zo.press{_D}",
    everywhere(
        "<html><head><title>Site suspendu</title></head><body><h1>Ce site est suspendu</h1><p>Contactez l'hébergeur.</p></body></html>"
    ),
    "usurped",
    "soft-404",
    "drifted",
    language="fr",
)
dead(
    "s-login-shell-gone",
    f"https://t15-zo.press{_D}",
    redirects(
        "https://t15-zo.press/errors/gone",
        status=302,
        end=skin("en", "Gone", "<h1>Gone</h1><div>This content has been retired.</div>"),
    ),
    "soft-404",
    language="en",
)
