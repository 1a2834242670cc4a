"""Pages for the lots of citations: stories in six languages in the markup of four kinds of sites, and PDFs."""

# ruff: noqa: E501 - texts are kept in one piece
from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from pdf_container import pdf_of

FILLER = {
    "en": (
        "The valley has always lived with its river. Farmers along the lower bank still tell how their grandparents "
        "moved cattle to the hills every spring, and how the old ferryman kept a lamp burning at the landing stage.",
        "Since the factory closed, many of the houses on the main street have stood empty. The bakery remains, and so "
        "does the school, although parents complain that the bus is late more often than it is on time.",
        "Residents who came to the town hall on Tuesday evening waited in a long corridor. Officials listened, took "
        "notes and promised that every letter would be answered in writing before the end of the season.",
        "The mood in the square was calm. Market traders packed their stalls while a small choir rehearsed on the "
        "steps of the church, and the police kept to the side streets for most of the afternoon.",
        "Whether the plan survives the winter depends on people who rarely visit the valley. For now the work goes "
        "on, slowly, and those who live beside it have learnt to be patient with the noise and the dust.",
    ),
    "nl": (
        "Het dorp ligt achter de dijk en wie er woont, kent het water. De oudere bewoners vertellen nog hoe het vee in "
        "het voorjaar naar de hoger gelegen weiden werd gebracht en hoe de veerman zijn lamp liet branden.",
        "Sinds de sluiting van de fabriek staan veel panden aan de hoofdstraat leeg. De bakker is gebleven en de school "
        "ook, al klagen ouders dat de bus vaker te laat dan op tijd komt.",
        "Bewoners die dinsdagavond naar het gemeentehuis kwamen, wachtten in een lange gang. Ambtenaren luisterden, "
        "maakten aantekeningen en beloofden dat elke brief schriftelijk zou worden beantwoord.",
        "De stemming op het plein was rustig. Marktkooplieden ruimden hun kramen op terwijl een klein koor repeteerde "
        "op de trappen van de kerk, en de politie bleef het grootste deel van de middag in de zijstraten.",
        "Of het plan de winter overleeft, hangt af van mensen die zelden in het dorp komen. Voorlopig gaat het werk "
        "door, langzaam, en wie ernaast woont heeft geleerd geduld te hebben met het lawaai en het stof.",
    ),
    "de": (
        "Das Dorf liegt hinter dem Deich, und wer dort wohnt, kennt das Wasser. Die Älteren erzählen noch, wie das Vieh "
        "im Frühjahr auf die Hügel getrieben wurde und wie der Fährmann abends seine Lampe brennen ließ.",
        "Seit der Schließung der Fabrik stehen viele Häuser an der Hauptstraße leer. Der Bäcker ist geblieben und die "
        "Schule auch, obwohl Eltern klagen, dass der Bus öfter zu spät als pünktlich kommt.",
        "Bewohner, die am Dienstagabend ins Rathaus kamen, warteten in einem langen Flur. Beamte hörten zu, machten "
        "Notizen und versprachen, jeden Brief schriftlich zu beantworten.",
        "Die Stimmung auf dem Platz war ruhig. Händler räumten ihre Stände ab, während ein kleiner Chor auf den Stufen "
        "der Kirche probte, und die Polizei hielt sich den Nachmittag über in den Seitenstraßen.",
        "Ob der Plan den Winter übersteht, hängt von Leuten ab, die selten ins Tal kommen. Vorerst geht die Arbeit "
        "weiter, langsam, und die Nachbarn haben gelernt, mit Lärm und Staub geduldig zu sein.",
    ),
    "fr": (
        "La vallée a toujours vécu avec sa rivière. Les anciens racontent encore comment le bétail montait vers les "
        "collines au printemps et comment le passeur laissait brûler sa lampe près du débarcadère.",
        "Depuis la fermeture de l'usine, beaucoup de maisons de la grande rue restent vides. La boulangerie est restée, "
        "l'école aussi, même si les parents se plaignent que le car soit souvent en retard.",
        "Les habitants venus à la mairie mardi soir ont attendu dans un long couloir. Les fonctionnaires ont écouté, "
        "pris des notes et promis que chaque lettre recevrait une réponse écrite.",
        "L'ambiance sur la place était calme. Les marchands rangeaient leurs étals tandis qu'une petite chorale "
        "répétait sur les marches de l'église, et la police se tenait dans les rues voisines.",
        "La survie du projet dépend de gens qui viennent rarement dans la vallée. Pour l'instant le travail continue, "
        "lentement, et les riverains ont appris à patienter avec le bruit et la poussière.",
    ),
    "ru": (
        "Посёлок стоит за дамбой, и те, кто в нём живёт, знают, что такое вода. Старожилы ещё помнят, как весной скот "
        "перегоняли на холмы и как паромщик до утра держал зажжённой лампу у пристани.",
        "С тех пор как закрылся завод, многие дома на главной улице пустуют. Пекарня осталась, школа тоже, хотя "
        "родители жалуются, что автобус чаще опаздывает, чем приходит вовремя.",
        "Жители, пришедшие во вторник вечером в администрацию, ждали в длинном коридоре. Чиновники слушали, делали "
        "пометки и обещали, что на каждое письмо будет дан письменный ответ.",
        "Обстановка на площади была спокойной. Торговцы убирали прилавки, небольшой хор репетировал на ступенях "
        "церкви, а полиция большую часть дня держалась в боковых улицах.",
        "Переживёт ли проект зиму, зависит от людей, которые редко бывают в посёлке. Пока работа идёт, медленно, и "
        "соседи стройки научились терпеливо относиться к шуму и пыли.",
    ),
    "uk": (
        "Селище стоїть за дамбою, і ті, хто в ньому живе, знають, що таке вода. Старожили ще пам'ятають, як навесні "
        "худобу переганяли на пагорби і як поромник до ранку тримав запаленою лампу біля пристані.",
        "Відтоді як закрився завод, багато будинків на головній вулиці стоять порожні. Пекарня залишилася, школа "
        "також, хоча батьки скаржаться, що автобус частіше запізнюється, ніж приходить вчасно.",
        "Мешканці, які прийшли у вівторок увечері до управи, чекали в довгому коридорі. Посадовці слухали, робили "
        "нотатки й обіцяли, що на кожен лист буде дано письмову відповідь.",
        "Настрій на площі був спокійний. Торговці прибирали прилавки, невеликий хор репетирував на сходах церкви, а "
        "поліція більшу частину дня трималася в бічних вулицях.",
        "Чи переживе проєкт зиму, залежить від людей, які рідко бувають у селищі. Поки що робота триває, повільно, і "
        "сусіди будівництва навчилися терпляче ставитися до шуму й пилу.",
    ),
}

