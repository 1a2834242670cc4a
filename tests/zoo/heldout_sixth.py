"""A sixth lot, written after the fifth and run once before any change.

Of that first run: 0 of 34 living sources were called an error, and 19 of 34 dead ones alive.
Half of it are living pages that look like errors: tiny, untitled, titled like their site, not to be indexed, canonical
elsewhere, or with the words of absence in them. Of the dead ones most stand alone on hosts that answer 404 to any other
name, and say so in words or ways that the earlier lots did not use.
"""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

from citekeeper.sandbox import Request, Response, World

from .heldout import soft
from .pages import host_of, html, redirects, together
from .scenario import Stage, Truth, Zoo

ZOO = Zoo()
living = ZOO.adder(Truth.LIVING)
dead = ZOO.adder(Truth.DEAD)

_TOLD = {
    "nl": "Het waterschap baggerde vorig jaar elf kilometer sloot en vond daarbij een houten sluisdeur uit 1740. De deur ligt nu in het depot van de provincie en wordt dit najaar onderzocht.",
    "en": "The water board dredged eleven kilometres of ditch last year and came upon a wooden lock gate of 1740. The gate now lies in the county's depot and will be examined this autumn.",
    "de": "Der Wasserverband räumte im vergangenen Jahr elf Kilometer Gräben und stieß dabei auf ein hölzernes Schleusentor von 1740. Es liegt nun im Depot des Landes.",
    "fr": "Le syndicat des eaux a curé onze kilomètres de fossés l'an dernier et a découvert une porte d'écluse en bois de 1740, conservée depuis au dépôt du département.",
    "ru": "В прошлом году водное управление очистило одиннадцать километров каналов и нашло деревянные ворота шлюза 1740 года. Теперь они лежат в областном хранилище.",
    "uk": "Торік водне управління очистило одинадцять кілометрів каналів і знайшло дерев'яну браму шлюзу 1740 року. Тепер вона лежить в обласному сховищі.",
    "pl": "Spółka wodna oczyściła w zeszłym roku jedenaście kilometrów rowów i natrafiła na drewniane wrota śluzy z 1740 roku. Leżą one teraz w magazynie województwa.",
    "it": "L'anno scorso il consorzio ha ripulito undici chilometri di fossi e ha trovato una porta di chiusa in legno del 1740, ora nel deposito della provincia.",
    "pt": "No ano passado a junta das águas limpou onze quilómetros de valas e encontrou uma comporta de madeira de 1740, agora guardada no depósito do distrito.",
    "cs": "Vodní družstvo loni vyčistilo jedenáct kilometrů příkopů a našlo dřevěná vrata plavební komory z roku 1740. Leží teď v krajském depozitáři.",
    "ja": "水利組合は昨年、11キロの水路を浚渫し、1740年の木製の閘門を発見した。扉は現在、県の収蔵庫に保管されている。",
    "tr": "Su birliği geçen yıl on bir kilometre hendeği temizledi ve 1740 yılından kalma ahşap bir savak kapağı buldu. Kapak şimdi ilin deposunda.",
}  # fmt: skip


def board(language: str, title: str, main: str, *, head: str = "", attributes: str = "", extra: str = "") -> str:
    """A water board's site: a bar, a crumb trail, a column of notices, a footer with an address."""
    bar = "".join(f'<a class="m" href="/m{n}">{_TOLD[language][7 * n : 7 * n + 7]} {n}</a>' for n in range(8))
    notices = "".join(
        f'<li><a href="/notice/{n}">{n}.{n + 1}.2021 {_TOLD[language][n : n + 34]}</a></li>' for n in range(7)
    )
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body {attributes}>'
        f'<div class="top"><a href="/"><b>Kolk</b></a>{bar}</div><div class="crumbs"><a href="/">Kolk</a> / …</div>'
        f'<div id="content">{main}</div><div class="right"><ul>{notices}</ul></div>{extra}'
        f'<div class="bottom">Kolk, Dijk 1, 0123 456789 · <a href="/privacy">©</a> 1998–2024</div></body></html>'
    )  # fmt: skip


def told(language: str, times: int = 3) -> str:
    """What the board tells."""
    return f"<p>{_TOLD[language]}</p>" * times


def answers(function: object) -> Stage:
    """The host answers as ``function`` says, from the request's path."""

    def stage(world: World, url: str) -> None:
        world.handler(host_of(url), lambda request: function(_path(request)))  # type: ignore[operator]

    return stage


def _path(request: Request) -> str:
    return "/" + request.url.split("://", 1)[-1].partition("/")[2]


