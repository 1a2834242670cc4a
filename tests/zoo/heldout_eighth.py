"""An eighth lot, written without sight of the rules and run once before any change to them.

Of that first run: 0 of 57 sources that are not dead were called an error, and 16 of 44 dead ones alive (25 were given a
warning, 3 were called an error). Of 45 living ones 2 were given a warning. One of the dead (JSON that is not there for
any name) stays beyond what can be told.

Dead pages as content systems, shops and newsrooms make them: whole error pages around a short sorry, in words of the
site's own, with request numbers, dates, echoes and teasers that change from answer to answer. Living pages are as thin,
as odd and as unindexed as those. Barred ones give every address the same page, which is no death either.
"""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import itertools
import random
from collections.abc import Callable

from citekeeper.sandbox import Request, Response, World

from .pages import host_of, html
from .scenario import Stage, Truth, Zoo

ZOO = Zoo()
living = ZOO.adder(Truth.LIVING)
dead = ZOO.adder(Truth.DEAD)
barred = ZOO.adder(Truth.BARRED)

_TALE = {
    "nl": "De tramlijn naar het strand rijdt vanaf maandag weer. Het vervoerbedrijf verving in negen weken bijna vier kilometer spoor en plaatste nieuwe wissels bij de remise. Reizigers moesten al die tijd met de bus.",
    "en": "Trams to the beach run again from Monday. The operator replaced almost four kilometres of track in nine weeks and laid new points by the depot. Passengers had to take a bus all that time.",
    "de": "Ab Montag fährt die Straßenbahn zum Strand wieder. In neun Wochen wurden fast vier Kilometer Gleis erneuert und neue Weichen am Betriebshof eingebaut. Fahrgäste mussten so lange auf Busse ausweichen.",
    "fr": "Le tramway de la plage circule de nouveau dès lundi. En neuf semaines, l'exploitant a remplacé près de quatre kilomètres de voie et posé de nouveaux aiguillages au dépôt. Les voyageurs prenaient le bus.",
    "ru": "С понедельника трамвай до пляжа снова ходит. За девять недель перевозчик заменил почти четыре километра путей и уложил новые стрелки у депо. Всё это время пассажиров возили автобусы.",
    "uk": "Від понеділка трамвай до пляжу знову курсує. За дев'ять тижнів перевізник замінив майже чотири кілометри колій і поклав нові стрілки біля депо. Увесь цей час пасажирів возили автобуси.",
    "es": "El tranvía de la playa vuelve a circular el lunes. En nueve semanas la empresa sustituyó casi cuatro kilómetros de vía y colocó nuevos cambios junto a las cocheras. Mientras, los viajeros iban en autobús.",
    "it": "Da lunedì il tram per la spiaggia torna in servizio. In nove settimane l'azienda ha sostituito quasi quattro chilometri di binario e posato nuovi scambi presso il deposito. Intanto si viaggiava in autobus.",
    "pl": "Od poniedziałku tramwaj na plażę znów kursuje. W dziewięć tygodni przewoźnik wymienił prawie cztery kilometry torów i ułożył nowe zwrotnice przy zajezdni. Przez ten czas pasażerów woziły autobusy.",
    "sv": "Från måndag går spårvagnen till stranden igen. På nio veckor bytte bolaget nästan fyra kilometer spår och lade nya växlar vid depån. Under tiden fick resenärerna ta bussen.",
    "cs": "Od pondělí jezdí tramvaj na pláž znovu. Za devět týdnů dopravce vyměnil skoro čtyři kilometry kolejí a položil nové výhybky u vozovny. Cestující zatím jezdili autobusem.",
    "tr": "Sahil tramvayı pazartesiden itibaren yeniden çalışıyor. İşletme dokuz haftada neredeyse dört kilometre ray değiştirdi ve depoya yeni makaslar döşedi. Yolcular bu sürede otobüs kullandı.",
    "ro": "De luni tramvaiul spre plajă circulă din nou. În nouă săptămâni operatorul a înlocuit aproape patru kilometri de șină și a montat macazuri noi la depou. Călătorii au mers cu autobuzul.",
    "el": "Από τη Δευτέρα το τραμ για την παραλία κυκλοφορεί ξανά. Σε εννέα εβδομάδες η εταιρεία αντικατέστησε σχεδόν τέσσερα χιλιόμετρα γραμμής. Οι επιβάτες χρησιμοποιούσαν λεωφορείο.",
    "bg": "От понеделник трамваят до плажа отново се движи. За девет седмици превозвачът подмени почти четири километра релси и постави нови стрелки при депото. Дотогава пътниците возеше автобус.",
    "zh": "前往海滩的电车周一恢复运行。九周内，运营公司更换了近四公里轨道，并在车库旁铺设了新道岔。其间乘客改乘公共汽车。",
}  # fmt: skip
_WORDS = {
    "nl": ("Nieuws", "Sport", "Regio", "Opinie", "Contact", "Zoeken", "Meest gelezen"),
    "en": ("News", "Sport", "Local", "Opinion", "Contact", "Search", "Most read"),
    "de": ("Nachrichten", "Sport", "Region", "Meinung", "Kontakt", "Suche", "Meistgelesen"),
    "fr": ("Actualités", "Sports", "Région", "Opinions", "Contact", "Recherche", "Les plus lus"),
    "ru": ("Новости", "Спорт", "Регион", "Мнения", "Контакты", "Поиск", "Популярное"),
    "uk": ("Новини", "Спорт", "Регіон", "Думки", "Контакти", "Пошук", "Популярне"),
    "es": ("Noticias", "Deportes", "Región", "Opinión", "Contacto", "Buscar", "Lo más leído"),
    "it": ("Notizie", "Sport", "Regione", "Opinioni", "Contatti", "Cerca", "I più letti"),
    "pl": ("Wiadomości", "Sport", "Region", "Opinie", "Kontakt", "Szukaj", "Najczęściej czytane"),
    "sv": ("Nyheter", "Sport", "Lokalt", "Åsikt", "Kontakt", "Sök", "Mest läst"),
    "cs": ("Zprávy", "Sport", "Region", "Názory", "Kontakt", "Hledat", "Nejčtenější"),
    "tr": ("Haberler", "Spor", "Bölge", "Görüş", "İletişim", "Ara", "En çok okunan"),
    "ro": ("Știri", "Sport", "Regiune", "Opinii", "Contact", "Caută", "Cele mai citite"),
    "el": ("Ειδήσεις", "Σπορ", "Περιφέρεια", "Απόψεις", "Επικοινωνία", "Αναζήτηση", "Δημοφιλή"),
    "bg": ("Новини", "Спорт", "Регион", "Мнения", "Контакти", "Търсене", "Най-четени"),
    "zh": ("新闻", "体育", "地方", "观点", "联系", "搜索", "热门"),
}
_SUBJECTS = {
    "nl": ("Brug dicht voor onderhoud", "Zwembad verlengt openingstijden", "Raad stemt over parkeren", "Markt verhuist naar plein", "Molenaar wint prijs", "Ooievaars terug op nest", "Kermis begint vrijdag", "School krijgt nieuw dak"),
    "en": ("Bridge shut for repairs", "Pool to open longer", "Council votes on parking", "Market moves to the square", "Miller wins a prize", "Storks back on nest", "Fair starts Friday", "School gets new roof"),
    "de": ("Brücke gesperrt", "Freibad länger offen", "Rat stimmt über Parken ab", "Markt zieht um", "Müller gewinnt Preis", "Störche zurück", "Kirmes ab Freitag", "Neues Dach für Schule"),
    "fr": ("Le pont fermé pour travaux", "La piscine ouvre plus tard", "Le conseil vote le stationnement", "Le marché déménage", "Un meunier primé", "Les cigognes de retour", "La foire vendredi", "Un toit neuf pour l'école"),
    "ru": ("Мост закрыли на ремонт", "Бассейн продлил часы работы", "Совет решает о парковке", "Рынок переезжает", "Мельник получил премию", "Аисты вернулись", "Ярмарка в пятницу", "Школе сделают крышу"),
    "uk": ("Міст закрили на ремонт", "Басейн подовжив години", "Рада вирішує про паркування", "Ринок переїздить", "Мельник отримав премію", "Лелеки повернулися", "Ярмарок у п'ятницю", "Школі зроблять дах"),
}  # fmt: skip
_FAMILY = {"es": "fr", "it": "fr", "ro": "fr", "pl": "uk", "cs": "de", "sv": "nl", "tr": "en", "el": "en", "bg": "ru", "zh": "en"}  # fmt: skip
_serial = itertools.count(1)


