"""The pages on which the stories stand: furniture that changes from hour to hour, in and around the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citekeeper.model import Exchange, Hop

URL = "https://news.example.org/2022/05/03/story-4711.html"


@dataclass(frozen=True)
class Furniture:
    """What stands around an article at one moment."""

    views: int = 1204
    comments: tuple[str, ...] = ("Terrible.", "My cousin works there.")
    updated: str = "03.05.2022, 14:05"
    weather: str = "+12 °C"
    rate: str = "1 USD = 0,95 EUR"
    teasers: int = 0
    read_also: str = ""
    advertisement: str = ""
    is_redesigned: bool = False
    head: str = ""
    tail: str = ""


_WORDS = {
    "en": ("views", "Updated", "Comments", "Read also", "Weather", "Advertisement", "Most read"),
    "nl": ("keer bekeken", "Bijgewerkt", "Reacties", "Lees ook", "Het weer", "Advertentie", "Meest gelezen"),
    "de": ("Aufrufe", "Aktualisiert", "Kommentare", "Lesen Sie auch", "Wetter", "Anzeige", "Meistgelesen"),
    "ru": ("просмотров", "Обновлено", "Комментарии", "Читайте также", "Погода", "Реклама", "Самое читаемое"),
    "uk": ("переглядів", "Оновлено", "Коментарі", "Читайте також", "Погода", "Реклама", "Найпопулярніше"),
}
_TEASERS = (
    "Harbour wall to be rebuilt", "Museum opens its storage", "Night trains return", "Doctors warn of shortage",
    "Record apple harvest", "Ferry timetable changes", "Old letters found", "Bakery closes after a century",
    "Snow on the pass road", "New head for the library", "Choir wins a prize", "Bus drivers vote on strike",
)  # fmt: skip


def render(language: str, title: str, paragraphs: Sequence[str], about: Furniture) -> str:
    """The page of a story."""
    views, updated, comments, also, weather, advertisement, most_read = _WORDS.get(language, _WORDS["en"])
    shown = [_TEASERS[(about.teasers + i) % len(_TEASERS)] for i in range(6)]
    teasers = "".join(f'<li><a href="/t{i}">{text}</a></li>' for i, text in enumerate(shown))
    told = [f"<p>{text}</p>" for text in paragraphs]
    if about.read_also:
        told.insert(2, f'<p class="inset">{also}: <a href="/x">{about.read_also}</a></p>')
    if about.advertisement:
        told.insert(4, f'<div class="ad"><span>{advertisement}</span> <a href="/ad">{about.advertisement}</a></div>')
    said = "".join(
        f'<div class="comment"><b>Guest {i}</b><div class="text">{text}</div></div>'
        for i, text in enumerate(about.comments)
    )
    bar = f"<div class='bar'><span>{weather}: {about.weather}</span> <span>{about.rate}</span></div>"
    line = f"<div class='meta'>{updated}: {about.updated} · {about.views} {views}</div>"
    article = f"<h1>{title}</h1>{line}{''.join(told)}{about.tail}"
    under = f"<section id='comments'><h3>{comments} ({len(about.comments)})</h3>{said}</section>"
    popular = f"<h3>{most_read}</h3><ul>{teasers}</ul>"
    if about.is_redesigned:
        body = (
            f"<header>{bar}<ul>{teasers}</ul></header><main><article>{article}</article></main><aside>{popular}</aside>"
        )
    else:
        body = f"<div id='top'>{bar}</div><div class='left'>{popular}</div><div class='content'>{article}</div>"
    return (
        f"<!doctype html><html lang='{language}'><head><title>{title} | Example News</title>{about.head}</head>"
        f"<body>{body}{under}<footer>© 2022 Example News</footer></body></html>"
    )


def exchange(html: str | bytes, url: str = URL, status: int = 200) -> Exchange:
    """The page as an answer."""
    body = html.encode() if isinstance(html, str) else html
    head = f"HTTP/1.1 {status} Reason\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode()
    return Exchange(url, hops=(Hop(url, status, head, body),))
