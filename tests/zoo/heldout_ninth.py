"""A ninth lot, written after the eighth had been learnt from and run once before any change.

Of that first run: 1 of 28 living sources was called an error (“We have taken down the video”: an owner's own act is no
wording since, and a host that knows what it has not clears a page that says more than one), 5 were given a warning, and
3 of 20 dead ones were called alive. One of these (an editor's joke) stays beyond what can be told.

Its living pages hold the words of withdrawal and expiry that were learnt from the eighth, thinly furnished and with the
marks of error pages; its dead ones stand beside siblings of every kind: echoes, drawn lots, shuffled lists, other errors.
"""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import random

from citekeeper.sandbox import Response

from .heldout_eighth import answering, bitrix, builder, drupal, joomla, newsroom, same, tale, teasers, wordpress
from .pages import html
from .scenario import Stage, Truth, Zoo

ZOO = Zoo()
living = ZOO.adder(Truth.LIVING)
dead = ZOO.adder(Truth.DEAD)


def lives(name: str, path: str, stage: Stage, **about: object) -> None:
    """A living source."""
    living(f"9-{name}", f"https://a{len(ZOO)}.v9.press{path}", stage, "alive", "drifted", **about)


def rot(name: str, path: str, stage: Stage, **about: object) -> None:
    """A dead source."""
    dead(f"9-{name}", f"https://a{len(ZOO)}.v9.press{path}", stage, "soft-404", "drifted", "failing", **about)


# ── living: the words of withdrawal in what is there ────────────────────────────────────────────────────────────────

