"""An eleventh lot, of other platforms than the tenth, written after that had been learnt from and before any run.

Of that first run: 4 of 30 dead ones were called alive, and none of the 23 that are not dead an error (2 of 18 living
ones were given a warning).
"""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import itertools

from citekeeper.sandbox import Response

from .cms import alike, article, front, paper, portal, shell, site, state, wp
from .pages import html
from .scenario import Stage, Truth, Zoo

ZOO = Zoo()
_dead, _living, _barred = ZOO.adder(Truth.DEAD), ZOO.adder(Truth.LIVING), ZOO.adder(Truth.BARRED)
_numbers = itertools.count(1)


def _add(adder: object, name: str, path: str, stage: Stage, *expect: str, **about: object) -> None:
    url = path if "://" in path else f"https://e{next(_numbers)}.v11.press{path}"
    adder(f"11-{name}", url, stage, *expect, **about)  # type: ignore[operator]


def rot(name: str, path: str, stage: Stage, **about: object) -> None:
    """A dead source."""
    _add(_dead, name, path, stage, "soft-404", "usurped", "gone", "drifted", "failing", **about)


def lives(name: str, path: str, stage: Stage, **about: object) -> None:
    """A living source."""
    _add(_living, name, path, stage, "alive", "drifted", "moved", **about)


def bars(name: str, path: str, stage: Stage, **about: object) -> None:
    """A barred source."""
    _add(_barred, name, path, stage, "walled", "blocked", "throttled", "failing", "drifted", **about)


def magento(lang: str, title: str, main: str, body: str) -> str:
    """Magento 2 with Luma."""
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"/><title>{title}</title><link rel="stylesheet" href="/static/version1/frontend/Magento/luma/{lang}/css/styles-m.css"/><script>var require={{"baseUrl":"/static/"}};</script></head><body data-container="body" class="{body} page-layout-1column"><div class="page-wrapper"><header class="page-header"><a class="logo" href="/"><img src="/logo.svg" alt="Touwwinkel"/></a></header><main id="maincontent" class="page-main">{main}</main><footer class="page-footer"><ul><li><a href="/contact">Contact</a></li></ul></footer></div></body></html>'


def confluence(title: str, main: str, *, page_id: str = "0") -> str:
    """Confluence."""
    return f'<!DOCTYPE html><html lang="en-GB"><head><title>{title}</title><meta name="ajs-page-id" content="{page_id}"><meta name="confluence-request-time" content="1700000000000"></head><body id="com-atlassian-confluence" class="theme-default view-information"><div id="full-height-container"><header id="header"><nav class="aui-header"><a href="/">Wiki</a><a href="/login.action">Log in</a></nav></header><div id="main" class="aui-page-panel"><div id="content" class="page">{main}</div></div><div id="footer"><ul><li>Powered by Atlassian Confluence 7.19.8</li></ul></div></div></body></html>'


def liferay(lang: str, title: str, main: str) -> str:
    """Liferay."""
    return f'<!DOCTYPE html><html class="ltr" dir="ltr" lang="{lang}"><head><title>{title}</title><link href="/o/classic-theme/css/main.css" rel="stylesheet"/><script>var Liferay=Liferay||{{}};Liferay.Browser={{}};</script></head><body class="controls-visible yui3-skin-sam signed-out public-page site"><div id="wrapper"><header id="banner"><a class="logo" href="/"><img alt="Comune" src="/logo.png"></a></header><section id="content"><div class="portlet-boundary"><section class="portlet"><div class="portlet-content">{main}</div></section></div></section><footer id="footer"><p>Powered by Liferay</p></footer></div></body></html>'


def plone(lang: str, title: str, main: str, section: str = "section-news") -> str:
    """Plone 5."""
    return f'<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" lang="{lang}"><head><meta charset="utf-8"/><title>{title}</title><meta name="generator" content="Plone - http://plone.org"/></head><body id="visual-portal-wrapper" class="frontend portaltype-document site-Plone {section} template-document_view"><header id="content-header"><a id="portal-logo" href="/"><img src="/logo.png" alt=""/></a></header><div id="main-container"><article id="content">{main}</article></div><footer id="portal-footer-wrapper"><p>Plone® Open Source CMS/WCM</p></footer></body></html>'


