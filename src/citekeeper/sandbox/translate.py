"""Google's translation page for old phones, ``https://translate.google.com/m``, as deep-translator 1.11.4 reads it.

Texts of the stage set come back in a translation written by hand (:meth:`Translator.teach`); any other Cyrillic text
comes back transliterated and marked, so that nobody takes it for a translation; text without Cyrillic is echoed, as
Google echoes what needs no translation.
"""

from __future__ import annotations

import re
import threading
from collections import deque
from enum import StrEnum
from html import escape
from urllib.parse import quote

from citekeeper.sandbox.messages import Answer, Fault, FaultKind, Request, Response
from citekeeper.urls import decode_translated

MAX_CHARACTERS = 5000
MAX_URL = 32 * 1024
MARK = "[not a translation]"


class Mishap(StrEnum):
    """Ways in which the page fails to translate."""

    TOO_MANY_REQUESTS = "too-many-requests"  # 302 to google.com/sorry, which is a 429
    CONSENT = "consent"  # 302 to the consent page, which has no translation
    ECHO = "echo"  # the source text as its own translation
    EMPTY = "empty"  # an empty container
    SERVER_ERROR = "server-error"
    HANG = "hang"
    RESET = "reset"
    DRIP = "drip"  # a byte now and then, without end
    QUOTA = "quota"  # what it gives away is used up; Google says so as it says too-many-requests
    LOST_DIGITS = "lost-digits"  # a translation without its figures


_LATIN = "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya ye i yi g w"
_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяєіїґў",
        _LATIN.split(),
        strict=True,
    )
)
_LANGUAGES = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?|auto")


class Mishaps:
    """Failures on demand, in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: deque[tuple[Mishap, int | None, str]] = deque()

    def add(self, mishap: Mishap, times: int | None, containing: str) -> None:
        """Let the next ``times`` texts (None: all) that contain something fail."""
        with self._lock:
            self._queue.append((mishap, times, containing))

    def clear(self) -> None:
        """End every mishap."""
        with self._lock:
            self._queue.clear()

    def next_for(self, text: str) -> Mishap | None:
        """How ``text`` fails; None where it does not."""
        with self._lock:
            for index, (mishap, left, containing) in enumerate(self._queue):
                if containing in text:
                    if left is not None and left <= 1:
                        del self._queue[index]
                    elif left is not None:
                        self._queue[index] = (mishap, left - 1, containing)
                    return mishap
        return None


class Translator:
    """The translation page, and the neighbours that it redirects to.

    Attributes:
        hosts: the names it answers at.
    """

    hosts = (
        "translate.google.com",
        "www.google.com",
        "google.com",
        "consent.google.com",
        "*.translate.goog",
    )

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str], str] = {}
        self._mishaps = Mishaps()

    def teach(self, text: str, translation: str, language: str = "en") -> None:
        """Know the translation of a paragraph (whitespace does not matter)."""
        with self._lock:
            self._known[language, _plain(text)] = translation

    def fail(self, mishap: Mishap | str, times: int | None = 1, *, containing: str = "") -> None:
        """Let the next ``times`` translations (None: all) fail, or those alone whose text contains something."""
        self._mishaps.add(Mishap(mishap), times, containing)

    def recover(self) -> None:
        """End every mishap."""
        self._mishaps.clear()

    def translate(self, text: str, language: str) -> str:
        """The translation of ``text``, line by line."""
        return "\n".join(self._line(line, language) for line in text.split("\n"))

    def answer(self, request: Request) -> Answer:
        """Answer one request to one of its hosts."""
        if request.host.endswith(".translate.goog"):
            decoded = decode_translated(request.url)
            shown = escape(decoded.source) if decoded else "an unknown page"
            return Response.html(_page("Google Translate", f"<p>Translating {shown} needs JavaScript.</p>"))
        if request.host == "consent.google.com":
            return Response.html(_page("Before you continue to Google", "<form><button>Accept all</button></form>"))
        if request.path.startswith("/sorry"):
            return Response.html(
                _page("Sorry…", "<p>Our systems have detected unusual traffic from your computer network.</p>"), 429
            )
        if request.host == "translate.google.com" and request.path == "/m":
            return self._mobile(request)
        return Response.html(_page("Google", "<p>Google</p>"))

    def _mobile(self, request: Request) -> Answer:
        if len(request.url) > MAX_URL:
            return _error(414, "The requested URL is too large to process.")
        query = request.query
        text, source, target = query.get("q", "").strip(), query.get("sl", "auto"), query.get("tl", "en")
        if len(text) > MAX_CHARACTERS or not _LANGUAGES.fullmatch(target) or not _LANGUAGES.fullmatch(source):
            return _error(400, "Your client has issued a malformed or illegal request.")
        mishap = self._mishaps.next_for(text)
        match mishap:
            case Mishap.TOO_MANY_REQUESTS | Mishap.QUOTA:
                return Response.redirect(f"https://www.google.com/sorry/index?continue={quote(request.url, safe='')}")
            case Mishap.CONSENT:
                return Response.redirect(f"https://consent.google.com/m?continue={quote(request.url, safe='')}")
            case Mishap.SERVER_ERROR:
                return _error(500, "The server encountered an error.")
            case Mishap.HANG:
                return Fault(FaultKind.HANG)
            case Mishap.DRIP:
                return Fault(FaultKind.DRIP, seconds=0.1)
            case Mishap.RESET:
                return Fault(FaultKind.RESET)
            case Mishap.ECHO:
                translation = text
            case Mishap.EMPTY:
                translation = ""
            case Mishap.LOST_DIGITS:
                translation = re.sub(r"\d", "", self.translate(text, target))
            case None:
                translation = text if source == target else self.translate(text, target)
        return Response.html(_result(text, translation, source, target))

    def _line(self, line: str, language: str) -> str:
        with self._lock:
            known = self._known.get((language, _plain(line)))
        if known is not None:
            return known
        return f"{transliterated(line)} {MARK}" if re.search(r"[а-яёА-ЯЁ]", line) else line


def _plain(text: str) -> str:
    return " ".join(text.replace("\N{SOFT HYPHEN}", "").split())


def transliterated(text: str) -> str:
    """Cyrillic letters in Latin ones; everything else, figures and addresses above all, stays."""

    def letter(match: re.Match[str]) -> str:
        latin = _LETTERS.get(match[0].lower(), "").strip("_")
        return latin.capitalize() if match[0].isupper() else latin

    return re.sub(r"[\u0400-\u04ff]", letter, text)


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="UTF-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title></head><body>{body}</body></html>\n"
    )


def _result(text: str, translation: str, source: str, target: str) -> str:
    return _page(
        "Google Translate",
        '<div class="root-container"><div class="header"><a class="logo-container" href="https://translate.google.com/">'
        "Google Translate</a></div>"
        f'<div class="languages-container"><a href="/m?sl={source}&amp;tl={target}&amp;mui=sl">{source}</a>'
        f'<a href="/m?sl={source}&amp;tl={target}&amp;mui=tl">{target}</a></div>'
        '<div class="input-container"><form action="/m"><textarea name="q" class="input-field" maxlength="2048">'
        f"{escape(text)}</textarea></form></div>"
        f'<div class="result-container">{escape(translation)}</div>'
        '<div class="links-container"><ul><li><a href="https://www.google.com/m">Google home</a></li></ul></div></div>',
    )


def _error(status: int, sentence: str) -> Response:
    return Response.html(
        _page(f"Error {status}", f"<p><b>{status}.</b> <ins>That’s an error.</ins></p><p>{sentence}</p>"), status
    )