_WORDS = {
    "en": ("News", "World", "Opinion", "Sport", "Sign in", "Read more", "Comments", "All rights reserved", "We use cookies",
           "Storks return to the water meadows", "Why the night train is popular again", "By Anna Marsh"),
    "nl": ("Nieuws", "Buitenland", "Opinie", "Sport", "Inloggen", "Lees ook", "Reacties", "Alle rechten voorbehouden",
           "Wij gebruiken cookies", "Ooievaars keren terug naar de uiterwaarden", "Waarom de nachttrein weer geliefd is",
           "Door Anna Vermeer"),
    "de": ("Nachrichten", "Ausland", "Meinung", "Sport", "Anmelden", "Lesen Sie auch", "Kommentare",
           "Alle Rechte vorbehalten", "Wir verwenden Cookies", "Störche kehren in die Auen zurück",
           "Warum der Nachtzug wieder beliebt ist", "Von Anna Marsch"),
    "fr": ("Actualités", "Monde", "Opinions", "Sport", "Se connecter", "À lire aussi", "Commentaires",
           "Tous droits réservés", "Nous utilisons des cookies", "Les cigognes reviennent dans les prairies",
           "Pourquoi le train de nuit séduit de nouveau", "Par Anne Marais"),
    "ru": ("Новости", "В мире", "Мнения", "Спорт", "Войти", "Читайте также", "Комментарии", "Все права защищены",
           "Мы используем файлы cookie", "Аисты вернулись в пойменные луга", "Почему ночной поезд снова в моде",
           "Анна Маркова"),
    "uk": ("Новини", "У світі", "Думки", "Спорт", "Увійти", "Читайте також", "Коментарі", "Усі права захищено",
           "Ми використовуємо файли cookie", "Лелеки повернулися на заплавні луки", "Чому нічний потяг знову в моді",
           "Анна Марченко"),
}  # fmt: skip
_STYLE = (
    "body{margin:0;font:16px/1.5 Georgia,serif;color:#222}.wrap{max-width:70rem;margin:auto}nav a{margin:0 1em}"
    ".lead{font-size:1.2em}.rel{border-top:1px solid #ccc}.ad{background:#eee;text-align:center}"
    ".cookie{position:fixed;bottom:0}footer{font-size:.8em;color:#777}"
) * 3
_SCRIPT = (
    "window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag('js',new Date());"
    "(function(w,d){var s=d.createElement('script');s.async=true;s.src='/static/app.3f9c.js';d.head.appendChild(s)})"
    "(window,document);"
) * 3


