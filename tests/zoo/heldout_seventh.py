"""A seventh lot, written after the sixth had been learnt from and run once before any change.

Of that first run: 0 of 25 living sources were called an error, and 20 of 25 dead ones alive: the footers of this site
hid from the rules that its error pages say nothing else. What names the site, or has no words, counts no more since.
One of them (an empty frame around a program that failed) stays beyond what can be told.

Living and dead in equal parts again: notices, stubs, cards and odd pages of a museum, and its removals in other words.
"""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

from .heldout import soft
from .pages import html
from .scenario import Truth, Zoo

ZOO = Zoo()
living = ZOO.adder(Truth.LIVING)
dead = ZOO.adder(Truth.DEAD)

_NAMES = {"nl": "Scheepvaarthuis", "en": "Harbour Museum", "de": "Hafenmuseum", "fr": "Musée du port", "ru": "Музей порта", "uk": "Музей порту", "es": "Museo del puerto", "sv": "Hamnmuseet", "hu": "Kikötőmúzeum", "ko": "항구 박물관"}  # fmt: skip


def museum(language: str, title: str, main: str, head: str = "") -> str:
    """A museum's site, built by a page builder: divs in divs, a hero, a bar for cookies, a footer with opening hours."""
    name = _NAMES[language]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title or name}</title>{head}<script>var w=1</script></head>'
        f'<body><div class="hdr"><div class="logo"><a href="/">{name}</a></div><div class="lnk"><a href="/t">T</a><a href="/k">K</a></div></div>'
        f'<div class="wrap"><div class="row"><div class="col">{main}</div></div></div>'
        f'<div class="ftr"><div>{name}, 10:00–17:00</div><div>+31 20 123 45 67</div></div></body></html>'
    )


def tells(name: str, language: str, main: str, title: str = "", **options: object) -> None:
    """A living page."""
    living(
        f"7-{name}",
        f"https://{name}.q7.press/collection/{len(ZOO)}x",
        html(museum(language, title, main)),
        "alive",
        language=language,
        **options,
    )


tells("card-short", "nl", "<h1>Sextant</h1><p>Messing, 1790.</p>")
tells("card-title-is-site", "en", "<h2>Anchor no. 12</h2><p>Iron. Not on display.</p>")
tells(
    "not-on-view",
    "en",
    "<h1>Ship's bell</h1><p>This object is not available for viewing at the moment.</p>",
    "Ship's bell",
)
tells("stolen", "nl", "<h1>Kompas</h1><p>Verdwenen in 1944, niet teruggevonden.</p>", "Kompas")
tells("lost-painting", "de", "<h1>Sturmflut</h1><p>Verschollen. Letzter Nachweis 1939.</p>", "Sturmflut (verschollen)")
tells("removed-exhibit", "fr", "<h1>Salle 4</h1><p>La maquette a été retirée pour restauration.</p>", "Salle 4")
tells("closed-hall", "ru", "<h1>Зал 4</h1><p>Зал закрыт, экспонаты недоступны до мая.</p>", "Зал 4")
tells("deleted-scene", "uk", "<h1>Вилучена сцена</h1><p>Фільм про порт, 1931, 4 хв.</p>", "Вилучена сцена")
tells("empty-shelf", "es", "<h1>Estante vacío</h1><p>No hay objetos en este estante.</p>", "Estante 4")
tells("missing-mast", "en", "<h1>Missing Mast</h1><p>Song, 1902.</p>", "Missing Mast")
tells("fel-404", "sv", "<h1>Lok 404</h1><p>Byggt 1921. Skrotat 1960.</p>", "Lok 404")
tells("room-404", "en", "<h1>Room 404</h1><p>Charts. Fourth floor.</p>", "404")
tells("notice-expired", "nl", "<h1>Vacature conservator</h1><p>Deze vacature is verlopen.</p>", "Vacature conservator")
tells("offline-play", "de", "<h1>Offline</h1><p>Stück für zwei Stimmen, Uraufführung 4. Mai.</p>", "Offline")
tells("gone-film", "en", "<h1>Gone</h1><p>Short film, 4 min., 1971. With the harbour choir.</p>", "Gone")
tells(
    "quote-page",
    "fr",
    "<blockquote>Nous avons cherché le quai, nous ne l'avons pas trouvé.</blockquote><p>J. Morel, 1911</p>",
)
tells("audio", "ko", "<h1>항구의 소리</h1><audio src='/a.mp3'></audio>", "항구의 소리")
tells("hungarian-card", "hu", "<h1>Horgony</h1><p>Vas, 1880. Nem látogatható.</p>", "Horgony")
tells("pdf-link-only", "nl", "<p><a href='/j.pdf'>Jaarverslag 2019 (pdf)</a></p>", "Jaarverslag 2019")
tells(
    "moved-collection",
    "en",
    "<h1>Charts</h1><p>The charts have moved to room 3; this room is no longer open.</p>",
    "Charts",
)
tells(
    "not-found-wreck",
    "nl",
    "<h1>Wrak niet gevonden</h1><p>De duikers zochten drie dagen in de vaargeul.</p>",
    "Wrak niet gevonden",
)
tells("error-exhibition", "de", "<h1>Fehler</h1><p>Ausstellung über Irrtümer der Seefahrt, bis 4. Mai.</p>", "Fehler")
living("7-bare-measure", "https://tide.q7.press/now/4", html("<b>+1.43</b>"), "alive")
living(
    "7-noindex-login-free",
    "https://desk.q7.press/print/4",
    html(museum("en", "", "<p>Loan 4: bell, to May.</p>", '<meta name="robots" content="noindex">')),
    "alive",
    language="en",
)
living(
    "7-soft-siblings",
    "https://soft.q7.press/object/44",
    soft(museum("sv", "", "<h1>Hoppsan</h1>"), cited=museum("sv", "", "<h1>Ankare</h1><p>Järn.</p>")),
    "alive",
    language="sv",
)

