"""Templates of content systems, forums, portals and applications, as they come over the wire."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import json
import random
from collections.abc import Callable
from html import escape
from urllib.parse import unquote

from citekeeper.sandbox import Request, Response, World

from .pages import host_of
from .scenario import Stage

Answerer = Callable[[Request], Response]

PROSE = {
    "en": ("The council voted on Thursday to keep the harbour ferry for another five years.", "Residents of the north bank had collected nine thousand signatures in favour of it.", "The operator says a new vessel will cost about four million and can be delivered in 2024.", "Opponents point to the bridge, which has carried most commuters since 2016.", "A survey by the university found that one passenger in three has no other way across."),
    "nl": ("De gemeenteraad besloot donderdag het havenpontje nog vijf jaar te laten varen.", "Bewoners van de noordoever hadden er negenduizend handtekeningen voor opgehaald.", "Volgens de reder kost een nieuw schip zo'n vier miljoen en kan het in 2024 varen.", "Tegenstanders wijzen op de brug, die sinds 2016 de meeste forenzen verwerkt.", "Uit onderzoek van de universiteit blijkt dat een op de drie reizigers geen andere oversteek heeft."),
    "de": ("Der Stadtrat beschloss am Donnerstag, die Hafenfähre weitere fünf Jahre zu betreiben.", "Anwohner des Nordufers hatten dafür neuntausend Unterschriften gesammelt.", "Ein neues Schiff kostet nach Angaben des Betreibers rund vier Millionen Euro.", "Gegner verweisen auf die Brücke, die seit 2016 die meisten Pendler aufnimmt.", "Laut einer Umfrage der Universität hat jeder dritte Fahrgast keinen anderen Weg."),
    "fr": ("Le conseil municipal a décidé jeudi de maintenir le bac du port pendant cinq ans.", "Les habitants de la rive nord avaient recueilli neuf mille signatures.", "Selon l'exploitant, un nouveau bateau coûtera environ quatre millions d'euros.", "Ses adversaires rappellent que le pont absorbe depuis 2016 l'essentiel du trafic.", "D'après une enquête de l'université, un passager sur trois n'a pas d'autre moyen de traverser."),
    "ru": ("Городской совет в четверг решил сохранить портовый паром ещё на пять лет.", "Жители северного берега собрали в его защиту девять тысяч подписей.", "По словам перевозчика, новое судно обойдётся примерно в четыре миллиона рублей.", "Противники указывают на мост, по которому с 2016 года ездит большинство горожан.", "Опрос университета показал, что у каждого третьего пассажира нет другого пути."),
    "uk": ("Міська рада у четвер вирішила зберегти портовий пором ще на п'ять років.", "Мешканці північного берега зібрали на його захист дев'ять тисяч підписів.", "За словами перевізника, нове судно коштуватиме близько чотирьох мільйонів гривень.", "Противники вказують на міст, яким з 2016 року їздить більшість містян.", "Опитування університету показало, що кожен третій пасажир не має іншого шляху."),
    "es": ("El ayuntamiento decidió el jueves mantener la barca del puerto otros cinco años.", "Los vecinos de la orilla norte habían reunido nueve mil firmas.", "Según la empresa, un barco nuevo costará unos cuatro millones de euros.", "Sus detractores señalan el puente, que desde 2016 absorbe casi todo el tráfico."),
    "pl": ("Rada miasta zdecydowała w czwartek o utrzymaniu promu portowego przez kolejne pięć lat.", "Mieszkańcy północnego brzegu zebrali w tej sprawie dziewięć tysięcy podpisów.", "Nowy statek ma kosztować około czterech milionów złotych.", "Przeciwnicy wskazują na most, którym od 2016 roku jeździ większość mieszkańców."),
    "it": ("Il consiglio comunale ha deciso giovedì di mantenere il traghetto del porto per altri cinque anni.", "I residenti della riva nord avevano raccolto novemila firme.", "Secondo il gestore una nuova nave costerà circa quattro milioni di euro.", "Gli oppositori ricordano il ponte, che dal 2016 assorbe quasi tutto il traffico."),
    "tr": ("Belediye meclisi perşembe günü liman vapurunun beş yıl daha sürmesine karar verdi.", "Kuzey yakası sakinleri bunun için dokuz bin imza toplamıştı.", "İşletmeciye göre yeni bir gemi yaklaşık dört milyon liraya mal olacak.", "Karşı çıkanlar 2016'dan beri yolcuların çoğunu taşıyan köprüyü gösteriyor."),
}  # fmt: skip
MENU = {
    "en": ("Home", "News", "About us", "Projects", "Contact", "Search", "Privacy policy", "Related articles"),
    "nl": ("Home", "Nieuws", "Over ons", "Projecten", "Contact", "Zoeken", "Privacyverklaring", "Meer nieuws"),
    "de": ("Startseite", "Aktuelles", "Über uns", "Projekte", "Kontakt", "Suche", "Datenschutz", "Weitere Meldungen"),
    "fr": ("Accueil", "Actualités", "Qui sommes-nous", "Projets", "Contact", "Rechercher", "Mentions légales", "À lire aussi"),
    "ru": ("Главная", "Новости", "О нас", "Проекты", "Контакты", "Поиск", "Политика конфиденциальности", "Читайте также"),
    "uk": ("Головна", "Новини", "Про нас", "Проєкти", "Контакти", "Пошук", "Політика конфіденційності", "Читайте також"),
    "es": ("Inicio", "Noticias", "Quiénes somos", "Proyectos", "Contacto", "Buscar", "Aviso legal", "Te puede interesar"),
    "pl": ("Strona główna", "Aktualności", "O nas", "Projekty", "Kontakt", "Szukaj", "Polityka prywatności", "Czytaj także"),
    "it": ("Home", "Notizie", "Chi siamo", "Progetti", "Contatti", "Cerca", "Privacy", "Leggi anche"),
    "tr": ("Ana sayfa", "Haberler", "Hakkımızda", "Projeler", "İletişim", "Ara", "Gizlilik politikası", "İlgili haberler"),
}  # fmt: skip
HEADS = {
    "en": ("Ferry to run on Sundays", "School gets new roof", "Harbour fair draws crowds", "Two held after break-in", "Storm closes bridge", "Library opens late"),
    "nl": ("Pont vaart ook op zondag", "School krijgt nieuw dak", "Havenfeest trekt drukte", "Twee aanhoudingen na inbraak", "Brug dicht door storm", "Bibliotheek langer open"),
    "de": ("Fähre auch am Sonntag", "Schule bekommt neues Dach", "Hafenfest zieht Tausende an", "Zwei Festnahmen nach Einbruch", "Sturm sperrt Brücke", "Bücherei länger offen"),
    "fr": ("Le bac circulera le dimanche", "Un nouveau toit pour l'école", "La fête du port fait le plein", "Deux interpellations", "Le pont fermé par la tempête", "La bibliothèque ouvre plus tard"),
    "ru": ("Паром пойдёт и по воскресеньям", "Школе починят крышу", "Праздник порта собрал тысячи", "Двое задержаны после кражи", "Шторм закрыл мост", "Библиотека работает дольше"),
    "uk": ("Пором ходитиме й у неділю", "Школі полагодять дах", "Свято порту зібрало тисячі", "Двох затримано після крадіжки", "Шторм закрив міст", "Бібліотека працює довше"),
    "es": ("La barca saldrá los domingos", "Nuevo tejado para la escuela", "La feria del puerto, llena", "Dos detenidos", "El temporal cierra el puente", "La biblioteca amplía horario"),
    "pl": ("Prom popłynie w niedziele", "Szkoła dostanie nowy dach", "Święto portu pełne ludzi", "Dwie osoby zatrzymane", "Sztorm zamknął most", "Biblioteka czynna dłużej"),
    "it": ("Il traghetto anche la domenica", "Nuovo tetto per la scuola", "La festa del porto", "Due fermati dopo il furto", "Il maltempo chiude il ponte", "La biblioteca allunga l'orario"),
    "tr": ("Vapur pazar günleri de sefer yapacak", "Okula yeni çatı", "Liman şenliği doldu taştı", "Hırsızlıkta iki gözaltı", "Fırtına köprüyü kapattı", "Kütüphane geç kapanacak"),
}  # fmt: skip


def prose(lang: str, seed: object = 0, count: int = 9) -> str:
    """Paragraphs of an article."""
    rng = random.Random(f"{lang}{seed}")
    return "".join(f"<p>{' '.join(rng.sample(PROSE[lang], 3))}</p>" for _ in range(count))


def cards(lang: str, seed: object = 0, count: int = 6) -> str:
    """Links to other pages."""
    rng = random.Random(f"{lang}c{seed}")
    return "".join(f'<li><a href="/{rng.randrange(1000, 99999)}/">{escape(rng.choice(HEADS[lang]))}</a> <time>{rng.randrange(1, 29):02}.{rng.randrange(1, 13):02}.2024</time></li>' for _ in range(count))  # fmt: skip


def _nav(lang: str) -> str:
    return "".join(f'<li class="menu-item"><a href="/{n}/">{word}</a></li>' for n, word in enumerate(MENU[lang][:5]))


def wp(lang: str, title: str, main: str, *, site: str = "Havenkrant", body: str = "single single-post", head: str = "", seed: object = 0) -> str:  # fmt: skip
    """WordPress with a bundled theme."""
    m = MENU[lang]
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="profile" href="https://gmpg.org/xfn/11">
<title>{title}</title><meta name="generator" content="WordPress 6.4.3"><link rel="https://api.w.org/" href="/wp-json/">{head}
<link rel="stylesheet" id="twentytwentyone-style-css" href="/wp-content/themes/twentytwentyone/style.css?ver=2.1"></head>
<body class="{body} wp-embed-responsive hfeed"><div id="page" class="site"><a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/">{site}</a></p><nav class="primary-navigation"><ul>{_nav(lang)}</ul></nav></header>
<div id="content" class="site-content"><main id="main" class="site-main">{main}</main></div>
<aside class="widget-area"><section class="widget widget_recent_entries"><h2>{m[7]}</h2><ul>{cards(lang, seed, 5)}</ul></section></aside>
<footer class="site-footer"><div class="site-info"><a href="/privacy/">{m[6]}</a> WordPress</div></footer></div><script src="/wp-includes/js/wp-embed.min.js"></script></body></html>"""


