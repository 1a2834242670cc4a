"""A twelfth lot, written without sight of the judge's rules: the dead, and those that are barred.

It was run once before any change. Of that first run: 9 of 68 dead ones were called alive, and 7 of the 171 that are not
dead (``heldout_twelfth_living``) an error: two by a class of the body that a plugin had left there, four by JSON or a
sample of it, and a video of which the page said that it can be played, and oEmbed, which nobody had staged, 404.
"""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import itertools
import json

from citekeeper.sandbox import Response

from .cms import alike, bitrix, cards, drupal, front, joomla, paper, phpbb, portal, shell, site, state, wp
from .heldout_twelfth_living import flight, mediawiki, next_data, plain, tilda, xenforo
from .pages import html
from .scenario import Stage, Truth, Zoo

ZOO = Zoo()
_dead, _barred = ZOO.adder(Truth.DEAD), ZOO.adder(Truth.BARRED)
_numbers = itertools.count(1)
_MISSED = {
    "telegram-no-post": ("alive/telegram-post-unseen",),  # which says so
    "owner-removed-de": ("alive",),  # under its own title: a video in it may be meant
    "youtube-private": ("walled",),
}
"""What a browser shows as dead, and nothing that is sent to a reader without scripts tells for certain."""


def _add(adder: object, name: str, path: str, stage: Stage, *expect: str, **about: object) -> None:
    url = path if "://" in path else f"https://d{next(_numbers)}.v12.press{path}"
    adder(f"12-{name}", url, stage, *expect, **about)  # type: ignore[operator]


def rot(name: str, path: str, stage: Stage, **about: object) -> None:
    """A dead source."""
    also = _MISSED.get(name, ())
    _add(_dead, name, path, stage, "soft-404", "usurped", "gone", "drifted", "failing", *also, **about)


def bars(name: str, path: str, stage: Stage, **about: object) -> None:
    """A barred source."""
    _add(_barred, name, path, stage, "walled", "blocked", "throttled", "failing", "drifted", **about)


# ── platforms ───────────────────────────────────────────────────────────────────────────────────────────────────────

