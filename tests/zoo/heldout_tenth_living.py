"""The tenth lot's living sources that look like dead ones, and those that are barred."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import itertools

from citekeeper.sandbox import Request, Response

from .cms import (
    alike,
    article,
    bitrix,
    drupal,
    front,
    joomla,
    paper,
    phpbb,
    portal,
    prose,
    shell,
    site,
    state,
    typo3,
    vbulletin,
    wp,
)
from .pages import redirects
from .scenario import Stage, Truth, Zoo

ZOO = Zoo()
_living, _barred = ZOO.adder(Truth.LIVING), ZOO.adder(Truth.BARRED)
_numbers = itertools.count(1)


def lives(name: str, path: str, stage: Stage, **about: object) -> None:
    """A living source."""
    url = path if "://" in path else f"https://l{next(_numbers)}.v10.press{path}"
    _living(f"10-{name}", url, stage, "alive", "drifted", "moved", **about)


def bars(name: str, path: str, stage: Stage, **about: object) -> None:
    """A barred source."""
    url = path if "://" in path else f"https://b{next(_numbers)}.v10.press{path}"
    _barred(f"10-{name}", url, stage, "walled", "blocked", "throttled", "failing", "drifted", **about)


_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

# ── about missing things ────────────────────────────────────────────────────────────────────────────────────────────

lives("about-404-en", "/blog/custom-404-page/", site(wp("en", "How to make a 404 page that helps - Webcraft", article("en", "Page not found: how to make a 404 page that helps", count=0) + "<p>The words “Page not found” and “Sorry, the page you are looking for no longer exists” are on every site. We looked at forty error pages and asked readers which helped them.</p>" * 4)), title="How to make a 404 page that helps", language="en")  # fmt: skip
lives("about-404-ru", "/articles/oshibka-404/", site(bitrix("ru", "Ошибка 404: страница не найдена", "<p>Что значит ошибка 404 и как её исправить? Сервер отвечает так, когда страница удалена или адрес набран неверно. Разберём настройку .htaccess.</p>" * 4), home=front("ru")), language="ru")  # fmt: skip
lives("docs-404-de", "/doku/http/404.html", site('<!DOCTYPE html><html lang="de"><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1><p>Der Statuscode 404 bedeutet, dass die Ressource nicht gefunden wurde. Siehe auch <a href="403.html">403</a> und <a href="410.html">410</a>.</p></body></html>'), title="404 Not Found", language="de")  # fmt: skip
lives("retraction-en", "/index.php/port/article/view/5518", site('<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>Retraction notice: Passengers of the harbour ferry | Port Studies</title><meta name="citation_title" content="Retraction notice: Passengers of the harbour ferry"><meta name="generator" content="Open Journal Systems 3.3"></head><body class="pkp_page_article pkp_op_view"><article class="obj_article_details"><h1 class="page_title">Retraction notice: Passengers of the harbour ferry</h1><p>This article has been retracted at the request of the authors. The article has been removed.</p></article></body></html>'), title="Retraction notice: Passengers of the harbour ferry", language="en")  # fmt: skip
lives("withdrawn-govuk", "/government/publications/ferry-guidance", site(portal("en", "Ferry guidance - GOV.UK", f"<h1>Ferry guidance</h1><div class='gem-c-notice'><h2>This guidance was withdrawn on 4 May 2021</h2><p>It is no longer current.</p></div>{prose('en', 3, 5)}", site="GOV.UK")), title="Ferry guidance", language="en")  # fmt: skip
lives("obituary-nl", "/nieuws/2021/in-memoriam", site(typo3("nl", "In memoriam Jan de Vries - Universiteit", "<h1>In memoriam Jan de Vries</h1><p>Jan is er niet meer. Hij overleed op 3 mei.</p>")), title="In memoriam Jan de Vries", language="nl")  # fmt: skip
lives("deleted-comments-ru", "/blog/418/", site(bitrix("ru", "Паром или мост?", prose("ru", 1, 2) + "<div class='comments'>" + "<div>Пользователь удалён</div><div>Комментарий удалён автором</div>" * 9 + "</div>")), title="Паром или мост?", language="ru")  # fmt: skip
lives("deleted-op-en", "/r/harbour/comments/v10abc/ferry/", site('<!DOCTYPE html><html lang="en-US"><head><title>Ferry or bridge? : harbour</title></head><body><shreddit-post post-title="Ferry or bridge?" author="[deleted]"><h1>Ferry or bridge?</h1><div>[removed]</div></shreddit-post>' + "<shreddit-comment><p>The ferry, any day. The bridge is a mile off for most of us.</p></shreddit-comment><shreddit-comment author='[deleted]'><p>[deleted]</p></shreddit-comment>" * 5 + "</body></html>"), title="Ferry or bridge?", language="en")  # fmt: skip
lives("page-removed-news-fr", "/tech/2021/page-supprimee", site(paper("fr", "La préfecture supprime une page - Le Courrier", article("fr", "« Cette page n’existe plus » : la préfecture supprime un avis sur le bac", 4, 4), site="Le Courrier")), title="« Cette page n’existe plus » : la préfecture supprime un avis sur le bac", language="fr")  # fmt: skip
lives("song-titled-missing-es", "/canciones/no-disponible", site(wp("es", "No disponible - Letras del Puerto", "<h1>No disponible</h1><p>Letra: La barca se va / y no vuelve más / no disponible / ya no estás</p>")), title="No disponible", language="es")  # fmt: skip
lives("missing-person-pl", "/zaginieni/jan-kowalski", site(drupal("pl", "Nie znaleziono: Jan Kowalski | Zaginieni", "<h1>Jan Kowalski</h1><p>Zaginął 3 maja. Dotąd nie odnaleziono.</p>")), title="Jan Kowalski", language="pl")  # fmt: skip
lives("repealed-de", "/gesetze/faehrv/__7.html", site('<!DOCTYPE html><html lang="de"><head><title>§ 7 FährV - Einzelnorm</title></head><body><div id="paddingLR12"><div class="jnheader"><h1>Fährverordnung<br />§ 7 (weggefallen)</h1></div><div class="jnhtml"><div>-</div></div></div><div id="footer"><a href="/">zum Seitenanfang</a></div></body></html>'), title="§ 7 FährV", language="de")  # fmt: skip
lives("repealed-uk", "/laws/show/448-17", site('<!DOCTYPE html><html lang="uk"><head><title>Про портовий пором | від 12.03.2018 № 448-17</title></head><body><div class="doc"><h1>Про портовий пором</h1><p><b>Документ втратив чинність</b></p><p>Стаття 1. Скасовано.</p></div></body></html>'), title="Про портовий пором", language="uk")  # fmt: skip
lives("closed-shop-news-it", "/storia/chiuso", site(wp("it", "Chiuso - Storie di porto", "<h1>Chiuso</h1><p>Il bar del traghetto ha chiuso. Grazie a tutti per trent'anni di caffè.</p>")), title="Chiuso", language="it")  # fmt: skip

# ── thin, old, empty ────────────────────────────────────────────────────────────────────────────────────────────────

lives("frameset", "/~devries/", site('<HTML><HEAD><TITLE>Jan de Vries</TITLE></HEAD><FRAMESET COLS="20%,80%"><FRAME SRC="menu.htm" NAME="menu"><FRAME SRC="main.htm" NAME="main"><NOFRAMES><BODY>Uw browser ondersteunt geen frames.</BODY></NOFRAMES></FRAMESET></HTML>', pages={"/~devries/main.htm": "<p>Welkom</p>"}), language="nl")  # fmt: skip
lives("frontpage-1998", "/ferry.htm", site('<html><head><meta name="GENERATOR" content="Microsoft FrontPage 3.0"><title>New Page 1</title></head><body background="bg.gif"><p align="center"><font size="6">The ferry</font></p><p><img src="ferry.gif" width="400" height="300"></p><p><font size="2">Last updated 04/11/98</font></p></body></html>'), language="en")  # fmt: skip
lives("under-construction-98", "/links.html", site("<html><head><title>Links</title></head><body><img src=construction.gif><h1>Links</h1><p>Under construction, more to come!</p><ul><li><a href=http://ferry.example>Ferry</a></ul></body></html>"), title="Links", language="en")  # fmt: skip
lives("plain-text", "/rfc/ferry.txt", site(Response.text("Ferry log, 3 May 1994\n\n0700 cast off\n0712 north bank\n0715 error: gate not found, reported\n")), language="en")  # fmt: skip
lives("tiny-pdf", "/docs/form.pdf", site(Response(200, (("Content-Type", "application/pdf"),), _PDF)), title="Form", language="en")  # fmt: skip
lives("pdf-as-octets", "/download.php?id=4481", site(Response(200, (("Content-Type", "application/octet-stream"), ("Content-Disposition", 'attachment; filename="besluit.pdf"')), _PDF)), title="Besluit", language="nl")  # fmt: skip
lives("tiny-gif", "/img/logo.gif", site(Response(200, (("Content-Type", "image/gif"),), b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")), language="en")  # fmt: skip
lives("csv", "/data/ferry.csv", site(Response(200, (("Content-Type", "text/csv"),), b"stop,status\nNorth,ok\nSouth,not found\n")), language="en")  # fmt: skip
lives("json-record", "/api/vessels/12", site(Response.json({"id": 12, "name": "Noord", "status": "removed", "error": None, "errors": []})), language="en")  # fmt: skip
lives("json-empty-list", "/api/delays?date=2018-05-04", site(Response.json({"count": 0, "results": []}), other=Response.json({"detail": "Not found."}, 404)), language="en")  # fmt: skip
lives("empty-search-cited-en", "/search?q=harbour+ferry+subsidy", alike(lambda r: Response.html(drupal("en", "Search | Harbour", "<h1>Search</h1><h2>Search results</h2><p>Your search yielded no results.</p>")), under="/search"), language="en")  # fmt: skip
lives("empty-search-cited-ru", "/search/?text=паром", site(bitrix("ru", "Поиск", "<form><input name=text value='паром'></form><p>К сожалению, на ваш поисковый запрос ничего не найдено.</p>")), title="Поиск", language="ru")  # fmt: skip
lives("empty-category-de", "/category/faehre/", site(wp("de", "Fähre – Hafenbote", '<h1 class="page-title">Kategorie: Fähre</h1><p>Derzeit keine Beiträge in dieser Kategorie.</p>', body="archive category")), title="Kategorie: Fähre", language="de")  # fmt: skip
lives("quote-page-fr", "/citation/44", site(wp("fr", "Citation du jour", "<blockquote>Le bac n’attend personne.</blockquote>")), language="fr")  # fmt: skip
lives("photo-page-uk", "/photo/44/", site(bitrix("uk", "Фото", "<img src='/upload/44.jpg' alt='Пором'>")), language="uk")  # fmt: skip
lives("person-thin-en", "/people/j-murphy", site(drupal("en", "J. Murphy | Harbour University", "<h1>J. Murphy</h1><p>Emeritus. No longer teaching.</p>", body="page-node-type-person")), title="J. Murphy", language="en")  # fmt: skip
lives("noindex-thread", "/viewtopic.php?t=77", site(phpbb("de", "Fähre oder Brücke? - Tramforum", "Fähre oder Brücke?", "Thema gesperrt. Letzter Beitrag: Die Fähre natürlich.").replace("<title>", '<meta name="robots" content="noindex"><title>')), title="Fähre oder Brücke?", language="de")  # fmt: skip
lives("print-view-nl", "/print/418", site('<html><head><title>Print: Havenpont blijft varen</title><meta name="robots" content="noindex,nofollow"><link rel="canonical" href="https://l.v10.press/nieuws/418"></head><body onload="window.print()"><h2>Havenpont blijft varen</h2>' + prose("nl", 2, 3) + "</body></html>"), title="Havenpont blijft varen", language="nl")  # fmt: skip
lives("paywall-teaser-fr", "/politique/2018/bac", site(paper("fr", "Le bac du port est sauvé - Le Courrier", '<article><h1>Le bac du port est sauvé</h1><p>Le conseil municipal a décidé jeudi de maintenir le bac.</p><p>Cet article est réservé aux abonnés. Il vous reste 80% à lire.</p></article>', site="Le Courrier")), title="Le bac du port est sauvé", language="fr")  # fmt: skip
lives("expired-job-content-nl", "/vacature/44", site(drupal("nl", "Schipper (m/v) | Rederij", f"<h1>Schipper (m/v)</h1><p>De sluitingsdatum van deze vacature is verstreken.</p>{prose('nl', 6, 4)}")), title="Schipper (m/v)", language="nl")  # fmt: skip
lives("sold-out-item-de", "/produkt/modell-faehre", site(wp("de", "Modellfähre 1:100 – Hafenladen", '<div class="product outofstock"><h1 class="product_title">Modellfähre 1:100</h1><p class="stock out-of-stock">Nicht mehr verfügbar</p><p>Bausatz aus Birkenholz, 212 Teile.</p></div>', body="single-product woocommerce")), title="Modellfähre 1:100", language="de")  # fmt: skip
lives("past-event-tr", "/etkinlik/liman-senligi-2018", site(wp("tr", "Liman Şenliği 2018", "<h1>Liman Şenliği 2018</h1><p>Bu etkinlik sona erdi.</p><p>4 Mayıs 2018, 14:00, Kuzey İskelesi.</p>")), title="Liman Şenliği 2018", language="tr")  # fmt: skip
lives("video-page-shell", "/watch/44", site(shell("en", "The ferry at dawn - Portube", state("ytInitialData", {"video": {"id": "44", "title": "The ferry at dawn", "unavailable": False}}), head='<meta property="og:title" content="The ferry at dawn"><meta property="og:type" content="video.other">')), title="The ferry at dawn", language="en")  # fmt: skip

# ── applications whose shell holds the words of an error ─────────────────────────────────────────────────────────────

lives("next-with-messages", "/stories/ferry-dawn", site(shell("en", "The ferry at dawn | Harbour Stories", '<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"story":{"title":"The ferry at dawn","body":"At five the lamps go out."},"messages":{"error404":"Page not found","notFound":"Sorry, this story does not exist"},"statusCode":200}},"page":"/stories/[slug]","query":{"slug":"ferry-dawn"}}</script>', root='<div id="__next"><h1>The ferry at dawn</h1><p>At five the lamps go out.</p></div>')), title="The ferry at dawn", language="en")  # fmt: skip
lives("nuxt-null-error-de", "/artikel/faehre-5", site(shell("de", "Die Fähre bleibt | Hafenmagazin", '<script>window.__NUXT__=(function(a){return {layout:"default",data:[{article:{title:"Die Fähre bleibt"}}],error:null,state:{i18n:{"404":"Seite nicht gefunden"}},serverRendered:true}}(null));</script>', root='<div id="__nuxt"><h1>Die Fähre bleibt</h1><p>Der Stadtrat stimmte zu.</p></div>')), title="Die Fähre bleibt", language="de")  # fmt: skip
lives("shell-same-for-all", "/map/stop/44", alike(shell("en", "Harbour map", state("__CONFIG__", {"api": "/api", "notFoundPath": "/404"}))), language="en")  # fmt: skip
lives("remix-alive", "/posts/lamps", site(shell("en", "Lamps", '<script>window.__remixContext = {"url":"/posts/lamps","state":{"loaderData":{"routes/posts.$slug":{"post":{"title":"Lamps"}}},"actionData":null,"errors":null}};</script>', root="<main><h1>Lamps</h1><p>At five they go out.</p></main>")), title="Lamps", language="en")  # fmt: skip
lives("redux-comment-error-ru", "/post/55", site(shell("ru", "Паром: как мы его отстояли", state("__PRELOADED_STATE__", {"post": {"data": {"title": "Паром: как мы его отстояли", "text": "Мы собрали подписи."}, "error": None}, "ads": {"error": {"code": 404, "message": "not found"}}}))), title="Паром: как мы его отстояли", language="ru")  # fmt: skip
lives("template-in-page", "/help/ferry", site(drupal("en", "Ferry help", f"<h1>Ferry help</h1>{prose('en', 5, 3)}<template id=not-found><h1>Page not found</h1></template><div hidden class='error404'>Sorry, this page does not exist</div>")), title="Ferry help", language="en")  # fmt: skip
lives("broken-embed-es", "/video/barca", site(wp("es", "La barca, en vídeo", f'<h1>La barca, en vídeo</h1><div class="player"><p>Este vídeo no está disponible</p></div>{prose("es", 2, 2)}')), title="La barca, en vídeo", language="es")  # fmt: skip
lives("flash-page-pl", "/galeria/prom.html", site('<html lang="pl"><head><title>Galeria: prom</title></head><body><object type="application/x-shockwave-flash" data="gal.swf"><p>Brak wtyczki Flash. Zawartość niedostępna.</p></object></body></html>'), title="Galeria: prom", language="pl")  # fmt: skip
lives("moved-notice-with-content-nl", "/blog/pont", site(wp("nl", "Havenpont blijft varen", f"<div class=notice>Wij zijn verhuisd naar een nieuwe website. Deze pagina wordt niet meer bijgewerkt.</div>{article('nl', 'Havenpont blijft varen')}")), title="Havenpont blijft varen", language="nl")  # fmt: skip
lives("archived-banner-ru", "/press/2012/44.html", site(portal("ru", "О портовой переправе", f"<div class=arch>Архивная версия. Сайт не обновляется, новый сайт: transport.press</div><h1>О портовой переправе</h1>{prose('ru', 3, 4)}", site="Министерство транспорта")), title="О портовой переправе", language="ru")  # fmt: skip
lives("moved-301-fr", "/ancien/bac.html", site(Response.redirect("/nouveau/le-bac-du-port", 301), pages={"/nouveau/le-bac-du-port": paper("fr", "Le bac du port est sauvé", article("fr", "Le bac du port est sauvé"))}), title="Le bac du port est sauvé", language="fr")  # fmt: skip
lives("relaunch-title-changed-uk", "/novyny/55", site(drupal("uk", "Пором залишається: рішення ради | Портал", article("uk", "Пором залишається: рішення ради"))), title="Портовий пором збережено", language="uk", quotes=("Мешканці північного берега зібрали на його захист дев'ять тисяч підписів",))  # fmt: skip
lives("english-version", "/en/about", site(typo3("en", "About the ferry", f"<h1>About the ferry</h1>{prose('en', 9, 4)}")), title="Über die Fähre", language="de")  # fmt: skip
lives("vb-announcement-de", "/announcement.php?a=4", site(vbulletin("de", "Das Forum ist ab dem 1. Juni geschlossen. Beiträge können nicht mehr geschrieben werden.")), language="de")  # fmt: skip
lives("joomla-missing-module", "/paromy", site(joomla("ru", "Паромы", f"<h2>Паромы</h2>{prose('ru', 4, 2)}", message="Модуль не найден")), title="Паромы", language="ru")  # fmt: skip
lives("casino-news-en", "/news/casino-closes", site(paper("en", "Harbour casino closes - Harbour Post", article("en", "Harbour casino closes after slot fraud", 3, 5))), title="Harbour casino closes after slot fraud", language="en")  # fmt: skip
lives("domain-sale-news-de", "/artikel/domain", site(typo3("de", "„Diese Domain steht zum Verkauf“", "<h1>„Diese Domain steht zum Verkauf“</h1><p>Der Domainhandel boomt. Wir erklären, wie Parkseiten Geld verdienen und warum alte Hafenadressen teuer sind.</p>" * 2)), title="„Diese Domain steht zum Verkauf“", language="de")  # fmt: skip
lives("status-page-en", "/incidents/44", site(shell("en", "Incident: 404 errors on ferry tickets", "", root="<main><h1>404 errors on ferry tickets</h1><p>Resolved. From 10:04 to 10:31 tickets answered “Not found”.</p></main>")), title="404 errors on ferry tickets", language="en")  # fmt: skip

# ── barred ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _to_login(request: Request) -> Response:
    return Response.redirect("/users/sign_in", 302)


bars("eea-us-paper", "/news/ferry", alike('<!DOCTYPE html><html><head><title>Unavailable</title></head><body><p>Our European visitors are important to us.</p><p>This site is currently unavailable to visitors from the European Economic Area while we work to ensure your data is protected in accordance with applicable EU laws.</p></body></html>'), language="en")  # fmt: skip
bars("geo-video-en", "/iplayer/44", site(shell("en", "Player", "", root="<main><h1>This content is not available in your location</h1><p>Due to rights restrictions this video can only be watched in the UK.</p></main>")), language="en")  # fmt: skip
bars("f5-asm", "/court/case/44", alike("<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 17284519284518230<br><br><a href='javascript:history.back();'>[Go Back]</a></body></html>"), language="en")  # fmt: skip
bars("wordfence", "/2018/ferry", alike(Response.html("<!DOCTYPE html><html><head><title>Your access to this site has been limited by the site owner</title></head><body><h1>Your access to this site has been limited by the site owner</h1><p>If you think you have been blocked in error, contact the owner of this site. Generated by Wordfence</p></body></html>", 503)), language="en")  # fmt: skip
bars("gitlab-login", "/group/project/-/issues/4", site(_to_login, other=_to_login, pages={"/users/sign_in": '<!DOCTYPE html><html class="devise-layout-html"><head><title>Sign in · GitLab</title></head><body class="ui-indigo login-page" data-page="sessions:new"><h1>GitLab</h1><form id="new_user" action="/users/sign_in" method="post"><input name="user[login]"><input type="password" name="user[password]"><button>Sign in</button></form></body></html>'}), language="en")  # fmt: skip
bars("phpbb-members-nl", "/viewtopic.php?t=90", site(phpbb("nl", "Tramforum - Informatie", "Informatie", "Je moet geregistreerd en ingelogd zijn om dit forum te bekijken.")), language="nl")  # fmt: skip
bars("vb-permission-de", "/showthread.php?t=91", site(vbulletin("de", "Sie sind nicht angemeldet oder Sie haben nicht die notwendigen Rechte, um diese Seite aufzurufen.")), language="de")  # fmt: skip
bars("moodle-fr", "/mod/page/view.php?id=4", site(Response.redirect("/login/index.php", 303), pages={"/login/index.php": '<!DOCTYPE html><html lang="fr"><head><title>Se connecter au site | Cours</title></head><body id="page-login-index"><h1>Connexion</h1><form action="/login/index.php" method="post" id="login"><input name="username"><input type="password" name="password"><button id="loginbtn">Connexion</button></form></body></html>'}), language="fr")  # fmt: skip
bars("consent-nl", "/nieuws/pont", redirects("https://consent.v10other.press/consent?siteKey=1&callbackUrl=https%3A%2F%2Fb.v10.press%2Fnieuws%2Fpont", status=302, all_paths=True, end='<!DOCTYPE html><html lang="nl"><head><title>Privacy-instellingen</title></head><body><h1>De Courant gebruikt cookies</h1><p>Wij en onze 812 partners slaan informatie op. Kies of je akkoord gaat om verder te gaan naar de website.</p><button>Akkoord</button><button>Instellen</button></body></html>'), language="nl")  # fmt: skip
bars("datadome", "/article/ferry", alike(Response.html('<html lang="en"><head><title>paper.press</title><style>#cmsg{animation: A 1.5s;}</style></head><body style="margin:0"><p id="cmsg">Please enable JS and disable any ad blocker</p><script data-cfasync="false">var dd={\'rt\':\'c\',\'cid\':\'AHrlqA\',\'hsh\':\'2E\',\'t\':\'bv\',\'s\':4,\'host\':\'geo.captcha-delivery.com\'}</script><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>', 401)), language="en")  # fmt: skip
bars("ip-block-ru", "/document/44", alike('<html><head><meta charset="utf-8"><title>Доступ ограничен</title></head><body><h1>Доступ с вашего IP-адреса ограничен</h1><p>Зафиксирована подозрительная активность. Подтвердите, что вы не робот.</p></body></html>'), language="ru")  # fmt: skip
bars("age-gate-pl", "/film/44", alike('<!DOCTYPE html><html lang="pl"><head><title>Czy masz ukończone 18 lat?</title></head><body><div class="age-gate"><h1>Czy masz ukończone 18 lat?</h1><form method="post"><button name="age" value="1">Tak</button><button name="age" value="0">Nie</button></form></div></body></html>'), language="pl")  # fmt: skip
bars("shibboleth-de", "/volltext/44.pdf", site(Response.html('<!DOCTYPE html><html lang="de"><head><title>Anmeldung über Ihre Einrichtung</title></head><body><h1>Zugriff nur für berechtigte Einrichtungen</h1><form action="/Shibboleth.sso/DS"><select name="entityID"><option>Universität</option></select><button>Weiter</button></form></body></html>')), language="de")  # fmt: skip
bars("under-embargo-en", "/bitstream/44", site('<!DOCTYPE html><html lang="en"><head><title>Restricted item</title><meta name="Generator" content="DSpace 6.3"></head><body><h2>This item is restricted</h2><p>You do not have permission to access it. <a href="/password-login">Log in</a> or request a copy.</p></body></html>'), language="en")  # fmt: skip
bars("js-check-ru", "/news/44", alike('<!DOCTYPE html><html><head><meta charset="utf-8"><title>Проверка браузера</title><script>document.cookie="__js_p_=1;path=/";setTimeout(function(){location.reload()},1500)</script></head><body><noscript>Включите JavaScript</noscript><div>Идёт проверка вашего браузера…</div></body></html>'), language="ru")  # fmt: skip