def drupal(lang: str, title: str, main: str, *, site: str = "Portal", body: str = "path-node page-node-type-article", head: str = "", seed: object = 0) -> str:  # fmt: skip
    """Drupal 9."""
    m = MENU[lang]
    return f"""<!DOCTYPE html>
<html lang="{lang}" dir="ltr" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8" /><meta name="Generator" content="Drupal 9 (https://www.drupal.org)" /><title>{title}</title>{head}<link rel="stylesheet" media="all" href="/sites/default/files/css/css_x1.css" /></head>
<body class="layout-one-sidebar {body}"><div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas><header role="banner"><a href="/" rel="home">{site}</a><nav role="navigation"><ul class="menu">{_nav(lang)}</ul></nav>
<form action="/search/node" method="get"><input type="search" name="keys" placeholder="{m[5]}"></form></header><main role="main"><a id="main-content" tabindex="-1"></a><div class="region region-content"><div data-drupal-messages-fallback class="hidden"></div>{main}</div></main>
<aside><div class="views-element-container"><h2>{m[7]}</h2><ul>{cards(lang, seed, 4)}</ul></div></aside><footer><ul><li>{m[6]}</li><li>{m[4]}</li></ul></footer></div></body></html>"""


def joomla(lang: str, title: str, main: str, *, message: str = "", seed: object = 0) -> str:
    """Joomla 3 with Protostar."""
    m = MENU[lang]
    told = f'<div id="system-message"><div class="alert alert-error"><a class="close" data-dismiss="alert">×</a><h4 class="alert-heading">Error</h4><div><div class="alert-message">{message}</div></div></div></div>' if message else ""  # fmt: skip
    return f"""<!DOCTYPE html>
<html lang="{lang}-{lang}" dir="ltr"><head><meta http-equiv="content-type" content="text/html; charset=utf-8" /><meta name="generator" content="Joomla! - Open Source Content Management" /><title>{title}</title><link href="/templates/protostar/css/template.css" rel="stylesheet" /></head>
<body class="site com_content view-article no-layout no-task itemid-101"><div class="body"><header class="header"><a class="brand" href="/"><span class="site-title">Regio</span></a></header><nav class="navigation"><ul class="nav menu">{_nav(lang)}</ul></nav>
<div id="system-message-container">{told}</div><main id="content" class="span9">{main}</main><div id="aside"><h3>{m[7]}</h3><ul class="latestnews">{cards(lang, seed, 4)}</ul></div></div><footer>© 2024 Regio</footer></body></html>"""