def tale(language: str, times: int = 3) -> str:
    """Running text."""
    return f"<p>{_TALE[language]}</p>" * times


def teasers(language: str, count: int, seed: object = 0) -> str:
    """Headlines in another order each time that another seed is given."""
    pick = list(_SUBJECTS[_FAMILY.get(language, language) if language not in _SUBJECTS else language])
    random.Random(str(seed)).shuffle(pick)
    return "".join(
        f'<article class="teaser"><a href="/n/{n}{len(one)}"><h3>{one}</h3></a><span>{n + 1} h</span></article>'
        for n, one in enumerate(pick[:count])
    )


# ── content systems ─────────────────────────────────────────────────────────────────────────────────────────────────


def wordpress(language: str, title: str, main: str, *, classes: str = "post-template-default single single-post", head: str = "", seed: object = 0) -> str:  # fmt: skip
    """A WordPress blog: an admin's theme, widgets, a form to search with, generator and nonce."""
    words = _WORDS[language]
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="UTF-8"><title>{title}</title>{head}<link rel="profile" href="http://gmpg.org/xfn/11">'
        f'<meta name="generator" content="WordPress 6.4"><link rel="stylesheet" href="/wp-content/themes/astra/style.css"></head><body class="{classes} wp-custom-logo">'
        f'<header id="masthead"><p class="site-title"><a href="/">Tramblog</a></p><ul class="menu">{"".join(f"<li><a href=/{n}>{w}</a></li>" for n, w in enumerate(words[:5]))}</ul></header>'
        f'<main id="primary">{main}</main><aside id="secondary"><section class="widget"><form role="search"><input type="search" placeholder="{words[5]}"></form></section>'
        f'<section class="widget"><h2>{words[6]}</h2>{teasers(language, 4, seed)}</section></aside><footer><p>© 2014–2024 Tramblog</p></footer><script>var wpn="{random.Random(str(seed)).randrange(10**9):x}"</script></body></html>'
    )


def bitrix(language: str, title: str, main: str, *, head: str = "", seed: object = 0) -> str:
    """1C-Bitrix: tables, a session id, bread crumbs and a block of news."""
    words = _WORDS[language]
    return (
        f'<!DOCTYPE html><html xml:lang="{language}" lang="{language}"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>{title}</title>{head}'
        f"<script>var phpVars={{'bitrix_sessid':'{random.Random(str(seed)).randrange(16**12):x}'}};</script><link href=\"/bitrix/cache/css/s1/main/template.css\" rel=\"stylesheet\"/></head>"
        f'<body><div id="panel"></div><table class="hdr"><tr><td><a href="/"><img src="/bitrix/templates/main/logo.png" alt="{words[2]}"></a></td><td>{" ".join(f"<a href=/{n}/>{w}</a>" for n, w in enumerate(words[:5]))}</td></tr></table>'
        f'<div class="bx-breadcrumb"><a href="/">{words[0]}</a></div><div class="workarea">{main}</div><div class="side">{teasers(language, 5, seed)}</div><div class="copyright">© 2009–2023</div></body></html>'
    )


