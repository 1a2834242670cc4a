"""What stands around an article and is not it: comments, "read also", sharing, subscription, tags, credits, dates.

The rules know words that sites in general use, in the markup (class and id) and in the text (Russian, Ukrainian,
English, Dutch, German, French); none knows an outlet.
"""

from __future__ import annotations

import re
from typing import Any, Final

from citekeeper.reading.tree import Block, text_length

# Words of class and id attributes, whole or as the start of a word in camelCase, snake_case or kebab-case.
_MARKUP_WORDS: Final = (
    "comment comments commentlist commentform disqus hypercomments cackle respond discussion replies "
    "share sharing shares sharethis addthis social socials likely pluso yashare soc "
    "related relatednews readalso readmore seealso similar recommend recommended recommendations recirculation onward "
    "teaser teasers outbrain taboola mediametrics smi2 lentainform relap infox "
    "breadcrumb breadcrumbs crumbs pathway sidebar "
    "subscribe subscription newsletter mailing signup login signin auth register paywall "
    "tag tags taglist keywords rating vote voting poll orphus mistape typo "
    "banner banners advert adverts advertisement adv ads adfox adriver sponsor sponsored promo "
    "footer copyright copyrights menu submenu nav navbar navigation navi pager pagination pagenav toolbar "
    "cookie cookies gdpr consent popup modal print popular mostread toplist lastnews latestnews hotnews "
    "donate donation support-us search skiplink screenreader sr-only visually-hidden "
    "caption captions figcaption photocaption photo photos foto photoset photogallery gallery slideshow"
)
_FURNITURE_MARKUP = re.compile(
    r"(?:^|[\s_-])(?:"
    + "|".join(map(re.escape, sorted(_MARKUP_WORDS.split(), key=len, reverse=True)))
    + r")(?=$|[\s_\d-])"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_FURNITURE_TAGS: Final = ("footer", "form", "figcaption", "figure", "aside")
_SEMANTIC: Final = re.compile(r"(?i)articlebody|article-body|article__body|entry-content|post-content")

# Beginnings of a block that is not the article's, in lower case, "ё" as "е"; matched where a word ends.
_ASIDE_OPENINGS: Final = (
    # Russian
    "читайте также", "читай также", "читайте по теме", "читать также", "читать далее", "читать полностью", "читать еще",
    "смотрите также", "смотри также", "смотреть также", "см. также", "слушайте также", "еще по теме",
    "материалы по теме",
    "новости по теме", "статьи по теме", "по теме:", "ссылки по теме", "другие новости", "похожие новости",
    "похожие статьи", "похожие материалы", "связанные новости", "ранее по теме", "в тему:", "подробнее:",
    "подробнее по теме", "самое читаемое", "самые читаемые", "самая читаемая", "популярное", "последние новости",
    "рекомендуем", "вам может быть интересно", "это интересно", "новости партнеров", "новости сми", "реклама",
    "на правах рекламы", "подпишитесь", "подписывайтесь", "подписаться", "подписка на", "следите за нашими",
    "следите за новостями", "хотите быть в курсе", "присоединяйтесь", "добавьте", "добавить в избранное",
    "поделиться", "поделитесь", "рассказать друзьям", "отправить другу", "отправить ссылку", "отправить по",
    "версия для печати", "распечатать", "печать", "сохранить в закладках", "обсудить", "комментировать",
    "комментарии", "комментариев", "оставить комментарий", "добавить комментарий", "написать комментарий",
    "всего комментариев", "войдите", "пожалуйста, войдите", "зарегистрируйтесь", "для входа", "чтобы оставить",
    "для комментирования", "добавлять комментарии", "нашли ошибку", "нашли опечатку", "заметили ошибку",
    "если вы заметили", "если вы нашли", "если вы обнаружили", "заметили опечатку", "выделите", "сообщить об ошибке",
    "оцените", "рейтинг:", "рейтинг статьи", "голосов:", "просмотров:", "просмотры:", "прочитано:", "прочтений",
    "количество просмотров", "теги:", "тэги:", "метки:", "ключевые слова:", "рубрика:", "рубрики:", "раздел:",
    "разместить в блоге", "вставить в блог", "код для вставки", "код для блога", "наверх", "в начало", "назад",
    "на главную", "вернуться", "все новости", "следующая новость", "предыдущая новость", "предыдущая статья",
    "следующая статья", "опубликовано:", "опубликовано в", "опубликована:", "отправлено:", "дата публикации",
    "время публикации", "последнее обновление", "обновлено:", "по материалам", "все права защищены",
    "при полном или частичном", "при использовании материалов",
    "перепечатка", "использование материалов", "копирование материалов", "источник:", "источник фото", "автор:",
    "фото:", "фото с сайта", "фото из", "фото пользователя", "иллюстрация:", "видео:", "кадр телеканала", "скриншот",
    "спасибо! ваше мнение", "ваше мнение учтено", "ваш голос", "трансляция новостей", "версия 5.1", "мы в соцсетях",
    "мы в telegram", "наш телеграм", "наш telegram", "сообщение сми", "данное сообщение", "понравилась статья",
    "понравился материал", "поддержите", "поддержать", "помочь редакции", "пожертвовать", "информационный партнер",
    "рассылка", "размер шрифта", "размер текста", "время чтения", "главная",
    # Ukrainian
    "читайте також", "читати також", "дивіться також", "також читайте", "за темою:", "матеріали за темою",
    "новини за темою", "схожі новини", "підписуйтесь", "підписуйтеся", "підпишіться", "поділитися", "поділитись",
    "якщо ви помітили", "якщо ви знайшли", "помітили помилку", "знайшли помилку", "коментарі", "коментувати",
    "додати коментар", "залишити коментар", "версія для друку", "роздрукувати", "усі права захищені",
    "всі права захищено", "передрук", "використання матеріалів", "переглядів:", "останні новини", "популярні новини",
    "джерело:", "теги", "мітки:", "приєднуйтесь", "слідкуйте за", "рекламa", "на правах реклами", "повідомити про",
    # English
    "read also", "read more", "also read", "see also", "related:", "related articles", "related stories",
    "related topics", "related news", "more on this story", "more from", "more stories", "most read", "most viewed",
    "most popular", "recommended", "you may also like", "you might also like", "advertisement", "sponsored",
    "subscribe", "sign up", "sign in", "log in", "already a subscriber", "share this", "share on", "share:",
    "follow us", "follow the", "join our", "leave a comment", "leave a reply", "post a comment", "view comments",
    "comments", "add a comment", "tags:", "topics:", "filed under", "copyright ©", "all rights reserved", "photo:",
    "photograph:", "image:", "image credit", "image source", "picture:", "credit:", "getty images", "print this",
    "email this", "back to top", "skip to", "cookie", "we use cookies", "this site uses cookies", "last updated",
    "published:", "reading time", "minute read", "support us", "donate", "enlarge this image", "download the app",
    "get our", "get the", "newsletter", "watch:", "listen:",
    # Dutch
    "lees ook", "lees meer", "lees verder", "bekijk ook", "kijk ook", "zie ook", "meer over", "meer lezen",
    "gerelateerd", "gerelateerde", "ook interessant", "meest gelezen", "best gelezen", "laatste nieuws", "advertentie",
    "abonneer", "schrijf je in", "schrijf u in", "meld je aan", "meld u aan", "inloggen", "al abonnee",
    "deel dit", "delen", "delen via", "deel via", "reageer", "reacties", "plaats een reactie", "volg ons", "foto:",
    "beeld:", "bron:", "alle rechten voorbehouden", "auteursrecht", "deze website gebruikt cookies",
    "fout gezien", "tip de redactie", "trefwoorden:", "leestijd",
    # German, French
    "lesen sie auch", "lesen sie mehr", "mehr zum thema", "auch interessant", "anzeige", "newsletter abonnieren",
    "jetzt abonnieren", "teilen", "kommentare", "kommentar verfassen", "quelle:", "bild:", "alle rechte vorbehalten",
    "lire aussi", "à lire aussi", "lire la suite", "voir aussi", "sur le même sujet", "abonnez-vous", "publicité",
    "partager", "commentaires", "tous droits réservés", "crédit photo",
)  # fmt: skip

# A short block that opens so is followed by other pages' teasers or readers' comments: the article is over.
_CLOSINGS: Final = (
    "читайте также:", "читайте также", "смотрите также", "еще по теме", "материалы по теме", "новости по теме",
    "статьи по теме", "похожие новости", "похожие статьи", "похожие материалы", "другие новости", "связанные новости",
    "другие материалы", "другие статьи", "последние новости", "самое читаемое", "самые читаемые", "самая читаемая",
    "популярное", "новости партнеров", "новости сми", "комментарии", "комментариев", "ваш комментарий",
    "ваши комментарии", "оставить комментарий", "добавить комментарий", "оставьте комментарий", "всего комментариев",
    "обсуждение", "мнения читателей", "комментарии читателей", "читайте также в", "все новости", "новости раздела",
    "новости рубрики", "главные новости", "лента новостей", "оцените, пожалуйста", "ссылки по теме",
    "коментарі", "читайте також", "дивіться також", "матеріали за темою", "новини за темою", "схожі новини",
    "останні новини", "додати коментар", "залишити коментар",
    "related articles", "related stories", "related topics", "more on this story", "most read", "most viewed",
    "you may also like", "you might also like", "recommended for you", "comments", "leave a comment", "leave a reply",
    "view comments", "more stories", "topics",
    "gerelateerde artikelen", "meest gelezen", "reacties", "plaats een reactie", "laatste nieuws",
    "meer over dit onderwerp",
    "mehr zum thema", "kommentare", "sur le même sujet", "commentaires",
)  # fmt: skip

_LONGEST_BLOCK: Final = 30_000  # characters; no paragraph is so long, but data in a page is
_LONGEST_ASIDE: Final = 30  # words; a longer paragraph is never taken for an aside by its opening
_LONGEST_HEADING: Final = 8  # words of a heading that closes the article


def _openings(phrases: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(map(re.escape, sorted(set(phrases), key=len, reverse=True)))
    return re.compile(rf"[^\w©]*(?:{alternatives})(?!\w)")


_ASIDE = _openings(_ASIDE_OPENINGS)
_CLOSING = _openings(_CLOSINGS)
_COMMENTS = re.compile(
    r"\W*(?:(?:все|ваши?|наши|всего|додати|добавить|оставить|оставьте|залишити|view|leave a|post a|plaats een)\s+)?"
    r"(?:комментари|коментар|comments?\b|reacties?\b|kommentare?\b|commentaires\b|обсуждение|мнения читателей)"
)
_MONTHS: Final = (
    "январ феврал март апрел ма[йя] июн июл август сентябр октябр ноябр декабр січ лют берез квіт трав черв лип серп "
    "верес жовт листопад груд january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept? oct nov dec januari februari maart mei juni juli augustus oktober "
    "januar februar märz mai dezember"
)
_DATE_WORDS = re.compile(
    r"(?:\d+|(?:"
    + "|".join(_MONTHS.split())
    + r")\w{0,4}|г|года?|р|року|сегодня|вчера|сьогодні|вчора|today|yesterday|gisteren|"
    r"vandaag|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|мск|msk|utc|gmt|cest|cet|am|pm|uur|в|о|at|on|om|от|th|st|nd|rd|ago|назад|мин|час\w*|minutes|hours?)"
)
_WORD = re.compile(r"\w+")
_CREDIT = re.compile(
    r"(?i)^\W*(?:©|\(c\)|\(с\)|copyright\b|(?:фото|foto|photo|photograph|image|picture|bild|beeld|снимок)\b[^.!?]{0,90}$)"
)
_AGENCY = re.compile(
    r"(?i)(?:/ ?|\()?(?:reuters|getty images|afp|epa|associated press|shutterstock|thinkstock|istock)\W*$"
)
_CAPTURED_SCRIPT = re.compile(
    r"function\s*\(|var \w+\s*=|document\.\w+|\{[^{}]{0,200}:[^{};]{0,200};|</?(?:div|a|img|p|span|script)\b"
)


def prune_furniture(root: Any) -> None:
    """Take out, in place, the parts whose markup says that they are not the article.

    What holds the main heading, or much of the page's running text, stays: such names are also given to whole pages.
    """
    prose = max(_prose(root), 1)
    for node in [*root.iter(*_FURNITURE_TAGS), *root.xpath("//*[@class or @id or @role]")]:
        if node.tag in ("html", "body", "article", "main", "h1") or node.getparent() is None:
            continue
        if node.tag not in _FURNITURE_TAGS and not _says_furniture(node):
            continue
        if node.find(".//h1") is not None or _SEMANTIC.search(f"{node.get('itemprop')} {node.get('class')}"):
            continue
        limit = 0.3 if node.tag in _FURNITURE_TAGS or "comment" not in f"{node.get('class')} {node.get('id')}" else 0.7
        if _prose(node) < limit * prose:
            node.drop_tree()


def _says_furniture(node: Any) -> bool:
    names = _CAMEL.sub("-", f"{node.get('class', '')} {node.get('id', '')}").lower()
    return bool(_FURNITURE_MARKUP.search(names)) or node.get("role") in (
        "navigation",
        "search",
        "banner",
        "contentinfo",
    )


def _prose(node: Any) -> int:
    """Characters in text nodes long enough to be running text; menus and captions have none."""
    if text_length(node) < 80:
        return 0
    return sum(len(part) for part in node.itertext() if len(part) > 80)


def is_furniture(block: Block) -> bool:
    """Whether a block inside the article's part of the page is not the article's text, by its words and links."""
    text = block.text
    words = _WORD.findall(text.lower())
    if not words or len(text) > _LONGEST_BLOCK:
        return True
    if len(words) <= _LONGEST_ASIDE and _ASIDE.match(_plain(text)):
        return True
    density = block.link_density
    if density > 0.8 or (density > 0.5 and len(words) < 25):
        return True
    if len(words) <= 20 and sum(1 for word in words if _DATE_WORDS.fullmatch(word)) >= 0.65 * len(words):
        return True
    if len(words) <= 20 and (_CREDIT.match(text) or (len(words) <= 12 and _AGENCY.search(text))):
        return True
    return bool(_CAPTURED_SCRIPT.search(text))


def closes(block: Block) -> bool:
    """Whether a block is the heading of what follows an article: other pages, or readers' comments."""
    text = _plain(block.text)
    return len(_WORD.findall(text)) <= _LONGEST_HEADING and bool(_CLOSING.match(text))


def opens_comments(block: Block) -> bool:
    """Whether a block is the heading of readers' comments."""
    text = _plain(block.text)
    return len(_WORD.findall(text)) <= _LONGEST_HEADING and bool(_COMMENTS.match(text))


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")