_P = "/collection/kompas-1790"


def removed(name: str, language: str, main: str, title: str = "", head: str = "", path: str = _P) -> None:
    """A page that is gone, alone on its host."""
    dead(
        f"7-{name}",
        f"https://{name}.r7.press{path}",
        html(museum(language, title, main, head)),
        "soft-404",
        "drifted",
        "failing",
        language=language,
    )


removed("nl-verdwaald", "nl", "<h1>U bent verdwaald</h1><p>De pagina die u zoekt, is er niet (meer).</p>")
removed("nl-object-weg", "nl", "<h1>Object niet gevonden</h1>")
removed(
    "nl-link-werkt-niet",
    "nl",
    "<h1>Oeps!</h1><p>Deze link werkt niet meer. Ga naar de <a href='/'>startpagina</a>.</p>",
)
removed("en-broken-link", "en", "<h1>Whoops, this link is broken</h1><p>Try the <a href='/'>home page</a>.</p>")
removed("en-record", "en", "<p>No record with this number could be found.</p>")
removed("en-retired", "en", "<h1>This page has been retired</h1><p>Please use the search.</p>", "Page retired")
removed("en-lost-at-sea", "en", "<h1>Lost at sea</h1><p>We can't find the page you're looking for.</p>")
removed("en-404-title", "en", "<p>Uh oh.</p>", "Error 404")
removed("de-leider", "de", "<h1>Das hat leider nicht geklappt</h1><p>Die gesuchte Seite wurde nicht gefunden.</p>")
removed("de-objekt", "de", "<h1>Objekt nicht vorhanden</h1>", "Fehler")
removed("fr-perdu", "fr", "<h1>Vous êtes perdu ?</h1><p>Cette page n'existe pas ou plus.</p>")
removed("fr-fiche", "fr", "<h1>Fiche introuvable</h1>")
removed("ru-udalen", "ru", "<h1>Страница устарела</h1><p>Страница была удалена или перенесена.</p>")
removed("ru-objekt", "ru", "<p>Экспонат не найден.</p>")
removed("uk-nema", "uk", "<h1>Ой!</h1><p>Такої сторінки вже немає.</p>")
removed("es-ya-no", "es", "<h1>Esta página ya no está aquí</h1><p>Vuelve al inicio.</p>")
removed("es-ficha", "es", "<h1>Ficha no encontrada</h1>", "Error 404")
removed("sv-borta", "sv", "<h1>Sidan är borta</h1><p>Gå till startsidan.</p>")
removed("hu-nincs", "hu", "<h1>Az oldal nem található</h1>")
removed("ko-eopda", "ko", "<h1>페이지를 찾을 수 없습니다</h1>")
dead(
    "7-fatal-error",
    "https://fatal-error.r7.press/x.php?id=4",
    html(museum("en", "", "")),
    "alive",
    "drifted",
    language="en",
)
removed(
    "noindex-wording",
    "en",
    "<h1>Page not available</h1><p>The museum's editors have taken this text down while the collection is catalogued anew.</p>",
    head='<meta name="robots" content="noindex">',
)
removed(
    "canonical-404",
    "nl",
    "<h1>Niet gevonden</h1>",
    head='<link rel="canonical" href="https://canonical-404.r7.press/404">',
)
removed("file", "en", "<h1>Document not found</h1>", path="/files/report.pdf")
dead(
    "7-exception",
    "https://ex.r7.press/item/4",
    html('<pre>Traceback (most recent call last):\n  File "app.py", line 4, in item\nKeyError: 4</pre>'),
    "soft-404",
    "drifted",
    "failing",
    language="en",
)