def drupal(language: str, title: str, main: str, *, head: str = "", bundle: str = "article") -> str:
    """Drupal 9: regions and blocks."""
    words = _WORDS[language]
    return (
        f'<!DOCTYPE html><html lang="{language}" dir="ltr"><head><meta charset="utf-8"/><meta name="Generator" content="Drupal 9 (https://www.drupal.org)"/>{head}<title>{title}</title></head>'
        f'<body class="layout-one-sidebar path-node page-node-type-{bundle}"><div class="region region-header"><div class="site-branding"><a href="/">{words[2]}</a></div><nav>{"".join(f"<a href=/{n}>{w}</a>" for n, w in enumerate(words[:5]))}</nav></div>'
        f'<div class="region region-content"><div class="block block-system">{main}</div></div><div class="region region-footer"><div>{words[4]}: +00 11 22 33</div></div></body></html>'
    )


def joomla(language: str, title: str, main: str, *, head: str = "") -> str:
    """Joomla with modules left and right."""
    words = _WORDS[language]
    return (
        f'<!DOCTYPE html><html lang="{language}-{language}"><head><meta charset="utf-8"/><base href="/"/><meta name="generator" content="Joomla! - Open Source Content Management"/>{head}<title>{title}</title></head><body class="site com_content view-article">'
        f'<div class="moduletable"><ul class="nav menu">{"".join(f"<li class=item-{100 + n}><a href=/{n}>{w}</a></li>" for n, w in enumerate(words[:5]))}</ul></div><div id="system-message-container"></div><main id="content">{main}</main><div class="footer">© {words[2]}</div></body></html>'
    )


def builder(language: str, title: str, main: str, *, maker: str = "Squarespace", head: str = "") -> str:
    """Squarespace or Wix: little but divs, and a heap of script."""
    words = _WORDS[language]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title><meta name="generator" content="{maker}">{head}<script>Static={{"SQUARESPACE_CONTEXT":{{"templateId":"5c5a","website":{{"id":"60"}},"time":{next(_serial)}}}}}</script></head>'
        f'<body id="item-5c5a"><div class="header"><a class="logo" href="/">Studio Noord</a>{"".join(f"<a class=lnk href=/{n}>{w}</a>" for n, w in enumerate(words[:4]))}</div><div class="page-section"><div class="sqs-block"><div class="sqs-block-content">{main}</div></div></div><div class="footer">Studio Noord</div></body></html>'
    )


def newsroom(language: str, title: str, main: str, *, head: str = "", seed: object = 0, count: int = 8) -> str:
    """A newspaper: a bar, an advertisement, a wall of teasers that goes on and on."""
    words = _WORDS[language]
    number = random.Random(str(seed)).randrange(10**8)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}<script>window.adslot="{number}";</script></head><body><div class="ad" data-id="{number}"></div>'
        f'<header><a href="/">{words[0]} 24</a><nav>{"".join(f"<a href=/{w}/>{w}</a>" for w in words[:5])}</nav></header><main>{main}</main><section class="more"><h2>{words[6]}</h2>{teasers(language, count, seed)}</section>'
        f"<footer>{words[0]} 24 · {words[4]} · ISSN 1234-{number % 10000:04d}</footer></body></html>"
    )


# ── stages ──────────────────────────────────────────────────────────────────────────────────────────────────────────

Page = Callable[[str, int], "str | Response"]


def answering(page: Page, *, under: str = "/", cited: str | Response | None = None, front: str = "") -> Stage:
    """Addresses below ``under`` answer what ``page`` makes of their path and a running number; others 404."""

    def stage(world: World, url: str) -> None:
        own, numbers = _path(url), itertools.count(len(url) * 101)

        def answer(request: Request) -> Response:
            path = _path(request.url)
            if path == "/" and front:
                return Response.html(front)
            if cited is not None and path == own:
                return cited if isinstance(cited, Response) else Response.html(cited)
            if not path.startswith(under):
                return Response.html("<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>", 404)  # fmt: skip
            made = page(path, next(numbers))
            return made if isinstance(made, Response) else Response.html(made)

        world.handler(host_of(url), answer)

    return stage


def _path(url: str) -> str:
    return "/" + url.split("://", 1)[-1].partition("/")[2]


def same(body: str) -> Page:
    """The same page whatever is asked."""
    return lambda _path, _n: body


_GONE = ("soft-404", "drifted", "failing", "usurped")
_numbers = itertools.count(1)


def rot(name: str, path: str, stage: Stage, **about: object) -> None:
    """A dead source."""
    dead(f"8-{name}", f"https://d{next(_numbers)}.v8.press{path}", stage, *_GONE, **about)


def lives(name: str, path: str, stage: Stage, *expect: str, **about: object) -> None:
    """A living source."""
    living(f"8-{name}", f"https://l{next(_numbers)}.v8.press{path}", stage, *(expect or ("alive",)), **about)


# ── dead: the whole site answers so for any name it does not know ───────────────────────────────────────────────────