def plain(body: str, status: int = 200, media_type: str = "text/html; charset=utf-8") -> Response:
    """A bare response."""
    return Response(status, (("Content-Type", media_type),), body.encode())


_PATH = "/nieuws/2019/sluisdeur-gevonden"
_404 = plain("<h1>404</h1>", 404)

# ── living: tiny and untitled ───────────────────────────────────────────────────────────────────────────────────────

living("6-tiny-para", "https://k1.press/a", html("<p>Peil: 1,43 m boven NAP.</p>"), "alive")
living("6-tiny-word", "https://k2.press/status", html("open"), "alive")
living("6-tiny-number", "https://k3.press/waarde", html("<html><body>143</body></html>"), "alive")
living("6-tiny-text", "https://k4.press/peil.txt", html("2019-05-01 1.43\n", Content_Type="text/plain"), "alive")
living(
    "6-tiny-soft-siblings",
    "https://k5.press/peil/3",
    answers(lambda path: plain("<p>Peil 3: 1,43 m.</p>" if path == "/peil/3" else "<p>Onbekend peil.</p>")),
    "alive",
)
living(
    "6-tiny-echo",
    "https://k6.press/whois/kolk.press",
    answers(
        lambda path: plain(
            f"<pre>{path[7:]}: registered 1998, Kolk</pre>"
            if path == "/whois/kolk.press"
            else f"<pre>{path[7:]}: no entry</pre>"
        )
    ),
    "alive",
)
living(
    "6-tiny-image-page",
    "https://k7.press/foto/12.html",
    html("<html><body><img src='12.jpg'></body></html>"),
    "alive",
)
living(
    "6-tiny-frameset",
    "https://k8.press/oud/index.html",
    html("<HTML><FRAMESET cols='20%,*'><FRAME src='links.html'><FRAME src='tekst.html'></FRAMESET></HTML>"),
    "alive",
)
living("6-tiny-redirects-elsewhere", "https://k9.press/p/7", together(
    soft("<script>location='/'</script>", cited="<p>Pomp 7 draait.</p>")), "alive")  # fmt: skip
living("6-tiny-json", "https://k10.press/api/gate/1740", html('{"found":true,"material":"oak"}', Content_Type="application/json"), "alive")  # fmt: skip
living("6-empty-array", "https://k11.press/api/alarms", html("[]", Content_Type="application/json"), "alive")

# ── living: looks like an error ─────────────────────────────────────────────────────────────────────────────────────