# ── dead ────────────────────────────────────────────────────────────────────────────────────────────────────────────

rot("magento-noroute-nl", "/touw/veerbootlijn-12mm.html", alike(magento("nl", "404 Niet gevonden", '<div class="page-title-wrapper"><h1 class="page-title"><span class="base">Oeps, daar ging iets mis</span></h1></div><p>De pagina die je opvroeg is niet gevonden en we hebben een goede gok waarom.</p>', "cms-noroute-index cms-page-view")), language="nl")  # fmt: skip
rot("prestashop-fr", "/cordages/4482-amarre.html", site('<!doctype html><html lang="fr"><head><title>Amarre</title><meta name="robots" content="noindex"></head><body id="pagenotfound" class="lang-fr country-fr layout-full-width page-pagenotfound"><main><header id="header"><a href="/"><img class="logo" src="/img/logo.jpg" alt="Corderie"></a></header><section id="wrapper"><section id="content" class="page-content page-not-found"><h4>Ce produit n’est plus au catalogue.</h4><p>Nos autres cordages vous attendent.</p></section></section></main></body></html>'), title="Amarre tressée 12 mm", language="fr")  # fmt: skip
rot("woocommerce-trashed-de", "/shop/festmacher/leine-12-mm/", site(Response.redirect("/shop/festmacher/", 302), pages={"/shop/festmacher/": wp("de", "Festmacher – Tauladen", "<h1>Festmacher</h1><ul class=products><li>Leine 8 mm<li>Leine 10 mm</ul>", body="archive tax-product_cat")}), title="Festmacherleine 12 mm", language="de")  # fmt: skip
rot("confluence-deleted", "/pages/viewpage.action?pageId=448172", site(confluence("Page Not Found - Wiki", '<div class="page-not-found"><h2>Page Not Found</h2><p>The page you were trying to reach could not be found. It may have been deleted or you may have followed a bad link.</p></div>')), title="Mooring procedure", language="en")  # fmt: skip
rot("confluence-restricted-or-gone", "/display/HARB/Mooring+procedure", site(confluence("Harbour - Wiki", "<h1>Harbour</h1><p>This space has been archived. Its pages are no longer published here.</p>")), title="Mooring procedure", language="en")  # fmt: skip
rot("notion", "https://www.notion.so/harbour-v11/Mooring-4481", html(shell("en", "Notion – The all-in-one workspace", state("__NOTION_STATE__", {"recordMap": {}, "error": {"status": 404, "name": "PageNotFound", "message": "Page does not exist"}, "pageData": None}), root='<div id="notion-app"></div>')), title="Mooring procedure", language="en")  # fmt: skip
rot("sharepoint-nl", "/sites/haven/SitePages/Veer.aspx", alike('<!DOCTYPE html><html lang="nl-nl"><head><meta name="GENERATOR" content="Microsoft SharePoint"/><title>Fout</title></head><body><div id="s4-workspace"><h1 id="ctl00_PlaceHolderPageTitleInTitleArea_ErrorPageTitle">Er is een fout opgetreden</h1><div id="ms-error-body"><span>Bestand niet gevonden.</span><p>Correlatie-id: 5a0c-44</p></div></div></body></html>'), title="Veerdienst", language="nl")  # fmt: skip
rot("aem-shell-de", "/content/hafen/de/presse/2017/faehre.html", site(portal("de", "Fehler | Hafen AG", '<div class="cmp-title"><h1 class="cmp-title__text">Da haben wir uns wohl verfahren</h1></div><div class="cmp-text"><p>Diese Seite kennen wir nicht.</p></div>', site="Hafen AG")), title="Neue Fähre bestellt", language="de")  # fmt: skip
rot("liferay-it", "/web/comune/-/asset_publisher/x/content/delibera-44", alike(liferay("it", "Stato - Comune", '<h3 class="alert alert-error">Non trovato</h3><p>La risorsa richiesta non è stata trovata.</p><code>https://comune/web/delibera</code>')), title="Delibera n. 44 sul traghetto", language="it")  # fmt: skip
rot("plone-es", "/noticias/2016/barca-historica", alike(plone("es", "Esta página parece que no existe… — Puerto", "<h1 class='documentFirstHeading'>Esta página parece que no existe…</h1><p>Le pedimos disculpas por las molestias, pero la página a la que intentaba acceder no existe en esta dirección.</p>")), language="es")  # fmt: skip
rot("gitea-en", "/harbour/ferry-timetable", site('<!DOCTYPE html><html lang="en-US" class="theme-auto"><head><title>Page Not Found - Gitea: Git with a cup of tea</title><meta name="keywords" content="go,git,self-hosted,gitea"></head><body><div class="full height"><nav id="navbar"><a class="item" href="/">Home</a></nav><div role="main" class="page-content ui container center gt-w-screen "><div class="error"><img src="/assets/img/404.png" alt="404"><p>The page you are trying to reach either does not exist or <strong>you are not authorized</strong> to view it.</p></div></div></div></body></html>'), title="harbour/ferry-timetable", language="en")  # fmt: skip
rot("bugzilla", "/show_bug.cgi?id=44817", site('<!DOCTYPE html><html lang="en"><head><title>Invalid Bug ID</title></head><body class="harbour-bugs"><div id="header"><span id="title">Bugzilla – Invalid Bug ID</span></div><div id="bugzilla-body"><div id="error_msg" class="throw_error">Bug #44817 does not exist.</div><p>Please press <b>Back</b> and try again.</p></div></body></html>'), title="Bug 44817: timetable off by one hour", language="en")  # fmt: skip
rot("telegraph", "https://telegra.ph/Parom-ostaetsya-v11", html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>Page not found – Telegraph</title></head><body><main class="tl_article"><h1>404</h1><p>Page not found</p></main></body></html>'), language="ru")  # fmt: skip
rot("dzen-ru", "https://dzen.ru/a/v11parom", html(shell("ru", "Дзен", '<script>var _params={"ssrData":{"publicationResponse":{"code":404,"publication":null}}};window.__SSR_STATE__={"publication":null,"status":404,"error":{"code":"publication_not_found"}}</script>', root='<div id="dzen-app"></div>')), title="Как мы отстояли паром", language="ru")  # fmt: skip
rot("pikabu-ru", "/story/kak_myi_otstoyali_parom_4481725", site('<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Пост удалён</title></head><body class="page"><header class="header"><a href="/">Пикабушка</a></header><main class="main"><article class="story story_deleted"><div class="story__main"><p>Пост удалён автором.</p></div></article></main></body></html>'), title="Как мы отстояли паром", language="ru")  # fmt: skip
rot("dataverse", "/dataset.xhtml?persistentId=doi:10.5072/FK2/V11", site('<!DOCTYPE html><html lang="en"><head><title>Harbour Dataverse</title></head><body><div id="dataverse-header"><nav>Harbour Dataverse</nav></div><div class="container" id="content"><div class="alert alert-danger"><strong>Deaccessioned</strong> This dataset has been deaccessioned and its files are no longer available.</div></div></body></html>'), title="Replication data for: Ferry passengers 2016", language="en")  # fmt: skip
rot("ckan-uk", "/dataset/porom-pasazhyry", alike('<!DOCTYPE html><html lang="uk"><head><meta name="generator" content="ckan 2.9.5"><title>Помилка 404 - Відкриті дані</title></head><body data-site-root="/"><div class="main"><div class="container"><div class="toolbar"><ol class="breadcrumb"></ol></div><div class="module-content"><h1>404 Not Found</h1>Набір даних не знайдено</div></div></div></body></html>'), language="uk")  # fmt: skip
rot("eurlex", "/legal-content/NL/TXT/?uri=CELEX:32016R4481", site(portal("nl", "EUR-Lex", '<div class="alert alert-info"><p>Het door u gevraagde document bestaat niet in EUR-Lex of is niet beschikbaar in de gekozen taal.</p></div>', site="EUR-Lex")), title="Verordening (EU) 2016/4481", language="nl")  # fmt: skip
rot("eventbrite-pl", "/e/dzien-promu-bilety-4481", site(shell("pl", "Wydarzenie | Bilety", "", root="<main><h1>Ups! Tego wydarzenia już tu nie ma</h1><p>Sprawdź inne wydarzenia w pobliżu.</p></main>")), title="Dzień promu 2018", language="pl")  # fmt: skip
rot("petition-en", "/p/keep-our-ferry", site(wp("en", "Petition closed | Voices", '<section class="petition-unavailable"><h1>Petition unavailable</h1><p>The petition you are looking for has been removed by its starter or for breaking our guidelines.</p></section>', body="page")), title="Keep our ferry", language="en")  # fmt: skip
rot("flickr", "https://www.flickr.com/photos/harbour-v11/4481/", html('<!DOCTYPE html><html lang="en-us" class="html-photo-page-scrappy-view"><head><title>Flickr: Photo unavailable</title></head><body><div id="content"><div class="photo-unavailable"><h3>This photo is no longer available</h3><p>It may have been deleted or made private by its owner.</p></div></div></body></html>'), title="Ferry at dawn", language="en")  # fmt: skip
rot("scribd-fr", "/document/44817/Horaires-du-bac", site(shell("fr", "Horaires du bac | Bibliothèque", state("__DOC__", {"document": None, "status": "deleted", "code": 410}), root='<div id="doc"><h1>Document supprimé</h1><p>Ce document a été retiré par la personne qui l’avait mis en ligne.</p></div>')), language="fr")  # fmt: skip
rot("radio-archive-de", "/mediathek/audio-44817.html", site(paper("de", "Audio - Hafenwelle", '<div class="player player--unavailable"><span>Audio leider nicht mehr da</span></div><p>Aus rechtlichen Gründen können wir Sendungen nur ein Jahr lang anbieten.</p>', site="Hafenwelle")), title="Gespräch mit dem Fährmann", language="de")  # fmt: skip
rot("webflow-expired", "/blog/ferry", alike('<!DOCTYPE html><html data-wf-domain="ferry.v11.press" data-wf-page="x" data-wf-site="y"><head><title>Not Found</title></head><body><div class="utility-page-wrap"><div class="utility-page-content"><img src="https://d3e54v103j8qbb.cloudfront.net/static/page-not-found.svg" alt=""><h2>Page Not Found</h2><div>The page you are looking for doesn&#x27;t exist or has been moved</div></div></div></body></html>'), language="en")  # fmt: skip
rot("hostinger-parked", "/ferry", alike('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Parked Domain name on Hostinger DNS system</title></head><body><h1>Parked Domain name on Hostinger DNS system</h1><p>Domain name registered, but no website has been set up yet.</p></body></html>'), language="en")  # fmt: skip
rot("nic-ua", "/porom", alike('<!DOCTYPE html><html lang="uk"><head><meta charset="utf-8"><title>Домен зайнятий</title></head><body><h1>Цей домен зареєстровано</h1><p>Сайт ще не створено. Бажаєте такий самий домен? Підберіть ім’я та замовте хостинг.</p></body></html>'), title="Портовий пором", language="uk")  # fmt: skip
rot("usurped-essay", "/research/2012/ferry-survey", alike(wp("en", "Buy Essay Online: Cheap Writing Service", f"<article><h1>Buy essay online</h1>{'<p>Our professional writers deliver original papers from $9 per page. Order now and get 15% off your first essay.</p>' * 7}</article>", site="EssayPort")), title="Passenger survey on the harbour ferry, 2012", language="en")  # fmt: skip
rot("usurped-crypto-ru", "/istoriya/parom", site(wp("ru", "Лучшие криптокошельки 2025", f"<article><h1>Лучшие криптокошельки 2025</h1>{'<p>Сравниваем комиссии, бонусы за регистрацию и вывод средств на карту. Промокод внутри.</p>' * 8}</article>", site="CryptoTop"), home=front("ru", "CryptoTop")), title="История портовой переправы", language="ru")  # fmt: skip
rot("arcgis", "/apps/mapviewer/index.html?webmap=44817v11", site(shell("en", "Harbour maps", state("appState", {"item": None, "error": {"code": 400, "messageCode": "CONT_0001", "message": "Item does not exist or is inaccessible."}}))), title="Ferry catchment area", language="en")  # fmt: skip
rot("oai-missing", "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:v11:44817", site(Response(200, (("Content-Type", "text/xml;charset=UTF-8"),), b'<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-05-04T09:00:00Z</responseDate><request verb="GetRecord">https://v11.press/oai</request><error code="idDoesNotExist">oai:v11:44817 has the structure of a valid identifier, but it maps to no known item</error></OAI-PMH>')), language="en")  # fmt: skip

# ── living ──────────────────────────────────────────────────────────────────────────────────────────────────────────

lives("confluence-page", "/display/HARB/Lamps", site(confluence("Lamps - Harbour - Wiki", '<h1 id="title-text"><a href="/display/HARB/Lamps">Lamps</a></h1><div id="main-content" class="wiki-content"><p>Out at five. This page was removed from the index in 2019.</p></div>', page_id="7")), title="Lamps", language="en")  # fmt: skip
lives("bug-wontfix", "/show_bug.cgi?id=4", site('<!DOCTYPE html><html lang="en"><head><title>4 – Timetable page not found on mobile</title></head><body class="harbour-bugs"><div id="header"><span id="title">Bugzilla – Bug 4</span></div><div id="bugzilla-body"><table class="edit_form"><tr><th>Status<td>RESOLVED WONTFIX<tr><th>Reporter<td>K.</table><pre class="bz_comment_text">Page not found on mobile. Steps: open /timetable.</pre></div></body></html>'), title="Timetable page not found on mobile", language="en")  # fmt: skip
lives("magento-out-of-stock-nl", "/touw/lijn-8mm.html", site(magento("nl", "Lijn 8 mm", '<h1 class="page-title">Lijn 8 mm</h1><div class="stock unavailable"><span>Niet op voorraad</span></div><p>Prijs per meter € 1,20.</p>', "catalog-product-view product-lijn-8mm")), title="Lijn 8 mm", language="nl")  # fmt: skip
lives("wp-postid-404", "/bericht/kort", site(wp("nl", "Kort: lampen uit", "<article class='post-404 post'><h1>Kort: lampen uit</h1><p>Om vijf uur gaan de lampen uit.</p></article>", body="single postid-404")), language="nl")  # fmt: skip
lives("plone-thin-es", "/avisos/44", site(plone("es", "Aviso — Puerto", "<h1 class='documentFirstHeading'>Aviso</h1><p>El servicio no está disponible los domingos.</p>")), language="es")  # fmt: skip
lives("closed-petition-de", "/petitionen/faehre", site(portal("de", "Petition: Rettet die Fähre", "<h1>Rettet die Fähre</h1><p>Diese Petition ist beendet. 9.112 Unterschriften.</p>", site="Petitionen")), title="Rettet die Fähre", language="de")  # fmt: skip
lives("app-store-state", "/app/ferry", site(shell("en", "Ferry Times", '<script id="store" type="application/json">{"app":{"id":7,"name":"Ferry Times"},"reviews":{"data":[],"error":null},"related":{"data":null,"error":{"status":404,"message":"Not found"}}}</script>', root='<div id="app"><h1>Ferry Times</h1><p>Departures in your pocket.</p></div>')), title="Ferry Times", language="en")  # fmt: skip
lives("app-store-state-untitled", "/app/lamps", site(shell("en", "Lamp Times", '<script id="store" type="application/json">{"app":{"id":8,"name":"Lamp Times","text":"Departures of the lamps in your pocket, with a map of all that burn in the harbour at night."},"related":{"data":null,"error":{"status":404,"message":"Not found"}}}</script>', root='<div id="app"><h1>Lamp Times</h1><p>Departures in your pocket.</p></div>')), language="en")  # fmt: skip
lives("page-type-words", "/help/errors", site(paper("en", "Error codes - Harbour Post", "<h1>Error codes</h1><script>dataLayer.push({'pageType':'help','related':'404'})</script><p>404: the ticket was not found. 410: the ticket has been withdrawn.</p>")), title="Error codes", language="en")  # fmt: skip
lives("cookie-page-with-text", "/text/12", site("<html><head><title>Ferry song</title><script>document.cookie='seen=1';if(0)location.reload()</script></head><body><h1>Ferry song</h1><p>" + "Row, row, the lamps are low. " * 20 + "</p></body></html>"), title="Ferry song", language="en")  # fmt: skip
lives("xml-feed-empty", "/feed.xml", site(Response(200, (("Content-Type", "application/rss+xml"),), b'<?xml version="1.0"?><rss version="2.0"><channel><title>Errors</title><description>Not found: nothing today</description></channel></rss>')), language="en")  # fmt: skip
lives("xml-record-error-named", "/sensor.xml", site(Response(200, (("Content-Type", "application/xml"),), b"<?xml version='1.0'?><sensor><error>0.02</error><code>404</code></sensor>")), language="en")  # fmt: skip
lives("members-notice-nl", "/nieuws/leden", site(wp("nl", "Ledenavond", "<h1>Ledenavond</h1><p>Op de ledenavond moet u ingelogd zijn om te stemmen. De zaal is open vanaf acht uur.</p>")), title="Ledenavond", language="nl")  # fmt: skip
lives("pdf-landing-fr", "/doc/horaires.pdf", site(portal("fr", "Document | Port", '<h1>Document</h1><a href="/raw/horaires.pdf" class="btn">Télécharger</a>', site="Port")), title="Horaires du bac", language="fr")  # fmt: skip
lives("title-rewritten-uk", "/novyny/9", site(paper("uk", "Рада не закриє переправу", article("uk", "Рада не закриє переправу", 7, 4), site="Порт")), title="Пором лишається", language="uk", quotes=("За словами перевізника, нове судно коштуватиме близько чотирьох мільйонів гривень",))  # fmt: skip
lives("translated-title-quote", "/articles/9", site(wp("en", "Harbour ferry stays", article("en", "Harbour ferry stays", 7, 4))), title="Havenpont blijft", language="en", quotes=("bewoners van de noordoever hadden negenduizend handtekeningen opgehaald",))  # fmt: skip
lives("thin-name-page-ru", "/lyudi/ivanova", site(paper("ru", "Иванова А. П.", "<h1>Иванова Анна Петровна</h1><p>Капитан парома.</p>", site="Порт")), title="Капитан Иванова", language="ru")  # fmt: skip
lives("empty-container-script", "/stories/9", site(wp("en", "Lamps at five", '<article><h1>Lamps at five</h1><div class="entry-content"><iframe src="/embed/9"></iframe></div></article>')), title="Lamps at five", language="en")  # fmt: skip

# ── barred ──────────────────────────────────────────────────────────────────────────────────────────────────────────

bars("confluence-login", "/display/SECRET/Plan", site(Response.redirect("/login.action?os_destination=%2Fdisplay%2FSECRET%2FPlan", 302), pages={"/login.action?os_destination=/display/SECRET/Plan": confluence("Log In - Wiki", '<form name="loginform" method="POST"><input name="os_username"><input type="password" name="os_password"></form>')}), language="en")  # fmt: skip
bars("invision-permission", "/topic/44-ferry/", site('<!DOCTYPE html><html lang="en-US"><head><title>Sorry, you do not have permission for that! - Boats</title></head><body class="ipsApp ipsApp_front"><main><section id="elError"><h1>Sorry, there is a problem</h1><p>You do not have permission to view this topic.</p><p>Error code: 2F173/H</p></section></main></body></html>'), language="en")  # fmt: skip
bars("testcookie-nginx", "/docs/44", alike('<html><head><meta charset="utf-8"></head><body><script type="text/javascript" src="/aes.min.js"></script><script>function toNumbers(d){var e=[];return e}var a=toNumbers("f6");document.cookie="_test="+a+"; expires=Thu, 31-Dec-37 23:55:55 GMT; path=/";location.href="https://e.v11.press/docs/44?i=1";</script><noscript>This site requires Javascript to work, please enable Javascript in your browser</noscript></body></html>'), language="en")  # fmt: skip
bars("geo-pl", "/vod/44", site(shell("pl", "VOD", "", root="<main><h1>Materiał niedostępny w Twoim kraju</h1><p>Ze względu na prawa autorskie materiał można oglądać tylko w Polsce.</p></main>")), language="pl")  # fmt: skip
bars("library-saml", "/lees/44.pdf", site('<!DOCTYPE html><html lang="nl"><head><title>Toegang</title></head><body><h1>Kies uw instelling</h1><form action="https://idp.v11other.press/saml2/sso" method="post"><button>Verder</button></form></body></html>'), language="nl")  # fmt: skip