rot("wp-nl-kwijt", "/2019/05/tram-naar-het-strand/", answering(lambda p, n: wordpress("nl", "Tramblog", "<h1>Tja, dit spoor loopt dood</h1><p>Wat je zocht ligt hier niet. Kijk eens in het archief.</p>", classes="page", seed=n)), title="Tram naar het strand rijdt weer", language="nl")  # fmt: skip
rot("wp-en-derailed", "/2019/05/trams-to-the-beach/", answering(lambda p, n: wordpress("en", "Derailed – Tramblog", "<h1>Looks like you came off the rails</h1><p>Have a look at our latest posts instead.</p>", classes="error404", seed=n)), language="en")  # fmt: skip
rot("wp-de-leer", "/2019/05/strassenbahn-strand/", answering(lambda p, n: wordpress("de", "Tramblog", "<h1>Endstation</h1><p>Bitte alle aussteigen. Von hier geht es nur über die Startseite weiter.</p>", classes="blog", seed=n)), title="Straßenbahn zum Strand fährt wieder", language="de")  # fmt: skip
rot("wp-cs-attachment", "/2019/05/tramvaj-na-plaz/", answering(lambda p, n: wordpress("cs", "Tramblog", "<h1>Tady nic nejede</h1>", classes="page", seed=n)), language="cs")  # fmt: skip
rot("bitrix-ru-uvy", "/novosti/2019/tramvay-do-plyazha/", answering(lambda p, n: bitrix("ru", "Городской транспорт", "<p>Увы, по этому адресу трамваи не ходят.</p><p>Начните с <a href='/'>главной</a> или карты сайта.</p>", seed=n)), title="Трамвай до пляжа снова ходит", language="ru")  # fmt: skip
rot("bitrix-ru-element", "/press/detail.php?ID=4481", answering(lambda p, n: bitrix("ru", "Пресс-центр", "<font class='errortext'>Раздел пуст либо элемент отключён.</font>", seed=n)), language="ru")  # fmt: skip
rot("bitrix-ru-echo", "/novosti/4482/", answering(lambda p, n: bitrix("ru", f"{p} — Городской транспорт", f"<p>Запрошено: {p}</p><p>Ничего такого у нас нет. Код обращения {n * 7919}.</p>", seed=n)), language="ru")  # fmt: skip
rot("bitrix-uk", "/novyny/4483/", answering(lambda p, n: bitrix("uk", "Міський транспорт", "<p>На жаль, за цією адресою порожньо.</p>", seed=n)), title="Трамвай до пляжу знову курсує", language="uk")  # fmt: skip
rot("1c-ru-windows", "/node/4484", answering(lambda p, n: bitrix("ru", "Ошибка времени выполнения", f"<p>Не обнаружен объект «Материал.{n}». Обратитесь к администратору.</p>", seed=n)), language="ru")  # fmt: skip
rot("drupal-fr", "/actualites/tramway-plage", answering(same(drupal("fr", "Région", "<h1>Terminus !</h1><div>Ce lien mène à une voie de garage. Reprenez depuis l'accueil.</div>"))), title="Le tramway de la plage circule de nouveau", language="fr")  # fmt: skip
rot("drupal-en-noindex", "/news/trams-to-the-beach", answering(same(drupal("en", "Local", "<h1>Mind the gap</h1><div>There used to be something at this address, or perhaps there never was.</div>", head='<meta name="robots" content="noindex, nofollow"/>'))), language="en")  # fmt: skip
rot("joomla-it", "/notizie/41-tram-spiaggia", answering(same(joomla("it", "Regione", "<h2>Ops, capolinea</h2><p>Il contenuto cercato non abita più qui.</p>"))), language="it")  # fmt: skip
rot("joomla-es-category", "/noticias/41-tranvia-playa.html", answering(same(joomla("es", "Región", "<h2>Categoría vacía</h2><p>Todavía no hay artículos.</p>"))), title="El tranvía de la playa vuelve a circular", language="es")  # fmt: skip
rot("squarespace-en", "/journal/2019/5/4/beach-tram", answering(lambda p, n: builder("en", "Studio Noord", "<p>We couldn't locate what you were after. Either you typed the address by hand and slipped, or we tidied up.</p>")), language="en")  # fmt: skip
rot("wix-sv", "/post/sparvagn-till-stranden", answering(lambda p, n: builder("sv", "Studio Noord", "<h2>Den här hållplatsen är nedlagd</h2><a href='/'>Till början</a>", maker="Wix.com Website Builder")), title="Spårvagnen till stranden går igen", language="sv")  # fmt: skip
rot("news-ru-teasers", "/obshchestvo/2019/05/04/tramvay", answering(lambda p, n: newsroom("ru", "Новости 24", "<h1>Материала больше нет</h1><p>Зато есть другие:</p>", seed=n)), title="Трамвай до пляжа снова ходит", language="ru")  # fmt: skip
rot("news-de-teasers", "/region/strassenbahn-strand-4485.html", answering(lambda p, n: newsroom("de", "Nachrichten 24", "<p>Diesen Text haben wir aussortiert. Vielleicht mögen Sie diese:</p>", seed=n)), language="de")  # fmt: skip
rot("news-nl-front", "/regio/tram-strand~a4486/", answering(lambda p, n: newsroom("nl", "Nieuws 24 | het laatste nieuws", teasers("nl", 8, n), seed=n)), title="Tram naar het strand rijdt weer", language="nl")  # fmt: skip
rot("news-en-front-untitled", "/local/beach-tram-4487", answering(lambda p, n: newsroom("en", "News 24", teasers("en", 8, n) + tale("en", 1), seed=n)), language="en")  # fmt: skip
rot("news-pl-section", "/region/tramwaj-4488.html", answering(lambda p, n: newsroom("pl", "Region", f"<h1>Region</h1>{teasers('pl', 8, n)}", seed=n)), title="Tramwaj na plażę znów kursuje", language="pl")  # fmt: skip
rot("news-uk-moved-archive", "/region/2011/tramvay-4489", answering(lambda p, n: newsroom("uk", "Новини 24", "<h1>Стара версія сайту закрита</h1><p>Публікації до 2015 року доступні лише в бібліотеці.</p>", seed=n)), language="uk")  # fmt: skip
rot("nginx-tr", "/haber/sahil-tramvayi.html", answering(same("<html><head><title>Sunucu</title></head><body><center><h1>Boş</h1></center><hr><center>nginx</center></body></html>")), language="tr")  # fmt: skip
dead("8-nginx-en-json", "https://j.v8.press/api/stories/4490", answering(lambda p, n: Response(200, (("Content-Type", "application/json"),), f'{{"ok":false,"request":"{n:x}","data":null}}'.encode())), *_GONE, "alive", language="en")  # fmt: skip
rot("listing-en-expired", "/jobs/tram-driver-4491", answering(lambda p, n: drupal("en", "Jobs", "<h1>This position has been filled</h1><div>Browse open positions instead.</div>", bundle="job")), language="en")  # fmt: skip
rot("shop-de-sold", "/p/fahrkarte-1931-4492", answering(lambda p, n: drupal("de", "Laden", f"<h1>Ausverkauft und ausgelistet</h1><div>Ähnliches: {teasers('de', 3, n)}</div>", bundle="product")), language="de")  # fmt: skip
rot("forum-ru-topic", "/viewtopic.php?f=4&t=4493", answering(same(joomla("ru", "Форум", "<div class='panel'><h2>Информация</h2><p>Выбранной темы или сообщения не видно.</p></div>"))), language="ru")  # fmt: skip
rot("gov-bg-archive", "/bg/press/4494", answering(same(drupal("bg", "Регион", "<h1>Уважаеми потребители</h1><div>Съдържанието е премахнато при обновяването на портала.</div>"))), language="bg")  # fmt: skip
rot("gov-ro-directory", "/presa/comunicate/4495", answering(same(drupal("ro", "Regiune", "<h1>Ne pare rău</h1><div>Comunicatul nu mai poate fi consultat aici.</div>")), under="/presa/"), language="ro")  # fmt: skip
rot("directory-only-el", "/nea/4496", answering(same(drupal("el", "Περιφέρεια", "<h1>Τέλος διαδρομής</h1><div>Δοκιμάστε από την αρχή.</div>")), under="/nea/"), language="el")  # fmt: skip
rot("quote-of-day-en", "/story/4497", answering(lambda p, n: builder("en", "Studio Noord", f"<h2>Oh dear.</h2><p>While you are here, a thought: {random.Random(n).choice(['Rails last longer than plans.', 'A map is not a journey.', 'Late is a kind of on time.'])}</p><p>{n % 28 + 1} May, {n % 60:02d} seconds past</p>")), language="en")  # fmt: skip
rot("redirect-parent-nl", "/nieuws/2019/05/tram-strand-4498", answering(lambda p, n: Response.redirect("/nieuws/", 302) if p != "/nieuws/" else Response.html(newsroom("nl", "Nieuws", f"<h1>Nieuws</h1>{teasers('nl', 8, 1)}"))), title="Tram naar het strand rijdt weer", language="nl")  # fmt: skip
rot("redirect-sorry-fr", "/article/tramway-4499", answering(lambda p, n: Response.redirect("/info/bienvenue", 302) if p != "/info/bienvenue" else Response.html(drupal("fr", "Région", "<h1>Bienvenue sur notre nouveau portail</h1><div>Nos anciennes adresses ne sont plus servies.</div>"))), title="Le tramway de la plage circule de nouveau", language="fr")  # fmt: skip
rot("zh-soft", "/xinwen/4500.html", answering(lambda p, n: newsroom("zh", "新闻 24", "<h1>您来晚了</h1><p>内容已下架。</p>", seed=n)), language="zh")  # fmt: skip
rot("search-instead-en", "/news/beach-tram-4501", answering(lambda p, n: drupal("en", "Search", f"<h1>Search results</h1><div>Your search for “{p.rsplit('/', 1)[-1]}” gave no hits. Check the spelling.</div>")), title="Trams to the beach run again", language="en")  # fmt: skip