def story(language: str, *middle: str, wrap: str = "p") -> str:
    """The body of a story: filler paragraphs, with HTML of one's own in the middle (each in a paragraph of its own)."""
    fill = [f"<p>{escape(text, quote=False)}</p>" for text in FILLER[language]]
    own = [text if text.lstrip().startswith(("<", "\0")) else f"<{wrap}>{text}</{wrap}>" for text in middle]
    return "\n".join([*fill[:2], *(text.replace("\0", "") for text in own), *fill[2:]])


def page(
    language: str,
    title: str,
    body: str,
    *,
    kind: str = "news",
    head: str = "",
    lead: str = "",
    aside: str = "",
    related: Sequence[str] = (),
    comments: Sequence[str] = (),
    charset: str = "utf-8",
    label: bool = True,
    description: str = "",
) -> str:
    """A whole page of a site of one kind (news, blog, office, old), with its furniture around ``body``."""
    w = _WORDS[language]
    meta = f'<meta charset="{charset}">' if label else ""
    described = f'<meta name="description" content="{escape(description)}">' if description else ""
    teasers = "".join(
        f'<li class="teaser"><a href="/a/{number}"><h3>{escape(text)}</h3></a></li>'
        for number, text in enumerate([*w[9:11], *related], 1)
    )
    said = "".join(
        f'<div class="comment" id="comment-{number}"><b class="comment-author">reader{number}</b><p>{escape(text)}</p></div>'
        for number, text in enumerate(comments, 1)
    )
    begin = (
        f'<!doctype html><html lang="{language}"><head>{meta}<title>{escape(title)} | Valley Post</title>{described}'
        f'<meta name="viewport" content="width=device-width"><meta property="og:title" content="{escape(title)}">'
        f"<style>{_STYLE}</style><script>{_SCRIPT}</script>{head}</head><body>"
    )
    nav = "".join(f'<a href="/{number}">{text}</a>' for number, text in enumerate(w[:5]))
    if kind == "news":
        return (
            f'{begin}<div class="wrap"><header class="site"><a class="logo" href="/">Valley Post</a><nav>{nav}</nav></header>'
            f"<main><article><header><h1>{escape(title)}</h1>{f'<p class=lead>{lead}</p>' if lead else ''}"
            f'<p class="byline">{w[11]}</p></header><div class="article-body">{body}</div></article>{aside}'
            f'<section class="rel"><h2>{w[5]}</h2><ul>{teasers}</ul></section>'
            f'<section class="comments" id="comments"><h2>{w[6]}</h2>{said}</section></main>'
            f'<footer><p>© Valley Post. {w[7]}.</p></footer><div class="cookie"><p>{w[8]}.</p></div></div></body></html>'
        )
    if kind == "blog":
        return (
            f'{begin}<div id="page"><div id="masthead"><a href="/">Valley Post</a><div class="menu">{nav}</div></div>'
            f'<div id="content"><div class="post hentry"><h1 class="entry-title">{escape(title)}</h1>'
            f'{f"<div class=excerpt>{lead}</div>" if lead else ""}<div class="entry-content">{body}</div>'
            f'<div class="sharedaddy">{w[4]}</div></div><div id="comments"><h3>{w[6]}</h3><ol>{said}</ol></div></div>'
            f'<div id="secondary" class="widget-area">{aside}<div class="widget"><h3>{w[5]}</h3><ul>{teasers}</ul></div></div>'
            f'<div id="colophon">© {w[7]}</div></div></body></html>'
        )
    if kind == "office":
        return (
            f'{begin}<div class="container"><div class="row"><div class="col-md-3"><ul class="sidebar-nav">'
            f'{"".join(f"<li>{text}</li>" for text in w[:5])}</ul></div><div class="col-md-9" id="main-content">'
            f"<h1>{escape(title)}</h1>{f'<p><strong>{lead}</strong></p>' if lead else ''}{body}</div></div>{aside}"
            f'<div class="row related"><ul>{teasers}</ul></div>{said}<div class="footer">{w[7]} · +31 20 555 01 99</div>'
            f"</div></body></html>"
        )
    return (
        f'{begin}<table width="760" cellpadding="4"><tr><td colspan="2" bgcolor="#336699"><font color="white">Valley Post'
        f'</font></td></tr><tr><td width="140" valign="top">{"<br>".join(w[:5])}</td><td valign="top"><font face="Arial">'
        f'<b>{escape(title)}</b><br><br>{lead}{body}</font></td></tr><tr><td colspan="2"><small>{w[7]}</small>{aside}'
        f"</td></tr></table></body></html>"
    )