def typo3(lang: str, title: str, main: str, *, head: str = "") -> str:
    """TYPO3."""
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8">
<!--
	This website is powered by TYPO3 - inspiring people to share!
	TYPO3 is a free open source Content Management Framework initially created by Kasper Skaarhoj and licensed under GNU/GPL.
-->
<title>{title}</title><meta name="generator" content="TYPO3 CMS">{head}<link rel="stylesheet" href="/typo3temp/assets/css/7015c8c4ac.css" media="all"></head>
<body id="p42" class="page-42 pagelevel-2"><header><nav class="navbar"><ul>{_nav(lang)}</ul></nav></header><ol class="breadcrumb"><li>{MENU[lang][0]}</li><li>{MENU[lang][1]}</li></ol>
<!--TYPO3SEARCH_begin--><div id="c211" class="frame frame-default frame-type-list">{main}</div><!--TYPO3SEARCH_end--><footer><ul><li><a href="/impressum/">Impressum</a></li><li>{MENU[lang][6]}</li></ul></footer></body></html>"""


def bitrix(lang: str, title: str, main: str, *, seed: object = 0) -> str:
    """1C-Bitrix."""
    m = MENU[lang]
    return f"""<!DOCTYPE html>
<html xml:lang="{lang}" lang="{lang}"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><meta name="robots" content="index, follow" /><link href="/bitrix/js/main/core/css/core.min.css" type="text/css" rel="stylesheet" /><script>if(!window.BX)window.BX={{}};BX.message({{'LANGUAGE_ID':'{lang}'}});</script><title>{title}</title></head>
<body><div id="panel"></div><div class="header"><a href="/"><img src="/upload/logo.png" alt=""></a><ul id="horizontal-multilevel-menu">{_nav(lang)}</ul></div><div class="bx-breadcrumb"><a href="/">{m[0]}</a> / <a href="/news/">{m[1]}</a></div>
<div id="workarea"><h1 id="pagetitle">{title}</h1>{main}</div><div id="sidebar"><h3>{m[7]}</h3><div class="news-list">{cards(lang, seed, 5)}</div></div><div class="footer">© 2009–2024 {m[4]}</div></body></html>"""


def portal(lang: str, title: str, main: str, *, site: str = "Ministerie", head: str = "", seed: object = 0) -> str:
    """A government's portal."""
    m = MENU[lang]
    return f"""<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"/><title>{title}</title><meta name="DCTERMS.title" content="{title}">{head}<link rel="stylesheet" href="/assets/portal.css"/></head><body data-scriptpath="/js"><div id="mainwrapper"><header><div class="logo"><img src="/assets/logo.svg" alt="{site}"></div>
<div class="skiplinks"><a href="#content-wrapper">↓</a></div><nav id="navigation"><ul>{_nav(lang)}</ul></nav><form class="searchForm" role="search"><label>{m[5]}</label><input name="q"></form></header><main id="content-wrapper"><div class="wrapper"><div class="article content">{main}</div></div></main>
<footer class="site-footer"><ul>{"".join(f"<li><a href='/{n}'>{w}</a></li>" for n, w in enumerate(m[2:7]))}</ul><p>{site}</p></footer></div></body></html>"""