# ── dead: alone, on sites that answer 404 to an unknown name ────────────────────────────────────────────────────────

rot("alone-nl-juridisch", "/artikel/4510", html(newsroom("nl", "Nieuws 24", "<h1>Op last van de rechter verwijderd</h1><p>Nieuws 24 mag dit artikel niet langer tonen.</p>")), title="Tram naar het strand rijdt weer", language="nl")  # fmt: skip
rot("alone-en-taken-down", "/story/4511", html(newsroom("en", "News 24", "<h1>We have unpublished this story</h1>")), language="en")  # fmt: skip
rot("alone-de-frist", "/beitrag/4512", html(newsroom("de", "Nachrichten 24", "<p>Die Verweildauer dieses Beitrags ist abgelaufen.</p>")), language="de")  # fmt: skip
rot("alone-ru-snyat", "/news/4513", html(bitrix("ru", "Городской транспорт", "<p>Публикация снята по просьбе правообладателя.</p>")), title="Трамвай до пляжа снова ходит", language="ru")  # fmt: skip
rot("alone-uk-avtor", "/news/4514", html(bitrix("uk", "Міський транспорт", "<p>Автор видалив цей допис.</p>")), language="uk")  # fmt: skip
rot("alone-fr-depublie", "/article/4515", html(drupal("fr", "Région", "<h1>Article dépublié</h1>")), language="fr")  # fmt: skip
rot("alone-es-retirada", "/noticia/4516", html(joomla("es", "Región", "<h2>Noticia retirada</h2><p>Esta noticia dejó de estar publicada.</p>")), language="es")  # fmt: skip
rot("alone-en-empty-article", "/news/beach-tram-4517", html(drupal("en", "Local", "<h1></h1><div class='field--name-body'></div>")), title="Trams to the beach run again", language="en")  # fmt: skip
rot("alone-canonical-front-nl", "/nieuws/tram-strand-4518", html(newsroom("nl", "Nieuws 24", teasers("nl", 8, 3), head='<link rel="canonical" href="/"><meta property="og:type" content="website">')), title="Tram naar het strand rijdt weer", language="nl")  # fmt: skip
rot("alone-pl-wygasla", "/ogloszenie/4519", html(drupal("pl", "Region", "<h1>Ogłoszenie wygasło</h1><div>Zobacz podobne.</div>")), language="pl")  # fmt: skip

# ── living: thin, odd, unindexed, or known by another title ─────────────────────────────────────────────────────────

_SOFT_NL = same(drupal("nl", "Regio", "<h1>Eindpunt</h1><div>Hier rijdt niets.</div>"))
_SOFT_EN = same(drupal("en", "Local", "<h1>End of the line</h1><div>Nothing runs here.</div>"))
_SOFT_RU = same(bitrix("ru", "Городской транспорт", "<p>Здесь трамваи не ходят.</p>"))

