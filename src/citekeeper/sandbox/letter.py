"""The letter's world: its six sources, each meeting another fate, and the links outside its notes.

The addresses and titles are those that the letter cites; every page is written for this stage set and says so.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from urllib.parse import quote

from citekeeper.clock import Clock
from citekeeper.sandbox.messages import Answer, Request, Response
from citekeeper.sandbox.sites.articles import article, dictionary, fill
from citekeeper.sandbox.sites.newsroom import Newsroom
from citekeeper.sandbox.sites.pictures import logo, png
from citekeeper.sandbox.world import World

AROGED = (
    "https://www.aroged.com/2022/02/28/the-ministry-of-digital-development-figured-out-how-to-keep-it-specialists-in-"
    "russia-preferential-mortgages-deferment-from-the-army-etc/"
)
BLOOMBERG = (
    "https://www.bloomberg.com/news/articles/2022-04-29/biden-seeks-to-rob-putin-of-his-top-scientists-with-visa-lures-"
    "to-rob-putin-of-his-top-scientists-with-visa-lure/ar-AAWKGz3"
)
SVOBODA_ALIVE = "https://www.svoboda.org/a/ya-uehala-chtoby-ostatsa-chelovekom-emigracia-ili-evacuacia/31787493.html"
MEDUZA = (
    "https://meduza.io/news/2022/05/03/pravozaschitnyy-proekt-pervyy-otdel-fsb-priglashaet-na-besedy-rodstvennikov-"
    "rossiyan-kotorye-uehali-iz-strany"
)
MEDUZA_NOW = (
    "https://meduza.io/news/2022/05/03/pravozaschitniki-rasskazali-o-sluchayah-vyzova-v-fsb-rodstvennikov-rossiyan-"
    "kotorye-uehali-iz-strany"
)
SVOBODA_GONE = (
    "https://www.svoboda.org/a/gosduma-prinyala-vo-vtorom-chtenii-zakonoproekt-o-yavke-v-voenkomat-bez-povestki/"
    "31718829.html"
)
TWEET = "https://twitter.com/eucopresident/status/1511619372057608193"

SOURCES: Mapping[str, str] = MappingProxyType(
    {"fn1": AROGED, "fn2": BLOOMBERG, "fn3": SVOBODA_ALIVE, "fn4": MEDUZA, "fn5": SVOBODA_GONE, "fn6": TWEET}
)
"""The URL of each citation, as the letter has it."""

STAGED_FATES: Mapping[str, tuple[str, str | None]] = MappingProxyType(
    {
        "fn1": ("alive", None),
        "fn2": ("walled", None),
        "fn3": ("alive", None),
        "fn4": ("moved", None),
        "fn5": ("gone", "http-404"),
        "fn6": ("walled", "javascript-required"),
    }
)
"""The verdict that each citation must meet here, and its reason where the stage set fixes one."""

GONE_MEMENTO = "20220501101530"
"""When the sandbox's Wayback Machine captured the source of fn5, the day before the letter's authors read it."""

_SVOBODA = Newsroom(
    name="Радио Свобода",
    origin="https://www.svoboda.org",
    language="ru",
    charset="utf-8",
    colour="#e86c00",
    sky=((250, 190, 120), (90, 60, 60)),
    sections=("Новости", "Истории", "Разбор", "Подкасты"),
    also_title="Читайте также",
    also=("Что взять с собой, когда времени нет", "Куда ещё летают самолёты"),
    byline="Автор: редакция",
    share="Поделиться",
)
_SVOBODA_1251 = Newsroom(
    **{name: getattr(_SVOBODA, name) for name in Newsroom.__dataclass_fields__} | {"charset": "windows-1251"}
)
_MEDUZA = Newsroom(
    name="Meduza",
    origin="https://meduza.io",
    language="ru",
    charset="utf-8",
    colour="#262626",
    sky=((190, 200, 210), (60, 70, 90)),
    sections=("Новости", "Истории", "Разбор", "Подкасты"),
    also_title="Читайте также",
    also=("Как оформить доверенность, если вы уже за границей", "Куда ещё летают самолёты"),
    byline="Автор: редакция",
    share="Поделиться",
)
_AROGED = Newsroom(
    name="Aroged",
    origin="https://www.aroged.com",
    language="en",
    charset="utf-8",
    colour="#0b5394",
    sky=((150, 190, 240), (40, 60, 110)),
    sections=("Home", "News", "Technology", "Games"),
    also_title="Read also",
    also=("What a mortgage rate really costs", "Five registers nobody reads"),
    byline="By the editors",
    share="Share",
)


def letter_world(*, clock: Clock | None = None, seed: int = 0) -> World:
    """The letter's world: each source with the fate of :data:`STAGED_FATES`, plus archive and translator.

    Args:
        clock: see World.
        seed: see World.
    """
    world = World(clock=clock, seed=seed)
    for russian, english in dictionary():
        world.translator.teach(russian, english)
    for newsroom, letter in ((_AROGED, "A"), (_SVOBODA, "С"), (_MEDUZA, "M")):
        _stage_newsroom(world, newsroom, letter)
    _stage_aroged(world)
    _stage_bloomberg(world)
    _stage_svoboda(world)
    _stage_meduza(world)
    _stage_social(world)
    return world


def _stage_newsroom(world: World, newsroom: Newsroom, letter: str) -> None:
    """Front page, style sheet, script and pictures; the bare and the www. host lead to the one that is used."""
    origin = newsroom.origin
    front = newsroom.notice_page(newsroom.name, *newsroom.also)
    world.page(f"{origin}/", front, validators=False)
    world.page(f"{origin}/css/site.css", newsroom.stylesheet(), media_type="text/css")
    world.page(f"{origin}/js/site.js", "document.documentElement.className='js';\n", media_type="text/javascript")
    world.page(f"{origin}/img/logo.svg", logo(letter, newsroom.colour), media_type="image/svg+xml")
    world.page(f"{origin}/img/lead.png", png(640, 360, *newsroom.sky), media_type="image/png")
    world.page(f"{origin}/img/stripe.png", png(8, 64, (255, 255, 255), newsroom.sky[1]), media_type="image/png")
    world.page(f"{origin}/robots.txt", "User-agent: *\nAllow: /\n", media_type="text/plain")
    host = origin.removeprefix("https://")
    other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    world.handler(other, lambda request: Response.redirect(origin + (request.path or "/"), 301))


def _stage_aroged(world: World) -> None:
    page = _AROGED.article_page(
        article("specialists", "en"),
        AROGED.removeprefix(_AROGED.origin),
        published="2022-02-28T14:05:00+00:00",
        day="28 February 2022",
        caption="An office at dusk. Illustration",
        suffix=" - Aroged",
    )
    world.page(AROGED, page, compress=True)
    world.host("www.aroged.com", not_found=Response.html(_AROGED.notice_page("Page not found", "Nothing here."), 404))
    for when in ("20220301081200", "20220615170344"):
        world.wayback.hold(AROGED, when, page)


def _stage_bloomberg(world: World) -> None:
    def bloomberg(request: Request) -> Answer:
        if request.path == "/tosv2.html":
            return Response.html(fill("robot-wall.html"))
        if request.path == "/robots.txt":
            return Response.text("User-agent: *\nDisallow: /tosv2.html\n")
        path = request.url.split("bloomberg.com", 1)[1] or "/"
        encoded = quote(base64.b64encode(path.encode()).decode("ascii"), safe="")
        wall = f"https://www.bloomberg.com/tosv2.html?vid=&uuid=7c1d0c2e-ca5e-11ec-b5f1-6a5951564d66&url={encoded}"
        return Response.redirect(wall, 302, (("Cache-Control", "no-store"), ("Set-Cookie", "_pxhd=staged; Path=/")))

    world.handler("www.bloomberg.com", bloomberg)
    world.handler("bloomberg.com", bloomberg)


def _stage_svoboda(world: World) -> None:
    alive = _SVOBODA_1251.article_page(
        article("departure", "ru"),
        SVOBODA_ALIVE.removeprefix(_SVOBODA.origin),
        published="2022-04-07T09:30:00+03:00",
        day="7 апреля 2022",
        caption="Пассажиры на автовокзале. Иллюстрация",
    )
    world.page(SVOBODA_ALIVE, alive.encode("cp1251", "xmlcharrefreplace"), media_type="text/html", compress=True)
    world.wayback.hold(SVOBODA_ALIVE, "20220409063511", alive.encode("cp1251"), media_type="text/html")

    missing = _SVOBODA.notice_page(
        "Страница не найдена", "Материал, который вы ищете, удалён или никогда не существовал. Проверьте адрес."
    )
    world.host("www.svoboda.org", not_found=Response.html(missing, 404))
    world.page(SVOBODA_GONE, missing, status=404)
    kept = _SVOBODA.article_page(
        article("enlistment", "ru"),
        SVOBODA_GONE.removeprefix(_SVOBODA.origin),
        published="2022-02-23T10:48:00+03:00",
        day="23 февраля 2022",
        caption="Зал заседаний. Иллюстрация",
    )
    world.wayback.hold(SVOBODA_GONE, GONE_MEMENTO, kept)
    world.wayback.hold(SVOBODA_GONE, "20230311190207", missing, status=404)
    _hold_requisites(world, _SVOBODA, GONE_MEMENTO)


def _stage_meduza(world: World) -> None:
    page = _MEDUZA.article_page(
        article("summons", "ru"),
        MEDUZA_NOW.removeprefix(_MEDUZA.origin),
        published="2022-05-03T12:40:00+03:00",
        day="3 мая 2022, 12:40",
        caption="Здание с закрытыми окнами. Иллюстрация",
        suffix=" — Meduza",
    )
    world.redirect(MEDUZA, MEDUZA_NOW.removeprefix(_MEDUZA.origin), 301)
    world.page(MEDUZA_NOW, page, compress=True, chunked=True)
    world.host(
        "meduza.io", not_found=Response.html(_MEDUZA.notice_page("Страница не найдена", "Проверьте адрес."), 404)
    )
    world.wayback.hold(MEDUZA, "20220503140902", page)


def _hold_requisites(world: World, newsroom: Newsroom, when: str) -> None:
    for path in ("/css/site.css", "/js/site.js", "/img/logo.svg", "/img/lead.png", "/img/stripe.png"):
        answer = world.visit(newsroom.origin + path)
        if isinstance(answer, Response):
            world.wayback.hold(newsroom.origin + path, when, answer.body, headers=answer.headers)


def _stage_social(world: World) -> None:
    """Networks that show a reader without a browser or account little: shells, logins, previews."""
    world.handler("twitter.com", lambda _: Response.html(fill("javascript-shell.html"), headers=(("Server", "tsa_f"),)))
    world.page("https://abs.twimg.com/responsive-web/client-web/main.js", "void 0;\n", media_type="text/javascript")
    world.handler("www.instagram.com", lambda request: _login(request, "https://www.instagram.com/accounts/login/"))
    world.handler("www.facebook.com", lambda request: _login(request, "https://www.facebook.com/login/"))
    world.handler("t.me", _telegram)
    world.page("https://freerussia.nl/", fill("community.html"))
    world.page("https://telegram.org/", "<title>Telegram Messenger</title><h1>Telegram</h1>")
    world.redirect("https://www.freerussia.nl/", "https://freerussia.nl/")


def _login(request: Request, login: str) -> Answer:
    if "login" in request.path:
        return Response.html(fill("login.html"))
    return Response.redirect(f"{login}?next={quote(request.url, safe='')}", 302)


def _telegram(request: Request) -> Answer:
    channel = request.path.strip("/").removeprefix("s/")
    if not channel:
        return Response.redirect("https://telegram.org/", 302)
    return Response.html(fill("telegram.html", channel=escape(channel)))