lives("ad-withdrawn-ru", "/news/81", html(bitrix("ru", "Городской транспорт", "<h1>Реклама снята</h1><p>С трамваев убрали рекламу пива.</p>")), language="ru")  # fmt: skip
lives("notice-text-removed", "/novosti/82/", html(bitrix("ru", "Объявление о торгах", "<h1>Объявление о торгах</h1><p>Объявление снято с публикации 4 мая в связи с отменой торгов.</p>")), title="Объявление о торгах", language="ru")  # fmt: skip
lives("notice-removed-untitled", "/novosti/83/", html(bitrix("ru", "Торги", "<h1>Лот 14</h1><p>Лот снят.</p>")), language="ru")  # fmt: skip
lives("song-deleted", "/song/84", html(wordpress("en", "Deleted – Tramblog", "<h1>Deleted</h1><p>Single by the Rails, 2003. 3:41.</p>")), language="en")  # fmt: skip
lives("expired-permit", "/vergunning/85", html(drupal("nl", "Vergunning 85", "<h1>Vergunning 85</h1><div>Status: is verlopen op 4 mei 2019.</div>")), language="nl")  # fmt: skip
lives("withdrawn-bill", "/bill/86", html(drupal("en", "Bill 86 - withdrawn", "<h1>Bill 86</h1><div>This bill was withdrawn.</div>")), language="en")  # fmt: skip
lives("zurueckgezogen", "/antrag/87", html(drupal("de", "Antrag 87", "<h1>Antrag 87: zurückgezogen</h1><div>Beitrag wurde zurückgezogen.</div>")), language="de")  # fmt: skip
lives("retire-fr", "/amendement/88", html(drupal("fr", "Amendement 88", "<h1>Amendement 88</h1><div>Retiré.</div>")), title="Amendement 88", language="fr")  # fmt: skip
lives("retirada-es", "/enmienda/89", html(joomla("es", "Enmienda 89", "<h2>Enmienda retirada</h2><p>La enmienda fue retirada por el grupo proponente antes de la votación.</p>")), language="es")  # fmt: skip
lives("statement-removed-uk", "/zaiava/90", html(bitrix("uk", "Заява", "<h1>Заява</h1><p>Ми видалили допис і просимо вибачення в пасажирів.</p>")), language="uk")  # fmt: skip
lives("statement-removed-en", "/statement/91", html(builder("en", "Statement", "<h1>Statement</h1><p>We have removed the post and apologise to our passengers.</p>")), language="en")  # fmt: skip
lives("statement-bare-en", "/statement/92", html(builder("en", "Studio Noord", "<p>We have taken down the video. It was wrong, and we are sorry.</p>")), language="en")  # fmt: skip
lives("list-of-removed", "/removed", html(drupal("en", "Removed pages", "<h1>Removed pages</h1><table>" + "".join(f"<tr><td>{n} May<td>Story {n}<td>removed" for n in range(1, 9)) + "</table>")), language="en")  # fmt: skip
lives("log-entry", "/log/93", html(joomla("nl", "Logboek", "<h2>Artikel verwijderd</h2><p>4 mei, 10.42 uur: beheerder P. verwijderde het artikel Lijn 9 (dubbel).</p>")), language="nl")  # fmt: skip
lives("film-not-found", "/film/94", html(wordpress("fr", "Introuvable – Tramblog", "<h1>Introuvable</h1><p>Court métrage, 12 min. Avec la chorale du dépôt.</p>")), language="fr")  # fmt: skip
lives("lost-property", "/lost/95", html(drupal("en", "Lost property", "<h1>Umbrella</h1><div>Not found yet.</div>")), language="en")  # fmt: skip
lives("closed-stop", "/halte/96", html(drupal("nl", "Regio", "<h1>Halte vervallen</h1><div>Halte Tuinstraat is vervallen.</div>")), language="nl")  # fmt: skip
lives("quote-alone-ru", "/quote/97", answering(lambda p, n: bitrix("ru", "Цитаты", f"<p>{random.Random(n).choice(['Рельсы вечны.', 'Едем дальше.', 'Стрелка решает.'])}</p>", seed=n), cited=bitrix("ru", "Цитаты", "<p>«Трамвай не опаздывает, он задумывается».</p>", seed=3)), language="ru")  # fmt: skip
lives("counter-page", "/counter/9", answering(lambda p, n: drupal("en", "Counter", f"<h1>Counter</h1><div>{n} passengers at stop unknown</div>"), cited=drupal("en", "Counter", "<h1>Counter</h1><div>4412 passengers at Depot</div>")), language="en")  # fmt: skip
lives("gallery-same-title", "/gallery/98", answering(lambda p, n: builder("en", "Gallery", f"<p>Choose an album.</p>{teasers('en', 4, n)}"), cited=builder("en", "Gallery", "".join(f"<img src=/98/{n}.jpg alt='Tram {n}'>" for n in range(9)))), language="en")  # fmt: skip
lives("section-links", "/regio/noord/", answering(lambda p, n: newsroom("nl", "Nieuws 24", teasers("nl", 8, n), seed=n), cited=newsroom("nl", "Nieuws 24", "<h1>Noord</h1>" + "".join(f"<a href=/n/{n}>{word} in Noord</a>" for n, word in enumerate(["Brand", "Feest", "Storm", "Markt", "Staking", "Ijsbaan", "Veerpont", "Kermis"])), seed=4)), language="nl")  # fmt: skip
lives("id-in-folder", "/questions/46131/", answering(lambda p, n: joomla("en", "Do trams have horns?", "<h2>Do trams have horns?</h2>" + tale("en", 1)) if "46131" in p else Response.html("<h1>404</h1>", 404)), language="en")  # fmt: skip
lives("id-in-folder-print", "/doc/46132/full", answering(lambda p, n: joomla("en", "Doc", "<p>Depot rules, 1931.</p>" + tale("en", 1)) if "46132" in p else joomla("en", "Doc", "<p>Nothing.</p>")), language="en")  # fmt: skip
lives("language-in-path", "/doc/46133/en", answering(lambda p, n: joomla("en", "Depot", "<p>Depot rules, 1931.</p>") if "46133" in p else Response.text("no", 404)), language="en")  # fmt: skip
lives("noindex-letter", "/letters/99", answering(same(drupal("nl", "Brieven", "<div>Zoek een brief.</div>")), cited=drupal("nl", "Brieven", "<div>Geachte raad, de tram moet rijden.</div>", head='<meta name="robots" content="noindex">')), title="Brief aan de raad over de tram", language="nl")  # fmt: skip
lives("hollow-other-words", "/kort/100", html(newsroom("nl", "Nieuws 24", "<p>Vanaf maandag rijdt lijn 9.</p>")), title="Openbaar vervoer hervat dienstregeling", language="nl")  # fmt: skip
lives("front-lookalike", "/home/tram", answering(same(newsroom("en", "News 24", teasers("en", 8, 1))), cited=newsroom("en", "News 24", "<p>Trams: all lines run.</p>" + teasers("en", 8, 1))), language="en")  # fmt: skip
lives("random-related", "/story/101", answering(lambda p, n: newsroom("en", "News 24", f"<p>Sorry.</p>{teasers('en', 5, n)}", seed=n), cited=newsroom("en", "News 24", "<p>Line 9 runs.</p>" + teasers("en", 5, 2), seed=2)), language="en")  # fmt: skip

