"""The grammar of a footnote: its words and links in, the fields of a citation out.

Read are the ways in which people write them in Dutch, English, Russian, German and French: Wikipedia's, Chicago's,
APA's and GOST's, a title and an address, or an address alone. What a note does not say stays None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from citekeeper import urls
from citekeeper.importers.dates import PrintedDate, find_dates
from citekeeper.importers.languages import LANGUAGE_NAMES, NAME_PATTERN, find_stated_language, is_russian
from citekeeper.importers.quotation import Quotation, find_quotations, trimmed_title
from citekeeper.importers.richtext import LinkSpan, RichText
from citekeeper.model import TranslationLink


@dataclass(frozen=True, slots=True)
class Note:
    """What one footnote says.

    Attributes:
        link: the link that leads to the source; None where the note has none, or only a lost one.
        lost: links that lead nowhere (``#``).
        archived: copies in the Wayback Machine that the note names.
        others: links to further sources, which belong to none of the above.
    """

    title: str | None = None
    publisher: str | None = None
    language: str | None = None
    published: date | None = None
    accessed: date | None = None
    url: str | None = None
    link: LinkSpan | None = None
    lost: tuple[LinkSpan, ...] = ()
    archived: tuple[str, ...] = ()
    translations: tuple[TranslationLink, ...] = ()
    others: tuple[LinkSpan, ...] = ()


_ACCESSED = re.compile(
    r"(?i)[\[(]?\b(?:(?:laatst\s+|voor het laatst\s+)?(?:geraadpleegd|bezocht|opgehaald|bekeken|benaderd)(?:\s+op)?|"
    r"(?:last\s+)?(?:accessed|retrieved|visited|viewed|checked)(?:\s+on)?|access(?:ed)?\s+date|"
    r"дата\s+(?:обращения|доступа)|проверено|просмотрено|"
    r"(?:zuletzt\s+)?(?:abgerufen|aufgerufen|zugegriffen|besucht|geprüft)(?:\s+am)?|zugriff(?:\s+am)?|"
    r"(?:page\s+)?consultée?(?:\s+le)?|(?:vue?|accédé)\s+le)\s*:?\s*$"
)
_ARCHIVED = re.compile(
    r"(?i)\b(?:gearchiveerd|archived|архивировано|archiviert|archivée?)\b(?:[^.;]{0,60}?)?(?:op|on|am|le|\s)\s*$"
)
_ARCHIVED_WORDS = re.compile(
    r"(?i)[\[(]?\b(?:gearchiveerd(?: van(?: het)? origineel)?|archived(?: from(?: the)? original)?|"
    r"архивировано(?: из (?:оригинала|первоисточника))?|archiviert(?: vom original)?|archivée?(?: de l[’']original)?)\b"
    r"(?:\s+(?:op|on|am|le))?[\])]?"
)
_VIA = re.compile(r"(?i)[–—-]\s*(?:via|through|через|über)\s+(?P<name>[^.;,–—]+(?:\.[^\s.;,]+)*)")
_ADDRESS_WORDS = re.compile(
    r"(?i)(?:\b(?:url|uri|link|available (?:at|from|online)|online(?: at)?|beschikbaar (?:op|via)|te vinden op|"
    r"режим доступа|доступно|verfügbar unter|disponible (?:sur|à))\b\s*:?|"
    r"\[(?:электронный ресурс|online|en ligne)\])\s*"
    r"|,?\s*\b(?:from|van|von|de)\s*$"
)
_TRANSLATION = re.compile(
    rf"(?i)(?:\b{NAME_PATTERN}\s+)?"
    r"(?:(?:machine|automatische?|automatic|machinale|машинный|maschinelle|automatique)[ -]*)?"
    r"\b(?:vertaling|machinevertaling|translation|перевод|übersetzung|traduction)\b"
    rf"(?:\s+(?P<late>(?!по\b){'|'.join(sorted(map(re.escape, LANGUAGE_NAMES), key=len, reverse=True))}))?"
    r"(?:\s+(?:automatique|machine))?"
    r"(?:\s*(?:door|by|via|from|with|met|von|durch|mit|par|de|от|с помощью|через|\()?"
    r"\s*(?P<by>[^\W\d_][\w. ]{1,40}?)\)?)?"
    r"\s*[:：]\s*"
)
_APA_YEAR = re.compile(
    r"\((?P<date>(?:1[5-9]|20|21)\d\d[a-z]?(?:,[^()]{1,30})?|n\.\s?d\.|z\.\s?d\.|s\.\s?a\.|o\.\s?J\.)\)[.:,]?\s*"
)
_POINTER = re.compile(r"(?i)(?:^|[,;]?\s+)(?:zie(?: ook)?|see(?: also)?|siehe(?: auch)?|voir(?: aussi)?|см)[.:]?\s*$")
_AUTHOR = re.compile(
    r"(?:[A-ZА-ЯЁ][^\W\d_]+(?:-[A-ZА-ЯЁ][^\W\d_]+)?,? (?:[A-ZА-ЯЁ]\. ?){1,3}(?:, | & | and | en | и )?){1,6}"
    r"[,:]? ?(?=\S)"
)
"""Surnames with initials, as APA and GOST begin with."""

_EDGES = ' \t.,;:–—-/|()[]*_“”"„'
_SENTENCE_STOP = re.compile(r"(?<![A-ZА-ЯЁ])(?<!\b[a-zа-я])[.?!…]+[”»\"]?\s+(?=[^a-zа-яё\s])|\s+//\s+|\s+[|–—]\s+")


def parse_note(body: RichText) -> Note:
    """Read one footnote.

    Args:
        body: the note without its number.
    """
    head, clauses = _split_translations(body)
    webs = [link for link in head.links if _is_web(link.url)]
    printed = [link for link in head.links if not _is_web(link.url) and _printed_address(head, link)]
    lost = tuple(link for link in body.links if link.url.strip() in ("", "#") and link not in printed)
    translations = tuple(_translation(clause) for clause in clauses)
    title_span = _title_span(head)
    main, archived, others = _choose(webs, title_span)
    url = main.url if main else (_printed_address(head, printed[0]) if printed else None)
    if url is None and archived:
        wayback = urls.decode_wayback(archived[0].url)
        url, main = (wayback.original, archived[0]) if wayback else (archived[0].url, archived[0])
    decoded = urls.decode_translated(url) if url else None
    if decoded and url:
        translations = (
            TranslationLink(_language_code(decoded.target_language) or "und", decoded.by, url=url),
            *translations,
        )
        url = decoded.source
    fields = _fields(head, title_span)
    language = (
        fields.language
        or _language_code(decoded.source_language if decoded else None)
        or _source_language_of(translations)
        or ("ru" if fields.title and is_russian(fields.title) else None)
    )
    return Note(
        title=fields.title,
        publisher=fields.publisher,
        language=language,
        published=fields.published,
        accessed=fields.accessed,
        url=url,
        link=main,
        lost=lost,
        archived=tuple(dict.fromkeys(link.url for link in archived)),
        translations=translations,
        others=others,
    )


# ── links ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_web(url: str) -> bool:
    return bool(re.match(r"(?i)https?:", url.strip()))


def _printed_address(body: RichText, link: LinkSpan) -> str | None:
    """The address that the words of a lost link spell out."""
    words = body.text[link.start : link.end].strip()
    return words if urls.is_web_url(words) and " " not in words else None


def _choose(
    webs: Sequence[LinkSpan], title: tuple[int, int] | None
) -> tuple[LinkSpan | None, tuple[LinkSpan, ...], tuple[LinkSpan, ...]]:
    """The link to the source, the copies in an archive, and the rest; of one address only the first link counts."""
    archived = tuple(link for link in webs if urls.decode_wayback(link.url))
    direct = [link for link in webs if link not in archived]
    over_title = [link for link in direct if title and link.start < title[1] and title[0] < link.end]
    main = next(iter([*over_title, *direct]), None)
    known = {urls.same_document_key(link.url) for link in (main, *archived) if link}
    others = []
    for link in direct:
        key = urls.same_document_key(link.url)
        if key not in known:
            known.add(key)
            others.append(link)
    return main, archived, tuple(others)


def _language_code(name: str | None) -> str | None:
    """``ru`` of ``ru``, ``zh`` of ``zh-CN``; None of ``auto``."""
    if not name or name == "auto":
        return None
    return name.partition("-")[0].lower()


def _source_language_of(translations: Sequence[TranslationLink]) -> str | None:
    for translation in translations:
        decoded = urls.decode_translated(translation.url) if translation.url else None
        if decoded and (language := _language_code(decoded.source_language)):
            return language
    return None


# ── translations ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Clause:
    body: RichText
    language: str | None
    by: str | None


def _split_translations(body: RichText) -> tuple[RichText, list[_Clause]]:
    """The note before its first translation, and each translation's own words."""
    starts = [match for match in _TRANSLATION.finditer(body.text) if match.start() > 0 and (match["by"] or match[0])]
    starts = [match for match in starts if not any(link.start < match.start() < link.end for link in body.links)]
    if not starts:
        return body, []
    ends = [match.start() for match in starts[1:]] + [len(body.text)]
    clauses = []
    for match, end in zip(starts, ends, strict=True):
        name = (match["language"] or match["late"] or "").lower()
        by = (match["by"] or "").strip() or None
        clauses.append(_Clause(body.part(match.end(), end), LANGUAGE_NAMES.get(name), by))
    return body.part(0, starts[0].start()), clauses


def _translation(clause: _Clause) -> TranslationLink:
    webs = [link for link in clause.body.links if _is_web(link.url)]
    title = _title_span(clause.body)
    link = _choose(webs, title)[0]
    decoded = urls.decode_translated(link.url) if link else None
    language = clause.language or _language_code(decoded.target_language if decoded else None) or "und"
    fields = _fields(clause.body, title)
    return TranslationLink(
        language=language,
        by=clause.by or (decoded.by if decoded else None),
        title=fields.title,
        url=link.url if link else None,
        accessed=fields.accessed,
    )


# ── title, publisher, dates ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Fields:
    title: str | None
    publisher: str | None
    language: str | None
    published: date | None
    accessed: date | None


def _title_span(body: RichText) -> tuple[int, int] | None:
    """Where the title stands when quotation marks, a link or APA's year show it; else None."""
    quotation = _title_quotation(body)
    if quotation:
        return quotation.inner
    for link in body.links:
        words = body.text[link.start : link.end]
        if not link.bare and not _looks_like_address(words) and len(words.strip(_EDGES)) > 2:
            return link.start, link.end
    return None


def _title_quotation(body: RichText) -> Quotation | None:
    quotations = find_quotations(body.text)
    linked = [
        quotation
        for quotation in quotations
        if any(link.start < quotation.end and quotation.start < link.end and not link.bare for link in body.links)
    ]
    return next(iter([*linked, *quotations]), None)


def _looks_like_address(words: str) -> bool:
    return bool(re.fullmatch(r"(?i)\W*(?:(?:h?ttps?:)?//\S+|(?:[\w-]+\.)+[a-zа-яё]{2,18}(?:/\S*)?)\W*", words.strip()))


def _fields(body: RichText, title_span: tuple[int, int] | None) -> _Fields:
    text = list(body.text)

    def blank(start: int, end: int) -> None:
        text[start:end] = "\0" * (end - start)

    for link in body.links:
        if link.bare or (
            _looks_like_address(body.text[link.start : link.end]) and "/" in body.text[link.start : link.end]
        ):
            blank(link.start, link.end)
    dates = [found for found in find_dates("".join(text)) if not _inside(found, title_span)]
    accessed = _take_accessed(text, dates)
    language = None
    if stated := find_stated_language(_outside("".join(text), title_span)):
        blank(stated[0], stated[1])
        language = stated[2]
    via = None
    if match := _VIA.search(_outside("".join(text), title_span)):
        via = match["name"].replace("\0", "").strip(_EDGES) or None
        blank(match.start(), match.end())
    rest = "".join(text)
    for pattern in (_ARCHIVED_WORDS, _ADDRESS_WORDS):
        for match in pattern.finditer(_outside(rest, title_span)):
            blank(match.start(), match.end())
    published = dates[0].value if dates else None
    for found in dates:
        blank(found.start, found.end)
    rest = "".join(text)
    title, publisher = _title_and_publisher(body, rest, title_span)
    return _Fields(title, publisher or via, language, published, accessed)


def _inside(found: PrintedDate, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] <= found.start and found.end <= span[1]


def _outside(text: str, span: tuple[int, int] | None) -> str:
    return text if span is None else text[: span[0]] + "\0" * (span[1] - span[0]) + text[span[1] :]


def _take_accessed(text: list[str], dates: list[PrintedDate]) -> date | None:
    """Take the dates of reading and of archiving out of ``dates`` and ``text``; return the former."""
    accessed = None
    for found in list(dates):
        before = "".join(text[max(0, found.start - 80) : found.start])
        access, archive = _ACCESSED.search(before), _ARCHIVED.search(before)
        match = access or archive
        if not match:
            continue
        dates.remove(found)
        start = found.start - len(before) + match.start()
        text[start : found.end] = "\0" * (found.end - start)
        if access and accessed is None:
            accessed = found.value
    return accessed


def _title_and_publisher(
    body: RichText, rest: str, title_span: tuple[int, int] | None
) -> tuple[str | None, str | None]:
    """The title, and who published it: the first words after the title that are nothing else."""
    apa = _APA_YEAR.search(body.text)
    if title_span:
        title = trimmed_title(body.text[slice(*title_span)])
        after = rest[title_span[1] :]
        publisher = _first_words(body, after, title_span[1]) or _italic_before(body, rest, title_span[0])
        return title, publisher
    if apa and apa.start() < 200:
        return _plain_title(body, rest, apa.end())
    return _plain_title(body, rest, 0)


def _plain_title(body: RichText, rest: str, start: int) -> tuple[str | None, str | None]:
    """Title and publisher where nothing marks the title: up to its full stop, or the italics it begins with."""
    while start < len(rest) and rest[start] in _EDGES + "\0":
        start += 1
    if author := _AUTHOR.match(rest, start):
        start = author.end()
    italic = next(((a, b) for a, b in body.italics if a <= start < b and b - a > 3), None)
    stop = _SENTENCE_STOP.search(rest, start)
    gap = rest.find("\0", start)
    end = italic[1] if italic else min([stop.start() if stop else len(rest), gap if gap >= 0 else len(rest)])
    title = trimmed_title(_POINTER.sub("", rest[start:end]))
    if not title or _looks_like_address(title):
        return None, title or _first_words(body, rest[end:], end)
    return title, _first_words(body, rest[end:], end)


def _first_words(body: RichText, after: str, offset: int) -> str | None:
    """The first words in ``after`` (which begins at ``offset``); those in italics first, as a journal's name is."""
    for start, end in body.italics:
        if start >= offset and (words := after[start - offset : end - offset].replace("\0", "").strip(_EDGES)):
            return words
    for piece in _pieces(after):
        words = piece.strip(_EDGES)
        if re.search(r"[^\W\d_]{2}", words) and not _is_small_talk(words):
            return words
    return None


def _pieces(text: str) -> Iterator[str]:
    yield from re.split(r"\0+|[.;,]\s|\s[–—|]\s|\s//\s|[()\[\]]", text)


def _is_small_talk(words: str) -> bool:
    """Page numbers, volumes and the like, which name no publisher."""
    return bool(
        re.fullmatch(r"(?i)(?:pp?|blz|pag|с|стр|s|vol|nr|no|№|deel|part|in|op|on|at|zie|see)\.?\s*[\d–-]*", words)
    )


def _italic_before(body: RichText, rest: str, end: int) -> str | None:
    """A name in italics before the title, as in ``*NRC*, “Title”``."""
    for start, stop in body.italics:
        if stop <= end and (words := rest[start:stop].replace("\0", "").strip(_EDGES)):
            return words
    return None