def shell(language: str, title: str, *, head: str = "", tail: str = "", description: str = "") -> str:
    """The page of a program: nothing in its body but a place to draw in, and what the server handed over."""
    described = (
        f'<meta name="description" content="{escape(description)}"><meta property="og:description" '
        f'content="{escape(description)}">'
        if description
        else ""
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>{described}'
        f'<style>{_STYLE}</style>{head}</head><body><div id="root"></div><noscript>Please enable JavaScript.'
        f'</noscript>{tail}<script src="/static/app.js"></script><script>{_SCRIPT}</script></body></html>'
    )


def linked_data(language: str, title: str, text: str) -> str:
    """JSON-LD of an article with its whole text."""
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "inLanguage": language,
        "datePublished": "2022-04-07T09:00:00+02:00", "articleBody": text,
    }  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def state(language: str, title: str, text: str, form: str = "next") -> str:
    """The state that a server hands to the program of its page."""
    paragraphs = [*FILLER[language][:3], text, *FILLER[language][3:]]
    article = {"title": title, "body": "".join(f"<p>{each}</p>" for each in paragraphs)}
    if form == "next":
        data = {"props": {"pageProps": {"article": article}}, "page": "/a/[id]", "buildId": "x1"}
        return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data, ensure_ascii=False)}</script>'
    if form == "blocks":
        blocks = {
            "entities": {"a1": {"title": title, "blocks": [{"type": "text", "value": each} for each in paragraphs]}}
        }
        return f"<script>window.__PRELOADED_STATE__ = {json.dumps(blocks)};</script>"
    return f"<script>window.__INITIAL_STATE__={json.dumps({'article': article}, ensure_ascii=False)};</script>"


Line = tuple[float, float, float, str]  # x, y, size, words


def make_pdf(pages: Sequence[Sequence[Line]]) -> bytes:
    """A PDF with Helvetica; the control characters 1 and 2 are the ligatures fi and fl of its font."""
    objects: list[bytes] = [b"", b""]
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /BaseEncoding "
        b"/WinAnsiEncoding /Differences [1 /fi /fl] >> >>"
    )
    kids = []
    for lines in pages:
        content = b"".join(
            b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, _escaped(words)) for x, y, size, words in lines
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 %s >> >> /Contents %d 0 R >>"
            % (font, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return pdf_of(objects)


def column(lines: Sequence[str], x: float = 72, top: float = 700, size: float = 10, step: float = 13) -> list[Line]:
    """Lines set below each other."""
    return [(x, top - step * number, size, words) for number, words in enumerate(lines)]


def wrapped(text: str, width: int = 80) -> list[str]:
    """A text broken into lines at spaces."""
    lines: list[str] = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _escaped(words: str) -> bytes:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