living("6-site-title", "https://k12.press" + _PATH, html(board("nl", "Kolk", "<h1>Sluisdeur gevonden</h1>" + told("nl"))), "alive", title="Sluisdeur gevonden", language="nl")  # fmt: skip
living("6-site-title-short", "https://k13.press/peil", html(board("nl", "Kolk", "<h1>Peil</h1><p>1,43 m boven NAP.</p>")), "alive", language="nl")  # fmt: skip
living(
    "6-noindex-story",
    "https://k14.press" + _PATH,
    html(board("de", "Schleusentor gefunden", told("de", 2), head='<meta name="robots" content="noindex, nofollow">')),
    "alive",
    language="de",
)
living(
    "6-noindex-short",
    "https://k15.press/print/88",
    html(
        board(
            "en", "Kolk", "<p>Printed 4 May. Gate no. 88, oak, 1740.</p>", head='<meta name="robots" content="noindex">'
        )
    ),
    "alive",
    language="en",
)
living(
    "6-canonical-home-short",
    "https://k16.press/kort",
    html(
        board(
            "fr",
            "Kolk",
            "<p>Porte d'écluse : chêne, 1740, 3 m.</p>",
            head='<link rel="canonical" href="https://k16.press/">',
        )
    ),
    "alive",
    language="fr",
)
living(
    "6-lost-and-found",
    "https://k17.press/lost",
    html(
        board(
            "en", "Lost and not found", "<h1>Lost and not found</h1><p>Two oars, one cap, the key of the old lock.</p>"
        )
    ),
    "alive",
    language="en",
)
living(
    "6-removed-law",
    "https://k18.press/wet/12",
    html(board("nl", "Artikel 12 (vervallen)", "<h1>Artikel 12</h1><p>[Vervallen per 01-01-2010]</p>")),
    "alive",
    language="nl",
)
living(
    "6-deleted-user-thread",
    "https://k19.press/forum/t/55",
    html(
        board(
            "pl",
            "Stara śluza",
            "<h1>Stara śluza</h1><div>[usunięty użytkownik]: wpis usunięty</div><div>anna: drewno dębowe, 1740</div>",
        )
    ),
    "alive",
    language="pl",
)
living(
    "6-out-of-stock",
    "https://k20.press/winkel/kaart",
    html(
        board(
            "it",
            "Mappa dei canali",
            "<h1>Mappa dei canali</h1><p>Prodotto non disponibile. Scala 1:25 000, anno 1902, 60 × 80 cm.</p>",
        )
    ),
    "alive",
    language="it",
)
living(
    "6-no-results-cited",
    "https://k21.press/zoeken?q=sluisdeur+1741",
    html(board("nl", "Zoeken: sluisdeur 1741", "<h1>Zoeken</h1><p>Geen resultaten voor “sluisdeur 1741”.</p>")),
    "alive",
    language="nl",
)
living(
    "6-missing-person",
    "https://k22.press/nieuws/vermist",
    html(
        board("ru", "Пропал без вести", "<h1>Сторож не найден</h1><p>Сторож шлюза пропал 4 мая. Поиски прекращены.</p>")
    ),
    "alive",
    language="ru",
)
living("6-error-codes", "https://k23.press/handleiding/fouten", html(board("nl", "Foutcodes", "<h1>Foutcodes</h1><table><tr><td>404<td>Pomp niet gevonden<tr><td>410<td>Pomp verwijderd</table>")), "alive", language="nl")  # fmt: skip
living("6-app-story", "https://k24.press/app/note/3", html("<!doctype html><title>Kolk</title><meta property='og:title' content='Gate found'><div id=root></div><script src=/a.js></script>"), "alive", "drifted")  # fmt: skip
living(
    "6-event-over",
    "https://k25.press/agenda/opendag",
    html(
        board(
            "nl",
            "Open dag (afgelopen)",
            "<h1>Open dag</h1><p>Deze activiteit is niet meer beschikbaar: zij was op 4 mei.</p>",
        )
    ),
    "alive",
    language="nl",
)
living(
    "6-moved-office",
    "https://k26.press/contact",
    html(
        board(
            "fr",
            "Contact",
            "<h1>Nous avons déménagé</h1><p>L'ancienne adresse n'existe plus : Digue 1, 0123 456789.</p>",
        )
    ),
    "alive",
    language="fr",
)
living(
    "6-japanese-short",
    "https://k27.press/ja/5",
    html(board("ja", "閘門の発見", "<h1>閘門の発見</h1>" + told("ja", 1))),
    "alive",
    language="ja",
)
living(
    "6-song-title",
    "https://k28.press/lied/9",
    html(board("en", "You Are Lost", "<h1>You Are Lost</h1><p>Words: trad. Tune: lock-keeper's reel. Key of D.</p>")),
    "alive",
    language="en",
)
living(
    "6-gallery",
    "https://k29.press/album/gate",
    soft(
        board("tr", "Kolk", "<h1>Hata</h1><p>Aradığınız sayfa yok.</p>"),
        cited=board(
            "tr", "Kolk", "<h1>Kapak</h1>" + "".join(f"<img src='/i/{n}.jpg' alt='kapak {n}'>" for n in range(6))
        ),
    ),
    "alive",
    language="tr",
)
living(
    "6-pdf-viewer",
    "https://k30.press/doc/view/17",
    soft(
        board("cs", "Kolk", "<p>Dokument neexistuje.</p>"),
        cited=board("cs", "Kolk", "<iframe src='/files/17.pdf' width=700 height=900></iframe>"),
    ),
    "alive",
    language="cs",
)
living(
    "6-table-of-levels",
    "https://k31.press/standen/2019",
    soft(
        board("nl", "Waterstanden", "<h1>Waterstanden</h1><p>Kies een jaar.</p>"),
        cited=board(
            "nl",
            "Waterstanden",
            "<h1>Waterstanden</h1><table>" + "".join(f"<tr><td>{n}-5<td>1,{n + 30}" for n in range(20)) + "</table>",
        ),
    ),
    "alive",
    language="nl",
)
living("6-withdrawn-notice-with-text", "https://k32.press/uk/nota/4", html(board("uk", "Спростування", "<h1>Спростування</h1><p>Попередню версію видалено.</p>" + told("uk", 1))), "alive", language="uk")  # fmt: skip
living("6-archived-page", "https://k33.press/en/gate", html(board("en", "Gate (archived)", "<p>This page is archived and no longer updated.</p>" + told("en", 1))), "alive", language="en")  # fmt: skip
living("6-verification", "https://k34.press/google123.html", html("google-site-verification: google123.html"), "alive")

