"""Pages written for the reading tests: articles in four languages amid the boilerplate that news sites have."""

from __future__ import annotations

from citekeeper.model import Hop

RUSSIAN = (
    "Правительство области в среду утвердило план ремонта мостов, который предстоит выполнить до конца будущего года.",
    "По словам заместителя министра, на эти работы выделено более двух миллиардов рублей, причём половина суммы уже "
    "поступила подрядчикам.",
    "«Мы рассчитываем, что движение по новому мосту откроется в сентябре», — сказал он журналистам после заседания.",
    "Жители посёлка жалуются, что объезд занимает полтора часа, а школьный автобус приезжает не каждый день.",
)
UKRAINIAN = (
    "Міська рада ухвалила рішення про ремонт лікарні, на який чекали мешканці кількох навколишніх сіл упродовж років.",
    "За словами головного лікаря, нове обладнання вже закуплене, але його ще треба привезти й під'єднати.",
    "Роботи мають завершити до кінця весни, і тоді відділення зможе приймати вдвічі більше пацієнтів.",
)
DUTCH = (
    "De gemeenteraad heeft dinsdagavond besloten dat de oude brug over het kanaal volgend jaar wordt vervangen.",
    "Volgens de wethouder is de brug zo slecht dat er sinds deze zomer geen vrachtwagens meer overheen mogen rijden.",
    "Bewoners van de wijk zijn blij met het besluit, maar vrezen dat de werkzaamheden lang zullen duren.",
)
ENGLISH = (
    "The county council decided on Tuesday evening that the old bridge over the canal will be replaced next year.",
    "According to the engineer who inspected it, the bridge has been unsafe for heavy lorries since last summer.",
    "Residents welcomed the decision, although many of them fear that the works will take longer than promised.",
)

_CHROME = {
    "ru": ("Подпишитесь на нашу рассылку", "Читайте также", "Комментарии (2)", "Фото: Иван Петров", "Поделиться"),
    "uk": ("Підписуйтесь на наш канал", "Читайте також", "Коментарі", "Фото: Іван Петренко", "Поділитися"),
    "nl": ("Schrijf je in voor de nieuwsbrief", "Lees ook", "Reacties", "Foto: Jan Jansen", "Deel dit artikel"),
    "en": ("Sign up to our newsletter", "Read also", "Comments", "Photograph: Jane Doe", "Share this"),
}


def news_page(paragraphs: tuple[str, ...], headline: str, language: str, head: str = "") -> str:
    """A page with menus, teasers before and after, an inset in the middle, credits, tags and comments."""
    subscribe, also, comments, credit, share = _CHROME[language]
    first, rest = paragraphs[:2], paragraphs[2:]
    teasers = "".join(f'<li><a href="/n{i}">{headline.split()[0]} {i} {also.lower()} {i}</a></li>' for i in range(8))
    body = "".join(f"<p>{text}</p>" for text in rest)
    return f"""<!DOCTYPE html><html lang="{language}"><head><title>{headline} | Example News</title>{head}
<script>var menu = {{"a": 1}};</script><style>p {{ margin: 0 }}</style></head><body>
<div id="menu"><ul>{teasers}</ul></div>
<div class="breadcrumbs"><a href="/">Home</a> » <a href="/n">News</a></div>
<div class="content"><h1>{headline}</h1>
<div class="date">22.11.2021, 14:05</div>
<div class="share-buttons">{share}</div>
{"".join(f"<p>{text}</p>" for text in first)}
<div><p>{also}: <a href="/x">{headline} — 2</a></p></div>
<figure><img src="/a.jpg"><figcaption>{credit}</figcaption></figure>
{body}<p>{credit}</p><div class="tags"><a href="/t">tag one</a>, <a href="/u">tag two</a></div>
<p>{subscribe}</p></div>
<h3>{also}</h3><ul>{teasers}</ul>
<h3>{comments}</h3><div class="c1"><b>Guest</b> 23.11.2021 09:11</div><div class="c2">{paragraphs[0][:40]}?!</div>
<footer>© 2021 Example News. All rights reserved.</footer></body></html>"""


def hop(body: bytes | str, content_type: str = "text/html", url: str = "https://example.org/a") -> Hop:
    """A response with such a body; text is sent as UTF-8."""
    data = body.encode() if isinstance(body, str) else body
    return Hop(url, 200, f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n\r\n".encode(), data)