# ── dead: beside siblings of every kind ─────────────────────────────────────────────────────────────────────────────

rot("echo-title", "/nieuws/lijn-negen", answering(lambda p, n: drupal("nl", f"{p} – Regio", f"<h1>{p}</h1><div>Dit adres kennen wij niet.</div>")), language="nl")  # fmt: skip
rot("drawn-lots", "/story/201", answering(lambda p, n: builder("en", "Studio Noord", f"<h2>{random.Random(n).choice(['Whoopsie.', 'Drat.', 'Blimey.'])}</h2><p>Our tram never went there. Ticket {n}.</p>")), language="en")  # fmt: skip
rot("shuffled", "/artikel/202", answering(lambda p, n: newsroom("de", "Nachrichten 24", "<p>Kein Gleis unter dieser Nummer.</p>" + teasers("de", 6, n + 1), seed=n)), language="de")  # fmt: skip
rot("clock", "/news/203", answering(lambda p, n: bitrix("ru", "Городской транспорт", f"<p>Время на сервере: {n % 24:02d}:{n % 60:02d}. Такого рейса в расписании не значится.</p>", seed=n)), title="Трамвай до пляжа снова ходит", language="ru")  # fmt: skip
rot("front-shuffled-fr", "/article/204", answering(lambda p, n: newsroom("fr", "Actualités 24", teasers("fr", 8, n + 7), seed=n)), title="Le tramway de la plage circule de nouveau", language="fr")  # fmt: skip
rot("section-only", "/press/releases/205", answering(same(drupal("en", "Press", "<h1>Press</h1><div>All our releases since 2020.</div>")), under="/press/"), language="en")  # fmt: skip
rot("long-front", "/over/206", answering(same(wordpress("nl", "Tramblog", tale("nl", 6), classes="home blog"))), language="nl")  # fmt: skip
rot("long-front-titled", "/2018/11/remise/", answering(same(wordpress("sv", "Tramblog", tale("sv", 6), classes="home blog"))), title="Depån får nya växlar", language="sv")  # fmt: skip
rot("redirect-same", "/n/207", answering(lambda p, n: Response.redirect("/welkom-nieuwe-site", 301) if p != "/welkom-nieuwe-site" else Response.html(drupal("nl", "Regio", "<h1>Onze nieuwe site</h1>" + tale("nl", 2)))), language="nl")  # fmt: skip
rot("pdf-page", "/files/plan-2019.pdf", answering(same(drupal("cs", "Region", "<h1>Ke stažení</h1><div>Soubory najdete v nové knihovně.</div>"))), language="cs")  # fmt: skip
rot("alone-nl", "/artikel/208", html(newsroom("nl", "Nieuws 24", "<h1>Dit artikel staat niet meer online</h1>")), language="nl")  # fmt: skip
rot("alone-en", "/story/209", html(newsroom("en", "News 24", "<h1>Story withdrawn</h1><p>At the request of the family, we no longer publish this article.</p>")), language="en")  # fmt: skip
rot("alone-de", "/beitrag/210", html(newsroom("de", "Nachrichten 24", "<p>Diese Meldung haben wir zurückgezogen.</p>")), language="de")  # fmt: skip
rot("alone-fr", "/article/211", html(drupal("fr", "Région", "<h1>Cet article n'est plus consultable</h1>")), language="fr")  # fmt: skip
rot("alone-ru", "/news/212", html(bitrix("ru", "Городской транспорт", "<p>Материал скрыт редакцией.</p>")), language="ru")  # fmt: skip
rot("alone-ru-titled", "/news/213", html(bitrix("ru", "Городской транспорт", "<p>К этому тексту доступа больше нет.</p>")), title="Трамвай до пляжа снова ходит", language="ru")  # fmt: skip
rot("alone-uk", "/news/214", html(bitrix("uk", "Міський транспорт", "<p>Публікацію приховано.</p>")), language="uk")  # fmt: skip
rot("alone-it", "/notizia/215", html(joomla("it", "Regione", "<h2>Articolo ritirato</h2>")), language="it")  # fmt: skip
rot("alone-bg", "/novini/216", html(drupal("bg", "Регион", "<h1>Статията е свалена</h1>")), language="bg")  # fmt: skip
dead("9-alone-en-own", "https://own.v9.press/story/217", html(newsroom("en", "News 24", "<h1>Nothing to read here any more</h1><p>Our editors took this one off the rails.</p>")), "soft-404", "drifted", "alive", language="en")  # fmt: skip