lives("note-nl", "/nieuws/4601", answering(_SOFT_NL, cited=drupal("nl", "Regio", "<h1>Lijn 9</h1><div>Rijdt weer.</div>")), language="nl")  # fmt: skip
lives("note-nl-titled", "/nieuws/4602", answering(_SOFT_NL, cited=drupal("nl", "Regio", "<h1>Lijn 9</h1><div>Rijdt weer vanaf maandag.</div>")), title="Lijn 9", language="nl")  # fmt: skip
lives("one-line-en", "/statements/4603", answering(_SOFT_EN, cited=drupal("en", "Local", "<div>We stand by our driver.</div>")), language="en")  # fmt: skip
lives("caption-en", "/photos/4604", answering(_SOFT_EN, cited=drupal("en", "Local", "<figure><img src=/4604.jpg><figcaption>Depot, 1931.</figcaption></figure>")), language="en")  # fmt: skip
lives("photo-no-words", "/photos/4605", answering(_SOFT_EN, cited=drupal("en", "Local", "<img src=/i/4605.jpg width=1600>")), language="en")  # fmt: skip
lives("pdf-landing-nl", "/documenten/4606", answering(_SOFT_NL, cited=drupal("nl", "Regio", "<h1>Jaarplan</h1><a href=/files/jaarplan.pdf>Download (pdf, 2 MB)</a>")), title="Jaarplan 2019", language="nl")  # fmt: skip
lives("foreign-title-ru", "/novosti/4607/", answering(_SOFT_RU, cited=bitrix("ru", "Городской транспорт", "<h1>Трамвай вернулся</h1>" + tale("ru", 1))), title="De tram naar het strand rijdt weer (in het Russisch)")  # fmt: skip
lives("foreign-title-news", "/obshchestvo/tram-4608", answering(lambda p, n: newsroom("ru", "Новости 24", "<h1>Не нашли</h1>", seed=n), cited=newsroom("ru", "Трамвай вернулся — Новости 24", "<h1>Трамвай вернулся</h1>" + tale("ru", 2))), title="Tram returns to the beach", language="ru")  # fmt: skip
lives("bitrix-short-ru", "/press/detail.php?ID=4609", answering(_SOFT_RU, cited=bitrix("ru", "Пресс-центр", "<p>04.05.2019 Движение восстановлено.</p>")), language="ru")  # fmt: skip
lives("bitrix-uk-quote", "/novyny/4610/", answering(same(bitrix("uk", "Міський транспорт", "<p>Порожньо.</p>")), cited=bitrix("uk", "Міський транспорт", "<p>«Колії витримають», — сказав директор.</p>")), title="Директор про колії", language="uk")  # fmt: skip
lives("news-teasers-short", "/region/4611.html", answering(lambda p, n: newsroom("de", "Nachrichten 24", "<p>Aussortiert.</p>", seed=n), cited=newsroom("de", "Nachrichten 24", "<h1>Kurz gemeldet</h1><p>Linie 9 fährt.</p>", seed=77)), language="de")  # fmt: skip
lives("news-ticker-fr", "/direct/4612", answering(lambda p, n: newsroom("fr", "Actualités 24", teasers("fr", 8, n), seed=n), cited=newsroom("fr", "Actualités 24", "<time>10:42</time><p>La ligne 9 repart.</p>" + teasers("fr", 8, 5), seed=5)), language="fr")  # fmt: skip
lives("index-cited-nl", "/nieuws/", answering(lambda p, n: newsroom("nl", "Nieuws 24", "<p>Hier rijdt niets.</p>", seed=n), cited=newsroom("nl", "Nieuws | Nieuws 24", f"<h1>Nieuws</h1>{teasers('nl', 8, 9)}")), title="Nieuws", language="nl")  # fmt: skip
lives("index-catch-all-parent", "/nieuws/regio/", answering(lambda p, n: newsroom("nl", "Regio | Nieuws 24", f"<h1>Regio</h1>{teasers('nl', 8, 9)}"), under="/nieuws/regio/"), "alive", "drifted", title="Regio", language="nl")  # fmt: skip
lives("front-cited-catch-all", "/", answering(lambda p, n: newsroom("en", "News 24", teasers("en", 8, n), seed=n)), language="en")  # fmt: skip
lives("front-cited-html", "/index.html", answering(same(builder("en", "Studio Noord", "<h1>Studio Noord</h1><p>We make maps.</p>"))), "alive", "drifted", title="Studio Noord", language="en")  # fmt: skip
lives("one-pager-about", "/about", answering(same(builder("en", "Studio Noord", "<h1>Studio Noord</h1><p>We make maps of tramways. Anna founded the studio in 2009.</p>"))), "alive", "drifted", title="Studio Noord", language="en")  # fmt: skip
lives("slug-ignored", "/news/4613-trams-to-the-beach-run-again", answering(lambda p, n: newsroom("en", "Trams to the beach run again - News 24", "<h1>Trams to the beach run again</h1>" + tale("en", 2), seed=n) if p.startswith("/news/4613") else Response.html("<h1>404</h1>", 404)), title="Trams to the beach run again", language="en")  # fmt: skip
lives("slug-ignored-untitled", "/r/any-words-here,c4614.html", answering(lambda p, n: newsroom("pl", "Region 24", "<h1>Wyróżnienie</h1><p>Linia 9.</p>", seed=n) if "c4614" in p else newsroom("pl", "Region 24", "<p>Nic tu nie ma.</p>", seed=n)), language="pl")  # fmt: skip
lives("query-routed", "/show?id=4615", answering(lambda p, n: drupal("nl", "Regio", "<h1>Lijn 9</h1>" + tale("nl", 1)) if "id=4615" in p else drupal("nl", "Regio", "<h1>Niets</h1>")), title="Lijn 9", language="nl")  # fmt: skip
lives("path-info", "/article.php/4616", answering(lambda p, n: joomla("it", "Regione", "<h2>Linea 9</h2>" + tale("it", 1)) if "4616" in p else joomla("it", "Regione", "<h2>Errore</h2>")), language="it")  # fmt: skip
lives("guessing-redirect", "/2019/05/sparvagn/", answering(lambda p, n: Response.redirect("/2019/05/sparvagn/", 301), cited=wordpress("sv", "Spårvagn – Tramblog", "<h1>Spårvagn</h1><p>Går igen.</p>")), language="sv")  # fmt: skip
lives("noindex-archive", "/archive/2009/4617", answering(_SOFT_EN, cited=drupal("en", "Local", "<h1>Minutes, 4 May 2009</h1>" + tale("en", 1), head='<meta name="robots" content="noindex"/>')), language="en")  # fmt: skip
lives("noindex-short", "/print/4618", answering(_SOFT_NL, cited=drupal("nl", "Regio", "<div>Lijn 9 rijdt.</div>", head='<meta name="robots" content="noindex,follow"/>')), language="nl")  # fmt: skip
lives("search-cited", "/search?q=tram", answering(lambda p, n: drupal("en", "Search", f"<h1>Search</h1><div>{0 if 'tram' not in p else 2} results</div>")), language="en")  # fmt: skip
lives("search-empty-cited", "/zoeken?q=lijn+13", answering(lambda p, n: drupal("nl", "Zoeken", "<h1>Zoeken</h1><div>Niets gevonden voor uw zoekopdracht.</div>")), "alive", "drifted", title="Zoeken naar lijn 13", language="nl")  # fmt: skip
lives("about-404-en", "/blog/designing-a-404-page", answering(lambda p, n: wordpress("en", "Tramblog", "<h1>Off the rails</h1>", classes="error404", seed=n), cited=wordpress("en", "Designing a 404 page – Tramblog", "<h1>Designing a 404 page</h1><p>“Page not found” is what readers see most. Say sorry, and offer a search.</p>")), language="en")  # fmt: skip
lives("about-404-ru", "/blog/404", html(wordpress("ru", "Страница 404: как мы её рисовали", "<h1>Страница 404</h1><p>Мы написали «страница не найдена» и нарисовали трамвай.</p>")), language="ru")  # fmt: skip
lives("forum-post", "/viewtopic.php?t=4619", answering(same(joomla("de", "Forum", "<p>Kein solches Thema.</p>")), cited=joomla("de", "Forum", "<h2>Linie 9?</h2><div class=post>weiß jemand was</div><div class=post>fährt wieder</div>")), language="de")  # fmt: skip
lives("forum-error-thread", "/t/page-not-found-after-update/4620", html(joomla("en", "Page not found after update", "<h2>Page not found after update</h2><div class=post>Since the update I get “page not found”. Help?</div><div class=post>Clear the cache.</div>")), title="Page not found after update", language="en")  # fmt: skip
lives("job-filled-cited", "/jobs/4621", html(drupal("en", "Tram driver", "<h1>Tram driver</h1><div>This position has been filled.</div>" + tale("en", 1))), title="Tram driver", language="en")  # fmt: skip
lives("moved-archive-article", "/nieuws/4622", html(drupal("nl", "Archief verhuisd", "<h1>Archief verhuisd</h1><div>Het stadsarchief is verhuisd naar de Havenkade.</div>")), title="Archief verhuisd", language="nl")  # fmt: skip
lives("table-only", "/timetable/9", answering(_SOFT_EN, cited=drupal("en", "Local", "<table>" + "".join(f"<tr><td>{h}:05<td>{h}:35</tr>" for h in range(6, 24)) + "</table>")), language="en")  # fmt: skip
lives("video-only", "/video/4623", answering(_SOFT_RU, cited=bitrix("ru", "Видео", "<iframe src='https://player.press/4623'></iframe>")), language="ru")  # fmt: skip
lives("spa-shell", "/story/4624", answering(same('<!doctype html><html><head><meta charset="utf-8"><title>Tramapp</title><script src="/static/js/main.8f2.js" defer></script></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>')), "alive", "drifted", "failing", "walled", title="Trams to the beach run again", language="en")  # fmt: skip
lives("spa-shell-vue", "/nieuws/4625", answering(same('<!DOCTYPE html><html lang="nl"><head><title>Vervoer</title><link href="/js/app.1a2b.js" rel="preload" as="script"></head><body><div id="app"></div><script src="/js/app.1a2b.js"></script></body></html>')), "alive", "drifted", "failing", "walled", language="nl")  # fmt: skip
lives("spa-shell-menu", "/artikel/4626", answering(same('<!DOCTYPE html><html lang="de"><head><title>Verkehr</title><script type="module" src="/assets/index.js"></script></head><body><app-root><header><a href="/">Verkehr</a></header><main class="loading">Wird geladen …</main></app-root></body></html>')), "alive", "drifted", "failing", "walled", language="de")  # fmt: skip
lives("spa-hash", "/#/story/4627", answering(same('<!doctype html><html><head><title>Tramapp</title><script src="/app.js"></script></head><body><div id="app"></div></body></html>')), language="en")  # fmt: skip
lives("og-website-article", "/nieuws/4628", answering(_SOFT_NL, cited=drupal("nl", "Regio", "<h1>Wissel vervangen</h1>" + tale("nl", 1), head='<meta property="og:type" content="website"><link rel="canonical" href="/nieuws"/>')), title="Wissel vervangen", language="nl")  # fmt: skip
lives("canonical-wrong", "/nouvelles/4629", answering(same(joomla("fr", "Région", "<p>Rien ici.</p>")), cited=joomla("fr", "Région", "<h2>Brève</h2><p>La ligne 9 repart.</p>", head='<link rel="canonical" href="/"/>')), language="fr")  # fmt: skip
lives("stub-wiki", "/wiki/Lijn_9", answering(lambda p, n: joomla("nl", p.rsplit("/", 1)[-1], f"<h1>{p.rsplit('/', 1)[-1]}</h1><p>Deze pagina heeft nog geen inhoud.</p>"), cited=joomla("nl", "Lijn 9", "<h1>Lijn 9</h1><p>Tramlijn. <i>Dit is een beginnetje.</i></p>")), title="Lijn 9", language="nl")  # fmt: skip
lives("profile", "/@trambot", answering(lambda p, n: builder("en", "Studio Noord", "<p>No one goes by that name.</p>"), cited=builder("en", "Studio Noord", "<h1>@trambot</h1><p>0 posts</p>")), language="en")  # fmt: skip
lives("zh-note", "/xinwen/4630.html", answering(lambda p, n: newsroom("zh", "新闻 24", "<p>暂无内容。</p>", seed=n), cited=newsroom("zh", "新闻 24", "<h1>9路电车</h1><p>周一恢复。</p>", seed=3)), language="zh")  # fmt: skip
lives("archived-notice-cited", "/presse/4631", answering(same(drupal("de", "Region", "<h1>Sackgasse</h1>")), cited=drupal("de", "Region", "<h1>Archiv</h1><div>Diese Mitteilung wurde ins Archiv verschoben.</div>" + tale("de", 1))), title="Straßenbahn fährt wieder", language="de")  # fmt: skip
lives("json-living", "/api/stops/9", answering(lambda p, n: Response(200, (("Content-Type", "application/json"),), f'{{"ok":false,"request":"{n:x}"}}'.encode()), cited=Response(200, (("Content-Type", "application/json"),), b'{"ok":true,"stops":31}')), language="en")  # fmt: skip