rot("shopify-404", "/products/lamp-oil-old", alike('<!doctype html><html class="no-js" lang="en"><head><title>404 Not Found – Chandler</title><link href="//cdn.shopify.com/s/files/1/theme.css" rel="stylesheet"></head><body class="template-404"><main><h1>Oh no</h1><p>We can’t seem to find it.</p><a href="/collections/all">Continue shopping</a></main></body></html>'), title="Lamp oil", language="en")  # fmt: skip
rot("squarespace-404", "/blog/bell", alike('<!doctype html><html lang="en-GB"><head><title>Quay Studio</title><script>Static.SQUARESPACE_CONTEXT={"website":{"siteTitle":"Quay Studio"},"is404":true}</script></head><body id="not-found" class="page-not-found"><main><p>We couldn\'t find the page you were looking for. This is either because:</p><ul><li>There is an error in the URL entered into your web browser.</li><li>The page you are looking for has been moved or deleted.</li></ul></main></body></html>'), language="en")  # fmt: skip
rot("squarespace-expired", "/blog/bell", alike('<!doctype html><html><head><title>Website Expired</title></head><body><div class="expired"><h1>Website Expired</h1><p>This account has expired. If you are the site owner, log in.</p></div></body></html>'), language="en")  # fmt: skip
rot("wix-removed", "/lamps", alike('<!DOCTYPE html><html lang="en"><head><title>Error ConnectYourDomain</title></head><body><div id="error"><h1>Looks like this domain isn\'t connected to a website yet</h1><p>Is this your domain? Connect it to your Wix website in just a few easy steps.</p></div></body></html>'), language="en")  # fmt: skip
rot("blogspot-removed", "https://kade-v12.blogspot.com/2009/04/bell.html", html('<!DOCTYPE html><html dir="ltr"><head><title>Blog has been removed</title></head><body><div id="main"><h1>Blog has been removed</h1><p>Sorry, the blog at kade-v12.blogspot.com has been removed. This address is not available for new blogs.</p></div></body></html>'), title="The bell", language="en")  # fmt: skip
rot("tumblr-nothing", "https://kade-v12.tumblr.com/post/448", html('<!DOCTYPE html><html><head><title>Not found.</title></head><body class="not_found"><div><h1>There\'s nothing here.</h1><p>Whatever you were looking for doesn\'t currently exist at this address. Unless you were looking for this error page, in which case: Congrats! You totally found it.</p></div></body></html>'), language="en")  # fmt: skip
rot("medium-suspended", "https://medium.com/@kade-v12/lamps-1f2e", html(shell("en", "Medium", state("__APOLLO_STATE__", {"ROOT_QUERY": {'postResult({"id":"1f2e"})': {"__typename": "UnavailableForLegalReasons"}}}), root="<div id='root'><h2>Error</h2><p>410</p><h2>User deactivated or deleted their account.</h2></div>")), title="Lamps", language="en")  # fmt: skip
rot("livejournal-purged", "https://parom-v12.livejournal.com/448.html", html('<!DOCTYPE html><html lang="ru"><head><title>Этот журнал удалён</title></head><body class="error-page"><div class="error-body"><h1>Журнал удалён и стёрт</h1><p>Пользователь parom-v12 удалил свой журнал навсегда.</p></div></body></html>'), title="Паром и мост", language="ru")  # fmt: skip
rot("vk-deleted-post", "https://vk.com/wall-448_9112", html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>Ошибка | ВКонтакте</title></head><body><div id="page_wrap"><div class="message_page"><div class="message_page_title">Ошибка</div><div class="message_page_body">Запись удалена или скрыта настройками приватности.</div></div></div></body></html>'), language="ru")  # fmt: skip
rot("telegram-no-post", "https://t.me/harbour_v12/99999", html('<!DOCTYPE html><html><head><title>Telegram: Contact @harbour_v12</title><meta property="og:title" content="Гавань"><meta property="og:description" content="You can view and join @harbour_v12 right away."></head><body><div class="tgme_page_wrap"><div class="tgme_page"><div class="tgme_page_title"><span>Гавань</span></div><div class="tgme_page_extra">4 481 subscribers</div><div class="tgme_page_action"><a class="tgme_action_button_new" href="tg://resolve?domain=harbour_v12">View in Telegram</a></div></div></div></body></html>'), quotes=("Паром сегодня не ходит",), language="ru")  # fmt: skip
rot("youtube-private", "https://www.youtube.com/watch?v=v12ferry404", html('<!DOCTYPE html><html lang="en"><head><title> - YouTube</title><script>var ytInitialPlayerResponse={"responseContext":{},"playabilityStatus":{"status":"LOGIN_REQUIRED","messages":["This is a private video. Please sign in to verify that you may see it."]}};</script></head><body><script>var ytInitialData={"contents":{}};</script></body></html>'), title="The ferry at night", language="en")  # fmt: skip
rot("vimeo-gone", "https://vimeo.com/448112", html('<!DOCTYPE html><html lang="en"><head><title>VimeUhOh</title></head><body class="exception_404"><div class="exception_data"><h1>Sorry, we couldn’t find that page</h1></div></body></html>'), language="en")  # fmt: skip
rot("rutube", "https://rutube.ru/video/v12448112/", html(shell("ru", "RUTUBE", '<script>window.reduxState={"video":{"data":null,"error":{"status":404,"detail":"Видео не найдено"}}}</script>')), title="Паром", language="ru")  # fmt: skip
rot("gdrive-missing", "https://drive.google.com/file/d/v12448/view", html('<!DOCTYPE html><html lang="en"><head><title>Page Not Found</title></head><body><div id="af-error-container"><p><b>404.</b> <ins>That’s an error.</ins></p><p>Sorry, the file you have requested does not exist.</p></div></body></html>'), title="Timetable.pdf", language="en")  # fmt: skip
rot("dropbox-deleted", "https://www.dropbox.com/s/v12448/lamps.pdf", html('<!DOCTYPE html><html lang="en"><head><title>Dropbox - Link not found - Simplify your life</title></head><body><div class="err"><h1>That didn\'t work for some reason</h1><p>This item was deleted. You might be able to find it in your deleted files.</p></div></body></html>'), language="en")  # fmt: skip
rot("yadisk-ru", "https://disk.yandex.ru/i/v12448112", html('<!DOCTYPE html><html lang="ru"><head><title>Яндекс Диск</title></head><body><div class="error__title">Ничего не найдено</div><div class="error__description">Возможно, владелец удалил файлы или закрыл к ним доступ, а может быть, вы неверно скопировали ссылку.</div></body></html>'), language="ru")  # fmt: skip
rot("discourse-missing", "/t/ferry/9999", site('<!DOCTYPE html><html lang="en"><head><title>Harbour talk</title><meta name="generator" content="Discourse 3.2.0"></head><body class="no-ember"><div id="main-outlet"><div class="page-not-found"><h1 class="title">Oops! That page doesn’t exist or is private.</h1><div class="popular-topics"><h2>Popular</h2></div></div></div></body></html>'), language="en")  # fmt: skip
rot("xenforo-error", "/threads/old.9/", site(xenforo("en-US", "Oops! We ran into some problems.", '<div class="blockMessage">The requested thread could not be found.</div>', "error")), language="en")  # fmt: skip
rot("phpbb-missing-pl", "/viewtopic.php?t=9", site(phpbb("pl", "Informacja", "Informacja", "Wybrany temat nie istnieje."), home=front("pl")), language="pl")  # fmt: skip
rot("mediawiki-noarticle", "/wiki/Lamp_9", site(mediawiki("en", "Lamp 9 - Harbourpedia", '<div class="noarticletext mw-content-ltr"><p>There is currently no text in this page. You can search for this page title in other pages.</p></div>', page_id=0, heading="Lamp 9")), title="Lamp 9", language="en")  # fmt: skip
rot("mediawiki-deleted-fr", "/wiki/Bac", site(mediawiki("fr", "Bac — Portpédia", '<div class="mw-warning-with-logexcerpt"><p>Cette page a été supprimée. Le journal des suppressions est affiché ci-dessous.</p><ul><li>4 mai 2021 à 10:12 Kade a supprimé la page Bac</li></ul></div><div class="noarticletext">Il n’y a pour l’instant aucun texte sur cette page.</div>', page_id=0)), language="fr")  # fmt: skip
rot("gitlab-404", "/group/ferry", site('<!DOCTYPE html><html><head><title>The page could not be found or you don\'t have permission to view it. (404)</title></head><body><h1>404</h1><div class="container"><h3>The page could not be found or you don\'t have permission to view it.</h3><hr><p>The resource that you are attempting to access does not exist or you don\'t have the necessary permissions to view it.</p></div></body></html>'), language="en")  # fmt: skip
rot("jira-missing", "/browse/HARB-9", site('<!DOCTYPE html><html><head><title>Issue navigator - Harbour Jira</title><meta name="application-name" content="JIRA"></head><body id="jira"><div id="issue-content"><h1>You can\'t view this issue</h1><p>It may have been deleted or you don\'t have permission to view it right now.</p></div></body></html>'), title="[HARB-9] Bell does not ring", language="en")  # fmt: skip
rot("tilda-404", "/parom-old", alike(tilda("ru", "Страница не найдена", '<div class="t-rec"><div class="t-title">404</div><div class="t-descr">К сожалению, запрашиваемая страница не найдена</div></div>')), language="ru")  # fmt: skip
rot("next-rsc-missing", "/notes/gone", alike(flight("404: This page could not be found.", '<div style="height:100vh"><h1 class="next-error-h1">404</h1><h2>This page could not be found.</h2></div>')), title="Lamps", language="en")  # fmt: skip
rot("next-not-found-state", "/stories/x", site(next_data("de", "Hafenmagazin", "<header>Hafenmagazin</header><main></main>", {"props": {"pageProps": {"story": None, "statusCode": 404}}, "page": "/_error", "query": {}})), language="de")  # fmt: skip
rot("sveltekit-error", "/x", site('<!doctype html><html lang="en"><head><meta charset="utf-8"/></head><body><div style="display: contents"><h1>404</h1><p>Not found: /x</p><script>{const data=[null,null];kit.start(app,element,{node_ids:[0,1],data,form:null,error:{message:"Not Found"},status:404});}</script></div></body></html>'), language="en")  # fmt: skip
rot("dspace7-missing", "/items/9", alike('<!DOCTYPE html><html lang="en"><head><title>Page not found :: Repository</title><meta name="Generator" content="DSpace 7.6"></head><body><ds-app ng-version="15.2.8"><ds-pagenotfound><div class="page-not-found container"><h1>404</h1><h2><small>page not found</small></h2><p>We can\'t find the page you\'re looking for. The page may have been moved or deleted.</p></div></ds-pagenotfound></ds-app></body></html>'), language="en")  # fmt: skip
rot("dspace-withdrawn", "/handle/123/448", site('<!DOCTYPE html><html lang="en"><head><title>Tombstone</title><meta name="Generator" content="DSpace 6.3"></head><body><main><h2>Item withdrawn</h2><p>The item you are trying to access has been withdrawn from the repository.</p></main></body></html>'), title="Ferry passengers, a thesis", language="en")  # fmt: skip
rot("ojs-missing-es", "/index.php/port/article/view/9", site('<!DOCTYPE html><html lang="es"><head><title>Estudios del Puerto</title><meta name="generator" content="Open Journal Systems 3.2"></head><body class="pkp_page_article pkp_op_view"><div class="pkp_structure_main"><h1>Error</h1><p>El artículo solicitado no existe.</p></div></body></html>'), title="Pasajeros de la barca", language="es")  # fmt: skip

# ── soft errors in many languages ───────────────────────────────────────────────────────────────────────────────────

rot("soft-fi", "/uutiset/448", alike(plain("fi", "Virhe", "<h1>Voi ei!</h1><p>Hakemaasi sivua ei löytynyt.</p>")), language="fi")  # fmt: skip
rot("soft-sv", "/nyheter/448", alike(plain("sv", "Sidan kunde inte hittas", "<h1>Sidan kunde inte hittas</h1><p>Den kan ha flyttats eller tagits bort.</p>")), language="sv")  # fmt: skip
rot("soft-pt", "/noticias/448", site(plain("pt", "Página não encontrada", "<h1>Página não encontrada</h1><p>O conteúdo que procura foi removido.</p>")), language="pt")  # fmt: skip
rot("soft-ro", "/stiri/448", site(plain("ro", "Eroare", "<h1>Ne pare rău</h1><p>Pagina căutată nu mai există.</p>")), language="ro")  # fmt: skip
rot("soft-cs", "/zpravy/448", alike(plain("cs", "Stránka nenalezena", "<h1>Jejda</h1><p>Požadovaná stránka nebyla nalezena.</p>")), language="cs")  # fmt: skip
rot("soft-bg", "/novini/448", site(plain("bg", "Грешка", "<h1>Страницата не е намерена</h1>")), language="bg")  # fmt: skip
rot("soft-sr", "/vesti/448", site(plain("sr", "Грешка 404", "<h1>Тражена страница не постоји</h1><p>Могуће је да је уклоњена.</p>")), language="sr")  # fmt: skip
rot("soft-be", "/naviny/448", site(plain("be", "Памылка", "<h1>Старонка не знойдзена</h1><p>Вярніцеся на галоўную.</p>")), language="be")  # fmt: skip
rot("soft-kk", "/zhanalyk/448", alike(plain("kk", "Қате", "<h1>404</h1><p>Бет табылмады</p>")), language="kk")  # fmt: skip
rot("soft-ar", "/akhbar/448", alike(plain("ar", "خطأ", "<h1>عذرا</h1><p>الصفحة المطلوبة غير موجودة.</p>")), language="ar")  # fmt: skip
rot("soft-he", "/hadashot/448", alike(plain("he", "שגיאה", "<h1>אופס</h1><p>העמוד המבוקש לא נמצא.</p>")), language="he")  # fmt: skip
rot("soft-zh", "/xinwen/448.html", alike(plain("zh", "提示信息", "<p>您访问的页面不存在或已被删除！</p><a href='/'>返回首页</a>")), language="zh")  # fmt: skip
rot("soft-ja", "/news/448.html", site(plain("ja", "お探しのページは見つかりません", "<h1>お探しのページは見つかりません</h1><p>削除されたか、URLが変更された可能性があります。</p>")), language="ja")  # fmt: skip
rot("soft-ko", "/news/448", alike(plain("ko", "오류", "<p>요청하신 페이지를 찾을 수 없습니다.</p>")), language="ko")  # fmt: skip
rot("soft-hu", "/hirek/448", site(plain("hu", "Hiba", "<h1>A keresett oldal nem található</h1>")), language="hu")  # fmt: skip
rot("soft-el", "/nea/448", alike(plain("el", "Σφάλμα", "<h1>Η σελίδα δεν βρέθηκε</h1>")), language="el")  # fmt: skip
rot("soft-no", "/nyheter/9", alike(plain("no", "Ops", "<h1>Fant ikke siden</h1><p>Siden er flyttet eller slettet.</p>")), language="no")  # fmt: skip
rot("bitrix-news-missing", "/news/9/", alike(bitrix("ru", "Новости порта", '<p><font class="errortext">Новость не найдена.</font></p>')), title="Паром остаётся", language="ru")  # fmt: skip
rot("joomla-missing-it", "/index.php/notizie/9", alike(joomla("it", "Errore: 404", "<h1>Articolo non trovato</h1>")), language="it")  # fmt: skip
rot("court-soft-uk", "/Review/448112", alike(plain("uk", "Реєстр рішень", "<div id='err'>Документ за вказаним номером відсутній у Реєстрі.</div>")), title="Рішення 448112", language="uk")  # fmt: skip

# ── put in its place ────────────────────────────────────────────────────────────────────────────────────────────────

rot("apache-default", "/lamps.html", alike('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Apache2 Ubuntu Default Page: It works</title></head><body><div class="main_page"><span class="floating_element">Apache2 Ubuntu Default Page</span><p>This is the default welcome page used to test the correct operation of the Apache2 server after installation on Ubuntu systems.</p></div></body></html>'), title="Lamps", language="en")  # fmt: skip
rot("plesk-default", "/lamps.html", alike('<!DOCTYPE html><html><head><title>Web Server\'s Default Page</title></head><body><h1>Web Server\'s Default Page</h1><p>This page is generated by Plesk, the leading hosting automation software. You see this page because there is no Web site at this address.</p></body></html>'), language="en")  # fmt: skip
rot("cpanel-suspended", "/cgi-bin/x", alike('<!DOCTYPE html><html><head><title>Account Suspended</title></head><body><div id="body-content"><h1>Account Suspended</h1><p>This Account has been suspended.</p><a href="/">Contact your hosting provider for more information.</a></div></body></html>'), language="en")  # fmt: skip
rot("ucoz-removed", "/publ/44", alike('<html><head><meta charset="utf-8"><title>Сайт удалён</title></head><body><h1>Сайт удалён</h1><p>Сайт был удалён владельцем либо заблокирован за неуплату. uCoz.</p></body></html>'), language="ru")  # fmt: skip
rot("index-emptied", "/docs/2009/lamps.pdf", alike('<html><head><title>Index of /docs/2009</title></head><body><h1>Index of /docs/2009</h1><table><tr><th>Name</th><th>Last modified</th></tr><tr><td><a href="/docs/">Parent Directory</a></td></tr></table></body></html>'), title="Lamps", language="en")  # fmt: skip
rot("slot-gacor", "/riset/2015/pelabuhan", alike(wp("en", "Slot Gacor Hari Ini: Situs Judi Slot Online Maxwin", f"<article><h1>Slot gacor</h1>{'<p>Daftar situs slot gacor dengan deposit pulsa dan RTP tertinggi hari ini, gampang menang maxwin.</p>' * 6}</article>", site="GACOR88")), title="Harbour research 2015", language="en")  # fmt: skip
rot("jp-shop-hijack", "/about/history.html", alike(plain("ja", "【新品】ブランド 財布 激安 通販", f"<h1>ブランド財布 激安</h1><ul>{'<li>送料無料 ￥3,980 カートに入れる 人気 正規品</li>' * 12}</ul>")), title="History of the harbour", language="en")  # fmt: skip
rot("redirect-home-ar", "/akhbar/9", site(Response.redirect("/", 302), other=Response.redirect("/", 302), home=plain("ar", "الميناء", "<h1>الميناء</h1>" + cards("en", 1, 12))), title="العبارة باقية", language="ar")  # fmt: skip
rot("redirect-search-fi", "/juttu/lautta-jaa", site(Response.redirect("/haku?q=lautta+jaa", 302), pages={"/haku?q=lautta+jaa": plain("fi", "Haku", "<h1>Haku</h1><p>Ei hakutuloksia.</p>"), "/haku?q=lautta jaa": plain("fi", "Haku", "<h1>Haku</h1><p>Ei hakutuloksia.</p>")}), title="Lautta jää", language="fi")  # fmt: skip
rot("redirect-section-en", "/news/2014/ferry-stays-448", site(Response.redirect("/news/", 301), other=Response.redirect("/news/", 301), pages={"/news/": paper("en", "News", f"<ul>{cards('en', 9, 20)}</ul>")}), title="Ferry stays", language="en")  # fmt: skip
rot("emptied-pt", "/artigo/448", site(plain("pt", "Jornal do Porto", '<header><a href="/">Jornal do Porto</a></header><main><article><h1></h1><div class="body"></div></article></main><footer>© 2024</footer>')), title="A barca fica", language="pt", quotes=("A câmara decidiu na quinta-feira",))  # fmt: skip
rot("replaced-by-home-text", "/history/lamps", alike(paper("en", "Harbour Marketing Agency", f"<h1>We grow brands</h1>{'<p>From strategy to content, our team helps ambitious companies to find their voice and their customers.</p>' * 6}")), title="A history of lamps in the north harbour", language="en", quotes=("the last lamp was lit in 1953 by the keeper's daughter",))  # fmt: skip
rot("json-error-200", "/api/v2/stops/448", site(Response.json({"success": False, "error": {"code": 404, "message": "Stop not found"}, "data": None}), other=Response.json({"success": False, "error": {"code": 404, "message": "Stop not found"}, "data": None})), language="en")  # fmt: skip
rot("owner-removed-de", "/blog/faehre", site(wp("de", "Fähre – Blog", "<article><h1>Fähre</h1><p>Dieser Beitrag wurde vom Autor entfernt.</p></article>")), title="Fähre", language="de")  # fmt: skip
rot("legal-removed-it", "/articolo/448", site(paper("it", "Il Porto", "<article><p>Articolo rimosso per ordine del tribunale.</p></article>", site="Il Porto")), title="Il traghetto resta", language="it")  # fmt: skip
rot("closed-service-nl", "/profiel/kade", alike(plain("nl", "Hyves", "<h1>Bedankt!</h1><p>Deze dienst is per 2 december gestopt. Alle profielen zijn verwijderd.</p>")), title="Profiel van Kade", language="nl")  # fmt: skip
rot("drupal-403-like-404-tr", "/haber/9", alike(drupal("tr", "Sayfa bulunamadı | Liman", "<h1>Sayfa bulunamadı</h1>İstenen sayfa bulunamadı.")), language="tr")  # fmt: skip
rot("portal-expired-no-title", "/vacature/9", site(portal("nl", "Werken bij", "<h1>Helaas</h1><p>Deze vacature bestaat niet (meer).</p>", site="Gemeente")), title="Schipper", language="nl")  # fmt: skip

# ── barred ──────────────────────────────────────────────────────────────────────────────────────────────────────────

bars("cloudflare-wait", "/news/448", alike(Response.html('<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta http-equiv="refresh" content="390"></head><body class="no-js"><div class="main-wrapper"><noscript><div>Enable JavaScript and cookies to continue</div></noscript></div><script>(function(){window._cf_chl_opt={cvId:"3",cZone:"d.v12.press",cType:"managed"};})();</script></body></html>', 403)), language="en")  # fmt: skip
bars("login-200-de", "/intern/448", site(plain("de", "Anmelden", '<h1>Bitte melden Sie sich an</h1><form method="post"><input name="user"><input type="password" name="pw"><button>Anmelden</button></form>')), title="Protokoll 448", language="de")  # fmt: skip
bars("xenforo-members", "/threads/secret.9/", site(xenforo("en-US", "Log in", '<div class="blockMessage">You must be logged-in to do that.</div><form action="/login/login" method="post"><input name="login"><input type="password" name="password"></form>', "login")), language="en")  # fmt: skip
bars("geo-block-tr", "/video/9", alike(plain("tr", "Video", "<h1>Bu içerik ülkenizde izlenemiyor</h1><p>Yayın hakları nedeniyle yalnızca Türkiye’den izlenebilir.</p>")), language="tr")  # fmt: skip
bars("rkn-stub", "/news/448", alike(plain("ru", "Доступ ограничен", "<h1>Доступ ограничен</h1><p>Доступ к информационному ресурсу ограничен на основании Федерального закона от 27 июля 2006 г. № 149-ФЗ «Об информации, информационных технологиях и о защите информации».</p>")), language="ru")  # fmt: skip
bars("anubis", "/wiki/9", alike('<!doctype html><html lang="en"><head><title>Making sure you&#39;re not a bot!</title><script id="anubis_version" type="application/json">"v1.18.0"</script><script id="anubis_challenge" type="application/json">{"challenge":"448","rules":{"algorithm":"fast","difficulty":4}}</script></head><body id="top"><main><h1>Making sure you&#39;re not a bot!</h1><p id="status">Loading...</p></main></body></html>'), language="en")  # fmt: skip
bars("sucuri", "/news/448", alike(Response.html('<!DOCTYPE html><html><head><title>Sucuri WebSite Firewall - Access Denied</title></head><body><h1>Access Denied - Sucuri Website Firewall</h1><p>Block reason: Your request was not authorized.</p></body></html>', 403)), language="en")  # fmt: skip
bars("paywall-only-es", "/politica/448", site(paper("es", "Contenido exclusivo", "<article><h1>Contenido exclusivo para suscriptores</h1><p>Inicia sesión o suscríbete para seguir leyendo.</p></article>")), title="La barca se queda", language="es")  # fmt: skip
bars("ddos-guard", "/news/448", alike(Response.html('<!DOCTYPE html><html><head><title>DDoS-Guard</title></head><body data-ddg-origin="true"><h1>Checking your browser before accessing d.v12.press</h1><script src="/.well-known/ddos-guard/js-challenge/index.js"></script></body></html>', 403)), language="ru")  # fmt: skip
bars("dspace-login", "/bitstream/9", site(Response.redirect("/login", 302), pages={"/login": plain("fi", "Kirjaudu", '<h1>Kirjaudu sisään</h1><form method="post"><input name="email"><input type="password" name="password"></form>')}), language="fi")  # fmt: skip
bars("throttle-json", "/api/stops/9", site(Response(429, (("Content-Type", "application/json"), ("Retry-After", "3600")), json.dumps({"error": "Too many requests"}).encode())), language="en")  # fmt: skip
bars("institution-zh", "/lunwen/9", site(plain("zh", "登录", '<h1>请登录后查看全文</h1><form method="post"><input name="user"><input type="password" name="pw"></form>')), title="轮渡研究", language="zh")  # fmt: skip
bars("rate-page-200", "/case/9", alike(plain("en", "Too many requests", "<h1>Too many requests</h1><p>You have sent too many requests from this address. Please try again later.</p>")), language="en")  # fmt: skip