def paper(lang: str, title: str, main: str, *, site: str = "De Courant", head: str = "", seed: object = 0) -> str:
    """A newspaper's page."""
    m = MENU[lang]
    rails = "".join(f'<section class="rail"><h2>{m[7]}</h2><ul>{cards(lang, f"{seed}{n}", 8)}</ul></section>' for n in range(2))  # fmt: skip
    return f"""<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title><meta property="og:site_name" content="{site}">{head}<link rel="preload" as="font" href="/f/serif.woff2"><script>window.dataLayer=window.dataLayer||[];dataLayer.push({{"page":{{"site":"{site}","platform":"web"}}}})</script></head>
<body class="page"><div id="ad-top" data-ad="leaderboard"></div><header class="masthead"><a href="/"><img alt="{site}" src="/logo.svg"></a><nav><ul>{_nav(lang)}</ul></nav></header><div class="layout"><main>{main}</main>{rails}</div><footer><p>© {site} 2024</p><a href="/privacy">{m[6]}</a></footer><script async src="https://cdn.example/ads.js"></script></body></html>"""


def article(lang: str, title: str, seed: object = 0, count: int = 9) -> str:
    """An article within a page."""
    return f'<article class="post hentry"><header class="entry-header"><h1 class="entry-title">{title}</h1></header><div class="entry-content">{prose(lang, seed, count)}</div></article>'