# ── dead: alone on their host, in words not used before ─────────────────────────────────────────────────────────────

dead("6-alone-nl-leeg", "https://m1.press" + _PATH, html(board("nl", "Kolk", "<h1>Hier is niets (meer)</h1><p>Ga terug naar de startpagina of gebruik de zoekbalk.</p>")), "soft-404", "drifted", language="nl")  # fmt: skip
dead("6-alone-nl-bestaat", "https://m2.press" + _PATH, html(board("nl", "Fout | Kolk", "<h1>Dit bericht bestaat niet of niet meer</h1>")), "soft-404", "drifted", language="nl")  # fmt: skip
dead("6-alone-en-vanished", "https://m3.press/news/gate", html(board("en", "Kolk", "<h1>Sorry, that story has vanished</h1><p>It may have been moved or taken offline.</p>")), "soft-404", "drifted", language="en")  # fmt: skip
dead("6-alone-en-nolonger", "https://m4.press/news/gate", html(board("en", "Content unavailable | Kolk", "<h1>Content unavailable</h1><p>The item you are looking for is no longer on our site.</p>")), "soft-404", "drifted", language="en")  # fmt: skip
dead("6-alone-de-offline", "https://m5.press/artikel/8", html(board("de", "Kolk", "<h1>Beitrag nicht mehr online</h1><p>Dieser Beitrag steht leider nicht mehr zur Verfügung.</p>")), "soft-404", "drifted", language="de")  # fmt: skip
dead("6-alone-de-depubliziert", "https://m6.press/artikel/9", html(board("de", "Depubliziert", "<h1>Depubliziert</h1><p>Aus rechtlichen Gründen mussten wir diesen Inhalt nach zwölf Monaten entfernen.</p>")), "soft-404", "drifted", language="de")  # fmt: skip
dead("6-alone-fr", "https://m7.press/article/8", html(board("fr", "Kolk", "<h1>Oups…</h1><p>Le contenu demandé n'est plus en ligne.</p><a href='/'>Retour à l'accueil</a>")), "soft-404", "drifted", language="fr")  # fmt: skip
dead("6-alone-ru", "https://m8.press/news/8", html(board("ru", "Кольк", "<h1>Новость не найдена или снята с публикации</h1><a href='/'>На главную</a>")), "soft-404", "drifted", language="ru")  # fmt: skip
dead("6-alone-ru-empty", "https://m9.press/news/9", html(board("ru", "Кольк", "<p>Элемент не найден.</p>")), "soft-404", "drifted", language="ru")  # fmt: skip
dead("6-alone-uk", "https://m10.press/news/8", html(board("uk", "Кольк", "<h1>Упс!</h1><p>Матеріал знято з публікації.</p>")), "soft-404", "drifted", language="uk")  # fmt: skip
dead("6-alone-pl", "https://m11.press/artykul/8", html(board("pl", "Kolk", "<h1>Nie ma takiej strony</h1><p>Wróć na stronę główną.</p>", head='<meta name="robots" content="noindex">')), "soft-404", "drifted", language="pl")  # fmt: skip
dead("6-alone-it", "https://m12.press/articolo/8", html(board("it", "Errore | Kolk", "<h1>La pagina richiesta non esiste più</h1>", head='<meta name="robots" content="noindex">')), "soft-404", "drifted", language="it")  # fmt: skip
dead("6-alone-pt", "https://m13.press/artigo/8", html(board("pt", "Kolk", "<h1>Conteúdo indisponível</h1><p>O artigo foi retirado.</p>")), "soft-404", "drifted", language="pt")  # fmt: skip
dead("6-alone-cs", "https://m14.press/clanek/8", html(board("cs", "Kolk – chyba 404", "<h1>Stránka nenalezena</h1>")), "soft-404", "drifted", language="cs")  # fmt: skip
dead("6-alone-ja", "https://m15.press/ja/8", html(board("ja", "Kolk", "<h1>お探しのページは見つかりませんでした</h1>")), "soft-404", "drifted", language="ja")  # fmt: skip
dead("6-alone-tr", "https://m16.press/haber/8", html(board("tr", "Kolk", "<h1>Aradığınız sayfa bulunamadı</h1><a href='/'>Ana sayfa</a>")), "soft-404", "drifted", language="tr")  # fmt: skip
dead("6-alone-status-in-title", "https://m17.press" + _PATH, html(board("nl", "HTTP 404 - Kolk", "<p>Tja.</p>")), "soft-404", "drifted", language="nl")  # fmt: skip
dead("6-alone-noindex-canonical", "https://m18.press" + _PATH, html(board("nl", "Kolk", "<h1>Welkom bij Kolk</h1><p>Het waterschap van de polder.</p>", head='<meta name="robots" content="noindex"><link rel="canonical" href="https://m18.press/">')), "soft-404", "drifted", title="Houten sluisdeur uit 1740 gevonden", language="nl")  # fmt: skip
dead("6-alone-body-class", "https://m19.press" + _PATH, html(board("nl", "Kolk", "<p>…</p>", attributes='class="page-type-error status-404"')), "soft-404", "drifted", language="nl")  # fmt: skip
dead("6-alone-empty-main", "https://m20.press" + _PATH, html(board("nl", "Kolk", "")), "soft-404", "drifted", title="Houten sluisdeur uit 1740 gevonden", language="nl")  # fmt: skip
dead("6-alone-exception", "https://m21.press/show.php?id=8", html("<br />\n<b>Warning</b>: mysql_fetch_array() expects parameter 1 to be resource, boolean given in <b>/var/www/show.php</b> on line <b>12</b><br />"), "soft-404", "failing", "drifted", language="nl")  # fmt: skip
dead("6-alone-aspx", "https://m22.press/show.aspx?id=8", html("<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/' Application.</h1><h2>Runtime Error</h2></body></html>"), "soft-404", "failing", "drifted", language="en")  # fmt: skip
dead("6-alone-js-error", "https://m23.press/n/8", html("<!doctype html><html><head><title>404: This page could not be found</title></head><body><div id='__next'></div><script id='__NEXT_DATA__' type='application/json'>{\"page\":\"/_error\",\"props\":{\"pageProps\":{\"statusCode\":404}}}</script></body></html>"), "soft-404", "drifted", language="en")  # fmt: skip
dead("6-alone-account", "https://m24.press/@gate", html(board("en", "Kolk", "<h1>This account doesn’t exist</h1><p>Try searching for another.</p>")), "soft-404", "drifted", language="en")  # fmt: skip
dead("6-alone-video", "https://m25.press/v/8", html(board("en", "Kolk", "<h1>Video unavailable</h1><p>This video has been removed by the uploader.</p>")), "soft-404", "drifted", language="en")  # fmt: skip
dead("6-alone-file-html", "https://m26.press/files/rapport-2019.pdf", html(board("nl", "Kolk", "<h1>Bestand niet beschikbaar</h1>")), "soft-404", "drifted", language="nl")  # fmt: skip
dead("6-soft-everywhere-tr", "https://m27.press/haber/9", soft(board("tr", "Kolk", "<h1>Hata</h1><p>Bir şeyler ters gitti.</p>")), "soft-404", "drifted", language="tr")  # fmt: skip
dead("6-soft-everywhere-home", "https://m28.press" + _PATH, soft(board("nl", "Kolk", told("nl", 2))), "soft-404", "drifted", language="nl")  # fmt: skip
dead("6-soft-echo", "https://m29.press" + _PATH, answers(lambda path: plain(board("nl", "Kolk", f"<h1>Niet aanwezig</h1><p>Er is geen {path}.</p>"))), "soft-404", "drifted", language="nl")  # fmt: skip
dead("6-meta-refresh-home", "https://m30.press" + _PATH, html("<html><head><meta http-equiv='refresh' content='0;url=/'></head><body></body></html>"), "soft-404", "drifted", language="nl")  # fmt: skip
dead("6-script-home", "https://m31.press" + _PATH, soft("<html><head><script>window.location.replace('/');</script></head><body></body></html>"), "soft-404", "drifted", language="nl")  # fmt: skip
dead("6-redirect-search", "https://m32.press" + _PATH, redirects("https://m32.press/zoeken?q=sluisdeur", status=302, all_paths=True, end=board("nl", "Zoeken", "<h1>Zoeken</h1><p>0 gevonden.</p>")), "soft-404", "drifted", language="nl")  # fmt: skip
dead("6-alone-title-gone", "https://m33.press" + _PATH, html(board("nl", "Pagina verwijderd - Kolk", "<p>Deze informatie is verouderd en daarom weggehaald.</p>")), "soft-404", "drifted", language="nl")  # fmt: skip
dead("6-alone-sv-like", "https://m34.press/en/9", html(board("en", "Kolk", "<h1>Nothing here</h1>", head='<meta name="robots" content="noindex,follow">')), "soft-404", "drifted", language="en")  # fmt: skip