# ── barred or troubled: every address gives the same page, and that says nothing of the source ──────────────────────


def bars(name: str, path: str, body: str, *expect: str, **about: object) -> None:
    """A page that stands before every address of the site."""
    barred(f"8-{name}", f"https://b{next(_numbers)}.v8.press{path}", answering(same(body)), *(expect or ("walled",)), "drifted", "failing", "alive", **about)  # fmt: skip


bars("consent-nl", "/nieuws/4701", '<!doctype html><html lang="nl"><head><title>Privacy</title></head><body><h1>Jouw keuze</h1><p>Wij en onze 612 partners bewaren en lezen gegevens op je toestel. Met Akkoord ga je door naar de site.</p><form method="post" action="/consent"><button>Akkoord</button><button>Instellingen</button></form></body></html>', title="Tram naar het strand rijdt weer", language="nl")  # fmt: skip
bars("consent-de", "/region/4702.html", '<!doctype html><html lang="de"><head><title>Zustimmung</title></head><body><h1>Mit Werbung weiterlesen oder Pur-Abo</h1><p>Besuchen Sie unsere Seite wie gewohnt mit Werbung und Tracking, oder schließen Sie ein Pur-Abo ab.</p><button>Akzeptieren und weiter</button><a href="/pur">Pur abonnieren</a></body></html>', language="de")  # fmt: skip
bars("login-en", "/intranet/story/4703", '<!doctype html><html lang="en"><head><title>Sign in</title></head><body><form method="post" action="/session"><label>E-mail<input type="email" name="email"></label><label>Password<input type="password" name="password"></label><button>Sign in</button></form></body></html>', title="Trams to the beach run again", language="en")  # fmt: skip
bars("login-ru", "/news/4704", bitrix("ru", "Авторизация", "<p>Пожалуйста, авторизуйтесь:</p><form method=post><input name=USER_LOGIN><input type=password name=USER_PASSWORD><input type=submit value=Войти></form>"), language="ru")  # fmt: skip
bars("age-gate-nl", "/bier/tram-ipa", '<!doctype html><html lang="nl"><head><title>Brouwerij</title></head><body><h1>Ben je 18 jaar of ouder?</h1><form method="post"><button name="a" value="1">Ja</button><button>Nee</button></form></body></html>', language="nl")  # fmt: skip
bars("maintenance-de", "/artikel/4705", '<!doctype html><html lang="de"><head><title>Wartung</title></head><body><h1>Wartungsarbeiten</h1><p>Unsere Seite wird gerade überarbeitet. Wir sind in Kürze wieder für Sie da.</p></body></html>', "failing", title="Straßenbahn fährt wieder", language="de")  # fmt: skip
bars("maintenance-ru", "/news/4706", '<html><head><title>Сайт на обслуживании</title></head><body><h1>Технические работы</h1><p>Сайт временно недоступен. Загляните позже.</p></body></html>', "failing", language="ru")  # fmt: skip
bars("js-check-en", "/story/4707", '<html><head><title>One moment…</title></head><body><script src="/__chk.js"></script><p>Checking your browser before you proceed. Please allow cookies and scripts.</p></body></html>', language="en")  # fmt: skip
bars("region-en", "/story/4708", '<html><head><title>News 24</title></head><body><h1>We are sorry</h1><p>Our site cannot be visited from the European Economic Area at this time.</p></body></html>', "blocked", language="en")  # fmt: skip
bars("old-browser-fr", "/article/4709", '<html lang="fr"><head><title>Navigateur</title></head><body><h1>Votre navigateur est trop ancien</h1><p>Installez une version récente de Firefox ou de Chrome.</p></body></html>', language="fr")  # fmt: skip
bars("paywall-sv", "/lokalt/4710", newsroom("sv", "Nyheter 24", "<h1>Bli prenumerant</h1><p>För att läsa vidare behöver du ett konto.</p><form action=/login><input type=password></form>"), title="Spårvagnen till stranden går igen", language="sv")  # fmt: skip
bars("overload-en", "/story/4711", '<html><head><title>Busy</title></head><body><p>Too many visitors right now. You are number 1,204 in the queue.</p></body></html>', "failing", language="en")  # fmt: skip