def front(lang: str, site: str = "Havenkrant") -> str:
    """A front page."""
    return wp(lang, site, f'<div class="latest"><ul>{cards(lang, "front", 24)}</ul></div>', body="home blog")


def shell(lang: str, title: str, state: str, *, root: str = '<div id="root"></div>', head: str = "") -> str:
    """A single-page application's shell with its state."""
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width,initial-scale=1"/><title>{title}</title>{head}<link href="/static/css/main.8f2c1.css" rel="stylesheet"></head><body><noscript>You need to enable JavaScript to run this app.</noscript>{root}{state}<script defer src="/static/js/main.1a2b3c.js"></script></body></html>'


def phpbb(lang: str, title: str, heading: str, text: str) -> str:
    """A message page of phpBB (prosilver)."""
    return f'<!DOCTYPE html><html dir="ltr" lang="{lang}"><head><meta charset="utf-8" /><title>{title}</title><link href="./styles/prosilver/theme/stylesheet.css?assets_version=4" rel="stylesheet"></head><body id="phpbb" class="nojs notouch section-viewtopic ltr"><div id="wrap" class="wrap"><div id="page-header"><div class="headerbar"><h1>Tramforum</h1><p><a href="./search.php">{MENU[lang][5]}</a></p></div><ul id="nav-main" class="nav-main linklist"><li><a href="./app.php/help/faq">FAQ</a></li></ul></div><div id="page-body" class="page-body" role="main"><div class="panel" id="message"><div class="inner"><h2 class="message-title">{heading}</h2><p>{text}</p></div></div></div><div id="page-footer" class="page-footer"><div class="copyright">Powered by <a href="https://www.phpbb.com/">phpBB</a>® Forum Software © phpBB Limited</div></div></div></body></html>'


def vbulletin(lang: str, text: str) -> str:
    """A message page of vBulletin."""
    return f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml" dir="ltr" lang="{lang}"><head><meta name="generator" content="vBulletin 3.8.7" /><title>Tramforum</title></head><body><table class="tborder"><tr><td class="alt1"><span class="navbar"><a href="index.php">Tramforum</a></span><div><strong>vBulletin Message</strong></div></td></tr></table><table class="tborder" align="center" width="70%"><tr><td class="tcat">vBulletin Message</td></tr><tr><td class="panelsurround"><div class="panel"><div style="margin: 10px">{text}</div></div></td></tr></table><div class="smallfont" align="center">Powered by vBulletin® Version 3.8.7<br />Copyright ©2000 - 2024, vBulletin Solutions, Inc.</div></body></html>'


# ── stages ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_NGINX = Response.html("<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n", 404)  # fmt: skip


def site(cited: str | Response | Answerer, *, other: str | Response | Answerer | None = None, home: str = "", pages: dict[str, str | Response] | None = None) -> Stage:  # fmt: skip
    """A host: the cited address, its front page, some pages, and what it answers for any other (default an honest 404)."""

    def stage(world: World, url: str) -> None:
        own = _target(url)

        def answer(request: Request) -> Response:
            target = _target(request.url)
            if target == own:
                return _made(cited, request)
            if pages and target in pages:
                return _made(pages[target], request)
            if target == "/" and home:
                return Response.html(home)
            return _made(other, request) if other is not None else _NGINX

        world.handler(host_of(url), answer)

    return stage


def alike(page: str | Response | Answerer, *, home: str = "", under: str = "/") -> Stage:
    """A host that answers every address below ``under`` so, and its front page otherwise."""

    def other(request: Request) -> Response:
        return _made(page, request) if _target(request.url).startswith(under) else _NGINX

    return site(page, other=other, home=home)


def _target(url: str) -> str:
    return "/" + unquote(url.split("://", 1)[-1].partition("#")[0].partition("/")[2])


def _made(page: str | Response | Answerer, request: Request) -> Response:
    if isinstance(page, str):
        return Response.html(page)
    return page if isinstance(page, Response) else page(request)


def state(name: str, value: object) -> str:
    """A script that leaves an object behind."""
    return f"<script>window.{name}={json.dumps(value, ensure_ascii=False, separators=(',', ':'))}</script>"
